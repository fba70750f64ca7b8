"""Rows of deals, their parties and amounts, from the candidates of an article."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.days import DayReader
from transforms.extract.deals.evidence import EvidenceReader
from transforms.extract.deals.links import LinkReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.places import place_of
from transforms.extract.deals.roles import CO_BUILT, final_parties
from transforms.extract.deals.same import FIRST_PHASE, title_text

_ON_A_SITE = CO_BUILT | {"project", "joint_venture", "won_bid"}
# What nobody meets for.
_AWAY = frozenset({"won_bid", "bought", "invested_by"})
# Who reports, in front of what is told: 本报讯（记者 某某）, 新华社某地3月5日电, 某地讯（…）, （记者 某某）.
_DAY = "[0-9]{1,2}月[0-9]{1,2}日"
_PAREN = r"[（(][^（）()\n]{1,60}[）)]"
_OPENER = re.compile(
    r"(?:^|(?<=\n))[ \u3000]*"
    rf"(?:(?:本[报刊网台][\u4e00-\u9fff]{{0,8}}?(?:{_DAY})?(?:专|综合)?(?:讯|电|消息|报道)"
    rf"|[\u4e00-\u9fff]{{2,8}}[社网报台心端][\u4e00-\u9fff]{{0,6}}?{_DAY}(?:专|综合)?[讯电]"
    rf"|[\u4e00-\u9fff]{{2,8}}[社网台]消息(?=[（：])"
    rf"|[\u4e00-\u9fff]{{2,10}}(?:讯|{_DAY}电)(?=[ \u3000]*[（(]))(?:[ \u3000]*{_PAREN})?"
    rf"|(?=[（(][\u4e00-\u9fff]{{0,6}}(?:记者|通讯员)){_PAREN})[ \u3000：:]*(?=[^，。；])"
)
_ITEM = re.compile(r"[；;]")
# 甲与乙签订协议，去年又与丙签约共建某实验室: what one signs with another is an item of its own.
_WITH_ANOTHER = re.compile(
    r"，(?=(?:[去今前同当]年|[上本]月|此[前后]|随后|之后|后来|近[日期]|日前|同时|[0-9年月日，])*(?:[又还也并]|同时)(?:已|再次?)?[与和同跟]"
    r"(?!其|之|该|它|对方|双方|后者|会|来)[^，。；]{2,30}?(?:签[订署约下了]|互签|达成|缔结|结为|结成|结对|建立|[共合]建|合办|共同|联合))"
)
# 2020年，又与丙签约: the day belongs to what stands behind it.
_DAY_ALONE = re.compile("[，；][去今前同当年上本月此后随之来近期日前同时0-9]{1,10}$")
_PACT = re.compile("签[订署约下了]|达成|缔结|结[为成对]|建立|[共合]建|合办|合作")
# Of what the weights alone read: measured on hands left out, DECISIONS 88.
_ODDS_SHARE = 0.65
# A sentence without an end is read in stretches, so that no rule looks far back again and again.
_MAX_ITEM_CHARS = 500


class RowMaker:
    """Ties days, amounts, place and sector to deals; compiled once."""

    def __init__(
        self, parties: PartyReader, links: LinkReader, days: DayReader, evidence: EvidenceReader
    ) -> None:
        self._parties, self._links, self._days, self._evidence = parties, links, days, evidence

    def add(
        self,
        context: ArticleContext,
        candidates: list[Candidate],
        lists: Sequence[tuple[int, int]],
        deals: list[dict[str, Any]],
        parties: list[dict[str, Any]],
        links: list[dict[str, Any]],
    ) -> None:
        """Appends the rows of one article: its deals, their parties, and links of quantities to them."""
        if not candidates:
            return
        first = len(deals)
        index_of = {id(candidate): first + n for n, candidate in enumerate(candidates)}
        stretches = self._stretches(context, candidates, lists)
        due = self._days.due.read(context, candidates, stretches)
        taken: set[int] = set()
        was_at_event = False
        article_event = self._days.event_days(context)
        # Without its year a day is no date, but tells of an event all the same.
        tells_day = article_event is not None or self._days.tells_day(context)
        for number, candidate in enumerate(candidates):
            index = first + number
            own = stretches[id(candidate)]
            sentence = context.sentences[context.sentence_at(candidate.cue[0])]
            event = self._days.event_of(context, candidate, article_event)
            dated = self._days.dated(context, candidate, own, event)
            days = (dated.values.get("start_on"), dated.values.get("end_on")) if dated else None
            last = deals[-1] if number and candidates[number - 1].end > sentence[0] else None
            is_within = (
                number > 0 and candidate.start < candidates[number - 1].end and candidate.stage != "proposed"
            )
            # 甲项目、乙项目落户某区: one verb, one day.
            is_within |= number > 0 and candidate.is_each and candidate.cue == candidates[number - 1].cue
            if (candidate.takes_both or is_within) and not days and last and last["dated_by"] == "own":
                days = (last["dated_on"], last["dated_end_on"])
            goes_on = was_at_event and _follows(context, candidates, number)
            # Told of the event, whether or not the page says on which day that was.
            was_at_event = not days and (
                candidate.is_there or self._days.is_of_event(context, candidate, goes_on=goes_on)
            )
            of_event = was_at_event and event is not None
            is_of_open_event = was_at_event and not article_event and not event and tells_day
            at_ceremony = candidate.is_there or self._days.is_at_ceremony(context, candidate)
            is_away = candidate.rule in _AWAY and candidate.base != "landed"
            is_met_for = at_ceremony or (was_at_event and tells_day and not is_away)
            # Stretches may overlap; none is counted twice.
            told = {q.index: q for s in own for q in self._links.amounts(context, candidate, *s)}
            amounts = [q for q in told.values() if q.index not in taken]
            taken.update(q.index for q in amounts)
            whole = index_of.get(id(candidate.whole)) if candidate.is_phase else None
            if candidate.whole is not None and whole is not None:
                self._take_from_whole(context, candidate, candidate.whole)
            deal_type = self._links.deal_type(candidate, context.text)
            place = place_of(
                context,
                candidate,
                own,
                is_paper=deal_type not in _ON_A_SITE,
                is_of_event=was_at_event or at_ceremony,
            )
            candidate.parties = final_parties(context, candidate, deal_type, place)
            sector = self._links.sectors.read(context.text, candidate, deal_type)
            dated_on, dated_end_on = days or (event if of_event and event else (None, None))
            behind = (c.start for c in candidates[number + 1 :] if c.start >= candidate.end)
            begin, end, cue = self._evidence.read(context, candidate, min(behind, default=len(context.text)))
            deals.append(
                {
                    "deal_index": index,
                    "parent_deal_index": whole,
                    "article_id": context.article_id,
                    "deal_type": deal_type,
                    "stage": candidate.stage,
                    "title": title_text(context, candidate),
                    "mode": self._links.mode(context, candidate, own[0], is_at_ceremony=is_met_for),
                    "dated_on": dated_on,
                    "dated_end_on": dated_end_on,
                    "dated_by": "own" if days else "event" if of_event or is_of_open_event else None,
                    "expected_on": due[number] or self._days.due.after(context, candidate, own, dated_end_on),
                    "investment_cny": self._links.investment(context, candidate, amounts),
                    "place_mention_index": place.index if place else None,
                    "sector_code": sector,
                    "sector": self._links.sectors.names[sector] if sector else None,
                    "cue_text": cue,
                    "surface_text": context.text[begin:end],
                    "start_char": begin,
                    "end_char": end,
                    "rule": candidate.rule,
                    "confidence_share": _confidence(candidate),
                }
            )
            links.extend({"quantity_index": q.index, "deal_index": index} for q in amounts)
            parties.extend(
                _party_row(context, index, ordinal, p, self._parties.name_end(context, p))
                for ordinal, p in enumerate(_unique(candidate.parties))
            )

    def _stretches(
        self, context: ArticleContext, candidates: list[Candidate], lists: Sequence[tuple[int, int]]
    ) -> dict[int, list[tuple[int, int]]]:
        """Where the amounts and days of each deal may stand: up to the next one, in each of its tellings."""
        told = sorted(
            (start, end, candidate.cue[0] if start == candidate.start else start, number)
            for number, candidate in enumerate(candidates)
            for start, end in [(candidate.start, candidate.end), *candidate.more]
        )
        stretches: dict[int, list[tuple[int, int]]] = {}
        previous_end = 0
        for place, (start, end, cue, number) in enumerate(told):
            sentence = context.sentences[context.sentence_at(cue)]
            following = told[place + 1][0] if place + 1 < len(told) else len(context.text)
            reach = self._links.reach(context, candidates[number], (start, end), cue, max(following, end))
            items = [*(a for a, _ in items_of(context, *sentence)), *(a for a, b in lists if cue < b)]
            item_start = max((a for a in items if a <= cue), default=sentence[0])
            is_part = candidates[number].rule == "phase" or start != candidates[number].start
            begin = start if is_part else max(item_start, min(previous_end, start))
            own = stretches.setdefault(id(candidates[number]), [])
            position = 0 if start == candidates[number].start else len(own)
            own[position:position] = [(begin, reach[0][1]), *reach[1:]]
            previous_end = end
        return stretches

    @staticmethod
    def _take_from_whole(context: ArticleContext, phase: Candidate, whole: Candidate) -> None:
        """What is said of the whole project holds for its first phase, of which only a hope is told."""
        is_first = phase.title and FIRST_PHASE.match(context.text[slice(*phase.title)])
        if phase.stage == "proposed" and phase.expected_only and is_first:
            phase.stage = whole.stage if whole.stage not in {"operating", "ended"} else phase.stage
        phase.parties = phase.parties or whole.parties


def _confidence(candidate: Candidate) -> float:
    """How often readers list a deal of which the weights are as sure."""
    if candidate.log_odds is None:
        return _ODDS_SHARE
    return round(1 / (1 + math.exp(-candidate.log_odds)), 2)


def _follows(context: ArticleContext, candidates: list[Candidate], number: int) -> bool:
    """Whether a deal stands in the paragraph of the deal before it, or in the one right behind it."""
    before = context.paragraph(candidates[number - 1].cue[0])
    return context.paragraph(candidates[number].cue[0])[0] in (before[0], before[1] + 1)


def items_of(context: ArticleContext, start: int, end: int) -> list[tuple[int, int]]:
    """Cuts a sentence behind its dateline, at semicolons, and what is still too long anywhere."""
    items: list[tuple[int, int]] = []
    opener = _OPENER.match(context.text, start, end)
    position = opener.end() if opener else start
    for mark in sorted(
        (*_ITEM.finditer(context.text, start, end), *_another(context.text, position, end)),
        key=re.Match.start,
    ):
        items.append((position, mark.start()))
        position = mark.end()
    items.append((position, end))
    return [
        (begin, min(begin + _MAX_ITEM_CHARS, b)) for a, b in items for begin in range(a, b, _MAX_ITEM_CHARS)
    ]


def _another(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Commas behind which the subject of a pact has another one with somebody else."""
    marks = _WITH_ANOTHER.finditer(text, start, end)
    found = []
    for mark in marks:
        begin = max(start, text.rfind("；", start, mark.start()))
        if _PACT.search(text, begin, mark.start()) and not _DAY_ALONE.search(text, begin, mark.start()):
            found.append(mark)
    return found


def _unique(parties: list[Party]) -> list[Party]:
    seen: set[object] = set()
    kept = []
    for party in parties:
        key = party.mention.text if party.mention else (party.start, party.end)
        if key not in seen:
            seen.add(key)
            kept.append(party)
    return kept


def _party_row(context: ArticleContext, index: int, ordinal: int, party: Party, end: int) -> dict[str, Any]:
    return {
        "deal_index": index,
        "ordinal": ordinal,
        "article_id": context.article_id,
        "mention_index": party.mention.index if party.mention else None,
        "surface_text": context.text[party.start : end],
        "party_role": party.role,
        "signatory_mention_index": party.signatory.index if party.signatory else None,
        "is_damaged": context.is_damaged(party.start, end),
        "start_char": party.start,
        "end_char": end,
    }
