"""Shapes on a page: characters, lines, rules, frames and pictures.

Coordinates are points with the origin at the top left; the unit `em` is the size of the text at hand.
Vertical text is laid out in a turned frame (`x' = y`, `y' = -x`), in which its columns are rows from top to
bottom, so one set of rules serves both writing directions.

The stream order of a PDF is never used: producers write page furniture, heads and columns in any order.
"""

from __future__ import annotations

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
class Table:
    """A grid of ruled cells: its outline and the heights of its horizontal rules from the top."""

    outline: Rect
    rows: list[float]


@dataclass(slots=True)
class Art:
    """What is drawn on a page besides text: ruled lines, frames around text, pictures, ruled tables."""

    rules: list[Rect] = field(default_factory=list)
    frames: list[Rect] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


Item = TypeVar("Item", "Glyph", "Line", "Rect")


def turn(item: Item) -> Item:
    """Turn into the frame of vertical text, where right-to-left columns are top-to-bottom rows."""
    return replace(item, x0=item.y0, x1=item.y1, y0=-item.x1, y1=-item.x0)


def turn_back(item: Item) -> Item:
    """Undo `turn`."""
    return replace(item, x0=-item.y1, x1=-item.y0, y0=item.x0, y1=item.x1)
