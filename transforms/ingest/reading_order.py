"""Reading order: lines to blocks, blocks to articles, articles in the order a reader takes them.

A region is cut at what separates articles: a rule or a head with nothing beside it cuts it into bands, a
gutter cuts a band into columns. Under a head the columns run left to right, past pictures; a column without a
head of its own continues the article whose text is still open. Framed articles are laid out apart and placed
as one piece.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from transforms.ingest.layout import HEAD_RATIO, TERMINALS, Art, Line, Rect, turn, turn_back

MAX_DEPTH = 60
MAX_BLOCKS = 3000


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


class Order:
    """Order the blocks of one page or frame."""

    def __init__(self, body: float, rules: Sequence[Rect]) -> None:
        self.body = body
        self.flat = [r for r in rules if r.width > r.height]

    def solve(self, blocks: list[Block], depth: int = 0) -> list[Article]:
        """Articles of a region in reading order; the first has no head if text continues from before."""
        if not blocks:
            return []
        if len(blocks) == 1 and blocks[0].framed:
            for article in blocks[0].inner:
                article.sealed = True
            return blocks[0].inner
        if len(blocks) == 1:
            return [Article(heads=blocks) if blocks[0].head else Article(bodies=blocks)]
        if depth > MAX_DEPTH:
            return [Article(bodies=sorted(blocks, key=lambda b: (b.y0, b.x0)))]
        columns = spread(blocks, "x", 0.35 * self.body)
        bands = self._bands(blocks, columns)
        if len(bands) > 1:
            return self._stack([self.solve(band, depth + 1) for band in bands])
        strip, rest = self._strip(blocks)
        if strip and not rest:
            return [Article(heads=strip)]
        if strip and self._spans(strip, rest):
            return self._own(strip, self.solve(rest, depth + 1))
        if len(columns) > 1:
            groups = self._under_one_head(columns)
            return self._beside([self.solve(members, depth + 1) for members in groups])
        if strip:
            return self._own(strip, self.solve(rest, depth + 1))
        rows = spread(blocks, "y", 0.2 * self.body)
        if len(rows) > 1:
            cut = self._best_row(rows)
            upper = [b for _, _, members in rows[:cut] for b in members]
            lower = [b for _, _, members in rows[cut:] for b in members]
            return self._stack([self.solve(upper, depth + 1), self.solve(lower, depth + 1)])
        return self._tangled(blocks, depth)

    def _bands(
        self, blocks: list[Block], columns: list[tuple[float, float, list[Block]]]
    ) -> list[list[Block]]:
        rows = spread(blocks, "y", 0.2 * self.body)
        x0, x1 = min(b.x0 for b in blocks), max(b.x1 for b in blocks)
        bands: list[list[Block]] = []
        for position, (top, _, members) in enumerate(rows):
            if position == 0:
                bands.append(list(members))
                continue
            bottom = rows[position - 1][1]
            ruled = any(
                bottom - 0.4 * self.body <= (r.y0 + r.y1) / 2 <= top + 0.4 * self.body
                and min(r.x1, x1) - max(r.x0, x0) > 0.8 * (x1 - x0)
                for r in self.flat
            )
            if ruled or self._begins_article(members, rows[position - 1][2], columns):
                bands.append([])
            bands[-1].extend(members)
        return bands

    def _begins_article(
        self, row: list[Block], above: list[Block], columns: list[tuple[float, float, list[Block]]]
    ) -> bool:
        """Whether the row of blocks opens with a head that has nothing but heads or frames beside it."""
        top = min(b.y0 for b in row)
        first = [b for b in row if b.y0 < top + 1.2 * self.body]
        heads = [b for b in first if b.head]
        if not heads or all(b.head for b in above):
            return False
        if any(not b.head and not b.inner for b in first):
            return False
        span0, span1 = min(b.y0 for b in heads), max(b.y1 for b in heads)
        beside = [
            b for b in row if not b.head and not b.inner and b.y0 < span1 - 0.3 * self.body and b.y1 > span0
        ]
        if any(
            all(b.x0 >= h.x1 or b.x1 <= h.x0 for h in heads if h.y1 > b.y0)
            and b.y0 < min(h.y1 for h in heads)
            for b in beside
        ):
            return False
        if len(columns) > 1 and all(
            any(h.x0 < c1 and h.x1 > c0 for h in first if h.head) for c0, c1, _ in columns
        ):
            # Heads that start in every column at once can be briefs that happen to be level.
            return not self._flows_over(columns)
        return True

    def _flows_over(self, columns: list[tuple[float, float, list[Block]]]) -> bool:
        """Whether text that breaks off at the foot of a column goes on at the top of the next one."""
        for (_, _, left), (_, _, right) in pairwise(columns):
            foot, top = max(left, key=lambda b: b.y1), min(right, key=lambda b: b.y0)
            if top.head or top.inner or not foot.lines:
                continue
            if is_open(Article(bodies=[foot])) and not starts_fresh(Article(bodies=[top])):
                return True
        return False

    def _strip(self, blocks: list[Block]) -> tuple[list[Block], list[Block]]:
        """Take the heads at the top, with the short centred lines that follow them."""
        rest = sorted(blocks, key=lambda b: (b.y0, b.x0))
        strip: list[Block] = []
        while rest:
            block = rest[0]
            clear = all(o is block or o.y0 >= block.y1 - 0.35 * block.size or o.head for o in rest)
            row = [o for o in rest if o.y0 < block.y1 - 0.35 * block.size]
            if strip and not clear and self._takes_first_line(block, strip, rest):
                strip.append(make_block(block.lines[:1], self.body))
                rest[0] = make_block(block.lines[1:], self.body)
                continue
            if not clear or not (block.head or (strip and self._joins_head(block, strip))):
                break
            if len(row) > 1 and not all(o.head for o in row):
                break
            if any(
                min(o.y1, block.y1) - max(o.y0, block.y0) > 0.5 * block.size
                and max(o.x0 - block.x1, block.x0 - o.x1) > 3 * self.body
                for o in [*strip, *row]
                if o is not block
            ):
                return [], list(blocks)  # heads side by side: one article each
            strip.append(block)
            rest.remove(block)
        return strip, rest

    def _takes_first_line(self, block: Block, strip: list[Block], rest: list[Block]) -> bool:
        """Whether a column opens with a line centred under the head, above the top of all other columns."""
        if len(block.lines) < 2 or block.inner or len(rest) < 2:
            return False
        line = make_block(block.lines[:1], self.body)
        others = [b for b in rest if b is not block]
        return self._joins_head(line, strip) and all(b.y0 > line.y1 - 0.35 * line.size for b in others)

    def _spans(self, strip: list[Block], rest: list[Block]) -> bool:
        """Whether a head narrower than its columns stands above all of them: none has a head of its own."""
        bottom = max(b.y1 for b in strip)
        columns = spread([*strip, *rest], "x", 0.35 * self.body)
        for _, _, members in columns:
            below = [b for b in members if b not in strip]
            if not below:
                return False
            top = min(below, key=lambda b: b.y0)
            if top.head or top.framed or top.y0 < bottom - 0.35 * self.body:
                return False
        return len(columns) > 1

    def _under_one_head(self, columns: list[tuple[float, float, list[Block]]]) -> list[list[Block]]:
        """Join columns that begin right under a head that stands in one of them only."""
        groups = [members for _, _, members in columns]
        centres = [(c0 + c1) / 2 for c0, c1, _ in columns]
        claims: dict[int, list[int]] = defaultdict(list)
        for i, members in enumerate(groups):
            strip, rest = self._strip(members)
            bodies = [b for b in rest if not b.head and not b.inner]
            if not strip or not bodies:
                continue
            start = min(b.y0 for b in bodies)
            width = sorted(b.x1 - b.x0 for b in bodies)[len(bodies) // 2]
            for step in (-1, 1):
                j = i + step
                while 0 <= j < len(groups):
                    top = min(groups[j], key=lambda b: b.y0)
                    level = abs(top.y0 - start) < 0.6 * self.body
                    alike = abs(columns[j][1] - columns[j][0] - width) < 0.15 * width
                    if top.head or top.inner or not level or not alike:
                        break
                    claims[j].append(i)
                    j += step
        joined = [
            min((abs(centres[i] - centres[j]), i) for i in claims[j])[1] if claims[j] else j
            for j in range(len(groups))
        ]
        result: dict[int, list[Block]] = {}
        for j, members in enumerate(groups):
            result.setdefault(joined[j], []).extend(members)
        if len(result) == 1:  # the whole region: nothing is gained
            return groups
        return list(result.values())

    def _joins_head(self, block: Block, strip: list[Block]) -> bool:
        """A byline or subtitle: one or two short lines centred under the head."""
        if len(block.lines) > 2 or block.inner:
            return False
        x0, x1 = min(b.x0 for b in strip), max(b.x1 for b in strip)
        near = block.y0 - max(b.y1 for b in strip) < 2.2 * block.size
        return near and abs((x0 + x1) - (block.x0 + block.x1)) < 3 * block.size

    def _best_row(self, rows: list[tuple[float, float, list[Block]]]) -> int:
        """The cut after which the parts fall into the most columns, then the widest gap."""

        def columns(part: list[tuple[float, float, list[Block]]]) -> int:
            return len(spread([b for _, _, members in part for b in members], "x", 0.35 * self.body))

        if len(rows) > 40:
            return max(range(1, len(rows)), key=lambda i: rows[i][0] - rows[i - 1][1])
        return max(
            range(1, len(rows)),
            key=lambda i: (max(columns(rows[:i]), columns(rows[i:])), rows[i][0] - rows[i - 1][1]),
        )

    def _stack(self, parts: list[list[Article]]) -> list[Article]:
        result: list[Article] = []
        for part in parts:
            for position, article in enumerate(part):
                before = next((a for a in reversed(result) if not a.sealed), None)
                if position == 0 and not article.heads and not article.sealed and before:
                    before.bodies += article.bodies
                else:
                    result.append(article)
        return result

    def _own(self, strip: list[Block], articles: list[Article]) -> list[Article]:
        if articles and not articles[0].heads and not articles[0].sealed:
            articles[0].heads = strip
            return articles
        if articles and articles[0].heads and self._nested(strip, articles[0]):
            articles[0].heads = strip + articles[0].heads
            return articles
        return [Article(heads=strip), *articles]

    def _nested(self, strip: list[Block], article: Article) -> bool:
        """Whether the article's own head directly under the strip is only a further line of the same head."""
        gap = min(b.y0 for b in article.heads) - max(b.y1 for b in strip)
        return gap < 1.5 * article.heads[0].size and not article.heads[0].inner and len(article.heads) == 1

    def _beside(self, parts: list[list[Article]]) -> list[Article]:
        """Columns left to right: what starts without a head continues the article that is still open."""
        result: list[Article] = []
        owner: Article | None = None  # the headless text that all columns may continue
        parts = sorted(parts, key=lambda part: not _is_side_head(part))
        for part in parts:
            first = part[0]
            last = next((a for a in reversed(result) if not a.sealed), None)
            if not first.heads and not first.sealed and last:
                rival = owner is not None and owner is not last and not is_open(last)
                target = owner if owner and rival and (is_open(owner) or starts_fresh(first)) else last
                target.bodies += first.bodies
                result += part[1:]
                continue
            if not first.heads and not first.sealed:
                owner = first
            result += part
        return result

    def _tangled(self, blocks: list[Block], depth: int) -> list[Article]:
        """No straight cut exists: give each block to the head above it, then order the articles."""
        framed = [b for b in blocks if b.framed]
        if framed:
            rest = self.solve([b for b in blocks if not b.framed], depth + 1)
            return rest + [a for b in sorted(framed, key=lambda b: (b.y0, b.x0)) for a in self.solve([b])]
        heads = sorted((b for b in blocks if b.head), key=lambda b: (b.y0, b.x0))
        if not heads or len(heads) == len(blocks):
            return [Article(heads=heads, bodies=self._columnwise([b for b in blocks if not b.head]))]
        owned: dict[int, list[Block]] = defaultdict(list)
        for block in blocks:
            if block.head:
                continue
            above = [h for h in heads if h.y0 < block.y1 and h.x0 < block.x1 and h.x1 > block.x0]
            fallback = [h for h in heads if h.y0 < block.y1] or heads
            head = (
                max(above, key=lambda h: h.y1) if above else min(fallback, key=lambda h: _distance(h, block))
            )
            owned[id(head)].append(block)
        articles = []
        for head in heads:
            articles.append(Article(heads=[head], bodies=self._columnwise(owned[id(head)])))
        return articles

    def _columnwise(self, blocks: list[Block]) -> list[Block]:
        """Left to right by column, top to bottom inside one."""
        columns: list[list[Block]] = []
        for block in sorted(blocks, key=lambda b: (b.x0, b.y0)):
            for column in columns:
                if min(block.x1, column[0].x1) - max(block.x0, column[0].x0) > 0.5 * (block.x1 - block.x0):
                    column.append(block)
                    break
            else:
                columns.append([block])
        return [b for column in columns for b in sorted(column, key=lambda b: b.y0)]


