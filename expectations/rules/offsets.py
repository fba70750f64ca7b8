"""Rules that keep every cell leading back to its characters."""

from __future__ import annotations

import polars as pl

from expectations.derive import Rule, Staged
from warehouse import registry

_ARTICLE_SPANS = tuple(
    table.name
    for table in registry.TABLES.values()
    if {"article_id", "start_char", "surface_text"} <= set(table.columns)
)


def _slice(text: str, start: str, end: str) -> pl.Expr:
    """The characters of a span; none where its end lies before its start, which another rule reports."""
    length = pl.max_horizontal(pl.col(end) - pl.col(start), 0)
    return pl.col(text).str.slice(pl.max_horizontal(start, 0), length)


def _slices_back(table: str) -> Rule:
    def violations(staged: Staged) -> pl.LazyFrame:
        texts = staged.beside("articles").select("article_id", pl.col("text").alias("article_text"))
        span = _slice("article_text", "start_char", "end_char")
        return (
            staged.rows(table)
            .join(texts, on="article_id", how="left")
            .filter(span.ne_missing(pl.col("surface_text")))
            .drop("article_text")
        )

    return Rule(
        "surface_text_slices_back",
        table,
        "surface_text is the article's text between start_char and end_char.",
        violations,
    )


def _sentences_slice_back(staged: Staged) -> pl.LazyFrame:
    texts = staged.beside("articles").select("article_id", pl.col("text").alias("article_text"))
    span = _slice("article_text", "start_char", "end_char")
    return (
        staged.rows("sentences")
        .join(texts, on="article_id", how="left")
        .filter(span.ne_missing(pl.col("text")))
        .drop("article_text")
    )


def _blocks_tile_page(staged: Staged) -> pl.LazyFrame:
    lengths = staged.beside("pages").select("page_id", pl.col("raw_text").str.len_chars().alias("chars"))
    previous = pl.col("raw_end").shift(1).over("page_id", order_by="raw_start").fill_null(0)
    is_last = pl.col("raw_start") == pl.col("raw_start").max().over("page_id")
    return (
        staged.rows("blocks")
        .join(lengths, on="page_id", how="left")
        .with_columns(
            gap=pl.col("raw_start") != previous,
            short=is_last & (pl.col("raw_end") != pl.col("chars")),
        )
        .filter(pl.col("gap") | pl.col("short"))
        .drop("gap", "short", "chars")
    )


def _edits_match_raw(staged: Staged) -> pl.LazyFrame:
    raw = staged.beside("pages").select("page_id", "raw_text")
    span = _slice("raw_text", "raw_start", "raw_end")
    return (
        staged.rows("edits")
        .join(raw, on="page_id", how="left")
        .filter(span.ne_missing(pl.col("original")))
        .drop("raw_text")
    )


def _spans_inside_page(table: str) -> Rule:
    def violations(staged: Staged) -> pl.LazyFrame:
        lengths = staged.beside("pages").select("page_id", pl.col("raw_text").str.len_chars().alias("chars"))
        return (
            staged.rows(table)
            .join(lengths, on="page_id", how="left")
            .filter(pl.col("raw_end") > pl.col("chars"))
            .drop("chars")
        )

    return Rule("raw_end_inside_page", table, "raw_end lies inside the page's raw text.", violations)


RULES = (
    *(_slices_back(table) for table in _ARTICLE_SPANS),
    *(
        _spans_inside_page(table.name)
        for table in registry.TABLES.values()
        if {"page_id", "raw_end"} <= set(table.columns)
    ),
    Rule(
        "text_slices_back",
        "sentences",
        "text is the article's text between start_char and end_char.",
        _sentences_slice_back,
    ),
    Rule("blocks_tile_page", "blocks", "Each character of a page is in one block.", _blocks_tile_page),
    Rule(
        "original_is_raw",
        "edits",
        "original is the raw text of its span.",
        _edits_match_raw,
    ),
)
