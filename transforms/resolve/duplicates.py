"""Articles that repeat another one, exactly or nearly."""

from __future__ import annotations

import polars as pl

_MIN_ARTICLE_CHARS = 20
_MIN_SENTENCE_CHARS = 8
_MAX_SENTENCE_USES = 100
_NEAR_SHARE = 0.8


def find_duplicates(articles: pl.LazyFrame, sentences: pl.LazyFrame, documents: pl.LazyFrame) -> pl.DataFrame:
    """Find articles of which at least four fifths stand in an earlier one, sentence by sentence.

    White space and punctuation do not count. Of two articles the earlier by day of issue, then by id, is
    the original, so the answer does not depend on the order of input; an original is no duplicate itself.
    Articles under 20 characters are never duplicates: two briefs may both say 本报讯 and little more.
    Sentences that stand in more than 100 articles are formulas and say nothing.

    Args:
        articles: `article_id: str`, `document_id: str`.
        sentences: `article_id: str`, `text: str`.
        documents: `document_id: str`, `issue_on: date` (nullable).

    Returns:
        One row per duplicate article, sorted by `article_id`: `article_id: str`, `duplicate_of: str`.
    """
    order = (
        articles.select("article_id", "document_id")
        .join(documents.select("document_id", "issue_on"), on="document_id")
        .sort("issue_on", "article_id", nulls_last=True)
        .with_row_index("rank")
        .select("article_id", "rank")
    )
    parts = (
        sentences.select("article_id", words=pl.col("text").str.replace_all(r"[\s\p{P}]", ""))
        .with_columns(chars=pl.col("words").str.len_chars())
        .filter(pl.col("chars") >= _MIN_SENTENCE_CHARS)
        .with_columns(words=pl.col("words").hash())
        .unique()
        .join(order, on="article_id")
        .with_columns(total=pl.col("chars").sum().over("article_id"))
        .filter((pl.col("total") >= _MIN_ARTICLE_CHARS) & (pl.len().over("words") <= _MAX_SENTENCE_USES))
        .collect()
        .lazy()
    )
    pairs = (
        parts.join(parts.select("words", original="rank"), on="words")
        .filter(pl.col("original") < pl.col("rank"))
        .group_by("rank", "original")
        .agg(pl.col("chars").sum(), pl.col("total").first())
        .filter(pl.col("chars") >= _NEAR_SHARE * pl.col("total"))
        .group_by("rank")
        .agg(pl.col("original").min())
        .sort("rank")
        .collect()
    )
    # A copy of a copy repeats the first of them.
    first: dict[int, int] = {}
    for rank, original in pairs.iter_rows():
        first[rank] = first.get(original, original)
    by_rank = order.collect()["article_id"]
    return pl.DataFrame(
        {
            "article_id": [by_rank[rank] for rank in first],
            "duplicate_of": [by_rank[original] for original in first.values()],
        },
        schema={"article_id": pl.String, "duplicate_of": pl.String},
    ).sort("article_id")
