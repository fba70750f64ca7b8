"""Whom 公司, 该公司, 园区, 县里 and 双方 stand for in a deal."""

import polars as pl
import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_papers import FINDER, MARKS, read

FIRM, GROUP, SCHOOL = "海棠科技有限公司", "云岭集团", "北岭大学"
NAMES = MARKS | {
    **dict.fromkeys(["青川高新区管委会", "青川县委", "石桥产业基金"], "organization"),
    **dict.fromkeys(["青川县", "东莞", "长安镇"], "place"),
    **dict.fromkeys(["叶向东", "苏晓棠"], "person"),
}  # fmt: skip


def bodies(text: str) -> list[set[str]]:
    """The named parties of each deal."""
    articles, sentences, mentions = frames(text, NAMES)
    deals, parties, _ = FINDER.find(articles, sentences, mentions)
    named = parties.join(mentions, on="mention_index", how="left", suffix="_of")
    return [
        set(named.filter(pl.col("deal_index") == deal)["surface_text_of"].drop_nulls())
        for deal in deals["deal_index"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}去年搬进新厂。\n{FIRM}收购周边企业的锯末。该公司与{SCHOOL}签订技术合作协议。",
        f"{GROUP}去年搬进新厂。\n路中段的{FIRM}刚刚迎来一台压铸机。该公司与{SCHOOL}签订技术合作协议。",
        f"{GROUP}去年搬进新厂。\n走进{FIRM}，生产线正忙。公司与{SCHOOL}签订技术合作协议。",
        f"{GROUP}在南屿市上市。\n在青川市，叶向东走进{FIRM}的车间。今年7月，该公司与{SCHOOL}签订合作协议。",
        f"位于青川县的{FIRM}传来消息，该公司与{SCHOOL}签订技术合作协议。",
        f"{FIRM}去年投产。石桥产业基金认购2亿元；8月，公司与{SCHOOL}签订技术合作协议。",
    ],
)
def test_a_firm_word_stands_for_whom_the_sentences_before_are_about(text: str) -> None:
    assert {FIRM, SCHOOL} in bodies(text)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        (f"青川县去年引进了{FIRM}。据局长叶向东介绍，县里与{SCHOOL}签订合作协议。", "青川县"),
        (
            f"{FIRM}去年投产。青川高新区管委会主任叶向东说，园区又与{SCHOOL}签订合作协议。",
            "青川高新区管委会",
        ),
        (
            f"{FIRM}去年投产。青川高新区管委会主任叶向东说，高新区已与{SCHOOL}签订合作协议。",
            "青川高新区管委会",
        ),
        (f"青川经开区管委会介绍，{FIRM}去年投产。5月，该园区与{SCHOOL}签订合作协议。", "青川经开区管委会"),
    ],
)
def test_an_area_word_stands_for_the_area_told_last(text: str, area: str) -> None:
    assert {area, SCHOOL} in bodies(text)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            f"青川县委书记叶向东率队南下招商。\n在东莞，代表团考察了{FIRM}，与董事长苏晓棠座谈。双方签订合作协议。",
            {FIRM, "青川县委"},
        ),
        (
            f"青川高新区管委会主任叶向东带着3名招商干部到东莞。\n在{FIRM}，董事长苏晓棠当场拍板，双方签订合作协议。",
            {FIRM, "青川高新区管委会"},
        ),
        (
            f"青川高新区管委会主任叶向东率队南下招商。\n{FIRM}董事长苏晓棠领着客人看了车间，双方签订合作协议。",
            {FIRM, "青川高新区管委会"},
        ),
        # Which county comes is not told.
        (f"县长叶向东带队到东莞招商。\n叶向东一行考察了{FIRM}。双方签订合作协议。", {FIRM}),
    ],
)
def test_both_in_the_report_of_a_visit_are_the_firm_and_who_came(text: str, sides: set[str]) -> None:
    assert bodies(text) == [sides]


def test_what_both_agree_on_is_no_work_without_sides() -> None:
    text = f"青川高新区管委会与{FIRM}座谈。双方就投资8.2亿元的木糖醇项目达成意向。"
    assert bodies(text) == [{"青川高新区管委会", FIRM}]


def test_an_office_that_brings_works_with_a_firm_takes_them_in() -> None:
    text = f"21个项目集中签约，其中，青川经开区管委会与{FIRM}的退役电池综合利用项目投资8.5亿元。"
    assert [sides for *_, sides in read(text)] == [{"青川经开区管委会": "host", FIRM: "investor"}]


def test_who_founds_a_fund_stands_in_the_sentence_behind_it() -> None:
    text = f"总规模10亿元的青石产业基金在青川县揭牌。基金由青川产业投资集团联合{FIRM}共同发起，首期3亿元。"
    articles, sentences, mentions = frames(
        text, NAMES | {"青川产业投资集团": "organization", "青石产业基金": "organization"}
    )
    _, parties, _ = FINDER.find(articles, sentences, mentions)
    roles = dict(parties.select("surface_text", "party_role").iter_rows())
    assert roles == {"青川产业投资集团": "investor", FIRM: "investor"}


def test_who_speaks_for_the_hospital_of_their_own_title_names_none() -> None:
    assert bodies(f"“学校和{FIRM}签了约，这家医院也要来。”这家医院的叶向东说。") == [{FIRM}]
