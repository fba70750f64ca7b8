"""Where names of news begin and end: behind verbs and descriptions, before sides, over a dash."""

import pytest

from tests.unit.extract.test_names_in_briefs import named


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("前者受让后者所持青石三湾码头公司49%的股权。", {"青石三湾码头公司"}),
        ("公司花9000万元把原荣青刀具二厂整体买了下来。", {"荣青刀具二厂"}),
        ("学校与海青生物共建大黄鱼遗传育种中心，他上了岛。", {"海青生物"}),
        ("台资企业旺青（南通）食品有限公司整体搬迁。", {"旺青（南通）食品有限公司"}),
        ("由市属国企东湾港务集团承建。", {"东湾港务集团"}),
        ("我们由区国资公司青兴集团牵头，联合12家企业。", {"青兴集团"}),
        ("青石县人民法院开发区法庭在企业服务中心挂牌。", {"青石县人民法院开发区法庭"}),
        ("普利卡—海原阀门有限公司厂区又响起了机器声。", {"普利卡—海原阀门有限公司"}),
        ("市里正与印尼狮航洽谈，争取再开航线。", {"印尼狮航"}),
        ("工程由市公路建设公司投资，县供水公司配套。", {"市公路建设公司", "县供水公司"}),
        ("专家来到大青嶂林场，看望青石林场职工。", {"大青嶂林场", "青石林场"}),
    ],
)
def test_bodies(finder, text, bodies):
    assert bodies <= named(finder, "organization", text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("线路经青淮农场、青川东站西、洛青镇东，止于夹青镇。", {"青川东站", "洛青镇", "夹青镇"}),
        ("两家公司与肇庆新港签约。", {"肇庆", "新港"}),
        ("生产线在县工业集中区试车，公司入驻县工业园区。", {"县工业集中区", "县工业园区"}),
        ("客人从青石口岸入境，青石口岸恢复通关。", {"青石口岸"}),
    ],
)
def test_places(finder, text, places):
    assert places <= named(finder, "place", text)
    assert not {"青川东站西", "洛青镇东", "新", "港"} & named(finder, "place", text)


@pytest.mark.parametrize(
    "text",
    [
        "旅客从高铁出站到换乘公交不超过150米。",
        "随着口岸恢复通关，园区企业复工。",
        "货物现在走陆路口岸，五天就到。",
        "线路向西北布设，再转向东南延伸。",
        "项目包括站前广场、长途客运站和新航站楼。",
        "中方主任由一名教授担任，主宾国尚在商定。",
        "全县工业园区共有5个，各县工业集中区都要建。",
    ],
)
def test_words_are_no_places(finder, text):
    assert named(finder, "place", text) == set()
