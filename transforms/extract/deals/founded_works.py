"""What sides founded together and now opens, firms that settle, and several bodies of one verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.deals.founded import FoundingRules
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.works import WHY, WorkNouns
from transforms.extract.deals.works_sides import WorksSides

_OF_SHARES = re.compile(r"合[资股伙营]")
_FIRM_END = re.compile(r"(?:公司|企业|厂)$")
# 某公司落户, 某分行入驻
_COMES = re.compile(r"(?:公司|集团|企业|厂|[支分]行|股份|科技)$")
# 这个园，是甲同乙共同建设的
_AND = re.compile("[、和与及]")
_MIN_NAME_CHARS = 3
_STOPS = re.compile(r"[，。；]|$")
# 某研发中心落成: a body begins its work.
BODY_END = re.compile(
    r"(?:(?:研发|研究|创新|技术|检测|服务|培训|诊疗|运营|转移|结算|协同|科创|仲裁|交流|联合|分)中心|研究[院所]|实验室|学院"
    r"|工作站|联络站|分院|分校|分行|支行|分公司|支公司|营业部|办事处|联盟)$"
)

_BODY = re.compile(rf"{BODY_END.pattern}|(?:总部|中心|平台|院)$")


class FoundedWorks:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(
        self,
        words: Mapping[str, Any],
        stages: StageReader,
        founding: FoundingRules,
        sides: WorksSides,
        nouns: WorkNouns,
    ) -> None:
        self._lands = frozenset(words["lands"])
        self._stages, self._founding, self._sides, self._nouns = stages, founding, sides, nouns

    def joint(
        self, context: ArticleContext, start: int, end: int, verb: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲与乙合作设立的某某正式开诊: what the sides founded, before the verb or a comma."""
        text, stop = context.text, verb.start()
        left = clause_start(context, start, stop)
        told = self._founding.of_sides(context, left, stop) if verb["verb"] != "启动" else None
        for _ in range(2):
            if (
                told
                or left <= start
                or not (WHY.match(text, left, stop) or not unfilled(context, left, stop))
            ):
                break
            stop, left = left - 1, clause_start(context, start, left - 1)
            told = self._founding.of_sides(context, left, stop)
        if told is None:
            return
        title, parties = told
        between = text[title[1] : verb.start()]
        base = self._stages.of_word(verb["verb"])
        stage = self._stages.read(base, between, text[verb.end() : verb.end() + 12])
        yield Candidate(
            start=left,
            end=verb.end(),
            cue=verb.span("verb"),
            base=base,
            stage="proposed" if context.is_ahead(title[1], verb.start()) else stage,
            left=title[1],
            rule="joint_works",
            title=title,
            parties=parties,
            confidence=0.8,
            hint="joint_venture"
            if _OF_SHARES.search(text, left, title[0]) and _FIRM_END.search(text, *title)
            else "project"
            if self._nouns.work_end.search(text, *title) and not BODY_END.search(text, *title)
            else "",
        )

    def landing(
        self, context: ArticleContext, left: int, verb: re.Match[str], end: int
    ) -> Iterator[Candidate]:
        """某公司8月落户某园区: what it builds there is not told, that it comes is."""
        text = context.text
        firms = context.mentions_in(left, verb.start(), "organization")
        if verb["verb"] not in self._lands or not firms or not _COMES.search(firms[-1].text):
            return
        firm, fill = firms[-1], text[firms[-1].end : verb.start()]
        if unfilled(context, firm.end, verb.start()) or self._founding.is_pushed(text, left, firm.start):
            return
        host = self._sides.zone(context, verb.end(), end)
        if not host and not (context.dates_in(firm.end, verb.start()) and _STOPS.match(text, verb.end())):
            return
        stage = self._stages.read("landed", fill, text[verb.end() : verb.end() + 12])
        yield Candidate(
            start=firm.start,
            end=host[-1].end if host else verb.end(),
            cue=verb.span("verb"),
            base="landed",
            stage="proposed" if context.is_ahead(firm.end, verb.start()) else stage,
            left=firm.end,
            rule="firm_lands",
            parties=[Party.of(firm, "investor"), *host],
            confidence=0.75,
            hint="project",
        )

    def each(
        self, context: ArticleContext, titles: list[tuple[int, int]], verb: re.Match[str], end: int
    ) -> Iterator[Candidate]:
        """甲中心、乙研究院落户某地: one deal each, of the body whose name opens its own."""
        text = context.text
        between = text[titles[-1][1] : verb.start()]
        base = "building" if verb["progress"] else self._stages.of_word(verb["verb"])
        stage = self._stages.read(base, between, text[verb.end() : verb.end() + 12])
        lands = verb["verb"] in self._lands
        hosts = self._hosts(context, titles[-1][1], verb, end, len(titles)) if lands else []
        for number, item in enumerate(titles):
            title = item
            if self._founding.is_generic(text[slice(*title)]):
                continue
            names = [m for m in (*context.mentions_in(*title), *context.nested) if m.start == title[0]]
            bodies = [m for m in names if m.entity_type == "organization" and m.end < title[1]]
            role = "investor" if lands and bodies and _COMES.search(bodies[0].text) else "builder"
            sides = self._founding.of_sides(context, *title)
            if sides:
                parties = sides[1]
            else:
                parties = [Party.of(m, role) for m in bodies[:1]]
                if role == "investor" and title[1] - bodies[0].end >= _MIN_NAME_CHARS:
                    title = (bodies[0].end, title[1])
            parties += hosts[number : number + 1] if len(hosts) > 1 else hosts
            yield Candidate(
                start=titles[0][0],
                end=verb.end(),
                cue=verb.span("verb"),
                base=base,
                stage="proposed" if context.is_ahead(titles[-1][1], verb.start()) else stage,
                left=titles[-1][1],
                rule="listed_works",
                title=sides[0] if sides else title,
                parties=parties,
                confidence=0.8,
                hint="" if sides or _BODY.search(text[slice(*title)]) else "project",
                is_each=True,
            )

    def _hosts(
        self, context: ArticleContext, left: int, verb: re.Match[str], end: int, count: int
    ) -> list[Party]:
        """分别落户甲区、乙区和丙区: one for each of the works; else the one zone for all."""
        text = context.text
        if "分别" in text[left : verb.start()]:
            stop = _STOPS.search(text, verb.end(), end)
            names = context.mentions_in(verb.end(), stop.start() if stop else end, "place", "organization")
            parts = _AND.split(text[verb.end() : stop.start() if stop else end])
            if len(parts) == count:
                begin, zones = verb.end(), []
                for part in parts:
                    named = next((m for m in names if begin <= m.start < begin + len(part)), None)
                    zones.append(Party(begin, begin + len(part), named, "host"))
                    begin += len(part) + 1
                return zones
        return self._sides.zone(context, verb.end(), end)
