"""The report on pages that a build read: the seed page, a PDF, a scan, broadcast news where present."""

import random
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.looking import CONTRAST, VIEWS, report_data
from warehouse import Warehouse
from warehouse.labels import load_labels

pytestmark = pytest.mark.browser


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


def check_labels(folder: Path) -> None:
    """Every coded value of a build has a Chinese name."""
    warehouse = Warehouse(folder / "warehouse")
    missing = set()
    for table in warehouse.tables():
        scan = warehouse.scan(table)
        for column in set(scan.collect_schema().names()) & set(load_labels()["values"]):
            if column == "rule" and table != "edits":
                continue  # Which rule read a row is for those who tend the rules.
            found = scan.select(column).drop_nulls().unique().collect()[column]
            missing |= {(column, value) for value in found if value not in load_labels()["values"][column]}
    assert missing == set()


def test_seed_page_has_a_chinese_name_for_every_code(seed):
    check_labels(seed)


@pytest.mark.parametrize("method", ["pdf", "ocr"])
def test_boxes_of_a_deal_are_marked_on_the_picture_of_its_page(watch, printed, method):
    if method == "ocr" and not find_spec("rapidocr"):
        pytest.skip("needs baocang[ocr]")
    data = report_data(printed / "report")
    page = Warehouse(printed / "warehouse").scan("pages").filter(method=method).collect().row(0, named=True)
    assert page["page_id"] in data["images"]
    # The agreement stands before the project.
    deal = min((d for d in data["deals"] if d["page_id"] == page["page_id"]), key=lambda d: d["raw_start"])
    seen = watch(printed / "report", width=1440)
    seen.go("deals")
    href = f"#/source/{page['page_id']}/{deal['raw_start']}-{deal['raw_end']}"
    seen.page.locator(f"a[href='{href}']").first.click()
    seen.page.wait_for_selector(".boxes .on")
    seen.page.wait_for_function("document.querySelector('.boxes img').naturalWidth > 500")
    picture = seen.page.locator(".boxes img").bounding_box()
    marks = [mark.bounding_box() for mark in seen.page.locator(".boxes .on").all()]
    for box in marks:
        # The agreement ends the left column, below the headline.
        assert picture["x"] < box["x"] < box["x"] + box["width"] < picture["x"] + 0.55 * picture["width"]
        assert picture["y"] + 0.25 * picture["height"] < box["y"] < picture["y"] + picture["height"]
        assert box["height"] < 0.15 * picture["height"]
    assert 1 <= len(marks) <= 3
    assert "共建协议" in seen.text(".raw .target")
    Path("tests/output").mkdir(exist_ok=True)
    seen.page.screenshot(path=f"tests/output/report-{method}.png")


@pytest.mark.data
def test_news_has_a_chinese_name_for_every_code(news):
    check_labels(news)


@pytest.mark.data
def test_news_in_every_view(watch, news):
    check_views(watch, news)


@pytest.mark.data
def test_news_rows_lead_to_their_characters(watch, news):
    check_characters(watch, news, TABLES)
