"""The registry is complete, and what derives from it follows."""

import re

import polars as pl
import pytest

from expectations.derive import expectations_of
from warehouse import registry
from warehouse.columns import COLUMNS
from warehouse.formats import format_of
from warehouse.schema import Column, Table

TABLES = list(registry.TABLES.values())
by_name = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@pytest.mark.parametrize("column", COLUMNS.values(), ids=lambda column: column.name)
def test_column_is_described_and_named_by_its_kind(column: Column) -> None:
    assert column.description.endswith(".")
    assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
    suffixes: dict[str, type[pl.DataType]] = {
        "_on": pl.Date,
        "_at": pl.Datetime,
        "_count": pl.Int64,
        "_id": pl.String,
        "_ids": pl.List,
        "_share": pl.Float64,
    }
    for suffix, dtype in suffixes.items():
        if column.name.endswith(suffix):
            assert isinstance(column.dtype, dtype)
    if column.name.startswith(("is_", "has_")):
        assert column.dtype == pl.Boolean()


def test_every_column_is_in_a_table() -> None:
    every = [*TABLES, *registry.INTERNAL.values()]
    assert set(COLUMNS) == {column for table in every for column in table.columns}


@by_name
def test_arrow_schema_carries_descriptions(table: Table) -> None:
    for field in format_of(table, COLUMNS).arrow:
        assert field.metadata[b"description"].decode() == COLUMNS[field.name].description
        assert field.nullable == (field.name in table.nullable)


@by_name
def test_every_column_that_must_have_a_value_is_checked(table: Table) -> None:
    checked = {
        e.kwargs["column"] for e in expectations_of(table) if e.type == "ExpectColumnValuesToNotBeNull"
    }
    assert checked == set(table.columns) - set(table.nullable)


@by_name
def test_key_is_never_null(table: Table) -> None:
    assert not set(table.primary_key) & set(table.nullable)
    assert table.grain.startswith("One row per ")
