"""Checks that follow from the registry: schema, nulls, vocabularies, bounds, patterns, keys, references.

Nothing here names a table: declaring a column or a table is enough to have it checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from warehouse import registry
from warehouse.schema import Table

Severity = Literal["fail", "warn"]


@dataclass(frozen=True)
class Expectation:
    """A check of one table that Great Expectations carries out on the rows.

    Attributes:
        type: Great Expectations' class name, such as `ExpectColumnValuesToBeInSet`.
        kwargs: Its arguments.
        severity: `fail` blocks publishing, `warn` is recorded.
    """

    type: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = "fail"

    @property
    def column(self) -> str | None:
        """The column; None where the table as a whole is meant."""
        return self.kwargs.get("column")


@dataclass(frozen=True)
class Staged:
    """The tables that a run is about to publish.

    Attributes:
        rows: Table name to the rows that the run adds or changes.
        beside: Table name to the rows of the documents that the run touches; all rows of a table without
            documents. What a rule needs of the same page, article or document is here.
        everything: Table name to all rows as they will be published; to be asked for keys and counts, not
            for texts, because it grows with the warehouse.
    """

    rows: Callable[[str], pl.LazyFrame]
    beside: Callable[[str], pl.LazyFrame]
    everything: Callable[[str], pl.LazyFrame]


@dataclass(frozen=True)
class Rule:
    """A check over rows or tables, written as the query for the rows that break it.

    Attributes:
        name: Verb phrase in snake_case, such as `spans_slice_back`.
        table: The table whose keys the query returns.
        description: What must hold, in a sentence.
        violations: Query for the offending rows, at least the primary key of `table`.
        severity: `fail` blocks publishing, `warn` is recorded.
    """

    name: str
    table: str
    description: str
    violations: Callable[[Staged], pl.LazyFrame]
    severity: Severity = "fail"


def expectations_of(table: Table) -> list[Expectation]:
    """Expectations on single rows of one table, from its columns; they hold for any part of the rows."""
    expectations = [
        Expectation("ExpectTableColumnsToMatchOrderedList", {"column_list": list(table.columns)}),
    ]
    for column in registry.columns_of(table.name):
        if column.name not in table.nullable:
            expectations.append(Expectation("ExpectColumnValuesToNotBeNull", {"column": column.name}))
        if column.vocabulary:
            expectations.append(
                Expectation(
                    "ExpectColumnValuesToBeInSet",
                    {"column": column.name, "value_set": list(column.vocabulary)},
                )
            )
        if column.minimum is not None or column.maximum is not None:
            expectations.append(
                Expectation(
                    "ExpectColumnValuesToBeBetween",
                    {"column": column.name, "min_value": column.minimum, "max_value": column.maximum},
                )
            )
        if column.pattern:
            expectations.append(
                Expectation(
                    "ExpectColumnValuesToMatchRegex", {"column": column.name, "regex": column.pattern}
                )
            )
    return expectations


def could_refuse(expectation: Expectation) -> pl.Expr:
    """Whether an expectation on single rows may refuse a row; never false for one that it does refuse.

    Raises:
        ValueError: An expectation of another kind; it needs a case here.
    """
    column, kwargs = pl.col(str(expectation.column)), expectation.kwargs
    match expectation.type:
        case "ExpectColumnValuesToNotBeNull":
            return column.is_null()
        case "ExpectColumnValuesToBeInSet":
            return column.is_not_null() & ~column.is_in(kwargs["value_set"])
        case "ExpectColumnValuesToBeBetween":
            low, high = kwargs["min_value"], kwargs["max_value"]
            outside = [column < low] if low is not None else []
            outside += [column > high] if high is not None else []
            return pl.any_horizontal(outside).fill_null(False)
        case "ExpectColumnValuesToMatchRegex":
            return column.is_not_null() & ~column.str.contains(kwargs["regex"])
        case other:
            raise ValueError(f"no screen for {other}")


def rules_of(table: Table) -> list[Rule]:
    """Rules that follow from the declaration of one table: its key, its references and its spans."""
    rules = [_unique_key(table)]
    rules += [_reference(table, column, target) for column, target in table.foreign_keys.items()]
    rules += [
        _ordered(table, start, end)
        for start, end in (("raw_start", "raw_end"), ("start_char", "end_char"))
        if start in table.columns
    ]
    return rules


def _unique_key(table: Table) -> Rule:
    key = list(table.primary_key)

    def violations(staged: Staged) -> pl.LazyFrame:
        rows = staged.rows(table.name).select(key)
        return rows.group_by(key).len().filter(pl.col("len") > 1)

    return Rule("key_is_unique", table.name, f"({', '.join(key)}) identifies a row.", violations)


def _reference(table: Table, column: str, target: str) -> Rule:
    key = registry.table(target).primary_key[0]

    def violations(staged: Staged) -> pl.LazyFrame:
        rows = staged.rows(table.name).filter(pl.col(column).is_not_null())
        named = rows.select(*dict.fromkeys((*table.primary_key, column)))
        near = staged.beside(target).select(pl.col(key).alias(column))
        # Most references stay within a document: only the others are looked for in the whole corpus.
        far = named.join(near, on=column, how="anti").collect()
        if far.is_empty():
            return far.lazy()
        known = staged.everything(target).select(pl.col(key).alias(column))
        return far.lazy().join(known, on=column, how="anti")

    return Rule(f"{column}_is_in_{target}", table.name, f"{column} refers to a row of {target}.", violations)


def _ordered(table: Table, start: str, end: str) -> Rule:
    def violations(staged: Staged) -> pl.LazyFrame:
        return staged.rows(table.name).filter(pl.col(start) > pl.col(end))

    return Rule(f"{start}_not_after_{end}", table.name, f"{start} is never greater than {end}.", violations)
