"""Works in words that no rule has an order for: how far they are, whose they are, and where firms settle."""

import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_papers import FINDER, MARKS, read

FIRM, GROUP, BUILDER = "海棠科技有限公司", "云岭集团", "东江建工集团"


def titled(text: str) -> list[tuple[str, str, str | None]]:
    """Type, stage and title."""
    articles, sentences, mentions = frames(text, MARKS)
    return [
        (row["deal_type"], row["stage"], row["title"])
        for row in FINDER.find(articles, sentences, mentions)[0].iter_rows(named=True)
    ]


@pytest.mark.parametrize(
    ("text", "title", "stage"),
    [
        ("青川大桥主墩24根桩基已完成15根。", "青川大桥", "building"),
        ("截至目前，青川水库大坝填筑至高程310米。", "青川水库", "building"),
        ("青川新材料产业园预计8月竣工。", "青川新材料产业园", "building"),
        (f"{FIRM}的水泵组装厂首台水泵下线。", "水泵组装厂", "operating"),
    ],
)
def test_what_is_done_or_due_says_how_far_works_are(text: str, title: str, stage: str) -> None:
    assert ("project", stage, title) in titled(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}拟投资5亿元建设青川轴承厂，预计明年投产。",
        "青川新材料产业园正在办理环评，预计8月竣工。",
    ],
)
def test_what_nobody_has_begun_is_a_plan_whatever_day_it_shall_be_done_by(text: str) -> None:
    assert all(stage == "proposed" for _, stage, _ in titled(text))


def test_a_sum_of_many_works_is_no_deal() -> None:
    assert read(f"{FIRM}所在的园区传来消息。截至一季度末，全区重点项目完成投资63亿元。") == []


CEREMONY = "推介会上，12个项目集中签约。"


@pytest.mark.parametrize(
    ("text", "title", "parties"),
    [
        (
            f"{CEREMONY}分量最重的是{FIRM}的深紫外芯片项目。",
            "深紫外芯片项目",
            {FIRM: "investor"},
        ),
        (
            f"{CEREMONY}其中，{FIRM}（以下简称“海棠”）的冷链分拨中心，投资12亿元。",
            "冷链分拨中心",
            {FIRM: "investor"},
        ),
        (
            f"{CEREMONY}{FIRM}的海藻肥项目与{GROUP}的烘干设备项目合计3.8亿元。",
            "烘干设备项目",
            {GROUP: "investor"},
        ),
    ],
)
def test_a_report_of_a_signing_goes_through_works_by_owner_and_name(
    text: str, title: str, parties: dict[str, str]
) -> None:
    assert ("project", "signed", title) in titled(text)
    assert parties in [sides for _, _, sides in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}的深紫外芯片项目，投资12亿元。",
        f"{CEREMONY}此前，{FIRM}的深紫外芯片项目，投资12亿元。",
    ],
)
def test_a_name_with_an_amount_alone_tells_no_deal(text: str) -> None:
    assert all(title != "深紫外芯片项目" for _, _, title in titled(text))


@pytest.mark.parametrize(
    "ceremony",
    [
        CEREMONY,
        "推介会共签下合同项目11个、引资67.4亿元。",
        "恳谈会的重头戏是签约。",
        f"县里与{FIRM}、{GROUP}分别签订合同。",
    ],
)
def test_what_shall_be_built_was_signed_where_a_signing_is_told(ceremony: str) -> None:
    assert ("project", "signed", "水泵组装基地") in titled(
        f"{ceremony}{FIRM}将在南屿市投资8亿元建设水泵组装基地。"
    )


def test_words_that_hold_a_character_of_a_plan_make_none() -> None:
    text = f"{GROUP}的供应商{FIRM}与青川市签订投资协议。"
    assert all(stage == "signed" for _, stage, _ in titled(text))


