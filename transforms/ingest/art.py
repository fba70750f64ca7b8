"""What the strokes and boxes drawn on a page are: rules, frames around text, ruled tables, pictures."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from transforms.ingest.geometry import Art, Rect, Table

MAX_TABLES = 50
MAX_ROW_POINTS = 60.0  # higher ones are articles that rules part


def sort_art(
    rects: list[Rect], pictures: list[Rect], texts: list[tuple[float, float]], width: float, height: float
) -> Art:
    """Tell rules, frames, tables and pictures apart by shape and by the text inside.

    `texts` are the centres of characters or lines.
    """
    art = Art(tables=find_tables(rects))
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


def find_tables(rects: Sequence[Rect]) -> list[Table]:
    """Find grids: three rules or more of the same width one below the other, with a rule across them all."""
    flat = _join_strokes([r for r in rects if r.height <= 3 and r.width > 8])
    across = _join_strokes([_turned(r) for r in rects if r.width <= 3 and r.height > 5])
    upright = [_turned(r) for r in across]
    alike: dict[tuple[int, int], list[Rect]] = defaultdict(list)
    for rule in sorted(flat, key=lambda r: r.y0):
        key = (round(rule.x0 / 4), round(rule.x1 / 4))
        near = [(key[0] + i, key[1] + j) for i in (0, -1, 1) for j in (0, -1, 1)]
        alike[next((k for k in near if k in alike), key)].append(rule)
    tables: list[Table] = []
    for rules in alike.values():
        runs = [[rules[0]]]
        for before, rule in pairwise(rules):
            if rule.y0 - before.y0 >= MAX_ROW_POINTS:
                runs.append([])
            runs[-1].append(rule)
        for run in runs:
            outline = Rect(run[0].x0, run[0].y0, run[0].x1, run[-1].y1)
            is_divided = any(
                outline.x0 + 4 < r.x0 < outline.x1 - 4
                and min(r.y1, outline.y1) - max(r.y0, outline.y0) > 0.6 * outline.height
                for r in upright
            )
            if len(run) >= 3 and outline.width >= 40 and is_divided:
                tables.append(Table(outline, [r.y0 for r in run]))
    return tables[:MAX_TABLES]


def _turned(rect: Rect) -> Rect:
    return Rect(rect.y0, rect.x0, rect.y1, rect.x1)


def _join_strokes(strokes: Sequence[Rect]) -> list[Rect]:
    """Join flat strokes that touch end to end: the edges of cells are often drawn one by one."""
    rows: dict[int, list[Rect]] = defaultdict(list)
    for stroke in sorted(strokes, key=lambda r: r.x0):
        key = round(stroke.y0 / 2)
        rows[next((k for k in (key, key - 1, key + 1) if k in rows), key)].append(stroke)
    joined: list[Rect] = []
    for row in rows.values():
        run = row[0]
        for before, stroke in pairwise(row):
            if stroke.x0 - max(run.x1, before.x1) < 3:
                run = Rect(run.x0, min(run.y0, stroke.y0), max(run.x1, stroke.x1), max(run.y1, stroke.y1))
            else:
                joined.append(run)
                run = stroke
        joined.append(run)
    return joined
