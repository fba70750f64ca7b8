"""Who comes to own whom: what a deal leads to, firms taken over or handed on, shares that change hands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.actors import ActorReader
from transforms.extract.deals.clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.gated import DEALS

# 交易完成后甲将持有乙51%股权: what a deal leads to names its two sides.
_OUTCOME = DEALS.compile(
    r"(?:收购|交易|转让|增资|认购|重组|划转|并购|受让|变更)(?:事项)?(?:完成|实施|结束)?(?:之)?后|(?:通过|根据)(?:本次|此次|该)(?:收购|交易|转让|增资|认购|重组|划转|并购)"
)
_OUTCOME_HOLDS = re.compile(
    r"(?P<who>[^，。；]{2,40}?)(?P<plan>将)?(?:合计|直接|间接|累计|共|仍)*(?P<verb>持有)(?P<what>[^，。；]{2,40}?)(?:的)?(?:约)?[0-9.]+[%％]"
)
_OUTCOME_BECOMES = re.compile(
    r"(?P<left>[^，。；]{2,40}?)(?P<plan>将)?(?P<verb>成为)(?P<right>[^，。；]{2,40}?)(?:的)?(?:新的?)?"
    r"(?:(?P<holder>(?:第一大|控股|间接控股|单一最大|最大)股东|实际控制人)|(?:全资|控股)(?:子|孙)公司)"
)
# A body that can be taken over as a whole.
_FIRM = re.compile(
    r"(?:公司|集团|厂|酒庄|农场|林场|茶场|牧场|饭店|酒店|宾馆|商场|超市|药店|医院|煤矿|矿业?|社|店|工厂|企业|工坊|庄园|工业|实业|科技|药业|股份|乳业|酒业|水泥|纸业|化工|机械|热力|食品)$"
)
_ANY = DEALS.compile(
    r"入主|接手|接管|吃下|盘下|吞下|买下|拿下|买断|兼并|吞并|收购|接收|归入|并入|纳入|划归|易主|易手|划转|划拨|划入|注入|置入|装入|转给|交给|卖给|交割|过户|股东|转让|出让|出售|卖|成交|摘牌|入股|增资|参股|注资|投入|投资|投了|投给|出资"
)
# 入主某药业, 吃下停产的某厂: the firm is the whole object.
_TAKES_OVER = DEALS.compile(
    r"(?P<verb>入主|控股|接手|接管|吃下|盘下|吞下|买下|拿下|买断|兼并|吞并|整体收购|整体接收|全资收购|收购)了?"
)
_SHARE_VERBS = frozenset({"收购", "整体收购", "全资收购", "买下"})
# 以1.8亿元整体买断: what was told to be for sale.
_ALL_OF_IT = DEALS.compile(r"(?P<verb>整体(?:买断|接收|收购|买下|接手|拿下|受让)|全盘接[手收])(?=[，。；]|$)")
# 某厂归入某集团旗下
_JOINS_GROUP = DEALS.compile(
    r"(?P<verb>归入|并入|纳入|划归|投入)了?(?P<whom>[^，。；：]{2,24}?)(?P<under>旗下|麾下|名下|版图|管理)?(?=[，。；]|$)"
)
# 60%股权易主，接手的是某集团
_CHANGED = DEALS.compile(
    r"(?P<verb>易主|易手|转手)[，,](?:由)?(?:接手|接盘|受让|买|购买|新东家|新主人|买主|买家|接手方|受让方)(?:的|方|者|人)?(?:是|为|系)?(?P<whom>[^，。；：]{2,30})"
)
# 将所持某厂51%股权划转给某集团
_MOVED = re.compile(
    r"(?:将|把)(?P<what>[^，。；：]{2,60}?(?:股权|股份|资产|产权|股|[矿厂店楼馆站场船]|业务|酒店|地块|生产线))(?:以[^，。；：]{2,16}|作价[^，。；：]{2,12}|无偿|整体|全部|一次性|统一|已|协议)*(?P<verb>划转|划拨|划入|划归|注入|置入|装入|转给|交给|转让|卖|出让|出售|转手)(?:给|至|到|入|进)?了?(?P<whom>[^，。；：]{2,40})"
)
# 某厂卖给了某集团
_SOLD_TO = DEALS.compile(
    r"(?:整体|最终|也|已|以[^，。；]{2,16}|作价[^，。；]{2,12})*(?P<verb>卖给|转手给|出让给|转让给|嫁给)了?(?P<whom>[^，。；：]{2,30})"
)
# 甲与乙完成股权交割，后者以9.6亿元取得55%股权
_CLOSED = re.compile(
    r"完成了?(?:股权|股份|资产|产权|交易)?(?P<verb>交割|过户)(?:手续)?[，,](?P<second>后者)?[^，。；]{0,30}?(?:取得|获得|持有|受让|拿下)[^，。；]{0,8}?[0-9.]+[%％]"
)
# 以1.1亿元增资入股，拿走18%的股权; 拿出6000万元入股，占公司一成二: the firm may be told before.
_SHARE_FOR = re.compile(
    r"(?P<verb>增资入股|增资扩股|增资|入股|参股|注资|投入|投资|投了|投给|出资)(?P<where>(?:(?!投入|投资|入股|增资|注资)[^，。；：]){0,30})[，,](?:从而|由此|并|换来|一举)?(?:持股|占股|占|换走|换得|换取|拿走|拿下|拿到|获得|取得|持有|得到)(?P<what>[^，。；：]{0,20}?)(?:[0-9.]+[%％]|[一二三四五六七八九]成)"
)
_FOUNDED = re.compile("合资|组建|成立|设立")
# 100%国有股权在产权交易所成交，受让方为某集团
_DEALT = re.compile(
    r"(?P<what>[^，。；：]{2,40}?[0-9.]+[%％]的?(?:国有)?(?:股权|股份|产权))[^，。；：]{0,30}?(?P<verb>成交|摘牌|转让|拍卖|易主|交割)[^，。；：]{0,6}[，,](?:受让方|受让人|买方|竞得人|摘牌方|买家|接手方)(?:为|是|系)(?P<whom>[^，。；：]{2,30})"
)
_ANY_TAKER = re.compile(r"受让[方人]|竞得人|摘牌方|接手方|买[方家]")
# 注资3亿元，成为某公司第二大股东
_BECOMES_HOLDER = DEALS.compile(
    r"(?P<verb>注资|出资|投资|增资|投入|认购)了?[^，。；]{1,20}元[，,](?:从而|并|一举|由此)?成为(?P<whom>[^，。；：]{2,30}?)的?(?:第?[一二三四五]?大|战略|新|控股|重要)*股东"
)


_WITH_OBJECT = frozenset({"增资", "入股", "参股", "注资", "投资"})
_SOLD = frozenset({"转让", "卖", "出让", "出售", "转手"})


class ControlRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        self._actors = ActorReader(lookups, parties)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._outcomes(context, start, end)
        if not _ANY.search(context.text, start, end):
            return
        for found in islice(_TAKES_OVER.finditer(context.text, start, end), MAX_CUES):
            yield from self._taken_over(context, start, end, found)
        for pattern, read in (
            (_ALL_OF_IT, self._all_of_it),
            (_JOINS_GROUP, self._handed_on),
            (_SOLD_TO, self._handed_on),
            (_CHANGED, self._handed_on),
            (_MOVED, self._moved),
            (_DEALT, self._dealt),
            (_SHARE_FOR, self._share_for),
            (_CLOSED, self._closed),
            (_BECOMES_HOLDER, self._holder),
        ):
            if pattern is _DEALT and not _ANY_TAKER.search(context.text, start, end):
                continue
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                yield from read(context, start, end, found)

    def _taken_over(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """入主某药业, 吃下邻镇停产的某厂: the object ends with the name of a firm."""
        text = context.text
        right = clause_end(text, found.end(), end)
        names = context.mentions_in(found.end(), right, "organization", "place")
        firm = names[-1] if names else None
        if firm is None or context.is_inside(found.start()) or not _FIRM.search(firm.text):
            return
        # Bodies that 收购 has for its object are read with their shares.
        is_read = found["verb"] in _SHARE_VERBS and firm.entity_type == "organization"
        if is_read or text[firm.end : right].rstrip('”"后时的') or "股" in text[found.end() : firm.start]:
            return
        left = clause_start(context, start, found.start())
        buyers = self._firms(self._actors.actors(context, start, left, found.start(), "buyer"), firm)
        if buyers:
            target = Party.of(firm, "target")
            yield self._candidate(
                context, left, found, right, [*buyers, target], title=(firm.start, firm.end)
            )

    def _all_of_it(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """某厂改制完成，甲以1.8亿元整体买断: what the clauses in front are about."""
        left = clause_start(context, start, found.start())
        buyers = self._parties.coordination(context, left, found.start(), "buyer", is_anchored=False)
        told = context.mentions_in(start, left, "organization")
        firms = [m for m in told if _FIRM.search(m.text)][:1]
        buyers = self._firms(buyers, *firms)
        if buyers and firms:
            target = Party.of(firms[0], "target")
            yield self._candidate(context, left, found, found.end(), [*buyers, target])

    def _handed_on(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """某厂卖给了甲, 某厂60%股权易主，接手的是甲."""
        left = clause_start(context, start, found.start())
        owners = context.mentions_in(left, found.start(), "organization")
        firm = owners[-1] if owners else None
        gap = context.text[firm.end : found.start()] if firm else ""
        is_whole = not _MIDDLE.sub("", gap)
        if firm is None or not is_whole or not _FIRM.search(firm.text):
            return
        if found.re is _JOINS_GROUP.compiled and not (found["under"] or found["verb"] in {"并入", "划归"}):
            return
        buyers = self._parties.coordination(context, *found.span("whom"), "buyer", is_anchored=False)
        buyers = self._firms(buyers, firm)
        if buyers:
            target = Party.of(firm, "target")
            yield self._candidate(context, left, found, found.end(), [*buyers, target])

    def _moved(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲将所持某厂51%股权划转给乙."""
        left = clause_start(context, start, found.start())
        firms = self._actors.targets(context, *found.span("what"))
        buyers = self._firms(
            self._parties.coordination(context, *found.span("whom"), "buyer", is_anchored=False)
        )
        if not buyers or (not firms and found["verb"] not in _SOLD):
            return
        sellers = self._actors.actors(context, start, left, found.start(), "seller")
        yield self._candidate(
            context,
            left,
            found,
            found.end(),
            [*sellers, *firms, *buyers],
            hint="equity_transfer" if "股" in found["what"] or "产权" in found["what"] else "acquisition",
            title=found.span("what"),
        )

    def _dealt(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """某厂100%国有股权在产权交易所成交，受让方为甲."""
        firms = self._actors.targets(context, *found.span("what"))
        buyers = self._firms(
            self._parties.coordination(context, *found.span("whom"), "buyer", is_anchored=False)
        )
        if firms and buyers:
            yield self._candidate(
                context, found.start(), found, found.end(), [*firms[:1], *buyers], hint="equity_transfer"
            )

    def _share_for(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲拿出6000万元入股，占一成二: of the firm named beside it, or else told before."""
        left = clause_start(context, start, found.start())
        if context.text.startswith("其中", left) and _FOUNDED.search(context.text, start, left):
            # 甲、乙合资组建某公司，其中甲出资6000万元，持股60%: a share in what the two found.
            return
        investors = self._firms(self._actors.actors(context, start, left, found.start(), "investor"))
        known = [p.mention for p in investors if p.mention]
        near = context.mentions_in(found.start("where"), found.end(), "organization")
        if near and near[0].start - found.start("where") <= 1 and found["verb"] in _WITH_OBJECT:
            # 增资某公司，持股34%: read with its object.
            return
        firms = [m for m in near if m not in known and self._parties.topic.is_firm(m)]
        body = firms[0] if firms else self._parties.topic.firm(context, left, known)
        if not investors or body is None:
            return
        target = Party.of(body, "target")
        # 引导 of an unrecognised fund is no plan.
        behind = max([left, *(p.end for p in investors if p.end <= found.start())])
        yield self._candidate(
            context, behind, found, found.end(), [*investors, target], hint="equity_investment"
        )

    def _closed(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲与乙完成股权交割，后者取得55%股权: of the firm that the paragraph tells before."""
        left = clause_start(context, start, found.start())
        sides = self._parties.coordination(context, left, found.start(), is_anchored=False)
        told = context.mentions_in(context.paragraph(left)[0], left, "organization")
        known = {p.mention.text for p in sides if p.mention}
        firms = [m for m in told if m.text not in known and _FIRM.search(m.text)]
        if len(sides) != 2 or not all(p.mention for p in sides) or not firms:
            return
        roles = ("seller", "buyer") if found["second"] else ("buyer", "seller")
        parties = [replace(p, role=role) for p, role in zip(sides, roles, strict=True)]
        target = Party.of(firms[-1], "target")
        yield self._candidate(context, left, found, found.end(), [*parties, target], stage="operating")

    def _holder(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲注资3亿元，成为乙第二大股东."""
        left = clause_start(context, start, found.start())
        firms = self._parties.coordination(context, *found.span("whom"), "target", is_anchored=False)
        firms = [p for p in firms if p.mention and p.mention.entity_type == "organization"]
        investors = self._actors.actors(context, start, left, found.start(), "investor")
        investors = self._firms(investors, *(p.mention for p in firms if p.mention))
        if firms and investors:
            yield self._candidate(
                context, left, found, found.end(), [*investors, *firms], hint="equity_investment"
            )

    @staticmethod
    def _firms(parties: list[Party], *others: Mention) -> list[Party]:
        """Parties that can buy: no places, and not what is bought."""
        known = {m.text for m in others}
        return [
            p
            for p in parties
            if p.mention is None or (p.mention.entity_type != "place" and p.mention.text not in known)
        ]

    def _candidate(
        self,
        context: ArticleContext,
        left: int,
        found: re.Match[str],
        end: int,
        parties: list[Party],
        *,
        hint: str = "acquisition",
        stage: str = "",
        title: tuple[int, int] | None = None,
    ) -> Candidate:
        before = context.without_names(left, found.start())
        return Candidate(
            start=min([left, *(p.start for p in parties if p.start >= left - _MAX_BACK)]),
            end=end,
            cue=found.span("verb"),
            base="signed",
            stage=stage or self._stages.read("signed", before, ""),
            left=left,
            rule="taken_over",
            hint=hint,
            title=title,
            parties=parties,
            confidence=0.8,
        )

    def _outcomes(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """交易完成后，甲将持有乙51%股权; 乙成为甲的子公司: two sides, and no stage but what 将 says."""
        text = context.text
        opened = _OUTCOME.search(text, start, end)
        if opened is None:
            return
        for pattern in (_OUTCOME_HOLDS, _OUTCOME_BECOMES):
            for found in islice(pattern.finditer(text, opened.end(), end), MAX_CUES):
                groups = ("who", "what") if pattern is _OUTCOME_HOLDS else ("left", "right")
                sides = [
                    self._parties.coordination(
                        context, found.start(group), found.end(group), is_anchored=False
                    )
                    for group in groups
                ]
                if pattern is _OUTCOME_BECOMES and not found["holder"]:
                    sides.reverse()
                named = [[p for p in side if p.mention] for side in sides]
                if not named[0] or not named[1] or named[0][-1].mention == named[1][-1].mention:
                    continue
                yield Candidate(
                    start=min(p.start for side in named for p in side),
                    end=found.end(),
                    cue=(found.start("verb"), found.end("verb")),
                    base="unknown",
                    stage="unknown" if found["plan"] else "operating",
                    left=found.start(),
                    rule="outcome",
                    hint="acquisition",
                    parties=[
                        replace(named[0][-1], role="buyer"),
                        replace(named[1][-1], role="target"),
                    ],
                    confidence=0.75,
                )


_MAX_BACK = 200
# Who lends or rules takes in no holders.
# What may stand between a firm and the verb that hands it on.
_MIDDLE = re.compile(
    r"(?:[（(][^（）()]{1,20}[)）]|的|[0-9.]+[%％]|全部|控股权|控制权|股权|股份|资产|整体|最终|也|已|被|再次|正式|日前|近日|现|后来|[0-9年月日]|以[^，。；]{2,16}|作价[^，。；]{2,12})+"
)
