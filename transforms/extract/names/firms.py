"""Firms that a text knows by a short name only: 汇储物流, 南屿阀门, also behind a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.gated import NAMES
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.spans import Span
from transforms.extract.patterns import WordPattern, any_of
from transforms.normalize.words import Words

_SIZES = (2, 3, 4)
_LONGEST = max(_SIZES)
_BEFORE = re.compile("[^\u4e00-\u9fff0-9]|[与和由被向给为及对从的名找访是原同跟将据让到至系了叫]")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_ALONE = 2
_UNSURE, _DOUBTFUL = 0.6, 0.3
_AHEAD = 5
# What a sentence goes on with behind its subject: a verb, an adverb, a preposition, a conjunction, a day.
_GOES_ON = frozenset({"v", "d", "p", "c", "t", "vd", "u"})
_NEAR = 4
_HOLDING = "控股"
_PROPER = frozenset({"nz", "nr"})
# KLM电子、
_LATIN, _CLOSES = re.compile("[A-Za-z&]{2,8}"), tuple("，。、；与和将在")
# 海丝文旅综合体 is no firm's.
_WORKS = re.compile("综合体|小镇|街区|产业园|园区|度假区|目的地|集群")
_ENGINE = frozenset({"lac", "place_and_body"})
_AREAS = frozenset("区口港")
# 汇储、川联等8家企业, but no 企业家.
_LISTED = NAMES.compile(
    r"(?<=[\u4e00-\u9fff])(?<![外他余了有的是])[两三四五六七八九十]家(?=企业(?!家)|公司|[车药房钢国央民]企|券商|银行|机构|厂商|单位|银行|投标|竞标|应标|入围|入驻|参与|联合)|等(?!区|地|国|领域|行业|方面|产业|产品)\s?[0-9\s一二三四五六七八九十几数多余百]*[家支]?[^，。；、\n]{0,8}?"
    "(?:企业(?!家)|公司|厂商|[车药房央国险]企|银行|券商|巨头|供应商|运营商|网站|球队|豪门|高校|院校|品牌商|零售商|商超|卖场|经销商)"
    # 甲资本、乙创投跟投
    "|(?:等|等机构)?(?:联合|共同)?(?:领投|跟投|参投)"
)
_LIST = re.compile(r"[^，。；：\n“”（）()]{2,40}$")
_LONGEST_LIST, _JOINTS = 40, frozenset("、和与")
_ITEM = re.compile("[^、和与及]+")
# 东北三省海运
_SEVERAL = re.compile("[一二两三四五六七八九十][省市县区地国]")
_NUMERALS = frozenset("一三四五六七八九十")


class ShortFirms:
    """Built once from `organizations.yml`, the places and the divisions."""

    def __init__(
        self, lookups: Mapping[str, Any], divisions: Divisions, organizations: OrganizationRules
    ) -> None:
        bodies, places = lookups["organizations"], lookups["places"]
        self._divisions = divisions
        self._organizations = organizations
        self._words = Words()
        after = any_of(bodies["after_firms"])
        trades = [*bodies["trades"], _HOLDING]
        self._trade = WordPattern(
            trades,
            # 精密 + 模具, 包装 + 科技
            rf"(?:{any_of(trades)})(?:科技|机械|模具|装备|设备|材料|新材料|电子|光电)?"
            # 数据 + 控股
            f"(?:{_HOLDING}(?![股子公有的])|股份(?![有制公的]))?"
            rf"(?:(?P<sure>(?={after}|[\u4e00-\u9fff]了(?!解)|[^\u4e00-\u9fffA-Za-z0-9]|[一二三四五六]期|[0-9.]+%|[0-9]{{1,4}}[年月日]|$))|(?=[\u4e00-\u9fff]))",
        )
        fields = any_of([*bodies["trades"], *bodies["office_sectors"], *bodies["field_words"]])
        # 链接科技和金融资源: fields in a row.
        self._fields_behind = re.compile(f"[和与及、](?:{fields})")
        self._behind = re.compile(any_of(word for word in bodies["after_firms"] if word not in ("的", "等")))
        self._agent = re.compile(any_of(bodies["deeds_of_agents"]))
        self._deed = re.compile(any_of(bodies["deeds_of_firms"]))
        self._takes = tuple(verb + end for verb in bodies["takes_firms"] for end in ("", "了"))
        self._loose_trades = frozenset((*bodies["loose_trades"], _HOLDING))
        # 碳排数据与能耗数据: kinds of a thing.
        self._kinds_behind = re.compile(f"[和与及、][^，。；、]{{0,4}}(?:{any_of(bodies['loose_trades'])})")
        self._trades_at_place = frozenset(bodies["trades_at_place"])
        self._lead = re.compile(f".*(?:{any_of(bodies['leads_of_lists'])})")
        inside = f"{bodies['not_inside']}{bodies['left_boundary']}"
        words = "据以方做卖买搞替专因受靠凭而我你他她它其此每些们年月日时持押售"
        outside = set(f"{inside}{bodies['not_in_place_body']}{words}") - _NUMERALS
        self._outside = re.compile(f"[{''.join(sorted(outside))}]")
        self._roles = tuple(bodies["firm_roles"])
        self._role_ends = frozenset(role[-1] for role in self._roles)
        generic = [*places["generic"], *places["generic_zones"], *bodies["trades"]]
        self._generic = re.compile(any_of(word for word in generic if len(word) > 1))

    def find(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Find a word of no other meaning with a trade behind it.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted: the name may begin with one of which the engine is unsure, or
                behind a place.

        Returns:
            Organisations with rule `short_firm`, sorted; they may overlap shorter spans.
        """
        found = []
        position = 0
        for trade in self._trade.finditer(text):
            while position < len(spans) and spans[position].end < trade.start() - _LONGEST:
                position += 1
            if self._words.frequency(text[trade.start() - 1 : trade.end()]):
                continue
            near = [s for s in spans[position : position + _NEAR] if s.start < trade.end()]
            is_loose = text[trade.start() : trade.end()] in self._loose_trades
            if is_loose and (
                self._kinds_behind.match(text, trade.end())
                or not (self._behind.match(text, trade.end()) or self._is_marked(text, trade, near))
            ):
                continue
            if self._fields_behind.match(text, trade.end()) or _WORKS.match(text, trade.end()):
                continue
            start = self._start(text, trade.start(), trade.end(), near)
            if start is None and not is_loose:
                start = self._start_in_list(text, trade, near, spans)
            if start is not None and trade["sure"] is None:
                word, kind = tag(text[trade.end() : trade.end() + _AHEAD])[0]
                goes_on = kind in _GOES_ON and (kind != "v" or len(word) > 1)
                start = start if goes_on else None
            if start is not None:
                found.append(Span(start, trade.end(), "organization", "short_firm", 0.6, "company"))
        return sorted([*found, *self._find_listed(text, spans)], key=lambda span: span.start)

    def _start_in_list(
        self, text: str, trade: re.Match[str], near: Sequence[Span], spans: Sequence[Span]
    ) -> int | None:
        """Where a place and a trade are a firm beside another one: 海原钢铁、东湾铝业."""
        place = next((s for s in near if s.entity_type == "place" and s.end == trade.start()), None)
        if place is None or not _ALONE <= place.end - place.start <= _ALONE + 1:
            return None
        marks = [at for at in (place.start - 1, trade.end()) if text[at : at + 1] == "、"]
        beside = (s for s in spans for at in marks if s.end == at or s.start == at + 1)
        kinds = (self._organizations.kind(text[s.start : s.end]) for s in beside if s.entity_type != "place")
        return place.start if "company" in kinds else None

    def _is_marked(self, text: str, trade: re.Match[str], near: Sequence[Span]) -> bool:
        """Whether a clause ends behind a place, a word of no other meaning and a trade: 东湾云栈数据，."""
        start = trade.start() - _ALONE
        is_placed = any(s.entity_type == "place" and s.end == start and s.end - s.start > 1 for s in near)
        is_end = text[trade.end() : trade.end() + 1] in tuple("，。；")
        return is_placed and is_end and not self._words.frequency(text[start : trade.start()])

    def _find_listed(self, text: str, spans: Sequence[Span]) -> Iterator[Span]:
        """Firms of a list that says that they are some: 汇储、川联、海峰 in 汇储、川联、海峰等8家企业."""
        for listed in _LISTED.finditer(text):
            row = _LIST.search(text, max(0, listed.start() - _LONGEST_LIST), listed.start())
            if row is None or not _JOINTS.intersection(row[0]):
                continue
            items = [item.span() for item in _ITEM.finditer(text, *row.span())]
            if len(items) > _ALONE and text[items[0][1]] == "与" and "、" in text[items[1][0] : items[-1][1]]:
                # 目前正与汇储、川联等企业
                del items[0]
            if lead := self._lead.match(text, *items[0]):
                items[0] = (lead.end(), items[0][1])
            bodies = {(s.start, s.end) for s in spans if s.entity_type == "organization"}
            held = [s for s in spans if s.start < row.end() and s.end > row.start()]
            free = [at for at in items if at not in bodies and self._is_listed(text, *at, held)]
            unknown = sum(not self._words.frequency(text[start:end]) for start, end in free)
            if len(items) < _ALONE or not (unknown or bodies.intersection(items)):
                continue
            yield from (Span(*at, "organization", "listed_firm", 0.5, "company") for at in free)

    def _is_listed(self, text: str, start: int, end: int, held: Sequence[Span]) -> bool:
        """Whether an item of a list of firms may be a firm's short name and is nothing else."""
        name = text[start:end]
        stem = name.removesuffix("资本").removesuffix("创投")
        if len(name) not in _SIZES or _CHINESE.fullmatch(name) is None or self._generic.search(stem):
            return False
        if any(s.start < end and s.end > start and (s.start, s.end) != (start, end) for s in held):
            return False
        is_place = self._divisions.is_place(name) or name in self._divisions.cities
        return not is_place and self._words.frequency(name) < _FAMILIAR and not self._outside.search(stem)

    def _start(self, text: str, at: int, end: int, near: Sequence[Span]) -> int | None:
        """Where a firm's name begins whose trade stands between `at` and `end`; `None` for no firm's."""
        is_loose = text[at:end] in self._loose_trades
        touching = next((s for s in near if s.start < at <= s.end and s.end - s.start > 1), None)
        told = self._told_start(text, at, end)
        if told is not None and (touching is None or touching.start >= told):
            return told
        if touching is not None and (touching.end > at or touching.rule not in _ENGINE):
            return touching.start if self._is_taken_for_place(text, at, end, touching) else None
        is_named = touching is not None and touching.entity_type != "place"
        if touching is not None and _LATIN.fullmatch(text, touching.start, touching.end):
            return touching.start if is_named and text[end : end + 1] in _CLOSES else None
        if touching is not None and self._is_of_elsewhere(text, touching, near):
            return next(s.start for s in near if s.end == touching.start)
        if is_loose and not is_named and any(s.end > at - _ALONE for s in near if s.start < at):
            return None
        if touching is not None and self._is_of_place(text, at, end, touching):
            return touching.start
        if touching is not None and not self._divisions.is_place(text[touching.start : touching.end]):
            known = self._divisions.leading_end(text, touching.start, at)
            is_body = touching.entity_type == "organization"
            if is_body and self._organizations.subtype(text[touching.start : touching.end]) is not None:
                return None
            if not is_body and text[at - 1] in _AREAS:
                return None
            is_front = (is_body or touching.confidence < _UNSURE) and self._is_front(
                text[known or touching.start : at], is_seen=True
            )
            above = next((s for s in near if s.end == touching.start and s.entity_type == "place"), touching)
            return above.start if is_front else None
        for size in _SIZES:
            start = at - size
            if start > 0 and text.endswith("企业", 0, start) and self._is_front(text[start:at]):
                return start
            place = next((s for s in near if s.end == start and s.entity_type == "place"), None)
            if start < 0:
                continue
            is_named = place is None and self._is_proper(text, start, at, end, near)
            if not self._is_front(text[start:at], is_behind_place=place is not None, is_named=is_named):
                continue
            if place is not None and place.end - place.start > 1:
                return place.start
            if not _NUMERALS.isdisjoint(text[start:at]):
                continue
            is_short = size <= (_ALONE if is_loose else _ALONE + 1)
            is_alone = is_short and text[at:end] not in self._trades_at_place
            if is_alone and (start == 0 or _BEFORE.match(text, start - 1)):
                return start
        return None

    def _told_start(self, text: str, at: int, end: int) -> int | None:
        """Where a name begins that is told as a firm's: by 龙头企业, by 收购了, by 由 with what it does."""
        for size in _SIZES:
            start = at - size
            if start <= 0:
                return None
            front = text[start:at]
            is_role = text[start - 1] in self._role_ends and text.endswith(self._roles, 0, start)
            if is_role and self._is_front(front, is_seen=True):
                return start
            is_agent = text[start - 1] == "由" and self._agent.match(text, end) is not None
            is_agent = is_agent or (text.endswith(self._takes, 0, start) and front[0] != "后")
            is_name = self._generic.search(front) is None and _NUMERALS.isdisjoint(front)
            is_name = is_name and self._words.frequency(front) < _SELDOM
            if is_agent and is_name and self._is_front(front, is_seen=True):
                return start
        return None

    def _is_taken_for_place(self, text: str, at: int, end: int, span: Span) -> bool:
        """Whether a name with its trade is taken for a place, or cut short, in doubt: 海原置业."""
        if span.confidence >= _DOUBTFUL or span.rule not in _ENGINE or span.entity_type == "person":
            return False
        name = text[span.start : span.end]
        is_cut = span.entity_type == "organization" and at < span.end < end
        is_cut = is_cut and self._organizations.subtype(name) is None
        is_taken = is_cut or (span.entity_type == "place" and span.end == end)
        return is_taken and self._is_front(text[span.start : at], is_seen=True)

    def _is_of_place(self, text: str, at: int, end: int, place: Span) -> bool:
        """Whether a place and a trade are a firm's name, as a deal says: 海原机床入主东湾数控."""
        if place.entity_type != "place" or place.end - place.start > _ALONE + 1:
            return False
        return self._deed.match(text, end) is not None or text.endswith(self._takes, 0, place.start)

    def _is_of_elsewhere(self, text: str, name: Span, near: Sequence[Span]) -> bool:
        """Whether a firm of one province has the name of a county in another: 广西青川环境."""
        above = next((s for s in near if s.end == name.start and s.entity_type == "place"), None)
        if above is None or name.entity_type != "place":
            return False
        wide = self._divisions.sole(text[above.start : above.end])
        county = self._divisions.sole(text[name.start : name.end])
        return wide is not None and county is not None and wide.province != county.province

    def _is_front(
        self, front: str, *, is_seen: bool = False, is_behind_place: bool = False, is_named: bool = False
    ) -> bool:
        """Whether characters are a name rather than words: 汇储, not 高端."""
        if len(front) not in _SIZES or _CHINESE.fullmatch(front) is None or self._outside.search(front):
            return False
        if _SEVERAL.search(front) is not None or front[-1] == "企":
            return False
        if is_seen:
            return True
        if self._generic.search(front) or (self._divisions.is_place(front) and not is_behind_place):
            return False
        if self._words.frequency(front) > (_SELDOM if is_behind_place or is_named else 0):
            return False
        return len(front) == _ALONE or not any(
            self._words.frequency(front[i : i + _ALONE]) > _COMMON for i in range(len(front) - 1)
        )

    def _is_proper(self, text: str, start: int, at: int, end: int, near: Sequence[Span]) -> bool:
        """Whether a name of the dictionary is a firm's by what it does or stands behind: 宏达精密公告."""
        is_listed = text[start - 1 : start] == "、" and any(
            s.entity_type == "organization" and s.end == start - 1 for s in near
        )
        if not is_listed and self._deed.match(text, end) is None:
            return False
        word, kind = tag(text[start:at])[0]
        return len(word) == at - start and kind in _PROPER


# Longer fronts with a word as frequent as this in jieba's dictionary are phrases.
_COMMON = 300
# Behind a place a name may be a word, if it is a rare one.
_SELDOM = 1000
# An item of a list of firms may be a word that is no more frequent.
_FAMILIAR = 500
