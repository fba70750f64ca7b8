"""Bodies whose name stands in quotes, with what they are behind it: “云岭”物流, “云岭”酱菜厂."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.gated import NAMES
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

# “智慧”物流: a word of the language names no firm.
_KNOWN_AT_MOST, _RARE, _COMMON = 1000, 20, 100
# “三农”保险, “双百”物流
COUNTS = "一二三四五六七八九十百千万两双零"
# What a sentence goes on with behind its subject: “云岭”科技完成了, “云岭”食品昨天.
_GOES_ON, _AHEAD = frozenset({"v", "d", "p", "c", "t", "vd"}), 5
_KINDS = ("company", "school", "association", "hospital", "culture", "other")


class QuotedFirms:
    """Built once from `organizations.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        bodies = lookups["organizations"]
        loose = set(bodies["loose_trades"])
        trades = any_of([*(word for word in bodies["trades"] if word not in loose), *bodies["quoted_trades"]])
        self._subtypes = {
            ending: kind for kind in _KINDS for ending in bodies["endings"][kind] if len(ending) > 1
        }
        # “链主”企业 are all of a kind.
        for any_one in ("企业", "机构", "组织", "基金", "租赁", "科技", "股份", "国际"):
            self._subtypes.pop(any_one, None)
        self._subtypes |= dict.fromkeys(bodies["quoted_works"], "company") | {"厂": "company"}
        self._words = Words()
        self._brands = frozenset(bodies["brand_words"])
        heads = any_of(bodies["heads_of_bodies"])
        behind = any_of([*bodies["after_firms"], *bodies["after_bodies"], *bodies["quoted_deeds"]])
        sure = rf"(?:{behind}|{heads}|[\u4e00-\u9fff]了|[0-9]|[^\u4e00-\u9fffA-Za-z]|$)"
        outside = f"{bodies['not_inside']}{bodies['left_boundary']}"
        inner = rf"[^\W\d_{outside}]{{0,4}}?"
        self._outside = re.compile(f"[{outside}]")
        self._kinds = frozenset(bodies["kinds_in_quotes"])
        # “云岭”机器人与智能制造: fields in a row.
        self._fields_behind = re.compile(
            f"[和与及、](?:{any_of([*bodies['trades'], *bodies['field_words']])})"
        )
        self._head = re.compile(heads)
        self._quoted = NAMES.compile(
            r"[“\"](?P<name>[\u4e00-\u9fff]{2,6}|[A-Z][A-Za-z]{1,9})(?<![系型式级性化牌号])[”\"]\s?"
            rf"(?:(?P<trade>(?:{trades}){{1,2}}(?={sure}))|{inner}(?P<body>{any_of(self._subtypes)})(?P<sure>{sure})?"
            rf"|(?P<loose>(?:{trades}){{1,2}}))"
        )

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find the firms and bodies.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted: a word may be a firm's name if the engine takes it for one.

        Returns:
            Organisations with rule `quoted_firm`, sorted; they may overlap shorter spans.
        """
        bodies = {(s.start, s.end) for s in spans if s.entity_type == "organization"}
        found = []
        for firm in self._quoted.finditer(text):
            name, group = firm["name"], next(group for group in ("trade", "body", "loose") if firm[group])
            end = firm.end(group)
            known = self._words.frequency(name)
            is_seen = firm.span("name") in bodies and known < _KNOWN_AT_MOST and group != "body"
            is_name = known < _RARE or is_seen or (group == "body" and name in self._brands)
            if not is_name or name[0] in COUNTS or name in self._kinds or self._outside.search(name):
                continue
            if self._fields_behind.match(text, end) or text.endswith("协商会", 0, end):
                continue
            is_sure = group == "trade" or firm["sure"] is not None or self._goes_on(text, end)
            if is_sure and (self._head.match(text, end) or not self._is_phrase(name)):
                kind = self._subtypes[firm["body"]] if group == "body" else "company"
                found.append(Span(firm.start(), end, "organization", "quoted_firm", 0.6, kind))
        return found

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether a verb or what stands in front of one goes on behind the name."""
        word, kind = tag(text[end : end + _AHEAD])[0] if end < len(text) else ("", "")
        return kind in _GOES_ON and (len(word) > 1 or kind != "v")

    def _is_phrase(self, name: str) -> bool:
        """Whether it is words of the language in a row, as slogans are: 数字政府, 清凉行动."""
        words = self._words.segment(name)
        return len(words) > 1 and all(
            len(word) > 1 and self._words.frequency(word) > _COMMON for word in words
        )
