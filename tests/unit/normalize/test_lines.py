import pytest

from tests.normalizing import NORMALIZER

WRAPPED = (
    "云溪市智能装备产业园近日迎来\n新一批企业入驻。园区负责人顾\n长安介绍，目前园区已有企业三\n十七家，去年产值增长两成。\n"
    "从深圳回来的工程师贺一舟说，\n这里的租金便宜，孩子上学也不\n愁，他打算把家安在这里。"
)
SPACED = (
    "云溪市智能装备产业园近 日迎来新一批企业入驻。园区 负责人顾长安介绍，目前园区 已有企业三十七家，去年产值 增长两成。\n\n"  # noqa: E501
    "从深圳回来的工程师贺一 舟说，这里的租金便宜，孩子 上学也不愁，他打算把家安在 这里。"
)


def paragraphs(raw: str) -> list[str]:
    return [p.text for p in NORMALIZER.read_page(raw).paragraphs]


@pytest.mark.parametrize("raw", [WRAPPED, SPACED, WRAPPED.replace("\n", "\r\n")])
def test_wrapped_lines_become_paragraphs(raw: str) -> None:
    found = paragraphs(raw)
    assert len(found) == 2
    assert found[0].startswith("云溪市智能装备产业园近日迎来新一批企业")
    assert found[1].endswith("他打算把家安在这里。")


@pytest.mark.parametrize(
    "raw",
    [
        "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
        "编辑 王 涛　美编 李　敏",
        "王　涛　李　敏　周文博",
        "小米 12 Pro 发布 AI 手机",
        "项目 金额 占比\n甲 12.5 30%\n乙 20.1 70%",
        "一、总体要求\n（一）指导思想\n1.坚持改革\n2.坚持开放",
        "会议召开。\n\n代表发言。\n记者从会上获悉，签约金额过亿元。",
        "云溪市召开大会\n东港新区签约\n青石镇通水\n凤凰镇春耕\n南江大学招生\n城南夜市开街",
    ],
)
def test_clean_lines_stay(raw: str) -> None:
    page = NORMALIZER.read_page(raw)
    assert page.changes == []


def test_a_sentence_goes_on_over_an_empty_line() -> None:
    found = paragraphs(
        "云溪市智能装备产业园近日迎来新一批企业入驻。记者了解到，项目预计于\n\n2024年底投产，总投资三亿元。"
    )
    assert len(found) == 1


def test_a_lost_paragraph_break_is_found_between_two_quotations() -> None:
    raw = SPACED + '\n\n"这个项目很好，我们都很期待。" "是的，大家都 期待。"老张说，这件事情办 得好。'
    assert "“是的，大家都期待。”老张说，这件事情办得好。" in paragraphs(raw)


def test_letter_spaced_text_is_closed_up() -> None:
    raw = (
        " ".join("云溪市智能装备产业园近日迎来新一批企业入驻，园区负责人介绍了情况，去年产值增长两成。")
        + "\n"
    )
    assert paragraphs(raw) == [
        "云溪市智能装备产业园近日迎来新一批企业入驻，园区负责人介绍了情况，去年产值增长两成。"
    ]


def test_stray_spaces_inside_words_are_closed_without_a_wrap() -> None:
    raw = (
        "昨日上 午，云溪市召开会议，贺一 舟出席，推动经济高 质量发展。\n\n"
        "本报讯（记者 顾长安）到会的有贺一舟 李敏 王涛等人，增长 3.5 个百分点。"
    )
    assert paragraphs(raw) == [
        "昨日上午，云溪市召开会议，贺一舟出席，推动经济高质量发展。",
        "本报讯（记者 顾长安）到会的有贺一舟 李敏 王涛等人，增长 3.5 个百分点。",
    ]


def test_spaces_inside_numbers_are_closed() -> None:
    raw = "昨天，云溪窑业投进来350 0万元，今年1 2月开工。2 003年建厂时只有4 6人，比2022年多3 280.5吨。"
    assert paragraphs(raw) == [
        "昨天，云溪窑业投进来3500万元，今年12月开工。2003年建厂时只有46人，比2022年多3280.5吨。"
    ]
    kept = "详询0533 218000，图1 2023年的云溪，表内13 25 36家，G20 50国，见12 2024年报。"
    assert paragraphs(kept) == [kept]


