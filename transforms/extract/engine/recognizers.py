"""Recognition of names behind one small protocol: a batch of texts in, a frame of spans out.

`lac` (default) is the network that jieba ships, `jieba` the plain dictionary tagger. Both read folded,
unfolded and damaged text alike, keep the offsets of the text they are given, and treat every text on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import polars as pl

from transforms.extract.engine.lac import LacTagger
from transforms.extract.engine.parameters import LacParameters

ENGINES = ("lac", "jieba")

SPAN_SCHEMA: dict[str, pl.DataType] = {
    "text_index": pl.UInt32(),
    "start_char": pl.UInt32(),
    "end_char": pl.UInt32(),
    "entity_type": pl.String(),
    "confidence_share": pl.Float32(),
    "rule": pl.String(),
}

ENTITY_TYPES = ("person", "organization", "place", "work")
# The network has two generations of tags for the same thing; jieba only the lower-case ones.
_TYPE_OF_TAG = {
    "PER": "person",
    "nr": "person",
    "nrt": "person",
    "nrfg": "person",
    "ORG": "organization",
    "nt": "organization",
    "LOC": "place",
    "ns": "place",
    "nw": "work",
}

WINDOW_CHARS = 400
"""Longest text that is read at once; a longer one is cut after punctuation, else anywhere."""

_STOPS = "。！？!?；;\n"
_PAUSES = "，,、：: \t　"


class Recognizer(Protocol):
    """Finds names in texts."""

    name: str

    def recognize(self, texts: Sequence[str]) -> pl.DataFrame:
        """Find names.

        Args:
            texts: Any strings, empty ones included; each is read on its own.

        Returns:
            One row per span, sorted by `text_index`, `start_char`, without overlaps within a text:
            `text_index: u32`, `start_char: u32`, `end_char: u32` (code points of that text),
            `entity_type: str`, `confidence_share: f32` (nullable), `rule: str` (the engine).
        """
        ...


class LacRecognizer:
    """The network of `transforms.extract.engine.lac`.

    `confidence_share` is the mean share that the network gives the type over the characters of the span,
    before it weighs neighbours.

    Args:
        parameters: Of the network.
        leanings: Added to the scores of a tag before decoding; none by default.
    """

    name = "lac"

    def __init__(self, parameters: LacParameters, leanings: Mapping[str, float] | None = None) -> None:
        added = np.array([(leanings or {}).get(label, 0.0) for label in parameters.labels], np.float32)
        kinds = [label.rpartition("-")[0] or label for label in parameters.labels]
        types = [_TYPE_OF_TAG.get(kind) for kind in kinds]
        names = sorted(set(kinds))
        self._kind = np.array([names.index(kind) for kind in kinds])
        self._type = np.array([-1 if t is None else ENTITY_TYPES.index(t) for t in types])
        self._begins = np.array([label.endswith("-B") for label in parameters.labels])
        leaning = replace(parameters, emission_bias=parameters.emission_bias + added)
        self._tagger = LacTagger(leaning, self._type)

    def recognize(self, texts: Sequence[str]) -> pl.DataFrame:
        """Find names; see `Recognizer.recognize`."""
        indices: list[int] = []
        shifts: list[int] = []
        windows: list[str] = []
        for index, text in enumerate(texts):
            for start, end in cut_windows(text):
                indices.append(index)
                shifts.append(start)
                windows.append(text[start:end])
        if not windows:
            return pl.DataFrame(schema=SPAN_SCHEMA)
        lengths = np.array([len(window) for window in windows])
        tags, shares = self._tagger.tag(windows)
        first = np.zeros(len(tags), bool)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        first[starts] = True
        kinds = self._kind[tags]
        opens = first | self._begins[tags]
        opens[1:] |= kinds[1:] != kinds[:-1]
        begins = np.flatnonzero(opens)
        ends = np.append(begins[1:], len(tags))
        types = self._type[tags[begins]]
        confidences = np.add.reduceat(shares, begins) / (ends - begins)
        found = types >= 0
        begins, ends, types = begins[found], ends[found], types[found]
        window = np.searchsorted(starts, begins, side="right") - 1
        shift = np.array(shifts)[window] - starts[window]
        return pl.DataFrame(
            {
                "text_index": np.array(indices)[window],
                "start_char": begins + shift,
                "end_char": ends + shift,
                "entity_type": np.array(ENTITY_TYPES)[types].astype(str),
                "confidence_share": confidences[found],
                "rule": np.full(len(begins), self.name),
            },
            schema=SPAN_SCHEMA,
        )


class JiebaRecognizer:
    """jieba's part-of-speech tagger: dictionary and hidden Markov model, no `confidence_share`."""

    name = "jieba"

    def __init__(self, user_words: Sequence[tuple[str, str]] = ()) -> None:
        # jieba.posseg is imported late: it reads its dictionary when it is first used.
        import jieba
        from jieba.posseg import POSTokenizer

        tokenizer = jieba.Tokenizer()
        self._tagger = POSTokenizer(tokenizer)
        for word, tag in user_words:
            self._tagger.add_word(word, tag=tag)

    def recognize(self, texts: Sequence[str]) -> pl.DataFrame:
        """Find names; see `Recognizer.recognize`."""
        rows = []
        for index, text in enumerate(texts):
            for start, end in cut_windows(text):
                position = start
                for word, tag in self._tagger.lcut(text[start:end]):
                    entity_type = _TYPE_OF_TAG.get(tag)
                    if entity_type is not None:
                        rows.append((index, position, position + len(word), entity_type, None, self.name))
                    position += len(word)
        return pl.DataFrame(rows, schema=SPAN_SCHEMA, orient="row")


def cut_windows(text: str, size: int = WINDOW_CHARS) -> Iterator[tuple[int, int]]:
    """Cut a long text into windows of at most `size` characters.

    Args:
        text: Any string; an empty one has no window.
        size: Most characters of a window.

    Yields:
        Half-open windows that tile the text.
    """
    start = 0
    while len(text) - start > size:
        end = next(
            (
                position + 1
                for marks in (_STOPS, _PAUSES)
                if (position := max(text.rfind(mark, start, start + size) for mark in marks)) >= start
            ),
            start + size,
        )
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)
