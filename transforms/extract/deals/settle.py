"""Type, stage and sides of a deal once all of it is known, whichever rule has read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, is_short_of
from transforms.extract.deals.aftermath import PLATE, Aftermath
from transforms.extract.deals.clauses import clause_end, clause_start
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.purchases import PURCHASES
from transforms.extract.deals.sides import INVESTMENT, SideReader
from transforms.extract.deals.subjects import ANNOUNCES

_BOTH = 2
_HOUSES = frozenset({"institution", "joint_laboratory", "joint_venture"})
_OPENED = frozenset({"unveiled", "operating"})
_PACTS = frozenset({"cooperation_agreement", "project"})
_PAPERS = frozenset({"cooperation_agreement", "strategic_agreement"})
# 就某项目达成合作; 某抽水蓄能项目战略合作框架协议
_ABOUT = re.compile(
    r"(?:就|围绕)(?:共建|共同建设|投资建设|建设|在[^，。；]{2,12}?建设)?(?P<what>[^，。；]{4,40})$"
)
_WORKS_END = re.compile(
    r"(?:项目|工程|基地|产业园|园区|电站|工厂|生产线|风电场|码头|综合体)(?:的?(?:合作|投资|建设|落地|落户|事宜|相关事宜))*(?:正式|初步|已经?|当场|日前|近日|[0-9年月日])*$"
)
_OF_WORKS = re.compile(
    r"^(?!.*(?:[共合]建|共同))[^，。]{2,}(?:项目|基地|产业园|电站|抽水蓄能|综合利用|综合体|园区)(?:合作|开发|投资|建设|战略)*(?:框架)?(?:协议|合同|意向书|协议书)$"
)
_OF_SHARES = frozenset({"equity_investment", "acquisition", "equity_transfer"})
_DECIDES = re.compile(
    "(?:董事会|股东大?会)[^。；，]{0,6}[，,]?(?:昨[日天]|会议|会上|一致)*决定[^。；，]{0,24}$"
)
_TRADED = frozenset({"supply_contract", "transfer"})
# 收购苹果300吨, 每公斤6元, 货款900万元: goods.
_BY_DEED = frozenset({"bought", "kernel"})
_GOODS = re.compile(r"每(?:公?斤|吨|担|亩|头|只)|[0-9][余多]?[万亿]?[余多]?(?:公斤|吨|斤|头|担|羽)")
_PAID_FOR = re.compile("[，,](?:货款|总货值|货值)")
_OF_A_FIRM = re.compile("股|资产|全资|整体|控股|产能|年[产加]|项目|工厂|[车船]|公司的?(?:全部|[0-9])")
# 建一座某中心: what one firm builds for itself is works, 成立某中心 is a body.
_BUILDS = re.compile("(?:新|再|扩|投资|出资)?建(?!立)|打造|投建|兴建|布局")
_OPEN_END = re.compile(r"(?:中心|基地|园区?|平台|院区|总部)[”\"》]?$")
_PARK = re.compile('(?:园区?|小镇|飞地|新城|航线|专列|班列)[”"》]?$')
_AGREED = frozenset({"signed", "negotiating"})
# 合资组建某公司 is agreed; 合资组建了, 合资组建的 it stands.
_STANDS = re.compile("[了的起]|已|正式|揭牌|挂牌|注册|执照|完成")
# 由甲与乙合资设立的企业
_IS_THERE = re.compile("(?:设立|成立|组建|创办)?的(?=[^，。；]{0,24}(?:公司|企业))")
_FOUNDS = re.compile(r"(?:设立|成立|组建|创办|开办|兴办|建立|办)?(?:起?了|起|的)?[“\"]?")
_BRINGS_IN = re.compile("(?:增资扩股|增资|融资)[^，。；]{0,4}引[入进]了?$")
# 将所持公司9%的股份转让给某集团
_PASSES_HELD = re.compile(
    r"[将把](?:其|自己)?所?持有?的?(?:公司|本公司|上市公司)?[^，。；]{0,36}?(?:股份|股权|股票)[^，。；]{0,30}?(?:转让|过户|出让|卖)给"
)
_HOLDER = re.compile(r"原?(?:第[一二三]大|控股|[最]?大)?(?:股东|实际控制人|实控人|创始人)")
_MAX_HELD_CHARS = 90
_FIRM_WORD = re.compile("企业|公司|集团|我们|厂里")


class Settler:
    """Compiled once from the lookups."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, aftermath: Aftermath) -> None:
        self.sides, self._topic = SideReader(lookups), parties.topic
        self._aftermath = aftermath

    def settle(
        self, context: ArticleContext, found: Sequence[Candidate], type_of: Callable[[Candidate], str]
    ) -> None:
        """Changes type, stage and roles of deals in order of text."""
        for number, candidate in enumerate(found):
            stop = next((later.start for later in found[number + 1 :][:1]), len(context.text))
            self._sole(context, candidate, type_of(candidate))
            self._works(context, candidate, type_of(candidate))
            self._equals(context, candidate, type_of(candidate))
            kind = type_of(candidate)
            if kind == "acquisition" and candidate.rule in _BY_DEED:
                _buy_goods(context, candidate)
                kind = type_of(candidate)
            if kind in _OF_SHARES and candidate.stage == "signed" and _is_decided(context, candidate):
                candidate.stage = "proposed"
            if kind == "joint_venture":
                self._firm(context, candidate)
            if kind == "equity_investment":
                _bring_in(context, candidate)
            if kind in PURCHASES:
                self._buyer(context, candidate)
                _held(context, candidate)
            self._aftermath.tell(context, candidate, kind, stop)
            if kind in _HOUSES and candidate.stage in _OPENED and _is_ahead(context, candidate):
                candidate.stage = "proposed"  # 甲与乙共建的某院下月正式运行
            if kind == "joint_venture" and candidate.title and candidate.stage == "unveiled":
                # 合资设立了某公司 tells of no plate: the firm is there.
                candidate.stage = "unveiled" if _has_plate(context, candidate) else "operating"

    def _buyer(self, context: ArticleContext, purchase: Candidate) -> None:
        """公司又全资收购了某厂: the firm that the text is about buys what no other is told to buy."""
        sides = [p for p in purchase.parties if not _FIRM_WORD.fullmatch(context.text, p.start, p.end)]
        other = sides[0].mention if sides else None
        if other is None or any(p.role != "target" for p in sides):
            return
        left = clause_start(context, context.paragraph(other.start)[0], purchase.cue[0])
        buyer = self._topic.acting(context, left, other) if purchase.cue[1] <= other.start else None
        if buyer is not None and self._topic.is_firm(buyer) and buyer.text != other.text:
            purchase.parties = [Party.of(buyer, "buyer"), *sides]

    @staticmethod
    def _firm(context: ArticleContext, venture: Candidate) -> None:
        """Names a joint venture by the firm behind its verb; 组建某公司 is agreed, 组建了 stands."""
        text, right = context.text, clause_end(context.text, venture.cue[1], len(context.text))
        if venture.title is None:
            behind = context.mentions_in(venture.cue[1], right, "organization")
            if behind and _FOUNDS.fullmatch(text, venture.cue[1], behind[0].start):
                venture.title = (behind[0].start, behind[0].end)
        # 某公司由甲与乙出资组建: what is told of is there.
        is_ahead = venture.title and venture.title[1] <= venture.cue[0]
        if venture.stage in {"signed", "unveiled"} and _IS_THERE.match(text, venture.cue[1], right):
            venture.stage = "unveiled" if _has_plate(context, venture) else "operating"
        elif venture.stage == "unveiled" and not (is_ahead or _STANDS.search(text, venture.cue[0], right)):
            venture.stage = "signed"

    def _equals(self, context: ArticleContext, candidate: Candidate, kind: str) -> None:
        """Two equal sides as what its type and paper make them."""
        title = re.sub(r"\s", "", context.text[slice(*candidate.title)]) if candidate.title else ""
        if len(candidate.parties) < _BOTH or any(p.role != "partner" for p in candidate.parties):
            return
        if kind in _PAPERS and self._are_of_works(context, candidate, title):
            # 某县与某公司就某储能项目达成合作: who brings works, and who takes them in.
            sides = self.sides.invested(context, candidate.parties)
            is_settled = {p.role for p in sides} == {"investor", "host"}
            candidate.parties = sides if is_settled else candidate.parties
            is_plain = kind == "cooperation_agreement" or "战略" not in title
            candidate.hint = "project" if is_settled and is_plain else candidate.hint
        elif kind in _PACTS and (INVESTMENT.search(title) or candidate.rule == "costs"):
            sides = self.sides.invested(context, candidate.parties, are_builders="投资" in title)
            sides = sides if sides != candidate.parties else self.sides.entered(title, sides)
            if sides != candidate.parties:
                candidate.hint, candidate.parties = "project", sides
        elif kind in _TRADED and len(candidate.parties) == _BOTH:
            words = title or context.text[candidate.cue[0] : candidate.end]
            names = [_full_name(context, p) for p in candidate.parties]
            candidate.parties = self.sides.traded(words, candidate.parties, context.text, names)
            if candidate.parties[0].role == "partner":
                told = [_times(context, name) for name in names]
                candidate.parties = self.sides.ordered(words, candidate.parties, told)

    @staticmethod
    def _are_of_works(context: ArticleContext, candidate: Candidate, title: str) -> bool:
        """Whether what two agree on is works: by the name of the paper, or by what stands behind 就."""
        begin = max([candidate.start, *(p.end for p in candidate.parties if p.end <= candidate.cue[0])])
        about = _ABOUT.search(context.text, begin, candidate.cue[0])
        return bool(_OF_WORKS.search(title) or (about and _WORKS_END.search(about["what"])))

    def _sole(self, context: ArticleContext, candidate: Candidate, kind: str) -> None:
        """What one firm alone builds is works of which it is the investor."""
        text, sides = context.text, candidate.parties
        is_open = kind == "institution" and candidate.title and len(sides) == 1
        if not is_open or not candidate.title or not _OPEN_END.search(text[slice(*candidate.title)]):
            return
        firm = sides[0].mention
        if firm and self._topic.is_firm(firm) and _BUILDS.match(text, *candidate.cue):
            candidate.hint = "project"
            candidate.parties = [replace(sides[0], role="investor")]

    def _works(self, context: ArticleContext, candidate: Candidate, kind: str) -> None:
        """Who founds what is works by its name puts money into it, and an area takes it in."""
        title = context.text[slice(*candidate.title)] if candidate.title else ""
        if kind == "institution" and candidate.stage in _AGREED and _PARK.search(title):
            # 甲区与乙区签订协议，共建某产业园: what they sign is that they do it together.
            if len(candidate.parties) == _BOTH and all(p.role == "builder" for p in candidate.parties):
                candidate.hint = "cooperation_agreement"
                candidate.parties = [replace(p, role="partner") for p in candidate.parties]
            return
        if kind != "project":
            return
        candidate.hint = "project"
        if any(p.role == "builder" for p in candidate.parties):
            equal = [replace(p, role="partner") if p.role == "builder" else p for p in candidate.parties]
            one = equal[0].mention if len(equal) == 1 else None
            is_sole = one is not None and self._topic.is_firm(one)
            others = [p for p in equal if p.role != "partner"]
            sides = self.sides.invested(context, [p for p in equal if p.role == "partner"])
            if is_sole or (others and all(p.role == "host" for p in others)):
                sides = [replace(p, role="investor") if p.role == "partner" else p for p in sides]
            if all(p.role != "partner" for p in sides):
                candidate.parties = sorted([*sides, *others], key=lambda p: p.start)


