"""Bodies that weights read by the noun that they end on."""

import pytest

from transforms.extract.names.headed import HeadedBodies
from transforms.extract.names.spans import Span
from transforms.normalize.words import Words

ODDS = {
    "": -3.0,
    "head 影院": 2.0,
    "head 坊": 2.0,
    "own 1 0 False": 0.0,
    "b 的": 2.0,
    "b Ｌ": 2.0,
    "qb 叫": 5.0,
}


@pytest.fixture
def headed(lookups, divisions):
    told = {"heads": ["影院", "坊"], "reach": 9.0, "odds": ODDS}
    return HeadedBodies({**lookups, "body_odds": told}, divisions)


def found(headed, text, spans=()):
    return [(text[s.start : s.end], s.entity_type, s.rule) for s in headed.find(text, spans)]


def place(text, name):
    return Span(text.index(name), text.index(name) + len(name), "place", "gazetteer")


def test_find_reads_a_name_by_its_noun_and_what_stands_in_front(headed):
    assert found(headed, "隔壁的云隐影院动了心。") == [("云隐影院", "organization", "body_noun")]


def test_find_knows_a_place_in_front(headed):
    text = "海州云隐影院动了心。"
    assert found(headed, text, [place(text, "海州")]) == [("云隐影院", "organization", "body_noun")]


def test_find_leaves_what_the_weights_are_against(headed):
    assert found(headed, "他去云隐影院。") == []


def test_find_leaves_what_two_regions_do_together(headed):
    assert found(headed, "隔壁的鲁港影院动了心。") == []


def test_find_leaves_what_several_towns_share(headed):
    assert found(headed, "隔壁的海州八城市影院动了心。") == []


def test_find_leaves_fields_in_a_row(headed):
    assert found(headed, "隔壁的云隐影院与教育资源都有。") == []


@pytest.mark.parametrize("name", ["一家老影院", "这座小影院", "某影院", "电影院"])
def test_find_leaves_kinds_without_a_name(headed, name):
    assert found(headed, f"隔壁的{name}动了心。") == []


def test_find_reads_a_kind_of_one_letter_that_is_no_part_of_a_word(headed):
    assert found(headed, "隔壁的云隐绣坊动了心。")[0][0] == "云隐绣坊"
    assert found(headed, "隔壁的云隐街坊动了心。") == []


def test_find_leaves_what_touches_another_body(headed):
    text = "隔壁的云隐影院动了心。"
    assert found(headed, text, [Span(5, 7, "organization", "lac", 0.6)]) == []


def test_find_reads_a_name_in_quotes_by_what_stands_around_it(headed):
    assert found(headed, "油坊叫“满斗”，开在村口。") == [("满斗", "organization", "body_noun")]
    assert found(headed, "他喊“满斗”，走到村口。") == []


def test_find_tells_how_sure_it_is(headed):
    (span,) = headed.find("隔壁的云隐影院动了心。", [])
    assert span.confidence == pytest.approx(0.731, abs=0.001)


def test_asked_gives_the_features_of_both_ends_of_a_stretch(headed):
    text = "隔壁的云隐影院动了心。"
    start, end, of_end, of_start = next(s for s in headed.asked(text, []) if text[s[0] : s[1]] == "云隐影院")
    assert (start, end) == (3, 7)
    assert {"head 影院", "a 动"} <= of_end
    assert {"b 的", "b2 壁的", "size 4", "c 云", "c 隐"} <= of_start


def test_commonness_has_four_steps():
    words = Words()
    assert [words.commonness(word) for word in ("云隐坊", "中国")] == [0, 3]
    assert words.commonness("影院") in (1, 2, 3)


@pytest.mark.parametrize(
    "text", ["来了5支云隐影院。", "叫“云隐”牌的。", "叫“云隐”号的。", "隔壁的云隐影院长会议。"]
)
def test_find_leaves_what_is_counted_a_brand_or_an_office(headed, text):
    assert found(headed, text) == []


def test_find_leaves_a_particle(lookups, divisions):
    told = {"heads": ["所"], "reach": 9.0, "odds": {"": 1.0}}
    headed = HeadedBodies({**lookups, "body_odds": told}, divisions)
    assert found(headed, "早为云隐制冷界所熟知。") == []
    assert found(headed, "云隐制冷所昨天挂牌。")
