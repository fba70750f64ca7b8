"""The build: sources in, one published snapshot out. `baocang build` and every deployment run this flow."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from itertools import count
from pathlib import Path

import polars as pl
from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.logging import get_run_logger
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner

from flows import tasks, work
from flows.notify import HOOKS
from flows.options import BuildOptions
from flows.progress import current
from flows.resources import step_fingerprint
from flows.settings import Settings
from flows.sources import Source, discover
from flows.staging import Staging
from flows.work import Workers
from transforms.ingest.frames import to_frames
from transforms.ingest.model import Refusal
from warehouse import registry
from warehouse.manifest import Manifest
from warehouse.schema import hash_id
from warehouse.store import Changes, ConflictError, Store


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
    """

    run_id: str
    snapshot: int
    row_counts: dict[str, int]
    rejects: pl.DataFrame
    warnings: pl.DataFrame


@flow(name="build", **HOOKS, task_runner=ThreadPoolTaskRunner(max_workers=8), validate_parameters=True)  # type: ignore[arg-type]
def build(options: BuildOptions) -> BuildResult:
    """Build and publish a warehouse from newspaper pages.

    Raises:
        NothingReadError: No source could be read.
        ChecksFailedError: A check failed; the last snapshot stays.
    """
    settings = Settings()
    started_at = datetime.now(UTC)
    run_id = hash_id("run", flow_run.id or uuid.uuid4())
    store = Store(options.warehouse)
    staging = Staging(options.warehouse / "staging")
    sources, refusals = discover(options.sources)
    if not sources:
        raise NothingReadError("\n".join(refusal.message for refusal in refusals))
    parts, normalized, extracted = _read(sources, options, settings, staging)
    rejects = _rejects(parts, refusals, run_id)
    documents = _documents(normalized, store, run_id)
    if documents.is_empty():
        raise NothingReadError("\n".join(rejects["message"]))

    changes = Changes(
        upserted={
            "documents": documents,
            **{table: _files(parts, table) for table in ("pages", "lines")},
            **{table: _files(normalized, table) for table in work.NORMALIZED},
            **{table: _files(extracted, table) for table in work.EXTRACTED},
        }
    )
    draft = store.draft(changes)
    for attempt in count(1):
        with _step("resolve"):
            tasks.resolve(draft)
        with _step("aggregate"):
            tasks.aggregate(draft)
        with _step("check"):
            checks = tasks.check(draft, frozenset(documents["document_id"]), run_id)
        failed = checks.filter(~pl.col("is_success"))
        blocking = failed.filter(pl.col("severity") == "fail")
        if blocking.height:
            draft.discard()
            tasks.show_failures(failed)
            raise ChecksFailedError(blocking)
        run = _run_row(run_id, started_at, options, sources, documents.height, rejects.height)
        draft.put({"runs": run, "checks": checks, "rejects": rejects})
        try:
            with _step("publish"):
                manifest = tasks.publish(store, draft, run_id, {"sources": [s.uri for s in sources]})
            break
        except ConflictError:
            get_run_logger().info("another run published first: attempt %d", attempt + 1)
            draft = draft.rebased(store.manifest())
    result = BuildResult(run_id, manifest.number, _row_counts(store, manifest), rejects, failed)
    _show_result(result)
    return result


