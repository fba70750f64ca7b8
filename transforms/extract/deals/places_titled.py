"""The place that works or a body has in its name, or right in front of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.places_chain import (
    BROAD,
    MIN_CHARS,
    PLANT,
    PUBLIC,
    TO_BE,
    is_work,
    last_of_chain,
    was_there,
)

_LONGEST_NAME = 60
# 某镇的某产业园
_OF = re.compile(r"(?:境内|辖区)?[的 \u3000]?[“\"《]?")
# 某市某公司某项目: a town in front of a firm is its home, a zone or village the site.
_SMALL = re.compile(r"(?:[区园镇乡村县旗]|新城)$")
_PART_OF = re.compile(r"[新老东西南北]?(?:院区|校区|厂区|园区|城区|片区|棚户区)")
# 甲市援建乙县医院, 国道乙县段: who pays, and no more than a part of a line.
_NOT_SITE = re.compile(r"援建|援助|捐建|段(?!时)")
# 贵州某锂电项目: whose it is.
_OF_A_NAME = frozenset({"country", "province"})
# 国道577线, 甲乙高速: a line of many counties.
_NUMBERED = re.compile(r"(?:国道|省道|县道|[GSXY])+[0-9]+\w{0,2}|.+(?:高速公路|高速|铁路|高铁)")
# 某文创园: what shall be built, by no name.
_BARE = re.compile(
    r"(?:文创|智造|科技|科创|产业|工业|物流|创业|创新|双创|食品|农业|商贸|智慧)*(?:园区?|小镇|新城)"
)
# 连接甲区与乙区的通道
_JOINS = re.compile(r"(?:连接|连通|联通|贯通|往返)[^，。；]{0,12}$")
# 某大学某基地 need not be where the university is; 某大学新校区 is.
_FOUNDS = re.compile(r"(?:中心|基地|实验室|研究院|研究所|工作站|产业园|科技园|孵化器)$")
_BRANCH = r"(?:分[院校园部所行店馆社会]|分中心|分公司|分支机构)"
_LEVEL = re.compile(r"(?<=..)(?:自治[州县旗]|[市县区州旗镇乡])$")
_FOUNDER = re.compile(r"(?:大学|学院|医院|研究院|研究所|科学院|集团|公司|学校|协会|银行)$")
_FIRM = re.compile(r"(?:公司|集团)$")
# 甲东南冷链中心, 甲乙产业园: a part of the world or a zone that gives a name does not say where it is.
_NAMESAKES = frozenset({"country", "province", "region", "park"})
# 甲县乙镇至丙市的旅游公路: what runs from one place to another is in neither.
_ROUTE = re.compile(
    r"\w(?:[至到－-]|—{1,2}|～)[^，。；\n]{2,24}?"
    r"(?:公路|铁路|高速|航线|班列|专线|航班|专列|通道|线路|快线|直航|管道|管线)"
)
_WITHIN = re.compile(
    r"[^，。；\n]{1,5}[县市区旗][^，。；\n县市区旗省]{1,8}[至到－—～-][^，。；\n县市区旗省]+"
)
# 甲县至乙镇公路: no end of a line is its place.
_LINE = re.compile(r"[至到－～-]|(?<!—)—(?!—)")


def titled(context: ArticleContext, candidate: Candidate, places: Sequence[Mention]) -> Mention | None:
    """A place in front of the title or in it, unless it is the thing itself or a letter for a country.

    Works that a body's name opens (某区人民医院新院区) are where it is; what a body founds need not be.
    """
    if candidate.title is None or is_route(context, candidate):
        return None
    begin, end = candidate.title
    # 某高新区的甲公司某项目: the firm stands between the place and the name.
    of_firm = min((p.start for p in candidate.parties if begin - p.end in (0, 1)), default=begin)
    of_plant = [m for m in context.nested_from(begin, end) if m.entity_type == "place" and m.start > begin]
    if (plant := next((m for m in of_plant if PLANT.match(context.text, m.end, end)), None)) is not None:
        return plant
    if "驻" in context.text[begin:end]:
        posted = next((m for m in (*places, *context.nested) if _is_post(context, m, begin, end)), None)
        if posted is not None:
            return posted
    if end <= candidate.start:
        # The sentence before tells the name: 某镇的某物流园里车来车往。这座物流园…
        places = context.mentions_in(context.sentences[context.sentence_at(begin)][0], end, "place")
    # 某产业园（某县）
    in_brackets = (m for m in places if m.start == end + 1 and context.text[m.end : m.end + 1] in ("）", ")"))
    if (behind := next(in_brackets, None)) is not None:
        return behind
    near = context.nested_from(max(0, begin - _LONGEST_NAME), end) if is_work(candidate) else []
    of_bodies = [m for m in near if m.entity_type == "place"]
    for place in sorted([*places, *of_bodies], key=lambda m: m.start):
        if place.end - place.start < MIN_CHARS or place.subtype == BROAD or _says_nothing(context, place):
            continue
        if place in of_bodies and _is_home(context, place, end):
            continue
        if _LINE.match(context.text, place.end) or _LINE.match(context.text, place.start - 1):
            continue
        if _NOT_SITE.match(context.text, place.end):
            continue
        if begin in (place.start, place.end) and place.subtype in _OF_A_NAME:
            continue
        inside = begin <= place.start and place.end < end and not _PART_OF.fullmatch(place.text)
        is_of_firm = _SMALL.search(place.text) and _OF.fullmatch(context.text, place.end, of_firm)
        if inside or is_of_firm or (place.end <= begin and _OF.fullmatch(context.text, place.end, begin)):
            chain = [m for m in of_bodies if m.start >= place.start]
            return last_of_chain(context.text, chain) if place in chain else place
    return None


def _says_nothing(context: ArticleContext, place: Mention) -> bool:
    """Whether a place is a line of many counties, a thing without a name, or where something was before."""
    is_line = _NUMBERED.fullmatch(place.text)
    is_end = _JOINS.search(context.text, max(0, place.start - _LONGEST_NAME), place.start)
    return bool(is_line or is_end or _BARE.fullmatch(place.text) or was_there(context.text, place.start))


def known(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """甲港三期码头, 某医院乙分院: works named after a place of which the article tells elsewhere."""
    begin, end = candidate.title or (0, 0)
    title = context.text[begin:end]
    is_named = is_work(candidate) and not is_route(context, candidate)
    is_named = is_named and all(m.start != begin for m in context.mentions_in(begin, end + 1))
    best: tuple[int, Mention] | None = None
    for place in (*context.mentions, *context.nested):
        if place.entity_type != "place" or place.subtype in _NAMESAKES - {"park"}:
            continue
        name = _LEVEL.sub("", place.text)
        size = len(name)
        if size < MIN_CHARS or (best and size <= best[0]) or name not in title:
            continue
        if (is_named and title.startswith(name)) or re.search(name + _BRANCH, title):
            best = size, place
    return best[1] if best else None


def _is_post(context: ArticleContext, place: Mention, begin: int, end: int) -> bool:
    """某市驻香港联络处: whose it is stands in front, where it is behind 驻."""
    is_inside = place.entity_type == "place" and begin < place.start and place.end < end
    return is_inside and context.text[place.start - 1] == "驻"


def _is_home(context: ArticleContext, place: Mention, end: int) -> bool:
    """Whether a place only opens a firm's name (常州某储能公司), which says nothing of where it builds."""
    bodies = [
        m for m in context.mentions_in(place.start, end) if m.start == place.start and place.end < m.end < end
    ]
    founds = _FOUNDS.search(context.text, place.end, end)
    return any(m.entity_type == "organization" and (founds or not PUBLIC.search(m.text)) for m in bodies)


