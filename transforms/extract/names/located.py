"""Places that the words around them or the form of their name tell: towns, zones, halls, crossings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.firsts import begun
from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span, find_words
from transforms.extract.patterns import WordPattern, any_of
from transforms.normalize.words import Words

# Behind a preposition or the mark of a list's item: at the head of a clause stand verbs as well.
_START = (
    r"(?:(?<=[在于到从赴往至抵由位入沿▲△●○■□◆◇★☆◎▼▷※—])|(?<=经)(?![济开贸营棚])"
    r"|(?<=选址|落户|走进|入驻|靠上|靠泊|进驻|驶过|驶入|驶出|驶离|驶向))"
)
# Rules for halls where something is held or visited, which the engine takes for bodies.
_HALLS = ("venue", "visited")
# They are bodies as well.
_WORKED = ("农场", "林场")
# Where in a hall something is held is no part of its name.
_ROOM = "(?:(?:一|二|三|四)号?楼|报告厅|多功能厅|会议厅|会议室|宴会厅|大厅)?"
# 经青川高新区管委会研究, 抵达东湾机场
_THROUGH = re.compile("经(?![济开贸营棚])|[离距](?=..)|[驻线着达访于由](?<=[入沿抵到由在经至].)")
# 公司展厅 and 甲学院实验中心 are rooms of a body.
_OF_BODY = re.compile(
    "^(?:公司|企业|集团|厂区|学校|车间)|^(?:产品|企业|品牌|成果|文化|智能|数字|生产|规划|项目)+(?:展厅|展示厅|展馆|体验馆)$|(?:大学|学院|公司|集团).{2,}中心$|^(?:产品|技术)?(?:研发|检测|展示|调度|指挥|体验|技术|质检|研究|实验)中心$"
)
# A county's only zone has no other name: 县工业集中区.
_OF_LEVEL = re.compile("[市县区](?=.{4})")
# 海原国际技术转移中心, but no 检测中心 of whoever is visited
_BODY_VISITED = re.compile(
    "(?<=....)(?:研究|研发|技术|转移|转化|创新|检测|检验|康复|孵化|交易|培训|鉴定|认证|保护|促进|合作|仲裁|调解|服务)中心$"
)
_MEMBER = re.compile("[^、和与及等]+")
# The place of a brief stands at its head: 海原：新桥通车.
_BRIEF = re.compile(
    "^[▲△●○■□◆◇★☆◎▼▷※·]?[ \u3000]*(?P<place>[\u4e00-\u9fff]{2,4})"
    "(?=[：:|｜]|[ \u3000]+(?![省市县区州旗镇乡]))",
    re.MULTILINE,
)
_TOWNS = ("街道", "镇", "乡", "村", "苏木", "嘎查")
_SHORES = (
    "之畔",
    "之滨",
    "东岸",
    "西岸",
    "南岸",
    "北岸",
    "两岸",
    "沿岸",
    "岸边",
    "畔",
    "湖边",
    "河边",
    "江边",
)
_LANDS, _YARDS = "洋泡淀荡滩岭岛礁屿台坪坝塬峁", "坝湾沟坪台坡岭庄寨屯堡营塘冲垭坳"
_AT = ("边的", "边，", "畔的", "畔，", "上的", "上，", "下的", "下，", "下建", "脚下")
_BESIDE = (*(f"家{yard}" for yard in _YARDS), *(land + at for land in _LANDS for at in _AT))
_RARE = 60
_SHORTEST = 2
# Prepositions, pronouns and particles: no name goes on over one.
_LINKS = frozenset({"p", "r", "d", "c", "u"})
# What tells of a zone behind its name.
_SITED = (
    "位于",
    "地处",
    "坐落",
    "占地",
    "总占地",
    "规划面积",
    "总规划面积",
    "总建筑面积",
    "项目位于",
    "项目占地",
    "项目总投资",
    "开园",
    "揭牌",
    "奠基",
    "启用",
    "投用",
    "动工",
)
_FREQUENT = 300
_WIDE = ("country", "province", "region")


_OPEN_BRACKET = re.compile("[(（]")


class LocatedPlaces:
    """Built once from `places.yml`, `organizations.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        places, bodies = lookups["places"], lookups["organizations"]
        self._divisions = divisions
        self._letters = frozenset((*divisions.province_of, *divisions.country_of))
        self._words = Words()
        # The articles of a page have the same counties near.
        self._common = frozenset(places["counties_as_words"])
        outside = f"{bodies['not_inside']}{bodies['left_boundary']}{bodies['not_in_place_body']}"
        inner = rf"[^\W\d_{outside}{places['not_in_located']}]"
        closed = set(bodies["not_in_place_body"]) - set("大小新老多全主家建首有一二三四五六七八九十")
        wide_outside = f"{bodies['not_inside']}{bodies['left_boundary']}{''.join(sorted(closed))}"
        wide = rf"(?:(?!建[一两][座个家])[^\W\d_{wide_outside}{places['not_in_located']}])"
        towns, parks = places["town_endings"], any_of([*places["parks"], *places["more_parks"]])
        self._verbs = re.compile(any_of(places["verbs_before_places"]))
        self._not_towns = re.compile(f"(?:{any_of(places['not_towns'])})$")
        generic = any_of([*places["generic"], *places["generic_zones"]])
        crossings = any_of(places["crossings"])
        self._generic = begun(f"(?:{generic})*(?:{parks}|{crossings})")
        self._generic_start = re.compile(f"{generic}|[各本该全某这]|.个|一")
        self._in_names = re.compile(f"(?:{any_of([*places['generic'], *places['generic_zones']])})+|.")
        venue = any_of(places["venues_told"])
        held = any_of([*bodies["held"], *places["held_more"]])
        self._abroad = re.compile(f"[{places['transliterating']}]{{3,8}}")
        self._abroad_behind = WordPattern(
            self._divisions.countries,
            rf"(?:{any_of(self._divisions.countries)})(?P<name>[{places['transliterating']}]{{3,8}})(?=[与和及、，。；]|[一的进]|合|设|签|考)",
        )
        self._from_abroad = NAMES.compile(rf"(?<=来自)(?P<name>[{places['transliterating']}]{{3,8}})(?=的)")
        sited = any_of(_SITED)
        scenic = any_of(places["scenic"])
        community = "社区(?![工服卫医干党居书治志文教管建团])"
        self._town_behind = re.compile(
            rf"(?![驻段]){inner}{{2,3}}?(?:(?<!区){towns}|[屯寨](?![长民里])|{community})"
        )
        self._crossing_behind = re.compile(rf"(?:(?![至离距沿]){inner}){{0,3}}?(?:{crossings})(?![办委局城])")
        described = any_of(w for w in [*places["generic"], *places["generic_zones"]] if len(w) > 1)
        # 新海口岸 behind 东国
        self._crossing_abroad = re.compile(rf"(?!{described}){wide}{{2,3}}?(?:{crossings})(?![办委局城])")
        bracket = rf"(?:海峡两岸|中国[—－-]{{1,2}}东盟|{inner}{{2,3}})[(（][\u4e00-\u9fff]{{2,5}}[)）]"
        zones = (*places["parks"], *places["more_parks"])
        self._bare_zone = re.compile(f"(?:{any_of(places['bare_zones'])})(?=..)")
        self._visit = NAMES.compile(rf"(?:{any_of(places['visits'])})了?(?P<list>[^，。；：\n]{{4,80}})")
        self._visited = re.compile(rf"{inner}{{2,12}}?(?:{venue})")
        # 化工园区 where only 化工园 is a word for zones.
        area = "(?:(?<=园)区)?"
        # Each with words of which a text must hold one, more than the gate reads off the pattern.
        patterns: list[tuple[re.Pattern[str], str, Sequence[str]]] = [
            (re.compile(rf"{_START}{inner}{{2,3}}?{towns}"), "town_form", _TOWNS),
            (re.compile(rf"{_START}{wide}{{2,8}}?(?:{parks}){area}(?![域别外])"), "zone_form", zones),
            (
                re.compile(
                    rf"(?:(?<![\u4e00-\u9fff0-9])|(?<=的)){wide}{{2,8}}?(?:(?:{parks})(?=[里内]|[一二三四]期|{sited})|园区(?=[里内]))"
                ),
                "zone_form",
                tuple(
                    end + tail
                    for end in "园区城镇港地场"
                    for tail in ("里", "内", "一期", "二期", "三期", *_SITED)
                ),
            ),
            (
                re.compile(rf"(?<=[“\"])[\u4e00-\u9fff]{{2,8}}?(?:{parks}){area}(?=[”\"])"),
                "zone_quoted",
                zones,
            ),
            (re.compile(rf"(?<=[和与、]){wide}{{2,8}}?(?:{parks}){area}(?![域别外])"), "zone_listed", zones),
            (
                re.compile(
                    r"(?:(?<![\u4e00-\u9fff])|(?<=[在于到从旗盟])|(?<=苏木))(?![在于到从])[\u4e00-\u9fff]{2,6}?(?:嘎查|苏木)"
                ),
                "town_form",
                _TOWNS[-2:],
            ),
            (
                re.compile(
                    rf"(?<![\u4e00-\u9fff]){inner}{{2,5}}?(?:{crossings})(?={any_of(places['after_crossings'])})"
                ),
                "crossing",
                places["crossings"],
            ),
            (
                re.compile(rf"(?<=[区县市镇道]的){wide}{{2,8}}?(?:{parks}){area}(?![域别])"),
                "zone_form",
                zones,
            ),
            (
                re.compile(rf"(?:(?<=[在到])|(?<=走进))[\u4e00-\u9fff]{{2,3}}{community}"),
                "community",
                ("社区",),
            ),
            (
                re.compile(
                    rf"(?:{_START}|(?<=[和与、]))(?:{any_of(places['bare_zones'])})(?![\u4e00-\u9fff])"
                ),
                "bare_zone",
                places["bare_zones"],
            ),
            (
                # 自由贸易 holds a preposition.
                re.compile(
                    rf"{bracket}(?:自由贸易试验区|{inner}{{0,8}}?(?:{parks}))(?:[\u4e00-\u9fff]{{1,4}}片区)?"
                ),
                "zone_form",
                zones,
            ),
            (
                re.compile(
                    rf"(?:(?<=[在于旁])|(?<=旁的)){wide}{{2,14}}?(?:{venue})(?=[内里]?{_ROOM}(?:{held})|旁)"
                ),
                "venue",
                places["venues_told"],
            ),
            (
                re.compile(
                    rf"(?:(?<=[在于])|(?<=[的旁])(?=国际|[市县区]))(?:{any_of(places['bare_venues'])}|[市县区](?:{any_of(places['town_venues'])}))(?=[内里]?{_ROOM}(?:{held})|[。，；\\n]|$)"
                ),
                "venue",
                (*places["bare_venues"], *places["town_venues"]),
            ),
            (
                # The site that a report begins with.
                re.compile(
                    rf"(?:(?:(?<![\u4e00-\u9fff0-9A-Za-z])|(?<=[区县市镇乡道]的)){inner}{{2,4}}?(?:{scenic})(?={any_of(places['after_scenic'])})"
                    rf"|(?<=[、和与在到]){inner}{{2,4}}?(?:{scenic})(?=[、，。；和与等内里]))"
                ),
                "zone_listed",
                places["scenic"],
            ),
            (
                re.compile(rf"{_START}{inner}{{2,5}}?(?:{crossings})(?![上下边头城]|(?<=岸)电)"),
                "crossing",
                places["crossings"],
            ),
            (
                re.compile(
                    rf"(?:{_START}|(?<![\u4e00-\u9fff])|(?<=相聚)|(?<=[跨的]))(?!沿){inner}{{1,3}}?[河湖江海湾溪]"
                    r"(?=之畔|之滨|[东西南北]岸|两岸|沿岸|岸边|[河湖江海溪]?畔|边[的，。上建])"
                ),
                "shore",
                _SHORES,
            ),
            (
                # 在青石岭下, 在官井洋边的礼门岛上
                re.compile(
                    rf"(?:{_START}|(?<=[边畔]的)|(?<![\u4e00-\u9fff])){inner}{{2}}[{_LANDS}]"
                    rf"(?=[边畔][的，]|上[的，]|下[的，建]|脚下)|{_START}[\u4e00-\u9fff]家[{_YARDS}]"
                ),
                "landform",
                _BESIDE,
            ),
        ]
        self._patterns = [(NAMES.compile(pattern, words), rule) for pattern, rule, words in patterns]

    def find(self, text: str, spans: Sequence[Span], near: Collection[str]) -> list[Span]:
        """Find places by their form and surroundings.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted: behind a place a town needs no preposition.
            near: Codes of the cities (four digits) whose counties the article may name by short forms.

        Returns:
            Places, sorted by start; they may overlap.
        """
        found: list[Span] = []
        for pattern, rule in self._patterns:
            for match in pattern.finditer(text):
                start, end = match.span(match.lastgroup or 0)
                start = self._behind_verbs(text, start, end)
                if rule in _HALLS:
                    start = self._behind_district(text, start, end)
                if rule == "zone_listed" and not self._is_listed(text, start, end):
                    continue
                if rule == "landform" and self._words.frequency(text[start : end - 1]) > _RARE:
                    continue
                # 去年某河边
                if rule == "shore" and tag(text[start:end])[0][1] in ("t", "p", "v"):
                    continue
                if end - start > _SHORTEST and not self._is_generic(text[start:end], rule):
                    found.append(Span(start, end, "place", rule, 0.6))
        found.extend(self._find_visited(text))
        for label in _BRIEF.finditer(text):
            if self._divisions.is_place(label["place"]) and label["place"] not in self._common:
                found.append(Span(*label.span("place"), "place", "brief_place", 0.6))
        for span in spans:
            if span.entity_type == "place" and span.end - span.start > 1:
                town = self._town_behind.match(text, span.end)
                if town is not None and not self._not_towns.search(town[0]):
                    found.append(Span(*town.span(), "place", "town_form", 0.6))
                at = self._crossing_behind.match(text, span.end)
                kind = self._divisions.subtype(text[span.start : span.end])
                if at is not None and kind not in _WIDE:
                    found.append(Span(span.start, at.end(), "place", "crossing", 0.6))
                elif kind == "country" and (abroad := self._crossing_abroad.match(text, span.end)):
                    found.append(Span(*abroad.span(), "place", "crossing", 0.6))
        towns = (m for m in self._from_abroad.finditer(text) if not self._words.frequency(m["name"]))
        for match in (*self._abroad_behind.finditer(text), *towns):
            if not any(
                s.entity_type == "person" and s.start < match.end() and match.start() < s.end for s in spans
            ):
                found.append(Span(*match.span("name"), "place", "abroad", 0.5))
        counties = dict.fromkeys(self._divisions.short_counties(near) - self._common)
        for start, end, _ in find_words(counties, text):
            found.append(Span(start, end, "place", "near_county", 0.6))
        return sorted(found, key=lambda span: (span.start, -span.end))

    def free_halls(self, text: str, spans: Sequence[Span], found: Sequence[Span]) -> list[Span]:
        """The spans without bodies that are halls or zones; with its district in front one is a place."""
        told = (span for span in found if span.rule in (*_HALLS, "zone_form"))
        halls = {s.end: s.start for s in told if not text.endswith(_WORKED, s.start, s.end)}
        freed: list[Span] = []
        for span in spans:
            start = halls.get(span.end, -1)
            if start == span.start:
                continue
            is_hall = span.entity_type == "organization" and span.start < start
            is_hall = is_hall and self._divisions.is_place(text[span.start : start])
            freed.append(span.but(entity_type="place", subtype=None, rule="venue") if is_hall else span)
        return freed

    def _is_listed(self, text: str, start: int, end: int) -> bool:
        """Whether a zone in a list has a name: it begins with no common word and tells no work."""
        if self._words.frequency(text[start : start + 2]) > _RARE:
            return False
        return all(kind not in ("v", "vn") for _, kind in tag(text[start : end - 2]))

    def _find_visited(self, text: str) -> Iterator[Span]:
        """Halls that stand alone or in a list behind a visit: 参观了海原展馆、青石保护站和星火公司."""
        for visit in self._visit.finditer(text):
            for member in _MEMBER.finditer(text, *visit.span("list")):
                if self._visited.fullmatch(text, *member.span()) and not _OF_BODY.search(member[0]):
                    start = self._behind_verbs(text, *member.span())
                    start = self._behind_district(text, start, member.end())
                    if _BODY_VISITED.search(member[0]):
                        yield Span(*member.span(), "organization", "visited", 0.6)
                    elif member.end() - start > _SHORTEST:
                        yield Span(start, member.end(), "place", "visited", 0.6)

    def _behind_verbs(self, text: str, start: int, end: int) -> int:
        """Start of a name behind the last verb in front of it: 西城片区 in 选址西城片区."""
        if (to := text.rfind("至", start + _SHORTEST, end - _SHORTEST)) > 0:
            start = to + 1
        if _THROUGH.match(text, start) is not None:
            start += 1
        start = max(
            (m.end() for m in self._verbs.finditer(text, start, end) if end - m.end() > 1),
            default=start,
        )
        bracket = _OPEN_BRACKET.search(text, start, end)
        if bracket is not None and self._letters.issuperset(
            text[bracket.start() - _SHORTEST : bracket.start()]
        ):
            return bracket.start() - _SHORTEST  # 中日（海原）地方发展合作示范区
        at = start
        for word, kind in tag(text[start:end]):
            at += len(word)
            if bracket is not None and at > bracket.start():
                break
            is_verb = kind == "v" and self._in_names.fullmatch(word) is None
            if (is_verb or kind in _LINKS) and end - at > _SHORTEST + 1:
                start = at
        return start

    def _behind_district(self, text: str, start: int, end: int) -> int:
        """Start of a hall's name behind the district it stands in: 海原区 and 应天会展中心 are two places."""
        if (zone := self._bare_zone.match(text, start, end)) is not None:
            return zone.end()
        district = self._divisions.leading_end(text, start, end)
        if district is None:
            return start
        is_apart = text[district - 1] in "县区" or text[start:district] in self._divisions.countries
        return district if is_apart else start

    def _is_generic(self, name: str, rule: str) -> bool:
        if rule == "town_form":
            return self._not_towns.search(name) is not None
        if rule == "community":
            is_word = self._words.frequency(name[:-2]) > _RARE and not self._divisions.is_place(name[:-2])
            return is_word or self._generic_start.match(name) is not None
        if name.endswith("小镇") and self._abroad.fullmatch(name[:-2]) is not None:
            return True
        if rule in ("zone_form", "crossing") and self._is_act(name, rule):
            return True
        is_zone = rule in ("zone_form", "zone_listed")
        is_told = is_zone and _OF_LEVEL.match(name) is None
        return (is_told or rule in ("zone_quoted", "crossing")) and self._generic.fullmatch(name) is not None

    def _is_act(self, name: str, rule: str) -> bool:
        """Whether a zone or crossing is told by nothing but a word in front: 替代片区, 走陆路口岸."""
        words = tag(name)
        first, kind = words[0]
        is_crossing = rule == "crossing"
        if kind != "v" or (is_crossing and self._generic.fullmatch(name, len(first)) is not None):
            return is_crossing and (kind == "v" or kind in _LINKS)
        is_frequent = self._words.frequency(first) > _FREQUENT
        return len(words) == _SHORTEST and is_frequent and not name.endswith("小镇")
