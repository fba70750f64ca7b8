"""Vertical lines of a scan as horizontal strips: engines read only those, and lose marks of turned lines.

A vertical line is a column of square cells, one a character. Its cells are cut apart where there is least
ink, and set side by side; a comma or full stop, which stands at the top right of its cell, is moved to where
a horizontal line has it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

import numpy as np

INK_SHARE = 0.35  # of the way from ink to paper; darker pixels are ink
GAP_EM = 1.1  # a blank as long as this ends the line: the next tier begins
MARK_EM = 0.55
LATIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.%]*")


def cut_tiers(image: np.ndarray) -> list[tuple[int, int]]:
    """Rows at which the pieces of a vertical line begin and end; a blank longer than an em parts them.

    Args:
        image: Grey picture of one vertical line, (height, width).
    """
    ink = _ink(image)
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return []
    gaps = np.flatnonzero(np.diff(rows) > GAP_EM * _em(ink))
    starts = [rows[0], *rows[gaps + 1]]
    ends = [*rows[gaps] + 1, rows[-1] + 1]
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def lay_flat(image: np.ndarray) -> np.ndarray:
    """Set the cells of a vertical line side by side.

    Args:
        image: Grey picture of one vertical line without blanks of an em, (height, width).

    Returns:
        The strip: somewhat more than an em high, and as long as there are cells.
    """
    ink = _ink(image)
    em, paper = _em(ink), np.uint8(np.percentile(image, 90))
    cells = _cells(ink, em)
    side = round(1.15 * em)
    strip = np.full((round(1.3 * em), side * len(cells) + side // 2), paper, dtype=np.uint8)
    for number, (top, bottom) in enumerate(cells):
        piece = image[top:bottom]
        marked = ink[top:bottom]
        rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
        if not len(rows):
            continue
        piece = piece[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1][: strip.shape[0], :side]
        if _lies_down(piece.shape, em):
            piece = np.rot90(piece)
        height, width = piece.shape
        x = number * side + (side - width) // 2
        y = (strip.shape[0] - em) // 2 + min(max(rows[0] - max(0, (bottom - top - em) // 2), 0), em - height)
        is_mark = height < MARK_EM * em and width < MARK_EM * em
        if is_mark and columns[0] > 0.4 * em and rows[0] < 0.5 * em:
            x, y = number * side + side // 12, (strip.shape[0] + em) // 2 - height - em // 12
        y = max(0, min(y, strip.shape[0] - height))
        strip[y : y + height, x : x + width] = piece
    return strip


def _lies_down(shape: tuple[int, ...], em: int) -> bool:
    """Whether a mark is one that vertical lines turn: a corner bracket, a parenthesis, a dash."""
    height, width = shape
    is_bracket = 0.17 * em < height < 0.5 * em and width > 1.2 * height
    return is_bracket or (width < 0.16 * em and height > 0.6 * em)


def add_letters(flat: list[str], turned: str) -> list[str]:
    """Add the digits and Latin letters, which vertical lines set on their side, from a turned reading.

    Args:
        flat: What was read of the pieces of a line laid flat.
        turned: What was read of the line turned by a right angle.
    """
    joined = "".join(flat)
    ends = list(accumulate(len(text) for text in flat))
    pieces: list[list[str]] = [[] for _ in flat]

    def put(text: str, place: int) -> None:
        pieces[next((i for i, end in enumerate(ends) if place <= end), len(flat) - 1)].append(text)

    for kind, i, j, k, m in SequenceMatcher(None, joined, turned, autojunk=False).get_opcodes():
        kept, letters = joined[i:j], LATIN.search(turned[k:m]) if kind in ("insert", "replace") else None
        for place, character in enumerate(kept, i + 1):
            put(character, place)
        if letters and not LATIN.search(kept):
            put(letters.group(), j)
    return ["".join(piece) for piece in pieces]


def _ink(image: np.ndarray) -> np.ndarray:
    low, high = np.percentile(image, (2, 90))
    return np.asarray(image < low + (high - low) * (1 - INK_SHARE))


def _em(ink: np.ndarray) -> int:
    """Size of a cell: characters fill nearly the width of their column."""
    columns = np.flatnonzero(ink.any(axis=0))
    return max(4, round(1.04 * (columns[-1] - columns[0] + 1))) if len(columns) else 4


def _cells(ink: np.ndarray, em: int) -> list[tuple[int, int]]:
    """Cut a column into cells of about an em, each cut where there is least ink."""
    height = ink.shape[0]
    weight = ink.sum(axis=1).astype(float)
    low, high = max(2, round(0.85 * em)), max(3, round(1.3 * em))
    steps = [*range(max(1, round(0.42 * em)), round(0.6 * em) + 1), *range(low, high + 1)]
    # Cheapest way down the column: the ink that cuts run through, and how far cells are from the usual pitch.
    cost = np.full(height + high + 1, np.inf)
    cost[0] = 0.0
    came = np.zeros(height + high + 1, dtype=int)
    padded = np.concatenate([weight, np.zeros(high + 1)])
    for row in range(height):
        if not np.isfinite(cost[row]):
            continue
        for step in steps:
            # Marks next to each other are often set in half a cell.
            off_pitch = abs(step / em - 1.0) if step >= low else 0.2 + abs(step / em - 0.5)
            total = cost[row] + 2 * padded[row + step] + 0.2 * em * off_pitch
            if total < cost[row + step]:
                cost[row + step], came[row + step] = total, row
    end = height + int(np.argmin(cost[height : height + high]))
    cuts = [end]
    while cuts[-1] > 0:
        cuts.append(int(came[cuts[-1]]))
    cuts.reverse()
    return [(top, min(bottom, height)) for top, bottom in pairwise(cuts) if top < height]
