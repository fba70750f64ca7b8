"""Kicker, headline and subtitles among heads that stand together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from transforms.normalize.blocks import is_spread
from transforms.normalize.characters import CJK
from transforms.normalize.head_parts import (
    DASHES,
    FIGURE_RE,
    PAIRS,
    QUOTED_RE,
    HeadParts,
    introduces,
)
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

_KINDS = {"K": "kicker", "H": "headline", "S": "subtitle"}
_IMAGE_RE = re.compile("的[^，。：]{0,4}“[^”]+”$|“[^”]+”的[^，。：]{1,6}$")
_CLAUSE_RE = re.compile(f"，[{CJK}]{{0,3}}$")
_CUT = 5.0
_LABEL_CHARS = 4
_CUE_CHARS = 3
_NAME_CHARS = 14
_NAMED_RE = re.compile(f"[{CJK}]{{2,8}}：[^“]")
_ASKS_RE = re.compile("[？?]$|怎么|如何|谁来|为何|哪")
_COLUMN_CHARS = 10
# 对话企业家 names a column, 对话云溪集团董事长 is a subtitle.
_INTERVIEW_RE = re.compile(f"(?:对话|专访|访谈|寻访|探访|走进|聚焦|直击|连线)[{CJK}]{{2,4}}")
_SHORT_CHARS = 6


class HeadReader:
    """Tells the heads of a story apart.

    Args:
        vocabulary: Of the page.
        words: For verbs and for words cut by a line end.
        weights: Log odds that `HeadParts` parts lines by.
    """

    def __init__(self, vocabulary: PageVocabulary, words: Words, weights: Mapping[str, float]) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self.parts = HeadParts(vocabulary, words, weights, self._main_head, self._is_label)

    def assign(self, run: Sequence[Paragraph]) -> None:
        """Kicker, headline and subtitles among heads that stand together."""
        hinted = [i for i, p in enumerate(run) if p.hint is not None]
        if hinted:
            for index, head in enumerate(run):
                if head.hint is None:
                    head.block_type = "kicker" if index < hinted[0] else "subtitle"
                    if index > hinted[-1] and self.vocabulary.bare_name.match(head.text):
                        head.block_type = "byline"
            return
        if len(run) > 1 and self._names_author(run[-1].text):
            run[-1].block_type = "byline"
            run = run[:-1]
        if len(run) == 1:
            return
        sizes = [p.font_size for p in run]
        if None not in sizes and len(set(sizes)) > 1:
            largest = max(s for s in sizes if s is not None)
            main = sizes.index(largest)
            lines = next((i for i, s in enumerate(sizes[main:]) if s != largest), len(run) - main)
            kinds = "K" * main + "H" * lines + "S" * (len(run) - main - lines)
        else:
            # The name of a kind of piece stands above the others.
            named = "K" * (run[0].block_subtype == "label")
            kinds = named + self.parts.part([(p.text, p.gap > 0) for p in run[len(named) :]])
            told = self._main_head([p.text for p in run]) if len(set(kinds)) == len(kinds) else None
            if told is not None:
                kinds = "K" * told + "H" + "S" * (len(run) - told - 1)
        for head, kind in zip(run, kinds, strict=True):
            head.block_type = _KINDS[kind]
        # Where empty lines part heads, lines that none parts are one.
        is_parted = any(p.gap for p in run[1:])
        for (one, kind), (other, beside) in pairwise(zip(run, kinds, strict=True)):
            is_wrap = kind == beside and not other.gap
            other.continues = is_wrap and (is_parted or self._goes_on(one.text, other.text))
        is_two = kinds.startswith("KK") and (run[1].gap > 0 or self._is_label(run[0].text, run[1].text))
        if is_two and len(run[0].text) <= _COLUMN_CHARS and run[0].font_size is None:
            # A column's name above who speaks, or above the event, is no part of that.
            run[0].block_type, run[0].block_subtype = "furniture", "label"

    def _goes_on(self, before: str, after: str) -> bool:
        """Whether a line end stands inside a word, a quotation, a name or a clause: no space is printed."""
        v = self.vocabulary
        if any(before.count(a) > before.count(b) for a, b in PAIRS) or _CLAUSE_RE.search(before):
            return True
        if len(after) <= _LABEL_CHARS and not v.predicate_start.match(after):
            return True
        is_told = v.event_inside.match(after) or (after[0] == "在" and v.adverb_start.match(after))
        return bool(is_told) or self.words.cut_evidence(before, after) > _CUT

    def _names_author(self, text: str) -> bool:
        """Whether a line below a head names who wrote: a name alone, or behind the title."""
        v = self.vocabulary
        if v.bare_name.match(text) is not None and len(text) <= 12:
            if v.piece_end.search(text):
                return False
            return v.surnamed.fullmatch(text) is not None or not self.words.frequency(text)
        return v.titled_author.match(text) is not None

    def _names_works(self, first: str, second: str) -> bool:
        v = self.vocabulary
        is_name = len(first) <= _NAME_CHARS and v.works_name.match(first) is not None
        return is_name and not (v.works_name.match(second) or v.event_cue.search(first))

    def _tells(self, text: str) -> bool:
        return self.vocabulary.event_cue.search(text) is not None or self.words.has_verb(text)

    def _is_label(self, text: str, below: str) -> bool:
        """Whether a head names a column, a kind of piece or who speaks, not what the one below tells."""
        v = self.vocabulary
        if v.label.match(text) or is_spread(text):
            return True
        if "·" in text and (len(text) <= _SHORT_CHARS or v.column_end.search(text)):
            return True
        if v.is_piece_name(text) or v.kicker_closer.search(text):
            return True
        if v.is_column_name(text) and len(text) < len(below):
            return True
        is_short = len(text) <= min(_COLUMN_CHARS, len(below)) and not re.search("[，？！ 　]", text)
        if is_short and (v.column_end.search(text) or _INTERVIEW_RE.fullmatch(text)):
            return True
        # A column's name stands above who is told of: 青石：班列开往海原.
        return is_short and _NAMED_RE.match(below) is not None and not v.event_cue.search(text)

    def _main_head(self, texts: Sequence[str]) -> int | None:
        """Which of several whole heads is the headline, where their words tell."""
        dashes = [i for i, t in enumerate(texts) if t.startswith(DASHES)]
        if dashes and dashes[0] > 0:
            texts = texts[: dashes[0]]
        if len(texts) == 1:
            return 0
        v = self.vocabulary
        first, second = texts[0], texts[1]
        spoken = [i for i, t in enumerate(texts[:-1]) if introduces(t)]
        if spoken:
            return spoken[-1] + 1
        quoted = [i for i, t in enumerate(texts[1:], 1) if QUOTED_RE.fullmatch(t)]
        if quoted and not QUOTED_RE.fullmatch(first):
            # What somebody says is the headline below who says it.
            return quoted[0]
        if self._is_label(first, second) or len(first) <= _LABEL_CHARS < len(second):
            return 1
        has_officials = v.subtitle_cue.search(texts[-1]) is not None and self._tells(first)
        if len(texts) > 2 and not (v.subtitle_cue.search(second) or has_officials):
            # Kicker, headline, subtitle.
            return 1
        if v.event_count.match(second.split()[0]) and self._tells(first):
            # How many signed stands below the event.
            return 0
        if v.subtitle_cue.search(second) and not v.subtitle_cue.search(first):
            return 0
        is_pronoun = v.sentence_subject.match(second) is not None and second[0] not in "我该各"
        has_no_subject = v.predicate_start.match(second) is not None or is_pronoun
        if has_no_subject and not v.event_start.match(second) and self._tells(first):
            return 0
        is_event = v.event_cue.search(first[-_CUE_CHARS:]) is not None
        if is_event and FIGURE_RE.search(second) and not FIGURE_RE.search(first):
            return 0
        if self._names_works(first, second) or (FIGURE_RE.match(first) and not FIGURE_RE.search(second)):
            return 1
        if _NAMED_RE.match(second) and _ASKS_RE.search(first):
            # Of a question and who answers it the shorter one has the larger type.
            return int(len(second) <= len(first))
        if (_IMAGE_RE.search(first) or "：" in first) and len(second) > len(first):
            # What a thing is like is the headline, the plain event explains it.
            return 0
        return None
