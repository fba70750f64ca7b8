"""The report on pages that were read by a build: the seed page, and broadcast news where present."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.looking import CONTRAST, VIEWS, report_data
from warehouse import Warehouse
from warehouse.report.pages import write_report

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared" / "data" / "news_xinwenlianbo"
NEWS_DAYS = 60


def build(folder: Path, *sources: str) -> Path:
    command = [sys.executable, "-m", "flows.cli", "build", *sources, "--warehouse", str(folder / "warehouse")]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert outcome.returncode == 0, outcome.stdout[-2000:] + outcome.stderr[-2000:]
    write_report(Warehouse(folder / "warehouse").scan, folder / "report")
    return folder


@pytest.fixture(scope="module")
def seed(browser, tmp_path_factory):
    return build(tmp_path_factory.mktemp("seed"), str(ROOT / "seeds" / "pages"))


@pytest.fixture(scope="module")
def news(browser, tmp_path_factory):
    if not NEWS.is_dir():
        pytest.skip("needs the evaluation data in ../shared")
    days = [str(path) for path in sorted(NEWS.glob("2*.md"))[:NEWS_DAYS]]
    return build(tmp_path_factory.mktemp("news"), *days)


def references(folder: Path, name: str, count: int) -> list[dict]:
    rows = Warehouse(folder / "warehouse").read(name).to_dicts()
    included = set(report_data(folder / "report")["pages"])
    rows = [row for row in rows if row["page_id"] in included and row["raw_end"] > row["raw_start"]]
    return random.Random(9).sample(rows, min(count, len(rows)))


def check_views(watch, folder: Path) -> None:
    seen = watch(folder / "report")
    for view in VIEWS:
        seen.go(view)
        seen.page.wait_for_timeout(250)
        assert seen.page.evaluate(CONTRAST) == []
    assert sum(f.stat().st_size for f in (folder / "report").rglob("*") if f.is_file()) < 10_000_000


def check_characters(watch, folder: Path, names: tuple[str, ...]) -> None:
    seen = watch(folder / "report")
    scan = Warehouse(folder / "warehouse").scan
    raw = dict(scan("pages").select("page_id", "raw_text").collect().iter_rows())
    for name in names:
        for row in references(folder, name, 8):
            seen.go(f"source/{row['page_id']}/{row['raw_start']}-{row['raw_end']}")
            seen.page.wait_for_selector(".raw .target", state="attached")
            marked = seen.page.evaluate(
                "[...document.querySelectorAll('.raw .target')].map(e => e.textContent).join('')"
            )
            assert marked == raw[row["page_id"]][row["raw_start"] : row["raw_end"]]


TABLES = ("deals", "deal_parties", "mentions", "roles", "quantities", "dates", "quotations", "damage")


def test_seed_page_in_every_view(watch, seed):
    check_views(watch, seed)


def test_seed_page_rows_lead_to_their_characters(watch, seed):
    check_characters(watch, seed, TABLES)


def test_seed_page_raw_text_is_whole(watch, seed):
    seen = watch(seed / "report")
    (page_id, raw), *_ = (
        Warehouse(seed / "warehouse").scan("pages").select("page_id", "raw_text").collect().iter_rows()
    )
    seen.go(f"source/{page_id}/0-1")
    seen.page.wait_for_selector(".raw")
    assert seen.page.evaluate("document.querySelector('.raw').textContent") == raw


@pytest.mark.data
def test_news_in_every_view(watch, news):
    check_views(watch, news)


@pytest.mark.data
def test_news_rows_lead_to_their_characters(watch, news):
    check_characters(watch, news, TABLES)
