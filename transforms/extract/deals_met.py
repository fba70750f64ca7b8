"""Who met: the two sides that a report names before 两区签署《…》 or in front of 举行会谈，签署…."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals_model import Party
from transforms.extract.deals_parties import PartyReader

_TWO_TOWNS = re.compile(r"两(?P<kind>[市县区州省])")
# 甲区与乙市举行线上会谈，
_MEETS = re.compile(
    r"(?:^|[，。；\n])(?P<sides>[^，。；\n]{2,40}?[与和同][^，。；\n]{2,40}?)"
    r"(?:举行|召开|举办|进行|开展)了?[^，。；\n]{0,20}[，,]$"
)
# 某市副市长某某率代表团到访某新区
_COMES = re.compile(r"率[^，。；\n]{0,24}?|代表团|考察团|访问团|一行(?:[0-9一二三四五六七八九十]+[人位])?")
_TO = re.compile(
    r"[^。；\n]{0,30}?(?:来到|到访|访问|走访|来访|抵达|走进|到|来|赴|在)(?:了)?(?=(?P<where>[^，。；\n]{2,24}))"
)
# Of firms that come, 双方 are not the towns.
_FIRM = re.compile(r"公司|集团|客商|企业家|商会|董事|总裁|总经理")
_MAX_BACK_CHARS = 600


def both_in_front(context: ArticleContext, parties: PartyReader, start: int, left: int) -> list[Party]:
    """The sides of an earlier clause that meets: 甲区与乙市举行会谈，签署备忘录."""
    found = last_match(_MEETS, context.text, start, left)
    if found is None:
        return []
    sides = parties.coordination(context, *found.span("sides"))
    return sides if len(sides) > 1 and all(p.mention for p in sides) else []


def who_met(context: ArticleContext, position: int) -> list[Party]:
    """The sides that 两区 or 双方 of a sentence stands for, if a visit or two towns were told before it.

    Empty if one of the two is not named.
    """
    start = context.sentences[context.sentence_at(position)][0]
    places = [m for m in (*context.mentions, *context.nested) if m.entity_type == "place"]
    told = sorted((m for m in places if start - _MAX_BACK_CHARS <= m.start < start), key=lambda m: m.start)
    towns = _TWO_TOWNS.search(context.text, start, position)
    if towns:
        named = list({m.text: m for m in reversed(told) if m.text.endswith(towns["kind"])}.values())
        named = sorted(named, key=lambda m: m.start)[-2:]
        # 赴甲市、乙市考察: two towns of a list are not the two that sign.
        listed = len(named) > 1 and context.text[named[0].end : named[1].start] == "、"
        return [Party.of(m) for m in named] if len(named) > 1 and not listed else []
    return _visit(context, told, start)


def _visit(context: ArticleContext, places: list[Mention], position: int) -> list[Party]:
    text = context.text
    for start, end in reversed(context.sentences):
        if start >= position or start < position - _MAX_BACK_CHARS:
            continue
        comes = _COMES.search(text, start, end)
        to = _TO.match(text, comes.end(), end) if comes else None
        guests = [m for m in places if start <= m.start and comes and m.end <= comes.start()]
        hosts = [m for m in places if to and m.start == to.end() and m.end <= end]
        if not (guests and hosts) or _FIRM.search(text, start, end):
            continue
        guest = guests[0]
        for following in guests[1:]:
            guest = following if following.start == guest.end else guest
        host = max(hosts, key=lambda m: m.end)
        if guest.text not in host.text and host.text not in guest.text:
            return [Party.of(m) for m in (host, guest)]
    return []
