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
            "海棠（青川）数字产业园、云岭医药贸易流通总部等；基础设施项目19项，云岭大桥、石溪县北塘水库工程都在其中。",
            {
                "海棠（青川）数字产业园": "building",
                "云岭医药贸易流通总部": "building",
                "云岭大桥": "building",
                "石溪县北塘水库工程": "building",
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
    ("text", "stage", "title"),
    [
        ("湖滨高铁建设全面启动。", "building", "湖滨高铁"),
        ("青川市大山湖旅游综合体项目今天启动，总投资20亿元。", "building", "青川市大山湖旅游综合体项目"),
        ("50万羽蛋鸡养殖项目在松岩市成功签约，建成后可年产鸡蛋3万吨。", "signed", "50万羽蛋鸡养殖项目"),
        ("云岭集团水果深加工项目，正在松岩市立新工业园区施工建设。", "building", "水果深加工项目"),
        ("湖滨机场将加快施工，力争明年5月完成主体工程。", "building", "湖滨机场"),
        ("市领导一同为云岭集团高纯石英管深加工项目培土奠基。", "building", "高纯石英管深加工项目"),
        ("电池项目就实现首条产线投产，从签约到投产只用了10个月。", "operating", "电池项目"),
        ("青川机场昨日新开通青川至曼谷航线，每周三班。", "operating", "青川至曼谷航线"),
        (
            "青川市举行签约活动，3个项目成功签约。云岭集团、海棠科技有限公司共同投资建设的竹纤维产业园项目，投资2亿元。",
            "signed",
            "竹纤维产业园项目",
        ),
        (
            "其中北山风电项目位于松岩市境内，总投资7145万元。工程计划今年9月底开工建设，12月底首台机组并网发电。",
            "proposed",
            "北山风电项目",
        ),
    ],
)
def test_find_reads_how_far_works_are_in_set_phrases_of_reports(text: str, stage: str, title: str) -> None:
    assert read(text) == [("project", stage, title)]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "开幕式上，湖滨总部基地、青川电动工厂、碲化镉光伏产业园等3个项目现场签约。",
            ["湖滨总部基地", "青川电动工厂", "碲化镉光伏产业园"],
        ),
        (
            "本次签约项目包括湖滨智能传动产业园、青川运营总部、云溪智慧光电城、天澄装备产研基地等，总投资650亿元。",
            ["湖滨智能传动产业园", "青川运营总部", "云溪智慧光电城", "天澄装备产研基地"],
        ),
        ("本次签约项目包括装备制造、生物医药、电子信息等领域。", []),
        (
            "此前，云岭集团总投资100亿元的新能源汽车和总投资50亿元的通用航空两个项目已经于去年4月和10月相继落户青川市。",
            ["新能源汽车", "通用航空"],
        ),
        (
            "湖滨电子产业基地、青川市海棠奥特莱斯等442个影响力大的项目集中开工，总投资552亿元，年度计划投资152亿元。",
            ["湖滨电子产业基地", "青川市海棠奥特莱斯"],
        ),
        (
            "签约活动上，云岭集团海洋新材料产业园、湖滨跨境电商运营中心等总投资69亿元的10个项目签约落户云港新区。",
            ["海洋新材料产业园", "湖滨跨境电商运营中心"],
        ),
        (
            "知名企业青川行活动签约湖滨精密制造基地、松岩休闲度假区等14个项目，总投资43亿元。",
            ["湖滨精密制造基地", "松岩休闲度假区"],
        ),
        (
            "分会场松岩度假区项目、湖滨大剧院项目、青川滑雪公园项目等10个项目同步开工。",
            ["松岩度假区项目", "湖滨大剧院项目", "青川滑雪公园项目"],
        ),
        (
            "镇里投资8000万元建设了大型林果采摘基地；投资3.2亿元建设了集种植、加工、销售为一体的大型蔬菜基地。",
            ["大型林果采摘基地", "大型蔬菜基地"],
        ),
        ("目前湖滨国际学校项目等8个项目已开工建设。", ["湖滨国际学校项目"]),
        (
            "青禾高铁、G607松岩段、云溪水库、青川市博物馆等重点工程加快建设。",
            ["青禾高铁", "G607松岩段", "云溪水库", "青川市博物馆"],
        ),
        (
            "湖滨石化转型升级项目、松岩抽水蓄能电站等重大项目前期工作加快推进。",
            ["湖滨石化转型升级项目", "松岩抽水蓄能电站"],
        ),
        (
            "去年，青川县先后建成云溪水厂、松岩湿地公园、湖滨第二中学等一批民生工程。",
            ["云溪水厂", "松岩湿地公园", "湖滨第二中学"],
        ),
        ("五年来，全县开工建设松岩铜箔厂、云溪港二期等重点项目86个。", ["松岩铜箔厂", "云溪港二期"]),
        ("会议强调，要推动建成云溪水厂、松岩湿地公园等民生工程。", []),
        (
            "已签约项目3个，分别是松岩电影广场项目、禾溪蛋鸭孵化项目、湖滨电子厂项目。",
            ["松岩电影广场项目", "禾溪蛋鸭孵化项目", "湖滨电子厂项目"],
        ),
        (
            "现场累计签约项目13个。其中，12英寸集成电路制造项目，合同金额达400亿元，将建设最先进的芯片线。",
            ["12英寸集成电路制造项目"],
        ),
        (
            "其中，松岩市特种气体、青川市新能源四期等13个计划新开工项目全部实现开工建设。",
            ["松岩市特种气体", "青川市新能源四期"],
        ),
        (
            "湖滨六期项目、云岭集团轴承系列、海棠环保装备制造基地等一批重大项目如期投产。",
            ["湖滨六期项目", "轴承系列", "海棠环保装备制造基地"],
        ),
        (
            "园区引进农产品深加工项目3项，总投资8亿元，分别为蛋品深加工项目、湖滨饲料深加工项目、青川果酒生产项目。",
            ["蛋品深加工项目", "湖滨饲料深加工项目", "青川果酒生产项目"],
        ),
        (
            "当天一批文旅项目集中签约。\n3家重点文旅项目：\n1.湖滨文旅融合旅游项目。总投资110亿元，建设文化带。\n"
            "2.松岩研学旅游基地项目。总投资8.5亿元。\n3.青川温泉小镇项目。占地1000亩。",
            ["湖滨文旅融合旅游项目", "松岩研学旅游基地项目", "青川温泉小镇项目"],
        ),
    ],
)
def test_find_reads_all_works_of_a_list_that_is_counted(text: str, titles: list[str]) -> None:
    assert [title for _, _, title in read(text)] == titles


