"""The build: sources in, one published snapshot out. `baocang build` and every deployment run this flow."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
from prefect import flow
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner

from flows import artifacts, tasks
from flows.collect import Collected, Staged, collect, rejects_of
from flows.faults import read_faults
from flows.fingerprints import STEPS, step_fingerprint
from flows.notify import HOOKS
from flows.options import BuildOptions
from flows.plan import Found, Plan, claimed_documents, settled_documents
from flows.progress import current
from flows.quarantine import describe_blocking, describe_fault, failing_documents, quarantine
from flows.recognition import Recognition
from flows.restore import is_warehouse, stored_sources
from flows.runs import told
from flows.settings import Settings
from flows.sources import Source, discover
from flows.staging import Staging
from flows.work import Workers
from transforms.ingest.model import Refusal
from warehouse import registry
from warehouse.delta import draft_delta
from warehouse.draft import Draft
from warehouse.files import require_writable
from warehouse.manifest import Manifest, TableDelta
from warehouse.schema import hash_id
from warehouse.store import ConflictError, Store


class NothingReadError(ValueError):
    """No source could be read; the message says why for each."""


class ChecksFailedError(RuntimeError):
    """Checks failed and nothing was published.

    Attributes:
        checks: The failed checks, as in the table `checks`.
    """

    def __init__(self, checks: pl.DataFrame) -> None:
        self.checks = checks
        first = tasks.describe_check(checks.row(0, named=True))
        super().__init__(f"{checks.height} checks failed, nothing was published; first: {first}")


@dataclass(frozen=True)
class BuildResult:
    """What a build did.

    Attributes:
        run_id: The run.
        snapshot: Number of the published snapshot.
        row_counts: Table to its rows in the snapshot.
        rejects: Refused inputs, as in the table `rejects`.
        warnings: Checks of severity `warn` that failed, as in the table `checks`.
        state: `published`, `unchanged` (nothing to do) or `dry_run`.
        delta: Table to the rows that were, or would be, added, changed and removed.
    """

    run_id: str
    snapshot: int
    row_counts: dict[str, int]
    rejects: pl.DataFrame
    warnings: pl.DataFrame
    state: str = "published"
    delta: Mapping[str, TableDelta] = field(default_factory=dict)

    def __str__(self) -> str:
        """What the build did, in a sentence."""
        refused = f"rejected {self.rejects.height}"
        if self.state == "unchanged":
            return f"Nothing new: snapshot {self.snapshot} stays; {refused}"
        documents = self.delta.get("documents", TableDelta())
        counts = f"documents {documents.added} new, {documents.changed} changed, {documents.removed} removed"
        if self.state == "dry_run":
            return f"Dry run, nothing published: {counts}; {refused}"
        held = ", ".join(f"{self.row_counts[name]} {name}" for name in ("articles", "mentions", "deals"))
        return f"Snapshot {self.snapshot}: {counts}; {refused}; warnings {self.warnings.height}. Now {held}"


_FLOW: dict[str, Any] = {"name": "build", **HOOKS, "task_runner": ThreadPoolTaskRunner(max_workers=8)}


@flow(**_FLOW)
@told(str)
def build(options: BuildOptions) -> BuildResult:
    """Build and publish a warehouse from newspaper pages.

    Raises:
        NothingReadError: No source could be read.
        ChecksFailedError: A check failed; the last snapshot stays.
        PatchError: The patch file cannot be read or is none.
    """
    require_writable(options.warehouse)
    sources, refusals = _sources(options.sources, Staging(options.warehouse / "staging"))
    return _build(options, sources, refusals)


def build_found(
    options: BuildOptions,
    sources: Sequence[Source],
    refusals: Sequence[Refusal] = (),
    *,
    must_read: bool = True,
) -> BuildResult:
    """Run the flow with sources that were found already.

    A file alone no longer knows the folders and sidecars above it, and Prefect limits the size of a run's
    parameters: a list of files is not handed on as one.

    Args:
        options: `options.sources` says what the sources were found in.
        sources: From `discover`.
        refusals: From `discover`.
        must_read: Fail where no source could be read; otherwise that is put on record and published.

    Raises:
        NothingReadError, ChecksFailedError, PatchError: As `build`.
    """

    @flow(**_FLOW)
    @told(str)
    def run(options: BuildOptions) -> BuildResult:
        return _build(options, sources, refusals, must_read=must_read)

    return run(options)


def _build(
    options: BuildOptions,
    sources: Sequence[Source],
    refusals: Sequence[Refusal],
    *,
    must_read: bool = True,
    store: Store | None = None,
) -> BuildResult:
    settings = Settings()
    docs = settings.docs_folder(options.warehouse)
    artifacts.show_progress()
    run_id, started_at = hash_id("run", flow_run.id or uuid.uuid4()), datetime.now(UTC)
    recognition = Recognition.of(options)
    require_writable(options.warehouse)
    store = store or Store(options.warehouse)
    store.repair()
    staging = Staging(options.warehouse / "staging")
    if must_read and not sources:
        raise NothingReadError("\n".join(describe_refusals(refusals)))
    newest = store.manifest()
    plan = tasks.plan(sources, options, settings, recognition, store)
    corpus = tasks.corpus_fingerprint()
    refused = rejects_of(refusals, run_id)
    is_told = refused.join(store.scan("rejects").collect(), on="reject_id", how="anti").is_empty()
    if plan.is_empty and is_told and newest and newest.info.get("corpus_fingerprint") == corpus:
        get_run_logger().info("nothing has changed since snapshot %d", newest.number)
        no_checks = registry.empty_frame("checks")
        return BuildResult(run_id, newest.number, _row_counts(newest), refused, no_checks, "unchanged")
    staged = _read(plan, options, recognition, settings, staging, store)
    run = collect(staged, plan, refusals, store, run_id=run_id, started_at=started_at)
    faults = read_faults([*staged.normalized, *staged.extracted])
    for fault in faults.iter_rows(named=True):
        get_run_logger().error("%s: %s", fault["uri"], fault["traceback"])
    if faults.height:
        reasons = {f["document_id"]: describe_fault(f["message"]) for f in faults.iter_rows(named=True)}
        run = quarantine(run, reasons, "step_failed", run_id=run_id)
    # A file of records of which some are left out is no source that was read, but has documents.
    has_documents = not run.documents.head(1).collect().is_empty()
    is_source_read = (run.sources["source_state"] == "read").any()
    is_any_read = has_documents or is_source_read or plan.unchanged or plan.withdrawn
    if must_read and plan.read and not is_any_read:
        said = run.rejects.select(pl.format("{}: {}", "uri", "message")).to_series()
        raise NothingReadError("\n".join(said))

    draft = store.draft(run.changes)
    for attempt in count(1):
        with store.turn(attempt):
            if attempt > 1:
                draft = draft.rebased(store.manifest())
            if draft.base != newest and _is_overtaken(draft, run):
                get_run_logger().info("documents that this run counted on have gone or come: planning again")
                draft.discard()
                # The same store: this turn may hold its lock.
                return _build(options, sources, refusals, must_read=must_read, store=store)
            with _step("resolve"):
                tasks.resolve(draft)
            with _step("aggregate"):
                tasks.aggregate(draft)
            with _step("check"):
                checks = tasks.check(draft, run_id, docs)
            failed = checks.filter(~pl.col("is_success"))
            blocking = failed.filter(pl.col("severity") == "fail")
            if blocking.height:
                suspects = failing_documents(draft.scan, blocking) if options.quarantine else set()
                suspects &= run.held(suspects)
                draft.discard()
                if not suspects:
                    artifacts.show_failures(failed)
                    artifacts.show_rejects(run.rejects)
                    artifacts.show_places(options.warehouse, docs, settings.pages_url)
                    raise ChecksFailedError(blocking)
                reasons = dict.fromkeys(suspects, describe_blocking(blocking))
                run = quarantine(run, reasons, "quarantined", run_id=run_id)
                draft = store.draft(run.changes)
                continue
            rejects = run.rejects.join(draft.scan("rejects").collect(), on="reject_id", how="anti")
            uris = [source.uri for source in sources]
            counts = {"document_count": run.document_count, "reject_count": rejects.height}
            row = run_row(run_id, started_at, options.model_dump_json(), uris, **counts)
            draft.put({"runs": row, "checks": checks, "rejects": rejects, "sources": run.sources})
            if options.dry_run:
                delta = draft_delta(draft)
                draft.discard()
                artifacts.show_delta(delta, "Would change; nothing was published")
                return BuildResult(
                    run_id, newest.number if newest else 0, {}, rejects, failed, "dry_run", delta
                )
            try:
                with _step("publish"):
                    info = {"sources": uris, "corpus_fingerprint": corpus}
                    manifest = tasks.publish(store, draft, run_id, info)
                break
            except ConflictError:
                get_run_logger().info("another run published first: attempt %d", attempt + 1)
    result = BuildResult(
        run_id, manifest.number, _row_counts(manifest), rejects, failed, "published", manifest.delta
    )
    artifacts.show_tables(result.row_counts, result.snapshot)
    artifacts.show_delta(result.delta, f"Changed by snapshot {result.snapshot}")
    artifacts.show_rejects(rejects)
    if failed.height:
        artifacts.show_failures(failed)
    if settings.report:
        # What is published stays published: a report that cannot be written is a red task, no failed run.
        tasks.report(options.warehouse, return_state=True)
    artifacts.show_places(options.warehouse, docs, settings.pages_url)
    return result


def describe_refusals(refusals: Iterable[Refusal]) -> list[str]:
    """A line for each refusal, with what was refused."""
    return [r.message if r.uri in r.message else f"{r.uri}: {r.message}" for r in refusals]


def _is_overtaken(draft: Draft, run: Collected) -> bool:
    """Whether a document would be missing that a source holds, because of what another run published.

    It may have taken out what this run left as it was, or hold now what this run takes out.
    """
    log = pl.concat([draft.scan("sources").collect(), run.sources])
    ids = [*run.sources["document_ids"].explode().drop_nulls(), *run.changes.document_ids_removed]
    claimed = claimed_documents(log, pl.Series(ids, dtype=pl.String).unique())
    held = draft.scan("documents").filter(pl.col("document_id").is_in(claimed.implode()))
    return int(held.select(pl.len()).collect().item()) < claimed.len()


def _sources(given: Sequence[str], staging: Staging) -> tuple[list[Source], list[Refusal]]:
    """What the call names; a warehouse stands for the sources that it was built from."""
    houses = [name for name in given if is_warehouse(Path(name))]
    rest = [name for name in given if name not in houses]
    found, refusals = discover(rest) if rest else ([], [])
    for name in houses:
        found += stored_sources(Store(Path(name)), staging.folder("restored", uuid.uuid4().hex))
    return sorted(found, key=lambda source: source.uri), refusals


def _read(
    plan: Plan,
    options: BuildOptions,
    recognition: Recognition,
    settings: Settings,
    staging: Staging,
    store: Store,
) -> Staged:
    """Ingest, normalize and extract, a batch at a time; a part goes on as soon as it is there."""
    workers = Workers(options.workers)
    staged = Staged()
    display = current()
    normalized: list[Any] = []
    extracted: list[Any] = []

    def go_on(label: str, part: Path, step: str = "normalize") -> None:
        done: Any = part
        if step == "normalize":
            done = tasks.normalize.submit(label, part, options, staging, workers)
        staged.pages.append(part)
        normalized.append(done)
        extracted.append(tasks.extract.submit(label, done, recognition, staging, workers))

    try:
        batches = list(_batches(plan.read, settings.batch_bytes))
        display.expect("ingest", len(batches))
        ingested = [
            tasks.ingest.submit(number, batch, options, settings, staging, store)
            for number, batch in enumerate(batches, 1)
        ]
        for number, batch in enumerate(ingested, 1):
            for index, part in enumerate(batch.result(), 1):
                staged.ingested.append(part)
                if needed := _needed(part, plan, store, staging, staged, is_full=options.full_refresh):
                    go_on(f"{number}.{index}", needed)
            display.advance("ingest")
        for step, ids in (("normalize", plan.normalize), ("extract", plan.extract)):
            for index, part in enumerate(tasks.recall(step, ids, store, settings, staging) if ids else ()):
                go_on(f"again.{index}", part, step)
        display.expect("normalize", len(normalized))
        display.expect("extract", len(extracted))
        for done in normalized:
            staged.normalized.append(done if isinstance(done, Path) else done.result())
            display.advance("normalize")
        for future in extracted:
            staged.extracted.append(future.result())
            display.advance("extract")
        return staged
    finally:
        workers.close()


def _needed(
    part: Path, plan: Plan, store: Store, staging: Staging, staged: Staged, *, is_full: bool
) -> Path | None:
    """The part, less the documents that would come out as they are in the warehouse; None if all would."""
    documents = pl.scan_parquet(part / "documents.parquet")
    ids = set(documents.select("document_id").collect()["document_id"])
    settled: set[str] = set()
    if not is_full and plan.current & ids:
        settled, moved = settled_documents(documents, store.scan("documents"), plan.current & ids)
        staged.moved += moved
    if settled == ids:
        return None
    return tasks.narrow(part, settled, staging) if settled else part


@contextmanager
def _step(name: str) -> Iterator[None]:
    current().expect(name, 1)
    yield
    current().advance(name)


def _batches(sources: Sequence[Found], batch_bytes: int) -> Iterable[list[Found]]:
    """Cut the sources by size, so that a batch is neither a task a file nor the whole corpus."""
    batch: list[Found] = []
    size = 0
    for source in sources:
        batch.append(source)
        size += source.source.byte_count
        if size >= batch_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def run_row(
    run_id: str,
    started_at: datetime,
    settings: str,
    uris: Sequence[str],
    *,
    document_count: int = 0,
    reject_count: int = 0,
) -> pl.DataFrame:
    """The row of the table `runs` of a run that is about to publish."""
    code = {step: step_fingerprint(step) for step in STEPS}
    row = {
        "run_id": run_id,
        "state": "published",
        "started_at": started_at,
        "ended_at": datetime.now(UTC),
        "code_version": f"{metadata.version('baocang')} {json.dumps(code)}",
        "settings": settings,
        "source_uris": list(uris),
        "source_count": len(uris),
        "document_count": document_count,
        "reject_count": reject_count,
    }
    return registry.conform("runs", pl.DataFrame([row]))


def _row_counts(manifest: Manifest) -> dict[str, int]:
    return {name: manifest.rows(name) for name in registry.TABLES}
