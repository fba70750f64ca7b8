"""Names as reports of gatherings and visits write them: leaders in a row, firms behind their town, ways."""

import pytest

from tests.unit.extract.test_names_in_briefs import named


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("项目集中签约，陈岭、孙吉江、李湖、王玉川等市级领导见证。", {"陈岭", "孙吉江", "李湖", "王玉川"}),
        ("会上，周原、贺海、钱湖、白玉川等县级领导参加活动。", {"周原", "贺海", "钱湖", "白玉川"}),
        ("孙海、李江等区有关领导参加。", {"孙海", "李江"}),
    ],
)
def test_leaders_in_a_row_are_persons(finder, text, persons):
    assert persons == named(finder, "person", text)
    assert named(finder, "place", text) == set()


def test_cities_of_leaders_are_places(finder):
    assert named(finder, "place", "南昌、九江等市领导参加会议。") == {"南昌", "九江"}


def test_a_firm_of_the_province_lies_in_the_town(finder):
    text = "会议在泰兴市江苏永岭空调有限公司召开。"
    assert named(finder, "organization", text) == {"江苏永岭空调有限公司"}
    assert "泰兴市" in named(finder, "place", text)
    whole = "广东省深圳市青岭科技有限公司开业。"
    assert named(finder, "organization", whole) == {"广东省深圳市青岭科技有限公司"}


@pytest.mark.parametrize(
    "body", ["青石市乡村振兴和协作交流局", "青石市支援合作和对外交流办公室", "青石市对口支援局"]
)
def test_offices_of_twinned_regions(finder, body):
    assert body in named(finder, "organization", f"{body}副局长周岭带队考察。")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("G5999青（石）海（原）高速公路建成通车。", "青（石）海（原）高速公路"),
        ("青（石）海（原）铁路已开工。", "青（石）海（原）铁路"),
    ],
)
def test_ways_with_their_ends_in_brackets(finder, text, way):
    assert named(finder, "place", text) == {way}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("与会专家就尼岭书院建设提出建议。", "尼岭书院"),
        ("此前，公司已在年初和江石科技园签过合作协议。", "江石科技园"),
        ("双方就和平县的项目座谈。", "和平县"),
    ],
)
def test_particles_in_front_are_no_part_of_a_place(finder, text, place):
    assert place in named(finder, "place", text) | named(finder, "organization", text)


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("县委县政府有决心发展粮食。", {"县委", "县政府"}),
        ("民建青川市委会专职副主委张石参加。", {"民建青川市委会"}),
        ("青川商会名誉会长王岭受聘。", {"青川商会"}),
        ("青石市国有资产监督管理委员会发布通知。", {"青石市国有资产监督管理委员会"}),
    ],
)
def test_bodies_end_where_titles_begin(finder, text, bodies):
    assert named(finder, "organization", text) == bodies


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("荆襄商会会长艾岭代表商会签约。", {"艾岭"}),
        ("董事长江石代表公司致辞。", {"江石"}),
        ("周岭正与乡亲们采茶。“今年收成好。”周岭说。", {"周岭"}),
        ("赵莉向与会者通报了签约项目进展。", {"赵莉"}),
    ],
)
def test_persons_end_where_words_begin(finder, text, persons):
    assert named(finder, "person", text) == persons


@pytest.mark.parametrize(
    "text",
    [
        "客人走进展厅、研发中心，了解情况。",
        "标段内的高速公路正在招标。",
        "在文旅街区，客人看了演出。",
    ],
)
def test_sites_without_a_name_are_no_places(finder, text):
    assert named(finder, "place", text) == set()


@pytest.mark.parametrize(
    "text", ["一辆辆汽车驶过商石西收费站。", "车辆从商石西收费站驶出。", "车队驶入商石西服务区。"]
)
def test_stations_of_motorways(finder, text):
    assert len(named(finder, "place", text)) == 1


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("由国投川渝产业基金领投，蜀岭资本、宁波石屯创投跟投。", {"蜀岭资本", "宁波石屯创投"}),
        ("青石资本、海岭创投等参投。", {"青石资本"}),
    ],
)
def test_funds_that_follow_an_investor(finder, text, bodies):
    assert bodies <= named(finder, "organization", text)
