from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import polars as pl
import pytest
import yaml

from seeds import __file__ as seeds_file
from transforms.extract.dates.calendar import GRANULARITIES
from transforms.extract.dates.finder import DATE_SCHEMA, DateFinder, outside_names

ISSUE = date(2023, 2, 24)
EXPRESSIONS = [
    [part.strip() for part in line.rsplit("|", 1)]
    for line in (Path(__file__).parent / "expressions_dates.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def finder() -> DateFinder:
    words = (Path(seeds_file).parent / "lookups" / "calendar.yml").read_text("utf-8")
    return DateFinder({"calendar": yaml.safe_load(words)})


def find(
    finder: DateFinder, text: str, issue_on: date | None = None, dateline_on: date | None = None
) -> list[dict[str, object]]:
    articles = pl.DataFrame(
        {"article_id": ["a"], "text": [text], "dateline_on": [dateline_on], "issue_on": [issue_on]},
        schema_overrides={"dateline_on": pl.Date, "issue_on": pl.Date},
    )
    return finder.find(articles).rows(named=True)


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity"),
    [
        ("2019年11月25日", "2019-11-25", "2019-11-25", "day"),
        ("二〇二三年", "2023-01-01", "2023-12-31", "year"),
        ("一九九八年三月", "1998-03-01", "1998-03-31", "month"),
        ("2023/2/23", "2023-02-23", "2023-02-23", "day"),
        ("2023-02-23", "2023-02-23", "2023-02-23", "day"),
        ("2024年底", "2024-12-01", "2024-12-31", "month"),
        ("2023年上半年", "2023-01-01", "2023-06-30", "half_year"),
        ("2023年第三季度", "2023-07-01", "2023-09-30", "quarter"),
        ("2023年3月1日至5日", "2023-03-01", "2023-03-05", "period"),
        ("2022年12月30日至1月3日", "2022-12-30", "2023-01-03", "period"),
        ("2019—2023年", "2019-01-01", "2023-12-31", "years"),
        ("2023年1—6月", "2023-01-01", "2023-06-30", "period"),
        ("“十四五”期间", "2021-01-01", "2025-12-31", "period"),
        ("上世纪90年代", "1990-01-01", "1999-12-31", "decade"),
        ("2023年春节", "2023-01-22", "2023-01-22", "day"),
        ("农历2023年八月十五", "2023-09-29", "2023-09-29", "day"),
        ("民国二十三年", "1934-01-01", "1934-12-31", "year"),
        ("2023年2月下旬", "2023-02-21", "2023-02-28", "ten_days"),
    ],
)
def test_find_reads_dates_written_in_full(
    finder: DateFinder, text: str, start: str, end: str, granularity: str
) -> None:
    (row,) = find(finder, text)
    assert (str(row["start_on"]), str(row["end_on"]), row["granularity"]) == (start, end, granularity)
    assert row["candidates"] == []
    assert row["surface_text"] == text


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("今天下午", "2023-02-24", "2023-02-24"),
        ("昨日", "2023-02-23", "2023-02-23"),
        ("上周五", "2023-02-17", "2023-02-17"),
        ("去年底", "2022-12-01", "2022-12-31"),
        ("本月中旬", "2023-02-11", "2023-02-20"),
        ("近三年", "2020-02-24", "2023-02-24"),
        ("2月23日", "2023-02-23", "2023-02-23"),
        ("12月25日", "2022-12-25", "2022-12-25"),
        ("将于12月25日", "2023-12-25", "2023-12-25"),
        ("前11个月", "2022-01-01", "2022-11-30"),
        ("除夕", "2023-01-21", "2023-01-21"),
        ("去年腊月二十三", "2023-01-14", "2023-01-14"),
        ("3月1日至5日", "2023-03-01", "2023-03-05"),
        ("23日", "2023-02-23", "2023-02-23"),
        ("五年前", "2018-01-01", "2018-12-31"),
        ("近半个月", "2023-02-09", "2023-02-24"),
        ("今明两天", "2023-02-24", "2023-02-25"),
        ("九月的第二个周五", "2023-09-08", "2023-09-08"),
        ("下周一至周五", "2023-02-27", "2023-03-03"),
        ("12月下旬至次年1月", "2022-12-21", "2023-01-31"),
        ("癸卯年", "2023-01-22", "2024-02-09"),
        ("一季度末", "2023-03-01", "2023-03-31"),
    ],
)
def test_find_counts_from_the_issue_date(finder: DateFinder, text: str, start: str, end: str) -> None:
    (row,) = find(finder, text, ISSUE)
    assert (str(row["start_on"]), str(row["end_on"])) == (start, end)
    assert row["is_inferred"] is True
    assert row["evidence"] == "issue_on=2023-02-24"


