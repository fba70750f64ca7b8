"""Words of deals that tell none: talks of offices, sums of what a branch built, what a body gives up."""

import polars as pl
import pytest

from tests.unit.extract.spans import deal_sides
from tests.unit.extract.test_deals_papers import FINDER, frames

NAMES = {
    "海棠集团": "organization",
    "远桥食品公司": "organization",
    "中原俱乐部": "organization",
    "北港俱乐部": "organization",
    "水利部": "organization",
    "能源部": "organization",
    "甲岭国": "place",
    "乙川国": "place",
}

PLACES = {"青川": "place", "青川市": "place"}


@pytest.mark.parametrize(
    "text",
    [
        "甲岭国与乙川国盟友就此积极磋商。",
        "他说，这次访问期间他同水利部和能源部进行了富有成效的商谈。",
        "去年新线铺轨674公里，投产821公里；电气化铁路投产980公里。",
        "市政府在6个小区竣工安居工程面积56万平方米。",
        "去年城镇中小学住房建设共完成投资413亿元，竣工面积6626万平方米。",
        "去年铁路完成投资7109亿元，投产新线4100公里。",
        "甲岭国与乙川国就撤军问题达成妥协。",
        "海棠集团否认将收购远桥食品公司。",
        "海棠集团则否认了网上流传收购远桥食品公司的消息，称双方只谈过运输。",
        "海棠集团辟谣：没有收购远桥食品公司。",
        "中原俱乐部以800万英镑的价格从北港俱乐部购买了后卫路易。",
        "实施两个月的工程以建设小水窖、小塘坝、小水池、小泵站等“五小工程”为重点，农民投资达1897万元。",
    ],
)
def test_talks_of_offices_and_sums_are_no_deals(text: str) -> None:
    assert FINDER.find(*frames(text, NAMES))[0].is_empty()


STATES = {
    **dict.fromkeys(["法国", "蒙古国", "欧盟国家"], ("place", "country")),
    **dict.fromkeys(["法国国防部", "蒙古国外交部", "外经贸部"], ("organization", "government")),
    "欧盟": ("organization", "association"),
    "青川市": ("place", "city"),
    **dict.fromkeys(["云岭铁建公司", "云岭数智事业部"], ("organization", "company")),
    "里夏尔": ("person", None),
}  # fmt: skip


def of_states(text: str) -> int:
    """How many deals are read where names have their kinds."""
    articles, sentences, mentions = frames(text, {name: kind for name, (kind, _) in STATES.items()})
    kinds = {name: kind for name, (_, kind) in STATES.items() if kind}
    kind = pl.col("surface_text").replace_strict(kinds, default=None, return_dtype=pl.String)
    return len(FINDER.find(articles, sentences, mentions.with_columns(entity_subtype=kind))[0])


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("法国与蒙古国签署了文化交流合作协定。", 0),
        ("外经贸部与蒙古国签署经济技术合作协定。", 0),
        ("法国国防部里夏尔与欧盟签署合作备忘录。", 0),
        ("法国与蒙古国宣布成立交通合作委员会。", 0),
        ("法国与欧盟国家签署了投资保护协定。", 0),
        ("两国元首签署《法国和蒙古国战略伙伴关系协议》。", 0),
        ("今天两国主管部门签署旅游合作备忘录。", 0),
        ("法国一团体同蒙古国达成关于该半岛的非军事化协议。", 0),
        # A town, a firm or an order makes it a deal.
        ("青川市与蒙古国签署农业合作协议。", 1),
        ("云岭铁建公司与蒙古国签署铁路合作协议。", 1),
        ("云岭数智事业部与蒙古国签署铁路合作协议。", 1),
        ("法国与蒙古国签署飞机采购合同。", 1),
        ("两国元首见证下，云岭铁建公司与蒙古国签署铁路合作协议。", 1),
        ("两国元首见证下，企业签署《云岭铁路建设合作协议》。", 1),
        ("云岭铁建公司与云岭数智事业部签署反恐演练合作协议。", 1),
        ("青川市与法国签署反恐培训合作协议。", 1),
    ],
)
def test_what_states_agree_on_is_no_deal(text: str, rows: int) -> None:
    assert of_states(text) == rows


def test_what_funds_hold_is_counted_and_no_purchase() -> None:
    text = "海棠集团、远桥食品公司等12只个股增持占比超0.9%。"
    assert FINDER.find(*frames(text, NAMES))[0].is_empty()


