"""Where a deal is: the site of works and bodies, the town in which people met to sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate

_IN_PLACE = re.compile(
    r"(?:在|于|落户|落地|位于|入驻|进驻|落子|选址|花落|落址|坐落|扎根|落在|设在|建在|放在|走进|来到|落在了|放到了?|投到|搬到|搬进|迁至|迁到)$"
)
_INSIDE = re.compile(r"(?:境)?[内里](?:[，的]|，)")
_BUILT = re.compile(
    r"(?:投资|合资|合作|共同|联合)?(?:建|新建|共建|设立|兴建|投建|成立|组建|打造|动工|开工|开建|布局)"
)
# 某镇的某产业园
_OF = re.compile(r"(?:境内|辖区)?[的 \u3000]?[“\"《]?")
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
_SITE_BEHIND = re.compile(r"(?:选址|选定|选在|落户|落地|落子|位于|坐落|设在|建在|放在|布局|落在)[于在]?了?$")
_MIN_CHARS, _MAX_HEAD_CHARS, _COLON = 2, 24, frozenset("：:")
_PART_OF = re.compile(r"[新老东西南北]?(?:院区|校区|厂区|园区|城区|片区|棚户区)")
_ZONE = re.compile(
    r"(?:开发区|高新区|经开区|合作区|自贸区|保税区|新区|园区|产业园|工业园|片区|工业城|科技城)$"
)
# ▲某县：…: the place that heads an item of a list.
_HEADED = re.compile(r"[^\w“”《》（(]{0,4}")
# 本来设在某市的中心搬来: where it is no more.
_LEFT = re.compile(r"(?:原先?|原来|本来|此前|曾|从|由)[将已]?$")
# 某区举行集中开工仪式
_BEGUN_THERE = re.compile(
    r"(?:隆重)?举[行办][^，。；]{0,16}?(?:开工|动工|奠基|开建|投产|竣工|启用|开业|落成)[^，。；]{0,6}(?:仪式|活动)"
)
# 某度假酒店项目: what is named after itself does not say where it is.
_TO_BE = re.compile(r"(?:建设)?项目")
# 在新区建设, 园区内，: the place of which the article told by its name.
_AGAIN = re.compile(
    r"(?:(?:在|于|落户|入驻|进驻|落地|落子)(?P<into>新区|园区|开发区|小镇|港区|片区|口岸)(?![、和与]|\w*(?:管委会|举行|召开))"
    r"|(?:^|[，。；\n])(?P<opens>新区|园区|开发区|小镇|港区|片区|口岸)(?:内[，的]?|里[，的]?))"
)
_AS_NAMED = {
    "新区": re.compile(r"新区$"),
    "园区": re.compile(r"(?:园|园区|开发区|高新区|经开区)$"),
    "开发区": re.compile(r"(?:开发区|高新区|经开区)$"),
}
# 甲市援建乙县医院, 国道乙县段: who pays, and no more than a part of a line.
_NOT_SITE = re.compile(r"援建|援助|捐建|段(?!时)")
# 某乡锣鼓喧天，项目在此动工
_HERE = re.compile(r"在(?:此|这里|当地|这片)")
_SCENE_SENTENCES = 2
_LONGEST_NAME = 60
_AT_A_TABLE = frozenset({"signed", "landed", "negotiating"})
_TO = re.compile(r"[向给为对]$")
_BOUGHT = frozenset({"acquisition", "equity_transfer", "equity_investment"})
_ONE_OF = re.compile('[市县省州]?的?(?:[^，。；]{0,4}一家[^，。；]{2,16}?——?|(?<=的))[“"]?')
_OTHER_SIDE = re.compile(r"(?:[与和同跟被由向，。；：\n]|^)[^，。；：\n]{0,3}$")
_ONE_THERE = re.compile("[市县省州]?的?一[家座个]")
# A firm of 香港 or 中国 builds anywhere.
_NO_SITE = frozenset({"country", "province", "municipality"})
_TO_ANOTHER = frozenset("至到—-－")
_PUBLIC = re.compile(r"(?:医院|学校|中学|小学|大学|学院|院区|校区)$")
_FOUNDER = re.compile(r"(?:大学|学院|医院|研究院|研究所|科学院|集团|公司|学校|协会|银行)$")
_FIRM = re.compile(r"(?:公司|集团)$")
# 华东区域总部: what is named after a part of the world does not stand in all of it.
_BROAD = "region"
# 甲县至乙镇公路: no end of a line is its place.
_LINE = re.compile(r"[至到－～-]|(?<!—)—(?!—)")
_AREA = re.compile(r"[县市区州旗镇乡]$")
_LINEAR = frozenset({"road", "water"})
_POINTS = re.compile(r"[这该此]")
_GROUND = frozenset("的里内")


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
        m for m in context.mentions_in(*own[0], "place") if m.index not in taken and m.subtype != _BROAD
    ]
    for told in _readings(context, candidate, own, places, is_paper=is_paper, is_of_event=is_of_event):
        if told is not None:
            return _last_of_chain(context.text, places[places.index(told) :]) if told in places else told
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
    there = [m for m in places if _is_there(context.text, m)]
    ends = {m.start: m.end for m in places}
    yield next((m for m in there if _BUILT.match(context.text, ends.get(m.end, m.end))), None)
    if not is_paper:
        yield _behind(context, candidate, own[1:])
    yield next(iter(there), None)
    if not is_paper:
        yield _here(context, candidate)
    yield _heading(context, candidate)
    if not is_paper:
        yield _again(context, candidate, own[0][0])
        yield _titled(context, candidate, places)
    yield from _hosts(context, candidate)
    if not is_paper:
        yield _in_name(context, candidate)
        yield _itself(context, candidate)
        if candidate.stage not in _AT_A_TABLE:
            yield _scene(context, candidate)
        if _is_work(candidate):
            yield from _of_public_owner(context, candidate)
        if candidate.hint == "project":
            yield _zone(context)
    yield _receiver(context, candidate)
    yield _of_target(context, candidate, places)
    if _is_work(candidate):
        yield _branch(context, candidate)
    if is_of_event and (is_paper or candidate.stage == "unveiled"):
        yield _meeting(context, candidate)


def _last_of_chain(text: str, places: Sequence[Mention]) -> Mention:
    """越南同奈省仁泽工业区: the last of a chain is where it is; of 某县甲河大桥 the county."""
    found = places[0]
    for place in places[1:]:
        if (_AREA.search(found.text) and place.subtype in _LINEAR) or _TO_BE.match(text, place.end):
            break
        if place.start == found.end and text[place.end : place.end + 1] not in _TO_ANOTHER:
            found = place
    return found


def _is_in(text: str, position: int) -> bool:
    found = _IN_PLACE.search(text, max(0, position - 3), position)
    return bool(found and not _LEFT.search(text, max(0, found.start() - 6), found.start()))


def _is_there(text: str, place: Mention) -> bool:
    return _is_in(text, place.start) or bool(_INSIDE.match(text, place.end))


def _here(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """某乡锣鼓喧天，某项目在此动工: the place that was named before, in the sentence."""
    here = _HERE.search(context.text, candidate.start, candidate.end)
    if here is None:
        return None
    start = context.sentences[context.sentence_at(candidate.cue[0])][0]
    places = context.mentions_in(start, candidate.start, "place")
    return _last_of_chain(context.text, places) if places else None


def _heading(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """▲某县：某项目开工, the place that heads the item."""
    begin, end = context.paragraph(candidate.cue[0])
    places = context.mentions_in(begin, min(end, begin + _MAX_HEAD_CHARS), "place")
    if not places or not _HEADED.fullmatch(context.text, begin, places[0].start):
        return None
    last = _last_of_chain(context.text, places)
    return last if context.text[last.end : last.end + 1] in _COLON else None


def _again(context: ArticleContext, candidate: Candidate, start: int) -> Mention | None:
    """在新区建设, 园区内，: the zone that was named last before the word that means it."""
    found = _AGAIN.search(context.text, min(start, candidate.start), candidate.end)
    if found is None:
        return None
    word = found["into"] or found["opens"]
    named = _AS_NAMED.get(word) or re.compile(f"{word}$")
    zones = [
        m
        for m in (*context.mentions, *context.nested)
        if m.entity_type == "place" and m.end <= found.start() and m.text != word and named.search(m.text)
    ]
    return max(zones, key=lambda m: m.end, default=None)


def _titled(context: ArticleContext, candidate: Candidate, places: Sequence[Mention]) -> Mention | None:
    """A place in front of the title or in it, unless it is the thing itself or a letter for a country.

    Works that a body's name opens (某区人民医院新院区) are where it is; what a body founds need not be.
    """
    if candidate.title is None:
        return None
    begin, end = candidate.title
    if "驻" in context.text[begin:end]:
        posted = next((m for m in (*places, *context.nested) if _is_post(context, m, begin, end)), None)
        if posted is not None:
            return posted
    if end <= candidate.start:
        # The sentence before tells the name: 某镇的某物流园里车来车往。这座物流园…
        places = context.mentions_in(context.sentences[context.sentence_at(begin)][0], end, "place")
    near = context.nested_from(max(0, begin - _LONGEST_NAME), end) if _is_work(candidate) else []
    of_bodies = [m for m in near if m.entity_type == "place"]
    for place in sorted([*places, *of_bodies], key=lambda m: m.start):
        if place.end - place.start < _MIN_CHARS or place.subtype == _BROAD:
            continue
        if place in of_bodies and _is_home(context, place, end):
            continue
        if _LINE.match(context.text, place.end) or _LINE.match(context.text, place.start - 1):
            continue
        if _NOT_SITE.match(context.text, place.end):
            continue
        inside = begin <= place.start and place.end < end and not _PART_OF.fullmatch(place.text)
        if inside or (place.end <= begin and _OF.fullmatch(context.text, place.end, begin)):
            return place
    return None


def _is_post(context: ArticleContext, place: Mention, begin: int, end: int) -> bool:
    """某市驻香港联络处: whose it is stands in front, where it is behind 驻."""
    is_inside = place.entity_type == "place" and begin < place.start and place.end < end
    return is_inside and context.text[place.start - 1] == "驻"


def _is_home(context: ArticleContext, place: Mention, end: int) -> bool:
    """Whether a place only opens a firm's name (常州某储能公司), which says nothing of where it builds."""
    bodies = [
        m for m in context.mentions_in(place.start, end) if m.start == place.start and place.end < m.end < end
    ]
    return any(m.entity_type == "organization" and not _PUBLIC.search(m.text) for m in bodies)


