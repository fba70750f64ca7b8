"""Vocabularies as regular expressions, and several of them looked for in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from ahocorasick_rs import AhoCorasick, Implementation


def any_of(words: Iterable[str]) -> str:
    """Alternation of literal words of which the longest wins, ready for a group.

    Words of one first character share it: at a place where none of them stands, the engine looks at one
    alternative a character instead of one a word.

    >>> any_of(["东", "西部", "东部", "东北部"])
    '东(?:北部|部|)|西部'
    """
    ordered = sorted(set(words), key=lambda word: (word[:1], -len(word), word))
    return "|".join(_share_first([*group]) for _, group in groupby(ordered, key=lambda word: word[:1]))


def one_of_firsts(words: Iterable[str]) -> str:
    """One look at the first character, in front of a pattern that begins with one of the words.

    >>> one_of_firsts(["东", "西部", "东部"])
    '(?=[东西])'
    """
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}])"


def starts_of(word: str, text: str) -> Iterator[int]:
    """Where a word stands, left to right: what `re.finditer` finds, which compiles each word anew.

    >>> list(starts_of("东湾", "东湾和东湾镇"))
    [0, 3]
    """
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + (len(word) or 1))


def _share_first(words: list[str]) -> str:
    if len(words) == 1:
        return re.escape(words[0])
    return f"{re.escape(words[0][0])}(?:{'|'.join(re.escape(word[1:]) for word in words)})"


class WordSets:
    """Tells of which vocabularies a text holds a word; all are looked for in one pass."""

    def __init__(self, *vocabularies: Iterable[str]) -> None:
        owners: dict[str, list[int]] = {}
        for number, words in enumerate(vocabularies):
            for word in words:
                owners.setdefault(word, []).append(number)
        self._owners = owners
        self._automaton = AhoCorasick(owners, implementation=Implementation.DFA)

    def held(self, text: str) -> set[int]:
        """Numbers of the vocabularies."""
        seen = set(self._automaton.find_matches_as_strings(text, overlapping=True))
        return {number for word in seen for number in self._owners[word]}


class WordPattern:
    """A pattern that begins with one of many words: it is tried only where one of them stands.

    The engine of `re` asks for each word at each place; an automaton finds the places of all in one pass.

    Args:
        words: Of which every match begins with one.
        pattern: What is looked for, as `re` has it.
    """

    def __init__(self, words: Iterable[str], pattern: str) -> None:
        self._automaton = AhoCorasick(sorted(set(words)), implementation=Implementation.DFA)
        self._pattern = re.compile(pattern)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        reached = 0
        for start in sorted(
            {at for _, at, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        ):
            match = self._pattern.match(text, start) if start >= reached else None
            if match is not None:
                reached = match.end()
                yield match
