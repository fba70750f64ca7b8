"""All rules for the names of one text, in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.addressed import AddressedNames
from transforms.extract.names.announcers import AnnouncerNames
from transforms.extract.names.appointed import RULE as APPOINTED
from transforms.extract.names.appointed import AppointedNames
from transforms.extract.names.brands import BrandRules
from transforms.extract.names.clubs import ClubRules, overlay_known
from transforms.extract.names.context import ContextRules
from transforms.extract.names.departments import ListedDepartments
from transforms.extract.names.described import DescribedBodies
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.doubted import DoubtedPlaces
from transforms.extract.names.edges import BodyEdges
from transforms.extract.names.events import EventRules
from transforms.extract.names.extended import BodyExtensions
from transforms.extract.names.firms import ShortFirms
from transforms.extract.names.formed import FormedBodies
from transforms.extract.names.fronts import retype_firms
from transforms.extract.names.guideline import GuidelineRules
from transforms.extract.names.headed import HeadedBodies
from transforms.extract.names.joined import part_housed, part_inner, part_joined
from transforms.extract.names.latin import LatinNames
from transforms.extract.names.listed import ListedPlaces
from transforms.extract.names.located import LocatedPlaces
from transforms.extract.names.lost import LostFronts
from transforms.extract.names.nested import NestedNames
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.padded import RULE as PADDED
from transforms.extract.names.patches import Patches
from transforms.extract.names.persons import PersonRules
from transforms.extract.names.places import SURE_BODY, PlaceRules
from transforms.extract.names.possible import PossiblePlaces
from transforms.extract.names.quoted import QuotedFirms
from transforms.extract.names.roads import RoadsAndZones
from transforms.extract.names.sites import SiteRules
from transforms.extract.names.spans import (
    Span,
    find_words,
    keep_outermost,
    overlay,
    prefer_longer,
    reach_known,
    split_list,
    trim,
)
from transforms.extract.names.tails import PlaceTails
from transforms.extract.names.tickers import find_listed
from transforms.extract.names.titled import TitledNames
from transforms.extract.names.titled_shapes import DOTS
from transforms.extract.names.told import ToldNames
from transforms.extract.names.trimmed import TrimmedPlaces
from transforms.extract.names.unlikely import UnlikelyBodies
from transforms.extract.names.weighed import WeighedPlaces
from transforms.extract.names.works import find_works

_LONGEST_REPEATED = 40
_SURE_PERSON, _MOSTLY = 0.6, 2
_LONGEST_PART = 4
_PLACE_BEFORE, _LEVELS = frozenset("在到于从赴往至经抵离"), frozenset("省市县区州镇乡")
_SHORTEST_REPEATED = {"person": 2, "organization": 3, "place": 2, "event": 4}


class NameRules:
    """Built once per process from the vocabularies.

    Args:
        lookups: Parsed seed files by stem.
        is_flat: Whether names follow the guideline of the corpora, see `PROFILES`.
    """

    def __init__(self, lookups: Mapping[str, Any], *, is_flat: bool) -> None:
        self._is_flat = is_flat
        self._events = EventRules(lookups)
        self._patches = Patches(lookups)
        self._organizations = OrganizationRules(lookups)
        self._persons = PersonRules(lookups)
        self.divisions = Divisions(lookups)
        self._places = PlaceRules(lookups, self.divisions)
        self._tails = PlaceTails(lookups, self.divisions)
        self._lost = LostFronts(lookups, self.divisions)
        self._possible = PossiblePlaces(lookups, self.divisions)
        # 阿里 is short for a firm as well.
        firms = tuple(lookups["organizations"]["known"]["company"])
        cities = self.divisions.names_of_cities()
        self._seats = frozenset(city for city in cities if not any(firm.startswith(city) for firm in firms))
        self._doubted = DoubtedPlaces(lookups, self.divisions)
        self._described = DescribedBodies(lookups, self.divisions)
        self._listed = ListedPlaces(lookups, self.divisions)
        self._departments = ListedDepartments(lookups, self.divisions)
        self._located = LocatedPlaces(lookups, self.divisions)
        self._trimmed = TrimmedPlaces(lookups, self.divisions)
        self._unlikely = UnlikelyBodies(lookups, self.divisions, self._organizations)
        self._formed = FormedBodies(lookups, self.divisions, self._organizations)
        self._firms = ShortFirms(lookups, self.divisions, self._organizations)
        self.headed = HeadedBodies(lookups, self.divisions)
        self._quoted = QuotedFirms(lookups)
        self._sites = SiteRules(lookups, self.divisions)
        self._roads = RoadsAndZones(lookups, self.divisions, self._sites)
        self._clubs = ClubRules(lookups, self.divisions)
        self._titled = TitledNames(lookups)
        self._appointed = AppointedNames(lookups, self.divisions)
        self._addressed = AddressedNames(lookups)
        self._latin = LatinNames(lookups)
        self._told = ToldNames(lookups)
        self._announcers = AnnouncerNames(lookups)
        self._brands = BrandRules(lookups, self.divisions)
        self.context = ContextRules(lookups, self.divisions)
        self._edges = BodyEdges(lookups, self.divisions, self._organizations)
        self.nested = NestedNames(lookups, self.divisions, self._organizations)
        self._extensions = BodyExtensions(lookups, self.divisions, self._organizations)
        self.weighed = WeighedPlaces(lookups, self.divisions)
        self._guideline = GuidelineRules(lookups, self._organizations, self._persons, self.divisions)

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
        NAMES.enter(text)
        single = (part for span in spans for part in split_list(text, span))
        seen = keep_outermost(trimmed for span in single if (trimmed := trim(text, span)) is not None)
        # Outside of 《》 the engine takes anything for a work.
        seen = self._places.free_singles(text, [span for span in seen if span.entity_type != "work"])
        rows = self._places.rows(text)
        places, cities = self._places.find_known(text, rows)
        # 在京 + 东 of 在京东下单: the engine is sure of a firm there.
        sure = {s.start for s in seen if s.entity_type == "organization" and s.confidence > SURE_BODY}
        places = [p for p in places if p.start not in sure or p.end - p.start > 1]
        seen = self._lost.restore(text, self._places.free_compounds(seen, rows), places)
        seen = self._places.free_known(text, seen, places)
        seen = self._doubted.refine(text, self._tails.trim(text, seen), places)
        seen = self._appointed.free(text, self._places.retype_listed(text, seen))
        kept = overlay(seen, find_works(text)) if not self._is_flat else seen
        kept = self._organizations.absorb_brackets(text, kept)
        kept = self._formed.join(text, kept)
        kept = self._unlikely.drop(text, self._edges.retype(text, kept))
        kept = self.context.seat(text, kept, seats or {})
        padded = [span for span in kept if span.rule == PADDED]
        kept = [span for span in kept if span.rule != PADDED]
        kept = overlay(self._titled.extents.lead(text, self._persons.clean(text, kept)), padded)
        kept = self._titled.lone.drop(text, kept)
        known = overlay(places, self._organizations.find_known(text))
        kept = overlay(known, reach_known(known, self._retype_known(text, kept)))
        kept = self._persons.find_parted(text, kept)
        kept = self._persons.find_titled(text, self._persons.strip_honorifics(text, kept))
        kept = self._organizations.find_companies(text, kept)
        kept = overlay(kept, find_listed(text, kept))
        if not self._is_flat:
            kept = prefer_longer(self._described.find(text, kept), kept)
            kept = prefer_longer(self._formed.find(text, kept), kept)
            kept = prefer_longer(self._formed.firms(text, kept), kept)
            near = self.divisions.cities_of(text, kept, told)
            kept = self._trimmed.trim(text, kept)
            located = self._located.find(text, kept, near)
            kept = prefer_longer(located, self._located.free_halls(text, kept, located))
            kept = prefer_longer(cities, kept) if cities else kept
            kept = self._roads.overlay_told(text, kept)
            listed = [*self._listed.find(text), *self._listed.complete(text, kept)]
            # The engine goes on over the end of the list: 涧四河.
            at = {span.start for span in listed}
            kept = overlay(listed, [span for span in kept if span.start not in at])
            kept = overlay(kept, self._roads.find_numbered(text))
            kept = self._sites.join(text, self._places.extend_parks(text, kept))
        kept = self._extensions.extend(text, kept, with_governments=not self._is_flat)
        shared = [*self._departments.find(text, kept)]
        at_shared = {(span.start, span.end) for span in shared}
        kept = prefer_longer(shared, [span for span in kept if (span.start, span.end) not in at_shared])
        if not self._is_flat:
            kept = self._titled.find(text, kept, heads)
            kept = self._latin.apply(text, kept)
            kept = self._addressed.add(text, kept)
        kept = self._clubs.retype(text, self._places.split_compounds(text, kept))
        if self._is_flat:
            kept = self._guideline.apply(text, kept)
        kept = self._roads.refine(text, self.context.apply(text, kept, seats, short))
        told_names = self._told.find(text, kept)
        told_at = {(span.start, span.end) for span in told_names}
        kept = prefer_longer(told_names, [span for span in kept if (span.start, span.end) not in told_at])
        kept = overlay_known(kept, self._brands.find(text, kept))
        kept = overlay_known(kept, self._quoted.find(text, kept))
        kept = overlay_known(kept, self._firms.find(text, kept))
        if not self._is_flat:
            kept = overlay_known(kept, self.headed.find(text, kept))
        kept = part_housed(text, part_joined(text, kept), self.divisions)
        kept = retype_firms(text, self._settle(text, kept), self.divisions, short)
        kept = self._repeat(text, self._possible.keep(text, kept, short))
        fronts = self.context.find_fronts(text, kept)
        whole = {(span.start, span.end) for span in fronts}
        kept = overlay(fronts, [span for span in kept if (span.start, span.end) not in whole])
        if not self._is_flat:
            kept = _with_events(text, kept, self._events.find(text, kept))
            kept = self.weighed.drop(text, kept)
            kept = overlay_known(kept, self._announcers.find(text, kept, heads))
        kept = self._patches.apply(text, part_inner(text, kept, self.divisions) if "市中区" in text else kept)
        seen = overlay(seen, fronts) if fronts else seen
        pool = sorted(self._places.split_compounds(text, [*seen, *places]), key=lambda s: s.start)
        near = self.divisions.cities_of(text, kept, told)
        nested = self.nested.find(text, kept, pool, near, short)
        found = [*kept, *(span for span in nested if not self._tails.is_swallowed(text, span))]
        for span in found:
            if span.entity_type == "organization" and span.subtype is None:
                span.subtype = self._organizations.label(text[span.start : span.end])
                # 云岭 is a firm where the text tells it as short for 云岭物流有限公司.
                if span.subtype is None and span.rule == "told_name" and span.canonical is not None:
                    span.subtype = self._organizations.label(span.canonical)
            span.canonical = self._patches.canonical_name(text, span) or span.canonical
        possible = self._possible
        found = [s for s in found if not (possible.is_rank(text, s) or possible.is_brand(text, s))]
        self.context.name_bare_bodies(text, kept, origins, nested)
        told_near = self.divisions.cities_of(text, [], told)
        self.divisions.resolve(text, sorted(found, key=lambda s: s.start), told_near, heads)
        found = [span for span in found if not self.divisions.is_mere_word(text, span)]
        return sorted(found, key=lambda s: (s.start, -s.end, s.parent is not None))

    def _retype_known(self, text: str, spans: list[Span]) -> list[Span]:
        """A name that a vocabulary holds has the type that it has there, whatever the engine says."""
        kept = []
        for span in spans:
            name = text[span.start : span.end]
            if span.rule == APPOINTED:
                kept.append(span)
                continue
            is_sure = span.entity_type != "place" and self.divisions.is_sure(name)
            is_sure = is_sure or (span.entity_type != "place" and self._is_seat(name))
            is_sure = is_sure or (span.entity_type == "person" and self._is_part(text, span))
            if span.entity_type == "person" and not self._places.abroad.is_person(text, span):
                is_sure = is_sure or self._places.abroad.is_town_behind(text, span.start, span.end)
            elif span.entity_type == "person":
                is_sure = False
            if span.entity_type == "person" and name[0] in _PLACE_BEFORE and self._is_seat(name[1:]):
                # 从海州来到东湾
                kept.append(span.but(start=span.start + 1, entity_type="place", rule="known_part"))
                continue
            if is_sure:
                kept.append(span.but(entity_type="place", subtype=None, rule="gazetteer"))
            elif span.entity_type != "organization" and self._organizations.is_known(name):
                kept.append(span.but(entity_type="organization", subtype=None, rule="known_name"))
            else:
                kept.append(span)
        return kept

    def _is_part(self, text: str, span: Span) -> bool:
        """Whether what the engine takes for a person is a part of a province, and says nothing: 鲁南."""
        is_part = self.divisions.is_part(text[span.start : span.end]) and span.confidence < _SURE_PERSON
        return is_part and text[span.end : span.end + 1] not in "说称道笑问表告介，" and span.rule == "lac"

    def _is_seat(self, name: str) -> bool:
        """Whether a name is a known zone's or water's, one city's short form or a long one: 雄安, 台州."""
        if name in self.divisions.features or name in self._seats:
            return True
        if len(name) > _LONGEST_PART - 2:
            return self.divisions.is_place(name)
        # 台州 is a level's name in no list of short forms.
        division = self.divisions.sole(name) if name[-1] == "州" else None
        return division is not None and division.level == "city"

    def _settle(self, text: str, spans: list[Span]) -> list[Span]:
        """One name has one type: 东湾 beside 东湾州 is a place, a person and body a person.

        A body whose name ends as bodies do stays one.
        """
        persons = {text[s.start : s.end].replace(" ", "") for s in spans if s.entity_type == "person"}
        # 杜兰 where the text has 皮埃尔·杜兰
        bodies = " ".join(
            text[s.start : s.end]
            for s in spans
            if s.entity_type == "organization" and s.end - s.start > _LONGEST_PART
        )
        parts = {DOTS.split(name)[-1] for name in persons if DOTS.search(name) is not None}
        persons |= {part for part in parts if part not in bodies}
        short = self._places.short_forms(text, spans)
        titled = {
            text[s.start : s.end]
            for s in spans
            if s.entity_type == "person" and (s.rule == "after_title" or s.confidence > _SURE_PERSON)
        }
        titled |= self._mostly_persons(text, spans)
        return [
            span.but(entity_type="person", subtype=None, rule="same_surface")
            if span.entity_type == "place"
            and span.rule == "lac"
            and text[span.start : span.end] in titled
            and not _stands_as_place(text, span)
            else span.but(entity_type="place", subtype=None, rule="same_surface")
            if span.entity_type in ("person", "organization")
            and text[span.start : span.end] in short
            and not (span.entity_type == "person" and text.startswith("说", span.end))
            else span.but(entity_type="person", subtype=None, rule="same_surface")
            if span.entity_type == "organization"
            and (name := text[span.start : span.end]) in persons
            and len(name) > 1
            # A person whose name ends with 军 is no army.
            and self._organizations.subtype(name) in (None, "military")
            else span
            for span in spans
        ]

    def _mostly_persons(self, text: str, spans: list[Span]) -> set[str]:
        """Names of three characters or more that are persons' twice as often as places', no known ones."""
        counts = {kind: Counter[str]() for kind in ("person", "place")}
        for span in spans:
            if span.entity_type in counts and span.end - span.start > _SHORTEST_REPEATED["place"]:
                counts[span.entity_type][text[span.start : span.end]] += 1
        return {
            name
            for name, count in counts["person"].items()
            if count >= _MOSTLY * counts["place"][name] and not self.divisions.is_place(name)
        }

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
        repeats = [s for s in repeats if not self._tails.is_swallowed(text, s)]
        return prefer_longer([*repeats, *self._sites.alone(text, spans)], spans)


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
