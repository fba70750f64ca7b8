"""The days of one expression: from itself, from a date before it, from the day of writing, or left open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from transforms.extract.dates.about import Window
from transforms.extract.dates.bounds import BoundsReader, YearBounds
from transforms.extract.dates.calendar import Span, span_label
from transforms.extract.dates.parts import (
    EARLIER_KINDS,
    KIND_GRANULARITY,
    DateParts,
    Expression,
    open_span,
    pattern_of,
)
from transforms.extract.dates.years import choose_month, choose_year, is_compared, is_long, is_over

_LOOK_BACK = 20
_DAY_LABEL = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")
_SENTENCE_END, _LINE_END = re.compile(r"[。！？!?\n]"), re.compile(r"\n")
# Behind 三天后, what has happened already is told.
_TOLD = re.compile(r"[已了曾]")
_TOLD_CHARS = 12
_NEAR_DAYS, _FAR_DAYS, _NEWS_DAYS = 31, 120, 60
# A month that is just over may still be told of as ahead: the text may have waited.
_GONE = timedelta(45)
_OF_THING = re.compile("[^，、；]+的[^，、；]+")
_CLAUSES = re.compile("[^，；]{1,10}，")
_GIVE_YEAR = ("day", "month", "month_part", "quarter", "half", "year")


@dataclass(frozen=True)
class Reference:
    """The day of writing: known, or one of several.

    Attributes:
        day: The day, `None` where it is not known.
        evidence: What it rests on, or why it is not known.
        candidates: The days it can be where `day` is `None`; empty where nothing is known.
        is_open: `candidates` has no upper or lower end in the text.
        full_days: Days that the text gives with their year.
        window: Days of which one is the day of writing where `day` is `None`.
    """

    day: date | None
    evidence: str
    candidates: tuple[date, ...] = ()
    is_open: bool = False
    full_days: tuple[Expression, ...] = ()
    window: Window | None = None


@dataclass(frozen=True)
class Resolved:
    """An expression with its days."""

    expression: Expression
    span: Span
    is_inferred: bool
    evidence: str
    candidates: tuple[str, ...] = ()


class DateResolver:
    """Resolves expressions one after the other, in text order."""

    def __init__(self, words: Mapping[str, Any], bounds: BoundsReader) -> None:
        self._words = words
        self._bounds = bounds
        self._due_later = tuple(words["due_later"])
        self._due = tuple(word for word in words["yearly"]["due"] if len(word) > 1)

    def resolve(
        self, text: str, e: Expression, earlier: Sequence[Resolved], reference: Reference, bounds: YearBounds
    ) -> Resolved:
        """The days of one expression of a folded text.

        Args:
            text: The folded text.
            e: The expression.
            earlier: The resolved expressions before it, in text order.
            reference: The day of writing.
            bounds: What the article says of its year.
        """
        found = self._resolve_parts(text, e, earlier, reference, bounds)
        if e.last is None:
            return found
        if found.span.start is None:
            return replace(found, span=replace(found.span, granularity="period"))
        end = self._range_end(e.parts, e.last, found.span, reference)
        if end is None or end.end is None or end.end < found.span.start:
            return replace(found, span=replace(found.span, granularity="period"))
        is_years = {found.span.granularity, end.granularity} == {"year"}
        return replace(found, span=Span(found.span.start, end.end, "years" if is_years else "period"))

    def _range_end(self, first: DateParts, last: DateParts, start: Span, reference: Reference) -> Span | None:
        assert start.start is not None
        if last.kind == "day_only" or (last.kind == "week_shift" and last.args[0] == 0):
            span = last.span(self._words, reference=start.start)
        elif last.year_earlier is not None:
            year = start.start.year + last.year_earlier
            span = replace(last, year=year, year_earlier=None).span(self._words)
        elif last.lacks_year_only:
            span = last.span(self._words, year=start.start.year)
            if span and span.end and span.end < start.start:
                span = last.span(self._words, year=start.start.year + 1)
        else:
            span = last.span(self._words, reference=reference.day)
        return span

    def _resolve_parts(
        self, text: str, e: Expression, earlier: Sequence[Resolved], reference: Reference, bounds: YearBounds
    ) -> Resolved:
        parts = e.parts
        if parts.kind == "ambiguous":
            labels = tuple(span_label(span) for span in parts.args if span)
            return Resolved(e, Span(None, None, "day"), True, "day and month can be read both ways", labels)
        if parts.is_absolute:
            return self._resolve_absolute(text, e, reference.day)
        if parts.kind in EARLIER_KINDS or parts.year_earlier is not None:
            return self._resolve_earlier(text, e, earlier, reference.day)
        if parts.kind == "later":
            return self._resolve_later(text, e, earlier, reference, bounds)
        chained = self._same_sentence(text, e, earlier)
        if chained is not None:
            return chained
        if reference.day is not None:
            by_day = self._resolve_by_reference(text, e, reference)
            return self._of_story(text, e, earlier, by_day, reference.day) or by_day
        if parts.kind == "day_only" and (told := self._month_told(text, e, earlier)) is not None:
            return told
        if parts.kind == "day" and (near := self._near_full_day(text, e, reference)) is not None:
            return near
        if reference.window and (agreed := self._resolve_by_window(text, e, reference.window)) is not None:
            return agreed
        return self._leave_open(e, reference, bounds)

    def _resolve_by_window(self, text: str, e: Expression, window: Window) -> Resolved | None:
        """The days that an expression has whichever day of the window is that of writing."""
        first, last = (
            self._resolve_by_reference(text, e, Reference(day, window.evidence))
            for day in (window.first, window.last)
        )
        if first.span.start != last.span.start or first.span.start is first.span.end is None:
            return None
        # A bare day far from the window may be of any year.
        day = first.span.start or first.span.end
        if e.parts.kind == "day" and day is not None and abs((day - window.first).days) > _FAR_DAYS:
            return None
        if e.parts.modifier == "since":
            return replace(first, span=replace(first.span, end=None))
        return first if first.span == last.span else None

    def _near_full_day(self, text: str, e: Expression, reference: Reference) -> Resolved | None:
        """Without a day of writing 7月8日 has the year of a full date of the article that lies beside it."""
        spans = [(full, full.parts.span(self._words)) for full in reference.full_days]
        years = {span.start.year for _, span in spans if span and span.start}
        for full, span in spans:
            own = e.parts.span(self._words, year=full.parts.year)
            if span is None or span.start is None or own is None or own.start is None:
                continue
            days = abs((own.start - span.start).days)
            if days == 0 or (days <= _NEAR_DAYS and len(years) == 1):
                evidence = f'year from "{text[full.start : full.end]}" at {full.start}, {days} days away'
                return Resolved(e, own, True, evidence)
        return None

    def _month_told(self, text: str, e: Expression, earlier: Sequence[Resolved]) -> Resolved | None:
        """Without a day of writing a bare 19日 is of the month of the last day before it, known or open."""
        for previous in reversed(earlier[-_LOOK_BACK:]):
            if not _names_day(previous) or not (previous.span.start or previous.candidates):
                continue
            where, day = previous.expression, e.parts.args[0]
            evidence = f'month from "{text[where.start : where.end]}" at {where.start}'
            if previous.span.start is not None:
                span = e.parts.span(self._words, reference=previous.span.start)
                return None if span is None else Resolved(e, span, True, evidence)
            labels = tuple(f"{label[:8]}{day:02}" for label in previous.candidates if _DAY_LABEL.match(label))
            return Resolved(e, open_span(e.parts), True, f"{evidence}, itself open", labels)
        return None

    def _resolve_absolute(self, text: str, e: Expression, reference: date | None) -> Resolved:
        span = e.parts.span(self._words, reference=reference)
        if span is None:
            return Resolved(e, open_span(e.parts), False, "the calendar has no such day")
        if span.start is None and span.end is None:
            return Resolved(e, span, False, "before the year 1")
        of_day = e.parts.kind == "century"
        is_assumed = e.parts.short_year or (of_day and reference is None)
        evidence = f'century assumed in "{text[e.start : e.end]}"' if is_assumed else "written in full"
        if of_day and reference is not None:
            evidence = f"the century of {reference}"
        weekday = e.parts.weekday
        if weekday and span.start and span.start.isoweekday() != weekday:
            evidence += "; the weekday beside it does not fit"
        return Resolved(e, span, e.parts.short_year or of_day, evidence)

    def _resolve_earlier(
        self, text: str, e: Expression, earlier: Sequence[Resolved], day: date | None = None
    ) -> Resolved:
        parts, is_open = e.parts, open_span(e.parts)
        for previous in reversed(earlier[-_LOOK_BACK:]):
            anchor, where = previous.span.start or previous.span.end, previous.expression
            if parts.kind == "earlier_day":
                # 同日 is no year that stands nearer nor, where no plan is told, a day ahead.
                is_ahead = anchor is not None and day is not None and anchor > day
                if not _names_day(previous) or (is_ahead and not self._bounds.is_future(text, e)):
                    continue
            if text.startswith("当年", e.start) and not _tells_year(text, previous, e):
                continue
            # 第二年 counts from a year that is told; 第一年 opens a series.
            has_year = (where.parts.year or where.parts.year_earlier) is not None
            if text[e.start] == "第" and not (has_year and "第一年" not in text[where.end : e.start]):
                continue
            if (anchor is None and not previous.candidates) or (
                is_long(previous.span) and parts.kind == "earlier_month"
            ):
                continue
            evidence = f'from "{text[where.start : where.end]}" at {where.start}'
            if anchor is None:
                return Resolved(e, is_open, True, f"{evidence}, itself open", previous.candidates)
            if parts.year_earlier is not None:
                parts = replace(parts, year=anchor.year + parts.year_earlier, year_earlier=None)
            span = parts.span(self._words, reference=anchor)
            if span is not None:
                return Resolved(e, span, True, evidence)
        return Resolved(e, is_open, True, "no earlier date to count from")

    def _resolve_later(
        self, text: str, e: Expression, earlier: Sequence[Resolved], reference: Reference, bounds: YearBounds
    ) -> Resolved:
        """三天后 counts from the date before it in its sentence, else from the day of writing if ahead."""
        if earlier and _SENTENCE_END.search(text, earlier[-1].expression.end, e.start) is None:
            return self._resolve_earlier(text, e, earlier[-1:])
        if _TOLD.search(text, e.end, e.end + _TOLD_CHARS):
            return Resolved(e, open_span(e.parts), True, "no earlier date to count from")
        is_due = text.startswith(self._due_later, e.end) or self._bounds.is_planned(text, e)
        if reference.day is not None and is_due:
            return self._resolve_by_reference(text, e, reference)
        if reference.day is not None:
            # 两个月后，他走马上任: behind what a story has told.
            return Resolved(e, open_span(e.parts), True, "no earlier date to count from")
        return self._leave_open(e, reference, bounds)

    def _same_sentence(self, text: str, e: Expression, earlier: Sequence[Resolved]) -> Resolved | None:
        """A bare month or day takes the year, or the month, of the date before it in its sentence."""
        if not earlier or not (e.parts.lacks_year_only or e.parts.kind == "day_only"):
            return None
        previous = earlier[-1]
        where, anchor = previous.expression, previous.span.start
        # 5月26日至28日……。28日上午: one of the days told, in the next sentence too.
        far = _SENTENCE_END if where.last is None or e.parts.kind != "day_only" else _LINE_END
        if anchor is None or is_long(previous.span) or far.search(text, where.end, e.start):
            return None
        # What something is compared with, or was long before, dates nothing else: 相比2008年，6月的数字
        if text.endswith(("比", "比于", "较", "较于", "较之", "早在"), 0, where.start):
            return None
        has_month = where.parts.kind in ("day", "month", "month_part", "lunar", "day_only", "day_shift")
        if e.parts.kind == "day_only":
            span = e.parts.span(self._words, reference=anchor) if has_month else None
        else:
            span = e.parts.span(self._words, year=anchor.year)
            # 前三季度……，其中9月: a part of the period.
            ends = (span and span.end, previous.span.end)
            is_part = bool(where.parts.kind != "year" and ends[0] and ends[1] and ends[0] <= ends[1])
            if not is_part and not self._gives_year(text, where, e):
                return None
        if span is None or span.start is None or span.start < anchor:
            return None
        if far is _LINE_END and previous.span.end and span.start > previous.span.end:
            return None
        what = "month" if e.parts.kind == "day_only" else "year"
        return Resolved(e, span, True, f'{what} from "{text[where.start : where.end]}" at {where.start}')

    def _of_story(
        self, text: str, e: Expression, earlier: Sequence[Resolved], by_day: Resolved, day: date
    ) -> Resolved | None:
        """1937年8月，他……。9月，他赴任: a month that opens the next sentence is of the year of the story.

        Args:
            text: The folded text.
            e: The expression.
            earlier: The resolved expressions before it.
            by_day: What the expression would be for the day of writing.
            day: The day of writing; what is near it is news and no story.
        """
        previous, near = earlier[-1] if earlier else None, by_day.span.start
        if previous is None or not e.parts.lacks_year_only or e.parts.kind not in ("month", "day"):
            return None
        where, anchor = previous.expression, previous.span.start
        is_told = where.parts.year is not None or previous.evidence.startswith("year from")
        if anchor is None or not is_told or where.parts.kind not in ("month", "day", "month_part"):
            return None
        if anchor.year > day.year - 2 or (near is not None and abs((near - day).days) <= _NEWS_DAYS):
            return None
        if text[e.start - 1] not in "。；" or "\n" in text[where.end : e.start]:
            return None
        span = e.parts.span(self._words, year=anchor.year)
        if span is None or span.start is None or span.start < anchor:
            return None
        return Resolved(e, span, True, f'year from "{text[where.start : where.end]}" at {where.start}')

    @staticmethod
    def _gives_year(text: str, where: Expression, e: Expression) -> bool:
        between = text[where.end : e.start]
        if where.parts.year is not None:
            # 2021年签订的合同于10月31日解除: the year is the contract's.
            is_of_thing = where.parts.kind == "year" and _OF_THING.fullmatch(between) is not None
            return where.parts.kind in _GIVE_YEAR and not is_of_thing
        # 去年4月拿地，6月动工
        is_month = where.parts.kind == "month" and where.parts.year_shift is not None
        return is_month and e.parts.kind == "month" and _CLAUSES.fullmatch(between) is not None

    def _resolve_by_reference(self, text: str, e: Expression, reference: Reference) -> Resolved:
        parts, day = e.parts, reference.day
        assert day is not None
        if parts.lacks_year_only:
            # 于上半年终止，土地拟另作他用: what is planned is not of that half year.
            is_half = parts.kind == "half"
            is_ahead = self._bounds.is_planned(text, e) if is_half else self._bounds.is_future(text, e)
            tense = is_ahead, is_over(text, e)
            is_due = text.startswith(self._due_later if parts.kind == "quarter" else self._due, e.end)
            year = choose_year(self._words, e, day, *tense, is_compared=is_compared(text, e), is_due=is_due)
            if year == day.year and self._bounds.is_aimed(text, e):
                # Nobody plans for what is long over: 力争3月底前 in June is next year's.
                gone = parts.span(self._words, year=year, reference=day)
                year += bool(gone and gone.end and day - gone.end > _GONE)
            span = None if year is None else parts.span(self._words, year=year, reference=day)
        elif parts.kind == "day_only":
            span = choose_month(self._words, parts, day, is_future=self._bounds.is_future(text, e))
        else:
            span = parts.span(self._words, reference=day)
        if span is None:
            near = (
                [parts.span(self._words, year=day.year + n) for n in range(-4, 5)]
                if parts.lacks_year_only
                else []
            )
            labels = tuple(span_label(s) for s in near if s)
            return Resolved(
                e,
                open_span(parts),
                True,
                f"no such day near {reference.evidence}",
                labels,
            )
        evidence = reference.evidence
        if parts.weekday and span.start and span.start.isoweekday() != parts.weekday:
            evidence += "; the weekday beside it does not fit"
        if text[e.start : e.end] == "年内" and span.start and span.end:
            # What has happened lies before the day of writing, what is planned after it.
            bounds = (span.start, day) if is_over(text, e) else (day, span.end)
            span = replace(span, start=bounds[0], end=bounds[1])
        return Resolved(e, span, True, evidence)

    def _leave_open(self, e: Expression, reference: Reference, bounds: YearBounds) -> Resolved:
        parts = e.parts
        if parts.lacks_year_only:
            spans, is_open = self._bounds.possible(parts, bounds)
            evidence = f"no year in the text; {bounds.describe()}"
        else:
            spans = [s for day in reference.candidates if (s := parts.span(self._words, reference=day))]
            is_open, evidence = reference.is_open, reference.evidence
        if len(spans) == 1 and not is_open:
            return Resolved(e, spans[0], True, f"the only possible year: {bounds.describe()}")
        labels = tuple(dict.fromkeys(span_label(span) for span in spans))
        if is_open:
            # The listed years are the nearest of an open range; XXXX stands for the others.
            labels += pattern_of(parts)
        return Resolved(e, open_span(parts), True, evidence, labels)


def _tells_year(text: str, found: Resolved, e: Expression) -> bool:
    """Whether 当年 is the year of an expression before it; mostly it means those days of old."""
    parts, between = found.expression.parts, text[found.expression.end : e.start]
    if found.span.granularity in ("years", "decade", "century"):
        return False
    ends = 3 if "\n" in between else len(_SENTENCE_END.findall(between))
    is_told = parts.year is not None or parts.year_earlier is not None or parts.kind == "ago"
    if is_told or parts.year_shift not in (None, 0):
        return ends <= 2
    return ends == 0 and parts.year_shift is None and parts.kind in _GIVE_YEAR


def _names_day(found: Resolved) -> bool:
    kind = found.expression.parts.kind
    if found.expression.parts.modifier == "as_of":
        return False
    return found.span.granularity in ("day", "part_of_day") or KIND_GRANULARITY.get(kind) == "day"
