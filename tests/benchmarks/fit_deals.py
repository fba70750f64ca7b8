"""Count the weights by which stretches that no rule reads are taken for deals, and for which type.

Run: baocang build tests/benchmarks/pages/*.txt --warehouse DIR
     python -m tests.benchmarks.fit_deals DIR [--without NAME...] [--check]

Reads `pages/*.yaml` and what the rules made of the pages, writes `seeds/lookups/deal_odds.yml`. A stretch is
right if it holds most of a deal of the reader that no row tells. `--check` leaves every hand out in turn and
prints how many of the stretches with the highest odds are right.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml
from scipy.sparse import csr_array

from flows.resources import load_lookups
from tests.benchmarks import eval_pages
from tests.benchmarks.eval_pages import PAGES, Page, Row, plain, values
from transforms.extract.context import ArticleContext, iter_articles
from transforms.extract.deals.finder import DealFinder
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.odds import RULE, blanked, left_over, standing
from warehouse import Warehouse

WEIGHTS = Path("seeds/lookups/deal_odds.yml")
HEADER = "# Log odds of deals that no rule reads; made by tests/benchmarks/fit_deals.py, not written by hand.\n"
_LONGEST_RUN = 3
_FEWEST = 6
_STEPS, _LASSO, _LEAST = 300, 1.0, 0.05
_TOLD_SHARE, _FEWEST_OF_TYPE = 0.3, 25
Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass
class Item:
    """A stretch of an article, its features, and the reader's deals that stand in it."""

    hand: str
    page: str
    text: str
    is_left: bool
    features: set[str]
    deals: list[Row] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether a deal that must be listed stands here and has no row."""
        return any(not eval_pages.is_optional(deal) for deal in self.missed)

    @property
    def is_doubtful(self) -> bool:
        """Whether readers differ."""
        return bool(self.missed) and not self.is_right


class Recorder:
    """Stands in the finder's place of the weights and keeps what they would be asked about."""

    def __init__(self) -> None:
        self.asked: list[tuple[ArticleContext, list[tuple[int, int]], list[Candidate]]] = []

    def find(
        self, context: ArticleContext, items: Sequence[tuple[int, int]], found: Sequence[Candidate]
    ) -> list[Candidate]:
        """Nothing; the stretches are kept."""
        self.asked.append((context, list(items), list(found)))
        return []


def runs(text: str) -> set[str]:
    """All runs of up to three characters."""
    return {text[i : i + n] for n in range(1, _LONGEST_RUN + 1) for i in range(len(text) - n + 1)}


def read_items(house: Path, without: Sequence[str]) -> list[Item]:
    """Stretches of all pages with their features and the reader's deals."""
    warehouse = Warehouse(house)
    names = ("documents", "articles", "sentences", "mentions", "dates", "quantities")
    tables = {name: warehouse.read(name) for name in names}
    issues = tables["documents"].select("document_id", "issue_on")
    finder = DealFinder(load_lookups())
    finder.odds = recorder = Recorder()  # type: ignore[assignment]
    finder.find(
        tables["articles"].join(issues, on="document_id", how="left"),
        tables["sentences"],
        tables["mentions"].with_row_index("mention_index"),
        dates=tables["dates"].with_row_index("date_index"),
        quantities=tables["quantities"].with_row_index("quantity_index"),
    )
    page_of = dict(tables["articles"].select("article_id", "document_id").iter_rows())
    asked = defaultdict(list)
    for call in recorder.asked:
        asked[page_of[call[0].article_id]].append(call)
    files = [f for f in sorted(PAGES.glob("*.yaml")) if not f.name.startswith(tuple(without) or ("-",))]
    uris = {Path(uri).name: key for key, uri in tables["documents"].select("document_id", "uri").iter_rows()}
    items: list[Item] = []
    for file, page in zip(files, eval_pages.load(house, files), strict=True):
        of_page = list(_items_of(file.stem, asked[uris[file.with_suffix(".txt").name]]))
        _place(page, of_page)
        items += of_page
    return items


def _items_of(
    stem: str, asked: Iterable[tuple[ArticleContext, list[tuple[int, int]], list[Candidate]]]
) -> Iterator[Item]:
    hand = re.match("[a-z]*", stem)[0]  # type: ignore[index]
    for context, spans, found in asked:
        left = set(left_over(spans, found))
        for start, end in spans:
            others = [c for c in found if not (c.start < end and start < c.end)]
            features = runs(blanked(context, start, end)) | set(standing(context, start, end, others))
            text = context.text[start:end]
            yield Item(hand, stem.split("_")[0], text, (start, end) in left, features)


def _place(page: Page, items: Sequence[Item]) -> None:
    """Each of the reader's deals to the stretch that holds most of its words."""
    page.tables["deals"] = [row for row in page.tables["deals"] if row["rule"] != RULE]
    matched = eval_pages.match_deals(page)
    for position, deal in enumerate(page.rows("deals")):
        scores = [_held(page, deal, plain(item.text)) for item in items]
        if not scores or max(scores) == 0:
            continue
        item = items[int(np.argmax(scores))]
        item.deals.append(deal)
        if position not in matched:
            item.missed.append(deal)


