"""Ends of names: what the engine takes along in front of a body."""

import pytest

from transforms.extract.names.spans import Span, trim


@pytest.mark.parametrize(
    ("text", "start", "name"),
    [
        ("新华社青川一月六日电外交部发言人说。", 0, "外交部"),
        ("据青川社1月14日电外经贸部今天说。", 10, "外经贸部"),
        ("青川1月1日讯两岸协会今天说。", 6, "两岸协会"),
        ("1月14日电力部今天说。", 5, "电力部"),
    ],
)
def test_trim_leaves_the_dateline_in_front_of_a_body(text: str, start: int, name: str) -> None:
    end = text.index(name) + len(name)
    span = trim(text, Span(start, end, "organization", "lac", 0.9))
    assert span is not None
    assert text[span.start : span.end] == name
