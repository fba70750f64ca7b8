"""Paragraphs of a page: lines put together, sentences mended across empty lines, quotes directed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transforms.normalize.changes import Change, Run, apply_changes
from transforms.normalize.inline_heads import find_inline_heads
from transforms.normalize.lines import (
    Join,
    Line,
    ends_sentence,
    is_left_open,
    is_running_end,
    parts_amount,
    parts_date,
    tells_on,
    usual_size,
)
from transforms.normalize.names import SPACE
from transforms.normalize.quotes import direct_quotes
from transforms.normalize.spaces import SpaceSplitter
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words
from transforms.normalize.wraps import LineJoiner

_LABEL_RE = re.compile("[\u4e00-\u9fff]{2,4}[：:]")
_STOP_RE = re.compile("[。！？；，]")
_STRONG_CUT = 4.0
_RUNNING_CHARS = 25
_LONG_CHARS = 60
_CLAUSE_CHARS, _LISTED = 12, 3
_LIKELY, _POSSIBLE = 0.5, 0.3
# A page that surely cut three sentences, and one in twelve paragraphs, has cut the doubtful ones too.
_OFTEN, _OFTEN_SHARE = 3, 1 / 12
_GLUED_CHARS, _GLUED_HEAD = 120, 6
_VERSE_CHARS = 20
_LABELLED, _LINE_CHARS = 6, 40
INSERTED = frozenset({"caption", "byline", "credit", "furniture"})
"""Types of blocks that a sentence goes on behind."""


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
        relative_size: Its type compared with that of most characters of the page, if known.
        block_type: Set by `structure`.
        block_subtype: Finer type, set by `structure`.
        article: Ordinal of its article on the page, set by `structure`.
        is_cut: Whether it goes on behind another block.
        is_filled: Whether its last line fills the column and stops inside a sentence.
        row: Head of the row of briefs that it stands in, if any.
        is_inline: Whether it is a head that stands in the first line of its text.
        continues: Whether it goes on in the middle of the sentence of the body paragraph before it in its article.
    """  # noqa: E501

    start: int
    end: int
    text: str
    runs: list[Run] = field(default_factory=list)
    gap: int = 0
    hint: str | None = None
    font_size: float | None = None
    relative_size: float | None = None
    block_type: str = ""
    block_subtype: str | None = None
    article: int | None = None
    continues: bool = False
    is_cut: bool = False
    is_filled: bool = False
    row: str | None = None
    is_inline: bool = False


