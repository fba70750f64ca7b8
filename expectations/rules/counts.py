"""Rules that hold tables against each other: counts that add up, and readings unlike the others."""

from __future__ import annotations

import polars as pl

from expectations.derive import Rule, Staged

_MIN_SENTENCES = 8
_UNUSUAL_SHARE = 0.2
_MIN_DAYS = 7


def _entities_add_up(staged: Staged) -> pl.LazyFrame:
    daily = (
        staged.everything("entity_daily")
        .join(staged.rows("entities").select("entity_id"), on="entity_id", how="semi")
        .group_by("entity_id")
        .agg(pl.col("mention_count").sum().alias("sum"))
    )
    return (
        staged.rows("entities")
        .join(daily, on="entity_id", how="left")
        .filter(pl.col("mention_count") != pl.col("sum").fill_null(0))
        .drop("sum")
    )


def _counts_match_keys(table: str, count: str, keys: str) -> Rule:
    def violations(staged: Staged) -> pl.LazyFrame:
        return staged.rows(table).filter(pl.col(count) != pl.col(keys).list.len())

    return Rule(f"{count}_counts_{keys}", table, f"{count} is the number of {keys}.", violations)


def _first_not_after_last(staged: Staged) -> pl.LazyFrame:
    return staged.rows("entities").filter(
        (pl.col("first_on") > pl.col("last_on"))
        | (pl.col("first_on").is_null() != pl.col("last_on").is_null())
    )


def _edits_do_not_overlap(staged: Staged) -> pl.LazyFrame:
    previous = pl.col("raw_end").shift(1).over("page_id", order_by="ordinal")
    return staged.rows("edits").filter(pl.col("raw_start") < previous)


def _documents_read_like_others(staged: Staged) -> pl.LazyFrame:
    """Documents with far fewer mentions for their length than the corpus has: wrong encoding, bad scan."""
    usual = pl.concat(
        [staged.everything(name).select(pl.len().alias(name)) for name in ("mentions", "sentences")],
        how="horizontal",
    )
    counted = usual.collect().lazy()
    return pl.concat([_unlike(piece, counted) for piece in staged.pieces("documents")]).lazy()


def _unlike(piece: Staged, usual: pl.LazyFrame) -> pl.DataFrame:
    sentences = piece.beside("sentences").group_by("document_id").agg(pl.len().alias("long"))
    mentions = piece.beside("mentions").group_by("document_id").agg(pl.len().alias("named"))
    unusual = (
        sentences.filter(pl.col("long") >= _MIN_SENTENCES)
        .join(mentions, on="document_id", how="left")
        .join(usual, how="cross")
        .filter(
            pl.col("named").fill_null(0) * pl.col("sentences")
            < _UNUSUAL_SHARE * pl.col("long") * pl.col("mentions")
        )
        .select("document_id")
    )
    return piece.rows("documents").join(unusual, on="document_id", how="semi").select("document_id").collect()


def _days_have_usual_articles(staged: Staged) -> pl.LazyFrame:
    """Documents of a day of issue with far fewer articles, or far more, than days of the corpus have."""
    issued = staged.everything("documents").filter(pl.col("issue_on").is_not_null())
    daily = (
        staged.everything("articles")
        .join(issued.select("document_id", "issue_on"), on="document_id")
        .group_by("issue_on")
        .agg(pl.len().alias("articles"))
    )
    usual = daily.select(median=pl.col("articles").median(), days=pl.len())
    share = pl.col("articles") / pl.col("median")
    odd = (
        daily.join(usual, how="cross")
        .filter((pl.col("days") >= _MIN_DAYS) & ~share.is_between(_UNUSUAL_SHARE, 1 / _UNUSUAL_SHARE))
        .select("issue_on")
    )
    return staged.rows("documents").join(odd, on="issue_on", how="semi")


RULES = (
    Rule(
        "mention_count_adds_up",
        "entities",
        "mention_count is the sum of the entity's days.",
        _entities_add_up,
    ),
    Rule("first_on_not_after_last_on", "entities", "first_on is not after last_on.", _first_not_after_last),
    _counts_match_keys("entity_daily", "mention_count", "mention_ids"),
    _counts_match_keys("entity_pairs", "article_count", "article_ids"),
    _counts_match_keys("entity_pairs", "sentence_count", "sentence_ids"),
    _counts_match_keys("place_activity", "mention_count", "mention_ids"),
    _counts_match_keys("place_activity", "deal_count", "deal_ids"),
    _counts_match_keys("deal_flows", "deal_count", "deal_ids"),
    _counts_match_keys("sector_activity", "deal_count", "deal_ids"),
    Rule("edits_do_not_overlap", "edits", "Edits of a page follow each other.", _edits_do_not_overlap),
    Rule(
        "document_reads_like_others",
        "documents",
        "A document has at least a fifth of the usual mentions for its sentences.",
        _documents_read_like_others,
        "warn",
        is_local=False,
    ),
    Rule(
        "day_has_usual_articles",
        "documents",
        "A day of issue has from a fifth to five times the usual articles.",
        _days_have_usual_articles,
        "warn",
        is_local=False,
    ),
)