def test_find_prefers_the_day_below_the_headline_to_the_issue_date(finder: DateFinder) -> None:
    articles = pl.DataFrame(
        {
            "article_id": ["a"], "text": ["5日，两个项目开工。"], "dateline_on": [None], "issue_on": [ISSUE],
            "published_on": [date(2018, 5, 6)],
        },
        schema_overrides={"dateline_on": pl.Date},
    )  # fmt: skip
    (row,) = finder.find(articles).rows(named=True)
    assert (str(row["start_on"]), row["evidence"]) == ("2018-05-05", "published_on=2018-05-06")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("力争3月底前完工", "2025-03-31"),
        ("确保春节前完工", "2025-01-28"),
        ("计划2月份开工", "2025-02-28"),
        ("预计5月投产", "2024-05-31"),
        ("原计划2月开工", "2024-02-29"),
    ],
)
def test_nobody_plans_for_what_is_long_over(finder: DateFinder, text: str, end: str) -> None:
    (row,) = find(finder, text, date(2024, 6, 12))
    assert str(row["end_on"]) == end


def test_find_prefers_the_dateline_to_the_issue_date(finder: DateFinder) -> None:
    (row,) = find(finder, "今天下午开幕", ISSUE, date(2023, 2, 23))
    assert row["start_on"] == date(2023, 2, 23)
    rows = find(finder, "安城2月20日讯 今天下午开幕", ISSUE)
    assert [r["start_on"] for r in rows] == [date(2023, 2, 20)] * 2


def test_find_leaves_the_year_open_without_a_reference(finder: DateFinder) -> None:
    rows = find(finder, "2月23日开幕。2019年11月25日,实验室揭牌;项目预计于2024年底投产。")
    assert rows[0]["start_on"] is None
    assert rows[0]["candidates"] == [f"{year}-02-23" for year in range(2020, 2025)]
    assert "2019年11月25日" in str(rows[0]["evidence"])
    (alone,) = find(finder, "今天下午开幕")
    assert (alone["start_on"], alone["end_on"], alone["candidates"]) == (None, None, [])
    (bare,) = find(finder, "2月23日开幕")
    assert bare["candidates"] == ["XXXX-02-23"]


def test_find_narrows_an_open_year_by_the_weekday(finder: DateFinder) -> None:
    rows = find(finder, "2月23日(星期四)开幕。2019年11月25日,实验室揭牌;项目预计于2024年底投产。")
    assert rows[0]["start_on"] == date(2023, 2, 23)
    assert rows[0]["is_inferred"] is True


def test_find_takes_the_year_from_the_date_before_it(finder: DateFinder) -> None:
    rows = find(finder, "项目2018年8月签约,12月投产,次年3月达产。", ISSUE)
    assert [str(r["start_on"]) for r in rows] == ["2018-08-01", "2018-12-01", "2019-03-01"]
    assert rows[1]["evidence"] == 'year from "2018年8月" at 2'


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025年前", None, "2024-12-31"),
        ("2024年底前", None, "2024-12-31"),
        ("2019年以来", "2019-01-01", "2023-02-24"),
    ],
)
def test_find_reads_before_and_since(finder: DateFinder, text: str, start: str | None, end: str) -> None:
    (row,) = find(finder, text, ISSUE)
    assert (row["start_on"] and str(row["start_on"]), str(row["end_on"])) == (start, end)


