"""Lines with their places to a page of raw text, the last step that PDF and OCR share."""

from __future__ import annotations

from dataclasses import replace

from transforms.ingest.blocks import find_body_size
from transforms.ingest.geometry import Art, Line
from transforms.ingest.joins import join_initials, join_rows
from transforms.ingest.model import Method, RawLine, RawPage
from transforms.ingest.paragraphs import Paragraph, split_paragraphs
from transforms.ingest.reading_order import arrange
from transforms.ingest.roles import hint_articles, split_furniture


def assemble_page(
    lines: list[Line], art: Art, *, page_number: int, width: float, height: float, method: Method
) -> RawPage | None:
    """Put lines into reading order and write them down as one page; `None` if there is no text."""
    lines = join_rows(join_initials([x for x in lines if x.text.strip()]), art.tables)
    lines = [replace(line, index=i) for i, line in enumerate(lines)]
    if not lines:
        return None
    top, flow, bottom = split_furniture(lines, width, height)
    articles = arrange(flow, art)
    hint_articles(articles, find_body_size(flow), art, height)
    paragraphs = [Paragraph([line], "furniture") for line in top]
    paragraphs += split_paragraphs(articles)
    paragraphs += [Paragraph([line], "furniture") for line in bottom]
    pieces: list[str] = []
    raw_lines: list[RawLine] = []
    offset = 0
    for block, paragraph in enumerate(paragraphs):
        for position, ordered in enumerate(paragraph.lines):
            line = lines[ordered.index]
            if raw_lines:
                pieces.append("\n" if position else "\n\n")
                offset += len(pieces[-1])
            pieces.append(line.text)
            raw_lines.append(
                RawLine(
                    raw_start=offset,
                    raw_end=offset + len(line.text),
                    block=block,
                    hint=paragraph.hint,
                    x0=round(line.x0, 2),
                    y0=round(line.y0, 2),
                    x1=round(line.x1, 2),
                    y1=round(line.y1, 2),
                    font_size=round(line.size, 2),
                    confidence_share=line.confidence,
                )
            )
            offset += len(line.text)
    return RawPage(page_number, "".join(pieces), round(width, 2), round(height, 2), method, tuple(raw_lines))
