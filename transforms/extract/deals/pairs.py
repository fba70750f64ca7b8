"""Whom 双方 and 两家 stand for in a deal that only the weights read: the two of the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import is_same

_BOTH = re.compile("(?:双方|彼此|两[家边方社校院馆所店厂地市县区镇村])(?![案面法式向便])")
_OTHER = {"buyer": "seller", "seller": "buyer", "builder": "builder"}
_TWO, _BACK = 2, 2


def add_pairs(context: ArticleContext, found: Sequence[Candidate]) -> None:
    """Give deals that speak of both, and name one side or none, the two bodies told last; in place."""
    for candidate in found:
        named = [p for p in candidate.parties if p.mention is not None]
        if len(named) >= _TWO or not _BOTH.search(context.without_names(candidate.start, candidate.end)):
            continue
        pair = _pair_before(context, candidate.start)
        if len(pair) != _TWO:
            continue
        role = named[0].role if named else "partner"
        own = [m for m in pair if named and named[0].mention and is_same(m, named[0].mention)]
        if named and not own:
            continue
        others = [m for m in pair if m not in own]
        parties = [replace(named[0])] if own else []
        candidate.parties = parties + [Party.of(m, _OTHER.get(role, "partner")) for m in others]


def _pair_before(context: ArticleContext, position: int) -> list[Mention]:
    """The two bodies of the last sentence before that names any, if it names two."""
    number = context.sentence_at(position)
    for start, end in reversed(context.sentences[max(0, number - _BACK) : number]):
        bodies: list[Mention] = []
        for mention in context.mentions_in(start, end, "organization"):
            if not any(is_same(mention, other) for other in bodies):
                bodies.append(mention)
        if bodies:
            return bodies
    return []
