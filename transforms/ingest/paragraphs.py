"""Paragraphs of ordered articles, at indents and after short last lines, also where they run over columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.ingest.blocks import Article, Block, find_edges
from transforms.ingest.geometry import TERMINALS, Line


@dataclass(slots=True)
class Paragraph:
    """A head, caption or paragraph as a reader sees it, also when it runs over columns."""

    lines: list[Line]
    hint: str | None = None


def split_paragraphs(articles: Sequence[Article]) -> list[Paragraph]:
    """Cut the blocks of each article into paragraphs, at indents and after short last lines."""
    paragraphs: list[Paragraph] = []
    for article in articles:
        for head in article.heads:
            lines = _all_lines(head)
            paragraphs.append(Paragraph(lines, head.hint))
        paragraphs += _body_paragraphs(article.bodies)
        paragraphs += [Paragraph(_all_lines(caption), caption.hint) for caption in article.captions]
    return paragraphs


def _all_lines(block: Block) -> list[Line]:
    lines = list(block.lines)
    for article in block.inner:
        for inner in article.blocks():
            lines += _all_lines(inner)
    return lines


def _body_paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    closed = True  # whether the last paragraph is certainly complete
    plain = [b for b in blocks if b.lines and not b.hint]
    for block in blocks:
        if block.inner or block.hint:
            paragraphs += split_paragraphs(block.inner) or [Paragraph(block.lines, block.hint)]
            closed = True
            continue
        # A block of one or two short lines has no edges of its own: its column gives them.
        column = [
            b
            for b in plain
            if abs(b.size - block.size) < 0.1 * block.size
            and (
                b is block
                or (b.x0 - 1.2 * b.size <= block.x0 < b.x0 + 5 * b.size and block.x1 <= b.x1 + 1.2 * b.size)
            )
        ]
        left, right = find_edges([line for b in column for line in b.lines])
        for position, line in enumerate(block.lines):
            indent = (line.x0 - left) / line.size
            fresh = 1.2 < indent < 8
            if position == 0 and paragraphs and not closed:
                same = abs(line.size - paragraphs[-1].lines[-1].size) < 0.1 * line.size
                fresh = fresh or not same
            if closed or fresh or not paragraphs:
                paragraphs.append(Paragraph([]))
            paragraphs[-1].lines.append(line)
            text = line.text.rstrip()
            closed = text[-1:] in TERMINALS and right - line.x1 > 1.6 * line.size
    return paragraphs
