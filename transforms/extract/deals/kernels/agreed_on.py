"""Shops, points and works that two agree to open somewhere, by their kernel."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_SETTLES = "(?:商定|约定|议定|说定|说好|谈定|谈妥|谈好|谈成|敲定|同意|决定|达成一致)"
_LEAD = (
    r"了?[，,：:]?(?:双方|两家|[今明后]年|年内|[0-9年月日底前初]+|将|拟|于|共同|合作|联合)*"
    r"(?P<where>在[^，。；]{2,24}?)?[，,]?(?:将|拟|共同|合作|联合|再|新)*"
)
_NAME = r"(?P<title>[^，。；：]{3,24}?)(?=[，,。；：]|$)"
# 商定，在某街开一家直营店; 谈好在某县建康养基地
_OPENS = DEALS.compile(
    rf"(?P<settles>{_SETTLES}){_LEAD}(?P<verb>开设|设立|设(?![备施计])|开(?![发展放通工业行])|办(?![公理事])|建设|建(?!立|筑|材|交|行))(?P<one>(?:[一两二三四五0-9]+[家处个座间所条]))?{_NAME}"
)
# 同意把甲的试飞中心设在某镇
_PUTS = DEALS.compile(
    rf"(?P<settles>{_SETTLES})了?[，,：:]?(?:将|把)(?P<title>[^，。；：]{{3,24}}?)(?P<verb>设|放|建|落|安|布局)(?:在|到|于)(?P<where>[^，。；]{{2,20}})"
)
_ENDED = re.compile(
    "搁置|搁浅|泡汤|没了下文|没有下文|没能成|没成|未成|没谈成|告吹|作罢|撤回|取消|反悔|放弃|黄了|不了了之|落空|流产|终止"
)
_NO_DEAL = re.compile(
    "(?:未|没有?|尚未|并未|是否|能否)[^，。；]{0,3}$|(?:会议|常委会|全会|大会|董事会|村民|社员)[^，。；]{0,8}$"
)
_OF = re.compile("(?P<whose>[^，。；的]{2,20})的(?=.{3})")
_SHOP = re.compile("(?:店|点|柜|窗口|档口|门市)$")
_TALKED_OVER = frozenset({"说好", "谈妥", "谈好", "谈成", "同意"})
_WITH = frozenset("与和同跟")


class AgreedOnKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words = readers.lookups["deal_types"]
        things = any_of([*words["institutions"], *words["projects"], *words["works"]])
        self._thing = re.compile(f'(?:{things}|点|专柜|窗口|网点|档口|门市|馆)(?:[”"]\\w{{0,4}})?$')

    def opened(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two that agree to open something: 甲县与乙区商定，在某街开一家直营店."""
        text = context.text
        found = _PUTS.search(text, start, end) or _OPENS.search(text, start, end)
        if found is None or context.is_inside(found.start()):
            return None
        title = found.span("title")
        is_put = found.re is _PUTS.compiled
        if not self._thing.search(text, *title) or not (is_put or found["one"] or found["where"]):
            return None
        left = clause_start(context, start, found.start())
        ahead = context.without_names(left, found.start())
        if _NO_DEAL.search(ahead) or self._words["hopes"].search(ahead):
            return None
        is_both = self._parties.is_both(text[left : found.start()])
        sides = [] if is_both else self._parties.coordination(context, left, found.start(), is_anchored=False)
        sides = [p for p in sides if p.mention or OFFICE.search(text, p.start, p.end) is None]
        named = [p for p in sides if p.mention]
        # 分队与某公司谈好: who comes for the place may have no name.
        is_with = named and (len(sides) > 1 or text[named[0].start - 1] in _WITH)
        if not (is_both or is_with):
            return None
        whose = _OF.match(text, *title) if is_put else None
        owner = context.mentions_in(*whose.span("whose"), "organization", "place")[-1:] if whose else []
        title = (whose.end(), title[1]) if whose and owner else title
        is_shop = _SHOP.search(text, *title) is not None
        is_open = is_shop or found["settles"] in _TALKED_OVER or context.is_ahead(found.end("settles"), end)
        return Candidate(
            left,
            found.end(),
            found.span("settles"),
            stage="ended" if _ENDED.search(text, found.end(), end) else "proposed" if is_open else "signed",
            base="proposed",
            hint="project" if is_shop else self._kinds.thing_kind(text, title),
            title=title,
            parties=[Party.of(m, "investor") for m in owner] or sides,
            takes_both=is_both and not owner,
        )
