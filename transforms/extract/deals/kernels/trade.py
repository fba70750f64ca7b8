"""Goods and technology by their kernel: a deed, what is handed over, and who stands around it."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_around, clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.sides import AMOUNT, by_trade
from transforms.extract.deals.topic import BANK, is_same, is_within
from transforms.extract.gated import DEALS

RIGHTS = DEALS.compile(
    r"专利(?:技术|权)?|(?:发明|核心|育种|育秧|生产|制备|加工|关键)技术|技术成果|科技成果|产能(?:指标)?|指标|品种(?:权|经营权)|商标"
    r"|著作权|配方|生产工艺|新药批件|(?:独家)?(?:开发|经营|运营|承包|生产|种植|养殖|繁育|扩繁|播映|使用|销售|代理|改编|冠名|特许经营)权"
    r"|(?:运营|经营|管理)(?=(?:整体|全部|一并)?(?:交|委托|托付|外?包)(?:给|由))|(?:商业化|[海国境]外|区域)权益"
    r"|(?:技术|专利|工艺|品牌|商标|品种)(?:使用|实施)?许可|[^，。；的]{1,6}技术(?=[，,][^，。；]{0,8}(?:转让费|许可费|专利费|作价))"
)
# 引进某大学制糖技术: a right if somebody brings it in from somebody.
_BROUGHT = DEALS.compile(
    r"(?:引[进入]|受让|买[断下来])[^，。；]{2,30}?(?:技术|工艺)(?=[，。；]|$)|(?:技术|工艺)[^，。；]{0,8}?[从自由][^，。；]{2,24}?(?:引[进入]|受让|买[断来])"
)
_AMOUNTS = DEALS.compile(AMOUNT)
_OFFICE = re.compile(r"(?:局|部|委|厅|署|政府|委员会|海关|协会|中心|办公室|交易所|法院)$")
_GOODS = (
    r"(?:购销|采购|供货|供应|供给|销售|经销|买卖|订货|订购|产销|直供|包销|加工|承运|进口|出口"
    r"|[购供][^，。；]{1,3})"
)
_ORDER = (
    r"(?:订单(?![式班]|培养|人才|教育|定向)|大单|单子|张单|供货单|采购单|订购单|长协|长单|定点(?:通知书?|函)?(?=[，。；]|$)"
    rf"|{_GOODS}(?:(?!投资|项目|合作|园区)[^，。；]){{0,6}}?(?:合同|协议|合约|意向书))"
)
_BUYS = DEALS.compile(
    r"拿货|进货|要货|提货|包下|包圆|来自|出自|订的货|订下|订购|订走|(?<!签)订了|订造|采购(?![^，。；]{0,3}(?:经理|总监|员|部|负责)|办事处|中心|商|团|基地|平台|季|节|网络|渠道|大会|对接|[站点])|购置|购买|购入|购进|买下|[买要订定拉包运]走(?=了?[^，。；]{0,12}[0-9])|买走|买进|买了|买的|买来|购得|购下|(?<!净)买入|定制|引进(?!的?[^，。；]{0,4}(?:企业|公司|项目|人才|工厂))|下单|[下给]了[^，。；]{0,18}?[订大]?单"
    rf"|包销|包圆|统销|总经销|独家代理|(?<=合同|订单|大单)(?:授予|交给|签给|下给|发给|给了)|追加了?[^，。；]{{0,20}}?{_ORDER}"
)
_SELLS = DEALS.compile(
    r"供的(?=[^，。；]{0,8}货)|(?<!提)供(?=[0-9.]+[万亿]?(?:吨|公斤|台|套|件|只|辆|头|羽|箱|米|立方))|成为[^，。；]{2,24}?供应商|(?:打进|进入|走进|挤进|供进)[^，。；]{2,24}?(?:供应链|卖场|采购名录)|供货|(?<!家)供应(?!链|商)|供给|供气|供电|向[^，。；]{2,24}?(?:出售|卖出|销售)(?=[0-9一二两三四五六七八九十首])|销往|卖给|卖到|出口(?![额值量总货退增创])|发往|提供(?:成套|全套|全部|核心|主要?|整套)?(?:设备|装备)(?=[，,；][^。；]{0,12}合同)|交付(?!使用)|出的货|承造"
    r"|(?<=[为给])[^，。；]{2,24}?(?:建造|制造|代工|定制|承制|加工)(?=[^，。；]{0,8}[0-9一二两三四五六七八九十第首])"
    rf"|(?:(?:拿|签|接|揽|抢|斩|收|获|赢)[下到了回获得]|[喜再又]?获)[^，。；]{{0,30}}?{_ORDER}"
)
# 与某厂敲定全年采购合同, 和某厂签的是五年供货协议
_SETTLES = DEALS.compile(
    rf"(?:签|敲定|谈妥|谈定|达成|续|定下|订下|订立|议定|拿出)[^，。；]{{0,24}}?(?:{_ORDER}|(?<=[台套架艘辆吨年月])(?![^，。；]{{0,8}}(?:授权|许可|管理|托管|租赁|服务|培训|合作))[^，。；]{{0,10}}?的?(?:合同|约(?=[，。；]|$)))"
    rf"|{_ORDER}(?:也|已|刚刚?|又|终于|就|在[^，。；]{{1,8}})*(?:续|签|敲定|谈妥|定|落|到手)"
)
FIRST_BUYS = re.compile("采购|订购|订货|购[^销]|进口|包销")
# 买方是甲，卖方是乙; 采购方：甲
_BUYER_IS = DEALS.compile(
    r"(?:买家|买方|买主|采购方|需方|订货方|下单方|大客户|客户|主人|下单的|订货的|购买方|受货方)(?:就?是|为|系|：|:)(?P<who>[^，。；：]{2,30})"
)
_SELLER_IS = DEALS.compile(
    r"(?:卖方|卖家|供方|供货方|供应方|供应商|供货商|供货的|出货的)(?:就?是|为|系|：|:)(?P<who>[^，。；：]{2,30})"
)
# 设备是从某厂买的, 与某厂签了供货合同, 拿到某厂的订单
_SLOT = re.compile(
    rf"(?:(?:从|向)(?P<seller>[^，。；：]{{2,16}}?)(?:买|采购|订|购|引进|进的)"
    rf"|(?:与|和|同|跟)(?P<other>[^，。；：]{{2,16}}?)(?:签|敲定|谈妥|谈定|达成|续|定下|订下)"
    rf"|(?:拿|接|揽|抢|斩|收|获|赢)[下到了回获得](?:了)?(?P<buyer>[^，。；：0-9]{{2,16}}?)(?:的|发来的|一笔|[0-9])[^，。；]{{0,24}}?{_ORDER}"
    r"|(?:卖[到进给]|发往|运往|打进|供进|上架)了?(?P<shop>[^，。；：]{2,24}?(?:超市|商场|集团|公司|百货|商贸|连锁|卖场))(?![\u4e00-\u9fff])"
    r"|(?P<one>[^，。；：]{2,12})一家就(?:有|占|订|买|要|包|签))"
)
# 拿到某公司的一份采购单: who gets the order sells.
_GETS = re.compile(r"(?:拿|接|签|揽|抢|收|获)[到下得了回]?[^，。；]{0,24}?(?:采购|订购)(?:单|订单|合同|协议)")
# What tells of an order whatever its amount is
_PLACED = re.compile(
    "包销|包圆|统销|总经销|独家代理|订的货|下的单|(?:建造|承造|制造|定制|研制)的[^，。；]{2,24}?(?:交付|下水|出坞|交船|离港|命名|启运|发运)"
)
_ANY_ORDER = re.compile(_ORDER + "(?![后前时以之])")
_TITLE = re.compile(
    rf"(?:[的了下署订妥定成]|合同|协议)(?P<title>[^，。；：的了]{{0,16}}?{_GOODS}[^，。；：的]{{0,6}}?(?:合同|协议|意向书))"
)
# 12台锅炉
_THINGS = re.compile(rf"(?P<title>{AMOUNT}的?[^，。；：、0-9的被由已]{{2,10}})(?=[，。；、]|$)")
_STATE = re.compile("政府|管委会|委员会$")
# 全年供货协议, 敲定全年4000吨: an amount agreed on.
_AGREED_SUM = re.compile(
    r"全年(?=[^，。；]{0,16}(?:协议|合同|订单))|(?<=定)全年|(?<=定了)全年|(?<=妥)全年|(?<=签下)全年|(?<=签订)全年"
)
_NO_TRADER = re.compile(rf"{_STATE.pattern}|{BANK.pattern}")
_BY = frozenset("由被")
_TO = re.compile("[向给为从]")
_DONE_BY = re.compile("(?:早?已|也|都|均|就|[全悉]部?|提前|刚刚?|首批|日前|先后)*[由被]")
# A hotel that orders is a place by its name.
_TRADES_THERE = re.compile("(?:酒店|宾馆|饭店|超市|商场|医院|度假村|乐园|景区)$")
_CUSTOMER = re.compile("的[^，。；]{0,4}(?:客户|买家|经销商|采购商|用户)")
_THEIR_ORDER = re.compile("的[^，。；的]{0,14}?(?:订单|大单|单子)(?!排|接|量|饱)")
_BY_WHOM = re.compile(
    r"[，,](?:全部|均|都|统一)?由(?P<who>[^，。；]{2,30}?)(?:组织|负责|独家|统一|按[期月季年])*(?:供货|供应|供给|供|提供|生产|加工|发货|交货|种植)"
)
_ESTATE = re.compile(
    "商铺|门面|写字楼|办公楼|大楼|[一两三四五六七八九十0-9][栋幢层][^，。；]{0,4}楼|厂房|地块|土地|房产|大厦|物业"
)
_RIGHT_FEE = re.compile("转让费|许可费|专利费|技术费|入门费|使用费|授权费")
_SCHOOL = re.compile("大学|学院|研究院|研究所|科学院|农科院|林科院")
_PAPER = re.compile("协议|合同|备忘录|意向书")
# 最大的一笔订单来自某公司: it buys.
_COME_FROM, _ORDERS = frozenset({"来自", "出自"}), re.compile("订单|大单|单子|合同|[一首]笔")
_ONE_OF_TWO = frozenset({"后者", "前者"})
_THEM = re.compile("后者|前者|对方|双方")
_TAKES = re.compile(
    r"受让|买断|购得|买下|买走|买来|买回|购买|购入|引进|引入|拍下|拍得|摘得|买进|竞得|拿[到下]|取得|获得|换得"
)
GIVES = re.compile(r"(?:转让|许可|授权|出让|出售|输出|卖|授|转|移?交|委托|托付|租)(?:给|予|由|至|到)")
# 授权某公司使用其专利, 成果在某公司转化
_GRANTS = re.compile("(?:授权|许可)(?=[^，。；]{2,24}?使用)|(?:落地)?转化(?!率|平台|中心)")
# Without one of these the dearer pattern of rights has no match.
_ANY_RIGHT = DEALS.compile(
    "技术|专利|工艺|品种|商标|著作权|配方|批件|成果|指标|许可|授权|[发营产用售理编名]权|权益|[营理](?:交|委托|包)"
)
_TAKER_IS = re.compile(
    # 通过新品种权登记，已转让给某公司
    r"[，,](?:现|已经?|并|随后|目前)*(?:转让|许可|授权)给[^，。；：]{2,40}|[，,](?:受让[方人]|被许可方|买方|买家|竞得人|接手的?)(?:是|为|系)[^，。；：]{2,40}"
)
_PASSES = re.compile(r"转让|许可|授权")
_FROM = re.compile(r"(?:从|向|自|由|与|和|同|跟|为|给|到|了)(?:[^，。；：]{0,6})$")
# Shares are no goods, a bid is no order, and money may come from anywhere.
_OTHER_DEED = re.compile(
    r"股权|股份(?!有限|公司|合作)|中标|中选|(?:资金|收入|利润|营收|投资|贷款|税收|[0-9]元)[^，。；]{0,8}来自"
)
_MANY_PAPERS = re.compile(
    r"(?:[0-9]{1,4}|[二两三四五六七八九十百]+)余?[份个笔项](?:[^，。；]{0,8}?)(?:协议|合同|订单)"
)
_GETS_FIRST = re.compile(
    "(?:接到|拿到|签下|签了|迎来|收到|获得|拿下)了?[^，。；]{0,6}(?:单|订单|合同|大单)[：:，,]$"
)
_MAX_BEHIND = 30
_SIDES = {"buyer": "seller", "seller": "buyer"}


class TradeKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence."""

    def traded(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """A word of buying or selling with a sum, an amount of goods or a paper, and who stands around it."""
        text = context.text
        for pattern, role in ((_BUYS, "buyer"), (_SELLS, "seller"), (_SETTLES, "seller")):
            for found in pattern.finditer(text, start, end):
                left, right = clause_around(context, start, end, found)
                # 某市把豆腐卖进了某地——甲承诺三年内采购1.5万吨
                dash = text.rfind("——", left, found.start())
                left = dash + 2 if dash >= 0 else left
                behind = min(end, right + _MAX_BEHIND)
                if context.is_inside(found.start()) or not self._is_order(context, left, right, behind):
                    continue
                if self._is_no_trade(context, start, left, right):
                    continue
                is_paper_of_buyer = pattern is _SETTLES and FIRST_BUYS.search(found[0])
                sells = pattern is _BUYS and _GETS.search(text, left, found.end() + 2)
                sells = sells or (found[0] in _COME_FROM and _ORDERS.search(text, start, found.start()))
                first = _SIDES[role] if is_paper_of_buyer or sells else role
                parties = self._slotted(context, start, left, right) or self._around(
                    context, start, left, right, found, first
                )
                if parties:
                    paid = next((q.end for q in context.money_in(right, behind)), right)
                    is_passed = _RIGHT_FEE.search(text, left, behind) or _ESTATE.search(
                        text, found.end(), right
                    )
                    hint = "transfer" if is_passed else "supply_contract"
                    candidate = self._candidate(context, left, paid, found.span(), hint, parties)
                    title = _TITLE.search(text, found.start(), right) or _THINGS.search(text, left, right)
                    candidate.title = title.span("title") if title else None
                    return [candidate]
        return self._labelled(context, start, end)

    def _is_order(self, context: ArticleContext, left: int, right: int, behind: int) -> bool:
        text = context.text
        if _DONE_BY.match(text, left):
            # 认购红茶5吨，由某公司供货; 今年的80吨田鱼，已被某超市订走
            left = clause_start(context, max(0, left - _MAX_BEHIND), left - 1)
        is_paper = (
            _PLACED.search(text, left, behind)
            or _ANY_ORDER.search(text, left, right)
            or _SETTLES.search(text, left, right)
        )
        return bool(is_paper or context.money_in(left, behind) or _AMOUNTS.search(text, left, behind))

    def _is_no_trade(self, context: ArticleContext, start: int, left: int, right: int) -> bool:
        is_other = _OTHER_DEED.search(context.without_names(left, right))
        return bool(is_other) or self._is_no_order(context, start, left, right)

    def _around(
        self,
        context: ArticleContext,
        start: int,
        left: int,
        right: int,
        found: re.Match[str],
        first: str,
    ) -> list[Party]:
        """Who acts and who is behind the verb, with the roles of the two."""
        text, is_said = context.text, False
        named = [m for m in context.mentions_in(left, right, "organization", "place") if _is_body(m)]
        told = context.mentions_in(start, left, "organization")
        if len(told) > 1 and len(named) < 2 and (them := _THEM.search(text, left, right)):
            # 甲与乙签约，每天向后者供应; what a paper says is told by the paper.
            if _PAPER.search(text, start, left):
                return []
            is_latter = them[0] == "后者" and not _TO.search(text, left, them.start())
            others = [m for m in told[-2:] if named and not is_same(m, named[0])]
            # 甲与乙签约，乙将为对方建造: who is named again acts.
            acts_again = them[0] == "对方" and len(others) == 1 and named[0].end <= them.start()
            named = [named[0], *others] if acts_again else told[:-3:-1] if is_latter else told[-2:]
            is_said = them[0] in _ONE_OF_TWO
        if not named:
            # 某公司接到首单：向越南一家农场出口60台: with whom no name is told.
            gets = _GETS_FIRST.search(text, start, left) if found.re is _SELLS.compiled else None
            actor = (told and told[-1]) or (self._topic.firm(context, start) if gets else None)
            return [Party.of(actor, "seller")] if gets and actor else []
        actor, other = named[0], named[-1]
        if len(named) > 1 and _CUSTOMER.match(text, actor.end):
            # 某厂的老客户某集团追加了订单
            actor, other = other, actor
        if len(named) == 1:
            if many := _MANY_PAPERS.search(text, left, right):
                # 某集团签署19份采购协议: with as many others, none of whom is named.
                role = "buyer" if FIRST_BUYS.search(many[0]) else first
                return [Party.of(other, role)] if other.end <= many.start() else []
            if (
                (by := _BY_WHOM.match(text, right))
                and other.end <= found.start()
                and (maker := self._sides.named(context, *by.span("who"), "seller"))
            ):
                # 甲三年内采购1.5万吨，由乙供货
                return [Party.of(other, "buyer"), maker]
            # 某集团追加了订单: who stands in front of the verb acts, the firm told of deals with it.
            acts = other.end <= found.start() and not _FROM.search(text, left, other.start)
            topic = self._topic.own(context, left, other.start) or self._sides.firm(context, left, [other])
            if topic is None or is_within(topic, other):
                # 金银花由某集团包销, 用瓷已被某酒店订购: whose goods they are is not told.
                does = {_SELLS.compiled: "seller", _BUYS.compiled: "buyer"}.get(found.re)
                is_by = text[other.start - 1 : other.start] in _BY
                return [Party.of(other, does)] if does and is_by else []
            actor, other = (other, topic) if acts else (topic, other)
        if is_within(actor, other) or is_same(actor, other) or _NO_TRADER.search(actor.text):
            return []
        if _STATE.search(other.text):
            return []
        is_paper = _ANY_ORDER.search(text, left, right)
        if not self._trades(other) and not (is_paper and not BANK.search(other.text)):
            return []
        whose = next((m for m in (actor, other) if _THEIR_ORDER.match(text, m.end)), None)
        if whose is not None:
            # 某集团的300台订单: who gives it buys.
            first = "buyer" if whose is actor else "seller"
        # 由某公司供应, 被某公司买走: who is named behind 由 or 被 does it.
        if left <= other.start and text[other.start - 1 : other.start] in _BY:
            first = _SIDES[first]
        parties = [Party.of(actor, first), Party.of(other, _SIDES[first])]
        return by_trade(parties, text) if found.re is _SETTLES.compiled and not is_said else parties

    def _slotted(self, context: ArticleContext, start: int, left: int, right: int) -> list[Party]:
        """Where only one body can stand, recognised or not, and the one that deals with it."""
        slot = _SLOT.search(context.text, left, right)
        if slot is None:
            return []
        group = next(name for name, words in slot.groupdict().items() if words)
        buys = group == "other" and (
            slot[0].endswith("订下") or FIRST_BUYS.search(context.text, slot.end(), right)
        )
        role = group if group in _SIDES else "seller" if buys else "buyer"
        other = self._sides.named(context, *slot.span(group), role)
        if other is None or (other.mention and _NO_TRADER.search(other.mention.text)):
            return []
        known = [other.mention] if other.mention else []
        actor = self._sides.acting(context, start, left, slot.start(), _SIDES[role], known)
        if actor is None:
            return []
        is_settled = group == "other"
        return by_trade([actor, other], context.text) if is_settled else [actor, other]

    def _labelled(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """买家是甲，合同一签三年; 买方是甲，卖方是乙: who sells may be the firm told of."""
        text = context.text
        buyer_is, seller_is = _BUYER_IS.search(text, start, end), _SELLER_IS.search(text, start, end)
        cue = buyer_is or seller_is
        if cue is None:
            return []
        is_told = context.money_in(start, end) or _AMOUNTS.search(text, start, end)
        if not is_told and not re.search("合同|订单|签", text[start:end]):
            return []
        if self._is_no_order(context, start, start, end):
            return []
        parties = [
            party
            for label, role in ((buyer_is, "buyer"), (seller_is, "seller"))
            if label and (party := self._sides.named(context, *label.span("who"), role))
        ]
        if len(parties) == 1:
            role = _SIDES[parties[0].role]
            known = [parties[0].mention] if parties[0].mention else []
            firm = self._sides.acting(context, start, start, cue.start(), role, known)
            parties += [firm] if firm else []
        if len(parties) != 2:
            return []
        return [self._candidate(context, start, end, cue.span(), "supply_contract", parties)]

    def passed(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Who hands a technology, a licence or a variety to whom."""
        text = context.text
        if not _ANY_RIGHT.search(text, start, end):
            return None
        for right_word in (*RIGHTS.finditer(text, start, end), *_BROUGHT.finditer(text, start, end)):
            left = clause_start(context, start, right_word.start())
            right = clause_end(text, right_word.end(), end)
            taker = _TAKER_IS.match(text, right, end)
            right = taker.end() if taker else right
            gives = taker or GIVES.search(text, left, right) or _GRANTS.search(text, left, right)
            deed = gives or _TAKES.search(text, left, right) or _PASSES.search(text, left, right)
            if (
                deed is None
                or context.is_inside(deed.start())
                or self._is_no_order(context, start, left, right)
            ):
                continue
            named = context.mentions_in(left, right, "organization")
            if len(named) == 1:
                # 果农张三把种植权转给了某公司: a person has rights too.
                people = context.mentions_in(left, min(named[0].start, deed.start()), "person")
                actor = people[-1] if people else self._topic.acting(context, left, named[0])
                named = [actor, *named] if actor else named
            if len(named) != 2 or is_within(*named) or any(_OFFICE.search(m.text) for m in named):
                continue
            schools = [bool(_SCHOOL.search(m.text)) for m in named]
            gives_first = bool(gives) if schools[0] == schools[1] else schools[0]
            roles = ("seller", "buyer") if gives_first else ("buyer", "seller")
            parties = [Party.of(m, role) for m, role in zip(named, roles, strict=True)]
            return self._candidate(context, left, right, deed.span(), "transfer", parties)
        return None

    def _trades(self, body: Mention) -> bool:
        is_other = body.subtype in {None, "association", "other"} and not BANK.search(body.text)
        return self._topic.is_firm(body) or is_other

    def _is_no_order(self, context: ArticleContext, start: int, left: int, right: int) -> bool:
        told = _AGREED_SUM.sub("", context.text[start:right])
        words = context.without_names(left, right)
        return bool(self._words["sums"].search(told) or self._words["hopes"].search(words))


def _is_body(mention: Mention) -> bool:
    return mention.entity_type == "organization" or bool(_TRADES_THERE.search(mention.text))
