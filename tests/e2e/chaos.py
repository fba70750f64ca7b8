"""Several writers, killed at random, and a reader that checks the tables against each other.

`python -m tests.e2e.chaos ROOT NAME COUNT` is one writer: COUNT commits of one document each, resumed
where a killed predecessor of the same name stopped. `storm` runs and kills them.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.crash_points import state
from tests.unit.warehouse.small import FORMATS, changes, recompute, runs
from warehouse.maintenance import prune
from warehouse.reader import Snapshot
from warehouse.store import Store

TABLES = ("documents", "mentions", "entities")


def write(root: Path, name: int, count: int) -> None:
    store = Store(root, FORMATS)
    for number in range(count):
        run_id = f"w{name}-{number}"
        # 100 is everybody's document: each commit replaces it.
        store.commit(
            run_id=run_id,
            documents=changes(1000 * (name + 1) + number, 100),
            appended=runs(run_id),
            recompute=recompute,
        )
        if number % 5 == 4:
            prune(store, keep=3, older_than_seconds=20)


@dataclass
class Outcome:
    """What a storm did and found."""

    kills: int = 0
    reads: int = 0
    commits: int = 0
    wrong: list[str] = field(default_factory=list)


def read(root: Path) -> str:
    """What is wrong with the snapshot that is published now."""
    if Store(root, FORMATS).manifest() is None:
        return ""
    snapshot = Snapshot(root, FORMATS)
    documents, mentions, entities = (snapshot.scan(table).collect() for table in TABLES)
    return state(list(documents["document_id"]), mentions, entities)


def storm(root: Path, *, writers: int, commits: int, kills: int, seed: int) -> Outcome:
    """Run writers to their end, killing them on the way.

    Returns:
        What happened; `wrong` is empty where every read saw one whole snapshot and nothing is missing.
    """
    chance = random.Random(seed)
    outcome = Outcome()

    def start(name: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.e2e.chaos", str(root), str(name), str(commits)]
        return subprocess.Popen(command)

    running = {name: start(name) for name in range(writers)}
    next_kill = time.monotonic() + 1.5
    while running:
        if outcome.kills < kills and time.monotonic() > next_kill:
            name = chance.choice(sorted(running))
            running[name].kill()
            running[name].wait()
            running[name] = start(name)
            outcome.kills += 1
            next_kill = time.monotonic() + chance.uniform(0.3, 2.0)
        if wrong := read(root):
            outcome.wrong.append(wrong)
        outcome.reads += 1
        for name, process in list(running.items()):
            if process.poll() is not None:
                del running[name]
                if process.returncode:
                    outcome.wrong.append(f"writer {name} ended with {process.returncode}")
    store = Store(root, FORMATS)
    found = set(store.scan("documents").collect()["document_id"])
    expected = {f"d{1000 * (w + 1) + n:05d}" for w in range(writers) for n in range(commits)} | {"d00100"}
    if found != expected:
        outcome.wrong.append(f"missing {sorted(expected - found)}, too many {sorted(found - expected)}")
    logged = store.scan("runs").collect()["run_id"]
    if sorted(logged) != sorted(f"w{w}-{n}" for w in range(writers) for n in range(commits)):
        outcome.wrong.append("a run is missing or is in the log twice")
    newest = store.manifest()
    outcome.commits = newest.number if newest else 0
    return outcome


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
