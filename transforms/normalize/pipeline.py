"""Pages to blocks, articles and sentences, with every edit and every damage on record.

Order of the steps, which no step may rely on being run twice:

1. `characters`: variants, invisible characters, half-width punctuation; `simplified` where asked for.
2. `lines`, `spaces`, `wraps`: which spaces and line ends are only wraps.
3. `paragraphs`: sentences across empty lines, direction of quotes, half dashes.
4. `structure`: type of each block, its article.
5. `damage`: what is left that no rule may repair.
6. `sentences`, `frames`: rows with raw offsets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from transforms.normalize.characters import repair_characters
from transforms.normalize.damage import DamageFinder
from transforms.normalize.frames import PageRows, build_frames
from transforms.normalize.layout import lines_from_layout
from transforms.normalize.lines import read_lines
from transforms.normalize.pages import ReadPage
from transforms.normalize.paragraphs import Paragraph, ParagraphBuilder
from transforms.normalize.regroup import regroup
from transforms.normalize.simplified import Simplifier
from transforms.normalize.structure import PageStructure
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words


class Normalizer:
    """Reads damaged pages as a person does.

    Args:
        lookups: Parsed `seeds/lookups`; `page`, `heads`, `confusables` and `persons` are used.
        simplify: Whether traditional characters become simplified ones, each as an edit; needs the extra
            `simplify`.

    Raises:
        KeyError: A lookup is missing.
        SimplifierMissingError: `simplify` is asked for without its extra.
    """

    def __init__(self, lookups: Mapping[str, Any], simplify: bool = False) -> None:
        self.vocabulary = PageVocabulary(lookups)
        self.words = Words()
        self._simplifier = Simplifier() if simplify else None
        self._builder = ParagraphBuilder(self.vocabulary, self.words)
        self.structure = PageStructure(self.vocabulary, self.words, lookups["heads"]["weights"])
        self._damage = DamageFinder(
            self.vocabulary, self.words, lookups["confusables"]["groups"], lookups["persons"]["surnames"]
        )

    def repair(self, raw: str, layout: Sequence[Mapping[str, Any]] = ()) -> ReadPage:
        """Repair one page: characters, lines, quotes; blocks are not typed yet."""
        working = repair_characters(raw)
        if self._simplifier is not None:
            working.text = self._simplifier.simplify(working.text, working.changed)
        lines = lines_from_layout(working, layout) if layout else read_lines(working.text, working.hints)
        paragraphs, changes = self._builder.build(working.text, lines)
        if not paragraphs and raw:
            # Nothing visible: the page's characters still belong to a block.
            paragraphs.append(Paragraph(0, 0, "", block_type="furniture", block_subtype="empty"))
        return ReadPage(working, changes, paragraphs)

    def read_page(
        self, raw: str, layout: Sequence[Mapping[str, Any]] = (), *, is_record: bool = False
    ) -> ReadPage:
        """Read one page.

        Args:
            raw: The page as it came; any characters.
            layout: Rows of the `lines` table for this page in reading order; empty for plain text.
            is_record: Whether the page is one article.
        """
        page = self.repair(raw, layout)
        if page.paragraphs and page.paragraphs[0].block_subtype == "empty":
            return page
        page.article_count = self.structure.assign(page.paragraphs, is_record=is_record)
        if not is_record:
            page.article_count = regroup(
                page.paragraphs, page.article_count, self.vocabulary, self._builder.goes_on_in
            )
        self._builder.link_cut(page.paragraphs)
        page.spots = self._damage.find(page.paragraphs)
        return page

    def normalize(
        self, documents: pl.DataFrame, pages: pl.DataFrame, lines: pl.DataFrame
    ) -> dict[str, pl.DataFrame]:
        """Normalise pages.

        Args:
            documents: One row per document: `document_id`, `layout` (`page` or `record`), `issue_on: date` (nullable).
            pages: One row per page: `page_id`, `document_id`, `page_number`, `raw_text`.
            lines: One row per line of a page with layout; empty for plain text.

        Returns:
            Frames `edits`, `damage`, `blocks`, `articles`, `credits`, `sentences`, `alignments`, `pages_meta`, each
            sorted by page and position and with `document_id`.
        """  # noqa: E501
        kinds: dict[str, str] = dict(zip(documents["document_id"], documents["layout"], strict=True))
        issued: dict[str, date | None] = (
            dict(zip(documents["document_id"], documents["issue_on"], strict=True))
            if "issue_on" in documents.columns
            else {}
        )
        layouts: dict[str, list[dict[str, Any]]] = {}
        if lines.height:
            for line in lines.sort("page_id", "ordinal").iter_rows(named=True):
                layouts.setdefault(line["page_id"], []).append(line)
        rows = []
        for page in pages.sort("document_id", "page_number").iter_rows(named=True):
            document_id = page["document_id"]
            read = self.read_page(
                page["raw_text"],
                layouts.get(page["page_id"], ()),
                is_record=kinds.get(document_id) == "record",
            )
            rows.append(
                PageRows(
                    page_id=page["page_id"],
                    document_id=document_id,
                    read=read,
                    vocabulary=self.vocabulary,
                    issue_on=issued.get(document_id),
                )
            )
        return build_frames(rows)
