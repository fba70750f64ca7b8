"""Lines and berths by their first train, flight or ship: 首趟某班列从某港驶出, 首艘货轮靠泊某码头."""

from __future__ import annotations

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
