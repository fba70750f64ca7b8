"""Orders and services that one body gives another to do, and goods that somebody comes for.

甲把维护都交给了乙，合同三年; 订单委托乙代工; 乙给我们供原片，合同一签就是五年; 甲找上门来，签下代工合同
"""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_around, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.topic import BANK, is_same, is_within
from transforms.extract.gated import DEALS

_MAKES = (
    r"(?:代工|代加工|代为[加生]工?产?|贴牌|加工|生产|制造|缝制|组装|包装|印刷|打样|注塑|压铸|承制|承做|配套)"
)
_SERVES = (
    r"(?:维护|维保|维修|检修|保养|运维|保洁|清扫|环卫|安保|保安|食堂|物业|承运|运输|物流|配送|仓储|清洗|监测|检测|养护|绿化"
    r"|清运|分拣|冷藏|采摘|植保|看护|播种|巡检|巡护|巡查)"
)
_WORK = rf"(?:{_MAKES}|{_SERVES}|订单|单子|任务|[件套双只万]+的?活)"
_ANY_WORK = re.compile(_WORK)
# 合同三年, 一签就是五年, 期限两年: what tells that it was agreed on.
_AGREED = re.compile(
    r"合同|协议|一签|签[了到下]|[一二两三四五六七八九十0-9]+年(?!来|前|级|初|底|里)|每年|一年|加工费|代工期|工期|期限|单价"
    r"|服务费|年费|包年|[0-9]元"
)
_GIVEN = DEALS.compile(
    r"(?:[把将](?P<what>[^，。；：把将]{1,40}?))(?:也|都|全|全部|一并|整体|一起|继续|统统|直接|长期|独家|又|再)*"
    r"(?P<verb>交给|交由|包给|外包给|发包给|承包给|委托给|托付给|托给|转交给?|派给|分给|下给|给)了?"
    rf"(?P<who>[他她]|[^，。；：]{{2,30}}?)(?P<does>(?:来|去|负责|进行|统一|代为)*{_WORK}[^，。；]{{0,12}}|(?:来|去)?(?:做|干|打理|完成|负责|承担))?(?=[，。；]|$)"
)
# 一半交给了某厂代工, 委托某公司代工1000吨
_TO_DO = DEALS.compile(
    rf"(?P<verb>交给|交由|包给|外包给|委托给?|托付给|分给)了?(?P<who>[他她]|[^，。；：]{{2,30}}?)(?:来|去|负责|进行|统一|代为)*(?P<does>(?:{_MAKES}|{_SERVES})(?![商方厂]))"
)
# 大桥的养护由某公司承接，合同期三年
_DONE_BY = DEALS.compile(
    rf"(?P<what>[^，。；：]{{0,30}}?{_SERVES})(?:工作|服务|业务|任务)?(?:改|仍|也|则|都|全部|统一|继续|今后)*[由交](?P<who>[^，。；：]{{3,24}}?)(?P<verb>承接|承担|承包|负责|托管|打理|来做|接手|包揽)(?=[，。；]|$)"
)
# 景区的索道由某公司接手运营，合同期15年
_RUN_BY = DEALS.compile(
    r"(?P<what>[^，。；：]{2,24}?)(?:改|仍|今后|继续|全部|整体|交)*由(?P<who>[^，。；：]{3,24}?)(?:接手|接着|继续|负责|整体|独家|统一)*(?P<verb>运营|经营|管理|打理|托管)"
    r"(?=[，,](?:合同|期限|承包期|租期|为期|合作期|托管期|一签|签))"
)
# 某公司给我们供原片, 铝锭由某公司供: whose goods come every year
_SUPPLIES = DEALS.compile(
    r"(?:[给为向](?P<whom>我们|咱们|公司|厂里|我[厂司]|企业)(?P<verb>供(?![应]链|职|认)(?:应|货|给)?|提供|配套|代工|加工|生产|做(?=[^，。；]{1,10}[，；])|送(?=[^，。；]{1,10}[，；]))"
    r"|由(?P<by>[^，。；：由]{2,30}?)(?:独家|统一|长期|直接)*(?P<by_verb>供(?:应|货|给)?|提供|配送|代工|加工)(?=[，。；]|$))"
)
_LASTS = re.compile(
    r"[^。；]{0,30}?(?:合同|协议)?[，,]?(?:合同|协议)?(?:一签|签[了到的]|续签|定了|每年|一年|全年)[^。；]{0,24}?(?:年|[0-9])"
)
# 甲找上门来，签下每年80万张的代工合同; 甲来人看了三天，坐下来签字
_COMES = DEALS.compile(
    r"找[上到](?:了?[^，。；]{0,8}门|厂里|我们|公司|村里|合作社|他|她|厂子)|登门|上门(?!服务|安装|收)|来人|派人[来到]?|慕名而?来|闻讯|寻上门|[来到](?:厂里|村里|公司|合作社|园里|基地)|在(?:这里|厂里|村里|合作社|镇上|县里)(?:住|待|看|蹲|转)了"
)
_SIGNS = re.compile(
    r"(?:签[下了定]|敲定|定下|下了|订了|当场|现场|坐下来|临走|随后|一口气)[^，。；]{0,8}?(?P<what>[^，。；]{0,30}?(?:合同|协议|订单|大单|长单|单子))|(?:签字|签约|下单|拍板)[，,](?P<amount>[^。；]{0,24}?(?:元|[吨万件套只张双台]))"
)
_NO_PAPER = re.compile("投资|入驻|租|合作协议|框架|意向")
# 其中三条归甲，单价1180万元
_GO_TO = DEALS.compile(
    r"(?P<title>[0-9一二两三四五六七八九十]+(?P<unit>[艘条台套架辆列座]))(?:[^，。；0-9]{0,8})?(?:归|给了?|是|属于|交付给?)(?P<who>[^，。；：0-9]{3,24}?)(?:的|订的|所有)?[，,](?=[^。]{0,30}?(?:单价|每[艘条台套架辆列]|[一]?[艘条台套架辆列][0-9]|交[船付车货]|造价|合同))"
)
# 把加工专利交给某公司 hands over a right, 将生产线交给某公司 a thing.
_NO_WORK = re.compile(r"专利|技术|权(?!威)|股|品种|配方|资产|业务|产线|[厂司]$|批文|许可")
# 某景区与甲续约，后者继续负责运营五年
_RENEWS = DEALS.compile(
    r"(?:与|和|同|跟)[^，。；]{2,30}?(?P<verb>续(?:了)?约|续签(?=[一二两三四五六七八九十0-9]|[，。；]|$)(?![^，。；]*(?:协议|合同|备忘录)))"
)
_UNDONE = re.compile("没有?|未|不再|洽谈|商谈|谈|有望|等待|能否|是否|希望|考虑")
_RUNS = re.compile(
    r"[^，。；]{0,12}[，,](?:继续|仍|还是)?由?(?P<who>后者|对方|[^，。；]{2,12}?)(?:继续|再|接着|仍|还|将)*(?:负责|承担|接手)?[^，。；]{0,8}?(?:运营|经营|管理|打理|托管)"
)
_DENIED = re.compile(r"(?:未|没有?|不|若|如果|一旦|希望|能否|不得|禁止|不愿|不肯)[^，。；]{0,4}$")
# 镇里把垃圾清运包给了某公司: the town has no other name.
_TOWN = re.compile(
    "[^，。；]{0,6}(?:[村镇乡县市区园校院]里|[我本][村镇乡县市区校院]|街道|社区)(?:去年|今年|最近|干脆|便|就|又|也)*"
)
_HIM = frozenset({"他", "她", "我们", "他们", "他家", "夫妻俩", "小两口"})
_OURS = re.compile("本(?:公司|集团|企业)")
_MAX_AGREED, _MAX_BEHIND = 28, 40


class ServiceKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence."""

    def given(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲把4个风场的维护都交给了乙，合同三年; 一半交给了某厂代工，合同每年1200万元."""
        text = context.text
        for pattern in (_GIVEN, _TO_DO):
            for deed in pattern.finditer(text, start, end):
                left, right = clause_around(context, start, end, deed)
                if pattern is _GIVEN and (
                    _NO_WORK.search(deed["what"]) or not _ANY_WORK.search(deed["what"] + (deed["does"] or ""))
                ):
                    continue
                if not self._is_agreed(context, start, end, deed):
                    continue
                is_of_town = _TOWN.fullmatch(text, left, deed.start()) is not None
                buyer = None if is_of_town else self._giver(context, start, left, deed)
                seller = self._doer(context, deed, "who", buyer) if buyer or is_of_town else None
                known = [seller.mention] if seller and seller.mention else []
                if seller is None or (buyer and buyer.mention and known and is_same(buyer.mention, known[0])):
                    continue
                return self._told(context, (left, right), deed, [p for p in (buyer, seller) if p])
        return None

    def done_by(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """大桥的养护由乙承接，合同期三年: whose it is, is told if a name stands in front."""
        deeds = [*_DONE_BY.finditer(context.text, start, end), *_RUN_BY.finditer(context.text, start, end)]
        for deed in deeds:
            left, right = clause_around(context, start, end, deed)
            seller = self._sides.named(context, *deed.span("who"), "seller")
            if (
                seller is None
                or seller.mention is None
                or not self._topic.is_firm(seller.mention)
                or not self._is_agreed(context, start, end, deed)
            ):
                continue
            owners = context.mentions_in(left, deed.start("who"), "organization")[:1]
            found = self._told(context, (left, right), deed, [])
            runs = deed.re is _RUN_BY.compiled
            found.hint = "cooperation_agreement" if runs else "supply_contract"
            found.parties = [
                *(Party.of(m, "owner" if runs else "buyer") for m in owners),
                replace(seller, role="operator") if runs else seller,
            ]
            return found
        return None

    def supplied(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """乙给我们供原片，合同一签就是五年; 铝锭由乙供，一签三年: of the firm told of."""
        text = context.text
        for deed in _SUPPLIES.finditer(text, start, end):
            left, right = clause_around(context, start, end, deed)
            verb = "by_verb" if deed["by"] else "verb"
            if (
                context.is_inside(deed.start(verb))
                or not _LASTS.match(text, deed.end(), end)
                or _DENIED.search(text, left, deed.start())
                or self._is_no_deal(context, left, right)
            ):
                continue
            if deed["by"]:
                seller = self._doer(context, deed, "by")
                known = [seller.mention] if seller and seller.mention else []
                buyer = self._topic.own(context, left, deed.start()) or self._sides.firm(context, left, known)
            else:
                seller = self._sides.acting(context, start, left, deed.start(), "seller")
                buyer = self._topic.own(context, deed.start("whom"), deed.end("whom"))
                known = [seller.mention] if seller and seller.mention else []
            if seller is None or buyer is None or any(is_within(buyer, m) for m in known):
                continue
            return self._told(context, (left, right), deed, [Party.of(buyer, "buyer"), seller])
        return None

    def came(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲找上门来，签下每年80万张的代工合同: it buys of the firm told of."""
        text = context.text
        comes = _COMES.search(text, start, end)
        signs = _SIGNS.search(text, comes.end(), end) if comes else None
        if comes is None or signs is None or _NO_PAPER.search(signs[0]):
            return None
        left = clause_start(context, start, comes.start())
        bodies = [m for m in context.mentions_in(left, comes.start(), "organization") if self._trades(m)]
        if not bodies or self._is_no_deal(context, left, signs.end()):
            return None
        buyer = bodies[-1]
        seller = self._topic.own(context, comes.start(), signs.end()) or self._sides.firm(
            context, left, [buyer]
        )
        is_other = seller is not None and not is_within(seller, buyer) and self._trades(seller)
        parties = [Party.of(buyer, "buyer"), *([Party.of(seller, "seller")] if seller and is_other else [])]
        return self._told(context, (left, signs.end()), signs, parties)

    def going_to(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """其中三条归甲，单价1180万元，汛期前交船: of the firm told of, which builds them."""
        for deed in _GO_TO.finditer(context.text, start, end):
            left, right = clause_around(context, start, end, deed)
            buyer = self._sides.named(context, *deed.span("who"), "buyer")
            known = [buyer.mention] if buyer and buyer.mention else []
            if buyer is None or not known or self._is_no_deal(context, left, right):
                continue
            seller = self._sides.acting(context, start, left, left, "seller", known)
            sides = [buyer, *([seller] if seller and seller.mention not in known else [])]
            sums = context.money_in(deed.end(), min(end, deed.end() + _MAX_BEHIND))[:1]
            found = self._told(context, (left, max([right, *(q.end for q in sums)])), deed, sides)
            found.title = deed.span("title")
            return found
        return None

    def renewed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲与乙续约，后者继续负责运营五年."""
        text = context.text
        for deed in _RENEWS.finditer(text, start, end):
            left, right = clause_around(context, start, end, deed)
            before = context.without_names(left, deed.start("verb"))
            sides = self._parties.coordination(context, left, deed.start("verb"))
            if len(sides) != 2 or _UNDONE.search(before) or self._is_no_deal(context, left, right):
                continue
            runs = _RUNS.match(text, deed.end(), end)
            if runs:
                sides = [replace(sides[0], role="owner"), replace(sides[1], role="operator")]
            found = self._told(context, (left, runs.end() if runs else right), deed, sides)
            found.hint, found.cue = "cooperation_agreement", deed.span("verb")
            return found
        return None

    def _is_agreed(self, context: ArticleContext, start: int, end: int, deed: re.Match[str]) -> bool:
        text = context.text
        left, right = clause_around(context, start, end, deed)
        return bool(
            _AGREED.search(text, deed.end(), min(end, right + _MAX_AGREED))
            or context.money_in(left, min(end, right + _MAX_AGREED))
        ) and not (
            context.is_inside(deed.start("verb"))
            or (deed.re is _TO_DO.compiled and context.is_inside(deed.start("does")))
            or _DENIED.search(text, left, deed.start())
            or self._is_no_deal(context, left, right)
        )

    def _giver(self, context: ArticleContext, start: int, left: int, deed: re.Match[str]) -> Party | None:
        """Who stands in front of the verb, or in the clause before (甲把订单一分为二，一半交给了乙代工)."""
        if not context.mentions_in(left, deed.start(), "organization"):
            before = clause_start(context, start, max(start, left - 1))
            ahead = context.mentions_in(before, left, "organization")
            ours = _OURS.search(context.text, start, deed.start())
            own = (
                self._topic.meant(context, ours.end() - 2) if ours else self._topic.own(context, start, left)
            )
            if body := own or next((m for m in ahead if self._trades(m)), None):
                return Party.of(body, "buyer")
        return self._sides.acting(context, start, left, deed.start(), "buyer")

    def _doer(
        self, context: ArticleContext, deed: re.Match[str], group: str, giver: Party | None = None
    ) -> Party | None:
        """Who is to do it; 他 is the firm of the person told last, or the one that the text is about."""
        begin, stop = deed.span(group)
        if deed[group] in _HIM:
            known = [giver.mention] if giver and giver.mention else []
            body = self._topic.meant(context, begin) or self._sides.firm(context, begin, known)
            return Party.of(body, "seller") if body else None
        # 六安某某压铸厂: the name goes on behind what may be a verb.
        whole = next(
            (m for m in context.mentions_in(begin, deed.end(), "organization") if m.end > stop), None
        )
        party = Party.of(whole, "seller") if whole else self._sides.named(context, begin, stop, "seller")
        body = party.mention if party else None
        return None if body and not self._trades(body) else party

    def _trades(self, body: Mention) -> bool:
        return not (OFFICE.search(body.text) or BANK.search(body.text))

    def _told(
        self, context: ArticleContext, clause: tuple[int, int], deed: re.Match[str], parties: list[Party]
    ) -> Candidate:
        left, right = clause
        # 合同三年，每年760万元
        stop = min(context.sentences[context.sentence_at(left)][1], right + _MAX_AGREED)
        right = max([right, *(q.end for q in context.money_in(right, stop)[:1])])
        return self._candidate(context, left, right, deed.span(), "supply_contract", parties)
