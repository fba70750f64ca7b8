"""Places that only the network reads: counted weights say which of them are none.

A name that no gazetteer holds is weighed by its characters and words, those around it, the words over its
edges and how the article has it elsewhere, unless its last word tells a kind that the network hardly errs in.
The weights are log odds; `tests/benchmarks/fit_places.py` counts them on pages with a reader's rows.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import starts_of
from transforms.normalize.words import Words

# Letters that normalised text does not have.
_BLANKS = {"organization": "Ｏ", "person": "Ｐ", "place": "Ｌ"}
_LEAST = -1.0
_LARGEST, _MOST, _SUREST = 7, 3, 6
_OPEN, _CLOSE = frozenset('“‘「"'), frozenset('”’」"')
# Roads, parks, towns and waters are right; 发展区 and 兴市 end as districts and cities do.
_ASKED = frozenset({None, "county", "city", "region", "site", "village"})
_AROUND, _LONGEST_TAGS = 8, 14
_NUMBER = re.compile("[0-9]+号.*")
# 红河州、文山州两州
_COUNTED = re.compile("(?!九州)[两二三四五六七八九十]+[省市县区州旗镇乡村]")
_READ = frozenset({"lac", "same_surface"})
# 海原北站; 一里铺社区 beside 二里铺社区
_STATION, _LISTED = re.compile("[东西南北]站$"), frozenset("、和与及")
_VILLAGES = ("社区", "村", "庄", "屯", "寨", "堡", "沟", "峪", "岭", "坪", "坝", "站")
_AT, _LEVELS = frozenset("在到从于赴往至去来抵驻"), frozenset("市县区镇乡村省州")


class WeighedPlaces:
    """Built once from the lookups; reads `place_odds`."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        self._divisions = divisions
        self._odds: Mapping[str, float] = lookups["place_odds"]
        self._words = Words()
        # Short forms are known letters, and whoever corrects a name by hand knows it.
        patches = lookups.get("patches") or {}
        told = (row for section in ("retype", "canonical") for row in patches.get(section) or ())
        single = "".join(lookups["places"]["before_single"].values())
        letters = (*divisions.province_of, *divisions.country_of, *single)
        self._letters = frozenset(letter for letter in letters if len(letter) == 1)
        self._told = frozenset((*letters, *(row["name"] for row in told)))

    def drop(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Drop places that the weights are against, wherever the text has them.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
        """
        log_odds: dict[str, list[float]] = defaultdict(list)
        for span, features in self.asked(text, spans):
            weights = (self._odds[name] for name in features if name in self._odds)
            log_odds[text[span.start : span.end]].append(math.fsum(weights) + self._odds[""])
        dropped = {name for name, odds in log_odds.items() if math.fsum(odds) < _LEAST * len(odds)}
        dropped -= set(_listed(text, spans, dropped)) if dropped else set()
        kept: list[Span] = []
        for span in spans:
            name = text[span.start : span.end]
            if (
                kept
                and kept[-1].end == span.start
                and _COUNTED.fullmatch(name)
                and kept[-1].entity_type == "place"
            ):
                continue
            if span.entity_type != "place" or span.rule not in _READ or name not in dropped:
                kept.append(span)
                continue
            start = span.start
            # 乌克兰国防部, 加沙地带南部某地, 海州市青石区治沙: the places that it begins with stay.
            while size := self._known_start(text[start : span.end]):
                if start > span.start and text[start + size - 1] not in _LEVELS:
                    break
                kept.append(replace(span, start=start, end=start + size, rule="known_start"))
                start += size
        return kept

    def _known_start(self, name: str) -> int:
        """How long the longest place is that a name begins with: short forms of counties are words."""
        known = next((name[:n] for n in range(len(name), 1, -1) if self._is_known(name[:n])), "")
        is_word = known and self._divisions.subtype(known) == "county" and not self._divisions.is_sure(known)
        return 0 if is_word else len(known)

    def asked(self, text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, set[str]]]:
        """Places that nothing but the network tells, with their features by name."""
        asked = [span for span in spans if self._is_asked(text, span)]
        if not asked:
            return
        behind = {span.start: _BLANKS.get(span.entity_type, "") for span in spans}
        before = {span.end: _BLANKS.get(span.entity_type, "") for span in spans}
        names = {kind: Counter[str]() for kind in _BLANKS}
        for span in spans:
            if span.entity_type in names:
                names[span.entity_type][text[span.start : span.end]] += 1
        for span in asked:
            name = text[span.start : span.end]
            if any(other.startswith(name) and other != name for other in names["place"]):
                continue  # 岭坝 beside 岭坝循环经济产业园
            features = self._edges(text, span, before.get(span.start, ""), behind.get(span.end, ""))
            features |= self._inside(_joined(text, span))
            features.add(_cut(text, span))
            features.add(f"conf {min(_SUREST, int(span.confidence * 10))}")
            features.update(_elsewhere(text, text[span.start : span.end], names))
            yield span, features

    def _is_asked(self, text: str, span: Span) -> bool:
        if span.entity_type != "place" or span.rule != "lac":
            return False
        name = _joined(text, span)
        is_letters = len(name) > 1 and set(name) <= self._letters  # 成渝, 深港澳
        is_known = self._is_known(name) or self._is_known(_STATION.sub("", name))
        if name in self._told or is_letters or is_known or self._is_word(name):
            return False
        return self._kind(name) in _ASKED

    def _kind(self, name: str) -> str | None:
        return self._divisions.subtype(_NUMBER.sub("", name) or name)

    def _is_word(self, name: str) -> bool:
        """Whether the dictionary has it for a place or a short form: 浦东."""
        return self._words.frequency(name) > 0 and tag(name)[0][1] in {"ns", "j"}

    def _is_known(self, name: str) -> bool:
        divisions = self._divisions
        return divisions.is_place(name) or name in divisions.features or name in divisions.cities

    def _edges(self, text: str, span: Span, before: str, behind: str) -> set[str]:
        """What stands around a name, and whether a word reaches over its edge."""
        start, end = span.start, span.end
        features = set()
        if not before:
            before = text[start - 1] if start and text[start - 1] != "\n" else "^"
            if before != "^":
                features.add("b2 " + text[max(0, start - 2) : start])
        if not behind:
            behind = text[end] if end < len(text) and text[end] != "\n" else "$"
            if behind != "$":
                features.add("a2 " + text[end : end + 2])
        features |= {
            f"b {'0' if before.isdigit() else before}",
            f"a {'0' if behind.isdigit() else behind}",
            f"q {before in _OPEN}{behind in _CLOSE}",
            f"at {before in _AT}",
        }
        reach = [(i, j) for i in (1, 2) for j in (1, 2)]
        left = [text[start - i : start + j] for i, j in reach if i <= start and start + j <= end]
        right = [text[end - j : end + i] for i, j in reach if end - j >= start]
        features.add(f"wl {max(map(self._words.commonness, left), default=0)}")
        features.add(f"wr {max(map(self._words.commonness, right), default=0)}")
        features.add(f"wa {self._words.commonness(text[start : end + 1])}")
        return features

    def _inside(self, name: str) -> set[str]:
        """What a name is made of."""
        return {
            *(f"c {character}" for character in name),
            f"s {name[0]}",
            f"e {name[-1]}",
            f"size {min(len(name), _LARGEST)}",
            f"word {tag(name)[0][1] if self._words.frequency(name) else 'no'}",
            f"kind {self._kind(name)}",
            "tags " + " ".join(kind for _, kind in tag(name))[:_LONGEST_TAGS],
        }


def _listed(text: str, spans: Sequence[Span], dropped: Collection[str]) -> Iterator[str]:
    """Names that stand beside another place in a list, which ends on the same and stays."""
    places = [span for span in spans if span.entity_type == "place"]
    for pair in pairwise(places):
        first, second = (text[span.start : span.end] for span in pair)
        is_row = pair[1].start - pair[0].end == 1 and text[pair[0].end] in _LISTED
        if is_row and any(first.endswith(end) and second.endswith(end) for end in _VILLAGES):
            if first not in dropped:
                yield second
            elif second not in dropped:
                yield first


def _cut(text: str, span: Span) -> str:
    """Whether words end at the edges of a name when its surroundings are cut into words."""
    start = max(0, span.start - _AROUND)
    ends = {*accumulate((len(word) for word, _ in tag(text[start : span.end + _AROUND])), initial=start)}
    return f"cut {span.start in ends}{span.end in ends}"


def _joined(text: str, span: Span) -> str:
    """A name without the spaces that a page may have in it."""
    return "".join(text[span.start : span.end].split())


def _elsewhere(text: str, name: str, names: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """How an article has the characters of a name elsewhere, also in other names."""
    places = list(starts_of(name, text))
    yield f"count {min(_MOST, len(places))}"
    yield f"named {min(_MOST, sum(counts.get(name, 0) for counts in names.values()))}"
    if len(places) > 1 and any(text[at - 1 : at] in _AT for at in places):
        yield "at"
    if len(places) > 1 and any(text[at + len(name) : at + len(name) + 1] in _LEVELS for at in places):
        yield "level"
    if len(name) == 1:
        return
    for kind, counts in names.items():
        for other in counts:
            if other == name and kind != "place":
                yield f"as {kind}"
            elif other.startswith(name) and other != name:
                yield f"heads {kind}"
                yield f"heads {kind} {other[len(name)]}"
            elif name in other and other != name:
                yield f"in {kind}"
