"""What the store costs: first build, one more document, one document replaced, at 1k to 100k documents.

Rows are synthetic; reading and extracting are not measured.

    python -m tests.benchmarks.bench_store 1000 10000 100000
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from tests.benchmarks.made_house import PER_DOCUMENT, fill, staged, table
from warehouse.store import Changes, Store


def timed(function: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds and seconds by the clock of one call."""
    cpu, clock = time.process_time(), time.perf_counter()
    function()
    return time.process_time() - cpu, time.perf_counter() - clock


def measure(count: int) -> None:
    """Print the figures of one size."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        (folder / "staged").mkdir()
        paths = staged(folder / "staged", count)
        plain, _ = timed(
            lambda: [
                pl.scan_parquet(some).sort("document_id").sink_parquet(folder / f"plain-{table}.parquet")
                for table, some in paths.items()
            ]
        )
        stored, computed = fill(folder / "house", paths)
        store = Store(folder / "house")
        manifest = store.manifest()
        assert manifest is not None
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sizes = dict.fromkeys(("documents", "computed", "internal"), 0)
        rows = dict(sizes)
        for name_of, file in manifest.all_files():
            kind = "documents" if name_of in paths else "internal" if name_of[0] == "_" else "computed"
            sizes[kind] += file.bytes
            rows[kind] += file.rows
        random = np.random.default_rng(2)

        def change(run_id: str, number: int) -> tuple[float, float]:
            numbers = np.array([number])
            frames = {table_name: table(table_name, numbers, random) for table_name in PER_DOCUMENT}
            return timed(lambda: store.commit(run_id=run_id, documents=Changes(upserted=frames)))

        added = sorted(change(f"add{i}", count + i) for i in range(5))[2]
        replaced = sorted(change(f"replace{i}", i * 37) for i in range(3))[1]
        kib = {kind: f"{size / count / 1024:.1f}" for kind, size in sizes.items()}
        speed = f"{stored / plain:.1f} x plain, {rows['documents'] / stored:,.0f} document rows/CPU-s"
        print(
            f"{count:>7} documents | rows {rows} | plain {plain:.1f} CPU-s, store {stored:.1f} ({speed}), "
            f"resolve and aggregate {computed:.1f} | KiB a document {kib} | "
            f"one added {added[0]:.2f} CPU-s, {added[1]:.2f} s | "
            f"one replaced {replaced[0]:.2f} CPU-s, {replaced[1]:.2f} s | {len(manifest.parts)} parts, "
            f"manifest {len(manifest.to_json()) / 1024:.0f} KiB | peak {peak:.0f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    for size in sys.argv[1:] or ["1000", "10000"]:
        measure(int(size))
