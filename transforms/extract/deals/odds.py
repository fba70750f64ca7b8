"""Deals told in words that no rule has an order for: counted weights say that a stretch tells one.

What the rules leave of a sentence is weighed by its runs of up to three characters, with names blanked by
their kind, and by how much of it was told before. The weights are log odds; `tests/benchmarks/fit_deals.py`
counts them on pages with a reader's rows. Who deals, in what and how far is read from names and words as ever.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.extract.context import ArticleContext
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.works import WorksKernels
from transforms.extract.deals.model import Candidate, Party

Span = tuple[int, int]
RULE = "odds"

# Letters that normalised text does not have.
_BLANKS = {"company": "Ｃ", "bank": "Ｂ", "university": "Ｕ", "government": "Ｇ", "party": "Ｇ"}  # noqa: RUF001
_BLANK_OF_TYPE = {"organization": "Ｏ", "person": "Ｐ", "place": "Ｌ"}  # noqa: RUF001
_WORKS = frozenset({"project", "institution", "joint_laboratory", "joint_venture"})
_ROLES = {
    "project": ("investor", "partner"),
    "institution": ("builder", "partner"),
    "joint_venture": ("investor", "investor"),
    "supply_contract": ("buyer", "seller"),
    "financing": ("investor", "target"),
    "acquisition": ("buyer", "target"),
    "equity_investment": ("investor", "target"),
    "equity_transfer": ("buyer", "seller"),
    "transfer": ("buyer", "seller"),
    "won_bid": ("contractor", "owner"),
}
_CONTRACTS = re.compile("(?:总?承建|施工|总包|中标|设计|代建)")
_PAPER = re.compile("《[^《》]{3,40}(?:协议|合同|备忘录|协定|意向书)[^《》]{0,6}》")
_NO_CUES = frozenset("的了在，。、一是与和")
_NUMBER, _SPACE = re.compile(r"[0-9]+(?:\.[0-9]+)?"), re.compile(r"\s+")
_SIZE_CHARS, _LARGEST, _END_CHARS, _LEAST = 15, 6, 4, 1.5


class OddsReader(KernelReader):
    """Compiled once from the lookups; reads `deal_odds`."""

    def __init__(self, readers: Readers, works: WorksKernels) -> None:
        super().__init__(readers)
        self._works = works
        odds: Mapping[str, Any] = readers.lookups["deal_odds"]
        self._deal: Mapping[str, float] = odds["deal"]
        self._types: Mapping[str, Mapping[str, float]] = odds["types"]
        runs = {run for weights in (self._deal, *self._types.values()) for run in weights if run}
        self._runs = AhoCorasick(sorted(runs), implementation=Implementation.DFA)

    def find(
        self, context: ArticleContext, items: Sequence[Span], found: Sequence[Candidate]
    ) -> list[Candidate]:
        """Deals of those items that no candidate touches."""
        told = []
        for start, end in left_over(items, found):
            features = {*self._runs.find_matches_as_strings(blanked(context, start, end), overlapping=True)}
            features.update(standing(context, start, end, found))
            log_odds = sum(self._deal.get(name, 0.0) for name in features) + self._deal[""]
            if log_odds >= _LEAST and (deal := self._read(context, start, end, features)):
                deal.confidence = 1 / (1 + math.exp(-log_odds))
                told.append(deal)
        return told


    def _read(
        self, context: ArticleContext, start: int, end: int, features: set[str]
    ) -> Candidate | None:
        kind = max(self._types, key=lambda name: sum(self._types[name].get(f, 0.0) for f in features | {""}))
        cues = self._works.words(context, start, end)
        title = self._title(context, start, end, kind, cues)
        parties = self._deal_sides(context, start, end, kind, title)
        if not title and not parties:
            return None
        told = [(c.span("verb"), self._works.how_far(context, start, c)) for c in cues]
        if kind in _WORKS and told:
            done = [t for t in told if t[1] != "proposed"]
            cue, stage = (done or told)[-1]
            base = stage
        else:
            cue = self._cue(context, start, end)
            stage = self._stages.read("signed", context.without_names(start, cue[0]), context.text[cue[1] : end])
            base = "signed"
            if self._words["ends"].search(context.text, start, end):
                stage = "ended"
            elif stage == "signed" and self._words["talks"].search(context.text, start, end):
                stage = "negotiating"
        return Candidate(start, end, cue, stage=stage, base=base, rule=RULE, hint=kind, title=title, parties=parties)

    def _cue(self, context: ArticleContext, start: int, end: int) -> Span:
        """The run of most weight that stands in the text."""
        words = context.without_names(start, end)
        held = [run for run in self._deal if run in words and run not in _NO_CUES]
        best = max(held, key=lambda run: self._deal[run] * len(run), default="")
        first = start + words.index(best) if best else start
        return first, first + max(len(best), 1)

    def _title(
        self, context: ArticleContext, start: int, end: int, kind: str, cues: list[re.Match[str]]
    ) -> Span | None:
        """A paper's title between 《 and 》, or the first name of works."""
        text = context.text
        paper = _PAPER.search(text, start, end)
        if paper and kind not in _WORKS:
            return paper.span()
        heads = self._works.heads(context, start, end, cues) if kind in _WORKS else []
        if not heads:
            return None
        title, _ = self._names.named(context, start, heads)
        return title if self._names.is_name(context, title) else None

    def _deal_sides(
        self, context: ArticleContext, start: int, end: int, kind: str, title: Span | None
    ) -> list[Party]:
        """The bodies of an item, else the firm of the text; roles by kind and order."""
        bodies = [
            m
            for m in context.mentions_in(start, end, "organization")
            if not (title and title[0] < m.end <= title[1]) and m.subtype != "media"
        ]
        if not bodies:
            firm = self._topic.firm(context, start)
            bodies = [firm] if firm else []
        first, second = _ROLES.get(kind, ("partner", "partner"))
        parties, seen = [], set()
        for m in bodies:
            if m.text in seen:
                continue
            seen.add(m.text)
            ahead, behind = context.text[max(0, m.start - 2) : m.start], context.text[m.end : m.end + 6]
            role = first if not parties else second
            if kind in _WORKS and m.subtype in {"government", "party"}:
                role = "host"
            if _CONTRACTS.match(behind):
                role = "contractor"
            parties.append(Party.of(m, role))
        return parties


