"""Whole builds that die: at the n-th step that makes something durable or ends a batch, or at random.

`python -m tests.e2e.killed_builds step INBOX HOUSE N` is a build that kills itself, `... write INBOX HOUSE
NAME COUNT` a writer of COUNT files, each built when it is there. Both find Prefect through `PREFECT_API_URL`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tests.e2e.crash_points import STEPS
from warehouse import Warehouse, registry
from warehouse.files import StoreError

BATCHES = ("write_parts", "normalize_part", "extract_part")
FACTS = [name for name, table in registry.TABLES.items() if table.layer != "meta"]
PAGE = "江海市举行合作大会\n\n本报讯 3月1日，江海市委书记林建国会见了云川大学校长周明远一行。{more}\n"


def write(path: Path, more: str) -> None:
    """Write a page as if it had been there for an hour."""
    path.write_text(PAGE.format(more=more), encoding="utf-8")
    moment = path.stat().st_mtime - 3600
    os.utime(path, (moment, moment))


def run(inbox: Path, house: Path) -> Any:
    from flows.build import build
    from flows.options import BuildOptions

    return build(BuildOptions(sources=[str(inbox)], warehouse=house, issue_on=date(2031, 3, 2)))


def read(house: Path) -> dict[str, pl.DataFrame]:
    """All facts of one snapshot, without the run that first published a document."""
    warehouse = Warehouse(house)
    return {name: warehouse.read(name).drop("first_run_id", strict=False) for name in FACTS}


def is_same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> bool:
    return all(one[name].equals(other[name]) for name in FACTS)


def kill_at(step: int, house: Path) -> None:
    """Die before the n-th durable step below the warehouse, or edge of a batch."""
    from flows import work

    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def guard(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            target = os.readlink(f"/proc/self/fd/{args[0]}") if isinstance(args[0], int) else str(args[0])
            # shutil.rmtree names a file relative to its folder.
            if kwargs.get("dir_fd") is not None or target.startswith(str(house)):
                count()
            return real(*args, **kwargs)

        return call

    def edges(real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            count()
            made = real(*args, **kwargs)
            count()
            return made

        return call

    for name in STEPS:
        setattr(os, name, guard(getattr(os, name)))
    for name in BATCHES:
        setattr(work, name, edges(getattr(work, name)))


def start(api_url: str, *arguments: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PREFECT_API_URL": api_url, "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    command = [sys.executable, "-m", "tests.e2e.killed_builds", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


@dataclass
class Storm:
    """What builds killed at random did, and what a reader saw."""

    kills: int = 0
    reads: int = 0
    wrong: list[str] = field(default_factory=list)


def look(house: Path) -> str:
    """What is wrong between the tables of the newest snapshot; empty where nothing is."""
    try:
        warehouse = Warehouse(house)
    except StoreError:
        return ""
    tables = {name: warehouse.read(name) for name in FACTS}
    documents = set(tables["documents"]["document_id"])
    for name in ("pages", "blocks", "articles", "sentences", "mentions"):
        if set(tables[name]["document_id"]) != documents:
            return f"{name} of other documents than documents"
    if not set(tables["mentions"]["entity_id"]) <= set(tables["entities"]["entity_id"]):
        return "mentions of entities that are not there"
    if tables["entities"]["mention_count"].sum() != tables["entity_daily"]["mention_count"].sum():
        return "entities and their days count differently"
    if set(tables["entity_pairs"]["article_ids"].explode()) - set(tables["articles"]["article_id"]):
        return "pairs of articles that are not there"
    return ""


def storm(folder: Path, api_url: str, *, writers: int, files: int, kills: int, seed: int) -> Storm:
    """Let writers build file after file, kill them at random and start them again, and read all the while."""
    chance = random.Random(seed)
    outcome = Storm()
    house = folder / "house"

    def begin(name: int) -> subprocess.Popen[bytes]:
        inbox = folder / f"inbox{name}"
        inbox.mkdir(exist_ok=True)
        return start(api_url, "write", inbox, house, name, files)

    running = {name: begin(name) for name in range(writers)}
    next_kill = time.monotonic() + chance.uniform(5, 15)
    while running:
        if outcome.kills < kills and time.monotonic() > next_kill:
            name = chance.choice(sorted(running))
            running[name].kill()
            running[name].wait()
            running[name] = begin(name)
            outcome.kills += 1
            next_kill = time.monotonic() + chance.uniform(5, 15)
        if wrong := look(house):
            outcome.wrong.append(wrong)
        outcome.reads += 1
        time.sleep(0.5)
        for name, process in list(running.items()):
            if process.poll() is not None:
                del running[name]
                if process.returncode:
                    outcome.wrong.append(f"writer {name} ended with {process.returncode}")
    return outcome


def write_and_build(inbox: Path, house: Path, name: int, count: int) -> None:
    for number in range(count):
        if not (inbox / f"{number}.txt").exists():
            write(inbox / f"{number}.txt", f"第{name}区第{number}个项目总投资{number + 1}亿元。")
        run(inbox, house)


if __name__ == "__main__":
    inbox, house = Path(sys.argv[2]), Path(sys.argv[3])
    if sys.argv[1] == "step":
        kill_at(int(sys.argv[4]), house)
        run(inbox, house)
    else:
        write_and_build(inbox, house, int(sys.argv[4]), int(sys.argv[5]))
