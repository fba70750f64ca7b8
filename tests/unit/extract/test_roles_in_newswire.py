"""Roles in the wire's own sentences: elections, datelines, armies, congresses, bodies behind a verb."""

import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_roles import FINDER, read
from transforms.extract.roles.titles import level_of


@pytest.mark.parametrize(
    ("text", "people", "bodies", "places", "expected"),
    [
        (
            "会议选举丁一凡（女）为市政协主席，沈佳木（女，苗族）、韦青、贺一帆（回族）为市政协副主席。",
            "丁一凡 沈佳木 韦青 贺一帆", "市政协", "",
            {
                ("丁一凡", "主席", "市政协"),
                ("沈佳木", "副主席", "市政协"),
                ("韦青", "副主席", "市政协"),
                ("贺一帆", "副主席", "市政协"),
            },
        ),
        (
            "东洲省第九届人民代表大会第一次会议选举丁一凡为省长，沈佳木、韦青为副省长。",
            "丁一凡 沈佳木 韦青", "", "东洲省",
            {
                ("丁一凡", "省长", "东洲省"),
                ("沈佳木", "副省长", "东洲省"),
                ("韦青", "副省长", "东洲省"),
            },
        ),
        (
            "北岭军队副总参谋长丁一凡到会。", "丁一凡", "北岭军队", "",
            {("丁一凡", "副总参谋长", "北岭军队")},
        ),
        (
            "北岭国会众议长丁一凡到访。", "丁一凡", "北岭国会", "",
            {("丁一凡", "众议长", "北岭国会")},
        ),
        (
            "新华社青川一月六日电外交部发言人丁一凡今天宣布，会议延期。", "丁一凡", "", "",
            {("丁一凡", "发言人", "外交部")},
        ),
        ("丁一凡会见六国离到任大使", "丁一凡", "", "", set()),
        ("这是以丁一凡为核心的北岭党领导集体的重要成员。", "丁一凡", "北岭党", "", set()),
        (
            "团中央书记处书记丁一凡讲话。", "丁一凡", "中央书记处", "",
            {("丁一凡", "书记处书记", "团中央书记处")},
        ),
        (
            "正在北岭进行国事访问的国家主席丁一凡到会。", "丁一凡", "", "北岭",
            {("丁一凡", "国家主席", None)},
        ),
        (
            "他在北岭首都出席南屿新任总统丁一凡就职仪式。", "丁一凡", "", "北岭 南屿",
            {("丁一凡", "总统", "南屿")},
        ),
        (
            "青川合作组织成员国北岭总统丁一凡到会。", "丁一凡", "青川合作组织", "北岭",
            {("丁一凡", "总统", "北岭")},
        ),
        (
            "北岭原子能组织主席丁一凡表态。", "丁一凡", "", "北岭",
            {("丁一凡", "主席", "北岭原子能组织")},
        ),
        (
            "北岭与南屿等五国外长、青川副总理丁一凡出席。", "丁一凡", "", "北岭 南屿 青川",
            {("丁一凡", "副总理", "青川")},
        ),
        (
            "青川学校女教师丁一凡到会。", "丁一凡", "青川学校", "",
            {("丁一凡", "教师", "青川学校")},
        ),
        (
            "造福平民——记青川医院院长丁一凡", "丁一凡", "青川医院", "",
            {("丁一凡", "院长", "青川医院")},
        ),
        ("苏丹总统丁一凡发表谈话。", "丁一凡", "", "苏丹", {("丁一凡", "总统", "苏丹")}),
        ("清代学者丁一凡说过这句话。", "丁一凡", "", "", {("丁一凡", "学者", None)}),
        (
            "北岭村村民和县长丁一凡站在田边。", "丁一凡", "北岭村", "",
            {("丁一凡", "县长", "县政府")},
        ),
        (
            "北岭人大常委会委员长韦青会见了以会长丁一凡为团长的访华团。", "韦青 丁一凡", "北岭人大常委会", "",
            {("韦青", "委员长", "北岭人大常委会"), ("丁一凡", "会长", None), ("丁一凡", "团长", None)},
        ),
    ],
)  # fmt: skip
def test_find_reads_the_sentences_of_a_wire(
    text: str, people: str, bodies: str, places: str, expected: set[tuple[str, str, str | None]]
) -> None:
    assert read(text, people, bodies, places) == expected


def test_a_dynasty_is_no_acting_office() -> None:
    [row] = FINDER.find(*frames("清代学者丁一凡说过这句话。", {"丁一凡": "person"})).to_dicts()
    assert row["is_acting"] is False


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("省人大常委会", "provincial"),
        ("东洲省政府", "provincial"),
        ("北岭自治区公安局", "provincial"),
        ("香港特别行政区", "provincial"),
        ("青川市政协", "prefectural"),
        ("青川区法院", "county"),
        ("北岭镇政府", "township"),
        ("东欧联盟政府", None),
    ],
)
def test_level_of_reads_organs_of_every_level(name: str, level: str | None) -> None:
    assert level_of(name) == level
