"""Counts of mentions by day, pair and place.

Mentions nested in a longer one (the place in a firm's name) and those of duplicate articles do not count.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from transforms.counts import add_up
from warehouse.schema import hash_id_expr


def countable_mentions(
    mentions: pl.LazyFrame, articles: pl.LazyFrame, documents: pl.LazyFrame
) -> pl.LazyFrame:
    """Mentions that count, with the day of issue.

    Args:
        mentions: `mention_id`, `article_id`, `document_id`, `sentence_id`, `entity_id`, `entity_type`,
            `parent_mention_id`.
        articles: `article_id`, `duplicate_of`.
        documents: `document_id`, `issue_on`.

    Returns:
        The mentions outside duplicates and outside a longer mention, with `issue_on: date` (nullable).
    """
    return (
        mentions.filter(pl.col("parent_mention_id").is_null() & pl.col("entity_id").is_not_null())
        .join(articles.filter(pl.col("duplicate_of").is_null()).select("article_id"), on="article_id")
        .join(documents.select("document_id", "issue_on"), on="document_id")
    )


def count_entities_daily(countable: pl.LazyFrame) -> pl.DataFrame:
    """Count mentions per entity and day of issue; a missing row means none.

    Args:
        countable: As `countable_mentions` returns.

    Returns:
        The rows of the table `entity_daily`, sorted by `entity_id`, `issue_on`.
    """
    return (
        countable.group_by("entity_id", "issue_on")
        .agg(
            mention_count=pl.len().cast(pl.Int64),
            article_count=pl.col("article_id").n_unique().cast(pl.Int64),
            document_count=pl.col("document_id").n_unique().cast(pl.Int64),
            mention_ids=pl.col("mention_id").sort(),
        )
        .with_columns(entity_daily_id=hash_id_expr("entity_daily", "entity_id", "issue_on"))
        .sort("entity_id", "issue_on")
        .collect()
    )


def name_articles(countable: pl.LazyFrame, *, max_entities: int = 60) -> pl.DataFrame:
    """The entities of each article.

    Args:
        countable: As `countable_mentions` returns, of whole articles.
        max_entities: An article with more entities than this, such as a list of names, says little of any
            two of them and would add thousands of pairs: its most named ones count.

    Returns:
        One row per article and entity: `month_on: date` (nullable), `article_id`, `entity_id`,
        `sentence_id: list[str]`.
    """
    return (
        countable.with_columns(month_on=pl.col("issue_on").dt.truncate("1mo"))
        .group_by("month_on", "article_id", "entity_id")
        .agg(pl.len().alias("uses"), pl.col("sentence_id").unique())
        .filter(
            pl.struct(-pl.col("uses").cast(pl.Int64), "entity_id").rank("ordinal").over("article_id")
            <= max_entities
        )
        .drop("uses")
        .collect()
    )


def pair_entities(named: pl.DataFrame) -> pl.DataFrame:
    """Each two entities of an article.

    Args:
        named: As `name_articles` returns.

    Returns:
        `month_on`, `left_entity_id`, `right_entity_id`, `article_id`, `shared: list[str]`, the sentences that
        name both.
    """
    left = named.lazy().select(
        "month_on", "article_id", pl.col("entity_id").alias("left_entity_id"), "sentence_id"
    )
    return (
        left.join(
            left.drop("month_on").rename(
                {"left_entity_id": "right_entity_id", "sentence_id": "right_sentences"}
            ),
            on="article_id",
        )
        .filter(pl.col("left_entity_id") < pl.col("right_entity_id"))
        .select(
            "month_on",
            "left_entity_id",
            "right_entity_id",
            "article_id",
            shared=pl.col("sentence_id").list.set_intersection("right_sentences"),
        )
        .collect()
    )


def count_articles(named: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Articles of a month, and those that name an entity.

    Args:
        named: As `name_articles` returns, some articles at a time.

    Returns:
        `month_on`, `entity_id`, `articles`; `entity_id` is null where all articles of the month are meant.
    """
    return add_up(map(_articles_of, named), ["month_on", "entity_id"], "articles")


def _articles_of(named: pl.DataFrame) -> pl.DataFrame:
    of_month = named.group_by("month_on").agg(articles=pl.col("article_id").n_unique())
    of_entity = named.group_by("month_on", "entity_id").agg(articles=pl.len())
    return pl.concat([of_entity, of_month], how="diagonal")


