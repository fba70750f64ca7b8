"""Where the clause around a verb begins and ends."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext

# A brief opens with one of the last.
_MARKS = frozenset("，。；：！？,;:!?\n】□•▪●▲△■◆◇★☆◎▷▶►※▼▽")
_MAX_CLAUSE_CHARS = 240
# A sentence item holds few deals; a text of one word over and over must not cost more than its length.
MAX_CUES = 16
CLAUSE = re.compile(r"[，。；：！？,;:!?\n]")
_ARTICLE = re.compile(r"(?:的|了|、|一个|一座|一条|一家|一处|一批|首个|全国首个)*")
BOOK = re.compile(r"《([^《》\n]{2,80})》")


def clause_start(context: ArticleContext, start: int, position: int) -> int:
    """Where the clause of a verb begins: after the last mark that is in no name and in no brackets."""
    text = context.text
    floor = max(start, position - _MAX_CLAUSE_CHARS)
    closed = 0
    for offset in range(position - 1, floor - 1, -1):
        char = text[offset]
        if char in "）)":
            closed += 1
        elif char in "（(":
            closed = max(0, closed - 1)
        elif not closed and char in _MARKS:
            names = context.mentions_in(max(start, offset - 40), position)
            if not any(m.start < offset < m.end for m in names):
                return offset + 1
    return floor


def clause_end(text: str, position: int, end: int) -> int:
    """End of the clause behind a verb."""
    found = re.compile(r"[，。；！？;!?\n]|,(?![0-9])").search(text, position, end)
    return found.start() if found else end


def skip_article(text: str, position: int) -> int:
    """Offset behind 的, 了, 一个."""
    found = _ARTICLE.match(text, position)
    return found.end() if found else position
