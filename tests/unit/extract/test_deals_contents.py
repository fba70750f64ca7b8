"""What a paper without a telling name is about, as the clauses behind the signature say."""

import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.deals.finder import DealFinder

FINDER = DealFinder(load_lookups())
MARKS = {
    **dict.fromkeys(["云岭果业集团", "海棠商贸公司", "南屿重工公司", "南屿旅游公司"], "organization"),
    **dict.fromkeys(["澳门海棠食品公司", "东洲银行青川分行", "北岭大学", "青川县政府"], "organization"),
    **dict.fromkeys(["青川海棠机床厂", "南屿石化机械公司", "韩国青穗食品株式会社"], "organization"),
    **dict.fromkeys(["青川储能电气公司", "云岭新能源公司", "南屿粮贸公司"], "organization"),
    **dict.fromkeys(["青川县", "澳门"], "place"),
}  # fmt: skip


def read(text: str) -> tuple[str, dict[str, str]]:
    """Type, and role by party, of the one deal of a text."""
    articles, sentences, mentions = frames(text, MARKS)
    deals, parties, _ = FINDER.find(articles, sentences, mentions)
    assert deals.height == 1, deals
    return deals["deal_type"][0], dict(parties.select("surface_text", "party_role").iter_rows())


GOODS = [
    "海棠商贸公司与云岭果业集团签约，每年包销脐橙600吨。",
    "云岭果业集团与海棠商贸公司签订协议，今后三年向后者供应脐橙3600吨。",
    "海棠商贸公司与云岭果业集团签订协议，由后者每年供应脐橙800吨。",
    "海棠商贸公司与云岭果业集团签署合作协议。根据协议，云岭果业每年向海棠商贸供应脐橙800吨。",
    "海棠商贸公司与云岭果业集团签约，前者每年采购脐橙800吨。",
    # Read by the words of trade as well: one deal.
    "海棠商贸公司与云岭果业集团签约。根据协议，云岭果业集团每年向海棠商贸公司供应脐橙800吨。",
]


@pytest.mark.parametrize("text", GOODS)
def test_who_supplies_whom_with_what(text: str) -> None:
    assert read(text) == ("supply_contract", {"海棠商贸公司": "buyer", "云岭果业集团": "seller"})


def test_a_paper_that_protects_investments_builds_nothing() -> None:
    kind, roles = read("南屿重工公司与青川县签署了合作文件，商定投资保护办法。")
    assert (kind, set(roles.values())) == ("cooperation_agreement", {"partner"})


def test_a_market_is_that_of_the_buyer() -> None:
    kind, roles = read("澳门海棠食品公司与南屿重工公司签约，三年内向澳门市场供应咸鱼900吨。")
    assert (kind, roles["澳门海棠食品公司"]) == ("supply_contract", "buyer")


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        ("南屿重工公司与青川县政府签订协议，投资3亿元新建两条生产线。", "project", ("investor", "host")),
        ("青川县政府与南屿重工公司签署意向书，后者拟租用厂房2万平方米。", "project", ("host", "investor")),
        (
            "东洲银行青川分行与南屿重工公司签约，提供融资租赁2亿元。",
            "financing",
            ("investor", "partner"),
        ),
        (
            "南屿重工公司与海棠商贸公司签订协议，双方共同出资3亿元设立南屿产业基金。",
            "equity_investment",
            ("investor", "investor"),
        ),
        (
            "北岭大学与云岭果业集团签订合同，将“北岭1号”的生产经营权许可给后者。",
            "transfer",
            ("seller", "buyer"),
        ),
        (
            "南屿旅游公司与海棠商贸公司签约，由后者托管运营两座民宿。",
            "cooperation_agreement",
            ("owner", "operator"),
        ),
        (
            "南屿旅游公司与海棠商贸公司签订委托运营协议。",
            "cooperation_agreement",
            ("owner", "operator"),
        ),
    ],
)
def test_what_else_a_paper_may_hold(text: str, kind: str, roles: tuple[str, str]) -> None:
    found, sides = read(text)
    assert (found, tuple(sides.values())) == (kind, roles)


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        ("云岭果业集团与海棠商贸公司就脐橙供应事宜签订意向书。", "supply_contract", ("seller", "buyer")),
        (
            "南屿重工公司与青川县政府就设立售后服务基地初步达成合作意向。",
            "project",
            ("investor", "host"),
        ),
        ("青川县政府与南屿重工公司签约，对方一口气要了1800吨纤维。", "supply_contract", ("seller", "buyer")),
    ],
)
def test_what_stands_in_front_of_a_signature_and_what_the_other_side_takes(
    text: str, kind: str, roles: tuple[str, str]
) -> None:
    found, sides = read(text)
    assert (found, tuple(sides.values())) == (kind, roles)


