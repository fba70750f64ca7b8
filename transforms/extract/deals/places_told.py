"""Where the article puts works before or behind the words that tell them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transforms.extract.context import ArticleContext, Mention, is_short_of
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.places_chain import MIN_CHARS, is_there, last_of_chain

_MAX_HEAD_CHARS, _COLON = 24, frozenset("：:")
_SITE_BEHIND = re.compile(
    r"(?:搬迁?[到至进]|迁[到至建]|选址|选定|选在|落户|落地|落子|位于|坐落|设在|建在|放在|布局|落在)[于在]?了?$"
)
# 该公司将在某园区投资12亿元建设
_BUILDS_IN = re.compile(
    r"在[^，。；]{2,20}?(?:(?:计划|总)*投资[^，。；]{2,12}元[，,]?)?(?:投资)?(?:建设|新建|兴建|投建|打造)(?!的)"
)
_ZONE = re.compile(
    r"(?:开发区|高新区|经开区|合作区|自贸区|保税区|新区|园区|产业园|工业园|片区|工业城|科技城)$"
)
# ▲某县：…: the place that heads an item of a list.
_HEADED = re.compile(r"[^\w“”《》（(]{0,4}")
# 某县　某厂投产, 某县｜某厂投产
_COLUMN = re.compile(r"[\u3000｜|]|[ ](?=[^与和同跟及、])")
# 在某市办了一场推介会: no works are there.
MET = re.compile(
    r"[^，。；：]{0,4}?(?:举行|召开|举办|(?<!合)办了|签[约署订下了](?!的)|牵手|宣布|打工|参[加观]|开幕|落幕|会见)"
)
# 某区举行集中开工仪式
_BEGUN_THERE = re.compile(
    r"(?:也|还|又|昨[日天]|今[日天]|当天|同日|同步|隆重|正式)*举[行办][^，。；]{0,40}?(?:开工|动工|奠基|开建|投产|竣工|启用|开业|落成)[^，。；]{0,6}(?:仪式|活动)"
)
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
# 某乡锣鼓喧天，项目在此动工
_HERE = re.compile(r"在(?:此|这里|当地|这片)")
_SEASON = re.compile(
    r"[\s\u3000]*(?:[初盛深仲暮阳早晚寒金隆]?[春夏秋冬](?:日|天|时节)?里?|[0-9一二三四五六七八九十正腊]+月里?|清晨|午后|傍晚|岁末|年末|雨后|雪后|眼下|如今)的"
)
_IN_NAME = re.compile(
    r"(?![市县区]?(?:境)?[内里的在于与和将是有到，。；])[^，。；、的]{0,20}?(?:项目|工程|工厂|基地|产业园|大桥|隧道|公路|高速|电站|生产线)(?![的内里现部])"
)
_SCENE_SENTENCES = 2
_PHASE = re.compile(r"[一二三四五六]期")
# 该项目, 这座工厂, 一期: the sentence goes on about works told of before.
_GOES_ON = re.compile(
    r"\W?(?:[这该此][座个处家条片项里]?|项目|工程|基地|工厂|[一二三四]期|园区|公司|企业|[它其]|目前|电站)"
)
_ZONE_SENTENCES = 6
_BROAD_SITES = frozenset({"region", "country", "province", "municipality", "water"})
_LINEAR = frozenset({"road"})
_POINTS, _OPENS = re.compile(r"[这该此]"), re.compile(r"[\s\u3000]*(?:这里|这片|这座|这处|这个)")
_FROM_BEHIND, _FROM_BEFORE = frozenset("人籍至界—－"), frozenset("从至—－")
# 从浙江某市引进, 某市援建的某医院
_COMES, _PAYS = re.compile("引进|引来|招引"), re.compile("援建|援助|捐建|帮建")
# 我们到某市去了一趟, 无锡的老对手, 纽约期货
_WENT = re.compile(r"(?:到|赴|访问|走访|任|由|总部[^，。；]{0,3})$")
_ELSEWHERE = re.compile("去了|的老?(?:对手|客户|同行|企业|公司|厂家)|期货|交易所|签约|签署|签订|举行|召开")
_FROM, _FROM_CHARS = re.compile(r"从[^，。；]{0,10}$"), 12
_GROUND = frozenset("的里内")


def here(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """某乡锣鼓喧天，某项目在此动工: the place that was named before, in the sentence."""
    found = _HERE.search(context.text, candidate.start, candidate.end)
    if found is None:
        return None
    start = context.sentences[context.sentence_at(candidate.cue[0])][0]
    stop = found.start()
    begin, end = candidate.title or (0, 0)
    near = [
        m
        for m in (*context.mentions_in(start, stop, "place"), *context.nested_from(start, stop))
        if m.entity_type == "place" and m.subtype not in _BROAD_SITES and not begin <= m.start < end
    ]
    return max(near, key=lambda m: m.start, default=None)


def heading(context: ArticleContext, candidate: Candidate, *, is_paper: bool) -> Mention | None:
    """▲某县：某项目开工, 某县　某项目开工: the place that heads the item; two sign anywhere."""
    begin, end = context.paragraph(candidate.cue[0])
    places = context.mentions_in(begin, min(end, begin + _MAX_HEAD_CHARS), "place")
    if not places or not _HEADED.fullmatch(context.text, begin, places[0].start):
        return None
    last = last_of_chain(context.text, places)
    is_head = context.text[last.end : last.end + 1] in _COLON
    return last if is_head or (not is_paper and _COLUMN.match(context.text, last.end)) else None


def again(context: ArticleContext, candidate: Candidate, start: int) -> Mention | None:
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


def named_before(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """Works of which the sentence only goes on (该项目…): where it was told that they are, a zone first.

    Else the place that was named last in the paragraph, else the only one of the article.
    """
    text, number = context.text, context.sentence_at(candidate.cue[0])
    sentence = context.sentences[number][0]
    named = [m for m in context.mentions if m.entity_type == "place" and m.subtype not in _BROAD_SITES]
    before = [m for m in named if m.end <= candidate.start and not _is_elsewhere(text, m)]
    if any(_GOES_ON.match(text, start) for start in (sentence, candidate.start)):
        near = context.sentences[max(0, number - _ZONE_SENTENCES)][0]
        zones = [m for m in before if m.start >= near and _ZONE.search(m.text)]
        last = context.sentences[max(0, number - 1)][0]
        found = zones or [m for m in before if m.start >= last]
        if found:
            return found[-1]
    paragraph = context.paragraph(sentence)[0]
    # 甲市工厂已投产。乙中心主体完工: the place in the name of other works is theirs.
    before = [m for m in before if m.subtype not in _LINEAR and not _IN_NAME.match(text, m.end)]
    if before and before[-1].start >= paragraph:
        return before[-1]
    is_only = len({m.text for m in named}) == 1
    is_own = is_only and named[0].subtype not in _LINEAR and not _IN_NAME.match(text, named[0].end)
    is_own = is_own and not _is_elsewhere(text, named[0])
    return named[0] if is_own else None


def _is_elsewhere(text: str, place: Mention) -> bool:
    """Where somebody or something comes from (池州人, 从某省引进), or the end of a route (甲至乙)."""
    before, behind = text[max(0, place.start - 1) : place.start], text[place.end : place.end + 1]
    if behind in _FROM_BEHIND or before in _FROM_BEFORE or _PAYS.match(text, place.end):
        return True
    if _WENT.search(text, max(0, place.start - 5), place.start) or _ELSEWHERE.match(text, place.end):
        return True
    comes = _COMES.match(text, place.end)
    return bool(comes and _FROM.search(text, max(0, place.start - _FROM_CHARS), place.start))


def is_open(context: ArticleContext, candidate: Candidate) -> bool:
    """A work given up, a next phase only planned: the zone of which the article tells need not be its own."""
    title = context.text[slice(*candidate.title)] if candidate.title else ""
    return candidate.stage == "ended" or (candidate.stage == "proposed" and bool(_PHASE.search(title)))


def zone(context: ArticleContext) -> Mention | None:
    """The zone of which an article tells: the only one that it names, in its opening."""
    zones = [
        m for m in (*context.mentions, *context.nested) if _ZONE.search(m.text) and m.entity_type == "place"
    ]
    first = min(zones, key=lambda m: m.start, default=None)
    is_only = len({m.text for m in zones}) == 1
    return first if first and is_only and first.start < context.paragraph(0)[1] else None


def scene(context: ArticleContext, candidate: Candidate) -> Mention | None:
    """某镇里…。这座园区…: the place in which the sentences before a work set the reader."""
    text, number = context.text, context.sentence_at(candidate.cue[0])
    paragraph = context.paragraph(candidate.cue[0])[0]
    floor = 0 if _POINTS.match(text, candidate.start) or _OPENS.match(text, paragraph) else paragraph
    for start, end in reversed(context.sentences[max(0, number - _SCENE_SENTENCES) : number + 1]):
        begin = max(start, floor)
        places = context.mentions_in(begin, min(end, candidate.cue[0]), "place")
        for place in reversed(places):
            opens = not text[begin : place.start].strip() and text[place.end : place.end + 1] in _GROUND
            # 初夏的某县某镇，
            opens |= bool(_SEASON.fullmatch(text, begin, place.start))
            is_site = is_there(text, place) and not MET.match(text, place.end)
            is_told = opens or is_site or _BEGUN_THERE.match(text, place.end)
            if is_told and place.end - place.start >= MIN_CHARS and place.subtype not in _BROAD_SITES:
                return last_of_chain(text, [m for m in places if m.start >= place.start])
    return None


def told_behind(
    context: ArticleContext, candidate: Candidate, stretches: Iterable[tuple[int, int]]
) -> Mention | None:
    """基地选址某镇: a sentence that goes on about the works, and about no other firm's."""
    known = {p.mention.text for p in candidate.parties if p.mention}
    for start, end in stretches:
        places = context.mentions_in(start, end, "place")
        for number, place in enumerate(places):
            others = [
                m
                for m in context.mentions_in(start, place.start, "organization")
                if m.text not in known and not any(is_short_of(m.text, name) for name in known)
            ]
            is_site = _SITE_BEHIND.search(context.text, max(start, place.start - 4), place.start)
            is_site = is_site or _BUILDS_IN.match(context.text, place.start - 1)
            if not others and is_site and place.text not in known:
                return last_of_chain(context.text, places[number:])
    return None
