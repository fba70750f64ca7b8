"""Persons: names against surnames, roles glued to a name, names behind a title and in a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rjieba import cut

from transforms.extract.cuts import splits_words
from transforms.extract.gated import NAMES
from transforms.extract.names.bylines import credited, signed
from transforms.extract.names.ends import ADVERBS, DOT, DOTS, ROLES_BEFORE, PersonEnds
from transforms.extract.names.mistaken import MistakenPersons
from transforms.extract.names.spans import Span, keep_outermost, overlay
from transforms.extract.patterns import any_of

_LONGEST_DOUBTFUL = 4
_LONGEST_GAP = 2
_LONGEST_CREDITED = 3
# Under it, a foreign name that the engine calls a place or a body is a person where somebody says something.
_UNSURE_TYPE = 0.3
_NAME = "(?:(?![报据])[\u4e00-\u9fff]){2,4}"
_REPORTERS = NAMES.compile(
    rf"(?:记者|通讯员)(?P<names>{_NAME}(?:[、，]{_NAME}){{0,4}})(?=报道|摄影|摄(?!氏)|采写)"
)
# 江雁鸣 文/图
_ROLES_OF_TWO = frozenset("文图摄绘")
# 院长请江雁鸣教授来
_LEADS = frozenset("请让叫找问陪随跟由从同与和对向给")
_UNSURE_PAIR = 0.45
# 郑麦366, 周麦36和鲁麦14 are sown.
_VARIETY = re.compile("[麦稻豆薯玉单优丰富杂糯椒棉油研][0-9]{1,4}(?:号|亩产|单产|平均|[、，。和与等的])")
_WEEKS = frozenset("上下本每两一二三四五六七八九十多")
_PREPOSITIONS = frozenset("向和与于从由")
_CUTS = re.compile(r"[、，,/\s；;（）()]+")


class PersonRules:
    """Built once from `persons.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["persons"]
        self._mistaken = MistakenPersons(lookups)
        self._ends = PersonEnds(vocabulary)
        self._surnames = frozenset(vocabulary["surnames"])
        self._may_begin = self._surnames | frozenset(vocabulary["rare_surnames"])
        self._compound = tuple(vocabulary["compound_surnames"])
        self._never = frozenset([*vocabulary["not_persons"], *vocabulary["roles"], *vocabulary["callings"]])
        provinces = "".join(lookups["places"]["province_abbreviations"])
        # 鲁锦, 韩商
        self._produce = re.compile(f"[{provinces}][{vocabulary['produce']}]|[{vocabulary['merchants']}]商")
        self._roles = frozenset(vocabulary["roles"])
        longest = sorted(vocabulary["honorifics"], key=len, reverse=True)
        inner = any_of(word for word in vocabulary["honorifics"] if len(word) > 1)
        self._inner_title = re.compile(rf"(?:{inner})(?=.)")
        bodies = vocabulary["named_bodies"]
        self._body = re.compile(f"(?P<any>{any_of(bodies['any'])})|(?:{any_of(bodies['foreign'])})")
        self._level = re.compile(f"(?:{any_of(vocabulary['foreign_levels'])})(?![长军级人])")
        self._honorific = re.compile(rf"副?(?:{'|'.join(longest)})")
        parts = any_of(vocabulary["name_parts"])
        # Most characters start no part: one look at a set spares the rest.
        starts = "".join(sorted({part[0] for part in vocabulary["name_parts"]}))
        self._parted = NAMES.compile(
            rf"(?=[{starts}])(?<![{DOTS}])(?:{parts})(?: ?(?:{parts})){{1,2}}(?![{DOTS}])"
        )
        self._parted_list = NAMES.compile(rf"(?:{parts}){{2,3}}(?:[和与及](?:{parts}){{2,3}})+")
        self._never_begins = tuple(vocabulary["not_person_beginnings"])
        self._never_ends = tuple(vocabulary["not_person_endings"])
        self._foreign = frozenset(vocabulary["transliteration"])
        self._sounds = self._foreign.union(vocabulary["dotted"], DOTS)
        self._before = re.compile(any_of(vocabulary["titles_before"]))
        self._says = tuple(vocabulary["says"])
        self._provinces = frozenset(provinces)
        titles = lookups["titles"]
        heads = {*titles["chief"], *titles["profession"], *(f"{stem}长" for stem in titles["chief_stems"])}
        heads = {head for head in heads if len(head) > 1 and head.isalpha()}
        # 副总理萨罗夫: no 副总 with a name behind it.
        heads |= {f"副{head}" for head in heads}
        sounds = re.escape(vocabulary["transliteration"])
        # 孙女小雅, 女婿江雁
        given = re.escape("".join(vocabulary["surnames"]) + "小阿老大")
        self._kin = re.compile(rf"(?:{any_of(vocabulary['kin'])})(?=[{given}].)")
        self._heads, self._head_sizes = heads, {len(head) for head in heads}
        lasts = re.escape("".join(sorted({head[-1] for head in heads})))
        self._before_sounds = re.compile(rf"[{lasts}](?=[{sounds}]{{3}})")
        self._spelled = re.compile(rf"[{sounds}]{{3,7}}(?:[{DOTS}][{sounds}]{{1,7}})*(?![{sounds}{DOTS}])")

    def clean(self, text: str, spans: list[Span]) -> list[Span]:
        """Cut lists and roles off persons and drop what cannot be one.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; a cut person has rule `trim_role` or `split_list`.
        """
        cleaned: list[Span] = []
        for span in spans:
            if span.entity_type != "person":
                cleaned.append(span)
                continue
            if self._mistaken.is_none(text, span) or self._produce.fullmatch(text, span.start, span.end):
                continue
            if (other := self._mistaken.retyped(text, span)) is not None:
                cleaned.append(other)
                continue
            level = self._level.match(text, span.end) if span.rule == "lac" else None
            if level is not None and self._foreign.issuperset(text[span.start : span.end]):
                cleaned.append(span.but(end=level.end(), entity_type="place", rule="foreign_place"))
                continue
            body = self._body.match(text, span.end) if span.rule == "lac" else None
            if body is not None and (body["any"] or self._foreign.issuperset(text[span.start : span.end])):
                cleaned.append(span.but(end=body.end(), entity_type="organization", rule="person_and_body"))
                continue
            for part in self._split(text, span):
                whole = self._ends.find(text, self._trim_role(text, self._trim_title(text, part)))
                if self._is_person(text, whole):
                    cleaned.append(whole)
        return cleaned

    def strip_honorifics(self, text: str, spans: list[Span], *, shortest: int = 2) -> list[Span]:
        """Cut a title off a person: 李小明 in 李小明先生, but 李先生 as it is.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
            shortest: Fewest characters of a name that stand without their title; 1 for a guideline that
                names 李 in 李先生.

        Returns:
            The spans, cut ones with rule `trim_title`.
        """
        return [
            span.but(end=_without_verb(text, span.start, span.start + match.start()), rule="trim_title")
            if span.entity_type == "person"
            and (match := self._honorific.search(text[span.start : span.end])) is not None
            and match.start() >= shortest
            and match.end() == span.end - span.start
            else span
            for span in spans
        ]

    def _titled_foreign(self, text: str) -> Iterator[re.Match[str]]:
        """Foreign spellings right behind a title; of titles that overlap the first, of these the longest."""
        ends = [match.end() for match in self._before_sounds.finditer(text)]
        titles = [(end - size, -end) for end in ends for size in self._head_sizes if size <= end]
        reached = 0
        for start, end in sorted((a, b) for a, b in titles if text[a:-b] in self._heads):
            match = self._spelled.match(text, -end) if start >= reached else None
            if match is not None:
                reached = match.end()
                yield match

    def find_titled(self, text: str, spans: list[Span]) -> list[Span]:
        """Add the names behind a title that the engine missed, if they are spelled like a foreign one.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; new ones have rule `after_title` and touch none of the others.
        """
        found: list[Span] = []
        position = 0
        for match in self._titled_foreign(text):
            start, end = match.span()
            while position < len(spans) and spans[position].end <= start:
                position += 1
            seen = spans[position] if position < len(spans) and spans[position].start < end else None
            # 主席特别|代表
            if seen is None and match[0] not in self._never and not splits_words(text, start, end):
                found.append(Span(start, end, "person", "after_title", 0.7))
            elif seen is not None and self._is_rest(text, seen, start):
                # Where a name ends, the engine knows better than its spelling.
                found.append(seen.but(start=start, entity_type="person", subtype=None, rule="after_title"))
        for match in _REPORTERS.finditer(text):
            names = self._split(text, Span(*match.span("names"), "person", "reporter", 0.9))
            found += [name for name in names if self._is_chinese(text[name.start : name.end])]
        for name, start, end in credited(text):
            is_spaced = end - start > len(name)
            has_surname = name.startswith(self._compound) or name[0] in (
                self._may_begin if is_spaced or len(name) == _LONGEST_CREDITED else self._surnames
            )
            if has_surname and (is_spaced or len(name) <= _LONGEST_CREDITED):
                found.append(Span(start, end, "person", "reporter", 0.9))
        for name, start, end in signed(text):
            if self._is_chinese(name):
                found.append(Span(start, end, "person", "reporter", 0.8))
        for span in spans:
            name = text[span.start : span.end]
            if self._is_unsure(span, name) and text.startswith(self._says, span.end):
                found.append(span.but(entity_type="person", subtype=None, rule="before_verb"))
        return overlay(spans, keep_outermost(found)) if found else spans

    def _is_unsure(self, span: Span, name: str) -> bool:
        """Whether the engine gives a foreign name another type than a person's without being sure of it."""
        return (
            span.entity_type in ("place", "organization")
            and span.rule == "lac"
            and span.confidence < _UNSURE_TYPE
            and len(name) > 2
            and self._foreign.issuperset(name)
        )

    def _is_rest(self, text: str, span: Span, start: int) -> bool:
        """Whether a span is all or the rest of a foreign name that begins at `start`."""
        name = text[span.start : span.end]
        if span.start == start:
            return self._is_unsure(span, name)
        gap = span.start - start
        return 0 < gap <= _LONGEST_GAP and span.rule == "lac" and self._foreign.issuperset(name)

    def find_parted(self, text: str, spans: list[Span]) -> list[Span]:
        """Make one person of parts of Tibetan and Mongolian names in a row, of which the engine saw some.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; such persons have rule `name_parts`.
        """
        found = [
            Span(*match.span(), "person", "name_parts", 0.8)
            for match in self._parted.finditer(text)
            if not any(
                s.start <= match.start()
                and match.end() <= s.end
                and text[match.end() : s.end] not in ADVERBS
                and self._parted_list.compiled.fullmatch(text, s.start, s.end) is None
                for s in spans
            )
        ]
        return overlay(spans, found) if found else spans

    def has_surname(self, name: str) -> bool:
        """Whether a name begins with a known surname."""
        return name[0] in self._surnames or name.startswith(self._compound)

    def _is_chinese(self, name: str) -> bool:
        """Whether a name is a surname with one or two characters."""
        surname = 2 if name.startswith(self._compound) else 1
        return self.has_surname(name) and surname < len(name) <= surname + 2

    def _is_doubtful(self, name: str, confidence: float) -> bool:
        """Short names of which the engine is so unsure that two of three were none."""
        if len(name) > _LONGEST_DOUBTFUL or (len(name) > 2 and self._foreign.issuperset(name)):
            return False
        unlikely = len(name) < _LONGEST_DOUBTFUL and (len(name) == 2 or not self.has_surname(name))
        return confidence < (0.25 if unlikely else 0.15)

    def _is_titled(self, text: str, start: int) -> bool:
        """Whether a title ends right in front of a name."""
        return any(text[max(0, start - size) : start] in self._heads for size in self._head_sizes)

    def _split(self, text: str, span: Span) -> list[Span]:
        name = text[span.start : span.end]
        if _CUTS.search(name) is None or self._is_spaced(name):
            return [span]
        parts: list[Span] = []
        start = 0
        for match in [*_CUTS.finditer(name), None]:
            end = len(name) if match is None else match.start()
            if end > start:
                rule = "split_list" if span.rule == "lac" else span.rule
                parts.append(span.but(start=span.start + start, end=span.start + end, rule=rule))
            start = end if match is None else match.end()
        return parts

    def _is_spaced(self, name: str) -> bool:
        """Whether a blank stands inside one name: 仪 修文, 尉迟恭 贤, 莎拉·林德 奎斯特."""
        parts = name.split()
        if len(parts) != 2 or _CUTS.search("".join(parts)) is not None:
            return False
        if DOT.search(name) is not None:
            return self._sounds.issuperset("".join(parts))
        is_role = len(parts[0]) > 1 and parts[1] in _ROLES_OF_TWO
        return min(map(len, parts)) == 1 and len(name) <= 5 and name[0] in self._may_begin and not is_role

    def _trim_role(self, text: str, span: Span) -> Span:
        """Cut a role off the end of a name, even where the engine took only its beginning."""
        for size in (2, 3, 4):
            for inside in range(1, size + 1):
                at = span.end - inside
                if at - span.start >= 2 and text[at : at + size] in self._roles:
                    return span.but(end=at, rule="trim_role")
        return span

    def _trim_title(self, text: str, span: Span) -> Span:
        """Cut off a title before a foreign name, and one behind a name with what follows it."""
        before = self._before.match(text, span.start, span.end)
        if before is not None and span.end - before.end() > 2:
            return span.but(start=before.end(), rule="trim_title")
        kin = self._kin.match(text, span.start, span.end) if span.rule == "lac" else None
        if kin is not None:
            return span.but(start=kin.end(), rule="trim_title")
        name = text[span.start : span.end]
        is_led = len(name) == 4 and name[0] in _LEADS and self._is_chinese(name[1:])
        is_master = text[span.start - 1 : span.start + 1] == "师傅" and self.has_surname(name[1:] or name)
        if span.rule == "lac" and (is_led or is_master):
            return span.but(start=span.start + 1, rule="trim_start")
        for at in range(span.end - 3, span.end - 1):
            has_surname = at - span.start > 1 and text[at] in self._may_begin
            if has_surname and self._is_titled(text, at) and DOT.search(text, span.start, span.end) is None:
                return span.but(start=at, rule="trim_title")
        inner = self._inner_title.search(text, span.start + 2, span.end)
        if inner is not None and self._is_chinese(text[span.start : inner.start()]):
            return span.but(end=inner.start(), rule="trim_title")
        return span

    def _is_phrase(self, text: str, span: Span) -> bool:
        """Whether the surname ends a word (上周持平) or leads to a name of the article (向恒岳贷款)."""
        first, rest = text[span.start], text[span.start + 1 : span.end]
        if first == "黄" and text[span.start - 1 : span.start] == "沿":
            # 沿黄大堤 lies along the river.
            return True
        if first == "周":
            return text[max(0, span.start - 1) : span.start] in _WEEKS
        if first not in _PREPOSITIONS or len(rest) < 2:
            return False
        return re.search(f"(?<!{first}){re.escape(rest)}", text) is not None

    def _is_person(self, text: str, span: Span) -> bool:
        name = text[span.start : span.end]
        if (
            name in self._never
            or name in self._heads
            or name.endswith(self._never_ends)
            or name.startswith(self._never_begins)
            or self._is_phrase(text, span)
            or (span.rule == "lac" and _VARIETY.match(text, span.end - 1) is not None)
            or (name[0] in self._provinces and "A" <= name[1:2] <= "Z")
            or (
                span.rule == "lac"
                and self._is_doubtful(name, span.confidence)
                and not self._is_titled(text, span.start)
            )
        ):
            return False
        is_pair = len(name) in (2, 3) and self._provinces.issuperset(name[:2])
        if is_pair and name[-1] not in self._provinces:
            is_pair = len(cut(text[span.end - 1 : span.end + 3], False)[0]) > 1
        if is_pair and span.confidence < _UNSURE_PAIR:
            # 苏陕协作 is of two provinces.
            return text.startswith(self._says, span.end)
        if span.rule == "lac" and name[1:2] == "了" and not self._foreign.issuperset(name):
            # 续了约
            return False
        if len(name) == 1:
            # 记者 江家乐
            is_byline = text[max(0, span.start - 6) : span.start].rstrip(" \u3000").endswith(ROLES_BEFORE)
            address = self._honorific.match(text, span.end)
            is_house = address is not None and address[0] == "家"
            return name[0] in self._surnames and address is not None and not (is_byline or is_house)
        return not name.isdigit()


def _without_verb(text: str, start: int, end: int) -> int:
    """End of a name without the verb before the title that was cut off it: 任 in 江一鸣任主任."""
    return end - 1 if end - start > 2 and text[end - 1] in "任兼" else end
