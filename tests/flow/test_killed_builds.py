"""Builds that are killed: the last snapshot stays, and the next run finishes the work."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL

from tests.e2e.killed_builds import is_same, read, run, start, storm, write

# Two kills in the suite. BAOCANG_BUILD_STRIDE=1 kills at every step (an hour or two), BAOCANG_CHAOS=20 makes
# the storm twenty times as long.
STRIDE = int(os.environ.get("BAOCANG_BUILD_STRIDE", "90"))
BUDGET = int(os.environ.get("BAOCANG_CHAOS", "1"))


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """An inbox with one page edited and one new since the `house` was built."""
    (tmp_path / "inbox").mkdir()
    for name, more in (("a", "双方签订协议。"), ("b", "项目总投资20亿元。")):
        write(tmp_path / "inbox" / f"{name}.txt", more)
    run(tmp_path / "inbox", tmp_path / "house")
    write(tmp_path / "inbox" / "a.txt", "双方签订新的协议。")
    write(tmp_path / "inbox" / "c.txt", "白石港开工。")
    return tmp_path


def test_a_build_killed_at_any_step_is_finished_by_the_next(edited: Path) -> None:
    before = read(edited / "house")
    shutil.copytree(edited / "house", edited / "kept", symlinks=True)
    run(edited / "inbox", edited / "house")
    after = read(edited / "house")
    step, wrong, kills = 1 + STRIDE // 3, [], 0
    while True:
        shutil.rmtree(edited / "house")
        shutil.copytree(edited / "kept", edited / "house", symlinks=True)
        ended = start(PREFECT_API_URL.value(), "step", edited / "inbox", edited / "house", step).wait()
        assert ended in (0, -signal.SIGKILL)
        left = read(edited / "house")
        if not (is_same(left, after) or (ended and is_same(left, before))):
            wrong.append(f"step {step}: neither the old snapshot nor the new one")
        run(edited / "inbox", edited / "house")
        if not is_same(read(edited / "house"), after):
            wrong.append(f"step {step}: the next run came to something else")
        if not ended:
            break
        kills += 1
        step += STRIDE
    print(f"{kills} kills, fewer than {step} steps")
    assert wrong == []
    assert kills


def test_builds_killed_at_random_lose_nothing_and_readers_see_whole_snapshots(tmp_path: Path) -> None:
    files = 2 * BUDGET
    outcome = storm(tmp_path, PREFECT_API_URL.value(), writers=2, files=files, kills=BUDGET, seed=3)
    print(outcome)
    assert outcome.wrong == []
    (tmp_path / "all").mkdir()
    for name in range(2):
        for page in (tmp_path / f"inbox{name}").iterdir():
            shutil.copy2(page, tmp_path / "all" / f"{name}-{page.name}")
    run(tmp_path / "all", tmp_path / "undisturbed")
    left, right = read(tmp_path / "house"), read(tmp_path / "undisturbed")
    for tables in (left, right):
        tables["documents"] = tables["documents"].drop("uri")
    assert is_same(left, right)
