"""Layouts whose text runs through boxes at given places, as an editor sets a page and CSS columns cannot."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks.page_maker import Page, Writer
from tests.benchmarks.page_sheet import LEFT, TOP, Box, Sheet, rule


def tabloid_pull_quote(w: Writer) -> Page:
    """Four columns; a quotation in large type stands in the third."""
    s = Sheet(w, 4)
    quote_y, quote_height = 130.0, 42.0
    boxes = [s.box(0, 60, 230), s.box(1, 60, 230)]
    boxes += [
        s.box(2, 60, quote_y - 63),
        s.box(2, quote_y + quote_height + 3, 290 - quote_y - quote_height - 3),
    ]
    boxes.append(s.box(3, 60, 230))
    a = s.story(boxes, kicker="深度关注", byline="本报记者　方　晓　林　一")
    s.head(a, s.box(0, TOP, 34, 4), "h1")
    s.flow(a, boxes)
    rule(s, quote_y, 2, 1)
    s.put(s.box(2, quote_y + 2, quote_height - 4), f"<div class=pull>{w.sentence()[:44].strip('“”')}……</div>")
    rule(s, quote_y + quote_height, 2, 1)
    s.article(0, 300, 200, 2)
    s.article(2, 300, 200, 2)
    return s.page()


def interlocked(w: Writer) -> Page:
    """Two articles as steps: the upper one goes deeper on the left, the lower one rises on the right."""
    s = Sheet(w)
    upper = [
        s.box(0, 62, 250),
        s.box(1, 62, 250),
        s.box(2, 62, 190),
        s.box(3, 62, 190),
        s.box(4, 62, 110),
        s.box(5, 62, 110),
    ]
    a = s.story(upper, kicker="一线调查")
    s.head(a, s.box(0, TOP, 36, 6), "h1")
    s.flow(a, upper)
    lower = [s.box(2, 276, 90), s.box(3, 276, 90), s.box(4, 200, 166), s.box(5, 200, 166)]
    b = s.story(lower[2:])
    s.head(b, s.box(4, 178, 20, 2))
    s.flow(b, lower[2:])
    c = s.story(lower[:2])
    s.head(c, s.box(2, 256, 18, 2))
    s.flow(c, lower[:2])
    s.article(0, 380, 130, 6)
    return s.page()


def head_beside(w: Writer) -> Page:
    """Headlines in a column of their own at the left of the text, over several lines."""
    s = Sheet(w)
    s.article(0, TOP, 180, 6, 24, "h1", sub="——来自沿江十个村的报告")
    for y in (225.0, 370.0):
        boxes = [s.box(i, y, 130) for i in range(2, 6)]
        story = s.story(boxes)
        s.head(story, s.box(0, y, 60, 2, "l"))
        s.flow(story, boxes)
    return s.page()


def head_spans_part(w: Writer) -> Page:
    """The headline stands over the first columns only; the last ones rise to its height."""
    s = Sheet(w)
    boxes = [s.box(i, 70, 170) for i in range(4)] + [s.box(4, TOP, 216), s.box(5, TOP, 216)]
    a = s.story(boxes, kicker="春到北麓")
    s.head(a, s.box(0, TOP, 40, 4), "h1")
    s.flow(a, boxes)
    rule(s, 250)
    boxes = [s.box(0, 285, 220), s.box(1, 285, 220), s.box(2, 260, 245)]
    b = s.story(boxes)
    s.head(b, s.box(0, 262, 20, 2))
    s.flow(b, boxes)
    s.article(3, 260, 240, 3)
    return s.page()


def head_amid_columns(w: Writer) -> Page:
    """The headline hangs in the middle of the page's width, with full columns on either side."""
    s = Sheet(w)
    boxes = [s.box(0, TOP, 216), s.box(1, TOP, 216)]
    left = s.story([*boxes])
    left_head = s.box(0, TOP, 18, 2)
    boxes = [s.box(0, TOP + 20, 196), s.box(1, TOP + 20, 196)]
    s.head(left, left_head)
    s.flow(left, boxes)
    middle = [s.box(2, 76, 164), s.box(3, 76, 164), s.box(4, 76, 164), s.box(5, TOP, 216)]
    a = s.story(middle, sub="——写在水网通水之后")
    s.head(a, s.box(2, TOP + 4, 46, 3), "h1")
    s.flow(a, middle)
    rule(s, 250)
    s.article(0, 262, 240, 2)
    s.article(2, 262, 240, 4)
    return s.page()


