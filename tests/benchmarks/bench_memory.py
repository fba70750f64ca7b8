"""Peak memory of a whole build over JSONL files of different sizes, and of reading a large one.

Run: python -m tests.benchmarks.bench_memory build --megabytes 2 6
     python -m tests.benchmarks.bench_memory ingest --megabytes 2048
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from flows.collect import Staged, collect
from flows.plan import Fingerprints, Found, Plan
from flows.settings import Settings
from flows.sources import discover, read_source
from flows.work import write_parts
from tests.benchmarks.page_maker import Writer
from warehouse.store import Store


def write_records(path: Path, megabytes: float) -> int:
    """Records of some 1,500 characters, no two alike; returns how many."""
    writer, number = Writer(1), 0
    with open(path, "w", encoding="utf-8") as file:
        while file.tell() < megabytes * 2**20:
            story = writer.story(6)
            row = {"id": number, "title": story.headline, "text": "\n".join(story.paras)}
            file.write(json.dumps({**row, "published_on": "2024-03-06"}, ensure_ascii=False) + "\n")
            number += 1
    return number


def tree_megabytes(pid: int) -> float:
    """Resident memory of a process and of all that it started."""
    parents: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        child = int(status.parent.name)
        parents.setdefault(int(lines["PPid"]), []).append(child)
        sizes[child] = int(lines.get("VmRSS", "0 kB").split()[0])
    total, work = 0, [pid]
    while work:
        one = work.pop()
        total += sizes.get(one, 0)
        work += parents.get(one, [])
    return total / 1024


def bench_build(megabytes: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "records.jsonl"
        count = write_records(path, megabytes)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [Path(sys.executable).parent / "baocang", "build", path, "--warehouse", Path(name) / "w"]
        with open(Path(name) / "log", "wb") as log:  # a pipe that nobody reads would fill up
            process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=subprocess.STDOUT)
        peak, peaks, began = 0.0, [], time.monotonic()
        while process.poll() is None:
            size = tree_megabytes(process.pid)
            if size > 1.1 * peak:
                peaks.append(f"{time.monotonic() - began:.0f} s {size:.0f}")
            peak = max(peak, size)
            time.sleep(0.5)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"build {path.stat().st_size / 2**20:.1f} MB, {count} records: exit {process.returncode}, "
            f"peak {peak:.0f} MB in all, {after.ru_maxrss / 1024:.0f} MB in one process, {cpu:.0f} CPU-s",
            flush=True,
        )
        print("   ", ", ".join(peaks[-4:]), flush=True)
        if process.returncode:
            raise SystemExit((Path(name) / "log").read_text(encoding="utf-8")[-2_000:])


def bench_ingest(megabytes: float) -> None:
    """Read a file into staged parts, as the first step of a build does, and put the run together."""
    with tempfile.TemporaryDirectory() as name:
        path, parts = Path(name) / "records.jsonl", Path(name) / "parts"
        piece = Path(name) / "piece.jsonl"
        count = write_records(piece, min(megabytes, 64))
        copies = max(1, round(megabytes / 64))
        with open(path, "w", encoding="utf-8") as file:  # the same texts under other ids
            for copy in range(copies):
                with open(piece, encoding="utf-8") as lines:
                    for line in lines:
                        file.write(line.replace('{"id": ', f'{{"id": {copy + 1}0000', 1))
        piece.unlink()
        print(f"{path.stat().st_size / 2**20:.0f} MB, {count * copies} records")
        for step in (read_file, collect_parts):
            pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            before, after, cpu = pool.submit(measured, step, path, parts).result()
            pool.shutdown()
            print(
                f"  {step.__name__}: {cpu:.0f} CPU-s, peak {before:.0f} MB before, {after:.0f} after",
                flush=True,
            )


def measured(step: Callable[[Path, Path], None], path: Path, parts: Path) -> tuple[float, float, float]:
    """Peak memory of this process before and after a step, megabytes, and the step's CPU time."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    step(path, parts)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return before.ru_maxrss / 1024, after.ru_maxrss / 1024, cpu


def read_file(path: Path, parts: Path) -> None:
    """The step ingest."""
    (source,), _ = discover([path])
    write_parts(read_source(source), parts, Settings().part_chars)


def collect_parts(path: Path, parts: Path) -> None:
    """What collects the steps; parts as read stand for those of later steps, which it does not open."""
    (source,), _ = discover([path])
    folders = sorted(parts.iterdir())
    staged = Staged(ingested=folders, pages=folders, normalized=folders, extracted=folders)
    plan = Plan(read=[Found(source, "0" * 64, Fingerprints())])
    store = Store(parts.parent / "warehouse")
    run = collect(staged, plan, [], store, run_id="run", started_at=datetime.now(UTC))
    assert run.sources["document_ids"].list.len().sum() == run.document_count


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["build", "ingest"])
    parser.add_argument("--megabytes", type=float, nargs="+", default=[2])
    arguments = parser.parse_args()
    for size in arguments.megabytes:
        (bench_build if arguments.part == "build" else bench_ingest)(size)
