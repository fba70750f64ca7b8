"""The last question to a place that only the network saw: can these words be its name here?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of, starts_of
from transforms.normalize.words import Words

_RULES = ("lac", "trim_tail")
_UNSURE = 0.45
_SHORTEST, _SHORT, _REACH = 2, 3, 6
# 凤溪大桥西 + 接; 东连 + 青石镇; 路线 that a report describes.
_LEADS_ON = "(?:连接|毗邻|毗|傍|濒|倚|枕|连|接|起|至|临|靠|依|邻|抵|达|望|到|距|通|止)"
_SIDE_AND_VERB = re.compile(f"[东西南北]{_LEADS_ON}(?=..)")
_SIDE = re.compile("(?<=..)[东西南北]$")
# 青石大道西 + 行20分钟
_GOES_ON = re.compile(f"{_LEADS_ON}|行(?:[驶进走至到约0-9一二三四五六七八九十几数半，。]|[不没])")
# A road goes by 青石镇东, 海原东站西.
_SITE_AND_SIDE = re.compile("[镇乡村站][东西南北]$")
_MARKS, _SIDES = tuple("，、。；"), tuple("东西南北")
# Where in a hall something is held is no part of its name.
_ROOM = re.compile("(?<=..)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})号?(?:楼|层|展?馆|展?厅|会议室|展区)$")
_LEVELS = frozenset("镇乡村县")
# 苑青镇南 + 石村, 青石县镇 + 河乡: the last character belongs to the second.
_LED_ON = re.compile("(?<=..)[县区镇乡村][\u4e00-\u9fff]$")
_TOWNS = ("镇", "乡", "村", "社区", "庄", "屯", "寨")
# 北石村 is another village than 石村, 包石村 in 负责包石村的干部 is not.
_OTHERS = frozenset("东西南北中前后左右上下大小新老内外")
# Lines of buses.
_BUS = re.compile("[0-9]{1,4}路")
# The stretch of a road is the road.
_STRETCH = re.compile("(?<=.)(?:大道|大街|[东西南北中]路|高速|公路|国道|省道)段$")
# What a road is built on by is the road: 青石大道西延; 青石大道 + 一路向西.
_LENGTHENED = re.compile(
    "(?<=[道街路速])一路$|(?<=大道|大街)[东西南北]延[东西南北]?$|(?<=路)[东西南北]延[东西南北]?$|(?<=高速)[东西南北]延$"
)
# 渝段 in front of a tunnel
_STRETCH_IN_FRONT = re.compile("[\u4e00-\u9fff]{1,2}段(?=.{3,}$)")
_DONE = frozenset({"v", "vn", "a"})
# What is done to a road or a way of speech; 光铺路不够.
_NO_WAYS = (
    *("修路", "铺路", "开路", "走路", "赶路", "让路", "问路", "带路", "探路", "拦路"),
    *("出路", "思路", "销路", "退路", "后路", "生路"),
)
# Of a way, a stretch is named after the place that it lies in.
_WAY_BEFORE = re.compile("(?:线|公路|高速|铁路|高铁|大道|国道[0-9]+|省道[0-9]+|至)$")
# What no name ends on: 街角那 in 街角那三栋.
_NO_ENDS = frozenset({"r", "u", "ul", "uj", "p", "c", "y"})
# Words that describe, none of them a name.
_PLAIN = frozenset({"n", "v", "vn", "a", "an", "ad", "b", "d", "f", "m", "t"})
_FREQUENT = 100
_SITED = re.compile(
    "[省市县区州旗镇乡村港湾岛路河湖溪山段]|新区|经开区|高新区|工业园|产业园|口岸|机场|大道|街道"
)
# The country of a meeting's or a title's rank: 第七届中国（海原）辣椒大会, 中国豆腐之乡.
_RANKED = re.compile("(?<=届)中国(?![—－-])|中国[\u4e00-\u9fff]{1,6}之[乡都城]")
# Both sides of a strait, in names of meetings and alliances.
_BOTH_SIDES = "海峡两岸"
_MAY_RANK = ("中国", _BOTH_SIDES)
# Firms and schools named after a river or a county that another place in brackets is the seat of.
_BRANDED, _RIVERS = frozenset({"company", "university"}), "江河溪"
_AT_RIVER = re.compile("旅|游|港|航|船|水|运河|流域|生态|大桥|口岸|源")
_PLACED = re.compile("[(（]([\u4e00-\u9fff]{2,4})[)）]")
_BEFORE = frozenset("在到于从赴往至抵离驻经")


class PossiblePlaces:
    """Built once from the vocabularies and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        self._divisions = divisions
        self._words = Words()
        bodies = lookups["organizations"]
        loose = {*bodies["loose_trades"], *bodies["trades_at_place"]}
        trades = any_of(word for word in bodies["trades"] if word not in loose and len(word) > 1)
        ends = any_of([*lookups["places"]["parks"], "园", "园区", "街区", "酒店", "基地"])
        self._works = re.compile(f"(?P<kind>[\u4e00-\u9fff]{{2,6}}?)(?:{ends})")
        building = any_of(
            ["建设", "打造", "改造为", "改造成", "改建为", "新建", "合建", "共建", "兴建", "筹建"]
        )
        self._building = re.compile(f"(?:{building})(?:了|起)?(?:一[座个家片])?(?:[\u4e00-\u9fff]式)?$")
        self._firm = re.compile(f"[\u4e00-\u9fff]{{2,4}}(?:{trades})")

    def is_rank(self, text: str, span: Span) -> bool:
        """Whether what is a place elsewhere tells the rank of a meeting or a title here."""
        if span.entity_type != "place" or not text.startswith(_MAY_RANK, span.start):
            return False
        return (
            text[span.start : span.end] == _BOTH_SIDES or _RANKED.match(text, span.start) is not None
        ) and not text.startswith("关系", span.end)

    def is_brand(self, text: str, span: Span) -> bool:
        """Whether a river or county only lends a firm or school its name: 汉江师范学院, 浦江租赁（上海）公司.

        What ships, tours and waters bear in their name is at the river itself, and so is what the text
        tells of it elsewhere. In 九龙江西溪 no 九龙 is named.
        """
        parent = span.parent
        if span.entity_type != "place" or parent is None:
            return False
        if parent.subtype not in _BRANDED:
            return text[span.start : span.end + 1] in self._divisions.features and span.end < parent.end
        name, rest = text[span.start : span.end], text[span.end : parent.end]
        if name[-1] in _RIVERS and name in self._divisions.features:
            is_told = text.count(name) > text.count(text[parent.start : parent.end])
            return not is_told and _AT_RIVER.search(rest) is None
        county = self._divisions.sole(name) if span.start == parent.start else None
        placed = _PLACED.search(rest) if county is not None and county.level == "county" else None
        return placed is not None and rest[0] not in _LEVELS and self._divisions.is_place(placed[1])

    def keep(self, text: str, spans: Sequence[Span], short: Collection[str]) -> list[Span]:
        """Cut names to what can be one, and drop those that remain words.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
            short: Short forms of places that the page names in full.

        Returns:
            The spans, sorted; cut ones have rule `trim_end` or `trim_start`.
        """
        kept: list[Span] = []
        named = {text[span.start : span.end] for span in spans if span.entity_type == "place"}
        for span in spans:
            if kept and self._is_led_on(text, kept[-1], span):
                kept[-1] = kept[-1].but(end=kept[-1].end - 1, rule="trim_end")
                kept.append(span.but(start=span.start - 1, rule="front"))
                continue
            if span.entity_type != "place" or span.rule not in _RULES:
                kept.append(span)
                continue
            name = text[span.start : span.end]
            if name[-1] == "村" and name[1:] in named and name[0] not in _OTHERS and len(name) > _SHORT:
                kept.append(span.but(start=span.start + 1, rule="trim_start"))
                continue
            if _BUS.fullmatch(name) is not None:
                continue
            cut = span if self._is_known(name) or self._is_side(name) else self._cut(text, span, short)
            name = text[cut.start : cut.end]
            if self._is_known(name) or name in short or span.confidence > _UNSURE:
                kept.append(cut)
            elif self._firm.fullmatch(name) and self._divisions.subtype(name) is None:
                kept.append(cut.but(entity_type="organization", subtype="company", rule="short_firm"))
            elif self._is_built(text, cut) or self._is_act(text, span, name):
                continue
            elif not self._is_phrase(name) or self._is_sited(text, name):
                kept.append(cut)
        return kept

    def _is_led_on(self, text: str, last: Span, span: Span) -> bool:
        """Whether a place has the first character of the town behind it: 苑青镇南 + 石村."""
        if last.end != span.start or last.rule not in _RULES or last.entity_type != "place":
            return False
        if span.entity_type != "place" or span.end - span.start > _SHORT:
            return False
        above = text[last.start : last.end]
        is_town = text.endswith(_TOWNS, span.start, span.end)
        return is_town and _LED_ON.search(above) is not None and not self._is_known(above)

    def _is_known(self, name: str) -> bool:
        divisions = self._divisions
        return divisions.is_place(name) or name in divisions.features or name in divisions.cities

    def _cut(self, text: str, span: Span, short: Collection[str]) -> Span:
        """The span without what describes a route, a floor or a stretch, and no verb on its end."""
        name = text[span.start : span.end]
        if (stretch := _STRETCH_IN_FRONT.match(name)) is not None and self._is_whole(name[stretch.end() :]):
            return span.but(start=span.start + stretch.end(), rule="trim_start")
        if _STRETCH.search(name) is not None:
            return span.but(end=span.end - 1, rule="trim_end")
        if (longer := _LENGTHENED.search(name)) is not None:
            return span.but(end=span.start + longer.start(), rule="trim_end")
        if (side := _SIDE_AND_VERB.match(name)) is not None and self._is_whole(name[side.end() :]):
            return span.but(start=span.start + side.end(), rule="trim_start")
        if name[0] in "毗傍濒倚枕" and text[span.start - 1 : span.start] in _SIDES:
            return span.but(start=span.start + 1, rule="trim_start")
        if (room := _ROOM.search(name)) is not None and self._is_whole(name[: room.start()]):
            return span.but(end=span.start + room.start(), rule="trim_end")
        goes_on = _SITE_AND_SIDE.search(name) and text[span.end : span.end + 1] in _MARKS
        goes_on = goes_on or _GOES_ON.match(text, span.end) is not None
        is_side = goes_on and _SIDE.search(name) is not None
        is_led_on = len(name) > _SHORT and name[-2] in _LEVELS and self._is_cut_word(text, span.end)
        is_stretch = name[-1] == "段" and _SHORTEST < len(name) <= _SHORT + 1
        is_stretch = is_stretch and (
            _WAY_BEFORE.search(text, max(0, span.start - _REACH), span.start) is not None
            or self._is_sited(text, name[:-1], beside=True)
        )
        is_stretch = is_stretch or (_SIDE.search(name) is not None and text.startswith("段", span.end))
        is_longer = (is_side or is_led_on) and (name[:-1] in short or self._is_whole(name[:-1]))
        if is_longer or is_stretch:
            return span.but(end=span.end - 1, rule="trim_end")
        return span

    def _is_side(self, name: str) -> bool:
        """Whether a country's side of a way is all that is named: 越方段."""
        return name[1:] == "方段" and name[0] in self._divisions.country_of

    def _is_whole(self, name: str) -> bool:
        """Whether what remains ends as places do or is one."""
        return (
            self._is_known(name) or self._divisions.subtype(name) is not None or name.endswith(("中心", "站"))
        )

    def _is_cut_word(self, text: str, end: int) -> bool:
        """Whether the character in front of `end` begins a word that goes on behind it: 拉 of 拉来."""
        return self._words.frequency(text[end - 1 : end + 1]) > 0

    def _is_built(self, text: str, span: Span) -> bool:
        """Whether a zone or hall of plain words is what is to be built, still unnamed: 建设食品加工园."""
        works = self._works.fullmatch(text, span.start, span.end)
        if works is None or self._building.search(text, max(0, span.start - _REACH), span.start) is None:
            return False
        return all(
            kind in _PLAIN or self._words.frequency(word) > _FREQUENT for word, kind in tag(works["kind"])
        )

    def _is_act(self, text: str, span: Span, name: str) -> bool:
        """Whether a verb stands before the land and funds of any village: 壮大村集体经济."""
        if name[-1] != "村" or not text.startswith("集体", span.end):
            return False
        words = tag(name[:-1])
        return len(words) == 1 and words[0][1] in _DONE and self._words.frequency(words[0][0]) > _FREQUENT

    def _is_phrase(self, name: str) -> bool:
        """Whether a name is nothing but words: 长期会址, 双向车道, 街角那, 俄方段."""
        if self._is_side(name):
            return True
        if len(name) < _SHORT:
            return False
        if name.endswith(_NO_WAYS):
            return True
        words = tag(name)
        if words[-1][1] in _NO_ENDS:
            return True
        if self._divisions.subtype(name) is not None or len(words) < _SHORTEST:
            return False
        return all(
            kind in _PLAIN and (kind == "m" or (len(word) > 1 and self._words.frequency(word) > _FREQUENT))
            for word, kind in words
        )

    def _is_sited(self, text: str, name: str, *, beside: bool = False) -> bool:
        """Whether the text says elsewhere that it is a place.

        Args:
            beside: Other than 段 alone.
        """
        for start in starts_of(name, text):
            end = start + len(name)
            is_stretch = text.startswith("段", end)
            if is_stretch and not beside:
                return True
            if not is_stretch and (text[start - 1 : start] in _BEFORE or _SITED.match(text, end)):
                return True
        return False
