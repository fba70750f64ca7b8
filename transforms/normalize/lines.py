"""Physical lines of a page, and how the page wraps them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.normalize.printed_dates import NUMBER
from transforms.normalize.vocabulary import CLOSERS

_LINE_RE = re.compile(r"[^\n]+")
_SENTENCE_END_RE = re.compile(rf"[。！？…!?][{re.escape(CLOSERS)}]*$|[。！？][）)〕】]?$")
NO_START = frozenset("，。、；：？！”’》）〉」』】〕…")
INSIDE = ("space", "stray")
"""Gaps inside a printed line: one that a wrap left, one that parts nothing."""
_MIN_COLUMN = 9
_SHORT_EM = 3
_STOP_RE = re.compile("[。！？；，]")
_NUMBER_END_RE = re.compile(r"[0-9][多余]?[百千万亿]{0,2}$")
_UNIT_START_RE = re.compile(
    r"(?:[年月日号元吨亩人名个家项户次倍座台套辆架艘条公千万亿%]|平方|立方)\D*[，。；]"
)
_DIGITS_IN_SENTENCE_RE = re.compile(r"[0-9.]{1,8}[^0-9\s]{1,12}[，。]")
_DATE_RE = re.compile(
    "(?:(?:19|20)[0-9]{2}年)?[0-9]{1,2}月[0-9]{1,2}日|(?:19|20)[0-9]{2}年|(?:[本上下]月|[至、和到])[0-9]{1,2}日"
    "|[0-9]{1,2}月(?![报刊度])"
)
_OPEN_END = "，、；"
# 此后，… begins a sentence, no head; 如今，… does where a number or particle goes on with it.
_TOLD_ON_RE = re.compile(
    "(?:据(?:介绍|了解|悉|统计)|随后|此[后前外]|其后|之后|(?:与此)?同时|为此|对此|另外|目前|眼下|不久前?|当[天日晚]|[近多]年来"
    "|[采会座][访谈]中|记者(?:看到|了解到|发现)|截[至止][^，。：]{1,10}|[到从][^，。：]{2,8}[底末初起]|经过[^，。：]{2,10})，(?![^，]*(?:什么|怎|如何))"
)
_TIMED_RE = re.compile(
    f"(?:如今|最近|第{NUMBER}年|这[几一][年次]|不到[两{NUMBER[1:-1]}]年|[今去明]年|{NUMBER}{{4}}年|{NUMBER}{{1,2}}月|上个?月)[^，。：]{{0,6}}，"
)
_GOES_ON_RE = re.compile(f"[.两几{NUMBER[1:-1]}]+[余多]?[^年月日岁时点.{NUMBER[1:-1]}]|[了着过到出]")
_BLOCK_LINES, _DATE_CHARS = 4, 10
_BESIDE = 6


@dataclass(slots=True)
class Line:
    """A physical line of the working text.

    Attributes:
        start: Offset of its first visible character.
        end: Offset behind its last visible character.
        gap: What follows: `space`, `stray` (a space beside a mark), `line`, `blank` (an empty line or a new
            layout block), `flow` (the layout says that the paragraph goes on) or `end`.
        indent: Space before the text, em.
        width: Width of the text, em; ASCII counts a half.
        offset: Width of what stands before it in the same printed line, where a stray space parts them.
        is_cut: Whether it fills its column and stops inside a sentence.
        is_parted: Whether a head begins or ends behind it inside a sentence.
        block: Ordinal of its layout block, -1 without layout.
        hint: Block type the format knows, if any.
        font_size: Points, if known.
        has_place: Whether the layout knows where it stands.
    """

    start: int
    end: int
    gap: str = "line"
    indent: float = 0.0
    width: float = 0.0
    block: int = -1
    hint: str | None = None
    font_size: float | None = None
    has_place: bool = False
    offset: float = 0.0
    is_cut: bool = False
    is_parted: bool = False

    @property
    def reach(self) -> float:
        """Where the text ends in its column, em."""
        return self.offset + self.indent + self.width


@dataclass(frozen=True, slots=True)
class Survey:
    """How a page wraps.

    Attributes:
        columns: Width of every line's column in em, `None` where the text does not wrap.
        indented: Whether paragraphs begin with an indent.
        blank_everywhere: Whether empty lines stand between nearly all lines and so mean nothing.
        breaks_anywhere: Whether lines begin with closing punctuation: wrapped by a machine, not a typesetter.
        short_first: Whether first lines are two characters shorter: the indent was printed but not kept.
        is_exact: Whether lines inside sentences are full without exception, so that a shorter one ends something.
        is_script: Whether labels say what its lines are (【正文】, 【同期声】): one alone opens the next line.
    """  # noqa: E501

    columns: list[float | None]
    indented: bool = False
    blank_everywhere: bool = False
    breaks_anywhere: bool = False
    short_first: bool = False
    is_exact: bool = False
    is_script: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """A gap that is no boundary: `text[start:end]` becomes `replacement`."""

    start: int
    end: int
    replacement: str
    rule: str


def text_width(text: str) -> float:
    """Width in em; ASCII counts a half, a straight quote stands for a full-width one."""
    return len(text) - (len(text.encode("ascii", "ignore")) - text.count('"')) / 2


def ends_sentence(text: str) -> bool:
    """Whether a text ends like a sentence, closing quotes and brackets aside."""
    return _SENTENCE_END_RE.search(text[-6:]) is not None


def read_lines(text: str, hints: Mapping[int, str]) -> list[Line]:
    """Lines of a plain text; blank lines show as `gap`.

    Args:
        text: Working text of a page.
        hints: Offset of a line's first visible character to its type, where marks in the text tell it.
    """
    lines: list[Line] = []
    previous_end = 0
    for match in _LINE_RE.finditer(text):
        content = match.group()
        stripped = content.lstrip()
        if not stripped:
            continue
        lead = len(content) - len(stripped)
        start = match.start() + lead
        body = stripped.rstrip()
        if lines:
            lines[-1].gap = "blank" if text.count("\n", previous_end, start) > 1 else "line"
        indent = text_width(content[:lead].replace("\t", "　　")) if lead else 0.0
        hint = hints.get(start)
        lines.append(Line(start, start + len(body), indent=indent, width=text_width(body), hint=hint))
        previous_end = match.end()
    if lines:
        lines[-1].gap = "end"
    return lines


def choose_metric(text: str, lines: Sequence[Line], open_lines: Sequence[int]) -> None:
    """Measure lines by characters instead of em where that makes them more even."""
    by_em = Counter(line.width for line in (lines[i] for i in open_lines))
    by_count = Counter(lines[i].end - lines[i].start for i in open_lines)
    if by_count.most_common(1)[0][1] > 1.15 * by_em.most_common(1)[0][1]:
        for line in lines:
            line.width = float(line.end - line.start)


def has_short_first(text: str, lines: Sequence[Line], columns: Sequence[float | None]) -> bool:
    """Whether lines two characters short mostly follow the end of a sentence, or a head."""
    short = after_end = full = 0
    for index in range(1, len(lines)):
        line, column = lines[index], columns[index]
        if column is None or ends_sentence(text[line.start : line.end]):
            continue
        before, beside = lines[index - 1], columns[index - 1]
        ends = ends_sentence(text[before.start : before.end])
        full += ends and before.gap == "blank" and abs(line.width - column) <= 0.5
        if abs(line.width - column + 2) > 0.5:
            continue
        short += 1
        after_end += beside is None or before.reach < beside - _SHORT_EM or ends
    return short >= 3 and after_end >= max(0.5 * short, full)


def common_width(widths: Sequence[float]) -> float | None:
    """The width most lines share, `None` without periodic wrapping."""
    counted = Counter(round(w) for w in widths if w >= _MIN_COLUMN)
    best, support = None, 0
    for width, _ in counted.most_common(5):
        near = counted[width - 1] + counted[width] + counted[width + 1]
        if near > support:
            best, support = width, near
    return float(best) if best is not None and support >= max(3, 0.5 * len(widths)) else None


def assign_columns(lines: Sequence[Line], widths: Sequence[int]) -> list[float | None]:
    """Each line's column: the width it has, or that of the line before it, or of the next."""
    result: list[float | None] = []
    current: float | None = None
    for line in lines:
        total = line.reach
        exact = [w for w in widths if abs(round(total) - w) <= 1]
        if exact:
            current = float(min(exact, key=lambda w: abs(w - total)))
            result.append(current)
        else:
            result.append(current if current is not None and total <= current + 1 else None)
    following: float | None = None
    for index in range(len(lines) - 1, -1, -1):
        if result[index] is not None:
            following = result[index]
        elif following is not None and lines[index].width <= following and current is not None:
            result[index] = following
        else:
            following = None
    return _narrow(lines, result)


