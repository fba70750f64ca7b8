"""What the store costs: first build, one more document, one document replaced, at 1k to 100k documents.

Rows are synthetic (random ids, invented text); only the store is measured, not reading or extracting.

    python -m tests.benchmarks.bench_store 1000 10000 100000
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from warehouse import Warehouse, registry
from warehouse.store import Changes, Store

PER_DOCUMENT = {
    "documents": 1,
    "pages": 1,
    "blocks": 12,
    "articles": 3,
    "sentences": 24,
    "alignments": 40,
    "edits": 60,
    "mentions": 50,
    "dates": 6,
    "quantities": 6,
    "roles": 4,
    "keywords": 30,
}
DOCUMENTS_A_DAY = 30
FIRST_DAY = date(2020, 1, 1)
WORDS = np.array([f"{a}{b}" for a in "江海云川白石青松长平" for b in "市港区大学集团公司会议"])


def table(name: str, numbers: np.ndarray, random: np.random.Generator) -> pl.DataFrame:
    """Rows of a table for the documents with these numbers."""
    count = PER_DOCUMENT[name]
    document = np.repeat(numbers, count)
    height = document.size
    days = [FIRST_DAY + timedelta(days=int(n) // DOCUMENTS_A_DAY) for n in numbers]
    columns = []
    for column in registry.columns_of(name):
        if column.name == "document_id":
            values = ids(document)
        elif column.name == "issue_on":
            values = pl.Series(days, dtype=pl.Date)
        elif column.name in registry.table(name).primary_key and column.name.endswith("_id"):
            values = ids(document * 1000 + np.tile(np.arange(count), numbers.size), salt=len(name))
        elif column.name in {"ordinal", "start_char", "raw_start"}:
            values = pl.Series(np.tile(np.arange(count), numbers.size))
        elif column.name in {"end_char", "raw_end"}:
            values = pl.Series(np.tile(np.arange(count), numbers.size) + 1)
        elif column.name == "entity_id":
            values = ids(random.zipf(1.3, height) % 50_000, salt=7)
        elif column.name.endswith("_id"):
            values = ids(document, salt=len(column.name))
        elif column.name == "keyword":
            values = pl.Series([f"词{i}" for i in range(count)] * numbers.size)
        elif column.name in {"raw_text", "text"} and name in {"pages", "articles"}:
            size = 800 if name == "pages" else 250
            values = pl.Series(["".join(row) for row in random.choice(WORDS, (height, size // 3))])
        elif column.vocabulary:
            values = pl.Series(random.choice(np.array(column.vocabulary), height))
        elif column.dtype == pl.String:
            values = pl.Series(random.choice(WORDS, height))
        elif column.dtype == pl.Date:
            values = pl.Series([FIRST_DAY] * height, dtype=pl.Date)
        elif isinstance(column.dtype, pl.List):
            values = pl.Series([[]] * height, dtype=column.dtype)
        else:
            values = pl.Series(random.integers(0, 800, height)).cast(column.dtype, strict=False)
        columns.append(values.alias(column.name).cast(column.dtype))
    return registry.conform(name, pl.DataFrame(columns))


def ids(numbers: np.ndarray, salt: int = 0) -> pl.Series:
    """16 hexadecimal digits a number, spread like digests."""
    mixed = (numbers.astype(np.uint64) + np.uint64(salt * 7919)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return pl.Series([f"{value:016x}" for value in mixed.tolist()])


def staged(folder: Path, count: int, first: int = 0, batch: int = 2000) -> dict[str, list[Path]]:
    """Batches of documents as the flow stages them."""
    random = np.random.default_rng(1)
    paths: dict[str, list[Path]] = {name: [] for name in PER_DOCUMENT}
    for start in range(first, first + count, batch):
        numbers = np.arange(start, min(start + batch, first + count))
        for name in PER_DOCUMENT:
            path = folder / f"{name}-{start}.parquet"
            table(name, numbers, random).write_parquet(path)
            paths[name].append(path)
    return paths


def timed(function: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def measure(count: int) -> None:
    """Print the figures of one size."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        (folder / "staged").mkdir()
        paths = staged(folder / "staged", count)
        plain = timed(
            lambda: [
                pl.scan_parquet(some).sort("document_id").sink_parquet(folder / f"plain-{table}.parquet")
                for table, some in paths.items()
            ]
        )
        store = Store(folder / "house")
        first = timed(lambda: store.commit(run_id="first", documents=Changes(upserted=paths)))
        manifest = store.manifest()
        rows = sum(file.rows for _, file in manifest.all_files())
        size = sum(file.bytes for _, file in manifest.all_files())
        random = np.random.default_rng(2)

        def change(run_id: str, number: int) -> float:
            numbers = np.array([number])
            frames = {table_name: table(table_name, numbers, random) for table_name in PER_DOCUMENT}
            return timed(lambda: store.commit(run_id=run_id, documents=Changes(upserted=frames)))

        added = sorted(change(f"add{i}", count + i) for i in range(5))[2]
        replaced = sorted(change(f"replace{i}", i * 37) for i in range(3))[1]
        entity = store.scan("mentions").select("entity_id").head(1).collect().item()
        warehouse = Warehouse(folder / "house")
        query = f"select count(*) from mentions where entity_id = '{entity}'"
        filtered = timed(lambda: warehouse.sql(query))
        manifest_bytes = len(store.manifest().to_json())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:>7} documents | {rows:>9} rows | first {first:6.1f} s, {rows / first:>9,.0f} rows/s, "
            f"{first / plain:4.1f} x plain sort and write | {size / count / 1024:5.1f} KiB a document | "
            f"one added {added:5.2f} s | one replaced {replaced:5.2f} s | "
            f"entity filter in SQL {filtered:4.2f} s | {len(manifest.parts)} parts, "
            f"manifest {manifest_bytes / 1024:.0f} KiB | peak {peak:.0f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    for size in sys.argv[1:] or ["1000", "10000"]:
        measure(int(size))
