"""Between which days an article without a day of issue was written, from the page around it.

In this order: the month that the page's head prints (2023年9月 第二版), the full day that a report opens
with, the year of something numbered or held within its year (2023年第三批). A day that the head prints
without its year (6月19日 星期一) is the day of writing where one day of these, or of those between the
dates that the page tells, is it. What differs between the first and the last of these days stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from transforms.extract.dates.bounds import BoundsReader, YearBounds
from transforms.extract.dates.parts import DateParts, Expression
from transforms.extract.patterns import any_of
from transforms.normalize.printed_dates import read_day, read_month

# A report stands in the paper within so many days of what it opens with.
_DAYS_AFTER = 14
_LEAD_CHARS = 60
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_LATE_MONTH, _HELD_CHARS = 10, 12
# 1月5日，记者获悉，2023某某消费季收官: the day may be of the next year.
_LEARNT = re.compile("获悉|了解到|透露")
# 推介会, 荔枝节 and 合作周, but not 协会, 春节 and 两周.
_EVENT_ENDS = (
    "(?<![协学商员理事工社机国总合分金进究])会|(?<![春季环细调秋庆明阳午宵时情关礼])节"
    "|(?<![一二三四五六两本上下每])周|[赛展]"
)
# 早在2019某某大会上
_LONG_AGO = re.compile(r"(?:早在|曾在?|自|从|继|过)$")


@dataclass(frozen=True)
class Window:
    """Days of which one is the day of writing, and what they rest on."""

    first: date
    last: date
    evidence: str

    @property
    def bounds(self) -> YearBounds:
        """The same as the bounds of a year; only where the window is a whole one."""
        is_year = self.last - self.first > timedelta(360)
        return YearBounds(self.first, self.evidence, self.last, self.evidence) if is_year else YearBounds()


@dataclass(frozen=True)
class PageHead:
    """What the head of a page without a day of issue prints of its day.

    Attributes:
        month_on: First day of the month, where it stands with its year.
        day: Month, day and weekday (Monday is 1), where they stand without a year.
    """

    month_on: date | None = None
    day: tuple[int, int, int | None] | None = None

    def days(self, first: date, last: date) -> list[date]:
        """The printed day in every year between two days where its weekday is right."""
        month, day, weekday = self.day or (0, 0, None)
        years = range(first.year, last.year + 1) if self.day else ()
        days = [date(year, month, day) for year in years if 1 <= day <= monthrange(year, month)[1]]
        return [d for d in days if first <= d <= last and weekday in (None, d.isoweekday())]


def printed_heads(blocks: pl.DataFrame) -> pl.DataFrame:
    """What the furniture of a page prints of its day: a month with its year, or a day without.

    Args:
        blocks: `page_id`, `ordinal`, `block_type`, `text`.

    Returns:
        `page_id: str`, `month_on: date` (its first day, nullable), `printed_day: list[i64]` (month, day and
        weekday or null; nullable), one row per page with furniture or credits.
    """
    furniture = blocks.filter(pl.col("block_type").is_in(["furniture", "credit"])).sort("page_id", "ordinal")
    rows: dict[str, tuple[date | None, tuple[int, int, int | None] | None]] = {}
    for page_id, text in furniture.select("page_id", "text").rows():
        month_on, day = rows.get(page_id, (None, None))
        # The first of a page counts.
        rows[page_id] = (month_on or read_month(text or ""), day or read_day(text or ""))
    return pl.DataFrame(
        [(page_id, month_on, list(day) if day else None) for page_id, (month_on, day) in rows.items()],
        schema={"page_id": pl.String, "month_on": pl.Date, "printed_day": pl.List(pl.Int64)},
        orient="row",
    )


class WindowReader:
    """Built once from `calendar.yml`."""

    def __init__(self, words: Mapping[str, Any], bounds: BoundsReader) -> None:
        self._words, self._bounds = words, bounds
        # 2023某某大会将于明年举行 was written before, as was what looks forward to it (2023某某大会招展启动).
        counted, events, at_once, held, there, due, forward = (
            any_of(words["yearly"][key])
            for key in ("counted", "events", "at_once", "held", "there", "due", "forward")
        )
        self._yearly = re.compile(
            rf"(?P<year>20\d\d)(?:年度?第[一二三四五六七八九十\d]{{1,3}}(?:{counted})(?![^，。！？；\n]{{0,4}}(?:{due}))"
            rf"|(?<![\d.]20\d\d)年?(?![届\d])"
            rf"(?=(?P<name>(?:(?!{forward}|[参出]|的)[^，。；！？\n\d]){{2,24}}?(?:(?:{at_once})"
            rf"|(?:{events}|{_EVENT_ENDS})(?!上[^，。；\n]{{1,8}}的)"
            rf"(?=(?:{there})|(?:(?!{forward})[^，。！？\n]){{0,24}}(?:{held}))))))"
        )
        self._of_next_year = re.compile(rf"年[^，。；！？\n\d]{{2,24}}(?:{any_of(words['yearly']['ahead'])})")

    def read(
        self, texts: Sequence[tuple[str, Sequence[Expression]]], head: PageHead, bounds: YearBounds
    ) -> Window | None:
        """The window of a page.

        Args:
            texts: The folded text and the expressions of each article of the page, then those of heads.
            head: What the head of the page prints.
            bounds: Between which days the dates of all its articles put it.
        """
        window = self._read_texts(texts, head.month_on)
        if window is not None:
            days, evidence = head.days(window.first, window.last), window.evidence
        elif bounds.after and bounds.before:
            days, evidence = head.days(bounds.after, bounds.before), bounds.describe()
        else:
            return None
        if len(days) != 1:
            return window
        return Window(days[0], days[0], f"the page's head prints {days[0]:%m-%d}; {evidence}")

    def _read_texts(
        self, texts: Sequence[tuple[str, Sequence[Expression]]], month_on: date | None
    ) -> Window | None:
        if month_on is not None:
            last = month_on.replace(day=monthrange(month_on.year, month_on.month)[1])
            return Window(month_on, last, f"the page's head prints {month_on:%Y-%m}")
        latest = max((year for text, found in texts for year in self._past_years(text, found)), default=0)
        leads = [lead for text, found in texts if (lead := self._lead(text, found)) is not None]
        lead = max(leads, key=lambda w: w.first, default=None)
        if lead is not None and lead.first.year >= latest:
            return lead
        held = [window for text, found in texts for window in self._held(text, found)]
        # The last year, and of it the narrowest window.
        window = max(held, key=lambda w: (w.first.year, w.first), default=None)
        return window if window is not None and window.first.year >= latest else None

    def _held(self, text: str, expressions: Sequence[Expression]) -> Iterator[Window]:
        """The years of what is counted or held within its year; of what a report opens with, the weeks."""
        starts = [e.start for e in expressions]
        for match in self._yearly.finditer(text):
            year, start, end = int(match["year"]), match.start(), match.end("name")
            floor = max(0, start - _LEAD_CHARS)
            opening = max(floor, *(text.rfind(mark, floor, start) + 1 for mark in "。！？!?\n"))
            closing = max(start, end + _HELD_CHARS)
            if over := _SENTENCE_END.search(text, max(start, end), closing):
                closing = over.start()
            near = expressions[bisect_left(starts, opening) : bisect_left(starts, closing)]
            days = [e for e in near if e.parts.kind == "day" and e.parts.lacks_year_only]
            if self._is_of_another(text, match, opening, days):
                continue
            evidence = f'"{match[0]}{match["name"] or ""}" of the page'
            is_lead = end > 0 and days and days[0].start <= _LEAD_CHARS
            day = days[0].parts.span(self._words, year=year) if is_lead else None
            if day is None or day.start is None:
                yield Window(date(year, 1, 1), date(year, 12, 31), evidence)
            else:
                yield Window(day.start, day.start + timedelta(days=_DAYS_AFTER), evidence)

    def _is_of_another(
        self, text: str, match: re.Match[str], opening: int, days: Sequence[Expression]
    ) -> bool:
        """Whether what has a year in its name lies long ago or ahead, or is held for the next year."""
        start = match.start()
        if _LONG_AGO.search(text, max(0, start - 4), start) or _LEARNT.search(text, opening, start):
            return True
        if self._bounds.is_future(text, Expression(start, match.end(), DateParts("year"))):
            return True
        # 12月20日，2024年购销合同签约仪式举行: for the year to come.
        is_late = any(e.parts.args[0] >= _LATE_MONTH for e in days)
        return is_late and self._of_next_year.match(text, start + len(match["year"])) is not None

    def _past_years(self, text: str, expressions: Sequence[Expression]) -> list[int]:
        """Years that the text names, those of plans aside."""
        return [
            year
            for e in expressions
            if (year := e.parts.year) and not e.parts.short_year and not self._bounds.is_future(text, e)
        ]

    def _lead(self, text: str, expressions: Sequence[Expression]) -> Window | None:
        """The day with its year that the first sentence of a report tells of."""
        first = expressions[0] if expressions else None
        if first is None or first.parts.kind != "day" or not first.parts.year or first.parts.short_year:
            return None
        if first.start > _LEAD_CHARS or _SENTENCE_END.search(text, 0, first.start):
            return None
        span = first.parts.span(self._words)
        if span is None or span.start is None or self._bounds.is_future(text, first):
            return None
        evidence = f'a report of the page opens with "{text[first.start : first.end]}"'
        return Window(span.start, span.start + timedelta(days=_DAYS_AFTER), evidence)
