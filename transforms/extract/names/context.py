"""What an article says about its names: whose body a bare 市政府 is, which one is none, what is a venue."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

from transforms.extract.names.departments import RULE as LISTED
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span, find_words, overlay
from transforms.extract.patterns import any_of, starts_of
from transforms.extract.roles.titles import TitleGrammar
from transforms.normalize.words import Words

_LEVELS = "省市县区州盟旗镇乡"
_LONGEST_BARE = 12
# Between two offices of one person: 市政府秘书长、市发改委.
_NEXT_OFFICE = re.compile(r"[^，。；、\n]{0,10}[^。；\n]")
_FRONT = range(3, 9)
_FRONTS = re.compile("中国共产党|中共|共青团|国家税务总局")
_SEAT = re.compile("[\u4e00-\u9fff]{2,3}[市县区州]")
# A page speaks of a place that it names so often with its level.
_SEAT_TIMES = 2
_REACH, _OFFICES = 24, ("chief", "deputy")
_SURE, _HARDLY = 0.7, 0.3
# As frequent in jieba's dictionary, a word is no short name of a place.
_WORD = 100
_TOWN_CHARS = 3
_SHOPS, _SIDES = ("酒店", "宾馆", "饭店", "超市", "商场", "商城", "餐厅"), frozenset("被与和同由向")
_BUYS = re.compile("(?:订购|采购|签订|签署|签约|签下|达成|下单|预订|定制|收购|包销|买下|供货|合作)")


class ContextRules:
    """Built once from `organizations.yml`."""

    def __init__(self, lookups: Mapping[str, Any], places: Divisions) -> None:
        vocabulary = lookups["organizations"]
        self._places = places
        self._words = Words()
        self._grammar = TitleGrammar(lookups)
        persons = lookups["persons"]
        self._surnames = frozenset(persons["surnames"])
        self._says = (*persons["says"], *persons["acts"])
        sites = any_of([*vocabulary["bare_areas"], *persons["sites"]])
        self._site = re.compile(f"[镇乡{_LEVELS}港岛湾段]|{sites}|.{{0,8}}开发区")
        self._firm = re.compile(f"(?:{any_of(vocabulary['endings']['company'])})$")
        self._bodies = frozenset(vocabulary["bodies_after_place"])
        departments, ends = any_of(vocabulary["level_departments"]), any_of(vocabulary["ends_of_departments"])
        self._office = re.compile(rf"[{_LEVELS}]?(?:{departments})(?:{ends})")
        self._plural = re.compile(rf"(?:{'|'.join(vocabulary['before_any_body'])})$")
        self._bare = re.compile(rf"[{_LEVELS}](?!.{{0,2}}[{_LEVELS}])[^\W\d_]{{1,{_LONGEST_BARE}}}")
        self._venue = re.compile(rf"(?:{'|'.join(vocabulary['venues'])})$")
        self._always_venue = re.compile(rf"(?:{'|'.join(vocabulary['always_venues'])})$")
        self._trades = frozenset(vocabulary["trades"])
        self._unions = frozenset(vocabulary["unions"])
        self._union_before = tuple(vocabulary["union_before"])
        self._union_after = tuple(vocabulary["union_after"])
        houses = "|".join(vocabulary["houses_that_act"])
        never = any_of(vocabulary["never_places"])
        self._acting_house = re.compile(rf"[\u4e00-\u9fff]{{2,}}(?:{houses})$|(?:{never})$")
        self._held = re.compile(rf"[内里]?(?:分别|共同|联合|隆重|正式)?(?:{'|'.join(vocabulary['held'])})")

    def seats(self, names: Sequence[tuple[str, str, float]]) -> dict[str, str]:
        """Short forms of what a page names in full: 东湾 where it has 东湾市 twice, 远海 beside 远海化工公司.

        Args:
            names: What the engine sees on the page, each as often as it is there: name, type, confidence.

        Returns:
            Type by short form. One that is no city's or county's is what the engine doubtfully takes for a
            person.
        """
        counts = Counter(name for name, kind, _ in names if kind == "place" and _SEAT.fullmatch(name))
        short = (name[:-1] for name, count in counts.items() if count >= _SEAT_TIMES)
        found = {name: "place" for name in short if self._words.frequency(name) < _WORD}
        longer = {name for name, kind, _ in names if kind in ("place", "organization")}
        persons = [(name, sure) for name, kind, sure in names if kind == "person" and 1 < len(name) < 5]
        doubted = {name for name, _ in persons} - {name for name, sure in persons if sure >= _SURE}
        everything = "\n".join(longer)
        for name in sorted(doubted - found.keys()):
            if name not in everything:
                continue
            kinds = {kind for whole in longer if (kind := self._kind_of(name, whole)) is not None}
            if kinds:
                found[name] = "place" if "place" in kinds else "organization"
        return found

    def _kind_of(self, name: str, whole: str) -> str | None:
        """What a name stands for that a longer one of a place or firm holds: 东湾 in 东湾经开区."""
        at = whole.find(name)
        if at < 0 or at + len(name) == len(whole):
            return None
        if self._site.match(whole, at + len(name)) is not None:
            return "place"
        is_own = len(name) > 2 or name[0] not in self._surnames
        return "organization" if is_own and self._firm.search(whole) is not None else None

    def seat(self, text: str, spans: list[Span], seats: Mapping[str, str]) -> list[Span]:
        """Make places and firms of what the engine takes for persons where the page names one so.

        东湾 alone, 东湾讯 at a dateline, 东湾因海 in 东湾因海而生; 越海东湾 before 储能项目 is none of them.
        """
        if not seats:
            return spans
        kept = []
        told: dict[str, bool] = {}
        for span in spans:
            name = text[span.start : span.end]
            is_doubtful = span.entity_type == "person" and span.rule == "lac" and span.confidence < _SURE
            seat = next((seat for seat in seats if seat in name), None) if is_doubtful else None
            if seat is None or (len(name) > len(seat) and span.confidence >= _HARDLY):
                kept.append(span)
                continue
            if name == seat and name not in told:
                told[name] = self._is_told_as_person(text, name)
            if told.get(name):
                kept.append(span)
            elif name == seat or (seats[seat] == "place" and name.startswith(seat)):
                end = span.start + len(seat)
                # 甲海风 + 电 where the engine cut the trade in two.
                if seats[seat] == "organization" and text[end - 1 : end + 1] in self._trades:
                    end += 1
                kept.append(span.but(end=end, entity_type=seats[seat], rule="page_place"))
        return kept

    def _is_told_as_person(self, text: str, name: str) -> bool:
        """Whether an office stands in front of the name or its bearer speaks, anywhere in the text."""
        for at in starts_of(name, text):
            title = self._grammar.match_end(text[max(0, at - _REACH) : at])
            if text.startswith(self._says, at + len(name)) or (title is not None and title.rank in _OFFICES):
                return True
        return False

    def apply(
        self,
        text: str,
        spans: list[Span],
        seats: Mapping[str, str] | None = None,
        short: Collection[str] = (),
    ) -> list[Span]:
        """Drop bodies of any place (各市科技局), and make places of the venues of events.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
            seats: Short forms that the page names in full, with their type.
            short: Short forms of places that it names in full once.

        Returns:
            The spans, sorted; venues have rule `venue`.
        """
        kept: list[Span] = []
        places = {text[s.start : s.end] for s in spans if s.entity_type == "place"}
        places |= {name for name, kind in (seats or {}).items() if kind == "place"} | set(short)
        places |= {name[:-1] for name in places if len(name) == _TOWN_CHARS and name[-1] in _LEVELS}
        firsts = {name[0] for name in places if name}
        for span in spans:
            name = text[span.start : span.end]
            is_place = span.entity_type == "place"
            is_house = is_place and span.rule == "lac" and self._acting_house.search(name) is not None
            # A farm is a body where it has a head.
            is_house = is_house and (name[-1] != "场" or f"{name}场长" in text)
            if is_house or (is_place and self._buys(text, span)):
                kept.append(span.but(entity_type="organization", subtype=None, rule="acting_house"))
            elif text[span.start - 1 : span.start] in firsts and self._is_cut(text, span, places, kept):
                kept.append(span.but(start=span.start - 1, rule="place_front"))
            elif span.entity_type != "organization":
                kept.append(span)
            elif name in self._unions and self._is_market(text, span):
                kept.append(span.but(entity_type="place", subtype=None, rule="union"))
            elif self._is_plural(text, span, name):
                continue
            elif self._is_venue(text, span, name):
                kept.append(span.but(entity_type="place", subtype=None, rule="venue"))
            else:
                kept.append(span)
        return kept

    def _is_plural(self, text: str, span: Span, name: str) -> bool:
        """Whether a body is any such body: 各县公安局, 各区发改局."""
        if self._plural.search(text, max(0, span.start - 3), span.start) is None:
            return False
        return name in self._bodies or self._office.fullmatch(name) is not None

    def _buys(self, text: str, span: Span) -> bool:
        """Whether a hotel or shop is a side of a purchase: 与海原酒店签订供货协议, 被海原酒店订购."""
        if span.end - span.start <= _TOWN_CHARS or not text.endswith(_SHOPS, span.start, span.end):
            return False
        return text[span.start - 1 : span.start] in _SIDES and _BUYS.match(text, span.end) is not None

    def _is_cut(self, text: str, span: Span, places: Collection[str], kept: Sequence[Span]) -> bool:
        """Whether a name lacks its first character: 江城投公司 or 江市 behind 须, where the text has 须江."""
        if kept and kept[-1].end >= span.start:
            return False
        if span.rule != "lac" or span.entity_type not in ("organization", "place"):
            return False
        if span.entity_type == "place" and self._places.is_place(text[span.start : span.end]):
            return False
        return any(text[span.start - 1 : span.start + size] in places for size in (1, 2, 3))

    def _is_market(self, text: str, union: Span) -> bool:
        """Whether the countries of a union are meant: 对东盟出口, 东盟市场."""
        return text.startswith(self._union_after, union.end) or text.endswith(
            self._union_before, 0, union.start
        )

    def name_bare_bodies(
        self, text: str, spans: list[Span], origins: Sequence[str] = (), nested: Sequence[Span] = ()
    ) -> None:
        """Give 市政府 the name of the city whose other bodies the article names, if there is one only.

        Where it names none, the dateline and the name of the paper (`origins`) decide, if they agree.
        """
        # 青石镇 of 青石镇政府 is in no table.
        towns = {
            (place.parent.start, place.parent.end): text[place.start : place.end]
            for place in nested
            if place.parent is not None and place.rule == "nested_town" and text[place.end - 1] in _LEVELS
        }
        places: dict[str, set[str]] = defaultdict(set)
        latest: tuple[int, str] | None = None
        for span in spans:
            if (seat := self._seat_of(text, span, towns)) is not None:
                places[seat[-1]].add(seat)
        for span in spans:
            if span.entity_type != "organization":
                continue
            if (seat := self._seat_of(text, span, towns)) is not None:
                latest = span.end, seat
                continue
            is_listed = span.rule == LISTED and span.canonical is not None
            name = span.canonical if is_listed and span.canonical else text[span.start : span.end]
            if (span.canonical is not None and not is_listed) or self._bare.fullmatch(name) is None:
                continue
            near = (
                latest is not None
                and latest[1].endswith(name[0])
                and _NEXT_OFFICE.fullmatch(text, latest[0], span.start) is not None
            )
            meant = {latest[1]} if near and latest else places.get(name[0], set())
            # 海州市东江区 and 东江区 are one.
            meant = {
                seat for seat in meant if not any(seat != other and seat.endswith(other) for other in meant)
            }
            if not meant and name[0] in _LEVELS:
                seats = (self._places.seat(origin, name[0]) for origin in origins)
                meant = {seat for seat in seats if seat is not None}
            if len(meant) == 1:
                written_out = next(iter(meant)) + name[1:].replace("政府", "人民政府")
                span.canonical = written_out if written_out in text else next(iter(meant)) + name[1:]
                latest = (span.end, next(iter(meant))) if near else latest

    def _seat_of(self, text: str, span: Span, towns: Mapping[tuple[int, int], str]) -> str | None:
        """The town or region that the name of a body begins with: 海州市 of 中共海州市委."""
        if span.entity_type != "organization":
            return None
        front = _FRONTS.match(text, span.start, span.end)
        start = front.end() if front is not None else span.start
        end = self._places.leading_end(text, start, span.end)
        is_known = end is not None and text[end - 1] in _LEVELS
        return text[start:end] if is_known else towns.get((span.start, span.end))

    def find_fronts(self, text: str, spans: list[Span]) -> list[Span]:
        """Find the name that bodies of an article share at their front, where it also stands on its own.

        东江坊科创有限公司, 东江坊转移中心 and 东江坊 elsewhere: 东江坊 is named in all of them.

        Returns:
            Its uses, inside other names too, sorted, with rule `shared_front`.
        """
        names = sorted({text[s.start : s.end] for s in spans if s.entity_type == "organization"})
        fronts = {front for pair in pairwise(names) if (front := self._shared(*pair)) is not None}
        # 东湾 is a place where the article also has 东湾州.
        fronts = {front for front in fronts if not any(front + level in text for level in _LEVELS)}
        if not fronts:
            return []
        found = [
            Span(start, end, "organization", "shared_front", 0.7)
            for start, end, _ in find_words(dict.fromkeys(fronts, True), text)
        ]
        # Alone, the engine may take it for anything.
        whole = {(s.start, s.end) for s in found}
        others = [s for s in spans if (s.start, s.end) not in whole]
        alone = {text[s.start : s.end] for s in overlay(found, others) if s.rule == "shared_front"}
        return [span for span in found if text[span.start : span.end] in alone]

    def _shared(self, first: str, second: str) -> str | None:
        size = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
        front = first[:size]
        if size not in _FRONT or not front.isalpha() or front[-1] in _LEVELS or self._places.is_place(front):
            return None
        return None if self._places.leading_end(front + "  ", 0, size + 2) is not None else front

    def _is_venue(self, text: str, span: Span, name: str) -> bool:
        if self._always_venue.search(name) is not None:
            return True
        return (
            self._venue.search(name) is not None
            and text[max(0, span.start - 1) : span.start] in ("在", "于")
            and self._held.match(text, span.end) is not None
        )
