"""Quantities: money, mass, area, power, counts, shares and what they measure.

A number token (`numerals.NUMBER`) becomes a quantity when a unit, a currency or a sure sign of an
amount stands beside it. Ordinals, years, versions, codes, scores and set phrases do not. Amounts are
converted to the base unit of their dimension and never from one currency to another.
Vocabulary: `units.yml` and `currencies.yml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl

from transforms.extract.cuts import starts_inside
from transforms.extract.frames import frame_of
from transforms.extract.numerals import MAX_CHARS, NUMBER, fold_text, parse_number
from transforms.extract.patterns import any_of
from transforms.extract.quantities.amounts import SHARE, AmountReader, Quantity, Token
from transforms.extract.quantities.measures import MeasureReader
from transforms.extract.quantities.units import Unit, UnitLexicon
from transforms.extract.quantities.words import WordedAmounts

QUANTITY_SCHEMA: dict[str, pl.DataType] = {
    "article_id": pl.String(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "surface_text": pl.String(),
    "value": pl.Float64(),
    "value_max": pl.Float64(),
    "unit": pl.String(),
    "dimension": pl.String(),
    "base_value": pl.Float64(),
    "base_value_max": pl.Float64(),
    "base_unit": pl.String(),
    "currency": pl.String(),
    "bound": pl.String(),
    "period": pl.String(),
    "measures": pl.String(),
    "evidence": pl.String(),
}

_BARE_MONEY = Unit("", "money", "CNY", currency="CNY")
_LEAST_MONEY = 10_000
_TAEL = Unit("两", "mass", "kg", 0.05)
# What a fraction can be of: 四分之一公升.
_DIVIDED = frozenset({"mass", "area", "volume", "length"})
# What money can be counted by: 每亩150元, 每股4元.
_DIVISORS = frozenset({"count", "mass", "area", "volume", "length", "energy"})
_SECONDS = {"second": (1, "秒"), "minute": (60, "分钟"), "hour": (3600, "小时")}
_FINANCIAL = frozenset("壹贰叁肆伍陆柒捌玖拾陸俩")
_FRACTION = re.compile(r" ?分之 ?(?=[\d零〇一二两三四五六七八九十百千万])")
_PERCENT_SHORT = re.compile(r" ?分(?:之负?)? ?(?=[\d零〇一二两三四五六七八九十百])")
_SLASH = re.compile(r"\d{1,3} ?/ ?(\d{1,3})(?![\d/.%-]|[年月日])")
_LIANG = re.compile(r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]+)两")
# 5·12地震 and “9·18” are days, 8·28元 and 6·2级 amounts.
_DAY = r"(?:1[0-2]|[1-9])[·•‧](?:3[01]|[12]?\d)"
_NAMED_DAY = re.compile(
    rf'(?<=[“"]){_DAY}(?=[”"])|(?<![\d.．·]){_DAY}(?=[\u4e00-\u9fff]{{0,4}}?(?:地震|事件|事故|事变|空难|惨案|专案|案件|大案|大促|购物节|晚会|讲话|爆炸|火灾|洪灾))'
)
_ROUGHLY = tuple("上成数几千百万超过个")
# 人均减负300元 is no debt.
_SIGN = re.compile(r"(?:(?<![减背担抵肩欠])负|零下|(?<![\dA-Za-z%年月日元吨角分块毛斤克里米亩度万亿)])-)$")
# A number that continues a name, a code, a version or an ordinal: web3.0, L-2, No.3, 第十二.
# 4万千瓦/8万千瓦时
_UNIT_BEFORE = re.compile(r"(?:千瓦|兆瓦|吉瓦|[kKMG]W|吨|千伏)/$")
_CODE_BEFORE = re.compile(r"(?:[A-Za-z_#./\\^@]|[A-Za-z\d]-|第 ?)$")
_SURE_AFTER = re.compile(r" ?(?:[%‰]|个百分点|[余多]?(?:元|美元|港元|欧元|万元|亿元))")
_SCORE_BEFORE = re.compile(r"[\d一二两三四五六七八九十零][比:∶]$")
# “四个坚持” and “三台四电” are names.
_COINED = re.compile(r"[“\"「][一二两三四五六七八九十](?:(?![元万亿千百十吨])[\u4e00-\u9fff]){1,6}[”\"」]")
# A year told of (新的一年, 年复一年), some day (一天晚上), all around (大厦四周), the people (亿万人民).
_NO_AMOUNT = re.compile(
    r"(?:[的那这哪每复])一年(?![期级半多]|时间)|一年(?=又一年|比一年|一度|四季|到头|年|之计)|(?<=一年[又比])一年"
    r"|(?:^|(?<=[。！？\n]))一天(?=[,，])|[哪每]一天|一天(?=[早晚]上|[上中下]午|清晨|傍晚|深夜|夜里|凌晨|天|到晚|比一天)"
    r"|(?:(?<=[，。！？；、\n“”的向在被从其外内厦宅市堂场楼院山湖村桌房屋身墙心顾望])|^)四周(?!年|岁|[之以]?[内前后]|时间)"
    r"|亿万(?=[\u4e00-\u9fff])(?!元|美元)"
)
# 8.2024年 at the head of a line: the eighth item tells of 2024.
_ITEM_OF_YEAR = re.compile(r"\d{1,2}\.(?:19|20)\d\d(?=[\u4e00-\u9fff])")
_MINUTE_BEFORE = re.compile(r"\d{1,2}：$")
_CLOCK_BEFORE = re.compile(r"[\d一二三四五六七八九十][时点]$")
_NAMED = (_COINED, _NO_AMOUNT, _ITEM_OF_YEAR)
_SCORE_AFTER = re.compile(r"[比:∶][\d一二两三四五六七八九十零]")
# 2小时8分36秒, 1分23秒45: how long a race took.
_RACE = re.compile(r"(?:(?:(\d{1,2})小时)?(\d{1,2})分(?=\d))?(\d{1,2})秒(\d{1,2})?(?!\d)")
_HALF_ALONE = re.compile(
    r"半(?<![一二两三四五六七八九十百千万\d个大多过对夜年上下前后].)"
    r"(?=个多?月|个多?小时|个世纪|小时|年(?![报度底])|天(?![然空])|吨|斤(?!八)|公[里斤顷升]|亩|加仑|英里|海里|米[高厚深宽长])"
)


class QuantityFinder:
    """Finds quantities in articles; compiled once per process from the lookups."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        units = lookups["units"]
        self._lexicon = UnitLexicon(lookups)
        self._measures = MeasureReader(lookups)
        self._worded = WordedAmounts(lookups, self._lexicon.units)
        self._phrases = re.compile(any_of(fold_text(p) for p in units["phrases"]))
        before, after = _invert(units["bounds_before"]), _invert(units["bounds_after"])
        # A sign of comparison after a letter closes a tag.
        apart = "".join(rf"(?<![{ends}](?={word}))" for word, ends in units["bounds_not_after"].items())
        self._bound_before = re.compile(
            rf"(?<![A-Za-z\"/](?=[<>])){apart}({any_of(before)})(?:了|有|是|为)? ?$"
        )
        self._bound_after = re.compile(rf" ?(?:\(不?含(?:本数)?\))?({any_of(after)})(?![年月日])")
        self._bound_of = before | after
        self._amounts = AmountReader(self._lexicon, self._bound_before, self._bound_after)
        per = any_of(n for n, u in self._lexicon.units.items() if u.dimension in _DIVISORS)
        self._each = re.compile(rf"每({per})(?:[^，,。；;、\d\n]{{0,6}})$")
        self._period_of = _invert(units["periods"])
        # 去年产值 and 1997年产值 are of one year.
        self._period = re.compile(
            rf"(?:(?![年月日])|{units['not_told']})({any_of(self._period_of)})[^，,。；;、\d\n]{{0,8}}$"
        )

    def find(self, articles: pl.DataFrame, dates: pl.DataFrame | None = None) -> pl.DataFrame:
        """Find the quantities of each article.

        Args:
            articles: One row per article: `article_id: str`, `text: str`.
            dates: Rows of `DateFinder.find` for the same articles; an amount inside a date is dropped.

        Returns:
            One row per quantity, articles in input order and quantities in text order:
            `article_id: str`, `start_char: u32`, `end_char: u32`, `surface_text: str`,
            `value: f64` in `unit`, `value_max: f64` (null unless a range), `unit: str` (null for a bare
            number), `dimension: str`, `base_value: f64` and `base_value_max: f64` in `base_unit: str`
            (the currency code for money), `currency: str` (null unless money), `bound: str` (exact,
            about, over, under), `period: str` (null unless a rate: 年产 gives year), `measures: str`
            (null where the sentence leaves it open), `evidence: str` (null unless something was assumed).
        """
        taken = _spans_by_article(dates)
        rows: list[tuple[Any, ...]] = []
        for article_id, text in articles.select("article_id", "text").iter_rows():
            spans = taken.get(article_id, [])
            last: tuple[int, str, str | None] = (0, "", None)
            for quantity in self.scan(text or ""):
                if _overlaps(spans, quantity):
                    continue
                measured = self._measured(text, quantity, last)
                last = quantity.end, quantity.unit.dimension, measured
                rows.append(
                    (article_id, *_row(text, _as_money(quantity, measured, self._measures), measured))
                )
        return frame_of(rows, QUANTITY_SCHEMA)

    def _measured(self, text: str, q: Quantity, last: tuple[int, str, str | None]) -> str | None:
        end, dimension, measured = last
        is_alike = measured is not None and q.unit.dimension == dimension
        if is_alike and (
            self._measures.is_again(text, end, q.start) or self._measures.is_grown(text, end, q.start)
        ):
            return measured
        own = self._measures.read(text, q.start, q.end, dimension=q.unit.dimension)
        return measured if own is None and is_alike and self._measures.is_part(text, end, q.start) else own

    def scan(self, text: str) -> list[Quantity]:
        """The quantities of one text, in order."""
        folded = fold_text(text)
        blocked = [match.span() for match in self._phrases.finditer(folded)]
        blocked += [match.span() for pattern in _NAMED for match in pattern.finditer(folded)]
        blocked += [match.span() for match in _NAMED_DAY.finditer(text)]
        found = [
            Quantity(m.start(), unit[1], Decimal("0.5"), None, unit[0])
            for m in _HALF_ALONE.finditer(folded)
            if (unit := self._lexicon.match_after(folded, m.end()))
        ]
        found += [
            Quantity(start, end, value, None, unit, bound)
            for start, end, value, unit, bound in self._worded.find(folded)
        ]
        found += [
            Quantity(race.start(), race.end(), _seconds(race), None, self._lexicon.units["秒"])
            for race in (_RACE.finditer(folded) if "秒" in folded else ())
            if race[2] or race[4]
        ]
        worded = sorted((q.start, q.end) for q in found)
        blocked = sorted([*blocked, *worded], reverse=True)
        position = 0
        for match in NUMBER.finditer(folded):
            start, end = match.span()
            while blocked and blocked[-1][1] <= start:
                blocked.pop()
            inside = bool(blocked) and blocked[-1][0] <= start
            lone_financial = end - start == 1 and text[start] in _FINANCIAL
            if start < position or end - start > MAX_CHARS or inside or lone_financial:
                continue
            quantity = self._read(folded, start, match.group(), position)
            if quantity is not None and not _is_cut(text, quantity):
                found.append(quantity)
                position = quantity.end
        found.sort(key=lambda q: q.start)
        return found

    def _read(self, text: str, start: int, token: str, taken: int) -> Quantity | None:
        end = start + len(token)
        before = text[max(0, start - 16) : start]
        prefix = self._lexicon.match_before(text, start)
        # 美元二期基金 is no amount.
        if prefix is not None and (prefix[1] < taken or (len(token) == 1 and not token.isdigit())):
            prefix = None
        # Most numbers follow a Han character, and then three of the patterns need no look.
        last = before[-1:]
        code = _CODE_BEFORE.search(before) if prefix is None and (last.isascii() or last == "第") else None
        # A name may stand right before an amount that is sure: ABC50%的股权.
        if code and not (
            code[0][-1].isascii() and (_SURE_AFTER.match(text, end) or _UNIT_BEFORE.search(before))
        ):
            return None
        if last in "比:∶时点" and (_SCORE_BEFORE.search(before) or _CLOCK_BEFORE.search(before)):
            return None
        if last == "：" and text.startswith("分", end) and _MINUTE_BEFORE.search(before):
            return None
        following = text[end : end + 1]
        if following in "比:∶" and _SCORE_AFTER.match(text, end):
            return None
        is_parted = following in " 分"
        fraction = (_PERCENT_SHORT if token == "百" else _FRACTION).match(text, end) if is_parted else None
        slash = _SLASH.match(text, start) if token.isdigit() else None
        if fraction:
            quantity = self._amounts.read_fraction(text, start, token, fraction.end())
        elif slash and 0 < int(token) < int(slash[1]) and not before.endswith("/"):
            quantity = Quantity(start, slash.end(), Decimal(token) / Decimal(slash[1]), None, SHARE)
        else:
            if token[-1] == "两" and _LIANG.fullmatch(token) and self._lexicon.match_after(text, end) is None:
                # 二两: the last 两 is the unit, not a digit.
                liang = parse_number(token[:-1])
                return Quantity(start, end, liang.value, liang.value_max, _TAEL) if liang else None
            token = _drop_leading(token)
            number = parse_number(token)
            if number is None or (number.digits and text[end : end + 1] != "折"):
                return None
            quantity = self._amounts.read(text, Token(token, end - len(token), end, number), prefix)
        if quantity is None:
            return None
        if quantity.unit is SHARE and (unit_at := self._lexicon.match_after(text, quantity.end)):
            unit, unit_end = unit_at
            if unit.dimension in _DIVIDED:
                quantity = replace(quantity, unit=unit, end=unit_end)
        sign = _SIGN.search(text[max(0, quantity.start - 3) : quantity.start])
        if sign:
            quantity = _negate(quantity, sign[0])
        return self._qualify(text, quantity)

    def _qualify(self, text: str, quantity: Quantity) -> Quantity:
        bound, period, end = quantity.bound, None, quantity.end
        before = text[max(0, quantity.start - 16) : quantity.start]
        if bound == "exact":
            after = self._bound_after.match(text, quantity.end)
            leading = self._bound_before.search(before)
            if after:
                bound = self._bound_of[after[1]]
            elif leading:
                bound = self._bound_of[leading[1]]
        per = self._lexicon.match_per(text, end)
        if per and per[1] is not None:
            period, end = per[1], per[2]
        elif match := self._period.search(before):
            period = self._period_of[match[1]]
        each = self._each.search(before) if quantity.unit.dimension == "money" else None
        if each:
            quantity = replace(quantity, unit=quantity.unit.per(self._lexicon.units[each[1]]))
        speed = _SECONDS.get(period or "")
        if quantity.unit.dimension == "length" and speed is not None:
            # 时速350公里 and 每小时350公里 are speeds.
            name = f"{quantity.unit.name}/{speed[1]}"
            unit = Unit(name, "speed", "m/s", quantity.unit.factor / speed[0])
            return replace(quantity, bound=bound, unit=unit, end=end)
        if (bound, period, end) == (quantity.bound, quantity.period, quantity.end):
            return quantity
        return replace(quantity, bound=bound, period=period, end=end)


