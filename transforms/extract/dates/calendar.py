"""Calendar arithmetic: what days a year, a quarter, a festival or a plan period covers.

Everything here is computed from its arguments; nothing asks what day it is. Lunar dates and solar
terms come from `borax` (MIT), whose tables cover 1900 to 2100; outside them there is no answer.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Any

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate, TermUtils

GRANULARITIES = (
    "part_of_day", "day", "days", "week", "ten_days", "month", "season", "quarter", "half_year",
    "part_of_year", "year", "years", "decade", "century", "period",
)  # fmt: skip
"""Closed vocabulary of `dates.granularity`; `part_of_year` is some part of the days (去年同期), `period` any
other span, such as a range or a plan period."""


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends included; an open end is `None`."""

    start: date | None
    end: date | None
    granularity: str


def span_label(span: Span) -> str:
    """ISO 8601 form of a span: a day, a month, a year or an interval."""
    start, end = span.start, span.end
    if start is None or end is None or span.granularity in ("day", "part_of_day"):
        return str(start or end)
    if span.granularity == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{start:%Y-%m}"
    if span.granularity == "year":
        return f"{start:%Y}"
    return f"{start}/{end}"


def day_span(year: int, month: int, day: int) -> Span | None:
    """One day, or `None` where the calendar has no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found, "day")


def month_span(year: int, first: int, last: int | None = None, granularity: str = "month") -> Span | None:
    """The months `first` to `last` of a year; a month outside 1 to 12 falls into another year."""
    last = first if last is None else last
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    start_year, start_month = year + (first - 1) // 12, (first - 1) % 12 + 1
    if not (start_year >= 1 and end_year <= MAXYEAR):
        return None
    end = date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return Span(date(start_year, start_month, 1), end, granularity)


def part_of_month_span(year: int, month: int, first: int, last: int) -> Span | None:
    """Days `first` to `last` of a month, 0 meaning its last day."""
    whole = month_span(year, month)
    if whole is None or whole.end is None:
        return None
    end = whole.end if last == 0 else date(year, month, last)
    return Span(date(year, month, first), end, "ten_days")


def year_span(first: int, last: int | None = None, granularity: str = "year") -> Span | None:
    """The years `first` to `last`."""
    last = first if last is None else last
    if not (1 <= first <= last <= MAXYEAR):
        return None
    return Span(date(first, 1, 1), date(last, 12, 31), granularity)


def week_span(reference: date, shift: int, weekday: int | None = None) -> Span | None:
    """The ISO week `shift` weeks from the reference's, or its day `weekday` (1 Monday to 7 Sunday)."""
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=shift)
    if weekday is None:
        return Span(monday, monday + timedelta(days=6), "week")
    found = monday + timedelta(days=weekday - 1)
    return Span(found, found, "day")


def shift_months(day: date, months: int) -> date | None:
    """The same day `months` later, the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def plan_period(ordinal: int) -> tuple[int, int]:
    """First and last year of the nth five-year plan of China (1966 to 1970 is the third).

    >>> plan_period(14)
    (2021, 2025)
    """
    first = {1: 1953, 2: 1958}.get(ordinal, 1966 + 5 * (ordinal - 3))
    return first, first + 4


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The solar day of a lunar one; day 0 is the last of the month. `None` outside 1900 to 2100."""
    try:
        if day:
            found: date = LunarDate(year, month, day, leap).to_solar_date()
            return found
        # 除夕 is the day before the next new year, whether the month has 29 or 30 days.
        new_year: date = LunarDate(year + 1, 1, 1).to_solar_date()
        return new_year - timedelta(days=1)
    except (InvalidLunarDateError, ValueError, KeyError, IndexError):
        return None


def lunar_month_span(year: int, month: int, *, leap: bool = False) -> Span | None:
    """The solar days of a lunar month, which has 29 or 30."""
    first = lunar_day(year, month, 1, leap=leap)
    last = lunar_day(year, month, 30, leap=leap) or lunar_day(year, month, 29, leap=leap)
    return Span(first, last, "month") if first and last else None


def nth_weekday(year: int, month: int, weekday: int, ordinal: int) -> date | None:
    """The nth weekday (1 Monday to 7 Sunday) of a month, the last for 0."""
    whole = calendar.Calendar().itermonthdates(year, month)
    days = [day for day in whole if day.month == month and day.isoweekday() == weekday]
    return days[ordinal - 1] if ordinal <= len(days) else None  # days[-1] for 0


def festival_day(calendar_words: Mapping[str, Any], name: str, year: int) -> date | None:
    """The day of a festival of `calendar.yml` in a year; a lunar one that belongs to that lunar year.

    >>> words = {"festivals": {"solar": {}, "lunar": {"春节": [1, 1]}, "weekday": {}, "terms": {}}}
    >>> festival_day(words, "春节", 2023)
    datetime.date(2023, 1, 22)
    """
    festivals = calendar_words["festivals"]
    for kind in ("solar", "marked"):
        if name in festivals.get(kind, {}):
            month, day = festivals[kind][name]
            return date(year, month, day)
    if name in festivals["lunar"]:
        month, day = festivals["lunar"][name]
        # 除夕 and 腊八 of 2023 are the ones whose solar day lies in 2023.
        return lunar_day(year - 1 if month == 12 else year, month, day)
    if name in festivals["weekday"]:
        return nth_weekday(year, *festivals["weekday"][name])
    if name in festivals["terms"] and 1900 <= year <= 2100:
        return _term_day(year, festivals["terms"][name])
    return None


def _term_day(year: int, term: str) -> date | None:
    try:
        found: date = TermUtils.nth_term_day(year, term_name=term)
        return found
    except (ValueError, KeyError, IndexError):
        return None
