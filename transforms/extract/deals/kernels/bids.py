"""Bids that are won or lapse, by their kernel: a word of the bid, who stands beside it and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.clauses import MAX_CUES, clause_around, clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.sides import SideReader
from transforms.extract.deals.topic import BANK
from transforms.extract.gated import DEALS

_BID = DEALS.compile(
    r"(?<!多次)(?<!数次)(?<!屡次)(?P<noun>(?P<ahead>[预拟])?中标(?!数|率|情况|信息|名次|共计)|中选(?!择)|成交(?=供应商|单位|人)|竞得(?=人(?!民|工)|单位|方))|定标(?!准)|夺标|中得(?![以知到出])|竞得|摘得|花落(?!知|谁)|成功竞买(?!人|权|资格)|竞买(?:成功|获得|取得|到)"
    r"|承[接建](?=[，,](?:中标|合同|成交))|承[接揽](?=了?[^，。；]{3,30}[，,]合同(?:总?[价额]|金额))|(?P<weak>胜出|脱颖而出|承揽|拿下|揽下|揽得|收入囊中|揽入怀中)|(?P<lapsed>(?<!物)流标(?!准)|废标|流拍)"
)
# What a bid is called, and what it makes of who wins it.
_OF_BID = re.compile(
    r"(?:通知书?|金额|价格?|额|结果|公示|公告)|(?:第[一1]|唯一)?(?P<who>候选人|单位|供应商|人)"
)
_POINTS = re.compile(r"(?:此次|本次|该次|上述|这次|[本该])$")
_TENDER = re.compile(r"标|承包|采购")
# 拿下某项目，金额6700万元
_WORKS = re.compile(
    r"(?:拿下|揽下|揽得|承揽)了?[^，。；]{4,40}?(?:项目|工程|标段?|总承包|施工)(?=[，。；]|$)"
)
# 摘得某公司67%股权 is a purchase.
_SHARES = re.compile(r"股权|股份(?!有限|公司|合作)|产权|(?:全部|有效|破产|主要)资产")
_STAKE = re.compile("[%％]的?股[权份][^，。；]{0,12}(?:拍卖|挂牌|转让|变卖)")
# 竞得某酒店资产, 拍得其厂房和设备 is one as well.
_TAKES = frozenset(
    {"竞得", "摘得", "拿下", "收入囊中", "成功竞买", "竞买成功", "竞买获得", "竞买取得", "竞买到"}
)
_ASSETS = re.compile(
    r"了?[^，。；]{0,16}?(?:资产|厂房|车间|酒店|大楼|写字楼|商铺|冷库|仓库|库房|粮库|宾馆|招待所)(?!用地|建设|改造|装修|项目|工程|采购|租赁|设备采购)"
)
_SOLD_AT = re.compile(
    r"[^，。；]{0,20}(?:厂|公司|企业|酒店|宾馆|资产|厂房|大楼|冷库|仓库|商铺)[^，。；]{0,12}?(?:拍卖|变卖|挂牌|竞拍)[，,]"
)
_MAX_TAIL = 4
# 竞得280亩工业用地: land is passed on to who bids most.
_LAND = re.compile(
    r"了?[^，。；]{0,24}?(?:用地|地块|宗地|土地|亩地)的?(?:国有)?(?:建设用地)?(?:土地)?(?:使用权)?(?=[，。；（(、]|$|[0-9.]+亩)"
)
_IS_PLOT = re.compile("(?:地块|宗地|用地)$")
_PLOT = re.compile("(?:地块|宗地|用地)(?!红线|规划|性质)")
_RUNNER_UP = re.compile("第[二三四](?:名|(?:中标)?候选人)|落选|陪标|未中标")
_KIND = (
    r"(?:项目|工程|标段|总承包|采购|施工|设计|监理|勘[察查]|改造|[A-Z0-9一二三四五六七八九十]标|包(?!括)|供[应货](?!商)|系统"
    r"|运营权|租赁|服务|养护|清淤|疏浚|整治|修缮|修复|绿化|加固|拆除|运维|安装|检测|地块|用地|资格|大桥|公路|道路|水库|隧道)"
)
_BRACKET = r"(?:[（(][^（）()]{1,20}[)）])?"
_BID_FOR = re.compile(
    rf"(?:[^，。；：、的]{{3,50}}?{_KIND}{_BRACKET}|[^，。；：、的]{{2}}(?:地块|宗地))"
    r"(?=[，。；：\s]|$|由|被|收入|重新|挂牌|公开|出让|花落|中标|成交|[0-9]|日前|近日|昨|本周|上周|招标|开标|定标|结果|发布|因|将|已|最终|完成)"
)
# 中标由某中心组织的某项目; 胜出，承建某大桥
_OBJECT = re.compile(
    r"了?(?:[，,]?(?:成功|最终|顺利|由此)*(?:承[建接揽担]|获得|负责)的?了?)?(?:[^，。；：]{2,16}?(?:发包|组织|招标)的)?[“《]?"
    rf"(?!金额|价|公示|结果|候选|单位|人|后|的|率|通知|是|项目[为是])(?P<thing>[^，。；：0-9“”《》][^，。；：]{{2,70}}{_KIND}{_BRACKET})"
)
# 中标1.2亿元某项目
_COST = re.compile("[约近超逾]?[0-9.]+[余多]?[万亿]+元(?:的)?(?=.{4})")
_SHORT_OBJECT = re.compile(
    r"了?[“《]?(?P<thing>(?![^，。；]{2,20}的是)(?!的|了|后|时|并|最|是|价|额|金额|项目[为是])[^，。；：0-9“”《》【元]{2,24})[”》]?"
)
# 由甲公司投资建设，乙公司中标承建: what it is for stands elsewhere.
_TO_BUILD = re.compile("(?:承[建接揽担包]|总承包|施工|实施|代建|建设)(?=[，。；]|$)")
# 二标段由某公司以5亿元中标
_LOT = re.compile("(?:第?[一二三四五六七八九十0-9]+|[A-Z0-9-]+)(?:标段?|包)(?=由|花落|则?被)")
# 公司成为“某项目”的中标人
_NAMED_AS = re.compile(r"(?:成为|为|是)(?!了)[“《]?(?P<thing>[^，。；：]{3,80}?)[”》]?的?(?:第?[一1])?$")
_BEFORE_THING = re.compile(
    r".*?(?:中标|中得|拿下|承揽|将(?!军)|把|取消了?|为|在|公示|公布了?|原定[^，。；的]{2,12}的|此前[^，。；的]{2,6}的)(?=.{4})"
)
_COUNTED = re.compile("[0-9一二三四五六七八九十]+个")
_IS_WINNER = re.compile(
    r"(?:由|花落|供应商|(?:中标|竞得|中选)(?:人|单位|方)|候选人|第[一1]名|竞买[^，。；]{2,20}的)(?:[，,]?(?:分别)?[为是]|[：:])?$"
)
_VERB = (
    r"(?:[预拟]?中标|拿下|胜出|脱颖|中选|夺标|承揽|承[接建]|揽下|揽得|[中竞摘]得|成功竞买|竞买(?:成功|获得|取得|到)"
    r"|(?:成?为|是|被推荐为)[^，。；：]{2,80}(?:中标|中选|成交)(?:候选人|单位|供应商|人))"
)
# 由某公司作为业主，乙公司中标施工
_IS_OWNER = re.compile(
    "作为?(?:业主|招标|采购|建设|发包)|(?:担?任|为)业主|(?:独资|全额|共同|联合|负责)*(?:投资|出资|筹资|斥资|发包)"
)
_WINS = re.compile(
    r"(?:(?:等[^，。；]{0,4})?(?:组成|组建|作为)?的?联合体(?:成员|牵头方)?(?:之一)?[，,]?|[（(][^）)]{1,24}[)）]|[0-9年月日]+|[：:]|等)*[，,]?"
    rf"(?:近日|日前|昨日|去年|今年|成功|最终|以[^，。；]{{2,16}}|从[^，。；]{{2,16}}中|共同|联合)*{_VERB}(?!结果|公示|公告|单位|人(?![^，。；]))"
)
_AND = re.compile(
    r"(?:[（(][^）)]{1,24}[)）])?(?:、|和|与|及|以及|(?:[，,]?牵头)?[，,]?(?:联合|携手|联手|会同))"
)
_OWN_AND = re.compile(r"(?:公司|我们)(?:与|和|及)(?:其|控股|全资|下属|子公司)*$")
_IN_BRACKET = re.compile(r"[（(][^（）()]{0,16}$")
# 中铁四局, 某水利工程局, 中水东北疏浚局: their names end as those of offices do.
_BUILDS = re.compile("(?:工程|疏浚|航务|勘[测探])局$|^中[铁建交水冶核].*局$|铁[一二三四五六七八九十]+局$")
_MEDIA = re.compile(r"(?:[报网讯社]|电视台)$")
_CONSORTIUM = re.compile("联合体")
_TOGETHER = re.compile(
    r"由?(?P<who>[^，。；]{2,80}?[与和及、][^，。；]{2,40}?)(?:等[^，。；]{0,4})?(?:(?:共同|联合)?(?:组成|组建)的?)?(?:投标)?联合体[，,]?(?:成功|正式|顺利|近日|日前)*$"
)
# 确定公司为某项目的中标人
_SETTLED = re.compile("(?:通知|确[定认]|选定|推荐)*")
_THE_CONSORTIUM = re.compile("该联合体|上述联合体|这一联合体")
# 在某公司的公开招标中胜出: who calls for bids wins none.
_CALLS = re.compile(
    "(?:的|发布的|组织的|此次|本次|[^，。；的]{0,8}?项目的?)?(?:公开|集中|年度)*(?:招标|竞标|招投标|询价|比选|采购招标)(?!代理)(?:中|里|公告|采购|的)"
)
# Who calls for bids: who sends the letter, publishes the result or is said to be the owner.
_LETTER = re.compile(
    r"收到(?:了)?(?P<who>[^，。；《]{2,50}?)(?:联合)?(?:发[出来布]|签发|下发|送达|出具|寄发|的|中标|[《“])"
)
_TELLS = re.compile(
    r"[^，。；：]{0,12}?(?:公布|发布|公示)[^，。；：]{0,30}?(?:中标|中选|招标|评标|开标|采购)"
    r"|[^，。；：]{0,12}?(?:公布|公示)[，：](?=[^，。；]{2,40}?中标)"
)
_OWNER_IS = re.compile(
    r"(?:业主|招标|采购|建设|发包)(?:(?:方|人(?!员)|单位)(?:为|是|系)?|为|是|系)(?P<who>[^，。；]{2,40})"
)
# 某局实施的某工程; 某局发布公告，某工程由乙中标
_ITS, _SAYS = (
    re.compile("(?:负责|组织)?(?:实施|建设|发包)?的|[将把]"),
    re.compile("[^，。；]{0,8}公[告示布][称，：]"),
)
# Works are built, they own nothing.
_IS_WORK = re.compile(r"(?:桥|隧道|铁路|高速|公路|电站|电厂|水库|风电场|机场|码头|项目|工程|地铁)$")
# 市科技馆项目因中标人放弃
_OF_WORK = re.compile(rf"{_IS_WORK.pattern}|(?:项目|工程|标段)因?$")
_BODY_ENDS = tuple("司团厂社院校局委府心会处部队所行馆")
_WORKS_BEHIND = re.compile("项目|工程")
_MAX_BACK = 300


class BidKernels(KernelReader):
    """Reads one list item [start, end) of a sentence."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        # 某公司中标的某工程昨日完工: the works are told, and not the bid.
        verbs = readers.stages.verbs("building", "operating")
        self._goes_on = re.compile(f"(?:承建)?的[^，。；]{{2,50}}?(?:{verbs})")

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """The same as a rule; of works whose bid lapsed another may tell more."""
        bid = self.won(context, start, end)
        if bid is not None and bid.base != "ended":
            yield bid

    def won(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A word of a bid, who wins it and what it is for or for how much, or a bid that lapsed."""
        first: Candidate | None = None
        for cue in islice(_BID.finditer(context.text, start, end), MAX_CUES):
            found = self._won(context, start, end, cue)
            if found is not None and found.title:
                return found
            first = first or found
        return first

    def _won(self, context: ArticleContext, start: int, end: int, cue: re.Match[str]) -> Candidate | None:
        text = context.text
        left, right = clause_around(context, start, end, cue)
        if self._goes_on.match(text, cue.end(), right):
            return None
        words = context.without_names(left, right)
        if self._words["sums"].search(words) or _POINTS.search(text, start, cue.start()):
            return None
        is_paid = bool(context.money_in(start, end))
        is_told = _TENDER.search(text, start, end) or (is_paid and _WORKS.search(text, start, end))
        is_told = is_told or (is_paid and _PLOT.search(text, start, end))
        # 某公司51%股权被拍卖，由乙竞得 is a purchase too.
        of_shares = start if cue[0] in _TAKES and _STAKE.search(text, start, left) else cue.end()
        if _SHARES.search(text, of_shares, right) or (cue["weak"] and not is_told):
            return None
        firms = self._firms(context, start, end)
        winners = [] if cue["lapsed"] else self._winners(context, start, cue, firms)
        winners = [p for p in winners if p.mention or not _OF_WORK.search(text, p.start, p.end)]
        known = [p.mention for p in winners if p.mention]
        noun = _OF_BID.match(text, cue.end()) if cue["noun"] else None
        title = self._title(context, (start, end), cue, noun, known)
        cost = _COST.match(text, *title) if title else None
        title = (cost.end(), title[1]) if cost else title
        behind = context.mentions_in(cue.end(), right) if cue[0] == "花落" else []
        if any(m.start == cue.end() and SideReader.is_public(context, Party.of(m)) for m in behind):
            # 某项目花落某县: who came there won no bid.
            return None
        owners = self._owners(context, (start, end), cue, title, known)
        if cue[0].startswith("承") and not title:
            return None
        is_for_works = title or is_paid or owners or _TO_BUILD.match(text, cue.end(), end)
        if not (winners and is_for_works) and not (cue["lapsed"] and title):
            return None
        is_bought = bool(winners) and cue[0] in _TAKES and _ASSETS.match(text, cue.end(), right) is not None
        # 停产的某厂被公开拍卖，某公司以3300万元竞得: what it is stands in the clause before.
        sold = None if title else _SOLD_AT.search(text, start, left)
        if sold and winners and cue[0] in _TAKES and right - cue.end() < _MAX_TAIL:
            is_bought = True
            owners = owners or [
                Party.of(m, "seller") for m in context.mentions_in(start, sold.end(), "organization")[-1:]
            ]
        is_land = bool(winners) and cue[0] in _TAKES and _LAND.match(text, cue.end(), right) is not None
        is_land |= bool(winners and title and not is_bought) and _IS_PLOT.search(text, *title) is not None
        if is_land and title and title[0] >= right:
            title = ()
        if is_bought or is_land:
            title, winners = title if is_land else (), [replace(p, role="buyer") for p in winners]
            owners = [replace(p, role="seller") for p in owners]
        is_open = cue["ahead"] or "候选" in text[cue.end() : cue.end() + 5]
        base = "ended" if cue["lapsed"] else "negotiating" if is_open else "signed"
        return Candidate(
            min([left, *(p.start for p in winners if p.start >= start), *title[:1]]),
            max([right, *title[1:]]),
            cue.span(),
            stage=base if base != "signed" else self._stages.read(base, words[: cue.start() - left], ""),
            base=base,
            left=left,
            hint="transfer"
            if is_land
            else "acquisition"
            if is_bought
            else "won_bid"
            if winners or base != "ended"
            else "project",
            title=(title[0], title[1]) if title else None,
            parties=[*winners, *owners],
            rule="won_bid",
            confidence=0.85,
        )

    def _title(
        self,
        context: ArticleContext,
        item: tuple[int, int],
        cue: re.Match[str],
        noun: re.Match[str] | None,
        known: list[Mention],
    ) -> tuple[int, ...]:
        """What a bid is for: behind its verb, in front of its noun, or named in the sentence."""
        text, (start, end) = context.text, item
        if noun is None:
            found = _OBJECT.match(text, cue.end(), clause_end(text, cue.end() + 1, end))
        else:
            left = clause_start(context, start, cue.start())
            found = _NAMED_AS.search(text[: cue.start()], left) if noun["who"] else None
        if found:
            return found.span("thing")
        things = [t for m in _BID_FOR.finditer(text, start, end) if (t := _thing(context, m, known))]
        if (
            not things
            and noun is None
            and not _TO_BUILD.match(text, cue.end(), end)
            and (short := _SHORT_OBJECT.fullmatch(text, cue.end(), clause_end(text, cue.end(), end)))
        ):
            return short.span("thing")
        if not things and (lot := _LOT.match(text, clause_start(context, start, cue.start()), cue.start())):
            return lot.span()
        return max(things, key=lambda thing: thing[1] - thing[0], default=())

    def _owners(
        self,
        context: ArticleContext,
        item: tuple[int, int],
        cue: re.Match[str],
        title: tuple[int, ...],
        known: list[Mention],
    ) -> list[Party]:
        """Who calls for bids: whose letter it is, whose name opens the title, who tells the result."""
        text, (start, end) = context.text, item
        if letter := _LETTER.search(text, start, end):
            senders = self._parties.coordination(context, *letter.span("who"), "owner", is_anchored=False)
            if senders:
                return senders
        inside = context.mentions_in(title[0], title[1], "organization") if title else []
        told = [m for m in inside if m.text not in {k.text for k in known} and not _IS_WORK.search(m.text)]
        # 某市智慧水务项目: the name is that of the works.
        told = [m for m in told if m.text.endswith(_BODY_ENDS) or not _WORKS_BEHIND.match(text, m.end)]
        ahead = context.mentions_in(start, cue.start(), "organization")
        bodies = context.mentions_in(start, end, "organization")
        if calls := [m for m in bodies if m not in known and _CALLS.match(text, m.end, end)]:
            return [Party.of(calls[-1], "owner")]
        told = told or [m for m in ahead if m not in known and _TELLS.match(text, m.end, end)]
        if told and not text.startswith("第", told[0].start):
            return [Party.of(told[0], "owner")]
        others = [m for m in ahead if m not in known and OFFICE.search(m.text)]
        for m in others:
            if (title and _ITS.fullmatch(text, m.end, title[0])) or _SAYS.match(text, m.end, end):
                return [Party.of(m, "owner")]
        behind = _OWNER_IS.search(text, start, context.paragraph(cue.start())[1])
        return self._parties.coordination(context, *behind.span("who"), "owner") if behind else []

    @staticmethod
    def _firms(context: ArticleContext, start: int, end: int) -> list[Mention]:
        """Bodies of an item that can win, without those of the clauses that tell who did not, each once."""
        text = context.text
        kept: list[Mention] = []
        for body in context.mentions_in(start, end, "organization"):
            told = text[clause_start(context, start, body.start) : clause_end(text, body.end, end)]
            if not (
                _CALLS.match(text, body.end, end)
                or _is_none(body)
                or _RUNNER_UP.search(told)
                or _IN_BRACKET.search(text, start, body.start)
            ):
                kept.append(body)
        return kept

    def _winners(
        self, context: ArticleContext, start: int, cue: re.Match[str], firms: list[Mention]
    ) -> list[Party]:
        """The bodies of one list beside the word, else who the clause or the text says has won."""
        text, left = context.text, clause_start(context, start, cue.start())
        named = _NAMED_AS.search(text[: cue.start()], left) if cue["noun"] else None
        letter = None if named else _LETTER.search(text, left, cue.start() + 1)
        stop = named.start() if named else letter.start() if letter else cue.start()
        firms = [m for m in firms if not letter or m.end <= stop]
        if together := _TOGETHER.search(text[start:stop]):
            who = (start + together.start("who"), start + together.end("who"))
            return self._parties.coordination(context, *who, "contractor")
        for number, firm in enumerate(firms):
            is_named = _IS_WINNER.search(text[max(start, firm.start - 14) : firm.start])
            if (is_named and not _IS_OWNER.match(text, firm.end)) or _WINS.match(text, firm.end):
                return self._with_own(context, start, _joined(text, firms, number))
        if _THE_CONSORTIUM.search(text, start, stop):
            return _consortium(context, start)
        left += len(settled[0]) if (settled := _SETTLED.match(text, left)) else 0
        is_own = text.startswith("企业", left) and not any(left <= m.start for m in firms)
        own = self._topic.own(context, left, stop) if is_own else None
        if own and self._topic.is_firm(own):
            return [Party.of(own, "contractor")]  # 企业也因此中标了某车的内饰件
        if bare := self._sides.bare(context, left, stop, "contractor"):
            return [bare]
        told = self._sides.actors.actors(context, start, left, stop, "contractor")
        told = [
            p for p in told if not (p.mention and (p.mention.entity_type == "place" or _is_none(p.mention)))
        ]
        if told and not text.startswith("第", told[0].start):
            return [Party.of(p.mention, "contractor") if p.mention else p for p in told]
        ahead = [m for m in firms if m.end <= stop] if len(firms) == 1 else []
        # 甲公司签下供货合同；2月底，又在某采购招标中中标: who the item before tells of.
        sentence = context.sentences[context.sentence_at(start)][0]
        topic = self._sides.topic.subject(context, sentence, start, "organization")
        if not firms and start > sentence and topic and self._sides.topic.is_firm(topic):
            ahead = [topic]
        return [Party.of(m, "contractor") for m in ahead]

    def _with_own(self, context: ArticleContext, start: int, joined: list[Mention]) -> list[Party]:
        """The bodies, and before them the one that 公司与 or 公司及控股子公司 stands for."""
        before = _OWN_AND.search(context.text, start, joined[0].start)
        own = self._sides.topic.meant(context, before.start()) if before else None
        return [Party.of(m, "contractor") for m in ([own] if own and own not in joined else []) + joined]


def _is_none(body: Mention) -> bool:
    """Whether a body wins no bids: an office, a bank, a paper."""
    is_office = OFFICE.search(body.text) and not _BUILDS.search(body.text)
    return bool(is_office or BANK.search(body.text) or _MEDIA.search(body.text))


def _joined(text: str, firms: list[Mention], number: int) -> list[Mention]:
    first = last = number
    while first and _AND.fullmatch(text, firms[first - 1].end, firms[first].start):
        first -= 1
    while last + 1 < len(firms) and _AND.fullmatch(text, firms[last].end, firms[last + 1].start):
        last += 1
    return firms[first : last + 1]


def _consortium(context: ArticleContext, position: int) -> list[Party]:
    """Those of whom the text before tells that they are one."""
    told = last_match(_CONSORTIUM, context.text, max(0, position - _MAX_BACK), position)
    if told is None:
        return []
    left = clause_start(context, 0, told.start())
    return [Party.of(m, "contractor") for m in context.mentions_in(left, told.start(), "organization")]


def _thing(context: ArticleContext, found: re.Match[str], winners: list[Mention]) -> tuple[int, int] | None:
    """What a bid is for, without the words and the winner in front of it."""
    text, (start, end) = context.text, found.span()
    lead = _BEFORE_THING.match(text, start, end)
    start = lead.end() if lead else start
    start = max([start, *(m.end for m in winners if m.start < end and start < m.end)])
    is_name = end - start >= 4 and not context.mentions_in(start, end, "person")
    if not is_name or _COUNTED.search(text, start, end) or _BID.search(text, start, end):
        return None
    return start, end
