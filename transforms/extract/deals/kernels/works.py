"""Works by their kernel: a noun of works or a word of the deed, and who stands around it."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.antecedents import name_before
from transforms.extract.deals.clauses import clause_end, clause_start, unfilled
from transforms.extract.deals.kernels.invests import ACQUIRES, FUNDED, invested, sited, who_bought
from transforms.extract.deals.kernels.names import (
    LEADS,
    Told,
    behind_plant,
    direct,
    goes_on,
    has_own,
    is_own_name,
)
from transforms.extract.deals.kernels.work_words import TALKED, WorkWords
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.same import share_name
from transforms.extract.deals.scene import is_at_signing, is_only_signed, stage_of_all
from transforms.extract.deals.works import PART
from transforms.extract.deals.works_sides import IS_OF
from transforms.extract.gated import DEALS

_STANDS = re.compile("(?:[建盖办]起|[建盖]成)了?$")
# 集停车场、冷库于一体的某园
_KIND = DEALS.compile("集(?![团中体])[^，。；]{4,40}?一[体身]的")
# 谈到联合实验室的打算，张三说
_SPOKEN_OF = DEALS.compile(r"(?:谈[到及起]|说[到起]|提[到及起]|聊[到起])[^，。；]{2,30}(?=[，,])")
_COUNTED = re.compile(r"校?[0-9一二三四五六七八九十百]+[余多]?[个家项条座](?!子项|标段|单体|作业面)")
# 一批某工程, 125个某项目
_MANY = re.compile(
    r"(?:此外|目前|同时|其中)?[，,]?(?:[全我本][省市县区州国])?(?:共有?)?(?:一批|一大批|多个|众多|各类|[0-9一二三四五六七八九十百千]+[余多]?[个项])"
)
# 书记宣布项目开工, 开发区的一批重大项目开工: of no works by themselves
_OF_MANY = re.compile("宣布|的?(?:一批|一大批|多个|众多|一系列)")
# 建设2个某泊位: what works consist of
_SEVERAL = re.compile("(?:[2-9]|[0-9]{2,}|[两二三四五六七八九十])[个座条家处]$")
# 全区重点项目完成投资9亿元
_SUM = re.compile(r"完成[^，。；]{0,8}(?:投资|产值)")
_MEETING = re.compile(
    r"(?:调度|协调|评审|论证|座谈|动员)?会|(?:推进会|现场会|对接会|签约(?=仪式|活动|大?会|暨)|活动|观摩|集中)"
)
_OBJECT = re.compile(
    r"(?:建成|建起|盖起|建了|盖好|建好|开建|动工兴建|动工建设|开工建设|(?:新|首次|正式|再次?)?(?:开通|开辟)(?=[^，。；]{2,20}(?:航线|班列|专列|线路))|(?:投产|投用|投运|上马)(?=了)|启动(?=[^，。；]{4,36}(?:建设|改造|扩建|施工)(?:[，。；]|$)))(?:起来)?了?(?=[^，。；]{3,40})"
)
_COMES_HOME = re.compile(
    r"(?:[^，。；]{0,6}?(?:[回返]到?(?:家乡|老家|故乡|乡|村)|下海|辞职)(?:创业)?[，,]?)(?:又|便|就|决定|用|带着)*"
)
_OPENS = frozenset({"启动", "开通"})
_PHASE, _OF_PHASE = re.compile("第?[二三四五六]期(?:项目|工程)?"), re.compile("第?[一二三四五六首]期")
SIGNS = re.compile(r"签约|签订|签署|签下|签了|协议|合同")
# 污水厂由某公司以BOT方式建设，合同已经签了
_PAPER_SIGNED = re.compile(
    r"[，,](?:双方|特许经营|投资|建设)*(?:协议|合同)(?:[0-9年月日]+|[上本]周|[上本]月|前天|昨[天日]|日前|近日|也|都|已经?|刚刚?)*(?:签订|签署|签)(?:了|完|妥|下|$|[，。；])"
)
# 引来一座某驿站——由某集团投资
_BROUGHT = re.compile("(?:引来|迎来|招来|引进|引入)了?一[座个条家处](?=[^，。；]{2,20}(?:——|[，,：:]))")
# 博物馆改建到某镇
_REBUILT_AT = re.compile("[改扩迁]建(?:到|至|在|于)")
_ONCE_PLANNED = re.compile("[^，。；]{0,8}?(?:原定|原计划|原拟|原打算|此前计划|曾计划)")
_TALKS_ABOUT = re.compile(f"[与和同][^，。；]{{2,30}}就[^，。；]{{3,24}}?(?:{'|'.join(TALKED)})")
# 同镇的某大桥也通车: it is none of the firm told of before.
_PUBLIC = re.compile("(?:桥|路|大道|隧道|高速|铁路|学校|小学|中学|医院|卫生院|公园|广场|水库|幼儿园|敬老院)$")
# 某总部签约落户某区
_COMES = re.compile("(?:并|，)?(?:落户|入驻|进驻|落地)")
_NOT_BEGUN = frozenset({"proposed", "negotiating", "landed"})
_MIN_POINTED_CHARS, _MAX_WORKS = 3, 6
_MEASURES = frozenset({"money", "area", "length", "power", "mass", "volume"})
_WORKED = frozenset({"building", "operating", "ended"})
# 从签约到开工，某项目只用了58天
_QUICK = re.compile("从[^，。；到]{2,8}到$")
_TOOK = re.compile("[，,](?P<name>[^，。；]{4,40}?)(?:仅|只|总共|历时|用时|不到|才|共用|短短)")


class WorksKernels(WorkWords):
    """Reads one list item [start, end) of a sentence; compiled once from the lookups."""

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
        cues = self.words(context, start, end)
        invests = invested(context, start, end)
        hands = self._works_sides.hands(context, start, end)
        builders = [p for p in hands if p.role == "contractor"]
        # 拟由某公司承建: nobody is at work yet.
        is_hired = builders and not self._stages.is_planned(text[builders[0].start - 3 : builders[0].start])
        if not cues and not invests and not hands:
            return None
        if invests and hands and cues and text[invests.start() - 1] == "总":
            invests = None  # 某工程由甲与乙出资，总投资9亿元，将新建水厂6座，7月动工: what it consists of.
        whole = sited(context, self._names.nouns, start, invests) if invests else None
        # 由某集团投资打造，涵盖酒店: what stands behind the comma is no object.
        is_ahead = invests and not (cues or hands or whole or text.startswith("，", invests.end()))
        heads = self.heads(context, invests.end() if invests and is_ahead else start, end, cues)
        told = [(c.span("verb"), self.how_far(context, start, c)) for c in cues] if heads else []
        told = [t for t in told if text[slice(*t[0])] not in self._beside or direct(context, heads, t)]
        if not heads or not (told or invests or hands):
            return None
        if _TALKS_ABOUT.search(text, start, end) and all(stage in _NOT_BEGUN for _, stage in told):
            return None  # 就某项目进行磋商，拟选址某镇
        pairs = [pair for t in told if (pair := self._nouns_of(context, start, heads, t))]
        beside = next((p for p in pairs if self._is_told(context, start, p[0], is_beside=is_beside)), None)
        done = [t for t in told if t[1] != "proposed"]
        if beside:
            ahead, first = beside
            # 规划投资8亿元的某厂投产: words of the name make no plan.
            verb = next(c for c in cues if c.span("verb") == first[0])
            first = first[0], self.how_far(context, ahead[-1].end(), verb)
            later = [t for t in done if t[0] > first[0] and t[1] in _WORKED]
            cue, stage = later[-1] if later and not has_own(text, heads, first, later[-1]) else first
        else:
            cue, stage = self._latest(context, start, end, told, heads, invests)
            stop = clause_end(text, invests.end(), end) if invests else start
            ahead = [h for h in heads if invests and invests.end() <= h.start() < stop]
            ahead = ahead or [h for h in heads if h.end() <= cue[0]] or heads
            if whole:
                ahead = [h for h in heads if h.end() == whole] or ahead
            ahead = behind_plant(text, ahead)
        is_due = False
        if stage == "proposed" and text[slice(*cue)] not in self._beside:
            # 签约，投资7亿元建设某基地，预计明年投产; 由某公司承建，预计明年建成
            is_due = self._is_due(context, start, end, told)
            if SIGNS.search(text, start, cue[0]):
                stage = "signed"
            elif (of_all := stage_of_all(context, start, end)) != "unknown":
                stage = of_all
            elif (is_due or is_hired) and not is_only_signed(context, start, end, cue[0]):
                stage = "building"
        puts_up = _OBJECT.match(text, cue[0], end) if done or text[slice(*cue)] in _OPENS else None
        if puts_up and text[slice(*cue)] == "开通":
            # 签订协议，共同开通某航线: what is agreed on, or talked about.
            agreed = SIGNS.search(text, start, cue[0]) or self._words["talks"].search(text, start, end)
            puts_up = None if agreed else puts_up
        if puts_up:
            stop = clause_end(text, puts_up.end(), end)
            ahead = [h for h in heads if puts_up.end() <= h.start() < stop][-1:] or ahead
        floor = puts_up.end() if puts_up else start
        if invests and not beside and not whole and ahead[0].start() >= invests.end():
            floor = max(floor, invests.end() - text[invests.start("verb") : invests.end()].count("了"))
        title, sides = self._names.named(context, start if beside else floor, ahead)
        if invests:
            sides = [replace(p, role="investor") if p.role == "owner" else p for p in sides]
        left = clause_start(context, start, ahead[0].start())
        title = (invests.end(), title[1]) if invests and title[0] == invests.start("verb") else title
        is_met = _MEETING.match(text, title[1]) and text[slice(*cue)] not in self._beside
        if _COUNTED.match(text, title[1]) or is_met or _MANY.match(text, left):
            return None
        leads = LEADS.match(text, left, title[1])
        is_pointed = leads is not None and leads["one"] and title[1] - title[0] >= _MIN_POINTED_CHARS
        is_named = self._names.is_name(context, title) or is_pointed
        is_named = bool(is_named or (sides and _PHASE.fullmatch(text, *title)))
        has_built = invests and _STANDS.search(text, start, invests.end())
        is_named = is_named and (bool(has_built) or not _SEVERAL.search(text, left, title[0]))
        if not (is_named or ((cues or invests) and not _OF_MANY.search(text, left, cue[0]))):
            return None
        owners = [p for p in hands if p.role != "contractor"]
        names = {p.mention.text for p in sides if p.mention}
        parties = [*sides, *(p for p in owners if not (p.mention and share_name({p.mention.text}, names)))]
        if not parties:
            tells_firm = self._words["of_firm"].search(context.without_names(start, end))
            is_among = whole and stage_of_all(context, start, end) != "unknown"
            is_public = is_named and _PUBLIC.search(text, *title) and not invests
            is_of_topic = not (is_among or is_public) and (not is_named or invests or tells_firm)
            stop = invests.start() if invests and whole else title[0]
            # 某公司三期项目: the name tells whose it is.
            opens = [m.end for m in context.mentions_in(*title, "organization") if m.start == title[0]]
            stop = max([stop, *(e for e in opens if e < title[1] - 1)])
            firm = self._firm(context, whole or start, stop)
            bare = self._sides.payer(context, start, invests.start()) if invests and not firm else []
            firm = self._topic.firm(context, whole or start) if is_of_topic and not (firm or bare) else firm
            pays = invests or (firm and firm.entity_type == "person")
            parties = [Party.of(firm, "investor" if pays else "owner")] if firm else bare
            people = context.mentions_in(start, invests.start(), "person") if invests else []
            if invests and people:
                # 返乡青年某某投资300万元建起养猪场; 某某回到家乡，拿出积蓄办起饼厂
                gap = (people[-1].end, invests.start())
                if _COMES_HOME.fullmatch(text, *gap) or not (parties or unfilled(context, *gap)):
                    parties = [Party.of(people[-1], "investor")]
        if is_beside and not (beside and is_named):
            return None
        is_wish = self._is_wish(text[leads.end() if leads else left : title[0]], text[slice(*title)])
        is_own = bool(beside and is_named) and not is_wish and is_own_name(context, title, ahead[-1])
        amounts = [q for q in context.quantities_in(start, end) if q.values.get("dimension") in _MEASURES]
        if not (is_named or sides or hands) and _SUM.match(text, *cue):
            return None
        # 原计划设立的某厂不再实施
        is_whose = stage == "ended" and bool(parties) and _ONCE_PLANNED.match(text, left) is not None
        is_whose |= bool(sides and (is_named or pairs))
        is_whose |= bool((invests or puts_up) and is_named and parties)
        came = _COMES.match(text, cue[1], end) if stage == "signed" else None
        if came:
            parties += self._works_sides.zone(context, came.end(), end)
        if stage == "landed":
            hosts = self._works_sides.zone(context, cue[1], end)
            between = context.mentions_in(ahead[-1].end(), cue[0], "organization", "place")
            between = [m for m in between if text[m.start - 1] != "从"]
            parties += hosts or [Party.of(m, "host") for m in between[:1]]
        is_told = builders or owners or amounts or is_own or is_whose
        is_paid = any(q.values.get("dimension") == "money" for q in amounts)
        if not is_told or (is_wish and is_due) or not (parties or builders or is_own or is_paid):
            return None
        if (
            not (is_named or builders)
            and parties
            and all(p.role == "host" for p in parties)
            and stage != "landed"
        ):
            return None  # 某区的甲公司把第二工厂放进某园，春节后试产: another kernel says whose.
        found = Candidate(
            left,
            max(cue[1], title[1]),
            cue,
            stage=stage,
            hint="project",
            title=title if is_named else None,
            parties=[*parties, *builders],
            is_phase=bool(is_named and _OF_PHASE.match(text, *title)),
            expected_only=is_due
            or (stage == "proposed" and self._stages.is_expected(text[ahead[-1].end() : cue[0]])),
        )
        # 该工程2018年开工: the sentence before it has the name.
        is_known = is_named or parties or name_before(context, self._names, found)[0]
        return found if is_known else None

    def _is_told(
        self, context: ArticleContext, start: int, nouns: list[re.Match[str]], *, is_beside: bool
    ) -> bool:
        """Whether nouns end a name of works, or stand behind whose they are."""
        title, sides = self._names.named(context, start, nouns)
        return self._names.is_name(context, title) or bool(sides and not is_beside)

    def _nouns_of(
        self, context: ArticleContext, start: int, heads: list[re.Match[str]], told: Told
    ) -> tuple[list[re.Match[str]], Told] | None:
        """The nouns of works of which a word tells: in its clause, or in those around if it has no other."""
        text, nouns, (verb, end) = context.text, self._names.nouns, told[0]
        left = clause_start(context, start, verb)
        pair = direct(context, heads, told)
        if pair and not (left > start and PART.fullmatch(text, left, pair[0][-1].end())):
            return pair
        if quick := _QUICK.match(text, left, verb) and _TOOK.match(text, end):
            stop = next((h.end() for h in heads if h.end() == quick.end("name")), None)
        elif left > start and (pair or not unfilled(context, left, verb, slack=False)):
            head, _ = nouns.earlier(context, start, left, nouns.work)
            head = head or nouns.described(context, start, left, verb)[0]
            stop = head.end() if head else None
        else:
            return pair
        number = next((n for n, h in enumerate(heads) if h.end() == stop), None)
        if number is None:
            return pair
        first = number
        while first and goes_on(text, heads[first - 1].end(), heads[first].start()):
            first -= 1
        return heads[first : number + 1], told

    def _is_due(self, context: ArticleContext, start: int, end: int, told: list[Told]) -> bool:
        """Whether all that is told is by when works shall be done, which are under way then."""
        words = {context.text[slice(*span)] for span, stage in told if stage == "proposed"}
        return bool(words) and self._stages.is_due(words, context.text[start:end])

    def heads(
        self, context: ArticleContext, start: int, end: int, cues: list[re.Match[str]]
    ) -> list[re.Match[str]]:
        """The nouns of works of an item that are no part of a name or of a word that tells of them."""
        lands = [c.end("verb") for c in cues if self._stages.of_word(c["verb"]) == "landed"]
        zones = [(stop, p.end) for stop in lands for p in self._works_sides.zone(context, stop, end)]
        kinds = list(_KIND.finditer(context.text, start, end))
        spoken = list(_SPOKEN_OF.finditer(context.text, start, end))
        return [
            h
            for h in self._names.nouns.work.finditer(context.text, start, end)
            if not context.is_inside(h.end())
            and not self._names.is_body(context, h)
            and h[0] != "产业链"
            and not _REBUILT_AT.match(context.text, h.start())
            and not any(m.start() < h.start() < m.end() for m in kinds)
            and not any(a <= h.start() < b for a, b in zones)
            and not any(m.start() < h.start() < m.end() for m in spoken)
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
        spoken = heads[0].end() - 1, heads[0].end()
        if invests:
            # 用于某厂房 has no verb of its own.
            spoken = invests.start("verb" if invests["verb"] else 0), invests.end()
        if self._words["talks"].search(context.text, start, end):
            return spoken, "negotiating"
        if (invests and invests.re is FUNDED.compiled) or (
            not invests and IS_OF.search(context.text, start, end)
        ):
            return spoken, "unknown"
        if SIGNS.search(context.text, start, spoken[0]) or _PAPER_SIGNED.search(context.text, spoken[0], end):
            return spoken, "signed"
        if is_at_signing(context, start, end):
            return spoken, "proposed"
        of_all = stage_of_all(context, start, end)
        if of_all != "unknown":
            return spoken, of_all
        if _BROUGHT.search(context.text, start, spoken[0]):
            return spoken, "landed"
        ahead = context.without_names(start, spoken[0])
        base = "operating" if _STANDS.search(context.text, start, spoken[1]) else "building"
        return spoken, self._stages.read(base, ahead, "")

    def _firm(self, context: ArticleContext, start: int, stop: int) -> Mention | None:
        """The firm that acts in front of the name of works (公司由甲出资，拟建某厂)."""
        bought = ACQUIRES.search(context.text, start, stop)
        if bought and (buyer := who_bought(context, start, bought.start())):
            return buyer
        firms = filter(self._topic.is_firm, context.mentions_in(start, stop, "organization"))
        subject = next((m for m in firms if not (bought and m.start in range(*bought.span()))), None)
        is_by = subject and context.text[subject.start - 1] == "由"
        return (is_by and self._topic.own(context, start, stop)) or subject

    def _is_wish(self, before: str, words: str) -> bool:
        """Whether somebody wishes for works (推动某项目), or goes to see them."""
        is_pushed = self._names.nouns.is_pushing(before) and not before.startswith("位于")
        return is_pushed or self._names.nouns.is_pushing(words)
