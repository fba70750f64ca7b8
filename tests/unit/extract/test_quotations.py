"""Quotations: speakers before, behind, unknown; terms and slogans left out."""

import polars as pl
import pytest

from flows.resources import load_lookups
from tests.unit.extract.spans import frames
from transforms.extract.quotations.finder import QUOTATION_SCHEMA, QuotationFinder

FINDER = QuotationFinder(load_lookups())
PEOPLE = {"何远明": "person", "郑博文": "person", "北岭集团": "organization"}


def read(text: str) -> list[tuple[str, str | None, str]]:
    found = FINDER.find(*frames(text, PEOPLE))
    assert dict(found.schema) == QUOTATION_SCHEMA
    for row in found.iter_rows(named=True):
        assert text[row["start_char"] : row["end_char"]] == row["surface_text"] == row["text"]
    return [(r["mode"], r["speaker_text"], r["text"]) for r in found.iter_rows(named=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("何远明说：“路修好了，大家都高兴。”", ("direct", "何远明", "路修好了，大家都高兴。")),
        ("“路修好了，大家都高兴。”何远明告诉记者。", ("direct", "何远明", "路修好了，大家都高兴。")),
        ('"路修好了,大家都高兴。"何远明说。', ("direct", "何远明", "路修好了,大家都高兴。")),
        ("“路修好了，大家都高兴。”何远明对明年充满期待。", ("direct", "何远明", "路修好了，大家都高兴。")),
        (
            "“青川很有活力，市民热情好客。”这是何远明对青川的第一印象。",
            ("direct", "何远明", "青川很有活力，市民热情好客。"),
        ),
        (
            "何远明打开电脑，“这张图画的是全市的企业分布，一目了然。”一番话说完，台下鼓掌。",
            ("direct", "何远明", "这张图画的是全市的企业分布，一目了然。"),
        ),
        ("他说：“路通了，心也通了。”", ("direct", "他", "路通了，心也通了。")),
        (
            "“无人车是园区里的搬运工，能昼夜不停地干活。”",
            ("direct", None, "无人车是园区里的搬运工，能昼夜不停地干活。"),
        ),
        (
            "何远明在致辞中指出，青川是老工业城市。要加快转型。",
            ("indirect", "何远明", "青川是老工业城市。要加快转型。"),
        ),
        ("北岭集团表示，将加快建设新的工厂。", ("indirect", "北岭集团", "将加快建设新的工厂。")),
        (
            "郑博文对何远明说：“明天我们一起去工地看看。”",
            ("direct", "郑博文", "明天我们一起去工地看看。"),
        ),
        ("对此，何远明有些担心：“就怕价格年年在变。”", ("direct", "何远明", "就怕价格年年在变。")),
        ("何远明坦承，合同占比偏高的问题确实存在。", ("indirect", "何远明", "合同占比偏高的问题确实存在。")),
        ("据何远明介绍，下一阶段还要补链强链。", ("indirect", "何远明", "下一阶段还要补链强链。")),
        ("何远明在致辞时回顾，学校早在去年就签了协议。", ("indirect", "何远明", "学校早在去年就签了协议。")),
        ("何远明宣布开工，并在讲话中要求各部门抓紧办事。", ("indirect", "何远明", "各部门抓紧办事。")),
        ("何远明希望明年春天再来青川看看。", ("indirect", "何远明", "明年春天再来青川看看。")),
        ("与会专家一致认为，青川的区位优势明显。", ("indirect", "与会专家", "青川的区位优势明显。")),
        ("在何远明看来，企业最缺的是时间。", ("indirect", "何远明", "企业最缺的是时间。")),
        (
            "本报青川1月2日电（记者何远明）郑博文今天在这里说，双方的关系很好。",
            ("indirect", "郑博文", "双方的关系很好。"),
        ),
        (
            "一进家门，妈妈没招呼她吃饭，问道：“你下午到哪儿去了？”",
            ("direct", None, "你下午到哪儿去了？"),
        ),
        ("公告称，双方还将在当地共建工厂。", ("indirect", "公告", "双方还将在当地共建工厂。")),
        ("广大干部群众表示，要把蓝图变成现实。", ("indirect", "广大干部群众", "要把蓝图变成现实。")),
        ("何远明强调指出，企业在竞争中练就了本领。", ("indirect", "何远明", "企业在竞争中练就了本领。")),
        (
            "何远明在发布会上说，材料已经转交。对此，乙方暂无回应。",
            ("indirect", "何远明", "材料已经转交。"),
        ),
    ],
)  # fmt: skip
def test_find_names_the_speaker(text: str, expected: tuple[str, str | None, str]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "会议以“创新、协同、共赢，走在前列”为主题。",
        "青川加快推进“双千工程”建设。",
        "所谓“最后一公里，最先一公里”，是大家关心的事。",
        "据介绍，目前已有三家企业入驻。",
    ],
)
def test_find_leaves_terms_and_unsaid_words(text: str) -> None:
    assert read(text) == []


def test_find_takes_a_term_at_the_head_of_reported_speech_for_a_term() -> None:
    text = "何远明提醒，“五一”假期，小型客车免费通行收费公路。"
    assert read(text) == [("indirect", "何远明", "“五一”假期，小型客车免费通行收费公路。")]


def test_find_carries_the_speaker_back_to_a_quote_that_its_paragraph_leaves_open() -> None:
    rows = read("“我们有三个优势，港口、园区和人才。\n“要把优势拧成一股绳。”何远明说。")
    assert [speaker for _, speaker, _ in rows] == ["何远明", "何远明"]


