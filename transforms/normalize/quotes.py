"""Direction of quotation marks that lost it, by alternation within a paragraph."""

from __future__ import annotations

import re

from transforms.normalize.characters import CJK

_QUOTE_RE = re.compile('"')
_CURLY_RE = re.compile("[“”]")
_CHINESE_RE = re.compile(f"[{CJK}]")
_AFTER_CLOSE = "，。、；：？！）》】」』"
_BEFORE_OPEN = "：（《【「『"


def direct_quotes(paragraph: str) -> list[tuple[int, str]]:
    """Offsets of straight double quotes in a Chinese paragraph with the mark each stands for.

    A paragraph starts outside a quotation; one that goes on over several paragraphs opens anew in each, as print has it.
    Local evidence (a colon before, a full stop behind) wins over alternation, so one lost mark does not turn the rest.

    Returns:
        `(offset, mark)` in order; empty for a paragraph without Chinese.
    """  # noqa: E501
    if not _CHINESE_RE.search(paragraph):
        return []
    hits = [m.start() for m in _QUOTE_RE.finditer(paragraph)] if '"' in paragraph else _turned(paragraph)
    result: list[tuple[int, str]] = []
    is_open = False
    for order, at in enumerate(hits):
        before = paragraph[at - 1 : at] if at else ""
        after = paragraph[at + 1 : at + 2]
        must_open = before in _BEFORE_OPEN and after not in _AFTER_CLOSE
        must_close = bool(after) and after in _AFTER_CLOSE and before not in _BEFORE_OPEN
        if is_open:
            opens = must_open and bool(before) and (len(hits) - order) % 2 == 0
        else:
            opens = not (must_close and before and (len(hits) - order) % 2 == 1)
        result.append((at, "“" if opens else "”"))
        is_open = opens
    return [(at, mark) for at, mark in result if paragraph[at] != mark]


def _turned(paragraph: str) -> list[int]:
    """Offsets of curly quotes where some face the wrong way: “ never follows “ in print."""
    if paragraph.count("“") == paragraph.count("”"):
        return []
    hits = [m.start() for m in _CURLY_RE.finditer(paragraph)]
    # An odd number means that one is lost; turning the others would hide which.
    return hits if len(hits) % 2 == 0 else []
