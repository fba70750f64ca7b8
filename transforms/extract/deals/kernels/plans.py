"""Works that a firm is to build or has built, and works that are talked about, by their kernel."""

from __future__ import annotations

import re
from itertools import chain

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_start, skip_article
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.names import NO_NAME
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.kernels.works import SIGNS
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.scene import is_at_signing
from transforms.extract.deals.topic import BANK
from transforms.extract.deals.works import bare
from transforms.extract.deals.works_sides import THIS
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_TO_BUILD = DEALS.compile(
    r"(?:将|拟|要|计划|打算|有意|准备|愿意?|想|酝酿|筹备|筹划|决定)(?!进一步|加快|继续)(?:[^，。；]{0,14}[，,])?[^，。；]{0,16}?"
    r"(?P<verb>建设|新建|新上|兴建|投建|自建|再建|共建|(?<=拟)建|建(?=一?[座个条家]|起|[0-9]|第[二三四五六]|[^，。；]{2,14}?(?:厂|基地|中心|园|线|库)(?:[，。；]|$))|上(?=一?[条座套台])|设立|开设|开办|创办|上马|布局|落子|[设开办](?=一[座个家所处间]))(?:了|一?[座个条家处])*"
    r"(?P<what>[^，。；]{2,36})"
)
_ONE_SHOP = re.compile("[设开办建]一?[个家处座间](?:[^，。；的]{0,6}的)?[^，。；的]{1,6}?[店点站柜库仓厂]$")
_MIN_NAME_CHARS = 4
_PUTS_DOWN = DEALS.compile(
    r"(?:把|将(?!把))(?:其|自己的)?(?P<what>[^，。；]{3,24}?)(?P<verb>放|设|落|建|安|搬|搬迁|迁|迁建|转移)(?:在|到|进|至|入)了?(?=[^，。；]{2,})"
)
# 就某项目继续磋商
_ABOUT = DEALS.compile(
    r"就(?:共建|共同|合作|联合|投资|建设|设立|在[^，。；]{2,10}?(?=合作|共同|建|设))*(?P<what>[^，。；]{3,24}?)(?:一事|事宜|等)?"
    r"(?:继续|再|进行|展开|开展|了|仍在|还在|保持|初步|合作|进一步|深入)*(?P<verb>磋商|洽谈|商谈|协商|接洽|谈判|达成[^，。；]{0,4}意向)"
)
_HAS_BUILT = DEALS.compile(
    r"(?P<verb>建|盖|上|添|扩|开|投)(?:成|起|设)?来?了(?:[一两三四五0-9]+[条座个家处台])?(?P<what>[^，。；的]{4,24})"
)
# 流转土地900亩，建某基地; 租下两层厂房，建一条某生产线
_TAKES = DEALS.compile(
    r"(?:租(?:[下用赁]|(?=[0-9一二两三四五六七八九十几]))|流转|承包|盘下|买下|征用)了?[^，。；]{2,24}?(?:[，,](?:并|来|用于|投资)?|用?来|(?=开?办))"
    r"(?P<verb>建设|建起|建成|兴建|打造|改造成|改建成|开办|创办|办起|办(?![公理事证案会展学])|建)(?:了|一?[座个条家处])*(?P<what>[^，。；]{3,36})"
)
# 终止在某地的投资, 主动退地: works that a firm gives up
_WITHDRAWS = DEALS.compile(
    r"(?:终止|中止|撤[回出]|放弃|取消|退出|叫停)了?(?:[^，。；]{0,12}的)?(?:投资|建设)(?:计划)?"
    r"(?=[ ，。；]|$)"
    # 取消在越南建设轮胎厂的计划
    r"|(?:终止|中止|撤回|放弃|取消|叫停)了?[原在到赴][^，。；]{2,16}?(?:建设|投建|兴建|新建|投资|合资|[建设办])"
    r"[^，。；]{1,20}?的?(?:计划|打算|方案|项目)(?=[，。；]|$)"
    r"|(?:退地|退回土地|撤资)(?=[ ，。；]|$)"
)
_PAPER = re.compile("协议|合同|备忘录|意向|合作|订单|书$")
# 甲公司签下某加工厂: what is signed for are the works themselves.
_SIGNS_FOR = DEALS.compile(
    r"(?P<verb>签下|签约|签订|带来|敲定)了?(?:一?[个座条家])?(?P<what>[^，。；0-9：]{3,24}?)(?:项目)?(?=[，。；（(]|$)"
)
# 引进甲集团某项目: whose works they are stands in front of their name
_BRINGS = DEALS.compile("(?P<verb>引进|引入|招引|引来|引回)了?(?!的)(?P<what>[^，。；]{4,40})")


