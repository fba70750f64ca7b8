"""What papers report of gatherings: lists of works with their sums, ceremonies, sums of all of them."""

import pytest

from tests.unit.extract.test_deals_attributes import read as read_deals


def read(text: str) -> list[tuple[str, str, str | None]]:
    return [(deal["deal_type"], deal["stage"], deal["title"]) for deal in read_deals(text)]


def money(text: str) -> dict[str, float | None]:
    return {deal["title"]: deal["investment_cny"] for deal in read_deals(text)}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("当天签约项目9个，签约总金额98亿元，分别是总{}、总{}等。", "signed"),
        ("总{}、总{}等已签订入区协议，即将进场施工。", "signed"),
        ("{}、{}等重大项目开工建设，势头喜人。", "building"),
        ("计划{}和计划{}成功签约。", "signed"),
        ("总{}、总{}相继竣工投产。", "operating"),
    ],
)
def test_find_reads_each_of_a_list_of_works_with_its_sum(text: str, stage: str) -> None:
    text = text.format("投资5亿元的铝材加工产业项目", "投资6.5亿元的竹木家具生产项目")
    assert read(text) == [
        ("project", stage, "铝材加工产业项目"),
        ("project", stage, "竹木家具生产项目"),
    ]
    assert money(text) == {"铝材加工产业项目": 5e8, "竹木家具生产项目": 6.5e8}


def test_find_reads_with_whom_each_of_a_list_was_signed() -> None:
    text = (
        "青川市在会上与云岭集团签订总投资15亿元的光伏玻璃项目、与海棠科技有限公司签订总投资10亿元的"
        "面粉产业园项目等6个项目，总投资53亿元。"
    )
    assert [deal["roles"] for deal in read_deals(text)] == [
        {"青川市": "host", "云岭集团": "investor"},
        {"青川市": "host", "海棠科技有限公司": "investor"},
    ]
    assert money(text) == {"光伏玻璃项目": 15e8, "面粉产业园项目": 10e8}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "集中开工的3个项目分别为：防爆电机生产项目；青川市“海绵城市”产品生产与研发项目；"
            "南屿河生态提升工程，总投资20亿元。",
            ["防爆电机生产项目", "青川市“海绵城市”产品生产与研发项目", "南屿河生态提升工程"],
        ),
        (
            "当天进行现场“云签约”的4个项目包括新鹿教育城、钒电池储能研发及产业园、南屿农产品加工、"
            "云岭集团水泥及配套生产线等，总投资额70亿元。",
            ["新鹿教育城", "钒电池储能研发及产业园", "南屿农产品加工", "水泥及配套生产线"],
        ),
    ],
)
def test_find_reads_lists_of_works_that_nobody_is_said_to_own(text: str, titles: list[str]) -> None:
    assert [title for _, _, title in read(text)] == titles
    assert set(money(text).values()) == {None}


@pytest.mark.parametrize(
    "text",
    [
        "青川开发区此次竣工开工项目达到6个，项目总投资32亿元。",
        "当天开工的产业项目中，5亿元以上项目7个。",
        "青川新城开工竣工项目达42个，投资总额131亿元。",
        "这是继南屿水库之后全县第二座大型水库实现开工。",
        "青川代表团分别在南屿和省城参加了省里举办的经贸合作洽谈会。",
        "云岭集团与青川市牵手，全力打造南屿湖旅游副中心。",
        "青川市举行全县重大项目集中开工仪式。",
        "青川市举行与云岭集团战略合作签约仪式筹备会。",
    ],
)
def test_find_reads_no_works_in_sums_and_wishes(text: str) -> None:
    assert [row for row in read(text) if row[0] == "project"] == []


@pytest.mark.parametrize(
    ("text", "stage", "title"),
    [
        (
            "昨日，青川市举行一季度重大项目集中开工暨大直径阴极辊项目奠基活动。",
            "building",
            "大直径阴极辊项目",
        ),
        ("18日，青川市举行大健康产业园项目签约仪式。", "signed", "大健康产业园项目"),
        ("青川市昨日隆重举行城南污水处理厂二期竣工投产仪式。", "operating", "城南污水处理厂二期"),
        ("青川市昨日举行环湖路改造工程通车仪式。", "operating", "环湖路改造工程"),
    ],
)
def test_find_reads_the_works_for_which_a_ceremony_is_held(text: str, stage: str, title: str) -> None:
    assert read(text) == [("project", stage, title)]


def test_find_reads_works_with_their_sums_at_a_gathering() -> None:
    text = (
        "青川市举行集中开工活动。此次集中开工的7个项目计划总投资63亿元。当天开工的项目中，"
        "玉带湖原药项目总投资9亿元，达产后年产原药2000吨。"
    )
    assert read(text) == [("project", "building", "玉带湖原药项目")]
    assert money(text) == {"玉带湖原药项目": 9e8}


@pytest.mark.parametrize(
    ("text", "works"),
    [
        (
            "青川市重大项目集中开竣工仪式日前举行。这批项目有72个，总投资326亿元。其中产业项目44项，主要有"
            "海棠（青川）数字产业园、云岭医药贸易流通总部等；基础设施项目19项，高旺大桥、石溪县古皂水库工程都在其中。",
            {
                "海棠（青川）数字产业园": "building",
                "云岭医药贸易流通总部": "building",
                "高旺大桥": "building",
                "石溪县古皂水库工程": "building",
            },
        ),
        (
            "青川开发区的一批重大项目集中开工。竣工的有6个，总投资17亿元，云岭肉类综合加工项目便是其中之一，"
            "海棠饲料生产项目也在列。",
            {"云岭肉类综合加工项目": "operating", "海棠饲料生产项目": "operating"},
        ),
        ("全市下半年将推进20个项目，包括东湖大桥、南山水库工程等。", {}),
        ("20个项目集中开工，涵盖海工装备基地、医药产业园等领域。", {}),
    ],
)
def test_find_reads_works_named_among_those_of_a_gathering(text: str, works: dict[str, str]) -> None:
    assert {deal["title"]: deal["stage"] for deal in read_deals(text) if deal["title"]} == works


@pytest.mark.parametrize(
    "opener",
    [
        "本报讯（记者 苏青）", "本报青川讯 ", "云溪网青川1月8日电（苏青 林凯）", "新华社青川1月8日电 ",
        "青川讯（记者 苏青）", "（记者 苏青 通讯员 林凯）",
    ],
)  # fmt: skip
def test_who_reports_is_no_part_of_what_is_told(opener: str) -> None:
    assert read(f"{opener}海棠生活用纸全产业链项目昨日开工。") == [
        ("project", "building", "海棠生活用纸全产业链项目")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县委书记苏青宣布项目开工。", []),
        ("青川开发区的一批重大项目开竣工，总投资超过43亿元。", []),
        ("市长苏青宣布云岭高速公路建成通车。", [("project", "operating", "云岭高速公路")]),
        (
            "海棠生活用纸全产业链项目昨日在青川开发区开工。",
            [("project", "building", "海棠生活用纸全产业链项目")],
        ),
        ("海棠投资董事长苏青和云岭担保有限公司林凯等人发言。", []),
    ],
)
def test_who_declares_works_begun(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert read(text) == expected
