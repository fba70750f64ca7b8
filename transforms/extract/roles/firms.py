"""Which firm a text is about, and which one a short name or a title without a name means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.extract.context import ArticleContext, Mention, is_short_of

_SUFFIX = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司$|集团$|[(（].*[)）]|\s")
_ABOUT_TIMES, _ABOUT_SHARE = 3, 2
_LONGEST_SHORT, _NEAR_START = 6, 2
_WITH = frozenset("与同和跟向给为从由被")
_AND = frozenset("与和同、及")
# Nothing but a quote stands in front of the title in its paragraph.
_GOES_ON = re.compile(r"(?:“[^”\n]*”)?(?:据|按|说话的|公司的?|企业的?)?")
_IT = re.compile("该公司|该企业|这家(?:公司|企业)")
_NO_NAMES = re.compile(r"公司|集团|企业|[省市县区州]|首席|执行|中国|亚太")
_HAN = re.compile("[\u4e00-\u9fff]+")


def firm_about(context: ArticleContext, position: int) -> Mention | None:
    """The one firm of the paragraph so far; where it names none, the one that the article is about.

    Of several firms in the paragraph it is the first one if 该公司 follows it, else the last one if the
    article names it far more often. An article is about a firm that it names thrice, and twice as often as
    any other, or that its head names alone; a paragraph without a firm, about the one that the paragraph
    before begins with.
    """
    groups = _by_firm(_firms(context))
    floor = context.paragraph(position)[0]
    near = [m for group in groups for m in group if floor <= m.start < position]
    if near:
        return _of_paragraph(context, groups, sorted(near, key=lambda m: m.start), position)
    counts = [len(group) for group in groups[:2]] + [0, 0]
    if counts[0] >= max(_ABOUT_TIMES, _ABOUT_SHARE * counts[1]):
        return _last(groups[0], position)
    in_head = [group for group in groups if any(_is_in(m.text, context.head) for m in group)]
    if len(in_head) == 1:
        return _last(in_head[0], position)
    if floor == 0:
        return None
    if any(m.subtype is None for m in context.mentions_in(floor, position, "organization")):
        return None
    above = context.paragraph(floor - 1)[0]
    told = [[m for m in group if above <= m.start < floor] for group in groups]
    told = sorted((group for group in told if group), key=len, reverse=True)
    meant = next((group for group in told if min(m.start for m in group) <= above + _NEAR_START), None)
    if _GOES_ON.fullmatch(context.text, floor, position):
        # “……。”总经理某某说: of the one firm of the paragraph before, or that it names far more often.
        is_main = len(told) == 1 or (told and len(told[0]) >= _ABOUT_SHARE * len(told[1]))
        meant = told[0] if is_main else meant
    if meant is None:
        return None
    pairs = (m.end for m in meant if context.text[m.end : m.end + 1] in _AND)
    is_pair = any(m.start == end + 1 for end in pairs for m in _firms(context))
    return None if is_pair else _last(meant, position)


def firm_of_paragraph(context: ArticleContext, position: int) -> Mention | None:
    """The one firm that the paragraph has named so far."""
    floor = context.paragraph(position)[0]
    near = [m for m in _firms(context) if floor <= m.start < position]
    return max(near, key=lambda m: m.start) if len(_by_firm(near)) == 1 else None


def _of_paragraph(
    context: ArticleContext, groups: Sequence[Sequence[Mention]], near: Sequence[Mention], position: int
) -> Mention | None:
    group_of = {m.index: number for number, group in enumerate(groups) for m in group}
    own = [m for m in near if group_of[m.index] == group_of[near[0].index]]
    # With whom a firm signs is not whom the text is about, but 甲与乙签约 is about both.
    others = [m for m in near if group_of[m.index] != group_of[near[0].index]]
    ends, first = {m.end for m in own}, groups[group_of[near[0].index]]
    apart = [m for m in others if context.text[m.start - 1 : m.start] not in _WITH]
    joined = [groups[group_of[m.index]] for m in others if m.start - 1 in ends]
    is_main = all(len(first) >= max(_ABOUT_TIMES, _ABOUT_SHARE * len(group)) for group in joined)
    is_meant = others and _IT.search(context.text, near[0].end, others[0].start) is not None
    if is_meant or (not apart and is_main):
        return own[-1]
    last = groups[group_of[near[-1].index]]
    rest = [len(groups[number]) for number in {group_of[m.index] for m in near} - {group_of[near[-1].index]}]
    return near[-1] if len(last) >= _ABOUT_SHARE * max(rest) else None


def _firms(context: ArticleContext) -> list[Mention]:
    """Firms, and short names of theirs that tell no kind."""
    bodies = [m for m in context.mentions if m.entity_type == "organization"]
    firms = [m for m in bodies if m.subtype == "company"]
    full = {m.text for m in firms}
    short = {m.text for m in bodies if m.subtype is None}
    short = {name for name in short if any(_is_short_for(name, firm) for firm in full)}
    return [m for m in bodies if m.subtype == "company" or m.text in short]


def firm_called(context: ArticleContext, words: str) -> Mention | None:
    """The one firm of the article whose full name holds the words: 云岭 of 东江云岭食品有限公司."""
    name = re.sub(r"\s", "", words).removesuffix("的")
    if not 1 < len(name) <= _LONGEST_SHORT or _HAN.fullmatch(name) is None or _NO_NAMES.search(name):
        return None
    named = [m for m in _firms(context) if name in _SUFFIX.sub("", m.text) and m.text != name]
    return named[0] if len(_by_firm(named)) == 1 else None


def _last(firms: Sequence[Mention], position: int) -> Mention | None:
    return max((m for m in firms if m.start < position), key=lambda m: m.start, default=None)


def _by_firm(firms: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of one firm under its full and short names together, the firm named most often first."""
    groups: list[list[Mention]] = []
    for firm in sorted(firms, key=lambda m: -len(m.text)):
        group = next((g for g in groups if _is_short_for(firm.text, g[0].text)), None)
        if group is None:
            groups.append([firm])
        else:
            group.append(firm)
    return sorted(groups, key=len, reverse=True)


def _is_in(name: str, head: str) -> bool:
    """Whether the head of a story has a firm's name, without the words that all firms have."""
    core = _SUFFIX.sub("", name)
    return len(core) > 1 and core in head


def _is_short_for(name: str, full: str) -> bool:
    """Whether a firm's name may be a short form of another: its brand and its characters stand in it."""
    core = _SUFFIX.sub("", name)
    return core[:2] in full and is_short_of(core, full)
