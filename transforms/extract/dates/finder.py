"""Dates of articles: each expression with its days, what they rest on, and what stays open.

The reference of 今天 and of a bare 2月23日 is the article's dateline, then the issue's date, and never
the clock. Without a year anywhere the days stay null and `candidates` lists what the other dates of
the article leave possible. Vocabulary: `calendar.yml`; grammar: `dates_grammar`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from transforms.extract.dates.about import PageHead, Window, WindowReader
from transforms.extract.dates.bounds import BoundsReader, YearBounds, narrow
from transforms.extract.dates.grammar import DateGrammar
from transforms.extract.dates.parts import DateParts, Expression, read_int
from transforms.extract.dates.resolver import DateResolver, Reference, Resolved
from transforms.extract.dates.same_period import match_period
from transforms.extract.frames import frame_of
from transforms.extract.numerals import fold_text
from transforms.extract.patterns import any_of

DATE_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "surface_text": pl.String(),
    "start_on": pl.Date(),
    "end_on": pl.Date(),
    "granularity": pl.String(),
    "is_inferred": pl.Boolean(),
    "evidence": pl.String(),
    "candidates": pl.List(pl.String()),
}

_DATELINE_CHARS = 300
_HEADS = ("kicker", "headline", "subtitle")
_OF_PAGES = ("page_id", "article_id", "month_on", "printed_day")
_TITLE = re.compile(r"《[^《》\n]{1,60}》")


class DateFinder:
    """Finds and resolves dates in articles; compiled once per process from the lookups."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        self._words = lookups["calendar"]
        self._grammar = DateGrammar(self._words)
        self._bounds = BoundsReader(self._words)
        self._windows = WindowReader(self._words, self._bounds)
        self._resolver = DateResolver(self._words, self._bounds)
        marks = any_of(self._words["dateline_marks"])
        self._dateline = re.compile(
            rf"(?:^|\n)[^\n。，,；;]{{0,30}}?(?P<day>(?:(?P<y>\d{{4}})年)?(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[日号])"
            rf"(?:\([^()\n]{{0,20}}\)|（[^（）\n]{{0,20}}）)? ?(?:{marks})"
        )

    def resolve_dateline(self, text: str, issue_on: date | None) -> date | None:
        """The day of the dateline (北京2月23日电) that opens a text.

        Returns:
            The day; without a year in the dateline the last such day up to a day after `issue_on`;
            `None` without a dateline, or where no year is known.
        """
        match = self._dateline.search(fold_text(text[:_DATELINE_CHARS]))
        if match is None:
            return None
        year = match["y"]
        parts = DateParts(
            "day", (read_int(match["m"]), read_int(match["d"])), year=int(year) if year else None
        )
        if year is not None:
            span = parts.span(self._words)
            return span.start if span else None
        return None if issue_on is None else self._last_until(parts, issue_on + timedelta(days=1))

    def _last_until(self, parts: DateParts, latest: date) -> date | None:
        for year in range(latest.year, max(latest.year - 5, 0), -1):
            span = parts.span(self._words, year=year)
            if span and span.start and span.start <= latest:
                return span.start
        return None

    def find(self, articles: pl.DataFrame) -> pl.DataFrame:
        """Find and resolve the dates of each article.

        Args:
            articles: One row per article: `article_id: str`, `text: str`, `dateline_on: date` (nullable),
                `issue_on: date` (nullable); `published_on: date` (nullable), the day below the headline,
                which goes before that of the issue; `page_id: str` where articles of one page are to narrow
                each other's open years; `month_on: date` and `printed_day: list[i64]` (nullable), what the
                head of a page without a day of issue prints (`printed_heads`); its articles'
                `kicker`, `headline` and `subtitle: str` (nullable).

        Returns:
            One row per expression, articles in input order and expressions in text order:
            `article_id: str`, `start_char: u32`, `end_char: u32`, `surface_text: str`,
            `start_on: date` and `end_on: date` (both days included; null where unknown or open),
            `granularity: str` (`dates_calendar.GRANULARITIES`), `is_inferred: bool` (the year or more
            rests on a reference), `evidence: str` (which, or why the date stays open),
            `candidates: list[str]` (ISO 8601 dates, months or intervals that remain possible; an unknown
            year is `XXXX`; empty when the date is certain).
        """
        rows: list[tuple[Any, ...]] = []
        if "published_on" not in articles.columns:
            articles = articles.with_columns(published_on=pl.lit(None, pl.Date))
        columns = ("article_id", "text", "dateline_on", "issue_on", "published_on")
        scanned = {
            article_id: self._scan(text or "")
            for article_id, text in articles.select("article_id", "text").iter_rows()
        }
        neighbours, windows = self._read_pages(articles, scanned)
        for article_id, text, dateline_on, issue_on, published_on in articles.select(columns).iter_rows():
            for found in self._resolve(
                *scanned[article_id],
                dateline_on=dateline_on,
                issue_on=issue_on,
                published_on=published_on,
                neighbours=neighbours.get(article_id, ()),
                window=windows.get(article_id),
            ):
                start, end, span = found.expression.start, found.expression.end, found.span
                rows.append(
                    (article_id, start, end, text[start:end], span.start, span.end, span.granularity,
                     found.is_inferred, found.evidence, list(found.candidates))
                )  # fmt: skip
        return frame_of(rows, DATE_SCHEMA)

    def _scan(self, text: str) -> tuple[str, list[Expression]]:
        folded = fold_text(text)
        return folded, self._grammar.scan(folded)

    def _read_pages(
        self, articles: pl.DataFrame, scanned: Mapping[str, tuple[str, list[Expression]]]
    ) -> tuple[dict[str, list[YearBounds]], dict[str, Window]]:
        """What the pages without a day of issue say of their articles: bounds of the others, the window."""
        neighbours: dict[str, list[YearBounds]] = {}
        windows: dict[str, Window] = {}
        if "page_id" not in articles.columns:
            return neighbours, windows
        columns = [name for name in (*_OF_PAGES, *_HEADS) if name in articles.columns]
        undated = articles.filter(pl.coalesce("published_on", "issue_on").is_null()).select(columns)
        pages: dict[str, list[dict[str, Any]]] = {}
        for row in undated.iter_rows(named=True):
            pages.setdefault(row["page_id"], []).append(row)
        for page in pages.values():
            ids = [row["article_id"] for row in page]
            texts = [scanned[article_id] for article_id in ids]
            bounds = [
                self._bounds.read(*one).of_another_article(article_id)
                for article_id, one in zip(ids, texts, strict=True)
            ]
            day = page[0].get("printed_day")
            head = PageHead(page[0].get("month_on"), tuple(day) if day is not None else None)
            heads = [fold_text(row[name]) for name in _HEADS for row in page if row.get(name) is not None]
            window = self._windows.read(
                [*texts, *((h, ()) for h in heads)], head, narrow(YearBounds(), bounds)
            )
            for index, article_id in enumerate(ids):
                neighbours[article_id] = [*bounds[:index], *bounds[index + 1 :]]
                if window is not None:
                    windows[article_id] = window
        return neighbours, windows

    def resolve(
        self,
        text: str,
        *,
        dateline_on: date | None = None,
        issue_on: date | None = None,
        neighbours: Sequence[YearBounds] = (),
        window: Window | None = None,
    ) -> list[Resolved]:
        """The dates of one text, in order; see `find`.

        `neighbours` are bounds of the page's other articles, `window` holds the day of writing where no day
        of issue is known.
        """
        return self._resolve(
            *self._scan(text),
            dateline_on=dateline_on,
            issue_on=issue_on,
            published_on=None,
            neighbours=neighbours,
            window=window,
        )

    def _resolve(
        self,
        folded: str,
        scanned: Sequence[Expression],
        *,
        dateline_on: date | None,
        issue_on: date | None,
        published_on: date | None,
        neighbours: Sequence[YearBounds],
        window: Window | None,
    ) -> list[Resolved]:
        titles = [match.span() for match in _TITLE.finditer(folded)]
        # 明日 in the title of a book is no date, 2023年 in the title of a report is one.
        expressions = [e for e in scanned if e.parts.is_absolute or not _is_inside(titles, e.start)]
        if not expressions:
            return []
        bounds = narrow(self._bounds.read(folded, expressions), neighbours)
        if window is not None:
            bounds = narrow(bounds, [window.bounds])
        reference = self._reference(
            folded, expressions, bounds, (dateline_on, issue_on, published_on), window
        )
        full_days = tuple(
            e for e in expressions if e.parts.kind == "day" and e.parts.year and not e.parts.short_year
        )
        reference = replace(reference, full_days=full_days, window=None if reference.day else window)
        resolved: list[Resolved] = []
        for expression in expressions:
            found = self._resolver.resolve(folded, expression, resolved, reference, bounds)
            parts = expression.parts
            # 当年 that follows no dated year means 'in those days'.
            if parts.kind == "year" and parts.year_earlier is not None and found.span.start is None:
                continue
            resolved.append(match_period(folded, found, resolved))
        return resolved

    def _signed_on(self, text: str, expressions: Sequence[Expression]) -> Reference | None:
        """A notice that closes with a full date on a line of its own was written that day."""
        last = expressions[-1]
        span = last.parts.span(self._words) if last.parts.year and last.last is None else None
        if span is None or span.granularity != "day" or text[last.end :].strip():
            return None
        if text[text.rfind("\n", 0, last.start) + 1 : last.start].strip():
            return None
        return Reference(span.start, f'signed "{text[last.start : last.end]}" at {last.start}')

    def _reference(
        self,
        text: str,
        expressions: Sequence[Expression],
        bounds: YearBounds,
        given: tuple[date | None, date | None, date | None],
        window: Window | None,
    ) -> Reference:
        dateline_on, issue_on, published_on = given
        if dateline_on is not None:
            return Reference(dateline_on, f"dateline_on={dateline_on}")
        issued, column = (published_on, "published_on") if published_on else (issue_on, "issue_on")
        day = self.resolve_dateline(text, issued)
        match = self._dateline.search(text[:_DATELINE_CHARS])
        if day is not None and match is not None:
            source = f" with {column}={issued}" if issued and not match["y"] else ""
            return Reference(day, f'dateline "{match["day"]}"{source}')
        if issued is not None:
            return Reference(issued, f"{column}={issued}")
        signed = self._signed_on(text, expressions)
        if signed is not None:
            return signed
        if match is None:
            return Reference(None, "no dateline and no issue date")
        parts = DateParts("day", (read_int(match["m"]), read_int(match["d"])))
        if window is not None and (day := self._last_until(parts, window.last)) is not None:
            return Reference(day, f'dateline "{match["day"]}"; {window.evidence}')
        days, is_open = self._bounds.possible(parts, bounds)
        evidence = f'dateline "{match["day"]}" has no year; {bounds.describe()}'
        return Reference(None, evidence, tuple(s.start for s in days if s.start), is_open)


