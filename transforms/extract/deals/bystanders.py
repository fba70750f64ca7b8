"""Names that stand in a deal's sentence and take no part in it: where it was done, who printed it.

甲通过某证券交易所减持乙; 甲回购股份 来源：某网; 某报讯在甲收购乙后
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate

MARKET = re.compile(r"(?:交易所|[上深北港联]交所|产权交易中心|结算公司|(?:登记)?结算有限责任公司\w{0,8})$")
# Who watches over the market deals in nothing: 上交所指出，某公司向乙增资.
_WATCHES = re.compile(
    "^(?:[上深北]交所|中国证监会|证监会|银保监会|\\w{2,6}证监局|(?:上海|深圳|北京)证券交易所)$"
)
_THROUGH = re.compile(r"(?:通过|经由?|在|于|据|向|由|《)(?:了)?$")
_OF_MARKET = re.compile(
    r"大宗|集中|系统|竞价|平台|公开|挂牌|上市|公告|披露|信息|资料|网站|规则|股票上市|确认|办理|登记"
)
_SOURCE = re.compile(r"(?:来源|出处)\s*[:：]\s*$|(?:^|\s)文\s*[|｜/丨]\s*$")
_PRINTS = re.compile(
    r"(?:网|晚报|日报|早报)?(?:讯|快讯|APP讯|记者)|(?:Choice|APP|金融)*(?:终端)?(?:数据|统计)"
)
_CUP = re.compile(r"杯[”\"]?$")
# 记者从市商务局获悉: which office tells it; a firm that does may be told of.
_LEARNT = re.compile(
    r"(?:记者|报道员|通讯员|昨日|今日|日前|近日|[0-9]日)[^，。；\n]{0,4}从$|(?:^|[，。；：\n])从$"
)
_HEARD = re.compile(r"[^，。；\n]{0,6}?(?:获悉|了解到|得知|证实|获知)")
_OFFICE = frozenset({"government", "party", "media"})
_LOOK_BACK, _MARKET_CHARS = 8, 8


def is_market(context: ArticleContext, mention: Mention) -> bool:
    """Whether an exchange or register is where a deal is done, and neither side of it."""
    text = context.text
    return bool(
        MARKET.search(mention.text)
        and (
            _THROUGH.search(text[max(0, mention.start - _LOOK_BACK) : mention.start])
            or _OF_MARKET.match(text, mention.end)
        )
    )


def is_source(context: ArticleContext, mention: Mention) -> bool:
    """Whether a name is of the office from which a reporter has learnt what the sentence tells."""
    return bool(
        mention.subtype in _OFFICE
        and _HEARD.match(context.text, mention.end)
        and _LEARNT.search(context.text[max(0, mention.start - _LOOK_BACK) : mention.start])
    )


def is_bystander(context: ArticleContext, mention: Mention) -> bool:
    """Whether a name is of a market, of who printed the text, or of a contest that it advertises."""
    text = context.text
    return bool(
        is_market(context, mention)
        or (mention.entity_type == "organization" and _WATCHES.search(mention.text))
        or _SOURCE.search(text[max(0, mention.start - _LOOK_BACK) : mention.start])
        or _PRINTS.match(text, mention.end)
        or (_CUP.search(mention.text) and mention.entity_type == "organization")
    )


def drop_bystanders(context: ArticleContext, found: Sequence[Candidate]) -> list[Candidate]:
    """Take bystanders out of the sides and titles of deals; a deal that has nothing else is none."""
    kept = []
    for deal in found:
        idle = [
            p
            for p in deal.parties
            if p.mention
            and (
                is_bystander(context, p.mention)
                # 该局 behind 记者从某局获悉 takes part.
                or (p.start == p.mention.start and is_source(context, p.mention))
            )
        ]
        if idle:
            deal.parties = [p for p in deal.parties if p not in idle]
            if deal.title and any(deal.title[0] < p.end and p.start < deal.title[1] for p in idle):
                deal.title = None
            if not deal.parties and (deal.rule == "bought" or not deal.title):
                continue
        kept.append(deal)
    return kept
