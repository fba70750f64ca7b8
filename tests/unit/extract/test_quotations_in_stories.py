"""Quotations in stories: lone quotes, words that he adds, where the reporter takes over."""

import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.quotations.finder import QuotationFinder

FINDER = QuotationFinder(load_lookups())
PEOPLE = {"何远明": "person", "郑博文": "person", "北岭集团": "organization"}
QUOTE = "“订单已经排到了明年五月，机器一天也没停过。”"


def read(text: str) -> list[tuple[str, str | None, str]]:
    found = FINDER.find(*frames(text, PEOPLE))
    return [(r["mode"], r["speaker_text"], r["text"]) for r in found.iter_rows(named=True)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"生产线上，冰箱缓缓下线。{QUOTE}\n公司总经理何远明说，二期下个月开工。", "何远明"),
        (f"{QUOTE}\n推介会间隙，厂长何远明用流利的中文打开了话匣子。", "何远明"),
        (f"何远明的第一座厂就在北岭。去年产值做到四亿元。{QUOTE}\n何远明告诉记者，还要建厂。", "何远明"),
        (f"郑博文察看了工地。厂里正忙。{QUOTE}\n厂长何远明介绍，一期年底完工。", None),
        (f"产业园里机器轰鸣。{QUOTE}\n北岭的春天来了，何远明和工人植树。", None),
        (f"何远明对郑博文说：\n{QUOTE}", "何远明"),
        (f"{QUOTE}他所说的订单，来自一家德国企业。", "他"),
        (f"{QUOTE}何远明口中的订单，来自一家德国企业。", "何远明"),
        (f"刚满20岁的何远明，青川人，是北岭集团的学徒。每周三天在车间，{QUOTE}", "何远明"),
        (f"何远明从东莞回乡办厂。厂房从一间扩到十间。{QUOTE}", "何远明"),
        (f"何远明来到青川。厂房从一间扩到十间。{QUOTE}", None),
    ],
)
def test_find_ties_a_lone_quote_to_who_tells_on(text: str, speaker: str | None) -> None:
    assert next(who for mode, who, _ in read(text) if mode == "direct") == speaker


@pytest.mark.parametrize("told", ["红了眼圈", "充满信心", "回了一句", "撂下一句话"])
def test_find_reads_a_short_sentence_behind_a_colon(told: str) -> None:
    assert read(f"谈起往事，何远明{told}：“那时候真难。”") == [("direct", "何远明", "那时候真难。")]


@pytest.mark.parametrize("told", ["墙上的标语是", "公司的口号", "会议的主题就是"])
def test_find_takes_no_slogan_for_speech(told: str) -> None:
    assert read(f"{told}：“安全生产，人人有责。”") == []


@pytest.mark.parametrize("joint", ["不过", "随后", "同时", "但", "此外，", "采访中"])
def test_find_begins_anew_where_he_adds_something(joint: str) -> None:
    found = read(f"何远明介绍，机器已经到了三台。{joint}他也坦承，公寓还缺三千套。")
    assert [words for *_, words in found] == ["机器已经到了三台。", "公寓还缺三千套。"]


@pytest.mark.parametrize("told", ["并不讳言困难", "也不回避短板", "毫不掩饰担忧", "坦言不足"])
def test_find_reads_what_somebody_does_not_hide(told: str) -> None:
    assert read(f"何远明{told}：熟练工一直跟不上订单。") == [("indirect", "何远明", "熟练工一直跟不上订单。")]


def test_find_ends_reported_speech_with_the_words_that_end_its_sentence() -> None:
    text = (
        "何远明说，第一笔生意是2015年做的，“人家退了三回，那时候才知道什么叫标准”。此后公司改造了两条生产线。"
    )
    assert [words for *_, words in read(text)] == [
        "第一笔生意是2015年做的",
        "人家退了三回，那时候才知道什么叫标准",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "那年他第一次到镇上，“满街都是铺子，可十家有八家答不上来”。",
            ["满街都是铺子，可十家有八家答不上来"],
        ),
        ("那年北岭立下规划，“一廊两带，三区联动”。", []),
        ("由何远明捐建的教学楼封顶，预计8月底交付使用。", []),
        ("何远明预计，8月底可以交付使用。", ["8月底可以交付使用。"]),
    ],
)
def test_find_tells_what_is_said_from_what_is_told(text: str, words: list[str]) -> None:
    assert [spoken for *_, spoken in read(text)] == words


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("北国军方11日称，机器已经到了三台。", "北国军方"),
        ("校方同一天表示，机器已经到了三台。", "校方"),
        ("院方随后回应，机器已经到了三台。", "院方"),
        ("消防人员称，机器已经到了三台。", "消防人员"),
        ("与会领导人表示，机器已经到了三台。", "与会领导人"),
        ("对方负责人坦率地说，机器已经到了三台。", "对方负责人"),
        ("大家认为，机器已经到了三台。", "大家"),
        ("此外，当地警方18日透露，机器已经到了三台。", "当地警方"),
    ],
)
def test_find_reads_reports_of_bodies_without_a_name(text: str, speaker: str) -> None:
    assert read(text) == [("indirect", speaker, "机器已经到了三台。")]


