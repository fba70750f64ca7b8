"""Works through all their stages, land and bids with their owners, firms that settle. Names are made up."""

import pytest

from tests.unit.extract.spans import deal_sides, frames
from tests.unit.extract.test_deals_formulas import AMOUNTS, FINDER

FIRM, BUILDER, HOUSE = "青禾食品公司", "恒通建工集团", "碧岭置业公司"
OFFICE, ZONE = "清岭县水务局", "清岭高新区"
NAMES = {
    **dict.fromkeys([FIRM, BUILDER, HOUSE, OFFICE, "清岭县自然资源局", "宏岭科技公司"], "organization"),
    **dict.fromkeys(["清岭县", ZONE], "place"),
}
BOTTLES = "饮料灌装项目"


def read(text: str) -> list[tuple[str, str, str | None, dict[str, str]]]:
    """Type, stage, title, and the role of each side, of every deal."""
    articles, sentences, mentions = frames(text, NAMES)
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=amounts)
    return deal_sides(deals, parties)


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ("2019年签约、2021年开工、去年投产", "operating"),
        ("2019年立项、2020年拿地、2021年动工", "building"),
        ("2019年签约、2020年开工、目前主体封顶", "building"),
        ("未能如期投产", "building"),
        ("没有按期完工", "building"),
        ("未能按时开工", "proposed"),
        ("因资金不足一度搁置，昨日开工", "building"),
    ],
)
def test_works_are_as_far_as_the_last_word_says(told: str, stage: str) -> None:
    assert [deal[1:3] for deal in read(f"{BOTTLES}{told}。")] == [(stage, BOTTLES)]


def test_works_that_an_area_brought_in_are_told_by_their_name() -> None:
    assert read(f"该县引进的{BOTTLES}2019年签约，去年投产。") == [("project", "operating", BOTTLES, {})]


@pytest.mark.parametrize(
    ("text", "title", "sides"),
    [
        (
            f"业主单位为{OFFICE}、施工单位为{BUILDER}的饮水改造工程9日开工。",
            "饮水改造工程",
            {OFFICE: "owner", BUILDER: "contractor"},
        ),
        (f"{BUILDER}中标的饮水改造工程昨日完工。", "饮水改造工程", {BUILDER: "contractor"}),
        (f"{BUILDER}承接的饮水改造工程进入收尾阶段。", "饮水改造工程", {BUILDER: "contractor"}),
        (f"{FIRM}投资2.6亿元、占地80亩的调味品加工厂落成。", "调味品加工厂", {FIRM: "investor"}),
        (f"{FIRM}退出了滨河新城项目。", "滨河新城项目", {FIRM: "owner"}),
    ],
)
def test_who_has_to_do_with_works_is_no_part_of_their_name(
    text: str, title: str, sides: dict[str, str]
) -> None:
    assert [deal[2:] for deal in read(text)] == [(title, sides)]


@pytest.mark.parametrize(
    "text",
    [
        "省里日前核准了黑岭抽水蓄能电站项目，总投资78亿元。",
        "省里批复同意建设黑岭抽水蓄能电站项目，总投资78亿元。",
    ],
)
def test_works_that_an_office_has_approved_are_a_plan(text: str) -> None:
    assert [deal[1:3] for deal in read(text)] == [("proposed", "黑岭抽水蓄能电站项目")]


def test_phases_that_an_item_counts_are_told_without_a_sum() -> None:
    deals = read("清岭物流港分三期建设，一期已投用，二期正在施工，三期正在规划。")
    assert [deal[1:3] for deal in deals] == [
        ("operating", "清岭物流港"),
        ("building", "二期"),
        ("proposed", "三期"),
    ]


@pytest.mark.parametrize(
    ("text", "stage", "sides"),
    [
        (f"{FIRM}签约落户{ZONE}。", "signed", {FIRM: "investor", ZONE: "host"}),
        (
            f"{FIRM}、{HOUSE}等5家企业入驻{ZONE}。",
            "landed",
            {FIRM: "investor", HOUSE: "investor", ZONE: "host"},
        ),
        (
            f"{FIRM}、{HOUSE}等5家企业签约入驻{ZONE}。",
            "signed",
            {FIRM: "investor", HOUSE: "investor", ZONE: "host"},
        ),
    ],
)
def test_firms_that_sign_to_settle_come_to_the_zone(text: str, stage: str, sides: dict[str, str]) -> None:
    assert read(text) == [("project", stage, None, sides)]


@pytest.mark.parametrize(
    "text", ["全年新签约、新开工项目分别增长12%和8%。", f"12家商户签约入驻{ZONE}步行街。"]
)
def test_counts_of_firms_and_works_are_no_deal(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{OFFICE}发布公告，饮水改造工程由{BUILDER}中标，中标价2.3亿元。",
        f"{OFFICE}的饮水改造工程由{BUILDER}以2.3亿元中标。",
        f"{OFFICE}实施的饮水改造工程，由{BUILDER}中标承建。",
        f"{BUILDER}中标由{OFFICE}招标的饮水改造工程，合同价2.3亿元。",
        f"{BUILDER}中标2.3亿元饮水改造工程，业主单位为{OFFICE}。",
    ],
)
def test_a_bid_names_who_called_for_it(text: str) -> None:
    sides = {BUILDER: "contractor", OFFICE: "owner"}
    assert read(text) == [("won_bid", "signed", "饮水改造工程", sides)]


def test_labels_without_a_colon_name_both_sides_of_a_bid() -> None:
    text = f"招标人{OFFICE}，中标人{BUILDER}，中标价2.3亿元。"
    assert [deal[3] for deal in read(text)] == [{BUILDER: "contractor", OFFICE: "owner"}]


def test_a_bid_that_is_taken_back_is_over() -> None:
    text = f"{BUILDER}被取消县科技馆项目中标资格。"
    assert read(text) == [("won_bid", "ended", "县科技馆项目", {BUILDER: "contractor"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{HOUSE}以3.2亿元成功竞买城西商住用地。",
        f"城西商住用地昨日以3.2亿元成交，竞得人为{HOUSE}。",
        f"{HOUSE}经过32轮竞价，以3.2亿元将城西商住用地收入囊中。",
        f"{HOUSE}以底价3.2亿元拿下城西商住用地。",
    ],
)
def test_land_passes_to_who_bids_most(text: str) -> None:
    assert read(text) == [("transfer", "signed", "城西商住用地", {HOUSE: "buyer"})]


def test_the_office_that_sells_land_is_not_bought() -> None:
    text = f"清岭县自然资源局将城西商住用地挂牌出让，{HOUSE}以3.2亿元摘得。"
    sides = {HOUSE: "buyer", "清岭县自然资源局": "seller"}
    assert read(text) == [("transfer", "signed", "城西商住用地", sides)]


@pytest.mark.parametrize(
    "text", ["15家房企参与竞买。", f"竞买人须缴纳保证金500万元。{HOUSE}昨日报名。", "明月花落知多少。"]
)
def test_who_only_bids_has_no_land(text: str) -> None:
    assert read(text) == []
