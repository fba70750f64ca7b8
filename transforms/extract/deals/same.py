"""Whether two candidates tell one deal, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from transforms.extract.context import ArticleContext, is_short_of
from transforms.extract.deals.model import Candidate, Party

# 甲与乙、丙分别签署: one paper with each.
_EACH = re.compile(r"分别|各自|先后|相继|依次")
_EACH_WITH = re.compile(r"(?<!项目)(?:分别|各自)[^，。；、]{0,6}?[与和同跟]")
# One item of 甲与乙、丙与丁分别签署
_PAIR = re.compile(
    r"(?:以及|及|还有)?(?P<one>[^、，。；与和]{2,24})[与和同跟](?P<other>[^、，。；与和]{2,24}?)(?:等|也|还|均|都|分别|现场|正式|集中|先后|共同)*"
)
_MARK = re.compile("、")
# 某项目投资协议 is about the works.
_OF_PAPER = re.compile(r"(?:的|战略|投资|建设|合作|框架|入园|落户|开发)*(?:协议书?|合同|意向书|备忘录)$")
_MIN_SHORT_CHARS = 4
_OF_SHARES = frozenset({"bought", "kernel"})
_STANDING = frozenset({"project", "institution", "joint_laboratory"})
_AREA_KIND = re.compile(r"(?P<kind>[省市县区州旗镇乡])(?:人民)?(?:政府)?$")
_OFFICE = re.compile(r"(?:[省市县区州旗镇乡](?:人民)?政府|[我本全][省市县区州旗镇乡])")
PHASE_NUMBER = re.compile(r"第?(?P<number>[一二三四五六首])期")
FIRST_PHASE = re.compile("第?[一首]期")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# A space that is not between two words of Latin script.
_STRAY = re.compile(r"(?<![!-~])\s+|\s+(?![!-~])")


def title_text(context: ArticleContext, candidate: Candidate) -> str | None:
    """The title without spaces or a quote mark that lost its other half."""
    if candidate.title is None:
        return None
    start, end = candidate.title
    words = _STRAY.sub("", context.text[start:end]).strip("、，")
    if "”" in words and "“" not in words and context.text[start - 1 : start] == "“":
        words = "“" + words
    for left, right in ("“”", "《》", '""'):
        if words.startswith(left) and right not in words[1:]:
            words = words[1:]
    return words or None


def with_each(context: ArticleContext, candidate: Candidate) -> Iterator[Candidate]:
    """One candidate a pair of 甲与乙、丙与丁签署, 甲与乙、丙分别签署, 甲、乙分别与丙签署, or the whole."""
    before = context.text[candidate.start : candidate.cue[0]]
    parties = candidate.parties
    gaps = [context.text[one.end : other.start] for one, other in pairwise(parties)]
    joins = [bool(re.search(r"^[^、]*[与和同跟]", gap)) for gap in gaps]
    # 甲与乙、丙和丁 is one list behind 与; 甲与乙、丙与丁 are two pairs, whoever else was not recognised.
    is_one_word = len({gap.strip() for gap, is_join in zip(gaps, joins, strict=True) if is_join}) == 1
    if (
        len(parties) > 3
        and is_one_word
        and all(is_join != number % 2 for number, is_join in enumerate(joins))
    ):
        pairs = list(zip(parties[::2], parties[1::2], strict=False))
    elif len(parties) > 2 and joins.count(True) > 1 and (told := _pairs_told(context.text, candidate)):
        pairs = told
    elif len(parties) > 2 and joins == [True, *joins[1:]] and joins.count(True) == 1 and _EACH.search(before):
        pairs = [(parties[0], other) for other in parties[1:]]
    elif len(parties) > 2 and (
        stop := next((n for n, gap in enumerate(gaps, 1) if _EACH_WITH.search(gap)), 0)
    ):
        ones, others = parties[:stop], parties[stop:]
        pairs = list(zip(ones, others if len(others) == len(ones) else others[:1] * len(ones), strict=True))
    else:
        yield candidate
        return
    for number, (one, other) in enumerate(pairs):
        # A row is known by its span and title, so each begins with its own side.
        start = max(one.start, other.start if one is parties[0] else 0) if number else candidate.start
        yield replace(candidate, start=start, parties=[one, other], is_each=True)


def _pairs_told(text: str, candidate: Candidate) -> list[tuple[Party, Party]]:
    """The pairs of a list that all have 与, of whom some were not recognised; empty for any other list."""
    named = [p for p in candidate.parties if p.mention]
    marks = [m.start() for m in _MARK.finditer(text, candidate.start, candidate.cue[0])]
    cuts = [n for n in marks if not any(p.start <= n < p.end for p in named)]
    pairs = []
    for begin, stop in pairwise([candidate.start - 1, *cuts, candidate.cue[0]]):
        item = _PAIR.fullmatch(text, begin + 1, stop)
        if item is None:
            return []
        spans = item.span("one"), item.span("other")
        told = [next((p for p in named if a <= p.start < b), Party(a, b, None)) for a, b in spans]
        pairs.append((told[0], told[1]))
    return pairs if len(pairs) > 1 else []


def distinct(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate per deed of an item: of two that share a cue or a title the fuller one stays."""
    kept: list[Candidate] = []
    each = {p.start for c in candidates if c.is_each for p in c.parties}
    for candidate in sorted(
        # What tells the pairs of 甲与乙、丙与丁 as one paper of all tells nothing new.
        [c for c in candidates if c.is_each or c.title or not {p.start for p in c.parties[1:]} & each],
        key=lambda c: (c.base != "ended", -len(c.parties), -c.confidence, c.start),
    ):
        if not any(
            not (candidate.is_each and k.is_each)
            and (_overlap(candidate.cue, k.cue) or _same_title(candidate, k) or _is_undone(candidate, k))
            for k in kept
        ):
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _same_title(a: Candidate, b: Candidate) -> bool:
    return a.title is not None and b.title is not None and _overlap(a.title, b.title)


