"""Deals that portraits and interviews tell by the way: plants, centres, purchases of people and firms."""

import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_papers import FINDER, MARKS, read

FIRM, GROUP, SCHOOL, FOOD = "海棠科技有限公司", "云岭集团", "北岭大学", "南屿食品公司"
MAN, PLANT = "丁一凡", "甬南灯具厂"


def titles(text: str, **more: str) -> list[str | None]:
    articles, sentences, mentions = frames(text, MARKS | more)
    return FINDER.find(articles, sentences, mentions)[0]["title"].to_list()


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        (f"三年前，{MAN}回乡投资，在青川经开区买下停产的{PLANT}。", MAN),
        (f"浙商{MAN}去年在青川市收购了闲置的{PLANT}。", MAN),
        (f"青川市商人{MAN}投资1.6亿元买下倒闭的{PLANT}。", MAN),
        (f"{GROUP}去年拿出9000万元收购了停产的{PLANT}。", GROUP),
    ],
)
def test_find_reads_who_buys_a_plant_wherever_it_stands(text: str, buyer: str) -> None:
    found = read(text, **{PLANT: "organization", "青川经开区": "place"})
    assert [(kind, sides) for kind, _, sides in found] == [("acquisition", {buyer: "buyer", PLANT: "target"})]


def test_find_gives_what_a_firm_buys_to_the_firm_and_not_to_who_speaks() -> None:
    text = f"{GROUP}创办于1998年。{MAN}透露，公司有意收购邻县一家停产的铸造厂，价格仍在谈。"
    assert read(text) == [("acquisition", "negotiating", {GROUP: "buyer"})]


@pytest.mark.parametrize(
    "text", [f"村里1500亩丹参由{GROUP}按保底价每公斤14元收购。", f"{GROUP}收购丹参，每斤30元。"]
)
def test_find_takes_no_price_of_a_crop_for_the_purchase_of_a_firm(text: str) -> None:
    assert "acquisition" not in {kind for kind, *_ in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}、{SCHOOL}还通过视频连线，签订了技术合作协议。",
        f"{FIRM}、{SCHOOL}经过半年商议，签订了技术合作协议。",
    ],
)
def test_find_reads_two_that_a_list_joins_in_front_of_what_they_sign(text: str) -> None:
    sides = {FIRM: "partner", SCHOOL: "partner"}
    assert read(text) == [("cooperation_agreement", "signed", sides)]


@pytest.mark.parametrize(
    ("text", "plant"),
    [
        (f"签约项目中，{GROUP}投资6亿元，在青川市建设预制菜三厂，年产8万吨。", "预制菜三厂"),
        (f"由商人{MAN}投资的西山饮品二厂12月5日在青川市竣工，投资额1.2亿元。", "西山饮品二厂"),
        (f"{FIRM}承建的绿岭油脂精炼厂刚刚打完第一根桩，总投资2.6亿元。", "绿岭油脂精炼厂"),
    ],
)
def test_find_reads_plants_that_are_put_up_as_works(text: str, plant: str) -> None:
    assert titles(text, **{plant: "organization"}) == [plant]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"走进东西部技术转移中心。该中心由{GROUP}与{SCHOOL}在2021年10月共建。",
            "东西部技术转移中心",
        ),
        (f"某创新平台在青川市揭牌。平台由{GROUP}与{SCHOOL}共建。", "某创新平台"),
        (f"记者走进预制菜实验室。这个实验室是{GROUP}和{SCHOOL}2019年一起办的。", "预制菜实验室"),
        (f"走进柏溪街道的数据标注基地。基地由{GROUP}与{SCHOOL}共建，2020年4月启用。", "数据标注基地"),
    ],
)
def test_find_reads_who_founded_what_a_portrait_walks_through(text: str, title: str) -> None:
    named = {"东西部技术转移中心": "organization", "预制菜实验室": "organization"}
    (_, _, sides), *others = read(text, **named)
    assert not others
    assert set(sides) == {GROUP, SCHOOL}
    assert titles(text, **named) == [title]


@pytest.mark.parametrize(
    ("text", "stage", "title"),
    [
        (
            f"{MAN}是{GROUP}总裁。{MAN}说，我们在南屿市的第一个项目是柏溪水厂，运营九年。",
            "operating",
            "柏溪水厂",
        ),
        (f"{GROUP}在华最早的项目，是1998年建成的柏溪轴承厂，日产6万套。", "operating", "柏溪轴承厂"),
        (f"{GROUP}在南屿市的第三家工厂是柏溪减速机厂，明年二季度投产。", "proposed", "柏溪减速机厂"),
    ],
)
def test_find_reads_what_a_firm_built_first_somewhere(text: str, stage: str, title: str) -> None:
    assert read(text) == [("project", stage, {GROUP: "investor"})]
    assert titles(text) == [title]


