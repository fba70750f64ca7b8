"""Days and numerals as pages print them, in Arabic or Chinese."""

from __future__ import annotations

import re
from datetime import date

from transforms.normalize.names import SPACE

NUMBER = "[0-9〇零○一二三四五六七八九十]"
MONTH_DAY = rf"{NUMBER}{{1,3}}月{NUMBER}{{1,3}}日"
CHINESE_YEAR = "(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}"
# 2 0 1 9 年 4 月 1 8 日
_SPREAD = (
    rf"(?:1{SPACE}9|2{SPACE}0){SPACE}[0-9]{SPACE}[0-9]{SPACE}?年{SPACE}?[0-9](?:{SPACE}?[0-9])?"
    rf"{SPACE}?月{SPACE}?[0-9](?:{SPACE}?[0-9])?{SPACE}?日"
)
FULL_DATE = (
    rf"(?:(?:19|20)[0-9]{{2}}{SPACE}?[年./-]{SPACE}?[0-9]{{1,2}}{SPACE}?[月./-]{SPACE}?[0-9]{{1,2}}{SPACE}?日?"
    rf"|{_SPREAD}|{CHINESE_YEAR}年{MONTH_DAY})"
)
MONTH = (
    rf"(?:(?:19|20)[0-9]{{2}}|{CHINESE_YEAR}){SPACE}?年{SPACE}?{NUMBER}{{1,3}}{SPACE}?月"
    rf"(?!{SPACE}?{NUMBER}{{1,3}}{SPACE}?日)"
)
WEEKDAY = rf"(?:星期|周|礼拜){SPACE}?[一二三四五六日天]"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def read_number(text: str) -> int | None:
    """Arabic or Chinese numeral below 100; `None` for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        ten, one = _DIGITS.get(tens, 1 if not tens else None), _DIGITS.get(ones, 0 if not ones else None)
        return None if ten is None or one is None else 10 * ten + one
    digits = [_DIGITS.get(c) for c in text]
    if not digits or None in digits:
        return None
    return int("".join(map(str, digits)))


def read_month(text: str) -> date | None:
    """First day of the month that `text` writes with its year and without a day; `None` without one."""
    match = re.search(MONTH, text)
    if match is None:
        return None
    year, month = re.split(rf"{SPACE}?年{SPACE}?", match.group().rstrip("月 \u3000"))
    number = read_number(month)
    if number is None or not 1 <= number <= 12:
        return None
    return date(int("".join(str(_DIGITS.get(c, c)) for c in year)), number, 1)


def read_day(text: str) -> tuple[int, int, int | None] | None:
    """Month, day and weekday (Monday is 1, `None` without one) that `text` writes without a year."""
    match = re.search(
        rf"(?<![年0-9])({NUMBER}{{1,3}})月({NUMBER}{{1,3}})日(?:{SPACE}{{0,4}}({WEEKDAY}))?", text
    )
    month, day = (read_number(match[1]), read_number(match[2])) if match else (None, None)
    if match is None or month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return month, day, "一二三四五六日".find(match[3][-1].replace("天", "日")) + 1 if match[3] else None


def read_date(text: str, reference: date | None = None) -> date | None:
    """Date written in `text`; the year comes from the text or, for month and day, from `reference`.

    A month and day after the reference day belong to the year before, because a paper prints no dateline of the future
    (one day of grace for papers dated ahead).
    """  # noqa: E501
    if (spread := re.search(_SPREAD, text)) is not None:
        text = re.sub(SPACE, "", spread.group())
    match = re.search(
        rf"(?:((?:19|20)[0-9]{{2}}|{CHINESE_YEAR})\s?[年./-]\s?)?({NUMBER}{{1,3}})\s?[月./-]\s?({NUMBER}{{1,3}})",
        text,
    )
    if not match:
        return None
    month, day = read_number(match.group(2)), read_number(match.group(3))
    if month is None or day is None:
        return None
    try:
        if match.group(1):
            return date(int("".join(str(_DIGITS.get(c, c)) for c in match.group(1))), month, day)
        if reference is None:
            return None
        found = date(reference.year, month, day)
        return found if (found - reference).days <= 1 else date(reference.year - 1, month, day)
    except ValueError:
        return None
