"""A named span while the rules still work on it, and the few operations that all rules share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

Value = TypeVar("Value")

_MOST_LOOKS = 200_000
"""Words times characters up to which looking for each costs less than an automaton for all."""

_EDGE = " \t\n\r\u3000,，.。;；:：!！?？、\"“”‘’'~—-*#|▲△▶▷▼▽●○■□◆◇★☆◎※"


# 云溪　云溪县医院…: the place that a brief is from, and a body behind it.
_LABEL = re.compile("[\u4e00-\u9fff]{2,4}(?:\u3000| {2,})(?=[\u4e00-\u9fff]{4})")
# 据新华社电 国务院…, 新华社北京一月六日电外交部: who wired it, in front of a body.
_WIRE = re.compile(
    "(?:[\u4e00-\u9fff]{2,6}[电讯][\u3000 ]+|(?:新华社|中新社|本报)[\u4e00-\u9fff0-9]{2,16}?日[电讯]"
    "|(?<=[0-9一二三四五六七八九十]日)(?:电(?![力子信网气影视缆器机厂商工])|讯(?!飞)))(?=[\u4e00-\u9fff]{2})"
)
# 原与市第三医院, 落户县工业园区: what stands in front of a body or zone of the town itself.
_LED = re.compile("(?:原?[与跟向对从由]|落户|落址|进驻|走进|来到)(?=[省市县区][\u4e00-\u9fff]{3})")
# 滨城晚报讯, 椰岛晚报海口讯: the paper whose report begins.
_REPORTS = re.compile("[\u4e00-\u9fff]{1,6}(?:[日晚早时商导晨快]|都市)报(?=[\u4e00-\u9fff]{0,4}讯$)")
_START = attrgetter("start")
_LED_TYPES = frozenset({"organization", "place"})
_OURS = frozenset("我各两")
_LINE_STARTS = "\n●■◆▲○□◇△★☆·"


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
    # 【某市】某医院: what a label ends is no part of the name behind it.
    start = max(start, text.rfind("】", start, end) + 1)
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if span.entity_type == "organization" and (wire := _WIRE.match(text, start, end)) is not None:
        start = wire.end()
    if span.entity_type == "organization" and (start == 0 or text[start - 1] in _LINE_STARTS):
        label = _LABEL.match(text, start, end)
        start = label.end() if label else start
    if (
        span.entity_type == "organization"
        and text.startswith("国", start, end)
        and text[start - 1 : start] in _OURS
    ):
        # 我国|农业部
        start += 1
    if span.entity_type in _LED_TYPES:
        led, paper = _LED.match(text, start, end), _REPORTS.match(text, start, end)
        start, end = led.end() if led else start, paper.end() if paper else end
    if span.entity_type == "place" and text[end - 1] == "路" and text[end : end + 1] == "演":
        # 深圳路演
        end -= 1
    if start == end:
        return None
    return span if (start, end) == (span.start, span.end) else span.but(start=start, end=end)


# 县教育、科技局 is one.
_NEXT_OF_LEVEL = "(?<=[局会协联院校社委办部])、(?=[省市县区州][^、]{2,}$|[省市县区州][^、]{2,}、)"


def split_list(text: str, span: Span) -> Iterator[Span]:
    """The members of a list that the engine took for one: 比什凯克、奥什, 县青联、县女企业家协会."""
    mark = "、" if span.entity_type != "organization" else _NEXT_OF_LEVEL
    found = re.search(mark, text[span.start : span.end]) if "、" in text[span.start : span.end] else None
    if found is None or span.entity_type not in ("person", "organization"):
        yield span
        return
    cut = span.start + found.start()
    yield span.but(end=cut)
    yield from split_list(text, span.but(start=cut + 1))


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
    strong = sorted(stronger, key=_START)
    if not strong:
        return list(base)
    kept: list[Span] = []
    position = 0
    for span in sorted(base, key=_START):
        while position < len(strong) and strong[position].end <= span.start:
            position += 1
        if position == len(strong) or strong[position].start >= span.end:
            kept.append(span)
    return sorted([*kept, *strong], key=_START)


def reach_known(known: list[Span], spans: list[Span]) -> list[Span]:
    """Drop spans inside a longer known name: the engine sees 利雅 in 利雅得, 俄 in 俄中两国."""
    kept: list[Span] = []
    position = 0
    for span in spans:
        while position < len(known) and known[position].end <= span.start:
            position += 1
        name = known[position] if position < len(known) else span
        inside = name.start <= span.start and span.end <= name.end
        inside = inside and (name.rule != "short_form" or span.entity_type == "place")
        if not inside or name.end - name.start <= span.end - span.start:
            kept.append(span)
    return kept


def prefer_longer(repeats: list[Span], spans: list[Span]) -> list[Span]:
    """A repeated name wins over what lies inside it, and gives way to what reaches over its edge."""
    if not repeats and all(span.end <= following.start for span, following in pairwise(spans)):
        return spans
    kept: list[Span] = []
    for span in sorted([*spans, *repeats], key=lambda s: (s.start, -s.end, s.rule == "same_surface")):
        while (
            kept and kept[-1].rule == "same_surface" and kept[-1].end > span.start and kept[-1].end < span.end
        ):
            kept.pop()
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


class Lexicon(Generic[Value]):
    """Finds the words of a vocabulary in a text, in one pass whose cost does not grow with it.

    Words of one character are not supported: a single character names nothing by itself.

    Args:
        words: What is found, with what each stands for.
    """

    def __init__(self, words: Mapping[str, Value]) -> None:
        kept = {word: value for word, value in words.items() if len(word) > 1}
        self._values = list(kept.values())
        self._automaton = AhoCorasick(kept, matchkind=MatchKind.LeftmostLongest)

    def __len__(self) -> int:
        return len(self._values)

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Yield `start, end, value`, left to right, the longest word at each place, no overlaps."""
        if self._values:
            for number, start, end in self._automaton.find_matches_as_indexes(text):
                yield start, end, self._values[number]


def find_words(words: Mapping[str, Value], text: str) -> Iterator[tuple[int, int, Value]]:
    """What `Lexicon(words).find(text)` yields, for words of one text: few are sought one by one."""
    if len(words) * len(text) > _MOST_LOOKS:
        yield from Lexicon(words).find(text)
        return
    found: list[tuple[int, int, str]] = []
    for word in words:
        start = text.find(word) if len(word) > 1 else -1
        while start >= 0:
            found.append((start, -len(word), word))
            start = text.find(word, start + 1)
    reached = 0
    for start, _, word in sorted(found):
        if start >= reached:
            reached = start + len(word)
            yield start, reached, words[word]
