"""Whom 我们 of a quoted sentence or an interview stands for: the body of who speaks."""

from __future__ import annotations

import re
from collections import Counter

from transforms.extract.context import ArticleContext, Mention, last_match

WE = re.compile(r"(?:我们|咱们)(?:公司|企业|集团|工厂|厂|医院|学校|单位)?|我(?:公司|司|厂|社|院|校|集团)")
_SAYS = re.compile(r"说|表示|介绍|告诉|称|道|透露|坦言|坦承|回忆|算账|解释|感慨|强调|指出")
_CLOSES = re.compile(r"[”\"]")
# 张三: a line of an interview, opened by who answers.
_ANSWERS = re.compile(r"(?:^|\n)[ \u3000]*(?P<who>[\u4e00-\u9fff·]{2,12})[：:]")
_FIRM = re.compile(r"(?:公司|集团|厂|合作社|股份|企业|农场|酒庄|大学|学院|医院|科技|药业|食品|实业)$")
_BANK = re.compile(r"银行|[分支]行$|信用社|联社$")
# 公司董事长张三: the firm that the article told first.
_OF_COMPANY = re.compile(r"(?:公司|企业|集团|该厂)[\u4e00-\u9fff、]{2,10}$")
_IS_OF = re.compile(r"(?:是|任|现任|担任|为)")
_MAX_BETWEEN = 6
_MAX_TITLE_CHARS, _MAX_BEHIND, _MAX_BACK = 16, 60, 160


def speaking_body(context: ArticleContext, position: int) -> Mention | None:
    """The body for which the words at a position are spoken.

    The body in front of the person who speaks, named behind the closing quote, before the words or
    anywhere else in the article; else the firm named most, if it is named again. Null where none is known.
    """
    person = _speaker(context, position)
    if person is not None:
        same = [m for m in context.mentions if m.entity_type == "person" and m.text == person.text]
        for mention in (person, *same):
            body = _in_front(context, mention) or _behind(context, mention)
            if body is not None:
                return body
    bodies = [m for m in context.mentions_in(0, position, "organization") if not _BANK.search(m.text)]
    firms = [m for m in bodies if _FIRM.search(m.text)]
    if firms and person is not None and _OF_COMPANY.search(context.text[: person.start][-_MAX_TITLE_CHARS:]):
        return firms[0]
    told = Counter(m.text for m in context.mentions if m.entity_type == "organization")
    counts = {m.text: sum(n for name, n in told.items() if name in m.text or m.text in name) for m in firms}
    again = [m for m in firms if counts[m.text] > 1]
    return max(again, key=lambda m: counts[m.text], default=None)


def _speaker(context: ArticleContext, position: int) -> Mention | None:
    start, end = context.paragraph(position)
    closing = _CLOSES.search(context.text, position, end)
    if closing:
        stop = min(end, closing.end() + _MAX_BEHIND)
        people = context.mentions_in(closing.end(), stop, "person")
        if people and _SAYS.search(context.text, people[0].end, min(end, people[0].end + 12)):
            return people[0]
    answer = last_match(_ANSWERS, context.text, 0, position)
    if answer and context.text.count("\n", answer.end(), position) <= 1:
        named = [m for m in context.mentions if m.entity_type == "person" and m.text == answer["who"]]
        if named:
            return named[0]
    people = context.mentions_in(max(start, position - _MAX_BACK), position, "person")
    return people[-1] if people else None


def body_of_last(context: ArticleContext, position: int) -> Mention | None:
    """The body whose officer the person named last is, for 他 and 她."""
    people = context.mentions_in(0, position, "person")
    return (_in_front(context, people[-1]) or _behind(context, people[-1])) if people else None


def _in_front(context: ArticleContext, person: Mention) -> Mention | None:
    """The body whose officer a person is, if it stands right in front of the title."""
    floor = max(0, person.start - 60)
    bodies = context.mentions_in(floor, person.start, "organization")
    if not bodies:
        return None
    gap = context.text[bodies[-1].end : person.start]
    return bodies[-1] if len(gap) <= _MAX_TITLE_CHARS and not re.search(r"[，。；：与和]", gap) else None


def _behind(context: ArticleContext, person: Mention) -> Mention | None:
    """The body of 张三是某公司总经理."""
    joint = _IS_OF.match(context.text, person.end)
    bodies = context.mentions_in(joint.end(), joint.end() + 40, "organization") if joint else []
    return bodies[0] if joint and bodies and bodies[0].start - joint.end() <= _MAX_BETWEEN else None
