"""What Prefect must find in the environment before it is imported."""

from __future__ import annotations

import os
from pathlib import Path

from flows.server_database import lay_out

_DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"


def configure_prefect(warehouse: Path, *, quiet: bool = True) -> None:
    """Point Prefect at the warehouse's own database, without telemetry.

    A `PREFECT_API_URL` that is set is used as it is; nothing that the caller has set is changed.

    Args:
        warehouse: The database of the embedded server is `<warehouse>/prefect/prefect.db`.
        quiet: Show warnings only, for a terminal that has its own progress display.
    """
    folder = warehouse.resolve() / "prefect"
    defaults = {
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
        # A machine that does much else takes its time.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        # Seconds that a writer waits for another one, before the server answers 503.
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # The second version of the UI asks an outside analytics host whatever the settings say.
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
    }
    if "PREFECT_API_URL" not in os.environ:
        if _DATABASE not in os.environ:
            folder.mkdir(parents=True, exist_ok=True)
            lay_out(folder / "prefect.db")
            defaults["BAOCANG_RUNS_FOLDER"] = str(runs_folder(warehouse))
            defaults[_DATABASE] = _own_database(warehouse)
        defaults["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
    if quiet:
        # The run's logs still go to the server; a person at the terminal sees the progress and the result.
        defaults["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "CRITICAL"
        defaults["PREFECT_SERVER_LOGGING_LEVEL"] = "CRITICAL"
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def is_own_server(warehouse: Path) -> bool:
    """Whether the runs on the server are those of this warehouse alone, each with a mark in `runs_folder`.

    On a server of somebody else, or with a database that others may use too, they need not be.
    """
    return "PREFECT_API_URL" not in os.environ and os.environ.get(_DATABASE) == _own_database(warehouse)


def _own_database(warehouse: Path) -> str:
    return f"sqlite+aiosqlite:///{warehouse.resolve() / 'prefect' / 'prefect.db'}"


def runs_folder(warehouse: Path) -> Path:
    """Where the runs of this warehouse mark that they are under way; it is made if need be."""
    folder = warehouse.resolve() / "prefect" / "running"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
