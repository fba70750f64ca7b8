"""Ends of places that only say where in a place, and what is no place but a description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from transforms.extract.firsts import begun
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of

_SHORT, _LONGEST_SWALLOW = 2, 5
# 南面 behind the name of a town.
# 向县属企业, 同镇的 and 产业兴市 name no town.
_LEVEL_ALONE = re.compile("(?:[向对由从将把使让给为同]|[工农商文旅]?[兴强立])[省市县区镇乡村]")
# 六台岸桥, 8台岸桥 and 某河大桥一座; 某河边.
_COUNTED = re.compile("[一二两三四五六七八九十][台座条艘架辆]")
_IS_COUNTED = re.compile("(?:[0-9一二两三四五六七八九十][台座条艘架辆]|[兆千]瓦)$")
# 青石、江口两镇: how many, once more.
_TOWNS_COUNTED = re.compile("[两二三四五六七八九十][省市县区镇旗]")
# 青石三村 is one of several that are called so, unless it ends a list: 江口、青石三村.
_VILLAGE = re.compile("[一二三四五六七八九十]村")
_COUNT = re.compile("[一二两三四五六七八九十0-9]+[座条处栋个]$")
_BESIDE_WATER = re.compile("[河江湖溪][边畔岸上两沿]")
_WATERS = frozenset("河江湖溪海湾市县区镇乡村省")
_SHORT_WATERS, _SHORES = frozenset("江湖溪"), ("河畔", "湖畔", "江畔")
# 海原湖国家5A级景区
_RATED = re.compile("(?:国家|全国)?(?:级)?[1-5一二三四五]?A{1,5}级")
_BANKS = ("湖畔", "河畔", "江畔", "海畔", "湾畔", "溪畔", "站站")
_SIDE = re.compile("[东南西北][面部侧边郊麓]")
# 小金县西，
_TOWN_AND_SIDE = re.compile("..[省市县区旗镇乡][东西南北]$")
_SLOPE = re.compile("[山岭峰江河湖湾岛][东南西北]{1,2}[坡麓侧缘岸]")
# 跨江大桥 is any bridge; berth 3号 is no part of a harbour's name.
_OVER = frozenset("跨过穿越临")
_BERTH = re.compile("(?<=[区港园场站])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})号$")
# A town of that name is told by a preposition, 新城镇建设 is of any.
_TOWN_OF_WORDS = re.compile(
    "(?<=[在到于至赴往向、县市区旗])[东南西北新老古旧]城镇(?!建设|化|体系|居民|职工|人口|规划)"
)
# Where a road leads, no region: 向西北布设.
_DIRECTION = re.compile("[东西][南北](?<=[向往朝偏转]..)(?=[布延展方侧走转跨接连通，、。]|敷设)")
_SIDES_OF_TOWN = frozenset(("城东", "城西", "城南", "城北", "城中", "城关"))
_QUARTERS = frozenset(("城区", "老城区", "新城区", "东区", "西区", "南区", "北区", "盐湖"))
# A country's side of a joint firm or contract is its partner, not the country.
PARTNER = re.compile(
    "[\u4e00-\u9fff]方(?:占|持[股有]|出[资技原土人设地]|投[入资]|控股|[每一]年|每|[将会]?派|将?负责|提供|承诺|一道|同意|机构|企业|公司|客商|客户"
    "|主任|院长|校长|所长|总?经理|董事|股东|员工|工程师|专家|技术|团队)"
)
"""What makes 中方 or 德方 no country."""


class PlaceTails:
    """Built once from `places.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        vocabulary = lookups["places"]
        self._divisions = divisions
        self._dynasties = re.compile(vocabulary["dynasties"])
        self._stage = re.compile(f"(?:{vocabulary['stages']})$")
        self._abroad = re.compile(f"[{vocabulary['transliterating']}]{{3,8}}")
        self._tail = begun(rf"(?:{'|'.join(vocabulary['tails'])})+$")
        self._sides = frozenset(vocabulary["side_single"])
        self._swallow = re.compile(any_of(vocabulary["swallow"]))
        heads = vocabulary["generic_heads"]
        areas = {end for kind in ("village", "park", "site", "region") for end in vocabulary["endings"][kind]}
        self._generic = begun(
            f"(?:{_any_of(vocabulary['generic'])})+(?:{_any_of([*areas, *heads])})?|(?:{_any_of(heads)})"
        )

    def is_swallowed(self, text: str, span: Span) -> bool:
        """Whether a repeated name belongs to a longer word that is no place: 中国 in 发展中国家."""
        around = self._swallow.finditer(
            text, max(0, span.start - _LONGEST_SWALLOW), span.end + _LONGEST_SWALLOW
        )
        at = (span.start, span.end)
        # 政法委 is a body, and no 法 or 委 in it a country.
        return any(
            match.start() <= span.start
            and span.end <= match.end()
            and (match.span() != at or not match[0].endswith("委"))
            for match in around
        )

    def trim(self, text: str, spans: list[Span]) -> list[Span]:
        """Cut off what only says where in a place: 海原北部, 东湾地区, 中方.

        A name of the divisions table (喀什地区) stays whole; what only describes a place (智能社区) goes.
        """
        trimmed: list[Span] = []
        for span in spans:
            name = text[span.start : span.end]
            cut = None
            if span.entity_type == "place" and span.rule == "lac" and self.is_swallowed(text, span):
                continue
            if _DIRECTION.match(text, span.start) is not None and len(name) == _SHORT:
                continue
            # 晋城市城区 and 盐湖区 are divisions, any other 城区 a part of a town and 盐湖 a lake.
            is_quarter = name in _QUARTERS and span.rule == "lac"
            is_told = f"市{name}" in text or f"{name}区" in text
            if is_quarter and not is_told and not any(c in text for c in self._divisions.cities_over(name)):
                continue
            if name in _SIDES_OF_TOWN and text[span.start - 1 : span.start] in "市县区":
                continue
            is_town = name[-2:] == "城镇" and _TOWN_OF_WORDS.match(text, span.start) is not None
            if span.entity_type == "place" and not is_town and not self._divisions.is_place(name):
                if (rated := _RATED.search(name)) is not None:
                    if rated.start() > 1:
                        trimmed.append(span.but(end=span.start + rated.start(), rule="trim_tail"))
                    continue
                if (opened := name.find("（")) > 1 and "）" not in name:
                    trimmed.append(span.but(end=span.start + opened, rule="trim_tail"))
                    continue
                is_counted = _IS_COUNTED.search(text, max(0, span.start - 2), span.start + 1) is not None
                if is_counted or _LEVEL_ALONE.fullmatch(name) or _COUNTED.match(name):
                    continue
                if _TOWNS_COUNTED.fullmatch(name):
                    continue
                if PARTNER.match(text, span.start) is not None:
                    continue
                if (counted := _COUNT.search(name)) is not None and counted.start() > 1:
                    trimmed.append(span.but(end=span.start + counted.start(), rule="trim_tail"))
                    continue
                if span.rule == "lac" and self._is_before_water(text, span, name):
                    trimmed.append(span.but(end=span.end + 1, rule="water_behind"))
                    continue
                if name[-1] == "号" and text.startswith(("项目", "工程"), span.end):
                    continue
                if name[0] in "江河海湖" and text[span.start - 1 : span.start] in _OVER:
                    continue
                if (number := _BERTH.search(name)) is not None:
                    trimmed.append(span.but(end=span.start + number.start(), rule="trim_tail"))
                    continue
                name = self._stage.sub("", name)
                if len(name) < span.end - span.start:
                    if not (self._divisions.is_place(name) or self._divisions.subtype(name) is not None):
                        continue
                    cut = span.start + len(name)
                tail = self._tail.search(name)
                if tail is not None and tail.start() == 1 and self._divisions.is_place(name[:_SHORT]):
                    # 陕西 + 南部
                    tail = self._tail.search(name, _SHORT)
                # 荆州沙市区 holds 沙市区, 长沙市区 does not.
                if tail is not None and self._divisions.is_place(name[tail.start() - 1 :]):
                    tail = tail if self._divisions.is_place(name[: tail.start()]) else None
                if (
                    tail is not None
                    and _VILLAGE.fullmatch(tail[0])
                    and text[span.start - 1] not in "、和与及"
                ):
                    tail = None
                if tail is not None and tail.start() > 1 and not self._is_little_town(name):
                    cut = span.start + tail.start()
                elif (
                    (len(name) > _SHORT and name[-2:] in _BANKS)
                    or (name[-2:-1] in "省市县区州镇乡村" and _SIDE.match(text, span.end - 1))
                    or (len(name) > _SHORT and _SLOPE.match(text, span.end - 2))
                    or (_TOWN_AND_SIDE.search(name) and self._divisions.is_place(name[:-1]))
                ):
                    cut = span.end - 1
                elif len(name) == 2 and name[1] == "方" and name[0] in self._sides:
                    cut = span.start + 1
                end = cut or span.end
                if self._generic.fullmatch(text, span.start, end) or self._dynasties.fullmatch(
                    text, span.start, end
                ):
                    continue
            trimmed.append(span if cut is None else span.but(end=cut, rule="trim_tail"))
        return trimmed

    def _is_before_water(self, text: str, span: Span, name: str) -> bool:
        """Whether the name of a water goes on: 青石 in 青石河边, 赤溪 in 赤溪河畔."""
        if _BESIDE_WATER.match(text, span.end) is None:
            return False
        is_longer = name[-1] in _SHORT_WATERS and text.startswith(_SHORES, span.end)
        is_longer = is_longer and name[-1] != text[span.end] and name not in self._divisions.features
        return name[-1] not in _WATERS or is_longer

    def _is_little_town(self, name: str) -> bool:
        """Whether 小镇 belongs to the name: 薏米小镇, not 东国小镇."""
        front = name.removesuffix("小镇")
        is_known = self._divisions.is_place(front) or self._abroad.fullmatch(front) is not None
        return front != name and not is_known and self._generic.fullmatch(front) is None


def _any_of(words: Iterable[str]) -> str:
    """Alternatives of a pattern, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
