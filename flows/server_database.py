"""The server's database, laid out from one file instead of by a hundred migrations.

`server_schema.sql` is what the migrations of the Prefect that `constraints.txt` names make of an empty SQLite
database, its revision included: a newer Prefect goes on from there with the migrations it adds.

Run `python -m flows.server_database` to write it again.

Source: Prefect's migrations (Apache-2.0).
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from importlib.resources import files
from pathlib import Path

_SCHEMA = "server_schema.sql"


def lay_out(path: Path) -> None:
    """Make an empty database, unless there is one.

    Args:
        path: The file; its folder must exist. It appears whole: another run may do the same just now.
    """
    if path.exists():
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        partial = Path(folder) / path.name
        with closing(sqlite3.connect(partial)) as database:
            database.executescript((files("flows") / _SCHEMA).read_text(encoding="utf-8"))
        with suppress(FileExistsError):
            os.link(partial, path)


def schema_by_migrations(path: Path) -> str:
    """Let Prefect lay out a database and read its schema off it.

    Args:
        path: A file that does not exist yet.

    Returns:
        SQL statements that make the same database.
    """
    os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = f"sqlite+aiosqlite:///{path}"
    from prefect.server.database import provide_database_interface

    asyncio.run(provide_database_interface().create_db())
    with closing(sqlite3.connect(path)) as database:
        return "\n".join(database.iterdump()) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as _folder:
        _text = schema_by_migrations(Path(_folder) / "prefect.db")
    Path(__file__).with_name(_SCHEMA).write_text(_text, encoding="utf-8")