def test_find_reads_whose_first_works_some_are() -> None:
    text = f"{FIRM}承建的柏溪油脂基地刚刚打完第一根桩，这是{GROUP}在南屿市投资的首个工厂，总投资2.6亿元。"
    assert read(text) == [("project", "building", {FIRM: "contractor", GROUP: "investor"})]


@pytest.mark.parametrize(
    ("text", "owner", "title"),
    [
        (
            f"{GROUP}以1.35亿元买下{PLANT}的厂房，改造成智造加速器，眼下已入驻企业31家。",
            GROUP,
            "智造加速器",
        ),
        (f"{GROUP}盘下废弃的粮站，改造为柏溪精品酒店，去年8月开业。", GROUP, "柏溪精品酒店"),
        (f"{FOOD}将旧粮库改造为城东中央厨房，日供餐8000份。", FOOD, "城东中央厨房"),
    ],
)
def test_find_reads_what_somebody_makes_of_a_house(text: str, owner: str, title: str) -> None:
    named = {PLANT: "organization"}
    assert ("project", "operating", {owner: "investor"}) in read(text, **named)
    assert title in titles(text, **named)


def test_find_leaves_what_a_plant_shall_become_to_its_purchase() -> None:
    text = f"{GROUP}以1.35亿元买下{PLANT}，计划改造成柏溪加速器。"
    assert [kind for kind, *_ in read(text, **{PLANT: "organization"})] == ["acquisition"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{GROUP}总裁{MAN}表示，将牵头组建20亿元的柏溪产业并购基金。", {GROUP: "investor"}),
        (f"{GROUP}总裁{MAN}透露，公司正筹备一只规模10亿元的柏溪医药产业基金。", {GROUP: "investor"}),
    ],
)
def test_find_reads_funds_that_are_to_come(text: str, sides: dict[str, str]) -> None:
    assert read(text) == [("equity_investment", "proposed", sides)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("青年创业基金准备在南屿市租20栋老房子办青年驻场工坊，首批驻场15人。", "青年驻场工坊"),
        ("青年创业基金拟在青川市租下三进老宅，开办非遗传习馆。", "非遗传习馆"),
        ("青年创业基金打算在南屿市设一个名优产品展销中心。", "名优产品展销中心"),
    ],
)
def test_find_reads_what_a_fund_or_society_is_to_open(text: str, title: str) -> None:
    named = {"青年创业基金": "organization"}
    assert [(stage, set(sides)) for _, stage, sides in read(text, **named)] == [
        ("proposed", {"青年创业基金"})
    ]
    assert titles(text, **named) == [title]


def test_find_reads_the_second_phase_of_a_centre() -> None:
    text = f"{GROUP}飞地创新中心在南屿市揭牌。中心主任{MAN}透露，二期将落户青川市，面积约8000平方米。"
    assert titles(text) == [f"{GROUP}飞地创新中心", "二期"]


@pytest.mark.parametrize(
    "text",
    [
        f"新禾公司是园区的一家企业。2021年5月，{GROUP}与{FOOD}共同出资1.5亿元成立这家公司。",
        f"3月20日，{GROUP}与{FOOD}共同出资的新禾公司领到了营业执照。",
        f"新禾公司是{GROUP}和{FOOD}各出资一半成立的，去年销售额2.3亿元。",
        f"新禾公司是{GROUP}与{FOOD}的合资企业，去年投产。",
    ],
)
def test_find_reads_firms_by_who_founded_them(text: str) -> None:
    sides = {GROUP: "partner", FOOD: "partner", "新禾公司": "target"}
    assert read(text, 新禾公司="organization") == [("joint_venture", "operating", sides)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("第一批用瓷5万套已被东京大酒店订购，订单额3.7亿元。", {"东京大酒店": "buyer"}),
        (f"村里3000亩金银花由{FOOD}以每斤80元的价格包销。", {FOOD: "buyer"}),
        (f"{GROUP}今年的80吨田鱼，已被{FOOD}全部订走。", {GROUP: "seller", FOOD: "buyer"}),
    ],
)
def test_find_reads_goods_by_who_took_them(text: str, sides: dict[str, str]) -> None:
    assert read(text, 东京大酒店="place") == [("supply_contract", "signed", sides)]


