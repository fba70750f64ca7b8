"""Talks: with whom and about what, and whether they came to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals_clauses import MAX_CUES, clause_start
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_sides import SideReader
from transforms.extract.gated import DEALS
from transforms.extract.patterns import any_of

_ANY = DEALS.compile(
    r"洽谈|商谈|磋商|谈判|接洽|协商|接触|对接|商议|谈[了的股合项收许代]|谈[^。]{0,8}(?:项目|入股|合资)"
)
_WITH = r"(?:与|和|同|跟)(?P<who>[^，。；：]{2,40}?)"
_WITH_MARK = re.compile(r"[与和同跟]")
_ADVERBS = (
    r"(?:日前|近日|目前|近期|最近|[上本]周|上?月|昨日|[0-9]{1,2}[月日]|以?视频(?:方式|连线)?|线上|当面|重新|继续|密切|还"
    r"|正在|正|还在|仍在|也在|在|已经|已|曾|先后|多次|反复|积极|深入|也)*"
)
_LASTING = r"[0-9一二两三四五六七八九十半几多]+(?:余)?(?:个)?(?:多)?(?:轮|年|月|次|天|星期|回)(?:多)?"
_FAILED = re.compile(
    r"[^。；]{0,30}?(?:黄了|吹了|崩了|告吹|破裂|谈崩|作罢|无果|未果|搁浅|流产|放弃|不谈了|中止|终止"
    r"|(?<![仍还])(?:未能?|没有?|并未)(?:能够?|最终)?(?:就[^，。；]{0,16})?(?:达成|谈成|形成))"
)


class TalkRules:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader) -> None:
        self._parties, self._sides = parties, SideReader(lookups)
        words = lookups["deal_types"]
        things = any_of([*words["projects"], *words["institutions"]])
        thing = rf"(?:{things}|股权转让|股权|入股|收购|合资|许可|代理|转让|合作)"
        self._project = re.compile(f"(?:{things})$")
        together = any_of([*words["found_together"], *words["found"], "合办", "合建", "合作"])
        self._talks = (
            # 与乙就某项目进行洽谈
            re.compile(
                rf"{_WITH}{_ADVERBS}(?:就|围绕)(?:{together})?(?P<object>[^，。；]{{2,40}}?)(?:一事|等?事宜|等?事项)?"
                r"(?:进行|展开|开展)(?:了)?(?:深入|多轮|初步|友好|反复|多次)*(?:的)?(?P<verb>洽谈|磋商|谈判|商谈|接洽|协商)"
            ),
            # 与乙洽谈某项目
            re.compile(
                rf"{_WITH}{_ADVERBS}(?:(?P<verb>洽谈|商谈|接洽)(?:{together})?(?P<object>[^，。；、了]{{3,30}})"
                rf"|(?P<verb2>谈)的?(?:{together})?(?P<object2>[^，。；、了]{{0,30}}?{thing})(?=[，。；]|已|等|的|事|$))"
            ),
            # 与乙商谈，想合办某实验室
            re.compile(
                rf"{_WITH}{_ADVERBS}(?P<verb>洽谈|商谈|磋商|谈判|接洽|协商|商议|接触|对接)(?:中|着)?[，,](?:双方|两家)?(?:想|拟|计划|打算|希望|有意|准备|意在|欲|争取)+"
                rf"(?:在[^，。；]{{2,16}}?)?(?:{together}|建|办|上|引进)(?:一个|一家|一座|一条|一所|个|条)?(?P<object>[^，。；、]{{2,30}}?{thing})(?![\w])"
            ),
            # 就设立某中心一事与乙接触
            re.compile(
                rf"(?:就(?![已在是能会要可像算又])|围绕)(?:{together})?(?P<object>[^，。；与和]{{2,30}}?)(?:一事|等?事宜|等?事项|问题)?(?P<with>与|和|同|跟)(?P<who>[^，。；：]{{2,40}}?)(?:密切|反复|多次|深入|正式|初步|保持|进行|展开|开展)*(?P<verb>接触|洽谈|磋商|谈判|商谈|接洽|对接)(?!会)"
            ),
            # 与乙谈了两年的灯展, 谈了三轮
            re.compile(rf"{_WITH}{_ADVERBS}(?P<verb>谈)了{_LASTING}(?:的)?(?P<object>[^，。；]{{0,16}})"),
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        if not _ANY.search(context.text, start, end):
            return
        for pattern in self._talks:
            found, tries = pattern.search(context.text, start, end), 0
            while found and tries < MAX_CUES:
                candidate = self._talk(context, start, end, found)
                if candidate is not None:
                    yield candidate
                tries += 1
                # 甲和乙与丙洽谈: the last 与 that is in no name opens the other side.
                found = pattern.search(context.text, found.end() if candidate else found.start() + 1, end)

    def _talk(self, context: ArticleContext, start: int, end: int, found: re.Match[str]) -> Candidate | None:
        text = context.text
        if _THEN_SIGNED.match(text, found.end(), end):
            # 谈了一年多，昨天终于签了合同: the signature tells the deal.
            return None
        if any(m.start <= found.start() < m.end for m in context.mentions_in(start, end)):
            return None
        if _WITH_MARK.search(context.without_names(*found.span("who"))):
            return None
        group = "2" if "verb2" in found.groupdict() and found["verb2"] else ""
        verb, thing = found.span(f"verb{group}"), found.span(f"object{group}")
        left = clause_start(context, start, found.start())
        if _PLANNED.search(context.without_names(left, verb[0])):
            return None
        who = self._parties.coordination(context, *found.span("who"))
        who = [p for p in who if not _UNNAMED.search(text, p.start, p.end)]
        actors = self._parties.coordination(context, left, found.start(), is_anchored=False)
        if not actors:
            subject = self._parties.topic.subject(context, start, found.start(), "organization")
            subject = subject or self._parties.topic.subject(context, 0, found.start(), "organization")
            actors = [Party.of(subject)] if subject else []
        known = {p.mention.text for p in who if p.mention}
        parties = [p for p in actors if p.mention is None or p.mention.text not in known] + who
        if not any(p.mention and p.mention.entity_type == "organization" for p in parties):
            return None
        title = thing if thing[1] - thing[0] > 1 else None
        is_joint = "合资" in text[verb[1] : thing[0]]
        hint = "joint_venture" if is_joint else self._hint(text[slice(*title)] if title else "")
        stage = "ended" if _FAILED.match(text, found.end(), end) else "negotiating"
        if not actors and hint in _COMMON and not any(map(self._parties.topic.is_firm, _named(who))):
            # 总统与国会就债务上限谈判: of two offices one that is named alone is no side of a deal.
            return None
        if not who and (title is None or (stage != "ended" and hint in _COMMON)):
            return None
        return Candidate(
            start=min([left, *(p.start for p in parties if p.start >= start)]),
            end=found.end(),
            cue=verb,
            base=stage,
            stage=stage,
            left=left,
            rule="talks_with",
            title=title,
            hint=hint,
            parties=self._sides.invested(context, parties) if hint == "project" else parties,
            confidence=0.76,
        )

    def _hint(self, words: str) -> str:
        for kind, pattern in _KINDS.items():
            if pattern.search(words):
                return kind
        return "project" if self._project.search(words) else "cooperation_agreement"


def _named(parties: list[Party]) -> list[Mention]:
    return [p.mention for p in parties if p.mention]


_THEN_SIGNED = re.compile(
    r"[^。；]{0,8}[，,](?:(?!未|没|不|尚|待|拟|将|能否)[^，。；]){0,8}?(?:签了|签订|签署|签约|签下|签成)[^，。；]{0,12}?(?:协议|合同|备忘录)"
)
_UNNAMED = re.compile(
    r"一家|一所|某|几家|多家|一个|有关|双方|对方|的(?:企业|公司|机构|客商|高校)$|^.{0,4}企业$"
)
_PLANNED = re.compile(r"将|拟|计划|下一步|准备|打算|希望|需要|可以|要")
# Talks of an unnamed other side about nothing in particular are no deal.
_COMMON = frozenset({"cooperation_agreement", "project"})
_KINDS = {
    "joint_laboratory": re.compile(r"实验室|中试平台|联合研究"),
    "joint_venture": re.compile(r"合资"),
    "transfer": re.compile(r"许可|技术转让|专利"),
    "equity_transfer": re.compile(r"股权转让"),
    "equity_investment": re.compile(r"入股|增资|股权"),
    "acquisition": re.compile(r"收购|并购"),
}
