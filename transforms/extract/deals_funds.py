"""Money that is put into firms: by whom, for which share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.gated import DEALS

# 某基金投了某公司1200万元，占15%; 第一笔钱投给了某公司：以4500万元换得6%的股份
_PUT_IN = DEALS.compile(
    r"(?P<verb>投给了?|投了|投进了?|注入了?|投资了)(?P<whom>[^，。；：0-9]{1,30}?)(?=[0-9，：])"
    r"(?P<rest>[^。；]{0,40}?(?:占|换得|获得|换取|持有|取得|持股)[^，。；]{0,8}?[0-9.]+[%％](?:的)?(?:股权|股份)?)"
)
# 引入战略投资者某某
_BROUGHT_IN = DEALS.compile(
    r"(?P<verb>引入|引进|迎来)了?的?(?:新的?)?(?:战略|财务)?(?:投资者|投资人|投资方|股东)(?P<who>[^，。；：、的了]{2,24}?)(?=[，。；]|称|表示|出资|投资|将|已|$)"
)
_SUM = r"[0-9.,]+[千万亿]*(?:美|欧|港|日|澳|新加坡|新)?元"
# 引入某资本作为战略投资者
_BROUGHT_AS = DEALS.compile(
    r"(?P<verb>引入|引进|迎来)了?(?P<who>[^，。；：]{2,24}?)(?:作为|成为|为|担任)(?:其|公司)?(?:新的?|第[一二三]大)?(?:战略|财务)?(?:投资者|投资人|投资方|股东)"
)
# 某基金领投的3亿元C轮, 甲领投了乙的B轮融资
_LED_ROUND = re.compile(
    r"(?P<who>[^，。；：]{2,40}?)(?P<verb>独家投资|联合领投|领投|跟投|参投)(?:的|了)(?P<whom>[^，。；：0-9]{2,24}?的)?"
    rf"(?P<title>(?:{_SUM}的?)?(?:Pre-?)?(?:[A-F天种][A-Z+使子]{{0,2}}\+?轮|战略轮|首轮|新一?轮)(?:融资)?)"
)
# 引入的投资者有三家：甲认购3000万美元，乙认购1.5亿港元
_INVESTORS = DEALS.compile(
    r"(?:投资者|投资人|投资方|投资机构|战投|基石|股东|定增|定向增发|配售|募资|融资)[^。；]{0,20}?[：，,]"
)
_SUBSCRIBED = re.compile(
    rf"(?:^|[：，,、])(?P<who>[^，。；：、]{{2,30}}?)(?P<verb>认购|出资|投资|注资|认缴)了?(?:其中的?)?(?={_SUM})"
)
_WE = re.compile(r"我们?(?:公司|企业|厂)?|公司|企业|该公司")
_FUND = re.compile(r"(?:该|这只|这支)?基金的?[^，。；]{0,8}$")


_ROUND = DEALS.compile(r"(?:领投|跟投|参投|独家投资)[的了]")


class FundRules:
    """Rules over verbs of putting money in."""

    def __init__(self, parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        for found in islice(_PUT_IN.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            investors = self._parties.coordination(
                context, left, found.start(), "investor", is_anchored=False
            )
            if not investors and _FUND.search(context.text, left, found.start()):
                body = self._fund_before(context, left)
                investors = [Party.of(body, "investor")] if body else []
            targets = self._targets(context, found)
            yield from self._candidate(context, left, found, investors, targets)
        told = [
            *_BROUGHT_IN.finditer(context.text, start, end),
            *_BROUGHT_AS.finditer(context.text, start, end),
        ]
        for found in told[:MAX_CUES]:
            left = clause_start(context, start, found.start())
            investors = self._parties.coordination(context, *found.span("who"), "investor")
            investors = investors or [Party(*found.span("who"), None, "investor")]
            targets = self._parties.coordination(context, left, found.start(), "target", is_anchored=False)
            yield from self._candidate(context, left, found, investors, targets)

        if _ROUND.search(context.text, start, end):
            yield from self._rounds(context, start, end)
        opened = _INVESTORS.search(context.text, start, end)
        if opened:
            yield from self._investors(context, start, opened.end() - 1, end)

    def _rounds(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲领投了乙的B轮; who raises it may be who the article is about."""
        for found in islice(_LED_ROUND.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start("verb"))
            investors = self._parties.coordination(context, left, found.start("verb"), "investor")
            firms = (
                self._parties.coordination(context, *found.span("whom"), "target", is_anchored=False)
                if found["whom"]
                else []
            )
            known = [p.mention for p in investors if p.mention]
            body = self._parties.topic.firm(context, left, known)
            firms = firms or ([Party.of(body, "target")] if body else [])
            for candidate in self._candidate(context, left, found, investors, firms):
                candidate.title = found.span("title")
                yield candidate

    def _investors(self, context: ArticleContext, start: int, begin: int, end: int) -> Iterator[Candidate]:
        """Each of a list of investors with what it pays."""
        for found in islice(_SUBSCRIBED.finditer(context.text, begin, end), MAX_CUES):
            investors = self._parties.coordination(context, *found.span("who"), "investor")
            known = [p.mention for p in investors if p.mention]
            body = self._parties.topic.firm(context, start, known)
            firms = [Party.of(body, "target")] if body else []
            yield from self._candidate(context, found.start("who"), found, investors, firms)

    def _targets(self, context: ArticleContext, found: re.Match[str]) -> list[Party]:
        begin, stop = found.span("whom")
        if not _WE.fullmatch(context.text, begin, stop):
            return self._parties.coordination(context, begin, stop, "target")
        body = self._parties.topic.subject(context, 0, begin, "organization")
        return [Party(begin, stop, body, "target")] if body else []

    @staticmethod
    def _fund_before(context: ArticleContext, position: int) -> Mention | None:
        funds = [m for m in context.mentions_in(0, position, "organization") if m.text.endswith("基金")]
        return funds[-1] if funds else None

    def _candidate(
        self,
        context: ArticleContext,
        left: int,
        found: re.Match[str],
        investors: list[Party],
        targets: list[Party],
    ) -> Iterator[Candidate]:
        firms = [p for p in targets if p.mention and p.mention.entity_type == "organization"]
        if not firms or not (investors or found.re is _PUT_IN.compiled):
            return
        before = context.without_names(left, found.start())
        yield Candidate(
            start=left,
            end=found.end()
            if found.re is not _SUBSCRIBED
            else clause_end(context.text, found.end(), context.paragraph(left)[1]),
            cue=found.span("verb"),
            base="signed",
            stage=self._stages.read("signed", before, ""),
            left=left,
            rule="put_in",
            hint="equity_investment",
            parties=[*investors, *firms],
            confidence=0.8,
        )
