import json
import re
from dataclasses import replace
from datetime import date
from errno import ENOSPC

import polars as pl
import pytest

from tests.fixtures_report import HOSTILE, invented_tables, scan_of
from warehouse.registry import TABLES, empty_frame
from warehouse.report import data, pages, people, speech, watch
from warehouse.report.deals import deal_rows
from warehouse.report.pages import write_report
from warehouse.report.shelf import WHOLE_CHARS, cut_page, fill_shelf
from warehouse.report.sources import pack_page, read_pages


@pytest.fixture(scope="module")
def tables():
    return invented_tables(3)


def test_headline_numbers_count_a_repeated_deal_once(tables):
    numbers = data.headline_numbers(scan_of(tables))
    assert (numbers["documents"], numbers["articles"], numbers["deals"]) == (3, 6, 2)
    assert (numbers["deals_with_cny"], numbers["investment_cny"]) == (1, 3.2e8)


def test_headline_numbers_name_the_papers_of_most_documents_and_count_all(tables):
    papers = pl.Series(["乙报", "丙报", "甲报", "丁报", "戊报", "己报", "己报", None])
    documents = pl.concat([tables["documents"].head(1)] * 8).with_columns(publication=papers)
    numbers = data.headline_numbers(scan_of(tables | {"documents": documents}))
    assert numbers["publications"][0] == "己报"
    assert (len(numbers["publications"]), numbers["publication_count"]) == (5, 6)


def test_due_rows_beyond_the_limit_are_those_next_to_the_newest_day(tables):
    deal = tables["deals"]["deal_id"][0]
    days = [date(2028, 5, 31), date(2031, 2, 28), date(2031, 6, 30), date(2035, 12, 31)]
    due = pl.DataFrame({"deal_id": deal, "stage": "building", "expected_on": days}).with_columns(
        as_of_on=date(2031, 3, 31), is_overdue=pl.col("expected_on") < date(2031, 3, 31)
    )
    rows, total = watch.due_rows(scan_of(tables | {"due_deals": due}), 2)
    assert [row["expected_on"] for row in rows] == ["2031-02-28", "2031-06-30"]
    assert total == 4


def test_deal_rows_carry_parties_amounts_and_their_characters(tables):
    rows, total = deal_rows(scan_of(tables), 10)
    assert total == len(rows) == 2
    signed = next(row for row in rows if row["stage"] == "signed")
    assert [party["name"] for party in signed["parties"]] == ["云汉大学", "青岚海洋科技有限公司"]
    assert signed["amounts"][0]["surface_text"] == "3.2亿元"
    assert signed["told"] == 3
    assert signed["marked"].replace(" ", "") == signed["surface_text"]
    assert signed["before"].endswith("有限公司")


def test_deal_rows_beyond_the_limit_are_counted(tables):
    rows, total = deal_rows(scan_of(tables), 1)
    assert (len(rows), total) == (1, 2)


def test_deal_rows_say_who_signed_and_reach_to_their_amounts(tables):
    rows, _ = deal_rows(scan_of(tables), 10)
    signed = next(row for row in rows if row["stage"] == "signed")
    assert [party.get("signatory") for party in signed["parties"]] == ["沈溪白", None]
    assert "3.2亿元" in signed["after"].replace(" ", "")
    assert (signed["mode"], signed["dated_by"], signed["rule"]) == ("on_site", "event", "invented")


def test_deal_rows_give_the_words_of_a_day_without_a_year(tables):
    rows, _ = deal_rows(scan_of(tables), 10)
    opened = next(row for row in rows if row["stage"] == "building")
    assert (opened.get("dated_on"), opened["dated_text"]) == (None, "昨日")
    assert opened["dated_candidates"] == ["2031", "2030"]
    assert all("dated_text" not in row for row in rows if row["stage"] == "signed")


def test_deal_rows_of_an_own_open_day_take_it_from_their_sentence(tables):
    own = {**tables, "deals": tables["deals"].with_columns(dated_on=None, dated_by=pl.lit("own"))}
    rows, _ = deal_rows(scan_of(own), 10)
    # The day of the first article has a year; that of the second stands in the deal's sentence.
    assert {row["stage"]: row.get("dated_text") for row in rows} == {"signed": None, "building": "昨日"}


