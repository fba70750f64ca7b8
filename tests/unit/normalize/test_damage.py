import pytest

from tests.normalizing import NORMALIZER, as_frames


def damage(raw: str) -> list[tuple[str, str, str | None]]:
    page = NORMALIZER.read_page(raw)
    return [
        (s.damage_type, page.paragraphs[s.paragraph].text[s.start : s.end], s.suggestion) for s in page.spots
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("会上发布《云溪蓝皮书，与会者表示肯定。", ("unbalanced_mark", "《", None)),
        ("会议很成功。一步，我市将继续努力。", ("truncated_sentence_start", "一步", "下一步")),
        ("，并于当日签约，会议取得成功。", ("truncated_sentence_start", "，", None)),
        ("他说：\ufffd\ufffd公司将投资三亿元。", ("lost_characters", "\ufffd\ufffd", None)),
        ("会议由锟斤拷锟斤拷主持，取得成功。", ("lost_characters", "锟斤拷锟斤拷", None)),
        ("园区引进了新的卷饶设备和检测线。", ("misread_character", "卷饶", "卷绕")),
        (
            "各方签订合作协议，建设新材料产业园区，建设新材料产业园区，力争年底投产。",
            ("repeated_text", "建设新材料产业园区，建设新材料产业园区", None),
        ),
        (
            "甲大学与乙公司签订《电池研究》协议；丙学院与丁公司签订《材料研究》协议；戊研究院与己公司签订《芯片研究》协议；"
            "庚公司与监察时《储能研究》协议。",
            ("garbled_text", "监察时", None),
        ),
        (
            "成立人工智能产业园；成立人工智能产业园，带动工智能产业园区发展。",
            ("truncated_word", "工智能", "人工智能"),
        ),
        ("深圳市人工智能协会会长朗立平说，将加大投入。", ("garbled_name", "朗立平", "郎立平")),
        ("多《云溪大会暨论坛今天开幕，来宾三百人。", ("garbled_text", "多", None)),
        (
            "项目总投资三十亿元，占地三百亩，达产后年产值可达五十亿元，预计可以带动就业两千人以上并且",
            ("cut_sentence_end", "千人以上并且", None),
        ),
    ],
)
def test_damage_is_found(raw: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in [
        (t, s.rstrip("，"), g) if t == "repeated_text" else (t, s, g) for t, s, g in damage(raw)
    ]


@pytest.mark.parametrize(
    "raw",
    [
        "“第一段引语，没有结束。\n“第二段引语，到此结束。”",
        "一是改革；二是开放（详见附件）。",
        "1）目标明确；2）责任到人。",
        "不忘初心，方得始终；不忘初心，继续前进。",
        "’97中国旅游年结束。",
        "甲市与乙市签订《合作协议》；丙市与丁市发布《联合宣言》；戊市出台《行动方案》。",
        "本报今起开设专栏，欢迎来稿，编辑部将择优刊登读者来信。——编者",
    ],
)
def test_clean_text_has_no_damage(raw: str) -> None:
    assert damage(raw) == []


def test_a_page_in_traditional_characters_says_so() -> None:
    raw = (
        "記者從會上獲悉，這個項目的總投資達三億元，將於年內開工，產業園區的建設標準與國際接軌，設備來自海外。"
    )
    assert [d[:2] for d in damage(raw)] == [("traditional_script", "記")]


@pytest.mark.parametrize(
    ("start", "rest"),
    [
        ("今年8月，公司以1.36亿元收购东江", "一家老牌弹簧企业，补上了短板。"),
        ("截至目前，全县已有港资企业", "43家，累计投资额超过20亿元。"),
        ("随后，考察团一行参观了海原", "皮革城和家纺产业园，并与商户座谈。"),
        ("到2023年底，园区产值达到", "318亿元，税收突破10亿元。"),
        ("如今，园区已聚集企业", "60多家，年产值超过40亿元。"),
        ("会谈中，双方就下一步", "合作交换了意见，商定建立互访机制。"),
    ],
)
def test_an_empty_line_cuts_the_first_clauses_of_a_paragraph(start: str, rest: str) -> None:
    text = page_text(start, rest)
    assert f"{start}{rest}" in text


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("今年前8月，我市外贸进出口增长12%", "从东江海关传来消息，全市外贸进出口总值达到320亿元。"),
        ("去年，园区税收首破十亿元", "云溪经济开发区管委会昨天发布数据，园区税收达到10.3亿元。"),
        ("目前，这里最缺的是什么人", "在云溪人才市场，招聘摊位排了半条街。"),
        ("30年，从一间作坊到上市公司", "1994年，退伍回乡的李国平借了两万元，租下一间作坊。"),
        ("如今，他成了村里的带头人", "五十三岁的王有田每天六点就到大棚里。"),
    ],
)
def test_a_head_with_a_comma_stays_one(head: str, text: str) -> None:
    assert f"{head}{text}" not in page_text(head, text)


def page_text(*lines: str) -> str:
    report = "本报讯（记者 许诺）3月17日，全市项目推进会召开，林向东出席。"
    raw = "\n\n".join(["把项目建设抓紧抓实", report, *lines, "下一步，企业将继续加大投入，建成全国样板。"])
    return "\n".join(as_frames(raw)["articles"]["text"])
