"""Patterns behind one look at their first character find what they found without it."""

from __future__ import annotations

import re

import pytest

from transforms.extract.firsts import begun


@pytest.mark.parametrize(
    ("pattern", "look"),
    [
        ("(?<=在)东|西?南部", "(?=[东南西])"),
        ("(?<![0-9])(?:[GS][0-9]{3}|(?:一二|[三四])团)", "(?=[GS一三四])"),
        (r"(?:\d+[家个])?(?:签|互?换)约", r"(?=[\d互换签])"),
        (r"(?<=a)(?:\^|-|\]|\\)b", r"(?=[\-\\\]\^])"),
        ("(?P<who>甲)?(?P<mark>[，。])", "(?=[。甲，])"),
    ],
)
def test_begun_looks_at_what_a_match_can_begin_with(pattern: str, look: str) -> None:
    quick = begun(re.compile(pattern))
    assert quick.pattern == f"{look}(?:{pattern})"
    text = "在东南部西南部G318线S302三团一二团10家签约互换约a^ba-ba]ba\\b甲，。"
    found = [(m.span(), m.groupdict(), m.lastgroup) for m in re.finditer(pattern, text)]
    assert found
    assert [(m.span(), m.groupdict(), m.lastgroup) for m in quick.finditer(text)] == found


@pytest.mark.parametrize(
    "pattern",
    # What the engine skips to by itself or looks ahead already, what begins with anything or holds nothing.
    ["[东西]南?部", "签订|签署", "(?=[东西])(?:东|西)", "(?<=在)[^，。]{2}", "东*|西", "(?i:a)b|c"],
)
def test_begun_leaves_a_pattern_that_gains_nothing(pattern: str) -> None:
    compiled = re.compile(pattern)
    assert begun(compiled) is compiled
