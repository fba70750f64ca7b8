"""The words that a row of a deal shows: who, the verb, how far it is, and its closing marks."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Candidate
from transforms.extract.deals.stage import STAGES, StageReader

# 甲与某大学合作成立的某实验室揭牌: how far it is stands soon behind the verb, who builds it perhaps later.
_MAX_STAGE_CHARS, _MAX_SIDE_CHARS = 60, 120
# 成立 may be the past of what is unveiled now.
_PLATE = re.compile("[揭授挂]牌|揭幕")
_PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")"}
_CLOSES, _VERB_CHARS = 4, 3


class EvidenceReader:
    """Built once from the words of stages."""

    def __init__(self, stages: StageReader) -> None:
        self._verbs = re.compile(f"建设|{stages.verbs(*STAGES)}")
        self._told = {stage: re.compile(stages.verbs(stage)) for stage in STAGES if stages.words(stage)} | {
            "unveiled": _PLATE
        }

    def read(self, context: ArticleContext, candidate: Candidate, stop: int) -> tuple[int, int, str | None]:
        """Where the evidence begins and ends, and the word that says it; None where no word does.

        Args:
            context: The article.
            candidate: The deal with its parties.
            stop: Where the next deal begins.
        """
        start, end = candidate.start, candidate.end
        sentence = context.sentences[context.sentence_at(candidate.cue[0])]
        stop = max(end, min(stop, sentence[1], end + _MAX_SIDE_CHARS))
        verb = self._verb(context, candidate)
        if sentence[0] <= candidate.cue[0] and candidate.cue[1] <= stop:
            start, end = min(start, candidate.cue[0]), max(end, verb.end() if verb else candidate.cue[1])
        stop = max(stop, end)
        told, near = self._told.get(candidate.stage), min(stop, candidate.end + _MAX_STAGE_CHARS)
        end = max([end, *(p.end for p in candidate.parties if end < p.end <= stop)])
        behind = None
        if told and not self._says(context, candidate, start, end):
            behind = told.search(context.text, end, max(end, near))
            end = behind.end() if behind else end
        end = _closed(context.text, start, end, sentence[1])
        cue = verb[0] if verb else self._cue(context, candidate, (start, end), behind)
        return start, end, cue

    def _verb(self, context: ArticleContext, candidate: Candidate) -> re.Match[str] | None:
        """The whole verb of which a rule has read one character: 签 of 签订, 设 of 建设."""
        begin, end = candidate.cue
        if end - begin != 1 or _ends_title(candidate) or candidate.rule == "odds":
            return None
        near = self._verbs.finditer(context.text, max(0, begin - 1), end + _VERB_CHARS)
        return next((m for m in near if m.start() <= begin < m.end()), None)

    def _says(self, context: ArticleContext, candidate: Candidate, start: int, end: int) -> bool:
        """Whether a word of its stage stands in the evidence, outside of its title."""
        told, (begin, stop) = self._told[candidate.stage], candidate.title or (end, end)
        return any(m.end() <= begin or m.start() >= stop for m in told.finditer(context.text, start, end))

    def _cue(
        self,
        context: ArticleContext,
        candidate: Candidate,
        evidence: tuple[int, int],
        behind: re.Match[str] | None,
    ) -> str | None:
        """The words of the rule; what only ends a title or opens what the weights read is none."""
        text, (begin, end), title = context.text, candidate.cue, candidate.title or (0, 0)
        is_sure = candidate.rule != "odds" and (end - begin > 1 or not _ends_title(candidate))
        if is_sure and end > begin:
            return text[begin:end]
        if behind:
            return behind[0]
        told = self._told.get(candidate.stage)
        words = told.finditer(text, *evidence) if told else ()
        word = next((m[0] for m in words if not title[0] <= m.start() < title[1]), None)
        return word or (text[begin:end] if end - begin > 1 else None)


def _ends_title(candidate: Candidate) -> bool:
    """Whether the cue lies in the title: the text only names the works."""
    begin, end = candidate.title or (0, 0)
    return begin < candidate.cue[1] <= end


def _closed(text: str, start: int, end: int, stop: int) -> int:
    """The end behind marks that close what was opened: 签订《某协议 goes on to 》."""
    opened = [mark for mark in _PAIRS if text.count(mark, start, end) > text.count(_PAIRS[mark], start, end)]
    for mark in opened:
        close = text.find(_PAIRS[mark], end, min(stop, end + _CLOSES))
        end = max(end, close + 1)
    return end
