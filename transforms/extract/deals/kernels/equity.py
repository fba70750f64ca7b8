"""Who buys, sells or puts money in, by the construction around the verb: the clauses of market news."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.bystanders import MARKET
from transforms.extract.deals.clauses import MAX_CUES, clause_around, clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.equity_nouns import CROWD, DAILY, TRADED, is_no_deed
from transforms.extract.deals.kernels.equity_sides import EQUITY, SELLING, Deed, ShareSides
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_BUY = DEALS.compile(
    r"(?P<verb>要约收购|吸收合并|竞购|收购|并购|受让|私有化|买下|购买|竞得|拍得|摘得|增资|注资|入股|参股|认购|战略投资|增持|减持|回购|出售|售出|抛售|转让|出让|卖出|买入|投资入股|投资|拿下|盘下|吃下|揽下|接盘|接手|收入囊中|纳入麾下|收归旗下|取得|获得|获取|拿到|收下|拿走|换得|换走|追加(?:出资|注资|投资))"
)
# 某冷链中心由甲投资6500万元: works, no shares.
_WORKS = re.compile(r"(?:项目|工程|中心|基地|园区?|厂|港|线|馆)[^，。；]{0,12}由[^，。；]{2,40}$")
_PAID_BY = re.compile(r"^(?:则|将|均)?由[^，。；]{2,40}$")
_INTO_FIRM = re.compile(
    "[对向](?:(?:全资|控股|参股|下属)?子?公司)?[^，。；项工]{2,30}(?:公司|集团|企业|厂)(?:再次|又|再)?$"
)
# 筹划收购某公司，当年11月宣布终止
_CALLED_OFF = re.compile(
    r"[，,](?:但|却|后|最终|随后|后来|不过|目前)?(?:[当同去今][年月]|[0-9年月日底初]+)*(?:因[^，。；]{2,24}?|由于[^，。；]{2,24}?)?"
    r"(?:已|被|宣布|宣告|而|又|董事会|公司|双方|决定)*(?:终止|取消|放弃|作罢|告吹|搁浅|流产|中止|未果)"
)
_FELL_THROUGH = re.compile(
    "未获[^，。；]{0,12}(?:通过|批准|核准)|[被遭][^，。；]{0,10}否决|谈崩|告吹|泡汤|破裂|流产|搁浅|未果|没有?谈成|作罢"
)
# 减持计划, 收购预案: what is told is a plan.
_PLAN_NOUN = re.compile(
    r"(?:[^，。；]{0,40}?(?:的|之|股[份票权]))?(?:计划|预案|草案|议案|方案|意向|预披露)|[^，。；]{0,20}?(?:预案|草案|议案)"
)
# 某某信托计划减持, 员工持股计划买入: who trades is called a plan.
_FUND = re.compile("(?<=持股|信托|资管|管理|激励|理财)计划")
# 减持计划已实施完毕
_CARRIED_OUT = re.compile(r"[^，。；]{0,24}计划[^，。；未]{0,6}(?:实施|执行)?完[毕成]")
_SHARES = re.compile(
    r"(?P<share>[0-9.]+[%％](?:[、和及][0-9.]+[%％])*(?:的)?(?:国有)?(?:股权|股份|股本)?|股票|全部股权|控股权|控制权|股权|股份(?!有限|公司|合作|制)|新股|资产(?!管理|经营)|[0-9.,]+[万亿]?股)"
)
# 某公司合计51%的股权: what follows the name of the firm whose shares they are.
_SHARES_OF = re.compile(
    # 某银行成立两年来业务发展迅速 goes on about the firm itself.
    r"(?![^，。；]{0,4}(?:成立|经过|进行|发展|股东|获|[一二两三四五六七八九十0-9]年))(?:[（(][^（）()]{1,40}[）)])?[^，。；%％（）()]{0,6}?(?:[0-9.]+[%％]|[0-9.,]+[万亿]?股|全部|部分|多数|少数|剩余|控股权|控制权)?(?:的)?"
    r"(?:股权|股份(?!有限)|股票|资产|业务|控股权|控制权|(?<=[%％])权益|(?<=股权)|(?<=[%％]))"
)
_STAKE = re.compile(
    r"[0-9.]+[%％](?:的)?(?:剩余|国有|国家)?(?:股|权益|控股)|[一二三四五六七八九两]成(?:半)?(?:的)?股[权份]|全部股[权份]|控股权|控制权|(?:全部|整体|整个|主要|核心|破产|有效|经营性)(?:经营)?资产|全部产权"
)
# “甲被乙收购”一说: what is told is denied.
_RUMOUR = re.compile(
    r"[^，。；“”\"]{0,12}的可能性|[^，。；“”\"]{0,12}[”\"]?(?:的)?(?:一说|之说|说法|传闻|传言|谣言|谣传|流言|不实|不属实)"
)
# 买下它的是某公司: who buys stands behind.
_WHO_DID = re.compile(r"了?(?:它|其|这[^，。；]{1,8})?的(?:人|企业|公司|买家)?(?:就|正|则)?是")
# 收购粮食; 按保底价每公斤14元收购; 标段被某公司收入囊中
_CROP = re.compile(
    r"(?:保底价?|(?:每|元一?[/／])(?:公斤|斤|吨|亩|担|头|只|箱)|标段|粮食?|小麦|玉米|稻谷|夏粮|秋粮|农产品|生猪|烟叶|棉花|废品|余粮|大豆|油料)"
)
_FEW = re.compile(r"(?P<share>[0-9]{1,2}(?:\.[0-9]+)?)[%％](?:的)?股[权份]")
_HALF = 50
# 收购常州一家老牌弹簧厂: a firm that the text does not name.
_UNNAMED = re.compile(
    r"(?:了)?[^，。；的]{0,10}?(?:[一两三]家|一座|一间)[^，。；]{1,14}?(?:企业|公司|工厂|厂|酒庄|矿|电站|茶行|商行|医院|牧场|农场|品牌商?|制造商|供应商|经销商|机构)"
    r"(?:的?(?:全部|整体|[0-9.]+[%％]的?)?(?:股[权份]|资产))?(?=[，。；]|$)"
)
# 投资5.5亿元的某项目, 投资3亿元建设某中心
_INTO_WORKS = re.compile(
    r"(?:[约近逾超]?[0-9.]+[多余]?[十百千万亿]*(?:元|美元|港元|欧元|日元|韩元|人民币)+(?:的(?=[^，。；]{0,30}(?:项目|工程|基地|产业园)))?)?"
    r"(?:(?<=的)|(?:用于|来)?(?:建设|兴建|新建|建成|打造|扩建|改建|上马|建起|建了|建(?=[一二两三四0-9A-Z]|[^，。；]{2,16}(?:线|厂|基地|项目|中心|园)(?:[，。；]|$))|实施|完成))"
)
# 投资2600万美元在综保区设立某公司, 投资的某综合体, 投资2亿元的某公司落户某区: works or a new firm, no shares.
_SETS_UP = re.compile(
    # 投资1.6亿元买下某厂: the next verb tells the deal; 投资2亿元、占地80亩的某厂落成
    "落成|开工|动工|奠基|投产|竣工|封顶|通车|投用|投入使用|买下|收购|并购|购得|竞得|拍得|盘下|受让|设立|成立|组建|新设|创办|开办|落户|[兴新扩投]建|建[成起]|建设(?!银行|集团|公司|有限|工程|局|投资|发展|控股)|(?:综合体|项目|基地|产业园|园区|工程)(?![\u4e00-\u9fff])"
)
# 投资8亿元的某碱厂扭亏为盈: what it cost.
_COST = re.compile(r"[约近逾超]?[0-9.]+[多余]?[百千万亿]*(?:元|美元|港元)(?:人民币)?的(?!价格|对价)")
_PAID_IN = re.compile(r"(?:入股|增资|注资|投入|投资)[^，。；]{0,20}[，,]$")
# What a school sells of its own is no share of it.
_RIGHT = re.compile(r"专利|品种权|技术成果|科技成果|著作权|配方")
# Verbs that have many objects: only a share of a named firm makes them a purchase.
_GAINED = frozenset({
    "摘得", "拿下", "盘下", "吃下", "揽下", "接盘", "接手", "取得",
    "获得", "获取", "拿到", "收下", "拿走", "换得", "换走",
})  # fmt: skip
# Verbs that buy goods as well as firms: they need shares in the clause.
_GOODS = frozenset({"购买", "认购", "回购", "出售", "售出", "抛售", "转让", "出让", "卖出"}) | _GAINED
_LOOSE = _GOODS | {"买入", "受让"}
# Without shares in the clause these need a named firm.
_OF_FIRMS = _LOOSE | {"投资", "增持", "减持", "参股"}
_OF_FIRM = re.compile("[股权资]")
_WHOLE = frozenset({"收购", "并购", "买下"})
_COMPLETED = re.compile(r"完成(?:了|对)?[^，。]{0,80}$")
_MAX_CLAUSES_BACK = 3
# 转让方为某集团
_GIVEN_BY = re.compile(r"(?:转让方|出让方|卖方)(?:为|是|系)(?P<who>[^，。；（(]{2,40})")
# 挂牌转让，乙以1.2亿元摘牌
_TAKEN_BY = re.compile(
    r"[，,](?:最终|由|后)*(?P<who>[^，。；]{2,40}?)(?:以[^，。；]{2,30}?)?(?:摘牌|竞得|拍得|受让|接盘|接手|成交|摘得|购得)"
)
# 转让某厂股权，受让方为乙
_TAKER_IS = re.compile(
    r"[^。；]{0,30}?[，,](?:最终|目前)?(?:受让方|受让人|买方|接手方|摘牌方)(?:为|是|系)(?P<who>[^，。；（(]{2,40})"
)
_OFFERED = re.compile("挂牌|公开|招商|征集|招标|拍卖")
_ASKED = re.compile(
    r"(?![^。；]{0,60}?(?:摘牌|竞得|拍得|成交|受让方为|摘得))[^。；]{0,30}?(?:底价|起拍|挂牌价|起始价|参考价|征集|意向受让|报名|竞买)"
)
_HANDLED = re.compile("[将把](?=其|所|该|[^，。；]{2,40}股[权份])")
_PREPARES = re.compile("筹划[^，。；]{0,12}$")
_MAX_LOOK_AHEAD, _TWO_SIDES = 100, 2
_PLANNED = re.compile(r"拟|计划|筹划|有意|将(?=与|同|联合|联手|通过|以|向|发行|增发|出资|斥资|定向)")
# 正在洽谈转让某公司股权
_IN_TALKS = re.compile(r"(?:洽谈|商谈|磋商|谈判|商讨|接洽|协商)(?:以)?[^，。；已]{0,6}$")
# 入股一事正在审批: what waits for its permit.
_WAITS = re.compile(
    r"[^，。；]{0,16}?(?:正在|尚在|仍在|有待|等待|尚待|尚需|仍需|正待)[^，。；]{0,6}(?:审批|核准|批准|审核|审议|批复)"
    r"|[^，。；]{0,16}?预计将?[在于]"
)
# What holders do with their shares: the firm that they are of need not be told.
_HELD = frozenset({"增持", "减持", "回购"})


class EquityKernels(KernelReader):
    """Reads every verb of buying, selling and financing of an item."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        self._of_shares = ShareSides(readers.parties, readers.sides.actors)

    def bought(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """A deal of each verb that names who deals and what, or a share of something."""
        deals = []
        for found in islice(_BUY.finditer(context.text, start, end), MAX_CUES):
            if is_no_deed(context, start, end, found):
                continue
            left, right = clause_around(context, start, end, found)
            deed = Deed(context, start, left, found, right)
            deal = None if _is_other_deed(deed) else self._deal(deed)
            if deal is not None:
                deals.append(deal)
        return deals

    def _deal(self, deed: Deed) -> Candidate | None:
        """The deal of a verb, with who else the clauses behind it say to sell or to buy."""
        context, text, left, right = deed.context, deed.context.text, deed.left, deed.right
        if deed.verb in _GOODS and _shares_of(deed) is None:
            # 获得奖励: who and what need not be read.
            return None
        buyers, targets = self._of_shares.read(deed)
        # 某局挂牌出让一宗用地，由某公司竞得: nobody buys the office.
        targets = [
            t for t in targets if not (t.mention and t.role == "target" and _is_no_firm(deed, t.mention))
        ]
        if not _is_enough(deed, buyers, targets):
            return None
        stage = self._stage(deed)
        if not targets and _is_unnamed(deed) and stage not in {"signed", "operating"}:
            # What is planned or given up is told by its own words.
            return None
        hint = "equity_transfer" if deed.verb in SELLING | {"受让", "回购"} else "acquisition"
        hint = "equity_investment" if deed.verb in EQUITY else hint
        few = _FEW.search(text, left, right) if deed.verb in _GAINED else None
        if few and float(few["share"]) < _HALF:
            hint, buyers = "equity_investment", [replace(p, role="investor") for p in buyers]
        if deed.verb in DAILY and CROWD.search(text, deed.start, max(right, deed.found.end())):
            # 北向资金增持最多的是某股: nobody's deal; of a list of shares each is what moves.
            if sum(not CROWD.search(text, p.start, p.end) for p in {*buyers, *targets}) < _TWO_SIDES:
                return None
            if not targets:
                buyers, targets = [], [replace(p, role="target") for p in buyers]
        parties = [*buyers, *targets]
        given_by = _GIVEN_BY.search(text, right, context.paragraph(right)[1])
        is_near = given_by is not None and given_by.start() - right < _MAX_LOOK_AHEAD
        if given_by and is_near and all(p.role != "seller" for p in parties):
            parties += self._parties.coordination(context, *given_by.span("who"), "seller")
        taken_by = None
        if deed.verb in SELLING:
            taken_by = _TAKEN_BY.match(text, right) or _TAKER_IS.match(text, right)
        if taken_by and all(p.role != "buyer" for p in parties):
            parties += self._parties.coordination(context, *taken_by.span("who"), "buyer")
        return Candidate(
            min([left, *(p.start for p in parties)]),
            max([right, *(p.end for p in parties)]),
            deed.found.span(),
            stage=stage,
            base="signed",
            left=left,
            hint=hint,
            title=_object(text, targets, left, right),
            parties=parties,
            rule="bought",
            confidence=0.85 if buyers and targets else 0.7,
        )

    def _stage(self, deed: Deed) -> str:
        """How far a purchase is, by the words around its verb and in the clauses beside it."""
        context, text = deed.context, deed.context.text
        # 新希望乳业 wishes for nothing by its name.
        before = context.without_names(deed.left, deed.found.start())
        for fund in _FUND.finditer(text, deed.left, deed.found.start()):
            at = fund.start() - deed.left
            before = f"{before[:at]}□□{before[at + 2 :]}"
        after = text[deed.found.end() : deed.right]
        if _CALLED_OFF.match(text, deed.right) or _FELL_THROUGH.search(after):
            return "ended"
        if _IN_TALKS.search(before):
            return "negotiating"
        if deed.verb == "回购":
            # 回购注销: what is bought back is struck off, and no deal ends.
            after = after.replace("注销", "")
        stage = self._stages.read("signed", before.replace("将其", "").replace("将所", ""), after)
        if stage != "signed":
            return stage
        # 拟通过发行股份的方式，购买某公司: the plan stands in the clause in front.
        named = context.mentions_in(deed.left, deed.found.start())
        # 拟以公开拍卖的方式，将所持的某公司股份进行出售: what is sold is named in front of the verb.
        is_own = all(MARKET.search(m.text) for m in named) or _HANDLED.match(text, deed.left)
        is_plan = bool(is_own) and self._is_planned(context, deed.start, deed.left)
        is_plan |= _PREPARES.search(before) is not None
        # 挂牌转让某公司49%股权，底价8820万元: nobody has bought it yet.
        is_offer = deed.verb in SELLING and _OFFERED.search(before) and _ASKED.match(text, deed.right)
        if _CARRIED_OUT.match(after):
            return "operating"
        if is_plan or is_offer or _PLAN_NOUN.match(after) or _WAITS.match(after):
            return "proposed"
        return "operating" if _COMPLETED.search(before) else "signed"

    @staticmethod
    def _is_planned(context: ArticleContext, start: int, left: int) -> bool:
        """Whether the clauses in front, back to the one that names somebody, make it a plan."""
        for _ in range(_MAX_CLAUSES_BACK):
            earlier = clause_start(context, start, max(start, left - 1))
            if _PLANNED.search(context.without_names(earlier, left)):
                return True
            if earlier <= start or context.mentions_in(earlier, left, "organization", "person"):
                return False
            left = earlier
        return False


def _is_no_firm(deed: Deed, mention: Mention) -> bool:
    """Whether a name is of an office, or of the paper that printed 减持不超2%股份某报讯."""
    is_printer = deed.verb in _HELD and mention.subtype == "media"
    return is_printer or OFFICE.search(mention.text) is not None


def _is_other_deed(deed: Deed) -> bool:
    """Whether a clause tells of works, crops, rights or rumours, or of what other words tell."""
    text, left, right, end = deed.context.text, deed.left, deed.right, deed.found.end()
    if deed.verb == "投资":
        # 某中心去年建成，由甲投资6500万元
        is_payment = _PAID_BY.search(deed.before) and not _STAKE.search(text, left, right)
        is_of_works = (
            _WORKS.search(text, left, deed.found.start())
            or deed.before.rstrip().endswith("总")
            or _INTO_WORKS.match(text, end, right)
            or (not deed.before and _COST.match(text, end, right))
            or _SETS_UP.search(text, end, right)
        )
        if is_payment or is_of_works:
            return True
    if deed.verb.startswith("追加") and not _INTO_FIRM.search(deed.before):
        # 项目追加投资2亿元
        return True
    if _WHO_DID.match(text, end):
        return True
    if _RUMOUR.match(text, right) or _RUMOUR.match(text, end):
        return True
    # 增资入股，拿走18%的股权: the money tells the deal.
    is_told = deed.verb in _GAINED and _PAID_IN.search(text, deed.start, left)
    return bool(is_told or _CROP.search(text[left:right]) or _RIGHT.search(text, end, right))


def _shares_of(deed: Deed) -> re.Match[str] | None:
    """The shares that a clause tells; what many verbs have as object must be of a firm (获得股权, not 股)."""
    shares = _SHARES.search(deed.context.text, deed.left, deed.right)
    if shares and deed.verb in _LOOSE and not _OF_FIRM.search(shares[0]):
        return None
    return shares


def _is_unnamed(deed: Deed) -> bool:
    """Whether what is bought is a firm that the text does not name."""
    return deed.verb in _WHOLE and bool(_UNNAMED.match(deed.context.text, deed.found.end(), deed.right))


def _is_enough(deed: Deed, buyers: list[Party], targets: list[Party]) -> bool:
    """Whether who was read around a verb, and the shares in its clause, make a deal."""
    text, verb, left, right = deed.context.text, deed.verb, deed.left, deed.right
    shares = _shares_of(deed)
    if verb in _OF_FIRMS and not shares:
        firm = [
            p for p in targets if (p.mention and p.mention.entity_type == "organization") or verb == "参股"
        ]
        if not buyers or not (firm or verb in _HELD):
            return False
    if (
        verb in EQUITY
        and not (shares or any(p.mention for p in buyers))
        and text.startswith("的", deed.found.end())
    ):
        # 由民营企业入股的某银行: how a firm is described.
        return False
    if not targets and _is_unnamed(deed):
        return any(p.mention and p.mention.entity_type == "organization" for p in buyers)
    # Words that were not recognised make a deal where a share of them is bought.
    is_share = _STAKE.search(text, left, right) is not None
    if verb in _GAINED and not (is_share and targets and buyers):
        return False
    is_known = any(p.mention is not None for p in buyers + targets)
    is_announced = verb in TRADED and shares and any(p.end <= left for p in buyers)
    if not (is_known or (targets and is_share) or is_announced or (buyers and targets and verb == "收购")):
        return False
    is_moved = shares is not None and {p.role for p in buyers} >= {"seller", "buyer"}
    is_stock = shares is not None and "资产" not in shares[0]
    is_traded = buyers and (verb in _HELD or (is_stock and verb in TRADED))
    return bool(targets or is_moved or is_traded)


def _object(text: str, targets: list[Party], left: int, right: int) -> tuple[int, int] | None:
    """What is bought, as the clause says it: the firms, and their shares if these stand right behind."""
    named = [t for t in targets if t.role == "target" and left <= t.start]
    if not named or any(b.start - a.end > 1 for a, b in pairwise(named)):
        return None
    shares = _SHARES_OF.match(text, named[-1].end, right)
    return named[0].start, shares.end() if shares else named[-1].end
