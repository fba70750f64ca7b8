"""Two bodies that the engine took for one: 东洲银行给海棠科技有限公司, 云岭集团向石桥公司."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transforms.extract.names.divisions import Divisions
from transforms.extract.names.organizations import ADVERBS, OrganizationRules
from transforms.extract.names.spans import Span
from transforms.normalize.words import Words

_TRADES = (
    "科技|股份|重工|化工|机械|食品|药业|电力|能源|汽车|农业|智能|物流|电子|材料|生物|环保|半导体|传媒|置业|建材"
    "|医疗|医药"
)
_JOINED = re.compile(
    r"(?P<one>.{2,}?(?:公司|集团|银行|[分支]行|农商行|信用社|联社|基金|资本|研究院|研究所|大学|学院|医院|学校|中学|小学|管委会|委员会|人民政府|[市县区]政府|协会|商会|联合会|合作社|产业园|物流园|园区|项目|工程|[^工]厂))"
    # 云岭集团近日向海棠科技
    rf"(?P<joint>\s(?:和|同|及)\s?|\s?{ADVERBS}(?:给|向|为|由|被|将|把|与|领投|跟投|注资|联合(?!(?:投资|控股|开发|建设|发展|实业|产业|资产|科技|商?贸易?|运营|管理)+(?:集团)?(?:股份)?有限)|托管|收购|认购|增资|入股|并购|兼并)\s?)"
    rf"(?P<other>.{{2,}}(?:公司|集团|银行|[分支]行|大学|学院|医院|合作社|协会|商会|[^工]厂|基金|研究院|研究所|株式会社|{_TRADES}))"
)
# 云栈物流与海原科技: the first has a name of no other meaning, or 现代农业与食品科技 would be two.
_TWO_SHORT = re.compile(
    rf"(?P<one>(?P<stem>[\u4e00-\u9fff]{{2,3}}?)(?:{_TRADES}))\s?(?:向|给|与|和|同|携手|联手|牵手|联合)\s?"
    rf"(?P<other>(?!{_TRADES}).{{2,}}(?:公司|集团|{_TRADES}))"
)
_PARTNER = re.compile("(?:同|和|与|携手|联合)(?P<other>.{2,}(?:公司|集团|银行|大学|学院|医院|研究院))")
_WORDS = Words()

# A firm with a place of its own in front of it, behind the zone that it lies in.
_HOUSED = re.compile(
    r"(?P<zone>[\u4e00-\u9fff]{3,14}?(?:开发区|集聚区|集中区|工业区|高新区|经开区|保税区|产业园区?|工业园区?|科技园区?|物流园区?|加工园区?|园区|示范区|合作区|试验区|新区|新城|片区|街道|(?<!小)镇))"
    r"(?P<firm>[\u4e00-\u9fff（）()]{6,}(?:公司|集团|厂))"
)
# 青川市东江海棠科技有限公司 is in a town of its province: no name goes on from a town to a province.
_IN_CITY = re.compile(
    r"(?P<city>[\u4e00-\u9fff]{2,4}?[市县区旗])(?P<firm>[\u4e00-\u9fff（）()]{6,}(?:公司|集团|厂))"
)
# 海原县委县政府 are two bodies.
_TWO_OFFICES = re.compile(r".{0,8}?[省市县区州旗镇乡](?P<joint>委)[省市县区州旗镇乡](?:人民)?政府")
# 海原市委 东江省委 of a headline
_OFFICE = r"(?:[省市县区州旗镇乡]委|政府|人大|政协|法院|检察院|大学|协会|商会|(?<!总)局|厅)"
_APART = re.compile(rf"(?P<one>\S{{1,12}}{_OFFICE})[ \u3000](?P<other>\S{{1,12}}{_OFFICE})")
# 会长江岭代表商会: who stands for a body that the text has named.
_FOR_BODY = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,3})代表(?:公司|集团|企业|商会|协会|学会|学校|学院|医院)")
_CHIEFS = tuple("事会局院校部团处馆所")
# 青川商会名誉会 in front of 长; 民建青川市委会专职副主委
_TITLE = re.compile(
    r".{3,}?(?P<title>(?:专职|兼职|常务|执行|名誉)*副?主委|(?:名誉|永远|终身|常务|执行|轮值|创始|荣誉)+副?会)"
)

DASHES = ("—", "-", "－", "–")
_PAIR, _LONGEST_PARTNER = 2, 6


def join_partner(
    text: str, spans: list[Span], forms: tuple[str, ...], organizations: OrganizationRules
) -> None:
    """Join the last firm with the partner that its name begins with: 普利卡—海原阀门有限公司."""
    if len(spans) < _PAIR or not text.endswith(forms, spans[-1].start, spans[-1].end):
        return
    front, firm = spans[-2:]
    is_short = front.end - front.start <= _LONGEST_PARTNER
    is_short = is_short and not organizations.is_whole(text[front.start : front.end])
    if text[front.end : firm.start] in DASHES and is_short:
        spans[-2:] = [firm.but(start=front.start, rule="dash")]


def is_airline(text: str, span: Span, countries: Collection[str]) -> bool:
    """Whether a person of the engine is an airline behind its country: 石航 of 印尼石航."""
    is_flag = text[span.end - 1] == "航" and span.end - span.start == _PAIR
    return is_flag and any(text[max(0, span.start - size) : span.start] in countries for size in (2, 3))


def part_joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The bodies on both sides of a word that joins two bodies and is in no name."""
    parted: list[Span] = []
    for whole in spans:
        span = whole
        if span.entity_type != "organization":
            parted.append(span)
            continue
        is_behind = parted and parted[-1].entity_type == "person" and parted[-1].end == span.start
        if is_behind and (partner := _PARTNER.fullmatch(text, span.start, span.end)) is not None:
            # 总经理江雁 + 同海棠科技有限公司
            span = span.but(start=partner.start("other"))
        found = _JOINED.fullmatch(text, span.start, span.end)
        if found is None and (short := _TWO_SHORT.fullmatch(text, span.start, span.end)) is not None:
            found = short if not _WORDS.frequency(short["stem"]) else None
        if found is None:
            parted.extend(_part_of_words(text, span))
            continue
        parted.append(span.but(end=found.end("one")))
        parted.append(span.but(start=found.start("other")))
    return parted


