"""`baocang serve` as a person uses it: fill the form, watch the run, read the artifacts, see a failure."""

import json
import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import polars as pl
import pytest

from flows.server import free_port
from tests.serving import ROOT, Served, serving, wait_for
from warehouse.store import Store

OUTPUT = ROOT / "tests/output"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serve")
    page = folder / "inbox" / "2023-02-24-A03.txt"
    page.parent.mkdir()
    shutil.copy(next((ROOT / "seeds/pages").glob("*.txt")), page)
    os.utime(page, (time.time() - 3600,) * 2)
    with serving(folder, free_port(), "--cron", "0 2 * * *") as started:
        yield started


@pytest.fixture(scope="module")
def page(served: Served, browser: Any) -> Iterator[Any]:
    OUTPUT.mkdir(exist_ok=True)
    opened = browser.new_page(viewport={"width": 1400, "height": 1000})
    opened.set_default_timeout(120_000)
    outside: list[str] = []
    opened.on(
        "request",
        lambda r: None if r.url.startswith((served.url, "data:", "blob:")) else outside.append(r.url),
    )
    yield opened
    opened.close()
    assert outside == []


def open_form(page: Any, served: Served, deployment: str) -> None:
    page.goto(f"{served.url}/deployments")
    page.locator("a[href*='/deployments/deployment/']").filter(has_text=deployment).first.click()
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Custom run").click()
    page.get_by_label("Run Name").wait_for()


def submit(page: Any) -> None:
    """Send the form: a click while it still lays itself out is lost, so look whether the form was left."""
    from playwright.sync_api import TimeoutError as StillThere

    for _ in range(10):
        page.get_by_role("button", name="Submit").click()
        with suppress(StillThere):
            page.wait_for_url(re.compile("tab=Runs"), timeout=10_000)
            return
    raise AssertionError("the form was not sent")


def test_a_build_from_the_form_completes_and_shows_its_artifacts(served: Served, page: Any) -> None:
    from playwright.sync_api import expect

    open_form(page, served, "build")
    page.get_by_text("Day of issue").first.wait_for()
    page.get_by_role("button", name="Add item").click()
    # Fields appear one by one, and the first may be that of the warehouse for a moment; it is never empty.
    source = page.locator("textarea").first
    expect(source).to_have_value("")
    source.fill(str(ROOT / "seeds/pages"))
    page.screenshot(path=OUTPUT / "prefect-form.png", full_page=True)
    submit(page)
    # The schedule starts builds as well, under a run of the nightly flow.
    run = wait_for(
        lambda: next((r for r in served.runs("build") if r["deployment_id"] and r["end_time"]), None)
    )
    assert run["state_type"] == "COMPLETED"
    assert run["state"]["message"].startswith("Snapshot 1: documents 1 new")
    page.goto(f"{served.url}/runs/flow-run/{run['id']}")
    page.get_by_text("Completed").first.wait_for()
    for step in ("ingest-1", "resolve", "aggregate", "check", "publish"):
        page.get_by_text(re.compile(step)).first.wait_for()
    page.screenshot(path=OUTPUT / "prefect-run.png")
    [summary] = served.post("artifacts/latest/filter", artifacts={"key": {"any_": ["summary"]}})
    page.goto(f"{served.url}/artifacts/artifact/{summary['latest_id']}")
    page.get_by_text("mentions").first.wait_for()
    page.screenshot(path=OUTPUT / "prefect-summary.png")
    assert (served.warehouse / "current" / "articles").is_dir()
    [progress] = served.post("artifacts/latest/filter", artifacts={"key": {"any_": ["progress"]}})
    assert progress["data"] == 100
    [changes] = served.post("artifacts/latest/filter", artifacts={"key": {"any_": ["changes"]}})
    assert "articles" in changes["data"]
    [places] = served.post("artifacts/latest/filter", artifacts={"key": {"any_": ["places"]}})
    page.goto(f"{served.url}/artifacts/artifact/{places['latest_id']}")
    page.get_by_role("link", name="open").nth(1).wait_for()
    page.screenshot(path=OUTPUT / "prefect-places.png")
    for name, seen in (("report", "报仓"), ("checks", "数据检查")):
        link = page.locator(f"a[href*='/warehouse/{name}/']")
        with page.context.expect_page() as opened:
            link.click()
        opened.value.get_by_text(seen).first.wait_for()
        opened.value.screenshot(path=OUTPUT / f"prefect-{name}.png")
        opened.value.close()


def test_a_wrong_value_is_refused_at_submit(served: Served) -> None:
    [deployment] = [d for d in served.post("deployments/filter") if d["name"] == "build"]
    wrong = {"parameters": {"options": {"sources": ["x"], "workers": 0}}}
    answer = served.ask("POST", f"deployments/{deployment['id']}/create_flow_run", wrong)
    assert answer.status_code == 409
    assert "less than the minimum of 1" in answer.text


