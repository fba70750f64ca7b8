"""Speed of recognition and of the whole extract step beside jieba.posseg, on one core, the same text.

Run: OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 POLARS_MAX_THREADS=1 python -m tests.benchmarks.bench_extract
     [--chars 200000]

The whole step reads a staged part, runs every finder and writes the tables, as a build does; two processes do
two such parts against one process that does both. Mentions and keywords are parts of it: they read the same
articles, of 20 sentences each. `--paragraph` characters of the same text in one paragraph show whether time
grows faster than length.

Processor time, best of several rounds; in each round every task runs once, so that all meet the same machine.
A round before them, which does not count, loads dictionaries. Before every task the caches of the rules are
emptied, so that no text is known from the round before; a build fills them with its own text.
Worker processes are measured by the clock, and keep their caches.

The arithmetic bounds are what the matrix products of the network (506,880 multiply-adds a character as the
parameter files have it, 408,576 after folding the first layer) cost at the speed of one product in floats (as
shipped) or in bytes (folded, as it runs), measured in the same rounds.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import _lru_cache_wrapper, partial
from multiprocessing import get_context
from pathlib import Path

import jieba.posseg
import numpy as np
import polars as pl

from flows.recognition import Recognition
from flows.resources import load_lookups, load_recognizer
from flows.sources import IngestOptions, discover, read_source
from flows.staging import read_tables
from flows.work import extract_part, normalize_part, write_parts
from tests.benchmarks.bench_normalize import DATA, HAS_DATA, stories
from transforms.extract.engine.quantized import QuantizedMatrices
from transforms.extract.engine.recognizers import LacRecognizer
from transforms.extract.keywords import KeywordExtractor
from transforms.extract.mentions import MentionFinder

_SENTENCE = re.compile(r"[^。]+。?")
MACS_AS_SHIPPED = 2 * 2 * 128 * 384 + 2 * (256 + 128) * 384 + 256 * 57
MACS_FOLDED = MACS_AS_SHIPPED - 2 * 128 * 384


def sentences_of(size: int) -> list[str]:
    """Headlines and sentences of the news, up to `size` characters."""
    lines: list[str] = []
    chars = 0
    for headline, paragraphs in stories():
        found = [sentence for text in (f"{headline}。", *paragraphs) for sentence in _SENTENCE.findall(text)]
        lines += found
        chars += sum(map(len, found))
        if chars > size:
            break
    return lines


def best_of(rounds: int, tasks: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Least processor time of each task, in seconds, the tasks taking turns; the first round warms up."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds + 1):
        for name, task in tasks.items():
            forget()
            start = time.process_time()
            task()
            times[name].append(time.process_time() - start)
    return {name: min(counted) for name, (_, *counted) in times.items()}


def forget() -> None:
    """Empty every cache of what the rules have read."""
    for found in gc.get_objects():
        if isinstance(found, _lru_cache_wrapper) and found.__module__.startswith("transforms."):
            found.cache_clear()


def products() -> tuple[int, dict[str, Callable[[], object]]]:
    """Multiply-adds of one product as in the recurrence, many times, in floats and in bytes."""
    rows, rounds = 256, 200
    left, right = np.ones((rows, 128), np.float32), np.ones((128, 256), np.float32)
    codes, matrices = np.ones((rows, 128), np.uint8), QuantizedMatrices([right])
    return rounds * rows * right.size, {
        "floats": lambda: [left @ right for _ in range(rounds)],
        "bytes": lambda: [matrices.multiply(codes) for _ in range(rounds)],
    }


def tasks_of(whole: Path, lines: list[str]) -> dict[str, Callable[[], object]]:
    """What is measured on a staged part and its sentences."""
    recognizer = load_recognizer("lac")
    assert isinstance(recognizer, LacRecognizer)
    finder = MentionFinder(recognizer, load_lookups())
    keywords = KeywordExtractor(load_lookups())
    tables = read_tables(whole, ("documents", "articles", "sentences"))
    documents = tables["documents"].select("document_id", "issue_on", "publication")
    articles = tables["articles"].join(documents, on="document_id", how="left")
    return {
        "jieba.posseg": lambda: [jieba.posseg.lcut(line) for line in lines],
        "network and decoding": lambda: recognizer._tagger.tag(lines),
        "mentions (engine and rules)": lambda: finder.find(articles, tables["sentences"]),
        "keywords": lambda: keywords.extract(articles),
        "whole extract step": lambda: extract_part(whole, whole.parent / "out", Recognition()),
    }


def stage_parts(folder: Path, lines: list[str], parts: int) -> list[Path]:
    """Normalised parts of equal size; each document is 20 sentences in one paragraph."""
    texts = ["".join(lines[start : start + 20]) for start in range(0, len(lines), 20)]
    staged = []
    folder.mkdir(exist_ok=True)
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


def measure_workers(folder: Path, parts: list[Path]) -> Iterator[tuple[int, float]]:
    """Number of worker processes and the seconds in which they do the parts."""
    for count in (1, 2):
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            run = partial(_extract_in, pool, folder, parts)
            # The first round loads the network and the vocabularies in every process.
            run()
            times = []
            for _ in range(3):
                start = time.perf_counter()
                run()
                times.append(time.perf_counter() - start)
            yield count, min(times)


def _extract_in(pool: ProcessPoolExecutor, folder: Path, parts: list[Path]) -> None:
    outputs = [folder / f"out-{part.name}" for part in parts]
    list(pool.map(extract_part, parts, outputs, [Recognition()] * len(parts)))


def main() -> int:
    """Print characters a second and how they compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chars", type=int, default=200_000)
    parser.add_argument("--paragraph", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    if not HAS_DATA:
        print(f"skipped: no evaluation data at {DATA}")
        return 0
    macs, bounds = products()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        [whole] = stage_parts(folder, sentences_of(options.chars), 1)
        # What is measured apart reads the text that the step reads, as normalising left it.
        lines = pl.read_parquet(whole / "sentences.parquet")["text"].to_list()
        chars = sum(map(len, lines))
        print(f"{chars} characters, {len(lines)} sentences")
        long = "".join(lines)[: options.paragraph]
        [paragraph] = stage_parts(folder / "paragraph", [long], 1)
        in_one = {"paragraph": lambda: extract_part(paragraph, folder / "out-paragraph", Recognition())}
        best = best_of(options.rounds, {**tasks_of(whole, lines), **in_one, **bounds})
        paragraph_speed = len(long) / best.pop("paragraph")
        floats, integers = macs / best.pop("floats"), macs / best.pop("bytes")
        shipped, folded = floats / MACS_AS_SHIPPED, integers / MACS_FOLDED
        print(f"bound: {shipped:,.0f} chars/s in floats as shipped, {folded:,.0f} in bytes, folded")
        for task, seconds in best.items():
            speed = chars / seconds
            print(
                f"{task}: {speed:,.0f} chars/s, {best['jieba.posseg'] / seconds:.2f} of jieba.posseg, "
                f"{speed / shipped:.0%} of the bound as shipped, {speed / folded:.0%} of that in bytes"
            )
        print(f"whole extract step, one paragraph of {len(long)} characters: {paragraph_speed:,.0f} chars/s")
        for count, seconds in measure_workers(folder, stage_parts(folder, lines, 2)):
            print(
                f"whole extract step, {count} worker process(es): {chars / seconds:,.0f} chars/s by the clock"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
