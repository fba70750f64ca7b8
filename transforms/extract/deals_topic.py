"""The firm that a text is about, and what a kernel of a deal is read with."""

from __future__ import annotations

import re
from collections import Counter

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_loans import BANK
from transforms.extract.deals_model import Party

_FIRM = re.compile(
    r"(?:公司|集团|厂|股份|企业|农场|酒庄|科技|药业|食品|实业|生物|电子|重工|石化|化工|材料|能源|乳业|机电|精工|精密|合作社)$"
)
SUM = re.compile(
    r"累计|余额|同比|增长|今年以来|年以来|历年|户均|平均|全年|全市|全县|全区|全省|银企|户企业|家企业"
)
HOPES = re.compile(
    r"希望|愿|进一步|加强|深化|继续|呼吁|可以|应当|如果|若|欢迎|鼓励|支持企业|建议|能否|要求|帮助|推动|力争|引导"
    r"|否认|不实|传闻|网传|网上|谣|可能|有望|何时|尚无|尚未|并未|没有|未能|是否|如何|周年|回顾|纪念|讨论|研究如何|下一步"
    r"|罚款|处罚|诉讼|和解|起诉|撤诉|质押|担保|仲裁裁决"
)
AREA = re.compile(r"[市县区州省镇旗]$|政府$|管委会$")
_MAX_BACK = 400


def topic(context: ArticleContext, position: int, other: Mention | None) -> Mention | None:
    """The firm that the text is about: the one that its paragraph, or else one before it, names most.

    Null where none is named before, or only the other side.
    """
    stop = position
    while stop > max(0, position - _MAX_BACK):
        floor = context.paragraph(stop)[0]
        firms = [
            m
            for m in context.mentions_in(floor, stop, "organization")
            if is_firm(m) and not (other and is_within(m, other))
        ]
        if firms:
            counts = Counter(m.text for m in firms)
            return max(firms, key=lambda m: (counts[m.text], -m.start))
        stop = floor - 1
    return None


def is_firm(mention: Mention) -> bool:
    """Whether a body does business and is no bank."""
    return (bool(_FIRM.search(mention.text)) or mention.subtype == "company") and not BANK.search(
        mention.text
    )


def is_within(one: Mention, other: Mention) -> bool:
    """Whether one name holds the other."""
    return one.text in other.text or other.text in one.text


def party(mention: Mention, role: str = "partner") -> Party:
    """A recognised name as a party."""
    return Party(mention.start, mention.end, mention, role)
