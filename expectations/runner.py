"""Run the checks with Great Expectations; the only module that imports it.

An expectation costs Great Expectations some milliseconds however few rows there are, and a pandas copy of the
rows however good they are. So Polars counts, in one pass over a table, the rows that each expectation could
refuse; Great Expectations gets a row for each check and expects it to count none, and is run on the rows
themselves where one does. Rules over rows or tables are Polars queries for the rows that break them. All of
them take a piece of the rows at a time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from expectations.derive import Expectation, Rule, Staged, could_refuse, expectations_of, rules_of
from expectations.docs import write_docs
from expectations.rules import RULES
from warehouse import registry
from warehouse.schema import Table, hash_id

# Must be set before the import: no telemetry.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

SUSPECT_ROWS = 100_000
"""So many refused rows of a check are handed to Great Expectations; the others are only counted."""

KEYS_SHOWN = 20

_SEVERITY = {"fail": "critical", "warn": "warning"}
_DOCS_ONLY = ("configuration", "observed", "values", "expected")
_RULES_SECTION = "Rules over rows and tables"


def run_checks(
    staged: Staged, tables: Iterable[str], *, run_id: str, docs: Path | None = None
) -> pl.DataFrame:
    """Check the rows that are about to be published.

    Args:
        staged: The rows of the run, and all rows as they will be published.
        tables: Names of the tables to check.
        run_id: Goes into the result.
        docs: Folder to write Great Expectations' Data Docs of the outcome to; none are written without.

    Returns:
        One row per check in the columns of the table `checks`; `failing_keys` names up to 20 rows.
    """
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_pandas("staged")
    batch = source.add_dataframe_asset(name="rows").add_batch_definition_whole_dataframe("rows")
    counted: dict[str, list[dict[str, Any]]] = {}
    for name in tables:
        table = registry.table(name)
        found = _count_rows([piece.rows(name) for piece in staged.pieces(name)], table)
        rules = [*rules_of(table), *(rule for rule in RULES if rule.table == name)]
        counted[name] = found + _count_rules(rules, staged, table, found[0]["row_count"])
    _judge(batch, [row for rows in counted.values() for row in rows])
    for name, found in counted.items():
        for row in found:
            if row["expected"] is not None and not row["is_success"]:
                pieces = [piece.rows(name) for piece in staged.pieces(name)]
                _ask_again(batch, pieces, row, registry.table(name))
    checks = pl.DataFrame(
        [
            {
                **{column: value for column, value in row.items() if column not in _DOCS_ONLY},
                "run_id": run_id,
                "check_id": hash_id("check", run_id, row["table_name"], row["expectation"]),
            }
            for found in counted.values()
            for row in found
        ],
        schema_overrides={"message": pl.String, "column_name": pl.String, "failing_keys": pl.List(pl.String)},
    )
    checks = registry.conform("checks", checks)
    if docs:
        write_docs(docs, {name: _render(name, found, run_id) for name, found in counted.items()}, checks)
    return checks


def _count_rows(pieces: Sequence[pl.LazyFrame], table: Table) -> list[dict[str, Any]]:
    """Count the rows that each expectation on single rows could refuse, in one pass."""
    expectations = expectations_of(table)
    names = pieces[0].collect_schema().names()
    refused = [could_refuse(e).sum().alias(str(i)) for i, e in enumerate(expectations) if e.column in names]
    counting = [pl.len().alias("rows"), *refused]
    counted = [rows.select(counting).collect(engine="streaming") for rows in pieces]
    counts = pl.concat(counted, how="vertical_relaxed").sum().row(0, named=True)
    found = []
    for index, expectation in enumerate(expectations):
        configuration = _build(expectation).configuration
        # A column that is not there breaks what is expected of it; the order is expected of the table.
        is_wrong = (
            names != list(table.columns) if expectation.column is None else expectation.column not in names
        )
        count = counts.get(str(index)) or 0
        found.append(
            {
                "table_name": table.name,
                "column_name": expectation.column,
                "expectation": _describe(configuration),
                "severity": expectation.severity,
                "is_success": True,
                "row_count": counts["rows"],
                "unexpected_count": max(int(is_wrong), count),
                "failing_keys": [],
                "message": None,
                "configuration": configuration,
                "observed": names if expectation.column is None else None,
                "values": [],
                "expected": expectation,
            }
        )
    return found


def _count_rules(rules: list[Rule], staged: Staged, table: Table, row_count: int) -> list[dict[str, Any]]:
    """Count the rows that break each rule of a table."""
    key = list(table.primary_key)
    # One after the other: together, the tables that they ask would be in memory at once.
    broken = [
        pl.concat(
            rule.violations(piece).select(key).collect(engine="streaming")
            for piece in (staged.pieces(table.name) if rule.is_local else [staged])
        )
        for rule in rules
    ]
    return [
        {
            "table_name": table.name,
            "column_name": None,
            "expectation": rule.name,
            "severity": rule.severity,
            "is_success": True,
            "row_count": row_count,
            "unexpected_count": frame.height,
            "failing_keys": frame.sort(key)
            .head(KEYS_SHOWN)
            .select(registry.key_of(table.name))["key"]
            .to_list(),
            "message": f"Broken: {rule.description}" if frame.height else None,
            "configuration": ExpectationConfiguration(
                type="expect_column_values_to_be_in_set",
                kwargs={"column": _RULES_SECTION, "value_set": [0]},
                description=f"{rule.name}: {rule.description}",
                severity=_SEVERITY[rule.severity],  # type: ignore[arg-type]
            ),
            "observed": None,
            "values": [],
            "expected": None,
        }
        for rule, frame in zip(rules, broken, strict=True)
    ]


def _judge(batch: Any, rows: list[dict[str, Any]]) -> None:
    """Let Great Expectations say which checks failed: none may count a row."""
    counts = pl.DataFrame(
        {"check": range(len(rows)), "unexpected": [row["unexpected_count"] for row in rows]}
    )
    outcome = batch.get_batch(batch_parameters={"dataframe": counts.to_pandas()}).validate(
        _build(Expectation("ExpectColumnValuesToBeInSet", {"column": "unexpected", "value_set": [0]})),
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["check"]},
    )
    for index in outcome.result.get("unexpected_index_list") or []:
        rows[index["check"]]["is_success"] = False


def _ask_again(batch: Any, pieces: Sequence[pl.LazyFrame], row: dict[str, Any], table: Table) -> None:
    """Run an expectation on the rows that it may refuse: Great Expectations decides and names them."""
    expectation: Expectation = row["expected"]
    is_there = expectation.column in pieces[0].collect_schema().names()
    frame = pieces[0].clear().collect()
    for rows in pieces:
        suspects = rows.filter(could_refuse(expectation)) if is_there else rows
        frame.vstack(suspects.head(SUSPECT_ROWS - frame.height).collect(), in_place=True)
    shown = {"result_format": "COMPLETE", "unexpected_index_column_names": list(table.primary_key)}
    result = batch.get_batch(batch_parameters={"dataframe": frame.to_pandas()}).validate(
        _build(expectation), result_format=shown
    )
    error = (result.exception_info or {}).get("exception_message")
    indexes = (result.result.get("unexpected_index_list") or [])[:KEYS_SHOWN]
    cleared = frame.height - int(result.result.get("unexpected_count", frame.height))
    row["is_success"] = bool(result.success)
    row["unexpected_count"] = 0 if result.success else row["unexpected_count"] - cleared
    row["failing_keys"] = [
        registry.KEY_SEPARATOR.join(str(index[column]) for column in table.primary_key) for index in indexes
    ]
    row["values"] = [str(index.get(expectation.column)) for index in indexes]
    row["message"] = str(error) if error else None


def _build(expectation: Expectation) -> Any:
    return getattr(gx.expectations, expectation.type)(
        **expectation.kwargs, severity=_SEVERITY[expectation.severity]
    )


def _describe(configuration: Any) -> str:
    """The check's name with the arguments that tell it from others of the table."""
    arguments = {k: v for k, v in configuration.kwargs.items() if k in ("column", "min_value", "max_value")}
    listed = ", ".join(f"{key}={value}" for key, value in sorted(arguments.items()) if value is not None)
    return f"{configuration.type}({listed})"


