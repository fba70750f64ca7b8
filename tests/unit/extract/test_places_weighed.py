"""Places that only the network reads and the weights are against."""

import pytest

from transforms.extract.names.spans import Span
from transforms.extract.names.weighed import WeighedPlaces

ODDS = {"": 1.0, "b 、": -3.0, "heads organization": -3.0}


@pytest.fixture
def weighed(lookups, divisions):
    return WeighedPlaces({**lookups, "place_odds": ODDS}, divisions)


def spans_of(text, *names, rule="lac"):
    return [Span(text.index(n), text.index(n) + len(n), "place", rule, 0.3) for n in names]


def left(weighed, text, spans):
    return [(text[s.start : s.end], s.entity_type) for s in weighed.drop(text, spans)]


def test_drop_takes_a_place_that_the_weights_are_against(weighed):
    text = "竹木、云隐各占一半。"
    assert left(weighed, text, spans_of(text, "云隐")) == []


def test_drop_leaves_a_place_in_other_surroundings(weighed):
    text = "他去年回到云隐。"
    assert left(weighed, text, spans_of(text, "云隐")) == [("云隐", "place")]


def test_drop_decides_on_all_mentions_of_a_name_together(weighed):
    text = "竹木、云隐各占一半，云隐在山里，他到云隐要走两小时。"
    spans = [Span(at, at + 2, "place", "lac", 0.3) for at in (3, 10, 18)]
    assert [text[s.start : s.end] for s in spans] == ["云隐"] * 3
    assert len(weighed.drop(text, spans)) == 3


def test_drop_takes_what_repeats_a_dropped_name(weighed):
    text = "竹木、云隐各占一半，云隐。"
    spans = [*spans_of(text, "云隐"), Span(10, 12, "place", "same_surface", 0.3)]
    assert text[10:12] == "云隐"
    assert weighed.drop(text, spans) == []


def test_drop_knows_a_name_that_heads_a_body(weighed):
    text = "云隐云谷科技公司投产，云隐再签新单。"
    body = Span(0, 8, "organization", "lac", 0.6, subtype="company")
    spans = [body, Span(11, 13, "place", "lac", 0.3)]
    assert text[11:13] == "云隐"
    assert left(weighed, text, spans) == [("云隐云谷科技公司", "organization")]


@pytest.mark.parametrize(
    "name", ["云隐镇", "云隐产业园", "河南", "美国", "雄安新区", "粤", "蓉", "云隐大道88号"]
)
def test_drop_asks_nothing_of_a_town_park_or_road_or_a_known_place(weighed, name):
    text = f"竹木、{name}各占一半。"
    assert left(weighed, text, spans_of(text, name)) == [(name, "place")]


@pytest.mark.parametrize("name", ["云隐区", "云隐市", "云隐酒店"])
def test_drop_asks_about_what_ends_as_a_district_city_or_site(weighed, name):
    text = f"竹木、{name}各占一半。"
    assert left(weighed, text, spans_of(text, name)) == []


@pytest.mark.parametrize("rule", ["patch_add", "venue", "gazetteer", "page_place"])
def test_drop_asks_nothing_of_what_a_rule_has_told(weighed, rule):
    text = "竹木、云隐各占一半。"
    assert left(weighed, text, spans_of(text, "云隐", rule=rule)) == [("云隐", "place")]


@pytest.mark.parametrize("section", ["retype", "canonical"])
def test_drop_leaves_a_name_that_a_patch_corrects(lookups, divisions, section):
    patches = {section: [{"name": "云隐", "from": "place", "entity_type": "place"}]}
    own = {**lookups, "place_odds": ODDS, "patches": patches}
    text = "竹木、云隐各占一半。"
    weighed = WeighedPlaces(own, divisions)
    assert left(weighed, text, spans_of(text, "云隐")) == [("云隐", "place")]


def test_drop_leaves_the_known_place_that_a_dropped_name_begins_with(weighed):
    text = "竹木、乌克兰国防部各占一半。"
    assert left(weighed, text, spans_of(text, "乌克兰国防部")) == [("乌克兰", "place")]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("成都市武侯区治沙", ["成都市", "武侯区"]),
        ("太仆寺旗治沙", ["太仆寺旗"]),
        ("浙江西南某地", ["浙江"]),
    ],
)
def test_drop_leaves_the_chain_of_places_that_a_dropped_name_begins_with(weighed, name, places):
    text = f"竹木、{name}各占一半。"
    assert left(weighed, text, spans_of(text, name)) == [(place, "place") for place in places]


def test_drop_leaves_no_count_of_the_places_before_it(weighed):
    text = "竹木在红河州文山州两州各占一半，九州台上也是。"
    spans = [*spans_of(text, "红河州"), *spans_of(text, "文山州"), *spans_of(text, "两州")]
    assert left(weighed, text, spans) == [("红河州", "place"), ("文山州", "place")]


def test_drop_leaves_no_short_form_of_a_county_that_a_dropped_name_begins_with(weighed):
    text = "竹木、玉门东侧滩各占一半。"
    assert left(weighed, text, spans_of(text, "玉门东侧滩")) == []


def test_asked_tells_whether_words_end_at_the_edges_of_a_name(weighed):
    text = "他说工业强市战略不变。"
    ((_, features),) = weighed.asked(text, spans_of(text, "业强市"))
    assert "cut FalseTrue" in features


@pytest.mark.parametrize("name", ["浦东", "珠澳", "成渝"])
def test_drop_asks_nothing_about_places_of_the_dictionary_or_the_gazetteer(weighed, name):
    text = f"竹木、{name}各占一半。"
    assert left(weighed, text, spans_of(text, name)) == [(name, "place")]


def test_drop_leaves_the_town_that_a_zone_is_named_after(weighed):
    text = "竹木、云隐各占一半，云隐工业园开园。"
    spans = [*spans_of(text, "云隐"), *spans_of(text, "云隐工业园", rule="zone_form")]
    assert (text[3:5], "place") in left(weighed, text, spans)
