"""Memory and time of a large record file, and time of a page of each other format.

Run: python -m tests.benchmarks.bench_sources [--megabytes 200]
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.sources import RawDocument, discover, read_source

SENTENCE = "海州市昨日召开会议，研究部署今年春季植树造林工作，市园林局负责人出席并讲话。"


def peak_megabytes(who: int = resource.RUSAGE_SELF) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def run(path: Path) -> None:
    before, began, cpu = peak_megabytes(), time.monotonic(), time.process_time()
    (source,), _ = discover([path])
    counts = {True: 0, False: 0}
    for item in read_source(source):
        counts[isinstance(item, RawDocument)] += 1
    size = path.stat().st_size / 2**20
    print(
        f"{path.name}: {size:.1f} MB, {counts[True]} documents, {counts[False]} refusals, "
        f"{time.monotonic() - began:.1f} s wall, {time.process_time() - cpu:.1f} s CPU here, "
        f"peak {peak_megabytes():.0f} MB (before {before:.0f})"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=200)
    size = parser.parse_args().megabytes * 2**20
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open(folder / "records.jsonl", "w", encoding="utf-8") as file:
            number = 0
            while file.tell() < size:
                row = {
                    "id": number,
                    "title": f"第{number}条",
                    "text": SENTENCE * 20,
                    "published_on": "2024-03-06",
                }
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                number += 1
        run(folder / "records.jsonl")
        (folder / "records.jsonl").unlink()
        rows = 20_000
        table = pa.table({"id": list(range(rows)), "text": [SENTENCE * 20] * rows})
        pq.write_table(table, folder / "records.parquet")
        run(folder / "records.parquet")
        (folder / "first.html").write_text(f"<p>{SENTENCE}</p>", encoding="utf-8")
        run(folder / "first.html")
        (folder / "page.html").write_text(f"<h1>标题</h1>{f'<p>{SENTENCE}</p>' * 40}", encoding="utf-8")
        run(folder / "page.html")
        (folder / "page.txt").write_text(SENTENCE * 100, encoding="gb18030")
        run(folder / "page.txt")


if __name__ == "__main__":
    main()
