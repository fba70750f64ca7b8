"""Memory and CPU of what comes behind extraction: taking staged rows in, resolve, aggregate, check, publish.

The news (`bench_flow.DATA`) is extracted once; a larger corpus is copies of what came out, each under ids of
its own and with characters exchanged one for one, so that every row leads to its characters as before. With
`--names stay` the characters of names are left alone: the vocabulary does not grow and every deal is told
again in every copy. With `--names grow` it grows as fast as the corpus. Real news lies between the two.
No document has a day of issue unless `--dated` gives all of them the same.

    python -m tests.benchmarks.bench_corpus 1 4 16 64 --names stay
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from prefect.logging import disable_run_logger

from flows import tasks, work
from flows.collect import Staged, collect
from flows.options import BuildOptions
from flows.plan import Fingerprints, Found, Plan
from flows.recognition import Recognition
from flows.sources import discover, read_source
from tests.benchmarks.bench_flow import DATA, ROOT, write_articles
from warehouse.columns import COLUMNS
from warehouse.store import Store

STEPS = ("ingested", "normalized", "extracted")
_KEPT = ("province", "sector", "publication", "layout", "uri")


def extract_once(folder: Path) -> int:
    """Extract all the news into one part a step; bytes of its records."""
    source = folder / "news.jsonl"
    write_articles(source, 1_000_000)
    (found,), _ = discover([source])
    work.write_parts(read_source(found), folder / "read", 10_000_000)
    (folder / "read" / "part-00000").rename(folder / "ingested")
    work.normalize_part(folder / "ingested", folder / "normalized", simplify=False)
    recognition = Recognition.of(BuildOptions(sources=[str(source)], warehouse=folder / "w"))
    work.extract_part(folder / "normalized", folder / "extracted", recognition)
    return source.stat().st_size


def copy(folder: Path, out: Path, number: int, *, names: str, day: date | None) -> None:
    """Write a copy of the part with other ids, characters and, where given, a day of issue."""
    named = pl.read_parquet(folder / "extracted" / "mentions.parquet")["surface_text"]
    written = pl.read_parquet(folder / "normalized" / "articles.parquet")["text"]
    characters = set("".join(written)) - (set("".join(named)) if names == "stay" else set())
    before = sorted(c for c in characters if "\u4e00" <= c <= "\u9fff")
    after = before.copy()
    random.Random(number).shuffle(after)
    for step in STEPS:
        (out / step / f"{number:05d}").mkdir(parents=True)
        for path in sorted((folder / step).glob("*.parquet")):
            frame = pl.read_parquet(path)
            changed = [
                pl.concat_str(pl.col(n).str.head(12), pl.lit(f"{number:04x}"))
                if n.endswith("_id") and n != "external_id"
                else pl.col(n).str.replace_many(before, after)
                for n, dtype in frame.schema.items()
                if dtype == pl.String and n not in _KEPT and not _has_vocabulary(n)
            ]
            if "issue_on" in frame.columns:
                changed.append(pl.lit(day, dtype=pl.Date).alias("issue_on"))
            frame.with_columns(changed).write_parquet(out / step / f"{number:05d}" / path.name)


def _has_vocabulary(column: str) -> bool:
    return column in COLUMNS and bool(COLUMNS[column].vocabulary)


class Peak:
    """Peak resident memory of each step, reset between them, and its CPU time."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def step(self, name: str, function: Callable[[], Any]) -> Any:
        Path("/proc/self/clear_refs").write_text("5")
        started = time.process_time()
        answer = function()
        lines = Path("/proc/self/status").read_text().splitlines()
        peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        self.told.append(f"{name} {peak / 1024:.0f} MB {time.process_time() - started:.1f} s")
        return answer


def run(folder: Path) -> None:
    """Do everything behind extraction and print what it took."""
    parts = {step: sorted((folder / step).iterdir()) for step in STEPS}
    staged = Staged(**parts, pages=parts["ingested"])
    source = folder / "source"
    source.touch()
    (found,), _ = discover([source])
    plan = Plan(read=[Found(found, "0" * 64, Fingerprints())])
    store = Store(folder / "warehouse")
    peak, run_id = Peak(), "0" * 16
    started_at = datetime.now(UTC)
    put = peak.step("collect", lambda: collect(staged, plan, [], store, run_id=run_id, started_at=started_at))
    draft = peak.step("draft", lambda: store.draft(put.changes))
    with disable_run_logger():
        peak.step("resolve", lambda: tasks.resolve.fn(draft))
        peak.step("aggregate", lambda: tasks.aggregate.fn(draft))
        checks = peak.step("check", lambda: tasks.check.fn(draft, run_id))
    draft.put({"checks": checks, "sources": put.sources})
    manifest = peak.step("publish", lambda: store.commit_draft(draft, run_id=run_id, info={}))
    failed = checks.filter(~pl.col("is_success"))
    counts = ", ".join(
        f"{manifest.rows(n):,} {n}" for n in ("documents", "mentions", "entities", "entity_pairs")
    )
    print(f"  {counts}; checks failed: {failed['expectation'].to_list()}")
    print("  " + ", ".join(peak.told), flush=True)


def main() -> None:
    """Print the figures of each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=float, nargs="*", default=[1, 4])
    parser.add_argument("--names", choices=["stay", "grow"], default="stay")
    parser.add_argument("--dated", action="store_true")
    parser.add_argument("--run", type=Path)
    given = parser.parse_args()
    if given.run:
        run(given.run)
        return
    if not DATA.is_dir():
        print(f"skipped: needs {DATA.name} in ../shared/data")
        return
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        news = Path(name) / "news"
        news.mkdir()
        size = extract_once(news)
        for megabytes in given.megabytes:
            copies = max(1, round(megabytes * 1e6 / size))
            print(
                f"{copies * size / 1e6:.0f} MB of records, {copies} copies, names {given.names}", flush=True
            )
            with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
                for number in range(copies):
                    day = date(2031, 3, 2) if given.dated else None
                    copy(news, Path(folder), number, names=given.names, day=day)
                command = [sys.executable, "-m", "tests.benchmarks.bench_corpus", "--run", folder]
                subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
