"""The report as a person meets it: opened from disk, with a mouse, a keyboard, a telephone."""

import io

import polars as pl
import pytest
from PIL import Image

from tests.browser.looking import CONTRAST, DIFFERENT_GLYPHS, VIEWS, report_data
from tests.fixtures_report import invented_tables, scan_of
from warehouse.catalog import write_catalog
from warehouse.report.pages import write_report

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("view", VIEWS)
def test_view_opens_without_complaint_and_is_readable(watch, invented_report, view):
    seen = watch(invented_report)
    seen.go(view)
    seen.page.wait_for_timeout(300)
    assert seen.page.locator("nav [aria-current=page]").count() == 1
    assert seen.page.evaluate(CONTRAST) == []
    seen.page.click("[data-switch-language]")
    assert seen.page.locator("html").get_attribute("lang") == "en"
    assert "字典" not in seen.text("nav")


@pytest.mark.parametrize("view", VIEWS)
def test_view_fits_a_small_screen(watch, invented_report, view):
    seen = watch(invented_report, width=390, height=844)
    seen.go(view)
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("view", ["map", "network", "dates"])
def test_drawing_is_drawn(watch, invented_report, view):
    seen = watch(invented_report)
    seen.go(view)
    seen.page.wait_for_selector("main svg path", state="attached")
    assert seen.page.locator("main svg path").count() > 5


def test_characters_are_drawn_not_boxes(watch, invented_report):
    seen = watch(invented_report)
    seen.go()
    assert seen.page.evaluate(DIFFERENT_GLYPHS) == 4


def test_a_deal_leads_to_its_marked_characters(watch, invented_report):
    seen = watch(invented_report)
    deal = next(d for d in report_data(invented_report)["deals"] if d["stage"] == "signed")
    seen.go("deals")
    seen.page.click("tr.opens:has-text('海藻材料研究院') td.right")
    seen.page.wait_for_selector(".raw .target")
    assert seen.text(".raw .target") == deal["marked"]
    assert seen.text("article .target") == deal["surface_text"]
    assert "云汉大学" in seen.text(".card")
    assert "3.2亿元" in seen.text(".card")


def test_every_reference_of_the_report_marks_its_characters(watch, invented_report):
    seen = watch(invented_report)
    data = report_data(invented_report)
    rows = [row for deal in data["deals"] for row in (*deal["parties"], *deal["amounts"])]
    rows += [where for entity in data["entities"] for where in entity["where"][:1]]
    seen.go()
    for row in rows:
        seen.go(f"source/{row['page_id']}/{row['raw_start']}-{row['raw_end']}")
        seen.page.wait_for_selector(".raw .target")
        assert seen.text(".raw .target").replace(" ", "") == row["surface_text"]


def test_raw_text_on_the_page_is_the_raw_text(watch, invented_report):
    seen = watch(invented_report)
    page_id = report_data(invented_report)["pages"][0]
    raw = invented_tables(12)["pages"].filter(page_id=page_id)["raw_text"][0]
    seen.go(f"source/{page_id}/0-5")
    seen.page.wait_for_selector(".raw")
    assert seen.page.evaluate("document.querySelector('.raw').textContent") == raw
    assert seen.page.locator(".raw .m-organization").count() > 2
    assert seen.page.locator(".raw .damaged").count() > 0
    assert seen.page.locator(".raw .edit").count() > 5
    assert seen.page.evaluate(CONTRAST) == []


def test_switching_a_layer_off_takes_its_colour_away(watch, invented_report):
    seen = watch(invented_report)
    seen.go(f"source/{report_data(invented_report)['pages'][0]}/0-5")
    colour = "getComputedStyle(document.querySelector('.raw .m-organization')).color"
    seen.page.wait_for_selector(".raw .m-organization")
    before = seen.page.evaluate(colour)
    seen.page.uncheck(".t-organization input")
    assert seen.page.evaluate(colour) != before


def test_search_and_sort(watch, invented_report):
    seen = watch(invented_report)
    seen.go("deals")
    rows = seen.page.locator("tbody tr")
    assert rows.count() == 2
    seen.page.fill(".tools input", "石桥镇")
    assert rows.count() == 1
    seen.page.fill(".tools input", "")
    seen.page.select_option(".tools select >> nth=0", "signed")
    assert rows.count() == 1
    seen.page.select_option(".tools select >> nth=0", "")
    money = seen.page.locator("th[data-key=money] button")
    money.click()
    assert seen.page.locator("th[data-key=money]").get_attribute("aria-sort") == "descending"
    assert "3.2亿元" in rows.nth(0).inner_text()
    money.click()
    # Rows without a value stay last in both directions.
    assert "3.2亿元" in rows.nth(0).inner_text()
    seen.page.locator("th[data-key=title] button").click()
    titles = [rows.nth(i).locator("strong").inner_text() for i in range(2)]
    seen.page.locator("th[data-key=title] button").click()
    assert [rows.nth(i).locator("strong").inner_text() for i in range(2)] == titles[::-1]