def test_find_reads_who_pays_for_works_if_it_is_a_person() -> None:
    assert read_deals("返乡青年丁一凡投资300万元建起生态养猪场。")[0]["roles"] == {"丁一凡": "investor"}


def test_find_says_that_a_cloud_signing_was_online() -> None:
    text = "3月10日，青川市举行“云签约”活动。\n本次签约项目包括湖滨产业园、青川运营总部、天澄装备基地等。"
    assert {deal["mode"] for deal in read_deals(text)} == {"online"}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "湖滨冷链产业园项目在青川市云港新区举行开工仪式。",
            [("project", "building", "湖滨冷链产业园项目")],
        ),
        ("湖滨高速控制性工程青龙特大桥顺利合龙。", [("project", "building", "青龙特大桥")]),
        (
            "湖滨科技园项目与青川制造基地一期项目在当天奠基。",
            [("project", "building", "湖滨科技园项目"), ("project", "building", "青川制造基地一期项目")],
        ),
        (
            "选址在松岩路的海棠科技有限公司冷链运输项目目前已完成主体工程。",
            [("project", "building", "冷链运输项目")],
        ),
        (
            "湖滨研发中心项目签约仪式在青川市会议中心举行。",
            [("project", "signed", "湖滨研发中心项目")],
        ),
        (
            "澄湖水系连通工程及周边配套项目已开工。",
            [("project", "building", "澄湖水系连通工程及周边配套项目")],
        ),
        (
            "云岭集团拟建20万锭纺纱项目，总投资5亿元，建成后可新增就业2000人。",
            [("project", "proposed", "20万锭纺纱项目")],
        ),
        (
            "该县云湖针织高档面料项目，总投资2.5亿元，引进进口设备。目前项目已投产，预计年产值16亿元。",
            [("project", "operating", "云湖针织高档面料项目")],
        ),
        (
            "去年青川市投资5000万元实施了湖滨污水处理厂一期工程建设，配套完成部分管网勘察。",
            [("project", "building", "湖滨污水处理厂一期工程")],
        ),
        ("青川农产品批发市场项目正在有序推进中。", [("project", "building", "青川农产品批发市场项目")]),
        ("青川市产业园区项目建设快速推进。", []),
        (
            "云岭集团与青川市政府签署北山制氢项目、南山供电项目、湖滨储能电站项目三个项目投资协议，投资金额50亿元。",
            [
                ("project", "signed", "北山制氢项目"),
                ("project", "signed", "南山供电项目"),
                ("project", "signed", "湖滨储能电站项目"),
            ],
        ),
    ],
)
def test_find_reads_which_works_are_told_of(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert read(text) == rows


def test_find_gives_each_of_the_works_to_who_signed_for_all() -> None:
    text = "云岭集团与青川市政府正式签订的合作协议项目分别为总投资6亿元的棉纺纱项目、总投资8亿元的晶棒项目。"
    assert [deal["roles"] for deal in read_deals(text)] == [
        {"云岭集团": "investor", "青川市政府": "host"}
    ] * 2


def test_find_reads_who_signs_one_paper_after_the_other() -> None:
    text = "青川市政府与云岭集团签订了合作协议，与海棠科技有限公司签订了供货协议。"
    assert [set(deal["roles"]) for deal in read_deals(text)] == [
        {"青川市政府", "云岭集团"},
        {"青川市政府", "海棠科技有限公司"},
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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("松岩市举行一季度重大项目集中开工暨大直径阴极辊项目奠基活动。", "松岩市"),
        ("北山特大桥顺利合龙。北山特大桥位于松岩市，全长1086米。", "松岩市"),
        ("青川市的北山石化项目总投资37亿元，本月正式投产，将带动产业在松岩市发展。", "青川市"),
        ("在外创业的松岩市人回来了。该石化项目总投资37亿元，本月投产。", None),
    ],
)
def test_find_puts_works_where_they_are(text: str, place: str | None) -> None:
    assert [deal["place"] for deal in read_deals(text)][:1] in ([place], [])