@pytest.mark.parametrize(("day", "rows"), [("于2012年4月9日登记成立", 0), ("4月9日揭牌成立", 1)])
def test_a_firm_that_is_portrayed_is_not_founded(day: str, rows: int) -> None:
    assert of_states(f"云岭铁建公司{day}。") == rows


def test_talks_of_offices_that_agree_on_something_are_a_deal() -> None:
    text = "水利部、能源部还就共建调度平台进行了磋商，达成初步共识。"
    assert FINDER.find(*frames(text, NAMES))[0]["stage"].to_list() == ["negotiating"]


@pytest.mark.parametrize(
    "text",
    [
        "青川医院取消夜间门诊。",
        "青川跨江大桥终止收费。",
        "青川工业园取消停车收费，受到企业欢迎。",
        "沿海一些来料加工项目取消订单的现象开始回升。",
    ],
)
def test_works_are_not_given_up_with_what_their_body_gives_up(text: str) -> None:
    assert FINDER.find(*frames(text, PLACES))[0].is_empty()


@pytest.mark.parametrize(
    "text",
    ["青川产业园二期项目取消建设。", "青川物流园项目取消，土地收回。", "青川轻轨二期工程中止招标。"],
)
def test_works_that_are_given_up_themselves_have_ended(text: str) -> None:
    assert FINDER.find(*frames(text, PLACES))[0]["stage"].to_list() == ["ended"]


@pytest.mark.parametrize("since", ["成立一年来，共介绍6500人就业", "揭牌半年来救助流浪人员230人"])
def test_a_body_that_is_told_of_since_its_founding_is_no_news(since: str) -> None:
    assert FINDER.find(*frames(f"青川市职业介绍服务中心{since}。", PLACES))[0].is_empty()


def test_a_body_that_was_founded_the_other_day_is_news() -> None:
    text = "青川市职业介绍服务中心昨日成立，半年来已有一千多人登记。"
    assert FINDER.find(*frames(text, PLACES))[0]["stage"].to_list() == ["unveiled"]


def test_works_are_named_without_who_saw_them_and_not_by_what_began_last() -> None:
    deals = FINDER.find(*frames("记者看到新建的青川养老院已经完工。", PLACES))[0]
    assert deals["title"].to_list() == ["青川养老院"]
    text = "三大轿车生产基地中开工最晚的青川汽车，日产量达214辆。"
    assert FINDER.find(*frames(text, PLACES))[0].is_empty()


def test_an_offer_that_is_turned_down_has_ended() -> None:
    text = "海棠集团提出以2000万元收购远桥食品公司，被对方谢绝。"
    assert FINDER.find(*frames(text, NAMES))[0]["stage"].to_list() == ["ended"]


def test_who_sells_goods_to_a_firm_is_not_sold() -> None:
    deals, parties, _ = FINDER.find(*frames("远桥食品公司卖给海棠集团一套设备，价格3000万元。", NAMES))
    [(kind, *_, sides)] = deal_sides(deals, parties)
    assert kind != "acquisition"
    assert sides == {"远桥食品公司": "seller", "海棠集团": "buyer"}


@pytest.mark.parametrize("opens", ["这是", "这也是", "这就是"])
def test_what_the_next_sentence_sums_up_is_the_deal_told_before(opens: str) -> None:
    told = f"青川抽水蓄能电站开工建设。{opens}青川市首座变速抽水蓄能工程，总投资83亿元，计划2027年投产。"
    assert FINDER.find(*frames(told, PLACES))[0]["title"].to_list() == ["青川抽水蓄能电站"]


def test_who_invests_by_the_sentence_that_sums_up_is_a_side() -> None:
    told = "青川产业园一座化工厂开工建设。这是海棠集团在青川市投资的首个化工生产基地，总投资5亿元。"
    [row], parties, _ = (f.to_dicts() for f in FINDER.find(*frames(told, NAMES | PLACES)))
    assert row["deal_type"] == "project"
    assert "海棠集团" in {party["surface_text"] for party in parties}


@pytest.mark.parametrize(
    "more",
    [
        "这也是今年的第二份订单，当天海棠集团还收购了中原俱乐部。",
        "这是远桥食品公司与北港俱乐部签订的首份合作协议。",
    ],
)
def test_another_deal_behind_this_is_keeps_its_row(more: str) -> None:
    told = f"海棠集团与青川市签署投资协议。{more}"
    assert len(FINDER.find(*frames(told, NAMES | PLACES))[0]) == 2


def test_what_opens_with_this_and_has_nothing_before_is_a_deal() -> None:
    deals = FINDER.find(*frames("这是青川市投资83亿元建设的青川抽水蓄能电站，今年开工。", PLACES))[0]
    assert len(deals) == 1
