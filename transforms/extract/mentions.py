"""Mentions of persons, organisations, places, works and events in articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl

from transforms.extract.engine.recognizers import Recognizer
from transforms.extract.names.brands import BrandRules
from transforms.extract.names.clubs import ClubRules, overlay_known
from transforms.extract.names.context import ContextRules
from transforms.extract.names.described import DescribedBodies
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.doubted import DoubtedPlaces
from transforms.extract.names.edges import BodyEdges
from transforms.extract.names.events import EventRules
from transforms.extract.names.firms import ShortFirms
from transforms.extract.names.fronts import retype_firms
from transforms.extract.names.guideline import GuidelineRules
from transforms.extract.names.joined import part_housed, part_joined
from transforms.extract.names.located import LocatedPlaces
from transforms.extract.names.lost import LostFronts
from transforms.extract.names.nested import NestedNames
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.padded import RULE as PADDED
from transforms.extract.names.padded import PaddedNames
from transforms.extract.names.patches import Patches
from transforms.extract.names.persons import PersonRules
from transforms.extract.names.places import PlaceRules
from transforms.extract.names.roads import RoadsAndZones
from transforms.extract.names.sites import SiteRules
from transforms.extract.names.spans import (
    Span,
    find_words,
    keep_outermost,
    overlay,
    prefer_longer,
    reach_known,
    trim,
)
from transforms.extract.names.tails import PlaceTails
from transforms.extract.names.titled import TitledNames
from transforms.extract.names.told import ToldNames
from transforms.extract.names.works import find_works

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
_HEADS = ("headline", "subtitle")
PROFILES = ("default", "flat")
"""`flat` follows the MSRA and People's Daily corpora: no events, no titles in 《》, a country's government
is the country, a person is the name without the title."""

# A page is at home in the city that it names so often, and so many times as often as the next one.
_HOME_TIMES, _HOME_SHARE = 4, 2
_LONGEST_REPEATED = 40
_SURE_PERSON = 0.6
_PLACE_BEFORE, _LEVELS = frozenset("在到于从赴往至经抵离"), frozenset("省市县区州镇乡")
_SHORTEST_REPEATED = {"person": 2, "organization": 3, "place": 2, "event": 4}


class MentionFinder:
    """Built once per process from an engine and the vocabularies, then used for every batch."""

    def __init__(
        self, recognizer: Recognizer, lookups: Mapping[str, Any], *, profile: str = "default"
    ) -> None:
        if profile not in PROFILES:
            raise ValueError(f"no guideline profile {profile!r}; available: {', '.join(PROFILES)}")
        self._is_flat = profile == "flat"
        self._recognizer = recognizer
        self._events = EventRules(lookups)
        self._padded = PaddedNames(lookups)
        self._patches = Patches(lookups)
        self._organizations = OrganizationRules(lookups)
        self._persons = PersonRules(lookups)
        self._divisions = Divisions(lookups)
        self._places = PlaceRules(lookups, self._divisions)
        self._tails = PlaceTails(lookups, self._divisions)
        self._lost = LostFronts(lookups, self._divisions)
        self._doubted = DoubtedPlaces(lookups, self._divisions)
        self._described = DescribedBodies(lookups, self._divisions)
        self._located = LocatedPlaces(lookups, self._divisions)
        self._firms = ShortFirms(lookups, self._divisions, self._organizations)
        self._sites = SiteRules(lookups, self._divisions)
        self._roads = RoadsAndZones(lookups, self._divisions, self._sites)
        self._clubs = ClubRules(lookups, self._divisions)
        self._titled = TitledNames(lookups)
        self._told = ToldNames(lookups)
        self._brands = BrandRules(lookups, self._divisions)
        self._context = ContextRules(lookups, self._divisions)
        self._edges = BodyEdges(lookups, self._divisions, self._organizations)
        self._nested = NestedNames(lookups, self._divisions, self._organizations)
        self._guideline = GuidelineRules(lookups, self._organizations, self._persons, self._divisions)

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
        seats = {page_id: self._context.seats(names) for page_id, names in named.items()}
        short = {page_id: self._nested.short_names(names) for page_id, names in named.items()}
        for row in articles.select("article_id", pl.col(page).alias("page"), "text", *known).iter_rows(
            named=True
        ):
            article_id, text = row["article_id"], row["text"]
            first = len(rows)
            spans = self.refine(
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
        mentions = pl.DataFrame(rows, schema=schema, orient="row")
        return _add_sentences(mentions, sentences).select(list(MENTION_SCHEMA))

    def refine(
        self,
        text: str,
        spans: list[Span],
        origins: Sequence[str] = (),
        heads: Sequence[str] = (),
        told: Sequence[str] = (),
        seats: Mapping[str, str] | None = None,
        short: Collection[str] = (),
    ) -> list[Span]:
        """Apply every rule to the recognised spans of one text.

        Args:
            text: The text.
            spans: Spans of the engine, in any order.
            origins: Place of the dateline and name of the paper, as far as they are known.
            heads: Headline and subtitle.
            told: The same of all articles of the document: whose counties a short form may name.
            seats: Short forms that the document names in full, with their type.
            short: Short forms of places that it names in full once.

        Returns:
            Mentions sorted by start, longest first; nested ones point to their parent.
        """
        seen = keep_outermost(trimmed for span in spans if (trimmed := trim(text, span)) is not None)
        # Outside of 《》 the engine takes anything for a work.
        seen = self._places.free_singles(text, [span for span in seen if span.entity_type != "work"])
        rows = self._places.rows(text)
        places = self._places.find_known(text, rows)
        seen = self._lost.restore(text, self._places.free_compounds(seen, rows), places)
        seen = self._places.free_known(text, seen, places)
        seen = self._doubted.refine(text, self._tails.trim(text, seen), places)
        seen = self._places.retype_listed(text, seen)
        kept = overlay(seen, find_works(text)) if not self._is_flat else seen
        kept = self._organizations.absorb_brackets(text, kept)
        kept = self._context.seat(text, self._edges.retype(text, kept), seats or {})
        padded = [span for span in kept if span.rule == PADDED]
        kept = [span for span in kept if span.rule != PADDED]
        kept = overlay(self._titled.extents.lead(text, self._persons.clean(text, kept)), padded)
        kept = self._titled.lone.drop(text, kept)
        known = overlay(places, self._organizations.find_known(text))
        kept = overlay(known, reach_known(known, self._retype_known(text, kept)))
        kept = self._persons.find_parted(text, kept)
        kept = self._persons.find_titled(text, self._persons.strip_honorifics(text, kept))
        kept = self._organizations.find_companies(text, kept)
        if not self._is_flat:
            kept = prefer_longer(self._described.find(text, kept), kept)
            near = self._divisions.cities_of(text, kept, told)
            kept = self._located.trim(text, kept)
            located = self._located.find(text, kept, near)
            kept = prefer_longer(located, self._located.free_halls(text, kept, located))
            kept = overlay(self._roads.find_told(text), kept)
            kept = overlay(kept, self._roads.find_numbered(text))
            kept = self._sites.join(text, self._places.extend_parks(text, kept))
        kept = self._organizations.extend(text, kept, with_governments=not self._is_flat)
        if not self._is_flat:
            kept = self._titled.find(text, kept, heads)
        kept = self._clubs.retype(text, self._places.split_compounds(text, kept))
        if self._is_flat:
            kept = self._guideline.apply(text, kept)
        kept = self._roads.refine(text, self._context.apply(text, kept, seats))
        told_names = self._told.find(text, kept)
        told_at = {(span.start, span.end) for span in told_names}
        kept = prefer_longer(told_names, [span for span in kept if (span.start, span.end) not in told_at])
        kept = overlay_known(kept, self._brands.find(text, kept))
        kept = overlay_known(kept, self._firms.find(text, kept))
        kept = part_housed(text, part_joined(text, kept), self._divisions)
        kept = retype_firms(text, self._settle(text, kept), self._divisions, short)
        kept = self._repeat(text, kept)
        fronts = self._context.find_fronts(text, kept)
        whole = {(span.start, span.end) for span in fronts}
        kept = overlay(fronts, [span for span in kept if (span.start, span.end) not in whole])
        if not self._is_flat:
            kept = _with_events(text, kept, self._events.find(text, kept))
        kept = self._patches.apply(text, kept)
        seen = overlay(seen, fronts) if fronts else seen
        pool = sorted(self._places.split_compounds(text, [*seen, *places]), key=lambda s: s.start)
        near = self._divisions.cities_of(text, kept, told)
        nested = self._nested.find(text, kept, pool, near, short)
        found = [*kept, *(span for span in nested if not self._tails.is_swallowed(text, span))]
        for span in found:
            if span.entity_type == "organization" and span.subtype is None:
                span.subtype = self._organizations.subtype(text[span.start : span.end])
            span.canonical = self._patches.canonical_name(text, span) or span.canonical
        self._context.name_bare_bodies(text, kept, origins)
        self._divisions.resolve(text, sorted(found, key=lambda s: s.start))
        return sorted(found, key=lambda s: (s.start, -s.end, s.parent is not None))

    def _homes(self, articles: pl.DataFrame, recognized: Mapping[str, Sequence[Span]]) -> dict[str, str]:
        """City that the articles of a page name far more often than any other, by page."""
        counts: dict[str, Counter[str]] = {}
        for page, article_id, text in articles.iter_rows():
            # A firm that is named again and again is one witness.
            names = {text[s.start : s.end] for s in recognized.get(article_id, ())}
            counts.setdefault(page, Counter()).update(self._divisions.cities_named(names))
        homes = {}
        for page, cities in counts.items():
            (first, count), (_, following) = [*cities.most_common(2), ("", 0), ("", 0)][:2]
            if count >= _HOME_TIMES and count >= _HOME_SHARE * following:
                homes[page] = first
        return homes

    def _retype_known(self, text: str, spans: list[Span]) -> list[Span]:
        """A name that a vocabulary holds has the type that it has there, whatever the engine says."""
        kept = []
        for span in spans:
            name = text[span.start : span.end]
            is_sure = span.entity_type != "place" and self._divisions.is_sure(name)
            is_sure = is_sure or (span.entity_type == "person" and name in self._divisions.features)
            if span.entity_type == "person" and not self._places.abroad.is_person(text, span):
                is_sure = is_sure or self._places.abroad.is_town_behind(text, span.start, span.end)
            elif span.entity_type == "person":
                is_sure = False
            if is_sure:
                kept.append(span.but(entity_type="place", subtype=None, rule="gazetteer"))
            elif span.entity_type != "organization" and self._organizations.is_known(name):
                kept.append(span.but(entity_type="organization", subtype=None, rule="known_name"))
            else:
                kept.append(span)
        return kept

    def _settle(self, text: str, spans: list[Span]) -> list[Span]:
        """One name has one type: 东湾 beside 东湾州 is a place, a person and body a person.

        A body whose name ends as bodies do stays one.
        """
        persons = {text[s.start : s.end] for s in spans if s.entity_type == "person"}
        short = self._places.short_forms(text, spans)
        titled = {
            text[s.start : s.end]
            for s in spans
            if s.entity_type == "person" and (s.rule == "after_title" or s.confidence > _SURE_PERSON)
        }
        return [
            span.but(entity_type="person", subtype=None, rule="same_surface")
            if span.entity_type == "place"
            and span.rule == "lac"
            and text[span.start : span.end] in titled
            and not _stands_as_place(text, span)
            else span.but(entity_type="place", subtype=None, rule="same_surface")
            if span.entity_type in ("person", "organization") and text[span.start : span.end] in short
            else span.but(entity_type="person", subtype=None, rule="same_surface")
            if span.entity_type == "organization"
            and (name := text[span.start : span.end]) in persons
            and len(name) > 1
            and self._organizations.subtype(name) is None
            else span
            for span in spans
        ]

    def _repeat(self, text: str, spans: list[Span]) -> list[Span]:
        """Recognise a name everywhere in a text that names it once."""
        names: dict[str, Span] = {}
        held = {(span.start, span.end) for span in spans}
        for span in spans:
            size = span.end - span.start
            if _SHORTEST_REPEATED.get(span.entity_type, _LONGEST_REPEATED) <= size <= _LONGEST_REPEATED:
                names.setdefault(text[span.start : span.end], span)
        repeats = [
            value.but(start=start, end=end, rule="same_surface", parent=None)
            for start, end, value in find_words(names, text)
            if (start, end) not in held
            and (value.entity_type != "person" or self._titled.is_named(text, start, end))
        ]
        return prefer_longer([s for s in repeats if not self._tails.is_swallowed(text, s)], spans)

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


def _stands_as_place(text: str, span: Span) -> bool:
    """Whether a preposition in front or a level behind a name make it a place's."""
    return text[span.start - 1 : span.start] in _PLACE_BEFORE or text[span.end : span.end + 1] in _LEVELS


def _with_events(text: str, before: list[Span], events: list[Span]) -> list[Span]:
    """Add events; a person or body all of whose other uses are parts of their names is not repeated."""
    if not events:
        return before
    after = overlay(before, events)
    held = {(span.start, span.end) for span in after}
    lost = {text[span.start : span.end] for span in before if (span.start, span.end) not in held}
    still = {text[span.start : span.end] for span in after if span.rule != "same_surface"}
    gone = lost - still
    return [
        span
        for span in after
        if span.rule != "same_surface"
        or span.entity_type not in ("person", "organization")
        or text[span.start : span.end] not in gone
    ]


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
