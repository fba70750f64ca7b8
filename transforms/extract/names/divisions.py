"""What the divisions table knows of a name: whether it is a place, of which kind, and in which province."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from transforms.extract.names.beside import by_neighbours, is_land, reads_as_province
from transforms.extract.names.forms import short_form
from transforms.extract.names.lands import Lands
from transforms.extract.names.meant import Division, index, narrow
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of

_LONGEST_ABROAD = 10
_FIRST_LEVELS = frozenset("州省邦")
_PARTS = {"胶东": "鲁", "关中": "陕", "南疆": "疆", "北疆": "疆"}
_LEVELS = frozenset("省市县区州盟旗")
_WITH_PARTS = "皖苏浙闽赣粤桂湘鄂豫冀鲁陕川渝黔滇辽晋陇蒙"
# A bay or river of a county (某某湾) leads to no county.
_WATERS = frozenset("湾湖河溪岭峰")
_NATURE = frozenset({"land", "water"})
_READ, _DOUBTFUL = frozenset({"lac", "same_surface", "known_part", "front"}), 0.25


class Divisions:
    """Built once from `places.yml` and the divisions table.

    Args:
        lookups: Parsed seed files by stem; reads `places`, `divisions` and `abroad`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["places"]
        rows = lookups["divisions"]
        self._divisions, self._former = index(rows, vocabulary["aliases"])
        self.lands = Lands(lookups)
        self._unions = frozenset(lookups["organizations"]["unions"])
        self._official = {row["adcode"]: row["name"] for row in rows if row["is_current"] == "1"}
        self._counties: dict[str, set[str]] = {}
        for row in rows:
            if row["level"] == "county" and (short := short_form(row["name"])) != row["name"]:
                self._counties.setdefault(row["adcode"][:4], set()).add(short)
        self.province_of: dict[str, str] = vocabulary["province_abbreviations"]
        self.country_of: dict[str, str] = vocabulary["country_abbreviations"]
        self.countries = frozenset(vocabulary["countries"])
        self.regions = frozenset(
            (*vocabulary["regions"], *vocabulary["compound_regions"], *vocabulary["areas"])
        )
        self._levels_abroad: dict[str, str] = {row["name"]: row["level"] for row in lookups["abroad"]}
        plain = (row["name"] for row in lookups["abroad"] if row["is_plain"] == "1")
        self.cities = frozenset((*vocabulary["cities"], *plain))
        self.lands_abroad = frozenset(vocabulary["lands_abroad"])
        self._owners = {row["name"]: row["country"] for row in lookups["abroad"]}
        self._bodies_abroad = re.compile(any_of(vocabulary["bodies_abroad"]))
        self._country_names: dict[str, str] = vocabulary["country_aliases"]
        self.features = frozenset(vocabulary["features"])
        self.parts = re.compile(f"[{_WITH_PARTS}][东西南北中]{{1,2}}|胶东|关中|[南北]疆")
        self.endings: dict[str, str] = {
            ending: subtype for subtype, endings in vocabulary["endings"].items() for ending in endings
        }
        self._longest = max(map(len, self.endings))
        self._sizes: dict[str, list[int]] = {}
        # Rules ask again and again, and names come again.
        self._leading_size = lru_cache(maxsize=1 << 14)(self._find_leading_size)
        # One rule after another asks it of the same name.
        self.subtype = lru_cache(maxsize=1 << 14)(self._find_subtype)
        for size, head in sorted(
            {(len(name), name[:2]) for name in (*self._divisions, *self.countries, *self.cities)},
            reverse=True,
        ):
            self._sizes.setdefault(head, []).append(size)
        self._hills = self.features.union(vocabulary["hills_and_lakes"]) - self.regions
        self._words = frozenset((*vocabulary["counties_as_words"], *vocabulary["more_parks"], "古城"))

    def _find_subtype(self, name: str) -> str | None:
        """Kind of place: level in the divisions table, country, region, else after the longest ending."""
        if name in self.countries:
            return "country"
        if name in self.regions or name in self._unions:
            return "region"
        if name in self.cities and name not in self.features:
            level = self._levels_abroad.get(name, "province" if name[-1] in _FIRST_LEVELS else "city")
            return "region" if name in self.lands_abroad else level
        divisions = self._divisions.get(name)
        if divisions:
            levels = {division.level for division in divisions}
            return levels.pop() if len(levels) == 1 else None
        if self.is_part(name):
            return "region"
        if name in self._levels_abroad and name not in self.features:
            return self._levels_abroad[name]
        if name[-1] in _FIRST_LEVELS and name[:-1] in self._levels_abroad:
            return "province"
        return self._of_ending(name)

    def _of_ending(self, name: str) -> str | None:
        sizes = range(min(self._longest, len(name) - 1), 0, -1)
        return next((kind for size in sizes if (kind := self.endings.get(name[-size:]))), None)

    def is_part(self, name: str) -> bool:
        """Whether a name is that of a part of a province, after its short form: 皖北."""
        return name not in self._divisions and self.parts.fullmatch(name) is not None

    def is_sure(self, name: str) -> bool:
        """Whether a name is nothing but a country, region, city abroad or division with its level."""
        if name in self.countries or name in self.regions or name in self.cities:
            return True
        return len(name) > 2 and name[-1] in "省市县区州盟旗" and name in self._divisions

    def sole(self, name: str) -> Division | None:
        """The one division that a name may mean, where it is no word besides."""
        found = self._divisions.get(name, ())
        return found[0] if len(found) == 1 and name not in self._words else None

    def has_county(self, name: str) -> bool:
        """Whether a short form is that of a county or a town with its rank, not of a city's district."""
        return any(f"{name}{level}" in self._divisions for level in "县市")

    def names_of_cities(self) -> list[str]:
        """Short forms of provinces and cities that name one only."""
        # 湖州 ends as a level does and is a short form.
        names = [name for name in self._divisions if name[-1] not in _LEVELS or name[1:] == "州"]
        return [name for name in names if (one := self.sole(name)) is not None and one.level != "county"]

    def is_state(self, text: str, end: int) -> bool:
        """Whether the name of a state abroad ends there: no 达州 in 内华达州."""
        names = (text[end - size : end - 1] for size in range(3, 8)) if text[end - 1] == "州" else ()
        return any(name in self._levels_abroad for name in names)

    def end_of_town(self, text: str, start: int, country: str) -> int | None:
        """End of the place abroad that begins at `start`, behind the name of a country.

        A name that is also a word or a person's must be of that country.
        """
        full = self._country_names.get(country, country)
        for size in range(_LONGEST_ABROAD, 1, -1):
            name = text[start : start + size]
            if name in self.cities:
                return start + len(name)
            owners = self._owners.get(name)
            if owners is not None and any(
                owner.startswith(full) or full.startswith(owner) for owner in owners.split("|") if owner
            ):
                return start + len(name)
        return None

    def is_place(self, name: str) -> bool:
        """Whether the vocabularies hold the name, those of foreign cities aside, which may be clubs."""
        return name in self._divisions or name in self.countries or name in self.regions

    def holds(self, above: str, below: str) -> bool:
        """Whether a division of a name lies in one of another: 市中区 in 济南市."""
        prefixes = tuple(d.adcode.rstrip("0") for d in self._divisions.get(above, ()))
        return any(d.adcode.startswith(prefixes) for d in self._divisions.get(below, ()))

    def cities_of(self, text: str, spans: Sequence[Span], origins: Sequence[str] = ()) -> frozenset[str]:
        """Codes (four digits) of the cities that a text, its dateline and its paper are sure to name."""
        names = (self._leading(origin) for origin in origins if origin not in self.cities)
        codes = {d[0].adcode[:4] for d in names if len(d) == 1 and d[0].level != "province"}
        # Counties that no city holds are named all over their province.
        codes |= {f"{code[:2]}90" for code in codes}
        for span in spans:
            end = span.end if span.entity_type == "place" else self.leading_end(text, span.start, span.end)
            found = self._divisions.get(text[span.start : end], []) if end is not None else []
            prefixes = {division.adcode[:4] for division in found if division.level != "province"}
            codes |= prefixes if len(prefixes) == 1 else set()
        return frozenset(codes)

    def cities_named(self, names: Iterable[str]) -> Iterator[str]:
        """Official name of the city, for each name that begins with it or a county of it and no other."""
        for name in names:
            found = self._leading(name) if name not in self.cities else []
            codes = {d.adcode[:4] for d in found if d.level != "province"}
            if len(codes) == 1 and (city := self._official.get(f"{codes.pop()}00")) is not None:
                yield city

    def split(self, name: str) -> int | None:
        """Where a name that is two divisions, one in the other, is cut: 江西铅山 behind 江西."""
        if name in self._divisions or name[-1] in _LEVELS:
            return None
        for size in range(2, len(name) - 1):
            above, below = self._divisions.get(name[:size], ()), self._divisions.get(name[size:], ())
            prefixes = tuple(d.adcode.rstrip("0") for d in above if d.level != "county")
            is_below = any(d.adcode.startswith(prefixes) for d in below) if prefixes else False
            is_below = is_below or (bool(above) and name[size:] in self.features)
            if is_below and name[size - 1] not in _LEVELS and name[size:] not in self._words:
                return size
        return None

    def cities_over(self, name: str) -> set[str]:
        """Everyday forms of the cities that hold the divisions a name may mean."""
        above = (self._official.get(f"{d.adcode[:4]}00") for d in self._divisions.get(name, ()))
        return {short_form(city) for city in above if city is not None}

    def short_counties(self, near: Collection[str]) -> set[str]:
        """Short forms of the counties whose codes begin with one of `near`."""
        return {name for code in near for name in self._counties.get(code, ())}

    def seat(self, name: str, level: str) -> str | None:
        """Official name of the place of a level (市, 县) that a dateline or the name of a paper stands for.

        思茅 is in 普洱市; a paper of 东湾 is of 东湾市. `None` where no division, or several, are meant.
        """
        found = self._leading(name)
        codes = {code for d in found for code in (d.adcode, f"{d.adcode[:4]}00", f"{d.adcode[:2]}0000")}
        names = {official for code in codes if (official := self._official.get(code, ""))[-1:] == level}
        own = {self._official.get(division.adcode, "") for division in found} & names
        meant = own or names
        return next(iter(meant)) if len(meant) == 1 else None

    def _leading(self, name: str) -> list[Division]:
        """Divisions that the longest beginning of a name may mean."""
        sizes = range(min(len(name), 12), 1, -1)
        return next((found for size in sizes if (found := self._divisions.get(name[:size]))), [])

    def leading_end(self, text: str, start: int, limit: int, near: Collection[str] = ()) -> int | None:
        """End of the place that begins at `start` and ends before `limit`; the longest wins.

        It is a country, a full form, a province or a city; the short form of a county is one where it lies
        in a city or province of `near` (first digits of their codes). 图们江 holds no 图们.
        """
        # Most names begin with no place.
        if text[start : start + 2] not in self._sizes:
            return None
        size = self._leading_size(text[start : min(limit, start + 13)], frozenset(near))
        return None if size is None else start + size

    def _find_leading_size(self, whole: str, near: frozenset[str]) -> int | None:
        for size in self._sizes.get(whole[:2], ()):
            longer = range(size + 1, len(whole) + 1)
            is_cut = whole[size - 1 : size + 1] == "市场"
            if is_cut or size >= len(whole) or any(whole[:end] in self.features for end in longer):
                continue
            name = whole[:size]
            divisions = self._divisions.get(name)
            if (
                name in self.countries
                or (name in self.cities and size > 2)
                or (
                    divisions
                    and (
                        any(division.level != "county" for division in divisions)
                        or name[-1] in "县区市旗"
                        or (
                            name not in self._words
                            and any(division.adcode.startswith(tuple(near)) for division in divisions)
                            and whole[size] not in _WATERS
                        )
                    )
                )
            ):
                return size
        return None

    def leading_places(self, text: str, span: Span, near: Collection[str] = ()) -> Iterator[Span]:
        """The places that a longer name begins with, down the levels: 东江, then 海原 in 东江海原水务公司."""
        start, above, before = span.start, tuple(near), ""
        while (end := self._end_of_leading(text, start, span.end, above, before)) is not None:
            found = self._divisions.get(text[start:end], [])
            abroad = text[start:end] in self.cities
            if start > span.start and not abroad and not any(d.adcode.startswith(above) for d in found):
                return
            yield Span(start, end, "place", "leading_place", 0.8)
            above = tuple(d.adcode.rstrip("0") for d in found if d.level != "county")
            start, before = end, text[start:end]

    def _end_of_leading(
        self, text: str, start: int, limit: int, near: Collection[str], before: str
    ) -> int | None:
        """End of the place that begins at `start`, of a city abroad of two characters in some places only.

        They are behind a country, and before a word that such bodies end on (代表团).
        """
        end = self.leading_end(text, start, limit, near)
        short = start + 2
        if end is None and before in self.countries and before != "中国":
            town = self.end_of_town(text, start, before)
            if town is not None and town < limit:
                return town
        if end is None and short < limit and text[start:short] in self.cities:
            is_told = (
                before in self.countries or self._bodies_abroad.fullmatch(text, short, limit) is not None
            )
            return short if is_told else None
        return end

    def resolve(
        self, text: str, spans: Sequence[Span], near: Collection[str] = (), heads: Sequence[str] = ()
    ) -> None:
        """Give the places of one article their code, province and subtype, where the article decides.

        A name that several divisions share, or that is a word or another land's as well, is decided by the
        provinces and cities that the article names otherwise and those in `near` (codes); where these do
        not decide, `adcode` stays null. A name in the plain table of countries has none, nor have the cities
        and counties of Taiwan, whose official name is their `canonical_name`.
        """
        places = [span for span in spans if span.entity_type == "place"]
        asked = [[] if is_land(text, span) else self._options(text, span, places) for span in places]
        options = by_neighbours(text, places, asked, self._former)
        named = Counter(text[span.start : span.end] for span in places)
        told = named.keys()
        # 临夏 is the city, the county or what holds both.
        sure = {
            (found[0].adcode, name)
            for span, found in zip(places, options, strict=True)
            if len({d.adcode[:4] for d in found}) == 1
            and self._is_own(name := text[span.start : span.end], found[0])
        }
        prefixes = {code[: 2 if code.endswith("0000") else 4] for code, name in sure if name[-1] != "区"}
        prefixes.update(near)
        for span, possible in zip(places, options, strict=True):
            name = text[span.start : span.end]
            span.subtype = "land" if is_land(text, span) else self.subtype(name)
            span.subtype = "country" if self._is_country(span, name) else span.subtype
            if len(name) == 1 and not possible:
                # 中 and 俄 are mentions of 中国 and 俄罗斯.
                span.canonical = span.canonical or self.lands.meant(text, span, named, heads)
                span.subtype = self.subtype(span.canonical or name)
            found = possible
            if len(found) > 1 or (found and not self._is_own(name, found[0])):
                is_word = name in self._words or name in self.features
                found = narrow(name, found, prefixes, told, name in self.regions, is_word)
                if not found and name in self._hills and (kind := self._of_ending(name)) in _NATURE:
                    span.subtype = kind  # 泰山, 太湖: no county
            if len(found) == 1:
                span.province = found[0].province
                if found[0].has_code:
                    span.adcode = found[0].adcode
                elif name != found[0].name:
                    span.canonical = span.canonical or found[0].name
                if name in self._divisions or len(name) == 1:
                    span.subtype = found[0].level
            elif len({division.province for division in found}) == 1:
                span.province = found[0].province
            elif self.is_part(name):
                span.province = self.province_of.get(_PARTS.get(name, name[0]))
            elif not found:
                # Its own code a park has not: that of its city would make it the city.
                span.province = self._province_of_longer(name)

        for above, below in pairwise(places):
            # 南屏镇 directly behind 思茅区 lies in its province; a code of its own it has not.
            is_within = below.adcode is None and below.province is None and above.end == below.start
            if is_within and not self._has_no_province(text[below.start : below.end], below):
                below.province = above.province

    def are_lands(self, text: str, name: str) -> bool:
        """Whether a name is a row of countries that the text names: 俄乌; 巴中 too where no 四川 is named."""
        provinces = {short_form(division.province) for division in self._divisions.get(name, ())}
        if provinces and ("中" not in name or any(province in text for province in provinces)):
            return False
        is_else = name in self.countries or name in self.regions or name in self._levels_abroad
        return not is_else and self.lands.are_named(text, name)

    def _has_no_province(self, name: str, span: Span) -> bool:
        """Whether it lies abroad or is a part of the country, whatever stands in front: 北京|英国."""
        return span.subtype in ("country", "region") or name in self.cities or name in self._levels_abroad

    def _is_own(self, name: str, division: Division) -> bool:
        """Whether a name is this division's alone: no other land's or word; 东江 in full, not 解放区."""
        is_shared = name in self.regions or name in self.features
        return name not in self._words and (name == division.name or not is_shared)

    def is_mere_word(self, text: str, span: Span) -> bool:
        """Whether the engine read the short form of a county, doubtfully, where nothing tells the county."""
        name = text[span.start : span.end]
        is_read = span.entity_type == "place" and span.rule in _READ and span.confidence < _DOUBTFUL
        is_read = is_read and span.province is None
        return is_read and name in self._words and name not in self.regions and name not in self.features

    def _options(self, text: str, span: Span, places: Sequence[Span]) -> list[Division]:
        name = text[span.start : span.end]
        if len(name) > 1:
            return self._divisions.get(name) or self._last_of_several(name)
        province, country = self.province_of.get(name), self.country_of.get(name)
        if province is None or self._is_country(span, name):
            return []
        both = self.province_of, self.country_of
        if country is not None and not reads_as_province(text, span, places, *both):
            return []
        return self._divisions.get(province, [])

    def _last_of_several(self, name: str) -> list[Division]:
        """Division of a name that goes down the levels: 东江市海原区 is 海原区."""
        for size in range(2, min(len(name) - 1, 12)):
            above, below = self._divisions.get(name[:size]), name[size:]
            if above and len(above) == 1 and below in self._divisions:
                prefix, inside = above[0].adcode.rstrip("0"), self._divisions[below]
                # 海原西湖 is the lake.
                is_word = below in self._words or below in self.features
                return [
                    d for d in inside if d.adcode.startswith(prefix) and not (is_word and d.name != below)
                ]
        return []

    def _province_of_longer(self, name: str) -> str | None:
        """Province of a place that begins with the name of a division: 东江市高新区, 东江科学城."""
        for size in range(min(len(name) - 2, 12), 1, -1):
            found = self._divisions.get(name[:size], [])
            sure = name[size - 1] in "省市县区州盟旗" or all(d.level in ("province", "city") for d in found)
            if found and (sure or size > 2):
                provinces = {division.province for division in found}
                return provinces.pop() if len(provinces) == 1 else None
        return None

    def _is_country(self, span: Span, name: str) -> bool:
        return len(name) == 1 and name in self.country_of and name not in self.province_of
