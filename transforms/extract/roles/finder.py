"""Who holds which title in which body.

Chinese news puts body and title before the name (某市委常委、副市长某某), shares one title among a
list of names, chains several titles, or names the title behind the person by a verb (现任, 当选).
Each pattern is a rule of its own; the title vocabulary is `seeds/lookups/titles.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from transforms.extract.context import ArticleContext, Mention, iter_articles
from transforms.extract.patterns import any_of
from transforms.extract.roles.apposition import title_goes_on
from transforms.extract.roles.bodies import body_in_front
from transforms.extract.roles.chain import TitleChain
from transforms.extract.roles.elsewhere import (
    of_same_body,
    of_same_firm,
    officers_of,
    respective,
    unnamed_yet,
    with_bodies,
)
from transforms.extract.roles.heads import head_of, placed
from transforms.extract.roles.listed import (
    ELECTED,
    are_listed,
    begun,
    goes_on,
    groups_of,
    of_list,
    shared_behind,
)
from transforms.extract.roles.lives import MAX_PROFILE, LifeReader
from transforms.extract.roles.rows import (
    FACTS,
    POINTED,
    ROLE_SCHEMA,
    STOP,
    clause_end,
    role_row,
)
from transforms.extract.roles.titles import Held, TitleGrammar

_OPEN_TAIL = re.compile(r"[（(][^（）()]*$")
_AMONG = re.compile(
    "(?:还有|还包括|包括|分别为|分别是|有|为)[：:]$|(?:还有|还包括)$|(?<=[长员事])有$|(?<=[长员事任席记]的)有$"
)
_BEING = re.compile(
    "(?:^|(?<=[。；，\n]))(?:作为|身为|同为)(?:一[名位个])?(?P<words>[^，。；：\n]{2,30})[，,]$"
)
_LEADS = re.compile("(?:同志)?[为任](?=(?P<title>[^，。；的]{2,8})的)")
_BRACKET = re.compile(r"^[（(]([^（）()]{2,60})[)）]")
_WEAK = frozenset({"是", "系", "为", "作为", "身为"})
# 免去甲的某职务；乙同志的某职务: the verb in front of the name, or in front of the first of several.
_REMOVED = re.compile(r"(?:免去|撤销|罢免|解除|免除)(?:[：:\s]*|(?:(?!任命)[^。])*[；;，,]\s*)$")
_OF_POST = re.compile("(?:同志)?的")
_REPLACED = re.compile("(?:将|已|正式)?(?:接替|取代|顶替)$")
_TAKES = re.compile("担任|出任|兼任|接任|继任")
# 创办人、79岁的某某: how old somebody is parts no title from the name.
_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
_AGED = (
    f"(?:(?:今年|现年|时年|年仅|刚满)?{_NUMBER}[多余]?岁|年(?:[近逾过届]|[过未]?满){_NUMBER}[旬岁]|[0-9五六七八九零〇]{{2}}后)"
    "的?(?:年轻|创业)?(?:姑娘|女孩|小伙子?|女子|青年|老人|汉子|妈妈|党员)?"
)
# 新华社北京一月六日电外交部发言人某某, 本报讯某研究所所长某某
_WIRE = re.compile(r"(?:新华社|中新社|本报|本台)[^，。；：、\n]{0,20}?(?:日电|专电|日讯|(?<=本[报台])讯)")
_MAX_LEFT = 90
_MAX_BROUGHT = 40


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
            "(?:[，,][男女](?:[，,][^，,。；]{1,12}){0,2})?[，,]?"
            # 甲致电祝贺乙当选会长, 甲会见离任大使 say nothing of 甲.
            "(?:(?![^。；，,、\n]{0,8}(?:[祝恭]贺|会见|会晤|接见|欢迎|宴请))[^。；，,、他她\n]{0,10}?|祝贺[他她])"
            f"(?P<verb>(?<![候到])(?:{any_of([*holds, *held])}))[了过着]?"
        )
        self._chain = TitleChain(lookups, self._grammar)
        self._past = frozenset(held)
        self._lives = LifeReader(lookups, self._chain)
        # 选举甲为主任，乙、丙为副主任
        self._bring = re.compile(
            f"(?:{any_of(titles['bring'])})(?:[^。；，,]*为[^。；，,]*[，,])*(?:[^。；，,为]{{2,12}}[，,])*[^。；，,]*$"
        )
        peoples = f"(?:{any_of(titles['peoples'])})族(?:姑娘|小伙子?|汉子|青年|干部)?"
        self._aside = re.compile(f"(?:{any_of(titles['honours'])}|{peoples}|[、和]?{_AGED})$")
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
        return self.find_in(iter_articles(articles, sentences, mentions))

    def find_in(self, contexts: Iterable[ArticleContext]) -> pl.DataFrame:
        """The same, in articles that have been put together with their mentions; tells each its officers."""
        rows = []
        for context in contexts:
            found = self._find_in_article(context)
            head = head_of(context) if context.head else None
            if head is not None:
                found += placed(context, self._find_in_article(head), found)
            context.officers = officers_of(context, found)
            rows.extend(found)
        return pl.DataFrame(rows, schema=ROLE_SCHEMA, orient="row").unique(
            subset=["article_id", "person_mention_index", "organization_text", "title"],
            keep="first",
            maintain_order=True,
        )

    def _find_in_article(self, context: ArticleContext) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        persons = [m for m in context.mentions if m.entity_type == "person"]
        shared: list[Held] = []
        # Titles of the persons of a list so far, person by person.
        run: list[list[Held]] = []
        previous: Mention | None = None
        reach = 0
        for person in persons:
            left, is_listed = self._titles_before(context, person, reach, run)
            if left:
                run = [*run, left] if is_listed else [left]
                rows.extend(
                    role_row(context, person, held, rule="title_before", confidence=0.93) for held in left
                )
                # 副书记、市长甲与乙: what the last title does not share, none of them does.
                shared = [held for held in left if held.title.is_shared and left[-1].title.is_shared]
            elif previous and shared and self._is_next(context, previous, person):
                rows.extend(
                    role_row(context, person, held, rule="title_shared", confidence=0.85) for held in shared
                )
            else:
                is_next = previous and are_listed(context.text, previous, person)
                shared, run = [], run if is_next else []
            behind = self._titles_after(context, person, left[0].start if left else person.start)
            if behind and not left:
                behind = of_list(context.text, behind, rows[-1:], person)
                run = begun(context, behind[0]) or run
            reach = max(person.end, *(row["end_char"] for row in behind if row["rule"] == "title_after"), 0)
            rows.extend(of_same_firm(behind, left[-1]) if left else behind)
            previous = person
        rows.extend(unnamed_yet(context, rows, self._titles_behind_lists(context, persons)))
        rows.extend(self._lives.of_pronouns(context))
        rows.extend(self._lives.at_work(context))
        return with_bodies(context, respective(context, rows))

    def _is_next(self, context: ArticleContext, previous: Mention, person: Mention) -> bool:
        """Whether a name follows another in a list and has no title of its own behind it (甲和乙院士)."""
        is_listed = are_listed(context.text, previous, person)
        return is_listed and self._grammar.match_start(context.text, person.end) is None

    def _titles_before(
        self, context: ArticleContext, person: Mention, reach: int, run: list[list[Held]]
    ) -> tuple[list[Held], bool]:
        """The titles in front of a name, and whether they go on with the list that ends at `reach`."""
        floor = max(reach, person.start - _MAX_LEFT, 0)
        # 参加活动的市领导还有：甲、乙
        among = _AMONG.search(context.text, floor, person.start)
        close = among.start() if among else person.start
        left = context.text[floor:close]
        stops = [floor, *(floor + m.end() for m in STOP.finditer(left))]
        while len(stops) > 1 and title_goes_on(context, self._grammar, stops[-2], stops[-1], close):
            # 某某，县委书记，县长某某: what stands behind a name without a title is its own.
            if reach and not run and FACTS.fullmatch(context.text, reach, stops[-2] - 1):
                break
            stops.pop()
        begin = stops[-1]
        bracket = _OPEN_TAIL.search(context.text[begin:close])
        if bracket:
            begin += bracket.start() + 1
        wire = _WIRE.search(context.text, begin, close)
        begin = wire.end() if wire else begin
        stretch = context.text[begin:close]
        being = None if stretch else _BEING.search(context.text, floor, person.start)
        if being:
            # 作为村党支部书记，某某……
            return self._chain.read(context, being.start("words"), being.end("words")), False
        if not stretch or self._staff.search(stretch.rstrip()):
            return [], False
        # 主任 何远明: the space of a justified line is of neither.
        end = self._chain.end_of(context.text, begin, begin + len(stretch.rstrip()))
        aside = self._aside.search(context.text, begin, end)
        if aside and self._grammar.match_end(context.text[begin : aside.start()]):
            end = aside.start()
        is_listed = reach > 0 and goes_on(context.text, reach, begin, person.start)
        held = self._chain.read(context, begin, end, run if is_listed else ())
        if among and not (held and held[-1].title.is_shared):
            return [], False
        return held, is_listed

    def _titles_after(self, context: ArticleContext, person: Mention, start: int) -> list[dict[str, Any]]:
        """Titles behind a name whose own apposition begins at `start`."""
        text, end = context.text, person.end
        title = self._grammar.match_start(text, end)
        following = context.mentions_in(end, min(len(text), end + 70))
        if title is not None:
            # 张三主任李四: the title belongs to the next name.
            if not any(m.entity_type == "person" and m.start == title.end for m in following):
                body = body_in_front(context, person) or self._chain.body_of(context, title, person.start)
                pointed = None if body else POINTED.search(text, max(0, person.start - 4), person.start)
                words = body.text if body else pointed["body"] if pointed else None
                begin = body.start if body else pointed.start("body") if pointed else person.start
                held = Held(title, text[title.start : title.end], begin, body, words)
                row = role_row(context, person, held, rule="title_after", confidence=0.9, end=title.end)
                # 甲教授任首席科学家
                return [row, *self._told(context, person, title.end, following, is_titled=True)]
            return []
        bracket = _BRACKET.match(text[end : end + 64])
        if bracket:
            rows = self._lives.appositive(
                context, person, end + 1, end + bracket.end() - 1, rule="title_in_brackets"
            )
            # 某某（本地人）将留任总经理
            return rows or self._told(
                context, person, end + bracket.end(), [], is_titled=start < person.start
            )
        of_post = _OF_POST.match(text, end)
        if of_post and _REMOVED.search(text, max(0, start - MAX_PROFILE), start):
            # 免去某某的市教育局局长职务
            limit = clause_end(text, end)
            return self._lives.appositive(
                context, person, of_post.end(), limit, rule="title_by_verb", past=True
            )
        led = _LEADS.match(text, end)
        if led and text.rfind("以", max(0, start - 4), start) >= 0:
            # 以某某为团长的代表团
            return self._lives.appositive(context, person, led.end(), led.end("title"), rule="title_by_verb")
        handed = self._handed(context, person, start)
        if handed:
            return handed
        is_titled = start < person.start
        told = self._told(context, person, end, following, is_titled=is_titled)
        return told + of_same_body(self._lives.profile(context, person), told)

    def _told(
        self, context: ArticleContext, person: Mention, end: int, following: list[Mention], *, is_titled: bool
    ) -> list[dict[str, Any]]:
        """某某现任, 某某是: a verb or, for who has none in front, a comma and a title, from `end` on."""
        text = context.text
        # 以甲为核心的领导集体的成员, 乙接替甲出任: others.
        is_led = text.startswith("以", person.start - 1) or _REPLACED.search(text, 0, person.start)
        verb = None if is_led else self._verb.match(text, end)
        # 甲和新当选的副主任: of others.
        if verb and ("分别" in verb[0] or verb[0][0] in "和与及" or text.startswith("的", verb.end())):
            return []
        between = [m for m in following if verb and m.start < verb.start("verb")]
        if verb and (not between or (len(between) == 1 and _REPLACED.fullmatch(text, end, between[0].start))):
            limit = clause_end(text, verb.end())
            behind = (m.start for m in following if m.entity_type == "person" and m not in between)
            next_person = next(behind, limit)
            found = self._lives.appositive(
                context,
                person,
                verb.end(),
                min(limit, next_person),
                rule="title_by_verb",
                past=verb["verb"] in self._past,
            )
            # 甲此行是为总统乙打前站: the title of the next name.
            if next_person < limit:
                found = [row for row in found if row["end_char"] != next_person]
            weak = verb["verb"] in _WEAK
            # 他与甲是同学
            is_with = text[person.start - 1 : person.start] in {"与", "和", "跟", "同"}
            if weak and not self._bring.search(text, max(0, person.start - _MAX_BROUGHT), person.start):
                found = [
                    row
                    for row in found
                    if row["organization_mention_index"] is not None
                    or (row["rank"] == "profession" and verb["verb"] == "是" and not is_with)
                ]
            if found and next_person >= limit:
                found += self._lives.further(
                    context, person, limit + 1, found, past=verb["verb"] in self._past
                )
            return found
        facts = None if is_titled else FACTS.match(text, end)
        if facts and text[facts.end() : facts.end() + 1] in {"，", ","}:
            start = facts.end() + 1
            limit = clause_end(text, start)
            title_end = self._grammar.match_end(text[start:limit])
            # 某某，女，1963年生，某院院士、某大学教授，现任……
            is_life = facts.end() > facts.start()
            if (
                title_end
                and limit - start < (MAX_PROFILE if is_life else 45)
                and limit < len(text)
                and text[limit] in "，,。"
            ):
                inner = context.mentions_in(start, limit)
                if any(m.entity_type == "person" for m in inner):
                    return []
                bodies = [m for m in inner if m.entity_type == "organization"]
                if bodies and (is_life or bodies[0].start <= start + 2):
                    found = self._lives.appositive(context, person, start, limit, rule="title_apposition")
                    return found + self._lives.further(context, person, limit + 1, found, past=False)
        return []

    def _handed(self, context: ArticleContext, person: Mention, start: int) -> list[dict[str, Any]]:
        """总经理由某某担任, 董事长为某某: title, verb, name (with titles of its own from `start` on)."""
        before = context.text[max(0, start - _MAX_LEFT) : start]
        link = re.search(
            r"(?:(?P<by>(?:一职|职务|之职)?[将仍则均也已拟]?由|的是)|是|为|系|[:：]|—+)$", before
        )
        if link is None:
            return []
        if link["by"] and link["by"] != "的是" and not _TAKES.match(context.text, person.end):
            return []
        if start < person.start and not link["by"]:
            return []
        end = start - len(link[0])
        stops = [m.end() for m in STOP.finditer(before, 0, len(before) - len(link[0]))]
        begin = start - len(before) + (stops[-1] if stops else 0)
        held = self._chain.read(context, begin, end)
        return [
            role_row(context, person, item, rule="title_by_verb", confidence=0.85)
            for item in held
            if item.organization or link["by"] or item.text != item.title.head
        ]

    def _each(self, context: ArticleContext, group: list[Mention]) -> list[dict[str, Any]]:
        """甲、乙分别担任会长、副会长: as many titles as names."""
        noted = ELECTED.match(context.text, group[-1].end)
        verb = self._verb.match(context.text, noted.end()) if noted and len(group) > 1 else None
        if verb is None or context.mentions_in(group[-1].end, verb.start("verb")):
            return []
        limit = clause_end(context.text, verb.end())
        titles, end = self._lives.behind(context, verb.end(), limit, may_go_on=True)
        if "分别" not in verb[0]:
            # 选举甲、乙为委员, 甲、乙当选副主席: the last one has it already.
            first = group[0].start
            is_brought = self._bring.search(context.text, max(0, first - _MAX_BROUGHT), first) is not None
            is_said = verb["verb"] not in _WEAK or is_brought
            is_shared = is_said and all(held.title.is_shared for held in titles)
            return [
                role_row(context, m, held, rule="title_by_verb", confidence=0.85, end=end)
                for m in group[:-1]
                for held in titles
                if is_shared
            ]
        if len(titles) != len(group):
            return []
        return [
            role_row(context, m, held, rule="title_by_verb", confidence=0.85, end=end)
            for m, held in zip(group, titles, strict=True)
        ]

    def _titles_behind_lists(self, context: ArticleContext, persons: list[Mention]) -> list[dict[str, Any]]:
        """甲、乙、丙等专家 and 甲、乙两位副市长: the title behind a list holds for all of it."""
        rows: list[dict[str, Any]] = []
        for group in groups_of(context.text, persons):
            rows.extend(self._each(context, group))
            rows.extend(shared_behind(context, self._grammar, group))
        return rows
