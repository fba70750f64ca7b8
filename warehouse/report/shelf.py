"""Which source pages go into the report's folder: whole, as passages around what the rows point to, or not.

A page goes to disk as compressed JSON inside a script, because a page opened from disk may not fetch.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from warehouse.report.sources import Page, pack_page

Ranges = dict[str, list[tuple[int, int]]]
"""Half-open ranges of raw characters by page, the most important first."""

WHOLE_CHARS = 60_000
"""A longer page is cut: a browser takes seconds to draw it, and few read it from end to end."""

_LONG_MARGIN_CHARS, _LONG_MOST_CHARS = 1_500, WHOLE_CHARS
_MARGIN_CHARS, _MOST_CHARS = 240, 6_000
_SHOWN_CHARS = 1_200
_WHOLE_SHARE = 0.6
_BUNDLE_PAGES = 32


@dataclass
class Shelf:
    """What lies in the folder of pages.

    Attributes:
        whole: Pages that are there from first to last character.
        bundles: Pages that are there as passages, by the file (`x0.js`, `x1.js`, ...) that holds them.
        byte_count: Size of the files.
    """

    whole: list[str] = field(default_factory=list)
    bundles: list[list[str]] = field(default_factory=list)
    byte_count: int = 0


def fill_shelf(
    pages: Iterable[Page], folder: Path, *, ranges: Ranges, entity_ids: set[str], room: int
) -> Shelf:
    """Write pages until the room is used up, the first ones whole.

    Where all pages fit, all are whole. Otherwise whole pages take 60 % of the room, and the rest goes to
    passages of the others that `ranges` names, so that as many rows as possible lead to their characters.

    Args:
        pages: Pages in order of importance.
        folder: Where to.
        ranges: What the report's rows point to.
        entity_ids: Entities that the report knows; marks keep the ids of no other.
        room: Bytes that may be used.
    """
    shelf = Shelf()
    rest = iter(pages)
    passages: list[Page] = []
    held: list[tuple[Page, str]] = []
    held_bytes = 0
    for page in rest:
        if page.length > WHOLE_CHARS:
            passages += _passages([page], ranges)
            continue
        script = _script([page], entity_ids)
        if not held and shelf.byte_count + len(script) <= room * _WHOLE_SHARE:
            _put(shelf, folder, page, script)
            continue
        held.append((page, script))
        held_bytes += len(script)
        if shelf.byte_count + held_bytes > room:
            break
    else:
        # The end of the pages came before the end of the room.
        for page, script in held:
            _put(shelf, folder, page, script)
        held = []
    cut = chain(passages, _passages((page for page, _ in held), ranges), _passages(rest, ranges))
    while bundle := list(islice(cut, _BUNDLE_PAGES)):
        script = _script(bundle, entity_ids)
        if shelf.byte_count + len(script) > room:
            break
        (folder / f"x{len(shelf.bundles)}.js").write_text(script, encoding="utf-8")
        shelf.byte_count += len(script)
        shelf.bundles.append([page.page_id for page in bundle])
    return shelf


def cut_page(page: Page, ranges: list[tuple[int, int]]) -> Page:
    """A page reduced to the passages around some of its characters.

    Offsets stay those of the whole page. A long page gets wide passages, any other narrow ones.
    """
    is_long = page.length > WHOLE_CHARS
    margin, most = (_LONG_MARGIN_CHARS, _LONG_MOST_CHARS) if is_long else (_MARGIN_CHARS, _MOST_CHARS)
    windows = _windows(ranges, page.length, margin, most)

    def is_seen(start: int, end: int) -> bool:
        return any(start < last and end > first for first, last in windows)

    articles = []
    for article in page.articles:
        runs = [run for run in article["alignments"] if is_seen(run[2], run[2] + run[1] - run[0])]
        if runs:
            text = article["text"][0][1]
            parts = _merged([_aligned(window, runs) for window in windows])
            articles.append(
                article | {"alignments": runs, "text": [[a, text[a:b]] for a, b in parts if b > a]}
            )
    raw = page.raw[0][1]
    return Page(
        page_id=page.page_id,
        length=page.length,
        facts=page.facts,
        raw=[[first, raw[first:last]] for first, last in windows],
        blocks=[row for row in page.blocks if is_seen(row[0], row[1])],
        edits=[row for row in page.edits if is_seen(row[0], max(row[1], row[0] + 1))],
        lines=[],
        damage=[row for row in page.damage if is_seen(row["raw_start"], row["raw_end"])],
        articles=articles,
        marks={
            name: [row for row in rows if is_seen(row["raw_start"], row["raw_end"])]
            for name, rows in page.marks.items()
        },
    )


def _windows(ranges: list[tuple[int, int]], length: int, margin: int, most: int) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    used = 0
    for start, end in ranges:
        first, last = max(0, start - margin), min(length, min(end, start + _SHOWN_CHARS) + margin)
        if any(a <= first and last <= b for a, b in chosen):
            continue
        if chosen and used + last - first > most:
            break
        chosen.append((first, last))
        used += last - first
    return _merged(chosen)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _aligned(window: tuple[int, int], runs: list[list[int]]) -> tuple[int, int]:
    """The characters of the article that stand for a window of the raw text; empty where none do."""
    spans = [
        (first + max(window[0], raw) - raw, first + min(window[1], raw + last - first) - raw)
        for first, last, raw in runs
        if raw < window[1] and raw + last - first > window[0]
    ]
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else (0, 0)


def _passages(pages: Iterable[Page], ranges: Ranges) -> Iterator[Page]:
    return (cut_page(page, ranges[page.page_id]) for page in pages if page.page_id in ranges)


def _put(shelf: Shelf, folder: Path, page: Page, script: str) -> None:
    (folder / f"{page.page_id}.js").write_text(script, encoding="utf-8")
    shelf.byte_count += len(script)
    shelf.whole.append(page.page_id)


def _script(pages: Iterable[Page], entity_ids: set[str]) -> str:
    payload: list[dict[str, Any]] = [pack_page(page, entity_ids) for page in pages]
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode("ascii")
    return f'window.baocangPages("{packed}");\n'
