"""What a paragraph is, judged by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.normalize.inline_heads import is_word
from transforms.normalize.lines import ends_sentence
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import CREDIT_CHARS, PageVocabulary
from transforms.normalize.words import Words

HEADS = ("kicker", "headline", "subtitle")
CAPTION_CHARS = 120
_HEAD_CHARS, _LINE_CHARS = 50, 18
_BARE_HEAD_CHARS = 64
_CLAUSE_RE = re.compile("[，。！？：—]")
_STOP_RE = re.compile("[，；？！]")
HEAD_NUMBER_RE = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)][ \u3000]*(?=\w{2}|[“《])")
"""What counts the heads of a page: （三）某港开工."""
NUMBER_CELL_RE = re.compile(r"[+\-−]?[0-9][0-9.,]*(?:%|‰|[百千万亿]{0,2}[^\W0-9]{0,2}(?:/[^\W0-9]{1,3})?)")
"""A table's cell that holds a number with at most a short unit."""
_HINTS = {
    "headline": "headline", "kicker": "kicker", "subtitle": "subtitle", "byline": "byline", "caption": "caption",  # noqa: E501
    "credit": "credit", "body": "body", "furniture": "furniture",
}  # fmt: skip


class BlockTyper:
    """Types single paragraphs."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words

    def type_block(self, paragraph: Paragraph) -> tuple[str, str | None]:
        """Block type and subtype of a paragraph; a line that may be any head is a `headline` yet."""
        text, v = paragraph.text, self.vocabulary
        if paragraph.is_inline:
            return ("body" if is_word(text) else "headline"), "brief"
        if paragraph.hint in ("subhead", "list", "table"):
            return "body", paragraph.hint
        if paragraph.hint is not None and paragraph.hint in _HINTS:
            placed = paragraph.hint in HEADS and paragraph.font_size is not None
            if placed or paragraph.hint in ("furniture", "body"):
                # Size, place and markup cannot tell a byline or the staff from other lines; words can.
                if v.is_credit(text):
                    return "credit", None
                if v.is_byline(text) and paragraph.hint != "furniture":
                    return "byline", None
            if paragraph.hint == "furniture":
                return "furniture", self._furniture_kind(text)
            if paragraph.hint == "body":
                if len(text) <= 40 and (found := v.continuation.match(text)) and found.end() == len(text):
                    return "furniture", "continuation"
                return "body", "subhead" if len(text) <= 30 and self._is_head(text) else None
            return _HINTS[paragraph.hint], None
        if len(text) <= 200 and v.is_credit(text):
            return "credit", None
        if v.is_index_head(text):
            return "headline", "index"
        if v.is_folio(text):
            return "furniture", "folio"
        name = "".join(text.split()) if is_spread(text) else text
        if len(name) <= 12 and (found := v.masthead.match(name)) and found.end() == len(name):
            return "furniture", "masthead"
        paper = "".join(text.split()) if is_spread(text.partition("·")[0]) else text
        if v.masthead_section.match(paper) and not v.event_cue.search(text):
            return "furniture", "masthead"
        if len(text) <= 40 and (found := v.continuation.match(text)) and found.end() == len(text):
            return "furniture", "continuation"
        if len(text) <= 30 and v.side_note.match(text):
            return "furniture", "side_note"
        if v.author_note.match(text):
            return "byline", "author_note"
        if v.is_byline(text):
            return "byline", None
        if v.is_lead(text):
            return "body", "dateline"
        if v.notice.match(text) and len(text) <= 60:
            return "body", "notice"
        if v.editor_note.match(text):
            return "body", "editor_note"
        if len(text) <= CAPTION_CHARS and (
            v.caption_opener.match(text)
            or (v.caption_mark.match(text) and text[-1] in "。）摄" and not v.find_dateline(text))
            or (len(text) >= 8 and self._has_photo_credit(text))
        ):
            return "caption", None
        if len(text) <= 60 and v.ad.search(text) and v.contact.search(text) and re.search("[0-9]{7}", text):
            return "furniture", "ad"
        if _is_table_row(text):
            return "body", "table"
        if self._is_head(text):
            return "headline", None
        return "body", None

    def free_lists(self, paragraphs: Sequence[Paragraph]) -> None:
        """Make body of the items of a list whose mark (▲) stands before captions elsewhere.

        A mark that stands twice in a paragraph, or before its neighbour too, points at no photograph.
        """
        marks = [p.text[0] if self._is_marked(p.text) else None for p in paragraphs]
        for paragraph, mark, *beside in zip(
            paragraphs, marks, [None, *marks], [*marks[1:], None], strict=False
        ):
            is_item = mark is not None and (mark in beside or paragraph.text.count(mark) > 1)
            if is_item and paragraph.block_type == "caption":
                paragraph.block_type = "body"

    def join_heads(self, paragraphs: Sequence[Paragraph]) -> None:
        """Make heads of short lines that stop where no head ends, above the rest of a headline."""
        for index in range(len(paragraphs) - 2):
            line, rest, below = paragraphs[index : index + 3]
            above = paragraphs[index - 1] if index else None
            is_line = line.block_type == "body" and line.block_subtype is None and line.hint is None
            if not is_line or len(line.text) > _LINE_CHARS or rest.block_type != "headline" or rest.gap:
                continue
            is_open = line.text[-1] in "，、" or self.vocabulary.never_last.search(line.text)
            is_first = above is None or above.block_type != "body" or line.gap or ends_sentence(above.text)
            is_above = below.block_type == "byline" or self.vocabulary.opens_report(below.text)
            if is_open and is_first and is_above and "。" not in line.text:
                line.block_type = "headline"

    def _is_marked(self, text: str) -> bool:
        v = self.vocabulary
        is_photo = v.caption_opener.match(text) is not None or self._has_photo_credit(text)
        return v.caption_mark.match(text) is not None and not is_photo

    def _furniture_kind(self, text: str) -> str | None:
        v = self.vocabulary
        if v.is_folio(text):
            return "folio"
        if (found := v.masthead.match(text)) and found.end() == len(text):
            return "masthead"
        return "banner" if len(text) > 4 else None

    def _has_photo_credit(self, text: str) -> bool:
        if self.vocabulary.find_dateline(text) is not None:
            return False
        if self.vocabulary.is_photo_line(text) and _CLAUSE_RE.search(text):
            return True
        if self.vocabulary.photo_source.search(text):
            return True
        found = self.vocabulary.photo_credit.search(text, max(0, len(text) - CREDIT_CHARS))
        if found is None:
            return False
        if found.group().startswith("（") and "摄" in found.group():
            return True
        # 某地新貌（图片） is the head of a photograph, not its caption; 把蓝图变成实景图。 is text.
        return found.start() > 0 and (
            text[found.start() - 1] in "。！？ \u3000" or "。" in text[: found.start()]
        )

    def _is_head(self, text: str) -> bool:
        limit = _HEAD_CHARS if _STOP_RE.search(text) else _BARE_HEAD_CHARS
        clause = max(map(len, text.split())) if len(text) <= 3 * limit else len(text)
        if clause > limit or "。" in text or text[-1] in "，；、," or not re.search(r"\w", text):
            return False
        if text.count("，") > 1 and len(text) > 36:
            return False
        if ends_sentence(text) and (len(text) > 26 or "，" in text):
            return False
        v = self.vocabulary
        if v.speaker.match(text) and len(text) > 3:
            return False
        if v.never_last.search(text) and not self.words.frequency(text[-2:]):
            return False
        if v.end_mark.search(text) and re.search("[！？]", text):
            return False
        if v.list_item.match(text) and text[0] not in "一二三四五六七八九十（第" and not v.mark.match(text):
            return False
        return v.find_dateline(text) is None or "，" not in text


def is_spread(text: str) -> bool:
    """Whether spaces part all characters of a line: a name set wide."""
    tokens = text.split()
    return len(tokens) > 1 and all(len(token) == 1 and not token.isdigit() for token in tokens)


def _is_table_row(text: str) -> bool:
    """Whether a line is cells rather than words: many short tokens, or several numbers."""
    if is_spread(text):
        return False
    if len(text) > 120 or _STOP_RE.search(text) or "。" in text:
        return False
    cells = text.split()
    if len(cells) < 3:
        return False
    numbers = sum(NUMBER_CELL_RE.fullmatch(c) is not None for c in cells)
    return numbers >= 2 or (len(cells) >= 5 and max(map(len, cells)) <= 8)
