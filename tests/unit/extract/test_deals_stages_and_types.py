"""How far a deal is and of what kind, by the words of its own clause."""

import pytest

from tests.unit.extract.test_deals_attributes import read


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        # Works that are not begun are a plan; a paper that is not signed is talked of.
        ("原定今年2月动工的云岭集团电池壳项目至今尚未开工。", "proposed"),
        ("云岭集团原拟在青川市建设的电池壳项目，因论证未通过，不再推进。", "ended"),
        ("云岭集团电池壳项目一期已投产，二期正在建设。", "operating"),
        ("云岭集团电池壳项目投资2亿元，目前提取塔主体已建成，设备已订购。", "building"),
        # The name of a paper is no talk.
        ("北岭大学与云岭集团签订产销对接协议。", "signed"),
        # Where signed works will stand says nothing more of how far they are.
        ("青川市政府与云岭集团就电池壳项目签约，计划投资3亿元，落户云港新区。", "signed"),
        # 将 is 把, and what was handed over has passed.
        ("云岭集团将电池壳车间转让给海棠科技有限公司，作价9000万元，交接已完成。", "operating"),
    ],
)
def test_find_reads_how_far_a_deal_is(text: str, stage: str) -> None:
    assert read(text)[0]["stage"] == stage


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("北岭大学与云岭集团签订协议，共建电池壳中试基地。", "institution"),
        ("北岭大学与青川市政府签约，共建航运人才实训基地。", "institution"),
        ("云岭集团投资3亿元建设的电池壳中试基地封顶。", "project"),
        ("海棠科技有限公司与云岭集团签订十年期的供汽协议。", "supply_contract"),
        ("海棠科技有限公司与云岭集团签订海外代工合同。", "supply_contract"),
        # What is bought at an auction is works for nobody.
        ("经主持拍卖，云岭集团以6000万元竞得酒店资产。", "acquisition"),
        ("云岭集团以6000万元竞得海棠大楼建设项目施工标段。", "won_bid"),
    ],
)
def test_find_reads_of_what_kind_a_deal_is(text: str, kind: str) -> None:
    assert read(text)[0]["deal_type"] == kind


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("5月18日，在云岭集团投资3亿元的电池壳项目建设现场，工人正在紧张施工。", None),
        ("5月18日，北岭大学与云岭集团现场签订合作协议。", "on_site"),
    ],
)
def test_find_takes_no_site_of_works_for_a_meeting(text: str, mode: str | None) -> None:
    assert read(text)[0]["mode"] == mode


def test_find_tells_a_phase_once() -> None:
    text = "5月8日，云岭集团电池壳园一期竣工投产，二期项目同步开工。二期项目总投资15亿元，预计2032年建成。"
    deals = read(text)
    assert [(deal["stage"], deal["amounts"]) for deal in deals] == [
        ("operating", []),
        ("building", ["15亿元"]),
    ]
