"""Works, plants, shops and houses as a county daily tells of them: who, where, how far. Names are made up."""

from datetime import date

import pytest

from tests.unit.extract.spans import deal_sides, frames
from tests.unit.extract.test_deals_attributes import read as read_dated
from tests.unit.extract.test_deals_formulas import AMOUNTS, FINDER

HOUSE, COPPER = "宏岭科技公司", "晋岭铜业公司"
NAMES = {
    **dict.fromkeys(
        [HOUSE, COPPER, "远岭维修公司", "清岭镇政府", "清岭县人民政府", "县城投集团", "木岭新能源公司"],
        "organization",
    ),
    **dict.fromkeys(["清岭县", "木岭区", "沙岭镇", "石岭镇", "宁岭市"], "place"),
    **dict.fromkeys(["张一山", "李二山"], "person"),
}


def read(text: str) -> list[tuple[str, str, str | None, dict[str, str]]]:
    """Type, stage, title, and the role of each side, of every deal."""
    articles, sentences, mentions = frames(text, NAMES)
    amounts = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, _ = FINDER.find(articles, sentences, mentions, quantities=amounts)
    return deal_sides(deals, parties)


@pytest.mark.parametrize(
    ("text", "stage", "title", "sides"),
    [
        (
            f"{HOUSE}当场表示，要把碳纤维球拍生产线迁往清岭县，投资2.2亿元。",
            "proposed",
            "碳纤维球拍生产线",
            {HOUSE: "investor", "清岭县": "host"},
        ),
        (
            f"{HOUSE}的精炼车间将整体迁往沙岭镇，原址改作仓库。",
            "proposed",
            "精炼车间",
            {HOUSE: "investor"},
        ),
        (
            "本公司原有的精炼车间将整体迁往沙岭镇。",
            "proposed",
            "精炼车间",
            {"本公司": "investor"},
        ),
        (f"{HOUSE}的染料生产线已全部迁入园区。", "landed", "染料生产线", {HOUSE: "investor"}),
        (
            f"在外多年的张一山当场拍板，把注册在宁岭市的{COPPER}整体迁回老家。",
            "proposed",
            None,
            {"张一山": "investor", COPPER: "target"},
        ),
        (
            f"{HOUSE}总经理张一山说，项目二期打算放在沙岭镇。",
            "proposed",
            "项目二期",
            {HOUSE: "investor"},
        ),
        (
            f"{HOUSE}刚拿到一笔贷款，总经理李二山说，明年想在宁岭市开一家分厂。",
            "proposed",
            None,
            {HOUSE: "investor"},
        ),
        (f"{HOUSE}想在宁岭市设一个维修点，审批还没下来。", "proposed", "维修点", {HOUSE: "investor"}),
        (
            f"{HOUSE}决定不再在清岭县建设中药饮片厂。",
            "ended",
            "中药饮片厂",
            {HOUSE: "investor", "清岭县": "host"},
        ),
        (f"{HOUSE}原计划在宁岭市设立的挂面厂不再实施。", "ended", None, {HOUSE: "owner"}),
        (
            "张一山租下三座老屋，要改成22间客房的民宿。",
            "proposed",
            "22间客房的民宿",
            {"张一山": "investor"},
        ),
        (
            f"清岭镇政府引进{HOUSE}，把旧车间改成香菇菌棒厂，去年投产。",
            "operating",
            "香菇菌棒厂",
            {HOUSE: "investor", "清岭镇政府": "host"},
        ),
        (
            "张一山和妻子李二山在这里修叶片。前年，夫妻俩凑了480万元在沙岭镇办起远岭维修公司。",
            "operating",
            "远岭维修公司",
            {"张一山": "investor", "李二山": "investor", "远岭维修公司": "target"},
        ),
        (
            f"由张一山与{HOUSE}共同出资，要在此建设年产5万吨正极材料基地。",
            "proposed",
            "年产5万吨正极材料基地",
            {"张一山": "investor", HOUSE: "investor"},
        ),
        (
            f"引来一座冷链驿站——由{HOUSE}投资6200万元，建在石岭镇。",
            "landed",
            "冷链驿站",
            {HOUSE: "investor", "石岭镇": "host"},
        ),
        (
            f"配套的污水处理厂由{HOUSE}以BOT方式建设，特许经营25年，合同已经签了。",
            "signed",
            "污水处理厂",
            {HOUSE: "investor"},
        ),
        (
            f"{HOUSE}沙岭镇老厂区的酒库改造工程进展正常，预计9月完工。",
            "building",
            "酒库改造工程",
            {HOUSE: "owner"},
        ),
        (
            "沙岭湾冷链物流中心通过竣工验收。县城投集团为它投了3.1亿元。",
            "operating",
            "沙岭湾冷链物流中心",
            {"县城投集团": "investor"},
        ),
        (
            f"云湖康养小镇主体封顶，由新的投资人{HOUSE}接手复工。",
            "building",
            "云湖康养小镇",
            {HOUSE: "investor"},
        ),
        (
            f"那里开建的临港物流园由县城投集团牵头，{COPPER}总承包，将建5000吨级泊位2个。",
            "building",
            "临港物流园",
            {COPPER: "contractor", "县城投集团": "owner"},
        ),
        (
            "清岭县人民政府与木岭新能源公司就废弃矿山光伏项目进行了第三轮磋商，并网条件上还有分歧。",
            "negotiating",
            None,
            {"清岭县人民政府": "host", "木岭新能源公司": "investor"},
        ),
        (f"{HOUSE}去年在宁岭市建成了一家新厂。", "operating", "新厂", {HOUSE: "investor"}),
        (
            f"{HOUSE}把第二工厂放进了宁岭市，投资3.6亿元。",
            "landed",
            "第二工厂",
            {HOUSE: "investor", "宁岭市": "host"},
        ),
        ("云岭农庄是返乡青年张一山投资兴建的，占地60亩。", "building", "云岭农庄", {"张一山": "investor"}),
        (
            f"博物馆改建到石岭镇，8月已经动工，总投资3300万元，投资方为{HOUSE}。",
            "building",
            None,
            {HOUSE: "investor"},
        ),
    ],
)
def test_works_of_one_owner_are_read(text: str, stage: str, title: str | None, sides: dict[str, str]) -> None:
    assert [row[1:] for row in read(text)] == [(stage, title, sides)]