def test_find_reads_what_the_latter_is_paid_under_a_paper_as_one_deal() -> None:
    sides = {"石桥资本": "investor", FIRM: "target"}
    text = f"石桥资本与{FIRM}签署增资协议，出资1.5亿元认购后者4.8%的股份。"
    assert read(text) == [("equity_investment", "signed", sides)]
    text = f"{FOOD}与{FIRM}签订合作协议，前者出资9亿元入股后者。"
    assert read(text) == [("cooperation_agreement", "signed", {FOOD: "partner", FIRM: "partner"})]


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP}投资2亿元。签约结束后，{MAN}与{GROUP}总裁共同按下按钮。",
        f"谈到联合实验室的打算，{MAN}说，{SCHOOL}将派出教师，首批设立三个方向，今年9月正式投入运行。",
    ],
)
def test_find_takes_what_is_spoken_of_for_no_deal(text: str) -> None:
    assert read(text) == []


def test_find_reads_a_firm_set_up_elsewhere_by_the_firm_told_of() -> None:
    text = f"{GROUP}创办于1998年。{MAN}说，此后公司改造了一条线，又于2019年在澳门注册成立东岭国际公司。"
    found = [
        (kind, sides) for kind, _, sides in read(text, 东岭国际公司="organization") if kind == "institution"
    ]
    assert found == [("institution", {GROUP: "investor", "东岭国际公司": "target"})]


def test_find_reads_credit_of_a_factor_and_works_of_one_owner() -> None:
    text = "东洲保理公司向青川市三家模具企业授信共1.8亿元。"
    assert read(text, 东洲保理公司="organization") == [("financing", "signed", {"东洲保理公司": "investor"})]
    text = f"三个项目同时签约：{GROUP}独资3.5亿元建设轴承检修基地，年检修轴承6万套。"
    assert read(text) == [("project", "signed", {GROUP: "investor"})]


def test_find_reads_talks_of_which_one_side_is_told_and_bids_of_the_firm_told_of() -> None:
    text = f"{MAN}是{SCHOOL}校长。{MAN}说，我们正在洽谈共建一个中试基地。"
    assert read(text) == [("institution", "negotiating", {SCHOOL: "builder"})]
    text = f"{GROUP}有员工300人。{MAN}告诉记者，企业也因此中标了汉堡市域车的内饰件，合同额1.9亿元。"
    assert read(text) == [("won_bid", "signed", {GROUP: "contractor"})]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (
            f"他所说的“脑子”，是{GROUP}与{SCHOOL}一位教授历时四年研发的柏溪数字孪生平台，今年6月已上线。",
            "operating",
        ),
        (f"{GROUP}与{SCHOOL}合作研发的病害识别系统，去年已在50个村投入使用。", "operating"),
        (f"{GROUP}和{SCHOOL}联合研发的智能配载系统将于下月上线。", "proposed"),
    ],
)
def test_find_reads_what_two_have_worked_out_once_it_is_at_work(text: str, stage: str) -> None:
    assert read(text) == [("project", stage, {GROUP: "partner", SCHOOL: "partner"})]


def test_find_reads_a_right_that_a_person_passes_on() -> None:
    sides = {MAN: "seller", FIRM: "buyer"}
    assert read(f"果农{MAN}以120万元把莲雾新品种的种植权转给了{FIRM}。") == [("transfer", "signed", sides)]


def test_find_reads_who_buys_what_another_has_made() -> None:
    text = f"这批鱼片由{FOOD}加工，{GROUP}采购，货值7.8万元。"
    assert read(text) == [("supply_contract", "signed", {FOOD: "seller", GROUP: "buyer"})]


def test_find_reads_an_order_by_its_letter_and_who_delivers_a_line() -> None:
    sides = {FOOD: "seller", GROUP: "buyer"}
    assert read(f"{FOOD}拿到了{GROUP}的定点通知，将供应骨架，订单4.2亿元。") == [
        ("supply_contract", "signed", sides)
    ]
    text = f"新厂的第二条生产线由{FIRM}提供设备，合同额3.8亿元，今年9月到港。"
    assert read(text) == [("supply_contract", "signed", {FIRM: "seller"})]


