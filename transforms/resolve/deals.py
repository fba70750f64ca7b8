"""Links a deal to the first article that tells it."""

from __future__ import annotations

import polars as pl

_OWN_TITLE_CHARS = 7
_STANDARD_TITLE = r"^.{0,2}(?:战略|全面|深度|友好)?(?:合作)?(?:框架)?(?:协议|协议书|备忘录|合同|合作|意向书)$"


def _own_title() -> pl.Expr:
    title = pl.col("title")
    is_own = title.str.len_chars().ge(_OWN_TITLE_CHARS) & ~title.str.contains(_STANDARD_TITLE)
    return pl.when(is_own).then("title")


def related_deals(
    deals: pl.LazyFrame, parties: pl.LazyFrame, changed: pl.Series, gone: pl.DataFrame
) -> pl.Series:
    """Deals that may tell the same as another one since some documents changed.

    `link_same_deals` on these alone finds for each what it would find among all: whatever it may link is
    related, over any number of steps.

    Args:
        deals: `deal_id`, `document_id`, `title`, `same_as_deal_id` as found before.
        parties: `deal_id`, `entity_id`.
        changed: The changed documents.
        gone: Deals of these documents as they were: `deal_id`, `same_as_deal_id`.

    Returns:
        Their ids, sorted.
    """
    told = deals.select("deal_id", "document_id", "same_as_deal_id", own_title=_own_title()).collect()
    named = (
        parties.filter(pl.col("entity_id").is_not_null()).select("deal_id", "entity_id").unique().collect()
    )
    group = pl.coalesce("same_as_deal_id", "deal_id").alias("group")
    groups = told.select("deal_id", group)
    old = gone.select(group)
    found = pl.concat(
        [
            told.filter(pl.col("document_id").is_in(changed.implode())).select("deal_id"),
            groups.join(old, on="group", how="semi").select("deal_id"),
        ]
    ).unique()
    new = found
    while new.height:
        titles = told.join(new, on="deal_id", how="semi").select("own_title").drop_nulls().unique()
        own = named.join(new, on="deal_id", how="semi").rename({"deal_id": "from_id"})
        reached = pl.concat(
            [
                told.join(titles, on="own_title", how="semi").select("deal_id"),
                named.join(own, on="entity_id")
                .group_by("deal_id", "from_id")
                .len()
                .filter(pl.col("len") >= 2)
                .select("deal_id"),
                groups.join(groups.join(new, on="deal_id", how="semi"), on="group", how="semi").select(
                    "deal_id"
                ),
            ]
        ).unique()
        new = reached.join(found, on="deal_id", how="anti")
        found = pl.concat([found, new])
    return found["deal_id"].sort()


def link_same_deals(deals: pl.LazyFrame, parties: pl.LazyFrame, documents: pl.LazyFrame) -> pl.DataFrame:
    """Find the deals that an earlier article tells already.

    Two deals of two articles are one if they have a title of their own in common and no different parties,
    or if they are of one type, have two parties in common and at most one of them has a title of its own.

    Args:
        deals: `deal_id`, `article_id`, `document_id`, `deal_type`, `title`, `start_char`.
        parties: `deal_id`, `entity_id`.
        documents: `document_id`, `issue_on`.

    Returns:
        One row per deal: `deal_id: str`, `same_as_deal_id: str` (null for the first that tells it).
    """
    told = (
        deals.join(documents.select("document_id", "issue_on"), on="document_id", how="left")
        .with_columns(own_title=_own_title())
        .sort("issue_on", "article_id", "start_char", "deal_id", nulls_last=True)
        .select("deal_id", "article_id", "deal_type", "own_title")
        .with_row_index("rank")
        .collect()
    )
    named = (
        parties.filter(pl.col("entity_id").is_not_null()).select("deal_id", "entity_id").unique().collect()
    )
    shared = (
        named.join(named, on="entity_id", suffix="_new")
        .filter(pl.col("deal_id") != pl.col("deal_id_new"))
        .group_by("deal_id", "deal_id_new")
        .agg(shared_count=pl.len())
    )
    is_named = pl.col("deal_id").is_in(named["deal_id"].unique().implode())
    told = told.with_columns(has_names=is_named)
    by_title = told.filter(pl.col("own_title").is_not_null()).join(told, on="own_title", suffix="_new")
    by_title = by_title.join(shared, on=["deal_id", "deal_id_new"], how="left").filter(
        pl.col("shared_count").is_not_null() | ~(pl.col("has_names") & pl.col("has_names_new"))
    )
    by_names = (
        shared.filter(pl.col("shared_count") >= 2)
        .join(told, on="deal_id")
        .join(told, left_on=["deal_id_new", "deal_type"], right_on=["deal_id", "deal_type"], suffix="_new")
        .filter(pl.col("own_title").is_null() | pl.col("own_title_new").is_null())
    )
    columns = ["rank", "rank_new", "article_id", "article_id_new"]
    links = (
        pl.concat([by_title.select(columns), by_names.select(columns)])
        .filter((pl.col("rank") < pl.col("rank_new")) & (pl.col("article_id") != pl.col("article_id_new")))
        .group_by("rank_new")
        .agg(pl.col("rank").min())
    )
    first: dict[int, int] = {}
    for new, old in links.sort("rank_new").iter_rows():
        first[new] = first.get(old, old)
    ids = told["deal_id"].to_list()
    return told.select(
        "deal_id",
        same_as_deal_id=pl.Series(
            [ids[first[r]] if r in first else None for r in told["rank"]], dtype=pl.String
        ),
    )
