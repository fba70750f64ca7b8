from __future__ import annotations

from pathlib import Path
from time import process_time

import polars as pl
import pytest
import yaml

from seeds import __file__ as seeds_file
from transforms.extract.numerals import NUMBER, fold_text, parse_number
from transforms.extract.quantities.finder import QUANTITY_SCHEMA, QuantityFinder

LOOKUPS = Path(seeds_file).parent / "lookups"
EXPRESSIONS = [
    [part.strip() for part in line.rsplit("|", 1)]
    for line in (Path(__file__).parent / "expressions_quantities.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def finder() -> QuantityFinder:
    from pathlib import Path

    folder = Path(seeds_file).parent / "lookups"
    return QuantityFinder(
        {n: yaml.safe_load((folder / f"{n}.yml").read_text("utf-8")) for n in ("units", "currencies")}
    )


def rows(finder: QuantityFinder, text: str) -> list[dict[str, object]]:
    return finder.find(pl.DataFrame({"article_id": ["a"], "text": [text]})).rows(named=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2万", 12_000),
        ("三千二百万", 32_000_000),
        ("5万4千6百", 54_600),
        ("两千四百五", 2_450),
        ("十", 10),
        ("4.78万亿", 4.78e12),
        ("一亿零五百万", 105_000_000),
        ("壹拾贰万叁仟", 123_000),
        ("1,234.5", 1234.5),
        ("二十点一万", 201_000),
    ],
)
def test_parse_number_reads_mixed_numerals(text: str, value: float) -> None:
    folded = fold_text(text)
    assert NUMBER.fullmatch(folded)
    number = parse_number(folded)
    assert number is not None
    assert float(number.value) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目总投资12亿元。", ("12亿元", 1.2e9, "CNY", "exact")),
        ("占地面积约300亩", ("300亩", 200_000, "m2", "about")),
        ("出口额超过3.5亿美元", ("3.5亿美元", 3.5e8, "USD", "over")),
        ("捐款HK$200万", ("HK$200万", 2e6, "HKD", "exact")),
        ("人民币八百万元", ("人民币八百万元", 8e6, "CNY", "exact")),
        ("200余位嘉宾", ("200余位", 200, "1", "over")),
        ("不足五十家企业", ("五十家", 50, "1", "under")),
        ("装机30兆瓦", ("30兆瓦", 3e7, "W", "exact")),
        ("发电2亿千瓦时", ("2亿千瓦时", 7.2e14, "J", "exact")),
        ("下降百分之三十", ("百分之三十", 0.3, "1", "exact")),
        ("提高1.5个百分点", ("1.5个百分点", 0.015, "1", "exact")),
        ("气温零下5摄氏度", ("零下5摄氏度", -5, "°C", "exact")),
        ("历时三年半", ("三年半", 3.5 * 31557600, "s", "exact")),
        ("三千克白糖", ("三千克", 3, "kg", "exact")),
        ("收购ABC50%的股权", ("50%", 0.5, "1", "exact")),
        ("总投资7·61亿元", ("7·61亿元", 7.61e8, "CNY", "exact")),
        ("近百家企业", ("百家", 100, "1", "under")),
        ("历时一个半月", ("一个半月", 1.5 * 2629800, "s", "exact")),
        ("约合25元3角", ("25元3角", 25.3, "CNY", "about")),
        ("身高1米72的青年", ("1米72", 1.72, "m", "exact")),
        ("一米八的个子", ("一米八", 1.8, "m", "exact")),
        ("完成八成五", ("八成五", 0.85, "1", "exact")),
        ("延误2小时15分。", ("2小时15分", 8100, "s", "exact")),
    ],
)
def test_find_converts_to_base_units(
    finder: QuantityFinder, text: str, expected: tuple[str, float, str, str]
) -> None:
    (row,) = rows(finder, text)
    surface, base_value, base_unit, bound = expected
    assert row["surface_text"] == surface
    assert row["base_value"] == pytest.approx(base_value)
    assert (row["base_unit"], row["bound"]) == (base_unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "第二十届大会",
        "第十二条",
        "web3.0平台",
        "2023年",
        "以3比2获胜",
        "比分78:96",
        "电话010-64035547",
        "一个项目",
        "鲁港两地",
        "一带一路",
        "五位一体",
        "今天的元旦",
        "陆家嘴",
        "5G网络",
        "192.168.1.1",
        "百姓",
        "十八大以来",
        "1998年",
    ],
)
def test_find_leaves_out_what_is_no_quantity(finder: QuantityFinder, text: str) -> None:
    assert rows(finder, text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("投资3—5亿元", 3e8, 5e8),
        ("占30%至40%", 30, 40),
        ("三四万吨", 3e4, 4e4),
        ("20~100个", 20, 100),
        ("五六十公里", 50, 60),
        ("投资十几亿元", 1.1e9, 1.9e9),
        ("大会开幕前十几天，他才到任", 11, 19),
        ("气温-5℃到12℃", -5, 12),
    ],
)
def test_find_reads_ranges(finder: QuantityFinder, text: str, low: float, high: float) -> None:
    (row,) = rows(finder, text)
    assert (row["value"], row["value_max"]) == (pytest.approx(low), pytest.approx(high))


