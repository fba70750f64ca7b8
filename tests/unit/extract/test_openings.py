from __future__ import annotations

import re

import pytest

from transforms.extract.openings import Openings


@pytest.mark.parametrize(
    ("pattern", "character", "can_begin"),
    [
        ("今年|明年", "明", True),
        ("今年|明年", "后", False),
        ("(?P<mark>农历)?[正腊]月", "农", True),
        ("(?P<mark>农历)?[正腊]月", "腊", True),
        ("(?P<mark>农历)?[正腊]月", "月", False),
        (r"\d{1,2}月", "3", True),
        (r"\d{1,2}月", "三", False),
        ("[^，。]月", "，", False),
        ("[^，。]月", "三", True),
        ("[a-c]月", "b", True),
        ("[a-c]月", "d", False),
        ("(?<!去)(?=[上下])[上中下]旬", "中", False),
        ("(?<!去)(?=[上下])[上中下]旬", "上", True),
        ("(?!上月).月", "上", True),
        ("的?(?:上|下)?半年", "半", True),
        ("(?>上|下)月", "下", True),
        ("(?:第|上)*月", "月", True),
        (r"\w月", "，", True),
        ("(?:今)?", "月", True),
    ],
)
def test_can_begin_with(pattern: str, character: str, can_begin: bool) -> None:
    assert Openings({"one": re.compile(pattern)}).at(character) == (("one",) if can_begin else ())


def test_ignores_no_case() -> None:
    with pytest.raises(ValueError, match="ignore case"):
        Openings({"one": re.compile("q1", re.IGNORECASE)})
