"""Items of lists of works: where each begins and ends, what it is called and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.extract.context import ArticleContext
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Party
from transforms.extract.deals.works import BRACKET

Item = tuple[int, int]
AND = re.compile("、|以及|[和与及暨]")
# What divides items; 和 only in front of the last one.
MARK = re.compile("、|以及|[和与及暨](?!配套|附属|周边|其)(?=[^、]{4,}$)")
# 市中医院二期, 县第三中学: of the town itself.
_OF_TOWN = re.compile("[省市县区州镇](?!级|场|区|域)|[城][东西南北中]|[东西南北][门郊环城湖山]")
_IS_PHASE = re.compile("[一二三四五1-5]期$")
# Who comes to settle, and not who founds.
_COMES = re.compile(r"(?:公司|集团|企业|厂|[支分]行|股份|科技)$")
# A body begins its work, a building is completed.
BODY = re.compile(
    r"(?:(?:研发|研究|创新|技术|检测|服务|培训|诊疗|运营|转移|结算|协同|科创|仲裁|交流|联合|分)中心|研究[院所]|实验室|学院"
    r"|工作站|联络站|分院|分校|分行|支行|分公司|支公司|营业部|办事处|联盟|总部|中心|平台|院)$"
)
# Buildings that bear the name of whom they are for: 市委党校, 某职业技术学院.
_HOUSES = frozenset({"school", "university", "hospital", "research", "culture", "site", "road"})
# 青龙河、白马河治理工程: the last noun is that of all.
_SHARED = re.compile(
    "(?:[^、，。；的]{2,6}(?P<kind>[河江湖溪沟渠路街桥库港镇乡村县区])、)(?:[^、，。；的]{2,6}(?P=kind)(?:、|和|及))*[^、，。；的]{2,6}(?P=kind)[^、，。；]{0,8}(?:工程|项目|改造)"
)
_BRACKET = re.compile(r"[（(][^（）()]{1,12}[）)]$")
_FOUNDERS = frozenset({"university", "school", "hospital", "research", "government", "association"})
_MIN_NAME_CHARS = 3
_TWO = frozenset("与和")


def pieces(context: ArticleContext, start: int, end: int) -> Iterator[Item]:
    """The items of a list; a mark within a name or in brackets divides nothing."""
    text = context.text
    for mark in MARK.finditer(text, start, end):
        is_open = text.count("（", start, mark.start()) > text.count("）", start, mark.start())
        if not (is_open or context.is_inside(mark.start())):
            yield start, mark.start()
            start = mark.end()
    yield start, end


def are_two_bodies(context: ArticleContext, items: list[Item]) -> bool:
    """甲医院与乙医院签约: two that sign, and no works."""
    if len(items) != 2 or context.text[items[0][1] : items[1][0]] not in _TWO:
        return False
    bodies = {(m.start, m.end) for m in context.mentions_in(items[0][0], items[1][1], "organization")}
    return bodies.issuperset(items)


class ItemReader(KernelReader):
    """Reads the items of a list; compiled once from the lookups."""

    def split(self, context: ArticleContext, start: int, end: int) -> list[Item]:
        """The items of a list, without what stands in front of the first."""
        first, *others = pieces(context, start, end)
        return [self._parties.trim(context, *first), *others]

    def is_works(self, context: ArticleContext, begin: int, stop: int) -> bool:
        """Whether an item ends as works do."""
        text = context.text
        bracket = _BRACKET.search(text, begin, stop)
        stop = bracket.start() if bracket else stop
        return bool(
            _IS_PHASE.search(text, begin, stop)
            or self._names.nouns.work_end.search(text, begin, stop)
            or any(m.end == stop and m.subtype in _HOUSES for m in context.mentions_in(begin, stop))
        )

    def _has_name(self, context: ArticleContext, begin: int, stop: int) -> bool:
        """Whether an item has a name of its own, or stands behind whose it is."""
        title, whose, _ = self.named(context, begin, stop)
        return bool(whose) or self._names.is_name(context, title)

    def of_their_own(self, context: ArticleContext, items: list[Item]) -> list[Item]:
        """The items of which nothing but their names says that they are works."""
        text, whole = context.text, (items[0][0], items[-1][1])
        if _SHARED.fullmatch(text, *whole):
            return [whole]
        return [
            (begin, stop)
            for begin, stop in items
            if self.is_works(context, begin, stop)
            and not self._names.nouns.is_generic(text[begin:stop])
            and self._has_name(context, begin, stop)
        ]

    @staticmethod
    def of_a_town(context: ArticleContext, items: list[Item]) -> list[Item]:
        """The items that a place or a body of the town is named in (市中医院二期)."""
        return [
            i
            for i in items
            if _OF_TOWN.match(context.text, *i) or context.mentions_in(*i, "place", "organization")
        ]

    def are_counted(
        self,
        context: ArticleContext,
        items: list[Item],
        number: int | None,
        *,
        is_part: bool,
        is_of_works: bool,
    ) -> bool:
        """Whether the items of a list that is counted, or goes on with 等, are works by any name.

        机场、铁路、码头等扩建工程 and 引渡嫌疑人、停止宣传等 name none.
        """
        works = [i for i in items if self.is_works(context, *i)]
        are_long = [b - a > _MIN_NAME_CHARS for a, b in items]
        if not (any(are_long) or any(context.mentions_in(*i) for i in items)):
            return False
        named = [
            i
            for i, long in zip(items, are_long, strict=True)
            if i in works or (long and is_of_works and context.mentions_in(*i))
        ]
        if len(items) > (number or len(items)) or (len(items) == 1 and not works):
            return False
        are_some = len(named) * 2 >= len(items) or bool(named and number and all(are_long))
        return len(items) == number or (is_part and are_some)

    def named(
        self, context: ArticleContext, begin: int, stop: int
    ) -> tuple[tuple[int, int], list[Party], bool]:
        """The title of an item, whose it is, and whether it is what two founded together."""
        if joint := self._names.founded_by(context, begin, stop):
            return *joint, True
        text = context.text
        bracket = BRACKET.search(text, begin, stop)
        stop = bracket.start() if bracket else stop
        bodies = [m for m in (*context.mentions_in(begin, stop), *context.nested) if m.start == begin]
        whose = next((m for m in bodies if m.entity_type == "organization" and m.end <= stop), None)
        if whose is None or (whose.end == stop and self.is_works(context, begin, stop)):
            return self._names.own(text, (begin, stop)), [], False
        opens = whose.end + text.startswith("的", whose.end)
        is_firm = self._topic.is_firm(whose) or _COMES.search(whose.text) is not None
        # 某公司产业园 has no name without its firm.
        is_noun = stop - opens == _MIN_NAME_CHARS and self._names.nouns.work.fullmatch(text, opens, stop)
        is_apart = is_firm and stop - opens >= _MIN_NAME_CHARS and not is_noun
        title = self._names.own(text, (opens, stop)) if is_apart else (begin, stop)
        role = "builder" if whose.subtype in _FOUNDERS else "investor"
        return title, [Party.of(whose, role)], False
