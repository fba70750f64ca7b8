"""Which year, or which month, a newspaper of a known day means by a date without one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from transforms.extract.dates.calendar import Span
from transforms.extract.dates.parts import DateParts, Expression

# A bare 23日 may lie so many days ahead, with a plan told and without.
_AHEAD_DAYS, _SOON_DAYS = 15, 3
# Further ahead what has happened is last year's; beyond half a year all is that no plan is told of.
_TOLD_DAYS, _HALF_YEAR, _PAST_DAYS = 45, 180, 120
_OVER = re.compile("[已了曾]|同比|环比|实现")
_CLAUSE_END = re.compile("[，。！？；!?;\\n]")


def choose_year(
    words: Mapping[str, Any],
    e: Expression,
    day: date,
    is_future: bool,
    is_over: bool,
    *,
    is_compared: bool,
    is_due: bool,
) -> int | None:
    """The year that a newspaper of `day` means by a date without one: this year, unless far off.

    Args:
        words: `calendar.yml`.
        e: The expression, which lacks nothing but its year.
        day: The day of writing.
        is_future: Whether its clause tells of a plan.
        is_over: Whether its clause tells of what has happened.
        is_compared: Whether something is compared with it (比上半年低).
        is_due: Whether it is when something is to be ready (10月底投产).
    """
    parts = e.parts
    # The open end of 3月底前 says nothing about its year.
    plain = replace(parts, modifier="")
    spans = {n: plain.span(words, year=day.year + n) for n in (-1, 0, 1)}
    distances = {n: (s.start - day).days for n, s in spans.items() if s and s.start}
    if parts.weekday:
        fitting = [
            n for n in distances if (s := spans[n]) and s.start and s.start.isoweekday() == parts.weekday
        ]
        if fitting:
            return day.year + min(fitting, key=lambda n: abs(distances[n]))
    if 0 not in distances:
        return None
    if parts.kind in ("festival", "lunar", "lunar_month"):
        if (
            is_future
            and not is_over
            and parts.modifier == "before"
            and 1 in distances
            and distances[0] < -_TOLD_DAYS
        ):
            # 春节前，将有3条道路通车 in May
            return day.year + 1
        return day.year + min(distances, key=lambda n: abs(distances[n]))
    is_statistic = parts.kind in ("quarter", "quarters", "months", "half")
    if parts.kind == "year_part":
        return day.year
    this, past, coming = distances[0], distances.get(-1), distances.get(1)
    same = spans[0]
    if is_compared and same and same.end and same.end > day:
        return day.year - 1
    # 三季度投产 is no figure.
    is_statistic = is_statistic and (parts.kind != "quarter" or is_over or not is_due)
    if is_statistic and same and same.end and not is_future:
        # Figures are of months that are over: 前11个月 in January are last year's.
        over = (same.end - day).days <= 31 if parts.kind != "quarter" else this <= 0
        # 下半年 told of without a word that it is over is the coming one.
        is_begun = parts.kind == "half" and (this <= 0 or not is_over)
        return day.year if over or is_begun else day.year - 1
    if e.last is not None and e.last.kind == parts.kind == "month" and not is_future:
        # So are those of 1月至11月.
        closing = e.last.span(words, year=day.year)
        if closing and closing.end and (closing.end - day).days > _TOLD_DAYS and parts.args < e.last.args:
            return day.year - 1
    if past is not None and not is_future:
        # 7月起 and 8月前 are told of ahead, too.
        is_plain = parts.kind in ("day", "month", "month_part") and parts.modifier in ("", "as_of", "since")
        is_told = (is_over and this > _TOLD_DAYS) or (not is_due and this > _HALF_YEAR)
        if (is_plain and is_told) or (this > _HALF_YEAR and -past <= _PAST_DAYS):
            return day.year - 1
    if coming is not None and ((coming <= 31 and this < -330) or (is_future and this < -180)):
        return day.year + 1
    return day.year


def choose_month(words: Mapping[str, Any], parts: DateParts, day: date, *, is_future: bool) -> Span | None:
    """A bare 23日 is over, or some days ahead, or a fortnight where a plan is told."""
    span = parts.span(words, reference=day)
    if span and span.start and (span.start - day).days <= (_AHEAD_DAYS if is_future else _SOON_DAYS):
        return span
    return parts.span(words, reference=day.replace(day=1) - timedelta(days=1))


def is_over(text: str, e: Expression) -> bool:
    """Whether the clause behind an expression tells of what has happened already."""
    end = _CLAUSE_END.search(text, e.end)
    return _OVER.search(text, e.end, end.start() if end else len(text)) is not None


def is_compared(text: str, e: Expression) -> bool:
    """Whether something is compared with an expression, which is over then: 比上半年低."""
    return text.endswith(("比", "较", "相比"), 0, e.start)


def is_long(span: Span) -> bool:
    """Whether a span is of more than a year (“九五”, 90年代): nothing beside it is of its first."""
    return span.start is not None and span.end is not None and (span.end - span.start).days > 366
