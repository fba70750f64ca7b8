from __future__ import annotations

import os
import threading
from datetime import date
from functools import partial
from itertools import count

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from tests.e2e.crash_points import STEPS
from tests.unit.warehouse.small import FORMATS, changes, documents, mentions, recompute, runs
from warehouse import parts
from warehouse.files import StoreError, link_or_copy
from warehouse.store import Changes, Store


def commit(store: Store, run_id: str, *numbers: int, **options):
    return store.commit(
        run_id=run_id, documents=changes(*numbers, **options), appended=runs(run_id), recompute=recompute
    )


def ids(store: Store, table: str = "documents", snapshot: int | None = None) -> list[str]:
    return store.scan(table, snapshot).select(FORMATS[table].key[0]).collect().to_series().sort().to_list()


def test_scan_is_empty_with_schema_before_the_first_commit(store):
    frame = store.scan("mentions").collect()
    assert frame.is_empty()
    assert frame.schema == FORMATS["mentions"].schema


def test_commit_adds_documents_and_keeps_the_others(store):
    commit(store, "r1", 1, 2)
    commit(store, "r2", 3)
    assert ids(store) == ["d00001", "d00002", "d00003"]
    counts = dict(store.scan("entities").select("entity_id", "mention_count").collect().iter_rows())
    assert counts == {"江海市": 3, "云川大学": 3}
    assert ids(store, "runs") == ["r1", "r2"]


def test_commit_replaces_the_rows_of_a_document_in_every_table(store):
    commit(store, "r1", 1, 2)
    commit(store, "r2", 2, words=("白石港",))
    words = store.scan("mentions").sort("mention_id").collect()["surface_text"].to_list()
    assert words == ["江海市", "云川大学", "白石港"]
    assert store.scan("mentions", 1).collect().height == 4


def test_commit_removes_documents(store):
    commit(store, "r1", 1, 2)
    store.commit(
        run_id="r2",
        documents=Changes(document_ids_removed={"d00001"}),
        appended=runs("r2"),
        recompute=recompute,
    )
    assert ids(store) == ["d00002"]
    assert set(store.scan("mentions").collect()["document_id"]) == {"d00002"}


def test_commit_keeps_tables_that_are_not_handed_over(store):
    commit(store, "r1", 1, 2)
    later = Changes(upserted={"mentions": mentions(1, words=("新词",))}, document_ids_replaced={"d00001"})
    store.commit(run_id="r2", documents=later, recompute=recompute)
    assert ids(store) == ["d00001", "d00002"]
    words = store.scan("mentions").sort("mention_id").collect()["surface_text"].to_list()
    assert words == ["新词", "江海市", "云川大学"]


def test_commit_refuses_rows_of_documents_it_did_not_change(store):
    with pytest.raises(StoreError, match="mentions have rows of documents"):
        store.commit(
            run_id="r1", documents=Changes(upserted={"documents": documents(1), "mentions": mentions(2)})
        )
    assert store.manifest() is None
    assert not list((store.root / "files").rglob("*.parquet"))


def test_commit_of_a_committed_run_is_a_no_op(store):
    first = commit(store, "r1", 1)
    again = commit(store, "r1", 1)
    assert first.number == again.number == 1
    assert len(store.snapshots()) == 1


def test_commit_writes_only_files_whose_rows_changed(store):
    store.commit(
        run_id="r1", documents=Changes(upserted={"documents": documents(1, issue_on=date(2031, 3, 1))})
    )
    second = store.commit(
        run_id="r2", documents=Changes(upserted={"documents": documents(2, issue_on=date(2031, 4, 1))})
    )
    first = store.manifest(1)
    assert [p.month for p in second.parts] == ["2031-03", "2031-04"]
    assert first.parts[0].files == second.parts[0].files


def test_commit_counts_rows_added_changed_and_removed(store):
    assert commit(store, "r1", 1, 2).delta["mentions"].added == 4
    delta = commit(store, "r2", 2, words=("江海市", "白石港")).delta
    assert (delta["mentions"].added, delta["mentions"].changed, delta["mentions"].removed) == (0, 1, 0)
    # 江海市 keeps its count, 云川大学 loses one, 白石港 is new.
    assert (delta["entities"].added, delta["entities"].changed) == (1, 1)


def test_two_writers_end_with_the_documents_of_both(store):
    """A run that is slower than another keeps its own documents and counts those of both."""
    other_done = threading.Event()
    calls = []

    def slow(scan):
        calls.append(scan("documents").select(pl.len()).collect().item())
        if not other_done.is_set():
            commit(Store(store.root, FORMATS), "fast", 2)
            other_done.set()
        return recompute(scan)

    store.commit(run_id="slow", documents=changes(1), appended=runs("slow"), recompute=slow)
    assert calls == [1, 2]
    assert ids(store) == ["d00001", "d00002"]
    assert store.scan("entities").collect()["mention_count"].to_list() == [2, 2]
    assert ids(store, "runs") == ["fast", "slow"]


