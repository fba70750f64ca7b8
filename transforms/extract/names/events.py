"""Named events: conferences, forums, fairs, games, with the number of their run and the place in the name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Lexicon, Span
from transforms.extract.roles.titles import TitleGrammar

_LONGEST, _TITLE = 36, 12
_NUMBER = r"第[一二三四五六七八九十百零〇\d]{1,5}[届次]"
# No name runs over a dateline: 东湾5月5日电首届论坛.
_DAY = re.compile(r"[\d一二三四五六七八九十]{1,3}日(?:电|讯)?(?:[\u4e00-\u9fff]{2,4}报道)?")
_YEAR = r"(?:19|20)\d\d(?:年)?"


class EventRules:
    """Built once from `events.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["events"]
        self._grammar = TitleGrammar(lookups)
        self._subtypes: dict[str, str] = {
            ending: subtype for subtype, endings in vocabulary["endings"].items() for ending in endings
        }
        endings = sorted(self._subtypes, key=lambda e: (-len(e), e))
        # 大会堂 and 年会员 are no conferences.
        self._ending = NAMES.compile(
            rf"(?:{'|'.join(endings)})(?![{vocabulary['not_before']}]|(?<=联谊会)会?长)"
            # Of entrepreneurs or of those abroad it is a body.
            "(?<![家士商侨乡友青外]联谊会)"
        )
        self._known = Lexicon(dict.fromkeys(vocabulary["known"], True))
        inner = rf"(?:[^\W_{vocabulary['not_inside']}]|[(（][^()（）\n]{{1,10}}[)）]|[·—-])"
        self._body = re.compile(rf"{inner}{{1,{_LONGEST}}}$")
        openings = "|".join(sorted(vocabulary["openings"], key=len, reverse=True))
        self._opening = re.compile(rf"(?:{_YEAR})?(?:{_NUMBER}|首届)|{_YEAR}|{openings}")

    def subtype(self, name: str) -> str | None:
        """Kind of event after the longest known ending."""
        for size in range(min(6, len(name)), 0, -1):
            subtype = self._subtypes.get(name[-size:])
            if subtype is not None:
                return subtype
        return None

    def find(self, text: str, spans: list[Span]) -> list[Span]:
        """Find named events.

        A name reaches back from its ending to the first place, number of its run or opening word of the
        stretch that no function word or punctuation cuts: a plain 大会 or 座谈会 is no name.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted; places and organisations may open a name.

        Returns:
            Events without overlap, sorted.
        """
        found: list[Span] = []
        position = 0
        floor = 0
        for match in self._ending.finditer(text):
            body = self._body.search(text, max(floor, match.start() - _LONGEST), match.start())
            if body is None:
                continue
            while position < len(spans) and spans[position].end <= body.start():
                position += 1
            days = [day.end() for day in _DAY.finditer(text, body.start(), match.start())]
            low = max(self._holders(text, spans, position, match.start()), days[-1] if days else body.start())
            start = self._start(text, spans, position, low, match)
            if start is None or match.end() - start - len(match[0]) < 2:
                continue
            found.append(
                Span(start, match.end(), "event", "event_name", 0.8, subtype=self._subtypes[match[0]])
            )
            floor = match.end()
        known = [
            Span(start, end, "event", "event_name", 0.8, subtype=self.subtype(text[start:end]))
            for start, end, _ in self._known.find(text)
        ]
        return _merge(found, known)

    def _holders(self, text: str, spans: list[Span], position: int, end: int) -> int:
        """End of the last person before `end` behind a title: who wins an event is no part of its name."""
        low = 0
        for span in spans[position:]:
            if span.start >= end:
                break
            title = text[max(0, span.start - _TITLE) : span.start]
            if span.entity_type == "person" and self._grammar.match_end(title) is not None:
                low = span.end
        return low

    def _start(
        self, text: str, spans: list[Span], position: int, low: int, match: re.Match[str]
    ) -> int | None:
        starts = []
        opening = self._opening.search(text, low, match.start())
        if opening is not None:
            starts.append(opening.start())
        while position < len(spans) and spans[position].start < match.start():
            span = spans[position]
            # One character opens a name only beside another one: 鲁港, but not 法 in 赴法.
            opens = span.end - span.start > 1 or span.rule == "split_compound"
            if span.start >= low and opens and span.entity_type in ("place", "organization"):
                starts.append(span.start)
                break
            position += 1
        return min(starts, default=None)


def _merge(found: list[Span], known: list[Span]) -> list[Span]:
    """Longer names first; a known name inside or across one of them is none of its own."""
    merged = sorted([*found, *known], key=lambda s: (s.start, -s.end))
    kept: list[Span] = []
    for span in merged:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
