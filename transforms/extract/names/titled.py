"""Names behind a title that the engine missed: 总经理卫东, 副县长仁增才让说."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.names.spans import Span
from transforms.extract.roles_titles import TitleGrammar
from transforms.normalize.words import Words

_REACH = 24
_RANKS = frozenset({"chief", "deputy"})
_SIZES = (3, 2)
# A word as frequent as this in jieba's dictionary is no name; names in it are rarer.
_WORD, _WORD_INSIDE = 30, 60
_NEVER_FIRST = "和与及于都应全"
# Names of peoples without surnames and foreign ones: no common word in them, and speech or a mark behind.
_FREE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{3,6}?)(?=[，。、；：？！“”（]|说|表示|介绍|指出|认为|强调|告诉|坦言|等|率|主持|出席|致辞|宣布)"
)
_PARTICLES = frozenset(
    "的了在是和与及都也还就将已被把给对向从为以因等说称表示们兼任由之或一不有这那其各该并同共大小上下中率"
)
_VERBS = "说率与和在对向为等签同及"
_BEHIND = (
    r"(?=[，。、；：！？“”（）()《》\s]|说|表示|介绍|指出|认为|出席|主持|致辞|宣布|率|告诉|透露|代表|与|和|在|对|向|为|等|一行|陪同|参加"
    r"|强调|坦言|补充|回应|带队|调研|会见|考察|讲话|分别|一起|今天|昨天|日前|先后|担任|来到|带领|签|同|及|$)"
)


class TitledNames:
    """Built once from the vocabularies.

    Args:
        lookups: Parsed seed files by stem; reads `titles` and `persons`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        titles = lookups["titles"]
        self._grammar = TitleGrammar(lookups)
        self._words = Words()
        ends = {head[-1] for head in titles["chief"]} | {"长"}
        self._first = frozenset(lookups["persons"]["surnames"]) - set(_NEVER_FIRST)
        # One look at two character classes spares most positions the title's grammar.
        self._start = re.compile(rf"(?<=[{re.escape(''.join(sorted(ends)))}])(?=[\u4e00-\u9fff])")
        self._names = [re.compile(rf"[\u4e00-\u9fff]{{{size}}}{_BEHIND}") for size in _SIZES]

    def find(self, text: str, spans: list[Span]) -> list[Span]:
        """Add names behind a title of one holder that stands behind a body, a list mark or punctuation.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; new ones have rule `after_title` and touch none of the others.
        """
        ends = {span.end for span in spans if span.entity_type != "person"}
        taken = {offset for span in spans for offset in range(span.start, span.end)}
        found = [
            Span(place.start(), end, "person", "after_title", 0.7)
            for place in self._start.finditer(text)
            if (end := self._name_end(text, place.start())) is not None
            and taken.isdisjoint(range(place.start(), end))
            and self._is_titled(text, place.start(), ends)
        ]
        return sorted([*spans, *found], key=lambda span: (span.start, -span.end)) if found else spans

    def _name_end(self, text: str, start: int) -> int | None:
        if text[start] not in self._first:
            return self._free_end(text, start)
        for size, name in zip(_SIZES, self._names, strict=True):
            match = name.match(text, start)
            if size > 2 and text[start + 2 : start + 3] in _VERBS:
                continue
            if match is None or self._words.frequency(match[0]) > _WORD:
                continue
            if size > 2 and self._words.frequency(match[0][:2]) > _WORD_INSIDE:
                continue
            return match.end()
        return None

    def _free_end(self, text: str, start: int) -> int | None:
        match = _FREE.match(text, start)
        if match is None or not _PARTICLES.isdisjoint(match["name"]):
            return None
        name = match["name"]
        inside = (name[i : i + n] for n in (2, 3) for i in range(len(name) - n + 1))
        # 社会长治久安: no title.
        across = (text[start - back : start + ahead] for back in (1, 2) for ahead in (1, 2, 3))
        is_word = any(map(self._words.frequency, (*inside, *across)))
        return None if is_word else match.end()

    def _is_titled(self, text: str, start: int, ends: set[int]) -> bool:
        floor = max(0, start - _REACH)
        title = self._grammar.match_end(text[floor:start])
        if title is None or title.rank not in _RANKS:
            return False
        begin = floor + title.start
        is_named = not ends.isdisjoint(range(begin, start)) or title.committee_chars > 0
        return is_named or begin == 0 or text[begin - 1] in "、，。；：” \n"
