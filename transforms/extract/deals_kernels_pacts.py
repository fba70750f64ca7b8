"""Pacts by their kernel: two bodies beside each other and a word of a pact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_clauses import clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_topic import AREA, is_within
from transforms.extract.patterns import patterns_of

# Two bodies beside each other, and the words of a pact.
_BESIDE = re.compile(
    r"[^，。；：]{0,24}?(?:与|和|同|跟|及|暨|携手|牵手|对接|托管|委托|联合|联手|结对)[^，。；：]{0,12}"
)
_PACT = re.compile(
    r"签(?=[订署约下了定的一完成过])|约定|达成|谈妥|谈成|谈定|敲定|商定|议定|共建|合建|合办|合资|托管|联合建|合作建|结对|结为|缔结|共同出资|交换文本|换文"
)
_JOINTLY = re.compile(r"[^，。；]{0,6}?(?:共建|合建|合办|签|结为|缔结|结对|联合|共同)")
_WITH = re.compile(r"(?:与|和|同|跟|向)(?:来自)?[^，。；：]{0,12}?$")


class PactKernels:
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._topic, self._words = parties.topic, patterns_of(lookups["deal_types"]["kernels"])
        self._stages = stages

    def agreed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two bodies side by side and a word of a pact."""
        text = context.text
        if not (_PACT.search(text, start, end) or self._words["talks"].search(text, start, end)):
            return None
        if self._words["hopes"].search(text, start, end) or self._words["sums"].search(text, start, end):
            return None
        sides = self._pair(context, start, end)
        # 签约项目座谈会上说甲与乙…: what is told stands behind who does it.
        begin = max(start, sides[0].start) if sides else start
        cue = _PACT.search(text, begin, end) or self._words["talks"].search(text, begin, end)
        if not sides or cue is None:
            return None
        left = sides[0].end if sides[0].start >= start else start
        stage = self._stages.read("signed", context.without_names(left, max(left, cue.start())), "")
        if self._words["talks"].search(text, start, end) and stage == "signed":
            stage = "negotiating"
        stage = "ended" if self._words["ends"].search(text, start, end) else stage
        if stage == "proposed":
            return None
        firms = [m for m in sides if self._topic.is_firm(m)]
        areas = [m for m in sides if AREA.search(m.text)]
        is_works = bool(firms and areas and self._words["builds"].search(text, start, end))
        roles = {id(m): "host" if m in areas else "investor" for m in sides} if is_works else {}
        hint = "project" if is_works else "cooperation_agreement"
        return Candidate(
            start=max(start, sides[0].start),
            end=max(sides[-1].end, cue.end()),
            cue=cue.span(),
            base="signed",
            stage=stage,
            left=left,
            rule="kernel",
            hint="joint_venture" if "合资" in text[start:end] else hint,
            parties=[Party.of(m, roles.get(id(m), "partner")) for m in sides],
            confidence=0.6,
        )

    def _pair(self, context: ArticleContext, start: int, end: int) -> list[Mention]:
        """Bodies side by side with what joins them, or one behind 与 and the firm that the text is about."""
        text = context.text
        bodies = [
            m
            for m in context.mentions_in(start, end, "organization", "place")
            if m.entity_type == "organization" or AREA.search(m.text)
        ]
        for number, (one, other) in enumerate(pairwise(bodies)):
            if is_within(one, other) or not _BESIDE.fullmatch(text, one.end, other.start):
                continue
            chain = [one, other]
            for following in bodies[number + 2 :]:
                if not re.fullmatch(r"、|和|与|及|以及", text[chain[-1].end : following.start]):
                    break
                chain.append(following)
            if any(m.entity_type == "organization" for m in chain) or _JOINTLY.match(text, other.end, end):
                return chain
        for other in bodies:
            left = clause_start(context, start, other.start)
            if other.entity_type == "organization" and _WITH.search(text[left : other.start]):
                actor = self._topic.firm(context, left, [other])
                return [actor, other] if actor else []
        return []