def _is_inside(spans: list[tuple[int, int]], position: int) -> bool:
    index = bisect_right(spans, (position,)) - 1
    return index >= 0 and spans[index][0] < position < spans[index][1]


def outside_names(dates: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """The dates without those in a name: 谷雨 of 张谷雨, 立夏 of 立夏新材 (but not 2023年 of a body's name).

    Args:
        dates: Rows of `DATE_SCHEMA`, sorted by offset within an article.
        mentions: `article_id`, `entity_type`, `parent_index`, `start_char`, `end_char`, sorted likewise.

    Returns:
        The same rows but those, in the same order.
    """
    # Persons, and bodies that are part of no other, do not overlap: the last one that begins before a date is
    # the one that may hold it.
    for kind, may_hold in (
        ("person", pl.lit(value=True)),
        ("organization", ~pl.col("surface_text").str.contains("[0-9年月日]")),
    ):
        whole = (pl.col("entity_type") == kind) & (
            pl.lit(kind == "person") | pl.col("parent_index").is_null()
        )
        names = mentions.filter(whole).select("article_id", "start_char", name_end=pl.col("end_char"))
        near = dates.join_asof(names, on="start_char", by="article_id", check_sortedness=False)
        dates = near.filter(~(may_hold & (pl.col("name_end").fill_null(0) >= pl.col("end_char")))).drop(
            "name_end"
        )
    return dates
