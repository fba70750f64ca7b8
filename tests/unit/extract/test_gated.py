from __future__ import annotations

import re

import pytest

from flows.resources import load_lookups
from transforms.extract.deals.finder import DealFinder
from transforms.extract.gated import DEALS, Gate, needed_words

TEXT = "甲公司与乙集团签署协议，投资3亿元建设基地；丙厂已开工，年底投产。双方还将共建实验室。"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("签署|签订", {"签署", "签订"}),
        ("(?:已|再)?签[署订约]了?", {"签署", "签订", "签约"}),
        ("(?P<a>[^，。]{2,8}?)与(?P<b>.{2,8})(?:签约|合作)", {"签约", "合作"}),
        ("(?<!不)合作(?=协议)", {"合作协议"}),
        ("[^，]办(?=副?主任)", {"办主任", "办副主任"}),
        ("[在于](?=.{2,6}?签约)", {"签约"}),
        ("(?:合作|[^，]{2})协议", {"协议"}),
        ("(?:共同){1,3}\\w*", {"共同"}),
        ("(?>投产|开工)\\d?", {"投产", "开工"}),
    ],
)
def test_words_that_every_match_holds(pattern: str, words: set[str]) -> None:
    assert needed_words(pattern) == words


@pytest.mark.parametrize(
    "pattern", ["[^，。]{2,8}", "(?:签约)?", "签约|\\d+", "(?i)ab", "(?<=签约).", "(?!签约).", "a(?i:b)|c*"]
)
def test_patterns_that_need_no_word(pattern: str) -> None:
    assert needed_words(pattern) is None


def test_finds_what_the_plain_pattern_finds() -> None:
    gate = Gate()
    patterns = ["(?:已)?开工|投产", "签[署订]", "收购", "[0-9]亿元", "(?<=，)投资"]
    gated = [gate.compile(pattern) for pattern in patterns]
    for start, end in ((0, len(TEXT)), (0, 21), (21, 33), (30, len(TEXT))):
        gate.enter(TEXT)
        gate.narrow(start, end)
        for pattern, same in zip(patterns, gated, strict=True):
            # Within the stretch, over its edge, and in another text.
            for text, first, last in ((TEXT, start, end), (TEXT, 0, len(TEXT)), (TEXT * 2, start, end)):
                plain = re.compile(pattern)
                spans = [m.span() for m in plain.finditer(text, first, last)]
                assert [m.span() for m in same.finditer(text, first, last)] == spans
                found = same.search(text, first, last)
                assert (found and found.span()) == (spans[0] if spans else None)


def test_one_pattern_for_one_wording() -> None:
    gate = Gate()
    assert gate.compile("签约") is gate.compile("签约")


def test_a_pattern_compiled_later_is_found_too() -> None:
    gate = Gate()
    gate.compile("签约")
    gate.enter(TEXT)
    assert gate.compile("投资").search(TEXT, 0, len(TEXT))


def test_patterns_of_deals_need_words() -> None:
    DealFinder(load_lookups())
    DEALS.enter("今天天气晴朗。")
    assert DEALS.entered is not None
    assert not DEALS.entered[4]


def test_a_rule_needs_a_pattern_that_it_asks_of_the_whole_item_first() -> None:
    gate = Gate()
    signed, paid = gate.compile("签署"), gate.compile("投资(?=3)")
    needed = gate.needed_by(
        lambda context, start, end: (
            signed.search(context.text, start, end) or next(paid.finditer(context.text, start, end), None)
        )
    )
    gate.enter(TEXT)
    assert needed
    assert needed & gate.open_in(TEXT, 0, len(TEXT))
    gate.narrow(21, len(TEXT))
    assert not needed & gate.open_in(TEXT, 21, len(TEXT))
    assert needed & gate.open_in(TEXT, 0, len(TEXT))
    assert needed & gate.open_in(TEXT * 2, 21, 40)


@pytest.mark.parametrize(
    "rule",
    [
        lambda context, start, end: re.search("签署", context.text[start:end]),
        lambda context, start, end: re.compile("签署").search(context.text, start, end),
        lambda context, start, end: DEALS.compile("签署").search(context.text, start + 1, end),
        lambda context, start, end: context.mentions_in(start, end),
        lambda context, start, end: [(start, end)],
    ],
)
def test_a_rule_that_asks_for_more_than_patterns_needs_none(rule) -> None:
    assert DEALS.needed_by(rule) is None
