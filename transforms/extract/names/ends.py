"""Where the name of a person ends that the engine cut short or led on over the next word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rjieba import cut

from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of

DOTS = "·•・‧．"
DOT = re.compile(f"[{DOTS}]")
ROLES_BEFORE = ("记者", "通讯员", "实习生")
# 格桑达瓦正与
ADVERBS = frozenset("正将已在便也又还却就则都不")
_LONGEST_GAP, _LONGEST_CHINESE = 2, 4
# 平等3人 behind 颜苏 is no equality.
_COUNTED = re.compile("等(?=[\\d一二三四五六七八九十]|几人)")
# 特等 behind 梅尔克 is no prize.
_LISTED = re.compile("等(?=[，。；、\\d一二三四五六七八九十人陪]|市?领导|参加|出席|分别|一同|共同|到会|见证)")
_BYLINE_ENDS = frozenset(" \u3000\n（(）)")
# 王某甲 and 王某乙 of a judgment; 张某甲方 has none.
_NUMBERED = re.compile("[甲乙丙丁戊](?![方级])")
_LISTED_LAST = re.compile("都(?:[是在有来去会能不没说从要被爱喜])")
_JOINS = frozenset("和与及同跟向给对让请任为是说")


class PersonEnds:
    """Built once from `persons.yml`."""

    def __init__(self, vocabulary: Mapping[str, Any]) -> None:
        self._surnames = frozenset(vocabulary["surnames"])
        self._may_begin = self._surnames | frozenset(vocabulary["rare_surnames"])
        self._compound = tuple(vocabulary["compound_surnames"])
        self._foreign = frozenset(vocabulary["transliteration"])
        self._given = frozenset(vocabulary["given_endings"])
        self._addresses = tuple(vocabulary["addresses"])
        self._behind_name = (*vocabulary["says"], *vocabulary["acts"], "为")
        sounds = re.escape(vocabulary["transliteration"])
        self._before_title = re.compile(
            rf"[{sounds}]{{1,{_LONGEST_GAP}}}(?={any_of(vocabulary['heads_of_state'])})"
        )

    def find(self, text: str, span: Span) -> Span:
        """Move the end of a name: 宋文 before a lone 鑫, a foreign name inside a word or before a title."""
        name = text[span.start : span.end]
        following = text[span.end : span.end + 1]
        if span.rule != "lac" or not following.isalpha():
            return span
        if name[-1] == "某" and _NUMBERED.match(text, span.end):
            # 王某甲
            return span.but(end=span.end + 1, rule="given_name")
        if len(name) == 3 and self._is_led_on(text, span, name):
            return span.but(end=span.end - 1, rule="trim_end")
        if self._runs_on(text, span, name):
            return span.but(end=span.end - 1, rule="trim_end")
        if following == "和" and DOT.search(name) and text.startswith(self._behind_name, span.end + 1):
            # 布和 of 额尔敦·布和说
            return span.but(end=span.end + 1, rule="given_name")
        if len(name) == 2 and name[0] in self._surnames and following in self._given:
            # A character that begins a word is no end of a name.
            if cut(text[span.end : span.end + 5], False)[0] == following or _COUNTED.match(
                text, span.end + 1
            ):
                return span.but(end=span.end + 1, rule="given_name")
        elif self._is_addressed(text, span, name):
            return span.but(end=span.end + 1, rule="given_name")
        elif len(name) > 2 and self._foreign.issuperset(name):
            rest = self._before_title.match(text, span.end)
            if rest is not None:
                return span.but(end=rest.end(), rule="before_title")
            is_listed = _LISTED.match(text, span.end) is not None
            if len(name) > 3 and not is_listed and len(cut(text[span.end - 1 : span.end + 4], False)[0]) > 1:
                return span.but(end=span.end - 1, rule="trim_end")
        return span

    @staticmethod
    def _is_led_on(text: str, span: Span, name: str) -> bool:
        """Whether an adverb ends a name: 周岭正与 where 周岭 stands elsewhere, 赵岭向与会者."""
        if name[-1] == "向":
            return text.startswith("与会", span.end)
        if name[-1] not in ADVERBS:
            return False
        if text[span.start - 1 : span.start] in ("、", "和") and _LISTED_LAST.match(text, span.end - 1):
            # 刘大、刘二、刘三都在城里
            return True
        return re.search(f"{re.escape(name[:-1])}(?!{name[-1]})", text) is not None

    def _runs_on(self, text: str, span: Span, name: str) -> bool:
        """Whether a whole name has the first character of what follows: 江雁鸣盘|算着, 昂山·江雁正|带着."""
        if DOT.search(name) is not None:
            is_whole = name[-1] in ADVERBS and len(name) > _LONGEST_CHINESE
            return is_whole and cut(text[span.end - 1 : span.end + 4], False)[0] == name[-1]
        is_whole = len(name) == 4 and name[0] in self._may_begin and not name.startswith(self._compound)
        if not is_whole or self._foreign.issuperset(name):
            return False
        return name[-1] in ADVERBS or len(cut(text[span.end - 1 : span.end + 4], False)[0]) > 1

    def _is_addressed(self, text: str, span: Span, name: str) -> bool:
        addressed = text.startswith(self._addresses, span.end + 1)
        is_byline = text[max(0, span.start - 4) : span.start].rstrip(" \u3000").endswith(ROLES_BEFORE)
        if is_byline and text[span.end + 1 : span.end + 2] in _BYLINE_ENDS and text[span.end] not in "摄文图":
            addressed = True
        is_short = len(name) == 2 and name[0] in self._surnames and name[1] != "某"
        return addressed and is_short and text[span.end] not in _JOINS
