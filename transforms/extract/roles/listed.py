"""Bodies that titles of a list share with those in front: 甲集团董事长某某，副总经理某某."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention
from transforms.extract.roles.antecedents import FIRM_HEADS, GOVERNORS, Antecedents
from transforms.extract.roles.rows import BODY_KEYS, STOP, role_row
from transforms.extract.roles.titles import Held, Title, TitleGrammar

# 甲出席并讲话，副主任乙主持会议，丙参加
_DOES = "(?:(?:出席|参加|主持|致辞|讲话|发言|陪同|见证|介绍|宣读|通报|汇报|作|代表)[^，,。；;：“]{0,14})?"
_GLUE = re.compile(rf"(?:等)?{_DOES}[，,、；;]?(?:和|与|及|以及)?[ \u3000]?")
_COUNTED = re.compile("等?[两三四五六七八九十0-9]+[名位]|等(?=[省市县区州旗镇乡]领导)")
_LEADS = re.compile("[、和与及]|以及")
# 甲（女）、乙（女，苗族）: what a list of the elected says of each.
_NOTE = r"[（(](?:[男女]|\w{1,6}族)(?:[、，,][男女]|[、，,]\w{1,6}族)?[)）]"
ELECTED = re.compile(f"(?:{_NOTE})?")
_JOINT = re.compile(f"(?:{_NOTE})?(?:、|和|及|与|以及|,|，)$")
# Whoever holds one of these holds it in a body that may be the one in front.
_SEATS = frozenset(
    {"常委", "委员", "党组成员", "董事", "独立董事", "监事", "董事会秘书", "董秘", "候补委员", "领导班子成员"}
    | {"巡视员", "一级巡视员", "二级巡视员", "调研员", "专务", "理事", "常务理事"}
)
_OF_PARTY = re.compile("党[组委]")
_RANKS = frozenset({"chief", "deputy", "assistant"})
_OURS = frozenset({"", "我", "全", "本", "该", "各"})
_ANYWHERE = frozenset({"主任", "秘书长", "理事长", "总干事", "总编辑"})
_BARE_PLACE = re.compile("[省市县区州旗镇乡]")
_OF_OFFICES = frozenset("部处科室队组股班司署")
_OFFICE = re.compile(r"\w{0,8}(?:[部科室处队组]|车间|办公室|中心)")
# 甲省乙市丙区 is of the district.
_BELOW = re.compile("[县区旗市州盟](?:区|县|市)?(?:委|政府|人民|人大|政协|纪|党|$)")
# So many persons in front of a title may lend it their body.
_LONGEST_LIST = 40

Run = Sequence[Sequence[Held]]


def are_listed(text: str, one: Mention, other: Mention) -> bool:
    """Whether two names follow each other in a list: 甲、乙."""
    return _JOINT.match(text[one.end : other.start]) is not None


def groups_of(text: str, persons: Sequence[Mention]) -> list[list[Mention]]:
    """Names of a list in one group each, every other name in a group of its own."""
    groups: list[list[Mention]] = []
    for person in persons:
        if groups and are_listed(text, groups[-1][-1], person):
            groups[-1].append(person)
        else:
            groups.append([person])
    return groups


def goes_on(text: str, start: int, begin: int, end: int) -> bool:
    """Whether a stretch [begin, end) goes on with a list whose last name ends at `start`."""
    gap = text[start:begin]
    return bool(_GLUE.fullmatch(gap)) if gap else _LEADS.match(text, begin, end) is not None


def carried(
    antecedents: Antecedents, title: Title, words: str, run: Run
) -> tuple[Mention | None, str | None]:
    """The body that a title without one (`words`) has from its list, the persons in front by turns."""
    if title.rank not in _RANKS and title.head not in _SEATS and not _OF_PARTY.match(words):
        return None, None
    ends = () if title.head in _ANYWHERE else antecedents.ends(title.head)
    if not ends and len(title.head) == 2 and title.head[0] in _OF_OFFICES:
        ends = (title.head[0],)
    is_envoy = words.startswith("驻")
    for group in reversed(run[-_LONGEST_LIST:]):
        named = [item for item in group if item.organization_text and not item.title.is_former]
        if is_envoy:
            # 某国外交部长甲，驻华大使乙: of the country, not of the ministry.
            named = [m for m in named if m.organization and m.organization.subtype == "country"]
        if ends:
            named = [item for item in named if (item.organization_text or "").endswith(ends)]
        elif FIRM_HEADS.search(title.head):
            named = [item for item in named if _is_firm(item)]
        elif title.head == "书记":
            # 省委书记甲、省长乙和副书记丙: not of the government.
            named = [item for item in named if not is_governor(item.title)]
        else:
            # 甲局局长、乙中心主任某某: an office within a body does not lead the body.
            named = [item for item in named if item.organization or not _is_office(item)]
        if any(item.text == words for item in named):
            # 甲局党组成员、乙协会会长某某，党组成员某某
            named = [item for item in named if item.text == words]
        bodies = {item.organization_text for item in named}
        if len(bodies) == 1:
            return named[-1].organization, named[-1].organization_text
        if bodies:
            return None, None
    return None, None


def place_of(
    context: ArticleContext, level: str, held: Sequence[Held], run: Run
) -> tuple[Mention | None, str | None]:
    """The place that a list tells for 市长 or 市委: 甲市 of 甲市人大常委会主任某某、市委书记某某."""
    before = (item for group in reversed(run[-_LONGEST_LIST:]) for item in reversed(group))
    for item in (*reversed(held), *before):
        words, body = item.organization_text or "", item.organization
        place, found, rest = words.partition(level)
        rest = rest.removeprefix(level)
        if not found or place in _OURS or _BELOW.search(rest) or (body and body.subtype == "company"):
            continue
        name = place + level
        named = [m for m in (*context.mentions, *context.nested) if m.entity_type == "place"]
        named = [m for m in named if m.text.endswith(level) and name.endswith(m.text)]
        return (named[0] if named else None), name
    return None, None


def shared_behind(
    context: ArticleContext, grammar: TitleGrammar, group: Sequence[Mention]
) -> list[dict[str, Any]]:
    """甲、乙两位副市长, 甲、乙、丙等三名专家: the title behind a list holds for all of it."""
    tail = _COUNTED.match(context.text, group[-1].end)
    title = grammar.search(context.text, tail.end(), tail.end() + 30) if tail and len(group) > 1 else None
    if tail is None or title is None or not title.is_shared:
        return []
    between = context.text[tail.end() : title.start]
    inner = context.mentions_in(tail.end(), title.start, *PARTY_TYPES)
    if STOP.search(between) or (between and not (inner and inner[0].start == tail.end())):
        return []
    body = inner[-1] if inner else None
    # 某省出席代表大会的代表: a clause, no name.
    words = body.text if body and "的" in between else between
    held = Held(title, context.text[title.start : title.end], title.start, body, words or None)
    return [
        role_row(context, m, held, rule="title_behind_list", confidence=0.85, end=title.end) for m in group
    ]


def of_list(
    text: str, rows: list[dict[str, Any]], last: Sequence[Mapping[str, Any]], person: Mention
) -> list[dict[str, Any]]:
    """学院甲书记、乙院长: a title behind a name has the body of the one behind the name before."""
    for before in last:
        gap = text[before["end_char"] : person.start]
        is_listed = before["rule"] == "title_after" and gap in {"、", "，", "和"}
        for row in rows if is_listed else ():
            if row["rule"] == "title_after" and row["organization_text"] is None:
                row |= {key: before[key] for key in BODY_KEYS}
    return rows


def begun(context: ArticleContext, row: Mapping[str, Any]) -> list[list[Held]]:
    """The list that a name with its title behind it begins: 某会某某会长，副会长某某."""
    if row["rule"] != "title_after" or row["organization_text"] is None:
        return []
    index, words = row["organization_mention_index"], row["title"]
    body = next((m for m in (*context.mentions, *context.nested) if m.index == index), None)
    title = Title(0, len(words), words, row["rank"], is_former=False, is_acting=False, is_shared=False)
    return [[Held(title, words, row["start_char"], body, row["organization_text"])]]


def committee_of(place: str, words: str) -> str:
    """东江市委 of 东江市, 兴县县委 of 兴县, which has no name without its 县."""
    return (place if len(place) == len("兴县") else place.removesuffix(words[0])) + words


def is_governor(title: Title) -> bool:
    """Whether a title governs a place: 市长, 副县长."""
    return title.head in GOVERNORS and _BARE_PLACE.match(title.head) is not None


def _is_firm(item: Held) -> bool:
    body = item.organization
    is_known = body is not None and body.subtype in {"company", "bank"}
    return is_known or (item.organization_text or "").endswith(("公司", "集团", "银行"))


def _is_office(item: Held) -> bool:
    return _OFFICE.fullmatch(item.organization_text or "") is not None
