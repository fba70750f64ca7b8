"""Reading order, heads, paragraphs and cost of PDF pages and scans.

Run from the repository root: `python -m tests.benchmarks.bench_pages rendered|unseen|omnidocbench [--ocr]`.

order: share of all 20-character windows of the true articles that stand contiguously in the raw text.
heads: headlines that are exactly one block; roles: of these, hinted `headline`.
articles: those whose text, and little else, stands between their headline and the next one.
paragraphs: true paragraphs that are exactly one block.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.page_layouts import LAYOUTS
from tests.benchmarks.page_maker import write_pages
from tests.evaluation import DATA
from transforms.ingest.geometry import Art, Line, Rect
from transforms.ingest.images import read_image
from transforms.ingest.model import RawPage, Refusal
from transforms.ingest.ocr import RapidOcrEngine
from transforms.ingest.paragraphs import split_paragraphs
from transforms.ingest.pdf import read_pdf
from transforms.ingest.reading_order import arrange

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
    reader = read_pdf if path.suffix == ".pdf" else read_image
    page = next(iter(reader(path.read_bytes(), uri=path.name, ocr=ocr)))
    return page, time.process_time() - started


def edit_distance(a: str, b: str) -> int:
    """Levenshtein distance, a row of the table at a time."""
    codes = np.array([ord(c) for c in b])
    steps = np.arange(len(b) + 1)
    row = steps.copy()
    for i, c in enumerate(a, 1):
        best = np.minimum(row[:-1] + (codes != ord(c)), row[1:] + 1) if len(b) else row[1:]
        row = np.minimum.accumulate(np.concatenate([[i], best]) - steps) + steps
    return int(row[-1])


def line_error_share(truth: RawPage, page: RawPage) -> float:
    """Character error rate: each true line against the nearest read line at its place, width folded."""

    def lines(p: RawPage) -> list[tuple[str, float, float]]:
        return [
            (
                squeeze(unicodedata.normalize("NFKC", p.raw_text[x.raw_start : x.raw_end])),
                x.x0,
                (x.y0 + x.y1) / 2,
            )
            for x in p.lines
        ]

    read_lines = lines(page)
    errors = total = 0
    for text, x0, y in lines(truth):
        near = [t for t, x, m in read_lines if abs(x - x0) < 25 and abs(m - y) < 12]
        errors += min((edit_distance(text, t) for t in near), default=len(text))
        total += len(text)
    return errors / total


def bench_rendered(ocr=None) -> None:
    folder = DATA / "pages_rendered"
    if not folder.is_dir():
        sys.exit(f"skipped: {folder} is missing")
    for path in sorted([*folder.glob("*.pdf"), *folder.glob("*.png"), *folder.glob("*.jpg")]):
        if path.suffix != ".pdf" and ocr is None:
            continue
        truth = json.loads((folder / f"{path.name[:2]}.truth.json").read_text())
        page, cpu = read(path, ocr)
        if isinstance(page, Refusal):
            print(f"{path.name:20} {page.reason_code}: {page.message}", flush=True)
            continue
        errors = ""
        if page.method == "ocr":
            digital, _ = read(folder / {"p1": "p1_line.pdf", "p3": "p3_chromium.pdf"}[path.name[:2]])
            errors = f"  line CER {line_error_share(digital, page):.4f}"
        print(f"{path.name:20} {page.method}  {measure(page, truth, cpu)}{errors}", flush=True)


def bench_unseen(seeds: tuple[int, ...]) -> None:
    """Layouts of page_maker, printed by Chromium."""
    scores: list[Score] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in write_pages(Path(folder), LAYOUTS, seeds):
            page, cpu = read(path)
            scores.append(measure(page, json.loads(path.with_suffix(".truth.json").read_text()), cpu))
            print(f"{path.stem:24} {scores[-1]}", flush=True)
    heads, pages = sum(s.heads[1] for s in scores), len(scores)
    print(f"mean order {sum(s.order for s in scores) / pages:.4f}, lowest {min(s.order for s in scores):.3f}")
    print(
        f"heads {sum(s.heads[0] for s in scores)}/{heads}, articles {sum(s.articles for s in scores)}/{heads}"
    )
    print(f"paragraphs {sum(s.paragraphs[0] for s in scores)}/{sum(s.paragraphs[1] for s in scores)}")
    print(f"{sum(s.cpu_seconds for s in scores) / pages:.2f} CPU-s a page")


def bench_omnidocbench() -> None:
    """Reading order of the true blocks of other Chinese pages, from their boxes alone."""
    for page in json.loads((DATA / "page_omnidocbench_other_zh" / "annotation.json").read_text()):
        info = page["page_info"]
        scale = 842 / max(info["height"], info["width"])
        lines: list[Line] = []
        owners: list[int] = []
        art = Art()
        orders: list[int] = []
        for block in page["layout_dets"]:
            rect = box_of(block["poly"], scale)
            if block["category_type"] in {"figure", "table"}:
                art.pictures.append(rect)
            elif block.get("order"):
                boxes = [
                    box_of(x["poly"], scale) for x in block.get("line_with_spans") or [] if x.get("poly")
                ]
                for x in boxes or [rect]:
                    size = min(0.75 * x.height, 30 if block["category_type"] == "title" else 14)
                    lines.append(Line("一行文字", x.x0, x.y0, x.x1, x.y1, size, index=len(lines)))
                    owners.append(len(orders))
                orders.append(block["order"])
        read_order = [line.index for p in split_paragraphs(arrange(lines, art)) for line in p.lines]
        seen = list(dict.fromkeys(orders[owners[i]] for i in read_order))
        pairs = [(a, b) for i, a in enumerate(seen) for b in seen[i + 1 :]]
        share = sum(a < b for a, b in pairs) / max(1, len(pairs))
        kind = info["page_attribute"]
        name = f"{kind['data_source']} {kind['layout']}"
        print(f"{name:32} {len(seen):3} blocks, pairs in order {share:.3f}")


def box_of(poly: list[float], scale: float) -> Rect:
    xs, ys = [x * scale for x in poly[0::2]], [y * scale for y in poly[1::2]]
    return Rect(min(xs), min(ys), max(xs), max(ys))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["rendered", "unseen", "omnidocbench"])
    parser.add_argument("--ocr", action="store_true", help="read scans too, some 20 CPU-s a page")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    arguments = parser.parse_args()
    if arguments.part == "rendered":
        bench_rendered(RapidOcrEngine() if arguments.ocr else None)
    elif arguments.part == "unseen":
        bench_unseen(tuple(arguments.seeds))
    else:
        bench_omnidocbench()
