"""Who builds works, as a clause tells it with 由, and the zone that takes them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.sides import SideReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 该项目, 工程施工, 一期: the subject of a sentence about what was told.
THIS = re.compile(
    r"(?:该|此|这一|这个)?(?:(?:项目|工程)(?:施工|勘察设计|设计|总承包|建设)?|基地|产业园|电站|园区|院区|校区|中心|工厂|生产线"
    r"|实验室|研究院|平台|学院|厂区|第?[一二三四五六首]期(?:项目|工程)?)"
    r"|[该此这][座条个家处]?\w{0,6}(?:港|园|厂|仓|线|桥|站|库|楼|馆|场|院|中心|基地|房)|新(?:厂区?|工厂|园区|基地|校区|院区|大楼)"
)
_FIRM_NAME = r"(?!有限|集团|公司|控股|股份|投资|银行|管理|基金|工程|总公司|开发|区|发展)"
_CONSORTIUM = r"(?:共同|联合)?(?:组成|组建)的?(?:投标)?联合体"
INVEST_BY = DEALS.compile(
    rf"由(?P<who>[^，。；]{{2,80}}?)(?:{_CONSORTIUM})?(?:全资|独资|共同|联合|合资|出资|负责|牵头)*"
    rf"(?P<verb>投资建设|投资兴建|投资|承建|承担|施工|总承包|建设|运营|开发|打造|共建|合建|合办|联办|引进){_FIRM_NAME}"
)
_AT = frozenset("于在到")
_TOGETHER = frozenset({"共建", "合建", "合办", "联办"})
_CONTRACTS = frozenset({"承建", "承担", "施工", "总承包"})


class WorksSides:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._parties = parties
        self._zone = re.compile(
            rf"(?:于|在|到)?(?P<where>\w{{1,20}}?(?:{any_of(lookups['deal_types']['zones'])}))(?!\w)"
        )
        self._in_zone = re.compile(
            rf"(?:在|于|到|赴|来)(?P<where>\w{{1,20}}?(?:{any_of(lookups['deal_types']['zones'])}))(?=投资|建设|新建|兴建|设立|打造|实施|布局|总投资|[0-9]|[，,])"
        )

    def builders(self, context: ArticleContext, by: re.Match[str]) -> list[Party]:
        """The bodies of 由甲与乙投资建设, or 由甲承建."""
        role = (
            "contractor" if by["verb"] in _CONTRACTS else "partner" if by["verb"] in _TOGETHER else "investor"
        )
        found = self._parties.coordination(context, by.start("who"), by.end("who"), role)
        is_public = role == "investor" and "投资" not in by["verb"]
        return [
            replace(p, role="owner") if is_public and SideReader.is_public(context, p) else p for p in found
        ]

    def zone(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """落户县工业园区: the zone behind the verb takes the project in."""
        found = self._zone.match(context.text, start, end)
        if found is None:
            begin = start + (context.text[start : start + 1] in _AT)
            places = [m for m in context.mentions_in(begin, end, "place", "organization") if m.start == begin]
            return [Party.of(m, "host") for m in places[:1]]
        begin, stop = found.span("where")
        names = context.mentions_in(begin, stop, "organization", "place")
        named = names[-1] if names and (names[-1].start, names[-1].end) == (begin, stop) else None
        return [Party(begin, stop, named, "host")]

    def host_in(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """拟在某高新区投资建设: the zone is host, as it is where 落户 stands in front of it."""
        for found in self._in_zone.finditer(context.text, start, end):
            names = context.mentions_in(found.start("where"), found.end("where"), "organization", "place")
            if names and names[-1].end == found.end("where"):
                return [Party.of(names[-1], "host")]
        return []
