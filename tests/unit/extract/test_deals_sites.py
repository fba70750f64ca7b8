"""Works in the words of features, interviews and progress reports, with names of our own making."""

import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import deal_rows, frames
from transforms.extract.deals.finder import DealFinder

FINDER = DealFinder(load_lookups())
MARKS = {
    **dict.fromkeys(["云岭集团", "北岭大学", "石桥商学院", "海棠公司", "青川县城投公司"], "organization"),
    **dict.fromkeys(["青川县", "南屿", "河湾区"], "place"),
}  # fmt: skip


def read(text: str) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    deals, parties, _ = FINDER.find(*frames(text, MARKS))
    return deal_rows(deals, parties)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "走进云岭集团年产3万吨瓷砖项目建设现场，塔吊林立，工人正在绑扎钢筋。",
            ("building", "年产3万吨瓷砖项目", ("云岭集团",)),
        ),
        ("来到城北药材物流园，三栋厂房拔地而起。", ("building", "城北药材物流园", ())),
        (
            "海棠公司把总投资8亿元的智能家电项目放在了青川县。",
            ("landed", "智能家电项目", ("海棠公司", "青川县")),
        ),
        ("那是海棠公司投的项目，前年就投产了。", ("operating", None, ("海棠公司",))),
        ("那是云岭集团的二期工程，主体结构已经封顶。", ("building", "二期工程", ("云岭集团",))),
        ("从签约到开工，华湖光电项目只用了58天。", ("building", "华湖光电项目", ())),
        ("云岭集团在南屿布局的声学器件厂昨日投产。", ("operating", "声学器件厂", ("云岭集团",))),
        ("我们在南屿的这座绿色铸造厂，是3月动的工。", ("building", "绿色铸造厂", ())),
    ],
)
def test_find_reads_works_that_a_reporter_sees_or_a_manager_tells_of(
    text: str, told: tuple[str, str | None, tuple[str, ...]]
) -> None:
    assert read(text) == [("project", *told)]


@pytest.mark.parametrize(
    "text",
    [
        "县长一行来到城北药材物流园建设现场，要求工人注意安全。",
        "14个项目现场签约，机械企业居多。",
        "这里也是海军的后方基地，班轮定期通航。",
        "节目将在各新媒体平台同步上线。",
        "县医院已经满负荷运转。",
    ],
)
def test_find_reads_no_works_where_somebody_looks_on(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "title", "stage"),
    [
        ("截至目前，沿湖快速路东段工程累计完成投资12亿元，占总投资的68%。", "沿湖快速路东段工程", "building"),
        ("河西港区二期工程形象进度已达75%。", "河西港区二期工程", "building"),
        ("城南抽水蓄能电站自5月开工以来，已完成投资11亿元。", "城南抽水蓄能电站", "building"),
        ("临湖水库截至10月15日，大坝填筑至高程468米。", "临湖水库", "building"),
        ("临湖冷链物流港受资金影响，6月起停工至今。", "临湖冷链物流港", "building"),
        ("龙湾大桥改建工程传来消息：主桥已于上月合龙。", "龙湾大桥改建工程", "building"),
        ("城东公园停车楼项目因环评未过，被叫停。", "城东公园停车楼项目", "ended"),
        ("龙湾住工生产基地当年签约、当年开工、当年投产。", "龙湾住工生产基地", "operating"),
        ("环城三桥计划投资9亿元，施工图设计已完成，年内开工。", "环城三桥", "proposed"),
        ("全市最大的仓储项目——金谷粮食产业园已经建好。", "金谷粮食产业园", "operating"),
        ("青石岭风电场昨天首台机组并网发电。", "青石岭风电场", "operating"),
        ("龙湾公铁大桥主塔封顶。", "龙湾公铁大桥", "building"),
        ("沿湖公路河湾段已经建成通车。", "沿湖公路河湾段", "operating"),
        ("河西截污治理二期工程日前通过省级验收。", "河西截污治理二期工程", "operating"),
        ("河西智慧工厂竣工在即。", "河西智慧工厂", "building"),
        ("总投资3亿元的汽车小镇项目无疾而终。", "汽车小镇项目", "ended"),
        (
            "占地2000亩、总投资30亿元的长鹿休闲农庄，正在做规划，预计年底前可动工。",
            "长鹿休闲农庄",
            "proposed",
        ),
        ("城市污水资源化项目，截至3月已完成管网铺设32公里。", "城市污水资源化项目", "building"),
        ("城西污水厂四期扩建取得施工许可证，进入实质性施工阶段。", "城西污水厂四期扩建", "building"),
    ],
)
def test_find_reads_how_far_works_are_without_a_verb_of_their_own(text: str, title: str, stage: str) -> None:
    assert [row[:3] for row in read(text)] == [("project", stage, title)]


