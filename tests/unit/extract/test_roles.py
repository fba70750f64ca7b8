"""Roles: every pattern with names of our own making."""

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.roles.finder import RoleFinder
from transforms.extract.roles.rows import ROLE_SCHEMA
from transforms.extract.roles.titles import level_of

FINDER = RoleFinder(load_lookups())


def read(text: str, people: str, bodies: str = "", places: str = "") -> set[tuple[str, str, str | None]]:
    marks = dict.fromkeys(people.split(), "person")
    marks |= dict.fromkeys(bodies.split(), "organization") | dict.fromkeys(places.split(), "place")
    articles, sentences, mentions = frames(text, marks)
    found = FINDER.find(articles, sentences, mentions)
    assert dict(found.schema) == ROLE_SCHEMA
    for row in found.iter_rows(named=True):
        assert text[row["start_char"] : row["end_char"]] == row["surface_text"]
    names = mentions.select("mention_index", person="surface_text")
    rows = found.join(names, left_on="person_mention_index", right_on="mention_index")
    return set(rows.select("person", "title", "organization_text").iter_rows())


@pytest.mark.parametrize(
    ("text", "people", "bodies", "places", "expected"),
    [
        (
            "青川市委常委、副市长何远明，北岭商会会长郑博文致辞。", "何远明 郑博文",
            "青川市委 北岭商会", "",
            {
                ("何远明", "市委常委", "青川市委"),
                ("何远明", "副市长", "青川市"),
                ("郑博文", "会长", "北岭商会"),
            },
        ),
        (
            "东洲省水利厅党组成员、东洲省治水研究院党组书记、院长贺一帆出席。", "贺一帆",
            "东洲省水利厅 东洲省治水研究院", "",
            {
                ("贺一帆", "党组成员", "东洲省水利厅"),
                ("贺一帆", "党组书记", "东洲省治水研究院"),
                ("贺一帆", "院长", "东洲省治水研究院"),
            },
        ),
        (
            "南屿政府驻青川联络处主任陶立民到访。", "陶立民", "南屿政府", "青川",
            {("陶立民", "主任", "南屿政府驻青川联络处")},
        ),
        (
            "副市长丁一凡、沈佳木、韦青参加。", "丁一凡 沈佳木 韦青", "", "",
            {("丁一凡", "副市长", "市政府"), ("沈佳木", "副市长", "市政府"), ("韦青", "副市长", "市政府")},
        ),
        ("市长丁一凡、沈佳木参加。", "丁一凡 沈佳木", "", "", {("丁一凡", "市长", "市政府")}),
        ("陶立民主任说。", "陶立民", "", "", {("陶立民", "主任", None)}),
        ("沈佳木代表公司签约。", "沈佳木", "", "", set()),
        (
            "选举贺一帆为青川大学校长。", "贺一帆", "青川大学", "", {("贺一帆", "校长", "青川大学")},
        ),
        (
            "丁一凡，男，现任云岭集团总经理。", "丁一凡", "云岭集团", "",
            {("丁一凡", "总经理", "云岭集团")},
        ),
        (
            "丁一凡（云岭集团董事长）到会。", "丁一凡", "云岭集团", "", {("丁一凡", "董事长", "云岭集团")},
        ),
        (
            "云岭集团总经理由丁一凡担任。", "丁一凡", "云岭集团", "", {("丁一凡", "总经理", "云岭集团")},
        ),
        (
            "丁一凡、沈佳木、韦青等3位专家发言。", "丁一凡 沈佳木 韦青", "", "",
            {("丁一凡", "专家", None), ("沈佳木", "专家", None), ("韦青", "专家", None)},
        ),
        ("本报记者丁一凡报道。", "丁一凡", "", "", set()),
        ("收入一些代表丁一凡思想的随笔。", "丁一凡", "", "", set()),
        ("原青川市委书记丁一凡受贿。", "丁一凡", "原青川市委", "", {("丁一凡", "市委书记", "青川市委")}),
        (
            "云岭党中央政治局委员、书记处书记丁一凡出席。", "丁一凡", "云岭党中央政治局", "",
            {("丁一凡", "政治局委员", "云岭党中央政治局"), ("丁一凡", "书记处书记", None)},
        ),
        (
            "西国驻东国大使丁一凡到机场迎接。", "丁一凡", "", "西国 东国",
            {("丁一凡", "驻东国大使", "西国")},
        ),
        ("和“远岸渔业”总裁丁一凡签字。", "丁一凡", "", "", {("丁一凡", "总裁", "远岸渔业")}),
        ("“长江学者”教授丁一凡到会。", "丁一凡", "", "", {("丁一凡", "教授", None)}),
        (
            "青川市委常委、云中新城党工委书记丁一凡致辞。", "丁一凡", "青川市委 新城党工委", "",
            {("丁一凡", "市委常委", "青川市委"), ("丁一凡", "书记", "云中新城党工委")},
        ),
        (
            "云岭公司董事长、南湾镇原党委书记丁一凡说。", "丁一凡", "云岭公司 镇原党委", "",
            {("丁一凡", "董事长", "云岭公司"), ("丁一凡", "原党委书记", "南湾镇")},
        ),
        (
            "市政府与大学签约，市委副书记、市长丁一凡出席，副市长沈佳木签字。", "丁一凡 沈佳木", "市政府", "",
            {("丁一凡", "市委副书记", "市委"), ("丁一凡", "市长", "市政府"), ("沈佳木", "副市长", "市政府")},
        ),
        (
            "南湾市政府与青川市政府签约，市长丁一凡出席。", "丁一凡", "南湾市政府 青川市政府", "",
            {("丁一凡", "市长", "市政府")},
        ),
        (
            "云岭代表团来访，代表团团长丁一凡致辞。", "丁一凡", "云岭代表团", "",
            {("丁一凡", "团长", "代表团")},
        ),
        ("丁一凡祝贺西国成为远岸组织成员。", "丁一凡", "远岸组织", "西国", set()),
        ("丁一凡是首批上岗的挡车工。", "丁一凡", "", "", {("丁一凡", "挡车工", None)}),
        (
            "青峰十七号航天员丁一凡、沈佳木在轨。", "丁一凡 沈佳木", "青峰", "",
            {("丁一凡", "航天员", "青峰十七号"), ("沈佳木", "航天员", "青峰十七号")},
        ),
        ("从城市返乡的村支书丁一凡办起养鹅场。", "丁一凡", "", "", {("丁一凡", "村支书", None)}),
        ("调查局称前总统丁一凡遇刺。", "丁一凡", "调查局", "", {("丁一凡", "前总统", None)}),
        (
            "应国家议会主席沈佳木和联邦委员会主席丁一凡邀请。", "沈佳木 丁一凡", "国家议会 联邦委员会", "",
            {("沈佳木", "主席", "国家议会"), ("丁一凡", "主席", "联邦委员会")},
        ),
        (
            "在北岭会见东国友好联盟会长丁一凡。", "丁一凡", "北岭会见东国友好联盟", "",
            {("丁一凡", "会长", "东国友好联盟")},
        ),
        ("致电丁一凡，祝贺他当选西国总统。", "丁一凡", "", "西国", {("丁一凡", "总统", "西国")}),
        ("丁一凡致电祝贺老友当选西国总统。", "丁一凡", "", "西国", set()),
        ("出生在丁一凡，他曾担任西国总统。", "丁一凡", "", "西国", set()),
        (
            "东洲省水利厅党组成员、副厅长，东洲省林业局局长丁一凡出席。", "丁一凡",
            "东洲省水利厅 东洲省林业局", "",
            {
                ("丁一凡", "党组成员", "东洲省水利厅"),
                ("丁一凡", "副厅长", "东洲省水利厅"),
                ("丁一凡", "局长", "东洲省林业局"),
            },
        ),
        (
            "柳河镇双龙村党支部书记兼村委会主任丁一凡说。", "丁一凡", "柳河镇双龙村党支部", "",
            {("丁一凡", "书记", "柳河镇双龙村党支部"), ("丁一凡", "主任", "柳河镇双龙村村委会")},
        ),
        (
            "市委常委、组织部部长丁一凡出席。", "丁一凡", "", "",
            {("丁一凡", "市委常委", "市委"), ("丁一凡", "部长", "市委组织部")},
        ),
        (
            "会见来访问的西国总统丁一凡。", "丁一凡", "", "西国", {("丁一凡", "总统", "西国")},
        ),
        (
            "青川能源研究所、东洲大数据中心主任丁一凡到会。", "丁一凡", "青川能源研究所 东洲大数据中心", "",
            {("丁一凡", "主任", "东洲大数据中心")},
        ),
    ],
)  # fmt: skip
def test_find_reads_titles_and_bodies(
    text: str, people: str, bodies: str, places: str, expected: set[tuple[str, str, str | None]]
) -> None:
    assert read(text, people, bodies, places) == expected