def test_deal_rows_name_the_whole_of_a_phase(tables):
    deals = tables["deals"]
    whole = deals.filter(pl.col("same_as_deal_id").is_null(), stage="signed")["deal_id"][0]
    phased = deals.with_columns(
        parent_deal_id=pl.when(pl.col("stage") == "building").then(pl.lit(whole)), investment_cny=None
    )
    rows, _ = deal_rows(scan_of({**tables, "deals": phased}), 10)
    phase = next(row for row in rows if row["stage"] == "building")
    signed = next(row for row in rows if row["stage"] == "signed")
    assert phase["parent_title"] == "海藻材料研究院"
    assert (phase["parent_page_id"], phase["parent_raw_start"]) == (signed["page_id"], signed["raw_start"])


def test_deal_rows_of_an_issue_put_what_is_signed_before_what_is_unknown(tables):
    stage = pl.when(pl.col("stage") == "signed").then(pl.lit("unknown")).otherwise("stage")
    rows, _ = deal_rows(scan_of({**tables, "deals": tables["deals"].with_columns(stage=stage)}), 10)
    assert [row["stage"] for row in rows] == ["building", "unknown"]


def test_quotation_rows_name_speaker_role_and_words(tables):
    rows, total = speech.quotation_rows(scan_of(tables), 2)
    assert (len(rows), total) == (2, 3)
    assert (rows[0]["speaker"], rows[0]["role"], rows[0]["cue_text"]) == ("沈溪白", "云汉大学校长", "说")
    assert rows[0]["text"] == "我们会把实验室搬到海边。"
    assert rows[0]["issue_on"] > rows[1]["issue_on"]
    of_committee = tables["roles"].with_columns(
        organization_id=pl.lit(None, dtype=pl.String),
        organization_text=pl.lit("海原市委"),
        title=pl.lit("市委常委"),
    )
    rows, _ = speech.quotation_rows(scan_of({**tables, "roles": of_committee}), 2)
    assert rows[0]["role"] == "海原市委常委"
    unnamed = tables["quotations"].with_columns(
        speaker_id=pl.lit(None, dtype=pl.String), speaker_text=pl.lit(None, dtype=pl.String)
    )
    rows, _ = speech.quotation_rows(scan_of({**tables, "quotations": unnamed}), 2)
    assert "speaker" not in rows[0]
    assert "role" not in rows[0]


def test_entity_rows_mark_the_name_in_the_words_around_it(tables):
    rows, _ = people.entity_rows(scan_of(tables), 10, 4, 1000)
    fund = next(row for row in rows if row["name"] == "博澜基金")["where"][0]
    assert fund["surface_text"] == "博澜基金"
    assert fund["before"].startswith("…")
    assert fund["before"].endswith("香港的")
    assert fund["after"] == "也将参与。"


def test_entity_rows_hold_every_mention_where_all_are_few():
    tables = invented_tables(7)
    few, _ = people.entity_rows(scan_of(tables), 10, 4, 1000)
    assert all(len(row["where"]) == row["mention_count"] >= 7 for row in few)
    many, _ = people.entity_rows(scan_of(tables), 10, 4, 10)
    assert {len(row["where"]) for row in many} == {4}


def test_open_date_rows_carry_candidates_and_the_articles_of_their_evidence(tables):
    other = tables["articles"]["article_id"][0]
    told = f'no year in the text; after "2031年" at 3 in another article of the page (article_id {other})'
    dates = tables["dates"].with_columns(evidence=pl.lit(told))
    rows, total = data.open_date_rows(scan_of({**tables, "dates": dates}), 2)
    assert (len(rows), total) == (2, 3)
    assert rows[0]["candidates"] == ["2031", "2030"]
    assert [article["headline"] for article in rows[0]["evidence_articles"]] == [
        "青岚市与云汉大学共建海藻材料研究院"
    ]


