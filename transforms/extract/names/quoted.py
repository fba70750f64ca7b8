"""Firms whose name stands in quotes, with their trade behind it: “云岭”物流."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

# “智慧”物流: a word of the language names no firm.
_KNOWN_AT_MOST = 1000
# “三农”保险, “双百”物流
COUNTS = "一二三四五六七八九十百千万两双零"


class QuotedFirms:
    """Built once from `organizations.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        bodies = lookups["organizations"]
        trades = any_of(word for word in bodies["trades"] if word not in set(bodies["loose_trades"]))
        self._words = Words()
        self._quoted = NAMES.compile(
            r"[“\"](?P<name>[\u4e00-\u9fff]{2,4}|[A-Z][A-Za-z]{1,9})[”\"]\s?"
            rf"(?:{trades})(?={any_of(bodies['after_firms'])}|[\u4e00-\u9fff]了|[0-9]|[^\u4e00-\u9fffA-Za-z]|$)"
        )

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find the firms.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted: a word may be a firm's name if the engine takes it for one.

        Returns:
            Organisations with rule `quoted_firm`, sorted; they may overlap shorter spans.
        """
        bodies = {(s.start, s.end) for s in spans if s.entity_type == "organization"}
        found = []
        for firm in self._quoted.finditer(text):
            known = self._words.frequency(firm["name"])
            is_seen = firm.span("name") in bodies and known < _KNOWN_AT_MOST
            if (known == 0 or is_seen) and firm["name"][0] not in COUNTS:
                found.append(Span(*firm.span(), "organization", "quoted_firm", 0.6, "company"))
        return found