@pytest.mark.parametrize(
    "text",
    [
        "北岭大学援建的青川市远程会诊中心已于去年12月投入使用。",
        f"{FIRM}与北岭大学办的花生中试基地刚挂上牌。",
    ],
)
def test_a_body_that_stands_is_no_agreement(text: str) -> None:
    kinds = {kind for kind, _, _ in titled(text)}
    assert kinds
    assert kinds <= {"institution", "project"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "青川市石墨烯浆料项目因投资方资金链断裂，经协商已解除合同。",
            "青川市石墨烯浆料项目",
        ),
        ("此前签约的储能电芯项目因投资方资金调整，双方已协商终止合作。", "储能电芯项目"),
    ],
)
def test_works_end_behind_the_reason(text: str, title: str) -> None:
    assert ("project", "ended", title) in titled(text)


def test_an_end_that_is_denied_tells_nothing() -> None:
    assert all(stage != "ended" for _, stage, _ in titled("青川农机总装项目并未终止，一期厂房已封顶。"))


def test_an_item_may_tell_how_far_several_works_are() -> None:
    text = f"{FIRM}的蛋鸡场已投产，{GROUP}的平菇工厂正在装棚，北岭大学的气调库工程至今没有动工。"
    assert {"operating", "building", "proposed"} <= {stage for _, stage, _ in titled(text)}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (f"{FIRM}落户青川经开区，租下二号厂房。", {FIRM: "investor", "青川经开区": "host"}),
        (f"{GROUP}独资的{FIRM}拿到营业执照，总投资3亿元。", {GROUP: "investor", FIRM: "owner"}),
    ],
)
def test_a_firm_settles_where_it_gets_room_or_its_licence(text: str, sides: dict[str, str]) -> None:
    assert ("project", "landed", sides) in read(text)


@pytest.mark.parametrize("text", [f"希望{FIRM}落户青川经开区。", f"{FIRM}落户时只做淀粉。"])
def test_a_wish_or_a_time_is_no_settling(text: str) -> None:
    assert read(text) == []


def test_a_list_tells_how_far_each_of_its_works_is() -> None:
    text = "昨日开工的有青川储能电池包、智慧冷链二期、桂河污水管网等9个项目。"
    assert titled(text) == [
        ("project", "building", "青川储能电池包"),
        ("project", "building", "智慧冷链二期"),
        ("project", "building", "桂河污水管网"),
    ]


def test_who_says_so_is_no_part_of_the_works() -> None:
    assert read("丁一凡宣布项目开工，并要求各部门把企业的事当自家的事来办。") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{FIRM}签下燕窝精深加工厂，购地38亩。", ("project", "signed", "燕窝精深加工厂")),
        (f"{FIRM}水泵组装基地：从打桩到投产只用了三百天。", ("project", "operating", "水泵组装基地")),
        ("★青川市：灵芝产业园项目招商搁浅。", ("project", "ended", "灵芝产业园项目")),
    ],
)
def test_works_are_signed_for_hurried_and_given_up(text: str, told: tuple[str, str, str]) -> None:
    assert told in titled(text)


def test_a_short_name_means_the_works_told_before() -> None:
    text = f"{FIRM}与青川市签订环保纸品产业园项目协议。\n{FIRM}的产业园项目选址城南，明年动工。"
    assert [stage for kind, stage, _ in titled(text) if kind != "equity_investment"] == ["signed"]


def test_an_amount_of_a_phase_is_one_of_the_whole() -> None:
    text = f"{FIRM}与青川市签订协议，建设水泵组装基地，一期投资9亿元。"
    assert all(name != "一期" for _, _, name in titled(text))


