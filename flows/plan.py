"""What a build has to do: which sources are new, changed or made by an older step, and which are not.

Pure: from the log of sources and what is found now to a plan. Nothing is read or written here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from flows.discovery import Source
from transforms.ingest.model import UnreadableError

UNREADABLE_SHA256 = "0" * 64
RACY_SECONDS = 2.0

# What a run compares to tell whether a record with the same content was delivered with other metadata.
_DELIVERED = ["external_id", "title", "publication", "page_label", "issue_on", "issue_on_source"]


@dataclass(frozen=True)
class Fingerprints:
    """What decides the result of the steps on one source: code, vocabularies, options, metadata."""

    ingest: str = ""
    normalize: str = ""
    extract: str = ""


@dataclass(frozen=True)
class Found:
    """A source as it is now.

    Attributes:
        source: The file.
        sha256: Of its bytes.
        fingerprints: Of the steps as they would run on it.
    """

    source: Source
    sha256: str
    fingerprints: Fingerprints


@dataclass
class Plan:
    """What to do.

    Attributes:
        read: Sources to ingest: new, changed, or ingested by older code or with other options.
        normalize: Documents to normalise again from their stored pages.
        extract: Documents to extract again from their stored articles.
        restarted: Sources of the documents in `normalize` and `extract`.
        unchanged: Sources with nothing to do.
        withdrawn: Sources that were withdrawn and stay out.
        earlier: Source to the documents that its last reading gave, for sources in `read`.
        current: Documents in the warehouse that were made with the fingerprints of now.
    """

    read: list[Found] = field(default_factory=list)
    normalize: set[str] = field(default_factory=set)
    extract: set[str] = field(default_factory=set)
    restarted: list[Found] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    earlier: dict[str, list[str]] = field(default_factory=dict)
    current: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Whether no source has anything to be done."""
        return not (self.read or self.restarted)


def fingerprints_of(source: Source, steps: Mapping[str, str], options: Mapping[str, Any]) -> Fingerprints:
    """Fingerprints of the steps on one source.

    Args:
        source: Its metadata counts for ingest.
        steps: Step to the fingerprint of its code.
        options: Step to the options of the build that it sees.
    """
    meta = json.dumps(asdict(source.meta), default=str, sort_keys=True)
    return Fingerprints(
        ingest=_digest(steps["ingest"], options["ingest"], meta),
        normalize=_digest(steps["normalize"], options["normalize"]),
        extract=_digest(steps["extract"], options["extract"]),
    )


def hash_source(source: Source, known: Mapping[str, Any] | None) -> str:
    """SHA-256 of a source; not read again where size and time of change are those in the log.

    One that could not be read is tried each time: a right given or a share mended leaves both as they were.
    """
    if (
        known
        and known["content_sha256"] != UNREADABLE_SHA256
        and known["modified_ns"] == source.modified_ns
        and known["byte_count"] == source.byte_count
    ):
        return str(known["content_sha256"])
    try:
        return source.sha256
    except UnreadableError:
        # The reader will say why; a second build finds the same and has nothing to do.
        return UNREADABLE_SHA256


def plan_sources(found: Sequence[Found], known: pl.DataFrame, *, is_full: bool = False) -> Plan:
    """Compare what is found with what is known.

    Args:
        found: Sources of the call.
        known: Last row of every source in the log, columns of the table `sources`.
        is_full: Read everything again.
    """
    rows = {row["uri"]: row for row in known.iter_rows(named=True)}
    plan = Plan()
    for one in found:
        row = rows.get(one.source.uri)
        if row is None:
            plan.read.append(one)
            continue
        made = Fingerprints(*(row[f"{step}_fingerprint"] for step in ("ingest", "normalize", "extract")))
        is_same = row["content_sha256"] == one.sha256
        if row["source_state"] == "withdrawn" and is_same:
            plan.withdrawn.append(one.source.uri)
        elif (
            is_full
            or not is_same
            or made.ingest != one.fingerprints.ingest
            # What was left out is not in the warehouse: it has to be read to be tried again.
            or (row["source_state"] == "quarantined" and made != one.fingerprints)
        ):
            plan.read.append(one)
            plan.earlier[one.source.uri] = row["document_ids"]
            if not is_full and made == one.fingerprints:
                plan.current |= set(row["document_ids"])
        elif made == one.fingerprints:
            plan.unchanged.append(one.source.uri)
            plan.current |= set(row["document_ids"])
        else:
            plan.restarted.append(one)
            same_normalize = made.normalize == one.fingerprints.normalize
            (plan.extract if same_normalize else plan.normalize).update(row["document_ids"])
    plan.extract -= plan.normalize
    return plan


def documents_by_source(
    documents: Iterable[tuple[str, str]], sources: Sequence[Found]
) -> dict[str, list[str]]:
    """Source to its documents.

    Args:
        documents: `document_id` and `uri`, which is the source's uri, `source!member` or `source#record`.
        sources: Sources that were read.
    """
    by_source: dict[str, list[str]] = {one.source.uri: [] for one in sources}
    for document_id, uri in documents:
        owner = uri
        while owner and owner not in by_source:
            owner = owner[: max(owner.rfind("!"), owner.rfind("#"), 0)]
        if owner:
            by_source[owner].append(document_id)
    return {uri: sorted(ids) for uri, ids in by_source.items()}


def gone_documents(plan: Plan, made: Mapping[str, list[str]], known: pl.DataFrame) -> set[str]:
    """Documents that a changed source no longer holds and no other source does either."""
    gone = {document_id for ids in plan.earlier.values() for document_id in ids}
    gone -= {document_id for ids in made.values() for document_id in ids}
    if gone:
        others = known.filter(
            ~pl.col("uri").is_in(list(plan.earlier)) & (pl.col("source_state") != "withdrawn")
        )
        gone -= set(others["document_ids"].explode().drop_nulls())
    return gone


def claimed_documents(log: pl.DataFrame, document_ids: pl.Series) -> pl.Series:
    """Those of some documents that a source holds, and that so belong into the warehouse.

    Args:
        log: The table `sources`, oldest rows first.
        document_ids: The documents.
    """
    last = log.unique("uri", keep="last").filter(pl.col("source_state") == "read")
    claimed = last["document_ids"].explode().drop_nulls().unique()
    return document_ids.filter(document_ids.is_in(claimed.implode()))


def settled_documents(
    ingested: pl.LazyFrame, stored: pl.LazyFrame, current: set[str]
) -> tuple[set[str], list[tuple[str, str]]]:
    """Documents just read that the warehouse holds already as they would come out again.

    Args:
        ingested: `documents` as read now.
        stored: `documents` of the warehouse.
        current: Documents whose fingerprints are those of now.

    Returns:
        Their ids; and (uri, kept uri) of those that were read from another place than the one kept.
    """
    both = (
        ingested.filter(pl.col("document_id").is_in(list(current)))
        .join(stored, on="document_id", suffix="_stored")
        .filter(
            pl.all_horizontal(pl.col(c).eq_missing(pl.col(f"{c}_stored")) for c in _DELIVERED)
            # Of equal documents the one with the smallest uri stands, whatever the order of runs.
            & (pl.col("uri") >= pl.col("uri_stored"))
        )
        .select("document_id", "uri", "uri_stored")
        .collect()
    )
    moved = both.filter(pl.col("uri") != pl.col("uri_stored")).select("uri", "uri_stored").rows()
    return set(both["document_id"]), moved


def _digest(*values: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()[:16]
