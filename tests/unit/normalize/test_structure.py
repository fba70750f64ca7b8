import re
from datetime import date

import polars as pl
import pytest

from tests.normalizing import NORMALIZER, as_frames

BODY = "云溪市今天召开大会，部署全年工作，林向东出席并讲话。"
REPORT = "本报讯（记者 许诺）3月17日，全市项目推进会召开，林向东出席。"


def kinds(raw: str) -> list[tuple[str, str | None, int | None]]:
    return [(p.block_type, p.block_subtype, p.article) for p in NORMALIZER.read_page(raw).paragraphs]


def test_kicker_headline_and_subtitle() -> None:
    raw = f"林向东在调研时指出：\n把项目建设抓紧抓实\n——云溪市重点项目建设综述\n{BODY}"
    assert [k[0] for k in kinds(raw)] == ["kicker", "headline", "subtitle", "body"]


def test_a_lone_short_head_heads_a_part_of_a_story() -> None:
    raw = f"夜市里的烟火气\n{REPORT}\n摊位费降了一半\n管理方介绍，摊位费由每月一千元降到六百元。"
    assert kinds(raw)[2] == ("body", "subhead", 0)


@pytest.mark.parametrize(
    "head",
    ["一片叶子怎么织出致富大产业", "云溪轴承：没有“卖壳”", "云溪驿站停建", "中标+扩产 云溪铸造订单排到明年"],
)
def test_a_head_of_a_story_without_a_dateline_heads_no_part(head: str) -> None:
    raw = "\n\n".join(f"{name}\n\n{REPORT}" for name in ("夜市开街", "地铁今起试乘", "粮库改成书院"))
    told = "走进云溪铸造的车间，工人们正在浇注一件转轮体，订单排到了明年。"
    assert ("headline", 3) in {(k[0], k[2]) for k in kinds(f"{raw}\n\n{head}\n\n{told}")}


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["东江：“风光”无限好", "链条向“新”延"], "东江：“风光”无限好链条向“新”延"),
        (["东江与法国海原", "将缔结友好城市"], "东江与法国海原将缔结友好城市"),
        (["云溪机场改扩建", "工程复工"], "云溪机场改扩建工程复工"),
        (["云溪小兄弟参股", "东国发动机厂"], "云溪小兄弟参股东国发动机厂"),
        (["东江运河云溪枢纽", "三台机组厂房提前12天交面"], "三台机组厂房提前12天交面"),
        (["访谈·口岸", "“不能让一箱货过夜”", "——对话云溪海关关长"], "“不能让一箱货过夜”"),
    ],
)
def test_the_headline_over_lines_and_below_what_it_is_about(lines: list[str], headline: str) -> None:
    frames = as_frames("\n".join([*lines, REPORT]))
    assert [head.replace(" ", "") for head in frames["articles"]["headline"]] == [headline]


def test_a_topic_and_what_short_news_are_called_head_briefs() -> None:
    raw = f"夜市开街\n{REPORT}\n财经快报\n▲云溪市统计局发布前两月数据。\n▲云溪县发行公司债券八亿元。"
    assert as_frames(raw)["articles"]["headline"].to_list() == ["夜市开街", "财经快报", None]


def test_a_dateline_below_a_head_opens_a_story() -> None:
    raw = f"夜市开街\n{REPORT}\n地铁今起试乘\n{REPORT}"
    assert [k[2] for k in kinds(raw)] == [0, 0, 1, 1]


def test_a_dateline_without_a_head_opens_a_story() -> None:
    assert [k[2] for k in kinds(f"{REPORT}\n{REPORT}")] == [0, 1]


def test_staff_credits_part_a_banner_from_the_heads() -> None:
    raw = f"专题报道：项目建设年\n编辑 王任之 校对 孙双\n把项目建设抓紧抓实\n{REPORT}"
    assert [k[:2] for k in kinds(raw)][:2] == [("furniture", "banner"), ("credit", None)]


def test_a_caption_stands_outside_the_text() -> None:
    raw = f"把项目建设抓紧抓实\n图为推进会现场。 本报记者 许诺 摄\n{REPORT}"
    frames = as_frames(raw)
    assert frames["articles"]["text"].to_list() == [REPORT]
    assert ("本报记者", "许诺") in frames["credits"].select("role", "name").rows()


