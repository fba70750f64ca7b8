"""Places of other countries: behind their country, with their level, and what is a person instead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span, overlay
from transforms.extract.patterns import any_of

_LONGEST_COUNTRY = 9
_UNSURE = 0.6
# In front of a town that another one follows in a list.
_LEADS = frozenset("、到至往抵赴在从")
_LEVELS_ABROAD = frozenset("州省邦郡县市")
_LEVEL_BEHIND = re.compile(
    "州(?![长际立政议府])|省(?![长委级会府])|[邦郡]|县(?![长委级])|市(?![场民值面区长政议价委立])"
)


class PlacesAbroad:
    """Built once from `places.yml` and the tables of places."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        vocabulary = lookups["places"]
        self._divisions = divisions
        self._sounds = frozenset(vocabulary["transliterating"])
        sounds = f"[{vocabulary['transliterating']}]"
        self._town = re.compile(f"{sounds}{{2,8}}?(?:[州省郡]|市(?![场民值面区]))")
        self._before_persons = frozenset((*vocabulary["before_persons"], "·"))
        self._after_persons = re.compile(f"·|{any_of(vocabulary['after_persons'])}")

    def behind_countries(self, text: str, known: list[Span]) -> list[Span]:
        """The known places with the towns directly behind a country: 日本熊本, 东国阿尔克套市."""
        towns = []
        starts = {place.start for place in known}
        for place in known:
            country = text[place.start : place.end]
            if country not in self._divisions.countries or country == "中国":
                continue
            if place.end in starts and self._town.match(text, place.end) is None:
                continue
            town = self._town.match(text, place.end)
            end = town.end() if town is not None else self._divisions.end_of_town(text, place.end, country)
            if end is not None:
                towns.append(Span(place.end, end, "place", "abroad", 0.8))
        return overlay(known, towns) if towns else known

    def end_with_level(self, text: str, start: int, end: int) -> int:
        """End of a place with the level behind it, if it is abroad: 图林根 + 州."""
        if text[end : end + 1] in _LEVELS_ABROAD and text[start:end] in self._divisions.cities:
            return end + 1 if _LEVEL_BEHIND.match(text, end) is not None else end
        return end

    def is_town_behind(self, text: str, start: int, end: int) -> bool:
        """Whether a name is all of a place abroad with its country directly in front of it: 东国 + 里尔."""
        longest = text[max(0, start - _LONGEST_COUNTRY) : start]
        country = next(
            (longest[n:] for n in range(len(longest)) if longest[n:] in self._divisions.countries), ""
        )
        return country not in ("", "中国") and self._divisions.end_of_town(text, start, country) == end

    def is_among_towns(self, text: str, spans: Sequence[Span], number: int) -> bool:
        """Whether a person of the engine is a town by its letters and a town before it: 到杜伊斯堡、罗兹."""
        if not number or spans[number].rule != "lac" or spans[number].confidence > _UNSURE:
            return False
        last, name = spans[number - 1 : number + 1]
        is_listed = text[last.end : name.start] in ("、", "和", "及")
        is_town = last.entity_type == "place" or text[last.start : last.end] in self._divisions.cities
        is_led = text[last.start - 1 : last.start] in _LEADS
        return is_listed and is_town and is_led and self._sounds.issuperset(text[name.start : name.end])

    def is_person(self, text: str, span: Span) -> bool:
        """Whether what stands around the name of a city abroad makes it a person's: 教授马丁, 马丁说."""
        return (
            text[span.start - 1 : span.start] in self._before_persons
            or self._after_persons.match(text, span.end) is not None
        ) and text[span.start : span.end] in self._divisions.cities
