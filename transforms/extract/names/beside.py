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
# 普陀区政府赴舟山市普陀区考察
_FAR = 30
_BESIDE = re.compile("、|[^，。；！？\n]{0,8}[与和同跟赴到]")
# 香港南安公会: who comes from there
_NATIVES = re.compile("(?:总?商|公|促进|联谊|宗亲|互助)?会|同乡|乡亲|籍")
# 泰山脚下 is no county.
_LANDS = frozenset("山岭峰")
_ON_LAND = re.compile("(?:北|南|东|西)?(?:山?脚下|山?麓|坡|之巅|之上|山顶|主峰|极顶|深处|南北)")


def by_neighbours(
    text: str,
    places: Sequence[Span],
    options: Sequence[Sequence[Division]],
    former: Mapping[str, Sequence[Division]],
) -> list[Sequence[Division]]:
    """Those divisions of each place that lie in the one directly before it, else in the city of its row.

    Args:
        text: The article's text.
        places: Places, sorted by start; nested ones among them.
        options: What each may mean.
        former: Divisions of former days by name.
    """
    told = list(options)
    above: dict[int, set[str]] = {}
    starts: dict[int, int] = {}
    for number, (span, found) in enumerate(zip(places, options, strict=True)):
        if found and (fronts := above.get(span.start)):
            is_home = _NATIVES.match(text, span.end) is not None
            name = text[span.start : span.end]
            within = _within(name, found, tuple(fronts), former)
            told[number] = found if is_home and not within else within
        above.setdefault(span.end, set()).update(
            d.adcode[: _PREFIX[d.level]] for d in told[number] if d.level in _PREFIX
        )
        starts.setdefault(span.end, starts.get(span.start, span.start))
    for number, span in enumerate(places):
        if len(told[number]) > 1 and span.start not in above:
            others = _of_twins(text, number, places, told, starts)
            told[number] = [d for d in told[number] if d.adcode not in others] or told[number]
    for row in _rows(text, places):
        cities = {told[n][0].adcode[:4] for n in row if len(told[n]) == 1 and told[n][0].level == "county"}
        front = [d.adcode[:4] for d in told[row[0]] if places[row[0]].start in above and d.level == "county"]
        for number in row:
            if len(told[number]) > 1 and cities:
                near = [d for d in told[number] if d.level == "county" and d.adcode[:4] in cities]
                told[number] = near if len(near) == 1 else told[number]
            name = text[places[number].start : places[number].end]
            if len(front) == 1 and name[-1] == "区":
                # 东江市青石区、海原区
                told[number] = _of_city(told[number], former.get(name, ()), front[0]) or told[number]
    return told


def _within(
    name: str, found: Sequence[Division], fronts: tuple[str, ...], former: Mapping[str, Sequence[Division]]
) -> Sequence[Division]:
    """What a name means directly behind a division: one in it, which may have been dissolved since.

    Of no other city is a district (the 江东区 that a city has no more), and the short form of a county
    behind another province (香港九龙) is no county.
    """
    if within := _of_city(found, former.get(name, ()), fronts):
        return within
    provinces = {front[:2] for front in fronts}
    is_short = all(d.level == "county" and d.name != name for d in found)
    is_elsewhere = is_short and all(d.adcode[:2] not in provinces for d in found)
    return [] if name[-1] == "区" or is_elsewhere else found


def _of_city(
    found: Sequence[Division], former: Sequence[Division], fronts: tuple[str, ...] | str
) -> list[Division]:
    """Those divisions whose codes begin so; former ones where none of today does."""
    within = [d for d in found if d.adcode.startswith(fronts)]
    return within or [d for d in former if d.adcode.startswith(fronts)]


def _of_twins(
    text: str,
    number: int,
    places: Sequence[Span],
    told: Sequence[Sequence[Division]],
    starts: Mapping[int, int],
) -> set[str]:
    """Codes of the other place of a name that a bare one stands beside: 普陀区与舟山市普陀区.

    Args:
        text: The article's text.
        number: Which of the places is the bare one.
        places: Places, sorted by start.
        told: What each may mean.
        starts: By the end of a place, where the first of those in a row that ends there begins.
    """
    span, codes = places[number], set[str]()
    name = text[span.start : span.end]
    for position in range(number + 1, len(places)):
        other, found = places[position], told[position]
        if other.start > span.end + _FAR:
            break
        start = starts.get(other.start, other.start)
        is_twin = len(found) == 1 and text[other.start : other.end] == name
        if is_twin and span.end < start < other.start and _BESIDE.fullmatch(text, span.end, start):
            codes.add(found[0].adcode)
    return codes


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
