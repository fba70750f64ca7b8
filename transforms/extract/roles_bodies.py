"""Whose title it is: the body in front of a title, also one that is only pointed at (公司董事长)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from transforms.extract.context import PARTY_TYPES, ArticleContext, Mention
from transforms.extract.patterns import any_of
from transforms.extract.roles_titles import Title, TitleGrammar

_SEGMENT = re.compile(r"[、，,]|兼任|兼|暨|及|以及")
_BODY_STEMS = "部局厅处科院所室站台厂店园馆"
_BODY_END = re.compile(
    r"(?:[部局厅处科院所室站台厂店园馆委办会组队社系司署厅团校村镇乡区县市省州国]|中心|公司|集团|大学|学院|医院|银行|协会|联盟|工商联|政协|人大"
    r"|政府|基地|平台|俱乐部|事务所|实验室|研究院|街道|企业|机构|法院|检察院|工作站|合作社|事业部|基金|资本|证券|股份)$"
)
# Bodies that are only pointed at.
PRONOUNS = frozenset(
    {"公司", "集团", "学校", "本公司", "该公司", "上市公司", "我公司", "市", "省", "县", "区", "我市", "全市"}
)
_GOVERNORS = frozenset({"省长", "市长", "县长", "区长", "州长", "旗长", "盟长", "镇长", "乡长", "主席"})
_PLACE_COMMITTEE = re.compile(r"[省市县区州旗盟]委$")
_SISTERS = frozenset({"管委会", "管理委员会", "办事处", "街道办事处", "村委会", "村民委员会", "居委会"})
_PARTY_PARTS = frozenset({"组织部", "宣传部", "统战部", "政法委", "社会工作部"})
_PARTY_BODY = re.compile(r"(?<=.)(?:党工委|党委|工委|党总支|党支部)$")
# 原 behind one of these says former; in 太原 or 平原 it is part of the name.
_BODY_CHARS = frozenset("省市县区镇乡村州旗盟局厅部委会院校所社厂场司团学行站馆处协")
_POSTED = re.compile(r"常?驻$")
_ENVOYS = frozenset(
    {"大使", "公使", "总领事", "领事", "代办", "代表", "常驻代表", "特别代表", "参赞", "武官", "副代表"}
)
_COUNTED = re.compile(r"[零〇一二三四五六七八九十百0-9]{1,4}号")
_CLOSERS = {"”": "“", '"': '"', "」": "「"}
_MAX_QUOTED_NAME = 20
_MAX_OWNER_CHARS = 4
_MAX_BODY = 60
_MEETS = re.compile(r"\w{0,6}?(?:会见|会晤|拜会|接见|看望)")
# Who heads a firm; said without one, the firm is the one that the sentence is about.
_FIRM_HEADS = re.compile(
    r"董事长|总经理|总裁|首席[执运财技]\w{1,3}官|C[EFTO]O|董秘|董事会秘书|财务总监|创始人|联合创始人"
)
# What glues a body to a name in a running sentence and so starts the body's name.
_LEAD = re.compile(
    r"^.*(?:日前|近日|今天|昨天|当天|当日|上午|下午|晚间?|期间|会上|会后|其中|包括|以及|还有|[0-9]日|[0-9]年|[0-9]月"
    r"|称|说|从|会见|任命|免去|提名|推选|陪同|采访了?|邀请|记者|来自|据|让|请|应|由|对|向|与|和|跟|同|在|并|是|以|随|给|把|被|等)"
)


class Antecedents:
    """What 公司, 学校 or 医院 in front of a title stands for; compiled once from `lookups["titles"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        words: Mapping[str, list[str]] = lookups["titles"]["anaphors"]
        self._subtypes: dict[str, set[str]] = {}
        for subtype, of_subtype in words.items():
            for word in of_subtype:
                self._subtypes.setdefault(word, set()).add(subtype)
        self._word = re.compile(f"(?:{any_of(self._subtypes)})")

    def match(self, text: str, start: int, end: int) -> str | None:
        """The word at `start` if it is one of them and the title goes on behind it."""
        found = self._word.match(text, start, end)
        return found[0] if found and found.end() < end else None

    def of(self, context: ArticleContext, word: str, position: int) -> Mention | None:
        """The body that a word stands for.

        For 公司 and the like it is the body of the kind that the paragraph named last, else the article's
        first; for the end of a name (代表团, 管委会) the one body named before that ends in it.
        """
        if word not in PRONOUNS and word not in self._subtypes:
            longer = [
                m
                for m in context.mentions_in(0, position, "organization")
                if m.text.endswith(word) and m.text != word
            ]
            return longer[-1] if len({m.text for m in longer}) == 1 else None
        subtypes = self._subtypes.get(word, set())
        paragraph = context.paragraph(position)[0]
        named = [m for m in context.mentions_in(paragraph, position, "organization") if m.subtype in subtypes]
        if named:
            return named[-1]
        earlier = [m for m in context.mentions_in(0, paragraph, "organization") if m.subtype in subtypes]
        return earlier[0] if earlier else None


def split_chain(context: ArticleContext, begin: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch at list marks that are not inside a recognised name."""
    names = context.mentions_in(begin, end, *PARTY_TYPES)
    pieces: list[tuple[int, int]] = []
    start = begin
    for mark in _SEGMENT.finditer(context.text, begin, end):
        if any(m.start < mark.end() and mark.start() < m.end for m in names) or mark.start() == begin:
            if mark.start() == begin:
                start = mark.end()
            continue
        pieces.append((start, mark.start()))
        start = mark.end()
    pieces.append((start, end))
    return pieces


def title_goes_on(context: ArticleContext, grammar: TitleGrammar, start: int, comma: int) -> bool:
    """Whether titles go on behind a comma: 甲厅副厅长，乙局局长某某 (`comma` is the offset behind it)."""
    bodies = context.mentions_in(start, comma, "organization")
    return (
        context.text[comma - 1] in "，,"
        and bool(bodies)
        and bodies[0].start == start
        and grammar.match_end(context.text[start : comma - 1]) is not None
        and any(m.start == comma for m in context.mentions_in(comma, comma + _MAX_BODY, "organization"))
    )


def body_in_front(context: ArticleContext, person: Mention) -> Mention | None:
    """The body that a name with its title behind it follows: 甲大学某某教授, 来自甲大学的某某教授."""
    end = person.start - (context.text[person.start - 1 : person.start] == "的")
    named = context.mentions_in(max(0, end - _MAX_BODY), end, "organization")
    return next((m for m in named if m.end == end and m.subtype is not None), None)


def find_title_start(context: ArticleContext, start: int, title: Title) -> int:
    """Where the title begins: 集团 of 某某集团董事长 belongs to the body that was recognised."""
    first, head = start + title.start, start + title.end - len(title.head)
    if title.committee_chars or _is_former_here(context, first, title):
        return first
    ends = [m.end for m in context.mentions_in(start, head, "organization") if m.start < first < m.end]
    return ends[-1] if ends else first


def _is_former_here(context: ArticleContext, title_start: int, title: Title) -> bool:
    return title.is_former and context.text[title_start - 1 : title_start] in _BODY_CHARS


def posted_from(context: ArticleContext, start: int, title_start: int, title: Title) -> int:
    """Where the title of an envoy begins: 驻某国 of 某国驻某国大使 is of the title, not of the body."""
    if title.head not in _ENVOYS:
        return title_start
    for place in context.mentions_in(start, title_start, *PARTY_TYPES):
        posted = _POSTED.search(context.text, start, place.start)
        if posted and title_start - place.end <= len("第一"):
            return posted.start()
    return title_start


def quoted_body(
    context: ArticleContext, title_start: int, title: Title
) -> tuple[Mention | None, str | None, int]:
    """The body in front of a title whose name stands in quotes (“某某”总裁)."""
    closer = context.text[title_start - 1 : title_start]
    if closer not in _CLOSERS or title.rank not in {"chief", "deputy"}:
        return None, None, title_start
    floor = max(0, title_start - 2 - _MAX_QUOTED_NAME)
    opened = context.text.rfind(_CLOSERS[closer], floor, title_start - 1)
    name = context.text[opened + 1 : title_start - 1]
    if opened < 0 or not re.fullmatch(r"[\w·\-]{2,}", name):
        return None, None, title_start
    inside = context.mentions_in(opened, title_start, "organization")
    return (inside[-1] if inside else None), name, opened


def named_before(context: ArticleContext, title: Title, title_start: int) -> Mention | None:
    """The body of a title that stands alone, where the text before leaves no choice.

    市长 is of the one 市政府 that the article names before, a 董事长 of the one firm of the sentence.
    """
    if title.head in _GOVERNORS and len(title.head) == 2 and title.head.endswith("长"):
        ends = (f"{title.head[0]}政府", f"{title.head[0]}人民政府")
        named = [m for m in context.mentions_in(0, title_start, "organization") if m.text.endswith(ends)]
        names = {m.text.replace("人民", "") for m in named}
        longest = max(names, key=len, default="")
        return named[-1] if named and all(longest.endswith(name) for name in names) else None
    if _FIRM_HEADS.search(title.head):
        number = context.sentence_at(title_start)
        floor = context.sentences[number][0] if number >= 0 else 0
        named = context.mentions_in(floor, title_start, "organization", "person")
        firms = [m for m in named if m.subtype == "company"]
        if len({m.text for m in firms}) == 1 and named[-1] is firms[-1]:
            return firms[-1]
    return None


def body_before(
    context: ArticleContext, start: int, title_start: int, title: Title
) -> tuple[Mention | None, str | None, int]:
    """The body in front of a title: mention, words and offset of the first of them."""
    title_end = title_start + title.end - title.start
    name_end = title_start + title.committee_chars
    inside = [
        m
        for m in context.mentions_in(start, title_end)
        if m.entity_type in PARTY_TYPES
        and m.start < title_start
        and not (m.end > title_start and _is_former_here(context, title_start, title))
    ]
    if not inside:
        words = context.text[start:title_start]
        lead = _LEAD.match(words)
        body = words[lead.end() :] if lead else words
        body = re.sub(r"^(?:原|前|时任|新任)|的$", "", body)
        if words.endswith("的") and (lead or len(body) > _MAX_OWNER_CHARS):
            # 从城市返乡的村支书: a clause, not a body.
            return None, None, title_start
        name = body + context.text[title_start:name_end]
        if not re.fullmatch(r"[\w()（）·\-]{2,24}", name) or not _BODY_END.search(name):
            return None, None, title_start
        return None, name, title_start - len(body)
    chained = [inside[-1]]
    for mention in reversed(inside[:-1]):
        gap = context.text[mention.end : chained[0].start]
        if gap and (len(gap) > 8 or "的" in gap or (_LEAD.match(gap) and not gap.startswith("驻"))):
            break
        chained.insert(0, mention)
    first, last = chained[0], chained[-1]
    tail = context.text[last.end : title_start]
    # 财政部长: the first character of the head is the last of the body.
    stem = title.head[0] if tail and len(title.head) == 2 and title.head[0] in _BODY_STEMS else ""
    if len(tail) > 16 or (_LEAD.match(tail) and not _BODY_END.search(tail + stem)):
        return None, None, title_start
    best = next((m for m in reversed(chained) if m.entity_type == "organization"), last)
    if stem and title.start + 2 == title.end and not tail.endswith(stem):
        name_end = title_start + 1
    if "的" in tail and not title.committee_chars and not _BODY_END.search(tail + stem):
        # 某国负责安全问题的总理顾问: what stands between says more than a name.
        name_end = last.end
    name = context.text[first.start : max(name_end, last.end)].removesuffix("的")
    cut = _wrong_front(context, name) if best is first else 0
    return (None if cut else best), name[cut:], first.start + cut


def _wrong_front(context: ArticleContext, name: str) -> int:
    """Characters that were taken for the front of a body's name: a verb of meeting, or a person and 和."""
    met = _MEETS.match(name)
    if met:
        return met.end()
    listed = re.match(r"(\w{2,8}?)[和与]", name)
    if listed and any(m.text == listed[1] for m in context.mentions if m.entity_type == "person"):
        return listed.end()
    return 0


def sister_body(body_text: str | None, before: str | None) -> str | None:
    """某开发区党工委副书记、管委会主任: the second body is of the place that the first one names.

    某市委常委、组织部部长: or of the committee.
    """
    if before is not None and body_text in _PARTY_PARTS and _PLACE_COMMITTEE.search(before):
        return before + body_text
    if body_text not in _SISTERS or before is None or not _PARTY_BODY.search(before):
        return body_text
    return _PARTY_BODY.sub("", before) + body_text


def with_field(
    context: ArticleContext, organization: Mention, body_start: int, body_text: str, title_start: int
) -> tuple[int, str]:
    """某国国防大臣, 某集团华东总经理: words behind a body that end no body are the title's."""
    tail = context.text[organization.end : title_start]
    if not tail or len(tail) > 8 or _BODY_END.search(body_text) or not re.fullmatch(r"\w+", tail):
        return title_start, body_text
    # 某某十七号航天员: the number is of the name; 某地的领导人: 的 is of neither.
    number = _COUNTED.match(tail)
    end = organization.end + (number.end() if number else 0)
    start = end + 1 if context.text[end : end + 1] == "的" else end
    return start, context.text[body_start:end]


def government_of(
    context: ArticleContext, title: Title, organization: Mention | None, body_text: str | None
) -> tuple[Mention | None, str | None]:
    """某市委常委、副市长: the second title is of the place, not of its party committee."""
    if body_text is None or not _PLACE_COMMITTEE.search(body_text) or title.head not in _GOVERNORS:
        return organization, body_text
    place = body_text.removesuffix("委")
    if len(place) < 2:
        return None, None
    if organization is None or organization.entity_type == "place":
        return organization, place
    inner = [m for m in context.nested if m.start == organization.start and m.entity_type == "place"]
    return (inner[-1] if inner else organization), place
