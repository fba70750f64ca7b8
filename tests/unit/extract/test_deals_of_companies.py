"""Shares, bonds, funds and bids as market news and firms' own news tell them."""

from datetime import date

import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_attributes import DEALS, read

FIRM, GROUP, BANK = "海棠科技有限公司", "云岭集团", "北岭银行"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"近日，{GROUP}完成对{FIRM}的股权交割，成为其第一大股东。", "operating"),
        (f"{GROUP}已完成{FIRM}51%股权的过户手续。", "operating"),
        (f"{GROUP}完成{FIRM}股权无偿划转事项的工商变更登记。", "operating"),
    ],
)
def test_find_reads_shares_that_have_changed_hands(text: str, stage: str) -> None:
    [deal] = read(text)
    assert (deal["deal_type"], deal["stage"]) == ("equity_transfer", stage)
    assert deal["roles"] == {GROUP: "buyer", FIRM: "target"}


def test_find_reads_a_firm_that_takes_control_of_another() -> None:
    [deal] = read(f"{GROUP}以资产重组方式控股{FIRM}。")
    assert (deal["deal_type"], deal["roles"]) == ("acquisition", {GROUP: "buyer", FIRM: "target"})


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}公告，公司拟定增募资12亿元，用于补充流动资金。",
        f"{FIRM}拟向不超过35名特定对象发行股票，募集资金12亿元。",
        f"{FIRM}拟非公开发行股票，募资12亿元。",
    ],
)
def test_find_reads_shares_that_a_firm_issues_for_money(text: str) -> None:
    [deal] = read(text)
    assert (deal["deal_type"], deal["stage"]) == ("financing", "proposed")
    assert (deal["roles"], deal["amounts"][-1]) == ({FIRM: "partner"}, "12亿元")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{FIRM}成功发行2024年第一期中期票据。本期中票发行规模10亿元。", "2024年第一期中期票据"),
        (
            f"{FIRM}2022年非公开发行公司债券（第二期）成功发行，金额4亿元。",
            "2022年非公开发行公司债券（第二期）",
        ),
    ],
)
def test_find_reads_bonds_by_their_full_name(text: str, title: str) -> None:
    [deal] = read(text)
    assert (deal["deal_type"], deal["title"], deal["roles"]) == ("financing", title, {FIRM: "partner"})


@pytest.mark.parametrize(
    "text",
    [
        f"由{GROUP}与{FIRM}共同发起设立的南屿产业投资基金正式成立。",
        f"南屿产业投资基金是由{GROUP}发起，共同发起人包括{FIRM}等，规模超过70亿元。",
        f"南屿产业投资基金是经市里批准，由{GROUP}、{FIRM}共同发起成立的政策性基金。",
    ],
)
def test_find_reads_a_fund_with_its_founders(text: str) -> None:
    [deal] = read(text)
    assert (deal["deal_type"], deal["stage"]) == ("equity_investment", "unveiled")
    assert (deal["title"], deal["roles"]) == ("南屿产业投资基金", {GROUP: "investor", FIRM: "investor"})


def test_find_reads_who_pays_by_a_paper_on_new_shares() -> None:
    [deal] = read(f"{FIRM}与{GROUP}签订《增资协议》，{GROUP}出资3亿元认缴{FIRM}新增注册资本。")
    assert deal["roles"] == {FIRM: "target", GROUP: "investor"}


def test_find_reads_what_the_first_candidate_of_a_tender_bids_for() -> None:
    text = f"{GROUP}公告称，公司为松岩路改造工程总承包项目的中标第一候选人。项目中标金额为13.6亿元。"
    [deal] = read(text)
    assert (deal["title"], deal["stage"]) == ("松岩路改造工程总承包项目", "negotiating")
    assert (deal["roles"], deal["amounts"]) == ({GROUP: "contractor"}, ["13.6亿元"])


@pytest.mark.parametrize(
    "text",
    [
        f"近年来，北岭大学已与{GROUP}建立起了良好的合作关系。",
        f"北岭大学与{GROUP}建立了紧密的合作关系，优势互补。",
        "北岭大学是青川市政府与省里共建的综合性大学。",
        f"北岭大学、{GROUP}负责人参加签约仪式。",
    ],
)
def test_find_reads_no_deal_where_two_only_stand_well_with_each_other(text: str) -> None:
    assert read(text) == []


def test_find_reads_no_works_among_the_fields_of_a_pact() -> None:
    text = (
        f"青川市政府与{GROUP}签署战略合作协议，推进产业集聚、产城融合与城市更新改造、金融业务等领域的合作。"
    )
    [deal] = read(text)
    assert deal["deal_type"] == "strategic_agreement"


