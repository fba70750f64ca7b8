"""Checks that follow from the registry: schema, nulls, vocabularies, bounds, patterns, keys, references.

Nothing here names a table: declaring a column or a table is enough to have it checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Literal

import polars as pl

from warehouse import registry
from warehouse.buckets import Buckets, spread_hashes
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

    Everything but keys and counts is looked at in pieces, so that memory holds a piece whatever the rows are.

    Attributes:
        rows: Table name to the rows that the run adds or changes.
        beside: Table name to the rows of the documents that the run touches; all rows of a table without
            documents. What a rule needs of the same page, article or document is here.
        everything: Table name to all rows as they will be published; to be asked for keys and counts, not
            for texts, because it grows with the warehouse.
        cut: Table name to the same rows in pieces: of a table with documents some documents at a time, with
            all tables of these; of another one some of its rows. None where they are few.
        folder: Where keys lie meanwhile that are too many for memory.
    """

    rows: Callable[[str], pl.LazyFrame]
    beside: Callable[[str], pl.LazyFrame]
    everything: Callable[[str], pl.LazyFrame]
    cut: Callable[[str], Sequence[Staged]] = lambda _: ()
    folder: Path = Path(gettempdir())

    def pieces(self, table: str) -> Sequence[Staged]:
        """At least one piece."""
        return self.cut(table) or [self]


@dataclass(frozen=True)
class Rule:
    """A check over rows or tables, written as the query for the rows that break it.

    Attributes:
        name: Verb phrase in snake_case, such as `spans_slice_back`.
        table: The table whose keys the query returns.
        description: What must hold, in a sentence.
        violations: Query for the offending rows, at least the primary key of `table`.
        severity: `fail` blocks publishing, `warn` is recorded.
        is_local: Whether a row is held only against rows of its own document, so that pieces may be asked
            one after the other. A rule that is not goes through the pieces itself.
    """

    name: str
    table: str
    description: str
    violations: Callable[[Staged], pl.LazyFrame]
    severity: Severity = "fail"
    is_local: bool = True


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


def distinct(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Different rows of frames that come one at a time; memory holds little more than the answer."""
    found: list[pl.DataFrame] = []
    for frame in frames:
        found.append(frame)
        # Only frames of about one size are put together, so each row is a logarithmic number of times.
        while len(found) > 1 and found[-2].height <= 2 * found[-1].height:
            found[-2:] = [pl.concat(found[-2:]).unique()]
    return pl.concat(found).unique()


def _unique_key(table: Table) -> Rule:
    key = list(table.primary_key)

    def violations(staged: Staged) -> pl.LazyFrame:
        with Buckets(staged.folder, *spread_hashes(*key)) as keys:
            for piece in staged.pieces(table.name):
                keys.add(piece.rows(table.name).select(key).collect())
            repeated = [some.filter(some.is_duplicated()).unique() for some in keys]
        return pl.concat(repeated).lazy()

    said = f"({', '.join(key)}) identifies a row."
    return Rule("key_is_unique", table.name, said, violations, is_local=False)


def _reference(table: Table, column: str, target: str) -> Rule:
    key = registry.table(target).primary_key[0]
    is_near = table.is_of_documents and registry.table(target).is_of_documents

    def named(piece: Staged) -> pl.LazyFrame:
        return piece.rows(table.name).filter(pl.col(column).is_not_null())

    def referred(piece: Staged) -> pl.DataFrame:
        ids = named(piece).select(column).unique()
        if is_near:
            # Most references stay within a document: only the others are looked for in the whole corpus.
            ids = ids.join(piece.beside(target).select(pl.col(key).alias(column)), on=column, how="anti")
        return ids.collect()

    def violations(staged: Staged) -> pl.LazyFrame:
        pieces = staged.pieces(table.name)
        far = distinct(map(referred, pieces))
        known = staged.everything(target).select(pl.col(key).alias(column))
        if far.height:
            known = known.join(far.lazy(), on=column, how="semi").unique()
            far = far.join(known.collect(engine="streaming"), on=column, how="anti")
        if far.is_empty():
            return staged.rows(table.name).clear()
        wrong = far.lazy()
        return pl.concat(
            [named(piece).join(wrong, on=column, how="semi").collect() for piece in pieces]
        ).lazy()

    said = f"{column} refers to a row of {target}."
    return Rule(f"{column}_is_in_{target}", table.name, said, violations, is_local=False)


def _ordered(table: Table, start: str, end: str) -> Rule:
    def violations(staged: Staged) -> pl.LazyFrame:
        return staged.rows(table.name).filter(pl.col(start) > pl.col(end))

    return Rule(f"{start}_not_after_{end}", table.name, f"{start} is never greater than {end}.", violations)
