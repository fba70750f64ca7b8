"""Sites that a place and the words behind it name together, and what stands behind a district on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span, find_words, overlay
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_LEVELS = frozenset("省市县区州旗镇乡道港")
_WIDE = ("country", "province", "region")
NAMING = frozenset(
    ["n", "ns", "nz", "nr", "nrt", "nrfg", "nt", "b", "f", "a", "vn", "j", "s", "m", "ng", "g", "zg", "t"]
)
"""Kinds of words that stand in names of sites and bodies: no verbs, particles or pronouns."""

# 青石镇 + 前湾村, 青石镇 + 春和路
_IN_TOWN = re.compile(
    "[\u4e00-\u9fff]{2,3}(?:[\u4e00-\u9fff]{1,3}族)*(?:(?<![小城市])镇|(?<![城下])乡|街道)(?P<site>[\u4e00-\u9fff]{2,5}(?:(?<![新山渔农个各])村|社区|矿区|老街|大道|路|[^条步]街))"
    "|[\u4e00-\u9fff]{2,3}村(?P<part>[\u4e00-\u9fff]{2,3}[屯庄寨坡])"
)
# 青石港 + 前湾港区, not 青石港 + 散货港区
# 伊河 + 陆石水库
_ON_RIVER = re.compile(
    "[\u4e00-\u9fff]{1,3}[河江溪](?P<part>[\u4e00-\u9fff]{1,3}(?:水库|水文站|水电站|水利枢纽|[县镇村]))"
)
_IN_HARBOUR = re.compile("[\u4e00-\u9fff]{2,4}港区?(?P<site>(?!区)[\u4e00-\u9fff]{2,4}(?:港区|作业区))")
_SHORT, _LONGEST_END = 2, 5
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BEFORE_PAIRS = frozenset("在于与和及到从由的是将对为")
_DASH = NAMES.compile("[^—－-][—－-][^—－-]|·")
_COMMON, _RARE = 500, 20
_LEADS = frozenset("在到于赴从往抵至对自驻离")
_ANY = frozenset("各诸多")
_SHORTEST_BEHIND = 3

# 海原西路街道 is named after a street, the street after a place.
_STREET = re.compile("[东西南北中]{1,2}[路街](?:街道|社区|村)")


class SiteRules:
    """Built once from `places.yml`, `organizations.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        places, bodies = lookups["places"], lookups["organizations"]
        self._divisions = divisions
        self._words = Words()
        outside = f"{bodies['not_inside']}{bodies['left_boundary']}、，。"
        sites = any_of(places["sites_behind"])
        self._site = re.compile(rf"(?P<inner>[^\W\d_{outside}]{{0,6}}?)(?:{sites})(?![域别长])")
        zones = any_of([*places["parks"], *places["more_parks"], "口岸", "特区", "驿站"])
        self._zone = re.compile(
            f"(?:{any_of([*places['parks'], *places['more_parks']])}|产业园区|大街|大道)$"
        )
        self._dashed = re.compile(rf"[—－·-](?![—－-])[^\W\d_{outside}]{{2,10}}?(?:{zones})(?![域别外])")
        described = [*places["generic"], *places["generic_zones"], *places["bare_venues"]]
        described += [*places["sites_behind"], *bodies["trades"], *bodies["office_sectors"]]
        self._described = re.compile(f"(?:{any_of(word for word in described if len(word) > 1)})")
        of_kind = any_of(word for word in described if len(word) > 1)
        self._fronted = re.compile(f"([\u4e00-\u9fff]{{2}})(?:{of_kind})*(?:{zones}|工业城|港)")
        self._not_town = re.compile(f"(?:{any_of(word for word in places['not_towns'] if word != '小镇')})$")
        self._town_or_small = re.compile("[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|村|苏木|嘎查)")
        # 乌兰塔拉苏木 and 阿克布拉克乡 go on over the short form of a county.
        sounds = f"[{places['transliterating']}彦音浩淖日硕]"
        self._spelled = re.compile(f"{sounds}{{4,8}}[乡镇村]")
        self._town = re.compile("[\u4e00-\u9fff]{2,3}(?:(?<!小)镇|乡|街道|村|苏木|嘎查)")

    def join(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Make one name of a place and the site that is named after it: 海原 + 展览城.

        Behind a district or town a site with its own name is another place: 海原区, 青石片区.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; joined and found ones have rule `place_and_site`.
        """
        found = []
        for number, span in enumerate(spans):
            name = text[span.start : span.end]
            if span.entity_type != "place" or len(name) < _SHORT or self._divisions.subtype(name) in _WIDE:
                continue
            site = self._site.match(text, span.end)
            if site is None:
                continue
            following = number + 1
            while following < len(spans) and spans[following].start < site.end():
                following += 1
            inside = spans[number + 1 : following]
            # 青石县产业园 + 海原镇前湾片区
            is_town = any(s.entity_type == "place" and text[s.end - 1] in "镇乡县市" for s in inside)
            if is_town or any(s.end > site.end() or s.entity_type == "person" for s in inside):
                continue
            inner = site["inner"]
            if inner[:1] in _ANY or any(kind == "m" or kind not in NAMING for _, kind in tag(inner)):
                continue
            if name[-1] not in _LEVELS or not inner or self._described.match(inner) is not None:
                found.append(span.but(end=site.end(), rule="place_and_site"))
            elif self.is_name(inner):
                found.append(Span(*site.span(), "place", "place_and_site", 0.6))
        between = list(self._between(text, spans))
        found = overlay(found, between)
        joined = overlay(spans, found) if found else list(spans)
        pairs = [self._of_two_countries(text, span) for span in joined if span.entity_type == "place"]
        wider = [span for span in pairs if span is not None]
        return overlay(joined, wider) if wider else joined

    def _of_two_countries(self, text: str, span: Span) -> Span | None:
        """A zone with the two countries in front of it: 中马 + 海原产业园."""
        start = span.start - 2
        pair = text[max(0, start) : span.start]
        if "中" not in pair or len(pair) != _SHORT or any(c not in self._divisions.country_of for c in pair):
            return None
        before = text[start - 1 : start]
        is_apart = _CHINESE.match(before) is None or before in _BEFORE_PAIRS
        if not is_apart or self._zone.search(text, span.start, span.end) is None:
            return None
        return span.but(start=start, rule="place_and_site")

    def _between(self, text: str, spans: Sequence[Span]) -> Iterator[Span]:
        """Zones and crossings of two places with a dash between them: 东湾—海原口岸."""
        if _DASH.search(text) is None:
            return
        for span in spans:
            zone = self._dashed.match(text, span.end) if span.entity_type != "organization" else None
            if zone is not None and zone[0][0] == "·" and span.entity_type != "place":
                continue
            if zone is not None and span.end - span.start <= _LONGEST_END:
                yield Span(span.start, zone.end(), "place", "place_and_site", 0.6)

    def alone(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """The place that a zone or port is named after, where it stands by itself: 在海原 beside 海原工业城.

        Args:
            text: The article's text.
            spans: Top-level spans.

        Returns:
            Places with rule `zone_front`; a preposition stands in front of each.
        """
        zones = (self._fronted.match(text, s.start) for s in spans if s.entity_type != "person")
        names = {zone[1] for zone in zones if zone is not None and self._words.frequency(zone[1]) < _RARE}
        return [
            Span(start, end, "place", "zone_front", 0.6)
            for start, end, _ in find_words(dict.fromkeys(names, True), text)
            if text[start - 1 : start] in _LEADS and self._fronted.match(text, start) is None
        ]

    def is_name(self, name: str) -> bool:
        """Whether characters behind a district are a name, not what describes a zone: 青石, not 纺织."""
        word, kind = tag(name)[0] if len(name) >= _SHORT else ("", "")
        # 白芝麻 of 白芝麻产业园
        is_thing = kind == "n" and len(word) > _SHORT
        return (
            len(name) >= _SHORT
            and not is_thing
            and self._described.match(name) is None
            and (self._words.frequency(name[:_SHORT]) < _COMMON or self._divisions.is_place(name[:_SHORT]))
        )

    def town_behind(self, text: str, start: int, end: int) -> int | None:
        """Where a town or a small town begins behind the district or county at the beginning of a place."""
        if (housed := _IN_TOWN.fullmatch(text, start, end)) is not None:
            return housed.start(housed.lastgroup or 0)
        river = _ON_RIVER.fullmatch(text, start, end)
        if river is not None and text[start : river.start("part")] in self._divisions.features:
            return river.start("part")
        harbour = _IN_HARBOUR.fullmatch(text, start, end)
        if harbour is not None and self.is_name(harbour["site"]):
            return harbour.start("site")
        cut, kinds = self._divisions.leading_end(text, start, end), self._town_or_small
        if cut is None or text[cut - 1] not in _LEVELS:
            sizes = (size for size in (3, 2) if self._divisions.is_place(text[start : start + size]))
            cut, kinds = next((start + size for size in sizes), None), self._town
            is_banner_town = text.endswith(("苏木", "嘎查"), start, end)
            if cut is not None and (is_banner_town or self._spelled.fullmatch(text, start, end) is not None):
                return None
        if cut is None or end - cut < _SHORTEST_BEHIND or _STREET.match(text, cut) is not None:
            return None
        not_town = self._not_town.search(text, cut, end)
        # 星村镇 ends on 村镇.
        is_named = not_town is None or (
            end - cut == _SHORT + 1 and text[cut] not in "各全本乡小自行" and not_town.start() > cut
        )
        return cut if is_named and kinds.fullmatch(text, cut, end) is not None else None