def test_a_photograph_with_nothing_but_its_caption_is_a_story() -> None:
    frames = as_frames("春耕时节农机忙（图片）\n3月16日，农机手在田间作业。（本报记者 许诺 摄）")
    assert frames["articles"]["text"].to_list() == ["3月16日，农机手在田间作业。（本报记者 许诺 摄）"]


def test_continuations_leave_the_text() -> None:
    frames = as_frames(f"把项目建设抓紧抓实\n{REPORT}（下转第三版）")
    assert frames["articles"]["text"].to_list() == [REPORT]
    assert frames["articles"]["is_continued"].to_list() == [True]


def test_a_record_is_one_article() -> None:
    frames = as_frames(f"夜市开街\n{REPORT}\n地铁今起试乘\n{REPORT}", layout="record")
    assert frames["articles"].height == 1
    assert set(frames["blocks"]["block_type"]) == {"body"}


@pytest.mark.parametrize(("issue_on", "dateline_on"), [(None, None), (date(2024, 1, 2), date(2023, 12, 31))])
def test_dateline_on_needs_a_year(issue_on: date | None, dateline_on: date | None) -> None:
    frames = as_frames("年终盘点\n新华社云溪12月31日电 记者获悉，产值增长两成。", issue_on=issue_on)
    assert frames["articles"]["dateline_on"].to_list() == [dateline_on]


def test_the_folio_gives_the_day_of_issue() -> None:
    frames = as_frames(f"云溪日报 2024年3月18日 星期一 第03版\n把项目建设抓紧抓实\n{REPORT}")
    assert frames["pages_meta"].select("publication", "issue_on", "page_label").row(0) == (
        "云溪日报",
        date(2024, 3, 18),
        "03",
    )


def test_hints_and_sizes_of_a_layout_decide() -> None:
    texts = [
        "推进会召开",
        "林向东出席",
        "本报记者 许诺",
        "第一行不满就换行，",
        "第二行接着写完。",
        "图中是会场",
    ]
    blocks = [0, 1, 2, 3, 3, 4]
    hints = ["headline", "subtitle", None, None, None, "caption"]
    raw, rows, at = "", [], 0
    for text, block, hint in zip(texts, blocks, hints, strict=True):
        if raw:
            raw += "\n" if rows[-1]["block"] == block else "\n\n"
        at = len(raw)
        raw += text
        rows.append(
            {
                "raw_start": at,
                "raw_end": at + len(text),
                "block": block,
                "hint": hint,
                "x0": 1.0,
                "font_size": 10.0,
            }
        )
    page = NORMALIZER.read_page(raw, rows)
    assert [p.block_type for p in page.paragraphs] == ["headline", "subtitle", "byline", "body", "caption"]
    assert page.paragraphs[3].text == "第一行不满就换行，第二行接着写完。"


def test_frames_of_nothing_have_their_columns() -> None:
    frames = NORMALIZER.normalize(
        pl.DataFrame(
            {"document_id": [], "layout": [], "issue_on": []},
            schema={"document_id": pl.String, "layout": pl.String, "issue_on": pl.Date},
        ),
        pl.DataFrame(
            schema={
                "page_id": pl.String,
                "document_id": pl.String,
                "page_number": pl.Int64,
                "raw_text": pl.String,
            }
        ),
        pl.DataFrame(),
    )
    assert all(frame.height == 0 and frame.width for frame in frames.values())


