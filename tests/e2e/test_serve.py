"""`baocang serve` when things go wrong: killed runs, a killed `serve`, a schedule that is too short."""

from __future__ import annotations

import json
import logging
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.server import free_port
from tests.serving import Served, serving, wait_for
from warehouse.store import Store

TEXT = "本报讯 3月{day}日，江海市委书记林建国会见了云川大学校长周明远一行。项目总投资{n}亿元。"
PARTS = {"BAOCANG_PART_CHARS": "20000"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse and an inbox with enough in it to be interrupted at."""
    folder = tmp_path_factory.mktemp("serve")
    (folder / "inbox").mkdir()
    lines = (
        json.dumps({"id": f"r{n}", "text": TEXT.format(day=1 + n % 28, n=n) * 3}, ensure_ascii=False)
        for n in range(800)
    )
    path = folder / "inbox" / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    os.utime(path, (time.time() - 3600,) * 2)
    return folder


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with serving(folder, free_port(), **PARTS) as started:
        yield started


def process_of(run_id: str) -> int | None:
    """The process that runs a flow run, by its environment."""
    wanted = f"FLOW_RUN_ID={run_id}".encode()
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in environ.read_bytes():
                return int(environ.parent.name)
        except OSError:
            continue
    return None


def extracted(served: Served) -> dict[Path, int]:
    """Batches that are staged, with their inodes: one made anew has another (reuse touches its time)."""
    staged = served.warehouse / "staging" / "extract"
    return {path: path.stat().st_ino for path in staged.glob("[!.]*")} if staged.is_dir() else {}


def states(served: Served, parent: str) -> dict[str, Any]:
    """States of a run and of the runs under it, by flow."""
    children = served.post("flow_runs/filter", flow_runs={"parent_flow_run_id": {"any_": [parent]}})
    return {run["id"]: run["state_name"] for run in (served.run(parent), *children)}


def test_a_killed_run_is_crashed_and_the_next_goes_on_from_its_batches(served: Served) -> None:
    options = {"sources": [str(served.inbox)], "warehouse": str(served.warehouse)}
    first = served.start("build", options=options)
    before = wait_for(lambda: extracted(served))
    process = process_of(first)
    assert process is not None
    os.kill(process, signal.SIGKILL)
    assert served.ended(first)["state_name"] == "Crashed"
    before = extracted(served)
    assert Store(served.warehouse).manifest() is None
    second = served.start("build", options=options)
    run = served.ended(second)
    assert run["state_name"] == "Completed"
    assert run["state"]["message"].startswith("Snapshot 1: documents 800 new")
    # A run that went well logs nothing that a reader would have to ask about.
    of_run = {"flow_run_id": {"any_": [second]}, "level": {"ge_": logging.WARNING}}
    assert served.post("logs/filter", logs=of_run) == []
    assert before.items() <= extracted(served).items()
    assert len(extracted(served)) > len(before)


def test_a_killed_serve_leaves_no_run_running_and_keeps_the_schedule_of_the_ui(folder: Path) -> None:
    port = free_port()
    with (folder / "inbox" / "many.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(
            "\n" + json.dumps({"id": f"s{n}", "text": TEXT.format(day=2, n=n) * 9}, ensure_ascii=False)
            for n in range(400)
        )
    os.utime(folder / "inbox" / "many.jsonl", (time.time() - 1800,) * 2)
    with serving(folder, port, **PARTS) as served:
        [nightly] = [d for d in served.post("deployments/filter") if d["name"] == "nightly"]
        [schedule] = nightly["schedules"]
        # What the UI sends when a person changes the schedule.
        changed = {"schedule": {"cron": "30 4 * * 1", "timezone": "Asia/Shanghai"}, "active": False}
        served.ask(
            "PATCH", f"deployments/{nightly['id']}/schedules/{schedule['id']}", changed
        ).raise_for_status()
        run_id = served.start("nightly")
        wait_for(lambda: "Running" in list(states(served, run_id).values())[1:])
        another = served.start("nightly")
        assert served.ended(another)["state_name"] == "Cancelled"
        process = process_of(run_id)
        served.process.kill()
        served.process.wait()
        wait_for(lambda: process_of(run_id) is None)
        assert process is not None
    with serving(folder, port, **PARTS) as served:
        assert "30 4 * * 1 (Asia/Shanghai), paused" in served.log.read_text()
        assert "2 runs that were left over are marked as crashed" in served.log.read_text()
        assert set(states(served, run_id).values()) == {"Crashed"}
        run = served.ended(served.start("nightly"))
        assert run["state_name"] == "Completed"
        run = served.ended(served.start("nightly"))
        assert run["state"]["message"].startswith("Nothing new: snapshot")
