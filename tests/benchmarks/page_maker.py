"""Newspaper pages set by Chromium from invented text, with their truth: NAME.pdf and NAME.truth.json."""

# ruff: noqa: E501

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium


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
    rotation: int = 0


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


def write_pages(
    folder: Path,
    layouts: Mapping[str, Callable[[Writer], Page]],
    seeds: tuple[int, ...] = (1,),
    chromium: str = "chromium",
) -> list[Path]:
    """Print every layout with every seed; returns the PDFs."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, make in layouts.items():
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
            if made.rotation:
                rotate(path, made.rotation)
            paths.append(path)
    return paths


def rotate(path: Path, degrees: int) -> None:
    """Have viewers turn the page, as the scanners and imposition programs of some papers do."""
    document = pdfium.PdfDocument(path.read_bytes())
    document[0].set_rotation(degrees)
    document.save(path)
    document.close()
