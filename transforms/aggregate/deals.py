"""Deals by where they come from and go to, and by sector.

A deal that several articles tell counts once. Money is summed within one currency only; a deal whose
amount is unknown is counted as unknown, never as nothing.
"""

from __future__ import annotations

import polars as pl

from warehouse.schema import hash_id_expr

_PAYERS = ("investor", "buyer", "proposer")
_HOSTS = ("government", "park", "party")
# Names of China in the name of a firm lead to no province, and to no country abroad.
_HOME = ("中国", "中华", "中")
_COUNTED = ("origin", "target", "sector_code", "sector", "stage", "month_on", "currency")


def value_deals(
    deals: pl.LazyFrame, quantities: pl.LazyFrame, articles: pl.LazyFrame, documents: pl.LazyFrame
) -> pl.LazyFrame:
    """Deals that count, with month and amount.

    Args:
        deals: `deal_id`, `article_id`, `document_id`, `same_as_deal_id`, `parent_deal_id`,
            `investment_cny`.
        quantities: `deal_id`, `dimension`, `currency`, `base_value`.
        articles: `article_id`, `duplicate_of`.
        documents: `document_id`, `issue_on`.

    Returns:
        One row per deal outside duplicates and other than phases of a deal, with `month_on: date` of issue
        (nullable), `currency: str` and `amount: f64` (both null where the amount is unknown). An amount
        outside the yuan counts only if it is the one sum of money in the deal.
    """
    foreign = (
        quantities.filter((pl.col("dimension") == "money") & pl.col("deal_id").is_not_null())
        .group_by("deal_id")
        .agg(
            money_count=pl.len(),
            foreign_currency=pl.col("currency").first(),
            foreign_amount=pl.col("base_value").first(),
        )
        .filter((pl.col("money_count") == 1) & (pl.col("foreign_currency") != "CNY"))
        .drop("money_count")
    )
    in_yuan = pl.col("investment_cny").is_not_null()
    return (
        deals.filter(pl.col("same_as_deal_id").is_null() & pl.col("parent_deal_id").is_null())
        .join(articles.filter(pl.col("duplicate_of").is_null()).select("article_id"), on="article_id")
        .join(documents.select("document_id", "issue_on"), on="document_id")
        .join(foreign, on="deal_id", how="left")
        .with_columns(
            month_on=pl.col("issue_on").dt.truncate("1mo"),
            currency=pl.when(in_yuan).then(pl.lit("CNY")).otherwise("foreign_currency"),
            amount=pl.when(in_yuan).then("investment_cny").otherwise("foreign_amount"),
        )
        .drop("foreign_currency", "foreign_amount", "issue_on")
    )


def locate_deals(
    valued: pl.LazyFrame, parties: pl.LazyFrame, mentions: pl.LazyFrame, entities: pl.LazyFrame
) -> pl.DataFrame:
    """Deals with the provinces that the money or partner comes from and goes to.

    Money comes from who pays; for works of which nobody is named that does, from who builds or owns them. It
    goes, the first that is known, to the firm whose shares are sold, the seller, the deal's place, the host,
    the owner of works, the partner of who pays. Of partners of which one is a government, a park or a place,
    that one receives; of other partners the first that is known is the origin. An origin that is not told, or
    whose province is not known, is null: no other side stands in for it, and one known partner is not both
    ends.

    Args:
        valued: As `value_deals` returns.
        parties: `deal_id`, `article_id`, `ordinal`, `entity_id`, `mention_id`, `party_role`.
        mentions: `mention_id`, `article_id`, `entity_id`, `parent_mention_id`, `entity_subtype`,
            `surface_text`, `start_char`, `province`.
        entities: `entity_id`, `entity_type`, `entity_subtype`, `province`.

    Returns:
        What `count_deal_flows` and `count_sector_activity` count: one row per deal, sorted by `deal_id`, with
        `origin: str` and `target: str` (nullable).
    """
    told = _party_provinces(parties, mentions, entities)
    role = pl.col("party_role").replace("builder", "partner")
    province = pl.col("party_province")
    is_partner = role == "partner"
    is_host, is_guest = is_partner & pl.col("is_host"), is_partner & ~pl.col("is_host")
    partners = province.filter(is_partner).drop_nulls()
    ends = told.group_by("deal_id", maintain_order=True).agg(
        payer=_first(province.filter(role.is_in(_PAYERS))),
        contractor=_first(province.filter(role == "contractor")),
        bought=_first(province.filter(role == "target")),
        seller=_first(province.filter(role == "seller")),
        host=_first(province.filter(role == "host")),
        owner=_first(province.filter(role == "owner")),
        host_partner=_first(province.filter(is_host)),
        guest_partner=_first(province.filter(is_guest)),
        first_partner=partners.first(),
        second_partner=partners.slice(1).first(),
        has_payer=role.is_in(_PAYERS).any(),
        has_contractor=(role == "contractor").any(),
        has_owner=(role == "owner").any(),
        is_hosted=is_host.any() & is_guest.any(),
    )
    place = entities.select(pl.col("entity_id").alias("place_id"), pl.col("province").alias("place_province"))
    # The one partner that is known, at home where the deal is: the other came from somewhere.
    is_at_home = pl.col("second_partner").is_null() & (pl.col("first_partner") == pl.col("place_province"))
    return (
        valued.join(ends, on="deal_id", how="left")
        .join(place, on="place_id", how="left")
        .with_columns(
            # The owner of a project gives, unless somebody invests in it or builds it for them.
            origin=pl.when("has_payer")
            .then("payer")
            .when("has_contractor")
            .then("contractor")
            .when("has_owner")
            .then("owner")
            .when("is_hosted")
            .then("guest_partner")
            .when(~is_at_home.fill_null(value=False))
            .then("first_partner"),
            target=pl.coalesce(
                "bought",
                "seller",
                "place_province",
                "host",
                pl.when(pl.col("has_payer") | pl.col("has_contractor")).then("owner"),
                pl.when("is_hosted")
                .then("host_partner")
                .when("has_payer")
                .then("first_partner")
                .otherwise("second_partner"),
            ),
        )
        .select("deal_id", "article_id", *_COUNTED, "amount")
        .sort("deal_id")
        .collect()
    )


