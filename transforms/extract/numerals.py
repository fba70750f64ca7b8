"""Numbers as Chinese text writes them: Arabic, Chinese, financial, mixed, with their vagueness.

One regular expression (`NUMBER`) finds a maximal run of numeral characters, `parse_number` reads
it. Everything else (what the number counts) belongs to the caller. Both are linear in the text:
a run longer than `MAX_CHARS` is no number anybody wrote and is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

MAX_CHARS = 40

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_VAGUE = "余多几"

# One character for one character, so that offsets into the folded text are offsets into the text.
_PAIRS = (
    "萬万億亿兩两點点個个幾几餘余負负週周號号後后來来時时間间節节農农曆历陽阳陰阴慶庆國国"
    "離离終终級级紀纪禮礼當当內内兒儿勞劳動动婦妇準准價价圓元圆元從从雙双聖圣誕诞歲岁噸吨里里裏里裡里這这幣币鎊镑侖仑軍军"
    "鐘钟攝摄華华頃顷錢钱歐欧韓韩盧卢銖铢戶户條条張张輛辆隻只層层項项種种處处頭头顆颗齡龄釐厘"
    "壹一贰二叁三肆四伍五陆六柒七捌八玖九拾十佰百仟千貳二參三陸六俩两"
    "○〇−-－-﹣-‐-‑-–—―—─—━—﹪%％%～~〜~∼~"
)
_FOLD = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {
    # Full-width ASCII but for the comma, colon and semicolon, which separate Chinese clauses.
    chr(code): chr(code - 0xFEE0)
    for code in range(0xFF01, 0xFF5F)
    if code not in (0xFF0C, 0xFF1A, 0xFF1B)
}
_FOLD["\u3000"] = " "
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")

_WIDE_COMMA = re.compile("，(?<=[０-９]，)(?=[０-９])")
# 84·3 is how some papers print 84.3.
_MIDDLE_DOT = re.compile(r"(?<=\d)·(?=\d)")
_ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿兆廿卅]"
# 千 and 兆 before these belong to the unit (千瓦, 兆帕), not to the number.
_PREFIXED_UNIT = r"(?:千(?=[克瓦米焦伏帕卡赫安欧升]|比特|字节)|兆(?=[瓦帕焦赫欧伏]|比特|字节)|百(?=帕))"
NUMBER = re.compile(
    # Most characters begin no number: one look spares them the alternatives.
    rf"(?=[\d数几{_CHINESE[1:-1]}])(?:{_ARABIC}|数(?=[十百千万亿])|几(?=[十百千万亿])|(?!{_PREFIXED_UNIT}){_CHINESE})"
    rf"(?:(?!{_PREFIXED_UNIT})(?:{_CHINESE}|{_ARABIC}|点(?=[零〇一二两三四五六七八九\d])|[余多](?=[万亿])"
    rf"|几(?=[万亿])|(?<=[十百千万亿])几(?=[^时何乎])| {{1,2}}(?=[万亿])|(?<=[万千百]) (?=\d)))*+"
)

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|.")
_ADJACENT = re.compile(
    r"(?<![一二两三四五六七八九])([一二两三四五六七八九])([二两三四五六七八九])(?=[十百千万亿]|$)"
)
_TEENS = re.compile("一?十几([万亿]*)")
_PURE_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_DIGIT_STRING = re.compile(r"[零〇一二两三四五六七八九]{2,}")


@dataclass(frozen=True)
class Number:
    """A number read from text.

    Attributes:
        value: The number, or the smaller end of a range such as 三四十.
        value_max: The larger end of such a range, else `None`.
        over: 余, 多, 几 or 数 say that more than `value` is meant.
        mantissa: What stands before the closing 万 or 亿 (3.5 in 3.5亿); the value where none stands.
        scale: The closing multiplier (10**8 in 3.5亿), 1 where there is none.
        digits: Chinese digits read one by one (一九九八): a code or a year rather than an amount.
    """

    value: Decimal
    value_max: Decimal | None = None
    over: bool = False
    mantissa: Decimal = Decimal(0)
    scale: int = 1
    digits: bool = False


def fold_text(text: str) -> str:
    """Fold width and script of numerals and calendar words, character for character.

    Returns:
        A text of the same length: full-width ASCII half-width, 萬億壹 as 万亿一, dashes as `-` or `—`.
    """
    # A full-width comma between full-width digits groups them; between half-width ones it separates.
    folded = _WIDE_COMMA.sub(",", text)
    # No character is folded into one that is folded itself, so the order does not count.
    for character in set(_FOLDED.findall(folded)):
        folded = folded.replace(character, _FOLD[character])
    return _MIDDLE_DOT.sub(".", folded) if "·" in folded else folded


@lru_cache(maxsize=8192)
def parse_number(text: str) -> Number | None:
    """Read a folded run of numeral characters.

    Returns:
        The number, or `None` where the run is not one (万, 一一百, 零点).

    >>> parse_number("1.2万").value == 12000, parse_number("两千四百五").value == 2450
    (True, True)
    >>> parse_number("三四十亿").value_max == 4 * 10**9
    True
    """
    text = text.replace(" ", "")
    if not text or len(text) > MAX_CHARS:
        return None
    if _PURE_ARABIC.fullmatch(text):
        value = Decimal(text)
        return Number(value, mantissa=value)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if teens := _TEENS.fullmatch(text):
        # 十几 is 11 to 19.
        least, most = (_evaluate(f"十{digit}{teens[1]}") for digit in "一九")
        if least is not None:
            return Number(least, most, False, *_split_scale(text, least))
    over = any(c in text for c in "余多几数")
    text = re.sub(r"[几数](?=[十百千万亿])", "", text) if text[0] in "几数" else text
    text = text.translate({ord(c): None for c in _VAGUE})
    if not text:
        return None
    if _DIGIT_STRING.fullmatch(text):
        return _parse_digit_string(text, over)
    pair = _ADJACENT.search(text)
    if (
        pair
        and (low := _DIGITS[pair[1]]) < (high := _DIGITS[pair[2]])
        and (high - low == 1 or (low, high) == (3, 5))
    ):
        ends = [_evaluate(text[: pair.start()] + pair[n] + text[pair.end() :]) for n in (1, 2)]
        if ends[0] is None or ends[1] is None:
            return None
        mantissa, scale = _split_scale(text, ends[0])
        return Number(ends[0], ends[1], over, mantissa, scale)
    value_or_none = _evaluate(text)
    if value_or_none is None:
        return None
    mantissa, scale = _split_scale(text, value_or_none)
    return Number(value_or_none, None, over, mantissa, scale)


def _parse_digit_string(text: str, over: bool) -> Number | None:
    digits = [_DIGITS[c] for c in text]
    if len(digits) == 2 and _is_range(*digits):
        return Number(Decimal(digits[0]), Decimal(digits[1]), over, Decimal(digits[0]))
    value = Decimal("".join(map(str, digits)))
    return Number(value, None, over, value, digits=True)


def _is_range(low: int, high: int) -> bool:
    # 三四 and 三五 are ranges; 三八 is two digits.
    return low > 0 and (high - low == 1 or (low, high) == (3, 5))


def _split_scale(text: str, value: Decimal) -> tuple[Decimal, int]:
    """The closing multiplier and what it multiplies: 12.5 and 10**8 of 12.5亿, 3 and 10**12 of 3万亿."""
    scale = 1
    for char in reversed(text):
        if char not in _LARGE:
            break
        scale *= _LARGE[char]
    return value / scale, scale


def _evaluate(text: str) -> Decimal | None:
    whole, point, fraction = text.partition("点")
    if point:
        return _evaluate_decimal(whole, fraction)
    total = section = Decimal(0)
    current: Decimal | None = None
    last_unit, last_large = 0, 10**20
    previous = ""
    for token in _TOKEN.findall(text):
        if token in _SMALL:
            unit = _SMALL[token]
            # A unit without a digit opens a number (十五), follows 零, or is the 十 of 一百十一.
            if current is None and not (previous in ("", "零", "〇") or (unit == 10 and previous in "百千")):
                return None
            section += (Decimal(1) if current is None else current) * unit
            current, last_unit = None, unit
        elif token in _LARGE:
            unit = _LARGE[token]
            section += current or 0
            if unit >= last_large:
                total = (total + section) * unit
            else:
                total += (section if previous else 1) * unit
            section, current, last_unit, last_large = Decimal(0), None, unit, unit
        elif token in _DIGITS and _DIGITS[token] == 0:
            if current is not None:
                return None
            last_unit = 0
        else:
            if current is not None:
                return None
            current = Decimal(_DIGITS[token]) if token in _DIGITS else Decimal(token.replace(",", ""))
        previous = token
    if current is not None:
        # 两千四百五 leaves out the 十 of its last digit, 九十二万四 the 千.
        if last_unit > 10 and current < 10 and len(previous) == 1:
            current *= last_unit // 10
        section += current
    return total + section


def _evaluate_decimal(whole: str, fraction: str) -> Decimal | None:
    match = re.fullmatch(r"([零〇一二两三四五六七八九]+|\d+)([十百千万亿兆]*)", fraction)
    if _DIGIT_STRING.fullmatch(whole):
        whole = "".join(str(_DIGITS[c]) for c in whole)
    base = _evaluate(whole) if whole else None
    if match is None or base is None:
        return None
    digits = "".join(str(_DIGITS.get(c, c)) for c in match[1])
    scale = 1
    for char in match[2]:
        scale *= _SMALL.get(char) or _LARGE[char]
    return (base + Decimal(f"0.{digits}")) * scale
