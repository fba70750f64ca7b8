"""Titles behind a name that its clauses and the sentences after it tell: 历任某职，现任某职."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.patterns import any_of
from transforms.extract.roles.chain import TitleChain
from transforms.extract.roles.rows import BODY_KEYS, clause_end, role_row, sentence_end
from transforms.extract.roles.titles import Held, Title

MAX_PROFILE = 80
_WORKED = re.compile("(?:担任|当|做|任)[过了]?(?:[一二两三四五六七八九十0-9]{1,3}[多余]?年的?)?")
_AT = re.compile("(?:在|(?:被?(?:分配|调|派|应聘|招)|回|来)?到|进入?了?|加入)$")
_MAX_AT = 5
_KIN = re.compile("儿子?|女[儿婿]|妻子|丈夫|爱人|老伴|父亲|母亲|爸|妈|哥|弟|姐|妹|孙")
# 1998年他, 大学毕业后: who worked there and when.
_HE_THEN = re.compile(
    "(?:[^的他她]{0,10}[年月时后初代前是岁])?[他她]?(?:[^的他她]{0,10}[年月时后初代前岁])?(?:曾经?|先后|也|又|还|一直|就|最早|起初|后来|以前|原来|原先|早年|当年)*"
)
_ONCE = re.compile("[曾过时]|先后|起初|最[早初]|早年|当年|那年|毕业后|后来|以前|[0-9]{4}年")
_GOES_ON = re.compile(r"[，,。；;、（）()”\"\n]|直?至|到|多年|等|期间|以来|时|后|的时候|一职|职务|$")


class LifeReader:
    """Compiled once from `lookups["titles"]`.

    Args:
        lookups: Parsed seed files by stem; reads `titles`.
        chain: Reads the titles of a stretch.
    """

    def __init__(self, lookups: Mapping[str, Any], chain: TitleChain) -> None:
        appoint = lookups["titles"]["appoint"]
        self._chain = chain
        self._past = frozenset(appoint["held"])
        later = any_of([*appoint["later"], *appoint["held"]])
        self._later = re.compile(
            "[，,；;](?:[^，,。；;]{0,8}?[年月]起?|[还也现并后又仍]|同时|如今|现在|目前|眼下){0,2}"
            f"(?P<verb>{later}|(?<=[仍起还])担任|(?<=[年月起])任|(?=代理)|(?<=[还也又现今在前下])是)"
        )
        self._of_him = re.compile(
            "[他她](?:今年[0-9]{2}岁[，,]|[也还现本]|现在|目前|如今|同时|其实|(?P<past>原来|以前|此前|之前|过去|曾经?|退休前))*"
            f"(?P<verb>{any_of([*appoint['holds'], *appoint['held']])})"
        )
        self._of_life = re.compile(f"(?P<past>(?:曾?先后)?)(?P<verb>{later})")

    def profile(self, context: ArticleContext, person: Mention) -> list[dict[str, Any]]:
        """某某是畲族，曾任某职，还兼任某职: later clauses of a sentence that names nobody else."""
        rows: list[dict[str, Any]] = []
        limit = min(sentence_end(context.text, person.end), person.end + MAX_PROFILE)
        others = [m.start for m in context.mentions_in(person.end, limit, "person")]
        for found in self._later.finditer(context.text, person.end + 1, min(others, default=limit)):
            past = found["verb"] in self._past
            told = self._clauses(context, person, found.end(), limit, past=past)
            rows += [row for row in told if found["verb"] != "是" or row["organization_text"] is not None]
        return rows

    def further(
        self, context: ArticleContext, person: Mention, start: int, told: list[dict[str, Any]], *, past: bool
    ) -> list[dict[str, Any]]:
        """甲是乙会副会长，高级农艺师，丙社理事长: clauses from `start` on that are titles alone.

        An office without a body (甲，乙局党组书记，局长。) is of the one `told` last.
        """
        rows: list[dict[str, Any]] = []
        while context.text[start - 1 : start] in {"，", ","}:
            end = clause_end(context.text, start)
            title = self._chain.grammar.match_end(context.text[start:end])
            bodies = context.mentions_in(start, end, "organization", "person")
            opens = bool(bodies) and bodies[0].start == start
            is_other = any(m.entity_type == "person" for m in bodies)
            if title is None or is_other or (title.start > 0 and not opens):
                break
            found = self.appositive(context, person, start, end, rule="title_by_verb", past=past)
            last = next((row for row in reversed([*told, *rows]) if row["organization_text"]), None)
            for row in found:
                if last and row["organization_text"] is None and row["rank"] != "profession":
                    row |= {key: last[key] for key in BODY_KEYS}
            rows += found
            start = end + 1
        return rows

    def at_work(self, context: ArticleContext) -> list[dict[str, Any]]:
        """1998年他在甲厂当车间主任, 后来又在乙公司做过经理: where somebody worked, and as what."""
        rows: list[dict[str, Any]] = []
        text = context.text
        for body in context.mentions:
            verb = _WORKED.match(text, body.end) if body.entity_type == "organization" else None
            at = _AT.search(text, max(0, body.start - _MAX_AT), body.start) if verb else None
            if verb is None or at is None:
                continue
            title = self._chain.grammar.match_start(text, verb.end())
            number = context.sentence_at(body.start)
            if title is None or number < 0:
                continue
            start = context.sentences[number][0]
            people = context.mentions_in(start, body.start, "person")
            if not people and context.paragraph(start)[0] < start:
                people = context.mentions_in(context.sentences[number - 1][0], start, "person")
            clause = max(start, max(text.rfind(mark, start, body.start) for mark in "，；：,;:") + 1)
            if len({m.text for m in people}) != 1 or not _HE_THEN.fullmatch(
                text[clause : at.start()].replace(people[-1].text, "他")
            ):
                continue
            if _KIN.search(text, people[-1].end, body.start):
                # 甲今年57岁，儿子去年进了某厂当技术员
                continue
            past = _ONCE.search(text, max(start, clause - len("1998年，")), title.end + len("时")) is not None
            words = text[title.start : title.end]
            held = Held(replace(title, is_former=past), words, body.start, body, body.text)
            rows.append(
                role_row(context, people[-1], held, rule="title_at_work", confidence=0.8, end=title.end)
            )
        return rows

    def of_pronouns(self, context: ArticleContext) -> list[dict[str, Any]]:
        """某某说。他原来是某社副主任。: a sentence about the one person whom the sentence before names.

        A life goes on without saying who (甲，男，汉族。历任乙局副局长、局长。现任丙。).
        """
        rows: list[dict[str, Any]] = []
        told: Mention | None = None
        for (start, end), (begin, close) in zip(context.sentences, context.sentences[1:], strict=False):
            is_his = context.text[begin] in "他她"
            opened = (self._of_him if is_his else self._of_life).match(context.text, begin, close)
            if opened is None or context.paragraph(start) != context.paragraph(begin):
                told = None
                continue
            people = context.mentions_in(start, end, "person")
            if people:
                is_one = len({m.text for m in people}) == 1 and (is_his or people[0].start == start)
                told = people[-1] if is_one else None
            if told is None:
                continue
            past = bool(opened["past"]) or opened["verb"] in self._past
            found = self._clauses(context, told, opened.end(), close, past=past)
            rows += [row for row in found if row["organization_text"] is not None]
        return rows

    def _clauses(
        self, context: ArticleContext, person: Mention, start: int, limit: int, *, past: bool
    ) -> list[dict[str, Any]]:
        """历任甲局副局长、局长，乙市副市长，……: clauses from `start` on that hold titles, and nobody else."""
        rows: list[dict[str, Any]] = []
        while True:
            end = clause_end(context.text, start)
            if context.mentions_in(start, end, "person") or context.text.startswith("拟", start):
                return rows
            found = self.appositive(context, person, start, end, rule="title_by_verb", past=past)
            rows += found
            is_end = end + 1 >= limit or context.text[end] not in "，,；;"
            if not found or is_end or self._later.match(context.text, end):
                return rows
            start = end + 1

    def appositive(
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
        titles, end = self.behind(context, start, limit, may_go_on=rule == "title_by_verb")
        # 某某是组织路线的优秀代表: praise, no office.
        titles = [held for held in titles if not ("的" in held.text and held.text.endswith("代表"))]
        return [
            role_row(context, person, held.as_former() if past else held, rule=rule, confidence=0.85, end=end)
            for held in titles
        ]

    def behind(
        self, context: ArticleContext, start: int, limit: int, *, may_go_on: bool
    ) -> tuple[list[Held], int]:
        """The titles that a stretch holds, and where the last of them ends."""
        last: Title | None = None
        position = start
        while (title := self._chain.grammar.search(context.text, position, limit)) is not None:
            last, position = title, title.end
            if context.text.startswith("职务", position):
                break
        if last is None:
            return [], start
        tail = context.text[last.end : limit]
        if tail and not (may_go_on and _GOES_ON.match(tail)):
            return [], start
        return self._chain.read(context, start, last.end), last.end
