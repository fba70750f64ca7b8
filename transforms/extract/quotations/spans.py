"""Stretches in quotes, and rows of passages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.quotations.subjects import Speaker

_PAIRS = {"“": "”", "「": "」", "『": "』"}
_MARK = re.compile('[“”「」『』"]')
# 甲说：‘……。’: a line that has no others.
_SINGLE = re.compile('[：，。]‘[^“”‘’"]{6,}[。！？，]’')
_DOUBLE = str.maketrans("‘’", "“”")
_MAX_QUOTE_CHARS = 4000
# ”第二天对方真的来了。“厂长甲回忆说: marks that have changed places.
_SWAPPED = re.compile(r"[^“”]*(?<![^，。：；！？])”(?=\w)[^“”]*[。！？，]“(?:\w[^“”]*)?")
_SWAP = str.maketrans("“”", "”“")
# 简称“某某”, 下称“某某”: a name is given, nothing is said.
NOT_NAMED = "(?!(?<=[简下统俗又旧全合并职名尊昵别美爱对匀堪泛通号素戏])称)"
# Words of a spoken clause rather than of a term.
SPOKEN = re.compile(
    r"[了吧呢吗啊我你您他她咱这那，,？?！!]|不是|没有|还[要没在]|才能?|就[是得要]|[不没]\w{0,3}[能会要]|一个\w+的"
)

# 本报青川1月2日电（记者某某）, 某台消息：
WIRE = re.compile(
    r"\w{0,20}?(?:消息|讯|日电)(?:\s*[（(][^（）()\n]{2,30}[)）][：:，,\s]*|[：:，,\s]+|(?<=日电)(?=\w)"
    r"|\w{0,6}记者[^。：:\n]{2,40}报道[：:])"
)
# What people say and no slogan does.
CHATTY = re.compile(
    "[了吧呢吗啊我你您他她咱哪谁]|不是|没有|[了就才也还可][^，。]{0,3}[不没]|都是|可是?[^，。以能]|怎么|什么|第一[次回]|[十百]家|那时候?|愁|的话|[就才][要会能有得是]"
    "|[答听说想做跟看来][不得][上出起来了到懂完]|真是?[^抓]|得很"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Inner span of a quoted stretch; `outer` includes the marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def quotes_in(text: str) -> Iterator[Quote]:
    """Quoted stretches of one paragraph each, outermost only; straight marks pair up in turn.

    A paragraph that opens a quote and does not close it runs to its end: newspapers repeat the
    opening mark in each paragraph and close the last one.
    """
    start = 0
    for line in text.split("\n"):
        is_swapped = "”" in line and _SWAPPED.fullmatch(line) is not None
        is_single = "‘" in line and "“" not in line and _SINGLE.search(line) is not None
        mended = line.translate(_SWAP if is_swapped else _DOUBLE) if is_swapped or is_single else line
        yield from _in_line(mended, start)
        start += len(line) + 1


def _in_line(line: str, offset: int) -> Iterator[Quote]:
    opened: int | None = None
    closer = ""
    depth = 0
    for mark in _MARK.finditer(line):
        position, char = mark.start(), mark[0]
        if opened is None:
            if char in _PAIRS or char == '"':
                opened, closer, depth = position, _PAIRS.get(char, '"'), 1
        elif char == closer:
            depth -= 1
            if depth == 0:
                if position - opened <= _MAX_QUOTE_CHARS:
                    yield Quote(
                        offset + opened + 1, offset + position, offset + opened, offset + position + 1
                    )
                opened = None
        elif char in _PAIRS and _PAIRS[char] == closer:
            if (
                line[position - 1] in "。！？"
                and line[position + 1 : position + 2].isalpha()
                and closer not in line
            ):
                # “机器到了。“厂长说。: the mark behind the words is the wrong one.
                yield Quote(offset + opened + 1, offset + position, offset + opened, offset + position + 1)
                opened = None
                continue
            depth += 1
    if opened is not None and opened <= len(line) // 2 and len(line) - opened <= _MAX_QUOTE_CHARS:
        yield Quote(offset + opened + 1, offset + len(line), offset + opened, offset + len(line))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of the lines of a text."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def holds(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted, disjoint spans begins before `start` and ends behind `end`."""
    before = bisect_left(spans, start, key=lambda span: span[0]) - 1
    return before >= 0 and spans[before][1] > end


def touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted, disjoint spans overlaps [start, end)."""
    before = bisect_left(spans, end, key=lambda span: span[0]) - 1
    return before >= 0 and spans[before][1] > start


def first_in(spans: list[tuple[int, int]], start: int, end: int) -> int | None:
    """Where the first of the sorted, disjoint spans that touches [start, end) begins in it."""
    first = bisect_left(spans, start, key=lambda span: span[1] - 1)
    return max(start, spans[first][0]) if first < len(spans) and spans[first][0] < end else None


def passage_row(context: ArticleContext, start: int, end: int, speaker: Speaker, mode: str) -> dict[str, Any]:
    """A row of `QUOTATION_SCHEMA` for the passage [start, end)."""
    passage = context.text[start:end]
    return {
        "article_id": context.article_id,
        "text": passage,
        "speaker_mention_index": speaker.mention.index if speaker.mention else None,
        "speaker_text": speaker.text,
        "cue_text": speaker.cue,
        "mode": mode,
        "surface_text": passage,
        "start_char": start,
        "end_char": end,
        "rule": speaker.rule,
        "confidence_share": speaker.confidence,
    }