def test_find_takes_the_closing_date_of_a_notice(finder: DateFinder) -> None:
    rows = find(finder, "今年3月起施行。\n安城市人民政府\n2022年12月1日")
    assert str(rows[0]["start_on"]) == "2022-03-01"
    assert str(rows[0]["evidence"]).startswith('signed "2022年12月1日"')


def test_find_does_not_chain_across_a_relative_date(finder: DateFinder) -> None:
    rows = find(finder, "2021年4月13日开行以来,截至今天(2月24日)开行千列。", ISSUE)
    assert str(rows[-1]["start_on"]) == "2023-02-24"


def test_find_does_not_split_a_word_after_a_month(finder: DateFinder) -> None:
    assert [r["surface_text"] for r in find(finder, "10月份中标,11月中旬开工,12月中。", ISSUE)] == [
        "10月份",
        "11月中旬",
        "12月中",
    ]


def test_find_keeps_impossible_days_open(finder: DateFinder) -> None:
    (row,) = find(finder, "2019年2月29日", ISSUE)
    assert row["start_on"] is None
    (row,) = find(finder, "2月29日", ISSUE)
    assert row["candidates"] == ["2020-02-29", "2024-02-29"]


@pytest.mark.parametrize(
    "text",
    [
        "十几天",
        "下午三点",
        "三年级",
        "《明日之后》",
        "目前天气",
        "日本年会",
        "第五日",
        "90后",
        "3.5亿元",
        "一路一带",
        "一日游",
        # The ends of other words.
        "此次日俄会晤谈到战后日本，中方愿同日方合作。",
        "第二十六次日本代表团看了一下周围，探明天然气两处。",
        "十五部迎春节目，若干年内不变，一年三百六十五日都开门。",
        "当日本军队来时，超市迎来年货热潮。",
    ],
)
def test_find_leaves_out_what_is_no_date(finder: DateFinder, text: str) -> None:
    assert find(finder, text, ISSUE) == []


def test_resolve_dateline_needs_a_year(finder: DateFinder) -> None:
    assert finder.resolve_dateline("安城2月23日讯 今天", None) is None
    assert finder.resolve_dateline("安城2月23日讯 今天", ISSUE) == date(2023, 2, 23)
    assert finder.resolve_dateline("安城12月30日电 今天", ISSUE) == date(2022, 12, 30)
    assert finder.resolve_dateline("新华社安城2021年3月1日电", None) == date(2021, 3, 1)
    assert finder.resolve_dateline("2月23日,会议开幕", ISSUE) is None


def test_find_on_nothing_keeps_its_schema(finder: DateFinder) -> None:
    schema = {"article_id": pl.String, "text": pl.String, "dateline_on": pl.Date, "issue_on": pl.Date}
    assert finder.find(pl.DataFrame(schema=schema)).schema == pl.Schema(DATE_SCHEMA)


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity"),
    [
        ("1至2月，出口12亿元，比去年同期增长8%。", "2022-01-01", "2022-02-28", "period"),
        ("上半年利润较上年同期增长。", "2022-01-01", "2022-06-30", "half_year"),
        ("一季度增长。比去年同期多。", "2022-01-01", "2022-12-31", "part_of_year"),
        ("2月5日记者获悉，产量比去年同期增长。", "2022-01-01", "2022-12-31", "part_of_year"),
    ],
)
def test_the_same_period_of_last_year_is_the_one_that_the_sentence_names(
    finder: DateFinder, text: str, start: str, end: str, granularity: str
) -> None:
    row = find(finder, text, ISSUE)[-1]
    assert (str(row["start_on"]), str(row["end_on"]), row["granularity"]) == (start, end, granularity)
    assert row["surface_text"] in ("去年", "上年")


