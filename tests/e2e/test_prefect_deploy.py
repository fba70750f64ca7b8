"""`prefect deploy --all` and a worker, as the README tells for machines beside the server's."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.server import free_port, running_server
from flows.server_database import lay_out

ROOT = Path(__file__).parents[2]
PREFECT = str(Path(sys.executable).with_name("prefect"))


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of its own; what follows talks to it."""
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    (tmp_path / "prefect").mkdir()
    database = tmp_path / "prefect" / "prefect.db"
    lay_out(database)
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", f"sqlite+aiosqlite:///{database}")
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    monkeypatch.setenv("DO_NOT_TRACK", "1")
    with running_server(tmp_path, "127.0.0.1", free_port(), embedded=False) as server:
        server.wait()
        monkeypatch.setenv("PREFECT_API_URL", server.url)
        yield server.url


def prefect(*arguments: str) -> str:
    done = subprocess.run([PREFECT, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_deployments_are_made_and_a_worker_runs_one(api: str, tmp_path: Path) -> None:
    prefect("work-pool", "create", "baocang", "--type", "process")
    prefect("--no-prompt", "deploy", "--all")

    def post(path: str, **body: Any) -> Any:
        return httpx.post(f"{api}/{path}", json=body, timeout=60).raise_for_status().json()

    deployments = {deployment["name"]: deployment for deployment in post("deployments/filter")}
    assert set(deployments) == {"build", "nightly", "backfill", "check", "prune"}
    [schedule] = deployments["nightly"]["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("0 2 * * *", "Asia/Shanghai")
    options = {"inbox": str(tmp_path / "inbox"), "warehouse": str(tmp_path / "warehouse")}
    path = f"deployments/{deployments['nightly']['id']}/create_flow_run"
    run = post(path, state={"type": "SCHEDULED"}, parameters={"options": options})
    prefect("worker", "start", "--pool", "baocang", "--run-once")
    deadline = time.monotonic() + 120
    while not run["end_time"] and time.monotonic() < deadline:
        time.sleep(0.5)
        run = httpx.get(f"{api}/flow_runs/{run['id']}", timeout=60).json()
    assert run["state_type"] == "COMPLETED", run["state"]
    logs = post("logs/filter", logs={"flow_run_id": {"any_": [run["id"]]}})
    assert any("nothing to do" in log["message"] for log in logs)
