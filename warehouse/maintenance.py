"""Keep a warehouse small: remove old snapshots and what nothing refers to any more."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from warehouse import publish
from warehouse.files import explain_errors, writer_lock
from warehouse.manifest import Manifest
from warehouse.store import Store

DAY_SECONDS = 86_400.0


@dataclass
class Pruned:
    """What was removed, or would be.

    Attributes:
        snapshots: Numbers of the snapshots.
        files: Count of data files, views, source bytes and left-overs of killed runs.
        bytes: Their size; a file that another view still links to frees its space with the last link.
    """

    snapshots: list[int] = field(default_factory=list)
    files: int = 0
    bytes: int = 0


def prune(
    store: Store, *, keep: int = 10, older_than_seconds: float = DAY_SECONDS, is_dry_run: bool = False
) -> Pruned:
    """Remove old snapshots and unreferenced files.

    The newest snapshot always stays. Nothing younger than `older_than_seconds` is removed: it may belong
    to a run that has not committed yet, or to a reader that has just opened it. Choose it longer than the
    longest run. Manifests go first, then what only they named, so a kill in between leaves garbage for
    the next prune and never a snapshot without its files.

    Args:
        store: The warehouse.
        keep: Newest snapshots to keep, at least 1.
        older_than_seconds: The age guard.
        is_dry_run: Only say what would go.

    Raises:
        ValueError: `keep` below 1 or a negative age.
        StoreError: Disk or permission.
    """
    if keep < 1 or older_than_seconds < 0:
        raise ValueError("keep at least 1 snapshot, and give an age of 0 seconds or more")
    pruned = Pruned()
    with explain_errors(store.root), writer_lock(store.root):
        horizon = time.time() - older_than_seconds
        snapshots = store.snapshots()
        old = [
            m for m in snapshots[:-keep] if _modified(publish.manifest_path(store.root, m.number)) < horizon
        ]
        kept = [m for m in snapshots if m not in old]
        pruned.snapshots = [m.number for m in old]
        for path in _doomed(store, old, kept, horizon):
            pruned.files += 1
            pruned.bytes += _size(path)
            if not is_dry_run:
                _remove(path)
    return pruned


def _doomed(store: Store, old: list[Manifest], kept: list[Manifest], horizon: float) -> Iterator[Path]:
    root = store.root
    for manifest in old:
        yield publish.manifest_path(root, manifest.number)
    shown = {publish.view_folder(root, manifest.number).name for manifest in kept}
    for folder in _entries(root / "views"):
        if folder.name not in shown and (_modified(folder) < horizon or folder.name.isdigit()):
            yield folder
    referenced = {root / file.path for manifest in kept for _, file in manifest.all_files()}
    for path in (root / "files").rglob("*.parquet"):
        if path not in referenced and _modified(path) < horizon:
            yield path
    bytes_kept = _source_digests(store, kept)
    for path in (root / "sources").rglob("*.zst"):
        if path.stem not in bytes_kept and _modified(path) < horizon:
            yield path
    for folder in _entries(root / "staging"):
        staged = [folder] if folder.name.startswith(".partial-") else _entries(folder)
        yield from (path for path in staged if _modified(path) < horizon)
    for folder in (root, root / "snapshots", root / "sources"):
        for path in folder.rglob(".*.tmp") if folder != root else folder.glob(".*.tmp"):
            if _modified(path) < horizon:
                yield path


def _source_digests(store: Store, kept: list[Manifest]) -> set[str]:
    if "sources" not in store.formats:
        return set()
    digests: set[str] = set()
    for manifest in kept:
        known = store.known_sources(manifest.number)
        digests |= set(known.filter(pl.col("source_state") != "withdrawn")["content_sha256"])
    return digests


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _modified(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:
        return time.time()


def _size(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return sum(_size(child) for child in path.rglob("*") if child.is_file())
    return path.lstat().st_size


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        os.unlink(path)
