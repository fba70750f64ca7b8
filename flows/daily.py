"""Flows for daily use: the inbox every night, a range of days again, checks alone, pruning."""

from __future__ import annotations

import time
from datetime import timedelta

import polars as pl
from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.logging import get_run_logger

from flows import artifacts, tasks
from flows.build import ChecksFailedError, build_found, describe_refusals
from flows.discovery import Source, discover
from flows.notify import HOOKS
from flows.options import (
    BackfillOptions,
    BuildOptions,
    InboxOptions,
    PruneOptions,
    ReadingOptions,
    WarehouseOptions,
)
from flows.runs import told
from flows.settings import Settings
from warehouse.maintenance import prune
from warehouse.schema import hash_id
from warehouse.store import Store

SETTLE_SECONDS = 10
"""A file that changed more recently may still be on its way into the inbox."""


class NoIssueError(ValueError):
    """No source of the range of days was found."""


@flow(name="nightly", **HOOKS)
@told(str)
def nightly(options: InboxOptions) -> str:
    """Build what is new or changed in the inbox; what is processed or was refused already is left alone."""
    sources, refusals = discover([options.inbox]) if options.inbox.is_dir() else ([], [])
    # An empty inbox is a night without news, no source that was refused.
    refusals = [refusal for refusal in refusals if refusal.reason_code != "source_empty"]
    settled, waiting = _settled(sources)
    logger = get_run_logger()
    logger.info("%d files in the inbox, %d still arriving", len(sources), len(waiting))
    said = f"nothing to do: put pages into {options.inbox}"
    if waiting:
        said = f"{said}; {len(waiting)} files are still arriving"
    if settled or refusals:
        # What cannot be read is on record, and no news in the next night: it fails no run.
        said = str(build_found(_build_options(options), settled, refusals, must_read=False))
    logger.info("%s", said)
    files = _states(Store(options.warehouse), settled) if settled else []
    files += [{"file": r.uri, "state": "rejected", "why": r.message} for r in refusals]
    files += [{"file": s.uri, "state": "waiting", "why": "still arriving, or just arrived"} for s in waiting]
    if files:
        create_table_artifact(files, key="inbox", description=f"Inbox {options.inbox}")
    return said


@flow(name="backfill", **HOOKS)
@told(str)
def backfill(options: BackfillOptions) -> str:
    """Build again the sources whose day of issue, by file name or sidecar, lies in a range.

    Raises:
        NoIssueError: None does.
    """
    sources, refusals = discover([options.inbox])
    chosen = [
        source
        for source in sources
        if source.meta.issue_on and options.start_on <= source.meta.issue_on <= options.end_on
    ]
    if not chosen:
        said = [
            f"{options.inbox}: no source between {options.start_on} and {options.end_on}; the day comes "
            "from a file name such as 2023-02-24-A03.pdf or from sources.csv beside the files"
        ]
        raise NoIssueError("\n".join([*said, *describe_refusals(refusals)]))
    get_run_logger().info("%d of %d sources are in the range", len(chosen), len(sources))
    return str(build_found(_build_options(options, full_refresh=True), chosen, refusals))


@flow(name="check", **HOOKS)
@told(str)
def check_only(options: WarehouseOptions) -> str:
    """Check all rows of the newest snapshot.

    Raises:
        ChecksFailedError: A check of severity `fail` failed.
    """
    store = Store(options.warehouse)
    settings = Settings()
    docs = settings.docs_folder(options.warehouse)
    checks = tasks.check(store, hash_id("check", time.time_ns()), docs)
    failed = checks.filter(~pl.col("is_success"))
    artifacts.show_failures(failed)
    artifacts.show_places(options.warehouse, docs, settings.pages_url)
    if blocking := failed.filter(pl.col("severity") == "fail").height:
        get_run_logger().error("%d checks failed", blocking)
        raise ChecksFailedError(failed.filter(pl.col("severity") == "fail"))
    return f"{checks.height - failed.height} of {checks.height} checks passed, warnings {failed.height}"


@flow(name="prune", **HOOKS)
@told(str)
def prune_old(options: PruneOptions) -> str:
    """Remove old snapshots and the files that only they need."""
    age = timedelta(hours=options.older_than_hours)
    pruned = prune(Store(options.warehouse), keep=options.keep, older_than_seconds=age.total_seconds())
    said = f"removed: {len(pruned.snapshots)} snapshots, {pruned.files} files, {pruned.bytes / 1e6:.1f} MB"
    get_run_logger().info("%s", said)
    return said


def _states(store: Store, sources: list[Source]) -> list[dict[str, str]]:
    """What became of each file, tonight or in an earlier night, and the first of the reasons."""
    known = {row["uri"]: row for row in store.known_sources().iter_rows(named=True)}
    file = pl.col("uri").str.split("#").list.first().str.split("!").list.first()
    refused = store.scan("rejects").select(file, "run_id", "message").collect()
    first = {uri: (run_id, message) for uri, run_id, message in refused.reverse().iter_rows()}
    said = {"read": "processed", "refused": "rejected"}
    states = []
    for source in sources:
        row = known.get(source.uri, {"source_state": "refused", "run_id": ""})
        state = said.get(row["source_state"], row["source_state"])
        run_id, why = first.get(source.uri, ("", ""))
        is_current = state != "processed" or run_id == row["run_id"]
        states.append({"file": source.uri, "state": state, "why": why if is_current else ""})
    return states


def _settled(sources: list[Source]) -> tuple[list[Source], list[Source]]:
    horizon = time.time_ns() - SETTLE_SECONDS * 1_000_000_000
    settled = [source for source in sources if source.modified_ns <= horizon]
    return settled, [source for source in sources if source.modified_ns > horizon]


def _build_options(options: InboxOptions, *, full_refresh: bool = False) -> BuildOptions:
    reading = options.model_dump(include=set(ReadingOptions.model_fields))
    return BuildOptions(sources=[str(options.inbox)], full_refresh=full_refresh, **reading)
