"""Type, stage and sides of a deal once all of it is known, whichever rule has read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext, is_short_of
from transforms.extract.deals.clauses import CLAUSE, clause_end, clause_start
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.progress import PROGRESS
from transforms.extract.deals.sides import INVESTMENT, SideReader
from transforms.extract.deals.stage import StageReader

_BOTH = 2
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
# 拟收购某厂，双方已签署股权收购协议: what shall be done is agreed.
_BY_PAPER = frozenset({"acquisition", "equity_transfer", "equity_investment", "supply_contract", "transfer"})
_SIGNED = re.compile(
    r"(?<!未)(?<!未能)(?<![拟将待])签(?:署|订|定|下)[了的]?[^，。；\n]{0,16}?(?:股权|股份|收购|转让|增资|认购|投资|供货|供应|采购|购销|出口|许可)"
    r"[^，。；\n]{0,8}?(?:协议|合同)"
)
_NOT_SIGNED = re.compile("尚未|暂未|并未|没有|拟|计划|待|意向|框架")
# 收购了某厂, 2019年收购某厂, 收购已完成交割: no paper is told any more, the firm has passed.
_PASSED = re.compile(
    r"(?:收购|并购|买[下进]?|盘下|拿下|接手|吃下)了|买了[过下]来|(?:收购|并购|交易|转让)(?:已经?|于[^，。；]{2,8})?完成(?![后之以时前])"
    r"|(?<!尚未)(?<!未)(?:完成|办[完理]了?|做完)了?(?:股权|资产)?(?:交割|交接|过户|(?:工商)?变更)|(?:交割|交接|过户|工商变更(?:登记)?)(?:手续)?(?:已|也|就|便)?(?:于[^，。；]{2,8})?(?:完成|办[完理妥结])"
)
_ROUND = re.compile(
    r"(?<!将)(?<!拟)(?:完成|获得?|拿到|融到)了?[^，。；]{0,16}?(?:[A-Za-zＡ-Ｚ][+＋]?|天使|种子)轮"
)
_MAX_TO_ROUND = 20
_NOT_PASSED = re.compile(
    "签[署订约定下了]|公告|宣布|披露|拟|将于|尚[需待未]|有待|计划|意向|竞得|摘得|摘牌|成交"
)
_OF_SHARES = frozenset({"equity_investment", "acquisition", "equity_transfer"})
_DECIDES = re.compile(
    "(?:董事会|股东大?会)[^。；，]{0,6}[，,]?(?:昨[日天]|会议|会上|一致)*决定[^。；，]{0,24}$"
)
_TRADED = frozenset({"supply_contract", "transfer"})
# Of bodies what stands behind their name tells how far they are.
_BODIES = frozenset({"institution", "joint_laboratory", "joint_venture"})
_NOT_YET = frozenset({"signed", "unveiled", "landed", "proposed"})
# 建一座某中心: what one firm builds for itself is works, 成立某中心 is a body.
_BUILDS = re.compile("(?:新|再|扩|投资|出资)?建(?!立)|打造|投建|兴建|布局")
_OPEN_END = re.compile(r"(?:中心|基地|园区?|平台|院区|总部)[”\"》]?$")
_PARK = re.compile('(?:园区?|小镇|飞地|新城|航线|专列|班列)[”"》]?$')
_AGREED = frozenset({"signed", "negotiating"})
# 合资组建某公司 is agreed; 合资组建了, 合资组建的 it stands.
_STANDS = re.compile("[了的起]|已|正式|揭牌|挂牌|注册|执照|完成")
_FOUNDS = re.compile(r"(?:设立|成立|组建|创办|开办|兴办|建立|办)?(?:起?了|起|的)?[“\"]?")
# How a clause begins that goes on about the same body.
_GOES_ON = re.compile(
    r"(?:现|现已|已|已经|目前|眼下|如今|但|后来?|随后|并|于|因|由于|近日|日前|该[院校所馆室站]|新公司|公司|中心|[0-9]|[去今明次翌同当]年|上[周月]|本[周月]"
    r"|先后|累计|至今|迄今|[两三四五]年[来间])"
)


# 收购一事，因分歧较大，日前宣布终止: what a clause behind says came of it.
_CAME_TO_NOTHING = re.compile(
    r"[^，。；“”：]{0,16}?(?<![未没不无])(?<!没有)(?P<verb>宣[布告](?:终止|取消|告吹|作罢|失败|流产|破裂)|终止(?:了|合作|收购|并购|合资|协议|谈判|建设|实施|(?=[，。；]))"
    r"|作罢|告吹|泡汤|流产|散伙|分手|撕毁|毁约|谈崩|没有?谈成|未能?谈成|清退|被取消[^，。；]{0,4}资格|不了了之|无疾而终)"
)
_PURCHASES = frozenset({"acquisition", "equity_transfer"})
_FIRM_WORD = re.compile("企业|公司|集团|我们|厂里")
_OPEN = frozenset({"proposed", "negotiating", "signed", "unveiled", "landed"})
# 谈妥了，合同下个月签; 意向书签了; 正跟某银行谈一笔贷款: nobody is bound yet.
_NOT_BOUND = re.compile(
    r"(?:正式)?(?:合同|协议)(?:书|文本)?(?:还没有?|尚未|尚待|有待|待|将|拟|预计|下个?[月周]|近日|日内|年内|月底前?|年底前?)[^，。；]{0,8}?签(?!了)"
    r"|(?:价格|股比|条款|条件|细节|金额|份额)[^，。；]{0,6}?(?:还没有?|尚未|没有?|未)(?:最后|完全)?(?:谈[拢妥定成]|敲定|确定|商定)|尚无定论"
)
_OF_INTENT = re.compile(r"意向书(?:已经?|也|都|刚刚?)?$")
_IN_TALKS = re.compile(
    r"正?在?(?:与|和|跟|同)[^，。；]{2,24}?(?:谈(?![妥定成好拢判下])|洽谈|磋商|商谈)[^，。；]{0,24}$"
)
# 投产时间推迟, 因故延期交付, 工期滞后: what has been begun is late.
_LATE = re.compile(
    r"(?:投[产运用]|通车|竣工|完[工成]|交[付工]|建成|启用|并网|通水|通航)[^，。；]{0,12}?(?:推迟|延期|延后|顺延|延至)"
    r"|(?:推迟|延期|延后|顺延)[到至]?[^，。；开动]{0,10}?(?:投[产运用]|通车|竣工|完[工成]|交[付工]|建成|启用|并网|通水|通航)"
    r"|(?:原定|原计划|本应)[^，。；开动]{2,12}?(?:投[产运用]|通车|竣工|完[工成]|交[付工]|建成|启用|并网|通水|通航)[^。；]{0,40}?(?:推迟|延期|延后|顺延)"
    r"|(?:工期|进度)[^，。；]{0,10}?(?:延长|滞后|延后|顺延)"
)


# What schools, hospitals and offices do once they are at work.
_AT_WORK = (
    "开学|开课|开班|入学|招生|收治|接收首批|(?:开始|正式)(?:运行|运转|办公|服务)|对外服务|接待|出圃|纳税大户"
    "|通过[^，。；]{0,6}(?:认证|认定)|获得?[^，。；]{0,6}(?:认可|资质)|先后(?:开发|研发|培育|培训|承担|服务|引进)"
    "|(?:拿下|申请|申报|取得|获得?)(?:国家|发明|授权)*专利|累计(?:接诊|服务|培训|培养|检测|孵化|引进)"
)


class Settler:
    """Compiled once from the lookups."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._sides, self._topic, self._stages = SideReader(lookups), parties.topic, stages
        self._built = re.compile(PROGRESS)
        self._told = re.compile(
            f"(?P<verb>{stages.verbs('operating', 'ended')}|{_AT_WORK})(?![的前后率者]|仪式)"
        )

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
            if kind in _OF_SHARES and candidate.stage == "signed" and _is_decided(context, candidate):
                candidate.stage = "proposed"
            if kind == "joint_venture":
                self._firm(context, candidate)
            if kind in _BODIES and candidate.title:
                self._later(context, candidate, stop)
                if kind == "joint_venture" and candidate.stage == "unveiled":
                    # 合资设立了某公司: a firm has no plate to be unveiled, it is there.
                    candidate.stage = "operating"
            elif kind == "project" and candidate.stage == "proposed":
                self._under_way(context, candidate, stop)
                _run_late(context, candidate)
            elif kind in _BY_PAPER and candidate.stage == "proposed":
                _sign(context, candidate)
            elif kind in {"acquisition", "transfer"} and candidate.stage == "signed":
                _pass(context, candidate, by_year=kind == "acquisition")
            elif kind == "equity_investment" and candidate.stage == "signed":
                _close(context, candidate)
            if kind in _PURCHASES:
                self._buyer(context, candidate)
            if kind not in {"project", "won_bid"} and candidate.stage == "signed":
                _unbind(context, candidate, stop)
            if candidate.stage in _OPEN:
                _fall_through(context, candidate, stop)

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
        if venture.stage == "unveiled" and not (is_ahead or _STANDS.search(text, venture.cue[0], right)):
            venture.stage = "signed"

    def _under_way(self, context: ArticleContext, works: Candidate, stop: int) -> None:
        """Works of which the sentence also tells what is done already."""
        text, (floor, ceiling) = context.text, context.sentences[context.sentence_at(works.cue[0])]
        ceiling = min(ceiling, max(stop, works.end))
        for verb in self._built.finditer(text, max(floor, works.start), ceiling):
            left = clause_start(context, max(floor, works.start), verb.start())
            before = context.without_names(left, verb.start())
            is_planned = self._stages.is_planned(before) or self._stages.is_expected(before)
            if not is_planned and not context.is_ahead(left, verb.start()):
                told = self._stages.read("building", before, text[verb.end() : verb.end() + 12])
                works.stage = told if told == "building" else works.stage

    def hired(self, context: ArticleContext, found: Sequence[Candidate]) -> None:
        """Works for which a builder has been hired are under way where only their end is told as a plan."""
        for works in found:
            is_hired = works.stage == "proposed" and any(p.role == "contractor" for p in works.parties)
            if is_hired:
                told = context.text[slice(*context.sentences[context.sentence_at(works.cue[0])])]
                is_due = self._stages.is_due({context.text[slice(*works.cue)]}, told)
                works.stage = "building" if is_due else works.stage

    def _equals(self, context: ArticleContext, candidate: Candidate, kind: str) -> None:
        """Two equal sides as what its type and paper make them."""
        title = re.sub(r"\s", "", context.text[slice(*candidate.title)]) if candidate.title else ""
        if len(candidate.parties) < _BOTH or any(p.role != "partner" for p in candidate.parties):
            return
        if kind in _PAPERS and self._are_of_works(context, candidate, title):
            # 某县与某公司就某储能项目达成合作: who brings works, and who takes them in.
            sides = self._sides.invested(context, candidate.parties)
            is_settled = {p.role for p in sides} == {"investor", "host"}
            candidate.parties = sides if is_settled else candidate.parties
            candidate.hint = "project" if is_settled and kind == "cooperation_agreement" else candidate.hint
        elif kind in _PACTS and INVESTMENT.search(title):
            sides = self._sides.invested(context, candidate.parties, are_builders="投资" in title)
            sides = sides if sides != candidate.parties else self._sides.entered(title, sides)
            if sides != candidate.parties:
                candidate.hint, candidate.parties = "project", sides
        elif kind in _TRADED and len(candidate.parties) == _BOTH:
            words = title or context.text[candidate.cue[0] : candidate.end]
            names = [_full_name(context, p) for p in candidate.parties]
            candidate.parties = self._sides.traded(words, candidate.parties, context.text, names)
            if candidate.parties[0].role == "partner":
                told = [_times(context, name) for name in names]
                candidate.parties = self._sides.ordered(words, candidate.parties, told)

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
            sides = self._sides.invested(context, [p for p in equal if p.role == "partner"])
            if is_sole or (others and all(p.role == "host" for p in others)):
                sides = [replace(p, role="investor") if p.role == "partner" else p for p in sides]
            if all(p.role != "partner" for p in sides):
                candidate.parties = sorted([*sides, *others], key=lambda p: p.start)

    def _later(self, context: ArticleContext, candidate: Candidate, stop: int) -> None:
        """How far a body is by the words behind its name, up to the next deal of the sentence."""
        text, end = context.text, candidate.title[1] if candidate.title else candidate.end
        stop = min(stop, context.sentences[context.sentence_at(end - 1)][1])
        left = end
        while left < stop and candidate.stage in _NOT_YET:
            right = min(stop, clause_end(text, left, stop))
            is_own = left == end or _GOES_ON.match(text, left, right)
            if not is_own or context.mentions_in(left, right, "organization"):
                return
            for verb in self._told.finditer(text, left, right):
                base = self._stages.of_word(verb["verb"])
                stage = self._stages.read(
                    "operating" if base == "unknown" else base,
                    context.without_names(left, verb.start()),
                    text[verb.end() : right],
                )
                if stage in {"operating", "ended"} and not context.is_ahead(left, verb.start()):
                    candidate.stage = stage
                    candidate.end = max(candidate.end, verb.end())
                    if candidate.base == "signed" and context.dates_in(left, verb.start()):
                        # 2023年12月签订协议，次年9月正式招生: it is dated by what it is told of last.
                        candidate.cue = verb.span("verb")
            mark = CLAUSE.match(text, right)
            left = mark.end() if mark else stop


