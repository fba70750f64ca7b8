"""Plants, lines and firms that are moved to another place, by their kernel."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.works import SIGNS
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_PLANT = (
    "(?:生产线|产线|[0-9一二两三四五六七八九十]条[^，。；的]{1,8}线|[装线]线|车间|工厂|分厂|老厂|厂区?|总部|生产基地|研发中心"
    "|产能|工序|生产环节)"
)
_HOW = (
    "(?:整体|整厂|全部|全面|陆续|分批|逐步|一并|一起|都|也|年[内底前]*|[0-9]+[年月底前]+|[今明]年[初底内]?)*"
)
_PLANS = "(?:正在?|将于?|拟于?|计划|打算|准备|已经?|[想要会])*"
# 把某生产线迁往某县, 精炼车间将整体迁往某镇, 把注册在外地的某公司整体迁回老家
_MOVES = DEALS.compile(
    rf"(?P<ba>[把将])?(?P<what>[^，。；：“”把将]{{2,36}}?)(?P<plan>{_HOW}{_PLANS}{_HOW})(?P<verb>搬迁|迁移|转移|迁建|迁|搬)"
    r"(?:往|回|至|到|入|进)了?(?P<where>[^，。；]{2,20})"
)
_HOME = re.compile("老家|家乡|故乡|本[地县市省]|园区|开发区|集聚区|[县市镇乡]")
_ENDS_AS_PLANT = re.compile(f"{_PLANT}$")
_DECIDES = re.compile("拟|将|计划|打算|准备|想|要|决定|拍板|表示|表态|同意|有意|愿意?")
# 把设在某市的, 公司在某区的, 原有的: where it was, and whose it is.
_WAS = re.compile(
    "(?:(?:本|该)?(?:公司|企业|集团|厂)(?=.{3}))?(?:原有|现有|原来|自己|其|自家)?(?:的)?"
    "(?:(?:注册|设|建|开|位于?|放)?在?[^，。；的]{2,16}的)?(?:一?[条座个家])?"
)
_OWN = re.compile("[本我]?(?:公司|企业|集团)(?=[原将拟现把的])")
_BY_THEN = re.compile("年[内底]|前|今年|明年")
_NO_DEED = re.compile("(?:未|没有?|不|若|如果|一旦|能否|不得|禁止|拒绝)[^，。；]{0,6}$")
_MAX_TITLE_CHARS, _MIN_TITLE_CHARS = 24, 4
# 项目二期打算放在某镇
_STANDS = DEALS.compile(
    r"(?P<what>(?:[^，。；：“”把将]{2,30}?的)?(?:[^，。；：“”的把将]{0,16}?(?:项目|工程|工厂|分厂|基地|中心|车间|生产线|园|厂)?(?:第?[二三四五]期)?(?:项目|工程)?))"
    r"(?P<plan>(?:初步)?(?:打算|准备|计划|拟|想|考虑|有意|倾向于))(?P<verb>放|落|建|设|摆|安|选址|布局|落户|落地|落子)(?P<at>在|到|于)?(?P<where>[^，。；]{2,20})"
)
_IS_WORKS = re.compile("(?:[二三四五]期(?:项目|工程)?|项目|工厂|分厂|基地|中心|车间|生产线|[新产]业?园|厂)$")


class MoveKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def moved(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A plant, a line or a firm that its owner moves: 甲要把某生产线迁往某县."""
        text = context.text
        for found in _MOVES.finditer(text, start, end):
            span, verb = found.span("what"), found.span("verb")
            if context.is_inside(verb[0]) or context.is_inside(span[0]):
                continue
            firm = next((m for m in context.mentions_in(*span, "organization") if m.end == span[1]), None)
            if not (_ENDS_AS_PLANT.search(text, *span) or (firm and found["ba"])):
                continue
            left = clause_start(context, start, found.start())
            before = text[left : span[0]]
            to = context.mentions_in(*found.span("where"), "place", "organization")
            if not (to or _HOME.search(found["where"])) or self._is_not_done(context, left, found):
                continue
            owner = self._owner(context, start, left, span, firm)
            own = _OWN.search(text, left, span[1])
            if not (owner or own):
                continue
            # 决定把, 表示要把: said in the clause before.
            said = text[clause_start(context, start, left - 1) : left] if left > start else ""
            is_plan = _DECIDES.search(before + said + found["plan"]) or _BY_THEN.search(found["plan"])
            stage = "proposed" if is_plan else "landed"
            title = None if firm else self._title(context, span)
            # 本公司 of a notice whose head was not recognised.
            who = Party.of(owner, "investor") if owner else None
            parties = [who] if who else []
            if own and not who:
                parties = [Party(own.start(), own.end(), None, "investor")]
            parties += [Party.of(firm, "target")] if firm and firm is not owner else []
            # 迁往沙河镇: a firm moves within its own county, and nobody takes it in.
            hosts = [m for m in to if m.start - found.start("where") <= 1 and m.text[-1] not in "镇乡村"][:1]
            return Candidate(
                left,
                max([verb[1], *(m.end for m in hosts)]),
                verb,
                stage="signed" if SIGNS.search(text, verb[1], end) else stage,
                base="landed",
                left=left,
                hint="project",
                title=title,
                parties=[*parties, *(Party.of(m, "host") for m in hosts)],
            )
        return None

    def placed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Works whose firm says where they are to stand: 甲公司的项目二期打算放在某镇."""
        text = context.text
        for found in _STANDS.finditer(text, start, end):
            span = found.span("what")
            to = context.mentions_in(*found.span("where"), "place", "organization")
            if not (_IS_WORKS.search(text, *span) and to) or context.is_inside(found.start("verb")):
                continue
            left = clause_start(context, start, span[0])
            if self._is_not_done(context, left, found):
                continue
            owner = self._owner(context, start, left, span, None)
            title = self._title(context, span)
            if owner is None or not self._topic.is_firm(owner):
                continue
            return Candidate(
                left,
                found.end("verb"),
                found.span("verb"),
                stage="proposed",
                base="proposed",
                hint="project",
                title=title,
                parties=[Party.of(owner, "investor")],
            )
        return None

    def _is_not_done(self, context: ArticleContext, left: int, found: re.Match[str]) -> bool:
        text = context.text
        right = clause_end(text, found.end(), found.end() + 40)
        return bool(
            _NO_DEED.search(text, left, found.start("verb")) or self._is_no_deal(context, left, right)
        )

    def _owner(
        self, context: ArticleContext, start: int, left: int, what: tuple[int, int], firm: Mention | None
    ) -> Mention | None:
        """Who moves it: who is named in front of it or in it, who says so, or the firm told of."""
        who = context.mentions_in(left, what[0], "organization", "person")
        inside = [m for m in context.mentions_in(*what, "organization") if m is not firm]
        houses = [m for m in (*who, *inside) if m.entity_type == "person" or self._topic.is_house(m)]
        said = self._sides.speaker(context, start, left, is_person=firm is not None)
        own = self._topic.own(context, left, what[1])
        told = own or said or (houses[-1] if houses else None)
        if told is None and firm:
            # 在外多年的某某，打算把某公司迁回家乡
            return next((m for m in context.mentions_in(start, left, "person") if m.end == left - 1), firm)
        return told or self._topic.firm(context, left)

    def _title(self, context: ArticleContext, what: tuple[int, int]) -> tuple[int, int] | None:
        """精炼车间 of 本公司原有某开发区的精炼车间."""
        inside = context.mentions_in(*what, "organization", "place")
        begin = max([what[0], *(m.end for m in inside)])
        was = _WAS.match(context.text, begin, what[1])
        begin = was.end() if was else begin
        begin = max(begin, context.text.rfind("的", begin, what[1]) + 1)
        return (begin, what[1]) if _MIN_TITLE_CHARS <= what[1] - begin <= _MAX_TITLE_CHARS else None
