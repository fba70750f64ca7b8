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
# Marks at which the words in front of a name begin.
STOP = re.compile(r"[。！？；：，!?;:,\n“”\"‘’《》]|—{2,}")
# What a row says of the body.
BODY_KEYS = ("organization_mention_index", "organization_text", "level")
# 某某，女，1963年生，汉族，某地人: facts of a life in front of the title.
FACTS = re.compile(
    r"(?:[，,](?:[男女]|\w{1,4}族|\w{1,6}岁|\w{2,6}人|\w{4,9}出?生|\w{0,4}党员|\w{0,4}(?:本科|硕士|博士|学历)))*"
)
# 学院某某书记、我院某某院长
POINTED = re.compile("(?:^|[，。；、和与\n])(?P<body>我[校院所局]|学院|学校|公司|集团|医院|协会|商会)$")


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
        "organization_mention_index": _body_of(held),
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


def _body_of(held: Held) -> int | None:
    """The mention of the body; a place that only opens the body's name (某市 of 某市某基地) is none."""
    body = held.organization
    if body is None:
        return None
    words = (held.organization_text or body.text).rstrip("委】")
    return body.index if body.entity_type == "organization" or words.endswith(body.text) else None
