"""Which of many patterns can begin with the character that stands at a place.

A grammar asks all its rules at each place where one may begin, and nearly all of them end at the first
character. It is read off the parsed patterns which of them can begin with it; results are those of `re`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_WITHOUT_WIDTH = (codes.ASSERT_NOT, codes.AT)


class Openings:
    """Knows which patterns can begin with a character.

    >>> openings = Openings({"day": re.compile("[0-9]+日"), "year": re.compile("(?:今|[0-9]+)年")})
    >>> openings.at("今"), openings.at("3"), openings.at("月")
    (('year',), ('day', 'year'), ())
    """

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        if any(pattern.flags & re.IGNORECASE for pattern in patterns.values()):
            raise ValueError("Openings: patterns that ignore case are not supported")
        self._parsed = {name: parser.parse(pattern.pattern) for name, pattern in patterns.items()}
        # A text has some thousand characters; each is asked of the patterns once.
        self._known: dict[str, tuple[str, ...]] = {}

    def at(self, character: str) -> tuple[str, ...]:
        """Names of the patterns that can begin with a character, in the given order."""
        if character not in self._known:
            self._known[character] = tuple(
                name for name, parsed in self._parsed.items() if any(_begins(parsed, character))
            )
        return self._known[character]


def _begins(items: Sequence[tuple[Any, Any]], character: str) -> tuple[bool, bool]:
    """Whether a sequence can begin with a character, and whether it can match nothing before what follows."""
    for code, value in items:
        if code in _WITHOUT_WIDTH or (code is codes.ASSERT and value[0] < 0):
            continue
        if code is codes.ASSERT:
            if not any(_begins(value[1], character)):
                return False, False
            continue
        begins, passes = _part_begins(code, value, character)
        if begins or not passes:
            return begins, False
    return False, True


def _part_begins(code: Any, value: Any, character: str) -> tuple[bool, bool]:
    """The same of one part that takes characters; what is not understood can begin with any."""
    if code is codes.LITERAL:
        return value == ord(character), False
    if code is codes.IN:
        return _holds(value, character), False
    if code is codes.SUBPATTERN and not value[1]:
        return _begins(value[3], character)
    if code is codes.ATOMIC_GROUP:
        return _begins(value, character)
    if code is codes.BRANCH:
        found = [_begins(branch, character) for branch in value[1]]
        return any(begins for begins, _ in found), any(passes for _, passes in found)
    if code in _REPEATS:
        begins, passes = _begins(value[2], character)
        return begins, passes or value[0] == 0
    return True, True


def _holds(members: Sequence[tuple[Any, Any]], character: str) -> bool:
    """Whether a set in brackets holds a character."""
    is_without = members[0][0] is codes.NEGATE
    for code, value in members[is_without:]:
        if code is codes.LITERAL:
            is_member = value == ord(character)
        elif code is codes.RANGE:
            is_member = value[0] <= ord(character) <= value[1]
        elif (code, value) == (codes.CATEGORY, codes.CATEGORY_DIGIT):
            is_member = character.isdecimal()
        else:
            return True
        if is_member:
            return not is_without
    return is_without
