"""Shares, capital, firms without a recognised name, and what crowds trade every day. Names are made up."""

import pytest

from tests.unit.extract.spans import deal_sides, frames
from tests.unit.extract.test_deals_formulas import AMOUNTS, FINDER

GROUP, WATER, FUND, FIRM = "大河集团", "清岭水务公司", "东岳资本", "海棠股份"
NAMES = dict.fromkeys([GROUP, WATER, FUND, FIRM, "石桥创投", "江岭水泥有限公司", "证监会"], "organization")
LITHIUM = "新域锂业"


def read(text: str) -> list[tuple[str, str, str | None, dict[str, str]]]:
    """Type, stage, title, and the role of each side, of every deal."""
    articles, sentences, mentions = frames(text, NAMES)
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=amounts)
    return deal_sides(deals, parties)


@pytest.mark.parametrize(
    ("text", "kind", "stage", "role"),
    [
        (f"{GROUP}出资2亿元参股{LITHIUM}。", "equity_investment", "signed", "investor"),
        (f"{GROUP}拟对{LITHIUM}增资3亿元。", "equity_investment", "proposed", "investor"),
        (f"{GROUP}以2亿元收购{LITHIUM}。", "acquisition", "signed", "buyer"),
        (f"{GROUP}以2亿元对{LITHIUM}进行股权收购。", "acquisition", "signed", "buyer"),
        (f"{GROUP}收购{LITHIUM}的交易未获股东大会通过。", "acquisition", "ended", "buyer"),
        (f"{GROUP}收购{LITHIUM}一事昨日获得批准。", "acquisition", "signed", "buyer"),
    ],
)
def test_words_that_end_as_firms_do_are_what_is_bought(text: str, kind: str, stage: str, role: str) -> None:
    assert read(text) == [(kind, stage, LITHIUM, {GROUP: role, LITHIUM: "target"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}收购山货。",
        f"{GROUP}计划对外增资。",
        f"{GROUP}放弃对{FIRM}的优先认购权。",
        f"{GROUP}投资将其持有的{FIRM}3700万股股份质押给某银行。",
        f"{GROUP}收购{FIRM}股权的可能性很大。",
    ],
)
def test_goods_rights_and_pledges_are_no_purchase(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (f"{WATER}注册资本由2亿元增至5亿元，新增部分由{GROUP}认缴。", "signed"),
        (f"{WATER}增加注册资本3亿元，由{GROUP}全额认购。", "signed"),
        (f"{WATER}完成增资，{GROUP}出资3亿元，持股比例升至60%。", "operating"),
    ],
)
def test_who_pays_in_new_capital_stands_behind_it(text: str, stage: str) -> None:
    assert read(text) == [("equity_investment", stage, None, {GROUP: "investor", WATER: "target"})]


def test_capital_alone_is_no_deal() -> None:
    assert read(f"{WATER}注册资本增加到5亿元。") == []


def test_a_new_holder_has_bought() -> None:
    sides = {GROUP: "seller", FUND: "buyer", WATER: "target"}
    assert read(f"{WATER}的控股股东由{GROUP}变更为{FUND}。") == [("equity_transfer", "signed", None, sides)]


def test_shares_that_are_auctioned_are_of_the_firm_and_not_of_their_holder() -> None:
    text = f"{GROUP}所持{WATER}51%股权被司法拍卖，由{FUND}以4.2亿元竞得。"
    sides = {GROUP: "seller", WATER: "target", FUND: "buyer"}
    assert [deal[3] for deal in read(text)] == [sides]


def test_holders_without_a_name_sell_shares_of_their_firm() -> None:
    text = f"{WATER}股东将所持80%股权以28亿元转让给{GROUP}。"
    assert [deal[3] for deal in read(text)] == [{WATER: "target", GROUP: "buyer"}]


def test_officers_buy_shares_of_their_firm() -> None:
    assert [deal[3] for deal in read(f"{FIRM}高管集体增持公司股份。")] == [{FIRM: "target"}]


def test_one_firm_takes_in_another() -> None:
    sides = {"江岭水泥有限公司": "buyer", WATER: "target"}
    assert read(f"江岭水泥有限公司吸收合并{WATER}。") == [("acquisition", "signed", WATER, sides)]


def test_a_round_is_led_by_who_stands_in_front_of_the_word() -> None:
    text = f"{WATER}完成由{FUND}领投、石桥创投跟投的1.2亿元A轮融资。"
    assert [deal[3] for deal in read(text)] == [{FUND: "investor", "石桥创投": "investor", WATER: "target"}]


@pytest.mark.parametrize(
    "text",
    [
        f"北向资金逐月减持{FIRM}。",
        f"三季度增持最多的是{FIRM}，增持1.5亿股。",
        f"第一大重仓股为{FIRM}，二季度增持7.76万股。",
        f"三季度，{FIRM}被4只基金抛售1939万股。",
        f"{FIRM}、{WATER}等获北向资金大幅增持。",
    ],
)
def test_what_crowds_trade_every_day_is_no_deal(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}拟通过公开拍卖的方式，将所持有的{FIRM}1.3亿股股份进行出售。",
        f"{GROUP}正在筹划以现金方式收购{FIRM}22%股权。",
    ],
)
def test_what_is_prepared_is_a_plan(text: str) -> None:
    assert [deal[1] for deal in read(text)] == ["proposed"]


def test_who_watches_over_the_market_buys_nothing() -> None:
    text = f"证监会要求{GROUP}说明收购{FIRM}51%股权的原因。"
    assert all("证监会" not in deal[3] for deal in read(text))
