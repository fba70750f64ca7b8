"""Persons of the engine that are places or firms by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of, starts_of

_SITED = ("在", "于", "到")
_DOUBTED, _NAMESAKE, _SURE = 0.5, 0.7, 0.9
_SIGNS = re.compile("[^，。；]{0,4}(?:签下|签约|签订|达成|续签|合资|合作)")
_UNSURE, _WITH_LEVEL = 0.45, 3
_SKIES = frozenset("晴阴雨雪云")
_DEGREES = re.compile(r"(?:转\w{1,3})?\s?[-－]?[0-9０-９]{1,2}[℃°度～~]")
# 涅边贾称，: the verb of speech behind a name.
_SAYS = frozenset("说称")
_LEVELS = frozenset("邦州省郡")
# 雷锋社区, but 江雁社区工作者
_ESTATE = re.compile(
    "社区(?![工服民党居医干志书一])|小区|公园|街道(?![办工])|(?:牧场|农场|林场|苏木|嘎查|草原|口岸)(?![场主长])"
)
# 青石路以西
_ROAD_SIDE = re.compile("以?[东西南北](?:侧|段|，|、|。)")
# 江雁小学今年招生, 江雁路、海原路; not 江雁小学毕业, 江雁路过.
_SCHOOL = re.compile(
    "(?:实验)?(?:小学|中学|学校|幼儿园|医院)(?=[、，。；：在将已被与和及举开招建成位]|今年|[师学]生|$|的(?:[师学]生|孩子|校园|操场))"
)
_STREET = re.compile("(?:路|大道|大街)(?=[、，。；与和及至段封沿]|$|以?[东西南北])")
# 贝加莫的一家老厂
_OF_TOWN = re.compile("的?一[家座](?:[\u4e00-\u9fff]{0,4})(?:厂|公司|企业|酒店|商行|贸易行|研究所|大学)")
# 阿政府, 罗警方: the short form of a country and who acts for it; 粤0303民 of the number of a suit.
_NOBODY = re.compile(r"\w(?:政府|警方|军方|当局|领导人|议会|[东西南北中]部)|\w[0-9]+民")
# 某地到某地 in brackets
_BRACKETS, _ROUTE = ("（", "("), re.compile("[到至][\u4e00-\u9fff]{2,8}[）)]")


class MistakenPersons:
    """Built once from `persons.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        persons = lookups["persons"]
        self._foreign = frozenset(persons["transliteration"])
        self._things = re.compile(any_of(persons["things"]))
        self._firms = re.compile(f"(?:{any_of(persons['named_bodies']['doubted'])})(?!学|系|专业|专家|有限)")
        self._sited = re.compile(any_of(persons["sited"]))

    def is_none(self, text: str, span: Span) -> bool:
        """Whether the engine takes for a person what a thing, firm or place has its name from, or no name.

        黄海 in 黄海跨海通道, 东湾 in 东湾咖啡; what stands elsewhere as a person's name is found there.
        埃方, of which the engine is unsure, is a side.
        """
        if span.rule != "lac":
            return False
        if span.end - span.start == 2 and text[span.end - 1] == "方" and span.confidence < _DOUBTED:
            return True
        if _NOBODY.fullmatch(text, span.start, span.end) is not None:
            return True
        return span.confidence < _NAMESAKE and self._things.match(text, span.end) is not None

    def retyped(self, text: str, span: Span) -> Span | None:
        """The span as what it is, `None` for a person.

        海原晴 before 15℃, 拉贾斯坦邦 and 陈集市 are places; 贝克顿 in 与贝克顿签下合同, of which the
        engine is unsure, signs as firms do.
        """
        name = text[span.start : span.end]
        if len(name) > 2 and name[-1] in _SAYS and text[span.end : span.end + 1] in "，,：:":
            return span.but(end=span.end - 1)
        if span.rule != "lac" or len(name) < 2:
            return None
        if name[-1] in _SKIES and _DEGREES.match(text, span.end):
            # Of 巴黎晴 the engine may see 黎晴.
            start = span.start - (len(name) == 2 and text[span.start - 1 : span.start].isalpha())
            return span.but(start=start, end=span.end - 1, entity_type="place", rule="weather")
        if len(name) > 3 and name[-1] in _LEVELS and self._foreign.issuperset(name[:-1]):
            return span.but(entity_type="place", rule="foreign_place")
        is_road = name[-1] == "路" and _ROAD_SIDE.match(text, span.end) is not None
        if (len(name) == _WITH_LEVEL and name[-1] in "市县" and "·" not in name) or is_road:
            return span.but(entity_type="place", rule="level_form")
        if text[span.start - 1 : span.start] in _BRACKETS and _ROUTE.match(text, span.end) is not None:
            return span.but(entity_type="place", rule="stands_where")
        for named, kind in ((_SCHOOL, "organization"), (_STREET, "place")):
            if span.confidence < _SURE and (end := _named_end(text, name, span.end, named)) is not None:
                return span.but(end=end, entity_type=kind, rule="person_and_body")
        is_seat = span.confidence < _DOUBTED and _OF_TOWN.match(text, span.end) is not None
        if is_seat and self._foreign.issuperset(name):
            return span.but(entity_type="place", rule="stands_where")
        is_from = text.endswith("来自", 0, span.start) and text.startswith("的", span.end)
        if is_from and span.confidence < _NAMESAKE and self._foreign.issuperset(name):
            return span.but(entity_type="place", rule="stands_where")
        is_doubted = span.confidence < _DOUBTED and text[span.start - 1 : span.start] in _SITED
        if is_doubted and self._sited.match(text, span.end) is not None:
            return span.but(entity_type="place", rule="stands_where")
        if span.confidence < _NAMESAKE and (estate := _ESTATE.match(text, span.end)) is not None:
            return span.but(end=estate.end(), entity_type="place", rule="stands_where")
        firm = self._firms.match(text, span.end) if span.confidence < _NAMESAKE else None
        if firm is not None:
            return span.but(end=firm.end(), entity_type="organization", rule="person_and_body")
        is_trader = (
            span.confidence < _UNSURE
            and len(name) > 2
            and text[span.start - 1 : span.start] in ("与", "和", "同")
            and _SIGNS.match(text, span.end) is not None
            and self._foreign.issuperset(name)
        )
        return span.but(entity_type="organization", rule="signs") if is_trader else None


def _named_end(text: str, name: str, at: int, ending: re.Pattern[str]) -> int | None:
    """End of what has its name from a person whom the text names nowhere else."""
    named = ending.match(text, at)
    if named is None or not all(ending.match(text, use + len(name)) for use in starts_of(name, text)):
        return None
    return named.end()
