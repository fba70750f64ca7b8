"""Deals as the report shows them: pure queries, as in `data`."""

from __future__ import annotations

import polars as pl

from warehouse.report.data import Rows, Scan, clean_rows, names, open_year, with_excerpt

_REF = ("page_id", "raw_start", "raw_end")
_TELLS_MONEY_CHARS = 160
_FIRM = ("signed", "unveiled", "landed", "building", "operating")
_VAGUE = ("unknown", "ended")
_DAYS = ("day", "part_of_day")


def deal_rows(scan: Scan, limit: int) -> tuple[Rows, int]:
    """Deals with their parties, amounts and the words around them.

    The newest issue comes first, in it what is signed, landed or built before plans, and those before deals
    of unknown stage; then the most money. A deal told again in another article is counted with its first
    telling (`told`). Where the day's year is open, `dated_text` is the day in the words of the text and
    `dated_candidates` what it can be.

    Returns:
        Rows and the number of deals they were chosen from.
    """
    all_deals = scan("deals")
    told = all_deals.group_by(pl.coalesce("same_as_deal_id", "deal_id").alias("deal_id")).agg(
        pl.len().alias("told")
    )
    firsts = all_deals.filter(pl.col("same_as_deal_id").is_null())
    total = firsts.select(pl.len()).collect().item()
    documents = scan("documents").select("document_id", "publication", "issue_on")
    headlines = scan("articles").select("article_id", "headline")
    wholes = all_deals.select(
        pl.col("deal_id").alias("parent_deal_id"),
        pl.coalesce("title", "surface_text").alias("parent_title"),
        *(pl.col(name).alias(f"parent_{name}") for name in _REF),
    )
    stage = pl.col("stage")
    firmness = pl.when(stage.is_in(_FIRM)).then(0).when(stage.is_in(_VAGUE)).then(2).otherwise(1)
    chosen = (
        firsts.join(documents, on="document_id", how="left", maintain_order="left")
        .with_columns(firmness.alias("_firmness"))
        .sort(
            "issue_on", "_firmness", "investment_cny", "document_id", "raw_start",
            descending=[True, False, True, False, False], nulls_last=True,
        )
        .head(limit)
        .join(told, on="deal_id", how="left", maintain_order="left")
        .join(headlines, on="article_id", how="left", maintain_order="left")
        .join(names(scan, "place_id", "place"), on="place_id", how="left", maintain_order="left")
        .join(wholes, on="parent_deal_id", how="left", maintain_order="left")
        .collect()
    )  # fmt: skip
    keys = chosen.lazy().select("deal_id")
    parties = (
        scan("deal_parties")
        .join(keys, on="deal_id", how="semi")
        .join(names(scan, "entity_id", "name"), on="entity_id", how="left")
        .join(names(scan, "signatory_id", "signatory"), on="signatory_id", how="left")
        .sort("deal_id", "ordinal")
        .group_by("deal_id")
        .agg(
            pl.struct(
                pl.coalesce("name", "surface_text").alias("name"),
                "surface_text",
                "entity_id",
                "party_role",
                "signatory",
                "signatory_id",
                *_REF,
            ).alias("parties")
        )
    )
    amounts = (
        scan("quantities")
        .join(keys, on="deal_id", how="semi")
        .sort("deal_id", "raw_start")
        .group_by("deal_id")
        .agg(
            pl.struct("surface_text", "dimension", "measures", "currency", "bound", "base_value", *_REF)
            .head(8)
            .alias("amounts"),
            pl.col("raw_end").max().alias("_amounts_end"),
        )
    )
    end = pl.col("raw_end")
    rows = with_excerpt(
        scan,
        chosen.lazy()
        .join(parties, on="deal_id", how="left", maintain_order="left")
        .join(amounts, on="deal_id", how="left", maintain_order="left")
        .join(_open_days(scan, chosen.lazy()), on="deal_id", how="left", maintain_order="left")
        # The excerpt reaches on to the money that is told behind the deal.
        .with_columns(
            pl.when(pl.col("_amounts_end") <= end + _TELLS_MONEY_CHARS).then("_amounts_end").alias("reach")
        )
        .collect(),
    )
    kept = (
        "deal_id", "deal_type", "stage", "title", "mode", "dated_on", "dated_end_on", "dated_by",
        "dated_text", "dated_candidates", "expected_on", "investment_cny", "place", "sector",
        "parent_deal_id", "parent_title", *(f"parent_{name}" for name in _REF), "surface_text", "headline",
        "publication", "issue_on", "told",
        "parties", "amounts", "before", "marked", "after", "rule", "confidence_share", *_REF,
    )  # fmt: skip
    return clean_rows(rows.select(kept)), total


def _open_days(scan: Scan, deals: pl.LazyFrame) -> pl.LazyFrame:
    """Words and candidates of the day of deals that have one whose year is open.

    A deal of the event has the first such day of its article, any other the last such date of its sentence.
    """
    wanted = deals.filter(pl.col("dated_on").is_null() & pl.col("dated_by").is_not_null()).select(
        "deal_id", "article_id", "sentence_id", "dated_by", "start_char", pl.col("end_char").alias("deal_end")
    )
    sentences = scan("sentences").select("sentence_id", pl.col("start_char").alias("sentence_start"))
    dates = (
        scan("dates")
        .filter(open_year())
        .select(
            "article_id",
            pl.col("surface_text").alias("dated_text"),
            pl.col("candidates").alias("dated_candidates"),
            pl.col("start_char").alias("at"),
            pl.col("end_char").alias("date_end"),
            pl.col("granularity").is_in(_DAYS).alias("is_day"),
        )
    )
    is_own = pl.col("dated_by") == "own"
    first = pl.min_horizontal("sentence_start", "start_char")
    in_sentence = (pl.col("at") >= first) & (pl.col("date_end") <= pl.col("deal_end"))
    return (
        wanted.join(sentences, on="sentence_id", how="left")
        .join(dates, on="article_id")
        .filter(pl.when(is_own).then(in_sentence).otherwise("is_day"))
        .sort("deal_id", pl.when(is_own).then(-pl.col("at").cast(pl.Int64)).otherwise("at"))
        .unique("deal_id", keep="first", maintain_order=True)
        .select("deal_id", "dated_text", "dated_candidates")
    )