def test_find_reads_reported_speech_behind_a_quote_of_its_sentence() -> None:
    rows = read("何远明说：“我们把电送到红线外。”郑博文补充道，时间已缩短到12天。")
    assert rows[1] == ("indirect", "郑博文", "时间已缩短到12天。")


def test_find_does_not_give_words_glued_to_their_sentence_to_who_answers() -> None:
    assert read("对于乙方称这一问题是“做游戏”，何远明反驳说，说法错误而且片面。")[0][0] == "indirect"


def test_find_takes_a_clause_in_quotes_behind_a_bare_verb_for_speech() -> None:
    assert read("何远明在会上强调“要把科技创新摆在首位，抓紧抓实”。")[0][:2] == ("direct", "何远明")


def test_find_ties_a_short_quote_to_the_speech_in_front() -> None:
    rows = read("何远明告诉记者，二期已经完成环评公示。“门给你们留着。”")
    assert rows[1] == ("direct", "何远明", "门给你们留着。")


def test_find_cuts_headlines_in_a_row_where_another_speaks() -> None:
    rows = read("何远明称打击了数十个目标 北岭集团称袭击了对方的几支车队；")
    assert rows == [
        ("indirect", "何远明", "打击了数十个目标"),
        ("indirect", "北岭集团", "袭击了对方的几支车队"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“下一步，我们考虑合资建一个分厂。”何远明如是说，但具体方案尚在商谈之中。",
        "大家体悟何远明对建设的重视，表示一定尽职尽责多作贡献。",
        "第三条规定：“北岭集团认为应当立案的，可以立案侦查。”",
        "第二条修改为：“电力设施受法律保护，任何人不得危害。”",
        "项目由北岭集团股份公司（下称“北岭股份”）建设和运营。",
    ],
)
def test_find_reads_no_reported_speech_behind_a_verb_that_looks_back(text: str) -> None:
    assert "indirect" not in {mode for mode, *_ in read(text)}


def test_find_continues_one_breath() -> None:
    rows = read("“今年产量很高，”何远明说，“我们很有信心。”")
    assert [row[1] for row in rows] == ["何远明", "何远明"]


