"""Run the checks with Great Expectations; the only module that imports it.

Expectations on single rows run over pandas frames of at most `CHUNK_ROWS` rows, so that memory is
bounded by the chunk. Rules over rows or tables are Polars queries for the rows that break them; Great
Expectations gets a row for each rule and expects it to count none.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from expectations.derive import Expectation, Rule, Staged, expectations_of, rules_of
from expectations.docs import write_docs
from expectations.rules import RULES
from warehouse import registry
from warehouse.schema import Table, hash_id

# Must be set before the import: no telemetry.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

CHUNK_ROWS = 500_000
KEYS_SHOWN = 20

_SEVERITY = {"fail": "critical", "warn": "warning"}
_DOCS_ONLY = ("configuration", "observed", "values")
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
    rows: list[dict[str, Any]] = []
    pages: dict[str, str] = {}
    for name in tables:
        table = registry.table(name)
        asset = source.add_dataframe_asset(name=name)
        batch = asset.add_batch_definition_whole_dataframe("rows")
        frame = staged.rows(name)
        found = _check_rows(batch, frame, table)
        row_count = frame.select(pl.len()).collect().item()
        rules = [*rules_of(table), *(rule for rule in RULES if rule.table == name)]
        found += _check_rules(batch, rules, staged, table, row_count)
        if docs:
            pages[name] = _render(name, found, run_id)
        rows += found
    checks = pl.DataFrame(
        [
            {
                **{column: value for column, value in row.items() if column not in _DOCS_ONLY},
                "run_id": run_id,
                "check_id": hash_id("check", run_id, row["table_name"], row["expectation"]),
            }
            for row in rows
        ],
        schema_overrides={"message": pl.String, "column_name": pl.String, "failing_keys": pl.List(pl.String)},
    )
    checks = registry.conform("checks", checks)
    if docs:
        write_docs(docs, pages, checks)
    return checks


def _check_rows(batch: Any, frame: pl.LazyFrame, table: Table) -> list[dict[str, Any]]:
    # Values of no rows are all right; what can be wrong is the schema.
    is_empty = frame.limit(1).collect().is_empty()
    expectations = expectations_of(table)[:1] if is_empty else expectations_of(table)
    configured = [_build(expectation).configuration for expectation in expectations]
    outcomes: list[dict[str, Any]] = []
    row_count = 0
    for chunk in _chunks(frame):
        row_count += chunk.height
        outcomes.append(_validate(batch, expectations, chunk, table))
    rows = []
    for expectation, configuration in zip(expectations, configured, strict=True):
        name = _describe(configuration)
        parts = [outcome[name] for outcome in outcomes]
        keys = [key for part in parts for key in _failing_keys(part, table)]
        errors = [part.exception_info for part in parts if _raised(part)]
        rows.append(
            {
                "table_name": table.name,
                "column_name": expectation.kwargs.get("column"),
                "expectation": name,
                "severity": expectation.severity,
                "is_success": all(part.success for part in parts),
                "row_count": row_count,
                "unexpected_count": sum(int(part.result.get("unexpected_count", 0)) for part in parts),
                "failing_keys": keys[:KEYS_SHOWN],
                "message": str(errors[0]) if errors else None,
                "configuration": configuration,
                "observed": parts[0].result.get("observed_value"),
                "values": [value for part in parts for value in _failing_values(part, expectation)],
            }
        )
    return rows


def _validate(
    batch: Any, expectations: list[Expectation], chunk: pl.DataFrame, table: Table
) -> dict[str, Any]:
    """Outcomes by the name of the expectation; the keys of failing rows are looked up only if there are."""
    given = batch.get_batch(batch_parameters={"dataframe": chunk.to_pandas()})

    def run(some: list[Expectation], result_format: Any) -> dict[str, Any]:
        suite = gx.ExpectationSuite(name=table.name, expectations=[_build(e) for e in some])
        results = given.validate(suite, result_format=result_format).results
        return {_describe(r.expectation_config): r for r in results}

    outcomes = run(expectations, "BASIC")
    failed = [e for e in expectations if not outcomes[_describe(_build(e).configuration)].success]
    if failed:
        complete = {
            "result_format": "COMPLETE",
            "unexpected_index_column_names": list(table.primary_key),
        }
        outcomes |= run(failed, complete)
    return outcomes


def _check_rules(
    batch: Any, rules: list[Rule], staged: Staged, table: Table, row_count: int
) -> list[dict[str, Any]]:
    """Check all rules of a table at once: a frame says how many rows break each, and none may."""
    key = list(table.primary_key)
    broken = pl.collect_all([rule.violations(staged).select(key) for rule in rules])
    counts = pl.DataFrame({"rule": [r.name for r in rules], "violations": [f.height for f in broken]})
    outcome = batch.get_batch(batch_parameters={"dataframe": counts.to_pandas()}).validate(
        _build(Expectation("ExpectColumnValuesToBeInSet", {"column": "violations", "value_set": [0]})),
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["rule"]},
    )
    failed = {index["rule"] for index in outcome.result.get("unexpected_index_list") or []}
    return [
        {
            "table_name": table.name,
            "column_name": None,
            "expectation": rule.name,
            "severity": rule.severity,
            "is_success": rule.name not in failed,
            "row_count": row_count,
            "unexpected_count": frame.height,
            "failing_keys": ["|".join(map(str, row)) for row in frame.head(KEYS_SHOWN).rows()],
            "message": f"Broken: {rule.description}" if rule.name in failed else None,
            "configuration": ExpectationConfiguration(
                type="expect_column_values_to_be_in_set",
                kwargs={"column": _RULES_SECTION, "value_set": [0]},
                description=f"{rule.name}: {rule.description}",
                severity=_SEVERITY[rule.severity],  # type: ignore[arg-type]
            ),
            "observed": None,
            "values": [],
        }
        for rule, frame in zip(rules, broken, strict=True)
    ]


def _build(expectation: Expectation) -> Any:
    return getattr(gx.expectations, expectation.type)(
        **expectation.kwargs, severity=_SEVERITY[expectation.severity]
    )


def _describe(configuration: Any) -> str:
    """The check's name with the arguments that tell it from others of the table."""
    arguments = {k: v for k, v in configuration.kwargs.items() if k in ("column", "min_value", "max_value")}
    listed = ", ".join(f"{key}={value}" for key, value in sorted(arguments.items()) if value is not None)
    return f"{configuration.type}({listed})"


def _failing_keys(result: Any, table: Table) -> list[str]:
    indexes = result.result.get("unexpected_index_list") or []
    return ["|".join(str(row[column]) for column in table.primary_key) for row in indexes[:KEYS_SHOWN]]


def _failing_values(result: Any, expectation: Expectation) -> list[str]:
    indexes = result.result.get("unexpected_index_list") or []
    return [str(row.get(expectation.kwargs.get("column"))) for row in indexes[:KEYS_SHOWN]]


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
    """One check over all chunks; the views of Great Expectations do not escape what they show."""
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


def _raised(result: Any) -> bool:
    return bool((result.exception_info or {}).get("raised_exception"))


def _chunks(frame: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """The rows in parts of at most `CHUNK_ROWS`; one empty part where there are none."""
    start = 0
    while True:
        chunk = frame.slice(start, CHUNK_ROWS).collect()
        if chunk.height or not start:
            yield chunk
        if chunk.height < CHUNK_ROWS:
            return
        start += CHUNK_ROWS