def test_granularity_is_of_the_vocabulary(finder: DateFinder) -> None:
    text = "2023年,近三年,今天下午,本周,下周末,2月中旬,一季度,今年春天,90年代,21世纪,上半年,2月29日"
    text += ",公元前3年,近5天"
    assert {r["granularity"] for r in find(finder, text)} <= set(GRANULARITIES)
    assert {r["granularity"] for r in find(finder, text, ISSUE)} <= set(GRANULARITIES)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "年",
        "1月",
        "近",
        "-",
        "2023年",
        "上",
        "十",
        "1/",
        "“",
        "2月23日",
        "今天",
        "当天",
        "《",
        "《1月》",
    ],
)
def test_resolve_is_linear(finder: DateFinder, unit: str) -> None:
    started = process_time()
    finder.resolve(unit * (200_000 // len(unit)))
    assert process_time() - started < 15


@pytest.mark.parametrize(("line", "days"), EXPRESSIONS)
def test_find_reads_the_expressions_of_news(finder: DateFinder, line: str, days: str) -> None:
    marked = line[line.find("[") + 1 : line.find("]")]
    text = line.replace("[", "").replace("]", "")
    found = [
        (row["surface_text"], str(row["start_on"] or ".."), str(row["end_on"] or ".."))
        for row in find(finder, text, ISSUE)
    ]
    first, _, last = days.partition(" ")
    expected = [] if days == "none" else [(marked, first, last or first)]
    assert found == expected


def test_find_counts_forward_from_a_date_in_the_sentence_and_leaves_a_tale_open(finder: DateFinder) -> None:
    assert str(find(finder, "2018年8月签约，两年后投产。", ISSUE)[1]["start_on"]) == "2020-01-01"
    assert find(finder, "两年后，他离开了安城。", ISSUE)[0]["start_on"] is None


def test_the_other_articles_of_a_page_narrow_an_open_year(finder: DateFinder) -> None:
    texts = ["2月23日开幕。", "2019年11月25日,实验室揭牌;项目预计于2024年底投产。"]
    articles = pl.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "page_id": ["p", "p", "q"],
            "text": [*texts, texts[0]],
            "dateline_on": [None] * 3,
            "issue_on": [None] * 3,
        },
        schema_overrides={"dateline_on": pl.Date, "issue_on": pl.Date},
    )
    rows = finder.find(articles).rows(named=True)
    assert rows[0]["candidates"] == [f"{year}-02-23" for year in range(2020, 2025)]
    assert str(rows[0]["evidence"]).count("another article of the page (article_id b)") == 2
    assert rows[-1]["candidates"] == ["XXXX-02-23"]


def find_on_page(
    finder: DateFinder,
    texts: list[str],
    month_on: date | None = None,
    printed_day: tuple[int, int, int | None] | None = None,
) -> dict[str, tuple[str, str]]:
    articles = pl.DataFrame(
        {
            "article_id": [str(n) for n in range(len(texts))],
            "page_id": "p",
            "text": texts,
            "dateline_on": None,
            "issue_on": None,
            "month_on": month_on,
            "printed_day": [list(printed_day) if printed_day else None] * len(texts),
        },
        schema_overrides={
            "dateline_on": pl.Date,
            "issue_on": pl.Date,
            "month_on": pl.Date,
            "printed_day": pl.List(pl.Int64),
        },
    )
    rows = finder.find(articles).rows(named=True)
    return {str(row["surface_text"]): (str(row["start_on"]), str(row["end_on"])) for row in rows}


