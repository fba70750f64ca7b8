"""One article with everything already found in it, as plain Python for the rules that scan text.

Roles, quotations and deals all ask the same questions: which mentions lie in this stretch of
text, where does this sentence end, which amounts follow. This module turns the frames of the
earlier steps into one object per article and answers them by bisection.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from transforms.extract.gated import GatedPattern

PARTY_TYPES = frozenset({"organization", "place"})
_HEADS = ("kicker", "headline", "subtitle")
_PRINTED_WITHIN = timedelta(days=10)
# Of a page without a year 今年6月 and 明年 can still be told from what has been.
# 年底完工, on a page that tells no day: 去年年底 is said of what is past.
_SOON = re.compile("(?:今年)?(?:年底|年末|下半年)|今年底|(?:本月)?(?:月底|月末)|本月底|下个?月")
_MONTH = re.compile(r"(?:今年)?(?P<month>1[0-2]|[1-9])月(?P<day>[0-9]{1,2}日)?|(?P<next>明年|后年|下个?月)")
# 12月 on a page of January has been.
_MOST_MONTHS_AHEAD = 9


# Not frozen: there are as many as names, and a frozen one takes thrice the time to make.
@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """A named span; `index` is the caller's `mention_index` (or the row number without one)."""

    index: int
    start: int
    end: int
    entity_type: str
    subtype: str | None
    text: str


