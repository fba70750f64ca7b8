"""Articles that repeat another one."""

from __future__ import annotations

import polars as pl


def find_duplicates(articles: pl.LazyFrame, documents: pl.LazyFrame) -> pl.DataFrame:
    """Find articles whose text another article has already, white space and punctuation aside.

    The original is the one with the earliest day of issue, then the smallest id, so that the answer does
    not depend on the order of input. Texts under 20 characters are never duplicates: two briefs may both
    say 本报讯 and little more.

    Args:
        articles: `article_id: str`, `document_id: str`, `text: str`.
        documents: `document_id: str`, `issue_on: date` (nullable).

    Returns:
        One row per duplicate article, sorted by `article_id`: `article_id: str`, `duplicate_of: str`.
    """
    ordered = (
        articles.select("article_id", "document_id", words=pl.col("text").str.replace_all(r"[\s\p{P}]", ""))
        .filter(pl.col("words").str.len_chars() >= 20)
        .join(documents.select("document_id", "issue_on"), on="document_id")
        .sort("issue_on", "article_id", nulls_last=True)
    )
    original = pl.col("article_id").first().over("words")
    return (
        ordered.with_columns(duplicate_of=original)
        .filter(pl.col("article_id") != pl.col("duplicate_of"))
        .select("article_id", "duplicate_of")
        .sort("article_id")
        .collect()
    )