@pytest.mark.parametrize(
    ("text", "kind", "stage", "title", "sides"),
    [
        (
            "清岭县与木岭区商定，在月坛商街开一家“清岭味道”直营店。",
            "project",
            "proposed",
            "“清岭味道”直营店",
            {"清岭县": "partner", "木岭区": "partner"},
        ),
        (
            f"清岭县与木岭区座谈，双方同意把{HOUSE}的试飞基地设在沙岭镇。",
            "project",
            "proposed",
            "试飞基地",
            {HOUSE: "investor"},
        ),
        (
            f"招商分队与{HOUSE}谈好在沙岭镇建温泉康养基地，不料对方换帅，投资被搁置。",
            "project",
            "ended",
            "温泉康养基地",
            {HOUSE: "investor"},
        ),
    ],
)
def test_what_two_agree_to_open_is_read(
    text: str, kind: str, stage: str, title: str, sides: dict[str, str]
) -> None:
    [(read_kind, read_stage, read_title, read_sides)] = read(text)
    assert (read_stage, read_title) == (stage, title)
    assert read_kind == kind
    assert sides.items() <= read_sides.items()


def test_works_begun_on_the_same_day_have_rows_of_their_own() -> None:
    rows = read("同一天动工的还有沙岭镇的县第三水厂和石岭镇境内的云岭电站进场道路，前者日供水6万吨。")
    assert [(stage, title) for _, stage, title, _ in rows] == [
        ("building", "县第三水厂"),
        ("building", "云岭电站进场道路"),
    ]
    assert read("同批开工的还有5个民生项目。") == []


