"""Turns of interviews: who speaks in a paragraph that opens with a name, 问： or a dash."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.quotations.subjects import Speaker

_TURN = re.compile(r"(?P<who>(?:本报|本刊)?记者|记|问|答|主持人)(?:[（(][^（）()\n]{2,12}[）)])?[：:]")
# ——新厂何时投产？
_DASHED = re.compile(r"(?P<mark>—{1,2}|●|◆|问题?[一二三四五六七八九十0-9]*[：:、])[^\n：:]{4,60}[？?]$")
_ASKED = re.compile(
    "(?:受访者|受访人|受访嘉宾|访谈嘉宾|被访者)[：:](?P<who>(?:(?!采访|记者)[^。；\n）)]){2,40})"
)
_LABEL = re.compile(r"(?P<who>[^\W0-9A-Za-z_]{2,12})[：:]")


def turn_of(
    context: ArticleContext, start: int, end: int, labels: Collection[str] = ()
) -> tuple[Speaker, int] | None:
    """Who speaks in a paragraph that opens like a turn of an interview, and where the words begin.

    `labels` are openings that count as speakers though no name was recognised in them (王局长：).
    """
    limit = min(end, start + 24)
    people = context.mentions_in(start, limit, "person")
    if people and people[0].start == start and context.text[people[0].end : people[0].end + 1] in {"：", ":"}:
        return Speaker(people[0], people[0].text, None, "turn", 0.9, True), people[0].end + 1
    asked = _TURN.match(context.text, start, end)
    if asked:
        return Speaker(None, asked["who"], None, "turn", 0.85, True), asked.end()
    question = _DASHED.match(context.text, start, end)
    if question:
        return Speaker(None, None, None, "turn", 0.7, True), question.end("mark")
    label = _LABEL.match(context.text, start, end)
    if label is None or label["who"] not in labels:
        return None
    return Speaker(None, label["who"], None, "turn", 0.7, True), label.end()


def interviewed(context: ArticleContext, speaker: Speaker, position: int) -> Speaker:
    """答： is the one person whom the article names before its first question, or below (受访者：…)."""
    people = context.mentions_in(0, position, "person")
    below = _ASKED.search(context.text, position) if not people and speaker.text == "答" else None
    if below is not None:
        people = context.mentions_in(below.start("who"), below.end("who"), "person")[:1]
    longest = max((m.text for m in people), key=len, default="")
    if speaker.text != "答" or not people or not all(m.text in longest for m in people):
        return speaker
    return replace(speaker, mention=people[-1])