@pytest.mark.parametrize(
    ("text", "body", "kind", "is_former"),
    [
        ("中原集团副总裁丁一凡到会。", "中原集团", "organization", False),
        ("固原市委副书记丁一凡到会。", "固原市委", "organization", False),
        ("青前集团董事长丁一凡到会。", "青前集团", "organization", False),
        ("中原集团原副总裁丁一凡到会。", "中原集团", "organization", True),
        ("原海门市市长丁一凡到会。", "海门市", "place", True),
        ("据原青禾市市长丁一凡回忆。", "青禾市", "place", True),
        ("他是原海门机床厂厂长丁一凡。", "海门机床厂", "organization", True),
        ("前进镇镇长丁一凡到会。", "前进镇", "place", False),
        ("前湾港务公司总经理丁一凡到会。", "前湾港务公司", "organization", False),
    ],
)
def test_former_is_said_by_a_word_and_not_by_a_name(
    text: str, body: str, kind: str, *, is_former: bool
) -> None:
    found = FINDER.find(*frames(text, {body: kind, "丁一凡": "person"}))
    assert found["is_former"].to_list() == [is_former]


@pytest.mark.parametrize("body", ["现代集团", "宁德时代公司"])
def test_no_officer_acts_for_a_character_of_the_name_of_the_body(body: str) -> None:
    found = FINDER.find(*frames(f"{body}总经理丁一凡到会。", {body: "organization", "丁一凡": "person"}))
    assert found.select("is_acting", "organization_text").rows() == [(False, body)]


def test_find_keeps_former_and_acting() -> None:
    text = "云岭集团原董事长丁一凡和青川市代市长沈佳木参加。"
    marks = {"云岭集团": "organization", "丁一凡": "person", "青川市": "place", "沈佳木": "person"}
    found = FINDER.find(*frames(text, marks)).sort("start_char")
    assert found["is_former"].to_list() == [True, False]
    assert found["is_acting"].to_list() == [False, True]
    assert found["rank"].to_list() == ["chief", "chief"]


@pytest.mark.parametrize(
    ("body", "is_named"), [("青川锂业基地", False), ("云岭省青川", True), ("青川市委", False)]
)
def test_a_place_that_opens_the_name_of_a_body_is_not_the_body(body: str, is_named: bool) -> None:
    marks = {"青川": "place", "沈佳木": "person"}
    [row] = FINDER.find(*frames(f"{body}负责人沈佳木参加。", marks)).to_dicts()
    assert (row["organization_mention_index"] is not None) == is_named


def test_find_on_a_text_without_persons_keeps_the_schema() -> None:
    assert dict(FINDER.find(*frames("今天下雨。")).schema) == ROLE_SCHEMA


def test_find_stays_linear_on_one_repeated_character() -> None:
    assert FINDER.find(*frames("长" * 200_000)).is_empty()


@pytest.mark.parametrize(
    ("name", "level"), [("青川市", "prefectural"), ("东洲省水利厅", "provincial"), ("云岭集团", None)]
)
def test_level_of_reads_the_name(name: str, level: str | None) -> None:
    assert level_of(name) == level


def test_frames_hold_no_nested_marks() -> None:
    mentions = frames("青川市委开会", {"青川市委": "organization", "青川": "place"})[2]
    assert mentions.select(pl.len()).item() == 1


def test_find_gives_the_title_of_a_body_that_is_only_pointed_at_to_that_body() -> None:
    text = "云岭集团公告，公司董事长兼总裁何远明辞职。"
    marks = {"何远明": "person", "云岭集团": "organization"}
    articles, sentences, mentions = frames(text, marks)
    mentions = mentions.with_columns(entity_subtype=pl.lit("company"))
    rows = FINDER.find(articles, sentences, mentions)
    body = mentions.filter(pl.col("surface_text") == "云岭集团")["mention_index"].item()
    assert rows.select("title", "organization_text", "organization_mention_index").rows() == [
        ("董事长", "公司", body),
        ("总裁", "公司", body),
    ]


