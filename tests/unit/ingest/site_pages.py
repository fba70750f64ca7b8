"""Pages in the manner of Chinese news sites, with invented text: what a reader has to find on each."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

HEADLINE = "海州新港开出首趟冷链班列"
DAY = date(2023, 2, 24)
BODY = [
    "本报海州2月23日讯（记者 林小满）今天上午九时，满载三十二个冷藏箱的列车驶出海州新港，这是当地开出的首趟冷链班列。",
    "据介绍，班列经停五座城市，全程运行约四十小时，比公路运输节省一天，每箱物流成本下降两成以上。",
    "“过去怕堵车、怕变质，现在心里踏实多了。”从事水产生意的何大川说，公司已经预订了下个月的六个箱位。",
    "海州港务集团有关负责人表示，下一步将与沿线城市共同建设冷链集散中心，年内实现每周两班。",
    "记者了解到，为配合班列开行，当地海关设立了专用窗口，鲜活货物实行随到随检。",
]
LINKS = "".join(
    f'<li><a href="/{i}.html">{text}</a></li>'
    for i, text in enumerate(
        [
            "全市春耕备耕工作会议召开，部署重点任务",
            "望海大桥主塔封顶，预计明年通车",
            "我市新增三家国家级绿色工厂",
            "这些便民措施，三月起施行",
        ]
    )
)
NAV = "".join(
    f'<a href="/{name}/">{name}</a> ' for name in ("首页", "时政", "财经", "社会", "体育", "视频", "评论")
)
COMMENTS = (
    "<div class=comment-list><h3>网友评论</h3><p>海州网友：班列好，希望价格也能便宜一些，支持！</p></div>"
)


@dataclass(frozen=True)
class Site:
    """A page and what stands on it.

    Attributes:
        html: The page.
        charset: Its encoding.
        publication: Paper or source as the page states it; `None` where it does not.
        byline: Words that must be in a byline, `None` where there is none.
        kicker, subtitle: Heads beside the headline.
        chrome: Words that must be furniture.
    """

    html: str
    charset: str = "utf-8"
    publication: str | None = "海州日报"
    byline: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    chrome: tuple[str, ...] = ("首页", "望海大桥", "绿色工厂")
    captions: tuple[str, ...] = ()


def paragraphs(tag: str = "p", indent: str = "", attributes: str = "") -> str:
    return "\n".join(f"<{tag}{attributes}>{indent}{text}</{tag}>" for text in BODY)


def wrap(body: str, head: str = "", title: str = f"{HEADLINE}--海州频道--海州网") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def party_portal() -> Site:
    return Site(
        wrap(f"""<div class="w1000 header"><div class="nav">{NAV}</div></div>
    <div class="layout rm_txt cf"><div class="col col-1 fl">
    <div class="path">海州网&gt;&gt;<a href="/">海州频道</a>&gt;&gt;<a href="/n">正文</a></div>
    <h4 class="pre">西部通道再添新线</h4><h1>{HEADLINE}</h1><h4 class="sub">——每周两班，直达五城</h4>
    <div class="author cf">林小满 何川</div>
    <div class="channel cf"><div class="col-1-1 fl">2023年02月24日05:44 | 来源：<a href="http://paper">海州日报</a></div>
    <div class="col-1-2 fr"><span>小字号</span></div></div>
    <div class="rm_txt_con cf"><div class="box_pic"></div>{paragraphs(attributes=' style="text-indent: 2em;"')}
    <p class="paper_num">《 海州日报 》（ 2023年02月24日 02 版）</p>
    <div class="edit cf">(责编：周末、吴迪)</div></div>
    <div class="rm_share">分享让更多人看到 <a href="#">微信</a></div>
    <div class="rm_relevant cf"><h3>相关新闻</h3><ul>{LINKS}</ul></div></div>
    <div class="col col-2 fr"><h2>热门排行</h2><ul>{LINKS}</ul></div></div>
    <div class="footer">海州网版权所有，未经书面授权禁止使用</div>"""),
        byline="来源：海州日报",
        kicker="西部通道再添新线",
        subtitle="——每周两班，直达五城",
        chrome=("首页", "望海大桥", "分享让更多人", "版权所有", "小字号"),
    )


def agency() -> Site:
    return Site(
        wrap(
            f"""<div class="header domPC"><div class="header-cont clearfix">
    <div class="header-time left"><span class="year"><em> 2023</em></span><span class="day"><em>02</em>/<em>24</em></span>
    <span class="time">19:38:36</span></div><div class="source">来源：海州日报</div>
    <div class="head-line clearfix"><h1><span class="title">{HEADLINE}</span></h1>
    <div class="pageShare"><div class="setFont left">字体：<span>小</span> <span>中</span> <span>大</span></div>
    <div class="share left">分享到：<a href="#">微博</a></div></div></div></div></div>
    <div class="main clearfix"><div class="main-left left"><div id="detail">{paragraphs(indent="　　")}
    <div id="articleEdit"><span class="tiyi1">【纠错】</span><span class="editor">【责任编辑:周末】</span></div></div></div>
    <div class="main-right right"><ul>{LINKS}</ul></div></div><div class="foot"><a href="/">首页</a></div>""",
            '<meta name="publishdate" content="2023-02-24">',
        ),
        byline="来源：海州日报",
        chrome=("首页", "望海大桥", "分享到", "纠错"),
    )


def government() -> Site:
    return Site(
        wrap(
            f"""<div class="header">{NAV}</div><div class="BreadcrumbNav">首页 &gt; 新闻 &gt; 要闻</div>
    <div class="article oneColumn pub_border"><h1 id="ti">{HEADLINE}</h1>
    <div class="pages-date">2023-02-24 17:15 <span class="font">来源： 海州日报</span>
    <span class="font">【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</span>
    <span><a href="#">打印</a></span></div>
    <div class="pages_content" id="UCAP-CONTENT"><div class="view TRS_UEDITOR trs_paper_default">{paragraphs()}</div></div>
    <div class="editor">责任编辑：周末</div><div class="related"><ul>{LINKS}</ul></div></div>
    <div class="footer"><p>主办单位：海州市人民政府办公室　网站标识码1234567890</p></div>""",
            '<meta name="ArticleTitle" content="' + HEADLINE + '">',
            "海州新港开出首趟冷链班列_要闻_海州市人民政府",
        ),
        byline="来源",
        chrome=("首页", "望海大桥", "主办单位"),
    )


def regional_portal() -> Site:
    return Site(
        wrap(f"""<div id="top"><ul class="navlist">{LINKS}</ul></div><div id="wrapper"><div class="layout">
    <div class="tit"><h2>{HEADLINE}</h2></div>
    <div class="layout mt10"><div class="left">来源: <a href="#">海州日报</a></div><div class="left">作者: 林小满</div>
    <div class="right">2023-02-24 06:11:00</div></div>
    <div id="news-con"><div class="news-con"><div class="TRS_Editor">{paragraphs(indent="　　")}
    <p>（海州日报客户端记者 林小满 通讯员 何川 报道）</p></div></div></div>
    <p class="editor">初审编辑：周末</p><p class="editor">责任编辑：吴迪</p>
    <div class="relate"><h3>相关推荐</h3><ul>{LINKS}</ul></div></div></div>"""),
        byline="海州日报",
        chrome=("望海大桥", "相关推荐"),
    )


def tv_portal() -> Site:
    return Site(
        wrap(f"""<div class="header">{NAV}</div><div class="section"><div class="main"><h1>{HEADLINE}</h1>
    <div class="info"><p class="resource"><span class="time">2023-02-24 08:00:00</span> 来源：<span>海州日报</span>
    作者：<span>林小满</span></p></div>
    <div class="article-main"><p>海州网2月24日讯</p>{paragraphs()}<p>责任编辑：周末</p></div>
    <div class="declare"><p>想爆料？请登录《海州报料平台》，或拨打新闻热线0000-1234567，登录海州网官方微博提供新闻线索。</p>
    <p>海州网版权与免责声明</p></div>
    <div class="hot"><ul>{LINKS}</ul></div></div></div>"""),
        byline="来源：海州日报",
        chrome=("首页", "望海大桥", "想爆料", "免责声明"),
    )


def commercial_portal() -> Site:
    return Site(
        wrap(
            f"""<div class="top-bar-wrap">{NAV}</div><div class="main-content w1240"><h1 class="main-title">{HEADLINE}</h1>
    <div class="top-bar"><div class="path"><div class="channel-path"><a href="#">海州新闻</a> &gt; 正文</div></div>
    <div class="date-source"><span class="date">2023年02月24日 06:30</span> <span class="source ent-source">海州日报</span></div>
    <div class="page-tools"><span class="tool-icon">语音播报</span><span>缩小字体</span><span>放大字体</span></div></div>
    <div class="article-content clearfix"><div class="article-content-left"><div class="article" id="article">
    <p cms-style="font-L">　　原标题：海州开出冷链班列</p>{paragraphs(indent="　　", attributes=' cms-style="font-L"')}
    <p class="show_author">责任编辑：周末</p><div id="left_hzh_ad">海量资讯、精准解读，尽在海州财经APP</div></div>
    <div class="article-bottom"><div class="keywords">文章关键词：<a href="#">海州</a> <a href="#">班列</a></div>
    <div class="article-bottom-btns"><a href="#">我要反馈</a></div></div>{COMMENTS}</div>
    <div class="article-content-right"><ul>{LINKS}</ul></div></div></div>""",
            '<meta property="article:published_time" content="2023-02-24T06:30:11+08:00"><meta name="mediaid" content="海州日报">',
        ),
        byline="2023年02月24日",
        chrome=("首页", "望海大桥", "海量资讯", "我要反馈", "便宜一些"),
    )


def messenger_portal() -> Site:
    return Site(
        wrap(
            f"""<div id="TopNav">{NAV}</div><div class="qq_conent clearfix"><div class="LEFT"><h1>{HEADLINE}</h1>
    <div class="content clearfix"><div class="content-article"><!--导语--><p class="one-p">{BODY[0]}</p>
    <p class="one-p"><img class="content-picture" src="//a.jpg"></p>{"".join(f'<p class="one-p">{p}</p>' for p in BODY[1:])}
    <div id="Status"></div></div></div><div class="RIGHT-tools">免责声明：本文来自网络用户上传，不代表本网的观点和立场。</div></div>
    <div class="RIGHT"><ul>{LINKS}</ul></div></div>
    <script>window.DATA = {{"article_id": "1", "title": "{HEADLINE}", "media": "海州日报", "pubtime": "2023-02-24 07:12:36"}}</script>"""
        ),
        publication=None,
        chrome=("首页", "望海大桥", "不代表本网"),
    )


def public_account() -> Site:
    sections = "".join(
        f'<section style="margin:8px"><section><p><span style="font-size:16px">{p}</span></p></section></section>'
        for p in BODY
    )
    return Site(
        wrap(
            f"""<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content">
    <h1 class="rich_media_title" id="activity-name">{HEADLINE}</h1>
    <div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">林小满</span>
    <span class="rich_media_meta rich_media_meta_nickname"><a href="javascript:void(0);" id="js_name">海州发布</a></span>
    <em id="publish_time" class="rich_media_meta rich_media_meta_text"></em></div>
    <div class="rich_media_content" id="js_content" style="visibility: hidden;"><section><img data-src="a"></section>
    {sections}<p style="text-align:center">编辑：周末</p><p>点击下方“阅读原文”查看更多</p></div></div>
    <div id="js_tags_preview_toast">预览时标签不可点</div><div>收录于合集 #海州</div><div>微信扫一扫关注该公众号</div></div></div>
    <script>var ct = "1677196800";var nickname = htmlDecode("海州发布");</script>""",
            f'<meta property="og:title" content="{HEADLINE}">',
            "",
        ),
        publication=None,
        chrome=("预览时标签", "微信扫一扫", "收录于合集"),
    )


def hashed_classes() -> Site:
    return Site(
        wrap(
            f"""<div id="__next"><header class="header_wrap__k3d">{NAV}</header><main class="normalContentWrap__x1">
    <div class="index_leftcontent__sAF3"><div class="index_wrapper__L_zqV"><h1 class="index_title__B8mhI">{HEADLINE}</h1>
    <div class="index_headerContent__s_U"><div><div>海州新闻记者 林小满</div><div class="ant-space"><span>2023-02-24 08:15</span>
    <span>来源：<!-- -->海州日报</span></div></div><div class="index_right__x"><span>字号</span></div></div>
    <div class="index_cententWrapBox__n5"><div class="index_cententWrap__Jv8jK">{paragraphs()}</div>
    <div class="index_editor__q">责任编辑：周末</div><div class="index_editor__q">校对：吴迪</div></div>
    <div class="index_copyright__h">海州新闻报料：0000-962866</div><div class="index_copyright__h">海州新闻，未经授权不得转载</div>
    <div class="index_recommend__z"><h2>相关推荐</h2><ul>{LINKS}</ul></div></div></div></main></div>
    <script id="__NEXT_DATA__">{{"props":{{"publishTime":"2023-02-24 08:15"}}}}</script>"""
        ),
        byline="来源：海州日报",
        chrome=("首页", "望海大桥", "未经授权", "报料"),
    )


def digital_edition() -> Site:
    areas = "".join(f'<area shape="polygon" coords="0,0,{i},9" href="c{i}.htm">' for i in range(4))
    titles = "".join(f'<li><a href="c{i}.htm">第{i}条版面标题，也有逗号</a></li>' for i in range(8))
    return Site(
        wrap(
            f"""<div class="main w1000"><div class="left paperpic"><div class="paper-bot"><p class="left ban">第02版：要闻</p>
    <p class="right btn"><a href="#">上一版</a> <a href="#">下一版</a></p></div><img src="page.jpg" usemap="#PagePicMap">
    <map name="PagePicMap">{areas}</map></div><div class="right right-main"><div class="date-box"><p class="date left">
    2023年02月24日 星期五</p></div><div class="news"><ul class="news-list">{titles}</ul></div>
    <div class="article-box"><div class="article"><h3>西部通道再添新线</h3><h1>{HEADLINE}</h1><h2>——每周两班，直达五城</h2>
    <p class="sec">本报记者 林小满 何川<span class="date"> 《海州日报》（2023年02月24日 第 02 版）</span></p>
    <div id="ozoom" style="zoom:100%">{paragraphs(indent="　　").replace("p>", "P>")}</div></div>
    <p class="art-btn"><a href="#">上一篇</a> <a href="#">下一篇</a></p></div></div></div>""",
            title="海州日报",
        ),
        publication=None,
        byline="本报记者 林小满",
        kicker="西部通道再添新线",
        subtitle="——每周两班，直达五城",
        chrome=("第3条版面标题", "上一篇", "上一版"),
    )


def founder_tables() -> Site:
    text = "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{p}" for p in BODY)
    return Site(
        wrap(
            f"""<table width=980 align=center><tr><td><table><tr><td>海州日报 2023年2月24日 星期五</td>
    <td><a href="#">返回首页</a></td></tr></table></td></tr><tr><td valign=top width=300><table><tr><td>第A02版：要闻</td></tr>
    <tr><td><img usemap="#m" src=p.jpg><map name=m><area coords="1,2" href="x.htm"></map></td></tr><tr><td>{LINKS}</td></tr></table></td>
    <td valign=top><table><tr><td class="font02" align=center><founder-introtitle>西部通道再添新线</founder-introtitle></td></tr>
    <tr><td class="font01" align=center><strong><founder-title>{HEADLINE}</founder-title></strong></td></tr>
    <tr><td class="font02" align=center><founder-subtitle>——每周两班，直达五城</founder-subtitle></td></tr>
    <tr><td align=center><founder-author>本报记者 林小满</founder-author></td></tr></table>
    <table><tr><td><!--enpproperty <date>2023-02-24</date> --><div id=ozoom><founder-content>{text}</founder-content></div></td></tr></table>
    <table><tr><td>【<a href="#">打印</a>】【<a href="#">关闭</a>】</td></tr></table></td></tr></table>""",
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
            "海州日报数字报",
        ).replace('<meta charset="utf-8">', ""),
        charset="gbk",
        publication=None,
        byline="本报记者 林小满",
        kicker="西部通道再添新线",
        subtitle="——每周两班，直达五城",
        chrome=("返回首页", "望海大桥"),
    )


def old_tables() -> Site:
    text = "<br><br>".join(f"&nbsp; &nbsp; {p}" for p in BODY)
    return Site(
        f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>{HEADLINE} 海州信息网</TITLE></HEAD>
    <BODY><TABLE width=760><TR><TD>{NAV}</TD></TR></TABLE><TABLE width=760><TR><TD width=160 bgcolor=#eeeeee>
    <TABLE><TR><TD>栏目导航</TD></TR><TR><TD><UL>{LINKS}</UL></TD></TR></TABLE></TD><TD><TABLE width=600><TR>
    <TD align=center><FONT size=5 color=red><B>{HEADLINE}</B></FONT></TD></TR>
    <TR><TD align=center>2023-2-24 10:23:00　海州日报　点击次数：123</TD></TR>
    <TR><TD><FONT size=3>{text}</FONT></TD></TR><TR><TD align=right>（信息来源：海州日报）</TD></TR>
    <TR><TD>【字体：<A href=#>大</A> <A href=#>小</A>】【<A href=#>打印</A>】【<A href=#>关闭窗口</A>】</TD></TR></TABLE></TD></TR></TABLE>
    <TABLE width=760><TR><TD align=center>版权所有：海州信息中心　地址：海州市望海路一号　电话：0000-1234567</TD></TR></TABLE></BODY></HTML>""",
        charset="gbk",
        byline="2023-2-24",
        chrome=("首页", "望海大桥", "关闭窗口", "版权所有"),
    )


