"""Publication, day of issue and page label from the furniture of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transforms.normalize.characters import CJK
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary, read_date

_NAME_RE = re.compile(f"[{CJK}]{{1,6}}报")


@dataclass
class PageMeta:
    """What a masthead or folio says; `None` where it says nothing."""

    publication: str | None = None
    issue_on: date | None = None
    page_label: str | None = None


def read_meta(paragraphs: Sequence[Paragraph], vocabulary: PageVocabulary) -> PageMeta:
    """Read the folio parts of a page; the first of each kind counts."""
    meta = PageMeta()
    has_text = False
    for paragraph in paragraphs:
        has_text |= paragraph.block_type == "body"
        if paragraph.block_subtype == "banner" and _NAME_RE.fullmatch(paragraph.text):
            meta.publication = meta.publication or paragraph.text
        is_folio = paragraph.block_type == "furniture" and paragraph.block_subtype in ("folio", "masthead")
        if not is_folio and paragraph.block_type != "credit":
            continue
        text = paragraph.text
        if meta.publication is None and (found := vocabulary.masthead.search(text)):
            meta.publication = found.group(1)
        # A day alone below the text is the day of a document, not of the paper.
        alone = has_text and vocabulary.full_date.fullmatch(text) is not None
        if meta.issue_on is None and not alone and (found := vocabulary.full_date.search(text)):
            meta.issue_on = read_date(found.group())
        if meta.page_label is None:
            label = (
                vocabulary.page_label.search(text)
                or vocabulary.leading_label.match(text)
                or vocabulary.token_label.search(text)
            )
            if label:
                meta.page_label = label.group(1).replace(" ", "")
    return meta
