"""Who holds a firm and how much is paid into it, told by the change itself and by no verb of buying.

某公司的控股股东由甲变更为乙; 某公司注册资本增至5亿元，新增部分由甲认缴; 某公司完成增资，甲出资3亿元
"""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_CHANGES = DEALS.compile(
    "(?:控股股东|实际控制人|实控人|第一大股东|大股东)(?:[将已拟]|目前|近日|日前)*由(?P<from>[^，。；]{2,30}?)"
    "(?P<verb>变更为|变更成|变为|换成|易主为)(?P<to>[^，。；]{2,30})"
)
_RAISES = DEALS.compile(
    "(?:(?:注册资本|股本)[^，。；]{0,24}?(?P<grows>增至|增加到?|增资至|提高到|增到)|增加注册资本|(?P<done>完成)了?增资(?:扩股)?)"
    "[^，。；]{0,16}[，,](?:新增(?:部分|注册资本|资本|股份)?)?(?:全部|均)?由?"
    "(?P<who>[^，。；]{2,40}?)(?:以现金)?(?:全额|全部|分别|各)*(?P<verb>认缴|认购|出资|缴纳|注资)"
)


class CapitalKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence."""

    def changed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """某公司的控股股东由甲变更为乙: the first sells, the other buys."""
        found = _CHANGES.search(context.text, start, end)
        if found is None:
            return None
        sides = [
            *self._parties.coordination(context, *found.span("from"), "seller"),
            *self._parties.coordination(context, *found.span("to"), "buyer"),
        ]
        roles = {p.role for p in sides if p.mention}
        return self._of(context, start, found, "equity_transfer", sides) if len(roles) > 1 else None

    def raised(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """某公司注册资本增至5亿元，新增部分由甲认缴: who pays is named behind."""
        found = _RAISES.search(context.text, start, end)
        if found is None:
            return None
        sides = self._parties.coordination(context, *found.span("who"), "investor", is_anchored=False)
        deal = self._of(context, start, found, "equity_investment", sides) if sides else None
        if deal and found["done"] and deal.stage == "signed":
            deal.stage = "operating"
        return deal

    def _of(
        self, context: ArticleContext, start: int, found: re.Match[str], hint: str, sides: list[Party]
    ) -> Candidate | None:
        left = clause_start(context, start, found.start())
        known = {p.mention.text for p in sides if p.mention}
        firms = [m for m in context.mentions_in(left, found.start(), "organization") if m.text not in known]
        firm = (
            firms[-1] if firms else self._sides.firm(context, left, [p.mention for p in sides if p.mention])
        )
        if firm is None:
            return None
        deal = self._candidate(context, left, found.end(), found.span("verb"), hint, sides)
        deal.parties = [*sides, Party.of(firm, "target")]
        return deal
