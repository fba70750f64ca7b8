"""Leave out documents that fail a step or a check, so that one bad page does not hold up a thousand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from flows.collect import Collected
from transforms.ingest.frames import to_frames
from transforms.ingest.model import Refusal
from warehouse import registry
from warehouse.formats import Frame
from warehouse.store import Changes


def failing_documents(scan: Callable[[str], pl.LazyFrame], blocking: pl.DataFrame) -> set[str]:
    """Documents of the rows that failed.

    Args:
        scan: The tables as they would be published.
        blocking: Failed checks, as in the table `checks`; each names up to 20 rows.

    Returns:
        Empty where a failing check cannot be laid to documents: a table computed from the whole corpus, or
        a check without failing rows. Leaving documents out would not be safe then.
    """
    found: set[str] = set()
    for check in blocking.iter_rows(named=True):
        table = registry.table(check["table_name"])
        if "document_id" not in table.columns or not check["failing_keys"]:
            return set()
        is_failing = registry.key_of(table.name).is_in(check["failing_keys"])
        rows = scan(table.name).filter(is_failing).select("document_id").collect()
        found |= set(rows["document_id"])
    return found


def describe_blocking(blocking: pl.DataFrame) -> str:
    """Why documents whose rows fail checks are left out."""
    reasons = sorted({f"{c['table_name']}: {c['expectation']}" for c in blocking.iter_rows(named=True)})
    return f"rows fail {', '.join(reasons)}: report the page, or fix and build again"


def describe_fault(message: str) -> str:
    """Why a document that a step failed on is left out."""
    return f"baocang could not read it ({message}): a fault of the program, report it with the page"


def quarantine(run: Collected, reasons: Mapping[str, str], reason_code: str, *, run_id: str) -> Collected:
    """The run without some documents, each on record in `rejects` and its source in `sources`.

    What the warehouse held of them before stays.

    Args:
        run: What is to be published.
        reasons: Each document to leave out, and why.
        reason_code: As in `rejects`.
        run_id: The run.
    """
    out = pl.Series("document_id", sorted(reasons), dtype=pl.String)
    left_out = run.documents.join(out.to_frame().lazy(), on="document_id", how="semi")
    refusals = [
        Refusal(uri, reason_code, reasons[document_id])
        for document_id, uri in left_out.select("document_id", "uri").sort("uri").collect().iter_rows()
    ]
    rejects = registry.conform("rejects", to_frames(refusals)["rejects"].with_columns(run_id=pl.lit(run_id)))
    upserted = {
        name: [some.join(out.to_frame().lazy(), on="document_id", how="anti") for some in _pieces(rows)]
        for name, rows in run.changes.upserted.items()
    }
    holds = pl.col("document_ids").list.eval(pl.element().is_in(out.implode())).list.any()
    state = pl.when(holds).then(pl.lit("quarantined")).otherwise("source_state").alias("source_state")
    sources = run.sources.with_columns(state)
    # The old version of a document that is left out stays, so nothing is taken out with it.
    held = sources.filter(pl.col("source_state") == "quarantined").height
    removed = frozenset[str]() if held else run.changes.document_ids_removed
    return replace(
        run,
        documents=run.documents.join(out.to_frame().lazy(), on="document_id", how="anti"),
        changes=Changes(upserted=upserted, document_ids_removed=removed),
        rejects=pl.concat([run.rejects, rejects]).unique("reject_id", maintain_order=True),
        sources=sources,
    )


def _pieces(rows: Frame | Sequence[Frame | Path]) -> list[pl.LazyFrame]:
    pieces = [rows] if isinstance(rows, pl.DataFrame | pl.LazyFrame) else rows
    return [pl.scan_parquet(p, glob=False) if isinstance(p, Path) else p.lazy() for p in pieces]
