"""Best sequences of tags under a chain of scores (Viterbi), for many texts at once."""

from __future__ import annotations

import numpy as np

from transforms.extract.engine.parameters import Floats, Ints, LacParameters

_BARRED = -1e4
_BLOCK_ROWS = 1024
"""Rows whose sums over all pairs of states are held at a time: some 7 MB."""


class Decoder:
    """Viterbi over packed scores, state by state over all rows of a step.

    An inside tag follows its own begin or inside tag only: the network scores every other way in so low
    (below -8 of a usual 2) that the corpora hold no sequence in which one wins. Half of the sums fall away.
    Only the best score a state is kept; the way back looks again.
    """

    def __init__(self, parameters: LacParameters) -> None:
        labels = parameters.labels
        self._start, self._stop = parameters.start, parameters.stop
        transition = parameters.transition
        self._inside = np.array([state for state, label in enumerate(labels) if label.endswith("-I")])
        self._open = np.array([state for state, label in enumerate(labels) if not label.endswith("-I")])
        self._begin = np.array([labels.index(labels[state][:-1] + "B") for state in self._inside])
        self._opening = np.ascontiguousarray(transition[:, self._open])[:, :, None]
        self._from_begin = transition[self._begin, self._inside][:, None]
        self._from_inside = transition[self._inside, self._inside][:, None]
        self._arriving = np.full_like(transition, _BARRED)
        self._arriving[self._open] = transition.T[self._open]
        self._arriving[self._inside, self._begin] = self._from_begin[:, 0]
        self._arriving[self._inside, self._inside] = self._from_inside[:, 0]

    def decode(self, scores: Floats, active: Ints) -> Ints:
        """Best state of every entry of packed scores."""
        offsets = np.concatenate([[0], np.cumsum(active)])
        best = np.empty_like(scores)
        best[: active[0]] = scores[: active[0]] + self._start
        before = np.ascontiguousarray(best[: active[0]].T)
        for step in range(1, len(active)):
            before = self._advance(before[:, : active[step]], scores[offsets[step] : offsets[step + 1]])
            best[offsets[step] : offsets[step + 1]] = before.T
        tags = np.empty(len(scores), np.int64)
        following = np.empty(0, np.int64)
        for step in range(len(active) - 1, -1, -1):
            reached = best[offsets[step] : offsets[step + 1]]
            continuing = len(following)
            last = (reached[continuing:] + self._stop).argmax(axis=1)
            inner = (reached[:continuing] + self._arriving[following]).argmax(axis=1)
            following = np.concatenate([inner, last])
            tags[offsets[step] : offsets[step + 1]] = following
        return tags

    def _advance(self, before: Floats, scores: Floats) -> Floats:
        """Best scores of a step, `[states, rows]`, from those of the step before."""
        best = np.empty_like(before)
        for start in range(0, before.shape[1], _BLOCK_ROWS):
            rows = slice(start, start + _BLOCK_ROWS)
            best[self._open, rows] = (before[:, None, rows] + self._opening).max(axis=0)
        best[self._inside] = np.maximum(
            before[self._begin] + self._from_begin, before[self._inside] + self._from_inside
        )
        best += scores.T
        return best
