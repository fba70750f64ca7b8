"""Whether words that only the network takes for a place can be its name: routes, floors, phrases."""

import pytest

from transforms.extract.names.doubted import DoubtedPlaces
from transforms.extract.names.listed import ListedPlaces
from transforms.extract.names.places import PlaceRules
from transforms.extract.names.possible import PossiblePlaces
from transforms.extract.names.roads import RoadsAndZones
from transforms.extract.names.sites import SiteRules
from transforms.extract.names.spans import Span
from transforms.extract.names.tails import PlaceTails


@pytest.fixture(scope="module")
def possible(lookups, divisions):
    return PossiblePlaces(lookups, divisions)


def span_of(text, name, confidence=0.3):
    return Span(text.index(name), text.index(name) + len(name), "place", "lac", confidence)


def kept(possible, text, name, short=()):
    found = possible.keep(text, [span_of(text, name)], short)
    return [(text[s.start : s.end], s.entity_type) for s in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("大会固定会址落户我市。", "固定会址"),
        ("全程双向四车道，设互通两处。", "双向四车道"),
        ("他相中的是渡口这三间老屋。", "渡口这"),
        ("双方将进一步加强互利合作，共谋未来。", "互利合作"),
        ("铁路越方段三十公里由对方施工。", "越方段"),
        ("“光铺路不够。”", "光铺路"),
    ],
)
def test_words_are_no_place(possible, text, name):
    assert kept(possible, text, name) == []


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("岚溪大桥东接云栖大道。", "岚溪大桥东", "岚溪大桥"),
        ("公路全长三公里，南起青棠镇朝阳路。", "南起青棠镇", "青棠镇"),
        ("签约仪式在岚溪会展中心二楼举行。", "岚溪会展中心二楼", "岚溪会展中心"),
        ("展品摆满岚溪博览中心3号馆。", "岚溪博览中心3号馆", "岚溪博览中心"),
        ("他把青棠镇拉来同本村结对。", "青棠镇拉", "青棠镇"),
        ("高速公路岚溪段贯通，多家企业来到岚溪。", "岚溪段", "岚溪"),
    ],
)
def test_names_end_where_the_place_does(possible, text, name, place):
    assert kept(possible, text, name) == [(place, "place")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("船靠岚溪港。", "岚溪港"),
        ("他们走到白鹭塘边。", "白鹭塘"),
        ("项目落户精细化工园。", "精细化工园"),
        ("车队驶过岚溪段时天亮了。", "岚溪段"),
        ("车过东临沂站。", "东临"),
        ("沿建设路走到底。", "建设路"),
    ],
)
def test_names_stay(possible, text, name):
    assert kept(possible, text, name) == [(name, "place")]


def test_words_that_a_text_knows_as_a_place_stay(possible):
    text = "大家来到永久车道，永久车道镇建了厂。"
    assert kept(possible, text, "永久车道") == [("永久车道", "place")]
    assert kept(possible, "永久车道建了厂。", "永久车道", short={"永久车道"}) == [("永久车道", "place")]


def test_trade_at_the_end_makes_a_firm(possible):
    assert kept(possible, "岚汀置业垫了四亿元。", "岚汀置业") == [("岚汀置业", "organization")]


@pytest.mark.parametrize("name", ["苏中", "湘中"])
def test_middle_of_a_province_is_no_pair(lookups, divisions, name):
    text = f"{name}船舶公司引入投资。"
    places = PlaceRules(lookups, divisions).split_compounds(text, [span_of(text, name)])
    assert [(s.start, s.end) for s in places] == [(0, 2)]


def test_two_countries_are_a_pair(lookups, divisions):
    text = "推动新中关系向前发展。"
    places = PlaceRules(lookups, divisions).split_compounds(text, [span_of(text, "新中")])
    assert [(s.start, s.end) for s in places] == [(2, 3), (3, 4)]


@pytest.mark.parametrize("name", ["巴音哈尔苏木", "达尔布拉克乡", "巴音塔拉嘎查"])
def test_spelled_names_are_whole(lookups, divisions, name):
    sites = SiteRules(lookups, divisions)
    assert sites.town_behind(f"{name}的牧民", 0, len(name)) is None


def test_zone_behind_a_banner_is_another_place(lookups, divisions):
    text = "锡林塔拉旗苏尼特工业园的企业"
    name = "锡林塔拉旗苏尼特工业园"
    roads = RoadsAndZones(lookups, divisions, SiteRules(lookups, divisions))
    found = [text[s.start : s.end] for s in roads.refine(text, [span_of(text, name)])]
    assert found == ["锡林塔拉旗", "苏尼特工业园"]


@pytest.mark.parametrize("name", ["断头路", "机耕路", "友好市县", "城中村"])
def test_kinds_of_roads_and_villages_have_no_name(lookups, divisions, name):
    text = f"还有两公里{name}。"
    assert PlaceTails(lookups, divisions).trim(text, [span_of(text, name)]) == []


def test_number_of_places_is_no_part_of_the_last(lookups, divisions):
    text = "来自四川、吉林、黑龙江三省的客商"
    spans = PlaceTails(lookups, divisions).trim(text, [span_of(text, "黑龙江三省")])
    assert [text[s.start : s.end] for s in spans] == ["黑龙江"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("镇上岚洞、磨溪、水坪三个村的高粱。", ["岚洞", "磨溪", "水坪"]),
        ("服务窗口设在浦岗、上岚两个互市点。", ["浦岗", "上岚"]),
        ("水管通到县里岚洞、青棠、云坪等五个乡。", ["岚洞", "青棠", "云坪"]),
        ("统筹生产、生活、生态三个园区。", []),
        ("种苗、肥料、农药三个村级服务点。", []),
        ("产业、人才、文化三个镇级方案。", []),
    ],
)
def test_places_of_a_list(lookups, divisions, text, names):
    found = ListedPlaces(lookups, divisions).find(text)
    assert [text[s.start : s.end] for s in found] == names


def test_lists_are_found_fast(lookups, divisions):
    assert ListedPlaces(lookups, divisions).find("岚洞、" * 7000) == []


def test_stretch_behind_its_way_is_named_after_a_place(possible):
    assert kept(possible, "国道577线岚溪段改线。", "岚溪段") == [("岚溪", "place")]


@pytest.mark.parametrize(
    ("text", "found"),
    [("他搬到老城镇住下。", ["老城镇"]), ("推进新城镇建设。", []), ("走向新城镇建设。", [])],
)
def test_town_of_words_behind_a_preposition(lookups, divisions, text, found):
    name = next(name for name in ("老城镇", "新城镇") if name in text)
    spans = PlaceTails(lookups, divisions).trim(text, [span_of(text, name)])
    assert [text[s.start : s.end] for s in spans] == found


def test_county_keeps_its_first_character(lookups, divisions):
    text = "工程在云朗县开工。"
    spans = DoubtedPlaces(lookups, divisions).refine(text, [span_of(text, "云朗县")], [])
    assert [text[s.start : s.end] for s in spans] == ["云朗县"]