def _is_side_head(part: list[Article]) -> bool:
    """A vertical head beside its columns."""
    return len(part) == 1 and not part[0].bodies and bool(part[0].heads) and bool(part[0].heads[0].inner)


def _distance(a: Block, b: Block) -> float:
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


def find_captions(blocks: Sequence[Block], pictures: Sequence[Rect], body: float) -> dict[int, Rect]:
    """Short text at the foot of a picture or inside it, as `id(block)` to its picture."""
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
            [flip(r) for r in art.rules], [flip(r) for r in art.frames], [flip(r) for r in art.pictures]
        )
        turned = not turned
    body = body or find_body_size(lines)
    atoms, rest = _frame_atoms(lines, art, body, turned=turned, depth=depth)
    blocks = build_blocks([x for x in rest if not x.vertical], body, art.rules)
    for group in _vertical_groups([x for x in rest if x.vertical], body):
        atoms.append(_vertical_atom(group, body, turned=turned))
    captions = find_captions(blocks, art.pictures, body)
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
            articles, key=lambda a: min((_distance(b, near) for b in a.blocks()), default=float("inf"))
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
        )
        atom = Block([], frame.x0, frame.y0, frame.x1, frame.y1, body, framed=True)
        atom.inner = arrange(inside, inner_art, turned=turned, depth=depth + 1)
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