def test_a_writer_that_always_loses_commits_under_the_lock(store):
    seen = []

    def unlucky(scan):
        seen.append(1)
        if len(seen) <= 2:
            commit(Store(store.root, FORMATS), f"other{len(seen)}", 10 + len(seen))
        return recompute(scan)

    store.commit(run_id="unlucky", documents=changes(1), recompute=unlucky)
    assert len(seen) == 3
    assert ids(store) == ["d00001", "d00011", "d00012"]


def test_a_refusing_recompute_publishes_nothing_and_leaves_no_file(store):
    commit(store, "r1", 1)
    before = sorted(p for p in store.root.rglob("*.parquet"))

    def refuse(scan):
        raise RuntimeError("checks failed")

    with pytest.raises(RuntimeError, match="checks failed"):
        store.commit(run_id="r2", documents=changes(2), recompute=refuse)
    assert store.manifest().number == 1
    assert sorted(p for p in store.root.rglob("*.parquet")) == before


def test_current_is_readable_by_plain_readers(store):
    commit(store, "r1", 1, 2)
    pattern = str(store.root / "current" / "mentions" / "**" / "*.parquet")
    assert pl.read_parquet(pattern).columns == FORMATS["mentions"].schema.names()
    assert duckdb.sql(f"select count(*) from '{pattern}'").fetchall() == [(4,)]
    assert pq.read_table(store.root / "current" / "mentions").num_rows == 4


def test_current_holds_an_empty_file_with_schema_for_an_empty_table(store):
    store.commit(run_id="r1", documents=Changes(upserted={"documents": documents(1)}))
    frame = pl.read_parquet(str(store.root / "current" / "entities" / "**" / "*.parquet"))
    assert frame.schema == FORMATS["entities"].schema
    commit(store, "r2", 1)
    files = list((store.root / "current" / "entities").rglob("*.parquet"))
    assert len(files) == 1


def test_descriptions_are_in_the_parquet_schema(store):
    commit(store, "r1", 1)
    file = next((store.root / "current" / "mentions").rglob("*.parquet"))
    schema = pq.read_schema(file)
    assert schema.field("surface_text").metadata[b"description"] == b"The surface_text."
    assert schema.metadata[b"grain"] == b"One row per mention."


