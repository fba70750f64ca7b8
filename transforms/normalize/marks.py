"""Marks that stand for others of print: doubled quotes, `''`, `<<` and `<` around a title, dots of names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CJK = "\u3400-\u4dbf\u4e00-\u9fff"
_PAIRED_RE = re.compile("''|``")
# '好的。' is a quotation where a page has no other marks for one; it's is none.
_APOSTROPHES_RE = re.compile(rf"(?<![A-Za-z0-9'])'(?=[^'\n]*[{_CJK}])[^'\n]{{1,300}}'(?![A-Za-z'])")
_PRIME_RE = re.compile("(?<![0-9])″")
_QUOTES_RE = re.compile('[“”"]+')
# <<云溪日报>> and <云溪日报>; tags of HTML are gone by then, and >>> of a quoted mail has no partner.
_TITLE_RE = re.compile(rf"(?:<<(?=[{_CJK}“0-9A-Z])[^<>\n]{{2,60}}>>|<(?=[{_CJK}“])[^<>\n]{{2,60}}>)")


@dataclass(frozen=True, slots=True)
class Marks:
    """Offsets of marks that go, and of those that another replaces."""

    removed: list[int] = field(default_factory=list)
    replaced: dict[int, str] = field(default_factory=dict)


def find_marks(text: str) -> Marks:
    """Marks of more characters than print has, in the offsets of `text`."""
    found = Marks()
    if "'" in text or "`" in text:
        for match in _PAIRED_RE.finditer(text):
            found.replaced[match.start()] = '"'
            found.removed.append(match.start() + 1)
        if not found.removed and not _QUOTES_RE.search(text):
            for match in _APOSTROPHES_RE.finditer(text):
                found.replaced.update({match.start(): '"', match.end() - 1: '"'})
    if "″" in text:
        found.replaced.update((match.start(), '"') for match in _PRIME_RE.finditer(text))
    if "““" in text or '""' in text:
        runs = [match.span() for match in _QUOTES_RE.finditer(text)]
        # "甲""乙" has lone ones, too.
        if len(runs) > 1 and all(end - start == 2 and text[start] == text[end - 1] for start, end in runs):
            found.removed.extend(start + 1 for start, _ in runs)
    if "<" in text and ">" in text:
        for match in _TITLE_RE.finditer(text):
            start, end = match.span()
            is_double = text.startswith("<<", start)
            found.replaced[start] = "《"
            found.replaced[end - 1] = "》"
            if is_double:
                found.removed.extend((start + 1, end - 2))
    return found
