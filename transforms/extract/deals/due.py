"""When a deal is due: the days ahead of an article, each given to the deal that it is told of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from transforms.extract.context import ArticleContext, Span
from transforms.extract.dates.calendar import shift_months
from transforms.extract.deals.due_owners import WORKS, employers_of, owner_of, whole_of
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.stage import StageReader
from transforms.extract.patterns import any_of

# The day was given up for another: 原定9月投产，现推迟至明年3月.
_FORMER = re.compile(r"(?:原(?:先|来)?(?:[定计拟本预想]|打算|准备|期望)|本应|本来|按原)[^的]*$")
_AS_PLANNED = re.compile(r"按照?原[^，。；\n]{0,6}，[^，。；\n]{0,4}$")
# 年内完成投资3亿元, 年内完成环评 is a part of it.
_PART = re.compile(
    r"再议|开标|评标|完成(?:年度|全部)?(?:投资|产值|其中|[0-9]|可行性|可研|环评|立项|论证|规划|编制|审批|选址|征[地迁拆]|拆迁|前期|备案|核准)"
)
# 年底主体封顶, 一号厂房月底完工: works are not done when a part of them stands.
_MILESTONE = re.compile(
    r"(?:实现|完成)(?:全部|所有|主要)?设备的?(?:安装|调试|采购)|(?:实现|完成)(?:主体|土建|基础|桩基)(?:工程|结构)?(?:建设|施工)?(?=、|$)|(?:实现|完成)?(?:全部|所有|项目)?(?:主体|结构|土建|基础|桩基|地基|钢构|框架|主厂房|(?:[0-9]+|[一二三四五六七八九十两首]+)[号栋座幢个](?:厂房|车间|楼|标段)"
    r"|厂房|宿舍楼?|办公楼|主桥|主塔)[^，。；]{0,8}?(?:完工|封顶|结顶|竣工|完成|合龙)"
)
# 主体封顶 or 一号车间 in front of a day: it is that of a part.
_PARTLY = re.compile(
    r"(?:主体|结构|土建|桩基|(?:[0-9]+|[一二三四五六七八九十两首]+)[号栋座幢个](?:厂房|车间|楼))[^，。；投]{0,4}$"
)
# 9月开工, 下周进场, 月底签约: the deal is not due then.
_STARTS = re.compile(
    "[前内底初]?(?:[收播季]?[之以]?后)?(?:正式|全面|就|便|再|可|将)*(?:破土|开[工建]|动工|奠基|启动|进场|签[约订署]|敲定|施工)"
)
_PRODUCES = re.compile("产|投用|启用|使用|运营|营业|下线|交付|开放")
# 明年樱桃季之前, 2023年汛期前: of the year itself nothing is told.
_SEASON = re.compile(r"(?![内底初末中春夏秋冬上下])[^，。；\n前]{1,5}(?:之前|以前|前)")
# 第二季度重大项目集中开工: of which round it is.
PERIOD = re.compile("季度|半年|年$|年度|月份?$")
OF_ROUND = re.compile(
    "(?:份|度)?(?:[省市县区州]级?)?(?:首个|第[一二三四五六0-9]+个|[^，。；]{0,4}(?:重点|重大)(?:产业|建设)?(?:项目|工程))"
    "|(?:份|度)?(?:全[省市县区州])?(?:第[一二三四五六0-9]+批)?(?:重大|重点|招商|亿元|产业|工业)*(?:项目|工程)(?:建设)?集中"
)
# 同日: the day of something told before; 明年3月动工，争取当年投产 lies ahead.
_SAME_DAY = re.compile(r"[同当](?!年)")
# A loan or a friendship is not due; of what is bought only the handing over is.
_NOT_DUE = frozenset({"financing", "partnership"})
_BOUGHT = frozenset({"acquisition", "equity_transfer", "equity_investment", "transfer"})
_HANDED_OVER = re.compile(r"交割|过户|交接|交付|完成|变更|缴|到账|签|报名|截止|移交")
_MOVED = re.compile(
    r"(?:推迟|延期|延后|顺延|调整|提前|改|改为|定|预计|计划|等|要等|争取|力争)(?:到|至|在|为|于)?了?$"
)
_PUT_OFF = re.compile(r"(?:推迟|延期?|延后|延迟|顺延|调整|提前|改)(?:到|至|在|为|于)了?$")
# Not 计划投资5亿元的某项目5月6日开工: that is of the noun.
_HOPED = re.compile(r"(?:预计|计划|力争|争取|有望|预期|预定|[将拟]于|将在)[^的]*$")
_MARK = re.compile(r"[，。；：！？,;!?\n]")
_AHEAD = re.compile(r"明年|后年|下[个半]?[月年周]|来年|(?<![去上前])年底前?|前$")
# 订单排到9月, 首场拍卖定在7月 and 自7月起分三批交付 tell of no end.
_NO_END = re.compile(r"排[到至]了?$|(?:首场|首届|头一[次场]|第一[次场])[^，。；]*$")
_IN_PARTS = re.compile("起分[0-9一二两三四五六七八九十]+[批次年期]|(?<=年)[，,]?(?:内|里)?每[年月季周]")
_FROM_THEN = re.compile(r"起[，,]?[^。；\n]{0,12}?(?:每|供|发|互派|互换|执行|实施|挂|开行|交)")
# 预计到2027年底，由某公司投资的某中心将建成; 明年6月，项目将竣工: the deed stands behind the comma.
_LEADS = re.compile(r"\s*(?:预计|计划|力争|争取|有望|确保)?[到至在于]?")
_OPENS = re.compile(
    r"前?[，,](?=(?:该|此|这|整个|届时|两)?[个座条项]?(?:项目|工程|园区|基地|工厂|新厂|大桥|隧道|电站|生产线|[一二三]期|主体|线路|全部|全线))"
)
# 建设周期为3年（2024年至2026年）, 2024至2026年分期实施: the works are done at its end.
_PERIOD_OF_WORKS = re.compile(r"(?:工期|周期|建设期|施工期|建设(?:时间|年限))[^，。；]{0,8}$")
_CARRIED_OUT = re.compile("(?:分[期年步][^，。；]{0,3})?(?:组织)?(?:实施|建设|新建|扩建|改造)")
_FROM_TO = re.compile("[至到—–－～~-]")
_WILL = re.compile(r".*(?:将|[可能](?![量力容控研])|有望|力争|争取|实现)")
_TERM = re.compile("[前内]$")
_MONTH_SECONDS = 31_557_600 / 12
# 总工期30个月, 计划用18个月建成
_TAKES = re.compile(r"(?P<for>工期|周期|建设期)?(?:拟|仅|只|约|共|为|预计|计划|需|用|时)*$")
_CLAUSE_CHARS, _MAX_DAYS, _SEASON_DAYS = 28, 366, 180
_PAPERS = frozenset({"joint_venture", "cooperation_agreement", "strategic_agreement", "partnership"})
_ALL_DONE, _DONE, _FIRST_DONE, _WISHED, _BEGUN, _TOLD = 6, 5, 4, 3, 2, 1
# 明年底全部建成, and before that 一期 or 首批机组
_ALL, _FIRST = re.compile(r"全部|全面|整体|全容量|全线"), re.compile(r"[一首]期|首[批条台座段个]")


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A day ahead, with what shall be then."""

    span: Span
    kind: int


