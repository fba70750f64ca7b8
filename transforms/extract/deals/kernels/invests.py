"""Words that pay for works, with or without a sum: 投资9亿元建设, 用于新建, 正在某地兴建."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.parties import acts_alone
from transforms.extract.deals.works import WorkNouns
from transforms.extract.gated import DEALS

INVESTS = DEALS.compile(
    r"(?:投资|投入|投下|投了|投(?=[0-9])|独资(?=[0-9])|再投|斥资|出资|增资(?=[0-9][^，。；]{0,10}元[^，。；]{0,3}[建扩新改上])|追加|花[了去费掉]?(?=[^，。；]{0,4}[0-9一二三四五六七八九])|砸下?|掏|拿出|筹资)(?![^，。；]{1,12}元的)[^，。；]{0,12}?元?[^，。；、]{0,10}?[，,]?(?:[^，。；、]{0,6}?"
    # 投资9亿元，在某市某区某产业园建设
    r"|(?:计划|拟|将)?[在于][^，。；、]{4,30}?(?=建设|[新兴扩投]建|建[起成]|打造|改造|实施|开发(?!区)))"
    r"(?P<verb>建|盖|上(?=[了马一两三四0-9])|新增|改造|扩|添|新上|增|办|购置|安装|兴建|升级|打造|实施|(?<=元)开发(?=[^，。；区]{4}))(?:设(?!施|备|计)|成|起|了|建)*"
)
# 用于建设某基地, 某园，是甲同乙共同建设的: works of which the text may go on to say how far they are.
FUNDED = DEALS.compile(
    "(?:用于|用来(?!买|购|还|付|支付|补充|发)|用以|投到|投向|投入到|投进)(?P<verb>建设|新建|扩建|改造|修建|兴建|建)?(?=[^，。；：“”]{3,30})"
)
# 正在某地建设, 并新建, 投产了一条: building without an amount
BUILDS = DEALS.compile(
    "(?:正在?|着手|加紧|抓紧|开始|承诺[^。；]{2,20}|还|并|拟|将|计划|准备|打算)[^，。；]{0,16}?(?P<verb>建设|新建|兴建|扩建|投建|建成|(?:独资|全资|投资)(?:设立|兴办|开办|创办))(?![^，。；]{0,4}的)"
)
# 某项目位于某园，占地9亩，某公司投资9亿元，新建某车间; 某公路总投资9亿元，新建桥梁3座: what works consist of
_SITED = re.compile(
    r"(?:[（(][^（）()]{1,12}[)）])?(?:(?:位于|选址|坐落|占地)[^。；]{2,60}|[，,]?(?:(?:位于|占地)[^。；]{2,40}[，,])?(?:计划|预计|概算|协议|估算)*总)$"
)
_BY_OTHERS = re.compile("分[两二三四2-5][期阶]|由|成后$")
# 甲买下停产的某厂，改造成某中心: whose the works are is who has bought it.
ACQUIRES = DEALS.compile(
    r"(?:收购|并购|买下|购[买入得]|盘下|拍[下得]|竞得|摘得|租[下用]|承租|接[手盘]|接管|受让|拿下|盘活)了?[^，。；]{2,24}[，,]"
)
# 三年前，张三决定回乡投资，买下
_DECIDES = re.compile(r"(?:决定|回[乡国来到]|返[乡回]|出资|斥资|投资|拿出|带着|又|便|就|以[0-9])")
_OF_WHOM, _HE = frozenset("从向自"), re.compile("[他她](?!们)")


def invested(context: ArticleContext, start: int, end: int) -> re.Match[str] | None:
    """The first words that pay for works; `is_plan` says whether they only plan them."""
    patterns = (INVESTS, BUILDS, FUNDED)
    first = next((m for p in patterns if (m := p.search(context.text, start, end))), None)
    # 由甲投资、某建设公司承建: a name pays for nothing.
    return None if first and first["verb"] and context.is_inside(first.start("verb")) else first


def is_plan(invests: re.Match[str]) -> bool:
    """Whether works are only planned, with no sum (拟新建)."""
    return invests.re is BUILDS.compiled and not invests[0].startswith("正")


def sited(context: ArticleContext, nouns: WorkNouns, start: int, invests: re.Match[str]) -> int | None:
    """The end of the noun of which is told where the works are, what they cost and consist of."""
    text, stop = context.text, invests.start()
    if is_plan(invests) or _BY_OTHERS.search(text, stop, invests.end() + 1):
        return None
    return next(
        (h.end() for h in nouns.work.finditer(text, start, stop) if _SITED.match(text, h.end(), stop)), None
    )


def who_bought(context: ArticleContext, start: int, stop: int) -> Mention | None:
    """Who has bought what becomes works: the body in front, else who acts for himself, else he."""
    ahead = context.mentions_in(start, stop, "organization", "person")
    ahead = [m for m in ahead if context.text[m.start - 1 : m.start] not in _OF_WHOM]
    bodies = [m for m in ahead if m.entity_type == "organization"]
    people = [m for m in ahead if m not in bodies and _acts(context.text, m)]
    he = None if bodies or people else last_match(_HE, context.text, start, stop)
    told = context.mentions_in(0, he.start(), "person") if he else []
    return next(reversed(bodies or people or told), None)


def _acts(text: str, person: Mention) -> bool:
    return acts_alone(text, person) or _DECIDES.match(text, person.end) is not None
