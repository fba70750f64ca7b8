"""Which of several divisions a short name means, and where it is no division but another word."""

import pytest

from flows.resources import load_lookups
from transforms.extract.names.bylines import credited
from transforms.extract.names.clubs import ClubRules
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.rules import NameRules
from transforms.extract.names.spans import Span

LOOKUPS = load_lookups()
DIVISIONS = Divisions(LOOKUPS)
RULES = NameRules(LOOKUPS, is_flat=False)


def resolve(text: str, *names: str) -> list[tuple[str | None, str | None]]:
    """Code and subtype of each name, at its first place in the text."""
    spans = [Span(at := text.index(n), at + len(n), "place", "lac", 0.2) for n in names]
    DIVISIONS.resolve(text, spans)
    return [(span.adcode, span.subtype) for span in spans]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("天津、河北、山东的客商", "河北", "130000"),
        ("吉林、辽宁两省", "吉林", "220000"),
        ("黑龙江的客商到了西安", "西安", "610100"),
        ("海南的荔枝", "海南", "460000"),
        ("北京的朝阳", "朝阳", "110105"),
        ("广东佛山的南海", "南海", "440605"),
    ],
)
def test_a_short_name_is_the_highest_division_unless_the_city_is_named(
    text: str, name: str, code: str
) -> None:
    named = [place for place in ("天津", "黑龙江", "北京", "佛山") if place in text and place != name]
    assert resolve(text, name, *named)[0][0] == code


def test_a_division_in_full_decides_for_its_short_form() -> None:
    assert resolve("吉林市的吉林石化", "吉林市")[0][0] == "220200"
    assert resolve("牡丹江市西安区，西安的街上", "牡丹江市", "西安区")[1][0] == "231005"


@pytest.mark.parametrize("name", ["江南", "河西", "中原"])
def test_a_part_of_the_country_is_no_district(name: str) -> None:
    assert resolve(f"{name}大部有雨", name) == [(None, "region")]


@pytest.mark.parametrize(
    ("name", "subtype"),
    [("红海", "water"), ("加沙地带", "region"), ("欧元区", "region"), ("海原灌区", "land")],
)
def test_seas_and_lands_are_no_cities(name: str, subtype: str) -> None:
    assert resolve(f"在{name}", name)[0][1] == subtype


def test_a_special_region_is_the_city() -> None:
    assert resolve("香港特区的客商", "香港特区")[0][0] == "810000"


def test_a_county_that_is_a_word_is_none_where_nothing_tells_it() -> None:
    text = "人是资源之本"
    word = Span(2, 4, "place", "lac", 0.2)
    assert [s for s in RULES.refine(text, [word]) if s.entity_type == "place"] == []


def test_a_name_that_is_mostly_a_persons_is_no_place() -> None:
    text = "巴托洛表示。巴托洛说。巴托洛昨天到访"
    at = (0, 6, 11)
    spans = [
        Span(a, a + 3, kind, "lac", 0.2) for a, kind in zip(at, ("person", "person", "place"), strict=True)
    ]
    found = RULES.refine(text, spans)
    assert {span.entity_type for span in found} == {"person"}


def test_a_club_is_not_read_over_two_words() -> None:
    clubs = ClubRules(LOOKUPS, DIVISIONS)
    assert clubs.retype("维护各国安全", []) == []
    assert [s.rule for s in clubs.retype("国安两连胜", [])] == ["club"]


def test_a_photographer_is_named_without_what_he_did() -> None:
    assert [name for name, *_ in credited("（海原社记者江雁摄）")] == ["江雁"]


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("海原仪仗队", "military"),
        ("海原突击队", "other"),
        ("城关派出所", "government"),
        ("海原画院", "culture"),
    ],
)
def test_the_end_of_a_name_tells_the_kind_of_body(name: str, subtype: str) -> None:
    found = RULES.refine(name, [Span(0, len(name), "organization", "lac", 0.9)])
    assert found[0].subtype == subtype


