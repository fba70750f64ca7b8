"""Count the weights by which places that only the network reads are dropped.

Run: baocang build tests/benchmarks/pages/*.txt --warehouse DIR
     python -m tests.benchmarks.fit_places DIR [--without NAME...] [--check]

Reads `pages/*.yaml`, and of the pages' articles what the network reads and what the rules make of it; writes
`seeds/lookups/place_odds.yml`. What rules drop counts too, since on other pages they drop less. `--check`
leaves every hand out in turn and prints how many wrong and right places of its pages would go.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import yaml

from flows.resources import load_lookups, load_recognizer
from tests.benchmarks.eval_pages import PAGES, Row, is_optional, plain
from tests.benchmarks.regression import Fit, options_of
from transforms.extract.mentions import MentionFinder
from transforms.extract.names.spans import Span, keep_outermost, trim
from transforms.extract.names.weighed import WeighedPlaces
from warehouse import Warehouse

WEIGHTS = Path("seeds/lookups/place_odds.yml")
HEADER = (
    "# Log odds of places that only the network reads; made by tests/benchmarks/fit_places.py, not by hand.\n"
)
_FEWEST, _LASSO = 3, 1.0


@dataclass
class Item:
    """A place of an article, whether the rules leave it, and whether a reader lists it."""

    hand: str
    article: str
    name: str
    is_left: bool
    is_right: bool
    features: set[str]


class Recorder:
    """Stands in the rules' place of the weights and keeps what they would be asked about."""

    def __init__(self) -> None:
        self.asked: list[list[Span]] = []

    def drop(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """All spans; they are kept."""
        self.asked.append([span.but() for span in spans])
        return list(spans)


def read_items(house: Path, without: Sequence[str]) -> list[Item]:
    """Places of all pages with their features; those that careful readers may leave out are none."""
    warehouse = Warehouse(house)
    documents = warehouse.read("documents").with_columns(
        file=pl.col("uri").str.split("/").list.last().str.strip_suffix(".txt")
    )
    files = [f for f in sorted(PAGES.glob("*.yaml")) if not f.name.startswith(tuple(without) or ("-",))]
    documents = documents.filter(pl.col("file").is_in([file.stem for file in files]))
    of_document = documents.select("document_id", "publication", "file")
    articles = warehouse.read("articles").join(of_document, on="document_id")
    sentences = warehouse.read("sentences").join(articles.select("article_id"), on="article_id", how="semi")
    finder = MentionFinder(load_recognizer(), load_lookups())
    weighed, finder._rules.weighed = finder._rules.weighed, (recorder := Recorder())  # type: ignore[assignment]
    finder.find(articles, sentences)
    network = finder._recognize(articles, sentences)
    readings = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in files}
    items = []
    rows = articles.select("article_id", "text", "file").iter_rows()
    for (article, text, file), left in zip(rows, recorder.asked, strict=True):
        read = keep_outermost(cut for span in network.get(article, ()) if (cut := trim(text, span)))
        for spans in (left, read):
            items += _items_of(weighed, article, text, file, readings[file], spans, is_left=spans is left)
    return items


def _items_of(
    weighed: WeighedPlaces, article: str, text: str, file: str, page: Row, spans: list[Span], *, is_left: bool
) -> Iterator[Item]:
    hand = re.match("[a-z]*", file)[0]  # type: ignore[index]
    for span, features in weighed.asked(text, spans):
        name = plain(text[span.start : span.end])
        rows = [
            row
            for row in page.get("places") or []
            if name in (plain(row["name"]), *map(plain, row.get("aliases") or []))
        ]
        credited = any(name == plain(row.get("name")) for row in page.get("credits") or [])
        is_right = any(not is_optional(row) for row in rows)
        if is_right or not (rows or credited):
            yield Item(hand, article, name, is_left, is_right, features)


def fit_of(items: Sequence[Item]) -> Fit:
    """Weights of what speaks for a place."""
    classes = [{"place"} if item.is_right else set() for item in items]
    return Fit([item.features for item in items], classes, lasso=_LASSO, fewest=_FEWEST)


def check(items: Sequence[Item]) -> None:
    """Print how many of the names that the rules leave would go, every hand left out in turn."""
    hands = [item.hand if len(item.hand) > 1 else f"{ord(item.hand) % 4}" for item in items]
    odds = defaultdict(list)
    for hand in sorted(set(hands)):
        fit = fit_of([i for i, h in zip(items, hands, strict=True) if h != hand])
        asked = [i for i, h in zip(items, hands, strict=True) if h == hand and i.is_left]
        scores = (fit.rows([item.features for item in asked]) @ fit.train())[:, 0]
        for item, score in zip(asked, scores, strict=True):
            odds[item.hand, item.article, item.name, item.is_right].append(score)
    for least in (-2.0, -1.5, -1.0, -0.5, 0.0):
        gone = [key for key, scores in odds.items() if np.mean(scores) < least]
        right = sum(is_right for *_, is_right in gone)
        print(f"below {least:4.1f}: {len(gone) - right} wrong, {right} right")
    print(f"of {sum(not key[-1] for key in odds)} wrong, {sum(key[-1] for key in odds)} right")


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the weights and write them, or check them."""
    options = options_of(__doc__, arguments)
    items = read_items(options.house, options.without)
    if options.check:
        check(items)
        return 0
    odds = fit_of(items).told()["place"]
    WEIGHTS.write_text(HEADER + yaml.safe_dump(odds, allow_unicode=True), encoding="utf-8")
    print(f"{len(odds)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