def test_find_ties_a_title_that_stands_alone_to_the_one_firm_of_its_sentence() -> None:
    text = "云岭集团公告，董事长何远明辞职。云岭集团与北岭集团签约，董事长郑博文出席。"
    marks = {"何远明": "person", "郑博文": "person", "云岭集团": "organization", "北岭集团": "organization"}
    articles, sentences, mentions = frames(text, marks)
    rows = FINDER.find(articles, sentences, mentions.with_columns(entity_subtype=pl.lit("company")))
    assert rows.select("title", "organization_text").rows() == [("董事长", "云岭集团"), ("董事长", None)]


def test_find_ties_a_title_behind_a_name_to_the_body_in_front_of_it() -> None:
    text = "青川大学丁一凡教授说。来自云岭大学的何远明博士说。"
    marks = {"青川大学": "organization", "云岭大学": "organization", "丁一凡": "person", "何远明": "person"}
    articles, sentences, mentions = frames(text, marks)
    rows = FINDER.find(articles, sentences, mentions.with_columns(entity_subtype=pl.lit("university")))
    assert rows.select("title", "organization_text").rows() == [("教授", "青川大学"), ("博士", "云岭大学")]


def test_find_ties_the_end_of_a_name_to_the_body_named_before() -> None:
    text = "云岭代表团来访，代表团团长丁一凡致辞。"
    articles, sentences, mentions = frames(text, {"云岭代表团": "organization", "丁一凡": "person"})
    assert FINDER.find(articles, sentences, mentions)["organization_mention_index"].to_list() == [0]


def test_find_keeps_the_military_commission_whole() -> None:
    assert read("中央军委主席何远明出席。", "何远明") == {("何远明", "中央军委主席", "中央军委")}


@pytest.mark.parametrize(
    ("text", "people", "bodies", "places", "expected"),
    [
        (
            "白石县委书记丁一凡，县委副书记、县长沈佳木陪同。", "丁一凡 沈佳木", "白石县委", "",
            {
                ("丁一凡", "县委书记", "白石县委"),
                ("沈佳木", "县委副书记", "白石县委"),
                ("沈佳木", "县长", "白石县"),
            },
        ),
        (
            "青川市委副书记、市长丁一凡与沈佳木座谈。", "丁一凡 沈佳木", "青川市委", "",
            {("丁一凡", "市委副书记", "青川市委"), ("丁一凡", "市长", "青川市")},
        ),
        (
            "白石县委常委、副县长（挂职）何远明到会。", "何远明", "白石县委", "",
            {("何远明", "县委常委", "白石县委"), ("何远明", "副县长", "白石县")},
        ),
        (
            "曾任青川市水利局局长、现任市国资委主任的何远明说。", "何远明", "青川市水利局 市国资委", "",
            {("何远明", "局长", "青川市水利局"), ("何远明", "主任", "市国资委")},
        ),
        (
            "云岭化工原动力车间主任、销售科科长何远明说。", "何远明", "云岭化工", "",
            {("何远明", "动力车间主任", "云岭化工"), ("何远明", "销售科科长", "云岭化工")},
        ),
        (
            "西国原子能委员会主席丁一凡到访。", "丁一凡", "", "西国",
            {("丁一凡", "主席", "西国原子能委员会")},
        ),
        (
            "西方派出的首席技术官丁一凡到岗。", "丁一凡", "", "西", {("丁一凡", "首席技术官", None)},
        ),
        (
            "青川商会改选，首任会长由白石分会会长何远明担任。", "何远明", "青川商会 白石分会", "",
            {("何远明", "会长", "青川商会"), ("何远明", "会长", "白石分会")},
        ),
        (
            "丁一凡、沈佳木分别担任青川书画院院长、副院长。", "丁一凡 沈佳木", "青川书画院", "",
            {("丁一凡", "院长", "青川书画院"), ("沈佳木", "副院长", "青川书画院")},
        ),
        (
            "丁一凡，男，1968年生，白石人，云岭集团总经理。", "丁一凡", "云岭集团", "",
            {("丁一凡", "总经理", "云岭集团")},
        ),
        (
            "丁一凡是西北人，曾任青川海关副关长，还兼任云岭商会会长。", "丁一凡", "青川海关 云岭商会", "",
            {("丁一凡", "副关长", "青川海关"), ("丁一凡", "会长", "云岭商会")},
        ),
        (
            "青川大学教授丁一凡来访。丁一凡教授说。", "丁一凡", "青川大学", "",
            {("丁一凡", "教授", "青川大学")},
        ),
        (
            "云岭酒董事会秘书丁一凡说。", "丁一凡", "云岭", "", {("丁一凡", "董事会秘书", "云岭酒")},
        ),
        (
            "我区与青川区签约。区长丁一凡出席。", "丁一凡", "", "青川区", {("丁一凡", "区长", "区政府")},
        ),
        (
            "青川区与云岭集团签约。区长丁一凡出席。", "丁一凡", "云岭集团", "青川区",
            {("丁一凡", "区长", "青川区")},
        ),
    ],
)  # fmt: skip
def test_find_reads_chains_lives_and_lists(
    text: str, people: str, bodies: str, places: str, expected: set[tuple[str, str, str | None]]
) -> None:
    assert read(text, people, bodies, places) == expected


@pytest.mark.parametrize(
    ("text", "person", "body", "told"),
    [
        ("青川银行签约。该行行长何远明说。", "何远明", "青川银行", ("行长", "该行")),
        ("青川教育局开会。该局副局长何远明说。", "何远明", "青川教育局", ("副局长", "该局")),
        ("云岭公司签约。该公司西南区代表何远明说。", "何远明", "云岭公司", ("西南区代表", "该公司")),
        (
            "北岭航空公司开航。航空公司商务总监何远明说。", "何远明", "北岭航空公司",
            ("商务总监", "航空公司"),
        ),
        ("云岭公司签约。公司销售部经理何远明说。", "何远明", "云岭公司", ("销售部经理", "公司")),
        ("云岭公司签约。据该公司人事部经理何远明介绍。", "何远明", "云岭公司", ("人事部经理", "该公司")),
        ("青川茶业协会开会，何远明当选会长。", "何远明", "青川茶业协会", ("会长", "青川茶业协会")),
        ("青川大学揭牌。副校长何远明出席。", "何远明", "青川大学", ("副校长", "青川大学")),
        ("材料在青川会展中心展出。主任何远明出席。", "何远明", "青川会展中心", ("主任", None)),
    ],
)  # fmt: skip
def test_find_gives_a_title_the_body_that_stands_in_front(
    text: str, person: str, body: str, told: tuple[str, str | None]
) -> None:
    articles, sentences, mentions = frames(text, {person: "person", body: "organization"})
    mentions = mentions.with_columns(
        entity_subtype=pl.when(pl.col("surface_text") == "云岭公司").then(pl.lit("company"))
    )
    rows = FINDER.find(articles, sentences, mentions)
    assert rows.select("title", "organization_text").rows() == [told]
    meant = None if told[1] is None else mentions.row(0, named=True)["mention_index"]
    assert rows["organization_mention_index"].to_list() == [meant]