def test_the_month_that_a_page_prints_gives_its_dates_the_year(finder: DateFinder) -> None:
    text = "9月11日，代表团到访。今年3月签约，截至8月底有三家企业，上月投产，力争明年6月完工。昨天下雨。"
    assert find_on_page(finder, [text], date(2023, 9, 1)) == {
        "9月11日": ("2023-09-11", "2023-09-11"),
        "今年3月": ("2023-03-01", "2023-03-31"),
        "8月底": ("2023-08-31", "2023-08-31"),
        "上月": ("2023-08-01", "2023-08-31"),
        "明年6月": ("2024-06-01", "2024-06-30"),
        "昨天": ("None", "None"),
    }


def test_a_full_day_that_opens_a_report_dates_its_page(finder: DateFinder) -> None:
    texts = ["2022年8月25日，推介周闭幕。去年签约两家。", "7月5日，新桥通车，今年以来已有三座。上周下雨。"]
    assert find_on_page(finder, texts) == {
        "2022年8月25日": ("2022-08-25", "2022-08-25"),
        "去年": ("2021-01-01", "2021-12-31"),
        "7月5日": ("2022-07-05", "2022-07-05"),
        "今年以来": ("2022-01-01", "None"),
        "上周": ("None", "None"),
    }
    # A tale of old times that goes on into later years does not date the page.
    assert find_on_page(finder, [texts[0], "工厂2023年建成。今年扩建。"])["今年"] == ("None", "None")


def test_a_day_without_a_year_in_the_head_dates_its_page_where_one_year_fits(finder: DateFinder) -> None:
    texts = ["在2023年安城果业恳谈会上，客人签约。昨天下雨。", "17日，代表团到访，明年5月再来。"]
    found = find_on_page(finder, texts, printed_day=(6, 19, 1))
    assert found["昨天"] == ("2023-06-18", "2023-06-18")
    assert found["17日"] == ("2023-06-17", "2023-06-17")
    assert found["明年5月"] == ("2024-05-01", "2024-05-31")
    # No Tuesday in 2023: the year stands, the day does not.
    assert find_on_page(finder, texts, printed_day=(6, 19, 2))["昨天"] == ("None", "None")
    between = ["2024年前三季度，产值已增长8%。昨天下雨。", "新厂预计2025年底投产。"]
    assert find_on_page(finder, between, printed_day=(10, 18, 5))["昨天"] == ("2024-10-17", "2024-10-17")
    assert find_on_page(finder, between, printed_day=(10, 18, None))["昨天"] == ("None", "None")


def test_a_quarter_in_which_something_is_due_does_not_date_its_page(finder: DateFinder) -> None:
    found = find_on_page(finder, ["甲厂将造两艘船，2026年第三季度交付。", "5月27日，展会收官。去年亏损。"])
    assert found["5月27日"] == found["去年"] == ("None", "None")


@pytest.mark.parametrize(
    "text",
    ["安城发行2023年第三批债券。", "2023安城果业博览会在安城开幕。", "2023年安城果业恳谈会上，客商踊跃。"],
)
def test_what_is_counted_within_its_year_dates_its_page(finder: DateFinder, text: str) -> None:
    found = find_on_page(finder, [text, "11月16日，客人来访。今年7月签约。上个月下雨。"])
    assert found["11月16日"] == ("2023-11-16", "2023-11-16")
    assert found["今年7月"] == ("2023-07-01", "2023-07-31")
    assert found["上个月"] == ("None", "None")


def test_years_that_have_passed_since_end_the_year_of_an_event(finder: DateFinder) -> None:
    rows = find(finder, "2月23日开幕。协会2020年成为会员，近年来往来不断。项目预计2024年底投产。")
    assert rows[0]["candidates"] == [f"{year}-02-23" for year in range(2021, 2025)]


def test_the_year_of_a_thing_is_not_that_of_what_happens_to_it(finder: DateFinder) -> None:
    rows = find(finder, "双方2021年签订的合同于10月31日解除。去年4月拿地，6月动工。", date(2023, 11, 8))
    assert [str(row["start_on"]) for row in rows] == ["2021-01-01", "2023-10-31", "2022-04-01", "2022-06-01"]


