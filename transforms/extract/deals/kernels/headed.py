"""Lists in which works stand as headings: ●集中开工 above, ▲某产业园（某县）。由某公司投资建设 below."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.names import NO_NAME
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.works import WorkNouns

_MARKS = "●▲■★☆□○△▶▷◎◇◆▪•·①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_ITEM = re.compile(
    rf"[ \u3000]*(?:[{_MARKS}]|[0-9]{{1,2}}[.、．](?![0-9]))[ \u3000]*"
    r"(?P<title>[^，。；：、（）()\n]{4,40})(?:[（(](?P<of>[^（）()\n]{1,20})[）)])?。(?=[^\n])"
)
# A line of its own that says what all works below it did.
_SECTION = re.compile(
    rf"(?m)^[ \u3000]*[{_MARKS}【〔（(]?(?:[一二三四五六七八九][、.])?"
    rf"(?:[^，。；：\n{_MARKS}]{{0,12}}?(?:集中|新|已|计划))?"
    r"(?P<verb>开工|动工|在建|续建|竣工|投产|投用|签约)(?:类|篇|的?(?:重点|重大|代表性?|部分|产业)*项目)?"
    r"(?:一览表?|名单|清单|简介|选登|摘登|展示|（[^（）\n]{1,12}）)?[】〕）)]?[ \u3000：:]*$"
)
_STAGES = {
    **dict.fromkeys(["开工", "动工", "在建", "续建"], "building"),
    **dict.fromkeys(["竣工", "投产", "投用"], "operating"),
    "签约": "signed",
}
# 甲公司与乙公司合资建设: sides without 由, in front of the paragraph's first comma.
_JOINT = re.compile(
    r"(?P<who>[^，。；由]{4,60}?)(?:共同|联合|合资|合作|出资|独资|全资)*(?:投资)?(?:[0-9.]+[万亿]元)?(?:建设|兴建|打造|建成)(?=[，。；])"
)
_LOOK_BACK_CHARS, _MIN_TITLE_CHARS = 1500, 4


class HeadedKernels(KernelReader):
    """Reads one paragraph of such a list; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        self._nouns = WorkNouns(readers.lookups["deal_types"])

    def headed(self, context: ArticleContext, start: int) -> Candidate | None:
        """The works that head the paragraph at `start`, with those who pay for and build them."""
        text = context.text
        end = context.paragraph(start)[1]
        item = _ITEM.match(text, start, end)
        section = self._section(text, start) if item else None
        if item is None or section is None:
            return None
        title = item.span("title")
        sides = self._works_sides.hands(context, item.end(), end)
        joint = None if sides else _JOINT.match(text, item.end(), end)
        if joint:
            sides = self._parties.coordination(context, *joint.span("who"), "investor")
        sides = [p for p in sides if p.mention]
        firm = next((m for m in context.mentions_in(*title, "organization") if m.start == title[0]), None)
        if firm and not sides and self._topic.is_firm(firm) and title[1] - firm.end >= _MIN_TITLE_CHARS:
            # ▲某公司某技改项目。总投资1.5亿元
            title, sides = (firm.end, title[1]), [Party.of(firm, "investor")]
        if self._nouns.is_generic(text[slice(*title)]) or NO_NAME.search(text[slice(*title)]):
            return None
        stage = _STAGES[section]
        return Candidate(
            start,
            max([item.end(), *(p.end for p in sides)]),
            title,
            stage=stage,
            hint="project",
            title=title,
            parties=[replace(p, role="investor") if p.role == "partner" else p for p in sides],
            rule="headed",
            confidence=0.9,
            is_each=True,
        )

    @staticmethod
    def _section(text: str, start: int) -> str | None:
        """The word of the line above a list, if nothing but items stands between."""
        floor, line = max(0, start - _LOOK_BACK_CHARS), start
        while line > floor:
            begin = text.rfind("\n", 0, line - 1) + 1
            if head := _SECTION.match(text, begin, line):
                return head["verb"]
            if not _ITEM.match(text, begin, line):
                return None
            line = begin
        return None
