"""Persons and firms whose names print in Latin letters: Peter Wagner教授, NTX Motors首席执行官."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span, overlay
from transforms.extract.patterns import any_of

_WORD = r"[A-Z][A-Za-z0-9]*(?:[-&'’][A-Za-z0-9]+)*"
_JOINT = r"(?: & | (?:of|de|van|von|da|del|and) |\. ?| )"
# Tom Smith and J. K. Smith, but no NTX Motors.
_PERSON = re.compile(r"[A-Z](?:[a-z]+|\.)(?: ?[A-Z](?:[a-z]+|\.)){1,2}")
_TWO = re.compile("[A-Z][a-z]+ [A-Z][a-z]+")
# Karl Meier GmbH, Blue River Co., Ltd
_FORM = re.compile(
    ".* (?:GmbH|AG|SE|Inc|Ltd|LLC|LLP|Corp|Corporation|Company|Co|PLC|plc|Limited|Group|Holdings?|SpA|BV|NV"
    "|AB|Capital|Ventures|Partners|Fund|Bank|Technologies|Motors|Industries)"
)
_BRACKET, _REACH, _PAIR = re.compile(r"[（(][^（）()\u4e00-\u9fff]*$"), 24, 2
_LIMITED = re.compile(r"\.?,? ?(?:Ltd|Inc|LLC)\.?(?![A-Za-z])")


class LatinNames:
    """Built once from `persons.yml` and `organizations.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        persons, bodies = lookups["persons"], lookups["organizations"]
        name = rf"(?P<name>{_WORD}(?:{_JOINT}{_WORD})+)(?![A-Za-z0-9@/])"
        self._named = NAMES.compile(rf"(?<![A-Za-z0-9.@/])(?P<chief>C[EFTOM]O )?{name}")
        called = [*persons["addresses"], *persons["called_by"]]
        heads = [*bodies["heads_of_latin"], *(h for h in bodies["heads_of_bodies"] if h not in called)]
        says = any_of(word for word in persons["says"] if word != "宣布")
        # John Smith董事长表示
        self._called = re.compile(f" ?(?:(?:{any_of(called)})(?![A-Z])|(?:{any_of(heads)})(?:{says}))")
        self._head = re.compile(f" ?的?(?>{any_of(heads)})(?!{says})")
        self._acts = re.compile(f"(?:{says}|{any_of(bodies['deeds_of_guests'])})")
        self._deeds = re.compile(any_of([*bodies["deeds_of_firms"], *bodies["deeds_of_latin"]]))

    def apply(self, text: str, spans: list[Span]) -> list[Span]:
        """Make one name of two words or more where a title, a form or a verb tells whose it is.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted, with persons and organisations of rule `latin_name`; what the engine took for
            several persons (AI, Agent) is gone.
        """
        found: list[Span] = []
        torn: set[int] = set()
        for run in self._named.finditer(text):
            start, end = run.span("name")
            near = [span for span in spans if span.start < end and start < span.end]
            # 沃格特有限公司（Vogt GmbH）: the same firm once more.
            is_again = _BRACKET.search(text, max(0, start - _REACH), start) is not None
            if is_again or any(
                s.start < run.start() or s.end > end or (s.start, s.end) == (start, end) for s in near
            ):
                continue
            kind = "person" if run["chief"] and _PERSON.fullmatch(run["name"]) else None
            is_placed = any(span.end == start and span.entity_type == "place" for span in spans)
            kind = kind or self._kind(text, start, end, is_placed=is_placed)
            if kind == "organization":
                form = _LIMITED.match(text, end)
                found.append(Span(start, form.end() if form else end, kind, "latin_name", 0.7, "company"))
            elif kind is not None:
                found.append(Span(start, end, kind, "latin_name", 0.7))
            elif [s.entity_type for s in near] == ["person"] * _PAIR and _TWO.fullmatch(run["name"]):
                found.append(Span(start, end, "person", "latin_name", 0.5))
            elif len(near) > 1:
                torn.update(span.start for span in near if span.entity_type == "person")
        if not found and not torn:
            return spans
        return overlay([span for span in spans if span.start not in torn], found)

    def _kind(self, text: str, start: int, end: int, *, is_placed: bool) -> str | None:
        if _FORM.fullmatch(text, start, end) is not None:
            return "organization"
        is_person = _PERSON.fullmatch(text, start, end) is not None
        if is_person and self._called.match(text, end):
            return "person"
        if self._head.match(text, end) or (is_placed and self._deeds.match(text, end)):
            return "organization"
        return "person" if is_person and self._acts.match(text, end) else None
