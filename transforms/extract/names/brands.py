"""Firms under their brand: 申海海工 for 东江申海海洋工程局有限公司, and a sister 申海国际 beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span, find_words
from transforms.normalize.words import Words

_BRAND = 2
_OUTSIDE = re.compile("[，。；：！？“”、\\s]")
_GOES_ON = frozenset("的与和同在将已也")
# Behind a name they may be all the firms of a place.
_ANY = ("企业",)
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")


class BrandRules:
    """Built once from `organizations.yml` and `aliases.yml`."""

    def __init__(self, lookups: Mapping[str, Any], places: Divisions) -> None:
        self._places = places
        self._words = Words()
        known = lookups["organizations"]["known"]
        self._known = frozenset(name for names in known.values() for name in names)
        endings = lookups["organizations"]["endings"]["company"]
        self._endings = frozenset(
            ending for ending in endings if len(ending) == _BRAND and ending not in _ANY
        )
        suffixes = "|".join(map(re.escape, lookups["aliases"]["suffixes"]))
        self._suffix = re.compile(f"(?:{suffixes})$")

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find the firms that bear the brand of one whose full name the text has.

        A brand is the first two characters of a full name behind its place. With two characters behind it
        that a firm's name ends on it is another firm; with two that stand in this order in the rest of
        the full name, it is the same one.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            Organisations with rule `brand`, sorted; they may overlap shorter spans.
        """
        full: dict[str, set[str]] = {}
        for span in spans:
            if span.entity_type == "organization":
                for brand, name in self._brand(text, span):
                    full.setdefault(brand, set()).add(name)
        if not full:
            return []
        found = []
        # 某新区 of 某新区装备公司 is no firm.
        zones = {s.start for s in spans if self._is_zone(text, s)}
        holders = [s for s in spans if s.entity_type in ("organization", "work") and s.end - s.start > _BRAND]
        starts = [s.start for s in holders]
        for start, end, names in find_words(full, text):
            after = text[end : end + _BRAND]
            # Spans do not overlap: only the last one that begins before may hold it.
            at = bisect_right(starts, start)
            inside = any(
                end <= s.end and (s.start, s.end) != (start, end + _BRAND) for s in holders[at - 1 : at]
            )
            if inside or len(after) < _BRAND:
                continue
            if start in zones:
                continue
            # A canonical name from the lookups need not hold the words of the text.
            meant = [name for name in names if _in_order(after, name.partition(text[start:end])[2])]
            if after in self._endings or len(meant) == 1:
                canonical = meant[0] if len(meant) == 1 else None
                stop = max((_run_end(text, end + _BRAND, name) for name in meant), default=end + _BRAND)
                found.append(Span(start, stop, "organization", "brand", 0.6, "company", canonical=canonical))
            elif len(names) == 1 and self._stands_alone(text, start, end, spans):
                name = next(iter(names))
                found.append(Span(start, end, "organization", "brand", 0.6, "company", canonical=name))
        return found

    def _is_zone(self, text: str, span: Span) -> bool:
        return span.entity_type == "place" and self._places.subtype(text[span.start : span.end]) == "park"

    def _stands_alone(self, text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
        """Whether a brand is the firm without more: the engine ends a name there, or it heads a clause."""
        at = next((span for span in spans if span.start < end and span.end > start), None)
        if text[start:end] in self._known:
            return False
        if at is not None:
            return (at.start, at.end, at.rule) == (start, end, "lac") and at.entity_type != "place"
        heads = _OUTSIDE.match(text, max(0, start - 1)) is not None and text[end : end + 1] in _GOES_ON
        return heads and not self._words.frequency(text[start:end])

    def _brand(self, text: str, span: Span) -> Iterator[tuple[str, str]]:
        name = text[span.start : span.end]
        if self._suffix.search(name) is None:
            return
        behind = max((place.end for place in self._places.leading_places(text, span)), default=span.start)
        core = _BRACKET.sub("", self._suffix.sub("", text[behind : span.end]))
        brand = core[:_BRAND]
        # 航空 is the trade of 中国航空油料公司.
        is_own = brand.isalpha() and brand not in self._endings and not self._places.is_place(brand)
        # 省委 of 省委巡视组进驻省能源集团
        if len(core) > _BRAND + 1 and is_own and brand[1] not in "委府":
            yield brand, span.canonical or re.sub(r"\s", "", name)


def _run_end(text: str, end: int, name: str) -> int:
    """End of what a full name goes on with behind `end`: 机器人 of 东江海原机器人有限公司, not 机器."""
    while end < len(text) and text[end - _BRAND : end + 1] in name:
        end += 1
    return end


def _in_order(characters: str, name: str) -> bool:
    """Whether the characters stand in this order in the name.

    >>> _in_order("海工", "海洋工程局"), _in_order("工海", "海洋工程局")
    (True, False)
    """
    rest = iter(name)
    return all(character in rest for character in characters)