def test_find_reads_rates_and_what_is_measured(finder: QuantityFinder) -> None:
    (row,) = rows(finder, "年产30万吨聚乳酸项目投产")
    assert (row["period"], row["unit"], row["value"]) == ("year", "吨", 300_000)
    assert row["measures"] == "聚乳酸"
    (row,) = rows(finder, "均价1.2万元/平方米")
    assert (row["dimension"], row["base_unit"], row["currency"]) == ("rate", "CNY/m2", "CNY")
    (row,) = rows(finder, "项目总投资12亿元")
    assert row["measures"] == "项目总投资"


@pytest.mark.parametrize(
    ("text", "dimension", "base_value", "base_unit"),
    [
        ("设计时速350公里", "speed", 97.2222222222, "m/s"),
        ("每亩补贴150元", "rate", 0.225, "CNY/m2"),
        ("价格为15.96元/股", "rate", 15.96, "CNY/1"),
        ("超过2/3的户", "share", 0.666666666667, "1"),
        ("体重二十斤二两", "mass", 10.1, "kg"),
        ("上升0.9个和2个百分点", "percentage_points", 0.009, "1"),
    ],
)
def test_find_reads_compound_units(
    finder: QuantityFinder, text: str, dimension: str, base_value: float, base_unit: str
) -> None:
    row = rows(finder, text)[0]
    assert (row["dimension"], row["base_unit"]) == (dimension, base_unit)
    assert row["base_value"] == pytest.approx(base_value)


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("通行线路达22条", "通行线路"),
        ("200余位嘉宾相约", "嘉宾"),
        ("抓获嫌疑人92名", "嫌疑人"),
        ("签约金额约3亿元", "签约金额"),
        ("枪响,8人离开", None),
        ("项目由城投集团投资2.1亿元", "投资"),
        ("两校向基金会捐赠500万元", "捐赠"),
        ("以1.4亿元转让给邻县企业", "转让"),
        ("拟以3600万元的价格收购该厂", "收购"),
        ("签下3.6亿元固定资产贷款合同", "固定资产贷款合同"),
        ("提供不超过1.5亿元的信用额度", "信用额度"),
        ("中标价1.2亿元", "中标价"),
        ("资产负债率为47%", "资产负债率"),
        ("持有该公司60%股权", "股权"),
        ("学制四年", "学制"),
        ("联盟筹备了两年零七个月", "筹备"),
        ("签订五年期帮扶协议", "帮扶协议"),
        ("比原计划推迟14个月", "推迟"),
        ("年产8万吨饲料项目", "饲料"),
        ("年产30万吨香料、精油生产项目落地", "香料、精油"),
        ("一期10万吨PVC深加工和管材类生产项目", "PVC深加工和管材类"),
        ("年产5万吨碳酸锂和3吨锂粉的项目", "碳酸锂"),
        ("年产500吨电子级磷酸", "电子级磷酸"),
        ("年产2万台智能设备", "智能设备"),
        ("年产30万吨", "年产"),
        ("年加工鲜奶20万吨", "鲜奶"),
        ("日产水泥5000吨", "水泥"),
        ("年处理能力5万吨", "年处理能力"),
        ("市科技局、企业负责人等二百余人会聚于此", "企业负责人"),
        ("规划安装40余台单机容量11兆瓦的机组", "安装"),
        ("羊肉每公斤72元", "羊肉"),
        ("收盘价：6.06元", "收盘价"),
        ("3家签约企业到会", "签约企业"),
        ("12栋标准厂房主体结构全部封顶", "标准厂房"),
        ("年产各类叶片将达到1500套", "各类叶片"),
        ("年产高纯气体不少于3万立方米", "高纯气体"),
        ("年产能达30万吨", "年产能"),
        ("改造低产油茶林1160亩", "低产油茶林"),
        ("累计生产磷酸铁8.7万吨", "磷酸铁"),
        ("设特大桥2座", "大桥"),
        ("新建3个1000吨级泊位", "泊位"),
        # The year is the date's, and the noun before the last verb ends.
        ("去年产值7.4亿元", "产值"),
        ("1997年贸易顺差400亿美元", "贸易顺差"),
        ("运来18万枝鲜花竞相开放", "鲜花"),
        # Behind a place, an adjective or a clause.
        ("请来3位日本小学生", "日本小学生"),
        ("吸引全球40家企业", "企业"),
        ("吸引全球40多个国家参加", "国家"),
        ("实施12项特殊优惠政策", "特殊优惠政策"),
        ("扶助20户特困职工", "特困职工"),
        ("解决6家停产企业的困难", "停产企业"),
        ("6位坐镇指挥的将军", "将军"),
        ("有12台不同型号的风机", "风机"),
        ("这意味着两天一次", None),
        ("爆炸造成150人受伤", "受伤"),
        ("引进两台门式台车", None),
        ("共演出了10场", "演出"),
        ("停办64种内部报纸", "内部报纸"),
        # The unit says what is counted, unless the noun behind it is a long one.
        ("与18个国家签署备忘录", "国家"),
        ("建成46个国家中医药创新中心", "中医药创新中心"),
        ("今晨发生7.3级地震", "地震"),
        # Nouns of one character, and those that the dictionary calls names or verbs.
        ("她家养了3头猪", "猪"),
        ("全国31个省（区、市）", "省"),
        ("沿途设站8座", "站"),
        ("全年收购玉米20万吨", "玉米"),
        ("建设2座加氢站", "加氢站"),
        # A grade, and 多 behind the number.
        ("建设2个7万吨级泊位", "泊位"),
        ("全市3万多困难职工", "困难职工"),
        # Where two counts follow one another, each has its noun; a size belongs to the next number.
        ("走了5个乡镇9个企业", "乡镇"),
        ("40台单机容量11兆瓦的机组", None),
        # Of persons the word for them, of things what they are and not what becomes of them.
        ("三名航天员身心状态良好", "航天员"),
        ("3万名士兵调动到边境", "士兵"),
        # What the bank gives, what a line can do, and what became of houses.
        ("提供50亿元授信", "授信"),
        ("设计年吞吐能力1200万吨", "设计年吞吐能力"),
        ("节约标准煤2万吨", "标准煤"),
        ("房屋倒塌1200余间", "房屋倒塌"),
        # What is handled in a day, and not what handles it.
        ("日处理生活垃圾1200吨的发电厂", "生活垃圾"),
        ("日处理1200吨的发电厂", "日处理"),
        ("日处理能力由2万吨提高到4万吨", "日处理能力"),
        # A paper about goods is not the goods.
        ("签下2万套温控阀供货合同", "温控阀"),
        ("签下三年期供货合同", "供货合同"),
        ("共签了31份合同", "合同"),
        # The clause in front tells what has become so much.
        ("全县粮食总产量再创新高，达到50万吨", "粮食总产量"),
    ],
)
def test_find_names_what_is_measured(finder: QuantityFinder, text: str, measures: str | None) -> None:
    assert rows(finder, text)[0]["measures"] == measures


