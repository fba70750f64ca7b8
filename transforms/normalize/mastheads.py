"""Publication, day of issue and page label from the furniture of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transforms.normalize.characters import CJK
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.printed_dates import read_date
from transforms.normalize.vocabulary import PageVocabulary

_WEEKDAYS = {c: i % 7 + 1 for i, c in enumerate("一二三四五六日")} | {"天": 7}
_NAMED = ("folio", "masthead", "banner")
_LINE_CHARS = 120
# 东 江 晚 报 beside the page's number and day.
_SPREAD_RE = re.compile(rf"(?<!\S)[{CJK}](?:[ \u3000][{CJK}]){{2,7}}(?!\S)")
_SOURCE_RE = re.compile(f"来源[:：] ?([{CJK}]{{2,12}})")


@dataclass
class PageMeta:
    """What a masthead or folio says; `None` where it says nothing."""

    publication: str | None = None
    issue_on: date | None = None
    page_label: str | None = None


def read_meta(paragraphs: Sequence[Paragraph], vocabulary: PageVocabulary) -> PageMeta:
    """Read the folio parts of a page; the first of each kind counts."""
    meta = PageMeta()
    has_text = False
    for paragraph in paragraphs:
        has_text |= paragraph.block_type == "body"
        name = "".join(paragraph.text.split())
        is_named = paragraph.block_subtype in _NAMED and paragraph.block_type == "furniture"
        if meta.publication is None and (is_named or paragraph.block_type == "credit"):
            meta.publication = _read_paper(paragraph.text, vocabulary)
        is_folio = paragraph.block_type == "furniture" and paragraph.block_subtype in ("folio", "masthead")
        # The line below the title of a page that opens with it (第212期 二〇二五年十一月七日).
        is_banner = paragraph.block_subtype == "banner"
        is_folio |= is_banner and vocabulary.full_date.search(paragraph.text) is not None
        if not is_folio and paragraph.block_type != "credit":
            continue
        text = name if paragraph.block_subtype == "masthead" else paragraph.text
        # A day alone below the text is the day of a document, not of the paper.
        alone = has_text and vocabulary.full_date.fullmatch(text) is not None
        if meta.issue_on is None and not alone and (found := vocabulary.full_date.search(text)):
            meta.issue_on = read_date(found.group())
        if meta.page_label is None:
            label = (
                vocabulary.page_label.search(text)
                or vocabulary.leading_label.match(text)
                or vocabulary.token_label.search(text)
                or vocabulary.trailing_label.search(text)
            )
            if label:
                meta.page_label = label.group(1).replace(" ", "")
    if meta.issue_on is None:
        _read_spread_day(paragraphs, meta, vocabulary)
    return meta


def _read_paper(text: str, vocabulary: PageVocabulary) -> str | None:
    """The name of a paper in a line of furniture: before others one that ends with 报."""
    if len(text) > _LINE_CHARS:
        return None
    text = _SPREAD_RE.sub(lambda m: re.sub(r"\s", "", m.group()), text)
    named = [m.group(1) for m in vocabulary.masthead.finditer(text)]
    named += [m.group() for m in vocabulary.paper.finditer(text)]
    named += [m.group(1) for m in _SOURCE_RE.finditer(text)]
    return min(named, key=lambda name: name[-1] != "报", default=None)


def _read_spread_day(paragraphs: Sequence[Paragraph], meta: PageMeta, vocabulary: PageVocabulary) -> None:
    """Read a folio over several lines: 2023年10月, 星期日 and 22 each on its own, beside the page's number.

    The weekday decides which of the numbers is the day; without one that fits, nothing is read.
    """
    month, weekday, numbers = None, None, []
    for paragraph in paragraphs:
        if paragraph.block_type == "body":
            break
        if paragraph.block_type != "furniture":
            continue
        text = paragraph.text
        month = month or vocabulary.month_line.match(text)
        named = vocabulary.weekday.search(text)
        weekday = weekday or named
        rest = text if named is None else text[: named.start()] + text[named.end() :]
        if vocabulary.bare_label.match(rest):
            numbers.append(rest.strip("—·- \u3000"))
    if month is None or weekday is None:
        return
    days: dict[str, date] = {}
    for number in numbers:
        day = read_date(f"{month.group(1)}年{int(month.group(2))}月{number}日") if number.isdigit() else None
        if day is not None and _WEEKDAYS[weekday.group()[-1]] == day.isoweekday():
            days[number] = day
    if len(days) != 1:
        return
    number, meta.issue_on = days.popitem()
    labels = [n for n in numbers if n != number]
    meta.page_label = labels[0] if labels else None
