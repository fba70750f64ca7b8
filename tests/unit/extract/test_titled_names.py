"""Names behind a title that the engine missed."""

import pytest

from flows.resources import load_lookups
from transforms.extract.names.spans import Span
from transforms.extract.names.titled import TitledNames

NAMES = TitledNames(load_lookups())


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("青川公司总经理卫鹤东说。", [Span(0, 4, "organization", "lac", 0.9)], ["卫鹤东"]),
        ("市委书记、市长华长亭等参加。", [], ["华长亭"]),
        ("青川公司总经理韩磊说：", [Span(0, 4, "organization", "lac", 0.9)], ["韩磊"]),
        ("青川县副县长仁增才让说。", [Span(0, 3, "place", "lac", 0.9)], ["仁增才让"]),
        ("青川县副县长走访慰问困难户。", [Span(0, 3, "place", "lac", 0.9)], []),
        ("青川公司总经理高度重视。", [Span(0, 4, "organization", "lac", 0.9)], []),
        ("副市长应当在场。", [], []),
        ("总理和总统，都来了。", [], []),
        ("丁一凡主席贺信并致辞。", [Span(0, 3, "person", "lac", 0.9)], []),
        ("青川公司总经理卫鹤东说。", [Span(7, 10, "person", "lac", 0.9)], []),
    ],
)
def test_find_adds_what_is_spelled_like_a_name(text: str, spans: list[Span], expected: list[str]) -> None:
    found = NAMES.find(text, spans)
    assert [text[s.start : s.end] for s in found if s.rule == "after_title"] == expected


def test_find_stays_linear_on_one_repeated_character() -> None:
    assert NAMES.find("长王" * 50_000, []) == []
