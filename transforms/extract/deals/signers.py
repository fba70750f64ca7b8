"""Who signs a paper: the sides in front of the verb, behind it, or met in the clause before."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from rjieba import tag

from transforms.extract.context import ArticleContext, Mention, last_match
from transforms.extract.deals.clauses import clause_start
from transforms.extract.deals.met import both_in_front, who_met
from transforms.extract.deals.model import Party
from transforms.extract.deals.parties import PartyReader, acts_alone
from transforms.extract.deals.topic import HOME, WE

_MAX_BACK = 400
_WITH_PERSON = re.compile(r"[^，。；：]{2,24}[、与和同跟及][^，。；：]{0,8}")
_SIGNED_OF = re.compile("签[署订]了?[《“]?")
# 又和盒马签了: who stands there unrecognised.
_WITH_BARE = re.compile(
    r"(?:[与和跟同])(?P<who>[\u4e00-\u9fffA-Za-z]{2,6}?)(?:现场|正式|当场|成功|首次|再次|又|也|都|日前|近日)*$"
)


_AND_SIGNED = re.compile(r"(?:并|还|随后|同时|双方)*(?:共同|正式|现场|当场)*")
_BOTH = 2
_JOINTS = frozenset("与和同跟")
_SIDES = {"双": 2, "三": 3, "四": 4, "五": 5}
_HELPED = re.compile(
    r"在[^，。；]{2,24}?(?:见证|主持|组织|协调|推动|撮合|牵线|支持|指导|帮助)下[，,]?[^，。；]{0,6}$"
)
_FOR = re.compile(r"(?:分别|各自)?代表(?P<bodies>[^，。；]{2,60})$")
# 市委副书记、市长: not the committee signs, of which he is too.
_MAYOR_TOO = re.compile("委(?:常委|副书记)[、，](?:常务)?副?[市县区州镇旗盟]长")
# 考察团成员之一
_HE_WITH = re.compile(r"[他她](?:也|还|又|则|已)?(?:与|和|同|跟)")
_IT = re.compile("它")
_NO_SIDE = re.compile(r"之一$|成员$|^代表|企业$|供应商$|^另")
_NAME_END = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{3,}(?:组织|联盟|基金会|委员会|联合会|大学|学院|学校|中学|小学|医院|研究[院所]|集团|公司|股份|协会|商会|学会|银行|厂|合作社|[市县区镇乡村])$"
)
_NO_NAME = re.compile("[由把是为在的将我它他她]|一[家个所]|[这那该本]")
# What stands for a body that was named before, for nobody or for works: 双方, 县里, 代表团, 某大道二期.
_STANDS_FOR = re.compile(
    "[双三四两各对我他她己校院园厂企中港澳台外甲乙]方|[省市县区州镇乡村]里|[0-9一二两三四五六七八九十多几数].*"
    "|(?:我们|公司|企业|集团|银行|学校|学院|大学|医院|商会|协会|园区|开发区|政府|记者|专家|企业家|客商|客户|厂家|基地|中心|机构|部门)"
    "|[^，。；]*(?:[小团]队|分队|专班|小组|代表团|考察团|工作队|[期路桥道园长]|工程|项目|厂房|小区|书记|主任|经理|总裁|代表|领导)$"
)
_BARE = re.compile("[\u4e00-\u9fffA-Za-z]{2,8}")
_NOUNS = frozenset("njbxze")


class SignerReader:
    """Reads with the parties of `PartyReader`."""

    def __init__(self, parties: PartyReader) -> None:
        self._parties = parties

    def sides(self, context: ArticleContext, start: int, left: int, verb: int) -> list[Party]:
        """Parties in front of the verb: of its own clause, and the subject of an earlier one."""
        text = context.text
        # 在某局的见证下签了: who brought them together is no side.
        helped = _HELPED.search(text, left, verb)
        verb = helped.start() if helped else verb
        spoken = self._for_bodies(context, left, verb)
        if spoken is not None:
            return spoken
        parties = self._parties.coordination(context, left, verb)
        parties = [p for p in parties if p.mention or not _NO_SIDE.search(text, p.start, p.end)]
        here = {p.mention.text for p in parties if p.mention}
        parties = [self._stands_for(context, self._meant(context, p), here) for p in parties]
        lead = text[self._parties.trim(context, left, verb)[0] : verb]
        begin = verb - len(lead)
        if _HE_WITH.match(lead) and parties:
            # 他与乙签了: he signs for the body whose officer he is.
            others = [p for p in parties if p.start > begin + 1]
            return [Party(begin, begin + 1, self._parties.topic.meant(context, begin)), *others]
        opens_with = re.match(
            r"(?:并|还|已|也|将|拟|正式|分别|先后|日前|近日|又|则|再次|成功|曾|在[^，。]{0,12}?)*(?:与|和|同|跟)",
            lead,
        )
        if (opens_with or not parties) and not self._parties.is_both(text[left:verb]):
            sentence = (
                context.sentences[max(0, context.sentence_at(start))][0] if context.sentences else start
            )
            if opens_with and not parties:
                parties = self._bare_other(context, left, verb)
            he = _HE_WITH.match(lead)
            if he:
                return [
                    Party(begin, begin + 1, self._parties.topic.meant(context, begin)),
                    *(p for p in parties if p.mention or p.end > begin + 1),
                ]
            we = last_match(WE, text, sentence, left)
            if we and opens_with:
                return [Party(*we.span(), self._parties.topic.meant(context, we.start())), *parties]
            if not opens_with and not parties and (pair := self._pair_before(context, sentence, left)):
                return pair
            if not opens_with and (met := both_in_front(context, self._parties, start, left)):
                return met
            subject = self._parties.topic.subject(context, start, left) or self._parties.topic.subject(
                context, max(sentence, start - _MAX_BACK), start
            )
            alone = [m for m in context.mentions_in(sentence, left, "person") if acts_alone(text, m)]
            if alone and opens_with and (subject is None or subject.end <= alone[-1].start):
                # 某镇的种植大户张三…，今年又与某公司签下: he, and not the town.
                subject = alone[-1]
            if subject is not None and all(
                p.mention is None or p.mention.text != subject.text for p in parties
            ):
                parties.insert(0, Party.of(subject))
            if len(parties) < _BOTH and _AND_SIGNED.fullmatch(text, left, verb):
                # 某区主任率队赴某园考察，并签署协议: who came, and to whom.
                visit, _ = who_met(context, left)
                parties = visit if visit and all(p.start >= sentence for p in visit) else parties
        return parties

    def by_place(
        self, context: ArticleContext, title: tuple[int, int] | None, parties: list[Party]
    ) -> list[Party]:
        """Two persons sign 《某市与某市建立友好城市关系意向书》: the sides are the cities."""
        people = [p for p in parties if p.mention and p.mention.entity_type == "person"]
        if title is None or len(people) < 2 or len(people) < len(parties):
            return parties
        sides = [
            *context.mentions_in(*title, "place", "organization"),
            *(m for m in context.nested if title[0] <= m.start and m.end <= title[1]),
        ]
        sides = _outer([m for m in sides if m.entity_type in {"place", "organization"}])
        joined = [
            (a, b)
            for a, b in pairwise(sides)
            if context.text[a.end : b.start] in {"与", "和", "同", "—", "－"}
        ]
        if not joined:
            return parties
        return [
            Party(side.start, side.end, side, "partner", person.mention)
            for side, person in zip(joined[0], people, strict=False)
        ]

    def _meant(self, context: ArticleContext, party: Party) -> Party:
        """它刚刚 is the body named last."""
        it = None if party.mention else _IT.search(context.text, party.start, party.end)
        body = self._parties.topic.meant(context, it.start()) if it else None
        return Party(*it.span(), body, party.role) if it and body else party

    def _stands_for(self, context: ArticleContext, party: Party, here: Collection[str] = ()) -> Party:
        """副市长张三, 市委副书记、市长张三: the city, for which he signs."""
        name, person = party.mention, party.signatory
        is_both = name and person and _MAYOR_TOO.fullmatch(context.text, name.end - 1, person.start)
        person = person if is_both else name
        if person is None or person.entity_type != "person" or acts_alone(context.text, person):
            return party
        body = self._parties.topic.stands_for(context, person, here)
        return Party(*body, party.role, person) if body else party

    @staticmethod
    def _pair_before(context: ArticleContext, sentence: int, left: int) -> list[Party]:
        """甲和乙谈了一年多，终于签了合同: the two that open the clause in front."""
        if left - 1 <= sentence:
            return []
        before = clause_start(context, sentence, left - 1)
        names = context.mentions_in(before, left, "organization", "place")
        joint = context.text[names[0].end : names[1].start] if len(names) > 1 else ""
        # 甲、乙还通过视频连线，签订了某协议: a list of two is a pair too, if they are no offices.
        is_list = joint == "、" and len(names) == _BOTH and any(m.subtype != "government" for m in names)
        if joint not in _JOINTS and not is_list:
            return []
        opens = not context.text[before : names[0].start].strip("其中，, 另外昨天日今近")
        named = [Party.of(m) for m in names[:2]]
        return named if opens and names[0].text != names[1].text else []

    def are_for_both(self, context: ArticleContext, left: int, verb: int) -> bool:
        """Whether persons sign for 双方, whoever these are: the sentences before tell it."""
        found = _FOR.search(context.text, left, verb)
        people = context.mentions_in(left, found.start(), "person") if found else []
        return bool(found and len(people) > 1 and self._parties.is_both(found["bodies"]))

    def _for_bodies(self, context: ArticleContext, left: int, verb: int) -> list[Party] | None:
        """张三与李四分别代表甲、乙签署: the bodies sign, each by its person; None if nobody stands so."""
        found = _FOR.search(context.text, left, verb)
        if found is None:
            return None
        people = context.mentions_in(left, found.start(), "person")
        told = context.mentions_in(left, found.start(), "organization", "place")
        if len(people) > 1 and len(told) < len(people) and self._parties.is_both(found["bodies"]):
            # 张三与李四代表两地政府签署: the two that met, else whose they are; none are those of the text.
            whose = [self._stands_for(context, Party.of(person)) for person in people]
            return who_met(context, left)[0] or (whose if all(p.signatory for p in whose) else [])
        count = _SIDES.get(found["bodies"][:1], 0) if found["bodies"].endswith("方") else 0
        if count > len(told) and (each := self._each_of_own(context, left, found.start(), count)):
            return each
        bodies = self._parties.coordination(context, *found.span("bodies"))
        named = [p for p in bodies if p.mention and p.mention.entity_type != "person"]
        if not people or len(named) < 2 or len(named) != len(bodies):
            return None
        signed = people if len(people) == len(named) else []
        return [replace(p, signatory=m) for p, m in zip(named, signed, strict=True)] if signed else named

    def _each_of_own(self, context: ArticleContext, left: int, stop: int, count: int) -> list[Party]:
        """甲局局长张三，乙区区长李四、丙公司总经理王五代表三方签署: three bodies, each by its officer."""
        floor = context.sentences[context.sentence_at(left)][0]
        named = context.mentions_in(floor, stop, "person")
        people = named[-count:]
        bounds = pairwise([named[-count - 1].end if len(named) > count else floor, *(p.end for p in people)])
        bodies = [context.mentions_in(a, b, "organization") for a, b in bounds]
        if len(people) < count or not all(bodies):
            return []
        whose = [replace(Party.of(b[-1]), signatory=p) for b, p in zip(bodies, people, strict=True)]
        return [self._stands_for(context, party) for party in whose]

    @staticmethod
    def _bare_other(context: ArticleContext, left: int, verb: int) -> list[Party]:
        """又和盒马签了: a short name that was not recognised."""
        found = _WITH_BARE.search(context.text, left, verb)
        if found is None or context.mentions_in(*found.span("who")):
            return []
        return [Party(*found.span("who"), None)]

    def other_before(self, context: ArticleContext, left: int, subject: Party) -> list[Party]:
        """Who 它 of 同它签了 is: the body named last that is not the subject."""
        floor, name = context.paragraph(left)[0], subject.mention.text if subject.mention else ""
        bodies = [m for m in context.mentions_in(floor, left, "organization") if not _is_same(m.text, name)]
        return [Party.of(bodies[-1])] if bodies else []


def _is_same(one: str, other: str) -> bool:
    """Whether a name is another one or a part of it (云岭科技 of 青川云岭科技公司)."""
    return one in other or other in one


def _outer(mentions: list[Mention]) -> list[Mention]:
    """Longest of mentions that lie in each other, in order of text."""
    return [
        m
        for m in sorted(mentions, key=lambda m: m.start)
        if not any(o is not m and o.start <= m.start and m.end <= o.end for o in mentions)
    ]


def is_named(context: ArticleContext, party: Party) -> bool:
    """Whether a side is a recognised body or place, or words that end like the name of one."""
    if party.mention is not None:
        return party.mention.entity_type != "person"
    words = context.text[party.start : party.end]
    is_name = _NAME_END.search(words) and not _NO_NAME.search(words)
    return bool(is_name or HOME.fullmatch(words))


def is_bare(context: ArticleContext, left: int, party: Party) -> bool:
    """Whether a side is a short name that nobody recognised, where a clause begins (总台 in 总台与甲签约)."""
    words = context.text[party.start : party.end]
    if party.mention or not _BARE.fullmatch(words) or _STANDS_FOR.match(words):
        return False
    if context.mentions_in(left, party.start):
        return False
    return all(part[0] in _NOUNS or part == "vn" for _, part in tag(words))


def spoken_for(context: ArticleContext, one: Mention, other: Mention) -> re.Match[str] | None:
    """某局局长张三、某会会长李四代表双方: bodies beside each other with who signs for them."""
    if not context.mentions_in(one.end, other.start, "person"):
        return None
    return _WITH_PERSON.fullmatch(context.text, one.end, other.start)


def named_behind(context: ArticleContext, verb: re.Match[str] | None, end: int) -> list[Party]:
    """会上签署了甲与乙的合作协议: the two that the name of the paper tells."""
    text = context.text
    behind = context.mentions_in(verb.end(), end, "organization", "place")[:2] if verb else []
    if verb is None or len(behind) < 2 or not _SIGNED_OF.fullmatch(text, verb.start(), behind[0].start):
        return []
    is_pair = text[behind[0].end : behind[1].start] in {"与", "和", "—", "-"}
    return [Party.of(m) for m in behind] if is_pair else []
