"""去年同期: the days of last year that match the period which the sentence compares with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.dates_calendar import Span, shift_months
from transforms.extract.dates_resolver import Resolved

_SAME = re.compile("的?同期")
# A day in front is mostly that of the news.
_NO_PERIOD = ("year", "day", "part_of_day")
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
    start, end = found.span.start, found.span.end
    is_year = found.span.granularity == "year" and start is not None and end is not None
    if start is None or not is_year or _SAME.match(text, found.expression.end) is None:
        return found
    for period in reversed(before):
        if _SENTENCE_END.search(text, period.expression.end, found.expression.start):
            break
        first, last = period.span.start, period.span.end
        if first is None or last is None or first.year != last.year or period.span.granularity in _NO_PERIOD:
            continue
        months = 12 * (start.year - first.year)
        moved = shift_months(first, months), shift_months(last, months)
        if months < 0 and None not in moved:
            says = text[period.expression.start : period.expression.end]
            evidence = f'{found.evidence}; the same period as "{says}" at {period.expression.start}'
            return replace(found, span=Span(*moved, period.span.granularity), evidence=evidence)
    evidence = f"{found.evidence}; the sentence names no period to compare"
    return replace(found, span=replace(found.span, granularity="part_of_year"), evidence=evidence)