def test_find_reads_the_paper_of_a_signing_by_its_name_in_book_marks() -> None:
    text = f"北岭大学与{GROUP}《战略合作框架协议》签字仪式举行。丁一凡、苏晓棠代表双方签字。"
    [deal] = read(text)
    assert (deal["title"], deal["signed_by"]) == (
        "战略合作框架协议",
        {"北岭大学": "丁一凡", GROUP: "苏晓棠"},
    )


@pytest.mark.parametrize(
    "text",
    [
        f"我校与{GROUP}校企合作签约仪式举行。",
        f"我市与{GROUP}签署合作协议。",
        f"学校与{GROUP}签署合作协议。",
        f"{GROUP}与我县签署合作协议。",
    ],
)
def test_find_takes_our_town_or_school_for_a_side(text: str) -> None:
    [deal] = read(text)
    assert len(deal["roles"]) == 2
    assert GROUP in deal["roles"]


def test_find_reads_the_state_as_the_seller_of_shares_it_hands_on() -> None:
    text = f"{FIRM}公告，公司控股股东青川市政府拟将其所持有公司的全部股份5584万股无偿划转给{GROUP}。"
    [deal] = read(text)
    assert deal["roles"] == {"青川市政府": "seller", FIRM: "target", GROUP: "buyer"}


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}拟购买{GROUP}51%的股份。交易完成后，{FIRM}将持有{GROUP}51%的股权。",
        f"{FIRM}公告，6月1日，{GROUP}通过集中竞价交易方式增持公司股份252万股，增持比例为0.097%。",
    ],
)
def test_find_reads_one_deal_of_what_a_purchase_leads_to_or_how_much_it_is(text: str) -> None:
    assert len(read(text)) == 1


def test_find_reads_the_sum_and_the_lenders_of_a_loan_of_many_banks() -> None:
    [deal] = read(f"{BANK}与{GROUP}签署总额为236亿元的银团贷款协议。")
    assert (deal["title"], deal["amounts"]) == ("银团贷款协议", ["236亿元"])
    assert deal["roles"] == {BANK: "investor", GROUP: "partner"}


def test_find_reads_the_firm_whose_works_are_paid_for_as_the_borrower() -> None:
    [deal] = read(f"{BANK}作为牵头行，为{GROUP}建设的松岩路提供总额92亿元的项目贷款。")
    assert deal["roles"] == {BANK: "investor", GROUP: "partner"}


def test_find_reads_no_other_side_of_many_papers() -> None:
    text = f"{FIRM}本届签约创历史新高。{GROUP}集中签署19份采购协议，总金额达12.11亿元。"
    assert [deal["roles"] for deal in read(text)] == [{GROUP: "buyer"}]


def test_find_reads_no_second_order_in_what_the_first_is_worth() -> None:
    text = f"{GROUP}与{FIRM}签订了价值1.87亿元的整机销售合同。这是{GROUP}获得的第一批海外订单。"
    assert len(read(text)) == 1


def test_find_reads_a_firm_that_looks_for_investors_as_the_target() -> None:
    [deal] = read(f"{FIRM}拟通过公开挂牌方式增资扩股引入战略投资者，增资金额不超过3亿元。")
    assert (deal["deal_type"], deal["stage"]) == ("equity_investment", "proposed")
    assert deal["roles"] == {FIRM: "target"}


def test_find_reads_no_purchase_in_a_fund_that_is_founded_with_others() -> None:
    text = f"{FIRM}公告，公司拟参股设立青川产业基金。"
    assert [(deal["cue_text"], deal["roles"]) for deal in read(text)] == [("设立", {FIRM: "builder"})]


def test_find_reads_no_day_in_the_name_of_a_bond() -> None:
    text = f"8月18日，{FIRM}2022年非公开发行公司债券（第二期）成功发行，金额4亿元。"
    assert [deal["dated_on"] for deal in read(text)] == [date(2031, 8, 18)]


def test_the_end_of_a_name_is_no_investment() -> None:
    names = dict.fromkeys(["云岭投资", "海棠投资", "南屿公司"], "organization")
    for text, told in (
        ("股东云岭投资及其一致行动人海棠投资计划3个月内减持公司股份。", "equity_transfer"),
        ("云岭投资3亿元入股南屿公司。", "equity_investment"),
    ):
        articles, sentences, mentions = frames(text, names)
        deals, _, _ = DEALS.find(articles, sentences, mentions)
        assert deals["deal_type"].to_list() == [told]
