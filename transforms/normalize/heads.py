"""Kicker, headline and subtitles among heads that stand together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.normalize.blocks import is_spread
from transforms.normalize.characters import CJK
from transforms.normalize.paragraphs import Paragraph
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

DASHES = ("——", "—", "──")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
_CUT = 5.0
_FIGURE_RE = re.compile(r"[0-9][0-9.]*[余多]?(?:[万亿]?元|[个家亿万项亩吨项人%])")
_COUPLET_RE = re.compile(
    "|".join(rf"^[{CJK}]{{{size}}}[ \u3000，][{CJK}]{{{size}}}$" for size in ("4,6", "7", "8"))
)
_IMAGE_RE = re.compile("的[^，。：]{0,4}“[^”]+”$|“[^”]+”的[^，。：]{1,6}$")
_NUMBER_RE = re.compile("[0-9一二两三四五六七八九十百]")
_QUOTED_RE = re.compile("“[^“”]+”")
_LABEL_CHARS = 4
_REST_CHARS = 2
_CUE_CHARS = 3
_NAME_CHARS = 14
_NO_SUBJECT_RE = re.compile(
    "[“”，：、·的 \u3000]|从|[合协]作$|观点$|会客厅$|故事$|风采$|系列$|枢纽$|[0-9]{2}"
)
_SHORT_CLAUSE_RE = re.compile(f"，([{CJK}]{{1,3}})$")
_NAMED_RE = re.compile(f"[{CJK}]{{2,8}}：[^“]")
_DAY_RE = re.compile("(?:昨|今|明|近日|日前|[本下上]周|[0-9]{1,2}[月日])[^，。、：]{1,6}$")
_COLUMN_CHARS = 10
# 对话企业家 names a column, 对话云溪集团董事长 is a subtitle.
_INTERVIEW_RE = re.compile(f"(?:对话|专访|访谈|寻访|探访|走进|聚焦|直击|连线)[{CJK}]{{2,4}}")
_NARROW_CHARS = 8
_SHORT_CHARS = 6
_PLACE_COUPLET_RE = re.compile(rf"^[{CJK}]{{2,4}}：([^，。：]{{4,10}})$")


class HeadReader:
    """Tells the heads of a story apart."""

    def __init__(self, vocabulary: PageVocabulary, words: Words) -> None:
        self.vocabulary = vocabulary
        self.words = words

    def assign(self, run: Sequence[Paragraph]) -> None:
        """Kicker, headline and subtitles among heads that stand together."""
        hinted = [i for i, p in enumerate(run) if p.hint is not None]
        if hinted:
            for index, head in enumerate(run):
                if head.hint is None:
                    head.block_type = "kicker" if index < hinted[0] else "subtitle"
                    if index > hinted[-1] and self.vocabulary.bare_name.match(head.text):
                        head.block_type = "byline"
            return
        parts = self._printed_lines(run)
        if any(len(part) > 1 for part in parts):
            self._assign_wrapped(parts)
            return
        if len(run) > 1 and self._names_author(run[-1].text):
            run[-1].block_type = "byline"
            run = run[:-1]
        blocks = self._blocks(run)
        if len(run) > len(blocks) > 1:
            self._assign_blocks(blocks)
            return
        texts = [p.text for p in run]
        main = self._main_head(run)
        last = main + self._is_couplet(texts, main)
        if last == main and all(p.font_size is None for p in run):
            main, last = self._wrapped(texts) or (main, main + self._lacks_verb(run, main))
        for index, head in enumerate(run):
            head.block_type = "kicker" if index < main else "headline" if index <= last else "subtitle"
        if main > 1 and len(run[0].text) <= _COLUMN_CHARS and run[0].font_size is None:
            # A column's name above who speaks, or above the event, is no part of that.
            run[0].block_type, run[0].block_subtype = "furniture", "label"

    def _printed_lines(self, run: Sequence[Paragraph]) -> list[list[Paragraph]]:
        """Heads of a run, each with its printed lines: a word, a quotation or a subtitle goes on below."""
        parts: list[list[Paragraph]] = []
        for head in run:
            before = parts[-1][-1].text if parts else ""
            if parts and not head.gap and head.font_size is None and self._goes_on(before, head.text):
                parts[-1].append(head)
            else:
                parts.append([head])
        return parts

    def _blocks(self, run: Sequence[Paragraph]) -> list[list[Paragraph]]:
        """Heads of a run that empty lines part elsewhere, each with the lines that none parts from it."""
        blocks: list[list[Paragraph]] = []
        for head in run:
            before = blocks[-1][-1].text if blocks else ""
            is_next = head.gap > 0 or head.font_size is not None or head.text.startswith(DASHES)
            if is_next or not blocks or self._is_apart(before, head.text):
                blocks.append([head])
            else:
                blocks[-1].append(head)
        return blocks if any(head.gap for head in run[1:]) else [[head] for head in run]

    def _is_apart(self, before: str, after: str) -> bool:
        """Whether a head is whole: a label, or an event whose figures stand below it."""
        v = self.vocabulary
        is_event = v.event_cue.search(before[-_CUE_CHARS:]) and not _FIGURE_RE.search(before)
        is_label = len(before) <= _LABEL_CHARS or v.is_piece_name(before) or v.is_column_name(before)
        return introduces(before) or is_label or bool(is_event and _FIGURE_RE.search(after))

    def _goes_on(self, before: str, after: str) -> bool:
        if after.startswith(DASHES) or introduces(before):
            return False
        if any(before.count(a) > before.count(b) and after.count(b) > after.count(a) for a, b in _PAIRS):
            return True
        v = self.vocabulary
        if before.startswith(DASHES):
            return v.subtitle_cue.fullmatch(after) is not None
        is_rest = len(after) <= _LABEL_CHARS and len(before) >= 2 * _LABEL_CHARS
        is_open = len(after) <= _REST_CHARS or not v.predicate_start.match(after)
        if is_rest and is_open and not (self._names_author(after) or v.is_piece_name(after)):
            return True
        if after[0] == "在" and v.adverb_start.match(after):
            return True
        if (rest := _SHORT_CLAUSE_RE.search(before)) and not self._tells(rest[1]):
            return True
        named = v.event_inside.match(after)
        if named and not (v.event_inside.search(before) or v.event_cue.search(before)):
            return named.end() < len(after)
        return self.words.cut_evidence(before, after) > _CUT

    def _assign_wrapped(self, parts: Sequence[Sequence[Paragraph]]) -> None:
        wholes = [replace(part[0], text="".join(p.text for p in part)) for part in parts]
        self.assign(wholes)
        for whole, part in zip(wholes, parts, strict=True):
            for index, line in enumerate(part):
                line.block_type, line.continues = whole.block_type, index > 0

    def _assign_blocks(self, blocks: Sequence[Sequence[Paragraph]]) -> None:
        """The only head over lines is the headline: its type has not room for it in one."""
        long = [index for index, block in enumerate(blocks) if len(block) > 1]
        if len(long) > 1:
            self._assign_wrapped(blocks)
            return
        for index, block in enumerate(blocks):
            kind = "kicker" if index < long[0] else "headline" if index == long[0] else "subtitle"
            for number, line in enumerate(block):
                line.block_type, line.continues = kind, number > 0

    def _names_author(self, text: str) -> bool:
        """Whether a line below a head names who wrote: a name alone, or behind the title."""
        v = self.vocabulary
        if v.bare_name.match(text) is not None and len(text) <= 12:
            return v.surnamed.fullmatch(text) is not None or not self.words.frequency(text)
        return v.titled_author.match(text) is not None

    def _wrapped(self, texts: Sequence[str]) -> tuple[int, int] | None:
        """First and last line of a headline over lines: narrow ones, or a verb without its subject."""
        if any(t.startswith(DASHES) or introduces(t) for t in texts):
            return None
        if len(texts) > 2 and all(len(t) <= _NARROW_CHARS for t in texts):
            return 0, len(texts) - 1
        v = self.vocabulary
        if len(texts) < 2 or v.event_cue.search(texts[0]) or v.subtitle_cue.search(texts[1][-_LABEL_CHARS:]):
            return None
        if len(texts) == 2 and _DAY_RE.match(texts[1]) and v.event_cue.search(texts[1][-_CUE_CHARS:]):
            # The name of an event, and when it takes place.
            return 0, 1
        if len(texts) > 2 and v.event_name.search(texts[0]) and len(texts[1]) > _NARROW_CHARS:
            # Three lines of which the first names an event: it is the kicker.
            return None
        if self._names_works(*texts[:2]) and not _NUMBER_RE.match(texts[1]):
            # What is built, and how far it is.
            return 0, 1
        if v.event_start.match(texts[1]) or v.adverb_start.match(texts[1]) or v.object_verb.search(texts[0]):
            return 0, 1
        if len(texts[1]) <= _LABEL_CHARS and v.event_cue.search(texts[1]):
            return 0, 1
        if self._begins_with_verb(texts[0], texts[1]):
            return 0, 1
        if self._names_subject(texts[0]) and 4 <= len(texts[1]) <= _NAME_CHARS:
            return 0, 1
        if "将" in texts[0][:-2] and len(texts[1]) <= _SHORT_CHARS:
            return 0, 1
        if v.transitive_end.search(texts[0]) or _is_quoting_pair(*texts[:2]):
            return 0, 1
        placed = _PLACE_COUPLET_RE.match(texts[0])
        if placed and abs(len(placed[1]) - len(texts[1])) <= 1:
            return 0, 1
        is_name = len(texts[0]) >= _SHORT_CHARS and not v.event_name.search(texts[0])
        goes_on = v.phase_start.match(texts[1]) or texts[1].startswith("将")
        return (0, 1) if is_name and goes_on else None

    def _names_works(self, first: str, second: str) -> bool:
        v = self.vocabulary
        is_name = len(first) <= _NAME_CHARS and v.works_name.match(first) is not None
        return is_name and not (v.works_name.match(second) or v.event_cue.search(first))

    def _begins_with_verb(self, first: str, second: str) -> bool:
        """Whether a line tells what the one above it, which has no verb, does."""
        v = self.vocabulary
        if not v.predicate_start.match(second) or v.event_cue.search(first) or self.words.has_verb(first):
            return False
        return not (v.column_end.search(first) or v.is_column_name(first) or re.search("[：！？]", first))

    def _tells(self, text: str) -> bool:
        return self.vocabulary.event_cue.search(text) is not None or self.words.has_verb(text)

    def _names_subject(self, text: str) -> bool:
        """Whether a line names a thing and tells nothing of it: the next one does."""
        v = self.vocabulary
        if not _SHORT_CHARS <= len(text) <= _NAME_CHARS or _NO_SUBJECT_RE.search(text):
            return False
        if v.event_name.search(text) or v.column_end.search(text) or v.is_column_name(text):
            return False
        return not (v.subtitle_cue.search(text) or v.event_cue.search(text) or self.words.has_verb(text))

    def _lacks_verb(self, run: Sequence[Paragraph], main: int) -> bool:
        """Whether the headline goes on in the line below: that has no subject, or what 将 begins no verb."""
        if main + 1 >= len(run) or run[main + 1].gap:
            return False
        first, second = run[main].text, run[main + 1].text
        if (
            introduces(first)
            or first[-1] in "！？"
            or re.search("[，　 ]", first)
            or self.vocabulary.event_cue.search(first)
        ):
            return False
        if self.vocabulary.predicate_start.match(second) and not self.words.has_verb(first):
            return True
        return len(second) <= _NARROW_CHARS and re.search("[将把]", first[:-2]) is not None

    def _is_couplet(self, texts: Sequence[str], main: int) -> bool:
        """Whether the headline has two lines of equal length below a kicker that introduces them."""
        if not main or main + 1 >= len(texts) or not self.vocabulary.kicker_closer.search(texts[main - 1]):
            return False
        first, second = texts[main], texts[main + 1]
        return abs(len(first) - len(second)) <= 1 and not second.startswith(DASHES)

    def _is_label(self, head: Paragraph, below: str) -> bool:
        """Whether a head names a column, a kind of piece or who speaks, not what the one below tells."""
        text, v = head.text, self.vocabulary
        if v.label.match(text) or is_spread(text) or head.block_subtype == "label":
            return True
        if "·" in text and (len(text) <= _SHORT_CHARS or v.column_end.search(text)):
            return True
        if v.is_piece_name(text) or v.kicker_closer.search(text):
            return True
        if len(text) <= _LABEL_CHARS < len(below) or (v.is_column_name(text) and len(text) < len(below)):
            return True
        is_short = len(text) <= min(_COLUMN_CHARS, len(below)) and not re.search("[，？！ 　]", text)
        if is_short and (v.column_end.search(text) or _INTERVIEW_RE.fullmatch(text)):
            return True
        # A column's name stands above who is told of: 青石：班列开往海原.
        return is_short and _NAMED_RE.match(below) is not None and not v.event_cue.search(text)

    def _main_head(self, run: Sequence[Paragraph]) -> int:
        sizes = [p.font_size for p in run]
        if all(s is not None for s in sizes) and len(set(sizes)) > 1:
            return sizes.index(max(s for s in sizes if s is not None))
        texts = [p.text for p in run]
        dashes = [i for i, t in enumerate(texts) if t.startswith(DASHES)]
        if dashes and dashes[0] > 0:
            texts = texts[: dashes[0]]
        if len(texts) == 1:
            return 0
        v = self.vocabulary
        first, second = texts[0], texts[1]
        spoken = [i for i, t in enumerate(texts[:-1]) if introduces(t)]
        if spoken:
            return spoken[-1] + 1
        quoted = [i for i, t in enumerate(texts[1:], 1) if _QUOTED_RE.fullmatch(t)]
        if quoted and not _QUOTED_RE.fullmatch(first):
            # What somebody says is the headline below who says it.
            return quoted[0]
        if self._is_label(run[0], second):
            return 1
        has_officials = v.subtitle_cue.search(texts[-1]) is not None and self._tells(first)
        if len(texts) > 2 and not (v.subtitle_cue.search(second) or has_officials):
            # Kicker, headline, subtitle.
            return 1
        if v.event_count.match(second.split()[0]) and self._tells(first):
            # How many signed stands below the event.
            return 0
        if v.subtitle_cue.search(second) and not v.subtitle_cue.search(first):
            return 0
        is_pronoun = v.sentence_subject.match(second) is not None and second[0] not in "我该各"
        has_no_subject = v.predicate_start.match(second) is not None or is_pronoun
        if has_no_subject and not v.event_start.match(second) and self._tells(first):
            return 0
        # The day and the bare event stand above or below the headline.
        if v.plain_event.search(second) and not v.event_cue.search(first):
            return 0
        tells = v.event_cue.search(second) or v.predicate_start.match(second)
        if v.plain_event.search(first) and not tells and ("“" in second or not _FIGURE_RE.search(second)):
            return 1
        if (
            v.event_cue.search(first[-_CUE_CHARS:])
            and _FIGURE_RE.search(second)
            and not _FIGURE_RE.search(first)
        ):
            return 0
        if self._names_works(first, second):
            return 1
        is_couplet = _COUPLET_RE.match(re.sub("[“”]", "", first)) is not None
        if not v.event_cue.search(first) and (v.event_name.search(first) or is_couplet):
            # The name of an event or a slogan stands above the news.
            return 1
        is_named = v.event_cue.search(second) and v.event_inside.search(second)
        if is_named and not (v.event_cue.search(first) or v.event_inside.search(first)):
            return 1
        if _FIGURE_RE.match(first) and not _FIGURE_RE.search(second):
            return 1
        if _FIGURE_RE.search(second) and not _FIGURE_RE.search(first) and len(second) > len(first):
            # Figures stand below the headline.
            return 0
        if (_IMAGE_RE.search(first) or "：" in first) and len(second) > len(first):
            # What a thing is like is the headline, the plain event explains it.
            return 0
        if "“" in first and _FIGURE_RE.search(first) and not _FIGURE_RE.search(second):
            return 0
        if bool(v.event_cue.search(second)) != bool(v.event_cue.search(first)):
            return 1 if v.event_cue.search(second) else 0
        return 1 if len(second) <= len(first) else 0


def introduces(text: str) -> bool:
    """Whether a head ends with a colon or a dash: what stands below is the headline."""
    return text[-1] in "：:" or text.endswith(DASHES)


def _is_quoting_pair(first: str, second: str) -> bool:
    """Whether two lines are one head behind a name: 海原：“风光”无限好 and 链条向“新”延."""
    return (
        "：" in first[2:-2]
        and "“" in first
        and "“" in second
        and abs(len(first) - len(second)) <= _SHORT_CHARS
    )
