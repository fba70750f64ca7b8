"""How names of staff and authors are printed: whole, spread by spaces (`李　敏`), or damaged by one."""

from __future__ import annotations

import re

from transforms.normalize.characters import CJK

SPACE = r"[ \t\u3000]"

_ROLE = "文图摄绘"
# A character that ends a run of them and is no role.
_LONE = rf"(?![{_ROLE}与及等])[{CJK}](?![{CJK}])"
_SPREAD = rf"{_LONE}{SPACE}{{1,4}}{_LONE}(?:{SPACE}{{1,2}}{_LONE}(?!{SPACE}{{1,4}}{_LONE}))?"
_FRONT = rf"{_LONE}{SPACE}{{1,2}}[{CJK}]{{2}}(?![{CJK}])"
_BACK = rf"[{CJK}]{{2}}{SPACE}{_LONE}(?!{SPACE}{{1,4}}[{CJK}]{{1,2}}(?![{CJK}]))"
NAME = rf"(?:{_SPREAD}|{_FRONT}|{_BACK}|[{CJK}]{{2,4}}(?:·[{CJK}]{{1,8}})?|[A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?)"

_NAME_RE = re.compile(NAME)
_INSIDE_RE = re.compile(rf"(?<=[{CJK}]){SPACE}+(?=[{CJK}])")


def split_names(text: str, offset: int = 0) -> list[tuple[str, int, int]]:
    """Names in a run of names; a name spread by spaces is one, also where damage put one space into it.

    >>> [name for name, _, _ in split_names("林 晓彤 曲　岚 杨树 生")]
    ['林晓彤', '曲岚', '杨树生']
    """
    return [
        (_INSIDE_RE.sub("", m.group()), offset + m.start(), offset + m.end()) for m in _NAME_RE.finditer(text)
    ]
