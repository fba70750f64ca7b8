"""Persons by a title (常书记, 单法官), in front of 同志 or who speak (高峰说), and are words or begin so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rjieba import tag

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span, overlay
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

RULE = "addressed"
# 向书记汇报, 应主席邀请, 任书记期间, 全校长假, 那老师: these begin a phrase as often as a name.
_PHRASE = "向和同与对从由应任全那都能当后代党连"
_CHIEFS = "[局院校镇乡县市省区村处科厅部所站厂队会行庭馆]长"
# 高校|长期, 院|长远: no title ends there.
_RUNS_ON = "们|医师|会|期|年|远|途|大|短|久|假|江|城|征"
# A surname and the first character of the title that are such a word name no person: 车队, 高校, 商会.
_WORD = 100
_NO_NAMES = frozenset([*"cdmprtuvfq", "ns"])
_COMMON = 600


class AddressedNames:
    """Built once from `persons.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        persons = lookups["persons"]
        self._words = Words()
        self._never = frozenset(persons["not_behind_titles"])
        surnames = persons["surnames"]
        alone = re.escape("".join(char for char in surnames if char not in _PHRASE))
        compound = any_of(persons["compound_surnames"])
        self._titled = NAMES.compile(
            rf"(?<![\w·])(?P<surname>{compound}|[{alone}])副?(?:{any_of(persons['called_by'])}|{_CHIEFS})(?!{_RUNS_ON})"
            r"(?=[\u4e00-\u9fff，、。：；])"
        )
        # 由高峰同志担任, 向江雁同志学习
        self._comrade = NAMES.compile(
            rf"(?:(?<![\w·])|(?<=[由以和向与对给]))(?P<name>(?:{compound}|[{re.escape(surnames)}])"
            r"[\u4e00-\u9fff]{1,2})(?<![老些位个名省市县区等])等?同志(?![们式])",
            ("同志",),
        )
        # 高峰说，, 黄河主持会议
        speaks = f"(?:{any_of(persons['says'])})(?:[，：:“。]|记者)"
        self._speaker = NAMES.compile(
            rf"(?<!\w)(?P<name>{any_of(persons['names_of_words'])})(?={speaks}|主持|致辞|作了?[^，。；]{{0,4}}报告|作了?补充|补充道|陪同|在会上|带队)",
            persons["names_of_words"],
        )

    def add(self, text: str, spans: list[Span]) -> list[Span]:
        """Add them where no body or person is named; a name in front of 同志 stands without it.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
        """
        speakers = (Span(*match.span("name"), "person", RULE, 0.7) for match in self._speaker.finditer(text))
        found = [*self._find_titled(text), *self._find_comrades(text), *speakers]
        if not found:
            return spans
        held = [span for span in spans if span.entity_type != "place"]
        # 罗阳 of 罗阳同志 is a place as well.
        added = [name for name in found if not any(s.start < name.end and name.start < s.end for s in held)]
        return overlay(spans, added)

    def _find_titled(self, text: str) -> Iterator[Span]:
        for match in self._titled.finditer(text):
            begin = match.end("surname")
            # 商会会长, 高校校长; 家长 in 厂家长期
            across = (text[begin - 1 : begin + 1], text[match.end() - 1 : match.end() + 1])
            if not any(self._words.frequency(word) > _WORD for word in across):
                yield Span(*match.span(), "person", RULE, 0.7)

    def _find_comrades(self, text: str) -> Iterator[Span]:
        for match in self._comrade.finditer(text):
            name = match["name"]
            words = tag(name)
            is_word = len(words) == 1 and (
                words[0][1] in _NO_NAMES or (words[0][1] == "n" and self._words.frequency(name) > _COMMON)
            )
            if not is_word and name not in self._never:
                yield Span(*match.span("name"), "person", RULE, 0.7)