@pytest.mark.parametrize(
    ("text", "people", "bodies", "expected"),
    [
        ("北岭集团生产总监　何远明 说。", "何远明", "北岭集团", {("何远明", "生产总监", "北岭集团")}),
        ("青川商会换届，何远明当选第五届会长。", "何远明", "青川商会", {("何远明", "会长", "青川商会")}),
        ("“东山坡”农场主何远明说。", "何远明", "", {("何远明", "农场主", "东山坡")}),
        ("何远明说。他原来是市供销社副主任。", "何远明", "市供销社", {("何远明", "副主任", "市供销社")}),
        ("何远明说。他是一名退役军人。", "何远明", "", set()),
        ("董事会秘书一职由何远明担任。", "何远明", "", {("何远明", "董事会秘书", None)}),
        ("接替郑博文出任总经理的是何远明。", "郑博文 何远明", "", {("何远明", "总经理", None)}),
        (
            "任命高翔为青川市副市长，免去徐伟的市教育局局长职务。", "高翔 徐伟", "市教育局",
            {("高翔", "副市长", "青川市"), ("徐伟", "局长", "市教育局")},
        ),
        (
            "青川作家协会换届，何远明当选主席，高翔、徐伟当选副主席。", "何远明 高翔 徐伟", "青川作家协会",
            {
                ("何远明", "主席", "青川作家协会"),
                ("高翔", "副主席", "青川作家协会"),
                ("徐伟", "副主席", "青川作家协会"),
            },
        ),
        (
            "青川商会与白石商会签约，会长高翔、副会长徐伟代表双方签字。", "高翔 徐伟", "青川商会 白石商会",
            {("高翔", "会长", "青川商会"), ("徐伟", "副会长", "白石商会")},
        ),
        (
            "身兼北岭集团董事长和总工程师的何远明说。", "何远明", "北岭集团",
            {("何远明", "董事长", "北岭集团"), ("何远明", "总工程师", "北岭集团")},
        ),
        (
            "“北岭”创始人何远明（他是本地人）将留任总经理至2025年。", "何远明", "",
            {("何远明", "创始人", "北岭"), ("何远明", "总经理", "北岭")},
        ),
        (
            "青川学院与北岭集团的“木艺学院”成立，何远明任院长。", "何远明", "青川学院 北岭集团 木艺学院",
            {("何远明", "院长", "木艺学院")},
        ),
        (
            "青川市政府党组副书记、代市长何远明出席。", "何远明", "青川市政府党组",
            {("何远明", "副书记", "青川市政府党组"), ("何远明", "代市长", "青川市政府")},
        ),
    ],
)  # fmt: skip
def test_find_reads_lives_and_bodies_told_before(
    text: str, people: str, bodies: str, expected: set[tuple[str, str, str | None]]
) -> None:
    assert read(text, people, bodies) == expected


@pytest.mark.parametrize(
    ("text", "subtypes", "told"),
    [
        ("我们和云岭公司续了约，对方副总裁何远明到场。", {"云岭公司": "company"}, ("副总裁", "云岭公司")),
        ("何远明创办的云岭公司上市了。董事长何远明到场。", {"云岭公司": "company"}, ("董事长", "云岭公司")),
        ("青川办展，青川迎客，市长何远明到场。", {"青川": "city"}, ("市长", "青川")),
        ("青川办展，白石迎客，市长何远明到场。", {"青川": "city", "白石": "city"}, ("市长", "市政府")),
        ("云岭公司与青川大学签约，总经理何远明到场。", {"云岭公司": "company"}, ("总经理", "云岭公司")),
    ],
)
def test_find_reads_whose_title_it_is_by_kind(
    text: str, subtypes: dict[str, str], told: tuple[str, str | None]
) -> None:
    kinds = {name: "place" if kind == "city" else "organization" for name, kind in subtypes.items()}
    articles, sentences, mentions = frames(text, kinds | {"何远明": "person"})
    subtype = pl.col("surface_text").replace_strict(subtypes, default=None)
    rows = FINDER.find(articles, sentences, mentions.with_columns(entity_subtype=subtype))
    assert rows.select("title", "organization_text").rows() == [told]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("云岭集团扩产。云岭集团的车间里，云岭集团的工人正忙。\n生产总监何远明直摇头。", "云岭集团"),
        ("云岭集团扩产。云岭集团与北岭公司都很忙。\n生产总监何远明直摇头。", None),
        ("云岭集团、云岭集团、云岭集团扩产。\n北岭公司封顶。项目负责人何远明说，快了。", "北岭公司"),
        ("云岭集团的院子里正忙，设备来自北岭公司。\n总经理何远明说，快了。", "云岭集团"),
        ("云岭集团一派繁忙。该公司由北岭公司出资。总经理何远明说，快了。", "云岭集团"),
        ("在云岭集团的车间里，班长何远明戴上手套。", "云岭集团"),
        ("云岭集团和北岭公司的车间里，班长何远明戴上手套。", None),
    ],
)
def test_find_reads_titles_of_the_firm_that_an_article_is_about(text: str, body: str | None) -> None:
    marks = {"云岭集团": "organization", "北岭公司": "organization", "何远明": "person"}
    articles, sentences, mentions = frames(text, marks)
    firms = pl.when(pl.col("entity_type") == "organization").then(pl.lit("company"))
    rows = FINDER.find(articles, sentences, mentions.with_columns(entity_subtype=firms))
    assert rows["organization_text"].to_list() == [body]


