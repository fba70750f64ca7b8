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
        (f"{FIRM}与{OTHER}合资组建的青川海云精密有限公司领到营业执照。", "joint_venture", "operating"),
        (f"{FIRM}与{OTHER}合资的青川海云精密有限公司上周投产。", "joint_venture", "operating"),
        (f"{FIRM}就收购云岭锻造厂与对方谈了三轮。", "acquisition", "negotiating"),
        (f"{FIRM}斥资3.6亿元将云岭锻造厂收入囊中。", "acquisition", "signed"),
        (f"{PROJECT}签订入园协议，计划投资3.2亿元新建减速器生产线。", "project", "signed"),
        (f"{ZONE}近日与{FIRM}解除减速器工厂投资协议。", "project", "ended"),
        (f"{ZONE}与{FIRM}就20万千瓦储能电站项目达成合作。", "project", "signed"),
        (f"{FIRM}投资2.8亿元的种子加工项目已完成厂房主体施工，明年9月底前投产。", "project", "building"),
        (f"{SCHOOL}与{FIRM}合办的轨道学院首批120名学生入学。", "institution", "operating"),
        (f"{FIRM}拟以3.2亿元收购云岭锻造厂，双方已签署股权收购协议。", "acquisition", "signed"),
        (f"{FIRM}同{ZONE}签下轴承玻璃项目，投资22亿元，选址青川产业园。", "project", "signed"),
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


def test_a_side_that_opens_a_title_is_taken_out_of_it() -> None:
    [(kind, _, parties)] = read("青川县援建南屿食品产业园，总投资1.35亿元，今年6月建成。", **BODIES)
    assert (kind, parties) == ("project", {"青川县": "investor"})


def test_who_calls_for_bids_wins_none() -> None:
    text = f"{FIRM}在{OTHER}的公开招标中胜出，以2390万元拿下42座换热站改造工程。"
    assert [parties for *_, parties in read(text)] == [{FIRM: "contractor", OTHER: "owner"}]


def test_the_firm_of_a_house_deals_and_not_the_house() -> None:
    [(_, _, parties)] = read(f"{BUILDER}旗下的{FIRM}宣布，拟以9亿元收购云岭锻造厂。", **BODIES)
    assert parties == {FIRM: "buyer", "云岭锻造厂": "target"}


@pytest.mark.parametrize(
    ("text", "kind", "stage"),
    [
        (f"{BUILDER}全资收购了{FIRM}，连同三座仓库一起接了下来。", "acquisition", "operating"),
        (f"{BUILDER}以1.8亿元收购{FIRM}67%的股权。上月，收购完成工商变更。", "acquisition", "operating"),
        (f"{BUILDER}与原股东签订协议，以1.8亿元收购了{FIRM}67%的股权。", "acquisition", "signed"),
        (f"{BUILDER}公告，以1.8亿元收购{FIRM}67%的股权，收购完成后将派驻经理。", "acquisition", "signed"),
        (f"{FIRM}日前完成B轮融资1.5亿元，由{BUILDER}领投。", "equity_investment", "operating"),
        (f"{BUILDER}以1.5亿元入股{FIRM}，持股8%。", "equity_investment", "signed"),
        (f"{SCHOOL}与{FIRM}共建的轴承检测中心，去年通过国家级认证。", "institution", "operating"),
        (f"{SCHOOL}与{FIRM}共建的轴承检测中心日前对外服务。", "institution", "operating"),
    ],
)
def test_what_is_told_as_done_is_carried_out(text: str, kind: str, stage: str) -> None:
    assert (kind, stage) in [(told, how_far) for told, how_far, _ in read(text, **BODIES)]


def test_a_park_that_two_areas_build_is_their_agreement() -> None:
    [(kind, _, parties)] = read(f"青川县与{ZONE}签订协议，共建青川协作产业园。", **BODIES)
    assert (kind, parties) == ("cooperation_agreement", {"青川县": "partner", ZONE: "partner"})


def test_a_centre_of_goods_is_works() -> None:
    [(kind, _, parties)] = read(f"{FIRM}将在{ZONE}建设果品冷链分选中心，总投资2.8亿元。", **BODIES)
    assert (kind, parties.get(FIRM)) == ("project", "investor")


def test_the_two_that_met_sign_by_their_heads() -> None:
    text = "青川县·东湾县联席会议20日召开。\n会上，丁一凡与何远明代表两地政府签署《医疗协作框架协议》。"
    people = {"丁一凡": "person", "何远明": "person", "青川县": "place", "东湾县": "place"}
    [(_, _, parties)] = read(text, **people)
    assert list(parties) == ["青川县", "东湾县"]
