"""Loans and bonds by their kernel: a bank or an issuer, a word of credit and a sum."""

from __future__ import annotations

import re
from itertools import islice

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.clauses import MAX_CUES, clause_around, clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.owners import named_short
from transforms.extract.deals.scene import is_at_signing
from transforms.extract.deals.sides import CREDIT
from transforms.extract.deals.signers import is_bare
from transforms.extract.deals.topic import BANK, is_within
from transforms.extract.gated import DEALS

_BONDS = DEALS.compile(
    "债券|公司债|企业债|金融债|资本债|绿债|可转债|中期票据|科创票据|绿色票据|融资券|资产支持证券"
)
_BOND_NAME = re.compile(
    r"(?:[0-9]{4}年度?)?(?:第[一二三四五六七八九十]+[期批])?(?:非公开发行|公开发行|面向[^，。；]{2,10}?发行)?(?:(?:绿色|科技创新|科创|乡村振兴|公司|企业|金融|可转换|中期|超?短期|资本|专项|离岸|人民币|永续|熊猫|美元|次级|定向|非公开)+)"
    r"(?:债券?|票据|融资券)(?:[（(]第[一二三四五六七八九十0-9]+期[)）])?"
)
_EXCHANGE = re.compile("(?:全国)?(?:银行间)?(?:债券|交易|资本)市场")
_UNDERWRITES = re.compile("承销|认购|购买|投资了?[^，。；]{0,6}债")
_CREDIT = DEALS.compile(
    rf"{CREDIT.pattern}|放款|放贷|放的[款贷]|(?<=[汇链保信易农商科税创业])贷(?=[0-9]|[，。；]|$)|获贷|贷[到得了的给]|[跟追续再]贷(?=[0-9])"
    r"|(?:订单|仓单|票据|保单|账款|贸易|出口|供应链|项目)融资(?=[约近]?[0-9])"
    r"|(?<=元的)[“\"]?[\u4e00-\u9fff]{1,5}贷(?=[”\"，。；]|$)|(?<=元)[“\"][\u4e00-\u9fff]{1,5}贷(?=[”\"])|借[了到得来出下](?=[^，。；]{0,2}[0-9.]+[万亿千百]*元)|(?<=行)(?:又|再|也|还|随后|已)?(?:追加|跟进|配套)了?(?=约?[0-9.]+[万亿]元)|(?<=元)(?:的)?额度|信用证|保函|借款(?:合同|协议)"
)
# With a bank and a sum in its clause each of these is a loan.
_BANK_DEED = DEALS.compile(
    r"银团|到了?账|拿到|投向|投给|批给|批了|借[来给]|给了|放了|获得?了?(?=[^，。；]{2,30}?元(?=[，。；的]|$|支持|资金))"
)
# What else is done with a bank's money.
_NO_LOAN = DEALS.compile(
    "债|发行|捐|存款|存入|奖|罚|理财|保费|利润|营收|税|缴|承销|结算|账单|工资|补贴|补助|赔|卖给|出售|转让给|抵给|抵债"
)
_ANY_BANK = re.compile(r"(?:各|国有|大型|商业|政策性|中小|地方|股份制|多家|有关)*银行")
_SPOKE_FOR = re.compile(
    r"[^，。；]{0,4}?(?:行长|主任|经理|董事长?|总裁|负责人|专家|分析师|研究员|处长|局长|代表)"
)
# 向某村整村授信, 给12家企业放款
_TO = re.compile(
    r"(?:向|为|给|对|与(?=[^，。；]{2,20}(?:签|达成)))(?:予?了|予)?(?![0-9.]+[万亿])(?P<whom>[^，。；：]{1,40}?)(?:整村|整体|一次性|集中)?"
    r"(?:发放|新增|追加|开出|授信|放款|放贷|贷款|提供|审?批|给予|投放|授予|放了|办理|达成|签[订署下约]|(?<![0-9.])(?=[0-9.]+[万亿]))"
)
# 给园区整体授信, 给街区商户开出某贷: for whom it is, and nobody of whom the text tells elsewhere.
_OF_NOBODY = re.compile("(?:建设|园区?|示范区|新区|街区|港区|商户|商家|企业|产业|领域|市场)$")
_ANAPHOR = re.compile(r"其|它|我们|(?:该)?(?:公司|企业|厂|工厂|集团|合作社)|(?:[该此本]|这个)?(?:项目|工程)")
# 某渔港改造工程获某银行3亿元贷款: whose the works are, other sentences tell.
_FOR_WORKS = re.compile("(?:项目|工程|[一二三四五六]期)(?:建设)?[^，。；]{0,6}(?:获|得到|拿到|争取到)")
_HE = re.compile(r"(?:^|(?<=[，。；：\n“\"]))[^，。；]{0,6}?[他她](?=[^，。；们]|$)")
# 银行以订单作质押，放款1500万元: of the bank whose officer speaks.
_THE_BANK = re.compile("(?<![各多家级])(?:银行|该行|联社|[分支]行|我行|信用社|农信)")
# What a bank did, told by its officer.
_GRANTED = re.compile("放了|放出|批了|批复|批下|批给|贷给|贷了|发放了|给了")
# A product of one bank, a few borrowers, or a deed of one day: what a bank lends in all is none.
_PRODUCT = re.compile(r"[“\"](?P<name>[^“”\"，。]{1,12}贷)[”\"]")
_ONE_DEED = re.compile(
    rf"{_PRODUCT.pattern}|(?<![0-9一二三四五六七八九十百])[2-9二三四五六七八九两]家"
    r"|(?<!截至)(?:[0-9]{1,2}日|[昨今当][日天])(?=[向为给对])|签[订署约下了][^，。；]{0,12}(?:协议|合同)|宣布|当场|现场|整村|一次性|集中|分别"
)
# 日前成功发放1.2亿元贷款, whoever got it
_JUST_LENT = re.compile(
    "成功(?:实现)?(?:发放|投放|审批|授信|落地|放款)|首[笔单]|(?:日前|近日|近期|昨日|[0-9]日)[^，。；]{0,8}(?:发放|投放|审批|放款|授信|批复|落地)"
)
# 技改贷款, of whatever sum
_TITLE = re.compile(r"(?<=[元的笔了放供得到理])(?P<name>(?:(?![元的笔了])[\u4e00-\u9fff]){2,10}贷款)")
# 向某银行申请了2000万元贷款
_FROM_BANK = re.compile(
    rf"[向从在找到][^，。；]{{0,24}}?(?:{BANK.pattern})[^，。；]{{0,8}}?(?:申请|借|贷[到了得]|拿|争取|获|贷款[0-9])"
)
_ASKS = re.compile("申请(?![到得下])|申报|申办")
_NAMELESS = re.compile(
    r"[0-9一二两三四五六七八九十]+余?[家户个名]|小微|中小|农户|客户|居民|各类|[成会]员|[^该本]企业$|单位$|户$"
)
# A name that was not recognised (东湾合作联社)
_BODY = re.compile(f"(?:公司|集团|厂|社)$|{BANK.pattern}")
# What money is for borrows nothing.
_WORKS = re.compile("(?![该此这本]).{2,}(?:工程|项目)(?:建设)?$")
_THESE_WORKS = re.compile("[该此](?:工程|项目)(?:建设)?")
# 向某加固工程放款，业主为某公司: who has the works built borrows.
_BUILT_FOR = re.compile(r"[^。\n]{0,60}?(?:业主|建设单位|实施主体)(?:单位|方)?(?:为|是|系|—{1,2}|：)")
# 由某银行作为牵头行
_LEADS = re.compile("(?:作为|为|担任)?主?(?:牵头|参贷)")
# 来自某银行牵头的并购银团贷款: a loan without its sum, and who else lends.
_SYNDICATE = re.compile("银团贷款|并购贷款")
_LENDERS = re.compile(r"[^。]{0,40}。?[^。，；]{0,4}银团由(?P<who>[^。；]{4,80}?)(?:组成|参与|共同)")
# 某公司拿到了首笔1500万元的渔货贷: of a bank that the sentence before names.
_GETS = re.compile(r"(?:拿到|获得|获批|领到|收到)了?[^，。；]{0,6}?首[笔单]")
_MAX_FROM_BANK, _MAX_TO_OWNER = 60, 40


