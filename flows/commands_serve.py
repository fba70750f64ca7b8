"""The command that serves the Prefect UI and runs what is started or scheduled there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from flows.commands_read import UsageProblem, console
from flows.server import ServerError
from flows.settings import Settings


def serve(
    warehouse: Annotated[
        Path | None, typer.Option("--warehouse", "-w", help="Folder of the warehouse.")
    ] = None,
    inbox: Annotated[Path | None, typer.Option(help="Folder that is built every night.")] = None,
    cron: Annotated[str | None, typer.Option(help="When, such as '0 2 * * *'.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Time zone of the schedule.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 4200,
) -> None:
    """Serve the Prefect UI with all deployments and run them, until Ctrl-C."""
    from flows.serve import serve as run

    given = {"warehouse": warehouse, "inbox": inbox, "cron": cron, "timezone": timezone}
    try:
        settings = Settings().model_copy(update={k: v for k, v in given.items() if v is not None})
        run(settings, host=host, port=port, say=lambda line: console.print(Text(line)))
    except (ServerError, ValueError) as error:
        raise UsageProblem(str(error)) from None


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(serve)
