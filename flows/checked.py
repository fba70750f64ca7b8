"""The rows that the checks look at, cut into pieces that fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial

import polars as pl

from expectations.derive import Staged
from warehouse.delta import beside_changed, changed_files, changed_of_draft
from warehouse.draft import Draft
from warehouse.formats import scan_files
from warehouse.store import Store


def rows_of_draft(draft: Draft) -> Staged:
    """What a draft adds or changes."""
    rows, beside = cache(partial(changed_of_draft, draft)), cache(partial(beside_changed, draft))
    touched = draft.touched.to_frame()
    batches = []
    for batch in draft.batches(documents=draft.touched):
        ids = draft.locations(batch).join(touched, on="document_id", how="semi")["document_id"]
        of_batch = cache(partial(draft.scan_documents, document_ids=ids, batch=batch))
        batches.append(_piece(draft, of_batch, beside, draft.scan))
    return Staged(
        rows, beside, draft.scan, _cut(draft, batches, cache(partial(changed_files, draft))), draft.root
    )


def rows_of_store(store: Store) -> Staged:
    """All rows of the newest snapshot."""
    draft = Draft(store.root, store.formats, store.manifest())
    batches = [
        _piece(draft, cache(partial(draft.scan, batch=batch)), draft.scan, draft.scan)
        for batch in draft.batches()
    ]

    def files(table: str) -> list[pl.LazyFrame]:
        schema = store.formats[table].schema
        return [scan_files([str(store.root / file.path)], schema) for file in draft.tables.get(table, ())]

    return Staged(draft.scan, draft.scan, draft.scan, _cut(draft, batches, files), store.root)


def _piece(
    draft: Draft,
    of_batch: Callable[[str], pl.LazyFrame],
    beside: Callable[[str], pl.LazyFrame],
    everything: Callable[[str], pl.LazyFrame],
) -> Staged:
    """Some documents with all tables of theirs, and the other tables as they are."""

    def beside_batch(table: str) -> pl.LazyFrame:
        return of_batch(table) if draft.formats[table].kind == "document" else beside(table)

    return Staged(of_batch, beside_batch, everything)


def _cut(
    draft: Draft, batches: Sequence[Staged], files: Callable[[str], Sequence[pl.LazyFrame]]
) -> Callable[[str], Sequence[Staged]]:
    def cut(table: str) -> Sequence[Staged]:
        if draft.formats[table].kind == "document":
            return batches
        return [piece(rows) for rows in files(table)]

    def piece(rows: pl.LazyFrame) -> Staged:
        return Staged(lambda _: rows, partial(beside_changed, draft), draft.scan)

    return cut