def nested_divs() -> Site:
    return Site(
        wrap(f"""<div class="page"><div class="head-nav">{NAV}</div><div class="content"><div class="content-hd">
    <div class="content-title">{HEADLINE}</div><div class="content-info"><div>发布时间：2023-02-24 09:00</div><div>来源：海州日报</div>
    <div>浏览次数：<span>215</span></div></div></div><div class="content-bd"><div><div><div>{BODY[0]}</div><div>{BODY[1]}</div></div>
    <div><div><img src="b.jpg"></div><div>冷链班列驶出海州新港。</div></div><div>{BODY[2]}</div></div><div>{BODY[3]}</div><div>{BODY[4]}</div></div>
    <div class="content-ft"><div>责任编辑：周末</div><div class="page-nav">上一篇：<a href="#">望海大桥主塔封顶</a></div></div>
    </div></div>"""),
        byline="2023-02-24",
        chrome=("首页", "望海大桥"),
        captions=("冷链班列驶出海州新港。",),
    )


def paged() -> Site:
    return Site(
        wrap(
            f"""<div class="nav">{NAV}</div><div class="area"><h1 class="title">{HEADLINE}(2)</h1>
    <p class="summary">2023-02-24 11:02 来源：海州日报</p><div class="left-t">{paragraphs(indent="　　")}
    <div class="page-fy"><a href="1">上一页</a> <a href="1">1</a> <span>2</span> <a href="3">3</a> <a href="3">下一页</a></div></div>
    <div class="adEditor"><div class="left_name">【编辑:周末】</div></div><div class="tuijian"><ul>{LINKS}</ul></div></div>""",
            title=f"{HEADLINE}(2)-海州新闻网",
        ),
        byline="来源：海州日报",
        chrome=("首页", "望海大桥", "下一页"),
    )


