"""Heads, captions and the staff on pages whose lines end at a column's width."""

import pytest

from tests.normalizing import NORMALIZER, as_frames

TOLD = (
    "云溪市造船厂的新船坞昨天迎来了第一条待修的货轮，船长在甲板上连连摆手，说这一趟比原先少走了两天的水路。厂长林向东介绍，船坞去年春天动工，"
    "先后浇筑混凝土四万多立方米，今后每年可以修理货轮三十条，附近几个县的船东再也不用把船开到外省去了。"
)
MORE = (
    "青石镇的果农今年尝到了甜头，合作社把三千筐梨子卖进了邻省的批发市场，每斤比去年多卖出三毛钱。镇长苏青说，明年还要把冷库再扩一倍，"
    "让果子等一等好价钱，也让在外打工的年轻人看到家门口的生意，愿意回来一起干。"
)


def wrapped(text: str, width: int = 14, indent: str = "") -> str:
    text = indent + text
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def kinds(raw: str) -> list[tuple[str, str, int | None]]:
    return [(p.block_type, p.text, p.article) for p in NORMALIZER.read_page(raw).paragraphs]


def test_a_short_line_on_a_page_of_full_lines_is_a_head() -> None:
    page = f"新船坞开进第一条货轮\n{wrapped(TOLD)}（许诺）\n三千筐梨子翻山进了邻省\n{wrapped(MORE)}"
    assert kinds(page) == [
        ("headline", "新船坞开进第一条货轮", 0),
        ("body", f"{TOLD}（许诺）", 0),
        ("headline", "三千筐梨子翻山进了邻省", 1),
        ("body", MORE, 1),
    ]


def test_a_headline_that_fills_its_line_ends_with_the_next() -> None:
    head = "青石镇果农三千筐梨子翻过山卖进邻省"
    page = f"新船坞\n{wrapped(TOLD)}\n{wrapped(head)}\n{wrapped(MORE)}"
    assert kinds(page)[2][:2] == ("headline", head)


@pytest.mark.parametrize(
    "caption",
    [
        "梨子装车。　本报记者　许诺　摄",
        "甜！——孩子在果园里尝新　读者 安和 供图",
        "梨子装上了开往邻省的货车。\n许 诺 摄",
        "■图为果农在装车",
    ],
)
def test_a_sentence_goes_on_behind_a_caption(caption: str) -> None:
    cut = MORE.index("邻省的批发")
    page = f"三千筐梨子翻山\n{wrapped(TOLD)}\n{wrapped(MORE[:cut])}\n{caption}\n{wrapped(MORE[cut:])}"
    assert as_frames(page)["articles"]["text"].to_list() == [f"{TOLD}\n{MORE}"]


def test_a_cut_name_of_the_staff_stands_in_the_next_line() -> None:
    page = f"本版编辑 苏 青　美编 许\n诺\n新船坞开进第一条货轮\n{wrapped(TOLD)}\n{wrapped(MORE)}"
    frames = as_frames(page)
    assert frames["credits"].select("role", "name").rows() == [("本版编辑", "苏青"), ("美编", "许诺")]
    assert frames["articles"]["headline"].to_list() == ["新船坞开进第一条货轮"]


def test_a_role_at_the_end_of_the_page_head_has_its_name_below() -> None:
    page = f"云溪商报 2023年5月9日 星期二 第3版 港航 责编\n 许 诺\n新船坞开进第一条货轮\n{wrapped(TOLD)}"
    assert as_frames(page)["credits"].select("role", "name").rows() == [("责编", "许诺")]