def _is_decided(context: ArticleContext, deal: Candidate) -> bool:
    """召开董事会，决定向某公司增资2亿元: whether a board has decided on what is still to be done."""
    start = context.sentences[context.sentence_at(deal.cue[0])][0]
    return _DECIDES.search(context.text, start, deal.cue[0]) is not None


def _sign(context: ArticleContext, deal: Candidate) -> None:
    """Marks a planned deal as signed where its sentence, or the next one, tells of its paper."""
    text, number = context.text, context.sentence_at(deal.cue[0])
    floor, ceiling = context.sentences[number][0], context.paragraph(deal.cue[0])[1]
    behind = [end for _, end in context.sentences[number : number + 2]]
    for paper in _SIGNED.finditer(text, floor, min(ceiling, max(behind))):
        left = clause_start(context, floor, paper.start())
        if not _NOT_SIGNED.search(text, left, paper.end()):
            deal.stage = "signed"


def _pass(context: ArticleContext, deal: Candidate, *, by_year: bool) -> None:
    """Marks a purchase as carried out where it is told as past, and not by its paper or its announcement.

    What changed hands in a year that has passed (`by_year`) need not be told as past.
    """
    number = context.sentence_at(deal.cue[0])
    start, end = context.sentences[number]
    if _NOT_PASSED.search(context.text, start, end):
        return
    behind = context.sentences[min(number + 1, len(context.sentences) - 1)][1]
    behind = min(behind, context.paragraph(deal.cue[0])[1])
    today = context.issue_on or context.dateline_on
    days = (span.values.get("end_on") for span in context.dates_in(start, deal.end))
    is_past = by_year and today is not None and any(day is not None and day.year < today.year for day in days)
    if is_past or _PASSED.search(context.text, start, behind):
        deal.stage = "operating"


