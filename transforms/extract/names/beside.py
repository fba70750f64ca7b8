"""What stands beside a place tells which it is: the city in front of it, its row, 脚下 behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from transforms.extract.names.forms import short_form
from transforms.extract.names.meant import Division
from transforms.extract.names.spans import Span

_JOINTS = frozenset(("、", "和", "与", "及", "以及"))
_PREFIX = {"province": 2, "city": 4}
_LONGEST_ROW = 5
# 泰山脚下 is no county.
_LANDS = frozenset("山岭峰")
_ON_LAND = re.compile("(?:北|南|东|西)?(?:山?脚下|山?麓|坡|之巅|之上|山顶|主峰|极顶|深处|南北)")


def by_neighbours(
    text: str, places: Sequence[Span], options: Sequence[Sequence[Division]]
) -> list[Sequence[Division]]:
    """Those divisions of each place that lie in the one directly before it, else in the city of its row.

    Args:
        text: The article's text.
        places: Places, sorted by start; nested ones among them.
        options: What each may mean.
    """
    told = list(options)
    above: dict[int, set[str]] = {}
    for number, (span, found) in enumerate(zip(places, options, strict=True)):
        within = [d for d in found if d.adcode.startswith(tuple(above.get(span.start, ())))]
        if len(found) > 1 and len(within) == 1:
            told[number] = within
        above.setdefault(span.end, set()).update(
            d.adcode[: _PREFIX[d.level]] for d in told[number] if d.level in _PREFIX
        )
    for row in _rows(text, places):
        cities = {told[n][0].adcode[:4] for n in row if len(told[n]) == 1 and told[n][0].level == "county"}
        for number in row:
            if len(told[number]) > 1 and cities:
                near = [d for d in told[number] if d.level == "county" and d.adcode[:4] in cities]
                told[number] = near if len(near) == 1 else told[number]
    return told


def is_land(text: str, span: Span) -> bool:
    """Whether a mountain is meant, not the county or city that is called after it: 泰山脚下."""
    return text[span.end - 1] in _LANDS and _ON_LAND.match(text, span.end) is not None


def reads_as_province(
    text: str, span: Span, places: Sequence[Span], provinces: Mapping[str, str], countries: Mapping[str, str]
) -> bool:
    """Whether a character that is a short form of both (澳, 新, 蒙, 苏) stands for the province here."""
    row = [
        text[other.start : other.end]
        for other in places
        if other.end - other.start == 1 and abs(other.start - span.start) < _LONGEST_ROW
    ]
    neighbours = [c for c in row if c != text[span.start]]
    if any(c not in provinces for c in neighbours):
        return False
    named = {text[other.start : other.end] for other in places if other.end - other.start > 1}
    character = text[span.start]
    if countries[character] in named:
        return False
    province = provinces[character]
    return bool(neighbours) or province in named or short_form(province) in named


def _rows(text: str, places: Sequence[Span]) -> list[list[int]]:
    """Numbers of the places that stand in one row, joined by nothing but 、 or 和."""
    outer = [number for number, span in enumerate(places) if span.parent is None]
    rows: list[list[int]] = []
    for number in outer:
        before = places[rows[-1][-1]].end if rows else 0
        if rows and text[before : places[number].start] in _JOINTS:
            rows[-1].append(number)
        else:
            rows.append([number])
    return [row for row in rows if len(row) > 1]
