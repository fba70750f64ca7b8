"""Lists of works, whatever heads them and wherever their verb stands."""

import pytest

from tests.unit.extract.test_deals_dense import read


@pytest.mark.parametrize(
    ("text", "stage", "titles"),
    [
        # in front
        ("上半年，全县新开工青川光伏组件基地、云溪智能家居产业园、湖滨物流中心3个亿元项目。", "building", 3),
        ("去年，全市引进了青川电路板生产基地、云溪生物饲料加工厂等一批补链项目。", "landed", 2),
        ("园区今年落户了青川封装测试、云溪精密模具、松岩减速器等12个项目，总投资58亿元。", "landed", 3),
        ("今年，该县续建松岩水库、云溪灌区改造。", "building", 2),
        ("5年来，我县建成青川大道、云溪快速路、松岩大道等12条城市道路。", "operating", 3),
        ("会上集中签约了青川医疗器械项目（落户高新区）、云溪风电叶片项目（落户经开区）。", "signed", 2),
        ("全年谋划储备青川河生态修复、云溪灌区续建改造、松岩县城第二水源等项目32个。", "proposed", 3),
        ("重点推进青川港区码头、云溪高速公路连接线项目建设。", "building", 2),
        ("我们全力推进青川高铁、云溪机场、松岩抽水蓄能电站等重大项目前期工作。", "proposed", 3),
        # behind
        ("当天，开发区分别与青川轴承精密制造项目、云溪航空零部件项目签约。", "signed", 2),
        ("随着青川智能制造产业园、云溪电驱动项目的相继投产，全区工业产值突破500亿元。", "operating", 2),
        ("县长宣布青川棚户区改造、云溪湿地公园、松岩产业园标准厂房（三期）开工建设。", "building", 3),
        ("目前，青川大桥、云溪公路隧道、松岩机场改扩建等项目正在加快建设。", "building", 3),
        ("青川电机研发、茶梗综合利用、单轨运输车等11个产学研项目在仪式上成功签约。", "signed", 3),
        # at its head
        ("开工项目包括青川新材料产业园、云溪抽水蓄能电站、松岩数字产业园。", "building", 3),
        ("全市在建的重点水利项目有青川水库、云溪引水工程、松岩灌区等8个。", "building", 3),
        # one noun for all, one name
        ("去年完成青川河、云溪河治理工程，新增蓄水能力300万立方米。", "operating", 1),
        # no works, wishes, what a plant consists of
        ("全市将大力发展电子信息、生物医药等产业，建设一批产业园、物流园、创业园。", "", 0),
        ("我市将推动青川铁水联运码头、云溪机场改扩建工程年内开工。", "", 0),
        ("项目将新建地下停车场、公交首末站和长途客运换乘厅。", "", 0),
        ("记者走访了青川电子、云溪化工等企业，了解复工情况。", "", 0),
        ("机场、铁路、码头等扩建工程进展顺利。", "", 0),
        ("应尽的义务包括完成修改青川宪章、停止敌对宣传、引渡青川籍嫌疑人等。", "", 0),
        ("今年继续建设青川大道、云溪快速路等一批重点工程。", "building", 2),
    ],
)
def test_find_reads_each_of_the_works_of_a_list(text: str, stage: str, titles: int) -> None:
    rows = read(text)
    assert [row[1] for row in rows] == [stage] * titles
    assert all(row[2] and row[2] in text and (titles == 1 or "、" not in row[2]) for row in rows)


def test_find_reads_two_lists_of_one_sentence() -> None:
    text = "高新区共有青川传感器产业园、云溪装备基地等6个项目开工，松岩光电园、湖滨数据中心等4个项目投产。"
    assert [(row[1], row[2]) for row in read(text)] == [
        ("building", "青川传感器产业园"),
        ("building", "云溪装备基地"),
        ("operating", "松岩光电园"),
        ("operating", "湖滨数据中心"),
    ]
