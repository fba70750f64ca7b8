"""Bids that are won or lapse, by their kernel: a word of the bid, who stands beside it and what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals_clauses import clause_end, clause_start
from transforms.extract.deals_kernels_sides import OFFICE, DeedSides
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_topic import BANK, WE
from transforms.extract.gated import DEALS
from transforms.extract.patterns import patterns_of

_BID = DEALS.compile(
    r"(?<!多次)(?<!数次)(?<!屡次)中标(?!数|率)|中选|定标|胜出|夺标|承揽|拿下|揽下|揽得|中得|(?P<lapsed>流标|废标)"
)
_TENDER = re.compile(r"标|承包|采购")
# 拿下某项目，金额6700万元
_WORKS = re.compile(
    r"(?:拿下|揽下|揽得|承揽)了?[^，。；]{4,40}?(?:项目|工程|标段?|总承包|施工)(?=[，。；]|$)"
)
_RUNNER_UP = re.compile("第[二三四](?:中标)?候选人|落选|陪标|未中标")
_KIND = (
    r"(?:项目|工程|标段|总承包|采购|施工|设计|监理|勘察|改造|[A-Z0-9一二三四五六七八九十]标|包|供[应货]|系统"
    r"|运营权|租赁|服务|养护|运维|安装|检测)"
)
_BID_FOR = re.compile(
    rf"[^，。；：、的]{{3,50}}?{_KIND}(?:[（(][^（）()]{{1,12}}[)）])?"
    r"(?=[，。；：\s]|$|由|中标|[0-9]|日前|近日|昨|本周|上周|招标|开标|定标|结果|发布|因|将|已|最终|完成)"
)
_OBJECT = re.compile(
    rf"了?(?!金额|价|公示|结果|候选|单位|人|后|的|率|通知)(?P<thing>[^，。；：0-9][^，。；：]{{3,40}}?{_KIND})(?:[（(][^（）()]{{1,12}}[)）])?(?=[，。；]|$)"
)
_BEFORE_THING = re.compile(
    r".*?(?:中标|中得|拿下|承揽|为|在|公示|原定[^，。；的]{2,12}的|此前[^，。；的]{2,6}的)(?=.{4})"
)
_COUNTED = re.compile("[0-9一二三四五六七八九十]+个")
_IS_WINNER = re.compile(r"(?:由|中标(?:人|单位|方|供应商)|候选人)(?:为|是)?$")
_WINS = re.compile(
    r"(?:(?:组成|组建)?的?联合体[，,]?|[（(][^）)]{1,24}[)）]|[0-9年月日]+|[：:])*(?:近日|日前|昨日|去年|今年|成功|最终|以[^，。；]{2,16}|共同|联合)*"
    r"(?:中标|拿下|胜出|中选|夺标|承揽|揽下|揽得|中得)"
)
_AND = re.compile(r"(?:[（(][^）)]{1,24}[)）])?(?:、|和|与|及|以及)")
_BRACKET = re.compile(r"[（(][^（）()]{0,16}$")
_CONSORTIUM = re.compile("联合体")
_THE_CONSORTIUM = re.compile("该联合体|上述联合体|这一联合体")
_MAX_BACK = 300


class BidKernels:
    """Compiled once from the lookups."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._sides = DeedSides(lookups, parties)
        self._words = patterns_of(lookups["deal_types"]["kernels"])

    def won(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A word of a bid, who wins it and what it is for or for how much, or a bid that lapsed."""
        text = context.text
        cue = _BID.search(text, start, end)
        if cue is None or self._words["sums"].search(text, start, end):
            return None
        is_paid = bool(context.money_in(start, end))
        if not (_TENDER.search(text, start, end) or (is_paid and _WORKS.search(text, start, end))):
            return None
        firms = self._firms(context, start, end)
        winners = [] if cue["lapsed"] else self._winners(context, start, cue, firms)
        known = [p.mention for p in winners if p.mention]
        things = [t for m in _BID_FOR.finditer(text, start, end) if (t := _thing(context, m, known))]
        direct = _OBJECT.match(text, cue.end(), clause_end(text, cue.end(), end))
        things = things or ([direct.span("thing")] if direct else [])
        title = max(things, key=lambda thing: thing[1] - thing[0], default=None)
        if not (winners and (title or is_paid)) and not (cue["lapsed"] and title):
            return None
        owners = [Party.of(m, "owner") for m in firms if m not in known and self._sides.topic.is_firm(m)][:1]
        return Candidate(
            start=start,
            end=end,
            cue=cue.span(),
            base="signed",
            stage="ended" if cue["lapsed"] else "negotiating" if "候选" in text[start:end] else "signed",
            left=start,
            rule="kernel",
            hint="won_bid",
            title=title,
            parties=[*winners, *owners],
            confidence=0.6,
        )

    @staticmethod
    def _firms(context: ArticleContext, start: int, end: int) -> list[Mention]:
        """Bodies of an item that can win, without those of the clauses that tell who did not, each once."""
        text = context.text
        kept: list[Mention] = []
        for body in context.mentions_in(start, end, "organization"):
            told = text[clause_start(context, start, body.start) : clause_end(text, body.end, end)]
            is_office = OFFICE.search(body.text) and not body.text.endswith("工程局")
            if is_office or BANK.search(body.text) or _RUNNER_UP.search(told):
                continue
            if not _BRACKET.search(text, start, body.start):
                kept.append(body)
        return kept

    def _winners(
        self, context: ArticleContext, start: int, cue: re.Match[str], firms: list[Mention]
    ) -> list[Party]:
        """The bodies of one list beside the word, the only one, or whom the clause means."""
        text = context.text
        for number, firm in enumerate(firms):
            is_named = _IS_WINNER.search(text[max(start, firm.start - 14) : firm.start])
            if is_named or _WINS.match(text, firm.end):
                return [Party.of(m, "contractor") for m in _joined(text, firms, number)]
        if _THE_CONSORTIUM.search(text, start, cue.start()):
            return _consortium(context, start)
        left = clause_start(context, start, cue.start())
        if bare := self._sides.bare(context, left, cue.start(), "contractor"):
            return [bare]
        ahead = [m for m in firms if m.end <= cue.start()]
        if len(ahead) == 1:
            return [Party.of(ahead[0], "contractor")]
        own = self._sides.topic.own(context, left, cue.start())
        if own is None and not WE.search(text, left, cue.start()):
            return [Party.of(m, "contractor") for m in firms] if len(firms) == 1 else []
        own = own or self._sides.firm(context, left, firms)
        return [Party.of(own, "contractor")] if own else []


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