def test_find_reads_what_somebody_proposes() -> None:
    assert read("何远明提出三点倡议：一是修路，二是架桥，三是通水。") == [
        ("indirect", "何远明", "一是修路，二是架桥，三是通水。")
    ]


def test_find_takes_a_proposal_that_somebody_values_for_no_verb() -> None:
    assert [words for *_, words in read("何远明对建议高度重视，要求有关方面认真办理。")] == [
        "有关方面认真办理。"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # The mark behind the words is the wrong one.
        ("“机器已经到了，只等开工。“何远明坦言。", "机器已经到了，只等开工。"),
        (
            "●问：带了几家？\n●何远明：六十四家，都来了。\n●问：签了吗？\n●何远明：签了两单。",
            "六十四家，都来了。",
        ),
        ("何远明上月来住了四天，临走撂下一句话：先订三个柜再说。", "先订三个柜再说。"),
        ("何远明算了一下，改走水路一吨能省45元。", "改走水路一吨能省45元。"),
        ("何远明说，机器到了。据其介绍，二期明年开工。", "二期明年开工。"),
        ("记者致电北岭集团的办公室，一位不愿具名的工作人员表示，团队没有变化。", "团队没有变化。"),
        ("何远明第一个签字，家里的花生就要拔秧，“往年愁卖，今年光愁雨”。", "往年愁卖，今年光愁雨"),
        ("何远明问得很细：补贴能领几年、孩子上学找谁。", "补贴能领几年、孩子上学找谁。"),
        ("何远明还邀请师生明年到访，“北岭的大门始终敞开”。", "北岭的大门始终敞开"),
        ("他还有一桩心事：设一个奖学金，“这件事已经跟校长讲定了”。", "这件事已经跟校长讲定了"),
    ],
)
def test_find_reads_more_ways_to_say_something(text: str, words: str) -> None:
    assert words in [spoken for *_, spoken in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "依照第九条的规定，“当事人没有如实陈述的，从重处罚”。",
        "厂里的墙上写着：“一滴油都不能浪费，一分钱都不能错。”",
        "当内部审计人员指出这家工厂没有制度时，银行还在付钱。",
        "利润翻了番：\n“这家工厂没有亏过，年年都有红利。”\n何远明和工人们用的是新机器。",
    ],
)
def test_find_gives_nobody_the_words_of_a_paper(text: str) -> None:
    assert not [who for _, who, _ in read(text) if who]


@pytest.mark.parametrize(
    "behind",
    ["这家企业从青川搬来。", "根据协议，双方还要修路。", "上月26日，市里签了协议。", "通车当天，车就来了。"],
)
def test_find_ends_reported_speech_where_the_reporter_tells_of_a_day_or_a_paper(behind: str) -> None:
    assert [words for *_, words in read(f"何远明告诉记者，机器已经到了三台。{behind}")] == [
        "机器已经到了三台。"
    ]


def test_find_gives_a_notice_to_who_issued_it() -> None:
    text = "昨晚，北岭集团发布公告，拟收购青川机械厂。公告称，交易尚需股东大会审议。"
    articles, sentences, mentions = frames(text, PEOPLE)
    found = FINDER.find(articles, sentences, mentions)
    assert found.select("speaker_text", "speaker_mention_index", "text").rows() == [
        ("公告", 0, "交易尚需股东大会审议。")
    ]