def test_a_phase_beside_its_own_firm_is_none_of_works_told_before() -> None:
    rows = read(f"{COPPER}的铜箔项目当天投产。往北是沙岭镇，{HOUSE}的三期车间已经开机。")
    assert [(title, sides) for *_, title, sides in rows] == [
        ("铜箔项目", {COPPER: "owner"}),
        ("三期车间", {HOUSE: "owner"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"清岭县人民政府同{HOUSE}签约。按照协议，{HOUSE}投资1.6亿元的压铸模具项目落户沙岭镇。",
        f"清岭县人民政府与{HOUSE}签约。{HOUSE}将在沙岭镇建设压铸模具项目。",
    ],
)
def test_a_signing_and_its_works_in_the_next_sentence_are_one_deal(text: str) -> None:
    [(kind, stage, title, sides)] = read(text)
    assert (kind, stage, title) == ("project", "signed", "压铸模具项目")
    assert sides == {HOUSE: "investor", "清岭县人民政府": "host"}


def test_who_pays_for_works_is_no_deal_of_its_own() -> None:
    text = f"总投资15亿元的高多层线路板项目落户沙岭镇。投资方{HOUSE}已在县里注册{COPPER}。"
    [(kind, _, title, sides)] = read(text)
    assert (kind, title) == ("project", "高多层线路板项目")
    assert sides.items() >= {HOUSE: "investor", COPPER: "owner"}.items()


@pytest.mark.parametrize(
    "text",
    [
        "村民们陆续搬进新居。",
        f"{HOUSE}将总部迁往宁岭市的传闻不实。",
        "会议同意在城东设立一处便民服务点。",
        "张一山夫妇俩想凑100万元办一家厂。",
        "村里凑了30万元办起小学。",
        f"{HOUSE}还没有投产。",
        f"{HOUSE}新产品投产后，销量大增。",
        f"{HOUSE}的二期项目已具备开工条件，正在办理开工手续。",
    ],
)
def test_no_deal_is_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        ("海棠科技有限公司5月18日正式点火投产，年产瓷砖800万平方米。", ["operating"]),
        ("海棠科技有限公司用矿渣烧制隔墙板，5月18日点火。", ["operating"]),
        ("海棠科技有限公司8月18日投产。", []),
        ("海棠科技有限公司还没有投产。", []),
        ("海棠科技有限公司去年5月投产，今年又上二期。", []),
    ],
)
def test_a_firm_that_goes_into_production_on_a_day_that_is_told(text: str, stages: list[str]) -> None:
    assert [deal["stage"] for deal in read_dated(text)] == stages


@pytest.mark.parametrize("issue_on", [date(2031, 5, 20), None])
@pytest.mark.parametrize("day", ["年底", "月底", "下半年"])
def test_a_day_to_come_is_ahead_on_a_page_that_tells_no_day_too(day: str, issue_on: date | None) -> None:
    [deal] = read_dated(f"海棠科技有限公司的窑炉改造项目进展顺利，{day}完工。", issue_on)
    assert deal["stage"] == "building"


def test_a_plant_that_is_put_somewhere_at_a_signing_is_signed() -> None:
    text = f"推进会上6个项目集中签约。{HOUSE}把第二工厂放进了宁岭市，投资3.6亿元。"
    [(_, stage, title, _)] = read(text)
    assert (stage, title) == ("signed", "第二工厂")


def test_each_phase_has_a_row_with_how_far_it_is() -> None:
    rows = read(f"{HOUSE}铜箔项目一期已投产，二期在建，三期正在规划。")
    assert [(stage, title) for _, stage, title, _ in rows] == [
        ("operating", "铜箔项目一期"),
        ("building", "二期"),
        ("proposed", "三期"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # 复工 of 修复工程 is no word, nor is 动工 of 推动工艺.
        ("石岭矿山修复工程开工建设。", [("building", "石岭矿山修复工程")]),
        ("石岭湿地恢复工程通过验收。", [("operating", "石岭湿地恢复工程")]),
        ("石岭产业园推动工艺升级。", []),
        ("石岭产业园带动工人就业3000人。", []),
        ("石岭物流园陆续建成。", [("operating", "石岭物流园")]),
        ("我国首个海水淡化基地在沙岭镇投产。", [("operating", "海水淡化基地")]),
    ],
)
def test_what_tells_of_works_is_a_word(text: str, told: list[tuple[str, str]]) -> None:
    assert [(stage, title) for _, stage, title, _ in read(text)] == told
