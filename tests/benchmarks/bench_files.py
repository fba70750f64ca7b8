"""What a reader's filter has to open: files, row groups and rows, in a warehouse of synthetic documents.

Thirty documents a day from 2023-02-01 on, the last weeks as nightly commits, so that months are made of
several parts. DuckDB's EXPLAIN ANALYZE tells what it could not skip.

    python -m tests.benchmarks.bench_files 10000 [FOLDER to keep it in]
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq

from tests.benchmarks.made_house import fill, staged, table
from warehouse import registry
from warehouse.store import Changes, Store

NIGHTS = 40


def filters(store: Store) -> dict[str, tuple[str, str]]:
    """What is asked for, to the table that it is in and the rest of the query."""
    seen = store.scan("mentions").group_by("entity_id").len().sort("len", "entity_id").collect()["entity_id"]
    document, deal = (
        store.scan(name).select(f"{name[:-1]}_id").collect().to_series().sort()[1234]
        for name in ("documents", "deals")
    )
    day = "issue_on = DATE '2023-06-15'"
    month = "issue_on BETWEEN DATE '2023-06-01' AND DATE '2023-06-30'"
    joined = "JOIN (SELECT document_id, issue_on FROM documents) USING (document_id)"
    return {
        "documents of a day": ("documents", f"WHERE {day}"),
        "documents of a month": ("documents", f"WHERE {month}"),
        "mentions of a day": ("mentions", f"{joined} WHERE {day}"),
        "mentions of a month": ("mentions", f"{joined} WHERE {month}"),
        "entity_daily of a month": ("entity_daily", f"WHERE {month}"),
        "mentions of a document": ("mentions", f"WHERE document_id = '{document}'"),
        "sentences of a document": ("sentences", f"WHERE document_id = '{document}'"),
        "mentions of an entity named once": ("mentions", f"WHERE entity_id = '{seen[0]}'"),
        "mentions of the median entity": ("mentions", f"WHERE entity_id = '{seen[len(seen) // 2]}'"),
        "mentions of the most frequent entity": ("mentions", f"WHERE entity_id = '{seen[-1]}'"),
        "days of the median entity": ("entity_daily", f"WHERE entity_id = '{seen[len(seen) // 2]}'"),
        "pairs of the median entity": ("entity_pairs", f"WHERE left_entity_id = '{seen[len(seen) // 2]}'"),
        "an entity": ("entities", f"WHERE entity_id = '{seen[0]}'"),
        "a deal": ("deals", f"WHERE deal_id = '{deal}'"),
    }


def scanned(house: Path, table: str, rest: str) -> str:
    """What DuckDB read of a table, as EXPLAIN ANALYZE has it, beside all there is."""
    with duckdb.connect(str(house / "views.duckdb"), read_only=True) as connection:
        query = f"EXPLAIN (ANALYZE, FORMAT json) SELECT {table}.* FROM {table} {rest}"
        told = json.loads(connection.execute(query).fetchall()[0][1])
    _, groups, rows, _ = extent(house, table)
    [read] = [one for one in _scans(told) if f"/{table}/" in one["extra_info"]["Filename(s)"]]
    return f"{read['row_groups_scanned']} of {groups} row groups, {read['rows_scanned']:,} of {rows:,} rows"


def _scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node.get("type") == "TABLE_SCAN":
        yield node
    for child in [*node.get("operator", ()), *node.get("children", ())]:
        yield from _scans(child)


def extent(house: Path, table: str) -> tuple[int, int, int, int]:
    """Files, row groups, rows and bytes of a table."""
    files = sorted((house / "current" / table).rglob("*.parquet"))
    footers = [pq.read_metadata(file) for file in files]
    rows, groups = (sum(getattr(one, name) for one in footers) for name in ("num_rows", "num_row_groups"))
    return len(files), groups, rows, sum(file.stat().st_size for file in files)


def measure(count: int, house: Path) -> None:
    """Print the files of each table, then what each filter reads."""
    if not house.exists():
        (house.parent / "staged").mkdir()
        fill(house, staged(house.parent / "staged", count))
        random = np.random.default_rng(3)
        for night in range(NIGHTS):
            numbers = np.arange(count + 30 * night, count + 30 * night + 30)
            frames = {name: table(name, numbers, random) for name in ("documents", "pages")}
            Store(house).commit(run_id=f"night{night}", documents=Changes(upserted=frames))
    for name in registry.TABLES:
        files, groups, rows, size = extent(house, name)
        if rows > 1000:
            each = f"{files} files of {size / files / 1024:.0f} KiB"
            print(f"{name}: {each}, {groups} row groups, {rows:,} rows")
    for what, (name, rest) in filters(Store(house)).items():
        print(f"{what}: {scanned(house, name, rest)}", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        measure(int(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else name) / "warehouse")
