"""Lines that look like heads and are none: labels, questions, asides, rests of sentences."""

import pytest

from tests.normalizing import NORMALIZER, as_frames

REPORT = "本报讯（记者 许诺）3月17日，全市项目推进会召开，林向东出席。"
STORY = f"把项目建设抓紧抓实\n\n{REPORT}\n\n"


def heads(raw: str) -> list[tuple[str | None, str | None]]:
    return as_frames(raw)["articles"].select("kicker", "headline").rows()


def texts(raw: str) -> list[str]:
    return as_frames(raw)["articles"]["text"].to_list()


@pytest.mark.parametrize("labels", [("平川", "石桥"), ("海原县", "东江新区"), ("开 工", "获奖")])
def test_a_word_before_a_piece_of_short_news_is_no_headline(labels: tuple[str, str]) -> None:
    bridge, school = "3月15日，大桥通车。桥长两公里。", "全市夜校开班，首批学员六百名。"
    raw = f"{STORY}短波\n●{labels[0]}　{bridge}\n●{labels[1]}　{school}"
    assert heads(raw)[1:] == [(None, "短波"), ("短波", None)]
    assert texts(raw)[1] == f"●{labels[0]}\n{bridge}"


def test_a_clause_before_a_piece_of_short_news_is_its_headline() -> None:
    raw = f"{STORY}短波\n●平川大桥通车　桥长两公里，昨日开放。\n●石桥夜校开班　首批学员六百名，学期半年。"
    assert heads(raw)[1:] == [("短波", "平川大桥通车"), ("短波", "石桥夜校开班")]


@pytest.mark.parametrize(
    ("label", "kicker"),
    [
        ("访 谈", "海原县副县长李明："),
        ("对话嘉宾", "东江商会会长何秀："),
        ("专访商会会长", "东江商会会长何秀："),
        ("■ 城市会客厅", "东江轴承博览会昨天收官——"),
    ],
)
def test_the_name_of_a_column_is_no_part_of_the_kicker_below_it(label: str, kicker: str) -> None:
    assert heads(f"{label}\n\n{kicker}\n\n邻居之间要常来常往\n\n{REPORT}") == [(kicker, "邻居之间要常来常往")]


def test_a_dash_introduces_the_headline() -> None:
    assert heads(f"在海原兰花小镇——\n一盆花的两岸缘分\n\n{REPORT}") == [
        ("在海原兰花小镇——", "一盆花的两岸缘分")
    ]


@pytest.mark.parametrize(
    ("line", "kicker", "headline"),
    [
        ("对话　　“没有那间实验室，就没有我们”", "对话", "“没有那间实验室，就没有我们”"),
        ("记者手记　让签下的字落在工地上", "记者手记", "让签下的字落在工地上"),
        ("对话院长　　“病人要的是明白话”", "对话院长", "“病人要的是明白话”"),
    ],
)
def test_a_kind_of_piece_on_the_line_of_its_headline(line: str, kicker: str, headline: str) -> None:
    assert heads(f"{line}\n\n{REPORT}") == [(kicker, headline)]


@pytest.mark.parametrize("note", ["记者手记", "招商新观察", "侧记"])
def test_a_kind_of_piece_below_a_short_headline_is_the_subtitle(note: str) -> None:
    article = as_frames(f"一场饭局之后\n{note}\n\n{REPORT}")["articles"]
    assert article.select("headline", "subtitle").rows() == [("一场饭局之后", note)]


@pytest.mark.parametrize("name", ["链接", "相关链接", "【新闻链接】", "■新闻背景", "·名词解释·"])
def test_facts_beside_a_story_are_a_piece_of_their_own(name: str) -> None:
    raw = f"{STORY}{name}\n\n海原职教城位于海原区北部，已入驻院校5所，在校生四万人。"
    assert [text[:5] for text in texts(raw)] == ["本报讯（记", "海原职教城"]
    assert any(heads(raw)[1])


def test_facts_with_a_head_of_their_own_have_that() -> None:
    raw = f"{STORY}相关链接\n\n日企在海原\n\n海原与日资打交道已有二十多年，现有企业三十家。"
    assert heads(raw)[1] == (None, "日企在海原")


def test_a_question_between_answers_is_no_headline() -> None:
    raw = (
        f"{STORY}何秀：把一颗螺丝拧紧\n\n东江商报：今年的订单怎么样？\n\n何秀：排到了年底。\n\n"
        "东江商报：听说你差点被“挖走”？\n\n何秀：不是挖我，是想买厂。\n\n东江商报：大客户压价怎么办？\n\n何秀：谈。"
    )
    assert heads(raw)[1:] == [(None, "何秀：把一颗螺丝拧紧")]


@pytest.mark.parametrize(
    "aside", ["（笑）", "（本报记者根据录音整理，未经本人审阅）", "（何秀在车间查看新机）"]
)
def test_what_stands_in_brackets_is_no_headline(aside: str) -> None:
    raw = f"{STORY}何秀说，今年的订单排到了年底。\n\n{aside}\n\n她还想在城北再盖一座厂房，地已经看好了。"
    assert as_frames(raw)["articles"].height == 1