def table_inside(w: Writer) -> Page:
    """A ruled table within the text, in one column and over all of them."""
    s = Sheet(w, 5)
    rows = "".join(
        f"<tr><td>{place}</td><td>{w.random.randint(10, 90)}.{w.random.randint(0, 9)}</td><td>{w.random.randint(100, 900)}</td></tr>"
        for place in w.random.sample(["临川", "安屿", "北麓", "云桥", "石渡", "松岭", "清河", "东滩"], 7)
    )
    table = f"<table class=t><tr><td>地区</td><td>增幅(%)</td><td>数量(户)</td></tr>{rows}</table>"
    boxes = [s.box(i, 60, 180) for i in range(5)]
    a = s.story(boxes, fill=0.82, kicker="数说民生")
    s.head(a, s.box(0, TOP, 34, 5), "h1")
    s.flow(a, boxes, {3: table})
    boxes = [s.box(i, 275, 80) for i in range(5)]
    b = s.story(boxes)
    s.head(b, s.box(0, 252, 20, 5))
    s.flow(b, boxes)
    s.put(
        s.box(0, 365, 60, 5),
        f"<div class=b><b>各地进展一览</b></div><table class=t><tr><td>地区</td><td>增幅(%)</td><td>数量(户)</td></tr>{rows}</table>",
    )
    s.article(0, 440, 80, 5, 14)
    return s.page()


def photo_amid_text(w: Writer) -> Page:
    """A picture with its caption over the middle columns, text above and below it in the same columns."""
    s = Sheet(w)
    y, height = 110.0, 76.0
    boxes = [s.box(0, 60, 230), s.box(1, 60, 230)]
    for i in (2, 3):
        boxes += [s.box(i, 60, y - 64), s.box(i, y + height, 290 - y - height)]
    boxes += [s.box(4, 60, 230), s.box(5, 60, 230)]
    a = s.story(boxes, byline="本报记者　方　晓")
    s.head(a, s.box(0, TOP, 34, 6), "h1")
    s.flow(a, boxes)
    s.put(
        s.box(2, y, height - 6, 2),
        '<div style="background:#999;height:60mm"></div><figcaption>渡口边，工人正在检修水闸，远处是新落成的风机。本报记者　林　一　摄</figcaption>',
    )
    s.article(0, 305, 200, 3)
    s.article(3, 305, 200, 3)
    return s.page()


def rotated(w: Writer) -> Page:
    """A page that viewers show turned by a right angle, so that its text runs upwards."""
    s = Sheet(w)
    s.article(0, TOP, 240, 6, 36, "h1", kicker="今日要闻")
    s.article(0, 275, 230, 3)
    s.article(3, 275, 230, 3)
    return s.page(rotation=90)


def upside_down(w: Writer) -> Page:
    s = Sheet(w)
    s.article(0, TOP, 240, 6, 36, "h1")
    s.article(0, 275, 230, 2)
    s.article(2, 275, 230, 4)
    return s.page(rotation=180)


def bleed_ads(w: Writer) -> Page:
    """Advertisements to the edge of the paper: a strip at the foot, a tower at the right, no frames."""
    s = Sheet(w)
    s.article(0, TOP, 200, 5, 34, "h1")
    s.article(0, 235, 150, 2)
    s.article(2, 235, 150, 3)
    s.put(
        Box(LEFT + 305, 0, 71, 392),
        '<div style="background:#d5e5d5;height:392mm;text-align:center"><div style="font:900 44pt/1.2 sans-serif;padding-top:60mm">秋季<br>家博会</div><div style="font-size:16pt;margin-top:20mm">全场五折起</div><div style="margin-top:90mm">地点：会展中心三号馆<br>热线：8800-4321</div></div>',
    )
    s.put(
        Box(0, 395, 390, 145),
        '<div style="background:#eee;height:145mm;text-align:center"><div style="font:900 72pt/1.3 sans-serif;padding-top:20mm">望海楼盘盛大开盘</div><div style="font-size:24pt">首付八万起　即买即住</div><div style="font-size:11pt;margin-top:30mm">开发商：望海置业　地址：云桥路一号　电话：8600-1111</div></div>',
    )
    return s.page()