@pytest.mark.parametrize(
    ("text", "names", "code"),
    [
        # Directly behind its city, whatever cities the article has besides.
        ("普陀区的企业去了舟山，上海普陀区的企业也去了。", ("普陀区", "舟山", "上海", "普陀区"), "310107"),
        ("徐州的鼓楼区、南京的玄武区，福州鼓楼区", ("徐州", "南京", "福州", "鼓楼区"), "350102"),
        ("青海海南的牧民", ("青海", "海南"), "632500"),
        # In a row, the city of the others.
        ("鼓楼区、泉山区和云龙区都开学了", ("泉山区", "云龙区", "鼓楼区"), "320302"),
        ("东城、西城、海淀、朝阳都有展览", ("东城", "西城", "海淀", "朝阳"), "110105"),
        ("朝阳、锦州和葫芦岛的客商", ("锦州", "葫芦岛", "朝阳"), "211300"),
        # A district that is no more is none of those of today, alone or in the row of its city.
        ("邢台桥西区与张家口", ("邢台", "张家口", "桥西区"), "130503"),
        ("邢台市桥西区、桥东区", ("邢台市", "桥西区", "桥东区"), "130502"),
        # Of no other city and province.
        ("石家庄市桥东区", ("石家庄市", "桥东区"), None),
        ("香港九龙", ("香港", "九龙"), None),
        # Who comes from there.
        ("香港南安公会", ("香港", "南安"), "350583"),
        # Beside the other place of its name.
        ("舟山市普陀区的干部到了。普陀区与舟山市普陀区结对", ("舟山市", "普陀区"), "330903"),
        # Two of the name lie in the province, and one is named in full.
        (
            "朝阳市的客商和长春市朝阳区的客商到了辽宁朝阳",
            ("朝阳市", "长春市", "朝阳区", "辽宁", "朝阳"),
            "211300",
        ),
        ("朝阳市召开会议，朝阳区代表到了朝阳", ("朝阳市", "朝阳区", "朝阳"), "211300"),
        # A name of a city or of what lies in it tells the city: 邢台 is both.
        ("临夏的县城，和平区和临夏", ("和平区", "临夏"), "622900"),
    ],
)
def test_the_neighbours_of_a_name_tell_which_is_meant(
    text: str, names: tuple[str, ...], code: str | None
) -> None:
    spans = []
    for name in names:
        at = text.rindex(name) if name == names[-1] else text.index(name)
        spans.append(Span(at, at + len(name), "place", "lac", 0.2))
    last = spans[-1]
    DIVISIONS.resolve(text, sorted(spans, key=lambda span: span.start))
    assert last.adcode == code


def test_a_bare_name_is_not_the_other_place_beside_it() -> None:
    text = "普陀区政府赴浙江省舟山市普陀区考察"
    at = {"浙江省": 6, "舟山市": 9, "": 0, "普陀区": 12}
    spans = [Span(start, start + 3, "place", "lac", 0.2) for start in at.values()]
    DIVISIONS.resolve(text, sorted(spans, key=lambda span: span.start))
    assert [span.adcode for span in spans[2:]] == ["310107", "330903"]


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("登上泰山看日出", "泰山", (None, "land")),
        ("太湖流域水质改善", "太湖", (None, "water")),
        ("恒山在浑源县", "恒山", (None, "land")),
        ("杭州西湖的游人", "杭州西湖", (None, "water")),
        ("南海的渔船", "南海", (None, "region")),
    ],
)
def test_a_mountain_or_lake_is_no_county_where_none_is_told(
    text: str, name: str, told: tuple[str | None, str]
) -> None:
    assert resolve(text, name) == [told]


def test_a_mountain_that_has_a_foot_is_no_county() -> None:
    assert resolve("泰山脚下的村子", "泰山") == [(None, "land")]
    assert resolve("泰山区的村子", "泰山区")[0][1] == "county"


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("海原经开区", "park"),
        ("海原商务区", "park"),
        ("海原港区", "site"),
        ("青石国家级自然保护区", "site"),
        ("海原山区", "land"),
        ("海原西岸经济区", "region"),
        ("青石嘎查", "village"),
    ],
)
def test_the_end_of_a_name_tells_its_kind(name: str, subtype: str) -> None:
    assert DIVISIONS.subtype(name) == subtype
