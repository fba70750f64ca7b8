"""Places: short forms joined in one word, single characters, and the administrative divisions table."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from transforms.extract.names.spans import Lexicon, Span, overlay
from transforms.extract.patterns import any_of

_ETHNIC = re.compile(
    r"(?:壮族|回族|维吾尔|藏族|羌族|彝族|苗族|侗族|布依族|土家族|傣族|景颇族|傈僳族|白族|哈尼族|蒙古族|蒙古|哈萨克|朝鲜族|"
    r"柯尔克孜|满族|黎族|瑶族|畲族|土族|撒拉族|东乡族|保安族|裕固族|仡佬族|水族|纳西族|拉祜族|佤族|布朗族|独龙族|怒族|"
    r"普米族|锡伯|塔吉克|鄂温克族|达斡尔族|鄂伦春族|毛南族|仫佬族|各族|回)*(?:自治区|自治州|自治县|自治旗)$"
)
_LONGEST_COMPOUND = 5
_TOWN_ENDING = "(?:市(?![场民值面况价集])|县|镇(?!定))"
_LONGEST_FREED = 4
_LONGEST_LISTED = 6
_SURE = 0.4
_SHORT = 2
_LEVELS = "省市县区州镇乡"
_LONGEST_SWALLOW = 5
_DATELINE = re.compile(
    r"(?:本报|新华社|中新社|本台|本网)(?P<place>[\u4e00-\u9fff]{2,8})(?=[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日(?:电|讯))"
)
_COMMITTEE = re.compile("[省市县区州旗盟]委(?!员)")
_BEFORE_MIDDLE = frozenset("其集当")
# 南面 behind the name of a town.
_SIDE = re.compile("[东南西北][面部侧边郊麓]")


@dataclass(frozen=True)
class Division:
    """A row of the divisions table that a name may mean."""

    adcode: str
    level: str
    province: str


class PlaceRules:
    """Built once from `places.yml` and the divisions table."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["places"]
        rows = lookups["divisions"]
        self._provinces = {row["adcode"][:2]: row["name"] for row in rows if row["level"] == "province"}
        self._divisions = self._index(rows, vocabulary["aliases"])
        self._official = {row["adcode"]: row["name"] for row in rows if row["is_current"] == "1"}
        self._province_of: dict[str, str] = vocabulary["province_abbreviations"]
        self._country_of: dict[str, str] = vocabulary["country_abbreviations"]
        self._no_compound = frozenset((*vocabulary["not_compounds"], *vocabulary["compound_regions"]))
        self._countries = frozenset(vocabulary["countries"])
        self._regions = frozenset(
            (*vocabulary["regions"], *vocabulary["compound_regions"], *vocabulary["areas"])
        )
        self._cities = frozenset(vocabulary["cities"])
        self._features = frozenset(vocabulary["features"])
        self._endings: dict[str, str] = {
            ending: subtype for subtype, endings in vocabulary["endings"].items() for ending in endings
        }
        self._longest = max(map(len, self._endings))
        self._frequent = frozenset(vocabulary["frequent_countries"])
        self._lexicon = Lexicon(
            {**dict.fromkeys(self._sure_names(rows), True), **dict.fromkeys(vocabulary["swallow"], False)}
        )
        self._compounds = self._compound_pattern(vocabulary)
        self._dynasties = re.compile(vocabulary["dynasties"])
        self._listed = re.compile(any_of(vocabulary["after_places"]))
        self._stage = re.compile(f"(?:{vocabulary['stages']})$")
        parks = any_of(vocabulary["parks"])
        outside = lookups["organizations"]["not_inside"] + lookups["organizations"]["left_boundary"]
        self._park = re.compile(rf"[^\W\d_{outside}、，。]{{0,6}}?(?:{parks})(?![域别])")
        abroad = any_of(name for name in self._cities if len(name) == 2)
        self._city_after = re.compile(rf"(?<=[在于赴抵驻往])(?:{abroad})")
        self._loose_starts = frozenset(vocabulary["loose_starts"])
        self._areas = re.compile(f"(?:{any_of(vocabulary['areas'])})(?={any_of(vocabulary['after_areas'])})")
        frequent = vocabulary["frequent_countries"]
        # 中、英、德三国: where nothing of a word stands before or behind.
        self._row = re.compile(
            rf"(?<![\u4e00-\u9fff、](?<![在与和对由从是及]))[{frequent}](?:、[{frequent}])+(?=[^\u4e00-\u9fff]|[等两三四五和及]|建交|不同|之间|关系)"
        )
        self._swallow = re.compile(any_of(vocabulary["swallow"]))
        self._weather = re.compile(any_of(vocabulary["weather"]))
        self._tail = re.compile(rf"(?:{'|'.join(vocabulary['tails'])})+$")
        self._sides = frozenset(vocabulary["side_single"])
        heads = vocabulary["generic_heads"]
        areas = {end for kind in ("village", "park", "site", "region") for end in vocabulary["endings"][kind]}
        self._generic = re.compile(
            f"(?:{_any_of(vocabulary['generic'])})+(?:{_any_of([*areas, *heads])})?|(?:{_any_of(heads)})"
        )
        self._single = self._single_pattern(vocabulary)
        self._before = frozenset((*vocabulary["before_single"], "对"))

    def _index(
        self, rows: Sequence[Mapping[str, str]], aliases: Mapping[str, str]
    ) -> dict[str, list[Division]]:
        index: dict[str, list[Division]] = {}
        former: dict[str, list[Division]] = {}
        for row in rows:
            province = self._provinces.get(row["adcode"][:2], "")
            division = Division(row["adcode"], row["level"], province)
            target = index if row["is_current"] == "1" else former
            for name in {row["name"], short_form(row["name"]), common_form(row["name"])}:
                target.setdefault(name, []).append(division)
        for name, divisions in former.items():
            index.setdefault(name, divisions)
        for alias, name in aliases.items():
            if name in index:
                index[alias] = index[name]
        return index

    def _sure_names(self, rows: Sequence[Mapping[str, str]]) -> list[str]:
        """Names that are a place wherever they stand: countries, regions, provinces, full forms."""
        names = {
            name for name in (*self._countries, *self._regions) if len(name) > 2 or name in self._countries
        }
        names |= {name for name in self._cities if len(name) > 2} | self._features
        for row in rows:
            if len(row["name"]) > 2:
                names |= {row["name"], common_form(row["name"])}
            if row["level"] == "province":
                names.add(short_form(row["name"]))
        return sorted(names)

    def _compound_pattern(self, vocabulary: Mapping[str, Any]) -> re.Pattern[str]:
        provinces = "".join(self._province_of)
        countries = "".join(self._country_of)
        follow = "|".join(map(re.escape, vocabulary["after_compound"]))
        frequent = vocabulary["frequent_countries"]
        more = any_of(vocabulary["after_frequent"])
        return re.compile(
            rf"(?:[{provinces}]{{2,4}}|[{countries}]{{2,3}})(?=(?:{follow}))|[{frequent}]{{2,3}}(?={more})"
        )

    def _single_pattern(self, vocabulary: Mapping[str, Any]) -> re.Pattern[str]:
        # The character first, what stands before it behind: a pattern that begins with a set is fast.
        before = "|".join(f"(?<={word}[{shorts}])" for word, shorts in vocabulary["before_single"].items())
        to = rf"(?<=对[{vocabulary['to_single']}])(?={'|'.join(vocabulary['after_to'])})"
        side = vocabulary["side_single"]
        opening = (
            f'(?:(?<=^[{side}])|(?<=[\\s，,。；;、：:“"（(的和与对向同由据称请而但是在让给为及或使][{side}]))'
        )
        after = rf"{opening}(?={'|'.join(vocabulary['after_single'])})"
        shorts = "".join([*vocabulary["before_single"].values(), vocabulary["to_single"], side])
        no = vocabulary["not_before"]
        return re.compile(rf"[{shorts}](?:(?:{before}|{to})(?![{no}])|{after}(?!方[{no}]))", re.MULTILINE)

    def subtype(self, name: str) -> str | None:
        """Kind of place: level in the divisions table, country, region, else after the longest ending."""
        if name in self._countries:
            return "country"
        if name in self._regions:
            return "region"
        if name in self._cities:
            return "city"
        divisions = self._divisions.get(name)
        if divisions:
            levels = {division.level for division in divisions}
            return levels.pop() if len(levels) == 1 else None
        for size in range(min(self._longest, len(name) - 1), 0, -1):
            subtype = self._endings.get(name[-size:])
            if subtype is not None:
                return subtype
        return None

    def is_sure(self, name: str) -> bool:
        """Whether a name is nothing but a country, region, city abroad or division with its level."""
        if name in self._countries or name in self._regions or name in self._cities:
            return True
        return len(name) > 2 and name[-1] in "省市县区州盟旗" and name in self._divisions

    def is_place(self, name: str) -> bool:
        """Whether the vocabularies hold the name, those of foreign cities aside, which may be clubs."""
        return name in self._divisions or name in self._countries or name in self._regions

    def find_known(self, text: str) -> list[Span]:
        """Places that need no context, and short forms where the context says what they are."""
        known = [
            # 海原省 in 海原省委 is 海原 and a 省委.
            Span(start, end - (_COMMITTEE.match(text, end - 1) is not None), "place", "gazetteer", 0.9)
            for start, end, sure in self._lexicon.find(text)
            if sure
        ]
        shorts = [
            Span(match.start(), match.end(), "place", "short_form", 0.9)
            for pattern in (self._compounds, self._single)
            for match in pattern.finditer(text)
            if match[0] not in self._no_compound and not _is_middle(text, match)
        ]
        for pattern in (self._areas, self._city_after):
            shorts += [Span(*m.span(), "place", "short_form", 0.9) for m in pattern.finditer(text)]
        for row in self._row.finditer(text):
            shorts += [
                Span(at, at + 1, "place", "short_form", 0.8) for at in range(row.start(), row.end(), 2)
            ]
        shorts.sort(key=lambda s: s.start)
        dateline = _DATELINE.match(text)
        if dateline is not None and self._is_named(dateline["place"]):
            shorts.append(Span(*dateline.span("place"), "place", "dateline", 0.9))
        return overlay(shorts, known)

    def is_swallowed(self, text: str, span: Span) -> bool:
        """Whether a repeated name belongs to a longer word that is no place: 中国 in 发展中国家."""
        around = self._swallow.finditer(
            text, max(0, span.start - _LONGEST_SWALLOW), span.end + _LONGEST_SWALLOW
        )
        return any(match.start() <= span.start and span.end <= match.end() for match in around)

    def _is_named(self, name: str) -> bool:
        return self.is_place(name) or name in self._cities

    def short_forms(self, text: str, spans: Sequence[Span]) -> set[str]:
        """Everyday forms of the places of a text that name their level: 东湾 where it has 东湾州."""
        names = {text[span.start : span.end] for span in spans if span.entity_type == "place"}
        return {name[:-1] for name in names if len(name) > _SHORT and name[-1] in _LEVELS}

    def cities_of(self, text: str, spans: Sequence[Span]) -> set[str]:
        """Codes, without their counties, of the cities and counties that a text is sure to name."""
        codes: set[str] = set()
        for span in spans:
            end = span.end if span.entity_type == "place" else self.leading_end(text, span.start, span.end)
            found = self._divisions.get(text[span.start : end], []) if end is not None else []
            prefixes = {division.adcode[:4] for division in found if division.level != "province"}
            codes |= prefixes if len(prefixes) == 1 else set()
        return codes

    def seat(self, name: str, level: str) -> str | None:
        """Official name of the place of a level (市, 县) that a dateline or the name of a paper stands for.

        思茅 is in 普洱市; a paper of 东湾 is of 东湾市. `None` where no division, or several, are meant.
        """
        sizes = range(min(len(name), 12), 1, -1)
        found = next((d for size in sizes if (d := self._divisions.get(name[:size]))), [])
        codes = {code for d in found for code in (d.adcode, f"{d.adcode[:4]}00", f"{d.adcode[:2]}0000")}
        names = {official for code in codes if (official := self._official.get(code, ""))[-1:] == level}
        own = {self._official.get(division.adcode, "") for division in found} & names
        meant = own or names
        return next(iter(meant)) if len(meant) == 1 else None

    def find_leading(self, text: str, span: Span, near: Collection[str] = ()) -> Span | None:
        """The place that a longer name begins with: a country, a full form, a province or a city.

        The short form of a county is one where the text names its city or another county of it (`near`).
        """
        end = self.leading_end(text, span.start, span.end)
        if end is None and near:
            sizes = (size for size in (4, 3, 2) if span.start + size + 1 < span.end)
            names = (text[span.start : span.start + size] for size in sizes)
            local = (n for n in names if any(d.adcode[:4] in near for d in self._divisions.get(n, [])))
            end = next((span.start + len(name) for name in local), None)
        return None if end is None else Span(span.start, end, "place", "leading_place", 0.8)

    def leading_end(self, text: str, start: int, limit: int) -> int | None:
        """End of the place that begins at `start` and ends before `limit`; the longest wins."""
        for size in range(min(limit - start - 1, 12), 1, -1):
            name = text[start : start + size]
            divisions = self._divisions.get(name)
            if name in self._countries or (
                divisions and (divisions[0].level != "county" or name[-1] in "县区市旗")
            ):
                return start + size
        return None

    def free_singles(self, text: str, spans: list[Span]) -> list[Span]:
        """Drop a short organisation that begins on a short form after 对, 访 and the like: 对港科技交流."""
        return [
            span
            for span in spans
            if not (
                span.entity_type == "organization"
                and span.end - span.start <= _LONGEST_FREED
                and text[span.start - 1 : span.start] in self._before
                and self._single.match(text, span.start)
            )
        ]

    def trim_tails(self, text: str, spans: list[Span]) -> list[Span]:
        """Cut off what only says where in a place: 海原北部, 东湾地区, 中方.

        A name of the divisions table (喀什地区) stays whole; what only describes a place (智能社区) goes.
        """
        trimmed: list[Span] = []
        for span in spans:
            name = text[span.start : span.end]
            cut = None
            if span.entity_type == "place" and not self.is_place(name):
                if name[-1] == "号" and text.startswith(("项目", "工程"), span.end):
                    continue
                name = self._stage.sub("", name)
                if len(name) < span.end - span.start:
                    if not (self.is_place(name) or self.subtype(name) is not None):
                        continue
                    cut = span.start + len(name)
                tail = self._tail.search(name)
                if tail is not None and tail.start() > 1:
                    cut = span.start + tail.start()
                elif name[-2:-1] in "省市县区州镇乡村" and _SIDE.match(text, span.end - 1):
                    cut = span.end - 1
                elif len(name) == 2 and name[1] == "方" and name[0] in self._sides:
                    cut = span.start + 1
                end = cut or span.end
                if self._generic.fullmatch(text, span.start, end) or self._dynasties.fullmatch(
                    text, span.start, end
                ):
                    continue
            trimmed.append(span if cut is None else span.but(end=cut, rule="trim_tail"))
        return trimmed

    def free_compounds(self, text: str, spans: list[Span]) -> list[Span]:
        """Drop the persons and bodies that the engine made of a row of short forms: 中智 before 两国."""
        rows = {match.span() for match in self._compounds.finditer(text) if match[0] not in self._no_compound}
        return (
            [span for span in spans if span.entity_type == "place" or (span.start, span.end) not in rows]
            if rows
            else spans
        )

    def free_known(self, text: str, spans: list[Span], known: list[Span]) -> list[Span]:
        """Cut off what the engine put before or behind a known name: 贺东湾, 首都东湾, 东湾多云.

        Args:
            text: The article's text.
            spans: Spans of the engine, sorted.
            known: Known places, sorted.

        Returns:
            The spans, sorted; cut ones have rule `known_part`.
        """
        kept: list[Span] = []
        position = 0
        for span in spans:
            while position < len(known) and known[position].end <= span.start:
                position += 1
            inside = known[position] if position < len(known) and known[position].end <= span.end else None
            kept.extend([span] if inside is None else self._parts_of(text, span, inside))
        return kept

    def _parts_of(self, text: str, span: Span, known: Span) -> list[Span]:
        before, after = text[span.start : known.start], text[known.end : span.end]
        place = span.but(start=known.start, end=known.end, entity_type="place", rule="known_part")
        if span.rule != "lac" or known.rule != "gazetteer" or span.confidence > _SURE:
            return [span]
        if before in self._loose_starts and not after and span.entity_type in ("person", "place"):
            return [place]
        if not before and self._weather.fullmatch(after):
            return [place]
        is_country = text[known.start : known.end] in self._countries
        if not before and span.entity_type == "person" and is_country and len(after) > 2:
            return [place, span.but(start=known.end, rule="known_part")]
        if not before and span.entity_type == "place" and is_country and len(after) == 1:
            return [span] if after in self._endings else [place]
        if not before and span.entity_type == "place" and is_country and self._is_foreign_town(after):
            return [place, span.but(start=known.end, rule="known_part")]
        return [span]

    def extend_parks(self, text: str, spans: list[Span]) -> list[Span]:
        """Make one name of a place and the zone that is named after it: 东湾 + 农机产业园."""
        joined: list[Span] = []
        for number, span in enumerate(spans):
            park = self._park.match(text, span.end) if span.entity_type == "place" else None
            limit = spans[number + 1].start if number + 1 < len(spans) else len(text)
            fits = park is not None and park.end() <= limit and span.end - span.start > 1
            if park is not None and fits:
                joined.append(span.but(end=park.end(), rule="place_and_park"))
            else:
                joined.append(span)
        return joined

    def _is_foreign_town(self, name: str) -> bool:
        return name in self._cities or (len(name) > _SHORT and name[-1] in _LEVELS)

    def retype_listed(self, text: str, spans: list[Span]) -> list[Span]:
        """Make places of short names in a list that 两县 or 等国 ends, whatever the engine takes them for."""
        changed = list(spans)
        for number, span in enumerate(spans):
            if self._listed.match(text, span.end) is None:
                continue
            first = number
            while first and text[spans[first - 1].end : spans[first].start] in ("、", "和", "与"):
                first -= 1
            if first == number:
                continue
            for position in range(first, number + 1):
                listed = spans[position]
                short = listed.end - listed.start <= _LONGEST_LISTED
                if listed.entity_type in ("person", "organization") and listed.rule == "lac" and short:
                    changed[position] = listed.but(entity_type="place", subtype=None, rule="listed_place")
        return changed

    def split_compounds(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """Cut a place that is a row of short forms (鲁港, 中美) into its places."""
        cut: list[Span] = []
        for span in spans:
            name = text[span.start : span.end]
            if span.entity_type == "place" and self._is_compound(name) and not _is_town(text, name):
                cut.extend(
                    span.but(start=at, end=at + 1, rule="split_compound")
                    for at in range(span.start, span.end)
                )
            else:
                cut.append(span)
        return cut

    def _is_compound(self, name: str) -> bool:
        return (
            2 <= len(name) <= _LONGEST_COMPOUND
            and name not in self._no_compound
            and not self.is_place(name)
            and (
                self._provinces_only(name) or all(c in self._frequent for c in name) or self._with_china(name)
            )
        )

    def _with_china(self, name: str) -> bool:
        return len(name) == 2 and "中" in name and all(c in self._country_of for c in name)

    def _provinces_only(self, name: str) -> bool:
        return all(c in self._province_of for c in name)

    def resolve(self, text: str, spans: Sequence[Span]) -> None:
        """Give the places of one article their code, province and subtype, where the article decides.

        A name that several divisions share is decided by the provinces and cities that the article names
        otherwise; where these do not decide, `adcode` stays null. A name in the plain table of countries has
        none.
        """
        places = [span for span in spans if span.entity_type == "place"]
        options = [self._options(text, span, places) for span in places]
        sure = {
            (found[0].adcode, text[span.start : span.end])
            for span, found in zip(places, options, strict=True)
            if len(found) == 1
        }
        prefixes = {code[: 2 if code.endswith("0000") else 4] for code, name in sure if name[-1] != "区"}
        for span, found in zip(places, options, strict=True):
            name = text[span.start : span.end]
            span.subtype = "country" if self._is_country(span, name) else self.subtype(name)
            if len(name) == 1 and not found and name in self._country_of:
                # 中 and 俄 are mentions of 中国 and 俄罗斯.
                span.canonical = span.canonical or self._country_of[name]
                span.subtype = self.subtype(self._country_of[name])
            meant = _narrow(found, prefixes) if len(found) > 1 else found
            if len(meant) == 1:
                span.adcode, span.province = meant[0].adcode, meant[0].province
                if name in self._divisions or len(name) == 1:
                    span.subtype = meant[0].level
            elif len({division.province for division in meant}) == 1:
                span.province = meant[0].province
            elif not found:
                # Its own code a park or a road has not: that of its city would make it the city.
                span.province = self._province_of_longer(name)

        for above, below in pairwise(places):
            # 南屏镇 directly behind 思茅区 lies in its province; a code of its own it has not.
            if below.adcode is None and below.province is None and above.end == below.start:
                below.province = above.province

    def _options(self, text: str, span: Span, places: Sequence[Span]) -> list[Division]:
        name = text[span.start : span.end]
        if len(name) > 1:
            return self._divisions.get(name) or self._last_of_several(name)
        province, country = self._province_of.get(name), self._country_of.get(name)
        if province is None or self._is_country(span, name):
            return []
        if country is not None and not self._reads_as_province(text, span, places):
            return []
        return self._divisions.get(province, [])

    def _last_of_several(self, name: str) -> list[Division]:
        """Division of a name that goes down the levels: 东江市海原区 is 海原区."""
        for size in range(2, min(len(name) - 1, 12)):
            above, below = self._divisions.get(name[:size]), name[size:]
            if above and len(above) == 1 and below in self._divisions:
                prefix = above[0].adcode.rstrip("0")
                return [d for d in self._divisions[below] if d.adcode.startswith(prefix)]
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
        return len(name) == 1 and name in self._country_of and name not in self._province_of

    def _reads_as_province(self, text: str, span: Span, places: Sequence[Span]) -> bool:
        """Whether a character that is a short form of both (澳, 新, 蒙, 苏) stands for the province here."""
        row = [
            text[other.start : other.end]
            for other in places
            if other.end - other.start == 1 and abs(other.start - span.start) < _LONGEST_COMPOUND
        ]
        neighbours = [c for c in row if c != text[span.start]]
        if any(c not in self._province_of for c in neighbours):
            return False
        named = {text[other.start : other.end] for other in places if other.end - other.start > 1}
        character = text[span.start]
        if self._country_of[character] in named:
            return False
        province = self._province_of[character]
        return bool(neighbours) or province in named or short_form(province) in named


def _any_of(words: Iterable[str]) -> str:
    """Alternatives of a pattern, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def short_form(name: str) -> str:
    """Everyday form of a division's name: 海原市 is 海原; two characters stay whole.

    >>> short_form("内蒙古自治区"), short_form("淄博市"), short_form("忠县")
    ('内蒙古', '淄博', '忠县')
    """
    stripped = name.removesuffix("特别行政区")
    if stripped == name:
        stripped = _ETHNIC.sub("", name)
    if stripped == name:
        stripped = re.sub(r"(?:地区|林区|[省市县区盟旗])$", "", name)
    return stripped if len(stripped) > 1 else name


def common_form(name: str) -> str:
    """Form of an autonomous division without its peoples: 大理白族自治州 is 大理州.

    >>> common_form("大理白族自治州"), common_form("淄博市")
    ('大理州', '淄博市')
    """
    match = re.search("自治([州县旗])$", name)
    return short_form(name) + match[1] if match else name


def _narrow(found: Sequence[Division], prefixes: set[str]) -> list[Division]:
    """Those of several divisions that lie in a place the article is sure of; the higher level first."""
    near = [d for d in found if any(d.adcode.startswith(prefix) for prefix in prefixes)]
    if len(near) == 1:
        return near
    # The seat and the area of a name, such as 吉林省 and 吉林市: only a longer form tells them apart.
    cities = [d for d in (near or found) if d.level == "city"]
    return cities if len(cities) == 1 and len({d.province for d in found}) == 1 else list(near or found)


def _is_middle(text: str, match: re.Match[str]) -> bool:
    """Whether 中 belongs to the word before it: 其中, 集中."""
    return match[0][0] == "中" and text[match.start() - 1 : match.start()] in _BEFORE_MIDDLE


def _is_town(text: str, name: str) -> bool:
    """Whether the text calls a name a city, county or town: 云川市 is no 云 and 川."""
    return re.search(f"{re.escape(name)}{_TOWN_ENDING}", text) is not None