def left_over(items: Sequence[Span], found: Sequence[Candidate]) -> Iterator[Span]:
    """Items in which no candidate and none of its parties stands."""
    spans = sorted(
        span for c in found for span in ((c.start, c.end), *c.more, *((p.start, p.end) for p in c.parties))
    )
    for start, end in items:
        if not any(a < end and start < b for a, b in spans):
            yield start, end


def blanked(context: ArticleContext, start: int, end: int) -> str:
    """The text of an item with a letter for each name and 0 for each number, between ^ and $."""
    parts, position = ["^"], start
    for mention in context.mentions_in(start, end):
        letter = _BLANKS.get(mention.subtype or "") or _BLANK_OF_TYPE.get(mention.entity_type)
        if letter and mention.start >= position:
            parts += [context.text[position : mention.start], letter]
            position = mention.end
    words = "".join([*parts, context.text[position:end], "$"])
    return _SPACE.sub("", _NUMBER.sub("0", words))


def standing(
    context: ArticleContext, start: int, end: int, found: Sequence[Candidate]
) -> Iterator[str]:
    """How an item stands to the deals that were read: features by name."""
    bodies = {m.text for m in context.mentions_in(start, end, "organization")}
    before = [c for c in found if c.start < start]
    known = {p.mention.text for c in found for p in c.parties if p.mention}
    earlier = {p.mention.text for c in before for p in c.parties if p.mention}
    text = context.text[start:end]
    ends = (context.text[slice(*c.title)][-_END_CHARS:] for c in found if c.title)
    yield f"bodies {min(len(bodies), 3)}"
    yield f"told bodies {min(len(bodies & earlier), 2)}"
    yield f"new bodies {min(len(bodies - known), 2)}"
    yield f"deals {min(len(before), 3)}"
    yield f"size {min((end - start) // _SIZE_CHARS, _LARGEST)}"
    if any(words in text for words in ends if len(words) == _END_CHARS):
        yield "told title"