def _read(
    sources: Sequence[Source], options: BuildOptions, settings: Settings, staging: Staging
) -> tuple[list[Path], list[Path], list[Path]]:
    """Ingest, normalize and extract, a batch at a time; a part goes on as soon as it is there."""
    workers = Workers(options.workers)
    try:
        batches = list(_batches(sources, settings.batch_bytes))
        display = current()
        display.expect("ingest", len(batches))
        ingested = [
            tasks.ingest.submit(number, batch, options, settings, staging)
            for number, batch in enumerate(batches, 1)
        ]
        parts: list[Path] = []
        normalized, extracted = [], []
        for number, batch in enumerate(ingested, 1):
            for index, part in enumerate(batch.result(), 1):
                parts.append(part)
                label = f"{number}.{index}"
                normalized.append(tasks.normalize.submit(label, part, options, staging, workers))
                extracted.append(
                    tasks.extract.submit(label, normalized[-1], options, staging, workers)  # type: ignore[call-overload]
                )
            display.advance("ingest")
        display.expect("normalize", len(parts))
        display.expect("extract", len(parts))
        done: dict[str, list[Path]] = {"normalize": [], "extract": []}
        for step, futures in (("normalize", normalized), ("extract", extracted)):
            for future in futures:
                done[step].append(future.result())
                display.advance(step)
        return parts, done["normalize"], done["extract"]
    finally:
        workers.close()


@contextmanager
def _step(name: str) -> Iterator[None]:
    current().expect(name, 1)
    yield
    current().advance(name)


def _batches(sources: Sequence[Source], batch_bytes: int) -> Iterable[list[Source]]:
    """Cut the sources by size, so that a batch is neither a task a file nor the whole corpus."""
    batch: list[Source] = []
    size = 0
    for source in sources:
        batch.append(source)
        size += source.byte_count
        if size >= batch_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _files(folders: Sequence[Path], table: str) -> list[Path]:
    return [folder / f"{table}.parquet" for folder in folders]


def _documents(normalized: Sequence[Path], store: Store, run_id: str) -> pl.DataFrame:
    """The run's documents; those that the warehouse has already keep the run that first published them."""
    if not normalized:
        return registry.empty_frame("documents")
    known = store.scan("documents").select("document_id", known_run_id="first_run_id")
    documents = (
        work.scan_parts(list(normalized), "documents")
        .join(known, on="document_id", how="left")
        .with_columns(first_run_id=pl.coalesce("known_run_id", pl.lit(run_id)))
        .collect()
    )
    return registry.conform("documents", documents)


def _rejects(parts: Sequence[Path], refusals: Sequence[Refusal], run_id: str) -> pl.DataFrame:
    frames = [to_frames(refusals)["rejects"]]
    frames += [pl.read_parquet(part / "rejects.parquet") for part in parts]
    return registry.conform("rejects", pl.concat(frames, how="diagonal").with_columns(run_id=pl.lit(run_id)))


def _run_row(
    run_id: str,
    started_at: datetime,
    options: BuildOptions,
    sources: Sequence[Source],
    document_count: int,
    reject_count: int,
) -> pl.DataFrame:
    steps = ("ingest", "normalize", "extract", "resolve", "aggregate")
    code = {step: step_fingerprint(step) for step in steps}
    row = {
        "run_id": run_id,
        "state": "published",
        "started_at": started_at,
        "ended_at": datetime.now(UTC),
        "code_version": f"{metadata.version('baocang')} {json.dumps(code)}",
        "settings": options.model_dump_json(),
        "source_uris": [source.uri for source in sources],
        "source_count": len(sources),
        "document_count": document_count,
        "reject_count": reject_count,
    }
    return registry.conform("runs", pl.DataFrame([row]))


def _row_counts(store: Store, manifest: Manifest) -> dict[str, int]:
    return {
        name: int(store.scan(name, manifest.number).select(pl.len()).collect().item())
        for name in registry.TABLES
    }


def _show_result(result: BuildResult) -> None:
    rows = [{"table": name, "rows": rows} for name, rows in result.row_counts.items()]
    create_table_artifact(rows, key="summary", description=f"Snapshot {result.snapshot}")
    if result.rejects.height:
        shown = result.rejects.select("uri", "line_number", "reason_code", "message").head(200)
        create_table_artifact(shown.to_dicts(), key="rejects", description="Refused inputs")
    if result.warnings.height:
        tasks.show_failures(result.warnings)
    lines = [f"- {name}: {rows}" for name, rows in result.row_counts.items() if rows]
    create_markdown_artifact("\n".join(lines), key="tables", description="What the warehouse holds")