def _is_ahead(context: ArticleContext, body: Candidate) -> bool:
    """Whether the clause of a verb tells a day that had not come."""
    start, end = context.sentences[context.sentence_at(body.cue[0])]
    left = clause_start(context, start, body.cue[0])
    return context.is_ahead(left, clause_end(context.text, body.cue[1], end))


def _buy_goods(context: ArticleContext, purchase: Candidate) -> None:
    """以每公斤6元收购某合作社的苹果300吨: what is weighed or counted is no firm, and its owner sells."""
    text, start = context.text, context.sentences[context.sentence_at(purchase.cue[0])][0]
    left = clause_start(context, start, purchase.cue[0])
    right = clause_end(text, purchase.cue[1], len(text))
    is_counted = _GOODS.search(text, left, right) or _PAID_FOR.match(text, right)
    if is_counted and not _OF_A_FIRM.search(text, left, right):
        purchase.hint, purchase.title = "supply_contract", None
        purchase.parties = [
            replace(p, role="seller" if p.role == "target" else p.role) for p in purchase.parties
        ]


def _held(context: ArticleContext, sale: Candidate) -> None:
    """甲公司公告，股东乙将所持9%的股份转让给丙: the firm whose shares a sale passes on without a name."""
    text, sides = context.text, sale.parties
    passed = _PASSES_HELD.search(text, sides[0].end, sides[0].end + _MAX_HELD_CHARS) if sides else None
    if passed is None or any(p.role == "target" for p in sides):
        return
    if len(sides) == _BOTH and all(p.role == "partner" for p in sides):
        # 乙与丙签订协议，将所持股份转让给后者
        sides = sale.parties = [replace(p, role=r) for p, r in zip(sides, ("seller", "buyer"), strict=True)]
    holder = next((p for p in sides if p.role == "seller"), None)
    if holder is None:
        return
    own = holder.mention
    if own and holder.signatory and _HOLDER.match(text, own.end, holder.signatory.start):
        # 某公司控股股东张三: he sells, and the firm is sold.
        person = Party.of(holder.signatory, "seller")
        sale.parties = [*(person if p is holder else p for p in sides), Party.of(own, "target")]
        return
    begin = context.sentences[context.sentence_at(holder.start)][0]
    ahead = context.mentions_in(begin, holder.start, "organization")
    firm = next((m for m in ahead if ANNOUNCES.match(text, m.end) or _HOLDER.match(text, m.end)), None)
    if firm is not None:
        sale.parties.append(Party.of(firm, "target"))