def guide_boxes(w: Writer) -> Page:
    """A front page: name plate, ears, a column of teasers, a lead with three heads."""
    s = Sheet(w)
    s.put(s.box(0, TOP, 32, 4), "<div class=name>云桥日报</div>")
    s.put(
        s.box(4, TOP, 32, 2, "rulebox"),
        '<div style="font-size:9pt">2031年4月12日　星期六<br>农历三月廿一　第10234期<br>云桥日报社出版　今日8版<br>国内统一连续出版物号 CN 99-0001</div>',
    )
    rule(s, 60)
    boxes = [s.box(i, 118, 140) for i in range(1, 6)]
    a = s.story(boxes, kicker="全市水网建设推进会召开", sub="方晓主持并讲话　林一出席")
    s.head(a, s.box(1, 66, 48, 5), "h1")
    s.flow(a, boxes)
    teasers = "".join(
        f'<div style="font:700 12pt Noto Sans CJK SC">{w.story(0).headline}</div><div style="font-size:8pt;text-align:right">（详见第{n}版）</div>'
        for n in range(2, 8)
    )
    s.put(s.box(0, 66, 190, 1, "tint"), f'<div class=b style="font-weight:900">今日导读</div>{teasers}')
    s.article(1, 268, 235, 2)
    s.article(3, 268, 235, 3)
    boxes = [s.box(0, 285, 218, 1)]
    d = s.story(boxes)
    s.head(d, s.box(0, 266, 18, 1), "h3")
    s.flow(d, boxes)
    return s.page()


def sizes_differ(w: Writer) -> Page:
    """Each article has its own size and face: the lead large, the essays small."""
    s = Sheet(w)
    boxes = [s.box(i, 62, 140, 2) for i in (0, 2, 4)]
    a = s.story(boxes, 13, 1.6)
    s.head(a, s.box(0, TOP, 36, 6), "h1")
    s.flow(a, boxes, style="font-size:13pt;line-height:1.6")
    rule(s, 206)
    boxes = [s.box(i, 232, 120) for i in range(3)]
    b = s.story(boxes, 8, 1.4)
    s.head(b, s.box(0, 212, 18, 3))
    s.flow(b, boxes, style="font-size:8pt;line-height:1.4")
    boxes = [s.box(i, 232, 120) for i in range(3, 6)]
    c = s.story(boxes, 10.5, 1.5)
    s.head(c, s.box(3, 212, 18, 3))
    s.flow(c, boxes, style="font:10.5pt/1.5 'Noto Sans CJK SC'")
    s.article(0, 365, 140, 6)
    return s.page()


def mixed_directions(w: Writer) -> Page:
    """A vertical head between columns, a vertical article, a horizontal one with a vertical kicker."""
    s = Sheet(w)
    s.article(0, TOP, 150, 6, 34, "h1")
    boxes = [s.box(i, 190, 130) for i in (1, 2, 3)]
    b = s.story(boxes)
    s.put(s.box(0, 190, 130), f'<div class=vh style="margin-left:20mm">{b.headline}</div>')
    s.flow(b, boxes)
    boxes = [s.box(4, 190, 130, 2, "v rulebox")]
    c = s.story(boxes, fill=0.7)
    name = f"f{len(s.parts)}"
    s.put(
        replace(boxes[0], css=f"v rulebox {name}"),
        f"<h2>{c.headline}</h2>{''.join(f'<p>{p}</p>' for p in c.paras)}",
    )
    s.article(0, 340, 160, 3)
    s.article(3, 340, 160, 3)
    return s.page()


def tight_without_rules(w: Writer) -> Page:
    """Gutters of one character and nothing drawn between articles."""
    s = Sheet(w, 7, gutter=3.6)
    s.article(0, TOP, 160, 4, 20)
    s.article(4, TOP, 160, 3, 20)
    s.article(0, 192, 150, 2, 16, "h3")
    s.article(2, 192, 150, 5, 20)
    s.article(0, 350, 155, 7, 20)
    return s.page()


