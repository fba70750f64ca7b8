"""Whose a day ahead is that stands outside of the words of all deals of an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from transforms.extract.context import ArticleContext, Span, is_short_of
from transforms.extract.deals.model import Candidate

_MARK = re.compile(r"[，。；：！？,;!?\n]")
_SAYS = re.compile(
    r"(?:“[^”\n]{0,160}”)?[”\s]*[^，。；：“”\n]{2,44}?(?:介绍|表示|说|坦言|透露|告诉[^，。；：“”\n]{1,10})[，：,:]"
)
_OF_WORKS = re.compile(
    r"[^。；\n]{0,30}?(?:项目|工程|园区|基地|工厂|产业园|厂房|生产线|[一二三]期|预计|计划|力争|争取|有望)"
)
_POINTS = re.compile(r"\s*(?:该|此|这)")
_OFFICE = re.compile(r"(?:局|委|办|厅|政府|管委会|管理委员会|管理局|指挥部|部门)$")
# 某厂二期项目 is known by 厂.
_NO_HEAD = re.compile(
    r"(?:[（(][^）)]*[）)]|[一二三四五六七八九十首]期|建设|投资|合作|项目|工程|协议|合同|[》”])+$"
)
WORKS = frozenset({"project", "institution", "joint_venture", "joint_laboratory", "won_bid"})
# 通过竣工验收, 点火试车: what is built need not run yet.
_NOT_YET = re.compile("竣工|交工|验收|落成|试运|点火|试车")
_STANDING = frozenset({"operating", "unveiled", "ended"})
_MAX_BEHIND_CHARS, _MAX_DEALS, _MAX_SENTENCES, _TITLE_CHARS, _HEAD_CHARS = 800, 40, 4, 16, 2


def whole_of(context: ArticleContext, candidates: Sequence[Candidate], number: int) -> int | None:
    """The works of which a deal tells a part: those of its phase, else those told right before it.

    A part (项目一期, 主要建设某车间) has no party of its own.
    """
    part, before = candidates[number], candidates[number - 1]
    if part.whole is not None:
        return None
    names = {p.mention.text for p in part.parties if p.mention}
    known = {p.mention.text for p in before.parties if p.mention}
    is_near = context.paragraph(before.start)[0] == context.paragraph(part.start)[0]
    is_near = is_near and "；" not in context.text[before.end : part.start]
    is_work = _may_own(context.text, before) and part.hint in WORKS
    return number - 1 if is_near and is_work and names <= known and part.stage != "ended" else None


def owner_of(
    context: ArticleContext,
    candidates: Sequence[Candidate],
    starts: Sequence[int],
    employers: Mapping[str, str],
    span: Span,
) -> int | None:
    """The deal of which a sentence outside of its words tells, else None.

    The sentence of the day, or the last before it in the paragraph that does so, names a party, its man or
    the works, or tells the deal; a sentence about works may open the next paragraph. `starts` are those of
    the deals.
    """
    text, place = context.text, bisect_right(starts, span.start)
    number = context.sentence_at(span.start)
    paragraph = context.paragraph(span.start)[0]
    before = range(place - 1, max(-1, place - _MAX_DEALS), -1)
    near: list[int] = [
        n for n in (*before, *range(place, min(len(candidates), place + 2))) if _may_own(text, candidates[n])
    ]
    for start, end in reversed(context.sentences[max(0, number - _MAX_SENTENCES) : number + 1]):
        if end <= paragraph:
            break
        stop = min(end, span.start)
        bodies = [m.text for m in context.mentions_in(start, stop, "organization")]
        people = [m.text for m in context.mentions_in(start, stop, "person")]
        named = [
            n
            for n in near
            if _names(candidates[n], [*bodies, *(employers[p] for p in people if p in employers)])
        ]
        about = [n for n in near if _is_about(text, candidates[n], start, end)]
        told = [n for n in near if start <= candidates[n].start < stop]
        for found in ([n for n in named if n in about], about, named, told):
            if found:
                return found[0]
        says = _SAYS.match(text, start, end)
        if any(not (says and _OFFICE.search(body)) for body in bodies):
            return None
    follows = [n for n in near if n >= place and context.sentence_at(candidates[n].start) == number + 1]
    if follows and _POINTS.match(text, candidates[follows[0]].start):
        # 某园区预计年底交付。该园区由某公司建设
        return follows[0]
    behind = [n for n in near if n < place and span.start - candidates[n].end <= _MAX_BEHIND_CHARS]
    start, end = context.sentences[number]
    says = _SAYS.match(text, start, end)
    return behind[0] if behind and _OF_WORKS.match(text, says.end() if says else start) else None


def _may_own(text: str, candidate: Candidate) -> bool:
    """Works stand or shall stand some day; a paper that says more does so in its own words."""
    is_open = candidate.stage not in _STANDING or _NOT_YET.search(text, *candidate.cue) is not None
    return candidate.hint in WORKS and is_open


def _names(candidate: Candidate, bodies: Sequence[str]) -> bool:
    names = [p.mention.text for p in candidate.parties if p.mention]
    return any(is_short_of(body, name) or body.startswith(name) for body in bodies for name in names)


def _is_about(text: str, candidate: Candidate, start: int, end: int) -> bool:
    """Whether the title or the word for what is built stands in a sentence."""
    begin, stop = candidate.title or (0, 0)
    head = _NO_HEAD.sub("", text[begin:stop])[-_HEAD_CHARS:]
    return len(head) == _HEAD_CHARS and text.find(head, start, end) >= 0


def employers_of(context: ArticleContext) -> dict[str, str]:
    """Persons and the body that stands in front of their names: 某公司董事长张三."""
    found: dict[str, str] = {}
    for number, mention in enumerate(context.mentions[1:]):
        before = context.mentions[number]
        if mention.entity_type != "person" or before.entity_type != "organization":
            continue
        title = context.text[before.end : mention.start]
        if len(title) <= _TITLE_CHARS and not _MARK.search(title):
            found.setdefault(mention.text, before.text)
    return found
