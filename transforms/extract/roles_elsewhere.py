"""Bodies of titles that stand without one, from what the article tells elsewhere of person or sides."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.roles_antecedents import FIRM_HEADS
from transforms.extract.roles_chain import Held

_OF_FIRMS = re.compile(rf"{FIRM_HEADS.pattern}|总工程师|总设计师|总监$|厂长|首席科学家|^负责人$")
_FOUNDS = re.compile(
    "(?P<he>[他她])?(?:一手|亲手|[0-9]{4}年|当年|后来|回乡|返乡)?(?:创办|创立|创建|成立|执掌|掌舵|带领|经营)(?:了|的|起)?"
)
_BOTH = re.compile(r"\w{0,4}(?:分别)?(?:代表)?(?:双方|两地|两校|两会|各自|签字|签约|签署)|分别")
_JOINED = re.compile(r"[和与同]\w{0,4}")


def respective(context: ArticleContext, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """甲会与乙会签约，会长某某、副会长某某代表双方签字: each title is of the side in its turn."""
    persons = {m.index: m for m in context.mentions if m.entity_type == "person"}
    for row, following in pairwise(rows):
        one, other = persons[row["person_mention_index"]], persons[following["person_mention_index"]]
        if row["organization_text"] or following["organization_text"] or one.end >= other.start:
            continue
        gap = context.text[one.end : following["start_char"]]
        sentence = context.sentences[context.sentence_at(one.start)]
        if gap not in {"、", "和", "与"} or not _BOTH.match(context.text, other.end, sentence[1]):
            continue
        sides = context.mentions_in(sentence[0], row["start_char"], "organization")
        if len(sides) != 2 or not _JOINED.fullmatch(context.text, sides[0].end, sides[1].start):
            continue
        for each, side in ((row, sides[0]), (following, sides[1])):
            each |= {"organization_mention_index": side.index, "organization_text": side.text}
    return rows


def with_bodies(context: ArticleContext, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """甲大学教授某某 is 某某教授 further on: a title without a body has the one that it has elsewhere."""
    names = {m.index: m.text for m in context.mentions if m.entity_type == "person"}
    told = {
        (names[row["person_mention_index"]], row["title"]): row
        for row in reversed(rows)
        if row["organization_mention_index"] is not None
    }
    for row in rows:
        name = names[row["person_mention_index"]]
        known = told.get((name, row["title"]))
        if known and row["organization_text"] is None:
            row |= {key: known[key] for key in ("organization_mention_index", "organization_text", "level")}
        elif row["organization_text"] is None and _OF_FIRMS.search(row["title"]):
            firm = _founded_by(context, name)
            if firm is not None:
                row |= {"organization_mention_index": firm.index, "organization_text": firm.text}
    return rows


def _founded_by(context: ArticleContext, name: str) -> Mention | None:
    """The one firm that the article calls the person's own: 甲创办的某公司, 他执掌的某公司."""
    found: list[Mention] = []
    for verb in _FOUNDS.finditer(context.text):
        people = context.mentions_in(context.paragraph(verb.start())[0], verb.start(), "person")
        is_near = bool(people) and people[-1].text == name and (verb["he"] or people[-1].end == verb.start())
        firms = context.mentions_in(verb.end(), verb.end() + 40, "organization")
        if is_near and firms and firms[0].start <= verb.end() + 1 and firms[0].subtype == "company":
            found.append(firms[0])
    return found[0] if len({m.text for m in found}) == 1 else None


def of_same_firm(rows: list[dict[str, Any]], before: Held) -> list[dict[str, Any]]:
    """“某某”创始人甲将留任总经理: of the firm whose founder 甲 is."""
    for row in rows:
        is_bare = row["organization_text"] is None and row["rule"] == "title_by_verb"
        if is_bare and FIRM_HEADS.search(row["title"]) and FIRM_HEADS.search(before.text):
            row["organization_text"] = before.organization_text
            row["organization_mention_index"] = before.organization.index if before.organization else None
    return rows
