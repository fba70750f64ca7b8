"""Commands that read a warehouse: tables, describe, show, sql."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from warehouse import registry
from warehouse.files import StoreError
from warehouse.reader import QueryError, Warehouse

WarehouseOption = Annotated[
    Path, typer.Option("--warehouse", "-w", envvar="BAOCANG_WAREHOUSE", help="Folder of the warehouse.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
_MAX_GRID_COLUMNS = 8
DEFAULT_WAREHOUSE = Path("warehouse/data")

# Piped output has no width of its own: 80 columns would break every cell.
_WIDTH = None if sys.stdout.isatty() else 160
console = Console(highlight=False, width=_WIDTH)
errors = Console(stderr=True, highlight=False)


class UsageProblem(typer.Exit):
    """The command cannot be carried out as it was given; exit code 2."""

    def __init__(self, message: str) -> None:
        errors.print(Text(message))
        super().__init__(2)


def open_warehouse(path: Path, snapshot: int | None = None) -> Warehouse:
    """The warehouse at a path, or a message and exit code 2."""
    try:
        return Warehouse(path, snapshot)
    except StoreError as error:
        raise UsageProblem(str(error)) from None


def print_rows(frame: pl.DataFrame, *, as_json: bool, title: str | None = None) -> None:
    """Print rows as a grid, or as one JSON object a line."""
    if as_json:
        for record in frame.iter_rows(named=True):
            print(json.dumps(record, ensure_ascii=False, default=str))
        return
    if len(frame.columns) > _MAX_GRID_COLUMNS:
        _print_records(frame)
        return
    grid = Grid(title=title, title_justify="left")
    for column in frame.columns:
        is_number = frame.schema[column].is_numeric()
        grid.add_column(column, justify="right" if is_number else "left", overflow="fold")
    for row in frame.iter_rows():
        grid.add_row(*(Text("" if value is None else _show(value)) for value in row))
    console.print(grid)


def _print_records(frame: pl.DataFrame) -> None:
    """Print wide rows one below the other, a line a column."""
    width = max(len(column) for column in frame.columns)
    for number, row in enumerate(frame.iter_rows(named=True), 1):
        console.print(Text(f"row {number}", style="bold"))
        for column, value in row.items():
            if value is not None:
                console.print(Text(f"  {column:<{width}}  {_show(value)}"))


def _show(value: Any) -> str:
    match value:
        case list():
            return ", ".join(map(str, value))
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.6g}" if abs(value) < 1 else f"{round(value, 6):,.15g}"
        case _:
            return str(value)


def _require_table(name: str) -> None:
    if name not in registry.TABLES:
        raise UsageProblem(f"no table {name!r}; there are {', '.join(registry.TABLES)}")


def tables(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE, snapshot: int | None = None, as_json: JsonOption = False
) -> None:
    """List the tables with their grain and number of rows."""
    opened = open_warehouse(warehouse, snapshot)
    print_rows(table_overview(opened), as_json=as_json)


def table_overview(opened: Warehouse) -> pl.DataFrame:
    """One row per table: `table`, `rows`, `grain`."""
    rows = [
        {
            "table": name,
            "rows": opened.scan(name).select(pl.len()).collect().item(),
            "grain": registry.table(name).grain,
        }
        for name in opened.tables()
    ]
    return pl.DataFrame(rows)


def describe(table: str, as_json: JsonOption = False) -> None:
    """Say what a table is and what each of its columns means. Needs no warehouse."""
    _require_table(table)
    declared = registry.table(table)
    columns = [
        {
            "column": column.name,
            "dtype": str(column.dtype),
            "unit": column.unit,
            "null": column.name in declared.nullable,
            "key": "key"
            if column.name in declared.primary_key
            else f"-> {declared.foreign_keys[column.name]}"
            if column.name in declared.foreign_keys
            else "",
            "meaning": column.description
            + (f" One of {', '.join(column.vocabulary)}." if column.vocabulary else ""),
        }
        for column in registry.columns_of(table)
    ]
    if as_json:
        about = {"name": table, "layer": declared.layer, "grain": declared.grain, "columns": columns}
        print(json.dumps({**about, "computed": declared.computed}, ensure_ascii=False))
        return
    console.print(Text(f"{table}: {declared.grain}"))
    console.print(Text(declared.computed))
    for warning in declared.warnings:
        console.print(Text(f"warning: {warning}"))
    print_rows(pl.DataFrame(columns), as_json=False)
    console.print(Text("`baocang dictionary` writes all tables as pages, with references and search"))


def show(
    table: str,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows to show.")] = 20,
    columns: Annotated[str | None, typer.Option(help="Columns to show, separated by commas.")] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    snapshot: int | None = None,
    as_json: JsonOption = False,
) -> None:
    """Show the first rows of a table."""
    _require_table(table)
    frame = open_warehouse(warehouse, snapshot).scan(table)
    if columns:
        wanted = [name.strip() for name in columns.split(",")]
        unknown = [name for name in wanted if name not in registry.table(table).columns]
        if unknown:
            raise UsageProblem(
                f"{table} has no column {', '.join(unknown)}; "
                f"there are {', '.join(registry.table(table).columns)}"
            )
        frame = frame.select(wanted)
    print_rows(frame.head(limit).collect(), as_json=as_json)


def sql(
    query: str,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    snapshot: int | None = None,
    as_json: JsonOption = False,
) -> None:
    """Run a SQL query (DuckDB) over the tables."""
    try:
        frame = open_warehouse(warehouse, snapshot).sql(query)
    except QueryError as error:
        raise UsageProblem(str(error)) from None
    print_rows(frame, as_json=as_json)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (tables, describe, show, sql):
        app.command()(command)
