"""Goods and technology that change hands: deliveries, orders, patents, licences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals_actors import ActorReader
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_owned import OwnedRules
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_trade_words import (
    AGREED,
    ALL_TAKEN,
    AMOUNTS,
    ANAPHOR,
    ANY_ORDER,
    AWARDED,
    BOUGHT_FOR,
    BUYER_IS,
    CONTRACT,
    DELIVERED,
    FROM_SELLER,
    GIVEN,
    HAS_BUYER,
    LICENSED,
    MADE_FOR,
    OF_PLACE,
    ORDERED,
    ORDERED_AT,
    PASSES_TO,
    PLACED_ORDER,
    RIGHTS,
    SOLD_TO,
    SUM,
    TAKEN,
    TAKEN_FROM,
    TELLS_ORDER,
    UNNAMED,
    WON_ORDER,
)


class TradeRules:
    """Rules over verbs of delivering, ordering and licensing."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)
        self._of_owner = OwnedRules(lookups, parties, stages)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        is_right = RIGHTS.search(context.text, start, end) is not None
        is_goods = AMOUNTS.search(context.text, start, end) is not None
        yield from self._of_owner.find(context, start, end, is_right=is_right, is_goods=is_goods)
        for pattern in (TAKEN, TAKEN_FROM, LICENSED, GIVEN, PASSES_TO) if is_right else ():
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                buys = pattern not in (GIVEN, PASSES_TO)
                yield from self._trade(context, start, end, found, "transfer", buys=buys)
        for pattern in (DELIVERED, ORDERED, ALL_TAKEN, ORDERED_AT, MADE_FOR) if is_goods else ():
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                if self._is_contract(context, found):
                    buys = found["verb"] in FROM_SELLER
                    yield from self._trade(context, start, end, found, "supply_contract", buys=buys)
        if "元的" in context.text[start:end]:
            for found in islice(BOUGHT_FOR.finditer(context.text, start, end), MAX_CUES):
                if not SUM.search(context.text, clause_start(context, start, found.start()), found.end()):
                    buys = found["verb"] in FROM_SELLER
                    yield from self._trade(context, start, end, found, "supply_contract", buys=buys)
        if ANY_ORDER.search(context.text, start, end):
            for found in islice(AWARDED.finditer(context.text, start, end), MAX_CUES):
                yield from self._trade(context, start, end, found, "supply_contract", buys=True)
            for pattern in (WON_ORDER, PLACED_ORDER, SOLD_TO, BUYER_IS, HAS_BUYER):
                for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                    if not SUM.search(context.text, clause_start(context, start, found.start()), found.end()):
                        yield from self._ordered(context, start, end, found)

    def _ordered(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """Orders: one side stands beside the verb, the other may be who the article is about."""
        text, buys = context.text, found.re is PLACED_ORDER
        left = clause_start(context, start, found.start())
        others = (
            self._parties.coordination(context, *found.span("whom"), is_anchored=False)
            if found["whom"]
            else []
        )
        others = [p for p in others if p.mention and p.mention.entity_type != "place"]
        if found["whom"] and not others:
            words = OF_PLACE.fullmatch(text, *found.span("whom"))
            is_firm = words and self._actors.names_firm(words["name"]) and not UNNAMED.search(words["name"])
            others = [Party(*words.span("name"), None)] if words and is_firm else []
        until = found.start()
        actors = self._parties.coordination(context, left, until, is_anchored=False)
        actors = [p for p in actors if p.mention and p.mention.entity_type == "organization"]
        known = [p.mention.text for p in (*actors, *others) if p.mention]
        if buys and actors and not others:
            before = context.mentions_in(context.paragraph(left)[0], left, "organization")
            body = next((m for m in reversed(before) if m.text not in known), None)
            others = [Party.of(body)] if body else []
        elif not actors and not buys:
            body = self._parties.topic.subject(context, start, left, "organization")
            body = body or self._parties.topic.subject(context, 0, start, "organization")
            actors = [Party.of(body)] if body and body.text not in known else []
        if not actors or not others:
            return
        actor, other = ("buyer", "seller") if buys else ("seller", "buyer")
        right = clause_end(text, found.end(), end)
        before_verb = context.without_names(left, found.start("verb"))
        yield Candidate(
            start=min([left, *(p.start for p in actors if p.start >= start)]),
            end=right,
            cue=found.span("verb"),
            base="signed",
            stage=self._stages.read("signed", before_verb, text[found.end() : right]),
            left=left,
            rule="ordered",
            hint="supply_contract",
            title=found.span("title") if "title" in found.groupdict() else None,
            parties=[*(replace(p, role=actor) for p in actors), *(replace(p, role=other) for p in others)],
            confidence=0.8,
        )

    def _is_contract(self, context: ArticleContext, found: re.Match[str]) -> bool:
        first, last = context.sentences[max(0, context.sentence_at(found.start()))]
        left = clause_start(context, first, found.start())
        is_told = found.re in TELLS_ORDER or CONTRACT.search(context.text, first, last)
        left = first if found.re is ORDERED_AT else left
        is_sum = SUM.search(context.text, left, found.end())
        return bool(is_told) and not (
            is_sum and not (is_sum[0] == "每年" and AGREED.search(context.text, first, last))
        )

    def _trade(
        self,
        context: ArticleContext,
        start: int,
        end: int,
        found: re.Match[str],
        hint: str,
        *,
        buys: bool,
    ) -> Iterator[Candidate]:
        text = context.text
        left = clause_start(context, start, found.start())
        actor, other = ("buyer", "seller") if buys else ("seller", "buyer")
        actors = self._actors.actors(context, start, left, found.start(), actor)
        others = self._parties.coordination(
            context, found.start("whom"), found.end("whom"), other, is_anchored=False
        )
        others = others or self._bare(context, found, other)
        bare = actors[0] if actors and actors[0].mention is None else None
        if not actors or (bare and ANAPHOR.fullmatch(text, bare.start, bare.end)):
            body = self._parties.topic.subject(context, 0, found.start(), "organization")
            actors = [Party.of(body, actor)] if body else []
        actors = [p for p in actors if p.mention is None or p.mention.entity_type != "place"]
        named = [p.mention.text for p in others if p.mention]
        actors = [p for p in actors if p.mention is None or p.mention.text not in named]
        others = [
            p
            for p in others
            if (p.mention is None or p.mention.entity_type != "place")
            and not UNNAMED.search(text[p.start : p.end])
        ]
        if not actors or not (others or (hint == "transfer" and found.re is not PASSES_TO)):
            return
        right = clause_end(text, found.end(), end)
        # 应 of 某某供应链 is no plan: the names end where they are written to end.
        behind = max([left, *(self._parties.name_end(context, p) for p in actors if p.end <= found.start())])
        before = context.without_names(behind, found.start())
        stage = self._stages.read("signed", before, text[found.end() : right])
        yield Candidate(
            start=min([left, *(p.start for p in actors if p.start >= start)]),
            end=right,
            cue=found.span("verb"),
            base="signed",
            stage=stage,
            left=left,
            rule="traded",
            hint=hint,
            title=found.span("title"),
            parties=[*actors, *(replace(p, role=other) for p in others)],
            confidence=0.86,
        )

    def _bare(self, context: ArticleContext, found: re.Match[str], role: str) -> list[Party]:
        begin, stop = found.span("whom")
        names = self._actors.names_firm(context.text[begin:stop])
        return (
            [Party(begin, stop, None, role)]
            if names and not context.mentions_in(begin, stop, "organization")
            else []
        )
