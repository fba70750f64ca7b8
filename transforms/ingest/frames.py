"""Documents, pages, lines and rejects as frames with their ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import polars as pl

from transforms.ingest.model import RawDocument, RawLine, RawPage, Refusal
from warehouse.schema import hash_id

DOCUMENTS = {
    "document_id": pl.String,
    "external_id": pl.String,
    "uri": pl.String,
    "media_type": pl.String,
    "encoding": pl.String,
    "encoding_evidence": pl.String,
    "byte_count": pl.Int64,
    "content_sha256": pl.String,
    "layout": pl.String,
    "page_count": pl.Int64,
    "title": pl.String,
    "publication": pl.String,
    "page_label": pl.String,
    "issue_on": pl.Date,
    "issue_on_source": pl.String,
}
PAGES = {
    "page_id": pl.String,
    "document_id": pl.String,
    "page_number": pl.Int64,
    "raw_text": pl.String,
    "method": pl.String,
    "width": pl.Float64,
    "height": pl.Float64,
}
LINES = {
    "page_id": pl.String,
    "document_id": pl.String,
    "ordinal": pl.Int64,
    "raw_start": pl.Int64,
    "raw_end": pl.Int64,
    "block": pl.Int64,
    "hint": pl.String,
    "x0": pl.Float64,
    "y0": pl.Float64,
    "x1": pl.Float64,
    "y1": pl.Float64,
    "font_size": pl.Float64,
    "confidence_share": pl.Float64,
}
REJECTS = {
    "reject_id": pl.String,
    "uri": pl.String,
    "line_number": pl.Int64,
    "reason_code": pl.String,
    "message": pl.String,
    "excerpt": pl.String,
}
_LINE_FIELDS = [field.name for field in fields(RawLine)]


def document_id(document: RawDocument) -> str:
    """Identifier of a document: its content, and for a record its own id."""
    return hash_id("document", document.content_sha256, document.external_id)


def to_frames(items: Iterable[RawDocument | Refusal]) -> dict[str, pl.DataFrame]:
    """Lay out what readers yield as tables.

    Of documents with the same id the one with the smallest `uri` stands; each other is a row of `rejects`
    with reason `duplicate_content`. Batches are independent: the caller does the same across them.

    Args:
        items: From any number of sources.

    Returns:
        `documents` sorted by `document_id`; `pages` by `document_id, page_number`; `lines` by
        `document_id`, page, `ordinal` (from 0, reading order); `rejects` by `uri, line_number`. Columns as
        in the registry, less what a run adds.
    """
    documents: dict[str, RawDocument] = {}
    refusals: dict[str, Refusal] = {}
    for item in items:
        if isinstance(item, Refusal):
            refusals[reject_id(item)] = item
            continue
        key = document_id(item)
        first, other = sorted((documents.get(key, item), item), key=lambda document: document.uri)
        documents[key] = first
        if first.uri != other.uri:
            refusal = duplicate_refusal(other.uri, first.uri)
            refusals[reject_id(refusal)] = refusal
    ordered = sorted(documents.items())
    return {
        "documents": _documents_frame(ordered),
        "pages": _pages_frame(ordered),
        "lines": _lines_frame(ordered),
        "rejects": _rejects_frame(refusals),
    }


def duplicate_refusal(uri: str, kept_uri: str) -> Refusal:
    """The refusal of a document whose identity another one has."""
    return Refusal(uri, "duplicate_content", f"the same content is read from {kept_uri}")


def reject_id(refusal: Refusal) -> str:
    """Identifier of a refusal."""
    return hash_id("reject", refusal.uri, refusal.line_number, refusal.reason_code, refusal.message)


def _documents_frame(documents: list[tuple[str, RawDocument]]) -> pl.DataFrame:
    names = [name for name in DOCUMENTS if name not in ("document_id", "page_count")]
    rows = [
        {"document_id": key, "page_count": len(document.pages)}
        | {name: getattr(document, name) for name in names}
        for key, document in documents
    ]
    return pl.DataFrame(rows, schema=DOCUMENTS)


def _pages_of(documents: list[tuple[str, RawDocument]]) -> list[tuple[str, str, RawPage]]:
    return [
        (hash_id("page", key, page.page_number), key, page)
        for key, document in documents
        for page in sorted(document.pages, key=lambda page: page.page_number)
    ]


def _pages_frame(documents: list[tuple[str, RawDocument]]) -> pl.DataFrame:
    rows = [
        (page_id, key, page.page_number, page.raw_text, page.method, page.width, page.height)
        for page_id, key, page in _pages_of(documents)
    ]
    return pl.DataFrame(rows, schema=PAGES, orient="row")


def _lines_frame(documents: list[tuple[str, RawDocument]]) -> pl.DataFrame:
    rows = [
        (page_id, key, ordinal, *(getattr(line, name) for name in _LINE_FIELDS))
        for page_id, key, page in _pages_of(documents)
        for ordinal, line in enumerate(page.lines)
    ]
    return pl.DataFrame(rows, schema=LINES, orient="row")


def _rejects_frame(refusals: dict[str, Refusal]) -> pl.DataFrame:
    rows = [
        (key, r.uri, r.line_number, r.reason_code, r.message, r.excerpt)
        for key, r in sorted(
            refusals.items(), key=lambda pair: (pair[1].uri, pair[1].line_number or 0, pair[0])
        )
    ]
    return pl.DataFrame(rows, schema=REJECTS, orient="row")
