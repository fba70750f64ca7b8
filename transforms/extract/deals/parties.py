"""Reads the parties of a deal from the words around its verb.

A party is a recognised body or place; where nothing was recognised but the construction leaves
no doubt that a party stands there (甲与乙签订), its words are kept without a mention.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention, last_match
from transforms.extract.deals.model import Party
from transforms.extract.deals.places_chain import are_pair
from transforms.extract.deals.subjects import BRACKET, TRIM_HEAD
from transforms.extract.deals.topic import HOME, THIS_KIND, WE, TopicReader
from transforms.extract.patterns import any_of

_JOIN = re.compile(r"以及|、|与|和|及|同|跟|暨|,|，|/|引进|引入|携手|会同|联手|联合")
_FIRM_JOIN = frozenset({"与", "跟", "同", "携手", "会同", "联手", "引进", "引入"})
_TRIM_TAIL = re.compile(
    r"(?:[\s“”\"'，,：:、]|(?:以|通过|采取|采用)?(?:线上|线下|视频|云端|网络|远程|书面|换文|信函|邮寄|传真)(?:连线|会议)?(?:的?[方形]式)?|现场|当场|正式|共同|联合|合作|携手|分别|先后|相继|成功|现?已经?|也|又|再次|再度|日前|近日|近期|今天|今日|昨天|昨日|双方|三方|[两三四](?:地|[省市县区州])(?:人民)?(?:政府|[^，。；、与和]{0,6}(?:[局委厅馆会联]|部门|机关|法院|检察院))?|"
    r"在京|在沪|首次|集中|同步|当天|上午|下午|晚间?|同日|均|都|就此|据此|之间|一起|完成了?|进行了?|举行了?|(?:正在?)?(?:洽谈|商谈|磋商|接洽|协商|商讨)|拟|将|计划|打算|准备|有意|下一步|有望|希望|预计|即将|或将|或|可能|正在?|"
    r"业已|被?确[定认]|入选|(?:主要|相关|有关)?负责(?:人|同志)|个人|本人|[0-9两三四五六七八九十]+(?:家|所|个)(?:全球|国外|国内|知名|上市|央|国有|民营|外资|海外)*(?:厂商|供应商|企业|公司|单位|高校|院校|学校|医院|银行|机构|协会|商会)|等(?:[0-9一二三四五六七八九十两多]+[名家位个])?(?:交易对方|股东|投资者|机构|企业|公司|银行|单位|高校|院校|自然人)?|发布公告|公告|没有|未能?|尚未|并|还|则|并未|同意|宣布|获得?|收到|成为|作价|斥资|出资|耗资|溢价|通过|以|全资|独资|牵头|参与|实际|直接|间接|顺利|最终|所|对外|累计|共|合计|总|重大|大幅|分别|继续|开始|曾|终于|得以|欲|意|要)+$"
)
_ADVERBIAL = re.compile(
    r"(?:(?<![存所内自现潜])在|于|围绕|就|针对|通过|根据|按照|经(?![济销营贸开理纪典纬])|为了|为)[^与和]{0,40}$"
)
# （600123.SH）: of a share, and no part of the name of its firm.
_CODE = re.compile(r"[（(][^\u4e00-\u9fff]*[0-9]{4}[^\u4e00-\u9fff]*[)）]")
_GENERIC = re.compile(
    r"^(?:多|各|一批|数|几|[0-9一二三四五六七八九十百]+余?[家个名所位项]|有关|相关|部分|其他|其它|当地|他们|我们|它们|自己|对方|众多|一些|许多|这|该|此|本|上述|全国|全球|国内|国外|企业|政府|部门|"
    r"市场|社会|群众|居民|投资者|股东|客户|银行|机构|协议|合同|项目|方面|工作|活动|仪式|发展|建设|合作)"
)
_BODY = re.compile(
    r"(?:公司|集团|大学|学院|协会|商会|联盟|政府|委员会|管委会|银行|研究院|研究所|医院|中心|局|厅|部|院|厂|会|社|股份|科技|控股|基金|资本|企业|实验室|校|办|联合会|合作社|部门|机关|"
    r"[市县区镇省州国郡町])$"
)
# An item of a list that can be a name: no title, no kind of body.
_LISTED = re.compile(
    r"(?!.*(?:公司|股东|董事长?|总裁|经理|监事|高管|方面|企业|机构|部门|代表|负责人|领导|专家|客商|嘉宾|等)$)[\u4e00-\u9fffA-Za-z]{3,8}"
)
_SHORT_NAME = re.compile(
    r"[\u4e00-\u9fffA-Z]{2,6}$(?<!领导)(?<!官员)(?<!代表)(?<!代表团)(?<!方面)(?<!企业家)(?<!客商)(?<!各地)(?<!市场)(?<!企业)(?<!总统)(?<!总理)(?<!双方)(?<!两国)"
    # 甲市与乙市经贸合作协议: what they sign, not who signs.
    "(?<!协议)(?<!合同)(?<!备忘录)(?<!意向书)(?<!协定)(?<!条约)"
)
_FIRM_END = re.compile(r"(?:公司|集团|股份|企业|科技|控股|资本|基金|厂|合作社|银行)$")
_VERBAL = re.compile(
    r"[了着]|[。；！？《》]|进行|开展|举行|加强|深化|推进|实现|发展|提升|签|以来|根据|关于|由于|因为|虽然|如果"
    r"|率先|并(?!购)|大会|会议|今天|昨天|论坛|建交"
)
# 某某(600001)4月2日晚间公告: who announces, where the name was not recognised.
_ANNOUNCER = re.compile(
    r"(?:^|[。；：:日讯】）)\n])(?P<name>[\u4e00-\u9fffA-Z*]{3,8}?)(?:[（(][^（）()]{1,20}[)）])?"
    r"(?:[0-9]{1,4}[0-9年月日]*)?(?:晚间?|早间|午间|当晚|今日|日前|近日)?(?:发布公告|公告|披露)(?=称|显示|披露|[，,:：])"
)
# 中国家电巨头某集团: what a body is called so is no part of its name.
_DESCRIBED = re.compile(r"[的在与和、，（）()]|巨头|龙头|企业|知名|著名|名企|老牌|上市|民营|国有|央企|国企")
_BRINGS = re.compile("(?:招商)?引[进入]的")
_APART = re.compile("[，。；、与和]")
_HOLDS = re.compile("(?:举行|举办|召开)了?")
# 与自然人某某签订股权转让协议, 民营企业家某某出资: he acts for himself, whatever town he is of.
_PRIVATE = re.compile(
    r"(?:自然人|股东|实控人|实际控制人|业主|个体(?:工商)?户|村民|[农牧渔蚕果茶菜粮花药烟棉蜂][民户农]|[养种](?:殖|植|粮|茶|菜)?(?:大户|户|能手)|大户"
    r"|企业家|实业家|创业者|创客|客商|商人|[侨台港澳外浙闽粤徽晋苏鲁豫湘赣川渝]商|华侨|华人|侨[胞领]|乡贤|能人|致富带头人|青年|人士|大学生|老板|投资人|慈善家|收藏家|陶艺家|艺术家|手艺人|匠人|[大名]师|传承人)$"
)
_OF_SEVERAL = re.compile("[^与和]{2,12}?[两三四](?:地|[省市县区州])")
_TIES = ("友好", "友城", "姊妹", "姐妹")
_MAX_BARE, _PRIVATE_CHARS = 26, 6
_MAX_STRETCH = 200


class PartyReader:
    """Compiled once from `lookups["deal_types"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        words = lookups["deal_types"]
        self.topic = TopicReader(lookups)
        self._goes_on = re.compile(
            f"(?:{any_of(words['firm_words'])}){{1,2}}(?=[，。；、（(）)《]|$|[0-9]|拟|将|以|与|和|及|已|公告|宣布|持有|所持|签|合作|共同|联合|完成|获|中标)"
        )
        self._both = re.compile(f"^(?:{any_of(words['both'])})")
        self._anaphor = re.compile(f"^(?:{any_of(words['anaphors'])}|{THIS_KIND.pattern})$")

    def name_end(self, context: ArticleContext, party: Party) -> int:
        """Where a party's name ends: 所 of 所持 is no part of it, 医疗 of 某某医疗将 is."""
        is_firm = party.mention is not None and party.mention.entity_type == "organization"
        more = self._goes_on.match(context.text, party.end) if is_firm else None
        return more.end() if more else party.end

    def is_both(self, text: str) -> bool:
        """Whether the words are 双方, 两地 and the like."""
        return bool(self._both.match(TRIM_HEAD.sub("", text)))

    def coordination(
        self,
        context: ArticleContext,
        start: int,
        end: int,
        role: str = "partner",
        *,
        is_anchored: bool = True,
    ) -> list[Party]:
        """Parties of a stretch such as 甲、乙和丙.

        Args:
            context: The article.
            start: Offset of the stretch; `end` is where the verb or title begins.
            end: See above.
            role: Role that all of them get.
            is_anchored: Words that were not recognised count as a party too.
        """
        start, end = self.trim(context, max(start, end - _MAX_STRETCH), end)
        if context.text[start : start + 1] in {"与", "和", "同", "跟"}:
            # 和学校合办: no name that begins so.
            start += not any(m.start == start for m in context.mentions_in(start, end))
        # 由浙江某某投资的: only a party can stand there.
        is_by = context.text[start - 1 : start] == "由"
        pieces = [(a, b, sure or is_by) for a, b, sure in self._pieces(context, start, end)]
        parties = [
            self._read(context, a, b, role=role, is_anchored=is_anchored, is_sure=sure)
            for a, b, sure in pieces
        ]
        if any(party and party.mention for party in parties):
            parties = [
                party or self._listed(context, a, b, role)
                for party, (a, b, _) in zip(parties, pieces, strict=True)
            ]
        named = [_brought(context.text, party) for party in parties if party is not None]
        return _each_town(context, named[0]) or named if len(named) == 1 else named

    def _listed(self, context: ArticleContext, start: int, end: int, role: str) -> Party | None:
        """A short name among the names of a list, of which it alone was not recognised."""
        text = context.text
        start, end = self.trim(context, start, end)
        beside = text[start - 1 : start] == "、" or text[end : end + 1] == "、"
        words = text[start:end]
        if not beside or not _LISTED.fullmatch(words) or _GENERIC.match(words) or _VERBAL.search(words):
            return None
        return Party(start, end, None, role)

    def trim(self, context: ArticleContext, start: int, end: int) -> tuple[int, int]:
        """Bounds without connectives and dates in front and adverbs behind, never into a name."""
        text = context.text
        moved = True
        while moved and start < end:
            moved = False
            for date in context.dates_in(start, end):
                if date.start == start:
                    start, moved = date.end, True
                # 国庆 of 陈国庆 is no day.
                if date.end == end and not context.is_inside(date.start):
                    end, moved = date.start, True
            if start < end and not any(m.start == start for m in context.mentions_in(start, end)):
                head = TRIM_HEAD.match(text[start:end])
                inside = self._name_at(context, start + 1, end)
                if head and head.end():
                    step = head.end() if inside is None else min(head.end(), inside.start - start)
                    start, moved = start + step, moved or step > 0
            if start < end and not any(m.end == end for m in context.mentions_in(start, end)):
                tail = _TRIM_TAIL.search(text[start:end])
                if tail and not (HOME.fullmatch(text, start, end) or self._anaphor.match(text[start:end])):
                    names = [m.end for m in context.mentions_in(start, end) if m.end > start + tail.start()]
                    stop = max([start + tail.start(), *names])
                    moved, end = moved or stop < end, stop
        return start, end

    def _name_at(self, context: ArticleContext, start: int, end: int) -> Mention | None:
        names = context.mentions_in(start, end)
        return names[0] if names else None

    def _pieces(self, context: ArticleContext, start: int, end: int) -> list[tuple[int, int, bool]]:
        """Cut at conjunctions outside names; 和 and 及 only where both sides look like parties."""
        names = [m for m in context.mentions_in(start, end) if m.entity_type in {*PARTY_TYPES, "person"}]
        cuts: list[tuple[int, int, bool]] = []
        for join in _JOIN.finditer(context.text, start, end):
            if any(m.start < join.end() and join.start() < m.end for m in names):
                continue
            left, right = (
                context.text[max(start, join.start() - 12) : join.start()],
                context.text[join.end() : end],
            )
            firm = join[0] in _FIRM_JOIN
            by_name = any(m.end == join.start() for m in names) or any(m.start == join.end() for m in names)
            if not firm and not by_name and not (_BODY.search(left) and _BODY.search(right)):
                continue
            if join[0] in {"同", "联合"} and not by_name:
                continue
            cuts.append((join.start(), join.end(), firm or by_name))
        if sum(m.end - m.start for m in names) == end - start:
            # 鲁港 is all that stands there; in 靖隆县粤桂协作 it is part of a name.
            cuts += [(b.start, b.start, True) for a, b in pairwise(names) if are_pair(context.text, a, b)]
        pieces: list[tuple[int, int, bool]] = []
        position = start
        for a, b, _ in cuts:
            pieces.append((position, a, True))
            position = b
        pieces.append((position, end, bool(cuts)))
        return [(a, b, sure) for a, b, sure in pieces if a < b]

    def _read(
        self, context: ArticleContext, start: int, end: int, *, role: str, is_anchored: bool, is_sure: bool
    ) -> Party | None:
        start, end = self.trim(context, start, end)
        text = context.text
        if (held := _HOLDS.search(text, start, end)) and context.mentions_in(held.end(), end):
            # 某市外事办举行甲市与乙市签约仪式: who holds it is no side.
            start = held.end()
        if start >= end:
            return None
        # (000961) is no place but the number of a share.
        inside = [m for m in context.mentions_in(start, end) if not m.text.isdigit()]
        names = [m for m in inside if m.entity_type in PARTY_TYPES]
        adverbial = _ADVERBIAL.search(text[start:end])
        first = next(iter(context.mentions_in(start, end, *PARTY_TYPES, "person")), None)
        # 集团还将在某地投资, 双方在某地签署: the name is where, and not who.
        is_where = adverbial and first is not None and first.entity_type == "place"
        points_back = adverbial and self._anaphor.match(
            text[slice(*self.trim(context, start, start + adverbial.start()))]
        )
        if adverbial and (first is None or first.end <= start + adverbial.start() or points_back or is_where):
            end = start + adverbial.start()
            start, end = self.trim(context, start, end)
            names = [m for m in names if m.end <= end]
        people = context.mentions_in(start, end, "person")
        bodies = [m for m in names if m.entity_type == "organization"] or names
        if bodies:
            chosen = bodies[-1]
            begin = self._named_from(context, start, chosen)
            stop = chosen.end
            bracket = BRACKET.match(text[stop:end])
            stop += bracket.end() if bracket else 0
            signatory = next((p for p in people if p.start >= chosen.end), None)
            if signatory and chosen.entity_type == "place" and acts_alone(text, signatory):
                return Party.of(signatory, role)
            rest = text[stop : signatory.start if signatory else end]
            rest = "" if rest.startswith(_TIES) else rest
            if chosen.entity_type == "place" and rest and not signatory:
                # 某市人民政府 of which only the place was recognised; a firm of some place is another body.
                if _BODY.search(rest) and len(rest) <= 16 and not _VERBAL.search(rest):
                    return Party(chosen.start, end, None if _FIRM_END.search(rest) else chosen, role)
                if is_anchored and is_sure and chosen.start == start and _SHORT_NAME.match(rest):
                    # 浙江某某 behind 与: a firm of which only the place was recognised.
                    return Party(chosen.start, end, None, role)
                return None
            if rest and _BODY.search(rest) and len(rest) <= 12 and not _VERBAL.search(rest):
                stop = signatory.start if signatory else end
            elif bracket and _CODE.fullmatch(bracket[0]):
                stop = chosen.end
            return Party(begin, stop, chosen, role, signatory)
        if people and people[-1].end >= end - 2:
            return Party.of(people[-1], role)
        if people and text.startswith("代表", people[-1].end):
            # 副校长张三代表学校
            stood_for = self._bare(context, people[-1].end + 2, end, role, is_anchored and is_sure)
            return replace(stood_for, signatory=people[-1]) if stood_for else None
        return self._bare(context, start, end, role, is_anchored and is_sure)

    def _named_from(self, context: ArticleContext, start: int, chosen: Mention) -> int:
        """Where a body's name begins if only its end was recognised (某地全地区工商联)."""
        places = [m for m in context.mentions_in(start, chosen.start, "place") if m.start == start]
        gap = context.text[places[0].end : chosen.start] if places else ""
        return start if places and len(gap) <= 4 and not _DESCRIBED.search(gap) else chosen.start

    def _bare(
        self, context: ArticleContext, start: int, end: int, role: str, is_anchored: bool
    ) -> Party | None:
        """A party without a recognised name: an anaphor, or words that stand where a party must."""
        words = context.text[start:end]
        if WE.fullmatch(words):
            return Party(start, end, self.topic.meant(context, start), role)
        if self._anaphor.match(words):
            named = self.topic.meant(context, start)
            if named is None and (told := last_match(_ANNOUNCER, context.text, 0, start)):
                return Party(told.start("name"), told.end("name"), None, role)
            return Party(start, end, named, role) if named or HOME.fullmatch(words) else None
        if called := _called(context, words, start):
            return Party(start, end, called, role)
        if HOME.fullmatch(words):
            return Party(start, end, None, role)
        if not 2 <= len(words) <= _MAX_BARE or _GENERIC.match(words) or _VERBAL.search(words):
            return None
        if words.count("(") + words.count("（") != words.count(")") + words.count("）"):
            return None
        if self._both.match(words) or words.endswith("是") or not (is_anchored or _BODY.search(words)):
            return None
        return Party(start, end, None, role)


def _each_town(context: ArticleContext, party: Party) -> list[Party]:
    """川渝两地图书馆: the towns whose bodies one name tells together."""
    name = party.mention
    if name is None or name.entity_type != "organization" or not _OF_SEVERAL.match(name.text):
        return []
    towns = [
        m for m in context.nested if m.entity_type == "place" and name.start <= m.start and m.end <= name.end
    ]
    towns = [m for m in towns if not any(o is not m and o.start <= m.start and m.end <= o.end for o in towns)]
    return [Party.of(m, party.role) for m in towns] if len(towns) > 1 else []


def acts_alone(text: str, person: Mention) -> bool:
    """Whether the word in front of a person says that they act for themselves and no body."""
    return _PRIVATE.search(text, max(0, person.start - _PRIVATE_CHARS), person.start) is not None


def are_own(text: str, parties: Sequence[Party]) -> bool:
    """Whether all sides are bodies, places or persons that act for themselves."""
    people = [p.mention for p in parties if p.mention and p.mention.entity_type == "person"]
    return all(acts_alone(text, person) for person in people)


def _brought(text: str, party: Party) -> Party:
    """某园区引进的甲公司投资: who has brought a firm in takes in what it pays for."""
    return replace(party, role="host") if _BRINGS.match(text, party.end) else party


def himself(context: ArticleContext, party: Party) -> Party:
    """Of 某市企业家张三 the person and not the town, if he acts for himself."""
    if party.mention is None or party.mention.entity_type != "place":
        return party
    people = context.mentions_in(party.end, party.end + _PRIVATE_CHARS * 2, "person")
    is_his = (
        people
        and acts_alone(context.text, people[0])
        and not _APART.search(context.text, party.end, people[0].start)
    )
    return Party.of(people[0], party.role) if is_his else party


def _called(context: ArticleContext, words: str, position: int) -> Mention | None:
    """The body behind which the text says what it is called: 某某材料实验室（以下简称“实验室”）."""
    if not any(f"{opened}{words}{closed}" in context.text for opened in '“"' for closed in '”"'):
        return None
    told = re.search(
        rf"[（(](?:以下|下称|下文)?(?:简称|统称)?[：:]?[“\"]{re.escape(words)}[”\"]", context.text[:position]
    )
    bodies = context.mentions_in(0, told.start(), "organization") if told else []
    return bodies[-1] if told and bodies and bodies[-1].end == told.start() else None
