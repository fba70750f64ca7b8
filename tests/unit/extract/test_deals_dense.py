"""Deals of dense reports of works, loans and firms: lists, works named in passing, who founds a firm."""

from datetime import date

import polars as pl
import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_attributes import AMOUNTS, DATES, DEALS

BODIES = [
    *["松岩集团", "松岩大学", "松岩材料有限公司", "云溪玻纤有限公司", "云溪建设公司", "云溪物流有限公司"],
    *["青川松岩材料有限公司", "云溪松岩电子有限公司", "农业银行青川分行", "青川投资公司", "松岩供应链公司"],
    *["松岩大学航空学院分院", "松岩协同创新中心", "云溪绿洲种苗公司"],
]
PLACES = [
    "青川市",
    "云溪市",
    "青川县",
    "松岩镇",
    "云溪镇",
    "松岩水库",
    "松岩高速公路",
    "云溪高速公路",
    "青川",
]
PEOPLE = ["陈一鸣"]
MARKS = dict.fromkeys(BODIES, "organization") | dict.fromkeys(PLACES, "place")
MARKS |= dict.fromkeys(PEOPLE, "person")


def read(text: str) -> list[tuple[str, str, str | None]]:
    articles, sentences, mentions = frames(text, MARKS)
    articles = articles.with_columns(
        dateline_on=pl.lit(None, pl.Date), issue_on=pl.lit(date(2031, 5, 20), pl.Date)
    )
    dates, amounts = DATES.find(articles), AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, _, _ = DEALS.find(articles, sentences, mentions, dates=dates, quantities=amounts)
    return list(deals.select("deal_type", "stage", "title").iter_rows())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "其中，松岩水库、青川核电站扩建一期工程等15个项目实现开工。",
            [("project", "building", "松岩水库"), ("project", "building", "青川核电站扩建一期工程")],
        ),
        (
            "湖滨重工泵阀项目、云溪玻纤有限公司四期项目等10个项目基本具备竣工条件。",
            [("project", "building", "湖滨重工泵阀项目"), ("project", "building", "四期项目")],
        ),
        (
            "今年要确保建成的高速公路有：松岩高速公路北段、云溪高速公路青川段等5项约300公里路段。",
            [("project", "proposed", "松岩高速公路北段"), ("project", "proposed", "云溪高速公路青川段")],
        ),
        (
            "实施G910改建、S818大修、松岩路东延等6条干线公路项目。",
            [
                ("project", "building", "G910改建"),
                ("project", "building", "S818大修"),
                ("project", "building", "松岩路东延"),
            ],
        ),
        (
            "全区签约项目18个，其中包括5.6亿元的锂电池隔膜项目、3.2亿元的海洋饲料项目。",
            [("project", "signed", "锂电池隔膜项目"), ("project", "signed", "海洋饲料项目")],
        ),
        ("他先后拿下3000万元的订单、1200万元的工程。", []),
        ("产业发展类项目已开工106个，文旅项目加快推进。", []),
    ],
)
def test_find_reads_lists_of_works(text: str, rows: list[tuple[str, str, str | None]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "云岭风电项目获农业银行青川分行2亿元贷款支持。该项目去年10月开工，预计明年并网。",
            [("financing", "signed", None), ("project", "building", "云岭风电项目")],
        ),
        (
            "市长一行来到城南水厂工程现场调研。该工程去年10月开工，目前主体已封顶。",
            [("project", "building", "城南水厂工程")],
        ),
        ("记者看到，工人正在忙碌。该项目去年10月开工。", []),
        ("农业银行青川分行日前成功发放1.2亿元贷款，支持农田建设。", [("financing", "operating", None)]),
        ("截至10月末，农业银行青川分行累计发放贷款12亿元，支持小微企业3000户。", []),
    ],
)
def test_find_reads_loans_and_the_works_that_they_are_for(
    text: str, rows: list[tuple[str, str, str | None]]
) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "松岩集团去年注册成立全资子公司青川松岩材料有限公司。",
            [("institution", "operating", "青川松岩材料有限公司")],
        ),
        (
            "松岩集团将在云溪设立青川松岩材料有限公司、云溪松岩电子有限公司。",
            [
                ("institution", "proposed", "青川松岩材料有限公司"),
                ("institution", "proposed", "云溪松岩电子有限公司"),
            ],
        ),
        ("青川市委书记走访了松岩材料有限公司。", []),
        (
            "业主是新成立的云溪物流有限公司（下称“云溪物流”），由青川投资公司和松岩供应链公司分别出资51%、49%组建。",
            [("joint_venture", "operating", "云溪物流有限公司")],
        ),
        (
            "松岩大学将与青川市共建“松岩大学航空学院分院”“松岩协同创新中心”。",
            [
                ("institution", "proposed", "松岩大学航空学院分院"),
                ("institution", "proposed", "松岩协同创新中心"),
            ],
        ),
        ("青川县、云溪市松岩镇结为友好县镇。", [("cooperation_agreement", "signed", None)]),
        (
            "青川市—云溪市签署《协同发展合作协议》。",
            [("cooperation_agreement", "signed", "协同发展合作协议")],
        ),
    ],
)
def test_find_reads_who_founds_a_firm_or_is_twinned(
    text: str, rows: list[tuple[str, str, str | None]]
) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "位于青川县的松岩材料有限公司，全国首套万吨级丁二酸酐项目刚刚投产。",
            [("project", "operating", "万吨级丁二酸酐项目")],
        ),
        (
            "省级重大项目松岩玻璃日产600吨生产线日前投产。",
            [("project", "operating", "松岩玻璃日产600吨生产线")],
        ),
        (
            "松岩集团在云溪镇流转土地900亩，建辣椒良种繁育基地。",
            [("project", "building", "辣椒良种繁育基地")],
        ),
        (
            "总投资6200万元的云溪岛交通码头已列入明年的为民办实事项目。",
            [("project", "proposed", "云溪岛交通码头")],
        ),
        ("青川地铁2号线南延段可研报告昨日通过专家评审。", [("project", "proposed", "青川地铁2号线南延段")]),
        ("青川疏港路改造工程上周完成全部沥青摊铺。", [("project", "building", "青川疏港路改造工程")]),
        (
            "由松岩集团投资、云溪建设公司总包的青川分拨中心主体封顶。",
            [("project", "building", "青川分拨中心")],
        ),
        (
            "去年曾经签约的一个农药项目，因为环评没有通过，今年3月已经终止。",
            [("project", "ended", "农药项目")],
        ),
    ],
)
def test_find_reads_works_told_in_passing(text: str, rows: list[tuple[str, str, str | None]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "青川新能源产业基金在云溪镇正式启动，首期规模20亿元，由青川投资公司管理。",
            [("equity_investment", "unveiled", "青川新能源产业基金")],
        ),
        (
            "由松岩集团与青川投资公司联合发起设立的青川股权投资合伙企业，规模已达10.3亿元。",
            [("equity_investment", "operating", "青川股权投资合伙企业")],
        ),
        ("青川市拟设规模5亿元的陶瓷引导基金。", [("equity_investment", "proposed", "陶瓷引导基金")]),
        ("县里成立了慈善救助基金，已筹款200万元。", []),
    ],
)
def test_find_reads_funds_that_are_set_up(text: str, rows: list[tuple[str, str, str | None]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("松岩集团租用了两层标准厂房，做陶瓷基板的防震包装。", [("project", "landed", None)]),
        ("松岩集团租用办公楼一层，负责日常管理。", []),
        ("这家企业由客商陈一鸣投资2.3亿元兴建，主要生产智能门锁。", [("project", "operating", None)]),
        ("松岩集团从青川投资公司手中接过云溪玻纤有限公司的全部资产。", [("acquisition", "signed", None)]),
        ("松岩集团公告，终止与云溪玻纤有限公司的重组。", [("acquisition", "ended", None)]),
        (
            "松岩大学选育的火龙果通过新品种权登记，已转让给云溪绿洲种苗公司，转让费120万元。",
            [("transfer", "signed", None)],
        ),
        (
            "松岩集团的隔膜项目、云溪玻纤有限公司的冷库项目已先后落户云溪镇。",
            [("project", "landed", "隔膜项目"), ("project", "landed", "冷库项目")],
        ),
    ],
)
def test_find_reads_what_firms_take_and_give_up(text: str, rows: list[tuple[str, str, str | None]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "其中，新开工的青川制药基地项目总投资10.25亿元；建成竣工的青川氧化锌项目，年产氧化锌3万吨。",
            [("project", "building", "青川制药基地项目"), ("project", "operating", "青川氧化锌项目")],
        ),
        (
            "完成松岩水库整治工程、青川河防护工程等3个治理工程前期工作。",
            [("project", "proposed", "松岩水库整治工程"), ("project", "proposed", "青川河防护工程")],
        ),
        ("青川干流治理工程13个子项全部开工。", [("project", "building", "青川干流治理工程")]),
        ("三是青川河景区二期建成开放。", [("project", "operating", "青川河景区二期")]),
        (
            "青川医院易址扩建项目位于主城区东南新区，总用地面积255.5亩，共设1200张床位，工程总投资为17.55亿元。",
            [("project", "unknown", "青川医院易址扩建项目")],
        ),
        ("会上举行了2031年东西部协作产业项目签约仪式，共有16个项目达成意向。", []),
        (
            "领导听取了松岩集团铸锻产业园、云溪建设公司光伏电站等签约项目情况的介绍。",
            [("project", "signed", "铸锻产业园"), ("project", "signed", "光伏电站")],
        ),
        (
            "220千伏青川变电站建设、云溪镇变电站扩容工程正式启动，青川码头、云溪镇码头正在紧张施工，松岩镇物流中心、青川储配基地开工建设。",
            [
                ("project", "building", "220千伏青川变电站建设"),
                ("project", "building", "云溪镇变电站扩容工程"),
                ("project", "building", "青川码头"),
                ("project", "building", "云溪镇码头"),
                ("project", "building", "松岩镇物流中心"),
                ("project", "building", "青川储配基地"),
            ],
        ),
        (
            "松岩集团、云溪建设公司等16个项目建成投产，投资14亿元云溪物流有限公司正极材料、15亿元青川水泥升级等32个项目开工建设。",
            [
                ("project", "operating", "松岩集团"),
                ("project", "operating", "云溪建设公司"),
                ("project", "building", "云溪物流有限公司正极材料"),
                ("project", "building", "青川水泥升级"),
            ],
        ),
        (
            "占地340亩、由松岩集团投资的100兆瓦储能项目3月份开工。",
            [("project", "building", "100兆瓦储能项目")],
        ),
    ],
)
def test_find_reads_works_behind_how_far_they_are(text: str, rows: list[tuple[str, str, str | None]]) -> None:
    assert read(text) == rows


def test_find_takes_nothing_done_at_places_for_works() -> None:
    assert read("同时，完成了青川市长城站、中山站物资补给和人员轮换。") == []


def test_find_joins_no_papers_of_several_clauses() -> None:
    rows = read(
        "今天举行了签约仪式，会上签约的包括超高清、松岩重点实验室、云溪应用实验室及数字大屏项目备忘录，"
        "红色基地合作备忘录等。"
    )
    assert not any("，" in (title or "") for *_, title in rows)
