"""Words that the engine led a place on over: verbs in front, a doubled level or plain words behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_SHORTEST, _SHORT = 2, 3
_LISTED = frozenset("、和与及")
_AND_LEVEL = re.compile("[和与及][县市区]..")
_STREET = re.compile("^..[一二三四五六七八九十东西南北中]?(?:路|街|大道|大街)$")
# 在 + 建青石大道, 改 + 建海原大桥
_UNDER_WORKS = re.compile("[在新改扩续筹待拟已]建")
_WORK = re.compile("(?:路|大道|大街|桥|隧道|高速|铁路|站|港|码头|水库|枢纽)[东西南北]?$")
_HARDLY, _DOUBTFUL = 0.1, 0.35
_FREQUENT, _PLAIN = 300, frozenset({"n", "vn", "f"})
_CHIEFS = ("省", "市", "县", "区", "州", "旗", "镇", "乡", "村", "局", "会", "校", "院")
# 镇长江雁, but 镇 + 长山村
_NAMED_CHIEF = re.compile("长..?[^村镇乡县市区州旗路街道桥河江湖山岛湾港站寨屯]")
_LEVELS = "省市县区州旗镇乡"
_COUNT, _WIRE = (
    re.compile("(?:[一两二三四五六七八九十]+[省市县区州旗乡村城国地]){1,2}$"),
    re.compile("[电讯][ \u3000].."),
)
_AWAY = re.compile("(?:[离距级]|从(?![化江])|经(?![济开贸营棚纬]|[一二三四五六七八九十]{1,3}[路街]))..")
_OFFICES = frozenset("长委政人纪民书支产集级干")
_DOUBLED = frozenset("省市县区州旗镇乡村屯")
# 越南语, 中国话
_TONGUE = re.compile("语(?![国系])|话(?![题语务费剧])")
# 澳门 + 一家手信店
_ONE_OF = re.compile("(?<=..)的?[一两三几][家座个处条]..+$")
# 合作周在 + 海原新区, 标准厂房沿 + 青石河
_CLAUSE = re.compile("[^在沿]+?(?:(?<![所自潜存])在|沿着?(?![江海河湖线边途岸街山滩口程浦]|黄(?!河)))(?=..)")
# A ship comes into port.
_SAILS = frozenset("回到开离进靠出入抵")
_STRETCH = re.compile("(?P<town>[\u4e00-\u9fff]{2,3})段(?=..)")
# 旅澳乡|贤, 挂职副镇|长
_NO_TOWN = re.compile("(?<=..)乡[贤亲愁情音]|(?<=副)[省市县区镇乡]长")


class TrimmedPlaces:
    """Built once from `places.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        places = lookups["places"]
        self._divisions = divisions
        self._words = Words()
        self._common = frozenset(places["counties_as_words"])
        self._verbs = re.compile(any_of(places["verbs_before_places"]))
        self._abroad = re.compile(f"[{places['transliterating']}]{{3,8}}")
        self._hub = re.compile(
            f"(?P<hub>[\u4e00-\u9fff]{{2,6}}?(?:机场|[东西南北]站|火车站|高铁站))(?:{any_of(places['parts_of_hubs'])})"
        )
        self._market = re.compile(any_of(places["market_heads"]))
        self._leads = frozenset((*places["before_single"], "对"))

    def trim(self, text: str, spans: list[Span]) -> list[Span]:
        """Cut verbs off the front of places, a doubled level off their end, a country off a place in it.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
        """
        cut: list[Span] = []
        for span in spans:
            if span.entity_type != "place" or span.rule != "lac":
                cut.append(span)
                continue
            name = text[span.start : span.end]
            # 建设三路 in a list is no act.
            is_listed = text[span.start - 1 : span.start] in _LISTED and _STREET.search(name) is not None
            verb = self._verbs.match(name) if not is_listed else None
            country = self._divisions.leading_end(text, span.start, span.end)
            is_led = text[span.start - 1 : span.start] in self._leads
            if len(name) == 1 and span.confidence < _HARDLY and not is_led:
                continue
            if (hub := self._hub.fullmatch(name)) is not None:
                cut.append(span.but(end=span.start + hub.end("hub"), rule="trim_end"))
                continue
            # 住琼省、市人大代表
            if len(name) == _SHORTEST and name[1] == "省" and text.startswith("、市", span.end):
                continue
            if name == "开区" and text[span.start - 1 : span.start] == "经":
                continue
            if _NO_TOWN.match(text, span.end - 1) or (name == "中镇" and text[span.start - 1] in "看相选"):
                continue
            if name == "港" and text[span.start - 1 : span.start] in _SAILS and "香港" not in text:
                continue
            if name in self._divisions.countries and _TONGUE.match(text, span.end) is not None:
                continue
            if (one := _ONE_OF.search(name)) is not None:
                cut.append(span.but(end=span.start + one.start(), rule="trim_end"))
                continue
            if (count := _COUNT.search(name)) is not None and self._is_counted(name[: count.start()]):
                cut.append(span.but(end=span.start + count.start(), rule="trim_end"))
                continue
            # 新华社海原5月18日电 青石区
            if _WIRE.match(name) is not None:
                cut.append(span.but(start=span.start + 2, rule="trim_start"))
                continue
            clause = _CLAUSE.match(name)
            if clause is not None and country is None:
                cut.append(span.but(start=span.start + clause.end(), rule="trim_start"))
                continue
            is_away = not is_listed and _AWAY.match(name) is not None and not self._divisions.is_place(name)
            if is_away and self._divisions.subtype(name[1:]) is not None:
                cut.append(span.but(start=span.start + 1, rule="trim_start"))
                continue
            if (
                name[1:]
                and name[-1] == "区"
                and self._is_wide(name[:-1])
                and self._market.match(text, span.end)
            ):
                continue
            if (
                self._is_wide(name)
                and text[span.end : span.end + 1] == "区"
                and self._market.match(text, span.end + 1)
            ):
                continue
            # 青石街 + 道路改造
            if name.endswith("街道路") or (name.endswith("街道") and text.startswith("路", span.end)):
                cut.append(span.but(end=span.start + name.rindex("街") + 1, rule="trim_end"))
                continue
            stretch = _STRETCH.match(name)
            if stretch is not None and self._divisions.is_place(stretch["town"]):
                # 海原段 + 青石隧道
                cut.append(span.but(end=span.start + stretch.end("town"), rule="trim_end"))
                cut.append(span.but(start=span.start + stretch.end(), rule="trim_start"))
                continue
            if (size := self._described(span, name)) is not None:
                cut.append(span.but(end=span.start + size, rule="trim_end"))
                continue
            # 青石桥 + 和县前街, but 海原县 + 和平镇
            is_second = bool(cut) and cut[-1].end == span.start
            is_stretch = is_second and name[0] == "段" and cut[-1].entity_type == "place"
            is_second = is_second and _AND_LEVEL.match(name) is not None
            if is_second or is_stretch or self._is_across(text, span, name):
                cut.append(span.but(start=span.start + 1, rule="trim_start"))
            elif verb is not None and len(name) - verb.end() > 1:
                cut.append(span.but(start=span.start + verb.end(), rule="trim_start"))
            elif name[-1] in _DOUBLED and name[-2:-1] == name[-1] and self._is_doubled(text, span):
                cut.append(span.but(end=span.end - 1, rule="trim_end"))
            elif _NAMED_CHIEF.fullmatch(name) and text[span.start - 1 : span.start] in _CHIEFS:
                cut.append(span.but(start=span.start + 1, entity_type="person", rule="trim_start"))
            elif name[-1] in _LEVELS and text.startswith("委", span.end) and self._is_committee(text, span):
                cut.append(span.but(end=span.end - 1, rule="trim_end"))
            elif country is not None and self._is_abroad(name, country - span.start):
                cut.append(span.but(end=country, rule="known_part"))
                cut.append(span.but(start=country, rule="known_part"))
            else:
                cut.append(span)
        return cut

    def _is_wide(self, name: str) -> bool:
        """Whether a firm's market may be called after it: 华东区, 中国区, 浙江区."""
        return name in self._divisions.regions or self._divisions.subtype(name) in ("country", "province")

    def _is_across(self, text: str, span: Span, name: str) -> bool:
        """Whether the engine began an unknown name inside the verb before it: 泊海原港 of 靠泊海原港."""
        if len(name) < _SHORT or self._divisions.leading_end(text, span.start, span.end) is not None:
            return False
        before = (span.start - 1, span.start + 1)
        is_work = _UNDER_WORKS.match(text, *before) is not None and _WORK.search(name) is not None
        return is_work or self._verbs.fullmatch(text, *before) is not None

    def _is_counted(self, name: str) -> bool:
        """Whether a count of towns or provinces stands behind the last of them: 安新三县, 辽吉黑三省一区."""
        is_row = bool(name) and self._divisions.province_of.keys() >= set(name)
        return is_row or self._divisions.is_place(name) or name in self._divisions.cities

    def _described(self, span: Span, name: str) -> int | None:
        """End of a known place whose name the engine led on over plain words: 东湾 in 东湾段, 东湾市场."""
        if self._divisions.subtype(name) is not None and name[-1] not in "段岸":
            return None
        for size in range(len(name) - 1, _SHORTEST - 1, -1):
            if name[: size + 1] in self._divisions.features or name[:size] in self._common:
                return None
            if self._divisions.is_place(name[:size]):
                rest = name[size:]
                if rest == "段":
                    return size
                is_plain = len(rest) >= _SHORTEST and span.confidence < _DOUBTFUL
                if not is_plain:
                    return None
                kinds = {kind for _, kind in tag(rest)}
                is_frequent = all(self._words.frequency(word) > _FREQUENT for word, _ in tag(rest))
                return size if is_frequent and kinds <= _PLAIN else None
        return None

    def _is_doubled(self, text: str, span: Span) -> bool:
        """Whether the last level of a place begins a word of the next: 海原区 in 海原区区长."""
        name = text[span.start : span.end - 1]
        return self._divisions.is_place(name) or (
            len(name) >= _SHORTEST and text[span.end : span.end + 1] in _OFFICES
        )

    def _is_committee(self, text: str, span: Span) -> bool:
        """Whether 州 of 东湾州 belongs to a 州委 behind it."""
        after = text[span.end + 1 : span.end + 2]
        return self._divisions.is_place(text[span.start : span.end - 1]) and after not in ("员", "托", "会")

    def _is_abroad(self, name: str, size: int) -> bool:
        rest = name[size:]
        countries = self._divisions.countries
        is_country = name[:size] in countries and name not in countries and name[:size] != "中国"
        return (
            is_country
            and len(rest) > 2
            and (rest[-1] in "省州道府县市郡港" or self._abroad.fullmatch(rest) is not None)
        )