def test_find_knows_the_firm_of_a_story_from_its_head() -> None:
    text = "云岭集团与北岭公司签约。\n天亮了。\n生产总监何远明直摇头。"
    marks = {"云岭集团": "organization", "北岭公司": "organization", "何远明": "person"}
    articles, sentences, mentions = frames(text, marks)
    firms = pl.when(pl.col("entity_type") == "organization").then(pl.lit("company"))
    mentions = mentions.with_columns(entity_subtype=firms)
    for head, body in (("云岭：一张网织了四十年", "云岭集团"), ("云岭牵手北岭", None), ("公司签约", None)):
        rows = FINDER.find(articles.with_columns(headline=pl.lit(head)), sentences, mentions)
        assert rows["organization_text"].to_list() == [body]


def test_find_links_the_government_that_an_article_names_for_its_mayor() -> None:
    text = "市长何远明到场。会上，市政府与北岭集团签约。"
    marks = {"何远明": "person", "市政府": "organization", "北岭集团": "organization"}
    rows = FINDER.find(*frames(text, marks))
    assert rows["organization_text"].to_list() == ["市政府"]
    assert rows["organization_mention_index"].null_count() == 0


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("以云岭商会副主席何远明为团长的代表团一行九人到访。", "团长"),
        ("院长将由教授何远明担任。", "院长"),
        ("总经理仍由何远明担任。", "总经理"),
        ("云岭集团采购经理何远明到场。", "采购经理"),
    ],
)
def test_find_reads_titles_that_a_sentence_gives(text: str, title: str) -> None:
    marks = {"云岭商会": "organization", "云岭集团": "organization", "何远明": "person"}
    assert title in FINDER.find(*frames(text, marks))["title"].to_list()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云岭商会副主任委员何远明作了说明。", ("副主任委员", "云岭商会", False, False)),
        ("何远明当选云岭商会第八任会长。", ("会长", "云岭商会", False, False)),
        ("前来慰问的云岭商会会长何远明带来物资。", ("会长", "云岭商会", False, False)),
        ("云岭集团总工程师兼代理交通部长何远明到场。", ("部长", "交通部", False, True)),
        ("来自云岭商会的干部职工何远明说。", ("职工", "云岭商会", False, False)),
        ("给学员授课的全国优秀乡镇党委书记何远明到场。", ("镇党委书记", None, False, False)),
        ("云岭商会82岁的院士何远明到场。", ("院士", "云岭商会", False, False)),
        ("原子能工业部部长何远明到场。", ("部长", "原子能工业部", False, False)),
        ("云岭集团董事、国务委员何远明到场。", ("国务委员", None, False, False)),
        ("云岭商会两任会长何远明到场。", ("会长", "云岭商会", False, False)),
        ("代表们欢迎云岭商会会长何远明到访。", ("会长", "云岭商会", False, False)),
        ("云岭集团董事、外交部长何远明到场。", ("外交部长", "外交部", False, False)),
        ("云岭集团已经解聘云岭商会前会长何远明。", ("前会长", "云岭商会", True, False)),
    ],
)
def test_find_reads_no_word_around_an_office_as_part_of_it(
    text: str, expected: tuple[str, str | None, bool, bool]
) -> None:
    marks = dict.fromkeys(["云岭商会", "云岭集团", "交通部"], "organization") | {"何远明": "person"}
    found = FINDER.find(*frames(text, marks))
    assert found.select("title", "organization_text", "is_former", "is_acting").row(-1) == expected


def test_find_ties_no_caption_to_the_name_above_it() -> None:
    text = "郑博文何远明\n图为云岭集团董事长陶立民在车间。"
    assert read(text, "何远明 陶立民", "云岭集团") == {("陶立民", "董事长", "云岭集团")}


@pytest.mark.parametrize(
    "text",
    ["何远明此行是为云岭商会会长陶立民打前站。", "以何远明为首的一行人会见了云岭商会会长陶立民。"],
)
def test_find_leaves_the_title_of_the_next_name_to_it(text: str) -> None:
    assert read(text, "何远明 陶立民", "云岭商会") == {("陶立民", "会长", "云岭商会")}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("东江云岭食品有限公司扩产。云岭的创办人何远明说，快了。", "云岭"),
        ("东江云岭食品有限公司扩产。云岭亚太区总裁何远明说，快了。", "云岭"),
        ("东江云岭食品有限公司扩产。公司总经理何远明说，快了。", "公司"),
    ],
)
def test_find_knows_the_short_name_of_a_firm_that_the_article_names_in_full(text: str, body: str) -> None:
    marks = {"东江云岭食品有限公司": "organization", "何远明": "person"}
    articles, sentences, mentions = frames(text, marks)
    firms = pl.when(pl.col("entity_type") == "organization").then(pl.lit("company"))
    rows = FINDER.find(articles, sentences, mentions.with_columns(entity_subtype=firms))
    assert rows["organization_text"].to_list() == [body]
    firm = mentions.filter(pl.col("entity_type") == "organization")["mention_index"].item()
    assert rows["organization_mention_index"].to_list() == [firm]


