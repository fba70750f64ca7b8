"""Deals that are things being built or founded: projects, laboratories, centres, joint ventures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.clauses import MAX_CUES, clause_start, unfilled
from transforms.extract.deals.founded import FoundingRules
from transforms.extract.deals.founded_works import BODY_END, FoundedWorks
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.owners import OwnerReader
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.progress import PROGRESS, guarded
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.works import PART, PLANNED, WorkNouns, bare
from transforms.extract.deals.works_sides import INVEST_BY, THIS, WorksSides
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 通车里程, 投产后: the word tells of something else.
_NO_DEED = re.compile(
    r"之?[前后]|时(?![代间])|第[一二三]年|题词|剪彩|庆典|近?[0-9一二三两半多]+(?:年|个?月|天|周)[^，。；]{0,2}后|以[前后]|以来|期|典礼上|率|的(?!是)|里程|总里程|[0-9.]+[万亿]?多?公里|超[0-9]|突破|了?[一两二三四五六七八九十0-9]+余?[套座条个家处栋项]"
)
_ENDS_CLAUSE = re.compile(r"[，。；！”）)到至]|$|了(?=[，。；])|并|和|后|仪式")
_MAX_FILL_CHARS = 20
_MAX_NAME_REST = 6
_MIN_TITLE_CHARS = 4
# 原定落户某区的某项目, 位于某开发区的某厂
_ZONE = re.compile("[区园城]$")
_BUILDS = re.compile(r"(?:新|扩)?建(?![设筑材成行安])(?=\w{4})")
_LODGED = re.compile("落户|入驻|选址|位于|坐落于")
_OPENED = (
    r"通过了?(?:国家|省级?|市级?|县级?|整体|最终|综合|完工|正式|项目|工程)*(?:级)?验收|"
    r"迎来了?[^，。；]{0,8}?(?:试营业|试运营|开业|首批|第一批|首届|第一位|首位|第一个|首名|首场|首趟)"
    r"|(?:已经?有|已?引进|已?吸引)[0-9]+[多余]?[家户名]\w{0,4}?(?:入园|入驻|入住|进驻)"
)
_APPROVED = "获得?[^，。；]{0,16}?(?:批复|核准|批准|立项)|获批|通过[^，。；]{0,10}?(?:评审|审批|环评)"
# 搁置多年，日前重启: what was has passed.
_RESUMES = re.compile(r"[^，。；]{0,8}[，,][^。；]{0,20}?(?:重启|复工|恢复(?:施工|建设)|续建|重新启动)")
_WEAK = frozenset({"启动", "选址"})
# 新厂正式投产: of the firm that the article is about.
_NEW = re.compile("新(?:厂区?|工厂|基地|大楼)")
_NOW = re.compile(r"^(?:如今|眼下|现在|目前|当前|截至目前|现|其中|已)*[，,]?")
# What a clause may say before its verb that tells of the noun before its comma.
_GOES_ON = re.compile(
    r"(?:因|由于)[^，。；]{2,24}?(?:已经?|而|$)|(?:昨[日天]|今[日天]|[本上]月起?|日前|近日|重新|正式|终于|[0-9年月日])+$|(?:双方|现|目前|日前|投资[方商][^，。；]{0,20}?|[^，。；]{2,4}(?:坦言|透露|说))*(?:已|将|正)"
)
# 一期 of a project told before, with what is said of it.
_PHASE_OF = DEALS.compile(
    r"(?:^|[，。；,;（(\n：“]|其中)(?:项目)?(?P<title>(?:第?[一二三四五六]|首)期)(?:项目|工程)?"
    r"(?=已|于|计划|预计|将|拟|总?投资|规划|建设|占地|正|年产|达产|建成|投产|竣工|开工|主要|由|争取|力争|何时|去年|今年|前年|上月|本月|包[括含]|选址|用地|尚|还|仍|暂|[0-9])"
)
# A phase without works of its own yet.
_EARLY = re.compile(r"选址|报批|未定|未敲定|没有时间表|论证|谋划|前期工作|规划中|可行性研究|环评|筹备")
# 全国铁路完成投资: all works of a kind.
_OF_ALL = re.compile("(?:[0-9]{4}年)?全[国省市县区州](?!首|最|第)")
# 启动第二次全线调水, 建成了某中心: what the verb has for its object is another thing than the noun before it.
_OTHER_OBJECT = {
    "启动": re.compile(
        r"了?(?!建设|施工|试|运|投|仪式|大会|前期|改造|招|征|并|后|全面|活动|主体|[一二三四五六]期|[，。；！”）)\s]|$)"
    ),
    "建成": re.compile(r"起?了(?=[^，。；]{4})"),
}
# 自去年5月开工以来
_SINCE = re.compile("(?:建设)?以来")
# 当年签约、当年投产: the last of a row of verbs says how far the works are.
_CHAIN = r"(?:(?:、|即|就|并|又)?(?:当[年月季]|同[年月]|即|实现)?(?P<last>{verbs}))+"
_PHASE = re.compile(r"^(?:其中[，,]?)?(?:[一二三四五六]期|首期|第[一二三四五六]期|二期)")
# 甲投资1.5亿元，在某地扩建的某生产线投产
_PAYS = re.compile(r"(?:计划|拟|将)?(?:投资|斥资|出资|追加)[^，。；]{1,12}元[，,]$")
_PRESENTS = re.compile(r"[是为有：]")
_BULLET = re.compile(r"[□○▷◎·\s\u3000]+")
# Of what is named so, works are told, whoever founds it together.
_BUILT_END = re.compile(r"(?:园区?|基地|示范区|项目|工程|厂|线|站|港)(?:[一二三四五六]期)?$")
# A building is completed, a body opens.
_COMPLETES = re.compile("建成|建好|盖好|竣工|完工|验收|交付")


class ProjectRules:
    """Compiled once from `lookups["deal_types"]` and `lookups["stages"]`."""

    def __init__(
        self,
        lookups: Mapping[str, Any],
        parties: PartyReader,
        stages: StageReader,
        founding: FoundingRules,
        sides: WorksSides,
    ) -> None:
        words = lookups["deal_types"]
        self._parties, self._stages, self._founding, self._sides = parties, stages, founding, sides
        self._owners = OwnerReader(parties)
        self._nouns = WorkNouns(words, founding)
        self._founded = FoundedWorks(words, stages, founding, sides, self._nouns)
        self._lands = frozenset(words["lands"])
        of_stages = stages.words("landed", "building", "operating")
        undone, vague = lookups["stages"]["undone"], lookups["stages"]["not_of_works"]
        plain = [*of_stages, "签约", "揭牌", "揭幕", *undone, *stages.words("proposed")]
        self._of_works = frozenset([*stages.words("proposed", "building", "operating"), *undone]) - frozenset(
            vague
        )
        self._chain = re.compile(_CHAIN.format(verbs=any_of(of_stages)))
        self._stage_verb = re.compile(
            guarded(
                f"(?P<verb>(?P<opened>{_OPENED})|(?P<progress>{PROGRESS})|{any_of(plain)}|(?P<approved>{_APPROVED}))"
                "(?P<rest>仪式|活动)?",
                plain,
                "迎已经有引吸获通",
            )
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._projects(context, start, end)
        yield from self._phases(context, start, end)

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
            verb = next((v for v in verbs if v["verb"] not in _WEAK), next(iter(verbs), None))
            verb = None if verb and verb["verb"] == "选址" else verb
            cue = verb.span("verb") if verb else title
            before = text[phase.end() : cue[0]]
            base = self._stages.of_word(verb["verb"]) if verb else "unknown"
            base = "building" if verb and verb["progress"] else base
            if not verb and _EARLY.search(text, phase.end(), stop):
                base = "proposed"
            stage = self._stages.read(base, before, text[cue[1] : cue[1] + 12])
            stage = "proposed" if verb and context.is_ahead(phase.end(), cue[0]) else stage
            if stage == "unknown":
                # 一期投资4亿元: an amount alone is one of the whole.
                continue
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
                is_alone=stage in {"building", "operating"} and bool(context.money_in(phase.end(), stop)),
                expected_only=stage == "proposed" and self._stages.is_expected(before),
            )

    def _projects(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for verb in islice(self._stage_verb.finditer(text, start, end), MAX_CUES):
            left = clause_start(context, start, verb.start())
            own = left
            is_work = bool(verb["progress"] or verb["opened"]) or verb["verb"] in self._of_works
            nouns = self._nouns.work if is_work else self._nouns.head
            is_described = False
            lands = verb["verb"] in self._lands
            head = self._nouns.before(context, left, verb.start(), nouns)
            if head is not None and left > start and self._is_part(context, left, head.end()):
                # 某院新院区，门诊楼封顶: of the works that the clause in front names.
                whole, whole_left = self._nouns.earlier(context, start, left, nouns)
                head, left = (whole, whole_left) if whole else (head, left)
            if head is None and left > start:
                if _GOES_ON.match(text, left, verb.start()) or self._only_when(context, left, verb):
                    head, left = self._nouns.earlier(context, start, left, nouns)
                if head is None:
                    head, left = self._nouns.described(context, start, own, verb.start())
                    is_described = head is not None
            elif head is not None and left == own:
                # A noun of one character must be the whole word (港 of 港澳 is none).
                slack = bool(self._nouns.head.fullmatch(head[0]))
                if unfilled(context, head.end(), verb.start(), slack=slack):
                    head = None
            if head is None and lands and "分别" in text[left : verb.start()]:
                # 甲总部、乙细胞库分别落户: works of any kind.
                head = self._nouns.before(context, left, verb.start(), self._nouns.work)
                nouns = self._nouns.work
            if _RESUMES.match(text, verb.end(), end):
                continue
            is_since = (
                bool(_SINCE.match(text, verb.end())) and self._stages.of_word(verb["verb"]) == "building"
            )
            if _NO_DEED.match(text, verb.end()) and not (is_since or verb["progress"]):
                continue
            other = _OTHER_OBJECT.get(verb["verb"])
            if head and other and other.match(text, verb.end(), end):
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
                title, parties = sides or self._owners.split(context, left, head.end())
            places = context.mentions_in(title[0], head.end(), "place")
            begin = places[0].end if places and places[0].start == title[0] else title[0]
            title = bare(text, title)
            planned = PLANNED.match(text, *title) or PLANNED.match(text, begin, title[1])
            title = (planned.end(), title[1]) if planned else title
            bullet = _BULLET.match(text, *title) if title[0] == context.paragraph(title[0])[0] else None
            title = (bullet.end(), title[1]) if bullet else title
            builds = _BUILDS.match(text, *title)
            if builds and not any(m.start == title[0] for m in context.mentions_in(*title)):
                title = (builds.end(), title[1])
            lodged = _LODGED.search(text, *planned.span()) if planned else None
            if planned and lodged:
                zone = self._sides.zone(context, lodged.end(), planned.end() - 1)
                parties = [*parties, *(p for p in zone if _ZONE.search(text, p.start, p.end))]
            words = text[title[0] : title[1]]
            people = context.mentions_in(title[0], title[1], "person")
            # What opens the name of works may look like a person.
            if any(p.start > title[0] or title[1] - p.end > _MAX_NAME_REST for p in people):
                continue
            if verb["progress"] and _OF_ALL.match(words):
                continue
            told_from = planned.end() if planned else title[0] if parties and not is_founded else left
            pushed = self._founding.is_pushed(text, told_from, head.start())
            if (
                (self._founding.is_generic(words) and not _NEW.fullmatch(words))
                or pushed
                or (
                    not _NEW.fullmatch(words)
                    and len(_NOW.sub("", words).split("、")[-1])
                    < _MIN_TITLE_CHARS - (is_described or bool(planned))
                )
                or (not parties and PART.fullmatch(words))
            ):
                continue
            if not re.match(r"[\w“\"《]", words):
                continue
            if not parties and left > start:
                parties = self._named_ahead(context, start, left)
            if not parties and _NEW.fullmatch(words):
                firm = self._parties.topic.meant(context, title[0])
                parties = [Party.of(firm, "owner")] if firm else []
                if not firm:
                    continue
            host = [
                m
                for m in context.mentions_in(own if is_described else head.end(), verb.start())
                if m.entity_type in {"organization", "place"}
            ]
            # 投资方某公司已退出: who stands before the verb had put the money in.
            role = "investor" if "投资" in text[own : verb.start()] else "host"
            bodies = [m for m in host if m.entity_type == "organization"][:1]
            # 由某公司接手的: no host either.
            role = "investor" if bodies and text[bodies[0].start - 1] == "由" else role
            parties += [Party.of(m, role) for m in bodies]
            parties += self._sides.zone(context, verb.end(), end) if verb["verb"] in self._lands else []
            by = INVEST_BY.search(text, head.end() if is_described else verb.end(), end)
            if by:
                parties += self._sides.builders(context, by)
            between = text[head.end() : verb.start()]
            chain = self._chain.match(text, verb.end(), end)
            base = (
                "building"
                if verb["progress"]
                else "proposed"
                if verb["approved"]
                else "operating"
                if verb["opened"]
                else self._stages.of_word(chain["last"] if chain else verb["verb"])
            )
            stage = self._stages.read(base, between, text[verb.end() : verb.end() + 12])
            if verb["verb"] == "选址":
                stage = "proposed"
            if base in {"building", "operating"} and context.is_ahead(
                max(own, head.end()), min(verb.end(), verb.start() + 2)
            ):
                stage = "proposed"
            expected = (
                base in {"operating", "building"}
                and stage == "proposed"
                and self._stages.is_expected(between)
            )
            if expected and self._stages.is_due({verb["verb"]}, text[start:end]):
                stage = "building"
            candidate = Candidate(
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
                or (
                    base not in {"building", "proposed"}
                    and not _COMPLETES.search(verb["verb"])
                    and BODY_END.search(words)
                )
                else "project",
                is_phase=bool(_PHASE.match(words)),
                expected_only=expected,
            )
            titles = self._nouns.listed(text, title)
            yield from (replace(candidate, title=part, is_each=len(titles) > 1) for part in titles)
        for by in INVEST_BY.finditer(text, start, end):
            left = clause_start(context, start, by.start())
            head = last_match(self._nouns.head, text, left, by.start())
            if head is None or head.end() != by.start():
                continue
            title, parties = self._owners.split(context, left, head.end())
            if THIS.fullmatch(text[left : head.end()].strip()):
                continue
            title_words = text[slice(*title)]
            if self._founding.is_generic(title_words) or self._founding.is_pushed(text, left, head.start()):
                continue
            investors = self._sides.builders(context, by)
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

    @staticmethod
    def _is_part(context: ArticleContext, left: int, end: int) -> bool:
        """主厂房, 门诊楼: the clause tells of a part of works."""
        return bool(PART.fullmatch(_NOW.sub("", context.text[left:end])))

    def _only_when(self, context: ArticleContext, left: int, verb: re.Match[str]) -> bool:
        """某厂，4月中旬开始安装设备: days and adverbs, or nothing, stand between a comma and the verb."""
        over = _ENDS_CLAUSE.match(context.text, verb.end())
        if not (over or verb["opened"] or verb["progress"] or verb["verb"] in self._lands):
            return False
        return verb.start() - left < _MAX_FILL_CHARS and not unfilled(
            context, left, verb.start(), slack=False
        )

    def _named_ahead(self, context: ArticleContext, start: int, left: int) -> list[Party]:
        """最大的是某公司，其二期已经投产: the firm that the clause before the works presents; who invests."""
        names = context.mentions_in(start, left, "organization")
        begin = clause_start(context, start, left - 1)
        pays = _PAYS.search(context.text, begin, left)
        if pays:
            sides = self._parties.coordination(context, begin, pays.start(), "investor", is_anchored=False)
            firm = self._parties.topic.firm(context, begin)
            return [p for p in sides if p.mention] or ([Party.of(firm, "investor")] if firm else [])
        last = names[-1] if names and names[-1].end == left - 1 else None
        if last is None or not _PRESENTS.fullmatch(context.text, last.start - 1, last.start):
            return []
        return [Party.of(last, "owner")]
