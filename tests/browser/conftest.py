"""A headless Chromium that may read files and nothing else."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evaluation import DATA
from tests.fixtures_report import invented_tables, scan_of
from warehouse.report.pages import write_report

ROOT = Path(__file__).parents[2]
NEWS = DATA / "news_xinwenlianbo"
NEWS_DAYS = 60
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

PRINTED = """<!doctype html><html lang="zh"><style>
body { margin: 30px; font: 20px/1.7 "Noto Sans CJK SC", "Noto Serif CJK SC", SimSun, sans-serif; }
h1 { font-size: 36px; margin: 0 0 12px; } main { columns: 2; column-gap: 40px; }
p { margin: 0; text-indent: 2em; }
</style><h1>青岚市新材料产业推介会举行</h1><main>
<p>本报青岚2月23日讯 昨天，青岚市新材料产业推介会在青岚会展中心举行。
云汉大学与青岚海洋科技有限公司签署《海藻材料研究院》共建协议。</p>
<p>青岚海洋科技有限公司总经理岳知衡表示，公司将在石桥镇投资建设海藻纤维生产项目，
项目总投资3.2亿元，占地120亩，预计2024年底投产。</p>
</main></html>""".replace("\n", "")


class Watched:
    """A page of the report and what the browser complained of."""

    def __init__(self, page, folder: Path, served: str | None) -> None:
        self.page, self.folder = page, folder
        self.own = ("file:", "data:", "blob:", *([served] if served else []))
        self.problems: list[str] = []
        page.on("console", lambda m: self.problems.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", lambda request: self.problems.append(f"failed: {request.url}"))
        page.on("request", self._check_request)
        page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))

    def _check_request(self, request) -> None:
        if not request.url.startswith(self.own):
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


def build(folder: Path, *sources: str) -> Path:
    """A warehouse and its report, as the two commands make them."""
    warehouse = ["--warehouse", str(folder / "warehouse")]
    for command in (["build", *sources, *warehouse], ["report", *warehouse, "-o", str(folder / "report")]):
        outcome = subprocess.run(
            [sys.executable, "-m", "flows.cli", *command],
            cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False,
        )  # fmt: skip
        assert outcome.returncode == 0, outcome.stdout[-2000:] + outcome.stderr[-2000:]
    return folder


@pytest.fixture(scope="session")
def seed(browser, tmp_path_factory):
    return build(tmp_path_factory.mktemp("seed"), str(ROOT / "seeds" / "pages"))


@pytest.fixture(scope="session")
def news(browser, tmp_path_factory):
    if not NEWS.is_dir():
        pytest.skip("needs the evaluation data (BAOCANG_EVAL_DATA)")
    days = [str(path) for path in sorted(NEWS.glob("2*.md"))[:NEWS_DAYS]]
    return build(tmp_path_factory.mktemp("news"), *days)


@pytest.fixture(scope="session")
def printed(browser, tmp_path_factory):
    """A page as a printer made it (PDF) and as a scanner saw it (PNG), built."""
    folder = tmp_path_factory.mktemp("printed")
    page = browser.new_page(viewport={"width": 900, "height": 420})
    page.set_content(PRINTED)
    page.pdf(path=folder / "2023-02-24-A03.pdf", width="900px", height="420px", print_background=True)
    # Another story: a repeated one would count as the same deal.
    page.set_content(
        PRINTED.replace("云汉大学", "栖霞理工大学").replace("海藻材料", "深海装备").replace("青岚", "临湾")
    )
    page.screenshot(path=folder / "2023-02-24-A04.png")
    page.close()
    return build(folder, str(folder / "*.p*"))


@pytest.fixture
def watch(browser):
    """Opens a report's folder; fails the test when the browser complained."""
    opened = []

    def _watch(folder: Path, *, served: str | None = None, **viewport: int) -> Watched:
        size = {"width": 1360, "height": 900} | viewport
        context = browser.new_context(viewport=size)
        watched = Watched(context.new_page(), folder, served)
        opened.append((context, watched))
        return watched

    yield _watch
    problems = [problem for _, watched in opened for problem in watched.problems]
    for context, _ in opened:
        context.close()
    assert not problems
