"""What an expert reads on a page of a regional paper, against what `baocang build` reads.

Run: python -m tests.benchmarks.eval_pages [NAME...] [--warehouse DIR] [--show]

`pages/NAME*.txt` are invented pages with the damage of real ones, `pages/NAME*.yaml` the expert's rows, both
written without regard to the rules. Without names all pages are read. Type, stage and role of a party may
list what a careful reader would accept; an `optional` row counts neither as missing nor as too much.

- A name is found if it or an alias is a mention of its type; a read entity is right if one of its forms is.
  "Nested apart" leaves out places that stand only inside longer names and that the expert does not list,
  "in texts" those besides that the page has only in headlines and captions, whose names are no mentions.
- A role is right if person and title are, "with body" if the body is too.
- A passage is right if its beginning and its mode are; "both ends" asks for the last characters too, of those
  rows that give them as `last8` (marks at the end not counted).
- A deal is found by its title or by half of its parties; "type and stage" asks for both besides.
- Attributes (days, money, area, capacity, place, mode, signatories) are counted on deals that were found.
- A date is right with its days, or the one limit that is told; a quantity by its characters.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from warehouse import Warehouse

PAGES = Path(__file__).parent / "pages"
_WIDTHS = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９．％", "0123456789.%", strict=True)),
        "“": '"',
        "”": '"',
        ",": "，",
        "(": "（",
        ")": "）",
        ":": "：",
        ";": "；",
    }
)
_QUOTES = re.compile(r"[\"‘’'「」『』]")
_WITH_YEAR = re.compile(r"年|\d{4}[-./]")
_LEAD_CHARS, _SIGNED_CHARS = 48, 40
_FULL_STOP = re.compile(r"(?<![0-9A-Za-z])\.|\.(?![0-9A-Za-z])")
_ENDS = re.compile(r"[。！？，；：、!?;,:.…—\s]+$")
# 公司 stands for a firm and is no part of the name of every other one.
_STANDS_FOR = re.compile(
    "[该本此我]?(?:公司|企业|集团|工厂|厂|校|院|学校|学院|医院|合作社|园区|我们|咱们?|们|[他她它其])"
)
_FORMER = re.compile("^(?:原任|原|前任|前|时任)")

Row = Mapping[str, Any]


@dataclass
class Tally:
    """Counts of one measure; `found` and `right` differ where several rows may mean one."""

    found: int = 0
    gold: int = 0
    right: int = 0
    read: int = 0

    def add(self, found: int, gold: int, right: int, read: int) -> None:
        """Count one page."""
        self.found, self.gold = self.found + found, self.gold + gold
        self.right, self.read = self.right + right, self.read + read

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.read), self.found / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        counts = f"{self.found} of {self.gold} found, {self.right} of {self.read} right"
        return f"F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  ({counts})"


def plain(text: str | None) -> str:
    """The characters without whitespace, with marks of one width; a page may print . for 。"""
    return _FULL_STOP.sub("。", re.sub(r"\s", "", str(text or "")).translate(_WIDTHS))


def bare(text: str | None) -> str:
    """The letters and figures alone."""
    return re.sub(r"[\W_]", "", str(text or ""))


def is_same(one: str, other: str) -> bool:
    """One name holds the other."""
    return bool(one and other) and (one in other or other in one)


def values(value: object) -> list[str]:
    """A value, or a list of those that are accepted."""
    return [str(v) for v in value] if isinstance(value, list) else [] if value is None else [str(value)]


def is_optional(row: Row) -> bool:
    """Whether careful readers could differ about the row."""
    return bool(row.get("optional"))


def joined(body: str, title: str) -> str:
    """Body and title as they would be printed together: 市委 and 市委书记 give 市委书记."""
    shared = next((k for k in range(min(len(body), len(title)), 1, -1) if body.endswith(title[:k])), 0)
    return body + title[shared:]


def common_length(one: str, other: str) -> int:
    """Length of the longest run of characters in both."""
    best = 0
    for start in range(len(one)):
        while start + best < len(one) and one[start : start + best + 1] in other:
            best += 1
    return best


@dataclass
class Page:
    """An expert's page and the rows read of it."""

    name: str
    gold: Row
    tables: Mapping[str, list[dict[str, Any]]]
    surfaces: Mapping[str, str]
    aliases: Mapping[str, set[str]]
    misses: list[str] = field(default_factory=list)

    def rows(self, key: str) -> list[dict[str, Any]]:
        """The expert's rows under one key."""
        return list(self.gold.get(key) or [])

    def miss(self, *words: object) -> None:
        """Note one difference for `--show`."""
        self.misses.append(" ".join(map(str, (self.name, *words))))

    def mention(self, mention_id: str | None) -> str:
        """Characters of a mention."""
        return plain(self.surfaces.get(mention_id or ""))

    @cached_property
    def bodies(self) -> dict[str, set[str]]:
        """Every form of a body or place of the expert to all its forms."""
        forms: dict[str, set[str]] = {}
        for row in (*self.rows("organizations"), *self.rows("places")):
            names = {plain(row["name"]), *map(plain, row.get("aliases") or [])}
            for name in names:
                forms.setdefault(name, names)
        return forms

    @cached_property
    def parties(self) -> dict[str, list[dict[str, Any]]]:
        """Parties read, by deal."""
        by_deal = defaultdict(list)
        for row in self.tables["deal_parties"]:
            words, named = plain(row["surface_text"]), self.mention(row["mention_id"])
            names = {named} if named and _STANDS_FOR.fullmatch(words) else {words, named}
            names |= {plain(name) for name in self.aliases.get(row["entity_id"], ())}
            by_deal[row["deal_id"]].append({**row, "names": {name for name in names if len(name) > 1}})
        return by_deal


