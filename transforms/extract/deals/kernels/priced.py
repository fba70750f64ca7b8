"""Works that a list names with their sums: 签约总投资5亿元的甲项目、总投资10亿元的乙基地等."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import clause_end, clause_start
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.items import pieces
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.scene import is_at_signing, stage_of_all
from transforms.extract.deals.sides import SideReader
from transforms.extract.gated import DEALS
from transforms.extract.numerals import parse_number
from transforms.extract.patterns import any_of

_SUM = (
    r"(?:计划|预计|协议|合同|意向|估算|概算|拟|总)*(?:投资|引资|投入)(?:总?额|规模)?(?:约为?|达到?|超过?|逾|近|为)?"
    r"[0-9.]+[余多]?[万亿]+[余多]?(?:元人民币|人民币|[美欧港日韩]元|元)?(?:人民币)?(?:以上)?"
    r"(?:、(?:总?占地|年产|日产|年加工|年处理|总?建筑面积|用地)[^，。；、：的]{2,20})?的"
)
# 包括5.6亿元的甲项目、3亿元的乙基地: a list of works goes without 投资.
_BARE_SUM = r"(?:(?<=[、括有是为和：了])(?P<bare>(?:总额)?(?:约|达|超)?[0-9.]+[余多]?[万亿]+元的))"
# The name runs on to the next item, the end of the list or the clause.
_PRICED = DEALS.compile(
    rf"(?:(?:与|和|同)(?P<with>[^，。；、：]{{3,30}}?)(?:正式|成功)?(?:签订|签署|签下|签约|签定|达成)了?)?"
    rf"(?:{_SUM}|{_BARE_SUM})(?P<title>[^，。；、：]{{3,60}}?)"
    rf"(?=[、，。；]|等|[0-9一二两三四五六七八九十]+个[^，。；、]{{0,4}}项目|以及|[和与及]{_SUM}|[和与及][^，。；、：]{{3,30}}?签[订署下约定]了?{_SUM}|$)"
)
# Such words as tell of no works by themselves.
_STAGES = {"开复工": "building", "引进": "landed", "在谈": "negotiating"}
# 等12个重点项目, of which the verb tells
_ALL = (
    r"(?:等?(?:[0-9]+|[一二两三四五六七八九十]+)?[余多]?[个批项]?(?:重点|重大|优质|产业|工业|招商|省级?|市级?)*(?:项目|工程)?)"
    r"(?:现?均|现?都|全部|同时|现场|集中|相继|先后|陆续|一同|一起|同日|也|已经?|正式|分别|当年|将|拟|计划|即将|成功|顺利|正在?|实现|于|在|[今昨当][天日]|[今去]年|和|日前|近日|[0-9]+[年月日])*"
)
# 甲项目、乙项目分别与丙县、丁县签约
_EACH_WITH = re.compile("(?:等[^，。；]{0,8}?)?分别[与和同跟]")
_PAPERS = DEALS.compile(
    r"(?P<verb>签[署订]|签下)了?(?P<list>[^，。；]{6,200}?)(?P<count>[2-9两三四五六七八九])[个项份][^，。；、]{0,8}?"
    r"(?:项目|工程)?(?:投资|合作|框架|建设|开发)*(?:协议|合同)"
)
_MIN_NAME_CHARS, _MIN_TITLE_CHARS, _LOOK_BACK_CHARS = 3, 4, 60


class PricedKernels(KernelReader):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        stages = readers.stages
        told = [*stages.words("signed", "landed", "building", "operating", "negotiating"), *_STAGES]
        self._verb = re.compile(f"(?P<verb>{any_of(told)})")
        self._of_all = re.compile(f"{_ALL}(?:{any_of(told)}[、和]当年)?(?P<verb>{any_of(told)})")

    def listed(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Each of the works of a list with its sum, or of the firm with which somebody signs for it."""
        text = context.text
        items = [
            m
            for m in _PRICED.finditer(text, start, end)
            if not m["bare"] or self._names.nouns.work_end.search(m["title"])
        ]
        if not items or (len(items) < 2 and not items[0]["with"]):
            return self.papers(context, start, end)
        if _EACH_WITH.match(text, items[-1].end("title"), end) or _EACH_WITH.search(
            text, *items[-1].span("title")
        ):
            return []
        stage, cue = self._stage(context, items, start, end)
        lands = cue is not None and self._stages.of_word(text[slice(*cue)]) == "landed"
        hosts = self._works_sides.zone(context, cue[1], end) if cue and lands else []
        if stage == "unknown":
            return []
        found = []
        for item in items:
            title, parties = self._named(context, item)
            if title[1] - title[0] < _MIN_TITLE_CHARS or self._names.nouns.is_generic(text[slice(*title)]):
                continue
            before = context.mentions_in(
                max(start, item.start() - _LOOK_BACK_CHARS), item.start(), "organization"
            )
            if not parties and before and before[-1].end == item.start():
                parties = [Party.of(before[-1], "investor")]
            found.append(
                Candidate(
                    parties[0].start if parties and parties[0].end == item.start() else item.start(),
                    title[1],
                    cue or (title[1] - 1, title[1]),
                    stage=self._of_paper(text, item) if item["with"] else stage,
                    hint="project",
                    title=title,
                    parties=[*parties, *hosts],
                    rule="priced",
                    confidence=0.8,
                    is_each=len(items) > 1,
                )
            )
        if items[0]["with"]:
            self._add_host(context, start, items[0].start(), found)
        return found

    @staticmethod
    def apart(
        context: ArticleContext, priced: Sequence[Candidate], others: Sequence[Candidate]
    ) -> list[Candidate]:
        """What other rules read outside of the list; who signed for all of them signed for each."""
        span, cue = (priced[0].start, priced[-1].end), priced[0].cue
        kept = []
        for other in others:
            if other.start < span[1] and span[0] < other.end:
                continue
            if other.cue[0] < cue[1] and cue[0] < other.cue[1]:
                sides = [
                    replace(p, role="host" if SideReader.is_public(context, p) else "investor")
                    for p in other.parties
                    if p.mention
                ]
                for candidate in priced:
                    candidate.parties = candidate.parties or list(sides)
                continue
            kept.append(other)
        return kept

    def papers(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """甲与乙签署A、B、C三个项目投资协议: one for each of the works that a paper of several counts."""
        text = context.text
        found = _PAPERS.search(text, start, end)
        number = parse_number(found["count"]) if found else None
        items = list(pieces(context, *found.span("list"))) if found else []
        if found is None or number is None or len(items) != number.value:
            return []
        if not all(self._names.nouns.work_end.search(text, *piece) for piece in items):
            return []
        left = clause_start(context, start, found.start())
        sides = [
            replace(p, role="host" if SideReader.is_public(context, p) else "investor")
            for p in self._parties.coordination(context, left, found.start())
        ]
        return [
            Candidate(
                begin,
                stop,
                found.span("verb"),
                stage="signed",
                hint="project",
                title=(begin, stop),
                parties=list(sides),
                rule="priced",
                confidence=0.8,
                is_each=True,
            )
            for begin, stop in items
        ]

    def _stage(
        self, context: ArticleContext, items: Sequence[re.Match[str]], start: int, end: int
    ) -> tuple[str, tuple[int, int] | None]:
        """How far all of them are, and the word that says it: behind the list, else in front of it."""
        text, last = context.text, items[-1]
        verbs = list(self._verb.finditer(text, last.start("title"), last.end()))
        behind = verbs[-1] if verbs else self._of_all.match(text, last.end(), end)
        if behind:
            left = clause_start(context, last.end("title"), behind.start("verb"))
            return self._read(context, behind, left), behind.span("verb")
        if items[0]["with"]:
            return "signed", None
        left = max(start, items[0].start() - _LOOK_BACK_CHARS)
        ahead = last_match(self._verb, text, left, items[0].start())
        if ahead:
            return self._read(context, ahead, clause_start(context, left, ahead.start())), ahead.span("verb")
        if is_at_signing(context, start, end):
            return "signed", None
        return stage_of_all(context, start, end), None

    @staticmethod
    def _of_paper(text: str, item: re.Match[str]) -> str:
        """与甲签订A项目合作协议，与乙签订B项目意向协议: each is as far as its own paper."""
        end = clause_end(text, item.end("title"), len(text))
        return "negotiating" if "意向" in text[item.start("title") : end] else "signed"

    def _read(self, context: ArticleContext, verb: re.Match[str], left: int) -> str:
        base = _STAGES.get(verb["verb"]) or self._stages.of_word(verb["verb"])
        before = context.without_names(left, verb.start("verb"))
        return self._stages.read(base, before, context.text[verb.end() : verb.end() + 12])

    def _named(self, context: ArticleContext, item: re.Match[str]) -> tuple[tuple[int, int], list[Party]]:
        """The name of one of them, and whose it is."""
        text, (begin, stop) = context.text, item.span("title")
        verb = self._verb.search(text, begin + _MIN_TITLE_CHARS, stop)
        heads = list(self._names.nouns.work.finditer(text, begin, verb.start() if verb else stop))
        if verb and heads:
            stop = heads[-1].end()
        title, sides = self._owners(context, begin, stop)
        if item["with"]:
            return title, self._parties.coordination(context, *item.span("with"), "investor")
        return title, sides

    def _owners(self, context: ArticleContext, begin: int, stop: int) -> tuple[tuple[int, int], list[Party]]:
        firms = context.mentions_in(begin, stop, "organization")
        firm = next((m for m in firms if m.start == begin and self._topic.is_firm(m)), None)
        if firm and stop - firm.end >= _MIN_NAME_CHARS and context.text[firm.end] not in "及和与、":
            return (firm.end + (context.text[firm.end] == "的"), stop), [Party.of(firm, "investor")]
        return self._names.own(context.text, (begin, stop)), []

    def _add_host(self, context: ArticleContext, start: int, stop: int, found: list[Candidate]) -> None:
        """某县在会上与甲公司签订…: whose guests the firms are."""
        left = clause_start(context, start, stop)
        hosts = context.mentions_in(left, stop, "place", "organization")
        for candidate in found if hosts else []:
            candidate.parties = [Party.of(hosts[0], "host"), *candidate.parties]
