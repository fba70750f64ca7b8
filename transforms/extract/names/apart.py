"""Where two names that the engine took for one are cut."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import ADVERBS, OrganizationRules
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_SHORT, _LONG = 2, 6
# As frequent in jieba's dictionary, what stands in front of 与 is a word, no firm.
_WORD = 50
# ◆海原　东江银行: the place of a brief and the body that it begins with.
_LABEL = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,4})[ \u3000]+(?![省市县区州旗镇乡])(?=.{4})")
_HEADS = frozenset(("", *"\n▲△●○■□◆◇★☆◎▼▷▶※·⊙"))
_FREQUENT, _SHORTEST_BODY = 300, 3
_OF_PLACE = re.compile(
    "[\u4e00-\u9fff]{2,3}(?:[省市县州旗]|(?<![园校片业生社景灌林矿小地山城库])区(?![划域块别位间]))[\u4e00-\u9fff]"
)
_FIRMS = ("公司", "集团", "合作社")
# 在海原建设技术中心
_BUILT_THERE = re.compile(
    "([\u4e00-\u9fff]{2,10}?)(?:投资)?(?:建设|新建|设立|共建|打造|兴建|投建|筹建|组建|成立)(?=....)"
)
# 合作 + 周在海原新区会展中心
_AT_PLACE = re.compile("[\u4e00-\u9fff]{1,2}(?<![所自潜存内现正])在(?=.{4})")
_AREA = tuple("县市区州旗镇乡村港岛")
_SIGN = ("医院", "有限公司", "银行", "大学", "管委会", "人民政府", "区政府", "县政府", "市政府")


class TwoNames:
    """Built once from `organizations.yml`, the divisions and the rules that know what a body is."""

    def __init__(
        self, lookups: Mapping[str, Any], divisions: Divisions, organizations: OrganizationRules
    ) -> None:
        vocabulary = lookups["organizations"]
        self._divisions, self._organizations = divisions, organizations
        self._words = Words()
        self._park = re.compile(rf"[^\W\d_]{{2,12}}?(?:{any_of(lookups['places']['parks'])})")
        self._between = re.compile(rf"{ADVERBS}(?:{'|'.join(vocabulary['between'])})")
        field = any_of([*vocabulary["subjects"], *vocabulary["office_sectors"]])
        self._field = re.compile(
            f"(?:{field}){{1,3}}(?:协会|学会|商会|联合会|促进会|研究会|委员会|局|厅|部|学院|办公室)"
        )
        self._field_end = re.compile(f"(?:{field})$")

    def joint(self, name: str) -> tuple[int, int] | None:
        """Where a name that is two names (东湾队同海原队) is cut: end of the first, start of the second."""
        whole = self._organizations.is_whole
        for match in self._between.finditer(name):
            left, right = name[: match.start()], name[match.end() :]
            is_second = match[0] == "与" and len(left) > 1 and self._is_second(left, right)
            is_second |= match[0] == "与" and len(left) > _SHORT and self._is_branded(right)
            if len(right) <= _SHORT or not whole(right) or self._is_field(left, match[0], right):
                continue
            # A firm's short name ends on nothing that tells it.
            is_apart = match[0] in "与和" and len(right) > _LONG and self._divisions.is_place(right[:2])
            if is_second or (len(left) > _SHORT and (whole(left) or (is_apart and len(left) < _LONG))):
                return match.span()
        return None

    def park_in_front(self, name: str) -> int | None:
        """End of the park or town that a firm of another place lies in: 海原县集聚区 + 东江乐源食品公司."""
        if not name.endswith(_FIRMS):
            return None
        for match in self._park.finditer(name):
            rest = name[match.end() :]
            places = (rest[:size] for size in (3, 2) if len(rest) - size > _LONG)
            if any(self._divisions.is_place(place) and place not in match[0] for place in places):
                return match.end()
        return None

    def label(self, text: str, span: Span) -> re.Match[str] | None:
        """The place at the head of a brief that the engine took for the front of a body behind it."""
        label = _LABEL.match(text[span.start : span.end])
        if label is None or not self._divisions.is_place(label["place"]):
            return None
        before = text[max(0, span.start - 4) : span.start].rstrip(" \u3000")
        return label if before[-1:] in _HEADS else None

    def built(self, text: str, span: Span) -> tuple[int, int] | None:
        """End of a place in which a body is built and start of the body: 在海原建设技术中心."""
        if text[span.start - 1 : span.start] != "在":
            return None
        found = _BUILT_THERE.match(text, span.start, span.end)
        if found is None:
            return None
        is_place = self._divisions.is_place(found[1]) or found[1].endswith(_AREA)
        return (found.end(1), found.end()) if is_place or self._park.fullmatch(found[1]) else None

    def behind_verb(self, text: str, start: int, end: int) -> int:
        """Where a body of a place begins behind words that the engine took for its front: 找到东江大学."""
        if (led := _AT_PLACE.match(text, start, end)) is not None:
            return led.end()
        if self._divisions.leading_end(text, start, end) is not None:
            return start
        for at in range(start + 1, min(start + _LONG, end - _SHORTEST_BODY)):
            if self._divisions.leading_end(text, at, end) is not None:
                word, kind = tag(text[start:at])[-1]
                is_verb = (kind == "v" and len(word) > 1) or kind == "p"
                is_verb = is_verb and self._words.frequency(word) > _FREQUENT
                return at if is_verb and self._organizations.is_whole(text[at:end]) else start
        return start

    def _is_second(self, left: str, right: str) -> bool:
        """Whether a name behind 与 is of another body than the word in front: 诺安与海原中心医院."""
        is_placed = _OF_PLACE.match(right) is not None or self._divisions.is_place(right[:2])
        of_place = is_placed and len(right) > _LONG
        is_word = len(left) < _LONG and self._words.frequency(left) >= _WORD
        return (of_place or right.endswith(_SIGN)) and not is_word

    def _is_branded(self, right: str) -> bool:
        """Whether a firm begins with a brand, not with a second trade: 食品与 + 远桥集团, not 机械集团."""
        return right.endswith(_FIRMS) and self._words.frequency(right[:2]) < _FREQUENT

    def _is_field(self, left: str, joint: str, right: str) -> bool:
        """Whether two fields are looked after by one body: 海原物流与采购协会."""
        is_one = self._field.fullmatch(right) is not None and self._field_end.search(left) is not None
        return joint in "与和及" and is_one