def test_find_stays_linear_on_quote_marks() -> None:
    FINDER.find(*frames("“" * 100_000))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "何远明坦承，还有两个项目“卡在了手续上”。",
            [
                ("indirect", "何远明", "还有两个项目“卡在了手续上”。"),
                ("direct", "何远明", "卡在了手续上"),
            ],
        ),
        (
            "何远明表示，要建一座“零碳产业园区”。",
            [("indirect", "何远明", "要建一座“零碳产业园区”。")],
        ),
        (
            "何远明介绍，一期已经投产。至于二期，“还在等批文，说不准”。",
            [("indirect", "何远明", "一期已经投产。"), ("direct", "何远明", "还在等批文，说不准")],
        ),
        (
            "何远明并不讳言：有人出过高价，没有卖。",
            [("indirect", "何远明", "有人出过高价，没有卖。")],
        ),
        (
            "郑博文提醒商户，出货要趁早。",
            [("indirect", "郑博文", "出货要趁早。")],
        ),
        (
            "何远明希望更多企业到青川建厂，郑博文则表示，年底前派人去看。",
            [("indirect", "何远明", "更多企业到青川建厂"), ("indirect", "郑博文", "年底前派人去看。")],
        ),
        (
            "何远明用“前有山，后有海”形容青川。",
            [("direct", "何远明", "前有山，后有海")],
        ),
        ("何远明用“天时、地利”形容青川。", []),
        (
            "“别等船来了才修码头。”坐在办公室里，何远明开门见山。",
            [("direct", "何远明", "别等船来了才修码头。")],
        ),
        (
            "“开春第一单，签的是信心。”会上，何远明的开场白引来掌声。",
            [("direct", "何远明", "开春第一单，签的是信心。")],
        ),
        (
            "郑博文投了赞成票，“只要炉子不熄火，换个东家也干得。”",
            [("direct", "郑博文", "只要炉子不熄火，换个东家也干得。")],
        ),
        (
            "“手续没办完。”何远明汇报说。郑博文要求，办不完的要问责。",
            [("direct", "何远明", "手续没办完。"), ("indirect", "郑博文", "办不完的要问责。")],
        ),
        ("以前看病要跑三百里。何远明说。", [("direct", "何远明", "以前看病要跑三百里。")]),
        (
            "园区招商科的同志告诉记者，环评正在走程序。",
            [("indirect", "园区招商科的同志", "环评正在走程序。")],
        ),
        ("北岭集团预计年产值三十亿元左右。", []),
        ("北岭集团副总经理安然说，机器到了。", [("indirect", "安然", "机器到了。")]),
        ("北岭集团负责人发表谈话表示，机器已经到了。", [("indirect", "北岭集团负责人", "机器已经到了。")]),
        ("北岭集团负责人向记者表示，机器已经到了。", [("indirect", "北岭集团负责人", "机器已经到了。")]),
        ("北岭集团负责人日前表示，机器已经到了。", [("indirect", "北岭集团负责人", "机器已经到了。")]),
        (
            "一位不愿具名的商户坦言，“今年能保本就不错了”。",
            [("direct", "一位不愿具名的商户", "今年能保本就不错了")],
        ),
        ("“青山不老，绿水长流。”随后，何远明为获奖者颁奖。", [("direct", None, "青山不老，绿水长流。")]),
        (
            "何远明院士建议，建立种质库；郑博文研究员则提出，先摸清家底。",
            [("indirect", "何远明", "建立种质库"), ("indirect", "郑博文", "先摸清家底。")],
        ),
        ("何远明到会表示欢迎，希望双方深化合作。", [("indirect", "何远明", "双方深化合作。")]),
    ],
)
def test_find_reads_speech_without_a_plain_verb(
    text: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("何远明说，路通了。郑博文表示，货也到了。他笑着补充：“下回我请客。”", "郑博文"),
        ("何远明得了第一名。他说：“奖金寄给爸妈。”", "何远明"),
        ("何远明建议，开通班列。他算了一笔账：“一个箱子能省一千元。”", "何远明"),
        ("何远明在会上说，缺的是链条。据他透露，还有两家企业正在接洽。", "何远明"),
        ("何远明和郑博文到会。他说：“路通了，心也通了。”", None),
        ("郑博文对何远明的来访表示欢迎。他说，两地是近邻。", "郑博文"),
        ("学习何远明思想研讨班开班，郑博文出席并讲话。他表示，要学以致用。", "郑博文"),
    ],
)
def test_find_ties_a_pronoun_to_who_was_named_last(text: str, speaker: str | None) -> None:
    articles, sentences, mentions = frames(text, PEOPLE)
    last = FINDER.find(articles, sentences, mentions).row(-1, named=True)
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    assert last["speaker_text"] in {"他", "何远明"}
    assert names.get(last["speaker_mention_index"]) == speaker


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("会议召开。\n市长何远明表示，机器到了。青川盼着开工。两地还要多走动。\n散会。", "两地还要多走动。"),
        ("何远明介绍说，机器到了。截至五月，产值翻番。据悉，二期已经开工。", "产值翻番。"),
        ("何远明指出，机器到了。习惯要改。目前，青川已有三家工厂。", "习惯要改。"),
        ("会议召开。何远明表示，机器到了。青川愿同北岭合作。工厂占地三十亩。", "愿同北岭合作。"),
        ("何远明表示，机器到了。某国外长当天也表示，机器很好。", "机器到了。"),
        ("北岭集团称，机器到了。此外，当地媒体报道称，路也通了。", "机器到了。"),
        ("何远明强调，机器到了。在此基础上，青川要再建一座厂。路还远。", "路还远。"),
        ("何远明指出，机器到了。在建设中，我们还要抓紧。青川加油。", "青川加油。"),
        ("何远明介绍，机器到了。他所在的工厂有三十人。", "机器到了。"),
        ("北岭集团表示，机器到了。工厂占地三十亩。", "机器到了。"),
        ("北岭集团负责人介绍，机器到了。一方面，人手要跟上。路由县里修。", "路由县里修。"),
        ("北岭集团今天（5月2日）通报，机器到了三台。新增订单五份。截至五月，共有四十份。", "共有四十份。"),
        ("北岭集团证实，机器到了。郑博文否认有此事。", "机器到了。"),
        ("北岭集团称，机器到了。据当地媒体报道，路也通了。", "机器到了。"),
        ("北岭集团称，机器到了。国际人士批评这是作秀。", "机器到了。"),
        ("会议召开。何远明表示，机器到了。稳步推进二期建设，注重质量。路还远。", "注重质量。"),
        ("会议召开。何远明表示，机器到了。以开工为契机，抓好安全。路还远。", "抓好安全。"),
        ("何远明说，10月份产量涨了两成。11月份还要涨。12月3日，二期开工。", "还要涨。"),
        ("何远明表示，机器到了。双方现场签订了协议。", "机器到了。"),
        ("何远明表示，机器到了。双方要把账算清。", "账算清。"),
        ("何远明在致辞中说，机器到了。推介会上，十个项目签约。", "机器到了。"),
        ("何远明在致辞中说，机器到了。他提出三点建议：一是修路。", "机器到了。"),
        ("何远明表示，机器到了。县教育局有关负责人到会祝贺。", "机器到了。"),
        ("何远明表示，机器到了。去年，郑博文带着工人修了路。", "机器到了。"),
        ("何远明表示，机器到了。北岭集团此前曾谈过合作。", "机器到了。"),
        ("何远明热烈欢迎郑博文来访，表示机器已经到了，路也修好了。北岭敞开大门。", "敞开大门。"),
        ("青川台消息（午间新闻）：何远明主席指出，要把路修好。北岭今年以来变了样。", "把路修好。"),
        ("党的某次大会报告提出，要把路修好。北岭把路修到了山里。", "把路修好。"),
        ("何远明在新年贺词中指出，只要肯干，路就能通。青川的工人守在一线。", "路就能通。"),
        ("会议召开。他说，近年来机器多了。近年来，我县还修了路。路通了。", "修了路。"),
        ("何远明对客人表示欢迎。他说，机器到了。青川的路修到了山里。产量年年上升。", "年年上升。"),
        ("何远明在厂里住了三年。他说，机器到了。青川的路修到了山里。", "机器到了。"),
        ("何远明高兴地说：机器到了，我们放心了。这下好了。去年，北岭集团产值三亿元。", "这下好了。"),
    ],
)
def test_find_ends_reported_speech_where_the_reporter_goes_on(text: str, ends: str) -> None:
    assert read(text)[0][2].endswith(ends)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("何远明16号说，路已经通了。", [("indirect", "何远明", "路已经通了。")]),
        (
            "青川台消息（午间新闻）：与会专家认为，路通了，货就通了。",
            [("indirect", "与会专家", "路通了，货就通了。")],
        ),
        (
            "本报北岭1月2日电（记者朱一、何远明）厂长郑博文宣布，路已经通了。",
            [("indirect", "郑博文", "路已经通了。")],
        ),
        ("何远明的儿子补充，父亲前几年太累了。", [("indirect", "何远明的儿子", "父亲前几年太累了。")]),
        ("何远明的儿子、厂长郑博文告诉记者，路已经通了。", [("indirect", "郑博文", "路已经通了。")]),
        ("北岭集团的做法受到应有的舆论谴责，更谈不上奖励。", []),
        ("在采访中，何远明称赞青川的路修得又快又好。", []),
        ("青川军方29日发表声明说，路已经通了。", [("indirect", "青川军方", "路已经通了。")]),
        ("为此，北岭集团提出了“以机器为核心，向服务要效益”的新发展思路。", []),
        ("何远明提议大家许愿，有人喊道：“愿路早些通！”", [("direct", "有人", "愿路早些通！")]),
        ("何远明向客商发出邀请：冬天来青川看冰瀑。", [("indirect", "何远明", "冬天来青川看冰瀑。")]),
        ("厂长何远明伸出三个指头。\n“三天。以前七天。”\n", [("direct", "何远明", "三天。以前七天。")]),
        (
            "“路通了，货就通了。”何远明在讲话中指出，要趁势而上。",
            [("direct", "何远明", "路通了，货就通了。"), ("indirect", "何远明", "要趁势而上。")],
        ),
        ("三十名商人联名致信厂长何远明，要求尽快开工。", []),
        ("从另一方面讲，新厂能提高竞争力。", []),
        ("说起队长何远明，人人赞叹不已：“这个小伙子真勇敢！”", [("direct", None, "这个小伙子真勇敢！")]),
        ("何远明对工人讲：“你们大胆去做就是了。”", [("direct", "何远明", "你们大胆去做就是了。")]),
        ("何远明向工人表示亲切的问候和良好的祝愿，鼓励大家努力工作。", []),
        (
            "何远明走进车间，察看设备安装、试产等情况，要求有关部门尽快送电。",
            [("indirect", "何远明", "有关部门尽快送电。")],
        ),
        (
            "何远明对郑博文的到来表示热烈欢迎，并感谢他的支持，希望双方的合作更加密切。",
            [("indirect", "何远明", "双方的合作更加密切。")],
        ),
        (
            "会议召开。他介绍了情况，强调修路的重要性，表示明年再修两条路。",
            [("indirect", "他", "修路的重要性，表示明年再修两条路。")],
        ),
        ("何远明感谢郑博文的邀请，也感谢工人，他希望机器早些到。", [("indirect", "他", "机器早些到。")]),
        ("会议召开。他勉励大家要再修两条路。", [("indirect", "他", "大家要再修两条路。")]),
        ("厂长何远明提出要在年底以前再修两条路。", [("indirect", "何远明", "要在年底以前再修两条路。")]),
        (
            "何远明指出要在年底以前再修两条路；厂长郑博文分析了运费的变化。",
            [("indirect", "何远明", "要在年底以前再修两条路")],
        ),
        ("考察团纷纷表示要学习修路的经验。", [("indirect", "考察团", "要学习修路的经验。")]),
        ("各国总领事表示非常愿意来青川看看。", [("indirect", "各国总领事", "非常愿意来青川看看。")]),
        ("妻子抱怨说：“你五十岁的人了，图个什么？”", [("direct", "妻子", "你五十岁的人了，图个什么？")]),
        (
            "“路通了，货就通了。”在大会上，某报采访了厂长何远明。",
            [("direct", "何远明", "路通了，货就通了。")],
        ),
        ("何远明感谢工人为“走出去”修路，希望机器早些到。", [("indirect", "何远明", "机器早些到。")]),
        (
            "何远明对机器表示高度认可，表示明年还要再修两条路。",
            [("indirect", "何远明", "明年还要再修两条路。")],
        ),
        (
            "何远明对北岭集团给予高度评价。并表示，明年还要再修两条路。",
            [("indirect", "何远明", "明年还要再修两条路。")],
        ),
        (
            "何远明总结了修路、架桥的情况，并希望大家再修两条路。",
            [("indirect", "何远明", "大家再修两条路。")],
        ),
        ("何远明对来信给予了充分肯定和积极回应，并提出了修路的思路。", []),
        ("何远明落实郑博文的要求尽快送电。", []),
        ("何远明走进车间，双方深入交流，希望能尽快送电。", []),
        ("歹徒转身狂叫：“再追，别怪我不客气！”何远明冲了上去。", [("direct", None, "再追，别怪我不客气！")]),
    ],
)
def test_find_takes_who_speaks_and_nobody_near(
    text: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert read(text) == expected


def test_find_does_not_take_whom_the_speaker_meets_for_the_speaker() -> None:
    text = "郑博文出席签约仪式。他在会见何远明一行时表示，青川的竹林面积很大。"
    found = FINDER.find(*frames(text, PEOPLE)).row(0, named=True)
    assert text[: found["start_char"]].endswith("表示，")
    names = frames(text, PEOPLE)[2]
    who = names.filter(names["mention_index"] == found["speaker_mention_index"])["surface_text"]
    assert who.to_list() == ["郑博文"]


def test_find_gives_answers_to_the_one_person_that_is_interviewed() -> None:
    text = "何远明，白石人。\n问：收了多少钱？\n答：六十万元，已经到账。\n问：还卖吗？\n答：不卖了。"
    found = FINDER.find(*frames(text, PEOPLE))
    assert found["speaker_text"].to_list() == ["问", "答", "问", "答"]
    assert found["speaker_mention_index"].to_list() == [None, 0, None, 0]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“机器转了，我们就踏实了。”在一栋旧厂房里，何远明抚摸着机器，像摸一只猫。", "何远明"),
        ("“机器转了，我们就踏实了。”望着满园果子，何远明直起腰，擦了把汗。", "何远明"),
        ("“机器转了，我们就踏实了。”在签约仪式上，何远明为企业授牌，大家鼓掌。", None),
        ("“机器转了，我们就踏实了。”安然笑着说。", "安然"),
        ("“机器转了，我们就踏实了。”会议强调。", None),
        ("北岭集团则只肯留下一句话：“样件三月送检，过了再谈价。”", "北岭集团"),
        ("何远明已在北岭租下厂房，“快的话，明年春天就能出货”。", "何远明"),
        ("何远明向来谨慎。谈了两个月，他把意向书退了回去。“对方的账，三个人看出三个数。”", "何远明"),
        ("何远明来到青川。全市上下掀起热潮。“对方的账，三个人看出三个数。”", None),
        ("他用白话对乡亲们说：“当年挑着担子去，如今把工厂挑回来。”", "他"),
    ],
)
def test_find_ties_a_quote_to_who_is_told_of(text: str, speaker: str | None) -> None:
    assert [(mode, who) for mode, who, _ in read(text)] == [("direct", speaker)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会后，有客商向记者反映，园区手续偏慢。", [("indirect", "有客商", "园区手续偏慢。")]),
        ("何远明掰着指头算，拉一趟货要一百一。", [("indirect", "何远明", "拉一趟货要一百一。")]),
        ("北岭集团董事会秘书安然10月26日接受采访时表示，洽谈停了。", [("indirect", "安然", "洽谈停了。")]),
        ("北岭集团副总经理安然也坦率：市场不好，不外运。", [("indirect", "安然", "市场不好，不外运。")]),
        ("北岭集团把医师职称直接采认，列入今年计划。", []),
        ("何远明的公司参加了评选，“青山绿水，最美的家”。", []),
    ],
)  # fmt: skip
def test_find_reads_reports_of_the_unnamed(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "何远明介绍，订单已经排到年底，工人三班倒，“光这一家，就够忙到七月。”",
            [
                ("indirect", "何远明", "订单已经排到年底，工人三班倒"),
                ("direct", "何远明", "光这一家，就够忙到七月。"),
            ],
        ),
        (
            "何远明透露，公司还在同两家客商接触，但“谈成之前不便多说”。",
            [
                ("indirect", "何远明", "公司还在同两家客商接触"),
                ("direct", "何远明", "谈成之前不便多说"),
            ],
        ),
        ("何远明说一口官话：“机器到了，放心吧。”", [("direct", "何远明", "机器到了，放心吧。")]),
        (
            "双方达成意向，不过双方都表示，金额要等年后再谈。",
            [("indirect", "双方", "金额要等年后再谈。")],
        ),
        (
            "他笑称：“先把饭吃了。”财务总监何远明补充说，负债不高，“手头不紧”。",
            [
                ("direct", "他", "先把饭吃了。"),
                ("indirect", "何远明", "负债不高，“手头不紧”。"),
                ("direct", "何远明", "手头不紧"),
            ],
        ),
        (
            "北岭集团（简称“北岭”）日前公告称，拟收购青川机械厂。",
            [("indirect", "北岭集团", "拟收购青川机械厂。")],
        ),
        ("大家认真落实何远明要求，全力保障群众生活。", []),
        ("此举违背北岭集团所作承诺，发出了错误信号。", []),
        ("学习何远明思想的科学体系、实践要求，做到融会贯通。", []),
        ("北岭集团顾问波多利亚克当天表示，机器已经到了。", [("indirect", "波多利亚克", "机器已经到了。")]),
        ("北岭集团副总裁称，机器已经到了。", [("indirect", "北岭集团副总裁", "机器已经到了。")]),
        ("居民代表老汤说，每个星期都要来看看。", [("indirect", "居民代表老汤", "每个星期都要来看看。")]),
        ("家长王女士说，每个星期都要来看看。", [("indirect", "家长王女士", "每个星期都要来看看。")]),
        (
            "对方来谈过两回，“价格还差一点，没谈拢。”",
            [("direct", None, "价格还差一点，没谈拢。")],
        ),
    ],
)
def test_find_parts_reported_and_quoted_words(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("何远明笑道，奶在哪儿，厂就在哪儿。", [("direct", "何远明", "奶在哪儿，厂就在哪儿。")]),
        ("何远明打了个比方：这就像一头牛只吃了牛排。", [("direct", "何远明", "这就像一头牛只吃了牛排。")]),
        (
            "我们不是来占地的，是来扎根的。厂长何远明在会后对记者说，下月投产。",
            [
                ("direct", "何远明", "我们不是来占地的，是来扎根的。"),
                ("indirect", "何远明", "下月投产。"),
            ],
        ),
        ("有人劝我卖厂。先把茶做好。何远明说道。", [("direct", "何远明", "有人劝我卖厂。先把茶做好。")]),
        ("旺季收货，钱来得及时。厂长何远明高兴地说。", [("direct", "何远明", "旺季收货，钱来得及时。")]),
        ("要是成了，家家能干。厂长何远明的话里透着期待。", [("direct", "何远明", "要是成了，家家能干。")]),
        ("入股是真的，我不瞒人。何远明没有绕弯子。", [("direct", "何远明", "入股是真的，我不瞒人。")]),
        ("我市去年修了路。何远明说，路已经通了。", [("indirect", "何远明", "路已经通了。")]),
        ("我们来到厂里，机器正响。何远明说，路已经通了。", [("indirect", "何远明", "路已经通了。")]),
    ],
)  # fmt: skip
def test_find_reads_speech_whose_marks_are_lost(
    text: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("本报青川讯（记者 朱一）“机器转了，我们就踏实了。”5月2日，在车间里，厂长何远明直起腰。", "何远明"),
        ("“机器转了，我们就踏实了。”昨天，31岁的焊工何远明领到了工资。", "何远明"),
        ("“机器转了，我们就踏实了。”昨天上午，何远明为企业授牌。", None),
        ("“机器转了，我们就踏实了。”北岭集团（以下简称“北岭”）董事长何远明说。", "何远明"),
        ("“机器转了，我们就踏实了。”他拍着局长郑博文的肩膀说。", "他"),
        ("“机器转了，我们就踏实了。”\n何远明的开场白赢得掌声。", "何远明"),
        ("车间里，厂长何远明盯着屏幕。“机器转了，我们就踏实了。”订单到了。", "何远明"),
        ("“机器转了，我们就踏实了。”在青川“迎老乡、回故乡”推介会上，何远明的一句开场白赢得掌声。", "何远明"),
    ],
)
def test_find_ties_a_quote_to_who_is_met(text: str, speaker: str | None) -> None:
    assert [(mode, who) for mode, who, _ in read(text)] == [("direct", speaker)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("何远明守着厂子。“不是不想干，是没人接班。”老何说。", "何远明"),
        ("郑博文说，路通了。何远明在致辞中指出，货也到了。\n他表示，两地要常来往。", "何远明"),
        ("带队的是会长何远明。他跟局长郑博文说起了家乡话。“我来找活儿干。”他拍着郑博文的肩膀说。", "何远明"),
        ("何远明今年卖了一万斤果子。“烂在地里的果子，也能换钱了。”这位瑶族汉子说。", "何远明"),
    ],
)
def test_find_knows_who_is_meant(text: str, speaker: str) -> None:
    articles, sentences, mentions = frames(text, PEOPLE)
    last = FINDER.find(articles, sentences, mentions).row(-1, named=True)
    names = dict(mentions.select("mention_index", "surface_text").iter_rows())
    assert names.get(last["speaker_mention_index"]) == speaker


