"""Newspaper pages in layouts that no fixture has, set by Chromium from invented text, with their truth.

`python -m tests.benchmarks.page_maker FOLDER` writes NAME.pdf and NAME.truth.json for each layout.
"""

# ruff: noqa: E501

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


def words(text: str) -> list[str]:
    return text.split()


PLACES = words("临川 安屿 北麓 云桥 长汀湾 石渡 松岭 清河 东滩 白鹭洲 梅溪 铜山 望海 南坪 竹园")
WHO = words(
    "市水务部门 镇里的干部 种粮大户 社区志愿者 项目负责人 港口调度员 村支书 技术员 记者 不少居民 企业代表"
)
WHAT = words(
    "把旧渠道重新清淤加固 铺设了新的供水管网 在田间装上了墒情监测仪 完成了老旧小区的外墙翻新 组织了三场技能培训 "
    "开通了直达园区的公交线路 引进了两条自动化生产线 修复了受损的防洪堤 推出了便民服务清单 签下了新的订货合同 "
    "种下了耐旱的新品种 建成了标准化的冷链仓库 公布了全年的施工计划 解决了停车难的问题 试点了垃圾分类积分"
)
WHY = words(
    "让群众少跑腿 为秋收抢时间 降低运输成本 提高灌溉效率 方便老人出行 保障汛期安全 带动周边就业 减少能源消耗"
)
LINKS = words("与此同时， 据介绍， 目前， 下一步， 今年以来， 走进现场， 在当地， 此外， 按照计划，")
HEADS = words("水网 粮仓 新港 老街 书屋 绿道 灯塔 茶园 风机 渡口 桥梁 果园 医院 学校 市场 工厂")
VERBS = words("焕新记 迎来新变化 跑出加速度 建设提速 里的好日子 有了新帮手 越办越好 连通千家万户 托起致富梦")


@dataclass
class Story:
    headline: str
    paras: list[str]
    kicker: str = ""
    sub: str = ""
    byline: str = ""
    caption: str = ""

    def truth(self) -> dict:
        return {"headline": self.headline, "paras": self.paras}


@dataclass
class Page:
    html: str
    stories: list[Story] = field(default_factory=list)


class Writer:
    """Invents stories; the same seed invents the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def sentence(self) -> str:
        pick = self.random.choice
        numbers = f"{self.random.randint(2, 98)}{pick(['公里', '户', '亩', '万元', '个村', '台'])}"
        if self.random.random() < 0.25:
            return f"“{pick(PLACES)}{pick(WHAT)}，{pick(WHY)}。”{pick(WHO)}说。"
        return (
            f"{pick([*LINKS, '', ''])}{pick(PLACES)}{pick(WHO)}{pick(WHAT)}，涉及{numbers}，"
            f"{pick(WHY)}，也{pick(WHY)}。"
        )

    def paragraph(self, sentences: int) -> str:
        return "".join(self.sentence() for _ in range(sentences))

    def story(self, paragraphs: int = 5, sentences: tuple[int, int] = (1, 4), **more: str) -> Story:
        head = f"{self.random.choice(PLACES)}{self.random.choice(HEADS)}{self.random.choice(VERBS)}"
        paras = [self.paragraph(self.random.randint(*sentences)) for _ in range(paragraphs)]
        return Story(head, paras, **more)


STYLE = """
@page{size:390mm 540mm;margin:0} body{margin:14mm;font:9.6pt/1.5 "Noto Serif CJK SC";text-align:justify}
p{margin:0;text-indent:2em} h1{font:900 34pt/1.2 "Noto Sans CJK SC";text-align:center;margin:4pt 0}
h2{font:700 21pt/1.25 "Noto Sans CJK SC";text-align:center;margin:4pt 0}
h3{font:700 13pt/1.3 "Noto Sans CJK SC";margin:6pt 0 2pt} .k,.s{font:13pt "Noto Serif CJK SC";text-align:center}
.b{text-align:center} .row{display:flex;gap:16pt;margin-top:14pt} .box{border:1pt solid #000;padding:8pt}
.cols{column-gap:13pt;column-fill:balance} figure{margin:0 0 6pt} .ph{background:#aaa;height:110pt}
figcaption{font:8pt "Noto Sans CJK SC"} .rule .cols{column-rule:.5pt solid #000}
.v{writing-mode:vertical-rl} .vh{writing-mode:vertical-rl;font:900 28pt/1.2 "Noto Sans CJK SC"}
header{display:flex;justify-content:space-between;border-bottom:1pt solid;font-size:9pt;margin-bottom:8pt}
.noindent p{text-indent:0;margin-bottom:7pt} .art{break-inside:avoid;margin-bottom:14pt} section{margin-bottom:16pt}
"""


def body(story: Story) -> str:
    return "".join(f"<p>{p}</p>" for p in story.paras)


def heads(story: Story, tag: str = "h2") -> str:
    parts = [f"<div class=k>{story.kicker}</div>" if story.kicker else "", f"<{tag}>{story.headline}</{tag}>"]
    parts.append(f"<div class=s>{story.sub}</div>" if story.sub else "")
    parts.append(f"<div class=b>{story.byline}</div>" if story.byline else "")
    return "".join(parts)


def article(story: Story, columns: int, tag: str = "h2", extra: str = "", css: str = "") -> str:
    return (
        f'<section class="{css}">{heads(story, tag)}'
        f'<div class=cols style="column-count:{columns}">{extra}{body(story)}</div></section>'
    )


def photo(caption: str) -> str:
    return f"<figure><div class=ph></div><figcaption>{caption}</figcaption></figure>"


def page(content: str, *stories: Story) -> Page:
    head = "<header><b>05</b><span>2031年4月12日 星期六</span><span>责任编辑：何　川　版式：林　一</span></header>"
    return Page(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{head}{content}", list(stories))


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


LAYOUTS: dict[str, Callable[[Writer], Page]] = {
    f.__name__: f
    for f in (
        five_columns, rail_of_briefs, flowing_briefs, boxes, vertical_heads, vertical_page, vertical_box,
        advertisement, photo_inside_columns, l_shape, without_indents, grid, mixed_columns,
    )
}  # fmt: skip


def write_pages(folder: Path, seeds: tuple[int, ...] = (1,), chromium: str = "chromium") -> list[Path]:
    """Print every layout with every seed; returns the PDFs."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, make in LAYOUTS.items():
        for seed in seeds:
            made = make(Writer(seed))
            path = folder / f"{name}_{seed}.pdf"
            truth = {"articles": [s.truth() for s in made.stories], "folio": ["2031年4月12日 星期六"]}
            path.with_suffix(".truth.json").write_text(json.dumps(truth, ensure_ascii=False))
            with tempfile.TemporaryDirectory() as scratch:
                source = Path(scratch) / "page.html"
                source.write_text(made.html)
                subprocess.run(
                    [
                        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--user-data-dir={scratch}/profile", f"--print-to-pdf={path}", source.as_uri(),
                    ],
                    check=True, capture_output=True, timeout=120,
                )  # fmt: skip
            paths.append(path)
    return paths


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), tuple(int(s) for s in sys.argv[2:]) or (1,))
