"""Names of pages with the whole of the rules: labels of briefs, halls, roads, bodies of a level, ranks."""

import polars as pl
import pytest


def named(finder, kind, text):
    articles = pl.DataFrame({"article_id": ["a"], "document_id": "d", "text": [text]})
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    found = finder.find(articles, sentences)
    return set(found.filter(pl.col("entity_type") == kind)["surface_text"])


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("宜昌 三峡重工集团与挪威海德公司续签供货协议。", {"三峡重工集团", "挪威海德公司"}),
        ("◇ 金昌 镍都集团中标境外矿山项目。", {"镍都集团"}),
        ("缺口找谁补？县农商银行答应贷款二百万元。", {"县农商银行"}),
        ("钱从县邮储银行借来，两年还清。", {"县邮储银行"}),
        ("平台由市产业技术研究院牵头建设。", {"市产业技术研究院"}),
        ("大棚由县果投公司配套建设。", {"县果投公司"}),
        ("他与村股份经济合作社签了十年租约。", {"村股份经济合作社"}),
        ("去年初，村经济联合社以土地入股。", {"村经济联合社"}),
        ("国网青海电力与特变电工签订供货合同。", {"国网青海电力", "特变电工"}),
        ("厂房由山西四建承建。", {"山西四建"}),
        ("便道由兰州铁路局武威工务段代建。", {"兰州铁路局武威工务段"}),
        ("镇属企业青石资产经营公司收回了厂房。", {"青石资产经营公司"}),
        ("县供销社、县邮政分公司、县电商办联合办起直播间。", {"县供销社", "县邮政分公司", "县电商办"}),
        ("由县财政局与农发行县支行共管。", {"县财政局", "农发行县支行"}),
        ("返乡青年办起了青禾家庭农场。", {"青禾家庭农场"}),
        ("江海水务、微众银行杭州分行、岭泰资产三家机构入驻。", {"微众银行杭州分行", "岭泰资产"}),
        ("东川青石港务集团所属集装箱公司昨晚宣布开航。", {"东川青石港务集团"}),
        ("接盘方为宜昌国资。", {"宜昌国资"}),
        ("记者走进九华山风景区管委会所属的旅游集团。", {"九华山风景区管委会"}),
        ("资金由武清区产业投资公司筹措。", {"武清区产业投资公司"}),
        ("他说学校也有意同武威职业技术大学联合培养人才。", {"武威职业技术大学"}),
        ("石桥港片区管委会经济发展处处长白露介绍。", {"石桥港片区管委会经济发展处"}),
        ("学院与老挝苏发努大学合办一个班。", {"老挝苏发努大学"}),
        ("课长来自台湾南投县鹿溪乡公所。", {"鹿溪乡公所"}),
    ],
)
def test_bodies(finder, text, bodies):
    assert bodies <= named(finder, "organization", text)


@pytest.mark.parametrize(
    "text",
    [
        "沿海风电装机规模领先，绿电成为招商的金名片。",
        "公司与钢厂签了三年长协，每年供应盘条十万吨。",
        "编辑 白露 视觉 常青　某某都市报　04",
        "如今，这家厂子日产面包八吨。",
        "县里支持农民专业合作社发展，家庭农场有二十家。",
        "用地已收回，县里正与另外两家企业洽谈。",
    ],
)
def test_words_are_no_body(finder, text):
    assert not named(finder, "organization", text) & {
        "绿电",
        "长协",
        "日产",
        "农民专业合作社",
        "家庭农场",
        "县里正",
    }
    assert not [name for name in named(finder, "organization", text) if "编辑" in name or "视觉" in name]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "推介会在广元市利州区云霞国际酒店举行，客商到会。",
            {"广元市", "利州区", "云霞国际酒店"},
        ),
        ("大会在海口市白鹭国际酒店开幕。", {"海口市", "白鹭国际酒店"}),
        ("沿青石东路一直向东，就到了园区。", {"青石东路"}),
        ("他从利州区的望月路由南往北走。", {"利州区", "望月路"}),
        ("客商相聚黄海之滨，共商发展。", {"黄海"}),
        ("敦煌至中川机场货运包机首飞。", {"中川机场"}),
        ("项目落户石城县梅溪镇工业小区，明年投产。", {"梅溪镇工业小区"}),
        ("茶企走进了武夷山市星村镇桐木关。", {"武夷山市", "星村镇", "桐木关"}),
        ("该厂位于滨海新区临港片区望海大道88号，占地百亩。", {"临港片区", "望海大道88号"}),
        ("车队行至白洋服务区，接受检查。", {"白洋服务区"}),
        ("红旗渠畔的林州市，厂房连片。", {"红旗渠", "林州市"}),
        ("展厅位于武清区杏林路，面积不大。", {"武清区", "杏林路"}),
    ],
)
def test_places(finder, text, places):
    assert places <= named(finder, "place", text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("以“椒香天下”为主题的第九届中国（遵义）辣椒大会开幕。", "中国"),
        ("这个镇素有“中国竹编之乡”的美誉。", "中国"),
        ("为期四天的第十届海峡两岸茶业博览会落幕。", "海峡两岸"),
        ("企业将投资两亿元，建设食品加工园。", "食品加工园"),
        ("老厂房将改造为文创园。", "文创园"),
        ("安装江苏省沿江港口岸电设备。", "江港口岸"),
        ("大家都说这里是苏东坡故里。", "苏东坡故里"),
        ("由县财政局与农发行县支行共管。", "农发行县"),
        ("双方将在金沙洲片区共建创业园。", "金沙"),
        ("双流区九江街道的枢纽项目开工。", "九江"),
        ("松山湖畔的实验室启动。", "松山"),
        ("京沪高铁沿线的站房完工。", "京"),
        ("位于清河县城东的产业园投产。", "城东"),
        ("他说自己一直在致富路上奔跑。", "致富路"),
        ("这是他在送货路上拍下的。", "送货路"),
        ("大家走在乡间的小路上。", "小路"),
    ],
)
def test_no_place(finder, text, place):
    assert place not in named(finder, "place", text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第十届中国—东盟商务峰会开幕。", "中国"),
        ("他第一次来中国，是在二十年前。", "中国"),
    ],
)
def test_country_that_is_meant(finder, text, place):
    assert place in named(finder, "place", text)


@pytest.mark.parametrize("unit", ["沿青石东", "国网青", "村经济", "宜昌 三峡", "中国竹编"])
def test_long_paragraph(finder, unit):
    assert len(named(finder, "place", unit * (20000 // len(unit)))) < 20
