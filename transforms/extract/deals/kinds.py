"""What kind of deal a name tells by its last word, whatever verb stands beside it."""

from __future__ import annotations

import re

# A note behind a name, and the marks of its quotation: 联合实验室（东湾）
_BEHIND = re.compile(r"(?:[（(][^（）()]{1,16}[)）]|[”\"》])+$")
_LABORATORY = re.compile(r"(?:实验室|联合(?:研究|研发|创新)(?:中心|院)|联合研究[院所])$")
# Such names are of bodies even where works are told of, and of works only while they are being built.
_BODY = re.compile(
    r"(?:研究院|研究所|研究中心|工作站|专家大院|科技小院|联盟|产业学院|分会|商会|协会|智库|专委会|研究会)$"
)
# Several together, or a school, found such a body; one firm builds it.
_HOUSE = re.compile(
    r"(?:中试|实训|实习|培训|教学|推广|评价|育种|检测|检验|测试|研发|技术)(?:中心|基地|平台)$"
)
# Such names are of works even where somebody founds them or gives them their plate.
_WORKS = re.compile(
    r"(?:项目|工程|大楼|综合楼|新院区|生产线|产线|工厂|厂房|加工厂|(?:生产|制造|加工)基地|车间|码头|大桥|电站|高速公路"
    r"|[港园厂城][一二三四五六]期|(?:物流|仓储|集散|集配|分拣|分拨|分选|配送|冷链|智算|算力|超算|云计算|大数据|数据)中心)$"
)
# 缔结姊妹学校: no school is founded.
_TIE = re.compile(
    r"(?:姊妹|姐妹|友好|兄弟|结对|伙伴|帮扶|手拉手|联谊|协作|对口(?:支援|帮扶)?)(?:关系)?(?:学校|医院|院校|城市|园区|商会|协会)$"
)
# 保底收购协议: goods are bought, and no firm.
_OF_GOODS = re.compile("(?:保底价?|保护价|保价|订单)[^，。；]{0,4}收购(?:协议|合同|意向)")
# 订单班, 订单式培养: what schools do for firms is no trade.
NO_ORDERS = re.compile(r"订单(?=[式班]|培养|人才|教育|定向)")
_FOUNDED = frozenset({"", "project", "institution", "cooperation_agreement"})
_BODIES = frozenset({"", "institution"})
_HOUSE_ENDS, _UNDER_WAY = frozenset({"中心", "基地", "平台"}), frozenset({"building"})


def kind_of_name(name: str, hint: str, stage: str) -> str:
    """The type by the end of a title where that is sure, else the hint.

    Args:
        name: Title of the deal without whitespace.
        hint: Type that the verb implies; bids, trade, shares and money keep theirs.
        stage: How far the deal is.
    """
    name = _BEHIND.sub("", name)
    if hint not in _FOUNDED or not name:
        return hint
    if _LABORATORY.search(name):
        return "joint_laboratory"
    if _OF_GOODS.search(name):
        return "supply_contract"
    if _TIE.search(name):
        return "cooperation_agreement"
    if hint == "project" and stage not in _UNDER_WAY and _BODY.search(name):
        return "institution"
    return "project" if hint in _BODIES and _WORKS.search(name) else hint


def is_tie(name: str) -> bool:
    """Whether two become what a name tells, and found nothing (结为姊妹学校)."""
    return _TIE.search(_BEHIND.sub("", name)) is not None


def names_house(name: str) -> bool:
    """Whether a title is that of a body if a school or several found it (某中试基地), else of works."""
    return name[-2:] in _HOUSE_ENDS and _HOUSE.search(name) is not None


def names_works(name: str) -> bool:
    """Whether a title ends as the names of works do, whoever founds them (某冷链分选中心)."""
    return _WORKS.search(_BEHIND.sub("", name)) is not None
