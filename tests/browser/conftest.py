"""A headless Chromium that may read files and nothing else."""

import os
import shutil
from pathlib import Path

import pytest

from tests.fixtures_report import invented_tables, scan_of
from warehouse.report.pages import write_report

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


class Watched:
    """A page of the report and what the browser complained of."""

    def __init__(self, page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.problems: list[str] = []
        page.on("console", lambda m: self.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", lambda request: self.problems.append(f"failed: {request.url}"))
        page.on("request", self._check_request)
        page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))

    def _check_request(self, request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.problems.append(f"outside request: {request.url}")

    def go(self, view: str = "") -> None:
        self.page.goto(f"file://{self.folder}/index.html#/{view}")
        self.page.wait_for_selector("#main > *")

    def text(self, selector: str) -> str:
        return "".join(self.page.locator(selector).all_text_contents())


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM:
        pytest.skip("needs Chromium (set CHROMIUM to its path)")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def invented_report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    write_report(scan_of(invented_tables(12)), folder)
    return folder


@pytest.fixture
def watch(browser):
    """Opens a report's folder; fails the test when the browser complained."""
    opened = []

    def _watch(folder: Path, **viewport: int) -> Watched:
        size = {"width": 1360, "height": 900} | viewport
        context = browser.new_context(viewport=size)
        watched = Watched(context.new_page(), folder)
        opened.append((context, watched))
        return watched

    yield _watch
    problems = [problem for _, watched in opened for problem in watched.problems]
    for context, _ in opened:
        context.close()
    assert not problems