def test_a_word_for_the_same_day_passes_over_years_and_months(finder: DateFinder) -> None:
    text = "10月18日开幕，2024年互办活动。19日，双方签约。同日，两校续约，截至今年9月底有十家企业。当天闭幕。"
    assert [str(row["start_on"]) for row in find(finder, text, date(2023, 10, 22))] == [
        "2023-10-18", "2024-01-01", "2023-10-19", "2023-10-19", "2023-09-30", "2023-10-19",
    ]  # fmt: skip


def test_a_bare_day_without_a_day_of_writing_has_the_month_before_it(finder: DateFinder) -> None:
    rows = find(finder, "10月18日开幕。两市商定互访。19日，双方签约。同日，两校续约。", None)
    assert [row["candidates"] for row in rows] == [["XXXX-10-18"], ["XXXX-10-19"], ["XXXX-10-19"]]
    assert str(find(finder, "2023年10月18日开幕。大家到会。19日闭幕。", None)[1]["start_on"]) == "2023-10-19"


@pytest.mark.parametrize(
    "text", ["建成后年产8万吨", "全部达产后年产值22亿元", "竣工后年加工3万头", "三年内完成"]
)
def test_a_yearly_rate_behind_an_event_is_no_year(finder: DateFinder, text: str) -> None:
    assert find(finder, text, date(2024, 5, 6)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("市长昨在会上说", ["昨"]), ("昨下午3时大桥合龙", ["昨下午3时"]), ("今是昨非，往事如昨。", [])],
)
def test_a_lone_word_for_yesterday_is_a_day(finder: DateFinder, text: str, found: list[str]) -> None:
    rows = find(finder, text, date(2024, 5, 6))
    assert [row["surface_text"] for row in rows] == found
    assert all(str(row["start_on"]) == "2024-05-05" for row in rows)


def test_a_festival_behind_a_title_is_a_person(finder: DateFinder) -> None:
    text = "副总经理国庆签字，记者谷雨报道。市长国庆期间走访，新桥国庆通车。"
    assert [str(row["surface_text"]) for row in find(finder, text, date(2024, 5, 6))] == ["国庆", "国庆"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("明年 国庆节前投产", "2025-09-30"),
        ("明年的国庆节前投产", "2025-09-30"),
        ("明年 “五一”前建成", "2025-04-30"),
        ("今年“双十一”前上线", "2024-11-10"),
        ("明年 上半年投产", "2025-06-30"),
        ("去年 前三季度增长", "2023-09-30"),
    ],
)
def test_a_stray_space_or_quotation_marks_do_not_part_a_year(finder: DateFinder, text: str, end: str) -> None:
    assert [str(row["end_on"]) for row in find(finder, text, date(2024, 5, 6))] == [end]


def test_within_the_year_is_the_year_of_writing(finder: DateFinder) -> None:
    row = find(finder, "预计年内挂牌，后年投产。", date(2022, 9, 7))
    assert [str(r["end_on"]) for r in row] == ["2022-12-31", "2024-12-31"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("具体办法等下半年定。", "2023-07-01", "2023-12-31"),
        ("下半年销量同比增长两成。", "2022-07-01", "2022-12-31"),
        ("工程年内开工。", "2023-04-21", "2023-12-31"),
        ("年内已有三家投产。", "2023-01-01", "2023-04-21"),
        ("大桥昨起封闭。", "2023-04-20", None),
        ("线路6月起加密。", "2023-06-01", None),
        ("即日起至5月1日报名。", "2023-04-21", "2023-05-01"),
        ("新馆五一前开放。", None, "2023-04-30"),
        ("年底前三条线投产。", None, "2023-12-31"),
        ("据媒体13日报道。", "2023-04-13", "2023-04-13"),
    ],
)
def test_find_reads_what_lies_ahead(
    finder: DateFinder, text: str, start: str | None, end: str | None
) -> None:
    (row,) = find(finder, text, date(2023, 4, 21))
    assert [str(row[key]) for key in ("start_on", "end_on")] == [str(start), str(end)]


