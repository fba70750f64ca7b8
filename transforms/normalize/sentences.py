"""Sentences of an article."""

from __future__ import annotations

import re

_OPEN, _CLOSE = "“‘（《〈「『【〔", "”’）》〉」』】〕"
_TOKEN_RE = re.compile(rf"[。！？…!?]+[”’）」』】〕]*|[{_OPEN}{_CLOSE}]|\n")
_MAX_KEPT = 160


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, without surrounding whitespace.

    A sentence ends at 。！？…… with its closing marks, and at a line end. It does not end inside 《》 or a bracket, nor inside
    a quotation that the sentence goes on after (“好！”他说). A quotation of several sentences stays whole up to
    160 characters; a longer one, or one that is never closed, is cut at its inner ends.
    """  # noqa: E501
    spans: list[tuple[int, int]] = []
    start = 0
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _ends(line.group()):
            _append(text, spans, start, line.start() + end)
            start = line.start() + end
        _append(text, spans, start, line.end())
    return spans


def _append(text: str, spans: list[tuple[int, int]], start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        lead = len(piece) - len(piece.lstrip())
        spans.append((start + lead, start + lead + len(stripped)))


def _ends(line: str) -> list[int]:
    """Ends of the sentences inside one line."""
    ends: list[int] = []
    stack: list[tuple[str, int]] = []
    for match in _TOKEN_RE.finditer(line):
        mark = match.group()
        if mark in _OPEN:
            stack.append((mark, match.start()))
            continue
        if mark in _CLOSE:
            if stack and _OPEN.index(stack[-1][0]) == _CLOSE.index(mark):
                stack.pop()
            continue
        if mark in "!?" and line[match.end() : match.end() + 1].isascii() and line[match.end() :]:
            continue  # an address or a formula
        closed_quote = False
        for char in mark:
            if char in _CLOSE and stack and _OPEN.index(stack[-1][0]) == _CLOSE.index(char):
                closed_quote = stack.pop()[0] in "“‘「『"
        if stack and _closes_soon(line, match.end(), *stack[0]):
            continue
        if (
            mark.startswith("…")
            and not closed_quote
            and match.end() < len(line)
            and line[match.end()] in "，、；的等"
        ):
            continue
        following = line[match.end() : match.end() + 1]
        if closed_quote and following and following not in "“‘「『\n" and _goes_on(line, match.end()):
            continue
        if mark[-1] in "）】〕" and following and following in "，、；":
            continue
        ends.append(match.end())
    return ends


def _closes_soon(line: str, at: int, mark: str, opened: int) -> bool:
    """Whether the bracket or quotation opened at `opened` closes near enough to be kept whole."""
    return line.find(_CLOSE[_OPEN.index(mark)], at, opened + _MAX_KEPT) >= 0


_SPEECH_RE = re.compile(
    r"^[^，。！？；：“”]{0,24}?(?:说|道|表示|介绍|告诉|认为|指出|强调|回忆|坦言|感慨|感叹|称|直言|笑言|解释|回答|问|喊|透露|建言|如是)"
)


def _goes_on(line: str, end: int) -> bool:
    """Whether the words behind a closed quotation belong to its sentence: they name who said it."""
    return line[end] in "，、；的等" or bool(_SPEECH_RE.match(line[end : end + 40]))
