"""News of the stock market: who trades, whose shares they are, what is a plan and what is no deal at all."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, GROUP, FOOD, FUND = "海棠科技有限公司", "云岭集团", "南屿食品公司", "石桥资本"
SOLD, BOUGHT_INTO = "equity_transfer", "equity_investment"


def test_how_many_firms_somebody_holds_is_no_deal() -> None:
    assert read("国家队去年四季度现身860家公司，增持53家，减持47家。") == []


def test_what_is_sold_off_stands_behind_its_mark() -> None:
    sides = {FUND: "seller", FIRM: "target", FOOD: "target"}
    assert read(f"三季度末，{FUND}对{FIRM}、{FOOD}进行了减持。") == [(SOLD, "signed", sides)]


@pytest.mark.parametrize(
    "text",
    [
        f"张海林，曾任{GROUP}投资总监、{FOOD}总经理。",
        f"李芳现任{GROUP}董事，兼任参股公司{FIRM}监事。",
        f"{GROUP}创意总监说，要获取企业投资赞助。",
        f"主要由民营企业投资入股的{FOOD}成立三年来业务发展迅速。",
        f"投资6亿元的{FOOD}经过资产重组，去年扭亏为盈。",
        f"{GROUP}偿还东洲银行青川分行贷款3亿元。",
    ],
)
def test_find_reads_no_deal_in_an_office_a_description_or_a_debt(text: str) -> None:
    assert read(text) == []


def test_who_puts_money_into_a_firm_that_is_described_is_told() -> None:
    sides = {GROUP: "investor", FIRM: "target"}
    assert read(f"由{GROUP}出资入股的{FIRM}昨日挂牌。") == [(BOUGHT_INTO, "signed", sides)]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{FIRM}：股东减持股份计划公告。", "proposed"),
        (f"{FIRM}：部分高级管理人员减持股份的预披露公告。", "proposed"),
        (f"{FUND}择机出售{FIRM}40%的股权。", "proposed"),
        (f"{FIRM}第三期员工持股计划买入{FOOD}30万股股票。", "signed"),
        (f"{FUND}信托计划昨日减持{FOOD}450万股。", "signed"),
        (f"{FUND}计划减持{FOOD}450万股。", "proposed"),
    ],
)
def test_a_plan_to_trade_is_a_plan_and_a_fund_of_that_name_is_none(text: str, stage: str) -> None:
    assert [deal[1] for deal in read(text)] == [stage]


def test_a_plan_in_front_of_an_exchange_is_one_too() -> None:
    how = "以集中竞价等交易所相关规则允许的方式"
    text = f"{FIRM}公告，股东{FUND}计划在公告日起6个月内，{how}减持公司股份800万股。"
    assert read(text, 交易所="organization")[0][1] == "proposed"


def test_who_holds_the_shares_of_a_firm_without_a_name_sells_them() -> None:
    text = f"{GROUP}发布有关收购{FUND}持有的目标公司51%股权的公告。"
    assert read(text)[0][2] == {GROUP: "buyer", FUND: "seller"}


@pytest.mark.parametrize("holder", ["其控股股东也", "两董事拟合计"])
def test_a_holder_without_a_name_is_not_the_firm(holder: str) -> None:
    [(_, _, sides)] = read(f"{FIRM}：{holder}减持股份2%。")
    assert sides == {FIRM: "target"}


@pytest.mark.parametrize(
    "text",
    [f"{FOOD}去年并入{GROUP}，扭亏为盈。", f"{FOOD}经过重组，并入{GROUP}。", f"{GROUP}将{FOOD}并入旗下。"],
)
def test_who_is_merged_into_another_is_not_the_buyer(text: str) -> None:
    [(kind, _, sides)] = read(text)
    assert (kind, sides) == ("acquisition", {GROUP: "buyer", FOOD: "target"})


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}将向{FIRM}供应80台压机，4月2日双方在青川市签署合同。",
        f"{GROUP}拟采购{FIRM}80台压机，双方昨天签了合同。",
    ],
)
def test_a_plan_whose_paper_both_have_signed_is_signed(text: str) -> None:
    assert [deal[1] for deal in read(text)] == ["signed"]


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}与{FIRM}准备在5月的博览会上签署供货协议。",
        f"{GROUP}将向{FIRM}采购80台压机，双方计划在月底的博览会上签合同。",
        f"青川市筹备5月的招商大会，届时将与{GROUP}签署投资协议。",
    ],
)
def test_a_paper_that_is_to_be_signed_at_a_fair_is_not_signed(text: str) -> None:
    assert [deal[1] for deal in read(text)] == ["proposed"]


@pytest.mark.parametrize("text", [f"{FIRM}今年中标名次更进一步。", f"{FIRM}今年重要项目中标共计11亿元。"])
def test_how_well_a_firm_bids_is_no_bid(text: str) -> None:
    assert read(text) == []