def _render(table: str, rows: list[dict[str, Any]], run_id: str) -> str:
    """The page of a table's outcomes, as Great Expectations lays it out."""
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
    from great_expectations.render.view.view import DefaultJinjaPageView

    passed = sum(row["is_success"] for row in rows)
    result = ExpectationSuiteValidationResult(
        success=passed == len(rows),
        results=[_outcome(row) for row in rows],
        suite_name=table,
        meta={"run_id": {"run_name": run_id, "run_time": "1970-01-01T00:00:00+00:00"}},
        statistics={
            "evaluated_expectations": len(rows),
            "successful_expectations": passed,
            "unsuccessful_expectations": len(rows) - passed,
            "success_percent": 100 * passed / len(rows),
        },
    )
    view: Any = DefaultJinjaPageView()
    return str(view.render(ValidationResultsPageRenderer().render(result)))


def _outcome(row: dict[str, Any]) -> Any:
    """One check of a table; the views of Great Expectations do not escape what they show."""
    keys, values = row["failing_keys"], row["values"]
    shown = [f"{k}: {v}" for k, v in zip(keys, values, strict=False)] if values else keys
    counted = {
        "element_count": row["row_count"],
        "unexpected_count": row["unexpected_count"],
        "unexpected_percent": 100 * row["unexpected_count"] / max(row["row_count"], 1),
        "partial_unexpected_list": [escape(text) for text in shown],
    }
    is_of_table = row["observed"] is not None
    return ExpectationValidationResult(
        success=row["is_success"],
        expectation_config=row["configuration"],
        result={"observed_value": row["observed"]} if is_of_table else counted,
        exception_info={
            "raised_exception": row["column_name"] is not None and row["message"] is not None,
            "exception_message": escape(row["message"] or ""),
            "exception_traceback": "",
        },
    )
