"""Whom 双方 and 两家 stand for in a deal that only the weights read: the two that were named last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.merge import last_two
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import is_same

_BOTH = re.compile("(?:双方|彼此|两[家边方社校院馆所店厂地市县区镇村])(?![案面法式向便])")
_OTHER = {"buyer": "seller", "seller": "buyer", "builder": "builder"}


def add_pairs(context: ArticleContext, found: Sequence[Candidate]) -> None:
    """Give deals that speak of both, and name one side or none, the two bodies told last; in place."""
    for candidate in found:
        own = candidate.parties
        if len(own) > 1 or not _BOTH.search(context.without_names(candidate.start, candidate.end)):
            continue
        two, end = last_two(context, candidate)
        # 甲、乙和丙坐到一起。双方…: any two of them would be a guess.
        sentence = context.sentences[context.sentence_at(max(0, end - 1))]
        told = [Party.of(m) for m in context.mentions_in(*sentence, "organization")] if two else []
        if not all(any(_are_same(body, side) for side in two) for body in told):
            continue
        others = [p for p in two if not any(_are_same(p, side) for side in own)]
        # Who is none of the two deals with nobody of them.
        if two and len(others) + len(own) == len(two):
            role = _OTHER.get(own[0].role, "partner") if own else "partner"
            candidate.parties = [*own, *(replace(p, role=role) for p in others)]


def _are_same(one: Party, other: Party) -> bool:
    return one.mention is not None and other.mention is not None and is_same(one.mention, other.mention)
