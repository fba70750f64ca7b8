from datetime import date

import pytest

from flows.parsers import html_reader
from transforms.ingest.model import Limits, RawDocument, SourceMeta, UnreadableError

PARAGRAPHS = [
    "本报讯（记者 林小满）3月5日，海州市举行春季植树活动，三百余名志愿者在滨河公园种下树苗一千二百株。",
    "市园林局负责人介绍，今年全市计划新增绿地五十公顷，其中口袋公园十二个，年底前全部向市民开放。",
    "“孩子亲手种的树，以后每年都要来看看。”市民何大川说，活动结束后他还认养了两棵银杏。",
]
PORTAL = """<!DOCTYPE html><html><head>
<meta charset="{charset}"><title>海州种下千株树苗_本地新闻_海州网</title>
<meta name="publishdate" content="2024-03-06 08:12"><meta name="source" content="来源：海州日报"></head><body>
<div class="topbar"><a href="/">首页</a> <a href="/n">新闻</a> <a href="/s">体育</a></div>
<div class="wrap"><div class="left">
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/n">正文</a></div>
<h1>海州种下千株树苗</h1><div class="info"><span>2024-03-06 08:12</span> <span>来源：海州日报</span></div>
<div class="text"><p>{0}</p><p><img src="a.jpg"></p><p>志愿者在滨河公园植树。</p><p>{1}</p><p>{2}</p>
<p>（责任编辑：周末）</p></div>
<div class="related"><h3>相关新闻</h3>
<ul><li><a href="1">全市造林工作会议召开</a></li></ul></div>
</div><div class="sidebar"><h2>热门</h2>
<ul><li><a href="2">一条很长很长的推荐新闻标题，里面也有逗号，但它是链接。</a></li></ul></div></div>
<footer>版权所有 海州网</footer><script>var x = "不该出现";</script></body></html>"""


def hints(document: RawDocument) -> list[tuple[str | None, str]]:
    page = document.pages[0]
    return [(line.hint, page.raw_text[line.raw_start : line.raw_end]) for line in page.lines]


def read(html: str, charset: str = "utf-8", meta: SourceMeta | None = None) -> RawDocument:
    result = html_reader().read(html.encode(charset), uri="x", meta=meta or SourceMeta())
    assert isinstance(result, RawDocument)
    return result


@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_read_portal_page(charset: str) -> None:
    document = read(PORTAL.format(*PARAGRAPHS, charset=charset), charset)
    found = hints(document)
    assert document.title == "海州种下千株树苗"
    assert (document.issue_on, document.issue_on_source) == (date(2024, 3, 6), "html_meta")
    assert document.publication == "海州日报"
    assert [text for hint, text in found if hint == "headline"] == ["海州种下千株树苗"]
    assert [text for hint, text in found if hint == "body"][:3] == PARAGRAPHS
    assert [hint for hint, text in found if "来源" in text] == ["byline"]
    for word in ("首页", "相关新闻", "全市造林", "热门", "推荐新闻", "版权所有"):
        assert {hint for hint, text in found if word in text} == {"furniture"}
    assert "不该出现" not in document.pages[0].raw_text


def test_read_given_date_goes_first() -> None:
    given = SourceMeta(issue_on=date(2024, 1, 1), issue_on_source="given", publication="某报")
    document = read(PORTAL.format(*PARAGRAPHS, charset="utf-8"), meta=given)
    assert (document.issue_on, document.issue_on_source) == (date(2024, 1, 1), "given")
    assert document.publication == "某报"


def test_read_electronic_paper_with_breaks() -> None:
    body = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{p}" for p in PARAGRAPHS)
    html = f"""<html><head><title>海州日报多媒体数字版</title></head><body><table><tr><td>
    <div>第A03版：要闻</div><a href="x">上一版</a> <a href="y">下一版</a></td><td>
    <table><tr><td style="font-size:12px">春到海州绿意浓</td></tr>
    <tr><td><strong>海州种下千株树苗</strong></td></tr></table>
    <div id="ozoom"><founder-content>{body}</founder-content></div></td></tr></table></body></html>"""
    found = hints(read(html))
    assert [text.strip("\u3000") for hint, text in found if hint == "body"] == PARAGRAPHS
    assert ("furniture", "上一版 下一版") in found
    assert ("headline", "海州种下千株树苗") in found
    assert ("kicker", "春到海州绿意浓") in found