def count_deal_flows(located: pl.DataFrame) -> pl.DataFrame:
    """Count deals from province to province, by sector, stage, month and currency.

    Args:
        located: As `locate_deals` returns, all deals of some months in order of their ids, because a sum of
            amounts depends on it.

    Returns:
        The rows of the table `deal_flows`, sorted by their keys.
    """
    keys = list(_COUNTED)
    return (
        located.lazy()
        .group_by(keys)
        .agg(*_sums())
        .with_columns(deal_flow_id=hash_id_expr("deal_flow", *keys))
        .sort(*keys, nulls_last=True)
        .collect()
    )


def count_sector_activity(located: pl.DataFrame) -> pl.DataFrame:
    """Count deals by sector, stage, month of issue and currency: a plan is no investment.

    Args:
        located: As `locate_deals` returns, all deals of some months in order of their ids.

    Returns:
        The rows of the table `sector_activity`, sorted by their keys.
    """
    keys = ["sector_code", "sector", "stage", "month_on", "currency"]
    return (
        located.lazy()
        .group_by(keys)
        .agg(*_sums(), article_count=pl.col("article_id").n_unique().cast(pl.Int64))
        .with_columns(sector_activity_id=hash_id_expr("sector_activity", *keys))
        .sort(*keys, nulls_last=True)
        .collect()
    )


def _party_provinces(parties: pl.LazyFrame, mentions: pl.LazyFrame, entities: pl.LazyFrame) -> pl.LazyFrame:
    """Parties in order with the province of their entity, or of the place that their name begins with.

    A short name (海纳食品) has the province of the full one in its article. A name that begins with a country
    abroad has none: 德国…（北京）有限公司.
    """
    place = pl.col("surface_text")
    names = (
        mentions.filter(pl.col("parent_mention_id").is_not_null() & ~place.is_in(_HOME))
        .sort("start_char", "mention_id")
        .group_by(pl.col("parent_mention_id").alias("mention_id"))
        .agg(
            name_province=pl.when(pl.col("entity_subtype").first().ne_missing("country")).then(
                _first(pl.col("province"))
            )
        )
    )
    full_names = (
        mentions.join(names, on="mention_id")
        .filter(pl.col("entity_id").is_not_null() & pl.col("name_province").is_not_null())
        .sort("start_char", "mention_id")
        .group_by("article_id", "entity_id")
        .agg(full_province=pl.col("name_province").first())
    )
    return (
        parties.join(
            entities.select("entity_id", "entity_type", "entity_subtype", "province"),
            on="entity_id",
            how="left",
        )
        .join(names, on="mention_id", how="left")
        .join(full_names, on=["article_id", "entity_id"], how="left")
        .with_columns(
            party_province=pl.coalesce("province", "name_province", "full_province"),
            is_host=((pl.col("entity_type") == "place") | pl.col("entity_subtype").is_in(_HOSTS)).fill_null(
                value=False
            ),
        )
        .sort("deal_id", "ordinal")
    )


def _first(provinces: pl.Expr) -> pl.Expr:
    return provinces.drop_nulls().first()


def _sums() -> tuple[pl.Expr, ...]:
    return (
        pl.len().cast(pl.Int64).alias("deal_count"),
        pl.when(pl.col("amount").is_not_null().any())
        .then(pl.col("amount").sum())
        .otherwise(None)
        .alias("investment_value"),
        pl.col("amount").is_null().sum().cast(pl.Int64).alias("unknown_amount_count"),
        pl.col("deal_id").sort().alias("deal_ids"),
    )
