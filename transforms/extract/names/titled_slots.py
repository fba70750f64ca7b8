"""Where a name may stand behind a title, and what already stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span
from transforms.extract.roles.titles import Title

# It begins with a set, which makes it fast.
_SPACE = re.compile(r"[ \u3000](?<=[\u4e00-\u9fff·•・‧].)[ \u3000]{0,3}(?=[\u4e00-\u9fff·•・‧])")

# Heads that name whom the article asks.
PORTRAIT = re.compile("访|对话|走近|——记")
SPEAKER = re.compile('([\u4e00-\u9fff]{2,4})：[“"]')
# 金大川，朝鲜族，54岁
ABOUT = NAMES.compile(
    r"(?:^|(?<=[\n。]))[ \u3000]*(?P<name>[\u4e00-\u9fff]{2,4})，"
    r"(?:[男女]，|[\u4e00-\u9fff]{1,5}族[，人]|[0-9]{2}岁|[\u4e00-\u9fff]{2,6}人，|生于|(?:19|20)[0-9]{2}年(?:出)?生)",
    ("，男，", "，女，", "族，", "族人", "岁", "人，", "生于", "年生", "年出生"),
)
MET = re.compile("(?:见到|遇到|遇见|采访|找到|联系上|联系到|问起|说起)[^，。；]*$")
# 主任由张三担任
HELD_BY = re.compile("由(?=[\u4e00-\u9fff]{2,4}(?:担任|兼任|出任|接任|主持|负责))")

# 任命江雁、谷雨为局长, 免去江雁的职务
APPOINTS = NAMES.compile(
    "(?:任命|免去|聘任|补选|选举|推选|增补|接受)了?(?=[\u4e00-\u9fff]{2,4}(?:[、和]|为|[的任]|同志|担任|辞去))"
)
# 任命江雁为局长, 由江雁担任组长, 江雁任组长: what stands there and holds an office is a name, though a word.
FRAMED = NAMES.compile(
    "(?:(?P<made>任命|选举|补选|推选|聘任|增补|推举)了?|由|(?<=[，。；：\n])|^)(?P<name>[\u4e00-\u9fff]{2,3}?)(?:同志)?"
    "(?:(?P<verb>担任|[现历曾时卸升调转改接继连兼出]任|任|辞去)|(?(made)为|(?!)))",
    ("任", "为", "辞去"),
)
# Names that the engine missed between two of a list.
MISSED = re.compile("、(?:[\u4e00-\u9fff]{2,4}、){1,3}")
# 江雁（女）、才旦（藏族）
BRACKETED = re.compile(
    "[（(][^（）()\n]{1,10}[）)][、和与](?P<name>[\u4e00-\u9fff]{2,5})"
    "(?=[（(](?:[女男][，）)]|[\u4e00-\u9fff]{1,5}族[，）)]|[左右前后中][一二三四五六七八左右中排）)]))"
)
# The last of a list of persons: 江雁、谷雨等委员.
LAST = re.compile(
    "、([\u4e00-\u9fff]{2,4})(?=等(?:委员|代表|同志|领导|专家|企业家|\\d|[一二三四五六七八九十]|人|分别|先后|参加|出席|陪同))"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Characters behind a title that may be a name."""

    start: int
    end: int
    title: Title
    anchored: bool
    """The title stands behind a body, a mark or a list."""
    parted: bool = False
    """A space parts the first character from the rest, as only a surname has it."""
    padded: bool = False
    """The space is as wide as only names of two characters have it."""
    engine_end: int | None = None
    """Where the engine ends a person that begins there."""


CALLED = Title(0, 2, "", "profession", is_former=False, is_acting=False, is_shared=False)
APPOINTED = Title(0, 3, "", "chief", is_former=False, is_acting=False, is_shared=True)
"""What stands before the names of those who get or lose an office."""


def engine_end(spans: Sequence[Span], start: int) -> int | None:
    """Where the engine ends a person that begins at `start`."""
    return next((span.end for span in spans if span.start == start and span.entity_type == "person"), None)


def is_free(spans: Sequence[Span], start: int, end: int, floor: int, begin: int) -> bool:
    """Whether nothing else is named there, or only a part of the name, or the name with its title."""
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        is_person = span.entity_type == "person"
        is_part = (begin if is_person and span.end == end else floor) <= span.start and span.end <= end
        if not is_part or ((span.start, span.end) == (start, end) and is_person):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where spaces were closed, in the closed text."""

    all: frozenset[int] = frozenset()
    wide: frozenset[int] = frozenset()


def close_gaps(text: str) -> tuple[str, list[int] | None, Gaps]:
    """The text without single spaces between characters, where it stands in the text, and its gaps."""
    spaces = [match.span() for match in _SPACE.finditer(text)]
    if not spaces:
        return text, None, Gaps()
    starts, ends = [0, *(end for _, end in spaces)], [*(start for start, _ in spaces), len(text)]
    parts = list(zip(starts, ends, strict=True))
    places = [at for start, end in parts for at in range(start, end)]
    lengths = list(accumulate(end - start for start, end in parts[:-1]))
    is_wide = [end - start > 1 or text[start] == "\u3000" for start, end in spaces]
    gaps = Gaps(frozenset(lengths), frozenset(at for at, wide in zip(lengths, is_wide, strict=True) if wide))
    return "".join(text[start:end] for start, end in parts), [*places, len(text)], gaps