def test_a_sentence_goes_on_behind_a_caption() -> None:
    frames = as_frames(
        f"把项目建设抓紧抓实\n{REPORT}\n记者看到，工人们正在加紧安装设备，项目预计于\n\n"
        "图为项目现场。 本报记者 许诺 摄\n\n年底建成投产，届时年产值可达三亿元。"
    )
    assert "项目预计于年底建成投产" in frames["articles"]["text"][0]
    assert frames["damage"].height == 0


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "本报记者 张三 通讯员 李四 王五 文/图",
            [("本报记者", "张三"), ("通讯员", "李四"), ("通讯员", "王五")],
        ),
        ("张三/文 李四/图", [("文", "张三"), ("图", "李四")]),
        ("文/张三 图/李四", [("文", "张三"), ("图", "李四")]),
        ("（新华社记者樊如山摄）", [("新华社记者", "樊如山")]),
        ("记者 陈明 通讯员 李红 北京报道", [("记者", "陈明"), ("通讯员", "李红")]),
        ("□ 林　夏", [("作者", "林夏")]),
        ("张三 李四 摄影报道", [("摄影报道", "张三"), ("摄影报道", "李四")]),
    ],
)
def test_bylines_give_their_people(line: str, people: list[tuple[str, str]]) -> None:
    frames = as_frames(f"把项目建设抓紧抓实\n{line}\n{BODY}")
    assert sorted(frames["credits"].select("role", "name").rows()) == sorted(people)


def test_questions_and_answers_are_text() -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n问：企业最关心什么？\n答：最关心政策的稳定性。"
    assert [k[0] for k in kinds(raw)][2:] == ["body", "body"]


def test_classified_notices_are_no_article() -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n遗失声明\n林小某遗失身份证，声明作废。"
    assert [k[:2] for k in kinds(raw)][2:] == [("furniture", "ad"), ("furniture", "ad")]


def test_briefs_below_their_name_are_stories() -> None:
    raw = (
        f"推进会召开\n{REPORT}\n简讯\n●青石镇举行春耕现场会，两百人参加。\n●云溪二中新校区启用，学生一千人。"
    )
    frames = as_frames(raw)
    assert frames["articles"].select("kicker", "headline").rows() == [
        (None, "推进会召开"), (None, "简讯"), ("简讯", None),
    ]  # fmt: skip
    assert frames["blocks"]["block_type"].to_list()[2:] == ["headline", "body", "body"]


def test_a_brief_with_its_own_head_has_that_of_the_row_as_kicker() -> None:
    raw = f"短波\n●青石镇春耕现场会\n{REPORT}\n●云溪二中新校区启用，学生一千人。"
    articles = as_frames(raw)["articles"]
    assert articles.select("kicker", "headline").rows() == [("短波", "青石镇春耕现场会"), ("短波", None)]


def test_a_short_head_above_marked_sentences_heads_briefs() -> None:
    raw = (
        f"城乡走笔\n◇青石镇举行春耕现场会，两百人参加。◇云溪二中新校区启用，学生一千人。\n推进会召开\n{BODY}"
    )
    assert as_frames(raw)["articles"]["headline"].to_list() == ["城乡走笔", None, "推进会召开"]


def test_the_name_of_a_column_above_a_text_is_no_headline() -> None:
    articles = as_frames(f"推进会召开\n{REPORT}\n\n【一线传真】\n\n{BODY}")["articles"]
    assert articles.select("kicker", "headline").rows() == [(None, "推进会召开"), ("【一线传真】", None)]


def test_a_photograph_between_family_and_given_name_cuts_no_headline_out() -> None:
    caption = "云溪大桥施工现场。本报记者 许诺 摄"
    raw = f"推进会召开\n{REPORT}\n\n云溪县县长林\n\n{caption}\n\n凯告诉记者，大桥月底通车。"
    articles = as_frames(raw)["articles"]
    assert articles["headline"].to_list() == ["推进会召开"]
    assert "林凯告诉记者" in articles["text"][0].replace("\n", "")


def test_a_month_in_the_head_of_a_page_is_no_headline() -> None:
    blocks = as_frames(f"边 关 时 报 · 云溪新闻\n\n2023年9月 二版\n\n推进会召开\n{REPORT}")["blocks"]
    assert blocks["block_type"].to_list()[:3] == ["furniture", "furniture", "headline"]


def test_an_empty_line_inside_a_brief_does_not_end_it() -> None:
    raw = "简讯\n●青石镇举行现场会，两百人参加。\n●云溪县合作联社\n\n向三家果园放款二百万元，期限一年。"
    told = as_frames(raw)["articles"]["text"].to_list()[1]
    assert told == "●云溪县合作联社向三家果园放款二百万元，期限一年。"


