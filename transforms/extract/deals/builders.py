"""Works that are the object of a verb: 甲投资5亿元建设某项目, 用于建设某基地; 甲的某项目 at a signing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals.about import AboutRules
from transforms.extract.deals.clauses import MAX_CUES, clause_start, skip_article
from transforms.extract.deals.founded import FoundingRules
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.owners import ACTS, named_short
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_BUILD = re.compile(r"建设|新建|兴建|打造|建立|投建|扩建|用于")
# Verbs of building whose object is a project, and the stage that each says by itself.
_BUILDS = {
    **dict.fromkeys(["兴办", "开办", "建设", "修建", "扩建", "改建", "筹建", "改造"], ""),
    **dict.fromkeys(["开工建设", "动工建设", "启动建设", "动工兴建", "重启", "续建"], "building"),
    **dict.fromkeys(["建成", "建成投产", "建成投用", "建起", "盖起"], "operating"),
    **dict.fromkeys(["投产了", "投用了", "投运了"], "operating"),
}
_VERB_CHARS = 2
_DONE = re.compile(r"[了起]$")
_UNDER_WAY = re.compile(r"正(?:在|加紧|加快|抓紧)?|着手|加紧|抓紧|开始")
_WHICH = re.compile("[前后]者")
# 投下第一笔钱6000万元，盖起某线
_PAID = re.compile(r"(?:投资|投入|投下|追加|斥资|出资|花|拿出|投)了?[^，。；]{1,16}元[，,]$")
# 甲与某管委会签约，租用厂房，兴办某厂
_SIGNS = re.compile(r"签约[，,]|签[订署下了][^，。；]{0,16}(?:协议|合同)[，,]")
_AGAIN = re.compile("又|再|还|随后|并|接着|之后")
_PLANS = re.compile(
    r"(?:现|并|已)*(?:计划|拟|将|准备|打算|预计)(?:用[^，。；]{2,8}?(?:时间|年|个月))?(?:在[^，。；]{2,16})?"
)
_AND = re.compile(r"\s*(?:并且?|还|同时|又|再)")
# 建一座酒厂, 上两条生产线: one character is enough of a verb before a number of things.
_COUNTED = (
    r"(?:[建上盖办投]|上马|建成|建起|盖起|投建)(?:了|起)?"
    r"(?=[一两二三四五六七八九十几0-9]+[座条个家栋处间所幢])"
)
_NUMBER_OF = re.compile(r"[一两二三四五六七八九十几]{1,2}[座条个家栋处间所幢]")
# A loan or the money of a fund 用于 some works, of which the text goes on to tell.
_FUNDED = (
    r"(?:用于|用来|用以|投到|投向|投入到|投进)(?:建设|新建|扩建|改造|修建|兴建|建)?"
    r"(?P<thing>[^，。；：“”]{{3,30}}?(?:{nouns}))(?!\w)"
)
# 某公司的有机肥项目: a deal where the paragraph reports a signing.
_OF_FIRM = re.compile(
    r"(?:拟?投资?[^，。；的]{1,12}元)?的(?P<thing>[^，。；、与和的]{2,24}?(?:项目|工程|基地|产业园|生产线|中心|总部|工厂|园区|物流园))"
    r"(?=[，。；、与和等]|合计|总?投资|计划)"
)

_LENDS = re.compile(r"银行|[支分]行$|基金|信用社")
# 钱到位后在某村建一条生产线: what comes first has not come yet.
_ONCE = re.compile(
    r"(?:到位|获批|批下来|到账|签约|完工|结束|开春|[年节]|通过)(?:之)?后(?:再|就|将|要|便)*(?:在|于|去|$)"
)
_BRINGS = DEALS.compile(r"(?:引进|引入|招引|引来|引回)了?(?!的)")
_ITS_WORK = re.compile(
    r"(?:拟?投资?[^，。；的]{1,12}元)?(?:建设|投资|兴建)?的?"
    r"(?P<thing>[^，。；、的]{2,24}?(?:项目|工程|基地|产业园|生产线))(?!\w)"
)
_STILL_TALKING = re.compile(
    r"[，。；](?:目前|现|双方|正|仍|还|已|进入|尚)*(?:在|进行|处于)?(?:洽谈|磋商|谈判|商谈|接洽|对接)"
)


class BuilderRules:
    """Compiled once from `lookups["deal_types"]`."""

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
        works = any_of([*words["projects"], *words["works"]])
        self._funded = DEALS.compile(_FUNDED.format(nouns=works))
        # 投资20亿元，在某地建设某项目: one comma may stand behind the money.
        self._invest = DEALS.compile(
            f"(?P<verb>投资建设|投资兴建|投资新建|投资|斥资|出资|投入|兴建|投建|新建|{any_of(_BUILDS)}|{_COUNTED}|(?<=元，)[建盖](?![设成起筑立]))(?!单位|局|者|方)"
            "(?P<object>(?:[^，。；：]{0,14}元[，,](?:将|拟|用于)?(?:在[^，。；：]{2,20}?)?(?:投资)?(?=建设|新建|兴建|打造|扩建))?"
            f"[^，。；：]{{0,60}}?(?:{works}))(?![\\w])"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._invested(context, start, end)
        yield from self._paid_for(context, start, end)
        yield from self._of_firms(context, start, end)
        yield from self._brought_in(context, start, end)

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
            if not parties and _AND.match(before):
                # 甲承诺三年内不裁员，并新建某厂: the subject stands a clause earlier.
                subject = self._parties.topic.subject(context, start, left, "organization")
                parties = [Party.of(subject, "investor")] if subject else []
                before = text[subject.end if subject else left : found.start()]
            if not parties:
                parties = self._ahead(context, start, left, found.start())
            once = _ONCE.search(before)
            if not parties and once and len(found["verb"]) < _VERB_CHARS:
                subject = self._parties.topic.subject(
                    context, context.paragraph(left)[0], left, "organization"
                )
                parties = [Party.of(subject, "investor")] if subject else []
            if not parties:
                continue
            under_way, is_bare = _UNDER_WAY.search(before), found["verb"] in _BUILDS
            is_counted = len(found["verb"]) < _VERB_CHARS
            paid = bool(_PAID.search(text, start, left) or _SIGNS.search(text, start, left))
            if is_counted and not (
                once or paid or self._stages.is_planned(before) or under_way or _DONE.search(found["verb"])
            ):
                continue
            if is_bare and not (
                under_way or paid or _BUILDS[found["verb"]] or context.quantities_in(left, found.end())
            ):
                continue
            object_start = found.start("object")
            inside = context.quantities_in(object_start, found.end())
            amounts = [q for q in inside if q.values.get("dimension") == "money"]
            build = last_match(_BUILD, text, object_start, found.end())
            begin = build.end() if build else (amounts[-1].end if amounts else object_start)
            begin = skip_article(text, begin)
            number = _NUMBER_OF.match(text, begin)
            begin = number.end() if number else begin
            if self._founding.is_generic(text[begin : found.end()]) or found.end() - begin < 4:
                continue
            parties += self._about.host_in(context, left, found.end())
            told = _BUILDS.get(found["verb"]) or _BUILDS.get(found["verb"].removesuffix("了"), "")
            base = told or "building"
            stage = self._stages.read(base, before, text[found.end() : found.end() + 12])
            if stage == "building" and not (under_way or told):
                stage = "unknown"
            yield Candidate(
                start=left if once else min(left, parties[0].start),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base=base,
                stage="proposed" if once or context.is_ahead(left, found.start()) else stage,
                left=left,
                rule="invested",
                title=(begin, found.end()),
                parties=parties,
                confidence=0.78,
                hint="project",
            )

    def _ahead(self, context: ArticleContext, start: int, left: int, verb: int) -> list[Party]:
        """后者将投资, 计划用两年建成, 甲投下6000万元，盖起: whom the clauses before the verb's make act."""
        text = context.text
        names = context.mentions_in(start, left, "organization")
        which = _WHICH.match(text, left, verb)
        if which:
            side = names[-1:] if which[0] == "后者" else names[-2:-1]
            return [Party.of(m, "investor") for m in side]
        signs = left == verb and _SIGNS.search(text, start, left)
        if signs and names and names[0].start < signs.start():
            return [Party.of(names[0], "investor")]
        paid = _PAID.search(text, start, left)
        plans = _PLANS.fullmatch(text, left, verb)
        if not (paid or plans):
            return []
        begin = clause_start(context, start, paid.start() if paid else left - 1)
        stop = paid.start() if paid else left
        subject = next(
            (m for m in context.mentions_in(begin, stop, "organization") if m.start - begin <= 4), None
        )
        acts = None if subject else ACTS.match(text, begin, stop)
        short = named_short(context, *acts.span("who")) if acts else None
        if acts and short:
            return [Party(*acts.span("who"), short, "investor")]
        if subject is None and _AGAIN.match(text, begin, stop):
            # 甲建了某厂；又在4月追加1亿元，建某车间
            sentence = context.sentences[max(0, context.sentence_at(left))][0]
            subject = next(iter(context.mentions_in(sentence, left, "organization")), None)
        return [Party.of(subject, "investor")] if subject else []

    def _paid_for(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲获贷款3亿元，用于建设某基地: a work if the text goes on to say how far it is."""
        for found in islice(self._funded.finditer(context.text, start, end), MAX_CUES):
            firms = [
                m
                for m in context.mentions_in(start, found.start(), "organization")
                if not _LENDS.search(m.text)
            ]
            title = (skip_article(context.text, found.start("thing")), found.end("thing"))
            if self._founding.is_generic(context.text[slice(*title)]):
                continue
            yield Candidate(
                start=found.start(),
                end=found.end(),
                cue=found.span("thing"),
                base="unknown",
                stage="unknown",
                left=found.start(),
                rule="paid_for",
                title=title,
                parties=[Party.of(m, "owner") for m in firms[-1:]],
                confidence=0.7,
                hint="project",
            )

    def _brought_in(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """某县拟引进甲集团某项目，目前正在洽谈."""
        text = context.text
        for verb in islice(_BRINGS.finditer(text, start, end), MAX_CUES):
            firm = next((m for m in context.mentions_in(verb.end(), end, "organization")), None)
            place = firm is not None and context.mentions_in(verb.end(), firm.start, "place")
            if firm is None or (firm.start != verb.end() and not place):
                continue
            thing = _ITS_WORK.match(text, firm.end, end)
            left = clause_start(context, start, verb.start())
            if thing is None or self._founding.is_generic(thing["thing"]):
                continue
            hosts = self._parties.coordination(context, left, verb.start(), "host", is_anchored=False)
            stage = self._stages.read(
                "landed", text[left : verb.start()], text[thing.end() : thing.end() + 12]
            )
            if stage == "proposed" and _STILL_TALKING.search(text, thing.end(), end):
                stage = "negotiating"
            yield Candidate(
                start=left,
                end=thing.end(),
                cue=verb.span(),
                base="landed",
                stage=stage,
                left=left,
                rule="brought_in",
                title=thing.span("thing"),
                parties=[Party.of(firm, "investor"), *(p for p in hosts if p.mention)],
                confidence=0.8,
                hint="project",
            )

    def _of_firms(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲公司的有机肥项目与乙公司的烘干设备项目: deals if they are told of a signing."""
        for firm in context.mentions_in(start, end, "organization"):
            found = _OF_FIRM.match(context.text, firm.end, end)
            if found is None or self._founding.is_generic(found["thing"]):
                continue
            yield Candidate(
                start=firm.start,
                end=found.end(),
                cue=found.span("thing"),
                base="unknown",
                stage="unknown",
                left=firm.start,
                rule="of_firm",
                title=found.span("thing"),
                parties=[Party.of(firm, "investor")],
                confidence=0.7,
                hint="project",
            )
