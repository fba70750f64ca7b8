"""The file that lays out the server's database is what the migrations of the installed Prefect would make."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from flows.server_database import lay_out


def shape(path: Path) -> dict[str, list[str]]:
    """Name to statement of everything in the database; the migrations put constraints in any order."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        version = database.execute("SELECT version_num FROM alembic_version").fetchall()
    lines = {name: sorted(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows}
    return {**lines, "version": [str(version)]}


def test_the_schema_is_what_the_migrations_make(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from flows.server_database import schema_by_migrations as s;"
    )
    command = [sys.executable, "-c", f"{code} s(Path(sys.argv[1]))", str(tmp_path / "migrated.db")]
    subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2])
    lay_out(tmp_path / "laid_out.db")
    assert shape(tmp_path / "laid_out.db") == shape(tmp_path / "migrated.db"), (
        "another Prefect: run `python -m flows.server_database`"
    )


def test_a_database_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "prefect.db").write_bytes(b"somebody's")
    lay_out(tmp_path / "prefect.db")
    assert (tmp_path / "prefect.db").read_bytes() == b"somebody's"
