"""When a deal took place and when it is due: days in its words, of its event, and ahead of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from transforms.extract.context import ArticleContext, Span, last_match
from transforms.extract.dates.parts import read_int
from transforms.extract.deals.due import OF_ROUND, PERIOD, DueReader, clause_after
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.scene import stage_of_all
from transforms.extract.deals.stage import StageReader

# 会见后, 访问期间, 十二项协议中: other words for being there.
_AROUND = (
    r"(?:会见|会谈|座谈|座谈会|散会|仪式|大会|开幕式|闭幕式|活动|推介|对接|洽谈|考察|调研|走访|参观|(?:^|[，。；\n])会)(?:结束)?[前后][，,]"
    r"|(?:活动|仪式|会议|大会)(?:的)?最后[，,]|抱团签"
    r"|[0-9一二三四五六七八九十两]+[个份项笔](?:签约|合作)?(?:协议|合同|项目|订单)中[，,]?"
    r"|签[订署约](?:了)?[^，。；]{0,12}(?:协议|合同|项目|订单)[0-9一二三四五六七八九十两]+[个份项笔]"
    r"|(?:共|累计|一共|总共)(?:签[下订署约]|促成|达成|敲定|落实)(?:了)?[^，。；]{0,12}?[0-9一二三四五六七八九十两]+多?[个份项笔单]"
)
# The scene of the event that the article reports, in which its deals are done.
_SCENE = re.compile(
    r"(?<!建设)(?<!施工)(?<!项目)(?<!工程)现场|(?:仪式|大会|会议|论坛|活动|座谈会|推介会|对接会|博览会|年会|峰会|展会)(?:上|期间|现场|当天)|(?:会|席|期|式)[上间]|签约环节|当天|当日|同日|同一天|"
    r"签约仪式|揭牌仪式|开工仪式|集中签约|集中开工|进行了?签约|签约项目|项目签约|签约(?:的)?(?:项目|协议)|(?:完成|现场|共|集中)签约|签约[前后]|签约之后|当场|签[订署约下](?:了)?[0-9一二三四五六七八九十两多]+[个份项单]"
    rf"|{_AROUND}"
)
# What opens a sentence holds for all items of its list.
_THERE = re.compile(r"(?:当天|当日|同日|会上|会议上|仪式上|大会上|活动上|现场)[，,]")
_CEREMONY = re.compile(
    r"进行了?签约|(?:集中|共|同步)签约|签约(?:项目|大会|活动)|当场|签约(?:的)?[0-9一二三四五六七八九十]+[个份项单笔]|(?:签约|揭牌|授牌|集中签约|开幕|启动)(?:暨[^，。]{0,12})?仪式|(?:大会|会议|论坛|座谈会|推介会|恳谈会|对接会|博览会|年会|峰会|展会|会|席|式|仪式|活动|期)[上间]|(?:签约|揭牌)环节|现场|当场|共同揭牌"
    rf"|{_AROUND}"
)
_MET_FOR = frozenset({"signed", "unveiled", "negotiating"})
# 在某地签署, 在某会场与乙签订
_SIGNED_IN = re.compile(
    r"[^，。；《]{0,8}?(?:与[^，。；《]{2,40}?|和[^，。；《]{2,40}?)?(?:正式|共同|现场)*[续]?签[订署约下]"
)
# 在某区某街道签署, but not 在致辞中说，某会与某市签署 or 在2019年与某市签署
_AT = re.compile("在[^与和同跟及0-9，。；]*$")
# 在某地揭牌
_UNVEILED_IN = re.compile(r"(?:正式|同步|举行)?(?:揭牌|挂牌|揭幕|授牌|成立)")
_WAS_SIGNED = re.compile(
    r"[^，。；]{0,4}签[订署约定]|[^，。；]{0,16}?(?:签约|落户|开工|引进|设立|成立|合资|合作|筹划|筹建|洽谈|收购|动工|建设|申请)[^，。；]{0,12}的"
    r"|[^，。；]{0,6}(?:筹划|筹建|洽谈|接触|谈过)|曾"
)
_BY_HAND = re.compile(
    r"[^。；]{0,60}[。；，][^。；]{0,80}?"
    r"(?:代表[^，。；]{0,12}签[字约署]|见证(?:了)?签约|出席并见证|在[^，。；]{0,8}(?:协议|合同)上签字|共同揭牌|签字仪式|签约仪式)"
)
_OTHER_TIME = re.compile(
    r"此前|之前|早在|前不久|不久前|去年|前年|近年来|多年来|曾|截至|历史上|最近|目前|也已|早已|下一步|(?:今后|未来)(?![0-9一二三四五六七八九十两几])|据(?:悉|了解)(?![，,](?:当[天日]|此次|本次|这次|会上|活动|仪式|签约|开工))|其中包括"
)
_LATELY = re.compile(r"(?<![0-9])日前|近日|近期")
# A report of a meeting at which papers are signed, up to where it turns to something else.
_EVENT_OPENS = re.compile(
    r"(?:签约|大会|论坛|推介|洽谈|对接|恳谈|座谈|(?:博览|[博交展年峰]|对话|交流|研讨|联席)会|[化游术食果茶物费]节|[作贸动传]周|会见|考察|访问|投资促进|招商)[^。；\n]{0,40}?"
    r"(?:举行|举办|召开|开幕|启幕|闭幕|落幕|帷幕|收官|签约|一行|到访)|(?:举行|举办|召开)的[^。；\n]{0,30}?(?:会|周|节|仪式|活动)"
    r"|率[^。；\n]{0,24}?(?:代表团|考察团|小分队)|一行[^。；\n]{0,10}?(?:到|来|赴|在)|率队|带队|(?:代表|考察)团[^。；\n]{0,12}?[赴来到访在]"
    r"|(?:推介会|恳谈会|洽谈会|对接会|签约会|投资大会|对接周|合作周|洽谈周|联席会议?|侨商会)"
    r"|(?:大会|论坛|推介会|恳谈会|洽谈会|对接会|对话会|交流会|博览会|峰会|年会|仪式)(?:上|现场|期间|间隙|茶歇)"
)
_BACKGROUND = re.compile("相关链接|新闻链接|新闻背景|链接[：:]|背景[：:]")
_UP_TO = re.compile(r"截[至止]到?$")
_AT_WORKS = re.compile(
    r"(?:[上下]午|晚间?)?[，,]?[^。；\n]{0,60}?(?:建设|施工|项目|工程)(?:现场|工地)(?:[上里内])?[，,]"
)
_LEARNT = re.compile(
    r"(?:[上下]午|晚间?)?[，,]?(?![^，。；\n]{0,30}(?:举行|召开|举办)的)[^。；\n]{0,30}?"
    r"(?:获悉|了解到|悉[，,]|证实|(?:采访|专访)时?)(?:[^。；，\n]{0,8}[，,：:])?"
)
# 11月15日电, 5月30日消息 and 记者5月30日获悉: the day of the report, not of what it tells.
_TOLD_ON = re.compile(f"电|讯|消息|{_LEARNT.pattern}")
_WORKS = frozenset({"building", "operating"})
# 合同上月已经签妥, 首笔8月到账, 9月8日挂的牌
_HAPPENED = re.compile(
    r"[上下]?午?(?:就|又|已|已经|便|刚|刚刚|双方|正式)*(?:(?:注册)?成立|(?:[领拿]到|取得)了?(?:首张|新)?(?:营业)?执照|签[妥的了好]|订[的了下]|到[的了]?账|到位|放[的了]?款|揭[的了]?牌|挂[的了上]|办[妥完理]|交割|中交|完成交割|投[的了]产|开[的了]工"
    r"|开始(?:运[行营]|使用|试运[行营])|(?:正式)?(?:启用|投用|开班|开学|招生|接诊|开诊)(?![前后率者]|仪式))"
)
_A_DAY = re.compile(r"[0-9]日|[今昨][天日]")
_CRY = re.compile(r"[^\n。]{0,40}[“\"][^\n]*[！？。!?][”\"]\s*(?:\n|$)")
_ANNOUNCES = re.compile(
    r"(?:[上下]午|晚间?|凌晨|早间|傍晚|盘后)*[，,]?[^，。；\n]{0,16}?(?:公告|披露|宣布|通告|发布(?:说明|通知|消息|公告|通告)|公布"
    r"|召开[^，。；]{0,6}(?:董事会|股东大?会)|(?:董事会|股东大?会)[^，。；]{0,6}(?:决定|审议|通过))"
)
_THEN = re.compile(r"(?:^|(?<=[，。；：“\n]))(?:[那这]一?[年天]|[同当][年月])(?![前后以间内])")
_TURNS = re.compile("转折|转机|变化|契机|突破|机会|机遇|起点|故事|缘分|解开|合作(?:始于|开始)|始于|源于")
_SAME_DAY = re.compile(r"[当同]一?[天日]")
_ON_SAME_DAY = re.compile(r"\s*同(?:一?[天日晚]|一个?晚上)")
_MAX_TURN_CHARS = 30
_SAID = re.compile(r"(?:说|表示|指出|(?<!据)介绍|称|认为|强调|透露|谈到)[，：,:]|(?:^|[，。：])[“\"]")
_MET = re.compile(
    r"(?:[上下]午|晚上?)?[，,]?[^。；\n]{0,40}?(?:会议?|仪式|活动)[^，。；\n]{0,16}?(?:召开|举行|举办|开幕)"
)
_OPENED = re.compile(r"(?:[上下]午|晚间?)?(?:开幕|启幕|开始|开启|举行|召开|举办|拉开帷幕)的")
_CLOSES = re.compile(
    r"(?:为期|历时|会期)(?P<days>[2-9二两三四五六七])天的?[^，。；\n]{2,40}?(?:闭幕|落幕|收官|谢幕|落下帷幕|结束)"
)
_MAX_EVENT_DAYS, _AT_HEAD = 14, 2
_AT_CHARS, _BEHIND_CHARS = 6, 24
_OPENING_SENTENCES, _MAX_SCENE_CHARS = 2, 80
# A list goes on from the paragraph above.
_LISTED = "：:；;"
_ITEM = re.compile(r"[ \u3000]*(?:[0-9]{1,2}[.、．)）]|[◆◇■□▲△▼▽▶▷►●○◎☆★※·•]|——)")
# A meeting of which a list tells for longer than this is not looked for: time stays linear.
_MAX_LEAD_CHARS = 3_000


class DayReader:
    """Compiled once from `lookups["stages"]`.

    Args:
        lookups: Parsed seed files by stem; reads `stages`.
        stages: Gives the verbs of works that are done and begun.
    """

    def __init__(self, lookups: Mapping[str, Any], stages: StageReader) -> None:
        self.due = DueReader(lookups, stages)
        self._of_stage = {
            stage: re.compile(f"(?:{stages.verbs(stage)})")
            for stage in ("signed", "unveiled", "landed", "building", "operating", "ended")
        }

    def dated(
        self,
        context: ArticleContext,
        candidate: Candidate,
        stretches: Sequence[tuple[int, int]],
        event: tuple[date, date] | None,
    ) -> Span | None:
        """The date of the deed: in front of it in the sentence, else behind it before a verb of its stage."""
        own = stretches[0]
        if candidate.stage == "proposed" or (candidate.stage == "building" and candidate.base == "proposed"):
            return self._announced(context, candidate, own) or _same_day(context, candidate)
        # 于2021年共建: the word for it takes its day in.
        stop = candidate.cue[1] if context.text[candidate.cue[0]] in "于在" else candidate.cue[0]
        inside = [
            span
            for span in context.dates_in(min(own[0], candidate.start), stop)
            # 当天 is the day of the event, not of the date told last.
            if not (event and _SAME_DAY.match(span.text))
            # 2022年公司债券（第二期）: a year in what is signed or issued is part of its name.
            and not _is_of_name(candidate, span)
            and not self.due.is_ahead(context, span)
            and not self.due.is_given_up(context, span)
            and not _is_of_report(context.text, span, candidate.cue[0])
            # 举行一季度重大项目集中开工仪式: of which round it is.
            and not (PERIOD.search(span.text) and OF_ROUND.match(context.text, span.end))
            # 2021年签订的协议予以解除: that day is not that of the end.
            and not (candidate.stage == "ended" and _WAS_SIGNED.match(context.text, span.end, candidate.end))
        ]
        if inside:
            return inside[-1]
        then = (
            self._then(context, candidate) or self._turn(context, candidate) or _same_day(context, candidate)
        )
        if then is not None:
            return then
        verb = self._of_stage.get(candidate.stage)
        behind = [(candidate.cue[1], own[1]), *(stretches[1:] if candidate.stage in _WORKS else ())]
        return next(
            (
                span
                for begin, stop in behind
                for span in context.dates_in(begin, stop)
                if _HAPPENED.match(context.text, span.end)
                or (verb and verb.search(clause_after(context.text, span.end)))
                if not (self.due.is_ahead(context, span) or self.due.is_given_up(context, span))
            ),
            None,
        )

    @staticmethod
    def _announced(context: ArticleContext, candidate: Candidate, own: tuple[int, int]) -> Span | None:
        """3月21日公告称，拟收购: of what is but planned the day on which that was made known."""
        start = context.sentences[context.sentence_at(candidate.cue[0])][0]
        told = context.dates_in(max(start, min(own[0], candidate.start)), candidate.cue[0])
        told = told or context.dates_in(start, candidate.cue[0])
        return next((span for span in told if _ANNOUNCES.match(context.text, span.end)), None)

    @staticmethod
    def _then(context: ArticleContext, candidate: Candidate) -> Span | None:
        """转机出现在2019年。那一年，公司签下…: the day told last before the words that point to it."""
        number = context.sentence_at(candidate.cue[0])
        points = last_match(_THEN, context.text, context.sentences[number][0], candidate.cue[0])
        before = context.dates_in(context.sentences[max(0, number - 1)][0], points.start()) if points else []
        return before[-1] if before else None

    @staticmethod
    def _turn(context: ArticleContext, candidate: Candidate) -> Span | None:
        """转折出现在去年8月。某公司出资: the day of a short sentence that says no more than when."""
        number = context.sentence_at(candidate.cue[0])
        start, end = context.sentences[max(0, number - 1)]
        is_short = (
            number and end - start <= _MAX_TURN_CHARS and start >= context.paragraph(candidate.cue[0])[0]
        )
        told = context.dates_in(start, end) if is_short else []
        return told[0] if len(told) == 1 and _TURNS.search(context.text, start, end) else None

    def event_days(self, context: ArticleContext) -> tuple[date, date] | None:
        """Days of the event that an article reports: the first its opening names, else the dateline's."""
        opening = [s for s in context.dates_in(0, _opening_end(context)) if not self.due.is_ahead(context, s)]
        told = [span for span in opening if not _TOLD_ON.match(context.text, span.end)]
        # 昨天开幕的某会今天上午进入签约环节: the day of the opening is not that of the papers.
        told = [span for span in told if not _OPENED.match(context.text, span.end)] or told
        first = self._short(told)
        closes = _CLOSES.search(context.text, 0, _opening_end(context))
        if first and closes and first[0][0] == first[0][1]:
            # 昨天，为期三天的某会落幕
            days = timedelta(read_int(closes["days"]) - 1)
            return first[0][0] - days, first[0][1]
        if first:
            # 19日至20日来考察。20日下午，联席会议召开: papers are signed when people sit together.
            met = self._short([span for span in told if _MET.match(context.text, span.end)])
            return next((days for days in met if first[0][0] < days[0] <= first[0][1]), first[0])
        return (context.dateline_on, context.dateline_on) if context.dateline_on else None

    @staticmethod
    def tells_day(context: ArticleContext) -> bool:
        """Whether the opening of an article names a day, be its year known or not."""
        return bool(_A_DAY.search(context.text, 0, _opening_end(context)))

    def event_of(
        self, context: ArticleContext, candidate: Candidate, event: tuple[date, date] | None
    ) -> tuple[date, date] | None:
        """Days of the event of one deal: the last that opens a sentence before it, else the article's."""
        start = lead = _lead(context, candidate.cue[0])
        if event and event[0] < event[1]:
            # 27日至29日来访。\n28日，联席会议召开。\n会上，双方签署: the day of the visit that is told last.
            start = max(min(lead, _opening_end(context)), lead - _MAX_LEAD_CHARS)
        for span in reversed(context.dates_in(start, candidate.cue[0])):
            opens = span.start - context.sentences[context.sentence_at(span.start)][0] < _AT_HEAD
            if not opens or _OTHER_TIME.match(span.text) or _TOLD_ON.match(context.text, span.end):
                continue
            for days in self._short([span]):
                if span.start >= lead or (event and event[0] <= days[0] and days[1] <= event[1]):
                    return days
        return event

    @staticmethod
    def _short(spans: Sequence[Span]) -> list[tuple[date, date]]:
        bounds = [(s.values.get("start_on"), s.values.get("end_on")) for s in spans]
        return [(a, b) for a, b in bounds if a and b and (b - a).days <= _MAX_EVENT_DAYS]

    def is_of_event(self, context: ArticleContext, candidate: Candidate, *, goes_on: bool = False) -> bool:
        """Whether a deed without a day of its own is told as part of the event that the article reports.

        It stands in the opening or in the paragraph behind such a deed (`goes_on`), or something in its
        sentence or before it in the paragraph (of a list: above it) sets the scene (会上, 现场, 进行了签约);
        nothing sets another time or belongs to a speech. Works (开工, 投产) need the scene in their own
        sentence.
        """
        if candidate.stage in {"proposed", "unknown", "ended"} or candidate.rule == "outcome":
            return False
        text = context.text
        paragraph = context.paragraph(candidate.cue[0])[0]
        sentence = max(paragraph, context.sentences[context.sentence_at(candidate.cue[0])][0])
        # What another item of the list tells is of its own time.
        sentence = max(sentence, text.rfind("；", sentence, candidate.start) + 1)
        before = text[sentence : candidate.cue[0]]
        is_lately = _LATELY.search(before)
        if is_lately or _OTHER_TIME.search(before) or _SAID.search(text[sentence : candidate.start]):
            return False
        if candidate.base in {"operating", "building", "landed"}:
            # What settles somewhere does so at the signing that its paragraph reports.
            is_brought = candidate.base == "landed" and _CEREMONY.search(text, paragraph, candidate.end)
            head = max(paragraph, context.sentences[context.sentence_at(candidate.cue[0])][0])
            is_told = is_brought or _THERE.match(text, head) or _SCENE.search(text, sentence, candidate.end)
            # 12个项目集中开工。其中，甲项目投资9亿元；乙项目…: each was begun there.
            return bool(is_told or stage_of_all(context, candidate.start, candidate.end) == candidate.stage)
        in_opening = context.sentence_at(candidate.cue[0]) < _OPENING_SENTENCES
        if in_opening or goes_on:
            return True
        if candidate.base == "signed" and _EVENT_OPENS.search(text, 0, _opening_end(context)):
            return not _BACKGROUND.search(text, 0, paragraph + 8)
        return bool(_SCENE.search(text, _lead(context, candidate.cue[0]), candidate.end))

    def is_at_ceremony(self, context: ArticleContext, candidate: Candidate) -> bool:
        """Whether a deed that people meet for is told with the scene, place or hands of their meeting."""
        if candidate.stage not in _MET_FOR or candidate.base not in _MET_FOR:
            return False
        text, start = context.text, _lead(context, candidate.cue[0])
        sentence = max(context.sentences[context.sentence_at(candidate.cue[0])][0], start)
        if _OTHER_TIME.search(text, sentence, candidate.cue[0]):
            return False
        end = context.paragraph(candidate.cue[0])[1]
        done_in = {"signed": _SIGNED_IN, "unveiled": _UNVEILED_IN}.get(candidate.base)
        stop = max(candidate.end, candidate.cue[1]) + (_BEHIND_CHARS if candidate.base == "unveiled" else 0)
        is_there = done_in and any(
            done_in.match(text, place.end)
            for place in context.mentions_in(candidate.start, stop, "place", "organization")
            if _AT.search(text, max(sentence, place.start - _AT_CHARS), place.start)
        )
        is_signed = candidate.base == "signed" and any(p.signatory for p in candidate.parties)
        return bool(
            is_there
            or is_signed
            or (_CEREMONY.search(text, start, candidate.end) or _BY_HAND.match(text, candidate.end, end))
        )


