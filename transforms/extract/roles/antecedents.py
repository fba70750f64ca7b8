"""Whose title it is where its body stands further in front: 公司董事长, 该局局长, 副校长 alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.patterns import any_of
from transforms.extract.roles.firms import firm_about
from transforms.extract.roles.titles import Title

# Bodies that are only pointed at.
PLACE_WORDS = frozenset({"市", "省", "县", "区", "我市", "全市"})
PRONOUNS = frozenset({"公司", "集团", "学校", "本公司", "该公司", "上市公司", "我公司"}) | PLACE_WORDS
GOVERNORS = frozenset({"省长", "市长", "县长", "区长", "州长", "旗长", "盟长", "镇长", "乡长", "主席"})
# Who heads a firm; said without one, the firm is the one that the sentence is about.
FIRM_HEADS = re.compile(
    r"董事长|总经理|总裁|首席[执运财技]\w{1,3}官|C[EFTO]O|董秘|董事会秘书|财务总监|创始人|联合创始人"
)
_OWN_FIRMS = frozenset({"集团公司", "总公司"})
_FIRM_WORDS = frozenset({"公司", "集团", "企业", "该公司", "该企业", "上市公司", "我公司", "本公司"})
_LEVELS = frozenset("省市县区州旗镇乡村")
_APPOINTED = re.compile("[^，,。；]{0,6}(?:[为任]|当选)")
_ELECTED = frozenset(
    {"主席", "会长", "理事长", "秘书长", "监事长", "院长", "主任", "社长", "董事长", "总经理", "所长", "馆长"}
)
# Heads of bodies that end in many ways.
_OF_ANY = frozenset({"主任", "理事长", "秘书长", "会长"})
_NO_FIRMS = frozenset({"government", "party", "university", "school", "hospital", "court", "research"})
_JOINED = frozenset({"、", "和", "与"})
# 与丙共建的“某学院”成立，甲任院长
_FOUNDED = re.compile(r"[”\"]?\w{0,10}(?:成立|揭牌|挂牌|组建|换届)")
_FOUNDS = re.compile(r"(?:组建|成立|设立|建立|合办|共建|合建|创办|办起|建起)[了起]{0,2}[“\"]?$")
_POINTED = re.compile("该公司|该企业|这家(?:公司|企业)")
_GUEST = re.compile(
    r"(?:市?(?:委|政府|人大|政协)?\w{0,3}(?:[常代副]\w{0,2}市长|市长|\w{0,4}(?:代表团|考察团|访问团)))"
)
# Its head is a 主任 or a 委员长.
_COMMITTEE = re.compile("委(?:员会)?$|人大|常委会$")
_VENUES = re.compile(r"(?:会展|会议|展览|博览|体育|购物|活动|文化)中心$|[理监董]事会$|^(?:相关|有关|各)")


class Antecedents:
    """Compiled once from `lookups["titles"]`."""

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        titles = lookups["titles"]
        words: Mapping[str, list[str]] = titles["anaphors"]
        self._subtypes: dict[str, set[str]] = {}
        for subtype, of_subtype in words.items():
            for word in of_subtype:
                self._subtypes.setdefault(word, set()).add(subtype)
        self._word = re.compile(f"(?:{any_of(self._subtypes)})")
        pointed = [word for word in self._subtypes if word.startswith(("该", "本"))]
        pointed += [f"该{kind}" for kind in titles["pointed"]]
        self._pointed = re.compile(rf"(?P<word>{any_of(pointed)})(?P<tail>\w{{0,8}})$")
        self._ends = {head: tuple(ends) for head, ends in titles["headed"].items()}

    def ends(self, head: str) -> tuple[str, ...]:
        """How the names of the bodies end that have such a head (校长: 大学, 学校)."""
        return self._ends.get(head, ())

    def match(self, text: str, start: int, end: int) -> str | None:
        """The word at `start` if it is one of them and the title goes on behind it."""
        found = self._word.match(text, start, end)
        return found[0] if found and found.end() < end else None

    def pointed(self, text: str, start: int, end: int) -> tuple[int, str, str] | None:
        """该公司 and the like in front of a title: its offset, the word, what stands behind it."""
        found = self._pointed.search(text, start, end)
        return (found.start(), found["word"], found["tail"]) if found else None

    def of(self, context: ArticleContext, word: str, position: int) -> Mention | None:
        """The body that a word stands for.

        For 公司 and the like it is the body of the kind that the paragraph named last, else the article's
        first; for the end of a name (代表团, 管委会) the one body named before that ends in it.
        """
        if word in _OWN_FIRMS and (own := _own_firm(context, word)):
            return own
        stem = word.removeprefix("该").removeprefix("本")
        if word not in PRONOUNS and word not in self._subtypes and stem == word:
            longer = [
                m
                for m in context.mentions_in(0, position, "organization")
                if m.text.endswith(word) and m.text != word
            ]
            return longer[-1] if len({m.text for m in longer}) == 1 else None
        subtypes = self._subtypes.get(word, set())

        def is_meant(mention: Mention) -> bool:
            return mention.subtype in subtypes or (stem != word and mention.text.endswith(stem))

        paragraph = context.paragraph(position)[0]
        named = [m for m in context.mentions_in(paragraph, position, *_NAMED) if is_meant(m)]
        if not named and stem in _LEVELS:
            # 该镇 behind 甲镇党委: the place in a body's name.
            named = [m for m in context.nested if paragraph <= m.start < position and m.text.endswith(stem)]
        if named and (word in _FIRM_WORDS) and (firm := firm_about(context, position)) is not None:
            return firm
        if named:
            return named[-1]
        earlier = [m for m in context.mentions_in(0, paragraph, *_NAMED) if is_meant(m)]
        return earlier[0] if earlier else None

    def last_named(self, context: ArticleContext, title: Title, start: int) -> Mention | None:
        """The last body of the title's kind in the paragraph so far: whose 对方副总裁 or 其校长 is."""
        ends = self._ends.get(title.head, ())
        named = [
            m
            for m in context.mentions_in(context.paragraph(start)[0], start, "organization")
            if m.text.endswith(ends) or (not ends and m.subtype == "company")
        ]
        return named[-1] if named else None

    def named_before(self, context: ArticleContext, title: Title, start: int) -> Mention | None:
        """The body of a title that stands alone, where the text before leaves no choice.

        市长 is of the one 市政府 that the article names before, a 董事长 of the one firm of the sentence, a
        校长 of the one university of the sentence, else of the paragraph, else of the article so far.
        """
        if title.head in GOVERNORS and len(title.head) == 2 and title.head.endswith("长"):
            ends = (f"{title.head[0]}政府", f"{title.head[0]}人民政府")
            named = [m for m in context.mentions_in(0, start, "organization") if m.text.endswith(ends)]
            names = {m.text.replace("人民", "") for m in named}
            longest = max(names, key=len, default="")
            if named:
                return named[-1] if all(longest.endswith(name) for name in names) else None
            return _place_of(context, title.head[0], start)
        founded = _founded(context, start) if title.head in _ELECTED else None
        if founded is not None and (
            title.head in _OF_ANY or founded.text.endswith(self._ends.get(title.head, founded.text[-1]))
        ):
            return founded
        if FIRM_HEADS.search(title.head):
            return _firm_of(context, start)
        ends = self._ends.get(title.head, ())
        if not ends:
            return None
        scopes = [context.sentences[context.sentence_at(start)][0]] if context.sentences else []
        if title.rank != "profession":
            scopes += [context.paragraph(start)[0], 0]

        def is_headed(mention: Mention) -> bool:
            is_committee = title.head == "会长" and _COMMITTEE.search(mention.text) is not None
            return mention.text.endswith(ends) and not (_VENUES.search(mention.text) or is_committee)

        return _sole_of(context, scopes, start, is_headed)