def test_date_rows_carry_the_sentence(tables):
    rows, known = data.date_rows(scan_of(tables), 10)
    assert (len(rows), known) == (3, 3)
    assert all(row["before"].endswith("岳知衡") and row["after"].startswith("表示") for row in rows)
    assert [row["start_on"] for row in rows] == sorted(row["start_on"] for row in rows)


def test_network_prefers_a_deal_to_a_shared_sentence(tables):
    found = people.network(scan_of(tables))
    ties = {frozenset((edge["left"], edge["right"])): edge["tie"] for edge in found["edges"]}
    names = {node["name"]: node["entity_id"] for node in found["nodes"]}
    assert ties[frozenset((names["云汉大学"], names["青岚海洋科技有限公司"]))] == "deal"
    assert ties[frozenset((names["云汉大学"], names["沈溪白"]))] == "role"
    assert ties[frozenset((names["沈溪白"], names["博澜基金"]))] == "sentence"


def test_places_have_points_and_flows_have_ends(tables):
    places = people.places(scan_of(tables))
    assert {point["name"] for point in places["points"]} == {"青岚市", "香港", "石桥镇"}
    assert [(flow["origin"], flow["target"]) for flow in places["flows"]] == [("香港特别行政区", "山东省")]


def test_outlines_hold_every_province_level_division_and_the_boundary_line():
    features = people.load_outlines()["features"]
    assert sum(1 for feature in features if feature["properties"]["adcode"]) == 34
    assert sum(1 for feature in features if feature["geometry"]["type"] == "MultiLineString") == 1


def test_page_payload_marks_slice_the_raw_text(tables):
    (read,) = read_pages(scan_of(tables), [tables["pages"]["page_id"][0]])
    page = pack_page(read, set(tables["entities"]["entity_id"]))
    assert {group["table"] for group in page["marks"]} >= {"mentions", "deals", "deal_parties", "quantities"}
    for group in page["marks"]:
        for row in group["rows"]:
            mark = dict(zip(group["columns"], row, strict=True))
            words = page["articles"][mark["article"]]["text"][0][1][mark["start_char"] : mark["end_char"]]
            assert page["raw"][0][1][mark["raw_start"] : mark["raw_end"]].replace(" ", "") == words
    assert page["blocks"][0][2] == "headline"


def test_write_report_of_an_empty_warehouse(tmp_path):
    written = write_report(lambda name: empty_frame(name).lazy(), tmp_path)
    assert written.page_count == 0
    assert (tmp_path / "index.html").exists()


