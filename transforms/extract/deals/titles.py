"""What a deal is called where no rule reads it: 冷库, “飞地互设”备忘录, 钢渣综合利用项目.

Stretches of a deal's sentence that end as titles do, or stand in quotes, are weighed by their words, their
edges, what stands around them and how they stand to the deal. The weights are log odds;
`tests/benchmarks/fit_titles.py` counts them on texts with a reader's rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.model import Candidate
from transforms.extract.quotations.spans import SPOKEN
from transforms.extract.tagged import BLANKS, Word, kinds_of, words_in
from transforms.normalize.words import Words

Span = tuple[int, int]

_LEAST, _LEAST_OF_ENDS, _DOUBTED, _REFUSED = 0.0, 0.5, -1.0, -2.0
_SHORTEST, _LONGEST, _HEAD = 2, 24, 2
_MOST = 3
_NO_NAME = re.compile('[^\\w“”‘’"《》（）()·#+.-]|的')
_QUOTED = re.compile('[“"「《]([^，。；！？\n“”"「」《》]{2,20})[”"」》]')
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
_PAUSE = re.compile("[，；：]")


class TitleReader:
    """Built once from the lookups; reads `title_odds`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        told = lookups["title_odds"]
        self._odds: Mapping[str, float] = told["odds"]
        self._heads = frozenset(told["heads"])
        self._words = Words()

    def add(
        self,
        context: ArticleContext,
        items: Sequence[Span],
        found: Sequence[Candidate],
        kinds: Sequence[str],
    ) -> None:
        """Give deals without a title, or with one that the weights are against, what they are for.

        Args:
            context: The article.
            items: Stretches of its sentences, see `items_of`.
            found: All deals; their titles are changed in place.
            kinds: Their types.
        """
        better: list[tuple[float, int, Span]] = []
        for number, (candidate, kind) in enumerate(zip(found, kinds, strict=True)):
            asked, title = dict(self.asked(context, items, candidate, kind)), candidate.title
            own = self._weigh(asked[title]()) if title in asked else None
            for span, features in asked.items():
                least = _LEAST if title is None else _least(span, title, own)
                if least < math.inf and (odds := self._weigh(features())) > least:
                    better.append((odds, number, span))
        done: set[int] = set()
        for _, number, (start, end) in sorted(better, reverse=True):
            others = (c.title for c in found if c.title and c is not found[number])
            if number not in done and all(end <= first or last <= start for first, last in others):
                found[number].title = start, end
                # Where it says so holds the name.
                found[number].end = max(found[number].end, end)
                done.add(number)

    def _weigh(self, features: set[str]) -> float:
        return math.fsum(self._odds[name] for name in features if name in self._odds) + self._odds[""]

    def asked(
        self, context: ArticleContext, items: Sequence[Span], candidate: Candidate, kind: str
    ) -> Iterator[tuple[Span, Callable[[], set[str]]]]:
        """Stretches that may be what a deal is called, and what tells their features by name.

        Most are not asked for: the rules have named the deal, and the weights are for that name.
        """
        text, begin = context.text, candidate.start
        stop = max((candidate.end, *(b for a, b in items if a < candidate.end and begin < b)))
        words = words_in(text, begin, stop)
        mentions = context.mentions_in(begin, stop)
        bounds = {at for at, *_ in words} | {at + len(word) for at, word, _ in words}
        for quote in _QUOTED.finditer(text, begin, stop):
            span = quote.span(1)
            # “双方还在商量价格”: what somebody said.
            if SPOKEN.search(quote[1]):
                continue
            yield span, partial(self._features, context, candidate, kind, span, "quoted", words, mentions)
        for end in range(begin + _SHORTEST, stop + 1):
            head = text[end - _HEAD : end]
            if head not in self._heads:
                head = head[1:]
                if head not in self._heads or self._words.frequency(text[end - _HEAD : end]):
                    continue
            if end not in bounds or any(m.start < end < m.end for m in mentions):
                continue
            for start, word, _ in reversed(words):
                if start > end - _SHORTEST:
                    continue
                if start < end - _LONGEST or _NO_NAME.search(word):
                    break
                name = text[start:end]
                is_cut = any(m.start < start < m.end for m in mentions)
                if is_cut or any(name.count(a) != name.count(b) for a, b in _PAIRS):
                    continue
                span = start, end
                yield span, partial(self._features, context, candidate, kind, span, head, words, mentions)

    def _features(
        self,
        context: ArticleContext,
        candidate: Candidate,
        kind: str,
        span: Span,
        head: str,
        words: Sequence[Word],
        mentions: Sequence[Mention],
    ) -> set[str]:
        text, (start, end) = context.text, span
        name, commonness = text[start:end], self._words.commonness
        before = next((m for m in mentions if m.end == start), None)
        behind = next((m for m in mentions if m.start == end), None)
        held = [m for m in mentions if start <= m.start and m.end <= end]
        inside = [word for word in words if start <= word[0] < end]
        ahead = [(word, kind_) for at, word, kind_ in words if at < start][-2:]
        following = [(word, kind_) for at, word, kind_ in words if at >= end][:2]
        front = BLANKS[before.entity_type] if before else text[start - 1 : start]
        back = BLANKS[behind.entity_type] if behind else text[end : end + 1]
        kind_of_first = BLANKS[held[0].entity_type] if held and held[0].start == start else "no"
        own = [p for p in candidate.parties if start <= p.start and p.end <= end]
        whole = next((p.role for p in own if (p.start, p.end) == span), "no")
        low, high = sorted((candidate.cue[0], start))
        pauses = min(_MOST, len(_PAUSE.findall(text, low, high)))
        side = "before" if start < candidate.cue[0] else "behind"
        features = {
            f"head {head}",
            f"{kind} {head}",
            f"kind {kind}",
            f"e1 {name[-1]}",
            f"e3 {name[-3:]}",
            f"last {inside[-1][1] if inside else name}",
            f"size {len(name)}",
            f"words {min(len(inside), 6)}",
            f"a {'0' if back.isdigit() else back or '$'}",
            f"b {'0' if front.isdigit() else front or '^'}",
            f"b2 {text[max(0, start - 2) : start]}",
            f"a2 {text[end : end + 2]}",
            f"first {kind_of_first}",
            f"holds {min(_MOST, len(held))} {len(own)}",
            f"party {whole} {kind}",
            f"tags {kinds_of(inside)}",
            f"common {commonness(name)}",
            f"wl {commonness(text[start - 1 : start + 1])}",
            f"q {name[0] in '“《'}{front in ('“', '《')}",
            f"{side} {pauses}",
            f"{side} {kind} {pauses}",
            f"within {end <= candidate.end}",
            f"stage {candidate.stage} {side}",
            f"rule {candidate.rule}",
            *(f"p {word}" for word, _ in ahead),
            *(f"n {word}" for word, _ in following),
            *(f"tb {kind_}" for _, kind_ in ahead[-1:]),
            *(f"ta {kind_}" for _, kind_ in following[:1]),
            *(f"w {word}" for _, word, _ in inside),
        }
        if inside:
            features |= {f"fw {inside[0][1]}", f"ft {inside[0][2]}", f"lt {inside[-1][2]}"}
        if ahead:
            features.add(f"pp {' '.join(word for word, _ in ahead)}")
        return features


def _least(span: Span, title: Span, own: float | None) -> float:
    """Odds that a stretch needs to take the place of a title, whose own are None where it is no stretch.

    Of 展会上签约的某项目 the end is the name: the weights may take off its front if they like what is left.
    """
    if span[1] == title[1]:
        return _LEAST_OF_ENDS if span[0] > title[0] and (own is None or own < _DOUBTED) else math.inf
    is_apart = span[1] <= title[0] or title[1] <= span[0]
    return _LEAST if is_apart and own is not None and own < _REFUSED else math.inf