_NAMED = ("organization", "place")


def _own_firm(context: ArticleContext, word: str) -> Mention | None:
    """集团公司 in a text of its own, which hosts another firm: its first mention there."""
    return next((m for m in context.mentions if m.text == word), None)


def _founded(context: ArticleContext, position: int) -> Mention | None:
    """The one body of the sentence that was founded or has elected: 某协会换届，甲当选主席."""
    number = context.sentence_at(position)
    floor = context.sentences[number][0] if number >= 0 else 0
    named = context.mentions_in(floor, position, "organization")
    founded = [
        m
        for m in named
        if _FOUNDED.match(context.text, m.end) or _FOUNDS.search(context.text, max(0, m.start - 5), m.start)
    ]
    return founded[0] if len({m.text for m in founded}) == 1 else None


def _firm_of(context: ArticleContext, position: int) -> Mention | None:
    """The one firm of the sentence if it is named last, else the one that the sentence before names."""
    number = context.sentence_at(position)
    floor = context.sentences[number][0] if number >= 0 else 0
    # 甲签约；乙大学牵手丙公司，院长某某和董事长某某签字: of an item of its own.
    floor = max(floor, context.text.rfind("；", floor, position) + 1)
    named = context.mentions_in(floor, position, "organization", "person")
    while named and named[-1].entity_type == "person" and context.text[named[-1].end : position] in _JOINED:
        named.pop()
    if not named and number > 0 and context.paragraph(floor)[0] <= context.sentences[number - 1][0]:
        floor, begun = context.sentences[number - 1][0], floor
        if _POINTED.search(context.text, floor, begun) is not None:
            # 甲公司投产。该公司由乙公司出资: which one the paragraph is about is for `firm_about` to say.
            return None
        named = context.mentions_in(floor, begun, "organization", "person")
    if (
        named
        and named[-1].entity_type == "person"
        and _APPOINTED.fullmatch(context.text, named[-1].end, position)
    ):
        # 选举甲为董事长: who is elected stands in front of the office.
        named.pop()
    firms = [m for m in named if m.subtype in {"company", "bank"}]
    # 甲公司与某大学签约，总经理乙: a university has none.
    others = [m for m in named if m.subtype in _NO_FIRMS]
    last = next((m for m in reversed(named) if m not in others), None)
    return last if len({m.text for m in firms}) == 1 and last is firms[-1] else None


