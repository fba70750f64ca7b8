"""Deals told in words that no other rule has an order for.

The rules of the other modules read constructions (甲向乙发放贷款). What they leave is read by its kernel:
a word of lending, shares, trade, works or a pact, and the names around it or the firm of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from transforms.extract.context import ArticleContext, is_short_of
from transforms.extract.deals.kernels.agreed_on import AgreedOnKernels
from transforms.extract.deals.kernels.base import Readers
from transforms.extract.deals.kernels.bids import BidKernels
from transforms.extract.deals.kernels.both import BothKernels
from transforms.extract.deals.kernels.capital import CapitalKernels
from transforms.extract.deals.kernels.ceremonies import CeremonyKernels
from transforms.extract.deals.kernels.couples import CoupleKernels
from transforms.extract.deals.kernels.equity import EquityKernels
from transforms.extract.deals.kernels.firms import FirmKernels
from transforms.extract.deals.kernels.founded import FoundedKernels
from transforms.extract.deals.kernels.funds import FundKernels
from transforms.extract.deals.kernels.given import GivenKernels
from transforms.extract.deals.kernels.goes_on import GoesOnKernels
from transforms.extract.deals.kernels.headed import HeadedKernels
from transforms.extract.deals.kernels.lists import ListKernels
from transforms.extract.deals.kernels.money import MoneyKernels
from transforms.extract.deals.kernels.moves import MoveKernels
from transforms.extract.deals.kernels.notices import NoticeKernels
from transforms.extract.deals.kernels.opened import OpenedKernels
from transforms.extract.deals.kernels.pacts import PactKernels
from transforms.extract.deals.kernels.papers import PaperKernels
from transforms.extract.deals.kernels.plans import PlanKernels
from transforms.extract.deals.kernels.plants import PlantKernels
from transforms.extract.deals.kernels.premises import PremisesKernels
from transforms.extract.deals.kernels.priced import PricedKernels
from transforms.extract.deals.kernels.runs import RunKernels
from transforms.extract.deals.kernels.services import ServiceKernels
from transforms.extract.deals.kernels.shares import ShareKernels
from transforms.extract.deals.kernels.sites import SiteKernels
from transforms.extract.deals.kernels.started import StartedKernels
from transforms.extract.deals.kernels.talks import TalkKernels
from transforms.extract.deals.kernels.ties import TieKernels
from transforms.extract.deals.kernels.trade import TradeKernels
from transforms.extract.deals.kernels.unsettled import UnsettledKernels
from transforms.extract.deals.kernels.whose import WhoseKernels
from transforms.extract.deals.kernels.works import WorksKernels
from transforms.extract.deals.links import LinkReader
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.works import PART
from transforms.extract.gated import DEALS

# 有网友称甲将收购乙，公司回应称消息不实
_HEARSAY = DEALS.compile(
    "(?:(?:网友|传闻|传言|坊间|有消息)[^，。；]{0,3}[称说传指]|网传)[^。；]{2,60}?[，,][^。；]{0,16}?(?:不实|不属实|否认|辟谣|并无此事|没有此事|子虚乌有)"
)
_FOR_BOTH = re.compile(r"代表|签字|双方|协议上|合同上|文本")
# 该基地由甲与乙共同出资
_POINTS = re.compile(
    r"\s*(?:其中[，,]?)?[该此这](?:[一]?[座个家条])?(?:项目|工程|基地|园区|中心|厂|线|院|平台|产业园)由"
)
_POINTED = re.compile("(?:项目|工程|实验室|研究院|基地|中心)(?!部)")
_ON_THAT = re.compile("(?:该|此)?(?:项目|工程|电站)")
_PHASE = re.compile("第?[一二三四五六首]期(?:工程|项目|厂房|工厂|建设)?")
_MAX_GOES_ON, _MAX_BESIDE, _MIN_TITLE_CHARS = 600, 80, 6
# What an item does not tell by its kernel once one of these was read in it; purchases are told beside all.
_BESIDE_ALL: frozenset[str] = frozenset()
_FINANCING = frozenset({"financing"})
_SHARES = frozenset({"financing", "equity_investment", "equity_transfer", "acquisition", "joint_venture"})
_CONTROL = frozenset({"acquisition", "equity_transfer", "equity_investment", "transfer"})
# Of these a rule may have read one side only.
_OF_TWO = frozenset({"supply_contract", "equity_investment"})
_TRADE = frozenset({"supply_contract", "transfer", "won_bid", "acquisition"})
_UNSETTLED = _SHARES | _TRADE | {"project"}
_NO_WORKS = frozenset({"supply_contract", "financing", "equity_investment", "equity_transfer", "transfer"})
_WORKS = frozenset({"project", "institution", "joint_laboratory", "won_bid", "joint_venture"})
# A paper with a name of its own says what was agreed: 签署备忘录，拟共建某实验室.
_TITLED = frozenset({"titled_paper"})
_PAPERS = frozenset({"cooperation_agreement", "strategic_agreement"})
_BIDS = frozenset({"won_bid"})
_FOUNDED = _WORKS | _TITLED
_STANDS = frozenset({"unveiled", "operating", "building"})
# Papers and what two found.
_PACTS = frozenset(
    {"cooperation_agreement", "strategic_agreement", "joint_venture", "institution", "joint_laboratory"}
)
# What is founded beside a purchase or a licence is a deal of its own.
_BODIES = frozenset({"institution", "joint_laboratory"})
_Read = Callable[[ArticleContext, int, int], Candidate | list[Candidate] | None]


class KernelRules:
    """What the other rules leave; compiled once.

    Attributes:
        papers: Reads papers without a verb, also for lists of them.
        priced: Reads lists of works with their sums, in front of all other rules.
        headed: Reads lists of works under headings, a paragraph each, likewise; so does `notices`, of bids.
        bids: Reads won bids, whatever else an item tells; so do `ties` and, of signed papers, `pacts`.
        works: Reads the names of works and how far they are.
    """

    def __init__(self, readers: Readers, links: LinkReader) -> None:
        self._links = links
        money, shares, trade = MoneyKernels(readers), ShareKernels(readers), TradeKernels(readers)
        self.pacts, self.papers = PactKernels(readers), PaperKernels(readers)
        works, sites, plans = WorksKernels(readers), SiteKernels(readers), PlanKernels(readers)
        lists, founded, opened = ListKernels(readers, works), FoundedKernels(readers), OpenedKernels(readers)
        premises, runs, whose = PremisesKernels(readers), RunKernels(readers), WhoseKernels(readers)
        capital = CapitalKernels(readers)
        moves, started = MoveKernels(readers), StartedKernels(readers)
        self.priced, self.headed = PricedKernels(readers), HeadedKernels(readers)
        self.notices = NoticeKernels(readers)
        self.works, self._money = works, money
        self.goes_on, self.bids, self.ties = (
            GoesOnKernels(readers, works),
            BidKernels(readers),
            TieKernels(readers),
        )
        plants, services = PlantKernels(readers), ServiceKernels(readers)
        unsettled, both, talks = UnsettledKernels(readers), BothKernels(readers), TalkKernels(readers)
        all_readers: tuple[tuple[frozenset[str] | None, _Read], ...] = (
            (_BESIDE_ALL, EquityKernels(readers).bought),
            (_WORKS, whose.told),
            (_WORKS, whose.paid),
            (_WORKS, whose.first),
            (_WORKS, whose.researched),
            (_WORKS, founded.owned),
            (_WORKS, founded.jointly),
            (_FOUNDED, founded.founded_with),
            (_WORKS | _PAPERS, AgreedOnKernels(readers).opened),
            (None, talks.stopped),
            (None, talks.talked),
            (_UNSETTLED, unsettled.told),
            (_FINANCING | _PAPERS, money.lent),
            (_SHARES, shares.shared),
            (_FINANCING, money.issued),
            (_FINANCING, money.placed),
            (_CONTROL, shares.taken_over),
            (_SHARES, capital.changed),
            (_SHARES, capital.raised),
            (_TRADE, services.given),
            (_TRADE, services.done_by),
            (_TRADE, services.supplied),
            (_TRADE, services.came),
            (_TRADE, services.going_to),
            (_PAPERS, services.renewed),
            (_CONTROL, plants.bought),
            (_CONTROL, plants.taken_by),
            (_CONTROL, shares.fallen),
            (_CONTROL, shares.closed),
            (_CONTROL, GivenKernels(readers).given),
            (_CONTROL, shares.led_to),
            (_CONTROL, plants.sold),
            (_TRADE, trade.passed),
            (_TRADE, trade.traded),
            (_BIDS, self.bids.won),
            (_WORKS, opened.opened),
            (_FOUNDED, founded.alone),
            (_FOUNDED, FirmKernels(readers).firms),
            (_CONTROL, premises.taken),
            (_CONTROL, premises.sold),
            (_WORKS, premises.turned),
            (_SHARES, FundKernels(readers).set_up),
            (None, premises.eyed),
            (_WORKS, plans.brought),
            (_WORKS, CeremonyKernels(readers).held),
            (_WORKS, lists.each),
            (_WORKS, works.built),
            (_WORKS, runs.first),
            (_WORKS, runs.dated),
            (None, runs.beside),
            (_WORKS, sites.owned),
            (_WORKS, sites.phased),
            (_PAPERS, self.papers.listed),
            (None, self.papers.named),
            (None, self.pacts.agreed),
            (None, self.papers.joined),
            (None, both.agreed),
            (None, both.listed),
            (_WORKS, sites.settled),
            (_WORKS, plans.planned),
            (None, plans.withdrawn),
            (None, plans.in_talks),
            (None, self.ties.launched),
            (None, premises.plain),
            (_WORKS, premises.rented),
            (_WORKS, premises.moved),
            (_WORKS, premises.planned),
            (_WORKS, moves.moved),
            (_WORKS, moves.placed),
            (_WORKS, CoupleKernels(readers).opened),
            (_WORKS, started.started),
            (_WORKS, started.built),
            (None, self.papers.titled),
        )
        self._readers = [(types, read, DEALS.needed_by(read)) for types, read in all_readers]

    def find(
        self, context: ArticleContext, start: int, end: int, told: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence, at most two.

        Args:
            context: The article.
            start: Offset of the item; `end` likewise.
            end: See above.
            told: What was read in it and before it already.
        """
        if _HEARSAY.search(context.text, start, end):
            return
        spans = [(a, b, deal) for deal in told for a, b in ((deal.start, deal.end), *deal.more)]
        around = [
            (b, deal, self._links.deal_type(deal, context.text))
            for a, b, deal in spans
            if a < end and start < b
        ]
        # 签下甲的一笔大单: who else is in it, the words of trade tell.
        lone = [(d, kind) for _, d, kind in around if kind in _OF_TWO and len(d.parties) == 1]
        here = {kind for _, deal, kind in around if (deal, kind) not in lone}
        if any(kind in _PAPERS and deal.title for _, deal, kind in around):
            here |= _TITLED
        points = any(0 < start - a < _MAX_GOES_ON for a, *_ in spans) and _POINTS.match(
            context.text, start, end
        )
        first: list[Candidate] = []
        is_open = DEALS.open_in(context.text, start, end)
        for types, read, needed in self._readers:
            if needed is not None and not needed & is_open:
                continue
            if not around or (types is not None and types.isdisjoint(here)):
                found = read(context, start, end)
            elif read == self.works.built:
                # 甲项目投产，乙项目封顶: another rule read the first of them.
                found = self.works.further(context, max(stop for stop, *_ in around), end)
            elif read == self._money.lent:
                found = read(context, max(stop for stop, *_ in around), end)
            else:
                continue
            if not found:
                continue
            new = [
                c
                for c in (found if isinstance(found, list) else [found])
                if not (points and c.title is None)
                and not (
                    here & _TITLED
                    and c.rule == "founded"
                    and c.stage not in _STANDS
                    and not (c.title and context.mentions_in(*c.title, "organization", "place"))
                )
                and not _goes_on(context, c, spans, is_beside=bool(here))
                and all(_is_another(one, c) for one in first)
            ]
            if lone and new and new[0].hint == lone[0][1]:
                lone[0][0].parties = new.pop(0).parties
            yield from new
            if new and first:
                return
            first = first or new