def score_names(page: Page) -> Iterator[tuple[str, Tally]]:
    """Persons, bodies and places."""
    credited = {plain(row.get("name")) for row in page.rows("credits")}
    for key, entity_type in (("persons", "person"), ("organizations", "organization"), ("places", "place")):
        gold = [
            ({plain(r["name"]), *map(plain, r.get("aliases") or [])}, is_optional(r)) for r in page.rows(key)
        ]
        read: dict[str, set[str]] = defaultdict(set)
        for row in page.tables["mentions"]:
            if row["entity_type"] == entity_type:
                read[row["entity_id"]].add(plain(row["surface_text"]))
        nested = {row["entity_id"] for row in page.tables["mentions"] if row["parent_mention_id"]} - {
            row["entity_id"] for row in page.tables["mentions"] if not row["parent_mention_id"]
        }
        surfaces, known = set().union(*read.values()), set().union(*(names for names, _ in gold))
        needed = [names for names, optional in gold if not optional]
        extra = [key for key, forms in read.items() if not forms & known and not forms & credited]
        wrong = [read[key] for key in extra]
        right = sum(bool(forms & known) for forms in read.values())
        for names in needed:
            if not names & surfaces:
                page.miss(key, "MISSING", *names)
        for forms in wrong:
            page.miss(key, "EXTRA", *forms)
        found = sum(bool(names & surfaces) for names in needed)
        yield key, Tally(found, len(needed), right, right + len(wrong))
        if key == "places":
            flat = sum(key not in nested for key in extra)
            yield "places (nested apart)", Tally(found, len(needed), right, right + flat)
            texts = "\n".join(plain(row["text"]) for row in page.tables["articles"])
            told = sum(any(name in texts for name in names) for names in needed)
            yield "places (in texts)", Tally(found, told, right, right + flat)


