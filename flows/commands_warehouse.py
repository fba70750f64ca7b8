"""Commands on the warehouse as such: snapshots, diff, prune, withdraw, trace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.text import Text

from flows.commands_read import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    UsageProblem,
    WarehouseOption,
    console,
    open_warehouse,
    print_rows,
)
from flows.environment import configure_prefect
from warehouse import registry
from warehouse.delta import changed_rows, table_delta
from warehouse.files import StoreError
from warehouse.maintenance import prune as prune_store
from warehouse.manifest import TableDelta
from warehouse.store import Store
from warehouse.trace import RowNotFoundError, Trace
from warehouse.trace import trace as trace_row
from warehouse.trace_views import render_html, render_text


def delta_rows(delta: Mapping[str, TableDelta]) -> pl.DataFrame:
    """One row per changed table: `table`, `added`, `changed`, `removed`."""
    rows = [{"table": name, **asdict(counts)} for name, counts in sorted(delta.items())]
    schema = {"table": pl.String, "added": pl.Int64, "changed": pl.Int64, "removed": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


def snapshots(warehouse: WarehouseOption = DEFAULT_WAREHOUSE, as_json: JsonOption = False) -> None:
    """List the snapshots that can be read."""
    open_warehouse(warehouse)
    rows = [
        {
            "snapshot": manifest.number,
            "committed_at": manifest.committed_at[:19],
            "run_id": manifest.run_id,
            "documents": manifest.rows("documents"),
            "added": sum(delta.added for delta in manifest.delta.values()),
            "changed": sum(delta.changed for delta in manifest.delta.values()),
            "removed": sum(delta.removed for delta in manifest.delta.values()),
            "files": sum(1 for _ in manifest.all_files()),
            "bytes": sum(file.bytes for _, file in manifest.all_files()),
        }
        for manifest in Store(warehouse).snapshots()
    ]
    print_rows(pl.DataFrame(rows), as_json=as_json)


def diff(
    before: Annotated[int, typer.Argument(help="Snapshot to compare from.")],
    after: Annotated[int, typer.Argument(help="Snapshot to compare with.")],
    table: Annotated[str | None, typer.Option(help="Show the keys of this table's rows that differ.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Keys to show.")] = 50,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Show which rows differ between two snapshots."""
    store = Store(warehouse)
    old, new = open_warehouse(warehouse, before).manifest, open_warehouse(warehouse, after).manifest
    if table is None:
        counted = {n: table_delta(store.root, store.formats[n], old, new) for n in registry.TABLES}
        print_rows(delta_rows({name: delta for name, delta in counted.items() if delta}), as_json=as_json)
        return
    if table not in registry.TABLES:
        raise UsageProblem(f"no table {table!r}; there are {', '.join(registry.TABLES)}")
    print_rows(changed_rows(store.root, store.formats[table], old, new).head(limit), as_json=as_json)


def prune(
    keep: Annotated[int, typer.Option(min=1, help="Newest snapshots to keep.")] = 10,
    older_than_hours: Annotated[
        float, typer.Option(min=0, help="Remove nothing younger: longer than the longest run.")
    ] = 24.0,
    dry_run: Annotated[bool, typer.Option(help="Only say what would be removed.")] = False,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    as_json: JsonOption = False,
) -> None:
    """Remove old snapshots and files that no snapshot refers to."""
    open_warehouse(warehouse)
    try:
        pruned = prune_store(
            Store(warehouse), keep=keep, older_than_seconds=older_than_hours * 3600, is_dry_run=dry_run
        )
    except StoreError as error:
        raise UsageProblem(str(error)) from None
    if as_json:
        print(json.dumps(asdict(pruned)))
        return
    verb = "would be removed" if dry_run else "removed"
    listed = ", ".join(map(str, pruned.snapshots)) or "none"
    console.print(Text(f"Snapshots {verb}: {listed}; files: {pruned.files:,}; bytes: {pruned.bytes:,}"))


def withdraw(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="As in the table `sources`.")],
    undo: Annotated[bool, typer.Option(help="Let them in again with the next build.")] = False,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
) -> None:
    """Take the rows of sources out of the warehouse; older snapshots and `sources` keep the record."""
    open_warehouse(warehouse)
    configure_prefect(warehouse)
    from flows.build import ChecksFailedError
    from flows.withdraw import UnknownSourceError
    from flows.withdraw import withdraw as withdraw_flow

    try:
        manifest = withdraw_flow(sources, warehouse.resolve(), undo)
    except (UnknownSourceError, StoreError) as error:
        raise UsageProblem(str(error)) from None
    except ChecksFailedError as error:
        console.print(Text(str(error)))
        raise typer.Exit(1) from None
    print_rows(delta_rows(manifest.delta), as_json=False, title=f"Snapshot {manifest.number}")


def trace(
    table: str,
    key: Annotated[str, typer.Argument(metavar="ID", help="Primary key; several columns joined by `|`.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows followed at each step.")] = 20,
    html: Annotated[Path | None, typer.Option(help="Write a page for the browser to this file.")] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    snapshot: int | None = None,
    as_json: JsonOption = False,
) -> None:
    """Show the source line that a row was read from, with its characters marked."""
    if table not in registry.TABLES:
        raise UsageProblem(f"no table {table!r}; there are {', '.join(registry.TABLES)}")
    opened = open_warehouse(warehouse, snapshot)
    try:
        found: Trace = trace_row(opened.scan, table, key, limit=limit)
    except RowNotFoundError as error:
        raise UsageProblem(str(error)) from None
    if html:
        try:
            html.write_text(render_html(found), encoding="utf-8")
        except OSError as error:
            raise UsageProblem(f"{html}: {error.strerror}; name a file that can be written") from None
        console.print(Text(f"Written to {html}"))
    elif as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, default=str))
    else:
        console.print(render_text(found, is_terminal=console.is_terminal), soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (snapshots, diff, prune, withdraw, trace):
        app.command()(command)