@pytest.fixture(scope="module")
def many(served: Served) -> dict[str, Any]:
    """Options of a build that takes long enough to be interrupted."""
    text = "本报讯 3月{day}日，江海市委书记林建国会见了云川大学校长周明远一行。项目总投资{n}亿元。"
    lines = (
        json.dumps({"id": f"r{n}", "text": text.format(day=1 + n % 28, n=n) * 3}, ensure_ascii=False)
        for n in range(800)
    )
    path = served.warehouse.parent / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return {"sources": [str(path)], "warehouse": str(served.warehouse)}


def test_cancel_leaves_the_snapshot_and_the_run_that_waits_goes_on(
    served: Served, page: Any, many: dict[str, Any]
) -> None:
    before = Store(served.warehouse).manifest()
    first = served.start("build", options=many)
    wait_for(lambda: served.run(first)["state_type"] == "RUNNING")
    seeds = {"sources": [str(ROOT / "seeds/pages")], "warehouse": str(served.warehouse)}
    second = served.start("build", options=seeds)
    wait_for(lambda: served.run(second)["state_name"] == "AwaitingConcurrencySlot")
    page.goto(f"{served.url}/runs/flow-run/{first}")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Confirm").click()
    wait_for(lambda: served.run(first)["state_type"] == "CANCELLED")
    assert Store(served.warehouse).manifest() == before
    wait_for(lambda: served.run(second)["state_type"] == "COMPLETED")
    page.reload()
    page.get_by_text("Cancelled").first.wait_for()
    page.screenshot(path=OUTPUT / "prefect-cancelled.png")


def test_the_schedule_fires_and_builds_the_inbox(served: Served) -> None:
    [nightly] = [d for d in served.post("deployments/filter") if d["name"] == "nightly"]
    schedule = f"deployments/{nightly['id']}/schedules/{nightly['schedules'][0]['id']}"
    every_minute = {"schedule": {"cron": "* * * * *", "timezone": "Asia/Shanghai"}}
    served.ask("PATCH", schedule, every_minute).raise_for_status()
    run = wait_for(lambda: next((r for r in served.runs("nightly") if r["state_type"] == "COMPLETED"), None))
    served.ask("PATCH", schedule, {"active": False}).raise_for_status()
    assert run["auto_scheduled"]
    artifacts = served.post("artifacts/latest/filter", artifacts={"key": {"any_": ["inbox"]}})
    assert "2023-02-24-A03.txt" in artifacts[0]["data"]
    assert "processed" in artifacts[0]["data"]


def test_a_broken_row_fails_the_check_and_says_why(served: Served, page: Any) -> None:
    file = next((served.warehouse / "current" / "mentions").rglob("*.parquet"))
    broken = pl.read_parquet(file).with_columns(surface_text=pl.col("surface_text") + "x")
    for path in (file, *(served.warehouse / "files" / "mentions").rglob(file.name)):
        # The snapshot's files are hard links: writing through one breaks them all, as a bad disk would.
        with path.open("wb") as opened:
            broken.write_parquet(opened)
    [deployment] = [d for d in served.post("deployments/filter") if d["name"] == "check"]
    created = served.post(f"deployments/{deployment['id']}/create_flow_run", state={"type": "SCHEDULED"})
    run = wait_for(
        lambda: next((r for r in served.runs("check") if r["id"] == created["id"] and r["end_time"]), None)
    )
    assert run["state_type"] == "FAILED"
    assert "surface_text_slices_back" in run["state"]["message"]
    page.goto(f"{served.url}/runs/flow-run/{run['id']}")
    page.get_by_text("Failed").first.wait_for()
    # The reason stands in the last line of the log and in the state.
    page.get_by_text("surface_text_slices_back").first.wait_for()
    page.screenshot(path=OUTPUT / "prefect-failed.png")


def test_sigterm_stops_everything_and_leaves_no_run_behind(served: Served) -> None:
    [deployment] = [d for d in served.post("deployments/filter") if d["name"] == "check"]
    created = served.post(f"deployments/{deployment['id']}/create_flow_run", state={"type": "SCHEDULED"})
    wait_for(lambda: any(r["id"] == created["id"] and r["start_time"] for r in served.runs("check")))
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(90)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.url}/api/health")
    import sqlite3

    with sqlite3.connect(served.warehouse / "prefect" / "prefect.db") as database:
        states = database.execute("SELECT DISTINCT state_type FROM flow_run").fetchall()
    assert not {state for (state,) in states} & {"RUNNING", "PENDING", "CANCELLING"}
