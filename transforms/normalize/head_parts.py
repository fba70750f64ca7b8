"""Which lines of several heads are the kicker, the headline and the subtitle, wrapped or not.

Every way to part the lines is scored by what its parts are like, how they stand to each other and what
speaks for a wrap inside them. The weights are log odds; `tests/benchmarks/fit_heads.py` counts them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from transforms.normalize.characters import CJK
from transforms.normalize.vocabulary import PageVocabulary
from transforms.normalize.words import Words

DASHES = ("——", "—", "──")
PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
FIGURE_RE = re.compile(r"[0-9][0-9.]*[余多]?(?:[万亿]?元|[个家亿万项亩吨项人%])")
COUPLET_RE = re.compile(
    "|".join(rf"^[{CJK}]{{{size}}}[ \u3000，][{CJK}]{{{size}}}$" for size in ("4,6", "7", "8"))
)
_DATED_RE = re.compile("第?[0-9一二三四五六七八九十]{1,4}(?:届|年)|20")
_NUMBER_RE = re.compile("[0-9]")
_COUNT_RE = re.compile("[0-9一二两三四五六七八九十百]")
_OPEN_END_RE = re.compile("[的之与和及、在从向对为由以将被把让给到往于]$")
QUOTED_RE = re.compile("“[^“”]+”")
_QUOTE_RE = re.compile('[“"]')
_SHARE_RE = re.compile("占比|同比|环比|增长|翻番|过半|[近逾超过][半一二三四五六七八九][成数]")
_CUE_CHARS, _SHORT_CHARS, _NARROW_CHARS, _LONG_CHARS = 3, 4, 6, 15
_SIZES = (4, 8, 12, 17, 22, 30)
_STEPS = (1, 3, 7)
_EVEN = 2
_MOST_LINES = 8

Main = Callable[[Sequence[str]], int | None]
IsLabel = Callable[[str, str], bool]
Head = tuple[str, bool]
"""A line's text, and whether an empty line stands above it."""


