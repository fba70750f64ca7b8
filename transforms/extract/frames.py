"""Frames of what the finders collect row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl


def frame_of(rows: Sequence[tuple[Any, ...]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """A frame of rows whose values stand in the order of the schema; built by columns, which is fast."""
    columns = dict(zip(schema, zip(*rows, strict=True), strict=True)) if rows else None
    return pl.DataFrame(columns, schema=schema)
