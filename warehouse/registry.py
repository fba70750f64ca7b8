"""All tables, assembled and checked on import: the single source of truth.

Parquet schema, expectations, data dictionary and empty frames derive from here.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from warehouse.columns import COLUMNS
from warehouse.schema import Column, Table
from warehouse.tables import aggregates, facts, internal, operations, reading, sources

KEY_SEPARATOR = "|"
_FLOAT32_DIGITS = 6


class RegistryError(ValueError):
    """A declaration contradicts another one."""


class SchemaError(ValueError):
    """A frame does not fit the declared table."""


TABLES: dict[str, Table] = {
    table.name: table
    for module in (sources, reading, facts, aggregates, operations)
    for table in module.TABLES
}

INTERNAL: dict[str, Table] = {table.name: table for table in internal.TABLES}
"""Tables of the store's own, which readers do not see."""


def columns_of(name: str) -> list[Column]:
    """Columns of a table, in order."""
    return [COLUMNS[column] for column in table(name).columns]


def table(name: str) -> Table:
    """The declaration of a table.

    Raises:
        KeyError: No such table; the message lists those there are.
    """
    found = TABLES.get(name) or INTERNAL.get(name)
    if found is None:
        raise KeyError(f"no table {name!r}; there are {', '.join(TABLES)}")
    return found


def polars_schema(name: str) -> pl.Schema:
    """Column names and dtypes of a table."""
    return pl.Schema({column.name: column.dtype for column in columns_of(name)})


def key_of(name: str) -> pl.Expr:
    """The primary key of a row as text, `key`: of several columns their values joined by `KEY_SEPARATOR`."""
    columns = [pl.col(column).cast(pl.String).fill_null("") for column in table(name).primary_key]
    return pl.concat_str(columns, separator=KEY_SEPARATOR).alias("key")


def empty_frame(name: str) -> pl.DataFrame:
    """The table with no rows."""
    return pl.DataFrame(schema=polars_schema(name))


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame in the declared columns, dtypes and order.

    Nullable columns that the frame lacks are added as null; columns that are not declared are dropped.

    Args:
        name: The table.
        frame: Rows of it, with at least the columns that may not be null.

    Raises:
        SchemaError: A column that may not be null is missing or holds nulls, or a dtype cannot be cast
            without loss.
    """
    declared = table(name)
    missing = [c for c in declared.columns if c not in frame.columns and c not in declared.nullable]
    if missing:
        raise SchemaError(f"{name}: columns {missing} are missing; there are {frame.columns}")
    expressions = [_cast(frame, column) for column in columns_of(name)]
    try:
        conformed = frame.select(expressions) if frame.width else empty_frame(name)
    except pl.exceptions.PolarsError as error:
        raise SchemaError(f"{name}: {error}") from error
    required = [c for c in declared.columns if c not in declared.nullable]
    nulls = {c: n for c, n in conformed.select(required).null_count().row(0, named=True).items() if n}
    if nulls:
        raise SchemaError(f"{name}: nulls in columns that must have a value: {nulls}")
    return conformed


def _cast(frame: pl.DataFrame, column: Column) -> pl.Expr:
    known = frame.schema.get(column.name)
    cast = (pl.lit(None) if known is None else pl.col(column.name)).cast(column.dtype)
    # A share of 0.8 that was kept in 32 bits is 0.8, not 0.800000011920929.
    return (cast.round(_FLOAT32_DIGITS) if known == pl.Float32 else cast).alias(column.name)


def _check(tables: Mapping[str, Table]) -> None:
    for declared in tables.values():
        known = set(declared.columns)
        for column in declared.columns:
            if column not in COLUMNS:
                raise RegistryError(f"{declared.name}: column {column!r} is not in warehouse/columns.py")
        named = {*declared.primary_key, *declared.foreign_keys, *declared.nullable, *declared.sort_by}
        if not named <= known:
            raise RegistryError(f"{declared.name}: keys name columns it lacks: {sorted(named - known)}")
        for target in declared.foreign_keys.values():
            if target not in tables:
                raise RegistryError(f"{declared.name}: refers to unknown table {target!r}")


_check({**TABLES, **INTERNAL})
