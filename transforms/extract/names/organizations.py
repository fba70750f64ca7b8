"""Organisations: brackets and branches inside a name, and the kind of body a name ends on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rjieba import tag

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.sites import NAMING
from transforms.extract.names.spans import Lexicon, Span, overlay
from transforms.extract.patterns import any_of

_SHORT = 2
# 东江省海原县考察团 is the county's.
_TRAVELS = ("代表团", "考察团", "访问团", "调查组", "工作组", "考察组")
# 甲公司和乙公司 are two.
_JOINTS = frozenset("与和及同")
# 东湾园内一家公司
_AROUND = frozenset("内里上旁边外附")
_PARTNERS = re.compile("合伙企业[(（](?:有限|普通|特殊普通)合伙[)）]")
_BANKS = ("银行", "农商行", "信用社", "联合社", "农信社", "信用联社")
_CLOSERS = (")", "）")
_UNCLOSED = re.compile(r"[(（][^()（）]+$")
_BRACKET = re.compile(r"[(（]([^()（）\n]{1,12})[)）]")

# No body holds its head and whom he meets: 县长江雁率考察团, 县长江雁与该公司.
_HELD = re.compile(
    "(?:长|书记|主任|干部|主席|总裁|经理)[\u4e00-\u9fff]{2,3}(?:率|携|[与和同](?=该|本|这|企业))"
)


class OrganizationRules:
    """Built once from `organizations.yml`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        vocabulary = lookups["organizations"]
        self._subtypes: dict[str, str] = {
            ending: subtype for subtype, endings in vocabulary["endings"].items() for ending in endings
        }
        self._longest = max(map(len, self._subtypes))
        self._bracket_words = frozenset(vocabulary["bracket_words"])
        self._governments = frozenset(vocabulary["government_words"])
        bodies = sorted(
            {*vocabulary["bodies_after_place"], *self._governments}, key=lambda word: (-len(word), word)
        )
        self._body = re.compile("|".join(map(re.escape, bodies)))
        heads = "|".join(sorted(vocabulary["heads_of_bodies"], key=len, reverse=True))
        endings = sorted((e for e in self._subtypes if len(e) > 1), key=lambda e: (-len(e), e))
        inner = rf"[^\W\d_{vocabulary['not_inside']}、，。]"
        self._titled = re.compile(rf"{inner}{{0,12}}?(?:{'|'.join(endings)})(?=(?:{heads}))")
        self._site = re.compile(
            rf"{inner}{{2,12}}?(?:{'|'.join(vocabulary['sites'])})(?=[、，,。;；：:\n]|(?:{heads}))"
        )
        self._acts = re.compile("|".join(vocabulary["not_in_sites"]))
        parts = any_of(vocabulary["parts_told"])
        self._part = re.compile(
            rf"(?:{any_of(vocabulary['owners_told'])})的?(?P<part>{inner}{{2,10}}?(?:{parts}))"
            rf"(?=[、，。,；;：:\n]|与|和|将|于|已|为|(?:{heads})|副|博士|教师|学生)"
        )
        sector = "|".join(sorted(vocabulary["office_sectors"], key=len, reverse=True))
        offices = "|".join(vocabulary["offices"])
        office = rf"(?:{sector}){{0,2}}[和与及](?:{sector}){{1,3}}(?:管理|促进|监督)?(?:{offices})"
        self._office = re.compile(rf"(?:{sector}){{0,2}}{office}")
        named = "|".join(sorted(vocabulary["quoted_endings"], key=len, reverse=True))
        self._quoted_body = re.compile(rf"[“\"『「][^“”\"『』「」，。；\n]{{2,12}}[”\"』」](?:{named})")
        self._department = re.compile(
            rf"[^\W\d_{vocabulary['not_inside']}、，。]{{2,8}}?司(?=负责人|有关|相关|司长|副司长|[，。、（(])"
        )
        self._ministries = tuple(vocabulary["ministries"])
        self._never = frozenset(vocabulary["not_organizations"])
        self._forms = tuple(sorted(vocabulary["company_forms"], key=len, reverse=True))
        self._organs = tuple(sorted(vocabulary["organs"], key=len, reverse=True))
        outside = f"{vocabulary['not_inside']}{vocabulary['left_boundary']}{vocabulary['not_in_place_body']}"
        self._place_body = re.compile(rf"[^\W\d_{outside}]{{0,9}}?(?:{'|'.join(vocabulary['place_bodies'])})")
        named = rf"[^\W\d_{vocabulary['not_inside']}{vocabulary['left_boundary']}]"
        after = any_of(
            [*vocabulary["after_firms"], *vocabulary["after_bodies"], *vocabulary["heads_of_bodies"]]
        )
        self._named_body = re.compile(
            rf"(?P<inner>{named}{{1,12}}?)(?:{any_of(vocabulary['named_bodies'])})(?=[^\u4e00-\u9fffA-Za-z]|{after}|$)"
        )
        self._naming_verbs = frozenset(vocabulary["naming_verbs"])
        self._before_names = re.compile(any_of(vocabulary["before_names"]))
        self._generic_words = frozenset((*vocabulary["generic_institutes"], *vocabulary["generic_firms"]))
        self._fronts = frozenset(vocabulary["fronts"])
        self._committee = re.compile("(?:第[一二三四五六七八九十]{1,3}届)?委员会")
        self._goes_on: dict[str, str] = vocabulary["goes_on"]
        self._branch = re.compile(rf"(?:{'|'.join(vocabulary['branches'])})$")
        self._branch_in_bracket = re.compile(
            rf"[\u4e00-\u9fff]{{2,}}(?:{any_of(vocabulary['branches_at_place'])})$"
        )
        posted = any_of([*vocabulary["missions"], *vocabulary["branches_at_place"]])
        self._posted = re.compile(
            rf"驻[^\W\d_驻{vocabulary['not_inside']}]{{1,8}}?(?:{posted})|驻[京沪粤深港][办处](?:事处)?"
        )
        bracket = r"[(（](?!.{0,4}称)(?:[\u4e00-\u9fff]{2,8}|[A-Za-z .&]{2,30})[)）]"
        inside = rf"[^\W\d_{vocabulary['not_inside']}{vocabulary['left_boundary']}]{{1,8}}?"
        tails = (
            f"{any_of(vocabulary['company_tails'])}|{inside}(?:{any_of(vocabulary['tails_behind_bracket'])})"
        )
        self._company_tail = re.compile(f"{bracket}(?:{tails})")
        branches = any_of(vocabulary["bank_branches"])
        self._bank_branch = re.compile(
            rf"[^\W\d_{vocabulary['not_inside']}{vocabulary['left_boundary']}]{{2,4}}?(?:{branches})"
        )
        self._owner = re.compile(rf".*(?:{any_of(vocabulary['owners'])})(?=..)")
        self._boundary = re.compile(
            rf"[^{vocabulary['not_inside']}{vocabulary['left_boundary']}\W\d_]{{2,14}}$"
        )
        self._known_subtypes: dict[str, str] = {
            name: subtype for subtype, names in vocabulary["known"].items() for name in names
        }
        self._known = Lexicon(
            {**dict.fromkeys(self._known_subtypes, True), **dict.fromkeys(self._never, False)}
        )

    def subtype(self, name: str) -> str | None:
        """Kind of body after the longest known ending; a bracket at the end does not count.

        >>> from flows.resources import load_lookups
        >>> OrganizationRules(load_lookups()).subtype("东湾大学(南岛)")
        'university'
        """
        if name in self._known_subtypes:
            return self._known_subtypes[name]
        if name.endswith((")", "）")):
            name = name[: max(name.rfind("("), name.rfind("（"))]
        for size in range(min(self._longest, len(name)), 0, -1):
            subtype = self._subtypes.get(name[-size:])
            if subtype is not None:
                return subtype
        return None

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
            if is_name and not self._runs_on(text, end)
        ]

    def extend(self, text: str, spans: list[Span], *, with_governments: bool = True) -> list[Span]:
        """Join a place or a body with the body that directly follows it.

        德国 + 外交部, 海原 + 县委, 东湾 + 上市联盟 (before 主席), and a place with the organisation that the
        engine saw right behind it.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
            with_governments: Whether a country and its 政府 make an organisation.

        Returns:
            The spans, sorted, joined ones with rule `place_and_body` or `before_title`.
        """
        joined: list[Span] = []
        position = 0
        while position < len(spans):
            span = spans[position]
            position += 1
            if span.entity_type not in ("place", "organization"):
                joined.append(span)
                continue
            end, rule = self._extension(text, spans, position, span, with_governments)
            end = partners.end() if (partners := _PARTNERS.match(text, end - 4)) is not None else end
            if end == span.end or _HELD.search(text, span.end, end) is not None:
                joined.append(span)
                continue
            joined.append(span.but(end=end, entity_type="organization", rule=rule))
            self._join_front(text, joined)
            while position < len(spans) and spans[position].start < end:
                position += 1
        return joined

    def _join_front(self, text: str, joined: list[Span]) -> None:
        """Join the last body with the place or bank directly before it: 东湾 + 海原投资集团."""
        if len(joined) < _SHORT or joined[-1].rule != "place_and_body" or joined[-2].end < joined[-1].start:
            return
        front, body = joined[-2:]
        is_place = front.entity_type == "place" and front.end - front.start > 1
        is_branch = front.entity_type == "organization" and self._branch.search(text[body.start : body.end])
        if (is_place or is_branch) and not text[body.start : body.end].endswith(_TRAVELS):
            joined[-2:] = [front.but(end=body.end, entity_type="organization", rule="place_and_body")]

    def _extension(
        self, text: str, spans: list[Span], position: int, span: Span, with_governments: bool
    ) -> tuple[int, str]:
        following = spans[position] if position < len(spans) else None
        limit = following.end if following is not None and following.start == span.end else None
        body = self._body.match(text, span.end)
        if body is not None and (span.entity_type == "place" or len(body[0]) > 2):
            government = body[0] in self._governments and span.entity_type == "place"
            if (with_governments or not government) and not self._runs_on(text, body.end()):
                end = body.end()
                if following is not None and following.start < end < following.end:
                    end = following.end
                return end, "place_and_body"
        if span.entity_type == "organization" and text.startswith(self._forms, span.end):
            form = next(form for form in self._forms if text.startswith(form, span.end))
            return span.end + len(form), "company_form"
        if span.entity_type == "organization" and text.startswith(self._organs, span.end):
            organ = next(organ for organ in self._organs if text.startswith(organ, span.end))
            end = span.end + len(organ)
            if not text.startswith(organ, span.end - len(organ)) and not self._runs_on(text, end):
                return max(end, limit or 0), "body_and_branch"
        if text.startswith("驻", span.end) and (posted := self._posted.match(text, span.end)) is not None:
            return posted.end(), "place_and_body"
        if span.entity_type == "organization" and text.endswith(_BANKS, span.start, span.end):
            branch = self._bank_branch.match(text, span.end)
            if branch is not None:
                return branch.end(), "body_and_branch"
        quoted = self._quoted_body.match(text, span.end)
        if quoted is not None:
            return quoted.end(), "place_and_body"
        if span.entity_type == "organization" and text.endswith(self._ministries, span.start, span.end):
            department = self._department.match(text, span.end)
            if department is not None:
                return department.end(), "body_and_branch"
        if limit is not None and following is not None:
            is_body = following.entity_type == "organization"
            if is_body and span.entity_type == "place" and span.end - span.start > 1:
                return limit, "place_and_body"
            if text[span.start : span.end] in self._fronts:
                committee = None if is_body else self._committee.match(text, limit)
                if is_body or committee is not None:
                    return committee.end() if committee is not None else limit, "body_and_branch"
            name = text[following.start : following.end]
            if is_body and span.entity_type == "organization" and self._branch.search(name) is not None:
                return limit, "body_and_branch"
            if span.entity_type == "organization" and following.entity_type == "place":
                site = self._site.match(text, following.end)
                if site is not None:
                    return site.end(), "body_and_branch"
        if span.end - span.start > 1 and (
            span.entity_type == "place" or self.subtype(text[span.start : span.end]) is None
        ):
            office = self._office.match(text, span.end)
            if office is not None:
                return office.end(), "place_and_body"
        if span.entity_type == "place" and span.end - span.start > 1:
            body = self._place_body.match(text, span.end)
            is_free = body is not None and (following is None or following.start >= body.end())
            if body is not None and is_free and not self._runs_on(text, body.end()):
                return body.end(), "place_and_body"
        named = self._named_end(text, span, following)
        if named is not None:
            return named, "place_and_body"
        if span.end - span.start > 1:
            pattern = self._titled if span.entity_type == "place" else self._site
            titled = pattern.match(text, span.end)
            if titled is not None and (titled[0][0] in _JOINTS or self._acts.search(titled[0])):
                titled = None
            if titled is not None and (following is None or following.start >= titled.end()):
                return titled.end(), "before_title"
            if titled is not None and following is not None and following.end <= titled.end():
                # A body may hold the person whose name it has, not one who stands further on.
                is_holder = following.entity_type == "person" and following.start > span.end
                return (span.end, span.rule) if is_holder else (titled.end(), "before_title")
        return span.end, span.rule

    def _named_end(self, text: str, span: Span, following: Span | None) -> int | None:
        """End of a body that a place and a name of its own make: 东江 + 国资创新基金, not 东江上市公司."""
        if span.entity_type != "place" or span.end - span.start < _SHORT:
            return None
        body = self._named_body.match(text, span.end)
        if body is None or body[0][0] in _AROUND or self.is_never(body[0]) or self._runs_on(text, body.end()):
            return None
        if following is not None and following.start < body.end() < following.end:
            return None
        words = tag(body["inner"])
        if any(kind not in NAMING and word not in self._naming_verbs for word, kind in words):
            return None
        if self._acts.search(body["inner"]) or self._before_names.search(body["inner"]):
            return None
        return None if all(word in self._generic_words for word, _ in words) else body.end()

    def _runs_on(self, text: str, end: int) -> bool:
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
            if touching is None or touching.end < match.end():
                start = touching.start if touching is not None else front.start()
                owner = self._owner.match(text, start, match.start())
                start = start if owner is None else owner.end()
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
