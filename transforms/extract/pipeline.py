"""Everything that is read out of articles, with ids and raw offsets.

The finders work on `articles.text` and refer to each other by position; here, once for all of them, spans
get their raw offsets and every row its identifier, a hash of raw values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from transforms.extract.context import iter_articles
from transforms.extract.dates.about import printed_heads
from transforms.extract.dates.finder import DateFinder, outside_names
from transforms.extract.deals.finder import DealFinder
from transforms.extract.engine.recognizers import Recognizer
from transforms.extract.keywords import KeywordExtractor
from transforms.extract.mentions import MentionFinder
from transforms.extract.quantities.finder import QuantityFinder
from transforms.extract.quotations.finder import QuotationFinder
from transforms.extract.roles.finder import RoleFinder
from transforms.normalize.offsets import RawOffsets
from warehouse.schema import hash_id_expr


class Extractor:
    """Reads persons, organizations, places, dates, quantities, roles, quotations and deals.

    Args:
        recognizer: The recognition engine.
        lookups: Vocabularies by name.
        profile: Guideline that mentions follow, of `PROFILES`.
    """

    def __init__(
        self, recognizer: Recognizer, lookups: Mapping[str, Any], *, profile: str = "default"
    ) -> None:
        self._mentions = MentionFinder(recognizer, lookups, profile=profile)
        self._dates = DateFinder(lookups)
        self._quantities = QuantityFinder(lookups)
        self._deals = DealFinder(lookups)
        self._quotations = QuotationFinder(lookups)
        self._roles = RoleFinder(lookups)
        self._keywords = KeywordExtractor(lookups)

    def extract(self, tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """Read everything out of the articles of a part.

        Args:
            tables: `documents`, `blocks`, `articles`, `sentences`, `alignments`, `damage`.

        Returns:
            Rows of `mentions`, `roles`, `dates`, `quantities`, `quotations`, `deals`, `deal_parties` and
            `keywords`; `entity_id` and its kin stay null until the corpus is resolved.
        """
        articles = tables["articles"].join(
            tables["documents"].select("document_id", "issue_on", "publication"), on="document_id", how="left"
        )
        sentences = tables["sentences"]
        place = _Placer(tables["articles"], tables["alignments"])

        mentions = self._mentions.find(articles, sentences)
        dated = articles.join(
            printed_heads(tables["blocks"]), on="page_id", how="left", maintain_order="left"
        )
        dates = outside_names(self._dates.find(dated), mentions).with_row_index("date_index")
        quantities = self._quantities.find(articles, dates).with_row_index("quantity_index")
        damage = place.find_in_text(tables["damage"])
        contexts = list(
            iter_articles(articles, sentences, mentions, dates=dates, quantities=quantities, damage=damage)
        )
        roles = self._roles.find_in(contexts)
        quotations = self._quotations.find_in(contexts)
        deals, parties, quantity_deals = self._deals.find_in(contexts)

        mentions = place.identify(mentions, "mention", "entity_type")
        mention_ids = mentions.select("mention_index", "mention_id")
        deals = place.identify(
            _refer(deals, {"place_mention_id": "place_mention_index"}, mention_ids),
            "deal",
            "deal_type",
            "title",
        )
        deal_ids = deals.select("deal_index", "deal_id")
        quantities = quantities.join(quantity_deals, on="quantity_index", how="left", maintain_order="left")
        role_mentions = {
            "person_mention_id": "person_mention_index",
            "organization_mention_id": "organization_mention_index",
        }
        party_mentions = {"mention_id": "mention_index", "signatory_mention_id": "signatory_mention_index"}
        return {
            "mentions": _refer(mentions, {"parent_mention_id": "parent_index"}, mention_ids),
            "dates": place.identify(dates, "date"),
            "quantities": place.identify(
                _refer(quantities, {"deal_id": "deal_index"}, deal_ids), "quantity", "unit"
            ),
            "roles": place.identify(
                _refer(roles, role_mentions, mention_ids), "role", "title", "person_mention_id"
            ),
            "quotations": place.identify(
                _refer(quotations, {"speaker_mention_id": "speaker_mention_index"}, mention_ids),
                "quotation",
                "mode",
            ),
            "deals": _refer(
                place.in_sentence(deals, sentences), {"parent_deal_id": "parent_deal_index"}, deal_ids
            ),
            "deal_parties": place.locate(
                _refer(_refer(parties, {"deal_id": "deal_index"}, deal_ids), party_mentions, mention_ids)
            ),
            "keywords": self._keywords.extract(articles, mentions).join(
                articles.select("article_id", "document_id"), on="article_id"
            ),
        }


_SPAN_IDENTITY = ("page_id", "raw_start", "raw_end")


class _Placer:
    """Gives spans of article texts their raw offsets, document, page and identifier."""

    def __init__(self, articles: pl.DataFrame, alignments: pl.DataFrame) -> None:
        self._keys = articles.select("article_id", "document_id", "page_id")
        self._alignments = alignments
        self._offsets = RawOffsets(alignments)

    def locate(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Add `document_id`, `page_id`, `raw_start` and `raw_end`."""
        placed = self._offsets.add(frame.drop("document_id", "page_id", strict=False))
        return placed.join(self._keys, on="article_id", how="left", maintain_order="left")

    def identify(self, frame: pl.DataFrame, kind: str, *identity: str) -> pl.DataFrame:
        """Locate the rows and add `<kind>_id`.

        Two rows with the same raw span and identity are the same thing; the first stays.
        """
        identifier = hash_id_expr(kind, *_SPAN_IDENTITY, *identity).alias(f"{kind}_id")
        return (
            self.locate(frame)
            .with_columns(identifier)
            .unique(f"{kind}_id", keep="first", maintain_order=True)
        )

    def in_sentence(self, frame: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
        """Add the `sentence_id` of the sentence that the span begins in."""
        starts = sentences.select("article_id", "sentence_id", sentence_start=pl.col("start_char"))
        return (
            frame.with_row_index("_row")
            .with_columns(_at=pl.col("start_char").cast(pl.Int64))
            .sort("_at")
            .join_asof(
                starts.sort("sentence_start"),
                left_on="_at",
                right_on="sentence_start",
                by="article_id",
                check_sortedness=False,
            )
            .sort("_row")
            .drop("_row", "_at", "sentence_start")
        )

    def find_in_text(self, spots: pl.DataFrame) -> pl.DataFrame:
        """Add `start_char` and `end_char` to raw spans; those outside an article's text are left out."""
        runs = self._alignments.select(
            "article_id",
            run_start=pl.col("start_char"),
            run_end=pl.col("end_char"),
            run_raw=pl.col("raw_start"),
        ).sort("run_raw")
        inside = pl.col("run_start") + pl.col("raw_start") - pl.col("run_raw")
        return (
            spots.filter(pl.col("article_id").is_not_null())
            .sort("raw_start")
            .join_asof(runs, left_on="raw_start", right_on="run_raw", by="article_id", check_sortedness=False)
            .with_columns(start_char=pl.min_horizontal(inside, "run_end"))
            .filter(pl.col("start_char").is_not_null())
            .with_columns(end_char=pl.col("start_char") + pl.col("surface_text").str.len_chars())
            .drop("run_start", "run_end", "run_raw")
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
