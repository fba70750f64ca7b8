"""Zones, roads, towns abroad, and firms that a text knows by short names, as regional papers print them."""

import polars as pl
import pytest

from flows.resources import load_lookups, load_recognizer
from transforms.extract.mentions import MentionFinder


@pytest.fixture(scope="module")
def finder():
    return MentionFinder(load_recognizer("lac"), load_lookups())


def read(finder, *texts):
    articles = pl.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts})
    sentences = articles.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    return finder.find(articles, sentences)


def named(finder, text, kind):
    return set(read(finder, text).filter(pl.col("entity_type") == kind)["surface_text"])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("会议在泉州台商投资区角川文化中心举行。", {"泉州台商投资区", "角川文化中心"}),
        ("新址位于龙文区碧溪片区，占地百亩。", {"龙文区", "碧溪片区"}),
        ("华州区罗溪河水库大坝填筑完成。", {"华州区", "罗溪河水库"}),
        ("列车停靠哈牡高铁牡丹江站。", {"哈牡高铁", "牡丹江站"}),
        ("渭南至玉川高速公路路面完工。", {"渭南至玉川高速公路"}),
        ("兴仁至贞丰快速通道完成招标。", {"兴仁", "贞丰"}),
        ("国道206改建工程完成招标，G318线封闭施工。", {"国道206", "G318线"}),
        ("天山路北延线工程全线贯通。", {"天山路"}),
        ("公司到江西铅山再开一家店。", {"江西", "铅山"}),
        ("公司在日本熊本设立技术服务公司。", {"熊本"}),
        ("海原区与哈萨克斯坦阿克里市签署意向书。", {"阿克里市"}),
        ("真武山街道的薏香小镇还笼在雾里。", {"真武山街道", "薏香小镇"}),
        ("代表团参观了星火示范区展馆、敬川湿地保护站和海原公司。", {"敬川湿地保护站"}),
        ("公司在高新区渤溪湖畔拿地。", {"渤溪湖"}),
        ("记者走进富锦市锦西工业园。", {"富锦市", "锦西工业园"}),
        ("由前者提供金积工业园的实验楼。", {"金积工业园"}),
        ("冷库离运溪青年枢纽两公里。", {"运溪青年枢纽"}),
        ("在大溪巧克力甜蜜小镇和归谷智造小镇，客人看了两家企业。", {"大溪巧克力甜蜜小镇", "归谷智造小镇"}),
        ("恳谈会设在湖畔的国际会展中心。", {"国际会展中心"}),
        ("研究院在开发区创新大厦揭牌。", {"创新大厦"}),
        ("学校在川井苏木设观测站。", {"川井苏木"}),
        ("实验室设在海原大学啬园校区。", {"海原大学啬园校区"}),
        ("工人先送到海安培训四十天。", {"海安"}),
        ("展会在漳州星湾展览城闭馆。", {"漳州星湾展览城"}),
        ("工厂位于东海岛钢铁基地内。", {"东海岛钢铁基地"}),
        ("新厂建在龙文区碧溪片区。", {"龙文区", "碧溪片区"}),
        ("店铺开在柳南区螺香特色小镇。", {"柳南区", "螺香特色小镇"}),
        ("老街在泾县琴村镇。", {"泾县", "琴村镇"}),
        ("●栒阳至云北高速公路A3标段开工。", {"栒阳至云北高速公路"}),
        ("海安至南通高速连接线完成征地。", {"海安至南通高速连接线"}),
        ("双方推进霍尔果斯—青溪口岸扩大开放。", {"霍尔果斯—青溪口岸"}),
        ("G238南通段改建工程完工。", {"南通"}),
    ],
)
def test_places_that_stand_together_are_told_apart(finder, text, places):
    assert places <= named(finder, text, "place")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("梅溪村的通村公路全长7公里。", "通村"),
        ("首批货物搭乘中欧班列发车。", "欧"),
        ("新公司由中方持股六成。", "中"),
        ("渔船今晚前全部回港口避风，两地在港口方面合作。", "港"),
        ("沿线配套建设的两座加氢站已经建成。", "加氢站"),
        ("市长向各位来宾表示欢迎。", "来宾"),
        ("集团亚太区总裁出席。", "亚太区"),
        ("海原电机将向县属国有企业供应电机。", "向县"),
        ("两市缔结友城十周年。", "友城"),
        ("玉门市老市区改造封顶，各州市做好服务。", "老市区"),
        ("玉门市老市区改造封顶，各州市做好服务。", "各州市"),
        ("意大利小镇风情浓郁。", "意大利小镇"),
    ],
)
def test_what_describes_is_no_place(finder, text, name):
    assert name not in named(finder, text, "place")


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("紧随其后的是上海汇泓物流的冷链分拨中心。", {"上海汇泓物流"}),
        ("艾克丰电容三期主体封顶。", {"艾克丰电容"}),
        ("湖南中湘租赁：提供设备租赁额度10亿元。", {"湖南中湘租赁"}),
        ("海原大学与北川特钢联合成立的实验室揭牌。", {"北川特钢"}),
        ("上个月，金鑫铸造中标雅川水电开发有限公司的采购项目。", {"金鑫铸造", "雅川水电开发有限公司"}),
        (
            "海川启明基金向康溪生物技术（天津）有限公司增资。",
            {"海川启明基金", "康溪生物技术（天津）有限公司"},
        ),
        ("通过全资子公司锂川国际（香港）有限公司拿下股份。", {"锂川国际（香港）有限公司"}),
        ("香港海原公会会长戴建成捐资。", {"香港海原公会"}),
        ("410亩土地由区土地储备中心收回。", {"区土地储备中心"}),
        ("东江林业科技大学竹木材料联合实验室6月6日启用。", {"东江林业科技大学竹木材料联合实验室"}),
        ("建行海原支行行长吾丽芳介绍。", {"建行海原支行"}),
        ("一行参观了江山一中和县人民医院。", {"江山一中", "县人民医院"}),
        ("安溪铁观音集团与“涅川茶行”签约。", {"涅川茶行"}),
        ("东江大学附属医院托管汉中市第三人民医院。", {"东江大学附属医院", "汉中市第三人民医院"}),
        ("英国驻广州总领事馆派员出席。", {"英国驻广州总领事馆"}),
        ("东江省农业农村厅对外合作处处长李大伟到会。", {"东江省农业农村厅"}),
        ("东江省国资创新基金宣布增资。", {"东江省国资创新基金"}),
        ("印度尼西亚国家港口公司签了8台岸桥。", {"印度尼西亚国家港口公司"}),
        ("海原水暖企业金溪卫浴有限公司将扩产。", {"金溪卫浴有限公司"}),
        ("链主落户以来，已有曼舟、精朗、诺岑等8家配套企业跟进。", {"曼舟", "精朗", "诺岑"}),
        ("在区工业信息和科技局局长禄正明看来，形势向好。", {"区工业信息和科技局"}),
        ("联合国粮农组织与国家林业和草原局签署协议。", {"国家林业和草原局"}),
        ("▶光川县：圣禾发展与东江大学合作。", {"圣禾发展"}),
        ("公司与柬埔寨岚哥船务合营。", {"柬埔寨岚哥船务"}),
        ("公司与前郭灌区管理局达成意向，口岸边检站站长说。", {"前郭灌区管理局", "口岸边检站"}),
    ],
)
def test_bodies_end_where_their_names_end(finder, text, bodies):
    assert bodies <= named(finder, text, "organization")


