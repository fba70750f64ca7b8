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
from pathlib import Path

from flows.settings import Settings
from flows.sources import discover, read_source
from flows.work import write_parts
from tests.benchmarks.page_maker import Writer


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
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
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


def bench_ingest(megabytes: float) -> None:
    """Read a file into staged parts, as the first step of a build does."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "records.jsonl"
        piece = Path(name) / "piece.jsonl"
        count = write_records(piece, min(megabytes, 64))
        copies = max(1, round(megabytes / 64))
        with open(path, "w", encoding="utf-8") as file:  # the same texts under other ids and titles
            for copy in range(copies):
                with open(piece, encoding="utf-8") as lines:
                    for line in lines:
                        file.write(line.replace('{"id": ', f'{{"id": {copy + 1}0000', 1))
        before = resource.getrusage(resource.RUSAGE_SELF)
        (source,), _ = discover([path])
        write_parts(read_source(source), Path(name) / "parts", Settings().part_chars)
        after = resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(
            f"ingest {path.stat().st_size / 2**20:.0f} MB, {count * copies} records: "
            f"{len(list((Path(name) / 'parts').iterdir()))} parts, {cpu:.0f} CPU-s, "
            f"peak {before.ru_maxrss / 1024:.0f} MB before, {after.ru_maxrss / 1024:.0f} MB after",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["build", "ingest"])
    parser.add_argument("--megabytes", type=float, nargs="+", default=[2])
    arguments = parser.parse_args()
    for size in arguments.megabytes:
        (bench_build if arguments.part == "build" else bench_ingest)(size)
