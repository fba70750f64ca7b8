"""The guideline of the MSRA and People's Daily corpora, where it names other things than the tables do.

It names the place in 奥运 (奥), the person in 马克思主义, both rivers in 江淮, the country in 德国政府, the
surname in 江主席, and cuts a body at the second place in its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.persons import PersonRules
from transforms.extract.names.spans import Span, keep_outermost, overlay

_TYPES = {"places": "place", "persons": "person", "organizations": "organization"}


class GuidelineRules:
    """Built once from `guideline.yml` and the rules that it goes past."""

    def __init__(
        self,
        lookups: Mapping[str, Any],
        organizations: OrganizationRules,
        persons: PersonRules,
        places: Divisions,
    ) -> None:
        vocabulary = lookups["guideline"]
        self._organizations, self._persons, self._places = organizations, persons, places
        self._inside = {
            _TYPES[section]: re.compile(
                "|".join(f"{name}(?={'|'.join(follow)})" for name, follow in vocabulary[section].items())
            )
            for section in _TYPES
        }
        self._parts = re.compile("|".join((*vocabulary["pairs"], *vocabulary["halves"])))
        self._pairs = frozenset(vocabulary["pairs"])

    def apply(self, text: str, spans: list[Span]) -> list[Span]:
        """Mentions as the guideline has them; changed ones have rule `guideline`.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans without overlap, sorted.
        """
        kept = self._organizations.split_levels(
            text, self._persons.strip_honorifics(text, spans, shortest=1), self._places
        )
        inside = [
            Span(match.start(), match.end(), entity_type, "guideline", 0.9)
            for entity_type, pattern in self._inside.items()
            for match in pattern.finditer(text)
        ]
        for match in self._parts.finditer(text):
            for at in range(match.start(), match.end() if match[0] in self._pairs else match.start() + 1):
                inside.append(Span(at, at + 1, "place", "guideline", 0.9))
        # A longer name of a body stays: 奥林匹克 in a committee's, 中医 in a hospital's.
        bodies = [span for span in kept if span.entity_type == "organization"]
        return overlay(kept, overlay(keep_outermost(inside), bodies))