def _has_plate(context: ArticleContext, body: Candidate) -> bool:
    """Whether the clause that founds a body unveils its plate: 合资成立的某公司昨日揭牌."""
    right = clause_end(context.text, body.cue[1], len(context.text))
    return PLATE.search(context.text, body.cue[0], right) is not None


def _is_decided(context: ArticleContext, deal: Candidate) -> bool:
    """召开董事会，决定向某公司增资2亿元: whether a board has decided on what is still to be done."""
    start = context.sentences[context.sentence_at(deal.cue[0])][0]
    return _DECIDES.search(context.text, start, deal.cue[0]) is not None


def _bring_in(context: ArticleContext, deal: Candidate) -> None:
    """甲通过增资扩股引入乙为战略投资者: who is brought in pays."""
    roles = {"investor": "target", "target": "investor"}
    if any(p.role == "target" and _BRINGS_IN.search(context.text, deal.start, p.start) for p in deal.parties):
        deal.parties = [replace(p, role=roles.get(p.role, p.role)) for p in deal.parties]


def _times(context: ArticleContext, name: str) -> int:
    """How often a text names a body, in short or in full."""
    bodies = (m.text for m in context.mentions if m.entity_type == "organization")
    return sum(is_short_of(body, name) for body in bodies)


def _full_name(context: ArticleContext, party: Party) -> str:
    """The longest name of the text of which that of a side is a clipping."""
    name = party.mention.text if party.mention else context.text[party.start : party.end]
    bodies = (m.text for m in context.mentions if m.entity_type == "organization")
    return max((body for body in bodies if is_short_of(name, body)), key=len, default=name)
