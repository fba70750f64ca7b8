"""One amount at a number: its range, unit, fraction and what follows it (三元五角, 8天20小时).

Numbers come from `numerals.NUMBER`; whether one may be read at all is `quantities`' to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from transforms.extract.numerals import NUMBER, Number, parse_number
from transforms.extract.quantities.units import Unit, UnitLexicon

_NUMBER = Unit("", "number", "1")
SHARE = Unit("", "share", "1")
_PIECE = Unit("块", "count", "1")
_FAHRENHEIT = Unit("华氏度", "temperature", "°C", 5 / 9, -160 / 9)
_HUNDREDS = {"百": "%", "一百": "%", "千": "‰", "一千": "‰", "万": "‱"}
# Multipliers alone are an amount only where a word says which side of it (近百家, 上千人).
_BARE_CHINESE = frozenset({"百", "千", "万", "亿", "百万", "千万", "十万", "百亿", "千亿", "万亿", "百万亿"})
# 1万(含)-5万元
_RANGE = re.compile(r" ?(?:\(不?含\))?(?:[-—~]{1,2}|至|到) ?(?=[\d一二两三四五六七八九十百千几数负])")
_RANGE_STARTS = frozenset(" (-—~至到")
_PERCENT_AGAIN = re.compile(r"(?:百分之)?")
_CODE_AFTER = re.compile(r"[A-Za-z_\d^@%]|[.:/-]\w")
_VAGUE = re.compile(r" ?[余多来]")
_HALF_UNIT = re.compile(r"个半多?(小时|月|钟头|星期|世纪)")
_HALF_TAIL = re.compile(r"半(?![个导径成年数天夜])")
_MONEY_TAIL = re.compile(
    r"(?:([\d一二两三四五六七八九零]{1,2})[角毛])?零?(?:([\d一二两三四五六七八九]{1,2})分)?"
)
# 7斤6两
_MASS_TAIL = re.compile(r"([\d一二三四五六七八九]{1,2})两(?![个国地会岸边侧名家级种项次年天])")
# 1米72 and 一米八 are heights, 八成五 is 85%.
_METRE_TAIL = re.compile(
    r"(\d{1,2}|[一二三四五六七八九]{1,2})(?![\d.%]|[\u4e00-\u9fff](?<![的高左以身大小以，]))"
)
_SHARE_TAIL = re.compile(r"([一二三四五六七八九])(?![一二三四五六七八九十百千万亿个名家项人年月日成])")
# 两到三千元: the 千 is meant for both.
_SHARED_HUNDREDS = re.compile(r"([\d一二三四五六七八九])([百千])")
_MONEY_LOOSE = re.compile(r"([\d一二两三四五六七八九])(?![\d一二两三四五六七八九十百千万亿.个角毛分])")
_DAY_CUE = re.compile(r"(?:为期|连续|历时|长达|共|共计|超过|限期)约?$")
_DAY_AFTER = re.compile(r"之?内|游|以内")
# 持续了近30年 is as long as it says, 近30年 the years up to now.
_RELATIVE_YEARS = re.compile(r"(?:(?<![了时长费耗用有])近|过去|未来|今后|最近|此后|往后|前|后|头)的?$")
# 签订后5个工作日 is a span of time, 签订后5天 a date.
_NEVER_DATED = frozenset(
    (
        "小时",
        "分钟",
        "秒",
        "个工作日",
        "工作日",
        "个交易日",
        "交易日",
        "个自然日",
        "自然日",
        "个日历天",
        "日历天",
    )
)
_VAGUE_INSIDE = re.compile("[几余多]")
_AGO = re.compile(r"多?(?:以前|之前|前)(?![往去来])")
_SCALE = re.compile(r"(?:华氏|摄氏)(?:温度)?$")
_HEAT = re.compile(r"温|零[下上]|摄氏|华氏|热|烧|冷|冻")
_CURRENT = re.compile(r"电[^，,。；;、\n]{0,8}$")
_HOURS = re.compile(r"(\d{1,2})时(?![\d间期候代段])")
# 2公里312米, 1吨500公斤
_PARTED = frozenset({"length", "mass"})
_DURATION_LINK = re.compile(r"[又零余多]{0,2}")
_LARGE = re.compile(r"[千万亿]")
_AMOUNT_CHARS = re.compile(r".[百千万亿兆点]")
_PLAIN = re.compile(r"\d+((?:,\d{3})+)?(?:\.\d+)?")
_POINTS_AFTER = re.compile(r"(?:和|及|与|、|至|到|-|—|~)[\d.]+个百分点")
_LISTED_BEFORE = re.compile(r"[(,][-+]?$")
_BOUNDED_AFTER = re.compile(r"以上|以下|以内|左右|余")
_COMPARED_BEFORE = re.compile(r"(?:(?<![A-Za-z\"/])[><]=?|[≥≤]|超过|大于|小于|高于|低于|不足|至少|等于)$")
# 一块地 counts pieces, 五块 and 五块多 are money.
_PIECE_AFTER = re.compile(r"[\u4e00-\u9fff](?<![多左上以每起给的就买卖也都了到至半零一二三四五六七八九角毛])")
_HISTORY_AFTER = re.compile(r"的?(?:历史(?![性上新])|校龄|厂龄|经验|光阴|来(?![自访华京到]))")
_WAY_BEFORE = re.compile(r"(?:来回|往返|相距|行程|路程|绵延|跋涉|[跑走远行])[了约近有过]?$")
_ORDINARY_AFTER = frozenset("版代年月日号届级楼室路岁届章条款期名栋弄")


@dataclass(frozen=True)
class Quantity:
    """An amount found in a text; `start` and `end` are half-open code-point offsets into it."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: Unit
    bound: str = "exact"
    period: str | None = None
    evidence: str | None = None


