"""Organisations: brackets and branches inside a name, and the kind of body a name ends on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.names.spans import Span

_BRACKET = re.compile(r"[(（]([^()（）\n]{1,12})[)）]")


class OrganizationRules:
    """Built once from `organizations.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["organizations"]
        self._subtypes: dict[str, str] = {
            ending: subtype for subtype, endings in vocabulary["endings"].items() for ending in endings
        }
        self._longest = max(map(len, self._subtypes))
        self._bracket_words = frozenset(vocabulary["bracket_words"])

    def subtype(self, name: str) -> str | None:
        """Kind of body after the longest known ending; a bracket at the end does not count.

        >>> from flows.resources import load_lookups
        >>> OrganizationRules(load_lookups()).subtype("东湾大学(南岛)")
        'university'
        """
        if name.endswith((")", "）")):
            name = name[: max(name.rfind("("), name.rfind("（"))]
        for size in range(min(self._longest, len(name)), 0, -1):
            subtype = self._subtypes.get(name[-size:])
            if subtype is not None:
                return subtype
        return None

    def absorb_brackets(self, text: str, spans: list[Span]) -> list[Span]:
        """Join a name, the place or branch in brackets behind it, and what follows of the name.

        东湾大学(南岛) is another body than 东湾大学, and 海原国际(南岛)有限公司 is one name.

        Args:
            text: The article's text.
            spans: Top-level spans without overlap, sorted.

        Returns:
            The spans, sorted, joined ones with rule `bracket`.
        """
        joined: list[Span] = []
        position = 0
        while position < len(spans):
            span = spans[position]
            position += 1
            match = _BRACKET.match(text, span.end) if span.entity_type in ("organization", "place") else None
            if match is None or not self._is_branch(match, spans, position):
                joined.append(span)
                continue
            inside = position
            while inside < len(spans) and spans[inside].start < match.end():
                inside += 1
            end, following = match.end(), inside
            if (
                following < len(spans)
                and spans[following].start == end
                and spans[following].entity_type == "organization"
            ):
                end, following = spans[following].end, following + 1
            else:
                end = self._ending(text, end)
            if span.entity_type == "place" and end == match.end():
                joined.append(span)
                continue
            joined.append(span.but(end=end, entity_type="organization", rule="bracket"))
            position = following
        return joined

    def _is_branch(self, match: re.Match[str], spans: list[Span], position: int) -> bool:
        if match[1] in self._bracket_words:
            return True
        return (
            position < len(spans)
            and spans[position].entity_type in ("place", "organization")
            and spans[position].start == match.start(1)
            and spans[position].end == match.end(1)
        )

    def _ending(self, text: str, start: int) -> int:
        """End of the longest known ending of two characters or more that begins at `start`."""
        for size in range(self._longest, 1, -1):
            if text[start : start + size] in self._subtypes:
                return start + size
        return start