def count_entity_pairs(pairs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Count the articles and sentences of a month that name two entities together, and how far beyond chance.

    Months are apart, so that a new page changes no other month's rows; counts of months may be added.

    Args:
        pairs: As `pair_entities` returns, all rows of some pairs.
        articles: As `count_articles` returns, of all articles of the months.

    Returns:
        The rows of the table `entity_pairs`, sorted by month and both ids. `npmi` is the normalised pointwise
        mutual information of the two over the month's articles: null where both are in every one. It is
        highest for two that were named once, together; `log_likelihood` grows with the evidence and ranks
        such pairs low.

    Source: G. Bouma, Normalized (Pointwise) Mutual Information in Collocation Extraction, 2009. T. Dunning,
    Accurate Methods for the Statistics of Surprise and Coincidence, 1993.
    """
    of_month = pl.col("entity_id").is_null()
    months = articles.lazy().filter(of_month).select("month_on", all_articles="articles")
    totals = articles.lazy().filter(~of_month)
    total = pl.col("all_articles")
    together = pl.col("article_count") / total
    apart = (pl.col("articles") / total) * (pl.col("right_articles") / total)
    return (
        pairs.lazy()
        .group_by("month_on", "left_entity_id", "right_entity_id")
        .agg(article_ids=pl.col("article_id").sort(), sentence_ids=pl.col("shared").list.explode())
        .with_columns(pl.col("sentence_ids").list.drop_nulls().list.sort())
        .with_columns(
            article_count=pl.col("article_ids").list.len().cast(pl.Int64),
            sentence_count=pl.col("sentence_ids").list.len().cast(pl.Int64),
        )
        # Left joins keep their order: Polars orders inner joins anew, and may join the totals with each other
        # over the month they share, which is every pair of entities there is.
        .join(months, on="month_on", how="left", nulls_equal=True)
        .join(
            totals.rename({"entity_id": "left_entity_id"}),
            on=["month_on", "left_entity_id"],
            how="left",
            nulls_equal=True,
        )
        .join(
            totals.rename({"entity_id": "right_entity_id", "articles": "right_articles"}),
            on=["month_on", "right_entity_id"],
            how="left",
            nulls_equal=True,
        )
        .with_columns(
            log_likelihood=_log_likelihood(total),
            npmi=pl.when(together < 1).then(((together / apart).log() / -together.log()).clip(-1, 1)),
            entity_pair_id=hash_id_expr("entity_pair", "left_entity_id", "right_entity_id", "month_on"),
        )
        .sort("month_on", "left_entity_id", "right_entity_id", nulls_last=True)
        .collect()
    )


def _log_likelihood(total: pl.Expr) -> pl.Expr:
    """G squared of the 2 by 2 table of articles with and without either, signed by the direction."""
    both = pl.col("article_count").cast(pl.Float64)
    left, right = pl.col("articles").cast(pl.Float64), pl.col("right_articles").cast(pl.Float64)
    cells = (
        (both, left * right / total),
        (left - both, left * (total - right) / total),
        (right - both, (total - left) * right / total),
        (total - left - right + both, (total - left) * (total - right) / total),
    )
    terms = [pl.when(seen > 0).then(seen * (seen / chance).log()).otherwise(0.0) for seen, chance in cells]
    strength = (2 * pl.sum_horizontal(terms)).clip(0)
    return pl.when(both < left * right / total).then(-strength).otherwise(strength)


def name_places(countable: pl.LazyFrame, valued: pl.LazyFrame) -> pl.DataFrame:
    """Mentions of places and deals at them, a row each.

    Args:
        countable: As `countable_mentions` returns.
        valued: As `value_deals` returns: a phase of a deal and a deal told before do not count.

    Returns:
        `entity_id`, `month_on: date` (nullable), and of a mention `article_id` and `mention_id`, of a deal
        `deal_id`; the others are null.
    """
    month = pl.col("issue_on").dt.truncate("1mo").alias("month_on")
    named = countable.filter(pl.col("entity_type") == "place").select(
        "entity_id", month, "article_id", "mention_id"
    )
    done = valued.filter(pl.col("place_id").is_not_null()).select(
        pl.col("place_id").alias("entity_id"), "month_on", "deal_id"
    )
    return pl.concat([named, done], how="diagonal").collect()


def count_place_activity(places: pl.DataFrame) -> pl.DataFrame:
    """Count mentions of each place and deals at it per month of issue.

    Args:
        places: As `name_places` returns, all rows of some places.

    Returns:
        The rows of the table `place_activity`, sorted by `entity_id`, `month_on`.
    """
    keys = ["entity_id", "month_on"]
    return (
        places.lazy()
        .group_by(keys)
        .agg(
            article_count=pl.col("article_id").drop_nulls().n_unique().cast(pl.Int64),
            mention_ids=pl.col("mention_id").drop_nulls().sort(),
            deal_ids=pl.col("deal_id").drop_nulls().sort(),
        )
        .with_columns(
            mention_count=pl.col("mention_ids").list.len().cast(pl.Int64),
            deal_count=pl.col("deal_ids").list.len().cast(pl.Int64),
            place_activity_id=hash_id_expr("place_activity", *keys),
        )
        .sort(keys)
        .collect()
    )