class ParagraphBuilder:
    """Builds paragraphs from joined lines."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self.splitter = SpaceSplitter(vocabulary, words)
        self.joiner = LineJoiner(vocabulary, words)

    def build(self, text: str, lines: Sequence[Line]) -> tuple[list[Paragraph], list[Change]]:
        """Paragraphs in page order and the changes that make them.

        Args:
            text: Working text of the page.
            lines: Its lines, from `read_lines` or a layout.
        """
        lines = self.splitter.split_spaces(text, list(lines))
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
        body_size = usual_size(lines)
        for group in groups:
            first, last = lines[group[0]], lines[group[-1]]
            paragraph = Paragraph(first.start, last.end, "", hint=first.hint, font_size=first.font_size)
            if body_size and first.font_size:
                paragraph.relative_size = first.font_size / body_size
            paragraph.gap = _blank_lines(text, lines, group[0])
            paragraph.is_filled = last.is_cut
            self._fill(text, paragraph, changes)
            paragraphs.append(paragraph)
        changes.extend(self._direct_quotes(text, paragraphs))
        changes.extend(self._restore_dashes(text, paragraphs))
        changes.sort()
        for paragraph in paragraphs:
            self._fill(text, paragraph, changes)
        return self._split_glued(text, paragraphs, changes), changes

    def goes_on_in(self, before: str, after: str) -> bool:
        """Whether a sentence that one text leaves open surely goes on in another."""
        closes = any(after.count(b) > after.count(a) for a, b in ("“”", "《》", "（）"))
        is_open = is_running_end(before) or parts_amount(before, after) or (closes and is_left_open(before))
        cut = self.words.cut_evidence(before[-4:], after[:4])
        return is_open or cut > 0 or self._needs_more(before, after)

    def link_cut(self, paragraphs: Sequence[Paragraph]) -> None:
        """Mark body paragraphs that go on behind a caption, head or credit that stands in between."""
        last: dict[int, int] = {}
        for index, paragraph in enumerate(paragraphs):
            article = paragraph.article
            if paragraph.block_type != "body" or paragraph.block_subtype is not None or article is None:
                continue
            before = last.get(article)
            last[article] = index
            if before is None or before == index - 1:
                continue
            text = paragraphs[before].text
            if ends_sentence(text) or text[-1] in "：:；;":
                continue
            between = {p.block_type for p in paragraphs[before + 1 : index]}
            is_inserted = between <= INSERTED and self._may_follow(paragraph.text)
            if is_inserted or self._cut_odds(text, paragraph.text) >= 1:
                paragraph.continues = paragraphs[before].is_cut = True

    def _may_follow(self, text: str) -> bool:
        """Whether a text may go on with a sentence that a photograph cuts."""
        v = self.vocabulary
        opens = v.find_dateline(text) or v.editor_note.match(text) or v.list_item.match(text)
        return not opens and not v.paragraph_opener.match(text)

    def _split_glued(
        self, text: str, paragraphs: Sequence[Paragraph], changes: Sequence[Change]
    ) -> list[Paragraph]:
        """Blocks that stand in one paragraph: 上接, a head glued to its dateline, （下转第三版）."""
        result: list[Paragraph] = []
        heads = find_inline_heads([p.text for p in paragraphs], self.vocabulary)
        for index, paragraph in enumerate(paragraphs):
            first = [heads[index][1]] if index in heads else []
            cuts = first + [c for c in self._glued_cuts(paragraph) if not first or c > first[0]]
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
                piece.is_inline = index in heads and order == 0
                result.append(piece)
        return result

    def _glued_cuts(self, paragraph: Paragraph) -> list[int]:
        text = paragraph.text
        cuts = []
        lead = self.vocabulary.glued_dateline.search(text[:_GLUED_CHARS])
        if lead and lead.start() >= _GLUED_HEAD and not _STOP_RE.search(text[: lead.start()]):
            cuts.append(lead.start())
        elif (label := self.vocabulary.piece_label.match(text)) and self._is_labelled(text[label.end() :]):
            cuts.append(label.end())
        elif marked := self.vocabulary.marked_lead.match(text):
            cuts.append(marked.start("lead"))
        elif (author := self._head_author(text)) is not None:
            cuts.append(author)
        if text[0] in self.vocabulary.marks:
            # Marked briefs in a row.
            cuts.extend(m.end() for m in re.finditer(rf"[。！？]{SPACE}*(?={re.escape(text[0])})", text))
        head = self.vocabulary.continuation.match(text[:40])
        if head and head.end() == len(text):
            return cuts
        if head and head.end() < len(text):
            cuts.append(head.end() + len(text[head.end() :]) - len(text[head.end() :].lstrip()))
        tail_start = max(len(text) - 40, 1)
        tail = self.vocabulary.continuation.search(text, tail_start)
        if tail and tail.end() == len(text) and tail.start() > (cuts[0] if cuts else 0):
            cuts.append(tail.start())
        return cuts

    def _is_labelled(self, head: str) -> bool:
        """Whether what stands behind the name of a kind of piece is its headline."""
        is_line = _LABELLED <= len(head) <= _LINE_CHARS and not re.search("[。；]", head)
        return is_line and head[-1] not in "：:" and not self.vocabulary.is_byline(head)

    def _head_author(self, text: str) -> int | None:
        """Where the byline begins that stands behind a head on its line."""
        found = self.vocabulary.head_author.search(text) if len(text) <= _GLUED_CHARS else None
        if found is None or found.start() < _GLUED_HEAD or re.search("[。；]", text[: found.start()]):
            return None
        v, byline = self.vocabulary, found["byline"]
        # What names a photographer is a caption.
        is_head = v.is_byline(byline) and not v.photo_credit.search(byline) and not v.is_byline(text)
        return found.start("byline") if is_head and not v.is_credit(text) else None

    @staticmethod
    def _fill(text: str, paragraph: Paragraph, changes: Sequence[Change]) -> None:
        paragraph.text, paragraph.runs = apply_changes(text, changes, paragraph.start, paragraph.end)

    def _mend(
        self, text: str, lines: Sequence[Line], joins: list[Join | None], groups: list[list[int]]
    ) -> list[list[int]]:
        """Join a paragraph that stops inside a sentence with the next one."""
        contents = ["".join(text[lines[i].start : lines[i].end] for i in group) for group in groups]
        odds = [0.0] * len(groups)
        so_far = contents[0] if contents else ""
        for index in range(1, len(groups)):
            before, after = lines[groups[index - 1][-1]], lines[groups[index][0]]
            below = contents[index + 1] if index + 1 < len(groups) else ""
            is_apart = before.is_parted or joins[groups[index - 1][-1]] is not None
            if not is_apart and not self._is_caption(contents[index], below):
                above = lines[groups[index - 1][0] - 1].gap if groups[index - 1][0] else "blank"
                parted = above == "blank"
                odds[index] = self._goes_on(so_far, contents[index], before, after, is_parted=parted)
            # What surely goes on is one text, so its last line is no head.
            is_one = odds[index] == 1 and not _LABEL_RE.match(contents[index])
            so_far = (so_far if is_one else "") + contents[index]
        # A head with commas looks like a cut sentence: only a page that has cut others is trusted there.
        sure = sum(o == 1 for o in odds)
        is_damaged = sure > 0 or any(j is not None for j in joins)
        least = _LIKELY if is_damaged else 1
        if sure >= _OFTEN and sure >= _OFTEN_SHARE * len(groups):
            least = _POSSIBLE
        result: list[list[int]] = []
        for index, group in enumerate(groups):
            if odds[index] >= least:
                before, after = lines[result[-1][-1]], lines[group[0]]
                lead = self.vocabulary.is_lead(contents[index - 1]) and text[before.end - 1] not in "：:"
                space = " " * (lead and text[after.start] not in "（(")
                rule = "wrap_line" if before.gap == "line" else "blank_in_sentence"
                joins[result[-1][-1]] = Join(before.end, after.start, space, rule)
                result[-1].extend(group)
            else:
                result.append(list(group))
        return result

    def _goes_on(self, before: str, after: str, line: Line, following: Line, *, is_parted: bool) -> float:
        """Whether a sentence goes on in the next paragraph: 0 no, 1 yes, between: on a damaged page.

        `is_parted` says that an empty line stands above the first of both.
        """
        if line.hint != following.hint or (line.hint not in (None, "body")):
            return 0
        if self.vocabulary.script_label.match(after):
            return 0
        if self.vocabulary.is_lead(before):
            return float(self._follows_lead(after))
        if parts_date(before, after):
            return 1
        if ends_sentence(before) or before[-1] in "：:;；" or following.indent >= 1.5:
            return 0
        if self.vocabulary.slashed_credit.search(before) or self.vocabulary.is_signed(before):
            return 0
        is_short = line.gap == "line" and len(before) <= _VERSE_CHARS and len(after) <= _VERSE_CHARS
        if is_short:
            if following.gap == "blank" and before[-1] == "，" and not ends_sentence(after):
                # A head over two lines; verse has more of them.
                return float(is_parted and "。" not in before + after)
            is_open = not _STOP_RE.search(before) and self._needs_more(before, after)
            is_open |= before.count("“") > before.count("”") and 0 <= after.find("”") < after.find("“") % 99
            return float(
                is_open and not self.vocabulary.is_credit(before) and not self.vocabulary.is_byline(before)
            )
        odds = self._cut_odds(before, after)
        v = self.vocabulary
        if not odds or v.list_item.match(after) or v.find_dateline(after) or v.editor_note.match(after):
            return 0
        if v.caption_opener.match(after) or v.caption_opener.match(before):
            return 0
        for text in (t for t in (before, after) if len(t) < 120):
            if text[-1] in "摄图绘）" and v.find_photo_credit(text):
                return 0
            if v.is_credit(text) or v.is_folio(text) or v.is_byline(text):
                return 0
        return odds

    def _is_caption(self, text: str, below: str) -> bool:
        """Whether a text stands below a photograph: its photographer closes it or stands below."""
        if len(text) > _LONG_CHARS:
            return False
        v = self.vocabulary
        return v.is_photo_line(text) or (ends_sentence(text) and v.is_photo_byline(below))

    def _follows_lead(self, after: str) -> bool:
        """Whether a text belongs behind a dateline that stands alone in its line."""
        v = self.vocabulary
        return (
            ("。" in after or "，" in after)
            and v.find_dateline(after) is None
            and not v.editor_note.match(after)
        )

    def _cut_odds(self, before: str, after: str) -> float:
        if is_running_end(before) or parts_amount(before, after):
            return 1
        is_running = self._is_running(before)
        if not is_running and not _STOP_RE.search(after):
            return 0
        cut = self.words.cut_evidence(before[-4:], after[:4])
        if not is_running:
            is_long = len(after) > len(before) or len(before) >= _RUNNING_CHARS
            is_open = self._needs_more(before, after) or tells_on(before, after)
            if is_open or (cut > _STRONG_CUT and is_long):
                return 1
            return self._comma_odds(before, after)
        if cut > 0 or self._needs_more(before, after):
            return 1
        if len(after) <= 40 and not _STOP_RE.search(after):
            return 0
        return 1 if "。" in before or is_left_open(before) or len(before) >= _LONG_CHARS else _LIKELY

    def _comma_odds(self, before: str, after: str) -> float:
        """Odds of a short text with commas: a head has them less often than the start of a sentence."""
        v = self.vocabulary
        is_clause = "，" in before or before.count("、") >= _LISTED
        if not is_clause or len(before) < _CLAUSE_CHARS or len(after) < _CLAUSE_CHARS - 4:
            return 0
        if v.paragraph_opener.match(before) and before[0] != "“":
            return _LIKELY
        return 0 if v.paragraph_opener.match(after) or v.lead_time.match(after[:40]) else _POSSIBLE

    def _needs_more(self, before: str, after: str) -> bool:
        """Whether the text before ends with a word that needs another, or the text after begins with one."""
        v, frequency = self.vocabulary, self.words.frequency
        is_open = v.never_last.search(before) is not None and not frequency(before[-2:])
        return is_open or (v.never_first.match(after) is not None and not frequency(after[:2]))

    def _is_running(self, text: str) -> bool:
        """Whether a text without a sentence end is part of a story, not a head."""
        if "。" in text or is_left_open(text) or self.vocabulary.find_dateline(text[:80]):
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
            match = re.match(r"(?:[-–—－―]{1,3}|─{1,4})[ \u3000]*(?=[^\s0-9\-—])", paragraph.text)
            if (
                match
                and match.group() != "——"
                and len(paragraph.text) <= 60
                and not ends_sentence(paragraph.text)
            ):
                changes.append(Change(paragraph.start, paragraph.start + match.end(), "——", "dash"))
        return changes


def _source_offset(runs: Sequence[Run], offset: int) -> int:
    run = runs[bisect_right(runs, offset, key=lambda r: r.start) - 1]
    return run.source_start + offset - run.start


def _blank_lines(text: str, lines: Sequence[Line], index: int) -> int:
    if index == 0:
        return 0
    return max(0, text.count("\n", lines[index - 1].end, lines[index].start) - 1)
