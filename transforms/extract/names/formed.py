"""Bodies that the end of their name tells whatever the engine sees: funds, partnerships."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.sites import NAMING
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_LONGEST, _SHORTEST = 20, 2
_LONGEST_GAP = 8
_LEVELS = frozenset("省市县区州")
_BRACKET = r"[(（][\u4e00-\u9fff]{2,4}[)）]"
_BODIES = ("place", "organization")
_WORDS = re.compile(f"(?:[^\\W与和及或由给跟的在]|{_BRACKET})+")
_NOT_IN_GAPS = frozenset({"t", "m", "vn"})
_OPENS_FIRM = (NAMING | {"l"}) - {"m", "f"}
_IN_FIRM = _OPENS_FIRM | {"v", "m"}
_HAN = re.compile("[\u4e00-\u9fff]+")
# 东湾大学 + 材料成形与控制 + 国家重点实验室
_SCHOOLS = ("大学", "学院", "科学院", "工程院", "医院")
_OF_THE_STATE = ("国家", "教育部", "省部共建", "全国", "省级")
# A name of words that are as rare is a name of its own.
_RARE = 3
_FIRM = re.compile("公司(?![制化债法])")
# 北京某大公司, 在圣保罗设销售公司
_NO_FIRM = re.compile("[各某设仍持]")
# Without one of these in a text no name ends here.
_GATES = ("基金", "合伙企业", "家庭农场", "合作社")


class FormedBodies:
    """Built once from `organizations.yml`, the divisions and the rules that know what a body is."""

    def __init__(
        self, lookups: Mapping[str, Any], divisions: Divisions, organizations: OrganizationRules
    ) -> None:
        bodies = lookups["organizations"]
        self._divisions, self._organizations = divisions, organizations
        self._words = Words()
        crops = "种植|养殖|农机|果蔬|蔬菜|粮食|茶叶|畜牧|水产|果业|林果|农业|农民"
        self._end = re.compile(
            r"(?P<partners>合伙企业(?:[(（](?:有限|普通|特殊普通)合伙[)）])?)"
            rf"|家庭农场|(?:{crops})*(?:专业合作社|农民合作社)(?!联合|法)|(?:{crops})+合作社(?!联合|法)"
            rf"|(?:{any_of(bodies['fund_kinds'])})基金(?!会|管理|公司|合伙|项目|规模|份额|业|池|类|经理|小镇|集群)"
        )
        outside = f"{bodies['not_inside']}{bodies['left_boundary']}"
        self._front = re.compile(
            rf"(?:[^\W\d_{outside}]|对(?=口)|(?<=[协共合])同|{_BRACKET}|(?<=[\u4e00-\u9fff])[—－-](?=[\u4e00-\u9fff]))+$"
        )
        self._naming = frozenset(bodies["naming_verbs"])
        self._fields = frozenset(
            word
            for key in ("fund_kinds", "trades", "office_sectors", "generic_firms", "aims_of_funds")
            for word in bodies[key]
        )
        self._any_firm = frozenset((*bodies["generic_firms"], *self._naming))
        self._acts = re.compile(any_of(bodies["not_in_sites"]))
        self._between = re.compile(
            any_of(
                [*bodies["before_names"], *bodies["firm_roles"], *bodies["owners"], *bodies["not_in_gaps"]]
            )
        )

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find funds and partnerships from their end back to where their name begins.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted; a name begins with the one that it reaches into.

        Returns:
            Organisations with rule `formed_body`, sorted; they may overlap other spans.
        """
        found: list[Span] = []
        if not any(word in text for word in _GATES):
            return found
        for match in self._end.finditer(text):
            start = self._start(text, match, spans)
            if start is not None:
                found.append(Span(start, match.end(), "organization", "formed_body", 0.6, "other"))
        return found

    def firms(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Firms of which the engine saw no more than the place in front: 东湾生态环境投资公司.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
        """
        found: list[Span] = []
        for end in _FIRM.finditer(text):
            near = [
                s for s in spans if end.start() - _LONGEST <= s.start < end.end() < s.start + 2 * _LONGEST
            ]
            if any(s.end > end.start() for s in near):
                continue
            places = (
                s for s in near if s.entity_type == "place" and self._is_firm(text[s.end : end.start()])
            )
            place = next(places, None)
            if place is not None:
                found.append(Span(place.start, end.end(), "organization", "formed_body", 0.6, "company"))
        return found

    def _is_firm(self, words: str) -> bool:
        """Whether words between a place and 公司 name one firm, and not any one there."""
        if not _SHORTEST <= len(words) <= _LONGEST_GAP or _HAN.fullmatch(words) is None:
            return False
        if any(pattern.search(words) for pattern in (self._acts, self._between, _NO_FIRM)):
            return False
        (first, kind), *others = tag(words)
        # What a firm does stands last, as a verb: 燃气安装, 船舶修造.
        is_name = kind in _OPENS_FIRM and all(kind in _IN_FIRM for _, kind in others)
        return is_name and any(word not in self._any_firm for word in (first, *(word for word, _ in others)))

    def _start(self, text: str, end: re.Match[str], spans: Sequence[Span]) -> int | None:
        front = self._front.search(text, max(0, end.start() - _LONGEST), end.start())
        if front is None or len(front[0]) < _SHORTEST:
            return None
        floor = end.start() - _LONGEST
        near = [s for s in spans if floor <= s.start < end.end() and s.entity_type in _BODIES]
        is_own = False
        start = end.start()
        # 党支部领办海原合作社
        led = front[0].rpartition("领办")[2]
        for word, kind in reversed(tag(led)):
            if kind == "m" or not (kind in NAMING or word in self._naming or not word.isalnum()):
                break
            start -= len(word)
            is_own = is_own or self._is_own(word, kind)
        if end["partners"] is not None:
            # What a tagger takes for a verb may be the firm's own name.
            places = (s.start for s in near if self._is_front(text[s.start : end.start()]))
            start, is_own = min(places, default=start), True
        begun = next((s for s in near if s.start <= start < s.end < end.end()), None)
        if begun is not None:
            start, is_own = begun.start, True
        return start if is_own and end.start() - start >= _SHORTEST else None

    def _is_front(self, words: str) -> bool:
        """Whether words from a place on to the end of a name are all of the name."""
        return (
            _WORDS.fullmatch(words) is not None
            and self._acts.search(words) is None
            and self._between.search(words) is None
        )

    def _is_own(self, word: str, kind: str) -> bool:
        """Whether a word makes a fund one of its own: a place, a word that is rare, 国家."""
        if word in self._fields:
            return False
        is_rare = self._words.frequency(word) < _RARE
        is_named = len(word) > 1 and (kind == "ns" or is_rare)
        return is_named or word in _LEVELS or word.startswith("国家") or self._divisions.is_place(word)

    def join(self, text: str, spans: list[Span]) -> list[Span]:
        """Join the front and the end of a name between which the engine saw nothing.

        东湾市 + 北方 + 海元换热装备公司, but not 东湾 + 配套企业 + 海原阀门公司.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; joined ones have rule `gap`.
        """
        joined: list[Span] = []
        for span in spans:
            front = joined[-1] if joined else None
            if front is not None and self._is_split(text, front, span):
                joined[-1] = span.but(start=front.start, rule="gap")
            else:
                joined.append(span)
        return joined

    def _is_split(self, text: str, front: Span, span: Span) -> bool:
        gap = text[front.end : span.start]
        name = text[span.start : span.end]
        if (
            not _SHORTEST <= len(gap) <= _LONGEST_GAP
            or _HAN.fullmatch(gap) is None
            or span.entity_type != "organization"
        ):
            return False
        is_school = front.entity_type == "organization" and text.endswith(_SCHOOLS, front.start, front.end)
        if is_school and name.startswith(_OF_THE_STATE):
            return self._acts.search(gap) is None and gap[0] not in "与和及"
        if not (is_school or front.entity_type == "place") or front.end - front.start < _SHORTEST:
            return False
        if self._organizations.kind(name) is None or self._organizations.is_known(name):
            return False
        if self._acts.search(gap) is not None or self._between.search(gap) is not None:
            return False
        return all(
            (kind in NAMING and kind not in _NOT_IN_GAPS) or word in self._naming for word, kind in tag(gap)
        )