@pytest.mark.parametrize("wish", ["希望", "期待", "如果", "有望", "听说", "推动", "建议", "一旦", "不排除"])
@pytest.mark.parametrize(
    "text",
    [
        "{wish}青川江特大桥合龙。",
        "{wish}青川新材料产业园项目开工。",
        f"{{wish}}{FIRM}落户青川经开区。",
        f"{FIRM}{{wish}}签下燕窝精深加工厂。",
        f"{FIRM}{{wish}}把检测中心放在南屿市。",
        f"{{wish}}{GROUP}的冷链物流园项目尽快投产。",
    ],
)
def test_of_a_wish_no_deed_is_told(wish: str, text: str) -> None:
    assert {stage for _, stage, _ in titled(text.format(wish=wish))} <= {"proposed", "negotiating"}


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}已于去年12月终止在芦屯镇的投资。",
        f"{FIRM}因环评没有通过，4月撤回投资。",
        f"{FIRM}主动提出退地。",
    ],
)
def test_a_firm_that_gives_up_what_it_was_to_build_ends_it(text: str) -> None:
    assert titled(text) == [("project", "ended", None)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"“青川里”商业综合体停工，开发商为{FIRM}。", "“青川里”商业综合体"),
        (f"由{FIRM}与{GROUP}合资兴办的焦化气制氢项目在青川破土动工。", "焦化气制氢项目"),
        (f"16日，由{GROUP}建设的青花江南岸沿江路改造工程恢复通车。", "青花江南岸沿江路改造工程"),
        ("青川机场改扩建工程新航站楼10月10日启用，面积3万平方米。", "青川机场改扩建工程新航站楼"),
        (f"与之配套的电解液项目由{FIRM}承担，目前进入设备调试阶段。", "电解液项目"),
        ("青川岭隧道昨日零时双向贯通试通车。", "青川岭隧道"),
        (f"{FIRM}的合成氨技改项目6月26日一次性开车成功。", "合成氨技改项目"),
        (f"总投资6亿元的{FIRM}隔膜项目于2月20日实现量产。", "隔膜项目"),
    ],
)
def test_the_name_of_works_is_whole_and_no_more(text: str, title: str) -> None:
    assert title in [found for kind, _, found in titled(text) if kind == "project"]


def test_a_plant_that_runs_is_works_though_its_name_is_a_body_s() -> None:
    articles, sentences, mentions = frames(
        "●青川热带水果冻干厂本周投产，首批产品发往南屿。", {"青川热带水果冻干厂": "organization"}
    )
    deals = FINDER.find(articles, sentences, mentions)[0]
    assert deals.select("deal_type", "stage", "title").rows() == [
        ("project", "operating", "青川热带水果冻干厂")
    ]


def test_a_second_phase_behind_a_contract_is_told_of_itself() -> None:
    text = f"今年，{FIRM}步子更大：3月，同{GROUP}签下三年期原料供货合同；7月，总投资3亿元的二期工厂破土。"
    assert ("project", "building", "二期工厂") in titled(text)


def test_a_paper_whose_works_the_latter_shall_build_is_called_by_them() -> None:
    text = f"3月18日，青川经开区管委会与{FIRM}签订投资合同，由后者投资22亿元建设储能装备制造基地。"
    assert titled(text) == [("project", "signed", "储能装备制造基地")]


def test_a_signing_event_held_somewhere_signs_nothing() -> None:
    text = "青川市乳制品推介暨项目签约活动在北岭大学报告厅举行。"
    assert titled(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "stage", "parties"),
    [
        (f"{FIRM}的车间正在打桩。", "project", "building", {FIRM: "owner"}),
        (f"做滤芯的{FIRM}，厂房封了顶，6月交付。", "project", "building", {FIRM: "owner"}),
        (
            f"{FIRM}的厂房已被{GROUP}相中，双方正在谈价钱。",
            "transfer",
            "negotiating",
            {FIRM: "seller", GROUP: "buyer"},
        ),
        (f"{FIRM}看中了隔壁一块60亩的地，租金还在谈。", "transfer", "negotiating", {FIRM: "buyer"}),
    ],
)
def test_plain_works_and_premises_that_a_firm_has_an_eye_on(
    text: str, kind: str, stage: str, parties: dict[str, str]
) -> None:
    assert (kind, stage, parties) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRM}的仓库着了火，消防队员及时赶到。",
        f"{FIRM}看中的是当地的好山好水。",
        f"{FIRM}的车间尚未封顶。",
        f"{FIRM}的厂房封顶仪式上，锣鼓喧天。",
    ],
)
def test_a_fire_a_view_and_a_ceremony_are_no_works(text: str) -> None:
    assert read(text) == []


def test_a_long_paragraph_of_plants_is_read_in_no_time() -> None:
    assert read("车间旁边的厂房被看中" * 2000) == []
