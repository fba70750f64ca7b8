"""A small warehouse of four tables, for tests of the store alone."""

from __future__ import annotations

from datetime import date

import polars as pl

from warehouse.formats import Format, format_of
from warehouse.schema import Column, Table
from warehouse.store import Changes

COLUMNS = {
    name: Column(name=name, dtype=dtype, description=f"The {name}.")
    for name, dtype in {
        "document_id": pl.String(),
        "uri": pl.String(),
        "issue_on": pl.Date(),
        "mention_id": pl.String(),
        "surface_text": pl.String(),
        "entity_id": pl.String(),
        "mention_count": pl.Int64(),
        "mention_ids": pl.List(pl.String()),
        "run_id": pl.String(),
    }.items()
}
TABLES = [
    Table(
        name="documents",
        layer="core",
        grain="One row per document.",
        columns=("document_id", "uri", "issue_on"),
        primary_key=("document_id",),
        nullable=("issue_on",),
    ),
    Table(
        name="mentions",
        layer="core",
        grain="One row per mention.",
        columns=("mention_id", "document_id", "surface_text", "entity_id"),
        primary_key=("mention_id",),
        nullable=("entity_id",),
    ),
    Table(
        name="entities",
        layer="out",
        grain="One row per entity.",
        columns=("entity_id", "mention_count", "mention_ids"),
        primary_key=("entity_id",),
    ),
    Table(name="runs", layer="meta", grain="One row per run.", columns=("run_id",), primary_key=("run_id",)),
]
FORMATS: dict[str, Format] = {table.name: format_of(table, COLUMNS) for table in TABLES}


def documents(*numbers: int, issue_on: date | None = date(2031, 3, 1)) -> pl.DataFrame:
    return pl.DataFrame(
        {"document_id": [f"d{n:05d}" for n in numbers], "uri": [f"{n}.txt" for n in numbers]},
        schema={"document_id": pl.String, "uri": pl.String},
    ).with_columns(issue_on=pl.lit(issue_on, dtype=pl.Date))


def mentions(*numbers: int, words: tuple[str, ...] = ("江海市", "云川大学")) -> pl.DataFrame:
    rows = [
        {
            "mention_id": f"m{n:05d}-{i}",
            "document_id": f"d{n:05d}",
            "surface_text": word,
            "entity_id": None,
        }
        for n in numbers
        for i, word in enumerate(words)
    ]
    return pl.DataFrame(rows, schema=FORMATS["mentions"].schema)


def changes(*numbers: int, words: tuple[str, ...] = ("江海市", "云川大学")) -> Changes:
    return Changes(upserted={"documents": documents(*numbers), "mentions": mentions(*numbers, words=words)})


def recompute(scan):
    """Give each mention its words as entity and count over the corpus."""
    linked = scan("mentions").with_columns(entity_id=pl.col("surface_text"))
    counted = linked.group_by("entity_id").agg(
        mention_count=pl.len().cast(pl.Int64), mention_ids=pl.col("mention_id").sort()
    )
    return {"mentions": linked, "entities": counted}


def runs(run_id: str) -> dict[str, pl.DataFrame]:
    return {"runs": pl.DataFrame({"run_id": [run_id]})}
