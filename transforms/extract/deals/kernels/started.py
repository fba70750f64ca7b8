"""Firms that begin to make something, and new plants that a firm has built somewhere, by their kernel."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

# 某公司6月18日正式点火投产; 某公司用某料烧制某板，6月18日点火
_STARTS = DEALS.compile(
    "(?:正式|顺利|全面|成功|建成|一次)*(?P<verb>(?:点火|开机|试车|建成)?投产|试产|试生产|点火|开工生产|投料试车)了?(?=[，。；,]|$)"
)
# 去年在河源建成新厂, 在越南办了一家分厂
_BUILT = DEALS.compile(
    r"[在到](?P<where>[^，。；在]{2,14}?)(?:刚刚?|又|新|独资|投资)*(?P<verb>[建办开盖设](?:成|起|好)?来?)了?(?:一?[座个家间])?"
    r"(?P<what>(?:新|分|总装|老|第?[二三四])?(?:工厂|车间|厂|仓库|生产基地|中转仓))(?=[，。；,]|$)"
)
_DENIED = re.compile("未|没|不|尚|拟|将|计划|打算|准备|预计|力争|争取|想|要|希望|如果|能否|可")
_OPENS, _NEXT = re.compile(r"(?:^|[，。；：—、])\s*$"), re.compile("[二三四五]期|扩建|技改")


class StartedKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence."""

    def started(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that goes into production on a day that is told, and no works of it are named."""
        text = context.text
        for found in _STARTS.finditer(text, start, end):
            left = clause_start(context, start, found.start())
            if context.is_inside(found.start("verb")) or self._names.nouns.work.search(text, start, left):
                continue
            firm = self._maker(context, start, left, found.start())
            before = context.without_names(firm.end if firm else left, found.start())
            days = context.dates_in(firm.end if firm else left, found.start("verb"))
            if firm is None or not days or _DENIED.search(before) or context.is_ahead(left, found.end()):
                continue
            # 去年1月投产，今年又上二期: the phase is what is news.
            stop = context.paragraph(start)[1]
            if self._is_no_deal(context, left, found.end()) or _NEXT.search(text, found.end(), stop):
                continue
            return Candidate(
                min(left, firm.start),
                found.end(),
                found.span("verb"),
                stage="operating",
                base="operating",
                hint="project",
                parties=[Party.of(firm, "owner")],
            )
        return None

    def _maker(self, context: ArticleContext, start: int, left: int, stop: int) -> Mention | None:
        """The firm right in front of the verb but for days, or that of which the clauses before tell."""
        here = context.mentions_in(left, stop, "organization")
        if here:
            is_near = not unfilled(context, here[-1].end, stop, slack=False)
            return here[-1] if is_near and self._topic.is_firm(here[-1]) else None
        if unfilled(context, left, stop, slack=False):
            return None
        ahead = context.mentions_in(start, left, "organization")
        opens = ahead[0] if len(ahead) == 1 and _OPENS.search(context.text[start : ahead[0].start]) else None
        return opens if opens and self._topic.is_firm(opens) else None

    def built(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A plant without a name that a firm has built in another place: 去年在河源建成新厂."""
        found = _BUILT.search(context.text, start, end)
        if found is None or not context.mentions_in(*found.span("where"), "place"):
            return None
        left = clause_start(context, start, found.start())
        before = context.without_names(left, found.start("verb"))
        if _DENIED.search(before) or self._is_no_deal(context, left, found.end()):
            return None
        firms = [
            m for m in context.mentions_in(left, found.start(), "organization") if self._topic.is_firm(m)
        ]
        firm = firms[-1] if firms else self._topic.own(context, left, found.start())
        firm = firm or self._sides.speaker(context, start, left)
        if firm is None or not self._topic.is_firm(firm):
            return None
        what = found.span("what")
        return Candidate(
            left,
            found.end(),
            found.span("verb"),
            stage="operating",
            base="operating",
            hint="project",
            title=what if what[1] - what[0] > 1 else None,
            parties=[Party.of(firm, "investor")],
        )
