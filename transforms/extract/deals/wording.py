"""Takes out of the words of titles and sides what is no part of what they are called."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.deals.places_chain import are_pair

_MADE = re.compile(
    r"(?P<by>[^，。；]{0,24}?(?:帮建|援建|捐建|共建|合建)的)"
    r"|(?:由|联合|共同)?(?:出资|投资|建设|开发|设计)[^，。；的]{0,4}[、，][^，。；的]{2,30}?"
    r"(?:承建|施工|建设|运营|管理|代建|实施|改造)的|(?:是|眼下|把)(?:一[个条座])?"
    r"|在[^，。；的]{2,14}?(?:布局|建起了?|建成了?|合作设立|设立|新建|建设)了?"
    r"|[^，。；“]{2,16}(?:主持|带领|牵头|参与)[^，。；的]{0,6}的"
    r"|[^，。；的]{0,16}?(?:实施|启动|推进|上马|完成)了"
)
# Marks of a list, and words that lead to a name without being of it.
_LEADS = re.compile(
    r"(?:[^\w“‘\"'《〈（(【\[]+|[\w]{1,6}[］】\]]"
    r"|\w{0,4}讯[ \u3000]+|(?<![^\n])\w{2,4}[\u3000｜]+"
    r"|[^，。；]{0,12}?报道(?:过)?的|[^《》]{0,16}《(?=[^》]+$)"
    r"|(?:[0-9]{1,2}|[一二三四五六七八九十])[、．.](?![0-9])|[^，。；《》]*”、(?=“[^“”]{4})"
    r"|[^，。；]{0,12}?(?:项目|清单|名单|如下)[ \u3000]?1[.、．](?![0-9])"
    r"|(?:位于|坐落于?|地处)[^，。；的“《]{2,20}的|就(?![业医诊读近地餐学])|之间的|成立(?=\w{2,})|还打算[^，。；]{0,12}?(?:建设|新建)|准备建"
    r"|[一二三四五六七八九十]是(?=[^，。；]{4})|至于|所以|因此|以及|来自|得知|先是|首先|最后|其中|另外|标志着|意味着|(?:此前)?备受关注的|(?:[的了着]|地(?![标铁下方质热暖面]))(?=[\w“])"
    # 为期三年的, 规模10亿元的, 经某委核准的: how long, how much, by whom.
    r"|(?:(?:为期)?[0-9一二两三四五六七八九十]+年期?|(?:总|首期)*(?:规模|投资|金额)?[约超达近]*[0-9.]+[余多]?[万亿]+[美港欧]?元)的(?=[^，。；的]{3})"
    r"|经?[^，。；的]{0,10}?(?:核准|批准|批复|审批|组建|主持|破土)的(?=[\w“]{4})|经[^，。；的]{2,12}?(?:批准|核准|批复|同意)(?=\w{6})"
    r"|[^，。；]{0,8}?(?:关心|关注|期盼)的|主要(?:建设|包括)|这(?:一?[个座条项套批处家款种]|一)(?=\S{2})|[跟与](?=[^，。；]{2,}的))+"
)
# Where what happened to works begins behind their name.
_HAPPENED = re.compile(
    r"(?<=[\w”）)])(?:日前|近日|近期|昨[日天]|今[日天]|本周|上周|目前|现已|(?:[0-9]{1,2}月)?[0-9]{1,2}日)(?![的前后起])"
    r"|(?<=项目|工程|基地|工厂|中心|公路|大桥|泵站|电站|母站|装置)(?:因|在(?!建)|已|正在|将|也|还)(?=[^的]{2,}$)"
    r"|(?:的?中标)?(?:候选人|结果)?公[示告]$"
    # 某项目就实现首条产线 of which it goes on: 投产
    r"|(?<=项目|工程|基地|工厂)(?:就|便|才|已|率先|仅|只)*(?:实现|迎来)(?:首|第一)[^的]{1,8}$"
    # 某宾馆在某镇 behind which it opened
    r"|(?<=\w)(?<![存所潜现正])在(?![建线编职岗营研手])(?=[^的“]{2,12}$)"
)
_REST_OF_WORD = re.compile("签[约订署下]|续(?:签[约订]?|约)")
_MIN_TITLE, _MIN_NAME, _MAX_NAME = 3, 2, 40
# 与某公司合作开发某项目; 某市对口援建某园区
_DONE_WITH = re.compile("(?:共同|联合|合作)?(?:投资)?(?:开发|建设|共建|实施|打造|签[约订署]下?)?的?")
_GIVEN = re.compile("(?:对口|全额|出资|投资)?(?:援建|捐建|帮建|捐资兴建|援助建设)的?")
# 拿到了某行5400万元的项目: what was done, and no name.
_DEED = re.compile(
    r"(?:选址|落址|落户|位于|租用|租下)(?![^，]*(?:协议|合同|总部|基地))[^，。；的]*$|"
    r"[^“《]{1,3}了[^，。；]*的(?:项目|工程)$|[已因][^，。；]*$|于[0-9]{4}年.{0,6}$"
    r"|(?:才能|[让使]|将在|供应)[^“《]*$|名为.*的$|(?:拟|只是|开始在|计划将|取消)[^，。；]*$|在(?!建|研)[^的]*$|一(?:幢幢|座座|栋栋|排排|条条|个个).*$"
    r"|[^“《]*(?:拿出|掏出|捐出)[^，。；]*元[^“《]*$"
    # 由某学院, 用这笔钱的大头, 选的是某园区, 某区正在与某公司商讨: what is done, and no name of it.
    r"|(?:由|[用靠]这|选的是|准备[拿在])[^“《]*$|[^“《]*正在[与和同跟][^“《]*$"
)

_FIELDS = re.compile(
    r"[^，。；]{0,24}?(?:等(?:多个|各个|诸多|重点)?)?(?:领域|方面)(?:的?(?:[^，。；]{0,6}合作|[^，。；]{0,6}协作|开展|进行|加强|深化))"
)
# 海棠是云溪县, 截至目前已累计, 来自各地总额达
_NO_NAME = re.compile("[是已了]|来自|总额|决定|还?被指")
# 甲、乙等一些贫困县: what kind they all are.
_AND_SO_ON = re.compile(r"等(?:一些|多|[0-9一二两三四五六七八九十]+[家个所])[^，。；的]*$")
# Behind 取消 and 投入生产: what is given up or put in.
_OBJECT = re.compile(
    r"了(?=\w{2})(?![一二两三四五六七八九十0-9多几])|[0-9一二三四五六七八九十两]+项|费用|资金|成本"
)
_WITH = frozenset("与同和跟")

_COMMITTEE, _SECRETARY, _MAX_REST = re.compile("(?:[省市县区州旗]委|工委)$"), re.compile("副?书记|常委"), 4
# A clause in front of a side: 位于某园区的, 排在第一位的是, 另一件是.
_CLAUSE = re.compile(r"[^，。；]*(?:的是?|是)")
_BEFORE_SIDE = re.compile(
    r"(?:[丨｜|>]|第[一二三四]次|另[一外]?[件个项]?是?|导致|由|与|和|同|跟|向|被|把|将)+"
)
_BEHIND_SIDE = re.compile(
    r"(?:之|[去今明前]年|近日|日前|早前?|刚刚?|便|就|自|已经?|将|又|也|还|曾|再|正|拟|牵头|集中|使用|参与|进行|相关|正和|正?[与同跟]|原[定本]|在|先后|手[上中里]|方面)+$"
)
# 某县32个合作社: who has no name is told by where he is.
MANY = re.compile(
    r"(?:的|内|当地|辖区)?(?:[0-9]+|[一二两三四五六七八九十百]+)(?:余|多)?[家户个名位](?!人民|政府)"
)
_HOUSE_OF = re.compile("(?:旗下|下属|所属|控股|全资)的?(?:全资|控股)?(?:子公司|公司|企业)?[——]*")
# No name is left: words that open a clause (尽管, 若), or what was said or done (宣布, 出资).
_NO_SIDE = re.compile(
    r"[^\w]*(?:提出|表示|宣布|公告|出资|受让|决定|要求|达到|实施|原先|其中|先后|分别|择机|绝对|早年|期满|此次|本次"
    r"|[将把被因若但使]|原?计划$|原[定拟]|[^，。；]*(?:厂房|土地|地块|用地|设备|产线|股权|股份|专利|技术)$|由于|虽然|尽管|然而|如果|即使|随着|有(?:媒体|几)|招股书|外延)"
)

# 两架飞机, 四成, 民营企业, 破产和, 增资后: an amount, firms without a name, half a list, a time or deed.
_NOBODY = re.compile(
    r"[0-9一二两三四五六七八九十百千万亿多几数]+(?:[架台辆件套条艘吨亩成元枚颗批头只]|万元|亿元)[^，。；]*|[^，。；]*[和与及、的]"
    r"|(?:国有|上一轮|本轮|该轮|原|[取欠获]?|国内外|境内外|海内外|民营|国有|外地|外来|当地|外资|大型?|中小|上市|龙头|有关|相关|众多|多家)*"
    r"(?:国有|上一轮|企业|公司|外商|客商|商家|厂商|商户|大户|农户|同行|单位|部门|银行|机构)"
    r"|\W*\w?\W*|增资后|(?:上|本|去|今|前|年)[月年初底].*|.*(?:争取|提出|请来|引进|到账|统一).*|.*项目|做.{2,10}的"
)


def is_doer(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether what works are told of does something to others: 某厂取消了百分制, 农场投入生产费用."""
    is_before = candidate.title is not None and candidate.title[1] <= candidate.cue[0]
    return is_before and _OBJECT.match(context.text, candidate.cue[1]) is not None


