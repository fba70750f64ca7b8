"""Count the weights by which deals are called that no rule has named.

Run: baocang build tests/benchmarks/pages/*.txt tests/benchmarks/*deals.jsonl --warehouse DIR
     python -m tests.benchmarks.fit_titles DIR [--without NAME...] [--check]

Reads `pages/*.yaml`, the invented stories of `deals.jsonl` and `told_deals.jsonl`, and what the rules read of
them; writes `seeds/lookups/title_odds.yml`. Of every deal that a reader lists and a row tells, the stretches
of its sentence are weighed; right is the one that the reader calls it. `--check` leaves every hand of pages
out in turn and prints how many of the deals that rules leave without a title get the reader's.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from flows.resources import load_lookups
from tests.benchmarks import eval_pages
from tests.benchmarks.eval_pages import Page, bare, is_same
from tests.benchmarks.fit_deals import STORIES, hand_of, read_pages, readings
from tests.benchmarks.regression import Fit, options_of
from transforms.extract.context import ArticleContext
from transforms.extract.deals.finder import DealFinder
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.titles import Span, TitleReader

WEIGHTS = Path("seeds/lookups/title_odds.yml")
HEADER = "# Log odds of what deals are called; made by tests/benchmarks/fit_titles.py, not written by hand.\n"
_LETTER = re.compile("[\u4e00-\u9fff]")
_FOLDS, _FEWEST_HEADS, _FEWEST = 8, 4, 4
_LASSO, _RIDGE, _NAMELESS_SHARE = 0.5, 2.0, 0.3

Kept = tuple[ArticleContext, Candidate, list[tuple[Span, set[str]]]]
"""A deal of an article with the stretches that may be what it is called and their features."""


@dataclass
class Asked:
    """A deal that a reader lists, the stretches of its sentence and which of them he calls it."""

    hand: str
    text: str
    title: str
    is_named: bool
    spans: list[Span]
    features: list[set[str]]

    @property
    def right(self) -> list[bool]:
        """Which stretches are the reader's title."""
        return [bare(self.text[slice(*span)]) == self.title for span in self.spans]

    @property
    def share(self) -> float:
        """What its stretches count: less where the reader has not named it, which he need not."""
        return 1.0 if self.title else _NAMELESS_SHARE


def heads_in(titles: Iterable[str]) -> set[str]:
    """Ends that several titles have: two letters, or one behind ever others."""
    titles = [title for title in titles if _LETTER.fullmatch(title[-1:])]
    heads: set[str] = set()
    for size in (2, 1):
        counts = Counter(title[-size:] for title in titles if title[-2:] not in heads)
        heads |= {head for head, count in counts.items() if count >= _FEWEST_HEADS}
    return heads


class Recorder(TitleReader):
    """Keeps what the weights would be asked about and names nothing."""

    def __init__(self, heads: set[str]) -> None:
        super().__init__({"title_odds": {"heads": sorted(heads), "odds": {"": 0.0}}})
        self.kept: dict[str, list[Kept]] = defaultdict(list)

    def add(
        self,
        context: ArticleContext,
        items: Sequence[Span],
        found: Sequence[Candidate],
        kinds: Sequence[str],
    ) -> None:
        """Nothing is named; the stretches are kept."""
        for candidate, kind in zip(found, kinds, strict=True):
            asked = [(span, features()) for span, features in self.asked(context, items, candidate, kind)]
            self.kept[context.article_id].append((context, candidate, asked))


def read_deals(house: Path, without: Sequence[str]) -> tuple[set[str], list[Asked]]:
    """Ends of titles, and the deals of pages and stories with their stretches."""
    gold = readings(without, STORIES[1:])
    titles = (bare(deal.get("title")) for page in gold.values() for deal in page.get("deals") or [])
    heads = heads_in(titles)
    finder = DealFinder(load_lookups())
    finder.titles = recorder = Recorder(heads)
    pages = read_pages(house, finder, gold)
    return heads, [deal for page in pages for deal in _asked_of(page, recorder.kept)]


def _asked_of(page: Page, of_article: Mapping[str, list[Kept]]) -> Iterator[Asked]:
    deals = page.rows("deals")
    for position, row in eval_pages.match_deals(page).items():
        for context, candidate, asked in of_article[row["article_id"]]:
            overlaps = candidate.start < row["end_char"] and row["start_char"] < candidate.end
            name = context.text[slice(*candidate.title)] if candidate.title else ""
            if overlaps and candidate.rule == row["rule"] and bare(name) == bare(row["title"]):
                yield Asked(
                    hand_of(page.name),
                    context.text,
                    bare(deals[position].get("title")),
                    candidate.title is not None,
                    [span for span, _ in asked],
                    [features for _, features in asked],
                )
                break


def fit_of(deals: Sequence[Asked]) -> Fit:
    """Weights of what speaks for a title."""
    features = [held for deal in deals for held in deal.features]
    classes = [{"title"} if right else set[str]() for deal in deals for right in deal.right]
    shares = [deal.share for deal in deals for _ in deal.spans]
    return Fit(features, classes, shares, lasso=_LASSO, ridge=_RIDGE, fewest=_FEWEST)


def check(deals: Sequence[Asked]) -> None:
    """Print how many deals without a title get the reader's, every hand left out once."""
    hands = sorted({deal.hand for deal in deals if deal.hand})
    fold_of = {hand: n % _FOLDS for n, hand in enumerate(hands)}
    best: list[tuple[float, str, str]] = []
    left = [d for d in deals if not d.is_named and d.hand]
    for fold in range(_FOLDS):
        fit = fit_of([deal for deal in deals if fold_of.get(deal.hand) != fold])
        weights = fit.train()
        for deal in left:
            if fold_of[deal.hand] == fold and deal.spans:
                scores = (fit.rows(deal.features) @ weights)[:, 0]
                n = int(scores.argmax())
                best.append((float(scores[n]), bare(deal.text[slice(*deal.spans[n])]), deal.title))
    print(f"{len(left)} deals without a title, of which readers name {sum(bool(d.title) for d in left)},")
    print(f"{sum(any(d.right) for d in left)} by a stretch")
    for least in (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0):
        taken = [(name, title) for score, name, title in best if score > least]
        named = [(name, title) for name, title in taken if title]
        same = sum(name == title for name, title in named)
        near = sum(is_same(name, title) for name, title in named)
        more = len(taken) - len(named)
        print(f"over {least:4.1f}: {same} the reader's, {near} with near ones, of {len(named)}; {more} more")


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the weights and write them, or check them."""
    options = options_of(__doc__, arguments)
    heads, deals = read_deals(options.house, options.without)
    print(len(deals), "deals,", sum(map(len, (d.spans for d in deals))), "stretches,", len(heads), "ends")
    if options.check:
        check(deals)
        return 0
    odds = fit_of(deals).told()["title"]
    told = {"heads": sorted(heads), "odds": odds}
    WEIGHTS.write_text(HEADER + yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    print(len(odds), "weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