def score_roles(page: Page) -> Iterator[tuple[str, Tally]]:
    """Person and title, then with the body."""
    read = []
    for row in page.tables["roles"]:
        title = plain(row["title"])
        read.append(
            (
                page.mention(row["person_mention_id"]),
                _FORMER.sub("", title) if row["is_former"] else title,
                plain(row["organization_text"]) or page.mention(row["organization_mention_id"]),
                page.mention(row["organization_mention_id"]),
            )
        )
    used: set[int] = set()
    gold = titles = bodies = excused = 0
    for row in page.rows("roles"):
        person, title, body = plain(row["person"]), plain(row["title"]), plain(row.get("organization"))
        forms = page.bodies.get(body, {body})
        whole = tuple(joined(form, title) for form in forms)
        fits = [
            n
            for n, (who, what, where, _) in enumerate(read)
            if n not in used
            and is_same(who, person)
            and (what == title or (is_same(what, title) and joined(where, what).endswith(whole)))
        ]
        if fits:
            best = max(fits, key=lambda n: read[n][2] == body)
            used.add(best)
        if is_optional(row):
            excused += bool(fits)
            continue
        gold += 1
        if not fits:
            page.miss("role MISSING", person, title, body)
            continue
        titles += 1
        _, what, where, mention = read[best]
        is_named = where == body or any(is_same(f, w) for f in forms for w in (where, mention))
        if is_named or joined(where, what).endswith(whole):
            bodies += 1
        else:
            page.miss("role BODY", person, title, body, "read", read[best])
    told = {read[n] for n in used}
    # A title that another article of the page repeats is the same role.
    repeated = sum(other in told for n, other in enumerate(read) if n not in used)
    for n, other in enumerate(read):
        if n not in used and other not in told:
            page.miss("role EXTRA", other)
    count = len(read) - excused - repeated
    yield "roles", Tally(titles, gold, titles, count)
    yield "roles with body", Tally(bodies, gold, bodies, count)


def score_speech(page: Page) -> Iterator[tuple[str, Tally]]:
    """Passages of speech, then with the speaker."""
    read = [(row, _QUOTES.sub("", plain(row["text"]))) for row in page.tables["quotations"]]
    used: set[int] = set()
    gold = passages = speakers = excused = ended = measured = 0
    for row in page.rows("quotations"):
        words = _ENDS.sub("", _QUOTES.sub("", plain(row["first12"]))[:8])
        fits = [
            n
            for n, (candidate, text) in enumerate(read)
            if n not in used
            and candidate["mode"] == row["mode"]
            and (words in text[:30] if len(words) > 5 else text.startswith(words))
        ]
        used.update(fits[:1])
        if is_optional(row):
            excused += bool(fits)
            continue
        gold += 1
        if not fits:
            page.miss("speech MISSING", row["mode"], words, row.get("speaker"))
            continue
        passages += 1
        candidate, text = read[fits[0]]
        if row.get("last8"):
            last = _ENDS.sub("", _QUOTES.sub("", plain(row["last8"])))
            measured += 1
            if _ENDS.sub("", text).endswith(last):
                ended += 1
            else:
                page.miss("speech END", words, last, "read", text[-20:])
        who, speaker = page.mention(candidate["speaker_mention_id"]), plain(row.get("speaker"))
        names = {who, plain(candidate["speaker_text"])}
        names |= {plain(name) for name in page.aliases.get(candidate["speaker_id"], ())}
        forms = page.bodies.get(speaker, {speaker})
        if any(is_same(f, n) for f in forms for n in names) if speaker else not who:
            speakers += 1
        else:
            page.miss("speech SPEAKER", words, speaker, "read", who, candidate["speaker_text"])
    for n, (candidate, text) in enumerate(read):
        if n not in used:
            page.miss(
                "speech EXTRA", candidate["mode"], text[:30], page.mention(candidate["speaker_mention_id"])
            )
    count = len(read) - excused
    yield "passages of speech", Tally(passages, gold, passages, count)
    yield "passages with speaker", Tally(speakers, gold, speakers, count)
    if measured:
        yield "passages with both ends", Tally(ended, measured, ended, measured)


def match_parties(page: Page, deal: Row, deal_id: str) -> list[tuple[Row, dict[str, Any]]]:
    """Pairs of the expert's parties and those read of one deal."""
    pairs: list[tuple[Row, dict[str, Any]]] = []
    for party in deal.get("parties") or []:
        name = plain(party["name"])
        forms = [form for form in page.bodies.get(name, {name}) | {name} if len(form) > 1]
        taken = [id(other) for _, other in pairs]
        for other in page.parties.get(deal_id, []):
            if id(other) not in taken and any(is_same(f, n) for f in forms for n in other["names"]):
                pairs.append((party, other))
                break
    return pairs