def is_of_fields(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether works are one of the fields in which two will work together: 在甲、乙等领域开展合作."""
    return bool(candidate.title and _FIELDS.match(context.text, candidate.title[1]))


def trim_titles(context: ArticleContext, found: list[Candidate]) -> None:
    """Leaves of the title of each deal what it is called, or None.

    Who built what the title names (某校帮建的基地) is the builder where nobody else is named.
    """
    for candidate in found:
        if candidate.title is None:
            continue
        begin, end = candidate.title
        made = _MADE.match(context.text, begin, end)
        if made and end - made.end() >= _MIN_TITLE:
            candidate.title = (made.end(), end)
            makers = context.mentions_in(begin, made.end(), "organization") if made["by"] else []
            if candidate.hint == "project" and not candidate.parties:
                candidate.parties += [Party.of(maker, "builder") for maker in makers if maker.start == begin]
        _lift_sides(context, candidate)
        candidate.title = _called(context.text, *candidate.title)


def _lift_sides(context: ArticleContext, candidate: Candidate) -> None:
    """Takes a side that opens a title out of it: 与某公司合作开发某项目, 某市援建某园区."""
    begin, end = candidate.title or (0, 0)
    joined = begin + (context.text[begin : begin + 1] in _WITH)
    opening = [m for m in context.mentions_in(begin, end, "organization", "place") if m.start == joined]
    if not opening:
        return
    side = opening[-1]
    of = (_DONE_WITH if joined > begin else _GIVEN).match(context.text, side.end, end)
    if of is None or end - of.end() < _MIN_TITLE or (joined > begin and side.entity_type != "organization"):
        return
    candidate.title = (of.end(), end)
    if all(p.mention is None or p.mention.text != side.text for p in candidate.parties):
        roles = {p.role for p in candidate.parties}
        role = "investor" if joined == begin or roles <= {"host"} else "partner"
        candidate.parties.append(Party.of(side, role))


def _called(text: str, begin: int, end: int) -> tuple[int, int] | None:
    leads = _LEADS.match(text, begin, end)
    if leads and end - leads.end() >= _MIN_TITLE:
        begin = leads.end()
    happened = _HAPPENED.search(text, begin + _MIN_TITLE, end)
    if happened:
        end = happened.start()
    return None if _DEED.fullmatch(text, begin, end) else (begin, end)


def end_words(context: ArticleContext, found: list[Candidate]) -> None:
    """Let evidence and cue that stop inside 签约 or 续签 end with the word."""
    for candidate in found:
        rest = _REST_OF_WORD.match(context.text, candidate.end - 1)
        if rest is None or candidate.end < candidate.cue[1]:
            continue
        if candidate.cue[1] == candidate.end:
            candidate.cue = candidate.cue[0], rest.end()
        candidate.end = rest.end()


# 中国科学院院士王五, 国务院核准的: his academy, and who approves, have no part in the deal.
_NO_PART = re.compile("院士|(?:近期|日前|正式|已经?)*(?:核准|批准|批复|审批|同意(?=[建设成立组]))")


def trim_sides(context: ArticleContext, found: list[Candidate]) -> None:
    """Leaves of sides that are no recognised name what they are called, and drops what is no side at all."""
    for candidate in found:
        sides = [
            p if p.mention else _named(context, p)
            for p in candidate.parties
            if not _is_scene(context.text, p)
            and not _is_where(context, p)
            and not (p.mention and _NO_PART.match(context.text, p.mention.end))
        ]
        kept = [_of_party(context, _inner(context, _last(context, p))) for p in sides if p]
        kept = [
            p
            for n, p in enumerate(kept)
            if p.mention is None or p.mention not in [k.mention for k in kept[:n]]
        ]
        candidate.parties = kept if kept or candidate.title else candidate.parties
        if candidate.rule == "bought" and candidate.title and _is_of_doer(context, candidate):
            candidate.title = None


def _is_of_doer(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether a title is no more than who acts: 某公司：回购股份比例达4%."""
    words = context.text[slice(*(candidate.title or (0, 0)))]
    names = {
        (p.role, p.mention.text if p.mention else context.text[p.start : p.end]) for p in candidate.parties
    }
    return any(name == words for _, name in names) and ("target", words) not in names


def _last(context: ArticleContext, party: Party) -> Party:
    """四川省某县, 某市的某大学: the last of a chain deals, and not the place where it is."""
    name = party.mention
    while name is not None and name.entity_type == "place" and party.role != "host":
        start = name.end + (context.text[name.end : name.end + 1] == "的")
        following = context.mentions_in(start, start + _MAX_NAME, "place", "organization")
        if not following or following[0].start != start or are_pair(context.text, name, following[0]):
            break
        name = following[0]
    return (
        party
        if name is party.mention or name is None
        else replace(party, start=name.start, end=name.end, mention=name)
    )


def _inner(context: ArticleContext, party: Party) -> Party:
    """某集团旗下的某公司: the firm of the house deals, and not the house."""
    house = party.mention
    of = _HOUSE_OF.match(context.text, house.end) if house and house.end == party.end else None
    firms = context.mentions_in(of.end(), of.end() + _MAX_NAME, "organization") if of else []
    firm = next((m for m in firms if of and m.start == of.end()), None)
    return replace(party, start=firm.start, end=firm.end, mention=firm) if firm else party


def _of_party(context: ArticleContext, party: Party) -> Party:
    """某区区委书记, 某开发区党工委书记: the area, for which the secretary stands."""
    body = party.mention
    if body is None or not _COMMITTEE.search(body.text) or not _SECRETARY.match(context.text, body.end):
        return party
    inside = (m for m in context.nested_from(body.start, body.end) if m.entity_type == "place")
    area = max((m for m in inside if m.start == body.start), key=lambda m: m.end, default=None)
    rest = context.text[area.end : body.end] if area else ""
    return (
        replace(party, start=area.start, end=area.end, mention=area)
        if area and len(rest) < _MAX_REST
        else party
    )


def _is_scene(text: str, party: Party) -> bool:
    """Whether a place is where its neighbour met somebody: 在某市与来访的某公司举行了会谈."""
    is_place = party.mention is not None and party.mention.entity_type == "place"
    return (
        is_place and text[party.start - 1 : party.start] == "在" and text[party.end : party.end + 1] in _WITH
    )


def _is_where(context: ArticleContext, party: Party) -> bool:
    """Whether a side is only where its many are: 某县32个合作社."""
    place = party.mention
    return (
        place is not None
        and place.entity_type == "place"
        and party.role != "host"
        and MANY.match(context.text, place.end) is not None
    )


def _named(context: ArticleContext, party: Party) -> Party | None:
    text = context.text
    inside = [m for m in context.mentions_in(party.start, party.end, "organization") if m.end == party.end]
    if inside and _CLAUSE.fullmatch(text, party.start, inside[0].start):
        return replace(party, start=inside[0].start, mention=inside[0])
    before = _BEFORE_SIDE.match(text, party.start, party.end)
    start = before.end() if before else party.start
    behind = _BEHIND_SIDE.search(text, start, party.end)
    end = behind.start() if behind else party.end
    others = _AND_SO_ON.search(text, start, end)
    end = others.start() if others else end
    if end - start < _MIN_NAME or _NO_SIDE.match(text, start, end) or _NO_NAME.search(text, start, end):
        return None
    if _NOBODY.fullmatch(text, start, end):
        return None
    names = context.mentions_in(start, end, "organization", "place", "person")
    name = next((m for m in names if (m.start, m.end) == (start, end)), None)
    return replace(party, start=start, end=end, mention=name)