def test_spaces_inside_decimals_are_closed() -> None:
    raw = "云溪港总投资62. 5亿元，一期3.7 5亿元，每斤4 .2元，同比增长1 2.5%。"
    assert paragraphs(raw) == ["云溪港总投资62.5亿元，一期3.75亿元，每斤4.2元，同比增长12.5%。"]
    kept = "任务如下：1. 2023年底完工；2. 3月起试运行。"
    assert paragraphs(kept) == [kept]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (
            "云溪县委副书记 、县长贺一舟说： “来年 ，再办一届。 ”",
            "云溪县委副书记、县长贺一舟说：“来年，再办一届。”",
        ),
        (
            "在被称为 “ 云上粮仓 ” 的东港， 他看了《 云溪志 》。",
            "在被称为“云上粮仓”的东港，他看了《云溪志》。",
        ),
        ("昨天审议了《云溪志》 贺一舟出席，论坛开幕 “金桥奖”揭晓。", None),
        ("1.会议开幕，代表报到。 本报讯 昨天签约。", None),
    ],
)
def test_a_space_beside_a_mark_parts_nothing(raw: str, text: str | None) -> None:
    assert paragraphs(raw) == [text or raw]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_date_goes_on_behind_a_line_end(gap: str) -> None:
    raw = f"8月2{gap}日上午，云溪市召开会议，贺一舟出席。4月1{gap}1日，东港市回访，签约5个项目。"
    assert paragraphs(raw) == [raw.replace(gap, "")]


def test_what_is_joined_line_by_line_is_one_sentence() -> None:
    raw = (
        "昨天，市人大常委会举行会议，会议决定任命吕远为市财政局局\n长，任命白洁为市文化和旅游\n"
        "局局长；免去霍青的市财政局局长职务。会议听取了报告。"
    )
    assert paragraphs(raw) == [raw.replace("\n", "")]


def test_a_short_end_of_a_sentence_goes_on_with_the_line_above() -> None:
    told = "云溪市市长贺一舟会见东港会长\n一行。双方就口岸合作谈了看法，\n商定今年秋天互派人员学习。"
    page = f"{WRAPPED}\n\n{told}"
    assert "会长一行。双方" in paragraphs(page)[-1]


def test_a_line_end_inside_a_date_does_not_end_the_paragraph() -> None:
    page = WRAPPED + "\n和一座查验场，2025年10\n月投用后，每年可周转果蔬。"
    assert "和一座查验场，2025年10月投用后，每年可周转果蔬。" in paragraphs(page)[-1]


def test_lines_of_one_width_beside_a_known_column_are_another_column() -> None:
    wide = (
        "\n\n客人来访\n\n昨日，云溪窑业株式会社社长顾长安一行五人前往\n东港高新区考察，先后走进云溪理工学院炉衬公司\n"
        "的实验室，就专利许可同公司谈了整整两个多小时\n，谈到后来他说自己十多年前到过这片土地，那时\n高新区还是滩涂一片。"
    )
    assert len(paragraphs(WRAPPED + wide)[-1]) > 90


def test_a_head_stands_apart_from_who_signs_above_it() -> None:
    signed = "原定三月交付的公寓一号楼，受疫情影响顺延至 九月。（岑 山 许多愿）"
    raw = f"{SPACED}\n\n{signed}\n\n远方来客，看中一块墙板\n\n这趟考察事出有因。"
    assert "远方来客，看中一块墙板" in paragraphs(raw)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("云溪船厂去年修理货轮三十条", "，今年又添了一座船坞。"),
        ("云溪市第一造船公司（", "以下简称云溪船厂）去年修理货轮三十条。"),
    ],
)
def test_no_line_begins_with_a_comma_or_ends_with_an_open_bracket(before: str, after: str) -> None:
    page = f"新船坞开进货轮\n本报讯 昨天下午船坞开闸。\n{before}\n{after}"
    assert NORMALIZER.read_page(page).paragraphs[-1].text == before + after
