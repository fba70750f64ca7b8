"""The report as a person meets it: opened from disk, with a mouse, a keyboard, a telephone."""

import io
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

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


def test_a_deal_shows_who_signed_how_when_and_its_amounts(watch, invented_report):
    seen = watch(invented_report)
    signed, works = (
        next(d for d in report_data(invented_report)["deals"] if d["stage"] == s)
        for s in ("signed", "building")
    )
    seen.go(f"source/{signed['page_id']}/{signed['raw_start']}-{signed['raw_end']}")
    seen.page.wait_for_selector(".card")
    card = seen.text(".card")
    for words in (
        "签署人 沈溪白",
        "方式 现场",
        "地点 青岚市",
        "行业 研究和试验发展",
        "规则 invented",
        "置信度 0.8",
        "日期来自 所报道的活动",
    ):
        assert words in card, words
    assert seen.text(".raw .linked").replace(" ", "") == seen.text("article .linked") == "3.2亿元"
    seen.go(f"source/{works['page_id']}/{works['raw_start']}-{works['raw_end']}")
    seen.page.wait_for_selector(".card :text('5万吨')")
    assert "折合 50,000 吨" in seen.text(".card")
    assert "发生日期 昨日（年份未定）" in seen.text(".card")


def test_the_table_of_deals_keeps_place_and_sector_apart(watch, invented_report):
    seen = watch(invented_report)
    seen.go("deals")
    row = seen.page.locator("tbody tr:has-text('新能源产业园')")
    assert row.locator("td[data-label=地点]").inner_text() == "石桥镇"
    assert row.locator("td[data-label=行业]").inner_text() == "电气机械"
    assert row.locator("td[data-label=日期]").inner_text().split() == ["昨日", "年份未定"]
    assert "（签署人 沈溪白）" in seen.text("td[data-label=各方]")


def test_the_front_page_leads_with_what_is_signed_and_marks_its_money(watch, tmp_path):
    tables = invented_tables(2)
    stage = pl.when(pl.col("stage") == "building").then(pl.lit("unknown")).otherwise("stage")
    tables["deals"] = tables["deals"].with_columns(stage=stage)
    write_report(scan_of(tables), tmp_path)
    seen = watch(tmp_path)
    seen.go()
    assert seen.page.locator(".items .stage").all_inner_texts() == ["签约", "阶段未明"]
    marks = [words.replace(" ", "") for words in seen.page.locator(".rail mark").all_inner_texts()]
    assert marks == ["签订《海藻材料研究院》共建协议", "3.2亿元"]


def test_quotations_are_listed_and_lead_to_their_characters(watch, invented_report):
    seen = watch(invented_report)
    seen.go("quotes")
    row = seen.page.locator("tbody tr").first
    assert row.locator("td").all_inner_texts()[:3] == ["沈溪白", "云汉大学校长", "“我们会把实验室搬到海边。”"]
    row.locator("td[data-label=所言] a").click()
    seen.page.wait_for_selector(".raw .target")
    assert seen.text(".raw .target").replace(" ", "") == "我们会把实验室搬到海边。"
    seen.page.go_back()
    seen.page.locator("tbody td[data-label=说话人] a").first.click()
    seen.page.wait_for_selector("h1:has-text('沈溪白')")
    assert seen.page.locator(".where .said").count() == 12


def test_places_that_name_an_entity_mark_the_name(watch, invented_report):
    seen = watch(invented_report)
    seen.go("network")
    row = seen.page.locator("tbody tr:has-text('博澜基金')")
    assert row.locator("mark").inner_text() == "博澜基金"
    row.locator("td >> nth=0").locator("a").click()
    seen.page.wait_for_selector("h1:has-text('博澜基金')")
    assert seen.page.locator(".where mark").all_inner_texts() == ["博澜基金"] * 12
    assert seen.page.locator(".rest").count() == 0


def test_dates_without_a_year_are_listed_with_what_they_can_be(watch, tmp_path):
    tables = invented_tables(1)
    other = tables["articles"]["article_id"][0]
    told = f'no year in the text; after "2031年" at 3 in another article of the page (article_id {other})'
    tables["dates"] = tables["dates"].with_columns(evidence=pl.lit(told))
    write_report(scan_of(tables), tmp_path)
    seen = watch(tmp_path)
    seen.go("dates")
    assert seen.page.locator(".open li").count() == 1
    assert (
        "可能是 2031、2030。文中未写年份；不早于“2031年”（另文《青岚市与云汉大学共建海藻材料研究院》）"
        in seen.text(".open li")
    )
    assert seen.page.evaluate(CONTRAST) == []
    assert seen.page.evaluate("bc.evidence('no earlier date to count from')") == "前文没有可以起算的日期"
    counted = """bc.evidence('from "去年" at 36, itself open')[0]"""
    assert seen.page.evaluate(counted) == "由“去年”推算，其年份未定"
    seen.page.locator(".open a").last.click()
    seen.page.wait_for_selector(".raw .target")


