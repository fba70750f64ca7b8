"""The plain sentences of which every desk expects a row: one deal each, with its sides. Names are made up."""

import pytest

from tests.unit.extract.spans import deal_sides, frames
from tests.unit.extract.test_deals_formulas import AMOUNTS, FINDER

HOUSE, COPPER, FUND = "宏岭科技公司", "晋岭铜业公司", "红岭投资公司"
NAMES = {
    **dict.fromkeys(
        [HOUSE, COPPER, FUND, "远岭新材料公司", "清岭宾馆", "瑞岭医院", "清岭县人民医院", "海棠港务公司"],
        "organization",
    ),
    **dict.fromkeys(["清岭县", "德国", "木岭市", "永岭县", "清岭产业园", "清岭大桥"], "place"),
    **dict.fromkeys(["张一山", "李二山"], "person"),
}


def read(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Type, stage, and the role of each side, of every deal."""
    articles, sentences, mentions = frames(text, NAMES)
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=amounts)
    return [(kind, stage, sides) for kind, stage, _, sides in deal_sides(deals, parties)]


@pytest.mark.parametrize(
    ("text", "kind", "stage", "sides"),
    [
        (
            f"{HOUSE}收购了德国机床企业斯塔克。",
            "acquisition",
            "operating",
            {HOUSE: "buyer", "斯塔克": "target"},
        ),
        (
            f"张一山将清岭制革厂以2300万元卖给了{HOUSE}。",
            "acquisition",
            "signed",
            {"张一山": "seller", "清岭制革厂": "target", HOUSE: "buyer"},
        ),
        (
            f"{HOUSE}从江西一家企业手里买下两条镀膜生产线，花了4200万元。",
            "acquisition",
            "operating",
            {HOUSE: "buyer"},
        ),
        (
            f"{COPPER}60%股权转让给{HOUSE}。",
            "equity_transfer",
            "signed",
            {HOUSE: "buyer", COPPER: "target"},
        ),
        (
            f"{FUND}持有的{COPPER}60%股权转让给{HOUSE}。",
            "equity_transfer",
            "signed",
            {FUND: "seller", HOUSE: "buyer", COPPER: "target"},
        ),
        (f"{HOUSE}对{COPPER}的收购谈崩了。", "acquisition", "ended", {HOUSE: "buyer", COPPER: "target"}),
        (
            f"{FUND}投了{HOUSE}3000万元，占股18%。",
            "equity_investment",
            "signed",
            {FUND: "investor", HOUSE: "target"},
        ),
        (f"{HOUSE}二期项目计划今年4月动工。", "project", "proposed", {HOUSE: "investor"}),
        (f"{HOUSE}二期计划今年4月动工。", "project", "proposed", {HOUSE: "investor"}),
        (f"{HOUSE}二期工程已经封顶。", "project", "building", {HOUSE: "owner"}),
        (f"{HOUSE}落户沽北，累计投资4.2亿元。", "project", "landed", {HOUSE: "investor"}),
        (
            f"{HOUSE}打算把自家的陶瓷机械厂搬到清岭县，投资不少于6000万元。",
            "project",
            "proposed",
            {HOUSE: "investor", "清岭县": "host"},
        ),
        (f"{HOUSE}拟投1.3亿元，将原水泥厂筒仓改建为数据中心。", "project", "proposed", {HOUSE: "investor"}),
        (
            f"{HOUSE}考虑在清岭县设立研发中心。",
            "institution",
            "proposed",
            {HOUSE: "builder", "清岭县": "host"},
        ),
        (
            f"{HOUSE}与{COPPER}各出200万元办起了远岭新材料公司。",
            "joint_venture",
            "operating",
            {HOUSE: "partner", COPPER: "partner", "远岭新材料公司": "target"},
        ),
        (
            "张一山和另外六家作坊合股成立远岭新材料公司，注册资本800万元。",
            "joint_venture",
            "operating",
            {"张一山": "partner", "远岭新材料公司": "target"},
        ),
        ("张一山回乡投资600万元办起饼厂。", "project", "operating", {"张一山": "investor"}),
        (
            f"清岭县与{HOUSE}的合作协议写明，三年内引进企业20家。",
            "cooperation_agreement",
            "signed",
            {"清岭县": "partner", HOUSE: "partner"},
        ),
        (
            "清岭县人民医院与瑞岭医院协商了一年的医联体协议，因分歧没有签。",
            "cooperation_agreement",
            "negotiating",
            {"清岭县人民医院": "partner", "瑞岭医院": "partner"},
        ),
        (
            f"{HOUSE}与清岭宾馆的委托管理合同到期，双方没有续约。",
            "cooperation_agreement",
            "ended",
            {HOUSE: "partner", "清岭宾馆": "partner"},
        ),
        (
            "清岭县同木岭市就开通公路客运班线达成共识。",
            "cooperation_agreement",
            "negotiating",
            {"清岭县": "partner", "木岭市": "partner"},
        ),
        (
            f"{HOUSE}还要添两台岸桥，制造合同给了海棠港务公司，9600万元。",
            "supply_contract",
            "signed",
            {HOUSE: "buyer", "海棠港务公司": "seller"},
        ),
    ],
)
def test_a_plain_sentence_has_its_row(text: str, kind: str, stage: str, sides: dict[str, str]) -> None:
    assert read(text) == [(kind, stage, sides)]


def test_who_is_named_behind_the_deed_is_not_what_was_bought() -> None:
    assert all(HOUSE not in sides for kind, _, sides in read(f"买下它的是{HOUSE}。") if kind == "acquisition")


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("总投资6亿元的清岭大桥国庆前启用。", "building"),
        ("总投资6亿元的清岭大桥已在国庆前启用。", "operating"),
    ],
)
def test_what_is_due_before_a_feast_is_not_there_yet(text: str, stage: str) -> None:
    assert [row[1] for row in read(text)] == [stage]


@pytest.mark.parametrize("words", ["六成", "上月以茶园", "增资后", "钱一到账", "园区另一项目"])
def test_shares_times_and_sums_are_no_sides(words: str) -> None:
    assert all(words not in sides for _, _, sides in read(f"{words}与{COPPER}签订购销合同，金额3000万元。"))


def test_an_item_of_a_list_is_no_news_of_whom_the_item_before_it_names() -> None:
    text = f"●{COPPER}今年产量大增，{COPPER}计划扩产。\n●又签下供货合同，为{HOUSE}供货3000吨。"
    assert all(COPPER not in sides for _, _, sides in read(text))
