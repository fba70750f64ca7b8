"""Rows of the normalize tables from read pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from transforms.normalize.blocks import HEAD_NUMBER_RE
from transforms.normalize.changes import Run
from transforms.normalize.mastheads import PageMeta, read_meta
from transforms.normalize.pages import ReadPage
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.people import read_people
from transforms.normalize.printed_dates import FULL_DATE, read_date
from transforms.normalize.sentences import split_sentences
from transforms.normalize.vocabulary import PageVocabulary
from warehouse.schema import hash_id

# 【某公司】增资扩股引入战投: the label is a part of the head.
_LABELLED = re.compile(r"[【〖\[［][^】〗\]］]+[】〗\]］]\w")
_T, _I = pl.String, pl.Int64
SCHEMAS: dict[str, dict[str, Any]] = {
    "edits": {
        "page_id": _T, "document_id": _T, "ordinal": _I, "raw_start": _I, "raw_end": _I, "original": _T,
        "replacement": _T, "rule": _T,
    },
    "damage": {
        "damage_id": _T, "page_id": _T, "document_id": _T, "article_id": _T, "damage_type": _T, "surface_text": _T,  # noqa: E501
        "suggestion": _T, "raw_start": _I, "raw_end": _I,
    },
    "blocks": {
        "block_id": _T, "page_id": _T, "document_id": _T, "article_id": _T, "ordinal": _I, "block_type": _T,
        "block_subtype": _T, "text": _T, "raw_start": _I, "raw_end": _I,
    },
    "articles": {
        "article_id": _T, "document_id": _T, "page_id": _T, "ordinal": _I, "kicker": _T, "headline": _T, "subtitle": _T,  # noqa: E501
        "byline": _T, "dateline_text": _T, "dateline_place": _T, "dateline_on": pl.Date, "published_on": pl.Date,  # noqa: E501
        "is_continued": pl.Boolean, "text": _T, "duplicate_of": _T, "raw_start": _I, "raw_end": _I,
    },
    "credits": {
        "credit_id": _T, "page_id": _T, "document_id": _T, "article_id": _T, "role": _T, "name": _T, "raw_start": _I,  # noqa: E501
        "raw_end": _I,
    },
    "sentences": {
        "sentence_id": _T, "article_id": _T, "document_id": _T, "page_id": _T, "ordinal": _I, "text": _T,
        "start_char": _I, "end_char": _I, "raw_start": _I, "raw_end": _I,
    },
    "alignments": {
        "article_id": _T, "document_id": _T, "start_char": _I, "end_char": _I, "raw_start": _I, "raw_end": _I,
    },
    "pages_meta": {
        "page_id": _T, "document_id": _T, "publication": _T, "issue_on": pl.Date, "page_label": _T,
    },
}  # fmt: skip
"""Columns of every frame; the integer columns are code points or ordinals."""


@dataclass
class PageRows:
    """One page on its way into rows."""

    page_id: str
    document_id: str
    read: ReadPage
    vocabulary: PageVocabulary
    issue_on: date | None = None
    meta: PageMeta = field(default_factory=PageMeta)


def build_frames(pages: Sequence[PageRows]) -> dict[str, pl.DataFrame]:
    """Frames of all pages, with the columns of `SCHEMAS`."""
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS}
    for page in pages:
        page.meta = read_meta(page.read.paragraphs, page.vocabulary)
        _add_page(page, rows)
    return {name: pl.DataFrame(rows[name], schema=schema, orient="row") for name, schema in SCHEMAS.items()}


def _add_page(page: PageRows, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    working = page.read.working
    paragraphs = page.read.paragraphs
    place = (page.page_id, page.document_id)
    for ordinal, edit in enumerate(page.read.edits):
        original = working.raw[edit.start : edit.end]
        rows["edits"].append((*place, ordinal, edit.start, edit.end, original, edit.replacement, edit.rule))
    spans = _tile(paragraphs, working.raw_offset, len(working.raw))
    members: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.article is not None:
            members.setdefault(paragraph.article, []).append(index)
    ids = {a: hash_id("article", page.page_id, spans[m[0]][0]) for a, m in members.items()}
    for index, paragraph in enumerate(paragraphs):
        article_id = None if paragraph.article is None else ids[paragraph.article]
        start, end = spans[index]
        rows["blocks"].append(
            (
                hash_id("block", page.page_id, start), *place, article_id, index, paragraph.block_type,
                paragraph.block_subtype, paragraph.text, start, end,
            )
        )  # fmt: skip
        _add_credits(page, paragraph, article_id, rows)
    for spot in page.read.spots:
        paragraph = paragraphs[spot.paragraph]
        start, end = _raw_span(page, paragraph.runs, spot.start, spot.end)
        rows["damage"].append(
            (
                hash_id("damage", page.page_id, start, spot.damage_type), *place,
                None if paragraph.article is None else ids[paragraph.article], spot.damage_type,
                paragraph.text[spot.start : spot.end], spot.suggestion, start, end,
            )
        )  # fmt: skip
    for ordinal, (article, indices) in enumerate(sorted(members.items())):
        _add_article(
            page, ids[article], ordinal, [paragraphs[i] for i in indices], [spans[i] for i in indices],
            _published_on(paragraphs, indices), rows,
        )  # fmt: skip
    rows["pages_meta"].append((*place, page.meta.publication, page.meta.issue_on, page.meta.page_label))


def _tile(paragraphs: Sequence[Paragraph], to_raw: Any, length: int) -> list[tuple[int, int]]:
    """Raw ranges that cover the page without a gap: what stands between two blocks belongs to the first."""
    if not paragraphs:
        return []
    starts = [0, *(to_raw(p.start) for p in paragraphs[1:])]
    return list(zip(starts, [*starts[1:], length], strict=True))


def _raw_span(page: PageRows, runs: Sequence[Run], start: int, end: int) -> tuple[int, int]:
    """Raw range of `[start, end)` of a text made of `runs`."""
    working = page.read.working
    first = runs[bisect_right(runs, start, key=lambda r: r.start) - 1]
    last = runs[bisect_right(runs, end - 1, key=lambda r: r.start) - 1]
    raw_start = working.raw_offset(first.source_start + (start - first.start if _is_shift(first) else 0))
    raw_end = working.raw_end(last.source_start + end - last.start if _is_shift(last) else last.source_end)
    return raw_start, raw_end


def _add_credits(
    page: PageRows, paragraph: Paragraph, article_id: str | None, rows: dict[str, list[tuple[Any, ...]]]
) -> None:
    for role, name, start, end in read_people(paragraph, page.vocabulary):
        raw_start, raw_end = _raw_span(page, paragraph.runs, start, end)
        rows["credits"].append(
            (
                hash_id("credit", page.page_id, raw_start, role), page.page_id, page.document_id, article_id, role,  # noqa: E501
                name, raw_start, raw_end,
            )
        )  # fmt: skip


def _published_on(paragraphs: Sequence[Paragraph], indices: Sequence[int]) -> date | None:
    """The full day between the head of an article and its text, as in articles saved from the web."""
    first_body = next((i for i in indices if paragraphs[i].block_type == "body"), indices[0])
    for between in paragraphs[indices[0] : first_body]:
        stamp = re.search(FULL_DATE, between.text) if between.block_type == "furniture" else None
        if stamp:
            return read_date(stamp[0])
    return None


def _add_article(
    page: PageRows,
    article_id: str,
    ordinal: int,
    paragraphs: Sequence[Paragraph],
    spans: Sequence[tuple[int, int]],
    published_on: date | None,
    rows: dict[str, list[tuple[Any, ...]]],
) -> None:
    text, runs = _body_text(page, [p for p in paragraphs if p.block_type == "body"])
    dateline = page.vocabulary.find_dateline(text)
    place = on = whole = None
    if dateline:
        whole = dateline["whole"]
        place = dateline["place"] or None
        reference = published_on or page.issue_on or page.meta.issue_on
        on = read_date(dateline["date"], reference) if dateline["date"] else None
    rows["articles"].append(
        (
            article_id, page.document_id, page.page_id, ordinal,
            *_heads(page, paragraphs), *(_joined(page, paragraphs, kind) for kind in ("subtitle", "byline")),
            whole, place, on, published_on, any(p.block_subtype == "continuation" for p in paragraphs), text,
            None, spans[0][0], max(end for _, end in spans),
        )
    )  # fmt: skip
    for run in runs:
        rows["alignments"].append(
            (article_id, page.document_id, run.start, run.end, run.source_start, run.source_end)
        )
    raw_of = _RawFinder(runs)
    for number, (start, end) in enumerate(split_sentences(text)):
        raw_start, raw_end = raw_of(start, end)
        rows["sentences"].append(
            (
                hash_id("sentence", page.page_id, raw_start), article_id, page.document_id, page.page_id, number,  # noqa: E501
                text[start:end], start, end, raw_start, raw_end,
            )
        )  # fmt: skip


class _RawFinder:
    """Raw ranges of ascending spans over runs that are already in raw offsets."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs
        self.index = 0

    def __call__(self, start: int, end: int) -> tuple[int, int]:
        while self.runs[self.index].end <= start:
            self.index += 1
        run = self.runs[self.index]
        raw_start = run.source_start + (start - run.start if _is_shift(run) else 0)
        while self.runs[self.index].end < end:
            self.index += 1
        run = self.runs[self.index]
        return raw_start, (run.source_start + end - run.start if _is_shift(run) else run.source_end)


