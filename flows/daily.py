"""Flows for daily use: the inbox every night, a range of days again, checks alone, pruning."""

from __future__ import annotations

import time
from datetime import timedelta

import polars as pl
from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.logging import get_run_logger

from flows import artifacts, tasks
from flows.build import ChecksFailedError, build
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
from flows.settings import Settings
from warehouse.maintenance import prune
from warehouse.schema import hash_id
from warehouse.store import Store

SETTLE_SECONDS = 10
"""A file that changed more recently may still be on its way into the inbox."""


class NoIssueError(ValueError):
    """No source of the range of days was found."""


@flow(name="nightly", **HOOKS)
def nightly(options: InboxOptions) -> None:
    """Build what is new or changed in the inbox; what is processed already is left alone."""
    sources, refusals = discover([options.inbox]) if options.inbox.is_dir() else ([], [])
    settled, waiting = _settled(sources)
    logger = get_run_logger()
    logger.info("%d files in the inbox, %d still arriving", len(sources), len(waiting))
    if not settled:
        logger.info("nothing to do: put pages into %s", options.inbox)
        return
    result = build(_build_options(options, settled))
    rejected = {row["uri"].split("#")[0].split("!")[0] for row in result.rejects.iter_rows(named=True)}
    rejected |= {refusal.uri for refusal in refusals}
    files = [{"file": s.uri, "state": "rejected" if s.uri in rejected else "processed"} for s in settled]
    files += [{"file": s.uri, "state": "waiting"} for s in waiting]
    create_table_artifact(files, key="inbox", description=f"Inbox {options.inbox}")


@flow(name="backfill", **HOOKS)
def backfill(options: BackfillOptions) -> None:
    """Build again the sources whose day of issue, by file name or sidecar, lies in a range.

    Raises:
        NoIssueError: None does.
    """
    sources, _ = discover([options.inbox])
    chosen = [
        source
        for source in sources
        if source.meta.issue_on and options.start_on <= source.meta.issue_on <= options.end_on
    ]
    if not chosen:
        raise NoIssueError(
            f"{options.inbox}: no source between {options.start_on} and {options.end_on}; the day comes "
            "from a file name such as 2023-02-24-A03.pdf or from sources.csv beside the files"
        )
    get_run_logger().info("%d of %d sources are in the range", len(chosen), len(sources))
    build(_build_options(options, chosen, full_refresh=True))


@flow(name="check", **HOOKS)
def check_only(options: WarehouseOptions) -> None:
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


@flow(name="prune", **HOOKS)
def prune_old(options: PruneOptions) -> None:
    """Remove old snapshots and the files that only they need."""
    age = timedelta(hours=options.older_than_hours)
    pruned = prune(Store(options.warehouse), keep=options.keep, older_than_seconds=age.total_seconds())
    get_run_logger().info("%s", pruned)


def _settled(sources: list[Source]) -> tuple[list[Source], list[Source]]:
    horizon = time.time_ns() - SETTLE_SECONDS * 1_000_000_000
    settled = [source for source in sources if source.modified_ns <= horizon]
    return settled, [source for source in sources if source.modified_ns > horizon]


def _build_options(
    options: InboxOptions, sources: list[Source], *, full_refresh: bool = False
) -> BuildOptions:
    reading = options.model_dump(include=set(ReadingOptions.model_fields))
    return BuildOptions(sources=[source.uri for source in sources], full_refresh=full_refresh, **reading)
