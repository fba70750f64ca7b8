"""Goods and technology that change hands: deliveries, orders, patents, licences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals_actors import ActorReader
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader

_RIGHT = (
    r"(?:专利(?:技术|权)?|(?:发明|核心|育种|育秧|生产|制备|加工|关键)技术|技术成果|科技成果|产能(?:指标)?|指标|品种(?:权|经营权)|商标"
    r"|著作权|配方|生产工艺|新药批件)"
)
# 受让某学院的“某工艺”发明专利
_TAKEN = re.compile(
    rf"(?P<verb>受让|买断|购得|买下|引进|购买)(?:了)?(?P<whom>[^，。；：]{{2,30}}?)(?:持有的|拥有的|研发的|的)(?P<title>[^，。；：]{{2,40}}?{_RIGHT})"
)
# 把某专利许可给了某集团
_GIVEN = re.compile(
    rf"(?:把|将)(?P<title>[^，。；：]{{0,40}}?{_RIGHT})(?:以[^，。；：]{{2,24}}?)?"
    r"(?P<verb>转让|许可|授权|出让|出售|卖)(?:使用)?(?:给|予|至)(?:了)?(?P<whom>[^，。；：]{2,40})"
)
AMOUNT = (
    r"(?:约|近|逾|超|不少于)?[0-9.,]+ ?余?万?余?(?:吨|台|套|架|艘|辆|头|只|箱|件|块|组|公斤|立方米|羽|株|片)"
)
_RIGHTS, _AMOUNTS = re.compile(_RIGHT), re.compile(AMOUNT)
# 向某经销商供应鱼子酱2.4吨
_DELIVERED = re.compile(
    rf"(?:向|为|给)(?P<whom>[^，。；：]{{2,40}}?)(?:持续|长期|独家)*(?P<verb>供应|供货|供给|出口|销售|订购|采购|购买|购进)(?:了)?"
    rf"(?P<title>[^，。；：]{{0,24}}?{AMOUNT}(?:的)?[^，。；：0-9]{{0,12}})"
)
# 与某商会订下冷冻榴莲2万吨
_ORDERED = re.compile(
    rf"(?:与|和|同|跟)(?P<whom>[^，。；：]{{2,40}}?)(?:当场|现场|一次性)?(?P<verb>订下|订购|预订|敲定|谈妥|谈成|订了|定下)(?:了)?"
    rf"(?P<title>[^，。；：]{{0,24}}?{AMOUNT}(?:的)?[^，。；：0-9]{{0,12}})"
)
_FROM_SELLER = frozenset({"订购", "采购", "购买", "购进", "订下", "预订", "订了", "定下"})
# Deliveries are statistics, unless somebody signed for them or says what they cost.
_CONTRACT = re.compile(
    r"合同|订单|签下|签订|签约|[两几首0-9一二三四五六七八九十]单|货值|总价|合同额|价款|成交"
)
_SUM = re.compile(r"累计|同比|全年|今年以来|截至|每年|年均|前[0-9一二三四五六七八九十]+个?月|去年|上半年")

_UNNAMED = re.compile(r"一家|某|几家|多家|一个|有关")
_ANAPHOR = re.compile(r"(?:该|本)?(?:企业|公司|厂|他|她)")


class TradeRules:
    """Rules over verbs of delivering, ordering and licensing."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        is_right = _RIGHTS.search(context.text, start, end)
        for pattern in (_TAKEN, _GIVEN) if is_right else ():
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                yield from self._trade(context, start, end, found, "transfer", buys=pattern is _TAKEN)
        is_goods = _AMOUNTS.search(context.text, start, end)
        for pattern in (_DELIVERED, _ORDERED) if is_goods else ():
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                if self._is_contract(context, found):
                    buys = found["verb"] in _FROM_SELLER
                    yield from self._trade(context, start, end, found, "supply_contract", buys=buys)

    def _is_contract(self, context: ArticleContext, found: re.Match[str]) -> bool:
        first, last = context.sentences[max(0, context.sentence_at(found.start()))]
        left = clause_start(context, first, found.start())
        is_told = found.re is _ORDERED or _CONTRACT.search(context.text, first, last)
        return bool(is_told) and not _SUM.search(context.text, left, found.end())

    def _trade(
        self,
        context: ArticleContext,
        start: int,
        end: int,
        found: re.Match[str],
        hint: str,
        *,
        buys: bool,
    ) -> Iterator[Candidate]:
        text = context.text
        left = clause_start(context, start, found.start())
        actor, other = ("buyer", "seller") if buys else ("seller", "buyer")
        actors = self._actors.actors(context, start, left, found.start(), actor)
        others = self._parties.coordination(
            context, found.start("whom"), found.end("whom"), other, is_anchored=False
        )
        others = others or self._bare(context, found, other)
        bare = actors[0] if actors and actors[0].mention is None else None
        if not actors or (bare and _ANAPHOR.fullmatch(text, bare.start, bare.end)):
            body = self._parties.nearest(context, 0, found.start(), "organization")
            actors = [Party(body.start, body.end, body, actor)] if body else []
        actors = [p for p in actors if p.mention is None or p.mention.entity_type != "place"]
        named = [p.mention.text for p in others if p.mention]
        actors = [p for p in actors if p.mention is None or p.mention.text not in named]
        others = [
            p
            for p in others
            if (p.mention is None or p.mention.entity_type != "place")
            and not _UNNAMED.search(text, p.start, p.end)
        ]
        if not actors or not (others or hint == "transfer"):
            return
        right = clause_end(text, found.end(), end)
        # 应 of 某某供应链 is no plan: the names end where they are written to end.
        behind = max([left, *(self._parties.name_end(context, p) for p in actors if p.end <= found.start())])
        before = context.without_names(behind, found.start())
        stage = self._stages.read("signed", before, text[found.end() : right])
        yield Candidate(
            start=min([left, *(p.start for p in actors if p.start >= start)]),
            end=right,
            cue=found.span("verb"),
            base="signed",
            stage=stage,
            left=left,
            rule="traded",
            hint=hint,
            title=found.span("title"),
            parties=[*actors, *(replace(p, role=other) for p in others)],
            confidence=0.86,
        )

    def _bare(self, context: ArticleContext, found: re.Match[str], role: str) -> list[Party]:
        begin, stop = found.span("whom")
        names = self._actors.names_firm(context.text[begin:stop])
        return (
            [Party(begin, stop, None, role)]
            if names and not context.mentions_in(begin, stop, "organization")
            else []
        )