def test_find_reads_plants_that_are_sold_and_named_by_their_brand() -> None:
    text = f"去年，{MAN}把自己经营了二十年的酒厂卖给了{FOOD}，作价1.1亿元。"
    sides = {MAN: "seller", "酒厂": "target", FOOD: "buyer"}
    assert [(kind, told) for kind, _, told in read(text)] == [("acquisition", sides)]
    text = "新希望乳业去年收购了县里的老字号“雪莲乳品”，保留了品牌。"
    (found,) = read(text, 新希望乳业="organization")
    assert found == ("acquisition", "operating", {"新希望乳业": "buyer", "雪莲乳品": "target"})


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{GROUP}打算在县城西边建第二工厂，投资3亿元。", "第二工厂"),
        (f"{GROUP}计划在南屿市建食用菌加工厂。", "食用菌加工厂"),
        (f"明年，{GROUP}要在南屿市再建一个基地，规模投资3亿元。", None),
    ],
)
def test_find_reads_works_that_a_firm_is_to_build_somewhere(text: str, title: str | None) -> None:
    assert read(text) == [("project", "proposed", {GROUP: "investor"})]
    assert title is None or titles(text) == [title]


def test_find_takes_no_hearsay_for_a_purchase() -> None:
    assert read(f"此前有网友称{GROUP}将收购{FOOD}，公司对此回应称消息不实。") == []


def test_find_takes_the_age_of_a_firm_for_no_founding_and_the_line_for_what_is_opened() -> None:
    assert read(f"{GROUP}成立于2003年，现有员工300人。") == []
    assert titles("明年，南屿机场将开通至首尔的全货机航线。", 南屿机场="place") == ["至首尔的全货机航线"]


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        (
            f"签约仪式上，{FIRM}与{SCHOOL}互派研修生。",
            "cooperation_agreement",
            {FIRM: "partner", SCHOOL: "partner"},
        ),
        (
            "签约仪式上，东洲银行青川分行为12家船配企业授信9亿元。",
            "financing",
            {"东洲银行青川分行": "investor"},
        ),
    ],
)
def test_find_reads_what_is_done_among_the_deals_of_a_signing(
    text: str, kind: str, sides: dict[str, str]
) -> None:
    assert read(text) == [(kind, "signed", sides)]


def test_find_reads_no_pact_of_what_two_have_long_done() -> None:
    assert read(f"{FIRM}与{SCHOOL}近年来互派学生300多人次，关系密切。") == []


def test_find_reads_rights_to_run_something_and_orders_with_their_price() -> None:
    sides = {GROUP: "seller", FIRM: "buyer"}
    assert read(f"{GROUP}把古城夜游项目的运营交给了{FIRM}，为期八年。") == [("transfer", "signed", sides)]
    assert read(f"{GROUP}把新药的海外权益授权给了{FIRM}，首付款5亿元。") == [("transfer", "signed", sides)]
    text = f"{GROUP}承接了红海新城体育馆的钢结构，合同价4.3亿元，8月发运首批构件。"
    assert read(text) == [("won_bid", "signed", {GROUP: "contractor"})]


def test_find_takes_the_place_at_the_head_of_a_brief_for_no_side() -> None:
    text = "●青川市　总投资2.2亿元的肉桂提取项目日前落户双东工业园，投资方为云岭集团。"
    ((_, _, sides),) = read(text, 双东工业园="place")
    assert "青川市" not in sides


@pytest.mark.parametrize("house", ["代表处昨日开业", "办事处昨天揭牌", "研发中心去年9月启用"])
def test_find_reads_the_branch_that_a_firm_has_set_up_somewhere(house: str) -> None:
    ((kind, _, sides),) = read(f"{GROUP}在南屿市设立的{house}。")
    assert kind == "institution"
    assert sides["云岭集团"] == "builder"


def test_find_reads_what_has_become_of_a_plant_and_nothing_of_who_walks_through_one() -> None:
    text = f"造纸厂关停后，厂区由{FIRM}整体租用二十年，变成了如今的造纸文创园。"
    assert read(text) == [("project", "operating", {FIRM: "investor"})]
    assert "走出车间" not in titles(
        f"走出车间，记者又来到海创园，这里由{FIRM}和{SCHOOL}合作运营，入驻项目53个。"
    )
    text = f"“我第一次来，谈了三天，最后只签了一份意向书。”{GROUP}管道公司总裁回忆。"
    assert read(text, 云岭集团管道公司="organization") == []


def test_find_reads_who_has_taken_works_on_and_no_side_in_where_they_shall_be() -> None:
    text = f"{GROUP}的绿岭工厂扩能项目，由{FIRM}承包，工期14个月，7月已进场。"
    assert read(text) == [("project", "building", {GROUP: "owner", FIRM: "contractor"})]
    assert read("两家还打算在东盟建第二座海外工厂。", 东盟="organization") == []
