"""Loans, shares and purchases by their kernel: a word of the deed, a sum, and who stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention, Span
from transforms.extract.deals_clauses import clause_end, clause_start
from transforms.extract.deals_loans import COUNTED, CREDIT, PRODUCT
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_topic import BANK, is_same, is_within
from transforms.extract.patterns import patterns_of

_SHARE = re.compile(
    r"(?<![可未能])(?:投资入股|战略入股|增资入股|增资扩股|入股|参股|增资|注资|领投|跟投|[A-F天使]\+?轮(?:融资)?"
    r"|以股权(?:形式|方式)投入?|投[了入给]?[^，。；]{0,14}?(?=占[股了公]|持股|[，,]占[0-9])"
    r"|认购(?=[^，。；]{0,40}?(?:股[权份]|新增|基金份额|[0-9.]+[千万亿]*(?:美|港|欧|日)?元))"
    r"|(?:拿[走到]|换[走取得]|得到)了?(?=[^，。；]{0,36}?股[权份]))"
)
_TAKES = re.compile(
    r"(?:收购|并购|兼并|买下|盘下|接手|接盘|吃下|买断|整体接管|全资控股"
    r"|(?:收下|拿下|吃进|购下|受让|取得|入手|摘得|摘下|竞得|拍得|拍下|买走|购得|买进|买入)(?=[^，。；]{0,40}?(?:股权|股份|全部资产|产权)))"
    r"(?!贷款|基金|价格?|站|粮|量|款|的|后|方|完成后|[^，。；]{0,4}目的)"
)
_GETS = re.compile(r"(?:获得?|拿到|得到|引入|引进|迎来)了?(?:来自)?$")
_GIVES = re.compile(r"(?:转让|转手|出让|转|卖|出售|交)给了?")
_BONDS = re.compile(r"(?:债券|公司债|绿债|中期票据|短期融资券|可转债)")
_ANY_BANK = re.compile(r"(?:各|国有|大型|商业|政策性|中小|地方|股份制|多家|有关)*银行")
_SPOKE_FOR = re.compile(
    r"[^，。；]{0,4}?(?:行长|主任|经理|董事长?|总裁|负责人|专家|分析师|研究员|处长|局长|代表)"
)
# 向某村整村授信, 给12家企业放款
_TO = re.compile(
    r"(?:向|为|给|对)(?P<whom>[^，。；：]{2,40}?)(?:整村|整体|一次性)?(?:发放|授信|放款|放贷|贷款|提供|批|给予|投放|授予|放了|办理)"
)
_NAMELESS = re.compile(r"[0-9一二两三四五六七八九十]+余?[家户个名]|等企业$")
# A loan on a pledge is one.
_ON_PLEDGE = re.compile(r"[质抵]押(?=贷款)|担保(?=贷款)")
_MAX_FROM_BANK = 60


class MoneyKernels:
    """Each method reads one list item [start, end) of a sentence, and gives the first deal of its kind."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._topic, self._stages = parties.topic, stages
        self._words = patterns_of(lookups["deal_types"]["kernels"])

    def lent(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A bank, a word of credit and a sum; who borrows is named too or is who the text is about."""
        text = context.text
        for credit in re.compile(rf"{CREDIT.pattern}|放款|放贷|贷了|[跟续再又]贷|贷(?=了|到)").finditer(
            text, start, end
        ):
            left, right = clause_start(context, start, credit.start()), clause_end(text, credit.end(), end)
            money = context.money_in(left, min(end, right + 24))
            bodies = context.mentions_in(start, right, "organization")
            banks = [m for m in bodies if BANK.search(m.text) and not _SPOKE_FOR.match(text, m.end)]
            banks = [m for m in banks if not _ANY_BANK.fullmatch(m.text)]
            banks = [m for m in banks if abs(m.start - credit.start()) < _MAX_FROM_BANK]
            if not banks or not money or self._is_no_deal(context, left, right):
                continue
            bank = min(banks, key=lambda m: abs(m.start - credit.start()))
            parties = [Party.of(m, "investor") for m in self._topic.joined(context, banks, banks.index(bank))]
            borrowers = self._borrowers(context, start, left, right, bank)
            if borrowers is None:
                continue
            parties += [Party.of(m) for m in borrowers]
            return self._candidate(context, left, right, credit.span(), "financing", parties, money[0])
        return None

    def _borrowers(
        self, context: ArticleContext, start: int, left: int, right: int, bank: Mention
    ) -> list[Mention] | None:
        """Whom a bank lends to: as the clause says, else who is named in front, else the firm told of.

        Nobody where they have no name (向12家企业) and the loan is one; None where there is no loan to read.
        """
        text, to = context.text, _TO.search(context.text, left, right)
        if to and _NAMELESS.search(to["whom"]):
            # A product of one bank, or a deed of one day: what a bank lends in all is none.
            is_one = PRODUCT.search(text, left, right) or COUNTED.search(text, left, right)
            return [] if is_one else None
        named = context.mentions_in(*to.span("whom"), "organization", "place") if to else []
        others = [m for m in named if not is_within(m, bank)] or [
            m
            for m in context.mentions_in(start, right, "organization")
            if not BANK.search(m.text) and not is_within(m, bank)
        ]
        borrower = others[-1] if others else self._topic.firm(context, start, [bank])
        return [borrower] if borrower else None

    def issued(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Bonds that a firm issued, and their sum."""
        text = context.text
        bonds = _BONDS.search(text, start, end)
        if (
            bonds is None
            or not context.money_in(start, end)
            or self._words["no_firms_bonds"].search(text, start, end)
        ):
            return None
        if not self._words["issued"].search(text, start, end) or self._words["sums"].search(text, start, end):
            return None
        bodies = context.mentions_in(start, bonds.start(), "organization")
        issuer = next((m for m in bodies if not BANK.search(m.text)), None) or self._topic.firm(
            context, start
        )
        if issuer is None:
            return None
        left = clause_start(context, start, bonds.start())
        return self._candidate(
            context,
            left,
            clause_end(text, bonds.end(), end),
            bonds.span(),
            "financing",
            [Party.of(issuer)],
            None,
        )

    def shared(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A word of shares, money or a share, and who takes it in front; of whom is behind or the topic."""
        text = context.text
        for found in _SHARE.finditer(text, start, end):
            left, right = clause_start(context, start, found.start()), clause_end(text, found.end(), end)
            amounts = context.money_in(left, min(end, right + 24)) or [
                q
                for q in context.quantities_in(left, min(end, right + 24))
                if "%" in q.text or "％" in q.text
            ]
            ahead = context.mentions_in(left, found.start(), "organization")
            behind = context.mentions_in(found.end(), right, "organization")
            if not amounts or not ahead or self._is_no_deal(context, left, right):
                continue
            if found[0].endswith("融资") or found[0].endswith("轮"):
                # 甲完成B轮融资，由乙领投，丙跟投
                leads = [
                    m
                    for m in context.mentions_in(found.end(), end, "organization")
                    if re.match(r"[^，。；]{0,8}?[领跟参]投", text[m.end : m.end + 12])
                ]
                funded: Mention | None = ahead[-1]
                if _GETS.search(text, left, ahead[-1].start):
                    # 公司获得甲5000万元的A轮投资
                    leads, funded = [ahead[-1], *leads], self._topic.acting(context, left, ahead[-1])
                if funded is None:
                    continue
                parties = [*(Party.of(m, "investor") for m in leads), Party.of(funded, "target")]
            else:
                investor = ahead[-1]
                target = behind[0] if behind else self._topic.firm(context, left, [investor])
                if target is None or is_within(target, investor):
                    continue
                if not behind and is_same(investor, target):
                    continue
                parties = [Party.of(investor, "investor"), Party.of(target, "target")]
            return self._candidate(
                context, left, right, found.span(), "equity_investment", parties, amounts[0]
            )
        return None

    def taken_over(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two firms around a word of taking over, or the firm that the text is about and another."""
        text = context.text
        for found in _TAKES.finditer(text, start, end):
            left, right = clause_start(context, start, found.start()), clause_end(text, found.end(), end)
            named = context.mentions_in(left, right, "organization")
            if (
                not named
                or context.is_inside(found.start())
                or self._words["hopes"].search(context.without_names(left, right))
            ):
                continue
            behind = [m for m in named if m.start >= found.end()]
            ahead = [m for m in named if m.end <= found.start()]
            if not (ahead or behind):
                continue
            target = behind[0] if behind else ahead[-1]
            buyers = [m for m in ahead if not is_within(m, target)]
            buyer = buyers[0] if buyers else self._topic.firm(context, left, [target])
            if buyer is None or (not behind and len(ahead) < 2):
                continue
            parties = [Party.of(buyer, "buyer"), Party.of(target, "target")]
            return self._candidate(context, left, right, found.span(), "acquisition", parties, None)
        return None

    def given(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲把某矿以3亿元转让给乙."""
        text = context.text
        for found in _GIVES.finditer(text, start, end):
            left, right = clause_start(context, start, found.start()), clause_end(text, found.end(), end)
            ahead = context.mentions_in(left, found.start(), "organization")
            behind = context.mentions_in(found.end(), right, "organization")
            seller = ahead[0] if ahead else self._topic.firm(context, left, [behind[0]]) if behind else None
            if (
                seller is None
                or not behind
                or is_within(seller, behind[0])
                or not context.money_in(left, right)
            ):
                continue
            hint = "equity_transfer" if re.search("股[权份]", text[left:right]) else "transfer"
            parties = [Party.of(seller, "seller"), Party.of(behind[0], "buyer")]
            return self._candidate(context, left, right, found.span(), hint, parties, None)
        return None

    def _is_no_deal(self, context: ArticleContext, left: int, right: int) -> bool:
        words = _ON_PLEDGE.sub("", context.without_names(left, right))
        return bool(self._words["sums"].search(words) or self._words["hopes"].search(words))

    def _candidate(
        self,
        context: ArticleContext,
        left: int,
        right: int,
        cue: tuple[int, int],
        hint: str,
        parties: list[Party],
        amount: Span | None,
    ) -> Candidate:
        stage = self._stages.read("signed", context.without_names(left, cue[0]), context.text[cue[1] : right])
        return Candidate(
            start=left,
            end=max(right, amount.end) if amount else right,
            cue=cue,
            base="signed",
            stage=stage,
            left=left,
            rule="kernel",
            hint=hint,
            parties=parties,
            confidence=0.6,
        )
