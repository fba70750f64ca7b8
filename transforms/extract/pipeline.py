"""Everything that is read out of articles, with ids and raw offsets.

The finders work on `articles.text` and refer to each other by position; here, once for all of them, spans
get their raw offsets and every row its identifier, a hash of raw values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from transforms.extract.keywords import KeywordExtractor
from transforms.extract.mentions import MentionFinder
from transforms.extract.quantities import QuantityFinder
from transforms.extract.recognizers import Recognizer
from transforms.normalize.offsets import add_raw_offsets
from warehouse.schema import hash_id_expr


class Extractor:
    """Reads persons, organizations, places, dates, quantities, roles, quotations and deals.

    Args:
        recognizer: The recognition engine.
        lookups: Vocabularies by name.
    """

    def __init__(self, recognizer: Recognizer, lookups: Mapping[str, Any]) -> None:
        self._mentions = MentionFinder(recognizer, lookups)
        self._quantities = QuantityFinder(lookups)
        self._keywords = KeywordExtractor(lookups)

    def extract(self, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """Read everything out of the articles of a part.

        Args:
            tables: `documents`, `articles`, `sentences`, `alignments`, `damage`.

        Returns:
            Rows of `mentions`, `roles`, `dates`, `quantities`, `quotations`, `deals`, `deal_parties` and
            `keywords`; `entity_id` and its kin stay null until the corpus is resolved.
        """
        articles = tables["articles"].join(
            tables["documents"].select("document_id", "issue_on"), on="document_id", how="left"
        )
        sentences = tables["sentences"]
        place = _Placer(tables["articles"], tables["alignments"])

        mentions = self._mentions.find(articles, sentences)
        quantities = self._quantities.find(articles).with_row_index("quantity_index")

        mentions = place.identify(mentions, "mention", "entity_type")
        mention_ids = mentions.select("mention_index", "mention_id")
        return {
            "mentions": _refer(mentions, {"parent_mention_id": "parent_index"}, mention_ids),
            "quantities": place.identify(quantities, "quantity").with_columns(deal_id=_NO_ID),
            "keywords": self._keywords.extract(articles).join(
                articles.select("article_id", "document_id"), on="article_id"
            ),
        }


_SPAN_IDENTITY = ("page_id", "raw_start", "raw_end")
_NO_ID = pl.lit(None, dtype=pl.String)


class _Placer:
    """Gives spans of article texts their raw offsets, document, page and identifier."""

    def __init__(self, articles: pl.DataFrame, alignments: pl.DataFrame) -> None:
        self._keys = articles.select("article_id", "document_id", "page_id")
        self._alignments = alignments

    def identify(self, frame: pl.DataFrame, kind: str, *identity: str) -> pl.DataFrame:
        """Add `document_id`, `page_id`, `raw_start`, `raw_end` and `<kind>_id`.

        Two rows with the same raw span and identity are the same thing; the first stays.
        """
        placed = add_raw_offsets(frame.drop("document_id", "page_id", strict=False), self._alignments)
        return (
            placed.join(self._keys, on="article_id", how="left", maintain_order="left")
            .with_columns(
                hash_id_expr(kind, "page_id", "raw_start", "raw_end", *identity).alias(f"{kind}_id")
            )
            .unique(f"{kind}_id", keep="first", maintain_order=True)
        )


def _refer(frame: pl.DataFrame, references: Mapping[str, str], ids: pl.DataFrame) -> pl.DataFrame:
    """Replace positions by identifiers.

    Args:
        frame: Rows that hold positions.
        references: New column to the column that holds the position; null stays null.
        ids: Position and identifier, in two columns.
    """
    position, identifier = ids.columns
    for column, source in references.items():
        named = ids.select(pl.col(position).alias(source), pl.col(identifier).alias(column))
        frame = frame.join(named, on=source, how="left", maintain_order="left")
    return frame
