"""Show a committed snapshot to readers that know only folders, and to DuckDB.

Every step can be repeated: a run killed between them is finished by the next one.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.files import StoreError, cause_and_step, fsync_path, link_or_copy, make_folder
from warehouse.manifest import DataFile, Manifest

_DIGITS = 6


def manifest_path(root: Path, number: int) -> Path:
    """Where the manifest of a snapshot is."""
    return root / "snapshots" / f"{number:0{_DIGITS}d}.json"


def snapshot_numbers(root: Path) -> list[int]:
    """Numbers of all committed snapshots, ascending."""
    try:
        names = os.listdir(root / "snapshots")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f"{root}: {error.strerror}; give a warehouse folder that can be read") from error
    return sorted(int(name[:-5]) for name in names if name.endswith(".json") and name[:-5].isdigit())


def read_manifest(root: Path, snapshot: int | None = None) -> Manifest | None:
    """A committed snapshot, the newest where None; None when there is none.

    Raises:
        StoreError: There is no such snapshot, or its manifest cannot be read.
    """
    numbers = snapshot_numbers(root)
    if snapshot is None:
        if not numbers:
            return None
        snapshot = numbers[-1]
    if snapshot not in numbers:
        kept = f"{numbers[0]} to {numbers[-1]}" if numbers else "none"
        raise StoreError(f"{root}: no snapshot {snapshot}; kept: {kept} (see `baocang snapshots`)")
    path = manifest_path(root, snapshot)
    try:
        return Manifest.from_json(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path}: not a readable manifest ({error}); read an older one with --snapshot {snapshot - 1}"
        ) from error


def view_folder(root: Path, number: int) -> Path:
    """The folder of links that shows a snapshot."""
    return root / "views" / f"{number:0{_DIGITS}d}"


def is_published(root: Path, manifest: Manifest) -> bool:
    """Whether `current` and `views.duckdb` show this snapshot."""
    shown = os.path.realpath(root / "current") == os.path.realpath(view_folder(root, manifest.number))
    return shown and (root / "views.duckdb").exists() and _duckdb_shows(root, manifest.number)


@contextmanager
def explain_committed(root: Path, number: int) -> Iterator[None]:
    """Turn a failure of the block into a `StoreError` that says what is there all the same.

    For work behind a commit: the snapshot is complete, only showing it is not.
    """
    try:
        yield
    except (OSError, duckdb.Error) as error:
        raise StoreError(
            f"{root}: snapshot {number} is committed and complete, but `current` or `views.duckdb` may not "
            f"show it yet: {cause_and_step(error) or error}. The next build shows it."
        ) from error


def publish(root: Path, manifest: Manifest) -> None:
    """Make `current` and `views.duckdb` show a snapshot; the caller holds the lock."""
    view = view_folder(root, manifest.number)
    if not view.is_dir():
        _build_view(root, manifest, view)
    _point_current(root, view)
    _write_duckdb(root, manifest)


def _build_view(root: Path, manifest: Manifest, view: Path) -> None:
    make_folder(view.parent)
    aside = view.with_name(f".{view.name}.{uuid.uuid4().hex}.tmp")
    # One folder a table: a folder a month would cost an fsync each. The month stays in the name.
    folders = {table: aside / table for table, _ in _shown(manifest)}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    for table, file in _shown(manifest):
        path = Path(file.path)
        link_or_copy(root / path, folders[table] / f"{path.parent.name}-{path.name}")
    for folder in (*folders.values(), aside):
        fsync_path(folder)
    os.rename(aside, view)
    fsync_path(view.parent)


def _shown(manifest: Manifest) -> Iterator[tuple[str, DataFile]]:
    """Files of the tables that readers see; those of the store's own begin with an underscore."""
    return ((table, file) for table, file in manifest.all_files() if not table.startswith("_"))


def _point_current(root: Path, view: Path) -> None:
    current = root / "current"
    aside = root / f".current.{uuid.uuid4().hex}.tmp"
    try:
        os.symlink(view.relative_to(root), aside, target_is_directory=True)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}:
            raise
        _copy_current(current, view, aside)
        return
    if current.is_dir() and not current.is_symlink():
        os.rename(current, root / f".current.{uuid.uuid4().hex}.old.tmp")
    os.replace(aside, current)
    fsync_path(root)


def _copy_current(current: Path, view: Path, aside: Path) -> None:
    """`current` as a folder, where the mount has no symlinks: two renames, not one."""
    shutil.copytree(view, aside)
    old = aside.with_name(f"{aside.name}.old.tmp")
    if current.exists():
        os.rename(current, old)
    os.rename(aside, current)
    fsync_path(current.parent)
    shutil.rmtree(old, ignore_errors=True)


def quote_name(name: str) -> str:
    """A name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """A text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def read_parquet(paths: Sequence[str], *, is_mixed: bool) -> str:
    """DuckDB's `read_parquet(...)` over files or patterns.

    Args:
        paths: Files or patterns.
        is_mixed: Their columns differ. DuckDB then opens every file before it can answer.
    """
    listed = ", ".join(quote_text(path) for path in paths)
    return f"read_parquet([{listed}], union_by_name = {str(is_mixed).lower()}, hive_partitioning = false)"


def _write_duckdb(root: Path, manifest: Manifest) -> None:
    """Rewrite `views.duckdb`: one view per table over this snapshot's folder, by absolute path.

    DuckDB resolves a relative path against the reader's working folder, so only an absolute one works from
    anywhere; after moving a warehouse, `baocang check` or the next build rewrites the file. The views name
    the numbered folder and not `current`: one connection reads one snapshot, a new connection the newest.
    """
    aside = root / f".views.{uuid.uuid4().hex}.duckdb.tmp"
    folder = view_folder(root.resolve(), manifest.number)
    with duckdb.connect() as connection:
        # The oldest format that still has everything we need: DuckDB 1.4 to 2.0 open it.
        connection.execute(f"ATTACH {quote_text(str(aside))} AS shown (STORAGE_VERSION 'v1.0.0')")
        schemas: dict[str, set[str]] = {}
        for table, file in _shown(manifest):
            schemas.setdefault(table, set()).add(file.schema)
        for table, digests in sorted(schemas.items()):
            connection.execute(
                f"CREATE VIEW shown.{quote_name(table)} AS SELECT * FROM "
                + read_parquet([f"{folder}/{table}/*.parquet"], is_mixed=len(digests) > 1)
            )
        connection.execute("DETACH shown")
    os.replace(aside, root / "views.duckdb")
    fsync_path(root)


def _duckdb_shows(root: Path, number: int) -> bool:
    try:
        with duckdb.connect(str(root / "views.duckdb"), read_only=True) as connection:
            found = connection.execute("SELECT sql FROM duckdb_views() WHERE NOT internal LIMIT 1").fetchone()
    except duckdb.Error:
        return False
    return found is not None and str(view_folder(root.resolve(), number)) in str(found[0])