def _narrow(lines: Sequence[Line], columns: list[float | None]) -> list[float | None]:
    """Columns that no line beside reaches are as wide as the widest line there: another article's."""
    result = list(columns)
    for index, column in enumerate(columns):
        if column is None:
            continue
        beside = [
            lines[i].reach
            for i in range(max(0, index - _BESIDE), min(len(lines), index + _BESIDE + 1))
            if columns[i] == column
        ]
        widest = max(beside)
        is_near = column - 1 <= widest < column
        if len(beside) >= _BESIDE and is_near and beside.count(widest) >= len(beside) / 2:
            result[index] = widest
    return result


def uses_indents(lines: Sequence[Line], columns: Sequence[float | None]) -> bool:
    """Whether an indent marks paragraphs: some wrapped lines have one, not nearly all."""
    wrapped = [line for line, column in zip(lines, columns, strict=True) if column is not None]
    count = sum(line.indent >= 1.5 for line in wrapped)
    return 2 <= count <= 0.7 * len(wrapped) or (count >= 1 and len(wrapped) < 8)


def blank_everywhere(lines: Sequence[Line], columns: Sequence[float | None]) -> bool:
    """Whether empty lines stand between nearly all wrapped lines."""
    gaps = [line.gap for line, column in zip(lines, columns, strict=True) if column is not None]
    blanks = sum(g == "blank" for g in gaps)
    return len(gaps) > 5 and blanks >= 0.8 * len(gaps)