NAMES_APART = """() => {
  const boxes = [...document.querySelectorAll(".graph svg text")].map(e => e.getBoundingClientRect());
  const frame = document.querySelector(".graph").getBoundingClientRect();
  const outside = boxes.filter(b => b.left < frame.left || b.right > frame.right || b.bottom > frame.bottom);
  const over = boxes.filter((a, i) => boxes.some((b, j) => i < j
    && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2));
  return [boxes.length, outside.length, over.length];
}"""


@pytest.mark.parametrize("width", [1400, 400])
def test_every_node_of_the_network_has_its_name_and_none_lies_on_another(watch, tmp_path, width):
    tables = invented_tables(1)
    article = tables["articles"]["article_id"][0]
    mention, pair = tables["mentions"].row(0, named=True), tables["entity_pairs"].row(0, named=True)
    ids = [f"{n:016x}" for n in range(60)]
    firms = {"entity_type": "organization", "adcode": None, "province": None}
    entity = tables["entities"].row(0, named=True) | firms
    tables["entities"] = pl.DataFrame(
        [entity | {"entity_id": i, "name": f"青岚第{n}海洋科技有限公司"} for n, i in enumerate(ids)],
        schema=tables["entities"].schema,
    )
    tables["mentions"] = pl.DataFrame([mention | {"entity_id": ids[0]}], schema=tables["mentions"].schema)
    ties = [(a, b) for a in range(60) for b in (a + 1, a + 7) if b < 60]
    tables["entity_pairs"] = pl.DataFrame(
        [
            pair | {"left_entity_id": ids[a], "right_entity_id": ids[b], "article_ids": [article]}
            for a, b in ties
        ],
        schema=tables["entity_pairs"].schema,
    )
    write_report(scan_of(tables), tmp_path)
    seen = watch(tmp_path, width=width)
    seen.go("network")
    seen.page.wait_for_selector(".graph svg text", state="attached")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate(NAMES_APART) == [60, 0, 0]


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


def test_every_headline_number_leads_to_its_rows(watch, invented_report):
    seen = watch(invented_report)
    numbers = report_data(invented_report)["numbers"]
    seen.go()
    assert seen.page.locator(".figures > a").count() == seen.page.locator(".figures > *").count() == 8
    for figure, count in (
        ("合作项目", "deals"),
        ("已载投资额", "deals_with_cny"),
        ("人物", "persons"),
        ("机构", "organizations"),
        ("地点", "places"),
    ):
        seen.go()
        seen.page.click(f".figures a:has-text('{figure}')")
        seen.page.wait_for_selector("table.stacks")
        assert seen.page.locator("tbody tr").count() == numbers[count], figure
        assert seen.page.locator("tbody tr:not(.opens)").count() == 0, figure


def test_days_of_issue_lead_to_their_pages_and_deals(watch, invented_report):
    seen = watch(invented_report)
    seen.go("dates")
    seen.page.wait_for_selector(".bars path[fill='#a39e90']", state="attached")
    bars = [bar.bounding_box() for bar in seen.page.locator(".bars path[fill='#a39e90']").all()]
    bar = max((bar for bar in bars if bar["height"] > 20), key=lambda bar: bar["x"])
    seen.page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + 4)
    seen.page.wait_for_selector("input[type=date]")
    day = max(day["day"] for day in report_data(invented_report)["days"] if "articles" in day)
    assert f"#/pages?from={day}&to={day}" in seen.page.url
    assert seen.page.locator("tbody tr").count() == 1
    seen.page.click("tbody tr td >> nth=0")
    seen.page.wait_for_selector(".raw")


def test_flows_and_ties_lead_to_their_characters(watch, invented_report):
    seen = watch(invented_report)
    seen.go("map")
    seen.page.click(".side button:has-text('→')")
    seen.page.click(".side .where a")
    seen.page.wait_for_selector(".raw .target")
    seen.go("network")
    seen.page.click(".side .where a[href*=source]")
    seen.page.wait_for_selector(".raw .target")
    seen.go("words")
    seen.page.click("tbody tr td >> nth=0")
    seen.page.wait_for_selector(".raw .target", state="attached")
    for listed in (".thirds a", "tbody a"):
        seen.go("quality")
        seen.page.click(listed)
        seen.page.wait_for_selector(".raw .target, tbody tr", state="attached")


def test_a_link_keeps_what_was_chosen(watch, invented_report):
    seen = watch(invented_report)
    seen.go("deals")
    seen.page.fill(".tools input[type=search]", "海藻")
    seen.page.select_option(".tools select >> nth=0", "signed")
    seen.page.locator("th[data-key=money] button").click()
    address = seen.page.url
    other = watch(invented_report)
    other.page.goto(address)
    other.page.wait_for_selector("tbody tr")
    assert other.page.locator("tbody tr").count() == 1
    assert other.page.input_value(".tools input[type=search]") == "海藻"
    assert other.page.locator("th[data-key=money]").get_attribute("aria-sort") == "descending"
    other.page.locator("tbody tr a").first.click()
    other.page.wait_for_selector(".raw .target")
    other.page.go_back()
    other.page.wait_for_selector("tbody tr")
    assert other.page.url == address


