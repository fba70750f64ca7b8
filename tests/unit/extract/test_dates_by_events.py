"""The year of what a page reports, where neither its head nor a dateline tells one."""

import pytest

from tests.unit.extract.test_dates import find_on_page, finder
from transforms.extract.dates.finder import DateFinder

__all__ = ["finder"]
SUMMER = "7月16日，客人来访。今年6月签约。"
OPEN = ("None", "None")


@pytest.mark.parametrize(
    "text",
    [
        "2022川港康养产业合作周在安城启幕。",
        "“2022中国·安城脐橙节”在安城开幕。",
        "2022安城国际车展落幕。",
        "2022年安城市春季重大项目集中开工活动昨天举行。",
        "市委书记宣布：“安城市2022年二季度重大项目集中开工！”",
        "2022安城·首尔经贸合作交流会昨日落下帷幕。",
        "2022年安城市荔枝文化旅游节拉开帷幕。",
        "作为2022中国安城投资贸易洽谈会的重头戏，签约仪式昨天举行。",
        "合作社2022年优质稻订单签约仪式在镇政府举行。",
    ],
)
def test_what_is_held_in_the_year_of_its_name_dates_its_page(finder: DateFinder, text: str) -> None:
    found = find_on_page(finder, [text, SUMMER])
    assert found["7月16日"] == ("2022-07-16", "2022-07-16")
    assert found["今年6月"] == ("2022-06-01", "2022-06-30")


@pytest.mark.parametrize(
    "text",
    [
        "2019年他第一次参加广交会，当场签约两单。",
        "早在2019年安城博览会上，双方就已签约。",
        "在2019年安城博览会上签约的项目，今天投产。",
        "2032安城国际博览会招展工作启动。",
        "2032安城马拉松报名启动。",
        "协会2019年成立理事会，昨天召开会议。",
        "2019年春节期间，工厂启动。",
        "2018年某县商会启动招商。",
        "12月20日，2032年玉米购销合同签约仪式举行。",
        "1月5日，记者从商务局获悉，2032年安城消费季收官。",
        "会上，两地签署《2032年安川协作框架协议》。",
    ],
)
def test_a_year_of_another_time_does_not_date_a_page(finder: DateFinder, text: str) -> None:
    found = find_on_page(finder, [text, SUMMER])
    assert found["7月16日"] == found["今年6月"] == OPEN


def test_the_day_with_which_the_report_of_an_event_opens_tells_the_weeks(finder: DateFinder) -> None:
    text = "1月9日，合作社2024年优质稻订单签约仪式举行。去年11月谈妥，12月20日挂牌。上月下雪，昨天放晴。"
    assert find_on_page(finder, [text]) == {
        "1月9日": ("2024-01-09", "2024-01-09"),
        "2024年": ("2024-01-01", "2024-12-31"),
        "去年11月": ("2023-11-01", "2023-11-30"),
        "12月20日": ("2023-12-20", "2023-12-20"),
        "上月": ("2023-12-01", "2023-12-31"),
        "昨天": OPEN,
    }


def test_a_weekday_in_the_head_tells_which_year_between_two_others(finder: DateFinder) -> None:
    texts = ["早在2019年，集团就收购一家工厂。新厂计划明年4月动工、2025年10月投产。", "12月4日，双方签约。"]
    found = find_on_page(finder, texts, printed_day=(12, 6, 3))
    assert found["12月4日"] == ("2023-12-04", "2023-12-04")
    assert found["明年4月"] == ("2024-04-01", "2024-04-30")
    assert find_on_page(finder, texts, printed_day=(12, 6, None))["12月4日"] == OPEN