def _goes_on(
    context: ArticleContext,
    candidate: Candidate,
    spans: Sequence[tuple[int, int, Candidate]],
    *,
    is_beside: bool,
) -> bool:
    """Whether words go on about a deal told before: 该工程10月完工, 代表双方签字."""
    earlier = [deal for a, _, deal in spans if 0 <= candidate.start - a < _MAX_GOES_ON]
    if candidate.hint == "project":
        floor = context.paragraph(candidate.start)[0]
        near = [c for c in earlier if c.start >= floor or candidate.start - c.end < _MAX_BESIDE]
        # 签下供货合同；7月，二期工厂破土: goods and loans have no second phase.
        points = candidate.title is None and _POINTED.match(context.text, candidate.start)
        works = near if points else [c for c in near if c.hint not in _NO_WORKS]
        sides = {p.mention.text for p in candidate.parties if p.mention}
        # Who settles somewhere, or gives it up, opens what is told of him.
        settles = candidate.base in {"landed", "ended"} and any(
            p.start == candidate.start for p in candidate.parties
        )
        is_named = len(sides) > 1 or settles
        if is_named and not any(p.mention and p.mention.text in sides for c in works for p in c.parties):
            return False
        is_part = candidate.title is None or _PHASE.fullmatch(context.text, *candidate.title)
        if (
            not is_part
            and candidate.title
            and _ON_THAT.match(context.text, context.sentences[context.sentence_at(candidate.start)][0])
        ):
            # 工程计划9月开工，12月首台机组并网
            is_part = PART.fullmatch(context.text, *candidate.title)
        owners = {p.mention.text for c in works[-1:] for p in c.parties if p.mention}
        if is_part and works and candidate.start >= works[-1].end and sides <= owners:
            works[-1].more.append((candidate.start, candidate.end))
        # 某公司的三期车间已经开机: whose it is stands beside it, and is none of those told before.
        own = {p.mention.text for p in candidate.parties if p.mention and p.start >= candidate.start}
        if candidate.title and own and owners and not own & owners and not is_beside:
            return False
        return bool(is_part) and (is_beside or bool(works))
    if candidate.takes_both:
        begin, end = candidate.title or (0, 0)
        floor = context.paragraph(candidate.start)[0]
        return end - begin < _MIN_TITLE_CHARS and any(c.start >= floor for c in earlier)
    if candidate.hint in _PACTS and candidate.base == "signed":
        names = [p.mention.text for p in candidate.parties if p.mention]
        for other in earlier:
            told = [p.mention.text for p in other.parties if p.mention]
            shared = [n for n in names if any(n in t or t in n or _is_short(n, t) for t in told)]
            stands_for = _FOR_BOTH.search(context.text, candidate.start, candidate.end + 12)
            if shared and (len(shared) == len(names) or stands_for):
                return True
    return False


