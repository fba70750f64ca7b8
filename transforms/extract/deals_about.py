"""What a text goes on to say of a project: who invests, who runs the works, where it lands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals_clauses import MAX_CUES, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.patterns import any_of

# 该项目, 工程施工, 一期: the subject of a sentence about what was told.
THIS = re.compile(
    r"(?:该|此|这一|这个)?(?:(?:项目|工程)(?:施工|勘察设计|设计|总承包|建设)?|基地|产业园|电站|园区|中心|工厂|生产线"
    r"|实验室|研究院|平台|学院|厂区|第?[一二三四五六首]期(?:项目|工程)?)"
)
_THIS_BY = re.compile(rf"(?:{THIS.pattern})由")
_FIRM_NAME = r"(?!有限|集团|公司|控股|股份|投资|银行|管理|基金|工程|总公司|开发|区|发展)"
_CONSORTIUM = r"(?:共同|联合)?(?:组成|组建)的?(?:投标)?联合体"
INVEST_BY = re.compile(
    rf"由(?P<who>[^，。；]{{2,80}}?)(?:{_CONSORTIUM})?(?:全资|独资|共同|联合|合资|出资|负责|牵头)*"
    rf"(?P<verb>投资建设|投资兴建|投资|承建|承担|施工|总承包|建设|运营|开发|打造|共建|引进){_FIRM_NAME}"
)
_CONTRACTS = frozenset({"承建", "承担", "施工", "总承包"})


class AboutRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._parties = parties
        self._zone = re.compile(
            rf"(?:于|在|到)?(?P<where>\w{{1,20}}?(?:{any_of(lookups['deal_types']['zones'])}))(?!\w)"
        )
        self._in_zone = re.compile(
            rf"(?:在|于|到|赴|来)(?P<where>\w{{1,20}}?(?:{any_of(lookups['deal_types']['zones'])}))(?=投资|建设|新建|兴建|设立|打造|实施|布局|总投资|[0-9]|[，,])"
        )
        self._lands = re.compile(
            rf"(?:于|在)?[\d年月日去今前]*(?P<verb>{any_of(lookups['deal_types']['lands'])})(?:于|在|到)?(?={self._zone.pattern})"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) that add to the project told before."""
        text = context.text
        opened = THIS.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()), end)
        if not opened and not _THIS_BY.search(text, start, end):
            return
        for by in islice(INVEST_BY.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, by.start())
            subject = text[left : by.start()].strip()
            if not (THIS.fullmatch(subject) or (not subject and opened)):
                continue
            builders = self.builders(context, by)
            if builders:
                yield self._about(
                    start, opened.end() if opened else by.start(), by.end(), by.end("who"), builders
                )
        if opened:
            lands = self._lands.match(text, opened.end(), end)
            host = self.zone(context, lands.end(), end) if lands else []
            if lands and host:
                yield self._about(start, opened.end(), host[0].end, lands.start("verb"), host)

    def builders(self, context: ArticleContext, by: re.Match[str]) -> list[Party]:
        """The bodies of 由甲与乙投资建设, or 由甲承建."""
        role = "contractor" if by["verb"] in _CONTRACTS else "investor"
        return self._parties.coordination(context, by.start("who"), by.end("who"), role)

    def zone(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """落户县工业园区: the zone behind the verb takes the project in."""
        found = self._zone.match(context.text, start, end)
        if found is None:
            return []
        begin, stop = found.span("where")
        names = context.mentions_in(begin, stop, "organization", "place")
        named = names[-1] if names and (names[-1].start, names[-1].end) == (begin, stop) else None
        return [Party(begin, stop, named, "host")]

    def host_in(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """拟在某高新区投资建设: the zone is host, as it is where 落户 stands in front of it."""
        for found in self._in_zone.finditer(context.text, start, end):
            names = context.mentions_in(found.start("where"), found.end("where"), "organization", "place")
            if names and names[-1].end == found.end("where"):
                return [Party(names[-1].start, names[-1].end, names[-1], "host")]
        return []

    @staticmethod
    def _about(start: int, left: int, end: int, cue: int, parties: list[Party]) -> Candidate:
        return Candidate(
            start=start,
            end=end,
            cue=(cue, end),
            base="unknown",
            stage="unknown",
            left=left,
            rule="invested_by",
            parties=parties,
            about_last=True,
            confidence=0.85,
            hint="project",
        )
