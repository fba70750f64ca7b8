"""Lines of a page whose format knows them, in working offsets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from transforms.normalize.characters import Working
from transforms.normalize.lines import Line, text_width


def lines_from_layout(working: Working, rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Turn the rows of the `lines` table of one page into lines.

    Lines of one block with geometry print as one paragraph, so only a block's end is a boundary. Formats
    without geometry (HTML, DOCX, records) keep each line.

    Args:
        working: The repaired characters of the page.
        rows: Rows in reading order: `raw_start`, `raw_end`, `block`, `hint`, `x0`, `font_size`.

    Returns:
        Lines that hold every visible character of the page, also those that no row covers.
    """
    lines: list[Line] = []
    covered = 0
    for row in rows:
        start = max(working.text_offset(row["raw_start"]), covered)
        end = working.text_offset(row["raw_end"])
        _append(working.text, lines, covered, start, {})
        _append(working.text, lines, start, end, row)
        covered = max(covered, end)
    _append(working.text, lines, covered, len(working.text), {})
    for line, following in pairwise(lines):
        same = line.block == following.block and line.block >= 0
        line.gap = "flow" if same and line.has_place else "line" if same else "blank"
    if lines:
        lines[-1].gap = "end"
    return lines


def _append(text: str, lines: list[Line], start: int, end: int, row: Mapping[str, Any]) -> None:
    for part in text[start:end].splitlines(keepends=True):
        stripped = part.strip()
        if stripped:
            at = start + len(part) - len(part.lstrip())
            lines.append(
                Line(
                    at,
                    at + len(stripped),
                    width=text_width(stripped),
                    block=row.get("block", -1),
                    hint=row.get("hint"),
                    font_size=row.get("font_size"),
                    has_place=row.get("x0") is not None,
                )
            )
        start += len(part)
