"""Damage clean paragraphs as converters damage newspaper columns; seeded, so figures can be repeated."""

from __future__ import annotations

import random
import re

NO_START = set("，。、；：？！”’》）〉」』】〕…")
NO_END = set("“‘（《〈「『【〔")
HALF = str.maketrans("，：；？！（）", ",:;?!()")


def wrap(text: str, width: int, *, indent: int = 0, kinsoku: bool = True, em: bool = True) -> list[str]:
    """Break a paragraph into printed lines; ASCII takes half an em when `em`."""
    tokens = re.findall(r"[0-9A-Za-z.%]+|.", text) if em else list(text)
    lines, line, used = [], "", float(indent)
    for token in tokens:
        size = len(token) / 2 if em and token.isascii() else len(token)
        if line and used + size > width and not (kinsoku and token in NO_START and used <= width):
            moved = ""
            if kinsoku and line[-1] in NO_END:
                line, moved = line[:-1], line[-1]
            lines.append(line)
            line, used = moved, float(len(moved))
        line += token
        used += size
    if line:
        lines.append(line)
    return lines


def straighten(text: str) -> str:
    """Straight quotes and half-width marks, as text layers return them."""
    return re.sub("[“”]", '"', text).translate(HALF)


def space_wrapped(paragraphs: list[str], width: int, rng: random.Random, share: float = 1.0) -> str:
    """Line ends became spaces; paragraphs stay apart."""
    return "\n\n".join(" ".join(wrap(p, width, indent=2)) if rng.random() < share else p for p in paragraphs)


def newline_wrapped(
    paragraphs: list[str],
    width: int,
    *,
    kinsoku: bool = True,
    em: bool = True,
    indent: int = 0,
    blank: bool = False,
) -> str:
    """Every printed line is a line; nothing marks a paragraph."""
    gap = "\n\n" if blank else "\n"
    return gap.join(
        line for p in paragraphs for line in wrap(p, width, kinsoku=kinsoku, em=em, indent=indent)
    )


def blank_in_sentences(paragraphs: list[str], rng: random.Random, rate: float) -> str:
    """Empty lines inside sentences: a column ended there."""
    result = []
    for paragraph in paragraphs:
        text = paragraph
        if rng.random() < rate and len(text) > 30:
            at = rng.randrange(12, len(text) - 8)
            while at > 1 and (text[at - 1] in "。！？”" or text[at] in NO_START):
                at -= 1
            text = text[:at] + "\n\n" + text[at:]
        result.append(text)
    return "\n\n".join(result)


def seed_like(paragraphs: list[str], width: int, rng: random.Random) -> str:
    """Damages of a scanned page at once: some paragraphs wrapped with spaces, some glued, some cut in two."""
    blocks: list[str] = []
    for paragraph in paragraphs:
        lines = wrap(paragraph, width, indent=2)
        wrapped = rng.random() < 0.5
        text = " ".join(lines) if wrapped else paragraph
        if rng.random() < 0.15 and len(lines) > 4:
            cut = rng.randrange(2, len(lines) - 1)
            first, second = lines[:cut], lines[cut:]
            if first[-1][-1] not in "。！？”":
                text = (" " if wrapped else "").join(first) + "\n\n" + ("" if wrapped else " ").join(second)
        if blocks and wrapped and rng.random() < 0.1 and " " in blocks[-1][-40:]:
            blocks[-1] += " " + text
        else:
            blocks.append(text)
    return straighten("\n\n".join(blocks))
