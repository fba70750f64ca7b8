"""Who holds which title in which body.

Chinese news puts body and title before the name (某市委常委、副市长某某), shares one title among a
list of names, chains several titles, or names the title behind the person by a verb (现任, 当选).
Each pattern is a rule of its own; the title vocabulary is `seeds/lookups/titles.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention, iter_articles
from transforms.extract.patterns import any_of
from transforms.extract.roles_bodies import (
    PRONOUNS,
    Antecedents,
    body_before,
    body_in_front,
    find_title_start,
    government_of,
    named_before,
    posted_from,
    quoted_body,
    sister_body,
    split_chain,
    title_goes_on,
    with_field,
)
from transforms.extract.roles_titles import Title, TitleGrammar, level_of

ROLE_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "person_mention_index": pl.UInt32(),
    "organization_mention_index": pl.UInt32(),
    "organization_text": pl.String(),
    "title": pl.String(),
    "rank": pl.String(),
    "level": pl.String(),
    "is_former": pl.Boolean(),
    "is_acting": pl.Boolean(),
    "surface_text": pl.String(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "rule": pl.String(),
    "confidence_share": pl.Float32(),
}

_STOP = re.compile(r"[。！？；：，!?;:,\n“”\"‘’《》]")
_OPEN_TAIL = re.compile(r"[（(][^（）()]*$")
_LIST_GLUE = re.compile(r"^(?:、|和|及|与|以及|,|，)$")
_BRACKET = re.compile(r"^[（(]([^（）()]{2,60})[)）]")
_MAX_LEFT = 90
_OWN_BODIES = ("国家", "书记处")
# Verbs as often as titles: 代表某某思想.
_VERBLIKE = frozenset({"代表", "领导"})


@dataclass(frozen=True, slots=True)
class _Held:
    """One title with its body, before it is tied to a person."""

    title: Title
    text: str
    start: int
    organization: Mention | None
    organization_text: str | None


class RoleFinder:
    """Finds persons' titles; compiled once, reused for every batch.

    Args:
        lookups: Parsed seed files by stem; reads `titles`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        titles = lookups["titles"]
        self._grammar = TitleGrammar(lookups)
        holds, held = titles["appoint"]["holds"], titles["appoint"]["held"]
        self._verb = re.compile(
            "(?:[，,][男女](?:[，,][^，,。；]{1,12}){0,2})?[，,]?(?:[^。；，,、他她]{0,10}?|祝贺[他她])"
            f"(?P<verb>(?<!候)(?:{any_of([*holds, *held])}))(?:了|过)?"
        )
        self._antecedents = Antecedents(lookups)
        self._past = frozenset(held)
        self._bring = re.compile(f"(?:{any_of(titles['bring'])})[^。；，,]{{0,12}}$")
        self._staff = re.compile(f"(?:{any_of(titles['staff'])})$")

    def find(self, articles: pl.DataFrame, sentences: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
        """Find the roles of every person mentioned in the articles.

        Args:
            articles: `article_id`, `text`.
            sentences: `article_id`, `start_char`, `end_char`.
            mentions: `mention_index: u32`, `article_id`, `entity_type`, `start_char`, `end_char`.

        Returns:
            One row per person mention, body and title, sorted by article and offset: the columns of
            `ROLE_SCHEMA`. The body's mention is null where none was recognised; `organization_text`
            then holds its words if a rule could read them. The span runs from body to name.
        """
        rows: list[dict[str, Any]] = []
        for context in iter_articles(articles, sentences, mentions):
            rows.extend(self._find_in_article(context))
        return pl.DataFrame(rows, schema=ROLE_SCHEMA, orient="row").unique(
            subset=["article_id", "person_mention_index", "organization_text", "title"],
            keep="first",
            maintain_order=True,
        )

    def _find_in_article(self, context: ArticleContext) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        persons = [m for m in context.mentions if m.entity_type == "person"]
        shared: list[_Held] = []
        previous: Mention | None = None
        for person in persons:
            left = self._titles_before(context, person, previous)
            if left:
                rows.extend(
                    _row(context, person, held, rule="title_before", confidence=0.93) for held in left
                )
                shared = [held for held in left if held.title.is_shared]
            elif previous and shared and _LIST_GLUE.match(context.text[previous.end : person.start]):
                rows.extend(
                    _row(context, person, held, rule="title_shared", confidence=0.85) for held in shared
                )
            else:
                shared = []
            rows.extend(self._titles_after(context, person))
            previous = person
        rows.extend(self._titles_behind_lists(context, persons))
        return rows

    def _titles_before(
        self, context: ArticleContext, person: Mention, previous: Mention | None
    ) -> list[_Held]:
        floor = max(previous.end if previous else 0, person.start - _MAX_LEFT, 0)
        left = context.text[floor : person.start]
        stops = [m.end() for m in _STOP.finditer(left)]
        if stops and title_goes_on(
            context, self._grammar, floor + (stops[-2] if len(stops) > 1 else 0), floor + stops[-1]
        ):
            stops.pop()
        begin = floor + (stops[-1] if stops else 0)
        bracket = _OPEN_TAIL.search(context.text[begin : person.start])
        if bracket:
            begin += bracket.start() + 1
        stretch = context.text[begin : person.start]
        if not stretch or self._staff.search(stretch.rstrip()):
            return []
        return self._chain(context, begin, person.start)

    def _chain(self, context: ArticleContext, begin: int, end: int) -> list[_Held]:
        """Titles of `body+title、title、body+title` that ends at `end`, left to right."""
        pieces = split_chain(context, begin, end)
        found: list[tuple[int, int, Title]] = []
        bodies: list[Mention] = []
        for start, stop in reversed(pieces):
            title = self._grammar.match_end(context.text[start:stop])
            if title is None:
                # 甲研究所、乙中心主任某某: bodies in front that end in no title share the next one.
                whole = [m for m in context.mentions_in(start, stop, "organization") if m.end == stop]
                if found and whole and stop - start - len(whole[-1].text) <= 2:
                    bodies.append(whole[-1])
                    continue
                break
            if bodies:
                break
            found.append((start, stop, title))
        held: list[_Held] = []
        organization: Mention | None = None
        body_text: str | None = None
        former_body = False
        for start, _, title in reversed(found):
            title_start = find_title_start(context, start, title)
            title_start = posted_from(context, start, title_start, title)
            quoted = quoted_body(context, title_start, title) if title_start == start else None
            if quoted and quoted[1]:
                organization, body_text, body_start = quoted
            elif title_start > start:
                organization, body_text, body_start = body_before(context, start, title_start, title)
                cut = context.text[start:body_start]
                if held and body_text and re.fullmatch(r"[^\W原前]{1,6}", cut):
                    # Behind 甲局长、 all words up to the title are the next body.
                    body_text, body_start = cut + body_text, start
                body_text = sister_body(body_text, held[-1].organization_text if held else None)
                if organization and body_text and not title.committee_chars:
                    title_start, body_text = with_field(
                        context, organization, body_start, body_text, title_start
                    )
                former_body = bool(self._grammar.former_start.match(context.text[start:title_start]))
            else:
                body_start = title_start
                if body_text in PRONOUNS and organization is None:
                    body_text = None
                if title.head.startswith(_OWN_BODIES):
                    # 某党总书记、国家主席: the second office is of the country, not of the party.
                    organization, body_text = None, None
                if title.committee_chars:
                    organization, body_text = None, context.text[start : start + title.committee_chars]
                organization, body_text = government_of(context, title, organization, body_text)
            if body_text and former_body:
                body_text = self._grammar.former_start.sub("", body_text)
            if organization is None and not title.committee_chars:
                head_start = start + title.end - len(title.head)
                word = self._antecedents.match(context.text, title_start, head_start + 1)
                if word and body_text is None:
                    title_start, body_text = title_start + len(word), word
                if body_text:
                    organization = self._antecedents.of(context, body_text, body_start)
                else:
                    organization = named_before(context, title, title_start)
                    body_text = organization.text if organization else None
            if body_text is None and context.text[title_start : start + title.end] in _VERBLIKE:
                continue
            item = _Held(
                title=title if not former_body else _as_former(title),
                text=context.text[title_start : start + title.end],
                start=body_start,
                organization=organization,
                organization_text=body_text,
            )
            held.append(item)
            if len(held) == 1:
                held.extend(_Held(item.title, item.text, m.start, m, m.text) for m in bodies)
        return held

    def _titles_after(self, context: ArticleContext, person: Mention) -> list[dict[str, Any]]:
        text, end = context.text, person.end
        title = self._grammar.match_start(text, end)
        following = context.mentions_in(end, min(len(text), end + 70))
        if title is not None:
            # 张三主任李四: the title belongs to the next name.
            if not any(m.entity_type == "person" and m.start == title.end for m in following):
                body = body_in_front(context, person)
                held = _Held(
                    title,
                    text[title.start : title.end],
                    body.start if body else person.start,
                    body,
                    body.text if body else None,
                )
                return [_row(context, person, held, rule="title_after", confidence=0.9, end=title.end)]
            return []
        bracket = _BRACKET.match(text[end : end + 64])
        if bracket:
            return self._appositive(
                context, person, end + 1, end + bracket.end() - 1, rule="title_in_brackets"
            )
        handed = self._handed(context, person)
        if handed:
            return handed
        verb = self._verb.match(text, end)
        if verb and not any(m.start < verb.start("verb") for m in following):
            limit = _clause_end(text, verb.end())
            next_person = next((m.start for m in following if m.entity_type == "person"), limit)
            found = self._appositive(
                context,
                person,
                verb.end(),
                min(limit, next_person),
                rule="title_by_verb",
                past=verb["verb"] in self._past,
            )
            weak = verb["verb"] in {"是", "系", "为", "作为", "身为"}
            if weak and not self._bring.search(text[max(0, person.start - 20) : person.start]):
                found = [
                    row
                    for row in found
                    if row["organization_mention_index"] is not None
                    or (row["rank"] == "profession" and verb["verb"] == "是")
                ]
            return found
        if text[end : end + 1] in {"，", ","}:
            limit = _clause_end(text, end + 1)
            stretch = text[end + 1 : limit]
            title_end = self._grammar.match_end(stretch)
            if title_end and limit - end < 45 and limit < len(text) and text[limit] in "，,。":
                inner = context.mentions_in(end + 1, limit)
                if any(m.entity_type == "person" for m in inner):
                    return []
                if any(m.entity_type == "organization" and m.start <= end + 3 for m in inner):
                    return self._appositive(context, person, end + 1, limit, rule="title_apposition")
        return []

    def _handed(self, context: ArticleContext, person: Mention) -> list[dict[str, Any]]:
        """总经理由某某担任, 董事长为某某: title, verb, name."""
        before = context.text[max(0, person.start - _MAX_LEFT) : person.start]
        link = re.search(r"(?:(?P<by>由)|是|为|系|[:：]|—+)$", before)
        if link is None:
            return []
        if link["by"] and not re.match(
            r"(?:担任|出任|兼任|接任|继任)", context.text[person.end : person.end + 2]
        ):
            return []
        end = person.start - len(link[0])
        stops = [m.end() for m in _STOP.finditer(before, 0, len(before) - len(link[0]))]
        begin = person.start - len(before) + (stops[-1] if stops else 0)
        held = self._chain(context, begin, end)
        return [
            _row(context, person, item, rule="title_by_verb", confidence=0.85)
            for item in held
            if item.organization or link["by"] or item.text != item.title.head
        ]

    def _appositive(
        self,
        context: ArticleContext,
        person: Mention,
        start: int,
        limit: int,
        *,
        rule: str,
        past: bool = False,
    ) -> list[dict[str, Any]]:
        """Titles of a stretch behind the name, which ends with the last title in it."""
        last: Title | None = None
        position = start
        while (title := self._grammar.search(context.text, position, limit)) is not None:
            last, position = title, title.end
        if last is None:
            return []
        tail = context.text[last.end : limit]
        if rule != "title_by_verb" and tail:
            return []
        if tail and not re.match(r"^(?:[，,。；;、）)”\"\n]|等|期间|以来|时|后|的时候|一职|职务|$)", tail):
            return []
        rows = []
        for held in self._chain(context, start, last.end):
            item = (
                held
                if not past
                else _Held(
                    _as_former(held.title), held.text, held.start, held.organization, held.organization_text
                )
            )
            rows.append(_row(context, person, item, rule=rule, confidence=0.85, end=last.end))
        return rows

    def _titles_behind_lists(self, context: ArticleContext, persons: list[Mention]) -> list[dict[str, Any]]:
        """甲、乙、丙等专家 and 甲、乙两位副市长: the title behind a list holds for all of it."""
        rows: list[dict[str, Any]] = []
        group: list[Mention] = []
        for number, person in enumerate(persons):
            group.append(person)
            following = persons[number + 1] if number + 1 < len(persons) else None
            if following and _LIST_GLUE.match(context.text[person.end : following.start]):
                continue
            tail = re.compile(r"(?:等)?(?:[两三四五六七八九十0-9]+[名位])").match(context.text, person.end)
            if tail and len(group) > 1:
                title = self._grammar.search(context.text, tail.end(), tail.end() + 30)
                between = context.text[tail.end() : title.start] if title else ""
                if title and title.is_shared and not _STOP.search(between):
                    inner = context.mentions_in(tail.end(), title.start, *PARTY_TYPES)
                    if not between or (inner and inner[0].start == tail.end()):
                        body = inner[-1] if inner else None
                        held = _Held(
                            title, context.text[title.start : title.end], title.start, body, between or None
                        )
                        rows.extend(
                            _row(context, m, held, rule="title_behind_list", confidence=0.85, end=title.end)
                            for m in group
                        )
            group = []
        return rows


def _as_former(title: Title) -> Title:
    return replace(title, is_former=True)


def _clause_end(text: str, position: int) -> int:
    found = re.compile(r"[。！？；，,;!?\n]").search(text, position)
    return found.start() if found else len(text)


def _row(
    context: ArticleContext,
    person: Mention,
    held: _Held,
    *,
    rule: str,
    confidence: float,
    end: int | None = None,
) -> dict[str, Any]:
    start = min(held.start, person.start)
    stop = max(person.end, end or 0)
    return {
        "article_id": context.article_id,
        "person_mention_index": person.index,
        "organization_mention_index": held.organization.index if held.organization else None,
        "organization_text": held.organization_text,
        "title": held.text,
        "rank": held.title.rank,
        "level": level_of(held.organization_text) if held.organization_text else None,
        "is_former": held.title.is_former,
        "is_acting": held.title.is_acting,
        "surface_text": context.text[start:stop],
        "start_char": start,
        "end_char": stop,
        "rule": rule,
        "confidence_share": confidence if held.organization or held.organization_text else confidence - 0.08,
    }