@pytest.mark.parametrize(
    "text",
    [
        "比前一周上涨。",
        "提前12天完成。",
        "晚了将近四个月。",
        "灯要亮上三百天。",
        "居民王国庆说，好。",
        "一月一调度。",
        "老厂当年红火。",
        "公告编号：2019-04。",
    ],
)
def test_find_leaves_what_names_no_day(finder: DateFinder, text: str) -> None:
    assert find(finder, text, date(2023, 4, 21)) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("3月份指数为50，比上月下降。", "2023-02-01", "2023-02-28"),
        ("2021年产值9亿元，比上年增长。", "2020-01-01", "2020-12-31"),
        ("相比2008年，这次慢了，6月17日再谈。", "2023-06-17", "2023-06-17"),
    ],
)
def test_find_compares_with_what_is_told(finder: DateFinder, text: str, start: str, end: str) -> None:
    row = find(finder, text, date(2023, 4, 21))[-1]
    assert [str(row["start_on"]), str(row["end_on"])] == [start, end]


def test_find_without_a_day_of_writing_takes_the_year_of_a_full_day_beside(finder: DateFinder) -> None:
    rows = find(finder, "公司7月18日公告，2019年7月8日回购，11月8日再议。")
    assert [str(row["start_on"]) for row in rows] == ["2019-07-18", "2019-07-08", "2019-11-08"]
    assert rows[0]["is_inferred"]
    assert "10 days away" in str(rows[0]["evidence"])
    assert find(finder, "公司11月8日公告。2019年7月8日回购。")[0]["start_on"] is None


def test_find_compares_with_the_period_of_a_report(finder: DateFinder) -> None:
    rows = find(finder, "2020年上半年营收3亿元，上年同期为2亿元；净利1亿元，上年同期为零。")
    assert [str(row["start_on"]) for row in rows] == ["2020-01-01", "2019-01-01", "2019-01-01"]
    assert str(rows[-1]["end_on"]) == "2019-06-30"


def test_a_solar_term_in_a_name_is_no_day(finder):
    articles = pl.DataFrame(
        {"article_id": ["b", "a"], "text": ["谷雨时节，韦谷雨在会上发言。", "谷雨时节。"]},
    ).with_columns(dateline_on=pl.lit(ISSUE), issue_on=pl.lit(ISSUE))
    dates = finder.find(articles)
    assert len(dates) == 3
    mentions = pl.DataFrame(
        {
            "article_id": articles["article_id"][:1],
            "entity_type": ["person"],
            "parent_index": pl.Series([None], dtype=pl.UInt32),
            "start_char": pl.Series([5], dtype=pl.UInt32),
            "end_char": pl.Series([8], dtype=pl.UInt32),
        }
    )
    assert outside_names(dates, mentions)["start_char"].to_list() == [0, 0]
    of_body = mentions.with_columns(entity_type=pl.lit("organization"))
    assert outside_names(dates, of_body)["start_char"].to_list() == [0, 0]
    is_nested = of_body.with_columns(parent_index=pl.lit(0, dtype=pl.UInt32))
    assert len(outside_names(dates, is_nested)) == 3
    assert outside_names(dates, mentions.clear()).equals(dates)


def test_a_bare_day_that_lies_ahead_is_that_of_a_plan_or_of_last_month(finder: DateFinder) -> None:
    rows = find(finder, "8日，项目正式开工。23日将举行论坛。", date(2023, 6, 20))
    assert [str(row["start_on"]) for row in rows] == ["2023-06-08", "2023-06-23"]
    rows = find(finder, "8日，项目正式开工。", date(2023, 6, 1))
    assert [str(row["start_on"]) for row in rows] == ["2023-05-08"]


