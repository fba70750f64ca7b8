"""What each party is to a deal, once its type, stage and place are known."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import HOW_AND_WHEN
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.sides import SideReader

# Who founds one of these together with others is its co-builder.
CO_BUILT = frozenset({"joint_laboratory", "institution"})
# 某公司的某项目落户某镇: whose project it is brings it there.
_BROUGHT = frozenset({"landed", "signed", "negotiating"})
# 共建某研究院合作协议: the paper by which they found it.
_TO_FOUND = re.compile(
    r"(?:共建|合建|共同(?:建设|设立|组建)|设立)[^，。；]{0,24}(?:研究院|实验室|中心|学院|工作站|平台)|(?:研究院|实验室|中心)共建"
)
# A place that can take works in: people live in it or firms settle in it.
_TAKES_IN = re.compile(r"(?:[省市县区旗盟州镇乡村]|开发区|工业园|产业园|园区|工业城|科技城|新城|街道)$")
_TAKEN_IN = _BROUGHT | {"ended"}
# 落户某区, 拟落户, 原定落户.
_SETTLED = _TAKEN_IN - {"signed"}
# 甲公司投资2亿元建设的, 独资的, 拟在某县建设的, 援建的: whoever pays or means to is an investor.
_PAYS = re.compile(
    r"(?:独资|全资|增资|投资|斥资|出资|捐资|捐建|援建|援助|帮建)[^，。；]{0,24}?的"
    r"|(?:原?拟|原?计划|原定|打算|有意)(?:在[^，。；的]{2,16})?(?:建设|兴建|新建|投资|实施)的"
)
# 运营方为甲公司, 由甲公司负责运营: it runs what others have paid for.
_RUNS_IT = re.compile(r"运营(?:方|单位|商|主体)(?:为|是|：|系)?(?:[^，。；]{1,6}的)?$")
_RUNS = re.compile(r"(?:负责|承担|受托)?(?:日常|后期|整体)?(?:的)?(?:运营(?!商|方)|经营(?!权|范围)|运维)")
# 由某市政府引进
_BROUGHT_BY = re.compile("(?:招商)?(?:引[进入]|招引)")
# 业主为甲公司
_OWNS = re.compile(r"(?:业主|建设单位)(?:单位|方)?(?:为|是|：|系)?$")
# A firm from another country or from across the border puts its money in.
_ABROAD = re.compile(r"香港|澳门|台湾")
_FOREIGN = re.compile(r"(?:台资|港资|澳资|外资|[\u4e00-\u9fff]资|独资)企业$")
# 由某建工集团接手续建: a firm of builders that pays nothing.
_BUILDER = re.compile(
    r"(?:建工(?:集团|局)?|工程局|路桥(?:集团|公司|工程)|中[铁交建][一二三四五六七八九十]{1,3}(?:局|航局|公司)|(?:水电|水利水电)第?[一二三四五六七八九十]+(?:工程)?局)[^，。；]{0,12}$"
)
_MONEY = re.compile(r"[^，。；]{0,24}(?:投资|出资|斥资|投入|[0-9])")
# 某研究院暨重点实验室
_OTHER_NAME = re.compile(r"(?:[（(][^（）()]*[)）]|暨.*)?[”\"]?")
_BEFORE_CHARS = 8
# 入园协议: a firm whose park it is takes in as well.
_ENTERS = re.compile(r"入园|进园|入驻|落户|进驻|进区")
_FIRM = re.compile(r"(?:公司|集团|株式会社|厂)$")
_COMPANY = re.compile(r"公司(?:[（(][^（）()]*[)）])?$")
# Of these there are members, none of whom builds them.
# 某公司当选理事长单位
_IS_MEMBER = re.compile("(?:当选|成为|担任|[获入]选|加入|为)[^，。；]{0,8}?(?:成员|会员|理事)")
_OF_EQUALS = re.compile(r"(?:联盟|联合体|共同体|医联体|联合会)[”\"》]?$")
_PAPERS = frozenset({"cooperation_agreement", "strategic_agreement", "partnership", "joint_venture"})
# 管委会已依法解除投资协议，收回土地; 原定落户某区的, 某县原定引进的
_GIVES_UP = re.compile(
    r"[^，。；]{0,16}?(?:解除|终止|收回|清退|清理|收储|重新招商)|(?:此前|原定?|曾|[去前今]年)*(?:计划)?引进的"
)
_CAME_TO = re.compile("(?:落户|落地|入驻|选址)(?:于|在)?$")
# 某医院分院在某县人民医院挂牌: the house takes it in; a hall where people met does not.
_HOUSE = re.compile("(?:医院|卫生院|保健院|大学|学院|中学|小学|学校|公司|集团|厂|合作社|研究院|研究所|联社)$")
_HANGS = re.compile(
    rf"(?:[（(][^（）()]{{1,24}}[)）])?(?:举行|{HOW_AND_WHEN})*(?:挂了?牌|揭了?牌|成立|设立|启用|落户|落地)"
)
_OF_ALL = re.compile(r"(?:[大中小]学|学[校院]|医院|局|政府|委|会|中心)$|水务|交投|城投")
_SOME = re.compile("一家(?!名?叫)|[0-9]+多?余?[家个名]")
_ONE_OF = re.compile("(?:一|[0-9]+)家[^，。；]{0,4}$")
_SIDES = frozenset({"investor", "host"})
_PAYERS = frozenset({"investor", "owner"})


def final_parties(
    context: ArticleContext, candidate: Candidate, deal_type: str, place: Mention | None
) -> list[Party]:
    """The parties with the roles that type, stage, place and the words beside their names give them."""
    named = [p for p in candidate.parties if p.mention or not _is_some_firm(context.text, p)]
    candidate.parties = named if named or candidate.title else candidate.parties
    parties = _with_builders(context.text, candidate, deal_type)
    if deal_type in CO_BUILT:
        if candidate.title and _COMPANY.search(context.text, *candidate.title):
            # 甲集团设立乙公司: whose money founds a firm is no more than its investor.
            firm = _venture(context, candidate)
            pays = [replace(p, role="investor") if p.role == "builder" else p for p in parties]
            return [*pays, *firm]
        return _with_house(context, candidate, _without_itself(context, candidate, parties))
    if deal_type == "joint_venture":
        equal = [replace(p, role="partner") if p.role == "builder" else p for p in parties]
        return [*equal, *_venture(context, candidate)]
    if deal_type != "project":
        return parties
    parties = _as_told(context, candidate, parties)
    if candidate.stage == "ended":
        parties = _with_who_ends(context, candidate, parties)
    if candidate.stage in _TAKEN_IN:
        parties = _public_as_host(context, parties)
    title = context.text[slice(*candidate.title)] if candidate.title else ""
    if not _ENTERS.search(title):
        parties = _two_sides(context, parties)
    return _with_host(candidate, parties, place)


_IS_AHEAD, _AHEAD_CHARS = re.compile("[将拟](?!军)|计划|打算"), 24


def _is_some_firm(text: str, party: Party) -> bool:
    """上海一家芯片制造商, 某县5家合作社: whom the text does not name is no party to look up."""
    ahead = text[max(0, party.start - _BEFORE_CHARS) : party.start]
    return bool(_SOME.search(text, party.start, party.end) or _ONE_OF.search(ahead))


def _venture(context: ArticleContext, candidate: Candidate) -> list[Party]:
    """The firm that was founded, where its name is recognised."""
    begin, end = candidate.title or (0, 0)
    named = (m for m in context.mentions_in(begin, end, "organization") if m.end == end)
    known = {p.mention.text for p in candidate.parties if p.mention}
    # 将组建某公司: nobody's money has gone to it yet.
    left = max(candidate.start, begin - _AHEAD_CHARS)
    is_there = candidate.stage != "proposed" and not _IS_AHEAD.search(context.text, left, begin)
    return [Party.of(m, "target") for m in named if is_there and m.text not in known][:1]


def _with_builders(text: str, candidate: Candidate, deal_type: str) -> list[Party]:
    """As builders where they have founded a body; who builds works with others is their partner."""
    roles = {p.role for p in candidate.parties}
    turns = set()
    is_brought = candidate.stage == "landed" and "investor" in roles
    title = text[slice(*candidate.title)] if candidate.title else ""
    founds = _TO_FOUND.search(title) is not None
    # One alone that leads a union is its member too.
    are_more = len(candidate.parties) > 1 or any(_IS_MEMBER.match(text, p.end) for p in candidate.parties)
    is_of_equals = deal_type in CO_BUILT and are_more and _OF_EQUALS.search(title)
    builds_works = deal_type == "project" and "builder" in roles and len(candidate.parties) > 1
    if builds_works or is_of_equals or (deal_type in _PAPERS and not founds):
        return [replace(p, role="partner") if p.role == "builder" else p for p in candidate.parties]
    if deal_type == "cooperation_agreement" and roles == {"partner"} and founds:
        turns = roles
    elif deal_type in CO_BUILT and not is_brought:
        # Beside builders an investor is who gives the money.
        turns = {"partner", "owner"} if roles & {"partner", "builder"} else {"owner", "investor"}
    elif deal_type == "project" and candidate.stage in _BROUGHT and "investor" not in roles:
        return [replace(p, role="investor") if p.role == "owner" else p for p in candidate.parties]
    elif deal_type == "project" and candidate.stage == "proposed":
        # What a firm means to build it does not own yet; a school or hospital has its wing built.
        return [
            replace(p, role="investor")
            if p.role == "owner" and p.mention and not _OF_ALL.search(p.mention.text)
            else p
            for p in candidate.parties
        ]
    return [replace(p, role="builder") if p.role in turns else p for p in candidate.parties]


def _without_itself(context: ArticleContext, candidate: Candidate, parties: list[Party]) -> list[Party]:
    """A body is none of those who founded it: 某实验室（省某某实验室）揭牌成立.

    Beside one other, which may have it as a partner, it stays.
    """
    name = context.text[slice(*candidate.title)].strip("“”") if candidate.title else ""
    others = [
        p
        for p in parties
        if p.mention is None
        or not name.startswith(p.mention.text)
        or not _OTHER_NAME.fullmatch(name, len(p.mention.text))
    ]
    return parties if len(others) == 1 else others


def _as_told(context: ArticleContext, candidate: Candidate, parties: list[Party]) -> list[Party]:
    """Owners and investors of works, as the words before and behind their names say."""
    end = candidate.title[1] if candidate.title else candidate.end
    return [replace(p, role=_told_role(context, p, max(end, p.end))) for p in parties]


def _public_as_host(context: ArticleContext, parties: list[Party]) -> list[Party]:
    """与某公司解除投资协议的管委会: an office takes works in and does not bring them."""
    public = [SideReader.is_public(context, p) for p in parties]
    roles = {p.role for p in parties}
    firms = [bool(_FIRM.search(context.text, p.start, p.end)) for p in parties]
    if roles == {"partner"} and any(firms) and (any(public) or len(parties) == 1):
        return [
            replace(p, role="host" if is_public else "investor" if is_firm else p.role)
            for p, is_public, is_firm in zip(parties, public, firms, strict=True)
        ]
    if "host" in roles:
        return parties
    brings = {"investor", "owner"} if "investor" in roles else {"investor"}
    return [
        replace(p, role="host") if is_public and p.role in brings else p
        for p, is_public in zip(parties, public, strict=True)
    ]


def _with_who_ends(context: ArticleContext, candidate: Candidate, parties: list[Party]) -> list[Party]:
    """新区管委会已解除投资协议，收回土地: who ends works was to take them in."""
    start, end = context.sentences[context.sentence_at(candidate.cue[0])]
    known = {p.mention.text for p in parties if p.mention}
    for name in context.mentions_in(start, end, "organization", "place"):
        gives_up = _GIVES_UP.match(context.text, name.end, end) or _CAME_TO.search(
            context.text, start, name.start
        )
        if gives_up and name.text not in known and SideReader.is_public(context, Party.of(name)):
            return [*parties, Party.of(name, "host")]
    return parties


def _with_house(context: ArticleContext, candidate: Candidate, parties: list[Party]) -> list[Party]:
    """With the hospital, school or firm in whose house a body hangs out its plate."""
    text, begin = context.text, candidate.title[0] if candidate.title else candidate.start
    begin, end = min(begin, candidate.start), max(candidate.end, candidate.cue[1])
    for house in context.mentions_in(begin, end, "organization"):
        is_there = text[house.start - 1 : house.start] == "在" and _HANGS.match(text, house.end)
        if is_there and _HOUSE.search(house.text):
            others = [p for p in parties if p.mention is None or p.mention.text != house.text]
            return [*others, Party.of(house, "host")]
    return parties


def _told_role(context: ArticleContext, party: Party, end: int) -> str:
    before = max(0, party.start - _BEFORE_CHARS)
    if party.role in _PAYERS:
        is_by = context.text[party.start - 1 : party.start] == "由"
        if is_by and _BROUGHT_BY.match(context.text, party.end):
            return "host"
        if (is_by and _RUNS.match(context.text, party.end)) or _RUNS_IT.search(
            context.text, before, party.start
        ):
            return "operator"
        if _BUILDER.search(context.text, party.start, party.end) and not _MONEY.match(
            context.text, party.end
        ):
            return "contractor"
    if party.role == "investor":
        if _OWNS.search(context.text, before, party.start):
            return "owner"
        return "investor"
    pays = party.role == "owner" and (
        _PAYS.match(context.text, party.end, end) or _is_foreign(context, party)
    )
    return "investor" if pays else party.role


def _is_foreign(context: ArticleContext, party: Party) -> bool:
    start = party.mention.start if party.mention else party.start
    opens = [m for m in context.nested if m.start == start and m.end < party.end]
    return any(m.subtype == "country" or _ABROAD.fullmatch(m.text) for m in opens) or bool(
        _FOREIGN.search(context.text, max(0, start - _BEFORE_CHARS), start)
    )


def _two_sides(context: ArticleContext, parties: list[Party]) -> list[Party]:
    """A firm brings works and an office takes them in, not the other way; among firms nobody takes in."""
    if {p.role for p in parties} != _SIDES:
        return parties
    public = [SideReader.is_public(context, p) for p in parties]
    firms = [bool(p.mention and _FIRM.search(p.mention.text)) for p in parties]
    if any(p.role == "host" and is_firm for p, is_firm in zip(parties, firms, strict=True)):
        return [
            replace(p, role="host" if is_public else "investor")
            for p, is_public in zip(parties, public, strict=True)
        ]
    return parties


def _with_host(candidate: Candidate, parties: list[Party], place: Mention | None) -> list[Party]:
    """With the place that takes in what an investor brings, where no host is named.

    Of works that are signed for, being built or stand nobody says who took them in: they have their place.
    """
    roles = {p.role for p in parties}
    is_brought = candidate.stage in _SETTLED and "investor" in roles and "host" not in roles
    if place is None or not is_brought or not _TAKES_IN.search(place.text):
        return parties
    return [*parties, Party.of(place, "host")]
