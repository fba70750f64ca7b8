"""Character repair: one code point for one code point, plus the removal of invisible ones.

Order: marks of HTML and Markdown go, invisible and control characters go, variants fold, misread figures are
mended, half-width punctuation beside Chinese becomes full-width. Line structure and quotes come later
(`lines`, `quotes`), on the same text.

Source: Unicode 15.1 blocks CJK Radicals, Kangxi Radicals, CJK Compatibility Ideographs, Vertical Forms,
Small Form Variants, Halfwidth and Fullwidth Forms; GB/T 15834-2011 for punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field

from transforms.normalize.figures import misread
from transforms.normalize.marks import Marks, find_marks
from transforms.normalize.markup import Markup, find_markup

CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Ideographs, as the inside of a character class."""
CJK_PUNCTUATION = "，。、；：？！…—·～“”‘’（）《》〈〉「」『』【】〔〕〖〗"
CHINESE = CJK + CJK_PUNCTUATION

# Simplified and variant forms of the CJK Radicals Supplement that stand for a whole ideograph; Unicode gives
# them no decomposition, and PDF tools return them for the ideograph.
_RADICAL_PAIRS = (
    "⺃乚⺇几⺈刀⺉刂⺍小⺎兀⺏尢⺔彑⺕彐⺖忄⺘扌⺛旡⺝月⺞歹⺟母⺠民⺡氵⺢氺⺣灬⺤爪⺥爫⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺲罒⺶羊⺷羋⺸羊"
    "⺹耂⺺聿⺻聿⺼肉⻁虎⻂衤⻃西⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻐钅⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾"
    "⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟"
)
_RADICALS = dict(zip(_RADICAL_PAIRS[::2], _RADICAL_PAIRS[1::2], strict=True))
_VERTICAL = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹐﹑﹔﹕﹖﹗﹙﹚｡｢｣､･‧∙⋅〝〞〟„‟≪≫«»",
        "，、。：；！？〖〗…—（）｛｝〔〕【】《》〈〉「」『』，、；：？！（）。「」、····“””““《》《》",
        strict=True,
    )
)
_SYMBOLS = dict(zip("％＋／＝＠＃＆＄＊＂", '%+/=@#&$*"', strict=True))


def _variants() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)):
        table[chr(code)] = (chr(code - 0xFEE0), "width")
    for source, target in _SYMBOLS.items():
        table[source] = (target, "width")
    for source, target in _VERTICAL.items():
        table[source] = (target, "punctuation_variant")
    for source, target in _RADICALS.items():
        table[source] = (target, "radical")
    for code in range(0x2F00, 0x2FD6):
        table[chr(code)] = (unicodedata.normalize("NFKC", chr(code)), "radical")
    for code in (*range(0xF900, 0xFA6E), *range(0xFA70, 0xFADA), *range(0x2F800, 0x2FA1E)):
        folded = unicodedata.normalize("NFC", chr(code))
        if folded != chr(code) and len(folded) == 1:
            table[chr(code)] = (folded, "compatibility_ideograph")
    for char in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f":
        table[char] = (" ", "space_variant")
    for char in "\x0b\x0c\x85\u2028\u2029":
        table[char] = ("\n", "newline")
    for code in range(0xD800, 0xE000):
        table[chr(code)] = ("\ufffd", "lone_surrogate")
    return table


_VARIANT = _variants()
_DELETED = (
    "\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufe00-\ufe0f\ufff9-\ufffb\U000e0100-\U000e01ef"
)


def _class(chars: list[str]) -> str:
    """Character class of many characters as ranges, which the regex engine tests fastest."""
    codes = sorted(map(ord, chars))
    parts, start, last = [], codes[0], codes[0]
    for code in [*codes[1:], 0x110000 + 1]:
        if code == last + 1:
            last = code
            continue
        parts.append(f"\\U{start:08x}-\\U{last:08x}")
        start = last = code
    return "".join(parts)


_CHANGED_RE = re.compile(f"[{_DELETED}]+|\\r\\n?|[{_class(list(_VARIANT))}]|(?<=[0-9０-９])．(?=[0-9０-９])")
# A full stop stands behind 图.1 no more than behind 第.5.
_HALF_RE = re.compile(
    rf"[,;:!?()]|(?<=[{CJK}”》）\"])[.．](?![0-9A-Za-z.])|(?<=[{CJK}”》）])(?<![图表第号])[.．](?=[0-9])|(?<=[0-9]%)[.．]"
)
_FULL = str.maketrans(",;:!?().．", "，；：！？（）。。")
_ITEM_RE = re.compile(r"[ \u3000]*[（(]?[一二三四五六七八九十]{1,3}[）)]?")
_CHINESE_RE = re.compile(f"[{CHINESE}]")
_WINDOW = 40


@dataclass
class Working:
    """The text that the later steps read, and the way back to the raw text.

    Attributes:
        raw: The page as it came.
        text: The repaired text, before any change of length.
        removed: Raw ranges of invisible characters that `text` lacks, with their rule.
        changed: Offset in `text` to the rule that changed the character there.
        hints: Offset in `text` of a line's first character to the type that HTML or Markdown gives it.
    """

    raw: str
    text: str
    removed: list[tuple[int, int, str]] = field(default_factory=list)
    changed: dict[int, str] = field(default_factory=dict)
    hints: dict[int, str] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)
    _raw_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        shift = 0
        for start, end, _ in self.removed:
            self._starts.append(start - shift)
            self._raw_starts.append(start)
            shift += end - start
            self._shifts.append(shift)

    def raw_offset(self, offset: int) -> int:
        """Raw offset of the character at `offset`; past removed characters that precede it."""
        index = bisect_left(self._starts, offset + 1) - 1
        return offset if index < 0 else offset + self._shifts[index]

    def text_offset(self, raw: int) -> int:
        """Offset in `text` of the first character at or behind a raw offset."""
        index = bisect_left(self._raw_starts, raw)
        if not index:
            return raw
        start, end, _ = self.removed[index - 1]
        return raw - self._shifts[index - 1] + max(0, end - max(raw, start))

    def raw_end(self, end: int) -> int:
        """Raw offset just behind the character that ends at `end`."""
        return self.raw_offset(end - 1) + 1 if end else 0