def test_a_bare_day_is_one_of_those_told_of(finder: DateFinder) -> None:
    rows = find(finder, "5月26日至28日，博览会举行。28日上午闭幕。", date(2023, 6, 30))
    assert [str(row["start_on"]) for row in rows] == ["2023-05-26", "2023-05-28"]


def test_a_month_is_a_part_of_the_period_told(finder: DateFinder) -> None:
    rows = find(finder, "2022年1-9月完成投资。前三季度出口4亿元，其中9月0.7亿元。", date(2023, 6, 1))
    assert str(rows[-1]["start_on"]).endswith("-09-01")
    assert rows[-1]["start_on"] <= rows[-2]["end_on"]


def test_parts_of_a_month_may_be_two_thirds_of_it(finder: DateFinder) -> None:
    rows = find(finder, "5月中下旬赴外考察，6月上中旬回访。", date(2023, 6, 30))
    assert [(str(r["start_on"]), str(r["end_on"])) for r in rows] == [
        ("2023-05-11", "2023-05-31"),
        ("2023-06-01", "2023-06-20"),
    ]


@pytest.mark.parametrize(
    ("text", "surface", "day"),
    [
        ("1999年他来到北岭，租下二十亩地。第二年一场台风，棚被刮倒。", "第二年", "2000-01-01"),
        ("2016年5月双方接触；第二年3月，研究院挂牌。", "第二年3月", "2017-03-01"),
        ("公司2016年进入越南，转年又在泰国设厂。", "转年", "2017-01-01"),
        ("2019年引进的项目当年的产值就过了亿元。", "当年", "2019-01-01"),
        ("展览昨日开幕。品鉴周在这里启幕，带来了152款白茶，展期到29日。", "29日", "2023-06-29"),
        ("交流会19日举行，订货会将于27日召开。当天，双方签署了协议。", "当天", "2023-06-19"),
        ("签约会19日举行，项目定于明年3月1日动工。当天，首批清单也已交换。", "当天", "2023-06-19"),
        ("大桥将于7月1日通车，当天将举行仪式。", "当天", "2023-07-01"),
    ],
)
def test_a_date_that_points_at_another_is_of_what_has_happened(
    finder: DateFinder, text: str, surface: str, day: str
) -> None:
    rows = find(finder, text, date(2023, 6, 20))
    assert [str(row["start_on"]) for row in rows if row["surface_text"] == surface] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "2021年的办法规定，第一年给五成，第二年给三成。",
        "展会连续第二年在北岭举办。",
        "今年是两地结对的第二年。",
        "路是1998年修的，当年的头一家企业早已搬走。",
        "2003年他在这里打工，当年的小厂如今成了集团。",
    ],
)
def test_a_year_of_a_series_or_of_old_days_is_no_date(finder: DateFinder, text: str) -> None:
    surfaces = {row["surface_text"] for row in find(finder, text, date(2023, 6, 20))}
    assert surfaces <= {"2021年", "1998年", "2003年", "今年"}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        # What is planned for a festival is not of the one that is over; what was done by it is.
        ("春节前，全市将有3条道路建成通车。", "2024-02-09"),
        ("春节前，村里来了客人。", "2023-01-21"),
        # A quarter in which something is to be ready lies ahead, one of figures behind.
        ("一季度开工，三季度投产。", "2023-09-30"),
        ("四季度增长6%。", "2022-12-31"),
    ],
)
def test_what_is_to_be_ready_lies_ahead(finder: DateFinder, text: str, end: str) -> None:
    assert str(find(finder, text, date(2023, 5, 20))[-1]["end_on"]) == end


@pytest.mark.parametrize("text", ["高考前一周，学校停课。", "节前一周，客流明显上升。"])
def test_a_week_before_an_event_does_not_count_from_the_day_of_writing(finder: DateFinder, text: str) -> None:
    assert find(finder, text, ISSUE) == []
