"""Type, stage and sides that a deal has whatever words tell it."""

import pytest

from tests.unit.extract.test_deals_papers import read

FIRM, OTHER, BUILDER = "海棠科技有限公司", "南屿食品公司", "云岭集团"
SCHOOL, ZONE = "北岭大学", "青川经开区管委会"
BODIES = {"青川海云精密有限公司": "organization", "云岭锻造厂": "organization", "青川县": "place"}
PROJECT = f"{FIRM}与{ZONE}"


@pytest.mark.parametrize(
    ("text", "kind", "stage"),
    [
        (f"{SCHOOL}与{FIRM}共建的轴承联合实验室3日投入运行。", "joint_laboratory", "operating"),
        (f"{SCHOOL}与{FIRM}共建的轴承检测中心因经费不足已经撤销。", "institution", "ended"),
        (f"{FIRM}与{OTHER}合资组建的青川海云精密有限公司领到营业执照。", "joint_venture", "unveiled"),
        (f"{FIRM}与{OTHER}合资的青川海云精密有限公司上周投产。", "joint_venture", "operating"),
        (f"{FIRM}就收购云岭锻造厂与对方谈了三轮。", "acquisition", "negotiating"),
        (f"{FIRM}斥资3.6亿元将云岭锻造厂收入囊中。", "acquisition", "signed"),
        (f"{PROJECT}签订入园协议，计划投资3.2亿元新建减速器生产线。", "project", "signed"),
        (f"{ZONE}近日与{FIRM}解除减速器工厂投资协议。", "project", "ended"),
        (f"{FIRM}有意在青川县布局一座减速器工厂，目前正在评估选址。", "project", "proposed"),
    ],
)
def test_one_deal_of_this_type_and_stage(text: str, kind: str, stage: str) -> None:
    assert [(told, how_far) for told, how_far, _ in read(text, **BODIES)] == [(kind, stage)]


def test_each_does_what_stands_behind_its_name() -> None:
    [(_, _, parties)] = read(f"由{FIRM}投资、{BUILDER}承建的轴承项目，已完成三栋厂房的主体施工。")
    assert parties == {FIRM: "investor", BUILDER: "contractor"}


def test_who_is_brought_in_is_one_of_both() -> None:
    [(kind, stage, parties)] = read(f"{ZONE}引进{FIRM}，双方签订了轴承项目投资合同。")
    assert (kind, stage, parties) == ("project", "signed", {ZONE: "host", FIRM: "investor"})


def test_many_without_a_name_are_not_where_they_are() -> None:
    [(_, _, parties)] = read(f"{FIRM}与青川县32个合作社签订了收购协议。", **BODIES)
    assert "青川县" not in parties
