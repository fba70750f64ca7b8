"""How each table is stored: which kind of storage, which Parquet schema, which order.

Derived from the registry's `Table` and `Column` declarations; the store knows nothing else about a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl
import pyarrow as pa

from warehouse.files import StoreError
from warehouse.schema import Column, Table

Kind = Literal["document", "monthly", "whole", "appended"]
"""`document`: rows belong to documents and are replaced with them. `monthly`: computed, and replaced a month
of issue at a time. `whole`: computed from the corpus and replaced as one. `appended`: a log."""

UNDATED = "undated"

Frame = pl.DataFrame | pl.LazyFrame


@dataclass(frozen=True)
class Format:
    """How one table is stored.

    Attributes:
        name: Table name.
        kind: See `Kind`.
        schema: Column to dtype, in order.
        arrow: Parquet schema; field metadata holds each column's description.
        key: Primary key.
        order: Columns that fix the order of stored rows; they end with the key, so the order is total.
            Empty for a log, which keeps the order of arrival.
    """

    name: str
    kind: Kind
    schema: pl.Schema
    arrow: pa.Schema
    key: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def is_internal(self) -> bool:
        """Whether the table is the store's own, which readers do not see."""
        return self.name.startswith("_")

    @property
    def month(self) -> pl.Expr:
        """Month of issue of a row of a `monthly` table or of `documents`: `YYYY-MM` or `undated`."""
        column = "month_on" if "month_on" in self.schema else "issue_on"
        return pl.col(column).dt.strftime("%Y-%m").fill_null(UNDATED)

    @property
    def digest(self) -> str:
        """Short digest of the columns and their dtypes."""
        text = ",".join(f"{name}:{dtype}" for name, dtype in self.schema.items())
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def conform(self, frame: Frame) -> pl.LazyFrame:
        """Select and cast the table's columns.

        Raises:
            StoreError: A column is missing.
        """
        lazy = frame.lazy()
        missing = set(self.schema) - set(lazy.collect_schema())
        if missing:
            raise StoreError(
                f"table {self.name!r}: column(s) {', '.join(sorted(missing))} missing; "
                f"the registry declares {', '.join(self.schema)}"
            )
        return lazy.select(pl.col(name).cast(dtype) for name, dtype in self.schema.items())

    def sort(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Rows in stored order."""
        return frame.sort(self.order, maintain_order=True) if self.order else frame

    def to_arrow(self, frame: pl.DataFrame) -> pa.Table:
        """Arrow form with the descriptions in the schema.

        Raises:
            StoreError: A column that must have a value holds nulls.
        """
        required = [field.name for field in self.arrow if not field.nullable]
        nulls = {name: n for name, n in frame.select(required).null_count().row(0, named=True).items() if n}
        if nulls:
            raise StoreError(f"table {self.name!r}: nulls in columns that must have a value: {nulls}")
        return frame.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(self.arrow)


def format_of(table: Table, columns: Mapping[str, Column]) -> Format:
    """Derive the storage of a table from its declaration."""
    kind: Kind
    if table.layer == "meta":
        kind = "appended"
    elif table.is_of_documents:
        kind = "document"
    elif {"month_on", "issue_on"} & set(table.columns) and table.layer == "out":
        kind = "monthly"
    else:
        kind = "whole"
    schema = pl.Schema({name: columns[name].dtype for name in table.columns})
    bare = pl.DataFrame(schema=schema).to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    fields = []
    for field in bare:
        column = columns[field.name]
        metadata = {"description": column.description} | ({"unit": column.unit} if column.unit else {})
        fields.append(field.with_nullable(column.name in table.nullable).with_metadata(metadata))
    arrow = pa.schema(fields, metadata=table.metadata)
    # Rows of a document stand together in every table, so a filter on the document skips the rest.
    leading = ("document_id",) if kind == "document" else ()
    order = (*leading, *table.sort_by, *table.primary_key)
    return Format(
        name=table.name,
        kind=kind,
        schema=schema,
        arrow=arrow,
        key=table.primary_key,
        order=() if kind == "appended" else tuple(dict.fromkeys(order)),
    )


def scan_files(paths: list[str], schema: pl.Schema, include_file_paths: str | None = None) -> pl.LazyFrame:
    """Scan Parquet files as one frame of `schema`.

    Files written before a column was declared have it as null; columns no longer declared are left out.
    """
    if not paths:
        extra = {include_file_paths: pl.String()} if include_file_paths else {}
        return pl.LazyFrame(schema={**schema, **extra})
    return pl.scan_parquet(
        paths,
        schema=dict(schema),
        missing_columns="insert",
        extra_columns="ignore",
        hive_partitioning=False,
        glob=False,
        include_file_paths=include_file_paths,
    )
