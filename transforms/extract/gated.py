"""Patterns that are looked for only where one of their words stands.

Hundreds of patterns are asked of a sentence, and nearly all of them find nothing. What every match of one
holds (签署 or 签订 of `(?:已|再)?签[署订]`) is read off the pattern itself. The words of all of them are
found in one pass, and a pattern without a word in the sentence is not tried. Results are those of `re`.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import SimpleNamespace
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.extract.firsts import begun

_MAX_WORDS = 400
_MAX_SET = 12
_OPTIONAL = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_WITHOUT_WIDTH = (codes.ASSERT, codes.ASSERT_NOT, codes.AT)
_Words = list[tuple[int, int, int]]
"""Where words end and begin, sorted, with a bit for each pattern that needs them."""


class Gate:
    """Knows which of its patterns can match in the text that was entered last, and in a stretch of it."""

    def __init__(self) -> None:
        self._patterns: dict[tuple[object, ...], GatedPattern] = {}
        self._owners: dict[str, int] = {}
        self._automaton: AhoCorasick | None = None
        self._bits: list[int] = []
        # One value, so that a thread that enters another text leaves no half of it to the first: the text, a
        # stretch of it, a bit for each pattern that can match in the stretch, and in the text, and its words.
        self.entered: tuple[str, int, int, int, int, _Words] | None = None

    def compile(self, pattern: str | re.Pattern[str], words: Collection[str] = ()) -> GatedPattern:
        """The pattern, to be looked for behind this gate; the same one for the same wording.

        Args:
            pattern: Its wording, or the compiled pattern.
            words: Of which every match and what it looks ahead to hold one; read off the pattern if there
                are none.
        """
        compiled = re.compile(pattern)
        key = compiled, *words
        if key not in self._patterns:
            bit = 1 << len(self._patterns)
            self._patterns[key] = GatedPattern(begun(compiled), self, bit)
            # The empty word stands everywhere.
            for word in words or needed_words(compiled.pattern) or ("",):
                self._owners[word] = self._owners.get(word, 0) | bit
            self._automaton = self.entered = None
        return self._patterns[key]

    def enter(self, text: str) -> None:
        """Find the words of a text: searches in it try only the patterns that have one there."""
        if self._automaton is None:
            words = [word for word in self._owners if word]
            self._automaton = AhoCorasick(words, implementation=Implementation.DFA)
            self._bits = [self._owners[word] for word in words]
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        words_at = [(end, start, self._bits[number]) for number, start, end in found]
        is_open = self._open(words_at)
        self.entered = (text, 0, sys.maxsize, is_open, is_open, words_at)

    def narrow(self, start: int, end: int) -> None:
        """Look at the words in [start, end) of the entered text: searches within it try fewer patterns."""
        if self.entered is not None:
            text, *_, is_open, words = self.entered
            first, last = bisect_right(words, (start,)), bisect_right(words, (end, end))
            held = (word for word in words[first:last] if word[1] >= start)
            self.entered = (text, start, end, self._open(held), is_open, words)

    def open_in(self, text: str, start: int, end: int) -> int:
        """Bits of the patterns that can match in [start, end) of a text, all where it was not entered."""
        known = self.entered
        if known is None or known[0] is not text:
            return -1
        return known[3] if known[1] <= start and end <= known[2] else known[4]

    def needed_by(self, read: Callable[[Any, int, int], object]) -> int | None:
        """Bits of the patterns of which a reader of an item finds one, or nothing at all.

        It is tried on an item of which it can learn nothing but that no pattern matches there. Null where it
        asks for something else, too, before it gives up.

        Args:
            read: Takes an article with a `text`, and where the item starts and ends.
        """
        bound, asked, text = _Bound(), _Asked(), object()
        before, self.entered = self.entered, (text, bound, bound, asked, asked, [])  # type: ignore[assignment]
        try:
            found = read(SimpleNamespace(text=text), bound, bound)  # type: ignore[arg-type]
        except (TypeError, AttributeError):
            return None
        finally:
            self.entered = before
        return None if found else asked.bits

    def _open(self, words: Iterable[tuple[int, int, int]]) -> int:
        """A bit for each pattern that can match where these words stand."""
        is_open = self._owners.get("", 0)
        for *_, bits in words:
            is_open |= bits
        return is_open


class _Bound:
    """Where an item begins or ends that is nowhere: it can be handed on, not reckoned with."""

    def __le__(self, other: object) -> bool:
        return True

    __ge__ = __le__


class _Asked:
    """Bits of no open pattern, which keep those that they are asked for."""

    def __init__(self) -> None:
        self.bits = 0

    def __and__(self, bit: int) -> int:
        self.bits |= bit
        return 0


class GatedPattern:
    """A compiled pattern behind a gate; searches of another text than the entered one are plain ones."""

    __slots__ = ("_bit", "_gate", "compiled")

    def __init__(self, compiled: re.Pattern[str], gate: Gate, bit: int) -> None:
        self.compiled, self._gate, self._bit = compiled, gate, bit

    # The question is asked in each method, since a call to ask it costs as much as the question.

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        known = self._gate.entered
        if known and known[0] is text:
            is_open = known[3] if known[1] <= start and end <= known[2] else known[4]
            if not is_open & self._bit:
                return None
        return self.compiled.match(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        known = self._gate.entered
        if known and known[0] is text:
            is_open = known[3] if known[1] <= start and end <= known[2] else known[4]
            if not is_open & self._bit:
                return iter(())
        return self.compiled.finditer(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        known = self._gate.entered
        if known and known[0] is text:
            is_open = known[3] if known[1] <= start and end <= known[2] else known[4]
            if not is_open & self._bit:
                return None
        return self.compiled.search(text, start, end)


def needed_words(pattern: str) -> frozenset[str] | None:
    """Words of which every match of a pattern holds one, `None` where it has no such words.

    >>> sorted(needed_words("(?:已|再)?签[署订约]了?"))
    ['签约', '签署', '签订']
    >>> needed_words("[^，。]{2,8}") is None
    True
    """
    parsed = parser.parse(pattern)
    words = None if parsed.state.flags & re.IGNORECASE else _needed(parsed)
    # Where 签约 stands for 已签约 as well, it is enough.
    return words and frozenset(w for w in words if not any(v in w for v in words if v != w))


def _needed(items: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """The longest and fewest words of which a sequence holds one."""
    found: list[frozenset[str]] = []
    run = frozenset({""})
    for item in items:
        if item[0] is codes.ASSERT and item[1][0] > 0:
            # A search looks ahead to no more than the stretch that it is given.
            ahead = item[1][1]
            found += [_joined(run, _spelled_all(ahead) or frozenset({""})) or run, _needed(ahead) or run]
        spelled = _spelled(item)
        joined = None if spelled is None else _joined(run, spelled)
        if joined is None:
            found += [run, _within(item) or frozenset({""})]
        run = joined or spelled or frozenset({""})
    candidates = [words for words in [*found, run] if "" not in words]
    return max(candidates, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _within(item: tuple[Any, Any]) -> frozenset[str] | None:
    """The same of one part of a pattern."""
    code, value = item
    if code is codes.SUBPATTERN:
        return None if value[1] else _needed(value[3])
    if code is codes.ATOMIC_GROUP:
        return _needed(value)
    if code in _OPTIONAL and value[0] > 0:
        return _needed(value[2])
    if code is codes.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        return None if None in branches else frozenset().union(*(b for b in branches if b))
    return None


def _spelled(item: tuple[Any, Any]) -> frozenset[str] | None:
    """All that a part of a pattern can match, `None` where that is too much."""
    code, value = item
    if code is codes.LITERAL:
        return frozenset({chr(value)})
    if code in _WITHOUT_WIDTH:
        return frozenset({""})
    if code is codes.IN:
        is_short = len(value) <= _MAX_SET and all(kind is codes.LITERAL for kind, _ in value)
        return frozenset(chr(char) for _, char in value) if is_short else None
    if code is codes.SUBPATTERN:
        return None if value[1] else _spelled_all(value[3])
    if code is codes.BRANCH:
        branches = [_spelled_all(branch) for branch in value[1]]
        return None if None in branches else frozenset().union(*(b for b in branches if b))
    if code in _OPTIONAL and tuple(value[:2]) == (0, 1):
        spelled = _spelled_all(value[2])
        return None if spelled is None else spelled | {""}
    return None


def _spelled_all(items: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    words: frozenset[str] | None = frozenset({""})
    for item in items:
        spelled = _spelled(item)
        words = None if words is None or spelled is None else _joined(words, spelled)
        if words is None:
            return None
    return words


def _joined(first: frozenset[str], second: frozenset[str]) -> frozenset[str] | None:
    """Every word of the first with every one of the second behind it, `None` where those are too many."""
    if len(first) * len(second) > _MAX_WORDS:
        return None
    return frozenset(a + b for a, b in product(first, second))


DEALS = Gate()
"""Of the patterns of deals, which are asked of one item of a sentence after another."""

NAMES = Gate()
"""Of the patterns of names, which are asked of one article after another."""
