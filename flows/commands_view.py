"""Commands that show a warehouse to people: report, dictionary, export, notebook."""

from __future__ import annotations

import os
import subprocess
import sys
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from flows.commands_read import DEFAULT_WAREHOUSE, UsageProblem, WarehouseOption, console, open_warehouse
from flows.report import report_of
from warehouse import catalog, export, registry

OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write it.")]


class ExportFormat(StrEnum):
    """What `export` can write."""

    XLSX = "xlsx"
    CSV = "csv"
    DELTA = "delta"


def report(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    output: OutputOption = None,
    snapshot: int | None = None,
    pictures: Annotated[bool, typer.Option(help="Add pictures of PDF and scanned pages.")] = True,
) -> None:
    """Write the report: one folder that opens from disk, without a server."""
    opened = open_warehouse(warehouse, snapshot)
    folder = output or warehouse / "report"
    written = report_of(opened, folder, pictures=pictures)
    left = f", {written.excerpt_count:,} more as passages" if written.excerpt_count else ""
    left += f", {written.pages_left_out:,} left out for size" if written.pages_left_out else ""
    console.print(Text(f"{written.page_count:,} source pages{left}, {written.byte_count / 1e6:.1f} MB"))
    console.print(Text(f"open {written.index}"))


def dictionary(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    output: OutputOption = None,
    examples: Annotated[
        bool | None,
        typer.Option(help="Show rows of the warehouse as examples; where there is one if not given."),
    ] = None,
) -> None:
    """Write the data dictionary as pages, with example rows where there is a warehouse."""
    wanted = (warehouse / "current").exists() if examples is None else examples
    scan = open_warehouse(warehouse).scan if wanted else None
    folder = output or warehouse / "dictionary"
    console.print(Text(f"open {catalog.write_catalog(folder, scan)}"))


def export_tables(
    to: Annotated[ExportFormat, typer.Option("--to", help="What to write.")],
    tables: Annotated[
        str | None, typer.Option(help="Tables, separated by commas; all where not given. Not for xlsx.")
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    output: OutputOption = None,
    snapshot: int | None = None,
) -> None:
    """Write the tables for Excel (xlsx, csv) or Spark (delta)."""
    opened = open_warehouse(warehouse, snapshot)
    names = [name.strip() for name in tables.split(",")] if tables else list(registry.TABLES)
    unknown = [name for name in names if name not in registry.TABLES]
    if unknown:
        raise UsageProblem(f"no table {', '.join(unknown)}; there are {', '.join(registry.TABLES)}")
    try:
        if to is ExportFormat.XLSX:
            if tables:
                raise UsageProblem("an xlsx holds deals, parties, roles and sources; choose tables with csv")
            path = output or warehouse / "baocang.xlsx"
            console.print(Text(f"wrote {export.export_xlsx(opened.scan, path, report=_report_beside(path))}"))
        else:
            write = export.export_csv if to is ExportFormat.CSV else export.export_delta
            folder = output or warehouse / to.value
            console.print(Text(f"wrote {len(write(opened.scan, folder, names))} tables to {folder}"))
    except export.ExportError as error:
        raise UsageProblem(str(error)) from None


def notebook(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    edit: Annotated[bool, typer.Option(help="Open the cells for editing.")] = False,
    port: Annotated[int, typer.Option(help="Port of the notebook.")] = 2718,
    headless: Annotated[bool, typer.Option(help="Do not open a browser.")] = False,
) -> None:
    """Open the notebook (marimo) on a warehouse."""
    if find_spec("marimo") is None:
        raise UsageProblem("the notebook needs the package marimo: pip install 'baocang[notebook]'")
    opened = open_warehouse(warehouse)
    path = Path(catalog.__file__).with_name("notebook.py")
    command = [sys.executable, "-m", "marimo", "edit" if edit else "run", str(path), "--port", str(port)]
    if headless:
        command.append("--headless")
    environment = {**os.environ, "BAOCANG_WAREHOUSE": str(opened.root.resolve())}
    raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)


def _report_beside(path: Path) -> Path | None:
    # A link in a workbook is relative to it, so that both can be mailed or moved together.
    folder = path.parent / "report"
    return Path("report") if (folder / "index.html").exists() else None


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(report)
    app.command()(dictionary)
    app.command("export")(export_tables)
    app.command()(notebook)
