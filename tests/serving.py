"""A `baocang serve` to talk to, as a person's browser does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx

ROOT = Path(__file__).parents[1]


@dataclass
class Served:
    url: str
    warehouse: Path
    inbox: Path
    process: subprocess.Popen[str]
    log: Path

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        def answer() -> httpx.Response | None:
            # A busy SQLite database answers 503: ask again, as Prefect's own client does.
            given = httpx.request(method, f"{self.url}/api/{path}", json=body, timeout=120)
            return None if given.status_code == 503 else given

        return cast(httpx.Response, wait_for(answer))

    def post(self, path: str, **body: Any) -> Any:
        return self.ask("POST", path, body).raise_for_status().json()

    def start(self, name: str, **parameters: Any) -> str:
        [deployment] = [d for d in self.post("deployments/filter") if d["name"] == name]
        path = f"deployments/{deployment['id']}/create_flow_run"
        return str(self.post(path, state={"type": "SCHEDULED"}, parameters=parameters)["id"])

    def ended(self, run_id: str) -> dict[str, Any]:
        """The run, once it is over."""
        over = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
        wait_for(lambda: self.run(run_id)["state_type"] in over)
        return self.run(run_id)

    def run(self, run_id: str) -> dict[str, Any]:
        return dict(self.ask("GET", f"flow_runs/{run_id}").raise_for_status().json())

    def runs(self, flow: str) -> list[dict[str, Any]]:
        return list(self.post("flow_runs/filter", flows={"name": {"any_": [flow]}}, sort="START_TIME_DESC"))


def wait_for(condition: Callable[[], Any], seconds: float = 900) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.5)
    raise AssertionError("it did not happen in time")


@contextmanager
def serving(folder: Path, port: int, *options: str, **settings: str) -> Iterator[Served]:
    """Serve `folder/warehouse` and `folder/inbox` until the block ends."""
    warehouse, inbox, log = folder / "warehouse", folder / "inbox", folder / "serve.log"
    command = [
        sys.executable, "-m", "flows.cli", "serve", "--warehouse", str(warehouse), "--inbox", str(inbox),
        "--port", str(port), *options,
    ]  # fmt: skip
    # The server lays out a database of its own under the warehouse, as it does for a user.
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "BAOCANG_"))}
    with log.open("w") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**environment, **settings}, stdout=written, stderr=written, text=True
        )
    try:
        wait_for(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield Served(f"http://127.0.0.1:{port}", warehouse, inbox, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(90)
