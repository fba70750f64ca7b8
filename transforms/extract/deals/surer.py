"""Types and stages that rules read of words which say something else as a whole: counted weights mend them.

A rule reads its own word: 共建的基地首批投苗 was 共建 and so signed. The weights of `deal_odds` see all words
of the stretch; where they are much surer of another reading, and of one that such words are often meant by,
theirs holds. What a rule heard of hopes, talks and ends is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.odds import OddsReader, Span, Weights, sum_of

# How many log odds more; tried on pages of every hand left out in turn.
_SURE_OF_TYPE, _SURE_OF_STAGE = 4.0, 3.0
_TYPES = {
    "cooperation_agreement": frozenset(
        {"project", "supply_contract", "transfer", "financing", "equity_investment", "acquisition"}
    ),
    "project": frozenset({"institution", "won_bid", "supply_contract"}),
    "institution": frozenset({"project"}),
}
_STAGES = {
    "signed": frozenset({"negotiating", "building", "operating"}),
    "landed": frozenset({"proposed", "building"}),
    "building": frozenset({"negotiating", "proposed", "operating"}),
    "operating": frozenset({"proposed"}),
}


def mend(
    context: ArticleContext,
    odds: OddsReader,
    items: Sequence[Span],
    found: Sequence[Candidate],
    type_of: Callable[[Candidate], str],
) -> None:
    """Set type and stage of deals that stand alone in their item, where the weights are sure of others.

    Args:
        context: The article.
        odds: Knows the weights.
        items: Stretches of its sentences, see `items_of`.
        found: All deals that the rules read; changed in place.
        type_of: The type that the rules give a deal.
    """
    for start, end in items:
        deal = _alone(found, start, end)
        if deal is None:
            continue
        others = [c for c in found if c is not deal]
        held = odds.runs(context, start, end).union(odds.stands(context, start, end, others))
        kind = type_of(deal)
        surer = _surer(odds.types, held, kind, _TYPES, _SURE_OF_TYPE)
        if surer != kind:
            deal.kind = kind = surer
        held.update(odds.stages(context, start, end), [f"type {kind}"])
        deal.stage = _surer(odds.stages_of, held, deal.stage, _STAGES, _SURE_OF_STAGE)


def _alone(found: Sequence[Candidate], start: int, end: int) -> Candidate | None:
    """The deal that an item holds whole, if it holds no part of another."""
    inside = [c for c in found if c.start < end and start < c.end]
    return inside[0] if len(inside) == 1 and start <= inside[0].start < inside[0].end <= end else None


def _surer(
    classes: Mapping[str, Weights],
    features: set[str],
    read: str,
    may_be: Mapping[str, frozenset[str]],
    margin: float,
) -> str:
    """The class that the weights are most for, if it may be meant and they are much less for the one read."""
    if read not in may_be or read not in classes:
        return read
    sums = {name: sum_of(weights, features) for name, weights in classes.items()}
    best = max(sums, key=lambda name: (sums[name], name))
    return best if best in may_be[read] and sums[best] - sums[read] > margin else read
