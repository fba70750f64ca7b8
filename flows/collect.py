"""What the steps of a run staged, put together: the changes to publish, the refusals, the log of sources.

A run may have a million records: rows are scanned where they are staged, and memory holds no more than the
id of each document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

import polars as pl

from flows import work
from flows.plan import RACY_SECONDS, Found, Plan, documents_by_source, gone_documents
from transforms.ingest.frames import duplicate_refusal, to_frames
from transforms.ingest.model import Refusal
from warehouse import registry
from warehouse.store import Changes, Store

READ_TABLES = ("pages", "lines")


@dataclass
class Staged:
    """Folders of the parts of a run, each with one Parquet file a table.

    Attributes:
        ingested: Parts as read, settled documents included.
        pages, normalized, extracted: The same parts in the same order.
        pages: Parts with `pages` and `lines` of the documents that are to be published.
        normalized: Parts with `documents` and the tables of `work.NORMALIZED`.
        extracted: Parts with the tables of `work.EXTRACTED`.
        moved: (uri, kept uri) of documents that the warehouse holds from another place.
    """

    ingested: list[Path] = field(default_factory=list)
    pages: list[Path] = field(default_factory=list)
    normalized: list[Path] = field(default_factory=list)
    extracted: list[Path] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Collected:
    """What a run wants to publish.

    Attributes:
        documents: Its documents, rows of the table `documents` where they are staged.
        changes: Rows of all tables with documents, and the documents to take out.
        rejects: Refused inputs, rows of the table `rejects`.
        sources: Rows for the log `sources`.
    """

    documents: pl.LazyFrame
    changes: Changes
    rejects: pl.DataFrame
    sources: pl.DataFrame

    @property
    def document_count(self) -> int:
        """Documents of the run."""
        return int(self.documents.select(pl.len()).collect().item())

    def held(self, document_ids: set[str]) -> set[str]:
        """Those of some documents that the run has."""
        return _held(self.documents, document_ids)


def collect(
    staged: Staged,
    plan: Plan,
    refusals: Sequence[Refusal],
    store: Store,
    *,
    run_id: str,
    started_at: datetime,
) -> Collected:
    """Put a run together."""
    known = store.known_sources()
    losers = _losers(staged.normalized)
    documents, pieces = _documents(staged.normalized, losers, store, run_id)
    made = _made(staged.ingested, plan.read)
    rejects = [to_frames(refusals)["rejects"]]
    rejects += [pl.read_parquet(part / "rejects.parquet") for part in staged.ingested]
    duplicates = sorted({*staged.moved, *losers.select("uri", "kept_uri").rows()})
    rejects.append(to_frames(duplicate_refusal(uri, kept) for uri, kept in duplicates)["rejects"])
    upserted = {
        **{table: _rows(staged.pages, table, losers) for table in READ_TABLES},
        **{table: _rows(staged.normalized, table, losers) for table in work.NORMALIZED},
        **{table: _rows(staged.extracted, table, losers) for table in work.EXTRACTED},
    }
    # A source that cannot be read any more keeps what its last reading gave.
    earlier = {uri: ids for uri, ids in plan.earlier.items() if made.get(uri)}
    gone = gone_documents(Plan(earlier=earlier), made, known)
    changes = Changes(
        upserted={"documents": pieces, **upserted} if staged.normalized else {},
        document_ids_removed=gone - _held(documents, gone),
    )
    return Collected(
        documents=documents,
        changes=changes,
        rejects=registry.conform(
            "rejects",
            pl.concat(rejects, how="diagonal").unique("reject_id").with_columns(run_id=pl.lit(run_id)),
        ).sort("uri", "line_number", "reject_id"),
        sources=source_rows(plan, made, known, run_id=run_id, started_at=started_at),
    )


def rejects_of(refusals: Iterable[Refusal], run_id: str) -> pl.DataFrame:
    """Refusals as rows of the table `rejects`."""
    frame = to_frames(refusals)["rejects"]
    return registry.conform("rejects", frame.with_columns(run_id=pl.lit(run_id)))


def source_rows(
    plan: Plan,
    made: Mapping[str, Sequence[str]],
    known: pl.DataFrame,
    *,
    run_id: str,
    started_at: datetime,
) -> pl.DataFrame:
    """Rows for the log: what was read from each source now, or was made again from what was read before."""
    uris = [one.source.uri for one in (*plan.read, *plan.restarted)]
    before = dict(known.filter(pl.col("uri").is_in(uris)).select("uri", "document_ids").iter_rows())
    fresh_ns = int((started_at.timestamp() - RACY_SECONDS) * 1e9)
    rows = []
    for one, is_read in [*((one, True) for one in plan.read), *((one, False) for one in plan.restarted)]:
        uri = one.source.uri
        ids = sorted(made[uri]) if is_read else before[uri]
        state = "read" if ids else "refused"
        rows.append(
            {
                "uri": uri,
                "run_id": run_id,
                "content_sha256": one.sha256,
                "byte_count": one.source.byte_count,
                # A file changed this instant can change again within the same tick of the clock.
                "modified_ns": one.source.modified_ns if one.source.modified_ns < fresh_ns else None,
                "source_state": state,
                "document_ids": ids or before.get(uri, []),
                "source_meta": json.dumps(asdict(one.source.meta), default=str, ensure_ascii=False),
                **{f"{step}_fingerprint": value for step, value in asdict(one.fingerprints).items()},
            }
        )
    return registry.conform("sources", pl.DataFrame(rows, schema=registry.polars_schema("sources")))


def _documents(
    folders: Sequence[Path], losers: pl.DataFrame, store: Store, run_id: str
) -> tuple[pl.LazyFrame, list[pl.LazyFrame]]:
    """One row per document, in one frame and in one for each part.

    Documents that the warehouse has already keep the run that first published them.
    """
    if not folders:
        return registry.empty_frame("documents").lazy(), []
    staged = _scan(folders, "documents", losers)
    earlier = store.scan("documents").select("document_id", known_run_id="first_run_id")
    known = earlier.join(staged.select("document_id"), on="document_id", how="semi").collect()

    def name_run(rows: pl.LazyFrame) -> pl.LazyFrame:
        joined = rows.join(known.lazy(), on="document_id", how="left")
        named = joined.with_columns(first_run_id=pl.coalesce("known_run_id", pl.lit(run_id)))
        return named.select(registry.table("documents").columns)

    return name_run(staged), [name_run(rows) for rows in _pieces(folders, "documents", losers)]


def _losers(folders: Sequence[Path]) -> pl.DataFrame:
    """Of equal documents from different parts all but the one with the smallest uri.

    Returns:
        `document_id`, `uri`, `kept_uri`, `part` (the number of its folder).
    """
    schema = {"document_id": pl.String, "uri": pl.String, "kept_uri": pl.String, "part": pl.Int64}
    if not folders:
        return pl.DataFrame(schema=schema)
    rows = _parts(folders, "documents").select("document_id", "uri", "part")
    digest = pl.col("document_id").hash()
    digests = rows.select(digest).collect().to_series()
    repeated = digests.filter(digests.is_duplicated()).unique()
    ordered = rows.filter(digest.is_in(repeated.implode())).collect().sort("document_id", "uri", "part")
    kept_uri = pl.col("uri").first().over("document_id").alias("kept_uri")
    return ordered.with_columns(kept_uri).filter(~pl.col("document_id").is_first_distinct()).select(*schema)


def _held(documents: pl.LazyFrame, document_ids: set[str]) -> set[str]:
    """Those of some documents that are among the rows."""
    if not document_ids:
        return set()
    is_one = pl.col("document_id").is_in(list(document_ids))
    return set(documents.filter(is_one).select("document_id").collect()["document_id"])


def _rows(folders: Sequence[Path], table: str, losers: pl.DataFrame) -> Sequence[Path | pl.LazyFrame]:
    if losers.is_empty():
        return [folder / f"{table}.parquet" for folder in folders]
    return _pieces(folders, table, losers)


def _pieces(folders: Sequence[Path], table: str, losers: pl.DataFrame) -> list[pl.LazyFrame]:
    return [_scan([folder], table, losers, first=number) for number, folder in enumerate(folders)]


def _scan(folders: Sequence[Path], table: str, losers: pl.DataFrame, first: int = 0) -> pl.LazyFrame:
    # Rows of a document that a part has twice over are dropped where its losing copy lies.
    copies = losers.select("document_id", "part").lazy()
    return _parts(folders, table, first).join(copies, on=["document_id", "part"], how="anti").drop("part")


def _parts(folders: Sequence[Path], table: str, first: int = 0) -> pl.LazyFrame:
    # One scan: a scan for each part would open them all at the same time. A part is told by its number: each
    # step has a folder of its own for it, and all steps have their parts in the same order.
    files = [str(folder / f"{table}.parquet") for folder in folders]
    return pl.scan_parquet(files, glob=False, include_file_paths="part").with_columns(
        pl.col("part").replace_strict(files, range(first, first + len(files)), return_dtype=pl.Int64)
    )


def _made(ingested: Sequence[Path], sources: Sequence[Found]) -> dict[str, list[str]]:
    """Source to the documents read from it now."""
    columns = ["document_id", "uri"]
    rows = (pl.read_parquet(part / "documents.parquet", columns=columns).iter_rows() for part in ingested)
    made = documents_by_source(chain.from_iterable(rows), sources)
    # Equal files of one batch: only one of them is in `documents`, both hold it.
    twins = [one for one in sources if not made[one.source.uri]]
    if twins and ingested:
        rows_of = work.scan_parts(list(ingested), "documents").select("content_sha256", "document_id")
        equal = rows_of.filter(pl.col("content_sha256").is_in([one.sha256 for one in twins])).collect()
        by_content = dict(equal.iter_rows())
        for one in twins:
            made[one.source.uri] = [by_content[one.sha256]] if one.sha256 in by_content else []
    return made
