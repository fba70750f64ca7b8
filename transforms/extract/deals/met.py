"""Who met: the two sides that a report names before 两区签署《…》 or in front of 举行会谈，签署…."""

from __future__ import annotations

import re
from itertools import pairwise

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.bystanders import is_source
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.topic import is_same

TWO_TOWNS = re.compile(r"两(?P<kind>[市县区州省])")
# 甲区与乙市举行线上会谈，
_MEETS = re.compile(
    r"(?:^|[，。；\n])(?P<sides>[^，。；\n]{2,40}?[与和同][^，。；\n]{2,40}?)"
    r"(?:举行|召开|举办|进行|开展)了?[^，。；\n]{0,20}[，,]$"
)
# Who comes: 某市副市长某某率代表团, 率某市代表团, 某大学副校长一行
_COMES = re.compile(
    r"率(?P<whose>[^，。；\n]{0,24}?)(?:团|一行)|[率带][队领](?=[赴到前南北东西])|[率带][^，。；\n]{0,10}?(?:小分队|小组|专班|干部)|(?:代表|考察|访问|参访)团|一行(?:[0-9一二三四五六七八九十]+[人位])?"
    # 理事长率126名信众到某县朝圣
    r"|[率带](?=[0-9一二三四五六七八九十]+[余多]?[名位])"
)
_BAND = re.compile("(?:代表|考察|访问|参访|经贸)团$")
# Where to: 到访某区, 在某大学，代表团参观…, 与某市市长座谈
_TO = re.compile(r"(?:来到|到访|访问|走访|来访|抵达|走进|拜访|拜会|考察|赴)了?$")
# 某公司总经理张三到访某校，双方签署
_CALLS_ON = re.compile("(?:到访|访问|走访|来访|拜访|拜会)了?$")
_AT = re.compile("[到来在对]$")
# 在甲公司，董事长某某当场拍板: who speaks for the house is at home there.
_THERE = re.compile(
    r"[，,][^，。；\n]{0,16}?(?:代表团|考察团|访问团|小分队|一行|客人)|[，,][^，。；\n]{0,4}?(?:董事长|总经理|总裁|厂长|负责人|创始人|会长)"
    r"|[^，。；\n]{0,14}?(?:[领带]着|引着|陪着?|迎接?)(?:客人|代表团|[^，。；\n]{0,4}一行)"
)
_WITH = re.compile("[与和同]$")
# 派技术团队4月初到甲区考察: who will come has not been there.
_SENT, _SENT_CHARS = re.compile("派[^，。；]{0,16}$"), 20
_FIRM = re.compile("(?:公司|集团|厂|合作社)$")
_COMMITTEE = re.compile("[省市县区州旗]委")
_OURS = re.compile("[我本][省市县区州镇]")
_SITS = re.compile(r"[^，。；\n]{0,30}?(?:座谈|会谈|会晤|会见|会面|洽谈|商谈|对接)")
_VISITS = re.compile(
    r"[^，。；\n]{0,8}?(?:访问|考察|参观|交流|洽谈|调研|座谈|做客|朝圣|寻根|祭祖|谒祖|采风|探亲)"
)
# 某市市长某某在某宾馆会见了某公司董事长某某一行, 校长某某与某公司总裁某某座谈
_RECEIVES = re.compile(
    r"(?:会见|会晤|接见|接待|约见)了?(?!会?[时后上中]|厅|室|记者)|[与和同](?=[^，。；、\n与和同]{4,40}?(?:座谈|会谈|会晤|会面)(?!会))"
)
_STOP = re.compile("[，。；\n]")
_MAX_RECEIVED_CHARS = 200
_LINKS = frozenset("—－-·与和")
_MEETING = re.compile(
    r"[^，。；、\n]{0,16}?(?:联席|座谈|恳谈|对接|交流|磋商|协调|推进|协作|合作)(?:会议|会)(?!长|员)"
)
_MAX_BACK_CHARS, _MAX_TO_VERB = 600, 40


def both_in_front(context: ArticleContext, parties: PartyReader, start: int, left: int) -> list[Party]:
    """The sides of an earlier clause that meets: 甲区与乙市举行会谈，签署备忘录."""
    found = last_match(_MEETS, context.text, start, left)
    if found is None:
        return []
    sides = parties.coordination(context, *found.span("sides"))
    return sides if len(sides) > 1 and all(p.mention for p in sides) else []


def who_met(context: ArticleContext, position: int) -> tuple[list[Party], int]:
    """The sides that 两区 or 双方 at a position stands for, if a visit or two towns were told before it.

    Returns:
        Host and guest (of towns in order of text), and where the last of them is told; empty if one of the
        two is not named.
    """
    start = context.sentences[context.sentence_at(position)][0]
    names = sorted((*context.mentions, *context.nested), key=lambda m: (m.start, m.end))
    told = [m for m in names if position - _MAX_BACK_CHARS <= m.start and m.end <= position]
    towns = TWO_TOWNS.search(context.text, start, position)
    bodies = [m for m in told if m.entity_type in {"organization", "place"}]
    if convened := _convened(context, bodies):
        return [Party.of(m) for m in convened], convened[1].end
    if towns:
        same = [m for m in told if m.entity_type == "place" and m.end <= start]
        named = list({m.text: m for m in reversed(same) if m.text.endswith(towns["kind"])}.values())
        named = sorted(named, key=lambda m: m.start)[-2:]
        # 赴甲市、乙市考察: two towns of a list are not the two that sign.
        listed = len(named) > 1 and context.text[named[0].end : named[1].start] == "、"
        return ([Party.of(m) for m in named], named[-1].end) if len(named) > 1 and not listed else ([], 0)
    visit = _visit(context, bodies, position)
    return visit if len(visit[0]) > 1 else _received(context, position) or visit