def test_stray_spaces_do_not_shorten_a_line() -> None:
    lines = wrapped(TOLD, 24, "　　").split("\n")
    lines[1] = lines[1][:9] + " " + lines[1][9:]
    page = "新船坞\n" + "\n".join(lines) + "\n" + wrapped(MORE, 24, "　　")
    assert [k[1] for k in kinds(page)] == ["新船坞", TOLD, MORE]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("责任编辑 许 小诺　校对 林 夏", [("责任编辑", "许小诺"), ("校对", "林夏")]),
        ("编辑：苏 青 禾　版面：安　和", [("编辑", "苏青禾"), ("版面", "安和")]),
        ("版面统筹 林　夏 / 美编 许诺", [("版面统筹", "林夏"), ("美编", "许诺")]),
        (
            "2023年5月9日 星期二 值班主任 许 小诺 责任编辑 林夏 邮箱：yx@example.com",
            [("值班主任", "许小诺"), ("责任编辑", "林夏")],
        ),
    ],
)
def test_names_of_the_staff_may_be_cut_by_spaces(line: str, people: list[tuple[str, str]]) -> None:
    frames = as_frames(f"{line}\n新船坞开进第一条货轮\n{TOLD}")
    assert frames["credits"].select("role", "name").rows() == people
    assert frames["blocks"]["block_type"].to_list() == ["credit", "headline", "body"]


def test_names_of_reporters_may_be_cut_by_spaces() -> None:
    page = f"新船坞\n本报讯（记者 许 小诺 通 讯员 林夏）{TOLD}"
    assert as_frames(page)["credits"].select("role", "name").rows() == [
        ("记者", "许小诺"),
        ("通讯员", "林夏"),
    ]


def test_a_marked_label_is_no_author() -> None:
    page = f"□ 港口\n新船坞开进第一条货轮\n{TOLD}\n□ 许 诺"
    assert [k[:2] for k in kinds(page)] == [
        ("kicker", "□ 港口"),
        ("headline", "新船坞开进第一条货轮"),
        ("body", TOLD),
        ("byline", "□ 许 诺"),
    ]


def test_a_reporter_abroad_signs_with_the_city() -> None:
    page = f"新船坞开进第一条货轮\n{TOLD}　（本报记者 许 小诺 马尼拉报道）"
    assert as_frames(page)["credits"].select("role", "name").rows() == [("本报记者", "许小诺")]


@pytest.mark.parametrize(
    "block",
    [
        "修船的工人正在船坞里作业。记者 陈大江 摄",
        "▲修船的工人正在船坞里作业。（本报记者 陈大江 摄）",
        "责任编辑 陈大江 校对 苏小河",
        "2024年3月8日 星期五 责编：陈大江",
    ],
)
@pytest.mark.parametrize("at", [3, -3])
def test_a_sentence_goes_on_behind_what_stands_between_empty_lines(block: str, at: int) -> None:
    lines = [*wrapped(TOLD).splitlines(), *wrapped(MORE, indent="　　").splitlines()]
    lines[at:at] = ["", block, ""]
    page = "新船坞开进第一条货轮\n\n" + "\n".join(lines)
    articles = as_frames(page)["articles"]["text"].to_list()
    assert [text.replace("\n", "") for text in articles] == [TOLD + MORE]


def test_what_begins_a_paragraph_right_below_a_text_is_no_head_above_a_photograph() -> None:
    first, rest = MORE[:12], MORE[12:]
    page = (
        f"新船坞开进第一条货轮\n\n　　{wrapped(TOLD)}\n　　{first}\n\n"
        f"果农在山下装车。记者 陈大江 摄\n\n{wrapped(rest)}"
    )
    articles = as_frames(page)["articles"]
    assert articles["headline"].to_list() == ["新船坞开进第一条货轮"]
    assert articles["text"].to_list() == [f"{TOLD}\n{MORE}"]


def test_two_full_lines_above_a_dateline_are_two_heads() -> None:
    page = (
        f"新船坞开进第一条货轮\n{wrapped(TOLD)}\n\n"
        f"青石镇梨子翻山卖进邻省啦\n三千筐每斤多卖出三毛钱呢\n{wrapped('本报讯（记者苏青）' + MORE)}"
    )
    heads = [text for kind, text, _ in kinds(page) if kind in ("headline", "subtitle", "kicker")]
    assert heads[1:] == ["青石镇梨子翻山卖进邻省啦", "三千筐每斤多卖出三毛钱呢"]


