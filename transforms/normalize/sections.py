"""Blocks that only their neighbours tell: indexes, notices, tables, verse, briefs, banners."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from transforms.normalize.blocks import HEAD_NUMBER_RE, HEADS, NUMBER_CELL_RE, is_spread
from transforms.normalize.characters import CJK
from transforms.normalize.lines import ends_sentence
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary

_BRIEF_BLOCKS = ("headline", "body", "caption", "furniture")
_SIGNATURE_CHARS = 30
_TABLE_ROWS, _TABLE_CELL_CHARS = 3, 16
_VERSE_LINES, _VERSE_CHARS = 3, 20
_HEAD_LINES = 3
_COLUMN_CHARS = 6
_ROW_CHARS, _ITEM_CHARS = 8, 12
_BRIEF_CHARS = 300
_QUOTES = "“‘「"
_PLACE_LABEL_RE = re.compile(
    f"[【〖\\[［]?([{CJK}]{{2,6}})(?:[：:】〗\\]］]|(?<![{CJK}]{{5}})[ \u3000])[ \u3000]*(?=[^ \u3000“])"
)
# 记者：您为何而来？ and 林远：我们… are speakers, no places.
_SPOKEN_RE = re.compile("^(?:本报)?记者|^[问答][：:]|[我您]")
_MARKS_RE = re.compile(r"^[\W_丨]+|[\W_丨]+$")


class SectionTyper:
    """Types paragraphs by the section that they stand in."""

    def __init__(self, vocabulary: PageVocabulary) -> None:
        self.vocabulary = vocabulary

    def apply(self, paragraphs: Sequence[Paragraph]) -> None:
        """Change types that the neighbours contradict; in place."""
        self._type_script(paragraphs)
        self._type_index(paragraphs)
        self._type_notices(paragraphs)
        self._type_pictures(paragraphs)
        self._type_tables(paragraphs)
        self._type_items(paragraphs)
        self._type_briefs(paragraphs)
        self._type_verse(paragraphs)
        self._type_banners(paragraphs)

    def _type_script(self, paragraphs: Sequence[Paragraph]) -> None:
        """【字幕】一炉要烧二十五天 is a line of a script, where the page is one, and no head."""
        label = self.vocabulary.script_label
        if self.vocabulary.is_script(p.text for p in paragraphs):
            for paragraph in paragraphs:
                if paragraph.block_type == "headline" and label.match(paragraph.text):
                    paragraph.block_type = "body"

    def _type_index(self, paragraphs: Sequence[Paragraph]) -> None:
        """What 导读 lists, each with its page label, is no article."""
        listing = False
        for index, paragraph in enumerate(paragraphs):
            following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            if paragraph.block_subtype == "index":
                listing = True
                if following is None or following.block_type not in (*HEADS, "furniture"):
                    listing, paragraph.block_type, paragraph.block_subtype = False, "body", "editor_note"
                else:
                    paragraph.block_type = "furniture"
            elif paragraph.block_type == "headline" and listing:
                is_labelled = following is not None and self._labels(following)
                if is_labelled or self._labels_end(paragraph.text):
                    paragraph.block_type, paragraph.block_subtype = "furniture", "index"
                    if following is not None and is_labelled:
                        following.block_type, following.block_subtype = "furniture", "label"
                else:
                    listing = False
            elif paragraph.block_type != "furniture":
                listing = False

    def _type_notices(self, paragraphs: Sequence[Paragraph]) -> None:
        """Below a line that names notices, classified ones are no article and others are one."""
        v = self.vocabulary
        is_open = False
        for index, paragraph in enumerate(paragraphs):
            text = paragraph.text
            name = "".join(v.mark.sub("", text).split())
            if name in v.ad_heads or name in v.notice_names:
                below = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
                is_open = name in v.ad_heads or (
                    below is not None and v.ad_cue.search(below.text) is not None
                )
                if not is_open and below is not None and below.block_type == "body":
                    paragraph.block_type, paragraph.block_subtype = "headline", "label"
            elif is_open:
                signs = len(text) <= _SIGNATURE_CHARS and v.signatory.search(text) is not None
                is_open = paragraph.block_type in ("headline", "body", "furniture") and (
                    v.ad_cue.search(text) is not None or signs or v.is_folio(text)
                )
            if is_open:
                paragraph.block_type, paragraph.block_subtype = "furniture", "ad"

    def _type_pictures(self, paragraphs: Sequence[Paragraph]) -> None:
        """What names a photograph with its story, or facts beside one, heads them."""
        for one, other in pairwise(paragraphs):
            name = _MARKS_RE.sub("", one.text)
            if name in self.vocabulary.picture_heads and other.block_type in ("caption", "body", "headline"):
                one.block_type, one.block_subtype = "headline", "label"
            if name in self.vocabulary.link_heads and other.block_type in ("body", "headline"):
                # Facts that stand beside a story: its name heads them where no head of their own does.
                named = one if other.block_type == "body" else other
                named.block_type, named.block_subtype = "headline", "label"

    def _type_tables(self, paragraphs: Sequence[Paragraph]) -> None:
        """Lines of as many cells each, most of which end with a number, are a table."""
        start = 0
        while start < len(paragraphs):
            end = start
            count = _cells(paragraphs[start])
            while count > 1 and end < len(paragraphs) and _cells(paragraphs[end]) == count:
                end += 1
            numbers = sum(
                NUMBER_CELL_RE.fullmatch(p.text.split()[-1]) is not None for p in paragraphs[start:end]
            )
            if end - start >= _TABLE_ROWS and numbers >= 0.6 * (end - start):
                for paragraph in paragraphs[start:end]:
                    paragraph.block_type, paragraph.block_subtype = "body", "table"
            start = max(end, start + 1)

    def _type_items(self, paragraphs: Sequence[Paragraph]) -> None:
        """A marked sentence beside others with its mark is an item, no caption."""
        for one, other in pairwise(paragraphs):
            if one.text[0] == other.text[0] and self.vocabulary.caption_mark.match(one.text):
                for paragraph in (one, other):
                    if paragraph.block_type == "caption" and not self.vocabulary.is_photo_line(
                        paragraph.text
                    ):
                        paragraph.block_type = "body"

    def _type_briefs(self, paragraphs: Sequence[Paragraph]) -> None:
        """Marked paragraphs below 简讯, and marked leads, each begin a brief; other marked lines list."""
        v = self.vocabulary
        row: Paragraph | None = None
        has_marked = is_plain = False
        for index, paragraph in enumerate(paragraphs):
            text = paragraph.text
            if self._is_marked_name(paragraphs, index):
                paragraph.block_type = "headline"
            if paragraph.hint is not None or paragraph.block_type not in _BRIEF_BLOCKS:
                is_plain &= paragraph.block_type in ("credit", "byline")
                continue
            if v.list_part.fullmatch(text):
                paragraph.block_type, paragraph.block_subtype, row = "body", "list", None
                continue
            if v.sequel.match(text) and paragraph.block_type == "body":
                paragraph.block_subtype = "brief"
                continue
            if v.is_brief_head(text) and self._names_next(paragraphs, index):
                paragraph.block_subtype, row = "label", None
                self._name_heads(paragraphs, index)
                continue
            if v.is_brief_head(text) or self._heads_briefs(paragraphs, index):
                row, has_marked, is_plain = paragraph, False, True
                paragraph.block_type, paragraph.block_subtype = "furniture", "folio"
                continue
            if paragraph.block_type == "furniture" or (paragraph.block_type == "caption" and row is None):
                continue
            if paragraph.is_inline and row is not None:
                row.block_subtype, paragraph.row = "row", _row_name(row)
                has_marked |= paragraph.block_type == "body"
                continue
            mark = v.mark.match(text)
            if mark is None:
                if row is not None and is_plain and self._is_last(paragraphs, index):
                    paragraph.block_type = "body"
                is_plain &= paragraph.block_type == "body" and not has_marked
                if has_marked and paragraph.block_type == "headline":
                    row = None
                elif row is not None and is_plain and self._is_plain_brief(paragraphs, index):
                    paragraph.block_subtype, row.block_subtype = "brief", "row"
                    paragraph.row = _row_name(row)
                continue
            has_marked = True
            if row is not None or (paragraph.block_type == "body" and v.find_dateline(text)):
                paragraph.block_subtype = "brief"
                if row is not None:
                    row.block_subtype, paragraph.row = "row", _row_name(row)
                if paragraph.block_type == "caption":
                    paragraph.block_type = "body"
                if paragraph.block_type == "headline" and self._is_cut_brief(paragraphs, index):
                    paragraph.block_type, paragraphs[index + 1].continues = "body", True
                elif paragraph.block_type == "headline" and self._is_last(paragraphs, index):
                    paragraph.block_type = "body"
            elif paragraph.block_type == "headline" and self._is_listed(paragraphs, index):
                paragraph.block_type, paragraph.block_subtype = "body", "list"

    def _names_next(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether the name of a row stands above a head of its own line: it is that head's kicker."""
        below = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        return (
            paragraphs[index].block_type == "headline"
            and below is not None
            and below.block_type == "headline"
            and not (below.is_inline or self.vocabulary.mark.match(below.text))
        )

    @staticmethod
    def _name_heads(paragraphs: Sequence[Paragraph], index: int) -> None:
        """Give a row's name to its heads: where an empty line stands above the row, the next one ends it."""
        for paragraph in paragraphs[index + 1 :] if paragraphs[index].gap else ():
            if paragraph.gap:
                break
            if paragraph.block_type == "headline":
                paragraph.row = _row_name(paragraphs[index])

    def _is_plain_brief(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether a paragraph right below the head of short news begins a piece of it, without a mark."""
        text, before = paragraphs[index].text, paragraphs[index - 1]
        if paragraphs[index].block_subtype not in (None, "dateline") or len(text) > _BRIEF_CHARS:
            return False
        is_open = before.block_type == "body" and not (
            ends_sentence(before.text) or self.vocabulary.is_signed(before.text)
        )
        is_whole = ends_sentence(text) or self.vocabulary.is_signed(text) or self._is_last(paragraphs, index)
        return is_whole and not is_open and text[0] not in _QUOTES and not self.vocabulary.anaphor.match(text)

    def _is_marked_name(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether what looks like a marked author stands below a text: authors stand below heads."""
        name, above = paragraphs[index], paragraphs[index - 1] if index else None
        return (
            name.block_type == "byline"
            and name.hint is None
            and self.vocabulary.mark.match(name.text) is not None
            and not self.vocabulary.byline_role.search(name.text)
            and (above is None or above.block_type not in HEADS)
            and self._heads_briefs(
                [replace(name, block_type="headline"), *paragraphs[index + 1 : index + 3]], 0
            )
        )

    def _heads_briefs(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether a short line stands above marked or labelled sentences only: it heads briefs."""
        head, items = paragraphs[index], paragraphs[index + 1 : index + 3]
        is_name = head.block_type in ("headline", "furniture") and head.block_subtype != "continuation"
        if is_name and items and items[0].is_inline and self.vocabulary.mark.match(items[0].text):
            return head.text[0] != items[0].text[0] and not head.is_inline
        if not is_name or len("".join(head.text.split())) > _ROW_CHARS or len(items) < 2:
            return False
        labels = [_PLACE_LABEL_RE.match(p.text) for p in items]
        names = {found[1] for found in labels if found}
        if all(labels) and len(names) == len(items):
            return all(
                p.block_type == "body" and p.block_subtype is None and len(p.text) > _ITEM_CHARS
                for p in items
            ) and not any(
                _SPOKEN_RE.search(p.text) or self.vocabulary.script_label.match(p.text) for p in items
            )
        mark = items[0].text[0]
        return (
            mark in self.vocabulary.marks
            and head.text[0] != mark
            and head.text[-1] not in "：:"
            and all(p.text[0] == mark and len(p.text) > _ITEM_CHARS for p in items)
            and all(p.block_type in ("body", "caption") and ends_sentence(p.text) for p in items[:1])
            and (
                (items[1].block_type in ("body", "caption") and ends_sentence(items[1].text))
                or self._is_last(paragraphs, index + 2)
            )
        )

    def _is_cut_brief(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether a brief stops inside a sentence at an empty line that stands between no others."""
        head, after = paragraphs[index], paragraphs[index + 1 : index + 2]
        if not after or not after[0].gap or head.gap or after[0].block_type != "body":
            return False
        text, v = after[0].text, self.vocabulary
        return not (v.mark.match(text) or v.find_dateline(text) or v.lead_time.match(text[:_ITEM_CHARS]))

    @staticmethod
    def _is_last(paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether a brief is the page's last text and has lost its end: no head without a text."""
        below = {p.block_type for p in paragraphs[index + 1 :]}
        return "，" in paragraphs[index].text and below <= {"credit", "furniture", "byline"}

    def _is_listed(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether a marked line stands beside another with the same mark, and heads no text of its own."""
        mark = paragraphs[index].text[0]
        before = paragraphs[index - 1] if index else None
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if after is not None and after.text[0] == mark:
            return True
        if before is None or before.block_subtype != "list" or before.text[0] != mark:
            return False
        return after is None or self.vocabulary.find_dateline(after.text) is None

    def _type_verse(self, paragraphs: Sequence[Paragraph]) -> None:
        """Short lines without an end below an author are verse; empty lines part its stanzas."""
        for index, paragraph in enumerate(paragraphs):
            if (
                paragraph.block_type != "byline"
                or index == 0
                or paragraphs[index - 1].block_type not in HEADS
            ):
                continue
            end = index + 1
            while end < len(paragraphs) and self._is_verse(paragraphs[end]):
                end += 1
            groups = [i for i in range(index + 1, end) if i == index + 1 or paragraphs[i].gap]
            # What stands last may be the heads of the text below it.
            if end < len(paragraphs) and len(groups) > 1 and end - groups[-1] <= _HEAD_LINES:
                end = groups[-1]
            if end - index - 1 >= _VERSE_LINES:
                for line in paragraphs[index + 1 : end]:
                    line.block_type, line.block_subtype = "body", "verse"

    @staticmethod
    def _is_verse(paragraph: Paragraph) -> bool:
        return (
            paragraph.block_type == "headline"
            and paragraph.hint is None
            and len(paragraph.text) <= _VERSE_CHARS
        )

    def _labels(self, paragraph: Paragraph) -> bool:
        return len(paragraph.text) <= 8 and self._labels_end(paragraph.text)

    def _labels_end(self, text: str) -> bool:
        """Whether a text ends with a page label."""
        return re.search(r"[A-Z]?[0-9一二三四五六七八九十]{1,3}\s*版?[）)]?$", text) is not None

    def _type_banners(self, paragraphs: Sequence[Paragraph]) -> None:
        """A head that staff credits or a folio part from the heads below it names the page, not an article."""  # noqa: E501
        first = paragraphs[0] if paragraphs else None
        if (
            first is not None
            and first.block_type == "headline"
            and first.hint is None
            and len(first.text) <= _COLUMN_CHARS
            and self.vocabulary.column_end.search(first.text)
            and all(p.block_type == "headline" for p in paragraphs[1:2])
        ):
            first.block_type, first.block_subtype = "furniture", "banner"
        first_body = next((i for i, p in enumerate(paragraphs) if p.block_type == "body"), len(paragraphs))
        heads = [i for i, p in enumerate(paragraphs[:first_body]) if p.block_type == "headline"]
        last_head = heads[-1] if heads else -1
        run: list[Paragraph] = []
        for index, paragraph in enumerate(paragraphs):
            if paragraph.block_type == "body":
                return
            if paragraph.block_type == "headline":
                run.append(paragraph)
            elif paragraph.block_type in ("credit", "furniture") and paragraph.block_subtype != "side_note":
                if index < last_head:
                    for banner in run:
                        if banner.hint is None:
                            banner.block_type, banner.block_subtype = "furniture", "banner"
                run = []


def _row_name(row: Paragraph) -> str:
    """Name of a row of briefs without the marks around it."""
    name = _MARKS_RE.sub("", HEAD_NUMBER_RE.sub("", row.text))
    name = "".join(name.split()) if is_spread(name) else name
    return f"{name}）" if name.count("（") > name.count("）") else name


def _cells(paragraph: Paragraph) -> int:
    """Cells of a line that may be a table's row, 0 for any other."""
    if paragraph.block_type not in ("headline", "body") or "。" in paragraph.text or "，" in paragraph.text:
        return 0
    cells = paragraph.text.split()
    return len(cells) if cells and max(map(len, cells)) <= _TABLE_CELL_CHARS else 0
