"""What the engine takes for names and the words in it or around it say is none: fields, works, slogans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.extract.firsts import begun
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.spans import Span
from transforms.extract.names.titled_shapes import DOTS
from transforms.extract.patterns import any_of
from transforms.normalize.words import Words

_UNSURE, _DOUBTFUL, _LIKELY = 0.4, 0.35, 0.45
# Log odds that a word of the dictionary spans an edge, and its longest reach.
_CUT, _WORD, _WEATHER = 8, 4, "晴阴雨雪云雾"
_LONGEST_FIELD = 7
# “江海联动新未来”, but no sentence in quotes.
_OPENED = re.compile('[“"「][^“”"「」，。；：！？\n]{0,8}$')
_CLOSED = re.compile('[^“”"「」，。；：！？\n]{0,8}[”"」]')
_REACH, _MARKS, _LONGEST_SLOGAN = 10, 2, 12
# 海原大街12号东湾传媒集团
_STREET = re.compile("(?P<street>[\u4e00-\u9fff]{2,5}(?:路|街|大道|巷))[0-9０-９]{1,4}号(?:院|楼)?(?=.{4})")
# 全省投资; 江海联动; 某某嘎查牧民某某; 湖北上大学
_NO_BODY = re.compile(
    "全[省市县区州疆域].{0,4}|.{1,4}(?:联动|通办|银团)|.*(?:嘎查|苏木|村|屯|社区)(?:牧民|村民|农民|居民).{0,5}|.{2,4}[上读考念]大学|.{2,}(?<![上下本每一双逐])[周月]|.{1,2}商回[归乡]|.{2,14}(?<!重)[设建办开]厂"
)
# 青石苏木 + 海原嘎查
_PASTURES, _PASTURE = ("苏木", "嘎查"), re.compile("[\u4e00-\u9fff]{1,6}?(?:苏木|嘎查|镇)")
_LANDS = ("高原", "平原", "盆地", "丘陵", "草原", "沙漠", "山脉", "半岛", "群岛", "海峡")
_WHERE, _INVESTS = (
    frozenset("在来赴"),
    re.compile("(?:投资|创业|发展|注册|设立|经营|合作)(?:企业|公司|机构)?"),
)
_LOAN = re.compile("[\u4e00-\u9fff]{1,5}[贷险保券码]")
_BODY_BEHIND = re.compile("(?:有限|股份|集团|公司|银行|大学|学院|医院|协会|商会|基金)")


class UnlikelyBodies:
    """Built once from `organizations.yml` and the rules that know what a body is."""

    def __init__(
        self, lookups: Mapping[str, Any], divisions: Divisions, organizations: OrganizationRules
    ) -> None:
        vocabulary = lookups["organizations"]
        self._divisions, self._organizations = divisions, organizations
        self._words = Words()
        self._forms = tuple(lookups["persons"]["honorifics"])
        self._fronts = frozenset(vocabulary["fronts"])
        self._letters = frozenset((*divisions.province_of, *divisions.country_of))
        fields = any_of([*vocabulary["trades"], *vocabulary["office_sectors"], *vocabulary["field_words"]])
        self._field = begun(f"(?:{fields}){{2,}}")
        self._work = re.compile(rf"(?:{any_of(vocabulary['kinds_of_centers'])})中心$")
        heads = any_of([*vocabulary["heads_of_bodies"], *vocabulary["after_bodies"]])
        self._acts = re.compile(f"(?:{heads}|发布|公布|公告|负责|工作人员)")

    def drop(self, text: str, spans: list[Span]) -> list[Span]:
        """Drop spans of the engine that are no bodies.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans without fields (智能科技), works (海原冷链物流中心), loans (“绿电贷”) and words of
            slogans; of a work the place remains that it begins with.
        """
        kept: list[Span] = []
        for span in spans:
            is_pasture = text.endswith(_PASTURES, span.start + 1, span.end)
            if is_pasture and span.entity_type in ("organization", "person"):
                kept.extend(self._pastures(text, span))
                continue
            is_land = text.endswith(_LANDS, span.start + 1, span.end) and span.confidence < _UNSURE
            if is_land and span.entity_type == "organization":
                kept.append(span.but(entity_type="place", subtype=None, rule="landform"))
                continue
            street = _STREET.match(text, span.start, span.end) if span.entity_type == "organization" else None
            if street is not None:
                place = span.but(end=street.end("street"), entity_type="place", subtype=None, rule="street")
                kept.extend((place, span.but(start=street.end())))
                continue
            if span.entity_type == "organization" and self._is_invested(text, span):
                kept.append(span.but(end=span.start + 1, entity_type="place", rule="known_part"))
                continue
            whole = self._without_words(text, span)
            if whole is None:
                continue
            if span.entity_type != "organization" or not self._is_none(text, whole):
                kept.append(whole)
            else:
                kept += [
                    span.but(start=place.start, end=place.end, entity_type="place", rule="trim_end")
                    for place in self._divisions.leading_places(text, span)
                ]
        return kept

    def _pastures(self, text: str, span: Span) -> Iterator[Span]:
        """The banner, the township and the village that the engine takes for one body, or for a person."""
        place = span.but(entity_type="place", subtype=None, rule="pasture")
        start = span.start
        for above in self._divisions.leading_places(text, span):
            yield place.but(start=above.start, end=above.end)
            start = above.end
        for town in _PASTURE.finditer(text, start, span.end):
            yield place.but(start=town.start(), end=town.end())

    def _is_invested(self, text: str, span: Span) -> bool:
        """Whether somebody invests or acts in the place of one character: 津投资 in 在津投资企业."""
        is_at = text[span.start - 1 : span.start] in _WHERE and text[span.start] in self._letters
        return is_at and _INVESTS.fullmatch(text, span.start + 1, span.end) is not None

    def _is_none(self, text: str, span: Span) -> bool:
        name = text[span.start : span.end]
        if span.rule != "lac" or span.confidence >= _UNSURE or self._organizations.is_known(name):
            return False
        if _NO_BODY.fullmatch(name) is not None:
            return True
        if name.endswith("分会") and text.startswith("场", span.end):
            return True
        if len(name) <= _LONGEST_FIELD and self._field.fullmatch(name) is not None:
            return _BODY_BEHIND.match(text, span.end) is None
        if span.confidence >= _DOUBTFUL:
            return False
        if self._work.search(name) is not None:
            return self._acts.match(text, span.end) is None
        return self._organizations.subtype(name) is None and self._is_quoted(text, span, name)

    def _without_words(self, text: str, span: Span) -> Span | None:
        """The span, or the body that it begins with, where an edge lies inside a word: 映山[红竞]相开放."""
        name = text[span.start : span.end]
        if span.rule != "lac" or span.confidence >= _LIKELY or span.entity_type == "place":
            return span
        is_person = span.entity_type == "person"
        # 巴[黎晴]15℃ is read as weather.
        is_whole = DOTS.search(name) is not None or name.endswith((*self._forms, *_WEATHER))
        if is_whole if is_person else name in self._fronts or self._organizations.label(name):
            return span
        edges = (span.start, span.end)
        if all(
            self._words.cut_evidence(text[max(0, at - _WORD) : at], text[at : at + _WORD]) <= _CUT
            for at in edges
        ):
            return span
        # 人民法院 of 人民法院随案移送
        ends = () if is_person else range(len(name) - 1, _WORD - 1, -1)
        size = next((size for size in ends if self._organizations.is_whole(name[:size])), None)
        return None if size is None else span.but(end=span.start + size, rule="trim_end")

    def _is_quoted(self, text: str, span: Span, name: str) -> bool:
        """Whether a name is a part of what stands in quotes, or a loan in them."""
        before = _OPENED.search(text, max(0, span.start - _REACH), span.start)
        after = _CLOSED.match(text, span.end)
        if before is None or after is None:
            return False
        is_part = len(before[0]) + len(after[0]) > _MARKS
        if is_part and len(before[0]) + len(name) + len(after[0]) - _MARKS <= _LONGEST_SLOGAN:
            return True
        return _LOAN.fullmatch(name) is not None
