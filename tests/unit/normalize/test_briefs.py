"""Rows of short news, each piece of which is an article."""

import pytest

from tests.normalizing import as_frames

REPORT = "本报讯（记者 许诺）3月17日，全市项目推进会召开，林向东出席。"
ROAD = "东江大桥今日零时通车，市民可以通行。"
RAIN = "市气象台预计，周六全市有中雨，局部大雨。"


def rows(raw: str) -> list[tuple[str | None, str | None]]:
    return as_frames(raw)["articles"].select("kicker", "headline").rows()


@pytest.mark.parametrize("head", ["县区简讯", "●简明新闻", "◎速递", "短讯两则（摘登）"])
def test_short_news_without_marks_are_pieces(head: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n{head}\n\n{ROAD}（苏青）\n\n{RAIN}"
    name = head.lstrip("●◎")
    assert rows(raw)[1:] == [(None, name), (name, None)]


def test_a_sentence_that_refers_to_a_piece_of_short_news_belongs_to_it() -> None:
    raw = f"简讯\n{ROAD}\n该桥全长九百米，工期两年。\n{RAIN}"
    assert [t.count("\n") for t in as_frames(raw)["articles"]["text"]] == [1, 0]


@pytest.mark.parametrize("head", ["连线各镇", "●多彩云溪", "□方家村里"])
def test_sentences_behind_names_of_places_stand_below_a_head_of_short_news(head: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n{head}\n\n东江　{ROAD}\n\n云溪　{RAIN}"
    name = head.lstrip("●□")
    assert rows(raw)[1:] == [(None, name), (name, None)]


def test_an_author_below_a_head_stays_one() -> None:
    frames = as_frames(f"两地新事\n□方家村\n东江　{ROAD}\n云溪　{RAIN}")
    assert frames["articles"].select("headline", "byline").rows() == [("两地新事", "□方家村")]


def test_marked_heads_before_a_wide_space_are_the_headlines() -> None:
    raw = f"一周短波\n\n●东江大桥今通车\u3000{ROAD}\n\n●周末要下大雨\u3000{RAIN}"
    assert rows(raw) == [("一周短波", "东江大桥今通车"), ("一周短波", "周末要下大雨")]


def test_a_label_with_its_colon_is_a_headline() -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n更正：本报昨日二版《新船坞》一文中，吨位应为三千吨。"
    assert rows(raw)[1:] == [(None, "更正")]


@pytest.mark.parametrize("head", ["企业动态", "园区动态", "工程动态", "公告速递", "上市公司动态", "区内拾零"])
def test_heads_of_their_own_stand_in_the_lines_of_a_row(head: str) -> None:
    raw = (
        f"把项目建设抓紧抓实\n{REPORT}\n\n{head}\n\n"
        "云溪轴承“牵手”高校，三年攻下一道难关  3月6日，双方签约。\n"
        "东江泵业中标引水工程  又讯 记者从东江泵业获悉，首批水泵上月发货。\n"
        "两校共建基地揭牌  3月10日，两校共建的基地揭牌。"
    )
    assert rows(raw)[1:] == [
        (head, "云溪轴承“牵手”高校，三年攻下一道难关"),
        (head, "东江泵业中标引水工程"),
        (head, "两校共建基地揭牌"),
    ]


def test_a_stray_space_in_the_head_of_a_piece_cuts_nothing() -> None:
    raw = (
        f"把项目建设抓紧抓实\n{REPORT}\n\n企业动态\n\n"
        "■云溪矿研 院东江分院成立 云溪集团的东江分院15日成立，首批人员入驻。\n\n"
        "■东江商业银行获批发行二级资本债 经批复，东江商业银行获准发行二级资本债券。"
    )
    assert [name for _, name in rows(raw)[1:]] == [
        "云溪矿研 院东江分院成立",
        "东江商业银行获批发行二级资本债",
    ]


def test_the_name_of_a_row_inside_a_page_is_no_paper() -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n都市快报\n\n●{ROAD}\n●{RAIN}"
    assert rows(raw)[1:] == [(None, "都市快报"), ("都市快报", None)]


def test_the_name_of_a_row_is_the_kicker_of_heads_that_no_empty_line_parts() -> None:
    row = f"开发区速递\n东江：旧厂房“腾笼换鸟”\n{ROAD}\n云溪：推进果汁厂技改\n{RAIN}"
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n{row}\n\n夜市里的烟火气\n{REPORT}"
    assert rows(raw)[1:] == [
        ("开发区速递", "东江：旧厂房“腾笼换鸟”"),
        ("开发区速递", "云溪：推进果汁厂技改"),
        (None, "夜市里的烟火气"),
    ]


@pytest.mark.parametrize(
    ("notice", "is_news"),
    [
        ("东江区供热改造工程招标人确定，中标人为云溪暖通公司，中标价5637万元。", True),
        ("云溪集团拟将所持海原药业22%股权公开挂牌，意向受让方请与产权交易所联系。", True),
        ("因施工单位未进场，区住建局解除施工合同，工程将重新组织招标。", True),
        ("云溪商贸有限公司公章一枚遗失，声明作废。", False),
        ("云溪商贸有限公司经股东会决议拟注销登记，请债权人45日内申报债权。", False),
    ],
)
def test_a_notice_is_news_unless_it_is_classified(notice: str, is_news: bool) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n公　告\n\n{notice}"
    assert ((None, "公 告") in rows(raw)) is is_news


@pytest.mark.parametrize("name", ["图片新闻\n", "【图片新闻】"])
def test_a_photograph_with_its_story_is_an_article(name: str) -> None:
    frames = as_frames(f"把项目建设抓紧抓实\n{REPORT}\n\n{name}日前，区运动会开幕，一千名选手参加。 苏青 摄")
    assert [head for _, head in frames["articles"].select("kicker", "headline").rows()][1:] in (
        ["图片新闻"],
        ["【图片新闻】"],
    )
    assert frames["credits"]["name"].to_list() == ["许诺", "苏青"]


def test_the_weather_behind_its_label_is_a_piece() -> None:
    assert rows(f"把项目建设抓紧抓实\n{REPORT}\n\n天气 今日阴有小雨，4℃至8℃。")[1:] == [(None, "天气")]


@pytest.mark.parametrize("label", ["{}：", "【{}】", "{} "])
@pytest.mark.parametrize("places", [("东江云溪", "海原"), ("东江", "长三角")])
def test_sentences_behind_labelled_places_are_pieces(label: str, places: tuple[str, str]) -> None:
    one, other = (label.format(place) for place in places)
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n他山之石\n\n{one}{ROAD}\n\n{other}{RAIN}"
    assert rows(raw)[1:] == [(None, "他山之石"), ("他山之石", None)]
    assert len(rows(f"{raw}\n\n{label.format('南湾')}在上月召开的会上，两家企业把新品种转给了")) == 4


def test_who_asks_and_answers_below_a_short_head_are_no_places() -> None:
    asked = "记者：市里今年怎样建大桥、何时通车？\n\n林向东：我们把工期压缩到两年，今年国庆前通车。"
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n现场问答\n\n{asked}"
    assert len(rows(raw)) < 3


@pytest.mark.parametrize("rain", [RAIN, RAIN[:-4]])
def test_the_last_of_marked_pieces_may_have_lost_its_end(rain: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n东 江 合 作 周 花 絮\n\n■{ROAD}\n\n■{rain}\n\n编辑 许诺"
    assert rows(raw)[1:] == [(None, "东江合作周花絮"), ("东江合作周花絮", None)]


@pytest.mark.parametrize("lead", ["▶本报东江电\u3000", "●本报云溪3月3日讯\u3000"])
def test_the_dateline_of_a_piece_is_no_headline(lead: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n\n海外连线\n\n{lead}{ROAD}\n\n{lead}{RAIN}"
    assert rows(raw)[1:] == [(None, "海外连线"), ("海外连线", None)]


def test_a_kicker_between_marks_loses_both() -> None:
    assert rows(f"◆ 对外合作 ◆\n\n把项目建设抓紧抓实\n\n{REPORT}")[0] == ("对外合作", "把项目建设抓紧抓实")


def test_labels_behind_marks_are_parted_from_their_texts_below_any_head() -> None:
    raw = (
        f"把项目建设抓紧抓实\n{REPORT}\n\n州内新事\n▲东江 青石镇的码头昨日通航，市民可以通行。\n"
        f"▲云溪 石英产业园的尾矿库竣工。\n▲海门 县里新修了一座桥，今日通车。"
    )
    text = "\n".join(as_frames(raw)["articles"]["text"])
    assert "东江青石镇" not in text
    assert "云溪石英" not in text