def _is_shift(run: Run) -> bool:
    return run.end - run.start == run.source_end - run.source_start


def _body_text(page: PageRows, paragraphs: Sequence[Paragraph]) -> tuple[str, list[Run]]:
    """Body of an article, a paragraph a line, and its runs in raw offsets."""
    working = page.read.working
    pieces: list[str] = []
    runs: list[Run] = []
    length = 0
    for paragraph in paragraphs:
        if pieces and not paragraph.continues:
            end = runs[-1].source_end
            start = working.raw_offset(paragraph.start)
            _push(runs, Run(length, length + 1, end, max(start, end)))
            pieces.append("\n")
            length += 1
        for run in paragraph.runs:
            _push_working(runs, working, length, run)
        pieces.append(paragraph.text)
        length += len(paragraph.text)
    return "".join(pieces), runs


def _push_working(runs: list[Run], working: Any, shift: int, run: Run) -> None:
    """Add a run of working offsets; invisible characters that were removed cut it."""
    start, end = working.raw_offset(run.source_start), working.raw_end(run.source_end)
    if end - start == run.source_end - run.source_start:
        _push(runs, Run(shift + run.start, shift + run.end, start, end))
        return
    if run.end - run.start != run.source_end - run.source_start:
        _push(runs, Run(shift + run.start, shift + run.end, start, end))
        return
    for offset in range(run.end - run.start):
        raw = working.raw_offset(run.source_start + offset)
        _push(runs, Run(shift + run.start + offset, shift + run.start + offset + 1, raw, raw + 1))


