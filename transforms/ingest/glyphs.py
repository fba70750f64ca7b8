"""Printed characters before they are lines: copies dropped, the two writing directions told apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from transforms.ingest.geometry import ROW_EM, SPACE_EM, Glyph, turn


def drop_duplicates(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Drop copies drawn almost on top of each other, which is how fake bold and shadows are made."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        cell = max(glyph.size, 1.0)
        column, row = int(glyph.x0 // cell), int(glyph.y0 // cell)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, column + dx, row + dy), ())
        )
        if any(
            abs(o.x0 - glyph.x0) < 0.3 * cell and abs(o.y0 - glyph.y0) < 0.3 * cell and o.size < 1.5 * cell
            for o in near
        ):
            continue
        seen[glyph.text, column, row].append(glyph)
        kept.append(glyph)
    return kept


def next_in_row(glyphs: Sequence[Glyph]) -> list[tuple[int, float]]:
    """For each glyph the nearest one to its right on the row, with the gap in em (-1 and inf if none)."""
    if not glyphs:
        return []
    height = max(1.0, max(g.size for g in glyphs) * ROW_EM)
    rows: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        rows[int((glyph.y0 + glyph.y1) / 2 // height)].append((glyph.x0, index))
    for row in rows.values():
        row.sort()
    result: list[tuple[int, float]] = []
    for index, glyph in enumerate(glyphs):
        middle = (glyph.y0 + glyph.y1) / 2
        best, best_x = -1, float("inf")
        band = int(middle // height)
        for near in (band - 1, band, band + 1):
            row = rows.get(near, [])
            start = bisect_right(row, (glyph.x0 + 0.3 * (glyph.x1 - glyph.x0), -1))
            for x, other_index in row[start : start + 400]:
                if x >= best_x or x - glyph.x1 > SPACE_EM * glyph.size:
                    break
                other = glyphs[other_index]
                small = min(glyph.size, other.size)
                if (
                    other_index != index
                    and abs((other.y0 + other.y1) / 2 - middle) < ROW_EM * small
                    and max(glyph.size, other.size) < 1.5 * small
                ):
                    best, best_x = other_index, x
                    break
        gap = (best_x - glyph.x1) / glyph.size if best >= 0 else float("inf")
        result.append((best, gap))
    return result


def split_directions(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Glyph]]:
    """Split into horizontally and vertically set glyphs.

    A run of at least three characters is vertical when each is closer to the one below it than to the
    ones beside it. Leading separates lines further than letter spacing separates characters in any
    readable setting, in either direction.
    """
    across = next_in_row(glyphs)
    down = next_in_row([turn(g) for g in glyphs])
    left_gap = [float("inf")] * len(glyphs)
    for _, (other, gap) in enumerate(across):
        if other >= 0:
            left_gap[other] = min(left_gap[other], gap)
    up_gap = [float("inf")] * len(glyphs)
    for other, gap in down:
        if other >= 0:
            up_gap[other] = min(up_gap[other], gap)
    votes = [
        min(gap_down, up) < 0.9 and min(gap_down, up) < min(gap_across, left) - 0.08
        for (_, gap_across), left, (_, gap_down), up in zip(across, left_gap, down, up_gap, strict=True)
    ]
    vertical = [False] * len(glyphs)
    short_runs: list[list[int]] = []
    starts = set(range(len(glyphs))) - {other for other, gap in down if other >= 0 and gap < 0.9}
    for start in sorted(starts):
        run: list[int] = []
        index = start
        while index >= 0 and len(run) <= len(glyphs):
            run.append(index)
            following, gap = down[index]
            index = following if gap < 0.9 else -1
        wide = [i for i in run if glyphs[i].text.strip()]
        if len(wide) < 3:
            short_runs.append(run)
        elif sum(votes[i] for i in wide) >= 0.7 * len(wide):
            for i in run:
                vertical[i] = True
    left = [-1] * len(glyphs)
    for index, (other, _) in enumerate(across):
        if other >= 0:
            left[other] = index
    for run in short_runs:  # a last line of one or two characters goes with the lines beside it
        beside = [j for i in run for j in (across[i][0], left[i]) if j >= 0 and j not in run]
        tight = any(min(across[i][1], left_gap[i]) < 0.2 for i in run)
        if beside and not tight and all(vertical[j] for j in beside):
            for i in run:
                vertical[i] = True
    return (
        [g for g, v in zip(glyphs, vertical, strict=True) if not v],
        [g for g, v in zip(glyphs, vertical, strict=True) if v],
    )
