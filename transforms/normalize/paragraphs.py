"""Paragraphs of a page: lines put together, sentences mended across empty lines, quotes directed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transforms.normalize.changes import Change, Run, apply_changes
from transforms.normalize.lines import Join, Line, LineJoiner, ends_sentence
from transforms.normalize.quotes import direct_quotes
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

_STOP_RE = re.compile("[。！？；，]")
_OPEN_END = "，、；"
_STRONG_CUT = 4.0
_RUNNING_CHARS = 25
_LONG_CHARS = 60


@dataclass(slots=True)
class Paragraph:
    """A run of lines that print as one paragraph.

    Attributes:
        start: Offset of its first character in the working text.
        end: Offset behind its last character.
        text: Normalised text.
        runs: Where the characters of `text` stand in the working text.
        gap: Empty lines before it: 0, 1 or more.
        hint: Block type the format knows, if any.
        font_size: Points, if known.
        block_type: Set by `structure`.
        block_subtype: Finer type, set by `structure`.
        article: Ordinal of its article on the page, set by `structure`.
        continues: Whether it goes on in the middle of the sentence of the body paragraph before it in its article.
    """  # noqa: E501

    start: int
    end: int
    text: str
    runs: list[Run] = field(default_factory=list)
    gap: int = 0
    hint: str | None = None
    font_size: float | None = None
    layout_block: int = -1
    block_type: str = ""
    block_subtype: str | None = None
    article: int | None = None
    continues: bool = False
    is_cut: bool = False


class ParagraphBuilder:
    """Builds paragraphs from joined lines."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self.joiner = LineJoiner(vocabulary, words)

    def build(self, text: str, lines: Sequence[Line]) -> tuple[list[Paragraph], list[Change]]:
        """Paragraphs in page order and the changes that make them.

        Args:
            text: Working text of the page.
            lines: Its lines, from `read_lines` or a layout.
        """
        lines = self.joiner.split_spaces(text, list(lines))
        joins = self.joiner.join_lines(text, lines)
        groups: list[list[int]] = []
        for index in range(len(lines)):
            if index and (join := joins[index - 1]) is not None and join.replacement != "\n":
                groups[-1].append(index)
            else:
                groups.append([index])
        groups = self._mend(text, lines, joins, groups)
        changes = [Change(j.start, j.end, j.replacement, j.rule) for j in joins if j is not None]
        paragraphs = []
        for group in groups:
            first, last = lines[group[0]], lines[group[-1]]
            paragraph = Paragraph(
                first.start,
                last.end,
                "",
                hint=first.hint,
                font_size=first.font_size,
                layout_block=first.block,
            )
            paragraph.gap = _blank_lines(text, lines, group[0])
            self._fill(text, paragraph, changes)
            paragraphs.append(paragraph)
        changes.extend(self._direct_quotes(text, paragraphs))
        changes.extend(self._restore_dashes(text, paragraphs))
        changes.sort()
        for paragraph in paragraphs:
            self._fill(text, paragraph, changes)
        return self._split_continuations(text, paragraphs, changes), changes

    def _split_continuations(
        self, text: str, paragraphs: Sequence[Paragraph], changes: Sequence[Change]
    ) -> list[Paragraph]:
        """（下转第三版） at the end of a paragraph, or 上接 at its start, is a block of its own."""
        result: list[Paragraph] = []
        for paragraph in paragraphs:
            cuts = self._continuation_cuts(paragraph.text)
            if not cuts:
                result.append(paragraph)
                continue
            starts = [paragraph.start, *(_source_offset(paragraph.runs, c) for c in cuts)]
            for order, (start, end) in enumerate(zip(starts, [*starts[1:], paragraph.end], strict=True)):
                piece = replace(paragraph, start=start, end=end, gap=paragraph.gap if order == 0 else 0)
                self._fill(text, piece, changes)
                stripped = len(piece.text) - len(piece.text.rstrip())
                if stripped:
                    piece.end -= stripped
                    self._fill(text, piece, changes)
                result.append(piece)
        return result

    def _continuation_cuts(self, text: str) -> list[int]:
        cuts = []
        head = self.vocabulary.continuation.match(text[:40])
        if head and head.end() < len(text):
            cuts.append(head.end() + len(text[head.end() :]) - len(text[head.end() :].lstrip()))
        tail_start = max(len(text) - 40, 1)
        tail = self.vocabulary.continuation.search(text, tail_start)
        if tail and tail.end() == len(text) and tail.start() > (cuts[0] if cuts else 0):
            cuts.append(tail.start())
        return cuts

    @staticmethod
    def _fill(text: str, paragraph: Paragraph, changes: Sequence[Change]) -> None:
        paragraph.text, paragraph.runs = apply_changes(text, changes, paragraph.start, paragraph.end)

    def _mend(
        self, text: str, lines: Sequence[Line], joins: list[Join | None], groups: list[list[int]]
    ) -> list[list[int]]:
        """Join a paragraph that stops inside a sentence with the next one."""
        result: list[list[int]] = []
        content = ""
        for group in groups:
            following = "".join(text[lines[i].start : lines[i].end] for i in group)
            if (
                result
                and joins[result[-1][-1]] is None
                and self._goes_on(content, following, lines[result[-1][-1]], lines[group[0]])
            ):
                before, after = lines[result[-1][-1]], lines[group[0]]
                joins[result[-1][-1]] = Join(before.end, after.start, "", "blank_in_sentence")
                result[-1].extend(group)
                content += following
            else:
                result.append(list(group))
                content = following
        return result

    def _goes_on(self, before: str, after: str, line: Line, following: Line) -> bool:
        if line.hint != following.hint or (line.hint not in (None, "body")):
            return False
        if ends_sentence(before) or before[-1] in "：:;；" or following.indent >= 1.5:
            return False
        v = self.vocabulary
        if any(
            v.is_credit(x) or v.is_folio(x) or v.is_byline(x)
            for x in (before[-120:], after[:120])
            if len(x) < 120
        ):
            return False
        if v.list_item.match(after) or v.find_dateline(after) or v.editor_note.match(after):
            return False
        if is_running_end(before):
            return True
        cut = self.words.cut_evidence(before[-4:], after[:4])
        if self._is_running(before):
            head_like = len(after) <= 40 and not _STOP_RE.search(after)
            # A head with commas looks like the start of a paragraph; only a word cut in two tells them apart.
            sure = "。" in before or _is_left_open(before) or len(before) >= _LONG_CHARS
            return cut > 0 or (sure and not head_like) or self._needs_more(before, after)
        if not _STOP_RE.search(after):
            return False
        return (cut > _STRONG_CUT and len(after) > len(before)) or self._needs_more(before, after)

    def _needs_more(self, before: str, after: str) -> bool:
        """Whether the text before ends with a word that needs another, or the text after begins with one."""
        if self.vocabulary.never_last.search(before) and not self.words.frequency(before[-2:]):
            return True
        return bool(self.vocabulary.never_first.match(after)) and not self.words.frequency(after[:2])

    def _is_running(self, text: str) -> bool:
        """Whether a text without a sentence end is part of a story, not a head."""
        if "。" in text or _is_left_open(text) or self.vocabulary.find_dateline(text[:80]):
            return True
        return len(text) >= _RUNNING_CHARS and "，" in text

    @staticmethod
    def _direct_quotes(text: str, paragraphs: Sequence[Paragraph]) -> list[Change]:
        changes = []
        for paragraph in paragraphs:
            for offset, mark in direct_quotes(paragraph.text):
                at = _source_offset(paragraph.runs, offset)
                changes.append(Change(at, at + 1, mark, "quote_direction"))
        return changes

    @staticmethod
    def _restore_dashes(text: str, paragraphs: Sequence[Paragraph]) -> list[Change]:
        """A single dash before a head is half of a Chinese dash."""
        changes = []
        for paragraph in paragraphs:
            match = re.match(r"(?:[-–—－―]{1,3}|─{1,4})(?=[^\s0-9\-—])", paragraph.text)
            if (
                match
                and match.group() != "——"
                and len(paragraph.text) <= 60
                and not ends_sentence(paragraph.text)
            ):
                changes.append(Change(paragraph.start, paragraph.start + match.end(), "——", "dash"))
        return changes


def is_running_end(text: str) -> bool:
    """Whether a text stops at a comma inside a sentence."""
    return text[-1:] != "" and text[-1] in _OPEN_END[:2]


def _is_left_open(text: str) -> bool:
    """Whether a bracket or quotation is still open at the end."""
    return any(text.rfind(a) > text.rfind(b) for a, b in ("“”", "《》", "（）"))


def _source_offset(runs: Sequence[Run], offset: int) -> int:
    for run in runs:
        if run.start <= offset < run.end:
            return run.source_start + offset - run.start
    raise IndexError(f"offset {offset} lies outside its paragraph")


def _blank_lines(text: str, lines: Sequence[Line], index: int) -> int:
    if index == 0:
        return 0
    return max(0, text.count("\n", lines[index - 1].end, lines[index].start) - 1)
