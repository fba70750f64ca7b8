"""When, where, how and by whom: what is tied to a deal beside its parties."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.dates import DateFinder
from transforms.extract.deals import DealFinder
from transforms.extract.quantities import QuantityFinder

LOOKUPS = load_lookups()
DEALS, DATES, AMOUNTS = DealFinder(LOOKUPS), DateFinder(LOOKUPS), QuantityFinder(LOOKUPS)
MARKS = {
    **dict.fromkeys(["北岭大学", "云岭集团", "海棠科技有限公司", "青川市政府"], "organization"),
    **dict.fromkeys(["云港新区", "松岩路", "青川市"], "place"),
    **dict.fromkeys(["丁一凡", "苏晓棠", "叶向东"], "person"),
}  # fmt: skip


def read(text: str, issue_on: date | None = date(2031, 5, 20)) -> list[dict[str, Any]]:
    articles, sentences, mentions = frames(text, MARKS)
    articles = articles.with_columns(dateline_on=pl.lit(None, pl.Date), issue_on=pl.lit(issue_on, pl.Date))
    dates = DATES.find(articles)
    quantities = AMOUNTS.find(articles).with_row_index("quantity_index")
    deals, parties, links = DEALS.find(articles, sentences, mentions, dates=dates, quantities=quantities)
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    amounts = dict(quantities.select("quantity_index", "surface_text").iter_rows())
    return [
        deal
        | {
            "place": names.get(deal["place_mention_index"]),
            "signed_by": {
                party["surface_text"]: names.get(party["signatory_mention_index"])
                for party in parties.filter(pl.col("deal_index") == deal["deal_index"]).to_dicts()
            },
            "amounts": [amounts[q] for q, d in links.iter_rows() if d == deal["deal_index"]],
        }
        for deal in deals.to_dicts()
    ]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("海棠科技有限公司投资3亿元的电池壳项目开工，明年6月投产。", date(2032, 6, 30)),
        ("海棠科技有限公司投资3亿元的电池壳项目开工。项目占地90亩，2032年底前建成。", date(2032, 12, 31)),
        ("海棠科技有限公司电池壳项目封顶，原定今年9月投产，现推迟至明年3月。", date(2032, 3, 31)),
        ("海棠科技有限公司投资3亿元的电池壳项目已于今年3月投产。", None),
        ("北岭大学与云岭集团签订采购合同，全部设备明年8月前交付。", date(2032, 8, 31)),
    ],
)
def test_find_reads_the_day_by_which_a_deal_is_due(text: str, due: date | None) -> None:
    assert read(text)[0]["expected_on"] == due


def test_find_takes_the_day_that_opens_the_sentence_before_an_item() -> None:
    text = (
        "5月10日至12日，代表团来访。\n11日上午，双方签订两份协议：北岭大学与云岭集团签订育种合作协议；"
        "青川市政府与海棠科技有限公司签订陶瓷产业园投资协议。"
    )
    assert [deal["dated_on"] for deal in read(text)] == [date(2031, 5, 11), date(2031, 5, 11)]


@pytest.mark.parametrize(
    ("text", "signed_by"),
    [
        (
            "北岭大学与云岭集团签署战略合作协议。北岭大学副校长丁一凡与云岭集团总经理苏晓棠分别代表双方签字。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与云岭集团签署战略合作协议。云岭集团总经理苏晓棠、北岭大学副校长丁一凡在协议上签字。",
            {"北岭大学": "丁一凡", "云岭集团": "苏晓棠"},
        ),
        (
            "北岭大学与云岭集团签署战略合作协议。青川市副市长叶向东见证签约。",
            {"北岭大学": None, "云岭集团": None},
        ),
    ],
)
def test_find_tells_who_signed_for_which_side(text: str, signed_by: dict[str, str | None]) -> None:
    assert read(text)[0]["signed_by"] == signed_by


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("北岭大学与云岭集团线上签订合作协议。", "online"),
        ("推介会以视频连线方式举行。会上，北岭大学与云岭集团签订合作协议。", "online"),
        ("推介会昨日举行。会上，北岭大学与云岭集团签订合作协议。", "on_site"),
        ("北岭大学与云岭集团签订合作协议。", None),
        ("此前，北岭大学在一次座谈会上与云岭集团签订合作协议。", None),
    ],
)
def test_find_reads_how_people_met(text: str, mode: str | None) -> None:
    assert read(text)[0]["mode"] == mode


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("海棠科技有限公司投资3亿元在云港新区建设电池壳项目。", "云港新区"),
        ("位于松岩路的海棠科技有限公司电池壳项目开工。", "松岩路"),
        ("北岭大学与云岭集团在青川市签约，双方将在云港新区共建蚕桑实验室。", "云港新区"),
    ],
)
def test_find_reads_where_it_is(text: str, place: str) -> None:
    assert place in [deal["place"] for deal in read(text)]


def test_find_ties_money_of_sentences_about_a_deal_and_leaves_that_of_books() -> None:
    text = "北岭大学与云岭集团签署战略合作协议。根据协议，云岭集团投入6000万元。云岭集团去年营业收入90亿元。"
    assert read(text)[0]["amounts"] == ["6000万元"]


def test_find_reads_a_list_under_a_line_of_its_own() -> None:
    text = (
        "5月18日，推介会在青川市举行，现场签约3个项目。\n签约项目一览\n"
        "◆云港新区 电池壳生产项目，投资方海棠科技有限公司，总投资5亿元\n"
        "◆青川市 育种产业园二期项目，由云岭集团投资建设，总投资3亿元"
    )
    deals = read(text)
    assert [(d["title"], d["stage"], d["dated_on"], [*d["signed_by"]]) for d in deals] == [
        ("电池壳生产项目", "signed", date(2031, 5, 18), ["海棠科技有限公司", "云港新区"]),
        ("育种产业园二期项目", "signed", date(2031, 5, 18), ["云岭集团", "青川市"]),
    ]


def test_find_keeps_a_day_that_was_expected_and_has_passed() -> None:
    text = "海棠科技有限公司投资3亿元的电池壳项目开工，预计于2030年底投产。"
    assert read(text)[0]["expected_on"] == date(2030, 12, 31)
