"""What a column, a table and an identifier are.

The registry (`warehouse.registry`) declares every table with these classes; Parquet schema,
expectations, data dictionary and empty frames derive from the declarations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

Layer = str
"""`core` (facts read from a source), `out` (aggregates for charts) or `meta` (runs, checks, rejects)."""

_SEPARATOR = "\x1f"


def hash_id(kind: str, *values: object) -> str:
    """Identifier of a thing from its raw identity values.

    Args:
        kind: What is identified, such as `"page"`; equal values of two kinds get different ids.
        values: Raw identity values in a fixed order; `None` counts as an empty value.

    Returns:
        16 lower-case hexadecimal digits (64 bits of BLAKE2b).
    """
    parts = [kind, *("" if value is None else str(value) for value in values)]
    return _digest(_SEPARATOR.join(parts))


def hash_id_expr(kind: str, *columns: str | pl.Expr) -> pl.Expr:
    """Polars form of `hash_id`: the same identifier for every row.

    Args:
        kind: What is identified.
        columns: Column names or expressions holding the raw identity values; null counts as empty.

    Returns:
        A string expression of 16 hexadecimal digits, never null.
    """
    values = [pl.col(c) if isinstance(c, str) else c for c in columns]
    text = pl.concat_str(
        [pl.lit(kind), *(v.cast(pl.String).fill_null("") for v in values)], separator=_SEPARATOR
    )
    return text.map_batches(_digest_series, return_dtype=pl.String, is_elementwise=True)


def _digest(text: str) -> str:
    # A lone surrogate has no UTF-8 form; it is a legal character of a decoded page all the same.
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _digest_series(series: pl.Series) -> pl.Series:
    return pl.Series(series.name, [_digest(text) for text in series.to_list()], dtype=pl.String)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column, defined once for every table that has it.

    Attributes:
        name: Same name, same meaning and dtype everywhere.
        dtype: Polars dtype.
        description: One sentence for the reader of the data.
        unit: Unit of the values, such as `code points` or `CNY`; empty where there is none.
        minimum: Smallest allowed value.
        maximum: Largest allowed value.
        vocabulary: The closed list of allowed values; empty where the column is open.
        pattern: Regular expression that every value matches; empty where there is none.
    """

    name: str
    dtype: pl.DataType
    description: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    vocabulary: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its grain, its columns and its keys.

    Attributes:
        name: Plural snake_case.
        layer: `core`, `out` or `meta`.
        grain: What one row is.
        columns: Column names in order.
        primary_key: Columns that identify a row.
        foreign_keys: Column to the table whose primary key it holds.
        nullable: Columns that may be null; all others never are.
        computed: How the rows come about, for the data dictionary.
        warnings: What a reader must know before trusting a row.
        sort_by: Columns that the stored rows are sorted by; the primary key where empty.
    """

    name: str
    layer: Layer
    grain: str
    columns: tuple[str, ...]
    primary_key: tuple[str, ...]
    foreign_keys: Mapping[str, str] = field(default_factory=dict)
    nullable: tuple[str, ...] = ()
    computed: str = ""
    warnings: tuple[str, ...] = ()
    sort_by: tuple[str, ...] = ()

    @property
    def is_of_documents(self) -> bool:
        """Whether each row belongs to a document, and is replaced with it."""
        return "document_id" in self.columns and self.layer == "core"

    @property
    def metadata(self) -> dict[str, str]:
        """What a Parquet file says of its table, for a reader who has nothing but the file."""
        facts = {
            "table": self.name,
            "grain": self.grain,
            "primary_key": ", ".join(self.primary_key),
            "references": ", ".join(f"{column} -> {table}" for column, table in self.foreign_keys.items()),
            "computed": self.computed,
            "warnings": "; ".join(self.warnings),
        }
        return {name: text for name, text in facts.items() if text}