def _held(page: Page, deal: Row, text: str) -> float:
    """How much of a deal's title, parties and amounts a stretch holds."""
    title = plain(deal.get("title"))
    length = eval_pages.common_length(title, text) if title else 0
    held = 1.5 * length / len(title) if length > 1 else 0.0
    for party in deal.get("parties") or []:
        name = plain(party["name"])
        forms = page.bodies.get(name, {name}) | {name}
        held += any(len(form) > 1 and form in text for form in forms)
    amounts = (plain(str(deal[key])) for key in ("money", "capacity", "area") if deal.get(key))
    return held + sum(amount in text for amount in amounts)


class Fit:
    """Weights of features, of which a penalty on their sum leaves most at 0."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        counts = Counter(name for item in items for name in item.features)
        self.names = sorted(name for name, count in counts.items() if count >= _FEWEST)
        number = {name: n for n, name in enumerate(self.names)}
        held = [[number[name] for name in i.features if name in number] + [len(number)] for i in items]
        starts, columns = np.cumsum([0, *map(len, held)]), np.concatenate(held)
        self.matrix = csr_array((np.ones(len(columns), np.float32), columns, starts))

    def told(self, weights: Floats) -> dict[str, float]:
        """The weights by name, the constant without one."""
        names = [*self.names, ""]
        return {n: round(float(w), 2) for n, w in zip(names, weights, strict=True) if abs(w) >= _LEAST or not n}

    def train(self, rows: Sequence[int], gold: Floats, share: Floats, lasso: float) -> Floats:
        """Weights `[features, classes]` of logistic regressions, by accelerated proximal steps.

        Args:
            rows: Numbers of the items.
            gold: 1 where an item is of a class, `[rows, classes]`.
            share: What each item counts.
            lasso: Penalty on the sum of the weights.
        """
        x = self.matrix[rows]
        turn = np.ones(x.shape[1], np.float32)
        for _ in range(20):
            turn = x.T @ (share * (x @ (turn / np.linalg.norm(turn))))
        rate = 4 / np.linalg.norm(turn)
        w = ahead = np.zeros((x.shape[1], gold.shape[1]), np.float32)
        pace = 1.0
        for _ in range(_STEPS):
            p = 1 / (1 + np.exp(-(x @ ahead)))
            new = ahead + rate * (x.T @ ((gold - p) * share[:, None]))
            new[:-1] = np.sign(new[:-1]) * np.maximum(np.abs(new[:-1]) - rate * lasso, 0)
            following = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
            w, ahead, pace = new, new + (pace - 1) / following * (new - w), following
        return w

    def deals(self, rows: Iterable[int]) -> Floats:
        """Weights that tell a stretch with a deal from one without, `[features, 1]`."""
        kept = []
        for n in rows:
            item = self.items[n]
            if (not item.is_doubtful) if item.is_left else item.deals:
                kept.append(n)
        right = [self.items[n].is_right or not self.items[n].is_left for n in kept]
        share = [1.0 if self.items[n].is_left else _TOLD_SHARE for n in kept]
        return self.train(kept, np.array(right, np.float32)[:, None], np.array(share, np.float32), _LASSO)

    def types(self, rows: Iterable[int], kinds: Sequence[str]) -> Floats:
        """Weights of each type among stretches that tell one deal, `[features, kinds]`."""
        kept = [n for n in rows if len(self.items[n].deals) == 1 and self.items[n].deals[0].get("type")]
        told = [values(self.items[n].deals[0]["type"]) for n in kept]
        gold = np.array([[kind in types for kind in kinds] for types in told], np.float32)
        return self.train(kept, gold, np.ones(len(kept), np.float32), _LASSO)

    def check(self, kinds: Sequence[str]) -> None:
        """Print how many of the stretches with the highest odds are right, every hand left out in turn."""
        hands = [item.hand if len(item.hand) > 1 else f"{ord(item.hand) % 4}" for item in self.items]
        odds, typed = [], []
        for hand in sorted(set(hands)):
            others = [n for n, h in enumerate(hands) if h != hand]
            scores, typical = self.matrix @ self.deals(others), self.matrix @ self.types(others, kinds)
            for n in (n for n, h in enumerate(hands) if h == hand and self.items[n].is_left):
                item = self.items[n]
                if not item.is_doubtful:
                    odds.append((float(scores[n, 0]), item.is_right, n))
                if item.is_right:
                    kind = kinds[int(np.argmax(typical[n]))]
                    typed.append(any(kind in values(deal.get("type")) for deal in item.missed))
        odds.sort(reverse=True)
        right = np.cumsum([is_right for _, is_right, _ in odds])
        for count in (25, 50, 75, 100, 150, 200, 300):
            print(f"{count:4} with odds over {odds[count - 1][0]:5.2f}: {right[count - 1]} right")
        print(f"of {right[-1]}; type of these {np.mean(typed):.3f}")


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
    told = Counter(values(deal.get("type"))[0] for item in fit.items for deal in item.deals if deal.get("type"))
    kinds = [kind for kind, count in sorted(told.items()) if count >= _FEWEST_OF_TYPE]
    if options.check:
        fit.check(kinds)
        return 0
    everything = range(len(fit.items))
    deals, types = fit.deals(everything), fit.types(everything, kinds)
    odds = {
        "deal": fit.told(deals[:, 0]),
        "types": {kind: fit.told(types[:, n]) for n, kind in enumerate(kinds)},
    }
    WEIGHTS.write_text(HEADER + yaml.safe_dump(odds, allow_unicode=True), encoding="utf-8")
    print({name: len(weights) for name, weights in (("deal", odds["deal"]), *odds["types"].items())})
    return 0


if __name__ == "__main__":
    sys.exit(main())
