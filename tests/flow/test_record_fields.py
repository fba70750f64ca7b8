"""Records whose fields bear other names, through the command line."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from warehouse import Warehouse

HEAD, BODY = "江海市签约", "江海市委书记林建国3月1日会见了云川大学校长周明远一行，双方签订合作协议。"
FIELDS = ["--text-field", "body", "--id-field", "nid", "--title-field", "head", "--date-field", "day"]


def write(path: Path, rows: list[dict[str, str]]) -> None:
    if path.suffix == ".csv":
        with open(path, "w", encoding="gbk", newline="") as file:  # as Excel writes it
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    else:
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")


@pytest.mark.parametrize("name", ["news.csv", "news.jsonl"])
def test_build_maps_the_fields_of_records(tmp_path: Path, name: str) -> None:
    row = {"nid": "N7", "head": HEAD, "body": BODY, "day": "2031/3/2", "paper": "江海日报"}
    write(tmp_path / name, [row, {**row, "nid": "N8", "body": "", "day": "2031/3/3"}])
    house = tmp_path / "house"
    call = ["build", str(tmp_path / name), "--warehouse", str(house), *FIELDS, "--publication-field", "paper"]
    outcome = CliRunner().invoke(app, call)
    assert outcome.exit_code == 0, outcome.output
    warehouse = Warehouse(house)
    (document,) = warehouse.read("documents").iter_rows(named=True)
    assert document["external_id"] == "N7"
    assert (document["title"], document["publication"]) == (HEAD, "江海日报")
    assert (document["issue_on"], document["issue_on_source"]) == (date(2031, 3, 2), "published_on")
    (article,) = warehouse.read("articles").iter_rows(named=True)
    assert (article["headline"], article["text"]) == (HEAD, BODY)
    assert set(warehouse.read("mentions")["surface_text"]) >= {"林建国", "周明远", "云川大学"}
    (reject,) = warehouse.read("rejects").iter_rows(named=True)
    assert (reject["reason_code"], reject["uri"].rpartition("#")[2]) == ("missing_text", "N8")


@pytest.mark.parametrize("name", ["news.csv", "news.jsonl"])
def test_build_names_the_fields_that_there_are(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, [{"nid": "N7", "content": BODY}])
    call = ["build", str(tmp_path / name), "--warehouse", str(tmp_path / "house"), *FIELDS]
    outcome = CliRunner().invoke(app, call)
    assert outcome.exit_code == 2
    assert "content" in outcome.output
    assert "Traceback" not in outcome.output
