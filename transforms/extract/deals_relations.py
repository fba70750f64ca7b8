"""Talks and plans, and how they and what was signed come to an end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_clauses import BOOK, MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_sides import INVESTMENT, SideReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.gated import DEALS

_ENDING = DEALS.compile(
    r"(?P<verb>终止|解除|取消|撤回|中止|放弃|退出)(?:了|与|和|对)?(?P<object>[^，。；]{0,40}"
    r"(?:协议|合同|合作|收购|交易|项目|重组|投资|备忘录|合资(?:计划|合作|项目|事项)?))"
)
# 就合并事项的谈判已经破裂
_BROKEN = re.compile(
    r"(?:就|关于|围绕)?(?P<object>[^，。；]{0,30}?(?:谈判|磋商|洽谈|合作|交易|收购|合并|重组)(?:项目|协议|合同|关系)?)(?:事项|事宜)?(?:因[^，。；]{1,14}?|由于[^，。；]{1,14}?)?(?:已经?告?|于|上月|[0-9月日年]|近日|日前|宣告|正式|最终|均|宣布)*"
    r"(?P<verb>破裂|告吹|终止|失败|搁浅|流产|中止)"
)
_BROKEN_SIDES = re.compile(
    r"(?P<sides>[^，。；]{2,30}?(?:与|和|同|跟)[^，。；]{2,30}?)(?:旗下公司)?(?:之间)?"
    r"(?:历时|持续|长达|关于|就|的(?=[^，。；的]{0,16}(?:谈判|磋商|洽谈|合作|交易|收购|合并|重组)))"
)
_SIGNED_BY = re.compile(r"(?P<sides>[^。；]{4,60}?)(?:签订|签署|达成)[^，。；]{0,6}[，,]")
_BREAKS = DEALS.compile(r"破裂|告吹|终止|失败|搁浅|流产|中止")
_TALKS = DEALS.compile(
    r"(?:就|围绕)(?:共建|合作建设|共同建设|建设|合作|投资建设)(?P<object>[^，。；、]{2,30}?(?:项目|园|园区|基地|中心|平台|实验室|学院|研究院|研究所|工厂|公司|港|城|通道))"
    r"(?:等)?(?:项目|事宜|事项|合作)?(?:进行|展开|开展|深入)+(?:了)?(?:深入|友好)?(?P<verb>洽谈|磋商|谈判|商谈|接洽|协商|会谈)"
)
# 洽谈建设某中心: what is talked about follows the verb.
_TALK_ON = DEALS.compile(
    r"(?:正在?|拟|现场)*(?P<verb>洽谈|商谈|磋商|接洽)(?:共建|合作建设|共同建设|投资建设|建设|设立|共同设立)"
    r"(?P<object>[^，。；、]{2,30}?(?:项目|园|园区|基地|中心|平台|实验室|学院|研究院|研究所|工厂|公司|港|城|通道))(?!\w)"
)
_NO_RESULT = re.compile(
    r"[^。；]{0,30}?(?:未能?|没有?|并未)(?:能够?|最终)?(?:就[^，。；]{0,16})?(?:达成|谈成|谈拢|形成)|[^。；]{0,20}?(?:未果|无果|破裂|告吹|搁浅)"
)
# 达成共识，将研究设立某港
_AGREED = DEALS.compile(
    r"(?P<verb>达成)(?:了)?(?:初步|高度|广泛|一致)?(?:共识|意向)[，,：](?:双方|两地)?(?:将|拟|计划|同意|决定)*"
    r"(?:研究|探讨|探索|论证|谋划|共同|联合|合作)*(?:设立|建设|共建|成立|打造|组建)(?P<object>[^，。；、]{3,30})"
)
# 原定当天签约的某项目因故未签, 已推迟
_NOT_YET = DEALS.compile(
    r"(?:原定|原计划|原拟|本应|本该)(?P<when>[^，。；]{0,16}?)(?:签约|签署|开工|动工|投产|启动|招标|开标|揭牌|落户|举行|投用|通车|开业)的"
    r"(?P<object>[^，。；《》]{3,40}?(?:项目|工程|基地|产业园|园区|中心|生产线|招标))"
    r"(?P<rest>因[^。；]{2,40}?|由于[^。；]{2,40}?|目前|至今|现|[，,])*?[，,]?(?:已经?|再次|被|也|目前|至今|迄今|暂时|现)*"
    r"(?P<verb>推迟|延期|延后|暂缓|顺延|暂未|尚未|未能|没有|未|搁置|取消|终止|停建|叫停)"
)
# 甲致函乙，决定终止: the other side is told.
_TELLS = re.compile(r"(?:致函|函告|发函|书面通知|书面告知|照会)(?:了)?(?P<who>[^，。；]{2,30})[，,]$")
# 曾计划出资参与二期，后因调整计划而搁置
_SHELVED = DEALS.compile(
    r"(?:曾|原|此前|一度)?(?:计划|打算|有意|拟)(?:出资|投资|斥资|入股)?(?:约|近|逾|超)?(?:[0-9.,]+[万亿千百]*(?:元|\w元)?)?"
    r"(?P<verb>参与|投资|入股|参股|收购|合作建设|投建|建设)(?P<object>[^，。；]{2,30})[，,](?:但|却|不过)?(?:后来?|最终|随后|最后|目前|现)?"
    r"(?:又|已|被|也)?(?:因[^，。；]{2,40}?|由于[^，。；]{2,40}?)?(?:而|被|已)?(?P<end>搁置|取消|终止|放弃|流产|告吹|搁浅|作罢|中止)"
)
# 曾与乙有过三年合作，到期后没有续约
_NOT_RENEWED = DEALS.compile(
    r"(?:与|和|同|跟)(?P<who>[^，。；]{2,40}?)(?:有过|开展过|进行过|曾有|签有|签订过|的)[^，。；]{0,16}?(?P<object>合作|协议|合同)"
    r"[，,](?:协议|合同|合作)?(?:到期|期满|届满)[^，。；]{0,4}?[，,]?(?:双方)?(?P<verb>(?:没有|未能?|不再)(?:再)?续(?:约|签|期))"
)
# 和乙谈得不错，但还没有签
_STILL_TALKING = DEALS.compile(
    r"(?:与|和|同|跟)(?P<who>[^，。；]{2,40}?)(?:也|已经?|都)?(?:(?:正在|在|还在)(?P<verb>洽谈|磋商|商谈|接洽|谈判|对接)|(?P<verb2>谈得)[^，。；]{1,6})"
    r"[^。；]{0,16}?(?:没有?签|尚未签|未签|还在磋商|仍在磋商|正在磋商|没有?最终|尚未达成)"
)
_WAS_SIGNED = re.compile(r"(?:于)?[0-9年月日去今前上初底末]{0,12}(?:双方)?(?:签订|签署|达成)的")
_GIVEN_UP = frozenset({"搁置", "取消", "终止", "停建", "叫停"})


class RelationRules:
    """Rules over verbs of negotiating, putting off and ending."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages, self._sides = parties, stages, SideReader(lookups)

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._endings(context, start, end)
        yield from self._broken(context, start, end)
        yield from self._talks(context, start, end)
        yield from self._agreed(context, start, end)
        yield from self._not_yet(context, start, end)
        yield from self._shelved(context, start, end)
        yield from self._not_renewed(context, start, end)
        yield from self._still_talking(context, start, end)

    def _endings(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for found in _ENDING.finditer(text, start, end):
            left = clause_start(context, start, found.start())
            parties = self._parties.coordination(context, left, found.start(), is_anchored=False)
            inside = list(context.mentions_in(found.start("object"), found.end("object"), "organization"))
            signed = _SIGNED_BY.search(text, start, left) if "双方" in found["object"] else None
            if not parties and signed:
                parties = self._parties.coordination(context, *signed.span("sides"))
            if not parties and (subject := self._parties.topic.subject(context, start, left)):
                parties = [Party.of(subject)]
            known = {p.mention.text for p in parties if p.mention}
            parties += [Party.of(m) for m in inside if m.text not in known]
            if len(parties) == 1 and (told := last_match(_TELLS, text, start, left)):
                parties += self._parties.coordination(context, told.start("who"), left - 1, is_anchored=False)
            if not parties or not any(p.mention and p.mention.entity_type == "organization" for p in parties):
                continue
            book = BOOK.search(text, found.start("object"), found.end("object"))
            told = _WAS_SIGNED.match(text, found.start("object"), found.end("object"))
            title = (
                book.span(1) if book else (told.end() if told else found.start("object"), found.end("object"))
            )
            hint = "acquisition" if "收购" in found["object"] else ""
            if hint and found["object"].endswith("收购"):
                # 终止以现金收购某公司60%股权: what was to be bought stands behind the noun.
                stop = clause_end(text, found.end(), end)
                named = context.mentions_in(found.end(), stop, "organization")
                title = (found.end("object") - 2, stop) if named else title
                inside += named
            if hint:
                bought = {m.text for m in inside}
                parties = [p for p in parties if p.mention is None or p.mention.text not in bought]
                parties = [replace(p, role="buyer") for p in parties]
                parties += [Party.of(m, "target") for m in inside]
            if not hint and INVESTMENT.search(text[slice(*title)]):
                hint, invested = "project", self._sides.invested(context, parties)
                parties = (
                    invested
                    if invested != parties
                    else [replace(p, role="investor" if n == 0 else "host") for n, p in enumerate(parties)]
                )
            stage = self._stages.read("ended", context.without_names(left, found.start()), "")
            yield Candidate(
                start=min(left, parties[0].start),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="ended",
                stage="unknown" if stage == "proposed" else stage,
                left=left,
                rule="ended",
                title=title,
                parties=parties,
                confidence=0.78,
                hint=hint,
            )

    def _broken(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲与乙的谈判已经破裂: both sides stand in front of what came to an end."""
        if not _BREAKS.search(context.text, start, end):
            return
        for found in islice(_BROKEN.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start("verb"))
            opens = _BROKEN_SIDES.match(context.text, left, found.start("verb"))
            parties = self._parties.coordination(context, left, opens.end("sides")) if opens else []
            if len(parties) != 2 or not any(p.mention for p in parties):
                continue
            yield Candidate(
                start=parties[0].start,
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="ended",
                stage="ended",
                left=left,
                rule="ended",
                parties=parties,
                confidence=0.78,
                hint="acquisition"
                if re.search(r"收购|合并|重组", found["object"])
                else "joint_venture"
                if "合资" in context.text[left : found.start("verb")]
                else "cooperation_agreement",
            )

    def _talks(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """双方就共建某产业园进行了洽谈."""
        text = context.text
        for found in [*_TALKS.finditer(text, start, end), *_TALK_ON.finditer(text, start, end)]:
            left = clause_start(context, start, found.start())
            parties = self._parties.coordination(context, left, found.start(), is_anchored=False)
            takes_both = not parties and self._parties.is_both(text[left : found.start()])
            if len(parties) < 2 and not takes_both:
                continue
            yield Candidate(
                start=left,
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="negotiating",
                stage="ended" if _NO_RESULT.match(text, found.end(), end) else "negotiating",
                left=left,
                rule="talks",
                title=(found.start("object"), found.end("object")),
                hint="project",
                parties=parties,
                takes_both=takes_both,
                confidence=0.75,
            )

    def _agreed(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲与乙达成共识，将研究设立某港: a plan of two sides."""
        for found in islice(_AGREED.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            parties = self._parties.coordination(context, left, found.start(), is_anchored=False)
            takes_both = not parties and self._parties.is_both(context.text[left : found.start()])
            if len(parties) < 2 and not takes_both:
                continue
            yield Candidate(
                start=left,
                end=found.end(),
                cue=found.span("verb"),
                base="proposed",
                stage="proposed",
                left=left,
                rule="agreed_plan",
                title=found.span("object"),
                hint="project",
                parties=parties,
                takes_both=takes_both,
                confidence=0.75,
            )

    def _not_yet(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """原定当天签约的某项目因故暂未签署: put off or given up, whatever the verb in front says."""
        for found in islice(_NOT_YET.finditer(context.text, start, end), MAX_CUES):
            stage = "ended" if found["verb"] in _GIVEN_UP else "proposed"
            yield Candidate(
                start=found.start(),
                end=found.end(),
                cue=found.span("verb"),
                base=stage,
                stage=stage,
                left=found.start(),
                rule="not_yet",
                title=found.span("object"),
                hint="project",
                confidence=0.8,
            )

    def _shelved(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """曾计划出资30亿元参与二期，后因故搁置: a plan that was given up."""
        for found in islice(_SHELVED.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            who = self._parties.coordination(context, left, found.start(), "investor", is_anchored=False)
            if not any(p.mention for p in who):
                continue
            inside = context.mentions_in(*found.span("object"), "organization")
            buys = found["verb"] in {"收购", "入股", "参股"}
            yield Candidate(
                start=min([left, *(p.start for p in who)]),
                end=found.end(),
                cue=found.span("end"),
                base="ended",
                stage="ended",
                left=left,
                rule="shelved",
                title=found.span("object"),
                hint="acquisition" if found["verb"] == "收购" else "equity_investment" if buys else "project",
                parties=who + [Party.of(m, "target") for m in inside if buys],
                confidence=0.75,
            )

    def _not_renewed(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲曾与乙有过合作，到期后没有续约."""
        for found in islice(_NOT_RENEWED.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            parties = self._parties.coordination(context, left, found.end("who"))
            if len(parties) < 2 or not any(p.mention for p in parties):
                continue
            yield Candidate(
                start=min([left, *(p.start for p in parties)]),
                end=found.end(),
                cue=found.span("verb"),
                base="ended",
                stage="ended",
                left=left,
                rule="not_renewed",
                hint="cooperation_agreement",
                parties=parties,
                confidence=0.75,
            )

    def _still_talking(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """和乙谈得不错，但还没有签: talks, of which the text may name one side only."""
        for found in islice(_STILL_TALKING.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start())
            parties = self._parties.coordination(context, left, found.end("who"), is_anchored=False)
            if not any(p.mention and p.mention.entity_type == "organization" for p in parties):
                continue
            yield Candidate(
                start=min([left, *(p.start for p in parties)]),
                end=found.end(),
                cue=found.span("verb") if found["verb"] else found.span("verb2"),
                base="negotiating",
                stage="negotiating",
                left=left,
                rule="talks",
                hint="cooperation_agreement",
                parties=parties,
                confidence=0.7,
            )
