"""Patterns that are tried only at characters with which one of their matches can begin.

The engine of `re` skips to such a character by itself where a pattern begins with letters or a class.
Behind a look back, or in alternatives that begin otherwise, it tries every place at length; one look ahead
spares that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_CLASSES = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s"}
# A class as wide as [\u4e00-\u9fff] spares nothing.
_WIDE = 100
_UNREAD = re.IGNORECASE | re.VERBOSE
_Firsts = tuple[frozenset[str], bool]


def begun(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern behind one look at its first character, where that spares the engine something.

    >>> begun(re.compile("(?<=在)东|西?南部")).pattern
    '(?=[东南西])(?:(?<=在)东|西?南部)'
    >>> begun(re.compile("[东西]南?部")).pattern
    '[东西]南?部'
    """
    parsed = parser.parse(pattern.pattern, pattern.flags)
    if pattern.flags & _UNREAD or not parsed.data or _is_skipped_to(parsed, pattern.flags):
        return pattern
    firsts = _firsts(parsed)
    if firsts is None or firsts[1]:
        return pattern
    return re.compile(f"(?=[{''.join(sorted(firsts[0]))}])(?:{pattern.pattern})", pattern.flags)


def _is_skipped_to(parsed: Any, flags: int) -> bool:
    """Whether the engine knows by itself where a match can begin, or the pattern looks ahead already."""
    code, value = parsed[0]
    is_looking = code is codes.ASSERT and value[0] > 0
    return is_looking or compiler._get_charset_prefix(parsed, flags) is not None


def _firsts(items: Sequence[tuple[Any, Any]]) -> _Firsts | None:
    """Members of a class of what a sequence can begin with, and whether it can be empty."""
    found: frozenset[str] = frozenset()
    for code, value in items:
        firsts = _firsts_of(code, value)
        if firsts is None:
            return None
        found |= firsts[0]
        if not firsts[1]:
            return found, False
    return found, True


def _firsts_of(code: Any, value: Any) -> _Firsts | None:
    """The same of one part of a pattern."""
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
        return frozenset(), True
    if code is codes.LITERAL:
        return frozenset({re.escape(chr(value))}), False
    if code is codes.IN:
        members = [_member(*item) for item in value]
        return None if None in members else (frozenset(member for member in members if member), False)
    if code is codes.SUBPATTERN:
        return None if value[1] or value[2] else _firsts(value[3])
    if code is codes.ATOMIC_GROUP:
        return _firsts(value)
    if code in _REPEATS:
        firsts = _firsts(value[2])
        return firsts and (firsts[0], firsts[1] or value[0] == 0)
    if code is codes.BRANCH:
        branches = [_firsts(branch) for branch in value[1]]
        known = [branch for branch in branches if branch is not None]
        if len(known) < len(branches):
            return None
        return frozenset().union(*(chars for chars, _ in known)), any(is_empty for _, is_empty in known)
    return None


def _member(code: Any, value: Any) -> str | None:
    if code is codes.LITERAL:
        return re.escape(chr(value))
    if code is codes.RANGE and value[1] - value[0] < _WIDE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CLASSES.get(value) if code is codes.CATEGORY else None
