"""Count the weights by which bodies are read that neither network nor rules find.

Run: baocang build tests/benchmarks/pages/*.txt tests/benchmarks/*deals.jsonl tests/benchmarks/bodies.jsonl
         --warehouse DIR
     python -m tests.benchmarks.fit_bodies DIR [--without NAME...] [--check]

Reads `pages/*.yaml`, `bodies.jsonl`, the parties of the invented stories of `deals.jsonl` and
`told_deals.jsonl`, and what the rules make of their texts; writes `seeds/lookups/body_odds.yml`. Lines of
`bodies.jsonl` list all bodies of an invented passage, most of it full of words that end as bodies do and
are none; with `none` they list what stretches of a sentence are one and which are not. What the rules read
already counts a third, since of other hands' pages they read less. Stories list no bodies but parties: of
them only stretches that end as a party does count. `--check` leaves every hand of pages out in turn and
prints how many right and wrong bodies would be read.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import yaml

from flows.resources import load_lookups, load_recognizer
from tests.benchmarks.eval_pages import Row, is_optional, plain
from tests.benchmarks.fit_deals import STORIES, hand_of, readings
from tests.benchmarks.regression import Fit, options_of
from transforms.extract.mentions import MentionFinder
from transforms.extract.names.headed import HeadedBodies
from transforms.extract.names.spans import Span
from warehouse import Warehouse

PASSAGES = Path(__file__).parent / "bodies.jsonl"
WEIGHTS = Path("seeds/lookups/body_odds.yml")
HEADER = (
    "# Log odds of bodies that nothing else reads; made by tests/benchmarks/fit_bodies.py, not by hand.\n"
)
_FOLDS = 8
_FEWEST, _LASSO, _RIDGE, _READ_SHARE = 3, 0.5, 2.0, 0.3
_MOST_STARTS = 0.99
_FEWEST_NAMES, _RAREST, _VAIN, _HEAD = 2, 0.02, 12, 2
_NAME = re.compile('[^"（）]*.{2}[\u4e00-\u9fff]{2}')
_LEVELS = "省市县区州旗镇乡村"


@dataclass
class Item:
    """A stretch of a text, whether rules leave it, and whether a reader lists it, or all bodies there are."""

    hand: str
    text: str
    start: int
    end: int
    is_left: bool
    is_right: bool
    is_whole: bool
    of_end: set[str]
    of_start: set[str]

    @property
    def is_quoted(self) -> bool:
        """Whether quotes made it a stretch, and not its end."""
        return "quoted" in self.of_end

    def head(self, heads: Container[str]) -> str:
        """What made it a stretch."""
        end = self.text[self.end - _HEAD : self.end]
        return "" if self.is_quoted else end if end in heads else end[1:]

    @property
    def features(self) -> set[str]:
        """Of both."""
        return self.of_end | self.of_start


class Recorder:
    """Stands in the rules' place of the weights and keeps what they would be asked about."""

    def __init__(self) -> None:
        self.asked: list[list[Span]] = []

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Nothing; the spans are kept."""
        self.asked.append([span.but() for span in spans])
        return []


def names_of(row: Row) -> set[str]:
    """Name and aliases of a reader's body."""
    return {plain(row["name"]), *map(plain, row.get("aliases") or [])}


def bodies_of(page: Row) -> list[Row]:
    """A reader's bodies; of passages they are names alone."""
    return [row if isinstance(row, dict) else {"name": row} for row in page.get("organizations") or []]


def parties_of(page: Row) -> set[str]:
    """Names of the sides of a reader's deals."""
    return {plain(p["name"]) for deal in page.get("deals") or [] for p in deal.get("parties") or []}


def heads_of(pages: Mapping[str, Row], texts: Iterable[str]) -> list[str]:
    """Ends of at least two bodies of pages that are the end of one so often as to be worth a look.

    Two letters, 物流, or one that goes with ever other trades: 店, 馆, 坊.
    """
    of_pages = (name for page in pages.values() for row in bodies_of(page) for name in names_of(row))
    names = [name for name in of_pages if _NAME.fullmatch(name)]
    told = {name for page in pages.values() for name in parties_of(page) if _NAME.fullmatch(name)}
    printed = Counter(end for text in texts for end in (*pairs(text), *text))
    heads: set[str] = set()
    for size in (_HEAD, 1):
        counts = Counter(
            n[-size:] for n in {*names, *told} if n[-_HEAD:] not in heads and n[-1] not in _LEVELS
        )
        listed = Counter(name[-size:] for name in names if name[-_HEAD:] not in heads)
        heads |= {h for h, n in counts.items() if n >= _FEWEST_NAMES and listed[h] >= _RAREST * printed[h]}
    return sorted(heads)


def pairs(text: str) -> Iterator[str]:
    """Two letters each."""
    return map("".join, pairwise(text))


