"""Lines and berths by their first train, flight or ship, and works by when they were done.

首趟某班列从某港驶出, 首艘货轮靠泊某码头, 去年10月建成的某加工厂
"""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate
from transforms.extract.gated import DEALS

_FIRST = "(?:首|第一)"
_RUNS = DEALS.compile(
    rf"{_FIRST}[列趟班条](?P<title>[^，。；的]{{2,30}}?(?:班列|专列|列车|航班|航线|公交线路))[^，。；]{{0,30}}?"
    "(?P<verb>驶出|开出|发出|驶离|始发|发车|启程|出发|首发|开行|起飞|首航)"
)
_BERTHS = DEALS.compile(
    rf"{_FIRST}[艘条][^，。；]{{2,24}}?(?P<verb>靠泊|停靠|驶入|驶进|挂靠)(?:在|于|了)?(?P<title>[^，。；的]{{3,30}}?(?:码头|泊位|作业区|港区|船闸))"
)
_AHEAD = DEALS.compile("将|计划|预计|有望|力争")

# 新开工的某基地项目，总投资9亿元; 建成竣工的某项目
_NEWLY = re.compile("(?:新|已|刚刚?|最近才?|其中[，,]|此次|本次|^)(?:建成)?$")
_MAX_AHEAD = 8
_DONE = DEALS.compile(
    "(?P<verb>建成投[产用运]|建成启用|建成|投产|投用|投运|启用|竣工|落成|开工建设|开工|动工|奠基)的(?P<title>[^，。；的、]{4,30}?)"
    "(?=[，,]|位于|坐落|占地|总?投资|是[^，。；]{0,6}(?:首|第一|最))"
)
# 同一天动工的还有某镇的某水厂和某道路: works whose stage is that of others told before
_BEGUN = "开工建设|开工|动工|奠基|破土|开建|投产|投用|投运|竣工|完工|通车|启用|封顶|落成|开业|签约|签下"
_TOO = DEALS.compile(
    rf"(?:(?:同一?[天日时批期]|当[天日]|一[同并起道]|同期|同批|[与跟和同](?:之|它|其|此)同[日时天期]|此外|另外|这[天次批])(?:集中|顺利|正式|先后)?(?P<verb>{_BEGUN})的[，,]?(?:还|另|也)有"
    rf"|(?P<last>{_BEGUN})的[，,]?还有)[，,：:]?(?P<list>[^。；]{{4,90}})"
)
_TELLS_MORE = re.compile(
    "[，,](?:前者|后者|其中|总?投资|全长|占地|概算|日[供处]|年产|设计|建成后|预计|计划|该|两[个项]|均|都|位于|由|共|三[个项]|这)"
)
_WHERE = re.compile(
    r"(?:(?:位于|建在|地处)?[^，。；、的和与及]{2,14}?(?:[县区市镇乡村](?:境内)?|境内|园区?|街道)的|一?[座条个家处所]|总?投资[^，。；、的]{2,10}元的)"
)
_ROAD = re.compile("(?:道路|公路|大道|[^铁管线]路|快速路|高速)$")
_AND = re.compile("、|以及|及|[和与](?=[^、]{4,}$)|[，,]")


class RunKernels(KernelReader):
    """Reads one list item [start, end) of a sentence."""

    def first(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A line by what runs on it first, or a berth by what lies there first."""
        found = _RUNS.search(context.text, start, end) or _BERTHS.search(context.text, start, end)
        if found is None or context.is_inside(found.start()):
            return None
        return Candidate(
            found.start(),
            found.end(),
            found.span("verb"),
            stage="proposed" if _AHEAD.search(context.text, start, found.start("verb")) else "operating",
            hint="project",
            title=self._names.own(context.text, found.span("title")),
        )

    def dated(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Works with a name of their own behind the day on which they were begun or done, or 新开工的."""
        told: list[Candidate] = []
        for found in _DONE.finditer(context.text, start, end):
            is_works = self._names.nouns.work_end.search(found["title"])
            days = context.dates_in(start, found.start())
            is_dated = bool(days) and days[-1].end == found.start()
            newly = _NEWLY.search(context.text[max(start, found.start() - _MAX_AHEAD) : found.start()])
            if not is_works or not (is_dated or newly) or context.is_inside(found.start()):
                continue
            begin = days[-1].start if is_dated else found.start()
            stage = self._stages.of_word(found["verb"])
            if self._stages.read(stage, context.text[start:begin], "") != stage:
                # 原定今年动工的某改造，至今未动
                continue
            title = self._names.own(context.text, found.span("title"))
            if self._names.is_name(context, title) and context.mentions_in(*title, "place", "organization"):
                told.append(
                    Candidate(
                        begin,
                        found.end(),
                        found.span("verb"),
                        stage=stage,
                        hint="project",
                        title=title,
                    )
                )
        return told

    def beside(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Works that were begun or done on the same day as those told before: 同一天动工的还有某水厂."""
        text, found = context.text, _TOO.search(context.text, start, end)
        if found is None or context.is_inside(found.start()):
            return []
        begin, stop = found.span("list")
        more = _TELLS_MORE.search(text, begin, stop)
        stop = more.start() if more else stop
        verb = found.span("verb" if found["verb"] else "last")
        told: list[Candidate] = []
        for a, b in _parts(context, begin, stop):
            where = _WHERE.match(text, a, b)
            begin = where.end() if where else a
            noun = _ROAD.search(text, begin, b) or self._names.nouns.work_end.search(text, begin, b)
            if noun is None:
                continue
            title, sides = self._names.named(context, begin, [noun])
            title = (max(begin, title[0]), title[1])
            is_named = self._names.is_name(context, title)
            if not (is_named or sides) or self._names.nouns.is_generic(text[begin:b]):
                continue
            of_word = self._stages.of_word(text[slice(*verb)])
            stage = "signed" if text[slice(*verb)].startswith("签") else of_word
            told.append(
                Candidate(
                    a,
                    b,
                    (b - 1, b),
                    stage=stage,
                    hint="project",
                    title=title if is_named else None,
                    parties=sides,
                )
            )
        if told:
            told[0].start, told[0].cue = found.start(), verb
        return told


def _parts(context: ArticleContext, begin: int, stop: int) -> list[tuple[int, int]]:
    """The items of a list; a mark within a name divides nothing."""
    cuts = [
        m.span() for m in _AND.finditer(context.text, begin, stop) if not context.is_inside(m.start() + 1)
    ]
    starts, ends = [begin, *(b for _, b in cuts)], [*(a for a, _ in cuts), stop]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]
