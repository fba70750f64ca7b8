"""Captions of several printed lines inside a text that wraps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.normalize.line_heads import CAPTION_CHARS, is_full
from transforms.normalize.lines import Line, Survey, ends_sentence
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

_OPENER, _PARAGRAPH, _SENTENCE = 10.0, 3.0, 1.0
_NEXT_PARAGRAPH, _INNER_STOP, _LINE, _MISSING = 5.0, 2.0, 0.5, 0.25
_USUAL_CHARS = 16
_LEAST_CHARS, _CREDIT_CHARS = 8, 12
_STOP_RE = re.compile("[。！？](?=.*[。！？])")


class CaptionFinder:
    """Finds where captions begin whose last line names the photographer."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words

    def find(self, text: str, lines: Sequence[Line], page: Survey) -> dict[int, int]:
        """First to last line of every caption that stands among the lines of a column.

        The text above it goes on in what stands below the caption rather than in its first line.
        """
        found = {}
        for last in range(1, len(lines)):
            if page.columns[last] is None or lines[last].hint is not None:
                continue
            least = self._least_lines(text, lines, last)
            if not least or (least > 1 and lines[last - 1].gap != "line"):
                continue
            first = self._first(text, lines, last + 1 - least, last, page)
            if first is not None:
                found[first] = last
        return found

    def _least_lines(self, text: str, lines: Sequence[Line], last: int) -> int:
        """How many lines a caption that ends with this one has at least, 0 where none does."""
        v = self.vocabulary
        content = text[lines[last].start : lines[last].end]
        if v.is_photo_line(content):
            return 2 if v.is_byline(content) else 1
        # The photographer's name may be cut too.
        above = text[max(lines[last - 1].start, lines[last - 1].end - _CREDIT_CHARS) : lines[last - 1].end]
        is_cut = len(content) < _LEAST_CHARS and content[-1] in "摄）" and v.is_photo_line(above + content)
        return 2 * is_cut

    def _first(self, text: str, lines: Sequence[Line], latest: int, last: int, page: Survey) -> int | None:
        scores: dict[int, float] = {}
        size = sum(x.end - x.start for x in lines[latest + 1 : last + 1])
        for first in range(latest, 0, -1):
            if first < last and page.indented and lines[first].indent >= 1.5:
                break
            size += lines[first].end - lines[first].start
            if first < latest and (size > CAPTION_CHARS or not is_full(text, lines, first, page)):
                break
            scores[first] = self._score(text, lines, first, last, page)
            if lines[first - 1].gap != "line":
                break
        return max(scores, key=lambda first: scores[first], default=None)

    def _score(self, text: str, lines: Sequence[Line], first: int, last: int, page: Survey) -> float:
        v, above, begin = self.vocabulary, lines[first - 1], lines[first]
        before, content = text[above.start : above.end], text[begin.start : begin.end]
        caption = "".join(text[x.start : x.end] for x in lines[first : last + 1])
        credit = v.find_photo_credit(caption)
        score = -_LINE * (last - first) - _INNER_STOP * len(_STOP_RE.findall(caption))
        told = credit.start() if credit else len(caption)
        score -= _MISSING * max(0, _USUAL_CHARS - told)
        if v.caption_opener.match(content) or v.caption_mark.match(content):
            score += _OPENER
        if above.gap != "line" or (ends_sentence(before) and not is_full(text, lines, first - 1, page)):
            return score + _PARAGRAPH
        if ends_sentence(before):
            return score + _SENTENCE
        score -= max(0.0, self.words.cut_evidence(before[-4:], content[:4]))
        if last + 1 < len(lines):
            below = lines[last + 1]
            score += max(0.0, self.words.cut_evidence(before[-4:], text[below.start : below.end][:4]))
            score -= _NEXT_PARAGRAPH * (below.indent >= 1.5)
        return score
