"""The command that builds a warehouse."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from rich.text import Text

from flows.commands_read import (
    DEFAULT_WAREHOUSE,
    JsonOption,
    UsageProblem,
    WarehouseOption,
    console,
    errors,
    open_warehouse,
    print_rows,
    table_overview,
)
from flows.commands_warehouse import delta_rows
from flows.environment import configure_prefect
from flows.fingerprints import STEPS, step_fingerprint
from flows.options import BuildOptions
from flows.progress import shown_on
from flows.server import ServerError, api_for_a_run
from transforms.extract.names.patches import PatchError
from warehouse.files import StoreError, require_writable

if TYPE_CHECKING:
    from flows.build import BuildResult


def build(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders or globs.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    issue_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of issue of all sources.")
    ] = None,
    publication: Annotated[str | None, typer.Option(help="Name of the newspaper.")] = None,
    page_label: Annotated[str | None, typer.Option(help="The paper's own page number, such as A03.")] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of text and records, instead of finding it out.")
    ] = None,
    text_field: Annotated[str, typer.Option(help="Field of the text in JSONL, CSV and Parquet.")] = "text",
    title_field: Annotated[str, typer.Option(help="Field of the headline there.")] = "title",
    id_field: Annotated[str, typer.Option(help="Field of the record's key there.")] = "id",
    date_field: Annotated[str, typer.Option(help="Field of the day of issue there.")] = "published_on",
    publication_field: Annotated[str, typer.Option(help="Field of the newspaper there.")] = "publication",
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that read pages.")] = 1,
    engine: Annotated[str, typer.Option(help="Recognition engine: lac or jieba.")] = "lac",
    profile: Annotated[
        str, typer.Option(help="Guideline of names: default, or flat as the MSRA corpus has it.")
    ] = "default",
    patches: Annotated[
        Path | None,
        typer.Option(help="YAML with corrections of names, in the format of seeds/lookups/patches.yml."),
    ] = None,
    user_dict: Annotated[
        Path | None,
        typer.Option(help="Words in jieba's format (word, frequency, tag); nr, ns and nt become names."),
    ] = None,
    simplify: Annotated[bool, typer.Option(help="Turn traditional into simplified characters.")] = False,
    full_refresh: Annotated[bool, typer.Option(help="Read unchanged sources again.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Show which rows would change; publish nothing.")] = False,
    quarantine: Annotated[bool, typer.Option(help="Leave out documents that fail a check.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Build from newspaper pages and publish. Sources that have not changed are not read again.

    Exit code 0: published, or nothing to do. 1: checks failed, nothing published. 2: wrong use, or nothing
    could be read.
    """
    try:
        options = BuildOptions(
            sources=sources,
            warehouse=warehouse,
            issue_on=issue_on.date() if issue_on else None,
            publication=publication,
            page_label=page_label,
            encoding=encoding,
            text_field=text_field,
            title_field=title_field,
            id_field=id_field,
            date_field=date_field,
            publication_field=publication_field,
            workers=workers,
            engine=engine,
            profile=profile,
            patches=patches,
            user_dict=user_dict,
            simplify=simplify,
            full_refresh=full_refresh,
            dry_run=dry_run,
            quarantine=quarantine,
        )
    except ValidationError as error:
        raise UsageProblem("\n".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())) from None
    _require_writable(warehouse)
    configure_prefect(warehouse)
    # Prefect and the checks take seconds to import: that is done while the server starts.
    server = api_for_a_run(warehouse)
    from flows.build import ChecksFailedError, NothingReadError
    from flows.build import build as build_flow

    Thread(target=_warm_up, daemon=True).start()
    try:
        server.wait()
        with shown_on(errors if as_json else console):
            result = build_flow(options)
    except ServerError as error:
        raise UsageProblem(str(error)) from None
    except (NothingReadError, PatchError, StoreError) as error:
        raise UsageProblem(str(error)) from None
    except ChecksFailedError as error:
        errors.print(Text(str(error)))
        shown = error.checks.select(
            "table_name", "expectation", "unexpected_count", "failing_keys", "message"
        )
        print_rows(shown, as_json=as_json)
        raise typer.Exit(1) from None
    _report(result, warehouse, as_json)


def _warm_up() -> None:
    """Do what every build needs and nothing decides, while the server starts."""
    for step in STEPS:
        step_fingerprint(step)
    import_module("expectations.runner")


def _require_writable(warehouse: Path) -> None:
    try:
        require_writable(warehouse)
    except StoreError as error:
        raise UsageProblem(str(error)) from None


def _report(result: BuildResult, warehouse: Path, as_json: bool) -> None:
    if as_json:
        outcome = {
            "run_id": result.run_id,
            "state": result.state,
            "snapshot": result.snapshot,
            "warehouse": str(warehouse.resolve()),
            "row_counts": result.row_counts,
            "reject_count": result.rejects.height,
            "warning_count": result.warnings.height,
            "delta": {table: asdict(delta) for table, delta in result.delta.items()},
        }
        print(json.dumps(outcome, ensure_ascii=False))
        return
    for row in result.rejects.head(20).iter_rows(named=True):
        console.print(Text(f"rejected: {row['uri']}: {row['message']}"))
    if result.rejects.height > 20:
        console.print(f"and {result.rejects.height - 20} more: baocang show rejects")
    for row in result.warnings.iter_rows(named=True):
        console.print(Text(f"warning: {row['table_name']}: {row['message'] or row['expectation']}"))
    if result.state == "dry_run":
        print_rows(delta_rows(result.delta), as_json=False, title="Rows that would change; nothing published")
        return
    if result.state == "unchanged":
        console.print(Text("Nothing has changed: no source was read and nothing published."))
    print_rows(table_overview(open_warehouse(warehouse)), as_json=False, title=f"Snapshot {result.snapshot}")
    console.print(Text(f"The tables lie in {warehouse.resolve() / 'current'}"))


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(build)
