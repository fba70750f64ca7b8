"""Which rows differ between two snapshots of a table."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from warehouse.draft import Draft
from warehouse.formats import Format, scan_files
from warehouse.manifest import DataFile, Manifest, TableDelta


def changed_rows(root: Path, stored: Format, before: Manifest | None, after: Manifest) -> pl.DataFrame:
    """Keys of the rows that differ, reading only files that are not in both snapshots.

    Returns:
        One row per key: the key columns, `change` (`added`, `changed`, `removed`); sorted by key.
    """
    old = _files(before, stored.name)
    new = _files(after, stored.name)
    left = _hashed(root, stored, [file for path, file in old.items() if path not in new], "old")
    right = _hashed(root, stored, [file for path, file in new.items() if path not in old], "new")
    keys = list(stored.key)
    joined = left.join(right, on=keys, how="full", coalesce=True, nulls_equal=True)
    change = (
        pl.when(pl.col("old").is_null())
        .then(pl.lit("added"))
        .when(pl.col("new").is_null())
        .then(pl.lit("removed"))
        .when(pl.col("old") != pl.col("new"))
        .then(pl.lit("changed"))
    )
    return (
        joined.with_columns(change.alias("change"))
        .filter(pl.col("change").is_not_null())
        .select(*keys, "change")
    ).sort(keys)


def table_delta(root: Path, stored: Format, before: Manifest | None, after: Manifest) -> TableDelta:
    """Count the rows that differ."""
    old, new = _files(before, stored.name), _files(after, stored.name)
    if not old.keys() - new.keys():
        # Only new files: every row in them is new, no need to open one.
        return TableDelta(added=sum(file.rows for path, file in new.items() if path not in old))
    counts = dict(changed_rows(root, stored, before, after)["change"].value_counts().iter_rows())
    return TableDelta(**counts)


def draft_delta(draft: Draft) -> dict[str, TableDelta]:
    """Row changes that a draft would publish, by table; tables without any are absent."""
    after = draft.as_manifest()
    counted = {
        name: table_delta(draft.root, stored, draft.base, after)
        for name, stored in draft.formats.items()
        if not stored.is_internal
    }
    return {name: delta for name, delta in counted.items() if delta}


def changed_of_draft(draft: Draft, table: str) -> pl.LazyFrame:
    """The rows that a draft adds or changes; of a table of documents, all rows of those it touches."""
    stored = draft.formats[table]
    if stored.kind == "document":
        return draft.scan_documents(table, draft.touched)
    after = draft.as_manifest()
    old, new = _files(draft.base, table), _files(after, table)
    files = [str(draft.root / path) for path in new if path not in old]
    rows = scan_files(files, stored.schema)
    if not old.keys() - new.keys():
        return rows
    changed = changed_rows(draft.root, stored, draft.base, after).filter(pl.col("change") != "removed")
    return rows.join(changed.lazy(), on=list(stored.key), how="semi", nulls_equal=True)


def beside_changed(draft: Draft, table: str) -> pl.LazyFrame:
    """All rows of the documents that a draft touches; of a table without documents, all rows."""
    if draft.formats[table].kind == "document":
        return draft.scan_documents(table, draft.touched)
    return draft.scan(table)


def _files(manifest: Manifest | None, table: str) -> dict[str, DataFile]:
    return {file.path: file for file in manifest.files(table) if file.rows} if manifest else {}


def _hashed(root: Path, stored: Format, files: list[DataFile], name: str) -> pl.DataFrame:
    rows = scan_files([str(root / file.path) for file in files], stored.schema).collect()
    return rows.select(*stored.key).with_columns(rows.hash_rows(seed=0).alias(name))
