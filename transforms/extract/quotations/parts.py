"""Where in a sentence somebody else begins to speak."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.quotations.reported import ReportFinder
from transforms.extract.quotations.subjects import SubjectFinder

_SPACES = re.compile(r"[ \u3000](?![ \u3000])")
_SAYS = re.compile(r"\w{1,12}?(?:称|说|表示|指出|强调|宣布|呼吁|要求|警告|谴责)(?!号|为|赞|明)")
_MAX_SPACED_CHARS = 400
# 双方约定互设机构；对方则表示，……
_THEY_SAY = re.compile(
    r"[，,；;](?:不过|但)?(?=(?:对方|双方|三方|各方)(?:[也均都则还]|当即|当场)?(?:表示|称|回应|答复|承诺|透露))"
)
_SEMICOLON = re.compile("[；;]")
_SAYS_SO = re.compile(r"\w{2,16}?(?:称|说|表示|指出|强调|认为|透露|介绍|坦言|告诉记者)[，,：:]")
# ；乙则看上了温泉，称…… begins with 则 whatever 乙 did.
_TELLS_OF = re.compile(
    "则(?!由|是)|(?:[也还]|分别|重点|简要|详细)?(?:分析|介绍|阐述|解读|回顾|分享|围绕|从|就|结合|指出|认为|强调|提出|表示|建议)"
)
_MAX_TITLED = 40


class PartFinder:
    """Parts sentences between those who report in them."""

    def __init__(self, subjects: SubjectFinder, reports: ReportFinder) -> None:
        self._subjects = subjects
        self._reports = reports

    def find(self, context: ArticleContext, start: int, end: int) -> list[tuple[int, int]]:
        """Parts of a sentence at which somebody else begins to speak: at a space (headlines) or a clause."""
        text = context.text
        cuts = {start}
        if end - start <= _MAX_SPACED_CHARS:
            for space in _SPACES.finditer(text, start + 1, end):
                # The space inside a justified name parts nothing.
                people = context.mentions_in(max(0, space.start() - 4), space.end() + 4, "person")
                is_inside = any(m.start < space.start() < m.end for m in people)
                if not is_inside and _SAYS.match(text, space.end(), end):
                    cuts.add(space.end())
        for person in context.mentions_in(start, end, "person")[1:]:
            # 甲认为，……，该公司总经理乙则表示，……: each reports on their own.
            clause = max(text.rfind(mark, start, person.start) for mark in "，,；;") + 1
            if clause > start and self._reports.is_reporting(text, person.end, end):
                cuts.add(clause)
        cuts |= {m.end() for m in _THEY_SAY.finditer(text, start + 1, end)}
        semicolons = [m.end() for m in _SEMICOLON.finditer(text, start, end)]
        cuts |= {at for at in semicolons if _SAYS_SO.match(text, at, end) or self._is_next(context, at, end)}
        ordered = sorted(cuts)
        return list(zip(ordered, [*ordered[1:], end], strict=True))

    def _is_next(self, context: ArticleContext, start: int, end: int) -> bool:
        """甲指出要……；某会秘书长乙分析了……: the next speaker of a row of them."""
        people = context.mentions_in(start, min(end, start + _MAX_TITLED), "person")
        behind = context.text[people[0].end : people[0].end + 6] if people else ""
        return _TELLS_OF.match(behind) is not None and self._subjects.opens_its_clause(
            context, start, people[0]
        )