@pytest.mark.parametrize(("line", "amount"), EXPRESSIONS)
def test_find_reads_the_amounts_of_news(finder: QuantityFinder, line: str, amount: str) -> None:
    found = rows(finder, line.replace("[", "").replace("]", ""))
    if amount == "none":
        assert found == []
        return
    (row,) = found
    value, base_unit, bound = amount.split()
    low, _, high = value.partition("~")
    assert row["surface_text"] == line[line.find("[") + 1 : line.find("]")]
    assert row["base_value"] == pytest.approx(float(low))
    assert row["base_value_max"] == (pytest.approx(float(high)) if high else None)
    assert (row["base_unit"], row["bound"]) == (base_unit, bound)


@pytest.mark.parametrize(
    ("text", "surface", "bound"),
    [
        ("会上签约20个项目", "20个", "exact"),
        ("节约30%的水", "30%", "exact"),
        ("附近3家工厂", "3家", "exact"),
        ("客流保持在千万人次以上", "千万人次", "over"),
        ("新签约亿元以上项目8个", "8个", "exact"),
        ("进出口额破20亿元", "20亿元", "over"),
        ("只有两百来户报名", "两百来户", "over"),
        ("折合约3亿元", "3亿元", "about"),
    ],
)
def test_find_reads_bounds_of_their_own_word(
    finder: QuantityFinder, text: str, surface: str, bound: str
) -> None:
    row = rows(finder, text)[0]
    assert (row["surface_text"], row["bound"]) == (surface, bound)


