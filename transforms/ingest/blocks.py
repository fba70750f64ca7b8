"""Lines to blocks of one column, and what can be said of blocks and articles by themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.ingest.geometry import HEAD_RATIO, TERMINALS, Line, Rect


@dataclass(slots=True, eq=False)
class Block:
    """Lines of one column in sequence; `inner` holds the articles of a frame or of vertical text."""

    lines: list[Line]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    head: bool = False
    hint: str | None = None
    framed: bool = False
    inner: list[Article] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0


@dataclass(slots=True, eq=False)
class Article:
    """Heads and what belongs to them in reading order; a sealed one neither continues nor is continued."""

    heads: list[Block] = field(default_factory=list)
    bodies: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    sealed: bool = False

    def blocks(self) -> list[Block]:
        """All blocks in reading order, inner articles not expanded."""
        return [*self.heads, *self.bodies, *self.captions]


def find_body_size(lines: Sequence[Line]) -> float:
    """Size of most characters."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


def make_block(lines: Sequence[Line], body: float) -> Block:
    """Wrap lines of one column."""
    size = Counter(round(line.size, 1) for line in lines for _ in range(min(len(line.text), 50))).most_common(
        1
    )
    block_size = size[0][0] if size else lines[0].size
    return Block(
        lines=list(lines),
        x0=min(line.x0 for line in lines),
        y0=min(line.y0 for line in lines),
        x1=max(line.x1 for line in lines),
        y1=max(line.y1 for line in lines),
        size=block_size,
        head=block_size >= HEAD_RATIO * body and len(lines) <= 6,
    )


def build_blocks(lines: Sequence[Line], body: float, rules: Sequence[Rect] = ()) -> list[Block]:
    """Chain lines to the line below them while size, left edge and leading agree."""
    order = sorted(range(len(lines)), key=lambda i: (lines[i].y0, lines[i].x0))
    flat = [r for r in rules if r.width >= r.height]
    below: dict[int, int] = {}
    above: dict[int, int] = {}
    buckets: dict[int, list[int]] = defaultdict(list)
    step = max(4.0, 3 * body)
    for i in order:
        buckets[int(lines[i].y0 // step)].append(i)
    for i in order:
        a = lines[i]
        reach = a.y1 + 1.3 * a.size
        found: list[int] = []
        for bucket in range(int(a.y0 // step), int(reach // step) + 1):
            for j in buckets.get(bucket, ()):
                b = lines[j]
                if (
                    b.middle > a.middle + 0.5 * min(a.size, b.size)
                    and b.y0 < reach
                    and _shared_width(a, b) > 0.3 * min(a.x1 - a.x0, b.x1 - b.x0)
                ):
                    found.append(j)
        if not found:
            continue
        nearest = min(found, key=lambda j: (round(lines[j].y0 / (0.5 * a.size)), lines[j].x0))
        beside = [j for j in found if abs(lines[j].middle - lines[nearest].middle) < 0.5 * a.size]
        b = lines[nearest]
        if len(beside) != 1 or not _same_column(a, b, body):
            continue
        if any(a.middle < r.y0 < b.middle and r.x0 < a.x1 and r.x1 > a.x0 for r in flat):
            continue
        if nearest not in above:
            below[i], above[nearest] = nearest, i
        else:  # two lines above one: it starts something of its own
            below.pop(above[nearest], None)
    blocks: list[Block] = []
    for i in order:
        if i in above and below.get(above[i]) == i:
            continue
        chain = [i]
        while chain[-1] in below:
            chain.append(below[chain[-1]])
        blocks.extend(make_block(part, body) for part in _split_leading([lines[j] for j in chain]))
    return blocks


def _shared_width(a: Line, b: Line) -> float:
    """Overlap in x; a last line of two characters still stands above the indented line under it."""
    return min(max(a.x1, a.x0 + 4 * a.size), max(b.x1, b.x0 + 4 * b.size)) - max(a.x0, b.x0)


def _same_column(a: Line, b: Line, body: float) -> bool:
    size = max(a.size, b.size)
    if size > 1.12 * min(a.size, b.size):
        return False
    centred = abs((a.x0 + a.x1) - (b.x0 + b.x1)) < size
    display = size > 1.15 * body and centred and abs(a.x1 - b.x1) < 6 * size
    return display or abs(a.x0 - b.x0) <= 2.7 * size


def _split_leading(lines: list[Line]) -> list[list[Line]]:
    """Cut where the leading jumps: text goes on elsewhere, or a picture stands between."""
    if len(lines) < 3:
        return [lines]
    pitches = sorted(b.middle - a.middle for a, b in pairwise(lines))
    usual = pitches[len(pitches) // 2]
    parts = [[lines[0]]]
    for a, b in pairwise(lines):
        if b.middle - a.middle > 1.45 * usual:
            parts.append([])
        parts[-1].append(b)
    return parts


def spread(blocks: Sequence[Block], axis: str, slack: float) -> list[tuple[float, float, list[Block]]]:
    """Group blocks by the gaps in their projection on an axis; each group with its extent."""
    low, high = (("x0", "x1"), ("y0", "y1"))[axis == "y"]
    groups: list[tuple[float, float, list[Block]]] = []
    for block in sorted(blocks, key=lambda b: (getattr(b, low), getattr(b, high))):
        start, end = getattr(block, low), getattr(block, high)
        if groups and start < groups[-1][1] - slack:
            first, last, members = groups[-1]
            members.append(block)
            groups[-1] = (first, max(last, end), members)
        else:
            groups.append((start, end, [block]))
    return groups


def distance(a: Block, b: Block) -> float:
    """Gaps in x and y between two blocks, summed."""
    return max(a.x0 - b.x1, b.x0 - a.x1, 0.0) + max(a.y0 - b.y1, b.y0 - a.y1, 0.0)


def is_open(article: Article) -> bool:
    """Whether the text breaks off inside a sentence."""
    lines = last_lines(article)
    return bool(lines) and lines[-1].text.rstrip()[-1:] not in TERMINALS


def last_lines(article: Article) -> list[Line]:
    """Lines of the last body block."""
    for block in reversed(article.bodies):
        if block.hint:
            continue
        if block.inner:
            return last_lines(block.inner[-1])
        if block.lines:
            return block.lines
    return []


def starts_fresh(article: Article) -> bool:
    """Whether the text begins with an indented line."""
    if not article.bodies or len(article.bodies[0].lines) < 2:
        return False
    block = article.bodies[0]
    return block.lines[0].x0 - find_edges(block.lines)[0] > 1.2 * block.size


def find_edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right edge of a column: the outermost that two lines share, as a single box may be off."""
    size = lines[0].size
    lefts, rights = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    left = next((a for a, b in pairwise(lefts) if b - a < 0.4 * size), lefts[0])
    right = next((a for a, b in pairwise(rights) if a - b < 0.4 * size), rights[0])
    return left, right
