"""Loans, shares and purchases by their kernel: a word of the deed, a sum, and who stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention, Span, last_match
from transforms.extract.deals_clauses import clause_end, clause_start
from transforms.extract.deals_kernels_sides import HANDS_ON, SideReader
from transforms.extract.deals_loans import ANY_CREDIT, COUNTED, PRODUCT
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_topic import BANK, is_same, is_within
from transforms.extract.patterns import patterns_of

_SHARE = re.compile(
    r"(?<![可未能])(?:投资入股|战略入股|增资入股|增资扩股|入股|参股|增资(?!建设|扩产|项目)|注资|领投|跟投|(?:[A-F天使]|战略|首)\+?轮(?:融资)?"
    r"|以股权(?:形式|方式)投入?|投给了?|投[了入给]?[^，。；]{0,14}?(?=占[股了公]|持股|[，,]占[0-9])"
    r"|(?<=[元的])(?:股权|战略|风险|财务)投资(?!者|方|人|机构)|(?:战略|财务|基石|机构)?投资(?:者|方|人)(?=[^，。；]{0,20}?(?:$|[，。；称]))"
    r"|认购(?=[^，。；]{0,40}?(?:股[权份]|新增|基金份额|[0-9.]+[千万亿]*(?:美|港|欧|日)?元))"
    r"|(?:拿[走到]|换[走取得]|得到)了?(?=[^，。；]{0,36}?股[权份]))"
)
# Whose clause names who is given money.
_ROUND = re.compile("(?:融资|轮|投资|投资[者方人])$")
_TOWARDS = re.compile("[向对给为]")
_LEADS = re.compile(r"[^，。；]{0,8}?[领跟参]投")
_OF_FUND = re.compile(r"[^，。；]{0,8}?的[^，。；]{0,12}$")
_TAKES = re.compile(
    r"(?:收购|并购|兼并|买下|盘下|接手|接盘|吃下|买断|整体接管|全资控股"
    r"|(?<=股权)买了?(?:下来|过来)|(?<=股份)买了?(?:下来|过来)|(?<=资产)买了?(?:下来|过来)"
    r"|(?:收下|拿下|吃进|购下|受让|取得|入手|摘得|摘下|竞得|拍得|拍下|买走|购得|买进|买入|买来)(?=[^，。；]{0,40}?(?:股权|股份|全部资产|资产|产权|厂房|产线)))"
    r"(?!贷款|基金|价格?|站|粮|量|款|的(?!厂)|后|方|[^，。；]{0,4}目的)"
)
# 把某厂的股权买下, 对某厂的收购; 被某集团收购
_OBJECT = re.compile(r"(?:把|将|对)[^，。；]{0,16}$")
_OBJECT_BARE = re.compile(r"对(?P<who>[^，。；]{3,20}?)的(?:收购|并购|兼并)")
_BY = re.compile(r"[被由](?:[^，。；]{0,10}的)?$")
_GETS = re.compile(r"(?:获得?|拿到|得到|引入|引进|引来|迎来)了?(?:来自)?(?:的)?")
_GOT = re.compile(r"(?:获得?|拿到|得到)了?[^，。；]{2,24}?元(?:的)?$")
_GIVES = re.compile(
    r"(?:(?:转让|转手|出让|转|卖|出售|交)(?P<to>给)了?|(?:挂牌|公开|协议|整体|成功|拟|对外)*(?:转让|出让|成交)(?!给|方|价|款|费|协议|合同|完成|后|的))"
)
# 受让方为某集团
_TAKER_IS = re.compile(
    r"(?:受让方|受让人|摘牌方|竞得人|买方|接手方|接盘方)(?:为|是|系)(?P<who>[^，。；：]{2,30})"
)
_OF_SHARES = re.compile("股[权份]|产权")
_ASSET = re.compile(
    "[矿厂店楼港]|地块|资产|业务|技术|专利|品种|商标|工艺|成果|指标|产能|经营权|使用权|著作权|配方"
)
_HELD = re.compile("[把将](?:其|所|旗下)?(?:持有|控股|拥有)?的?|持有的|所持")
_BONDS = re.compile(r"(?:债券|公司债|绿债|中期票据|短期融资券|可转债)")
_EXCHANGE = re.compile("(?:全国)?(?:银行间)?(?:债券|交易|资本)市场")
_UNDERWRITES = re.compile("承销|认购|购买|投资了?[^，。；]{0,6}债")
_CREDIT = re.compile(rf"{ANY_CREDIT.pattern}|贷(?=了|到)|(?<=元)额度")
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
# A loan on a pledge is one, and the first of a city is no sum.
_NO_SUM = re.compile(
    r"[质抵]押(?=[^，。；]{0,4}贷款)|担保(?=贷款)|作(?:为)?[质抵]押|全[市县区省国州](?=首|第一|唯一|最大|单笔|规模最大)"
)
_MAX_FROM_BANK = 60


class MoneyKernels:
    """Each method reads one list item [start, end) of a sentence, and gives the first deal of its kind."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._topic, self._stages = parties.topic, stages
        self._sides = SideReader(lookups, parties)
        self._words = patterns_of(lookups["deal_types"]["kernels"])

    def lent(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A bank, a word of credit and a sum; who borrows is named too or is who the text is about."""
        text = context.text
        for credit in _CREDIT.finditer(text, start, end):
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
            return self._candidate(
                context, left, right, credit.span(), "financing", [*parties, *borrowers], money[0]
            )
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
        return self._candidate(context, left, right, bonds.span(), "financing", [Party.of(issuer)], None)

    def shared(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Words of shares with money or a share: who takes it, and of whom; each of a list of investors."""
        text = context.text
        found: list[Candidate] = []
        for cue in _SHARE.finditer(text, start, end):
            left, right = clause_start(context, start, cue.start()), clause_end(text, cue.end(), end)
            if found and left < found[-1].end:
                continue
            amounts = self._amounts(context, left, min(end, right + 24)) or self._amounts(
                context, clause_start(context, start, max(start, left - 1)), left
            )
            if not amounts or context.is_inside(cue.start()) or self._is_no_deal(context, left, right):
                continue
            is_given = _ROUND.search(cue[0]) or _GOT.search(text, left, cue.start())
            read = self._funded if is_given else self._put_in
            parties = read(context, start, left, cue, right, end)
            if parties:
                found.append(
                    self._candidate(
                        context, left, right, cue.span(), "equity_investment", parties, amounts[-1]
                    )
                )
        return found

    @staticmethod
    def _amounts(context: ArticleContext, start: int, end: int) -> list[Span]:
        """Sums of money, or else shares in percent."""
        shares = (q for q in context.quantities_in(start, end) if "%" in q.text or "％" in q.text)
        return context.money_in(start, end) or [*shares]

    def _funded(
        self, context: ArticleContext, start: int, left: int, cue: re.Match[str], right: int, end: int
    ) -> list[Party]:
        """甲完成B轮融资，由乙领投，丙跟投; 公司获得乙5000万元的A轮投资; 甲引入战略投资者乙."""
        text = context.text
        bodies = context.mentions_in(left, end, "organization")
        leads = [m for m in bodies if _LEADS.match(text[m.end : m.end + 12])]
        gets = last_match(_GETS, text, left, right)
        if gets is not None:
            leads += [m for m in bodies if gets.end() <= m.start < right and m not in leads]
        elif not leads:
            # 某基金的3亿元A轮: whose money it is stands in front.
            leads = [m for m in bodies if m.end <= cue.start() and _OF_FUND.match(text, m.end, cue.start())]
        investors = [Party.of(m, "investor") for m in leads]
        if not investors:
            sums = context.money_in(gets.end(), right) if gets else []
            fund = (
                self._sides.named(context, gets.end(), sums[0].start, "investor")
                if gets and sums
                else self._sides.bare(context, left, cue.start(), "investor")
            )
            investors = [fund] if fund else []
        ahead = [m for m in bodies if m.end <= (gets.start() if gets else cue.start()) and m not in leads]
        funded = Party.of(ahead[-1], "target") if ahead else None
        funded = funded or self._sides.acting(context, start, left, left, "target", leads)
        return [*investors, funded] if funded and (investors or ahead) else []

    def _put_in(
        self, context: ArticleContext, start: int, left: int, cue: re.Match[str], right: int, end: int
    ) -> list[Party]:
        """甲以3亿元入股乙, 甲向乙增资: of whom the shares are stands behind, or is the firm told of."""
        text = context.text
        towards = last_match(_TOWARDS, text, left, cue.start())
        behind = context.mentions_in(cue.end(), right, "organization")
        behind = context.mentions_in(towards.end(), cue.start(), "organization") if towards else behind
        investor = self._sides.acting(context, start, left, cue.start(), "investor", behind[:1])
        if investor is None:
            return []
        known = [investor.mention] if investor.mention else []
        if behind:
            return [investor, Party.of(behind[0], "target")]
        if bare := self._sides.sold(context, cue.end(), right):
            return [investor, *bare]
        target = self._sides.firm(context, start, known) or self._sides.firm(context, left, known)
        if target is None or any(is_within(target, m) or is_same(m, target) for m in known):
            return []
        return [investor, Party.of(target, "target")]

    def taken_over(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Two firms around a word of taking over, or the firm that the text is about and another."""
        text = context.text
        for found in _TAKES.finditer(text, start, end):
            left, right = clause_start(context, start, found.start()), clause_end(text, found.end(), end)
            named = context.mentions_in(left, right, "organization")
            if context.is_inside(found.start()) or self._words["hopes"].search(
                context.without_names(left, right)
            ):
                continue
            behind = [m for m in named if m.start >= found.end()]
            ahead = [m for m in named if m.end <= found.start()]
            over = [m for m in ahead if _OBJECT.search(text, left, m.start)]
            if not behind and over:
                # 完成了对某厂的收购, 把某厂的股权买了下来
                ahead, behind = [m for m in ahead if m not in over], over
            of_bare = None if behind or over else last_match(_OBJECT_BARE, text, left, found.end())
            over_bare = of_bare and self._sides.named(context, *of_bare.span("who"), "target")
            by = next((m for m in ahead if _BY.search(text, left, m.start)), None)
            if by is not None and not behind:
                # 某厂被某集团收购
                target = next((m for m in ahead if m.end <= by.start), None)
                target = target or self._sides.firm(context, left, [by])
            else:
                target = behind[0] if behind else ahead[-1] if len(ahead) > 1 else None
                by = None
            known = [target] if target else []
            buyer = Party.of(by, "buyer") if by else None
            cue = of_bare.start() if over_bare and of_bare else found.start()
            buyer = buyer or self._sides.acting(context, start, left, cue, "buyer", known)
            bare = (
                [over_bare] if over_bare else [] if target else self._sides.sold(context, found.end(), right)
            )
            if buyer is None or not (target or bare):
                continue
            parties = [buyer, Party.of(target, "target")] if target else [buyer, *bare]
            return self._candidate(context, left, right, found.span(), "acquisition", parties, None)
        return None

    def given(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲把某矿以3亿元转让给乙, 公司将所持某厂35%股权转给了乙, 甲挂牌转让某厂股权."""
        text = context.text
        for found in _GIVES.finditer(text, start, end):
            left, right = clause_start(context, start, found.start()), clause_end(text, found.end(), end)
            of_shares = _OF_SHARES.search(text, left, right)
            held = _HELD.search(text, left, found.start())
            to = found.span("to") if found["to"] else None
            taker = None if to else _TAKER_IS.search(text, right, end)
            buyer = self._sides.named(context, found.end(), right, "buyer") if to else None
            buyer = self._sides.named(context, *taker.span("who"), "buyer") if taker else buyer
            if (
                (to and not buyer)
                or not (to or of_shares)
                or not context.money_in(left, min(end, right + 40))
            ):
                continue
            is_ahead = of_shares and of_shares.start() < found.start()
            what = (found.end(), right)
            if of_shares and is_ahead:
                # 将区属某公司49%的股权转让, 某厂100%股权在产权交易所成交
                what = (held.end() if held else left, of_shares.start())
            targets = (
                context.mentions_in(*what, "organization")[-1:] if of_shares and (held or not to) else []
            )
            known = [*targets, *([buyer.mention] if buyer and buyer.mention else [])]
            is_thing = found[0].startswith(("卖", "出售")) and not of_shares
            if is_thing and not _ASSET.search(text, left, right):
                # 把设备卖给乙: goods.
                continue
            cue = held.start() if held else left if is_ahead and targets else found.start()
            seller = self._sides.acting(context, start, left, cue, "seller", known)
            if seller is None and not (buyer and targets):
                continue
            sold = [Party.of(m, "target") for m in targets]
            if of_shares and not sold:
                sold = [] if to else self._sides.sold(context, found.end(), right)
                firm = None if sold else self._sides.firm(context, left, known)
                sold = [Party.of(firm, "target")] if firm and seller and firm != seller.mention else sold
            if not (buyer or sold):
                continue
            hint = "equity_transfer" if of_shares else "transfer"
            parties = [*([seller] if seller else []), *sold, *([buyer] if buyer else [])]
            return self._candidate(context, left, right, found.span(), hint, parties, None)
        return None

    def _is_no_deal(self, context: ArticleContext, left: int, right: int) -> bool:
        words = _NO_SUM.sub("", context.without_names(left, right))
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
        before = HANDS_ON.sub("把", context.without_names(left, cue[0]))
        stage = self._stages.read("signed", before, context.text[cue[1] : right])
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
