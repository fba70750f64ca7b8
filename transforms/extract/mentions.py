"""Mentions of persons, organisations, places, works and events in articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from transforms.extract.engine.recognizers import Recognizer
from transforms.extract.frames import frame_of
from transforms.extract.names.padded import PaddedNames
from transforms.extract.names.rules import NameRules
from transforms.extract.names.spans import Span

MENTION_SCHEMA: dict[str, pl.DataType] = {
    "mention_index": pl.UInt32(),
    "parent_index": pl.UInt32(),
    "article_id": pl.String(),
    "sentence_id": pl.String(),
    "entity_type": pl.String(),
    "entity_subtype": pl.String(),
    "surface_text": pl.String(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "rule": pl.String(),
    "confidence_share": pl.Float32(),
    "adcode": pl.String(),
    "province": pl.String(),
    "canonical_name": pl.String(),
}

_ORIGINS = ("dateline_place", "publication")
_HEADS = ("kicker", "headline", "subtitle")
PROFILES = ("default", "flat")
"""`flat` follows the MSRA and People's Daily corpora: no events, no titles in 《》, a country's government
is the country, a person is the name without the title."""

# A page is at home in the city that it names so often, and so many times as often as the next one.
_HOME_TIMES, _HOME_SHARE = 4, 2


class MentionFinder:
    """Built once per process from an engine and the vocabularies, then used for every batch."""

    def __init__(
        self, recognizer: Recognizer, lookups: Mapping[str, Any], *, profile: str = "default"
    ) -> None:
        if profile not in PROFILES:
            raise ValueError(f"no guideline profile {profile!r}; available: {', '.join(PROFILES)}")
        self._recognizer = recognizer
        self._padded = PaddedNames(lookups)
        self._rules = NameRules(lookups, is_flat=profile == "flat")

    def find(self, articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
        """Find the named things of a batch of articles.

        Each article is read on its own: what is found in it does not depend on the batch.

        Args:
            articles: One row per article: `article_id: str`, `text: str`; `dateline_place: str` and
                `publication: str` (both nullable) tell whose bodies 市政府 is, where they are there;
                `document_id: str`, which articles stand on one page.
            sentences: One row per sentence: `sentence_id: str`, `article_id: str`, `text: str`,
                `start_char: int` (code points of the article's text).

        Returns:
            One row per mention, sorted by article in the given order, `start_char`, longest first:
            `mention_index: u32` (row number), `parent_index: u32` (`mention_index` of the mention around a
            nested one, else null), `article_id`, `sentence_id` (null where no sentence holds the start),
            `entity_type` (person, organization, place, work, event), `entity_subtype` (nullable),
            `surface_text` (slice of the text), `start_char: u32`, `end_char: u32`, `rule`,
            `confidence_share: f32` (never null, see `Span`), `adcode` and `province` (nullable, places only),
            `canonical_name` (nullable, from a patch).
        """
        recognized = self._recognize(articles, sentences)
        rows: list[tuple[Any, ...]] = []
        known = [column for column in (*_ORIGINS, *_HEADS) if column in articles.columns]
        page = "document_id" if "document_id" in articles.columns else "article_id"
        told: dict[str, set[str]] = {}
        origins_of = [column for column in _ORIGINS if column in articles.columns]
        for document, *origins in articles.select(page, *origins_of).iter_rows():
            told.setdefault(document, set()).update(origin for origin in origins if origin)
        pages = articles.select(pl.col(page).alias("page"), "article_id", "text")
        for document, home in self._homes(pages, recognized).items():
            told[document].add(home)
        named: dict[str, list[tuple[str, str, float]]] = {}
        for page_id, article_id, text in pages.iter_rows():
            seen = recognized.get(article_id, ())
            found = ((text[s.start : s.end], s.entity_type, s.confidence) for s in seen)
            named.setdefault(page_id, []).extend(found)
        seats = {page_id: self._rules.context.seats(names) for page_id, names in named.items()}
        short = {page_id: self._rules.nested.short_names(names) for page_id, names in named.items()}
        for row in articles.select("article_id", pl.col(page).alias("page"), "text", *known).iter_rows(
            named=True
        ):
            article_id, text = row["article_id"], row["text"]
            first = len(rows)
            spans = self._rules.refine(
                text,
                recognized.get(article_id, []),
                [origin for column in _ORIGINS if (origin := row.get(column))],
                [head for column in _HEADS if (head := row.get(column))],
                sorted(told[row["page"]]),
                seats[row["page"]],
                short[row["page"]],
            )
            numbers = {id(span): first + offset for offset, span in enumerate(spans)}
            rows.extend(
                (
                    numbers[id(span)],
                    None if span.parent is None else numbers[id(span.parent)],
                    article_id,
                    span.entity_type,
                    span.subtype,
                    text[span.start : span.end],
                    span.start,
                    span.end,
                    span.rule,
                    span.confidence,
                    span.adcode,
                    span.province,
                    span.canonical,
                )
                for span in spans
            )
        schema = {name: dtype for name, dtype in MENTION_SCHEMA.items() if name != "sentence_id"}
        mentions = frame_of(rows, schema)
        return _add_sentences(mentions, sentences).select(list(MENTION_SCHEMA))

    def _homes(self, articles: pl.DataFrame, recognized: Mapping[str, Sequence[Span]]) -> dict[str, str]:
        """City that the articles of a page name far more often than any other, by page."""
        counts: dict[str, Counter[str]] = {}
        for page, article_id, text in articles.iter_rows():
            # A firm that is named again and again is one witness.
            names = {text[s.start : s.end] for s in recognized.get(article_id, ())}
            counts.setdefault(page, Counter()).update(self._rules.divisions.cities_named(names))
        homes = {}
        for page, cities in counts.items():
            (first, count), (_, following) = [*cities.most_common(2), ("", 0), ("", 0)][:2]
            if count >= _HOME_TIMES and count >= _HOME_SHARE * following:
                homes[page] = first
        return homes

    def _recognize(self, articles: pl.DataFrame, sentences: pl.DataFrame) -> dict[str, list[Span]]:
        """Engine spans by article, in offsets of the article; equal sentences are read once."""
        held = sentences.join(articles.select("article_id"), on="article_id", how="semi")
        texts = held["text"].unique(maintain_order=True)
        printed = texts.to_list()
        found_spans = self._recognizer.recognize([self._padded.close(text) for text in printed])
        spans = self._padded.place(printed, found_spans)
        placed = (
            held.select("article_id", "text", shift=pl.col("start_char").cast(pl.UInt32))
            .join(pl.DataFrame({"text": texts}).with_row_index("text_index"), on="text")
            .join(spans, on="text_index")
            .select(
                "article_id",
                pl.col("start_char") + pl.col("shift"),
                pl.col("end_char") + pl.col("shift"),
                "entity_type",
                "rule",
                # The plain engine knows no shares.
                pl.col("confidence_share").fill_null(0.5),
            )
        )
        found: dict[str, list[Span]] = {}
        for article_id, *values in placed.iter_rows():
            found.setdefault(article_id, []).append(Span(*values))
        return found


def _add_sentences(found: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """The sentence that holds the first character of each mention."""
    bounds = sentences.select(
        "article_id",
        "sentence_id",
        start_char=pl.col("start_char").cast(pl.UInt32),
        sentence_end=pl.col("start_char").cast(pl.UInt32) + pl.col("text").str.len_chars(),
    ).sort("start_char")
    return (
        found.sort("start_char", maintain_order=True)
        .join_asof(bounds, on="start_char", by="article_id", check_sortedness=False)
        .with_columns(sentence_id=pl.when(pl.col("start_char") < pl.col("sentence_end")).then("sentence_id"))
        .sort("mention_index")
    )
