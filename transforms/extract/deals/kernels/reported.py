"""Works of which a report of a year's work says no more than that they were built: 建成市中医院二期项目."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start, unfilled
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.lists import pieces
from transforms.extract.deals.model import Candidate
from transforms.extract.gated import DEALS

_BUILT = DEALS.compile(
    "(?P<verb>开工建设|动工建设|动工兴建|启动建设|建成(?:投[用运产]|启用|开放|运营|通车|开园)?)了?"
    "(?P<list>[^，。；：的]{5,160}?)(?=等|[，。；]|$)"
)
# 全县先后建成, 五年来已建成
_SUBJECT = re.compile("[全我本该][省市县区州镇乡]|先后|陆续|相继|累计|已|[^，。；]{1,6}年[来内]")
# 市中医院二期, 县第三中学: of the town itself.
_OF_TOWN = re.compile("[省市县区州镇](?!级|场|区|域)")
_MIN_NAME_CHARS = 5


class ReportKernels(KernelReader):
    """Reads one list item [start, end) of a sentence."""

    def built(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Each of the works behind a verb of building that has no subject but a town."""
        text = context.text
        found: list[Candidate] = []
        for verb in _BUILT.finditer(text, start, end):
            left = clause_start(context, start, verb.start())
            before = next(
                (m.end() for m in reversed(list(_SUBJECT.finditer(text, left, verb.start())))), left
            )
            stage = self._stages.of_word(verb["verb"])
            if unfilled(context, before, verb.start()) or context.mentions_in(
                left, verb.start(), "organization", "person"
            ):
                continue
            if self._stages.read(stage, context.without_names(left, verb.start()), "") != stage:
                continue
            for begin, stop in pieces(text, *verb.span("list")):
                title = self._names.own(text, (begin, stop))
                named = context.mentions_in(*title, "place", "organization")
                is_own = named or _OF_TOWN.match(text, *title)
                is_whole = any((m.start, m.end) == title for m in named)
                if (
                    is_own
                    and (is_whole or title[1] - title[0] >= _MIN_NAME_CHARS)
                    and self._names.nouns.work_end.search(text, *title)
                    and self._names.is_name(context, title)
                ):
                    found.append(
                        Candidate(
                            begin,
                            stop,
                            verb.span("verb"),
                            stage=stage,
                            hint="project",
                            title=title,
                            is_each=True,
                        )
                    )
        return found
