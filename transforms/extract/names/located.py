"""Places that the words around them or the form of their name tell: towns, zones, halls, crossings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Lexicon, Span
from transforms.extract.patterns import any_of

# Behind a preposition or the mark of a list's item: at the head of a clause stand verbs as well.
_START = r"(?:(?<=[在于到从赴往至抵由位入经沿▲△●○■□◆◇★☆◎▼▷※—])|(?<=选址|落户|走进|入驻|靠上|靠泊|进驻))"
HALL_RULES = ("venue", "visited")
"""Rules for halls where something is held or visited, which the engine takes for bodies."""
_SHORTEST = 2
_HARDLY = 0.1
_CHIEFS = ("省", "市", "县", "区", "州", "旗", "镇", "乡", "村", "局", "会", "校", "院")
_LEVELS = "省市县区州旗镇乡"
_WIDE = ("country", "province", "region")


class LocatedPlaces:
    """Built once from `places.yml`, `organizations.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        places, bodies = lookups["places"], lookups["organizations"]
        self._divisions = divisions
        self._words = frozenset(places["counties_as_words"])
        outside = f"{bodies['not_inside']}{bodies['left_boundary']}{bodies['not_in_place_body']}"
        inner = rf"[^\W\d_{outside}{places['not_in_located']}]"
        towns, parks = places["town_endings"], any_of([*places["parks"], *places["more_parks"]])
        self._leads = frozenset((*places["before_single"], "对"))
        self._verbs = re.compile(any_of(places["verbs_before_places"]))
        self._not_towns = re.compile(f"(?:{any_of(places['not_towns'])})$")
        generic = any_of([*places["generic"], *places["generic_zones"]])
        crossings = any_of(places["crossings"])
        self._generic = re.compile(f"(?:{generic})*(?:{parks}|{crossings})")
        venue = any_of(places["venues_told"])
        held = any_of([*bodies["held"], *places["held_more"]])
        self._abroad = re.compile(f"[{places['transliterating']}]{{3,8}}")
        self._abroad_behind = re.compile(
            rf"(?:{any_of(self._divisions.countries)})(?P<name>[{places['transliterating']}]{{3,8}})(?=[与和及、，。；]|[一的进]|合|设|签|考)"
        )
        self._town_behind = re.compile(rf"{inner}{{2,3}}?{towns}")
        self._crossing_behind = re.compile(rf"{inner}{{0,3}}?(?:{crossings})(?![办委局])")
        bracket = r"[\u4e00-\u9fff]{2,3}[(（][\u4e00-\u9fff]{2,5}[)）]"
        zones = (*places["parks"], *places["more_parks"])
        # Each with words of which a text must hold one: looking for them costs next to nothing.
        self._patterns: list[tuple[re.Pattern[str], str, Sequence[str]]] = [
            (re.compile(rf"{_START}{inner}{{2,3}}?{towns}"), "town_form", ("街道", "镇", "乡", "村")),
            (re.compile(rf"{_START}{inner}{{2,8}}?(?:{parks})(?![域别外])"), "zone_form", zones),
            (
                re.compile(
                    rf"(?:{_START}|(?<=[和与、]))(?:{any_of(places['bare_zones'])})(?![\u4e00-\u9fff])"
                ),
                "bare_zone",
                places["bare_zones"],
            ),
            (
                re.compile(rf"{bracket}{inner}{{0,8}}?(?:{parks})(?:[\u4e00-\u9fff]{{1,4}}片区)?"),
                "zone_form",
                ("(", "（"),
            ),
            (
                re.compile(rf"(?<=[在于]){inner}{{2,14}}?(?:{venue})(?=[内里]?(?:{held}))"),
                "venue",
                places["venues_told"],
            ),
            (
                re.compile(rf"(?<=[在于])(?:{any_of(places['bare_venues'])})(?=[内里]?(?:{held}))"),
                "venue",
                places["bare_venues"],
            ),
            (
                re.compile(
                    rf"(?:{any_of(places['visits'])})了?(?P<name>{inner}{{2,12}}?(?:{venue}))(?![\u4e00-\u9fff])"
                ),
                "visited",
                places["visits"],
            ),
            (
                re.compile(rf"{_START}{inner}{{2,5}}?(?:{crossings})(?![上下边头])"),
                "crossing",
                places["crossings"],
            ),
        ]

    def trim(self, text: str, spans: list[Span]) -> list[Span]:
        """Cut verbs off the front of places, a doubled level off their end, a country off a place in it."""
        cut: list[Span] = []
        for span in spans:
            if span.entity_type != "place" or span.rule != "lac":
                cut.append(span)
                continue
            name = text[span.start : span.end]
            verb = self._verbs.match(name)
            country = self._divisions.leading_end(text, span.start, span.end)
            is_led = text[span.start - 1 : span.start] in self._leads
            if len(name) == 1 and span.confidence < _HARDLY and not is_led:
                continue
            if verb is not None and len(name) - verb.end() > 1:
                cut.append(span.but(start=span.start + verb.end(), rule="trim_start"))
            elif name[-1] in _LEVELS and name[-2:-1] == name[-1] and self._divisions.is_place(name[:-1]):
                cut.append(span.but(end=span.end - 1, rule="trim_end"))
            elif name[0] == "长" and len(name) in (3, 4) and text[span.start - 1 : span.start] in _CHIEFS:
                cut.append(span.but(start=span.start + 1, entity_type="person", rule="trim_start"))
            elif name[-1] in _LEVELS and text.startswith("委", span.end) and self._is_committee(text, span):
                cut.append(span.but(end=span.end - 1, rule="trim_end"))
            elif country is not None and self._is_abroad(name, country - span.start):
                cut.append(span.but(end=country, rule="known_part"))
                cut.append(span.but(start=country, rule="known_part"))
            else:
                cut.append(span)
        return cut

    def _is_committee(self, text: str, span: Span) -> bool:
        """Whether 州 of 东湾州 belongs to a 州委 behind it."""
        after = text[span.end + 1 : span.end + 2]
        return self._divisions.is_place(text[span.start : span.end - 1]) and after not in ("员", "托", "会")

    def _is_abroad(self, name: str, size: int) -> bool:
        rest = name[size:]
        is_country = name[:size] in self._divisions.countries and name[:size] != "中国"
        return (
            is_country
            and len(rest) > 2
            and (rest[-1] in "省州道府县市郡港" or self._abroad.fullmatch(rest) is not None)
        )

    def find(self, text: str, spans: Sequence[Span], near: set[str]) -> list[Span]:
        """Find places by their form and surroundings.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted: behind a place a town needs no preposition.
            near: Codes of the cities (four digits) whose counties the article may name by short forms.

        Returns:
            Places, sorted by start; they may overlap.
        """
        found: list[Span] = []
        for pattern, rule, words in self._patterns:
            if not any(word in text for word in words):
                continue
            for match in pattern.finditer(text):
                start, end = match.span(match.lastgroup or 0)
                start = self._behind_verbs(text, start, end)
                if rule in HALL_RULES:
                    start = self._behind_district(text, start, end)
                if end - start > _SHORTEST and not self._is_generic(text[start:end], rule):
                    found.append(Span(start, end, "place", rule, 0.6))
        for span in spans:
            if span.entity_type == "place" and span.end - span.start > 1:
                town = self._town_behind.match(text, span.end)
                if town is not None and not self._not_towns.search(town[0]):
                    found.append(Span(*town.span(), "place", "town_form", 0.6))
                at = self._crossing_behind.match(text, span.end)
                wide = self._divisions.subtype(text[span.start : span.end]) in _WIDE
                if at is not None and not wide:
                    found.append(Span(span.start, at.end(), "place", "crossing", 0.6))
        for match in self._abroad_behind.finditer(text):
            if not any(
                s.entity_type == "person" and s.start < match.end() and match.start() < s.end for s in spans
            ):
                found.append(Span(*match.span("name"), "place", "abroad", 0.5))
        counties = self._divisions.short_counties(near) - self._words
        for start, end, _ in Lexicon(dict.fromkeys(counties, True)).find(text):
            found.append(Span(start, end, "place", "near_county", 0.6))
        return sorted(found, key=lambda span: (span.start, -span.end))

    def _behind_verbs(self, text: str, start: int, end: int) -> int:
        """Start of a name behind the last verb in front of it: 西城片区 in 选址西城片区."""
        return max((match.end() for match in self._verbs.finditer(text, start, end)), default=start)

    def _behind_district(self, text: str, start: int, end: int) -> int:
        """Start of a hall's name behind the district it stands in: 海原区 and 应天会展中心 are two places."""
        district = self._divisions.leading_end(text, start, end)
        return district if district is not None and text[district - 1] in "县区" else start

    def _is_generic(self, name: str, rule: str) -> bool:
        if rule == "town_form":
            return self._not_towns.search(name) is not None
        return rule in ("zone_form", "crossing") and self._generic.fullmatch(name) is not None
