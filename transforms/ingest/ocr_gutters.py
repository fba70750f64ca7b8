"""Boxes in which an OCR engine ran two columns together, cut at the gutter."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.ingest.geometry import HANGING, Line
from transforms.ingest.text_lines import Edges

EDGE_SLACK = 0.6  # boxes end within this many em of the ink


def split_at_gutters(lines: Sequence[Line], starts: Mapping[int, Sequence[float]]) -> list[Line]:
    """Cut boxes in which the engine ran two columns together.

    A cut needs a left edge that lines of the same size above and below share, and right edges just before it.
    `starts` has the left edges of a line's characters by its index, where the engine measured them.
    """
    by_size: dict[float, list[Line]] = defaultdict(list)
    for line in lines:
        by_size[line.size].append(line)
    result = []
    for alike in by_size.values():
        result += _split_alike(alike, starts)
    return result


def _split_alike(lines: Sequence[Line], starts: Mapping[int, Sequence[float]]) -> list[Line]:
    left, right = Edges(lines, left=True), Edges(lines, left=False)
    edges = sorted(line.x0 for line in lines)
    result = []
    work = [(line, starts.get(line.index, ())) for line in lines]
    while work:
        line, measured = work.pop()
        x = _find_cut(line, measured, left, right, edges)
        pieces = _cut(line, x, measured) if x is not None else None
        if pieces:
            work += pieces
        else:
            result.append(line)
    return result


def _find_cut(
    line: Line, measured: Sequence[float], left: Edges, right: Edges, edges: Sequence[float]
) -> float | None:
    """Where a column begins inside the line, if one does."""
    size = line.size
    best, cut = 0, None
    inside = edges[bisect_right(edges, line.x0 + 3 * size) : bisect_left(edges, line.x1 - 0.8 * size)]
    for x in inside[:500]:
        begins = left.support(x, line.middle, size, 0.4)
        ends = max(right.support(x - gap * size, line.middle, size, 0.5) for gap in (0.8, 1.5, 2.3))
        if begins > max(best, 2) and ends >= 3:
            best, cut = begins, x
    if cut is not None:
        return cut
    for x, end in _gaps(line, measured):
        begins = left.support(x, line.middle, size, EDGE_SLACK)
        ends = right.support(end, line.middle, size, EDGE_SLACK)
        if ends >= 2 or (begins >= 1 and ends >= 1):
            return x
    return None


def _gaps(line: Line, starts: Sequence[float]) -> list[tuple[float, float]]:
    """Where the measured characters leave most of an em free: start of the next, end of the one before."""
    if len(starts) != len(line.text):
        return []
    ends = [x + character_ems(c) * line.size for x, c in zip(starts, line.text, strict=True)]
    return [(x, end) for x, end in zip(starts[1:], ends, strict=False) if x - end > 0.7 * line.size]


def _cut(line: Line, x: float, measured: Sequence[float]) -> list[tuple[Line, Sequence[float]]] | None:
    """Cut a line at the character that starts nearest to `x`, rather after a mark than before one."""
    starts = list(measured)
    if len(starts) != len(line.text):
        # Counted from the right end, since the gutter itself lies somewhere in the left part.
        starts = [line.x1]
        for character in reversed(line.text):
            starts.insert(0, starts[0] - character_ems(character) * line.size)

    def cost(i: int) -> float:
        return abs(starts[i] - x) / line.size - (0.3 if line.text[i - 1] in HANGING else 0.0)

    i = min(range(1, len(line.text)), key=cost, default=0)
    before, after = line.text[:i], line.text[i:]
    if not before.strip() or not after.strip():
        return None
    gap = starts[i] - starts[i - 1] - character_ems(line.text[i - 1]) * line.size
    if measured and gap < 0.35 * line.size and before[-1] not in HANGING:
        return None  # set across the gutter, such as a caption under two columns
    return [
        (replace(line, text=before, x1=x - 0.5 * line.size), measured[:i]),
        (replace(line, text=after, x0=x), measured[i:]),
    ]


def character_ems(character: str) -> float:
    """Width of a character: one em, or half of it for Latin letters and figures."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