def test_brackets_below_a_headline_are_no_text() -> None:
    assert heads(f"{STORY}在海原大会上的发言\n（摘要）\n\n何秀\n\n{REPORT}")[1] == (
        None,
        "在海原大会上的发言",
    )


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("李明说，这条铁路将使平川的煤炭", "出口", "运输成本每吨降低八美元以上。"),
        ("问：价格跌得厉害，园区企业日子怎么", "过？", "李明：说不难是假话，有三家小厂停了产。"),
        ("3月17日，由", "中铁某局三处承建的平川隧道", "正式贯通。隧道全长十一公里。"),
    ],
)
def test_a_piece_of_a_sentence_between_its_halves_is_no_headline(before: str, piece: str, after: str) -> None:
    assert as_frames(f"{STORY}{before}\n\n{piece}\n\n{after}")["articles"].height == 1


def test_a_headline_below_a_text_that_lost_its_end_stays_one() -> None:
    lost = "港口一热，货主扎堆。通车当日，两家公司签下水运协议，全年运量20万吨"
    raw = f"{STORY}{lost}\n\n云溪老街的灯又亮了\n\n{REPORT}"
    assert heads(raw)[-1] == (None, "云溪老街的灯又亮了")


def test_the_weather_behind_its_label_leaves_the_head_above_it_alone() -> None:
    raw = (
        f"{STORY}云溪夜校志愿者开训\n\n六百名志愿者在东江一中分批培训，内容有急救和翻译。\n\n"
        "一周天气：今明两天我市多云到晴，请渔船及时回港。"
    )
    assert [headline for _, headline in heads(raw)] == [
        "把项目建设抓紧抓实",
        "云溪夜校志愿者开训",
        "一周天气",
    ]


def test_a_row_of_briefs_named_as_a_paper_heads_them() -> None:
    raw = f"{STORY}平川湾快报\n\n△ 平川港三号泊位通过验收，可停大船。\n\n△ 石桥镇陈皮节开幕，客商云集镇上。"
    assert heads(raw)[1:] == [(None, "平川湾快报"), ("平川湾快报", None)]


def test_long_pages_of_short_lines_stay_fast() -> None:
    raw = STORY + "\n\n".join(
        ["何秀：谈。", "（笑）", "东江商报：还有呢？", "●平川　大桥通车，桥长两公里。"] * 1500
    )
    assert NORMALIZER.read_page(raw).article_count > 0


def test_what_a_script_says_of_its_lines_begins_paragraphs_and_no_articles() -> None:
    lead, report = "【主播】再来关注算力。", "【正文】16日，云栅数据中心三期主体结构封顶。"
    bite = "【同期声】云栅科技总经理 林向东：机柜早就有人订了。"
    # 数据中心封顶 is as short as the name of a row of short news.
    raw = f"{STORY}数据中心封顶\n\n{lead}\n{report}\n{bite}\n【字幕】一炉要烧二十五天"
    assert heads(raw)[1:] == [(None, "数据中心封顶")]
    assert texts(raw)[1] == f"{lead}\n{report}\n{bite}\n【字幕】一炉要烧二十五天"


def test_a_head_that_fills_its_line_does_not_go_on_in_a_script() -> None:
    head, text = (
        "海原：钢渣“吃”进去，透水砖“吐”出来",
        "【导语】钢渣往哪里去，一直是海原的心病。昨天有了方子。",
    )
    assert heads(f"{STORY}{head}\n{text}\n【正文】昨天上午，项目点火试产。")[1:] == [(None, head)]


def test_a_label_of_a_script_in_a_line_of_its_own_opens_the_next_line() -> None:
    raw = (
        "（一）算力中心封顶\n【导语】\n再来关注算力。\n【正文】\n16日，云栅数据中心主体结构封顶。\n"
        "【同期声】云栅科技总经理 林向东：\n机柜早就有人订了。\n\n"
        "（二）蓝莓找到了买家\n【导语】\n蓝莓又熟了。\n【正文】\n买家已经定了。"
    )
    assert heads(raw) == [(None, "算力中心封顶"), (None, "蓝莓找到了买家")]
    assert texts(raw)[0].startswith("【导语】再来关注算力。\n【正文】16日，")
    assert texts(raw)[1] == "【导语】蓝莓又熟了。\n【正文】买家已经定了。"


def test_a_lone_label_names_a_column_where_the_page_is_no_script() -> None:
    assert heads(f"【现场】\n海原新港开港\n\n{REPORT}") == [("【现场】", "海原新港开港")]


@pytest.mark.parametrize("label", ["【现场】", "【记者】", "［采访］"])
def test_a_label_that_papers_have_too_is_a_part_of_a_headline(label: str) -> None:
    names = [f"{label}{name}" for name in ("海原新港开港", "平川大桥合龙", "石桥夜校开班")]
    raw = "\n\n".join(f"{name}\n\n{REPORT}" for name in names)
    assert [headline for _, headline in heads(raw)] == names