def _is_work(candidate: Candidate) -> bool:
    return candidate.hint == "project" or candidate.rule == "won_bid"


def _itself(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """某河特大桥: works that are a place."""
    inside = context.mentions_in(*(candidate.title or (0, 0)), "place")
    return next(
        (
            m
            for m in inside
            if not _PART_OF.fullmatch(m.text)
            and not _TO_BE.match(context.text, m.end)
            and not _LINE.match(context.text, m.end)
            and not _LINE.match(context.text, m.start - 1)
        ),
        None,
    )


def _in_name(context: ArticleContext, candidate: Candidate) -> Mention | None:
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
        and m.end - m.start >= _MIN_CHARS
        and _FOUNDER.search(context.text, begin, m.start)
    ]
    return inside[-1] if inside and not _FIRM.search(context.text, begin, end) else None


def _zone(context: ArticleContext) -> Mention | None:
    """The zone of which an article tells: the only one that it names, in its opening."""
    zones = [
        m for m in (*context.mentions, *context.nested) if _ZONE.search(m.text) and m.entity_type == "place"
    ]
    first = min(zones, key=lambda m: m.start, default=None)
    is_only = len({m.text for m in zones}) == 1
    return first if first and is_only and first.start < context.paragraph(0)[1] else None


def _scene(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """某镇里…。这座园区…: the place in which the sentences before a work set the reader."""
    text, number = context.text, context.sentence_at(candidate.cue[0])
    paragraph = context.paragraph(candidate.cue[0])[0]
    floor = 0 if _POINTS.match(text, candidate.start) else paragraph
    for start, end in reversed(context.sentences[max(0, number - _SCENE_SENTENCES) : number + 1]):
        begin = max(start, floor)
        places = context.mentions_in(begin, min(end, candidate.cue[0]), "place")
        for place in reversed(places):
            opens = not text[begin : place.start].strip() and text[place.end : place.end + 1] in _GROUND
            is_there = opens or _is_there(text, place) or _BEGUN_THERE.match(text, place.end)
            if is_there and place.end - place.start >= _MIN_CHARS:
                return _last_of_chain(text, [m for m in places if m.start >= place.start])
    return None


def _behind(
    context: ArticleContext, candidate: Candidate, stretches: Iterable[tuple[int, int]]
) -> Mention | None:
    """基地选址某镇: a sentence that goes on about the works, and about no other firm's."""
    known = {p.mention.index for p in candidate.parties if p.mention}
    for start, end in stretches:
        for place in context.mentions_in(start, end, "place"):
            others = [
                m for m in context.mentions_in(start, place.start, "organization") if m.index not in known
            ]
            if not others and _SITE_BEHIND.search(context.text, max(start, place.start - 4), place.start):
                return place
    return None


def _hosts(context: ArticleContext, candidate: Candidate) -> Iterator[Mention]:
    for party in candidate.parties:
        if party.mention and party.role == "host":
            if party.mention.entity_type == "place":
                yield party.mention
            else:
                yield from _places_of(context, party.mention)


def _of_public_owner(context: ArticleContext, candidate: Candidate) -> Iterator[Mention]:
    """Works of a hospital or school are where it is."""
    for party in candidate.parties:
        if party.mention and party.role == "owner" and _PUBLIC.search(party.mention.text):
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
        if _TO.search(context.text, candidate.start, place.start):
            return _last_of_chain(context.text, context.mentions_in(place.start, candidate.end, "place"))
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
    """峡湾（石狮）食品有限公司: a firm that was founded for a place builds there."""
    bodies = [p.mention for p in candidate.parties if p.mention and p.role in {"investor", "owner"}]
    return next(
        (
            m
            for body in bodies
            for m in _places_of(context, body)
            if context.text[m.start - 1] in "（(" and m.subtype not in _NO_SITE
        ),
        None,
    )


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
            is_there = at and (is_away or at[0] != "在" or _SIGNING.search(text, start, at.start()))
            is_held = is_there and _HELD.match(text, place.end)
            if is_held or (at and at[0] == "到访"):
                return _last_of_chain(text, context.mentions_in(place.start, stop, "place"))
    return None
