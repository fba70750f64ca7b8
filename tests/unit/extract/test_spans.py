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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("原与市第三医院", "市第三医院"),
        ("向县草原站", "县草原站"),
        ("滨城晚报讯", "滨城晚报"),
        ("椰岛晚报海口讯", "椰岛晚报"),
        ("市第三医院", "市第三医院"),
        ("滨城晚报社", "滨城晚报社"),
    ],
)
def test_trim_leaves_a_body_without_what_leads_to_it_and_a_paper_without_its_report(
    text: str, name: str
) -> None:
    span = trim(text, Span(0, len(text), "organization", "lac"))
    assert span is not None
    assert text[span.start : span.end] == name