# 成功发行中期票据。本期中票发行规模10亿元
_FROM = frozenset("从向由自")
_TREASURY = re.compile("财政[厅局]$|管委会$|政府$")
_ISSUED_WELL = re.compile("(?:成功|顺利|完成|簿记)[^，。；]{0,6}发行|发行成功|成功簿记")
# 拟定增募资12亿元, 向特定对象发行股票，募集资金不超过12亿元
_PLACED = DEALS.compile(
    r"(?P<how>定增|(?:非公开|定向|向(?:不超过[0-9]+名)?(?:不?特定|战略)(?:对象|投资者))(?:发行|增发)(?:A股|H股)?(?:股票|股份|新股)?|增发(?:股票|股份|新股))"
    r"(?:不超过[0-9.,]+[万亿]*股)?[，,]?(?:拟|计划|预计)?(?:募资|募集(?:配套)?资金|融资)"
)


# 向甲、乙等4名特定投资者非公开发行
_TO_WHOM = re.compile(
    r"向(?P<whom>[^，。；]{2,80}?)(?:等[0-9一二两三四五六七八九十]+[名家位])?(?:特定|战略)?(?:投资者|对象)?$"
)
# 拖欠某银行贷款3亿元, 偿还了某银行2亿元贷款: an old loan.
_OWES = re.compile("(?:欠|偿还|归还|清偿|还清|结清|未还|逾期|还了)[^，。；]{0,30}$")


