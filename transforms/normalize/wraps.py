"""Which gaps between lines are only wraps.

A page is cut at newlines, and at spaces by `spaces`. For every gap `join_lines` says whether the sentence
runs on. A page without periodic wrapping keeps every line end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from transforms.normalize.captions import CaptionFinder
from transforms.normalize.line_heads import (
    CAPTION_CHARS,
    HEAD_TOKEN_RE,
    LineHeads,
    is_filled,
    is_full,
    lacks_indent,
)
from transforms.normalize.lines import (
    NO_START,
    Join,
    Line,
    Survey,
    assign_columns,
    blank_everywhere,
    choose_metric,
    common_width,
    ends_sentence,
    has_short_first,
    is_block,
    parts_amount,
    parts_date,
    stand_together,
    text_width,
    uses_indents,
)
from transforms.normalize.paragraph_ends import EndJudge
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

_PUNCTUATION_RE = re.compile("[，。；：！？]")
_MARKS_RE = re.compile('[，。、；：？！”’》）][“‘《（”’》）]|[，。；：]"|"[，。；：]')
# 总裁一行。 ends a sentence that the line above began; no text opens so.
_STUB_RE = re.compile("[\u4e00-\u9fff]{1,7}[。？]")
_OPENERS, _NEVER_FIRST = "（“《【", "，、；。"
_SAME_SIZE = 1.2
_CUT = 1.0
_STRONG_CUT, _SURE_CUT = 3.0, 5.0
_MIN_COLUMN, _COLUMNS = 9, 4
_SQUEEZED = 2
_SAME_COLUMN = 2
_NAME_CHARS, _TOKEN = 4, 6
_EXACT_LINES, _EXACT_SHARE = 10, 0.9


class LineJoiner:
    """Finds wraps among the lines of a page."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self._ends = EndJudge(vocabulary)
        self._heads = LineHeads(vocabulary)
        self._captions = CaptionFinder(vocabulary, words)

    def join_lines(self, text: str, lines: Sequence[Line]) -> list[Join | None]:
        """For every line, the join with the next one, or `None` where the line end is a boundary."""
        joins: list[Join | None] = [None] * len(lines)
        if len(lines) < 2:
            return joins
        space_width = common_width([x.width for x in lines if x.gap == "space"])
        page = self._survey(text, lines)
        page = replace(page, is_script=self.vocabulary.is_script(text[x.start : x.end] for x in lines))
        captions = self._captions.find(text, lines, page)
        captioned = {i for first, end in captions.items() for i in range(first - 1, end + 1)}
        last = -1
        doubtful: list[tuple[int, int]] = []
        ends = length = 0
        first = True
        cuts_credit = False
        for index in range(len(lines) - 1):
            line, following = lines[index], lines[index + 1]
            length += line.end - line.start
            if line.gap == "space":
                joined = not self._is_lost_paragraph(text, line, following, space_width)
                rule = "wrap_space" if joined else "lost_paragraph"
                replacement = _glue(text, line, following) if joined else "\n"
                joins[index] = Join(line.end, following.start, replacement, rule)
                first = not joined
                continue
            if line.gap == "stray":
                joins[index] = Join(line.end, following.start, "", "stray_space")
                continue
            if line.gap == "flow":
                if self._parts_heads(text, line, following):
                    continue
                joins[index] = Join(line.end, following.start, _glue(text, line, following), "wrap_line")
                continue
            last = captions.get(index, last)
            ends_credit = cuts_credit
            cuts_credit = line.gap == "line" and self.vocabulary.cuts_credit(
                text[line.start : line.end], text[following.start : following.end]
            )
            if index + 1 in captions or index <= last:
                odds = float(index < last)
            elif cuts_credit or ends_credit:
                odds = float(cuts_credit)
            else:
                odds = self._runs_on(text, lines, index, page, length, first=first)
            if odds > 0:
                rule = "blank_in_sentence" if line.gap == "blank" else "wrap_line"
                joins[index] = Join(line.end, following.start, _glue(text, line, following), rule)
                if odds < 1:
                    doubtful.append((index, length))
            else:
                ends += page.columns[index] is not None and ends_sentence(text[line.start : line.end])
                length = 0
            first = odds <= 0 and not self._resumes(text, lines, index, page, joins)
        for index in self._ends.choose(text, lines, doubtful, ends, page):
            joins[index] = None
        for index, line in enumerate(lines[:-2]):
            # What stands alone and ends like no sentence is no end of a paragraph.
            is_end = joins[index] is not None and ends_sentence(text[line.start : line.end])
            if is_end and joins[index + 1] is None and self._heads.stands_alone(text, lines, index + 1, page):
                joins[index] = None
            elif joins[index] is not None and not is_end and index not in captioned:
                self._part_caught(text, lines, index, page, joins)
        for index, line in enumerate(lines[:-1]):
            is_open = joins[index] is None and not ends_sentence(text[line.start : line.end])
            line.is_cut = is_open and is_filled(line, page.columns[index], page.short_first)
        return joins

    def _resumes(
        self, text: str, lines: Sequence[Line], index: int, page: Survey, joins: Sequence[Join | None]
    ) -> bool:
        """Whether a sentence goes on behind a line, such as a page number, that stands inside it."""
        if not index or joins[index - 1] is not None or page.columns[index - 1] is None:
            return False
        above = text[lines[index - 1].start : lines[index - 1].end]
        is_open = not ends_sentence(above) and is_full(text, lines, index - 1, page)
        # A head has no marks.
        is_open &= _PUNCTUATION_RE.search(text, lines[index + 1].start, lines[index + 1].end) is not None
        return is_open and self._heads.is_structural(text[lines[index].start : lines[index].end])

    def _part_caught(
        self, text: str, lines: Sequence[Line], index: int, page: Survey, joins: list[Join | None]
    ) -> None:
        """Take heads that stand inside a sentence out of its lines."""
        last = self._heads.caught(text, lines, index, page)
        if last is None:
            return
        tail = _tail(text, lines[index])
        goes_on = self.words.cut_evidence(tail, _head(text, lines[last + 1]))
        if goes_on > _CUT or self.words.cut_evidence(tail, _head(text, lines[index + 1])) <= _CUT:
            joins[index] = joins[last] = None
            lines[index].is_parted = lines[last].is_parted = True

    def _parts_heads(self, text: str, line: Line, following: Line) -> bool:
        """Whether two lines of one block are different heads: another size, or a byline below."""
        if line.font_size and following.font_size:
            ratio = line.font_size / following.font_size
            if not 1 / _SAME_SIZE < ratio < _SAME_SIZE:
                return True
        after = text[following.start : following.end]
        return len(after) < 40 and self.vocabulary.is_byline(after) and line.hint != "caption"

    def _is_lost_paragraph(self, text: str, line: Line, following: Line, width: float | None) -> bool:
        before, after = text[line.start : line.end], text[following.start : following.end]
        if not ends_sentence(before):
            return False
        if before[-1] in '"”' and after[0] in '"“':
            return True
        if width is None:
            return False
        token = HEAD_TOKEN_RE.match(after)
        short = token is not None and line.width + text_width(token.group()) <= width
        # A paragraph's first line is two characters shorter than the column: its printed indent.
        # Print squeezes two marks in a row.
        squeezed = following.width - len(_MARKS_RE.findall(after)) / 2
        indented = following.gap == "space" and squeezed - 0.5 <= width - 2 <= following.width + 0.5
        return short or indented or "\u3000\u3000" in text[line.end : following.start]

    def _survey(self, text: str, lines: Sequence[Line]) -> Survey:
        """How the page wraps: the column of every line and what marks a paragraph."""
        none = Survey([None] * len(lines))
        if any(line.has_place for line in lines):
            return none
        open_lines = [
            i
            for i, line in enumerate(lines[:-1])
            if line.gap in ("line", "blank")
            and line.reach >= _MIN_COLUMN
            and not ends_sentence(text[line.start : line.end])
        ]
        if len(open_lines) < 3:
            return none
        choose_metric(text, lines, open_lines)
        widths = Counter(round(lines[i].reach) for i in open_lines)
        column_widths: list[int] = []
        # Narrow columns hide a wide one until they are known.
        for width, _ in 2 * widths.most_common(_COLUMNS):
            members = [i for i in open_lines if abs(round(lines[i].reach) - width) <= 1]
            near = [known for known in column_widths if abs(width - known) <= _SAME_COLUMN]
            if len(members) < 3 or (near and not (width > max(near) + 1 and stand_together(lines, members))):
                continue
            # What has the width of another column is no rival.
            rest = [i for i in open_lines if all(abs(lines[i].reach - w) > 1 for w in column_widths)]
            is_even = self._is_even(lines, members, rest, width)
            is_wrapped = is_even and self._cuts_words(text, lines, members[:60])
            # On a page that wraps, lines of one width below each other are another column.
            if is_wrapped or (column_widths and is_block(text, lines, members)):
                column_widths.append(width)
        if not column_widths:
            return none
        columns = assign_columns(lines, column_widths)
        for i in open_lines[1:]:
            # Print squeezes marks: an open line between two of one column may be a little wider, a head too.
            beside = columns[i - 1] if lines[i - 1].gap == "line" else None
            if columns[i] is None and beside is not None and beside == columns[i + 1]:
                is_squeezed = lines[i].reach <= beside + _SQUEEZED
                columns[i] = beside if is_squeezed else None
        loose = sum(text[line.start] in NO_START for line in lines) >= max(2, 0.02 * len(lines))
        page = Survey(
            columns,
            indented=uses_indents(lines, columns),
            blank_everywhere=blank_everywhere(lines, columns),
            breaks_anywhere=loose,
            short_first=has_short_first(text, lines, columns),
        )
        # What follows an open line of its column stands inside a paragraph, so it is no head.
        known = {i for i in open_lines if columns[i] is not None}
        inside = [i for i in known if i - 1 in known and is_full(text, lines, i - 1, page)]
        full = sum(is_full(text, lines, i, page) for i in inside)
        is_exact = not page.short_first and full >= max(_EXACT_LINES, _EXACT_SHARE * len(inside))
        return replace(page, is_exact=is_exact)

    def _cuts_words(self, text: str, lines: Sequence[Line], members: Sequence[int]) -> bool:
        # Verse and lists break at commas and between words, a typesetter anywhere.
        commas = sum(text[lines[i].end - 1] in "，、；" for i in members)
        # Where lines stand below each other, an empty line inside a word is damage.
        beside = [i for i in members if lines[i].gap == "line"] or members
        cut = sum(
            _cuts_number(text[lines[i].end - 1], text[lines[i + 1].start])
            or self.words.cut_evidence(_tail(text, lines[i]), _head(text, lines[i + 1])) > _CUT
            for i in beside
        )
        return cut >= max(1, 0.12 * len(members)) and commas <= 0.5 * len(members)

    @staticmethod
    def _is_even(
        lines: Sequence[Line], members: Sequence[int], open_lines: Sequence[int], width: float
    ) -> bool:
        """Whether most open lines up to this width reach it; a list of heads has all widths."""
        rivals = sum(1 for i in open_lines if lines[i].reach <= width + 1)
        return len(members) >= 0.4 * rivals

    def _runs_on(
        self, text: str, lines: Sequence[Line], index: int, page: Survey, length: int, *, first: bool
    ) -> float:
        """Whether the sentence or paragraph goes on over a line end: 0 no, 1 yes, between: in doubt.

        `length` counts its characters so far.
        """
        line, following, width = lines[index], lines[index + 1], page.columns[index]
        before, after = text[line.start : line.end], text[following.start : following.end]
        if self.vocabulary.script_label.match(after):
            return 0
        if page.is_script and self.vocabulary.script_label.fullmatch(before):
            return 1
        is_beside = line.gap == "line" and line.hint == following.hint
        is_open = (
            _surely_goes_on(before, after) or _closes_bracket(before, after) or parts_date(before, after)
        )
        if is_beside and (is_open or (_PUNCTUATION_RE.search(before) and parts_amount(before, after))):
            return float(not self.vocabulary.is_photo_line(before))
        if width is None or line.hint != following.hint or (following.indent >= 1.5 and page.indented):
            return 0
        if self._heads.is_structural(before) or self._heads.is_structural(after):
            return 0
        goes_on = "，" in before and "，" in after and not ends_sentence(before) and before[-1] not in "：:；"
        v = self.vocabulary
        if (after.startswith(("——", "──")) and not goes_on) or v.caption_opener.match(after):
            return 0
        if v.caption_mark.match(after):
            return 0
        if len(before) < 60 and before[-1] in "摄绘" and v.photo_credit.search(before):
            return 0
        if v.slashed_credit.search(before) or v.is_signed(before) or v.is_photo_line(before):
            return 0
        blank = line.gap == "blank" and not page.blank_everywhere
        full = is_full(text, lines, index, page)
        # The last line of a caption goes on with the caption, not with a longer text.
        is_apart = blank or not full or length > CAPTION_CHARS or v.caption_mark.match(after) is not None
        if is_apart and self._heads.is_caption(text, lines, index + 1):
            return 0
        if ends_sentence(before):
            if blank or not full or self._heads.begins_item(after):
                return 0
            if self._heads.opens_report(text, lines, index + 1) or self._heads.is_lone_head(
                text, lines, index + 1, page
            ):
                return 0
            if page.short_first and following.gap != "end":
                return 0 if lacks_indent(following, width) else 1
            return 0.5
        if before[-1] in "，、；":
            return 1
        if not full and self._heads.is_second_head(text, lines, index, page):
            return 0
        if _STUB_RE.match(after) and line.gap == "line" and before[-1].isalnum():
            return 1
        cut = self.words.cut_evidence(_tail(text, line), _head(text, following))
        is_head = first and self._heads.is_head(text, lines, index, page)
        if cut > (_SURE_CUT if is_head else _STRONG_CUT):
            return 1
        if is_head or self._heads.opens_report(text, lines, index + 1):
            return 0
        # Letters and figures may count a half or a whole: either measure may fill the line.
        is_unindented = first and lacks_indent(line, width) and _PUNCTUATION_RE.search(before) is not None
        if page.is_exact and not full and not is_unindented and _printed_chars(text, line) < width:
            return 0
        used = line.reach
        near = used >= width - (3 if first else 1.5)
        if first and not _PUNCTUATION_RE.search(before) and cut <= 0:
            ends_head = v.event_cue.search(before[-2:]) or v.kicker_closer.search(before)
            # A text opens with the day, or names again what its head has named.
            opens = not full and (
                (v.paragraph_opener.match(after) and not (page.short_first and lacks_indent(line, width)))
                or after[:_NAME_CHARS] in before
            )
            if opens or v.event_name.search(before) or (ends_head and not full):
                return 0
            # A stray space inside a name is no room of the column.
            return 1 if near and used - before.count(" ") / 2 <= width + 1 and not blank else 0
        if full or near:
            return 0 if blank and cut <= 0 and (first or page.indented) else 1
        if before[-1] in "：:" or blank or first or (used < width - _TOKEN and cut <= 0):
            return 0
        return 0 if self.vocabulary.list_item.match(after) else 1


