"""Pacts told in plain sentences: another partner in one sentence, sides told before, plans and ends."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_attributes import DATES, DEALS

FIRM, OTHER, SCHOOL, INSTITUTE = "海棠科技有限公司", "云岭集团", "北岭大学", "南屿竹材研究所"
MARKS = {
    **dict.fromkeys([FIRM, OTHER, SCHOOL, INSTITUTE, "南屿中学", "林川中学"], "organization"),
    **dict.fromkeys(["青川联谊会", "青川市教育局", "青川市委", "青川代表团", "南屿第一小学"], "organization"),
    **dict.fromkeys(["青川市", "南屿市", "东湾", "西岭", "石桥村", "海安市"], "place"),
    **dict.fromkeys(["丁一凡", "苏晓棠", "叶向东"], "person"),
}


def read(text: str) -> list[dict[str, Any]]:
    """The deals of a text with the names that their sides stand for."""
    articles, sentences, mentions = frames(text, MARKS)
    articles = articles.with_columns(
        dateline_on=pl.lit(None, pl.Date), issue_on=pl.lit(date(2031, 5, 20), pl.Date)
    )
    deals, parties, _ = DEALS.find(articles, sentences, mentions, dates=DATES.find(articles))
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    return [
        deal
        | {
            "sides": [
                names.get(party["mention_index"], party["surface_text"])
                for party in parties.filter(pl.col("deal_index") == deal["deal_index"]).to_dicts()
            ]
        }
        for deal in deals.to_dicts()
    ]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{SCHOOL}与{FIRM}签订合作协议，去年又与{OTHER}签约共建某联合实验室。", [SCHOOL, OTHER]),
        (f"{SCHOOL}与{FIRM}签订合作协议，今年3月又跟{OTHER}共建产业学院。", [SCHOOL, OTHER]),
        (f"{SCHOOL}与{FIRM}签署战略合作协议，同时与{OTHER}签订人才培养协议。", [SCHOOL, OTHER]),
        (f"南屿中学与林川中学结为姊妹学校，还与{SCHOOL}签订实习协议。", ["南屿中学", SCHOOL]),
    ],
)
def test_who_signs_with_another_in_one_sentence_has_two_deals(text: str, sides: list[str]) -> None:
    deals = read(text)
    assert len(deals) == 2
    assert deals[1]["sides"] == sides


@pytest.mark.parametrize(
    "text",
    [
        f"{SCHOOL}与{FIRM}签署战略合作协议，并就共建实验室达成共识。",
        f"{SCHOOL}与{FIRM}签约，并与其约定三年内投产。",
        f"{SCHOOL}在会上与{FIRM}签署合作协议，也与来宾进行了交流。",
    ],
)
def test_what_two_agree_on_besides_is_no_other_deal(text: str) -> None:
    assert [deal["sides"] for deal in read(text)] == [[SCHOOL, FIRM]]


def test_two_found_a_laboratory_of_artificial_intelligence() -> None:
    [deal] = read(f"{SCHOOL}计划与{FIRM}共建人工智能实验室。")
    assert (deal["stage"], deal["title"], deal["sides"]) == ("proposed", "人工智能实验室", [SCHOOL, FIRM])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{FIRM}与{SCHOOL}签订订单班培养协议。", "订单班培养协议"),
        (f"{FIRM}与{SCHOOL}签订了订单式培养协议。", "订单式培养协议"),
        (f"{FIRM}与石桥村签订订单种植合同。", "订单种植合同"),
        (f"{SCHOOL}校长丁一凡与{FIRM}总裁苏晓棠在《合作备忘录》上签字。", "合作备忘录"),
    ],
)
def test_a_paper_keeps_its_whole_name(text: str, title: str) -> None:
    assert [deal["title"] for deal in read(text)] == [title]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{SCHOOL}与{FIRM}就共建产业学院达成一致，将于下月签约。", "negotiating"),
        (f"{SCHOOL}与{FIRM}就共建产业学院达成一致，预计6月签署协议。", "negotiating"),
        (f"{SCHOOL}与{FIRM}就共建产业学院达成一致意见，并签署协议。", "signed"),
        (f"{SCHOOL}与{FIRM}商定，6月签署战略合作协议。", "negotiating"),
        (f"{SCHOOL}正与{FIRM}筹建联合实验室。", "proposed"),
        (f"原定于5月18日举行的{SCHOOL}与{FIRM}签约仪式推迟。", "proposed"),
        (f"{SCHOOL}与{FIRM}洽谈合作未果。", "ended"),
        (f"{SCHOOL}与{FIRM}的合作没有谈成。", "ended"),
        (f"{SCHOOL}与{FIRM}的合作协议被搁置。", "ended"),
    ],
)
def test_how_far_a_pact_is_that_is_to_come_or_came_to_nothing(text: str, stage: str) -> None:
    assert [(deal["stage"], deal["sides"]) for deal in read(text)] == [(stage, [SCHOOL, FIRM])]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("青川市计划与南屿市缔结友好城市。", "proposed"),
        ("青川市拟与南屿市结为友好城市。", "proposed"),
        ("青川市与南屿市的友好城市关系中止。", "ended"),
        ("青川市宣布中止与南屿市的友好城市关系。", "ended"),
    ],
)
def test_ties_of_towns_are_planned_and_end_too(text: str, stage: str) -> None:
    assert [(deal["stage"], deal["sides"]) for deal in read(text)] == [(stage, ["青川市", "南屿市"])]


@pytest.mark.parametrize("kind", ["姊妹学校", "帮扶学校", "手拉手学校"])
def test_schools_that_become_sisters_found_none(kind: str) -> None:
    [deal] = read(f"南屿中学与林川中学结为{kind}。")
    assert (deal["deal_type"], deal["stage"]) == ("cooperation_agreement", "signed")


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{INSTITUTE}成立于1998年。去年，研究所与{SCHOOL}签署了数据共享协议。", [INSTITUTE, SCHOOL]),
        (f"青川联谊会会长丁一凡说，联谊会去年和{SCHOOL}签了合作协议。", ["青川联谊会", SCHOOL]),
        (f"青川市教育局局长丁一凡介绍，局里与{SCHOOL}签订了培训协议。", ["青川市教育局", SCHOOL]),
        (f"“学校去年与{FIRM}签订了合作协议。”{SCHOOL}校长丁一凡告诉记者。", [SCHOOL, FIRM]),
        (f"{SCHOOL}校长丁一凡透露，学校正与{FIRM}商谈共建产业学院。", [SCHOOL, FIRM]),
        (f"石桥村党支部书记丁一凡说，村里与{FIRM}签订了合作协议。", ["石桥村", FIRM]),
        (f"在{SCHOOL}，{FIRM}与该校签署战略合作协议。", [FIRM, SCHOOL]),
        (f"{FIRM}董事长苏晓棠会见{SCHOOL}校长丁一凡一行。会后，双方签署合作协议。", [FIRM, SCHOOL]),
        (f"青川市市长丁一凡接待了{FIRM}董事长苏晓棠。双方签署合作备忘录。", ["青川市", FIRM]),
        (f"书记丁一凡会见了{FIRM}董事长苏晓棠。会见后，双方签署合作协议。", [FIRM]),
        ("青川市市长丁一凡与南屿市市长苏晓棠举行会谈，两市签署合作协议。", ["青川市", "南屿市"]),
        ("东湾、西岭两地法院签署司法协作框架协议。", ["东湾", "西岭"]),
        ("东湾和西岭公安机关签订警务协作协议。", ["东湾", "西岭"]),
    ],
)
def test_a_side_that_is_told_in_short_is_whom_it_stands_for(text: str, sides: list[str]) -> None:
    assert [deal["sides"] for deal in read(text)] == [sides]


@pytest.mark.parametrize("told", [f"{SCHOOL}与{FIRM}签署合作协议。", ""])
def test_signatures_on_a_paper_are_a_deal_if_none_was_told(told: str) -> None:
    text = f"{told}{SCHOOL}校长丁一凡与{FIRM}总裁苏晓棠分别代表双方在协议上签字。"
    assert [deal["sides"] for deal in read(text)] == [[SCHOOL, FIRM]]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"青川种业创新联盟成立，{SCHOOL}、{INSTITUTE}等23家单位成为首批成员。", [SCHOOL, INSTITUTE]),
        (f"青川种业创新联盟成立。首批成员单位包括{SCHOOL}、{FIRM}等9家企业。", [SCHOOL, FIRM]),
        (f"{SCHOOL}、{FIRM}等12家单位发起成立青川智能汽车产业联盟。", [SCHOOL, FIRM]),
        (
            f"由{SCHOOL}牵头，{FIRM}、{OTHER}等28家单位共同组建的低空产教联合体揭牌。",
            [SCHOOL, FIRM, OTHER],
        ),
        ("青川家具产业联盟成立，丁一凡当选理事单位代表。", []),
    ],
)
def test_a_union_has_its_members_for_sides(text: str, sides: list[str]) -> None:
    assert [deal["sides"] for deal in read(text)] == [sides]


def test_a_plate_of_a_laboratory_behind_its_two_founders() -> None:
    [deal] = read(f"{SCHOOL}与{FIRM}联合实验室揭牌成立。")
    assert (deal["deal_type"], deal["title"], deal["sides"]) == (
        "joint_laboratory",
        "联合实验室",
        [SCHOOL, FIRM],
    )


def test_two_bodies_that_sign_are_no_works() -> None:
    deals = read("南屿中学与林川中学签约。")
    assert [(deal["deal_type"], deal["sides"]) for deal in deals] == [
        ("cooperation_agreement", ["南屿中学", "林川中学"])
    ]


def test_a_band_that_comes_stands_for_whose_it_is() -> None:
    [deal] = read(f"青川代表团访问海安市。其间，代表团与{SCHOOL}签署合作备忘录。")
    assert deal["sides"] == ["青川代表团", SCHOOL]
