"""Commands on the warehouse as such: snapshots, diff, prune, withdraw, trace."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from warehouse.manifest import TableDelta


def delta_rows(delta: Mapping[str, TableDelta]) -> pl.DataFrame:
    """One row per changed table: `table`, `added`, `changed`, `removed`."""
    rows = [
        {"table": name, "added": d.added, "changed": d.changed, "removed": d.removed}
        for name, d in sorted(delta.items())
    ]
    schema = {"table": pl.String, "added": pl.Int64, "changed": pl.Int64, "removed": pl.Int64}
    return pl.DataFrame(rows, schema=schema)
