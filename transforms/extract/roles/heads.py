"""Titles that only the head of a story tells: ——访某公司董事长甲, above a story that speaks of 甲."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention, is_short_of

_MIN_NAME_CHARS = 2
# A head tells names in full that the text clips: they begin behind a mark or the verb, and end like a body.
_FRONT = re.compile(r"(?:专访|对话|访谈|访|记(?!者)|听|走近|走进)?(?P<words>[\w（）()]*)$")
_REST = re.compile(
    r"[\w（）()]{0,16}?(?:集团有限公司|公司|集团|[总商协学]会|联合会|联盟|大学|学院|医院|研究院|研究所|中心|银行|合作社|总?领事馆|管委会)"
)
_MAX_FRONT = 24


def head_of(context: ArticleContext) -> ArticleContext | None:
    """The head of a story with the names that its text knows, null where it names nobody of the text.

    A mention of the head has the index of the first one in the text with the same words, else of the body
    that it names in full, else -1.
    """
    head = context.head
    firsts: dict[str, Mention] = {}
    for mention in (*context.mentions, *context.nested):
        if mention.entity_type in {"person", *PARTY_TYPES} and mention.text in head:
            firsts.setdefault(mention.text, mention)
    people = [m for m in firsts.values() if m.entity_type == "person" and len(m.text) >= _MIN_NAME_CHARS]
    if not people:
        return None
    found: list[Mention] = []
    for person in people:
        found += _places_of(head, person)
    bodies = [m for m in firsts.values() if m.entity_type in PARTY_TYPES]
    for body in sorted(bodies, key=lambda m: -len(m.text)):
        found += [_whole(head, m, bodies) for m in _places_of(head, body)]
    starts = [0, *(n + 1 for n, letter in enumerate(head) if letter == "\n"), len(head) + 1]
    lines = [(start, end - 1) for start, end in pairwise(starts)]
    return ArticleContext(context.article_id, head, None, context.issue_on, lines, found)


def _places_of(head: str, mention: Mention) -> list[Mention]:
    starts = (found.start() for found in re.finditer(re.escape(mention.text), head))
    return [
        Mention(mention.index, at, at + len(mention.text), mention.entity_type, mention.subtype, mention.text)
        for at in starts
    ]


def _whole(head: str, mention: Mention, bodies: Iterable[Mention]) -> Mention:
    """The whole name of a body of which the text knows a part."""
    rest = _REST.match(head, mention.end)
    if rest is None and mention.entity_type == "place":
        return mention
    front = _FRONT.search(head[max(0, mention.start - _MAX_FRONT) : mention.start])
    start = mention.start - len(front["words"] if front else "")
    end = rest.end() if rest else mention.end
    name = head[start:end]
    known = [m for m in bodies if m.entity_type == "organization" and is_short_of(m.text, name)]
    index = max(known, key=lambda m: len(m.text)).index if known else -1
    return Mention(index, start, end, "organization", mention.subtype, name)


def placed(
    context: ArticleContext, rows: Iterable[dict[str, Any]], told: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of a head, at the first mention of the person in the text; without what the text tells itself."""
    mentions = {m.index: m for m in (*context.mentions, *context.nested)}
    known = {(mentions[row["person_mention_index"]].text, row["title"]) for row in told}
    new = []
    for row in rows:
        person = mentions[row["person_mention_index"]]
        if any(name == person.text and row["title"].endswith((title, title[-2:])) for name, title in known):
            continue
        span = {"surface_text": person.text, "start_char": person.start, "end_char": person.end}
        if row["organization_mention_index"] == -1:
            span["organization_mention_index"] = None
        new.append(row | span | {"rule": "title_in_head"})
    return new
