"""From offsets into an article's text to offsets into the raw text of its page."""

from __future__ import annotations

import polars as pl


class OffsetError(ValueError):
    """A span lies outside the text of its article."""


def add_raw_offsets(frame: pl.DataFrame, alignments: pl.DataFrame) -> pl.DataFrame:
    """Add `raw_start` and `raw_end` to spans of article texts.

    A span takes in whatever the raw text has between its first and its last character, such as a wrap that an edit removed.
    A character that an edit wrote maps to the whole raw range it stands for.

    Args:
        frame: One row per span: `article_id: str`, `start_char`, `end_char`, code points, half-open, not empty.
        alignments: One row per run, from `Normalizer`.

    Returns:
        `frame` in its order with `raw_start: u32`, `raw_end: u32`; null where `start_char` is null.

    Raises:
        OffsetError: A span reaches outside its article's text.
    """  # noqa: E501
    runs = alignments.select(
        "article_id",
        pl.col("start_char").cast(pl.Int64).alias("_run"),
        pl.col("end_char").cast(pl.Int64).alias("_run_end"),
        pl.col("raw_start").cast(pl.Int64).alias("_raw"),
        pl.col("raw_end").cast(pl.Int64).alias("_raw_end"),
    ).sort("article_id", "_run")
    is_shift = (pl.col("_run_end") - pl.col("_run")) == (pl.col("_raw_end") - pl.col("_raw"))

    def look_up(name: str, at: pl.Expr, value: pl.Expr) -> pl.DataFrame:
        keyed = (
            frame.lazy().with_row_index("_row").select("_row", "article_id", at.cast(pl.Int64).alias("_at"))
        )
        found = (
            keyed.drop_nulls("_at")
            .sort("article_id", "_at")
            .join_asof(runs.lazy(), left_on="_at", right_on="_run", by="article_id", check_sortedness=False)
            .with_columns(pl.when(pl.col("_at") < pl.col("_run_end")).then(value).otherwise(None).alias(name))
            .select("_row", name)
        )
        return keyed.select("_row").join(found, on="_row", how="left").sort("_row").select(name).collect()

    inside = pl.col("_raw") + pl.col("_at") - pl.col("_run")
    starts = look_up(
        "raw_start", pl.col("start_char"), pl.when(is_shift).then(inside).otherwise(pl.col("_raw"))
    )
    ends = look_up(
        "raw_end",
        pl.col("end_char").cast(pl.Int64) - 1,
        pl.when(is_shift).then(inside + 1).otherwise(pl.col("_raw_end")),
    )
    result = frame.with_columns(starts["raw_start"].cast(pl.UInt32), ends["raw_end"].cast(pl.UInt32))
    lost = result.filter(
        pl.col("start_char").is_not_null() & (pl.col("raw_start").is_null() | pl.col("raw_end").is_null())
    )
    if lost.height:
        row = lost.row(0, named=True)
        raise OffsetError(
            f"{lost.height} spans lie outside their article, first: article {row['article_id']}, "
            f"characters {row['start_char']} to {row['end_char']}. Were they found in `articles.text`?"
        )
    return result