@pytest.mark.parametrize(
    ("text", "people", "bodies", "expected"),
    [
        (
            "云岭集团党委书记、董事长何远明，党委副书记、总经理陶立民，党组成员、副总经理江雁、苏禾，总会计师乔木参加。",
            "何远明 陶立民 江雁 苏禾 乔木",
            "云岭集团",
            {
                ("何远明", "党委书记", "云岭集团"),
                ("何远明", "董事长", "云岭集团"),
                ("陶立民", "党委副书记", "云岭集团"),
                ("陶立民", "总经理", "云岭集团"),
                ("江雁", "党组成员", "云岭集团"),
                ("江雁", "副总经理", "云岭集团"),
                ("苏禾", "副总经理", "云岭集团"),
                ("苏禾", "党组成员", "云岭集团"),
                ("乔木", "总会计师", "云岭集团"),
            },
        ),
        (
            "东江市人大常委会主任何远明、市委副书记、市长陶立民、市政协主席江雁、市委常委、组织部部长苏禾、副市长乔木参加。",
            "何远明 陶立民 江雁 苏禾 乔木",
            "东江市人大常委会 市政协",
            {
                ("何远明", "主任", "东江市人大常委会"),
                ("陶立民", "市委副书记", "东江市委"),
                ("陶立民", "市长", "东江市"),
                ("江雁", "主席", "市政协"),
                ("苏禾", "市委常委", "东江市委"),
                ("苏禾", "部长", "东江市委组织部"),
                ("乔木", "副市长", "东江市"),
            },
        ),
        (
            # The district of a city is not the city.
            "东江市云岭区委书记何远明，市委副书记陶立民参加。",
            "何远明 陶立民",
            "东江市云岭区委",
            {("何远明", "区委书记", "东江市云岭区委"), ("陶立民", "市委副书记", "市委")},
        ),
        (
            # Experts and guests of a list are of no body in front.
            "云岭集团董事长何远明、专家陶立民参加。",
            "何远明 陶立民",
            "云岭集团",
            {("何远明", "董事长", "云岭集团"), ("陶立民", "专家", None)},
        ),
        (
            "云岭大学校长何远明，副所长陶立民参加。",
            "何远明 陶立民",
            "云岭大学",
            {("何远明", "校长", "云岭大学"), ("陶立民", "副所长", None)},
        ),
        (
            "云岭大学副校长何远明和陶立民院士揭牌。",
            "何远明 陶立民",
            "云岭大学",
            {("何远明", "副校长", "云岭大学"), ("陶立民", "院士", None)},
        ),
        (
            "云岭集团总会计师何远明，战略与投资部部长陶立民参加。",
            "何远明 陶立民",
            "云岭集团",
            {("何远明", "总会计师", "云岭集团"), ("陶立民", "部长", "战略与投资部")},
        ),
        ("数学与统计学院院长何远明参加。", "何远明", "", {("何远明", "院长", "数学与统计学院")}),
        (
            "市政协副主席、市诗词协会顾问何远明，市政府原副市长，云岭开发区原党工委书记、管委会主任陶立民参加。",
            "何远明 陶立民",
            "市政协 市诗词协会 市政府 云岭开发区",
            {
                ("何远明", "副主席", "市政协"),
                ("何远明", "顾问", "市诗词协会"),
                ("陶立民", "原副市长", "市政府"),
                ("陶立民", "原党工委书记", "云岭开发区"),
                ("陶立民", "主任", "云岭开发区管委会"),
            },
        ),
        (
            "选举何远明、陶立民为市人大常委会委员。",
            "何远明 陶立民",
            "市人大常委会",
            {("何远明", "委员", "市人大常委会"), ("陶立民", "委员", "市人大常委会")},
        ),
        (
            "大会主席团常务主席何远明、陶立民就座。",
            "何远明 陶立民",
            "大会主席团",
            {("何远明", "常务主席", "大会主席团"), ("陶立民", "常务主席", "大会主席团")},
        ),
        (
            "参加活动的市领导还有：何远明、陶立民。",
            "何远明 陶立民",
            "",
            {("何远明", "市领导", None), ("陶立民", "市领导", None)},
        ),
        (
            "推选云岭集团董事长何远明为商会副会长。",
            "何远明",
            "云岭集团",
            {("何远明", "董事长", "云岭集团"), ("何远明", "副会长", "商会")},
        ),
        ("何远明和新当选的市人大常委会副主任列队登台。", "何远明", "市人大常委会", set()),
        (
            "会见了企业家代表以及云岭集团董事局主席何远明。",
            "何远明",
            "云岭集团",
            {("何远明", "董事局主席", "云岭集团")},
        ),
        (
            "东江市市委常委、副市长何远明出席。",
            "何远明",
            "东江市市委",
            {("何远明", "市委常委", "东江市市委"), ("何远明", "副市长", "东江市")},
        ),
        (
            "云岭商会会长 云岭集团董事长何远明：我们再想办法。",
            "何远明",
            "云岭商会 云岭集团",
            {("何远明", "会长", "云岭商会"), ("何远明", "董事长", "云岭集团")},
        ),
        (
            "云岭研究所党委书记何远明致辞。何远明书记说，快了。",
            "何远明",
            "云岭研究所",
            {("何远明", "党委书记", "云岭研究所"), ("何远明", "书记", "云岭研究所")},
        ),
        ("何远明来我校座谈，副校长陶立民参加。", "何远明 陶立民", "", {("陶立民", "副校长", "我校")}),
        (
            "市政协经济委主任何远明、副主任陶立民参加。",
            "何远明 陶立民",
            "市政协经济委",
            {("何远明", "主任", "市政协经济委"), ("陶立民", "副主任", "市政协经济委")},
        ),
        (
            "东江市委常委、组织部长何远明，市公安局长陶立民参加。",
            "何远明 陶立民",
            "东江市委",
            {
                ("何远明", "市委常委", "东江市委"),
                ("何远明", "部长", "东江市委组织部"),
                ("陶立民", "局长", "市公安局"),
            },
        ),
        (
            "何远明，男，1963年8月生，云岭科学院院士、北岭大学教授，现任云岭协会会长。",
            "何远明",
            "云岭科学院 北岭大学 云岭协会",
            {
                ("何远明", "院士", "云岭科学院"),
                ("何远明", "教授", "北岭大学"),
                ("何远明", "会长", "云岭协会"),
            },
        ),
        (
            "任命何远明为市监察委员会副主任，并决定为代理主任。",
            "何远明",
            "市监察委员会",
            {("何远明", "副主任", "市监察委员会"), ("何远明", "代理主任", "市监察委员会")},
        ),
        (
            "任命何远明为东江市副市长，代理东江市市长职务。",
            "何远明",
            "东江市",
            {("何远明", "副市长", "东江市"), ("何远明", "市长", "东江市")},
        ),
        (
            "接受何远明辞去市人民政府市长职务、陶立民辞去市监察委员会主任职务的请求。",
            "何远明 陶立民",
            "市人民政府 市监察委员会",
            {("何远明", "市长", "市人民政府"), ("陶立民", "主任", "市监察委员会")},
        ),
        (
            "云岭商会换届。何远明当选第二届理事会会长，副会长有陶立民和江雁。",
            "何远明 陶立民 江雁",
            "云岭商会",
            {
                ("何远明", "会长", "云岭商会"),
                ("陶立民", "副会长", "云岭商会"),
                ("江雁", "副会长", "云岭商会"),
            },
        ),
        (
            "何远明、陶立民等县领导出席。",
            "何远明 陶立民",
            "",
            {("何远明", "县领导", None), ("陶立民", "县领导", None)},
        ),
        (
            "市外办党组成员、云岭协会副会长何远明，党组成员、二级调研员陶立民参加。",
            "何远明 陶立民",
            "市外办 云岭协会",
            {
                ("何远明", "党组成员", "市外办"),
                ("何远明", "副会长", "云岭协会"),
                ("陶立民", "党组成员", "市外办"),
                ("陶立民", "二级调研员", "市外办"),
            },
        ),
        (
            "何远明及陶立民荣任云岭商会永远荣誉会长。",
            "何远明 陶立民",
            "云岭商会",
            {("何远明", "永远荣誉会长", "云岭商会"), ("陶立民", "永远荣誉会长", "云岭商会")},
        ),
        (
            "东江市委书记何远明出席并致辞，市长陶立民作推介，市委常委、副市长江雁主持。",
            "何远明 陶立民 江雁",
            "东江市委",
            {
                ("何远明", "市委书记", "东江市委"),
                ("陶立民", "市长", "东江市"),
                ("江雁", "市委常委", "东江市委"),
                ("江雁", "副市长", "东江市"),
            },
        ),
        (
            "云岭商会何远明会长，副会长陶立民、江雁参加。",
            "何远明 陶立民 江雁",
            "云岭商会",
            {
                ("何远明", "会长", "云岭商会"),
                ("陶立民", "副会长", "云岭商会"),
                ("江雁", "副会长", "云岭商会"),
            },
        ),
        (
            "东江市副市长江雁参加。江雁、陶立民等市领导出席。",
            "江雁 陶立民",
            "东江市",
            {("江雁", "副市长", "东江市"), ("陶立民", "市领导", None)},
        ),
        (
            "岭县县委书记何远明，县委副书记、政府县长陶立民参加。",
            "何远明 陶立民",
            "岭县县委",
            {
                ("何远明", "县委书记", "岭县县委"),
                ("陶立民", "县委副书记", "岭县县委"),
                ("陶立民", "县长", "岭县"),
            },
        ),
        ("他与何远明是同学，快毕业了。", "何远明", "", set()),
        ("同心草饰品加工厂负责人何远明很开心。", "何远明", "", {("何远明", "负责人", "同心草饰品加工厂")}),
        (
            "学院何远明书记、陶立民院长一行来访。",
            "何远明 陶立民",
            "",
            {("何远明", "书记", "学院"), ("陶立民", "院长", "学院")},
        ),
        (
            "区招商局局长何远明；集团党委书记陶立民参加。",
            "何远明 陶立民",
            "区招商局",
            {("何远明", "局长", "区招商局"), ("陶立民", "党委书记", "集团")},
        ),
        (
            "要认真学习区委书记何远明的讲话。",
            "何远明",
            "",
            {("何远明", "区委书记", "区委")},
        ),
        (
            "云岭村现任村党支部书记何远明感慨道。",
            "何远明",
            "云岭村",
            {("何远明", "党支部书记", "云岭村")},
        ),
        (
            "远见智库（YJ）联合创始人兼秘书长何远明主持。",
            "何远明",
            "",
            {("何远明", "联合创始人", "远见智库（YJ）"), ("何远明", "秘书长", "远见智库（YJ）")},
        ),
        (
            "刚刚受聘为我校客座教授的何远明说，快了。",
            "何远明",
            "",
            {("何远明", "客座教授", "我校")},
        ),
        (
            "集团公司党委书记、董事长何远明，副总经理陶立民会见了客人。",
            "何远明 陶立民",
            "集团公司",
            {
                ("何远明", "党委书记", "集团公司"),
                ("何远明", "董事长", "集团公司"),
                ("陶立民", "副总经理", "集团公司"),
            },
        ),
    ],
)
def test_find_carries_the_body_of_a_list_on(
    text: str, people: str, bodies: str, expected: set[tuple[str, str, str | None]]
) -> None:
    assert read(text, people, bodies) == expected