def _run_late(context: ArticleContext, works: Candidate) -> None:
    """Marks works whose end is put off as under way: it is their beginning that is not told as late."""
    start, end = context.sentences[context.sentence_at(works.cue[0])]
    if _LATE.search(context.text, start, end):
        # By the day that it was to be done nothing happened.
        works.stage, works.base = "building", "proposed"


def _unbind(context: ArticleContext, deal: Candidate, stop: int) -> None:
    """Marks as talked about what nobody has signed yet: 谈妥了，合同下个月签."""
    text, (start, end) = context.text, context.sentences[context.sentence_at(deal.cue[0])]
    left = clause_start(context, start, deal.cue[0])
    is_told = _OF_INTENT.search(text, left, deal.cue[0]) or _IN_TALKS.search(text, left, deal.cue[0])
    is_signed = text.startswith("签", deal.cue[0])
    if is_told or (not is_signed and _NOT_BOUND.search(text, deal.cue[1], max(deal.end, min(stop, end)))):
        deal.stage = "negotiating"


def _fall_through(context: ArticleContext, deal: Candidate, stop: int) -> None:
    """Marks a deal as ended where a clause behind it in its sentence says so."""
    text, end = context.text, min(stop, context.sentences[context.sentence_at(deal.end - 1)][1])
    left = deal.end
    while left < end:
        right = clause_end(text, left, end)
        others = context.mentions_in(left, right, "organization")
        is_own = all(SideReader.is_public(context, Party.of(m)) for m in others)
        came = _CAME_TO_NOTHING.match(text, left, right) if is_own else None
        if came is not None:
            deal.stage = "ended"
            if context.dates_in(left, came.end()):
                deal.cue, deal.end = came.span("verb"), max(deal.end, came.end())
            return
        left = right + 1


def _close(context: ArticleContext, deal: Candidate) -> None:
    """完成A轮融资: the money is there."""
    start, end = context.sentences[context.sentence_at(deal.cue[0])]
    start, end = max(start, deal.start - _MAX_TO_ROUND), min(end, deal.end + _MAX_TO_ROUND)
    if _ROUND.search(context.text, start, end):
        deal.stage = "operating"


def _times(context: ArticleContext, name: str) -> int:
    """How often a text names a body, in short or in full."""
    bodies = (m.text for m in context.mentions if m.entity_type == "organization")
    return sum(is_short_of(body, name) for body in bodies)


def _full_name(context: ArticleContext, party: Party) -> str:
    """The longest name of the text of which that of a side is a clipping."""
    name = party.mention.text if party.mention else context.text[party.start : party.end]
    bodies = (m.text for m in context.mentions if m.entity_type == "organization")
    return max((body for body in bodies if is_short_of(name, body)), key=len, default=name)