def test_find_gives_a_part_that_is_done_to_the_works_of_the_clause_before() -> None:
    text = "云岭集团负责施工的青川县中医院新院区，门诊楼封顶。"
    assert [row[:3] for row in read(text)] == [("project", "building", "青川县中医院新院区")]


def test_find_gives_each_of_several_works_its_own_host() -> None:
    text = "云岭集团亚太制剂工厂、海棠公司细胞存储库分别落户青川县和河湾区。"
    assert sorted(read(text)) == [
        ("project", "landed", "亚太制剂工厂", ("云岭集团", "青川县")),
        ("project", "landed", "细胞存储库", ("海棠公司", "河湾区")),
    ]
    several = "云岭集团、海棠公司两个项目均落户青川县。"
    assert sorted(read(several)) == [
        ("project", "landed", "云岭集团", ("云岭集团", "青川县")),
        ("project", "landed", "海棠公司", ("海棠公司", "青川县")),
    ]


def test_find_gives_the_works_told_before_the_zone_that_takes_all_of_them_in() -> None:
    text = (
        "同日签约的还有两个项目：云岭集团饲料加工项目，投资2亿元；海棠公司智慧冷库项目，投资1亿元。"
        "两个项目均落户青川县。"
    )
    assert {row[2]: row[3] for row in read(text)} == {
        "饲料加工项目": ("云岭集团", "青川县"),
        "智慧冷库项目": ("海棠公司", "青川县"),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "云岭集团与青川县城投公司签约，前者将投资9亿元，在城南新征土地128亩，建设年产6万吨管道生产基地。",
            ("project", "signed", "年产6万吨管道生产基地", ("云岭集团", "青川县城投公司")),
        ),
        (
            "海棠公司在南屿投下6000万元，盖起了两条面粉精深加工线。",
            ("project", "operating", "面粉精深加工线", ("海棠公司",)),
        ),
        (
            "云岭集团去年租下一栋楼；今年尝到甜头，又在4月追加1.3亿元，建面粉多肽提取车间，眼下设备基础已浇筑完毕。",
            ("project", "building", "面粉多肽提取车间", ("云岭集团",)),
        ),
        (
            "海棠公司拿下80亩地，计划用两年时间建成航空零部件打印中心，投资6亿元。",
            ("project", "proposed", "航空零部件打印中心", ("海棠公司",)),
        ),
    ],
)
def test_find_reads_who_builds_in_the_clause_before(
    text: str, told: tuple[str, str, str | None, tuple[str, ...]]
) -> None:
    row = next(row for row in read(text) if row[2] == told[2])
    assert row[0] == told[0]
    assert row[3] == told[3]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "当天，鲁山新材料产业技术研究院也同步成立。",
            ("institution", "unveiled", "鲁山新材料产业技术研究院", ()),
        ),
        ("会上还宣布组建河湾文旅产业联盟。", ("institution", "unveiled", "河湾文旅产业联盟", ())),
        (
            "北岭大学在南屿设了第一个专家工作站。",
            ("institution", "unveiled", "第一个专家工作站", ("北岭大学", "南屿")),
        ),
        (
            "北岭大学和云岭集团商定，在南屿建一所数字经济学院。",
            ("institution", "signed", "数字经济学院", ("北岭大学", "云岭集团")),
        ),
        (
            "海棠公司与北岭大学各出资60%和40%，组建了河湾海藻研究院。",
            ("institution", "unveiled", "河湾海藻研究院", ("海棠公司", "北岭大学")),
        ),
        (
            "北岭大学和云岭集团谈妥，在南屿办一所海洋学院。",
            ("institution", "signed", "海洋学院", ("北岭大学", "云岭集团")),
        ),
        (
            "海棠公司和云岭集团合资建设的海藻加工厂尚未开工。",
            ("joint_venture", "proposed", "海藻加工厂", ("海棠公司", "云岭集团")),
        ),
        (
            "校企共建实训基地揭牌。昨天，由北岭大学与海棠公司共建的海藻实训基地在南屿揭牌。",
            ("institution", "unveiled", "海藻实训基地", ("北岭大学", "海棠公司")),
        ),
        (
            "海棠公司在南屿挂牌成立了“海藻科技小院”。",
            ("institution", "unveiled", "海藻科技小院", ("海棠公司", "南屿")),
        ),
        (
            "由海棠公司牵头、北岭大学参与共建的海藻联合实验室正式挂牌。",
            ("joint_laboratory", "unveiled", "海藻联合实验室", ("海棠公司", "北岭大学")),
        ),
        (
            "北岭大学和海棠公司合作，在南屿成立葡萄专家大院。",
            ("institution", "unveiled", "葡萄专家大院", ("北岭大学", "海棠公司")),
        ),
        (
            "北岭大学与云岭集团合办的新能源汽车产业学院迎来首届学生。",
            ("institution", "operating", "新能源汽车产业学院", ("北岭大学", "云岭集团")),
        ),
        (
            "北岭大学与云岭集团共建的页岩油研究院，因经费没有落实，一直没能挂牌。",
            ("institution", "proposed", "页岩油研究院", ("北岭大学", "云岭集团")),
        ),
        ("河湾画院泰岭分院成立仪式昨日举行。", ("institution", "unveiled", "河湾画院泰岭分院", ())),
    ],
)
def test_find_reads_bodies_by_the_many_words_of_opening_one(
    text: str, told: tuple[str, str, str | None, tuple[str, ...]]
) -> None:
    assert read(text) == [told]


