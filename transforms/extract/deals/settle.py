"""Type, stage and sides of a deal once all of it is known, whichever rule has read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from transforms.extract.context import ArticleContext
from transforms.extract.deals.clauses import CLAUSE, clause_end
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.parties import PartyReader
from transforms.extract.deals.sides import INVESTMENT, SideReader
from transforms.extract.deals.stage import StageReader

_BOTH = 2
_PACTS = frozenset({"cooperation_agreement", "project"})
_TRADED = frozenset({"supply_contract", "transfer"})
# Of bodies what stands behind their name tells how far they are.
_BODIES = frozenset({"institution", "joint_laboratory", "joint_venture"})
_NOT_YET = frozenset({"signed", "unveiled", "landed", "proposed"})
# 建一座某中心: what one firm builds for itself is works, 成立某中心 is a body.
_BUILDS = re.compile("(?:新|再|扩|投资|出资)?建(?!立)|打造|投建|兴建|布局")
_OPEN_END = re.compile(r"(?:中心|基地|园区?|平台|院区|总部)[”\"》]?$")
# 合资组建某公司 is agreed; 合资组建了, 合资组建的 it stands.
_STANDS = re.compile("[了的起]|已|正式|揭牌|挂牌|注册|执照|完成")
_FOUNDS = re.compile(r"(?:设立|成立|组建|创办|开办|兴办|建立|办)?(?:起?了|起|的)?[“\"]?")
# How a clause begins that goes on about the same body.
_GOES_ON = re.compile(
    r"(?:现|现已|已|已经|目前|眼下|如今|但|后来?|随后|并|于|因|由于|近日|日前|该[院校所馆室站]|新公司|公司|中心|[0-9]|[去今明]年|上[周月]|本[周月])"
)


class Settler:
    """Compiled once from the lookups."""

    def __init__(self, lookups: Mapping[str, Any], parties: PartyReader, stages: StageReader) -> None:
        self._sides, self._topic, self._stages = SideReader(lookups), parties.topic, stages
        self._told = re.compile(f"(?P<verb>{stages.verbs('operating', 'ended')})(?![的前后率者]|仪式)")

    def settle(
        self, context: ArticleContext, found: Sequence[Candidate], type_of: Callable[[Candidate], str]
    ) -> None:
        """Changes type, stage and roles of deals in order of text."""
        for number, candidate in enumerate(found):
            stop = next((later.start for later in found[number + 1 :][:1]), len(context.text))
            self._sole(context, candidate, type_of(candidate))
            self._equals(context, candidate, type_of(candidate))
            kind = type_of(candidate)
            if kind == "joint_venture":
                self._firm(context, candidate)
            if kind in _BODIES and candidate.title:
                self._later(context, candidate, stop)

    @staticmethod
    def _firm(context: ArticleContext, venture: Candidate) -> None:
        """Names a joint venture by the firm behind its verb; 组建某公司 is agreed, 组建了 stands."""
        text, right = context.text, clause_end(context.text, venture.cue[1], len(context.text))
        if venture.title is None:
            behind = context.mentions_in(venture.cue[1], right, "organization")
            if behind and _FOUNDS.fullmatch(text, venture.cue[1], behind[0].start):
                venture.title = (behind[0].start, behind[0].end)
        if venture.stage == "unveiled" and not _STANDS.search(text, venture.cue[0], right):
            venture.stage = "signed"

    def _equals(self, context: ArticleContext, candidate: Candidate, kind: str) -> None:
        """Two equal sides as what its type and paper make them."""
        title = re.sub(r"\s", "", context.text[slice(*candidate.title)]) if candidate.title else ""
        if len(candidate.parties) < _BOTH or any(p.role != "partner" for p in candidate.parties):
            return
        if kind in _PACTS and INVESTMENT.search(title):
            sides = self._sides.invested(context, candidate.parties, are_builders="投资" in title)
            sides = sides if sides != candidate.parties else self._sides.entered(title, sides)
            if sides != candidate.parties:
                candidate.hint, candidate.parties = "project", sides
        elif kind in _TRADED and len(candidate.parties) == _BOTH:
            words = title or context.text[candidate.cue[0] : candidate.end]
            candidate.parties = self._sides.traded(words, candidate.parties, context.text)

    def _sole(self, context: ArticleContext, candidate: Candidate, kind: str) -> None:
        """What one firm alone builds is works of which it is the investor."""
        text, sides = context.text, candidate.parties
        is_open = kind == "institution" and candidate.title and len(sides) == 1
        if not is_open or not candidate.title or not _OPEN_END.search(text[slice(*candidate.title)]):
            return
        firm = sides[0].mention
        if firm and self._topic.is_firm(firm) and _BUILDS.match(text, *candidate.cue):
            candidate.hint = "project"
            candidate.parties = [replace(sides[0], role="investor")]

    def _later(self, context: ArticleContext, candidate: Candidate, stop: int) -> None:
        """How far a body is by the words behind its name, up to the next deal of the sentence."""
        text, end = context.text, candidate.title[1] if candidate.title else candidate.end
        stop = min(stop, context.sentences[context.sentence_at(end - 1)][1])
        left = end
        while left < stop and candidate.stage in _NOT_YET:
            right = min(stop, clause_end(text, left, stop))
            is_own = left == end or _GOES_ON.match(text, left, right)
            if not is_own or context.mentions_in(left, right, "organization"):
                return
            for verb in self._told.finditer(text, left, right):
                stage = self._stages.read(
                    self._stages.of_word(verb["verb"]),
                    context.without_names(left, verb.start()),
                    text[verb.end() : right],
                )
                if stage in {"operating", "ended"} and not context.is_ahead(left, verb.start()):
                    candidate.stage = stage
                    candidate.end = max(candidate.end, verb.end())
            mark = CLAUSE.match(text, right)
            left = mark.end() if mark else stop
