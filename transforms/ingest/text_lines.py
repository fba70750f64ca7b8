"""Characters or recognised boxes to lines that never cross a column gutter, whatever the stream order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from transforms.ingest.geometry import HANGING, ROW_EM, SPACE_EM, Glyph, Line, Rect
from transforms.ingest.glyphs import next_in_row

LINK_EM = 0.55  # glyphs closer than this belong together whatever else is known
BYLINE_EM = 9.0
WIDE_MARKS = "“”‘’…—·"


class Edges:
    """Left and right edges shared by lines near each other: what makes a column."""

    def __init__(self, lines: Sequence[Line], *, left: bool) -> None:
        self._points = sorted((line.x0 if left else line.x1, line.middle, line.size) for line in lines)
        self._values = [point[0] for point in self._points]

    def support(self, x: float, y: float, size: float, slack: float = 0.3) -> int:
        """Count the lines of like size in other rows within 12 em that share the edge within `slack` em."""
        low, high = bisect_left(self._values, x - slack * size), bisect_right(self._values, x + slack * size)
        return sum(
            0.5 * size < abs(middle - y) < 12 * size and 0.8 * size < other < 1.25 * size
            for _, middle, other in self._points[low : min(high, low + 2000)]
        )


def build_lines(glyphs: Sequence[Glyph], rules: Sequence[Rect] = ()) -> list[Line]:
    """Join horizontally set glyphs to lines that never cross a column gutter.

    Hanging punctuation can fill a gutter, and a full-width space inside a byline is as wide as one. So
    fragments are first cut where the gap is wide or where a hanging mark meets an edge that other
    lines share, then joined again where no column edge is found at the gap.
    """
    links = next_in_row(glyphs)
    fragments = [_as_line(run) for run in _chains(glyphs, links, LINK_EM)]
    left, right = Edges(fragments, left=True), Edges(fragments, left=False)
    runs: list[list[Glyph]] = []
    for run in _chains(glyphs, links, LINK_EM):
        start = 0
        for i in range(1, len(run)):
            if run[i - 1].text in HANGING and run[i].x0 - run[i - 1].x1 > -0.3 * run[i].size:
                y, size = (run[i].y0 + run[i].y1) / 2, run[i].size
                ends = right.support(run[i - 1].x0, y, size) + right.support(run[i - 1].x1, y, size)
                if (
                    left.support(run[i].x0, y, size) >= 4
                    and ends >= 3
                    and run[i].x0 - run[i - 1].x1 > 0.05 * size
                ):
                    runs.append(run[start:i])
                    start = i
        runs.append(run[start:])
    return join_fragments([_as_line(run) for run in runs], rules)


def _chains(glyphs: Sequence[Glyph], links: Sequence[tuple[int, float]], limit: float) -> list[list[Glyph]]:
    """Follow the links shorter than `limit` em; each glyph is in exactly one chain."""
    incoming: dict[int, tuple[float, int]] = {}
    for index, (other, gap) in enumerate(links):
        if other >= 0 and gap < limit and (other not in incoming or gap < incoming[other][0]):
            incoming[other] = (gap, index)
    following = {index: other for other, (_, index) in incoming.items()}
    chains = []
    used = [False] * len(glyphs)
    order = sorted(range(len(glyphs)), key=lambda i: (i in incoming, glyphs[i].x0))
    for start in order:
        index, chain = start, []
        while index >= 0 and not used[index]:
            used[index] = True
            chain.append(glyphs[index])
            index = following.get(index, -1)
        if chain:
            chains.append(chain)
    return chains


def _as_line(run: Sequence[Glyph]) -> Line:
    """One line from glyphs in order; a gap without a space character becomes one."""
    first, last = 0, len(run)
    while first < last - 1 and not run[first].text.strip():
        first += 1
    while last > first + 1 and not run[last - 1].text.strip():
        last -= 1
    run = run[first:last]
    size = Counter(round(g.size, 1) for g in run if g.text.strip() or len(run) == 1).most_common(1)[0][0]
    gaps = [(glyph.x0 - before.x1) / max(size, 0.1) for before, glyph in pairwise(run)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0  # justified lines are spaced throughout
    pieces = [run[0].text]
    for gap, (before, glyph) in zip(gaps, pairwise(run), strict=True):
        # Quotes and dashes are an em wide in CJK fonts, while their ink is not.
        mark = before.text in WIDE_MARKS and glyph.x0 - before.x0 < 1.25 * size
        pieces.append(("" if mark else _space(before.text, glyph.text, gap - max(usual, 0.0))) + glyph.text)
    return Line(
        text="".join(pieces),
        x0=run[0].x0,
        y0=min(g.y0 for g in run),
        x1=max(g.x1 for g in run),
        y1=max(g.y1 for g in run),
        size=size,
        font=Counter(g.font for g in run).most_common(1)[0][0],
    )


def _space(before: str, after: str, gap: float) -> str:
    """The space that a gap of so many em stands for between two printed characters."""
    if before[-1:].isspace() or after[:1].isspace():
        return ""
    if before[-1:].isascii() and after[:1].isascii():
        return " " if gap > 0.18 else ""
    if gap > 0.75:
        return "　"
    return " " if gap > 0.4 else ""


def join_fragments(fragments: Sequence[Line], rules: Sequence[Rect] = (), slack: float = 0.3) -> list[Line]:
    """Join neighbours of a row unless a column edge or a vertical rule stands between them.

    `slack` is how exactly edges are known, in em.
    """
    upright = [r for r in rules if r.height > r.width]
    left, right = Edges(fragments, left=True), Edges(fragments, left=False)
    near = _Neighbours(fragments)
    rows = sorted(range(len(fragments)), key=lambda i: fragments[i].x0)
    by_band: dict[int, list[int]] = defaultdict(list)
    height = max(1.0, max((f.size for f in fragments), default=1.0) * ROW_EM)
    for i in rows:
        by_band[int(fragments[i].middle // height)].append(i)
    starts = {band: [fragments[i].x0 for i in members] for band, members in by_band.items()}
    following: dict[int, int] = {}
    taken: set[int] = set()
    for i in rows:
        a = fragments[i]
        best, best_x = -1, float("inf")
        for band in range(int(a.middle // height) - 1, int(a.middle // height) + 2):
            members = by_band.get(band, [])
            begin = bisect_left(starts.get(band, []), a.x1 - 0.3 * a.size)
            for j in members[begin : begin + 200]:
                b = fragments[j]
                if b.x0 >= best_x or b.x0 - a.x1 > SPACE_EM * a.size:
                    break
                if (
                    j != i
                    and j not in taken
                    and abs(a.middle - b.middle) < ROW_EM * min(a.size, b.size)
                    and max(a.size, b.size) < 1.2 * min(a.size, b.size)
                ):
                    best, best_x = j, b.x0
                    break
        if best < 0:
            continue
        b = fragments[best]
        gap, y, size = b.x0 - a.x1, (a.middle + b.middle) / 2, min(a.size, b.size)
        ruled = any(a.x1 - 0.5 * size <= r.x0 <= b.x0 + 0.5 * size and r.y0 <= y <= r.y1 for r in upright)
        starts_column = left.support(b.x0, y, size, slack)
        ends_column = right.support(a.x1, y, size, slack)
        # A short line ends anywhere and an indented one starts anywhere, so an edge on either side will do.
        column = ends_column >= 2 or starts_column >= 3 or (starts_column >= 2 and ends_column >= 1)
        if column and not ruled and a.x1 - a.x0 < BYLINE_EM * size and b.x1 - b.x0 < BYLINE_EM * size:
            # A centred byline starts at no edge, nor at the indent that is two em behind one.
            column = any(left.support(a.x0 - indent * size, y, size, slack) for indent in (0, 2))
        if column and not ruled and min(starts_column, ends_column) < 3:
            column = not near.bridges((a.x1 + b.x0) / 2, y, size)
        if not ruled and not column and gap < SPACE_EM * size:
            following[i] = best
            taken.add(best)
    lines = []
    for i in rows:
        if i in taken:
            continue
        line, j = fragments[i], i
        while j in following:
            j = following[j]
            line = _concat(line, fragments[j])
        lines.append(line)
    return lines


class _Neighbours:
    """Finds the lines right above and below a place."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = sorted(lines, key=lambda x: x.middle)
        self._middles = [x.middle for x in self._lines]

    def bridges(self, x: float, y: float, size: float) -> bool:
        """Whether lines of this size run over `x` in the next row, in each direction that has one."""
        sides: dict[bool, bool] = {}
        low, high = bisect_left(self._middles, y - 2.2 * size), bisect_right(self._middles, y + 2.2 * size)
        for line in self._lines[low:high]:
            if abs(line.middle - y) > 0.7 * size and abs(line.size - size) < 0.08 * size:
                above = line.middle < y
                if line.x0 < x - 0.6 * size and line.x1 > x + 0.6 * size:
                    sides[above] = True
                elif line.x1 > x - 6 * size and line.x0 < x + 6 * size:
                    sides.setdefault(above, False)
        return bool(sides) and all(sides.values())


def _concat(a: Line, b: Line) -> Line:
    space = _space(a.text, b.text, (b.x0 - a.x1) / max(a.size, 0.1))
    confidences = [c for c in (a.confidence, b.confidence) if c is not None]
    return replace(
        a,
        text=a.text + space + b.text,
        y0=min(a.y0, b.y0),
        x1=max(a.x1, b.x1),
        y1=max(a.y1, b.y1),
        confidence=min(confidences) if confidences else None,
    )
