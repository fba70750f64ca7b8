"""Traditional to simplified characters, by OpenCC, one code point for one.

Source: OpenCC (Apache-2.0) configuration `t2s`.
"""

from __future__ import annotations

import re

_LINE_RE = re.compile(r"[^\n]+")


class SimplifierMissingError(ImportError):
    """The extra that brings OpenCC is not installed."""


class Simplifier:
    """Turns traditional characters into simplified ones.

    Raises:
        SimplifierMissingError: The extra `simplify` is not installed.
    """

    def __init__(self) -> None:
        try:
            from opencc import OpenCC
        except ImportError as error:
            raise SimplifierMissingError(
                "Simplifying needs OpenCC. Install it with: pip install 'baocang[simplify]'"
            ) from error
        self._convert = OpenCC("t2s").convert

    def simplify(self, text: str, changed: dict[int, str]) -> str:
        """Simplify a page and note every changed offset in `changed` with the rule `simplified`.

        A line whose words change their length is done character by character, so offsets stay.
        """
        pieces: list[str] = []
        last = 0
        for line in _LINE_RE.finditer(text):
            content = line.group()
            if content.isascii():
                continue
            simple = self._convert(content)
            if simple == content:
                continue
            if len(simple) != len(content):
                simple = "".join(s if len(s := self._convert(c)) == 1 else c for c in content)
            for offset, (old, new) in enumerate(zip(content, simple, strict=True)):
                if old != new:
                    changed[line.start() + offset] = "simplified"
            pieces.append(text[last : line.start()])
            pieces.append(simple)
            last = line.end()
        pieces.append(text[last:])
        return "".join(pieces)
