"""What each paragraph of a page is, and which article it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.normalize.lines import ends_sentence
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

HEADS = ("kicker", "headline", "subtitle")
_HEAD_CHARS = 50
_BARE_HEAD_CHARS = 64
_HEAD_SIZE = 1.15
_STOP_RE = re.compile("[，；？！]")
_SUBHEAD_CHARS = 12
_CAPTION_CHARS = 120
_SCENE_CHARS = 60
_LIST_HEADS = 6
_NOTICE_BLOCKS = 4
_DASH = ("——", "—", "──")
_TIME_RE = re.compile(r"[0-9一二三四五六七八九十]{1,3}[月日]|今[天日年]|昨[天日]|近日|日前")
_HINTS = {
    "headline": "headline", "kicker": "kicker", "subtitle": "subtitle", "byline": "byline", "caption": "caption",  # noqa: E501
    "credit": "credit", "body": "body", "furniture": "furniture",
}  # fmt: skip


class PageStructure:
    """Types paragraphs and groups them into articles."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self._reports_open = False

    def assign(self, paragraphs: Sequence[Paragraph], *, is_record: bool = False) -> int:
        """Set `block_type`, `block_subtype` and `article` of every paragraph.

        Args:
            paragraphs: In page order; changed in place.
            is_record: Whether the page is one article whose text is all body.

        Returns:
            Number of articles.
        """
        for paragraph in paragraphs:
            paragraph.block_type, paragraph.block_subtype = self._type_alone(paragraph)
        if is_record:
            for paragraph in paragraphs:
                if paragraph.hint not in HEADS:
                    paragraph.block_type, paragraph.block_subtype = "body", None
                paragraph.article = 0
            return 1 if paragraphs else 0
        self._type_index(paragraphs)
        self._type_notices(paragraphs)
        self._type_banners(paragraphs)
        return self._group(paragraphs)

    # One paragraph ----------------------------------------------------------------------------------------

    def _type_alone(self, paragraph: Paragraph) -> tuple[str, str | None]:
        text, v = paragraph.text, self.vocabulary
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
        if v.is_folio(text):
            return "furniture", "folio"
        if len(text) <= 12 and (found := v.masthead.match(text)) and found.end() == len(text):
            return "furniture", "masthead"
        if len(text) <= 40 and (found := v.continuation.match(text)) and found.end() == len(text):
            return "furniture", "continuation"
        if len(text) <= 30 and v.side_note.match(text):
            return "furniture", "side_note"
        if v.is_byline(text) or v.author_note.match(text):
            return "byline", None
        if v.notice.match(text) and len(text) <= 60:
            return "body", "notice"
        if v.editor_note.match(text):
            return "body", "editor_note"
        if len(text) <= _CAPTION_CHARS and (
            v.caption_opener.match(text) or (len(text) >= 8 and self._has_photo_credit(text))
        ):
            return "caption", None
        if len(text) <= 60 and v.ad.search(text) and v.contact.search(text) and re.search("[0-9]{7}", text):
            return "furniture", "ad"
        if _is_table_row(text):
            return "body", "table"
        if self._is_head(text):
            return "headline", None
        return "body", None

    def _furniture_kind(self, text: str) -> str | None:
        v = self.vocabulary
        if v.is_folio(text):
            return "folio"
        if (found := v.masthead.match(text)) and found.end() == len(text):
            return "masthead"
        return "banner" if len(text) > 4 else None

    def _has_photo_credit(self, text: str) -> bool:
        found = self.vocabulary.photo_credit.search(text)
        if found is None or self.vocabulary.find_dateline(text) is not None:
            return False
        # 某地新貌（图片） is the head of a photograph, not its caption.
        return found.start() > 0 and (text[found.start() - 1] in "。！？ \u3000" or "。" in text)

    def _is_head(self, text: str) -> bool:
        limit = _HEAD_CHARS if _STOP_RE.search(text) else _BARE_HEAD_CHARS
        clause = max(map(len, text.split())) if len(text) <= 3 * limit else len(text)
        if clause > limit or "。" in text or text[-1] in "，；、" or not re.search(r"\w", text):
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

    # The page ---------------------------------------------------------------------------------------------

    def _type_index(self, paragraphs: Sequence[Paragraph]) -> None:
        """What 导读 lists, each with its page label, is no article."""
        listing = False
        for index, paragraph in enumerate(paragraphs):
            if paragraph.block_type == "headline" and self.vocabulary.is_index_head(paragraph.text):
                listing = True
                paragraph.block_type, paragraph.block_subtype = "furniture", "index"
            elif paragraph.block_type == "headline" and listing:
                following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
                if (following is not None and self._labels(following)) or self._labels_end(paragraph.text):
                    paragraph.block_type, paragraph.block_subtype = "furniture", "index"
                else:
                    listing = False
            elif paragraph.block_type != "furniture":
                listing = False

    def _type_notices(self, paragraphs: Sequence[Paragraph]) -> None:
        """Classified notices below a head that names them are no article."""
        left = 0
        for paragraph in paragraphs:
            if paragraph.block_type == "headline" and paragraph.text in self.vocabulary.ad_heads:
                paragraph.block_type, paragraph.block_subtype = "furniture", "ad"
                left = _NOTICE_BLOCKS
            elif left and paragraph.block_type == "body" and len(paragraph.text) <= _CAPTION_CHARS:
                paragraph.block_type, paragraph.block_subtype = "furniture", "ad"
                left -= 1
            else:
                left = 0

    def _labels(self, paragraph: Paragraph) -> bool:
        return len(paragraph.text) <= 8 and self._labels_end(paragraph.text)

    def _labels_end(self, text: str) -> bool:
        """Whether a text ends with a page label."""
        return re.search(r"[A-Z]?[0-9一二三四五六七八九十]{1,3}\s*版?[）)]?$", text) is not None

    def _type_banners(self, paragraphs: Sequence[Paragraph]) -> None:
        """A head that staff credits or a folio part from the heads below it names the page, not an article."""  # noqa: E501
        last_head = max((i for i, p in enumerate(paragraphs) if p.block_type == "headline"), default=-1)
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

    def _group(self, paragraphs: Sequence[Paragraph]) -> int:
        self._reports_open = self._heads_open_reports(paragraphs)
        article = -1
        has_body, last = False, ""
        early: list[Paragraph] = []
        index = 0
        while index < len(paragraphs):
            paragraph = paragraphs[index]
            kind = paragraph.block_type
            if kind in HEADS:
                run, after = self._head_run(paragraphs, index)
                if self._is_salutation(run, after, article >= 0):
                    run[-1].block_type, run[-1].block_subtype = "body", "salutation"
                    continue
                if last and self._signs(paragraphs, index + len(run), run, after):
                    for head in run:
                        head.block_type, head.block_subtype, head.article = "body", "signature", article
                    index += len(run)
                    continue
                listed = self._list_length(run, last)
                if listed and not last:
                    article += 1
                    run[0].article = article
                    for head in run[1:listed]:
                        head.block_type, head.block_subtype, head.article = "body", "list", article
                    has_body, last = listed > 1, run[listed - 1].text
                    index += listed
                    continue
                if listed:
                    for head in run[:listed]:
                        head.block_type, head.block_subtype, head.article = "body", "list", article
                    index += listed
                    continue
                if self._is_subhead(run, after, last):
                    run[0].block_type, run[0].block_subtype, run[0].article = "body", "subhead", article
                else:
                    article += 1
                    has_body, last = False, ""
                    self._assign_heads(run)
                    for head in run:
                        head.article = article
                index += len(run)
                continue
            if kind == "body":
                if article < 0 or (has_body and self._opens(paragraph.text)):
                    article += 1
                    has_body = False
                paragraph.article = article
                if not has_body and self._is_scene(paragraphs, index):
                    paragraph.block_type = "caption"
                else:
                    has_body, last = True, paragraph.text
            elif kind in ("caption", "byline"):
                paragraph.article = max(article, 0)
                if article < 0:
                    early.append(paragraph)
            elif paragraph.block_subtype == "continuation":
                if has_body and paragraph.text[:4].find("接") >= 0:
                    article += 1
                    has_body, last = False, ""
                paragraph.article = max(article, 0)
                if article < 0:
                    early.append(paragraph)
            index += 1
        article = max(article, 0 if early else -1)
        self._promote_captions(paragraphs)
        return article + 1

    def _heads_open_reports(self, paragraphs: Sequence[Paragraph]) -> bool:
        """Whether nearly every head of the page stands above a dateline; one that does not is then a part's."""  # noqa: E501
        runs = opened = index = 0
        while index < len(paragraphs):
            if paragraphs[index].block_type not in HEADS:
                index += 1
                continue
            run, after = self._head_run(paragraphs, index)
            index += len(run)
            runs += 1
            opened += after is not None and self._opens(after.text)
        return opened >= 3 and opened >= 0.6 * runs

    @staticmethod
    def _list_length(run: Sequence[Paragraph], last: str) -> int:
        """How many of many heads in a row are a list rather than the heads of the next story."""
        if len(run) < _LIST_HEADS or any(p.hint is not None for p in run):
            return 0
        # A wider gap parts the list from the heads of the next story.
        parted = [i for i in range(1, len(run)) if run[i].gap > run[1].gap]
        if parted:
            return parted[-1]
        return len(run) - 1 if last else len(run)

    @staticmethod
    def _signs(
        paragraphs: Sequence[Paragraph], end: int, run: Sequence[Paragraph], after: Paragraph | None
    ) -> bool:
        """Whether heads behind the last text of a page sign it: nothing stands below them."""
        if after is not None or len(run) > 3 or any(p.hint is not None for p in run):
            return False
        return all(p.block_type != "caption" for p in paragraphs[end : end + 3])

    def _head_run(
        self, paragraphs: Sequence[Paragraph], index: int
    ) -> tuple[list[Paragraph], Paragraph | None]:
        """Heads that stand together, and what follows them (bylines, captions and furniture aside)."""
        run: list[Paragraph] = []
        while index < len(paragraphs) and paragraphs[index].block_type in HEADS:
            run.append(paragraphs[index])
            index += 1
        while index < len(paragraphs) and paragraphs[index].block_type in ("furniture", "credit", "caption"):
            index += 1
        return run, paragraphs[index] if index < len(paragraphs) else None

    def _is_subhead(self, run: Sequence[Paragraph], after: Paragraph | None, last: str) -> bool:
        """Whether a lone head inside a story heads a part of it.

        Args:
            run: The heads that stand together.
            after: What follows them.
            last: Text of the story so far that stands last; empty where the story has none.
        """
        if not last or len(run) != 1 or run[0].hint is not None:
            return False
        head, v = run[0].text, self.vocabulary
        if run[0].relative_size is not None and run[0].relative_size < _HEAD_SIZE:
            return after is None or not self._opens(after.text)
        if head.startswith(_DASH):
            return False
        if after is None or after.block_type != "body":
            return after is None
        if self._opens(after.text):
            return False
        if v.list_item.match(head):
            return True
        if self._reports_open and len(head) <= 2 * _SUBHEAD_CHARS:
            return True
        if len(head) > _SUBHEAD_CHARS or run[0].gap > 1 or v.end_mark.search(last[-60:]):
            return False
        return not v.lead_time.match(after.text[:60])

    def _opens(self, text: str) -> bool:
        """Whether a text begins as a report does: dateline, or 本报记者某某报道."""
        return (
            self.vocabulary.find_dateline(text) is not None or self.vocabulary.report.match(text) is not None
        )

    def _is_scene(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether the first paragraph below a head only says what a photograph shows."""
        text = paragraphs[index].text
        if self._is_photographed(paragraphs, index):
            return True
        if len(text) > _SCENE_CHARS or index == 0 or index + 1 >= len(paragraphs):
            return False
        if paragraphs[index + 1].block_type != "body" or paragraphs[index - 1].block_type not in (
            *HEADS,
            "byline",
        ):
            return False
        if "，" in text or text.count("。") > 1 or _TIME_RE.search(text) or text[0] in "“‘":
            return False
        return bool(self.vocabulary.caption_scene.search(text)) and ends_sentence(text)

    def _is_photographed(self, paragraphs: Sequence[Paragraph], index: int) -> bool:
        """Whether a photographer's line stands below a paragraph and the report proper below that."""
        if index + 2 >= len(paragraphs):
            return False
        credit, report = paragraphs[index + 1], paragraphs[index + 2]
        return (
            credit.block_type == "byline"
            and self.vocabulary.photo_credit.search(credit.text) is not None
            and report.block_type == "body"
            and self._opens(report.text)
        )

    @staticmethod
    def _is_salutation(run: Sequence[Paragraph], after: Paragraph | None, has_body: bool) -> bool:
        """Whether the last head of a run addresses somebody or introduces what follows: it ends with a colon."""  # noqa: E501
        text = run[-1].text
        return (
            text[-1] in "：:"
            and (has_body or len(run) > 1)
            and after is not None
            and after.block_type == "body"
        )

    def _assign_heads(self, run: Sequence[Paragraph]) -> None:
        """Kicker, headline and subtitles among heads that stand together."""
        hinted = [i for i, p in enumerate(run) if p.hint is not None]
        if hinted:
            for index, head in enumerate(run):
                if head.hint is None:
                    head.block_type = "kicker" if index < hinted[0] else "subtitle"
                    if index > hinted[-1] and self.vocabulary.bare_name.match(head.text):
                        head.block_type = "byline"
            return
        if len(run) > 1 and self.vocabulary.bare_name.match(run[-1].text) and len(run[-1].text) <= 12:
            run[-1].block_type = "byline"
            run = run[:-1]
        main = self._main_head(run)
        for index, head in enumerate(run):
            head.block_type = "kicker" if index < main else "headline" if index == main else "subtitle"

    def _main_head(self, run: Sequence[Paragraph]) -> int:
        sizes = [p.font_size for p in run]
        if all(s is not None for s in sizes) and len(set(sizes)) > 1:
            return sizes.index(max(s for s in sizes if s is not None))
        texts = [p.text for p in run]
        dashes = [i for i, t in enumerate(texts) if t.startswith(_DASH)]
        if dashes and dashes[0] > 0:
            texts = texts[: dashes[0]]
        if len(texts) == 1:
            return 0
        if texts[0][-1] in "：:" or self.vocabulary.is_piece_name(texts[0]):
            return 1
        v = self.vocabulary
        first, second = texts[0], texts[1]
        if v.subtitle_cue.search(second) and not v.subtitle_cue.search(first):
            return 0
        if bool(v.event_cue.search(second)) != bool(v.event_cue.search(first)):
            return 1 if v.event_cue.search(second) else 0
        if len(texts) > 2:
            return min(range(min(2, len(texts))), key=lambda i: (len(texts[i]), -i))
        return 1 if len(second) <= len(first) else 0

    @staticmethod
    def _promote_captions(paragraphs: Sequence[Paragraph]) -> None:
        """A photograph with a head and nothing but its caption: the caption is the story."""
        bodies = {p.article for p in paragraphs if p.block_type == "body"}
        longest: dict[int, Paragraph] = {}
        for paragraph in paragraphs:
            article = paragraph.article
            if article is None or article in bodies or paragraph.block_type != "caption":
                continue
            if article not in longest or len(paragraph.text) > len(longest[article].text):
                longest[article] = paragraph
        for caption in longest.values():
            caption.block_type, caption.block_subtype = "body", "caption"


def _is_table_row(text: str) -> bool:
    """Whether a line is cells rather than words: many short tokens, or several numbers."""
    if len(text) > 120 or _STOP_RE.search(text) or "。" in text:
        return False
    cells = text.split()
    if len(cells) < 3:
        return False
    numbers = sum(bool(re.fullmatch(r"[+-]?[0-9][0-9.,]*[%万亿元]?", c)) for c in cells)
    return numbers >= 2 or (len(cells) >= 5 and max(map(len, cells)) <= 8)
