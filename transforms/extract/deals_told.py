"""Deals that a noun tells and no verb of signing: papers sealed, talks that drag on, plans that died."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals_clauses import MAX_CUES, clause_end, clause_start
from transforms.extract.deals_model import Candidate
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_sides import TECHNOLOGY, SideReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_SIDES = r"(?P<sides>[^，。；：、]{2,40}?(?:与|和|同|跟)[^，。；：]{2,40}?)"
_FAILED = re.compile(
    r"[^。；]{0,60}?(?:停止接触|停止|终止|中止|告吹|作罢|搁浅|搁置|取消|黄了|吹了|放弃|流产|泡汤|破裂|谈崩|不了了之|无疾而终|没有下文|没了下文|无果而终|未能谈成|没(?:有)?谈成|没成)"
)
_ANY_TALKS = DEALS.compile(r"谈判|洽谈|磋商|商谈|协商")
# 甲与乙的工艺许可谈判，仍无结果
_TALKS = re.compile(
    rf"{_SIDES}(?:之间)?(?:的|就|关于|围绕)(?P<object>[^，。；：与]{{0,24}}?)(?P<verb>谈判|洽谈|磋商|商谈|协商)"
    r"(?![^，。；]{0,8}(?:破裂|告吹|终止|失败|搁浅|流产|中止))(?=[，,]|属实|确有其事|仍|还|尚|已|正在|拖|陷入|进展|进入|一直|目前|持续|没有|未|历时|从|始于|暂|也)"
)
_DENIED = re.compile("未|没|不")
_OPEN = re.compile("拟|将|待|等|要|能否|何时|希望|争取")
_MIN_TITLE_CHARS = 4
_FOR_THEM = re.compile("分别|代表")


class ToldRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._parties, self._sides = parties, SideReader(lookups)
        papers = any_of(lookups["deal_types"]["papers"])
        self._any_paper = DEALS.compile(f"(?:{papers})|长协")
        # 甲与乙的转让合同，上周终于盖了章
        self._sealed = re.compile(
            rf"{_SIDES}(?:的|在)(?P<title>[^，。；：与]{{0,24}}?(?:{papers}))(?:[，,]|文本|上)?(?P<gap>[^，。；：]{{0,12}}?)"
            r"(?P<verb>盖上?了?章|签了?字|签上?了|签妥|签成|签下|落笔|敲定|谈妥|谈成|落定|落地|生效|续上|续签|到期[，,]?(?:双方)?(?:不再|未再?|没有?)续[签约期])"
        )
        # 和乙把今年的长协续上
        self._handled = DEALS.compile(
            rf"(?:与|和|同|跟)(?P<whom>[^，。；：]{{2,40}}?)(?:把|将)(?P<title>[^，。；：]{{0,24}}?(?:{papers}|长协))(?:都|也|给|正式|顺利|当场)*"
            r"(?P<verb>续上|续签|续了|签下|签了|签妥|签成|敲定|定下|谈妥|谈成|落定|盖了章|签字)"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        if _ANY_TALKS.search(context.text, start, end):
            yield from self._talks(context, start, end)
        if self._any_paper.search(context.text, start, end):
            yield from self._papers(context, start, end)

    def _talks(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for found in islice(_TALKS.finditer(text, start, end), MAX_CUES):
            left = max(clause_start(context, start, found.start("verb")), found.start())
            parties = self._parties.coordination(context, left, found.end("sides"))
            if len(parties) != 2 or not any(p.mention for p in parties):
                continue
            stop = context.sentences[max(0, context.sentence_at(found.start()))][1]
            has_failed = _FAILED.match(text, found.end(), max(end, stop))
            words = found["object"] + text[found.end() : has_failed.end() if has_failed else found.end()]
            kind = next((kind for kind, pattern in _KINDS.items() if pattern.search(words)), "")
            roles = ("buyer", "target") if kind == "acquisition" else ("partner", "partner")
            if kind == "equity_investment":
                roles = ("target", "investor")
            stage = "ended" if has_failed else "negotiating"
            yield Candidate(
                start=parties[0].start if parties[0].start >= start else left,
                end=has_failed.end() if has_failed else clause_end(text, found.end(), end),
                cue=found.span("verb"),
                base=stage,
                stage=stage,
                left=left,
                rule="talks_told",
                title=found.span("object") if len(found["object"]) > 1 else None,
                hint=kind or "cooperation_agreement",
                parties=[replace(p, role=role) for p, role in zip(parties, roles, strict=True)],
                confidence=0.76,
            )

    def _papers(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for pattern in (self._sealed, self._handled):
            for found in islice(pattern.finditer(text, start, end), MAX_CUES):
                if pattern is self._sealed:
                    left = max(clause_start(context, start, found.start("title")), found.start())
                    parties = self._parties.coordination(context, left, found.end("sides"))
                else:
                    left = clause_start(context, start, found.start())
                    parties = self._parties.coordination(context, left, found.start(), is_anchored=False)[-1:]
                    parties += self._parties.coordination(context, *found.span("whom"))
                # 我们和乙把长协续上: who speaks stays unnamed.
                is_enough = len(parties) == 2 or (len(parties) == 1 and pattern is self._handled)
                if not is_enough or not any(p.mention for p in parties):
                    continue
                title = text[slice(*found.span("title"))]
                if len(title) < _MIN_TITLE_CHARS or _FOR_THEM.search(text, left, found.start("title")):
                    # 甲与乙分别在协议上签字: a paper told before, and who signs it.
                    continue
                gap = found.groupdict().get("gap") or ""
                is_lapsed = "续" in found["verb"] and bool(_DENIED.search(gap + found["verb"]))
                if _OPEN.search(gap) or (_DENIED.search(gap) and not is_lapsed):
                    continue
                sides = self._sides.traded(title, parties, context.text) if len(parties) == 2 else parties
                kind = "supply_contract" if "长协" in title or sides != parties else "cooperation_agreement"
                kind = "transfer" if TECHNOLOGY.search(title) else kind
                yield Candidate(
                    start=parties[0].start if parties[0].start >= start else left,
                    end=found.end(),
                    cue=found.span("verb"),
                    base="signed",
                    stage="ended" if is_lapsed else "signed",
                    left=left,
                    rule="paper_told",
                    title=found.span("title"),
                    hint=kind,
                    parties=sides,
                    confidence=0.82,
                )


_KINDS = {
    "joint_laboratory": re.compile(r"实验室|中试平台|联合研究"),
    "joint_venture": re.compile(r"合资|合股"),
    "transfer": re.compile(r"许可|技术转让|专利"),
    "acquisition": re.compile(r"收购|并购"),
    "equity_transfer": re.compile(r"股权转让"),
    "equity_investment": re.compile(r"入股|增资|股权|融资"),
}
