"""Where the clauses and sentences of titles end, and the row of a title that somebody has."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.roles.titles import Held, level_of

ROLE_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "person_mention_index": pl.UInt32(),
    "organization_mention_index": pl.UInt32(),
    "organization_text": pl.String(),
    "title": pl.String(),
    "rank": pl.String(),
    "level": pl.String(),
    "is_former": pl.Boolean(),
    "is_acting": pl.Boolean(),
    "surface_text": pl.String(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "rule": pl.String(),
    "confidence_share": pl.Float32(),
}


def clause_end(text: str, position: int) -> int:
    """Offset of the mark that ends the clause at a position."""
    found = re.compile(r"[。！？；，,;!?\n]").search(text, position)
    return found.start() if found else len(text)


def sentence_end(text: str, position: int) -> int:
    """Offset of the mark that ends the sentence at a position."""
    found = re.compile(r"[。！？!?\n]").search(text, position)
    return found.start() if found else len(text)


def role_row(
    context: ArticleContext,
    person: Mention,
    held: Held,
    *,
    rule: str,
    confidence: float,
    end: int | None = None,
) -> dict[str, Any]:
    """The row of a title: it spans from the title to the name, whichever comes first."""
    start = min(held.start, person.start)
    stop = max(person.end, end or 0)
    return {
        "article_id": context.article_id,
        "person_mention_index": person.index,
        "organization_mention_index": held.organization.index if held.organization else None,
        "organization_text": held.organization_text,
        "title": held.text,
        "rank": held.title.rank,
        "level": level_of(held.organization_text) if held.organization_text else None,
        "is_former": held.title.is_former,
        "is_acting": held.title.is_acting,
        "surface_text": context.text[start:stop],
        "start_char": start,
        "end_char": stop,
        "rule": rule,
        "confidence_share": confidence if held.organization or held.organization_text else confidence - 0.08,
    }
