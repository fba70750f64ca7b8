"""What the engine takes for a place and nothing else knows: brands, slogans, names led on over words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

# Less sure, an unknown name in quotation marks is a brand or a slogan.
_QUOTED, _QUOTES_OPEN, _QUOTES_CLOSE = 0.36, frozenset("“\"‘'「"), "”\"’'」"
_LONGEST_BEHIND = 2
# “海原阳光”轮, “青石枫林”民宿
_BRANDED = re.compile(
    "[\u4e00-\u9fff]{0,5}[”\"’'」](?:[客货油邮渡拖]?轮|班轮|号|民宿|客栈|品牌|牌|商标|系列)"
)
_SHORT, _FREQUENT = 2, 300
# 竹乡之都; 镇里; 三港; 我国西部.
_EPITHET = re.compile(
    ".*之[乡都城县市州国镇村地]|.*故里|[省市县区州镇乡村]里|国[东西南北中]部.*|[两三四五六七八九几]港"
    "|.{1,2}新欧|[东西南北中][进拓优扩控联]|.+[回返还]乡|.{2,}下乡|.{1,3}(?:大[省市县]|强[市县镇])|[药茶果瓷酒侨水竹椒花蚕稻渔蜜枣梨桃棉糖烟菇莲]乡|.{1,2}城市|.*(?:协定|协议|条约|公约)"
)
# 华东市场, 东北区域仓
_MARKET = re.compile("(?:区域)?(?:市场|中心仓|前置仓|总仓|仓|总部|分部|渠道|客户)$")
# 湘欧班列
_TRAINS = ("班列", "快铁", "快线", "专列")
# 以港兴市
_AIM = re.compile("[因以靠凭].[兴立强富][省市县区]")
# 。（海原） at the end of a paragraph is who wrote it.
_SIGNED = re.compile("[。！？”]\\s*[（(]$")
_SIGNED_END = re.compile("[\u4e00-\u9fff]?[)）][ \u3000]*(?:\n|$)")
# One character behind a known place that makes another place of it.
_SITES = frozenset(
    "港站口城谷园馆湾界段岸堡关桥路街线渡湖河溪坝坪岛市区省州县镇乡村庄屯寨门坊巷营埠浦塘国东西南北中苑寺庙庵祠塔观殿宫阁亭陵墓滩台岭峡沟洋泡淀荡岗梁垭坎岩坳垴塆垱洲屿礁石峪崖崮塬"
)
# 海原城投
_OF_TOWN_FIRMS = frozenset("投建发")
_WITHIN, _AT, _FROM = frozenset("在驻来赴"), frozenset("在于至赴往到"), frozenset("在于至赴往到从自经抵下")
_COUNTIES, _PARTICLES = frozenset("县旗市区"), frozenset("就和")
_HEADS = frozenset(("", *"\n▲△●○■□◆◇★☆◎▼▷※·"))
_PLAIN = frozenset({"n", "vn", "v", "a", "an"})


class DoubtedPlaces:
    """Built once from `places.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        vocabulary = lookups["places"]
        self._divisions = divisions
        self._words = Words()
        self._not_towns = frozenset(vocabulary["not_towns"])
        self._letters = frozenset((*divisions.province_of, *divisions.country_of))
        self._sounds = re.compile(f"[{vocabulary['transliterating']}]{{3,8}}(?=[与和及、，。；的])")
        self._behind_rows = re.compile(any_of(vocabulary["after_compound"]))
        self._estate = re.compile(f"[{_QUOTES_CLOSE}]?(?:{any_of(vocabulary['estates'])})")

    def refine(self, text: str, spans: Sequence[Span], known: Sequence[Span]) -> list[Span]:
        """Drop what the surroundings or the form show to be no place, and cut off what is led on over a word.

        Args:
            text: The article's text.
            spans: Spans of the engine, sorted.
            known: Places that vocabularies and short forms tell.

        Returns:
            The spans, sorted; cut ones have rule `known_part`.
        """
        kept: list[Span] = []
        shorts = {
            span.start: span.end
            for span in known
            if span.rule == "short_form" and self._letters.issuperset(text[span.start : span.end])
        }
        for span in spans:
            if span.entity_type != "place" and self._heads_brief(text, span):
                kept.append(span.but(entity_type="place", subtype=None, rule="brief_place"))
                continue
            if span.entity_type == "organization" and span.rule == "lac":
                is_port = text[span.end - 1] == "港" and text[span.start - 1 : span.start] in _FROM
                if is_port and span.end - span.start > _SHORT:
                    kept.append(span.but(entity_type="place", subtype=None, rule="known_part"))
                    continue
                kept.extend(self._places_of(text, span))
                continue
            if span.entity_type != "place" or span.rule != "lac":
                kept.append(span)
                continue
            name = text[span.start : span.end]
            # Capitals are a system's or a thing's: CDMA.
            if name.isascii() and name.isalpha() and name.isupper():
                continue
            if text[span.start - 1 : span.start] in _QUOTES_OPEN and _BRANDED.match(text, span.end):
                continue
            if _SIGNED_END.match(text, span.end) and _SIGNED.search(text, max(0, span.start - 4), span.start):
                continue
            crossed = next((e for s, e in shorts.items() if s < span.start < e < span.end), None)
            if name[-1] == "欧" and text.startswith(_TRAINS, span.end):
                continue
            if self._is_known(name):
                kept.append(span)
            elif _AIM.fullmatch(text, span.start - 1, span.end) is not None:
                # 因矿立市、因工兴市
                continue
            elif crossed is not None and self._is_plain(text[crossed : span.end]):
                # 宁协作 behind 闽.
                kept.append(span.but(end=crossed, rule="known_part"))
            elif span.start in shorts and (
                self._is_plain(text[shorts[span.start] : span.end]) or self._is_letter(text, span, name)
            ):
                kept.append(span.but(end=shorts[span.start], rule="known_part"))
            elif not _EPITHET.fullmatch(name) and not self._is_quoted(text, span):
                kept.append(self._cut(text, span, name))
        return kept

    def _is_letter(self, text: str, span: Span, name: str) -> bool:
        """Whether behind 在 the first character alone is the place: 在沪|邵商."""
        is_within = text[span.start - 1 : span.start] == "在"
        return is_within and len(name) <= _SHORT + 1 and self._divisions.subtype(name) is None

    def _heads_brief(self, text: str, span: Span) -> bool:
        """Whether a division stands alone at the head of a brief."""
        is_head = text[span.start - 1 : span.start] in _HEADS and text.startswith(("\u3000", "  "), span.end)
        return is_head and self._divisions.sole(text[span.start : span.end]) is not None

    def _is_known(self, name: str) -> bool:
        divisions = self._divisions
        is_named = divisions.is_place(name) or name in divisions.features or name in divisions.cities
        return is_named or divisions.is_part(name)

    def _is_quoted(self, text: str, span: Span) -> bool:
        """Whether an unknown name fills a pair of quotation marks and no land or building is meant."""
        if span.confidence > _QUOTED or text[span.start - 1 : span.start] not in _QUOTES_OPEN:
            return False
        behind = text[span.end : span.end + _LONGEST_BEHIND + 1]
        closes = next((n for n, char in enumerate(behind) if char in _QUOTES_CLOSE), None)
        return closes is not None and self._estate.match(text, span.end + closes) is None

    def _cut(self, text: str, span: Span, name: str) -> Span:
        """The known place that an unknown name begins or ends with, where the rest is no part of a name."""
        if self._words.frequency(name):
            return span
        if name[-1] == "城" and text[span.end : span.end + 1] in _OF_TOWN_FIRMS and self._is_known(name[:-1]):
            return span.but(end=span.end - 1, rule="known_part")
        market = _MARKET.search(name)
        if market is not None and name[: market.start()] in self._divisions.regions:
            return span.but(end=span.start + market.start(), rule="known_part")
        if name.endswith("国际") and self._is_known(name[:-2]):
            return span.but(end=span.end - 2, rule="known_part")
        if len(name) <= _SHORT:
            is_led = text[span.start - 1 : span.start] in _WITHIN and name[0] in self._letters
            is_word = self._words.frequency(text[span.start + 1 : span.end + 1]) > _FREQUENT
            return span.but(end=span.end - 1, rule="known_part") if is_led and is_word else span
        if name[-1] not in _SITES and self._is_known(name[:-1]):
            return span.but(end=span.end - 1, rule="known_part")
        # 就青石书院建设提建议, 年初和青石科技园签约
        is_led = name[0] in _PARTICLES and self._divisions.leading_end(name, 0, len(name)) is None
        if is_led and not self._words.frequency(name[:2]):
            return span.but(start=span.start + 1, rule="trim_start")
        # 云朗县 is a county of three characters as any.
        is_county = len(name) == _SHORT + 1 and name[-1] in _COUNTIES
        # 在深 + 吉安, but 天屏山 is no county's 屏山.
        is_led = text[span.start - 1 : span.start] in _WITHIN
        is_led = is_led and not (name[-1] in "山江河湖岭峰岛湾溪" and self._divisions.has_county(name[1:]))
        if is_led and not is_county and self._is_known(name[1:]):
            return span.but(start=span.start + 1, rule="known_part")
        return span

    def _places_of(self, text: str, body: Span) -> list[Span]:
        """The two places of which one body was made: 东江海原; 东国 and a town with letters of its sound."""
        name = text[body.start : body.end]
        cut, end = self._divisions.split(name), body.end
        if cut is None and text[body.start - 1 : body.start] in _AT:
            country = self._divisions.leading_end(text, body.start, body.end)
            if country is not None and text[body.start : country] in self._divisions.countries:
                town = self._sounds.match(text, country)
                if town is not None and town.end() >= body.end:
                    cut, end = country - body.start, town.end()
        if cut is None:
            return [body]
        place = body.but(end=body.start + cut, entity_type="place", subtype=None, rule="known_part")
        return [place, place.but(start=place.end, end=end)]

    def _is_plain(self, words: str) -> bool:
        """Whether words are no name: 上市 behind 港, 协作 behind 鲁渝."""
        if self._behind_rows.fullmatch(words) is not None:
            return True
        return len(words) >= _SHORT and all(
            len(word) >= _SHORT
            and (kind in _PLAIN or word in self._not_towns)
            and self._words.frequency(word) > _FREQUENT
            for word, kind in tag(words)
        )
