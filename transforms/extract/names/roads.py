"""Roads and railways that their numbers or their two ends name, and zones that stand one behind another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.firsts import begun
from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.sites import SiteRules
from transforms.extract.names.spans import Span, overlay
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_NUMBERED = NAMES.compile(
    r"(?:国道|省道|县道)[A-Z]?[0-9]{3}(?![0-9])线?|(?<![A-Za-z0-9])(?:[GS][0-9]{1,4}(?:国道|省道|线|高速)|[0-9]{3}(?:国道|省道))"
    # A farm of the corps in Xinjiang: 一四二团.
    r"|(?<![A-Za-z0-9])[A-Z][0-9]{1,3}[\u4e00-\u9fff]{2,4}?(?:走廊|云廊|创意园|文创园|产业园|[智科创造]谷)"
    r"|(?<![步炮骑]兵)(?<![一二三四五六七八九〇○零])[一二三四五六七八九][一二三四五六七八九〇○零]{2}团(?![长员队])"
)
_DIGITS = re.compile("[0-9]{3}|[A-Z][0-9]|[一二三四五六七八九][一二三四五六七八九〇○零]{2}团")
_HOUSE = re.compile("[\u4e00-\u9fff]{2,5}(?:大道|大街|路|街)[0-9０-９]{1,4}号")
_SIDE = re.compile("[路街道巷桥][东南西北](?=[延侧段端沿口])")
_SIDES = re.compile("(?<=[路街道])(?:东西|南北)$")
# 海原东 + 互通
_JUNCTION = re.compile("[东西南北](?:枢纽)?互通(?:式?立交)?(?!有无|互)")
_ENDS = (2, 3)
_ROAD_SIDE = NAMES.compile(
    "(?<=[、在于和与及至到沿])(?:[\u4e00-\u9fff]{0,4}?[园新发]区)?(?P<road>[\u4e00-\u9fff]{2,4}(?:大道|大街|路))(?=以[东西南北]|[东西南北]侧|[东西南北]段|旁|沿线)"
)
# 沿青石东路一直向东, 青石区的受益路由南往北; a road is no word of the dictionary.
_ROAD_ALONG = NAMES.compile(
    "(?:(?<=[沿从到在])|(?<=[市县区镇城]的)|(?<=位于))(?:(?P<above>[\u4e00-\u9fff]{2,4}[市县区镇])的?)?(?P<road>[\u4e00-\u9fff]{2,4}?(?:[东西南北中]?路|大道|大街))"
    "(?=[，。、；]|[由往向的和与至到]|一(?:直|路|带)|两(?:侧|旁)|[东西南北]行)"
)
# 青石区人民一路一处小区, behind a place that the text names
_ROAD_IN = NAMES.compile(
    "(?<=[市县区镇])[\u4e00-\u9fff]{2,4}?(?:[东西南北中一二三四五六七八九]?路|大道|大街)"
    "(?=[，。、；0-9]|[由往向的和与至到上旁]|一(?:直|路|带|处|家|栋)|两(?:侧|旁)|附近|路?口)"
)
_NOT_ROADS = re.compile(
    "[的条这那此该也区一二三四五六七八九十几半在了着过走上下新老小大远近回铁公高马水陆思道出后]"
    "|(?:产业|致富|断头|创业|发展|成长|康庄|转型|振兴|富裕|幸福)之?路"
)
# 青石路（海原路—江口大桥）
_ROAD_FROM_TO = NAMES.compile(
    "(?P<road>[\u4e00-\u9fff]{2,4}?(?:大道|大街|路|街))[（(](?P<first>[\u4e00-\u9fff]{2,5}(?:大道|大街|路|街|桥))"
    "(?:[—－-]{1,2}|至)(?P<last>[\u4e00-\u9fff]{2,5}(?:大道|大街|路|街|桥))段?[)）]",
    [way + bracket for way in "道街路" for bracket in "（("],
)
# Named after two towns: 杭温高铁; 京沪 is a word of the dictionary and stays two regions.
_WAY_OF_TWO = NAMES.compile(
    "(?:(?<![\u4e00-\u9fff])|(?<=[的是在于沿由从与和及为着经接市县乘坐转换走])|(?<=既有))(?P<way>(?P<ends>(?![是沿从到往至为一在由与和及据经乘坐转换走绕])[\u4e00-\u9fff]{2,3}|(?:[\u4e00-\u9fff]（[\u4e00-\u9fff]{1,3}）){2,3})(?<!中国)"
    "(?:[东西南北中]线|沿江)?(?:高铁|客专|客运专线|城际铁路|铁路|高速公路|高速))(?![局网部修路度发增站桥口]|建(?!成)|[东西南北]站)"
)
# How goods go between two towns.
_MODES = (
    "(?:铁海|海铁|公铁|陆海|江海|空铁)?(?:联运)?(?:国际|定期|直达|直航|往返|货运|客运|冷链|集装箱|全货机)*"
)
_NOT_ENDS = re.compile(
    "[才拿从往第期的是承接条段座趟列首两该这本此各全跨境多设建修新老乘坐快了下上出进过]|^双"
)
_FRONT = re.compile("(?:(?<![\u4e00-\u9fff])|(?<=[国省县]道))(?!线|[国省县]道)[\u4e00-\u9fff]{2,4}$")
_WITH_CAMPUS = ("医院", "大学", "学院")
_SHORTEST_BEHIND, _SHORT, _RARE, _SHORTEST_WITH_JUNCTION = 4, 2, 10, 6
_LONGEST_TOWN = 6
_LEVELS = frozenset("省市县区州旗镇乡")
_THROUGH, _LEADS = ("至", "经"), frozenset("在由从")
_DASH = re.compile("[—－-][\u4e00-\u9fff]")


class RoadsAndZones:
    """Built once from `places.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions, sites: SiteRules) -> None:
        places = lookups["places"]
        self._divisions = divisions
        self._sites = sites
        self._words = Words()
        ways = any_of(places["ways"])
        self._way = re.compile(f"(?:{ways})(?![段局网部建修])")
        self._any_way = re.compile(f"(?:{ways})$")
        self._way_and_station = re.compile(f"(?P<way>.{{2,6}}?(?:{ways}))(?P<station>.{{2,5}}站)")
        # 海原大道青石段, 海原高速青石互通
        self._way_and_part = re.compile(
            f"(?P<way>[\u4e00-\u9fff]{{2,6}}?(?:大道|大街|{ways}))(?P<part>[\u4e00-\u9fff]{{2,4}}?)"
            f"(?:(?P<junction>{any_of(places['junctions'])})|(?:城区|境内)?段)"
        )
        self._way_and_junction = re.compile(
            f"(?P<way>(?:[GS][0-9]{{1,4}})?.{{2,6}}?(?:公路|{any_of(places['main_ways'])})).{{2,6}}?(?:{any_of(places['junctions'])}|大桥|隧道)"
        )
        zones = any_of([*places["parks"], *places["more_parks"]])
        self._to = re.compile(
            rf"(?:至|(?P<dash>[—－-]))(?P<town>[\u4e00-\u9fff]{{2,4}}?)(?:(?P<main>(?:{any_of(places['main_ways'])})(?:{any_of(places['branch_ways'])})?)"
            rf"|{_MODES}(?:{any_of(places['plain_ways'])}))"
        )
        city = "市(?![场民值面况价集政直委立域])"
        self._zone = re.compile(f"[^\\W\\d_]{{2,12}}?(?:{zones}|街道|运河|{city}|[县区镇旗])")
        inside = any_of([*places["parks"], *places["more_parks"], *places["venues_told"]])
        self._behind = re.compile(f"[^\\W\\d_]{{2,12}}?(?:{inside})")
        self._at_way = re.compile(
            f"(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:{any_of(places['junctions'])}|特大桥|大桥|隧道)"
        )
        self._junction = re.compile(any_of(places["junctions"]))
        self._crossing_word = re.compile(any_of(places["crossings"]))
        self._crossing = re.compile(f"[^\\W\\d_]{{2,6}}?(?:{any_of(places['crossings'])})")
        self._generic_area = re.compile(f"(?:{any_of([*places['generic'], *places['generic_heads']])})*")
        described = [*places["generic"], *places["generic_zones"], "散货", "集装箱"]
        self._generic_zone = begun(f"(?:{any_of(described)})+(?:{zones})")
        trades = any_of([*described, *lookups["organizations"]["trades"]])
        self._zone_of_trade = begun(f"(?:{trades})+(?:{zones})")
        self._hall = re.compile(f"[\u4e00-\u9fff]{{2,}}(?:{any_of(places['halls'])})$")
        self._not_zone = re.compile(f"(?:{any_of(places['not_towns'])})$")
        self._generic = re.compile(
            any_of(w for w in [*places["generic"], *places["generic_zones"]] if len(w) > 1)
        )

    def find_numbered(self, text: str) -> list[Span]:
        """Roads and farms with a number: 国道206, G318线, 一四二团."""
        if _DIGITS.search(text) is None:
            return []
        return [Span(*match.span(), "place", "numbered_road", 0.9) for match in _NUMBERED.finditer(text)]

    def overlay_told(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Add roads that something lies at (某某大道南侧), and ways that are named after two towns.

        Args:
            text: The article's text.
            spans: Top-level spans; behind a district a road needs no preposition.

        Returns:
            The spans, sorted, without those that are a part of such a way.
        """
        ends = {span.end for span in spans if span.entity_type == "place"}
        found = [Span(*match.span("road"), "place", "road_side", 0.6) for match in _ROAD_SIDE.finditer(text)]
        found += [
            Span(*match.span("road"), "place", "road_side", 0.6)
            for match in _ROAD_ALONG.finditer(text)
            if not _NOT_ROADS.search(match["road"].removesuffix("大道"))
            and not self._words.frequency(match["road"])
        ]
        found += [
            Span(*match.span(), "place", "road_side", 0.6)
            for match in _ROAD_IN.finditer(text)
            if match.start() in ends
            and not _NOT_ROADS.search(match[0][:2])
            and not self._words.frequency(match[0])
        ]
        found += [
            Span(*match.span("way"), "place", "way_of_two", 0.6)
            for match in _WAY_OF_TWO.finditer(text)
            if self._words.frequency(match["ends"]) < _RARE and not _NOT_ENDS.search(match["ends"])
        ]
        found += [
            Span(*match.span(part), "place", "road_side", 0.6)
            for match in _ROAD_FROM_TO.finditer(text)
            for part in ("road", "first", "last")
        ]
        ways = [span for span in found if span.rule == "way_of_two"]
        # 海原高速 + 青石互通, where the engine saw nothing
        found += [
            Span(*part.span(), "place", "road_side", 0.6)
            for way in ways
            if (part := self._at_way.match(text, way.end)) is not None and self._sites.is_name(part["name"])
        ]
        free = [span for span in spans if not any(_is_part_of(text, span, way) for way in ways)]
        return overlay(sorted(found, key=lambda span: span.start), free)

    def refine(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Lead roads to their end and part places that stand one behind another.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted: 深江 and 铁路 are one road, 海原投资区 and 青石文化中心 two places.
        """
        refined: list[Span] = []
        for number, span in enumerate(spans):
            name = text[span.start : span.end]
            is_long = len(name) >= _SHORTEST_WITH_JUNCTION and span.entity_type in ("place", "organization")
            if is_long and (junction := self._way_and_junction.fullmatch(name)) is not None:
                cut = span.start + junction.end("way")
                refined.append(span.but(end=cut, entity_type="place", subtype=None, rule="road_ends"))
                refined.append(span.but(start=cut, entity_type="place", subtype=None, rule="road_ends"))
                continue
            is_way = span.entity_type in ("place", "organization")
            if is_way and (part := self._part_of_way(text, span)) is not None:
                refined.extend(part)
                continue
            if span.entity_type != "place":
                refined.append(span)
                continue
            if (size := self._divisions.split(name)) is not None:
                refined.append(span.but(end=span.start + size, rule="zone_and_place"))
                refined.append(span.but(start=span.start + size, rule="zone_and_place"))
                continue
            last = refined[-1] if refined and refined[-1].end == span.start else None
            if last is not None and self._is_campus(text, last, name):
                kind = "organization" if name.endswith("院区") else "place"
                refined[-1] = last.but(end=span.end, entity_type=kind, rule="body_and_campus")
                continue
            is_way = last is not None and self._any_way.search(text, last.start, last.end) is not None
            if last is not None and is_way and name[-1] == "段" and text[last.start - 1] != "至":
                refined[-1] = last.but(end=span.end, rule="road_ends")
                continue
            if is_way and (junction := self._junction.match(text, span.end)) is not None:
                refined.append(span.but(end=junction.end(), rule="road_ends"))
                continue
            if last is not None and self._is_part(text, last, name):
                refined[-1] = last.but(end=span.end, rule="place_and_park")
                continue
            limit = spans[number + 1].start if number + 1 < len(spans) else len(text)
            way = self._way.match(text, span.end)
            station = self._way_and_station.fullmatch(name)
            if way is not None and way.end() <= limit and self._names_way(name):
                refined.append(span.but(end=way.end(), rule="road_ends"))
            elif station is not None:
                cut = span.start + station.end("way")
                refined.append(span.but(end=cut, rule="road_ends"))
                refined.append(span.but(start=cut, rule="road_ends"))
            elif len(name) > _SHORT and (junction := _JUNCTION.match(text, span.end - 1)) is not None:
                refined.append(span.but(end=junction.end(), rule="road_ends"))
            elif _SIDE.match(text, span.end - 2) is not None and len(name) > 3:
                refined.append(span.but(end=span.end - 1, rule="trim_end"))
            elif text.startswith("两侧", span.end) and (sides := _SIDES.search(name)) is not None:
                refined.append(span.but(end=span.start + sides.start(), rule="trim_end"))
            elif (parted := self._part(text, span)) is not None:
                refined.append(span.but(end=parted, rule="zone_and_place"))
                inner = span.but(start=parted, rule="zone_and_place")
                # 海原市青石区星火酒店
                if (again := self._part(text, inner)) is not None:
                    refined.append(inner.but(end=again))
                    inner = inner.but(start=again)
                refined.append(inner)
            else:
                refined.append(span)
        return self._between_towns(text, refined)

    def _part_of_way(self, text: str, span: Span) -> tuple[Span, Span] | None:
        """A way and the place that a stretch or junction of it is named after."""
        found = self._way_and_part.match(text, span.start)
        if found is None or span.end not in (found.end("part"), found.end()):
            return None
        part = found["part"]
        if self._crossing_word.match(part) or self._generic_area.fullmatch(part):
            return None
        if any(kind[0] in "vfdmp" for _, kind in tag(part)):
            return None
        end = found.end("junction") if found["junction"] else found.end("part")
        way = span.but(end=found.end("way"), entity_type="place", subtype=None, rule="road_ends")
        return way, way.but(start=way.end, end=end)

    def _between_towns(self, text: str, spans: list[Span]) -> list[Span]:
        """Ways from one town to another: 海原至青石高速公路 is one, 海原至青石公路 names two towns."""
        if "至" not in text and _DASH.search(text) is None:
            return spans
        kept = spans
        for match in self._to.finditer(text):
            at = match.start()
            begins = next((s for s in kept if s.start < at <= s.end), None)
            front = _FRONT.search(text, max(0, at - 5), at)
            if (
                front is not None
                and not match["main"]
                and (begins is not None or not self._is_town(front[0]))
            ):
                front = None
            if front is not None and not match["dash"]:
                above = self._divisions.leading_end(text, front.start(), at)
                start = above if above is not None and at - above >= _SHORT else front.start()
                start += text[start] in _LEADS and at - start > _SHORT
                begins = Span(start, at, "place", "way_between")
            is_told = any(at < s.start < match.end("town") for s in kept) if match["dash"] else False
            if is_told or (match["dash"] and match["main"]):
                continue
            is_person = begins is not None and begins.entity_type == "person" and not match["dash"]
            if begins is None or is_person or at - begins.start > _LONGEST_TOWN:
                continue
            if any(s.start < match.end() < s.end for s in kept):
                continue
            ends = [(self._first_of_chain(text, kept, begins.start), match.end())]
            if match["main"] is None:
                # 海原至日本青石
                above = self._divisions.leading_end(text, *match.span("town"))
                cut = match.end("town") if above is None or match.end("town") - above < _SHORT else above
                ends = [(begins.start, at), (match.start("town"), cut), (cut, match.end("town"))]
            kept = overlay(
                kept, [Span(*places, "place", "way_between", 0.7) for places in ends if range(*places)]
            )
        return kept

    def _is_town(self, name: str) -> bool:
        return self._divisions.is_place(name) or not self._words.frequency(name)

    @staticmethod
    def _first_of_chain(text: str, spans: Sequence[Span], start: int) -> int:
        """Where the first town of a way through several begins: 海原 in 海原至青石至江口铁路."""
        while text[start - 1 : start] in _THROUGH:
            before = next((s for s in spans if s.end == start - 1 and s.entity_type == "place"), None)
            if before is None:
                break
            start = before.start
        return start

    def _is_campus(self, text: str, body: Span, name: str) -> bool:
        """Whether a place is the part of a hospital or university that it stands behind."""
        is_body = body.entity_type == "organization" and text[body.start : body.end].endswith(_WITH_CAMPUS)
        return (
            is_body and name.endswith(("院区", "校区", "园区")) and self._generic_area.fullmatch(name) is None
        )

    def _is_part(self, text: str, above: Span, name: str) -> bool:
        """Whether a zone or hall goes under the name of the place before it: 海原 + 星火广场."""
        if above.entity_type != "place" or above.end - above.start < _SHORT:
            return False
        if self._generic_zone.fullmatch(name) is not None:
            return True
        town = text[above.start : above.end]
        if town == "中国" and name[-1] == "城" and not self._divisions.is_place(name):
            return True
        if self._divisions.is_place(town) and self._zone_of_trade.fullmatch(name) is not None:
            return True
        kind = self._divisions.subtype(town)
        # 漳州 is a city without its level.
        is_short = town[-1] not in _LEVELS or (kind == "city" and len(town) == _SHORT)
        if is_short and kind != "country" and self._divisions.subtype(name) == "park":
            return True
        is_town = kind in ("city", "county")
        if name.endswith("机场") and self._divisions.is_place(town):
            return True
        if self._divisions.leading_end(name, 0, len(name)) is not None:
            return False
        return is_town and is_short and self._hall.search(name) is not None

    def _names_way(self, name: str) -> bool:
        """Whether characters are the two ends of a way (深江), not a place it lies in (海原)."""
        is_known = self._divisions.is_place(name) or name in self._divisions.features
        return len(name) in _ENDS and not is_known and not self._words.frequency(name)

    def _part(self, text: str, span: Span) -> int | None:
        """Where a place with a name of its own begins behind the zone or district that it lies in."""
        if (town := self._sites.town_behind(text, span.start, span.end)) is not None:
            return town
        if span.end - span.start < 2 * _SHORTEST_BEHIND - 1 or self._divisions.is_place(
            text[span.start : span.end]
        ):
            return None
        zone = self._zone.match(text, span.start, span.end)
        if zone is None or span.end - zone.end() < _SHORTEST_BEHIND:
            return None
        cut = zone.end()
        if self._not_zone.search(zone[0][-2:]) and not zone[0].endswith(("区", "园")):
            return None
        if self._crossing.fullmatch(text, cut, span.end) and not self._generic.match(text, cut):
            return cut
        if _HOUSE.fullmatch(text, cut, span.end):
            return cut
        is_named = self._behind.fullmatch(text, cut, span.end) is not None and self._is_name(text, cut)
        return cut if is_named else None

    def _is_name(self, text: str, start: int) -> bool:
        """Whether no common word begins there: 角美 and 保定, not 高端."""
        first = text[start : start + _SHORT]
        if self._generic.match(text, start):
            return False
        if text[start - 1] in "市县区旗":
            return self._sites.is_name(text[start : start + _LONGEST_TOWN])
        return not self._words.frequency(first) or tag(first)[0] in {
            (first, kind) for kind in ("nr", "ns", "nz")
        }


def _is_part_of(text: str, span: Span, way: Span) -> bool:
    """Whether a span lies in a way, or begins with it and goes on over a stretch: 渝昆高铁川."""
    if span.start == way.start and span.end > way.end:
        return span.end - way.end <= _SHORT or "段" in text[way.end : span.end]
    return way.start <= span.start and span.end <= way.end
