"""Works and bodies founded: what tells of them, how far they are, with names of our own making."""

import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import deal_rows, frames
from transforms.extract.deals.finder import DealFinder

FINDER = DealFinder(load_lookups())
MARKS = {
    **dict.fromkeys(["云岭集团", "北岭大学", "石桥商学院", "海棠公司", "长庚银行"], "organization"),
    **dict.fromkeys(["青川县", "南屿"], "place"),
}  # fmt: skip


def read(text: str) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    deals, parties, _ = FINDER.find(*frames(text, MARKS))
    return deal_rows(deals, parties)


@pytest.mark.parametrize(
    ("text", "title", "stage"),
    [
        ("●环湖路提升工程昨日复工，月底恢复通行。", "环湖路提升工程", "building"),
        ("12.环湖路隧道今日贯通。", "环湖路隧道", "building"),
        ("总规划投资85亿的新能源整车厂落成投产。", "新能源整车厂", "operating"),
        ("县图书馆东馆大楼主体封顶。", "县图书馆东馆大楼", "building"),
        ("城西污水厂提标改造工程近日通过竣工验收。", "城西污水厂提标改造工程", "operating"),
        ("总投资3亿元的农机配件园完成桩基施工。", "农机配件园", "building"),
        ("河东文化馆正在进行内部装修。", "河东文化馆", "building"),
        ("重要水源保障工程全面开工。", "重要水源保障工程", "building"),
        ("跨江大桥项目获省发改委批复。", "跨江大桥项目", "proposed"),
        ("此前招标的老街停车楼项目，因投标人不足三家流标。", "老街停车楼项目", "ended"),
        ("金沙滩索道，因文物部门未批准，已经取消。", "金沙滩索道", "ended"),
        ("原定本月举行的临空产业园奠基仪式因疫情推迟。", "临空产业园", "proposed"),
    ],
)
def test_find_reads_works_by_their_noun_and_how_far_they_are(text: str, title: str, stage: str) -> None:
    assert read(text) == [("project", stage, title, ())]


def test_find_keeps_the_firm_in_the_name_of_a_numbered_project() -> None:
    assert [title for _, _, title, _ in read("云岭集团项目一期工程昨日投产。")] == ["云岭集团项目一期工程"]


def test_find_reads_one_phase_where_its_money_is_told_next() -> None:
    assert len(read("青川产业园一期项目昨日开工。其中一期投资4亿元，计划明年建成。")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "中部铁路通车之后，物流怎么变？",
        "力争研究院年内挂牌。",
        "青川县携手港澳开工会。",
        "去年以来，开工率回升。",
        "目前1号、2号厂房已封顶。",
        "北水东引一期工程今天启动第三次全线调水。",
        "全球最大吨位矿用卡车相继下线投入使用。",
    ],
)
def test_find_reads_no_works_into_hopes_times_and_parts(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "海棠公司正在青川县建设二期电缆车间，目前主体结构已封顶。",
            [("project", "building", "二期电缆车间", ("海棠公司",))],
        ),
        (
            "海棠公司承诺不裁员，并在青川县新建年产2万台阀门的工厂。",
            [("project", "proposed", "年产2万台阀门的工厂", ("海棠公司",))],
        ),
        (
            "海棠公司投产了一条年产5万吨的锂盐生产线。",
            [("project", "operating", "年产5万吨的锂盐生产线", ("海棠公司",))],
        ),
        (
            "海棠公司投资6亿元的碳纤维项目已完成设备安装。",
            [("project", "building", "碳纤维项目", ("海棠公司",))],
        ),
        (
            "云岭集团与海棠公司合作的天线项目，经理坦言已经散伙。",
            [("project", "ended", "天线项目", ("云岭集团", "海棠公司"))],
        ),
        (
            "代表团走访了云岭集团，该公司二期节能改造昨日竣工。",
            [("project", "operating", "二期节能改造", ("该公司",))],
        ),
        (
            "农机产业园项目由云岭集团投资。该项目去年开工，目前已投产。",
            [("project", "operating", "农机产业园项目", ("云岭集团",))],
        ),
        ("这座冷链港由云岭集团投资2亿元建设。", [("project", "building", "冷链港", ("云岭集团",))]),
    ],
)
def test_find_reads_who_builds_and_what_the_text_goes_on_to_say(
    text: str, expected: list[tuple[str, str, str, tuple[str, ...]]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "北岭大学与云岭集团共建智能装备实验室签约仪式举行。",
            [("joint_laboratory", "signed", "智能装备实验室", ("北岭大学", "云岭集团"))],
        ),
        (
            "北岭大学与云岭集团合办的茶业学院在南屿校区成立。",
            [("institution", "unveiled", "茶业学院", ("北岭大学", "云岭集团"))],
        ),
        (
            "会上，三个项目完成签约。北岭大学与石桥商学院合作设立香料工程技术中心。",
            [("institution", "signed", "香料工程技术中心", ("北岭大学", "石桥商学院"))],
        ),
        (
            "会上，三个项目完成签约。海棠公司将投资5亿元建设智能织造园。",
            [("project", "signed", "智能织造园", ("海棠公司",))],
        ),
    ],
)
def test_find_reads_what_is_founded_and_what_a_ceremony_signs(
    text: str, expected: list[tuple[str, str, str, tuple[str, ...]]]
) -> None:
    assert read(text) == expected