def test_marked_items_in_a_row_are_no_captions() -> None:
    raw = f"推进会召开\n签约的有：\n▲青石镇与海原果业签订果园项目；\n▲云溪县与东江电缆签订厂房项目。\n{BODY}"
    assert [k[0] for k in kinds(raw)][2:4] == ["body", "body"]


@pytest.mark.parametrize(
    ("heads", "headline"),
    [
        (["【专访】", "老街的灯为什么又亮了？", "——访云溪照明公司经理许诺"], "老街的灯为什么又亮了？"),
        (["第九届东江茶业对接会", "云溪揽下5个项目11亿元投资"], "云溪揽下5个项目11亿元投资"),
        (["同心同行 共谋发展", "云溪与海原签署合作协议"], "云溪与海原签署合作协议"),
        (["第三届东江茶业博览会举行", "签约12项 总额9亿元"], "第三届东江茶业博览会举行"),
        (["云溪市茶商代表团", "来海原洽谈两个项目"], "云溪市茶商代表团 来海原洽谈两个项目"),
        (["东江电缆将海原铜业", "收入囊中"], "东江电缆将海原铜业 收入囊中"),
        (["云溪内河集装箱码头", "二期试运行"], "云溪内河集装箱码头 二期试运行"),
        (["开通云溪至", "海原城际班车"], "开通云溪至海原城际班车"),
        (["东江茶叶", "卖出国际价"], "东江茶叶 卖出国际价"),
        (["云溪木雕", "开出国际订单"], "云溪木雕 开出国际订单"),
        (
            ["东江两岸添新景", "云溪海原产业对接会签下12个项目", "总投资48亿元"],
            "云溪海原产业对接会签下12个项目",
        ),
        (["全市重点产业链大会召开", "一张蓝图绘到底", "许诺出席并讲话"], "全市重点产业链大会召开"),
        (
            ["同心同行 再续新篇", "云溪—海原产业推介会", "在云溪举办", "签约7个项目"],
            "云溪—海原产业推介会在云溪举办",
        ),
        (["云溪茶产业链协同创新", "大会开了两天签了一打"], "云溪茶产业链协同创新大会开了两天签了一打"),
        (["海原党政代表团在云溪考察", "签下三份合作协议"], "海原党政代表团在云溪考察"),
        (["海原客商代表团到访", "双方续签友好备忘录"], "海原客商代表团到访"),
        (["对话", "海原茶商代表团来云溪", "“我们为好茶而来”"], "“我们为好茶而来”"),
        (["云溪与海原三家院所共建茶叶", "研究院"], "云溪与海原三家院所共建茶叶研究院"),
    ],
)
def test_which_line_is_the_headline(heads: list[str], headline: str) -> None:
    articles = as_frames("\n".join([*heads, REPORT]))["articles"]
    assert articles["headline"].to_list() == [headline]


def test_a_closing_note_with_a_head_is_a_piece_of_its_own() -> None:
    articles = as_frames(f"推进会召开\n{REPORT}\n编后\n别只开一场会\n{BODY}")["articles"]
    assert articles.select("kicker", "headline").rows() == [(None, "推进会召开"), ("编后", "别只开一场会")]


def test_a_head_above_the_source_of_its_text_is_no_banner() -> None:
    articles = as_frames(f"推进会召开\n2024-05-17 08:30　来源：云溪在线\n{BODY}")["articles"]
    assert articles["headline"].to_list() == ["推进会召开"]


def test_a_head_glued_to_its_dateline_stands_apart() -> None:
    assert [k[:2] for k in kinds(f"推进会在东港召开{REPORT}")] == [("headline", None), ("body", None)]


def test_marked_lines_in_a_row_are_a_list() -> None:
    raw = f"考点公布\n{BODY}\n◆一中考点：考场四十个\n◆二中考点：考场三十个"
    assert [k[:2] for k in kinds(raw)][2:] == [("body", "list"), ("body", "list")]


def test_a_lone_dateline_belongs_to_the_text_below_it() -> None:
    frames = as_frames("推进会召开\n本报讯\n全市项目推进会昨天召开，林向东出席。")
    assert frames["articles"].select("headline", "dateline_text", "text").row(0) == (
        "推进会召开",
        "本报讯",
        "本报讯 全市项目推进会昨天召开，林向东出席。",
    )