@pytest.mark.parametrize(
    ("text", "period"),
    [("去年产量5万吨", None), ("2023年产量5万吨", None), ("如今年产量5万吨", "year"), ("目前日产5吨", "day")],
)
def test_find_reads_no_rate_out_of_a_date(finder: QuantityFinder, text: str, period: str | None) -> None:
    assert rows(finder, text)[-1]["period"] == period


def test_find_says_that_a_bare_yuan_is_an_assumption(finder: QuantityFinder) -> None:
    assert rows(finder, "投资12亿元")[0]["evidence"] == "bare 元 read as CNY"
    assert rows(finder, "投资12亿美元")[0]["evidence"] is None


def test_find_keeps_out_of_dates(finder: QuantityFinder) -> None:
    articles = pl.DataFrame({"article_id": ["a"], "text": ["十五天"]})
    dates = pl.DataFrame({"article_id": ["a"], "start_char": [0], "end_char": [3]})
    assert finder.find(articles).height == 1
    assert finder.find(articles, dates).height == 0


def test_find_on_nothing_keeps_its_schema(finder: QuantityFinder) -> None:
    empty = pl.DataFrame(schema={"article_id": pl.String, "text": pl.String})
    assert finder.find(empty).schema == pl.Schema(QUANTITY_SCHEMA)


@pytest.mark.parametrize(
    "unit", ["1", "一", "亿", "年", "-", "1,", "1-", "1亿", "百分之", "1.1", "年产", "12.5.", "元", " ", "$"]
)
def test_scan_is_linear(finder: QuantityFinder, unit: str) -> None:
    started = process_time()
    finder.scan(unit * (300_000 // len(unit)))
    assert process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        "零部件配套",
        "零件加工",
        "最后一公里",
        "等这一天",
        "总有退的一天",
        "水陆两栖",
        "经过半年",
        "不二人选",
        "每周五班车",
    ],
)
def test_scan_leaves_out_words_that_hold_a_number(finder: QuantityFinder, text: str) -> None:
    assert finder.scan(text) == []


def test_find_passes_the_measure_on(finder: QuantityFinder) -> None:
    found = rows(finder, "交易价款2.1亿欧元，约合人民币16亿元。总投资9亿元，其中一期4亿元。")
    assert [row["measures"] for row in found] == ["交易价款", "交易价款", "总投资", "总投资"]


