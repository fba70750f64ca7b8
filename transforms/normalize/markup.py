"""Marks of HTML and Markdown that stand in a plain text.

They say how the text is set, so they leave it, and what they say of a line (a head, a list) becomes its hint.

Source: elements of the HTML Living Standard, sections 4.3 to 4.9; CommonMark 0.31 and GitHub's tables.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_BLOCK = "p|br|div|li|tr|hr|h[1-6]|ul|ol|table|section|article|blockquote|center"
_INLINE = "a|b|i|u|em|strong|span|font|img|td|th|tbody|thead|small|big|sub|sup|del|s|figure|figcaption"
_ATTRIBUTE = r"""\s+[\w:-]{1,40}\s{0,4}=\s{0,4}(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)"""
_TAG_RE = re.compile(rf"<(/?)({_BLOCK}|{_INLINE})(?:{_ATTRIBUTE}){{0,20}}\s{{0,4}}/?>", re.I)
_BLOCK_RE = re.compile(_BLOCK, re.I)
_ENTITY_RE = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#x[0-9a-fA-F]{2,5});")
_ATX_RE = re.compile(r"^(#{1,6})[ \t]+(?=\S)", re.M)
# A mark opens behind what is no word and closes before what is no word or, as Chinese has no spaces, before a
# Chinese character: masked names and numbers (张**、李**, 138****5678) stay.
_STRONG_RE = re.compile(
    r"(?<![\w*])(\*\*|__)(?![\s*_、，。；：！？）】」』》〉”’)\]},.;:!?])[^*_\n]{1,200}(?<![\s、，（【「『《〈“‘(\[{])\1"
    r"(?:(?![\w*])|(?<=\*)(?=[\u3400-\u9fff]))"
)
_HEAD_END_RE = re.compile("\n|</h[1-6]>", re.I)
_LOOK = 2_000
_LINK_RE = re.compile(r"(!?)\[([^\[\]\n]{0,200})\]\((?:https?:|[./\w-])[^()\s]{0,300}\)")
# These count only on a page that has heads, bold type or links of Markdown, since plain text has them too.
_WEAK_RE = re.compile(
    r"^(?P<list>[-*+][ \t]+)(?=\S)|^(?P<quote>>[ \t]?)+(?=\S)|^(?P<rule>(?:-{3,}|\*{3,}|_{3,})[ \t]*)$|"
    r"^(?P<bars>\|[ \t:|-]*-{3}[ \t:|-]*\|?[ \t]*)$|^(?P<row>\|(?=[^\n]*\|[ \t]*$))|"
    r"(?P<emphasis>(?<![*\w])\*(?=[^\s*])[^*\n]{1,200}(?<=[^\s*])\*(?![*\w]))|(?P<code>`[^`\n]{1,200}`)",
    re.M,
)


@dataclass
class Markup:
    """Marks found in a raw page, in raw offsets.

    Attributes:
        removed: Ranges that leave the text, sorted, apart from one another.
        replaced: Offset of a character to the one that stands there instead.
        hints: Offset of a line's first character to what the marks say of the line.
    """

    removed: list[tuple[int, int]] = field(default_factory=list)
    replaced: dict[int, str] = field(default_factory=dict)
    hints: dict[int, str] = field(default_factory=dict)


def find_markup(raw: str) -> Markup:
    """Find the marks of a page; nothing on a page without any."""
    found = Markup()
    heads: list[tuple[int, int]] = []
    if "<" in raw:
        _find_tags(raw, found, heads)
    if "&" in raw:
        for match in _ENTITY_RE.finditer(raw):
            char = html.unescape(match.group())
            if len(char) == 1:
                _replace(found, match.start(), match.end(), char)
    if "#" in raw or "**" in raw or "__" in raw or "](" in raw:
        _find_markdown(raw, found, heads)
    found.removed = _merge(found.removed)
    _rank_heads(raw, found, heads)
    return found


def _find_tags(raw: str, found: Markup, heads: list[tuple[int, int]]) -> None:
    for match in _TAG_RE.finditer(raw):
        start, end = match.span()
        name, closing = match.group(2).lower(), bool(match.group(1))
        if name[0] == "h" and name[1:].isdigit() and not closing:
            heads.append((end, int(name[1:])))
        if name in ("td", "th") and closing:
            _replace(found, start, end, " ")
        elif _BLOCK_RE.fullmatch(name) and start and raw[start - 1] != "\n" and raw[end : end + 1] != "\n":
            _replace(found, start, end, "\n")
        else:
            found.removed.append((start, end))


def _find_markdown(raw: str, found: Markup, heads: list[tuple[int, int]]) -> None:
    before = len(found.removed)
    for match in _ATX_RE.finditer(raw):
        found.removed.append(match.span())
        heads.append((match.end(), len(match.group(1))))
    for match in _STRONG_RE.finditer(raw):
        found.removed += [match.span(1), (match.end() - 2, match.end())]
    for match in _LINK_RE.finditer(raw):
        if match.group(1):
            found.removed.append(match.span())
        else:
            found.removed += [(match.start(), match.start() + 1), (match.end(2), match.end())]
    if len(found.removed) == before:
        return
    for match in _WEAK_RE.finditer(raw):
        start, end = match.span()
        kind = match.lastgroup
        if kind in ("emphasis", "code"):
            found.removed += [(start, start + 1), (end - 1, end)]
        elif kind == "row":
            stop = raw.find("\n", end)
            stop = len(raw) if stop < 0 else stop
            bars = [at for at in range(start, stop) if raw[at] == "|"]
            found.removed += [(start, start + 1), (bars[-1], bars[-1] + 1)]
            found.replaced.update(dict.fromkeys(bars[1:-1], " "))
            _hint(raw, found, end, "table")
        else:
            found.removed.append((start, end))
            if kind in ("list", "quote"):
                _hint(raw, found, end, "list" if kind == "list" else "body")


def _hint(raw: str, found: Markup, at: int, hint: str) -> None:
    while at < len(raw) and raw[at] in " \t\u3000":
        at += 1
    found.hints[at] = hint


def _replace(found: Markup, start: int, end: int, char: str) -> None:
    if end - 1 > start:
        found.removed.append((start, end - 1))
    found.replaced[end - 1] = char


def _merge(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _rank_heads(raw: str, found: Markup, heads: list[tuple[int, int]]) -> None:
    """The highest rank with text below heads the stories; higher ones name the page, lower ones parts."""
    heads.sort()
    told = []
    for index, (at, level) in enumerate(heads):
        stop = heads[index + 1][0] if index + 1 < len(heads) else len(raw)
        end = _HEAD_END_RE.search(raw, at, stop)
        below = raw[end.end() : min(stop, end.end() + _LOOK)] if end else ""
        if _TAG_RE.sub("", below).strip("#<> \n\r\t\u3000"):
            told.append(level)
    story = min(told or [level for _, level in heads], default=1)
    for at, level in heads:
        hint = "headline" if level == story else "furniture" if level < story else "subhead"
        _hint(raw, found, at, hint)
