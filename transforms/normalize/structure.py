"""Which article each block of a page belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from transforms.normalize.blocks import HEADS, BlockTyper
from transforms.normalize.characters import CJK
from transforms.normalize.head_parts import DASHES
from transforms.normalize.heads import HeadReader
from transforms.normalize.lines import NO_START, ends_sentence, is_left_open
from transforms.normalize.paragraphs import INSERTED, Paragraph
from transforms.normalize.parts import CUT_NAME_RE, PartHeads, find_inserted, head_run
from transforms.normalize.sections import SectionTyper
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

_SUBHEAD_CHARS = 12
_SCENE_CHARS = 60
_LIST_HEADS = 6
_PHOTO_BODIES = 2
_SIGNATURE_CHARS = 14
_CUT, _LONG_CHARS = 1.0, 25
_TOLD_RE = re.compile("[^，。：]{2,24}(?:说|表示|指出|介绍|认为|透露|强调|告诉记者|坦言|回忆)，")
# A story goes on so after its first sentences; no head begins with it.
_GOES_ON_RE = re.compile(
    "(?:会[上前后]|会议期间|会谈[中后]|座谈[中会后]|考察[中后期]|活动[中现后期]|签约[后当仪]|其间|期间|席间|随后|此外|另外|当[天日晚]|同日|据介绍|据了解)[^，。：]{0,5}，"
)
_NOTICE_END_RE = re.compile("特此(?:公告|通告|通知|公示|声明|说明|函告|启事)[。！]?$")
# 董事会秘书：某某, 某某有限公司　9月17日
_SIGN_OFF_RE = re.compile(
    r"(?:董事长|董事会秘书|董事会|监事会|总经理|法定代表人)[：: \u3000]+"
    rf"[{CJK} \u3000]{{2,8}}(?:[0-9年月日 \u3000]+)?"
    rf"|[{CJK}A-Za-z（）()]{{4,24}}"
    r"(?:公司|集团|委员会|协会|商会|局|中心|办公室|大学|学院|医院|合作社)(?:董事会)?"
    r"[ \u3000]+(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
)
_SPEAKER_RE = re.compile(f"([{CJK}·]{{2,8}})[：:].")
_ASIDE_RE = re.compile("[（(][^（）()]*[）)]")
_REST_CHARS = 4
_COLUMN_RE = re.compile("【[^】]{2,8}】")
_TIME_RE = re.compile(r"[0-9一二三四五六七八九十]{1,3}[月日]|今[天日年]|昨[天日]|近日|日前")


class PageStructure:
    """Types paragraphs and groups them into articles."""

    def __init__(self, vocabulary: PageVocabulary, words: Words, head_weights: Mapping[str, float]) -> None:
        self.vocabulary = vocabulary
        self._typer = BlockTyper(vocabulary, words)
        self._sections = SectionTyper(vocabulary)
        self.heads = HeadReader(vocabulary, words, head_weights)
        self._words = words
        self._parts = PartHeads(vocabulary)

    def assign(self, paragraphs: Sequence[Paragraph], *, is_record: bool = False) -> int:
        """Set `block_type`, `block_subtype` and `article` of every paragraph.

        Args:
            paragraphs: In page order; changed in place.
            is_record: Whether the page is one article whose text is all body.

        Returns:
            Number of articles.
        """
        for paragraph in paragraphs:
            paragraph.block_type, paragraph.block_subtype = self._typer.type_block(paragraph)
        self._typer.free_lists(paragraphs)
        self._typer.join_heads(paragraphs)
        if is_record:
            inserted = find_inserted(paragraphs, self.vocabulary)
            for index, paragraph in enumerate(paragraphs):
                if paragraph.hint not in HEADS and index not in inserted:
                    paragraph.block_type, paragraph.block_subtype = "body", None
                paragraph.article = 0
            return 1 if paragraphs else 0
        self._sections.apply(paragraphs)
        self._type_pictured(paragraphs)
        self._type_headed(paragraphs)
        self._type_speech(paragraphs)
        self._type_pieces(paragraphs)
        self._type_notes(paragraphs)
        return self._group(paragraphs)

    def _type_pictured(self, paragraphs: Sequence[Paragraph]) -> None:
        """What a photograph cuts is text, and the sentence above the photographer's name its caption."""
        for index in range(1, len(paragraphs)):
            before, this = paragraphs[index - 1 : index + 1]
            after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
            is_sentence = (
                this.hint is None
                and this.block_type == "body"
                and len(this.text) <= _SCENE_CHARS
                and ends_sentence(this.text)
                and after is not None
                and self.vocabulary.is_photo_byline(after.text)
            )
            is_staff = this.block_type in ("credit", "furniture")
            if not (is_sentence or is_staff or this.block_type == "caption") or before.hint is not None:
                continue
            if ends_sentence(before.text) or before.text[-1] in "：:；;":
                continue
            below = (p for p in paragraphs[index + 1 :] if p.block_type not in INSERTED)
            rest = next(below, None)
            if (
                before.block_type == "headline"
                and rest is not None
                and rest.block_type == "body"
                and self._is_cut_text(paragraphs, index - 1, rest, is_pictured=not is_staff)
            ):
                before.block_type, before.block_subtype = "body", None
            if is_sentence and before.block_type == "body":
                this.block_type, this.block_subtype = "caption", None

    def _type_headed(self, paragraphs: Sequence[Paragraph]) -> None:
        """What stands first among heads and goes on in the text below them is text that they cut."""
        for index in range(1, len(paragraphs)):
            above, first = paragraphs[index - 1 : index + 1]
            if above.block_type != "body" or first.block_type != "headline" or first.hint is not None:
                continue
            run, rest = head_run(paragraphs, index)
            if rest is None or rest.block_type != "body" or not ends_sentence(above.text):
                continue
            # One line alone is a head unless somebody begins to speak in it, or 的 stands below it.
            if len(run) == 1 and not (_TOLD_RE.match(first.text) or rest.text[0] == "的"):
                continue
            # 市 begins a report as often as it ends the name above.
            if rest.text[0] not in "省市县区" and self._is_cut_text(
                paragraphs, index, rest, is_pictured=False
            ):
                first.block_type, first.block_subtype = "body", None

    @staticmethod
    def _type_speech(paragraphs: Sequence[Paragraph]) -> None:
        """What stands in brackets is no head, nor is a question to somebody who answers others too."""
        speakers = Counter(found[1] for p in paragraphs if (found := _SPEAKER_RE.match(p.text)))
        for above, head, below in zip(paragraphs, paragraphs[1:], paragraphs[2:], strict=False):
            if head.block_type != "headline" or head.hint is not None:
                continue
            is_inside, asks = above.block_type == "body", _SPEAKER_RE.match(head.text)
            answer = _SPEAKER_RE.match(below.text)
            is_question = head.text[-1] in "？?" and answer is not None and speakers[answer[1]] > 1
            is_question = is_question and (is_inside or (asks is not None and speakers[asks[1]] > 1))
            if is_question or (is_inside and _ASIDE_RE.fullmatch(head.text)):
                head.block_type, head.block_subtype = "body", None

    def _type_pieces(self, paragraphs: Sequence[Paragraph]) -> None:
        """A short line between a text that stops inside a sentence and one that opens nothing is text."""
        v = self.vocabulary
        for above, piece, below in zip(paragraphs, paragraphs[1:], paragraphs[2:], strict=False):
            if piece.block_type != "headline" or piece.hint is not None or piece.block_subtype is not None:
                continue
            if above.block_type != "body" or below.block_type != "body" or above.block_subtype is not None:
                continue
            if ends_sentence(above.text) or above.text[-1] in "：:；;）)" or v.opens_report(below.text):
                continue
            is_rest = len(piece.text) <= _REST_CHARS or v.never_last.search(piece.text)
            if is_rest or v.never_last.search(above.text) or self._spans_word(above.text, piece.text):
                piece.block_type, piece.continues, above.is_cut = "body", True, True
                below.continues = piece.is_cut = not ends_sentence(piece.text)

    def _spans_word(self, before: str, after: str) -> bool:
        return self._words.cut_evidence(before, after) > _CUT

    def _is_cut_text(
        self, paragraphs: Sequence[Paragraph], index: int, rest: Paragraph, *, is_pictured: bool
    ) -> bool:
        """Whether a line above a photograph or the staff begins a sentence that goes on in `rest`."""
        line, above = paragraphs[index], paragraphs[index - 1] if index else None
        if self.vocabulary.opens_report(rest.text):
            return False
        if CUT_NAME_RE.match(rest.text) or self._spans_word(line.text, rest.text):
            return True
        if (
            rest.text[0] in NO_START
            or rest.text[0] == "的"
            or is_left_open(line.text)
            or _TOLD_RE.match(line.text)
        ):
            return True
        if _GOES_ON_RE.match(line.text):
            return True
        # A head has one line, or no comma, or is shorter than a sentence.
        is_long = len(line.text) >= _LONG_CHARS and above is not None and above.block_type == "body"
        if is_pictured and "，" in line.text and (len(line.runs) > 1 or is_long):
            return True
        # Where empty lines part stories, what fills its column right below a text is text.
        is_below = above is not None and above.block_type == "body" and not line.gap
        return is_below and line.is_filled and any(p.gap for p in paragraphs)

    def _type_notes(self, paragraphs: Sequence[Paragraph]) -> None:
        """A closing note with a head of its own is a piece; a question above a subtitle is a headline."""
        for one, other in pairwise(paragraphs):
            if one.hint is not None or one.block_type != "body" or other.block_type != "headline":
                continue
            if one.block_subtype == "editor_note":
                found = self.vocabulary.closing_note.fullmatch(one.text.rstrip("】） "))
                if found and len(other.text) <= 2 * _SUBHEAD_CHARS:
                    one.block_type, one.block_subtype = "headline", "label"
            elif other.text.startswith(DASHES) and one.text[-1] in "？！" and self._asks(one.text):
                one.block_type, one.block_subtype = "headline", None

    @staticmethod
    def _asks(text: str) -> bool:
        return len(text) <= 2 * _SUBHEAD_CHARS and "。" not in text

    def _group(self, paragraphs: Sequence[Paragraph]) -> int:
        self._parts.survey(paragraphs)
        article = -1
        body_count, last, is_closed = 0, "", False
        early: list[Paragraph] = []
        row: Paragraph | None = None
        index = 0
        while index < len(paragraphs):
            paragraph = paragraphs[index]
            kind = paragraph.block_type
            if kind in HEADS:
                run, after = head_run(paragraphs, index)
                if self._is_salutation(run, after, article >= 0):
                    run[-1].block_type, run[-1].block_subtype = "body", "salutation"
                    continue
                if body_count and not is_closed and self._is_signature(run[0], paragraphs[index - 1], last):
                    head = run[0]
                    head.block_type, head.block_subtype, head.article = "body", "signature", article
                    index += 1
                    continue
                if last and self._signs(paragraphs, index + len(run), run, after):
                    for head in run:
                        head.block_type, head.block_subtype, head.article = "body", "signature", article
                    index += len(run)
                    continue
                listed = self._list_length(run, last)
                if listed:
                    is_first = not last
                    if is_first:
                        article += 1
                        run[0].article = article
                        body_count, last = listed - 1, run[listed - 1].text
                    for head in run[is_first:listed]:
                        head.block_type, head.block_subtype, head.article = "body", "list", article
                    index += listed
                    continue
                if not is_closed and self._parts.is_subhead(run, after, last):
                    run[0].block_type, run[0].block_subtype, run[0].article = "body", "subhead", article
                else:
                    article += 1
                    body_count, last, is_closed = 0, "", False
                    self.heads.assign(run, after)
                    if (
                        len(run) == 1
                        and not (run[0].hint or run[0].is_inline)
                        and _COLUMN_RE.fullmatch(run[0].text)
                    ):
                        run[0].block_type = "kicker"
                    for head in run:
                        head.article = article
                    row = self._head_row(row, run[0])
                index += len(run)
                continue
            if kind == "body":
                if self._introduces(paragraphs, index, body_count > 0 or article < 0):
                    paragraph.article, is_closed = article + 1, True
                    index += 1
                    continue
                is_brief = paragraph.block_subtype == "brief"
                if article < 0 or (body_count and (is_brief or self.vocabulary.opens_report(paragraph.text))):
                    article += 1
                    body_count, is_closed = 0, False
                is_closed |= paragraph.row is not None
                paragraph.article = article
                row = self._head_row(row, paragraph)
                if not body_count and self._is_scene(paragraphs, index):
                    paragraph.block_type = "caption"
                else:
                    body_count, last = body_count + 1, paragraph.text
            elif kind in ("caption", "byline"):
                paragraph.article = max(article, 0)
                is_closed |= kind == "byline" and self._closes(paragraph.text, body_count)
                if article < 0:
                    early.append(paragraph)
            elif paragraph.block_subtype == "row":
                row = paragraph
            elif paragraph.block_subtype == "continuation":
                if body_count and paragraph.text[:4].find("接") >= 0:
                    article += 1
                    body_count, last = 0, ""
                paragraph.article = max(article, 0)
                if article < 0:
                    early.append(paragraph)
            index += 1
        article = max(article, 0 if early else -1)
        self._promote_captions(paragraphs)
        return article + 1

    @staticmethod
    def _head_row(row: Paragraph | None, first: Paragraph) -> Paragraph | None:
        """Give the head of a row of briefs to the first of them; nothing is left to give then."""
        if row is not None and first.row is not None:
            row.article = first.article
            row.block_type = "headline" if first.block_type == "body" else "kicker"
            return None
        return row

    def _introduces(self, paragraphs: Sequence[Paragraph], index: int, is_apart: bool) -> bool:
        """Whether an editor's note stands above the heads of the story that it introduces."""
        if not is_apart or paragraphs[index].block_subtype != "editor_note":
            return False
        if self.vocabulary.closing_note.match(paragraphs[index].text):
            return False
        return index + 1 < len(paragraphs) and paragraphs[index + 1].block_type in HEADS

    def _closes(self, byline: str, body_count: int) -> bool:
        """Whether a byline ends a story: in brackets, or the photographer's below a short text."""
        if not body_count:
            return False
        is_photo = body_count <= _PHOTO_BODIES and self.vocabulary.photographed.search(byline) is not None
        return byline[0] in "（(" or is_photo

    @staticmethod
    def _is_signature(head: Paragraph, before: Paragraph, last: str) -> bool:
        """Whether a line behind a text says who speaks or who gives notice: no story begins so."""
        if head.hint is not None or before.block_type != "body":
            return False
        is_speaker = head.text.startswith(DASHES) and len(head.text) <= _SIGNATURE_CHARS
        is_signed = ends_sentence(last) and _SIGN_OFF_RE.fullmatch(head.text) is not None
        return is_speaker or is_signed or _NOTICE_END_RE.search(last[-_SIGNATURE_CHARS:]) is not None

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
        if (
            self.vocabulary.find_dateline(text)
            or "，" in text
            or text.count("。") > 1
            or _TIME_RE.search(text)
            or text[0] in "“‘"
        ):
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
            and self.vocabulary.opens_report(report.text)
        )

    @staticmethod
    def _is_salutation(run: Sequence[Paragraph], after: Paragraph | None, has_body: bool) -> bool:
        """Whether the last head of a run addresses somebody or introduces what follows: it ends with a colon."""  # noqa: E501
        text = run[-1].text
        return (
            text[-1] in "：:"
            and not run[-1].is_inline
            and (has_body or len(run) > 1)
            and after is not None
            and after.block_type == "body"
        )

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
