"""Where a body's name begins and ends: what the engine took of the words around it, and what is no body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rjieba import tag

from transforms.extract.names.apart import TwoNames
from transforms.extract.names.divisions import Divisions
from transforms.extract.names.joined import DASHES, is_airline, join_partner
from transforms.extract.names.organizations import ADVERBS, OrganizationRules
from transforms.extract.names.spans import Span
from transforms.extract.patterns import any_of

# Auxiliaries and adverbs that the engine leaves on the end of a name.
_LOOSE_ENDS = "愿将拟已欲正就在和与及的"
_UNSURE, _DOUBTFUL, _HARDLY = 0.35, 0.3, 0.25
_LONG, _REACH, _OWN_NAME = 6, 16, 3
# 工商联办的恳谈会; 领办 in front of a name of which the engine has 办
_HELD_BY, _HOLDS = frozenset("办开建搞签"), frozenset("领创兴主承协举合联")
# 海原大学创校校长
_FOUNDED = ("创校", "创会", "创院", "创所", "创刊", "首任", "现任", "前任")
_CITIZENS = ("村民", "市民", "居民", "农民", "职工", "游客", "学生", "村医", "民警", "乘客", "业主", "网友")
# 一家乌龙茶厂 and 一家医药|冷链公司 have no name.
_SOME = re.compile("[一两三几多某]家(?P<kind>[\u4e00-\u9fff]{0,4})$")
_ANY_FIRM = re.compile("..?(?:公司|企业|厂|队)")
_PAPER = re.compile("[\u4e00-\u9fff]{2,5}(?<![汇通简公海情预战捷喜申举回学月年周季墙板画黑])报")
_STAFF = re.compile("编辑|责编|值班编委|版式|视觉|校对|[全融]媒体记者|通讯员|实习生|E-?mail")
_CLAUSE = re.compile("[将已被把的]|在(?!线|职|岗|建|野|途|地|即)|协办|主办|承办|大力|发起|出资|经商")
_NEWS_HEAD = re.compile(r"(?:本[报刊网台]|[又另])?[\u4e00-\u9fff]{0,4}讯\s+")
_DATELINE = re.compile(r"(?:本[报刊网台])?(?!综合|专题|专稿)([\u4e00-\u9fff]{2,6}?)专?[讯电]")
_SEVERAL = re.compile("[两二三四五六七八九十]个?(?:城市|[省市县区地国校]).*")
_NEWSMEN = ("（通讯员", "（记者", "(通讯员", "(记者", "通讯员", "记者")
_NEWS_TAIL = re.compile("[ \u3000]*(?:[（(]|记者|通讯员)")
_BRANCH_OF_HOSPITAL, _ANY = re.compile("医院[东西南北新老]院$"), re.compile("[一某多两几这该]家|某")
# The end of a firm's name whose front the engine lost at a space of damage: 有 限公司.
# 仡佬族; 在东湾布局, 这一格局: no office.
_PEOPLES = re.compile("[\u4e00-\u9fff]{1,4}族")
_NO_OFFICES = ("布局", "格局", "大局", "结局", "开局", "僵局")
_TAIL = re.compile(r"(?:(?:股?份)?有)?限?(?:责?任)?公?司")
_FRONT = re.compile(r"[\u4e00-\u9fff]{2,14}[ \u3000]?$")
# 从一 in 从一张图纸到机器轰鸣 is no body.
_FUNCTION = frozenset("从对把被将向在以")
_LED = re.compile("(?P<who>.{2,4}?)(?:率|带领|陪同|代表(?!团|处|大会)|(?P<meets>[与和同]))(?P<body>.{3,})")
_HEADS = ("长", "书记", "主任", "经理", "总裁", "主席", "干部", "董事", "代表")
# 岭芯的母公司; 360万; 原投资方东江集团, of which the engine sees 方东江集团; 邀请海原派团.
_OWNER = re.compile("(?<=.)的[母子]?公司$")
# 海原储能技术公司|兆瓦级飞轮
_FIRM_INSIDE = re.compile(".{4,}?(?:有限公司(?=[^（(]{3,}$)|公司(?=[\u4e00-\u9fff]{5,}$))")
_UNITS = frozenset("万亿元个家吨台件平公千百多余")
# 海原大学与东湾共建新材料研究院
# 海原资本领 of 海原资本领投; 海原科技三家公司
_INVESTS = ("领投", "跟投", "参投")
_SEVERAL_FIRMS = re.compile("(?<=...)等?[两三四五六七八九十几多]家(?:公司|企业|单位|银行|机构)$")
# 海丝文旅综合体, 高原夏菜冷链集配中心
_WORKS_BEHIND = re.compile("综合体|街区|小镇|(?:集配|集散|仓储|仓配|分拣|分拨|配送)中心|集群")
# Ends that belong to what follows: 海原研究|所属, 海原|证券事务部, 由海原|投资的.
_TAKEN = (
    *(("所", "", "属"), ("证券", "", "事务"), ("监理", "", tuple("，。；")), ("副会", "", "长")),
    ("总部", "", ("大楼", "基地", "项目")),
    ("投资", "由", tuple("的建兴新，。；0123456789")),
)
_JOINT_ACTS, _JOINTS = ("共建", "合建", "合办", "合设"), tuple("与和同由")
_WITH_DEPARTMENTS = frozenset({"company", "university", "hospital"})
_SOME_LEVEL = re.compile("[两三四](?=[省市县区州旗镇][^区长]{2})")


class BodyEdges:
    """Built once from `organizations.yml` and the rules that know what a body is."""

    def __init__(
        self, lookups: Mapping[str, Any], divisions: Divisions, organizations: OrganizationRules
    ) -> None:
        vocabulary = lookups["organizations"]
        self._divisions = divisions
        self._organizations = organizations
        self._apart = TwoNames(lookups, divisions, organizations)
        self._weak = tuple(vocabulary["weak_endings"])
        self._capital = tuple(vocabulary["capital"])
        self._park = re.compile(rf"[^\W\d_]{{2,12}}?(?:{any_of(lookups['places']['parks'])})")
        self._starts = re.compile("|".join(vocabulary["loose_starts"]))
        self._heads = tuple(vocabulary["heads_of_bodies"])
        self._members = ("委员", *vocabulary["members"])
        self._room = re.compile(f"(?:{any_of(vocabulary['rooms'])})$")
        self._department = re.compile(f"(?:{any_of(vocabulary['departments'])})$")
        self._trades = tuple(vocabulary["trades"])
        self._institutes = tuple(vocabulary["marked_bodies"])
        self._periodicals = tuple(vocabulary["periodical_endings"])
        offices = any_of(head for head in vocabulary["heads_of_bodies"] if head.endswith("长"))
        self._acts = re.compile(
            f"{'|'.join(vocabulary['acts_in_bodies'])}|{offices}|[省市县区州旗镇乡]长|院士|教授"
        )
        self._deal = re.compile(f"{ADVERBS}(?:{any_of(vocabulary['deals_between_bodies'])})")
        self._builders = frozenset(f"中{kind}" for kind in vocabulary["state_builders"])
        self._forms = tuple(vocabulary["company_forms"])
        self._outside = re.compile(f"[{vocabulary['not_inside']}]")
        self._works = tuple(vocabulary["works_or_bodies"])
        self._crops = frozenset(vocabulary["crops"])
        self._farm = re.compile(any_of(vocabulary["farm_words"]))
        persons = lookups["persons"]
        self._surnames = (*persons["surnames"], *persons["compound_surnames"])
        self._may_begin = (*self._surnames, *persons["rare_surnames"])
        # 村民江大川, 市民江雁
        self._citizen = re.compile(
            rf"(?:{any_of(_CITIZENS)})(?P<who>[{''.join(persons['surnames'])}][\u4e00-\u9fff]{{1,2}})"
        )
        subjects = any_of(vocabulary["subjects"])
        self._subject = re.compile(subjects)
        self._subjects = re.compile(rf"(?:(?:{subjects}){{1,2}}(?:科学|工程)?[、与和])+$")

    def retype(self, text: str, spans: list[Span]) -> list[Span]:
        """Cut names of bodies to what they are, and drop or retype what is none.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.

        Returns:
            The spans, sorted; changed ones say so in `rule`.
        """
        kept: list[Span] = []
        for span in spans:
            if span.entity_type == "organization":
                kept.extend(self._parts(text, span))
                join_partner(text, kept, self._forms, self._organizations)
            elif span.entity_type == "person" and is_airline(text, span, self._divisions.countries):
                kept.append(span.but(entity_type="organization", subtype="company", rule="airline"))
            elif (
                span.entity_type == "work" and (rule := self._marked(text[span.start : span.end])) is not None
            ):
                kept.append(span.but(entity_type="organization", rule=rule))
            else:
                kept.append(span)
        return kept

    def _marked(self, name: str) -> str | None:
        """What makes a name in 《》 a body's: the end of a paper, or of an institute with its own name."""
        if name.endswith(self._periodicals) or _PAPER.fullmatch(name) is not None:
            return "periodical"
        closed = "".join(name.split())
        end = next((end for end in self._institutes if closed.endswith(end)), None)
        return None if end is None or len(closed) - len(end) < _OWN_NAME else "marked_body"

    def _parts(self, text: str, whole: Span) -> Iterator[Span]:
        """What of a body's span is a name: the span, parts of it, or nothing."""
        if (label := self._apart.label(text, whole)) is not None:
            end = whole.start + label.end("place")
            yield whole.but(end=end, entity_type="place", subtype=None, rule="brief_place")
            whole = whole.but(start=whole.start + label.end())
        span = self._trim_start(text, self._with_front(text, whole))
        name = text[span.start : span.end]
        dateline = _DATELINE.fullmatch(text, span.start, span.end)
        if dateline is not None and text.startswith(("本报", "本刊"), dateline.start(1) - 2):
            start, end = dateline.span(1)
            yield span.but(start=start, end=end, entity_type="place", rule="dateline")
        elif self._is_none(text, span, name):
            return
        elif (who := self._citizen.fullmatch(name)) is not None:
            yield span.but(
                start=span.start + who.start("who"), entity_type="person", subtype=None, rule="split_act"
            )
        elif name.endswith(("派团", "组团")) and _OWN_NAME < len(name) <= _LONG:
            yield span.but(end=span.end - 2, entity_type="place", rule="trim_end")
        elif span.confidence < _HARDLY and (place := self._place_that_acts(name)) is not None:
            yield span.but(end=span.start + place, entity_type="place", rule="split_act")
        elif (led := _LED.fullmatch(name)) is not None and self._is_led(text, span, led):
            # 代表海原集团同县政府签约
            kind = "person" if self._organizations.subtype(led["who"]) is None else "organization"
            yield span.but(end=span.start + led.end("who"), entity_type=kind, rule="split_act")
            yield span.but(start=span.start + led.start("body"), rule="split_act")
        elif (built := self._apart.built(text, span)) is not None:
            yield span.but(end=built[0], entity_type="place", subtype=None, rule="split_act")
            if self._organizations.is_whole(text[built[1] : span.end]):
                yield span.but(start=built[1], rule="split_act")
        elif (act := self._act(text, span)) is not None:
            for part in self._split_act(text, span, name, act):
                loose = self._department_of(text[part.start : part.end])
                yield part.but(end=part.end - loose) if loose else part
        elif size := self._clause_start(span, name):
            yield span.but(end=span.start + size, rule="trim_end")
        elif (park := self._park_of(text, span, name)) is not None:
            yield span.but(end=park, entity_type="place", subtype=None, rule="trim_end")
        elif (park_end := self._apart.park_in_front(name)) is not None:
            yield span.but(end=span.start + park_end, entity_type="place", subtype=None, rule="split_list")
            yield span.but(start=span.start + park_end, rule="split_list")
        elif (middle := self._apart.joint(name)) is not None:
            yield span.but(end=span.start + middle[0], rule="split_list")
            yield span.but(start=span.start + middle[1], rule="split_list")
        elif name[-1] == "委" and text[span.end : span.end + 1] in ("派", "托"):
            yield span.but(end=span.end - 1, entity_type="place", rule="trim_end")
        elif loose := self._loose_end(text, span, name):
            yield span.but(end=span.end - loose, rule="trim_end")
        else:
            yield span

    def _is_led(self, text: str, span: Span, led: re.Match[str]) -> bool:
        """Whether a name is a person who leads a body: 江雁鸣率投资二局, or behind a title meets one."""
        who = led["who"]
        if led["meets"] is not None and not text.endswith(_HEADS, 0, span.start):
            return False
        is_sure = led["meets"] is None and not led[0].startswith("代表", len(who))
        surnames = self._surnames if is_sure else self._may_begin
        return who.startswith(surnames) and self._organizations.is_whole(led["body"])

    def _with_front(self, text: str, span: Span) -> Span:
        """Lead a name to its front: over a space, 两 of 两市教育局, 中交, 机械与 of 机械与电子学院."""
        start, name = span.start, text[span.start : span.end]
        if (
            name.endswith("学院")
            and self._subject.match(name)
            and text[start - 1 : start] in ("与", "和", "、")
        ):
            subjects = self._subjects.search(text, max(0, start - _REACH), start)
            return span if subjects is None else span.but(start=subjects.start(), rule="subjects")
        if text[start - 2 : start] in self._builders and name.endswith(("公司", "集团", "院")):
            return span.but(start=start - 2, rule="place_front")
        if start and _SOME_LEVEL.match(text, start - 1, span.end):
            return span.but(start=start - 1, rule="place_front")
        bodies = self._organizations
        if text[start - 1 : start] in DASHES and bodies.is_whole(name) and not bodies.is_known(name):
            place = text[start - 3 : start - 1]
            is_place = place in self._divisions.countries or self._divisions.is_place(place)
            return span.but(start=start - 3, rule="dash") if is_place else span
        if text[start - 1 : start] not in (" ", "\u3000") or start < _REACH:
            return span
        if self._divisions.is_place(text[start - 2] + name[0]):
            return span.but(start=start - 2, rule="place_front")
        if _TAIL.fullmatch(name) and (front := _FRONT.search(text, start - _REACH, start)) is not None:
            for at in range(front.start(), start - 3):
                if self._divisions.is_place(text[at : at + 2]):
                    return span.but(start=at, rule="company_form")
        return span

    def _place_that_acts(self, name: str) -> int | None:
        """End of a place with nothing but a verb behind it: 海原 in 海原培训."""
        if name.endswith("投资") and name[-3] in "州县市府":
            # 在棉兰和雪兰莪州投资
            return len(name) - 2
        if len(name) > _LONG or self._organizations.subtype(name) is not None:
            return None
        for size in range(2, len(name) - 1):
            if self._divisions.is_place(name[:size]) and tag(name[size:])[0] in (
                (name[size:], "v"),
                (name[size:], "vn"),
            ):
                return size
        return None

    def _is_none(self, text: str, span: Span, name: str) -> bool:
        bodies = self._organizations
        if name.isdecimal() and text[span.end : span.end + 1] in _UNITS:
            return True
        some = _SOME.search(text, max(0, span.start - _LONG), span.start)
        if some and span.confidence < _UNSURE and (not some["kind"] or _ANY_FIRM.fullmatch(name)):
            return True
        if bodies.is_never(name if " " not in name else name.replace(" ", "")) or bodies.is_never(
            text[span.start : span.end + 1]
        ):
            return True
        if _PEOPLES.fullmatch(name) or name.endswith(_NO_OFFICES):
            return True
        if _TAIL.fullmatch(name) or (len(name) == 2 and name[0] in _FUNCTION and not bodies.is_known(name)):
            return True
        if len(name) < _LONG and name[-1] == "会" and text[span.end : span.end + 1] in ("后", "前", "上"):
            # 局长安然会后说
            return span.confidence < _DOUBTFUL and not self._divisions.is_place(name[:2])
        is_line = name.endswith("讯") and (name[:2] == "本报" or _NEWS_TAIL.match(text, span.end))
        if is_line or name.startswith(_NEWSMEN):
            return True
        if span.confidence < _DOUBTFUL and name.endswith(self._weak):
            return True
        if name.startswith(self._capital) and (bodies.subtype(name) is None or name.endswith("企业")):
            return True
        if _STAFF.search(name) and bodies.subtype(name) is None:
            return True
        if name in self._crops:
            end = span.start - (text[span.start - 1 : span.start] == "的")
            fronts = {text[max(0, end - size) : end] for size in (2, 3, 4)} - self._divisions.countries
            # 海原苹果
            return self._farm.search(text) is not None or any(map(self._divisions.is_place, fronts))
        is_work = text.startswith(("项目", "工程"), span.end) and name.endswith(self._works)
        if (is_work or _WORKS_BEHIND.match(text, span.end)) and span.confidence < _UNSURE:
            return True
        country = name[:-2] if name.endswith(("公司", "企业", "工厂")) else ""
        return country in self._divisions.countries or _ANY.search(name) is not None

    def _act(self, text: str, span: Span) -> re.Match[str] | None:
        """A verb or an office in a name, with a place or a body in front of it or nothing but a character."""
        name = text[span.start : span.end]
        for match in self._acts.finditer(text[span.start : span.end + _LONG]):
            if match.end() > len(name):
                break
            front = name[: match.start()]
            at_end = match.end() == len(name) and text[span.end : span.end + 1].isdigit()
            is_joint = match[0] in _JOINT_ACTS and text[span.start - 1 : span.start] in _JOINTS
            if len(front) < 2 or self._is_front(front) or at_end or is_joint:
                return match
        deal = self._deal.search(name, 2)
        if deal is not None:
            is_long = name.endswith(self._forms) and len(name) - deal.end() > _LONG
            # 某镇政府引进海原农业公司
            whole = self._organizations.is_whole
            if is_long or (whole(name[: deal.start()]) and whole(name[deal.end() :])):
                return deal
        several = _SEVERAL.search(name)
        return several if several is not None and self._divisions.is_place(name[: several.start()]) else None

    def _is_front(self, front: str) -> bool:
        is_place = self._divisions.is_place(front) or front in self._divisions.cities
        return is_place or (len(front) > 2 and self._organizations.is_whole(front))

    def _split_act(self, text: str, span: Span, name: str, act: re.Match[str]) -> Iterator[Span]:
        front, rest = name[: act.start()], name[act.end() :]
        is_place = self._divisions.is_place(front) or front in self._divisions.cities
        is_none = not is_place and (self._outside.search(front) or self._organizations.is_never(front))
        if len(front) > 1 and not is_none:
            # 在泽口投资3亿元
            is_there = text[span.start - 1 : span.start] == "在" and not self._organizations.is_whole(front)
            kind = "place" if is_place or is_there else "organization"
            yield span.but(end=span.start + act.start(), entity_type=kind, rule="split_act")
        if act[0].endswith("长") and is_place:
            return
        # 东湾公司中标省农科院, but 东湾大学共建产业学院: what is founded is no second.
        is_deed = act[0] not in (*_JOINT_ACTS, "成立", "设立") and self._organizations.is_whole(front)
        fewest = _LONG - 2 if is_deed else _LONG
        is_second = len(front) < 2 or len(rest) > fewest or act.re is self._deal
        if is_second and self._organizations.is_whole(rest):
            second = span.but(start=span.start + act.end(), rule="split_act")
            led = _LED.fullmatch(rest)
            if led is not None and self._is_led(text, second, led):
                yield second.but(end=second.start + led.end("who"), entity_type="person")
                second = second.but(start=second.start + led.start("body"))
            yield second

    def _park_of(self, text: str, span: Span, name: str) -> int | None:
        """End of the park that a project of no body is named after: 东湾工业城 in 东湾工业城越海智能纺纱."""
        if span.confidence >= _UNSURE or self._organizations.subtype(name) is not None:
            return None
        park = self._park.match(text, span.start, span.end)
        return None if park is None or park.end() == span.end else park.end()

    def _clause_start(self, span: Span, name: str) -> int:
        """Where a clause begins in what the engine is unsure of: 将 in 东湾公司将公司中心; 0 for nowhere."""
        match = _CLAUSE.search(name, 2) if span.confidence < _UNSURE else None
        is_clause = match is not None and self._organizations.is_whole(name[: match.start()])
        return match.start() if match is not None and is_clause else 0

    def _loose_end(self, text: str, span: Span, name: str) -> int:
        """How many characters at the end of a name belong to what follows: 委员 in 军委委员, 社 before 长."""
        if (department := self._department_of(name)) > 0:
            return department
        room = self._room.search(name)
        if room is not None and self._organizations.is_whole(name[: room.start()]):
            return len(room[0])
        if name[-1] == "为" and len(name) > _LONG and self._organizations.subtype(name[:-1]) is not None:
            return 1
        if (owner := _OWNER.search(name)) is not None:
            return len(name) - owner.start()
        if (firm := _FIRM_INSIDE.search(name)) and self._organizations.subtype(name) is None:
            return len(name) - firm.end()
        if len(name) > 3 and name[-1] in _LOOSE_ENDS:
            return 1
        if name[-1] in "农果菜" and text.startswith("批市场", span.end):
            return -len("批市场")
        is_founder = name.endswith(_FOUNDED) and text.startswith(self._heads, span.end)
        if is_founder or name.endswith(self._members):
            return 2 if self._organizations.subtype(name[:-2]) is not None else 0
        if _BRANCH_OF_HOSPITAL.search(name) and text.startswith("区", span.end):
            return 2
        if name[-1] in _HELD_BY and text[span.end : span.end + 1] == "的" and len(name) > 3:
            return 1 if self._organizations.subtype(name[:-1]) is not None else 0
        if text.startswith(_INVESTS, span.end - 1):
            return 1
        if (several := _SEVERAL_FIRMS.search(name)) is not None:
            return len(several[0])
        # 全国青联联合下发, 海昌大家庭
        for loose in ("联合体", "联合", "大家庭"):
            if name.endswith(loose) and self._organizations.is_whole(name[: -len(loose)]):
                return len(loose)
        for end, before, following in _TAKEN:
            is_led = not before or text[span.start - 1 : span.start] == before
            if name.endswith(end) and is_led and text.startswith(following, span.end):
                return len(end)
        whole = self._organizations.subtype(name[:-1]) if len(name) > _LONG else None
        if (
            whole is not None
            and self._organizations.subtype(name) is None
            and tag(name)[-1] == (name[-1], "v")
        ):
            return 1
        doubled = len(name) > 3 and text.startswith(self._heads, span.end - 1)
        return 1 if doubled and self._organizations.subtype(name[:-1]) is not None else 0

    def _department_of(self, name: str) -> int:
        """Length of a department behind a firm's, school's or hospital's name; a ministry's is a body."""
        department = self._department.search(name)
        if department is None:
            return 0
        owner = name[: department.start()]
        kind = self._organizations.subtype(owner)
        is_owner = kind in _WITH_DEPARTMENTS or owner.endswith("分院" if kind else self._trades)
        return len(department[0]) if is_owner else 0

    def _trim_start(self, text: str, span: Span) -> Span:
        start = span.start
        if (head := _NEWS_HEAD.match(text, start, span.end)) is not None:
            start = head.end()
        if (loose := self._starts.match(text, start, span.end)) is not None and span.end - loose.end() > 2:
            start = loose.end()
        if span.confidence < _UNSURE and span.rule == "lac":
            start = self._apart.behind_verb(text, start, span.end)
        if text[start] == "办" and text[start - 1 : start] in _HOLDS and span.end - start > _LONG:
            start += 1
        return span if start == span.start else span.but(start=start, rule="trim_start")
