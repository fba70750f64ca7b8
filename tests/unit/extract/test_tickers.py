"""Firms that are known by the code of their share."""

import pytest

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span
from transforms.extract.names.tickers import find_listed


def found(text: str, *seen: Span) -> list[str]:
    NAMES.enter(text)
    return [text[span.start : span.end] for span in find_listed(text, seen)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昨日，华诺精工（300390.SZ）公告称，公司中标。", ["华诺精工"]),
        ("岭东海缆（股票代码：600390）拟投资5亿元。", ["岭东海缆"]),
        ("港股岭东天狐（09988.HK）与县政府签约。", ["岭东天狐"]),
        ("全市共有企业（300390家）。", []),
        ("邮编（000123）", []),
    ],
)
def test_the_words_in_front_of_a_code_are_a_firm(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_name_that_was_seen_keeps_its_extent() -> None:
    text = "维尔达（300390.SZ）中标。"
    [span] = find_listed(text, [Span(0, 3, "person", "lac")])
    assert (span.start, span.end, span.entity_type, span.subtype) == (0, 3, "organization", "company")


def test_a_body_that_was_seen_stays_as_it_is() -> None:
    assert found("华诺精工（300390.SZ）中标。", Span(0, 4, "organization", "lac")) == []
