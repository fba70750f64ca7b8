"""Countries by one character: 巴 is 巴勒斯坦, 巴基斯坦 or 巴西, 中贝两国 are 中国 and 贝宁."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.extract.names.spans import Span

# What two countries have, or are.
_BOTH = "两国"
_SHARED = re.compile(f"{_BOTH}|关系|双边|双方|友好|友谊|建交|经贸|贸易|合作|人民")


class Lands:
    """Built once from `places.yml`.

    Args:
        lookups: Parsed seed files by stem; reads `places` and `aliases`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["places"]
        self._usual: dict[str, str] = vocabulary["country_abbreviations"]
        self._beside: dict[str, dict[str, str]] = vocabulary["countries_beside"]
        self._names: dict[str, str] = lookups["aliases"]["countries"]
        countries = [*vocabulary["countries"], *vocabulary["lands_by_letter"]]
        self._possible: dict[str, list[str]] = {}
        for name in countries:
            self._possible.setdefault(name[0], []).append(name)
        # 中 and 华 and the letters of continents are nobody else's.
        others = vocabulary["lands_by_letter"]
        for letter, usual in self._usual.items():
            if usual == "中国":
                self._possible[letter] = []
            elif usual not in vocabulary["countries"]:
                self._possible[letter] = [usual, *(name for name in others if name[0] == letter)]
        self._regions = frozenset((*vocabulary["regions"], *vocabulary["areas"]))

    def pairs(self, text: str, rows: Sequence[re.Match[str]]) -> Iterator[Span]:
        """Letters of two countries that share something: China and one that the text names, or two such.

        Args:
            text: The article's text.
            rows: Those that are known by custom.
        """
        taken = {row.end() for row in rows}
        for shared in _SHARED.finditer(text):
            pair = text[max(0, shared.start() - 2) : shared.start()]
            if shared.start() in taken or ("中" not in pair and shared[0] != _BOTH):
                continue
            if len(set(pair)) == 2 and pair not in self._regions and self.are_named(text, pair):
                for at in (shared.start() - 2, shared.start() - 1):
                    yield Span(at, at + 1, "place", "short_form", 0.9)

    def meant(self, text: str, span: Span, named: Mapping[str, int], heads: Sequence[str] = ()) -> str | None:
        """The country that a short form stands for; of a letter that is short for none by custom, if named.

        What stands beside it decides (巴以, 印巴), then which of the countries that begin so the article and
        its headline name most often, then which other country they name, then custom.

        Args:
            text: The article's text.
            span: The short form.
            named: How often the article names each place.
            heads: Headline and subtitle.
        """
        letter = text[span.start]
        beside = self._beside.get(letter, {})
        for other in (text[span.start - 1 : span.start], text[span.end : span.end + 1]):
            if other in beside:
                return beside[other]
        counts = self._counted(letter, named, heads)
        usual = self._usual.get(letter)
        if counts:
            best = max(counts.values())
            most = [name for name, count in counts.items() if count == best]
            return usual if usual in most else most[0]
        told = (meant for other, meant in beside.items() if self._usual[other] in named)
        return next(told, usual)

    def are_named(self, text: str, name: str) -> bool:
        """Whether a text names in full the countries that each character is short for: 俄乌, 巴中.

        China needs no naming.
        """
        return all(
            letter == "中" or any(land in text for land in self._possible.get(letter, ())) for letter in name
        )

    def _counted(self, letter: str, named: Mapping[str, int], heads: Sequence[str]) -> dict[str, int]:
        counts: dict[str, int] = {}
        for name in self._possible.get(letter, ()):
            if count := named.get(name, 0) + sum(head.count(name) for head in heads):
                official = self._names.get(name, name)
                counts[official] = counts.get(official, 0) + count
        return counts
