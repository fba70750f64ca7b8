"""What may follow a year or stand without one: 3月5日, 3月上旬, 一季度, 底, 中秋, 正月初一."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.dates.parts import WEEKDAYS, DateParts, Expression, read_int
from transforms.extract.dates.rules import DateRules

# 五月廿二 but not 廿二日, which old papers write of solar days.
_OLD_TWENTY = re.compile("月廿[一二三四五六七八九]?$")


class WithinYear:
    """Reads what stands inside a year."""

    def __init__(self, compiled: DateRules, words: Mapping[str, Any]) -> None:
        self._compiled, self._words = compiled, words

    def read(self, text: str, position: int, *, has_year: bool) -> Expression | None:
        """What follows a year that ends at `position` (`has_year`), or stands there without one."""
        rules = self._compiled.within
        if match := rules["quarter_range"].match(text, position):
            first, second = read_int(match["a"]), read_int(match["b"])
            return Expression(
                position, match.end(), DateParts("quarter", (first,)), DateParts("quarter", (second,))
            )
        for name, kind in (("quarters", "quarters"), ("months", "months"), ("quarter", "quarter")):
            if match := rules[name].match(text, position):
                number = read_int(match[1] or match.groupdict().get("r") or "一")
                parts, end = DateParts(kind, (number,)), match.end()
                if kind == "quarter" and text.startswith("末", end):
                    parts, end = DateParts("month", (number * 3,)), end + 1
                return Expression(position, end, parts)
        if match := rules["half"].match(text, position):
            half, end = 1 if match["w"] in "上前" else 2, match.end()
            if text.startswith("末", end):
                return Expression(position, end + 1, DateParts("month", (half * 6,)))
            return Expression(position, end, DateParts("half", (half,)))
        if match := rules["month_range"].match(text, position):
            first, second = read_int(match["a"]), read_int(match["b"])
            return Expression(
                position, match.end(), DateParts("month", (first,)), DateParts("month", (second,))
            )
        if match := rules["month_pair"].match(text, position):
            # 2、3月份 and 五六月间
            first, second = read_int(match["a"] or match["c"]), read_int(match["b"] or match["d"])
            if second == first + 1:
                return Expression(
                    position, match.end(), DateParts("month", (first,)), DateParts("month", (second,))
                )
        lunar = self._compiled.rules["lunar"].match(text, position + text.startswith("的", position))
        if lunar and has_year and is_lunar(lunar):
            return self.read_lunar(lunar, position)
        if match := rules["month"].match(text, position):
            return self._read_in_month(text, position, match.end(), read_int(match["m"]))
        if not has_year:
            return None
        if match := rules["month_nth"].match(text, position):
            return Expression(position, match.end(), DateParts("month", (read_int(match["n"] or "一"),)))
        if match := rules["week_nth"].match(text, position):
            return Expression(position, match.end(), DateParts("week", (None, read_int(match["n"]))))
        # 明年的国庆节前, and 明年 国庆节前 behind a stray space.
        begin = position + text.startswith(("的", " "), position)
        marked = self._compiled.rules["marked"].match(text, begin)
        if marked is not None:
            return Expression(position, marked.end(), DateParts("festival", (marked["q"] or marked["w"],)))
        if match := self._compiled.quoted_festival.match(text, begin):
            return Expression(position, match.end(), DateParts("festival", (match["f"] or match["q"],)))
        if match := rules["year_part"].match(text, position):
            args = tuple(self._words["parts_of_year"][match["w"]])
            return Expression(position, match.end(), DateParts("year_part", args))
        if match := rules["season"].match(text, position):
            return Expression(position, match.end(), DateParts("season", (match["w"],)))
        mark = rules["lunar_mark"].match(text, position)
        if (match := self._compiled.rules["lunar"].match(text, mark.end() if mark else position)) and (
            mark or is_lunar(match)
        ):
            return self.read_lunar(match, position)
        lunar_month = self._compiled.rules["lunar_month"].match(text, position)
        return self.read_lunar_month(lunar_month, position) if lunar_month else None

    def _read_in_month(self, text: str, start: int, position: int, month: int) -> Expression:
        rules = self._compiled.within
        if match := rules["day_range"].match(text, position):
            first, second = read_int(match["a"]), read_int(match["b"])
            return Expression(
                start, match.end(), DateParts("day", (month, first)), DateParts("day", (month, second))
            )
        if match := rules["nth_weekday"].match(text, position):
            ordinal = read_int(match["n"]) if match["n"] else 0
            return Expression(
                start, match.end(), DateParts("nth_weekday", (month, WEEKDAYS[match["w"]], ordinal))
            )
        if match := rules["day"].match(text, position) or rules["plain_day"].match(text, position):
            return Expression(start, match.end(), DateParts("day", (month, read_int(match["d"]))))
        if match := rules["month_part"].match(text, position):
            bounds = self._words["parts_of_month"][match["w"]]
            return Expression(start, match.end(), DateParts("month_part", (month, *bounds)))
        if match := rules["week_nth"].match(text, position):
            return Expression(start, match.end(), DateParts("week", (month, read_int(match["n"]))))
        if match := rules["loose_day"].match(text, position):
            return Expression(start, match.end(), DateParts("day", (month, read_int(match["d"]))))
        return Expression(start, position, DateParts("month", (month,)))

    def read_lunar(self, match: re.Match[str], start: int) -> Expression:
        """The day of a lunar match; the expression starts at `start`."""
        month = self._words["lunar"]["months"][match["named"]] if match["named"] else read_int(match["m"])
        day = read_int(match["d"].removeprefix("初"))
        return Expression(start, match.end(), DateParts("lunar", (month, day, match["leap"] is not None)))

    def read_lunar_month(self, match: re.Match[str], start: int) -> Expression:
        """The lunar month of a match (腊月, 闰四月); the expression starts at `start`."""
        groups = match.groupdict()
        named = groups.get("named") or groups.get("alone")
        month = self._words["lunar"]["months"][named] if named else read_int(groups["m"] or groups["n"])
        is_leap = bool(groups.get("leap") or groups.get("leapt"))
        return Expression(start, match.end(), DateParts("lunar_month", (month, is_leap)))


def is_lunar(match: re.Match[str]) -> bool:
    """Whether a match of the lunar rule can be nothing else."""
    # 三月初一 and 腊月二十三 are lunar without a mark; 八月十五 is not known to be.
    return bool(
        match["named"] or match["leap"] or match["d"].startswith("初") or _OLD_TWENTY.search(match[0])
    )
