"""The steps of the way as Prefect tasks: each reads, calls a transform, stages and reports."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows import corpus, work
from flows.fingerprints import step_fingerprint
from flows.options import BuildOptions
from flows.plan import UNREADABLE_SHA256, Found, Plan, fingerprints_of, hash_source, plan_sources
from flows.recognition import Recognition
from flows.report import report_of
from flows.resources import load_lookups
from flows.settings import Settings
from flows.sources import IngestOptions, RecordFields, Source, read_source
from flows.staging import Staging, read_tables
from flows.work import Workers
from warehouse import registry
from warehouse.draft import Draft
from warehouse.manifest import Manifest
from warehouse.reader import Warehouse
from warehouse.store import Store


def _is_io_error(_task: Any, _run: Any, state: Any) -> bool:
    """Only what a second try can mend is tried again: disks and network shares, not wrong input."""
    try:
        state.result()
    except OSError:
        return True
    except Exception:
        return False
    return False


# Results lie in the staging area under what they were made of. Prefect's own cache would hash all that goes
# in, and log an error for what it cannot hash.
_STEP: dict[str, Any] = {"cache_policy": NO_CACHE}
_RETRY_IO: dict[str, Any] = {
    **_STEP,
    "retries": 3,
    "retry_delay_seconds": [1, 5, 20],
    "retry_condition_fn": _is_io_error,
}


def _key(*values: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()[:24]


@task(name="plan", **_STEP)
def plan(
    sources: Sequence[Source],
    options: BuildOptions,
    settings: Settings,
    recognition: Recognition,
    store: Store,
) -> Plan:
    """Find out which sources are new, changed, or made by an older step."""
    known = store.known_sources().filter(pl.col("uri").is_in([source.uri for source in sources]))
    rows = {row["uri"]: row for row in known.iter_rows(named=True)}
    steps = {step: step_fingerprint(step) for step in ("ingest", "normalize", "extract")}
    seen = {
        "ingest": reading_options(options, settings),
        "normalize": options.simplify,
        "extract": recognition,
    }
    found = [
        Found(
            source,
            hash_source(source, None if options.full_refresh else rows.get(source.uri)),
            fingerprints_of(source, steps, seen),
        )
        for source in sources
    ]
    planned = plan_sources(found, known, is_full=options.full_refresh)
    get_run_logger().info(
        "%d sources in: %d to read, %d to make again from the warehouse, %d unchanged, %d withdrawn",
        len(found), len(planned.read), len(planned.restarted), len(planned.unchanged), len(planned.withdrawn),
    )  # fmt: skip
    return planned


def reading_options(options: BuildOptions, settings: Settings) -> IngestOptions:
    """What the reader of sources is told."""
    return IngestOptions(
        issue_on=options.issue_on,
        publication=options.publication,
        page_label=options.page_label,
        encoding=options.encoding,
        fields=RecordFields(
            text=options.text_field,
            title=options.title_field,
            id=options.id_field,
            date=options.date_field,
            publication=options.publication_field,
        ),
        limits=settings.limits,
    )


@task(name="recall", task_run_name="recall-{step}", **_RETRY_IO)
def recall(
    step: str, document_ids: set[str], store: Store, settings: Settings, staging: Staging
) -> list[Path]:
    """Take documents out of the warehouse to repeat a step on them.

    Returns:
        Folders of the parts, each with the tables that the step needs.
    """
    tables = ["documents", "pages", "lines", *(work.NORMALIZED if step == "extract" else ())]
    partial = staging.begin()
    is_printed_again = step == "normalize"
    work.recall_parts(
        store, tables, document_ids, partial, settings.part_chars, is_printed_again=is_printed_again
    )
    folder = staging.folder("recall", partial.name.lstrip("."))
    staging.finish(partial, folder)
    return sorted(folder.iterdir())


@task(name="ingest", task_run_name="ingest-{number}", **_RETRY_IO)
def ingest(
    number: int,
    found: Sequence[Found],
    options: BuildOptions,
    settings: Settings,
    staging: Staging,
    store: Store,
) -> list[Path]:
    """Read a batch of sources into parts of about equal size, and keep their bytes.

    Returns:
        Folders of the parts, each with the tables of `work.INGESTED`.
    """
    sources = [one.source for one in found]
    key = _key(
        settings.part_chars,
        *(x for one in found for x in (one.source.uri, one.sha256, one.fingerprints.ingest)),
    )
    folder = staging.folder("ingest", key)
    for one in found:
        if one.sha256 != UNREADABLE_SHA256:
            store.sources.put_file(one.source.path, one.sha256)
    if not staging.has(folder):
        partial = staging.begin()
        reading = reading_options(options, settings)
        items = (item for source in sources for item in read_source(source, reading))
        work.write_parts(items, partial, settings.part_chars)
        staging.finish(partial, folder)
    parts = sorted(folder.iterdir())
    counts = {table: _rows(parts, table) for table in ("documents", "pages", "rejects")}
    get_run_logger().info(
        "%d sources in, %d documents with %d pages out, %d rejected",
        len(sources), counts["documents"], counts["pages"], counts["rejects"],
    )  # fmt: skip
    return parts


def narrow(part: Path, document_ids: set[str], staging: Staging) -> Path:
    """A part without documents that the warehouse holds already as they would come out again."""
    folder = staging.folder("narrow", _key(part.parent.name, part.name, *sorted(document_ids)))
    if not staging.has(folder):
        partial = staging.begin()
        work.narrow_part(part, document_ids, partial)
        staging.finish(partial, folder)
    return folder


@task(name="normalize", task_run_name="normalize-{number}", **_RETRY_IO)
def normalize(number: str, part: Path, options: BuildOptions, staging: Staging, workers: Workers) -> Path:
    """Repair the pages of a part and cut them into blocks, articles and sentences.

    Returns:
        Folder with the tables of `work.NORMALIZED`.
    """
    key = _key(step_fingerprint("normalize"), part.parent.name, part.name, options.simplify)
    folder = staging.folder("normalize", key)
    if not staging.has(folder):
        partial = staging.begin()
        workers.run(work.normalize_part, part, partial, simplify=options.simplify)
        staging.finish(partial, folder)
    get_run_logger().info(
        "%d pages in, %d articles, %d edits, %d damaged spots out",
        _rows([part], "pages"), *(_rows([folder], table) for table in ("articles", "edits", "damage")),
    )  # fmt: skip
    damage = read_tables(folder, ("damage",))["damage"]
    if count := damage.filter(pl.col("damage_type") == "traditional_script").height:
        get_run_logger().warning("%d pages are in traditional characters; build them with --simplify", count)
    return folder


@task(name="extract", task_run_name="extract-{number}", **_RETRY_IO)
def extract(number: str, part: Path, recognition: Recognition, staging: Staging, workers: Workers) -> Path:
    """Read persons, organizations, places, dates, quantities, roles, quotations and deals out of a part.

    Returns:
        Folder with the tables of `work.EXTRACTED`.
    """
    key = _key(step_fingerprint("extract"), part.name, recognition)
    folder = staging.folder("extract", key)
    if not staging.has(folder):
        partial = staging.begin()
        workers.run(work.extract_part, part, partial, recognition)
        staging.finish(partial, folder)
    get_run_logger().info(
        "%d articles in, %s out",
        _rows([part], "articles"),
        ", ".join(f"{_rows([folder], table)} {table}" for table in work.EXTRACTED),
    )
    return folder


@task(name="resolve", **_STEP)
def resolve(draft: Draft) -> dict[str, int]:
    """Let mentions of one thing meet in one entity, over the whole corpus."""
    # Rows of other documents can only be built upon where the same code made them.
    draft.is_whole = draft.base is None or draft.base.info.get("corpus_fingerprint") != corpus_fingerprint()
    corpus.resolve(draft, load_lookups())
    return _report(draft, ("mentions", "entities", "entity_daily"))


@task(name="aggregate", **_STEP)
def aggregate(draft: Draft) -> dict[str, int]:
    """Count what charts need."""
    corpus.aggregate(draft)
    tables = [name for name, table in registry.TABLES.items() if table.layer == "out"]
    return _report(draft, tables)


def corpus_fingerprint() -> str:
    """What decides the result of the steps that see the corpus; a snapshot keeps it in `info`."""
    return step_fingerprint("resolve") + step_fingerprint("aggregate")


def _report(draft: Draft, tables: Sequence[str]) -> dict[str, int]:
    counts = {name: draft.row_count(name) for name in tables}
    scope = "all months" if draft.is_whole else f"{len(draft.months)} months"
    get_run_logger().info("%s of issue; now %s", scope, ", ".join(f"{n} {t}" for t, n in counts.items()))
    return counts


@task(name="check", **_STEP)
def check(draft: Draft | Store, run_id: str, docs: Path | None = None) -> pl.DataFrame:
    """Check rows with Great Expectations: those that a draft changes, all rows of a store.

    Args:
        draft: What is to be published, or is.
        run_id: The run.
        docs: Folder that the outcome is written to as pages; none are written without.

    Returns:
        One row per check, as in the table `checks`.
    """
    # Great Expectations takes seconds and 260 MB to import: only runs that reach the checks pay.
    from expectations.runner import run_checks
    from flows.checked import rows_of_draft, rows_of_store

    staged = rows_of_draft(draft) if isinstance(draft, Draft) else rows_of_store(draft)
    checked = [name for name, table in registry.TABLES.items() if table.layer != "meta"]
    checks = run_checks(staged, checked, run_id=run_id, docs=docs)
    failed = checks.filter(~pl.col("is_success"))
    logger = get_run_logger()
    logger.info("%d checks, %d failed", checks.height, failed.height)
    for row in failed.iter_rows(named=True):
        logger.warning("%s", describe_check(row))
    return checks


def describe_check(row: Mapping[str, Any]) -> str:
    """A failed check in a line that a person reads."""
    keys = ", ".join(row["failing_keys"][:5])
    more = row["unexpected_count"] - len(row["failing_keys"][:5])
    return (
        f"{row['severity']}: {row['table_name']}: {row['expectation']}: {row['unexpected_count']} of "
        f"{row['row_count']} rows; {registry.table(row['table_name']).primary_key} = {keys}"
        + (f" and {more} more" if more > 0 else "")
    )


def asset_of(store: Store) -> Asset:
    """The tables as what a run materializes: the server shows an event with their rows, which can trigger."""
    return Asset(
        key=(store.root.resolve() / "current").as_uri(),
        properties=AssetProperties(name=store.root.name, description="Tables of baocang 报仓"),
    )


def publish(store: Store, draft: Draft, run_id: str, info: Mapping[str, Any]) -> Manifest:
    """Make the draft the newest snapshot, all tables at once."""
    asset = asset_of(store)

    @materialize(asset, name="publish", **_RETRY_IO)
    def commit() -> Manifest:
        manifest = store.commit_draft(draft, run_id=run_id, info=info)
        rows = {name: manifest.rows(name) for name in registry.TABLES}
        asset.add_metadata({"snapshot": manifest.number, "run_id": run_id, "rows": rows})
        get_run_logger().info("snapshot %d published", manifest.number)
        return manifest

    return commit()


@task(name="report", **_STEP)
def report(warehouse: Path) -> Path:
    """Write the report of the newest snapshot.

    Returns:
        The page to open.
    """
    written = report_of(Warehouse(warehouse), warehouse / "report")
    get_run_logger().info("%d source pages, %.1f MB", written.page_count, written.byte_count / 1e6)
    return written.index


def _rows(folders: Sequence[Path], table: str) -> int:
    if not folders:
        return 0
    return int(work.scan_parts(list(folders), table).select(pl.len()).collect().item())
