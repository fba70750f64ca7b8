"""What a page's masthead says of its document."""

from __future__ import annotations

import polars as pl


def add_masthead(documents: pl.DataFrame, pages_meta: pl.DataFrame) -> pl.DataFrame:
    """Fill what is not known of a document from the masthead or folio of its pages.

    What the caller or the source says goes before what is printed.

    Args:
        documents: `document_id: str`, `publication: str`, `page_label: str`, `issue_on: date`,
            `issue_on_source: str`, all but the id nullable.
        pages_meta: One row per page in page order: `document_id`, `publication`, `page_label`, `issue_on`.

    Returns:
        `documents` with nulls filled; `issue_on_source` is `masthead` where the day comes from there.
    """
    columns = ("publication", "page_label", "issue_on")
    printed = pages_meta.group_by("document_id", maintain_order=True).agg(
        pl.col(column).drop_nulls().first().alias(f"{column}_printed") for column in columns
    )
    is_printed = pl.col("issue_on").is_null() & pl.col("issue_on_printed").is_not_null()
    return (
        documents.join(printed, on="document_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(is_printed)
            .then(pl.lit("masthead"))
            .otherwise("issue_on_source")
            .alias("issue_on_source"),
            *(pl.coalesce(column, f"{column}_printed").alias(column) for column in columns),
        )
        .drop(f"{column}_printed" for column in columns)
    )
