"""Bodies of the party and the state in lists, behind verbs and with long tasks, and their kinds."""

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.test_bodies import bodies
from transforms.extract.names.organizations import OrganizationRules

SUBTYPE = OrganizationRules(load_lookups()).subtype


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "省财政厅、水利厅、生态环境厅和交通运输厅会签。",
            {"省财政厅", "水利厅", "生态环境厅", "交通运输厅"},
        ),
        (
            "县检察院、法院、公安局、司法局到会。",
            {"县检察院", "法院", "公安局", "司法局"},
        ),
        ("市总工会、团委、妇联慰问职工。", {"市总工会", "团委", "妇联"}),
        (
            "海原县教育局、自规局、应急局分别作了汇报。",
            {"海原县教育局", "自规局", "应急局"},
        ),
        # Any such offices have no name, nor what is no office.
        ("各区发改局、财政局要靠前服务。", set()),
        ("市医保局、医院、药店三方联动。", {"市医保局"}),
    ],
)
def test_departments_of_a_list_share_the_level_of_the_first(finder, text, expected):
    assert expected == bodies(finder, text)


def test_a_department_of_a_list_means_that_of_the_place(finder):
    text = "海原县财政局、体育局分别作了汇报。"
    articles = pl.DataFrame({"article_id": ["a"], "document_id": ["d"], "text": [text]})
    sentences = pl.DataFrame({"sentence_id": ["s"], "article_id": ["a"], "text": [text], "start_char": [0]})
    found = finder.find(articles, sentences)
    assert found.filter(pl.col("surface_text") == "体育局")["canonical_name"].to_list() == ["海原县体育局"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县自然资源和规划局会同县农业农村局检查。", {"县自然资源和规划局", "县农业农村局"}),
        ("县委组织部会同县委统战部考察。", {"县委组织部", "县委统战部"}),
        ("市发改委会同市财政局落实。", {"市发改委", "市财政局"}),
        ("会同县林业局发布公告。", {"会同县林业局"}),
        ("会同省农业农村厅制定方案。", {"省农业农村厅"}),
        ("项目报经市自然资源局同意。", {"市自然资源局"}),
        ("记者采访了市生态环境局。", {"市生态环境局"}),
        ("本县县政府高度重视。", {"县政府"}),
        ("合作市教育局到会。", {"合作市教育局"}),
    ],
)
def test_what_leads_to_a_body_of_a_level_is_no_part_of_it(finder, text, expected):
    assert bodies(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市重点项目建设指挥部办公室发布通报。", {"市重点项目建设指挥部办公室"}),
        ("市优化营商环境工作领导小组办公室印发方案。", {"市优化营商环境工作领导小组办公室"}),
        ("县里成立工作专班，由县长任组长。", set()),
        ("市委办、县府办落实。", {"市委办", "县府办"}),
        ("区创城办、市双拥办到会。", {"区创城办", "市双拥办"}),
        ("县政府办实事，群众满意。", {"县政府"}),
        ("市驻深圳招商联络处主任江雁介绍。", {"市驻深圳招商联络处"}),
        ("县驻杭州招商联络站走访企业。", {"县驻杭州招商联络站"}),
        ("意大利对外贸易委员会派员到会。", {"意大利对外贸易委员会"}),
        ("东部战区总医院专家到场。", {"东部战区总医院"}),
        ("民盟海原市支部开展活动。", {"民盟海原市支部"}),
    ],
)
def test_offices_task_forces_and_missions_of_a_level_are_whole(finder, text, expected):
    assert bodies(finder, text) == expected


def test_inspectors_that_sit_in_another_body_are_one(finder):
    assert "省纪委监委驻省水利厅纪检监察组" in bodies(finder, "省纪委监委驻省水利厅纪检监察组到会。")


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("市委社会工作部", "party"),
        ("县委老干部局", "party"),
        ("中国共产党海原县委员会", "party"),
        ("市公安局交通警察支队", "government"),
        ("省地矿局第五地质大队", "other"),
        ("省煤田地质局一八五队", "other"),
        ("武警海原支队", "military"),
        ("海原队", "sports"),
        ("市二院", "hospital"),
        ("海原师专", "university"),
        ("海原卫视", "media"),
        ("海原博物院", "culture"),
        ("市民宗委", "government"),
    ],
)
def test_subtype_tells_kinds_that_the_last_word_alone_does_not(name, subtype):
    assert SUBTYPE(name) == subtype
