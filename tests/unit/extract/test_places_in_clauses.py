"""Where a place begins and ends in its clause: behind prepositions and verbs, as a brand."""

import pytest

from tests.unit.extract.test_names_in_briefs import named


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("天津—新加坡生态与航运合作周在滨海新区临海会展中心启幕。", {"滨海新区", "临海会展中心"}),
        ("一排排蓝顶厂房沿徒骇河铺开。", {"徒骇河"}),
        ("沿着洋浦大道一路向西，工地连着工地。", {"洋浦大道"}),
        ("从市区驱车沿环城路北行，再沿科技大道西行十分钟便到。", {"环城路", "科技大道"}),
        ("浦南还是九龙江西溪边的荔枝林，闽江北港将疏浚。", {"九龙江西溪", "闽江北港"}),
        ("汉江西支的老码头改成了公园。", {"汉江西支"}),
        ("创新中心在上海松江G60科创云廊揭牌。", {"G60科创云廊"}),
        ("在杜尚别、比什凯克、努库斯、奥什、霍罗格设立海外仓。", {"杜尚别", "比什凯克", "奥什", "霍罗格"}),
        ("展馆里有来自卡赞勒克的玫瑰油、来自萨莫科夫的酸奶。", {"卡赞勒克", "萨莫科夫"}),
        ("他在穗举行推介会，随后抵蓉考察，来甬投资。", {"穗", "蓉", "甬"}),
        ("代表走访了香港红街市和横琴粤澳深度合作区。", {"横琴粤澳深度合作区"}),
    ],
)
def test_places_in_clauses(finder, text, places):
    assert places <= named(finder, "place", text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("黄石因矿立市、因工兴市，又以港兴市。", {"工兴市", "港兴市"}),
        ("有人出过2000万澳门元和500万新加坡元。", {"澳门元", "澳门", "新加坡"}),
        ("数禾公司贵州区负责人季节介绍，浙江区总经理已到岗。", {"贵州区", "浙江区", "贵州", "浙江"}),
        ("走进园区，深瑞国际技术转移中心已经开张，他走进海原国际技术转移中心。", {"海原国际技术转移中心"}),
        ("马来西亚拿督斯里黄志强出席。", {"拿督斯里"}),
        ("省里来的客人参观了湘江机电股份有限公司和汉江师范学院。", {"湘江", "汉江"}),
        ("市政府与浦江融资租赁（上海）有限公司签约。", {"浦江"}),
    ],
)
def test_no_places_in_clauses(finder, text, names):
    assert not names & named(finder, "place", text)


@pytest.mark.parametrize(
    ("text", "bodies", "others"),
    [
        (
            "双方签订协议，设立北京工业设计大学徐州装备研究院，组建江南理工大学宿迁高分子研究院。",
            {"北京工业设计大学徐州装备研究院", "江南理工大学宿迁高分子研究院"},
            {"设立北京工业设计大学"},
        ),
        ("签约项目14个，其中超10亿元项目2个。", set(), {"中超"}),
        ("邀请企业赴港参加10月举办的金融科技周。", set(), {"金融科技周"}),
    ],
)
def test_bodies_in_clauses(finder, text, bodies, others):
    found = named(finder, "organization", text)
    assert bodies <= found
    assert not others & found


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("镇党委书记万里告诉记者，全镇已有大棚三百座。", {"万里"}),
        ("黄石市市长向荣作城市推介，县长丰收作主旨演讲。", {"向荣", "丰收"}),
        ("商会会长于得水与鲁轴控股集团副总经理国庆分别代表双方签字。", {"于得水", "国庆"}),
        ("中医药研究会副会长蒲公英依次致辞。", {"蒲公英"}),
        ("副省长陈述、市长高兴、常务副市长温和一同会见。", {"陈述", "高兴", "温和"}),
        ("马来西亚拿督斯里黄志强、丹斯里陈文辉、拿督林秀琴出席。", {"黄志强", "陈文辉", "林秀琴"}),
    ],
)
def test_persons_in_clauses(finder, text, persons):
    assert persons <= named(finder, "person", text)
