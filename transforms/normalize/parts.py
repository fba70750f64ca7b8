"""Heads inside a story: which of them head a part of it, and which the next story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.normalize.blocks import HEADS
from transforms.normalize.characters import CJK
from transforms.normalize.head_parts import DASHES
from transforms.normalize.lines import ends_sentence
from transforms.normalize.paragraphs import INSERTED, Paragraph
from transforms.normalize.vocabulary import PageVocabulary

_HEAD_SIZE = 1.15
_SUBHEAD_CHARS = 12
_LEAD_CHARS = 60
_CUE_CHARS = 3
_STORIES = 2
# 云溪轴承：没有“卖壳”, but 一问：钱从哪来
_NAMED_FIRST_RE = re.compile(f"^[{CJK}]{{3,}}[：:].")
CUT_NAME_RE = re.compile(
    f"^(?![他她我你它])[{CJK}](?:介绍|表示|指出|强调|认为|告诉(?:本报|笔者)?(?:记者)?|说)[，：]"
)
"""What goes on so has its speaker's family name in the line above."""
_CLAUSE_RE = re.compile("[，、]")


def head_run(paragraphs: Sequence[Paragraph], index: int) -> tuple[list[Paragraph], Paragraph | None]:
    """Heads that stand together, and what follows them (bylines, captions and furniture aside)."""
    run: list[Paragraph] = []
    while index < len(paragraphs) and paragraphs[index].block_type in HEADS:
        run.append(paragraphs[index])
        index += 1
    while index < len(paragraphs) and paragraphs[index].block_type in ("furniture", "credit", "caption"):
        index += 1
    return run, paragraphs[index] if index < len(paragraphs) else None


def find_inserted(paragraphs: Sequence[Paragraph], vocabulary: PageVocabulary) -> set[int]:
    """Page numbers, captions and credits between the lines of a sentence."""
    return {
        index
        for index in range(1, len(paragraphs) - 1)
        if paragraphs[index].block_type in INSERTED
        and paragraphs[index - 1].is_filled
        and not ends_sentence(paragraphs[index - 1].text)
        and not vocabulary.opens_report(paragraphs[index + 1].text)
    }


class PartHeads:
    """Judges the lone heads of a page."""

    def __init__(self, vocabulary: PageVocabulary) -> None:
        self.vocabulary = vocabulary
        self._alone: set[int] = set()

    def survey(self, paragraphs: Sequence[Paragraph]) -> None:
        """Learn how the page sets its heads; called once for a page, before the first judgement."""
        self._alone = self._heads_alone(paragraphs)

    def is_subhead(self, run: Sequence[Paragraph], after: Paragraph | None, last: str) -> bool:
        """Whether a lone head inside a story heads a part of it.

        Args:
            run: The heads that stand together.
            after: What follows them.
            last: Text of the story so far that stands last; empty where the story has none.
        """
        if not last or len(run) != 1 or run[0].hint is not None or run[0].row is not None:
            return False
        head, v = run[0].text, self.vocabulary
        if run[0].block_subtype in ("brief", "label") or v.notice_head.search(head) or v.label.match(head):
            return False
        if run[0].relative_size is not None and run[0].relative_size < _HEAD_SIZE:
            return after is None or not self.vocabulary.opens_report(after.text)
        if head.startswith(DASHES):
            return False
        if after is None or after.block_type != "body":
            return after is None
        if self.vocabulary.opens_report(after.text) or v.script_lead.match(after.text):
            return False
        if (v.list_item.match(head) and not v.mark.match(head)) or CUT_NAME_RE.match(after.text):
            return True
        if id(run[0]) in self._alone or v.event_cue.search(head[-_CUE_CHARS:]) or _NAMED_FIRST_RE.match(head):
            return False
        if len(head) > _SUBHEAD_CHARS or run[0].gap > 1 or v.end_mark.search(last[-60:]):
            return False
        return v.lead_time.match(after.text[:_LEAD_CHARS]) is None

    def _heads_alone(self, paragraphs: Sequence[Paragraph]) -> set[int]:
        """Heads (by `id`) that an empty line sets apart, one between two that surely open stories.

        Parts of a story have heads in the plural. Where empty lines part nothing, any head of a page of stories may
        stand alone. Where empty lines part the paragraphs too, or cut them, only a
        head that looks like no piece of a sentence counts.
        """  # noqa: E501
        v = self.vocabulary
        alone: list[list[Paragraph]] = [[]]
        first = next((i for i, p in enumerate(paragraphs) if p.block_type == "body"), len(paragraphs))
        is_dense = not any(p.gap for p in paragraphs[first:] if p.block_type in (*HEADS, "body"))
        index = 0
        while index < len(paragraphs):
            head = paragraphs[index]
            if head.block_type not in HEADS:
                index += 1
                continue
            run, after = head_run(paragraphs, index)
            above = [p.gap for p in self._bodies_above(paragraphs, index)]
            index += len(run)
            # A list or table is part of the story that it follows.
            is_listed = after is None or after.block_subtype == "table" or v.list_item.match(after.text)
            below = after.text if after is not None and not is_listed else None
            is_short = len(head.text) <= _SUBHEAD_CHARS and _CLAUSE_RE.search(head.text) is None
            is_doubtful = is_short or (len(head.text) <= 2 * _SUBHEAD_CHARS and above and not any(above))
            is_doubtful = is_doubtful and "、" not in head.text and len(run) == 1 and head.hint is None
            is_doubtful = (
                is_doubtful and (head.gap > 0 or is_dense) and head.block_subtype not in ("label", "brief")
            )
            if is_doubtful and below and not self._tells_news(below):
                alone[-1].append(head)
            else:
                alone.append([])
        if is_dense and len(alone) <= _STORIES:
            return set()
        return {id(heads[0]) for heads in alone if len(heads) == 1 and not v.is_piece_name(heads[0].text)}

    @staticmethod
    def _bodies_above(paragraphs: Sequence[Paragraph], index: int) -> list[Paragraph]:
        """Body paragraphs above a head that follow another, up to the head above."""
        found = []
        while index > 1 and paragraphs[index - 1].block_type not in HEADS:
            index -= 1
            if paragraphs[index].block_type == paragraphs[index - 1].block_type == "body":
                found.append(paragraphs[index])
        return found

    def _tells_news(self, text: str) -> bool:
        return (
            self.vocabulary.opens_report(text)
            or self.vocabulary.lead_time.match(text[:_LEAD_CHARS]) is not None
        )
