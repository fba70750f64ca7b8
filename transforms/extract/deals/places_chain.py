"""Places that stand behind one another, and words that say that something is there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.extract.context import Mention
from transforms.extract.deals.model import Candidate

MIN_CHARS = 2
_IN_PLACE = re.compile(
    r"(?:在|(?<![由源属至对终止])于|落户|落地|位于|入驻|进驻|落子|选址|花落|落址|坐落|扎根|落在|设在|建在|放在|走进|来到|落在了|放到了?|投到|搬到|搬进|迁至|迁到)"
    r"(?:[区镇市县园乡村]里?[内上里中]?的)?$|(?:位于|坐落[在于]?|地处)[^，。；、\n]{1,5}$"
)
_AT_CHARS = 7
_INSIDE = re.compile(r"(?:境)?[内里](?:[，的]|，)")
# 本来设在某市的中心搬来: where it is no more.
# 总部设在某市: where a firm has its seat.
_LEFT = re.compile(r"(?:(?:原先?|原来|本来|此前|曾|从|由)[将已]?|总部)$")
# 某度假酒店项目, 某小镇二期: what is named after itself does not say where it is.
TO_BE = re.compile(r"(?:建设)?项目|第?[一二三四五六][二三]?期")
_TO_ANOTHER = frozenset("至到—-－")
PUBLIC = re.compile(
    r"(?:医院|保健院|卫生院|福利院|敬老院|养老院|疾控中心|幼儿园|学校|中学|小学|大学|学院|图书馆|博物馆|文化馆|体育馆|法院|院区|校区|污水处理厂|水厂|机场|车站)$"
)
# 某集团越南工厂, 某大学甲地分校
PLANT = re.compile("(?:生产|制造|智能)?(?:工厂|基地|分厂|厂区|分校|校区|院区|分院)")
# 华东区域总部: what is named after a part of the world does not stand in all of it.
BROAD = "region"
_AREA = re.compile(r"[县市区州旗镇乡]$")
_LINEAR = frozenset({"road", "water"})
# 某开发区某路以北 is not on the road.
_SIDE = re.compile(r"以?[东南西北]{1,2}[侧面，的、]|以[东南西北]|[与和]")
_STREET = re.compile(r"(?:路|街|大道|巷|[0-9]号)$")

TWO = re.compile("两[地国省市县区镇]")


def are_pair(text: str, first: Mention, second: Mention) -> bool:
    """Whether a second place stands right behind a first without lying in it: 鲁港, 甲乙两县."""
    if first.end != second.start or {first.entity_type, second.entity_type} != {"place"}:
        return False
    return len(first.text) == len(second.text) == 1 or TWO.match(text, second.end) is not None


def last_of_chain(text: str, places: Sequence[Mention]) -> Mention:
    """越南同奈省仁泽工业区: the last of a chain is where it is; 某县甲河大桥: the county; 某区甲路."""
    found = places[0]
    for place in places[1:]:
        is_street = _STREET.search(place.text)
        is_line = _SIDE.match(text, place.end) if is_street else place.subtype in _LINEAR
        if (_AREA.search(places[0].text) and is_line) or TO_BE.match(text, place.end):
            break
        is_next = place.start == found.end or (
            place.start == found.end + 1 and text[found.end] == "的" and _AREA.search(place.text)
        )
        if is_next and text[place.end : place.end + 1] not in _TO_ANOTHER:
            found = place
    return found


def was_there(text: str, position: int) -> bool:
    """Whether words in front of a place say that something is there no more (原先设在某市的)."""
    found = _IN_PLACE.search(text, max(0, position - _AT_CHARS), position)
    return bool(found and _LEFT.search(text, max(0, found.start() - 6), found.start()))


def _is_in(text: str, position: int) -> bool:
    found = _IN_PLACE.search(text, max(0, position - _AT_CHARS), position)
    return bool(found and not was_there(text, position))


def is_there(text: str, place: Mention) -> bool:
    """Whether words beside a place say that something is or comes there (在某地, 某地境内的)."""
    return _is_in(text, place.start) or bool(_INSIDE.match(text, place.end))


def is_work(candidate: Candidate) -> bool:
    """Whether a deal is works, or a contract for some."""
    return candidate.hint == "project" or candidate.rule == "won_bid"
