"""Runs that nobody runs are ended; runs that are alive, or somebody else's, are left alone."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Running

from flows.reconcile import end_stale_runs
from flows.runs import is_held, under_way

HOLD = """
import sys
from pathlib import Path
from flows.runs import under_way
with under_way(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""

ASK = (
    "import sys; from pathlib import Path; from flows.runs import is_held; print(is_held(Path(sys.argv[1])))"
)


@flow
def somebody() -> None:
    pass


def running() -> FlowRun:
    with get_client(sync_client=True) as client:
        return client.create_flow_run(somebody, state=Running())


def state(run: FlowRun) -> StateType | None:
    with get_client(sync_client=True) as client:
        return client.read_flow_run(run.id).state_type


@pytest.fixture
def alive(tmp_path: Path) -> Iterator[tuple[FlowRun, subprocess.Popen[str]]]:
    """A run whose mark another process holds."""
    run = running()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path), str(run.id)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield run, process
    process.kill()
    process.wait()


def test_on_a_server_of_others_only_runs_that_left_a_mark_here_are_ended(
    tmp_path: Path, alive: tuple[FlowRun, subprocess.Popen[str]]
) -> None:
    theirs, (ours, process) = running(), alive
    assert is_held(tmp_path / str(ours.id))
    assert asyncio.run(end_stale_runs(tmp_path, "gone", is_own_server=False)) == 0
    assert state(ours) == state(theirs) == StateType.RUNNING
    process.kill()
    process.wait()
    assert asyncio.run(end_stale_runs(tmp_path, "gone", is_own_server=False)) == 1
    assert state(ours) == StateType.CRASHED
    assert state(theirs) == StateType.RUNNING
    assert list(tmp_path.iterdir()) == []


def test_on_a_server_of_our_own_all_runs_are_ended_that_nobody_holds(
    tmp_path: Path, alive: tuple[FlowRun, subprocess.Popen[str]]
) -> None:
    left = running()
    asyncio.run(end_stale_runs(tmp_path, "gone", is_own_server=True))
    assert state(left) == StateType.CRASHED
    assert state(alive[0]) == StateType.RUNNING


def test_a_run_that_ends_takes_its_mark_along(tmp_path: Path) -> None:
    with under_way(tmp_path, "run"):
        assert (tmp_path / "run").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_takes_its_mark_along(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), under_way(tmp_path, "run"):
        raise ValueError("broken")
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_no_marks_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    left = running()
    (tmp_path / str(left.id)).touch()
    assert asyncio.run(end_stale_runs(tmp_path, "gone", is_own_server=False)) == 1
    assert [path.name for path in tmp_path.iterdir()] == [".DS_Store"]


def test_a_run_starts_while_somebody_looks_at_its_mark_and_removes_it(tmp_path: Path) -> None:
    mark = tmp_path / "run"
    looking = """
import fcntl, sys
from pathlib import Path
mark = Path(sys.argv[1])
with mark.open("w") as file:
    fcntl.lockf(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.readline()
    mark.unlink()
"""
    with subprocess.Popen(
        [sys.executable, "-c", looking, str(mark)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as looker:
        assert looker.stdin is not None
        assert looker.stdout is not None
        assert looker.stdout.readline() == "held\n"
        threading.Timer(0.5, lambda: looker.communicate("\n")).start()
        with under_way(tmp_path, "run"):
            assert looker.wait() == 0
            assert mark.exists()
            asked = [sys.executable, "-c", ASK, str(mark)]
            assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "True\n"
    assert not mark.exists()
