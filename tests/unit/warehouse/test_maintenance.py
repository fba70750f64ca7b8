from __future__ import annotations

import os
import time

import polars as pl
import pytest

from tests.unit.warehouse.small import changes, recompute, runs
from warehouse.maintenance import prune


def fill(store, count):
    for number in range(count):
        store.commit(
            run_id=f"r{number}", documents=changes(1), appended=runs(f"r{number}"), recompute=recompute
        )


def age(store, seconds):
    moment = time.time() - seconds
    for path in store.root.rglob("*"):
        os.utime(path, (moment, moment), follow_symlinks=False)


def test_prune_keeps_the_newest_snapshots_readable(store):
    fill(store, 4)
    age(store, 100)
    pruned = prune(store, keep=2, older_than_seconds=10)
    assert pruned.snapshots == [1, 2]
    for number in (3, 4):
        assert store.scan("mentions", number).collect().height == 2
    named = {store.root / f.path for m in store.snapshots() for _, f in m.all_files()}
    assert set((store.root / "files").rglob("*.parquet")) == named
    assert pl.read_parquet(str(store.root / "current/mentions/**/*.parquet")).height == 2
    assert sorted(p.name for p in (store.root / "views").iterdir()) == ["000003", "000004"]


def test_prune_leaves_what_is_younger_than_the_guard(store):
    fill(store, 3)
    stray = store.root / "files" / "mentions" / "stray.parquet"
    stray.write_bytes(b"a run that has not committed yet")
    assert prune(store, keep=1, older_than_seconds=60).files == 0
    assert stray.exists()
    assert len(store.snapshots()) == 3


def test_prune_removes_left_overs_of_killed_runs(store):
    fill(store, 1)
    for name in (".current.1.tmp", "snapshots/.000002.json.1.tmp", "files/mentions/stray.parquet"):
        (store.root / name).write_bytes(b"x")
    (store.root / "views" / ".000002.1.tmp").mkdir()
    age(store, 100)
    assert prune(store, older_than_seconds=10).files == 4
    assert not list(store.root.rglob("*.tmp"))


def test_prune_dry_run_removes_nothing(store):
    fill(store, 3)
    age(store, 100)
    before = sorted(store.root.rglob("*"))
    pruned = prune(store, keep=1, older_than_seconds=10, is_dry_run=True)
    assert pruned.snapshots == [1, 2]
    assert pruned.bytes > 0
    assert sorted(store.root.rglob("*")) == before


@pytest.mark.parametrize(("keep", "seconds"), [(0, 1.0), (1, -1.0)])
def test_prune_refuses_impossible_settings(store, keep, seconds):
    with pytest.raises(ValueError, match="keep at least 1"):
        prune(store, keep=keep, older_than_seconds=seconds)


def test_a_retry_after_its_snapshot_was_pruned_is_still_a_no_op(store):
    fill(store, 3)
    age(store, 100)
    prune(store, keep=1, older_than_seconds=10)
    again = store.commit(run_id="r0", documents=changes(1), recompute=recompute)
    assert again.number == 3
    assert store.manifest().number == 3
