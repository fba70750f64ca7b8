"""Who prints a deal or keeps the market takes no part in it; what is denied or a noun is none."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, GROUP, FOOD = "海棠科技有限公司", "云岭集团", "南屿食品公司"
MARKET = "东港证券交易所"


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}通过{MARKET}大宗交易系统出售{FIRM}12%股权。",
        f"{GROUP}称，公司在{MARKET}出售了{FIRM}12%股权。",
    ],
)
def test_a_market_sells_nothing(text: str) -> None:
    assert read(text) == [("equity_transfer", "signed", {GROUP: "seller", FIRM: "target"})]


@pytest.mark.parametrize("source", [f"    来源：{FOOD}", f"  文章来源: {FOOD}"])
def test_who_printed_a_story_is_no_side(source: str) -> None:
    told = read(f"{GROUP}收购{FIRM}51%股权{source}\n详情见后。")
    assert told == [("acquisition", "signed", {GROUP: "buyer", FIRM: "target"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}承诺三年内不转让{FIRM}股权。",
        f"{GROUP}并不打算向{FOOD}出售{FIRM}股权。",
        f"{GROUP}不得以任何方式减持{FIRM}股份。",
        f"{GROUP}将{FIRM}的评级上调至“增持”。",
        f"{GROUP}说，{FIRM}的收购资金来自自有。",
        f"{GROUP}遵守《{MARKET}上市公司股东减持股份实施细则》。",
        f"{GROUP}说，目前没有出售{FIRM}股权的计划。",
        f"此次收购或将为{GROUP}开拓市场，{FIRM}股东对此表示欢迎。",
        f"{GROUP}有权在三年后回购{FIRM}12%股权。",
        f"{GROUP}没有收到大股东{FOOD}的增持通知。",
    ],
)
def test_what_is_denied_or_a_noun_is_no_purchase(text: str) -> None:
    assert read(text) == []


def test_who_gets_new_shares_for_a_firm_sells_it() -> None:
    sides = {GROUP: "buyer", FOOD: "seller", FIRM: "target"}
    for text in (
        f"{GROUP}拟向{FOOD}非公开发行股份，购买其持有的{FIRM}60%股权。",
        f"{GROUP}将向{FOOD}增发，用以收购{FOOD}持有的{FIRM}60%股权。",
    ):
        assert read(text) == [("acquisition", "proposed", sides)]


def test_a_firm_that_announces_sales_of_its_holders_is_no_seller() -> None:
    told = read(f"{FIRM}关于持股5%以上股东减持股份的公告。")
    assert told == [("equity_transfer", "signed", {FIRM: "target"})]


def test_shares_that_are_bought_back_and_struck_off_end_no_deal() -> None:
    told = read(f"{FIRM}公告，董事会同意回购注销9万股股份。")
    assert [stage for _, stage, _ in told] == ["proposed"]


def test_what_waits_for_its_permit_is_a_plan() -> None:
    told = read(f"{GROUP}入股{FIRM}正在等待审批。")
    assert told == [("equity_investment", "proposed", {GROUP: "investor", FIRM: "target"})]


def test_who_permits_a_purchase_is_not_bought() -> None:
    told = read(f"{GROUP}收购{FIRM}获北岭银行批准。")
    assert told == [("acquisition", "signed", {GROUP: "buyer", FIRM: "target"})]


def test_what_is_being_talked_of_is_negotiated() -> None:
    told = read(f"{GROUP}正在洽谈转让{FIRM}12%的股权。")
    assert told == [("equity_transfer", "negotiating", {GROUP: "seller", FIRM: "target"})]


@pytest.mark.parametrize("words", ["毫不犹豫地", "董事会同意公司", "高级管理人员", "然后"])
def test_words_in_front_of_a_purchase_are_no_buyer(words: str) -> None:
    [(_, _, sides)] = read(f"{GROUP}公告，{words}收购{FIRM}60%股权。")
    assert sides == {GROUP: "buyer", FIRM: "target"}


def test_two_that_do_not_agree_sign_nothing() -> None:
    assert read(f"{GROUP}与{FIRM}因双方就货款问题未达成一致，诉至法院。") == []


def test_sales_of_which_the_plan_is_carried_out_are_done() -> None:
    told = read(f"{GROUP}减持{FIRM}股份的计划已实施完毕。")
    assert told == [("equity_transfer", "operating", {GROUP: "seller", FIRM: "target"})]
