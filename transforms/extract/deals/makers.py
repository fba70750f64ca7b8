"""Two who build works together, as the words in front of the name say: 甲与乙合资兴办的某项目."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from transforms.extract.context import ArticleContext, Mention, is_short_of
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.sides import SideReader

_JOINS = frozenset({"与", "和", "同", "跟", "及", "、"})
_TOGETHER = re.compile(
    r"(?:共同|联合|合作|合资|合股|携手|一起)*(?:投资|出资|兴办|兴建|建设|新建|修建|打造|开发|开办|创办|投建|设立|[共合]建|合办|建)*的(?=\w)"
)
# 甲等三家机构跟投
_FOLLOWS = re.compile(r"(?:等[^，。；、]{0,8})?(?:联合|共同|分别|则|也|又|继续)*(?:领投|跟投|参投)")
_BY_ITS_END = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fffA-Za-z]{2,14}(?:创投|资本|基金))(?:联合|共同|也)?(?:领投|跟投)"
)
_UNIONS, _UNION = (
    frozenset({"institution", ""}),
    re.compile('(?:联盟|联合体|共同体|协会|商会|医联体|集团)[”"]?$'),
)
# 首批成员包括甲、乙; 甲、乙等23家单位成为首批成员
_MEMBERS = re.compile(
    r"(?:成员|会员|理事|发起|共建)(?:单位|方)?(?:包括|涵盖|囊括|[为有是])了?(?P<who>[^。；]{2,100}?)(?:等[^，。；]{0,8})?(?=[，。；]|$)"
)
_ARE_MEMBERS = re.compile(
    r"[，。；](?P<who>[^，。；]{2,100}?)(?:等[0-9一二两三四五六七八九十百]*[余多]?[家所个]?[^，。；、]{0,6})?"
    r"(?:当选|成为|担任|[获入]选|加入|为)(?:联盟|该)?(?:首批|首届|创始|发起|副?理事长|常务|核心)*(?:成员|会员|理事|单位)"
)
_PAY = re.compile("合资|合股|投资|出资")
_OPEN_ROLES = frozenset({"owner", "investor", "partner", "builder", "host"})
_MIN_TITLE, _BOTH = 3, 2


def add_makers(
    context: ArticleContext, sides: SideReader, found: Sequence[Candidate], kinds: Sequence[str]
) -> None:
    """Gives works all whose they are by the words in front of their name, and not the first alone."""
    for works, kind in zip(found, kinds, strict=True):
        if kind != "project":
            continue
        begin, stop = works.title or (works.cue[0], works.cue[0])
        sentence = context.sentences[context.sentence_at(begin)][0]
        left = clause_start(context, sentence, begin) if works.title else max(sentence, works.start)
        told = _makers(context, left, stop)
        if told is None:
            continue
        makers, how = told
        role = "investor" if _PAY.search(how) else "partner"
        parties = [Party.of(m, role) for m in makers]
        if role == "partner":
            parties = sides.invested(context, parties)
        roles = {p.role for p in parties}
        if how == "的" and roles != {"investor", "host"}:
            # 甲公司与乙公司的某项目 may be of either.
            continue
        others = [p for p in works.parties if not any(_is_same(p, m) for m in makers)]
        same = [p for p in works.parties if p not in others]
        is_theirs = works.title or same
        if not is_theirs or len(same) >= len(makers) or any(p.role not in _OPEN_ROLES for p in same):
            continue
        works.parties = sorted([*parties, *others], key=lambda p: p.start)
        name = makers[-1].end + len(how)
        if works.title and works.title[0] < name and works.title[1] - name >= _MIN_TITLE:
            works.title = (name, works.title[1])


def add_members(context: ArticleContext, parties: PartyReader, found: Sequence[Candidate]) -> None:
    """Adds to a union that is founded those who are told as its members, in its sentence or the next."""
    for union in found:
        if union.hint not in _UNIONS or not union.title or not _UNION.search(context.text, *union.title):
            continue
        begin = union.title[1]
        number = context.sentence_at(begin)
        stop = context.sentences[min(number + 1, len(context.sentences) - 1)][1]
        stop = min(stop, context.paragraph(begin)[1])
        told = _MEMBERS.search(context.text, begin, stop) or _ARE_MEMBERS.search(context.text, begin, stop)
        members = parties.coordination(context, *told.span("who")) if told else []
        known = [m for p in union.parties if (m := p.mention)]
        union.parties += [
            p
            for p in members
            if p.mention and p.mention.entity_type != "person" and not any(_is_same(p, m) for m in known)
        ]


def add_followers(context: ArticleContext, found: Sequence[Candidate], kinds: Sequence[str]) -> None:
    """Adds to each round of shares all who lead it or go with it: 甲领投2000万元，乙、丙跟投."""
    for round_, kind in zip(found, kinds, strict=True):
        if kind != "equity_investment":
            continue
        begin, stop = context.sentences[context.sentence_at(round_.cue[0])]
        begin = max([begin, *(c.end for c in found if c is not round_ and c.end <= round_.start)])
        stop = min([stop, *(c.start for c in found if c.start >= round_.end)])
        bodies = context.mentions_in(begin, stop, "organization")
        follows = False
        for number, body in reversed(list(enumerate(bodies))):
            joint = context.text[body.end : bodies[number + 1].start] if number + 1 < len(bodies) else ""
            follows = bool(_FOLLOWS.match(context.text, body.end, stop)) or (follows and joint in _JOINS)
            if follows and not any(_is_same(p, body) for p in round_.parties):
                round_.parties.append(Party.of(body, "investor"))
        for who in _BY_ITS_END.finditer(context.text, begin, stop):
            # 深圳某某创投领投: its end says what it is, recognised or not.
            if not context.mentions_in(who.start(), who.end("name"), "organization"):
                round_.parties.append(Party(*who.span("name"), None, "investor"))


def _makers(context: ArticleContext, left: int, stop: int) -> tuple[list[Mention], str] | None:
    bodies = context.mentions_in(left, stop, "organization")
    for last in reversed(bodies[1:]):
        how = _TOGETHER.match(context.text, last.end, stop)
        if how is None:
            continue
        makers = [last]
        for one, other in reversed(list(pairwise(bodies[: bodies.index(last) + 1]))):
            if context.text[one.end : other.start] not in _JOINS:
                break
            makers.insert(0, one)
        if len(makers) >= _BOTH:
            return makers, how[0]
    return None


def _is_same(party: Party, maker: Mention) -> bool:
    """Whether a side is a maker, or short for it."""
    return party.mention is not None and is_short_of(*sorted((party.mention.text, maker.text), key=len))