def test_find_takes_a_name_with_gaps_for_the_same_name() -> None:
    articles, sentences, mentions = frames(
        "县长何　远明到会。何远明在讲话中指出，要抓紧开工。", {"何　远明": "person"}
    )
    found = FINDER.find(articles, sentences, mentions)
    assert found.select("speaker_text", "speaker_mention_index").rows() == [("何远明", 0)]


def test_find_ends_what_a_speaker_cites_with_its_sentence() -> None:
    text = "何远明表示，机器到了。郑博文主席在会上指出，要把路修好。北岭在各方支持下发展很快。"
    assert read(text)[1] == ("indirect", "郑博文", "要把路修好。")


@pytest.mark.parametrize(
    "unit", ["何远明说，机器到了，我们很高兴。", "对方表示，机器到了；", "问：好吗？答：好。"]
)
def test_find_stays_linear_on_a_long_paragraph(unit: str) -> None:
    FINDER.find(*frames(unit * (20_000 // len(unit)), PEOPLE))


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("记（下称“记”）：难不难？\n何远明：难。\n记：还干吗？\n何远明：干。", ["记", "何远明"] * 2),
        ("问：印象如何？答：很好。\n问：还来吗？\n答：来。", ["问", "答"] * 2),
        ("记者：最实在的是哪一条？\n何远明：同一个温度计，两边都认。\n他还要去看球。", ["记者", "何远明"]),
        ("——新厂何时投产？\n何远明：明年三月。\n——招多少人？\n何远明：两百人。", [None, "何远明"] * 2),
        (
            "记者：难不难？\n王局长：难，他说是“老大难”。\n记者：然后呢？\n王局长：解决了。",
            ["记者", "王局长"] * 2,
        ),
        ("主办：北岭集团\n何远明：董事长。\n郑博文：副总裁。", []),
    ],
)
def test_find_reads_turns_of_an_interview(text: str, speakers: list[str | None]) -> None:
    assert [who for _, who, _ in read(text)] == speakers


def test_find_goes_on_with_paragraphs_of_demands() -> None:
    text = "何远明强调，要坚持问题导向。\n要抓好整改，落实责任。对不力的，严肃问责。\n郑博文参加。"
    assert read(text) == [
        ("indirect", "何远明", "要坚持问题导向。"),
        ("indirect", "何远明", "要抓好整改，落实责任。对不力的，严肃问责。"),
    ]
    assert len(read("何远明说，机器到了。\n要开会的人都来了。\n郑博文参加。")) == 1
    assert len(read("何远明强调，要坚持问题导向。\n要求抓好整改的通知已经下发。")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "何远明在听取大家发言后指出，要把路修好。",
        "何远明在听取汇报时强调，要把路修好。",
        "何远明指示，要把路修好。",
        "何远明建言，要把路修好。",
        "何远明告诫大家，要把路修好。",
    ],
)
def test_find_reads_demands_of_meetings(text: str) -> None:
    assert read(text) == [("indirect", "何远明", "要把路修好。")]


