from __future__ import annotations

import polars as pl

from transforms.extract.frames import frame_of

SCHEMA: dict[str, pl.DataType] = {"name": pl.String(), "share": pl.Float32(), "at": pl.UInt32()}


def test_frame_of_rows_is_that_of_polars() -> None:
    rows = [("甲", 0.5, 1), ("乙", None, 2)]
    assert frame_of(rows, SCHEMA).equals(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def test_frame_of_no_rows_has_the_columns() -> None:
    assert dict(frame_of([], SCHEMA).schema) == SCHEMA
