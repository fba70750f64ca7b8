import pytest

from tests.normalizing import NORMALIZER, as_frames, normalise_page, restore_page

BODY = "云溪市今天召开大会，部署全年工作，林向东出席并讲话。"


def blocks(raw: str) -> list[tuple[str, str | None, str]]:
    return [(p.block_type, p.block_subtype, p.text) for p in NORMALIZER.read_page(raw).paragraphs]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (f"# 大会召开\n{BODY}", [("headline", None, "大会召开"), ("body", None, BODY)]),
        (
            f"# 云溪新闻\n\n## 大会召开\n\n{BODY}\n\n### 压实责任\n\n{BODY}",
            [
                ("furniture", None, "云溪新闻"),
                ("headline", None, "大会召开"),
                ("body", None, BODY),
                ("body", "subhead", "压实责任"),
                ("body", None, BODY),
            ],
        ),
        (
            f"## 大会召开\n{BODY}\n- 项目一个\n- 项目两个",
            [
                ("headline", None, "大会召开"),
                ("body", None, BODY),
                ("body", "list", "项目一个"),
                ("body", "list", "项目两个"),
            ],
        ),
        (
            f"<h2>大会召开</h2><p>{BODY}</p>",
            [("headline", None, "大会召开"), ("body", None, BODY)],
        ),
    ],
)
def test_marks_tell_what_a_line_is(raw: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert blocks(raw) == expected


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("投资<b>三亿</b>元，在<a href='x'>园区</a>开工。", "投资三亿元，在园区开工。"),
        ("他说：&ldquo;好。&rdquo;会议结束。", "他说：“好。”会议结束。"),
        ("**三亿元**投在[园区](https://example.com)，`今年`开工。", "三亿元投在园区，今年开工。"),
        ("**重点**：内容", "重点：内容"),
        ("**标题**正文\n会上，**重点**内容", "标题正文\n会上，重点内容"),
        # None of these is markup.
        ("- 问：谁？\n- 答：张**、李**。", "- 问：谁？\n- 答：张**、李**。"),
        ("中奖的是**明、**华。", "中奖的是**明、**华。"),
        ("中奖的是张某**和李某**。", "中奖的是张某**和李某**。"),
        ("手机138****5678、139****1234。", "手机138****5678、139****1234。"),
        ("代码a__init__b，（**）和（**）。", "代码a__init__b，（**）和（**）。"),
        ("若a<b且c>d，则开工；甲&乙公司出资。", "若a<b且c>d，则开工；甲&乙公司出资。"),
        ("- 问：为何开工？\n- 答：为了就业。", "- 问：为何开工？\n- 答：为了就业。"),
        ("长*宽*高为3*4*5米，编号#12。", "长*宽*高为3*4*5米，编号#12。"),
    ],
)
def test_marks_leave_the_text_as_edits(raw: str, text: str) -> None:
    edits = NORMALIZER.read_page(raw).edits
    found = normalise_page(raw, edits)
    assert found == text
    assert restore_page(found, edits, [raw[e.start : e.end] for e in edits]) == raw


def test_a_row_of_a_table_is_one_block() -> None:
    raw = f"# 充电桩\n\n{BODY}\n\n| 区 | 数 |\n|---|---|\n| 港东区 | 6200 |"
    assert blocks(raw)[2:] == [("body", "table", "区   数"), ("body", "table", "港东区   6200")]
    assert as_frames(raw)["articles"].height == 1
