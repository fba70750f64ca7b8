"""Count the weights that tell how sure the deals are that rules read.

Run: baocang build tests/benchmarks/pages/*.txt tests/benchmarks/*deals.jsonl --warehouse DIR
     python -m tests.benchmarks.fit_doubts DIR [--without NAME...] [--check]

Reads `pages/*.yaml`, `no_deals.jsonl` (invented news without a deal) and `deals.jsonl` (invented news with
and without), and what the rules read of them; writes `seeds/lookups/deal_doubts.yml`. A row is right if a
reader lists its deal. `--check` leaves every hand out in turn and prints how many rows are right, by how
sure the weights are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from flows.resources import load_lookups
from tests.benchmarks import eval_pages
from tests.benchmarks.eval_pages import Page
from tests.benchmarks.fit_deals import STORIES, hand_of, read_pages, readings
from tests.benchmarks.regression import Fit, options_of
from transforms.extract.context import ArticleContext
from transforms.extract.deals.doubts import DoubtReader
from transforms.extract.deals.finder import DealFinder
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.odds import Span
from transforms.extract.deals.same import title_text

WEIGHTS = Path("seeds/lookups/deal_doubts.yml")
HEADER = "# Log odds of deals that rules read; made by tests/benchmarks/fit_doubts.py, not written by hand.\n"
_LASSO, _FEWEST = 2.0, 4
_BINS = (-np.inf, -1, 0, 1, 2, 3, 4, 5, np.inf)


@dataclass
class Told:
    """A deal that a rule read, and whether a reader lists it."""

    hand: str
    features: set[str]
    is_right: bool


class Recorder(DoubtReader):
    """Keeps what the weights would be asked about and doubts nothing."""

    def __init__(self, finder: DealFinder) -> None:
        super().__init__({"deal_doubts": {"": 0.0}}, finder.links, finder.odds)
        self.asked: list[tuple[ArticleContext, Candidate, set[str]]] = []

    def weigh(self, context: ArticleContext, items: Sequence[Span], found: Sequence[Candidate]) -> None:
        """Nothing is weighed; the features are kept."""
        self.asked += [(context, c, self.features(context, items, c, found)) for c in found]


def read_rows(house: Path, without: Sequence[str]) -> list[Told]:
    """What the rules read of pages and stories."""
    finder = DealFinder(load_lookups())
    finder.doubts = recorder = Recorder(finder)
    pages = read_pages(house, finder, readings(without, STORIES[:2]))
    features = {
        (context.article_id, c.start, c.rule, title_text(context, c)): held
        for context, c, held in recorder.asked
    }
    return [row for page in pages for row in _told_of(page, features)]


def _told_of(page: Page, features: dict[tuple[Any, ...], set[str]]) -> Iterator[Told]:
    hand = hand_of(page.name)
    gold = page.rows("deals")
    listed = {row["deal_id"]: gold[position] for position, row in eval_pages.match_deals(page).items()}
    for row in page.tables["deals"]:
        held = features.get((row["article_id"], row["start_char"], row["rule"], row["title"]))
        deal = listed.get(row["deal_id"])
        if held and not (deal and eval_pages.is_optional(deal)):
            yield Told(hand, held, deal is not None)


def fit(told: Sequence[Told]) -> Fit:
    """A regression over rows."""
    classes = [{"deal"} if row.is_right else set[str]() for row in told]
    return Fit([row.features for row in told], classes, lasso=_LASSO, fewest=_FEWEST)


def check(told: Sequence[Told]) -> None:
    """Print how many rows are right by how sure the weights are, every hand left out in turn."""
    hands = [str(ord(row.hand) % 4) if len(row.hand) == 1 else row.hand for row in told]
    odds = []
    for hand in sorted({*hands} - {""}):
        fitted = fit([row for row, h in zip(told, hands, strict=True) if h != hand])
        asked = [row for row, h in zip(told, hands, strict=True) if h == hand]
        scores = fitted.rows([row.features for row in asked]) @ fitted.train()
        odds += [(float(score), row.is_right) for score, row in zip(scores[:, 0], asked, strict=True)]
    for low, high in pairwise(_BINS):
        of_bin = [is_right for score, is_right in odds if low <= score < high]
        share = np.mean([1 / (1 + np.exp(-score)) for score, _ in odds if low <= score < high])
        print(f"{low:4} to {high:4}: {sum(of_bin):4} of {len(of_bin):4} right, {share:.3f} by the weights")


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the weights and write them, or check them."""
    options = options_of(__doc__, arguments)
    told = read_rows(options.house, options.without)
    print(len(told), "rows,", sum(row.is_right for row in told), "right")
    if options.check:
        check(told)
        return 0
    weights = fit(told).told()["deal"]
    WEIGHTS.write_text(
        HEADER + yaml.safe_dump(weights, allow_unicode=True, default_flow_style=True, width=118),
        encoding="utf-8",
    )
    print(len(weights), "weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