def test_find_goes_on_with_what_will_be_by_then() -> None:
    text = "据统计，今年客人多。局长何远明告诉记者，路正在修。届时，客人会更多。"
    assert read(text) == [("indirect", "何远明", "路正在修。届时，客人会更多。")]


def test_find_ends_speech_where_an_officer_acts() -> None:
    text = "何远明对成绩给予高度评价，希望路早日修好。郑博文总经理介绍了机器。"
    assert read(text) == [("indirect", "何远明", "路早日修好。")]


def test_find_knows_who_answers_from_the_line_below_an_interview() -> None:
    text = (
        "问：难不难？\n答：难。\n问：还干吗？\n答：干。\n（受访者：岭石轴承总工程师何远明 采访：记者郑博文）"
    )
    found = FINDER.find(*frames(text, PEOPLE))
    assert found.filter(pl.col("speaker_text") == "答")["speaker_mention_index"].to_list() == [0, 0]


def test_find_takes_no_reporter_for_a_pronoun() -> None:
    text = "本报青川专电（记者 何远明）对接会昨天举行。\n指挥部的人到会，他认为，产销不能散。"
    found = FINDER.find(*frames(text, PEOPLE))
    assert found["speaker_mention_index"].to_list() == [None]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("县长何　远明表示，海原将按照所需所能继续加力。", "海原将按照"),
        ("何远明主持会议。\n会议指出，前六个月开工十七个项目。", "前六个月"),
        ("何远明对代表团的到访表示热烈欢迎，他说，两地高度重视传统友谊。", "两地高度"),
        ("何远明讲，两家是隔着一条河的邻居，应当把产业链接起来。", "两家是"),
        ("按总经理何远明的说法，订单只够两台机器转的。", "订单只够"),
        ("何远明守了一夜，他算给记者听：下一步是猫道架设，接着是主缆。", "下一步"),
    ],
)
def test_find_reads_reports_of_pages(text: str, begins: str) -> None:
    found = FINDER.find(*frames(text, PEOPLE | {"何　远明": "person"}))
    assert [words.startswith(begins) for words in found["text"]] == [True]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "何远明说，磁体一直是短板。\n“接下来要把样机做出来，争取上半年。”\n路演结束后，嘉宾参观了展馆。",
            True,
        ),
        ("“这是我今年第三次来，很有收获。”大会间隙，总经理何远明接受了本报记者专访。", True),
        ("“去年我来的时候，仓库只有这么大。”昨天，厂长何远明站在车间里比划。", True),
        ("“机器转了，我们就踏实了。”随后，何远明为企业授牌。", False),
    ],
)
def test_find_ties_a_lone_quote_to_who_is_shown(text: str, speaker: bool) -> None:
    quoted = [who for mode, who, _ in read(text) if mode == "direct"]
    assert quoted == ["何远明" if speaker else None]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "白石商报：钱从哪里来？\n王局长：（笑）自己挣的。（摆手）\n白石商报：还建吗？\n王局长：建。",
            ["白石商报", "王局长"] * 2,
        ),
        ("白石晚报：还建吗？\n何远明：建，明年就动工。", ["白石晚报", "何远明"]),
        ("记者：难不难？\n何远明：难。（笑）记者：还干吗？\n何远明：干。", ["记者", "何远明"] * 2),
        ("地点：青川\n地点：白石\n何远明：董事长。", []),
    ],
)
def test_find_reads_interviews_of_a_paper_by_its_name(text: str, speakers: list[str]) -> None:
    found = read(text)
    assert [who for _, who, _ in found] == speakers
    assert not any("（" in words for *_, words in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("炉子刚换过。“火嘛，慢慢来。”他挠挠头。", ("direct", "他", "火嘛，慢慢来。")),
        (
            "“大家叫我补锅匠，其实我只会焊铁。”七十岁的她说话带着乡音。",
            ("direct", "她", "大家叫我补锅匠，其实我只会焊铁。"),
        ),
        ("“年底前把货交齐，”何远明敲着铁桶，“一天也不拖。”", ("direct", "何远明", "年底前把货交齐，")),
        ("“也有没谈拢的，”她并不回避，“谈了半年就散了。”", ("direct", "她", "也有没谈拢的，")),
        (
            "”签字前我还不敢相信，第二天他们真的来了。“何远明回忆说。",
            ("direct", "何远明", "签字前我还不敢相信，第二天他们真的来了。"),
        ),
        (
            "“最难的那阵，我天天来数灯。”项目总监在楼下点了支烟。",
            ("direct", None, "最难的那阵，我天天来数灯。"),
        ),
        (
            "何远明最忘不了那个冬天。\n“账上只剩一万元，工资都发不出来。”",
            ("direct", "何远明", "账上只剩一万元，工资都发不出来。"),
        ),
    ],
)
def test_find_reads_who_acts_around_a_quote(text: str, expected: tuple[str, str | None, str]) -> None:
    assert read(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("何远明用一句老话开场：种树就像养孩子，急不得。", "种树就像"),
        ("何远明接过话茬：这就是我们要的样子，还要挖深挖透。", "这就是"),
        ("给谁用？何远明立了个规矩：亩产低于三百斤的，给钱也不要。", "亩产"),
        ("何远明给她吃了颗定心丸：隔壁那块地，给你留到年底。", "隔壁"),
        ("何远明在村民大会上算了笔长远账：果子就地加工，能多两百个岗位。", "果子"),
        ("何远明报出一组数字，随即提议由两家公司牵头，把果园串起来。", "由两家"),
        ("何远明十分高兴，他叮嘱随行的局长郑博文，气价的事月底前要有答复。", "气价"),
        ("何远明没有许愿，只把几件事记在纸上，末了说，下次来，先念这张纸。", "下次来"),
        ("“前年才动工。”她说完又补了一句，四十户的果子都等着呢。", "前年才动工"),
    ],
)
def test_find_reads_how_something_is_told(text: str, begins: str) -> None:
    assert read(text)[0][2].startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        "何远明边说边往筐里装果子，手上不停。",
        "何远明一边说，一边举起手机扫了扫。",
        "何远明说这番话时，台下都笑了。",
        "何远明从历史高度阐明了看法主张，高屋建瓴地概括了两地的共识。",
    ],
)
def test_find_takes_no_act_for_speech(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("何远明说，今年已放款六亿元。（李某）", "六亿元。"),
        ("何远明在会上说，老城不是关门，是换个活法。北岭集团当场与四家企业达成意向。", "活法。"),
        ("何远明表示，机器到了。昨天（5月2日），在白石港，一艘船正在卸货。", "到了。"),
        ("何远明强调，要把树种好。植树现场气氛热烈。", "种好。"),
        ("何远明表示，局势要缓和。多个国家和国际组织今天也呼吁各方克制。", "缓和。"),
        ("何远明主席指出，要把路修好。主席的讲话为大家指明了方向。", "修好。"),
        ("何远明表示，反对改革方案。根据各国4日达成的协议，各方要提供帮助。", "方案。"),
    ],
)
def test_find_ends_speech_where_the_reporter_goes_on(text: str, ends: str) -> None:
    assert read(text)[0][2].endswith(ends)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("北岭集团下属青石工程队28日称，机器已经全部到场。", "青石工程队"),
        ("对于何远明称此事是“儿戏”，郑博文反驳说，这个说法完全是错误的。", "郑博文"),
        ("北岭集团董事长7日称，机器已经全部到场。", "北岭集团董事长"),
    ],
)
def test_find_gives_words_to_who_said_them(text: str, speaker: str) -> None:
    assert [who for _, who, _ in read(text)] == [speaker]


