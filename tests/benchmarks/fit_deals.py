"""Count the weights by which stretches that no rule reads are taken for deals, and for which type.

Run: baocang build tests/benchmarks/pages/*.txt tests/benchmarks/*deals.jsonl --warehouse DIR
     python -m tests.benchmarks.fit_deals DIR [--without NAME...] [--check]

Reads `pages/*.yaml` and the invented stories of `no_deals.jsonl` (none with a deal), `deals.jsonl` and
`told_deals.jsonl` (12,114 passages of many hands that tell deals and near misses in ever other words), and
what the rules made of them; writes `seeds/lookups/deal_odds.yml`. A stretch is right if it holds most of a
deal of the reader that no row tells. `--check` leaves every hand of pages out in turn and prints how many of
their stretches with the highest odds are right.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from flows.resources import load_lookups
from tests.benchmarks import eval_pages
from tests.benchmarks.eval_pages import PAGES, Page, Row, plain, values
from tests.benchmarks.regression import Fit, options_of
from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.finder import DealFinder
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.odds import NONE, RULE, OddsReader, blanked, left_over
from warehouse import Warehouse

STORIES = [Path(__file__).parent / name for name in ("no_deals.jsonl", "deals.jsonl", "told_deals.jsonl")]
WEIGHTS = Path("seeds/lookups/deal_odds.yml")
HEADER = (
    "# Log odds of deals that no rule reads; made by tests/benchmarks/fit_deals.py, not written by hand.\n"
)
_RIDGE_OF_DEALS, _TOLD_SHARE, _PAGE_SHARE = 10.0, 0.3, 2.0


@dataclass
class Item:
    """A stretch of an article, its features, and the reader's deals that stand in it."""

    hand: str
    is_left: bool
    features: set[str]
    context: ArticleContext
    span: tuple[int, int]
    of: Page | None = None
    deals: list[Row] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return self.context.text[slice(*self.span)]

    @property
    def is_right(self) -> bool:
        """Whether a deal that must be listed stands here and has no row."""
        return any(not eval_pages.is_optional(deal) for deal in self.missed)

    @property
    def is_doubtful(self) -> bool:
        """Whether readers differ."""
        return bool(self.missed) and not self.is_right


class Recorder(OddsReader):
    """Stands in the finder's place of the weights and keeps what they would be asked about."""

    def __init__(self, odds: OddsReader) -> None:
        self.__dict__.update(odds.__dict__)
        self.asked: list[tuple[ArticleContext, list[tuple[int, int]], list[Candidate]]] = []

    def find(
        self, context: ArticleContext, items: Sequence[tuple[int, int]], found: Sequence[Candidate]
    ) -> list[Candidate]:
        """Nothing; the stretches are kept."""
        self.asked.append((context, list(items), list(found)))
        return []


def runs(text: str) -> set[str]:
    """All runs of up to three characters."""
    return {text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1)}


def find_deals(house: Path, finder: DealFinder) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """What a finder reads of the articles of a warehouse, see `DealFinder.find`."""
    read = Warehouse(house).read
    issues = read("documents").select("document_id", "issue_on")
    return finder.find(
        read("articles").join(issues, on="document_id", how="left"),
        read("sentences"),
        read("mentions").with_row_index("mention_index"),
        dates=read("dates").with_row_index("date_index"),
        quantities=read("quantities").with_row_index("quantity_index"),
    )


def read_pages(house: Path, finder: DealFinder, gold: Mapping[str, Row]) -> list[Page]:
    """Pages and stories with what a finder reads of them now in the place of the warehouse's deals."""
    deals, parties, _ = find_deals(house, finder)
    read = Warehouse(house).read
    named = (
        read("mentions").with_row_index("mention_index").select("mention_index", "mention_id", "entity_id")
    )
    sides = parties.with_columns(deal_id="deal_index").join(named, on="mention_index", how="left")
    document_of = read("articles").select("article_id", "document_id")
    rows = {"deals": deals.with_columns(deal_id="deal_index"), "deal_parties": sides}
    rows = {name: frame.join(document_of, on="article_id") for name, frame in rows.items()}
    return list(eval_pages.pages_of(house, gold, rows).values())


