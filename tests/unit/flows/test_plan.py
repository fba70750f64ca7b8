from __future__ import annotations

import hashlib
import os
from pathlib import Path

import polars as pl
import pytest

from flows.discovery import Source
from flows.fingerprints import STEPS, step_fingerprint, step_lookups, step_modules
from flows.plan import (
    UNREADABLE_SHA256,
    Fingerprints,
    Found,
    Plan,
    claimed_documents,
    documents_by_source,
    gone_documents,
    hash_source,
    plan_sources,
    settled_documents,
)
from warehouse import registry

NOW = Fingerprints("i1", "n1", "e1")


def source(uri: str, *, size: int = 3, modified_ns: int = 5) -> Source:
    return Source(uri, Path(uri), Path("/"), size, modified_ns)


def found(uri: str, sha256: str = "s1", fingerprints: Fingerprints = NOW) -> Found:
    return Found(source(uri), sha256, fingerprints)


def known(*rows: dict) -> pl.DataFrame:
    base = {
        "run_id": "r",
        "content_sha256": "s1",
        "byte_count": 3,
        "modified_ns": 5,
        "source_state": "read",
        "source_meta": "{}",
        "ingest_fingerprint": "i1",
        "normalize_fingerprint": "n1",
        "extract_fingerprint": "e1",
    }
    return pl.DataFrame([{**base, **row} for row in rows], schema=registry.polars_schema("sources"))


ONE = {"uri": "/a", "document_ids": ["d1", "d2"]}


def test_a_source_that_is_not_known_is_read():
    assert plan_sources([found("/b")], known(ONE)).read == [found("/b")]


def test_a_source_that_is_known_is_left_alone():
    plan = plan_sources([found("/a")], known(ONE))
    assert plan.is_empty
    assert plan.unchanged == ["/a"]


def test_changed_bytes_are_read_and_the_earlier_documents_remembered():
    plan = plan_sources([found("/a", "s2")], known(ONE))
    assert plan.earlier == {"/a": ["d1", "d2"]}
    assert plan.current == {"d1", "d2"}


@pytest.mark.parametrize(
    ("fingerprints", "read", "normalize", "extract"),
    [
        (Fingerprints("i2", "n1", "e1"), 1, set(), set()),
        (Fingerprints("i1", "n2", "e1"), 0, {"d1", "d2"}, set()),
        (Fingerprints("i1", "n1", "e2"), 0, set(), {"d1", "d2"}),
        (Fingerprints("i1", "n2", "e2"), 0, {"d1", "d2"}, set()),
    ],
)
def test_the_first_changed_step_is_where_a_source_starts_again(fingerprints, read, normalize, extract):
    plan = plan_sources([found("/a", fingerprints=fingerprints)], known(ONE))
    assert (len(plan.read), plan.normalize, plan.extract) == (read, normalize, extract)


def test_a_withdrawn_source_stays_out_until_its_bytes_change():
    row = known({**ONE, "source_state": "withdrawn"})
    assert plan_sources([found("/a")], row).withdrawn == ["/a"]
    assert plan_sources([found("/a", "s2")], row).read


def test_a_quarantined_source_is_read_again_once_a_step_changed():
    row = known({**ONE, "source_state": "quarantined"})
    assert plan_sources([found("/a")], row).is_empty
    assert plan_sources([found("/a", fingerprints=Fingerprints("i1", "n1", "e2"))], row).read


def test_full_refresh_reads_what_is_known():
    assert plan_sources([found("/a")], known(ONE), is_full=True).read


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"modified_ns": 5}, "s1"),
        ({"modified_ns": 6}, None),
        ({"byte_count": 4}, None),
        ({"modified_ns": None}, None),
        ({"content_sha256": UNREADABLE_SHA256}, None),
    ],
)
def test_a_file_is_hashed_again_unless_size_and_time_are_as_logged(tmp_path, row, expected):
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    os.utime(path, ns=(5, 5))
    now = Source(str(path), path, tmp_path, 3, 5)
    logged = known({**ONE, **row}).row(0, named=True)
    assert hash_source(now, logged) == (expected or hashlib.sha256(b"abc").hexdigest())


def test_documents_belong_to_the_source_whose_uri_they_begin_with():
    sources = [found("/a.zip"), found("/b.jsonl"), found("/c!d.txt")]
    documents = [("1", "/a.zip!x/y.txt"), ("2", "/b.jsonl#r1"), ("3", "/c!d.txt"), ("4", "/a.zip!z.jsonl#7")]
    assert documents_by_source(documents, sources) == {
        "/a.zip": ["1", "4"],
        "/b.jsonl": ["2"],
        "/c!d.txt": ["3"],
    }


def test_a_document_is_gone_unless_the_source_or_another_holds_it():
    log = known(ONE, {"uri": "/b", "document_ids": ["d2"]})
    plan = Plan(earlier={"/a": ["d1", "d2"]})
    assert gone_documents(plan, {"/a": ["d9"]}, log) == {"d1"}
    assert gone_documents(plan, {"/a": ["d1"]}, log) == set()


def test_a_document_is_settled_unless_it_was_delivered_otherwise():
    columns = ["external_id", "title", "publication", "page_label", "issue_on", "issue_on_source"]
    schema = {"document_id": pl.String, "uri": pl.String, **dict.fromkeys(columns, pl.String)}
    now = pl.LazyFrame(
        {"document_id": ["1", "2", "3"], "uri": ["/b", "/b", "/0"], "title": ["t", "new", "t"]}
    )
    now = now.with_columns(
        pl.lit(None, dtype=pl.String).alias(c) for c in schema if c not in ("document_id", "uri", "title")
    )
    stored = now.with_columns(title=pl.lit("t"), uri=pl.lit("/a"))
    settled, moved = settled_documents(now, stored, {"1", "2", "3"})
    assert settled == {"1"}
    assert moved == [("/b", "/a")]


def test_a_step_rests_on_its_modules_and_the_vocabularies_they_name():
    assert "transforms.normalize.offsets" in step_modules("extract")
    assert not any(name.startswith("transforms.extract") for name in step_modules("normalize"))
    assert "encodings" in step_lookups("ingest")
    assert "encodings" not in step_lookups("extract")
    assert len({step_fingerprint(step) for step in STEPS}) == len(STEPS)


def test_a_document_is_claimed_by_the_last_row_of_a_source_that_was_read() -> None:
    rows = [("/a", "read", ["d1", "d2"]), ("/b", "withdrawn", ["d3"]), ("/a", "read", ["d2"])]
    log = pl.DataFrame(rows, schema=["uri", "source_state", "document_ids"], orient="row")
    assert claimed_documents(log, pl.Series(["d1", "d2", "d3"])).to_list() == ["d2"]
