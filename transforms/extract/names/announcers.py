"""The firm that announces: 本公司 of a notice that is headed or signed by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of

_NOTICE = re.compile(r"公告|通告|公示|声明|启事|启示|说明|更正|致歉|提示")
_WORD = re.compile(r"[本我]公司|我司")
# 公司拟出资…: in a notice it is the one that announces.
_OPENS = re.compile(
    r"(?:(?<=[，。；：\n])|(?<=[，。；：\n][ \u3000])|^)公司"
    r"(?=[拟将于与已现原另]|同意|决定|董事会|(?:全资|控股)?子公司)"
)
_FIRM = r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,24}?"


class AnnouncerNames:
    """Built once from the legal forms of firms (`aliases.suffixes`)."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        forms = any_of([form for form in lookups["aliases"]["suffixes"] if form.endswith("公司")])
        self._head = re.compile(rf"[\s\u3000]*(?P<firm>{_FIRM}(?:{forms}))(?!发布|刊登|今|昨)")
        # 某公司　9月17日, 某公司董事会
        self._signed = re.compile(
            rf"(?:^|\n)[\s\u3000]*(?P<firm>{_FIRM}(?:{forms}))(?:董事会)?"
            r"[\s\u3000]*(?:[0-9二〇零一三四五六七八九十]{2,4}年)?(?:[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日)?[\s\u3000]*$"
        )

    def find(self, text: str, spans: Sequence[Span], heads: Sequence[str]) -> list[Span]:
        """Words for the announcing firm, each with its name as the canonical one; none in other texts.

        Args:
            text: The article's text.
            spans: Top-level spans.
            heads: Kicker, headline and subtitle.
        """
        firm = self._announcer(text, heads)
        if firm is None:
            return []
        taken = [(span.start, span.end) for span in spans]
        return [
            Span(*found.span(), "organization", "announcer", 0.9, "company", canonical=firm)
            for found in self._words(text, has_name=firm in text)
            if not any(start < found.end() and found.start() < end for start, end in taken)
        ]

    def _announcer(self, text: str, heads: Sequence[str]) -> str | None:
        if any(_NOTICE.search(head) for head in heads):
            for head in heads:
                if (found := self._head.match(head)) is not None:
                    return found["firm"]
        signed = self._signed.search(text) if _WORD.search(text) else None
        return signed["firm"] if signed else None

    @staticmethod
    def _words(text: str, *, has_name: bool) -> Iterator[re.Match[str]]:
        yield from _WORD.finditer(text)
        if not has_name:
            yield from _OPENS.finditer(text)
