"""Every row of every table leads to the characters that it was read from."""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.e2e.killed_builds import PAGE, run
from warehouse import Warehouse, registry
from warehouse.registry import key_of
from warehouse.trace import RowNotFoundError, trace


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, prefect: None) -> Path:
    """A warehouse of the seed page, of records one of which is broken, and of a date that fails a check."""
    folder = tmp_path_factory.mktemp("trace")
    shutil.copytree("seeds/pages", folder / "in")
    records = [
        json.dumps({"id": str(n), "text": PAGE.format(more="该项目2160年3月1日建成。")}) for n in (1, 2)
    ]
    lines = [records[0], '{"id": 3, "text":', records[1]]
    (folder / "in" / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run(folder / "in", folder / "house")
    return folder / "house"


@pytest.mark.parametrize("table", list(registry.TABLES))
def test_every_row_is_traced_to_its_characters(house: Path, table: str, tmp_path: Path) -> None:
    warehouse = Warehouse(house)
    raw = dict(warehouse.read("pages").select("page_id", "raw_text").iter_rows())
    rows = warehouse.scan(table)
    if table == "checks":
        rows = rows.sort("is_success", maintain_order=True)
    keys = rows.select(key_of(table)).collect().to_series()
    assert len(keys)
    for key in dict.fromkeys([*keys.head(3), *keys.tail(2)]):
        found = trace(warehouse.scan, table, key)
        passages = list(found.passages())
        for passage in passages:
            assert raw[passage.page_id][passage.raw_start : passage.raw_end] == passage.marked
        if "surface_text" in found.row and not passages[0].edits:
            assert passages[0].marked == found.row["surface_text"]
        # A check that no row fails has nothing to show.
        assert passages or found.quoted or (table == "checks" and found.note == "no failing rows")
    key = keys[0]
    runner, page = CliRunner(), tmp_path / "trace.html"
    shown = runner.invoke(app, ["trace", table, key, "-w", str(house)])
    assert shown.exit_code == 0
    assert "【" in shown.stdout
    written = runner.invoke(app, ["trace", table, key, "-w", str(house), "--html", str(page)])
    assert written.exit_code == 0
    html = page.read_text(encoding="utf-8")
    found = trace(warehouse.scan, table, key)
    marked = [passage.marked for passage in found.passages()] or [found.quoted]
    assert html.count("<mark>") >= len(marked)
    assert all(f"<mark>{escape(text[:200])}" in html for text in marked)


def test_a_page_of_a_trace_that_cannot_be_written_is_named(house: Path, tmp_path: Path) -> None:
    key = Warehouse(house).read("deals")["deal_id"][0]
    there = str(tmp_path / "none" / "trace.html")
    done = CliRunner().invoke(app, ["trace", "deals", key, "-w", str(house), "--html", there])
    assert done.exit_code == 2
    assert there in done.output.replace("\n", "")


def test_trace_says_what_a_key_looks_like(house: Path) -> None:
    with pytest.raises(RowNotFoundError, match=r"a key is mention_id, such as [0-9a-f]{16}"):
        trace(Warehouse(house).scan, "mentions", "nothing")
