"""Count the weights by which places that only the network reads are dropped.

Run: baocang build tests/benchmarks/pages/*.txt --warehouse DIR
     python -m tests.benchmarks.fit_places DIR [--without NAME...] [--check]

Reads `pages/*.yaml`, and of the pages' articles what the network reads and what the rules make of it; writes
`seeds/lookups/place_odds.yml`. What rules drop counts too, since on other pages they drop less. `--check`
leaves every hand out in turn and prints how many wrong and right places of its pages would go.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from flows.resources import load_lookups, load_recognizer
from tests.benchmarks.eval_pages import PAGES, Row, is_optional, plain
from transforms.extract.mentions import MentionFinder
from transforms.extract.names.spans import Span, keep_outermost, trim
from transforms.extract.names.weighed import WeighedPlaces
from warehouse import Warehouse

WEIGHTS = Path("seeds/lookups/place_odds.yml")
HEADER = (
    "# Log odds of places that only the network reads; made by tests/benchmarks/fit_places.py, not by hand.\n"
)
_FEWEST = 3
_STEPS, _LASSO, _LEAST = 400, 1.0, 0.05
Floats = np.ndarray[Any, np.dtype[np.float32]]


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


class Fit:
    """A logistic regression; a penalty on the sum of its weights leaves most at 0."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        counts = Counter(name for item in items for name in item.features)
        self.names = sorted(name for name, count in counts.items() if count >= _FEWEST)
        self.matrix = np.ones((len(items), len(self.names) + 1), np.float32)
        for row, item in zip(self.matrix, items, strict=True):
            row[:-1] = [name in item.features for name in self.names]

    def train(self, rows: Iterable[int]) -> Floats:
        """Weights of all features and the constant, by accelerated proximal steps."""
        x = self.matrix[chosen := list(rows)]
        gold = np.array([self.items[n].is_right for n in chosen], np.float32)
        rate = 4 / np.linalg.norm(x, 2) ** 2
        w = ahead = np.zeros(x.shape[1], np.float32)
        pace = 1.0
        for _ in range(_STEPS):
            new = ahead + rate * ((gold - 1 / (1 + np.exp(-(x @ ahead)))) @ x)
            new[:-1] = np.sign(new[:-1]) * np.maximum(np.abs(new[:-1]) - rate * _LASSO, 0)
            following = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
            w, ahead, pace = new, new + (pace - 1) / following * (new - w), following
        return w

    def told(self) -> dict[str, float]:
        """The weights by name, the constant without one."""
        weights = zip([*self.names, ""], self.train(range(len(self.items))), strict=True)
        return {name: round(float(w), 2) for name, w in weights if abs(w) >= _LEAST or not name}

    def check(self) -> None:
        """Print how many of the names that the rules leave would go, every hand left out in turn."""
        hands = [item.hand if len(item.hand) > 1 else f"{ord(item.hand) % 4}" for item in self.items]
        odds = defaultdict(list)
        for hand in sorted(set(hands)):
            scores = self.matrix @ self.train(n for n, h in enumerate(hands) if h != hand)
            for n, item in enumerate(self.items):
                if hands[n] == hand and item.is_left:
                    odds[item.hand, item.article, item.name, item.is_right].append(scores[n])
        for least in (-2.0, -1.5, -1.0, -0.5, 0.0):
            gone = [key for key, scores in odds.items() if np.mean(scores) < least]
            right = sum(is_right for *_, is_right in gone)
            print(f"below {least:4.1f}: {len(gone) - right} wrong, {right} right")
        print(f"of {sum(not key[-1] for key in odds)} wrong, {sum(key[-1] for key in odds)} right")


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the weights and write them, or check them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("house", type=Path, help="warehouse of the pages")
    parser.add_argument("--without", nargs="*", default=[], help="beginnings of names of pages left out")
    parser.add_argument("--check", action="store_true", help="only print how other hands' pages are read")
    options = parser.parse_args(arguments)
    fit = Fit(read_items(options.house, options.without))
    if options.check:
        fit.check()
        return 0
    odds = fit.told()
    WEIGHTS.write_text(HEADER + yaml.safe_dump(odds, allow_unicode=True), encoding="utf-8")
    print(f"{len(odds)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
