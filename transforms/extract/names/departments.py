"""Departments of a list that share the level or the place of the first: 海原县财政局、人社局和医保局."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of

RULE = "shared_level"

_LEVELS = "省市县区州旗盟镇乡"
_ENDS = tuple("局厅委部会办院协联")
_JOINTS = ("、", "和", "与", "及", "以及")
# 各区发改局、工信局 are any such offices, as 我市 and 该市 name none.
_ANY = re.compile("(?:[各每某两多]|有关|相关|全)[省市县区州旗镇乡]{1,2}$|[各每某两多]$|各级$|有关$|相关$")


class ListedDepartments:
    """Built once from `organizations.yml` and the divisions."""

    def __init__(self, lookups: Mapping[str, Any], divisions: Divisions) -> None:
        vocabulary = lookups["organizations"]
        self._divisions = divisions
        names = any_of([*vocabulary["bare_offices"], *vocabulary["organs_of_levels"]])
        departments, ends = any_of(vocabulary["level_departments"]), any_of(vocabulary["ends_of_departments"])
        office = rf"(?:(?:{departments})(?:{ends})|{names})"
        self._head = re.compile(rf"{office}$")
        self._item = re.compile(
            rf"(?:[、和与及]|以及)(?P<name>{office})(?![\u4e00-\u9fff]?[{_LEVELS}员面属级门长])"
        )

    def find(self, text: str, spans: Sequence[Span]) -> Iterator[Span]:
        """Find what a list goes on with behind the department of a place or a level.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Yields:
            Organisations whose `canonical` begins as the first does; they may overlap other spans.
        """
        for span in spans:
            if span.entity_type != "organization" or not text.startswith(_JOINTS, span.end):
                continue
            if not text.endswith(_ENDS, span.start, span.end) or (front := self._front(text, span)) is None:
                continue
            end = span.end
            while (item := self._item.match(text, end)) is not None:
                end = item.end()
                name = item["name"]
                yield Span(item.start("name"), end, "organization", RULE, 0.6, canonical=front + name)

    def _front(self, text: str, span: Span) -> str | None:
        """What a department's name begins with: 海原县, 省, 县委."""
        name = text[span.start : span.end]
        head = self._head.search(name)
        if head is None or head.start() == 0:
            return None
        front = name[: head.start()]
        is_level = front[-1] in _LEVELS or front.endswith("委") or self._divisions.is_place(front)
        is_any = _ANY.search(front) or _ANY.search(text[max(0, span.start - 4) : span.start])
        return front if is_level and not is_any else None