def _place_of(context: ArticleContext, level: str, position: int) -> Mention | None:
    """The one county, district or town of its paragraph, unless the paper speaks of its own (我县)."""
    if level not in "县区镇乡旗" or f"我{level}" in context.text:
        return None
    floor = context.paragraph(position)[0]
    places = [*context.mentions_in(floor, position, "place")]
    places += [m for m in context.nested if m.entity_type == "place" and floor <= m.start < position]
    named = [m for m in places if m.text.endswith(level)]
    is_visited = any(context.text[m.start - 1 : m.start] in set("赴到来抵往") for m in named)
    return named[-1] if len({m.text for m in named}) == 1 and not is_visited else None


def city_of(context: ArticleContext, position: int) -> Mention | None:
    """The city that an article is about: named at least twice, and twice as often as any other."""
    if "我市" in context.text:
        return None
    firms = [m for m in context.mentions if m.subtype in {"company", "bank"}]
    # 某银行东江市分行: where a firm has a branch is not what the paper is about.
    nested = [m for m in context.nested if not any(f.start <= m.start < f.end for f in firms)]
    named = [m for m in (*context.mentions, *nested) if m.subtype == "city"]
    # 海防市副市长, 海防市代表团: of the guests.
    guests = {m.text.removesuffix("市") for m in named if _GUEST.match(context.text, m.end)}
    named = [m for m in named if m.text.removesuffix("市") not in guests]
    counts = Counter(m.text.removesuffix("市") for m in named).most_common(2)
    if not counts or counts[0][1] < max(2, 2 * (counts[1][1] if len(counts) > 1 else 0)):
        return None
    meant = [m for m in named if m.text.removesuffix("市") == counts[0][0]]
    return max((m for m in meant if m.start < position), key=lambda m: m.start, default=None)


def _sole_of(
    context: ArticleContext, scopes: list[int], end: int, is_meant: Callable[[Mention], bool]
) -> Mention | None:
    """The last body of a kind in the first scope that names one, null where the scope names several."""
    for start in scopes:
        named = [m for m in context.mentions_in(start, end, "organization") if is_meant(m)]
        if named:
            longest = max((m.text for m in named), key=len)
            return named[-1] if all(m.text in longest for m in named) else None
    return None