def _is_undone(candidate: Candidate, ended: Candidate) -> bool:
    """终止收购某公司的交易: the buying inside the object of an end is no deal of its own."""
    return ended.base == "ended" and ended.title is not None and _overlap(candidate.cue, ended.title)


def is_in(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether a span lies within another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


_BARE_PHASE = re.compile("第?[一二三四五六首]期(?:项目|工程)?")


def is_same(context: ArticleContext, known: Candidate, new: Candidate) -> bool:
    """Whether two candidates tell one deal: same title, or same parties and a title missing."""
    old_title = context.text[slice(*known.title)].strip() if known.title else ""
    new_title = context.text[slice(*new.title)].strip() if new.title else ""
    if new.rule == "phase":
        old_phase, new_phase = PHASE_NUMBER.search(old_title), PHASE_NUMBER.search(new_title)
        if old_phase and new_phase and known.whole is not None and known.whole is new.whole:
            return old_phase["number"] == new_phase["number"]
        # 二期项目同步开工。二期项目总投资15亿元: the phase that was told right before.
        is_next = context.sentence_at(new.cue[0]) - context.sentence_at(known.cue[0]) < 2
        if old_phase and new_phase and is_next and _BARE_PHASE.fullmatch(old_title):
            return old_phase["number"] == new_phase["number"]
    old_names = {p.mention.text for p in known.parties if p.mention}
    new_names = {p.mention.text for p in new.parties if p.mention}
    if known.is_each and new.is_each and old_names != new_names:
        return False
    if known.rule == new.rule == "bought" and new_names <= old_names and not new_title:
        # 增持股份252万股，增持比例为0.1%: one verb, told on in its sentence.
        cues = {context.text[slice(*c.cue)] for c in (known, new)}
        if len(cues) == 1 and context.sentence_at(known.cue[0]) == context.sentence_at(new.cue[0]):
            return True
    compatible = not old_names or not new_names or share_name(old_names, new_names)
    is_there = known.title and new.title and known.title[0] == new.title[0]
    if is_there and {known.hint, new.hint} <= _STANDING:
        # 某基地首批机组并网。该基地由甲与乙出资: the name was taken from there.
        return True
    if old_title and new_title and not (known.rule == new.rule == "bought"):
        generic = len(min(old_title, new_title, key=len)) < 7
        if old_title == new_title:
            return compatible and (not generic or old_names == new_names)
        short, long = sorted((old_title, new_title), key=len)
        return not generic and compatible and _is_within(short, long) and new.is_phase == known.is_phase
    if {known.rule, new.rule} <= _OF_SHARES:
        # A firm may be recognised by its full name and not by its short one.
        old_names, new_names = _words(context, known), _words(context, new)
    return _same_names(old_names, new_names) and known.hint == new.hint


def is_short_for(context: ArticleContext, known: Candidate, new: Candidate) -> bool:
    """Whether the title of works is short for another one's, as 储能项目 for 储能电池项目."""
    titles = [
        _OF_PAPER.sub("", context.text[slice(*c.title)].strip()) if c.title else "" for c in (known, new)
    ]
    short, long = sorted(titles, key=len)
    names = [{p.mention.text for p in c.parties if p.mention} for c in (known, new)]
    if len(short) < _MIN_SHORT_CHARS or len(short) == len(long) or known.is_phase != new.is_phase:
        return False
    ends = long.endswith(short) or (long[:2] == short[:2] and long[-2:] == short[-2:])
    return ends and _is_within(short, long) and (not all(names) or share_name(*names))


def _words(context: ArticleContext, candidate: Candidate) -> set[str]:
    """What the text calls the parties, by their names where these were recognised."""
    return {p.mention.text if p.mention else context.text[p.start : p.end] for p in candidate.parties}


def area_kind(words: str) -> str | None:
    """What kind of area words end with: 县 of 我县, 某县 and 县政府."""
    kind = _AREA_KIND.search(words)
    return kind["kind"] if kind else None


def is_its_office(words: str, names: Iterable[str]) -> bool:
    """Whether words are the government of an area among names: 县人民政府 beside 某县."""
    return _OFFICE.fullmatch(words) is not None and area_kind(words) in {area_kind(name) for name in names}


def _same_names(left: set[str], right: set[str]) -> bool:
    """Whether two sets hold the same names, in full or in short."""
    is_known = all(any(_is_within(*sorted((a, b), key=len)) for b in right) for a in left)
    return bool(left) and len(left) == len(right) and is_known


def share_name(left: set[str], right: set[str]) -> bool:
    """Whether two sets of names have one in common, in full or in short."""
    return any(_is_within(*sorted((a, b), key=len)) for a in left for b in right)


def _is_within(short: str, long: str) -> bool:
    """Whether a name is a short form of another: its characters, in order, end with the same one.

    A number is one word: 1号厂房 is not short for 10号厂房, 5万吨 not for 15万吨.
    """
    if not set(_NUMBER.findall(short)) <= set(_NUMBER.findall(long)):
        return False
    if short[-1:] != long[-1:]:
        return short in long
    return is_short_of(short, long)