def _surely_goes_on(before: str, after: str) -> bool:
    """Whether a mark that begins no line or ends none stands at a line end."""
    return before[-1] in _OPENERS or (after[0] in _NEVER_FIRST and not ends_sentence(before))


def _closes_bracket(before: str, after: str) -> bool:
    """Whether a bracket is open at a line end and closed in the next line."""
    is_open = before.rfind("（") > before.rfind("）")
    return is_open and 0 <= after.find("）") < (after.find("（") % (len(after) + 1))


def _cuts_number(before: str, after: str) -> bool:
    """Whether a line end stands inside a number, or before a mark that begins no line."""
    return (before.isdigit() and after.isdigit()) or after in _NEVER_FIRST


def _printed_chars(text: str, line: Line) -> int:
    """Characters of the whole line of the page, spaces at both ends included."""
    end = text.find("\n", line.end)
    return (len(text) if end < 0 else end) - text.rfind("\n", 0, line.start) - 1


def _tail(text: str, line: Line) -> str:
    return text[max(line.start, line.end - 4) : line.end]


def _head(text: str, line: Line) -> str:
    return text[line.start : min(line.end, line.start + 4)]


def _glue(text: str, line: Line, following: Line) -> str:
    """A space between two Latin words, nothing beside Chinese."""
    before, after = text[line.end - 1], text[following.start]
    return " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""
