"""Deals that are things being built or founded: projects, laboratories, centres, joint ventures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_about import INVEST_BY, PROGRESS, THIS, AboutRules
from transforms.extract.deals_clauses import MAX_CUES, clause_start
from transforms.extract.deals_founded import FoundingRules, unfilled
from transforms.extract.deals_founded_works import BODY_END, FoundedWorks
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_works import PLANNED, WorkNouns
from transforms.extract.patterns import any_of

# 通车里程, 投产后: the word tells of something else.
_NO_DEED = re.compile(
    r"之?[前后]|[0-9一二三两半多]+(?:年|个?月|天|周)[^，。；]{0,2}后|以[前后]|以来|期|典礼上|率|的(?!是)|里程|总里程|[0-9.]+[万亿]?多?公里|超[0-9]|突破"
)
# What a clause may say before its verb that tells of the noun before its comma.
_GOES_ON = re.compile(
    r"(?:因|由于)[^，。；]{2,24}?(?:已经?|而|$)|(?:昨[日天]|今[日天]|[本上]月起?|日前|近日|重新|正式|终于|[0-9年月日])+$|(?:双方|现|目前|日前|投资[方商][^，。；]{0,20}?|[^，。；]{2,4}(?:坦言|透露|说))*(?:已|将|正)"
)
# 目前1号、2号厂房: parts of the works that the article tells of.
_PART = re.compile(
    r"(?:目前|现|其中|预计|计划|力争|[0-9]+[年月]|年?底前?)*(?:(?:[0-9一二两三四五六七八九十百]+(?:号|栋|座|幢|个)[、和]?)+|首[条台批座栋]|最后一[条台座栋]|新)[^，。、]{0,4}"
    r"(?:厂房|楼|泊位|机组|车间|生产线|牛舍|标段)"
)
# 一期 of a project told before, with what is said of it.
_PHASE_OF = re.compile(
    r"(?:^|[，。；,;（(\n]|其中)(?:项目)?(?P<title>(?:第?[一二三四五六]|首)期)(?:项目|工程)?"
    r"(?=已|于|计划|预计|将|拟|总?投资|规划|建设|占地|正|年产|达产|建成|投产|竣工|开工|主要|由|争取|力争|何时|去年|今年|前年|上月|本月|包[括含]|选址|用地|尚|还|仍|暂|[0-9])"
)
# A phase without works of its own yet.
_EARLY = re.compile(r"选址|报批|未定|未敲定|没有时间表|论证|谋划|前期工作|规划中|可行性研究|环评|筹备")
_SHARE_DONE = re.compile(
    r"(?:现?已|目前)?(?:累计)?(?P<verb>完成)(?:总工程量|工程量|总量|投资|总投资|形象进度)?(?:的)?(?:约|逾|超)?"
    r"(?:[0-9.]+[%％]|[一二三四五六七八九]成|[0-9.]+[万亿]元)"
)
_PHASE = re.compile(r"^(?:其中[，,]?)?(?:[一二三四五六]期|首期|第[一二三四五六]期|二期)")
# 某地某某纺纱项目一期: what was taken for a body is the name of the work.
_NAMES_WORK = re.compile(r"(?:项目|工程)第?[一二三四五六]期")
# 甲与乙合作的, 甲投资6亿元的: whose project it is, and what it has to do with it.
_DEED = re.compile(
    r"(?:现?已|正在?|拟|将|计划|联合|共同|[0-9]{1,4}[年月]|去年|今年|年初|年底)*"
    r"(?P<verb>(?:投资|出资|斥资|捐资|投)[^的，]{0,20}|捐建|援建|总?承建|总承包|施工|建设|兴建|新建|扩建|开发|打造|实施"
    r"|合作(?:建设|开发)?|签约(?:共建|落户)?|签订|洽谈|共建|合建|引进|引入|规划建设"
    r"|(?:设在|位于|建在|坐落于?|落户于?)[^的，]{2,20})的"
)
_ROLES = (
    *(("承", "contractor"), ("施工", "contractor")),
    *((word, "investor") for word in ("投", "出资", "斥资", "引")),
)
# 该公司二期节能改造竣工
_OWNER = re.compile(r"(?P<who>(?:该|本)?(?:公司|集团|企业|校|院))的?(?=[^，。；]{4})")
_PRESENTS = re.compile(r"[是为有：]")
# 某公司（某某）三期项目
_SHORT_FOR = re.compile(r"[（(](?:以?下?简称)?[“\"]?\w{2,10}[”\"]?[)）]")
_BULLET = re.compile(r"[□○▷◎·\s\u3000]+")
_OF_END = re.compile(r"[资建设发造办立投]的(?=[，。；]|$|项目|工程)")
_BESIDE = re.compile(r"[与和同跟]")
_IS_OF = re.compile(
    r"[，,]?(?:就?是|系|乃)由?(?P<who>[^，。；]{2,60}?)(?:共同|联合|合作|携手|合资|合股|一起|全资|独资|出资)*"
    r"(?:投资建设|投资兴建|投资|兴建|建设|开发|打造|修建|创办|设立|投)的(?=[，。；]|$|项目|工程)"
)
# Of what is named so, works are told, whoever founds it together.
_BUILT_END = re.compile(r"(?:园区?|基地|示范区|项目|工程|厂|线|站|港)(?:[一二三四五六]期)?$")
_OPENED = frozenset({"落成", "启用", "落成启用", "正式运营", "投入运行", "投入运营"})
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
        self._nouns = WorkNouns(words, founding)
        self._founded = FoundedWorks(words, stages, founding, about, self._nouns)
        self._lands = frozenset(words["lands"])
        stage_verbs = stages.verbs("landed", "building", "operating")
        undone, vague = lookups["stages"]["undone"], lookups["stages"]["not_of_works"]
        self._of_works = frozenset([*stages.words("building", "operating"), *undone]) - frozenset(vague)
        self._stage_verb = re.compile(
            f"(?P<verb>(?P<progress>{PROGRESS})|{stage_verbs}|签约|揭牌|揭幕|{any_of(undone)}|暂缓|推迟|延期"
            r"|(?P<approved>获得?[^，。；]{0,16}?(?:批复|核准|批准|立项)|获批|通过[^，。；]{0,10}?(?:评审|审批|环评)))(?P<rest>仪式|活动)?"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._projects(context, start, end)
        yield from self._phases(context, start, end)
        yield from self._is_of(context, start, end)

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
            stage = "proposed" if verb and context.is_ahead(phase.end(), cue[0]) else stage
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
            own = left
            is_work = bool(verb["progress"]) or verb["verb"] in self._of_works
            nouns = self._nouns.work if is_work else self._nouns.head
            is_described = False
            head = self._nouns.before(context, left, verb.start(), nouns)
            if head is None and left > start:
                if _GOES_ON.match(text, left, verb.start()):
                    head, left = self._nouns.earlier(context, start, left, nouns)
                if head is None:
                    head, left = self._nouns.described(context, start, own, verb.start())
                    is_described = head is not None
            elif head is not None:
                # A noun of one character must be the whole word (港 of 港澳 is none).
                slack = bool(self._nouns.head.fullmatch(head[0]))
                if unfilled(context, head.end(), verb.start(), slack=slack):
                    head = None
            if _NO_DEED.match(text, verb.end()):
                continue
            if head is None:
                told = [*self._founded.joint(context, start, end, verb)]
                yield from told or self._founded.landing(context, own, verb, end)
                continue
            begin = self._parties.trim(context, left, head.end())[0]
            listed = self._nouns.named(text, (begin, head.end()), nouns)
            if len(listed) > 1:
                if not self._founding.is_pushed(text, left, listed[-1][0]):
                    yield from self._founded.each(context, listed, verb, end)
                continue
            title, parties = self._founding.attributes(context, left, head.end())
            is_founded = len(parties) > 1
            if not is_founded:
                sides = self._founding.of_sides(context, left, head.end())
                title, parties = sides or self._owner(context, left, head.end())
            places = context.mentions_in(title[0], head.end(), "place")
            begin = places[0].end if places and places[0].start == title[0] else title[0]
            planned = PLANNED.match(text, *title) or PLANNED.match(text, begin, title[1])
            title = (planned.end(), title[1]) if planned else title
            bullet = _BULLET.match(text, *title) if title[0] == context.paragraph(title[0])[0] else None
            title = (bullet.end(), title[1]) if bullet else title
            words = text[title[0] : title[1]]
            if context.mentions_in(title[0], title[1], "person"):
                continue
            told_from = planned.end() if planned else title[0] if parties and not is_founded else left
            pushed = self._founding.is_pushed(text, told_from, head.start())
            if (
                self._founding.is_generic(words)
                or pushed
                or len(words) < 4 - is_described
                or _PART.fullmatch(words)
            ):
                continue
            if not re.match(r"[\w“\"《]", words):
                continue
            if not parties and left > start:
                parties = self._named_ahead(context, start, left)
            host = [
                m
                for m in context.mentions_in(own if is_described else head.end(), verb.start())
                if m.entity_type in {"organization", "place"}
            ]
            # 投资方某公司已退出: who stands before the verb had put the money in.
            role = "investor" if "投资" in text[own : verb.start()] else "host"
            parties += [Party(m.start, m.end, m, role) for m in host if m.entity_type == "organization"][:1]
            parties += self._about.zone(context, verb.end(), end) if verb["verb"] in self._lands else []
            by = INVEST_BY.search(text, head.end() if is_described else verb.end(), end)
            if by:
                parties += self._about.builders(context, by)
            between = text[head.end() : verb.start()]
            base = (
                "building"
                if verb["progress"]
                else "proposed"
                if verb["approved"]
                else self._stages.of_word(verb["verb"])
            )
            stage = self._stages.read(base, between, text[verb.end() : verb.end() + 12])
            if base in {"building", "operating"} and context.is_ahead(max(own, head.end()), verb.start()):
                stage = "proposed"
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
                hint=""
                if (is_founded and not _BUILT_END.search(words))
                or ((verb["verb"] in _OPENED or verb["verb"] in self._lands) and BODY_END.search(words))
                else "project",
                is_phase=bool(_PHASE.match(words)),
                expected_only=expected,
            )
            titles = self._nouns.listed(text, title)
            yield from (replace(whole, title=part, is_each=len(titles) > 1) for part in titles)
        for share in _SHARE_DONE.finditer(text, start, end):
            left = clause_start(context, start, share.start())
            head = self._nouns.before(context, left, share.start(), self._nouns.head)
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
            head = last_match(self._nouns.head, text, left, by.start())
            if head is None or head.end() != by.start():
                continue
            title, parties = self._owner(context, left, head.end())
            if THIS.fullmatch(text[left : head.end()].strip()):
                continue
            title_words = text[slice(*title)]
            if self._founding.is_generic(title_words) or self._founding.is_pushed(text, left, head.start()):
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
                hint="" if by["verb"] == "共建" and self._founding.is_institution(title_words) else "project",
            )

    def _named_ahead(self, context: ArticleContext, start: int, left: int) -> list[Party]:
        """最大的是某公司，其二期已经投产: the firm that the clause before the works presents."""
        names = context.mentions_in(start, left, "organization")
        last = names[-1] if names and names[-1].end == left - 1 else None
        if last is None or not _PRESENTS.fullmatch(context.text, last.start - 1, last.start):
            return []
        return [Party(last.start, last.end, last, "owner")]

    def _is_of(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """某园，是甲同乙共同建设的: works of which the text may go on to say how far they are."""
        text = context.text
        if not _OF_END.search(text, start, end):
            return
        for of in islice(_IS_OF.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, of.start())
            head = last_match(self._nouns.work, text, left, of.start())
            if head is None or head.end() != of.start():
                continue
            begin, _ = self._parties.trim(context, left, head.end())
            planned = PLANNED.match(text, begin, head.end())
            begin = planned.end() if planned else begin
            parties = self._parties.coordination(context, *of.span("who"), is_anchored=False)
            named = [p for p in parties if p.mention and p.mention.entity_type == "organization"]
            if not named or head.end() - begin < 4 or self._founding.is_generic(text[begin : head.end()]):
                continue
            role = "partner" if len(named) > 1 else "investor"
            yield Candidate(
                start=left,
                end=of.end(),
                cue=(of.end("who"), of.end()),
                base="unknown",
                stage="unknown",
                left=of.end("who"),
                rule="is_of",
                title=(begin, head.end()),
                parties=[replace(p, role=role) for p in parties],
                confidence=0.78,
                hint="project",
            )

    def _owner(self, context: ArticleContext, left: int, end: int) -> tuple[tuple[int, int], list[Party]]:
        """Splits 某公司年产三万吨X项目 into its owner and its title."""
        text = context.text
        start, _ = self._parties.trim(context, left, end)
        deed = last_match(_DEED, text, start, end - 1)
        sides = (
            self._parties.coordination(context, start, deed.start(), is_anchored=False)
            if deed and deed.start() > start
            else []
        )
        if deed and any(p.mention for p in sides):
            beside = _BESIDE.fullmatch(text, max(0, sides[0].start - 1), sides[0].start)
            role = "partner" if len(sides) > 1 or beside else "owner"
            role = next((role for words, role in _ROLES if words in deed["verb"]), role)
            return (deed.end(), end), [replace(p, role=role) for p in sides]
        points = _OWNER.match(text, start, end)
        if points and (sides := self._parties.coordination(context, start, points.end("who"), "owner")):
            return (points.end(), end), sides
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
        short = _SHORT_FOR.match(text, owner.end)
        begin = short.end() if short else owner.end
        begin += text[begin] == "的"
        if end - begin < 5:
            return (start, end), []
        return (begin, end), [Party(owner.start, owner.end, owner, "owner")]
