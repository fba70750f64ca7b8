"""The order of blocks: a region is cut at what separates articles, and its columns are read in turn.

A rule or a head with nothing beside it cuts a region into bands, a gutter cuts a band into columns. Under a
head the columns run left to right, past pictures; a column without a head of its own continues the article
whose text is still open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from transforms.ingest.blocks import Article, Block, distance, is_open, make_block, spread, starts_fresh
from transforms.ingest.geometry import Rect

MAX_DEPTH = 60


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
        sure: list[int] = [0]
        level: list[int] = []
        for position, (top, _, members) in enumerate(rows[1:], 1):
            bottom = rows[position - 1][1]
            ruled = any(
                bottom - 0.4 * self.body <= (r.y0 + r.y1) / 2 <= top + 0.4 * self.body
                and min(r.x1, x1) - max(r.x0, x0) > 0.8 * (x1 - x0)
                for r in self.flat
            )
            following = rows[position + 1][2] if position + 1 < len(rows) else []
            if not ruled and not self._begins_article(members, rows[position - 1][2], following):
                continue
            below = next((m for _, _, m in rows[position:] if any(not b.head for b in m)), [])
            is_level = not ruled and self._heads_every_column(members, columns)
            (level if is_level and not self._spans_columns(members, below) else sure).append(position)
        ends = [*sure[1:], len(rows)]
        cuts = list(sure)
        for position in level:
            # Heads that start in every column at once can be briefs that happen to be level.
            start = max(i for i in sure if i < position)
            part = [b for _, _, m in rows[start : ends[sure.index(start)]] for b in m]
            if not self._flows_over(spread(part, "x", 0.35 * self.body)):
                cuts.append(position)
        cuts.sort()
        return [
            [b for _, _, members in rows[start:end] for b in members]
            for start, end in zip(cuts, [*cuts[1:], len(rows)], strict=True)
        ]

    def _heads_every_column(self, row: list[Block], columns: list[tuple[float, float, list[Block]]]) -> bool:
        top = min(b.y0 for b in row)
        heads = [b for b in row if b.head and b.y0 < top + 1.2 * self.body]
        return len(columns) > 1 and all(any(h.x0 < c1 and h.x1 > c0 for h in heads) for c0, c1, _ in columns)

    def _spans_columns(self, row: list[Block], below: list[Block]) -> bool:
        """Whether a head of the row stands over two of the columns of text below, as no brief's does."""
        columns = spread([b for b in below if not b.head], "x", 0.35 * self.body)
        return any(
            sum(min(h.x1, c1) - max(h.x0, c0) > self.body for c0, c1, _ in columns) > 1 for h in row if h.head
        )

    def _begins_article(self, row: list[Block], above: list[Block], below: list[Block]) -> bool:
        """Whether the row of blocks opens with a head that has nothing of another article beside it."""
        top = min(b.y0 for b in row)
        first = [b for b in row if b.y0 < top + 1.2 * self.body]
        heads = [b for b in first if b.head]
        if not heads or all(b.head for b in above):
            return False
        if self._has_side_head(row, heads, below):
            return True
        if any(not b.head and not b.inner for b in first):
            return False
        span0, span1 = min(b.y0 for b in heads), max(b.y1 for b in heads)
        beside = [
            b for b in row if not b.head and not b.inner and b.y0 < span1 - 0.3 * self.body and b.y1 > span0
        ]
        return not any(
            all(b.x0 >= h.x1 or b.x1 <= h.x0 for h in heads if h.y1 > b.y0)
            and b.y0 < min(h.y1 for h in heads)
            for b in beside
        )

    def _has_side_head(self, row: list[Block], heads: list[Block], below: list[Block]) -> bool:
        """Whether a head stands in a column of its own at one side of the text of the row."""
        if below and not any(b.head for b in below):
            heads = [h for h in heads if not any(b.x0 < h.x1 and b.x1 > h.x0 for b in below)]
        texts = [b for b in row if not b.head and not b.inner]
        if max((len(b.lines) for b in texts), default=0) < 4:
            return False  # words in larger type beside others, as in a form
        left, right = min(b.x0 for b in texts), max(b.x1 for b in texts)
        return any(h.x1 < left + 0.5 * self.body or h.x0 > right - 0.5 * self.body for h in heads)

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
                    between = (j, j + 1) if step < 0 else (j - 1, j)
                    own = alike or self._runs_on(groups[between[0]], groups[between[1]])
                    if top.head or top.inner or not level or not own:
                        break
                    claims[j].append(i)
                    j += step
        joined = [self._nearest_claim(j, claims, groups, columns) for j in range(len(groups))]
        result: dict[int, list[Block]] = {}
        for j, members in enumerate(groups):
            result.setdefault(joined[j], []).extend(members)
        if len(result) == 1:  # the whole region: nothing is gained
            return groups
        return list(result.values())

    def _nearest_claim(
        self,
        j: int,
        claims: dict[int, list[int]],
        groups: list[list[Block]],
        columns: list[tuple[float, float, list[Block]]],
    ) -> int:
        """Which of the heads on either side a column without one belongs to.

        Text that runs on over the column's edge tells; else a head is as near as can be to the middle of its
        columns.
        """
        left = max((i for i in claims[j] if i < j), default=j)
        right = min((i for i in claims[j] if i > j), default=j)
        if j in (left, right):
            return left if right == j else right
        first = min(i for i in range(left + 1) if all(claims[k] == [left] for k in range(i, left)))
        last = max(
            i for i in range(right, len(groups)) if all(claims[k] == [right] for k in range(right + 1, i + 1))
        )
        costs = []
        for cut in range(left, right):  # the last column that goes with the left head
            parts = ((groups[left], first, cut), (groups[right], cut + 1, last))
            off_centre = sum(
                abs(_head_middle(head) - (columns[start][0] + columns[end][1]) / 2)
                for head, start, end in parts
            )
            torn = self._runs_on(groups[cut], groups[cut + 1])
            costs.append((torn, off_centre, cut))
        return left if j <= min(costs)[2] else right

    def _runs_on(self, left: list[Block], right: list[Block]) -> bool:
        """Whether a sentence goes on from the last column of a group of blocks to the first of another."""
        before = [b for b in left if not b.head and not b.inner]
        after = [b for b in right if not b.head and not b.inner]
        if not before or not after:
            return False
        foot = max(spread(before, "x", 0.35 * self.body)[-1][2], key=lambda b: b.y1)
        top = min(spread(after, "x", 0.35 * self.body)[0][2], key=lambda b: b.y0)
        return is_open(Article(bodies=[foot])) and not starts_fresh(Article(bodies=[top]))

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
                max(above, key=lambda h: h.y1) if above else min(fallback, key=lambda h: distance(h, block))
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


def _head_middle(blocks: list[Block]) -> float:
    heads = [b for b in blocks if b.head]
    return (min(b.x0 for b in heads) + max(b.x1 for b in heads)) / 2


def _is_side_head(part: list[Article]) -> bool:
    """A vertical head beside its columns."""
    return len(part) == 1 and not part[0].bodies and bool(part[0].heads) and bool(part[0].heads[0].inner)
