"""A sheet of boxes at given places, through which text runs as an editor sets it."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.benchmarks.page_maker import Page, Story, Writer, page

WIDTH, TOP, BOTTOM = 362.0, 24.0, 524.0  # millimetres: width of the type area, its first and last line
LEFT = 14.0
POINTS = 72 / 25.4

FLOW = """
<style>.fx{position:absolute;overflow:hidden} .fx h1,.fx h2,.fx h3{margin:0} .l h1,.l h2{text-align:left}
table.t{border-collapse:collapse;width:100%;margin:4pt 0;font-size:8pt} .t td{border:.5pt solid #000;padding:1pt 3pt;text-indent:0}
.pull{font:700 15pt/1.5 "Noto Sans CJK SC";color:#555} .sub{font-weight:700;text-align:center;text-indent:0}
.tint{background:#e8e8e8;padding:6pt;box-sizing:border-box} .rulebox{border:1pt solid #000;padding:5pt;box-sizing:border-box}
.drop{text-indent:0!important} .drop::first-letter{font-size:29pt;float:left;line-height:1} .name{font:900 70pt/1 "Noto Serif CJK SC"}
.turned{writing-mode:vertical-rl;transform:rotate(180deg)}</style>
<script>
document.querySelectorAll('template').forEach(t => {
  const boxes = [...document.querySelectorAll('.' + t.dataset.into)]; let i = 0;
  for (const node of [...t.content.children]) {
    let el = node;
    while (el) {
      boxes[i].append(el);
      const full = () => boxes[i].scrollHeight > boxes[i].clientHeight + 1;
      if (i === boxes.length - 1 || !full()) break;
      const text = el.textContent; let low = 0, high = text.length;
      if (el.tagName === 'P') {
        while (low < high) { const m = (low + high + 1) >> 1; el.textContent = text.slice(0, m); full() ? high = m - 1 : low = m; }
        while (low > 0 && '，。；：、！？”’）》'.includes(text[low])) low--;
      }
      const rest = el.cloneNode(true); rest.textContent = text.slice(low);
      if (low < 2) { el.remove(); rest.textContent = text; }
      else { el.textContent = text.slice(0, low); el.style.textAlignLast = 'justify'; rest.style.textIndent = 0; rest.className = ''; }
      i++; el = el.tagName === 'P' ? rest : el;
    }
  }
});
</script>
"""


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    css: str = ""

    @property
    def style(self) -> str:
        return f"left:{self.x}mm;top:{self.y}mm;width:{self.width}mm;height:{self.height}mm"


@dataclass
class Sheet:
    """A page of placed boxes; columns are counted from the left, heights in millimetres from the top."""

    w: Writer
    columns: int = 6
    gutter: float = 6.0
    parts: list[str] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)

    def box(self, column: int, y: float, height: float, span: int = 1, css: str = "") -> Box:
        width = (WIDTH - self.gutter * (self.columns - 1)) / self.columns
        x = LEFT + column * (width + self.gutter)
        return Box(x, y, span * width + (span - 1) * self.gutter, height, css)

    def put(self, box: Box, html: str) -> None:
        self.parts.append(f'<div class="fx {box.css}" style="{box.style}">{html}</div>')

    def head(self, story: Story, box: Box, tag: str = "h2") -> None:
        """The heads of a story; it counts for the truth."""
        kicker = f"<div class=k>{story.kicker}</div>" if story.kicker else ""
        sub = f"<div class=s>{story.sub}</div>" if story.sub else ""
        by = f"<div class=b>{story.byline}</div>" if story.byline else ""
        self.put(box, f"{kicker}<{tag}>{story.headline}</{tag}>{sub}{by}")

    def story(
        self, boxes: Sequence[Box], size: float = 9.6, leading: float = 1.5, fill: float = 0.95, **more: str
    ) -> Story:
        """Invent a story that fills the boxes."""
        room = sum(
            int(b.width * POINTS / size) * int(b.height * POINTS / (size * leading)) * fill for b in boxes
        )
        made = self.w.story(0, **more)
        while True:
            text = self.w.paragraph(self.w.random.randint(1, 4))
            room -= len(text) + 12  # the indent and what the last line leaves free
            if room < 0:
                break
            made.paras.append(text)
        self.stories.append(made)
        return made

    def flow(
        self,
        story: Story,
        boxes: Sequence[Box],
        inserts: dict[int, str] | None = None,
        style: str = "",
        first: str = "",
    ) -> None:
        """Run the text through the boxes; `inserts` is markup before the paragraph of that number."""
        name = f"f{len(self.parts)}"
        for box in boxes:
            self.put(replace(box, css=f"{box.css} {name}"), "")
        pieces = []
        for i, text in enumerate(story.paras):
            pieces.append((inserts or {}).get(i, ""))
            pieces.append(f'<p style="{style}" class="{first if not i else ""}">{text}</p>')
        self.parts.append(f"<template data-into={name}>{''.join(pieces)}</template>")

    def article(
        self, column: int, y: float, height: float, span: int, head: float = 16, tag: str = "h2", **more: str
    ) -> Story:
        """A plain article: a head over `span` columns of text."""
        boxes = [self.box(column + i, y + head, height - head) for i in range(span)]
        made = self.story(boxes, **more)
        self.head(made, self.box(column, y, head, span), tag)
        self.flow(made, boxes)
        return made

    def page(self, rotation: int = 0) -> Page:
        made = page("".join(self.parts) + FLOW, *self.stories)
        made.rotation = rotation
        return made


def rule(sheet: Sheet, y: float, column: int = 0, span: int = 6) -> None:
    sheet.put(sheet.box(column, y, 0.4, span), '<div style="background:#000;height:.4mm"></div>')
