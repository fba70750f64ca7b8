"""Ties dates, amounts, a place, a sector and a mode to a deal that was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from transforms.extract.context import ArticleContext, Mention, Span
from transforms.extract.deals_model import Candidate
from transforms.extract.patterns import any_of

_TOTAL = re.compile(
    r"(?:总投资|投资额?|投资总额|出资|金额|合同额|总价|作价|对价|价款|斥资|耗资|中标价格?|成交价|融资|注册资本|总额|标的额|交易价格|估值)[^，。；]{0,8}$"
    r"|以(?:约|逾|近|不超过|总价|现金|人民币|自有资金|[ ])*$"
)
_IN_PLACE = re.compile(r"(?:在|于|落户|落地|位于|入驻|落子)$")
_GOES_ON = re.compile(
    r"^\s*(?:该|此|这一?)?(?:项目|工程|本次交易|交易|中标|合同|协议|总投资|计划总投资|一期|二期|占地|规划|建成后|全部建成|达产后|其中|预计|总占地|本轮融资|投资|双方约定|双方分别|根据协议|合作期|园区|该?(?:基地|中心|工厂|产业园|生产线|实验室|平台))"
)


_OPENS = re.compile(
    r"[\s]*(?:(?:该|此|这一)(?:项目|工程|基地|产业园|园区|中心|工厂|生产线|实验室|平台|电站)|(?:项目|工程|园区|产业园)(?:施工|总承包)?(?=由|总投资|计划|占地|分|规划))"
)
# The scene of the event that the article reports, in which its deals are done.
_SCENE = re.compile(
    r"现场|(?:仪式|大会|会议|论坛|活动|座谈会|推介会|对接会|博览会|年会|峰会|展会)(?:上|期间|现场|当天)|(?:会|席|期)[上间]|当天|当日|同日|同一天|"
    r"签约仪式|揭牌仪式|开工仪式|集中签约|集中开工|进行了?签约|签约项目|项目签约"
)
_OTHER_TIME = re.compile(
    r"此前|之前|早在|前不久|不久前|去年|前年|近年来|多年来|曾|截至|历史上|最近|目前|也已|早已|下一步|今后|未来|据悉|据了解|其中包括"
)
_SAME_DAY = re.compile(r"[当同]一?[天日]")
_SAID = re.compile(r"(?:说|表示|指出|介绍|称|认为|强调|透露|谈到)[，：,:]|(?:^|[，。：])[“\"]")
_MAX_EVENT_DAYS = 14
_OPENING_SENTENCES = 2
_FOUNDED = frozenset({"joint_laboratory", "joint_venture", "institution"})


def opens_with_this(text: str, position: int) -> bool:
    """Whether a paragraph opens with 该项目由 or the like and so goes on about what was told before it."""
    return bool(_OPENS.match(text, position))


class LinkReader:
    """Compiled once from `lookups["deal_types"]` and `lookups["sectors"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        words = lookups["deal_types"]
        # Money of a firm's books and markets, which a sentence about a deal tells as well.
        self._books_before = re.compile(
            f"(?:{any_of(words['other_money']['before'])})[^，。；]{{0,10}}$|(?:报|/股)[0-9.]*$"
        )
        self._books_behind = re.compile(
            f"(?:的|左右|人民币)*(?:{any_of(words['other_money']['behind'])}|/股)"
        )
        self._online = re.compile(f"(?:{any_of(words['modes']['online'])})")
        self._on_site = re.compile(f"(?:{any_of(words['modes']['on_site'])})")
        self._types: list[tuple[str, re.Pattern[str]]] = [
            (name, re.compile(f"(?:{any_of(terms)})")) for name, terms in words["types"].items()
        ]
        divisions = lookups["sectors"]["divisions"]
        self._sector_of: dict[str, str] = {
            word: code for code, division in divisions.items() for word in division["words"]
        }
        self._sector = re.compile(f"(?:{any_of(self._sector_of)})")
        self.sector_names: dict[str, str] = {code: division["name"] for code, division in divisions.items()}

    def deal_type(self, candidate: Candidate, text: str) -> str:
        """What the rule implies, else what the title's words say."""
        if candidate.hint and candidate.hint not in {"project", "cooperation_agreement"}:
            return candidate.hint
        behind = 0 if candidate.is_each else 16
        words = (
            text[candidate.title[0] : min(candidate.end, candidate.title[1] + behind)]
            if candidate.title
            else ""
        )
        if candidate.hint == "project":
            return "project"
        signed = candidate.rule in {"signed", "listed_agreement", "ended"}
        for name, pattern in self._types:
            if (name in {"institution", "project"}) if signed else (name not in _FOUNDED):
                continue
            if pattern.search(words if words else text[candidate.cue[1] : candidate.end]):
                return name
        return candidate.hint or ("cooperation_agreement" if signed else "institution")

    def sector(self, text: str, candidate: Candidate) -> str | None:
        """Division of GB/T 4754 by the longest word in the title, else in the evidence."""
        spans = [candidate.title] if candidate.title else []
        spans.append((candidate.start, candidate.end))
        for start, end in spans:
            found = [m[0] for m in self._sector.finditer(text, start, end)]
            if found:
                return self._sector_of[max(found, key=len)]
        return None

    def mode(self, text: str, candidate: Candidate) -> str | None:
        """Online or on site, as the words right before the verb say."""
        near = text[max(candidate.start, candidate.cue[0] - 24) : candidate.cue[0]]
        online, on_site = self._online.search(near), self._on_site.search(near)
        if online and not on_site:
            return "online"
        return "on_site" if on_site and not online else None

    def place(self, context: ArticleContext, candidate: Candidate) -> Mention | None:
        """Where it is: a place behind 在 or 落户, else the first place in the title."""
        taken = {p.mention.index for p in candidate.parties if p.mention}
        places = [
            m for m in context.mentions_in(candidate.start, candidate.end, "place") if m.index not in taken
        ]
        named = [m for m in places if _IN_PLACE.search(context.text[max(0, m.start - 3) : m.start])]
        titled = [m for m in places if candidate.title and candidate.title[0] <= m.start < candidate.title[1]]
        return next(iter(named or titled), None)

    def reach(self, context: ArticleContext, told: tuple[int, int], cue: int, next_start: int) -> int:
        """How far a deal's amounts and dates may stand: to the next deal, into sentences about it."""
        limit = min(next_start, context.paragraph(told[0])[1])
        if limit < next_start and opens_with_this(context.text, limit + 1):
            limit = min(next_start, context.paragraph(limit + 1)[1])
        stop = min(context.sentences[context.sentence_at(cue)][1], limit)
        for number in range(context.sentence_at(cue) + 1, len(context.sentences)):
            start, end = context.sentences[number]
            if start >= limit or start > stop + 2 or not _GOES_ON.match(context.text[start:end]):
                break
            stop = min(end, limit)
        return max(stop, told[1])

    def dated(
        self,
        context: ArticleContext,
        candidate: Candidate,
        start: int,
        event: tuple[date, date] | None,
    ) -> Span | None:
        """The date of the deed: in its own clause or in front of it in the sentence."""
        if candidate.stage == "proposed":
            return None
        inside = [
            span
            for span in context.dates_in(min(start, candidate.start), candidate.cue[0])
            # 当天 is the day of the event, not of the date told last.
            if not (event and _SAME_DAY.match(span.text))
        ]
        return inside[-1] if inside else None

    def event_days(self, context: ArticleContext) -> tuple[date, date] | None:
        """Days of the event that an article reports: the first its opening names, else the dateline's."""
        limit = context.paragraph(0)[1]
        for span in context.dates_in(0, limit):
            first, last = span.values.get("start_on"), span.values.get("end_on")
            if first and last and (last - first).days <= _MAX_EVENT_DAYS:
                return first, last
        return (context.dateline_on, context.dateline_on) if context.dateline_on else None

    def is_of_event(self, context: ArticleContext, candidate: Candidate) -> bool:
        """Whether a deed without a day of its own is told as part of the event that the article reports.

        It stands in the opening, or something in its sentence or before it in the paragraph sets the scene
        (会上, 现场, 进行了签约); nothing sets another time or belongs to a speech. Works (开工, 投产) need
        the scene in their own sentence.
        """
        if candidate.stage in {"proposed", "unknown", "ended"} or candidate.rule == "outcome":
            return False
        text = context.text
        paragraph = context.paragraph(candidate.cue[0])[0]
        sentence = max(paragraph, context.sentences[context.sentence_at(candidate.cue[0])][0])
        before = text[sentence : candidate.cue[0]]
        if _OTHER_TIME.search(before) or _SAID.search(text[sentence : candidate.start]):
            return False
        if candidate.base in {"operating", "building", "landed"}:
            return bool(_SCENE.search(text, sentence, candidate.end))
        in_opening = context.sentence_at(candidate.cue[0]) < _OPENING_SENTENCES
        return in_opening or bool(_SCENE.search(text, paragraph, candidate.end))

    def expected(
        self,
        context: ArticleContext,
        candidate: Candidate,
        stretch: tuple[int, int],
        done: re.Pattern[str],
        expect: re.Pattern[str],
    ) -> Span | None:
        """A date with 预计 or the like in front and a verb of finishing behind it."""
        text = context.text
        for span in context.dates_in(*stretch):
            before = re.split(r"[，。；,;]", text[max(stretch[0], span.start - 20) : span.start])[-1]
            after = re.split(r"[，。；,;]", text[span.end : span.end + 24])[0]
            if expect.search(before) and (
                done.search(after) or (candidate.expected_only and span.end <= candidate.cue[0])
            ):
                return span
        return None

    def amounts(self, context: ArticleContext, start: int, stop: int) -> list[Span]:
        """Quantities that belong to the deal: money, capacity and area in its reach."""
        return [
            q
            for q in context.quantities_in(start, stop)
            if not (
                q.values.get("dimension") == "money"
                and (
                    self._books_before.search(context.text[max(0, q.start - 14) : q.start])
                    or self._books_behind.match(context.text, q.end)
                )
            )
            and q.values.get("dimension") not in {"count_person", "ordinal", "age", "temperature"}
        ]

    def investment(self, context: ArticleContext, candidate: Candidate, amounts: list[Span]) -> float | None:
        """The total in yuan: what the text calls a total or price, else the only money of the deed."""
        money = [
            q for q in amounts if q.values.get("dimension") == "money" and q.values.get("currency") == "CNY"
        ]
        if not money:
            return None
        named = [q for q in money if _TOTAL.search(context.text[max(0, q.start - 16) : q.start])]
        own = [
            q for q in money if q.end <= candidate.end or candidate.rule in {"bought", "financing", "won_bid"}
        ]
        chosen = named[0] if named else own[0] if len(own) == 1 else None
        value = chosen.values.get("base_value") if chosen else None
        return float(value) if value is not None else None
