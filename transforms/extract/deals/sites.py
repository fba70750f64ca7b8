"""Works that a reporter sees or points at: 走进某项目施工现场, 那是甲投的项目, 甲、乙两个项目均落户某区."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.about import AboutRules
from transforms.extract.deals.clauses import MAX_CUES, clause_start, skip_article, unfilled
from transforms.extract.deals.founded import FoundingRules
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.owners import OwnerReader, named_short
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.deals.works import PLANNED, WorkNouns, bare
from transforms.extract.gated import DEALS
from transforms.extract.numerals import parse_number
from transforms.extract.patterns import any_of

# 某项目建设现场，塔吊林立
_SITE = re.compile(
    r"(?:的)?(?:建设|施工|作业)?(?P<site>现场|工地)(?=[，,上里内]|[^，。；会签推办观直]{0,8}[，,])"
)
_SCENE = re.compile(
    r"塔吊|吊臂|轰鸣|热火朝天|工人|忙碌|忙着|紧张|施工|浇筑|作业|如火如荼|挖掘机|挖机|车辆穿梭|机械|焊花|安装|拔地而起|进度|钢筋|脚手架"
)
_VISIT = re.compile(r"一行|代表团|考察|调研|视察|慰问|督查|督导|检查|事故|火灾|坍塌|领导|书记|[市县区省]长")
_ARRIVES = re.compile(
    r"走进|来到|走入|步入|走访|探访|抵达|深入|前往|赶到|位于|坐落于|这里是|这就是|眼前是|[在到]"
)
# 把某项目放在某县
_PUTS = re.compile(
    r"(?:正式|全部|最终|整体|也|都|一起|先后)*(?P<verb>(?:放|落|建|设|定|选|布局|布|安|摆|选址|落户|落子|迁|搬)(?:[在到于至进]了?|了))"
)
# 甲、乙、丙三个项目均落户某区
_SEVERAL = re.compile(
    r"(?P<count>[0-9]{1,2}|[两二三四五六七八九十]{1,2})(?:个|大)(?:重点|重大|产业|工业|制造业|亿元|合作|招商|新)*项目"
)
_ALL = re.compile(
    r"(?:现?均|现?都|全部|同时|集中|相继|先后|陆续|一同|一起|同日|也|已|正式|分别|将|拟|计划|选址|签约|于|在)*"
)
_BACK = re.compile(r"(?:上述|以上|这|该|此|前述)?$")
_ITEM_WORDS = re.compile(r"[\w“”（）()·]{2,24}")
# 从签约到投产，某项目只用了8个月
_FROM_TO = re.compile(
    r"从(?:正式)?(?:签约|洽谈|接洽|对接|拿地|摘牌|落地|立项|开工|动工|破土|奠基|打桩|引进)[^，。；到]{0,6}到(?:首[片台批件套辆卷炉吨])?(?:产品)?"
)
_COMES_OFF = re.compile("(?P<verb>下线)")
_TOOK = re.compile(r"[^，。；]{0,4}?[，,]?(?:前后)?(?:仅|只|总共|历时|用时|不到|才|共用|短短)")
# 那是甲投的项目
_THAT_IS = re.compile(r"(?:这|那|它|这里|那里|眼前)(?:就|也|便|正)?(?:都)?是")
_POINTS = re.compile(
    r"(?P<who>[^，。；！”\"]{2,40}?)(?:[0-9]{2,4}年|去年|前年|今年)?(?:来|在[^，。；的]{2,12})?"
    r"(?P<do>(?:投资|投|兴建|建设|建|盖|办|布局|打造|引进)(?:[0-9.]+[万亿]元)?(?:建设|兴建|新建|建|办)?)?的"
    r"(?:又?一|第[一二三四五]|首)?[个座家条处]?(?P<title>[^，。；的！”\"]{0,24}?)(?=[，。；！”\"]|$)"
)
_PUBLIC = re.compile("[队军国局委部]$|政府$")
_AND = re.compile("[、和]")
_SHORT = re.compile("仅|只|才|总共|历时|用时|不到|共用")
_TAKES = re.compile("[把将]")
_ENTERS = re.compile(r"(?:走进|来到|走入|步入|探访)(?P<title>[^，。；]{3,40}?)(?P<site>[，,])")
_RISES = re.compile(
    r"拔地而起|塔吊|雏形|脚手架|浇筑|打桩|(?:正在|忙着|正|紧张|加紧)(?:安装|建设|施工|砌|吊装|铺设|粉刷|平整)"
)
# 某园，是甲同乙共同建设的
_OF_END = DEALS.compile(r"[资建设发造办立投起来成]的(?=[，。；]|$|项目|工程)")
_IS_OF = re.compile(
    r"[，,]?(?:就?是|系|乃)由?(?P<who>[^，。；]{2,60}?)(?:共同|联合|合作|携手|合资|合股|一起|全资|独资|出资)*"
    r"(?:(?:投资|斥资|出资|投入)[^，。；的]{1,12}元)?(?:投资建设|投资兴建|投资|兴建|建设|建起来?|盖起来?|建成|开发|打造|修建|创办|设立|投)的(?=[，。；]|$|项目|工程)"
)
_ANY = DEALS.compile(
    r"现场|工地|走进|来到|走入|步入|探访|[个大]\w{0,4}项目|从\w{2,8}到|[这那它里前][就也便正都]{0,2}是"
    r"|(?:放|落|建|设|定|选|布局?|安|摆|址|户|子|迁|搬)[在到于]"
)
_MIN_TITLE_CHARS = 4
_MAX_FIRM_CHARS = 12


class SiteRules:
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
        self._owners, self._nouns = OwnerReader(parties), WorkNouns(words, founding)
        self._lands = frozenset(words["lands"])
        self._verb = re.compile(
            f"(?P<verb>{stages.verbs('signed', 'landed', 'building', 'operating')})"
            "(?![^，。；]{0,2}(?:仪式|活动))"
        )
        self._where = re.compile(f"(?:{any_of(words['lands'])}|选址|位于|建在)")
        self._thing = re.compile(
            f"[^，。；：把将]{{2,50}}?(?:{any_of([*words['projects'], *words['works']])})"
            "(?=[放落建设定选布安摆迁搬正全最整也都一先])"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._is_of(context, start, end)
        if not _ANY.search(context.text, start, end):
            return
        yield from self._seen(context, start, end)
        yield from self._put(context, start, end)
        yield from self._several(context, start, end)
        yield from self._quick(context, start, end)
        yield from self._pointed_at(context, start, end)

    def _named(
        self, context: ArticleContext, left: int, end: int
    ) -> tuple[tuple[int, int], list[Party]] | None:
        """The name of works that ends at `end`, less what describes it, with its owner."""
        text = context.text
        title, parties = self._owners.split(context, left, end)
        title = bare(text, title)
        planned = PLANNED.match(text, *title)
        title = (skip_article(text, planned.end() if planned else title[0]), title[1])
        words = text[slice(*title)]
        if (
            len(words) < _MIN_TITLE_CHARS
            or self._founding.is_generic(words)
            or not re.match(r"[\w“\"《]", words)
        ):
            return None
        return None if context.mentions_in(*title, "person") else (title, parties)

    def _seen(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """走进某项目施工现场，塔吊林立: works go on there."""
        text = context.text
        sites = [(m, _SCENE) for m in islice(_SITE.finditer(text, start, end), MAX_CUES)]
        sites += [(m, _RISES) for m in islice(_ENTERS.finditer(text, start, end), MAX_CUES)]
        for site, scene in sites:
            left = clause_start(context, start, site.start("site"))
            stop = site.start("site") if scene is _RISES else site.start()
            head = last_match(self._nouns.work, text, left, stop)
            if head is None or head.end() != stop or context.is_inside(head.end()):
                continue
            if _VISIT.search(text, start, stop) or not scene.search(text, site.end(), end):
                continue
            arrives = [
                m for m in _ARRIVES.finditer(text, left, head.start()) if not context.is_inside(m.end())
            ]
            named = self._named(context, arrives[-1].end() if arrives else left, head.end())
            if named is None:
                continue
            yield Candidate(
                start=left,
                end=site.end(),
                cue=site.span("site"),
                base="building",
                stage="building",
                left=head.end(),
                rule="site",
                title=named[0],
                parties=named[1],
                confidence=0.75,
                hint="project",
            )

    def _put(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲把某项目放在某县: the firm has chosen where it builds."""
        text = context.text
        for mark in islice(_TAKES.finditer(text, start, end), MAX_CUES):
            thing = self._thing.match(text, mark.end(), end)
            puts = _PUTS.match(text, thing.end(), end) if thing else None
            if thing is None or puts is None or context.is_inside(mark.end()):
                continue
            left = clause_start(context, start, mark.start())
            host = self._about.zone(context, puts.end(), end)
            actors = self._parties.coordination(context, left, mark.start(), "investor", is_anchored=False)
            actors = [p for p in actors if p.mention and p.mention.entity_type == "organization"]
            named = self._named(context, *thing.span())
            if named is None or not host or not actors:
                continue
            stage = self._stages.read("landed", text[left : mark.start()], text[puts.end() : puts.end() + 12])
            yield Candidate(
                start=left,
                end=host[-1].end,
                cue=puts.span("verb"),
                base="landed",
                stage=stage,
                left=left,
                rule="put",
                title=named[0],
                parties=[*actors, *host],
                confidence=0.78,
                hint="project",
            )

    def _several(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲、乙、丙三个项目均落户某区: one deal each; 三个项目均落户某区: where those told before are."""
        text = context.text
        for several in islice(_SEVERAL.finditer(text, start, end), MAX_CUES):
            gap = _ALL.match(text, several.end(), end)
            begin = gap.end() if gap else several.end()
            verb = self._verb.match(text, begin, end) or self._where.match(text, begin, end)
            count = parse_number(several["count"])
            if verb is None or count is None:
                continue
            left = clause_start(context, start, several.start())
            places = self._where.match(text, verb.start(), end)
            host = self._about.zone(context, verb.end(), end) if places else []
            if _BACK.fullmatch(text, left, several.start()):
                if host and count.value > 1:
                    yield Candidate(
                        start=left,
                        end=host[-1].end,
                        cue=verb.span(),
                        base="unknown",
                        stage="unknown",
                        left=left,
                        rule="all_land",
                        title=several.span("count"),
                        parties=host,
                        about_last=True,
                        confidence=0.8,
                        hint="project",
                    )
                continue
            yield from self._each(context, left, several, verb, host)

    def _each(
        self,
        context: ArticleContext,
        left: int,
        several: re.Match[str],
        verb: re.Match[str],
        host: list[Party],
    ) -> Iterator[Candidate]:
        text = context.text
        first, last = self._parties.trim(context, left, several.start())
        last -= text[last - 1] == "等"
        cuts = [first, *(m.end() for m in _AND.finditer(text, first, last)), last + 1]
        items = [(a, b - 1) for a, b in pairwise(cuts)]
        count = parse_number(several["count"])
        is_whole = count is not None and len(items) == count.value
        if not is_whole or not all(_ITEM_WORDS.fullmatch(text, *item) for item in items):
            return
        word = verb.groupdict().get("verb") or verb[0]
        base = self._stages.of_word(word)
        base = "landed" if base == "unknown" else base
        stage = self._stages.read(
            base, text[several.end() : verb.start()], text[verb.end() : verb.end() + 12]
        )
        for item in items:
            firms = [m for m in context.mentions_in(*item, "organization") if m.start == item[0]]
            names_work = self._nouns.work_end.search(text, *item)
            firm = Party(*item, None, "investor") if item[1] - item[0] <= _MAX_FIRM_CHARS else None
            parties = [Party.of(m, "investor") for m in firms[:1]]
            if not parties and not names_work and firm:
                parties = [firm]
            yield Candidate(
                start=first,
                end=host[-1].end if host else verb.end(),
                cue=verb.span(),
                base=base,
                stage=stage,
                left=several.end(),
                rule="several",
                title=item,
                parties=[*parties, *host],
                confidence=0.8,
                hint="project",
                is_each=True,
            )

    def _quick(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """从签约到投产，某项目只用了8个月: that it is in production."""
        text = context.text
        for found in islice(_FROM_TO.finditer(text, start, end), MAX_CUES):
            verb = self._verb.match(text, found.end(), end) or _COMES_OFF.match(text, found.end(), end)
            if verb is None:
                continue
            left = clause_start(context, start, found.start())
            head = self._nouns.before(context, left, found.start(), self._nouns.work)
            if head is None and left == found.start() > start:
                head, left = self._nouns.earlier(context, start, left, self._nouns.work)
            took = _TOOK.match(text, verb.end(), end)
            if head is not None and (
                took is None or unfilled(context, head.end(), found.start()).strip("，,")
            ):
                continue
            if head is None:
                if text[verb.end() : verb.end() + 1] not in {"，", ","}:
                    continue
                left = verb.end() + 1
                short = _SHORT.search(text, left, min(end, left + 60))
                head = self._nouns.before(context, left, short.start(), self._nouns.work) if short else None
                if head is None or short is None or unfilled(context, head.end(), short.start()):
                    continue
            named = self._named(context, left, head.end())
            if named is None:
                continue
            base = "operating" if verb["verb"] == "下线" else self._stages.of_word(verb["verb"])
            yield Candidate(
                start=min(left, found.start()),
                end=max(verb.end(), head.end()),
                cue=verb.span("verb"),
                base=base,
                stage=base,
                left=found.start(),
                rule="quick",
                title=named[0],
                parties=named[1],
                confidence=0.8,
                hint="project",
            )

    def _pointed_at(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """那是甲投的项目，前年就投产了: works of which the text says whose they are and how far."""
        text = context.text
        for mark in islice(_THAT_IS.finditer(text, start, end), MAX_CUES):
            found = _POINTS.match(text, mark.end(), end)
            if found is None or not self._nouns.work_end.search(text, *found.span("title")):
                continue
            if not found["do"] and (_PUBLIC.search(found["who"]) or "里" in mark[0]):
                continue
            firms = self._parties.coordination(context, *found.span("who"), "investor")
            short = named_short(context, *found.span("who"))
            if short is not None:
                firms = [Party(*found.span("who"), short, "investor")]
            if not any(p.mention and p.mention.entity_type == "organization" for p in firms):
                continue
            is_named = len(found["title"]) >= _MIN_TITLE_CHARS and not self._founding.is_generic(
                found["title"]
            )
            verb = self._verb.search(text, found.end(), end)
            base = self._stages.of_word(verb["verb"]) if verb else "unknown"
            between = text[found.end() : verb.start()] if verb else ""
            yield Candidate(
                start=mark.start(),
                end=verb.end() if verb else found.end(),
                cue=verb.span("verb") if verb else mark.span(),
                base=base,
                stage=self._stages.read(base, between, text[verb.end() : verb.end() + 12] if verb else ""),
                left=found.end(),
                rule="pointed_at",
                title=found.span("title") if is_named else None,
                parties=firms,
                confidence=0.7,
                hint="project",
            )

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
            title = self._nouns.pointed(text, (begin, head.end()))
            parties = self._parties.coordination(context, *of.span("who"), is_anchored=False)
            named = [p for p in parties if p.mention and p.mention.entity_type == "organization"]
            if not named or title[1] - title[0] < 4 or self._founding.is_generic(text[slice(*title)]):
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
                title=title,
                parties=[replace(p, role=role) for p in parties],
                confidence=0.78,
                hint="project",
            )
