"""Speed of recognition and of the whole extract step beside jieba.posseg, on one core, the same text.

Run: OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 python -m tests.benchmarks.bench_extract
     [--chars 200000]

The whole step reads a staged part, runs every finder and writes the tables, as a build does; two processes do
two such parts against one process that does both.

The arithmetic bound is what the matrix products of the network (506,880 multiply-adds a character as the
parameter files have it, 408,576 after folding the first layer) cost at the speed of one large product,
measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import jieba.posseg
import numpy as np
import polars as pl

from flows.recognition import Recognition
from flows.resources import load_lookups, load_recognizer
from flows.sources import IngestOptions, discover, read_source
from flows.work import extract_part, normalize_part, write_parts
from transforms.extract.keywords import KeywordExtractor
from transforms.extract.mentions import MentionFinder
from transforms.extract.recognizers import LacRecognizer

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "news_xinwenlianbo"
MACS_AS_SHIPPED = 2 * 2 * 128 * 384 + 2 * (256 + 128) * 384 + 256 * 57
MACS_FOLDED = MACS_AS_SHIPPED - 2 * 128 * 384


def sentences_of(size: int) -> list[str]:
    """Lines of the news, cut after 。, without markup, up to `size` characters."""
    lines: list[str] = []
    for path in sorted(DATA.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        lines += [
            part + "。" for line in text.split("\n") if "<" not in line for part in line.split("。") if part
        ]
        if sum(map(len, lines)) > size:
            break
    return lines


def best_of(runs: int, task: Callable[[], object]) -> float:
    """Shortest of several runs, in seconds: the machine has other work to do."""
    return min(_timed(task) for _ in range(runs))


def _timed(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def macs_per_second() -> float:
    """Multiply-adds a second of a product of the size that the recurrence uses."""
    left = np.ones((128, 128), np.float32)
    right = np.ones((128, 256), np.float32)
    rounds = 500

    def multiply() -> None:
        for _ in range(rounds):
            left @ right

    return rounds * 128 * 128 * 256 / best_of(5, multiply)


def measure(lines: list[str]) -> Iterator[tuple[str, float]]:
    """Name and characters a second of each task."""
    chars = sum(map(len, lines))
    recognizer = load_recognizer("lac")
    assert isinstance(recognizer, LacRecognizer)
    finder = MentionFinder(recognizer, load_lookups())
    keywords = KeywordExtractor(load_lookups())
    articles = pl.DataFrame({"article_id": ["a"], "text": ["\n".join(lines)]})
    starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])])
    sentences = pl.DataFrame(
        {
            "sentence_id": [str(number) for number in range(len(lines))],
            "article_id": "a",
            "text": lines,
            "start_char": starts,
        }
    )
    jieba.posseg.lcut("预热")
    keywords.extract(articles.with_columns(text=pl.lit("预热")))
    yield "jieba.posseg", chars / best_of(2, lambda: [jieba.posseg.lcut(line) for line in lines])
    yield "network and decoding", chars / best_of(3, lambda: recognizer._tagger.tag(lines))
    yield "recognize (frame of spans)", chars / best_of(3, lambda: recognizer.recognize(lines))
    yield "mentions (engine and rules)", chars / best_of(3, lambda: finder.find(articles, sentences))
    yield "keywords", chars / best_of(2, lambda: keywords.extract(articles))


def stage_parts(folder: Path, lines: list[str], parts: int) -> list[Path]:
    """Normalised parts of equal size; each document is 20 sentences."""
    texts = ["".join(lines[start : start + 20]) for start in range(0, len(lines), 20)]
    staged = []
    for number in range(parts):
        source = folder / f"{number}.jsonl"
        chosen = texts[number::parts]
        source.write_text(
            "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in chosen), encoding="utf-8"
        )
        [found], _ = discover([source])
        write_parts(read_source(found, IngestOptions()), folder / f"in-{number}", 10**9)
        [ingested] = (folder / f"in-{number}").iterdir()
        normalize_part(ingested, folder / f"normalized-{number}", simplify=False)
        staged.append(folder / f"normalized-{number}")
    return staged


def measure_step(lines: list[str]) -> Iterator[tuple[str, float]]:
    """Name and characters a second of the whole extract step, in this process and in one and two others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = stage_parts(folder, lines, 2)
        chars = sum(
            pl.read_parquet(part / "articles.parquet")["text"].str.len_chars().sum() for part in parts
        )

        def extract(part: Path) -> None:
            extract_part(part, folder / f"out-{part.name}", Recognition())

        def extract_all() -> None:
            for part in parts:
                extract(part)

        extract_all()
        yield "whole extract step", chars / best_of(2, extract_all)
        for count in (1, 2):
            with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
                run = partial(_extract_in, pool, folder, parts)
                # The first round loads the network and the vocabularies in every process.
                run()
                yield f"whole extract step, {count} worker process(es)", chars / best_of(2, run)


def _extract_in(pool: ProcessPoolExecutor, folder: Path, parts: list[Path]) -> None:
    outputs = [folder / f"out-{part.name}" for part in parts]
    list(pool.map(extract_part, parts, outputs, [Recognition()] * len(parts)))


def main() -> int:
    """Print characters a second and the share of the arithmetic bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=200_000)
    options = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: no evaluation data at {DATA}")
        return 0
    lines = sentences_of(options.chars)
    print(f"{sum(map(len, lines))} characters, {len(lines)} sentences")
    speed = macs_per_second()
    bounds = speed / MACS_AS_SHIPPED, speed / MACS_FOLDED
    print(
        f"bound: {bounds[0]:,.0f} chars/s as shipped, {bounds[1]:,.0f} folded ({2 * speed / 1e9:.0f} GFLOP/s)"
    )
    for name, value in chain(measure(lines), measure_step(lines)):
        print(f"{name}: {value:,.0f} chars/s, {value / bounds[0]:.0%} of the bound as shipped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
