"""What size and place alone say about a block; whatever needs its words is left to the normaliser.

A hint is a `block_type`; `None` says that geometry does not decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.ingest.blocks import Article, Block
from transforms.ingest.geometry import Art, Line, Rect

MARGIN_SHARE = 0.09  # running heads and folios stand in this share of the page at the top and at the bottom
FOLIO = re.compile(
    r"^\W*(?:[A-Za-z]?\d{1,3}|第?[〇零一二三四五六七八九十百\d]{1,4}[版页]|[A-Za-z]?\d{1,3}\W*版?.{0,12})\W*$"
)
ISSUE_DATE = re.compile(
    r"[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|星期[一二三四五六日天]|农历|第\d+期|[12]\d{3}[-./]\d{1,2}[-./]\d{1,2}"
)


def split_furniture(
    lines: Sequence[Line], width: float, height: float
) -> tuple[list[Line], list[Line], list[Line]]:
    """Split off running heads and folios: the outermost row, if a page number or a date is in it.

    Returns:
        Furniture at the top, all other lines, furniture at the bottom.
    """
    top = _outer_row([x for x in lines if not x.vertical and x.y1 < MARGIN_SHARE * height], last=False)
    bottom = _outer_row(
        [x for x in lines if not x.vertical and x.y0 > (1 - MARGIN_SHARE) * height], last=True
    )
    taken = {id(x) for x in [*top, *bottom]}
    rest = [x for x in lines if id(x) not in taken]
    if not rest:
        return [], list(lines), []
    return top, rest, bottom


def _outer_row(lines: list[Line], *, last: bool) -> list[Line]:
    if not lines:
        return []
    edge = max(lines, key=lambda x: x.y1) if last else min(lines, key=lambda x: x.y0)
    row = [edge]
    grown = True
    while grown:
        y0, y1 = min(x.y0 for x in row), max(x.y1 for x in row)
        more = [x for x in lines if x not in row and min(x.y1, y1) - max(x.y0, y0) > 0.3 * (x.y1 - x.y0)]
        row += more
        grown = bool(more)
    marked = [x for x in row if (len(x.text) <= 16 and FOLIO.match(x.text)) or ISSUE_DATE.search(x.text)]
    sentences = sum(len(x.text) for x in row if x.text.rstrip()[-1:] in "，。" or len(x.text) > 60)
    return sorted(row, key=lambda x: x.x0) if marked and not sentences else []


def hint_articles(articles: Sequence[Article], body: float, art: Art, height: float) -> None:
    """Set the hints of heads: the largest is the headline, above it kickers, large ones below subtitles."""
    for article in articles:
        for block in article.bodies:
            if block.inner:
                hint_articles(block.inner, body, art, height)
        heads = article.heads
        if not heads:
            continue
        if not article.bodies and not article.captions and _is_banner(heads, art.rules, height):
            for block in heads:
                block.hint = "furniture"
            continue
        largest = max(block.size for block in heads)
        first = next(i for i, block in enumerate(heads) if block.size >= 0.93 * largest)
        for position, block in enumerate(heads):
            if block.size >= 0.93 * largest:
                block.hint = "headline"
            elif position < first:
                block.hint = "kicker"
            elif _text(block).startswith(("—", "―", "－－", "--")) or block.size >= 1.3 * body:
                block.hint = "subtitle"


def _text(block: Block) -> str:
    return block.lines[0].text.strip() if block.lines else ""


def _is_banner(heads: Sequence[Block], rules: Sequence[Rect], height: float) -> bool:
    """A section title: display type without text of its own, closed off by a rule."""
    x0, x1 = min(b.x0 for b in heads), max(b.x1 for b in heads)
    bottom = max(b.y1 for b in heads)
    below = [r for r in rules if r.width > r.height and -2 < r.y0 - bottom < 2.5 * heads[-1].size]
    return bottom < 0.3 * height and any(r.x0 <= x0 and r.x1 >= x1 for r in below)
