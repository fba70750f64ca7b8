"""A warehouse of synthetic documents: names by a Zipf law over a vocabulary that grows with the corpus,
sentences that do not repeat, deals between firms. Thirty documents a day."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from flows import corpus
from flows.resources import load_lookups
from flows.tasks import corpus_fingerprint
from warehouse import registry
from warehouse.store import Changes, Store

PER_DOCUMENT = {
    "documents": 1,
    "pages": 1,
    "blocks": 12,
    "articles": 3,
    "sentences": 24,
    "alignments": 40,
    "edits": 60,
    "mentions": 50,
    "dates": 6,
    "quantities": 6,
    "roles": 4,
    "keywords": 30,
    "deals": 2,
    "deal_parties": 4,
}
DOCUMENTS_A_DAY = 30
FIRST_DAY = date(2023, 2, 1)
WORDS = np.array([f"{a}{b}" for a in "江海云川白石青松长平" for b in "市港区大学集团公司会议"])
FORMS = np.array(["集团有限公司", "股份有限公司", "", "市科技局", "大学"])


def table(name: str, numbers: np.ndarray, random: np.random.Generator) -> pl.DataFrame:
    """Rows of a table for the documents with these numbers."""
    count = PER_DOCUMENT[name]
    document = np.repeat(numbers, count)
    height = document.size
    days = [FIRST_DAY + timedelta(days=int(n) // DOCUMENTS_A_DAY) for n in numbers]
    columns = []
    for column in registry.columns_of(name):
        if column.name == "document_id":
            values = ids(document)
        elif column.name == "issue_on":
            values = pl.Series(days, dtype=pl.Date)
        elif column.name in registry.table(name).primary_key and column.name.endswith("_id"):
            values = ids(document * 1000 + np.tile(np.arange(count), numbers.size), salt=len(name))
        elif column.name in {"ordinal", "start_char", "raw_start"}:
            values = pl.Series(np.tile(np.arange(count), numbers.size))
        elif column.name in {"end_char", "raw_end"}:
            values = pl.Series(np.tile(np.arange(count), numbers.size) + 1)
        elif column.name == "entity_id":
            values = ids(random.zipf(1.3, height) % 50_000, salt=7)
        elif column.name.endswith("_id"):
            values = ids(document, salt=len(column.name))
        elif column.name == "keyword":
            values = pl.Series([f"词{i}" for i in range(count)] * numbers.size)
        elif column.name in {"raw_text", "text"} and name in {"pages", "articles"}:
            size = 800 if name == "pages" else 250
            values = pl.Series(["".join(row) for row in random.choice(WORDS, (height, size // 3))])
        elif column.vocabulary:
            values = pl.Series(random.choice(np.array(column.vocabulary), height))
        elif column.dtype == pl.String:
            values = pl.Series(random.choice(WORDS, height))
        elif column.dtype == pl.Date:
            values = pl.Series([FIRST_DAY] * height, dtype=pl.Date)
        elif isinstance(column.dtype, pl.List):
            values = pl.Series([[]] * height, dtype=column.dtype)
        else:
            values = pl.Series(random.integers(0, 800, height)).cast(column.dtype, strict=False)
        columns.append(values.alias(column.name).cast(column.dtype))
    return registry.conform(name, pl.DataFrame(columns))


def ids(numbers: np.ndarray, salt: int = 0) -> pl.Series:
    """16 hexadecimal digits a number, spread like digests."""
    mixed = (numbers.astype(np.uint64) + np.uint64(salt * 7919)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return pl.Series([f"{value:016x}" for value in mixed.tolist()])


def staged(folder: Path, count: int, batch: int = 2000) -> dict[str, list[Path]]:
    """Batches of documents as the flow stages them, with names, sentences and deals of their own."""
    random = np.random.default_rng(1)
    paths: dict[str, list[Path]] = {name: [] for name in PER_DOCUMENT}
    for start in range(0, count, batch):
        numbers = np.arange(start, min(start + batch, count))
        frames = {name: table(name, numbers, random) for name in PER_DOCUMENT}
        frames["sentences"] = _sentences(frames["sentences"])
        frames["mentions"] = _mentions(frames["mentions"], frames["articles"], count, random)
        frames["deals"] = _deals(frames["deals"], frames["mentions"], random)
        frames["deal_parties"] = _parties(frames["deal_parties"], frames["deals"], frames["mentions"])
        for name, frame in frames.items():
            path = folder / f"{name}-{start}.parquet"
            registry.conform(name, frame).write_parquet(path)
            paths[name].append(path)
    return paths


def _sentences(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(text=pl.concat_str(pl.lit("记者昨日在现场看到编号为"), "sentence_id"))


def _mentions(
    frame: pl.DataFrame, articles: pl.DataFrame, count: int, random: np.random.Generator
) -> pl.DataFrame:
    number = random.zipf(1.2, frame.height) % (200 * int(count**0.6) + 1)
    kind = np.array(["organization", "person", "place"])[number % 3]
    stem = pl.Series([f"{n:05d}" for n in (number // 5).tolist()])
    form = pl.Series(FORMS[number % 5])
    surface = pl.when(pl.Series(kind) == "organization").then(stem + "厂" + form).otherwise(stem)
    per_article = frame.height // articles.height + 1
    article = articles["article_id"].gather(np.arange(frame.height) // per_article)
    return frame.with_columns(
        surface_text=surface,
        entity_type=pl.Series(kind),
        article_id=article,
        entity_id=pl.lit(None, dtype=pl.String),
        parent_mention_id=pl.lit(None, dtype=pl.String),
        canonical_name=pl.lit(None, dtype=pl.String),
        adcode=pl.when(pl.Series(kind) == "place").then(
            pl.Series([f"{n % 3000:06d}" for n in number.tolist()])
        ),
        province=pl.when(pl.Series(kind) == "place").then(
            pl.Series([f"省{n % 3000 % 31}" for n in number.tolist()])
        ),
        sentence_id=ids(np.arange(frame.height) // 2, salt=3),
    )


def _deals(frame: pl.DataFrame, mentions: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    title = pl.Series([f"年产{n}吨新材料项目" for n in random.integers(0, 100_000, frame.height)])
    return frame.with_columns(
        title=title,
        deal_type=pl.lit("project"),
        place_mention_id=pl.lit(None, dtype=pl.String),
        parent_deal_id=pl.lit(None, dtype=pl.String),
        same_as_deal_id=pl.lit(None, dtype=pl.String),
        place_id=pl.lit(None, dtype=pl.String),
    )


def _parties(frame: pl.DataFrame, deals: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    row = np.arange(frame.height)
    return frame.with_columns(
        deal_id=deals["deal_id"].gather(row // 2),
        ordinal=pl.Series(row % 2),
        mention_id=mentions["mention_id"].gather(row * 7 % mentions.height),
        entity_id=pl.lit(None, dtype=pl.String),
        signatory_mention_id=pl.lit(None, dtype=pl.String),
        signatory_id=pl.lit(None, dtype=pl.String),
    )


def fill(root: Path, paths: dict[str, list[Path]]) -> tuple[float, float]:
    """Build a warehouse of staged documents.

    Returns:
        CPU seconds of the store, and of resolve and aggregate with what they put in.
    """
    started = time.process_time()
    store = Store(root)
    draft = store.draft(Changes(upserted=paths))
    drafted = time.process_time()
    corpus.resolve(draft, load_lookups())
    corpus.aggregate(draft)
    computed = time.process_time()
    documents = draft.scan("documents").select("document_id", "uri").collect()
    now = datetime.now(UTC)
    run = {"run_id": "0" * 16, "state": "published", "started_at": now, "code_version": "", "settings": "{}",
           "source_uris": [], "source_count": documents.height,
           "document_count": documents.height, "reject_count": 0}  # fmt: skip
    log = documents.select(
        "uri", run_id=pl.lit("0" * 16), content_sha256=pl.lit("0" * 64), byte_count=pl.lit(1),
        modified_ns=None, source_state=pl.lit("read"), document_ids=pl.concat_list("document_id"),
        source_meta=pl.lit("{}"),
        ingest_fingerprint=pl.lit(""), normalize_fingerprint=pl.lit(""), extract_fingerprint=pl.lit(""),
    )  # fmt: skip
    sources = log.with_columns(uri=pl.concat_str("uri", pl.int_range(pl.len())))
    draft.put({"sources": sources, "runs": registry.conform("runs", pl.DataFrame([run]))})
    store.commit_draft(draft, run_id="0" * 16, info={"corpus_fingerprint": corpus_fingerprint()})
    return drafted - started + time.process_time() - computed, computed - drafted
