"""Reading order, heads, paragraphs and cost of PDF pages and scans.

Run from the repository root: `python -m tests.benchmarks.bench_pages [--ocr] [--unseen] [--show DIR]`.

order: share of all 20-character windows of the true articles that stand contiguously in the raw text.
heads: headlines that are exactly one block; roles: of these, hinted `headline`.
articles: those whose text, and little else, stands between their headline and the next one.
paragraphs: true paragraphs that are exactly one block.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from transforms.ingest.model import RawPage, Refusal
from transforms.ingest.pdf import read_pdf

DATA = Path(__file__).parents[3] / "shared" / "data"
WINDOW = 20


@dataclass(frozen=True)
class Score:
    order: float
    heads: tuple[int, int]
    roles: int
    articles: int
    paragraphs: tuple[int, int]
    furniture: tuple[int, int]
    cpu_seconds: float

    def __str__(self) -> str:
        return (
            f"order {self.order:.3f}  heads {self.heads[0]}/{self.heads[1]}  "
            f"roles {self.roles}/{self.heads[1]}  articles {self.articles}/{self.heads[1]}  "
            f"paragraphs {self.paragraphs[0]}/{self.paragraphs[1]}  "
            f"furniture {self.furniture[0]}/{self.furniture[1]}  {self.cpu_seconds:.2f} CPU-s"
        )


def squeeze(text: str) -> str:
    return "".join(text.split())


def blocks_of(page: RawPage) -> list[tuple[str | None, str]]:
    """(hint, text without spaces) of each block."""
    blocks: dict[int, tuple[str | None, list[str]]] = {}
    for line in page.lines:
        blocks.setdefault(line.block, (line.hint, []))[1].append(page.raw_text[line.raw_start : line.raw_end])
    return [(hint, squeeze("".join(texts))) for hint, texts in blocks.values()]


def segments_of(blocks: list[tuple[str | None, str]]) -> dict[str, str]:
    """Body text after each headline, up to the heads of the next article."""
    segments: dict[str, str] = {}
    head = ""
    for hint, text in blocks:
        if hint == "headline":
            head = text
        elif hint == "kicker":
            head = ""
        elif hint is None and head:
            segments[head] = segments.get(head, "") + text
    return segments


def measure(page: RawPage, truth: dict, cpu_seconds: float) -> Score:
    text = squeeze(page.raw_text)
    blocks = blocks_of(page)
    texts = {t for _, t in blocks}
    segments = segments_of(blocks)
    found = total = paragraphs = paragraph_count = heads = roles = articles = 0
    for article in truth["articles"]:
        body = squeeze("".join(article["paras"]))
        windows = [body[i : i + WINDOW] for i in range(max(1, len(body) - WINDOW + 1))]
        found += sum(w in text for w in windows)
        total += len(windows)
        own = segments.get(squeeze(article["headline"]), "")
        articles += sum(w in own for w in windows) > 0.95 * len(windows) and len(own) < 1.1 * len(body) + 40
        paragraph_count += len(article["paras"])
        paragraphs += sum(squeeze(p) in texts for p in article["paras"])
        heads += squeeze(article["headline"]) in texts
        roles += ("headline", squeeze(article["headline"])) in blocks
    running = [squeeze(t) for t in [*truth.get("folio", []), *truth.get("extra", [])]]
    furniture = "".join(t for hint, t in blocks if hint == "furniture")
    return Score(
        found / total,
        (heads, len(truth["articles"])),
        roles,
        articles,
        (paragraphs, paragraph_count),
        (sum(t in furniture for t in running), len(running)),
        cpu_seconds,
    )


def read(path: Path, ocr=None) -> tuple[RawPage | Refusal, float]:
    started = time.process_time()
    page = next(iter(read_pdf(path.read_bytes(), uri=path.name, ocr=ocr)))
    return page, time.process_time() - started


def bench_rendered(ocr=None) -> None:
    folder = DATA / "pages_rendered"
    if not folder.is_dir():
        sys.exit(f"skipped: {folder} is missing")
    for path in sorted(folder.glob("*.pdf")):
        truth = json.loads((folder / f"{path.name[:2]}.truth.json").read_text())
        page, cpu = read(path, ocr)
        result = (
            f"{page.reason_code}: {page.message}"
            if isinstance(page, Refusal)
            else f"{page.method}  {measure(page, truth, cpu)}"
        )
        print(f"{path.stem:16} {result}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--ocr", action="store_true")
    arguments = parser.parse_args()
    engine = None
    if arguments.ocr:
        from transforms.ingest.ocr import RapidOcrEngine

        engine = RapidOcrEngine()
    bench_rendered(engine)
