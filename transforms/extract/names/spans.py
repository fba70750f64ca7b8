"""A named span while the rules still work on it, and the few operations that all rules share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Generic, TypeVar

Value = TypeVar("Value")

_EDGE = " \t\n\r\u3000,，.。;；:：!！?？、\"“”‘’'~—-*#|▲△▶▷▼▽●○■□◆◇★☆◎※"


@dataclass(slots=True)
class Span:
    """Half-open span of an article's text; `rule` says what found it or changed it last.

    `confidence` is the engine's share where an engine saw the span or its beginning; a vocabulary or a
    pattern gives a fixed one, after how often it held on the development halves.
    """

    start: int
    end: int
    entity_type: str
    rule: str
    confidence: float = 0.5
    subtype: str | None = None
    adcode: str | None = None
    province: str | None = None
    canonical: str | None = None
    parent: Span | None = None

    def but(self, **changes: object) -> Span:
        """Copy with other values."""
        copy = Span(
            self.start,
            self.end,
            self.entity_type,
            self.rule,
            self.confidence,
            self.subtype,
            self.adcode,
            self.province,
            self.canonical,
            self.parent,
        )
        for name, value in changes.items():
            setattr(copy, name, value)
        return copy


def trim(text: str, span: Span) -> Span | None:
    """Cut white space and punctuation off both ends; `None` where nothing is left or it is an address."""
    start, end = span.start, span.end
    if "/" in text[start:end] or "www." in text[start:end]:
        return None
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if start == end:
        return None
    return span if (start, end) == (span.start, span.end) else span.but(start=start, end=end)


def keep_outermost(spans: Iterable[Span]) -> list[Span]:
    """Top-level spans without overlap: an earlier start wins, then a longer span, then an earlier place.

    Linear after sorting; the order of the input decides only between equals.
    """
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def overlay(base: Iterable[Span], stronger: Iterable[Span]) -> list[Span]:
    """Spans of `stronger`, and those of `base` that touch none of them, sorted."""
    strong = sorted(stronger, key=lambda s: s.start)
    if not strong:
        return list(base)
    kept: list[Span] = []
    position = 0
    for span in sorted(base, key=lambda s: s.start):
        while position < len(strong) and strong[position].end <= span.start:
            position += 1
        if position == len(strong) or strong[position].start >= span.end:
            kept.append(span)
    return sorted([*kept, *strong], key=lambda s: s.start)


class Lexicon(Generic[Value]):
    """Finds the words of a vocabulary in a text, longest first, in one pass.

    The first two characters of a position pick the word lengths to try, so that the cost a character does
    not grow with the vocabulary. Words of one character are not supported: a single character names nothing
    by itself.
    """

    def __init__(self, words: Mapping[str, Value]) -> None:
        self._words = {word: value for word, value in words.items() if len(word) > 1}
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: sorted(sizes, reverse=True) for head, sizes in lengths.items()}

    def __len__(self) -> int:
        return len(self._words)

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Yield `start, end, value`, left to right, the longest word at each place, no overlaps."""
        lengths, words = self._lengths, self._words
        reached = 0
        for start in _places_of(lengths.keys() & _pairs(text), text):
            if start < reached:
                continue
            for size in lengths[text[start : start + 2]]:
                word = text[start : start + size]
                if word in words:
                    # The text may end before `size` characters, with a shorter word.
                    reached = start + len(word)
                    yield start, reached, words[word]
                    break


@lru_cache(maxsize=1)
def _pairs(text: str) -> frozenset[str]:
    """Every two neighbouring characters; several vocabularies look at one text in a row."""
    return frozenset(map(add, text, text[1:]))


def _places_of(heads: Iterable[str], text: str) -> list[int]:
    """Where any of the heads stands, sorted."""
    found: list[int] = []
    for head in heads:
        position = text.find(head)
        while position >= 0:
            found.append(position)
            position = text.find(head, position + 1)
    return sorted(found)
