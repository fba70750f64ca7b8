"""Whose works are by the words in front of their name, what two founded, goods that are bought."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, OTHER, ZONE = "海棠科技有限公司", "南屿食品公司", "青川经开区管委会"
SCHOOL = "北岭大学"
BODIES = {"青川县": "place", "云岭合作社": "organization", "云岭锻造厂": "organization"}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{FIRM}与{OTHER}合资的组装厂在青川县投产。", {FIRM: "investor", OTHER: "investor"}),
        (f"由{FIRM}和{OTHER}合资兴办的轴承项目破土动工。", {FIRM: "investor", OTHER: "investor"}),
        (f"{ZONE}与{FIRM}的年产3万套轴承项目总投资32亿元，计划6月动工。", {ZONE: "host", FIRM: "investor"}),
    ],
)
def test_works_are_of_both_in_front_of_their_name(text: str, sides: dict[str, str]) -> None:
    assert [parties for *_, parties in read(text, **BODIES)] == [sides]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{FIRM}与{SCHOOL}合办了轴承研究中心。", "operating"),
        (f"2018年，{FIRM}与{SCHOOL}共建轴承研究中心，当年立项。", "operating"),
        (f"{FIRM}与{SCHOOL}共建轴承研究中心。", "unveiled"),
        (f"{FIRM}与{SCHOOL}成立了轴承研究中心。", "unveiled"),
    ],
)
def test_a_body_that_two_have_built_is_at_work(text: str, stage: str) -> None:
    assert [row[1] for row in read(text, **BODIES)] == [stage]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        (
            f"{FIRM}以每公斤6元的价格收购云岭合作社的苹果300吨。",
            "supply_contract",
            {FIRM: "buyer", "云岭合作社": "seller"},
        ),
        (
            f"云岭合作社的苹果被{FIRM}收购，货款900万元。",
            "supply_contract",
            {FIRM: "buyer", "云岭合作社": "seller"},
        ),
        (
            f"{FIRM}以2亿元收购年产300吨的云岭锻造厂。",
            "acquisition",
            {FIRM: "buyer", "云岭锻造厂": "target"},
        ),
        (
            f"{FIRM}与{OTHER}签订收购协议，收购其51%的股权。",
            "acquisition",
            {FIRM: "buyer", OTHER: "target"},
        ),
    ],
)
def test_goods_that_are_bought_are_no_firm(text: str, kind: str, sides: dict[str, str]) -> None:
    assert [(row[0], row[-1]) for row in read(text, **BODIES)] == [(kind, sides)]


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("总投资2亿元的海棠灌区工程施工进入冲刺阶段，为5月底通水做准备。", ["building"]),
        ("海棠铁路全长188公里，建成通车后将连接两港。", []),
    ],
)
def test_what_works_prepare_for_has_not_come(text: str, stages: list[str]) -> None:
    assert [row[1] for row in read(text, **BODIES)] == stages


def test_who_calls_the_press_together_and_whom_it_asked_are_no_sides() -> None:
    text = f"云岭锻造厂今天举行发布会，{FIRM}介绍，已会同{SCHOOL}设立海棠轴承指导中心。"
    assert [row[-1] for row in read(text, **BODIES)] == [{FIRM: "builder", SCHOOL: "builder"}]
    text = f"记者从云岭锻造厂了解到，海棠轴承保护组织与{FIRM}正式签署合作协议。"
    assert [set(row[-1]) for row in read(text, **BODIES)] == [{"海棠轴承保护组织", FIRM}]


def test_all_who_pay_into_a_round_are_investors() -> None:
    text = f"石桥资本领投、南屿创投跟投，对{FIRM}完成A轮投资，共计8000万元。"
    sides = {"石桥资本": "investor", "南屿创投": "investor", FIRM: "target"}
    assert [row[-1] for row in read(text, **BODIES)] == [sides]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{FIRM}有意收购云岭锻造厂，价格仍在谈。", "negotiating"),
        (f"{FIRM}有意收购云岭锻造厂，尽职调查已做完。", "negotiating"),
        (f"{FIRM}有意收购云岭锻造厂，资金已经备好。", "proposed"),
        (f"{FIRM}与{OTHER}签订12艘货船的租赁合同，如今12艘船已全部交付。", "operating"),
        (f"{FIRM}与{OTHER}签订12艘货船的租赁合同，首艘明年交付。", "signed"),
        (f"{FIRM}与{OTHER}签订12艘货船的租赁合同，首艘已经交付。", "signed"),
    ],
)
def test_how_far_it_is_by_now(text: str, stage: str) -> None:
    assert [row[1] for row in read(text, **BODIES)] == [stage]
