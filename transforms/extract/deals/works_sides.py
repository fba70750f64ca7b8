"""Who builds works, as a clause tells it with 由, and the zone that takes them in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.places_chain import last_of_chain
from transforms.extract.deals.sides import SideReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 该项目, 工程施工, 一期: the subject of a sentence about what was told.
THIS = re.compile(
    r"(?:该|此|这一|这个)?(?:(?:项目|工程)(?:施工|勘察设计|设计|总承包|建设)?|基地|产业园|电站|园区|院区|校区|中心|工厂|生产线"
    r"|实验室|研究院|平台|学院|厂区|第?[一二三四五六首]期(?:项目|工程)?)"
    r"|[该此这][座条个家处]?\w{0,6}(?:港|园|厂|仓|线|路段?|段|铁路|隧道|水库|航道|桥|站|库|楼|馆|场|院|中心|基地|房)|新(?:厂区?|工厂|园区|基地|校区|院区|大楼)"
)
_FIRM_NAME = r"(?!有限|集团|公司|控股|股份|投资|银行|管理|基金|工程|总公司|开发|区|发展)"
_CONSORTIUM = r"(?:共同|联合)?(?:组成|组建)的?(?:投标)?联合体"
INVEST_BY = DEALS.compile(
    rf"(?<!公司)由(?P<who>[^，。；]{{2,80}}?)(?:{_CONSORTIUM})?(?:按照?[^，。；]{{2,20}}?(?:比例|股比))?(?:(?:以|采用|采取|按)[^，。；]{{2,10}}?(?:方式|模式))?(?:作为业主(?:单位|方)?(?=[^，。；]))?(?:全资|独资|共同|联合|合资|出资|负责|牵头|组织)*"
    rf"(?P<verb>各?(?:出资|投资)[0-9.]+[万亿]+[美欧港日]?元(?:建成|建设|兴建|建起|改造)|投资建设|投资兴建|投资|投建|承建|代建|承担|施工|总承包|承包(?=[，。；])|建设|运营|开发|打造|实施|作为业主|共建|合建|合办|联办|引进|(?:共同|联合|合资|比例)出资(?=[，。；])){_FIRM_NAME}"
)
# 某园就是甲同乙共同建设的
IS_OF = DEALS.compile(
    r"(?:就?是|系|乃)(?P<of>[^，。；由]{2,60}?)(?:共同|联合|合作|携手|合资|合股|一起|全资|独资|出资)*"
    r"(?:(?:投资|斥资|出资|投入)[^，。；的]{1,12}元)?(?:投资建设|投资兴建|投资|兴建|建设|援建|建起来?|盖起来?|建成|开发|打造|修建|创办|设立|投)的(?=[，。；]|$)"
)
# 是某市某区通过东西部协作援建的, 利用某区对口支援资金900万元建设的: who helps pays.
_AIDED = DEALS.compile(
    r"(?:是|系|由)(?P<who>[^，。；的]{2,20}?)(?:通过[^，。；的]{2,12})?(?:对口|共同|无偿)?(?:援建|帮建|捐建)"
    r"|(?:利用|使用|用)(?P<funds>[^，。；的]{2,16}?)(?:东西部|对口|定点)?(?:协作|支援|帮扶|援助|援建)(?:专项|财政)?资金"
)
# What is not told with 由: 施工方为甲公司, 甲公司承建
_BUILT = DEALS.compile(
    r"(?:(?:施工|承建|总包|建设|投资|项目|运营)(?:方|单位|主体|法人)|项目业主|业主(?:单位|方)?|项目公司|开发商)(?:是|为|的)?(?![将在已要会也正拟]|代表|负责|表示|人)(?P<who>(?:(?!、(?:施工|承建|业主|建设|监理|设计))[^，。；]){3,30})"
    r"|(?=[^，。；]{3,40}承)(?P<bare>[^，。；]{3,30}?)(?:以[^，。；]{2,12}(?:方式|模式)|负责)?(?:总?承建|总承包)"
)
_FIRM = re.compile("(?:公司|集团|[^市县区省]局)$")
_AT = frozenset("于在到")
_WIDE = frozenset({"country", "province", "region"})
_TOGETHER = frozenset({"共建", "合建", "合办", "联办"})
_CONTRACTS = frozenset({"承建", "代建", "承担", "施工", "总承包", "承包"})


class WorksSides:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._parties = parties
        self._contracts = DEALS.compile(any_of(lookups["deal_types"]["kernels"]["contracts"]))
        self._zone = re.compile(
            rf"(?:于|在|到)?(?P<where>\w{{1,20}}?(?:{any_of(lookups['deal_types']['zones'])}))(?!\w)"
        )

    def hands(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """The bodies that an item says to pay for, build or run works."""
        told = [(by, self.builders(context, by)) for by in INVEST_BY.finditer(context.text, start, end)]
        hands = [p for by, sides in told for p in sides if _is_hand(context.text, p, by["verb"])]
        built_by = [] if hands else [*_BUILT.finditer(context.text, start, end)]
        for built in built_by or ([] if hands else [*IS_OF.finditer(context.text, start, end)][:1]):
            role = "contractor" if self._contracts.search(built[0]) else "investor"
            role = "owner" if built[0].startswith(("业主", "建设单位")) else role
            span = built.span(built.lastgroup or 0)
            sides = self._parties.coordination(context, *span, role, is_anchored=False)
            # 这家农庄是返乡青年某某投的
            pays = "投资" if built.lastgroup == "of" else ""
            hands = [*hands, *(p for p in sides if _is_hand(context.text, p, pays))]
        aided = _AIDED.search(context.text, start, end)
        helps = (
            context.mentions_in(*aided.span(aided.lastgroup or 0), "place", "organization") if aided else []
        )
        return hands or [Party.of(m, "investor") for m in helps[-1:]]

    def builders(self, context: ArticleContext, by: re.Match[str]) -> list[Party]:
        """The bodies of 由甲与乙投资建设, or 由甲承建."""
        role = (
            "contractor" if by["verb"] in _CONTRACTS else "partner" if by["verb"] in _TOGETHER else "investor"
        )
        found = self._parties.coordination(context, by.start("who"), by.end("who"), role)
        role = "owner" if "业主" in by[0] else role
        is_public = role == "investor" and "投资" not in by["verb"]
        return [
            replace(p, role="owner") if is_public and SideReader.is_public(context, p) else p for p in found
        ]

    def zone(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """落户县工业园区: the zone behind the verb takes the project in."""
        found = self._zone.match(context.text, start, end)
        if found is None:
            begin = start + (context.text[start : start + 1] in _AT)
            names = context.mentions_in(begin, end, "place", "organization")
            if not names or names[0].start != begin:
                return []
            # 江西某县: the county takes it in, of 某高新区某片区 the zone.
            is_wide = names[0].subtype in _WIDE
            return [Party.of(last_of_chain(context.text, names) if is_wide else names[0], "host")]
        begin, stop = found.span("where")
        names = context.mentions_in(begin, stop, "organization", "place")
        named = names[-1] if names and (names[-1].start, names[-1].end) == (begin, stop) else None
        return [Party(begin, stop, named, "host")]


def _is_hand(text: str, party: Party, verb: str = "") -> bool:
    """Whether a party is a body, or words that end like one.

    Of people only who pays (由返乡能人某某投资), of places only those that build together (由甲区与乙县共建).
    """
    if party.mention is None:
        return _FIRM.search(text, party.start, party.end) is not None
    kind = party.mention.entity_type
    return (
        kind == "organization"
        or (kind == "person" and "投资" in verb)
        or (kind == "place" and verb in _TOGETHER)
    )
