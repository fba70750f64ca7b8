"""Organisations: brackets and branches inside a name, and the kind of body a name ends on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rjieba import tag

from transforms.extract.cuts import splits_words, starts_inside
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.sites import NAMING
from transforms.extract.names.spans import Lexicon, Span, overlay
from transforms.extract.patterns import any_of

# 其中 + 超50亿元
_MIDDLE = re.compile("[其集当空]中")
_CLOSERS = (")", "）")
_UNCLOSED = re.compile(r"[(（][^()（）]+$")
# 市委社会工作部, 县委网信办: whatever it ends on, it is the party's.
_OF_PARTY = re.compile("(?:^|[\u4e00-\u9fff])[省市县区州旗盟]委(?!员)[\u4e00-\u9fff]{1,12}[部局办会校室处]$")
# 中共中央党史 is half a name.
_ENDS_OF_PARTY = tuple("委会部央组办校处局党")
# 交警大队 and 地质大队 are no soldiers.
_OFFICERS = re.compile(
    "(?:(?<!武)警|警察|刑侦|经侦|禁毒|治安|网安|巡逻|执法|监察|稽查|路政|管理)"
    "(?:(?:总队|支队|大队).{2,6})?(?:总队|支队|大队|中队)$"
)
_CREW = re.compile(
    "(?:地质|勘查|勘探|勘测|水文|测绘|物探|钻探)(?:[第一二三四五六七八九十〇零0-9]*)(?:总队|支队|大队|中队|队)$|局第?[一二三四五六七八九十〇零0-9]+(?:地质)?(?:大队|队)$"
)
# 东湾市二院, 附属海原二院, but no 设计二院.
_HOSPITAL = re.compile("(?:[省市县区州]|附属.{2,5})[一二三四五六七八九]院$")
_SHORT, _LONG_TAIL, _SECTION = 2, 12, 4
# A firm's sales office is the firm's, a hospital's ward the hospital's.
_OWNER_OF_PART = re.compile(
    "(.{2,}(?:公司|集团|银行|大学|学院|师专|学校|中学|小学|医院|卫生院|厂|报社|电视台|局|厅|委员会|[省市县区]委))"
    "[^公局委府]{1,10}(?:(?<!营业)部|(?<![表事])处|科|(?<!研究)(?<!实验)室|办|车间|系)$"
)
_SUM = re.compile("[千百万亿]*[美欧港日]?元")
_BRACKET = re.compile(r"[(（]([^()（）\n]{1,12})[)）]")
# Between two bodies, in front of what one does to the other: 海原集团近日向东湾公司.
ADVERBS = "(?:近日|日前|昨日|今日|正式|成功|顺利|再次|当场|现场)*"


class OrganizationRules:
    """Built once from `organizations.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["organizations"]
        self._subtypes: dict[str, str] = {
            ending: subtype for subtype, endings in vocabulary["endings"].items() for ending in endings
        }
        self._longest = max(map(len, self._subtypes))
        # One rule after another asks it of the same name.
        self.subtype = lru_cache(maxsize=1 << 14)(self._find_subtype)
        self.label = lru_cache(maxsize=1 << 14)(self._find_label)
        self._labels: dict[str, str] = {
            ending: subtype for subtype, ends in vocabulary["labels"].items() for ending in ends
        }
        self._bracket_words = frozenset(vocabulary["bracket_words"])
        self._governments = frozenset(vocabulary["government_words"])
        heads = "|".join(sorted(vocabulary["heads_of_bodies"], key=len, reverse=True))
        inner = rf"[^\W\d_{vocabulary['not_inside']}、，。]"
        parts = any_of(vocabulary["parts_told"])
        self._part = re.compile(
            rf"(?:{any_of(vocabulary['owners_told'])})的?(?P<part>{inner}{{2,10}}?(?:{parts}))"
            rf"(?=[、，。,；;：:\n]|与|和|将|于|已|为|(?:{heads})|副|博士|教师|学生)"
        )
        self._never = frozenset(vocabulary["not_organizations"])
        self._naming_verbs = frozenset(vocabulary["naming_verbs"])
        self._goes_on: dict[str, str] = vocabulary["goes_on"]
        self._branch_in_bracket = re.compile(
            rf"[\u4e00-\u9fff]{{2,}}(?:{any_of(vocabulary['branches_at_place'])}|校区)$"
        )
        bracket = r"[(（](?!.{0,4}称)(?:[\u4e00-\u9fff]{2,8}|[A-Za-z .&]{2,30})[)）]"
        inside = rf"[^\W\d_{vocabulary['not_inside']}{vocabulary['left_boundary']}]{{1,12}}?"
        tails = (
            f"{any_of(vocabulary['company_tails'])}|{inside}(?:{any_of(vocabulary['tails_behind_bracket'])})"
        )
        # （南岛）律师事务所, （南岛）环保公司
        kinds = any_of([*vocabulary["trades"], "律师", "会计师", "税务师"])
        tails = f"{tails}|(?:{kinds}){{1,3}}(?:公司|集团|事务所)"
        self._company_tail = re.compile(f"{bracket}(?:{tails})")
        self._owner = re.compile(rf".*(?:{any_of(vocabulary['owners'])})(?=..)")
        deal = f"{ADVERBS}(?:{any_of(vocabulary['deals_between_bodies'])})"
        # 海原集团获得瑞城（东湾）机械有限公司: the first is a body by itself.
        self._of_two = re.compile(rf"(?P<first>.{{2,}}?){deal}(?=..)")
        self._boundary = re.compile(
            rf"[^{vocabulary['not_inside']}{vocabulary['left_boundary']}\W\d_]{{2,14}}$"
        )
        trades = [word for word in vocabulary["trades"] if word not in vocabulary["loose_trades"]]
        # 中铁三局 is no office, 青石光电 a firm's short name.
        self._builder = re.compile(
            rf"中国?(?:{any_of(vocabulary['state_builders'])})建?[一二三四五六七八九十]*(?:公|大桥|隧道|航务?)?局"
        )
        self._state = re.compile(rf"中(?:{any_of(vocabulary['state_builders'])})建?$")
        self._short_firm = re.compile(rf".{{2,6}}(?:{any_of(trades)})")
        self._known_subtypes: dict[str, str] = {
            name: subtype for subtype, names in vocabulary["known"].items() for name in names
        }
        self._known = Lexicon(
            {**dict.fromkeys(self._known_subtypes, True), **dict.fromkeys(self._never, False)}
        )

    def _find_subtype(self, name: str) -> str | None:
        """Kind of body after the longest known ending; a bracket at the end does not count.

        >>> from flows.resources import load_lookups
        >>> OrganizationRules(load_lookups()).subtype("东湾大学(南岛)")
        'university'
        """
        if name in self._known_subtypes:
            return self._known_subtypes[name]
        if name.endswith((")", "）")):
            name = name[: max(name.rfind("("), name.rfind("（"))]
        is_whole = name.endswith(_ENDS_OF_PARTY) and name.startswith(("中国共产党", "中共"))
        if is_whole or _OF_PARTY.search(name) is not None:
            return "party"
        if name.endswith("队") and (_OFFICERS.search(name) or _CREW.search(name)):
            return "other" if _CREW.search(name) else "government"
        for size in range(min(self._longest, len(name)), 0, -1):
            subtype = self._subtypes.get(name[-size:])
            if subtype is not None:
                return subtype
        return None

    def kind(self, name: str) -> str | None:
        """As `subtype`; the state's builders and what ends on a trade are firms besides."""
        if self._builder.fullmatch(name) is not None:
            return "company"
        return self.subtype(name) or ("company" if self._short_firm.fullmatch(name) is not None else None)

    def _find_label(self, name: str) -> str | None:
        """As `kind`, with parts of bodies, and ends that make no name a body but tell the kind of one.

        >>> from flows.resources import load_lookups
        >>> OrganizationRules(load_lookups()).label("东湾医院医务科")
        'hospital'
        """
        if _HOSPITAL.search(name) is not None:
            return "hospital"
        if name.endswith("医院分院") or (name.endswith("分院") and "医院" in name):
            return "hospital"
        if (owner := _OWNER_OF_PART.match(name)) is not None:
            return self.subtype(owner[1])
        kind = self.kind(name)
        if kind is not None and kind != "other":
            return kind
        # 日本共同社
        known = (self._known_subtypes.get(name[size:]) for size in range(2, len(name) - 1))
        # 科 is a section in 东湾局财务科, and nothing in 东科 or where the name ends on more.
        shortest = 1 if kind is None and len(name) >= _SECTION else 2
        ends = (
            self._labels.get(name[-size:]) for size in range(min(_LONG_TAIL, len(name)), shortest - 1, -1)
        )
        return next((told for told in (*known, *ends) if told is not None), kind)

    def absorb_brackets(self, text: str, spans: list[Span]) -> list[Span]:
        """Join a name, the place or branch in brackets behind it, and what follows of the name.

        东湾大学(南岛) is another body than 东湾大学, and 海原国际(南岛)有限公司 is one name.

        Args:
            text: The article's text.
            spans: Top-level spans without overlap, sorted.

        Returns:
            The spans, sorted, joined ones with rule `bracket`.
        """
        joined: list[Span] = []
        position = 0
        while position < len(spans):
            span = spans[position]
            position += 1
            if text[span.end : span.end + 1] in _CLOSERS and _UNCLOSED.search(text, span.start, span.end):
                span = span.but(end=span.end + 1, rule="bracket")
            match = _BRACKET.match(text, span.end) if span.entity_type in ("organization", "place") else None
            if match is None or not self._is_branch(match, spans, position):
                joined.append(span)
                continue
            inside = position
            while inside < len(spans) and spans[inside].start < match.end():
                inside += 1
            end, following = match.end(), inside
            if (
                following < len(spans)
                and spans[following].start == end
                and spans[following].entity_type == "organization"
            ):
                end, following = spans[following].end, following + 1
            else:
                end = self._ending(text, end)
            if span.entity_type == "place" and end == match.end():
                joined.append(span)
                continue
            joined.append(span.but(end=end, entity_type="organization", rule="bracket"))
            position = following
        return joined

    def is_never(self, name: str) -> bool:
        """Whether the vocabulary says that the name is no body's, whatever it ends on."""
        return name in self._never

    def is_whole(self, name: str) -> bool:
        """Whether a name is a body's by itself: the vocabulary holds it, or it ends as bodies do."""
        return self.is_known(name) or (self.subtype(name) is not None and not self.is_never(name))

    def is_known(self, name: str) -> bool:
        """Whether the vocabulary holds the name as a body's."""
        return name in self._known_subtypes

    def find_known(self, text: str) -> list[Span]:
        """Bodies that bear one name everywhere, from the vocabulary."""
        return [
            Span(start, end, "organization", "known_name", 0.8)
            for start, end, is_name in self._known.find(text)
            if is_name and not self.runs_on(text, end) and not _MIDDLE.match(text, start - 1)
            # 国足 of 各国足球, 日军 of 抗日军民; 外交部 is one in 外交部长
            if not (splits_words if end - start == _SHORT else starts_inside)(text, start, end)
        ]

    def runs_on(self, text: str, end: int) -> bool:
        """Whether the last word goes on as another word: 队 in 队员, 大学 in 大学生, 部 in 部门."""
        following = text[end : end + 1]
        return following != "" and following in self._goes_on.get(text[end - 1], "路街")

    def split_levels(self, text: str, spans: list[Span], places: Divisions) -> list[Span]:
        """Cut a place off an organisation that goes on with a place of its own or is its government."""
        cut: list[Span] = []
        for span in spans:
            first = (
                places.leading_end(text, span.start, span.end) if span.entity_type == "organization" else None
            )
            if first is not None and text[first : span.end] in self._governments:
                cut.append(span.but(end=first, entity_type="place", rule="guideline"))
            elif first is not None and places.leading_end(text, first, span.end) is not None:
                cut.append(span.but(end=first, entity_type="place", rule="guideline"))
                cut.append(span.but(start=first, rule="guideline"))
            else:
                cut.append(span)
        return cut

    def find_companies(self, text: str, spans: list[Span]) -> list[Span]:
        """Companies with a bracket of which the engine missed the front: 海原国际(南岛)有限公司."""
        found: list[Span] = []
        for match in self._company_tail.finditer(text):
            front = self._boundary.search(text, max(0, match.start() - 14), match.start())
            if front is None:
                continue
            touching = next((s for s in spans if s.start < match.start() <= s.end), None)
            behind = match.start() + match[0].index(")" if ")" in match[0] else "）") + 1
            is_long = touching is None and match.end() - behind > _LONG_TAIL
            if is_long and any((s.start, s.end) == (behind, match.end()) for s in spans):
                # （新款）海原县东湾家用电器有限公司: a name of its own.
                continue
            if touching is None or touching.end < match.end():
                start = touching.start if touching is not None else front.start()
                # 中电建 + 华东（东江）能源公司
                state = self._state.search(text, front.start(), start)
                start = start if state is None else state.start()
                owner = self._owner.match(text, start, match.start())
                start = start if owner is None else owner.end()
                two = self._of_two.match(text, start, match.start())
                if two is not None and self.is_whole(two["first"]):
                    found.append(Span(start, two.end("first"), "organization", "company_bracket", 0.9))
                # 5亿元认购瑞城（东湾）机械有限公司
                is_cut = two is not None and (
                    (found[-1:] and found[-1].start == start) or _SUM.match(two["first"])
                )
                start = two.end() if two is not None and is_cut else start
                found.append(Span(start, match.end(), "organization", "company_bracket", 0.9))
        for part in self._part.finditer(text) if "该" in text else ():
            words = tag(part["part"])
            if all(kind in NAMING or word in self._naming_verbs for word, kind in words):
                found.append(Span(*part.span("part"), "organization", "part_told", 0.6))
        return overlay(spans, found) if found else spans

    def _is_branch(self, match: re.Match[str], spans: list[Span], position: int) -> bool:
        if match[1] in self._bracket_words or self._branch_in_bracket.search(match[1]):
            return True
        # A body in brackets is another name of the one before, and (600000) its number.
        return (
            position < len(spans)
            and spans[position].entity_type == "place"
            and spans[position].start == match.start(1)
            and spans[position].end == match.end(1)
            and not match[1].isascii()
        )

    def _ending(self, text: str, start: int) -> int:
        """End of the longest known ending of two characters or more that begins at `start`."""
        for size in range(self._longest, 1, -1):
            if text[start : start + size] in self._subtypes:
                return start + size
        return start
