"""What a line of a wrapped page is by itself and its neighbours: a head, a caption, full or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.normalize.lines import INSIDE, Line, Survey, ends_sentence, text_width
from transforms.normalize.vocabulary import PageVocabulary

CAPTION_CHARS = 60
"""A caption is no longer."""
HEAD_TOKEN_RE = re.compile(r"[“‘（《〈「『【〔\"(]*(?:[0-9A-Za-z.%+\-]+|.)[，。、；：？！”’）》〉」』】〕)]*")
"""What had to begin a line together: a number, a word, a character with the marks around it."""
_STOP_RE = re.compile("[。；]")
_MARK_RE = re.compile("[，。；：！？、]")
_WORDS_RE = re.compile(r"\w{2}")
_BREATH = 1.5
_REST_CHARS = 6
_CAUGHT_LINES, _HEAD_CHARS = 3, 5


class LineHeads:
    """Judges lines by what stands above and below them."""

    def __init__(self, vocabulary: PageVocabulary) -> None:
        self.vocabulary = vocabulary

    def is_head(self, text: str, lines: Sequence[Line], index: int, page: Survey) -> bool:
        """Whether a line that begins a paragraph is a head: what stands above or below tells."""
        line, width = lines[index], page.columns[index]
        before = text[line.start : line.end]
        if width is None or _STOP_RE.search(before):
            return False
        is_top = index == 0 or self.is_structural(text[lines[index - 1].start : lines[index - 1].end])
        if is_top and not page.short_first and not is_full(text, lines, index, page) and "，" not in before:
            return True
        below = lines[index + 1]
        # What is short below a full line is the rest of it.
        if below.width > _REST_CHARS and not _STOP_RE.search(text, below.start, below.end):
            third = text[lines[index + 2].start : lines[index + 2].end] if index + 2 < len(lines) else ""
            is_signed = self.vocabulary.is_byline(third) and not self.vocabulary.is_photo_line(third)
            if third and (is_signed or self.opens_report(text, lines, index + 2)):
                return True
        # Where first lines lack an indent, a full one is none of them.
        if not page.short_first or line.width <= width - 1:
            return False
        above = lines[index - 1] if index else None
        is_parted = above is not None and above.gap == "blank" and not page.blank_everywhere
        ends = above is not None and ends_sentence(text[above.start : above.end])
        # What had no room for a number is as short as a first line.
        is_first = lacks_indent(below, width) and not is_full(text, lines, index + 1, page)
        return is_first or (is_parted and ends)

    @staticmethod
    def is_second_head(text: str, lines: Sequence[Line], index: int, page: Survey) -> bool:
        """Whether the line above stands below an empty line and ends short of its column at a comma."""
        above, before = index - 1, index - 2
        is_parted = above >= 0 and (above == 0 or lines[before].gap == "blank") and not page.blank_everywhere
        return is_parted and text[lines[above].end - 1] == "，" and not is_full(text, lines, above, page)

    def is_caption(self, text: str, lines: Sequence[Line], index: int) -> bool:
        """Whether a line is what stands below a photograph: its photographer closes it or stands below."""
        v, line = self.vocabulary, text[lines[index].start : lines[index].end]
        if v.is_photo_line(line):
            return True
        if index + 1 >= len(lines) or len(line) > CAPTION_CHARS or not ends_sentence(line):
            return False
        return v.is_photo_byline(text[lines[index + 1].start : lines[index + 1].end])

    def stands_alone(self, text: str, lines: Sequence[Line], index: int, page: Survey) -> bool:
        """Whether a line is neither full nor the end of a sentence, and another stands below it."""
        content = text[lines[index].start : lines[index].end]
        if (
            ends_sentence(content)
            or "。" in content
            or not _WORDS_RE.search(content)
            or _MARK_RE.match(content[-1])
        ):
            return False
        if lines[index].gap in INSIDE:
            return False
        return not (self.is_structural(content) or self.vocabulary.is_signed(content)) and (
            page.columns[index] is not None and lines[index].reach < (page.columns[index] or 0) - _BREATH
        )

    def caught(self, text: str, lines: Sequence[Line], index: int, page: Survey) -> int | None:
        """Last of the heads that stand inside the sentence that a line leaves open, if any do.

        Lines inside a paragraph fill their column; heads are shorter, and the text goes on below them.
        """
        if not is_full(text, lines, index, page) or not (page.indented or page.is_exact):
            return None
        last = index
        while last - index < _CAUGHT_LINES and last + 2 < len(lines):
            following = lines[last + 1]
            is_near = lines[last].gap == "line" and following.gap == "line" and following.indent < 1.5
            content = text[following.start : following.end]
            if self.vocabulary.caption_opener.match(content) or self.vocabulary.is_photo_line(content):
                return None
            is_part = len(content) < _HEAD_CHARS
            if not is_near or is_part or text[lines[last + 2].start].isascii():
                break
            is_short = self.stands_alone(text, lines, last + 1, page) and not is_full(
                text, lines, last + 1, page
            )
            if not (is_short or (last > index and content.startswith("——"))):
                break
            last += 1
        below = lines[last + 1]
        content = text[below.start : below.end]
        is_text = below.indent < 1.5 and _MARK_RE.search(content) is not None
        is_text = is_text and not self.is_caption(text, lines, last + 1)
        return last if last > index and is_text and page.columns[last + 1] is not None else None

    def begins_item(self, text: str) -> bool:
        """Whether an item of a list begins a line; 二是 goes on in a paragraph as often."""
        return self.vocabulary.list_item.match(text) is not None and text[1:2] != "是"

    def is_lone_head(self, text: str, lines: Sequence[Line], index: int, page: Survey) -> bool:
        """Whether a line ends like no sentence and a new paragraph or report stands below it."""
        if index + 1 >= len(lines):
            return False
        content, following = text[lines[index].start : lines[index].end], lines[index + 1]
        if ends_sentence(content) or content[-1] in "，、；：":
            return False
        if page.indented and following.indent < 1.5 and self.stands_alone(text, lines, index, page):
            return True
        return (page.indented and following.indent >= 1.5) or self.opens_report(text, lines, index + 1)

    def opens_report(self, text: str, lines: Sequence[Line], index: int) -> bool:
        """Whether a dateline begins at a line; it may go on over the line end."""
        line = lines[index]
        head = text[line.start : line.end]
        if index + 1 < len(lines) and len(head) < 40:
            head += text[lines[index + 1].start : lines[index + 1].end]
        return self.vocabulary.opens_report(head)

    def is_structural(self, content: str) -> bool:
        """Whether a line names staff, the page, an author or what an editor notes."""
        if len(content) > 80:
            return False
        v = self.vocabulary
        return (
            v.is_credit(content)
            or v.is_folio(content)
            or v.is_byline(content)
            or bool(v.editor_note.match(content))
        )


def lacks_indent(line: Line, width: float) -> bool:
    """Whether a line is shorter than its column by the indent of a paragraph."""
    return abs(line.width - width + 2) <= 0.5


def is_filled(line: Line, width: float | None, short_first: bool) -> bool:
    """Whether a line has the width of its column: less a figure that had no room, or an indent not kept."""
    least = _BREATH + 2 * short_first
    return width is not None and width - least <= line.reach <= width + 1


def is_full(text: str, lines: Sequence[Line], index: int, page: Survey) -> bool:
    """Whether what the next line begins with had no room in a line, spaces at its end included."""
    line, following, width = lines[index], lines[index + 1], page.columns[index]
    if width is None:
        return False
    used = line.reach + (text[line.end] in " \u3000")
    token = None if page.breaks_anywhere else HEAD_TOKEN_RE.match(text, following.start, following.end)
    is_counted = following.width == following.end - following.start
    size = len if is_counted else text_width
    return used + (min(size(token.group()), 4) if token else 0.5) > width
