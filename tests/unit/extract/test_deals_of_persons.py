"""Persons who deal for themselves or for a village, and who else has a hand in a deal."""

import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_papers import FINDER, MARKS, read

FIRM, OTHER = "海棠科技有限公司", "南屿食品公司"
BODIES = {
    "沈远山": "person",
    "田小满": "person",
    "青川县": "place",
    "石桥镇": "place",
    "石桥村": "place",
    "青川经开区": "place",
    "青川云岭精密有限公司": "organization",
    "云岭锻造厂": "organization",
    "北岭银行": "organization",
    "东湾银行": "organization",
    "青川融资担保公司": "organization",
    "北岭大学": "organization",
    "云溪中医药交流中心": "organization",
    "青川卫生学院": "organization",
    "青川总领事馆": "organization",
}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"种植大户沈远山今年与{OTHER}签下莲藕包销协议。", {"沈远山": "seller", OTHER: "buyer"}),
        (
            f"石桥镇的种植大户沈远山坐不住了，他去年试种了60亩，今年又与{OTHER}签下鲜花包销协议。",
            {"沈远山": "seller", OTHER: "buyer"},
        ),
        (
            "台商沈远山与青川县签订投资协议，投资3亿元建设茶叶基地。",
            {"沈远山": "investor", "青川县": "host"},
        ),
        (
            f"{FIRM}与青川县民营企业家沈远山共同出资1.2亿元成立青川云岭精密有限公司。",
            {FIRM: "partner", "沈远山": "partner", "青川云岭精密有限公司": "target"},
        ),
        (
            f"{OTHER}采购经理沈远山来到石桥村，与村党支部书记田小满签下一份订单：村里的药材由{OTHER}收购。",
            {OTHER: "buyer", "石桥村": "seller"},
        ),
        (
            "青川总领事馆参赞沈远山与青川融资担保公司经理田小满签署了合作备忘录。",
            {"青川总领事馆": "partner", "青川融资担保公司": "partner"},
        ),
    ],
)
def test_who_acts_for_himself_and_who_for_a_body(text: str, sides: dict[str, str]) -> None:
    assert [parties for *_, parties in read(text, **BODIES)] == [sides]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            f"北岭银行与{FIRM}签订贷款合同，期限三年，由青川融资担保公司提供担保。",
            {"北岭银行": "investor", FIRM: "partner", "青川融资担保公司": "partner"},
        ),
        (
            f"在青川融资担保公司的担保下，北岭银行向{FIRM}发放贷款5000万元。",
            {"北岭银行": "investor", FIRM: "partner", "青川融资担保公司": "partner"},
        ),
        (
            f"北岭银行与东湾银行签订银团贷款协议，为{FIRM}提供8亿元贷款。",
            {"北岭银行": "investor", "东湾银行": "investor", FIRM: "partner"},
        ),
        # What a firm pledges is not surety of another.
        (
            f"北岭银行向{FIRM}发放贷款5000万元，公司以土地提供抵押担保。",
            {"北岭银行": "investor", FIRM: "partner"},
        ),
        (
            f"云溪中医药交流中心昨日揭牌，该中心设在青川卫生学院，由北岭大学与{FIRM}共同运营。",
            {"北岭大学": "builder", FIRM: "builder", "青川卫生学院": "host"},
        ),
        (
            f"{FIRM}投资2.6亿元在青川县设立青川云岭精密有限公司，去年6月投产。",
            {FIRM: "investor", "青川云岭精密有限公司": "target"},
        ),
    ],
)
def test_who_else_has_a_hand_in_it(text: str, sides: dict[str, str]) -> None:
    assert [parties for *_, parties in read(text, **BODIES)] == [sides]


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        (f"{FIRM}追加投资，在青川经开区收购了停产的云岭锻造厂，改造成鲜花冷库，5月投用。", FIRM),
        ("三年前，侨商沈远山回乡投资，在青川经开区买下停产的云岭锻造厂，改造成鲜花冷库，5月投用。", "沈远山"),
    ],
)
def test_works_in_what_was_bought_are_the_buyers(text: str, buyer: str) -> None:
    sides = [parties for *_, parties in read(text, **BODIES)]
    assert sides[0] == {buyer: "buyer", "云岭锻造厂": "target"}
    assert [set(parties) for parties in sides[1:]] == [{buyer}]


@pytest.mark.parametrize(
    ("text", "kind", "stage", "sides"),
    [
        (
            f"{FIRM}与{OTHER}签约，拟共同投资9亿元在石桥镇建设“云溪”主题乐园，其中{OTHER}出资占35%。",
            "project",
            "signed",
            {FIRM: "investor", OTHER: "investor"},
        ),
        (
            f"{FIRM}与{OTHER}共同出资1200万欧元，在石桥镇设立海外仓，预计明年6月启用。",
            "project",
            "building",
            {FIRM: "investor", OTHER: "investor"},
        ),
        (
            f"{FIRM}与{OTHER}签署增资协议，出资1.5亿元认购后者4.8%的股份。",
            "equity_investment",
            "signed",
            {FIRM: "investor", OTHER: "target"},
        ),
        (
            f"{FIRM}与{OTHER}签约，投资2亿元入股后者，占股9%。",
            "equity_investment",
            "signed",
            {FIRM: "investor", OTHER: "target"},
        ),
        (
            f"青川云岭精密有限公司是园区第一家上海企业。2021年，{FIRM}与青川县企业家沈远山共同出资1.2亿元成立这家公司。",
            "joint_venture",
            "operating",
            {FIRM: "partner", "沈远山": "partner", "青川云岭精密有限公司": "target"},
        ),
        (f"{FIRM}投资6亿元在石桥镇兴建云岭锻造厂，明年投产。", "project", "building", {FIRM: "investor"}),
    ],
)
def test_what_two_pay_for_together(text: str, kind: str, stage: str, sides: dict[str, str]) -> None:
    assert read(text, **BODIES) == [(kind, stage, sides)]


