"""Dates as a page of the last century, a story of long ago and the papers of January have them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml

from seeds import __file__ as seeds_file
from transforms.extract.dates.finder import DateFinder

JANUARY = date(1998, 1, 26)


@pytest.fixture(scope="module")
def finder() -> DateFinder:
    words = (Path(seeds_file).parent / "lookups" / "calendar.yml").read_text("utf-8")
    return DateFinder({"calendar": yaml.safe_load(words)})


def find(finder: DateFinder, text: str, issue_on: date | None = JANUARY) -> list[dict[str, object]]:
    articles = pl.DataFrame(
        {"article_id": ["a"], "text": [text], "dateline_on": [None], "issue_on": [issue_on]},
        schema_overrides={"dateline_on": pl.Date, "issue_on": pl.Date},
    )
    return finder.find(articles).rows(named=True)


def days(row: dict[str, object]) -> tuple[object, str, str]:
    return row["surface_text"], str(row["start_on"]), str(row["end_on"])


@pytest.mark.parametrize(
    ("text", "issue_on", "expected"),
    [
        ("到本世纪末完成", JANUARY, ("本世纪末", "1990-01-01", "1999-12-31")),
        ("本世纪70年代", JANUARY, ("本世纪70年代", "1970-01-01", "1979-12-31")),
        ("下一世纪初", JANUARY, ("下一世纪初", "2000-01-01", "2009-12-31")),
        ("新世纪", JANUARY, ("新世纪", "2000-01-01", "2099-12-31")),
        ("上世纪80年代", date(2024, 6, 1), ("上世纪80年代", "1980-01-01", "1989-12-31")),
        ("本世纪初", date(2024, 6, 1), ("本世纪初", "2000-01-01", "2009-12-31")),
        ("上世纪末", None, ("上世纪末", "1990-01-01", "1999-12-31")),
        ("80年代后半期", JANUARY, ("80年代后半期", "1985-01-01", "1989-12-31")),
        ("进入90年代后，情况变了", JANUARY, ("90年代", "1990-01-01", "1999-12-31")),
    ],
)
def test_a_century_is_counted_from_the_day_of_writing(
    finder: DateFinder, text: str, issue_on: date | None, expected: tuple[str, str, str]
) -> None:
    (row,) = find(finder, text, issue_on)
    assert days(row) == expected


def test_a_century_without_a_day_of_writing_says_so(finder: DateFinder) -> None:
    assert find(finder, "到本世纪末", None)[0]["evidence"] == 'century assumed in "本世纪末"'
    assert find(finder, "到本世纪末")[0]["evidence"] == "the century of 1998-01-26"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1月至11月，财政收入增长", ("1月至11月", "1997-01-01", "1997-11-30")),
        ("8月13日，他收到一封信", ("8月13日", "1997-08-13", "1997-08-13")),
        ("仅5月份就减少了40亿美元", ("5月份", "1997-05-01", "1997-05-31")),
        ("截至11月底，降雪40次", ("11月底", "1997-11-30", "1997-11-30")),
        ("增速比上半年低", ("上半年", "1997-01-01", "1997-06-30")),
        ("将于8月13日开幕", ("8月13日", "1998-08-13", "1998-08-13")),
        ("4月举行会谈", ("4月", "1998-04-01", "1998-04-30")),
        ("7月起施行", ("7月起", "1998-07-01", "None")),
    ],
)
def test_the_papers_of_january_tell_of_last_year(
    finder: DateFinder, text: str, expected: tuple[str, str, str]
) -> None:
    (row,) = find(finder, text)
    assert days(row) == expected


def test_last_years_months_are_compared_with_those_before(finder: DateFinder) -> None:
    rows = find(finder, "1月至11月，收入比上年同期增长23%，支出比上年同期增长16%。")
    assert [days(row)[1:] for row in rows[1:]] == [("1996-01-01", "1996-11-30")] * 2
    rows = find(finder, "1997年产值比上年增长40%，利税比上年增长29%。")
    assert [days(row)[1:] for row in rows[1:]] == [("1996-01-01", "1996-12-31")] * 2


def test_a_month_of_a_story_is_of_its_year(finder: DateFinder) -> None:
    rows = find(finder, "1937年8月，他当选副主席。9月，他赴山西。")
    assert days(rows[1]) == ("9月", "1937-09-01", "1937-09-30")
    # What is near the day of writing is news.
    rows = find(finder, "1937年8月，校舍落成。12月，学校扩建。")
    assert days(rows[1]) == ("12月", "1997-12-01", "1997-12-31")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1995年投产，当年就收回成本", [("1995年", "1995-01-01"), ("当年", "1995-01-01")]),
        ("今晚的会上，大家回忆当年办学的日子", [("今晚", "1998-01-26")]),
        ("60年代初他离开了。当年的茶楼还在", [("60年代初", "1960-01-01")]),
        ("两个月后，他走马上任", [("两个月后", "None")]),
        ("两个月后将投产", [("两个月后", "1998-03-01")]),
        ("本月5日", [("本月5日", "1998-01-05")]),
    ],
)
def test_days_of_old_stay_open(finder: DateFinder, text: str, expected: list[tuple[str, str]]) -> None:
    assert [days(row)[:2] for row in find(finder, text)] == expected


@pytest.mark.parametrize(
    "text",
    ["这18年中他很少离家", "新的一年中", "近年中国经济", "建交75年发展历史", "没有七八年时间不行",
     "连续采摘25年至30年", "这个“三八”红旗手", "弘扬“八一”精神"],
)  # fmt: skip
def test_spans_of_years_and_names_are_no_dates(finder: DateFinder, text: str) -> None:
    assert [row["surface_text"] for row in find(finder, text) if row["surface_text"] != "近年"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n8.2024年中国某某大会", [("2024年", "2024-01-01", "2024-12-31")]),
        ("\n9.4月份经济", [("4月份", "1998-04-01", "1998-04-30")]),
        ("1986年至1996年1月间", [("1986年至1996年1月", "1986-01-01", "1996-01-31")]),
        (
            "走向新世纪——1998年讲话",
            [("新世纪", "2000-01-01", "2099-12-31"), ("1998年", "1998-01-01", "1998-12-31")],
        ),
        ("上世纪八九十年代", [("上世纪八九十年代", "1880-01-01", "1899-12-31")]),
        ("农村六七十年代建的", [("六七十年代", "1960-01-01", "1979-12-31")]),
        ("实施『九五』规划", [("『九五』规划", "1996-01-01", "2000-12-31")]),
        ("将在2、3月份进行", [("2、3月份", "1998-02-01", "1998-03-31")]),
        ("1996年六七月间", [("1996年六七月", "1996-06-01", "1996-07-31")]),
        (
            "“九五”重点工程某某铁路1月9日铺通",
            [("“九五”", "1996-01-01", "2000-12-31"), ("1月9日", "1998-01-09", "1998-01-09")],
        ),
        ("96—97年度", [("96—97年度", "1996-01-01", "1997-12-31")]),
        ("“五一”假期", [("“五一”", "1998-05-01", "1998-05-01")]),
    ],
)  # fmt: skip
def test_find_reads_what_stands_beside_figures(
    finder: DateFinder, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [days(row) for row in find(finder, text)] == expected


def test_a_day_of_this_month_without_a_year_is_a_day(finder: DateFinder) -> None:
    assert [row["granularity"] for row in find(finder, "本月5日，下月上旬", None)] == ["day", "ten_days"]
