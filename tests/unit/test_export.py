import re
import zipfile

import polars as pl
import pytest

from tests.fixtures_report import invented_tables, scan_of
from warehouse.export import ExportError, export_csv, export_delta, export_xlsx
from warehouse.registry import TABLES


def sheet_text(path, number):
    with zipfile.ZipFile(path) as book:
        strings = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    return sheet, [strings[int(index)] for index in re.findall(r't="s"><v>(\d+)</v>', sheet)]


def test_export_csv_has_a_byte_order_mark_and_every_table(tmp_path):
    tables = invented_tables(2)
    written = export_csv(scan_of(tables), tmp_path)
    assert [path.stem for path in written] == list(TABLES)
    assert (tmp_path / "deals.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert pl.read_csv(tmp_path / "deals.csv").height == tables["deals"].height
    assert not list(tmp_path.glob("*.part"))


def test_export_csv_disarms_text_that_a_spreadsheet_would_compute(tmp_path):
    tables = invented_tables(1)
    tables["deals"] = tables["deals"].with_columns(pl.lit("=1+1").alias("title"))
    export_csv(scan_of(tables), tmp_path, ["deals"])
    assert pl.read_csv(tmp_path / "deals.csv")["title"].to_list() == ["'=1+1", "'=1+1"]


def test_export_csv_refuses_an_unknown_table(tmp_path):
    with pytest.raises(KeyError, match="there are"):
        export_csv(scan_of(invented_tables(1)), tmp_path, ["nonsense"])


def test_export_xlsx_links_deals_parties_and_sources(tmp_path):
    path = export_xlsx(scan_of(invented_tables(2)), tmp_path / "desk.xlsx")
    sheet, words = sheet_text(path, 1)
    assert {"海藻材料研究院", "签约", "云汉大学、青岚海洋科技有限公司"} <= set(words)
    assert any("【签 订《海藻材料研究院》共建协议】" in word for word in words)
    assert "<autoFilter" in sheet
    assert "来源" in sheet
    assert "合作项目" in sheet_text(path, 2)[0]


def test_export_xlsx_keeps_text_that_begins_like_a_formula_as_text(tmp_path):
    tables = invented_tables(1)
    tables["deals"] = tables["deals"].with_columns(pl.lit("=HYPERLINK(1)").alias("title"))
    sheet, words = sheet_text(export_xlsx(scan_of(tables), tmp_path / "desk.xlsx"), 1)
    assert "=HYPERLINK(1)" in words
    assert "<f>" not in sheet


def test_export_xlsx_links_to_the_report(tmp_path):
    from pathlib import Path

    path = export_xlsx(scan_of(invented_tables(1)), tmp_path / "desk.xlsx", report=Path("report"))
    with zipfile.ZipFile(path) as book:
        assert "index.html" in book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()


def test_export_xlsx_refuses_more_rows_than_a_sheet_holds(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.export._EXCEL_ROWS", 1)
    with pytest.raises(ExportError, match="--to csv"):
        export_xlsx(scan_of(invented_tables(2)), tmp_path / "desk.xlsx")
    assert not list(tmp_path.iterdir())


def test_export_delta_reads_back(tmp_path):
    deltalake = pytest.importorskip("deltalake", reason="needs baocang[delta]")
    tables = invented_tables(2)
    for _ in range(2):
        export_delta(scan_of(tables), tmp_path, ["deals", "entities"])
    table = deltalake.DeltaTable(tmp_path / "deals")
    assert table.version() == 1
    assert pl.scan_delta(tmp_path / "deals").collect().height == tables["deals"].height
