"""Runs beside others that publish all the time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL

from flows import corpus
from flows.withdraw import withdraw
from tests.e2e.killed_builds import read, run, start, write
from warehouse.store import Store

BUSY = """
import sys
from itertools import count
from warehouse.store import Store
for number in count():
    Store(sys.argv[1]).commit(run_id=f"busy{number}")
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    write(tmp_path / "inbox" / "a.txt", "双方签订协议。")
    write(tmp_path / "inbox" / "b.txt", "项目总投资20亿元。")
    return tmp_path / "inbox"


@pytest.fixture
def house(inbox: Path, tmp_path: Path) -> Path:
    run(inbox, tmp_path / "house")
    return tmp_path / "house"


@pytest.fixture
def busy(house: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that publishes a snapshot after the other."""
    with subprocess.Popen([sys.executable, "-c", BUSY, str(house)]) as process:
        yield process
        process.kill()


def newest(house: Path) -> int:
    manifest = Store(house).manifest()
    assert manifest is not None
    return manifest.number


@pytest.mark.parametrize("name", ["build", "withdraw"])
def test_a_document_stays_that_another_run_finds_in_another_source_meanwhile(
    inbox: Path, house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other / "y.txt", "双方签订协议。")
    resolve, turns = corpus.resolve, []

    def resolve_late(*args: object) -> None:
        if not turns:
            Store(house).commit(run_id="somebody")
        if len(turns) == 1:
            build = start(str(PREFECT_API_URL.value()), "step", other, house, 1_000_000)
            assert build.wait() == 0
        turns.append(1)
        resolve(*args)

    monkeypatch.setattr(corpus, "resolve", resolve_late)
    if name == "build":
        write(inbox / "a.txt", "双方签订新的协议。")
        run(inbox, house)
    else:
        withdraw([str(inbox / "a.txt")], house)
    assert len(turns) == 3
    documents = {"a.txt", "b.txt", "y.txt"} if name == "build" else {"b.txt", "y.txt"}
    assert {Path(uri).name for uri in read(house)["documents"]["uri"]} == documents


@pytest.mark.parametrize("name", ["build", "withdraw"])
def test_a_run_slower_than_all_others_is_published_with_its_third_turn(
    inbox: Path, house: Path, busy: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    overtaken: list[bool] = []
    resolve = corpus.resolve

    def slow_resolve(*args: object) -> None:
        started, number = time.monotonic(), newest(house)
        # The third turn gets a second in which nobody may come in between; the others wait for somebody.
        patience = 1 if len(overtaken) == 2 else 60
        while newest(house) == number and time.monotonic() < started + patience:
            time.sleep(0.05)
        overtaken.append(newest(house) > number)
        resolve(*args)

    monkeypatch.setattr(corpus, "resolve", slow_resolve)
    if name == "build":
        write(inbox / "c.txt", "白石港开工。")
        number = run(inbox, house).snapshot
    else:
        number = withdraw([str(inbox / "a.txt")], house).number
    assert overtaken == [True, True, False]
    documents = {"a.txt", "b.txt", "c.txt"} if name == "build" else {"b.txt"}
    assert {Path(uri).name for uri in read(house)["documents"]["uri"]} == documents
    while newest(house) < number + 2:
        assert busy.poll() is None
        time.sleep(0.05)
