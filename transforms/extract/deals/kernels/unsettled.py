"""Deals that are talked of, planned or given up, with a side that often has no name (杭州一家基金)."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_around
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.kernels.trade import FIRST_BUYS, GIVES
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import BANK
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_DEED = DEALS.compile(
    r"(?P<joint_venture>合资|合股|合营)"
    r"|(?P<equity_transfer>股[权份](?:协议)?转让|转让[^，。；]{0,8}股[权份])"
    r"|(?P<acquisition>收购|并购|兼并|换股|买下)"
    r"|(?P<equity_investment>入股|参股|增资|注资|(?:[A-F天使]|战略|首)\+?轮(?:融资)?|投资意向书?|战略投资)"
    r"|(?P<transfer>(?:技术|专利|工艺|品种|商标|配方)[^，。；]{0,8}?(?:许可|授权|转让|引进|买)|(?:许可|授权)(?=谈判|一事|合同|协议))"
    r"|(?P<supply_contract>供货|供应(?!链|商)|[专直特]供|经销|包销|采购|订货|进口|购销|订单)"
)
# 与深圳一家基金, 有杭州一家机构, 收购越南某省一家电机厂
_NAMELESS = re.compile(
    r"(?P<side>[与和同跟被由向有]|收购|并购|兼并|买下|参股|入股)(?:了)?[^，。；]{0,12}?(?:一家|某家|某|另一家|[一两]个)[^，。；与和]{0,10}?"
    r"(?:企业|公司|厂家?|集团|机构|基金|商社|商|资本|国企|央企|超市|矿|平台|银行|农场|酒庄|品牌|院|大学|协会|商会)"
)
_NAMED = re.compile(r"(?P<side>[与和同跟被由]|收购|并购)(?:了)?[^，。；与和]{0,10}$")
_OF_FUND = re.compile("基金|资本|机构|投资")


class UnsettledKernels(KernelReader):
    """Compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        kernels = readers.lookups["deal_types"]["kernels"]
        self._ends = re.compile(f"(?:{any_of([*kernels['ends'], *kernels['gives_up']])})")

    def told(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A deed, a word of talks or of their end, who deals and with whom, who may have no name."""
        text = context.text
        deed = _DEED.search(text, start, end)
        if deed is None or context.is_inside(deed.start()):
            return None
        left, right = clause_around(context, start, end, deed)
        ended = self._ends.search(text, left, end)
        talks = self._words["bargains"].search(text, left, right)
        words = context.without_names(left, right)
        if not (ended or talks) or self._words["rumours"].search(words) or self._words["sums"].search(words):
            return None
        nameless = _NAMELESS.search(words)
        bodies = [m for m in context.mentions_in(left, right, "organization") if not BANK.search(m.text)]
        beside = [(m, named["side"]) for m in bodies if (named := _NAMED.search(text, left, m.start))]
        others = [m for m, _ in beside]
        if not (nameless or others) or any(OFFICE.search(m.text) for m in bodies):
            return None
        side = nameless["side"] if nameless else beside[0][1]
        cue = left + nameless.start() if nameless else others[0].start
        subject = [] if not nameless or nameless["side"] != "有" else others[:1]
        # 曾有一家机构与某厂签过意向书: the firm is named behind.
        actor = Party.of(subject[0]) if subject else self._sides.acting(context, start, left, cue, but=others)
        if actor is None:
            return None
        kind = str(deed.lastgroup)
        role, other_role = _roles(kind, side, text[left:right], is_nameless=bool(nameless))
        parties = [Party(actor.start, actor.end, actor.mention, role)]
        parties += [Party.of(m, other_role) for m in others if m not in subject]
        return Candidate(
            left,
            right,
            deed.span(),
            stage="ended" if ended else "negotiating",
            base="signed",
            hint=kind,
            parties=parties,
            confidence=0.55,
        )


def _roles(kind: str, side: str, words: str, *, is_nameless: bool) -> tuple[str, str]:
    """Roles of who deals and of the other side."""
    if kind == "acquisition":
        # 某厂与一家集团谈收购: whoever has no name buys; 甲与乙谈收购: whom the sentence is about does.
        is_bought = side in "被由" or (is_nameless and side in "与和同跟有")
        return ("target", "buyer") if is_bought else ("buyer", "target")
    if kind == "equity_investment":
        is_funded = (is_nameless and side in "与和同跟被由向有") or _OF_FUND.search(words)
        return ("target", "investor") if is_funded else ("investor", "target")
    if kind == "equity_transfer":
        return "seller", "buyer"
    if kind == "transfer":
        return ("seller", "buyer") if GIVES.search(words) else ("buyer", "seller")
    if kind == "supply_contract":
        return ("buyer", "seller") if FIRST_BUYS.search(words) else ("seller", "buyer")
    return "partner", "partner"
