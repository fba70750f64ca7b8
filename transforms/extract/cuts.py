"""Whether a stretch of a text begins or ends inside a word of jieba's dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from rjieba import cut

_WORD_CHARS = 10


def splits_words(text: str, start: int, end: int) -> bool:
    """Whether [start, end) ends or begins inside a word: 复工 of 修复工程, 动工 of 推动工艺升级."""
    return starts_inside(text, start, end) or any(
        a < end < b for a, b in _words(text, start, end) if start < a
    )


def starts_inside(text: str, start: int, end: int) -> bool:
    """Whether [start, end) begins inside a word and goes on behind it: 海地 of 沿海地区."""
    # Behind a mark nothing does, and to look costs less than to cut.
    goes_on = text[start - 1 : start].isalnum()
    return goes_on and any(a < start < b < end for a, b in _words(text, start, end))


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bounds of the words around [start, end)."""
    left = max(0, start - _WORD_CHARS)
    left = max(left, text.rfind("\n", left, start) + 1)
    return pairwise(left + stop for stop in _stops(text[left : end + _WORD_CHARS]))


@lru_cache(maxsize=4096)
def _stops(text: str) -> list[int]:
    return [0, *accumulate(map(len, cut(text, False)))]
