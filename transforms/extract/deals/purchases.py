"""A paper and the purchase that it was signed for: one deal."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.same import title_text

PURCHASES = frozenset({"acquisition", "equity_transfer"})
_SIGNED = "signed"
_BARE = re.compile("(?:正式|框架|意向|初步|股权|股份|转让|收购|合作)*(?:协议书?|合同书?|意向书|备忘录)?")


def fill_paper(context: ArticleContext, paper: Candidate, purchase: Candidate) -> bool:
    """Gives a paper what is bought, if its seller signed it for that: 签约，拟收购后者持有的某厂35%股权."""
    is_here = context.sentence_at(purchase.cue[0]) == context.sentence_at(paper.cue[0])
    is_bare = _BARE.fullmatch(title_text(context, paper) or "") is not None
    known = _names(purchase)
    sells = any(p.role == "seller" and p.mention for p in paper.parties)
    is_paper = paper.rule == _SIGNED and is_bare and purchase.rule == "bought"
    if not (is_here and is_paper and sells and _names(paper) & known):
        return False
    others = [p for p in paper.parties if p.mention and p.mention.text not in known]
    paper.title, paper.more = purchase.title, [*paper.more, (purchase.cue[0], purchase.end)]
    paper.parties = [*purchase.parties, *others]
    return True


def is_of_purchase(context: ArticleContext, purchase: Candidate, paper: Candidate) -> bool:
    """Whether a purchase or its paper has the sides of the one before, or some of them in its sentence."""
    told, sides = _names(purchase), _names(paper)
    is_here = context.sentence_at(purchase.start) == context.sentence_at(paper.start)
    return told == sides or (is_here and paper.rule == _SIGNED and bool(sides) and sides < told)


def _names(candidate: Candidate) -> set[str]:
    return {p.mention.text for p in candidate.parties if p.mention}
