"""Words that the engine takes for persons and that nothing in the article treats as one.

A person of the news has a title, says or does something, stands in a list or in a byline, at one place at
least. An unknown firm, place or thing (恒晖, 朱林, 高支纱) that the engine takes for one has none of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from transforms.extract.names.spans import Span
from transforms.extract.names.titled_shapes import DOTS, NameShapes
from transforms.extract.patterns import any_of, starts_of
from transforms.extract.roles.titles import TitleGrammar

# A sentence alone says too little to hold its silence against a name, unless it ends as things do.
_SHORTEST_TEXT = 150
_UNSURE, _SURE = 0.5, 0.8
_REACH = 24
_DEEDS = frozenset({"says", "acts"})
_CALLS = re.compile(
    r"(?:叫[作做]?|姓|岁的?|族的?|影|文|图|摄|编辑|[者匠人员师手工户生商友民])[：:/／ \u3000]{0,3}$"
)
_SPEAKS = re.compile(
    "[：:（(]|[,，](?:[男女]|[\u4e00-\u9fff]{1,5}[族人][，。]|[0-9]{2}岁|(?:19|20)[0-9]{2}年)|等人"
    '|(?:今年|现年|已|已经|刚满|年近)?[0-9]{2}岁|[^，。；：\n人长理员]{0,12}[：:][“"]'
)
# “就这么定了。”某某一锤定音: who stands behind what was said has said it.
_HAS_SPOKEN = re.compile('[。！？!?…][”"][ \u3000]?$')
_NEIGHBOURS = re.compile("[、和与及/／ \u3000]{1,3}")
_TIMES = frozenset("今昨日近目眼现去")
_NICKNAMES = frozenset("小阿老大")


class LonePersons:
    """Built once from `persons.yml`.

    Args:
        lookups: Parsed seed files by stem; reads `persons`.
        grammar: Of titles.
        shapes: What stands behind a name.
    """

    def __init__(self, lookups: Mapping[str, Any], grammar: TitleGrammar, shapes: NameShapes) -> None:
        persons = lookups["persons"]
        self._grammar, self._behind = grammar, shapes.behind
        self._surnames = frozenset(persons["surnames"])
        self._may_begin = self._surnames.union(persons["rare_surnames"], _NICKNAMES)
        self._compound = frozenset(persons["compound_surnames"])
        self._foreign = frozenset([*persons["transliteration"], *persons["dotted"]])
        self._things = frozenset(persons["thing_endings"])
        self._forms = tuple(persons["honorifics"])
        callings = [*persons["callings"], *persons["kin"], *persons["roles"]]
        manners = any_of(persons["manners"])
        relatives = any_of(persons["kin"])
        self._moved = re.compile(f"(?:{manners})|(?:一家|家|夫妇|夫妻)?的?(?:{relatives})")
        self._called = re.compile(f"(?:{any_of(callings)})[ \u3000]?$")

    def drop(self, text: str, spans: list[Span]) -> list[Span]:
        """The spans without such words.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
        """
        is_short = len(text) < _SHORTEST_TEXT
        lone: dict[str, bool] = {}
        for span in spans:
            if span.entity_type == "person" and span.rule == "lac" and span.confidence < _SURE:
                name = text[span.start : span.end]
                if name not in lone:
                    is_thing = self._is_thing(name) and span.confidence < _UNSURE
                    lone[name] = (is_thing or not is_short) and self._is_word(text, name, span.confidence)
        names = {name for name, is_word in lone.items() if is_word}
        names -= {text[s.start : s.end] for s in spans if s.rule != "lac"}
        names = {name for name in names if not self._is_supported(text, name, spans)}
        if not names:
            return spans
        return [s for s in spans if s.entity_type != "person" or text[s.start : s.end] not in names]

    def _is_thing(self, name: str) -> bool:
        """Whether a name ends as things do and is spelled like no foreign one."""
        return name[-1] in self._things and not self._foreign.issuperset(name)

    def _is_word(self, text: str, name: str, confidence: float) -> bool:
        """Whether it may be something else than a person's name."""
        if name.isascii() or DOTS.search(name) is not None or name.endswith(self._forms) or " " in name:
            return False
        if len(name) < 3:
            return len(name) == 2
        if confidence >= _UNSURE:
            return False
        if self._foreign.issuperset(name):
            has_form = name[0] in self._surnames and len(name) == 3
            return not has_form and not any(_begins(text, at) for at in starts_of(name, text))
        return name[-1] in self._things or not (name[0] in self._may_begin or name[:2] in self._compound)

    def _is_supported(self, text: str, name: str, spans: Sequence[Span]) -> bool:
        """Whether something at one of its uses tells that it is a person."""
        return any(self._is_told(text, at, at + len(name), spans) for at in starts_of(name, text))

    def _is_told(self, text: str, start: int, end: int, spans: Sequence[Span]) -> bool:
        before = text[max(0, start - _REACH) : start]
        if _CALLS.search(before) or self._called.search(before) or _HAS_SPOKEN.search(before):
            return True
        if self._moved.match(text, end) or (before.endswith("在") and text.startswith("看来", end)):
            return True
        if self._grammar.match_end(before.rstrip(" \u3000\n")) is not None:
            return True
        if _SPEAKS.match(text, end) or text.startswith(self._forms, end):
            return True
        if self._grammar.match_start(text, end) is not None or self._acts(text, end):
            return True
        return any(
            _NEIGHBOURS.fullmatch(text, *((span.end, start) if span.end <= start else (end, span.start)))
            for span in spans
            if span.entity_type == "person" and (span.end <= start or span.start >= end)
        )

    def _acts(self, text: str, at: int) -> bool:
        """Whether somebody says or does something there; what is told of any day may be of a place."""
        behind = self._behind.match(text, at)
        if behind is None or text[at : at + 1] in _TIMES:
            return False
        return behind.lastgroup in _DEEDS or (behind.lastgroup == "opens" and behind.end() - at > 1)


def _begins(text: str, at: int) -> bool:
    """Whether a clause begins there; what follows 、 is listed."""
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "、")
