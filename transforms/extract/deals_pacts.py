"""Agreements told without a verb of signing: 牵手, 敲定合作方案, 交换文本, 协议在某地签署, 在协议上签字."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_sides import TECHNOLOGY, SideReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# What stands between two sides, the country in front of the second one aside.
_JOINT = re.compile(r"\s*(?:[与和同跟]\s*[\u4e00-\u9fff]{0,6}|[—－-]{1,2})")
_WITH = re.compile(r"[与和同跟]")
_MARKS = "—- \u3000\n0123456789.、．)）（(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩◆●▲■★☆□○△▶▷◎：:包括分别是为有"
_OF_PAIR = re.compile(
    r"(?:之间)?(?:的|就|关于|共建|合作|共同|联合|签订的|签署的|达成的|《|“|“|：|:|(?=[\u4e00-\u9fff]))"
)
_MIN_TITLE_CHARS, _MAX_BACK = 4, 400
_RESULT = re.compile(
    "未|没|不|待|将|拟|即将|何时|能否|争取|希望|计划|有望|准备|洽谈|商谈|磋商|协商|商量|谈判|接洽"
)
_CO = r"合作|共建|协作|帮扶|结对|对接|联营|代工|代理|配套|供货|采购|供应|直采|包销|直供"


class PactRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        words = lookups["deal_types"]
        self._parties, self._stages, self._sides = parties, stages, SideReader(lookups)
        papers, joins = any_of(words["papers"]), any_of(words["joins_hands"])
        self._told = papers_told(papers)
        bodies = [*words["types"]["institution"], *words["institutions"]]
        self._institution_end = re.compile(f"(?:{any_of(bodies)})$")
        self._any = DEALS.compile(
            f"{joins}|结对|结亲|一拍即合|走到|牵起|牵手|拉起|对上|约定|合资|合股|敲定|谈妥|谈成|商定|议定|谈定|说定|达成|形成|确定|谈拢|建立|结下|交换|互换|互签|签[了]?字|签名|盖章|落笔|签|生效|出炉"
        )
        self._paper = re.compile(f"(?P<verb>{papers})")
        # 甲牵手乙
        self._joins = DEALS.compile(f"(?P<verb>{joins})了?(?:来自[^，。；]{{2,10}}的)?")
        # 与乙结对帮扶, 与乙一拍即合
        self._joined = DEALS.compile(
            r"(?P<verb>结成?对(?:帮扶|共建|子|合作)?|结亲|联姻|牵(?:起|了)?手|走到了?一起|一拍即合|拉起了?手|握手(?:合作|联姻)?|握手言商|对上了眼)(?![\u4e00-\u9fff]*(?:言和|仪式|活动))"
        )
        # 与乙敲定合作方案
        self._settles = DEALS.compile(
            rf"(?P<verb>约定|合资|合股|敲定|谈妥|谈成|商定|议定|谈定|说定|达成|形成|确定|谈拢|确立)了?(?P<title>(?:初步|长期|全面|深度|战略|首批|校企|政企|具体|有关|相关|框架性|[0-9一二两三四五六七八九十]+[项个])*的?"
            rf"[^，。；：、了与和]{{0,20}}?(?:{_CO})(?:的|方案|事宜|事项|计划|条件|细节|关系|框架|内容|办法|模式|项目|安排|清单)*|[^，。；：、了与和]{{2,14}}?(?:交叉许可|许可|授权|转让))(?=[，。；：]|$)"
        )
        # 议定，联手开发某线路
        self._agreed = DEALS.compile(
            r"(?P<verb>议定|商定|约定|说定|谈妥|敲定|谈定)[，,：]?(?:双方|今后|将|今年|明年|起)*(?P<title>(?:联手|共同|联合|合作|携手|互派|互设|互认|互通|互换|共享|共建|合办|合建)[^，。；]{2,30})"
        )
        # 合资办了一家公司，叫某公司; 合资5亿元，在某地建一条生产线
        self._venture = re.compile(
            r"(?P<verb>合资|合股)(?:[0-9.]+[万亿]\w{0,2}元)?[，,]?(?:在[^，。；]{2,20}?)?(?:兴办|开办|创办|新建|建设|设立|成立|组建|投建|开(?!发)|办(?!公)|建(?!筑|材)|设(?!备|计)|搞)了?(?:[一两]?[家座条个间])?"
            r"(?:公司|企业|工厂)?(?:[，,](?:叫|名为|取名|名叫|定名|命名为|即))?的?(?P<title>[^，。；：的]{2,24}公司|[^，。；：]{2,30})"
        )
        # 建立友好港关系
        self._ties = DEALS.compile(
            r"(?P<verb>建立起?|确立|结成|结下|缔结|结为)了?(?P<title>[^，。；：]{0,16}?(?:友好|手拉手|姐妹|姊妹|结对|帮扶|协作|对口|校际|校地|校企|馆际|院际|合作|联营|供销|产销|产学研|医联体)"
            r"[^，。；：、]{0,8}?(?:关系|学校|单位|港口?|医院|景区|社区|村|馆|园区|院校|伙伴))(?!\w)"
        )
        # 交换了协议文本
        self._swapped = DEALS.compile(
            rf"(?P<verb>交换|互换|互签|互递)了?(?P<title>[^，。；：达就]{{0,16}}?(?:{papers}|文本|证书))(?:文本)?(?!\w)"
        )
        # 甲与乙的协议在某地签署
        self._paper_then = re.compile(
            rf"(?P<paper>{papers})[》”\"）)]*(?:文本|签约仪式)?(?P<gap>(?:日前|近日|昨日|昨天|今日|今天|当天|当日|[0-9]+月(?:[0-9]+日)?|[0-9]+日|正式|成功|顺利|现场|也|同时|已经?|先后|相继|分别|[一一]+|在[^，。；]{{2,20}}?|等[^，。；]{{0,12}}|于)*)"
            r"(?P<verb>签署|签订|签约|签成|签下|签妥|签定|生效|出炉|达成|落定|续签|尘埃落定|签[字约署订]仪式(?![^，。；]{0,8}(?:将|拟|即将|定于)))"
            r"(?:(?!\w)|(?<=仪式))"
        )
        things = any_of([*words["projects"], *words["institutions"]])
        # 共建的平台先后签约
        self._thing_then = DEALS.compile(
            rf"(?P<paper>{things})(?P<gap>(?:先后|分别|相继|正式|集中|现场|也|均|成功|同时)*)(?P<verb>签约|签署|签订)(?!\w)"
        )
        self._item_thing = re.compile(
            rf"(?:合作|联合|共同)?(?:共建|合建|合办|建设|设立|打造)的?(?P<thing>[^、，。；：]{{2,40}}?(?:{things}))(?=、|和|与|以及|先后|分别|相继|正式|集中|现场|也|均|成功|同时|签)"
        )
        self._item_paper = re.compile(f'[^、，。；：]{{0,40}}?(?:{papers})(?:协议书?|合同|文本)?[》”"]?')
        # 在协议上签字
        self._on_paper = re.compile(
            rf"(?:在|于)(?P<title>[^，。；：]{{0,30}}?(?:{papers}))(?:书|文本)?[》”\"]?(?:的)?(?:上|末尾|文本上)"
            r"(?:郑重|正式|共同|分别|各自)*(?P<verb>签(?:下|上|了)?(?:了|各自的|自己的)*(?:名字|大名|字|名)|盖(?:上|下)?了?[^，。；]{0,3}章|落笔)"
        )

        self._of_pairs = (
            *(self._joined, self._settles, self._agreed, self._venture),
            *(self._ties, self._swapped, self._on_paper),
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        if not self._any.search(context.text, start, end):
            return
        for found in islice(self._joins.finditer(context.text, start, end), MAX_CUES):
            yield from self._with_object(context, start, end, found)
        for pattern in (
            self._joined,
            self._settles,
            self._agreed,
            self._venture,
            self._ties,
            self._swapped,
            self._on_paper,
        ):
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                yield from self._of_two(context, start, end, found)
        for pattern in (self._paper_then, self._thing_then):
            for found in islice(pattern.finditer(context.text, start, end), MAX_CUES):
                yield from self._papers(context, start, end, found)

    def _with_object(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲牵手乙，共同培养…: the other side stands right behind the verb."""
        text = context.text
        if context.is_inside(found.start()):
            return
        left, right = clause_start(context, start, found.start()), clause_end(text, found.end(), end)
        other = next(iter(context.mentions_in(found.end(), right, "organization")), None)
        if other is None or not _starts_at(context, other, found.end()):
            return
        actors = self._acting(context, start, left, found.start())
        others = self._parties.coordination(context, found.end(), other.end)
        behind = text[other.end : right]
        if not actors or not others or not _DOES.match(behind) or _EVENT.search(behind):
            return
        yield self._candidate(
            context, left, right, found, [*actors[:3], *others], title=_what(text, other.end, right, end)
        )

    def _of_two(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲与乙敲定合作方案: both sides stand in front of the verb."""
        text = context.text
        left = clause_start(context, start, found.start("verb"))
        if found.re is self._on_paper:
            left = clause_start(context, start, found.start())
            # 张三与李四分别在协议上签字: who signs the paper that was told.
            is_bare = found.end("title") - found.start("title") < _MIN_TITLE_CHARS
            if is_bare or self._told.search(text, max(0, left - _MAX_BACK), left):
                return
        until = found.start()
        parties = self._parties.coordination(context, left, until, is_anchored=False)
        parties = [p for p in parties if p.mention is None or p.mention.entity_type != "person"]
        if not any(p.mention for p in parties) or (
            # 某市与某盛会牵手: words that were not recognised are no partner here.
            found.re is self._joined.compiled and not all(p.mention for p in parties)
        ):
            return
        if len(parties) == 1 and _WITH.match(text[left:until].lstrip()):
            parties = self._acting(context, start, left, left)[:1] + parties
        bodies = {p.mention.text if p.mention else text[p.start : p.end] for p in parties}
        if parties and _RESULT.search(text, parties[-1].end, until) and found.re is not self._on_paper:
            return
        if len(bodies) < 2 or not _WITH.search(context.without_names(parties[0].start, until)):
            return
        title = found.span("title") if "title" in found.groupdict() else None
        bought = self._sides.bought(text, clause_end(text, found.end(), end), end, parties)
        if bought:
            kind, sides, stop = bought
            told = self._candidate(context, left, stop, found, parties, title=title)
            yield replace(told, hint=kind, parties=sides, title=None)
            return
        if title is None:
            right = clause_end(text, found.end(), end)
            title = _what(text, found.end(), right, end)
        yield self._candidate(context, left, found.end(), found, parties, title=title)

    def _papers(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Iterator[Candidate]:
        """甲与乙的协议、丙与丁的协议等在某地签署: each paper with the two sides that open it."""
        if _RESULT.search(found["gap"]):
            return
        left = clause_start(context, start, found.start())
        things = found.re is self._thing_then.compiled
        told = [*self.pairs(context, left, found.end() if things else found.end("paper"), things=things)]
        for first, second, title in told:
            parties = [Party.of(m) for m in (first, second)]
            end_of_item = title[1] if title[1] < found.start() else found.end()
            candidate = self._candidate(context, first.start, end_of_item, found, parties, title=title)
            # Papers of one list are many, however alike their names are.
            yield replace(candidate, is_each=len(told) > 1)

    def of_item(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲与乙共建某实验室合作协议: an item of a list that was signed, without a verb."""
        for first, second, title in self.pairs(context, start, end):
            found = self._paper.search(context.text, *title)
            if found is not None and not context.text[start : first.start].strip(_MARKS):
                parties = [Party.of(m) for m in (first, second)]
                yield self._candidate(context, first.start, title[1], found, parties, title=title)

    def pairs(
        self, context: ArticleContext, start: int, end: int, *, things: bool = False
    ) -> Iterator[tuple[Mention, Mention, tuple[int, int]]]:
        """Two bodies joined by 与 and the paper (else thing) that is theirs, of each item of a list."""
        text = context.text
        names = context.mentions_in(start, end, "organization", "place")
        # 乌兹别克斯坦撒马尔罕市: the last of a chain of places is the side.
        names = [m for n, m in enumerate(names) if names[n + 1 : n + 2] == [] or names[n + 1].start > m.end]
        for first, second in pairwise(names):
            joint = _JOINT.fullmatch(text, first.end, second.start)
            if joint is None:
                continue
            thing = self._item_thing.match(text, second.end, end) if things else None
            if things:
                if thing is not None:
                    yield first, second, thing.span("thing")
                continue
            opening = _OF_PAIR.match(text, second.end, end)
            begin = second.end + (text[second.end : second.end + 1] in {"的", "《", "“", "：", ":"})
            paper = self._item_paper.match(text, begin, end) if opening else None
            if paper is not None:
                yield first, second, (begin, paper.end() - (text[paper.end() - 1] in '》”"'))

    def _acting(self, context: ArticleContext, start: int, left: int, until: int) -> list[Party]:
        """Who stands in front of the verb, else who the sentence is about."""
        named = self._parties.coordination(context, left, until, is_anchored=False)
        named = [p for p in named if p.mention and p.mention.entity_type == "organization"]
        if named or text_is_named(context, left, until):
            return named
        body = self._parties.topic.subject(context, start, left, "organization")
        return [Party.of(body)] if body else []

    def _candidate(
        self,
        context: ArticleContext,
        left: int,
        end: int,
        found: re.Match[str],
        parties: list[Party],
        *,
        title: tuple[int, int] | None,
    ) -> Candidate:
        words = context.text[slice(*title)] if title else ""
        sides = self._sides.traded(words, parties, context.text) if len(parties) == 2 else parties
        kind = "cooperation_agreement"
        if TECHNOLOGY.search(words) or words.endswith(("许可", "授权", "转让")):
            kind = "transfer"
        elif sides != parties or _GOODS.search(words):
            kind = "supply_contract"
        elif found.re is self._venture:
            kind = "joint_venture"
        elif "战略" in words or "框架" in words:
            kind = "strategic_agreement"
        elif _LABORATORY.search(words):
            kind = "joint_laboratory"
        elif found.re is self._thing_then.compiled:
            kind = "institution" if self._institution_end.search(words) else "project"
        before = context.without_names(left, found.start())
        return Candidate(
            start=min([left, *(p.start for p in parties if p.start >= left - 200)]),
            end=end,
            cue=found.span("verb"),
            base="signed",
            stage=self._stages.read("signed", before, words[-4:]),
            left=left,
            rule="paper_told",
            hint=kind,
            title=title,
            parties=sides,
            confidence=0.8,
        )


# 携手举办某活动: what they hold is no deal.
_EVENT = re.compile(r"活动|仪式|大赛|比赛|论坛|晚会|讲座|义诊|慰问|演出|赛$|展$|节$|会$")
# What goes on behind the two: the clause ends, or they do something together.
_DOES = re.compile(
    r"$|(?:日前|近日|将|共同|联合|合作|一起|携手|正式|成功|开展|启动|打造|共建|建设|推出|推进|开发|研发|攻关|开通|成立|组建|培养|举办|为|在|面向|深耕|布局|探索|运营|拓展|创建|兴办|发展|种植|上线|开设|实施|试水|进军|开拓)"
)
_GOODS = re.compile("供货|采购|供应|直采|包销|直供|代工")
_LABORATORY = re.compile("实验室|联合(?:研究|研发|创新)中心")
_TOGETHER = re.compile(
    r"[，,]?(?:双方|两家|校企|两校|两地)?(?:将|拟|计划|决定|约定)*(?:在[^，。；]{2,14}?)?(?P<what>(?:共同|联合|合作|携手|一起)*(?:开展|启动|打造|共建|建设|推出|推进|开发|研发|攻关|开通|培养|运营|发展|创建|兴办|种植|探索)[^，。；]{2,30})"
)


# 牵手某公司，联合实验室定名“某实验室”
_NAMED = re.compile(
    r"[，,][^，。；]{0,10}?(?:定名|取名|命名)(?:为|是)?[“\"]?(?P<what>[^，。；“”\"]{2,30}?(?:实验室|研究院|研究中心|中心|学院|联盟))"
)


def papers_told(papers: str) -> re.Pattern[str]:
    """A pattern of words that tell of a signed paper, for who looks whether one was told before."""
    return re.compile(
        f"(?:签署|签订|签下|达成)[^，。；]{{0,30}}?(?:{papers})|(?:{papers})[^，。；]{{0,12}}?(?:签约|签署|签订)|签约仪式"
    )


def _what(text: str, position: int, right: int, end: int) -> tuple[int, int] | None:
    """What the two do together, as the rest of the clause or the next one says."""
    found = _NAMED.match(text, position, end) or _TOGETHER.match(text, position, end)
    return found.span("what") if found else None


def _starts_at(context: ArticleContext, body: Mention, position: int) -> bool:
    """Whether a body opens at a position, a place in front of it aside."""
    gap = context.text[position : body.start]
    places = context.mentions_in(position, body.start, "place")
    return not gap or (len(places) == 1 and len(gap) - len(places[0].text) <= 2)


def text_is_named(context: ArticleContext, start: int, end: int) -> bool:
    """Whether the words in front of a verb name somebody else (a place or person acts)."""
    return bool(context.mentions_in(start, end, "place", "person"))
