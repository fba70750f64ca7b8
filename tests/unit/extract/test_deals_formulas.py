"""Deals in the set phrases of regional papers: ceremonies, lists of works, signings. Names are made up."""

import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import deal_rows, frames
from transforms.extract.deals.finder import DealFinder
from transforms.extract.quantities.finder import QuantityFinder

LOOKUPS = load_lookups()
FINDER, AMOUNTS = DealFinder(LOOKUPS), QuantityFinder(LOOKUPS)
FIRMS = ["云岭集团", "青川智能有限公司", "石桥新材有限公司", "海棠公司", "青川港务公司", "云岭光电"]
BODIES = ["南屿区管委会", "北岭大学", "北岭大学电力工程学院", "南屿职业学校", "中国科学院", "青川产业基金"]
MARKS = {
    **dict.fromkeys([*FIRMS, *BODIES], "organization"),
    **dict.fromkeys(["青川县", "南屿高新区"], "place"),
    "李一山": "person",
}  # fmt: skip


def read(text: str) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    articles, sentences, mentions = frames(text, MARKS)
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=amounts)
    return deal_rows(deals, parties)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9日上午，华湖半导体材料产业园项目奠基仪式举行。", [("building", "华湖半导体材料产业园项目", ())]),
        ("华湖储能材料项目投产仪式在南屿高新区举行。", [("operating", "华湖储能材料项目", ())]),
        ("青川县重点项目集中开工仪式昨日举行。", []),
        ("近日，投资9亿元的华湖智慧物流园项目签约。", [("signed", "华湖智慧物流园项目", ())]),
        ("云岭集团智慧物流园项目正式签约。", [("signed", "智慧物流园项目", ("云岭集团",))]),
        (
            "云岭集团在青川县投资的第三个项目——华湖智慧物流园日前签约。",
            [("signed", "华湖智慧物流园", ("云岭集团",))],
        ),
        ("今年上半年，全县亿元以上项目签约32个。", []),
        ("华湖数字经济产业园已签约入驻企业36家。", []),
        (
            "南屿高新区与云岭集团举行了年产30万台电机项目签约仪式。",
            [("signed", "年产30万台电机项目", ("南屿高新区", "云岭集团"))],
        ),
        ("青川县成功引进总投资5亿元的华湖食品加工项目。", [("landed", "华湖食品加工项目", ("青川县",))]),
        ("投资15亿元、年产20万吨的华湖包装纸项目竣工投产。", [("operating", "华湖包装纸项目", ())]),
        ("全国最大的华湖风电叶片制造基地正式投产。", [("operating", "华湖风电叶片制造基地", ())]),
        ("海棠公司增资5000万美元扩建青川工厂。", [("building", "青川工厂", ("海棠公司",))]),
        ("云岭光电第四条生产线点亮。", [("operating", "第四条生产线", ("云岭光电",))]),
        (
            "华湖研究院由海棠公司与北岭大学共建，北岭大学电力工程学院教授李一山任院长。",
            [("unveiled", "华湖研究院", ("海棠公司", "北岭大学"))],
        ),
        (
            "云岭集团已与北岭大学商定，共同组建藻类蛋白中试基地，协议将在年内签订。",
            [("negotiating", "藻类蛋白中试基地", ("云岭集团", "北岭大学"))],
        ),
    ],
)
def test_find_reads_works_in_set_phrases(text: str, told: list[tuple[str, str | None, tuple[str, ...]]]):
    assert [row[1:] for row in read(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "青川县一季度项目集中开工，4个项目总投资22.7亿元。其中，青川智能有限公司滤清器项目投资9.8亿元；"
            "海棠公司投资的密封圈项目投资7600万美元；石桥新材有限公司镀层扩产项目投资1.9亿元。",
            [
                ("building", "滤清器项目", ("青川智能有限公司",)),
                ("building", "密封圈项目", ("海棠公司",)),
                ("building", "镀层扩产项目", ("石桥新材有限公司",)),
            ],
        ),
        (
            "会上，石桥新材有限公司年产10万吨聚酰胺项目、海棠公司创新药基地项目等12个项目现场签约。",
            [
                ("signed", "年产10万吨聚酰胺项目", ("石桥新材有限公司",)),
                ("signed", "创新药基地项目", ("海棠公司",)),
            ],
        ),
        (
            "投资15亿元的华湖装备项目、投资8亿元的华湖冷链项目落户南屿高新区。",
            [
                ("landed", "华湖装备项目", ("南屿高新区",)),
                ("landed", "华湖冷链项目", ("南屿高新区",)),
            ],
        ),
        ("园区目前已有华湖广场、北岭商城等5个项目落地。", []),
    ],
)
def test_find_reads_each_of_the_works_that_a_report_goes_through(
    text: str, told: list[tuple[str, str | None, tuple[str, ...]]]
):
    assert [row[1:] for row in read(text)] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "南屿区管委会与海棠公司、青川智能有限公司、石桥新材有限公司三家企业签约。",
            ("signed", None, ("南屿区管委会", "海棠公司", "青川智能有限公司", "石桥新材有限公司")),
        ),
        (
            "南屿职业学校与云岭集团签订“订单培养”协议。",
            ("signed", "“订单培养”协议", ("南屿职业学校", "云岭集团")),
        ),
        ("青川产业基金正式设立，总规模100亿元。", ("unveiled", "青川产业基金", ())),
        ("中国科学院院士李一山领衔的工作站落户海棠公司。", ("landed", None, ("海棠公司",))),
    ],
)
def test_find_reads_pacts_and_bodies_in_set_phrases(text: str, told: tuple[str, str | None, tuple[str, ...]]):
    assert [row[1:] for row in read(text)] == [told]


def test_buyers_of_one_contract_are_all_buyers():
    text = "公司与海棠公司、云岭集团等企业签订了长期供货合同。"
    _, parties, _ = FINDER.find(*frames(text, MARKS))
    assert parties["party_role"].to_list() == ["buyer", "buyer"]