def test_find_reads_each_of_several_bodies_unveiled_at_once() -> None:
    found = read("会上，石桥产业研究院、钼材料工程研究中心两个平台揭牌。")
    assert [row[:3] for row in found] == [
        ("institution", "unveiled", "石桥产业研究院"),
        ("institution", "unveiled", "钼材料工程研究中心"),
    ]


def test_find_keeps_what_a_loan_pays_for_only_if_the_text_says_how_far_it_is() -> None:
    loan = "长庚银行向海棠公司发放贷款，用于建设万头肉牛繁育基地。"
    assert [row for row in read(loan) if row[2] == "万头肉牛繁育基地"] == []
    told = read(loan + "基地已经动工，目前牛舍封顶。")
    assert ("project", "building", "万头肉牛繁育基地", ("海棠公司",)) in told


def test_find_reads_the_whole_of_a_phase_that_opened() -> None:
    text = (
        "由云岭集团投资建设的临空物流港一期工程昨日投入试运行。该项目2021年4月开工，总投资11亿元，其中一期4亿元。"
        "二期包括保税仓库，计划明年动工。"
    )
    deals, _, _ = FINDER.find(*frames(text, MARKS))
    rows = {row["title"]: row for row in deals.iter_rows(named=True)}
    assert {title: row["stage"] for title, row in rows.items()} == {
        "临空物流港一期工程": "operating",
        "临空物流港": "building",
        "二期": "proposed",
    }
    whole = rows["临空物流港"]["deal_index"]
    assert rows["临空物流港一期工程"]["parent_deal_index"] == rows["二期"]["parent_deal_index"] == whole


def test_find_says_that_a_joint_venture_was_given_up() -> None:
    text = "云岭集团与海棠公司2018年合资设立的南屿酒业有限公司已完成注销登记。"
    assert read(text) == [("joint_venture", "ended", "南屿酒业有限公司", ("云岭集团", "海棠公司"))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "海棠公司与北岭大学合作开设的口腔诊疗部正式开诊。",
            ("institution", "operating", "口腔诊疗部", ("海棠公司", "北岭大学")),
        ),
        (
            "原定与海棠公司合股修建的湖边民宿，因股东意见不一，8月宣布终止。",
            ("project", "ended", "湖边民宿", ("海棠公司",)),
        ),
        (
            "云岭集团正与北岭大学商谈，想合办一个茶叶加工实验室。",
            ("joint_laboratory", "negotiating", "茶叶加工实验室", ("云岭集团", "北岭大学")),
        ),
        (
            "云岭集团拟与海棠公司合资办一家轴承厂，因价格分歧双方已停止接触。",
            ("joint_venture", "ended", "轴承厂", ("云岭集团", "海棠公司")),
        ),
        (
            "南屿拟引进云岭集团仓储项目，目前正在洽谈。",
            ("project", "negotiating", "仓储项目", ("云岭集团", "南屿")),
        ),
        (
            "海棠公司昨日落户青川县工业园，租下两栋厂房。",
            ("project", "landed", None, ("海棠公司", "青川县工业园")),
        ),
        (
            "海棠公司准备在南屿上马一条面粉生产线。",
            ("project", "proposed", "面粉生产线", ("海棠公司",)),
        ),
    ],
)
def test_find_reads_works_and_bodies_by_who_founds_brings_or_plans_them(
    text: str, told: tuple[str, str, str | None, tuple[str, ...]]
) -> None:
    assert read(text) == [told]


