"""Amounts that a word says without a number: 过半, 翻一番, 百分百. Vocabulary: `worded` of `units.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from transforms.extract.gated import needed_words
from transforms.extract.patterns import any_of
from transforms.extract.quantities.units import Unit


class WordedAmounts:
    """Built once from `units.yml`."""

    def __init__(self, lookups: Mapping[str, Any], units: Mapping[str, Unit]) -> None:
        worded = lookups["units"]["worded"]
        self._amounts: dict[str, tuple[Decimal, Unit, str]] = {
            word: (Decimal(str(value)), units[unit], bound)
            for unit, words in worded["amounts"].items()
            for word, (value, bound) in words.items()
        }
        before, after = worded["not_after"], worded["not_before"]
        self._needed = needed_words(any_of(self._amounts)) or ("",)
        self._words = re.compile(rf"(?<![{before}])(?:{any_of(self._amounts)})(?![{after}])")

    def find(self, text: str) -> Iterator[tuple[int, int, Decimal, Unit, str]]:
        """Yield `start, end, value, unit, bound` of each such word in a folded text."""
        # Few texts hold one of these, and to see that costs little.
        for match in self._words.finditer(text) if any(word in text for word in self._needed) else ():
            yield match.start(), match.end(), *self._amounts[match[0]]