class HeadParts:
    """Parts the lines of heads.

    Args:
        vocabulary: Of the page.
        words: For words cut by a line end, and for verbs.
        weights: By the name of the feature; 0 for one that is not there.
        main: Which of several whole heads is the headline, where their words tell.
        is_label: Whether a line is the name of a column above another line.
    """

    def __init__(
        self,
        vocabulary: PageVocabulary,
        words: Words,
        weights: Mapping[str, float],
        main: Main,
        is_label: IsLabel,
    ) -> None:
        self.vocabulary = vocabulary
        self.words = words
        self.weights = weights
        self.main = main
        self.is_label = is_label
        self._of_part = lru_cache(4096)(self._read_part)
        self._has_verb = lru_cache(4096)(words.has_verb)

    def part(self, lines: Sequence[Head]) -> str:
        """K, H or S for every line: kicker, headline, subtitle."""
        few = lines[:_MOST_LINES]
        scores = {
            kinds: sum(self.weights.get(name, 0.0) * count for name, count in features.items())
            for kinds, features in self.features(few)
        }
        return max(scores, key=lambda kinds: scores[kinds]) + "S" * (len(lines) - len(few))

    def features(self, lines: Sequence[Head]) -> Iterator[tuple[str, Counter[str]]]:
        """Every way to part the lines that no mark forbids, with its features."""
        texts = [text for text, _ in lines]
        wraps = [self._of_wrap(*pair, lines[i][1]) for i, pair in enumerate(pairwise(texts), 1)]
        count = len(lines)
        is_narrow = count > 2 and all(len(t) <= _NARROW_CHARS and not introduces(t) for t in texts)
        # A column too narrow for more holds one head.
        ends = [(0, count)] if is_narrow else [(i, j) for i in range(count) for j in range(i + 1, count + 1)]
        ways = ["K" * i + "H" * (j - i) + "S" * (count - j) for i, j in ends]
        named = "K" * (count > 1 and self.is_label(*texts[:2]))
        piece = "S" * (count > 1 and self.vocabulary.is_piece_name(texts[-1]))
        allowed = [
            kinds
            for kinds in ways
            if kinds.startswith(named) and kinds.endswith(piece) and _fits_marks(texts, kinds)
        ]
        for kinds in allowed or ["H" + "S" * (count - 1)]:
            yield kinds, self._of_way(lines, kinds, wraps)

    def _of_way(self, lines: Sequence[Head], kinds: str, wraps: Sequence[Sequence[str]]) -> Counter[str]:
        found: Counter[str] = Counter()
        parts: list[str] = []
        starts = [i for i in range(len(kinds)) if i == 0 or kinds[i] != kinds[i - 1]]
        for start, end in zip(starts, [*starts[1:], len(kinds)], strict=True):
            kind, texts = kinds[start], [text for text, _ in lines[start:end]]
            parts.append("".join(texts))
            found.update(f"{kind} {name}" for name in self._of_part(parts[-1]))
            for names in wraps[start : end - 1]:
                found.update(f"wrap {name}" for name in names)
                found[f"wrap in {kind}"] += 1
            if end - start > 1:
                widest = max(map(len, texts))
                found["wrap even"] += all(len(t) >= widest - _EVEN for t in texts[:-1])
                found[f"wrap lines {min(end - start, 3)} {kind}"] += 1
        main = self.main(parts) if len(parts) > 1 else 0
        if len(parts) == 3:
            found[f"main {main} of 3"] += 1
        for (one, other), start in zip(pairwise(parts), starts[1:], strict=True):
            pair = kinds[start - 1] + kinds[start]
            is_main = self.main((one, other)) if len(parts) > 2 else main
            found[f"{pair} main {is_main}"] += 1
            found.update(f"{pair} {name}" for name in self._of_pair(one, other, lines[start][1]))
        return found

    def _read_part(self, text: str) -> list[str]:
        """What a whole head is like."""
        v = self.vocabulary
        bare = re.sub('[“”"]', "", text)
        tells = {
            "dash": text.startswith(DASHES),
            "introduces": introduces(text),
            "label": v.label.match(text) or v.is_piece_name(text) or v.is_column_name(text),
            "column": v.column_end.search(text),
            "piece": v.piece_end.search(text),
            "couplet": COUPLET_RE.match(bare),
            "officials": v.subtitle_cue.search(text),
            "number": _NUMBER_RE.search(text),
            "share": _SHARE_RE.search(text),
            "reporter": text.startswith("记者"),
            "quote": _QUOTE_RE.search(text),
            "colon": re.search("[：:]", text[1:-1]),
            "comma": re.search("[，,]", text),
            "space": re.search("[ \u3000]", text),
            "asks": text[-1] in "！？?!",
            "event": v.event_cue.search(text),
            "event end": v.event_cue.search(text[-_CUE_CHARS:]),
            "named event": v.event_inside.search(text),
            "dated": _DATED_RE.match(text),
            "no verb": not (v.event_cue.search(text) or self._has_verb(text)),
            "works": v.works_name.match(text),
            "open": any(text.count(a) != text.count(b) for a, b in PAIRS),
            "rest": v.phase_start.match(text) or v.adverb_start.match(text) or v.event_start.match(text),
        }
        return [f"size {sum(len(text) > size for size in _SIZES)}", *(n for n, told in tells.items() if told)]

    def _of_pair(self, one: str, other: str, is_apart: bool) -> list[str]:
        """How two whole heads stand to each other."""
        v = self.vocabulary
        tells = {
            "gap": is_apart,
            "first ends event": v.event_cue.search(one[-_CUE_CHARS:]),
            "event first": v.event_cue.search(one) and not v.event_cue.search(other),
            "event second": v.event_cue.search(other) and not v.event_cue.search(one),
            "figure first": FIGURE_RE.search(one) and not FIGURE_RE.search(other),
            "figure second": FIGURE_RE.search(other) and not FIGURE_RE.search(one),
            "count second": v.event_count.match(other.split(maxsplit=1)[0]),
            "plain event first": v.plain_event.search(one),
            "name first": v.event_name.search(one),
            "asks first": one[-1] in "？?",
            "quote first": "“" in one and "“" not in other,
            "quote second": "“" in other and "“" not in one,
            "predicate second": v.predicate_start.match(other),
        }
        return [f"step {_step(one, other)}", *(name for name, told in tells.items() if told)]

    def _of_wrap(self, before: str, after: str, is_apart: bool) -> list[str]:
        """What speaks for two printed lines of one head, or against it."""
        v = self.vocabulary
        has_no_verb = not (v.event_cue.search(before) or self._has_verb(before))
        tells = {
            "gap": is_apart,
            "even lines": len(before) == len(after),
            "no word": self.words.cut_evidence(before, after) == 0,
            "word": self.words.cut_evidence(before, after) > 0,
            "told": self.main((before, after)) is not None,
            "bracket": any(before.count(a) > before.count(b) for a, b in PAIRS),
            "comma": before[-1] in "，、,；;",
            "open end": _OPEN_END_RE.search(before),
            "never last": v.never_last.search(before),
            "dash": after.startswith(DASHES),
            "long": len(before) > _LONG_CHARS,
            "rest": len(after) <= _SHORT_CHARS,
            "label": len(before) <= _SHORT_CHARS,
            "phase": v.phase_start.match(after),
            "works": v.works_name.match(before) and not _COUNT_RE.match(after),
            "predicate": v.predicate_start.match(after),
            "no verb": has_no_verb,
            "its verb": has_no_verb and v.predicate_start.match(after),
            "subject": has_no_verb and not v.event_name.search(before) and 6 <= len(before) <= 14,
            "space": re.search("[ \u3000]", after),
        }
        return [f"step {_step(before, after)}", *(name for name, told in tells.items() if told)]


def introduces(text: str) -> bool:
    """Whether a head ends with a colon or a dash: what stands below is the headline."""
    return text[-1] in "：:" or text.endswith(DASHES)


def _step(one: str, other: str) -> str:
    """How much longer the second of two lines is, or shorter."""
    more = len(other) - len(one)
    size = sum(abs(more) > step for step in _STEPS)
    return f"{'-' if more < 0 and size else ''}{size}"


def _fits_marks(texts: Sequence[str], kinds: str) -> bool:
    """Whether what introduces the headline is above it, what a dash begins below, a quotation apart."""
    for index, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        below = kinds[index + 1 : index + 2]
        if (
            introduces(text)
            and below
            and not (kind == "K" and (below == "H" or introduces(texts[index + 1])))
        ):
            return False
        if index and text.startswith(DASHES) and kind != "S":
            return False
        if index and not below and QUOTED_RE.fullmatch(text) and kinds[index - 1 :] == "HH":
            return False
    return True
