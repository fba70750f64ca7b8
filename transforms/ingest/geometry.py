"""Shapes on a page: characters, lines, rules, frames and pictures.

Coordinates are points with the origin at the top left; the unit `em` is the size of the text at hand.
Vertical text is laid out in a turned frame (`x' = y`, `y' = -x`), in which its columns are rows from top to
bottom, so one set of rules serves both writing directions.

The stream order of a PDF is never used: producers write page furniture, heads and columns in any order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

HEAD_RATIO = 1.22  # a line this much larger than the body is display type
TERMINALS = "。！？…”’」』）)!?；;"
HANGING = "，。、；：！？”’）》」』】,.;:!?)"
ROW_EM = 0.35  # baselines closer than this are one row
SPACE_EM = 2.3  # fragments further apart are never one line


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