def _part_of_words(text: str, span: Span) -> list[Span]:
    """What of a body's span is names where it holds a title, two offices or a person who stands for it."""
    if (two := _TWO_OFFICES.fullmatch(text, span.start, span.end)) is not None:
        at = two.end("joint")
        return [span.but(end=at, rule="two_offices"), span.but(start=at, rule="two_offices")]
    if (apart := _APART.fullmatch(text, span.start, span.end)) is not None:
        first = span.but(end=apart.end("one"), rule="two_offices")
        return [first, span.but(start=apart.start("other"), rule="two_offices")]
    if (stands := _FOR_BODY.fullmatch(text, span.start, span.end)) is not None:
        # 董事 + 长江石
        start = span.start + (text[span.start] == "长" and text[span.start - 1 : span.start] in _CHIEFS)
        return [
            span.but(start=start, end=stands.end("who"), entity_type="person", subtype=None, rule="split_act")
        ]
    title = _TITLE.fullmatch(text, span.start, span.end)
    if title is None or (title["title"][-1] == "会" and not text.startswith("长", span.end)):
        return [span]
    return [span.but(end=title.start("title"), rule="trim_end")]


_INNER = "市中区"


def part_housed(text: str, spans: Sequence[Span], divisions: Divisions) -> list[Span]:
    """The zone and the firm in it of which the engine made one body: 青川开发区东江海棠科技有限公司.

    Args:
        text: The article's text.
        spans: Top-level spans, sorted.
        divisions: What a firm's full name begins with.
    """
    parted: list[Span] = []
    for span in spans:
        found = _HOUSED.fullmatch(text, span.start, span.end) if span.entity_type == "organization" else None
        city = _IN_CITY.fullmatch(text, span.start, span.end) if span.entity_type == "organization" else None
        if city is not None and _opens_with_province(text, city.start("firm"), span.end, divisions):
            parted.append(span.but(end=city.end("city"), entity_type="place", subtype=None, rule="housed"))
            parted.append(span.but(start=city.start("firm"), rule="housed"))
            continue
        # The text names the zone elsewhere, without the firm.
        is_known = found is not None and text.count(found["zone"]) > 1
        if found is None or not (is_known or divisions.leading_end(text, found.start("firm"), span.end)):
            parted.append(span)
            continue
        parted.append(span.but(end=found.end("zone"), entity_type="place", subtype=None, rule="housed"))
        parted.append(span.but(start=found.start("firm"), rule="housed"))
    return parted


def part_inner(text: str, spans: Sequence[Span], divisions: Divisions) -> list[Span]:
    """The city and its 市中区 where the two share a 市: 枣庄市中区.

    Args:
        text: The article's text.
        spans: Top-level spans, sorted.
        divisions: Which cities have such a district.
    """
    parted: list[Span] = []
    for span in spans:
        if parted and span.start < parted[-1].end:
            continue  # the 中区 that the engine read
        at = text.find(_INNER, span.start + 1, span.end + 2) if span.entity_type == "place" else -1
        is_city = at >= 0 and text[at + 3 : at + 4] != "域" and span.end in (at + 1, at + 3)
        if is_city and divisions.holds(text[span.start : at + 1], _INNER):
            parted.append(span.but(end=at, rule="inner_district"))
            parted.append(span.but(start=at, end=at + 3, rule="inner_district"))
        else:
            parted.append(span)
    return parted


def _opens_with_province(text: str, start: int, end: int, divisions: Divisions) -> bool:
    """Whether a firm's name begins with a province: 东江海棠科技有限公司."""
    place = divisions.leading_end(text, start, end)
    if place is None or divisions.subtype(text[start:place]) != "province":
        return False
    return text[place : place + 1] not in ("路", "街")
