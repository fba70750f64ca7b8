"""Bodies that neither network nor rules read, by the noun that they end on: 光明影院, 恒信管道安装公司.

A stretch that ends as bodies do, or stands in quotes, and touches no other body is weighed by its words, its
edges and what stands around it. The weights are log odds; `tests/benchmarks/fit_bodies.py` counts them on
texts with a reader's rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.extract.tagged import BLANKS, Word, kinds_of, words_in
from transforms.normalize.words import Words

RULE = "body_noun"
_LEAST = 0.5
_SHORTEST, _LONGEST, _HEAD = 3, 14, 2
_AROUND, _MOST = 8, 3
_NO_NAME = re.compile("[^\u4e00-\u9fffA-Za-z0-9·]|的")
# 一家机械厂, 这所小学, 该公司: told, not named.
_COUNTED = re.compile(
    "[一二两三四五六七八九十几多数各每这那哪某该此本0-9][家所个座支名批些类种间处位台]|[这那某各几该此本我贵你他她]"
)
# 5支医疗队
_MANY = re.compile("[一二两三四五六七八九十百几多数0-9][家所个支名批些类种间处]")
# 海州八城市…: several towns, of which the last stands in front; 二七区 is one.
_SEVERAL = re.compile("(?<!二)[两二三四五六七八九十][城省市县区]")
# “青禾”牌大米, “海鸥”号: what goods and ships are called.
_QUOTED = re.compile('[“"「]([\u4e00-\u9fffA-Za-z0-9·]{2,9})[”"」](?![牌号])')
_LEVELS = frozenset("省市县区州旗镇乡村")
# 为业界所熟知, 国家所有: 所 is a particle.
_BY = re.compile("[为被][^，。；]{1,10}所|所有")
_OPEN, _CLOSE = frozenset('“‘「"《'), frozenset('”’」"》')


class HeadedBodies:
    """Built once from the lookups; reads `body_odds`."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        told, vocabulary = lookups["body_odds"], lookups["organizations"]
        # 链接科技与教育资源: fields in a row.
        fields = any_of([*vocabulary["trades"], *vocabulary["office_sectors"], *vocabulary["field_words"]])
        self._fields_behind = re.compile(f"[和与及](?:{fields})")
        self._letters = frozenset((*divisions.province_of, *divisions.country_of))
        self._odds: Mapping[str, float] = told["odds"]
        self._heads = frozenset(told["heads"])
        self._heads_of_one = frozenset(head for head in told["heads"] if len(head) == 1)
        # What the start of a right stretch hardly ever tells more than.
        self._reach: float = told["reach"]
        self._words = Words()

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find stretches that the weights are for.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted; a stretch may hold whole places.

        Returns:
            Organisations with rule `body_noun`, sorted; they overlap no others.
        """
        weighed = []
        for end, of_end, starts in self._ends(text, spans):
            odds_of_end = self._sum(of_end) + self._odds[""]
            if odds_of_end + self._reach < _LEAST:
                continue
            for start, of_start in starts:
                odds = odds_of_end + self._sum(of_start)
                if odds > _LEAST:
                    weighed.append((odds, start, end))
        found: list[Span] = []
        for odds, start, end in sorted(weighed, reverse=True):
            if all(end <= span.start or span.end <= start for span in found):
                share = 1 / (1 + math.exp(-odds))
                found.append(Span(start, end, "organization", RULE, round(share, 3)))
        return sorted(found, key=lambda span: span.start)

    def asked(self, text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, set[str], set[str]]]:
        """Stretches with the features of their end and of their start by name."""
        for end, of_end, starts in self._ends(text, spans):
            for start, of_start in starts:
                yield start, end, of_end, of_start

    def _sum(self, features: Iterable[str]) -> float:
        odds = self._odds
        return math.fsum(odds[name] for name in features if name in odds)

    def _ends(
        self, text: str, spans: Sequence[Span]
    ) -> Iterator[tuple[int, set[str], Iterator[tuple[int, set[str]]]]]:
        """Where a stretch may end and where it may start, with the features of both."""
        behind = {span.start: span for span in spans}
        before = {span.end: span for span in spans}
        position = 0
        heads, letters = self._heads, self._heads_of_one
        for end in range(_SHORTEST, len(text) + 1):
            if text[end - _HEAD : end] in heads:
                head = text[end - _HEAD : end]
            # 关系, 体系 are no kinds of 系.
            elif text[end - 1] in letters and not self._words.frequency(text[end - _HEAD : end]):
                head = text[end - 1]
            else:
                continue
            while position < len(spans) and spans[position].end <= end - len(head):
                position += 1
            is_free = position == len(spans) or spans[position].start >= end
            if is_free and self._fields_behind.match(text, end) is None:
                words = words_in(text, max(0, end - _LONGEST - _AROUND), end + _AROUND)
                is_cut = all(at != end for at, *_ in words) and words[-1][0] + len(words[-1][1]) != end
                is_by = head == "所" and _BY.search(text, max(0, end - _LONGEST), end + _HEAD)
                # 全国出版局长会议
                if is_cut or is_by or text.startswith("长", end):
                    continue
                starts = self._starts(text, end, head, spans[:position], before, words)
                yield end, self._of_end(text, end, head, behind.get(end), words), starts
        position = 0
        for quote in _QUOTED.finditer(text):
            start, end = quote.span(1)
            while position < len(spans) and spans[position].end <= start:
                position += 1
            if position == len(spans) or spans[position].start >= end:
                around = before.get(start - 1), behind.get(end + 1)
                yield end, self._of_quoted(text, start, end, *around), iter([(start, set())])

    def _starts(
        self,
        text: str,
        end: int,
        head: str,
        spans: Sequence[Span],
        before: Mapping[int, Span],
        words: Sequence[Word],
    ) -> Iterator[tuple[int, set[str]]]:
        limit = max(0, end - _LONGEST)
        near: list[Span] = []
        for span in reversed(spans):
            if span.end <= limit:
                break
            if span.entity_type != "place":
                limit = span.end
                break
            near.append(span)
        for start, word, _ in reversed(words):
            if start > end - _SHORTEST:
                continue
            if start < limit or _NO_NAME.search(word):
                break
            name = text[start:end]
            is_none = any(span.start < start < span.end for span in near)
            # 浙港科技, 中拉航天: what two regions do together.
            is_none = is_none or _SEVERAL.search(name) is not None
            is_none = is_none or self._letters.issuperset(name[:2])
            if (
                is_none
                or self._words.frequency(name)
                or _COUNTED.search(name)
                or _MANY.match(text, start - 1)
            ):
                continue
            held = [span for span in near if span.start >= start]
            yield start, self._of_start(text, start, end, head, before.get(start), held, words)

    def _of_quoted(self, text: str, start: int, end: int, ahead: Span | None, after: Span | None) -> set[str]:
        name = text[start:end]
        front = BLANKS[ahead.entity_type] if ahead else text[max(0, start - 2) : start - 1] or "^"
        back = BLANKS[after.entity_type] if after else text[end + 1 : end + 2] or "$"
        return {
            "quoted",
            f"qb {front}",
            f"qa {back}",
            f"qb2 {text[max(0, start - 3) : start - 1]}",
            f"qa2 {text[end + 1 : end + 3]}",
            f"qa3 {text[end + 1 : end + 4]}",
            f"qsize {len(name)}",
            f"qword {self._words.commonness(name)}",
            f"qtags {kinds_of(words_in(text, start, end))}",
            f"qe {name[-1]}",
            f"qe2 {name[-2:]}",
            f"qcount {min(_MOST, text.count(name))} {self._words.commonness(name)}",
        }

    def _of_end(self, text: str, end: int, head: str, behind: Span | None, words: Sequence[Word]) -> set[str]:
        after = BLANKS[behind.entity_type] if behind else text[end : end + 1]
        after = after if after and after != "\n" else "$"
        right = [text[end - j : end + i] for i in (1, 2) for j in (1, 2)]
        following = [(word, kind) for at, word, kind in words if at >= end]
        features = {
            f"head {head}",
            f"e1 {text[end - 1]}",
            f"e3 {text[end - 3 : end]}",
            f"a {'0' if after.isdigit() else after}",
            f"wr {max(map(self._words.commonness, right), default=0)}",
            *(f"n {word}" for word, _ in following[:3]),
            *(f"ta {kind}" for _, kind in following[:1]),
        }
        if behind is None and after != "$":
            features.add("a2 " + text[end : end + 2])
        return features

    def _of_start(
        self,
        text: str,
        start: int,
        end: int,
        head: str,
        before: Span | None,
        held: Sequence[Span],
        words: Sequence[Word],
    ) -> set[str]:
        name, stem = text[start:end], text[start : end - len(head)]
        ahead = BLANKS[before.entity_type] if before else text[start - 1 : start]
        ahead = ahead if ahead and ahead != "\n" else "^"
        left = [text[start - i : start + j] for i in (1, 2) for j in (1, 2) if i <= start]
        inner = [span for span in held if span.start > start]
        whole = held[-1] if held and held[-1].start == start else None
        inside = [(at, word, kind) for at, word, kind in words if start <= at < end]
        earlier = [(word, kind) for at, word, kind in words if at < start]
        levels = [self._words.commonness(word) for at, word, _ in inside if at < end - len(head)]
        singles = sum(len(word) == 1 for at, word, _ in inside if at < end - len(head))
        own = f"{min(levels, default=0)} {min(singles, _MOST)} {whole is not None}"
        features = {
            f"b {'0' if ahead.isdigit() else ahead}",
            f"wl {max(map(self._words.commonness, left), default=0)}",
            f"q {ahead in _OPEN}{text[end : end + 1] in _CLOSE}",
            f"size {len(name)}",
            f"e4 {name[-4:]}",
            f"s1 {name[0]}",
            f"s2 {name[:2]}",
            f"starts {whole is not None}",
            f"holds {min(_MOST, len(inner))}",
            f"stem {self._words.commonness(stem)}",
            f"tags {kinds_of(inside)}",
            # Common words come again and again in a long text: 国家安全.
            f"count {min(_MOST, text.count(name))} {min(levels, default=0)}",
            # 时代 and 能源 end a firm's name behind a word of its own alone: 青禾能源, but no 全球能源.
            f"own {own}",
            f"own {head} {own}",
            *(f"c {character}" for character in stem),
            f"fw {inside[0][1]}",
            f"ft {inside[0][2]}",
            *(f"w {word}" for _, word, _ in inside),
            *(f"p {word}" for word, _ in earlier[-2:]),
            *(f"tb {kind}" for _, kind in earlier[-1:]),
        }
        if before is None and ahead != "^":
            features.add("b2 " + text[max(0, start - 2) : start])
        if whole is not None:
            rest = text[whole.end : end]
            kinds = kinds_of([word for word in inside if word[0] >= whole.end])
            features |= {f"rest {len(rest)}", f"r {rest}", f"rtags {kinds}"}
            features |= {
                f"restword {self._words.commonness(rest)}",
                f"level {text[whole.end - 1] in _LEVELS}",
            }
        return features