def test_the_firm_goes_on_to_be_that_of_which_two_founded_it() -> None:
    text = (
        f"青川云岭精密有限公司是园区第一家上海企业。2021年，{FIRM}与{OTHER}共同出资1.2亿元成立这家公司。"
        "去年12月，公司二期智能车间投产，年产减速器8万套。"
    )
    *_, parties = read(text, **BODIES)[-1]
    assert parties == {"公司": "owner"}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            f"青川县政府与{FIRM}签署框架协议，后者将投资6亿元，在石桥镇建设装备产业园，占地180亩。",
            {FIRM: "investor", "青川县政府": "host"},
        ),
        (
            f"青川经开区引进的{FIRM}投资5亿元建设的摄像模组工厂上月投产。",
            {"青川经开区": "host", FIRM: "investor"},
        ),
        (
            "北岭大学与青川县签约，在石桥镇设立研究生工作站。",
            {"北岭大学": "builder", "青川县": "host"},
        ),
        (
            f"{FIRM}与青川县签约，投资2亿元在石桥镇建设冷库。",
            {FIRM: "investor", "青川县": "host"},
        ),
    ],
)
def test_who_takes_in(text: str, sides: dict[str, str]) -> None:
    assert [parties for *_, parties in read(text, **BODIES, 青川县政府="organization")] == [sides]


@pytest.mark.parametrize(
    ("text", "kind", "stage", "sides"),
    [
        (
            f"{FIRM}与{OTHER}签订智能滴灌系统供货合同。",
            "supply_contract",
            "signed",
            {FIRM: "seller", OTHER: "buyer"},
        ),
        (
            f"石桥绿源农场与{FIRM}签订有机肥采购协议，每年采购2万吨。",
            "supply_contract",
            "signed",
            {"石桥绿源农场": "buyer", FIRM: "seller"},
        ),
        (
            f"{FIRM}与{OTHER}签下年供8000万颗镜片的合同。",
            "supply_contract",
            "signed",
            {FIRM: "seller", OTHER: "buyer"},
        ),
        (
            f"会上签约6个项目。{FIRM}将同{OTHER}按四六比例出资，在石桥镇组建锂电组件合资公司。",
            "joint_venture",
            "signed",
            {FIRM: "partner", OTHER: "partner"},
        ),
        (
            f"去年，青川县与{FIRM}联合设立离岸创新中心，目前已有12家企业入驻。",
            "institution",
            "operating",
            {"青川县": "builder", FIRM: "builder"},
        ),
        (
            f"云溪创新中心由青川县和{FIRM}2021年共建，占地860亩，已引进企业34家。",
            "institution",
            "operating",
            {"青川县": "builder", FIRM: "builder"},
        ),
        (
            "数据标注基地由青川县与石桥镇共建，2020年4月启用，由云岭锻造厂负责运营。",
            "institution",
            "operating",
            {"青川县": "builder", "石桥镇": "builder"},
        ),
    ],
)
def test_what_each_does_and_how_far_it_is(text: str, kind: str, stage: str, sides: dict[str, str]) -> None:
    assert read(text, **BODIES, 石桥绿源农场="organization") == [(kind, stage, sides)]


@pytest.mark.parametrize(
    ("text", "kind", "stage", "title"),
    [
        (
            f"3月，{FIRM}与{OTHER}共同出资的青川云岭精密有限公司领到了营业执照。",
            "joint_venture",
            "operating",
            "青川云岭精密有限公司",
        ),
        ("北岭大学拟在石桥镇设立青川分院，与青川县签订了共建协议。", "institution", "signed", "青川分院"),
        (f"{FIRM}计划在石桥镇建设铜箔基地，近日已与青川县签订了投资协议。", "project", "signed", "铜箔基地"),
    ],
)
def test_what_the_paper_is_about(text: str, kind: str, stage: str, title: str) -> None:
    articles, sentences, mentions = frames(text, MARKS | BODIES)
    deals, *_ = FINDER.find(articles, sentences, mentions)
    assert deals.select("deal_type", "stage", "title").rows() == [(kind, stage, title)]


def test_a_firm_is_no_town_of_its_name() -> None:
    text = (
        "青川县与石桥镇的会上，双方达成合作7项。青川县云锦集团与石桥镇乐园公司签约，"
        "拟共同投资9亿元建设“云溪”主题乐园。"
    )
    firms = {"青川县云锦集团": "organization", "石桥镇乐园公司": "organization"}
    assert read(text, **BODIES, **firms)[-1] == (
        "project",
        "signed",
        dict.fromkeys(firms, "investor"),
    )