@dataclass(frozen=True)
class Token:
    """A number of a text; `start` and `end` are half-open code-point offsets into it."""

    text: str
    start: int
    end: int
    number: Number

    @property
    def is_arabic(self) -> bool:
        """Whether it is written in figures."""
        return self.text[0].isdigit()


class AmountReader:
    """Reads the amount at a number token."""

    def __init__(
        self, lexicon: UnitLexicon, bound_before: re.Pattern[str], bound_after: re.Pattern[str]
    ) -> None:
        self._lexicon = lexicon
        self._bound_before, self._bound_after = bound_before, bound_after

    def read(self, text: str, token: Token, prefix: tuple[Unit, int] | None) -> Quantity | None:
        """The amount at a token; `prefix`: a currency before it and where that starts (US$3亿)."""
        number, start, end = token.number, token.start, token.end
        low, high, over = number.value, number.value_max, number.over
        unit_at = self._lexicon.match_after(text, end)
        if text.startswith("个半", end) and (half := _HALF_UNIT.match(text, end)):
            unit_at = self._lexicon.units[f"个{half[1]}"], half.end()
            low += Decimal("0.5")
        elif unit_at is None and (vague := _VAGUE.match(text, end)):
            unit_at = self._lexicon.match_after(text, vague.end())
            over = over or unit_at is not None
        range_at = unit_at[1] if unit_at else end
        joined = self._read_range(text, number, range_at, unit_at, has_prefix=prefix is not None)
        if joined is not None:
            low, high, unit_at = joined
        if prefix is not None and (unit_at is None or unit_at[0].dimension in ("money", "number")):
            unit, end = prefix[0], unit_at[1] if unit_at else end
            bound = "over" if over else "exact"
            return self._read_money_tail(text, Quantity(prefix[1], end, low, high, unit, bound))
        if unit_at is None:
            return self._read_bare(text, token)
        unit, unit_end = unit_at
        if unit.name == "块" and unit.is_bare and _PIECE_AFTER.match(text, unit_end):
            unit = _PIECE
        if unit.name == "度" and _CURRENT.search(text[max(0, start - 12) : start]):
            unit = self._lexicon.units["度电"]
        if unit.name == "个" and _POINTS_AFTER.match(text, unit_end):
            # 上升0.9个和2个百分点
            unit = self._lexicon.units["个百分点"]
        if unit is _NUMBER:
            return Quantity(start, unit_end, low, high, unit)
        # 一至两家 counts although 一家 does not.
        if not (joined and token.text == "一") and not self._accepts(text, token, unit, unit_end):
            return None
        # 近百家 is said by the word before it; 上百家 and 百万元 are more than their number.
        is_bare = token.text in _BARE_CHINESE and not self._bound_before.search(
            text[max(0, start - 12) : start]
        )
        bound = "over" if over or is_bare or unit.name.startswith("个多") else "exact"
        quantity = Quantity(start, unit_end, low, high, unit, bound)
        if unit.dimension == "money":
            return self._read_money_tail(text, quantity)
        if unit.dimension == "duration":
            return self._read_parts(text, quantity)
        if high is None and (half := _HALF_TAIL.match(text, unit_end)) and unit.dimension in ("mass", "age"):
            return replace(quantity, value=low + Decimal("0.5"), end=half.end())
        if high is None and unit.name in ("斤", "公斤") and (tail := _MASS_TAIL.match(text, unit_end)):
            liang = parse_number(tail[1])
            if liang is not None:
                share = liang.value / (10 if unit.name == "斤" else 20)
                return replace(quantity, value=low + share, end=tail.end())
        decimals = {"米": _METRE_TAIL if low in (1, 2) else None, "成": _SHARE_TAIL}.get(unit.name)
        if high is None and decimals is not None and (more := decimals.match(text, unit_end)):
            digits = "".join(str("零一二三四五六七八九".find(c)) if not c.isdigit() else c for c in more[1])
            return replace(quantity, value=low + Decimal(f"0.{digits}"), end=more.end())
        if unit.name == "折" and low > 10:
            return replace(quantity, unit=replace(unit, factor=0.01))
        if unit.name in ("度", "°") and (scale := _SCALE.search(text[max(0, start - 5) : start])):
            unit = _FAHRENHEIT if scale[0].startswith("华") else self._lexicon.units["度"]
            return replace(quantity, unit=unit, start=start - len(scale[0]))
        return self._read_parts(text, quantity) if high is None and unit.dimension in _PARTED else quantity

    def _read_range(
        self,
        text: str,
        first: Number,
        position: int,
        unit_at: tuple[Unit, int] | None,
        *,
        has_prefix: bool = False,
    ) -> tuple[Decimal, Decimal, tuple[Unit, int]] | None:
        separator = _RANGE.match(text, position) if text[position : position + 1] in _RANGE_STARTS else None
        match = NUMBER.match(text, separator.end()) if separator else None
        second = parse_number(match.group()) if match else None
        if separator is None or match is None or second is None or second.digits:
            return None
        end = match.end()
        vague = _VAGUE.match(text, end)
        second_unit = self._lexicon.match_after(text, end) or (
            self._lexicon.match_after(text, vague.end()) if vague else None
        )
        low = first.value
        if (
            second_unit is None
            and unit_at is None
            and (second.scale > 1 or "~" in separator[0] or has_prefix)
        ):
            second_unit = _NUMBER, end
        if second_unit is None or (unit_at and unit_at[0].dimension != second_unit[0].dimension):
            return None
        # 3—5亿元: the multiplier of the second number is meant for the first as well.
        if unit_at is None and first.scale == 1 and second.scale > 1 and low < second.mantissa:
            low *= second.scale
        shared = _SHARED_HUNDREDS.fullmatch(match.group()) if unit_at is None and low < 10 else None
        if shared and second.value > low * (hundreds := 100 if shared[2] == "百" else 1000):
            low *= hundreds
        high = second.value_max or second.value
        if unit_at and unit_at[0] != second_unit[0]:
            low *= Decimal(str(unit_at[0].factor)) / Decimal(str(second_unit[0].factor))
        return (low, high, second_unit) if low < high else None

    def _accepts(self, text: str, token: Token, unit: Unit, unit_end: int) -> bool:
        before = text[max(0, token.start - 12) : token.start]
        if token.text in _BARE_CHINESE and not (
            before.endswith(("上", "过"))
            or self._bound_before.search(before)
            or _VAGUE.match(text, token.end) is not None
            # 亿元以上项目 is a class of projects, no amount of theirs.
            or (unit.dimension != "money" and text.startswith("以上", unit_end))
        ):
            return token.text in ("百万", "千万") and unit.dimension == "money"
        is_name = len(token.text) == 1 and not token.is_arabic
        if unit.is_bare and is_name and self._lexicon.named_after.match(text, unit_end):
            # 三元控股, 三元桥
            return False
        if unit.name == "里" and _WAY_BEFORE.search(before):
            return True
        if unit.name in self._lexicon.arabic_only and not token.is_arabic and not _LARGE.search(token.text):
            return False
        if counted := self._lexicon.only_before.get(unit.name):
            # 指数报3019.5点
            value = token.number.value
            return value >= 100 or value % 1 != 0 or (value > 1 and bool(counted.match(text, unit_end)))
        if unit.dimension == "count":
            # 零件, 零部件, 零头: nobody counts to nought in words.
            if token.text == "零":
                return False
            return token.text != "一" or bool(self._bound_after.match(text, unit_end))
        if unit.dimension == "temperature" and unit.name == "度":
            return bool(_HEAT.search(before))
        if unit.dimension == "duration":
            return self._accepts_duration(text, token, unit, unit_end)
        return True

    def _accepts_duration(self, text: str, token: Token, unit: Unit, unit_end: int) -> bool:
        before = text[max(0, token.start - 6) : token.start]
        # 开幕前十几天 names no day.
        is_vague = before[-1:] in "前后" and _VAGUE_INSIDE.search(text, token.start, unit_end) is not None
        if _RELATIVE_YEARS.search(before) and unit.name not in _NEVER_DATED and not is_vague:
            return False
        if _AGO.match(text, unit_end) and unit.factor >= 86400:
            return False
        if unit.name == "日":
            return bool(_DAY_CUE.search(before) or _DAY_AFTER.match(text, unit_end))
        if unit.name == "年":
            # 2023年, 98年 and 08年 are years, 三年 and 15年 spans of time.
            value = token.number.value
            is_short_year = token.is_arabic and (token.text[0] == "0" or 70 <= value <= 99)
            # 2500多年, 2800年历史 and 4300年 are no years of the calendar.
            is_span = _VAGUE_INSIDE.search(text, token.start, unit_end) or _HISTORY_AFTER.match(
                text, unit_end
            )
            is_year = (1000 <= value < 2200 or is_short_year) and not is_span
            followed = NUMBER.match(text, unit_end)
            return not is_year and not (followed and text[followed.end() : followed.end() + 1] == "月")
        return True

    def _read_money_tail(self, text: str, quantity: Quantity) -> Quantity:
        unit, low, high = quantity.unit, quantity.value, quantity.value_max
        evidence = f"bare {unit.name} read as {unit.currency}" if unit.is_bare else None
        cents, end = self._read_cents(text, unit, quantity.end)
        if high is not None:
            high += cents
        elif cents:
            # 三元五角至四元二角
            low += cents
            joined = self._read_range(text, Number(Decimal(-1)), end, (unit, end))
            if joined is not None:
                more, last = self._read_cents(text, joined[2][0], joined[2][1])
                if low < joined[1] + more:
                    high, end = joined[1] + more, last
        quantity = replace(quantity, value=low, value_max=high, end=end, evidence=evidence)
        per = self._lexicon.match_per(text, end)
        if per and per[0] is not None:
            return replace(quantity, unit=unit.per(per[0]), end=per[2])
        return quantity

    @staticmethod
    def _read_cents(text: str, unit: Unit, position: int) -> tuple[Decimal, int]:
        """What 角 and 分 behind a bare 元 add to it, and where they end."""
        if not unit.is_bare or unit.name not in ("元", "块", "圆"):
            return Decimal(0), position
        tail = _MONEY_TAIL.match(text, position)
        if tail and tail.end() > position:
            parts = ((parse_number(tail[n]) if tail[n] else None, f) for n, f in ((1, "0.1"), (2, "0.01")))
            return sum((p.value * Decimal(f) for p, f in parts if p), Decimal(0)), tail.end()
        loose = _MONEY_LOOSE.match(text, position) if unit.name == "块" else None
        part = parse_number(loose[1]) if loose else None
        return (part.value / 10, loose.end()) if loose and part else (Decimal(0), position)

    def _read_parts(self, text: str, quantity: Quantity) -> Quantity:
        """Join 8天20小时, 三年半 and 2公里312米 into one amount, in the unit of its first part."""
        unit, value, end = quantity.unit, quantity.value, quantity.end
        if half := _HALF_TAIL.match(text, end):
            return replace(quantity, value=value + Decimal("0.5"), end=half.end())
        factor = unit.factor
        if unit.name == "天" and (hours := _HOURS.match(text, end)):
            return replace(quantity, value=value + Decimal(hours[1]) / 24, end=hours.end())
        while match := NUMBER.match(text, _DURATION_LINK.match(text, end).end()):  # type: ignore[union-attr]
            part, following = parse_number(match.group()), self._lexicon.match_after(text, match.end())
            if following and following[0].name == "分" and factor == 3600:
                # 2小时15分
                following = self._lexicon.units["分钟"], following[1]
            if (
                part is None
                or following is None
                or following[0].dimension != unit.dimension
                or following[0].factor >= factor
                # 2公里3000米 are two.
                or (unit.dimension in _PARTED and float(part.value) * following[0].factor >= factor)
            ):
                break
            factor = following[0].factor
            value += part.value * Decimal(str(factor)) / Decimal(str(unit.factor))
            end = following[1]
        return replace(quantity, value=value, end=end)

    def read_fraction(self, text: str, start: int, token: str, position: int) -> Quantity | None:
        """百分之三十, 三分之二, 一又二分之一: `position` is where the numerator starts."""
        match = NUMBER.match(text, position)
        denominator, numerator = parse_number(token), parse_number(match.group()) if match else None
        if match is None or denominator is None or numerator is None or denominator.value == 0:
            return None
        low, high, end = numerator.value, numerator.value_max, match.end()
        if text[position - 1] == "负":
            low = -low
        separator = _RANGE.match(text, end)
        again = _PERCENT_AGAIN.match(text, separator.end()) if separator else None
        second_match = NUMBER.match(text, again.end()) if again else None
        second = parse_number(second_match.group()) if second_match else None
        if (
            second
            and second_match
            and second.value > low
            and self._lexicon.match_after(text, second_match.end()) is None
        ):
            high, end = second.value, second_match.end()
        if token in _HUNDREDS:
            unit = Unit(_HUNDREDS[token], "share", "1", 1 / float(denominator.value))
            return Quantity(start, end, low, high, unit)
        return Quantity(start, end, low / denominator.value, high and high / denominator.value, SHARE)

    def _read_bare(self, text: str, token: Token) -> Quantity | None:
        """A number without a unit counts where its form shows an amount: 1,200, 3.5, 六百五十, 12亿."""
        if _CODE_AFTER.match(text, token.end) or text[token.end : token.end + 1] in _ORDINARY_AFTER:
            return None
        plain = _PLAIN.fullmatch(token.text)
        if plain and _LISTED_BEFORE.search(text[max(0, token.start - 2) : token.start]):
            # (5.09,-0.10,-1.93%) is a line of a table.
            return None
        if plain:
            compared = _COMPARED_BEFORE.search(text[max(0, token.start - 6) : token.start])
            bounded = _BOUNDED_AFTER.match(text, token.end)
            # 3.0 is a version.
            is_decimal = "." in token.text and not token.text.endswith(".0")
            shown = bool(plain[1]) or is_decimal or compared is not None or bounded is not None
        else:
            shown = token.text not in _BARE_CHINESE and _AMOUNT_CHARS.search(token.text) is not None
        if not shown:
            return None
        number = token.number
        bound = "over" if number.over else "exact"
        return Quantity(token.start, token.end, number.value, number.value_max, _NUMBER, bound)
