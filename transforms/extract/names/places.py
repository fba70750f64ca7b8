"""Places in a text: short forms joined in one word, single characters, what does not belong to a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from transforms.extract.cuts import starts_inside
from transforms.extract.gated import NAMES
from transforms.extract.names.abroad import PlacesAbroad
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.forms import forms, is_met, is_town, short_form
from transforms.extract.names.parts import ProvinceParts
from transforms.extract.names.spans import Lexicon, Span, overlay
from transforms.extract.names.tails import PARTNER
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_LONGEST_COMPOUND, _WAYS = 5, ("铁路", "公路", "高铁", "大桥")
_LONGEST_FREED, _LONGEST_LISTED, SURE_BODY = 4, 6, 0.6
# 甲、乙等市级领导
_LEADERS = re.compile(
    "等(?:[省市县区州盟旗镇乡校院厅局]|自治区|集团|公司)?(?:级|委|政府|四套班子|主要|有关|相关|部分){0,2}(?:老?领导|班子成员)"
)
_SURE = 0.4
_SHORT = 2
_BEFORE_COUNTRY = frozenset(("", "和", "与", "及", "对", "从"))
_LEVELS = "省市县区州镇乡"
_DATELINE = re.compile(
    r"(?:本报|新华社|中新社|本台|本网|[\u4e00-\u9fff]{2,6}[报网])(?P<place>(?!综合|专题|专稿|.{0,3}(?:记者|特约|通讯))[\u4e00-\u9fff]{2,8}?)(?=[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日(?:电|讯))"
)
_ROAD = re.compile("公路|铁路|高速(?:公路)?|高铁|城际")
_COMMITTEE = re.compile("[省市县区州旗盟]委(?!员)")
# 海原市场集团, 东江省投燃气公司
_LEVEL_OF_WORD = re.compile("市场(?!监管|监督)|省投(?!资)")
# 九龙江 + 西溪, 闽江 + 北港
_ARM = re.compile("[江河][东西南北](?:航道|干渠|干流|支|溪|港(?!区)|汊|河(?!岸))")
_BEFORE_MIDDLE = frozenset("其集当")
# A zone that bears a name as if it were two countries: 中某产业园.
_ZONE_BEHIND = re.compile("产业[园城基集]")


class PlaceRules:
    """Built once from `places.yml` and the divisions table."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        vocabulary = lookups["places"]
        self._divisions = divisions
        self._words = Words()
        self.abroad = PlacesAbroad(lookups, divisions)
        self._parts = ProvinceParts(divisions)
        self._no_compound = frozenset((*vocabulary["not_compounds"], *vocabulary["compound_regions"]))
        self._letters = frozenset((*divisions.province_of, *divisions.country_of))
        self._frequent = frozenset(vocabulary["frequent_countries"])
        common = {*vocabulary["counties_as_words"], *vocabulary["cities_as_words"]}
        cities = {name for name in divisions.names_of_cities() if len(name) == _SHORT} - common
        self._lexicon = Lexicon(
            {
                **dict.fromkeys(cities, None),
                **dict.fromkeys(self._sure_names(lookups), True),
                **dict.fromkeys([*vocabulary["swallow"], *(f"{c}语" for c in divisions.countries)], False),
            }
        )
        self._compounds = self._compound_pattern(vocabulary)
        # 甲、乙等县领导 are persons.
        self._listed = re.compile(rf"(?:{any_of(vocabulary['after_places'])})(?!领导|干部)")
        surnames = "".join(lookups["persons"]["surnames"])
        self._named = re.compile(f"[{surnames}][\u4e00-\u9fff]{{1,2}}")
        firms = lookups["organizations"]["endings"]["company"]
        self._firms = tuple(end for end in firms if len(end) > 1)
        parks = any_of(vocabulary["parks"])
        outside = lookups["organizations"]["not_inside"] + lookups["organizations"]["left_boundary"]
        acts = any_of(lookups["organizations"]["founding"])
        lands = any_of(vocabulary["lands_behind"])
        self._park = re.compile(
            rf"(?:(?!{acts}|建?一[座个家]|[两三四五各]地)[^\W\d_{outside}、，。]){{0,8}}?(?:{parks})(?:(?<=园)区)?(?![域别])|(?:{lands})"
        )
        abroad = any_of(name for name in self._divisions.cities if len(name) == 2)
        self._city_after = NAMES.compile(rf"(?<=[在于赴抵驻往至飞])(?:{abroad})")
        self._loose_starts = frozenset(vocabulary["loose_starts"])
        self._areas = NAMES.compile(
            f"(?:{any_of(vocabulary['areas'])})(?={any_of(vocabulary['after_areas'])})"
        )
        frequent = vocabulary["frequent_countries"]
        # 中、英、德三国: where nothing of a word stands before or behind.
        self._row = re.compile(
            rf"[{frequent}](?<![\u4e00-\u9fff、](?<![在与和对由从是及]).)(?:、[{frequent}])+(?=[^\u4e00-\u9fff]|[等两三四五和及]|建交|不同|之间|关系)"
        )
        # 阿曼 is none in 阿曼古·海原.
        persons = lookups["persons"]
        sounds = f"[{persons['transliteration']}{persons['dotted']}]"
        self._name_goes_on = re.compile(f"(?<!中国){sounds}{{1,3}}[·•・‧]{sounds}{{2}}")
        self._weather = re.compile(any_of(vocabulary["weather"]))
        self._trains = tuple(vocabulary["trains"])
        self._single = self._single_pattern(vocabulary)
        self._before = frozenset((*vocabulary["before_single"], "对"))

    def _sure_names(self, lookups: Mapping[str, Any]) -> list[str]:
        """Names that are a place wherever they stand: countries, regions, provinces, full forms."""
        names = {
            name
            for name in (*self._divisions.countries, *self._divisions.regions)
            if len(name) > 2 or name in self._divisions.countries
        }
        names |= {name for name in self._divisions.cities if len(name) > 2} | self._divisions.features
        aliases, states = lookups["places"]["aliases"], lookups["aliases"]["states"]
        names |= {name for name in aliases if len(name) > _SHORT and name[-1] == "旗"}
        names |= {
            f"{land}{state}" for land in self._divisions.countries for state in states if state[-1] == "国"
        }
        for row in lookups["divisions"]:
            if len(row["name"]) > 2:
                # 滨海新 is the front of 滨海新材料 as well, 老城区 a part of any town.
                whole = {name for name in forms(row["name"]) if len(name) > _SHORT and name[-1] != "新"}
                names |= whole.difference(lookups["places"]["counties_as_words"])
            if row["level"] == "province":
                names.add(short_form(row["name"]))
        return sorted(names)

    def _compound_pattern(self, vocabulary: Mapping[str, Any]) -> re.Pattern[str]:
        provinces = "".join(self._divisions.province_of)
        countries = "".join(self._divisions.country_of)
        follow = "|".join(map(re.escape, vocabulary["after_compound"]))
        frequent = vocabulary["frequent_countries"]
        more = any_of(vocabulary["after_frequent"])
        # It begins with a set of all of them, since that makes it fast.
        return re.compile(
            rf"[{provinces}{countries}{frequent}](?:(?:(?<=[{provinces}])[{provinces}]{{1,3}}"
            rf"|(?<=[{countries}])[{countries}]{{1,2}})(?=(?:{follow}))|(?<=[{frequent}])[{frequent}]{{1,2}}(?={more}))"
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

    def rows(self, text: str) -> list[re.Match[str]]:
        """Short forms written as one word, where the context says what they are: 鲁港 before 合作."""
        return [
            match
            for match in self._compounds.finditer(text)
            if match[0] not in self._no_compound
            and _ZONE_BEHIND.match(text, match.end()) is None
            and not self._is_train(text, match[0], match.end())
        ]

    def _is_train(self, text: str, name: str, end: int) -> bool:
        """Whether short forms of countries name a railway or its trains: 中老铁路."""
        return text.startswith(self._trains, end) and self._frequent.union("老欧").issuperset(name)

    def find_known(self, text: str, rows: Sequence[re.Match[str]]) -> tuple[list[Span], list[Span]]:
        """Places that need no context, and short forms where the context says what they are.

        Returns:
            These, and short forms of cities, which are places where nothing else is named.
        """
        words = list(self._lexicon.find(text))
        cities = [
            Span(start, end, "place", "known_city", 0.5)
            for start, end, sure in words
            if sure is None and self._stands_alone(text, start, end)
        ]
        known = [
            Span(start, self._end_of_known(text, start, end), "place", "gazetteer", 0.9)
            for start, end, sure in words
            if sure
            and not (end - start == _SHORT and self._name_goes_on.match(text, end))
            and not is_met(text, start)
            # 海地 of 沿海地区
            and not starts_inside(text, start, end)
        ]
        shorts = [
            Span(match.start(), match.end(), "place", "short_form", 0.9)
            for match in (*rows, *self._single.finditer(text))
            if match[0] not in self._no_compound
            and not _is_middle(text, match)
            and PARTNER.match(text, match.start()) is None
        ]
        for pattern in (self._areas, self._city_after):
            shorts += [Span(*m.span(), "place", "short_form", 0.9) for m in pattern.finditer(text)]
        for row in self._row.finditer(text):
            shorts += [
                Span(at, at + 1, "place", "short_form", 0.8) for at in range(row.start(), row.end(), 2)
            ]
        shorts += self._divisions.lands.pairs(text, rows)
        known = overlay(self._parts.find(text), self.abroad.behind_countries(text, known))
        shorts.sort(key=lambda s: s.start)
        dateline = _DATELINE.match(text)
        if dateline is not None and (
            self._is_named(dateline["place"]) or len(dateline["place"]) < _LONGEST_FREED
        ):
            shorts.append(Span(*dateline.span("place"), "place", "dateline", 0.9))
        return overlay(shorts, known), cities

    def _stands_alone(self, text: str, start: int, end: int) -> bool:
        """Whether no word reaches over the edges of a name: no 海口 in 出海口, no 合肥 in 复合肥."""
        across = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
        is_cut = any(len(word) > 1 and self._words.frequency(word) for word in across)
        return not is_cut and not self._divisions.is_state(text, end)

    def _end_of_known(self, text: str, start: int, end: int) -> int:
        """End of a place, with its level behind it (图林根 + 州), without that of a body.

        海原省委 is 海原 and a 省委.
        """
        is_part = (
            _COMMITTEE.match(text, end - 1) is not None or _LEVEL_OF_WORD.match(text, end - 1) is not None
        )
        if is_part and self._divisions.is_place(text[start : end - 1]):
            return end - 1
        arm = _ARM.match(text, end - 1)
        return self.abroad.end_with_level(text, start, end) if arm is None else arm.end()

    def _is_named(self, name: str) -> bool:
        return self._divisions.is_place(name) or name in self._divisions.cities

    def short_forms(self, text: str, spans: Sequence[Span]) -> set[str]:
        """Everyday forms of the places of a text that name their level: 东湾 where it has 东湾州."""
        names = {text[span.start : span.end] for span in spans if span.entity_type == "place"}
        short = {name[:-1] for name in names if len(name) > _SHORT and name[-1] in _LEVELS + "村屯"}
        return short | {name[:-2] for name in names if len(name) > _SHORT + 1 and name.endswith("地区")}

    def free_singles(self, text: str, spans: list[Span]) -> list[Span]:
        """Drop a short organisation that begins on a short form after 对, 访 and the like: 对港科技交流."""
        return [
            span
            for span in spans
            if not (
                span.entity_type == "organization"
                and span.end - span.start <= _LONGEST_FREED
                and span.confidence <= SURE_BODY
                and text[span.start - 1 : span.start] in self._before
                and self._single.match(text, span.start)
            )
        ]

    def free_compounds(self, spans: list[Span], rows: Sequence[re.Match[str]]) -> list[Span]:
        """Drop the persons and bodies that the engine made of a row of short forms: 中智 before 两国."""
        taken = {row.span() for row in rows}
        return (
            [span for span in spans if span.entity_type == "place" or (span.start, span.end) not in taken]
            if taken
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
        is_country = text[known.start : known.end] in self._divisions.countries
        if is_country and before in _BEFORE_COUNTRY and self.abroad.is_town_behind(text, known.end, span.end):
            return [place, span.but(start=known.end, entity_type="place", rule="known_part")]
        if not before and span.entity_type == "person" and is_country and len(after) > 2:
            return [place, span.but(start=known.end, rule="known_part")]
        if not before and span.entity_type == "place" and is_country and len(after) == 1:
            return [span] if after in self._divisions.endings else [place]
        if not before and span.entity_type == "place" and is_country and self._is_foreign_town(after):
            return [place, span.but(start=known.end, rule="known_part")]
        return [span]

    def extend_parks(self, text: str, spans: list[Span]) -> list[Span]:
        """Make one name of a place and the zone that is named after it: 东湾 + 农机产业园."""
        joined: list[Span] = []
        for number, span in enumerate(spans):
            park = self._park.match(text, span.end) if span.entity_type == "place" else None
            # 东国工业城市
            park = None if park is not None and text.startswith("城市", park.end() - 1) else park
            limit = spans[number + 1].start if number + 1 < len(spans) else len(text)
            if limit == span.end and park is not None and spans[number + 1].end > park.end():
                # 东湾区 and 农机产业园二期: the second begins inside the zone's name and ends behind it.
                limit = park.end()
            if park is not None and limit == span.end and self._is_pair(text, spans[number + 1]):
                # 横琴 and 粤澳深度合作区: whose zone it is stands in the middle.
                limit = park.end()
            fits = park is not None and park.end() <= limit and span.end - span.start > 1
            if joined and span.start < joined[-1].end and joined[-1].rule == "place_and_park":
                continue
            if park is not None and fits and text[span.end - 1] == "省":
                # A zone is not named after its province alone.
                joined.extend((span, Span(*park.span(), "place", "place_and_park", span.confidence)))
            elif park is not None and fits:
                joined.append(span.but(end=park.end(), rule="place_and_park"))
            else:
                joined.append(span)
        return joined

    def _is_pair(self, text: str, span: Span) -> bool:
        return span.end - span.start == _SHORT and self._provinces_only(text[span.start : span.end])

    def _is_foreign_town(self, name: str) -> bool:
        return name in self._divisions.cities or (len(name) > _SHORT and name[-1] in _LEVELS)

    def retype_listed(self, text: str, spans: list[Span]) -> list[Span]:
        """Give the names of a list the type that its end tells, whatever the engine takes them for.

        Short names in front of 两县 or 等国 are places, those in front of 等市领导 persons.
        """
        changed = list(spans)
        for number, span in enumerate(spans):
            if span.entity_type == "person" and self.abroad.is_among_towns(text, changed, number):
                changed[number] = span.but(entity_type="place", subtype=None, rule="listed_place")
                continue
            is_led = _LEADERS.match(text, span.end) is not None
            if not is_led and self._listed.match(text, span.end) is None:
                continue
            first = number
            while first and text[spans[first - 1].end : spans[first].start] in ("、", "和", "与"):
                first -= 1
            if first == number:
                continue
            if is_led:
                changed[first : number + 1] = self._led(text, spans[first : number + 1])
                continue
            for position in range(first, number + 1):
                listed = spans[position]
                short = listed.end - listed.start <= _LONGEST_LISTED
                is_firm = text.endswith(self._firms, listed.start, listed.end)
                is_firm = is_firm and listed.entity_type == "organization"
                if (
                    listed.entity_type in ("person", "organization")
                    and listed.rule == "lac"
                    and short
                    and not is_firm
                ):
                    changed[position] = listed.but(entity_type="place", subtype=None, rule="listed_place")
        return changed

    def _led(self, text: str, listed: Sequence[Span]) -> list[Span]:
        """The members of a list of leaders: persons, unless towns stand there (海原、青川等市领导)."""
        places = [text[s.start : s.end] for s in listed if s.entity_type == "place"]
        if all(map(self._divisions.is_place, places)) or not all(map(self._named.fullmatch, places)):
            return list(listed)
        return [
            s.but(entity_type="person", rule="listed_person")
            if s.entity_type in ("place", "person") and self._named.fullmatch(text, s.start, s.end)
            else s
            for s in listed
        ]

    def split_compounds(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """Cut a place that is a row of short forms (鲁港, 中美) into its places."""
        cut: list[Span] = []
        for span in spans:
            name = text[span.start : span.end]
            if span.entity_type == "place" and len(name) == _SHORT and self._is_train(text, name, span.end):
                continue
            way = _ROAD.match(text, span.end) if self._is_road(span, name) else None
            if way is not None:
                cut.append(span.but(end=way.end(), rule="way_of_two"))
                continue
            is_told = span.rule == "short_form" and not text.startswith(_WAYS, span.end)
            is_row = span.entity_type == "place" and self._is_compound(text, name, is_told)
            if is_row and not is_town(text, name):
                # 宣布 + 沙伊两国, 以 + 中欧关系
                is_led = self._words.frequency(text[span.start - 1 : span.start + 1]) > 0
                is_led = is_led or (name[0] == "以" and "以色列" not in text)
                start = span.start + (is_told and is_led and len(name) > _SHORT)
                cut.extend(
                    span.but(start=at, end=at + 1, rule="split_compound") for at in range(start, span.end)
                )
            else:
                cut.append(span)
        return cut

    def _is_road(self, span: Span, name: str) -> bool:
        """Whether a road may be named after it: 新藏 in front of 公路."""
        return span.entity_type == "place" and 2 <= len(name) <= _SHORT + 1 and self._provinces_only(name)

    def _is_compound(self, text: str, name: str, is_told: bool) -> bool:
        if name in self._no_compound or not 2 <= len(name) <= _LONGEST_COMPOUND:
            return False
        if self._divisions.is_place(name) or self._divisions.subtype(name) is not None:
            return self._divisions.are_lands(text, name)
        is_pair = len(name) == _SHORT and (is_told or "中" in name) and self._letters.issuperset(name)
        is_row = self._provinces_only(name) or self._frequent.issuperset(name)
        return is_pair or is_row or self._divisions.are_lands(text, name)

    def _provinces_only(self, name: str) -> bool:
        return self._divisions.province_of.keys() >= set(name)


def _is_middle(text: str, match: re.Match[str]) -> bool:
    """Whether 中 belongs to the word before it: 其中, 集中."""
    return match[0][0] == "中" and text[match.start() - 1 : match.start()] in _BEFORE_MIDDLE