def test_find_reads_no_debt_out_of_a_relief(finder: QuantityFinder) -> None:
    found = finder.scan("人均减负300元，亏损者净利润为负200元。")
    assert [float(q.value) for q in found] == [300, -200]


def test_find_reads_money_without_a_unit(finder: QuantityFinder) -> None:
    (row,) = rows(finder, "全年营收4.692亿")
    assert (row["dimension"], row["currency"], row["base_value"]) == ("money", "CNY", 469_200_000)
    assert row["evidence"] == "no unit; money because it measures 营收"
    assert rows(finder, "全年点击4.692亿")[0]["dimension"] == "number"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收储一块工业用地", []),
        ("三块工业用地", [("三块", "count")]),
        ("每斤三块五", [("三块五", "rate")]),
        ("三元控股入股", []),
        ("每股3元股份", [("3元", "rate")]),
        ("工期240日历天", [("240日历天", "duration")]),
        ("有92年历史的老厂", [("92年", "duration")]),
        ("来回三百里", [("三百里", "length")]),
        ("六盘水市", []),
        ("缺技工2000人以上", [("2000人", "count")]),
        ("储能4万千瓦/8万千瓦时", [("4万千瓦", "power"), ("8万千瓦时", "energy")]),
        ("引入一至两家投资者", [("一至两家", "count")]),
        ("做到“四个坚持”", []),
        ("美元二期基金", []),
        ("签订后5个工作日内付清", [("5个工作日", "duration")]),
        ("72套房产", [("72套", "count")]),
        ("周转量2665亿吨公里", [("2665亿吨公里", "count")]),
        ("货值9800　万元", [("9800　万元", "money")]),
        ("新的一年里，大厦四周树木葱郁", []),
        ("一天，他来到村里。一天晚上又来", []),
        ("停工四周后，干了一年", [("四周", "duration"), ("一年", "duration")]),
        ("亿万人民", []),
        ("8.2024中国某某大会开幕", []),
        ("有2500多年历史，距今4300年", [("2500多年", "duration"), ("4300年", "duration")]),
        ("持续了近30年时间", [("30年时间", "duration")]),
        ("提出三点倡议，下午三点散会", [("三点", "count")]),
        ("指数报3019.5点", [("3019.5点", "count")]),
        ("举办4期研讨班，播出12集连续剧", [("4期", "count"), ("12集", "count")]),
        ("获得3块金牌", [("3块", "count")]),
        ("被两家乡镇企业兼并", [("两家", "count")]),
        ("年过半百", []),
        ("七人制橄榄球赛", []),
        ("归还5200万里拉和10万克朗", [("5200万", "number"), ("10万", "number")]),
    ],
)
def test_find_tells_amounts_from_names(
    finder: QuantityFinder, text: str, found: list[tuple[str, str]]
) -> None:
    assert [(row["surface_text"], row["dimension"]) for row in rows(finder, text)] == found


def test_find_reads_the_time_of_a_race_as_one_quantity(finder: QuantityFinder) -> None:
    text = "他以2小时8分36秒夺冠，第二名1分23秒45，收入比为1.72∶1，三次产业结构比为9.8∶41.2∶49.0。"
    found = finder.find(pl.DataFrame({"article_id": ["a"], "text": [text]}))
    assert found.select("surface_text", "value", "unit").rows() == [
        ("2小时8分36秒", 7716.0, "秒"),
        ("1分23秒45", 83.45, "秒"),
    ]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("日处理能力由1万吨提升至2.5万吨", "日处理能力"),
        ("月产能从1.2亿只增加到现在的3亿只", "月产能"),
        ("车程将由两小时缩短到50分钟", "车程"),
    ],
)
def test_what_an_amount_has_become_measures_the_same(
    finder: QuantityFinder, text: str, measures: str
) -> None:
    assert [row["measures"] for row in rows(finder, text)] == [measures, measures]


def test_an_amount_in_brackets_says_again_what_the_one_before_it_does(finder: QuantityFinder) -> None:
    found = rows(finder, "斥资246亿元（36亿美元）收购炼厂")
    assert [row["measures"] for row in found] == ["斥资", "斥资"]
