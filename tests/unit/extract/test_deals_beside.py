"""Due days of works that one article of a page names and another tells more of."""

from datetime import date

import polars as pl
import pytest

from tests.unit.extract.spans import frames
from tests.unit.extract.test_deals_attributes import DATES, DEALS

SIGNED = "会上，海棠科技有限公司与青川市政府签约，投资19亿元建设年产600万条轮胎项目。"
MARKS = dict.fromkeys(["海棠科技有限公司", "海棠科技", "青川市政府", "云岭集团"], "organization")


def due_days(*texts: str) -> list[date | None]:
    """The due days of the deals of the first of several articles of a page."""
    told = [frames(text, MARKS) for text in texts]
    articles, sentences, mentions = (
        pl.concat(frame.with_columns(article_id=pl.lit(str(n))) for n, frame in enumerate(kind))
        for kind in zip(*told, strict=True)
    )
    articles = articles.with_columns(
        page_id=pl.lit("p"), dateline_on=pl.lit(None, pl.Date), issue_on=pl.lit(date(2031, 5, 20))
    )
    mentions = mentions.drop("mention_index").with_row_index("mention_index")
    deals = DEALS.find(articles, sentences, mentions, dates=DATES.find(articles))[0]
    return deals.filter(pl.col("article_id") == "0")["expected_on"].to_list()


@pytest.mark.parametrize(
    "beside",
    [
        "海棠科技总裁说，轮胎项目计划明年4月动工、2033年10月下线第一条胎。",
        "谈到海棠科技的打算，他说，轮胎项目明年动工。力争2033年10月建成投产。",
        "总裁说，此次签约的年产600万条轮胎项目占地300亩，2033年10月投产。",
    ],
)
def test_works_have_the_due_day_of_the_interview(beside: str) -> None:
    assert due_days(SIGNED, beside) == [date(2033, 10, 31)]


@pytest.mark.parametrize(
    "beside",
    [
        # Nobody says whose works they are.
        "总裁说，轮胎项目计划2033年10月投产。",
        # Those of another firm.
        "海棠科技有个邻居。云岭集团投资3亿元的越野轮胎项目计划2033年10月投产。",
        # What shall only begin is not due.
        "海棠科技总裁说，轮胎项目计划2033年10月动工。",
        # Other works.
        "海棠科技总裁说，橡胶园计划2033年10月建成。",
    ],
)
def test_works_do_not_have_the_day_of_others(beside: str) -> None:
    assert due_days(SIGNED, beside) == [None]


def test_works_known_by_the_same_words_have_no_day_from_beside() -> None:
    both = SIGNED + "云岭集团与青川市政府签约，投资2亿元建设越野轮胎项目。"
    assert due_days(both, "海棠科技总裁说，轮胎项目2033年10月投产。") == [None, None]