@pytest.mark.parametrize(
    ("text", "title", "stage"),
    [
        ("临湖产业园位于城北，占地500亩，总投资30亿元，昨日开工。", "临湖产业园", "building"),
        (
            "这处总投资2亿元、占地30亩的玻璃温室，原由一家外地公司兴建，11月因断了资金停工。",
            "玻璃温室",
            "building",
        ),
        ("因事故停工的滨江码头二期工程，1月26日通过复工验收。", "滨江码头二期工程", "building"),
        ("城东乙烯项目打下第一根桩。", "城东乙烯项目", "building"),
        ("环湖专用线原计划10月通车，工期只好顺延一年。", "环湖专用线", "building"),
    ],
)
def test_find_reads_works_that_are_described_before_their_verb(text: str, title: str, stage: str) -> None:
    assert [row[:3] for row in read(text)] == [("project", stage, title)]


def test_find_reads_each_item_of_lists() -> None:
    signed = "同日签约的还有两个项目：云岭集团年产8万吨饲料项目，投资2亿元；海棠公司智慧冷库项目，投资1亿元。"
    assert read(signed) == [
        ("project", "signed", "年产8万吨饲料项目", ("云岭集团",)),
        ("project", "signed", "智慧冷库项目", ("海棠公司",)),
    ]
    landed = "石桥果蔬保鲜中心、河西水产研究院两家研究机构同日落户南屿。"
    assert sorted(read(landed)) == [
        ("institution", "landed", "河西水产研究院", ("南屿",)),
        ("institution", "landed", "石桥果蔬保鲜中心", ("南屿",)),
    ]
    assert read("推动临湖产业园和河西科技园开工。") == []


def test_find_adds_who_owns_and_builds_the_works_told_before() -> None:
    text = "临湖大桥昨日合龙，业主为海棠公司，施工单位是云岭集团。"
    deals, parties, _ = FINDER.find(*frames(text, MARKS))
    assert deals["title"].to_list() == ["临湖大桥"]
    assert dict(parties.select("surface_text", "party_role").iter_rows()) == {
        "海棠公司": "owner",
        "云岭集团": "contractor",
    }
    assert read("施工单位为云岭集团。") == []


def test_find_reads_works_named_as_somebodys() -> None:
    text = "这块占地20亩的药材示范园，是海棠公司同北岭大学共同建设的。"
    told = [("project", "operating", "药材示范园", ("海棠公司", "北岭大学"))]
    assert read(text) == told
    assert read(text + "5月动工，8月28日建成投用。") == told


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "河口大桥项目今天封顶。桥长4公里，由云岭集团投资2亿元建设，海棠公司承建。",
            [("云岭集团", "investor"), ("海棠公司", "contractor")],
        ),
        (
            "云岭集团投资的河口污水项目通水，海棠公司承担运营。",
            [("云岭集团", "investor"), ("海棠公司", "operator")],
        ),
        ("河口大桥项目今天封顶。海棠公司施工现场一片繁忙。", []),
    ],
)
def test_find_reads_who_else_has_a_hand_in_works(text: str, sides: list[tuple[str, str]]) -> None:
    _, parties, _ = FINDER.find(*frames(text, MARKS))
    assert parties.select("surface_text", "party_role").rows() == sides


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("北岭大学与云岭集团合建的种苗基地投用。", ["partner", "partner"]),
        ("儿童康复中心揭牌。该中心由海棠公司与北岭大学合办。", ["builder", "builder"]),
    ],
)
def test_find_takes_who_builds_works_with_others_for_partners_and_who_founds_a_body_for_builders(
    text: str, roles: list[str]
) -> None:
    assert FINDER.find(*frames(text, MARKS))[1]["party_role"].to_list() == roles


@pytest.mark.parametrize(
    "text",
    [
        "记者从云岭集团获悉，河口码头二期工程近日开工。",
        "云岭集团是家老厂。如今，公司在南屿拿下46亩地，投资4亿元的传感器产线正式投产。",
    ],
)
def test_find_takes_for_owner_whom_the_text_tells_the_works_of(text: str) -> None:
    parties = FINDER.find(*frames(text, MARKS))[1]
    assert parties.select("surface_text", "party_role").rows() == [("云岭集团", "owner")]


def test_find_takes_a_firm_for_investor_of_what_it_does_not_build_yet() -> None:
    parties = FINDER.find(*frames("云岭集团5月8日发布说明，三期纸浆项目暂缓建设。", MARKS))[1]
    assert parties.select("surface_text", "party_role").rows() == [("云岭集团", "investor")]


def test_find_takes_nobody_for_owner_who_only_tells_of_works() -> None:
    text = "记者从县发改局获悉，河口码头二期工程近日开工。"
    assert FINDER.find(*frames(text, MARKS | {"县发改局": "organization"}))[1].is_empty()
