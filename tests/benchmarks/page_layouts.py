"""Layouts of newspaper pages for `page_maker`.

`python -m tests.benchmarks.page_layouts FOLDER [SEED...]` prints all of them.
"""

# ruff: noqa: E501

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.page_layouts_placed import PLACED
from tests.benchmarks.page_maker import Page, Story, Writer, article, body, heads, page, photo, write_pages


def five_columns(w: Writer) -> Page:
    a = w.story(12, kicker="全域水网建设一年间", byline="本报记者　方　晓　林　一")
    b, c = w.story(6), w.story(7, sub="——沿江十个村的一天")
    lower = f'<div class=row><div style="flex:2">{article(b, 2)}</div><div style="flex:3">{article(c, 3)}</div></div>'
    return page(article(a, 5, "h1") + lower, a, b, c)


def rail_of_briefs(w: Writer) -> Page:
    a, b = w.story(12, kicker="春耕一线见闻"), w.story(6)
    briefs = [w.story(1, (1, 2)) for _ in range(7)]
    rail = "".join(f"<div><h3>{s.headline}</h3>{body(s)}</div>" for s in briefs)
    left = f'<div style="flex:4">{article(a, 4, "h1")}{article(b, 4)}</div>'
    right = f'<div style="flex:1"><div class=k>简　讯</div>{rail}</div>'
    return page(f"<div class=row>{left}{right}</div>", a, b, *briefs)


def flowing_briefs(w: Writer) -> Page:
    a = w.story(8)
    briefs = [w.story(2, (1, 3)) for _ in range(8)]
    flow = "".join(f"<h3>{s.headline}</h3>{body(s)}" for s in briefs)
    rest = f'<section><div class=cols style="column-count:3">{flow}</div></section>'
    return page(article(a, 4, "h1") + "<hr>" + rest, a, *briefs)


def boxes(w: Writer) -> Page:
    a, b, c, d = w.story(9), w.story(5), w.story(4), w.story(6)
    row = (
        f'<div class=row><div style="flex:3">{article(b, 3)}</div>'
        f'<div style="flex:2">{article(c, 2, css="box")}</div></div>'
    )
    return page(article(a, 4, "h1") + row + article(d, 5, css="box"), a, b, c, d)


def vertical_heads(w: Writer) -> Page:
    a, b, c = w.story(8), w.story(7), w.story(6)
    left = (
        f"<section><div class=row><div class=vh>{b.headline}</div>"
        f'<div class=cols style="column-count:3;flex:1">{body(b)}</div></div></section>'
    )
    right = (
        f'<section class=box><div class=row><div class=cols style="column-count:2;flex:1">{body(c)}</div>'
        f"<div class=vh>{c.headline}</div></div></section>"
    )
    return page(
        article(a, 4, "h1")
        + f'<div class=row><div style="flex:3">{left}</div><div style="flex:2">{right}</div></div>',
        a,
        b,
        c,
    )


def vertical_page(w: Writer) -> Page:
    a, b = w.story(10), w.story(8)
    tiers = "".join(
        f'<section class=v style="height:210mm;width:360mm"><h2 style="margin:0 6pt">{s.headline}</h2>'
        f'<div class=cols style="column-count:3;height:208mm">{body(s)}</div></section>'
        for s in (a, b)
    )
    return page(tiers, a, b)


def vertical_box(w: Writer) -> Page:
    a, b, c = w.story(9), w.story(4), w.story(6)
    vertical = (
        f'<section class="box v" style="height:120mm;width:110mm"><h2>{b.headline}</h2>{body(b)}</section>'
    )
    right = f'<div style="flex:3">{article(c, 3)}</div>'
    return page(
        article(a, 5, "h1") + f'<div class=row><div style="flex:2">{vertical}</div>{right}</div>', a, b, c
    )


def advertisement(w: Writer) -> Page:
    a, b = w.story(9, byline="本报记者　方　晓"), w.story(6)
    ad = (
        '<div class=box style="height:150mm;text-align:center;background:#eee"><div style="font:900 60pt sans-serif">'
        '云上家园</div><div style="font-size:22pt">一期房源开放登记</div><div style="margin-top:60pt;display:flex;'
        'justify-content:space-around"><span>电话：8800-1234</span><span>地址：望海路九号</span></div></div>'
    )
    return page(article(a, 4, "h1", photo("渡口的清晨。")) + article(b, 4) + ad, a, b)


def photo_inside_columns(w: Writer) -> Page:
    a, b = w.story(10), w.story(7)
    cut = 3
    upper = "".join(f"<p>{p}</p>" for p in a.paras[:cut])
    lower = "".join(f"<p>{p}</p>" for p in a.paras[cut:])
    flow = f"{upper}{photo('工人在新铺的管线旁检查接口。　方　晓　摄')}{lower}"
    first = f'<section>{heads(a, "h1")}<div class=cols style="column-count:4">{flow}</div></section>'
    return page(first + article(b, 3, extra=photo("果园里的新冷库。"), css="rule"), a, b)


def l_shape(w: Writer) -> Page:
    a, b = w.story(14), w.story(5)
    left = f'<div style="flex:1">{article(b, 2)}</div>'
    half = len(a.paras) // 2
    first, second = Story(a.headline, a.paras[:half]), Story(a.headline, a.paras[half:])
    upper = f'<div class=cols style="column-count:2">{body(first)}</div>'
    right = f'<div style="flex:1"><div class=cols style="column-count:2">{body(second)}</div></div>'
    return page(
        f'<section>{heads(a, "h1")}<div class=row><div style="flex:1">{upper}{left}</div>{right}</div></section>',
        a,
        b,
    )


def without_indents(w: Writer) -> Page:
    a, b = w.story(9), w.story(7)
    return page(f"<div class=noindent>{article(a, 4, 'h1')}{article(b, 3)}</div>", a, b)


def grid(w: Writer) -> Page:
    stories = [w.story(5, (1, 3)) for _ in range(6)]
    rows = "".join(
        "<div class=row>"
        + "".join(f'<div style="flex:1">{article(s, 2)}</div>' for s in stories[i : i + 2])
        + "</div>"
        for i in (0, 2, 4)
    )
    return page(rows, *stories)


def mixed_columns(w: Writer) -> Page:
    """A narrow rail on the left, a wide article in two measures, two small ones side by side below."""
    a, b, c, d = w.story(9), w.story(8), w.story(4), w.story(4)
    rail = f'<div style="flex:1" class=box>{article(b, 1)}</div>'
    pair = f'<div class=row><div style="flex:1">{article(c, 2)}</div><div style="flex:1">{article(d, 2)}</div></div>'
    main = f'<div style="flex:4">{article(a, 4, "h1", css="rule")}{pair}</div>'
    return page(f"<div class=row>{rail}{main}</div>", a, b, c, d)


USUAL: dict[str, Callable[[Writer], Page]] = {
    f.__name__: f
    for f in (
        five_columns, rail_of_briefs, flowing_briefs, boxes, vertical_heads, vertical_page, vertical_box,
        advertisement, photo_inside_columns, l_shape, without_indents, grid, mixed_columns,
    )
}  # fmt: skip
LAYOUTS = {**USUAL, **PLACED}


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), LAYOUTS, tuple(int(s) for s in sys.argv[2:]) or (1,))
