"""Goods and technology by their kernel: a deed, what is handed over, and who stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_clauses import clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_topic import BANK, is_same, is_within
from transforms.extract.deals_trade_words import AMOUNTS, OFFICE, RIGHTS
from transforms.extract.patterns import patterns_of

_ORDER = r"(?:订单|大单|单子|供货单|采购单|订购单|长协|(?:[购供]|出口)[^，。；]{0,6}(?:合同|协议))"
_BUYS = re.compile(
    r"来自|出自|订的货|订下|订购|订走|(?<!签)订了|订造|采购(?![^，。；]{0,3}(?:经理|总监|员|部|负责))|购置|购买|购入|购进|买下|买走|买进|买了|买的|买来|(?<!净)买入|定制|引进|下单|下了[^，。；]{0,8}?单"
    rf"|包销|追加了?[^，。；]{{0,20}}?{_ORDER}"
)
_SELLS = re.compile(
    r"供货|供应(?!链|商)|供给|供气|供电|销往|卖给|卖到|出口(?![额值量总货退增创])|发往|交付|出的货"
    rf"|(?:拿|签|接|揽|抢|斩|收|获)[下到了回获得][^，。；]{{0,24}}?{_ORDER}"
)
# 拿到某公司的一份采购单: who gets the order sells.
_GETS = re.compile(r"(?:拿|接|签|揽|抢|收|获)[到下得了回]?[^，。；]{0,24}?(?:采购|订购)(?:单|订单|合同|协议)")
_ANY_ORDER = re.compile(_ORDER + "(?![后前时以之])")
_TAKES = re.compile(
    r"受让|买断|购得|买下|买走|买来|买回|购买|购入|引进|引入|拍下|竞得|拿[到下]|取得|获得|换得"
)
_GIVES = re.compile(r"(?:转让|许可|授权|出让|出售|输出|卖|授|转)(?:给|予|至|到)")
# Without one of these the dearer pattern of rights has no match.
_ANY_RIGHT = re.compile("技术|专利|工艺|品种|商标|著作权|配方|批件|成果|指标|许可|授权|[发营产用售理编名]权")
_PASSES = re.compile(r"转让|许可|授权")
_FROM = re.compile(r"(?:从|向|自|由|与|和|同|跟|为|给|到|了)(?:[^，。；：]{0,6})$")
# Shares are no goods, a bid is no order, and money may come from anywhere.
_OTHER_DEED = re.compile(
    r"股[权份]|中标|中选|(?:资金|收入|利润|营收|投资|贷款|税收|[0-9]元)[^，。；]{0,8}来自"
)
_MAX_BEHIND = 30


class TradeKernels:
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._topic, self._stages = parties.topic, stages
        self._words = patterns_of(lookups["deal_types"]["kernels"])

    def traded(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two firms, a word of buying or selling and a sum, an amount of goods or a paper."""
        text = context.text
        for pattern, first, second in ((_BUYS, "buyer", "seller"), (_SELLS, "seller", "buyer")):
            for found in pattern.finditer(text, start, end):
                left, right = clause_start(context, start, found.start()), clause_end(text, found.end(), end)
                behind = min(end, right + _MAX_BEHIND)
                order = _ANY_ORDER.search(text, left, right)
                if context.is_inside(found.start()) or not (
                    order or context.money_in(left, behind) or AMOUNTS.search(text, left, behind)
                ):
                    continue
                if self._is_no_deal(context, start, left, right):
                    continue
                if _OTHER_DEED.search(context.without_names(left, right)):
                    continue
                named = context.mentions_in(left, right, "organization")
                if not named:
                    continue
                actor, other = named[0], named[-1]
                if len(named) == 1:
                    # 某集团追加了订单: who stands in front of the verb acts, the firm told of deals with it.
                    acts = other.end <= found.start() and not _FROM.search(text, left, other.start)
                    topic = self._topic.acting(context, left, other)
                    if topic is None:
                        continue
                    actor, other = (other, topic) if acts else (topic, other)
                if is_within(actor, other) or is_same(actor, other) or BANK.search(actor.text):
                    continue
                if not self._trades(other):
                    continue
                # 由某公司供应: who is named behind 由 sells.
                by = pattern is _SELLS and text[other.start - 1 : other.start] == "由"
                sells = by or (pattern is _BUYS and _GETS.search(text, left, found.end() + 2))
                roles = (second, first) if sells else (first, second)
                parties = [Party.of(actor, roles[0]), Party.of(other, roles[1])]
                return self._candidate(context, left, behind, found.span(), "supply_contract", parties)
        return None

    def passed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Who hands a technology, a licence or a variety to whom."""
        text = context.text
        if not _ANY_RIGHT.search(text, start, end):
            return None
        for right_word in RIGHTS.finditer(text, start, end):
            left = clause_start(context, start, right_word.start())
            right = clause_end(text, right_word.end(), end)
            gives = _GIVES.search(text, left, right)
            deed = gives or _TAKES.search(text, left, right) or _PASSES.search(text, left, right)
            if (
                deed is None
                or context.is_inside(deed.start())
                or self._is_no_deal(context, start, left, right)
            ):
                continue
            named = context.mentions_in(left, right, "organization")
            if len(named) == 1 and (actor := self._topic.acting(context, left, named[0])):
                named = [actor, *named]
            if len(named) != 2 or is_within(*named) or any(OFFICE.search(m.text) for m in named):
                continue
            parties = [Party.of(named[0], "seller" if gives else "buyer")]
            parties.append(Party.of(named[1], "buyer" if gives else "seller"))
            return self._candidate(context, left, right, deed.span(), "transfer", parties)
        return None

    def _trades(self, body: Mention) -> bool:
        is_other = body.subtype in {None, "association", "other"} and not BANK.search(body.text)
        return self._topic.is_firm(body) or is_other

    def _is_no_deal(self, context: ArticleContext, start: int, left: int, right: int) -> bool:
        words = context.without_names(left, right)
        return bool(
            self._words["sums"].search(context.text, start, right) or self._words["hopes"].search(words)
        )

    def _candidate(
        self,
        context: ArticleContext,
        left: int,
        right: int,
        cue: tuple[int, int],
        hint: str,
        parties: list[Party],
    ) -> Candidate:
        text = context.text
        stage = self._stages.read("signed", context.without_names(left, cue[0]), text[cue[1] : right])
        if stage == "signed" and self._words["talks"].search(text, left, right):
            stage = "negotiating"
        return Candidate(
            start=left,
            end=right,
            cue=cue,
            base="signed",
            stage="ended" if self._words["ends"].search(text, left, right) else stage,
            left=left,
            rule="kernel",
            hint=hint,
            parties=parties,
            confidence=0.6,
        )