def _is_another(first: Candidate, second: Candidate) -> bool:
    """Whether two readings of an item are two deals: apart, and of other sides if a pact may tell both."""
    begin, end = second.title or (0, 0)
    if second.takes_both and end - begin < _MIN_TITLE_CHARS:
        # 甲银行向乙授信4亿元，双方签了合同
        return False
    names = {p.mention.text for p in first.parties if p.mention}
    told = {p.mention.text for p in second.parties if p.mention}
    if first.hint == "financing" and second.hint not in _PACTS:
        return second.cue[0] >= first.end or first.start >= second.end
    settles = first.hint == second.hint == "project" and second.base == "landed" and not second.title
    if settles and second.parties[0].mention and second.parties[0].mention.text in names:
        # 某公司迁至某县，投资2亿元建起新厂
        return False
    is_apart = second.start >= first.end or first.start >= second.end
    is_shared = bool(told & names) and (len(told & names) > 1 or len(told) < 2 or second.title is None)
    kinds = {first.hint, second.hint}
    is_one = is_shared and kinds & _PACTS and not (kinds & _BODIES and kinds & (_SHARES | _TRADE))
    # 公司由甲与乙共同出资，计划建设某项目: a firm and its works.
    is_works = second.hint == "project" and second.title and second.stage == "proposed"
    is_one = is_one and not (first.hint in {"joint_venture", "institution"} and is_works)
    return is_apart and not is_one


def _is_short(short: str, long: str) -> bool:
    return len(short) > 2 and is_short_of(short, long)
