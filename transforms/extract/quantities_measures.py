"""What a quantity measures, from the words beside it: 占地面积约300亩, 200余位嘉宾, 年产30万吨聚乳酸."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jieba
import jieba.posseg

from transforms.extract.patterns import any_of

_CLAUSE_CHARS = 24
_NOUN_CHARS = 16
_PHRASE_CHARS = 8
# Word classes of jieba's dictionary that a counted noun is made of.
_NOUN_TAGS = frozenset({"n", "nz", "nt", "nl", "ng", "vn", "eng", "j", "b", "an", "l", "nrt", "s", "ns"})
_HEAD_TAGS = frozenset({"n", "nz", "nt", "nl", "ng", "vn", "eng", "j", "nrt", "l", "ns"})
_MODIFIER_TAGS = _NOUN_TAGS | {"a", "v", "f"}
# What these measure stands before them; the noun after them is something else.
_MEASURED_BEFORE = frozenset(
    {"money", "share", "percentage_points", "ratio", "duration", "age", "temperature", "number", "rate"}
)
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
        bounds = [word for words in units["bounds_before"].values() for word in words]
        links = rf"(?:{any_of([*units['measured_links'], *bounds])}|人民币|\s)"
        # A measured noun, then only linking words up to the number.
        self._left = re.compile(rf"(?P<noun>{any_of(units['measured'])}){links}*$")
        self._links = re.compile(rf"{links}*$")
        yearly = [word for words in units["periods"].values() for word in words if word.endswith("产")]
        self._yearly = re.compile(rf"(?:{any_of(yearly)})$")
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
            phrase = self._phrase_before(clause[: match.end("noun")])
            return max(phrase, match["noun"], key=len)
        if dimension in _MEASURED_BEFORE:
            return self._noun_after(text, end) if dimension == "number" else None
        noun = None if dimension == "count" else self._noun_after(text, end)
        return noun or self._noun_before(clause)

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

    def _phrase_before(self, clause: str) -> str:
        """The measured noun that ends the clause with the nouns and modifiers before it."""
        words = jieba.lcut(clause, HMM=False)
        kept = [words.pop()]
        while words and self._tag(words[-1]) in _MODIFIER_TAGS and len("".join(kept)) < _PHRASE_CHARS:
            kept.append(words.pop())
        while len(kept) > 1 and self._tag(kept[-1]) in ("v", "f"):
            kept.pop()
        return "".join(reversed(kept))

    def _noun_before(self, clause: str) -> str | None:
        """A noun right before the linking words: 通行线路达22条 measures 通行线路."""
        links = self._links.search(clause)
        if links is None:
            return None
        words = jieba.lcut(clause[: links.start()], HMM=False)
        kept: list[str] = []
        while words and self._tag(words[-1]) in _NOUN_TAGS and len("".join(kept)) < _PHRASE_CHARS:
            kept.append(words.pop())
        phrase = "".join(reversed(kept))
        return phrase if len(phrase) > 1 and self._tag(kept[0]) in _HEAD_TAGS - {"ns"} else None

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