@dataclass(slots=True)
class Span:
    """A date, quantity or damage span with the columns its finder gave it."""

    index: int
    start: int
    end: int
    text: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class ArticleContext:
    """An article's text, its sentences and the spans found in it, all sorted by offset.

    `officers` holds the body of every person who has a title in one, once the titles have been read; `counts`
    how often a word stands in the text, as far as it was asked; `head` the lines above the text.
    `issue_on` is the day below the headline where one is printed there, else that of the issue; `printed_by`
    that day, else one by which what the opening tells of, or that of an article beside it, had been printed;
    `printed_month` the month of a day in an opening, of pages that do not tell their year.
    """

    article_id: str
    text: str
    dateline_on: date | None
    issue_on: date | None
    sentences: list[tuple[int, int]]
    mentions: list[Mention]
    dates: list[Span] = field(default_factory=list)
    quantities: list[Span] = field(default_factory=list)
    damage: list[Span] = field(default_factory=list)
    nested: list[Mention] = field(default_factory=list)
    officers: dict[str, Mention] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    head: str = ""
    page: str | None = None
    printed_by: date | None = field(init=False)
    printed_month: int | None = field(init=False)
    _indexed: dict[str, tuple[list[int], list[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        everything, self.mentions = self.mentions, _outermost(self.mentions)
        kept = {m.index for m in self.mentions}
        self.nested = [m for m in everything if m.index not in kept]
        for name in ("mentions", "nested", "dates", "quantities", "damage"):
            spans = getattr(self, name)
            self._indexed[name] = [span.start for span in spans], spans
        opening = self.dates_in(0, self.paragraph(0)[1])
        self.printed_by = self.issue_on or self.dateline_on or _printed_by(opening)
        days = (found for span in opening if (found := _MONTH.fullmatch(span.text)) and found["day"])
        self.printed_month = next((int(found["month"]) for found in days), None)

    def mentions_in(self, start: int, end: int, *entity_types: str) -> list[Mention]:
        """Outermost mentions that lie wholly in [start, end), in order of text."""
        found = self._window("mentions", start, end)
        if found and entity_types:
            return [m for m in found if m.end <= end and m.entity_type in entity_types]
        return [m for m in found if m.end <= end] if found else []

    def nested_from(self, start: int, end: int) -> list[Mention]:
        """Mentions within others that begin in [start, end), in order of text."""
        return self._window("nested", start, end)

    def dates_in(self, start: int, end: int) -> list[Span]:
        """Date spans that lie wholly in [start, end)."""
        return [s for s in self._window("dates", start, end) if s.end <= end]

    def quantities_in(self, start: int, end: int) -> list[Span]:
        """Quantity spans that lie wholly in [start, end)."""
        return [s for s in self._window("quantities", start, end) if s.end <= end]

    def money_in(self, start: int, end: int) -> list[Span]:
        """Sums of money that lie wholly in [start, end)."""
        return [s for s in self.quantities_in(start, end) if s.values.get("dimension") == "money"]

    def without_names(self, start: int, end: int) -> str:
        """The text of [start, end) with names blanked: 可 of a place's name is no 可."""
        words = list(self.text[start:end])
        for mention in self._window("mentions", max(0, start - 40), end):
            for offset in range(max(start, mention.start), min(end, mention.end)):
                words[offset - start] = "□"
        return "".join(words)

    def is_inside(self, position: int) -> bool:
        """Whether a position is within a name, neither before nor behind it."""
        return any(m.end > position for m in self._window("mentions", max(0, position - 40), position))

    def is_ahead(self, start: int, end: int) -> bool:
        """Whether a day named in [start, end), or the end of a term (年底前), had not come at printing."""
        today = self.printed_by
        for span in self.dates_in(start, end):
            first = span.values.get("start_on") or span.values.get("end_on")
            if today is None and (
                _SOON.fullmatch(span.text) or (first is None and self._is_later_month(span.text))
            ):
                return True
            if first is not None and today is not None and first > today:
                return True
        return False

    def _is_later_month(self, words: str) -> bool:
        """Whether 明年3月, or 10月底 on a page of May, had not come on a page that tells no year."""
        told = _MONTH.match(words)
        if told is None or told["next"] or self.printed_month is None:
            return told is not None and told["next"] is not None
        return 0 < int(told["month"]) - self.printed_month <= _MOST_MONTHS_AHEAD

    def is_damaged(self, start: int, end: int) -> bool:
        """Whether a damage span touches [start, end)."""
        return any(s.start < end and s.end > start for s in self.damage)

    def count(self, word: str) -> int:
        """How often a word stands in the text."""
        if word not in self.counts:
            self.counts[word] = self.text.count(word)
        return self.counts[word]

    def paragraph(self, position: int) -> tuple[int, int]:
        """Bounds of the paragraph (line of `text`) that holds a position."""
        start = self.text.rfind("\n", 0, position) + 1
        end = self.text.find("\n", position)
        return start, len(self.text) if end < 0 else end

    def sentence_at(self, position: int) -> int:
        """Number of the sentence that holds a position, or else of the one before it; -1 before the first."""
        return bisect_right(self.sentences, (position, sys.maxsize)) - 1

    def _window(self, name: str, start: int, end: int) -> list[Any]:
        starts, spans = self._indexed[name]
        first = bisect_left(starts, start)
        # Most stretches that are asked for hold none.
        if first == len(starts) or starts[first] >= end:
            return []
        return spans[first : bisect_left(starts, end, first)]


def iter_articles(
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
    mentions: pl.DataFrame,
    *,
    dates: pl.DataFrame | None = None,
    quantities: pl.DataFrame | None = None,
    damage: pl.DataFrame | None = None,
) -> Iterator[ArticleContext]:
    """Yield one context per article, in the order of `articles`.

    Args:
        articles: `article_id: str`, `text: str`; `dateline_on`, `issue_on`, `published_on: date`, `kicker`,
            `headline`, `subtitle: str` where known.
        sentences: `article_id`, `start_char`, `end_char`.
        mentions: `article_id`, `start_char`, `end_char`, `entity_type`; `mention_index`, `entity_subtype`.
        dates: `article_id`, `start_char`, `end_char` and whatever its finder adds; likewise the others.
        quantities: See `dates`.
        damage: See `dates`; rows without offsets into the article are skipped.
    """
    by_sentence = _grouped(sentences, columns=("start_char", "end_char"))
    by_mention = _grouped(mentions, "mention_index", ("entity_type", "entity_subtype"))
    by_date, by_quantity = _grouped(dates, "date_index"), _grouped(quantities, "quantity_index")
    by_damage = _grouped(damage)
    contexts: list[ArticleContext] = []
    by_page: dict[str | None, list[ArticleContext]] = {}
    for row in articles.iter_rows(named=True):
        key, text = row["article_id"], row["text"] or ""
        context = ArticleContext(
            article_id=key,
            text=text,
            dateline_on=row.get("dateline_on"),
            # What stands below its own headline is nearer than the day of the page.
            issue_on=row.get("published_on") or row.get("issue_on"),
            sentences=[span for *_, span in by_sentence.get(key, [])],
            mentions=[
                Mention(number, start, end, kind, subtype, text[start:end])
                for start, end, number, (kind, subtype) in by_mention.get(key, [])
            ],
            dates=_spans(by_date.get(key, []), text),
            quantities=_spans(by_quantity.get(key, []), text),
            damage=_spans(by_damage.get(key, []), text),
            head="\n".join(line for name in _HEADS if (line := row.get(name))),
            page=row.get("page_id"),
        )
        contexts.append(context)
        by_page.setdefault(row.get("document_id"), []).append(context)
    for page, beside in by_page.items():
        days = [context.printed_by for context in beside if page and context.printed_by]
        months = [context.printed_month for context in beside if page and context.printed_month]
        for context in beside:
            context.printed_by = context.printed_by or max(days, default=None)
            context.printed_month = max(months, default=context.printed_month)
    return iter(contexts)


def _printed_by(opening: Sequence[Span]) -> date | None:
    """A page without a day of its own reports on 4月18日 some days later."""
    days = (
        span.values["start_on"]
        for span in opening
        if span.values.get("start_on") and span.values["start_on"] == span.values.get("end_on")
    )
    told = next(days, None)
    return told + _PRINTED_WITHIN if told else None


def is_short_of(short: str, name: str) -> bool:
    """Whether a name is another or a clipping of it: its characters stand in the other in this order."""
    letters = iter(name)
    return all(letter in letters for letter in short)


def last_match(
    pattern: re.Pattern[str] | GatedPattern, text: str, start: int, end: int
) -> re.Match[str] | None:
    """The last match of a pattern in text[start:end], null where there is none."""
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found


def _grouped(
    frame: pl.DataFrame | None, index: str = "_row", columns: Sequence[str] | None = None
) -> dict[str, list[tuple[int, int, int, Any]]]:
    """Start, end, number and the given columns (null where missing), else the whole row, by article."""
    groups: dict[str, list[tuple[int, int, int, Any]]] = {}
    if frame is None or frame.is_empty() or "start_char" not in frame.columns:
        return groups
    if index not in frame.columns:
        index, frame = "_row", frame.with_row_index("_row")
    placed = frame.filter(pl.col("start_char").is_not_null()).sort("article_id", "start_char", "end_char")
    keys = placed.select("article_id", "start_char", "end_char", index).iter_rows()
    values: Iterator[Any] = placed.iter_rows(named=True)
    if columns is not None:
        held = [pl.col(name) if name in placed.columns else pl.lit(None).alias(name) for name in columns]
        values = placed.select(held).iter_rows()
    for (article_id, start, end, number), value in zip(keys, values, strict=True):
        groups.setdefault(article_id, []).append((start, end, number, value))
    return groups


def _spans(rows: Sequence[tuple[int, int, int, Any]], text: str) -> list[Span]:
    return [Span(number, start, end, text[start:end], values) for start, end, number, values in rows]


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Drop a person, organisation or place that lies inside a longer one; works and events hold others."""
    kept: list[Mention] = []
    reach = -1
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.entity_type in {"work", "event"}:
            kept.append(mention)
        elif mention.end > reach:
            kept.append(mention)
            reach = mention.end
    return sorted(kept, key=lambda m: (m.start, m.end))


def are_joined(text: str, names: Sequence[Mention]) -> bool:
    """Whether the first two names stand in a list: 甲、乙, 甲和乙."""
    return len(names) > 1 and text[names[0].end : names[1].start] in {"、", "和", "与"}
