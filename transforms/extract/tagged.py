"""Words and their kinds in a stretch of a text, as features of what counted weights are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from rjieba import tag

Word = tuple[int, str, str]
"""Where a word starts, its characters and its kind."""
BLANKS = {"organization": "Ｏ", "person": "Ｐ", "place": "Ｌ", "event": "Ｅ", "work": "Ｗ"}
"""A letter for each type of name that normalised text does not have."""
_LONGEST_KINDS = 14


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`, with offsets in `text`."""
    words = tag(text[start:end])
    starts = accumulate((len(word) for word, _ in words), initial=start)
    return [(at, word, kind) for at, (word, kind) in zip(starts, words, strict=False)]


def kinds_of(words: Iterable[Word]) -> str:
    """The kinds of words in a row, cut where names differ no more."""
    return " ".join(kind for *_, kind in words)[:_LONGEST_KINDS]
