"""Agreements, projects, laboratories, investments and partnerships with their parties.

Each sentence is read item by item (lists are cut at semicolons); rules per kind of deal propose
candidates; the same deal told twice in one article is merged; dates, amounts, place and sector
are tied to what is left. A deal needs a party or a title of its own: 多个项目签约 names neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from transforms.extract.context import ArticleContext, iter_articles
from transforms.extract.deals.aftermath import Aftermath
from transforms.extract.deals.beside import add_days_beside
from transforms.extract.deals.bystanders import drop_bystanders
from transforms.extract.deals.contents import ContentReader
from transforms.extract.deals.days import DayReader
from transforms.extract.deals.doubts import DoubtReader
from transforms.extract.deals.evidence import EvidenceReader
from transforms.extract.deals.fold import fold
from transforms.extract.deals.hands import add_backers, add_hands, add_hosts, add_houses, add_owners
from transforms.extract.deals.kernels.base import Readers
from transforms.extract.deals.kernels.finder import KernelRules
from transforms.extract.deals.kernels.items import ItemReader
from transforms.extract.deals.links import LinkReader
from transforms.extract.deals.lists import ListRules
from transforms.extract.deals.makers import add_followers, add_makers, add_members
from transforms.extract.deals.merge import DealMerger
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.namers import NamerReader
from transforms.extract.deals.odds import OddsReader
from transforms.extract.deals.pairs import add_pairs
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.rows import RowMaker, items_of
from transforms.extract.deals.same import distinct, is_in
from transforms.extract.deals.scene import is_signed_there, is_to_be_signed
from transforms.extract.deals.settle import Settler
from transforms.extract.deals.signatories import add_signatories
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.surer import mend
from transforms.extract.deals.titles import TitleReader
from transforms.extract.deals.unlikely import is_no_deal, is_sum
from transforms.extract.deals.wording import end_words, is_doer, is_of_fields, trim_sides, trim_titles
from transforms.extract.gated import DEALS
from transforms.extract.patterns import WordSets

DEAL_SCHEMA: dict[str, pl.DataType] = {
    "deal_index": pl.UInt32(),
    "parent_deal_index": pl.UInt32(),
    "article_id": pl.String(),
    "deal_type": pl.String(),
    "stage": pl.String(),
    "title": pl.String(),
    "mode": pl.String(),
    "dated_on": pl.Date(),
    "dated_end_on": pl.Date(),
    "dated_by": pl.String(),
    "expected_on": pl.Date(),
    "investment_cny": pl.Float64(),
    "place_mention_index": pl.UInt32(),
    "sector_code": pl.String(),
    "sector": pl.String(),
    "cue_text": pl.String(),
    "surface_text": pl.String(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "rule": pl.String(),
    "confidence_share": pl.Float32(),
}
PARTY_SCHEMA: dict[str, pl.DataType] = {
    "deal_index": pl.UInt32(),
    "ordinal": pl.UInt32(),
    "article_id": pl.String(),
    "mention_index": pl.UInt32(),
    "surface_text": pl.String(),
    "party_role": pl.String(),
    "signatory_mention_index": pl.UInt32(),
    "is_damaged": pl.Boolean(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
}
QUANTITY_LINK_SCHEMA: dict[str, pl.DataType] = {"quantity_index": pl.UInt32(), "deal_index": pl.UInt32()}

# What an item goes on about is among so many deals told before it.
_MEMORY = 60


class DealFinder:
    """Finds deals and their parties; compiled once, reused for every batch.

    Args:
        lookups: Parsed seed files by stem; reads `deal_types`, `stages`, `sectors`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        self._stages = StageReader(lookups)
        parties = PartyReader(lookups)
        self.links = LinkReader(lookups)
        readers = Readers(lookups, parties, self._stages)
        self._kernels = KernelRules(readers, self.links)
        self._rules = (self._kernels.pacts, self._kernels.ties, self._kernels.bids)
        self._contents, self._aftermath = ContentReader(lookups), Aftermath(self._stages)
        self._settler = Settler(lookups, parties, self._aftermath)
        self._lists = ListRules(lookups, parties, self._kernels.papers, ItemReader(readers))
        self._parties, self._namers = parties, NamerReader(lookups, parties)
        self.odds = OddsReader(readers, self._kernels.works)
        self.doubts = DoubtReader(lookups, self.links, self.odds)
        self.titles = TitleReader(lookups)
        self._merger = DealMerger(self._stages, self.links, readers.names)
        self._days = DayReader(lookups, self._stages)
        self._row_maker = RowMaker(parties, self.links, self._days, EvidenceReader(self._stages))
        of_stages = self._stages.words(
            "proposed", "signed", "unveiled", "landed", "building", "operating", "ended"
        )
        words = lookups["deal_types"]
        of_kernels = [
            w
            for kind in ("jointly", "opened", "at_work", "at_desk", "at_use")
            for w in words["kernels"][kind]
        ]
        self._cues = WordSets(
            [*of_stages, *words["cues"], *words["unveils"], *words["opens"]],
            [*words["kernel_cues"], *of_kernels],
        )

    def find(
        self,
        articles: pl.DataFrame,
        sentences: pl.DataFrame,
        mentions: pl.DataFrame,
        *,
        dates: pl.DataFrame | None = None,
        quantities: pl.DataFrame | None = None,
        damage: pl.DataFrame | None = None,
    ) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Find the deals of every article.

        Args:
            articles: `article_id`, `text`; `dateline_on`, `issue_on` where known.
            sentences: `article_id`, `start_char`, `end_char`.
            mentions: `mention_index: u32`, `article_id`, `entity_type`, `start_char`, `end_char`.
            dates: `article_id`, `start_char`, `end_char`, `start_on`, `end_on`.
            quantities: `quantity_index: u32`, `article_id`, `start_char`, `end_char`, `dimension`,
                `currency`, `base_value`.
            damage: `article_id`, `start_char`, `end_char` of damaged spots.

        Returns:
            Three frames: deals (`DEAL_SCHEMA`, one row per deal, sorted by article and offset),
            parties (`PARTY_SCHEMA`, one row per deal and party; `mention_index` null where the words
            could not be read as a name) and links from quantities to deals (`QUANTITY_LINK_SCHEMA`).
        """
        return self.find_in(
            iter_articles(articles, sentences, mentions, dates=dates, quantities=quantities, damage=damage)
        )

    def find_in(self, contexts: Iterable[ArticleContext]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """The same, in articles that have been put together with what was found in them."""
        deals: list[dict[str, Any]] = []
        parties: list[dict[str, Any]] = []
        links: list[dict[str, Any]] = []
        contexts = list(contexts)
        for context in contexts:
            DEALS.enter(context.text)
            lists = self._lists.ranges(context)
            self._row_maker.add(context, self._find_in_article(context, lists), lists, deals, parties, links)
        add_days_beside(contexts, deals, parties, self._days.due)
        return (
            pl.DataFrame(deals, schema=DEAL_SCHEMA, orient="row"),
            pl.DataFrame(parties, schema=PARTY_SCHEMA, orient="row"),
            pl.DataFrame(links, schema=QUANTITY_LINK_SCHEMA, orient="row"),
        )

    def _find_in_article(self, context: ArticleContext, lists: Sequence[tuple[int, int]]) -> list[Candidate]:
        found: list[Candidate] = []
        items: list[tuple[int, int]] = []
        told = 0
        for start, end in context.sentences:
            paragraph = context.paragraph(start)
            if start == paragraph[0]:
                DEALS.narrow(*paragraph)
                kernels = self._kernels
                headed = kernels.headed.headed(context, start) or kernels.notices.noticed(context, start)
                if headed and start >= told:
                    found.append(headed)
                    told = headed.end
            if start < told:
                continue
            listed = next((begin for begin, stop in lists if begin < end and start < stop), None)
            held = self._cues.held(context.text[start:end])
            if listed is None and not held:
                continue
            rules = self._rules if listed is not None or 0 in held else ()
            for item_start, item_end in items_of(context, start, end):
                DEALS.narrow(item_start, item_end)
                items.append((item_start, item_end))
                priced = self._kernels.priced.listed(context, item_start, item_end)
                of_item = [c for rule in rules for c in rule.find(context, item_start, item_end)]
                if priced:
                    of_item = [*self._kernels.priced.apart(context, priced, of_item), *priced]
                if listed is not None and item_end > listed:
                    begin = max(item_start, listed)
                    inside = [c for c in of_item if c.start >= begin]
                    of_item = [c for c in of_item if c.start < begin]
                    of_item += self._lists.read(context, begin, item_end, inside)
                found = self._merger.add(context, found, distinct(of_item))
                for candidate in self._kernels.find(context, item_start, item_end, found[-_MEMORY:]):
                    if priced and candidate.start < priced[-1].end and priced[0].start < candidate.end:
                        continue
                    if any(
                        k.rule == "signed" and k.title and is_in(candidate.title or candidate.cue, k.title)
                        for k in of_item
                    ):
                        # 成果转化 of 科技成果转化合作协议 is the name of a paper.
                        continue
                    found = self._merger.add(context, found, [candidate])
                if 0 in held:
                    titles = {c.title[0] for c in found if c.title and c.stage != "unknown"}
                    # 一期投资21亿元的项目4月投产: likewise.
                    cues = {c.cue for c in found if c.is_each or (c.hint == "project" and not c.title)}
                    going_on = self._kernels.goes_on.find(context, item_start, item_end)
                    # 一期 of 一期工程计划10月动工 is read already.
                    going_on = [c for c in going_on if c.title is None or c.title[0] not in titles]
                    # 建成某医院，开工建设甲、乙: the first verb says nothing of what is told last.
                    going_on = [c for c in going_on if c.cue not in cues]
                    found = self._merger.add(context, found, going_on)
        for candidate in found:
            if is_signed_there(context, candidate):
                candidate.base, candidate.stage, candidate.is_there = "signed", "signed", True
            elif is_to_be_signed(context, candidate):
                candidate.stage = "negotiating"
        # Works that are named in passing are deals only if the text says how far they are or what they cost.
        found = [c for c in found if c.stage != "unknown" or c.hint != "project" or c.rule == "costs"]
        found = [
            c
            for c in found
            if c.rule not in {"kernel", "costs"}
            or c.hint != "project"
            or not (is_doer(context, c) or is_of_fields(context, c) or is_sum(context, c))
        ]
        found = [c for c in found if not is_no_deal(context, c)]
        kept = self._merger.one_per_span(context, sorted(found, key=lambda c: (c.start, c.end)))
        trim_titles(context, kept)
        trim_sides(context, kept)
        kept = [c for c in drop_bystanders(context, kept) if c.parties or c.title]
        self._settler.settle(context, kept, lambda c: self.links.deal_type(c, context.text))
        kept = fold(context, kept, self._stages, lambda c: self.links.deal_type(c, context.text))
        kept = self._contents.add(context, kept, lambda c: self.links.deal_type(c, context.text))
        mend(context, self.odds, items, kept, lambda c: self.links.deal_type(c, context.text))
        left = self.odds.find(context, items, kept)
        self.doubts.weigh(context, items, kept)
        kept = self.doubts.sure(context, kept)
        trim_titles(context, left)
        trim_sides(context, left)
        add_pairs(context, left)
        kept = sorted([*kept, *left], key=lambda c: (c.start, c.end))
        add_hands(context, kept)
        add_hosts(context, kept)
        add_backers(context, kept)
        add_owners(context, self._parties.topic, kept)
        kinds = [self.links.deal_type(c, context.text) for c in kept]
        add_makers(context, self._settler.sides, kept, kinds)
        add_followers(context, kept, kinds)
        add_members(context, self._parties, kept)
        self._namers.add(context, kept, kinds)
        add_houses(context, kept, kinds)
        add_signatories(context, kept)
        end_words(context, kept)
        self.titles.add(context, items, kept, kinds)
        return drop_bystanders(context, kept)
