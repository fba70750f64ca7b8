"""Names between what is done about an office and the body that has it: 免去江雁县公安局局长职务."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span, overlay
from transforms.extract.patterns import any_of
from transforms.extract.roles.titles import TitleGrammar

RULE = "appointed"
_LEVEL = "[省市县区州旗]"
_SHORTEST = 2
# 副局长职务, 党组书记、局长的职务; a clause that ends with the title.
_OFFICE = re.compile("([\u4e00-\u9fff、]{2,30}?)(?:的?职务|(?=[，。；\n]|$))")


class AppointedNames:
    """Built once from `persons.yml` and the divisions.

    The engine reads 江雁县 there, since a county may be called so; who gets or loses the office is named
    nowhere else in the clause.
    """

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        persons = lookups["persons"]
        self._divisions, self._grammar = divisions, TitleGrammar(lookups)
        surnames = f"(?:{any_of(persons['compound_surnames'])}|[{re.escape(persons['surnames'])}])"
        name = f"(?P<name>{surnames}(?:(?![为的任其])[\u4e00-\u9fff]){{1,2}}?)"
        self._before_body = NAMES.compile(
            rf"(?:免去|任命|撤销|罢免)了?{name}(?P<level>{_LEVEL})(?!副?(?P=level))(?=[\u4e00-\u9fff]{{2}})"
        )
        self._leaving = NAMES.compile(rf"接受了?{name}(?<![者员])(?:同志)?(?:请求)?辞去")

    def free(self, text: str, spans: list[Span]) -> list[Span]:
        """Add such names, and begin the bodies behind them that took them on.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; the names have rule `appointed`.
        """
        seen = [span for span in spans if span.entity_type == "person"]
        found = [
            (name, end)
            for name, end in self._find(text)
            if not any(
                span.start < name.end and name.start < span.end and span.end != name.end for span in seen
            )
        ]
        if not found:
            return spans
        kept: list[Span] = []
        for span in spans:
            at = next((end for name, end in found if span.start < end and name.start < span.end), None)
            if at is None:
                kept.append(span)
            elif span.entity_type == "organization" and span.end - at > _SHORTEST:
                kept.append(span.but(start=at))
        return overlay(kept, [name for name, _ in found])

    def _find(self, text: str) -> Iterator[tuple[Span, int]]:
        """The names, each with where a body behind it begins."""
        for match in self._before_body.finditer(text):
            if self._has_no_other(text, match):
                yield Span(*match.span("name"), "person", RULE, 0.9), match.end("name")
        for match in self._leaving.finditer(text):
            yield Span(*match.span("name"), "person", RULE, 0.9), match.end()

    def _has_no_other(self, text: str, match: re.Match[str]) -> bool:
        """Whether the clause goes on with body and title alone, and no division is called so."""
        office = _OFFICE.match(text, match.start("level"))
        if office is None or self._grammar.match_end(office[1]) is None:
            return False
        # 许昌市, 单县|县委
        names = (match["name"], f"{match['name']}{match['level']}")
        return not any(map(self._divisions.is_place, names))
