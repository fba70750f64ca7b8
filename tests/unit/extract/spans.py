"""Frames for the tests of rules that read text together with mentions."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl


def frames(
    text: str, marks: Mapping[str, str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Articles, sentences and mentions of one text.

    Args:
        text: The article.
        marks: Surface to entity type; every occurrence outside a longer mark becomes a mention.
    """
    articles = pl.DataFrame({"article_id": ["a1"], "text": [text]})
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^。！？\n]+[。！？]?[”\"]?", text)]
    sentences = pl.DataFrame(
        [
            {"article_id": "a1", "ordinal": i, "text": text[a:b], "start_char": a, "end_char": b}
            for i, (a, b) in enumerate(spans)
        ]
    )
    rows = []
    taken = [False] * len(text)
    for surface, kind in sorted((marks or {}).items(), key=lambda item: -len(item[0])):
        for found in re.finditer(re.escape(surface), text):
            if not any(taken[found.start() : found.end()]):
                taken[found.start() : found.end()] = [True] * len(surface)
                rows.append(
                    {
                        "article_id": "a1",
                        "entity_type": kind,
                        "surface_text": surface,
                        "start_char": found.start(),
                        "end_char": found.end(),
                    }
                )
    schema = {
        "article_id": pl.String,
        "entity_type": pl.String,
        "surface_text": pl.String,
        "start_char": pl.UInt32,
        "end_char": pl.UInt32,
    }
    mentions = pl.DataFrame(rows, schema=schema).sort("start_char").with_row_index("mention_index")
    return articles, sentences, mentions


def deal_rows(
    deals: pl.DataFrame, parties: pl.DataFrame
) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    """Type, stage, title and the words of the parties of each deal."""
    return [
        (
            row["deal_type"],
            row["stage"],
            row["title"],
            tuple(parties.filter(pl.col("deal_index") == row["deal_index"])["surface_text"]),
        )
        for row in deals.iter_rows(named=True)
    ]


def deal_sides(
    deals: pl.DataFrame, parties: pl.DataFrame
) -> list[tuple[str, str, str | None, dict[str, str]]]:
    """Type, stage and title of each deal, and the role of each of its parties by its words."""
    sides: dict[int, dict[str, str]] = {index: {} for index in deals["deal_index"]}
    for index, words, role in parties.select("deal_index", "surface_text", "party_role").iter_rows():
        sides[index][words] = role
    columns = deals.select("deal_index", "deal_type", "stage", "title").iter_rows()
    return [(kind, stage, title, sides[index]) for index, kind, stage, title in columns]