def test_find_founds_no_body_ad_hoc() -> None:
    assert read("会上宣布成立专项工作委员会。") == []
    assert read("云岭集团与海棠公司签下协议，双方将在南屿设立河湾纺织有限公司。")[1:] == []


def test_find_adds_who_runs_the_works_told_before() -> None:
    text = "河东污水处理厂提标改造完成设备安装，海棠公司承担运营。"
    assert read(text) == [("project", "building", "河东污水处理厂提标改造", ("海棠公司",))]


def test_find_knows_a_body_by_a_part_of_its_name() -> None:
    marks = {"河湾市谷源生物科技有限公司": "organization", "南屿": "place"}
    text = (
        "走进河湾市谷源生物科技有限公司，机器轰鸣。那是谷源的二期工程，主体结构已经封顶。"
        "谷源有意在南屿设立联络站。"
    )
    _, parties, _ = FINDER.find(*frames(text, marks))
    assert parties.select("surface_text", "mention_index").rows() == [("谷源", 0), ("谷源", 0), ("南屿", 1)]


def test_find_takes_the_first_line_of_works_told_before_for_a_part_of_them() -> None:
    assert read("青石岭风电场昨天开工。今年下半年第一条生产线投产。")[1:] == []


def test_find_reads_works_that_head_the_paragraphs_of_a_list() -> None:
    text = (
        "部分项目一览\n●集中开工\n▲临河绿色食品产业园（青川县）。由云岭集团投资2亿元建设，占地30亩，建设生产线20条。\n"
        "▲河湾学院新校区二期。总投资7亿元，由青川县城投公司代建，工期720天。\n▲枣木家居智造园。总投资5亿元，业主单位为海棠公司。\n"
        "●集中竣工\n▲云桥智算中心。云岭集团与海棠公司合资建设，上架机柜4000个。\n▲海棠公司原料药技改项目。总投资1.5亿元。\n"
        "▲6个民生项目。总投资3亿元。"
    )
    assert read(text) == [
        ("project", "building", "临河绿色食品产业园", ("云岭集团",)),
        ("project", "building", "河湾学院新校区二期", ("青川县城投公司",)),
        ("project", "building", "枣木家居智造园", ("海棠公司",)),
        ("project", "operating", "云桥智算中心", ("云岭集团", "海棠公司")),
        ("project", "operating", "原料药技改项目", ("海棠公司",)),
    ]


def test_find_reads_no_works_where_no_line_says_what_became_of_them() -> None:
    assert read("景点推荐\n▲临河绿色食品产业园（青川县）。周末开放。\n▲枣木家居智造园。门票20元。") == []


def test_find_reads_a_section_of_a_road_with_who_built_it() -> None:
    text = (
        "昨日，云城高速公路北岭至石桥段正式建成通车。"
        "该路段设互通立交7处、服务区2处，由云岭集团投资建设，2021年10月开工。"
    )
    assert read(text) == [("project", "operating", "云城高速公路北岭至石桥段", ("云岭集团",))]


def test_find_reads_no_pact_of_the_works_that_a_list_counts() -> None:
    told = read("云岭集团、海棠公司、青川县城投公司等3个投资超百亿元的生活用纸项目先后签约。")
    assert [row for row in told if row[0] != "project"] == []


def test_find_reads_each_lot_of_a_tender_by_its_number() -> None:
    assert read("云岭集团中标一标段，中标价6亿元；二标段由海棠公司以5亿元中标。") == [
        ("won_bid", "signed", "一标段", ("云岭集团",)),
        ("won_bid", "signed", "二标段", ("海棠公司",)),
    ]


def test_find_reads_what_two_agree_to_run_as_signed() -> None:
    told = read("云岭集团与海棠公司签订协议，联合运营南屿夜游项目，首期投入6000万元。")
    assert [(row[1], row[3]) for row in told] == [("signed", ("云岭集团", "海棠公司"))]
