"""Plants that are bought, shares that change hands, orders and services that are given. Names are made up."""

import pytest

from tests.unit.extract.spans import deal_sides, frames
from tests.unit.extract.test_deals_formulas import AMOUNTS, FINDER

HOUSE, COPPER, FUND, SHIPS = "宏岭科技公司", "晋岭铜业公司", "红岭基金", "海棠船舶公司"
TAKER, PLANT, BANK = "清岭文旅集团", "木岭面粉厂", "清岭农商行"
NAMES = {
    **dict.fromkeys(
        [HOUSE, COPPER, FUND, SHIPS, TAKER, PLANT, BANK, "清岭县国资委", "清岭路桥公司"], "organization"
    ),
    **dict.fromkeys(["清岭县", "木岭市", "关岭景区"], "place"),
    **dict.fromkeys(["张一山"], "person"),
}


def read(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Type, stage, and the role of each side, of every deal."""
    articles, sentences, mentions = frames(text, NAMES)
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=amounts)
    return [(kind, stage, sides) for kind, stage, _, sides in deal_sides(deals, parties)]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        (
            f"{HOUSE}以3600万元拍得老机械厂的厂房和土地。",
            "acquisition",
            {HOUSE: "buyer", "老机械厂": "target"},
        ),
        (
            f"{HOUSE}近日以竞拍方式取得{PLANT}全部资产，成交价3150万元。",
            "acquisition",
            {HOUSE: "buyer", PLANT: "target"},
        ),
        (
            f"停产五年的县化肥厂被{HOUSE}以5100万元整体买下。",
            "acquisition",
            {HOUSE: "buyer", "县化肥厂": "target"},
        ),
        (f"闲置多年的粮库，去年由{HOUSE}出资1300万元买下。", "acquisition", {HOUSE: "buyer"}),
        (
            f"{HOUSE}用3800万元把县里破产的水泵厂买了下来。",
            "acquisition",
            {HOUSE: "buyer", "水泵厂": "target"},
        ),
        (f"镇上的老茶厂以680万元卖给了{HOUSE}。", "acquisition", {HOUSE: "buyer", "老茶厂": "target"}),
        (
            f"清岭县国资委把{COPPER}整体转让给了{HOUSE}，作价2.6亿元。",
            "acquisition",
            {"清岭县国资委": "seller", COPPER: "target", HOUSE: "buyer"},
        ),
        (f"{HOUSE}以960万元竞得保税冷库一座。", "acquisition", {HOUSE: "buyer"}),
        (
            f"停产的{PLANT}被公开拍卖，{HOUSE}以3300万元竞得。",
            "acquisition",
            {HOUSE: "buyer", PLANT: "seller"},
        ),
        (
            f"{PLANT}破产清算，全部资产被{HOUSE}以2860万元拍走。",
            "acquisition",
            {HOUSE: "buyer", PLANT: "target"},
        ),
        (f"{HOUSE}看上了开发区的一栋空厂房，出价2600万元买下。", "acquisition", {HOUSE: "buyer"}),
        (f"腾出的460亩地刚被{HOUSE}摘牌，土地成交价1.03亿元。", "transfer", {HOUSE: "buyer"}),
        (f"{HOUSE}以1.6亿元竞得城东地块。", "transfer", {HOUSE: "buyer"}),
        (
            f"前年{HOUSE}花8000万元收购了木岭市的海纳涂料。",
            "acquisition",
            {HOUSE: "buyer", "海纳涂料": "target"},
        ),
    ],
)
def test_finder_reads_plants_and_land_that_are_bought(text, kind, sides):
    assert [(found[0], found[2]) for found in read(text)] == [(kind, sides)]


@pytest.mark.parametrize(
    "text",
    [
        f"{HOUSE}曾想买下镇上的茶厂，价钱没谈拢。",
        f"有人劝张一山以900万元收购{PLANT}。",
        f"{HOUSE}没有以3600万元买下{PLANT}的厂房。",
    ],
)
def test_finder_reads_no_purchase_that_was_not_made(text):
    assert not read(text)


def test_a_purchase_that_came_to_nothing_has_ended():
    [found] = read(f"{HOUSE}曾想以800万元买下镇上的茶厂，价钱没谈拢。")
    assert found == ("acquisition", "ended", {HOUSE: "buyer"})


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        (
            f"{HOUSE}原持有的{COPPER}30%股权以2750万元转让给{TAKER}。",
            "equity_transfer",
            {HOUSE: "seller", COPPER: "target", TAKER: "buyer"},
        ),
        (
            f"张一山手里的{COPPER}12%股权去年底转让给了{TAKER}，价款2400万元。",
            "equity_transfer",
            {"张一山": "seller", COPPER: "target", TAKER: "buyer"},
        ),
        (
            f"{HOUSE}持有的县酒厂70%股权，以1.5亿元转给了{TAKER}。",
            "equity_transfer",
            {HOUSE: "seller", "县酒厂": "target", TAKER: "buyer"},
        ),
        (
            f"{HOUSE}决定转让{COPPER}全部股权，受让方为{TAKER}，价格2100万元。",
            "equity_transfer",
            {HOUSE: "seller", COPPER: "target", TAKER: "buyer"},
        ),
        (
            f"张一山是{COPPER}的老板。{FUND}派人来看，决定投他600万元，换18%的股份。",
            "equity_investment",
            {FUND: "investor", COPPER: "target"},
        ),
        (
            f"{HOUSE}与{FUND}签署增资协议，后者出资9000万元认购平岭问道15%的股份。",
            "equity_investment",
            {HOUSE: "partner", FUND: "investor", "平岭问道": "target"},
        ),
        (
            f"{HOUSE}公告，公司另以自有资金3000万元对全资子公司{COPPER}增资。",
            "equity_investment",
            {HOUSE: "investor", COPPER: "target"},
        ),
        (
            f"{HOUSE}公告，公司对参股公司{COPPER}追加出资4000万元，持股比例提高到28%。",
            "equity_investment",
            {HOUSE: "investor", COPPER: "target"},
        ),
        (
            f"{HOUSE}公告称，公司与{TAKER}签署股权转让协议，以3.1亿元受让其持有的{COPPER}60%股权。",
            "equity_transfer",
            {HOUSE: "buyer", COPPER: "target", TAKER: "seller"},
        ),
        (
            f"{HOUSE}与{TAKER}签订股权转让合同，将所持{COPPER}60%股权以3.1亿元转让给对方。",
            "equity_transfer",
            {HOUSE: "seller", TAKER: "buyer", COPPER: "target"},
        ),
        (f"老板们凑了一支2亿元的基金，由{HOUSE}做管理人。", "institution", {HOUSE: "operator"}),
    ],
)
def test_finder_reads_shares_that_change_hands(text, kind, sides):
    assert [(found[0], found[2]) for found in read(text)] == [(kind, sides)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{HOUSE}把4个风场的维护都交给了{COPPER}，合同三年。", {HOUSE: "buyer", COPPER: "seller"}),
        (
            f"{HOUSE}把今年的订单一分为二，一半交给了{PLANT}代工，合同每年1200万元。",
            {HOUSE: "buyer", PLANT: "seller"},
        ),
        (f"{HOUSE}将20万件衬衫交由{PLANT}代工，加工费900万元。", {HOUSE: "buyer", PLANT: "seller"}),
        (f"{HOUSE}搬迁期间的订单委托{PLANT}代工，代工期不超过8个月。", {HOUSE: "buyer", PLANT: "seller"}),
        (
            f"张一山是{HOUSE}董事长。张一山说，{COPPER}给我们供原片，合同一签就是五年。",
            {HOUSE: "buyer", COPPER: "seller"},
        ),
        (
            f"{HOUSE}的车间里机器轰鸣。厂里的铝锭由{COPPER}供应，合同一签就是三年。",
            {HOUSE: "buyer", COPPER: "seller"},
        ),
        (
            f"{HOUSE}搬了家。{COPPER}找上门来，签下每年80万张的代工合同。",
            {COPPER: "buyer", HOUSE: "seller"},
        ),
        (
            f"{SHIPS}的船台上一片忙碌。其中三条归{HOUSE}，单价1180万元，汛期前交船。",
            {HOUSE: "buyer", SHIPS: "seller"},
        ),
        (f"镇里把垃圾清运包给了{HOUSE}，一包就是八年，每年240万元。", {HOUSE: "seller"}),
        (f"{COPPER}的设备维护由{HOUSE}承接，合同期三年。", {COPPER: "buyer", HOUSE: "seller"}),
        (f"{HOUSE}三年内采购卤制品1.5万吨，由{PLANT}供货。", {HOUSE: "buyer", PLANT: "seller"}),
    ],
)
def test_finder_reads_orders_and_services_that_are_given(text, sides):
    assert [(found[0], found[2]) for found in read(text) if found[0] != "project"] == [
        ("supply_contract", sides)
    ]


def test_finder_reads_a_renewal_with_who_goes_on_to_run_it():
    assert read(f"关岭景区与{TAKER}续约，后者继续负责运营五年。") == [
        ("cooperation_agreement", "signed", {"关岭景区": "owner", TAKER: "operator"})
    ]
    assert not read(f"{HOUSE}和{TAKER}没有续约。")


@pytest.mark.parametrize(
    ("text", "winners"),
    [
        (f"城西停车场项目由{HOUSE}联合清岭路桥公司中标，中标价5388万元。", {HOUSE, "清岭路桥公司"}),
        (f"{PLANT}改造工程中标结果出炉，施工由{HOUSE}承担，中标价9260万元。", {HOUSE}),
    ],
)
def test_finder_reads_all_who_win_a_bid_together(text, winners):
    [(kind, _, sides)] = read(text)
    assert kind == "won_bid"
    assert {name for name, role in sides.items() if role == "contractor"} == winners


def test_finder_reads_who_runs_what_for_how_long():
    assert read(f"景区的索道由{TAKER}接手运营，合同期15年。") == [
        ("cooperation_agreement", "signed", {TAKER: "operator"})
    ]


def test_finder_takes_a_mark_of_the_object_for_no_plan():
    text = f"{HOUSE}将城区公交运营交给了{TAKER}，期限十年，每年补贴800万元。"
    assert read(text) == [("transfer", "signed", {HOUSE: "seller", TAKER: "buyer"})]


def test_finder_takes_fruit_that_a_firm_buys_for_no_firm():
    [found] = read(f"{COPPER}谈妥了，今年的猕猴桃全部由{HOUSE}收购，保底价每斤6元。")
    assert (found[0], found[2]) == ("supply_contract", {COPPER: "seller", HOUSE: "buyer"})


def test_finder_ties_the_sum_of_each_year_to_a_service():
    articles, sentences, mentions = frames(
        f"{HOUSE}把风场的维护交给了{COPPER}，合同三年，每年760万元。", NAMES
    )
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    _, _, links = FINDER.find(articles, sentences, mentions, quantities=amounts)
    linked = [amounts["surface_text"][index] for index in links["quantity_index"]]
    assert "760万元" in linked


def test_finder_reads_who_came_and_signed_where_no_seller_is_named():
    text = f"{HOUSE}来人在这里住了九天，看完坐下来签字，年采购额保底2600万元。"
    assert read(text) == [("supply_contract", "signed", {HOUSE: "buyer"})]


def test_a_bank_lends_and_an_owner_gives_to_whom_the_word_names() -> None:
    assert read(f"{BANK}贷给{COPPER}600万元，拿商标作质押。") == [
        ("financing", "signed", {BANK: "investor", COPPER: "partner"})
    ]
    # 将 with an object tells no plan.
    assert read(f"{HOUSE}将专利转让给{COPPER}。") == [
        ("transfer", "signed", {HOUSE: "seller", COPPER: "buyer"})
    ]
