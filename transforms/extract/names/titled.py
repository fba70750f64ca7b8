"""Names behind a title: 总经理卫东, 副县长仁增才让说, 市领导高原、谷雨, also where damage cut them.

The engine misses names that are words or have a rare surname, and ends others too early. The title in front
and the mark or verb behind tell a name from a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rjieba import tag

from transforms.extract.names import titled_slots as near_titles
from transforms.extract.names.spans import Span, keep_outermost
from transforms.extract.names.titled_slots import CALLED, Slot, close_gaps, engine_end, is_free
from transforms.extract.patterns import any_of
from transforms.extract.roles_titles import Title, TitleGrammar
from transforms.normalize.words import Words

_REACH = 24
_RANKS = frozenset({"chief", "deputy"})
_LONGEST = 6
# A word as frequent as this in jieba's dictionary is no name; names in it are rarer.
_WORD, _WORD_INSIDE, _OFTEN = 30, 60, 1000
# A name of two characters that is such a word elsewhere needs a sign each time that it is the name.
_COMMON = 100
_MARK = r"[，、。；：！？“”（）,;:!?\"()《》\s]|$"
_DOTTED = r"[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fff]{2,8}?)+"
_DOTS = re.compile("[·•・‧]")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ ·.][A-Z][a-z]+){1,2}(?![A-Za-z])")
# Marks, and what names of bodies end on.
_BEFORE = frozenset(
    "、，。；：” \n的兼与和业份技队组部处室科站局厂院校司团会所心间行店社馆园区县市镇乡村街盟旗州"
    "办委台府庭港场"
)
_KINDS = ("mark", "says", "acts", "opens")
_PREPOSITIONS = frozenset("和于向从由")
_NAMES = frozenset({"nr", "ns", "nz"})
_FUNCTIONS = frozenset("cdpruv")
# 高峰 and 时代 before a comma may be names, 明天 and 谈到 are none.
_NAMELIKE = frozenset({"nr", "n", "ns", "nz"})
_NOUNS = frozenset({"nr", "n", "ns", "nz", "s", "t", "b", "i", "j"})
_PARTICLES = frozenset(
    "的了在是和与及都也还就将已被把给对向从为以因等说称表示们兼任由之或一不有这那其各该并同共大小上下中率"
)
_PRONOUNS = frozenset("他她它我你们")
_NEVER_LAST = frozenset("以在过着说等率签并的了已将还也就都不则却便仍曾又是把给被讲获赴抵像这那其该此")
_SELDOM_LAST = frozenset("与和对向为同及")
_TAILS = _NEVER_LAST | _SELDOM_LAST
# Surnames that mostly begin a phrase behind a title: 局长于近日, 董事长和总裁.
_PHRASE = frozenset("和于都应全能从向后由时当过令任曾成连常来")
_AT = re.compile("在[^，。；]{0,8}(?:[会场]上|现场|时[，候]|仪式)")
# 董事 ends inside 董事长, 领导 inside 领导人, 会员 inside 会员国.
_RUNS_ON = "长(?!孙)|人|(?<=员)国"


class TitledNames:
    """Built once from the vocabularies.

    Args:
        lookups: Parsed seed files by stem; reads `titles` and `persons`.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        titles, persons = lookups["titles"], lookups["persons"]
        self._grammar = TitleGrammar(lookups)
        self._words = Words()
        ranks = ("chief", "member", "profession")
        ends = {head[-1] for rank in ranks for head in titles[rank]} | {"长"}
        self._surnames = frozenset(persons["surnames"] + persons["rare_surnames"])
        self._compound = frozenset(persons["compound_surnames"])
        self._foreign = frozenset(persons["transliteration"])
        self._never = frozenset([*persons["not_behind_titles"], *persons["says"], *persons["acts"]])
        self._listed = frozenset(persons["names_in_lists"])
        # One look at two character classes spares most positions the title's grammar.
        self._end = re.compile(rf"[{re.escape(''.join(sorted(ends)))}](?=[\u4e00-\u9fffA-Z])(?!{_RUNS_ON})")
        says, acts = any_of(persons["says"]), any_of(persons["acts"])
        opens = any_of(persons["opens"])
        said = f"(?P<says>{says})|(?P<acts>{acts})|(?P<opens>{opens})"
        behind = f"(?P<mark>{_MARK})|{said}|[与和在对向为等同及率的作以]"
        self._behind = re.compile(behind)
        self._dotted = re.compile(f"{_DOTTED}(?={behind})")
        self._speaks = re.compile(f"[，：,:]|{says}|{acts}")
        self._rare = frozenset(persons["rare_surnames"])
        self._called = re.compile(
            f"(?:岁的|岁(?:{any_of(titles['profession'])})|名叫|{any_of(persons['callings'])}|的(?P<kin>{any_of(persons['kin'])}))(?=[\u4e00-\u9fff])(?!{_RUNS_ON})"
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
        found = dict(self._read(closed, moved, gaps))
        found |= self._mend(closed, moved, gaps)
        for about in near_titles.ABOUT.finditer(closed):
            name, (start, end) = about["name"], about.span("name")
            has_surname = name[0] in self._surnames or name[:2] in self._compound
            near = [span for span in moved if span.start < end and span.end > start]
            if has_surname and is_free(near, start, end, start, start):
                found[start] = end
        for name in {name for head in heads for name in self.names_in(head)}:
            for match in re.finditer(re.escape(name), closed):
                inside = any(s.start <= match.start() and match.end() <= s.end for s in moved)
                if not inside and self.is_named(closed, *match.span()):
                    found[match.start()] = match.end()
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

    def _mend(self, text: str, spans: Sequence[Span], gaps: frozenset[int]) -> dict[int, int]:
        """Names whose last character a space of damage cut off: 江一 鸣说."""
        mended = {}
        for span in spans:
            end = span.end + 1
            is_cut = span.entity_type == "person" and span.end in gaps and span.end - span.start == 2
            if not is_cut or text[span.start] not in self._surnames or text[span.end] in _TAILS:
                continue
            behind = self._behind.match(text, end)
            slot = Slot(span.start, end, CALLED, True)
            if behind is not None or self._is_before_verb(text, slot):
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

    def is_named(self, text: str, start: int, end: int) -> bool:
        """Whether a name is meant where it may be a word: it begins a clause, and somebody speaks."""
        if end - start > 2 or self._words.frequency(text[start:end]) < _COMMON:
            return True
        begins = start == 0 or not text[start - 1].isalnum()
        return begins and self._speaks.match(text, end) is not None

    def _read(
        self, text: str, spans: Sequence[Span], gaps: frozenset[int] = frozenset(), *, anchored: bool = False
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
        called = {m.end(): m["kin"] is not None for m in self._called.finditer(text)}
        held = {m.end() for m in near_titles.HELD_BY.finditer(text)}
        for start in sorted({m.end() for m in self._end.finditer(text)} | called.keys() | held):
            if start < reached or start + 1 in held:
                continue
            behind = start - 1 if start in held else start
            if start not in called and not self._grammar.may_end(text, behind):
                continue
            if start in whole and self._is_whole(text, whole[start]):
                continue
            sizes = self._sizes(text, start)
            if not self._may_begin(text, start, sizes):
                continue
            title = self._grammar.match_end(text[max(0, behind - _REACH) : behind]) if sizes else None
            if start in called:
                title = CALLED
            if title is None or (start in called and text[start] in _PHRASE):
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
            floor = begin if begin in ends or len(title.head) > 2 else start
            for end in sizes:
                slot = Slot(start, end, title, is_anchored, start + 1 in gaps, engine_end(near, start))
                if self._fits(text, slot):
                    if is_free(self._without_overrun(text, near, end), start, end, floor, begin):
                        yield start, end
                    reached = end
                    break
            if title.is_shared and reached > start:
                yield from self._rest_of_list(text, reached, spans, starts, title)

    def _is_whole(self, text: str, end: int) -> bool:
        """Whether a name that the engine sees ends there, and no list goes on with its title."""
        verb = self._behind.match(text, end - 1)
        return text[end : end + 1] != "、" and (verb is None or verb.lastgroup in (None, "mark"))

    def _may_begin(self, text: str, start: int, sizes: Sequence[int]) -> bool:
        """Whether a name may begin here: with a surname, or before what names stand before."""
        first = text[start]
        if first in self._surnames or first.isascii() or text[start : start + 2] in self._compound:
            return True
        return any(self._behind.match(text, end) or _DOTS.search(text, start, end) for end in sizes)

    def _without_overrun(self, text: str, spans: Sequence[Span], end: int) -> list[Span]:
        """The spans without persons that reach into what the person does: 江雁陪 in 江雁陪同."""
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
            end = next((end for end in sizes if self._fits(text, Slot(start, end, title, True))), None)
            if end is None:
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
        if _DOTS.search(text, start, start + 10) and (dotted := self._dotted.match(text, start)):
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

    def _fits(self, text: str, slot: Slot) -> bool:
        """Whether what stands behind a title is a name."""
        start, end, title = slot.start, slot.end, slot.title
        name = text[start:end]
        behind = self._behind.match(text, end)
        if name[0].isascii():
            return True
        if dotted := _DOTS.search(name):
            rest = name[dotted.start() :]
            seen = _DOTS.search(text, start, slot.engine_end or start)
            return (
                self._foreign.issuperset(_DOTS.sub("", rest))
                and seen is None
                and self._grammar.search(name[: dotted.start()]) is None
            )
        if name in self._never and not (name in self._listed and text.startswith("、", end)):
            return False
        marked, speaks, acts, opens = (behind is not None and behind[kind] is not None for kind in _KINDS)
        is_sure = marked or speaks or acts or opens
        if (
            name[-1] == "时"
            and near_titles.MET.search(text, max(0, start - _REACH), start)
            and text[end : end + 1] in "，,"
        ):
            # 见到总经理江雁时，她刚到。
            return False
        if name[-1] in _PRONOUNS or (len(name) > 2 and name[-1] in _NEVER_LAST):
            return False
        if len(name) > 2 and name[-1] in _SELDOM_LAST:
            is_joined = is_sure or text[end : end + 1] in tuple("与和同")
            if text.startswith("代表", end) or not is_joined:
                return False
        surname = 2 if len(name) > 2 and name[:2] in self._compound else 1
        if len(name) > surname + 1 and self._runs_over(text, end):
            return False
        if surname == 1 and (name[0] not in self._surnames or len(name) > 3):
            return is_sure and slot.anchored and self._is_strange(text, slot)
        is_chief = title.rank in _RANKS
        if not slot.anchored and (
            not is_chief
            or (len(title.head) < 3 and title.end - title.start < 3 and self._crosses(text, start))
        ):
            return False
        if behind is None:
            return slot.anchored and (len(name) > 2 or slot.parted) and self._is_before_verb(text, slot)
        if surname == 2 or (slot.parted and name[0] not in _PREPOSITIONS):
            return True
        frequency = self._words.frequency(name)
        if len(name) > 2:
            is_told = is_chief and marked and slot.anchored and name[0] not in self._rare | _PHRASE
            return self._is_long_name(name, frequency, acting=speaks or acts or opens, told=is_told)
        if frequency <= _WORD:
            is_begun = opens and name[0] in _PHRASE
            return (is_sure and not is_begun) or (name[0] not in _PHRASE and behind[0] != "的")
        words = tag(name)
        if len(words) > 1 or not (slot.anchored or speaks or acts):
            return False
        kind = words[0][1]
        if frequency >= _OFTEN and kind not in _NAMELIKE and not (speaks or acts or opens):
            return False
        is_long = len(title.head) > 2
        if not is_chief and not (speaks or acts or (is_sure and (is_long or not title.head))):
            return False
        if kind in _NOUNS:
            return is_sure
        is_verb = kind in ("v", "vn", "a", "ad", "an")
        meant = ((speaks or (acts and is_chief)) and is_verb) or (
            marked and (is_chief or (is_long and is_verb))
        )
        return meant and name[0] not in _PHRASE

    def _runs_over(self, text: str, end: int) -> bool:
        """Whether the last character begins what the person does: 陪|同, 正|在给, not 正|在会上."""
        behind = self._behind.match(text, end - 1)
        if behind is None or behind.lastgroup not in ("says", "acts", "opens") or behind.end() <= end:
            return False
        return _AT.match(text, end) is None

    def _is_long_name(self, name: str, frequency: int, *, acting: bool, told: bool = False) -> bool:
        kind = tag(name)[0][1]
        if frequency > _WORD and kind != "nr":
            # 副主任马鞍山介绍: what speaks behind a title is a person, whatever else it is called.
            return acting and kind in _NOUNS
        if self._words.frequency(name[:2]) > _WORD_INSIDE and tag(name[:2])[0][1] != "nr":
            is_rarer = self._words.frequency(name[:2]) < _OFTEN
            return told and is_rarer and tag(name[:2])[0][1] in _NOUNS
        rest = self._words.frequency(name[1:])
        kind = tag(name[1:])[0][1]
        if name[0] not in _PHRASE:
            return name[0] not in self._rare or rest <= _WORD or kind not in _FUNCTIONS
        is_named = (
            rest <= _WORD or kind in _NAMES or (acting and kind == "n" and name[0] not in _PREPOSITIONS)
        )
        return is_named and _PARTICLES.isdisjoint(name[1:])

    def _is_before_verb(self, text: str, slot: Slot) -> bool:
        """Whether any other verb stands behind a name with no word in it or over its end."""
        start, end = slot.start, slot.end
        word, kind = tag(text[end : end + 6])[0] if end < len(text) else ("", "")
        across = (text[end - 1 : end + ahead] for ahead in (1, 2, 3))
        return (
            len(word) > 1
            and kind in ("v", "vn", "d")
            and (text[start] not in _PHRASE or not slot.title.head)
            and not any(map(self._words.frequency, across))
            and self._words.frequency(text[start:end]) <= _WORD
            and self._words.frequency(text[start : start + 2]) <= _WORD_INSIDE
        )

    def _is_strange(self, text: str, slot: Slot) -> bool:
        """Names of peoples without surnames and foreign ones: no common word in them or over their front."""
        # 健一, whose first part the engine saw.
        last = slot.end - 1 if slot.engine_end == slot.end - 1 else slot.end
        name = text[slot.start : last]
        if not _PARTICLES.isdisjoint(name) or (len(name) == 2 and not self._foreign.issuperset(name)):
            return False
        inside = (name[i : i + n] for n in (2, 3) for i in range(len(name) - n + 1))
        return not any(map(self._words.frequency, inside)) and not self._crosses(text, slot.start)

    def _crosses(self, text: str, start: int) -> bool:
        """Whether a word reaches over the beginning: 社会长治久安 has no title."""
        across = (text[start - back : start + ahead] for back in (1, 2) for ahead in (1, 2, 3))
        return any(self._words.frequency(word) > _WORD for word in across)