def read_items(house: Path, without: Sequence[str]) -> tuple[list[str], list[Item]]:
    """Ends of bodies, and stretches of all pages and stories with their features."""
    warehouse = Warehouse(house)
    read = readings(without, [*STORIES, PASSAGES])
    pages = {name: page for name, page in read.items() if page.get("deals") or "organizations" in page}
    documents = warehouse.read("documents").with_columns(file=pl.col("uri").str.split("/").list.last())
    of_document = documents.filter(pl.col("file").is_in(list(pages)))
    articles = warehouse.read("articles").join(
        of_document.select("document_id", "publication", "file"), on="document_id"
    )
    sentences = warehouse.read("sentences").join(articles.select("article_id"), on="article_id", how="semi")
    texts = articles.filter(~pl.col("file").str.contains(".jsonl", literal=True))["text"]
    lookups = {**load_lookups()}
    lookups["body_odds"] = {"heads": heads_of(pages, texts), "reach": 0.0, "odds": {"": 0.0}}
    finder = MentionFinder(load_recognizer(), lookups)
    headed, finder._rules.headed = finder._rules.headed, (recorder := Recorder())  # type: ignore[assignment]
    finder.find(articles, sentences)
    items: list[Item] = []
    rows = articles.select("text", "file").iter_rows()
    for (text, file), spans in zip(rows, recorder.asked, strict=True):
        items += _items_of(headed, text, file, pages[file], spans)
    heads = set(lookups["body_odds"]["heads"])
    vain = vain_heads(heads, items)
    return sorted(heads - vain), [item for item in items if item.head(heads) not in vain]


def vain_heads(heads: Container[str], items: Iterable[Item]) -> set[str]:
    """Ends that nothing is left of but what is none: 系统, 机构."""
    left = {(i.text, i.end, i.head(heads)) for i in items if i.is_left and i.is_whole and not i.is_quoted}
    right = {i.head(heads) for i in items if i.is_left and i.is_whole and i.is_right}
    counts = Counter(head for *_, head in left)
    return {head for head, n in counts.items() if n >= _VAIN and head not in right}


def _items_of(headed: HeadedBodies, text: str, file: str, page: Row, spans: list[Span]) -> Iterator[Item]:
    hand = hand_of(file)
    rows = bodies_of(page)
    is_whole = "organizations" in page
    sure = {name for row in rows if not is_optional(row) for name in names_of(row)}
    sure |= set() if is_whole else parties_of(page)
    none = set(map(plain, page.get("none", ())))
    doubtful = {name for row in [*rows, *(page.get("places") or [])] for name in names_of(row)} - sure
    doubtful |= {plain(row.get("name")) for row in page.get("credits") or []}
    ends = tuple(sure | none)
    bodies = [span for span in spans if span.entity_type == "organization"]
    other = [span for span in spans if span.entity_type != "organization"]
    for is_left, asked in ((True, spans), (False, other)):
        for start, end, of_end, of_start in headed.asked(text, asked):
            name = plain(text[start:end])
            is_read = not is_left and any(body.start < end <= body.end for body in bodies)
            if (not is_left and not is_read) or name in doubtful:
                continue
            if ("none" in page or not is_whole) and not plain(text[:end][-20:]).endswith(ends):
                continue
            yield Item(hand, text, start, end, is_left, name in sure, is_whole, of_end, of_start)


def fit_of(items: Sequence[Item]) -> Fit:
    """Weights of what speaks for a body."""
    classes = [{"body"} if item.is_right else set() for item in items]
    shares = [1.0 if item.is_left and item.is_whole else _READ_SHARE for item in items]
    return Fit([i.features for i in items], classes, shares, lasso=_LASSO, ridge=_RIDGE, fewest=_FEWEST)


def check(items: Sequence[Item]) -> None:
    """Print how many right and wrong bodies would be read of what is left, every hand left out once."""
    hands = sorted({item.hand for item in items if item.hand})
    fold_of = {hand: n % _FOLDS for n, hand in enumerate(hands)}
    found: dict[tuple[str, str, int], list[tuple[float, bool]]] = defaultdict(list)
    for fold in range(_FOLDS):
        fit = fit_of([item for item in items if fold_of.get(item.hand) != fold])
        asked = [item for item in items if item.is_left and fold_of.get(item.hand) == fold]
        scores = (fit.rows([item.features for item in asked]) @ fit.train())[:, 0]
        for item, score in zip(asked, scores, strict=True):
            found[item.hand, item.text, item.end].append((float(score), item.is_right))
    best = [max(rows) for rows in found.values()]
    print(f"{sum(any(right for _, right in rows) for rows in found.values())} bodies are left to be read")
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0):
        taken = [is_right for score, is_right in best if score > least]
        print(f"over {least:4.1f}: {sum(taken)} right, {len(taken) - sum(taken)} wrong")


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the weights and write them, or check them."""
    options = options_of(__doc__, arguments)
    heads, items = read_items(options.house, options.without)
    if options.check:
        check(items)
        return 0
    odds = fit_of(items).told()["body"]
    starts = [sum(odds.get(name, 0.0) for name in item.of_start) for item in items if item.is_right]
    reach = float(np.quantile(starts, _MOST_STARTS))
    told = {"heads": heads, "reach": round(reach, 2), "odds": odds}
    WEIGHTS.write_text(HEADER + yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    print(f"{len(heads)} ends, {len(odds)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