def test_going_back_returns_to_the_row_that_was_left(watch, tmp_path):
    write_report(scan_of(invented_tables(40)), tmp_path)
    seen = watch(tmp_path, height=500)
    seen.go("pages")
    seen.page.locator("tbody tr >> nth=30").scroll_into_view_if_needed()
    seen.page.wait_for_timeout(100)
    before = seen.page.evaluate("scrollY")
    seen.page.locator("tbody tr >> nth=30").locator("a").first.click()
    seen.page.wait_for_selector(".raw")
    assert seen.page.evaluate("scrollY") == 0
    seen.page.wait_for_timeout(300)
    seen.page.go_back()
    seen.page.wait_for_selector("tbody tr")
    assert seen.page.evaluate("scrollY") == before > 500


def test_shown_rows_are_downloaded_as_csv(watch, invented_report):
    seen = watch(invented_report)
    seen.go("deals")
    seen.page.fill(".tools input[type=search]", "海藻")
    with seen.page.expect_download() as waiting:
        seen.page.click("button.save")
    raw = Path(waiting.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    (row,) = pl.read_csv(raw).to_dicts()
    deal = next(d for d in report_data(invented_report)["deals"] if d["stage"] == "signed")
    assert row["项目"] == "海藻材料研究院"
    assert row["金额"] == 320_000_000
    assert (row["page_id"], row["raw_start"], row["原文"]) == (
        deal["page_id"],
        deal["raw_start"],
        deal["marked"],
    )


def test_citation_names_words_and_place(watch, invented_report):
    seen = watch(invented_report)
    deal = next(d for d in report_data(invented_report)["deals"] if d["stage"] == "signed")
    seen.go(f"source/{deal['page_id']}/{deal['raw_start']}-{deal['raw_end']}")
    cite = seen.page.locator(".cite button").first
    text = cite.get_attribute("title")
    assert deal["surface_text"] in text
    assert f"《{deal['headline']}》" in text
    assert f"字符 {deal['raw_start']}–{deal['raw_end']}" in text
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cite.click()
    seen.page.wait_for_selector(".cite [role=status]:has-text('已复制')")


def test_pages_that_do_not_fit_are_there_as_passages(watch, tmp_path):
    tables = invented_tables(60)
    tables["pages"] = tables["pages"].with_columns(pl.col("raw_text") + "\n" + "字" * 2000)
    bare = write_report(scan_of(tables), tmp_path, size_limit_bytes=1).byte_count
    written = write_report(scan_of(tables), tmp_path, size_limit_bytes=bare + 230_000)
    assert written.excerpt_count > 0
    data = report_data(tmp_path)
    cut = {page_id for bundle in data["excerpts"] for page_id in bundle}
    rows = [w | {"name": e["name"]} for e in data["entities"] for w in e["where"] if w["page_id"] in cut]
    seen = watch(tmp_path)
    for row in rows[:5]:
        seen.go(f"source/{row['page_id']}/{row['raw_start']}-{row['raw_end']}")
        seen.page.wait_for_selector(".raw .target")
        assert seen.text(".raw .target").replace(" ", "") == row["surface_text"]
        assert "摘录" in seen.text("main")
    assert rows
    assert seen.page.evaluate(CONTRAST) == []


def test_a_page_of_a_million_characters_opens(watch, tmp_path):
    tables = invented_tables(1)
    filler = "\n".join("字" * 30 for _ in range(32_000))
    tables["pages"] = tables["pages"].with_columns(pl.col("raw_text") + "\n" + filler)
    written = write_report(scan_of(tables), tmp_path)
    assert (written.page_count, written.excerpt_count) == (0, 1)
    assert written.byte_count < 3_000_000
    seen = watch(tmp_path)
    seen.go("deals")
    started = time.monotonic()
    seen.page.click("tbody tr.opens td.right")
    seen.page.wait_for_selector(".raw .target")
    assert time.monotonic() - started < 10
    assert "略去" in seen.text(".raw .gap")


def test_report_works_over_http(watch, invented_report):
    handler = partial(SimpleHTTPRequestHandler, directory=str(invented_report))
    handler.log_message = lambda *_: None
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    seen = watch(invented_report, served=f"http://127.0.0.1:{server.server_port}/")
    try:
        seen.page.goto(f"http://127.0.0.1:{server.server_port}/index.html#/deals")
        seen.page.click("tbody tr.opens td.right")
        seen.page.wait_for_selector(".raw .target")
    finally:
        server.shutdown()


def test_report_prints(watch, invented_report):
    seen = watch(invented_report)
    seen.go("deals")
    seen.page.emulate_media(media="print")
    assert seen.page.locator(".tools").first.is_hidden()
    assert seen.page.locator("tbody tr").first.is_visible()
    assert seen.page.evaluate(CONTRAST) == []


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
