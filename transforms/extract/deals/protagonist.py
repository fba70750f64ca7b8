"""The firm that a passage is about where it names none: told of, and not as the other side of its deals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention, is_short_of, last_match

# 与某集团签约, 由某厂供应, 收购某公司; 某基金入股: who deals with the firm that a text is about.
_DEALT_WITH = re.compile(
    r"(?:(?:[与和同向对给从由被把将]|(?<!紧)跟)[^，。；：\n]{0,12}|(?:成立|设立|组建|创办|收购|并购|买下|引进|引入|入股|参股|供给|卖[给到]|来自|一家[^，。；：\n]{0,10}——)[^，。；：\n]{0,8})$"
)
_FOUNDS = re.compile("(?:创办|创立|开办|兴办|办起|办了|成立|注册|开起)了?$")
_FORM = re.compile("(?:股份)?(?:有限)?(?:责任)?公司$|集团$")
# 张三: a line of an interview, opened by who answers.
_ANSWERS = re.compile(r"(?:^|\n)[\s“\"]*(?P<who>[\u4e00-\u9fff·]{1,12})[：:]")
_ASKS = frozenset({"记", "记者", "本报记者", "问", "主持人"})
_PUTS_IN = re.compile(r"[^，。；\n]{0,8}?(?:入股|注资|增资|领投|跟投|参股)")
_ITEM = re.compile(
    r"[ \u3000]*(?:[●▲■★☆○◎△◆◇▶▷□▪•·■]|——|[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[）).．、])"
)
_MAX_BACK, _MAX_BESIDE = 400, 24


def most_named(context: ArticleContext, position: int, is_meant: Callable[[Mention], bool]) -> Mention | None:
    """The body that the paragraph, or else one not far before it, names most."""
    told: list[Mention] = []
    stop = position
    while stop > max(0, position - _MAX_BACK):
        floor = context.paragraph(stop)[0]
        firms = [m for m in context.mentions_in(floor, stop, "organization") if is_meant(m)]
        counts = Counter(m.text for m in firms)
        own = [m for m in firms if counts[m.text] > 1 or not is_other_side(context, m)]
        own = own or [m for m in firms if _is_told_again(context, m, position)]
        if own:
            return max(own, key=lambda m: (counts[m.text], -m.start))
        told = told or firms
        # ●某公司…: an item of a list is no news of whom the item before it names.
        stop = 0 if _ITEM.match(context.text, floor) else floor - 1
    return told[0] if told else None


def is_other_side(context: ArticleContext, body: Mention) -> bool:
    """Whether a body is told as the other side of somebody's deal."""
    begin = max(0, body.start - _MAX_BESIDE)
    before = _DEALT_WITH.search(context.text, begin, body.start)
    return bool(before or _PUTS_IN.match(context.text, body.end))


def _is_told_again(context: ArticleContext, body: Mention, position: int) -> bool:
    """Whether a body is named again behind its first name, in short or in full."""
    behind = context.mentions_in(body.end, min(position, body.end + _MAX_BACK), "organization")
    return any(len(m.text) > 1 and is_short_of(*sorted((m.text, body.text), key=len)) for m in behind)


def is_in_head(context: ArticleContext, body: Mention) -> bool:
    """Whether the head of a story has a body's name, without the words that all firms have."""
    core = _FORM.sub("", body.text)
    return len(core) > 1 and core in context.head


def founded_before(context: ArticleContext, position: int) -> Mention | None:
    """夫妻俩办起某维修公司。…把维护都交给了他: the firm that a portrait says was founded."""
    told = context.mentions_in(0, position, "organization")
    return next(
        (m for m in reversed(told) if _FOUNDS.search(context.text, max(0, m.start - 6), m.start)), None
    )


def area_before(context: ArticleContext, position: int, ends: re.Pattern[str]) -> Mention | None:
    """The area told last whose name ends so; 甲县 of 甲县发改局 is told too."""
    named = (
        m for m in (*context.mentions, *context.nested) if m.end <= position and m.entity_type in PARTY_TYPES
    )
    return max((m for m in named if ends.search(m.text)), key=lambda m: m.start, default=None)


def answer(context: ArticleContext, position: int) -> str | None:
    """Who answers in the line of an interview at a position, or in the one above."""
    line = last_match(_ANSWERS, context.text, 0, position)
    is_near = line and context.text.count("\n", line.end(), position) <= 1
    return line["who"] if line and is_near and line["who"] not in _ASKS else None
