"""What the readers of kernels share: who deals, what tells of no deal, and the deal itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.kernels.kinds import PactKinds
from transforms.extract.deals.kernels.names import WorkNames
from transforms.extract.deals.kernels.sides import DeedSides
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.works_sides import WorksSides
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# A loan on a pledge or to three firms is one, and the first of a city is no sum.
_NO_SUM = re.compile(
    r"(?<![0-9一二三四五六七八九十百])[1-9一二三四五六七八九两]家企业|[质抵]押(?=[^，。；]{0,4}贷款)|担保(?=贷款)|作(?:为)?[质抵]押|全[市县区省国州](?=首|第一|唯一|最大|单笔|规模最大|[0-9]{1,3}[户家])"
)
# 某县将公交运营交给某集团: 将 stands for 把 and tells no plan.
_OBJECT_MARK = re.compile("将(?=(?![以于在向由从与和同会继陆全正被再为投对把与])[^，。；将]{3,40}$)")
# 甲将专利转让给乙: to whom says that 将 has an object, however short.
_GIVEN_MARK = re.compile("将(?=[^，。；将]{2,40}$)")
_NO_PAPER = "(?!(?<!意向)(?<!意向性)(?<!草签)[^，。；、与和]{0,6}(?:协议|合同|备忘录|协定))"


class Readers:
    """What the kernels read with; compiled once from the lookups."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self.lookups, self.parties, self.stages = lookups, parties, stages
        kernels: Mapping[str, list[str]] = lookups["deal_types"]["kernels"]
        self.words = {name: DEALS.compile(any_of(words)) for name, words in kernels.items()}
        # 签订产销对接协议: the name of a paper is no talk.
        self.words["talks"] = DEALS.compile(f"(?:{any_of(kernels['talks'])}){_NO_PAPER}")
        self.sides, self.works_sides = DeedSides(lookups, parties), WorksSides(lookups, parties)
        self.names = WorkNames(lookups["deal_types"], parties)
        self.kinds = PactKinds(lookups, parties)


class KernelReader:
    """Each method of those that build on it takes one list item [start, end) of a sentence."""

    def __init__(self, readers: Readers) -> None:
        self._parties, self._topic, self._stages = readers.parties, readers.parties.topic, readers.stages
        self._words, self._sides, self._kinds = readers.words, readers.sides, readers.kinds
        self._works_sides, self._names = readers.works_sides, readers.names

    def _is_no_deal(self, context: ArticleContext, left: int, right: int) -> bool:
        """Whether a clause tells a sum of many deals, or a wish."""
        return self._is_sum(context, left, right) or self._is_hope(context, left, right)

    def _is_sum(self, context: ArticleContext, left: int, right: int) -> bool:
        words = _NO_SUM.sub("", context.without_names(left, right))
        return self._words["sums"].search(words) is not None

    def _is_hope(self, context: ArticleContext, left: int, right: int) -> bool:
        words = _NO_SUM.sub("", context.without_names(left, right))
        return self._words["hopes"].search(words) is not None

    def _candidate(
        self,
        context: ArticleContext,
        left: int,
        right: int,
        cue: tuple[int, int],
        hint: str,
        parties: list[Party],
    ) -> Candidate:
        mark = _GIVEN_MARK if "给" in context.text[cue[0] : cue[1] + 1] else _OBJECT_MARK
        before = mark.sub("", context.without_names(left, cue[0]))
        stage = self._stages.read("signed", before, context.text[cue[1] : right])
        if self._words["ends"].search(context.text, left, right):
            stage = "ended"
        elif stage == "signed" and self._words["talks"].search(context.text, left, right):
            stage = "negotiating"
        return Candidate(left, right, cue, stage=stage, base="signed", hint=hint, parties=parties)
