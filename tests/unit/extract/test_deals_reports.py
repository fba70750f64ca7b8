"""What papers tell of works in passing: what runs first, what a report goes through, lists of plans."""

import pytest

from tests.unit.extract.test_deals_gatherings import read


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "7月18日，首列“青松欧”国际货运班列从青川市松岩智能港驶出。",
            [("project", "operating", "“青松欧”国际货运班列")],
        ),
        (
            "满载50个集装箱的首趟中亚班列从青川陆港缓缓开出，标志着青川中亚班列正式开行。",
            [("project", "operating", "中亚班列")],
        ),
        ("昨日，首艘货轮平稳停靠青川港云溪作业区。", [("project", "operating", "青川港云溪作业区")]),
        ("青川港今年第36趟中欧班列昨日驶出。", []),
    ],
)
def test_find_reads_what_runs_or_lies_somewhere_first(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "青川县25个项目开工、9个项目竣工。\n开工项目中，湖滨轮毂（二期）项目位于松岩组团，计划总投资5亿元，新建厂房5万平方米；"
            "云溪供水工程，计划总投资2亿元，将新建水厂一座。\n竣工项目中，松岩高速公路总投资18亿元，新建高速公路11公里。",
            [
                ("project", "building", "湖滨轮毂（二期）项目"),
                ("project", "building", "云溪供水工程"),
                ("project", "operating", "松岩高速公路"),
            ],
        ),
        (
            "湖滨新工厂项目位于青川大道，占地190亩，青川湖滨汽车有限公司投资10亿元，新建焊接、涂装车间。",
            [("project", "building", "湖滨新工厂项目")],
        ),
        (
            "计划新开工：松岩隧道工程、云溪供水项目等17个项目；加快推进：青川通道、湖滨大桥等项目。",
            [
                ("project", "proposed", "松岩隧道工程"),
                ("project", "proposed", "云溪供水项目"),
                ("project", "building", "青川通道"),
                ("project", "building", "湖滨大桥"),
            ],
        ),
        (
            "去年，跨海大桥等一批项目建成，松岩铁路、青川铁路等在建项目推进顺利。",
            [
                ("project", "operating", "跨海大桥"),
                ("project", "building", "松岩铁路"),
                ("project", "building", "青川铁路"),
            ],
        ),
        (
            "市长林一舟一行到松岩水利枢纽工程现场查看进展。该工程计划总投资4亿元，去年10月开工。",
            [("project", "building", "松岩水利枢纽工程")],
        ),
        (
            "昨日，记者在松岩快速路扩能项目施工现场看到，挖掘机来回穿梭。",
            [("project", "building", "松岩快速路扩能项目")],
        ),
        (
            "作为省重点项目，青川市云溪新材料基地项目总投资20亿元，占地218亩。",
            [("project", "unknown", "青川市云溪新材料基地项目")],
        ),
        (
            "松岩县年产10万吨制盐项目（云溪镇）、松岩县食用菌生产项目（湖滨镇）在青川市主会场进行了集中签约。",
            [
                ("project", "signed", "松岩县年产10万吨制盐项目"),
                ("project", "signed", "松岩县食用菌生产项目"),
            ],
        ),
        (
            "集中开工的有湖滨数控产业园、云溪钢结构厂、松岩复合材料基地3个重点项目。",
            [
                ("project", "building", "湖滨数控产业园"),
                ("project", "building", "云溪钢结构厂"),
                ("project", "building", "松岩复合材料基地"),
            ],
        ),
        (
            "云溪研发基地、松岩产业园等2个产业项目，湖滨结算中心、青川财务中心等2个总部项目集中签约。",
            [
                ("project", "signed", "云溪研发基地"),
                ("project", "signed", "松岩产业园"),
                ("project", "signed", "湖滨结算中心"),
                ("project", "signed", "青川财务中心"),
            ],
        ),
        (
            "建成投用市中医院二期项目，开工建设市急救中心、市云溪小学。",
            [
                ("project", "operating", "市中医院二期项目"),
                ("project", "building", "市急救中心"),
                ("project", "building", "市云溪小学"),
            ],
        ),
        ("要加快建成市急救中心、市云溪小学。", []),
        (
            "湖滨镇举行3个重点项目动工仪式。项目包括云溪电子产业园、松岩结算中心等2个新引进项目，青川输变电工程等1个基础设施项目。",
            [
                ("project", "building", "云溪电子产业园"),
                ("project", "building", "松岩结算中心"),
                ("project", "building", "青川输变电工程"),
            ],
        ),
        (
            "云溪景区、松岩动漫小镇等重点乡村旅游项目建设有序推进。",
            [("project", "building", "云溪景区"), ("project", "building", "松岩动漫小镇")],
        ),
        (
            "青川智能化生产项目、松岩蓝莓种植项目等一批大项目签约落地。",
            [("project", "landed", "青川智能化生产项目"), ("project", "landed", "松岩蓝莓种植项目")],
        ),
        ("昨日，湖滨云溪产业基地举行全面开工仪式。", [("project", "building", "湖滨云溪产业基地")]),
        ("总投资30亿元的云溪半导体项目填补了省内空白。", [("project", "unknown", "云溪半导体项目")]),
        (
            "在松岩污水处理厂管网工程项目，工程正在加快推进。",
            [("project", "building", "松岩污水处理厂管网工程项目")],
        ),
        ("松岩水利枢纽工程基本建成。", [("project", "operating", "松岩水利枢纽工程")]),
        (
            "松岩水库首个控制性工程导流洞胜利完工。",
            [("project", "operating", "松岩水库首个控制性工程导流洞")],
        ),
        (
            "去年10月建成的青川市云溪玉米加工厂，为镇里添了一家企业。",
            [("project", "operating", "青川市云溪玉米加工厂")],
        ),
        ("云溪小学扩建项目已完成挡墙施工，正在进行地梁施工。", [("project", "building", "云溪小学扩建项目")]),
    ],
)
def test_find_reads_works_that_reports_go_through(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert read(text) == rows