def test_lines_of_cells_are_a_table() -> None:
    raw = f"今日油价\n92号汽油 7.86元/升\n95号汽油 8.39元/升\n0号柴油 7.52元/升\n推进会召开\n{REPORT}"
    assert [k[:2] for k in kinds(raw)][1:4] == [("body", "table")] * 3


def test_verse_below_its_author_is_text() -> None:
    raw = f"山行\n文/霍一川\n\n石阶把我抬高\n一寸一寸\n直到云\n\n推进会召开\n{REPORT}"
    assert [k[2] for k in kinds(raw)] == [0, 0, 0, 0, 0, 1, 1]


def test_an_editors_note_belongs_to_the_story_below_it() -> None:
    raw = f"推进会召开\n{REPORT}（记者 许诺）\n编者按：本报今起开设专栏，敬请关注。\n把民宿开进云里\n{BODY}"
    assert [k[2] for k in kinds(raw)] == [0, 0, 1, 1, 1]


def test_who_signs_a_text_is_credited() -> None:
    frames = as_frames(f"推进会召开\n{BODY}（通讯员 彭丽）")
    assert frames["credits"].select("role", "name").rows() == [("通讯员", "彭丽")]


def test_two_lines_below_a_kicker_are_one_headline() -> None:
    raw = f"林向东在调研时强调\n以科技创新引领产业创新\n加快建设先进制造业强市\n{REPORT}"
    assert as_frames(raw)["articles"].select("kicker", "headline").row(0) == (
        "林向东在调研时强调",
        "以科技创新引领产业创新 加快建设先进制造业强市",
    )


@pytest.mark.parametrize(
    ("folio", "meta"),
    [
        ("A 05 对话 2024年12月 5日 星期 四 望海日报", ("望海日报", date(2024, 12, 5), "A05")),
        ("02 综合新闻 白鹭县融媒体中心主办 2024年6月3日 星期一", (None, date(2024, 6, 3), "02")),
        ("第07版:评论 2024年10月18日", (None, date(2024, 10, 18), "07")),
        ("2024-06-18 来源：望海日报 记者：林帆", ("望海日报", date(2024, 6, 18), None)),
    ],
)
def test_folios_of_other_papers(folio: str, meta: tuple[str | None, date, str | None]) -> None:
    frames = as_frames(f"{folio}\n推进会召开\n{REPORT}")
    assert frames["pages_meta"].select("publication", "issue_on", "page_label").row(0) == meta


@pytest.mark.parametrize(
    ("heads", "headline"),
    [
        (["县委学习中心组", "举行专题学习会"], "县委学习中心组 举行专题学习会"),
        (["我县首个", "“零碳园区”", "启动建设"], "我县首个 “零碳园区” 启动建设"),
    ],
)
def test_a_headline_goes_on_over_lines(heads: list[str], headline: str) -> None:
    frames = as_frames("\n".join([*heads, REPORT]))
    assert frames["articles"]["headline"].to_list() == [headline]


def test_an_author_with_a_title_stands_below_the_head() -> None:
    frames = as_frames(f"让乡村医生留得住\n省政协委员 文静\n{BODY}")
    assert frames["articles"].select("headline", "byline").row(0) == ("让乡村医生留得住", "省政协委员 文静")
    assert frames["credits"].select("role", "name").rows() == [("作者", "文静")]


def test_a_continuation_alone_in_its_line_stays_whole() -> None:
    assert kinds(f"推进会召开\n{REPORT}\n（下转A4版）")[2:] == [("furniture", "continuation", 0)]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("山里枇杷进了大药厂 本报记者 周云帆", ["headline", "byline"]),
        ("江海新港“零碳”货轮首航 记者 李明 通讯员 王小红", ["headline", "byline"]),
        ("请记者 讲讲新港的故事", ["headline"]),
        ("工人在焊接管道。 本报记者 高峰 摄", ["caption"]),
    ],
)
def test_an_author_on_the_line_of_a_head_stands_apart(line: str, parts: list[str]) -> None:
    assert [kind for kind, _, _ in kinds(f"{line}\n\n本报讯 6月7日，新港开港。")][: len(parts)] == parts


