"""Ties dates, amounts, a place, a sector and a mode to a deal that was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Span, is_short_of
from transforms.extract.deals.kinds import NO_ORDERS, kind_of_name, names_house, names_works
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.sectors import SectorReader
from transforms.extract.deals.sides import SCHOLAR
from transforms.extract.patterns import any_of

_TOTAL = re.compile(
    r"(?:总投资|投资额?|投资总额|出资|金额|合同额|总价|作价|对价|价款|斥资|耗资|中标价格?|成交[价额]|许可费|转让费|使用费|融资|注册资本|总额|标的额|交易价格|估值)[^，。；]{0,8}$"
    r"|以(?:约|逾|近|不超过|总价|现金|人民币|自有资金|[ ])*$"
)
# 236亿元的银团贷款: of a loan it is the sum.
_LOAN = re.compile("(?:人民币|的)*银团贷款")
# 17个项目签约，总投资128亿元; 等8个项目，总投资53亿元: the sum of all is no money of one.
_OF_ALL = re.compile(
    r"(?:(?<![0-9.])(?:[2-9]|[1-9][0-9]+|[两二三四五六七八九十百]{1,4})[余多]?(?:个|项)(?![^，。；]{0,4}[期子])[^，。；（）]{0,16}?(?:项目|工程)(?!中[，,])"
    r"|(?<![0-9.])(?:[2-9]|[1-9][0-9]+)[余多]?个(?=总?投资)"
    r"|(?:项目|工程)(?:共计?|达到?|总数)?(?:[2-9]|[1-9][0-9]+)[余多]?[个项])(?:[^，。；0-9]{0,14}[，,])?"
    r"(?:[^，。；0-9]{0,8}[，,])?[^，。；0-9]{0,6}(?:投资|引资|金额|资金|签约额|合同额)[^，。；0-9的]{0,6}$"
)
_OF_ALL_CHARS, _LISTS = 64, frozenset({"priced", "signed_list", "counted"})
_BRACKETS = frozenset("（(")
_SITES = frozenset({"project", "institution"})
# How a sentence begins that goes on about the deal before it.
_GOES_ON = re.compile(
    r"\s*(?:[^，。；]{2,24}(?:介绍|告诉记者|透露|表示|说)[，：]|(?:据介绍|据悉|据了解|目前|按照?[计规]划)[，,])?"
    r"(?:该|此|这[一个座条份项笔]?|整个|新)?(?:项目|工程|本次交易|交易|中标|合同|协议|订单|[计规]划|投资|总投资|总建筑面积|总占地|[一二三首]期|首[批条个]|占地|用地|选址|设计|全部|全线|建成|投产|达产|"
    r"投用|工期|交货|交付|交割|其中|预计|本轮融资|资金|[双三四各]方|两地|[根依]据|按照?|合作期|届时|园区|基地|中心|新?工厂|新厂|合资公司|新公司|厂区|产业园|生产线|车间|实验室|平台|研究院|公司[将拟注])"
)
# How a paragraph begins that tells what the paper before it holds.
_PAPER_SAYS = re.compile(
    r"\s*(?:[根依]据|按照?|据)(?:该|此|这份|双方)?[^，。]{0,8}?(?:协议|合同|约定|方案|备忘录|公告)"
)


# 大桥全长9公里, 据介绍，该码头于2020年开工: what was built, by the last character of its name.
_ABOUT_WORKS = re.compile(
    r"\s*(?:据介绍|据悉|据了解|目前)?[，,]?(?:该|此|这[座条个家所处]?)?(?P<what>[^，。；、\s“”]{1,5}?)"
    r"(?:全长|全线|总长|主线|主跨|长[0-9]|总投资|概算|建筑面积|总建筑|规划|占地|设计|用地|建设|预计|计划|由|于[0-9]|总装机|装机|采用|位于|坐落|地处|选址|横跨|[东西南北]?起)"
)
# 据悉，某县某项目总投资: how far into a sentence the name of the works may begin.
_MAX_LEAD_CHARS, _MIN_LED_CHARS = 12, 4
_IS_TOLD = re.compile(
    "[，,]?(?:项目|工程)?(?:计划|预计)?(?:总?投资|概算|占地|用地|位于|全长|规划|建筑面积|总|设计|建设|由|分)"
)
_ON_SITE = frozenset({"building", "operating", "landed", "proposed"})
_MANAGER_SAYS = re.compile(
    r"“[^”\n]{2,120}”(?:该?项目|该?工程|施工(?:单位|方)?|标段)[^，。“”\n]{0,24}(?:说|告诉|介绍|表示|坦言)"
    r"|这[个座条项](?:总投资|投资)[^，。；]{1,12}的(?:项目|工程)"
)
_OPENS = re.compile(
    r"[\s]*(?:(?:据介绍|据悉|按照?[计规]划)[，,])?"
    r"(?:(?:合资公司|新公司|新?工厂|新厂|基地)(?=位于|占地|总投资|计划|[将拟]于|选址|建成|达产|投产|注册)"
    r"|(?:该|此|这一?[个座条家处]?)(?:项目|工程|基地|产业园|园区|中心|工厂|生产线|实验室|平台|电站)"
    r"|(?:第?[一二三四五六]期)?(?:项目|工程|园区|产业园|基地|电站|大桥|铁路|公路|隧道)(?:施工|总承包)?(?=由|总投资|概算|估算|计划|占地|分|规划|全长))"
)
# What a party does for the deal in a sentence of its own.
_PAYS = re.compile(
    r"(?:则|将|拟|计划|共|先期|首期|以[^，。]{1,12}|[一二三四五六七八九十0-9]+年内?)*(?:出资|投资|投入|提供|持股|占股|认缴|负责|承诺)"
)
_NEXT_ITEM = re.compile(r"[；;]\s*")
_MAX_PARAGRAPHS = 2
_ONLINE_SIGNING = re.compile(
    r"(?:(?:视频|线上|远程|云端?|网络)[”\"]?(?:连线|会议)?(?:方式)?|(?:隔着|在)屏幕(?:那[头端])?)(?:共同|同步|完成)?(?:签|交换|在[^，。；]{0,6}(?:协议|合同|文本|备忘录)上签)"
)
_ONLINE_EVENT = re.compile(
    r"(?:以|通过|采[用取])[^，。]{0,8}(?:视频|线上|远程|云端?)[^，。]{0,16}，?(?:举行|召开|举办|开幕)|“?云签约”?(?:仪式|活动|大会)"
)
# Works that are unveiled with 揭牌 stay works; whatever else is, is a body.
_BUILT_END = re.compile(r"(?:园区?|基地|示范区|项目|工程|厂|线|站|港)(?:[一二三四五六]期)?$")
_FOUNDED = frozenset({"joint_laboratory", "joint_venture", "institution"})


def opens_with_this(text: str, position: int) -> bool:
    """Whether a paragraph opens with 该项目由 or the like and so goes on about what was told before it."""
    return bool(_OPENS.match(text, position))


def is_about(text: str, candidate: Candidate, position: int) -> bool:
    """Whether a sentence opens with the works of a deal, or is what their manager says."""
    title = text[slice(*candidate.title)] if candidate.title else ""
    works = _ABOUT_WORKS.match(text, position)
    if not title or candidate.base not in _ON_SITE:
        return False
    return (
        bool(works and works["what"].replace("路段", "路")[-1] in title)
        or text.startswith(title, position)
        or is_named(text, candidate, position)
        or bool(_MANAGER_SAYS.match(text, position))
    )


def is_named(text: str, candidate: Candidate, position: int) -> bool:
    """Whether a sentence opens with the name of works that is told of: 据悉，某县某项目总投资9亿元."""
    title = text[slice(*candidate.title)] if candidate.title else ""
    if len(title) < _MIN_LED_CHARS or candidate.base not in _ON_SITE:
        return False
    found = text.find(title, position, position + len(title) + _MAX_LEAD_CHARS)
    return found >= 0 and _IS_TOLD.match(text, found + len(title)) is not None


_SIGNED = frozenset({"signed"})
# What stands or has got its plate is a body, whoever agreed on it.
_BODIES, _AGREED = frozenset({"unveiled", "operating"}), frozenset({"signed", "negotiating"})
# 某项目建设现场: where works are, and not how two met; 生产线上个月投产, 远程会诊中心.
_NO_MODE = re.compile(
    "(?:建设|施工|项目|工程)现场|现场(?=教学|办公|管理)|(?:产|流水|条|新)线上|线上(?=个?[月周])"
    "|(?:远程|在线)(?=医疗|会诊|诊疗|教育|监[测控]|运维|控制|改)"
)


class LinkReader:
    """Compiled once from `lookups["deal_types"]` and `lookups["sectors"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        words = lookups["deal_types"]
        # Money of a firm's books and markets, which a sentence about a deal tells as well.
        self._books_before = re.compile(
            f"(?:{any_of(words['other_money']['before'])})[^，。；]{{0,10}}$|(?:报|/股)[0-9.]*$"
        )
        self._books_behind = re.compile(
            f"(?:的|左右|人民币)*(?:{any_of(words['other_money']['behind'])}|/股)"
        )
        self._online = re.compile(f"(?:{any_of(words['modes']['online'])})")
        self._on_site = re.compile(f"(?:{any_of(words['modes']['on_site'])})")
        self._types: list[tuple[str, re.Pattern[str]]] = [
            (name, re.compile(f"(?:{any_of(terms)})")) for name, terms in words["types"].items()
        ]
        self.sectors = SectorReader(lookups["sectors"])

    def deal_type(self, candidate: Candidate, text: str) -> str:
        """What the end of the title or the rule implies, else what the title's words say."""
        if candidate.kind:
            return candidate.kind
        name = re.sub(r"\s", "", text[slice(*candidate.title)]) if candidate.title else ""
        hint = kind_of_name(name, candidate.hint, candidate.stage)
        if hint == "project" and candidate.stage != "building" and names_house(name):
            founders = [p for p in candidate.parties if p.role not in {"host", "contractor"}]
            is_joint = len(founders) > 1 or any(SCHOLAR.search(text, p.start, p.end) for p in founders)
            hint = "institution" if is_joint else hint
        if hint and hint not in {"project", "cooperation_agreement"}:
            return hint
        behind = 0 if candidate.is_each else 16
        words = (
            text[candidate.title[0] : min(candidate.end, candidate.title[1] + behind)]
            if candidate.title
            else ""
        )
        is_works = _BUILT_END.search(name) or names_works(name)
        is_body = candidate.base == "unveiled" and bool(name) and not is_works
        if hint == "project" and not is_body:
            return "project"
        # A stray space may stand inside a word.
        words = re.sub(r"\s", "", words if words else text[candidate.cue[1] : candidate.end])
        words = NO_ORDERS.sub("", words)
        stands = candidate.base in _BODIES and candidate.stage not in _AGREED
        signed = candidate.rule in _SIGNED or (candidate.rule == "kernel" and not stands)
        for name, pattern in self._types:
            if (name in {"institution", "project"}) if signed else (name not in _FOUNDED):
                continue
            if pattern.search(words):
                return name
        if is_body:
            return "institution"
        return hint or ("cooperation_agreement" if signed else "institution")

    def mode(
        self, context: ArticleContext, candidate: Candidate, own: tuple[int, int], *, is_at_ceremony: bool
    ) -> str | None:
        """Online or on site: as its words say (线上签订, 为视频签约), else as the ceremony was held."""
        text = context.text
        near = _NO_MODE.sub("", text[max(candidate.start, candidate.cue[0] - 24) : candidate.cue[1]])
        online, on_site = self._online.search(near), self._on_site.search(near)
        if online or on_site:
            return None if online and on_site else "online" if online else "on_site"
        if _ONLINE_SIGNING.search(text, candidate.cue[1], own[1]):
            return "online"
        if not is_at_ceremony:
            return None
        return "online" if _ONLINE_EVENT.search(text, *context.paragraph(0)) else "on_site"

    def reach(
        self, context: ArticleContext, candidate: Candidate, told: tuple[int, int], cue: int, next_start: int
    ) -> list[tuple[int, int]]:
        """Where a deal's amounts and dates stand: in its sentence and those about it before the next deal."""
        text, first = context.text, context.sentence_at(cue)
        paragraph, end_of_own = context.paragraph(told[0])
        stop = max(min(context.sentences[first][1], next_start, end_of_own), told[1])
        stop = self._own_item(context, candidate, told[1], stop)
        ranges = [(told[0], stop)]
        is_open, paragraphs = True, 0
        for start, end in context.sentences[first + 1 :]:
            begin = context.paragraph(start)[0]
            if start >= next_start or paragraphs > _MAX_PARAGRAPHS:
                break
            if begin != paragraph:
                paragraph, paragraphs = begin, paragraphs + 1
                is_open = (
                    opens_with_this(text, begin)
                    or bool(_PAPER_SAYS.match(text, begin))
                    or is_about(text, candidate, begin)
                )
            if (is_open and self._goes_on(context, candidate, start)) or is_named(text, candidate, start):
                ranges.append((start, min(end, next_start)))
        return ranges

    @staticmethod
    def _own_item(context: ArticleContext, candidate: Candidate, start: int, stop: int) -> int:
        """Where another firm's item of a list begins (；乙公司的铜箔项目…): what it tells is not its own."""
        names = [p.mention.text for p in candidate.parties if p.mention]
        for mark in _NEXT_ITEM.finditer(context.text, start, stop):
            first = next(iter(context.mentions_in(mark.end(), stop, "organization")), None)
            is_other = first and not any(is_short_of(first.text, name) for name in names)
            if first and is_other and not context.text[mark.end() : first.start].strip():
                return mark.start()
        return stop

    @staticmethod
    def _goes_on(context: ArticleContext, candidate: Candidate, start: int) -> bool:
        """Whether a sentence is about the deal before it: by its first words, or a party as its subject."""
        if _GOES_ON.match(context.text, start):
            return True
        if is_about(context.text, candidate, start):
            return True
        first = next(iter(context.mentions_in(start, start + 40)), None)
        if first is None or first.start > start + 1:
            return False
        names = [p.mention.text for p in candidate.parties if p.mention]
        return any(is_short_of(first.text, name) for name in names) and bool(
            _PAYS.match(context.text, first.end)
        )

    def amounts(self, context: ArticleContext, candidate: Candidate, start: int, stop: int) -> list[Span]:
        """Quantities that belong to the deal: money, capacity and area in its reach."""
        return [
            q
            for q in context.quantities_in(start, stop)
            if q.values.get("dimension") not in {"count_person", "ordinal", "age", "temperature"}
            and not (q.values.get("dimension") == "money" and self._is_of_others(context.text, candidate, q))
        ]

    def _is_of_others(self, text: str, candidate: Candidate, money: Span) -> bool:
        """Whether money is that of many deals, of a firm's books or of markets.

        Capital of a joint venture is the deal's.
        """
        stop = candidate.title[1] if candidate.title else candidate.end
        is_behind = candidate.is_each and candidate.rule in _LISTS and money.start >= stop
        if is_behind and text[stop : stop + 1] not in _BRACKETS:
            return True
        is_works = candidate.title is not None and candidate.hint in _SITES
        if is_works and _OF_ALL.search(text, max(0, money.start - _OF_ALL_CHARS), money.start):
            return True
        before = text[max(0, money.start - 14) : money.start]
        if candidate.hint == "joint_venture" and "注册资本" in before:
            return False
        if candidate.hint == "financing" and _LOAN.match(text, money.end):
            return False
        return bool(self._books_before.search(before) or self._books_behind.match(text, money.end))

    def investment(self, context: ArticleContext, candidate: Candidate, amounts: list[Span]) -> float | None:
        """The total in yuan: what the text calls a total or price, else the only money of the deed."""
        money = [
            q for q in amounts if q.values.get("dimension") == "money" and q.values.get("currency") == "CNY"
        ]
        if not money:
            return None
        named = [q for q in money if _TOTAL.search(context.text[max(0, q.start - 16) : q.start])]
        own = [q for q in money if q.end <= candidate.end or candidate.rule in {"bought", "won_bid"}]
        chosen = named[0] if named else own[0] if len(own) == 1 else None
        value = chosen.values.get("base_value") if chosen else None
        return float(value) if value is not None else None
