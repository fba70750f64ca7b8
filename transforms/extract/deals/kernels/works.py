"""Works by their kernel: a noun of works or a word of the deed, and who stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.about import INVEST_BY, AboutRules
from transforms.extract.deals.clauses import clause_end, clause_start
from transforms.extract.deals.founded import FoundingRules
from transforms.extract.deals.kernels.names import Told, WorkNames, direct, has_own
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.progress import FIRST_OUT, PROGRESS, guarded
from transforms.extract.deals.scene import is_at_signing
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.works import PART
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of, patterns_of

_INVESTS = DEALS.compile(
    r"(?:投资|投入|投下|投了|投(?=[0-9])|再投|斥资|出资|追加|花了?|砸下?|掏|拿出|筹资)[^，。；]{0,12}?元?[^，。；]{0,10}?[，,]?[^，。；]{0,6}?"
    r"(?P<verb>建|盖|上(?=[了马一两三四0-9])|新增|改造|扩|添|新上|增|办|购置|安装|兴建|升级|打造)(?:设|成|起|了|建)*"
)
# What is not told with 由: 施工方为甲公司, 甲公司承建
_BUILT = DEALS.compile(
    r"(?:(?:施工|承建|总包|建设|投资|项目|运营)(?:方|单位)|业主|项目公司|开发商)(?:是|为|的)?(?P<who>[^，。；]{3,30})"
    r"|(?=[^，。；]{3,40}承)(?P<bare>[^，。；]{3,30}?)(?:负责)?(?:总?承建|总承包)"
)
_COUNTED = re.compile(r"校?[0-9一二三四五六七八九十百]+[余多]?[个家项条座]")
# 一批某工程, 125个某项目
_MANY = re.compile(
    r"(?:此外|目前|同时)?[，,]?(?:一批|一大批|多个|众多|各类|[0-9一二三四五六七八九十百千]+[余多]?[个项])"
)
# 建设2个某泊位: what works consist of
_SEVERAL = re.compile("(?:[2-9]|[0-9]{2,}|[两二三四五六七八九十])[个座条家处]$")
# 全区重点项目完成投资9亿元
_SUM = re.compile(r"完成[^，。；]{0,8}(?:投资|产值)")
_MEETING = re.compile(r"会|(?:推进会|现场会|对接会|签约|活动|观摩|集中)")
_OBJECT = re.compile(
    r"(?:建成|建起|盖起|建了|盖好|建好|开建|动工兴建|动工建设|开工建设)(?:起来)?了?(?=[^，。；]{3,40})"
)
# Of works that nobody is said to own the name must be their own.
_DISTINCT = re.compile(r"[“\"A-Z0-9]|[一二三四五六]期")
_TALKED = ("洽谈", "磋商", "商谈", "谈判")
_PHASE = re.compile("第?[二三四五六]期(?:项目|工程)?")
_SIGNS = re.compile(r"签约|签订|签署|签下|签了|协议|合同")
_DENIED = re.compile(r"(?:未|没有?|不会?|否认)[^，。；未没不]{0,3}$")
_MIN_OWN_CHARS, _MAX_BEFORE_END, _MAX_WORKS = 3, 2, 6
_MEASURES = frozenset({"money", "area", "length", "power", "mass", "volume"})
_WORKED = frozenset({"building", "operating", "ended"})
_AIMS = re.compile("力争|争取|目标是?|到20[0-9]{2}年")
# 计划明年3月动工，2030年竣工
_AHEAD = re.compile("(?:计划|预计|拟|将于|力争|争取|有望)[^，。；]{0,16}[，,]$")
_THEN = re.compile(r"[\s\u3000]*(?:于|到|至)?(?:明年|后年|次年|同年|20[0-9]{2}年|年底|年内|下半年)")
_DONE = re.compile("已|现|正|目前|日前|近日|[昨今][天日年]|[0-9]月|完成")


class WorksKernels:
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(
        self,
        lookups: Mapping[str, Any],
        parties: PartyReader,
        stages: StageReader,
        founding: FoundingRules,
        about: AboutRules,
        names: WorkNames,
    ) -> None:
        words = lookups["deal_types"]
        self._topic, self._words, self._names = parties.topic, patterns_of(words["kernels"]), names
        self._stages, self._parties, self._founding, self._about = stages, parties, founding, about
        # What waits or is talked about is told of works only where it stands beside them.
        self._beside = frozenset([*stages.words("proposed"), *words["kernels"]["at_desk"], *_TALKED])
        self._ends = frozenset(stages.words("ended"))
        self._progress = dict.fromkeys(words["kernels"]["at_work"], "building")
        self._progress.update(dict.fromkeys(_TALKED, "negotiating"))
        self._progress.update(dict.fromkeys(words["kernels"]["at_desk"], "proposed"))
        self._progress.update(dict.fromkeys(words["kernels"]["at_use"], "operating"))
        told = [*stages.words("proposed", "landed", "building", "operating", "ended"), *self._progress]
        of_works = [w for w in told if w not in lookups["stages"]["not_of_works"]]
        self._works = re.compile(
            guarded(
                f"(?<![的从])(?P<verb>(?P<progress>{PROGRESS})|(?P<first>{FIRST_OUT})|{any_of(of_works)})"
                "(?!仪式|活动|大会|(?<!解除)(?<!终止)(?:合同|协议)|[前率后]|[^，。；]{0,8}?(?:以来|时间)|[以之][前后])",
                of_works,
                "从首第",
            )
        )

    def built(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Works with a name or an owner, a word of how far they are, and an amount or a builder."""
        first = self._first(context, start, end)
        return [first, *self.further(context, first.end, end)] if first else []

    def further(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Works behind others of an item, each with a name of its own right in front of the word."""
        found: list[Candidate] = []
        while len(found) < _MAX_WORKS:
            following = self._first(context, found[-1].end if found else start, end, is_beside=True)
            if following is None or PART.fullmatch(context.text, *(following.title or (0, 0))):
                break
            found.append(following)
        return found

    def _first(
        self, context: ArticleContext, start: int, end: int, *, is_beside: bool = False
    ) -> Candidate | None:
        text = context.text
        cues = [
            m
            for m in self._works.finditer(text, start, end)
            if not context.is_inside(m.start())
            # 并未终止 tells nothing.
            and not (m["verb"] in self._ends and _DENIED.search(text, start, m.start()))
        ]
        invests = _INVESTS.search(text, start, end)
        hands = self._hands(context, start, end)
        builders = [p for p in hands if p.role == "contractor"]
        if not cues and not invests and not builders:
            return None
        heads = self._heads(context, invests.end() if invests and not cues else start, end, cues)
        told = [(c.span("verb"), self._how_far(context, start, c)) for c in cues] if heads else []
        told = [t for t in told if text[slice(*t[0])] not in self._beside or direct(context, heads, t)]
        if not heads or not (told or invests or builders):
            return None
        pairs = [pair for t in told if (pair := direct(context, heads, t))]
        beside = next(
            (p for p in pairs if self._names.is_name(context, self._names.named(context, start, p[0])[0])),
            None,
        )
        done = [t for t in told if t[1] != "proposed"]
        if beside:
            ahead, first = beside
            # 规划投资8亿元的某厂投产: words of the name make no plan.
            verb = next(c for c in cues if c.span("verb") == first[0])
            first = first[0], self._how_far(context, ahead[-1].end(), verb)
            later = [t for t in done if t[0] > first[0] and t[1] in _WORKED]
            cue, stage = later[-1] if later and not has_own(heads, first, later[-1]) else first
        else:
            cue, stage = self._latest(context, start, end, told, heads, invests)
            stop = clause_end(text, invests.end(), end) if invests else start
            ahead = [h for h in heads if invests and invests.end() <= h.start() < stop]
            ahead = ahead or [h for h in heads if h.end() <= cue[0]] or heads
        is_due = False
        if stage == "proposed" and text[slice(*cue)] not in self._beside:
            # 签约，投资7亿元建设某基地，预计明年投产; 由某公司承建，预计明年建成
            is_due = self._is_due(context, start, end, told)
            is_on = is_due or builders
            stage = "signed" if _SIGNS.search(text, start, cue[0]) else "building" if is_on else stage
        if done and (puts_up := _OBJECT.match(text, cue[0], end)):
            stop = clause_end(text, puts_up.end(), end)
            ahead = [h for h in heads if puts_up.end() <= h.start() < stop][-1:] or ahead
        title, sides = self._names.named(context, start, ahead)
        left = clause_start(context, start, ahead[0].start())
        if _COUNTED.match(text, title[1]) or _MEETING.match(text, title[1]) or _MANY.match(text, left):
            return None
        is_named = self._names.is_name(context, title) or bool(sides and _PHASE.fullmatch(text, *title))
        is_named = is_named and not _SEVERAL.search(text, left, title[0])
        owners = [p for p in hands if p.role != "contractor"]
        parties = [*sides, *(p for p in owners if all(p.mention != q.mention for q in sides))]
        if not parties:
            is_of_topic = not is_named or self._words["of_firm"].search(text, start, end)
            firm = self._firm(context, start, title[0], is_of_topic=bool(is_of_topic))
            parties = [Party.of(firm, "investor" if invests else "owner")] if firm else []
        if is_beside and not (beside and is_named):
            return None
        is_wish = self._is_wish(text[left : title[0]], text[slice(*title)])
        if is_wish and is_due:
            return None
        is_own = bool(beside and is_named) and not is_wish and _is_own(context, title, ahead[-1])
        amounts = [q for q in context.quantities_in(start, end) if q.values.get("dimension") in _MEASURES]
        if not (is_named or sides or hands) and _SUM.match(text, *cue):
            return None
        is_told = builders or owners or amounts or is_own or (sides and is_named)
        is_paid = any(q.values.get("dimension") == "money" for q in amounts)
        if not is_told or not (is_named or parties) or not (parties or builders or is_own or is_paid):
            return None
        return Candidate(
            start=left,
            end=max(cue[1], title[1]),
            cue=cue,
            base=stage,
            stage=stage,
            left=left,
            rule="kernel",
            hint="project",
            title=title if is_named else None,
            parties=[*parties, *builders],
            confidence=0.6,
            expected_only=is_due,
        )

    def _is_due(self, context: ArticleContext, start: int, end: int, told: list[Told]) -> bool:
        """Whether all that is told is by when works shall be done, which are under way then."""
        words = {context.text[slice(*span)] for span, stage in told if stage == "proposed"}
        return bool(words) and self._stages.is_due(words, context.text[start:end])

    def _hands(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """The bodies that an item says to pay for, build or run works."""
        hands = [
            p
            for by in INVEST_BY.finditer(context.text, start, end)
            for p in self._about.builders(context, by)
        ]
        if not hands and (built := _BUILT.search(context.text, start, end)):
            role = "contractor" if self._words["contracts"].search(built[0]) else "investor"
            span = built.span(built.lastgroup or 0)
            hands = self._parties.coordination(context, *span, role, is_anchored=False)
        return [p for p in hands if p.mention and p.mention.entity_type == "organization"]

    def _heads(
        self, context: ArticleContext, start: int, end: int, cues: list[re.Match[str]]
    ) -> list[re.Match[str]]:
        """The nouns of works of an item that are no part of a name or of a word that tells of them."""
        return [
            h
            for h in self._names.nouns.work.finditer(context.text, start, end)
            if not context.is_inside(h.end())
            and not self._names.is_body(context, h)
            and h[0] != "产业链"
            and not any(c.start("verb") < h.end() and h.start() < c.end("verb") for c in cues)
        ]

    def _latest(
        self,
        context: ArticleContext,
        start: int,
        end: int,
        told: list[Told],
        heads: list[re.Match[str]],
        invests: re.Match[str] | None,
    ) -> Told:
        """What an item tells last: 去年动工，主体已封顶，预计9月投产 says 封顶, not what is expected."""
        done = [t for t in told if t[1] != "proposed"]
        if told:
            return done[-1] if done else told[-1]
        spoken = invests.span("verb") if invests else (heads[0].end() - 1, heads[0].end())
        if _SIGNS.search(context.text, start, spoken[0]) or is_at_signing(context, start, end):
            return spoken, "negotiating" if self._words["talks"].search(
                context.text, start, end
            ) else "signed"
        ahead = context.without_names(clause_start(context, start, spoken[0]), spoken[0])
        return spoken, self._stages.read("building", ahead, "")

    def _firm(self, context: ArticleContext, start: int, stop: int, *, is_of_topic: bool) -> Mention | None:
        """The firm that acts in front of the name of works, else the one that the text is about."""
        subject = [m for m in context.mentions_in(start, stop, "organization") if self._topic.is_firm(m)]
        return subject[0] if subject else self._topic.firm(context, start) if is_of_topic else None

    def _is_wish(self, before: str, words: str) -> bool:
        """Whether somebody wishes for works (推动某项目), or goes to see them."""
        is_pushed = self._founding.is_pushing(before) and not before.startswith("位于")
        return is_pushed or self._founding.is_pushing(words)

    def _how_far(self, context: ArticleContext, start: int, verb: re.Match[str]) -> str:
        left = clause_start(context, start, verb.start())
        clause = context.text[left : verb.start()]
        # 力争到2025年产值翻番，建成某基地: the aim holds for both.
        is_aimed = _AIMS.search(context.text, start, left) is not None and _DONE.search(clause) is None
        is_aimed = is_aimed or bool(_THEN.match(clause) and _AHEAD.search(context.text, start, left))
        if is_aimed or context.is_ahead(left, verb.start()):
            return "proposed"
        word = verb["verb"]
        if word in self._ends and not self._stages.is_planned(clause[-_MAX_BEFORE_END:]):
            # 原定落户某区的某项目终止
            return "ended"
        return self._stages.read(
            "building"
            if verb["progress"]
            else "operating"
            if verb["first"]
            else self._progress.get(word) or self._stages.of_word(word),
            context.without_names(left, verb.start()),
            context.text[verb.end() : verb.end() + 12],
        )


def _is_own(context: ArticleContext, title: tuple[int, int], noun: re.Match[str]) -> bool:
    """Whether a name is that of one thing."""
    return bool(
        context.mentions_in(*title, "place", "organization")
        or _DISTINCT.search(context.text, *title)
        or title[1] - title[0] - len(noun[0]) >= _MIN_OWN_CHARS
    )
