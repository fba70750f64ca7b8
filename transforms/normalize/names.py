"""How names of staff and authors are printed: whole, spread by spaces (`李　敏`), or damaged by one."""

from __future__ import annotations

import re

from transforms.normalize.characters import CJK

SPACE = r"[ \t\u3000]"

_ROLE = "文图摄绘"


def _name(lone: str, front: str, after: str) -> str:
    """Pattern of a name.

    Args:
        lone: A character of its own that may be part of one.
        front: How many characters may stand behind a lone surname.
        after: What tells that a short word behind a name is none.
    """
    spread = rf"{lone}{SPACE}{{1,4}}{lone}(?:{SPACE}{{1,2}}{lone}(?!{SPACE}{{1,4}}{lone}))?"
    surname = rf"{lone}{SPACE}{{1,2}}[{CJK}]{{{front}}}(?![{CJK}])"
    given = rf"[{CJK}]{{2}}{SPACE}{lone}(?!{SPACE}{{1,4}}[{CJK}]{{1,2}}(?![{CJK}{after}]))"
    whole = rf"[{CJK}]{{2,4}}(?:·[{CJK}]{{1,8}})?"
    return rf"(?:{spread}|{surname}|{given}|{whole}|[A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?)"


# A character that ends a run of them and is no role.
NAME = _name(rf"(?![{_ROLE}与及等])[{CJK}](?![{CJK}])", "2", "")
# Behind the role of staff no other is cut short (编辑：林　文), and a role with its colon follows.
STAFF_NAME = _name(rf"(?![与及等])[{CJK}](?![{CJK}])", "2,3", ":：/／")

_INSIDE_RE = re.compile(rf"(?<=[{CJK}]){SPACE}+(?=[{CJK}])")


def split_names(text: str, offset: int = 0, name: str = NAME) -> list[tuple[str, int, int]]:
    """Names in a run of names; a name spread by spaces is one, also where damage put one space into it.

    >>> [name for name, _, _ in split_names("林 晓彤 曲　岚 杨树 生")]
    ['林晓彤', '曲岚', '杨树生']
    """
    return [
        (_INSIDE_RE.sub("", m.group()), offset + m.start(), offset + m.end()) for m in re.finditer(name, text)
    ]
