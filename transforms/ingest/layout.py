"""Page geometry: characters or recognised boxes to lines, and lines to blocks, whatever the stream order.

All functions are pure. Coordinates are points with the origin at the top left; the unit `em` is the size of
the text at hand. Vertical text is laid out in a turned frame (`x' = y`, `y' = -x`), in which its columns are
rows from top to bottom, so one set of rules serves both writing directions.

The stream order of a PDF is never used: producers write page furniture, heads and columns in any order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

HEAD_RATIO = 1.22  # a line this much larger than the body is display type
LINK_EM = 0.55  # glyphs closer than this belong together whatever else is known
SPACE_EM = 2.3  # fragments further apart are never one line
ROW_EM = 0.35  # baselines closer than this are one row
TERMINALS = "。！？…”’」』）)!?；;"
WIDE_MARKS = "“”‘’…—·"
HANGING = "，。、；：！？”’）》」』】,.;:!?)"


@dataclass(slots=True)
class Glyph:
    """One printed character with its em box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    font: int = 0


@dataclass(slots=True)
class Line:
    """One printed line of one column, or one recognised box."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    font: int = 0
    vertical: bool = False
    confidence: float | None = None
    index: int = -1

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Rect:
    """A ruled line, a frame or a picture."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether the point lies inside, give or take `margin`."""
        return self.x0 - margin <= x <= self.x1 + margin and self.y0 - margin <= y <= self.y1 + margin


@dataclass(slots=True)
class Art:
    """What is drawn on a page besides text: ruled lines, frames around text, pictures."""

    rules: list[Rect] = field(default_factory=list)
    frames: list[Rect] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)


Item = TypeVar("Item", "Glyph", "Line", "Rect")


def turn(item: Item) -> Item:
    """Turn into the frame of vertical text, where right-to-left columns are top-to-bottom rows."""
    return replace(item, x0=item.y0, x1=item.y1, y0=-item.x1, y1=-item.x0)


def turn_back(item: Item) -> Item:
    """Undo `turn`."""
    return replace(item, x0=-item.y1, x1=-item.y0, y0=item.x0, y1=item.x1)


def sort_art(
    rects: list[Rect], pictures: list[Rect], texts: list[tuple[float, float]], width: float, height: float
) -> Art:
    """Tell rules, frames and pictures apart by shape and by the text inside.

    `texts` are the centres of characters or lines.
    """
    art = Art()
    middles = sorted((y, x) for x, y in texts)
    ys = [y for y, _ in middles]
    for rect in rects:
        if min(rect.width, rect.height) <= 4 and max(rect.width, rect.height) >= 20:
            art.rules.append(rect)
        elif rect.width > 30 and rect.height > 15 and rect.width * rect.height < 0.9 * width * height:
            near = middles[bisect_left(ys, rect.y0) : bisect_left(ys, rect.y1)]
            inside = sum(rect.x0 < x < rect.x1 for _, x in near)
            if not inside:
                pictures.append(rect)
            elif inside >= 2 and len(art.frames) < 300 and not any(_same(rect, f) for f in art.frames):
                art.frames.append(rect)
    art.pictures = [
        p for p in pictures if min(p.width, p.height) > 30 and p.width * p.height < 0.6 * width * height
    ][:500]
    art.rules = art.rules[:2000]
    return art


def _same(a: Rect, b: Rect) -> bool:
    """Frames are often drawn twice, as fill and as stroke."""
    return max(abs(a.x0 - b.x0), abs(a.y0 - b.y0), abs(a.x1 - b.x1), abs(a.y1 - b.y1)) < 6


def frames_of(rects: Sequence[Rect]) -> list[Rect]:
    """Frames drawn as four separate rules."""
    upright = [r for r in rects if r.width <= 4 and r.height >= 40][:200]
    flat = [r for r in rects if r.height <= 4 and r.width >= 40][:400]
    frames: list[Rect] = []
    for left in upright:
        for right in upright:
            if right.x0 - left.x0 < 40 or max(abs(left.y0 - right.y0), abs(left.y1 - right.y1)) > 8:
                continue
            edges = [
                any(abs(r.y0 - y) < 8 and abs(r.x0 - left.x0) < 8 and abs(r.x1 - right.x1) < 8 for r in flat)
                for y in (left.y0, left.y1)
            ]
            if all(edges):
                frames.append(Rect(left.x0, left.y0, right.x1, left.y1))
    return frames


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


def _next_in_row(glyphs: Sequence[Glyph]) -> list[tuple[int, float]]:
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
    across = _next_in_row(glyphs)
    down = _next_in_row([turn(g) for g in glyphs])
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
    links = _next_in_row(glyphs)
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
