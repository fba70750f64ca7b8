"""Persons whose names are words, bodies behind verbs and lands that bear a place's name."""

import pytest

from tests.unit.extract.test_names_of_pages import named


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        # A list of titled persons, or what a speaker gives, tells a name from the word that it is.
        ("海事局局长宣扬、海原大学副校长关海山、应急管理局局长江雁参加。", {"宣扬", "关海山", "江雁"}),
        ("副市长江雁，市政府秘书长庄严，海原市主要负责人参加。", {"江雁", "庄严"}),
        ("市委副书记江雁、副市长温和，市人大常委会副主任高兴出席。", {"江雁", "温和", "高兴"}),
        ("市商务局二级调研员成功表示，今年出口增长。", {"成功"}),
        ("市政协委员、海原林业学院教授危言的建议是：抱团闯市场。", {"危言"}),
        ("协会会长舒畅接过授信牌匾。", {"舒畅"}),
        ("局长严肃要求各地抓好落实，主任全面负责。", set()),
        ("局长利国安说，传闻不实。", {"利国安"}),
        ("江海川、聂小红、游 晨等委员先后发言。", {"江海川", "聂小红", "游 晨"}),
        # What leads to a name or goes on behind it is no part of it.
        ("公司总经理劳婉君盘算着，明年能省下运费。", {"劳婉君"}),
        ("院长请谢冠章教授来当顾问。", {"谢冠章"}),
        ("她带着种子和工人从台州来到海原。", set()),
        ("合作社同一家批发商续了约，一天发两车。", set()),
        # Bylines without spaces between names and roles.
        ("海原日报讯（全媒体记者柴达特派记者江雁鸣）昨日开工。", {"柴达", "江雁鸣"}),
        ("海原日报讯（记者 江树 通讯员 艾力·买买提）昨日开工。", {"江树", "艾力·买买提"}),
        ("晚报讯（王辉杰 虞晓婧 文/图）昨日开工。", {"王辉杰", "虞晓婧"}),
    ],
)
def test_find_reads_persons_whose_names_are_words(finder, text, persons):
    assert named(finder, "person", text) == persons


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("主会场设在高新区，青川县分会场开工的是一座电站。", set()),
        ("双方设立灵跃（天津）智能装备有限公司，计划投资1.8亿元。", {"灵跃（天津）智能装备有限公司"}),
        ("一行共同见证欧岚航空（天津）有限公司二期项目签约。", {"欧岚航空（天津）有限公司"}),
        ("并购后恒睿医械将形成完整产品线。", {"恒睿医械"}),
        ("企业目前正与汇储、川联等企业洽谈合作。", {"汇储", "川联"}),
        ("要坚定信心、加大研发投入，实现江海联动、互利共赢。", set()),
        ("广州南沙洲果菜批发市场与合作社签约。", {"广州南沙洲果菜批发市场"}),
        (
            "宁夏葡萄酒与防沙治沙职业技术学院同5家酒庄签约。",
            {"宁夏葡萄酒与防沙治沙职业技术学院"},
        ),
    ],
)
def test_find_reads_bodies_behind_verbs(finder, text, bodies):
    assert named(finder, "organization", text) == bodies


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("3月20日，酒埠江灌区续建配套与现代化改造工程开工。", {"酒埠江灌区"}),
        ("资金用于黄花滩移民区日光温室改造。", {"黄花滩移民区"}),
        ("长三角地区130余家企业参会。", {"长三角地区"}),
        ("赤溪河畔，酒香又起。", {"赤溪河"}),
        ("在官井洋边的礼门岛上，育苗室里住着大黄鱼。", {"官井洋", "礼门岛"}),
        ("设备已向无锡一家机械厂订购，他从小在海边长大。", {"无锡"}),
        ("货物由出海口运往各地，复合肥卖到了外省。", set()),
        ("货轮停靠抚江港，标志着抚江口岸今年水运进口全面恢复。", {"抚江港", "抚江口岸"}),
        ("会议在银川市西夏区镇北堡镇举行。", {"银川市", "西夏区", "镇北堡镇"}),
        ("渝西高铁城口段旗杆山隧道贯通。", {"渝西高铁", "城口", "旗杆山隧道"}),
        (
            "G1111鹤哈高速绥化南互通立交改建工程通过验收。",
            {"G1111鹤哈高速", "绥化南互通立交", "绥化"},
        ),
        (
            "代表们来到泉港北部码头、海上风电运维母港和施工现场，听取介绍。",
            {"泉港", "泉港北部码头", "海上风电运维母港"},
        ),
    ],
)
def test_find_reads_lands_that_bear_a_name(finder, text, places):
    assert named(finder, "place", text) == places
