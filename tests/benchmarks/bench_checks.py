"""What the checks of a table of many rows cost: CPU seconds, peak memory, beside the import they start with.

python -m tests.benchmarks.bench_checks 1000000 10000000
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import polars as pl

from warehouse import registry
from warehouse.parts import PART_DOCUMENTS

MENTIONS_AN_ARTICLE = 25
PART_ROWS = 75 * PART_DOCUMENTS
WORD = "江海市"


def write(folder: Path, start: int, rows: int) -> None:
    """Mentions and the tables that their checks ask, all right: a part as the store cuts them."""
    articles = rows // MENTIONS_AN_ARTICLE
    number = pl.int_range(start, start + rows, eager=True)
    article = number // MENTIONS_AN_ARTICLE
    within = number % MENTIONS_AN_ARTICLE * len(WORD)
    columns = {
        "mention_id": _ids(number), "article_id": _ids(article), "document_id": _ids(article // 3),
        "page_id": _ids(article // 3), "sentence_id": _ids(number // 3), "entity_id": _ids(number % 50_000),
        "start_char": within, "end_char": within + len(WORD), "raw_start": within,
        "raw_end": within + len(WORD),
    }  # fmt: skip
    mentions = pl.DataFrame(columns).with_columns(
        entity_type=pl.lit("place"), surface_text=pl.lit(WORD), rule=pl.lit("lac")
    )
    text = WORD * MENTIONS_AN_ARTICLE
    first = start // MENTIONS_AN_ARTICLE
    keys = pl.int_range(first, first + articles, eager=True)
    tables = {
        "mentions": mentions,
        "articles": pl.DataFrame({"article_id": _ids(keys)}).with_columns(text=pl.lit(text)),
        "documents": pl.DataFrame({"document_id": _ids(keys // 3).unique()}),
        "pages": pl.DataFrame({"page_id": _ids(keys // 3).unique()}).with_columns(raw_text=pl.lit(text)),
        "sentences": pl.DataFrame({"sentence_id": _ids(number // 3).unique()}),
        "entities": pl.DataFrame({"entity_id": _ids(pl.int_range(50_000, eager=True))}),
    }
    for name, frame in tables.items():
        known = registry.polars_schema(name)
        rest = [pl.lit(None, dtype=d).alias(c) for c, d in known.items() if c not in frame.columns]
        (folder / name).mkdir(exist_ok=True)
        frame.with_columns(rest).select(known.names()).write_parquet(folder / name / f"{start:09d}.parquet")


def _ids(numbers: pl.Series) -> pl.Series:
    return numbers.cast(pl.String).str.zfill(16)


def check(folder: Path) -> None:
    """Check the mentions and print what it took."""
    started = time.process_time()
    from expectations.derive import Staged
    from expectations.runner import run_checks

    imported, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def scan(name: str, part: str = "*") -> pl.LazyFrame:
        # Entities are the same in every part.
        return pl.scan_parquet(folder / name / f"{part if name != 'entities' else '0' * 9}.parquet")

    parts = [partial(scan, part=path.stem) for path in sorted((folder / "mentions").iterdir())]
    pieces = [Staged(part, part, scan) for part in parts]
    checks = run_checks(Staged(scan, scan, scan, lambda _: pieces, folder), ["mentions"], run_id="0" * 16)
    failed = checks.filter(~pl.col("is_success"))["expectation"].to_list()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{checks['row_count'][0]:,} rows: import {imported - started:.1f} CPU-s, {checks.height} checks "
        f"{time.process_time() - imported:.1f} CPU-s, failed {failed}, peak {peak / 1024:.0f} MiB "
        f"({memory / 1024:.0f} before)",
        flush=True,
    )


if __name__ == "__main__":
    if sys.argv[1] == "check":
        check(Path(sys.argv[2]))
    else:
        for size in sys.argv[1:]:
            with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
                for start in range(0, int(size), PART_ROWS):
                    write(Path(name), start, min(PART_ROWS, int(size) - start))
                command = [sys.executable, "-m", "tests.benchmarks.bench_checks", "check", name]
                subprocess.run(command, check=True)