def test_services_and_talks_are_no_goods() -> None:
    kind, roles = read("北岭大学与云岭果业集团签订协议，为后者提供技术服务。")
    assert (kind, set(roles.values())) == ("cooperation_agreement", {"partner"})


@pytest.mark.parametrize(
    ("text", "seller", "buyer"),
    [
        (
            "云岭果业集团与韩国青穗食品株式会社签订采购合同，韩方一年内将采购脐橙900吨。",
            "云岭果业集团",
            "韩国青穗食品株式会社",
        ),
        (
            "南屿粮贸公司与韩国青穗食品株式会社签订大豆进口合同，分三批入境。",
            "韩国青穗食品株式会社",
            "南屿粮贸公司",
        ),
        ("青川海棠机床厂与南屿石化机械公司签订数控机床采购合同。", "青川海棠机床厂", "南屿石化机械公司"),
        (
            "云岭新能源公司与青川储能电气公司签下储能设备供货合同，设备正陆续进场。",
            "青川储能电气公司",
            "云岭新能源公司",
        ),
        (
            "南屿重工公司与云岭新能源公司签约，后者将在三年内采购60台电动矿卡。",
            "南屿重工公司",
            "云岭新能源公司",
        ),
    ],
)
def test_who_sells_as_a_careful_reader_knows(text: str, seller: str, buyer: str) -> None:
    assert read(text) == ("supply_contract", {seller: "seller", buyer: "buyer"})


def test_what_is_delivered_by_a_day_keeps_the_sides_of_the_paper() -> None:
    kind, roles = read("海棠商贸公司与南屿旅游公司签订购车协议，首批20辆年底交付。")
    assert (kind, roles) == ("supply_contract", {"海棠商贸公司": "buyer", "南屿旅游公司": "seller"})


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        (
            "云岭果业集团与北岭大学签下一纸合约，买断了学校的脐橙保鲜专利技术。",
            "transfer",
            ("buyer", "seller"),
        ),
        (
            "海棠商贸公司与南屿重工公司签订投资协议，以3500万元入股南屿重工，占股12%。",
            "equity_investment",
            ("investor", "target"),
        ),
        (
            "南屿重工公司与海棠商贸公司签了投资协议，对方出资1.2亿元，拿到8%的股份。",
            "equity_investment",
            ("target", "investor"),
        ),
        (
            "海棠商贸公司与南屿重工公司在青川县签约，双方共同出资2.6亿元成立新公司。",
            "joint_venture",
            ("partner", "partner"),
        ),
        (
            "青川县政府与北岭大学新一轮战略合作协议签约仪式在会议中心举行。",
            "strategic_agreement",
            ("partner",) * 2,
        ),
    ],
)
def test_a_bare_signature_is_of_what_stands_behind_or_in_front(
    text: str, kind: str, roles: tuple[str, str]
) -> None:
    found, sides = read(text)
    assert (found, tuple(sides.values())) == (kind, roles)


@pytest.mark.parametrize(
    "text", ["云岭果业集团正在与海棠商贸公司商谈收购事宜。", "云岭果业集团与海棠商贸公司就收购事宜展开谈判。"]
)
def test_of_two_that_talk_of_a_purchase_the_first_buys(text: str) -> None:
    assert read(text) == ("acquisition", {"云岭果业集团": "buyer", "海棠商贸公司": "target"})