def test_a_paper_with_its_section_is_no_head() -> None:
    found = kinds("江海晨报 · 产经\n\n新港建成\n\n本报讯 6月7日，新港开港。")
    assert [kind for kind, _, _ in found] == ["furniture", "headline", "body"]


def test_a_lead_above_its_heads_belongs_to_the_story_that_names_its_names_again() -> None:
    lead = "机声隆隆，云溪高新产业园的生产线三月五日投产。"
    raw = f"{lead}\n\n纱锭转起来\n\n本报记者 许诺\n\n项目建在云溪高新产业园，总投资十亿元。"
    assert [k[2] for k in kinds(raw)] == [0, 0, 0, 0]
    other = raw.replace("项目建在云溪高新产业园", "北岭的茶山今年多了三千亩")
    assert [k[2] for k in kinds(other)] == [0, 1, 1, 1]


def test_a_sentence_cut_by_a_head_goes_on_below_it() -> None:
    raw = (
        f"医药大会在云溪召开\n\n{REPORT}会上签约十二个项目；云溪第一医\n\n三地药材进药企 本报记者 许诺\n\n"
        "院与北岭药业签订合作协议。\n\n据介绍，上述项目三个已经开工，总投资十亿元。\n\n"
        "6月7日，南湾药材公司签署协议，转让六成股权。"
    )
    assert [(kind, article) for kind, _, article in kinds(raw)] == [
        ("headline", 0),
        ("body", 0),
        ("headline", 1),
        ("byline", 1),
        ("body", 0),
        ("body", 0),
        ("body", 1),
    ]
    assert as_frames(raw)["articles"]["text"][0].count("云溪第一医院与北岭药业签订合作协议。") == 1


def test_a_text_that_lost_its_end_takes_nothing_from_the_story_below() -> None:
    raw = (
        f"医药大会在云溪召开\n\n{REPORT}全场大笑，继而掌声经久不息\n\n把菜园子搬到路边\n\n"
        "一棵菜心从东江的地里到餐桌上，要多久？答案是22个小时。\n\n凌晨三点，工人们正抢着露水割菜。"
    )
    assert [article for _, _, article in kinds(raw)] == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    "raw",
    [
        f"{REPORT}\n▲云溪市与海原市签约，投资7亿元。\n▲林场改造工程完工。",
        f"{REPORT}\n▲云溪市与海原市签约。▲林场改造工程完工。",
    ],
)
def test_items_of_a_list_are_no_captions(raw: str) -> None:
    assert "caption" not in [kind[0] for kind in kinds(raw)]
    assert kinds(f"{REPORT}\n▲工人在焊接管道。")[-1][0] == "caption"


@pytest.mark.parametrize(
    ("row", "one", "other"),
    [
        (
            "新闻速览",
            "【收购】云溪锂业公司3月16日公告，收购东港电池公司。",
            "【停建】因规划调整，南江影视小镇不再建设。",
        ),
        (
            "云城快递",
            "两座大桥有了新进展 记者获悉，东江大桥今日零时通车。",
            "周末有雨 市气象台预计，周六全市有中雨，局部大雨。",
        ),
    ],
)
def test_short_news_with_heads_in_its_lines(row: str, one: str, other: str) -> None:
    frames = as_frames(f"把项目建设抓紧抓实\n\n{REPORT}\n\n{row}\n\n{one}\n{other}")
    found = frames["articles"].select("kicker", "headline").rows()[1:]
    heads = [re.split("】| ", item)[0].strip("【") for item in (one, other)]
    assert found == [(row, head) for head in heads]
    assert frames["articles"]["text"][2] == re.split("】| ", other)[1]


def test_labels_inside_a_story_stay_in_it() -> None:
    raw = f"以案说法\n{REPORT}\n【案情】甲公司与乙公司签订合同。\n【审理】法院认为，乙公司构成违约。"
    assert as_frames(raw)["articles"].height == 1


@pytest.mark.parametrize("head", ["◎速递", "■云溪短波"])
def test_a_marked_head_of_short_news(head: str) -> None:
    frames = as_frames(
        f"把项目建设抓紧抓实\n{REPORT}\n{head}\n▲东江大桥今日零时通车，市民可以通行。\n▲市气象台预计，周六全市有中雨，局部大雨。"
    )
    assert frames["articles"]["headline"].to_list()[1:] == [head[1:], None]


