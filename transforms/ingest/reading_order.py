"""Reading order of a page: lines to blocks, blocks to articles, articles in the order a reader takes them.

Framed articles, and text of the other writing direction, are laid out apart and placed as one piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.ingest.blocks import (
    Article,
    Block,
    build_blocks,
    distance,
    find_body_size,
    find_edges,
    is_open,
    make_block,
)
from transforms.ingest.geometry import HEAD_RATIO, Art, Line, Rect, turn, turn_back
from transforms.ingest.ordering import Order

MAX_BLOCKS = 3000


def find_captions(blocks: Sequence[Block], pictures: Sequence[Rect], body: float) -> dict[int, Rect]:
    """Short text at the foot of a picture, at its side or inside it, as `id(block)` to its picture."""
    found: dict[int, Rect] = {}
    for picture in pictures:
        under = [
            b
            for b in blocks
            if not b.head
            and len(b.lines) <= 4
            and -0.5 * b.size < b.y0 - picture.y1 < 1.6 * b.size
            and picture.x0 - 2 * body < (b.x0 + b.x1) / 2 < picture.x1 + 2 * body
            and b.x0 > picture.x0 - 2 * body
            and b.x1 < picture.x1 + 2 * body
        ]
        beside = (
            b
            for b in blocks
            if not b.head
            and len(b.lines) <= 8
            and b.size < 0.95 * body
            and b.y0 > picture.y0 - b.size
            and b.y1 < picture.y1 + b.size
            and -0.5 * b.size < max(b.x0 - picture.x1, picture.x0 - b.x1) < 3 * body
        )
        found.update((id(block), picture) for block in beside)
        for block in under:
            centred = block.x0 - picture.x0 > 1.5 * body and picture.x1 - block.x1 > 1.5 * body
            if block.size < 0.97 * body or centred or len(block.lines) <= 2:
                found[id(block)] = picture
        inside = [
            b
            for b in blocks
            if picture.holds((b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2) and picture.holds(b.x0, b.y0, body)
        ]
        if sum(len(line.text) for b in inside for line in b.lines) < 60:  # else it is a background
            for block in inside:
                if not block.head or len(block.lines[0].text) <= 2:
                    block.hint = "furniture" if len(block.lines[0].text) <= 2 else "caption"
                    found[id(block)] = picture
    return found


def find_insets(blocks: Sequence[Block], body: float) -> dict[int, Rect]:
    """Display type that a sentence runs past, such as a quotation set large, as `id(block)` to its place."""
    texts = [b for b in blocks if not b.head]
    found: dict[int, Rect] = {}
    for block in blocks:
        if not block.head:
            continue
        columns = [b for b in texts if b.x0 < block.x1 - body and b.x1 > block.x0 + body]
        above = [b for b in columns if b.y1 < block.y0 + body]
        below = [b for b in columns if b.y0 > block.y1 - body]
        if not above or not below:
            continue
        foot, top = max(above, key=lambda b: b.y1), min(below, key=lambda b: b.y0)
        x0, x1 = min(foot.x0, top.x0), max(foot.x1, top.x1)
        is_inside = abs(foot.x0 - top.x0) < body and block.x0 > x0 - body and block.x1 < x1 + body
        # Text at its side goes on past it, so this is not the head of a new row of articles.
        is_passed = any(
            b.y0 < block.y0 and b.y1 > block.y1 and -body < max(b.x0 - x1, x0 - b.x1) < 3 * body
            for b in texts
        )
        is_fresh = top.lines[0].x0 - find_edges(top.lines)[0] > 1.2 * top.size
        if is_inside and is_passed and is_open(Article(bodies=[foot])) and not is_fresh:
            found[id(block)] = Rect(block.x0, block.y0, block.x1, block.y1)
    return found


def arrange(
    lines: Sequence[Line], art: Art, body: float | None = None, *, turned: bool = False, depth: int = 0
) -> list[Article]:
    """Order the lines of a page or of a frame.

    Args:
        lines: In any order; those set vertically have `vertical`.
        art: What is drawn besides text.
        body: Size of the body text; measured when not given.
        turned: Whether the coordinates are those of the turned frame.
        depth: How many frames this one lies in.

    Returns:
        Articles in reading order; each line is in exactly one block of one article.
    """
    if 2 * sum(len(x.text) for x in lines if x.vertical) > sum(len(x.text) for x in lines):
        flip = turn_back if turned else turn
        lines = [replace(flip(x), vertical=not x.vertical) for x in lines]
        art = Art(
            [flip(r) for r in art.rules],
            [flip(r) for r in art.frames],
            [flip(r) for r in art.pictures],
            [replace(t, outline=flip(t.outline)) for t in art.tables],
        )
        turned = not turned
    body = body or find_body_size(lines)
    tables, rest = _table_atoms(lines, art, body)
    atoms, rest = _frame_atoms(rest, art, body, turned=turned, depth=depth)
    atoms += tables
    blocks = build_blocks([x for x in rest if not x.vertical], body, art.rules)
    for group in _vertical_groups([x for x in rest if x.vertical], body):
        atoms.append(_vertical_atom(group, body, turned=turned))
    captions = {**find_captions(blocks, art.pictures, body), **find_insets(blocks, body)}
    flowing = [b for b in blocks if id(b) not in captions] + atoms
    if len(flowing) > MAX_BLOCKS:
        return [Article(bodies=sorted(blocks + atoms, key=lambda b: (b.y0, b.x0)))]
    articles = Order(body, art.rules).solve(flowing)
    for block in sorted((b for b in blocks if id(b) in captions), key=lambda b: (b.y0, b.x0)):
        block.hint = block.hint or "caption"
        picture = captions[id(block)]
        near = Block([], picture.x0, picture.y0, picture.x1, max(picture.y1, block.y1), body)
        if not articles:
            articles.append(Article())
        owner = min(
            articles, key=lambda a: min((distance(b, near) for b in a.blocks()), default=float("inf"))
        )
        _place_caption(block, picture, owner)
    return articles


def _place_caption(caption: Block, picture: Rect, article: Article) -> None:
    """Put a caption after the article, or where its picture stands if the text has no heads, as in books."""
    below = (
        i
        for i, b in enumerate(article.bodies)
        if min(b.x1, picture.x1) - max(b.x0, picture.x0) > 0 and b.y0 > picture.y0 - 0.5 * caption.size
    )
    place = next(below, None)
    if article.heads or place is None or is_open(Article(bodies=article.bodies[:place])):
        article.captions.append(caption)
    else:
        article.bodies.insert(place, caption)


def _frame_atoms(
    lines: Sequence[Line], art: Art, body: float, *, turned: bool, depth: int
) -> tuple[list[Block], list[Line]]:
    """Lay out each frame that holds some of the lines; also return the lines outside of all frames."""
    atoms: list[Block] = []
    rest = list(lines)
    frames = sorted(art.frames, key=lambda f: f.width * f.height, reverse=True) if depth < 4 else []
    for frame in frames[:200]:
        inside = [x for x in rest if frame.holds((x.x0 + x.x1) / 2, x.middle)]
        if len(inside) < 2 or len(inside) == len(rest):
            continue
        taken = {id(x) for x in inside}
        rest = [x for x in rest if id(x) not in taken]
        inner_art = Art(
            [r for r in art.rules if frame.holds(r.x0, r.y0, 1) and frame.holds(r.x1, r.y1, 1)],
            [f for f in art.frames if f is not frame and frame.holds((f.x0 + f.x1) / 2, (f.y0 + f.y1) / 2)],
            [p for p in art.pictures if frame.holds(p.x0, p.y0, 1) and frame.holds(p.x1, p.y1, 1)],
            [t for t in art.tables if frame.holds(t.outline.x0, t.outline.y0, 1)],
        )
        atom = Block([], frame.x0, frame.y0, frame.x1, frame.y1, body, framed=True)
        atom.inner = arrange(inside, inner_art, turned=turned, depth=depth + 1)
        atoms.append(atom)
    return atoms, rest


def _table_atoms(lines: Sequence[Line], art: Art, body: float) -> tuple[list[Block], list[Line]]:
    """Wrap the rows of each table as one piece; also return the lines outside of all tables."""
    atoms: list[Block] = []
    rest = list(lines)
    for table in art.tables:
        outline = table.outline
        rows = [x for x in rest if outline.holds((x.x0 + x.x1) / 2, x.middle)]
        if not rows:
            continue
        taken = {id(x) for x in rows}
        rest = [x for x in rest if id(x) not in taken]
        atom = Block([], outline.x0, outline.y0, outline.x1, outline.y1, body, framed=True)
        atom.inner = [Article(bodies=[make_block([x], body)]) for x in sorted(rows, key=lambda x: x.index)]
        atoms.append(atom)
    return atoms, rest


def _vertical_groups(lines: Sequence[Line], body: float) -> list[list[Line]]:
    """Vertical lines that stand together and are of one kind."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (-x.x1, x.y0)):
        for group in groups:
            if any(_stands_with(line, other, body) for other in group[-40:]):
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _stands_with(line: Line, other: Line, body: float) -> bool:
    size = max(line.size, other.size)
    if size > HEAD_RATIO * min(line.size, other.size):
        return False
    beside = (
        -0.5 * body < other.x0 - line.x1 < 2.2 * size
        and min(other.y1, line.y1) - max(other.y0, line.y0) > -2 * body
    )
    under = abs(other.x0 - line.x0) < 0.5 * body and 0 <= line.y0 - other.y1 < 4 * body
    return beside or under


def _vertical_atom(group: list[Line], body: float, *, turned: bool) -> Block:
    """Lay out text of the other direction in its own frame and wrap it as one block."""
    size = find_body_size(group)
    flip = turn_back if turned else turn
    return Block(
        [],
        min(x.x0 for x in group),
        min(x.y0 for x in group),
        max(x.x1 for x in group),
        max(x.y1 for x in group),
        size,
        head=size >= HEAD_RATIO * body,
        inner=Order(size, []).solve(build_blocks([flip(x) for x in group], size)),
    )