def test_read_wechat_page() -> None:
    sections = "".join(f"<section><span>{p}</span></section>" for p in PARAGRAPHS)
    html = f"""<html><head><meta property="og:title" content="海州种下千株树苗"></head><body>
    <h1 class="rich_media_title" id="activity-name">海州种下千株树苗</h1>
    <div id="meta_content"><span>海州发布</span></div>
    <div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">{sections}</div>
    <div id="js_tags">预览时标签不可点</div><script>var ct = "1709683200";</script></body></html>"""
    document = read(html)
    assert [text for hint, text in hints(document) if hint == "body"] == PARAGRAPHS
    assert document.issue_on == date(2024, 3, 6)
    assert document.title == "海州种下千株树苗"


def test_read_old_table_layout() -> None:
    text = "<br>".join(f"\u3000\u3000{p}" for p in PARAGRAPHS)
    links = "".join(f'<tr><td><a href="{i}">第{i}条旧闻，标题也有逗号。</a></td></tr>' for i in range(9))
    html = f"""<html><head><title>海州种下千株树苗-海州信息网</title></head><body><table><tr>
    <td width="180"><table>{links}</table></td><td><table>
    <tr><td align="center"><b>海州种下千株树苗</b></td></tr>
    <tr><td>发布时间：2024-03-06 作者：林小满</td></tr>
    <tr><td>{text}</td></tr></table></td></tr></table></body></html>"""
    document = read(html)
    found = hints(document)
    assert [text.strip("\u3000") for hint, text in found if hint == "body"] == PARAGRAPHS
    assert ("headline", "海州种下千株树苗") in found
    assert document.issue_on == date(2024, 3, 6)


def test_read_bars_keep_their_parts_apart() -> None:
    html = f"<header><b>07版</b><span>2024年3月6日</span></header><h1>标题在此</h1><p>{PARAGRAPHS[0]}</p>"
    assert hints(read(html))[0] == (None, "07版 2024年3月6日")


def test_read_page_of_several_articles() -> None:
    article = "<section><h2>{0}</h2><p>{1}</p></section>"
    html = (
        "<html><body>"
        + "".join(map(article.format, ("一号标题", "二号标题", "三号标题"), PARAGRAPHS))
        + "</body></html>"
    )
    assert [text for hint, text in hints(read(html)) if hint == "headline"] == [
        "一号标题",
        "二号标题",
        "三号标题",
    ]


def test_read_subheads_stay_in_the_article() -> None:
    parts = "".join(f"<h2>小标题</h2><p>{p}</p>" for p in PARAGRAPHS)
    head = "<html><head><title>大标题在此</title></head><body><h1>大标题在此</h1>"
    html = f"{head}<div>{parts}</div></body></html>"
    found = hints(read(html))
    assert [text for hint, text in found if hint == "headline"] == ["大标题在此"]
    assert ("body", "小标题") in found


def test_read_lines_rebuild_the_page() -> None:
    page = read(PORTAL.format(*PARAGRAPHS, charset="utf-8")).pages[0]
    covered = {i for line in page.lines for i in range(line.raw_start, line.raw_end)}
    assert not "".join(c for i, c in enumerate(page.raw_text) if i not in covered).strip("\n")


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<div>" * 600 + "深", "markup_too_deep"),
        ("<html><body><script>1</script></body></html>", "no_text"),
        ("<p>" + "长" * 1000, "file_too_large"),
    ],
)
def test_read_refuses(html: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        html_reader().read(
            html.encode(), uri="x", meta=SourceMeta(), limits=Limits(html_bytes=3100 if "d" in html else 2000)
        )
    assert caught.value.reason_code == reason