def test_a_lone_short_head_that_blank_lines_set_apart_is_a_story() -> None:
    told = "一条生产线从五楼搬到一楼，用了八年。\n许诺带着四名学生创办公司，租下一层老楼。"
    above = f"把项目建设抓紧抓实，云溪开大会\n\n{REPORT}\n林向东说，要抓紧。"
    raw = f"{above}\n\n一间实验室的下楼记\n\n{told}\n去年投产。"
    assert kinds(raw)[3] == ("headline", None, 1)


@pytest.mark.parametrize(
    ("heads", "headline"),
    [
        ("云溪与法国阿维镇\n将缔结友好城市", "云溪与法国阿维镇将缔结友好城市"),
        ("云溪赴东江开展招商活动\n3家企业签约落户", "云溪赴东江开展招商活动"),
        ("云溪小兄弟参股\n马来西亚发动机厂", "云溪小兄弟参股马来西亚发动机厂"),
        ("一张草料合同\n养活半条沟", "一张草料合同养活半条沟"),
        ("云溪跨海大桥\n东塔浇完最后一方混凝土", "云溪跨海大桥东塔浇完最后一方混凝土"),
        ("云溪陶瓷集团与东港区结缘\n云溪香料产业园动工", "云溪香料产业园动工"),
        ("云溪机场改扩建\n工程复工", "云溪机场改扩建工程复工"),
        ("大学城科创园\n二期交付使用", "大学城科创园二期交付使用"),
        ("云溪：“风光”无限好\n链条向“新”延", "云溪：“风光”无限好链条向“新”延"),
        ("云溪竹业博览会昨落幕\n外商与竹农“对上了眼”", "外商与竹农“对上了眼”"),
        ("“小巨人”敲钟，第一天涨了一成\n云溪材料昨在港交所挂牌", "“小巨人”敲钟，第一天涨了一成"),
        ("以“竹”会友 以链招商\n第三届竹产业大会在云溪开幕", "第三届竹产业大会在云溪开幕"),
        ("云溪合作再结硕果\n东港—云溪产业协作恳谈会签约9个项目", "东港—云溪产业协作恳谈会签约9个项目"),
        ("云溪装备产业对接会举行\n现场签约项目九个", "云溪装备产业对接会举行"),
        ("对话园区企业家\n“把每一克都用到极致”\n──访云溪材料公司总经理许诺", "“把每一克都用到极致”"),
    ],
)
def test_which_of_several_lines_is_the_headline(heads: str, headline: str) -> None:
    found = as_frames(f"{heads}\n\n{REPORT}")["articles"]["headline"].to_list()
    assert [head.replace(" ", "") for head in found] == [headline.replace(" ", "")]


def test_a_note_below_an_interview_stays_in_it() -> None:
    raw = f"把项目建设抓紧抓实\n\n{REPORT}\n\n记者手记\n采访中，林向东反复提到一个词：出题。"
    assert as_frames(raw)["articles"].height == 1


