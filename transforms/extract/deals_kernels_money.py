"""Loans and bonds by their kernel: a bank or an issuer, a word of credit and a sum."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_clauses import clause_end, clause_start
from transforms.extract.deals_kernels_base import KernelReader
from transforms.extract.deals_loans import ANY_CREDIT, COUNTED, PRODUCT, is_of_paper
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_topic import BANK, is_within
from transforms.extract.gated import DEALS

_BONDS = DEALS.compile(
    "债券|公司债|企业债|金融债|资本债|绿债|可转债|中期票据|科创票据|绿色票据|融资券|资产支持证券"
)
_EXCHANGE = re.compile("(?:全国)?(?:银行间)?(?:债券|交易|资本)市场")
_UNDERWRITES = re.compile("承销|认购|购买|投资了?[^，。；]{0,6}债")
_CREDIT = DEALS.compile(
    rf"{ANY_CREDIT.compiled.pattern}|贷(?=了|到|的)|(?<=元)(?:的)?额度|信用证|保函|借款(?:合同|协议)"
)
# With a bank and a sum in its clause each of these is a loan.
_BANK_DEED = DEALS.compile(
    r"银团|到了?账|拿到|投向|投给|批给|批了|借[来给]|给了|放了|获得?了?(?=[^，。；]{2,30}?元(?=[，。；的]|$|支持|资金))"
)
# What else is done with a bank's money.
_NO_LOAN = DEALS.compile(
    "债|发行|捐|存款|存入|奖|罚|理财|保费|利润|营收|税|缴|承销|结算|账单|工资|补贴|补助|赔"
)
_ANY_BANK = re.compile(r"(?:各|国有|大型|商业|政策性|中小|地方|股份制|多家|有关)*银行")
_SPOKE_FOR = re.compile(
    r"[^，。；]{0,4}?(?:行长|主任|经理|董事长?|总裁|负责人|专家|分析师|研究员|处长|局长|代表)"
)
# 向某村整村授信, 给12家企业放款
_TO = re.compile(
    r"(?:向|为|给|对|与(?=[^，。；]{2,20}签))(?P<whom>[^，。；：]{1,40}?)(?:整村|整体|一次性)?(?:发放|授信|放款|放贷|贷款|提供|批|给予|投放|授予|放了|办理|签[订署下约]|批了)"
)
_ANAPHOR = re.compile(r"其|它|我们|(?:该)?(?:公司|企业|厂|工厂|集团|合作社)")
_HE = re.compile(r"(?:^|(?<=[，。；：\n“\"]))[^，。；]{0,6}?[他她](?=[^，。；们]|$)")
# 银行以订单作质押，放款1500万元: of the bank whose officer speaks.
_THE_BANK = re.compile("(?<![各多家级])(?:银行|该行|联社|[分支]行|我行|信用社|农信)")
_AT_ONCE = re.compile("宣布|当场|现场|整村|一次性")
# 向某银行申请了2000万元贷款
_FROM_BANK = re.compile(
    rf"[向从在找][^，。；]{{0,24}}?(?:{BANK.pattern})[^，。；]{{0,8}}?(?:申请|借|贷[到了得]|拿|争取|获|贷款[0-9])"
)
_NAMELESS = re.compile(r"[0-9一二两三四五六七八九十]+余?[家户个名]|等企业$")
_MAX_FROM_BANK = 60


class MoneyKernels(KernelReader):
    """Each method gives the first deal of its kind."""

    def lent(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A bank, a word of credit and a sum; who borrows is named too or is who the text is about."""
        text = context.text
        cues = [*_CREDIT.finditer(text, start, end)]
        if not cues and not _NO_LOAN.search(text, start, end):
            cues = [*_BANK_DEED.finditer(text, start, end)]
        for credit in cues:
            left, right = clause_start(context, start, credit.start()), clause_end(text, credit.end(), end)
            money = context.money_in(left, min(end, right + 24))
            if not money or self._is_no_deal(context, left, right):
                continue
            to = None if _FROM_BANK.search(text, left, right) else _TO.search(text, left, right)
            banks = self._banks(context, start, left, right, to)
            banks = [m for m in banks if abs(m.start - credit.start()) < _MAX_FROM_BANK]
            if not banks:
                continue
            bank = min(banks, key=lambda m: abs(m.start - credit.start()))
            parties = [Party.of(m, "investor") for m in self._topic.joined(context, banks, banks.index(bank))]
            borrowers = self._borrowers(context, start, left, right, bank, to)
            if borrowers is None:
                continue
            candidate = self._candidate(
                context, left, max(right, money[0].end), credit.span(), "financing", [*parties, *borrowers]
            )
            if is_of_paper(context, start, left):
                # 签署战略合作协议，未来三年提供50亿元授信: what is signed is the paper.
                candidate.stage = "signed"
            return candidate
        return None

    def _banks(
        self, context: ArticleContext, start: int, left: int, right: int, to: re.Match[str] | None
    ) -> list[Mention]:
        """Banks of a clause but whom it lends to; who merely speaks lends where the clause says 银行."""
        named = [m for m in context.mentions_in(start, right, "organization") if BANK.search(m.text)]
        named = [m for m in named if not (to and to.start("whom") <= m.start < to.end("whom"))]
        named = [m for m in named if not _ANY_BANK.fullmatch(m.text)]
        banks = [m for m in named if not _SPOKE_FOR.match(context.text, m.end)]
        return banks or (named[-1:] if _THE_BANK.search(context.without_names(start, right)) else [])

    def _borrowers(
        self,
        context: ArticleContext,
        start: int,
        left: int,
        right: int,
        bank: Mention,
        to: re.Match[str] | None,
    ) -> list[Party] | None:
        """Whom a bank lends to: as the clause says, else who is named in front, else the firm told of.

        Nobody where they have no name (向12家企业) and the loan is one; None where there is no loan to read.
        """
        text = context.text
        if to and _NAMELESS.search(to["whom"]):
            # A product of one bank, or a deed of one day: what a bank lends in all is none.
            is_one = PRODUCT.search(text, left, right) or COUNTED.search(text, left, right)
            return [] if is_one or _AT_ONCE.search(text, left, right) else None
        named = context.mentions_in(*to.span("whom"), "organization", "place") if to else []
        if to and not named and _ANAPHOR.fullmatch(to["whom"]):
            meant = self._topic.meant(context, to.start("whom"))
            named = [meant] if meant else []
        bare = self._sides.named(context, *to.span("whom"), "partner") if to and not named else None
        if bare is not None and bare.mention:
            return [bare]
        he = None if named else _HE.search(text, left, right)
        people = context.mentions_in(0, left, "person") if he else []
        if he and people:
            return [Party(*he.span(), people[-1])]
        others = [m for m in named if not is_within(m, bank)] or [
            m
            for m in context.mentions_in(start, right, "organization")
            if not BANK.search(m.text) and not is_within(m, bank)
        ]
        borrower = others[-1] if others else self._sides.firm(context, start, [bank])
        return [Party.of(borrower)] if borrower else None

    def issued(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Bonds that a firm or a bank issued, and their sum."""
        text = context.text
        bonds = _BONDS.search(text, start, end)
        if (
            bonds is None
            or not context.money_in(start, end)
            or self._words["no_firms_bonds"].search(_EXCHANGE.sub("", text[start:end]))
        ):
            return None
        if not self._words["issued"].search(text, start, end) or self._words["sums"].search(text, start, end):
            return None
        left = clause_start(context, start, bonds.start())
        bodies = context.mentions_in(left, bonds.start(), "organization") or context.mentions_in(
            start, bonds.start(), "organization"
        )
        issuer = next((m for m in bodies if not BANK.search(m.text)), None)
        if issuer is None and bodies and not _UNDERWRITES.search(text, start, end):
            issuer = bodies[0]
        issuer = issuer or self._sides.firm(context, start)
        if issuer is None:
            return None
        right = clause_end(text, bonds.end(), end)
        return self._candidate(context, left, right, bonds.span(), "financing", [Party.of(issuer)])
