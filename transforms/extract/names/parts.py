"""Parts of provinces that are named after their short forms: 皖北, 粤东, 川东北."""

from __future__ import annotations

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span

# What stands around a part is cut into words with it: 四川东部 and 银川中学 hold none.
_REACH = 6
_NOT_BEHIND = frozenset("部路街站门区面方侧")


class ProvinceParts:
    """Built once from the divisions."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions

    def find(self, text: str) -> list[Span]:
        """Find the parts of provinces, sorted; a part that is a division as well (湘西) is left to those."""
        found: list[Span] = []
        for match in self._divisions.parts.finditer(text):
            end = self._end(text, match.start(), match.end())
            if end is not None:
                found.append(Span(match.start(), end, "place", "gazetteer", 0.8))
        return found

    def _end(self, text: str, start: int, longest: int) -> int | None:
        first = max(0, start - _REACH)
        at, edges = first, {first}
        for word, _ in tag(text[first : longest + _REACH]):
            at += len(word)
            edges.add(at)
        if start not in edges:
            return None
        for end in range(longest, start + 1, -1):
            if end in edges and text[end : end + 1] not in _NOT_BEHIND:
                return end if self._divisions.is_part(text[start:end]) else None
        return None
