"""Which rows differ between two snapshots of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from warehouse.buckets import Buckets, spread_hashes
from warehouse.draft import Draft
from warehouse.formats import Format, scan_files
from warehouse.manifest import DataFile, Manifest, TableDelta


def changed_rows(root: Path, stored: Format, before: Manifest | None, after: Manifest) -> pl.DataFrame:
    """Keys of the rows that differ, reading only files that are not in both snapshots.

    Returns:
        One row per key: the key columns, `change` (`added`, `changed`, `removed`); sorted by key.
    """
    return pl.concat(_differences(root, stored, before, after)).sort(stored.key)


def _differences(
    root: Path, stored: Format, before: Manifest | None, after: Manifest
) -> Iterator[pl.DataFrame]:
    """Rows of `changed_rows`, some keys at a time: memory holds one file or the digests of these rows."""
    old, new = _files(before, stored.name), _files(after, stored.name)
    keys = list(stored.key)
    with Buckets(root, *spread_hashes(*keys)) as digests:
        for files, others, is_new in ((old, new, False), (new, old, True)):
            digests.add(_digests(pl.DataFrame(schema=stored.schema), keys, is_new=is_new))
            for path in files.keys() - others.keys():
                rows = scan_files([str(root / path)], stored.schema).collect()
                digests.add(_digests(rows, keys, is_new=is_new))
        for some in digests:
            left = some.filter(~pl.col("is_new")).select(*keys, old="digest")
            right = some.filter("is_new").select(*keys, new="digest")
            joined = left.join(right, on=keys, how="full", coalesce=True, nulls_equal=True)
            change = (
                pl.when(pl.col("old").is_null())
                .then(pl.lit("added"))
                .when(pl.col("new").is_null())
                .then(pl.lit("removed"))
                .when(pl.col("old") != pl.col("new"))
                .then(pl.lit("changed"))
            )
            yield joined.select(*keys, change=change).filter(pl.col("change").is_not_null())


def table_delta(root: Path, stored: Format, before: Manifest | None, after: Manifest) -> TableDelta:
    """Count the rows that differ."""
    old, new = _files(before, stored.name), _files(after, stored.name)
    if not old.keys() - new.keys():
        # Only new files: every row in them is new, no need to open one.
        return TableDelta(added=sum(file.rows for path, file in new.items() if path not in old))
    counts: Counter[str] = Counter()
    for some in _differences(root, stored, before, after):
        counts.update(dict(some["change"].value_counts().iter_rows()))
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
    if draft.formats[table].kind == "document":
        return draft.scan_documents(table, draft.touched)
    return pl.concat(changed_files(draft, table))


def changed_files(draft: Draft, table: str) -> list[pl.LazyFrame]:
    """The rows that a draft adds or changes in a table without documents, a frame for each file."""
    stored = draft.formats[table]
    after = draft.as_manifest()
    old, new = _files(draft.base, table), _files(after, table)
    paths = [str(draft.root / path) for path in new if path not in old]
    files = [scan_files([path], stored.schema) for path in paths] or [scan_files([], stored.schema)]
    if not old.keys() - new.keys():
        return files
    changed = changed_rows(draft.root, stored, draft.base, after).filter(pl.col("change") != "removed")
    keys = list(stored.key)
    return [file.join(changed.lazy(), on=keys, how="semi", nulls_equal=True) for file in files]


def beside_changed(draft: Draft, table: str) -> pl.LazyFrame:
    """All rows of the documents that a draft touches; of a table without documents, all rows."""
    if draft.formats[table].kind == "document":
        return draft.scan_documents(table, draft.touched)
    return draft.scan(table)


def _files(manifest: Manifest | None, table: str) -> dict[str, DataFile]:
    return {file.path: file for file in manifest.files(table) if file.rows} if manifest else {}


def _digests(rows: pl.DataFrame, keys: list[str], *, is_new: bool) -> pl.DataFrame:
    return rows.select(keys).with_columns(digest=rows.hash_rows(seed=0), is_new=pl.lit(is_new))
