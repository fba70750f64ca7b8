"""Sources out of a warehouse, which keeps the bytes of all it read, so that it can be built anew."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from flows.discovery import Source
from flows.plan import UNREADABLE_SHA256
from transforms.ingest.model import SourceMeta
from warehouse.store import Store


def is_warehouse(path: Path) -> bool:
    """Whether a folder is a warehouse and not a folder of pages."""
    return (path / "snapshots").is_dir() and (path / "files").is_dir()


def stored_sources(store: Store, folder: Path) -> list[Source]:
    """Unpack the sources that a warehouse was built from, but those withdrawn or never readable.

    Args:
        store: The warehouse.
        folder: Gets the files; must stay until they are read.

    Returns:
        Sources with the uris and metadata they were read with; sorted by uri.

    Raises:
        StoreError: The bytes of a source are missing or damaged.
    """
    is_kept = (pl.col("source_state") != "withdrawn") & (pl.col("content_sha256") != UNREADABLE_SHA256)
    known = store.known_sources().filter(is_kept).sort("uri")
    return [_unpack(store, row, folder) for row in known.iter_rows(named=True)]


def _unpack(store: Store, row: dict[str, Any], folder: Path) -> Source:
    # A folder of its own for each uri: several can have equal bytes and one name, and a file written twice
    # counts as changed while it was read.
    path = folder / hashlib.sha256(row["uri"].encode()).hexdigest() / PurePosixPath(row["uri"]).name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(store.sources.get(row["content_sha256"]))
    status = path.stat()
    meta = json.loads(row["source_meta"])
    issue_on = meta.get("issue_on")
    return Source(
        uri=row["uri"],
        path=path.resolve(),
        root=folder.resolve(),
        byte_count=status.st_size,
        modified_ns=status.st_mtime_ns,
        meta=SourceMeta(**{**meta, "issue_on": date.fromisoformat(issue_on) if issue_on else None}),
    )
