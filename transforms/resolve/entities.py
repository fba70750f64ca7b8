"""Mentions of one thing meet in one entity, over the whole corpus."""

from __future__ import annotations

import polars as pl

from warehouse.schema import hash_id_expr


def link_mentions(mentions: pl.LazyFrame) -> pl.DataFrame:
    """Give every mention its entity: equal names of one type are one thing, places go by their code.

    Args:
        mentions: One row per mention: `mention_id: str`, `entity_type: str`, `surface_text: str`,
            `adcode: str` (nullable).

    Returns:
        One row per mention, sorted by `mention_id`: `mention_id: str`, `entity_id: str`, `name: str`
        (the surface without white space).
    """
    name = pl.col("surface_text").str.replace_all(r"\s", "")
    identity = pl.when(pl.col("entity_type") == "place").then(pl.coalesce("adcode", "name"))
    return (
        mentions.select("mention_id", "entity_type", "adcode", name=name)
        .with_columns(entity_id=hash_id_expr("entity", "entity_type", identity.otherwise(pl.col("name"))))
        .select("mention_id", "entity_id", "name")
        .sort("mention_id")
        .collect()
    )


def describe_entities(
    mentions: pl.LazyFrame, articles: pl.LazyFrame, documents: pl.LazyFrame, links: pl.DataFrame
) -> pl.DataFrame:
    """One row per entity with its names and how often and when it is named.

    The canonical name is the most frequent one, the longer and then the first by code point where two are
    equal. Mentions in duplicate articles do not count; an entity that only they name counts 0.

    Args:
        mentions: `mention_id`, `article_id`, `document_id`, `entity_type`, `entity_subtype`, `adcode`,
            `province`.
        articles: `article_id`, `duplicate_of`.
        documents: `document_id`, `issue_on`.
        links: As `link_mentions` returns.

    Returns:
        The rows of the table `entities`, sorted by `entity_id`.
    """
    joined = (
        mentions.join(links.lazy(), on="mention_id")
        .join(articles.select("article_id", "duplicate_of"), on="article_id")
        .join(documents.select("document_id", "issue_on"), on="document_id")
        .with_columns(counts=pl.col("duplicate_of").is_null())
    )
    names = (
        joined.group_by("entity_id", "name")
        .agg(pl.len().alias("uses"))
        .sort(
            ["entity_id", "uses", pl.col("name").str.len_chars(), "name"],
            descending=[False, True, True, False],
        )
        .group_by("entity_id", maintain_order=True)
        .agg(pl.col("name").first(), aliases=pl.col("name").slice(1).sort())
    )
    counted = pl.col("counts")
    return (
        joined.sort("mention_id")
        .group_by("entity_id")
        .agg(
            pl.col("entity_type").first(),
            *(
                # The most frequent value; the smallest of those where several are.
                pl.col(column).drop_nulls().mode().min().alias(column)
                for column in ("entity_subtype", "adcode", "province")
            ),
            mention_count=counted.sum().cast(pl.Int64),
            article_count=pl.col("article_id").filter(counted).n_unique().cast(pl.Int64),
            document_count=pl.col("document_id").filter(counted).n_unique().cast(pl.Int64),
            first_on=pl.col("issue_on").filter(counted).min(),
            last_on=pl.col("issue_on").filter(counted).max(),
        )
        .join(names, on="entity_id")
        .sort("entity_id")
        .collect()
    )