# 引进深加工项目5项
_COUNTED = re.compile("[0-9一二两三四五六七八九十]+[余多]?[个项]")


def is_society(body: Mention) -> bool:
    """Whether a body is a society, a fund or the like: none of a state."""
    return body.subtype in {"association", "other", None} and not (
        OFFICE.search(body.text) or BANK.search(body.text)
    )


class PlanKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        self._body = re.compile(f"(?:{any_of(readers.lookups['deal_types']['institutions'])})")

    def planned(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that is to build something: 甲拟在某地建一条某生产线, 甲把某中心放在某地."""
        text = context.text
        for found in chain.from_iterable(
            p.finditer(text, start, end) for p in (_TO_BUILD, _PUTS_DOWN, _TAKES, _HAS_BUILT, _SIGNS_FOR)
        ):
            span = found.span("what")
            heads = list(self._names.nouns.work.finditer(text, *span)) or list(
                self._body.finditer(text, *span)
            )
            if not heads or context.is_inside(found.start()):
                continue
            left = clause_start(context, start, found.start())
            named = context.mentions_in(left, found.start("what"), "organization")
            # 在东盟建厂: where it is to be is nobody's.
            acts = (m for m in named if text[m.start - 1 : m.start] not in {"在", "到", "于", "赴"})
            firm = next((m for m in acts if self._topic.is_house(m) or is_society(m)), None)
            sentence = context.sentences[context.sentence_at(left)][0]
            firm = firm or self._topic.own(context, left, found.start())
            said: Mention | None = None
            if firm is None and self._words["of_firm"].search(text, left, found.start("what")):
                firm = self._topic.firm(context, left)
            elif firm is None and found.re is _TO_BUILD.compiled and THIS.match(text, sentence, end):
                # 该项目由某公司投资，拟建某泊位6个: what it consists of.
                continue
            elif firm is None and not context.mentions_in(left, found.start(), "place", "person"):
                # 某公司去年产值9亿元，今年打算再上一条某线: who acts stands in an earlier clause.
                ahead = (m for m in self._topic.subjects(context, sentence, left) if self._topic.is_house(m))
                firm = next(ahead, None) or self._topic.own(context, sentence, left)
                # 总经理张三说，明年打算再设一个某实验室
                firm = firm or (said := self._sides.speaker(context, sentence, left))
                if firm is None and text[left - 1 : left] == "：":
                    firm = self._topic.teller(context, left)  # 董事长张三：想开一个体验店
            title, _ = self._names.named(context, span[0], [heads[-1]])
            title = (skip_article(text, max(title[0], span[0])), title[1])
            words = text[slice(*title)]
            if found.re is _SIGNS_FOR.compiled and (title[1] != span[1] or _PAPER.search(words)):
                continue
            # 想设一个维修点, 想开一个体验店
            is_one = bool(_ONE_SHOP.search(text, found.start(), title[1]))
            is_plain = (
                len(words) < _MIN_NAME_CHARS - is_one
                or bool(NO_NAME.search(words))
                or self._names.nouns.is_generic(words)
            )
            # 把工厂整体迁入某区，新厂投资6.8亿元: works without a name, of which the sum is told.
            is_moved = found.re is _PUTS_DOWN.compiled and bool(context.money_in(found.end(), end))
            # 明年要在某地再建一个基地，规模5000亩
            is_moved |= is_one
            is_moved |= found.re is _TO_BUILD.compiled and any(
                q.values.get("dimension") in {"money", "area"}
                for q in context.quantities_in(found.end(), end)
            )
            if firm is None or (is_plain and not is_moved):
                continue
            # 东莞工厂: where it was is no place of it.
            was_there = any(m.start == title[0] for m in context.mentions_in(*title, "place"))
            is_plain = is_plain or (is_moved and was_there)
            stage = (
                "landed"
                if found.re is _PUTS_DOWN.compiled
                else "operating"
                if found.re is _HAS_BUILT.compiled
                else "building"
                if found.re is _TAKES.compiled
                else "proposed"
            )
            # 希望某公司把, 盼着签下: of a wish no deed is told.
            before = context.without_names(left, found.start())
            stage = self._stages.read("signed" if found.re is _SIGNS_FOR.compiled else stage, before, "")
            if found.re is _SIGNS_FOR.compiled and stage != "signed":
                continue
            if self._words["talks"].search(text, start, end):
                stage = "negotiating"
            elif (found.re is _TO_BUILD.compiled or stage != "proposed") and SIGNS.search(text, start, end):
                stage = "signed"
            elif found.re is _PUTS_DOWN.compiled and stage == "landed" and is_at_signing(context, left, end):
                stage = "signed"  # 会上签约12个项目。某公司把第二工厂放进了某园
            if "不再" in text[found.start() : found.start("verb")]:
                stage = "ended"  # 决定不再在某县建设某厂
            hosts = (
                self._works_sides.zone(context, found.end(), end) if found.re is _PUTS_DOWN.compiled else []
            )
            return Candidate(
                min(left, firm.start) if firm.start >= start and not said else left,
                max([title[1], *(p.end for p in hosts)]),
                found.span("verb"),
                stage=stage,
                left=left,
                hint="project" if self._names.nouns.work_end.search(words) else "institution",
                title=None if is_plain else title,
                parties=[Party.of(firm, "investor"), *hosts],
            )
        return None

    def brought(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A place that brings in the works of a firm: 某县拟引进甲集团某项目，目前正在洽谈."""
        text = context.text
        for found in _BRINGS.finditer(text, start, end):
            heads = list(self._names.nouns.head.finditer(text, *found.span("what")))
            firms = context.mentions_in(*found.span("what"), "organization")
            is_paid = bool(context.money_in(*found.span("what")))
            if not heads or not (firms or is_paid) or (firms and heads[0].start() < firms[0].end):
                continue
            title, _ = self._names.named(context, found.start("what"), [heads[0]])
            title = (max(title[0], firms[0].end), title[1]) if firms else title
            title = (title[0] + (text[title[0]] == "的"), title[1])
            if not self._names.is_name(context, title) or _COUNTED.match(text, title[1]):
                continue
            left = clause_start(context, start, found.start())
            hosts = context.mentions_in(left, found.start(), "place", "organization")
            stage = self._stages.read("landed", context.without_names(left, found.start()), "")
            stage = "negotiating" if self._words["talks"].search(text, start, end) else stage
            return Candidate(
                left,
                title[1],
                found.span("verb"),
                stage=stage,
                base="landed",
                hint="project",
                title=title,
                parties=[
                    *(Party.of(m, "investor") for m in firms[:1]),
                    *(Party.of(m, "host") for m in hosts[:1]),
                ],
            )
        return None

    def withdrawn(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that gives up what it was to build: 甲公司撤回投资."""
        found = _WITHDRAWS.search(context.text, start, end)
        if found is None or context.is_inside(found.start()):
            return None
        named = [
            m for m in context.mentions_in(start, found.start(), "organization") if self._topic.is_firm(m)
        ]
        stage = self._stages.read("ended", context.without_names(start, found.start()), "")
        if not named or stage != "ended":
            return None
        return Candidate(
            named[-1].start,
            found.end(),
            found.span(),
            stage="ended",
            left=named[-1].end,
            hint="project",
            parties=[Party.of(named[-1], "investor")],
        )

    def in_talks(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm, works and a word of talks."""
        text = context.text
        about = _ABOUT.search(text, start, end)
        sides = context.mentions_in(start, about.start(), "organization")[-2:] if about else []
        if about and sides and self._names.nouns.work_end.search(about["what"]):
            title = bare(text, about.span("what"))
            return Candidate(
                sides[0].start,
                about.end(),
                about.span("verb"),
                stage="negotiating",
                left=sides[-1].end,
                hint="project",
                title=title if self._names.is_name(context, title) else None,
                parties=[Party.of(m) for m in sides],
            )
        cue = self._words["not_yet"].search(text, start, end)
        if cue is None or (cue[0] == "谈到" and clause_start(context, start, cue.start()) == cue.start()):
            return None  # 谈到某实验室的打算，张三说
        firms = [m for m in context.mentions_in(start, end, "organization") if self._topic.is_firm(m)]
        heads = [
            h
            for h in self._names.nouns.head.finditer(text, start, end)
            if not (self._names.is_body(context, h) or context.is_inside(h.end()))
        ]
        if not firms or not heads or len(firms) > 2:
            return None
        if self._words["sums"].search(text, start, end) or self._words["hopes"].search(
            text, start, cue.start()
        ):
            return None
        title, _ = self._names.named(context, start, heads[:1])
        words = text[slice(*title)]
        is_named = len(words) >= 4 and not NO_NAME.search(words) and not self._names.nouns.is_generic(words)
        if context.mentions_in(*title, "organization", "person"):
            is_named = False
        if not is_named and heads[0].start() < firms[0].end:
            return None
        return Candidate(
            min(firms[0].start, cue.start()),
            max(firms[0].end, cue.end()),
            cue.span(),
            stage="ended" if self._words["ends"].search(text, start, end) else "negotiating",
            base="negotiating",
            left=firms[0].end,
            hint="project",
            title=title if is_named else None,
            parties=[Party.of(firms[0], "investor")],
        )
