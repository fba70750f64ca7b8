"""The data dictionary: every table and column as the registry declares it, for people.

`write_catalog` renders static pages that open from disk; `describe_table` gives the same facts to the
command line and the notebook.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from warehouse.labels import column_label, load_labels, table_label, value_label
from warehouse.registry import TABLES, columns_of, table
from warehouse.schema import Column

Scan = Callable[[str], pl.LazyFrame]
"""Gives the rows of a table by its name, such as `Warehouse(path).scan`."""

_EXAMPLE_CHARS = 120


def describe_table(name: str, scan: Scan | None = None, *, example_rows: int = 3) -> dict[str, Any]:
    """All that the registry says about a table, ready for a page or a terminal.

    Args:
        name: The table.
        scan: Reads the table, for its row count and example rows; without it there are none.
        example_rows: How many rows to show.

    Returns:
        `name`, `label`, `layer`, `layer_zh`, `grain`, `grain_zh`, `primary_key`, `computed`, `warnings`,
        `referenced_by` (pairs of table and column), `columns` (a dict per column), `row_count`
        (`None` without `scan`) and `examples` (rows of display strings).

    Raises:
        KeyError: No such table.
    """
    declared = table(name)
    labels = load_labels()
    frame = scan(name) if scan else None
    return {
        "name": name,
        "label": table_label(name),
        "layer": declared.layer,
        "layer_zh": labels["layers"][declared.layer],
        "grain": declared.grain,
        "grain_zh": labels["tables"].get(name, {}).get("grain", declared.grain),
        "primary_key": declared.primary_key,
        "computed": declared.computed,
        "warnings": [
            (warning.replace("_", " "), labels["warnings"].get(warning, warning))
            for warning in declared.warnings
        ],
        "referenced_by": [
            (other.name, column)
            for other in TABLES.values()
            for column, target in other.foreign_keys.items()
            if target == name
        ],
        "columns": [
            _describe_column(column, nullable=declared.nullable, references=declared.foreign_keys)
            for column in columns_of(name)
        ],
        "row_count": None if frame is None else frame.select(pl.len()).collect().item(),
        "examples": [] if frame is None else _examples(frame, declared.columns, example_rows),
    }


def write_catalog(folder: Path, scan: Scan | None = None, *, root: str = "") -> Path:
    """Write the dictionary: an index with search and a page per table.

    Args:
        folder: Where to; made if missing, existing pages are replaced.
        scan: Reads a table, for row counts and example rows.
        root: Way from the folder to where `assets/` and the report's `index.html` are; empty when the
            dictionary stands alone, and then its assets are written beside it.

    Returns:
        The index page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not root:
        write_assets(folder / "assets", ("desk.css", "desk.js"))
    tables = [describe_table(name, scan) for name in TABLES]
    environment = template_environment()
    for described in tables:
        page = environment.get_template("dictionary_table.html").render(table=described, root=root)
        (folder / f"{described['name']}.html").write_text(page, encoding="utf-8")
    index = folder / "index.html"
    entries = sum(len(described["columns"]) for described in tables)
    page = environment.get_template("dictionary_index.html").render(tables=tables, entries=entries, root=root)
    index.write_text(page, encoding="utf-8")
    return index


def template_environment() -> Environment:
    """The templates of report and dictionary; every value is escaped on its way into a page."""
    environment = Environment(
        loader=PackageLoader("warehouse.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["ticks"] = _code_ticks
    return environment


def write_assets(folder: Path, names: tuple[str, ...]) -> None:
    """Copy asset files of the package into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        with resources.as_file(resources.files("warehouse.report") / "assets" / name) as path:
            shutil.copyfile(path, folder / name)


def _code_ticks(text: str) -> Markup:
    # The registry writes names of columns as `name`.
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _describe_column(column: Column, *, nullable: tuple[str, ...], references: Any) -> dict[str, Any]:
    bounds = [
        f"{sign} {value:g}"
        for sign, value in (("≥", column.minimum), ("≤", column.maximum))
        if value is not None
    ]
    return {
        "name": column.name,
        "label": column_label(column.name),
        "dtype": str(column.dtype),
        "unit": column.unit,
        "description": column.description,
        "nullable": column.name in nullable,
        "references": references.get(column.name),
        "vocabulary": [
            (value, value_label(column.name, value))
            for value in column.vocabulary or load_labels()["values"].get(column.name, ())
        ],
        "is_closed": bool(column.vocabulary),
        "bounds": ", ".join(bounds),
    }


def _examples(frame: pl.LazyFrame, columns: tuple[str, ...], rows: int) -> list[list[str]]:
    # A cell of a page's whole text would bury the row: long text is cut before it is read.
    schema = frame.collect_schema()
    cut = [
        pl.col(name).str.head(_EXAMPLE_CHARS + 1) if schema[name] == pl.String else pl.col(name)
        for name in columns
    ]
    return [[_display(value) for value in row] for row in frame.select(cut).head(rows).collect().rows()]


def _display(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    text = str(value)
    return text if len(text) <= _EXAMPLE_CHARS else text[:_EXAMPLE_CHARS] + "…"
