"""Places of a list whose end says that they are some: 岚洞、磨溪、水坪三个村."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_KINDS = (
    "(?:行政|自然|建制|示范|重点|试点|薄弱|贫困|边境)?"
    "(?:村(?![民级支])|镇(?!级)|乡(?!级)|街道|社区|寨子?|屯|口岸|互市点|园区|片区|港区)"
)
_LISTED = NAMES.compile(
    rf"等?(?P<count>[两二三四五六七八九十]|[0-9]{{1,2}})[个座]?(?:{_KINDS}|车站|水库)"
    "|等(?:车站|水库|口岸|社区|街道|寨子|村(?![民级支干里庄委居镇])|镇(?![级政领干长村])|乡(?![级政镇贤亲村]))"
)
_ROW = re.compile("(?:[\u4e00-\u9fff]{2,5}、){1,14}[\u4e00-\u9fff]{2,4}$")
_LONGEST_ROW = 80
# In front of the first name of the list.
_LEAD = re.compile(
    ".*(?:[省市县区旗州镇乡村境场岛][上里内]|[已现共建还]有|[在到于对从赴往至向为给的了自]|推动|推进|支持|带动|促进|包括|涉及|覆盖|走访|辖)"
)
_SHORTEST, _LONGEST, _SURE_NAMES = 2, 4, 4
# 伊、洛、瀍三河: as many as are counted.
_RIVERS = NAMES.compile(
    "(?P<row>(?:[\u4e00-\u9fff]、){1,6}[\u4e00-\u9fff])(?P<count>[两二三四五六七])大?[河江水湖](?![东西南北])"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
# What members of a list end on as the first does: 南一路、北一路.
_ENDINGS = frozenset("路街道村镇乡县区河江湖桥山")
_NEXT = re.compile(
    "[、和与及](?P<item>(?P<front>[\u4e00-\u9fff]{2,4})(?P<kind>社区|街道)|(?P<name>[\u4e00-\u9fff]{2,4}))"
    "(?=[、和与及，。；等两三四五六七八）)\n]|的)"
)
# As frequent in jieba's dictionary, an item is a word: 生产、生活两个片区.
_WORD, _RARE = 500, 100


class ListedPlaces:
    """Built once from `places.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        places = lookups["places"]
        self._divisions = divisions
        self._words = Words()
        described = [*places["generic"], *places["generic_zones"]]
        self._generic = re.compile(any_of(word for word in described if len(word) > 1))
        self._heads = frozenset(places["generic_heads"])

    def find(self, text: str) -> list[Span]:
        """Find the names of such lists, sorted; none of a list in which one item is a word."""
        found = [
            span
            for listed in _LISTED.finditer(text)
            if (row := _ROW.search(text, max(0, listed.start() - _LONGEST_ROW), listed.start())) is not None
            for span in self._items(text, row, listed["count"])
        ]
        for rivers in _RIVERS.finditer(text):
            at = range(rivers.start(), rivers.end("row"), 2)
            if len(at) == _COUNTS[rivers["count"]] and text[rivers.start() - 1 : rivers.start()] != "、":
                found += [Span(start, start + 1, "place", "listed_place", 0.6) for start in at]
        return sorted(found, key=lambda span: span.start)

    def complete(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find what a list goes on with behind a place and ends as that does.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            Places that touch none of the spans, sorted.
        """
        # The engine takes 杨青河 for a person.
        starts = {
            span.start for span in spans if span.entity_type != "person" or text[span.end - 1] not in _ENDINGS
        }
        found: list[Span] = []
        for span in spans:
            if span.entity_type != "place" or text[span.end - 1] not in _ENDINGS:
                continue
            end = span.end
            while (item := _NEXT.match(text, end)) is not None:
                start, end = item.span("item")
                if not text.endswith(item["kind"] or item["name"][-1], span.start, span.end):
                    break
                if not starts.isdisjoint(range(start, end)) or not self._is_name(
                    item["front"] or item["name"]
                ):
                    break
                found.append(Span(start, end, "place", "listed_place", 0.6))
        return found

    def _items(self, text: str, row: re.Match[str], count: str | None) -> Iterator[Span]:
        at = [match.span() for match in re.finditer("[^、]+", row[0])]
        items = [(row.start() + start, row.start() + end) for start, end in at]
        if (lead := _LEAD.match(text, *items[0])) is not None:
            items[0] = (lead.end(), items[0][1])
        names = sum(self._is_name(text[start:end]) for start, end in items)
        # Of six villages one may be a word: 中嘴、龙尾、胜利等6个村.
        is_counted = count == str(len(items)) or (count is not None and _COUNTS.get(count) == len(items))
        # Nobody counted them: none may be a word.
        if count is None and any(self._is_word(text[start:end]) for start, end in items):
            return
        if names == len(items) or (is_counted and names >= _SURE_NAMES and names == len(items) - 1):
            yield from (Span(start, end, "place", "listed_place", 0.6) for start, end in items)

    def _is_word(self, name: str) -> bool:
        return self._words.frequency(name) > _RARE and not self._divisions.is_place(name)

    def _is_name(self, name: str) -> bool:
        if not _SHORTEST <= len(name) <= _LONGEST:
            return False
        if self._divisions.is_place(name):
            return True
        if name in self._heads or name[0] in "各全本该每多":
            return False
        return self._words.frequency(name) < _WORD and self._generic.search(name) is None
