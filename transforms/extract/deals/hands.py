"""Whose works are, and who else has a hand in them, as the sentences around tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention, is_short_of, last_match
from transforms.extract.deals.links import is_about
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import BANK, TopicReader

_DOES = (
    (
        re.compile(
            r"(?:等[^，。；]{0,8}(?:单位|企业|公司))?(?:中标|负责|承担)?(?:工程)?(?:的)?(?:EPC)?(?:承建|施工|总承包|代建|参建)(?!单位|方|图|许可|现场)"
        ),
        "contractor",
    ),
    (re.compile(r"(?:负责|承担)(?:日常|后期|项目)?(?:的)?(?:建设|施工)"), "contractor"),
    (re.compile(r"(?:负责|承担|受托)(?:日常|后期|项目)?(?:的)?(?:运营|运维|管理)"), "operator"),
    # 冷链中心投运。城投集团为它投了3.1亿元
    (
        re.compile(
            r"(?:也|已|先后|共|前后)?为(?:它|此|其|这[^，。；]{1,6}|该[^，。；]{1,4})(?:先后|共|一共|总共|累计)?(?:投资?|投入|出资?|掏|花|拿出)了?(?=[0-9约近])"
        ),
        "investor",
    ),
    (re.compile(r"(?:接手|接盘)(?:复工|续建|建设)?(?=[，。；]|$)"), "investor"),
    (re.compile(r"(?:联合|共同|合作)(?:运营|开行|执飞|承运)|合营"), "operator"),
)
# 由甲公司投资2.1亿元建设
_PAYS = re.compile(r"(?:全资|独资|共同|联合)*(?:投资|出资|斥资)")
# 承建单位为甲公司, 业主是乙公司; 甲公司为总承包单位
_CALLED = re.compile(
    r"(?:(?P<owner>业主|建设)(?:单位|方)?|(?:承建|施工|总承包|总包|承包)+(?:单位|方|商))(?:为|是|：|系)$"
    r"|(?:(?P<owner_itself>业主|建设单位)|(?:承建|施工|总承包|总包|承包)+(?:单位|方|商))$"
    r"|(?:负责|承担)[^，。；的]{0,6}(?:施工|承建|建设)(?:任务)?的是?$"
    # 由新的投资人甲公司接手复工
    r"|(?P<pays>(?:新|另一)?的?投资(?:方|人|商))(?:是|为)?$"
)
# 由甲集团牵头，乙公司总承包
_LEADS = re.compile("牵头(?:建设|实施|投资)?(?=[，。；、]|$)")
_IS_CALLED = re.compile(
    r"(?:为|是|担任)(?:该|本)?(?:项目|工程)?(?:的)?(?:施工|EPC|工程)*(?:总承包|承建|施工|承包)(?:单位|方|商)"
)
_CALLED_CHARS = 14
_OFFICE = re.compile(r"(?:政府|[^一二三四五六七八九十程航桥路]局|委员会|管委会|指挥部|项目办)$")
# 与7家企业签约, 3家企业与高新区签约
_WITH_MANY = re.compile(
    r"(?P<before>[0-9一二两三四五六七八九十]+家(?:企业|公司|客商)[^，。；]{0,6}?[与和同])(?=[^，。；]{2,20}?签[约订署])"
    r"|(?P<behind>(?:当天|当日|现场|分别|还)*[与和同][0-9一二两三四五六七八九十]+家(?:企业|公司|客商)[^，。；]{0,8}签[约订署])"
)
_AREA = re.compile(r"(?:高新|经开|开发|合作|园|新|[县区市](?:政府)?)区?(?:管委会|政府)?(?=[^，。；]{0,4}签)")
_LISTED = frozenset({"signed", "proposed", "landed"})
# 由甲公司投资的光伏电站 behind other works: what it pays for follows.
_OF_OTHERS = re.compile(
    r"(?:全资|独资|共同|联合)*(?:投资|出资|斥资|投建|承建|施工)[^，。；]{0,6}?的(?=[^，。；]{3})"
)
_JOINTS = frozenset({"、", "和", "与", "及", "以及"})
_OPENS = re.compile(r"[，,。；、：\n由和与及]|^")
# 某市人民医院新院区: the house itself is told by the words up to its kind.
_HOUSE = re.compile(
    r"[\u4e00-\u9fff]{1,14}?(?:医院|保健院|中学|小学|职教中心|职业学院|大学)(?=[\u4e00-\u9fff]{2,})"
)
# 二期, 新生产线: works that bear no name of their own are those of whom the text tells.
_OF_SOMEBODY = re.compile(
    r"(?:[新首]|智能|第?[一二三四五六]期)?[^，。；]{0,12}?(?:第?[一二三四五六]期|生产线|产线|车间|装置|厂房|气调库|冷库|新厂|工厂)"
)
# Who stands surety for a loan: 由甲公司提供担保, 在甲公司担保下, 担保由甲公司提供; who places bonds.
_BACKS = (
    (
        re.compile(
            r"(?:则|也|还|又)?(?:为(?![^，。；]{0,12}(?:提供|发放|投放)[^，。；]{0,8}贷)[^，。；]{1,12})?(?:提供|出具|承担|给予)了?[^，。；]{0,8}(?:担保|增信|反担保)"
            r"|(?:的)?(?:全额|连带责任)?担保(?:下|[，。；）]|支持)|(?:办|开)[^，。；]{0,6}担保"
        ),
        "partner",
    ),
    (re.compile(r"(?:担任|作为)?(?:牵头)?主承销(?!商[为是])"), "introducer"),
)
_BACKER_IS = (
    (re.compile(r"担保(?:方|人|机构|单位|公司)?(?:由|为|是|：)$"), "partner"),
    (re.compile(r"主承销商?(?:由|为|是|：)$"), "introducer"),
)
# 甲银行与乙银行签订贷款协议，为丙公司提供: to whom two banks lend.
_LENDS_TO = re.compile(r"[，,](?:共同|联合|将|双方|拟|并)*[为向给]$")
# 该中心设在某学院, 某医院提供院舍: whose house takes a body in.
_SET_IN = re.compile(r"(?:设|建|挂靠|挂牌|安|放|落户|落址|选址)(?:在|于)$")
_GIVES_ROOM = re.compile(
    r"(?:则|将|免费|无偿)*(?:提供|拿出|腾出)[^，。；]{0,16}?(?:场地|场所|用房|院舍|校舍|厂房|教室|实验楼|办公楼|办公室|大楼|平方米)"
)
_HOUSED = frozenset({"institution", "joint_laboratory"})
_AGAIN = 2
_HIRED = frozenset({"contractor", "operator"})
_DONE = frozenset({"won_bid", "negotiating"})


def add_owners(context: ArticleContext, topic: TopicReader, found: list[Candidate]) -> None:
    """Gives works without an owner the firm in their name for an owner, or else who tells of them.

    Wings of a hospital or school are its own, whoever pays for them.
    """
    for candidate in found:
        if candidate.hint != "project" or candidate.rule in _DONE:
            continue
        whose = _wing(context, candidate)
        if whose is not None:
            candidate.parties.append(whose)
            continue
        if any(p.role not in _HIRED for p in candidate.parties):
            continue
        owner = _in_title(context, candidate) or topic.teller(context, candidate.cue[0])
        if owner is None:
            owner = _topic(context, topic, candidate)
        if owner is not None and (topic.is_house(owner) or BANK.search(owner.text)):
            candidate.parties.append(Party.of(owner, "owner"))


def _wing(context: ArticleContext, candidate: Candidate) -> Party | None:
    """The hospital or school whose name opens that of works (某市人民医院新院区), if it is no party."""
    begin, end = candidate.title or (0, 0)
    house = _HOUSE.match(context.text, begin, end)
    if house is None or any(p.start < house.end() and begin < p.end for p in candidate.parties):
        return None
    names = [m for m in (*context.mentions, *context.nested) if m.entity_type == "organization"]
    named = next((m for m in names if (m.start, m.end) == house.span()), None)
    return Party(*house.span(), named, "owner")


def _topic(context: ArticleContext, topic: TopicReader, candidate: Candidate) -> Mention | None:
    """二期项目开工 in the paragraph of a firm that the article names again and again."""
    begin, end = candidate.title or (0, 0)
    if not _OF_SOMEBODY.match(context.text, begin, end):
        return None
    firm = topic.firm(context, candidate.cue[0])
    if firm is None:
        return None
    firms = [m for m in context.mentions if m.entity_type == "organization" and topic.is_firm(m)]
    told = {m.text: sum(is_short_of(other.text, m.text) for other in firms) for m in firms}
    most = max(told.values())
    return (
        firm
        if most >= _AGAIN and any(is_short_of(firm.text, m) for m, n in told.items() if n == most)
        else None
    )


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
        known = {p.mention.index for p in candidate.parties if p.mention}
        named = {p.mention.text for p in candidate.parties if p.mention}
        for begin, stop in _about(context, found, candidate):
            for body, role in _hands(context, begin, stop):
                is_theirs = role and not _OF_OTHERS.match(context.text, body.end, stop)
                is_told = body.index in known or any(_is_same(body.text, name) for name in named)
                if role and is_theirs and not is_told:
                    known.add(body.index)
                    named.add(body.text)
                    candidate.parties.append(Party.of(body, role))
        if candidate.is_phase:
            continue
        begin = context.sentences[context.sentence_at(candidate.start)][0]
        begin = max(begin, context.text.rfind("；", 0, candidate.start) + 1)
        begin = max([begin, *(c.end for c in found if c.end <= candidate.start)])
        for body, role in _hands(context, begin, candidate.end):
            if role is None:
                continue
            if body.index in known:
                # 由甲投资、乙承建的: each does what stands behind its own name.
                candidate.parties = [
                    replace(p, role=role) if p.mention and p.mention.index == body.index else p
                    for p in candidate.parties
                ]
            elif not any(_is_same(body.text, name) for name in named):
                candidate.parties.append(Party.of(body, role))


def add_backers(context: ArticleContext, found: list[Candidate]) -> None:
    """Adds to each loan who stands surety for it, and to that of several banks who gets it."""
    for candidate in found:
        if candidate.hint != "financing":
            continue
        begin = context.sentences[context.sentence_at(candidate.start)][0]
        begin = max([begin, *(c.end for c in found if c.end <= candidate.start)])
        stop = context.sentences[context.sentence_at(candidate.end - 1)][1]
        stop = min([stop, *(c.start for c in found if c.start >= candidate.end)])
        known = [p.mention.text for p in candidate.parties if p.mention]
        are_banks = len(known) > 1 and all(p.role == "investor" for p in candidate.parties)
        for body in context.mentions_in(begin, stop, "organization"):
            before = context.text[max(begin, body.start - _CALLED_CHARS) : body.start]
            role = next((r for w, r in _BACKS if w.match(context.text, body.end, stop)), None)
            role = role or next((r for w, r in _BACKER_IS if w.search(before)), None)
            if role is None and are_banks and _LENDS_TO.search(before):
                role = "partner"
            if role and not any(_is_same(body.text, name) for name in known):
                candidate.parties.append(Party.of(body, role))
                known.append(body.text)


def add_houses(context: ArticleContext, found: list[Candidate], kinds: Sequence[str]) -> None:
    """Adds to each body whose house it is in, as its sentence or the one behind says."""
    for candidate, kind in zip(found, kinds, strict=True):
        if kind not in _HOUSED:
            continue
        stop = context.sentences[context.sentence_at(candidate.end)][1]
        stop = min([stop, *(c.start for c in found if c.start >= candidate.end)])
        item = context.text.find("；", candidate.end, stop)
        stop = item if item >= 0 else stop
        known = {p.mention.text for p in candidate.parties if p.mention}
        for body in context.mentions_in(candidate.end, stop, "organization"):
            is_house = _SET_IN.search(context.text, candidate.end, body.start)
            if body.text not in known and (is_house or _GIVES_ROOM.match(context.text, body.end, stop)):
                candidate.parties.append(Party.of(body, "host"))
                break


def _about(context: ArticleContext, found: list[Candidate], candidate: Candidate) -> list[tuple[int, int]]:
    """The stretches behind a work, and behind what is told of it later, up to the next deal each."""
    stretches = []
    told = (context.sentences[context.sentence_at(start)][0] for start, _ in candidate.more)
    for begin in (candidate.end, *told):
        stop = context.paragraph(begin)[1]
        if stop + 1 < len(context.text) and is_about(context.text, candidate, stop + 1):
            stop = context.paragraph(stop + 1)[1]
        others = [c.start for c in found if c is not candidate and c.start > begin]
        stretches.append((begin, min([stop, *others])))
    return stretches


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


def _is_same(one: str, other: str) -> bool:
    """Whether a name is another one or short for it."""
    return is_short_of(*sorted((one, other), key=len))


def _hands(context: ArticleContext, start: int, stop: int) -> list[tuple[Mention, str | None]]:
    """The bodies of a stretch with what each does; of 甲、乙等单位参建 all do it."""
    bodies = context.mentions_in(start, stop, "organization")
    roles: list[str | None] = []
    for number in range(len(bodies) - 1, -1, -1):
        role = _role(context.text, bodies[number], stop)
        joint = context.text[bodies[number].end : bodies[number + 1].start] if roles else ""
        roles.append(role or (roles[-1] if joint in _JOINTS else None))
    return list(zip(bodies, reversed(roles), strict=True))


def _role(text: str, body: Mention, stop: int) -> str | None:
    called = _CALLED.search(text, max(0, body.start - _CALLED_CHARS), body.start)
    if called and called["pays"]:
        return "investor"
    if called:
        return "owner" if called["owner"] or called["owner_itself"] else "contractor"
    if _IS_CALLED.match(text, body.end, stop):
        return "contractor"
    if not _OPENS.fullmatch(text[max(0, body.start - 1) : body.start]):
        return None
    if text[body.start - 1] == "由" and _PAYS.match(text, body.end, stop):
        return "investor"
    if text[body.start - 1] == "由" and _LEADS.match(text, body.end, stop):
        return "owner"
    role = next((role for pattern, role in _DOES if pattern.match(text, body.end, stop)), None)
    # 某县交通局负责建设: an office has its works built.
    return "owner" if role == "contractor" and _OFFICE.search(body.text) else role