def _received(context: ArticleContext, position: int) -> tuple[list[Party], int] | None:
    """Who received whom: 甲市委书记会见乙公司董事长一行，双方签署; of 甲市委 the town, of 市委 nobody."""
    floor = max(context.paragraph(position)[0], position - _MAX_RECEIVED_CHARS)
    verb = last_match(_RECEIVES, context.text, floor, position)
    if verb is None:
        return None
    start = context.sentences[context.sentence_at(verb.start())][0]
    behind = context.mentions_in(
        verb.end(), min(verb.end() + _MAX_TO_VERB, position), "organization", "place"
    )
    people = context.mentions_in(start, verb.start(), "person")
    ahead = context.mentions_in(start, people[0].start, "organization", "place") if people else []
    guest = next((m for m in reversed(_chain(behind))), None)
    if guest is None or _STOP.search(context.text, verb.end(), guest.start):
        return None
    host = next((m for m in reversed(_chain(ahead))), None)
    if host and _COMMITTEE.search(host.text):
        host = next((m for m in context.nested if host.start <= m.start and m.end <= host.end), None)
    if host is None:
        return ([Party.of(guest)], guest.end) if _FIRM.search(guest.text) else None
    return None if is_same(host, guest) else ([Party.of(host), Party.of(guest)], guest.end)


def _chain(names: list[Mention]) -> list[Mention]:
    """The first of names with those that stand right behind one another: 某省某市."""
    chain = names[:1]
    for name in names[1:]:
        if name.start != chain[-1].end:
            break
        chain.append(name)
    return chain


def _convened(context: ArticleContext, bodies: list[Mention]) -> tuple[Mention, Mention] | None:
    """Whose meeting a report tells by its name: 甲区—乙县联席会议."""
    for one, other in pairwise(bodies):
        is_pair = context.text[one.end : other.start] in _LINKS and one.text != other.text
        if is_pair and _MEETING.match(context.text, other.end):
            return one, other
    return None


def _visit(context: ArticleContext, bodies: list[Mention], position: int) -> tuple[list[Party], int]:
    """The body that was visited last, and who came: 甲市市长率团到乙区, 甲大学校长到乙学院访问."""
    names = [m for m in bodies if not _BAND.search(m.text) and not _is_part(m, bodies)]
    lone: Mention | None = None
    for host in reversed(names):
        if not _is_visited(context.text, host):
            continue
        guest = _guest(context, names, host)
        if guest is not None and not _COMMITTEE.fullmatch(guest.text):
            return [Party.of(host), Party.of(guest)], host.end
        if _FIRM.search(host.text) and (guest or _COMES.search(context.text, 0, host.start)):
            # 县长带队赴外地招商: which county comes is not told, nor by 县委.
            lone = lone or host
    return ([Party.of(lone)], lone.end) if lone else ([], 0)


def _is_visited(text: str, body: Mention) -> bool:
    if _SENT.search(text, max(0, body.start - _SENT_CHARS), body.start):
        return False
    before = text[max(0, body.start - 4) : body.start]
    if _TO.search(before):
        return True
    if _THERE.match(text, body.end) or (_AT.search(before) and _VISITS.match(text, body.end)):
        return True
    return bool(_WITH.search(before) and _SITS.match(text, body.end))


def _guest(context: ArticleContext, names: list[Mention], host: Mention) -> Mention | None:
    """Whose delegation came to a host, or who stands in front of 到某校访问."""
    text = context.text
    ahead = [
        m
        for m in names
        if m.end <= host.start and not (is_same(m, host) or _is_visited(text, m) or is_source(context, m))
    ]
    for comes in reversed([*_COMES.finditer(text, max(0, host.start - _MAX_BACK_CHARS), host.start)]):
        if comes["whose"] and _OURS.match(comes["whose"]):
            return None
        floor = context.sentences[context.sentence_at(comes.start())][0]
        own = [m for m in ahead if comes["whose"] and comes.start() < m.start and m.end < comes.end()]
        floor = max(floor, comes.start() - _MAX_TO_VERB)
        own = own or [
            m for m in ahead if m.start >= floor and m.end <= comes.start() and m.subtype != "media"
        ]
        if own:
            # 应甲市邀请，乙州代表团…: whose name the delegation bears.
            return own[-1] if own[-1].end >= comes.start() - 2 else _last_of_chain(own, own[0])
    floor = max(context.sentences[context.sentence_at(host.start)][0], host.start - _MAX_TO_VERB)
    near = [m for m in ahead if m.start >= floor]
    is_guest = near and (
        _VISITS.match(text, host.end) or _CALLS_ON.search(text, max(0, host.start - 4), host.start)
    )
    return _last_of_chain(near, near[0]) if is_guest else None


def _last_of_chain(names: list[Mention], first: Mention) -> Mention:
    """某国某州: the last of names that stand behind one another."""
    for one, other in pairwise(names[names.index(first) :]):
        if one.end != other.start:
            return one
        first = other
    return first


def _is_part(name: Mention, names: list[Mention]) -> bool:
    """Whether a name stands in another, which is no delegation."""
    holders = [o for o in names if o is not name and o.start <= name.start and name.end <= o.end]
    return any(not _BAND.search(o.text) for o in holders)