def test_views_database_shows_the_newest_snapshot(store, monkeypatch, tmp_path):
    commit(store, "r1", 1)
    commit(store, "r2", 2)
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(str(store.root / "views.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from mentions").fetchone() == (4,)
        assert connection.execute("select count(*) from runs").fetchone() == (2,)


def test_an_open_views_connection_keeps_its_snapshot(store):
    commit(store, "r1", 1)
    with duckdb.connect(str(store.root / "views.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from mentions").fetchone() == (2,)
        commit(store, "r2", 2)
        assert connection.execute("select count(*) from mentions").fetchone() == (2,)


def test_repair_publishes_what_a_killed_run_committed(store):
    commit(store, "r1", 1)
    commit(store, "r2", 2)
    aside = store.root / "aside"
    os.symlink("views/000001", aside)
    os.replace(aside, store.root / "current")
    assert store.repair()
    assert os.readlink(store.root / "current") == "views/000002"
    assert not store.repair()


def test_small_parts_of_a_month_are_merged(store):
    for number in range(17):
        commit(store, f"r{number:02d}", number)
    manifest = store.manifest()
    assert len(manifest.parts) <= 3
    assert ids(store) == [f"d{n:05d}" for n in range(17)]
    assert ids(store, "runs") == [f"r{n:02d}" for n in range(17)]
    assert len(manifest.tables["runs"]) <= 3
    assert manifest.delta["documents"].added == 1


def test_a_document_is_in_one_part_and_parts_are_bounded(store, monkeypatch):
    monkeypatch.setattr(parts, "PART_DOCUMENTS", 10)
    commit(store, "r1", *range(55))
    manifest = store.manifest()
    assert [part.documents for part in manifest.parts] == [10, 10, 10, 10, 10, 5]
    assert ids(store) == [f"d{n:05d}" for n in range(55)]
    before = {part.part_id for part in manifest.parts}
    commit(store, "r2", 3)
    after = {part.part_id for part in store.manifest().parts}
    assert len(before & after) == 5


def test_a_run_of_many_months_keeps_all_its_documents(store):
    """Months that end anywhere between the batches that a run is written in."""
    numbers = [range(6_000 * month, 6_000 * (month + 1)) for month in range(3)]
    days = [documents(*some, issue_on=date(2031, month, 1)) for month, some in enumerate(numbers, 1)]
    upserted = {"documents": pl.concat(days), "mentions": mentions(*range(18_000))}
    manifest = store.commit(run_id="r1", documents=Changes(upserted=upserted))
    assert sum(part.documents for part in manifest.parts) == 18_000
    assert store.scan("documents").collect()["document_id"].n_unique() == 18_000
    assert store.scan("mentions").select(pl.len()).collect().item() == 36_000


def test_rows_are_the_same_whatever_the_order_of_commits(tmp_path):
    one, other = Store(tmp_path / "a", FORMATS), Store(tmp_path / "b", FORMATS)
    commit(one, "r", 1, 2, 3)
    for number in (3, 1, 2):
        commit(other, f"r{number}", number)
    for table in ("documents", "mentions", "entities"):
        frames = [FORMATS[table].sort(s.scan(table).collect()) for s in (one, other)]
        assert frames[0].equals(frames[1])


def test_unknown_snapshot_names_those_that_are_kept(store):
    commit(store, "r1", 1)
    with pytest.raises(StoreError, match=r"no snapshot 7; kept: 1 to 1"):
        store.manifest(7)


def test_missing_column_is_named(store):
    with pytest.raises(StoreError, match="'mentions': column\\(s\\) surface_text missing"):
        store.commit(
            run_id="r1",
            documents=Changes(
                upserted={"documents": documents(1), "mentions": mentions(1).drop("surface_text")}
            ),
        )


def test_copies_where_the_mount_has_no_links(store, monkeypatch):
    def no_link(*args, **kwargs):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_link)
    commit(store, "r1", 1)
    commit(store, "r2", 2)
    assert [m.number for m in store.snapshots()] == [1, 2]
    assert pl.read_parquet(str(store.root / "current" / "mentions" / "**" / "*.parquet")).height == 4


def test_a_folder_takes_the_place_of_current_where_there_are_no_symlinks(store, monkeypatch):
    def no_symlink(*args, **kwargs):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "symlink", no_symlink)
    commit(store, "r1", 1)
    commit(store, "r2", 2)
    assert not (store.root / "current").is_symlink()
    assert pl.read_parquet(str(store.root / "current" / "mentions" / "**" / "*.parquet")).height == 4


def test_link_or_copy_is_repeatable(tmp_path):
    (tmp_path / "a").write_text("x")
    link_or_copy(tmp_path / "a", tmp_path / "b")
    link_or_copy(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "x"


@pytest.mark.parametrize(
    ("number", "words"), [(28, "disk is full"), (30, "read-only"), (13, "no permission"), (122, "quota")]
)
def test_failing_writes_say_what_to_do_and_leave_the_last_snapshot(store, monkeypatch, number, words):
    commit(store, "r1", 1)
    real = os.fsync
    calls = []

    def failing(handle):
        calls.append(handle)
        if len(calls) > 2:
            raise OSError(number, os.strerror(number))
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StoreError, match=words):
        commit(store, "r2", 2)
    monkeypatch.undo()
    assert ids(store) == ["d00001"]
    commit(store, "r2", 2)
    assert ids(store) == ["d00001", "d00002"]


def test_a_failure_at_any_step_says_whether_the_snapshot_is_there(store, monkeypatch):
    commit(store, "r0", 1)
    seen = set()
    for step in count(1):
        before, done = store.manifest().number, []

        def call(*args, real, step=step, done=done, **kwargs):
            done.append(1)
            if len(done) >= step:
                raise OSError(28, os.strerror(28))
            return real(*args, **kwargs)

        with monkeypatch.context() as patch:
            for name in STEPS:
                patch.setattr(os, name, partial(call, real=getattr(os, name)))
            try:
                commit(store, f"r{step}", step)
                break
            except StoreError as error:
                said = str(error)
        is_there = store.manifest().number > before
        assert "disk is full" in said
        assert (f"snapshot {before + 1} is committed and complete" in said) == is_there, (step, said)
        assert ("last snapshot is unchanged" in said) != is_there, (step, said)
        seen.add(is_there)
    assert seen == {True, False}
    assert commit(store, "last", 1).number == store.manifest().number


def test_sources_are_kept_once_and_checked(store):
    sha = store.sources.put("白石港".encode())
    assert store.sources.put("白石港".encode()) == sha
    assert store.sources.get(sha) == "白石港".encode()
    store.sources.path(sha).write_bytes(b"broken")
    with pytest.raises(StoreError, match="damaged"):
        store.sources.get(sha)
    with pytest.raises(StoreError, match="no such source"):
        store.sources.get("0" * 64)
