"""Rows of documents that follow what was found out over the corpus."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

ENTITY_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "roles": {"person_id": "person_mention_id", "organization_id": "organization_mention_id"},
    "quotations": {"speaker_id": "speaker_mention_id"},
    "deal_parties": {"entity_id": "mention_id", "signatory_id": "signatory_mention_id"},
    "deals": {"place_id": "place_mention_id"},
}
"""Table to its entity columns, each with the mention column that it follows."""


def set_column(rows: pl.LazyFrame, computed: pl.DataFrame, key: str, column: str) -> pl.DataFrame:
    """Rows of the documents of which a value changes, with the new values.

    Args:
        rows: All rows of some documents: `document_id`, the key, the column.
        computed: `key` and the column (nullable); rows that it does not name keep their value.

    Returns:
        All rows of each document of which one differs, and none of the others.
    """
    named = computed.lazy().select(key, pl.col(column).alias("_new"), _is_named=pl.lit(True))
    value = pl.when(pl.col("_is_named")).then("_new").otherwise(column)
    joined = rows.join(named, on=key, how="left").with_columns(_new=value)
    differs = pl.col(column).ne_missing(pl.col("_new")).any().over("document_id")
    return (
        joined.filter(differs).with_columns(pl.col("_new").alias(column)).drop("_new", "_is_named").collect()
    )


def set_entities(rows: pl.LazyFrame, links: pl.DataFrame, columns: Mapping[str, str]) -> pl.DataFrame:
    """Rows of the documents of which an entity column changes, following the mentions they name.

    Args:
        rows: All rows of some documents.
        links: `mention_id`, `entity_id` of all mentions of these documents.
        columns: Entity column to the mention column that it follows.

    Returns:
        All rows of each document of which one differs, and none of the others.
    """
    entities = links.lazy().select("mention_id", "entity_id")
    joined = rows
    for column, mention in columns.items():
        joined = joined.join(
            entities.rename({"mention_id": mention, "entity_id": f"_{column}"}), on=mention, how="left"
        )
    differs = pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"_{c}")) for c in columns)
    return (
        joined.filter(differs.any().over("document_id"))
        .with_columns(pl.col(f"_{column}").alias(column) for column in columns)
        .drop(f"_{column}" for column in columns)
        .collect()
    )
