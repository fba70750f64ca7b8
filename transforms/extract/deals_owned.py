"""Goods and technology told by whose they are: 拍下某大学3项专利, 脐橙由某超市包销, 某专利从某所引进."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract import deals_trade_words as told
from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_actors import ActorReader
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader

_MAX_PLACE, _MIN_THING, _MAX_OWN, _MAX_OWNER, _TWO = 6, 2, 200, 30, 2


class OwnedRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)

    def find(
        self, context: ArticleContext, start: int, end: int, *, is_right: bool, is_goods: bool
    ) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence, which may name a right or goods."""
        text = context.text
        is_passed = is_right and told.ANY_PASSED.search(text, start, end)
        for pattern in (told.PASSED, told.PASSED_TO) if is_passed else ():
            for found in islice(pattern.finditer(text, start, end), MAX_CUES):
                yield from self._passed(context, found, "transfer")
        if is_right or told.GRANT.search(text, start, end) or "引进" in text[start:end]:
            yield from self._owned(context, start, end, told.TAKES)
            is_from = told.ANY_FROM.search(text, start, end)
            for found in islice(told.TOPIC_FROM.finditer(text, start, end), MAX_CUES) if is_from else ():
                yield from self._of_article(context, start, found, "transfer")
        if told.ANY_TAKER.search(text, start, end):
            yield from self._owned(context, start, end, told.BUYS_ALL)
            for found in islice(told.BY_BUYER.finditer(text, start, end), MAX_CUES):
                yield from self._passed(context, found, "supply_contract")
        is_supplied = told.ANY_SUPPLIED.search(text, start, end)
        for found in islice(told.SUPPLIED_BY.finditer(text, start, end), MAX_CUES) if is_supplied else ():
            yield from self._of_article(context, start, found, "supply_contract")
        for found in islice(told.TWO_NAMED.finditer(text, start, end), MAX_CUES):
            yield from self._two_named(context, start, found)
        if is_goods:
            for pattern in (told.ORDERED_BY, told.WISHES):
                for found in islice(pattern.finditer(text, start, end), MAX_CUES):
                    yield from self._of_article(context, start, found, "supply_contract")
        if told.PRICED.search(text, start, end):
            yield from self._owned(context, start, end, told.BUYS)
        if told.ANY_ORDER.search(text, start, end):
            yield from self._owned(context, start, end, told.WINS)

    def _passed(self, context: ArticleContext, found: re.Match[str], hint: str) -> Iterator[Candidate]:
        """What was sold stands in front, opened by whose it was; who took it behind 给, 被 or 由."""
        text = context.text
        verb = found.start() if found.re is told.PASSED_TO else found.start("verb")
        left = clause_start(context, context.paragraph(found.start())[0], verb)
        until = found.start() if found.re is told.BY_BUYER else found.start("verb")
        owner = next(iter(context.mentions_in(left, until, "organization")), None)
        others = self._parties.coordination(context, *found.span("whom"), "buyer", is_anchored=False)
        others = [p for p in others if p.mention and p.mention.entity_type == "organization"]
        if owner is None or not others or any(p.mention == owner for p in others):
            return
        if found.re is told.BY_BUYER and told.SUM.search(text, left, found.end()):
            return
        begin = owner.end + (text[owner.end : owner.end + 1] == "的")
        stop = until if found.re is told.BY_BUYER else found.end("title")
        if not begin < stop or "，" in text[begin:stop]:
            return
        parties = [Party.of(owner, "seller"), *others]
        yield self._candidate(context, left, found, hint, parties, (begin, stop))

    def _owned(
        self, context: ArticleContext, start: int, end: int, verbs: re.Pattern[str]
    ) -> Iterator[Candidate]:
        """拍下某大学3项专利, 拿下某公司的订单: whose it is stands right behind the verb."""
        text, hint = context.text, "transfer" if verbs is told.TAKES else "supply_contract"
        for found in islice(verbs.finditer(text, start, end), MAX_CUES):
            names = context.mentions_in(found.end(), min(end, found.end() + _MAX_OWNER), "organization")
            owner = names[0] if names else None
            if owner is None or owner.start - found.end() > _MAX_PLACE or context.is_inside(found.start()):
                continue
            if text[found.end() : owner.start] and not context.mentions_in(found.end(), owner.start, "place"):
                continue
            right = clause_end(text, owner.end, end)
            title = self._title(text, found, owner, right)
            left = clause_start(context, start, found.start())
            if title is None or (verbs is not told.TAKES and told.SUM.search(text, left, right)):
                continue
            actor, other = ("seller", "buyer") if verbs is told.WINS else ("buyer", "seller")
            actors = self._actors.actors(context, start, left, found.start(), actor)
            actors = [p for p in actors if p.mention is None or p.mention.entity_type == "organization"]
            if not any(p.mention and p.mention.text != owner.text for p in actors):
                continue
            parties = [*actors, Party.of(owner, other)]
            yield self._candidate(context, left, found, hint, parties, title)

    @staticmethod
    def _title(text: str, found: re.Match[str], owner: Mention, right: int) -> tuple[int, int] | None:
        """What is bought, as the words behind its owner say it; none where they say no such thing."""
        if found.re in (told.BUYS_ALL, told.BUYS):
            begin = owner.end + (text[owner.end : owner.end + 1] == "的")
            is_told = found.re is told.BUYS_ALL or told.PRICED.match(text, right)
            return (begin, right) if is_told and right - begin >= _MIN_THING else None
        pattern = told.THEIR_ORDER if found.re is told.WINS else told.THINGS_TAKEN
        thing = pattern.match(text, owner.end, right)
        if thing is None:
            return None
        # An office grants leave to everybody; a firm or school to one.
        is_leave = told.GRANT.search(text, owner.end, right) and not told.OFFICE.search(owner.text)
        if found.re is told.TAKES and found["verb"] in told.GRANTED and not is_leave:
            return None
        return thing.span("title")

    def _of_article(
        self, context: ArticleContext, start: int, found: re.Match[str], hint: str
    ) -> Iterator[Candidate]:
        """The side that the words leave out is the firm that the paragraph, or else the article, is about."""
        left = clause_start(context, start, found.start())
        is_topic = found.re in (told.TOPIC_FROM, told.SUPPLIED_BY)
        whom = found.groupdict().get("whom")
        sides = self._parties.coordination(context, *found.span("whom"), is_anchored=False) if whom else []
        if is_topic:
            named = context.mentions_in(left, found.start("verb"), "organization")
            named = [m for m in named if m.end <= found.end("title")]
            acting = [Party.of(m) for m in named[:1]]
        else:
            acting = self._actors.actors(context, start, left, found.start(), "buyer")
        sides = [p for p in sides if p.mention and p.mention.entity_type == "organization"]
        acting = [p for p in acting if p.mention and p.mention.entity_type == "organization"]
        known = [p.mention for p in (*sides, *acting) if p.mention]
        if (is_topic and not acting) or (found.re is told.ORDERED_BY and not sides):
            body = self._parties.topic.firm(context, left, known)
            if is_topic:
                acting = [Party.of(body)] if body else []
            else:
                sides = [Party.of(body)] if body else []
        if not acting or not (sides or found.re is told.WISHES):
            return
        parties = [
            *(Party(p.start, p.end, p.mention, "buyer") for p in acting),
            *(Party(p.start, p.end, p.mention, "seller") for p in sides),
        ]
        stage = "negotiating" if found.re is told.WISHES else ""
        begin, stop = found.span("title")
        # 某公司的干燥技术从某大学引进
        begin = max(begin, *(p.end + (context.text[p.end] == "的") for p in acting if p.end < stop), 0)
        yield self._candidate(context, left, found, hint, parties, (begin, stop), stage)

    def _two_named(self, context: ArticleContext, start: int, found: re.Match[str]) -> Iterator[Candidate]:
        """买方是甲，卖方是乙."""
        parties = [
            replace(p, role=role)
            for group, role in (("whom", "buyer"), ("who", "seller"))
            for p in self._parties.coordination(context, *found.span(group))
        ]
        if len(parties) == _TWO and any(p.mention for p in parties):
            left = clause_start(context, start, found.start())
            yield self._candidate(context, left, found, "supply_contract", parties, None)

    def _candidate(
        self,
        context: ArticleContext,
        left: int,
        found: re.Match[str],
        hint: str,
        parties: list[Party],
        title: tuple[int, int] | None,
        stage: str = "",
    ) -> Candidate:
        stop = max(found.end(), title[1] if title else 0)
        end = clause_end(context.text, stop, context.paragraph(left)[1])
        before = context.without_names(left, found.start("verb"))
        return Candidate(
            start=min([left, *(p.start for p in parties if p.start >= left - _MAX_OWN)]),
            end=end,
            cue=found.span("verb"),
            base=stage or "signed",
            stage=stage or self._stages.read("signed", before, ""),
            left=left,
            rule="traded",
            hint=hint,
            title=title,
            parties=parties,
            confidence=0.82,
        )
