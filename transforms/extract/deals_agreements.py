"""Deals that are papers and partnerships: signed, reached, proposed, ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from transforms.extract.context import ArticleContext, last_match
from transforms.extract.deals_model import Candidate, Party
from transforms.extract.deals_parties import PartyReader
from transforms.extract.deals_stage import StageReader
from transforms.extract.roles_titles import any_of

_MARKS = frozenset("，。；：！？,;:!?\n")
_MAX_CLAUSE_CHARS = 240
# A sentence item holds few deals; a text of one word over and over must not cost more than its length.
MAX_CUES = 16
_MAX_BACK = 400
CLAUSE = re.compile(r"[，。；：！？,;:!?\n]")
_BOOK = re.compile(r"《([^《》\n]{2,80})》")
# Who attends or watches a signing is no party of it: 出席签约仪式并见证签约.
_WITNESSED = re.compile("(?:见证|出席|参加|列席|主持)了?$")
_EVENT_NOUN = re.compile(
    r"^(?:仪式|活动|现场|会|环节|额|金额|率|方|演员|歌手|作家|球员|主播|模特|人|率|总额|总金额)"
)
# 项目签约 is read as a project; 集中签约32个项目 is a sum of deals and none of its own.
_BATCH_BEFORE = re.compile(r"(?:项目|工程)(?![^，。]*[与和])|集中$")
_BATCH = re.compile(r"(?:了|的)?(?:一批|一系列|[^，。；]{0,6}?[0-9.]+[余多万]?[个项对家份件])")
_ENDING = re.compile(
    r"(?P<verb>终止|解除|取消|撤回|中止|放弃|退出)(?:了|与|和|对)?(?P<object>[^，。；]{0,40}"
    r"(?:协议|合同|合作|收购|交易|项目|重组|投资|备忘录))"
)
# 就合并事项的谈判已经破裂
_BROKEN = re.compile(
    r"(?:就|关于|围绕)?(?P<object>[^，。；]{0,30}?(?:谈判|磋商|洽谈|合作|交易|收购|合并|重组)(?:项目|协议|合同|关系)?)(?:事项|事宜)?(?:已经?|于|上月|[0-9月日年]|近日|日前|宣告|正式|最终|均|宣布)*"
    r"(?P<verb>破裂|告吹|终止|失败|搁浅|流产|中止)"
)
# 甲与乙、丙分别签署: one paper with each.
_EACH = re.compile(r"分别|各自")
_FOR_THEM = re.compile(r"代表(?:双方|各方|三方|各自|两地|两校)?(?:进行|现场)?$")
_DENIED = re.compile(r"否认|从未|并未(?!.*但)")
_RECORD = re.compile(r"(?:纪要|声明|宣言|公报|意见|决定|令)$")
# A parliament reviews treaties that were signed long before.
_REVIEWED = re.compile(r"审议|议案|缔结的")
_PARTNER = re.compile(
    r"(?P<verb>成为|结为|建立起|建立|结成|缔结|达成|确立)(?:了)?(?P<object>[^，。；：]{0,40}?"
    r"(?:合作伙伴关系|伙伴关系|合作关系|合作伙伴|战略伙伴|合伙人|供应商|友好城市|友城关系|战略合作(?:关系)?|产学研合作(?:关系)?|深度合作(?:关系)?|合作(?!关系)))"
    r"(?![区社法机共平网园组委])"
)
_TALKS = re.compile(
    r"(?:就|围绕)(?:共建|合作建设|共同建设|建设|合作|投资建设)(?P<object>[^，。；、]{3,30}?(?:项目|园|园区|基地|中心|平台|实验室|学院|工厂|公司|港|城|通道))"
    r"(?:等)?(?:项目|事宜|事项|合作)?(?:进行|展开|开展|深入)+(?:了)?(?:深入|友好)?(?P<verb>洽谈|磋商|谈判|商谈|接洽|协商|会谈)"
)
_PROPOSAL = re.compile(
    r"(?P<verb>提出|提议|倡议|建议)(?:了|建设|成立|设立|打造|共建|建立)?(?:[“\"])(?P<title>[^“”\"\n]{2,30})[”\"](?:的)?"
    r"(?:设想|构想|方案|项目)"
)


class AgreementRules:
    """Compiled once from `lookups["deal_types"]` and `lookups["stages"]`."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        words = lookups["deal_types"]
        self._parties, self._stages = parties, stages
        papers, bad = any_of(words["papers"]), any_of(words["not_deals"])
        self._sign = re.compile(
            r"(?P<verb>签署|签订|签定|签下|签约|续签|订立|缔结|达成|签了|草签)(?:了|过|的)?"
        )
        self._paper = re.compile(f"(?:{papers})")
        self._paper_end = re.compile(f"(?:{papers})(?:[）)])?$")
        self._not_deal = re.compile(f"(?:{bad})")
        self._listed = re.compile(
            f"(?P<with>与|和)[^，。；《》\\n]{{2,40}}《[^《》\\n]{{2,80}}》[^，。；《》\\n]{{0,8}}?(?:{papers})"
        )

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        claimed: list[tuple[int, int]] = []
        for found in islice(self._sign.finditer(context.text, start, end), MAX_CUES):
            candidate = self._signed(context, start, end, found)
            if candidate is not None:
                claimed.append((candidate.start, candidate.end))
                yield from _with_each(context, candidate)
        if not claimed:
            yield from self._from_list(context, start, end)
        yield from self._partnerships(context, start, end)
        yield from self._proposals(context, start, end)
        yield from self._endings(context, start, end)
        yield from self._broken(context, start, end)
        yield from self._talks(context, start, end)

    def _signed(
        self, context: ArticleContext, start: int, end: int, found: re.Match[str]
    ) -> Candidate | None:
        text = context.text
        verb = found["verb"]
        left = clause_start(context, start, found.start())
        before = text[left : found.start()]
        if _WITNESSED.search(before) or _FOR_THEM.search(before) or _DENIED.search(before):
            return None
        right = self._object_end(text, found.end(), end)
        object_text = text[found.end() : right]
        title = self._title(context, found.end(), right)
        if verb == "达成" and not re.search(
            r"(?:协议|合同|备忘录|意向|交易|战略合作|订单|合作)$|合作(?:协议|意向)", object_text
        ):
            return None
        if verb in {"签署", "订立", "缔结"} and not title and self._not_deal.search(object_text):
            return None
        if (
            title
            and self._not_deal.search(text[title[1] : right])
            and not self._paper.search(text[title[0] : right])
        ):
            return None
        if (title and _RECORD.search(text[slice(*title)])) or _REVIEWED.search(text[left:right]):
            return None
        if verb != "签约" and not title and not self._paper.search(object_text):
            return None
        if verb == "签约" and (_BATCH_BEFORE.search(text[left : found.start()]) or _BATCH.match(object_text)):
            return None
        stage = self._stages.read("signed", context.without_names(left, found.start()), object_text)
        parties = self._sides(context, start, left, found.start())
        takes_both = not parties and self._parties.is_both(text[left : found.start()])
        if verb == "签约" and not _EVENT_NOUN.match(object_text):
            parties += self._signed_with(context, found.end(), right, bool(parties))
            title = title or self._thing(text, found.end(), right)
        elif not title or not parties:
            parties += self._after_with(context, found.end(), right)
        if not takes_both and not self._is_enough(text, verb, title, parties, stage):
            return None
        return Candidate(
            start=min([left, *(p.start for p in parties if p.start >= start)]),
            end=right,
            cue=(found.start("verb"), found.end("verb")),
            base=stage,
            stage=stage,
            left=left,
            rule="signed",
            title=title,
            parties=parties,
            confidence=0.93 if len(parties) > 1 else 0.8,
            takes_both=takes_both,
            hint="" if title else "cooperation_agreement",
        )

    def _is_enough(
        self, text: str, verb: str, title: tuple[int, int] | None, parties: list[Party], stage: str
    ) -> bool:
        """Two sides make a deal; one side does if the paper has a name of its own and is no wish."""
        if len(parties) > 1:
            return stage != "proposed" or title is None or title[1] - title[0] > 3 or verb == "签约"
        if not parties or stage == "proposed":
            return False
        known = parties[0].mention is not None and parties[0].mention.entity_type == "organization"
        words = text[slice(*title)] if title else ""
        return known and (
            verb == "签约" or (len(words) > 4 and not re.search(r"[0-9一两三多数]+[余多]?[项份个]", words))
        )

    def _sides(self, context: ArticleContext, start: int, left: int, verb: int) -> list[Party]:
        """Parties in front of the verb: of its own clause, and the subject of an earlier one."""
        text = context.text
        parties = self._parties.coordination(context, left, verb)
        lead = text[left:verb].lstrip(" 　")
        opens_with = re.match(
            r"(?:并|还|已|也|将|拟|正式|分别|先后|日前|近日|又|则|再次|成功|曾|在[^，。]{0,12}?)*(?:与|和|同|跟)",
            lead,
        )
        if (opens_with or not parties) and not self._parties.is_both(text[left:verb]):
            sentence = (
                context.sentences[max(0, context.sentence_at(start))][0] if context.sentences else start
            )
            subject = self._parties.nearest(context, start, left) or self._parties.nearest(
                context, max(sentence, start - _MAX_BACK), start
            )
            if subject is not None and all(
                p.mention is None or p.mention.text != subject.text for p in parties
            ):
                parties.insert(0, Party(subject.start, subject.end, subject))
        return parties

    def _signed_with(self, context: ArticleContext, start: int, end: int, has_subject: bool) -> list[Party]:
        """甲签约乙, 甲签约落户乙: what stands right behind the verb."""
        words = context.text[start:end]
        step = re.match(r"(?:了|的|落户|入驻|落地|于|累计|引进|引入|共建)*", words)
        position = start + (step.end() if step else 0)
        names = context.mentions_in(position, end)
        if not names or names[0].start != position or names[0].entity_type not in {"organization", "place"}:
            return []
        role = "host" if step and "落" in step[0] else "partner"
        return self._parties.coordination(context, position, end, role, is_anchored=False)

    def _thing(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """甲与乙签约X项目: what a signing without a paper is about."""
        found = re.compile(
            r"(?:了|的|一个|共建|联合打造|合作共建|合作建设)*(?P<thing>[^，。；、《》]{3,40}(?:项目|工程|基地|产业园|生产线|中心|实验室|研究院|平台|学院|联盟))$"
        ).match(text, start, end)
        return (found.start("thing"), found.end("thing")) if found else None

    def _after_with(self, context: ArticleContext, start: int, end: int) -> list[Party]:
        """签署与乙的合作协议."""
        found = re.compile(r"(?:与|和|同)([^，。；《》]{2,40}?)(?:的|之间的)").match(context.text, start, end)
        return self._parties.coordination(context, found.start(1), found.end(1)) if found else []

    def _from_list(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲与乙《X》共建协议: the verb stands only once in front of the list."""
        for found in self._listed.finditer(context.text, start, end):
            book = _BOOK.search(context.text, found.start(), end)
            if book is None:
                continue
            left = clause_start(context, start, found.start("with"))
            parties = self._parties.coordination(context, left, book.start())
            if len(parties) < 2:
                continue
            yield Candidate(
                start=left,
                end=self._object_end(context.text, book.end(), end),
                cue=(book.end(), found.end()),
                base="signed",
                stage="signed",
                left=left,
                rule="listed_agreement",
                title=(book.start(1), book.end(1)),
                parties=parties,
                confidence=0.85,
            )

    def _partnerships(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for found in _PARTNER.finditer(text, start, end):
            left = clause_start(context, start, found.start())
            parties = self._parties.coordination(context, left, found.start(), is_anchored=False)
            verb, words = found["verb"], found["object"]
            if verb == "成为":
                if not re.search(r"(?:合作伙伴|战略伙伴|合伙人|供应商)$", words):
                    continue
                target = context.mentions_in(found.start("object"), found.end("object"))
                parties = parties[:1]
                if not parties and (subject := self._parties.nearest(context, start, found.start())):
                    parties = [Party(subject.start, subject.end, subject)]
                parties += [
                    Party(m.start, m.end, m) for m in target if m.entity_type in {"organization", "place"}
                ][:1]
            elif words.endswith("合作") and verb not in {"达成", "建立"}:
                continue
            takes_both = not parties and self._parties.is_both(text[left : found.start()])
            if (len(parties) < 2 and not takes_both) or (
                verb == "达成" and self._sign.search(text, found.start(), found.end()) and "合作" not in words
            ):
                continue
            stage = self._stages.read("signed", context.without_names(left, found.start()), "")
            yield Candidate(
                start=min([left, *(p.start for p in parties)]),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="signed",
                stage=stage,
                left=left,
                takes_both=takes_both,
                rule="partnership",
                hint="partnership",
                title=(found.start("object"), found.end("object")),
                parties=parties,
                confidence=0.82,
            )

    def _proposals(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        for found in _PROPOSAL.finditer(context.text, start, end):
            left = clause_start(context, start, found.start())
            subject = self._parties.nearest(context, start, found.start(), "organization", "person")
            if subject is None:
                continue
            yield Candidate(
                start=min(left, subject.start),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="proposed",
                stage="proposed",
                left=left,
                rule="proposal",
                hint="proposal",
                title=(found.start("title"), found.end("title")),
                confidence=0.85,
                parties=[Party(subject.start, subject.end, subject, "proposer")],
            )

    def _endings(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        for found in _ENDING.finditer(text, start, end):
            left = clause_start(context, start, found.start())
            parties = self._parties.coordination(context, left, found.start(), is_anchored=False)
            inside = list(context.mentions_in(found.start("object"), found.end("object"), "organization"))
            if not parties and (subject := self._parties.nearest(context, start, left)):
                parties = [Party(subject.start, subject.end, subject)]
            known = {p.mention.text for p in parties if p.mention}
            parties += [Party(m.start, m.end, m) for m in inside if m.text not in known]
            if not parties or not any(p.mention and p.mention.entity_type == "organization" for p in parties):
                continue
            book = _BOOK.search(text, found.start("object"), found.end("object"))
            stage = self._stages.read("ended", context.without_names(left, found.start()), "")
            yield Candidate(
                start=min(left, parties[0].start),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="ended",
                stage="unknown" if stage == "proposed" else stage,
                left=left,
                rule="ended",
                title=(book.start(1), book.end(1)) if book else (found.start("object"), found.end("object")),
                parties=parties,
                confidence=0.78,
                hint="acquisition" if "收购" in found["object"] else "",
            )

    def _broken(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """甲与乙的谈判已经破裂: both sides stand in front of what came to an end."""
        for found in islice(_BROKEN.finditer(context.text, start, end), MAX_CUES):
            left = clause_start(context, start, found.start("verb"))
            names = context.mentions_in(left, found.start("verb"), "organization")
            if len(names) != 2 or not re.search(r"[与和同]", context.text[names[0].end : names[1].start][:1]):
                continue
            parties = [Party(m.start, m.end, m) for m in names]
            yield Candidate(
                start=names[0].start,
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
                else "cooperation_agreement",
            )

    def _talks(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """双方就共建某产业园进行了洽谈."""
        text = context.text
        for found in _TALKS.finditer(text, start, end):
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
                stage="negotiating",
                left=left,
                rule="talks",
                title=(found.start("object"), found.end("object")),
                hint="project",
                parties=parties,
                takes_both=takes_both,
                confidence=0.75,
            )

    def _object_end(self, text: str, position: int, end: int) -> int:
        """End of the clause behind a verb; commas inside 《》 do not end it."""
        depth = 0
        for offset in range(position, min(end, position + 160)):
            char = text[offset]
            depth += (char in "《“（(") - (char in "》”）)")
            if depth <= 0 and CLAUSE.match(char):
                return offset
        return min(end, position + 160)

    def _title(self, context: ArticleContext, start: int, end: int) -> tuple[int, int] | None:
        """The paper's name: inside 《》 or quotes, else the words up to 协议, without what joins them."""
        text = context.text
        book = _BOOK.search(text, start, end)
        if book:
            return book.start(1), book.end(1)
        quoted = re.compile(r"[“\"]([^“”\"\n]{2,60})[”\"]").search(text, start, end)
        if quoted and self._paper.search(text, quoted.start(1), min(end, quoted.end() + 8)):
            return quoted.start(1), quoted.end(1)
        found = last_match(self._paper, text, start, end)
        if found is None:
            return None
        words = text[start : found.end()]
        skip = re.match(
            r"(?:(?:一项|一份|了|相关|有关|关于|价值|总额|总金额|金额|总价值|首个|首份|首批)|与[^的]{2,40}的)*",
            words,
        )
        begin = start + (skip.end() if skip else 0)
        return (begin, found.end()) if found.end() - begin >= 2 else None


def _with_each(context: ArticleContext, candidate: Candidate) -> Iterator[Candidate]:
    """One candidate per counterparty of 甲与乙、丙分别签署, else the candidate itself."""
    before = context.text[candidate.start : candidate.cue[0]]
    parties = candidate.parties
    joined = len(parties) > 2 and re.search(r"[与和同跟]", context.text[parties[0].end : parties[1].start])
    if not joined or not _EACH.search(before) or "、" not in context.text[parties[1].end : parties[2].start]:
        yield candidate
        return
    for other in parties[1:]:
        yield replace(candidate, parties=[parties[0], other], is_each=True)


def clause_start(context: ArticleContext, start: int, position: int) -> int:
    """Where the clause of a verb begins: after the last mark that is in no name and in no brackets."""
    text = context.text
    floor = max(start, position - _MAX_CLAUSE_CHARS)
    closed = 0
    for offset in range(position - 1, floor - 1, -1):
        char = text[offset]
        if char in "）)":
            closed += 1
        elif char in "（(":
            closed = max(0, closed - 1)
        elif not closed and char in _MARKS:
            names = context.mentions_in(max(start, offset - 40), position)
            if not any(m.start < offset < m.end for m in names):
                return offset + 1
    return floor
