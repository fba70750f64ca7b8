"""On which day of what an article reports a deal was done."""

from datetime import date

import pytest

from tests.unit.extract.test_deals_attributes import read

SIGNED = "云岭集团与海棠科技有限公司签订采购合同。"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # A fair that closes lasted so many days.
        (f"昨天，为期三天的第五届茶博会落下帷幕。现场签约项目22个。\n{SIGNED}", 17, 19),
        (f"“订到明年。”昨日傍晚，客商说。为期四天的花博会就此落幕。\n会上签约十单。{SIGNED}", 16, 19),
        # The day of the opening is not that of the papers.
        (f"5月16日开幕的数字经济大会昨天上午举行项目签约仪式。\n{SIGNED}", 19, 19),
        (f"昨天开幕的产业对话会今天上午进入项目签约环节。\n{SIGNED}", 20, 20),
        # Of a visit the day that is told last.
        (f"5月16日至18日，代表团赴青川市考察。\n17日下午，两市召开联席会议。\n会上，{SIGNED}", 17, 17),
        (f"5月16日至18日，代表团一行到青川市考察。\n17日，青川市。客人看港口。\n会后，{SIGNED}", 17, 17),
        (f"5月16日至18日，茶博会在青川市举行。会上签约。\n展会期间，{SIGNED}", 16, 18),
    ],
)
def test_find_gives_the_day_of_the_event(text: str, first: int, last: int) -> None:
    deal = read(text)[-1]
    assert (deal["dated_on"], deal["dated_end_on"]) == (date(2031, 5, first), date(2031, 5, last))
    assert deal["dated_by"] == "event"


def test_find_gives_the_day_of_a_signing_to_what_its_paragraph_goes_on_to_tell() -> None:
    text = (
        "5月18日晚，客商大会在青川市举行。\n会上，云岭集团与北岭大学签订协议；"
        "北岭银行同海棠科技有限公司达成10亿元授信协议。"
    )
    assert [deal["dated_on"] for deal in read(text)] == [date(2031, 5, 18)] * 2


def test_find_takes_the_evening_told_before_for_the_same_day() -> None:
    text = "5月18日晚，云岭集团发布公告。\n同日，北岭大学与海棠科技有限公司签订合作协议。"
    assert read(text)[-1]["dated_on"] == date(2031, 5, 18)


@pytest.mark.parametrize(
    "text",
    [
        f"5月18日，记者从市商务局获悉，两市合作又有进展。{SIGNED}",
        f"5月18日消息，第六届农博会闭幕。会上签约项目16个。{SIGNED}",
        f"5月18日，客商大会在青川市举行。\n日前，{SIGNED}",
        f"5月18日，客商大会在青川市举行。\n2019年，{SIGNED}",
    ],
)
def test_the_day_of_a_report_is_not_that_of_what_it_tells(text: str) -> None:
    assert read(text)[-1]["dated_on"] != date(2031, 5, 18)


def test_a_meeting_from_which_a_reporter_knows_has_its_day() -> None:
    text = (
        f"记者从昨天在青川市召开的恳谈会上获悉，{SIGNED}会上共达成合作事项9个。北岭大学与北岭银行签订协议。"
    )
    assert [deal["dated_on"] for deal in read(text)][-1] == date(2031, 5, 19)


def test_find_reads_the_short_word_for_yesterday() -> None:
    assert read("云岭集团昨与海棠科技有限公司签订采购合同。")[0]["dated_on"] == date(2031, 5, 19)
