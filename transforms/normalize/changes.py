"""Edits: what was replaced where, how to replay it, and how offsets move."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.normalize.characters import Working


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """`text[start:end]` becomes `replacement`, by `rule`."""

    start: int
    end: int
    replacement: str
    rule: str


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a normalised text that stand in a row in its source."""

    start: int
    end: int
    source_start: int
    source_end: int


def apply_changes(
    text: str, changes: Sequence[Change], start: int = 0, end: int | None = None
) -> tuple[str, list[Run]]:
    """Text of `text[start:end]` after `changes` (sorted, not overlapping), and where its characters come from."""  # noqa: E501
    stop = len(text) if end is None else end
    pieces: list[str] = []
    runs: list[Run] = []
    at, length = start, 0
    index = bisect_left(changes, start, key=lambda c: c.start)
    while index < len(changes) and changes[index].end <= stop:
        change = changes[index]
        if change.start > at:
            runs.append(Run(length, length + change.start - at, at, change.start))
            pieces.append(text[at : change.start])
            length += change.start - at
        if change.replacement:
            runs.append(Run(length, length + len(change.replacement), change.start, change.end))
            pieces.append(change.replacement)
            length += len(change.replacement)
        at = change.end
        index += 1
    if at < stop:
        runs.append(Run(length, length + stop - at, at, stop))
        pieces.append(text[at:stop])
    return "".join(pieces), runs


def to_raw_changes(working: Working, changes: Iterable[Change]) -> list[Change]:
    """All changes of a page in raw offsets: the given ones and those made to single characters.

    A change that spans repaired or removed characters takes them in, so no two edits overlap.
    """
    result: list[Change] = []
    pending = sorted(working.changed)
    position = 0
    removed = 0

    def flush(until_text: int, until_raw: int) -> None:
        nonlocal position, removed
        while position < len(pending) and pending[position] < until_text:
            offset = pending[position]
            raw = working.raw_offset(offset)
            result.append(Change(raw, raw + 1, working.text[offset], working.changed[offset]))
            position += 1
        while removed < len(working.removed) and working.removed[removed][0] < until_raw:
            start, end, rule = working.removed[removed]
            result.append(Change(start, end, "", rule))
            removed += 1

    for change in sorted(changes):
        raw_start = working.raw_offset(change.start)
        raw_end = working.raw_end(change.end) if change.end > change.start else raw_start
        flush(change.start, raw_start)
        while position < len(pending) and pending[position] < change.end:
            position += 1
        while removed < len(working.removed) and working.removed[removed][1] <= raw_end:
            removed += 1
        result.append(Change(raw_start, raw_end, change.replacement, change.rule))
    flush(len(working.text) + 1, len(working.raw) + 1)
    result.sort()
    return result
