"""Plants, stores, houses and land that somebody buys, with or without a name of their own.

甲以4860万元拍得某厂的厂房和设备; 某厂被甲整体买下; 把某厂收了过来; 某厂以680万元卖给了甲
"""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_around, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_LAND = r"(?:土地|地块|[用宗]地|亩地)"
_HEAD = (
    r"(?:厂房|厂区|老厂|旧厂|厂(?!家|商)|公司|企业|(?<!铁)矿|酒店|宾馆|饭店|招待所|大楼|办公楼|写字楼|烂尾楼|楼房|站房|老楼|商场|市场|校舍|冷库|仓库|库房|粮[库仓站所]|油库|码头|泊位"
    r"|茶场|林场|农场|牧场|渔场|养殖场|电站|门面|商铺|资产(?!管理))"
)
# 的全部设备和土地, 一座: what belongs to a plant, and how many it is.
_REST = (
    r"(?:(?:的|及|和|与|、|其|连同|全部|整体|整个|所有|主要|有效|破产|经营性|老|旧)*(?:资产|厂房|厂区|车间|设备|机器|机械|土地|产权|房产|地块|生产线|使用权|仓库))*"
    r"(?:整体|[一二两三四五六七八九十0-9]+[座栋处宗幢间条块])?"
)
_HOW = (
    r"(?:以[^，。；]{2,24}?(?:元|价格?|方式)(?:的(?:总|高|最高|低)?(?:价格?|代价))?|(?:出资|出价|斥资|投资|花费?|作价|溢价|耗资)了?[^，。；]{0,12}?元"
    r"|整体|整个|全部|一并|一举|成功|顺利|最终|公开|当场|全资|最后|通过[^，。；]{2,14}?|在[^，。；]{2,14}?|已经?|正式|再)*"
)
_AUCTION = r"拍得|拍下来?|拍走|竞得|竞下|竞拍到手?|竞买到?|摘牌|摘得|摘下"
_TAKE = (
    rf"{_AUCTION}|购得|购下|购入|买[下走来进断]|盘下|吃下|接手|接下"
    "|收购|并购|兼并|取得|拿下|受让(?!方|人)|接管"
)
_BOUGHT = DEALS.compile(
    rf"(?P<verb>{_TAKE}|买(?=了))(?:了|过了?)?(?P<what>[^，。；：、]{{0,30}}?{_HEAD}){_REST}(?=[，。；（(]|$)"
)
_TAKEN_BY = DEALS.compile(
    rf"(?P<by>[被由])(?P<who>[^，。；：被由]{{2,40}}?){_HOW}(?P<verb>{_TAKE})了?(?:下来|过来)?(?=[，。；（(]|$)"
)
_HANDLED = DEALS.compile(
    rf"[把将](?P<what>[^，。；：把将]{{0,30}}?{_HEAD}){_REST}{_HOW}"
    r"(?P<verb>收了?(?:过|下)来|买了?(?:过|下)来|盘了?(?:过|下)来|拿了?(?:过|下)来|接了?(?:过|下)来|买下|盘下|拿下|收购(?!价|款)|收入囊中)"
)
# 看上了一栋空厂房，出价2600万元买下
_THEN_BOUGHT = DEALS.compile(
    rf"(?:看[上中]|相中|选中|挑中|盯上)了?(?P<what>[^，。；：]{{0,30}}?{_HEAD}){_REST}[，,](?:最终|随即|很快|当场|后来)*(?P<sum>(?:出价|出资|以|花|用)[^，。；]{{0,4}}?[0-9.]+[万亿]*元(?:的价格)?)"
    rf"(?:把它|将其)?(?P<verb>{_TAKE})了?(?:下来)?(?=[，。；]|$)"
)
_SOLD_TO = DEALS.compile(
    rf"(?P<what>[^，。；：把将]{{1,30}}?{_HEAD}){_REST}(?:[去今前][年]|上[个]?月|[年月日底初0-9])*{_HOW}(?P<verb>卖|转手|转让|出售|出让|转|盘)给了?(?P<who>[^，。；]{{2,30}})"
)
_AT_AUCTION = re.compile(rf"{_AUCTION}|竞拍|拍卖|[法网司]拍|竞价|成交价|挂牌")
_OF_THING = re.compile(
    rf"(?:{_HEAD}{_REST}|{_LAND})(?=[，,]|$|[0-9一二三四五六七八九十上去今本昨刚早已最]|日前|近日|后来|现|也|整体)"
)
_IS_LAND = re.compile(rf"{_LAND}|写字楼|门面|商铺|商场")
_NAMED_HOUSE = re.compile("(?:厂|公司|企业|酒店|宾馆|招待所|场|矿|站)$")
# 某厂地块: land, of which the works on it are told.
_ONLY_LAND = re.compile(r"(?:厂|公司|企业)(?:的)?(?:老|旧)?(?:地块|土地)$")
_FROM = re.compile(r"从(?P<who>[^，。；从]{2,24}?)(?:手中|手里|手上|那里|处)")
# 收购某公司35%的股权 is told by the shares; so is what is only rented, or bought to be built.
_OTHER = re.compile("股[权份]|租|建设|承建|中标|标段|项目|工程")
_MANY = re.compile("[0-9二两三四五六七八九十几多数]+余?[家个]")
_DENIED = re.compile(
    r"(?:未|没有?|不|若|如果|一旦|希望|想要?|能否|不得|禁止|无意|放弃|曾打算|考虑)[^，。；]{0,6}$|(?:劝|没有以|没有花)[^，。；]{1,20}$|[？?]"
)
_FELL_THROUGH = re.compile(
    r"[^。]{0,24}?(?:没谈[拢成妥]|未谈[拢成妥]|没有?成|没要|谈崩|告吹|作罢|未果|搁浅|泡汤|反对)"
)
_WAS = re.compile("原(?=[^有本来].{2})|[这那](?:家|座|个|间)|[一两三][家座个间]")
_MAX_TO_SUM, _MIN_NAME_CHARS = 30, 2


class PlantKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence."""

    def bought(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲以3600万元拍得某厂的厂房, 把某厂收了过来."""
        text = context.text
        for pattern in (_HANDLED, _BOUGHT, _THEN_BOUGHT):
            for deed in pattern.finditer(text, start, end):
                left, right = clause_around(context, start, end, deed)
                if not self._is_deed(context, start, end, deed):
                    continue
                if _ONLY_LAND.search(deed[0]):
                    continue
                what = deed.span("what")
                target = self._target(context, *what)
                known = _named(target)
                stop = deed.start()
                given = _FROM.search(text, left, stop)
                seller = self._sides.named(context, *given.span("who"), "seller") if given else None
                stop, known = (given.start(), [*known, *_named(seller)]) if given else (stop, known)
                people = context.mentions_in(start, stop, "person")
                bodies = [
                    m for m in context.mentions_in(start, stop, "organization") if not OFFICE.search(m.text)
                ]
                buyer = (
                    Party.of(people[-1], "buyer")
                    if people and not bodies and not self._topic.own(context, left, stop)
                    else self._sides.acting(context, start, left, stop, "buyer", known)
                )
                if buyer is None:
                    continue
                return self._told(context, (left, right), deed, [p for p in (buyer, target, seller) if p])
        return None

    def taken_by(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """某厂被甲以5100万元整体买下, 腾出的460亩地被甲摘牌."""
        text = context.text
        for deed in _TAKEN_BY.finditer(text, start, end):
            left, right = clause_around(context, start, end, deed)
            # 停产的某厂去年挂牌，被甲买下: what it is may stand in the clause before.
            first = (
                left
                if _OF_THING.search(text, left, deed.start())
                else clause_start(context, start, max(start, left - 1))
            )
            things = [*_OF_THING.finditer(text, first, deed.start())]
            if not things or not self._is_deed(context, start, end, deed):
                continue
            buyer = self._sides.named(context, *deed.span("who"), "buyer")
            target = self._target(context, first, things[-1].end())
            if target is None and "资产" in things[-1][0]:
                # 某公司破产清算，全部资产被甲拍走
                whose = context.mentions_in(start, first, "organization")[-1:]
                target = Party.of(whose[0], "target") if whose else None
            if (
                buyer is None
                or not _named(buyer) + _named(target)
                or any(OFFICE.search(m.text) for m in _named(buyer))
            ):
                continue
            return self._told(context, (first, right), deed, [buyer, *([target] if target else [])])
        return None

    def sold(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """镇上的老茶厂以680万元卖给了甲."""
        for deed in _SOLD_TO.finditer(context.text, start, end):
            left, right = clause_around(context, start, end, deed)
            if not self._is_deed(context, start, end, deed):
                continue
            buyer = self._sides.named(context, *deed.span("who"), "buyer")
            target = self._target(context, *deed.span("what"))
            known = _named(buyer) + _named(target)
            if buyer is None or not known:
                continue
            is_handled = deed.start() > left and context.text[deed.start() - 1] in "把将"
            seller = None
            if is_handled:
                # 市国资委将招待所转让给某集团, 李四把纸箱厂转给了某公司
                ahead = context.mentions_in(left, deed.start(), "organization", "person")
                seller = (
                    Party.of(ahead[-1], "seller")
                    if ahead
                    else self._sides.acting(context, start, left, deed.start(), "seller", known)
                )
            return self._told(context, (left, right), deed, [p for p in (seller, target, buyer) if p])
        return None

    def _is_deed(self, context: ArticleContext, start: int, end: int, deed: re.Match[str]) -> bool:
        """Whether words tell a purchase that was made or is planned, with its sum or at an auction."""
        text = context.text
        left, right = clause_around(context, start, end, deed)
        near = min(end, right + _MAX_TO_SUM)
        is_paid = context.money_in(left, near) or _AT_AUCTION.search(text, start, near)
        return not (
            not is_paid
            or context.is_inside(deed.start("verb"))
            or _OTHER.search(context.without_names(left, right))
            or ("what" in deed.re.groupindex and _MANY.search(deed["what"]))
            or _DENIED.search(text, left, deed.start("verb"))
            or _FELL_THROUGH.match(text, right, end)
            or self._is_no_deal(context, left, right)
        )

    def _target(self, context: ArticleContext, start: int, end: int) -> Party | None:
        """The body that a stretch names last, or its last words if they end as the name of a plant does."""
        named = context.mentions_in(start, end, "organization")
        if named:
            return Party.of(named[-1], "target")
        stop = next(
            (m.end() for m in re.finditer("厂(?!房|区)|公司|企业|酒店|宾馆|招待所", context.text[start:end])),
            0,
        )
        begin = max(start, context.text.rfind("的", start, start + stop) + 1)
        begin += len(lead[0]) if (lead := _WAS.match(context.text[begin : start + stop])) else 0
        words = context.text[begin : start + stop]
        if len(words) < _MIN_NAME_CHARS or not self._sides.actors.names_firm(words):
            return None
        return Party(begin, start + stop, None, "target")

    def _told(
        self, context: ArticleContext, clause: tuple[int, int], deed: re.Match[str], parties: list[Party]
    ) -> Candidate:
        left, right = clause
        # 将某厂卖给甲: 将 tells no plan.
        before = context.without_names(left, deed.start()).removesuffix("将")
        # 拍得某厂，成交价3150万元
        right = max([right, *(q.end for q in context.money_in(right, right + _MAX_TO_SUM)[:1])])
        is_land = not any(p.role == "target" for p in parties) and _IS_LAND.search(context.text, left, right)
        return Candidate(
            min([left, *(p.start for p in parties if p.start >= left)]),
            right,
            deed.span("verb"),
            stage=self._stages.read("signed", before, ""),
            base="signed",
            left=left,
            hint="transfer" if is_land else "acquisition",
            parties=parties,
            confidence=0.6,
        )


def _named(party: Party | None) -> list[Mention]:
    return [party.mention] if party and party.mention else []
