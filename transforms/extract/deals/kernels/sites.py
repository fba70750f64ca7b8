"""Works named with their firm and no word of how far they are, and firms that settle somewhere."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_end, clause_start, unfilled
from transforms.extract.deals.kernels.base import KernelReader, Readers
from transforms.extract.deals.kernels.names import is_own_name
from transforms.extract.deals.kernels.sides import OFFICE
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.scene import is_at_signing, stage_of_all
from transforms.extract.deals.topic import AREA, BANK
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

# 甲公司的某项目，投资9亿元: what may stand behind the name of works that a report goes through.
_NAME_ENDS = re.compile(
    r"[，,：:；。（(、]|(?=[和与及])|$|(?:计划|预计|协议|拟|总)*投资|合计|次之|用地|占地|位于|坐落|地处|追加|第[一二三]次|[0-9]|(?:体量|规模)最"
)
# 总投资2亿元，目前已完成公司注册，正在规划设计
_ON_PAPER = re.compile(
    "正在?(?:进行|开展|做)?(?:规划|厂房|方案|初步|施工图)*设计|(?:公司|工商)注册|前期(?:工作|手续|准备)|办理[^，。；]{0,8}手续"
)
_MAX_BEHIND = 40
_BUILDS = re.compile("(?:拟|将|计划)?[自新扩兴改]?建(?!材|筑|[^，。；]{0,3}[市县区镇])|投")
# What such works cost.
_COSTS = re.compile(
    r"(?:[（(][^（）()]{1,20}[）)])?"
    r"(?:[，,](?:将|拟|主要|计划)(?:建设|新建|打造|生产)|[，,]合同金额"
    r"|(?:位于[^，。；]{2,30})?(?:[，,](?:总?用地|总?建筑面积|规划|共?设)[^，。；]{2,30}){0,4}[，,]?(?:总?占地[^，。；]{2,14}[，,])?(?:由[^，。；]{4,40}?投资(?:建设|兴建)?[，,])?"
    r"(?:项目|工程)?(?:计划|预计|拟|协议|概算|估算|设计)*总?投资"
    r"(?:总?额|规模|金额)?(?:约为?|达到?|超过?|逾|近|为)?[ ]?[0-9])"
)
_COST_OF = DEALS.compile(
    r"(?<!完成)总?投资(?:约|达|超|近)?[0-9.]+[万亿]+元、?(?:总?占地[^，。；的]{2,10})?的(?P<title>[^，。；的、是]{4,30}?(?:项目|工程|基地|产业园))(?![^，。；]{0,4}(?:建设|个))"
)
# 投资最大的是, 紧随其后的是, 其中有: one of several
_ONE_OF = DEALS.compile(
    r"最[大重高多]|第[一二三四五]|其中|其[一二三四五]|紧随|次之|还有|分别[是为]|包括|另外|此外|排在|要数|之一|以及|合计|(?:是|有|为|包括)[：:]"
)
# (以下简称甲)的, 投资的, 与某县政府合作的: what stands between a firm and its works.
_OF_FIRM = re.compile(
    r"(?:[（(][^（）()]{1,20}[）)])?(?:(?:[、和与同跟及]|以及)(?P<with>[^，。；的]{2,24}?))?"
    r"(?:(?:在[^，。；的]{2,16})?(?:计划|拟|将)?(?:总?投资|投|布局|建设|打造|合作|共建|合建|牵头)[^，。；的]{0,10})?的"
)
# 甲公司合资设厂: what a firm does is no name of its works.
_ACTS = re.compile("[的在将已与由拟和签投设获并]|合[资作办建]|共[建同]|联[合手]|建设|承建|中标|增资|计划")
_IS_LABEL = re.compile("[：:] ?")
_UNDER_WAY = DEALS.compile(r"在建|开工(?:建设)?的|新开工|集中开工|续建")
# 甲公司拿到营业执照, 项目公司完成注册
_REGISTERS = (
    r"(?:拿到|领到|取得|领取|拿下)了?(?:工商)?(?:营业)?执照"
    r"|(?:完成|办[结妥好])了?(?:工商|公司)?(?:设立|注册)?(?:登记|注册)(?:手续)?"
)
# 成为某产业园第一家外资企业
_FIRST_OF = re.compile(r"[^。；]{0,4}?成为(?P<where>[^，。；]{2,24}?)(?:的?(?:第一|首)[家个户]|的?一员)")
# 甲集团（A Group）独资的乙公司, 港商张三投资2亿港元的乙公司
_OWNS = re.compile(
    r"(?:[（(][^（）()]{1,30}[）)])?(?:全资|独资|控股|旗下|投资|出资|设立|所属)(?:控制|拥有|设立|成立|[0-9.]+[万亿]+[^，。；的]{1,4})?的?"
)
# 分两期建设, of which the next sentence tells
_IN_PHASES = DEALS.compile(
    "分[两二三四2-5][期阶]段?(?:建设|实施|开发|推进|投资|完成)?|共?规划(?:建设)?[两二三四2-5]期"
)
_SITED = DEALS.compile(r"(?:位于|坐落|地处|选址|装机|总投资|占地)")
_ON_THAT = re.compile(
    r"(?P<what>(?:(?:目前|现在|据悉|据了解|据介绍)[，,]?)?(?:该|此)?(?:项目|工程|电站|基地|园区|水库))(?:建设(?=进入|已|正)|进入|正|已|现|目前|计划|预计|将|拟|于|争取|力争|[去今明]年|[0-9]+[年月])"
)
_PHASE = re.compile(r"[\s\u3000]*(?:其中|目前)?[，,]?(?:项目)?第?[一首二三]期")
_IS_DESCRIBED = re.compile(
    r"(?:[（(][^（）()]{1,20}[）)])?[，,]?(?:位于|坐落|地处|选址|总?投资|计划|共?规划|占地|建在|设在|是|由|分)"
)
_AND_OTHERS = re.compile("等?[0-9一二两三四五六七八九十]+[余多]?家[^，。；]{0,8}?(?:企业|公司)")
_SIGNS = re.compile("签约$")
_LISTED = re.compile("、|等|批|家企业")
_MEASURES = frozenset({"money", "area", "mass", "power", "count", "volume"})
_MAX_DEEDS = 4
_WITH = frozenset({"与", "和", "同"})
_AGREED_ON = re.compile(
    r"(?:正式|初步|已经?)*(?:(?P<talks>达成[^，。；]{0,6}意向|[^，。；]{0,8}(?:洽谈|商谈|磋商))|达成)"
)


class SiteKernels(KernelReader):
    """Each method reads one list item [start, end) of a sentence; compiled once from the lookups."""

    def __init__(self, readers: Readers) -> None:
        super().__init__(readers)
        words, stages = readers.lookups["deal_types"], readers.stages
        self._settles = DEALS.compile(
            f"(?P<verb>{any_of(words['lands'])}|(?P<registers>{_REGISTERS}))(?!仪式|的|率|以来|[前后时之])"
        )
        self._works = re.compile(any_of(stages.words("building", "operating")))

    def owned(self, context: ArticleContext, start: int, end: int) -> list[Candidate]:
        """Works of a firm that a report of a signing, or of works under way, goes through."""
        text = context.text
        amounts = any(q.values.get("dimension") in _MEASURES for q in context.quantities_in(start, end))
        if not (amounts or _ONE_OF.search(text, start, end)):
            return []
        stage = self._scene(context, start, end)
        # Of works whose stage is not told, a sum is.
        if stage == "unknown" and text.find("投资", start, end) < 0:
            return []
        found: list[Candidate] = []
        for head in self._names.nouns.work.finditer(text, start, end):
            if context.is_inside(head.end()) or not _NAME_ENDS.match(text, head.end(), end):
                continue
            floor = max(clause_start(context, start, head.start()), found[-1].end if found else start)
            # 甲项目总投资9亿元、乙项目总投资8亿元
            cut = text.rfind("元、", floor, head.start())
            floor = cut + 2 if cut >= 0 else floor
            firm = self._owner(context, floor, head.start()) if stage != "unknown" else None
            if self._names.is_body(context, head):
                continue
            if firm is None:
                nobodys = self._priced(context, floor, head, end, stage)
                found += [nobodys] if nobodys else []
                continue
            of = _OF_FIRM.match(text, firm.end, head.start())
            title = (of.end() if of else firm.end, head.end())
            if not self._names.is_name(context, title) or context.mentions_in(*title, "person"):
                continue
            beside = (
                context.mentions_in(*of.span("with"), "organization", "place") if of and of["with"] else []
            )
            # 甲管委会与乙公司的丙项目
            hosts = context.mentions_in(floor, firm.start, "organization")[-1:]
            hosts = [m for m in hosts if OFFICE.search(m.text) and text[m.end : firm.start] in _WITH]
            # 1.某市：某公司某项目
            label = context.mentions_in(text.rfind("\n", 0, floor) + 1, floor, "place", "organization")[-1:]
            hosts = hosts or [m for m in label if _IS_LABEL.fullmatch(text, m.end, firm.start)]
            parties = [*(Party.of(m, "host") for m in hosts), Party.of(firm, "investor")]
            parties += [Party.of(m, "investor" if self._topic.is_firm(m) else "host") for m in beside]
            is_on_paper = _ON_PAPER.search(text, head.end(), clause_end(text, head.end(), end) + _MAX_BEHIND)
            found.append(
                Candidate(
                    firm.start,
                    head.end(),
                    (head.end() - 1, head.end()),
                    stage="proposed" if is_on_paper else stage,
                    hint="project",
                    title=title,
                    parties=parties,
                )
            )
        if not found and (costs := self._costs(context, start, end)):
            return [costs]
        return found[:_MAX_DEEDS]

    def _costs(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """总投资9亿元的某项目填补了国内空白: works with a name and a sum, of which no more is told."""
        found = _COST_OF.search(context.text, start, end)
        if found is None or context.is_inside(found.start()):
            return None
        title = self._names.own(context.text, found.span("title"))
        noun = self._names.nouns.work_end.search(context.text, *title)
        if noun is None or not (self._names.is_name(context, title) and is_own_name(context, title, noun)):
            return None
        cue = (found.end() - 1, found.end())
        works = Candidate(
            found.start(), found.end(), cue, stage="unknown", hint="project", title=title, rule="costs"
        )
        agreed = _AGREED_ON.match(context.text, found.end(), end)
        left = clause_start(context, start, found.start())
        if agreed and self._parties.is_both(context.text[left : found.start()]):
            # 双方就投资9亿元的某项目达成意向
            works.takes_both, works.stage = True, "negotiating" if agreed["talks"] else "signed"
        return works

    def _priced(
        self, context: ArticleContext, start: int, head: re.Match[str], end: int, stage: str
    ) -> Candidate | None:
        """某某项目总投资9亿元: works with a name and a sum of their own, whoever pays for them."""
        if not _COSTS.match(context.text, head.end(), end):
            return None
        title, sides = self._names.named(context, start, [head])
        is_own = bool(sides) or is_own_name(context, title, head)
        is_named = self._names.is_name(context, title) and is_own
        words = context.text[slice(*title)]
        if not is_named or _BUILDS.match(words) or self._names.nouns.is_pushing(words):
            return None
        if stage == "unknown" and (
            _PHASE.match(words)
            or "是" in context.text[start : title[0]]
            or not (sides or context.mentions_in(*title, "place", "organization"))
        ):
            return None
        cue = (head.end() - 1, head.end())
        rule = "costs" if stage == "unknown" else "kernel"
        return Candidate(
            title[0], head.end(), cue, stage=stage, hint="project", title=title, parties=sides, rule=rule
        )

    def settled(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """A firm that settles in a zone, or has got its licence there."""
        text = context.text
        for verb in self._settles.finditer(text, start, end):
            left = clause_start(context, start, verb.start())
            firms = context.mentions_in(left, verb.start(), "organization")
            firm = firms[-1] if firms else None
            if firm is None or not self._topic.is_firm(firm):
                continue
            # 甲、乙等5家企业签约落户: each of those that are named comes.
            others = _AND_OTHERS.match(text, firm.end, verb.start())
            signs = _SIGNS.search(text, firm.end, verb.start())
            begin, stop = others.end() if others else firm.end, signs.start() if signs else verb.start()
            if _LISTED.search(text, left, verb.start()) and not others:
                continue
            if unfilled(context, begin, stop) or self._names.nouns.is_pushed(text, left, firm.start):
                continue
            registers = verb["registers"] is not None
            hosts = self._works_sides.zone(context, verb.end(), end)
            known = _FIRST_OF.match(text, verb.end(), end) if registers else None
            named = context.mentions_in(*known.span("where"), "organization", "place") if known else []
            hosts = hosts or [Party.of(m, "host") for m in named[-1:]]
            is_dated = context.dates_in(firm.end, verb.start()) or context.money_in(verb.end(), end)
            if not (hosts or registers or is_dated):
                continue
            between = context.without_names(firm.end, verb.start())
            stage = self._stages.read("landed", between, text[verb.end() : verb.end() + 12])
            is_ahead = stage == "landed" and context.is_ahead(left, verb.start())
            stage = "signed" if signs and stage == "landed" else stage
            investors = [Party.of(firm, "investor")]
            if others:
                investors = self._parties.coordination(context, firms[0].start, firm.end, "investor")
            house = next(reversed(context.mentions_in(left, firm.start, "organization", "person")), None)
            if house is not None and _OWNS.fullmatch(text, house.end, firm.start):
                investors = [Party.of(house, "investor"), Party.of(firm, "owner")]
            return Candidate(
                investors[0].start,
                max(verb.end(), *(p.end for p in hosts)) if hosts else verb.end(),
                verb.span("verb"),
                stage="proposed" if is_ahead else stage,
                base="landed",
                left=firm.end,
                hint="project",
                parties=[*investors, *hosts],
            )
        return None

    def phased(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """某园区位于某镇，总投资9亿元，分两期建设: the next sentences say how far the phases are."""
        text = context.text
        phases = _IN_PHASES.search(text, start, end)
        is_measured = any(q.values.get("dimension") in _MEASURES for q in context.quantities_in(start, end))
        if not (is_measured or (phases and _PHASE.search(text, phases.end(), end))):
            return None
        number = context.sentence_at(start) + 1
        following = context.sentences[number : number + 1]
        is_told = phases and (
            _PHASE.search(text, phases.end(), end) or any(_PHASE.match(text, a) for a, _ in following)
        )
        stage = "unknown"
        if phases is None and not self._works.search(text, start, end):
            # 某项目位于某镇，总投资9亿元。工程计划9月开工: likewise.
            head = self._names.nouns.work.search(text, start, end)
            phases = _SITED.search(text, head.end(), end) if head else None
            stage = next((self._on_that(context, *s) for s in following), stage)
            is_told = phases and stage != "unknown"
        if phases is None or not is_told:
            return None
        head = next((h for h in self._names.nouns.work.finditer(text, start, phases.start())), None)
        firms = context.mentions_in(start, phases.start(), "organization")
        firms = [m for m in firms if not AREA.search(m.text) and not BANK.search(m.text)]
        title, sides = self._names.named(context, start, [head]) if head else ((0, 0), [])
        is_named = (
            head is not None and self._names.is_name(context, title) and _IS_DESCRIBED.match(text, title[1])
        )
        opens = [m for m in firms if not text[start : m.start].strip()]
        if not is_named and not opens:
            return None
        return Candidate(
            start,
            phases.end(),
            phases.span(),
            stage=stage,
            hint="project",
            title=title if is_named else None,
            parties=sides or [Party.of(m, "owner") for m in opens[:1]],
        )

    def _on_that(self, context: ArticleContext, start: int, end: int) -> str:
        """How far works are of which a sentence goes on to tell (工程计划9月开工)."""
        opens = _ON_THAT.match(context.text, start, end)
        verb = self._works.search(context.text, opens.end("what"), end) if opens else None
        if opens is None or verb is None:
            return "unknown"
        after = context.text[verb.end() : verb.end() + 12]
        base = self._stages.of_word(verb[0])
        stage = self._stages.read(base, context.without_names(opens.end("what"), verb.start()), after)
        # 预计明年建成: it is under way.
        return "building" if stage == "proposed" and base == "operating" else stage

    def _owner(self, context: ArticleContext, start: int, stop: int) -> Mention | None:
        """The first firm of a stretch behind which only its share in the works stands before their name."""
        text = context.text
        for firm in context.mentions_in(start, stop, "organization"):
            of = _OF_FIRM.match(text, firm.end, stop)
            if self._topic.is_firm(firm) and (of or not _ACTS.search(text, firm.end, stop)):
                return firm
        return None

    def _scene(self, context: ArticleContext, start: int, end: int) -> str:
        """How far works are of which a report says no more than their names."""
        text, sentence = context.text, context.sentences[context.sentence_at(start)][0]
        if is_at_signing(context, start, end):
            return "signed"
        return "building" if _UNDER_WAY.search(text, sentence, end) else stage_of_all(context, start, end)