def test_find_gives_words_of_us_to_the_one_person_of_the_article() -> None:
    text = f"项目经理何远明说，设备到了。\n去年签约，落户的缘由简单：离原料近。{QUOTE[:-1]}我们很放心。”"
    assert [who for _, who, _ in read(text)] == ["何远明", "何远明"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Who listens stands in front of who speaks.
        ("“您放心，我们按期完成。”面对副县长郑博文的询问，经理何远明拍着胸脯保证。", "何远明"),
        ("“您放心，我们按期完成。”听完郑博文的话，何远明当即表态。", "何远明"),
        ("“您放心，我们按期完成。”在县长郑博文面前，何远明立下军令状。", "何远明"),
        ("“您放心，我们按期完成。”面对记者的询问，何远明说。", "何远明"),
        # What is said of the words.
        ("“大家齐心，就没有过不去的坎。”这是何远明常挂在嘴边的一句话。", "何远明"),
        ("“大家齐心，就没有过不去的坎。”这句话，何远明常对徒弟们讲。", "何远明"),
        # The comma, or the mark, behind the words is lost.
        ("“这里环境好，我们愿意来”何远明说。", "何远明"),
        ("“这里环境好，我们愿意来。何远明说。", "何远明"),
        ("何远明说；“这里环境好，我们愿意来。”", "何远明"),
        ("何远明说：”这里环境好，我们愿意来。“", "何远明"),
        ("何远明说：‘这里环境好，我们愿意来。’", "何远明"),
    ],
)
def test_find_tells_speaker_from_listener(text: str, expected: str) -> None:
    [(mode, speaker, words)] = read(text)
    assert (mode, speaker) == ("direct", expected)
    assert not set(words) & set("“”‘’；何")


def test_find_carries_a_speaker_over_paragraphs_that_each_open_a_quote() -> None:
    lines = ["何远明高兴地说：“路宽了，灯亮了，日子好了。", "“今后会更好，大家都有信心。”"]
    assert [who for _, who, _ in read("\n".join(lines))] == ["何远明", "何远明"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一位不愿透露姓名的负责人表示，公司正在找伙伴。",
            [("一位不愿透露姓名的负责人", "公司正在找伙伴。")],
        ),
        ("何远明来到村里，并说服他们支持这个项目。", []),
        ("经厂长何远明介绍，他进厂当了一名学徒工人。", []),
        ("在谈到何远明要求延期交货这一问题时，郑博文表示，可以商量。", [("郑博文", "可以商量。")]),
    ],
)
def test_find_reads_no_report_out_of_other_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(who, words) for _, who, words in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("在推介会上，与会客商表示，青川的环境一流。", "与会客商"),
        ("座谈会上，代表们纷纷表示，要抓好落实工作。", "代表们"),
        ("古生物学家们认为，这批化石十分珍贵。", "古生物学家们"),
        ("青川警方今天（7月14日）称，两人已经归案。", "青川警方"),
        ("“太美了！”前来参观的市民纷纷表示。", "前来参观的市民"),
        ("大家齐声喊道：“我们一定完成任务！”", "大家"),
    ],
)
def test_find_reads_speakers_of_whom_there_are_many(text: str, speaker: str) -> None:
    assert [who for _, who, _ in read(text)] == [speaker]


BITE = "机器一响，老师傅就不用拿脚踩了。"


@pytest.mark.parametrize(
    ("script", "speaker"),
    [
        (f"【同期声】北岭集团总经理 何远明：{BITE}", "何远明"),
        (f"【正文】昨天，窑炉点火。【同期】何远明（厂长）：{BITE}（笑）【正文】车间已经开工。", "何远明"),
        (f"［采访］（厂长 何远明）{BITE}（记者 郑博文）", "何远明"),
        (f"【同期声2】厂长 何远明\n{BITE}\n【旁白】车间已经开工。", "何远明"),
        (f"【现场同期】居民：{BITE}", "居民"),
    ],
)
def test_find_reads_the_sound_bites_of_a_script(script: str, speaker: str) -> None:
    assert read(script) == [("direct", speaker, BITE)]


def test_find_reads_a_quote_in_a_sound_bite_as_a_part_of_it() -> None:
    words = "他问我：“你怕不怕？”我说不怕。"
    assert read(f"【同期声】厂长 何远明：{words}") == [("direct", "何远明", words)]


@pytest.mark.parametrize(
    "script",
    [
        f"【正文】何远明：{BITE}",
        f"【同期声】{BITE}",
        f"【现场同期】（鼓掌）{BITE}",
        "【采访】走进车间，记者看到：机器转得正欢。",
        "【同期声】厂长 何远明：",
    ],
)
def test_find_takes_no_other_part_of_a_script_for_a_sound_bite(script: str) -> None:
    rules = FINDER.find(*frames(script, PEOPLE))["rule"]
    assert "sound_bite" not in rules.to_list()
