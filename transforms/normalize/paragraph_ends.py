"""Which full lines that end a sentence end their paragraph too."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from transforms.normalize.lines import Line, Survey
from transforms.normalize.vocabulary import PageVocabulary

_TERMINAL_RE = re.compile("[。！？]")
_CLAUSE_RE = re.compile("[，。：；]")
_REACH = 120
_SHORT, _LONG = 15, 75
_HEAD_CHARS = 30
_BREATH = 5
_MATURE = 150
# A last line is as likely to be full as to have any other length. A typesetter fills a few more, since marks
# may not begin a line; a machine that breaks anywhere fills fewer.
_TYPESET, _MACHINE = 1.5, 0.8
# Log odds at which a line is taken for an end. Weights are log odds too, counted on broadcast news.
_SURE = 0.9


class EndJudge:
    """Chooses ends among lines that look the same either way."""

    def __init__(self, vocabulary: PageVocabulary) -> None:
        self.vocabulary = vocabulary

    def choose(
        self, text: str, lines: Sequence[Line], doubtful: Sequence[tuple[int, int]], ends: int, page: Survey
    ) -> list[int]:
        """Indexes of the doubtful lines that end a paragraph.

        Args:
            text: Working text of the page.
            lines: Its lines.
            doubtful: Index of a full line that ends a sentence, and the characters since the last sure end.
            ends: Paragraphs that surely end on the page; they tell how many full last lines there should be.
            page: How the page wraps.
        """
        if not doubtful:
            return []
        widths = [c for c in page.columns if c is not None]
        share = _MACHINE if page.breaks_anywhere else _TYPESET
        expected = max(ends * share / max(sum(widths) / len(widths) - 2, 1), 0.1)
        expected = min(expected, 0.85 * len(doubtful))
        prior = math.log(expected / (len(doubtful) - expected))
        return [i for i, length in doubtful if prior + self._score(text, lines, i, length) > _SURE]

    def _score(self, text: str, lines: Sequence[Line], index: int, length: int) -> float:
        """Log odds of an end from the sentences on both sides."""
        v = self.vocabulary
        before, after = _gather(text, lines, index, -1), _gather(text, lines, index + 1, 1)
        last = len(_TERMINAL_RE.split(before[:-1])[-1])
        score = 0.01 * min(length, _MATURE) - 1.2 * (length < _HEAD_CHARS)
        score += 1.0 * bool(v.paragraph_opener.match(after))
        score += 1.2 * bool(v.lead_time.match(after[:_HEAD_CHARS]))
        score -= 1.6 * bool(v.sentence_connector.match(after))
        score -= 1.0 * bool(v.sentence_subject.match(after))
        score += 1.0 * (before[-1] == "”")
        score += 0.6 * (last > _LONG) - 0.8 * (last < _SHORT)
        score += 0.4 * (len(_CLAUSE_RE.split(after)[0]) <= _BREATH)
        return score + 0.4 * (len(_TERMINAL_RE.split(after)[0]) > _LONG - _SHORT)


def _gather(text: str, lines: Sequence[Line], index: int, step: int) -> str:
    """Text of the lines from `index` on in one direction, as far as a judgement needs it."""
    pieces: list[str] = []
    size = 0
    while 0 <= index < len(lines) and size < _REACH:
        pieces.append(text[lines[index].start : lines[index].end])
        size += len(pieces[-1])
        index += step
    return "".join(pieces[::step])
