"""Spaces inside lines that a converter put where printed lines ended."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.normalize.characters import CHINESE, CJK
from transforms.normalize.furniture import alternatives
from transforms.normalize.inline_heads import find_inline_heads
from transforms.normalize.lines import Line, common_width, ends_sentence, text_width
from transforms.normalize.names import SPACE, split_names
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

_BREAKABLE_RE = re.compile(rf"(?<=[{CHINESE}0-9A-Za-z%\")])[ \u3000]+(?=[{CHINESE}0-9A-Za-z\"(])")
_PUNCTUATION_RE = re.compile("[，。；：！？]")
# 350 0万元 and 2 003年; not 图1 2023年, 0533 2180000 or the columns of a table.
_CUT_NUMBER_RE = re.compile(
    rf"(?<![A-Za-z0-9. \-])[0-9]{{1,4}}( )(?!(?:19|20)[0-9]{{2}}年)[0-9]{{1,4}}(?:[.][0-9]+)?(?=[%{CHINESE}])"
)
# 总投资62. 5亿元 and 3.7 5亿元; not 1. 2023年 or 2. 3月.
_CUT_POINT_RE = re.compile(
    rf"(?<=[{CJK}])[0-9]{{1,5}}(?: ?\. ?[0-9]{{1,3}}| ?\.[0-9]{{1,2}} [0-9]{{1,2}})(?=[%{CJK}])(?![年月日])"
)
_SPACED_POINT_RE = re.compile(r"(?<=[0-9]) (?=\.)|(?<=[0-9] \.) (?=[0-9])")
# A space beside a mark parts nothing in a sentence.
_BESIDE_MARK_RE = re.compile(
    rf"(?<=[，、；：“《（]) (?=[“《（{CJK}0-9A-Za-z])|(?<=[。！？]) (?=[”》“])"
    rf"|(?<=[{CJK}0-9A-Za-z%”》）]) (?=[，。、；：！？”》）])"
    # Those of a head that part its clauses stand on one side: 论坛开幕 “金桥奖”揭晓.
    rf"|(?<=[{CJK}]) (?=(?:“[^”]*”|《[^》]*》) [{CJK}])|(?<=[”》]) (?=[{CJK}])"
)
_CLOSING = "，。、；：！？”》）"
_MIN_COLUMN = 9
_LISTED = 4
_PROVEN_STRAY = 2
_INDENT = 2
_TWO_CHINESE_RE = re.compile(f"[{CHINESE}]{{2}}")


class SpaceSplitter:
    """Finds spaces that are wraps or damage."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words
        by = alternatives(vocabulary.byline_roles)
        roles = alternatives(vocabulary.byline_roles | vocabulary.weak_byline_roles | vocabulary.staff_roles)
        self._credit_after = re.compile(
            rf"^[（(]?(?:{roles})(?![{CJK}，。；])|^(?:本报|通讯员|实习生)?记者{SPACE}"
        )
        self._credit_before = re.compile(rf"(?:^|[^{CJK}])(?:{roles})$")
        self._next_photographer = re.compile(rf"[{CJK}]{{2,3}}{SPACE}+(?:摄|摄影|供图)(?![{CJK}])")
        self._bracket = re.compile(rf"[（(](?:[{CJK}]{{0,4}})(?:{by})[^（）()]{{0,60}}[）)]")
        self._dateline_before = re.compile(r"(?:讯|电|消息|报道|[）)】])$")

    def split_spaces(self, text: str, lines: list[Line]) -> list[Line]:
        """Cut lines at spaces that stand where a printed line ended, and at those inside a number."""
        heads = find_inline_heads([text[line.start : line.end] for line in lines], self.vocabulary)
        # The spaces of a head part its clauses.
        parted = [(lines[i].start, lines[i].start + inside) for i, (_, inside) in heads.items()]
        return [
            replace(rest, offset=line.offset + text_width(text[line.start : rest.start]))
            for line in self._split_wraps(text, lines, heads)
            for piece in _cut(text, [line], {0: _in_numbers(text, line)})
            for rest in _cut(text, [piece], {0: self._at_marks(text, piece, parted)}, "stray")
        ]

    def _at_marks(self, text: str, line: Line, parted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Single spaces beside the marks of a sentence."""
        if " " not in text[line.start : line.end] or not _PUNCTUATION_RE.search(text, line.start, line.end):
            return []
        content = text[line.start : line.end]
        if self.vocabulary.is_credit(content) or self.vocabulary.is_byline(content):
            return []
        return [
            gap
            for gap in (m.span() for m in _BESIDE_MARK_RE.finditer(text, line.start, line.end))
            if not any(a <= gap[0] < b for a, b in parted)
            and not self._parts_credit(text, line, gap)
            and (text[gap[0] - 1] not in "”》" or text[gap[1]] in _CLOSING or _is_set_off(text, line, gap[0]))
        ]

    def _split_wraps(self, text: str, lines: list[Line], heads: Mapping[int, tuple[int, int]]) -> list[Line]:
        spaces: dict[int, list[tuple[int, int]]] = {}
        short: dict[int, list[tuple[int, int]]] = {}
        inner: list[float] = []
        indented: list[float] = []
        for index, line in enumerate(lines):
            content = text[line.start : line.end]
            if " " not in content and "\u3000" not in content:
                continue
            inside = heads.get(index, (0, 0))[1]
            found = [
                (m.start() + line.start, m.end() + line.start)
                for m in _BREAKABLE_RE.finditer(content)
                if m.end() > inside
            ]
            if found and ends_sentence(content) and len(content) < 2 * _MIN_COLUMN:
                short[index] = found[:1]
            if not found or not self._is_running_text(content, found, line):
                continue
            spaces[index] = found
            starts = [line.start, *(end for _, end in found)]
            pieces = [text_width(text[a:b]) for a, (b, _) in zip(starts, found, strict=False)]
            inner.extend(pieces)
            # The spaces of a head part its clauses.
            if _PUNCTUATION_RE.search(content):
                indented.extend([pieces[0] + _INDENT, *pieces[1:]])
        if not inner:
            return lines
        # A paragraph's first line is as much shorter as its printed indent was wide.
        sparse = common_width(inner) or common_width(indented)
        spread = sum(len(v) for v in spaces.values())
        # Lines that end inside sentences at one greater width are the printed ones.
        printed = common_width(
            [x.reach for x in lines if x.gap == "line" and not ends_sentence(text[x.start : x.end])]
        )
        if sparse is None or (printed is not None and printed > sparse + _INDENT):
            if spread and _is_letter_spaced(text, spaces, lines):
                for index, gaps in spaces.items():
                    points = _SPACED_POINT_RE.finditer(text, lines[index].start, lines[index].end)
                    spaces[index] = sorted({*gaps, *(m.span() for m in points)})
                return _cut(text, lines, spaces)
            stray = self._stray(text, lines, spaces)
            return [
                replace(piece, offset=text_width(text[line.start : piece.start]))
                for index, line in enumerate(lines)
                for piece in _cut(text, [line], {0: stray.get(index, ())})
            ]
        kept = {
            index: [
                gap
                for before, gap in zip([(0, lines[index].start), *found], found, strict=False)
                if self._is_wrap(text, lines[index], before[1], gap, sparse)
                and (
                    len(found) > 1
                    or _PUNCTUATION_RE.search(text, lines[index].start, lines[index].end)
                    # The space of a head parts its clauses, unless a printed line ends there.
                    or abs(text_width(text[before[1] : gap[0]]) - sparse) <= 1
                )
            ]
            for index, found in spaces.items()
        }
        # In a line of two printed lines only the column's width tells a wrap.
        for index, ((start, end),) in short.items():
            width = text_width(text[lines[index].start : start])
            if sparse - _INDENT <= width <= sparse + 1 and self._is_wrap(
                text, lines[index], lines[index].start, (start, end), sparse
            ):
                kept[index] = [(start, end)]
        return _cut(text, lines, kept)

    def _stray(
        self, text: str, lines: Sequence[Line], spaces: Mapping[int, list[tuple[int, int]]]
    ) -> dict[int, list[tuple[int, int]]]:
        """Single spaces inside words of sentences, where no wrap explains them.

        Where several prove to be inside a known word, those inside a name or between words are damage too.
        """
        seen: dict[int, list[tuple[int, int]]] = {}
        proven: dict[int, list[tuple[int, int]]] = {}
        for index, found in spaces.items():
            line = lines[index]
            if not _PUNCTUATION_RE.search(text, line.start, line.end):
                continue
            edges = [line.start, *(end for _, end in found), line.end + 1]
            for at, gap in enumerate(found):
                # Names in a row stand apart on purpose.
                beside = [(gap[1], edges[at + 2] - 1), *([(edges[at], gap[0])] if at else [])]
                listed = len(found) > 1 and any(
                    b - a <= _LISTED and not _PUNCTUATION_RE.search(text, a, b) for a, b in beside
                )
                if listed or not self._is_stray(text, line, gap):
                    continue
                seen.setdefault(index, []).append(gap)
                if (
                    self.words.cut_evidence(
                        text[max(line.start, gap[0] - 4) : gap[0]], text[gap[1] : gap[1] + 4]
                    )
                    > 0
                ):
                    proven.setdefault(index, []).append(gap)
        return seen if sum(map(len, proven.values())) >= _PROVEN_STRAY else proven

    def _is_stray(self, text: str, line: Line, gap: tuple[int, int]) -> bool:
        start, end = gap
        around = text[start - 1] + text[end]
        ends = text[end : line.end]
        credited = line.end - end <= _LISTED and not ends_sentence(ends)
        return (
            end - start == 1
            and text[start] == " "
            and _TWO_CHINESE_RE.fullmatch(around) is not None
            and not credited
            and self._is_wrap(text, line, line.start, gap, 0.0)
        )

    def _is_running_text(self, content: str, found: Sequence[tuple[int, int]], line: Line) -> bool:
        if len(content) < 2 * _MIN_COLUMN:
            return False
        if not _PUNCTUATION_RE.search(content) and len(content) / (len(found) + 1) < _MIN_COLUMN:
            return False
        return not (
            self.vocabulary.is_credit(content)
            or self.vocabulary.is_byline(content)
            or self.vocabulary.is_folio(content)
        )

    def _parts_credit(self, text: str, line: Line, gap: tuple[int, int]) -> bool:
        """Whether a space stands beside a credit or byline, or behind a dateline."""
        start, end = gap
        before, after = text[max(line.start, start - 12) : start], text[end : min(line.end, end + 12)]
        if self._credit_after.match(after) or self._credit_before.search(before):
            return True
        if before[-1].isalpha() and self._next_photographer.match(after):
            return True
        if self.vocabulary.glued_dateline.match(text[end : end + 60]) or self._parts_names(text, line, gap):
            return True
        if self._dateline_before.search(before) and start - line.start < 40:
            found_dateline = self.vocabulary.dateline.match(text[line.start : end])
            return found_dateline is not None and found_dateline.end() >= end - line.start
        return False

    def _is_wrap(self, text: str, line: Line, segment_start: int, gap: tuple[int, int], width: float) -> bool:
        if self._parts_credit(text, line, gap):
            return False
        start, end = gap
        before, after = text[max(line.start, start - 12) : start], text[end : min(line.end, end + 12)]
        near = abs(text_width(text[segment_start:start]) - width) <= 2
        ascii_before, ascii_after = (
            before[-1].isascii() and before[-1] != '"',
            after[0].isascii() and after[0] != '"',
        )
        if "\u3000" in text[start:end]:
            return near or (end - start > 1 and ends_sentence(before))
        if ascii_before and ascii_after:
            return near and width > 0 and gap in _in_numbers(text, line)
        return near or not (ascii_before or ascii_after)

    def _parts_names(self, text: str, line: Line, gap: tuple[int, int]) -> bool:
        """Whether a space stands between two names, or a name and a role, in the bracket of a dateline."""
        opened = max(text.rfind("（", line.start, gap[0]), text.rfind("(", line.start, gap[0]))
        signed = (
            self.vocabulary.signed_names.match(text, opened - 1, line.end) if opened > line.start else None
        )
        if signed:
            names = split_names(signed.group(1), signed.start(1))
            return not any(first < gap[0] < last for _, first, last in names)
        bracket = self._bracket.match(text, opened) if opened >= 0 else None
        if bracket is None or bracket.end() < gap[1]:
            return False
        before = re.search(f"[{CJK}]*$", text[opened : gap[0]])
        after = re.match(f"[{CJK}]*", text[gap[1] : gap[1] + 12])
        return before is not None and after is not None and min(len(before.group()), len(after.group())) > 1


def _in_numbers(text: str, line: Line) -> list[tuple[int, int]]:
    """Spaces inside the numbers of a sentence; those of a table or a telephone number stay."""
    if not _PUNCTUATION_RE.search(text, line.start, line.end):
        return []
    whole = [match.span(1) for match in _CUT_NUMBER_RE.finditer(text, line.start, line.end)]
    points = _CUT_POINT_RE.finditer(text, line.start, line.end)
    inside = {(at, at + 1) for m in points for at in range(*m.span()) if text[at] == " "}
    return sorted(inside.union(whole))


def _is_set_off(text: str, line: Line, end: int) -> bool:
    """Whether a space stands before the quotation or title that ends at `end`, or inside it, too."""
    start = text.rfind("“" if text[end - 1] == "”" else "《", line.start, end)
    return start >= 0 and " " in (text[start - 1 : start], text[start + 1], text[end - 2])


def _is_letter_spaced(text: str, spaces: dict[int, list[tuple[int, int]]], lines: Sequence[Line]) -> bool:
    """Whether nearly every character is followed by a space, as some text layers have it."""
    total = sum(lines[i].end - lines[i].start for i in spaces)
    return sum(len(v) for v in spaces.values()) >= 0.35 * max(total, 1) and total > 40


def _cut(
    text: str, lines: Sequence[Line], spaces: Mapping[int, Sequence[tuple[int, int]]], gap: str = "space"
) -> list[Line]:
    result: list[Line] = []
    for index, line in enumerate(lines):
        rest = line
        for gap_start, gap_end in spaces.get(index, ()):
            width = text_width(text[rest.start : gap_start])
            result.append(replace(rest, end=gap_start, gap=gap, width=width))
            rest = replace(line, start=gap_end, indent=0.0, width=text_width(text[gap_end : line.end]))
        result.append(rest)
    return result