def test_find_across_the_report(watch, invented_report):
    seen = watch(invented_report)
    seen.go()
    seen.page.fill("#find input", "云汉")
    seen.page.press("#find input", "Enter")
    seen.page.click(".where a:has-text('云汉大学')")
    seen.page.wait_for_selector("h1:has-text('云汉大学')")
    assert "海藻材料研究院" in seen.text("main")


def test_keyboard_alone_reaches_the_source(watch, invented_report):
    seen = watch(invented_report)
    seen.go()
    seen.page.keyboard.press("2")
    seen.page.wait_for_selector("table")
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("海藻")
    seen.page.keyboard.press("ArrowDown")
    assert seen.page.evaluate("!!document.activeElement.closest('td')")
    assert seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".raw .target")


def test_arrow_keys_walk_the_rows(watch, invented_report):
    seen = watch(invented_report)
    seen.go("deals")
    seen.page.locator("tbody tr a").first.focus()
    seen.page.keyboard.press("ArrowDown")
    assert seen.page.evaluate("document.activeElement.closest('tr').rowIndex") == 2


def test_a_row_without_its_page_is_no_dead_link(watch, tmp_path):
    write_report(scan_of(invented_tables(12)), tmp_path, size_limit_bytes=1)
    seen = watch(tmp_path)
    seen.go("deals")
    assert seen.page.locator("a[href*=source]").count() == 0
    seen.go("source/0000000000000000/0-1")
    assert "未收入" in seen.text("main")


def test_hostile_text_stays_text(watch, tmp_path):
    write_report(scan_of(invented_tables(3, hostile=True)), tmp_path)
    seen = watch(tmp_path)
    page_id = report_data(tmp_path)["pages"][0]
    for view in (*VIEWS, f"source/{page_id}/0-9", "find/%3Cimg%20src%3Dx%3E", "constructor", "entity/x"):
        seen.go(view)
        seen.page.wait_for_timeout(150)
        assert seen.page.evaluate("window.hacked") is None
        assert seen.page.locator("main img").count() == 0
    seen.page.goto(f"file://{tmp_path}/dictionary/documents.html")
    assert seen.page.evaluate("window.hacked") is None


def test_picture_of_a_page_carries_boxes(watch, tmp_path):
    tables = invented_tables(1)
    page = tables["pages"].row(0, named=True)
    tables["pages"] = tables["pages"].with_columns(
        pl.lit("pdf").alias("method"), pl.lit(600.0).alias("width"), pl.lit(800.0).alias("height")
    )
    line = {"page_id": page["page_id"], "document_id": page["document_id"], "raw_start": 0, "raw_end": 20}
    box = {"ordinal": 0, "block": 0, "x0": 60.0, "y0": 80.0, "x1": 300.0, "y1": 120.0}
    lines = pl.DataFrame([line | box])
    tables["lines"] = pl.concat([tables["lines"], lines], how="diagonal_relaxed")
    drawn = io.BytesIO()
    Image.new("L", (600, 800), 240).save(drawn, "WEBP")
    write_report(scan_of(tables), tmp_path, page_image=lambda document_id, number: drawn.getvalue())
    seen = watch(tmp_path)
    seen.go(f"source/{page['page_id']}/3-9")
    seen.page.wait_for_selector(".boxes .on")
    rectangle = seen.page.locator(".boxes .on").bounding_box()
    picture = seen.page.locator(".boxes img").bounding_box()
    assert rectangle["x"] - picture["x"] == pytest.approx(picture["width"] * 0.1, abs=2)
    assert rectangle["height"] == pytest.approx(picture["height"] * 0.05, abs=2)


def test_dictionary_opens_searches_and_links(watch, tmp_path):
    write_catalog(tmp_path)
    seen = watch(tmp_path)
    seen.page.goto(f"file://{tmp_path}/index.html")
    seen.page.fill("input[type=search]", "投资额")
    shown = seen.page.locator("tr.entry:visible")
    assert 1 <= shown.count() < 10
    shown.locator("a").first.click()
    seen.page.wait_for_selector("tr:target")
    assert "CNY" in seen.text("tr:target")
    assert seen.page.evaluate(CONTRAST) == []