def photo_story() -> Site:
    photos = "".join(
        f'<p style="text-align:center"><img src="{i}.jpg"></p><p style="text-align:center">图{i}：工人在海州新港吊装冷藏箱。何川 摄</p>'
        for i in (1, 2)
    )
    return Site(
        wrap(f"""<div class="top">{NAV}</div><div class="detail"><h1>{HEADLINE}</h1>
    <div class="meta"><span>海州日报</span> <span>2023-02-24 10:30</span></div>
    <div class="detail-body"><p>{BODY[0]}</p>{photos}{"".join(f"<p>{p}</p>" for p in BODY[1:])}
    <p>声明：转载此文是出于传递更多信息之目的，若有来源标注错误，请与本网联系。</p></div>
    <div class="more"><ul>{LINKS}</ul></div>{COMMENTS}</div>"""),
        publication="海州日报",
        byline="2023-02-24 10:30",
        chrome=("首页", "望海大桥", "便宜一些", "转载此文"),
        captions=("图1：", "图2："),
    )


def government_cms() -> Site:
    return Site(
        wrap(
            f"""<div class="nav-top">{NAV}</div><div class="wzy"><div class="wz_top">当前位置：<a href="/">首页</a>&gt;<a href="/z">政务动态</a></div>
    <div class="wzbt">{HEADLINE}</div><div class="wzxx">发布日期：2023-02-24 15:30　信息来源：海州日报　浏览次数：<b>88</b>　字体：[ 大 中 小 ]</div>
    <div id="zoom"><meta name="ContentStart">{paragraphs(attributes=' class="MsoNormal"')}<meta name="ContentEnd"></div>
    <div class="fx">分享到：<a href="#">微信</a></div><div class="xglj"><h3>相关信息</h3><ul>{LINKS}</ul></div></div>
    <div class="bottom">主办：海州市人民政府　备案号：海ICP备00000001号</div>""",
            '<meta name="SiteName" content="海州市人民政府"><meta name="ArticleTitle" content="'
            + HEADLINE
            + '"><meta name="PubDate" content="2023-02-24 15:30"><meta name="ContentSource" content="海州日报">',
        ),
        byline="信息来源",
        chrome=("首页", "望海大桥", "分享到", "备案号"),
    )


SITES: dict[str, Callable[[], Site]] = {
    f.__name__: f
    for f in (
        party_portal, agency, government, regional_portal, tv_portal, commercial_portal, messenger_portal,
        public_account, hashed_classes, digital_edition, founder_tables, old_tables, nested_divs, paged,
        photo_story, government_cms,
    )
}  # fmt: skip
