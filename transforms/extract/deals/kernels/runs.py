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
