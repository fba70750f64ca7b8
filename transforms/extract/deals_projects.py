"""Deals that are things being built or founded: projects, laboratories, centres, joint ventures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_about import INVEST_BY, THIS, AboutRules
from transforms.extract.deals_clauses import MAX_CUES, clause_start, skip_article
from transforms.extract.deals_founded import FoundingRules, unfilled
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.patterns import any_of

_BUILD = re.compile(r"建设|新建|兴建|打造|建立|投建|扩建|用于")
# 通车里程, 投产后: the word tells of something else.
_NO_DEED = re.compile(r"前|后|以来|期|典礼上|率|的(?!是)|里程|总里程|[0-9.]+[万亿]?多?公里|超[0-9]|突破")
# 原定今年开工的某项目已取消: the old plan is not the title.
_PLANNED = re.compile(
    r"(?:(?:原定|原计划|原拟|此前)[^，。；]{0,20}?|位于[^，。；的]{2,20}"
    r"|(?:去年|同年|前年|当年|年初|[0-9]{2,4}年)?(?:[0-9]{1,2}月)?(?:签约|签订|签下|引进|落户))的"
)
# 某项目在某产业园开工: the second noun is where.
_LOCATED = re.compile(r"(?:在|于)[^，。；]{2,24}$")
# What a clause may say before its verb that tells of the noun before its comma.
_GOES_ON = re.compile(r"(?:因|由于)[^，。；]{2,20}?(?:已|而)|(?:现|目前|日前)?(?:已|将|正)")
# 一期 of a project told before, with what is said of it.
_PHASE_OF = re.compile(
    r"(?:^|[，。；,;（(\n]|其中)(?:项目)?(?P<title>(?:第?[一二三四五六]|首)期)(?:项目|工程)?"
    r"(?=已|于|计划|预计|将|拟|总?投资|规划|建设|占地|正|年产|达产|建成|投产|竣工|开工|主要|由|争取|力争|何时|[0-9])"
)
# A phase without works of its own yet.
_EARLY = re.compile(r"论证|谋划|前期工作|规划中|可行性研究|环评|筹备")
_SHARE_DONE = re.compile(
    r"(?:现?已|目前)?(?:累计)?(?P<verb>完成)(?:总工程量|工程量|总量|投资|总投资|形象进度)?(?:的)?(?:约|逾|超)?[0-9.]+[%％]"
)
_AND_SO_ON = re.compile(r"等[^，。；、等]{0,10}(?:项目|工程)$")
_AND_SO_ON_MARK = re.compile(r"、|等")
_PHASE = re.compile(r"^(?:其中[，,]?)?(?:[一二三四五六]期|首期|第[一二三四五六]期|二期)")
# 某地某某纺纱项目一期: what was taken for a body is the name of the work.
_NAMES_WORK = re.compile(r"(?:项目|工程)第?[一二三四五六]期")
# A firm that was not recognised still owns the project that its name opens.
_FIRM = re.compile(r"[\w()（）]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司)")


class ProjectRules:
    """Compiled once from `lookups["deal_types"]` and `lookups["stages"]`."""

    def __init__(
        self,
        lookups: Mapping[str, Any],
        parties: PartyReader,
        stages: StageReader,
        founding: FoundingRules,
        about: AboutRules,
    ) -> None:
        words = lookups["deal_types"]
        self._parties, self._stages, self._founding, self._about = parties, stages, founding, about
        self._lands = frozenset(words["lands"])
        stage_verbs = stages.verbs("landed", "building", "operating")
        heads = any_of(words["projects"])
        self._head = re.compile(
            f"(?:{heads})(?:[（(][^（）()]{{1,12}}[)）])?(?:[一二三四五六]期)?(?:[A-Z0-9一二三四五六七八九十]+号机组)?"
            "|(?<=[\\w”])(?:[一二三四五六]期)(?:项目|工程)?"
        )
        self._stage_verb = re.compile(
            f"(?P<verb>{stage_verbs}|签约|揭牌|揭幕|取消|搁置|停建|叫停|流产|终止|暂缓|推迟|延期|流标|废标|搁浅)(?P<rest>仪式|活动)?"
        )
        # 投资20亿元，在某地建设某项目: one comma may stand behind the money.
        self._invest = re.compile(
            "(?P<verb>投资建设|投资兴建|投资新建|投资|斥资|出资|投入|兴建|投建|新建)"
            "(?P<object>(?:[^，。；：]{0,14}元[，,](?:将|拟|用于)?(?:在[^，。；：]{2,20}?)?(?:投资)?(?=建设|新建|兴建|打造|扩建))?"
            f"[^，。；：]{{0,60}}?(?:{heads}))(?![\\w])"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._projects(context, start, end)
        yield from self._invested(context, start, end)
        yield from self._phases(context, start, end)

    def _listed_works(self, text: str, title: tuple[int, int]) -> list[tuple[int, int]]:
        """甲电站、乙水库等重大项目: each work with a name of its own, else the title as it is."""
        if "、" not in text[slice(*title)] or not _AND_SO_ON.search(text[slice(*title)]):
            return [title]
        parts, position = [], title[0]
        for mark in _AND_SO_ON_MARK.finditer(text, *title):
            head = last_match(self._head, text, position, mark.start())
            if head is not None and head.end() == mark.start() and mark.start() - position >= 5:
                parts.append((position, mark.start()))
            position = mark.end()
        return parts

    def _head_before(self, text: str, left: int, end: int) -> re.Match[str] | None:
        """The noun that a verb tells of: of 某项目在某产业园 the first, the other one says where."""
        heads = list(self._head.finditer(text, left, end))
        for first, second in pairwise(heads):
            if second is heads[-1] and _LOCATED.match(text, first.end(), second.start()):
                return first
        return heads[-1] if heads else None

    def _phases(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """其中一期投资30亿元，计划2027年3月建成投产: a phase of the project told before it."""
        text = context.text
        # An item begins behind its semicolon, which is what a phase stands behind.
        phases = list(islice(_PHASE_OF.finditer(text, max(0, start - 1), end), MAX_CUES))
        for phase, following in zip(phases, [*phases[1:], None], strict=False):
            stop = following.start() if following else end
            title = phase.span("title")
            verbs = list(islice(self._stage_verb.finditer(text, phase.end(), stop), MAX_CUES))
            # 先行启动，…争取8月开工: of a phase that is under way the works tell how far.
            verb = next((v for v in verbs if v["verb"] != "启动"), next(iter(verbs), None))
            cue = verb.span("verb") if verb else title
            before = text[phase.end() : cue[0]]
            base = self._stages.of_word(verb["verb"]) if verb else "unknown"
            if not verb and _EARLY.search(text, phase.end(), stop):
                base = "proposed"
            stage = self._stages.read(base, before, text[cue[1] : cue[1] + 12])
            yield Candidate(
                start=title[0],
                end=max(phase.end(), cue[1]),
                cue=cue,
                base=base,
                stage=stage,
                left=phase.end(),
                rule="phase",
                title=title,
                confidence=0.78,
                hint="project",
                is_phase=True,
                expected_only=stage == "proposed" and self._stages.is_expected(before),
            )

    def _projects(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for verb in islice(self._stage_verb.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, verb.start())
            head = self._head_before(text, left, verb.start())
            if head is None and text[left - 1 : left] == "，" and left > start:
                # 甲与乙合作的某项目，因资金未到位已终止: the noun stands a comma earlier.
                earlier = clause_start(context, start, left - 1)
                head = last_match(self._head, text, earlier, left - 1)
                if head is None or head.end() != left - 1 or not _GOES_ON.match(text, left, verb.start()):
                    continue
                left = earlier
            if head is None or unfilled(context, head.end(), verb.start()):
                continue
            if _NO_DEED.match(text, verb.end()):
                continue
            title, parties = self._founding.attributes(context, left, head.end())
            is_founded = bool(parties)
            if not is_founded:
                title, parties = self._owner(context, left, head.end())
            planned = _PLANNED.match(text, title[0], title[1])
            title = (planned.end(), title[1]) if planned else title
            words = text[title[0] : title[1]]
            if context.mentions_in(title[0], title[1], "person"):
                continue
            told_from = planned.end() if planned else title[0] if parties and not is_founded else left
            pushed = self._founding.pushing.search(text, told_from, head.start())
            if self._founding.is_generic(words) or pushed or len(words) < 4:
                continue
            if not re.match(r"[\w“\"《]", words):
                continue
            host = [
                m
                for m in context.mentions_in(head.end(), verb.start())
                if m.entity_type in {"organization", "place"}
            ]
            parties += [Party(m.start, m.end, m, "host") for m in host if m.entity_type == "organization"][:1]
            parties += self._about.zone(context, verb.end(), end) if verb["verb"] in self._lands else []
            by = INVEST_BY.search(text, verb.end(), end)
            if by:
                parties += self._about.builders(context, by)
            between = text[head.end() : verb.start()]
            base = self._stages.of_word(verb["verb"])
            stage = self._stages.read(base, between, text[verb.end() : verb.end() + 12])
            expected = (
                base in {"operating", "building"}
                and stage == "proposed"
                and self._stages.is_expected(between)
            )
            whole = Candidate(
                start=left,
                end=verb.end(),
                cue=(verb.start("verb"), verb.end("verb")),
                base=base,
                stage=stage,
                left=head.end(),
                rule="project_stage",
                title=title,
                parties=parties,
                confidence=0.88 if parties else 0.8,
                hint="" if is_founded else "project",
                is_phase=bool(_PHASE.match(words)),
                expected_only=expected,
            )
            titles = self._listed_works(text, title)
            yield from (replace(whole, title=part, is_each=len(titles) > 1) for part in titles)
        for share in _SHARE_DONE.finditer(text, start, end):
            left = clause_start(context, start, share.start())
            head = self._head_before(text, left, share.start())
            if head is None or head.end() != share.start():
                continue
            title, parties = self._owner(context, left, head.end())
            if self._founding.is_generic(text[slice(*title)]) or title[1] - title[0] < 4:
                continue
            yield Candidate(
                start=left,
                end=share.end(),
                cue=share.span("verb"),
                base="building",
                stage="building",
                left=head.end(),
                rule="share_done",
                title=title,
                parties=parties,
                confidence=0.8,
                hint="project",
            )
        for by in INVEST_BY.finditer(text, start, end):
            left = clause_start(context, start, by.start())
            head = last_match(self._head, text, left, by.start())
            if head is None or head.end() != by.start():
                continue
            title, parties = self._owner(context, left, head.end())
            if THIS.fullmatch(text[left : head.end()].strip()):
                continue
            if self._founding.is_generic(text[title[0] : title[1]]) or self._founding.pushing.search(
                text[left : head.start()]
            ):
                continue
            investors = self._about.builders(context, by)
            if not investors:
                continue
            yield Candidate(
                start=left,
                end=by.end(),
                cue=(by.end("who"), by.end()),
                base="unknown",
                stage="unknown",
                left=by.end("who"),
                rule="invested_by",
                title=title,
                parties=parties + investors,
                confidence=0.85,
                hint="project",
            )

    def _owner(self, context: ArticleContext, left: int, end: int) -> tuple[tuple[int, int], list[Party]]:
        """Splits 某公司年产三万吨X项目 into its owner and its title."""
        text = context.text
        start, _ = self._parties.trim(context, left, end)
        names = [m for m in context.mentions_in(start, end - 1, "organization") if m.start <= start + 1]
        if not names:
            firm = _FIRM.match(text, start, end)
            if firm and end - firm.end() >= 4:
                return (firm.end(), end), [Party(start, firm.end(), None, "owner")]
            by = re.compile(
                r"由(?P<who>[^，。；]{2,60}?)(?:投资建设|投资兴建|投资|承建|建设|开发|打造|实施|负责建设)的"
            ).match(text, start, end)
            if by:
                return (by.end(), end), self._parties.coordination(
                    context, by.start("who"), by.end("who"), "investor"
                )
            return (start, end), []
        owner = names[0]
        if _NAMES_WORK.match(text, owner.end):
            return (start, end), []
        rest = re.compile(r"(?:的|投资[^的，]{0,20}的|承建的|建设的|位于[^的，]{2,20}的)?").match(
            text, owner.end
        )
        begin = rest.end() if rest else owner.end
        if end - begin < 5:
            return (start, end), []
        role = "investor" if rest and rest[0].startswith("投资") else "owner"
        return (begin, end), [Party(owner.start, owner.end, owner, role)]

    def _invested(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲投资N亿元在某地建设X项目."""
        text = context.text
        for found in islice(self._invest.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            before = text[left : found.start()]
            if before.rstrip().endswith(("总", "由", "完成", "固定资产", "的")) or "由" in before[:1]:
                continue
            parties = self._parties.coordination(context, left, found.start(), "investor", is_anchored=False)
            parties = [p for p in parties if p.mention and p.mention.entity_type == "organization"]
            if not parties:
                continue
            object_start = found.start("object")
            amounts = context.quantities_in(object_start, found.end())
            build = last_match(_BUILD, text, object_start, found.end())
            begin = build.end() if build else (amounts[-1].end if amounts else object_start)
            begin = skip_article(text, begin)
            if self._founding.is_generic(text[begin : found.end()]) or found.end() - begin < 4:
                continue
            parties += self._about.host_in(context, left, found.end())
            stage = self._stages.read("building", before, text[found.end() : found.end() + 12])
            yield Candidate(
                start=min(left, parties[0].start),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="building",
                stage="unknown" if stage == "building" else stage,
                left=left,
                rule="invested",
                title=(begin, found.end()),
                parties=parties,
                confidence=0.78,
                hint="project",
            )
