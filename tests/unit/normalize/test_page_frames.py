"""Folios, columns, headlines over printed lines and signatures as other papers print them."""

from datetime import date

import pytest

from tests.normalizing import as_frames

BODY = "东江市昨日召开现场会，部署今年的春耕生产工作。会议要求各地抓紧备耕，落实责任。\n"


@pytest.mark.parametrize(
    ("folio", "publication", "issue_on", "label"),
    [
        ("C03 市场 海原周报 二〇二三年十一月二十日", "海原周报", date(2023, 11, 20), "C03"),
        ("海原日报 8月3日 文化新闻 6", "海原日报", None, "6"),
        ("海 原 晚 报\n2024年1月5日 星期五 第03版", "海原晚报", date(2024, 1, 5), "03"),
    ],
)
def test_folio_line_tells_paper_day_and_page(
    folio: str, publication: str, issue_on: date | None, label: str
) -> None:
    frames = as_frames(f"{folio}\n\n责编 李明\n\n春耕现场会召开\n\n{BODY}")
    assert frames["pages_meta"].rows()[0][2:] == (publication, issue_on, label)
    assert frames["articles"]["headline"].to_list() == ["春耕现场会召开"]
    assert frames["articles"]["kicker"].to_list() == [None]


def test_folio_over_lines_takes_the_number_that_fits_the_weekday() -> None:
    page = f"2023年5月\n17\n星期三    09\n\n责编/李明\n\n春耕现场会召开\n\n{BODY}"
    assert as_frames(page)["pages_meta"].rows()[0][3:] == (date(2023, 5, 17), "09")
    page = page.replace("星期三", "星期四")
    assert as_frames(page)["pages_meta"]["issue_on"][0] is None


def test_column_name_on_the_first_line_is_no_head() -> None:
    article = as_frames(f"东江视点\n\n一条河的“新生”\n\n东江治理二期工程在海原县开工\n\n{BODY}")["articles"]
    assert article.select("kicker", "headline", "subtitle").rows() == [
        (None, "一条河的“新生”", "东江治理二期工程在海原县开工")
    ]


def test_column_name_with_a_dot_is_the_kicker_of_two_heads() -> None:
    article = as_frames(f"开门见山·乡村振兴观察\n\n海原县花落全国样板\n\n三年投入12亿元 建成路网\n\n{BODY}")[
        "articles"
    ]
    assert article.select("kicker", "headline", "subtitle").rows() == [
        ("开门见山·乡村振兴观察", "海原县花落全国样板", "三年投入12亿元 建成路网")
    ]


def test_headline_goes_on_in_the_next_printed_line() -> None:
    page = f"东江与海原：一座图书\n馆的二十年\n\n——东江图书馆建馆\n纪实\n\n本报记者 李明\n\n{BODY}"
    frames = as_frames(page)
    assert frames["articles"].select("kicker", "headline", "subtitle").rows() == [
        (None, "东江与海原：一座图书馆的二十年", "——东江图书馆建馆纪实")
    ]
    assert frames["credits"]["name"].to_list() == ["李明"]


def test_speaker_below_a_label_is_the_kicker() -> None:
    article = as_frames(f"访谈\n\n海原县副县长李明：\n\n办好“小事” 就是办成大事\n\n{BODY}")["articles"]
    assert article.select("kicker", "headline").rows() == [("海原县副县长李明：", "办好“小事” 就是办成大事")]


def test_brief_ends_its_head_before_the_dateline() -> None:
    page = f"简讯\n\n●海原公交线路开通 本报讯 昨日，线路开通，全程二十公里。\n●东江夜校开班 本报讯 {BODY}"
    assert as_frames(page)["articles"]["headline"].to_list() == ["海原公交线路开通", "东江夜校开班"]


def test_space_of_a_headline_is_no_wrap() -> None:
    lines = (
        "海原县今年计划新建公路三十 公里，改造老旧小区十二个， 惠及群众两万余人，全部工程 将在年底前完成。"
    )
    page = f"海原果业拟控股东江冷链 双方尚未签署正式协议\n\n{lines}\n\n{lines}\n"
    frames = as_frames(page)
    assert frames["articles"]["headline"].to_list() == ["海原果业拟控股东江冷链 双方尚未签署正式协议"]
    assert " " not in frames["articles"]["text"][0]


def test_stray_spaces_before_the_end_of_a_sentence_go() -> None:
    said = "李明说：“我们把果子卖到了非 洲。” “下一步还要卖到更 远的地方。”"
    page = f"春耕现场会召开\n\n东江市昨 日召开现场会，县长李明出席启动 仪式。{said}\n"
    text = as_frames(page)["articles"]["text"][0]
    assert "启动仪式。" in text
    assert "非洲。" in text


def test_name_in_brackets_behind_the_text_signs_it() -> None:
    credits = as_frames(
        f"春耕现场会召开\n\n{BODY.strip()} （李小明）\n\n夜校开班\n\n{BODY.strip()}（全文完）\n"
    )["credits"]
    assert credits.select("role", "name").rows() == [("作者", "李小明")]


def test_photographer_behind_a_slash_makes_a_caption() -> None:
    frames = as_frames(f"春耕现场会召开\n\n{BODY}\n农民在田间插秧。 图/李小明\n\n{BODY}")
    assert frames["credits"].select("role", "name").rows() == [("图", "李小明")]
    assert frames["blocks"].filter(block_type="caption").height == 1
