"""Rules on what the articles say: plausible dates, money with a currency, nested spans."""

from __future__ import annotations

from datetime import date

import polars as pl

from expectations.derive import Rule, Staged

# Newspapers in Chinese begin in the 19th century; plans reach to the middle of the 21st.
_EARLIEST = date(1000, 1, 1)
_LATEST = date(2150, 12, 31)


def _plausible_dates(staged: Staged) -> pl.LazyFrame:
    return staged.rows("dates").filter((pl.col("start_on") < _EARLIEST) | (pl.col("end_on") > _LATEST))


def _dates_in_order(staged: Staged) -> pl.LazyFrame:
    # One end may be open: 明年起, 10月1日前.
    return staged.rows("dates").filter(pl.col("start_on") > pl.col("end_on"))


def _money_has_currency(staged: Staged) -> pl.LazyFrame:
    dimension, has_currency = pl.col("dimension"), pl.col("currency").is_not_null()
    # A price is a rate with a currency: 150元 of 每亩150元.
    is_wrong = (dimension == "money") & ~has_currency | ~dimension.is_in(["money", "rate"]) & has_currency
    return staged.rows("quantities").filter(is_wrong)


def _nested_inside_parent(staged: Staged) -> pl.LazyFrame:
    parents = staged.beside("mentions").select(
        pl.col("mention_id").alias("parent_mention_id"),
        pl.col("article_id").alias("parent_article_id"),
        pl.col("start_char").alias("parent_start"),
        pl.col("end_char").alias("parent_end"),
    )
    return (
        staged.rows("mentions")
        .join(parents, on="parent_mention_id", how="inner")
        .filter(
            (pl.col("article_id") != pl.col("parent_article_id"))
            | (pl.col("start_char") < pl.col("parent_start"))
            | (pl.col("end_char") > pl.col("parent_end"))
        )
        .drop("parent_article_id", "parent_start", "parent_end")
    )


def _pages_without_article(staged: Staged) -> pl.LazyFrame:
    with_article = staged.rows("articles").select("page_id").unique()
    has_text = pl.col("raw_text").str.contains(r"\S")
    return staged.rows("pages").filter(has_text).join(with_article, on="page_id", how="anti").drop("raw_text")


def _expected_after_dated(staged: Staged) -> pl.LazyFrame:
    return staged.rows("deals").filter(pl.col("expected_on") < pl.col("dated_on"))


def _own_parent(staged: Staged) -> pl.LazyFrame:
    is_own = (pl.col("parent_deal_id") == pl.col("deal_id")) | (
        pl.col("same_as_deal_id") == pl.col("deal_id")
    )
    return staged.rows("deals").filter(is_own)


_TOLD_ALONE = ("project", "institution", "joint_laboratory")


def _deals_without_party(staged: Staged) -> pl.LazyFrame:
    parties = staged.rows("deal_parties").select("deal_id").unique()
    # Public works and new bodies are often told without who is behind them; two sides make the rest a deal.
    papers = staged.rows("deals").filter(
        pl.col("parent_deal_id").is_null() & ~pl.col("deal_type").is_in(_TOLD_ALONE)
    )
    return papers.join(parties, on="deal_id", how="anti")


RULES = (
    Rule(
        "dates_plausible",
        "dates",
        f"A date lies between {_EARLIEST.year} and {_LATEST.year}; a text on history may name another.",
        _plausible_dates,
        "warn",
    ),
    Rule("dates_in_order", "dates", "A date does not end before it starts.", _dates_in_order),
    Rule(
        "money_has_currency", "quantities", "Money has a currency; else only a rate may.", _money_has_currency
    ),
    Rule("nested_inside_parent", "mentions", "A nested mention is inside its parent.", _nested_inside_parent),
    Rule("page_has_article", "pages", "A page with text has an article.", _pages_without_article, "warn"),
    Rule(
        "expected_on_not_before_dated_on",
        "deals",
        "A deal is not due before its day.",
        _expected_after_dated,
        "warn",
    ),
    Rule("deal_is_not_its_own_parent", "deals", "A deal is no part or copy of itself.", _own_parent),
    Rule(
        "deal_has_party",
        "deals",
        "An agreement, purchase, bid or partnership has at least one party.",
        _deals_without_party,
        "warn",
    ),
)
