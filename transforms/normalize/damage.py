"""Spots where the text is damaged and no rule may repair it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.normalize.characters import CJK
from transforms.normalize.lines import ends_sentence
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import CLOSERS, PageVocabulary
from transforms.normalize.words import Words

_PAIRS = {"《": "》", "（": "）", "“": "”", "「": "」", "『": "』", "【": "】"}
_CLOSING = {v: k for k, v in _PAIRS.items()}
_MARK_RE = re.compile("[" + "".join(_PAIRS) + "".join(_CLOSING) + "]")
_LOST_RE = re.compile(r"[\ufffd□]+|[\ue000-\uf8ff]+|锟斤拷(?:锟斤拷|锟)*|(?:烫烫)+|(?:屯屯)+")
_MOJIBAKE_RE = re.compile(r"(?:[\u00c3-\u00ef][\u0080-\u00bf\u2013-\u203a\u20ac]{1,2}){2,}")
_TRUNCATED_RE = re.compile("[，。、；：！？”）》」』】]|’(?![0-9])")
_SIGNED_RE = re.compile(rf"—+[{CJK}]{{2,6}}$")
_ADDRESS_RE = re.compile(r"[\w.]@[\w.-]+$|https?://\S+$|www\.\S+$|[0-9-]{7,}$")
_ENUMERATION_RE = re.compile(r"[；;。]")
_PAIR_RE = re.compile(f"[{CJK}]{{2}}")
_KNOWN_WORD = 20
_RARE, _UNCOMMON = 2_500, 6_000
_NEAR, _FUNCTION = 40, 60_000
_REPEATED, _REPEAT_REACH, _REPEAT_GAP = 8, 60, 2
_TRADITIONAL, _TRADITIONAL_SHARE = 10, 0.05
_LONG_WORD = 4
_TITLE = "(?<=[会院校部厅局处科所市县区镇省州行司组社台队厂]长|事长|主任|主席|书记|经理|教授|院士|委员|总裁)"
_SPEAKS = "(?=说|表示|介绍|指出|认为|告诉|建言|坦言|透露|出席|参加|致辞)"
_STRETCH_RE = re.compile(f"[{CJK}]{{8}}")
_WORD_BEFORE_TITLE_RE = re.compile(rf"([{CJK}]{{2}})《")


@dataclass(frozen=True, slots=True)
class Spot:
    """A damaged span of a paragraph's text.

    Attributes:
        paragraph: Index of the paragraph.
        start: Offset in its text.
        end: Offset behind it.
        damage_type: What is wrong.
        suggestion: A likely reading, if there is good evidence.
    """

    paragraph: int
    start: int
    end: int
    damage_type: str
    suggestion: str | None = None


class DamageFinder:
    """Finds damage in the paragraphs of a page."""

    def __init__(
        self, vocabulary: PageVocabulary, words: Words, confusables: Sequence[str], surnames: str
    ) -> None:
        self.vocabulary = vocabulary
        looks_like: dict[str, set[str]] = {}
        for group in confusables:
            for char in group:
                looks_like.setdefault(char, set()).update(set(group) - {char})
        self._looks_like = {char: sorted(others) for char, others in looks_like.items()}
        self._surnames = frozenset(surnames)
        like = [c for c, others in looks_like.items() if len(self._surnames & others) == 1]
        wrong = "".join(sorted(c for c in like if c not in self._surnames))
        self._no_surname = re.compile(rf"{_TITLE}([{wrong or ' '}][{CJK}]{{1,2}}?){_SPEAKS}")
        self._confusable: re.Pattern[str] | None = None
        self.words = words
        self._rests: dict[str, str] = {}
        for opener in vocabulary.openers:
            if len(opener) > 2 and opener[1:] not in vocabulary.openers:
                self._rests.setdefault(opener[1:], opener)

    def find(self, paragraphs: Sequence[Paragraph]) -> list[Spot]:
        """Damage in page order, at most one spot for the same characters and type."""
        spots = list(self._traditional(paragraphs))
        for index, paragraph in enumerate(paragraphs):
            spots.extend(self._lost_characters(index, paragraph.text))
            if paragraph.block_type in ("body", "caption", "headline", "kicker", "subtitle") or (
                paragraph.block_subtype == "banner"
            ):
                spots.extend(self._unbalanced(index, paragraphs))
            if paragraph.block_type == "body":
                spots.extend(self._cut_sentence(index, paragraphs))
                spots.extend(self._truncated_starts(index, paragraph.text))
                spots.extend(self._broken_parallels(index, paragraph.text))
                repeats = list(self._repeats(index, paragraph.text))
                spots.extend(repeats)
                spots.extend(self._near_repeats(index, paragraph.text, repeats))
                spots.extend(self._misread_words(index, paragraph.text))
                spots.extend(self._misread_names(index, paragraph.text))
        unique = {(s.paragraph, s.start, s.damage_type): s for s in reversed(spots)}
        return [unique[key] for key in sorted(unique)]

    def _traditional(self, paragraphs: Sequence[Paragraph]) -> Iterator[Spot]:
        """The first traditional character of a page full of them: it reads badly unless simplified."""
        seen = [
            (i, m.start())
            for i, p in enumerate(paragraphs)
            for m in self.vocabulary.traditional.finditer(p.text)
        ]
        size = sum(len(p.text) for p in paragraphs)
        if len(seen) >= _TRADITIONAL and len(seen) >= _TRADITIONAL_SHARE * size:
            index, at = seen[0]
            yield Spot(index, at, at + 1, "traditional_script")

    @staticmethod
    def _lost_characters(index: int, text: str) -> Iterator[Spot]:
        for match in _LOST_RE.finditer(text):
            if match.group()[0] == "□" and (match.start() == 0 or match.end() == len(text)):
                continue
            yield Spot(index, match.start(), match.end(), "lost_characters")
        for match in _MOJIBAKE_RE.finditer(text):
            yield Spot(index, match.start(), match.end(), "mojibake")

    @staticmethod
    def _repeats(index: int, text: str) -> Iterator[Spot]:
        """A stretch printed twice in a row, as where two columns were read into one."""
        seen: dict[str, int] = {}
        at = 0
        while at + _REPEATED <= len(text):
            piece = text[at : at + _REPEATED]
            first = seen.get(piece)
            seen[piece] = at
            if first is None or at - first > _REPEAT_REACH or not _STRETCH_RE.fullmatch(piece):
                at += 1
                continue
            end = at + _REPEATED
            while end < len(text) and text[end] == text[first + end - at]:
                end += 1
            # Verse and speeches repeat themselves; a misread column does so with nothing in between.
            if first + (end - at) >= at - _REPEAT_GAP:
                yield Spot(index, first, end, "repeated_text")
                seen.clear()
                at = end
            else:
                at += 1

    def _near_repeats(self, index: int, text: str, repeats: Sequence[Spot]) -> Iterator[Spot]:
        """Characters in a row that make no word, near a stretch read twice: the same misread columns.

        Elsewhere such a row is as likely a name, so it is no evidence alone.
        """
        at = 0
        for repeat in repeats:
            start, stop = max(at, repeat.start - _NEAR), min(len(text), repeat.end + _NEAR)
            for piece in re.finditer(f"[{CJK}]+", text[start:stop]):
                offset = start + piece.start()
                run = 0
                for word in [*self.words.segment(piece.group()), ""]:
                    if len(word) == 1 and self.words.frequency(word) < _FUNCTION:
                        run += 1
                    else:
                        if run > 1:
                            yield Spot(index, offset - run, offset, "garbled_text")
                        run = 0
                    offset += len(word)
            at = max(at, stop)
        if repeats:
            yield from self._cut_words(index, text)

    def _cut_words(self, index: int, text: str) -> Iterator[Spot]:
        """A long word without its first character, in a paragraph that has the whole word more than once."""
        grams = (text[i : i + _LONG_WORD] for i in range(len(text) - _LONG_WORD + 1))
        whole = {g for g, n in Counter(grams).items() if n > 1 and self.words.frequency(g)}
        for word in sorted(whole):
            if self.words.frequency(word[1:]):
                continue
            for match in re.finditer(rf"(?<!{word[0]}){word[1:]}", text):
                yield Spot(index, match.start(), match.end(), "truncated_word", word)

    def _misread_names(self, index: int, text: str) -> Iterator[Spot]:
        """A name behind a title whose first character is no surname but looks like one."""
        for match in self._no_surname.finditer(text):
            name = match.group(1)
            if self.words.frequency(name) or self.words.frequency(name[:2]):
                continue
            surname = next(iter(self._surnames.intersection(self._looks_like[name[0]])))
            yield Spot(index, match.start(), match.end(), "garbled_name", surname + name[1:])

    def _misread_words(self, index: int, text: str) -> Iterator[Spot]:
        """Two characters that are no word, one of which looks like another that makes one."""
        if self._confusable is None:
            # Frequent characters stand beside any other, so a pair with one proves nothing.
            rare = [c for c in self._looks_like if self.words.frequency(c) <= _RARE]
            self._confusable = re.compile(f"[{''.join(rare)}]" if rare else "(?!)")
        for match in self._confusable.finditer(text):
            at = match.start()
            for start in (at - 1, at):
                pair = text[start : start + 2] if start >= 0 else ""
                if len(pair) < 2 or not _PAIR_RE.fullmatch(pair) or self.words.frequency(pair):
                    continue
                if any(self.words.frequency(c) > _UNCOMMON for c in pair):
                    continue
                if "、" in (text[start - 1 : start], text[start + 2 : start + 3]):
                    continue  # one of several names
                readings = [
                    pair[: at - start] + other + pair[at - start + 1 :]
                    for other in self._looks_like[match.group()]
                ]
                known = [r for r in readings if self.words.frequency(r) >= _KNOWN_WORD]
                if len(known) == 1 and self._stands_alone(text, start):
                    yield Spot(index, start, start + 2, "misread_character", known[0])
                    break

    def _stands_alone(self, text: str, start: int) -> bool:
        """Whether neither character of a pair belongs to a word with its neighbours."""
        for left in range(max(0, start - 3), start + 2):
            for length in (2, 3, 4):
                word = text[left : left + length]
                covers = left <= start < left + length or left <= start + 1 < left + length
                if covers and len(word) == length and self.words.frequency(word):
                    return False
        return True

    @staticmethod
    def _unbalanced(index: int, paragraphs: Sequence[Paragraph]) -> Iterator[Spot]:
        text = paragraphs[index].text
        stack: list[int] = []
        for match in _MARK_RE.finditer(text):
            mark, at = match.group(), match.start()
            if mark in _PAIRS:
                stack.append(at)
            elif stack and text[stack[-1]] == _CLOSING[mark]:
                stack.pop()
            elif not (
                mark == "）"
                and re.search(r"(?:^|[^0-9])[0-9]{1,2}$|^[一二三四五六七八九十]+$", text[max(0, at - 3) : at])
            ):
                yield Spot(index, at, at + 1, "unbalanced_mark")
        for at in stack:
            if text[at] == "“" and _next_quotes(paragraphs, index):
                continue
            if at == 1 and _PAIR_RE.match(text[0] * 2):
                # A character alone before a mark that never closes is no word: a rest of the page's ornament.
                yield Spot(index, 0, 1, "garbled_text")
            yield Spot(index, at, at + 1, "unbalanced_mark")

    def _cut_sentence(self, index: int, paragraphs: Sequence[Paragraph]) -> Iterator[Spot]:
        paragraph = paragraphs[index]
        text = paragraph.text
        if paragraph.block_subtype in ("subhead", "list") or paragraph.is_cut or len(text) < 30:
            return
        if ends_sentence(text) or text[-1] in f"：:；;）{CLOSERS}" or not re.search("[，。]", text):
            return
        if self.vocabulary.list_item.match(text) or _SIGNED_RE.search(text) or _ADDRESS_RE.search(text):
            return
        yield Spot(index, max(0, len(text) - 6), len(text), "cut_sentence_end")

    def _truncated_starts(self, index: int, text: str) -> Iterator[Spot]:
        if _TRUNCATED_RE.match(text):
            yield Spot(index, 0, 1, "truncated_sentence_start")
        for match in re.finditer(rf"(?:^|(?<=[。！？”]))([{CJK}]{{2,6}}?)，", text):
            rest = match.group(1)
            if rest in self._rests:
                yield Spot(index, match.start(1), match.end(1), "truncated_sentence_start", self._rests[rest])

    def _broken_parallels(self, index: int, text: str) -> Iterator[Spot]:
        """A clause of an enumeration that lacks the word that its siblings have before their 《title》."""
        clauses: list[tuple[int, int, str]] = []
        at = 0
        for match in _ENUMERATION_RE.finditer(text):
            clause = text[at : match.start()]
            found = list(_WORD_BEFORE_TITLE_RE.finditer(clause))
            if len(found) == 1:
                clauses.append((at + found[0].start(1), at + found[0].end(1), found[0].group(1)))
            at = match.end()
        if len(clauses) < 3:
            return
        usual = max({c[2] for c in clauses}, key=lambda w: sum(c[2] == w for c in clauses))
        same = sum(c[2] == usual for c in clauses)
        if same < 3 or same < 0.6 * len(clauses):
            return
        for start, end, word in clauses:
            if word != usual and not self.words.frequency(word):
                yield Spot(index, max(0, start - 1), end, "garbled_text")


def _next_quotes(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the next body paragraph opens a quotation anew, as one over several paragraphs does."""
    for paragraph in paragraphs[index + 1 :]:
        if paragraph.block_type == "body":
            return paragraph.text.startswith("“")
    return False
