"""A date expression: what it says, and the days it covers once a year or a reference is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from transforms.extract.dates import calendar as cal
from transforms.extract.dates.calendar import Span
from transforms.extract.numerals import parse_number

YEAR_KINDS = frozenset(
    {
        "year", "month", "day", "month_part", "quarter", "quarters", "months", "half", "year_part", "season",
        "festival", "lunar", "lunar_month", "week", "nth_weekday",
    }
)  # fmt: skip
"""Kinds that a year makes complete."""
EARLIER_KINDS = frozenset({"earlier_day", "earlier_month"})
"""Kinds that point at a date named before."""
KIND_GRANULARITY = {
    "day": "day", "day_shift": "day", "day_only": "day", "lunar": "day", "festival": "day",
    "earlier_day": "day", "ambiguous": "day", "month": "month", "earlier_month": "month",
    "month_shift": "month", "lunar_month": "month", "month_part": "ten_days", "quarter": "quarter",
    "quarter_shift": "quarter",
    "half": "half_year", "year": "year", "season": "season", "week": "week", "week_shift": "week",
}  # fmt: skip
"""Granularity where nothing could be resolved."""
WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7, "末": 0}
"""Monday is 1; 0 is the weekend."""


@dataclass(frozen=True)
class DateParts:
    """What an expression says.

    Attributes:
        kind: What `args` are: `month` (m), `day` (m, d), `quarter` (q), `day_shift` (days) and so on.
        args: The numbers or names of the expression.
        year: The year as written, `None` where none is.
        year_shift: 去年 is -1 from the reference's year.
        year_earlier: 次年 is 1 from the year named last in the article.
        short_year: The year was written with two digits.
        weekday: 1 Monday to 7 Sunday where the text names one beside the date.
        modifier: `eve` (春节前夕), `before` (2025年前), `until` (2025年及以前), `since` (2019年以来),
            `start` (3月起), `as_of` (截至3月底), "".
        part_of_day: 下午 or a clock time follows.
    """

    kind: str
    args: tuple[Any, ...] = ()
    year: int | None = None
    year_shift: int | None = None
    year_earlier: int | None = None
    short_year: bool = False
    weekday: int | None = None
    modifier: str = ""
    part_of_day: bool = False

    @property
    def is_absolute(self) -> bool:
        """Whether the expression needs no reference."""
        return self.year is not None or self.kind in ("absolute", "century")

    @property
    def lacks_year_only(self) -> bool:
        """Whether a year, and nothing else, is missing."""
        return (
            self.kind in YEAR_KINDS
            and self.year is None
            and self.year_shift is None
            and self.year_earlier is None
        )

    def span(
        self, words: Mapping[str, Any], *, year: int | None = None, reference: date | None = None
    ) -> Span | None:
        """The days of the expression.

        Args:
            words: `calendar.yml`.
            year: The year where the expression has none of its own.
            reference: The day of writing, for 昨日 and 近三年; an earlier date for 次日.

        Returns:
            The days, or `None` where a year or reference is missing or the calendar has no such day.
        """
        if self.year is not None:
            year = self.year
        elif self.year_shift is not None:
            year = None if reference is None else reference.year + self.year_shift
            # 今冬 in January is the winter that has begun.
            if year and reference and self.args == ("冬",) and self.year_shift == 0 and reference.month <= 2:
                year -= 1
        if self.kind == "absolute":
            found: Span | None = self.args[0]
        elif self.kind in YEAR_KINDS:
            found = None if year is None else _year_kind_span(self, words, year)
        elif self.kind == "century":
            # Hardly a page is older than this century.
            found = _century_span(reference.year if reference else 2000, *self.args)
        else:
            found = None if reference is None else _reference_kind_span(self, words, reference)
        return None if found is None else _modify(found, self, reference)


def _modify(span: Span, parts: DateParts, reference: date | None) -> Span:
    if parts.modifier == "before":
        # 2025年前 ends where 2025 begins, 2025年底前 and 3月1日前 are deadlines that include their day.
        # 国庆节前 ends on the eve.
        whole_year = span.granularity in ("year", "years", "decade") or parts.kind == "festival"
        end = (
            span.start - timedelta(days=1)
            if whole_year and span.start and span.start > date.min
            else span.end
        )
        return Span(None, end, "period")
    if parts.modifier == "eve":
        eve = span.start - timedelta(days=1) if span.start and span.start > date.min else None
        return Span(eve, eve, "day")
    if parts.modifier == "as_of":
        return Span(span.end, span.end, "day")
    if parts.modifier == "until":
        return Span(None, span.end, "period")
    if parts.modifier == "start":
        # 3月起 and 昨起 say when something begins, not how long it lasts.
        return Span(span.start, None, "period")
    if parts.modifier == "since":
        end = reference if reference and span.start and reference >= span.start else None
        return Span(span.start, end, "period")
    if parts.part_of_day and span.granularity == "day":
        return replace(span, granularity="part_of_day")
    return span


def _year_kind_span(parts: DateParts, words: Mapping[str, Any], year: int) -> Span | None:
    kind, args = parts.kind, parts.args
    if not 1 <= year < 9999:
        return None
    if kind == "year":
        return cal.year_span(year)
    if kind == "month":
        return cal.month_span(year, args[0])
    if kind == "day":
        return cal.day_span(year, args[0], args[1])
    if kind == "month_part":
        return cal.part_of_month_span(year, *args)
    if kind == "quarter":
        return cal.month_span(year, args[0] * 3 - 2, args[0] * 3, "quarter")
    if kind == "quarters":
        return cal.month_span(year, 1, args[0] * 3, "period")
    if kind == "months":
        return cal.month_span(year, 1, args[0], "period")
    if kind == "half":
        return cal.month_span(year, args[0] * 6 - 5, args[0] * 6, "half_year")
    if kind == "year_part":
        return cal.month_span(year, args[0], args[1], "month" if args[0] == args[1] else "period")
    if kind == "season":
        return cal.month_span(year, words["seasons"][args[0]][0], words["seasons"][args[0]][1], "season")
    if kind == "festival":
        day = cal.festival_day(words, args[0], year)
        return None if day is None else Span(day, day, "day")
    if kind == "nth_weekday":
        day = cal.nth_weekday(year, *args)
        return None if day is None else Span(day, day, "day")
    if kind == "lunar":
        day = cal.lunar_day(year, args[0], args[1], leap=args[2])
        return None if day is None else Span(day, day, "day")
    if kind == "lunar_month":
        return cal.lunar_month_span(year, args[0], leap=args[1])
    month, ordinal = args
    return _nth_week(year, month, ordinal)


def _century_span(year: int, shift: int, low: int, high: int, granularity: str) -> Span | None:
    first = (year // 100 + shift) * 100
    return cal.year_span(first + low, first + high, granularity)


def _nth_week(year: int, month: int | None, ordinal: int) -> Span | None:
    # ISO 8601: the week that holds the first Thursday is the first.
    anchor = date(year, month or 1, 4) if month is None else date(year, month, 1)
    monday = anchor - timedelta(days=anchor.weekday())
    if month is not None and monday + timedelta(days=3) < anchor:
        monday += timedelta(weeks=1)
    monday += timedelta(weeks=ordinal - 1)
    return Span(monday, monday + timedelta(days=6), "week")


def _reference_kind_span(parts: DateParts, words: Mapping[str, Any], reference: date) -> Span | None:
    kind, args = parts.kind, parts.args
    try:
        if kind in ("day_shift", "earlier_day"):
            day = reference + timedelta(days=args[0])
            return Span(day, day, "day")
        if kind in ("month_shift", "earlier_month"):
            return _shifted_month_span(reference, *args)
        if kind == "week_shift":
            return _week_span(reference, *args)
        if kind == "quarter_shift":
            first = (reference.month - 1) // 3 * 3 + 1 + args[0] * 3
            return cal.month_span(reference.year, first, first + 2, "quarter")
        if kind == "months_around":
            return _around_span(reference, *args)
        if kind == "ago":
            return _ago_span(reference, *args)
        if kind == "later":
            count, unit = args
            return _ago_span(reference, -count, unit)
        if kind == "two_days":
            first = reference + timedelta(days=args[0])
            return Span(first, first + timedelta(days=1), "days")
        if kind == "cycle":
            return _cycle_span(reference, *args)
        if kind == "day_only":
            return cal.day_span(reference.year, reference.month, args[0])
    except OverflowError:
        return None
    raise ValueError(f"unknown kind of date expression: {kind}")


def _shifted_month_span(
    reference: date, shift: int, day: int | None, part: tuple[int, int] | None
) -> Span | None:
    month = cal.shift_months(reference.replace(day=1), shift)
    if month is None:
        return None
    if day is not None:
        return cal.day_span(month.year, month.month, day)
    if part is not None:
        return cal.part_of_month_span(month.year, month.month, *part)
    return cal.month_span(month.year, month.month)


def _week_span(reference: date, shift: int, weekday: int | None) -> Span | None:
    if weekday == 0:
        weekend = cal.week_span(reference, shift, 6)
        return (
            Span(weekend.start, weekend.start + timedelta(days=1), "days")
            if weekend and weekend.start
            else None
        )
    return cal.week_span(reference, shift, weekday)


def _around_span(reference: date, count: float, unit: str, direction: int) -> Span | None:
    """近三年 ends at the reference, 未来三年 starts there."""
    other = _shift(reference, count * direction, unit)
    if other is None:
        return None
    granularity = {"年": "years", "世纪": "years", "天": "days", "日": "days"}.get(unit, "period")
    return Span(min(other, reference), max(other, reference), granularity)


def _ago_span(reference: date, count: float, unit: str) -> Span | None:
    day = _shift(reference, -count, unit)
    if day is None:
        return None
    if unit == "年" and count % 1 == 0:
        return cal.year_span(day.year)
    if unit == "年" or (unit in ("月", "个月") and abs(count) >= 1):
        return cal.month_span(day.year, day.month)
    if unit in ("天", "日"):
        return Span(day, day, "day")
    return cal.week_span(day, 0)


def _cycle_span(reference: date, index: int, modulus: int) -> Span | None:
    """The lunar year of a sign (癸卯年, 兔年) nearest to the reference; the year 4 opens a cycle."""
    years = [
        y
        for y in range(reference.year - modulus // 2, reference.year + modulus // 2 + 1)
        if (y - 4) % modulus == index
    ]
    year = min(years, key=lambda y: abs(y - reference.year))
    first, following = cal.lunar_day(year, 1, 1), cal.lunar_day(year + 1, 1, 1)
    return Span(first, following - timedelta(days=1), "year") if first and following else None


def _shift(day: date, count: float, unit: str) -> date | None:
    months = {"年": 12, "世纪": 1200, "季度": 3, "月": 1, "个月": 1}.get(unit)
    if months is not None and (count * months) % 1:
        return day + timedelta(days=round(count * months * 30))
    if months is not None:
        return cal.shift_months(day, round(count * months))
    days = {"天": 1, "日": 1}.get(unit, 7)
    return day + timedelta(days=round(count * days))


@dataclass(frozen=True)
class Expression:
    """One date expression, half-open offsets into the text; `last` is the other end of a range."""

    start: int
    end: int
    parts: DateParts
    last: DateParts | None = None


def read_int(text: str) -> int:
    """A folded number of a date as an integer: 十二, 二十三, 一九九八, 08, and 元 of 元月."""
    if text == "元":
        return 1
    if all(c in "零〇一二三四五六七八九" for c in text):
        return int("".join(str("零一二三四五六七八九".find(c.replace("〇", "零"))) for c in text))
    number = parse_number(text)
    return 0 if number is None else int(number.value)


def pattern_of(parts: DateParts) -> tuple[str, ...]:
    """ISO 8601-2 form of what is known without a year; empty where nothing is."""
    if parts.kind == "day":
        return (f"XXXX-{parts.args[0]:02}-{parts.args[1]:02}",)
    if parts.kind == "month":
        return (f"XXXX-{parts.args[0]:02}",)
    return ()


def granularity_of(parts: DateParts) -> str:
    """The granularity of an expression whose days are not known."""
    if parts.part_of_day:
        return "part_of_day"
    if (
        parts.kind in ("month_shift", "earlier_month")
        and not parts.modifier
        and parts.args[1:] != (None, None)
    ):
        return "day" if parts.args[1] is not None else "ten_days"
    if parts.modifier:
        return "period"
    return KIND_GRANULARITY.get(parts.kind, "period")


def open_span(parts: DateParts) -> Span:
    """The span of an expression whose days are not known."""
    return Span(None, None, granularity_of(parts))