@pytest.mark.parametrize(
    ("head", "bodies", "expected"),
    [
        # 题下: who is interviewed, with the body in full.
        (
            "——访东洲岭石轴承股份有限公司董事长何远明", "岭石轴承",
            {("董事长", "东洲岭石轴承股份有限公司", "岭石轴承")},
        ),
        (
            "专访青川岭石（集团）亚太区总经理　何远明", "青川岭石",
            {("亚太区总经理", "青川岭石（集团）", "青川岭石")},
        ),
        ("对话岭石轴承创始人、首席科学家何远明", "岭石轴承", {
            ("创始人", "岭石轴承", "岭石轴承"), ("首席科学家", "岭石轴承", "岭石轴承"),
        }),
        ("北岭商会会长何远明：\n把厂搬回家", "", {("会长", "北岭商会", None)}),
        # The text says it itself.
        ("记岭石轴承总工程师何远明", "岭石轴承", set()),
        ("何远明：把厂搬回家", "岭石轴承", set()),
        ("", "岭石轴承", set()),
    ],
)  # fmt: skip
def test_find_reads_titles_that_only_the_head_tells(
    head: str, bodies: str, expected: set[tuple[str, str, str | None]]
) -> None:
    text = "何远明在岭石轴承的车间里。青川岭石的总工程师何远明说，都好。"
    marks = {"何远明": "person"} | dict.fromkeys(bodies.split(), "organization")
    articles, sentences, mentions = frames(text, marks)
    found = FINDER.find(articles.with_columns(subtitle=pl.lit(head)), sentences, mentions)
    rows = found.filter(pl.col("rule") == "title_in_head")
    assert set(rows["surface_text"]) <= {"何远明"}
    assert set(rows["start_char"]) <= {0}
    indexes = dict(mentions.select("mention_index", "surface_text").iter_rows())
    assert {
        (row["title"], row["organization_text"], indexes.get(row["organization_mention_index"]))
        for row in rows.iter_rows(named=True)
    } == expected


