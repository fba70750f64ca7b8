"""Links a deal to the first article that tells it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_OWN_TITLE_CHARS, _PLACED_TITLE_CHARS = 7, 4
# What has a name of its own ends so: a county has many projects, and one bridge of a name.
_WORKS = r"(?:桥|隧道|铁路|高铁|公路|高速|水库|灌区|电站|机场|码头|港|通道|运河|地铁|博物馆|医院|公园)$"
_STANDARD_TITLE = r"^.{0,2}(?:战略|全面|深度|友好)?(?:合作)?(?:框架)?(?:协议|协议书|备忘录|合同|合作|意向书)$"


def _own_title() -> pl.Expr:
    """The title where no other deal has it; of works with a short name (青川大桥) with their place."""
    title, place = pl.col("title"), pl.col("place_id")
    chars = title.str.len_chars()
    is_placed = (chars >= _PLACED_TITLE_CHARS) & place.is_not_null() & title.str.contains(_WORKS)
    return (
        pl.when(title.str.contains(_STANDARD_TITLE))
        .then(None)
        .when(chars >= _OWN_TITLE_CHARS)
        .then(title)
        .when(is_placed)
        .then(pl.concat_str(title, place, separator="@"))
    )


def _pairs(named: pl.DataFrame) -> pl.DataFrame:
    """Each two parties of a deal: `deal_id`, `one`, `two`."""
    return (
        named.join(named, on="deal_id", suffix="_two")
        .filter(pl.col("entity_id") < pl.col("entity_id_two"))
        .select("deal_id", one="entity_id", two="entity_id_two")
    )


def _first_before(new: pl.DataFrame, old: pl.DataFrame, alike: Sequence[str]) -> pl.DataFrame:
    """The first deal of another article that is alike: `rank_new`, `rank`.

    Deals of one article stand together in rank. So where the first of those alike is in the article itself,
    no other article comes before it, and nobody has to compare each with each.
    """
    first = old.sort("rank").group_by(alike).agg(pl.col("rank", "article_id").first())
    return (
        new.rename({"rank": "rank_new", "article_id": "article_id_new"})
        .join(first, on=alike)
        .filter((pl.col("rank") < pl.col("rank_new")) & (pl.col("article_id") != pl.col("article_id_new")))
        .select("rank_new", "rank")
    )


def related_deals(
    deals: pl.LazyFrame, parties: pl.LazyFrame, changed: pl.Series, gone: pl.DataFrame
) -> pl.Series:
    """Deals that may tell the same as another one since some documents changed.

    `link_same_deals` on these alone finds for each what it would find among all: whatever it may link is
    related, over any number of steps.

    Args:
        deals: `deal_id`, `document_id`, `title`, `place_id`, `same_as_deal_id` as found before.
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
    twos = _pairs(named)
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
        own = twos.join(new, on="deal_id", how="semi").select("one", "two").unique()
        reached = pl.concat(
            [
                told.join(titles, on="own_title", how="semi").select("deal_id"),
                twos.join(own, on=["one", "two"], how="semi").select("deal_id"),
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
        deals: `deal_id`, `article_id`, `document_id`, `deal_type`, `title`, `place_id`, `start_char`.
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
    by_title = told.filter(pl.col("own_title").is_not_null()).join(named, on="deal_id", how="left")
    titled = by_title.select("rank", "article_id", "own_title", "entity_id")
    is_unnamed = pl.col("entity_id").is_null()
    # By pairs of parties, not by single ones: a government is a party of thousands of deals.
    twos = _pairs(named).join(told, on="deal_id")
    pairs = twos.select("rank", "article_id", "one", "two", "deal_type", "own_title")
    is_untitled = pl.col("own_title").is_null()
    candidates = [
        _first_before(titled, titled, ["own_title", "entity_id"]),
        _first_before(titled, titled.filter(is_unnamed), ["own_title"]),
        _first_before(titled.filter(is_unnamed), titled, ["own_title"]),
        _first_before(pairs, pairs.filter(is_untitled), ["one", "two", "deal_type"]),
        _first_before(pairs.filter(is_untitled), pairs, ["one", "two", "deal_type"]),
    ]
    links = pl.concat(candidates).group_by("rank_new").agg(pl.col("rank").min())
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
