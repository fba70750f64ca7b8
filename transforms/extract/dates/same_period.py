"""去年同期, 比上年, 比上月: the days that match the period which the sentence compares with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.dates.calendar import Span, month_span, shift_months, year_span
from transforms.extract.dates.resolver import Resolved
from transforms.extract.dates.years import is_long

_SAME = re.compile("的?同期")
# A day in front is mostly that of the news.
_DAYS = ("day", "part_of_day")
_NO_PERIOD = ("year", *_DAYS)
_PREVIOUS = re.compile("(?P<year>上一?年度?)|上个?月")
_COMPARED = ("比", "较", "从", "由", "相比于")
_SENTENCE_END = re.compile("[。！？!?\n]")


def match_period(text: str, found: Resolved, before: Sequence[Resolved]) -> Resolved:
    """Narrow 去年 before 同期 to the period that the sentence has named, moved to that year.

    Args:
        text: The article's text.
        found: A resolved expression.
        before: Those in front of it, in order.

    Returns:
        `found`; before 同期 with the days of the period, or, where the sentence names none within a year,
        with granularity `part_of_year`: some part of these days.
    """
    told = _previous_told(text, found, before)
    if told is not None:
        return told
    start, end = found.span.start, found.span.end
    parts = found.expression.parts
    if start is None and parts.kind == "year" and parts.year_shift == -1:
        return _match_told(text, found, before)
    is_year = found.span.granularity == "year" and start is not None and end is not None
    if start is None or not is_year or _SAME.match(text, found.expression.end) is None:
        return found
    for period in reversed(before):
        if _SENTENCE_END.search(text, period.expression.end, found.expression.start):
            break
        first, last = period.span.start, period.span.end
        if first is None or last is None or first.year != last.year or period.span.granularity in _NO_PERIOD:
            continue
        if _SAME.match(text, period.expression.end):
            continue
        months = 12 * (start.year - first.year)
        if months == 0 and parts.year_shift == -1:
            # In January 1月至11月 is last year's, and 上年同期 lies before it.
            months = -12
        moved = shift_months(first, months), shift_months(last, months)
        if months < 0 and None not in moved:
            says = text[period.expression.start : period.expression.end]
            evidence = f'{found.evidence}; the same period as "{says}" at {period.expression.start}'
            return replace(found, span=Span(*moved, period.span.granularity), evidence=evidence)
    evidence = f"{found.evidence}; the sentence names no period to compare"
    return replace(found, span=replace(found.span, granularity="part_of_year"), evidence=evidence)


def _previous_told(text: str, found: Resolved, before: Sequence[Resolved]) -> Resolved | None:
    """比上年 and 比上月 count from the year or the month that the sentence has told."""
    where = found.expression
    word = _PREVIOUS.fullmatch(text, where.start, where.end)
    if word is None or not text.endswith(_COMPARED, 0, where.start) or _SAME.match(text, where.end):
        return None
    for period in reversed(before):
        if _SENTENCE_END.search(text, period.expression.end, where.start):
            break
        start = period.span.start
        if start is None or period.span.granularity in _DAYS or is_long(period.span):
            continue
        if _PREVIOUS.fullmatch(text, period.expression.start, period.expression.end):
            # 比上年增长5%，……，比上年增长7%: both compare with the same.
            continue
        span = None
        if word["year"]:
            span = year_span(start.year - 1)
        elif period.span.granularity == "month":
            span = month_span(start.year, start.month - 1)
        if span is not None:
            says = text[period.expression.start : period.expression.end]
            evidence = f'counted from "{says}" at {period.expression.start}'
            return replace(found, span=span, is_inferred=True, evidence=evidence, candidates=())
    return None


def _match_told(text: str, found: Resolved, before: Sequence[Resolved]) -> Resolved:
    """Without a day of writing 上年同期 is compared with the last period that was told with its year."""
    if _SAME.match(text, found.expression.end) is None:
        return found
    for period in reversed(before):
        first, last = period.span.start, period.span.end
        is_told = period.expression.parts.year_shift is None and period.span.granularity not in _DAYS
        if first is None or last is None or first.year != last.year or not is_told:
            continue
        start, end = shift_months(first, -12), shift_months(last, -12)
        if start is not None and end is not None:
            says = text[period.expression.start : period.expression.end]
            evidence = f'the same period as "{says}" at {period.expression.start}'
            span = Span(start, end, period.span.granularity)
            return replace(found, span=span, evidence=evidence, candidates=())
    return found
