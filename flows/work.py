"""The work of one task on one part of a run, as plain functions that a worker process can run.

A part is a folder of Parquet files, one a table, of documents that were cut off together by size.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import ParamSpec, TypeVar

import polars as pl

from flows.faults import FAULTS, run_sparing
from flows.recognition import Recognition
from flows.resources import load_lookups, load_recognizer
from flows.staging import read_tables, write_tables
from transforms.extract.pipeline import Extractor
from transforms.ingest.frames import to_frames
from transforms.ingest.model import RawDocument, Refusal
from transforms.normalize.documents import add_masthead
from transforms.normalize.pipeline import Normalizer
from warehouse import registry
from warehouse.store import Store

P = ParamSpec("P")
T = TypeVar("T")

INGESTED = ("documents", "pages", "lines", "rejects")
NORMALIZED = ("blocks", "edits", "damage", "articles", "credits", "sentences", "alignments")
READ_FROM = ("documents", "blocks", "articles", "sentences", "alignments", "damage")
"""What `Extractor.extract` reads."""
EXTRACTED = (
    "mentions",
    "roles",
    "dates",
    "quantities",
    "quotations",
    "deals",
    "deal_parties",
    "keywords",
)


def cut_parts(
    items: Iterator[RawDocument | Refusal], part_chars: int
) -> Iterator[list[RawDocument | Refusal]]:
    """Cut a stream of documents into parts of about `part_chars` characters; memory holds one part."""
    part: list[RawDocument | Refusal] = []
    chars = 0
    for item in items:
        part.append(item)
        if isinstance(item, RawDocument):
            chars += sum(len(page.raw_text) for page in item.pages)
        if chars >= part_chars or len(part) >= 20_000:
            yield part
            part, chars = [], 0
    if part:
        yield part


def write_parts(items: Iterator[RawDocument | Refusal], folder: Path, part_chars: int) -> None:
    """Write the parts of a stream to `<folder>/part-00000` and so on."""
    for index, part in enumerate(cut_parts(items, part_chars)):
        write_tables(folder / f"part-{index:05d}", to_frames(part))


_PRINTED = ("publication", "page_label", "issue_on", "issue_on_source")
_SAYS_ITSELF = ("text/html", "application/xhtml+xml")


def recall_parts(
    store: Store,
    tables: Sequence[str],
    document_ids: set[str],
    folder: Path,
    part_chars: int,
    *,
    is_printed_again: bool,
) -> None:
    """Write parts of documents that the warehouse holds, to repeat a step on them.

    Args:
        store: The warehouse.
        tables: Tables that the step needs.
        document_ids: Which documents.
        folder: Gets `part-00000` and so on.
        part_chars: Characters of a part.
        is_printed_again: Whether the masthead is going to be read again: forget what it said.
    """
    wanted = pl.LazyFrame({"document_id": sorted(document_ids)})
    sizes = (
        store.scan("pages")
        .join(wanted, on="document_id")
        .group_by("document_id")
        .agg(pl.col("raw_text").str.len_chars().sum().alias("chars"))
        .sort("document_id")
        .with_columns(part=(pl.col("chars").cum_sum() - pl.col("chars")) // part_chars)
        .collect()
    )
    for number, (_, group) in enumerate(sizes.partition_by("part", as_dict=True).items()):
        ids = group.select("document_id").lazy()
        frames = {t: store.scan(t).join(ids, on="document_id", how="semi").collect() for t in tables}
        documents = frames["documents"].drop("first_run_id")
        if is_printed_again:
            documents = _forget_masthead(documents)
        write_tables(folder / f"part-{number:05d}", {**frames, "documents": documents})


def _forget_masthead(documents: pl.DataFrame) -> pl.DataFrame:
    is_printed = (pl.col("issue_on_source") == "masthead").fill_null(False)
    # Only HTML and records name their paper themselves; elsewhere the caller or the page did.
    is_unsure = is_printed & ~pl.col("media_type").is_in(_SAYS_ITSELF) & (pl.col("layout") == "page")
    return documents.with_columns(
        pl.when(is_printed if column.startswith("issue") else is_unsure)
        .then(None)
        .otherwise(pl.col(column))
        .alias(column)
        for column in _PRINTED
    )


def narrow_part(part: Path, document_ids: set[str], folder: Path) -> None:
    """Write a part without some of its documents."""
    left_out = pl.Series("document_id", sorted(document_ids), dtype=pl.String).to_frame()
    tables = read_tables(part, ("documents", "pages", "lines"))
    write_tables(folder, {n: f.join(left_out, on="document_id", how="anti") for n, f in tables.items()})


def normalize_part(ingested: Path, folder: Path, *, simplify: bool) -> None:
    """Normalize the pages of a part; documents gain what a masthead says.

    Documents that cannot be normalized are rows of `faults`, and of `documents` alone.
    """
    tables = read_tables(ingested, ("documents", "pages", "lines"))
    normalizer = _normalizer(simplify)
    normalized = run_sparing(lambda t: normalizer.normalize(t["documents"], t["pages"], t["lines"]), tables)
    documents = add_masthead(tables["documents"], normalized["pages_meta"])
    write_tables(folder, {name: registry.conform(name, normalized[name]) for name in NORMALIZED})
    write_tables(folder, {"documents": documents, FAULTS: normalized[FAULTS]})


def extract_part(normalized: Path, folder: Path, recognition: Recognition) -> None:
    """Extract the facts of a part's articles; documents that this fails on are rows of `faults`."""
    tables = read_tables(normalized, READ_FROM)
    extractor = _extractor(recognition)
    # What is made here refers to nothing in a circle: the garbage collector would find none of it.
    gc.disable()
    try:
        extracted = run_sparing(extractor.extract, tables)
    finally:
        gc.enable()
    write_tables(folder, {FAULTS: extracted[FAULTS]})
    write_tables(
        folder,
        {name: registry.conform(name, extracted.get(name, registry.empty_frame(name))) for name in EXTRACTED},
    )


@lru_cache(maxsize=2)
def _normalizer(simplify: bool) -> Normalizer:
    return Normalizer(load_lookups(), simplify=simplify)


@lru_cache(maxsize=2)
def _extractor(recognition: Recognition) -> Extractor:
    recognizer = load_recognizer(recognition.engine, recognition.profile)
    return Extractor(recognizer, recognition.lookups(), profile=recognition.profile)


class Workers:
    """Runs work in this process, or in worker processes where more than one is asked for.

    Args:
        count: Parts worked on at a time. Processes are spawned: a fork after Polars started its threads
            deadlocks.
    """

    def __init__(self, count: int) -> None:
        self._pool = (
            ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_one_thread)
            if count > 1
            else None
        )
        # Tasks come in more threads than that, and each part in work takes a quarter of a gigabyte.
        self._turn = Lock()

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the function and wait for its result."""
        if self._pool is None:
            with self._turn:
                return function(*args, **kwargs)
        return self._pool.submit(function, *args, **kwargs).result()

    def close(self) -> None:
        """End the worker processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _one_thread() -> None:
    # As many processes as cores already: more threads in each would only take turns.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("POLARS_MAX_THREADS", "1")


def scan_parts(folders: list[Path], table: str) -> pl.LazyFrame:
    """One table over many parts."""
    return pl.scan_parquet([folder / f"{table}.parquet" for folder in folders], glob=False)