def read_items(house: Path, finder: DealFinder, without: Sequence[str]) -> list[Item]:
    """Stretches of all pages with their features and the reader's deals."""
    reader = finder.odds
    finder.odds = recorder = Recorder(reader)
    find_deals(house, finder)
    finder.odds = reader
    tables = {name: Warehouse(house).read(name) for name in ("documents", "articles")}
    name_of = {
        key: uri.rsplit("/", 1)[-1]
        for key, uri in tables["documents"].select("document_id", "uri").iter_rows()
    }
    document_of = dict(tables["articles"].select("article_id", "document_id").iter_rows())
    asked = defaultdict(list)
    for call in recorder.asked:
        asked[name_of[document_of[call[0].article_id]]].append(call)
    items = []
    for name, page in eval_pages.pages_of(house, readings(without)).items():
        of_page = list(_items_of(hand_of(name), asked[name], reader))
        _place(page, of_page)
        items += of_page
    return items


def readings(without: Sequence[str], stories: Iterable[Path] = STORIES) -> dict[str, Row]:
    """What readers list of pages and of stories, by name of the document."""
    files = [f for f in sorted(PAGES.glob("*.yaml")) if not f.name.startswith(tuple(without) or ("-",))]
    pages = {f.with_suffix(".txt").name: yaml.load(f.read_text("utf-8"), yaml.CSafeLoader) for f in files}
    lines = {
        f"{file.name}#line {number}": json.loads(line)
        for file in stories
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
    }
    return pages | lines


def hand_of(name: str) -> str:
    """Who wrote a page, by the letters of its name; all stories are of one hand, without a name."""
    return "" if ".jsonl" in name else re.match("[a-z]*", name)[0]  # type: ignore[index]


def _items_of(
    hand: str,
    asked: Iterable[tuple[ArticleContext, list[tuple[int, int]], list[Candidate]]],
    reader: OddsReader,
) -> Iterator[Item]:
    for context, spans, found in asked:
        left = set(left_over(spans, found))
        for start, end in spans:
            others = [c for c in found if not (c.start < end and start < c.end)]
            features = runs(blanked(context, start, end)) | set(reader.stands(context, start, end, others))
            yield Item(hand, (start, end) in left, features, context, (start, end))


def _place(page: Page, items: Sequence[Item]) -> None:
    """Each of the reader's deals to the stretch that holds most of its words."""
    page.tables["deals"] = [row for row in page.tables["deals"] if row["rule"] != RULE]
    matched = eval_pages.match_deals(page)
    for position, deal in enumerate(page.rows("deals")):
        scores = [_held(page, deal, plain(item.text)) for item in items]
        if not scores or max(scores) == 0:
            continue
        item = items[int(np.argmax(scores))]
        item.of = page
        item.deals.append(deal)
        if position not in matched:
            item.missed.append(deal)


def _held(page: Page, deal: Row, text: str) -> float:
    """How much of a deal's title, parties and amounts a stretch holds."""
    title = plain(deal.get("title"))
    length = eval_pages.common_length(title, text) if title else 0
    held = 1.5 * length / len(title) if length > 1 else 0.0
    if said := plain(deal.get("said")):
        held += 5.0 * eval_pages.common_length(said, text) / len(said)
    for party in deal.get("parties") or []:
        name = plain(party["name"])
        forms = page.bodies.get(name, {name}) | {name}
        held += any(len(form) > 1 and form in text for form in forms)
    amounts = (plain(str(deal[key])) for key in ("money", "capacity", "area") if deal.get(key))
    return held + sum(amount in text for amount in amounts)


def cases_of_deals(items: Iterable[Item]) -> tuple[list[set[str]], list[set[str]], list[float]]:
    """Stretches with and without a deal; pages count most, what rules read little, readers' doubts not."""
    features, classes, shares = [], [], []
    for item in items:
        if (not item.is_doubtful) if item.is_left else item.deals:
            features.append(item.features)
            classes.append({"deal"} if item.is_right or not item.is_left else set())
            of_page = _PAGE_SHARE if item.hand else 1.0
            shares.append(of_page if item.is_left else of_page * _TOLD_SHARE)
    return features, classes, shares