def test_a_full_line_above_a_head_ends_its_paragraph() -> None:
    full = TOLD[: 14 * 3 - 1] + "。"
    page = f"新船坞开进第一条\n{wrapped(full)}\n一条鱼翻过山\n——青石镇见闻\n{wrapped(MORE)}\n{wrapped(TOLD)}"
    heads = [text for kind, text, _ in kinds(page) if kind in ("headline", "subtitle")]
    assert heads == ["新船坞开进第一条", "一条鱼翻过山", "——青石镇见闻"]


def test_a_marked_caption_takes_no_line_of_the_text() -> None:
    page = f"三千筐梨子翻山\n{wrapped(TOLD)}\n{wrapped(MORE[:28])}\n▲梨子装车。 许诺 摄\n{wrapped(MORE[28:])}"
    assert as_frames(page)["articles"]["text"].to_list() == [f"{TOLD}\n{MORE}"]


def test_a_column_wider_than_the_one_beside_is_one() -> None:
    page = (
        f"新船坞开进\n{wrapped(TOLD, 24)}\n\n梨子翻山\n{wrapped(MORE, 12)}\n\n又一条货轮\n{wrapped(TOLD, 17)}"
    )
    assert [text for kind, text, _ in kinds(page) if kind == "body"] == [TOLD, MORE, TOLD]


def test_short_heads_of_a_page_without_empty_lines_open_stories() -> None:
    report = "本报讯（记者 许诺）" + TOLD
    page = "\n".join(
        f"{head}\n{wrapped(text, 15, '　　')}"
        for head, text in (
            ("云溪船坞昨天开进第一条货轮", report),
            ("梨子翻山", MORE),
            ("青石镇果农签下三份大合同", report),
        )
    )
    assert [text for kind, text, _ in kinds(page) if kind == "headline"][1] == "梨子翻山"


def test_what_a_photograph_cuts_is_no_head() -> None:
    cut = MORE.index("，")
    said = "镇长苏青说，明年还要把冷库再扩一倍"
    caption = "图为装车现场。 本报记者 许诺 摄"
    page = f"梨子翻山\n\n{MORE[:cut]}。\n\n{said}\n{caption}\n，让果子等一等好价钱。\n\n{TOLD}"
    (article,) = as_frames(page)["articles"].to_dicts()
    assert article["text"].startswith(f"{MORE[:cut]}。\n{said}，让果子等一等好价钱。")


def test_the_page_number_beside_the_name_of_the_paper_is_no_head() -> None:
    assert kinds(f"海岭日报　4　产经\n\n梨子翻山\n\n{MORE}")[0][0] == "furniture"


@pytest.mark.parametrize(
    "caption",
    [
        "考察团在船坞里看新来的货轮，听厂长讲今年的打算。 许诺 摄",
        "孩子们在果园里尝今年最后一筐梨子。 通讯员\n安和 摄",
        "五月六日，工人在船坞里给货轮换上新的螺旋桨。\n（许诺 摄）",
    ],
)
@pytest.mark.parametrize("lines", [3, 5])
def test_a_sentence_goes_on_behind_a_caption_of_several_lines(caption: str, lines: int) -> None:
    cut = 14 * lines
    printed = "\n".join(wrapped(part) for part in caption.split("\n"))
    page = f"三千筐梨子翻山\n{wrapped(TOLD)}\n{wrapped(MORE[:cut])}\n{printed}\n{wrapped(MORE[cut:])}"
    frames = as_frames(page)
    assert frames["articles"]["text"].to_list() == [f"{TOLD}\n{MORE}"]
    captions = frames["blocks"].filter(frames["blocks"]["block_type"] == "caption")["text"].to_list()
    assert "".join("".join(captions).split()) == "".join(caption.split())