def written_data(folder):
    text = (folder / "assets" / "data.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("window.baocang = ").rstrip(";\n"))


def test_write_report_stays_below_the_size_limit_and_says_what_is_left_out(tmp_path):
    tables = invented_tables(60)
    whole = write_report(scan_of(tables), tmp_path)
    assert (whole.page_count, whole.excerpt_count, whole.pages_left_out) == (60, 0, 0)
    bare = write_report(scan_of(tables), tmp_path, size_limit_bytes=1).byte_count
    assert written_data(tmp_path)["pages_left_out"] == 60
    limit = bare + 200_000 + 30_000
    small = write_report(scan_of(tables), tmp_path, size_limit_bytes=limit)
    report = written_data(tmp_path)
    assert small.byte_count < limit
    assert 0 < small.page_count < 60
    assert small.excerpt_count > 0
    assert small.page_count + small.excerpt_count + small.pages_left_out == 60
    assert report["pages_left_out"] == small.pages_left_out
    # The pages that deals point to come first.
    assert {deal["page_id"] for deal in report["deals"]} <= set(report["pages"])


def test_cut_page_keeps_the_characters_that_rows_point_to(tables):
    (page,) = read_pages(scan_of(tables), [tables["pages"]["page_id"][0]])
    page = replace(page, raw=[[0, page.raw[0][1] + "　" * 5000]], length=page.length + 5000)
    mention = page.marks["mentions"][-1]
    end = page.length - 10
    cut = cut_page(page, [(mention["raw_start"], mention["raw_end"]), (end, end + 5)])
    assert sum(len(text) for _, text in cut.raw) < 1200
    assert [first for first, _ in cut.raw] == sorted(first for first, _ in cut.raw)
    for first, text in cut.raw:
        assert page.raw[0][1][first : first + len(text)] == text
    kept = next(row for row in cut.marks["mentions"] if row["raw_start"] == mention["raw_start"])
    article = next(a for a in cut.articles if a["article_id"] == kept["article_id"])
    first, text = article["text"][0]
    assert text[kept["start_char"] - first : kept["end_char"] - first] == mention_words(page, mention)


def mention_words(page, mention):
    return page.raw[0][1][mention["raw_start"] : mention["raw_end"]].replace(" ", "")


def test_a_page_of_a_million_characters_is_bounded(tmp_path, tables):
    (page,) = read_pages(scan_of(tables), [tables["pages"]["page_id"][0]])
    long = replace(page, raw=[[0, page.raw[0][1] + "字" * 1_000_000]], length=page.length + 1_000_000)
    ranges = {page.page_id: [(start, start + 10) for start in range(0, 1_000_000, 5000)]}
    shelf = fill_shelf([long], tmp_path, ranges=ranges, entity_ids=set(), room=10**6)
    assert (shelf.whole, shelf.bundles) == ([], [[page.page_id]])
    assert sum(len(text) for _, text in cut_page(long, ranges[page.page_id]).raw) <= WHOLE_CHARS


def test_write_report_is_the_same_twice(tmp_path):
    tables = invented_tables(3)
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        shuffled = {name: frame.sample(fraction=1.0, shuffle=True) for name, frame in tables.items()}
        write_report(scan_of(shuffled), folder)
    for path in sorted(p for p in first.rglob("*") if p.is_file() and "dictionary" not in p.parts):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path.name


def test_a_report_that_cannot_be_written_leaves_the_one_before_whole(tmp_path, tables):
    write_report(scan_of(tables), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def full_disk(_read, folder, **_options):
        (folder / f"{0:016x}.js").write_bytes(b"half")
        raise OSError(ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "fill_shelf", full_disk)
        with pytest.raises(OSError, match="No space"):
            write_report(scan_of(invented_tables(2)), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert not list(tmp_path.glob(".*"))


def test_a_report_replaces_pages_of_the_one_before_and_no_other_file(tmp_path):
    write_report(scan_of(invented_tables(60)), tmp_path)
    own = [tmp_path / "notes.txt", tmp_path / "pages" / "notes.js", tmp_path / "assets" / "logo.png"]
    for path in own:
        path.write_text("own", encoding="utf-8")
    written = write_report(scan_of(invented_tables(3)), tmp_path)
    assert written.index == tmp_path / "index.html"
    assert all(path.read_text(encoding="utf-8") == "own" for path in own)
    write_report(scan_of(invented_tables(3)), tmp_path / "fresh")
    fresh = {path.name for path in (tmp_path / "fresh" / "pages").iterdir()}
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {*fresh, "notes.js"}


def test_no_text_of_a_source_can_end_a_script(tmp_path):
    write_report(scan_of(invented_tables(2, hostile=True)), tmp_path)
    for path in (*tmp_path.rglob("*.js"), *tmp_path.rglob("*.html")):
        if path.name == "echarts.min.js":
            continue
        assert HOSTILE not in path.read_text(encoding="utf-8"), path
    assert not re.search("[<>]", (tmp_path / "assets" / "data.js").read_text(encoding="utf-8"))


def test_fixture_conforms_to_the_registry(tables):
    assert set(tables) == set(TABLES)
    assert all(isinstance(frame, pl.DataFrame) for frame in tables.values())


def test_a_title_that_holds_its_committee_does_not_say_it_twice() -> None:
    rows = pl.DataFrame(
        {
            "organization": ["海原市委", "海原市委", "海原大学", None],
            "title": ["市委常委", "书记", "校长", "市委书记"],
        }
    )
    titles = rows.select(title=people.title_behind_body())["title"]
    assert titles.to_list() == ["常委", "书记", "校长", "市委书记"]
