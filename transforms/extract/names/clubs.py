"""Clubs in match reports: names that the engine takes for the city they come from, or for a person."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span, overlay
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_SHORT, _FREQUENT = 2, 500
_SENTENCE_ENDS = re.compile(r"[。！？!?\n]")


class ClubRules:
    """Built once from `clubs.yml`; divisions, countries and regions never become clubs."""

    def __init__(self, lookups: Mapping[str, Any], places: Divisions) -> None:
        vocabulary = lookups["clubs"]
        self._places = places
        self._words = Words()
        self._match = NAMES.compile(any_of(vocabulary["match_words"]))
        self._score = re.compile("|".join(vocabulary["scores"]))
        self._sure = frozenset(vocabulary["known"])
        self._known = NAMES.compile(any_of([*vocabulary["in_reports"], *vocabulary["known"]]))
        self._after = re.compile(rf"\s?(?:{'|'.join(vocabulary['beside_club'])})")
        self._before = re.compile(rf"(?:{'|'.join(vocabulary['before_club'])})\s?$")
        self._located = re.compile(rf"(?:{'|'.join(vocabulary['before_place'])})$")
        self._ground = re.compile("|".join(vocabulary["after_place"]))
        self._not_club = tuple(vocabulary["place_endings"])

    def retype(self, text: str, spans: list[Span]) -> list[Span]:
        """Make clubs of known ones, of foreign cities in match reports, of persons beside a match word.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; clubs are organisations of subtype `sports` with rule `club`.
        """
        words: dict[int, set[str]] = {}
        ends = [match.end() for match in _SENTENCE_ENDS.finditer(text)] + [len(text) + 1]
        told = [match.span() for match in self._match.finditer(text)]
        # 部门将, no 门将.
        told = [at for at in told if text[at[0] - 1 : at[0]] != "部" or text[slice(*at)] != "门将"]
        for start, end in (*told, *(match.span() for match in self._score.finditer(text))):
            words.setdefault(bisect_right(ends, start), set()).add(text[start:end])
        found = self._find_known(text, ends, words)
        if not words:
            return overlay_known(spans, found)
        changed: list[Span] = []
        number = 0
        for span in spans:
            while ends[number] <= span.start:
                number += 1
            is_club = number in words and self._is_club(text, span, is_report=len(words[number]) > 1)
            changed.append(_club(span) if is_club else span)
        return overlay_known(changed, found)

    def _find_known(self, text: str, ends: list[int], words: Mapping[int, set[str]]) -> list[Span]:
        found: list[Span] = []
        number = 0
        for known in self._known.finditer(text):
            start, end = known.span()
            while ends[number] <= start:
                number += 1
            # 国安法
            is_law = text[end : end + 1] == "法"
            if is_law or self._is_abroad(text, start) or self._is_across(text, start, end):
                continue
            if known[0] in self._sure or (number in words and self._is_free(text, start, end)):
                found.append(_club(Span(start, end, "organization", "club", 0.8)))
        return found

    def _is_across(self, text: str, start: int, end: int) -> bool:
        """Whether a short name is made of two words: 各国 and 安全."""
        if end - start > _SHORT:
            return False
        edges = text[start - 1 : start + 1], text[end - 1 : end + 1]
        return any(len(word) == _SHORT and self._words.frequency(word) > _FREQUENT for word in edges)

    def _is_abroad(self, text: str, start: int) -> bool:
        """Whether the country in front of a club's name, behind 在 or 来自, makes it the city."""
        country = next((n for n in (2, 3, 4) if text[start - n : start] in self._places.countries), None)
        return country is not None and text[start - country - 1 : start - country] in tuple("在于自到赴从至")

    def _is_club(self, text: str, span: Span, *, is_report: bool) -> bool:
        name = text[span.start : span.end]
        if (
            span.rule not in ("lac", "same_surface", "gazetteer")
            or len(name) < 2
            or self._places.is_place(name)
        ):
            return False
        if span.entity_type == "person":
            after = self._after.match(text, span.end) is not None
            before = self._before.search(text, max(0, span.start - 3), span.start) is not None
            return is_report and (after or before)
        return (
            span.entity_type == "place"
            and not name.endswith(self._not_club)
            and self._is_free(text, span.start, span.end)
        )

    def _is_free(self, text: str, start: int, end: int) -> bool:
        """Whether nothing around a name says that it is a place."""
        return (
            self._located.search(text, max(0, start - 2), start) is None
            and self._ground.match(text, end) is None
        )


def _club(span: Span) -> Span:
    return span.but(entity_type="organization", subtype="sports", rule="club")


def overlay_known(spans: list[Span], known: list[Span]) -> list[Span]:
    """Known names win over what is equal or shorter, and give way to what reaches further."""
    position = 0
    kept: list[Span] = []
    for name in known:
        while position < len(spans) and spans[position].end <= name.start:
            position += 1
        touching = position
        while touching < len(spans) and spans[touching].start < name.end:
            touching += 1
        if all(name.start <= s.start and s.end <= name.end for s in spans[position:touching]):
            kept.append(name)
    return overlay(spans, kept) if kept else spans
