"""What the browser tests measure on a page."""

import json

VIEWS = ("", "deals", "quotes", "map", "network", "dates", "words", "pages", "quality")

# Every element with text of its own against what is painted behind it, by WCAG 2.2's contrast ratio.
CONTRAST = """() => {
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const found = numbers(getComputedStyle(e).backgroundColor);
      if (found.length < 4 || found[3] > 0.5) return found;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg, script, style, .hush, .skip, meter, option")) continue;
    if (![...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    if (!element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const shades = [luminance(numbers(style.color)), luminance(behind(element))].sort((x, y) => y - x);
    const ratio = (shades[0] + 0.05) / (shades[1] + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || size >= 18.7 && style.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) {
      const name = element.className || element.tagName;
      weak.push(`${name} ${ratio.toFixed(2)} ${element.textContent.slice(0, 20)}`);
    }
  }
  return weak;
}"""

DIFFERENT_GLYPHS = """() => {
  const draw = character => {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    context.font = "40px " + getComputedStyle(document.querySelector(".name")).fontFamily;
    context.fillText(character, 10, 60);
    return canvas.toDataURL();
  };
  return new Set(["报", "仓", "澜", "\\uE123"].map(draw)).size;
}"""


def report_data(folder):
    text = (folder / "assets" / "data.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("window.baocang = ").rstrip(";\n"))
