"""Persons and firms that print in Latin letters."""

import pytest

from tests.unit.extract.test_places_and_firms import named


@pytest.mark.parametrize(
    ("text", "persons", "firms"),
    [
        # A title behind it, or a person behind the title.
        ("Peter Wagner教授受聘为客座教授。", {"Peter Wagner"}, set()),
        ("John Smith董事长表示，将扩大投资。", {"John Smith"}, set()),
        ("KLX Motors首席执行官David Brown表示欢迎。", {"David Brown"}, {"KLX Motors"}),
        ("海昌科技CEO Anna Weber到访。", {"Anna Weber"}, {"海昌科技"}),
        # What persons do, what firms do behind a country, and the form of a firm.
        ("Maria Lopez来到车间，看得很仔细。", {"Maria Lopez"}, set()),
        ("瑞典Norden Boats宣布关闭一家工厂。", set(), {"Norden Boats"}),
        ("德国企业Karl Meier GmbH来了。", set(), {"Karl Meier GmbH"}),
        ("日本企业Sakura Tech Co., Ltd.落户高新区。", set(), {"Sakura Tech Co., Ltd."}),
    ],
)
def test_names_of_two_latin_words(finder, text, persons, firms):
    assert named(finder, text, "person") == persons
    assert named(finder, text, "organization") == firms


@pytest.mark.parametrize(
    "text",
    [
        "AI Agent成为热点，Model Y销量增长。",
        "Nature Communications发表了该成果。",
        "汉斯·韦伯（Hans Weber）先生说。",
    ],
)
def test_other_latin_words_are_none(finder, text):
    assert not any(
        name.isascii() for name in named(finder, text, "person") | named(finder, text, "organization")
    )
