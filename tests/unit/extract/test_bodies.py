"""Bodies that the form of their name tells, where two of them are cut, and what is none."""

import polars as pl
import pytest

from flows.resources import load_lookups
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.formed import FormedBodies
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.spans import Span


def bodies(finder, text):
    articles = pl.DataFrame({"article_id": ["a"], "document_id": ["d"], "text": [text]})
    sentences = pl.DataFrame({"sentence_id": ["s"], "article_id": ["a"], "text": [text], "start_char": [0]})
    found = finder.find(articles, sentences)
    return set(found.filter(pl.col("entity_type") == "organization")["surface_text"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本轮融资由长三角协同优势产业基金领投，金额2亿元。", {"长三角协同优势产业基金"}),
        ("国家先进制造产业投资基金二期已入股该公司。", {"国家先进制造产业投资基金"}),
        (
            "双方共同设立青岚海原产业投资基金，规模10亿元。",
            {"青岚海原产业投资基金"},
        ),
        ("县里拟设立一只规模5亿元的乡村振兴产业基金。", set()),
        ("区里的数字文创母基金正在遴选管理人。", set()),
        (
            "海原融创（青岛）创业投资合伙企业（有限合伙）受让其12%的股份。",
            {"海原融创（青岛）创业投资合伙企业（有限合伙）"},
        ),
        (
            "公司引入苏州启航同创股权投资合伙企业（有限合伙）等三名投资人。",
            {"苏州启航同创股权投资合伙企业（有限合伙）"},
        ),
    ],
)
def test_funds_and_partnerships_are_read_from_their_end(finder, text, expected):
    assert bodies(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "海原大学智能控制与装备国家重点实验室在此设点。",
            {"海原大学智能控制与装备国家重点实验室", "海原大学"},
        ),
    ],
)
def test_a_name_of_which_the_engine_sees_both_ends_is_one(finder, text, expected):
    assert bodies(finder, text) == expected


@pytest.mark.parametrize(
    ("place", "gap", "body", "is_one"),
    [
        ("青岚市", "北方", "海元换热装备公司", True),
        ("海原县", "绿洲果蔬", "农民专业合作社联合社", True),
        ("海原", "北部", "青岚医院", False),
        ("海原", "配套企业", "青岚阀门公司", False),
        ("海原", "建设", "青岚大学", False),
        ("海原县", "副县长", "青岚集团", False),
    ],
)
def test_join_closes_a_gap_of_naming_words(place, gap, body, is_one):
    lookups = load_lookups()
    divisions = Divisions(lookups)
    formed = FormedBodies(lookups, divisions, OrganizationRules(lookups))
    end = len(place + gap)
    spans = [
        Span(0, len(place), "place", "lac"),
        Span(end, end + len(body), "organization", "lac"),
    ]
    assert (len(formed.join(place + gap + body, spans)) == 1) is is_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海原重工采购部部长高远说，订单排到了明年。", {"海原重工"}),
        ("海原县人民医院急诊科主任安然介绍。", {"海原县人民医院"}),
        ("东湾市农贸股份有限公司采购部部长楼望江到访。", {"东湾市农贸股份有限公司"}),
    ],
)
def test_a_firm_ends_before_its_department(finder, text, expected):
    assert bodies(finder, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "投资3亿元的海原冷链物流中心动工。",
        "园区正在建设西部农产品集散中心，明年投用。",
        "银行推出“海鲜贷”“民宿贷”等产品。",
        "双方将在智能装备、智慧物流、数字文旅等领域合作。",
        "协会负责人、行业协会代表到会。",
    ],
)
def test_fields_works_and_loans_are_no_bodies(finder, text):
    assert not bodies(finder, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("海原经济开发区浙江启明新材料有限公司的车间里机器轰鸣。", {"浙江启明新材料有限公司"}),
        ("诺泰与海原区中心医院共建胸痛中心。", {"诺泰", "海原区中心医院"}),
        ("景区运营方海原旅游发展有限公司介绍。", {"海原旅游发展有限公司"}),
        ("承建方中海建工集团有限公司已经进场。", {"中海建工集团有限公司"}),
        ("中国铁路南昌局集团有限公司中标。", {"中国铁路南昌局集团有限公司"}),
        ("海原市食品与药品检验研究院挂牌。", {"海原市食品与药品检验研究院"}),
    ],
)
def test_a_firm_begins_behind_its_park_and_its_partner(finder, text, expected):
    assert bodies(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东西部协作工作组组长林青介绍，项目已经落地。", {"东西部协作工作组"}),
        ("两岸青年创业联盟秘书长林青表示，明年再来。", {"两岸青年创业联盟"}),
        ("大会筹委会主任林青介绍，报名已经截止。", {"大会筹委会"}),
        ("记者从县重点项目办了解到，路已修通。", {"县重点项目办"}),
        ("本轮融资由云溪创投跟投。", {"云溪创投"}),
    ],
)
def test_bodies_before_a_title_or_a_verb(finder, text, expected):
    assert bodies(finder, text) == expected


def test_the_last_part_of_a_foreign_name_is_the_person(finder):
    text = "法国客商皮埃尔·杜兰来访。在展厅，杜兰说，这里很好。"
    assert not bodies(finder, text)
