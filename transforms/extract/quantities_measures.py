"""What a quantity measures, from the words beside it: 占地面积约300亩, 200余位嘉宾, 年产30万吨聚乳酸."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jieba
import jieba.posseg

from transforms.extract.quantities_units import alternation

_CLAUSE_CHARS = 24
_NOUN_CHARS = 16
# Word classes of jieba's dictionary that a counted noun is made of.
_NOUN_TAGS = frozenset({"n", "nz", "nt", "nl", "ng", "vn", "eng", "j", "b", "an", "l", "nrt", "s", "ns"})
_HEAD_TAGS = frozenset({"n", "nz", "nt", "nl", "ng", "vn", "eng", "j", "nrt", "l", "ns"})
_MODIFIER_TAGS = _NOUN_TAGS | {"a", "v", "f"}
# What these measure stands before them; the noun after them is something else.
_MEASURED_BEFORE = frozenset(
    {"money", "share", "percentage_points", "ratio", "duration", "age", "temperature", "number", "rate"}
)
_CLAUSE_BREAK = re.compile(r"[，,。；;：:！!？?\n、（）()“”\"《》]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9\-]*")


class MeasureReader:
    """Reads the measured thing from the clause around a quantity; built once per process."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        units = lookups["units"]
        # The noun phrase that ends in a measured noun, then only linking words up to the number.
        self._left = re.compile(
            rf"([\u4e00-\u9fffA-Za-z0-9·\-]{{0,8}}?(?:{alternation(units['measured'])}))"
            rf"(?:{alternation(units['measured_links'])}|人民币|\s)*$"
        )
        self._yearly = re.compile(
            rf"(?:{alternation(w for p in units['periods'].values() for w in p if '产' in w)})$"
        )
        self._tags: dict[str, str] | None = None

    def read(self, text: str, start: int, end: int, *, dimension: str) -> str | None:
        """The measured thing of the quantity at `[start, end)`, `None` where the sentence leaves it open."""
        clause = _last_clause(text[max(0, start - _CLAUSE_CHARS) : start])
        yearly = self._yearly.search(clause)
        if yearly:
            noun = self._noun_after(text, end)
            return yearly[0] + noun if noun else yearly[0]
        if dimension == "count":
            noun = self._noun_after(text, end)
            if noun:
                return noun
        match = self._left.search(clause)
        if match:
            return self._trim_left(match[1]) or None
        if dimension in (
            "money",
            "share",
            "percentage_points",
            "ratio",
            "duration",
            "age",
            "temperature",
            "number",
        ):
            return None
        return self._noun_after(text, end)

    def _noun_after(self, text: str, end: int) -> str | None:
        window = _CLAUSE_BREAK.split(text[end : end + _NOUN_CHARS], maxsplit=1)[0]
        window = window.lstrip(" 的")
        latin = _LATIN.match(window)
        taken = latin[0] if latin else ""
        last_is_head = bool(latin)
        for word in jieba.lcut(window[len(taken) :], HMM=False) if len(window) > len(taken) else ():
            tag = self._tag(word)
            if tag not in _NOUN_TAGS:
                break
            taken += word
            last_is_head = tag in _HEAD_TAGS
        return taken if last_is_head and len(taken) > 1 else None

    def _trim_left(self, phrase: str) -> str:
        # The window may open inside a word; whole words from the right, nouns and their modifiers only.
        words = jieba.lcut(phrase, HMM=False)
        kept: list[str] = []
        for word in reversed(words):
            if kept and (
                self._tag(word) not in _NOUN_TAGS and self._tag(word) not in ("ns", "a", "v", "vn", "f")
            ):
                break
            kept.append(word)
        while len(kept) > 1 and self._tag(kept[-1]) in ("v", "p", "d", "c", "u", "uj", "ul", "f"):
            kept.pop()
        return "".join(reversed(kept))

    def _tag(self, word: str) -> str:
        if self._tags is None:
            tokenizer = jieba.posseg.POSTokenizer(jieba.dt)
            tokenizer.makesure_userdict_loaded()
            tokenizer.initialize()
            self._tags = tokenizer.word_tag_tab
        if word.isascii():
            return "eng" if word.isalpha() else "x"
        return self._tags.get(word, "x")


def _last_clause(text: str) -> str:
    return _CLAUSE_BREAK.split(text)[-1]
