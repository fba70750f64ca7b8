"""Notices of bids, which say with labels who won what. Names are made up."""

import pytest

from tests.unit.extract.spans import deal_sides, frames
from tests.unit.extract.test_deals_formulas import AMOUNTS, FINDER

NAMES = {
    **dict.fromkeys(["云岭路桥公司", "青川建设公司", "石桥厨具厂", "青川县水务局"], "organization"),
    **dict.fromkeys(["青川县", "南屿区"], "place"),
}


def read(text: str) -> list[tuple[str, str, str | None, dict[str, str]]]:
    articles, sentences, mentions = frames(text, NAMES)
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=amounts)
    return deal_sides(deals, parties)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "1.青川县航道疏浚（2025年度）。中标人：云岭路桥公司。金额：1.12亿元。",
            [("won_bid", "signed", "青川县航道疏浚（2025年度）", {"云岭路桥公司": "contractor"})],
        ),
        (
            "◇青川县铝材园污水厂 中标单 位：云岭路桥公司；中标价：9680万元；日处理1.5万吨。",
            [("won_bid", "signed", "青川县铝材园污水厂", {"云岭路桥公司": "contractor"})],
        ),
        (
            "2、遗址公园景观工程。中标候选人：第一名云岭路桥公司，第二名青川建设公司。公示至3月18日。",
            [("won_bid", "negotiating", "遗址公园景观工程", {"云岭路桥公司": "contractor"})],
        ),
        (
            "4.南屿区小学食堂设备。成交供应商：石桥厨具厂。成交价：68.8万元。",
            [("won_bid", "signed", "南屿区小学食堂设备", {"石桥厨具厂": "contractor"})],
        ),
        (
            "物流园光伏屋顶（20兆瓦）总承包，中标人：中电岭（云岭）能源公司，中标价：6640万元。",
            [
                (
                    "won_bid",
                    "signed",
                    "物流园光伏屋顶（20兆瓦）总承包",
                    {"中电岭（云岭）能源公司": "contractor"},
                )
            ],
        ),
        (
            "消防系统采购，中标人：云岭路桥公司、青川建设公司联合体，中标价：1975万元。",
            [
                (
                    "won_bid",
                    "signed",
                    "消防系统采购",
                    {"云岭路桥公司": "contractor", "青川建设公司": "contractor"},
                )
            ],
        ),
        (
            "项目名称：南屿区管网改造工程\n招标人：青川县水务局\n中标人：云岭路桥公司\n中标金额：3260万元",
            [
                (
                    "won_bid",
                    "signed",
                    "南屿区管网改造工程",
                    {"云岭路桥公司": "contractor", "青川县水务局": "owner"},
                )
            ],
        ),
        (
            "青川县水务局节水改造工程，中标人：云岭路桥公司。",
            [
                (
                    "won_bid",
                    "signed",
                    "节水改造工程",
                    {"云岭路桥公司": "contractor", "青川县水务局": "owner"},
                )
            ],
        ),
        (
            "3.青川县供水管网改造。流标，原因：报价均超过限价。",
            [("project", "ended", "青川县供水管网改造", {})],
        ),
    ],
)
def test_a_notice_tells_who_won_what(text: str, rows: list[tuple[str, str, str, dict[str, str]]]) -> None:
    assert read(text) == rows


def test_a_list_of_signed_projects_has_its_stage_and_its_hosts() -> None:
    text = (
        "签约项目名单（部分）\n1.青川县：云岭路桥公司年产5万吨耐火材料项目，投资3.2亿元；\n"
        "2.南屿区：青川建设公司浓缩汁加工项目，投资8600万元。"
    )
    assert read(text) == [
        ("project", "signed", "年产5万吨耐火材料项目", {"青川县": "host", "云岭路桥公司": "investor"}),
        ("project", "signed", "浓缩汁加工项目", {"南屿区": "host", "青川建设公司": "investor"}),
    ]


def test_a_report_of_a_result_is_no_notice() -> None:
    [(kind, _, title, _)] = read("青川县水务局日前公布中标结果：云岭路桥公司以2846万元中标灌区改造工程。")
    assert (kind, title) == ("won_bid", "灌区改造工程")
