"""Shares and purchases by their kernels: what is offered, given up or swept in."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, GROUP, FOOD = "海棠科技有限公司", "云岭集团", "南屿食品公司"


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}3月4日挂牌转让所持{FIRM}49%股权，底价8820万元，截至昨日已有两家意向受让方报名。",
        f"{GROUP}在产权交易所公开转让{FIRM}49%股权，起拍价2亿元。",
    ],
)
def test_shares_on_offer_are_not_sold_yet(text: str) -> None:
    assert read(text) == [("equity_transfer", "proposed", {GROUP: "seller", FIRM: "target"})]


def test_shares_on_offer_that_somebody_takes_are_sold() -> None:
    sides = {GROUP: "seller", FIRM: "target", FOOD: "buyer"}
    text = f"{GROUP}挂牌转让{FIRM}49%股权，{FOOD}以1.2亿元摘牌。"
    assert read(text) == [("equity_transfer", "signed", sides)]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}停产多年。{GROUP}以1.4亿元将{FIRM}揽入怀中。",
        f"{FIRM}停产多年。去年5月，{GROUP}从破产管理人手里接过盘子，一口价1.47亿元。",
    ],
)
def test_a_firm_is_taken_over_in_many_words(text: str) -> None:
    assert read(text) == [("acquisition", "signed", {GROUP: "buyer", FIRM: "target"})]


def test_a_lot_of_a_tender_that_a_firm_sweeps_in_is_a_bid() -> None:
    told = read(f"塔筒标段则被{GROUP}收入囊中，价格为6.37亿元。叶片由{FIRM}供应。")
    assert told == [("won_bid", "signed", {GROUP: "contractor"})]


def test_an_office_that_takes_over_buys_no_firm() -> None:
    assert read(f"{FIRM}停产后，拍板由区园林局接手，改成绿道。") == []


def test_who_comes_in_as_a_new_investor_has_the_firm_for_target() -> None:
    told = read(f"{FIRM}的车间很忙。公司引入新的投资人——{GROUP}出资9000万元，持有其22.5%的股份。")
    assert told == [("equity_investment", "signed", {GROUP: "investor", FIRM: "target"})]


def test_what_a_firm_leaves_to_another_for_a_sum_is_a_transfer() -> None:
    told = read(f"{GROUP}的车间很忙。今年春上，公司把老厂让给了隔壁的{FOOD}，作价7300万元。")
    assert told == [("transfer", "signed", {GROUP: "seller", FOOD: "buyer"})]


def test_words_of_announcing_or_a_whole_purchase_are_no_buyer() -> None:
    told = read(f"我们2019年来的。当时全资收购了{FIRM}。")
    assert told == [("acquisition", "operating", {FIRM: "target"})]


def test_a_board_that_agrees_to_a_deal_is_no_side_of_it() -> None:
    told = read(f"{GROUP}董事会上月已通过决议，将向{FIRM}增资2500万美元，用于建设生产线。")
    assert told == [("equity_investment", "proposed", {GROUP: "investor", FIRM: "target"})]
    told = read(f"{GROUP}董事会审议通过议案，同意将所持{FIRM}49%股权以5亿元挂牌转让。")
    assert told == [("equity_transfer", "proposed", {GROUP: "seller", FIRM: "target"})]


@pytest.mark.parametrize(
    "deed",
    [
        "去年以2600万元收购厦门一家包装企业",
        "全资收购常州一家弹簧厂",
        "今年8月买下河北一家老牌义齿厂",
        "先后并购了两家冷链企业",
    ],
)
def test_a_firm_without_a_name_is_bought_too(deed: str) -> None:
    assert [(kind, sides) for kind, _, sides in read(f"{FIRM}{deed}，补上了短板。")] == [
        ("acquisition", {FIRM: "buyer"})
    ]


@pytest.mark.parametrize(
    "deed",
    ["从一家破产企业手里买下了设备", "并没有收购任何一家企业的打算", "收购一家加工厂的下脚料"],
)
def test_what_a_firm_buys_of_another_is_not_the_firm(deed: str) -> None:
    assert read(f"{FIRM}{deed}。") == []


@pytest.mark.parametrize(
    "words", ["发起总规模5亿元的", "共同发起设立首期规模2亿元的", "联合设立总规模3亿元的"]
)
def test_a_fund_is_named_without_its_size(words: str) -> None:
    deals = read(f"{GROUP}联合{FIRM}{words}成果转化基金。")
    assert deals == [("equity_investment", "unveiled", {GROUP: "investor", FIRM: "investor"})]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{GROUP}把所持{FIRM}30%股权卖给了{FOOD}。", "equity_transfer"),
        (f"{GROUP}将旗下{FIRM}卖给了{FOOD}。", "acquisition"),
    ],
)
def test_who_sells_what_is_theirs_is_the_seller(text: str, kind: str) -> None:
    assert read(text) == [(kind, "signed", {GROUP: "seller", FIRM: "target", FOOD: "buyer"})]
