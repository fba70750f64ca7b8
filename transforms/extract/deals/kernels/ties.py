"""What a body becomes for another (partner, supplier) and what it proposes, told beside other deals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import MAX_CUES, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.bodies import unquoted
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_BECOMES = DEALS.compile(
    r"成为了?(?P<title>[^，。；：]{0,40}?(?:合作伙伴|战略伙伴|合伙人|供应商))(?![区社法机共平网园组委意协])"
)
# 双方在某领域建立产学研合作关系, beside what they founded
_BOTH_TIED = DEALS.compile(
    r"(?:建立|结成|缔结|确立)起?了?(?![^，。；]{0,8}(?:良好|紧密|密切|深厚|牢固|稳固))(?P<title>[^，。；：]{0,24}?(?:伙伴|合作|友城|协作)关系)(?!的)"
)
# 甲与乙合作推出“茶农贷”, 甲联合乙开发某短剧: a product of two
_LAUNCHES = DEALS.compile(
    r"(?:(?P<how>合作|联合|携手|联手|联名|共同)(?P<other>[^，。；]{2,24}?)?)(?P<verb>推出|开发|研发|发布|上线|开设|开通)了?(?P<title>[^，。；：]{2,30})"
)
# What two may launch without any deal between them.
_NO_PRODUCT = re.compile(
    r"报告|指数|倡议|通知|公告|办法|意见|标准|宣言|名单|白皮书|手册|活动|行动|措施|政策|方案|规划|机制|成果|信息|消息|预警|地图|视频|歌曲|的|利用"
)
_PROPOSES = DEALS.compile(
    r"(?:提出|提议|倡议|建议)(?:了|建设|成立|设立|打造|共建|建立)?[“\"](?P<title>[^“”\"\n]{2,30})[”\"]的?(?:设想|构想|方案|项目)"
)


class TieKernels(KernelReader):
    """Reads one list item [start, end) of a sentence: who becomes what for whom, and what is proposed."""

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        for found in islice(_BECOMES.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            sides = self._parties.coordination(context, left, found.start(), is_anchored=False)[:1]
            subject = None if sides else self._topic.subject(context, start, found.start())
            sides += [Party.of(subject)] if subject else []
            sides += [
                Party.of(m) for m in context.mentions_in(*found.span("title"), "organization", "place")[:1]
            ]
            if len(sides) > 1:
                yield self._tie(context, left, found, "partnership", sides)
        for found in islice(_BOTH_TIED.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            if self._parties.is_both(context.text[left : found.start()]):
                tie = self._tie(context, left, found, "cooperation_agreement", [])
                tie.takes_both = True
                yield tie
        for found in islice(_PROPOSES.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            subject = self._topic.subject(context, start, found.start(), "organization", "person")
            if subject:
                yield self._tie(context, left, found, "proposal", [Party.of(subject, "proposer")])

    def launched(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A product that two bodies bring out together."""
        for found in islice(_LAUNCHES.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            if _NO_PRODUCT.search(found["title"]) or self._is_no_deal(context, left, found.end("verb")):
                continue
            named = context.mentions_in(left, found.start("verb"), "organization")
            if len(named) == 2 and named[1].end <= found.start("verb"):
                tie = self._tie(context, left, found, "cooperation_agreement", [Party.of(m) for m in named])
                tie.base, tie.title = "operating", unquoted(context.text, found.span("title"))
                tie.stage = self._stages.read("operating", context.without_names(left, found.start()), "")
                return tie
        return None

    def _tie(
        self, context: ArticleContext, left: int, found: re.Match[str], hint: str, sides: list[Party]
    ) -> Candidate:
        tie = self._candidate(context, left, found.end(), found.span(), hint, sides)
        tie.start = min([left, *(p.start for p in sides)])
        tie.title = found.span("title")
        if hint == "proposal":
            tie.base = tie.stage = "proposed"
        return tie