def test_find_takes_what_the_next_paragraph_tells_of_works_by_their_name() -> None:
    text = (
        "湖滨冷链产业园项目在青川市举行开工仪式。\n开工仪式上，苏晓棠介绍了情况。"
        "他表示，湖滨冷链产业园项目总投资额达8亿元。"
    )
    assert read_deals(text)[0]["amounts"] == ["8亿元"]


def test_what_was_signed_at_a_gathering_stays_signed_where_it_is_told_by_when_it_shall_be_done() -> None:
    text = (
        "3月8日，青川市招商推介会暨重点项目签约仪式举行。集中签约的9个项目，涉及数字经济、现代物流等领域。"
        "其中，10亿元以上项目2个：云岭集团投资18亿元，在青川市云港新区北岸建设西部智算服务中心；海棠科技有限公司"
        "投资12亿元，在云港新区建设药材加工产业园，分两期实施，其中一期计划明年9月投产。"
    )
    assert read(text) == [
        ("project", "signed", "西部智算服务中心"),
        ("project", "signed", "药材加工产业园"),
    ]
    assert [deal["roles"] for deal in read_deals(text)] == [
        {"云岭集团": "investor"},
        {"海棠科技有限公司": "investor"},
    ]


@pytest.mark.parametrize("opens", ["据介绍，当日开工的", "据了解，此次开工的", "当天开工的"])
def test_works_begun_together_are_under_way_and_have_the_day_and_all_who_pay(opens: str) -> None:
    text = (
        "3月8日，青川市重点项目集中开工仪式在云港新区举行，共开工项目18个。"
        f"{opens}年产9万吨铝棒项目，总投资9亿元，由海棠科技有限公司与云岭集团共同出资，建设工期18个月；"
        "云岭集团电解水制氢示范项目，总投资7亿元，明年10月产出首批绿氢。"
    )
    assert [(d["title"], d["stage"], list(d["roles"]), str(d["dated_on"])) for d in read_deals(text)] == [
        ("年产9万吨铝棒项目", "building", ["海棠科技有限公司", "云岭集团"], "2031-03-08"),
        ("电解水制氢示范项目", "building", ["云岭集团"], "2031-03-08"),
    ]


@pytest.mark.parametrize("who", ["项目法人", "项目业主", "建设单位", "投资主体"])
def test_works_have_the_body_that_is_said_to_be_theirs(who: str) -> None:
    text = f"松岩至青川高速公路改扩建工程日前通过可研审查，估算投资58亿元，{who}为云岭集团，工期3年。"
    assert [(d["stage"], list(d["roles"])) for d in read_deals(text)] == [("proposed", ["云岭集团"])]