class DueReader:
    """Compiled once from `lookups["stages"]`.

    Args:
        lookups: Parsed seed files by stem; reads `stages`.
        stages: Gives the verbs of works that are done and begun.
    """

    def __init__(self, lookups: Mapping[str, Any], stages: StageReader) -> None:
        words = lookups["stages"]
        # 2027年6月出奶
        self._done = re.compile(
            f"(?:{stages.verbs('operating')}|{any_of(words['finish'])}|^出[^现台资席]{{1,3}}$)"
        )
        self._begun = re.compile(
            f"(?:{stages.verbs('building')}|{stages.verbs('unveiled')}|{any_of(words['begin'])})"
        )
        self._works = re.compile(f"(?:{stages.verbs('building')})")
        self._expect = re.compile(f"(?:{any_of(words['expect'])})")

    def read(
        self,
        context: ArticleContext,
        candidates: Sequence[Candidate],
        stretches: Mapping[int, Sequence[tuple[int, int]]],
    ) -> list[date | None]:
        """The day on which each deal shall be done, else on which something of it is hoped for or begun.

        A day belongs to the deal in whose words it stands, else to that which its sentence names, points
        to or goes on about. A term (用18个月建成) counts from the day on which works were begun.

        Args:
            context: The article.
            candidates: Its deals, in order of text.
            stretches: The words about each deal by `id`, those of its verb first.
        """
        days = {
            span.start: _Ahead(span, kind)
            for span in context.dates
            if _last_day(span) and self.is_ahead(context, span) and (kind := self._kind(context, span))
        }
        claimed = [
            [
                days[span.start]
                for place, (begin, stop) in enumerate(stretches[id(candidate)])
                for span in context.dates_in(begin if place else candidate.start, stop)
                if span.start in days
            ]
            for candidate in candidates
        ]
        for number, candidate in enumerate(candidates):
            if (day := self._opening(context, candidates[:number], candidate)) is not None:
                claimed[number].insert(0, day)
        own = {day.span.start for found in claimed for day in found}
        starts, employers = [c.start for c in candidates], employers_of(context)
        told: list[list[_Ahead]] = [[] for _ in candidates]
        for day in days.values():
            # What shall only begin, or is wished, is told of too much.
            if day.span.start in own or day.kind < _FIRST_DONE:
                continue
            owner = owner_of(context, candidates, starts, employers, day.span)
            if owner is not None:
                told[owner].append(day)
        found = [
            self._best(context, candidate, claimed[number]) or self._best(context, candidate, told[number])
            for number, candidate in enumerate(candidates)
        ]
        for number in range(len(candidates) - 1, 0, -1):
            part, whole = found[number], whole_of(context, candidates, number)
            if part and part.kind >= _FIRST_DONE and whole is not None and not found[whole]:
                found[whole] = self._best(context, candidates[whole], [part])
        # 成立合资公司，建设加注站，2026年投运: the works are due, not the firm.
        pairs = list(zip(candidates, found, strict=True))
        works = {day.span.start for c, day in pairs if day and c.hint in WORKS - _PAPERS}
        found = [None if day and c.hint in _PAPERS and day.span.start in works else day for c, day in pairs]
        return [_last_day(day.span) if day else None for day in found]

    def ends(self, context: ArticleContext) -> list[tuple[Span, date]]:
        """The days ahead on which an article expects that something is done."""
        return [
            (span, last)
            for span in context.dates
            if (last := _last_day(span)) and self.is_ahead(context, span)
            if self._kind(context, span) >= _FIRST_DONE
        ]

    def after(
        self,
        context: ArticleContext,
        candidate: Candidate,
        stretches: Sequence[tuple[int, int]],
        begun: date | None,
    ) -> date | None:
        """The end of the term that works on which a beginning was made shall take: 工期18个月, 用两年建成."""
        if (
            begun is None
            or candidate.stage != "building"
            or not self._begun.search(context.text, *candidate.cue)
        ):
            return None
        for begin, stop in stretches:
            for span in context.quantities_in(begin, stop):
                if span.values.get("dimension") != "duration" or not span.values.get("base_value"):
                    continue
                takes = _TAKES.search(_clause_before(context.text, span.start))
                if takes and (takes["for"] or self._done.search(clause_after(context.text, span.end))):
                    return _later(begun, span)
        return None

    @staticmethod
    def is_given_up(context: ArticleContext, span: Span) -> bool:
        """Whether a day was planned and is so no more: 原计划去年底通车."""
        before = _clause_before(context.text, span.start)
        # 原定本月通车的大桥推迟至明年3月: the day behind 推迟至 is the new one.
        is_former = _FORMER.search(before) is not None and not _PUT_OFF.search(before)
        floor = max(0, span.start - _CLAUSE_CHARS)
        return is_former or _AS_PLANNED.search(context.text, floor, span.start) is not None

    def is_ahead(self, context: ArticleContext, span: Span) -> bool:
        """Whether a day lies ahead: after that of the article, else by its words or one in front of it."""
        before = _clause_before(context.text, span.start)
        if self.is_given_up(context, span):
            return False
        last, first = _last_day(span), span.values.get("start_on")
        is_year = last and first and (last - first).days > _SEASON_DAYS
        is_round = PERIOD.search(span.text) and not span.text.endswith("年")
        if is_round and OF_ROUND.match(context.text, span.end):
            return False
        if _SAME_DAY.match(span.text) or (is_year and _SEASON.match(context.text, span.end)):
            return False
        issued = context.printed_by
        if last and issued and last > issued:
            return True
        if last and (context.issue_on or context.dateline_on):
            # What was expected of a day that has passed is overdue, not done.
            return bool(_HOPED.search(before))
        return bool(self._expect.search(before) or _MOVED.search(before) or _AHEAD.search(span.text))

    def _kind(self, context: ArticleContext, span: Span) -> int:
        """What shall be on a day: an end, something hoped for, a beginning, anything; 0 for no deed."""
        text = context.text
        before, after = _clause_before(text, span.start), _PART.sub("", _deed_after(context, span))
        opens = _OPENS.match(text, span.end)
        if opens and self._done.search(its := clause_after(text, opens.end())):
            after = its
        if _NO_END.search(before) or _IN_PARTS.match(text, span.end - (span.text[-1] == "起")):
            return 0
        is_part = _PARTLY.search(before) and not _PRODUCES.search(after)
        if is_part or _MILESTONE.match(after.lstrip("前内，")):
            return _BEGUN
        if (done := self._done.search(after)) and not (done[0] == "完成" and self._begun.search(after)):
            is_first = _FIRST.search(before) or _FIRST.search(after)
            return _FIRST_DONE if is_first else _ALL_DONE if _ALL.match(after.lstrip("前内")) else _DONE
        if _PART.match(text, span.end):
            return 0
        if _is_range(span) and (_PERIOD_OF_WORKS.search(before) or _CARRIED_OUT.match(after)):
            return _WISHED
        if self._begun.search(after):
            return 0 if _STARTS.match(after) and not _PUT_OFF.search(before) else _BEGUN
        if _MOVED.search(before) and (not after or after[0] in "前底。"):
            # 投用时间推迟到明年3月
            return _DONE if self._done.search(before) else _BEGUN
        if _FROM_THEN.match(text, span.end - (span.text[-1] == "起")):
            return _WISHED
        if _HOPED.search(before):
            return _WISHED
        first, issued = span.values.get("start_on"), context.printed_by
        is_day = first and issued and first > issued and (_last_day(span) - first).days <= _MAX_DAYS
        return _TOLD if is_day or _TERM.search(span.text) else 0

    def _opening(
        self, context: ArticleContext, before: Sequence[Candidate], candidate: Candidate
    ) -> _Ahead | None:
        """The day ahead that opens the sentence of a deal, if that is done by then."""
        text = context.text
        start = context.sentences[context.sentence_at(candidate.start)][0]
        span = next(iter(context.dates_in(start, candidate.start)), None)
        if span is None or not _LEADS.fullmatch(text, start, span.start) or not _last_day(span):
            return None
        if any(span.start <= other.start for other in before) or not self.is_ahead(context, span):
            return None
        clause = _clause_before(text, candidate.cue[0]) + clause_after(text, candidate.cue[0])
        deed = clause[will.end() :] if (will := _WILL.match(clause)) else clause
        done, begun = self._done.search(deed), self._begun.search(deed)
        if done and not (begun and begun.start() < done.start()):
            return _Ahead(span, _DONE)
        return _Ahead(span, _WISHED) if _is_range(span) and _CARRIED_OUT.search(deed) else None

    def _best(self, context: ArticleContext, candidate: Candidate, days: Sequence[_Ahead]) -> _Ahead | None:
        """The first of the surest kind."""
        if candidate.hint in _NOT_DUE or candidate.stage == "ended":
            return None
        begin, end = candidate.title or (0, 0)
        # 2025年第一期债券: a day in the name of a deal is none of its own.
        own = [day for day in days if not (begin <= day.span.start and day.span.end < end)]
        if candidate.stage == "operating":
            # 某厂本周投产: the day on which it was done.
            own = [day for day in own if not candidate.start <= day.span.start < candidate.cue[0]]
        if candidate.hint == "supply_contract":
            # What is sold is told with days of many kinds.
            own = [
                day
                for day in own
                if day.kind != _TOLD and not self._works.search(clause_after(context.text, day.span.end))
            ]
        if candidate.hint in _BOUGHT:
            own = [day for day in own if _HANDED_OVER.search(clause_after(context.text, day.span.end))]
        return max(own, key=lambda day: day.kind, default=None)


def _last_day(span: Span) -> date | None:
    # 10月起 has no last day.
    day: date | None = span.values.get("end_on") or span.values.get("start_on")
    return day


def _is_range(span: Span) -> bool:
    return bool(span.values.get("start_on") and _FROM_TO.search(span.text))


def _later(begun: date, term: Span) -> date | None:
    """The day a term after another; months and years are those of the calendar."""
    months = term.values["base_value"] / _MONTH_SECONDS
    if term.values["unit"][0] not in "个年" or months != int(months):
        return begun + timedelta(seconds=term.values["base_value"])
    return shift_months(begun, int(months))


def _clause_before(text: str, position: int) -> str:
    return _MARK.split(text[max(0, position - _CLAUSE_CHARS) : position])[-1]


def _deed_after(context: ArticleContext, span: Span) -> str:
    """Words of the clause up to the next day: 明年二季度动工、2027年初投产 tells of two."""
    after = clause_after(context.text, span.end)
    following = context.dates_in(span.end, span.end + len(after))
    return after[: following[0].start - span.end] if following else after


def clause_after(text: str, position: int) -> str:
    """Words behind a position, up to the end of their clause."""
    return _MARK.split(text[position : position + _CLAUSE_CHARS])[0]
