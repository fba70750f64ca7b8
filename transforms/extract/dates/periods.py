"""Expressions of more than a year: plan periods, decades, centuries."""

from __future__ import annotations

import re

from transforms.extract.dates import calendar as cal
from transforms.extract.dates.parts import DateParts, Expression, read_int


class LongPeriods:
    """Their readers, named as those of `DateGrammar` are."""

    def _read_plan(self, text: str, match: re.Match[str]) -> Expression:
        # 十四五 is the fourteenth, 九五 the ninth.
        first, last = cal.plan_period(read_int(match["q"] or match["n"] or match["r"]))
        place = (match["p"] or match["o"] or "")[:1]
        if place == "末":
            span = cal.day_span(last, 12, 31)
        elif place == "收":
            span = cal.year_span(last)
        elif place in ("初", "开"):
            span = cal.year_span(first)
        else:
            span = cal.year_span(first, last, "period")
        return Expression(match.start(), match.end(), DateParts("absolute", (span,)))

    def _read_decade(self, text: str, match: re.Match[str]) -> Expression | None:
        text_decade = match["d"]
        decade = read_int(text_decade.replace("零", "十").replace("〇", "十"))
        if decade % 10:
            return None
        thirds = {"初": (0, 3), "中": (4, 6), "末": (7, 9), "前": (0, 4), "后": (5, 9)}
        low, high = thirds.get(match["p"] or "", (0, 9))
        granularity = "years" if match["p"] or match["e"] else "decade"
        if match["e"]:
            # 八九十年代
            if read_int(match["e"]) * 10 != decade - 10:
                return None
            low -= 10
        # 90年代 without a century is the last such decade before 2030 in all modern text.
        century = _century(match["c"]) if match["c"] else (20 if decade >= 30 else 21)
        if century is None:
            return _of_the_day(match, decade + low, decade + high, granularity)
        first = (century - 1) * 100 + decade
        span = cal.year_span(first + low, first + high, granularity)
        return Expression(
            match.start(), match.end(), DateParts("absolute", (span,), short_year=match["c"] is None)
        )

    def _read_century(self, text: str, match: re.Match[str]) -> Expression | None:
        century = _century(match["c"])
        # 新一世纪 and 这一世纪 tell of no first century.
        if match["c"] == "一" and text.endswith(("新", "每", "半", "近", "同", "整", "跨"), 0, match.start()):
            return None
        bounds = {"初": (0, 9), "末": (90, 99), "中叶": (40, 59), "上半叶": (0, 49), "前半叶": (0, 49)}
        low, high = bounds.get(match["p"] or "", (50, 99) if match["p"] else (0, 99))
        granularity = "years" if match["p"] else "century"
        if century is None:
            return _of_the_day(match, low, high, granularity)
        if not 1 <= century <= 30:
            return None
        first = (century - 1) * 100
        span = cal.year_span(max(first + low, 1), first + high, granularity)
        return Expression(match.start(), match.end(), DateParts("absolute", (span,)))


def _of_the_day(match: re.Match[str], low: int, high: int, granularity: str) -> Expression:
    """本世纪末: years of the century of the day of writing, or of one beside it."""
    shift = {"上": -1, "下": 1}.get(match["c"][0], 0)
    return Expression(match.start(), match.end(), DateParts("century", (shift, low, high, granularity)))


def _century(written: str) -> int | None:
    """The century as written; `None` where it is counted from that of the day of writing."""
    if written[0] in "上下本这":
        return None
    return 21 if written == "新" else read_int(written)
