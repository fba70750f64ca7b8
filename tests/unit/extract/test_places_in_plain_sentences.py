"""Places of plain sentences: streets and townships named after places, counts behind lists, rows, steppe."""

import pytest

from tests.unit.extract.test_names_of_pages import named
from transforms.extract.names.spans import Span


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # A township is named after a street, the street after a place.
        ("南京西路街道和海原路街道的居民就近办理。", {"南京西路街道", "海原路街道"}),
        ("区里有香港中路街道和青石街道。", {"香港中路街道", "青石街道"}),
        # How many there are is no part of the last one.
        ("黄河流域九省区和长江经济带的代表到会。", {"黄河流域", "长江经济带"}),
        ("广东、广西、海南三省区的渔船休渔。", {"广东", "广西", "海南"}),
        ("海南59国免签政策落地。", {"海南"}),
        ("青石镇、江口镇、双河镇三镇的苹果统一包装。", {"青石镇", "江口镇", "双河镇"}),
        ("他是李家三村的村民，常去三乡镇。", {"李家三村", "三乡镇"}),
        # A city whose short form ends on 州.
        ("北京烤鸭和兰州拉面都是名吃，德州扒鸡进了高铁站。", {"北京", "兰州", "德州"}),
        ("他在内华达州和马里兰州都有朋友。", {"内华达州", "马里兰州"}),
        # A row whose members end alike.
        ("七里堡社区和八里台社区相距不到两公里。", {"七里堡社区", "八里台社区"}),
        ("青河社区、九间房社区和十里铺社区合用一个食堂。", {"青河社区", "九间房社区", "十里铺社区"}),
        ("花园社区、老旧社区和三个社区的居民都来了。", {"花园社区"}),
        ("列车停靠临沂北站、曲阜东站和泰安站。", {"临沂北站", "曲阜东站", "泰安站"}),
        # Water whose bank is built on.
        ("青公湖边建起了步道，新区的三岔湖边建了酒店。", {"青公湖", "三岔湖"}),
        ("小河边、大江边的垂柳都绿了，今年前河边的路要修。", set()),
        # Any town has an old part.
        ("老城区和新城区之间有一条河，近郊区和远郊区的房价差三倍。", set()),
        ("洛阳老城区和西工区的老街修好了。", {"洛阳", "老城区", "西工区"}),
        ("长沙市区也在修路。", {"长沙市"}),
        # Ways behind who rides on them.
        ("再转西成高铁去成都，乘坐济郑高铁去聊城。", {"西成高铁", "成都", "济郑高铁", "聊城"}),
        ("司机走济青高速回来。", {"济青高速"}),
        # The steppe.
        (
            "科左中旗花吐古拉镇和额济纳旗达来呼布镇开市。",
            {"科左中旗", "花吐古拉镇", "额济纳旗", "达来呼布镇"},
        ),
        ("科左中旗干部到舍伯吐镇调研。", {"科左中旗", "舍伯吐镇"}),
        (
            "内蒙古兴安盟科尔沁右翼前旗乌兰毛都苏木的牧民卖了牛。",
            {"内蒙古", "兴安盟", "科尔沁右翼前旗", "乌兰毛都苏木"},
        ),
        ("巴彦托海镇、辉苏木的草场返青。", {"巴彦托海镇", "辉苏木"}),
        ("三江侗族乡平岩村要修桥。", {"三江侗族乡", "平岩村"}),
        ("川西北高原上的若尔盖下了雪。", {"川西北高原", "若尔盖"}),
        ("从天山南北到岭南水乡都在过年，陕西南部有雨。", {"天山", "岭南", "陕西"}),
        # Names that begin inside another word.
        ("中海地产在深海地质研究方面投资3亿元，近海地带适合养殖。", set()),
        ("公路穿越南北，该县要建成新兴城市，让老人适应城市生活。", set()),
        ("村民和县长一起修路，两千名山区干部到沿海城市学习。", set()),
        ("风机轴承用于10兆瓦以上海上机组，昨日本栏有误。", set()),
        ("华南岭海学院的学生来到南岭脚下。", {"南岭"}),
        # A part of a province that is a person's name as well.
        ("胶东五市、鲁南四市的书记市长参加了会议。", {"胶东", "鲁南"}),
    ],
)
def test_find_reads_places_of_plain_sentences(finder, text, places):
    found = named(finder, "place", text)
    assert found - {"南京", "香港", "海原", "临沂"} == places


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("烟台苹果、沂源的苹果都有地理标志。", set()),
        ("美国苹果公司在上海开店。", {"美国苹果公司"}),
        ("乌审旗苏力德苏木政府签了约。", {"乌审旗苏力德苏木政府"}),
    ],
)
def test_fruit_of_a_place_is_no_firm(finder, text, bodies):
    assert named(finder, "organization", text) == bodies


def test_a_person_of_a_towns_name_still_speaks(finder):
    assert "马山" in named(finder, "person", "司机马山说，从马山镇到县城要40分钟。")


def test_trim_takes_a_level_of_which_damage_left_nothing_else(finder):
    span = Span(2, 3, "place", "lac", 0.3)
    assert finder._rules._trimmed.trim("公司区市场开门。", [span]) == [span]
