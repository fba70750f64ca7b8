"""Firms in plain sentences: brackets, quotes, holdings, Latin brands, and what stands around a name."""

import polars as pl
import pytest

from tests.unit.extract.test_places_and_firms import named, read


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        # What goes on behind a bracket.
        ("海原正信（东湾）律师事务所出具意见书。", {"海原正信（东湾）律师事务所"}),
        ("工程由中青能（济南）环保公司施工。", {"中青能（济南）环保公司"}),
        ("岚青联行（北京）土地房地产评估顾问有限公司作价。", {"岚青联行（北京）土地房地产评估顾问有限公司"}),
        ("中标人：中电建华东（江苏）能源公司。", {"中电建华东（江苏）能源公司"}),
        # Holdings and Latin brands.
        ("公司与香港云柘数据控股签约。", {"香港云柘数据控股"}),
        ("敏阳控股董事局主席出席。", {"敏阳控股"}),
        ("TKL电子、海青股份获奖。", {"TKL电子", "海青股份"}),
        # In front of a name.
        ("会议将云柘科技列入名单。", {"云柘科技"}),
        ("据云柘科技介绍，平台上线了。", {"云柘科技"}),
        ("这让柘峰重工抢了先。", {"柘峰重工"}),
        ("卖方柘湾港务工程公司的总经理来了。", {"柘湾港务工程公司"}),
        ("鱼苗卖给养殖商北柘海产公司。", {"北柘海产公司"}),
        ("货主叫天柘公司。", {"天柘公司"}),
        ("项目由江苏常熟企业明柘科技集团投资。", {"明柘科技集团"}),
        ("随后代表仁柘集团同县政府签约。", {"仁柘集团", "县政府"}),
        # Behind it.
        ("对柘峰重工来说，这是机会。", {"柘峰重工"}),
        ("云柘生物副董事长江岭到会。", {"云柘生物"}),
        # Two parts of which the engine sees one, the other ends on a trade.
        ("其中沈阳金柘北方铸业的选址完成了。", {"沈阳金柘北方铸业"}),
        # Brands in quotes, and those that are words.
        ("“老柘道”食品有限公司的月饼下架。", {"“老柘道”食品有限公司"}),
        ("俄罗斯“金柘”农业公司来了。", {"俄罗斯“金柘”农业公司"}),
        ("和平公司与胜利公司合并。", {"和平公司", "胜利公司"}),
        ("他在京东工作。", {"京东"}),
    ],
)
def test_firms(finder, text, firms):
    assert firms <= named(finder, text, "organization")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("一批“独角兽”公司在这里长大。", "“独角兽”公司"),
        ("“我们的”公司搬走了。", "“我们的”公司"),
        ("发行“乡村振兴”专项公司债3亿元。", "“乡村振兴”专项公司"),
        ("项目由央企控股投资建设。", "央企控股"),
        ("公司收购了香港云柘数据控股股东的股份。", "香港云柘数据控股"),
        ("“迷你电脑”为法国公司所有。", "“迷你电脑”为法国公司"),
        ("展出LED照明。", "LED照明产品"),
        ("希望公司能够解决。", "希望公司"),
        ("瑶族服饰是遗产，牛仔服装也卖得好。", "瑶族服饰"),
    ],
)
def test_no_firms(finder, text, word):
    assert word not in named(finder, text, "organization")


def test_a_place_in_front_of_verbs_stays(finder):
    assert "京" in named(finder, "他们进京推介，在京企业也来了。", "place")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("大桥由中铁十局承建。", "中铁十局", "company"),
        ("中国水电七局中标。", "中国水电七局", "company"),
        ("青柘木业的工人在加班。", "青柘木业", "company"),
        ("海原县茶叶经营部开门了。", "海原县茶叶经营部", "company"),
        ("海原县水利局发布消息。", "海原县水利局", "government"),
    ],
)
def test_kinds_of_firms(finder, text, name, kind):
    rows = read(finder, text).filter(pl.col("surface_text") == name)
    assert set(rows["entity_subtype"]) == {kind}
