"""Between which days an undated article was written.

Its own dated events and plans say so, and those of the other articles of its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from transforms.extract.dates.calendar import Span
from transforms.extract.dates.parts import DateParts, Expression
from transforms.extract.patterns import any_of

_OPEN_YEARS = 10
_MAX_CANDIDATES = 12
_COMMA = re.compile(r"[。！？!?\n；;，,]")
# 展期到25日 ends in days to come.
_LASTS = re.compile("(?:[展会]期|展出|持续|延续|延长|开放|截止|一直[办开]?)(?:时间)?[至到为]$")
_CLAUSE_END = re.compile(r"[。！？!?\n；;]")


@dataclass(frozen=True)
class YearBounds:
    """Days between which an undated article was written."""

    after: date | None = None
    after_text: str = ""
    before: date | None = None
    before_text: str = ""

    def describe(self) -> str:
        """The bounds in words for the evidence."""
        if self.after and self.after_text == self.before_text:
            return f"the year of {self.after_text}"
        parts = [f"after {self.after_text}"] if self.after else []
        parts += [f"before the end of {self.before_text}"] if self.before else []
        return " and ".join(parts) or "no other date of the article narrows it"

    def of_another_article(self, article_id: str) -> YearBounds:
        """The same bounds, whose texts say in which other article of the page they stand."""
        where = f" in another article of the page (article_id {article_id})"
        return replace(self, after_text=self.after_text + where, before_text=self.before_text + where)


def narrow(own: YearBounds, others: Iterable[YearBounds]) -> YearBounds:
    """The narrowest bounds of an article and its neighbours; the own ones alone where they contradict."""
    found = own
    for other in others:
        if other.after and (found.after is None or other.after > found.after):
            found = replace(found, after=other.after, after_text=other.after_text)
        if other.before and (found.before is None or other.before < found.before):
            found = replace(found, before=other.before, before_text=other.before_text)
    return own if found.after and found.before and found.after > found.before else found


class BoundsReader:
    """Built once from `calendar.yml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words
        self._future = re.compile(any_of(words["future_cues"]))
        self._aimed = re.compile(rf"(?<![原曾])(?:{any_of(words['future_cues'])})(?:[在于到至将])?$")
        self._past = re.compile(any_of(words["past_cues"]))
        self._years_on = re.compile(rf"[^。！？!?\n]*?(?:{any_of(words['years_on'])})")

    def is_future(self, text: str, expression: Expression) -> bool:
        """Whether the clause around an expression tells of a plan."""
        if expression.parts.kind == "day_only" and _LASTS.search(
            text, max(0, expression.start - 8), expression.start
        ):
            return True
        return self._future.search(_clause_around(text, expression)) is not None

    def is_planned(self, text: str, expression: Expression) -> bool:
        """Whether the words up to the next commas tell of a plan."""
        before = _COMMA.split(text[max(0, expression.start - 14) : expression.start])[-1]
        after = _COMMA.split(text[expression.end : expression.end + 24], maxsplit=1)[0]
        return self._future.search(before + after) is not None

    def is_aimed(self, text: str, expression: Expression) -> bool:
        """Whether a word of a plan stands right before an expression: 力争3月底前完工."""
        return self._aimed.search(text[max(0, expression.start - 6) : expression.start]) is not None

    def read(self, text: str, expressions: Sequence[Expression]) -> YearBounds:
        """The bounds that the dated expressions of one folded text give."""
        bounds = YearBounds()
        for e in expressions:
            if e.parts.year is None or e.parts.short_year:
                continue
            span = e.parts.span(self._words)
            if span is None or span.start is None or span.end is None:
                continue
            where = f'"{text[e.start : e.end]}" at {e.start}'
            is_past = self._past.search(_clause_around(text, e)) is not None
            if self.is_future(text, e):
                # 相比2019年，今年将回升 plans nothing for 2019.
                if is_past and span.granularity == "year":
                    continue
                if bounds.before is None or span.end < bounds.before:
                    bounds = replace(bounds, before=span.end, before_text=where)
            elif span.granularity == "day" or is_past:
                # 2020年加入，近年来往来不断 was not written in 2020.
                is_long_ago = span.granularity == "year" and self._years_on.match(text, e.end)
                after = span.end + timedelta(days=1) if is_long_ago else span.start
                if bounds.after is None or after > bounds.after:
                    bounds = replace(bounds, after=after, after_text=where)
        if bounds.after and bounds.before and bounds.after > bounds.before:
            return YearBounds()
        return bounds

    def possible(self, parts: DateParts, bounds: YearBounds) -> tuple[list[Span], bool]:
        """The days that a yearless expression can mean within the bounds; whether an end is open."""
        first = (
            bounds.after.year
            if bounds.after
            else bounds.before.year - _OPEN_YEARS + 1
            if bounds.before
            else 0
        )
        last = bounds.before.year if bounds.before else first + _OPEN_YEARS - 1
        if not first:
            return [], True
        spans = []
        for year in range(first, min(last, first + _MAX_CANDIDATES - 1) + 1):
            span = parts.span(self._words, year=year)
            if span is None or span.start is None or span.end is None:
                continue
            if (bounds.after and span.end < bounds.after) or (bounds.before and span.start > bounds.before):
                continue
            if parts.weekday and span.start.isoweekday() != parts.weekday:
                continue
            spans.append(span)
        return spans, not (bounds.after and bounds.before)


def _clause_around(text: str, expression: Expression) -> str:
    start, end = expression.start, expression.end
    before = _CLAUSE_END.split(text[max(0, start - 14) : start])[-1]
    after = _CLAUSE_END.split(text[end : end + 24], maxsplit=1)[0]
    return before + after