def _same_day(context: ArticleContext, candidate: Candidate) -> Span | None:
    """同日，某公司还宣布: the last day told before the sentence, in its paragraph or the one above."""
    start = context.sentences[context.sentence_at(candidate.cue[0])][0]
    if not _ON_SAME_DAY.match(context.text, start):
        return None
    floor = context.paragraph(max(0, context.paragraph(start)[0] - 1))[0]
    days = [s for s in context.dates_in(floor, start) if _A_DAY.search(s.text)]
    return days[-1] if days else None


def _is_of_report(text: str, span: Span, cue: int) -> bool:
    """截至5月底, 记者昨日获悉: the day up to which, or on which, the article is told."""
    is_up_to = _UP_TO.search(text, max(0, span.start - 3), span.start)
    return bool(is_up_to or _AT_WORKS.match(text, span.end, cue) or _LEARNT.match(text, span.end, cue))


def _opening_end(context: ArticleContext) -> int:
    """End of the first paragraph, or of the next if that is a cry (“来吃一碗面！”) or has no day."""
    end = context.paragraph(0)[1]
    is_scene = end <= _MAX_SCENE_CHARS and not context.dates_in(0, end)
    if (is_scene or _CRY.match(context.text)) and end < len(context.text):
        end = context.paragraph(min(end + 1, len(context.text) - 1))[1]
    return end


def _lead(context: ArticleContext, position: int) -> int:
    """Start of the paragraph of a position, or of the one that leads in the list it is an item of."""
    floor = max(0, position - _MAX_LEAD_CHARS)
    start = context.paragraph(position)[0]
    while start > floor and (
        context.text[start - 2 : start - 1] in _LISTED or _ITEM.match(context.text, start) is not None
    ):
        start = context.paragraph(start - 1)[0]
    return max(start, floor)


def _is_of_name(candidate: Candidate, span: Span) -> bool:
    """Whether a year or month stands in the name of what is signed or issued."""
    begin, end = candidate.title or (0, 0)
    is_day = span.values.get("start_on") == span.values.get("end_on")
    return begin <= span.start < end and not is_day
