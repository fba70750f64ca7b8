"""Works by their kernel: a noun of works or a word of the deed, and who stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals_about import INVEST_BY, AboutRules
from transforms.extract.deals_clauses import clause_end, clause_start, skip_article, unfilled
from transforms.extract.deals_founded import FoundingRules
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_owners import OwnerReader
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.deals_topic import AREA, BANK
from transforms.extract.deals_works import PLANNED, WorkNouns, bare
from transforms.extract.patterns import any_of, patterns_of

_INVESTS = re.compile(
    r"(?:投资|投入|投下|投了|再投|斥资|出资|追加|花了?|砸下?|掏|拿出|筹资)[^，。；]{0,12}?元?[^，。；]{0,10}?[，,]?[^，。；]{0,6}?"
    r"(?P<verb>建|盖|上|新增|改造|扩|添|新上|增|办|购置|安装|兴建|升级|打造)(?:设|成|起|了|建)*"
)
# What is not told with 由: 施工方为甲公司, 甲公司承建
_BUILT = re.compile(
    r"(?:(?:施工|承建|总包|建设|投资|项目|运营)(?:方|单位)|业主|项目公司|开发商)(?:是|为|的)?(?P<who>[^，。；]{3,30})"
    r"|(?=[^，。；]{3,40}承)(?P<bare>[^，。；]{3,30}?)(?:负责)?(?:总?承建|总承包)"
)
_COUNTED = re.compile(r"校?[0-9一二三四五六七八九十百]+[余多]?[个家项条座]")
_NO_NAME = re.compile(
    r"^(?:将|与|和|给|为|它|他|其|我|双方|借用|租用|租下|利用|向|对|在|从|把|被|使|令|让|新签|签|全[市县区国省]|各|这|以(?!.{0,2}[项工])|作为|带动|通过|多|目前|下一步|又|还|并|也|再|正|已|首次|发布)|双方|签订|签署|公司|企业|投入|、|投产了|怎么|什么|使|[是”]$|是我|[^“]{2,}”[^“]*$|携手|联手|出了|产业链$|规模|为|进行|^.{0,3}完成|^(?:项目|工程|首[条批期个座]|眼下|一定)|^一批|^[0-9]+[个项]|^两地"
)
_BUILT_BY = re.compile(r"(?:.{0,40}?(?:投资|建设|开发|实施|承建|打造|运营|出资|援建|兴建)的)(?=.{4})")
_OF_WHAT = re.compile(
    r"(?:给|为)[^，。；]{2,12}的(?=.{4})|(?:也|还|另)?有?(?:[一二三四五六七八九十]|[0-9]+)[个座条家处](?=.{4})"
)
# 一批某工程, 125个某项目
_MANY = re.compile(
    r"(?:此外|目前|同时)?[，,]?(?:一批|一大批|多个|众多|各类|[0-9一二三四五六七八九十百千]+[余多]?[个项])"
)
# 建设2个某泊位: what works consist of
_SEVERAL = re.compile("(?:[2-9]|[0-9]{2,}|[两二三四五六七八九十])[个座条家处]$")
_MEETING = re.compile(r"会|(?:推进会|现场会|对接会|签约|活动|观摩|集中)")
# 在某镇建起了某加工厂, 启动某改造: what a verb of building has for its object.
_PUTS_UP = re.compile(
    r".{0,50}?(?:建设|新建|兴建|扩建|投建|建起|建成|盖起|建了|打造|新上|上马|合作设立|合办|筹建|启动|改造成|改建成)"
    r"[了起]{0,2}(?=.{4})"
)
_OBJECT = re.compile(
    r"(?:建成|建起|盖起|建了|盖好|建好|开建|动工兴建|动工建设|开工建设)(?:起来)?了?(?=[^，。；]{3,40})"
)
# A noun goes on to the next one unless a word between them begins another thing.
_NO_NOUN = re.compile(
    r"[^\w（）()“”·—-]|[在由的于将已拟把主首分与和及至内里有等是从到被让用向对正再又也还]"
    r"|计划|预计|建成|开工|投产|落户|生产|总部"
)
# 某工程因管网迁改，推迟至9月开工
_WHY = re.compile(
    r"(?:[，,]?(?:则|却|也)?(?:因|由于|受)[^，。；]{2,20}?(?=[，,于已被上今去终停暂推延缓搁]|近日|日前|[0-9])[，,]?"
    r"|(?:开工|投产|开业|竣工|完工)(?:时间|日期)(?:由|从)(?:原定|原计划)?的?|通过[^，。；]{0,12}?验收[，,并]?|双向|一次|试|累计|钢结构|盾构|路基|桩基|管片|设备|[主边][跨墩塔桥体]|地下厂房|大坝|铁塔|锚[碇体]+"
    r"|[一二三四五六0-9]+号(?:锅炉|机组|窑炉?|线)|(?:延期|推迟|延后|顺延|延)[至到])*"
)
_LISTED = re.compile("、|等")
_NOT_TOLD = re.compile(r"的|[^，。；]{0,6}(?:里程|[一0-9二三四五六七八九十]+周年)")
# Of works that nobody is said to own the name must be their own.
_DISTINCT = re.compile(r"[“\"A-Z0-9]|[一二三四五六]期")

_TO_BUILD = re.compile(
    r"(?:将|拟|要|计划|打算|有意|准备|愿意?|想)(?!进一步|加快|继续)(?:[^，。；]{0,14}[，,])?[^，。；]{0,16}?"
    r"(?P<verb>建设|新建|兴建|投建|自建|再建|共建|建(?=一?[座个条家]|起)|设立|开设|上马|布局|落子)(?:了|一?[座个条家处])*"
    r"(?P<what>[^，。；]{2,36})"
)
_PUTS_DOWN = re.compile(
    r"(?:把|将)(?:其|自己的)?(?P<what>[^，。；]{3,24}?)(?P<verb>放|设|落|建|安|搬)(?:在|到|进)了?(?=[^，。；]{2,})"
)
_TALKED = ("洽谈", "磋商", "商谈", "谈判")
# 就某项目继续磋商
_ABOUT = re.compile(
    r"就(?:共建|共同|合作|联合|投资|建设|设立|在[^，。；]{2,10}?(?=合作|共同|建|设))*(?P<what>[^，。；]{3,24}?)(?:一事|事宜|等)?"
    r"(?:继续|再|进行|展开|开展|了|仍在|还在|保持|初步|合作|进一步|深入)*(?P<verb>磋商|洽谈|商谈|协商|接洽|谈判|达成[^，。；]{0,4}意向)"
)
_HAS_BUILT = re.compile(
    r"(?P<verb>建|盖|上|添|扩|开|投)(?:成|起|设)?来?了(?:[一两三四五0-9]+[条座个家处台])?(?P<what>[^，。；的]{4,24})"
)
_SIGNS = re.compile(r"签约|签订|签署|签下|签了|协议|合同")
_MIN_NAME_CHARS, _MIN_OWN_CHARS, _MAX_NOUN_CHARS = 4, 3, 8
_WORKED = frozenset({"building", "operating", "ended"})
_AIMS = re.compile("力争|争取|目标是?|到20[0-9]{2}年")
_DONE = re.compile("已|现|正|目前|日前|近日|[昨今][天日年]|[0-9]月|完成")


class WorksKernels:
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(
        self,
        lookups: Mapping[str, Any],
        parties: PartyReader,
        stages: StageReader,
        founding: FoundingRules,
        about: AboutRules,
    ) -> None:
        words = lookups["deal_types"]
        self._topic, self._words = parties.topic, patterns_of(words["kernels"])
        self._stages, self._parties, self._founding, self._about = stages, parties, founding, about
        self._owners, self._nouns = OwnerReader(parties), WorkNouns(words, founding)
        # What waits or is talked about is told of works only where it stands beside them.
        self._beside = frozenset([*stages.words("proposed"), *_TALKED])
        self._body = re.compile(f"(?:{any_of(words['institutions'])})")
        self._progress = dict.fromkeys(words["kernels"]["at_work"], "building")
        self._progress.update(dict.fromkeys(_TALKED, "negotiating"))
        self._progress.update(dict.fromkeys(words["kernels"]["at_use"], "operating"))
        told = [*stages.words("proposed", "landed", "building", "operating", "ended"), *self._progress]
        of_works = [w for w in told if w not in lookups["stages"]["not_of_works"]]
        self._works = re.compile(
            f"(?<!的)(?P<verb>{any_of(of_works)})(?!仪式|活动|大会|(?<!解除)(?<!终止)(?:合同|协议)|[前率后]|[^，。；]{{0,8}}?(?:以来|时间))"
        )

    def built(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """Works with a name or an owner, a word of how far they are, and an amount or a builder."""
        text = context.text
        cues = [m for m in self._works.finditer(text, start, end) if not context.is_inside(m.start())]
        invests = _INVESTS.search(text, start, end)
        hands = [p for by in INVEST_BY.finditer(text, start, end) for p in self._about.builders(context, by)]
        if not hands and (built := _BUILT.search(text, start, end)):
            role = "contractor" if self._words["contracts"].search(built[0]) else "investor"
            hands = self._parties.coordination(
                context, *built.span(built.lastgroup or 0), role, is_anchored=False
            )
        hands = [p for p in hands if p.mention and p.mention.entity_type == "organization"]
        builders = [p for p in hands if p.role == "contractor"]
        if not cues and not invests and not builders:
            return None
        heads = [
            h
            for h in self._nouns.work.finditer(text, start, end)
            if not context.is_inside(h.end())
            and not self._is_body(context, h)
            and h[0] != "产业链"
            and not any(c.start("verb") < h.end() and h.start() < c.end("verb") for c in cues)
        ]
        if invests and not cues:
            heads = [h for h in heads if h.start() >= invests.end()]
        if not heads:
            return None
        told = [(c.span("verb"), self._how_far(context, start, c)) for c in cues]
        told = [t for t in told if text[slice(*t[0])] not in self._beside or _direct(context, heads, t)]
        if not told and not invests and not builders:
            return None
        done = [t for t in told if t[1] != "proposed"]
        spoken = invests.span("verb") if invests else (heads[0].end() - 1, heads[0].end())
        ahead_of = context.without_names(clause_start(context, start, spoken[0]), spoken[0])
        spent = self._stages.read("building", ahead_of, "")
        fallback = (spoken, "signed" if _SIGNS.search(text, start, spoken[0]) else spent)
        # 去年动工，主体已封顶，预计9月投产: what is done says how far it is, not what is expected.
        cue, stage = done[-1] if done else told[-1] if told else fallback
        owners = [p for p in hands if p.role != "contractor"]
        amounts = [
            q
            for q in context.quantities_in(start, end)
            if q.values.get("dimension") in {"money", "area", "length", "power", "mass", "volume"}
        ]
        ahead = [h for h in heads if h.end() <= cue[0]] or heads
        pairs = [pair for t in told if (pair := _direct(context, heads, t))]
        direct = next(
            (p for p in pairs if self._is_name(context, self._named(context, start, p[0])[0])), None
        )
        if direct:
            ahead, told_by = direct
            # 规划投资8亿元的某厂投产: words of the name make no plan.
            verb = next(c for c in cues if c.span("verb") == told_by[0])
            told_by = told_by[0], self._how_far(context, ahead[-1].end(), verb)
            later = [t for t in done if t[0] > told_by[0] and t[1] in _WORKED]
            cue, stage = later[-1] if later and not _has_own(heads, told_by, later[-1]) else told_by
        elif invests:
            stop = clause_end(text, invests.end(), end)
            ahead = [h for h in heads if invests.end() <= h.start() < stop] or ahead
        if stage == "proposed" and text[slice(*cue)] not in self._beside:
            # 签约，投资7亿元建设某基地，预计明年投产; 由某公司承建，预计明年建成
            stage = "signed" if _SIGNS.search(text, start, cue[0]) else "building" if builders else stage
        if done and (puts_up := _OBJECT.match(text, cue[0], end)):
            stop = clause_end(text, puts_up.end(), end)
            ahead = [h for h in heads if puts_up.end() <= h.start() < stop][-1:] or ahead
        title, sides = self._named(context, start, ahead)
        left = clause_start(context, start, ahead[0].start())
        words = text[slice(*title)]
        if _COUNTED.match(text, title[1]) or _MEETING.match(text, title[1]) or _MANY.match(text, left):
            return None
        is_named = self._is_name(context, title) and not _SEVERAL.search(text, left, title[0])
        parties = [*sides, *(p for p in owners if all(p.mention != q.mention for q in sides))]
        if not parties:
            subject = [
                m for m in context.mentions_in(start, title[0], "organization") if self._topic.is_firm(m)
            ]
            is_of_topic = not is_named or self._words["of_firm"].search(text, start, end)
            firm = subject[0] if subject else self._topic.firm(context, start) if is_of_topic else None
            parties = [Party.of(firm, "investor" if invests else "owner")] if firm else []
        if not is_named and not parties:
            return None
        before = text[left : title[0]]
        is_wish = self._founding.is_pushing(words) or (
            self._founding.is_pushing(before) and not before.startswith("位于")
        )
        is_own = bool(direct and is_named and not is_wish) and bool(
            context.mentions_in(*title, "place", "organization")
            or _DISTINCT.search(words)
            or title[1] - title[0] - len(ahead[-1][0]) >= _MIN_OWN_CHARS
        )
        if not (builders or owners or amounts or is_own or (sides and is_named)):
            return None
        if not (parties or builders or is_own or any(q.values.get("dimension") == "money" for q in amounts)):
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
        )

    def planned(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that is to build something: 甲拟在某地建一条某生产线, 甲把某中心放在某地."""
        text = context.text
        for found in chain.from_iterable(
            p.finditer(text, start, end) for p in (_TO_BUILD, _PUTS_DOWN, _HAS_BUILT)
        ):
            span = found.span("what")
            heads = list(self._nouns.work.finditer(text, *span)) or list(self._body.finditer(text, *span))
            if not heads or context.is_inside(found.start()):
                continue
            left = clause_start(context, start, found.start())
            named = context.mentions_in(left, found.start("what"), "organization")
            firm = next((m for m in named if self._topic.is_house(m)), None)
            if firm is None and self._words["of_firm"].search(text, left, found.start("what")):
                firm = self._topic.firm(context, left)
            title, _ = self._named(context, span[0], [heads[-1]])
            title = (max(title[0], span[0]), title[1])
            words = text[slice(*title)]
            if firm is None or len(words) < 4 or _NO_NAME.search(words) or self._founding.is_generic(words):
                continue
            stage = (
                "landed" if found.re is _PUTS_DOWN else "operating" if found.re is _HAS_BUILT else "proposed"
            )
            if self._words["talks"].search(text, start, end):
                stage = "negotiating"
            elif _SIGNS.search(text, start, end):
                stage = "signed"
            return Candidate(
                start=min(left, firm.start) if firm.start >= start else left,
                end=title[1],
                cue=found.span("verb"),
                base=stage,
                stage=stage,
                left=left,
                rule="kernel",
                hint="project" if self._nouns.work_end.search(words) else "institution",
                title=title,
                parties=[Party.of(firm, "investor")],
                confidence=0.6,
            )
        return None

    def in_talks(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm, works and a word of talks."""
        text = context.text
        about = _ABOUT.search(text, start, end)
        sides = context.mentions_in(start, about.start(), "organization")[-2:] if about else []
        if about and sides and self._nouns.work_end.search(about["what"]):
            title = bare(text, about.span("what"))
            return Candidate(
                start=sides[0].start,
                end=about.end(),
                cue=about.span("verb"),
                base="negotiating",
                stage="negotiating",
                left=sides[-1].end,
                rule="kernel",
                hint="project",
                title=title if self._is_name(context, title) else None,
                parties=[Party.of(m) for m in sides],
                confidence=0.6,
            )
        cue = self._words["not_yet"].search(text, start, end)
        firms = [m for m in context.mentions_in(start, end, "organization") if self._topic.is_firm(m)]
        heads = [h for h in self._nouns.head.finditer(text, start, end) if not self._is_body(context, h)]
        if cue is None or not firms or not heads or len(firms) > 2:
            return None
        if self._words["sums"].search(text, start, end) or self._words["hopes"].search(
            text, start, cue.start()
        ):
            return None
        title, _ = self._named(context, start, heads[:1])
        words = text[slice(*title)]
        is_named = len(words) >= 4 and not _NO_NAME.search(words) and not self._founding.is_generic(words)
        if context.mentions_in(*title, "organization", "person"):
            is_named = False
        if not is_named and heads[0].start() < firms[0].end:
            return None
        return Candidate(
            start=min(firms[0].start, cue.start()),
            end=max(firms[0].end, cue.end()),
            cue=cue.span(),
            base="negotiating",
            stage="ended" if self._words["ends"].search(text, start, end) else "negotiating",
            left=firms[0].end,
            rule="kernel",
            hint="project",
            title=title if is_named else None,
            parties=[Party.of(firms[0], "investor")],
            confidence=0.6,
        )

    def _is_name(self, context: ArticleContext, title: tuple[int, int]) -> bool:
        """Whether words name one thing, which may begin like a person's name."""
        words = context.text[slice(*title)]
        is_short = len(words) < _MIN_NAME_CHARS or self._founding.is_generic(words)
        people = context.mentions_in(*title, "person")
        return not (is_short or _NO_NAME.search(words) or any(p.start > title[0] for p in people))

    def _is_body(self, context: ArticleContext, noun: re.Match[str]) -> bool:
        """Whether a noun of works is the end of a firm, a bank or an office."""
        around = context.mentions_in(max(0, noun.start() - 40), noun.end(), "organization")
        body = next((m for m in around if m.end == noun.end()), None)
        return body is not None and bool(
            self._topic.is_firm(body) or BANK.search(body.text) or AREA.search(body.text)
        )

    def _how_far(self, context: ArticleContext, start: int, verb: re.Match[str]) -> str:
        left = clause_start(context, start, verb.start())
        clause = context.text[left : verb.start()]
        # 力争到2025年产值翻番，建成某基地: the aim holds for both.
        is_aimed = _AIMS.search(context.text, start, left) is not None and _DONE.search(clause) is None
        if is_aimed or context.is_ahead(left, verb.start()):
            return "proposed"
        return self._stages.read(
            self._progress.get(verb["verb"]) or self._stages.of_word(verb["verb"]),
            context.without_names(left, verb.start()),
            context.text[verb.end() : verb.end() + 12],
        )

    def _named(
        self, context: ArticleContext, start: int, heads: list[re.Match[str]]
    ) -> tuple[tuple[int, int], list[Party]]:
        """The name of works that ends with the first noun and those that it goes on with (改造 + 工程)."""
        text, stop = context.text, heads[0].end()
        for following in heads[1:]:
            if not _goes_on(text, stop, following.start()):
                break
            stop = following.end()
        left = clause_start(context, start, heads[0].start())
        title, sides = self._owners.split(context, left, stop)
        title = bare(text, title)
        for pattern in (_BUILT_BY, PLANNED, _PUTS_UP, _OF_WHAT):
            lead = pattern.match(text, *title)
            title = (skip_article(text, lead.end() if lead else title[0]), title[1])
        return title, sides


_Told = tuple[tuple[int, int], str]


def _goes_on(text: str, stop: int, start: int) -> bool:
    """Whether a noun that ends at `stop` is one name with the noun at `start` (医院 + 新 + 院区)."""
    return start - stop <= _MAX_NOUN_CHARS and not _NO_NOUN.search(text, stop, start)


def _has_own(heads: list[re.Match[str]], first: _Told, later: _Told) -> bool:
    """Whether a later word tells of works that are named behind the first one (一期投产，二期封顶)."""
    return any(first[0][1] <= h.start() < later[0][0] for h in heads)


def _direct(
    context: ArticleContext, heads: list[re.Match[str]], told: _Told
) -> tuple[list[re.Match[str]], _Told] | None:
    """The nouns of works of which a word tells, with it: nothing but days and adverbs stands between."""
    (position, end), _ = told
    ahead = [h for h in heads if h.end() <= position]
    for number in range(len(ahead) - 1, -1, -1):
        stop = ahead[number].end()
        why = _WHY.match(context.text, stop, position)
        if unfilled(context, why.end() if why else stop, position) or _NOT_TOLD.match(context.text, end):
            break
        if _LISTED.search(context.text, clause_start(context, 0, stop), stop):
            break
        first = number
        while first and _goes_on(context.text, ahead[first - 1].end(), ahead[first].start()):
            first -= 1
        return ahead[first : number + 1], told
    return None
