"""Goods and technology that change hands: deliveries, orders, patents, licences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals_actors import ActorReader
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader

_RIGHT = (
    r"(?:专利(?:技术|权)?|(?:发明|核心|育种|育秧|生产|制备|加工|关键)技术|技术成果|科技成果|产能(?:指标)?|指标|品种(?:权|经营权)|商标"
    r"|著作权|配方|生产工艺|新药批件|(?:独家)?(?:开发|经营|生产|使用|销售|代理|改编|冠名|特许经营)权"
    r"|(?:技术|专利|工艺|品牌|商标|品种)(?:使用|实施)?许可|[^，。；的]{1,6}技术(?=[，,][^，。；]{0,8}(?:转让费|许可费|专利费|作价)))"
)
# 受让某学院的“某工艺”发明专利
_TAKEN = re.compile(
    rf"(?P<verb>受让|买断|购得|买下|引进|购买)(?:了)?(?P<whom>[^，。；：]{{2,30}}?)(?:持有的|拥有的|研发的|的)(?P<title>[^，。；：]{{0,40}}?{_RIGHT})"
)
# 从某研究所引进的某技术许可合同
_TAKEN_FROM = re.compile(
    rf"(?:从|自|向)(?P<whom>[^，。；：]{{2,30}}?)(?:独家)?(?P<verb>引进|购得|买来|买进|受让|买断|买下|购买|取得|获得)(?:了|的)+(?P<title>[^，。；：]{{2,40}}?{_RIGHT}(?:合同|协议)?)"
)
# 把某专利许可给了某集团
_GIVEN = re.compile(
    rf"(?:把|将)(?P<title>[^，。；：]{{0,40}}?{_RIGHT})(?:以[^，。；：]{{2,24}}?)?"
    r"(?P<verb>转让|(?:独家)?许可|(?:独家)?授权|出让|出售|卖|授)(?:使用)?(?:给|予|至|(?<=许可)|(?<=授权))(?:了)?(?P<whom>[^，。；：]{2,40})"
)
AMOUNT = (
    r"(?:约|近|逾|超|不少于)?[0-9.,]+ ?余?万?余?(?:吨|台|套|架|艘|辆|头|只|箱|件|块|组|公斤|立方米|羽|株|片)"
)
_RIGHTS, _AMOUNTS = re.compile(_RIGHT), re.compile(AMOUNT)
# 向某经销商供应鱼子酱2.4吨
_DELIVERED = re.compile(
    rf"(?:向|为|给)(?P<whom>[^，。；：]{{2,40}}?)(?:持续|长期|独家)*(?P<verb>供应|供货|供给|出口|销售|出售|卖出|订购|采购|购买|购进)(?:了)?"
    rf"(?P<title>[^，。；：]{{0,24}}?{AMOUNT}(?:的)?[^，。；：0-9]{{0,12}})"
)
# 向某集团采购了一条2000万元的灌装线
_BOUGHT_FOR = re.compile(
    r"(?:向|为|给|从)(?P<whom>[^，。；：]{2,40}?)(?:持续|长期|独家)*(?P<verb>供应|供货|出口|销售|出售|卖出|订购|采购|购买|购进)了?"
    r"(?P<title>(?:价值|总价|总额)?(?:[一两三]|首)?[条台套批座艘笔]?(?:价值|总价)?[0-9.,]+[千万亿]*(?:美|欧|港|日|澳)?元的[^，。；：0-9]{2,14})"
)
# 包下了某合作社今年的全部300吨脐橙
_ALL_TAKEN = re.compile(
    rf"(?P<verb>包下|包销|买走|订走|收走|承销)了?(?P<whom>[^，。；：0-9]{{2,30}}?)(?P<title>(?:今年|明年|本季|当季)?的?(?:全部|首批)?的?{AMOUNT}的?[^，。；：0-9]{{0,12}})"
)
# 获得某研究所一项专利的独家许可: no permit of an office.
_LICENSED = re.compile(
    r"(?P<verb>获得|取得|拿到|获)了?(?P<whom>[^，。；：]{2,30}?)(?P<title>(?:[一两三四五]项|[0-9]+项|(?<=的))[^，。；：]{0,16}?(?:专利|技术|品种|商标|工艺)[^，。；：]{0,6}?(?:许可|授权|使用权))(?!\w)"
)
# 与某商会订下冷冻榴莲2万吨
_ORDERED = re.compile(
    rf"(?:与|和|同|跟)(?P<whom>[^，。；：]{{2,40}}?)(?:当场|现场|一次性)?(?P<verb>订下|订购|预订|敲定|谈妥|谈成|订了|定下)(?:了)?"
    rf"(?P<title>[^，。；：]{{0,24}}?{AMOUNT}(?:的)?[^，。；：0-9]{{0,12}})"
)
_MONEY = r"[0-9.,]+[千万亿]*(?:美|欧|港|日|澳)?元"
_PAPER = r"(?:订单|大单|单子|采购合同|供货合同|供应合同|订货合同)"
# 拿下某集团一笔1900万元的设备订单
_WON_ORDER = re.compile(
    rf"(?P<verb>拿下|拿到|接到|接下|接获|接过|签下|斩获|抢下|揽下|收获|收到|赢得|承接|获得|获)了?(?:来自)?(?P<whom>[^，。；：0-9]{{2,30}}?)(?:的|发来的|追加的)?(?P<title>(?:一[笔张份]|首[笔张份批])?(?:价值|总价|总额|金额)?(?:{_MONEY}|{AMOUNT})的?[^，。；：0-9]{{0,16}}?{_PAPER})"
)
# 某集团上周追加了价值410万美元的餐具订单, 某超市向其下了2000件的订单
_PLACED_ORDER = re.compile(
    rf"(?:(?:向|给|对)(?P<whom>[^，。；：]{{1,30}}?))?(?P<verb>追加|下达|下|发来|签来|给出|抛来|送来|增加|续下)了(?P<title>(?:一[笔张份]|首[笔张份批])?(?:价值|总价|总额|金额)?(?:{_MONEY}|{AMOUNT})的?[^，。；：0-9]{{0,16}}?{_PAPER})"
)
# 第一批36吨鲜果卖到了新加坡的某超市
_SOLD_TO = re.compile(
    rf"(?P<title>(?:第?[一二三首][批单车船])?{AMOUNT}的?[^，。；：0-9]{{0,14}}?)(?P<verb>卖到|卖进|卖给|发往|运往|直供|打进|供进|上架到?)了?(?P<whom>[^，。；：]{{2,24}}?(?:超市|商场|集团|公司|百货|商贸|连锁|卖场))(?![\w])"
)
# 新加坡的某超市: the name is what stands behind the place.
_OF_PLACE = re.compile(r"(?:[^，。；：]{2,8}的)?(?P<name>[^，。；：的]{2,20})")
_ANY_ORDER = re.compile(r"订单|大单|单子|合同|卖[到进给]|发往|运往|直供|打进|供进|上架")
_FROM_SELLER = frozenset(
    {
        "包下",
        "包销",
        "买走",
        "订走",
        "收走",
        "承销",
        "订购",
        "采购",
        "购买",
        "购进",
        "订下",
        "预订",
        "订了",
        "定下",
    }
)
# Deliveries are statistics, unless somebody signed for them or says what they cost.
_CONTRACT = re.compile(
    r"合同|订单|签下|签订|签约|[两几首0-9一二三四五六七八九十]单|货值|总价|合同额|价款|成交"
)
_SUM = re.compile(r"累计|同比|全年|今年以来|截至|每年|年均|前[0-9一二三四五六七八九十]+个?月|去年|上半年")

_UNNAMED = re.compile(r"一家|某|几家|多家|一个|有关")
_ANAPHOR = re.compile(r"(?:该|本)?(?:企业|公司|厂|他|她)")


class TradeRules:
    """Rules over verbs of delivering, ordering and licensing."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        is_right = _RIGHTS.search(context.text, start, end)
        for pattern in (_TAKEN, _TAKEN_FROM, _LICENSED, _GIVEN) if is_right else ():
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                yield from self._trade(context, start, end, found, "transfer", buys=pattern is not _GIVEN)
        is_goods = _AMOUNTS.search(context.text, start, end)
        for pattern in (_DELIVERED, _ORDERED, _ALL_TAKEN) if is_goods else ():
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                if self._is_contract(context, found):
                    buys = found["verb"] in _FROM_SELLER
                    yield from self._trade(context, start, end, found, "supply_contract", buys=buys)
        if "元的" in context.text[start:end]:
            for found in islice(_BOUGHT_FOR.finditer(context.text, start, end), MAX_CUES):
                if not _SUM.search(context.text, clause_start(context, start, found.start()), found.end()):
                    buys = found["verb"] in _FROM_SELLER
                    yield from self._trade(context, start, end, found, "supply_contract", buys=buys)
        if _ANY_ORDER.search(context.text, start, end):
            for pattern in (_WON_ORDER, _PLACED_ORDER, _SOLD_TO):
                for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                    if not _SUM.search(
                        context.text, clause_start(context, start, found.start()), found.end()
                    ):
                        yield from self._ordered(context, start, end, found)

    def _ordered(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """Orders: one side stands beside the verb, the other may be who the article is about."""
        text, buys = context.text, found.re is _PLACED_ORDER
        left = clause_start(context, start, found.start())
        others = (
            self._parties.coordination(context, *found.span("whom"), is_anchored=False)
            if found["whom"]
            else []
        )
        others = [p for p in others if p.mention and p.mention.entity_type != "place"]
        if found["whom"] and not others:
            words = _OF_PLACE.fullmatch(text, *found.span("whom"))
            is_firm = words and self._actors.names_firm(words["name"]) and not _UNNAMED.search(words["name"])
            others = [Party(*words.span("name"), None)] if words and is_firm else []
        until = found.start()
        actors = self._parties.coordination(context, left, until, is_anchored=False)
        actors = [p for p in actors if p.mention and p.mention.entity_type == "organization"]
        known = [p.mention.text for p in (*actors, *others) if p.mention]
        if buys and actors and not others:
            before = context.mentions_in(context.paragraph(left)[0], left, "organization")
            body = next((m for m in reversed(before) if m.text not in known), None)
            others = [Party(body.start, body.end, body)] if body else []
        elif not actors and not buys:
            body = self._parties.nearest(context, start, left, "organization")
            body = body or self._parties.nearest(context, 0, start, "organization")
            actors = [Party(body.start, body.end, body)] if body and body.text not in known else []
        if not actors or not others:
            return
        actor, other = ("buyer", "seller") if buys else ("seller", "buyer")
        right = clause_end(text, found.end(), end)
        before_verb = context.without_names(left, found.start("verb"))
        yield Candidate(
            start=min([left, *(p.start for p in actors if p.start >= start)]),
            end=right,
            cue=found.span("verb"),
            base="signed",
            stage=self._stages.read("signed", before_verb, text[found.end() : right]),
            left=left,
            rule="ordered",
            hint="supply_contract",
            title=found.span("title"),
            parties=[*(replace(p, role=actor) for p in actors), *(replace(p, role=other) for p in others)],
            confidence=0.8,
        )

    def _is_contract(self, context: ArticleContext, found: re.Match[str]) -> bool:
        first, last = context.sentences[max(0, context.sentence_at(found.start()))]
        left = clause_start(context, first, found.start())
        is_told = found.re in (_ORDERED, _ALL_TAKEN) or _CONTRACT.search(context.text, first, last)
        return bool(is_told) and not _SUM.search(context.text, left, found.end())

    def _trade(
        self,
        context: ArticleContext,
        start: int,
        end: int,
        found: re.Match[str],
        hint: str,
        *,
        buys: bool,
    ) -> Iterator[Candidate]:
        text = context.text
        left = clause_start(context, start, found.start())
        actor, other = ("buyer", "seller") if buys else ("seller", "buyer")
        actors = self._actors.actors(context, start, left, found.start(), actor)
        others = self._parties.coordination(
            context, found.start("whom"), found.end("whom"), other, is_anchored=False
        )
        others = others or self._bare(context, found, other)
        bare = actors[0] if actors and actors[0].mention is None else None
        if not actors or (bare and _ANAPHOR.fullmatch(text, bare.start, bare.end)):
            body = self._parties.nearest(context, 0, found.start(), "organization")
            actors = [Party(body.start, body.end, body, actor)] if body else []
        actors = [p for p in actors if p.mention is None or p.mention.entity_type != "place"]
        named = [p.mention.text for p in others if p.mention]
        actors = [p for p in actors if p.mention is None or p.mention.text not in named]
        others = [
            p
            for p in others
            if (p.mention is None or p.mention.entity_type != "place")
            and not _UNNAMED.search(text, p.start, p.end)
        ]
        if not actors or not (others or hint == "transfer"):
            return
        right = clause_end(text, found.end(), end)
        # 应 of 某某供应链 is no plan: the names end where they are written to end.
        behind = max([left, *(self._parties.name_end(context, p) for p in actors if p.end <= found.start())])
        before = context.without_names(behind, found.start())
        stage = self._stages.read("signed", before, text[found.end() : right])
        yield Candidate(
            start=min([left, *(p.start for p in actors if p.start >= start)]),
            end=right,
            cue=found.span("verb"),
            base="signed",
            stage=stage,
            left=left,
            rule="traded",
            hint=hint,
            title=found.span("title"),
            parties=[*actors, *(replace(p, role=other) for p in others)],
            confidence=0.86,
        )

    def _bare(self, context: ArticleContext, found: re.Match[str], role: str) -> list[Party]:
        begin, stop = found.span("whom")
        names = self._actors.names_firm(context.text[begin:stop])
        return (
            [Party(begin, stop, None, role)]
            if names and not context.mentions_in(begin, stop, "organization")
            else []
        )
