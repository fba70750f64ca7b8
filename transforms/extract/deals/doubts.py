"""How sure the deals are that rules read: counted weights, which drop the least sure.

A rule knows the words that it was written for, not what else they may mean: a peace agreement is signed, a
sentence names a plant of 1958, words that are no name stand where a name was sought. What a row is made of
is weighed as a whole. All weights are log odds that `tests/benchmarks/fit_doubts.py` counts on rows that
rules read of pages with a reader's rows and of invented news.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.context import ArticleContext
from transforms.extract.deals.links import LinkReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.odds import LETTERS, OddsReader, Span, blanked, kind_of

_LEAST, _NEVER, _FEWEST_SENTENCES = -2.0, -2.9, 3
_TRUCE = re.compile("(?:停火|停战|休战|停止敌对行动|和平|换俘)(?:协[议定]|条约)")
_DOUBTED, _TOLD = frozenset({"bought", "signed"}), re.compile("股[权份]|[0-9][%％]|[0-9][万亿]|批准|获批")
_FEWEST_ODDS, _MOST_ODDS, _MOST_PARTIES = -6, 8, 3
_TITLE_CHARS, _LONGEST_TITLE, _NAME_CHARS, _LONGEST_NAME = 3, 6, 2, 4
# How a row stands to others tells; how long its story is tells only where it was printed.
_STANDING = ("bodies", "told bodies", "new bodies")


class DoubtReader:
    """Built once from the lookups; reads `deal_doubts`."""

    def __init__(self, lookups: Mapping[str, Any], links: LinkReader, odds: OddsReader) -> None:
        self._weights: Mapping[str, float] = lookups["deal_doubts"]
        self._links, self._odds = links, odds

    def weigh(self, context: ArticleContext, items: Sequence[Span], found: Sequence[Candidate]) -> None:
        """Tell every deal of an article how sure it is (`Candidate.log_odds`).

        Args:
            context: The article.
            items: Stretches of its sentences, see `items_of`.
            found: All deals that the rules read.
        """
        for candidate in found:
            features = self.features(context, items, candidate, found)
            weights = (self._weights[name] for name in features if name in self._weights)
            candidate.log_odds = math.fsum(weights) + self._weights[""]

    @staticmethod
    def sure(context: ArticleContext, found: Sequence[Candidate]) -> list[Candidate]:
        """Without those that the weights are against.

        What a story begins with or tells in a sentence or two is its subject, however few words it has,
        unless nine of ten such purchases or papers are wrong; the works of a list stay together, and a whole
        with its phases.
        """
        found = [c for c in found if c.log_odds is None or c.log_odds >= _NEVER or not _is_bare(context, c)]
        if len(context.sentences) < _FEWEST_SENTENCES:
            return found
        lead = context.sentences[0][1]
        kept = [c for c in found if c.start < lead or c.log_odds is None or _is_sure(context, c)]
        told = {id(c) for c in kept} | {id(c.whole) for c in found}
        lists = {context.sentence_at(c.start) for c in kept if c.is_each}
        return [c for c in found if id(c) in told or (c.is_each and context.sentence_at(c.start) in lists)]

    def features(
        self,
        context: ArticleContext,
        items: Sequence[Span],
        candidate: Candidate,
        found: Sequence[Candidate],
    ) -> set[str]:
        """What a deal is made of, by name."""
        touched = [(a, b) for a, b in items if a < candidate.end and candidate.start < b]
        start = min((a for a, _ in touched), default=candidate.start)
        end = max((b for _, b in touched), default=candidate.end)
        start, end = min(start, candidate.start), max(end, candidate.end)
        others = [c for c in found if not (c.start < end and start < c.end)]
        stands = set(self._odds.stands(context, start, end, others))
        odds = round(self._odds.weigh(self._odds.runs(context, start, end), stands))
        kind = self._links.deal_type(candidate, context.text)
        return {
            f"odds {max(_FEWEST_ODDS, min(odds, _MOST_ODDS))}",
            f"rule {candidate.rule}",
            f"rule {candidate.rule} {kind}",
            f"cue {context.text[slice(*candidate.cue)]}",
            f"type {kind}",
            f"stage {candidate.stage}",
            f"{kind} {candidate.stage}",
            *(name for name in stands if name.startswith(_STANDING)),
            *_of_parties(kind, candidate.parties),
            *(feature for party in candidate.parties for feature in _of_party(context, party)),
            *_of_title(context, kind, candidate.title),
        }


def _is_sure(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether a deal that a story tells by the way is likely one, and no truce."""
    is_truce = _TRUCE.search(context.text, candidate.start, candidate.end)
    return (candidate.log_odds or 0.0) >= _LEAST and not is_truce


def _is_bare(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether a purchase or paper is told without its other side, or without a share, sum or approval."""
    is_told = _TOLD.search(context.text, candidate.start, candidate.end)
    return candidate.rule in _DOUBTED and not (is_told and len(candidate.parties) > 1)


def _of_parties(kind: str, parties: Sequence[Party]) -> Iterator[str]:
    kinds = {kind_of(party.mention) for party in parties}
    yield f"parties {min(len(parties), _MOST_PARTIES)}"
    yield f"parties {min(len(parties), _MOST_PARTIES)} {kind}"
    yield f"parties {kind} {' '.join(sorted(kinds))}"


def _of_party(context: ArticleContext, party: Party) -> Iterator[str]:
    name = "".join(context.text[party.start : party.end].split())
    of, tags, read_as = kind_of(party.mention), _tags(name), "name" if party.mention else "words"
    yield f"party {of}"
    yield f"party {of} {party.role}"
    yield f"party {party.role} {name[-1:]}"
    yield f"party size {min(len(name) // _NAME_CHARS, _LONGEST_NAME)}"
    yield f"party from {tags[0]}"
    yield f"party to {tags[-1]}"
    yield f"party {read_as}"
    yield f"{read_as} from {tags[0]}"
    yield f"{read_as} to {tags[-1]}"


def _of_title(context: ArticleContext, kind: str, title: Span | None) -> Iterator[str]:
    if title is None:
        yield "no title"
        yield f"no title {kind}"
        return
    name = "".join(context.text[slice(*title)].split())
    letter, tags = blanked(context, *title)[1:2], _tags(name)
    yield f"title {kind}"
    yield f"title size {min(len(name) // _TITLE_CHARS, _LONGEST_TITLE)}"
    yield f"title from {tags[0]}"
    yield f"title to {tags[-1]}"
    yield f"title begins {letter if letter in LETTERS else tags[0]}"
    if len(tags) == 1:
        yield "title of one word"


def _tags(words: str) -> list[str]:
    return [part_of_speech for _, part_of_speech in tag(words)] or [""]
