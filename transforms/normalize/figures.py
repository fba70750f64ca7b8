"""Figures as a scan misreads them: letters for digits, a comma for the point, full-width commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

# 2O23年, l0亿元 and 1O%; H2O, O2O, 5G and O3日最大8小时 are none.
_LOOKALIKE_RE = re.compile(
    r"(?<![A-Za-z0-9.\-])(?=[0-9lIOo]*[0-9])(?=[0-9lI]*[lIOo])(?![lI]+[OoLI])[0-9lI][0-9lIOo]*"
    r"(?=(?:\.[0-9]+)?[年月日万亿千百%元]|(?<=[0-9lIOo]{2})[个名家人次件台套辆亩吨张座项户处起条所只头岁届公平立])"
)
_DIGIT = str.maketrans("lIOo", "1100")
_UNIT = "[多余]?(?:[万亿千百元吨亩人名户项辆台套股件条只头株棵座]|公[里斤顷]|平方|立方|美元|欧元|港元)"
# 1，360亩; in 985，211院校 they are two numbers.
_THOUSANDS_RE = re.compile(rf"(?<![0-9.,，第\-])[0-9]{{1,3}}(?:，[0-9]{{3}})+(?![0-9])(?={_UNIT})")
# 62。5亿元, 43,79万元; not 2014，1亿5000万.
_POINT_RE = re.compile(
    r"(?<![0-9.第\-])(?<![0-9][,，、。])(?!(?:19|20)[0-9]{2}[,，。])[0-9]{1,4}([,，。])[0-9]{1,2}(?=万|亿|%|元|个百分点|公里|小时)"
)


def misread(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset, character and rule of every mark inside a number that should be another."""
    for match in _LOOKALIKE_RE.finditer(text):
        for at in range(*match.span()):
            if not text[at].isdigit():
                yield at, text[at].translate(_DIGIT), "digit"
    if "，" in text or "。" in text or "," in text:
        for match in _THOUSANDS_RE.finditer(text):
            yield from ((at, ",", "width") for at in range(*match.span()) if text[at] == "，")
        for match in _POINT_RE.finditer(text):
            yield match.start(1), ".", "decimal_point"
