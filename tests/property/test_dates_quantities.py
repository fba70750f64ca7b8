from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds import __file__ as seeds_file
from transforms.extract.dates.finder import DateFinder
from transforms.extract.numerals import NUMBER, fold_text, parse_number
from transforms.extract.quantities.finder import QuantityFinder

LOOKUPS = Path(seeds_file).parent / "lookups"
WORDS: dict[str, Any] = {
    name: yaml.safe_load((LOOKUPS / f"{name}.yml").read_text("utf-8"))
    for name in ("units", "currencies", "calendar")
}
DATES, QUANTITIES = DateFinder(WORDS), QuantityFinder(WORDS)
PIECES = st.sampled_from(
    [
        *"一二三十百千万亿两半几余多0129.,，、-—至到~/:年月日号时点分元亩吨%个位约近第上下前后今昨明去周末初底旬五会“”《》()\n",
        *("23", "2023", "1998", "春节", "季度", "世纪", "年代", "农历", "正月", "以来", "之前"),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=40))


@given(TEXTS, st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31))))
@settings(max_examples=400, deadline=None)
def test_dates_slice_back_in_order_and_are_honest(text: str, issue_on: date | None) -> None:
    position = 0
    for found in DATES.resolve(text, issue_on=issue_on):
        where, span = found.expression, found.span
        assert position <= where.start < where.end <= len(text)
        position = where.end
        if span.start and span.end:
            assert span.start <= span.end
        if span.start is None and span.end is None:
            assert found.evidence
        else:
            assert found.candidates == ()


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_quantities_slice_back_in_order(text: str) -> None:
    position = 0
    for found in QUANTITIES.scan(text):
        assert position <= found.start < found.end <= len(text)
        position = found.end
        if found.value_max is not None:
            assert found.value <= found.value_max


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_frames_hold_the_surface(text: str) -> None:
    articles = pl.DataFrame(
        {"article_id": ["a"], "text": [text], "dateline_on": [None], "issue_on": [None]},
        schema_overrides={"dateline_on": pl.Date, "issue_on": pl.Date},
    )
    dates = DATES.find(articles)
    for frame in (dates, QUANTITIES.find(articles, dates)):
        for row in frame.iter_rows(named=True):
            assert text[row["start_char"] : row["end_char"]] == row["surface_text"]


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold_text(text)) == len(text)


@given(st.integers(0, 10**12 - 1))
def test_parse_number_reads_what_is_spelled(value: int) -> None:
    spelled = spell(value)
    match = NUMBER.fullmatch(spelled)
    number = parse_number(spelled)
    assert match
    assert number is not None
    assert number.value == value


def spell(value: int) -> str:
    """The Chinese spelling of a whole number below 10**12."""
    if value == 0:
        return "零"
    groups = []
    for name, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, value = divmod(value, size)
        if part:
            zero = "零" if groups and (part < 1000 or groups[-1].endswith("0")) else ""
            groups.append(zero + _spell_section(part) + name)
        elif groups and not groups[-1].endswith("0"):
            groups[-1] += "0"
    return "".join(group.removesuffix("0") for group in groups)


def _spell_section(value: int) -> str:
    written, zero = "", False
    for name, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            written += ("零" if zero and written else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = True
    return written


@pytest.mark.parametrize(
    ("value", "spelled"), [(10_015, "一万零一十五"), (305_000_000, "三亿零五百万"), (12, "一十二")]
)
def test_spell_is_chinese(value: int, spelled: str) -> None:
    assert spell(value) == spelled
