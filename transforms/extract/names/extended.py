"""Bodies with what directly follows them: a place with a body behind it, a body with its branch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rjieba import tag

from transforms.extract.firsts import begun
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import OrganizationRules
from transforms.extract.names.sites import NAMING
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of, one_of_firsts

_SHORT, _HARDLY = 2, 0.5
_BEGINS = re.compile("[^\u4e00-\u9fff]|[与和由向被给从在]")
_LONGEST_INNER = 12
_OPENERS = '“"『「'
# 海原一高校长, 海原一高7名学生, but 海原一高校 and 海原一高速公路
_HIGH_SCHOOL = "[一二三四]高(?=校长|[0-9]|高[一二三]|[的师学教老在与和是、，。》（]|$)"
# 东江省海原县考察团 is the county's, 东江县海原乡公所 the township's.
_TRAVELS = ("代表团", "考察团", "访问团", "调查组", "工作组", "考察组", "公所")
# 甲公司和乙公司 are two.
_JOINTS = frozenset("与和及同")
# Nothing of a name stands behind one of these, nor behind the text.
_MARKS = "，。、；：！？\n"
# 东湾园内一家公司
_GROUNDS, _LONG_FRONT = frozenset("区园城镇乡村街道"), 3
# 海原大街12号 + 东湾集团
_HOUSE = re.compile("[0-9]号$")
_AROUND = frozenset("内里上旁边外附")
_WITH_OFFICES = (
    "管委会",
    "委员会",
    "局",
    "厅",
    "发改委",
    "改革委",
    "卫健委",
    "国资委",
    "公所",
    "市政府",
    "县政府",
    "区政府",
)
_PARTNERS = re.compile("合伙企业[(（](?:有限|普通|特殊普通)合伙[)）]")
_BANKS = ("银行", "农商行", "信用社", "联合社", "农信社", "信用联社")
_RAILWAYS = ("铁路局", "局集团公司", "局集团有限公司")
# No body holds its head and whom he meets: 县长江雁率考察团, 县长江雁与该公司.
_HELD = re.compile(
    "(?:长|书记|主任|干部|主席|总裁|经理)[\u4e00-\u9fff]{2,3}(?:率|携|[与和同](?=该|本|这|企业))"
)


# 在海原县东湾片区建设技术中心
_BUILT = re.compile(
    "[\u4e00-\u9fff]{0,2}区?(?:投资)?(?:建设|新建|设立|共建|打造|兴建|投建|筹建|组建|成立)(?=....)"
)
_AT_CHARS = 5
_WORKS = re.compile("(?:第[一二三四五六])?(?:工厂|分厂|(?:生产|制造)?基地)(?![建项区里内化路])")
# 东江船舶七〇二所
_NUMBERED = re.compile("第?[一二三四五六七八九十〇零]{2,4}(?:研究)?[所院](?![学高大中小医长有在])")


class BodyExtensions:
    """Built once from `organizations.yml`, the divisions and the rules that know what a body is."""

    def __init__(
        self, lookups: Mapping[str, Any], divisions: Divisions, organizations: OrganizationRules
    ) -> None:
        self._divisions, self._organizations = divisions, organizations
        self._runs_on = organizations.runs_on
        vocabulary = lookups["organizations"]
        self._governments = frozenset(vocabulary["government_words"])
        bodies = (*vocabulary["bodies_after_place"], *self._governments)
        departments = vocabulary["level_departments"]
        self._body = re.compile(
            rf"{one_of_firsts([*'第人一二三四', *bodies, *departments])}"
            rf"(?:(?:第[一二三四五六七八九十]{{1,3}}届)?人民代表大会常务委员会|{any_of(bodies)}"
            rf"|(?:{any_of(departments)})(?:{any_of(vocabulary['ends_of_departments'])})(?![员属面])|{_HIGH_SCHOOL})(?!(?<=分会)场|(?<=创投)(?:机构|圈|界|人士|大会|中心|平台))"
        )
        heads = "|".join(sorted(vocabulary["heads_of_bodies"], key=len, reverse=True))
        endings = sorted(
            (end for ends in vocabulary["endings"].values() for end in ends if len(end) > 1),
            key=lambda end: (-len(end), end),
        )
        inner = rf"[^\W\d_{vocabulary['not_inside']}、，。]"
        self._titled = re.compile(rf"{inner}{{0,{_LONGEST_INNER}}}?(?:{'|'.join(endings)})(?=(?:{heads}))")
        # It costs much, and a head behind the name is seldom seen.
        self._head = re.compile(any_of(vocabulary["heads_of_bodies"]))
        self._head_within = _LONGEST_INNER + max(map(len, (*endings, *vocabulary["heads_of_bodies"]))) * 2
        self._site = re.compile(
            rf"{inner}{{2,12}}?(?:{'|'.join(vocabulary['sites'])})(?=[、，,。;；：:\n]|(?:{heads}))"
        )
        self._acts = re.compile("|".join(vocabulary["not_in_sites"]))
        sector = "|".join(sorted(vocabulary["office_sectors"], key=len, reverse=True))
        offices = "|".join(vocabulary["offices"])
        office = rf"(?:{sector}){{0,2}}[和与及](?:{sector}){{1,3}}(?:管理|促进|监督)?(?:{offices})"
        self._office = begun(rf"(?:{sector}){{0,2}}{office}")
        named = "|".join(sorted(vocabulary["quoted_endings"], key=len, reverse=True))
        self._quoted_body = re.compile(rf"[{_OPENERS}][^“”\"『』「」，。；\n]{{2,12}}[”\"』」](?:{named})")
        self._department = re.compile(
            rf"[^\W\d_{vocabulary['not_inside']}、，。]{{2,8}}?司(?=负责人|有关|相关|司长|副司长|[，。、（(])"
        )
        self._ministries = tuple(vocabulary["ministries"])
        self._held_office = re.compile(
            rf"[^\W\d_{vocabulary['not_inside']}、，。]{{2,8}}?(?P<office>[处科课股司局室])(?=(?:副|(?P=office))?(?:(?P=office)?长|副?主任))"
        )
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
        self._branch = re.compile(rf"(?:{'|'.join(vocabulary['branches'])})$")
        kinds = any_of([*vocabulary["trades"], *vocabulary["field_words"]])
        self._traded = re.compile(rf"(?:{kinds}){{1,3}}(?:股份|有限责任|有限|集团)*(?:公司|集团)(?![化制债])")
        self._missions = tuple(vocabulary["missions"])
        posted = any_of([*vocabulary["missions"], *vocabulary["branches_at_place"]])
        self._posted = re.compile(
            rf"驻[^\W\d_驻{vocabulary['not_inside']}]{{1,8}}?(?:{posted})|驻[京沪粤深港][办处](?:事处)?"
        )
        branches = any_of(vocabulary["bank_branches"])
        self._bank_branch = re.compile(
            rf"[^\W\d_{vocabulary['not_inside']}{vocabulary['left_boundary']}]{{2,4}}?(?:{branches})"
        )

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
            if joined and joined[-1].end == span.start and self._is_branded(text, joined[-1], span):
                joined[-1] = span.but(start=joined[-1].start, rule="person_and_body")
                continue
            end, rule = self._extension(text, spans, position, span, with_governments)
            following = spans[position] if position < len(spans) else None
            if following is not None and end == following.end and self._lies_in(text, span, following):
                end = span.end
            end = partners.end() if (partners := _PARTNERS.match(text, end - 4)) is not None else end
            is_held = _HELD.search(text, span.end, end) is not None
            if end == span.end or is_held or _is_built(text, span):
                joined.append(span)
                continue
            # 驻东国使馆
            is_posted = text[span.start - 1 : span.start] == "驻" and text.endswith(self._missions, 0, end)
            start = span.start - is_posted
            joined.append(span.but(start=start, end=end, entity_type="organization", rule=rule))
            self._join_front(text, joined)
            while position < len(spans) and spans[position].start < end:
                position += 1
        return joined

    def _is_branded(self, text: str, person: Span, firm: Span) -> bool:
        """Whether a firm is named after the person in front of it: 江百里 + 十三味集团."""
        if person.entity_type != "person" or person.confidence > _HARDLY or person.rule != "lac":
            return False
        is_firm = self._organizations.subtype(text[firm.start : firm.end]) == "company"
        is_begun = (
            _BEGINS.match(text, max(0, person.start - 1), person.start) is not None or person.start == 0
        )
        return is_firm and is_begun and self._divisions.leading_end(text, firm.start, firm.end) is None

    def _lies_in(self, text: str, front: Span, body: Span) -> bool:
        """Whether a firm of another place lies in a zone, town or house: 海原开发区 + 东江乐源食品公司."""
        if front.entity_type == "place" and _HOUSE.search(text, front.start, front.end) is not None:
            return True
        if front.entity_type != "place" or text[front.end - 1] not in _GROUNDS or front.end != body.start:
            return False
        name = text[front.start : front.end]
        own = (text[body.start : body.start + size] for size in (3, 2))
        is_firm = self._organizations.subtype(text[body.start : body.end]) == "company"
        is_elsewhere = any(self._divisions.is_place(place) and place not in name for place in own)
        return is_firm and len(name) > _LONG_FRONT and is_elsewhere

    def _join_front(self, text: str, joined: list[Span]) -> None:
        """Join the last body with the place or bank directly before it: 东湾 + 海原投资集团."""
        if len(joined) < _SHORT or joined[-1].rule != "place_and_body" or joined[-2].end < joined[-1].start:
            return
        front, body = joined[-2:]
        is_place = front.entity_type == "place" and front.end - front.start > 1
        is_body = front.entity_type == "organization"
        is_branch = is_body and self._branch.search(text[body.start : body.end]) is not None
        # 共青团 + 海原市委
        is_branch = is_branch or text[front.start : front.end] in self._fronts
        if (is_place or is_branch) and not text[body.start : body.end].endswith(_TRAVELS):
            joined[-2:] = [front.but(end=body.end, entity_type="organization", rule="place_and_body")]

    def _extension(
        self, text: str, spans: list[Span], position: int, span: Span, with_governments: bool
    ) -> tuple[int, str]:
        if text[span.end : span.end + 1] in _MARKS:
            return span.end, span.rule
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
        if span.rule == "known_name" and (firm := self._traded.match(text, span.end)) is not None:
            # 云和斋 + 食品公司
            return firm.end(), "company_form"
        if span.entity_type == "organization" and text.startswith(self._organs, span.end):
            organ = next(organ for organ in self._organs if text.startswith(organ, span.end))
            end = span.end + len(organ)
            if not text.startswith(organ, span.end - len(organ)) and not self._runs_on(text, end):
                return max(end, limit or 0), "body_and_branch"
        if span.entity_type == "organization" and (office := self._held_office.match(text, span.end)):
            is_level = (
                text.endswith(_WITH_OFFICES, span.start, span.end) and self._acts.search(office[0]) is None
            )
            if is_level and (following is None or following.start >= office.end()):
                return office.end(), "body_and_branch"
        if span.entity_type == "organization" and (works := self._works_end(text, span, following)):
            return works, "body_and_branch"
        if text.startswith("驻", span.end) and (posted := self._posted.match(text, span.end)) is not None:
            return posted.end(), "place_and_body"
        if span.entity_type == "organization" and text.endswith((*_BANKS, *_RAILWAYS), span.start, span.end):
            branch = self._bank_branch.match(text, span.end)
            if branch is not None:
                return branch.end(), "body_and_branch"
        if text[span.end] in _OPENERS and (quoted := self._quoted_body.match(text, span.end)) is not None:
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
            span.entity_type == "place" or self._organizations.subtype(text[span.start : span.end]) is None
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
            may_end = pattern is self._site or self._head.search(text, span.end, span.end + self._head_within)
            titled = pattern.match(text, span.end) if may_end else None
            if titled is not None and (titled[0][0] in _JOINTS or self._acts.search(titled[0])):
                titled = None
            if titled is not None and (following is None or following.start >= titled.end()):
                return titled.end(), "before_title"
            if titled is not None and following is not None and following.end <= titled.end():
                # A body may hold the person whose name it has, not one who stands further on.
                is_holder = following.entity_type == "person" and following.start > span.end
                return (span.end, span.rule) if is_holder else (titled.end(), "before_title")
        return span.end, span.rule

    def _works_end(self, text: str, firm: Span, following: Span | None) -> int:
        """End of a firm's works that are named after their place or number: 海原汽车青石工厂; 0 for none."""
        name = text[firm.start : firm.end]
        if self._organizations.subtype(name) not in (None, "company"):
            return 0
        if (numbered := _NUMBERED.match(text, firm.end)) is not None:
            return numbered.end()
        is_placed = following is not None and following.start == firm.end and following.entity_type == "place"
        start = following.end if is_placed and following is not None else firm.end
        works = _WORKS.match(text, start)
        return works.end() if works is not None and (is_placed or works[0][0] == "第") else 0

    def _named_end(self, text: str, span: Span, following: Span | None) -> int | None:
        """End of a body that a place and a name of its own make: 东江 + 国资创新基金, not 东江上市公司."""
        if span.entity_type != "place" or span.end - span.start < _SHORT:
            return None
        body = self._named_body.match(text, span.end)
        if body is None or body[0][0] in _AROUND or self._runs_on(text, body.end()):
            return None
        if self._organizations.is_never(body[0]):
            return None
        if following is not None and following.start < body.end() < following.end:
            return None
        words = tag(body["inner"])
        if any(kind not in NAMING and word not in self._naming_verbs for word, kind in words):
            return None
        if self._acts.search(body["inner"]) or self._before_names.search(body["inner"]):
            return None
        return None if all(word in self._generic_words for word, _ in words) else body.end()


def _is_built(text: str, place: Span) -> bool:
    """Whether a body behind a place is what is built there: 在海原建设技术中心."""
    is_there = place.entity_type == "place" and "在" in text[max(0, place.start - _AT_CHARS) : place.start]
    return is_there and _BUILT.match(text, place.end) is not None
