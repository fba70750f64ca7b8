"""Persons that the engine cuts short: foreign names and names of peoples without surnames, led to their ends.

Which characters such names are written with, the parts they are made of and what stands behind a name tell
where they end, and every other use of the name in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rjieba import tag

from transforms.extract.names.spans import Span
from transforms.extract.names.titled_shapes import DOTS, RANKS, NameShapes
from transforms.extract.patterns import starts_of
from transforms.extract.roles.titles import TitleGrammar

RULE = "name_extent"
_LONGEST_TAIL, _LONGEST_PART, _LONGEST_NAME, _LONGEST_FRONT = 4, 7, 16, 12
_RUN = re.compile(r"[\u4e00-\u9fff]+ ?[\u4e00-\u9fff]*$")
_ALIKE, _HELD = 2, 7
_HYPHENS = ("-", "—", "–", "－")
_BLANK = re.compile(r"[ \u3000\n]")
_MARKS = "·•・‧．"
# A part that the engine missed in front of a dot: initials, or what follows punctuation.
_PART_BEFORE = re.compile(rf"(?<![A-Za-z])[A-Z][{_MARKS}.]$|(?:让|安|玛丽|汉斯|约翰|卡尔)[-—–－]$")
# Words of these classes are no end of a name.
_NAMED = frozenset({"nr", "nrt", "nz", "ns", "x", "zg", "g"})
_DEEDS = frozenset({"says", "acts"})
_NO_TAIL = frozenset("不因让的了在是和与及也都还就已将被把给对向从为以等说任当则外再来依")


class NameExtents:
    """Built once from `persons.yml`.

    Args:
        lookups: Parsed seed files by stem; reads `persons`.
        grammar: Of titles.
        shapes: What stands behind a name.
    """

    def __init__(self, lookups: Mapping[str, Any], grammar: TitleGrammar, shapes: NameShapes) -> None:
        persons = lookups["persons"]
        self._grammar, self._behind = grammar, shapes.behind
        self._sounds = frozenset([*persons["transliteration"], *persons["dotted"]])
        self._foreign = frozenset(persons["transliteration"])
        self._surnames = frozenset(persons["surnames"])
        self._may_begin = self._surnames.union(persons["rare_surnames"])
        self._compound = frozenset(persons["compound_surnames"])
        self._says = frozenset([*persons["says"], *persons["acts"], *persons["opens"]])
        self._parts = frozenset(persons["name_parts"])
        self._longest_part = max(map(len, self._parts))

    def lead(self, text: str, spans: list[Span]) -> list[Span]:
        """Lead persons to where their names begin and end.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; changed ones have `RULE`, what they swallow is dropped.
        """
        kept: list[Span] = []
        spans = self._join_dotted(text, spans)
        for number, span in enumerate(spans):
            if kept and kept[-1].rule == RULE and span.start < kept[-1].end:
                continue
            if span.entity_type != "person":
                kept.append(self._without_holder(text, span))
                continue
            floor = kept[-1].end if kept else 0
            start = self._start(text, span, floor)
            end = self._end(text, span)
            following = spans[number + 1] if number + 1 < len(spans) else None
            if following is not None and following.start < end:
                is_rest = following.entity_type != "person" and following.end <= end
                end = end if is_rest else span.end
            is_same = (start, end) == (span.start, span.end)
            kept.append(span if is_same else span.but(start=start, end=end, rule=RULE))
        return kept

    def _join_dotted(self, text: str, spans: list[Span]) -> list[Span]:
        """Make one person of a name with middle dots of which the engine saw a part."""
        joined: list[Span] = []
        for span in spans:
            last = joined[-1] if joined else None
            if last is not None and span.start < last.end:
                if span.end > last.end:
                    joined.append(span)
                continue
            if span.entity_type == "person":
                if last is not None and last.entity_type == "person" and self._is_bridge(text, last, span):
                    joined[-1] = last.but(end=span.end, rule="middle_dot")
                    continue
                before = _PART_BEFORE.search(text, max(0, span.start - _LONGEST_FRONT), span.start)
                free = before is not None and (last is None or last.end <= before.start())
                if before is not None and free:
                    joined.append(span.but(start=before.start(), rule="middle_dot"))
                    continue
            joined.append(span)
        return joined

    def _is_bridge(self, text: str, left: Span, right: Span) -> bool:
        """Whether only a dot, with a part of a name behind it, lies between two persons."""
        between = _BLANK.sub("", text[left.end : right.start])
        return (
            0 < len(between) <= 4
            and (between[0] in _MARKS or self._is_hyphen(text, left, right))
            and all("\u4e00" <= c <= "\u9fff" for c in between[1:])
        )

    def _is_hyphen(self, text: str, left: Span, right: Span) -> bool:
        """Whether one dash joins two foreign names; two of them are a pause."""
        names = text[left.start : left.end] + text[right.start : right.end]
        return text[left.end : right.start] in _HYPHENS and self._foreign.issuperset(names)

    def _without_holder(self, text: str, span: Span) -> Span:
        """A body without its head, whom the engine took into its name: 海原电子首席执行官江雁."""
        if span.entity_type != "organization" or span.rule != "lac" or span.end - span.start < _HELD:
            return span
        for size in range(2, 5):
            at = span.end - size
            if text[at] not in self._may_begin and text[at : at + 2] not in self._compound:
                continue
            title = self._grammar.match_end(text[span.start : at])
            if title is not None and len(title.head) > 2 and title.start > 1 and title.rank in RANKS:
                return span.but(end=span.start + title.start, rule="trim_title")
        return span

    def _start(self, text: str, span: Span, floor: int) -> int:
        """Where a name begins of which the engine saw what stands behind a dot."""
        if span.start == 0 or not DOTS.match(text, span.start - 1):
            return span.start
        run = _RUN.search(text, max(floor, span.start - 1 - _LONGEST_NAME), span.start - 1)
        if run is None:
            return span.start
        start, end = run.span()
        for at in range(end - 1, start - 1, -1):
            if end - at <= _LONGEST_PART and self._grammar.match_end(text[max(0, at - 8) : at]) is not None:
                return at
        is_whole = end - start <= _LONGEST_PART and self._sounds.issuperset(run[0])
        return start if is_whole else span.start

    def _end(self, text: str, span: Span) -> int:
        """Where a name ends of which the engine saw the beginning, or took on what follows."""
        name, end = text[span.start : span.end], span.end
        if span.rule == "lac" and len(name) > 2 and (deed := self._deed(text, span)) is not None:
            return deed
        if len(name) < 3 or not text[end : end + 1].isalpha() or name.isascii():
            return end
        for size in range(2, self._longest_part + 1):
            for inside in range(1, size):
                part = text[end - inside : end - inside + size]
                if part in self._parts and self._closes(text, end - inside + size):
                    return end - inside + size
        is_dotted = DOTS.search(name) is not None
        is_chinese = len(name) == 3 and name[0] in self._surnames and not self._sounds.issuperset(name)
        if text[end] not in self._sounds or text[end] in _NO_TAIL or (is_chinese and not is_dotted):
            return end
        if not (is_dotted or self._sounds.issuperset(name)):
            return end
        behind = self._behind.match(text, end)
        if behind is not None and behind.lastgroup is not None:
            # 提出 in 阿扎提出席
            later = self._behind.match(text, end + 1)
            is_over = later is not None and later.lastgroup in _DEEDS and later.end() > behind.end() > end + 1
            return end + 1 if is_over else end
        for size in range(1, _LONGEST_TAIL + 1):
            tail = text[end : end + size]
            if not self._sounds.issuperset(tail) or not _NO_TAIL.isdisjoint(tail):
                break
            if self._closes(text, end + size) and self._is_sound(text, end, size):
                return end + size
        return self._repeated(text, name, end)

    def _deed(self, text: str, span: Span) -> int | None:
        """Where what somebody does begins in a span that holds its beginning or all of it: 江雁笑|言."""
        if self._behind.match(text, span.end) is not None and text[span.end - 2 : span.end] not in self._says:
            return None
        for size in (2, 1):
            at = span.end - size
            deed = self._behind.match(text, at) if at - span.start > 1 else None
            if deed is not None and deed.lastgroup not in (None, "mark") and deed.end() > at + 1:
                return at if deed.end() >= span.end + (size == 1) else None
        return None

    def _closes(self, text: str, at: int) -> bool:
        """Whether a mark stands there, or what a person does."""
        behind = self._behind.match(text, at)
        return behind is not None and (behind.lastgroup is not None or behind[0] in ("与", "和", "等"))

    def _is_sound(self, text: str, start: int, size: int) -> bool:
        """Whether what a tagger cuts there are no words of the sentence: 特别 in 特别指出."""
        at = 0
        for word, kind in tag(text[start : start + size + 4]):
            if at + len(word) > size:
                # 提出 in 阿扎提出席: what is done has characters of its own.
                done = self._behind.match(text, start + size)
                return done is not None and done.lastgroup in _DEEDS and len(done[0]) > 1
            if len(word) > 1 and kind not in _NAMED:
                return False
            at += len(word)
            if at == size:
                break
        return True

    def _repeated(self, text: str, name: str, end: int) -> int:
        """End of what every use of the name goes on with, if there are several: 日 of 马海尔日."""
        uses = [at + len(name) for at in starts_of(name, text)]
        if len(uses) < _ALIKE:
            return end
        size = 0
        while size < _LONGEST_TAIL:
            following = {text[use + size : use + size + 1] for use in uses}
            char = next(iter(following))
            if len(following) > 1 or char not in self._sounds or char in _NO_TAIL:
                break
            size += 1
        return end + size if size and any(self._is_sound(text, use, size) for use in uses) else end