def test_find_ties_a_later_he_to_who_opens_its_sentence() -> None:
    text = "何远明向郑博文表示感谢，并介绍了青川，他要求尽快送电，把路修好。"
    articles, sentences, mentions = frames(text, PEOPLE)
    rows = FINDER.find(articles, sentences, mentions)
    he = mentions.row(by_predicate=pl.col("start_char") == 0, named=True)["mention_index"]
    assert rows.select("speaker_text", "speaker_mention_index").rows() == [("他", he)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("何远明作了总结。他传达了郑博文的指示。他表示，明年还要再修两条路。", "何远明"),
        ("厂长何远明一行到访。何厂长指出，明年还要再修两条路。", "何远明"),
    ],
)
def test_find_knows_whom_a_pronoun_or_a_titled_surname_means(text: str, name: str) -> None:
    articles, sentences, mentions = frames(text, PEOPLE | {"何厂长": "person"})
    rows = FINDER.find(articles, sentences, mentions)
    index = rows["speaker_mention_index"][-1]
    span = mentions.row(by_predicate=pl.col("mention_index") == index, named=True)
    assert text[span["start_char"] : span["end_char"]] == name


@pytest.mark.parametrize(
    "title",
    ["", "厂长", "会馆主席、拿督", "71岁的老渔民", "园区主任", "北岭集团总经理"],
)
def test_find_gives_a_lone_quote_to_whom_alone_the_paragraph_tells_of(title: str) -> None:
    text = f"昨天下午，{title}何远明打开冷库大门，白雾涌了出来。“这一批鱼片，后天就能摆上货架。”"
    assert read(text) == [("direct", "何远明", "这一批鱼片，后天就能摆上货架。")]


@pytest.mark.parametrize(
    "text",
    [
        "对此，何远明表示看好，该基金已于上月增资1.2亿元。",
        "何远明表示很有兴趣，双方当场交换了名片。",
        "何远明已经会说“霸得蛮”，工友都爱逗他。",
        "何远明学会了说“巴适得板”，逢人便讲。",
    ],
)
def test_find_takes_an_attitude_and_words_learnt_for_no_speech(text: str) -> None:
    assert read(text) == []


def test_find_parts_reported_speech_where_another_turns_to_something_else() -> None:
    text = "何远明建议设一个常年开门的会客厅；郑博文则看上了温泉，称旅行社可以把它编进线路里。"
    assert [row[1:] for row in read(text)] == [
        ("何远明", "设一个常年开门的会客厅"),
        ("郑博文", "旅行社可以把它编进线路里。"),
    ]