@dataclass(slots=True)
class Paragraph:
    """A head, caption or paragraph as a reader sees it, also when it runs over columns."""

    lines: list[Line]
    hint: str | None = None


def split_paragraphs(articles: Sequence[Article]) -> list[Paragraph]:
    """Cut the blocks of each article into paragraphs, at indents and after short last lines."""
    paragraphs: list[Paragraph] = []
    for article in articles:
        for head in article.heads:
            lines = _all_lines(head)
            paragraphs.append(Paragraph(lines, head.hint))
        paragraphs += _body_paragraphs(article.bodies)
        paragraphs += [Paragraph(_all_lines(caption), caption.hint) for caption in article.captions]
    return paragraphs


def find_edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Left and right edge of a column: the outermost that two lines share, as a single box may be off."""
    size = lines[0].size
    lefts, rights = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    left = next((a for a, b in pairwise(lefts) if b - a < 0.4 * size), lefts[0])
    right = next((a for a, b in pairwise(rights) if a - b < 0.4 * size), rights[0])
    return left, right


def _all_lines(block: Block) -> list[Line]:
    lines = list(block.lines)
    for article in block.inner:
        for inner in article.blocks():
            lines += _all_lines(inner)
    return lines


def _body_paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    closed = True  # whether the last paragraph is certainly complete
    plain = [b for b in blocks if b.lines and not b.hint]
    for block in blocks:
        if block.inner or block.hint:
            paragraphs += split_paragraphs(block.inner) or [Paragraph(block.lines, block.hint)]
            closed = True
            continue
        # A block of one or two short lines has no edges of its own: its column gives them.
        column = [
            b
            for b in plain
            if abs(b.size - block.size) < 0.1 * block.size
            and (
                b is block
                or (b.x0 - 1.2 * b.size <= block.x0 < b.x0 + 5 * b.size and block.x1 <= b.x1 + 1.2 * b.size)
            )
        ]
        left, right = find_edges([line for b in column for line in b.lines])
        for position, line in enumerate(block.lines):
            indent = (line.x0 - left) / line.size
            fresh = 1.2 < indent < 8
            if position == 0 and paragraphs and not closed:
                same = abs(line.size - paragraphs[-1].lines[-1].size) < 0.1 * line.size
                fresh = fresh or not same
            if closed or fresh or not paragraphs:
                paragraphs.append(Paragraph([]))
            paragraphs[-1].lines.append(line)
            text = line.text.rstrip()
            closed = text[-1:] in TERMINALS and right - line.x1 > 1.6 * line.size
    return paragraphs