def match_deals(page: Page) -> dict[int, dict[str, Any]]:
    """The expert's deals (position) that were read, each with its row; the best fits first."""
    candidates = []
    for position, deal in enumerate(page.rows("deals")):
        title = plain(deal.get("title"))
        for number, row in enumerate(page.tables["deals"]):
            other = plain(row["title"]) or plain(row["surface_text"])
            length = common_length(title, other)
            share = length / max(1, min(len(title), len(other)))
            parties = len(match_parties(page, deal, row["deal_id"]))
            if (share >= 0.6 and length >= 2) or parties >= max(1, (len(deal.get("parties") or []) + 1) // 2):
                fit = share + 0.4 * parties + 0.5 * fits(deal, "type", row["deal_type"])
                candidates.append((fit + 0.5 * fits(deal, "stage", row["stage"]), position, number))
    matched: dict[int, dict[str, Any]] = {}
    taken: set[int] = set()
    for _, position, number in sorted(candidates, reverse=True):
        if position not in matched and number not in taken:
            matched[position] = page.tables["deals"][number]
            taken.add(number)
    return matched


def score_confidence(page: Page) -> Iterator[tuple[str, Tally]]:
    """Deals that the expert lists, by what the program says of its sureness."""
    told = {row["deal_id"] for row in match_deals(page).values()}
    for row in page.tables["deals"]:
        is_told = row["deal_id"] in told
        yield f"deals over {int(row['confidence_share'] * 10) / 10}", Tally(is_told, 1, is_told, 1)


def fits(deal: Row, key: str, value: str) -> bool:
    """Whether a value is among those the expert accepts; an expert who gives none accepts any."""
    return not values(deal.get(key)) or value in values(deal.get(key))


def score_deals(page: Page) -> Iterator[tuple[str, Tally]]:
    """Deals, parties and the attributes of the deals that were found."""
    matched = match_deals(page)
    read = page.tables["deals"]
    deals = page.rows("deals")
    excused = {row["deal_id"] for position, row in matched.items() if is_optional(deals[position])}
    needed = {position: deal for position, deal in enumerate(deals) if not is_optional(deal)}
    typed = parties = fitting = party_count = 0
    names = ("title", "day", "due day", *MEASURES, "place", "mode", "signatories")
    attributes = {name: Tally() for name in names}
    for position, deal in needed.items():
        wanted = [p for p in deal.get("parties") or [] if not is_optional(p)]
        party_count += len(wanted)
        row = matched.get(position)
        if row is None:
            page.miss("deal MISSING", deal["id"], told(deal))
            continue
        is_typed = fits(deal, "type", row["deal_type"]) and fits(deal, "stage", row["stage"])
        pairs = [pair for pair in match_parties(page, deal, row["deal_id"]) if not is_optional(pair[0])]
        roles = sum(fits(party, "role", other["party_role"]) for party, other in pairs)
        typed, parties, fitting = typed + is_typed, parties + len(pairs), fitting + roles
        if not is_typed or len(pairs) < len(wanted) or roles < len(pairs):
            page.miss("deal", deal["id"], told(deal), "| READ", summary(page, row))
        score_attributes(page, deal, row, attributes)
    for row in read:
        if row["deal_id"] not in {match["deal_id"] for match in matched.values()}:
            page.miss("deal EXTRA", summary(page, row), row["rule"], "|", row["surface_text"])
    count = len(read) - len(excused)
    read_parties = sum(
        len(page.parties.get(row["deal_id"], [])) for row in read if row["deal_id"] not in excused
    )
    found = len(needed.keys() & matched.keys())
    yield "deals", Tally(found, len(needed), found, count)
    yield "deals with type and stage", Tally(typed, len(needed), typed, count)
    yield "parties", Tally(parties, party_count, parties, read_parties)
    yield "parties with role", Tally(fitting, party_count, fitting, read_parties)
    yield from ((f"deals: {name}", tally) for name, tally in attributes.items())


def told(deal: Row) -> tuple[object, ...]:
    """An expert's deal in short."""
    parties = [(p["name"], p.get("role")) for p in deal.get("parties") or []]
    return deal.get("type"), deal.get("stage"), deal.get("title"), parties


def summary(page: Page, row: Row) -> tuple[object, ...]:
    """A read deal in short."""
    parties = [(p["surface_text"], p["party_role"]) for p in page.parties.get(row["deal_id"], [])]
    return row["deal_type"], row["stage"], row["title"], parties


def score_attributes(page: Page, deal: Row, row: Row, attributes: Mapping[str, Tally]) -> None:
    """Count title, day, due day, money and place of one found deal."""
    if title := bare(deal.get("title")):
        # A reader may give no title to what is only described, so one too many is not counted.
        is_right = is_same(title, bare(row["title"]))
        attributes["title"].add(is_right, True, is_right, row["title"] is not None)
        if not is_right:
            page.miss("deal title", deal["id"], deal["title"], "| READ", row["title"])
    for name, key, column in (("day", "dated", "dated_on"), ("due day", "expected", "expected_on")):
        days = deal.get(key)
        days = days.get("when") if isinstance(days, Mapping) else days
        bounds = [str(day) for day in days if day] if isinstance(days, list) else []
        is_right = bool(bounds) and row[column] is not None and bounds[0] <= str(row[column]) <= bounds[-1]
        attributes[name].add(is_right, bool(bounds), is_right, row[column] is not None)
        if not is_right and (bounds or row[column]):
            page.miss("deal", name, deal["id"], deal.get("title"), bounds, "| READ", row[column])
    linked = [q for q in page.tables["quantities"] if q["deal_id"] == row["deal_id"]]
    for name, dimensions in MEASURES.items():
        surfaces = {plain(q["surface_text"]) for q in linked if q["dimension"] in dimensions}
        wanted = plain(deal.get(name))
        is_right = bool(wanted) and any(is_same(wanted, surface) for surface in surfaces)
        # The expert gives one capacity; more of them are no fault.
        attributes[name].add(
            is_right, bool(wanted), is_right, bool(surfaces) if name == "money" else is_right
        )
        if not is_right and (wanted or (surfaces and name == "money")):
            page.miss("deal", name, deal["id"], deal.get("title"), wanted, "| READ", *surfaces)
    place, where = page.mention(row["place_mention_id"]), plain(deal.get("place"))
    is_right = bool(where) and any(is_same(form, place) for form in page.bodies.get(where, {where}))
    attributes["place"].add(is_right, bool(where), is_right, bool(place))
    if not is_right and (where or place):
        page.miss("deal place", deal["id"], deal.get("title"), where, "| READ", place)
    mode = values(deal.get("mode"))
    attributes["mode"].add(row["mode"] in mode, bool(mode), row["mode"] in mode, row["mode"] is not None)
    names = {plain(s["name"] if isinstance(s, Mapping) else s) for s in deal.get("signatories") or []}
    signed = {page.mention(p["signatory_mention_id"]) for p in page.parties.get(row["deal_id"], [])} - {""}
    both = len(names & signed)
    attributes["signatories"].add(both, len(names), both, len(signed))
    for person in names ^ signed:
        page.miss("deal signatory", deal["id"], "MISSING" if person in names else "EXTRA", person)


def days_of(bounds: Sequence[object] | None) -> tuple[str, str]:
    """First and last day; empty where it is unknown."""
    first, *_, last = (plain(str(day) if day else "") for day in bounds or (None, None))
    return first, last


def score_measured(page: Page) -> Iterator[tuple[str, Tally]]:
    """Dates with both days, quantities by their characters."""
    read = [
        (plain(row["surface_text"]), days_of([row["start_on"], row["end_on"]]))
        for row in page.tables["dates"]
    ]
    printed = plain(page.gold["page"].get("printed"))
    head = plain(page.gold["page"].get("printed_surface"))
    # The date in the head of the page is no date of an article.
    needed_dates = [row for row in page.rows("dates") if not is_optional(row)]
    gold = [
        r
        for r in needed_dates
        if plain(r["surface"]) != head
        and (not _WITH_YEAR.search(plain(r["surface"])) or days_of(r["resolved"]) != (printed, printed))
    ]
    found = 0
    for row in gold:
        days, surface = days_of(row.get("resolved")), plain(row["surface"])
        fitting = [other_days for other, other_days in read if is_same(surface, other)]
        # 年底前 has no first day of its own, 3月起 no last one.
        is_found = any(
            one == days or ("" in one and one != ("", "") and days in ((days[0], one[1]), (one[0], days[1])))
            for one in fitting
        )
        found += is_found
        if not is_found:
            page.miss("date", surface, days, "| READ", *fitting)
    every = [plain(row["surface"]) for row in page.rows("dates")]
    right = sum(any(is_same(surface, other) for other in every) for surface, _ in read)
    for surface, days in read:
        if not any(is_same(surface, other) for other in every):
            page.miss("date EXTRA", surface, days)
    yield "dates", Tally(found, len(gold), right, len(read))
    surfaces = [plain(r["surface_text"]) for r in page.tables["quantities"]]
    wanted = [plain(row["surface"]) for row in page.rows("quantities")]
    needed = [plain(row["surface"]) for row in page.rows("quantities") if not is_optional(row)]
    for surface in needed:
        if not any(is_same(surface, other) for other in surfaces):
            page.miss("quantity MISSING", surface)
    found = sum(any(is_same(surface, other) for other in surfaces) for surface in needed)
    right = sum(any(is_same(surface, other) for other in wanted) for surface in surfaces)
    yield "quantities", Tally(found, len(needed), right, len(surfaces))


def score_bounds(page: Page) -> Tally:
    """Articles whose text begins and ends where the expert's does, less a dateline before and names behind.

    Experts differ whether a row of briefs is one article: it is right as one and in pieces.
    """
    gold = [(bare(row["starts"]), bare(row["ends"])) for row in page.rows("articles") if row.get("starts")]
    rows: list[list[str]] = []
    name = None
    for article in sorted(page.tables["articles"], key=lambda row: row["raw_start"]):
        if not rows or article["kicker"] is None or article["kicker"] != name:
            rows.append([])
            name = article["kicker"] or article["headline"]
        rows[-1].append(bare(article["text"]))
    pieces = [(text, "".join(row)) for row in rows for text in row if text]
    found = 0
    fitting: set[tuple[str, str]] = set()
    for start, end in gold:
        fits = {p for p in pieces if any(start in t[:_LEAD_CHARS] and end in t[-_SIGNED_CHARS:] for t in p)}
        found += bool(fits)
        fitting |= fits
        if not fits:
            page.miss("article MISSING", start, end)
    # An expert may tell no bounds on a page.
    return Tally(found, len(gold), sum(p in fitting for p in pieces), len(pieces)) if gold else Tally()


def score_heads(page: Page) -> Iterator[tuple[str, Tally]]:
    """Headlines, kickers, subtitles, where articles begin and end, and credited names."""
    for key in ("headline", "kicker", "subtitle"):
        gold = [bare(row.get(key)) for row in page.rows("articles") if row.get(key)]
        read = [bare(row[key]) for row in page.tables["articles"] if row[key]]
        if key == "kicker":  # the name of a row of briefs stands on each of them, or on the first
            gold, read = list(dict.fromkeys(gold)), list(dict.fromkeys(read))
        for text in gold:
            if text not in read:
                page.miss(key, "MISSING", text)
        for text in read:
            if text not in gold:
                page.miss(key, "EXTRA", text)
        found = sum(text in read for text in gold)
        yield f"{key}s", Tally(found, len(gold), sum(text in gold for text in read), len(read))
    yield "articles (start and end)", score_bounds(page)
    names = {plain(row.get("name")) for row in page.rows("credits")} - {""}
    credited = {plain(row["name"]) for row in page.tables["credits"]} - {""}
    for name in names ^ credited:
        page.miss("credit", "MISSING" if name in names else "EXTRA", name)
    both = len(names & credited)
    yield "credited names", Tally(both, len(names), both, len(credited))


MEASURES = {
    "money": ("money",),
    "area": ("area",),
    "capacity": ("mass", "count", "power", "energy", "length", "volume", "rate", "area", "data"),
}
SCORES = (score_names, score_roles, score_speech, score_deals, score_measured, score_heads)
TABLES = (
    "mentions",
    "roles",
    "quotations",
    "deals",
    "deal_parties",
    "dates",
    "quantities",
    "articles",
    "credits",
)


def load(house: Path, files: Iterable[Path]) -> Iterator[Page]:
    """The expert's pages with the rows of a warehouse."""
    readings = {file.with_suffix(".txt").name: yaml.safe_load(file.read_text("utf-8")) for file in files}
    for name, page in pages_of(house, readings).items():
        page.name = Path(name).stem.split("_")[0]
        yield page


def pages_of(
    house: Path, readings: Mapping[str, Row], instead: Mapping[str, pl.DataFrame] | None = None
) -> dict[str, Page]:
    """What experts read, by the last part of a document's address, with the rows of a warehouse.

    Args:
        house: The warehouse.
        readings: The experts' rows.
        instead: Tables that are read anew.
    """
    warehouse = Warehouse(house)
    for reject in warehouse.read("rejects").iter_rows(named=True):
        print("REFUSED", reject["uri"], reject["reason_code"], reject["message"])
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name in TABLES:
        rows[name] = defaultdict(list)
        table = (instead or {}).get(name)
        for row in (warehouse.read(name) if table is None else table).iter_rows(named=True):
            rows[name][row["document_id"]].append(row)
    surfaces = dict(warehouse.read("mentions").select("mention_id", "surface_text").iter_rows())
    aliases: dict[str, set[str]] = defaultdict(set)
    for entity_id, name, others in (
        warehouse.read("entities").select("entity_id", "name", "aliases").iter_rows()
    ):
        aliases[entity_id] |= {name, *(others or [])}
    for row in (row for of_document in rows["mentions"].values() for row in of_document):
        aliases[row["entity_id"]].add(row["surface_text"])
    documents = warehouse.read("documents").select("uri", "document_id").iter_rows()
    of_name = {uri.rsplit("/", 1)[-1]: document for uri, document in documents}
    return {
        name: Page(name, gold, {t: rows[t][of_name.get(name, "")] for t in TABLES}, surfaces, aliases)
        for name, gold in readings.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the pages, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="beginnings of file names; all pages without")
    parser.add_argument("--folder", type=Path, default=PAGES, help="where pages and readings lie")
    parser.add_argument("--warehouse", type=Path, help="read this warehouse instead of building one")
    parser.add_argument("--show", action="store_true", help="print every difference")
    parser.add_argument(
        "--confidence", action="store_true", help="only how many deals are right at which confidence"
    )
    options = parser.parse_args(arguments)
    starts = tuple(options.names) or ("",)
    files = [file for file in sorted(options.folder.glob("*.yaml")) if file.name.startswith(starts)]
    totals: dict[str, Tally] = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        house = options.warehouse or Path(folder)
        if options.warehouse is None:
            texts = [str(file.with_suffix(".txt")) for file in files]
            command = [sys.executable, "-m", "flows.cli", "build", *texts, "--warehouse", folder, "--json"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for page in load(house, files):
            for score in (score_confidence,) if options.confidence else SCORES:
                for measure, tally in score(page):
                    totals[measure].add(tally.found, tally.gold, tally.right, tally.read)
            if options.show:
                print(*page.misses, sep="\n")
    print(f"{len(files)} pages")
    for measure, tally in sorted(totals.items()) if options.confidence else totals.items():
        print(f"{measure:26} {tally}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
