"""Where the titles in front of a name begin, and which stretches hold nothing but titles."""

from __future__ import annotations

import re
from itertools import pairwise

from transforms.extract.context import PARTY_TYPES, ArticleContext
from transforms.extract.roles.bodies import BODY_STEMS, FIELD
from transforms.extract.roles.titles import TitleGrammar

_SEGMENT = re.compile(r"[、，,]|(?<!身)兼任|(?<![身（(])兼|暨|及|以及")
_GAP = re.compile("[ \u3000]+")
_JOINT = re.compile("[和与]")
# 甲公司总经理，曾任某中心主任的
_POST = re.compile("(?:曾|还|也|先后|同时)(?:担任|任|兼任|是)|历任|兼任?")
_NEW_BODY = re.compile("(?:新|该|合资|项目)公司")
_COMMA = re.compile("[、，,]")
# 5月20日甲市委副书记，市长某某; 会议由甲市委副书记，市长某某主持
_BEFORE_TITLES = re.compile(
    "[^，,。；]*(?:[0-9]日|[上下]午|晚上?|日前|近日|[今昨当]天|(?<![所潜存])在|[由与和同向对请据随]着?|(?<![为任当])了|陪同|会见|看望|走访|采访|邀请"
    "|(?:领导|嘉宾|来宾|[员者人的])有|包括|还有|[者人]是|[日专]电|讯)\\s*"
)
_AGE = re.compile("(?:今年|现年|年近|年过)?[0-9]{2}岁?的?")
_STATE = re.compile("(?P<post>现任|曾任|挂职任)|原任?|前|时任|新任|来自")
_NOTE = re.compile(r"(?<=.)[（(][^（）()]{1,8}[)）]$")
_OFFICE_WORDS = re.compile(
    r"[该本新]?(?:公司|企业|集团|[学该][校院]|医院|研究[院所]|[协学商]会|会馆|联盟|联合会|实验室|园区|基地|合作社|管委会|[代表考察访问]{2}团|[村镇县市区省局厅])(?:里|委会)?"
    r"|中心|(?![任为是当兼系做到在]|担任|出任)(?:(?!的)\w){1,10}(?:[部科室处队局厅院所办]|办公室|中心|大学|公司|集团|协会|委员会)"
)
_MAX_BODY = 60


def split_chain(
    context: ArticleContext, grammar: TitleGrammar, begin: int, end: int
) -> list[tuple[int, int]]:
    """Cut a stretch at list marks that are not inside a recognised name, at 和 between two titles."""
    names = context.mentions_in(begin, end, *PARTY_TYPES)
    pieces: list[tuple[int, int]] = []
    start = begin
    for mark in _SEGMENT.finditer(context.text, begin, end):
        if any(m.start < mark.end() and mark.start() < m.end for m in names) or mark.start() == begin:
            if mark.start() == begin:
                start = mark.end()
            continue
        pieces.append((start, mark.start()))
        start = mark.end()
    for gap in _GAP.finditer(context.text, start, end):
        # 甲协会会长 乙公司董事长某某: titles of a signature.
        title = grammar.match_end(context.text[start : gap.start()])
        if title and title.rank in {"chief", "deputy"}:
            pieces.append((start, gap.start()))
            start = gap.end()
    joint = _JOINT.search(context.text, start, end)
    before = grammar.match_end(context.text[start : joint.start()]) if joint else None
    if joint and before:
        # 身兼董事长和总工程师的某某; 村民和县长某某: the villagers are others.
        title = grammar.match_start(context.text, joint.end())
        if title and title.end == end:
            is_same = before.rank != "profession" or title.rank == "profession"
            pieces = [*pieces, (start, joint.start())] if is_same else []
            start = joint.end()
    pieces.append((start, end))
    return pieces


def title_goes_on(context: ArticleContext, grammar: TitleGrammar, start: int, comma: int, end: int) -> bool:
    """Whether titles go on behind a comma (`comma` is the offset behind it), up to `end`.

    甲厅副厅长，乙局局长某某; 甲县委副书记，县长某某, a comma in the place of 、.
    """
    text = context.text
    start += len(text[start:comma]) - len(text[start:comma].lstrip(")） \n\u3000"))
    before = grammar.match_end(text[start : comma - 1]) if text[comma - 1] in "，," else None
    if before is None:
        return False
    bodies = context.mentions_in(start, comma, "organization")
    if bodies and bodies[0].start == start:
        behind = context.mentions_in(comma, comma + _MAX_BODY, "organization")
        if _NEW_BODY.match(text, comma) or _POST.match(text, comma) or any(m.start == comma for m in behind):
            return True
    mark = _SEGMENT.search(text, comma, end)
    # 教师，校长某某: without a body they may be two.
    is_office = before.rank != "profession" or before.start > 0 or text.startswith(("著名", "知名"), start)
    if not is_office or not is_apposition(context, grammar, comma, mark.start() if mark else end):
        return False
    lead = _BEFORE_TITLES.match(text, start, comma - 1)
    return is_apposition(context, grammar, start, comma - 1) or (
        lead is not None and is_apposition(context, grammar, lead.end(), comma - 1)
    )


def is_apposition(context: ArticleContext, grammar: TitleGrammar, start: int, end: int) -> bool:
    """Whether a stretch is nothing but titles with their bodies (县委常委、组织部部长)."""
    marks = [start - 1, *(m.start() for m in _COMMA.finditer(context.text, start, end)), end]
    for first, last in pairwise(marks):
        state = _STATE.match(context.text, first + 1, last)
        begin = state.end() if state else first + 1
        words = _NOTE.sub("", re.sub(r"\s", "", context.text[begin:last]))
        words = words.removesuffix("的") if state and state["post"] else words
        if first >= start and _AGE.fullmatch(words):
            continue
        title = grammar.match_end(words)
        if title is None or words.startswith("当选"):
            return False
        named = context.mentions_in(first + 1, last, *PARTY_TYPES)
        is_named = bool(named) and named[0].start in {first + 1, begin}
        is_field = title.head[0] in BODY_STEMS and FIELD.fullmatch(words, 0, title.start)
        if title.start and not (is_named or is_field or _OFFICE_WORDS.fullmatch(words, 0, title.start)):
            return False
    return True
