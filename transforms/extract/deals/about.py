"""What a text goes on to say of a project: who invests, who runs the works, where it lands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import MAX_CUES, clause_end, clause_start, unfilled
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.progress import PROGRESS, guarded
from transforms.extract.deals.sides import SideReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 该项目, 工程施工, 一期: the subject of a sentence about what was told.
THIS = re.compile(
    r"(?:该|此|这一|这个)?(?:(?:项目|工程)(?:施工|勘察设计|设计|总承包|建设)?|基地|产业园|电站|园区|院区|校区|中心|工厂|生产线"
    r"|实验室|研究院|平台|学院|厂区|第?[一二三四五六首]期(?:项目|工程)?)"
    r"|[该此这][座条个家处]?\w{0,6}(?:港|园|厂|仓|线|桥|站|库|楼|馆|场|院|中心|基地|房)|新(?:厂区?|工厂|园区|基地|校区|院区|大楼)"
)
_MIN_NOUN_CHARS = 3
_POINTS = re.compile(r"[该此这][一座条个家处]?")
# 去年12月开工, 目前1号厂房已封顶: a clause that goes on about the works before it.
_STILL = re.compile(
    r"[ 　]*(?:目前|现在?|如今|眼下|截至目前|据悉|据了解|其中|那里|那儿|这里)?[，,]?"
    r"(?:(?:该|此|这一|这个)?(?:项目|工程|基地|产业园|电站|园区|中心|工厂|生产线|厂区|牧场|管线|大桥|全线"
    r"|(?:[一二三四五六首]期)?(?:主?厂房|车间|主楼))"
    r"|[该此这][座条个家处]?\w{0,6}(?:港|园|厂|仓|线|桥|站|库|楼|馆|场|院|房)"
    r"|[0-9、一二三四五六七八九十两]+(?:号|栋|座|幢|个)[^，。；]{0,8}?(?:厂房|楼|泊位|炉|机组|车间|牛舍|标段)?)?"
)
_THIS_BY = re.compile(rf"(?:{THIS.pattern})由")
_FIRM_NAME = r"(?!有限|集团|公司|控股|股份|投资|银行|管理|基金|工程|总公司|开发|区|发展)"
_CONSORTIUM = r"(?:共同|联合)?(?:组成|组建)的?(?:投标)?联合体"
INVEST_BY = DEALS.compile(
    rf"由(?P<who>[^，。；]{{2,80}}?)(?:{_CONSORTIUM})?(?:全资|独资|共同|联合|合资|出资|负责|牵头)*"
    rf"(?P<verb>投资建设|投资兴建|投资|承建|承担|施工|总承包|建设|运营|开发|打造|共建|合建|合办|联办|引进){_FIRM_NAME}"
)
_AT = frozenset("于在到")
_TOGETHER = frozenset({"共建", "合建", "合办", "联办"})
_CONTRACTS = frozenset({"承建", "承担", "施工", "总承包"})

# 业主为甲公司, 施工单位乙公司
_RUNS = re.compile(
    r"(?:^|(?<=[，。；：、\n]))(?:项目|工程|其)?(?P<as>(?:建设|施工|承建|总包|总承包|设计|投资|代建|产权|运营|业主)(?:单位|方|商|主体|企业)|业主)"
    r"(?:分别)?[为是系：:]?"
)
_RUN_WORD = DEALS.compile(r"[设工建包计资营]单位|业主|[资工建设][方商]|承担|负责")
# 某公司承担运营
_CARRIES = re.compile(r"(?:负责|承担)(?P<as>运营|运行|施工|建设|设计|监理|投资)(?=[，。；]|$|和|及)")
_RUN_ROLES = (
    *((word, "contractor") for word in ("施工", "承建", "总包", "承包", "设计")),
    ("投资", "investor"),
    ("运", "operator"),
)


class AboutRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages
        undone = lookups["stages"]["undone"]
        vague = any_of(lookups["stages"]["not_of_works"])
        verbs = stages.words("building", "operating")
        self._works = re.compile(
            guarded(
                f"(?P<verb>(?>(?P<progress>{PROGRESS})|(?!{vague})(?:{any_of(verbs)})|{any_of(undone)}))"
                r"(?!前|后|以来|仪式|活动|时间|率|的)",
                [*verbs, *undone],
            )
        )
        self._zone = re.compile(
            rf"(?:于|在|到)?(?P<where>\w{{1,20}}?(?:{any_of(lookups['deal_types']['zones'])}))(?!\w)"
        )
        self._in_zone = re.compile(
            rf"(?:在|于|到|赴|来)(?P<where>\w{{1,20}}?(?:{any_of(lookups['deal_types']['zones'])}))(?=投资|建设|新建|兴建|设立|打造|实施|布局|总投资|[0-9]|[，,])"
        )
        self._lands = re.compile(
            rf"(?:于|在)?[\d年月日去今前]*(?P<verb>{any_of(lookups['deal_types']['lands'])})(?:于|在|到)?(?={self._zone.pattern})"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) that add to the project told before."""
        text = context.text
        yield from self._runs(context, start, end)
        opened = THIS.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()), end)
        yield from self._how_far(context, start, end)
        if not opened and not ("由" in text[start:end] and _THIS_BY.search(text, start, end)):
            return
        for by in islice(INVEST_BY.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, by.start())
            subject = text[left : by.start()].strip()
            if not (THIS.fullmatch(subject) or (not subject and opened)):
                continue
            builders = self.builders(context, by)
            if builders:
                told = self._about(
                    start, opened.end() if opened else by.start(), by.end(), by.end("who"), builders
                )
                points = _POINTS.match(text, left, by.start())
                if points and by.start() - points.end() >= _MIN_NOUN_CHARS:
                    # 这座冷链港由某公司投资: what the article has named elsewhere in full.
                    told.title = (points.end(), by.start())
                yield told
        if opened:
            lands = self._lands.match(text, opened.end(), end)
            host = self.zone(context, lands.end(), end) if lands else []
            if lands and host:
                yield self._about(start, opened.end(), host[0].end, lands.start("verb"), host)

    def _runs(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """某楼封顶，建设单位为甲公司; 甲公司承担运营: who has to do with the works told before."""
        if not _RUN_WORD.search(context.text, start, end):
            return
        for carries in islice(_CARRIES.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, carries.start())
            parties = self._parties.coordination(context, left, carries.start(), is_anchored=False)
            firms = [p for p in parties if p.mention and p.mention.entity_type == "organization"]
            if firms and firms[0].start == left and firms[-1].end == carries.start():
                role = next((role for words, role in _RUN_ROLES if words in carries["as"]), "owner")
                named = [replace(p, role=role) for p in firms]
                yield self._about(left, left, carries.end(), carries.start(), named, "runs")
        for run in islice(_RUNS.finditer(context.text, start, end), MAX_CUES):
            parties = self._parties.coordination(
                context, run.end(), clause_end(context.text, run.end(), end), "owner", is_anchored=False
            )
            firms = [p for p in parties if p.mention and p.mention.entity_type == "organization"]
            if not firms or firms[0].start != run.end():
                continue
            role = next((role for words, role in _RUN_ROLES if words in run["as"]), "owner")
            yield self._about(
                run.start("as"),
                run.end(),
                firms[-1].end,
                run.end(),
                [replace(p, role=role) for p in firms],
                "runs",
            )

    def _how_far(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """该项目去年12月开工，目前主体已封顶: how far the works told before are."""
        text = context.text
        for verb in islice(self._works.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, verb.start())
            subject = _STILL.match(text, left, verb.start() + 1)
            if context.is_ahead(left, verb.start()):
                continue
            if subject is None or unfilled(
                context, min(subject.end(), verb.start()), verb.start(), slack=False
            ):
                continue
            base = "building" if verb["progress"] else self._stages.of_word(verb["verb"])
            stage = self._stages.read(base, text[left : verb.start()], text[verb.end() : verb.end() + 12])
            yield Candidate(
                start=left,
                end=verb.end(),
                cue=verb.span("verb"),
                base=base,
                stage=stage,
                left=left,
                rule="how_far",
                about_last=True,
                confidence=0.5,
                hint="project",
            )

    def builders(self, context: ArticleContext, by: re.Match[str]) -> list[Party]:
        """The bodies of 由甲与乙投资建设, or 由甲承建."""
        role = (
            "contractor" if by["verb"] in _CONTRACTS else "partner" if by["verb"] in _TOGETHER else "investor"
        )
        found = self._parties.coordination(context, by.start("who"), by.end("who"), role)
        is_public = role == "investor" and "投资" not in by["verb"]
        return [
            replace(p, role="owner") if is_public and SideReader.is_public(context, p) else p for p in found
        ]

    def zone(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """落户县工业园区: the zone behind the verb takes the project in."""
        found = self._zone.match(context.text, start, end)
        if found is None:
            begin = start + (context.text[start : start + 1] in _AT)
            places = [m for m in context.mentions_in(begin, end, "place", "organization") if m.start == begin]
            return [Party.of(m, "host") for m in places[:1]]
        begin, stop = found.span("where")
        names = context.mentions_in(begin, stop, "organization", "place")
        named = names[-1] if names and (names[-1].start, names[-1].end) == (begin, stop) else None
        return [Party(begin, stop, named, "host")]

    def host_in(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """拟在某高新区投资建设: the zone is host, as it is where 落户 stands in front of it."""
        for found in self._in_zone.finditer(context.text, start, end):
            names = context.mentions_in(found.start("where"), found.end("where"), "organization", "place")
            if names and names[-1].end == found.end("where"):
                return [Party.of(names[-1], "host")]
        return []

    @staticmethod
    def _about(
        start: int, left: int, end: int, cue: int, parties: list[Party], rule: str = "invested_by"
    ) -> Candidate:
        return Candidate(
            start=start,
            end=end,
            cue=(cue, end),
            base="unknown",
            stage="unknown",
            left=left,
            rule=rule,
            parties=parties,
            about_last=True,
            confidence=0.85,
            hint="project",
        )