def is_running_end(text: str) -> bool:
    """Whether a text stops at a comma inside a sentence."""
    return text[-1:] != "" and text[-1] in _OPEN_END[:2]


def parts_date(before: str, after: str) -> bool:
    """Whether a text ends inside a date, behind a figure of it: 8月2 and 日上午."""
    if not before[-1].isdigit() or not (after[0].isdigit() or after[0] in "年月日"):
        return False
    tail = before[-_DATE_CHARS:]
    dates = _DATE_RE.finditer(tail + after[:_DATE_CHARS])
    return any(match.start() < len(tail) < match.end() for match in dates)


def parts_amount(before: str, after: str) -> bool:
    """Whether a number ends one text and its unit, with more of the sentence, begins the other."""
    if parts_date(before, after):
        return True
    if _STOP_RE.search(before) is None:
        return before[-1].isdigit() and _DIGITS_IN_SENTENCE_RE.match(after) is not None
    if before[-1].isdigit() and after[0].isdigit():
        return True
    return _NUMBER_END_RE.search(before) is not None and _UNIT_START_RE.match(after) is not None


def tells_on(before: str, after: str) -> bool:
    """Whether a short text begins as sentences do, no head, and goes on in the text after."""
    return bool(_TOLD_ON_RE.match(before) or (_TIMED_RE.match(before) and _GOES_ON_RE.match(after)))


def is_left_open(text: str) -> bool:
    """Whether a bracket or quotation is still open at the end."""
    return text.count('"') % 2 == 1 or any(text.rfind(a) > text.rfind(b) for a, b in ("“”", "《》", "（）"))


def stand_together(lines: Sequence[Line], members: Sequence[int]) -> bool:
    """Whether most of these lines stand beside another of them: an article set a little wider."""
    printed = [0] * len(lines)
    for index in range(1, len(lines)):
        printed[index] = printed[index - 1] + (lines[index - 1].gap not in INSIDE)
    known = {printed[i] for i in members}
    return sum(n - 1 in known or n + 1 in known for n in known) > 0.6 * len(known)


def is_block(text: str, lines: Sequence[Line], members: Sequence[int]) -> bool:
    """Whether these open lines have one width, stand together and mostly end inside clauses."""
    commas = sum(text[lines[i].end - 1] in "，、；：:" for i in members)
    reaches = Counter(lines[i].reach for i in members)
    is_even = reaches.most_common(1)[0][1] >= max(_BLOCK_LINES, 0.8 * len(members))
    return is_even and commas <= 0.5 * len(members) and stand_together(lines, members)


def usual_size(lines: Sequence[Line]) -> float | None:
    """Size of the type that most characters of the page have."""
    counted: Counter[float] = Counter()
    for line in lines:
        if line.font_size:
            counted[round(line.font_size * 2) / 2] += line.end - line.start
    return counted.most_common(1)[0][0] if counted else None
