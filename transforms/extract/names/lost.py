"""First characters that the engine leaves out of a name: 不来 of 不来梅港, 下 of 下青河乡."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.normalize.words import Words

_SURE, _LONGEST_GAP = 3, 4
_TOWN = re.compile("[\u4e00-\u9fff]{1,8}(?:(?<!自治)[县乡镇村旗]|街道)")
_CHINESE = re.compile("[\u4e00-\u9fff]")
# A place may stand behind one of these on its own, or they belong to the word before.
_APART = frozenset(
    "在于到从自向往赴至抵访驻离距沿经过由与和及同跟对为是系原老旧邻本该各另全近属以把将被使让给因受据如即若但而且也又还"
    "都就才其此这那每某称来去回进入出后前内外里中的了着地得之们者所等说指位时今昨明年月日县市省区州"
)
_OPENS = frozenset("，。；：、“（(《 \u3000\n在于到至与继往赴由向距")
# Towns behind their county are spelled after their sound there: 某某旗巴彦塔拉镇.
_SPELLED = ("15", "54", "63", "65")
_SPELLED_TOWN = re.compile("[\u4e00-\u9fff]{1,5}(?:镇|乡|苏木|嘎查|村)")
_COUNTY, _BETWEEN, _COMMON = frozenset("旗县市区"), frozenset("在到从往赴由与和及的"), 100
# 族乡 of a people goes under the name in front of it: 青区瑶族乡.
_OF_PEOPLE = re.compile("(?:[\u4e00-\u9fff]{1,4}族)+(?:乡|镇|自治[县旗])")


class LostFronts:
    """Built once from `places.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        self._divisions = divisions
        self._words = Words()
        sounds = f"[{lookups['places']['transliterating']}]"
        self._sounds = re.compile(f"(?:{sounds}|[那娜也]){{1,{_LONGEST_GAP}}}")
        self._begins = re.compile(f"{sounds}{{1,3}}[港市州县省]?")

    def restore(self, text: str, spans: Sequence[Span], known: Sequence[Span]) -> list[Span]:
        """Lead names back to where they begin.

        Args:
            text: The article's text.
            spans: Spans of the engine, sorted.
            known: Places of the vocabularies, sorted.

        Returns:
            The spans, sorted; changed ones have rule `front`.
        """
        restored: list[Span] = []
        position, last = 0, 0
        for span in spans:
            while position < len(known) and known[position].end <= span.start:
                position += 1
            place = known[position] if position < len(known) else span
            is_known = place is not span and place.start <= span.start and span.end <= place.end
            if not is_known and self._is_of_people(text, span, restored):
                restored[-1] = restored[-1].but(end=span.end, rule="front")
                last = span.end
                continue
            start = span.start
            if span.rule == "lac" and span.entity_type in ("place", "organization"):
                before = known[position - 1] if position else None
                if place.start < span.start < place.end < span.end:
                    # 上海 + 洋山港, of which the engine has 海洋山港
                    is_next = self._divisions.is_place(text[place.end : span.end]) or (
                        text[place.end : span.end] in self._divisions.features
                    )
                    start = place.start if place.end - place.start >= _SURE else span.start
                    if start == span.start and is_next:
                        restored.append(span.but(start=place.end, rule="front"))
                        last = span.end
                        continue
                elif span.entity_type == "place":
                    start = self._start(text, span, before)
                    if before is not None and self._is_spelled(text, before, span):
                        start = before.end
                        while restored and restored[-1].start >= start:
                            restored.pop()
                        last = start
            is_free = last <= start < span.start
            restored.append(span.but(start=start, rule="front") if is_free else span)
            last = span.end
        return restored

    def _is_spelled(self, text: str, county: Span, town: Span) -> bool:
        """Whether nothing but the first sounds of a town stands between it and its county."""
        gap = text[county.end : town.start]
        if not 0 < len(gap) <= _LONGEST_GAP or text[county.end - 1] not in _COUNTY:
            return False
        if not _BETWEEN.isdisjoint(gap) or _SPELLED_TOWN.fullmatch(text, town.start, town.end) is None:
            return False
        there = self._divisions.sole(text[county.start : county.end])
        if there is None or not there.adcode.startswith(_SPELLED) or not gap.isalpha():
            return False
        return all(len(word) == 1 or self._words.frequency(word) < _COMMON for word, _ in tag(gap))

    def _is_of_people(self, text: str, span: Span, before: Sequence[Span]) -> bool:
        """Whether nothing but a people and a level stands directly behind the name that they belong to."""
        is_behind = bool(before) and before[-1].end == span.start and before[-1].entity_type == "place"
        return (
            is_behind
            and span.entity_type == "place"
            and _OF_PEOPLE.fullmatch(text, span.start, span.end) is not None
        )

    def _start(self, text: str, span: Span, before: Span | None) -> int:
        name = text[span.start : span.end]
        if self._divisions.is_place(name):
            return span.start
        if before is not None and text[before.start : before.end] in self._divisions.countries:
            gap = self._sounds.fullmatch(text, before.end, span.start)
            if gap is not None and self._begins.fullmatch(name):
                return before.end
        first, opening = text[span.start - 1 : span.start], text[span.start - 2 : span.start - 1]
        is_first = first not in _APART and _CHINESE.match(first) is not None
        is_open = span.start == 1 or opening in _OPENS
        return span.start - 1 if is_first and is_open and _TOWN.fullmatch(name) else span.start
