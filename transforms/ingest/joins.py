"""What is one line to a reader though its parts stand apart: a large first letter, the cells of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.ingest.blocks import find_body_size
from transforms.ingest.geometry import Line, Table

INITIAL_RATIO = 1.8
INITIAL = re.compile(r"[“‘《「『]?[^\W\d_]")


def join_initials(lines: list[Line]) -> list[Line]:
    """Put a large first letter before the first of the lines that it stands beside."""
    body = find_body_size(lines)
    initials = [x for x in lines if x.size > INITIAL_RATIO * body and INITIAL.fullmatch(x.text)]
    for initial in initials:
        beside = sorted(
            (
                x
                for x in lines
                if -0.3 * body < x.x0 - initial.x1 < 2.6 * body
                and initial.y0 - 0.5 * body < x.middle < initial.y1 + body
                and 0.8 * body < x.size < 1.25 * body
                and not x.vertical
            ),
            key=lambda x: x.y0,
        )
        if len(beside) < 2:
            continue
        # All lines beside it begin where the column does, so that none looks indented.
        moved = {id(x): replace(x, x0=initial.x0) for x in beside}
        first = moved[id(beside[0])]
        moved[id(beside[0])] = replace(first, text=initial.text + first.text, y0=min(initial.y0, first.y0))
        lines = [moved.get(id(x), x) for x in lines if x is not initial]
    return lines


def join_rows(lines: list[Line], tables: Sequence[Table]) -> list[Line]:
    """Make each row of a table one line, its cells set apart by a space."""
    for table in tables:
        inside = [x for x in lines if table.outline.holds((x.x0 + x.x1) / 2, x.middle)]
        if not inside:
            continue
        taken = {id(x) for x in inside}
        lines = [x for x in lines if id(x) not in taken]
        for top, bottom in zip(table.rows, table.rows[1:], strict=False):
            cells = [x for x in inside if top <= x.middle < bottom]
            if cells:
                lines.append(_join_cells(cells))
    return lines


def _join_cells(cells: list[Line]) -> Line:
    """One line of a row; the lines of a cell, which overlap in x, go together."""
    columns: list[list[Line]] = []
    for line in sorted(cells, key=lambda x: x.x0):
        if columns and line.x0 < max(x.x1 for x in columns[-1]) - 0.3 * line.size:
            columns[-1].append(line)
        else:
            columns.append([line])
    texts = ["".join(x.text for x in sorted(column, key=lambda x: x.y0)) for column in columns]
    confidences = [x.confidence for x in cells if x.confidence is not None]
    return replace(
        columns[0][0],
        text="　".join(texts),
        x0=min(x.x0 for x in cells),
        y0=min(x.y0 for x in cells),
        x1=max(x.x1 for x in cells),
        y1=max(x.y1 for x in cells),
        confidence=min(confidences) if confidences else None,
    )
