"""However a corpus came about, document by document or at once: the tables are the same."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from flows import corpus
from flows.resources import load_lookups
from warehouse import buckets, parts, registry
from warehouse.schema import hash_id
from warehouse.store import Changes, Store

LOOKUPS = load_lookups()
BODIES = ["远山石化", "青禾重工"]
FIRMS = [f"{body}{form}" for body in BODIES for form in ("有限公司", "股份有限公司", "")]
OTHERS = [
    ("person", "林建国"),
    ("person", "老林"),
    ("place", "海门市"),
    ("place", "海门"),
    ("event", "春交会"),
]
NAMES = [*(("organization", firm) for firm in FIRMS), *OTHERS]
CODES = {"海门市": ("990100", "南屿"), "海门": ("990100", "东洲省")}
SENTENCES = [f"{who}昨日宣布第{n}期工程全部完工。" for n in range(3) for who in ("远山市政府", "青禾市政府")]
TITLES = ["年产三万吨乳酸项目", "战略合作协议", None]
DAYS = [None, date(2031, 3, 1), date(2031, 3, 9), date(2031, 4, 2)]


@pytest.fixture(autouse=True, scope="module")
def no_fsync():
    """Durability is not what is tested here, and makes most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


DOCUMENT = st.fixed_dictionaries(
    {
        "issue_on": st.sampled_from(DAYS),
        "sentences": st.lists(st.sampled_from(SENTENCES), max_size=3),
        "names": st.lists(st.sampled_from(NAMES), max_size=4),
        "canonical": st.sampled_from([None, None, "林建国", "远山石化"]),
        "title": st.sampled_from(TITLES),
        "nested": st.booleans(),
    }
)
STEP = st.dictionaries(st.integers(0, 5), st.one_of(st.none(), DOCUMENT), min_size=1, max_size=3)
TABLES = [name for name, table in registry.TABLES.items() if table.layer != "meta"]


def complete(name: str, rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows of a table, with something in each column that may not be null."""
    table = registry.table(name)
    filled = []
    for row in rows:
        blank = {
            c.name: c.vocabulary[0] if c.vocabulary else pl.Series([0]).cast(c.dtype, strict=False)[0]
            for c in registry.columns_of(name)
            if c.name not in table.nullable and c.name not in row
        }
        filled.append({**blank, **row})
    return pl.DataFrame(filled, schema=registry.polars_schema(name))


def tables_of(number: int, content: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What reading and extracting a document would give."""
    where = {"document_id": hash_id("document", number), "article_id": hash_id("article", number)}
    where["page_id"] = hash_id("page", number)
    mentions = []
    for index, (kind, name) in enumerate(content["names"]):
        code, province = CODES.get(name, (None, None))
        is_patched = content["canonical"] is not None and index == 0
        mention_id = hash_id("mention", number, index)
        mentions.append(
            {**where, "mention_id": mention_id, "entity_type": kind, "surface_text": name, "adcode": code,
             "start_char": index * 50, "end_char": index * 50 + len(name), "province": province,
             "sentence_id": hash_id("sentence", number, index % 2),
             "canonical_name": content["canonical"] if is_patched else None}
        )  # fmt: skip
        if content["nested"] and kind == "organization":
            mentions.append(
                {**where, "mention_id": hash_id("nested", number, index), "entity_type": "place",
                 "surface_text": name[:2], "start_char": index * 50, "end_char": index * 50 + 2,
                 "adcode": "990200", "province": "南屿", "parent_mention_id": mention_id}
            )  # fmt: skip
    deal_id = hash_id("deal", number)
    outer = [m for m in mentions if "parent_mention_id" not in m]
    place = next((m["mention_id"] for m in outer if m["entity_type"] == "place"), None)
    return {
        "documents": [
            {"document_id": where["document_id"], "uri": f"{number}", "issue_on": content["issue_on"]}
        ],
        "articles": [{**where, "text": "".join(content["sentences"])}],
        "sentences": [
            {**where, "sentence_id": hash_id("sentence", number, i), "text": text}
            for i, text in enumerate(content["sentences"])
        ],
        "mentions": mentions,
        "roles": [
            {**where, "role_id": hash_id("role", number, i), "person_mention_id": m["mention_id"]}
            for i, m in enumerate(outer)
        ],
        "deals": [
            {**where, "deal_id": deal_id, "title": content["title"], "deal_type": "project",
             "place_mention_id": place, "expected_on": date(2031, 3, 20)}
        ],
        "deal_parties": [
            {**where, "deal_id": deal_id, "ordinal": i, "mention_id": m["mention_id"], "party_role": "owner"}
            for i, m in enumerate(outer)
        ],
    }  # fmt: skip


def commit(store: Store, run_id: str, documents: dict[int, dict[str, Any]], removed: set[int]) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, content in documents.items():
        for name, some in tables_of(number, content).items():
            rows.setdefault(name, []).extend(some)
    gone = {hash_id("document", number) for number in removed}
    frames = {name: complete(name, some) for name, some in rows.items()}
    draft = store.draft(Changes(upserted=frames, document_ids_removed=gone))
    corpus.resolve(draft, LOOKUPS)
    corpus.aggregate(draft)
    store.commit_draft(draft, run_id=run_id)


def read(store: Store) -> dict[str, pl.DataFrame]:
    names = [*TABLES, *registry.INTERNAL]
    return {n: store.scan(n).collect().sort(store.formats[n].order, nulls_last=True) for n in names}


# Shrinking takes minutes; a failing example is small as it is.
FEW = settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@FEW
@given(st.lists(STEP, min_size=2, max_size=6))
def test_documents_one_after_the_other_give_the_tables_of_all_at_once(steps):
    with tempfile.TemporaryDirectory() as folder:
        grown, whole = Store(Path(folder) / "grown"), Store(Path(folder) / "whole")
        corpus_now: dict[int, dict[str, Any]] = {}
        for number, step in enumerate(steps):
            come = {n: content for n, content in step.items() if content is not None}
            gone = {n for n, content in step.items() if content is None and n in corpus_now}
            corpus_now = {n: c for n, c in {**corpus_now, **come}.items() if n not in gone}
            commit(grown, f"r{number}", come, gone)
        commit(whole, "all", corpus_now, set())
        left, right = read(grown), read(whole)
        for name, frame in right.items():
            assert left[name].equals(frame), f"{name}\n{left[name]}\n{frame}"


@FEW
@given(st.lists(DOCUMENT, min_size=2, max_size=9))
def test_batches_of_any_size_give_equal_tables(contents):
    documents = dict(enumerate(contents))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        whole, cut, grown = (Store(Path(folder) / name) for name in ("whole", "cut", "grown"))
        commit(whole, "all", documents, set())
        patch.setattr(parts, "PART_DOCUMENTS", 2)
        patch.setattr(buckets, "BUCKET_BYTES", 1)
        patch.setattr(corpus, "COMPARED_DOCUMENTS", 1)
        commit(cut, "all", documents, set())
        commit(grown, "first", {0: contents[0]}, set())
        commit(grown, "rest", {n: content for n, content in documents.items() if n}, set())
        expected = read(whole)
        for store in (cut, grown):
            for name, frame in read(store).items():
                assert frame.equals(expected[name]), f"{name}\n{frame}\n{expected[name]}"
