"""Contracts won and rounds of financing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_actors import ActorReader
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_links import opens_with_this
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.gated import DEALS

# 完成固定资产投资3.2万亿元 tells what a country spent, not what a firm bought.
STATISTIC = re.compile(r"(?:固定资产|民间|房地产(?:开发)?|基础设施|基建|技术改造|直接|制造业|完成)(?:投资)")
_FUND = DEALS.compile(
    r"(?P<verb>完成|宣布完成|获得?|获投|拿到|宣布获得|斩获)(?P<object>[^，。；]{0,60}?(?:融资|投资|增资|注资))"
)
_BROUGHT_IN = re.compile(
    "(?:引入|引进|迎来)[^。；]{2,40}(?:投资者|投资人|投资方|股东)[^，。；]{0,4}[，,][^，。；]{0,4}$"
)
_INTO = re.compile("对(?P<who>[^，。；0-9]{2,30}?)(?=[0-9.]+[千万亿]*(?:美|欧|港|日)?元|的)")
# Who puts money into a round gets shares; a loan is no round.
_FOR_SHARES = re.compile(r"轮|天使|增资|注资|股权|战略(?:投资|融资)")
_LED = re.compile(r"(?:由)?(?P<who>[^，。；：由]{2,60}?)(?P<verb>领投|跟投|独家投资|联合领投|共同投资)")
_BID = DEALS.compile(
    r"(?P<verb>预中标|联合中标|中标|夺标|中选|竞得|摘得|中得|成交(?=供应商|单位|人))(?P<rest>候选人|单位|供应商|人|通知书|金额|价格|价|额|结果|公示|公告|率)?"
)
# 此次中标 points at a bid told elsewhere.
_NOUN_BEFORE = re.compile(r"(?:此次|本次|该次|上述|这次)$")
_OF_BID = frozenset({"金额", "价格", "价", "额", "结果", "公示", "公告", "率", "通知书"})
_CONSORTIUM = re.compile(
    r"(?:由)?(?P<who>[^，。；]{4,80}?)(?:共同|联合)?(?:组成|组建)的?(?:投标)?联合体[，,]?(?:成功|正式|顺利|近日|日前)*$"
)
# 该联合体 is the one that the sentences before it name.
_SAME_CONSORTIUM = re.compile(r"(?:该|上述|这一)联合体[^，。；]{0,30}$")
_CONSORTIUM_TOLD = re.compile(r"由(?P<who>[^，。；由]{4,80}?)(?:共同|联合)?(?:组成|组建)的?(?:投标)?联合体")
_OWNER_IS = re.compile(
    r"(?:业主|招标人|采购人|建设单位|发包人|招标单位)(?:方|单位)?(?:为|是|系)(?P<who>[^，。；]{2,40})"
)
# 某工程中标结果公示结束: the sentence before the winner names the work.
_RESULT_OF = re.compile(
    r"(?:^|[，。；\n])(?:昨日|今日|日前|近日|昨天|今天)?[，,]?(?P<thing>[^，。；]{4,60}?(?:项目|工程|标段|采购|承包|施工)(?:[（(][^（）()]{1,20}[)）])?)(?:中标|评标|开标|招标)(?:结果|公示|候选)"
)
# 某高速改扩建勘察设计招标，由甲中标; 某工程第四标段，由甲中标
_AHEAD = re.compile(
    r"(?:^|[。；：\n●▲△■◆□•★☆▷▶】])\s*(?P<thing>[^，。；：\n●▲△■◆□•★☆▷▶】]{4,60}?(?:项目|工程|标段?|包|采购|承包|施工|设计|监理|勘察|改造|改扩建|建设|供[应货]|运维|养护))"
    r"(?:日前|近日|昨日|[0-9年月日]+)?(?:公开)?(?:招标|开标|评标|定标|招投标)?(?:结果)?(?:揭晓|结束|完成|落定|出炉|公布)?[，,](?:近日|日前|最终|昨日|[0-9]+月[0-9]+日)?[，,]?$"
)
_ANY_WORKS = DEALS.compile(r"花落|承[接揽建]|拿下|揽下|夺得|赢得|胜出|脱颖而出")
# 某工程花落甲，中标价3000万元; 某工程由甲承接，合同价
_FELL_TO = re.compile(
    r"(?P<thing>[^，。；：\n]{3,40}?(?:工程|标段?|施工|承包|项目|采购))(?:[，,])?(?:最终|施工|则|任务)*"
    r"(?P<verb>花落|由)(?P<who>[^，。；]{2,40}?)(?:承接|承揽|揽下|拿下|中得|承建)?[，,](?:中标|合同|成交|标的)(?:金额|价|额)"
)
# 以3000万元拿下某工程; 赢得某项目采购合同，金额2亿元
_WON_WORKS = re.compile(
    r"(?P<verb>拿下|揽下|夺得|赢得|承揽|承接)了?(?P<thing>[^，。；：0-9的]{3,30}?(?:工程|标段|施工|总承包|设备采购)(?:项目|合同|订单)?)(?=[，。；]|$)"
)
# 从11家投标单位中胜出，承建某大桥
_STOOD_OUT = re.compile(
    r"(?P<verb>胜出|脱颖而出)[，,](?:成功|最终|顺利|将|由此)*(?:承建|承接|承揽|中得|拿下|获得|承担|负责|成为)了?(?P<thing>[^，。；：]{2,40}?)(?:的?(?:任务|建设|施工|中标单位|中标人|承建单位|供应商|服务商))?(?=[，。；]|$)"
)
# 某采购项目花落某公司: a firm and no place
_FELL = re.compile(
    r"(?P<thing>[^，。；：\n]{3,40}?(?:工程|标段?|施工|承包|项目|采购|订单|合同|设计|监理))(?:最终|的)?(?P<verb>花落)(?P<who>[^，。；：]{2,40})"
)
# 在某项目招标中，甲中标
_TENDER = re.compile(
    r"在(?P<thing>[^，。；：]{4,40}?)(?:的)?(?:公开)?(?:招标|竞标|投标|采购|磋商|竞争)中[，,]"
)
_OF_WORKS = re.compile(
    r"(?:经[^，。；]{2,20}[，,])?(?P<thing>[^，。；：]{4,50}?(?:工程|项目|标段?|采购|施工|设计|监理|大桥|公路|道路|水库|隧道))(?:最终|则|也|已)?"
)
# 中标焊装线
_SHORT_THING = re.compile(r"(?P<thing>(?!的|了|后|时|并|公告|结果)[\u4e00-\u9fffA-Za-z0-9]{2,16})")
# 公布了某项目中标候选人，为某公司
_LISTED_AS = re.compile(r"(?:[，,]?(?:为|是)|[，,]?分别[为是])(?P<who>[^，。；]{2,80})")
# Works are built, they own nothing.
_WORK = re.compile(r"(?:桥|隧道|铁路|高速|公路|电站|电厂|水库|风电场|机场|码头|项目|工程|地铁)$")
_MAX_BACK = 240
_OWNER_LETTER = re.compile(
    r"收到(?:了)?(?P<who>[^，。；《]{2,50}?)(?:发出|发来|签发|下发|送达|出具|寄发|发|的|《|“)"
)
_BID_OBJECT = re.compile(
    r"[^，。；]{2,80}?(?:项目|工程|标段|采购|(?:总|分)承包(?!\w)|标|包(?:项目|工程)?|地块|用地|(?:材料|钢材|物资|设备|[\u4e00-\u9fff])供[应货](?!\w)|(?:勘察)?设计(?!\w)|监理(?!\w)|(?:设备|服务|系统)(?:[^，。；]{0,6}?(?:项目|采购|工程))?)(?:[（(][^（）()]{1,20}[)）])?"
    r"(?:(?:施工|监理|设计|采购|勘察|总承包)?第?(?:[一二三四五六七八九十0-9A-Z]+)(?:号)?标段?|(?:施工|监理|设计|采购|勘察|总承包)标段?(?!\w))?"
)
# 某局公布中标结果：甲中标: who holds the bid tells its result.
_TELLS_RESULT = re.compile(
    r"(?:^|[，。；：\n])[^\w]*(?P<who>[^，。；：]{2,30}?)(?:日前|近日|昨日|今日|昨天|今天|于?[0-9]+月[0-9]+日)?"
    r"(?:公布|发布|公示|公告)(?:了)?[^，。；：]{0,30}?(?:中标|中选|招标|评标|开标|采购)(?:候选人)?(?:的)?(?:结果|公告|公示|名单)?[：:，,]"
)
# 某系统：由甲中标: what the bid is about heads its line.
_HEADED = re.compile(
    r"[^\w]*(?P<thing>[^，。；：\n]{4,60})[：:](?=第?[一1]?中标候选人|由[^，。；]{2,40}中标|中标)"
)
_BY_WINNER = re.compile(r"由(?P<who>[^，。；由]{2,40}?)(?:成功|正式|最终|联合)*$")


# 摘得某公司67%股权 is a purchase.
_TAKES_OVER = frozenset({"竞得", "摘得", "中得"})
_SHARES = re.compile(r"股权|股份|产权|(?:全部|有效|破产|主要)资产")


class BidRules:
    """Rules over verbs of winning bids and raising money."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._bids(context, start, end)
        yield from self._financing(context, start, end)

    def _financing(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲完成N亿元B轮融资，由乙领投、丙跟投."""
        text = context.text
        for found in _FUND.finditer(text, start, end):
            words = found["object"]
            if STATISTIC.search(words):
                continue
            if not re.search(r"轮|[元]|战略|天使|领投|融资$", words) or "项目" in words:
                continue
            if _BROUGHT_IN.search(text, start, found.start()):
                # 引入甲作为战略投资者，获得1.5亿元增资: told by who came in.
                continue
            left = clause_start(context, start, found.start())
            into = _INTO.match(words)
            if into is not None:
                yield from self._paid_into(context, start, left, found, into)
                continue
            targets = self._parties.coordination(context, left, found.start(), "target", is_anchored=False)
            if not targets:
                targets = self._actors.subject(context, start, left, "target")
            if not targets or not any(p.mention for p in targets):
                continue
            limit = min(len(text), context.paragraph(found.start())[1], found.end() + 240)
            investors: list[Party] = [
                Party.of(m, "investor")
                for m in context.mentions_in(found.start("object"), found.end(), "organization")
            ]
            for led in _LED.finditer(text, found.end(), limit):
                leaders = self._parties.coordination(context, led.start("who"), led.end("who"), "investor")
                if not leaders and re.fullmatch(r"\w{2,12}", led["who"]):
                    leaders = [Party(led.start("who"), led.end("who"), None, "investor")]
                investors += leaders
            stage = self._stages.read(
                "signed", text[left : found.start()], text[found.end() : found.end() + 8]
            )
            yield Candidate(
                start=min([left, *(p.start for p in targets)]),
                end=found.end(),
                cue=(found.start("verb"), found.end()),
                base="signed",
                stage=stage,
                left=left,
                rule="financing",
                hint="equity_investment" if _FOR_SHARES.search(words) else "financing",
                title=(found.start("object"), found.end("object")),
                parties=targets[:1] + investors,
                confidence=0.85,
            )

    def _paid_into(
        self, context: ArticleContext, start: int, left: int, found: re.Match[str], into: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲完成对乙8000万元的增资."""
        offset = found.start("object")
        firms = self._parties.coordination(
            context, offset + into.start("who"), offset + into.end("who"), "target", is_anchored=False
        )
        investors = self._parties.coordination(context, left, found.start(), "investor", is_anchored=False)
        investors = investors or self._actors.subject(context, start, left, "investor")
        if firms and investors:
            yield Candidate(
                start=left,
                end=found.end(),
                cue=found.span("verb"),
                base="signed",
                stage="operating",
                left=left,
                rule="financing",
                hint="equity_investment",
                parties=[*investors[:1], *firms],
                confidence=0.85,
            )

    def _bids(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲中标乙的X项目; 甲为X的中标单位; 收到乙发来的中标通知书."""
        for found in islice(_BID.finditer(context.text, start, end), MAX_CUES):
            candidate = None if found["rest"] in _OF_BID else self._bid(context, start, end, found)
            if candidate is not None:
                yield candidate
                return
        for pattern in (
            (_FELL_TO, _WON_WORKS, _STOOD_OUT, _FELL) if _ANY_WORKS.search(context.text, start, end) else ()
        ):
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                yield from self._won(context, start, end, found)

    def _won(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """某工程花落甲，中标价N元; 甲以N元拿下某工程."""
        left = clause_start(context, start, found.start("verb"))
        if found.re in (_FELL_TO, _FELL):
            winners = self._parties.coordination(context, *found.span("who"), "contractor")
        else:
            winners = self._actors.actors(context, start, left, found.start("verb"), "contractor")
        winners = [p for p in winners if p.mention and p.mention.entity_type == "organization"]
        if winners:
            yield Candidate(
                start=min([left, *(p.start for p in winners if p.start >= start)]),
                end=clause_end(context.text, found.end(), end),
                cue=found.span("verb"),
                base="signed",
                stage=self._stages.read("signed", context.without_names(left, found.start("verb")), ""),
                left=left,
                rule="won_bid",
                hint="won_bid",
                title=found.span("thing"),
                parties=winners,
                confidence=0.86,
            )

    def _bid(self, context: ArticleContext, start: int, end: int, found: re.Match[str]) -> Candidate | None:
        text = context.text
        if _NOUN_BEFORE.search(text, start, found.start()):
            return None
        left = clause_start(context, start, found.start())
        right = clause_end(text, found.end(), end)
        if found["verb"] in _TAKES_OVER and _SHARES.search(text, found.end(), right):
            return None
        letter = _OWNER_LETTER.search(text, start, end)
        owners: list[Party] = []
        if letter:
            owners = self._parties.coordination(
                context, letter.start("who"), letter.end("who"), "owner", is_anchored=False
            )
        noun = found["rest"] in {"候选人", "单位", "供应商", "人"}
        listed = _LISTED_AS.match(text, found.end()) if noun else None
        if listed:
            object_start, object_end = left, found.start()
            contractors = self._parties.coordination(
                context, listed.start("who"), listed.end("who"), "contractor", is_anchored=False
            )
        elif noun:
            link = re.search(r"(?:成为|为|是)(?!了)", text[left : found.start()])
            object_start, object_end = (left + link.end(), found.start()) if link else (left, found.start())
            contractors = (
                self._actors.actors(context, start, left, left + link.start(), "contractor") if link else []
            )
        else:
            object_start, object_end = found.end(), right
            contractors = self._actors.actors(context, start, left, found.start(), "contractor")
        together = _CONSORTIUM.search(text[start : found.start()])
        if together:
            contractors = self._parties.coordination(
                context, start + together.start("who"), start + together.end("who"), "contractor"
            )
        elif _SAME_CONSORTIUM.search(text[start : found.start()]):
            floor = context.paragraph(start)[0]
            earlier = last_match(_CONSORTIUM_TOLD, text, floor, start)
            if earlier:
                contractors = self._parties.coordination(
                    context, earlier.start("who"), earlier.end("who"), "contractor"
                )
        won_by = _BY_WINNER.search(text, left, found.start())
        if won_by and not together:
            contractors = self._parties.coordination(context, *won_by.span("who"), "contractor")
        contractors = [p for p in contractors if p.mention is None or p.mention.entity_type != "place"] or (
            self._actors.subject(context, start, found.start(), "contractor")
        )
        if not contractors:
            return None
        thing = _BID_OBJECT.search(text, object_start, object_end)
        headed = _HEADED.match(text, start, found.end())
        if headed and (noun or won_by):
            thing = headed
        if not owners:
            known = {p.mention.text for p in contractors if p.mention}
            names = context.mentions_in(object_start, object_end, "organization")
            owners = [
                Party.of(m, "owner") for m in names if m.text not in known and not _WORK.search(m.text)
            ][:1]
        if not owners:
            result = _TELLS_RESULT.search(text, start, found.start())
            owners = (
                self._parties.coordination(context, *result.span("who"), "owner", is_anchored=False)
                if result
                else []
            )
        if not owners:
            limit = context.paragraph(found.start())[1]
            if opens_with_this(text, limit + 1):
                limit = context.paragraph(limit + 1)[1]
            told = _OWNER_IS.search(text, right, limit)
            if told:
                owners = self._parties.coordination(context, told.start("who"), told.end("who"), "owner")
        if thing is None and (listed or not noun):
            thing = _AHEAD.search(text, start, left)
            inside = context.mentions_in(*thing.span("thing"), "organization") if thing else []
            # 某油田公司某工程第四标段: whose works they are opens their name.
            if inside and not owners and thing and inside[0].start == thing.start("thing"):
                owners = [Party.of(m, "owner") for m in inside[:1] if not _WORK.search(m.text)]
        if thing is None:
            thing = _RESULT_OF.search(
                text, max(context.paragraph(found.start())[0], start - _MAX_BACK), found.start()
            )
        if thing is None and won_by:
            # 某工程由甲中标承建
            thing = _OF_WORKS.match(text, left, won_by.start())
        if thing is None and not noun:
            thing = _TENDER.search(text, start, left) or _SHORT_THING.fullmatch(
                text, object_start, object_end
            )
        if not owners and thing is None and not context.quantities_in(left, end):
            return None
        base = "negotiating" if found["rest"] == "候选人" or found["verb"] == "预中标" else "signed"
        stage = self._stages.read(base, context.without_names(left, found.start()), "")
        return Candidate(
            start=min([left, *(p.start for p in contractors)]),
            end=right,
            cue=(found.start(), found.end()),
            base=base,
            stage=stage,
            left=left,
            rule="won_bid",
            hint="won_bid",
            title=thing.span("thing" if "thing" in thing.groupdict() else 0) if thing else None,
            parties=[*contractors, *owners],
            confidence=0.85,
        )