def test_two_lone_heads_head_parts_of_a_story() -> None:
    part = "管理方介绍，摊位费由每月一千元降到六百元。\n摊主许诺来得更早了。"
    raw = f"夜市里的烟火气，云溪人的好生意\n\n{REPORT}\n\n摊位费降了一半\n\n{part}\n\n人气涨了一倍\n\n{part}"
    assert as_frames(raw)["articles"].height == 1


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("公司经理许诺告诉记者，新厂房里", "还要添四条流水线，年底全部开动。"),
        ("与老厂房一路之隔", "的新车间里，机器从早响到晚。"),
        ("走进云溪轴承的新车间,", "机器从早响到晚，订单排到了明年。"),
    ],
)
def test_a_line_of_text_that_looks_like_a_head_parts_no_story(line: str, below: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n云溪轴承去年搬进新厂房。\n{line}\n{below}\n\n夜市开街\n{REPORT}"
    assert as_frames(raw)["articles"]["headline"].to_list() == ["把项目建设抓紧抓实", "夜市开街"]


@pytest.mark.parametrize(
    "name", ["【中标快报】　", "［招标动态］", "▲中标快讯　", "快讯▶", "■【市场速递】　", "又　讯　"]
)
def test_the_name_of_short_news_begins_a_lone_piece_of_it(name: str) -> None:
    brief = "云溪江防洪堤二期工程日前完成招标，东江水利工程局中标，工期18个月。"
    texts = as_frames(f"把项目建设抓紧抓实\n{REPORT}\n{name}{brief}")["articles"]["text"].to_list()
    assert len(texts) == 2
    assert texts[1].endswith(brief)


@pytest.mark.parametrize(
    "caption",
    [
        "云溪轴承员工在检测滚子（资料照片 由企业提供）",
        "代表团在海原推介茶叶（市商务局供图）",
        "云溪江特大桥合龙现场。县融媒体中心供图",
        "〖图片说明：许诺（左）在车间。〗",
    ],
)
def test_who_provides_a_picture_makes_its_line_a_caption(caption: str) -> None:
    raw = f"把项目建设抓紧抓实\n{REPORT}\n{caption}\n林向东说，项目要早开工、早投产。"
    assert [k[0] for k in kinds(raw)] == ["headline", "body", "caption", "body"]


def test_a_text_that_names_what_its_head_names_stays_below_it() -> None:
    told = "许诺的豆腐坊搬了三回家。\n这一回他搬进了园区，租金头三年免一半。"
    raw = f"夜市开街\n{REPORT}\n昨天，夜市管理方与商户签下协议，全年租金20万\n许诺的“三迁”\n{told}"
    assert as_frames(raw)["articles"]["text"].to_list()[1].startswith("许诺的豆腐坊")


def test_who_gives_notice_signs_it() -> None:
    notice = "现将我行年度报告予以披露。\n特此公告。\n云溪农商银行股份有限公司\n2031年4月8日"
    briefs = "◆东江大桥今日零时通车，市民可以通行。\n◆市气象台预计，周六全市有中雨，局部大雨。"
    raw = f"夜市开街\n{REPORT}\n云溪农商银行信息披露公告\n{notice}\n【短讯】\n{briefs}"
    assert as_frames(raw)["articles"]["headline"].to_list() == [
        "夜市开街", "云溪农商银行信息披露公告", "短讯", None,
    ]  # fmt: skip


def test_a_paragraph_that_ends_on_a_picture_of_speech_is_text():
    told = "活动结束后，他还来到白沙埠镇上陂村油茶基地调研，希望县里把更多开工图尽快变成投产图。"
    frames = as_frames(f"青石县项目集中开工\n本报讯 12月26日，青石县举行项目集中开工活动。\n{told}")
    assert told in frames["articles"]["text"][0]


@pytest.mark.parametrize("signature", ["董事会秘书：林向东", "青禾木业有限公司　9月17日"])
def test_who_signs_a_text_heads_no_story(signature: str) -> None:
    raw = (
        "关于扩建的公告\n本公司拟扩建冷库，库容两万吨，计划年内开工。\n"
        f"{signature}\n\n园区采风\n\n一只纸箱的半径\n苹果走多远，纸箱就跟多远，园区里有包装企业十一家。"
    )
    heads = as_frames(raw)["articles"]["headline"].to_list()
    assert not any(signature[:5] in (head or "") for head in heads)


@pytest.mark.parametrize("between", ["- 3 -", "第3页 共12页", "3/12", "责任编辑 柳青 美编 夏至"])
def test_what_stands_between_the_lines_of_a_record_is_none_of_its_text(between: str) -> None:
    lines = [
        "8月22日，云溪煤化集团与东港绿源公司举",
        "行项目签约仪式，项目投资五亿元，建设煤",
        "矸石综合利用生产线两条，预计明年十月建",
        "成投产。云溪煤化集团总经理贺一舟在仪式",
        "上说，项目建成后每年减少排放二十万吨。",
    ]
    page = NORMALIZER.read_page("\n".join([*lines[:3], between, *lines[3:]]), is_record=True)
    assert [p.block_type for p in page.paragraphs].count("body") == len(page.paragraphs) - 1
    assert [p.text for p in page.paragraphs if p.continues] == ["".join(lines[3:])]
