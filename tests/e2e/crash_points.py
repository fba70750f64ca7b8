"""A commit and a prune, killed with SIGKILL at the n-th step that makes something durable or visible.

`python -m tests.e2e.crash_points ROOT N` is the run that dies; `sweep` starts it for many N and looks at
what each left behind.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl

from tests.unit.warehouse.small import FORMATS, changes, recompute, runs
from warehouse.maintenance import prune
from warehouse.store import Store

STEPS = ("rename", "replace", "link", "symlink", "unlink", "rmdir", "fsync")


def work(root: Path) -> None:
    store = Store(root, FORMATS)
    store.commit(run_id="r3", documents=changes(1, 9), appended=runs("r3"), recompute=recompute)
    prune(store, keep=1, older_than_seconds=0)


def kill_at(step: int) -> None:
    """Count the durable steps of this process and die at the one given, before it happens."""
    done = 0

    def guard(real):
        def call(*args, **kwargs):
            nonlocal done
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return call

    for name in STEPS:
        setattr(os, name, guard(getattr(os, name)))


def state(documents: list[str], mentions: pl.DataFrame, entities: pl.DataFrame) -> str:
    """What is wrong between the tables of one snapshot; empty where nothing is."""
    if sorted(set(mentions["document_id"])) != sorted(documents):
        return f"documents {sorted(documents)} but mentions of {sorted(set(mentions['document_id']))}"
    if entities["mention_count"].sum() != mentions.height:
        return f"{mentions.height} mentions but {entities['mention_count'].sum()} counted"
    if mentions["entity_id"].null_count():
        return "mentions without an entity"
    return ""


def check(root: Path, expected: list[list[str]]) -> str:
    """What is wrong with the warehouse as the store, a plain reader and DuckDB see it."""
    store = Store(root, FORMATS)
    shown = os.path.realpath(root / "current")
    tables = ("documents", "mentions", "entities")
    seen = [
        [store.scan(table).collect() for table in tables],
        [pl.read_parquet(f"{shown}/{table}/**/*.parquet") for table in tables],
    ]
    with duckdb.connect(str(root / "views.duckdb"), read_only=True) as connection:
        seen.append([pl.DataFrame(connection.sql(f"from {table}").to_arrow_table()) for table in tables])
    for documents, mentions, entities in seen:
        ids = sorted(documents["document_id"])
        if ids not in expected:
            return f"documents {ids}"
        if wrong := state(ids, mentions, entities):
            return wrong
    return ""


def prepare(root: Path) -> None:
    store = Store(root, FORMATS)
    for number in (1, 2):
        store.commit(
            run_id=f"r{number}", documents=changes(number), appended=runs(f"r{number}"), recompute=recompute
        )


BEFORE = ["d00001", "d00002"]
AFTER = ["d00001", "d00002", "d00009"]


def judge(root: Path, is_finished: bool) -> str:
    wrong = check(root, [AFTER] if is_finished else [BEFORE, AFTER])
    if not wrong and not is_finished:
        work(root)
        wrong = check(root, [AFTER])
    if not wrong and [path.name for path in (root / "snapshots").glob("0*.json")] != ["000003.json"]:
        wrong = "old snapshots were not pruned by the next run"
    return wrong


def sweep(folder: Path, first: int, stride: int) -> tuple[int, list[str]]:
    """Crash at every `stride`-th step.

    Returns:
        The number of steps there are, and what was wrong after which of them.
    """
    prepared = folder / "prepared"
    prepare(prepared)
    step = first
    wrong = []
    while True:
        root = folder / f"house{step}"
        shutil.copytree(prepared, root, symlinks=True, copy_function=os.link)
        # views.duckdb names its folder absolutely; the copy needs its own.
        os.unlink(root / "views.duckdb")
        Store(root, FORMATS).repair()
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.crash_points", str(root), str(step)], check=False
        )
        is_finished = done.returncode == 0
        found = judge(root, is_finished) if is_finished or done.returncode == -signal.SIGKILL else "failed"
        if found:
            wrong.append(f"step {step}: {found}")
        shutil.rmtree(root)
        if is_finished:
            return step, wrong
        step += stride


if __name__ == "__main__":
    kill_at(int(sys.argv[2]))
    work(Path(sys.argv[1]))