@pytest.mark.parametrize(
    ("text", "people", "bodies", "expected"),
    [
        # A life that goes on in sentences of its own, clause by clause.
        (
            "何远明，男，1965年生。历任东洲省环保局人事处副处长、处长、副局长，青川市政府秘书长等职。",
            "何远明",
            "东洲省环保局人事处 青川市政府",
            {
                ("何远明", "副处长", "东洲省环保局人事处"), ("何远明", "处长", "东洲省环保局人事处"),
                ("何远明", "副局长", "东洲省环保局"), ("何远明", "秘书长", "青川市政府"),
            },
        ),
        (
            "何远明，男，曾任青川教育局局长，白石镇党委书记，现任北岭集团总经理，拟任北岭商会会长。",
            "何远明",
            "青川教育局 白石镇党委 北岭集团 北岭商会",
            {
                ("何远明", "局长", "青川教育局"), ("何远明", "书记", "白石镇党委"),
                ("何远明", "总经理", "北岭集团"),
            },
        ),
        (
            "何远明毕业于青川学院，2015年起任青川一中校长，仍担任北岭商会理事。", "何远明",
            "青川学院 青川一中 北岭商会",
            {("何远明", "校长", "青川一中"), ("何远明", "理事", "北岭商会")},
        ),
        ("青川籍企业家何远明来访。", "何远明", "", {("何远明", "企业家", None)}),
        ("郑博文陪同。历任北岭集团总经理的都来了。", "郑博文", "北岭集团", set()),
        # Elections: the verb stands once.
        (
            "会议选举何远明为北岭商会会长，郑博文、沈佳木为北岭商会副会长。",
            "何远明 郑博文 沈佳木", "北岭商会",
            {
                ("何远明", "会长", "北岭商会"), ("郑博文", "副会长", "北岭商会"),
                ("沈佳木", "副会长", "北岭商会"),
            },
        ),
        (
            "当选为北岭商会副会长的有何远明、郑博文。", "何远明 郑博文", "北岭商会",
            {("何远明", "副会长", "北岭商会"), ("郑博文", "副会长", "北岭商会")},
        ),
        # Two titles without a mark between them.
        (
            "青川学院党委委员副校长何远明、北岭集团董事长总经理郑博文出席。",
            "何远明 郑博文", "青川学院 北岭集团",
            {
                ("何远明", "党委委员", "青川学院"), ("何远明", "副校长", "青川学院"),
                ("郑博文", "董事长", "北岭集团"), ("郑博文", "总经理", "北岭集团"),
            },
        ),
        (
            "总统特使何远明、校长办公室主任郑博文、院长助理沈佳木来访。", "何远明 郑博文 沈佳木", "",
            {
                ("何远明", "特使", None), ("郑博文", "办公室主任", None), ("沈佳木", "院长助理", None),
            },
        ),
        # What 是 begins and the next clauses end.
        (
            "何远明是北岭商会副会长，高级农艺师，也是农户合办的白石合作社的理事长。",
            "何远明", "北岭商会 白石合作社",
            {
                ("何远明", "副会长", "北岭商会"), ("何远明", "高级农艺师", None),
                ("何远明", "理事长", "白石合作社"),
            },
        ),
        (
            "何远明是北岭商会会长，北岭集团教授郑博文任院长。", "何远明 郑博文", "北岭商会 北岭集团",
            {("何远明", "会长", "北岭商会"), ("郑博文", "教授", "北岭集团"), ("郑博文", "院长", None)},
        ),
        ("何远明是北岭商会会长，会见了商会会长。", "何远明", "北岭商会", {("何远明", "会长", "北岭商会")}),
        # Offices of a body that a word stands for, of a side, of a branch.
        ("俄方经理何远明说。", "何远明", "", {("何远明", "经理", None)}),
        ("云岭公司总经理郑博文，市政分公司党总支副书记何远明陪同。", "何远明 郑博文", "云岭公司",
            {("郑博文", "总经理", "云岭公司"), ("何远明", "党总支副书记", "市政分公司")}),
        (
            "安全环保与应急管理部部长何远明出席。", "何远明", "应急管理部",
            {("何远明", "部长", "安全环保与应急管理部")},
        ),
        ("市长与文旅局局长何远明出席。", "何远明", "文旅局", {("何远明", "局长", "文旅局")}),
        (
            "参加会议的县领导有县委常委、副县长何远明，会前，郑博文担任着组长。", "何远明 郑博文", "",
            {("何远明", "县委常委", "县委"), ("何远明", "副县长", "县政府"), ("郑博文", "组长", None)},
        ),
        ("我校对外合作与发展处处长何远明出席。", "何远明", "", {("何远明", "处长", "我校对外合作与发展处")}),
        # 作为 and a comma in front of the name; what one does is of no guild.
        ("身为北岭集团总经理，何远明很忙。", "何远明", "北岭集团", {("何远明", "总经理", "北岭集团")}),
        ("作为项目所在地，何远明的村子变了。", "何远明", "", set()),
        (
            "北岭曲艺家协会会员、画家何远明，青川大学院长、教授郑博文参加。", "何远明 郑博文",
            "北岭曲艺家协会 青川大学",
            {
                ("何远明", "会员", "北岭曲艺家协会"), ("何远明", "画家", None),
                ("郑博文", "院长", "青川大学"), ("郑博文", "教授", "青川大学"),
            },
        ),
        ("何远明委员代表商会发言，郑博文委员会没有来。", "何远明 郑博文", "", {("何远明", "委员", None)}),
        (
            "北岭县政协召开协商会。委员何远明、郑博文先后建议。", "何远明 郑博文", "北岭县政协",
            {("何远明", "委员", "北岭县政协"), ("郑博文", "委员", "北岭县政协")},
        ),
        # Callings and offices as they are written.
        ("退休教师何远明说。", "何远明", "", {("何远明", "退休教师", None)}),
        ("个体户何远明说。", "何远明", "", {("何远明", "个体户", None)}),
        ("省级非遗传承人何远明说。", "何远明", "", {("何远明", "省级非遗传承人", None)}),
        ("现场负责人何远明说。", "何远明", "", {("何远明", "现场负责人", None)}),
        ("日本工程院外籍院士何远明说。", "何远明", "日本工程院", {("何远明", "外籍院士", "日本工程院")}),
        ("棉花产业体系岗位专家何远明说。", "何远明", "", {("何远明", "岗位专家", "棉花产业体系")}),
        ("陶艺家何远明说。", "何远明", "", {("何远明", "陶艺家", None)}),
    ],
)  # fmt: skip
def test_find_reads_lives_elections_and_callings(
    text: str, people: str, bodies: str, expected: set[tuple[str, str, str | None]]
) -> None:
    assert read(text, people, bodies) == expected


@pytest.mark.parametrize(
    "age",
    ["79岁的", "今年45岁的", "年近六旬的", "年逾70岁的", "90后姑娘", "八零后", "五十多岁的"],
)
def test_how_old_somebody_is_parts_no_title_from_the_name(age: str) -> None:
    assert read(f"最后登台的是北岭商会创办人、{age}郑博文。", "郑博文", "北岭商会") == {
        ("郑博文", "创办人", "北岭商会")
    }


@pytest.mark.parametrize("title", ["第四代掌柜", "第五代传承人", "第十二代传人"])
def test_the_generation_belongs_to_the_title(title: str) -> None:
    assert read(f"{title}郑博文续签了代理协议。", "郑博文") == {("郑博文", title, None)}
