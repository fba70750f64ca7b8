"""Loans and credit lines: who lends and who borrows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_actors import ActorReader
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_topic import BANK, WE
from transforms.extract.gated import DEALS

CREDIT = re.compile(
    r"授信|融资租赁(?!公司|有限|行业|业务)|租赁额度|融资额度|贷款|信贷|信用额度|(?<=[\w“\"])贷(?=[”\"])"
)
ANY_CREDIT = DEALS.compile(
    rf"{CREDIT.pattern}|放款|放贷|(?<=[汇链保信易农商科税创业])贷(?=[0-9])|获贷|贷[到得了]|[跟追续再]贷(?=[0-9])|借[了到得来](?=[^，。；]{{0,2}}[0-9.]+[万亿千百]*元)"
)
# 向某厂授信2亿元, 为某合作社发放贷款500万元
_LENT = re.compile(
    r"(?:向|为|给(?!予)|对)(?P<whom>[^，。；：]{2,40}?)"
    r"(?P<verb>授信|放款|放贷|放了|放出|发了|批了|贷了|发放|提供|投放|批复|授予|批准|给予|办理|落实)"
)
# 与某集团敲定意向性授信6亿元
_SETTLED = re.compile(
    r"(?:与|和|同|跟)(?P<whom>[^，。；：]{2,40}?)(?P<verb>敲定|谈妥|谈定|落实|达成|签[了下订署])"
)
# 其中某银行贷款1500万元: the noun stands where a verb could.
_LENDS = re.compile(
    r"(?:银行|信用社|联社|农商行|[分支]行|农信)(?:也|已|还|新增|追加|首期)*(?P<verb>贷款|授信|放贷|放款)(?:了)?(?=[0-9])"
)
# 某银行的贷款批下来了，500万元
_TOPIC = re.compile(
    r"(?P<who>[^，。；：]{2,30}?)的[^，。；：0-9]{0,8}?贷款[^，。；：0-9]{0,6}?(?P<verb>收下|到账|批下|批了|下来|到手|落地|到位|办成|签了|拿到)[^，。；：]{0,6}[，,](?=[^，。；]{0,4}[0-9])"
)
# 刚放了800万元贷款: to whom is told before.
_LAID = re.compile(r"(?P<verb>(?:发|投|借)?放(?:了|出))(?=[0-9])")
# 给了我们3亿元的贷款: no second verb.
_GAVE = re.compile(r"(?P<verb>给了|贷给了?|借给了?)(?![一首]笔)(?P<whom>[^，。；：0-9]{1,30}?)(?=[0-9])")
# 获某银行授信, 从某银行拿到贷款
_GOT = re.compile(
    r"(?:从(?P<from>[^，。；：]{3,40}?))?(?P<verb>获得|收到|获批|喜获|获|拿到|取得|争取到|得到)(?:了)?(?P<who>[^，。；：0-9]{0,40})"
)
# 甲银行、乙银行组成银团，向丙提供
_SYNDICATE = re.compile(r"(?:共同|联合|牵头)?(?:组成|组建|成立)(?:的|了)?银团")
# 向某银行贷款800万元, 从某银行贷到800万元
_BORROWED = re.compile(
    r"(?:向|从|在|找|自)(?P<who>[^，。；：]{3,40}?)(?:成功|顺利|又|申请)*(?P<verb>贷款|贷到|贷得|贷了|获贷|借款)了?(?=[0-9])"
)
# 向某银行申请了2000万元贷款
_APPLIED = re.compile(
    r"(?:向|在|从|找)(?P<who>[^，。；：]{3,40}?)(?:提出|提交)?(?P<verb>申请|申报|申办)(?P<got>到|得|下来)?了?(?=[^，。；]{0,6}[0-9])"
)
# 某银行发放的3000万元贷款已打到某公司账上
_ARRIVED = re.compile(
    r"(?P<who>[^，。；：]{2,30}?)(?:发放|提供|投放|审批|批复|批准)的[^，。；：]{0,30}?贷款?[”\"]?(?:资金)?(?:已|全部|顺利|也|就|日前|近日|昨日)*(?P<verb>打到|打进|打入|汇到|汇入|划到|划入|拨到|转到|转入|进了|到了)(?P<whom>[^，。；：]{2,30}?)的?(?:账户|账上|帐上|账号|对公账户)"
)
_HE = re.compile(r"[他她](?=[^，。；们]|$)")
# 该项目获得某银行贷款: the works borrow, and who builds them.
_WORKS = re.compile(
    r"(?:^|[，。；：\n])[^，。；：]{0,12}?(?:项目|工程|园区|企业|该厂|公司|工厂)(?:已|还|也|成功|顺利|于|先后|目前|日前|近日|[0-9年月日])*$"
)
# 其中6000万元来自某银行牵头的并购贷款
_COMES_FROM = re.compile(
    r"(?P<verb>来自|由)(?P<who>[^，。；：]{3,40}?)(?:牵头|提供|发放|组织|组建)*(?:的|以)"
)
# 向三家小微企业放款, 与12家企业签订贷款协议: one deed, whoever they are.
COUNTED = re.compile(
    r"(?<![0-9一二三四五六七八九十百])[2-9二三四五六七八九两]家|签[订署约下了][^，。；]{0,12}(?:协议|合同)"
)
_NOBODY = re.compile(
    r"[0-9一二三四五六七八九十百千几数多两]+[余多]?[家户名个位]|会员|小微|中小|农户|客户|居民|各类|企业$"
)
# What a bank lends in all is a sum and no deal.
_SUM = re.compile(r"累计|全年|余额|今年以来|年以来|截至|同比|增长|户均|新增贷款|历年")
# 向12家企业发放“某某贷”: a product of one bank, whoever borrows.
PRODUCT = re.compile(r"[“\"](?P<name>[^“”\"，。]{1,12}贷)[”\"]")
_AMOUNT_BEHIND = re.compile(
    r"[，,](?:贷款|授信)?(?:总?金额|总额|共|合计|共计|额度)(?:为|达|是)?(?=[^，。；]{0,3}[0-9])"
)
# 宣布给某村整村授信5000万元
_AT_ONCE = re.compile(r"(?:宣布|当场|现场|一次性?)[^，。；]{0,20}授信")
# 某集团2025年第一期绿色公司债券完成簿记，规模10亿元
_BONDS_NAMED = re.compile(
    r"(?P<title>(?:[0-9]{4}年)?(?:度)?(?:第[一二三四五六七八九十0-9]+期)?[^，。；：]{0,14}?(?:债券|票据|融资券))(?:[（(][^（）()]*[)）])?[^，。；]{0,20}?(?P<verb>完成簿记|成功簿记|簿记建档|成功发行|完成发行|发行|上市|挂牌)[^。；]{0,16}?(?=规模|金额|募集|[0-9.]+亿元)"
)
# 发行6亿元绿色债券
_BONDS = re.compile(
    r"(?P<verb>发行)了?(?:规模|总额|总规模)?(?:为)?(?=[^，。；]{0,40}(?:债|票据|融资券|中票|短融))(?P<title>[^，。；]{0,40}?(?:债券?|票据|融资券|中票|短融)(?![\u4e00-\u9fff]*(?:市场|利率|政策|规模达)))"
)
_ANY_BONDS = DEALS.compile(r"发行|簿记|债券")
# Bonds of a state are no firm's loan.
_STATE = re.compile(r"国债|特别国债|地方政府|专项债|政府债|储蓄")
_ADVERBS = re.compile(r"(?:整村|整体|一次性|新增|追加|当场|现场|首批|首笔|及时|成功|再次|紧急)+$")
# 甲与银行签署协议，后者提供贷款: told by the paper.
_SIGNED = re.compile(r"(?:签[署订约了下]|达成)[^。；]{0,24}(?:协议|合同|备忘录|合作)")
# 甲银行与乙签署战略合作协议，未来三年提供50亿元授信: the paper is the deal.
_PARTNERS = re.compile(
    r"(?:签[订署约下]|达成)了?[^。；，]{0,24}?(?:合作|银企|银政|框架)[^。；，]{0,6}?(?:协议|备忘录)"
)
# 首笔1.5亿元本月放款: of the loan that was told.
_FIRST_OF = re.compile(r"\s*(?:首笔|首期|其中|目前|现已|已|前期|累计)")
# What is done with a loan, by who lends or who borrows.
_DEED = re.compile(
    r"发放|放[了出款贷]|批[了准复给下出]|给[了出予]|提供|投放|开出|拿出|送来|支持|借[了到给得来]|贷[了到给得款]|[跟追续]贷|再贷(?!款)|到账|到位|落实|获得?|拿到|争取到|授信|安排|解决|支用|提款"
)
_UNSURE = re.compile(r"意向|申请(?![到得下])|申报|申办")
_HOPED = re.compile("希望|期盼|呼吁|建议|鼓励|引导|期待")
_WE = re.compile(r"我们?(?:公司|企业|厂)?$")
# 为某河治理工程发放: what the money is for borrows nothing.
_WORKS_END = re.compile("(?:工程|项目)(?:建设)?$")
_FOR_WORKS = re.compile(
    "(?:为|向|给|用于|支持)[^，。；]{2,30}?(?:工程|项目)(?:建设)?(?:提供|发放|投放|授信|安排|新增|给予)"
)


def is_of_paper(context: ArticleContext, start: int, left: int) -> bool:
    """Whether a clause at `left` says what a bank promises in the paper that the clauses before it tell."""
    paper = last_match(_PARTNERS, context.text, start, left)
    return paper is not None and any(
        BANK.search(m.text) for m in context.mentions_in(start, paper.end(), "organization")
    )


class LoanRules:
    """Rules over the words of credit."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        if _ANY_BONDS.search(context.text, start, end):
            yield from self._bonds(context, start, end)
        seen = start
        for credit in islice(ANY_CREDIT.finditer(context.text, start, end), MAX_CUES):
            if credit.start() < seen:
                continue
            left = clause_start(context, start, credit.start())
            seen = right = clause_end(context.text, credit.end(), end)
            candidate = self._lent(context, start, left, right)
            if candidate is not None:
                yield candidate

    def _bonds(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲发行6亿元绿色债券: who borrows is named, who lends is not."""
        text = context.text
        for found in [*_BONDS.finditer(text, start, end), *_BONDS_NAMED.finditer(text, start, end)][
            :MAX_CUES
        ]:
            left = clause_start(context, start, found.start())
            right = clause_end(text, found.end(), end)
            named = context.mentions_in(left, found.end("title"), "organization")
            money = context.money_in(left, right)
            if not money or _STATE.search(found[0]) or _SUM.search(text, left, right):
                continue
            issuers = self._actors.actors(context, start, left, found.start(), "partner")
            if named and named[0].end > found.start():
                # 某集团2025年第一期绿色公司债券
                issuers = [Party.of(named[0])]
            issuers = [p for p in issuers if p.mention and p.mention.entity_type == "organization"]
            if not issuers:
                issuers = self._of_topic(context, left)
            if not issuers:
                continue
            ends = [p.end for p in issuers[:1] if p.end < found.end("title")]
            begin = max([found.start("title"), *ends])
            yield Candidate(
                start=min([left, *(p.start for p in issuers if p.start >= start)]),
                end=right,
                cue=found.span("verb"),
                base="signed",
                stage=self._stages.read("signed", context.without_names(left, found.start()), ""),
                left=left,
                rule="bonds",
                hint="financing",
                title=(begin, found.end("title")),
                parties=issuers[:1],
                confidence=0.8,
            )

    def _lent(self, context: ArticleContext, start: int, left: int, right: int) -> Candidate | None:
        text = context.text
        topic = _TOPIC.search(text, left, min(len(text), right + 12))
        right = clause_end(text, right + 1, context.paragraph(left)[1]) if topic else right
        # 发放了“某某贷”，金额500万元
        amount = _AMOUNT_BEHIND.match(text, right)
        right = clause_end(text, amount.end(), context.paragraph(left)[1]) if amount else right
        money = context.money_in(left, right)
        if not money or _SUM.search(text, left, right):
            return None
        if _FOR_WORKS.search(text, left, right) and _SIGNED.search(text, start, left):
            # 与某集团签订贷款合同，为某工程提供3亿元: the contract is the deal.
            return None
        if is_of_paper(context, start, left):
            return None
        for read in (self._given, self._received, self._sourced, self._told):
            verb, lenders, borrowers = read(context, start, left, right)
            banks = [p for p in lenders if p.mention and BANK.search(text, p.start, p.end)]
            if verb is None or not banks:
                continue
            # Who borrows is often no body with a name (向三家小微企业放款).
            parties = banks + [p for p in borrowers if all(p.mention != b.mention for b in banks)]
            words = text[verb[0] : right]
            stage = self._stages.read("signed", context.without_names(left, verb[0]), text[verb[1] : right])
            product = PRODUCT.search(text, verb[0], right)
            at_once = _AT_ONCE.search(text, left, right)
            counted = at_once or COUNTED.search(text, left, right) or _FOR_WORKS.search(text, left, right)
            if len(parties) == len(banks) and not (product or counted):
                continue
            told = [*product.span("name")] if product else []
            told += [o for c in ANY_CREDIT.finditer(text, verb[0], right) for o in c.span()]
            told += [o for q in money if q.start >= verb[0] for o in (q.start, q.end)]
            told = told or [o for c in ANY_CREDIT.finditer(text, left, right) for o in c.span()]
            return Candidate(
                start=min([left, *(p.start for p in parties if p.start >= start)]),
                end=right,
                cue=verb,
                base="signed",
                stage="negotiating" if _UNSURE.search(words) and stage == "signed" else stage,
                left=left,
                rule="lent",
                hint="financing",
                title=(min(told), max(told)) if told else None,
                parties=parties,
                confidence=0.82,
            )
        return None

    def _given(
        self, context: ArticleContext, start: int, left: int, right: int
    ) -> tuple[tuple[int, int] | None, list[Party], list[Party]]:
        """甲银行向乙发放贷款."""
        arrived = _ARRIVED.search(context.text, left, right)
        if arrived:
            lenders = self._parties.coordination(context, *arrived.span("who"), "investor", is_anchored=False)
            return arrived.span("verb"), lenders, self._borrowers(context, arrived)
        for pattern in (_GAVE, _LENT, _SETTLED):
            found = pattern.search(context.text, left, right)
            if found and ANY_CREDIT.search(context.text, found.start("verb"), right):
                lenders = self._parties.coordination(context, left, found.start(), "investor")
                lenders = [p for p in lenders if p.mention] or self._subject(context, start, left)
                return found.span("verb"), lenders, self._borrowers(context, found)
        for pattern in (_LAID, _LENDS, _TOPIC):
            laid = pattern.search(context.text, left, right)
            if laid and not _BORROWED.search(context.text, left, right):
                until = laid.end("who") if pattern is _TOPIC else laid.start("verb")
                lenders = self._parties.coordination(context, left, until, "investor")
                return laid.span("verb"), lenders, self._of_topic(context, left)
        return None, [], []

    def _of_topic(self, context: ArticleContext, left: int) -> list[Party]:
        """Who the text before is about."""
        body = self._parties.topic.firm(context, left)
        return [Party.of(body)] if body else []

    def _received(
        self, context: ArticleContext, start: int, left: int, right: int
    ) -> tuple[tuple[int, int] | None, list[Party], list[Party]]:
        """乙获甲银行授信."""
        found = _APPLIED.search(context.text, left, right)
        found = found or _BORROWED.search(context.text, left, right) or _GOT.search(context.text, left, right)
        if found is None:
            return None, [], []
        group = "from" if found.groupdict().get("from") else "who"
        lenders = self._parties.coordination(
            context, found.start(group), found.end(group), "investor", is_anchored=False
        )
        borrowers = self._parties.coordination(context, left, found.start(), is_anchored=False)
        borrowers = [p for p in borrowers if p.mention is None or p.mention.entity_type == "organization"]
        he = None if borrowers else _HE.search(context.text, left, found.start())
        people = context.mentions_in(0, left, "person") if he else []
        if he and people:
            borrowers = [Party(*he.span(), people[-1])]
        if not borrowers and _WORKS.search(context.text[max(0, left - 1) : found.start()]):
            borrowers = self._of_topic(context, left)
        return (
            found.span("verb"),
            lenders,
            borrowers or [Party(p.start, p.end, p.mention) for p in self._subject(context, start, left)],
        )

    def _sourced(
        self, context: ArticleContext, start: int, left: int, right: int
    ) -> tuple[tuple[int, int] | None, list[Party], list[Party]]:
        """其中N元由甲银行以贷款解决: who borrows is who the article is about."""
        found = _COMES_FROM.search(context.text, left, right)
        if found is None or not ANY_CREDIT.search(context.text, found.end(), right):
            return None, [], []
        lenders = self._parties.coordination(
            context, found.start("who"), found.end("who"), "investor", is_anchored=False
        )
        return found.span("verb"), lenders, self._of_topic(context, left)

    def _told(
        self, context: ArticleContext, start: int, left: int, right: int
    ) -> tuple[tuple[int, int] | None, list[Party], list[Party]]:
        """Whatever the verb is: the bank of the clause, or the last one before it, lends the sum."""
        text = context.text
        deed = _DEED.search(text, left, right)
        credit = ANY_CREDIT.search(text, left, right)
        if deed is None or credit is None or _FIRST_OF.match(text, left) or _SIGNED.search(text, start, left):
            return None, [], []
        if _HOPED.search(text, left, deed.start()):
            return None, [], []
        bodies = context.mentions_in(left, right, "organization")
        banks = [m for m in bodies if BANK.search(m.text) and "人民银行" not in m.text]
        firms = [m for m in bodies if not BANK.search(m.text)]
        if not banks:
            earlier = [m for m in context.mentions_in(start, left, "organization") if BANK.search(m.text)]
            banks = earlier[-1:]
        we = last_match(WE, text, left, right)
        he = _HE.search(text, left, right)
        people = context.mentions_in(0, left, "person") if he else []
        if he and people and not firms:
            return (
                deed.span(),
                [Party.of(m, "investor") for m in banks[:2]],
                [Party(*he.span(), people[-1])],
            )
        if firms:
            borrowers = [Party.of(m) for m in firms[:1]]
        elif we:
            borrowers = [Party(*we.span(), self._parties.topic.meant(context, we.start()))]
        else:
            borrowers = self._of_topic(context, left)
        return deed.span(), [Party.of(m, "investor") for m in banks[:2]], borrowers

    def _subject(self, context: ArticleContext, start: int, left: int) -> list[Party]:
        syndicate = last_match(_SYNDICATE, context.text, start, left)
        if syndicate:
            return self._parties.coordination(context, start, syndicate.start(), "investor")
        named = self._parties.topic.subject(context, start, left, "organization")
        return [Party.of(named, "investor")] if named else []

    def _borrowers(self, context: ArticleContext, found: re.Match[str]) -> list[Party]:
        begin, stop = found.span("whom")
        adverbs = _ADVERBS.search(context.text, begin, stop)
        stop = adverbs.start() if adverbs else stop
        if _WE.match(context.text, begin, stop):
            return [Party(begin, stop, self._parties.topic.meant(context, begin))]
        if _NOBODY.search(context.text, begin, stop):
            return []
        if _WORKS_END.search(context.text[begin:stop]):
            return [Party.of(m) for m in context.mentions_in(begin, stop, "organization")[:1]]
        named = self._parties.coordination(context, begin, stop)
        # The first character of a name that was not recognised may have gone into another one (向云岭精密).
        bare = self._actors.names_firm(context.text[begin:stop]) and not named
        return [Party(begin, stop, None)] if bare else named