def _push(runs: list[Run], run: Run) -> None:
    """Append a run, as part of the last one where both have the same shift."""
    if runs:
        last = runs[-1]
        if (
            last.end == run.start
            and last.source_end == run.source_start
            and _is_shift(last)
            and _is_shift(run)
        ):
            runs[-1] = Run(last.start, run.end, last.source_start, run.source_end)
            return
    runs.append(run)


def _heads(page: PageRows, paragraphs: Sequence[Paragraph]) -> tuple[str | None, str | None]:
    """Kicker and headline; the head of a row of briefs is the first one's headline, the others' kicker."""
    own = [p for p in paragraphs if p.block_subtype != "row"]
    kicker, headline = (_joined(page, own, kind) for kind in ("kicker", "headline"))
    row = next((p.row for p in own if p.row is not None), None)
    if headline is None and any(p.block_subtype == "row" for p in paragraphs):
        return kicker, row
    return kicker or row, headline


def _joined(page: PageRows, paragraphs: Sequence[Paragraph], block_type: str) -> str | None:
    """Blocks of one type in a row; heads without the mark before them, authors without the note on them."""
    blocks = [p for p in paragraphs if p.block_type == block_type]
    named = [p for p in blocks if p.block_subtype != "author_note"] or blocks
    texts = [re.sub(r"\s+", " ", p.text) for p in named]
    if block_type in ("headline", "kicker"):
        # ◆ 对非合作 ◆
        texts = [
            page.vocabulary.mark.sub("", t.rstrip(t[0]).rstrip() if t[0] in page.vocabulary.marks else t) or t
            for t in texts
        ]
        texts = [HEAD_NUMBER_RE.sub("", t) for t in texts]
        texts = [
            t.strip("【】〖〗[]［］：:") if p.is_inline and not _LABELLED.match(t) else t
            for t, p in zip(texts, named, strict=True)
        ]
    joints = ["" if p.continues else " " for p in named]
    return "".join(j + t for j, t in zip(joints, texts, strict=True)).strip() if texts else None