def _is_cut(text: str, q: Quantity) -> bool:
    """Whether an amount in words begins inside another word: 二人 of 不二人选, but 上|千人 is one."""
    is_spelled = not text[q.start].isascii() and text[q.start - 1 : q.start] not in _ROUGHLY
    return is_spelled and starts_inside(text, q.start, q.end)


def _row(text: str, q: Quantity, measured: str | None) -> tuple[Any, ...]:
    unit = q.unit
    value_max, base_max = None, None
    if q.value_max is not None:
        value_max, base_max = float(q.value_max), unit.to_base(q.value_max)
    return (
        q.start, q.end, text[q.start : q.end], float(q.value), value_max, unit.name or None,
        unit.dimension, unit.to_base(q.value), base_max, unit.base_unit, unit.currency, q.bound,
        q.period, measured, q.evidence,
    )  # fmt: skip


def _as_money(q: Quantity, measured: str | None, measures: MeasureReader) -> Quantity:
    """营收4.692亿 is money although no currency stands behind it."""
    if q.unit.dimension != "number" or abs(q.value) < _LEAST_MONEY or not measures.is_money(measured):
        return q
    return replace(q, unit=_BARE_MONEY, evidence=f"no unit; money because it measures {measured}")


def _negate(quantity: Quantity, sign: str) -> Quantity:
    start, low, high = quantity.start - len(sign), -quantity.value, quantity.value_max
    # 零下5至3度 is below nought at both ends, -5℃至12℃ at one.
    if high is not None and sign != "-":
        low, high = -high, low
    return replace(quantity, start=start, value=low, value_max=high)


def _drop_leading(token: str) -> str:
    # 统一三百个: the 一 belongs to the word before.
    while len(token) > 1 and not token[0].isdigit() and parse_number(token) is None:
        token = token[1:]
    return token


def _invert(groups: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: name for name, words in groups.items() for word in words}


def _overlaps(spans: list[tuple[int, int]], quantity: Quantity) -> bool:
    # Dates do not overlap each other: only the last that starts before the quantity ends can reach it.
    index = bisect_left(spans, (quantity.end,)) - 1
    return index >= 0 and spans[index][1] > quantity.start


def _spans_by_article(dates: pl.DataFrame | None) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    if dates is not None:
        columns = dates.select("article_id", "start_char", "end_char").sort("start_char")
        for article_id, start, end in columns.iter_rows():
            spans.setdefault(article_id, []).append((start, end))
    return spans


def _seconds(race: re.Match[str]) -> Decimal:
    hours, minutes, seconds = (int(part or 0) for part in race.group(1, 2, 3))
    return 3600 * hours + 60 * minutes + Decimal(f"{seconds}.{race[4] or 0}")