def unequal_columns(w: Writer) -> Page:
    """A lead paragraph in a broad column, the rest in narrow ones; the broad one is on the left."""
    s = Sheet(w, 7)
    boxes = [s.box(0, 62, 150, 3), s.box(3, 62, 150, 2), s.box(5, 62, 150), s.box(6, 62, 150)]
    a = s.story(boxes)
    s.head(a, s.box(0, TOP, 36, 7), "h1")
    s.flow(a, boxes)
    boxes = [s.box(0, 245, 120), s.box(1, 245, 120, 2), s.box(3, 245, 120, 2)]
    b = s.story(boxes)
    s.head(b, s.box(0, 224, 18, 5))
    s.flow(b, boxes)
    s.article(5, 224, 141, 2)
    s.article(0, 375, 130, 7)
    return s.page()


def subheads_and_cap(w: Writer) -> Page:
    """Subheads inside the columns, a large first letter, a note on the continuation at the end."""
    s = Sheet(w, 5)
    boxes = [s.box(i, 62, 250) for i in range(5)]
    a = s.story(boxes, fill=0.84, byline="本报记者　方　晓　通讯员　何　川")
    subs = {i: f"<div class=sub>{w.story(0).headline[-6:]}</div>" for i in range(4, len(a.paras), 7)}
    s.head(a, s.box(0, TOP, 36, 5), "h1")
    s.flow(a, boxes, subs, first="drop")
    s.article(0, 330, 175, 2)
    s.article(2, 330, 175, 3)
    return s.page()


def tinted_inset(w: Writer) -> Page:
    """A tinted inset with an article of its own stands in the middle of another."""
    s = Sheet(w)
    boxes = [s.box(0, 62, 230), s.box(1, 62, 230), s.box(2, 62, 110), s.box(3, 62, 110)]
    boxes += [s.box(4, 62, 230), s.box(5, 62, 230)]
    a = s.story(boxes)
    s.head(a, s.box(0, TOP, 36, 6), "h1")
    s.flow(a, boxes)
    inset = [s.box(2, 200, 90), s.box(3, 200, 90)]
    s.put(s.box(2, 176, 116, 2), '<div style="background:#e4e4e4;height:116mm"></div>')
    inset = [replace(inset[0], x=inset[0].x + 3, width=52), replace(inset[1], x=inset[1].x, width=52)]
    b = s.story(inset)
    s.head(b, s.box(2, 180, 16, 2))
    s.flow(b, inset)
    s.article(0, 305, 200, 3)
    s.article(3, 305, 200, 3)
    return s.page()


def head_over_photo(w: Writer) -> Page:
    """A picture over the headline of its article; captions at the side of a picture."""
    s = Sheet(w)
    s.put(s.box(0, TOP, 90, 4), '<div style="background:#888;height:90mm"></div>')
    s.put(
        s.box(0, TOP + 92, 8, 4),
        "<figcaption>俯瞰石渡港区，货轮正在靠泊。　本报记者　何　川　摄</figcaption>",
    )
    boxes = [s.box(i, 150, 130) for i in range(4)]
    a = s.story(boxes, kicker="港区新貌")
    s.head(a, s.box(0, 124, 26, 4))
    s.flow(a, boxes)
    s.article(4, TOP, 256, 2)
    s.put(s.box(0, 295, 70, 2), '<div style="background:#777;height:70mm"></div>')
    s.put(
        s.box(2, 295, 70),
        "<figcaption>图为茶园里的采茶机。眼下正是春茶采摘的时节，合作社添置了八台机器，每天能采三千斤。　林　一　摄</figcaption>",
    )
    s.article(3, 290, 80, 3)
    s.article(0, 380, 125, 6)
    return s.page()


PLACED: dict[str, Callable[[Writer], Page]] = {
    f.__name__: f
    for f in (
        tabloid_pull_quote, interlocked, head_beside, head_spans_part, head_amid_columns, table_inside,
        photo_amid_text, rotated, upside_down, bleed_ads, guide_boxes, sizes_differ, mixed_directions,
        tight_without_rules, unequal_columns, subheads_and_cap, tinted_inset, head_over_photo,
    )
}  # fmt: skip
