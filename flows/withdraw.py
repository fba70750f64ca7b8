"""Withdraw sources: their rows leave the newest snapshot, older snapshots and the log keep the record."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import polars as pl
from prefect import flow
from prefect.logging import get_run_logger
from prefect.runtime import flow_run

from flows import tasks
from flows.build import ChecksFailedError, run_row
from flows.runs import told
from warehouse import registry
from warehouse.manifest import Manifest
from warehouse.schema import hash_id
from warehouse.store import Changes, ConflictError, Store

_NEVER_MADE = {f"{step}_fingerprint": pl.lit("") for step in ("ingest", "normalize", "extract")}


class UnknownSourceError(ValueError):
    """No source of this name was ever read, or there is nothing to undo."""


@flow(name="withdraw")
@told(lambda manifest: f"Snapshot {manifest.number} published")
def withdraw(uris: list[str], warehouse: Path, undo: bool = False) -> Manifest:
    """Take sources out of the warehouse, or let them in again.

    A withdrawn source stays out of later builds while its bytes are the same. A document that another
    source holds too stays.

    Args:
        uris: Sources as in the table `sources`, or paths.
        warehouse: The warehouse.
        undo: Let them in again: the next build that finds them reads them.

    Raises:
        UnknownSourceError: No such source.
        ChecksFailedError: A check failed; the last snapshot stays.
    """
    store = Store(warehouse)
    run_id = hash_id("run", flow_run.id or uuid.uuid4())
    started_at = datetime.now(UTC)
    for attempt in count(1):
        with store.turn(attempt):
            # All of it in every turn: another run may have come with a source of the same content.
            newest = store.manifest()
            known = store.known_sources(newest.number if newest else None)
            rows, gone = _decide(known, uris, undo=undo)
            draft = store.draft(Changes(document_ids_removed=gone), newest)
            tasks.resolve(draft)
            tasks.aggregate(draft)
            checks = tasks.check(draft, run_id)
            blocking = checks.filter(~pl.col("is_success") & (pl.col("severity") == "fail"))
            if blocking.height:
                draft.discard()
                raise ChecksFailedError(blocking)
            settings = json.dumps({"command": "withdraw", "undo": undo})
            run = run_row(run_id, started_at, settings, rows["uri"].to_list())
            log = registry.conform("sources", rows.with_columns(run_id=pl.lit(run_id)))
            draft.put({"runs": run, "checks": checks, "sources": log})
            before = newest.info if newest else {}
            withdrawn = [] if undo else rows["uri"].to_list()
            info = {**before, "withdrawn": withdrawn, "corpus_fingerprint": tasks.corpus_fingerprint()}
            try:
                return tasks.publish(store, draft, run_id, info)
            except ConflictError:
                get_run_logger().info("another run published first: attempt %d", attempt + 1)
                draft.discard()
    raise AssertionError("the loop ends by returning")


def _decide(known: pl.DataFrame, uris: Sequence[str], *, undo: bool) -> tuple[pl.DataFrame, set[str]]:
    """The rows for the log, and the documents that no other source holds."""
    chosen = _choose(uris, known, undo=undo)
    if undo:
        none = pl.lit([], dtype=pl.List(pl.String))
        return chosen.with_columns(source_state=pl.lit("read"), document_ids=none, **_NEVER_MADE), set()
    others = known.filter(~pl.col("uri").is_in(chosen["uri"].implode()))
    live = others.filter(pl.col("source_state") != "withdrawn")["document_ids"].explode().drop_nulls()
    gone = set(chosen["document_ids"].explode().drop_nulls()) - set(live)
    return chosen.with_columns(source_state=pl.lit("withdrawn")), gone


def _choose(uris: Sequence[str], known: pl.DataFrame, *, undo: bool) -> pl.DataFrame:
    """The log's rows of the sources named."""
    names = {name: {name, os.path.abspath(name).replace(os.sep, "/")} for name in uris}
    is_out = pl.col("source_state") == "withdrawn"
    candidates = known.filter(is_out if undo else ~is_out)
    have = set(candidates["uri"])
    missing = [name for name, forms in names.items() if not forms & have]
    if missing:
        shown = ", ".join(sorted(have)[:5]) or "none"
        what = "withdrawn sources" if undo else "sources"
        raise UnknownSourceError(f"no such source: {', '.join(missing)}; {what}: {shown}")
    wanted = sorted({form for forms in names.values() for form in forms & have})
    return candidates.filter(pl.col("uri").is_in(wanted))
