"""Bodies named in quotes, names that are words, and words that the engine takes for names."""

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.test_places_and_firms import named, read
from transforms.extract.names.organizations import OrganizationRules

LABEL = OrganizationRules(load_lookups()).label


@pytest.mark.parametrize(
    ("text", "body", "kind"),
    [
        ("“云岭柘途”科技完成近亿元融资。", "“云岭柘途”科技", "company"),
        ("“柘谷优鲜”农业斥资3亿元建冷链基地。", "“柘谷优鲜”农业", "company"),
        ("“柘味斋”酱菜厂今年产值过亿元。", "“柘味斋”酱菜厂", "company"),
        ("“爱心柘舍”公益协会会长江雁来了。", "“爱心柘舍”公益协会", "association"),
        ("“小柘树”幼儿园举行运动会。", "“小柘树”幼儿园", "school"),
    ],
)
def test_quoted_bodies(finder, text, body, kind):
    rows = read(finder, text).filter(pl.col("surface_text") == body)
    assert set(rows["entity_subtype"]) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "“智慧”农业发展迅速，“双碳”科技成为热点。",
        "推进“数字政府”服务中心建设。",
        "“链主”企业带动，“候鸟式”养老机构受欢迎。",
        "举办“有事好商量”协商会。",
        "展出“柘光”机器人与智能装备。",
    ],
)
def test_slogans_in_quotes_are_no_bodies(finder, text):
    assert named(finder, text, "organization") == set()


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("高峰说，今年的订单多了两成。", {"高峰"}),
        ("方明作报告，黄河主持会议。", {"方明", "黄河"}),
        ("山谷、和平等同志参加。", {"和平"}),
        ("经营者白某诉被告某公司，江某甲作证。", {"白某", "江某甲"}),
        ("撰稿：柳青 校对：石岩", {"柳青"}),
        ("孙女小雅、儿媳刘红都在家。", {"小雅", "刘红"}),
        ("努尔买买提把小麦种到了戈壁滩。", {"努尔买买提"}),
        ("傣族青年岩温参加了泼水节。", {"岩温"}),
        ("苏木党支部书记那仁花带领牧民。", {"那仁花"}),
    ],
)
def test_persons(finder, text, persons):
    assert named(finder, text, "person") == persons


@pytest.mark.parametrize(
    "text",
    [
        "黄河流域的高峰论坛举行。",
        "方向说明一切，车轮滚滚。",
        "来了许许多多的人。",
        "退耕还林还草现金补助发放了。",
    ],
)
def test_words_are_no_persons(finder, text):
    assert named(finder, text, "person") == set()


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        # An edge of what the engine sees lies inside a word.
        ("漫山遍野的映山红竞相开放。", set()),
        ("应当向人民法院随案移送证据。", {"人民法院"}),
        ("弘扬中华优秀传统文化，神舟十七号发射。", set()),
        # Behind it, in front of it, and two in one.
        ("共青团海原市委书记江雁颁奖。", {"共青团海原市委"}),
        ("全国青联联合下发通知。", {"全国青联"}),
        ("驻意大利使馆发出提醒。", {"驻意大利使馆"}),
        ("泰国驻青岛领事办公室发布消息。", {"泰国驻青岛领事办公室"}),
        ("9.北京市委 福建省委主要负责同志调整；", {"北京市委", "福建省委"}),
        ("市人民 医院和县教育 局发布消息。", {"市人民 医院", "县教育 局"}),
        ("县青联、县女企业家协会捐款。", {"县青联", "县女企业家协会"}),
        ("县教育、科技部门发文。", set()),
        # Short names of schools and offices, papers on a telephone, and who bore another name before.
        ("县二小举行活动，市实验二小的老师来了。", {"县二小", "市实验二小"}),
        ("市一小时办结，市三中学教师来了。", set()),
        ("县红十字会副会长江雁到会，县消防救援大队大队长也来了。", {"县红十字会", "县消防救援大队"}),
        ("海原日报·新海原客户端记者江雁。", {"新海原客户端"}),
        ("手机客户端、移动客户端都能看。", set()),
        ("东湾银行（原华柘银行）开业。", {"东湾银行", "华柘银行"}),
        ("海原县驻长沙流动党委举行活动。", {"海原县驻长沙流动党委"}),
        # Firms named after persons, and after places in a list.
        ("江守义十三香集团在海原扩产。", {"江守义十三香集团"}),
        ("王致和食品公司来了。", {"王致和食品公司"}),
        ("日照钢铁、南山铝业参展。", {"日照钢铁", "南山铝业"}),
        ("发展日照钢铁、化工等产业。", set()),
    ],
)
def test_bodies(finder, text, bodies):
    assert {name.replace(" ", "") for name in named(finder, text, "organization")} >= {
        name.replace(" ", "") for name in bodies
    }
    if not bodies:
        assert named(finder, text, "organization") == set()


def test_an_industrial_city_is_no_park(finder):
    assert named(finder, "英国工业城市诺丁汉市宣布。", "place") == {"英国", "诺丁汉市"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("海原医院医务科", "hospital"),
        ("海原税务局纳税服务科", "government"),
        ("海原集团市场部", "company"),
        ("东湾大学水利系", "university"),
        ("海原区农业农村委", "government"),
        ("东湾大学附属海原二院", "hospital"),
        ("海原交警支队东湾大队", "government"),
        ("海原武警支队", "military"),
        ("日本共同社", "media"),
        ("海原驻深办", "government"),
        ("美中贸易全国委员会", "association"),
        ("海原高科", None),
        ("东湾医院海原分院", "hospital"),
        ("德国商会驻海原代表处", "other"),
    ],
)
def test_kinds(name, kind):
    assert LABEL(name) == kind
