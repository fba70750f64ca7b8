"""Whose works are, and who else has a hand in them, as the sentences around tell."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals_links import is_about
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_topic import BANK, TopicReader

_DOES = (
    (
        re.compile(r"(?:负责|承担)?(?:工程)?(?:的)?(?:承建|施工|总承包|代建)(?!单位|方|图|许可|现场)"),
        "contractor",
    ),
    (re.compile(r"(?:负责|承担)(?:日常|后期|项目)?(?:的)?(?:建设|施工)"), "contractor"),
    (re.compile(r"(?:负责|承担|受托)(?:日常|后期|项目)?(?:的)?(?:运营|运维|管理)"), "operator"),
)
# 由甲公司投资2.1亿元建设
_PAYS = re.compile(r"(?:全资|独资|共同|联合)*(?:投资|出资|斥资)")
# 承建单位为甲公司, 业主是乙公司; 甲公司为总承包单位
_CALLED = re.compile(
    r"(?:(?P<owner>业主|建设)(?:单位|方)?|(?:承建|施工|总承包|承包)(?:单位|方|商))(?:为|是|：|系)$"
)
_IS_CALLED = re.compile(
    r"(?:为|是|担任)(?:该|本)?(?:项目|工程)?(?:的)?(?:施工)?(?:总承包|承建|施工|承包)(?:单位|方|商)"
)
_CALLED_CHARS = 10
# 与7家企业签约, 3家企业与高新区签约
_WITH_MANY = re.compile(
    r"(?P<before>[0-9一二两三四五六七八九十]+家(?:企业|公司|客商)[^，。；]{0,6}?[与和同])(?=[^，。；]{2,20}?签[约订署])"
    r"|(?P<behind>(?:当天|当日|现场|分别|还)*[与和同][0-9一二两三四五六七八九十]+家(?:企业|公司|客商)[^，。；]{0,8}签[约订署])"
)
_AREA = re.compile(r"(?:高新|经开|开发|合作|园|新|[县区市](?:政府)?)区?(?:管委会|政府)?(?=[^，。；]{0,4}签)")
_LISTED = frozenset({"signed", "proposed", "landed"})
_OPENS = re.compile(r"[，。；、：\n由和与及]|^")
_HIRED = frozenset({"contractor", "operator"})
_DONE = frozenset({"won_bid", "negotiating"})


def add_owners(context: ArticleContext, topic: TopicReader, found: list[Candidate]) -> None:
    """Gives works without an owner the firm in their name for an owner, or else who tells of them."""
    for candidate in found:
        is_owned = any(p.role not in _HIRED for p in candidate.parties)
        if candidate.hint != "project" or is_owned or candidate.rule in _DONE:
            continue
        owner = _in_title(context, candidate) or topic.teller(context, candidate.cue[0])
        if owner is not None and (topic.is_house(owner) or BANK.search(owner.text)):
            candidate.parties.append(Party.of(owner, "owner"))


def _in_title(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """云岭海缆二期, 某县人民医院东院区."""
    begin, end = candidate.title or (0, 0)
    names = context.mentions_in(begin, end, "organization")
    return next((m for m in names if m.start - begin <= 1 and m.end < end), None)


def add_hands(context: ArticleContext, found: list[Candidate]) -> None:
    """Adds to each work the firms of the clauses behind it, up to the next deal of its paragraph.

    管线全线贯通。管线长47公里，由甲公司投资2亿元建设，乙公司承建: neither clause names the work again.
    """
    for candidate in found:
        if candidate.hint != "project" or candidate.stage in {"negotiating", "ended"}:
            continue
        others = [c.start for c in found if c.start > candidate.start]
        stop = context.paragraph(candidate.cue[0])[1]
        if stop + 1 < len(context.text) and is_about(context.text, candidate, stop + 1):
            stop = context.paragraph(stop + 1)[1]
        stop = min([stop, *others])
        known = {p.mention.index for p in candidate.parties if p.mention}
        for body in context.mentions_in(candidate.end, stop, "organization"):
            role = _role(context.text, body, stop)
            if role and body.index not in known:
                candidate.parties.append(Party.of(body, role))


def add_hosts(context: ArticleContext, found: list[Candidate]) -> None:
    """Adds to each work of a list who signed with them all (某管委会与7家企业集中签约。甲公司投资…)."""
    for candidate in found:
        if candidate.hint != "project" or candidate.stage not in _LISTED:
            continue
        roles = {p.role for p in candidate.parties}
        if not roles or not roles <= {"investor", "owner"}:
            continue
        begin = context.paragraph(candidate.start)[0]
        begin = context.paragraph(max(0, begin - 1))[0]
        many = last_match(_WITH_MANY, context.text, begin, candidate.start)
        if many is None:
            continue
        named = [
            body
            for body in context.mentions_in(begin, candidate.start, "organization", "place")
            if body.start == many.end("before") or body.end == many.start("behind")
        ]
        area = _AREA.match(context.text, many.end("before")) if many["before"] else None
        if named:
            candidate.parties.append(Party.of(named[0], "host"))
        elif area:
            candidate.parties.append(Party(*area.span(), None, "host"))


def _role(text: str, body: Mention, stop: int) -> str | None:
    called = _CALLED.search(text, max(0, body.start - _CALLED_CHARS), body.start)
    if called:
        return "owner" if called["owner"] else "contractor"
    if _IS_CALLED.match(text, body.end, stop):
        return "contractor"
    if not _OPENS.fullmatch(text[max(0, body.start - 1) : body.start]):
        return None
    if text[body.start - 1] == "由" and _PAYS.match(text, body.end, stop):
        return "investor"
    return next((role for pattern, role in _DOES if pattern.match(text, body.end, stop)), None)
