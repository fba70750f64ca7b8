"""Pages read as a person reads them: every block with its type and article, credits, damage.

`UPDATE_GOLDEN=1 pytest tests/golden/test_normalize.py` rewrites the expectations; review the diff.
"""

import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.normalizing import ROOT, as_frames

CASES = Path(__file__).parent / "normalize"
SEED = next((ROOT / "seeds" / "pages").glob("*.txt"))


def page_of(case: str) -> str:
    path = CASES / case / "page.txt"
    with (path if path.exists() else SEED).open(encoding="utf-8", newline="") as file:
        return file.read()


def render(frames: dict[str, pl.DataFrame]) -> str:
    """Readable form of what the tables say of a page."""
    number = {a: f"a{i + 1}" for i, a in enumerate(frames["articles"]["article_id"])}
    lines = []
    for row in frames["blocks"].iter_rows(named=True):
        kind = row["block_type"] + (f"/{row['block_subtype']}" if row["block_subtype"] else "")
        lines.append(f"{number.get(row['article_id'], '--')} {kind:20} {row['text']}")
    for row in frames["articles"].iter_rows(named=True):
        lines.append("")
        lines.append(number[row["article_id"]])
        for column in ("kicker", "headline", "subtitle", "byline", "dateline_text", "dateline_place"):
            lines.append(f"  {column}: {row[column] or ''}")
        lines.append(f"  dateline_on: {row['dateline_on'] or ''}")
    lines.append("")
    for row in frames["credits"].iter_rows(named=True):
        lines.append(f"credit {number.get(row['article_id'], '--')} {row['role']} {row['name']}")
    for row in frames["damage"].iter_rows(named=True):
        lines.append(f"damage {row['damage_type']} {row['surface_text']} -> {row['suggestion'] or ''}")
    for row in frames["pages_meta"].iter_rows(named=True):
        lines.append(
            f"page {row['publication'] or ''} {row['issue_on'] or ''} {row['page_label'] or ''}".rstrip()
        )
    return "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir() if p.is_dir()))
def test_page_is_read_as_expected(case: str) -> None:
    found = render(as_frames(page_of(case), issue_on=date(2024, 2, 24) if case == "seed_page" else None))
    expected = CASES / case / "expect.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_seed_page_has_its_three_articles() -> None:
    """Read by eye from the raw page, so it holds whatever the rewritten expectation says."""
    raw = page_of("seed_page")
    frames = as_frames(raw)
    articles = frames["articles"]
    assert articles["headline"].to_list() == [
        "淄博是一个有很好发展前景的城市",
        "鲁港科技创新合作大会召开",
        "加快实现科技自立自强“走在前，开新局”",
    ]
    assert articles["kicker"].to_list() == [
        "香港特区政府驻山东联络处主任黄志辉：",
        "搭建链接香港优质资源要素平台",
        None,
    ]
    assert articles["subtitle"].to_list() == [None, None, "——鲁港科技创新合作大会科技成果推介侧记"]
    assert articles["dateline_place"].to_list() == [None, "淄博", None]
    assert [len(text.split("\n")) for text in articles["text"]] == [8, 8, 9]
    for text in articles["text"]:
        assert "编辑" not in text
        assert "接受记者采访。" not in text
        assert "多《" not in text
    assert "预计于2024年底投入生产运营；山东英科环保" in articles["text"][0]
    assert "产业发展成果丰硕。\n谈及淄博，黄志辉说：“我觉得" in articles["text"][0]
    assert "有限公司签订《中华博士协会淄博分会》" in articles["text"][1]
    assert "可以关注。”\n“低速无人驾驶是智能社区的手脚" in articles["text"][2]
    credits = frames["credits"].select("role", "name").rows()
    assert credits == [("编辑", "王任辉"), ("美编", "王涛"), ("校对", "孙双")]
    damage = {raw[a:b]: s for a, b, s in frames["damage"].select("raw_start", "raw_end", "suggestion").rows()}
    assert damage["一步"] == "下一步"
    assert damage["卷饶"] == "卷绕"
    assert {"《", "监察时"} <= set(damage)
