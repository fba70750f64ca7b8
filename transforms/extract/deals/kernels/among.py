"""Works that a report names among those of a gathering: 72个项目集中开工，主要有甲项目、乙大桥等."""

from __future__ import annotations

import re
from itertools import pairwise

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.scene import is_at_signing, stage_of_all
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 其中有甲项目、乙大桥等, 甲项目、乙大桥都在其中
_AHEAD = DEALS.compile(
    r"(?:主要|其中|当中|里|分别|名单上|的|还|也|，)(?:主要|就|还|也)?(?:有|包括|包含|涵盖|分别[是为])了?(?P<list>[^。；，]{4,160}?)"
    r"(?=等(?:[0-9一二两三四五六七八九十]*[余多]?[个项]?(?:重点|重大|产业|基础设施|民生)*(?:项目|工程)?)?(?:[。；，]|$)|[。；，]|$)"
)
_BEHIND = DEALS.compile(
    r"(?P<list>[^。；，]{4,160}?)(?:等)?(?:(?:[都均也便就]|正|全)*(?:在其中|在内|在列|位列其中|榜上有名|是其中之一)|[都均也全]*在名单(?:上|里|之列|中))(?=[，。；]|$)"
)
# 开工的有, 这批项目有72个: several works are told of.
_COUNTED = re.compile(
    "[0-9一二两三四五六七八九十]+[余多]?(?:[个项]|项目)|这批|集中|的(?:重点|重大|产业)*(?:项目|工程)?(?:里|中)?[，,]?(?:主要)?(?:有|包括)"
)
_MARK = re.compile("、|以及|[和与及暨](?=[^、]{4,}$)")
# 涵盖生物医药、新材料等领域
_FIELDS = re.compile("等?(?:多?个?)(?:领域|行业|产业|方面|板块|类别|门类|环节|业态)")
_FORM = re.compile("(?:公司|集团|厂|[银支分]行)$")
# Buildings that bear the name of whom they are for: 市委党校, 某职业技术学院.
_HOUSES = frozenset({"school", "university", "hospital", "research", "culture", "site", "road"})
_MIN_NAME_CHARS, _MIN_ITEM_CHARS = 3, 4


class AmongKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        told = any_of([*readers.stages.words("signed", "building", "operating"), "签约"])
        # 竣工的有6个，…，甲项目便是其中之一
        self._done = re.compile(f"(?P<verb>{told})的")

    def named(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Each of the works of a list in a report of works that are begun, completed or signed together."""
        text = context.text
        found: list[Candidate] = []
        for told in (*_AHEAD.finditer(text, start, end), *_BEHIND.finditer(text, start, end)):
            begin, stop = told.span("list")
            stage = self._stage(context, start, begin, end)
            is_ahead = told.re is _AHEAD.compiled
            if stage == "unknown" or _FIELDS.match(text, stop):
                continue
            if is_ahead and not _COUNTED.search(text, start, begin):
                continue
            cuts = [(begin, begin), *(m.span() for m in _MARK.finditer(text, begin, stop)), (stop, stop)]
            items = [i for a, b in pairwise(cuts) if (i := self._item(context, a[1], b[0]))]
            found += [
                Candidate(
                    item[0][0],
                    item[0][1],
                    (item[0][1] - 1, item[0][1]),
                    stage=stage,
                    hint="project",
                    title=item[0],
                    parties=item[1],
                    confidence=0.75,
                    is_each=True,
                )
                for item in items
                if len(items) > 1 or not is_ahead
            ]
        return sorted(found, key=lambda c: c.start)

    def _stage(self, context: ArticleContext, start: int, begin: int, end: int) -> str:
        """How far the works are: by the word in front of them in the sentence, else by what is held."""
        verb = last_match(self._done, context.text, start, begin)
        if verb:
            return self._stages.read(
                self._stages.of_word(verb["verb"]), context.without_names(start, verb.start()), ""
            )
        if is_at_signing(context, start, end):
            return "signed"
        return stage_of_all(context, start, end)

    def _item(
        self, context: ArticleContext, begin: int, stop: int
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """One of them: its name, and the firm that opens it."""
        text, nouns = context.text, self._names.nouns
        begin, stop = self._parties.trim(context, begin, stop)
        names = context.mentions_in(begin, stop, "organization", "place")
        heads = list(nouns.work.finditer(text, begin, stop))
        is_works = bool(heads) and heads[-1].end() == stop
        is_works |= any(m.end == stop and m.subtype in _HOUSES for m in names)
        if stop - begin < _MIN_ITEM_CHARS or not is_works:
            return None
        firm = next((m for m in names if m.start == begin and self._topic.is_firm(m)), None)
        if firm and stop - firm.end < _MIN_NAME_CHARS:
            return None
        # 某公司技改项目 has no name without its firm.
        is_apart = firm and _FORM.search(firm.text) and not nouns.is_generic(text[firm.end : stop])
        if firm and not is_apart:
            return (begin, stop), [Party.of(firm, "investor")]
        title = self._names.own(text, (firm.end if firm else begin, stop))
        if not self._names.is_name(context, title) or nouns.is_pushing(text[slice(*title)]):
            return None
        return title, [Party.of(firm, "investor")] if firm else []
