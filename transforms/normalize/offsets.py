"""From offsets into an article's text to offsets into the raw text of its page."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

_ARTICLE_BITS = 32
_NONE = -1


class OffsetError(ValueError):
    """A span lies outside the text of its article."""


class RawOffsets:
    """Finds the raw text of the articles' characters.

    Args:
        alignments: One row per run, from `Normalizer`.
    """

    def __init__(self, alignments: pl.DataFrame) -> None:
        runs = alignments.sort("article_id", "start_char")
        self._numbers = {key: number for number, key in enumerate(dict.fromkeys(runs["article_id"]))}
        self._articles = self._article_numbers(runs)
        self._starts, self._ends, self._raw_starts, self._raw_ends = (
            _integers(runs, column) for column in ("start_char", "end_char", "raw_start", "raw_end")
        )
        self._is_shift = self._ends - self._starts == self._raw_ends - self._raw_starts
        # Articles behind one another, each with room for all offsets: one search finds article and run.
        self._keys = (self._articles << _ARTICLE_BITS) + self._starts

    def add(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Add `raw_start` and `raw_end` to spans of article texts.

        A span takes in whatever the raw text has between its first and its last character, such as a wrap
        that an edit removed. A character that an edit wrote maps to the whole raw range it stands for.

        Args:
            frame: One row per span, not empty: `article_id: str`, `start_char`, `end_char`, code points.

        Returns:
            `frame` in its order with `raw_start: u32`, `raw_end: u32`; null where `start_char` is null.

        Raises:
            OffsetError: A span reaches outside its article's text.
        """
        articles = self._article_numbers(frame)
        starts = self._look_up(articles, _integers(frame, "start_char"), is_end=False)
        ends = self._look_up(articles, _integers(frame, "end_char") - 1, is_end=True)
        is_lost = frame["start_char"].is_not_null() & (starts.is_null() | ends.is_null())
        if is_lost.any():
            lost = frame.filter(is_lost)
            row = lost.row(0, named=True)
            raise OffsetError(
                f"{lost.height} spans lie outside their article, first: article {row['article_id']}, "
                f"characters {row['start_char']} to {row['end_char']}. Were they found in `articles.text`?"
            )
        return frame.with_columns(starts.alias("raw_start"), ends.alias("raw_end"))

    def _article_numbers(self, frame: pl.DataFrame) -> NDArray[np.int64]:
        return np.array([self._numbers.get(key, _NONE) for key in frame["article_id"]], np.int64)

    def _look_up(self, articles: NDArray[np.int64], at: NDArray[np.int64], *, is_end: bool) -> pl.Series:
        run = np.searchsorted(self._keys, (articles << _ARTICLE_BITS) + at, side="right") - 1
        held = np.flatnonzero(run >= 0)
        held = held[(self._articles[run[held]] == articles[held]) & (at[held] < self._ends[run[held]])]
        run, within = run[held], at[held]
        inside = self._raw_starts[run] + within - self._starts[run] + is_end
        whole = (self._raw_ends if is_end else self._raw_starts)[run]
        raw = np.full(len(at), _NONE)
        raw[held] = np.where(self._is_shift[run], inside, whole)
        # What has no place becomes null.
        return pl.Series(raw).cast(pl.UInt32, strict=False)


def _integers(frame: pl.DataFrame, column: str) -> NDArray[np.int64]:
    given = frame[column].cast(pl.Int64)
    values: NDArray[np.int64] = (given.fill_null(_NONE) if given.null_count() else given).to_numpy()
    return values
