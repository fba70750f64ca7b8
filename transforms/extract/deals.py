"""Agreements, projects, laboratories, investments and partnerships with their parties.

Each sentence is read item by item (lists are cut at semicolons); rules per kind of deal propose
candidates; the same deal told twice in one article is merged; dates, amounts, place and sector
are tied to what is left. A deal needs a party or a title of its own: 多个项目签约 names neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from transforms.extract.context import ArticleContext, iter_articles
from transforms.extract.deals_agreements import AgreementRules
from transforms.extract.deals_bids import BidRules
from transforms.extract.deals_equity import EquityRules
from transforms.extract.deals_founded import FoundingRules
from transforms.extract.deals_links import LinkReader, opens_with_this
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_projects import ProjectRules
from transforms.extract.deals_relations import RelationRules
from transforms.extract.deals_stage import StageReader
from transforms.extract.patterns import any_of

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

_NO_TITLE = re.compile(r"(?:正式|相关|最终|有关|具体)?(?:的)?(?:合作|投资|收购|转让)?(?:协议|合同|意向书?)?$")
_FIRST_PHASE = re.compile(r"第?[一首]期")
_ITEM = re.compile(r"[；;]")
# A sentence without an end is read in stretches, so that no rule looks far back again and again.
_MAX_ITEM_CHARS = 500
# An article tells a deal again within so many deals.
_MEMORY = 60
# 双方 may stand this far behind the two that it means.
_LOOK_BACK_CHARS = 400
_WORKS = frozenset({"", "project"})


class DealFinder:
    """Finds deals and their parties; compiled once, reused for every batch.

    Args:
        lookups: Parsed seed files by stem; reads `deal_types`, `stages`, `sectors`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        self._stages = StageReader(lookups)
        parties = PartyReader(lookups)
        founding = FoundingRules(lookups, parties, self._stages)
        self._rules = (
            AgreementRules(lookups, parties, self._stages),
            RelationRules(parties, self._stages),
            founding,
            ProjectRules(lookups, parties, self._stages, founding),
            BidRules(parties, self._stages),
            EquityRules(parties, self._stages),
        )
        self._parties = parties
        self._links = LinkReader(lookups)
        self._done = re.compile(f"(?:{self._stages.verbs('operating')}|建成|完成|交付|竣工)")
        self._begun = re.compile(f"(?:{self._stages.verbs('building')}|开工|动工)")
        self._expect = re.compile(f"(?:{any_of(lookups['stages']['expect'])})")
        cues = self._stages.verbs(
            "proposed", "signed", "unveiled", "landed", "building", "operating", "ended"
        )
        self._any_cue = re.compile(
            f"(?:{cues}|共建|打造|投资|收购|并购|受让|增资|注资|入股|参股|认购|增持|减持|回购|出售|转让|购买|融资|领投|建立|结成|结为|确立|成为|提出|协议|中选|竞购|买下|买入|卖出|建设|新建|兴建|共建|持有|[一二三首]期)"
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
        deals: list[dict[str, Any]] = []
        parties: list[dict[str, Any]] = []
        links: list[dict[str, Any]] = []
        for context in iter_articles(
            articles, sentences, mentions, dates=dates, quantities=quantities, damage=damage
        ):
            self._rows(context, self._find_in_article(context), deals, parties, links)
        return (
            pl.DataFrame(deals, schema=DEAL_SCHEMA, orient="row"),
            pl.DataFrame(parties, schema=PARTY_SCHEMA, orient="row"),
            pl.DataFrame(links, schema=QUANTITY_LINK_SCHEMA, orient="row"),
        )

    def _find_in_article(self, context: ArticleContext) -> list[Candidate]:
        found: list[Candidate] = []
        for start, end in context.sentences:
            if not self._any_cue.search(context.text, start, end):
                continue
            for item_start, item_end in _items(context, start, end):
                of_item = [c for rules in self._rules for c in rules.find(context, item_start, item_end)]
                found = self._merge(context, found, _distinct(of_item))
        return _one_per_span(context, sorted(found, key=lambda c: (c.start, c.end)), self._links)

    def _merge(
        self, context: ArticleContext, known: list[Candidate], new: list[Candidate]
    ) -> list[Candidate]:
        """Adds candidates of one item to those of the article; a deal told again updates the first."""
        for candidate in new:
            if candidate.about_last:
                last = _told_before(context, known, candidate)
                if last is not None:
                    named = {p.mention.text for p in candidate.parties if p.mention}
                    last.parties = [
                        p for p in last.parties if p.role != "owner" or p.mention or not named
                    ] + candidate.parties
                    continue
                if not any(p.mention and p.mention.entity_type == "organization" for p in candidate.parties):
                    continue
                # 项目由某公司建设 whose name stands outside the article: the firm is known, the title is not.
                candidate.title = None
            if candidate.rule == "phase" and _told_before(context, known, candidate) is None:
                continue
            if candidate.takes_both:
                parties = self._named_before(context, known, candidate)
                if len(parties) < 2:
                    continue
                candidate.parties = parties + candidate.parties
                candidate.points_back = self._pointed_at(context, known, candidate)
            twin = next((k for k in known[: -_MEMORY - 1 : -1] if _is_same(context, k, candidate)), None)
            if twin is None:
                known.append(candidate)
                continue
            twin.stage = (
                self._stages.later(twin.stage, candidate.stage) if candidate.stage != "ended" else "ended"
            )
            names = {p.mention.text for p in twin.parties if p.mention}
            twin.parties += [p for p in candidate.parties if p.mention and p.mention.text not in names]
            if candidate.points_back is None:
                twin.title = twin.title or candidate.title
        return known

    def _pointed_at(
        self, context: ArticleContext, known: list[Candidate], candidate: Candidate
    ) -> Candidate | None:
        """目前双方尚未签署正式协议: the deal before it in the paragraph, told without a title of its own."""
        title = context.text[slice(*candidate.title)] if candidate.title else ""
        if candidate.rule != "signed" or not _NO_TITLE.match(title) or not known:
            return None
        return known[-1] if known[-1].start >= context.paragraph(candidate.start)[0] else None

    def _named_before(
        self, context: ArticleContext, known: list[Candidate], candidate: Candidate
    ) -> list[Party]:
        """The two that 双方 stands for: those of the deal before it, else 甲与乙 in this paragraph."""
        floor = max(0, candidate.start - _LOOK_BACK_CHARS)
        for earlier in known[: -_MEMORY - 1 : -1]:
            named = [p for p in earlier.parties if p.mention and p.role not in {"contractor", "proposer"}]
            if earlier.start >= floor and len(named) >= 2:
                return [replace(p, role="partner") for p in named]
        names = context.mentions_in(floor, candidate.start, "organization", "place")
        for left, right in zip(names[::-1][1:], names[::-1], strict=False):
            if context.text[left.end : right.start] in {"与", "和", "同", "、", "跟"}:
                return [Party(left.start, left.end, left), Party(right.start, right.end, right)]
        return []

    def _rows(
        self,
        context: ArticleContext,
        candidates: list[Candidate],
        deals: list[dict[str, Any]],
        parties: list[dict[str, Any]],
        links: list[dict[str, Any]],
    ) -> None:
        parent: int | None = None
        taken: set[int] = set()
        event = self._links.event_days(context)
        for number, candidate in enumerate(candidates):
            index = len(deals)
            sentence = context.sentences[context.sentence_at(candidate.cue[0])]
            following = candidates[number + 1].start if number + 1 < len(candidates) else len(context.text)
            stop = self._links.reach(context, candidate, sentence[1], max(following, candidate.end))
            item_start = max(
                [a for a, b in _items(context, *sentence) if a <= candidate.cue[0]], default=sentence[0]
            )
            previous_end = candidates[number - 1].end if number else 0
            begin = max(item_start, min(previous_end, candidate.start))
            dated = self._links.dated(context, candidate, begin, event)
            days = (dated.values.get("start_on"), dated.values.get("end_on")) if dated else None
            last = deals[-1] if number and candidates[number - 1].end > sentence[0] else None
            if candidate.takes_both and not days and last and last["dated_by"] == "own":
                days = (last["dated_on"], last["dated_end_on"])
            of_event = not days and event is not None and self._links.is_of_event(context, candidate)
            expected = self._links.expected(
                context, candidate, stop, self._done, self._expect
            ) or self._links.expected(context, candidate, stop, self._begun, self._expect)
            amounts = [q for q in self._links.amounts(context, begin, stop) if q.index not in taken]
            taken.update(q.index for q in amounts)
            if (
                candidate.is_phase
                and candidate.stage == "proposed"
                and candidate.expected_only
                and parent is not None
                and _FIRST_PHASE.match(context.text[slice(*candidate.title)] if candidate.title else "")
                and deals[parent]["stage"] not in {"operating", "ended"}
            ):
                # What is said of the whole project holds for its first phase, of which only a hope is told.
                candidate.stage = deals[parent]["stage"]
            if candidate.is_phase and not candidate.parties and parent is not None:
                candidate.parties = candidates[number - (index - parent)].parties
            place = self._links.place(context, candidate)
            sector = self._links.sector(context.text, candidate)
            deals.append(
                {
                    "deal_index": index,
                    "parent_deal_index": parent if candidate.is_phase else None,
                    "article_id": context.article_id,
                    "deal_type": self._links.deal_type(candidate, context.text),
                    "stage": candidate.stage,
                    "title": _title_text(context, candidate),
                    "mode": self._links.mode(context.text, candidate),
                    "dated_on": days[0] if days else event[0] if of_event and event else None,
                    "dated_end_on": days[1] if days else event[1] if of_event and event else None,
                    "dated_by": "own" if days and days[0] else "event" if of_event else None,
                    "expected_on": (expected.values.get("end_on") or expected.values.get("start_on"))
                    if expected
                    else None,
                    "investment_cny": self._links.investment(context, candidate, amounts),
                    "place_mention_index": place.index if place else None,
                    "sector_code": sector,
                    "sector": self._links.sector_names[sector] if sector else None,
                    "cue_text": context.text[slice(*candidate.cue)],
                    "surface_text": context.text[candidate.start : candidate.end],
                    "start_char": candidate.start,
                    "end_char": candidate.end,
                    "rule": candidate.rule,
                    "confidence_share": candidate.confidence,
                }
            )
            links.extend({"quantity_index": q.index, "deal_index": index} for q in amounts)
            parties.extend(
                _party_row(context, index, ordinal, p) for ordinal, p in enumerate(_unique(candidate.parties))
            )
            if not candidate.is_phase:
                parent = index if self._links.deal_type(candidate, context.text) == "project" else None


def _title_text(context: ArticleContext, candidate: Candidate) -> str | None:
    """The title without spaces or a quote mark that lost its other half."""
    if candidate.title is None:
        return None
    start, end = candidate.title
    words = context.text[start:end].strip(" \u3000、，")
    if "”" in words and "“" not in words and context.text[start - 1 : start] == "“":
        words = "“" + words
    for left, right in ("“”", "《》", '""'):
        if words.startswith(left) and right not in words[1:]:
            words = words[1:]
        if words.endswith(right) and left not in words[:-1]:
            words = words[:-1]
    return words or None


def _one_per_span(context: ArticleContext, found: list[Candidate], links: LinkReader) -> list[Candidate]:
    """Deals of one span, type and title are one deal with the parties of all."""
    kept: dict[tuple[int, int, str, str | None], Candidate] = {}
    for candidate in found:
        kind = links.deal_type(candidate, context.text)
        key = (candidate.start, candidate.end, kind, _title_text(context, candidate))
        if key in kept:
            kept[key].parties += candidate.parties
        else:
            kept[key] = candidate
    return list(kept.values())


def _told_before(context: ArticleContext, known: list[Candidate], candidate: Candidate) -> Candidate | None:
    """The work that 该项目 or 一期 means: told in this paragraph, or before one that opens with 该项目."""
    floor = context.paragraph(candidate.start)[0]
    if opens_with_this(context.text, floor):
        floor = max(0, floor - _LOOK_BACK_CHARS)
    return next((k for k in reversed(known[-3:]) if k.start >= floor and k.hint in _WORKS), None)


def _items(context: ArticleContext, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts a sentence at semicolons, and what is still too long anywhere."""
    items: list[tuple[int, int]] = []
    position = start
    for mark in _ITEM.finditer(context.text, start, end):
        items.append((position, mark.start()))
        position = mark.end()
    items.append((position, end))
    return [
        (begin, min(begin + _MAX_ITEM_CHARS, b)) for a, b in items for begin in range(a, b, _MAX_ITEM_CHARS)
    ]


def _distinct(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate per deed of an item: of two that share a cue or a title the fuller one stays."""
    kept: list[Candidate] = []
    for candidate in sorted(
        candidates, key=lambda c: (c.base != "ended", -len(c.parties), -c.confidence, c.start)
    ):
        if not any(
            not (candidate.is_each and k.is_each)
            and (_overlap(candidate.cue, k.cue) or _same_title(candidate, k) or _is_undone(candidate, k))
            for k in kept
        ):
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _same_title(a: Candidate, b: Candidate) -> bool:
    return a.title is not None and b.title is not None and _overlap(a.title, b.title)


def _is_undone(candidate: Candidate, ended: Candidate) -> bool:
    """终止收购某公司的交易: the buying inside the object of an end is no deal of its own."""
    return ended.base == "ended" and ended.title is not None and _overlap(candidate.cue, ended.title)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _is_same(context: ArticleContext, known: Candidate, new: Candidate) -> bool:
    """Whether two candidates tell one deal: same title, or same parties and a title missing."""
    if new.points_back:
        return known is new.points_back
    old_title = context.text[slice(*known.title)].strip() if known.title else ""
    new_title = context.text[slice(*new.title)].strip() if new.title else ""
    old_names = {p.mention.text for p in known.parties if p.mention}
    new_names = {p.mention.text for p in new.parties if p.mention}
    if known.is_each and new.is_each and old_names != new_names:
        return False
    compatible = not old_names or not new_names or _share_name(old_names, new_names)
    if old_title and new_title:
        generic = len(min(old_title, new_title, key=len)) < 7
        if old_title == new_title:
            return compatible and (not generic or old_names == new_names)
        short, long = sorted((old_title, new_title), key=len)
        return not generic and compatible and _is_within(short, long) and new.is_phase == known.is_phase
    return bool(old_names) and old_names == new_names and known.hint == new.hint


def _share_name(left: set[str], right: set[str]) -> bool:
    """Whether two sets of names have one in common, in full or in short."""
    return any(_is_within(*sorted((a, b), key=len)) for a in left for b in right)


def _is_within(short: str, long: str) -> bool:
    """Whether a name is a short form of another: its characters, in order, end with the same one."""
    if short[-1:] != long[-1:]:
        return short in long
    rest = iter(long)
    return all(char in rest for char in short)


def _unique(parties: list[Party]) -> list[Party]:
    seen: set[object] = set()
    kept = []
    for party in parties:
        key = party.mention.text if party.mention else (party.start, party.end)
        if key not in seen:
            seen.add(key)
            kept.append(party)
    return kept


def _party_row(context: ArticleContext, index: int, ordinal: int, party: Party) -> dict[str, Any]:
    return {
        "deal_index": index,
        "ordinal": ordinal,
        "article_id": context.article_id,
        "mention_index": party.mention.index if party.mention else None,
        "surface_text": context.text[party.start : party.end],
        "party_role": party.role,
        "signatory_mention_index": party.signatory.index if party.signatory else None,
        "is_damaged": context.is_damaged(party.start, party.end),
        "start_char": party.start,
        "end_char": party.end,
    }
