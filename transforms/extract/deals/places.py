"""Where a deal is: the site of works and bodies, the town in which people met to sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.places_chain import (
    BROAD,
    MIN_CHARS,
    PLANT,
    PUBLIC,
    is_there,
    is_work,
    last_of_chain,
)
from transforms.extract.deals.places_titled import in_name, is_route, itself, known, titled
from transforms.extract.deals.places_told import (
    MET,
    again,
    heading,
    here,
    is_open,
    named_before,
    scene,
    told_behind,
    zone,
)

_BUILT = re.compile(
    r"(?:投资|合资|合作|共同|联合)?(?:建|新建|共建|设立|兴建|投建|成立|组建|打造|动工|开工|开建|布局)"
)
# 在某地举行, 于某地召开
_HELD = re.compile(
    r"[^，。；：]{0,24}?(?:举行|召开|举办|开幕|闭幕|落幕|落下帷幕|启幕|拉开帷幕|会见|会谈|签约|签署|签订|签下|续签|揭牌|考察|访问)"
)
_AT = re.compile(r"(?:在|到访|访问|赴|前往|来到)$")
# 本报香港5月18日电: who reports is not at home.
_DISPATCH = re.compile(r"\W{0,3}本[报刊台][^，。；\n]{1,16}?电")
_JOURNEY = re.compile(r"代表团|考察团|一行[^，。；\n]{0,6}|率[^，。；\n]{1,16}(?=赴|前往)")
# 签约仪式在某中心举行: nothing else was met for.
_SIGNING = re.compile(r"(?:签约|签字)仪式[^，。；]{0,6}$")
_SITED = re.compile(r"(?:选址|落户|落地|落子|花落|落址|搬[到至进]|迁[到至入]|建在|设在|落在)(?:了|于|在)?$")
# A body is unveiled where people met, and works elsewhere.
_BODIES = frozenset({"institution", "joint_laboratory", "joint_venture"})
_FOUNDED = frozenset({"institution", "joint_laboratory"})
_TOWN, _LOCAL = (
    re.compile(r"[市县区州旗镇乡村]$"),
    re.compile(r"[县区旗镇乡园](?:人民政府|政府|管委会|管理委员会)$"),
)
_UNDER_WAY = frozenset({"building", "operating"})
_AT_A_TABLE = frozenset({"signed", "landed", "negotiating"})
# 将带动某业在某园区发展: what works lead to, and not where they are.
_LEADS_TO, _CLAUSE_CHARS = re.compile("(?:带动|推动|助推|促进|助力|辐射)[^，。；]*$"), 30
_TO = re.compile(r"[向给为对]$")
# 向某区12家企业放贷: one that stands alone is the borrower.
# 某市某县甲滩电站主体工程 is in the county.
_THING = re.compile("(?:电站|水库|大桥|隧道|枢纽|电厂|水厂|码头|(?:高铁|火车)站)$")
_SEVERAL = re.compile(r"[^，。；]{0,4}?[\d一二三四五六七八九十百两数多几]+[余多]?[家户个名位]|整村")
_BOUGHT = frozenset({"acquisition", "equity_transfer", "equity_investment"})
_ONE_OF = re.compile('[市县省州]?的?(?:[^，。；]{0,4}一家[^，。；]{2,16}?——?|(?<=的))[“"]?')
_OTHER_SIDE = re.compile(r"(?:[与和同跟被由向，。；：\n]|^)[^，。；：\n]{0,3}$")
_ONE_THERE = re.compile("[市县省州]?的?一[家座个]")
# A firm of 香港 or 中国 builds anywhere.
_NO_SITE = frozenset({"country", "province", "municipality"})
_OFFICE = re.compile(r"(?:政府|委员会|管委会|[局委厅部]|办公室)$")


def place_of(
    context: ArticleContext,
    candidate: Candidate,
    own: Sequence[tuple[int, int]],
    *,
    is_paper: bool,
    is_of_event: bool,
) -> Mention | None:
    """The place of a deal.

    Works and bodies stand where they are built, first of all, else where their title or what is told
    next of them says, else at their host; a paper is signed where people met who came from elsewhere.

    Args:
        context: The article.
        candidate: The deal with its parties.
        own: Stretches that tell of it, that of its verb first.
        is_paper: It is an agreement and no works or body.
        is_of_event: It was done at the event that the article reports.
    """
    taken = {p.mention.index for p in candidate.parties if p.mention and p.role != "host"}
    places = [
        m
        for m in context.mentions_in(*own[0], "place")
        if m.index not in taken and m.subtype != BROAD and m.end - m.start >= MIN_CHARS
    ]
    for told in _readings(context, candidate, own, places, is_paper=is_paper, is_of_event=is_of_event):
        if told is not None:
            begin, end = candidate.title or (0, 0)
            # 某县某镇甲滩电站: the works are where their name begins, and not what it is or begins with.
            chain = [
                m
                for m in places
                if m.start >= told.start
                and (m == told or not _THING.search(m.text))
                and (m.end <= begin or (told.start >= begin and (m.end != end or told.subtype == "park")))
            ]
            return last_of_chain(context.text, chain) if told in chain else told
    return None


def _readings(
    context: ArticleContext,
    candidate: Candidate,
    own: Sequence[tuple[int, int]],
    places: Sequence[Mention],
    *,
    is_paper: bool,
    is_of_event: bool,
) -> Iterator[Mention | None]:
    """The places that may be meant, the surest first."""
    there = [m for m in places if is_there(context.text, m)]
    there = [m for m in there if not _LEADS_TO.search(context.text, max(0, m.start - _CLAUSE_CHARS), m.start)]
    there = [m for m in there if not _is_other(context, m, is_paper=is_paper)]
    ends = {m.start: m.end for m in places}
    yield next((m for m in there if _BUILT.match(context.text, ends.get(m.end, m.end))), None)
    yield next((m for m in there if _SITED.search(context.text, max(0, m.start - 4), m.start)), None)
    if not is_paper:
        yield told_behind(context, candidate, own[1:])
    yield next(iter(there), None)
    if not is_paper:
        yield here(context, candidate)
    yield heading(context, candidate, is_paper=is_paper)
    if not is_paper:
        yield again(context, candidate, own[0][0])
        yield titled(context, candidate, places)
        yield known(context, candidate)
    yield from _hosts(context, candidate)
    if not is_paper:
        yield in_name(context, candidate)
        if candidate.hint in _FOUNDED:
            yield _of_founders(context, candidate)
        yield itself(context, candidate)
        if candidate.stage not in _AT_A_TABLE and candidate.hint not in _BODIES:
            yield scene(context, candidate)
        if is_work(candidate):
            yield from _of_public_owner(context, candidate)
        if candidate.hint == "project" and not is_open(context, candidate):
            yield zone(context)
        if is_work(candidate) and candidate.stage in _UNDER_WAY and not is_route(context, candidate):
            yield named_before(context, candidate)
    yield _receiver(context, candidate)
    yield _of_target(context, candidate, places)
    if is_work(candidate):
        yield _branch(context, candidate)
    if is_of_event and is_paper and _is_of_public_bodies(candidate):
        yield _meeting(context, candidate)


def _is_other(context: ArticleContext, place: Mention, *, is_paper: bool) -> bool:
    """Whether it is the site of something else: a meeting (在某市举行的), a firm (位于某市的某公司)."""
    if not is_paper:
        return bool(MET.match(context.text, place.end))
    following = context.mentions_in(place.end, place.end + _CLAUSE_CHARS)
    is_firm = bool(following) and following[0].start == place.end + 1 and context.text[place.end] == "的"
    return is_firm and following[0].entity_type == "organization"


def _hosts(context: ArticleContext, candidate: Candidate) -> Iterator[Mention]:
    for party in candidate.parties:
        if party.mention and party.role == "host":
            if party.mention.entity_type == "place":
                yield party.mention
            else:
                yield from _places_of(context, party.mention)


def _of_founders(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """东川市某研究所, a body that a town or zone founds with others: it is there."""
    begin, end = candidate.title or (0, 0)
    opens = [
        m
        for m in context.nested_from(begin, end)
        if m.entity_type == "place" and m.start == begin and _TOWN.search(m.text)
    ]
    if opens:
        return max(opens, key=lambda m: m.end)
    for party in candidate.parties:
        if party.mention and _LOCAL.search(party.mention.text):
            return next(iter(_places_of(context, party.mention)), None)
    return None


def _of_public_owner(context: ArticleContext, candidate: Candidate) -> Iterator[Mention]:
    """Works of a hospital or school are where it is."""
    for party in candidate.parties:
        if party.mention and party.role == "owner" and PUBLIC.search(party.mention.text):
            yield from _places_of(context, party.mention)


def _places_of(context: ArticleContext, body: Mention) -> list[Mention]:
    """Places in the name of a body, the smallest (last) first."""
    inside = [m for m in context.nested if body.start <= m.start < body.end and m.entity_type == "place"]
    return inside[::-1]


def _receiver(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """向某区12家企业发放贷款: where those are to whom it goes."""
    if candidate.hint != "financing":
        return None
    for place in context.mentions_in(candidate.start, candidate.end, "place"):
        if not _TO.search(context.text, candidate.start, place.start):
            continue
        borrowers = context.mentions_in(place.end, candidate.end, "organization")
        is_its_town = bool(borrowers) and borrowers[0].start == place.end
        if is_its_town or _SEVERAL.match(context.text, place.end):
            return last_of_chain(context.text, context.mentions_in(place.start, candidate.end, "place"))
    return None


def _of_target(context: ArticleContext, candidate: Candidate, places: Sequence[Mention]) -> Mention | None:
    """收购了南屿县一家茶厂: where what is bought is, by the words in front; its name alone says little."""
    if candidate.hint not in _BOUGHT:
        return None
    for party in candidate.parties:
        if party.role != "target" or party.mention is None:
            continue
        before = [m for m in places if candidate.cue[0] <= m.start < party.start]
        if before and _ONE_OF.fullmatch(context.text, before[-1].end, party.start):
            return before[-1]
    there = [m for m in places if _ONE_THERE.match(context.text, m.end)]
    # 与杭州一家企业谈, and who opens a clause, is the other side.
    return next((m for m in there if not _OTHER_SIDE.search(context.text, 0, m.start)), None)


def _branch(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """峡湾（石狮）食品有限公司, 某集团越南工厂: a firm or plant that is named after a place builds there."""
    bodies = [p.mention for p in candidate.parties if p.mention and p.role in {"investor", "owner"}]
    for body in bodies:
        behind = [
            m for m in context.mentions_in(body.end, body.end + _CLAUSE_CHARS, "place") if m.start == body.end
        ]
        for place in (*_places_of(context, body), *behind):
            is_plant = place.start > body.start and PLANT.match(context.text, place.end)
            is_named = context.text[place.start - 1] in "（(" and place.subtype not in _NO_SITE
            if is_named or is_plant:
                return place
    return None


def _is_of_public_bodies(candidate: Candidate) -> bool:
    """Two towns, or an office: they met to sign, while firms sign at the side of a meeting."""
    named = [p.mention for p in candidate.parties if p.mention]
    return not named or any(m.entity_type == "place" or _OFFICE.search(m.text) for m in named)


def _meeting(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """Where people met who came from elsewhere, of a dispatch or a journey, or for no more than to sign."""
    text, opening = context.text, context.paragraph(0)
    is_dispatch = bool(_DISPATCH.match(text))
    goes_to = _JOURNEY.search(text, *opening)
    abroad = {m.text for m in context.mentions_in(goes_to.end(), opening[1], "place")} if goes_to else set()
    paragraph = context.paragraph(candidate.cue[0])[0]
    before = context.paragraph(max(0, paragraph - 1))[0]
    for start, stop in ((paragraph, candidate.cue[0]), (before, paragraph), opening):
        for place in context.mentions_in(start, stop, "place"):
            if place.subtype == "country":
                continue
            at = _AT.search(text, max(start, place.start - 3), place.start)
            is_away = is_dispatch or any(place.text.startswith(town) for town in abroad)
            is_told = at and (is_away or at[0] != "在" or _SIGNING.search(text, start, at.start()))
            is_held = is_told and _HELD.match(text, place.end)
            if is_held or (at and at[0] == "到访"):
                return last_of_chain(text, context.mentions_in(place.start, stop, "place"))
    return None
