"""Date expressions of Chinese text: where they are and what they say, before anything is resolved.

`DateGrammar.scan` walks a folded text with one trigger expression and reads an expression where it
fires, the longest form first. Vocabulary: `calendar.yml`. Clock times alone (下午三点) and durations
(十几天) are no dates; a clock time after a date belongs to its span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from transforms.extract.cuts import starts_inside
from transforms.extract.dates import calendar as cal
from transforms.extract.dates.calendar import Span
from transforms.extract.dates.parts import WEEKDAYS, DateParts, Expression, read_int
from transforms.extract.dates.periods import LongPeriods
from transforms.extract.dates.rules import DateRules
from transforms.extract.dates.within import WithinYear, is_lunar
from transforms.extract.openings import Openings

_DAY_KINDS = frozenset({"day", "day_shift", "day_only", "lunar", "festival", "earlier_day"})
# 个半月, 个多月, 年半
_PLAIN_UNIT = str.maketrans("", "", "个半多")
_RANGED = frozenset({"year", "month", "day", "month_part", "day_only", "quarter"})
# 10—15年 are years of the calendar from here on.
_LEAST_SHORT = 50
# 建交75年纪念, 经过75年积累, 没有七八年时间
_SPAN_AFTER = re.compile(
    "纪念|发展|历[史程]|积累|坚实|风雨|沧桑|来|间|华诞|光辉|辉煌|岁月|奋斗|征程|不懈|时间|工夫|光阴|的?努力"
)
_SPAN_BEFORE = re.compile("(?:经过|历经|走过|建交|没有|近|用了?|花了?|长达|干了|等了|过了)$")
_SHIFT_BEFORE = re.compile(r"[\u4e00-\u9fff]$")

# 至今|年 and 从前|年, as jieba cuts them, are 今年 and 前年.
_SHORT, _OWN_WORDS = 3, ("今", "本", "前", "近", "上", "明年")
# 愿同日方合作
_NO_SAME_DAY = re.compile("[同当]日(?=方|本(?![报市县省台网]))")


class DateGrammar(LongPeriods):
    """The expressions of `calendar.yml` and of dates in figures, compiled once per process."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words
        compiled = DateRules(words)
        self._compiled = compiled
        self._rules, self._within = compiled.rules, compiled.within
        self._within_year = WithinYear(compiled, words)
        self._openings = Openings(compiled.rules)
        self._readers: dict[str, Callable[[str, re.Match[str]], Expression | None]] = {
            name: getattr(self, f"_read_{name}") for name in compiled.rules
        }

    def scan(self, text: str) -> list[Expression]:
        """The expressions of a folded text in order, ranges joined."""
        found: list[Expression] = []
        position = 0
        while match := self._compiled.trigger.search(text, position):
            expression = self._read(text, match.start())
            if expression is None or expression.end <= match.start() or _is_cut(text, expression):
                position = match.start() + 1
                continue
            position = expression.end
            previous = found[-1] if found else None
            if previous and previous.last is None and (end := self._joined_end(text, previous, expression)):
                expression = replace(expression, end=end)
                position = end
                first = previous.parts
                first = replace(first, modifier="") if first.modifier == "start" else first
                last = expression.last or expression.parts
                found[-1] = Expression(previous.start, expression.end, first, last)
            elif not self._closes_set(text, expression):
                found.append(expression)
        return found

    def _closes_set(self, text: str, expression: Expression) -> bool:
        # 每年3月 and 每月15日 are sets.
        if text.endswith(("每年", "每月", "每季度", "每个月", "逢年"), 0, expression.start):
            return True
        # 周一至周五 is every week; its 周五 is no day.
        is_lone_weekday = text[expression.start] in "周星礼" and expression.parts.kind == "week_shift"
        return is_lone_weekday and text.endswith(("至", "到"), 0, expression.start)

    def _joined_end(self, text: str, first: Expression, second: Expression) -> int:
        """Where the range of two expressions ends, 0 where they are no range."""
        between = text[first.end : second.start]
        modifiers = (first.parts.modifier, second.parts.modifier)
        if modifiers in (("since", "before"), ("start", "before")) and not between:
            return second.end
        # 即日起至3月1日 is a range.
        if modifiers[0] not in ("", "start"):
            return 0
        if self._compiled.joint.fullmatch(between):
            # 走向新世纪——1998年新年讲话: a dash of a title.
            is_title = "——" in between and first.parts.kind not in _RANGED
            return 0 if is_title else second.end
        both = self._compiled.between.match(text, second.end) if between in ("与", "和", "跟", "同") else None
        return both.end() if both else 0

    def _read(self, text: str, position: int) -> Expression | None:
        for name in self._openings.at(text[position]):
            match = self._rules[name].match(text, position)
            expression = self._readers[name](text, match) if match else None
            if expression is not None:
                return self._extend(text, expression)
        return None

    def _extend(self, text: str, expression: Expression) -> Expression:
        """Take in the weekday, the part of the day and the modifier that follow."""
        parts, last, end = expression.parts, expression.last, expression.end
        kind = (last or parts).kind
        if kind in _DAY_KINDS and (beside := self._compiled.beside.match(text, end)):
            parts, end = replace(parts, weekday=WEEKDAYS[beside[1]]), beside.end()
        # 下月5日下午
        is_day = kind in _DAY_KINDS or (kind == "month_shift" and parts.args[1] is not None)
        takes_time = is_day or kind == "week_shift" or parts.part_of_day
        if takes_time and (clock := self._compiled.time.match(text, end)):
            parts, end = replace(parts, part_of_day=True), clock.end()
        modifier = self._compiled.modifier.match(text, end) if last is None else None
        # 2020至2025年前 is a range.
        is_years = parts.kind == "absolute" and parts.args[0].granularity == "years"
        if modifier and not (is_years and modifier["before"]):
            name = modifier.lastgroup or ""
            if name == "before" and modifier[0].strip()[0] in "及或":
                name = "until"
            parts, end = replace(parts, modifier=name), modifier.end()
        elif (
            last is None and text[end - 1] in "底末" and text.endswith(("截至", "截止"), 0, expression.start)
        ):
            parts = replace(parts, modifier="as_of")
        return Expression(expression.start, end, parts, last)

    def _with_year(self, text: str, start: int, end: int, year: DateParts) -> Expression:
        """Put the year of `year` on what follows it."""
        within = self._within_year.read(text, end, has_year=True)
        if within is None:
            return Expression(start, end, year)
        first = _copy_year(within.parts, year)
        last = within.last and _copy_year(within.last, year)
        return Expression(start, within.end, first, last)

    def _read_bce(self, text: str, match: re.Match[str]) -> Expression:
        # Python and Parquet dates start in the year 1.
        return Expression(match.start(), match.end(), DateParts("absolute", (Span(None, None, "year"),)))

    def _read_years(self, text: str, match: re.Match[str]) -> Expression | None:
        first, second = (_full_year(match[a] or match[b]) for a, b in (("a", "c"), ("b", "d")))
        if not first < second:
            return None
        short = len(match["a"] or "....") < 4
        if (
            short
            and int(match["a"]) < _LEAST_SHORT
            and match[0].endswith("年")
            and match[0][-2] not in "学财"
        ):
            # 15—20年: how long.
            return None
        span = cal.year_span(first, second, "years")
        return Expression(match.start(), match.end(), DateParts("absolute", (span,), short_year=short))

    def _read_ym_range(self, text: str, match: re.Match[str]) -> Expression:
        first, last = (DateParts("month", (int(match[m]),), year=int(match[y])) for y, m in ("ym", "bn"))
        return Expression(match.start(), match.end(), first, last)

    def _read_ymd(self, text: str, match: re.Match[str]) -> Expression:
        parts = DateParts("day", (int(match["m"]), int(match["d"])), year=int(match["y"]))
        return Expression(match.start(), match.end(), parts)

    _read_spaced = _read_ymd

    def _read_md(self, text: str, match: re.Match[str]) -> Expression:
        return Expression(match.start(), match.end(), DateParts("day", (int(match["m"]), int(match["d"]))))

    def _read_month_part(self, text: str, match: re.Match[str]) -> Expression:
        bounds = tuple(self.words["parts_of_month"][match["w"]])
        return Expression(match.start(), match.end(), DateParts("month_shift", (0, None, bounds)))

    def _read_ym(self, text: str, match: re.Match[str]) -> Expression:
        return Expression(
            match.start(), match.end(), DateParts("month", (int(match["m"]),), year=int(match["y"]))
        )

    _read_my = _read_ym

    def _read_dmy(self, text: str, match: re.Match[str]) -> Expression | None:
        first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
        if first > 12 < second:
            return None
        if first <= 12 and second <= 12 and first != second:
            readings = [cal.day_span(year, second, first), cal.day_span(year, first, second)]
            return Expression(match.start(), match.end(), DateParts("ambiguous", tuple(readings), year=year))
        month, day = (second, first) if first > 12 else (first, second)
        return Expression(match.start(), match.end(), DateParts("day", (month, day), year=year))

    def _read_lunar(self, text: str, match: re.Match[str]) -> Expression | None:
        is_marked = match[0][:2] in self.words["lunar"]["marks"]
        return self._within_year.read_lunar(match, match.start()) if is_marked or is_lunar(match) else None

    def _read_year(self, text: str, match: re.Match[str]) -> Expression | None:
        written = match["y"]
        year, digits = read_int(written), len(str(read_int(written)))
        if not 1 <= year < 2200:
            return None
        short = len(written) == 2 and year < 100
        parts = DateParts("year", year=_full_year(written) if short else year, short_year=short)
        expression = self._with_year(text, match.start(), match.end(), parts)
        is_alone = expression.end == match.end()
        if match["mark"] and expression.parts.kind in ("day", "month", "month_part"):
            found = expression
            if lunar := self._rules["lunar"].match(text, match.end()):
                found = self._within_year.read_lunar(lunar, match.start())
            elif month := self._compiled.within["month"].match(text, match.end()):
                found = self._within_year.read_lunar_month(month, match.start())
            return replace(found, parts=replace(found.parts, year=parts.year))
        if short and is_alone and not (written[0] in "0零〇" or written[0] in "789七八九"):
            return None
        if short and is_alone and _is_span_of_years(text, match, written):
            return None
        introduced = text.endswith(("在", "于", "自", "从", "至"), 0, match.start())
        if digits == 3 and is_alone and not introduced and not match[0].startswith("公元"):
            return None
        if (
            is_alone
            and year < 1800
            and re.match(r"[前来间]|以[前来上]|历史", text[match.end() : match.end() + 2])
        ):
            # 1500年前, 1300年历史: a span of time.
            return None
        return expression

    def _read_era(self, text: str, match: re.Match[str]) -> Expression:
        first = self.words["eras"][match["e"]][0]
        year = first + (1 if match["n"] == "元" else read_int(match["n"])) - 1
        return self._with_year(text, match.start(), match.end(), DateParts("year", year=year))

    def _read_shifted_year(self, text: str, match: re.Match[str]) -> Expression:
        parts = DateParts("year", year_shift=self._compiled.year_shifts[match["w"]])
        return self._with_year(text, match.start(), match.end(), parts)

    def _read_earlier(self, text: str, match: re.Match[str]) -> Expression:
        kind, shift = self._compiled.earlier[match["w"]]
        if kind == "year":
            return self._with_year(text, match.start(), match.end(), DateParts("year", year_earlier=shift))
        if kind == "month":
            return self._with_month(text, match, "earlier_month", shift)
        is_evening = match["w"].endswith(("晚", "夜"))
        return Expression(
            match.start(), match.end(), DateParts("earlier_day", (shift,), part_of_day=is_evening)
        )

    def _read_shift(self, text: str, match: re.Match[str]) -> Expression:
        kind, shift = self._compiled.shifts[match["w"]]
        if kind == "days":
            is_part = match["w"][-1] in "晚夜晨早午"
            modifier = "start" if match["w"].endswith("起") else ""
            parts = DateParts("day_shift", (shift,), part_of_day=is_part, modifier=modifier)
            return Expression(match.start(), match.end(), parts)
        if kind == "seasons":
            parts = DateParts("season", (match["w"][-1],), year_shift=shift)
            return Expression(match.start(), match.end(), parts)
        if kind == "months":
            return self._with_month(text, match, "month_shift", shift)
        if kind == "quarters":
            return Expression(match.start(), match.end(), DateParts("quarter_shift", (shift,)))
        weekday = re.compile(r"的?(?:周|星期)?([一二三四五六日天末])(?![期年])").match(text, match.end())
        if weekday is None:
            return Expression(match.start(), match.end(), DateParts("week_shift", (shift, None)))
        return Expression(
            match.start(), weekday.end(), DateParts("week_shift", (shift, WEEKDAYS[weekday[1]]))
        )

    def _with_month(self, text: str, match: re.Match[str], kind: str, shift: int) -> Expression:
        if day := self._within["day"].match(text, match.end()):
            return Expression(match.start(), day.end(), DateParts(kind, (shift, read_int(day["d"]), None)))
        if part := self._within["month_part"].match(text, match.end()):
            bounds = tuple(self.words["parts_of_month"][part["w"]])
            return Expression(match.start(), part.end(), DateParts(kind, (shift, None, bounds)))
        return Expression(match.start(), match.end(), DateParts(kind, (shift, None, None)))

    def _read_lunar_month(self, text: str, match: re.Match[str]) -> Expression:
        return self._within_year.read_lunar_month(match, match.start())

    def _read_cycle(self, text: str, match: re.Match[str]) -> Expression | None:
        if match["z"]:
            args = ("鼠牛虎兔龙蛇马羊猴鸡狗猪".index(match["z"]), 12)
        else:
            stem, branch = (
                "甲乙丙丁戊己庚辛壬癸".index(match["s"]),
                "子丑寅卯辰巳午未申酉戌亥".index(match["b"]),
            )
            if (stem - branch) % 2:
                return None
            args = ((6 * stem - 5 * branch) % 60, 60)
        return Expression(match.start(), match.end(), DateParts("cycle", args))

    def _read_pair(self, text: str, match: re.Match[str]) -> Expression:
        if match["s"]:
            # 今冬明春 is the winter of this year, not one that has begun, and the spring after it.
            shift = {"今": 0, "去": -1, "明": 1}[match["s"][0]]
            first, last = (
                DateParts("season", (match["s"][n], "next"), year_shift=shift + n // 2) for n in (1, 3)
            )
            return Expression(match.start(), match.end(), first, last)
        shift = {"今明": 0, "明后": 1, "昨今": -1}[match["w"]]
        return Expression(match.start(), match.end(), DateParts("two_days", (shift,)))

    def _read_years_pair(self, text: str, match: re.Match[str]) -> Expression:
        first = {"今明": 0, "去今": -1, "前去": -2}[match["w"]]
        years = 2 if match["more"] else 1
        return Expression(
            match.start(),
            match.end(),
            DateParts("year", year_shift=first),
            DateParts("year", year_shift=first + years),
        )

    def _read_year_listed(self, text: str, match: re.Match[str]) -> Expression:
        return Expression(match.start(), match.end(), DateParts("year", year=read_int(match["y"])))

    def _read_yearless(self, text: str, match: re.Match[str]) -> Expression | None:
        return self._within_year.read(text, match.start(), has_year=False)

    def _read_around(self, text: str, match: re.Match[str]) -> Expression | None:
        word, unit = match["w"], match["u"].removeprefix("个")
        if unit == "月" and not match["u"].startswith("个") and word not in ("上", "下"):
            return None
        if (
            word in ("前", "上", "下", "后")
            and _SHIFT_BEFORE.search(text[max(0, match.start() - 1) : match.start()])
            and (unit in ("年", "月", "日", "天") or word == "前")
        ):
            return None
        count = 0.5 if match["n"] == "半" else read_int(match["n"])
        direction = 1 if word in ("未来", "今后", "接下来", "此后", "往后", "下", "后") else -1
        return Expression(match.start(), match.end(), DateParts("months_around", (count, unit, direction)))

    def _read_ago(self, text: str, match: re.Match[str]) -> Expression | None:
        before = text[max(0, match.start() - 1) : match.start()]
        unit = match["u"]
        count = (0.5 if match["n"] == "半" else read_int(match["n"])) + 0.5 * ("半" in unit)
        if before in tuple("第.百千万几数") or count == 0 or count > 200:
            return None
        args: tuple[Any, ...] = (count, unit.translate(_PLAIN_UNIT))
        if match["since"]:
            return Expression(match.start(), match.end(), DateParts("months_around", (*args, -1)))
        kind = "later" if match["later"] else "ago"
        return Expression(match.start(), match.end(), DateParts(kind, args))

    def _read_weekday(self, text: str, match: re.Match[str]) -> Expression | None:
        if text.endswith(("每", "逢", "个", "第"), 0, match.start()):
            return None
        return Expression(match.start(), match.end(), DateParts("week_shift", (0, WEEKDAYS[match["w"]])))

    def _read_year_part(self, text: str, match: re.Match[str]) -> Expression:
        args = tuple(self.words["parts_of_year"][match[0]])
        return Expression(match.start(), match.end(), DateParts("year_part", args))

    def _read_marked(self, text: str, match: re.Match[str]) -> Expression:
        return Expression(match.start(), match.end(), DateParts("festival", (match["q"] or match["w"],)))

    def _read_festival(self, text: str, match: re.Match[str]) -> Expression | None:
        words, start, end = self.words["festivals"], match.start(), match.end()
        has_title = end - start == len("国庆") and text.endswith(tuple(words["titles"]), 0, start)
        if has_title and not text.startswith(tuple(words["times"]), end):
            return None
        return Expression(match.start(), match.end(), DateParts("festival", (match[0],)))

    def _read_day_only(self, text: str, match: re.Match[str]) -> Expression | None:
        before = text[max(0, match.start() - 2) : match.start()]
        day = match["d"] or match["e"]
        if re.search(r"[第每百千万\d.]$|为期|连续|历时|长达", before) or day in "一二三四五六七八九":
            return None
        return Expression(match.start(), match.end(), DateParts("day_only", (read_int(day),)))


def _is_span_of_years(text: str, year: re.Match[str], written: str) -> bool:
    """Whether a year of two digits says how long: 建交75年纪念, 没有七八年时间."""
    if _SPAN_BEFORE.search(text, max(0, year.start() - 4), year.start()):
        return True
    return written[0] not in "0零〇" and _SPAN_AFTER.match(text, year.end()) is not None


def _copy_year(parts: DateParts, source: DateParts) -> DateParts:
    return replace(
        parts,
        year=source.year,
        year_shift=source.year_shift,
        year_earlier=source.year_earlier,
        short_year=source.short_year,
    )


def _full_year(written: str) -> int:
    year = read_int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _is_cut(text: str, expression: Expression) -> bool:
    """Whether a date in words is made of the ends of others: 次日 of 此次日俄会晤, 下周 of 看一下周围."""
    start, end = expression.start, expression.end
    if end - start > _SHORT or text.startswith(_OWN_WORDS, start) or text[start:end].isascii():
        return False
    return _NO_SAME_DAY.match(text, start) is not None or starts_inside(text, start, end)
