"""What a text goes on to say of works told before: how far they are, and how far their phases."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import MAX_CUES, clause_start, unfilled
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.works import WorksKernels
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.works_sides import THIS
from transforms.extract.gated import DEALS

# 去年12月开工, 目前1号厂房已封顶: a clause that goes on about the works before it.
_STILL = re.compile(
    r"[ 　]*(?:目前|现在?|如今|眼下|截至目前|据悉|据了解|其中|那里|那儿|这里)?[，,]?"
    r"(?:(?:该|此|这一|这个)?(?:(?:改造|技改|扩建|新建)?(?:项目|工程)|基地|产业园|电站|园区|中心|工厂|生产线|厂区|牧场|管线|大桥|全线"
    r"|(?:[一二三四五六首]期)?(?:主?厂房|车间|主楼))"
    r"|[该此这][座条个家处]?\w{0,6}(?:港|园|厂|仓|线|桥|站|库|楼|馆|场|院|房)"
    r"|[0-9、一二三四五六七八九十两]+(?:号|栋|座|幢|个)[^，。；]{0,8}?(?:厂房|楼|泊位|炉|机组|车间|牛舍|标段)?)?"
)
# 一期 of a project told before, with what is said of it.
_PHASE_OF = DEALS.compile(
    r"(?:^|[，。；,;（(\n：“]|其中)(?:项目)?(?P<title>(?:第?[一二三四五六]|首)期)(?:项目|工程)?"
    r"(?=已|于|计划|预计|将|拟|总?投资|规划|建设|占地|正|年产|达产|建成|投产|竣工|开工|主要|由|争取|力争|何时|去年|今年|前年|明年|后年|上月|本月|下月|年[内底]|在|同步|随后|主体|也|则|包[括含]|选址|用地|尚|还|仍|暂|[0-9])"
)
_IS_OF = DEALS.compile(
    r"这(?:也|还|既)?是(?P<who>[^，。；]{2,24}?)在[^，。；的]{1,12}?(?:投资|建设|设立|兴建|布局|落子|打造|投|建)*的?"
    r"(?:第[一二三四五六七八九十]+|首|唯一)(?:的?一)?[个家座条处](?:[^，。；]{0,6}?)(?:项目|工厂|厂|基地|园区|中心)"
)
# A phase without works of its own yet.
_EARLY = re.compile(
    r"选址|报批|未定|未敲定|没有时间表|论证|谋划|前期工作|规划中|正?在规划|可行性研究|环评|筹备"
)
_WEAK = frozenset({"启动", "选址"})


class GoesOnKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once."""

    def __init__(self, readers: Readers, works: WorksKernels) -> None:
        super().__init__(readers)
        self._works = works

    def find(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """What an item adds to the works told before it."""
        return [
            *self._phases(context, start, end),
            *self._how_far(context, start, end),
            *self._hands(context, start, end),
        ]

    def _phases(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """其中一期投资30亿元，计划2027年3月建成投产: a phase of the project told before it."""
        text, found = context.text, []
        # An item begins behind its semicolon, which is what a phase stands behind.
        phases = [
            (p.span("title"), p.end())
            for p in islice(_PHASE_OF.finditer(text, max(0, start - 1), end), MAX_CUES)
        ]
        for (title, left), (following, _) in pairwise([*phases, ((end, end), end)]):
            verbs = self._works.words(context, left, following[0])
            # 先行启动，…争取8月开工: of a phase that is under way the works tell how far.
            verb = next((v for v in verbs if v["verb"] not in _WEAK), next(iter(verbs), None))
            verb = None if verb and verb["verb"] == "选址" else verb
            cue = verb.span("verb") if verb else title
            stage = self._works.how_far(context, left, verb) if verb else "unknown"
            if not verb and _EARLY.search(text, left, following[0]):
                stage = "proposed"
            if stage == "unknown":
                # 一期投资4亿元: an amount alone is one of the whole.
                continue
            found.append(
                Candidate(
                    title[0],
                    max(left, cue[1]),
                    cue,
                    stage=stage,
                    left=left,
                    hint="project",
                    title=title,
                    rule="phase",
                    confidence=0.78,
                    is_phase=True,
                    is_alone=stage in {"building", "operating"}
                    and bool(context.money_in(left, following[0])),
                    expected_only=stage == "proposed" and self._stages.is_expected(text[left : cue[0]]),
                )
            )
        return found

    def _how_far(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """该项目去年12月开工，目前主体已封顶: how far the works told before are."""
        found = []
        for verb in self._works.words(context, start, end):
            left = clause_start(context, start, verb.start())
            subject = _STILL.match(context.text, left, verb.start() + 1)
            begin = min(subject.end(), verb.start()) if subject else left
            if context.is_ahead(left, verb.start()) or unfilled(context, begin, verb.start(), slack=False):
                continue
            stage = self._works.how_far(context, start, verb)
            found.append(
                Candidate(
                    left,
                    verb.end(),
                    verb.span("verb"),
                    stage=stage,
                    hint="project",
                    rule="how_far",
                    about_last=True,
                    confidence=0.5,
                )
            )
        return found

    @staticmethod
    def _whose(context: ArticleContext, is_of: re.Match[str]) -> list[Candidate]:
        """某厂打下第一根桩，这是某集团在华投资的首个工厂: whose the works told before are."""
        firms = context.mentions_in(*is_of.span("who"), "organization")
        if not firms or firms[-1].end != is_of.end("who"):
            return []
        return [
            Candidate(
                is_of.start(),
                is_of.end(),
                (is_of.end(), is_of.end()),
                stage="building",
                hint="project",
                parties=[Party.of(firms[-1], "investor")],
                rule="runs",
                about_last=True,
            )
        ]

    def _hands(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """该项目由某公司投资建设: who builds the works told before, if the item names no others."""
        if is_of := _IS_OF.search(context.text, start, end):
            return self._whose(context, is_of)
        this = THIS.match(context.text, start, end)
        hands = self._works_sides.hands(context, this.end(), end) if this else []
        if this is None or not hands:
            return []
        stop = hands[-1].end
        is_by = "由" in context.text[this.end() : hands[0].start]
        stage = "proposed" if context.is_ahead(start, hands[0].start) else "building"
        return [
            Candidate(
                start,
                stop,
                (stop, stop),
                stage=stage,
                base="building",
                left=this.end(),
                hint="project",
                parties=hands,
                rule="invested_by" if is_by else "runs",
                about_last=True,
                confidence=0.85,
            )
        ]