class MoneyKernels(KernelReader):
    """Loans of each clause, and the bonds of an item."""

    def lent(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """A bank, a word of credit and a sum; who borrows is named too or is who the text is about."""
        text = context.text
        cues = [*islice(_CREDIT.finditer(text, start, end), MAX_CUES)]
        if not cues and not _NO_LOAN.search(text, start, end):
            cues = [*islice(_BANK_DEED.finditer(text, start, end), MAX_CUES)]
        found: list[Candidate] = []
        for credit in cues:
            left, right = clause_around(context, start, end, credit)
            money = context.money_in(left, min(end, right + 24))
            shared = None if money else _SYNDICATE.search(text, left, right)
            is_read = found and left < found[-1].end
            is_read = is_read or _OWES.search(text, left, credit.start()) is not None
            if is_read or not (money or shared) or self._is_no_deal(context, left, right):
                continue
            to = None if _FROM_BANK.search(text, left, right) else _TO.search(text, left, right)
            banks = self._banks(context, start, left, right, to)
            banks = [m for m in banks if abs(m.start - credit.start()) < _MAX_FROM_BANK]
            if not banks and _GETS.search(text, left, credit.start()):
                banks = self._bank_before(context, start)
            if not banks:
                continue
            bank = min(banks, key=lambda m: abs(m.start - credit.start()))
            joined = self._topic.joined(context, banks, banks.index(bank))
            joined = [m for m in banks if m in joined or _LEADS.match(text, m.end)]
            others = _LENDERS.match(text, right, context.paragraph(right - 1)[1])
            if others:
                led = context.mentions_in(*others.span("who"), "organization")
                joined += [m for m in led if BANK.search(m.text) and all(m.text != j.text for j in joined)]
            parties = [Party.of(m, "investor") for m in joined]
            borrowers = self._borrowers(context, start, left, right, banks, to)
            if borrowers is None:
                continue
            candidate = self._candidate(
                context,
                left,
                max([right, *(q.end for q in money[:1])]),
                credit.span(),
                "financing",
                [*parties, *borrowers],
            )
            name = _PRODUCT.search(text, left, right) or _TITLE.search(text, left, right)
            candidate.title = name.span("name") if name else None
            if _ASKS.search(text, left, right):
                candidate.stage = "negotiating"
            found.append(candidate)
        return found

    def _banks(
        self, context: ArticleContext, start: int, left: int, right: int, to: re.Match[str] | None
    ) -> list[Mention]:
        """Banks of a clause but whom it lends to; who merely speaks lends where the clause says 银行."""
        named = [m for m in context.mentions_in(start, right, "organization") if BANK.search(m.text)]
        named = [m for m in named if not (to and to.start("whom") <= m.start < to.end("whom"))]
        named = [m for m in named if not _ANY_BANK.fullmatch(m.text)]
        banks = [m for m in named if not _SPOKE_FOR.match(context.text, m.end)]
        is_of_bank = _THE_BANK.search(context.without_names(start, right)) or _GRANTED.search(
            context.text, left, right
        )
        return banks or (named[-1:] if is_of_bank else [])

    @staticmethod
    def _bank_before(context: ArticleContext, start: int) -> list[Mention]:
        """The one bank of the sentence before, of whose product somebody gets a first sum: 拿到首笔某某贷."""
        number = context.sentence_at(start)
        floor = context.paragraph(start)[0]
        begin = max(floor, context.sentences[max(0, number - 1)][0])
        named = [m for m in context.mentions_in(begin, start, "organization") if BANK.search(m.text)]
        return named[-1:] if len({m.text for m in named}) == 1 else []

    def _borrowers(
        self,
        context: ArticleContext,
        start: int,
        left: int,
        right: int,
        banks: list[Mention],
        to: re.Match[str] | None,
    ) -> list[Party] | None:
        """Whom banks lend to: as the clause says, else who is named in front, else the firm told of.

        Nobody where they have no name (向12家企业) and the loan is one; None where there is no loan to read.
        """
        text = context.text
        is_of_works = to and _THESE_WORKS.fullmatch(to["whom"])
        named = context.mentions_in(*to.span("whom"), "organization", "place") if to else []
        # 为某集团建设的某高速公路提供贷款: the firm borrows.
        named = [m for m in named if m.entity_type == "organization"] or named
        if to and not named and _NAMELESS.search(to["whom"]):
            # 会上，某银行为12家企业授信9亿元: one of the deals of a signing.
            is_deed = _ONE_DEED.search(text, left, right) or is_at_signing(context, left, right)
            return [] if is_deed else None
        if to and _WORKS.match(to["whom"]):
            own = [m for m in named if m.entity_type == "organization"]
            return [Party.of(m) for m in own or _built_for(context, right)][:1]
        if to and not named and _ANAPHOR.fullmatch(to["whom"]):
            meant = None
            if not is_of_works:
                meant = self._topic.meant(context, to.start("whom")) or self._topic.firm(context, left, banks)
            named = [meant] if meant else _built_for(context, right)
        if to and not named and (called := named_short(context, *to.span("whom"))):
            named = [called]
        bare = self._sides.named(context, *to.span("whom"), "partner") if to and not named else None
        if bare and (bare.mention or _BODY.search(text[bare.start : bare.end])):
            return [bare]
        he = None if named else _HE.search(text, left, right)
        people = context.mentions_in(0, left, "person") if he else []
        if he and people:
            return [Party(*he.span(), people[-1])]
        others = [m for m in named if not any(is_within(m, bank) for bank in banks)]
        others = others or [
            m
            for m in context.mentions_in(left, right, "organization")
            if not (BANK.search(m.text) or OFFICE.search(m.text))
        ]
        if others:
            return [Party.of(others[-1])]
        if to and _OF_NOBODY.search(to["whom"]) and not _ANAPHOR.fullmatch(to["whom"]):
            return []
        cue = next((m.start for m in banks if m.start >= left), right)
        cue -= text[cue - 1] in _FROM
        borrower = None if is_of_works else self._sides.acting(context, start, left, cue, "partner", banks)
        is_name = borrower and (borrower.mention or _BODY.search(text[borrower.start : borrower.end]))
        if borrower and not (is_name or is_bare(context, left, borrower)):
            borrower = self._sides.acting(context, start, left, left, "partner", banks)
        if borrower:
            return [borrower]
        for_works = _FOR_WORKS.search(text, left, right) or (to and _ANAPHOR.fullmatch(to["whom"]))
        ahead = text[left : to.start() if to else banks[0].start]
        is_one = for_works or _JUST_LENT.search(text, left, right)
        return [] if is_one and not self._stages.is_planned(ahead) else None

    def placed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Shares that a firm issues for money: 拟定增募资12亿元."""
        found = _PLACED.search(context.text, start, end)
        left, right = clause_around(context, start, end, found) if found else (start, end)
        if found is None or not context.money_in(found.end(), right):
            return None
        to = last_match(_TO_WHOM, context.text, left, found.start("how"))
        buyers = self._parties.coordination(context, *to.span("whom"), "investor") if to else []
        known = [p.mention for p in buyers if p.mention]
        issuer = self._sides.acting(
            context, start, left, to.start() if to else found.start(), "partner", known
        )
        if issuer is None:
            return None
        placed = self._candidate(context, left, right, found.span(), "financing", [issuer, *buyers])
        placed.base = "signed"
        return placed

    def issued(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Bonds that a firm or a bank issued, and their sum."""
        text = context.text
        told = [*islice(_BONDS.finditer(text, start, end), MAX_CUES)]
        # ■债券 某公司成功发行中期票据: the label of a brief issues nothing.
        bonds = next((m for m in told if context.mentions_in(start, m.start(), "organization")), None)
        bonds = bonds or next(iter(told), None)
        if (
            bonds is None
            or not context.money_in(
                start, _next_end(context, end) if _ISSUED_WELL.search(text, start, end) else end
            )
            or (
                self._words["no_firms_bonds"].search(_EXCHANGE.sub("", text[start:end]))
                and not any(
                    _TREASURY.search(m.text)
                    for m in context.mentions_in(start, bonds.start(), "organization")
                )
            )
        ):
            return None
        if not self._words["issued"].search(text, start, end) or self._words["sums"].search(text, start, end):
            return None
        left = clause_start(context, start, bonds.start())
        bodies = context.mentions_in(left, bonds.start(), "organization") or context.mentions_in(
            start, bonds.start(), "organization"
        )
        # 某市财政局发行专项债券: of offices who has money of its own.
        bodies = [m for m in bodies if not OFFICE.search(m.text) or _TREASURY.search(m.text)]
        lends = _UNDERWRITES.search(text, start, end) or _CREDIT.search(text, start, left)
        # 甲认购了乙发行的公司债
        issuer = next(
            (m for m in reversed(bodies) if not (BANK.search(m.text) and (lends or len(bodies) > 1))), None
        )
        issuer = issuer or self._sides.firm(context, start)
        if issuer is None:
            return None
        right = clause_end(text, bonds.end(), end)
        buys = _UNDERWRITES.search(text, left, issuer.start)
        buyers = [m for m in bodies if buys and m.end <= buys.start()]
        parties = [*(Party.of(m, "investor") for m in buyers), Party.of(issuer)]
        candidate = self._candidate(context, left, right, bonds.span(), "financing", parties)
        name = last_match(
            _BOND_NAME, text, max(left, issuer.end if issuer.end <= bonds.start() else left), right
        )
        candidate.title = name.span() if name else None
        return candidate


def _next_end(context: ArticleContext, end: int) -> int:
    """End of the sentence behind an item, in its paragraph."""
    behind = context.sentences[min(context.sentence_at(end - 1) + 1, len(context.sentences) - 1)][1]
    return max(end, min(behind, context.paragraph(end - 1)[1]))


def _built_for(context: ArticleContext, position: int) -> list[Mention]:
    """Who has the works built for which a bank lends, as this sentence or the next one says."""
    ends = position, context.sentences[context.sentence_at(position)][1]
    told = next((found for end in ends if (found := _BUILT_FOR.match(context.text, end))), None)
    named = context.mentions_in(told.end(), told.end() + _MAX_TO_OWNER, "organization") if told else []
    return [m for m in named if told and m.start == told.end()]
