"""Bodies and towns that become partners, and what one of them proposes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.stage import StageReader
from transforms.extract.gated import DEALS

_PARTNER = DEALS.compile(
    r"(?P<verb>成为|结为|建立起|建立|结成|缔结|达成|确立)(?:了)?(?P<object>[^，。；：]{0,40}?"
    r"(?:合作伙伴关系|伙伴关系|合作关系|合作伙伴|战略伙伴|合伙人|供应商|友好城市|友城关系|战略合作(?:关系)?|产学研合作(?:关系)?|深度合作(?:关系)?|合作(?!关系)))"
    r"(?![区社法机共平网园组委意协])"
)
# 两市结为友好城市, 结成某联盟: of bodies and places whatever they become is a tie.
# 缔结的条约 is one that they have.
_TIED = DEALS.compile(r"(?P<verb>结为|结成|缔结为?)(?!的)了?(?P<object>[^，。；：]{2,24})")
_TWIN = re.compile(r"友好|友城|姐妹|姊妹|协作|对口|结对|帮扶")
# 缔结友城十周年 tells of a feast, 缔结友城事宜 of what is talked about.
_YEARS_AGO = re.compile(r"[0-9一二三四五六七八九十百]+周?年|以来|的?纪念")
# 就缔结友好城市交换意见
_ABOUT = re.compile(r"(?:就|关于|围绕|探讨|商讨|研究)$")
_TALKED_OF = re.compile(r"(?:的)?(?:事宜|一事|事项|意向|可能)")
_PROPOSAL = DEALS.compile(
    r"(?P<verb>提出|提议|倡议|建议)(?:了|建设|成立|设立|打造|共建|建立)?(?:[“\"])(?P<title>[^“”\"\n]{2,30})[”\"](?:的)?"
    r"(?:设想|构想|方案|项目)"
)


class TieRules:
    """Rules over verbs of becoming partners and of proposing."""

    def __init__(self, parties: PartyReader, stages: StageReader) -> None:
        self._parties, self._stages = parties, stages

    def find(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        """Candidates of one list item [start, end) of a sentence."""
        yield from self._partnerships(context, start, end)
        yield from self._proposals(context, start, end)

    def _partnerships(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        text = context.text
        told = [*_PARTNER.finditer(text, start, end), *_TIED.finditer(text, start, end)]
        for found in told:
            left = clause_start(context, start, found.start())
            if text.rfind("《", left, found.start()) > text.rfind("》", left, found.start()):
                # 《甲市与乙市建立友好城市关系意向书》 is the name of a paper.
                continue
            parties = self._parties.coordination(context, left, found.start(), is_anchored=False)
            verb, words = found["verb"], found["object"]
            if found.re is _TIED.compiled and any(
                p.mention and p.mention.entity_type == "person" for p in parties
            ):
                continue
            if verb == "成为":
                if not re.search(r"(?:合作伙伴|战略伙伴|合伙人|供应商)$", words):
                    continue
                target = context.mentions_in(found.start("object"), found.end("object"))
                parties = parties[:1]
                if not parties and (subject := self._parties.topic.subject(context, start, found.start())):
                    parties = [Party.of(subject)]
                parties += [Party.of(m) for m in target if m.entity_type in {"organization", "place"}][:1]
            elif words.endswith("合作") and verb not in {"达成", "建立"}:
                continue
            takes_both = not parties and self._parties.is_both(text[left : found.start()])
            if (len(parties) < 2 and not takes_both) or (verb == "达成" and "合作" not in words):
                continue
            stage = self._stages.read("signed", context.without_names(left, found.start()), "")
            is_past = _YEARS_AGO.match(text, found.end()) or _YEARS_AGO.search(words)
            if is_past or _ABOUT.search(text, left, found.start()):
                continue
            if stage == "signed" and _TALKED_OF.match(text, found.end()):
                stage = "negotiating"
            yield Candidate(
                start=min([left, *(p.start for p in parties)]),
                end=found.end(),
                cue=(found.start("verb"), found.end("verb")),
                base="signed",
                stage=stage,
                left=left,
                takes_both=takes_both,
                rule="partnership",
                hint=_kind(verb, words),
                title=(found.start("object"), found.end("object")),
                parties=parties,
                confidence=0.82,
            )

    def _proposals(self, context: ArticleContext, start: int, end: int) -> Iterator[Candidate]:
        for found in _PROPOSAL.finditer(context.text, start, end):
            left = clause_start(context, start, found.start())
            subject = self._parties.topic.subject(context, start, found.start(), "organization", "person")
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
                parties=[Party.of(subject, "proposer")],
            )


def _kind(verb: str, words: str) -> str:
    """What those who are tied have: an alliance, a twin town, a paper, a partner or a supplier."""
    if words.endswith(("联盟", "联合体")):
        return "institution"
    if _TWIN.search(words):
        return "cooperation_agreement"
    if verb == "成为" or words.endswith(("合伙人", "供应商")):
        return "partnership"
    return "strategic_agreement" if "战略" in words else "cooperation_agreement"
