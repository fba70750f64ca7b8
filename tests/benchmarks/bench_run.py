"""What a whole build of one added page costs beside how many documents the warehouse holds already.

Documents are synthetic: names by a Zipf law over a vocabulary that grows with the corpus, sentences that do
not repeat, deals between firms. The build is the real one, of the seed page, in a process of its own.

    python -m tests.benchmarks.bench_run 0 1000 10000 100000
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from flows import corpus
from flows.resources import load_lookups
from flows.tasks import corpus_fingerprint
from tests.benchmarks import bench_store
from tests.benchmarks.bench_store import PER_DOCUMENT
from warehouse import registry
from warehouse.store import Changes, Store

ROOT = Path(__file__).resolve().parents[2]
FORMS = np.array(["集团有限公司", "股份有限公司", "", "市科技局", "大学"])
STEPS = ("before_ingest", "ingest_normalize_extract", "resolve", "aggregate", "check", "publish_and_rest")


def ids(numbers: np.ndarray, salt: int = 0) -> pl.Series:
    """16 digits a number, spread like digests."""
    return (pl.Series(numbers).cast(pl.Int64).hash(salt) % 10**16).cast(pl.String).str.zfill(16)


def staged(folder: Path, count: int, batch: int = 2000) -> dict[str, list[Path]]:
    """Batches of documents as the flow stages them, with names, sentences and deals of their own."""
    random = np.random.default_rng(1)
    paths: dict[str, list[Path]] = {name: [] for name in PER_DOCUMENT}
    for start in range(0, count, batch):
        numbers = np.arange(start, min(start + batch, count))
        frames = {name: bench_store.table(name, numbers, random) for name in PER_DOCUMENT}
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


def fill(folder: Path, count: int) -> tuple[float, float]:
    """Build a warehouse of synthetic documents.

    Returns:
        CPU seconds of commit with resolve and aggregate; peak memory in MiB.
    """
    (folder / "staged").mkdir()
    paths = staged(folder / "staged", count)
    started = time.process_time()
    store = Store(folder / "warehouse")
    draft = store.draft(Changes(upserted=paths))
    corpus.resolve(draft, load_lookups())
    corpus.aggregate(draft)
    documents = draft.scan("documents").select("document_id", "uri").collect()
    now = datetime.now(UTC)
    run = {"run_id": "0" * 16, "state": "published", "started_at": now, "code_version": "", "settings": "{}",
           "source_uris": [], "source_count": count, "document_count": count, "reject_count": 0}  # fmt: skip
    log = documents.select(
        "uri", run_id=pl.lit("0" * 16), content_sha256=pl.lit("0" * 64), byte_count=pl.lit(1),
        modified_ns=None, source_state=pl.lit("read"), document_ids=pl.concat_list("document_id"),
        source_meta=pl.lit("{}"),
        ingest_fingerprint=pl.lit(""), normalize_fingerprint=pl.lit(""), extract_fingerprint=pl.lit(""),
    )  # fmt: skip
    sources = log.with_columns(uri=pl.concat_str("uri", pl.int_range(pl.len())))
    draft.put({"sources": sources, "runs": registry.conform("runs", pl.DataFrame([run]))})
    store.commit_draft(draft, run_id="0" * 16, info={"corpus_fingerprint": corpus_fingerprint()})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.process_time() - started, peak


def add_page(folder: Path) -> dict[str, float]:
    """Build the seed page into the warehouse of a folder."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_flow", "--variant", "flow"]
    command += ["--source", str(ROOT / "seeds/pages"), "--folder", str(folder)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(count: int) -> None:
    """Print the figures of one size."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        folder = Path(name)
        filled = "empty"
        if count:
            seconds, peak = fill(folder, count)
            store = Store(folder / "warehouse")
            manifest = store.manifest()
            assert manifest is not None
            files = [file for _, file in manifest.all_files()]
            rows = sum(file.rows for file in files)
            size = sum(file.bytes for file in files) / count / 1024
            filled = (
                f"filled with {rows:,} rows, {manifest.rows('entities'):,} entities: {seconds:.0f} CPU-s, "
                f"{peak:.0f} MiB, {size:.1f} KiB a document"
            )
        found = add_page(folder)
        steps = ", ".join(f"{step} {found[step]:.2f}" for step in STEPS)
        print(f"{count:>7} documents ({filled}) | one page: {steps}, work {found['work']:.2f}", flush=True)


if __name__ == "__main__":
    # The month of the page is a full one of 840 documents.
    bench_store.FIRST_DAY = date(2023, 2, 1)
    bench_store.ids = ids
    # Short pages: what the corpus steps see of a document, without the rows that no other page asks for.
    short = {"documents": 1, "pages": 1, "articles": 2, "sentences": 6, "mentions": 12, "deals": 1}
    PER_DOCUMENT.clear()
    PER_DOCUMENT.update(short, deal_parties=2)
    for size in sys.argv[1:] or ["0", "1000", "10000"]:
        measure(int(size))
