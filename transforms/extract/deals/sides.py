"""What the sides of a paper are to each other: who invests, who takes in, who sells, who lends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Party
from transforms.extract.patterns import any_of

# A paper about one project to be built; 框架 and 战略 papers hold no single one.
INVESTMENT = re.compile(
    r"^(?!.*(?:框架|战略|备忘录|服务|采购|供货|施工|承包))"
    r"(?!委托).*(?:项目|投资|招商(?:引资)?|基地|入园|建设|落户|入驻|进驻|进区)[》”]?(?:合作|建设)?(?:协议|合同|协议书|意向书)"
)
_PUBLIC = re.compile(
    r"(?:政府|管委会|管理委员会|管理办公室|管理处|委员会|[县区州省镇乡盟旗]|(?<![超门夜集闹])市|[省市县区州旗镇乡村][里上]|局|街道(?:办事处)?|办事处|行署|工业园|产业园|物流园)$"
)
_SITE = re.compile(r"[庄厂店铺楼馆场]$")
SCHOLAR = re.compile(
    r"(?:大学|学院|学校|研究院|研究所|科学院|院所|医院|设计院|实验室|协会|学会|商会)(?:[（(][^（）()]*[)）])?$"
)
CREDIT = re.compile(
    r"授信|融资租赁(?!公司|有限|行业|业务)|租赁额度|融资额度|贷款|信贷|信用额度|(?<=[\w“\"])贷(?=[”\"])"
)
_BANK = re.compile(
    r"银行|信用社|信用合作?联社|[分支商]行$|信托|农信|信合|合作联社|(?:金融|融资|融通)租赁|租赁(?:有限|股份|公司)*$"
)
_LOAN_PROMISED = re.compile(
    rf"[^。；\n]{{0,40}}?(?:(?:提供|给予|授予|发放|安排|获得?|取得)[^，。；\n]{{0,30}}?(?:{CREDIT.pattern}|融资)"
    r"|(?:为|向)[^，。；\n]{2,16}?(?:新增|整体)?授信|[，,：:]?(?:总?授信|授信总额)(?:额度)?[^，。；]{0,4}?[0-9一二两三四五六七八九十百千]+[余多]?[万亿]"
    r"|提供[^，。；\n]{0,30}?融资租赁|为[^，。；\n]{2,24}?融资[0-9])"
)
_ENTERS = re.compile(r"(?:入园|进园|入驻|落户|进驻)[^，。；]{0,4}(?:协议|合同)")
# Who grows or makes sells, who keeps shops buys, whichever stands first in the paper.
_GOODS_PAPER = re.compile(
    r"购销|供货|供应(?!链)|收购(?!.*股)|采购|采销|买卖|订购|订货|供销|产销|长协|订单|包销|直供|经销|代销|分销"
)
# 鲜梨采购协议, 五年供汽协议: the goods, without what any goods and any firm may be called.
_GOODS_NAMED = re.compile(
    r"(?:(?P<before>[\u4e00-\u9fff]{1,12}?)(?:购销|收购|采购|采销|买卖|订购|供销|产销|经销|代销|进口|出口)"
    r"|(?<!提)供(?!应|货|销)(?P<behind>[\u4e00-\u9fff]{1,4}?))[^，。]{0,6}(?:协议|合同|订单|意向书)"
)
_MACHINE = re.compile(
    r"(?:生产线|产线|设备|装备|机组|装置|机械|系统|[车船机])(?:购销|采购|供应|供货|进口|出口|订)"
)
_COMMON = frozenset(
    "新大小中长高年月度产品料材设备食生工业用一二三两四五六七八九十万吨公司集团有限股份科技国际商贸农水电"
)
_GROWER = re.compile(
    r"[县旗镇乡村]$|合作社|合作联社|联合社|农场|果业|茶业|种植|养殖|渔业|牧业|农业(?![局厅委])|种业|种[子苗]|畜牧|药材|(?:梨|果|茶|枣|棉|菜|花|菌)[^，。；]{0,2}协会|产业协会"
)
_FOR_GROWERS = re.compile(
    "饲料|[化有机复合]肥|肥料|农药|农机|农资|地膜|滴灌|灌溉|温室|兽药|疫苗|种苗|鱼苗|虾苗|仔猪|雏鸡"
)
# Who digs coal sells it to who burns it; who builds ships and machines sells them.
_COAL = (re.compile(r"煤"), re.compile(r"煤业|煤矿|煤炭|矿业|矿务|矿山"))
_MADE = (
    re.compile(
        r"建造|制造|加工|定制|订造|造船|代工|网箱|渔船|客船|货轮"
        r"|(?:设备|装备|机组|生产线|装置|机床|电机|电池|仪器|叶片|塔筒|电缆|线束|变压器|开关柜)[^，。]{0,2}(?:采购|供货|供应|购销|订购)"
    ),
    re.compile(
        r"船厂|造船|重工|船舶|机械|制造|装备|工厂|机床|[工机]厂$|电工|电气|电机|电器|机电|仪器|仪表|电缆|设备|自动化|机器人|智能"
    ),
)
# Power is sold by who makes it, a way or a line by the carrier.
_POWER = (
    re.compile(r"[购售供]电|绿电|电量"),
    re.compile(
        r"风电|光伏|电站|发电|电厂|热电|[水核]电|能源|电力|电网|华能|大唐|华电|国电|国家?电投|三峡|中广核"
    ),
)
_CARRIED = (
    re.compile(
        r"(?<!合作)(?:服务|运输|仓储|物流|专线|承运|班列|航线)[^，。作]{0,4}(?:合同|服务协议)|专线[^，。]{0,6}协议|服务合同"
    ),
    re.compile(r"电信|移动(?!医)|联通|铁塔|物流|港|航运|船务|海运|铁路|运输|快运|货运|仓储|冷链|快递|客运"),
)
_DEALER = re.compile(r"超市|商贸|贸易|百货|商场|连锁|冷链|经销|进出口|电商|供应链|餐饮|商业|水果|便利|批发")
# 签订三年协议，每年采购羊毛衫; 为后者贴牌生产: what the first of two does by the clause behind.
_FIRST_DOES = re.compile(
    r"[^，。；]{0,40}[，,](?:根据(?:协议|合同)|今后|未来|[一二三两四五0-9]+年[内来间]?|每年|全年|今年|年|前者|甲方|双方约定|计划|将|拟|首批|预计|约定)*"
    r"(?:(?:从|向)(?:后者|对方|其))?"
    r"(?:(?P<buys>进口|采购(?!额|价)|收购(?!额|价)|购买|订购|认购)|(?P<sells>供应|供货(?!额|价)|出口|为(?:后者|对方|其)(?:贴牌|代工|生产|加工|供应)"
    r"|[将把][^，。；]{2,40}?(?:转让|许可|授权|卖|出让)给(?:后者|对方|其)|(?:以|作价)[^，。；]{1,14}转让[“《]))"
)
PASSED_ON = re.compile(r"[，,][将把][^，。；]{2,40}?(?:转让|许可|授权|出让)给")
# Who takes an order sells; of a paper that says no more it is the firm of which the text tells.
_ORDER = re.compile(r"(?:订单|长单|大单|单子|包销(?:协议|合同))[”\"》]?$")
# Who has made an invention sells it.
TECHNOLOGY = re.compile(
    r"(?:专利|技术|成果|工艺|品种|科技)[^，。；]{0,8}(?:转让|许可|转化(?!合作|战略|框架|平台|基地|服务))"
)
_ONE_SIDE = re.compile("、[^，。；、]{2,24}等[^，。；]")
_PURCHASE = re.compile(r"(?<!集中)(?<!联合)(?<!政府)采购[^，。]{0,4}(?:协议|合同|订单)$")
SHARES = re.compile(r"股权|股份(?!有限|公司|合作)|股票|资产(?!管理|经营)")
_SHARES_BOUGHT = re.compile(r"购买|收购|受让")
_WITH = frozenset("和与同跟")
_PAYS_IN = (
    r"(?:拟|将|指定|[（(][^（）()]{1,30}[)）]|主体|按照?[^，。；]{2,20}估值|的?投前估值)*(?:以[^，。；]{2,20})?"
    r"(?:现金)?(?:出资|增资|认缴|认购|注资|入股|投资)"
)
_MAX_BEHIND = 120
_LOAN_PAPER = re.compile(r"(?:贷|借款(?:合同|协议)|融资[^，。；]{0,4}(?:协议|合同))[”\"》]?$")
# 公司与某创投签了增资协议: who is there to invest pays.
_SHARES_OF = re.compile(
    r"(?:认购|取得|换取|获得|持有|占)(?:对)?(?P<firm>[\u4e00-\u9fff（）()]{2,20}?)(?:的)?(?:[0-9.]+[%％]|[一二两三四五六七八九]成)(?:的)?股"
)
_OWN_SHARES = re.compile("公司$(?<![\u4e00-\u9fff]{3}公司)|^[其该本双两]|者$|新增|定向|发行")
_PAYER = re.compile(r"基金|资本|创投|创业投资|投资(?:集团|控股|管理)?(?:有限|股份)*(?:公司|合伙企业)?$")
_SHARES_IN = re.compile(r"增资|入股|注资")

AMOUNT = (
    r"(?:约|近|逾|超|不少于)?"
    r"(?:[0-9.,]+ ?余?万?余?|(?<![第一二三四五六七八九十])[一二两三四五六七八九十]{1,3}余?)"
    r"(?:吨|台|套|架|艘|辆|头|只|箱|件|块|组|公斤|立方米|羽|株|片|条|座|列|部|副|双|瓶|柜|枚)"
)
# 签约，以2亿元收购后者100%股权: what the paper is about, in the clause behind it.
_BUYS_THEN = re.compile(
    r"[，,](?:根据协议[，,]|双方约定[，,]|前者|甲方)?(?:拟|将|计划|约定)*(?:以|出资|斥资|作价|耗资)?[^，。；]{0,24}?"
    r"(?P<verb>收购|购买|受让|买下|并购|入股|增资|注资|认购|参股)(?:了|其)?(?:后者|对方|其|该公司|另一方|标的公司)?(?P<held>所?持有的|旗下的?)?[^，。；]{0,12}?(?:[0-9.]+[%％](?:的)?(?:股权|股份)?|股权|股份|资产|业务)"
)
_OVER_BORDER = re.compile("[进出]口(?!商)")
_BOTH, _COUNTRY, _AGAIN = 2, 6, 2
_SHARES_THEN = frozenset({"入股", "增资", "注资", "认购", "参股"})


class SideReader:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        words = lookups["deal_types"]
        papers = r"[^，。]{0,6}(?:协议|合同|[订货]?单)$"
        countries = any_of(name for name in lookups["places"]["countries"] if name != "中国")
        self._country = re.compile(f"(?:{countries})")
        self._buys = re.compile(
            f"(?:{any_of(words['first_buys'])}|订购|购(?!销)[\u4e00-\u9fff]{{1,2}}){papers}"
        )
        self._sells = re.compile(
            # 年供8000万颗镜片的合同
            f"供(?:应|货)?[0-9]|(?:{any_of(words['first_sells'])}|(?<![互提])供(?!应链|销|需|暖费)|[总独]?经销|[总独]代理|分销){papers}"
        )

    def invested(
        self, context: ArticleContext, parties: Sequence[Party], *, are_builders: bool = False
    ) -> list[Party]:
        """甲公司与乙管委会签订某项目投资协议: firms invest, the public body is their host.

        Unchanged where all or none of the sides are public, or a role is known; firms among themselves
        invest where it is sure that they build (`are_builders`).
        """
        public = [self.is_public(context, p) for p in parties]
        scholars = [bool(SCHOLAR.search(context.text, p.start, p.end)) for p in parties]
        if (
            are_builders
            and not any(public)
            and not any(scholars)
            and all(p.role == "partner" for p in parties)
        ):
            return [replace(p, role="investor") for p in parties]
        if all(public) or not any(public) or any(p.role != "partner" for p in parties):
            return list(parties)
        return [
            replace(p, role="host")
            if is_public
            else p
            if SCHOLAR.search(context.text, p.start, p.end)
            else replace(p, role="investor")
            for p, is_public in zip(parties, public, strict=True)
        ]

    @staticmethod
    def entered(title: str, parties: Sequence[Party]) -> list[Party]:
        """甲公司与乙集团签订入园协议: the park of a firm takes in as that of a zone does."""
        return (
            _as(parties, "investor", "host") if _ENTERS.search(title) and len(parties) == 2 else list(parties)
        )

    @staticmethod
    def is_public(context: ArticleContext, party: Party) -> bool:
        """Whether a party is a government, a zone or a place that people live in."""
        name = party.mention
        is_area = name is not None and name.entity_type == "place" and name.end == party.end
        is_site = _SITE.search(context.text, party.start, party.end)
        return (is_area and not is_site) or bool(_PUBLIC.search(context.text, party.start, party.end))

    def traded(
        self, title: str, parties: Sequence[Party], text: str = "", names: Sequence[str] = ()
    ) -> list[Party]:
        """Who sells and who buys, where the name of the contract, or what one side is, says so.

        Args:
            title: Name of the contract.
            parties: The two sides.
            text: The article.
            names: What the sides are called in full, where the text says so elsewhere.
        """
        words = re.sub(r"\s", "", title)
        if SHARES.search(words):
            is_bought = _SHARES_BOUGHT.search(words) is not None
            return _as(parties, "buyer", "seller") if is_bought else list(parties)
        does = _FIRST_DOES.match(text, parties[-1].end) if text else None
        if TECHNOLOGY.search(words):
            scholars = [bool(SCHOLAR.search(text, p.start, p.end)) for p in parties]
            if does and does["sells"]:
                return _as(parties, "seller", "buyer")
            if sum(scholars) != 1:
                return list(parties)
            return _as(parties, *(("seller", "buyer") if scholars[0] else ("buyer", "seller")))
        if text and _ONE_SIDE.match(text, parties[0].end, parties[-1].end + 4):
            # 公司与甲、乙等企业签了供货合同: both are what the one who is not named is not.
            role = "buyer" if self._sells.search(words) else "seller" if self._buys.search(words) else None
            return [replace(p, role=role) for p in parties] if role else list(parties)
        seller = self.by_kind(words, parties, text, names)
        seller = self._by_border(words, parties, text) if seller is None else seller
        if seller is not None:
            return _as(parties, *(("buyer", "seller") if seller else ("seller", "buyer")))
        if does is not None:
            return _as(parties, *(("buyer", "seller") if does["buys"] else ("seller", "buyer")))
        # 采购 is what the first does, unless one of the two is known to grow or to keep shops.
        if self._buys.search(words) or _PURCHASE.search(words):
            return _as(parties, "buyer", "seller")
        return _as(parties, "seller", "buyer") if self._sells.search(words) else list(parties)

    @staticmethod
    def ordered(title: str, parties: Sequence[Party], told: Sequence[int]) -> list[Party]:
        """甲与乙签下轴承订单: the one that the text tells of again and again takes the order.

        Args:
            title: Name of the paper.
            parties: The two sides.
            told: How often the text names each.
        """
        first = told[0] > told[1]
        is_known = _ORDER.search(title) is not None and max(told) >= _AGAIN * max(1, min(told))
        return (
            _as(parties, *(("seller", "buyer") if first else ("buyer", "seller")))
            if is_known
            else list(parties)
        )

    @staticmethod
    def by_kind(words: str, parties: Sequence[Party], text: str, full: Sequence[str] = ()) -> int | None:
        """Which of two sides sells goods: who grows, digs or makes them, or keeps no shop."""
        names = full or [p.mention.text if p.mention else text[p.start : p.end] for p in parties]
        if len(names) != _BOTH:
            return None
        head = _GOODS_NAMED.search(words)
        if head and (thing := (head["before"] or head["behind"])[-2:]) and not _COMMON.issuperset(thing):
            # 叶片采购合同: the works that are called after the blades, whatever the other one makes.
            named_so = [thing in name for name in names]
            if len(thing) == _BOTH and sum(named_so) == 1:
                return named_so.index(True)
        for goods, maker in (_COAL, _MADE, _POWER, _CARRIED):
            made = [maker.search(name) is not None for name in names]
            if goods.search(words) and sum(made) == 1:
                return made.index(True)
        if _GOODS_PAPER.search(words):
            # 种植大户张三 sells what he has grown.
            people = [p.mention is not None and p.mention.entity_type == "person" for p in parties]
            if sum(people) == 1:
                return people.index(True)
            grown = [_GROWER.search(name) is not None for name in names]
            dealt = [_DEALER.search(name) is not None for name in names]
            if sum(grown) == 1:
                # 滴灌系统供货合同, 有机肥采购协议: what is used for growing is sold to who grows.
                return grown.index(not (_MACHINE.search(words) or _FOR_GROWERS.search(words)))
            if sum(dealt) == 1 and not any(grown):
                return dealt.index(False)
        # Machines for paper are not made by the paper mill.
        named = None if _MACHINE.search(words) else _GOODS_NAMED.search(words)
        goods_of = (named["before"] or named["behind"]) if named else ""
        letters = set(goods_of) - _COMMON
        # 机床 of 数控机床采购合同 tells more than 机 does.
        for parts in ({goods_of[n : n + 2] for n in range(len(goods_of) - 1)}, letters):
            makes = [any(part in name and letters & set(part) for part in parts) for name in names]
            if any(makes):
                return makes.index(True) if sum(makes) == 1 else None
        return None

    def _by_border(self, words: str, parties: Sequence[Party], text: str) -> int | None:
        """Which of two sides sells what comes in (进口合同) or goes out: the one abroad, or the other."""
        way = _OVER_BORDER.search(words)
        abroad = [bool(self._country.search(text, max(0, p.start - _COUNTRY), p.end)) for p in parties]
        if way is None or sum(abroad) != 1 or len(parties) != _BOTH:
            return None
        return abroad.index(way[0] == "进口")

    def traded_with(self, text: str, title: str, party: Party) -> Party:
        """和甲公司续签采购协议: what the one named side does, if the other is 我们 or a word such as 客商."""
        words = re.sub(r"\s", "", title)
        is_second = text[party.start - 1 : party.start] in _WITH
        # Among two who are named, a 采购协议 says of neither that it buys.
        first_buys = bool(self._buys.search(words)) or (is_second and "采购" in words)
        if party.role != "partner" or not (first_buys or self._sells.search(words)):
            return party
        buys = first_buys != is_second
        return replace(party, role="buyer" if buys else "seller")

    def funded(self, context: ArticleContext, title: str, parties: Sequence[Party]) -> list[Party]:
        """甲公司与乙市政府、丙公司签订增资协议: the first firm pays the last; empty otherwise.

        Where the words behind say which of two pays (乙出资3亿元认缴), it does.
        """
        behind = context.text[parties[-1].end : context.paragraph(parties[-1].end)[1]][:_MAX_BEHIND]
        names = [context.text[p.start : p.end] for p in parties]
        payers = [bool(re.search(rf"{re.escape(name)}{_PAYS_IN}", behind)) for name in names]
        if not any(payers) and _SHARES_IN.search(title):
            payers = [bool(_PAYER.search(name)) for name in names]
        if len(parties) == _BOTH and sum(payers) == 1 and all(p.role == "partner" for p in parties):
            if (of := _SHARES_OF.search(behind)) and not _OWN_SHARES.search(of["firm"]):
                # 公司与某基金签订增资协议，后者认购某某15%的股份: of a firm that is told in short.
                begin = parties[-1].end + of.start("firm")
                firm = next((m for m in context.mentions if m.start == begin), None) or next(
                    (m for m in context.mentions if m.entity_type == "organization" and of["firm"] in m.text),
                    None,
                )
                if firm is None or all(p.mention is None or p.mention.text != firm.text for p in parties):
                    sides = [
                        replace(p, role="investor" if pays else "partner")
                        for p, pays in zip(parties, payers, strict=True)
                    ]
                    return [*sides, Party(begin, begin + len(of["firm"]), firm, "target")]
            return [
                replace(p, role="investor" if pays else "target")
                for p, pays in zip(parties, payers, strict=True)
            ]
        firms = [n for n, p in enumerate(parties) if not self.is_public(context, p)]
        if not _SHARES_IN.search(title) or len(firms) < 2 or any(p.role != "partner" for p in parties):
            return []
        roles = dict.fromkeys(firms, "investor") | {firms[-1]: "target"}
        return [replace(p, role=roles.get(n, "signatory")) for n, p in enumerate(parties)]

    @staticmethod
    def bought(
        text: str, start: int, end: int, parties: Sequence[Party]
    ) -> tuple[str, list[Party], int] | None:
        """Type, sides and end of what a paper is about if the clause behind it buys (拟收购后者70%的股权)."""
        buys = _BUYS_THEN.match(text, start, end) if len(parties) > 1 else None
        if buys is None:
            return None
        is_share = buys["verb"] in _SHARES_THEN
        # 收购后者持有的某厂股权: the latter sells.
        roles = ("investor", "target") if is_share else ("buyer", "seller" if buys["held"] else "target")
        sides = [replace(p, role=roles[p is parties[-1]]) for p in parties]
        return "equity_investment" if is_share else "acquisition", sides, buys.end()

    def lent(self, context: ArticleContext, title: str, end: int, parties: Sequence[Party]) -> list[Party]:
        """The bank of a paper about credit lends; empty if it is about something else."""
        banks = [bool(_BANK.search(context.text, p.start, p.end)) for p in parties]
        is_credit = CREDIT.search(title) or _LOAN_PAPER.search(title)
        if not any(banks) or not (is_credit or _LOAN_PROMISED.match(context.text, end)):
            return []
        return [
            replace(p, role="investor" if is_bank else "partner")
            for p, is_bank in zip(parties, banks, strict=True)
        ]


def sold_by(parties: Sequence[Party], seller: int) -> list[Party]:
    """The sides of a sale, of which one sells and the other buys."""
    return [replace(p, role="seller" if n == seller else "buyer") for n, p in enumerate(parties)]


def by_trade(parties: list[Party], text: str) -> list[Party]:
    """A supermarket buys from who grows, whatever stands first; words without a name say neither."""
    names = [p.mention.text if p.mention else "" for p in parties]
    seller = SideReader.by_kind("购销", parties, text, names)
    return parties if seller is None else sold_by(parties, seller)


def _as(parties: Sequence[Party], *roles: str) -> list[Party]:
    """Two equal sides with roles of their own; unchanged if one is known."""
    if any(p.role != "partner" for p in parties):
        return list(parties)
    return [replace(p, role=role) for p, role in zip(parties, roles, strict=True)]