def is_route(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether works run from one place to another that is not of the same county."""
    text, (begin, end) = context.text, candidate.title or (0, 0)
    return bool(_ROUTE.search(text, begin, end)) and not _WITHIN.fullmatch(text, begin, end)


def itself(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """某河特大桥: works that are a place."""
    title = candidate.title or (0, 0)
    if is_route(context, candidate):
        return None
    return next(
        (
            m
            for m in context.mentions_in(*title, "place")
            if m.subtype not in _NAMESAKES
            and m.end - m.start >= MIN_CHARS
            and not _says_nothing(context, m)
            and not _PART_OF.fullmatch(m.text)
            and not TO_BE.match(context.text, m.end)
            and not _LINE.match(context.text, m.end)
            and not _LINE.match(context.text, m.start - 1)
        ),
        None,
    )


def in_name(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """The last place in the name of a body, behind that of its founder (某大学某市研究院).

    One that opens a name tells whose home it is; what a firm is called says nothing of its site.
    """
    begin, end = candidate.title or (0, 0)
    inside = [
        m
        for m in context.nested
        if m.entity_type == "place"
        and begin < m.start
        and m.end < end
        and m.end - m.start >= MIN_CHARS
        and _FOUNDER.search(context.text, begin, m.start)
    ]
    return inside[-1] if inside and not _FIRM.search(context.text, begin, end) else None