def repair_characters(raw: str) -> Working:
    """Drop markup and invisible characters, fold variants, widen punctuation beside Chinese.

    Args:
        raw: A page of any characters, lone surrogates included.

    Returns:
        The working text; identical to `raw` where nothing needed repair.
    """
    removed: list[tuple[int, int, str]] = []
    parts: list[str] = []
    changed: dict[int, str] = {}
    last = shift = 0
    markup = find_markup(raw)
    marks = find_marks(raw)
    unmarked = _without(raw, markup, marks)
    gone = frozenset(marks.removed)
    for match in _CHANGED_RE.finditer(unmarked):
        start, end = match.span()
        found = match.group()
        parts.append(unmarked[last:start])
        last = end
        if found[0] == "\r":
            parts.append("\n")
            if len(found) == 2:
                removed.append((start, start + 1, "newline"))
                shift += 1
            else:
                changed[start - shift] = "newline"
        elif found == "．":
            parts.append(".")
            changed[start - shift] = "width"
        elif found in _VARIANT:
            target, rule = _VARIANT[found]
            parts.append(target)
            changed[start - shift] = rule
        else:
            rule = "punctuation_variant" if start in gone else "markup"
            removed.append((start, end, "control" if raw[start] == found[0] else rule))
            shift += end - start
    text = unmarked
    if parts:
        parts.append(unmarked[last:])
        text = "".join(parts)
    working = Working(raw=raw, text=text, removed=removed, changed=changed)
    for at in markup.replaced:
        changed[working.text_offset(at)] = "markup"
    for at in marks.replaced:
        changed[working.text_offset(at)] = "punctuation_variant"
    working.text = _widen_punctuation(_mend_figures(text, changed), changed)
    working.hints = {working.text_offset(at): hint for at, hint in markup.hints.items()}
    return working


def _mend_figures(text: str, changed: dict[int, str]) -> str:
    """Letters and marks inside numbers become what print had there."""
    found = list(misread(text))
    if not found:
        return text
    chars = list(text)
    for at, char, rule in found:
        chars[at] = char
        changed.setdefault(at, rule)
    return "".join(chars)


def _without(raw: str, markup: Markup, marks: Marks) -> str:
    """`raw` in its length, with NUL for what leaves it, so that the next pass takes it out."""
    if not (markup.removed or markup.replaced or marks.removed or marks.replaced):
        return raw
    pieces: list[str] = []
    last = 0
    changes = [(start, end, "\0" * (end - start)) for start, end in markup.removed]
    changes += [(at, at + 1, char) for at, char in (markup.replaced | marks.replaced).items()]
    changes += [(at, at + 1, "\0") for at in marks.removed]
    for start, end, replacement in sorted(changes):
        if start >= last:
            pieces += [raw[last:start], replacement]
            last = end
    pieces.append(raw[last:])
    return "".join(pieces)


def _widen_punctuation(text: str, changed: dict[int, str]) -> str:
    """Half-width `,;:!?().` beside Chinese becomes full-width; `1,200` and `http:` stay."""
    hits: list[int] = []
    # Some houses print ． for 。; elsewhere it parts names.
    prints_dots = "．" in text and text.count("．") > text.count("。")
    opened: list[int] = []
    for match in _HALF_RE.finditer(text):
        at = match.start()
        char = text[at]
        if char == "(":
            opened.append(at)
            if len(opened) > _WINDOW:
                del opened[0]
        elif char == ")":
            start = opened.pop() if opened else None
            inside = text[start + 1 : at][: 4 * _WINDOW] if start is not None else ""
            before = text[start - 1 : start] if start else ""
            if _CHINESE_RE.search(inside) or _is_chinese(before) or (start is None and _beside(text, at)):
                hits.extend([at] if start is None else [start, at])
        elif char in ".．":
            if (char == "." or prints_dots) and not _is_item(text, at):
                hits.append(at)
        elif _beside(text, at):
            hits.append(at)
    hits.extend(at for at in opened if _beside(text, at))
    if not hits:
        return text
    hits.sort()
    pieces: list[str] = []
    last = 0
    for at in hits:
        pieces.append(text[last:at])
        pieces.append(text[at].translate(_FULL))
        changed.setdefault(at, "full_width_punctuation")
        last = at + 1
    pieces.append(text[last:])
    return "".join(pieces)


def _is_item(text: str, at: int) -> bool:
    """Whether a dot stands behind the number of a part, such as 一."""
    return _ITEM_RE.fullmatch(text, text.rfind("\n", 0, at) + 1, at) is not None


def _is_chinese(char: str) -> bool:
    return bool(char) and _CHINESE_RE.match(char) is not None


def _beside(text: str, at: int) -> bool:
    """Whether the mark at `at` belongs to Chinese text: before it, or after it unless between ASCII."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if _is_chinese(before):
        return not (before.isascii() and after.isascii())
    if before in ('"', "'", ")", "%") or before.isspace():
        return (
            _is_chinese(after)
            or (before == '"' and at > 1 and bool(_CHINESE_RE.search(text[at - 3 : at])))
            or (before == "%" and after.isdigit() and bool(_CHINESE_RE.search(text[max(0, at - 8) : at])))
        )
    if before.isascii() and before.isalnum():
        return _is_chinese(after) and text[at] != "."
    return _is_chinese(after)