def cases_of_types(items: Iterable[Item]) -> tuple[list[set[str]], list[set[str]]]:
    """Stretches of one deal with the types that the reader accepts."""
    told = [(item.features, {*values(deal["type"])}) for item, deal in _lone(items, "type")]
    return [features for features, _ in told], [kinds for _, kinds in told]


def cases_of_stages(items: Iterable[Item], reader: OddsReader) -> tuple[list[set[str]], list[set[str]]]:
    """Stretches of one deal with the stages that the reader accepts."""
    features, classes = [], []
    for item, deal in _lone(items, "stage"):
        kinds = {f"type {kind}" for kind in values(deal.get("type"))[:1]}
        features.append(item.features | {*reader.stages(item.context, *item.span)} | kinds)
        classes.append({*values(deal["stage"])})
    return features, classes


def cases_of_roles(items: Iterable[Item], reader: OddsReader) -> tuple[list[set[str]], list[set[str]]]:
    """Names of stretches of one deal with the roles that the reader accepts, `none` for what is no party."""
    features, classes = [], []
    for item, deal in _lone(items, "type"):
        kind, page = values(deal["type"])[0], item.of
        for mention, held in reader.sides(item.context, *item.span, kind):
            sides = [party for party in deal.get("parties") or [] if _is_named(page, party, mention)]
            roles = {role for party in sides for role in values(party.get("role"))}
            # A story's reader does not always say what a party does.
            if roles or not sides:
                features.append({*held})
                classes.append(roles or {NONE})
    return features, classes


def _is_named(page: Page, party: Row, mention: Mention) -> bool:
    name = plain(party["name"])
    forms = page.bodies.get(name, {name}) | {name}
    return any(eval_pages.is_same(form, plain(mention.text)) for form in forms if len(form) > 1)


def _lone(items: Iterable[Item], key: str) -> Iterator[tuple[Item, Row]]:
    return ((item, item.deals[0]) for item in items if len(item.deals) == 1 and item.deals[0].get(key))


def fit_of_deals(items: Iterable[Item]) -> Fit:
    """A regression of whether a deal is told."""
    return Fit(*cases_of_deals(items), lasso=0, ridge=_RIDGE_OF_DEALS)


def count(items: Sequence[Item], reader: OddsReader) -> dict[str, Any]:
    """All weights."""
    return {
        "deal": fit_of_deals(items).told()["deal"],
        "types": Fit(*cases_of_types(items)).told(),
        "stages": Fit(*cases_of_stages(items, reader)).told(),
        "roles": Fit(*cases_of_roles(items, reader)).told(),
    }


def check(items: Sequence[Item]) -> None:
    """Print how many of the stretches with the highest odds are right, every hand left out in turn."""
    # Pages with single letters go together in four groups.
    hands = [str(ord(item.hand) % 4) if len(item.hand) == 1 else item.hand for item in items]
    odds = []
    for hand in sorted({*hands} - {""}):
        fit = fit_of_deals(i for i, h in zip(items, hands, strict=True) if h != hand)
        asked = [
            i for i, h in zip(items, hands, strict=True) if h == hand and i.is_left and not i.is_doubtful
        ]
        scores = fit.rows([item.features for item in asked]) @ fit.train()
        odds += [(float(score), item.is_right) for score, item in zip(scores[:, 0], asked, strict=True)]
    odds.sort(reverse=True)
    right = np.cumsum([is_right for _, is_right in odds])
    for n in (25, 50, 75, 100, 150, 200, 300):
        print(f"{n:4} with odds over {odds[n - 1][0]:5.2f}: {right[n - 1]} right")
    print(f"of {right[-1]}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Count the weights and write them, or check them."""
    options = options_of(__doc__, arguments)
    finder = DealFinder(load_lookups())
    items = read_items(options.house, finder, options.without)
    if options.check:
        check(items)
        return 0
    odds = count(items, finder.odds)
    WEIGHTS.write_text(
        HEADER + yaml.safe_dump(odds, allow_unicode=True, default_flow_style=None, width=118),
        encoding="utf-8",
    )
    print({key: sum(map(len, odds[key].values())) for key in ("types", "stages", "roles")}, len(odds["deal"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
