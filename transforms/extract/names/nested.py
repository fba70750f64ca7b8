"""Names inside names: the places and bodies in an organisation's name, the district in a zone's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.spans import Lexicon, Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_NESTED_TYPES = {
    "organization": ("place", "organization"),
    "place": ("place",),
    "event": ("place",),
    "work": ("place", "organization", "person"),
}
_WHOLE_RULES = ("bracket", "company_bracket", "before_title", "same_surface", "company_form", "short_firm")
_BRACKET = re.compile(r"[(（]([\u4e00-\u9fff]{2,8})[)）]")
_OF_SIDES = re.compile(
    "(?:(?P<sides>[\u4e00-\u9fff]{2})(?=[(（])|[^(（]{2,6})[(（](?P<at>[\u4e00-\u9fff]{2,5})[)）][\u4e00-\u9fff]"
)
# In a national body's name it tells the body's rank, not where it is.
_DOUBTFUL = 0.2
_FIRMS = ("公司", "集团")
_SHORTEST_REST = 2
_CAMPUS = ("院区", "校区", "园区")
_LEVELS = frozenset("市县区州旗镇乡")
# A brand, and the two characters that a railway has its name from, name no place.
_MARKS = ("brand", "way_of_two")
_COUNTRY_OF_ALL = "中国"
_WITH_OTHERS = frozenset("（(—－-")
_SHORTEST_FRONT, _SHORTEST_BODY = 2, 2
# More frequent in jieba's dictionary, what stands before 支行 is a word: 科技支行.
_RARE, _WORD, _COMMON = 30, 100, 3000
_SHORT, _LONGEST_STATE, _LONGEST_BRAND = 2, 3, 4
# By how much a name begins and ends elsewhere than one that it repeats or holds.
_LONGER = frozenset({(0, 0), (0, 1), (-1, 0)})
# 海原区, not 高新区 or 矿区.
_DISTRICT = "(?<!自治)(?<![新开发园税保范景社港片库灌林矿校厂假济地])区"
_NATURAL, _SIDES = ("water", "land"), frozenset("东西南北中")
_LEADS = frozenset("驻至着在赴中省市县区")
_NOT_BEHIND = frozenset("新港湾湖河溪岭峰")
_LANDS = frozenset("洲滩湾湖河溪岭峰沟岛坝坪")
# 豫东 of 豫东大学 is a brand; a branch or office is of the part.
_BRANDED = re.compile("(?:(?<!分)公司|集团|大学|学院|银行|[行社].{1,4}[分支]行|厂|报)$")
# Bodies whose full name opens with the county that they are in.
_WHOLE_BODY = re.compile("(?:有限(?:责任)?公司|大学|学院|医院|中学)$")

# 海原局 is no other body than 海原局集团有限公司.
# In front of the place whose body it is: 中共 + 海原县 + 委.
_FRONT = re.compile("中共(?!中央)")
_FORM = re.compile("集团(?:有限)?公司(?:.{2,6}(?:段|站))?|(?:股份)?有限公司|总公司")


class NestedNames:
    """Built once from `places.yml` and `organizations.yml`."""

    def __init__(
        self, lookups: Mapping[str, Any], divisions: Divisions, organizations: OrganizationRules
    ) -> None:
        places, bodies = lookups["places"], lookups["organizations"]
        self._sides = frozenset((*divisions.province_of, *divisions.country_of))
        self._letters = frozenset((*divisions.province_of, *divisions.country_of, *"资企商侨胞国"))
        self._divisions = divisions
        self._organizations = organizations
        self._wholes = frozenset(places["wholes"])
        self._common = frozenset(places["counties_as_words"])
        self._parties = tuple(bodies["parties"])
        self._level = re.compile(places["town_form"])
        # 海原至青石高速公路
        self._ends = re.compile(
            f"(?P<first>[^至]{{2,6}})至(?P<last>[^至]{{2,4}}?)(?:{any_of(places['main_ways'])})(?P<link>联络线|连接线)?"
        )
        # Of any place that has such a body, though 市政 and 区委 begin other words.
        inner = f"(?![各全本该县市区])(?!.?[团党])(?![{bodies['left_boundary']}的了是在])[\u4e00-\u9fff]"
        self._governed = re.compile(
            rf"(?:{inner}){{2,4}}?(?:(?:[\u4e00-\u9fff]{{1,3}}族)+自治[县州旗]|(?<!自治)[市县州旗镇乡]|{_DISTRICT}|街道)(?={any_of(places['governing'])}|委(?![员托会]))"
        )
        self._named = re.compile(
            rf"((?!经开|高新|新|开发|综保|保税|示范)[\u4e00-\u9fff]{{2,3}}?)(?:[市县州旗镇乡]|{_DISTRICT}|街道|经开区|高新区|经济(?:技术)?开发区)"
        )
        self._not_level = re.compile(f"(?:{any_of(places['not_towns'])})$")
        branches = [*bodies["branches_at_place"], "商会", "同乡会", "会馆"]
        self._branch = re.compile(rf"(?<=[\u4e00-\u9fff]{{4}})(?:{any_of(branches)})")
        self._owner = re.compile(
            rf"[\u4e00-\u9fff]{{2,12}}?(?:大学|(?<=.{{3}})(?:集团|公司))(?!有限|股份|公司|集团|生)"
            rf"(?=[\u4e00-\u9fff]{{2,}}(?:{any_of(bodies['parts_of_bodies'])})$)"
        )
        # 东江省农业厅对外合作处
        self._office = re.compile(
            r"[\u4e00-\u9fff]{2,14}?(?:(?<![公全航程路桥])局|厅|委员会|委(?!员|托|会)|部(?!门|队|长|件|分))"
            r"(?=[\u4e00-\u9fff]{2,8}(?:处|科|司|股|中心|支队|大队|分局)$)"
        )
        zones = any_of([*places["parks"], *places["more_parks"], *places["areas_with_bodies"], "港务区"])
        self._bare = frozenset((*bodies["bare_areas"], *places["bare_zones"], "园区", "景区"))
        self._inner = Lexicon(dict.fromkeys((*divisions.names_of_cities(), *divisions.features), True))
        self._words = Words()
        self._bank = re.compile("(?:银行|农商行|信用社|联社)(?P<at>[\u4e00-\u9fff]{2,3}?)(?:支行|分行)")
        self._street = re.compile(
            f"(?:{any_of(places['bare_zones'])})(?P<street>[\u4e00-\u9fff]{{2,3}}街道)(?=..)"
        )
        self._of_bank = re.compile("(?<=行|社).{1,6}[支分]行$")
        self._water = re.compile("(?!驻|大学)[\u4e00-\u9fff]{2}[江湖湾岛山河溪](?=[\u4e00-\u9fff]{4})")
        administered = "(?P<zone>(?:..（...?）..)?[\u4e00-\u9fff]{2,10}?)(?<!监督)管(?:理委员|委)会$"
        self._administered = re.compile(administered)
        self._zone = re.compile(
            rf"(?:(?![和与及])[\u4e00-\u9fff（）()]){{2,12}}?(?:{zones})"
            rf"(?={any_of(bodies['bodies_of_zones'])}|(?:建设|投资|开发|发展|资产|经营|管理|服务){{2,3}}(?:有限)?公司)"
        )
        self._served = re.compile(
            rf"(?!.{{2,10}}银行)[\u4e00-\u9fff]{{2,10}}?(?:{any_of(places['parks'])}|片区|港区)(?=[\u4e00-\u9fff]*(?:{any_of(places['bodies_in_zones'])})$)"
        )

    def short_names(self, names: Iterable[tuple[str, str, float]]) -> frozenset[str]:
        """Short forms of the towns, counties and zones that a page names in full: 海原 beside 海原市.

        Args:
            names: What the engine sees on the page: name, type, confidence.
        """
        whole = (self._named.fullmatch(name) for name, kind, _ in names if kind == "place")
        return frozenset(m[1] for m in whole if m is not None and self._words.frequency(m[1]) < _WORD)

    def find(
        self,
        text: str,
        outer: Sequence[Span],
        pool: Sequence[Span],
        near: Collection[str],
        short: Collection[str] = (),
    ) -> list[Span]:
        """Names inside organisations, places, events and works.

        Args:
            text: The article's text.
            outer: Top-level spans, sorted.
            pool: What the engine and the vocabularies see, sorted by start; may overlap.
            near: Codes of the cities (four digits) whose counties the article may name by short forms.
            short: Short forms of places that the page names in full.

        Returns:
            Nested spans with their `parent`, by parent.
        """
        nested: list[Span] = []
        position = 0
        for parent in outer:
            # 长江云 is a medium of no river.
            is_medium = parent.rule == "known_name" and parent.end - parent.start == 3
            if parent.entity_type not in _NESTED_TYPES or is_medium or parent.rule in _MARKS:
                continue
            name = text[parent.start : parent.end]
            if name in self._divisions.cities or name in self._divisions.regions:
                continue
            while position < len(pool) and pool[position].end <= parent.start:
                position += 1
            inside = [*self._seen(text, parent, pool, position), *self._told(text, parent, near, short)]
            kept: list[Span] = []
            for span in sorted(inside, key=lambda s: (s.start, -s.end)):
                if not (
                    _is_held(span, kept)
                    or self._is_part(text, name, span, parent)
                    or self._is_front(text, span, parent, kept)
                    or self._is_rank(text, span, parent)
                ):
                    kept.append(span)
            nested.extend(span.but(parent=parent) for span in kept)
        return nested

    def _is_part(self, text: str, name: str, span: Span, parent: Span) -> bool:
        """Whether no place of its own begins a place's name, or one of a character is in a river's."""
        rest = text[span.end : parent.end]
        if parent.entity_type == "place" and (rest in self._wholes or rest in _LEVELS):
            return True
        if span.end - span.start == 1 and name in self._divisions.features:
            return True
        return span.entity_type == "place" and self._is_of_longer(text, span.start, span.end, parent.end)

    def _is_front(self, text: str, span: Span, parent: Span, kept: Sequence[Span]) -> bool:
        """Whether a river or mountain is nothing but the front of the longer place that it begins.

        A zone or bridge is named after it (青湖 in 青湖新区), and the zone alone is meant.
        """
        name = text[span.start : span.end]
        if parent.entity_type == "organization" and self._divisions.is_part(name):
            return _BRANDED.search(text, parent.start, parent.end) is not None
        is_natural = name in self._divisions.features and self._divisions.subtype(name) in _NATURAL
        if not is_natural or self._divisions.is_place(name) or text[span.end : span.end + 1] in _SIDES:
            return False
        is_longer = parent.entity_type == "place" and span.start == parent.start
        return is_longer or any(s.start == span.start and s.entity_type == "place" for s in kept)

    def _is_rank(self, text: str, span: Span, parent: Span) -> bool:
        is_front = span.start == parent.start and text[span.start : span.end] == _COUNTRY_OF_ALL
        # 中国—东国博览会 and 中国（海原）物流大会 are held by the country and with it.
        is_party = parent.entity_type == "event" and text[span.end : span.end + 1] in _WITH_OTHERS
        return is_front and parent.entity_type in ("organization", "place", "event") and not is_party

    def _seen(self, text: str, parent: Span, pool: Sequence[Span], first: int) -> Iterator[Span]:
        for number in range(first, len(pool)):
            span = pool[number]
            if span.start >= parent.end:
                return
            # 东湾大学 is not named in 东湾大学(南岛), nor a body in the part that a rule had to add.
            ends = span.end == parent.end and parent.entity_type == "organization"
            is_part = ends or self._is_piece(text, span, parent)
            is_part = is_part or self._of_bank.search(text, span.end, parent.end) is not None
            name = text[span.start : span.end]
            is_place = self._divisions.is_place(name)
            is_doubted = span.confidence < _DOUBTFUL and not is_place
            is_campus = name.endswith(_CAMPUS) and parent.entity_type == "organization"
            if is_doubted or is_campus or (span.entity_type == "organization" and is_part):
                continue
            # 松涧 in 松涧资本 is its brand, whatever the engine sees, and 松乡 in 松乡源.
            is_short = parent.entity_type == "organization" and parent.end - parent.start <= _LONGEST_BRAND
            is_brand = parent.rule == "short_firm" or (is_short and len(name) > 1)
            # 华 of 华松集团 is no country.
            is_letter = len(name) == 1 and span.start == parent.start and span.rule == "short_form"
            is_named = parent.entity_type == "place" or text.endswith(_FIRMS, parent.start, parent.end)
            is_part = is_letter and is_named and text[span.end : span.end + 1] not in self._letters
            if is_part or (is_brand and not is_place):
                continue
            # 双溪 of 双溪产业园 is a place by itself where it is known as one.
            is_named = is_place or name in self._divisions.features or name[-1] == "港"
            is_front = span.start == parent.start and (is_named or span.rule != "lac")
            # 凤湖北路 leads to no 湖北.
            if parent.entity_type == "place" and not is_front:
                continue
            fits = parent.start <= span.start and span.end <= parent.end
            smaller = span.end - span.start < parent.end - parent.start
            if fits and smaller and span.entity_type in _NESTED_TYPES[parent.entity_type]:
                yield span

    def _opens_with_county(self, text: str, parent: Span) -> bool:
        """Whether the full name of a firm or school opens with a county's short form, wherever that lies."""
        if parent.entity_type != "organization" or not _WHOLE_BODY.search(text, parent.start, parent.end):
            return False
        name, following = text[parent.start : parent.start + _SHORT], text[parent.start + _SHORT]
        county = self._divisions.sole(name)
        if county is None or county.level != "county" or following in _LEVELS or following in _NOT_BEHIND:
            return False
        kinds = ([(name, "ns")], [(name, "nr")], [(name, "nrt")])
        is_cut = self._words.frequency(name[1:] + following) > 0
        return self._divisions.has_county(name) and not is_cut and tag(name) in kinds

    def _inside(self, text: str, parent: Span) -> Iterator[Span]:
        """Cities and rivers in the middle of a body's name, and where a branch of a bank is."""
        name = text[parent.start : parent.end]
        for start, end, _ in self._inner.find(name):
            # 威海 is not in 江威海产公司.
            is_cut = name[end : end + 1] in _NOT_BEHIND or self._divisions.is_state(name, end)
            is_cut = is_cut or self._words.frequency(name[end - 1 : end + 1]) > 0
            if start >= _SHORTEST_FRONT and len(name) - end >= _SHORTEST_BODY and not is_cut:
                yield Span(parent.start + start, parent.start + end, "place", "inner_place", 0.7)
        bank = self._bank.search(name)
        if bank is not None and (
            self._words.frequency(bank["at"]) < _RARE or self._divisions.is_place(bank["at"])
        ):
            at, end = bank.span("at")
            yield Span(parent.start + at, parent.start + end, "place", "branch_place", 0.6)

    def _is_of_longer(self, text: str, start: int, end: int, limit: int) -> bool:
        """Whether a short name is the front of another: 金沙 of 金沙洲片区, 九江 of 九江街道."""
        rest = text[end:limit]
        if text[end - 1] in _LEVELS or end - start > _SHORT or self._divisions.is_place(rest[:2]):
            return False
        return rest == "街道" or (
            rest[:1] in _LANDS and (len(rest) == 1 or not self._words.frequency(rest[:2]))
        )

    def _of_zone(self, text: str, zone: Span) -> Iterator[Span]:
        """Whose a zone with brackets is and where: 中韩（海原）产业园, 中国（东江）自由贸易试验区."""
        found = _OF_SIDES.match(text, zone.start, zone.end)
        if found is None:
            return
        sides = found["sides"]
        for at in range(2) if sides is not None and self._sides.issuperset(sides) else ():
            yield Span(zone.start + at, zone.start + at + 1, "place", "nested_side", 0.8)
        if self._divisions.is_place(found["at"]):
            yield Span(*found.span("at"), "place", "nested_bracket", 0.8)

    def _is_seat(self, name: str) -> bool:
        """Whether a branch can be named after a place: no 资源 in 自然资源分局, no 公安 in 公安分局."""
        is_word = name in self._common or self._words.frequency(name) >= _COMMON
        return self._divisions.is_place(name) and not is_word

    def _is_own(self, name: str) -> bool:
        """Whether a zone behind its district has a name of its own: 青川, not 国家 or 产业."""
        return self._words.frequency(name) < _WORD and name not in self._bare

    def _is_home(self, text: str, branch: re.Match[str]) -> bool:
        """Whether two characters between a county and 商会 are a town: 海原县青石商会, not 海原县纺织商会."""
        at = branch.start() - _SHORT
        is_rare = self._words.frequency(text[at : branch.start()]) < _RARE
        return branch[0] in ("商会", "同乡会") and text[at - 1] in "市县区" and is_rare

    def _is_cut(self, text: str, start: int, at: int) -> bool:
        """Whether the body in front ends one character before a seat: 宛溪湖 of 海原中学宛溪湖分校."""
        bodies = self._organizations
        return bodies.subtype(text[start:at]) is None and bodies.subtype(text[start : at - 1]) is not None

    def _is_piece(self, text: str, span: Span, parent: Span) -> bool:
        starts = span.start == parent.start and span.rule != "shared_front"
        return parent.rule in _WHOLE_RULES or (
            starts and self._organizations.subtype(text[span.start : span.end]) is None
        )

    def _is_level(self, name: str) -> bool:
        """Whether the front of a body's name can be a town: no word, and no long unknown 州 (总会海州)."""
        is_town = name[-1] != "州" or len(name) <= _LONGEST_STATE
        return (is_town or self._divisions.is_place(name[-2:])) and not self._not_level.search(name)

    def _is_division(self, text: str, start: int, town: re.Match[str]) -> bool:
        is_led = start == town.start() + 1 and text[town.start()] in _LEADS
        return (is_led or start > town.start() + 1) and self._divisions.is_place(text[start : town.end()])

    def _told(self, text: str, parent: Span, near: Collection[str], short: Collection[str]) -> Iterator[Span]:
        """Places that the form of the name tells, whatever the engine saw."""
        if parent.entity_type == "place" and self._divisions.is_place(text[parent.start : parent.end]):
            return
        is_party = text.startswith("中共", parent.start)
        if is_party and (front := _FRONT.match(text, parent.start, parent.end)) is not None:
            parent = parent.but(start=front.end())
        if parent.rule == "way_between" and (ends := self._ends.match(text, parent.start, parent.end)):
            yield Span(*ends.span("first"), "place", "way_end", 0.6)
            # A link to another way names no second town.
            if ends["link"] is None:
                yield Span(*ends.span("last"), "place", "way_end", 0.6)
            return
        start, last = parent.start, parent.start
        for place in self._divisions.leading_places(text, parent, near):
            # 东湾 in 东湾州 is no other place.
            if parent.entity_type != "place" or parent.end - place.end >= _SHORTEST_REST:
                yield place
            start, last = place.end, place.start
        if start == parent.start and self._opens_with_county(text, parent):
            start += _SHORT
            yield Span(parent.start, start, "place", "leading_place", 0.6)
        if parent.entity_type != "place":
            size = next((n for n in (3, 2) if text[start : start + n] in short), 0)
            # 青石山 is no county's 青石.
            is_longer = text[start : start + size + 1] in self._divisions.features
            if size and not is_longer and parent.end - start - size >= _SHORTEST_REST:
                yield Span(start, start + size, "place", "page_place", 0.7)
        # 九三学社市委 is no town's.
        if parent.entity_type == "work" or text.startswith(self._parties, parent.start):
            return
        town = self._level.match(text, start, parent.end)
        governed = self._governed.match(text, start, parent.end)
        if governed is not None:
            yield Span(*governed.span(), "place", "nested_town", 0.7)
            town, last = governed, start
        elif town is not None and town.end() < parent.end and self._is_level(town[0]):
            # 广州 in 国铁广州局.
            known = next((size for size in (2, 3) if self._is_division(text, town.end() - size, town)), None)
            yield Span(town.end() - known if known else start, town.end(), "place", "nested_town", 0.7)
            last = start
            # 海原区 in 东江市海原区政府.
            if (governed := self._governed.match(text, town.end(), parent.end)) is not None:
                yield Span(*governed.span(), "place", "nested_town", 0.7)
        if parent.entity_type == "place" and text.find("（", parent.start, parent.end) > 0:
            yield from self._of_zone(text, parent)
        if parent.entity_type != "organization":
            return
        street = self._street.match(text, parent.start, parent.end)
        if street is not None:
            yield Span(*street.span("street"), "place", "nested_town", 0.7)
        yield from self._inside(text, parent)
        for bracket in _BRACKET.finditer(text, parent.start, parent.end):
            if self._divisions.is_place(bracket[1]):
                yield Span(*bracket.span(1), "place", "nested_bracket", 0.8)
        for branch in self._branch.finditer(text, start, parent.end):
            sizes = (size for size in (4, 3, 2) if branch.start() - size > parent.start)
            names = ((size, text[branch.start() - size : branch.start()]) for size in sizes)
            known = next((size for size, name in names if self._is_seat(name)), None)
            if known is None and self._is_home(text, branch):
                known = _SHORT
            if known is not None:
                known += self._is_cut(text, parent.start, branch.start() - known)
                known -= text[branch.start() - known] == "驻"
                yield Span(branch.start() - known, branch.start(), "place", "branch_place", 0.8)
        owner = self._owner.match(text, parent.start, parent.end) or self._office.match(
            text, parent.start, parent.end
        )
        if owner is not None and _FORM.fullmatch(text, owner.end(), parent.end) is None:
            yield Span(*owner.span(), "organization", "nested_owner", 0.7)
        water = self._water.match(text, start, parent.end) if start > parent.start else None
        if water is not None:
            yield Span(*water.span(), "place", "nested_water", 0.6)
        is_own = start > last and text[start - 1] in "市县区" and self._is_own(text[start : start + _SHORT])
        zone = self._zone.match(text, start if is_own else last, parent.end)
        if zone is not None:
            yield Span(*zone.span(), "place", "nested_zone", 0.7)
            return
        level = town.end() if town is not None and town.end() < parent.end else start
        begin = level if text[level - 1] in _LEVELS and level > parent.start else last
        is_town = town is not None and not self._not_level.search(town[0])
        served = self._served.match(text, begin if is_town else last, parent.end)
        if served is not None:
            yield Span(*served.span(), "place", "nested_zone", 0.6)
        administered = self._administered.fullmatch(text, begin, parent.end)
        if administered is not None and administered["zone"] not in self._bare:
            yield Span(*administered.span("zone"), "place", "nested_zone", 0.6)


def _is_held(span: Span, kept: Sequence[Span]) -> bool:
    """Whether a name is there already, crosses another, or is one without its level or first character."""
    for other in kept:
        start, end = other.start - span.start, other.end - span.end
        # 东湾 where 东湾州 is named, 青川区 where 东青川区 is.
        if (start, end) in _LONGER and (start == end or other.entity_type == "place"):
            return True
        if start < 0 and span.start < other.end < span.end:
            return True
    return False
