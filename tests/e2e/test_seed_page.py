"""The seed page, from the command line to tables that anybody can read."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from warehouse import Warehouse, registry

ROOT = Path(__file__).parents[2]


def run_cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seed") / "warehouse"
    outcome = run_cli("build", "seeds/pages", "--warehouse", str(path))
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "Traceback" not in outcome.stderr
    return path


def test_every_table_is_published_with_its_schema(built: Path) -> None:
    for name in registry.TABLES:
        frame = pl.read_parquet(built / "current" / name / "**/*.parquet")
        assert frame.schema == registry.polars_schema(name)


def test_the_three_articles_are_read_apart(built: Path) -> None:
    articles = Warehouse(built).read("articles").sort("ordinal")
    assert articles["headline"].to_list()[:2] == [
        "淄博是一个有很好发展前景的城市",
        "鲁港科技创新合作大会召开",
    ]
    assert articles.height == 3
    credits_and_captions = ("王任辉", "孙双", "黄志辉接受记者采访。")
    assert not any(words in text for words in credits_and_captions for text in articles["text"])


def test_the_deals_of_the_page_are_read(built: Path) -> None:
    rows = Warehouse(built).read("deals").select("deal_type", "stage", "title").rows()
    assert sorted(rows) == sorted(
        [
            ("strategic_agreement", "signed", "战略合作协议"),
            ("proposal", "proposed", "淄博香港城"),
            ("partnership", "signed", "首批淄博城市发展合伙人"),
            ("institution", "unveiled", "大公坊鲁港技术转移中心"),
            ("cooperation_agreement", "signed", "质谱成像与质谱定量分析研究"),
            ("strategic_agreement", "signed", "全面合作战略框架协议"),
            ("cooperation_agreement", "signed", "难愈性创面抗菌自适应敷料研发"),
            ("cooperation_agreement", "signed", "双碳卷饶式储能电池研发中心"),
            ("cooperation_agreement", "signed", "中华博士协会淄博分会"),
            ("cooperation_agreement", "signed", "web3.0技术服务平台"),
            ("joint_laboratory", "unveiled", "先进合成材料联合实验室"),
            ("cooperation_agreement", "signed", "产学研合作关系"),
            ("project", "landed", "年产30万吨L-乳酸、聚乳酸生产项目"),
            ("project", "landed", "一期10万吨L-乳酸、聚乳酸生产项目"),
            ("project", "building", "10万吨PET深加工和框类生产项目"),
        ]
    )


def test_the_cells_of_the_deals_are_read_and_no_year_is_invented(built: Path) -> None:
    columns = ("title", "mode", "dated_on", "expected_on", "investment_cny")
    rows = Warehouse(built).read("deals").select(columns).rows()
    told = {title: cells for title, *cells in rows if any(cell is not None for cell in cells)}
    assert told == {
        "战略合作协议": [None, date(2019, 1, 1), None, None],
        "首批淄博城市发展合伙人": [None, date(2020, 1, 1), None, None],
        "先进合成材料联合实验室": [None, date(2019, 11, 25), None, None],
        "产学研合作关系": [None, date(2019, 11, 25), None, None],
        "一期10万吨L-乳酸、聚乳酸生产项目": [None, None, date(2024, 12, 31), None],
        "10万吨PET深加工和框类生产项目": [None, None, None, 1.2e9],
        "大公坊鲁港技术转移中心": ["on_site", None, None, None],
        "质谱成像与质谱定量分析研究": ["online", None, None, None],
        "难愈性创面抗菌自适应敷料研发": ["online", None, None, None],
        "全面合作战略框架协议": ["on_site", None, None, None],
        "双碳卷饶式储能电池研发中心": ["on_site", None, None, None],
        "中华博士协会淄博分会": ["on_site", None, None, None],
        "web3.0技术服务平台": ["on_site", None, None, None],
    }


def test_every_span_leads_back_to_the_raw_characters(built: Path) -> None:
    warehouse = Warehouse(built)
    raw = dict(warehouse.read("pages").select("page_id", "raw_text").iter_rows())
    edits = warehouse.read("edits").sort("page_id", "ordinal")
    texts = dict(warehouse.read("articles").select("article_id", "text").iter_rows())
    checked = 0
    for name in ("mentions", "roles", "dates", "quantities", "quotations", "deals", "deal_parties"):
        for row in warehouse.read(name).iter_rows(named=True):
            assert texts[row["article_id"]][row["start_char"] : row["end_char"]] == row["surface_text"]
            inside = edits.filter(
                (pl.col("page_id") == row["page_id"])
                & (pl.col("raw_start") >= row["raw_start"])
                & (pl.col("raw_end") <= row["raw_end"])
            )
            found = raw[row["page_id"]][row["raw_start"] : row["raw_end"]]
            for edit in reversed(inside.rows(named=True)):
                start, end = (edit[c] - row["raw_start"] for c in ("raw_start", "raw_end"))
                found = found[:start] + edit["replacement"] + found[end:]
            assert "".join(found.split()) == "".join(row["surface_text"].split())
            checked += 1
    assert checked > 100


def test_the_edits_restore_the_raw_text(built: Path) -> None:
    warehouse = Warehouse(built)
    for page in warehouse.read("pages").iter_rows(named=True):
        edits = warehouse.read("edits").filter(page_id=page["page_id"]).sort("ordinal").rows(named=True)
        raw = page["raw_text"]
        pieces, position = [], 0
        for edit in edits:
            assert raw[edit["raw_start"] : edit["raw_end"]] == edit["original"]
            pieces += [raw[position : edit["raw_start"]], edit["replacement"]]
            position = edit["raw_end"]
        normalised = "".join([*pieces, raw[position:]])
        shift = sum(len(e["replacement"]) - len(e["original"]) for e in edits)
        for edit in reversed(edits):
            shift -= len(edit["replacement"]) - len(edit["original"])
            start = edit["raw_start"] + shift
            normalised = (
                normalised[:start] + edit["original"] + normalised[start + len(edit["replacement"]) :]
            )
        assert normalised == raw


def test_a_run_is_recorded_with_its_checks(built: Path) -> None:
    warehouse = Warehouse(built)
    assert warehouse.read("runs")["state"].to_list() == ["published"]
    checks = warehouse.read("checks")
    assert checks.filter(severity="fail")["is_success"].all()
    assert checks["table_name"].n_unique() > 15


def test_the_commands_that_read_give_json(built: Path) -> None:
    outcome = run_cli("sql", "SELECT count(*) AS n FROM articles", "--warehouse", str(built), "--json")
    assert json.loads(outcome.stdout) == {"n": 3}
    outcome = run_cli("describe", "deals", "--json")
    assert json.loads(outcome.stdout)["name"] == "deals"
    outcome = run_cli("show", "nothing", "--warehouse", str(built))
    assert outcome.returncode == 2
    assert "there are documents" in outcome.stderr


def test_another_folder_and_encoding_give_the_same_articles(built: Path, tmp_path: Path) -> None:
    [page] = (ROOT / "seeds/pages").glob("*.txt")
    copy = tmp_path / "elsewhere" / "page.txt"
    copy.parent.mkdir()
    shutil.copy(page, copy)
    outcome = run_cli("build", str(copy), "--warehouse", str(tmp_path / "w"))
    assert outcome.returncode == 0, outcome.stderr
    first, second = Warehouse(built), Warehouse(tmp_path / "w")
    for name in ("pages", "blocks", "articles", "mentions", "entities", "entity_pairs"):
        assert first.read(name).equals(second.read(name)), name
    encoded = tmp_path / "gb.txt"
    encoded.write_bytes(page.read_text(encoding="utf-8").encode("gb18030"))
    assert run_cli("build", str(encoded), "--warehouse", str(tmp_path / "gb")).returncode == 0
    texts = Warehouse(tmp_path / "gb").read("articles")["text"]
    assert set(texts) == set(first.read("articles")["text"])