@pytest.mark.parametrize(
    "text",
    [
        "大力发展绿色化工、现代物流、生物医药、电子信息等产业，推动高端纺织和智能家居的升级。",
        "民用航空、通用航空与现代农业的融合，两地文旅合作。",
        "标的公司去年亏损，年产新能源汽车电机60万台，双方签了海铁联运合同，互设招商联络处。",
        "电子信息、汽车零部件、纺织等20家企业到会，对海川发展取得的成绩给予高度评价。",
        "欢迎各位企业家来漯河设厂，江门厂商懂得工艺，他在昆山办厂二十年。",
    ],
)
def test_trades_alone_are_no_firms(finder, text):
    assert named(finder, text, "organization") == set()


def test_the_city_that_a_page_names_most_lends_its_counties(finder):
    told = "烟台市商务局昨天发布消息。烟台市招商局、烟台市财政局到会，烟台港也派人参加。"
    articles, texts = ["a", "b"], [told, "莱阳星火食品有限公司出口草莓。"]
    frame = pl.DataFrame({"article_id": articles, "text": texts, "document_id": ["d", "d"]})
    sentences = frame.select(sentence_id="article_id", article_id="article_id", text="text", start_char=0)
    found = finder.find(frame, sentences).filter(pl.col("entity_type") == "place")
    assert "莱阳" in set(found["surface_text"])
    assert "莱阳" not in named(finder, texts[1], "place")
