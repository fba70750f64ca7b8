"""Names behind a title: 总经理卫东, 副县长仁增才让说, 市领导高原、谷雨, also where damage cut them.

The engine misses names that are words or have a rare surname, and ends others too early. The title in front
and the mark or verb behind tell a name from a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from transforms.extract.gated import NAMES
from transforms.extract.names import titled_slots as near_titles
from transforms.extract.names.extents import NameExtents
from transforms.extract.names.lone import LonePersons
from transforms.extract.names.spans import Span, keep_outermost
from transforms.extract.names.titled_shapes import DOTS, PHRASE, RANKS, TAILS, NameShapes
from transforms.extract.names.titled_slots import (
    APPOINTED,
    CALLED,
    Gaps,
    Slot,
    close_gaps,
    engine_end,
    is_free,
)
from transforms.extract.patterns import any_of, starts_of
from transforms.extract.roles.titles import Title, TitleGrammar
from transforms.normalize.words import Words

_REACH = 24
_LONGEST = 6
_DOTTED = r"[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fff]{2,8}?)+"
# A name of two characters that is such a word elsewhere needs a sign each time that it is the name.
_COMMON = 100
_JOINT = re.compile("[与和及]")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ ·.][A-Z][a-z]+){1,2}(?![A-Za-z])")
# Marks, and what names of bodies end on.
_BEFORE = frozenset(
    "、，。；：” \n的兼与和业份技队组部处室科站局厂院校司团会所心间行店社馆园区县市镇乡村街盟旗州"
    "办委台府庭港场"
)
_CLOSED = re.compile("(?:等?职务|一职)?(?:[，。；、]|$)")
_IN_LIST, _RARE_WORD = re.compile("[、，。；和与及]|都|也|一起|一家|陪"), 30
_NO_GAPS = Gaps()
# 董事 ends inside 董事长, 总工 inside 总工程师, 领导 inside 领导人, 会员 inside 会员国, 主教 inside 主教练,
# 主席 inside 主席团 and 主席国, 教练 inside 教练员, 业主 inside 行业主管, 委员 inside 委员会,
# 书记 inside 书记处, 副总 inside 副总经理.
_RUNS_ON = (
    "长|人|程师|(?<=副总)(?:裁|理|经理|监|工|会计|经济|编|干事|指挥|设计|教练)"
    "|(?<=[员席])国(?![\u4e00-\u9fff][、，和])|(?<=主席)(?:台|特别代)"
    "|(?:(?<=教练)|(?<=闻官)|(?<=书记)|(?<=导人))员|(?<=会员)卡|(?<=业主)管|(?<=站长)期"
    "|(?<=司令)官|(?<=主教)练|(?<=[席表问员])团|(?<=[员事生])会|(?<=[记秘]书)处|(?<=老人)家"
)


class TitledNames:
    """Built once from the vocabularies.

    Args:
        lookups: Parsed seed files by stem; reads `titles` and `persons`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        titles, persons = lookups["titles"], lookups["persons"]
        self._grammar = TitleGrammar(lookups)
        self._words = Words()
        self._shapes = NameShapes(lookups, self._grammar, self._words)
        self.extents = NameExtents(lookups, self._grammar, self._shapes)
        """Leads persons of the engine to their ends."""
        self.lone = LonePersons(lookups, self._grammar, self._shapes)
        """Drops words that the engine takes for persons."""
        ranks = ("chief", "member", "profession")
        ends = {head[-1] for rank in ranks for head in titles[rank]} | {"长"}
        self._roles = tuple(persons["roles"])
        self._surnames = frozenset(persons["surnames"] + persons["rare_surnames"])
        self._compound = frozenset(persons["compound_surnames"])
        # One look at two character classes spares most positions the title's grammar.
        self._end = re.compile(rf"[{re.escape(''.join(sorted(ends)))}](?=[\u4e00-\u9fffA-Z])(?!{_RUNS_ON})")
        self._behind = self._shapes.behind
        self._dotted = re.compile(f"{_DOTTED}(?={self._behind.pattern})")
        self._speaks = re.compile(
            f"[，：,:]|(?:[则也还又]|\\w{{2,3}}地)?(?:{any_of([*persons['says'], *persons['acts']])})"
        )
        self._acts = re.compile(any_of([*persons["says"], *persons["acts"]]))
        self._rare = frozenset(persons["rare_surnames"])
        starts = "".join(sorted({calling[0] for calling in persons["callings"]}.union("岁名的、和")))
        self._called = NAMES.compile(
            f"(?=[{starts}])(?:岁的|岁(?:{any_of(titles['profession'])})|名叫|{any_of(persons['callings'])}|的(?P<kin>{any_of(persons['kin'])})|[、和](?P<next>{any_of(persons['kin'])}))(?=[\u4e00-\u9fff])(?!{_RUNS_ON})"
        )

    def find(self, text: str, spans: list[Span], heads: Sequence[str] = ()) -> list[Span]:
        """Add names behind a title, and lead those that the engine cut to their end.

        Args:
            text: The article's text.
            spans: Top-level spans, sorted.
            heads: Headlines of the article; names behind a title in them are looked for in the text.

        Returns:
            The spans, sorted; new ones have rule `after_title`.
        """
        closed, places, gaps = close_gaps(text)
        moved = [
            span
            if places is None
            else span.but(start=bisect_left(places, span.start), end=bisect_left(places, span.end))
            for span in spans
        ]
        doubted: list[int] = []
        found = dict(self._read(closed, moved, gaps, doubted=doubted))
        found |= self._mend(closed, moved, gaps)
        for about in near_titles.ABOUT.finditer(closed):
            name, (start, end) = about["name"], about.span("name")
            has_surname = name[0] in self._surnames or name[:2] in self._compound
            if has_surname and is_free([s for s in moved if s.end > start], start, end, start, start):
                found[start] = end
        found |= self._framed(closed, moved)
        for name in {name for head in heads for name in self.names_in(head)}:
            for start in starts_of(name, closed):
                end = start + len(name)
                inside = any(s.start <= start and end <= s.end for s in moved)
                if not inside and self.is_named(closed, start, end):
                    found[start] = end
        found |= self._confirmed(closed, moved, doubted, found)
        found |= self._missed(closed, moved)
        if not found:
            return spans
        new = keep_outermost(Span(start, end, "person", "after_title", 0.7) for start, end in found.items())
        starts, ends = [s.start for s in new], [s.end for s in new]
        kept = [
            span
            for span, other in zip(spans, moved, strict=True)
            if bisect_left(starts, other.end) == bisect_left(ends, other.start + 1)
        ]
        if places is not None:
            new = [s.but(start=places[s.start], end=places[s.end - 1] + 1) for s in new]
        return sorted([*kept, *new], key=lambda span: (span.start, -span.end))

    def _framed(self, text: str, spans: Sequence[Span]) -> dict[int, int]:
        """Names that an appointment frames: 任命平安为局长, 由安宁担任组长, 常青任组长."""
        found = {}
        for frame in near_titles.FRAMED.finditer(text):
            start, end = frame.span("name")
            office = self._grammar.search(text, frame.end(), frame.end() + _REACH)
            if office is None or not text[frame.end() : office.end].isalpha():
                continue
            near = [span for span in spans if span.start < end and start < span.end]
            # 张大任副局长说, 张大任博士: there the engine knows better.
            is_closed = office.rank != "profession" and _CLOSED.match(text, office.end) is not None
            is_cut = all(span.entity_type == "person" and span.start == start for span in near)
            is_known = any((span.start, span.end) == (start, end) for span in near)
            if is_cut and not is_known and (is_closed or not near) and self._shapes.is_framed(frame):
                found[start] = end
        return found

    def _missed(self, text: str, spans: Sequence[Span]) -> dict[int, int]:
        """Names between two persons of a list: 任 is a surname in 江雁、任海川、谷雨."""
        found = {}
        persons = [span for span in spans if span.entity_type == "person"]
        rows = [
            (left.end + 1, text[left.end + 1 : right.start - 1])
            for left, right in pairwise(persons)
            if near_titles.MISSED.fullmatch(text, left.end, right.start) is not None
        ]
        lasts = (near_titles.LAST.match(text, span.end) for span in persons)
        rows += [(last.start(1), last[1]) for last in lasts if last is not None]
        held = {(span.start, span.end) for span in persons}
        for span in persons:
            end = span.end
            while (following := near_titles.BRACKETED.match(text, end)) is not None:
                start, end = following.span("name")
                if (start, end) in held or not self._may_be_in_row(following["name"]):
                    break
                found[start] = end
        for begin, row in rows:
            for member in re.finditer("[^、]+", row):
                name, start = member[0], begin + member.start()
                longest = 4 if name[:2] in self._compound else 3
                is_named = len(name) <= longest and (name[0] in self._surnames or longest > 3)
                is_seen = any(s.start < start + len(name) and start < s.end for s in spans)
                if is_named and not is_seen and not self._shapes.is_never(name):
                    found[start] = start + len(name)
        return found

    def _may_be_in_row(self, name: str) -> bool:
        """Whether it begins as names do and is no title: no 妇女代表（左一）."""
        return (name[0] in self._surnames or name[:2] in self._compound) and not self._grammar.match_end(name)

    def _mend(self, text: str, spans: Sequence[Span], gaps: Gaps) -> dict[int, int]:
        """Names whose last character a space of damage cut off: 江一 鸣说."""
        mended = {}
        for span in spans:
            end = span.end + 1
            is_cut = span.entity_type == "person" and span.end in gaps.all and span.end - span.start == 2
            # 柳青 校对：
            is_role = text.startswith(self._roles, span.end)
            if not is_cut or is_role or text[span.start] not in self._surnames or text[span.end] in TAILS:
                continue
            behind = self._behind.match(text, end)
            slot = Slot(span.start, end, CALLED, True)
            if behind is not None or self._shapes.is_before_verb(text, slot):
                mended[span.start] = end
        return mended

    def names_in(self, head: str) -> list[str]:
        """Names behind a title in a headline."""
        closed, _, _ = close_gaps(head)
        is_portrait = near_titles.PORTRAIT.search(closed) is not None
        names = [closed[start:end] for start, end in self._read(closed, [], anchored=is_portrait)]
        speaker = near_titles.SPEAKER.match(closed)
        if speaker is not None and (speaker[1][0] in self._surnames or speaker[1][:2] in self._compound):
            names.append(speaker[1])
        return names

    def _confirmed(
        self, text: str, spans: Sequence[Span], doubted: Sequence[int], found: Mapping[int, int]
    ) -> dict[int, int]:
        """Names behind a title that hold or are words, where one of the same name acts elsewhere."""
        confirmed: dict[int, int] = {}
        for start in doubted:
            if start in found or start in confirmed:
                continue
            for end in (start + 3, start + 2):
                uses = self._uses(text, start, end)
                if len(uses) < 2:
                    continue
                for at in uses:
                    near = [span for span in spans if span.start < at + end - start and span.end > at]
                    if is_free(near, at, at + end - start, at, at):
                        confirmed[at] = at + end - start
                break
        return confirmed

    def _uses(self, text: str, start: int, end: int) -> list[int]:
        """Where a name stands behind its title, and where it begins a clause and acts."""
        name = text[start:end]
        common = self._words.frequency(name) >= _COMMON
        if not name.isalpha() or (common and name[0] in PHRASE) or self._shapes.is_never(name):
            return []
        uses = [start]
        for at in starts_of(name, text):
            begins = at == 0 or not text[at - 1].isalnum()
            if at != start and begins and self._acts.match(text, at + len(name)) is not None:
                uses.append(at)
        return uses

    def is_named(self, text: str, start: int, end: int) -> bool:
        """Whether a name is meant where it may be a word: it begins a clause, and somebody speaks."""
        if end - start > 2 or self._words.frequency(text[start:end]) < _COMMON:
            return True
        begins = start == 0 or not text[start - 1].isalnum()
        return begins and self._speaks.match(text, end) is not None

    def _read(
        self,
        text: str,
        spans: Sequence[Span],
        gaps: Gaps = _NO_GAPS,
        *,
        anchored: bool = False,
        doubted: list[int] | None = None,
    ) -> Iterator[tuple[int, int]]:
        ends = {span.end for span in spans if span.entity_type != "person"}
        starts = [span.start for span in spans]
        whole = {
            span.start: span.end
            for span in spans
            if span.entity_type == "person"
            and span.end - span.start > 2
            and text[span.start] in self._surnames
        }
        reached = 0
        calls = list(self._called.finditer(text))
        called = {m.end(): m["kin"] or m["next"] for m in calls}
        listed = {m.end() for m in calls if m["next"]}
        held = {m.end() for m in near_titles.HELD_BY.finditer(text)}
        appointed = {m.end() for m in near_titles.APPOINTS.finditer(text)}
        told = called.keys() | appointed
        for start in sorted({m.end() for m in self._end.finditer(text)} | told | held):
            if start < reached or start + 1 in held:
                continue
            behind = start - 1 if start in held else start
            if start in ends and start not in told and not DOTS.search(text, start, start + _LONGEST):
                continue
            if start not in told and not self._grammar.may_end(text, behind):
                continue
            if start in whole and self._is_whole(text, whole[start]):
                continue
            sizes = self._sizes(text, start)
            if not self._may_begin(text, start, sizes):
                continue
            title = self._grammar.match_end(text[max(0, behind - _REACH) : behind]) if sizes else None
            if start in told:
                title = APPOINTED if start in appointed else CALLED
            if title is None or (start in called and text[start] in PHRASE):
                continue
            if called.get(start) and text[start] in self._rare:
                continue
            begin = behind - (title.end - title.start)
            is_anchored = (
                anchored
                or not ends.isdisjoint(range(begin, start))
                or title.committee_chars > 0
                or begin == 0
                or text[begin - 1] in _BEFORE
                or not title.head
                or (title.rank == "deputy" and title.end - title.start > 2)
            )
            near = spans[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, start + _LONGEST)]
            persons = [(span.start, span.end) for span in near if span.entity_type == "person"]
            floor = begin if begin in ends or len(title.head) > 2 else start
            for end in sorted(sizes) if start + 1 in gaps.wide else sizes:
                is_inside = any(start < begun <= end < whole_end for begun, whole_end in persons)
                if is_inside or (end - start > 2 and self._shapes.takes_office(text, end - 1)):
                    continue
                # 丈夫江川、儿子江雁、, but 儿子时常
                is_role = end - 1 in gaps.all and text.startswith(self._roles, end - 1)
                if is_role or (start in listed and not self._is_listed(text, start, end)):
                    continue
                is_parted, is_wide = start + 1 in gaps.all, start + 1 in gaps.wide
                seen_end = engine_end(near, start)
                slot = Slot(start, end, title, is_anchored, is_parted, is_wide, seen_end)
                if self._shapes.fits(text, slot):
                    if is_free(self._without_overrun(text, near, end), start, end, floor, begin):
                        yield start, end
                    reached = end
                    break
            is_office = is_anchored and (title.rank in RANKS or len(title.head) > 2)
            if doubted is not None and reached <= start and is_office and text[start] in self._surnames:
                doubted.append(start)
            if title.is_shared and reached > start:
                yield from self._rest_of_list(text, reached, spans, starts, title)

    def _is_listed(self, text: str, start: int, end: int) -> bool:
        """Whether a relative's name is no word, and the list of them goes on or ends behind it."""
        return _IN_LIST.match(text, end) is not None and self._words.frequency(text[start:end]) <= _RARE_WORD

    def _is_whole(self, text: str, end: int) -> bool:
        """Whether a name that the engine sees ends there, and no list goes on with its title."""
        verb = self._behind.match(text, end - 1)
        is_ended = text[end : end + 1] != "、" and not self._shapes.takes_office(text, end - 1)
        return is_ended and (verb is None or verb.lastgroup in (None, "mark"))

    def _may_begin(self, text: str, start: int, sizes: Sequence[int]) -> bool:
        """Whether a name may begin here: with a surname, or before what names stand before."""
        first = text[start]
        if first in self._surnames or first.isascii() or text[start : start + 2] in self._compound:
            return True
        return any(self._behind.match(text, end) or DOTS.search(text, start, end) for end in sizes)

    def _without_overrun(self, text: str, spans: Sequence[Span], end: int) -> list[Span]:
        """The spans without persons that reach into what the person does: 江雁陪 in 江雁陪同."""
        if self._shapes.takes_office(text, end):
            return [span for span in spans if span.entity_type != "person" or span.end != end + 1]
        behind = self._behind.match(text, end)
        if behind is None or behind.lastgroup in (None, "mark"):
            return list(spans)
        return [
            span
            for span in spans
            if not (span.entity_type == "person" and span.start < end < span.end <= behind.end())
        ]

    def _rest_of_list(
        self, text: str, at: int, spans: Sequence[Span], starts: Sequence[int], title: Title
    ) -> Iterator[tuple[int, int]]:
        """Names that share the title: 谷雨 in 市领导高原、谷雨."""
        while text.startswith("、", at) and at + 1 < len(text):
            start = at + 1
            sizes = self._sizes(text, start)
            end = next((end for end in sizes if self._shapes.fits(text, Slot(start, end, title, True))), None)
            # 丹斯里江雁、拿督谷雨: the second has a title of his own.
            is_titled = end is not None and end - start > 3 and self._grammar.match_start(text, start)
            if end is None or is_titled:
                return
            near = spans[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
            if is_free(near, start, end, start, start):
                yield start, end
            at = end

    def _sizes(self, text: str, start: int) -> list[int]:
        """Ends that a name may have, the likelier first."""
        if text[start].isascii():
            latin = _LATIN.match(text, start)
            return [latin.end()] if latin else []
        dotted = self._dotted.match(text, start) if DOTS.search(text, start, start + 10) else None
        # 江雁与埃里克·林德 are two.
        if dotted is not None and _JOINT.search(DOTS.split(dotted[0], 1)[0], 2) is None:
            return [dotted.end()]
        if text[start : start + 2] in self._compound:
            lengths: tuple[int, ...] = (4, 3)
        elif text[start] in self._surnames:
            lengths = (3, 2, 4, 5)
        else:
            lengths = tuple(range(2, _LONGEST + 1))
        return [
            start + length
            for length in lengths
            if start + length <= len(text) and text[start : start + length].isalpha()
        ]
