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

CREDIT = re.compile(r"授信|贷款|信贷|信用额度|(?<=[\w“\"])贷(?=[”\"])")
_CREDIT = re.compile(rf"{CREDIT.pattern}|放款|放贷|(?<=[汇链保信易农商科税创业])贷(?=[0-9])|获贷|贷[到得了]")
# 向某厂授信2亿元, 为某合作社发放贷款500万元
_LENT = re.compile(
    r"(?:向|为|给|对)(?P<whom>[^，。；：]{2,40}?)"
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
_GAVE = re.compile(r"(?P<verb>给了|贷给了?|借给了?)(?P<whom>[^，。；：0-9]{1,30}?)(?=[0-9])")
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
# 其中6000万元来自某银行牵头的并购贷款
_COMES_FROM = re.compile(
    r"(?P<verb>来自|由)(?P<who>[^，。；：]{3,40}?)(?:牵头|提供|发放|组织|组建)*(?:的|以)"
)
_BANK = re.compile(r"银行|信用社|信用合作?联社|[分支商]行|信托|农信|信合|[农工建中交]行$|合作联社|金融租赁")
_NOBODY = re.compile(
    r"[0-9一二三四五六七八九十百千几数多两]+[余多]?[家户名个位]|会员|小微|中小|农户|客户|居民|各类|企业$"
)
# What a bank lends in all is a sum and no deal.
_SUM = re.compile(r"累计|全年|余额|今年以来|年以来|截至|同比|增长|户均|新增贷款|历年")
# 向12家企业发放“某某贷”: a product of one bank, whoever borrows.
_PRODUCT = re.compile(r"[“\"](?P<name>[^“”\"，。]{1,12}贷)[”\"]")
_ADVERBS = re.compile(r"(?:整村|整体|一次性|新增|追加|当场|现场|首批|首笔|及时|成功|再次|紧急)+$")
_WE = re.compile(r"我们?(?:公司|企业|厂)?$")


class LoanRules:
    """Rules over the words of credit."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        seen = start
        for credit in islice(_CREDIT.finditer(context.text, start, end), MAX_CUES):
            if credit.start() < seen:
                continue
            left = clause_start(context, start, credit.start())
            seen = right = clause_end(context.text, credit.end(), end)
            candidate = self._lent(context, start, left, right)
            if candidate is not None:
                yield candidate

    def _lent(self, context: ArticleContext, start: int, left: int, right: int) -> Candidate | None:
        text = context.text
        topic = _TOPIC.search(text, left, min(len(text), right + 12))
        right = clause_end(text, right + 1, context.paragraph(left)[1]) if topic else right
        money = [q for q in context.quantities_in(left, right) if q.values.get("dimension") == "money"]
        if not money or _SUM.search(text, left, right):
            return None
        for read in (self._given, self._received, self._sourced):
            verb, lenders, borrowers = read(context, start, left, right)
            banks = [p for p in lenders if p.mention and _BANK.search(text, p.start, p.end)]
            if verb is None or not banks:
                continue
            # Who borrows is often no body with a name (向三家小微企业放款).
            parties = banks + [p for p in borrowers if all(p.mention != b.mention for b in banks)]
            words = text[verb[0] : right]
            stage = self._stages.read("signed", context.without_names(left, verb[0]), text[verb[1] : right])
            product = _PRODUCT.search(text, verb[0], right)
            if len(parties) == len(banks) and not product:
                return None
            told = [*product.span("name")] if product else []
            told += [o for c in _CREDIT.finditer(text, verb[0], right) for o in c.span()]
            told += [o for q in money if q.start >= verb[0] for o in (q.start, q.end)]
            return Candidate(
                start=min([left, *(p.start for p in parties if p.start >= start)]),
                end=right,
                cue=verb,
                base="signed",
                stage="negotiating" if "意向" in words and stage == "signed" else stage,
                left=left,
                rule="lent",
                hint="financing",
                title=(min(told), max(told)),
                parties=parties,
                confidence=0.82,
            )
        return None

    def _given(
        self, context: ArticleContext, start: int, left: int, right: int
    ) -> tuple[tuple[int, int] | None, list[Party], list[Party]]:
        """甲银行向乙发放贷款."""
        for pattern in (_LENT, _SETTLED, _GAVE):
            found = pattern.search(context.text, left, right)
            if found and _CREDIT.search(context.text, found.start("verb"), right):
                lenders = self._parties.coordination(context, left, found.start(), "investor")
                lenders = [p for p in lenders if p.mention] or self._subject(context, start, left)
                return found.span("verb"), lenders, self._borrowers(context, found)
        for pattern in (_LAID, _LENDS, _TOPIC):
            laid = pattern.search(context.text, left, right)
            if laid and not _BORROWED.search(context.text, left, right):
                until = laid.end("who") if pattern is _TOPIC else laid.start("verb")
                lenders = self._parties.coordination(context, left, until, "investor")
                return laid.span("verb"), lenders, self._told_before(context, left)
        return None, [], []

    def _told_before(self, context: ArticleContext, left: int) -> list[Party]:
        """Who the paragraph, or else the article, is about: no bank."""
        for floor in (context.paragraph(left)[0], 0):
            bodies = context.mentions_in(floor, left, "organization")
            firms = [m for m in bodies if not _BANK.search(m.text)]
            if firms:
                body = self._parties.nearest(context, floor, left, "organization") or firms[0]
                body = firms[0] if _BANK.search(body.text) else body
                return [Party(body.start, body.end, body)]
        return []

    def _received(
        self, context: ArticleContext, start: int, left: int, right: int
    ) -> tuple[tuple[int, int] | None, list[Party], list[Party]]:
        """乙获甲银行授信."""
        found = _BORROWED.search(context.text, left, right) or _GOT.search(context.text, left, right)
        if found is None:
            return None, [], []
        group = "from" if found.groupdict().get("from") else "who"
        lenders = self._parties.coordination(
            context, found.start(group), found.end(group), "investor", is_anchored=False
        )
        borrowers = self._parties.coordination(context, left, found.start(), is_anchored=False)
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
        if found is None or not _CREDIT.search(context.text, found.end(), right):
            return None, [], []
        lenders = self._parties.coordination(
            context, found.start("who"), found.end("who"), "investor", is_anchored=False
        )
        named = self._parties.nearest(context, 0, left, "organization")
        return found.span("verb"), lenders, [Party(named.start, named.end, named)] if named else []

    def _subject(self, context: ArticleContext, start: int, left: int) -> list[Party]:
        syndicate = last_match(_SYNDICATE, context.text, start, left)
        if syndicate:
            return self._parties.coordination(context, start, syndicate.start(), "investor")
        named = self._parties.nearest(context, start, left, "organization")
        return [Party(named.start, named.end, named, "investor")] if named else []

    def _borrowers(self, context: ArticleContext, found: re.Match[str]) -> list[Party]:
        begin, stop = found.span("whom")
        adverbs = _ADVERBS.search(context.text, begin, stop)
        stop = adverbs.start() if adverbs else stop
        if _WE.match(context.text, begin, stop):
            speaker = self._parties.nearest(context, 0, begin, "organization")
            return [Party(begin, stop, speaker)] if speaker else []
        if _NOBODY.search(context.text, begin, stop):
            return []
        named = self._parties.coordination(context, begin, stop)
        # The first character of a name that was not recognised may have gone into another one (向云岭精密).
        bare = self._actors.names_firm(context.text[begin:stop]) and not named
        return [Party(begin, stop, None)] if bare else named
