"""The recognition network that the jieba package ships (`jieba/lac_small`), run on 8-bit integers.

Character embedding, two bidirectional GRU layers, linear emission, CRF over 57 tags: the small model of
Baidu's LAC, whose parameter files lie inside the jieba package and which jieba itself runs only where
PaddlePaddle is installed. Three things follow from running it here:

- The first layer multiplies an embedding row with a fixed matrix, so the product is stored per character
  of the vocabulary instead of the embedding: a fifth of the arithmetic is done once.
- Sequences of a batch are packed time step by time step, longest first. There is no padding, hence nothing
  that padding could change, and a text gets the same tags in whatever company it is read.
- What a GRU gives out lies within ±1, so every other product takes it as bytes (`QuantizedMatrices`).

Source: Jiao, Sun, Sun: Chinese Lexical Analysis with Deep Bi-GRU-CRF Network (2018).
Figures: tests/benchmarks/RESULTS.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from transforms.extract.engine.decoder import Decoder
from transforms.extract.engine.parameters import HIDDEN, Floats, Ints, LacParameters, character_ids
from transforms.extract.engine.quantized import LEVELS, ZERO, Codes, QuantizedMatrices, encode

BATCH_CHARS, BATCH_TEXTS = 65536, 1024
"""Most characters and texts of a batch: rows enough to keep the matrix products busy, few enough to stay in
cache."""

CHUNK_ROWS = 1024
"""Entries whose input parts are made in one call: narrow steps share it."""

_Inputs = Callable[[Any], list[Floats]]


class LacTagger:
    """Tags characters; built once per process, since construction multiplies out the first layer.

    Args:
        parameters: Of the network.
        groups: Per state what it stands for, -1 for nothing; states of one group share their confidence.
    """

    def __init__(self, parameters: LacParameters, groups: Ints) -> None:
        self._groups = groups
        self._ids = character_ids(parameters)
        self._decoder = Decoder(parameters)
        # sigmoid(x) = (tanh(x/2) + 1) / 2, the halves moved into the weights: one function for all gates.
        halves = np.tile(np.repeat(np.array([0.5, 1.0], np.float32), [2 * HIDDEN, HIDDEN]), 2)
        first, second = (
            (_split(weight * halves), _split(bias * halves))
            for weight, bias in zip(parameters.input_weight, parameters.input_bias, strict=True)
        )
        # In floats of double width, so that the rounded sums do not hang on how many threads add them up.
        embedding = parameters.embedding.astype(np.float64)
        stored = [(embedding @ weight + bias).astype(np.float32) for weight, bias in zip(*first, strict=True)]
        inputs: list[list[_Inputs]] = [
            [partial(_look_up, stored[:3]), partial(_look_up, stored[3:])],
            [QuantizedMatrices(second[0][way], second[1][way]).multiply for way in (slice(3), slice(3, 6))],
        ]
        self._layers = [
            [_Recurrence(*parts) for parts in zip(layer, gates, candidates, strict=True)]
            for layer, gates, candidates in zip(
                inputs, parameters.gate_weight, parameters.candidate_weight, strict=True
            )
        ]
        # Tags hang on these sums directly, so what rounding leaves is multiplied as well.
        weight, bias = parameters.emission_weight, parameters.emission_bias
        [coarse] = QuantizedMatrices([weight]).weights
        self._emission = QuantizedMatrices([weight, weight - coarse], [bias, np.zeros_like(bias)])

    def tag(self, texts: Sequence[str]) -> tuple[Ints, Floats]:
        """Best tag sequence of each text.

        Args:
            texts: Texts of at least one character; long ones cost memory, so cut them first.

        Returns:
            `tags`: state per character, texts behind one another in the given order.
            `shares`: per character what the network gives the group of its tag before it weighs neighbours;
            0 where the tag stands for nothing.
        """
        lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
        if (lengths == 0).any():
            raise ValueError("LacTagger.tag: empty text; leave it out before tagging")
        total = int(lengths.sum())
        tags, shares = np.zeros(total, np.int64), np.zeros(total, np.float32)
        ids = self._character_rows("".join(texts))
        starts = np.cumsum(lengths) - lengths
        for rows in _batches(lengths):
            packed = _Packing(lengths[rows], starts[rows])
            scores = self._emit(ids, packed)
            states = self._decoder.decode(scores, packed.active)
            tags[packed.forward] = states
            shares[packed.forward] = self._share(scores, states)
        return tags, shares

    def _character_rows(self, text: str) -> Ints:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        rows: Ints = self._ids[np.minimum(codes, len(self._ids) - 1)]
        return rows

    def _emit(self, ids: Ints, packed: _Packing) -> Floats:
        """Scores of the tags, in packed order."""
        read = [ids[packed.forward], ids[packed.backward]]
        for layer in self._layers:
            states = np.empty((2 * len(packed.forward), HIDDEN), np.uint8)
            for way, inputs, output in zip(layer, read, np.split(states, 2), strict=True):
                way.run(inputs, packed.active, output)
            # Above the last layer nothing reads backward.
            ways = packed.pairs if layer is not self._layers[-1] else packed.pairs[:1]
            read = [np.take(states, pairs, axis=0).reshape(-1, 2 * HIDDEN) for pairs in ways]
        scores, fine = self._emission.multiply(read[0])
        scores += fine
        return scores

    def _share(self, scores: Floats, states: Ints) -> Floats:
        shares = np.zeros(len(states), np.float32)
        groups = self._groups[states]
        named = np.flatnonzero(groups >= 0)
        parts = np.exp(scores[named] - scores[named].max(axis=1, keepdims=True))
        same = self._groups == groups[named][:, None]
        shares[named] = (parts * same).sum(axis=1) / parts.sum(axis=1)
        return shares


class _Recurrence:
    """One direction of a layer.

    Args:
        inputs: Input parts of some entries, of update gate and reset gate, both halved, and of the candidate:
            `[entries, 128]` each.
        gate: `[128, 256]`, update beside reset.
        candidate: `[128, 128]`.
    """

    def __init__(self, inputs: _Inputs, gate: Floats, candidate: Floats) -> None:
        self._inputs = inputs
        self._gates = QuantizedMatrices(np.split(gate * np.float32(0.5), 2, axis=1))
        self._candidate = QuantizedMatrices([candidate])

    def run(self, read: Any, active: Ints, output: Codes) -> None:
        """Read a packed batch.

        Args:
            read: What the input parts are made of, an entry a row.
            active: Rows of each step, falling.
            output: `[entries, 128]`; takes the codes of the state after each entry.
        """
        rows = int(active[0])
        state = np.zeros((rows, HIDDEN), np.float32)
        scratch = np.empty_like(state)
        codes = np.empty((rows, HIDDEN), np.uint8)
        before = np.full((rows, HIDDEN), ZERO, np.uint8)
        for start, end, parts in self._steps(read, active):
            count = end - start
            update, reset, fresh = parts
            state, scratch, codes = state[:count], scratch[:count], codes[:count]
            for gate, product in zip((update, reset), self._gates.multiply(before[:count]), strict=True):
                np.add(gate, product, out=gate)
                np.tanh(gate, out=gate)
                np.add(gate, 1.0, out=gate)
            reset *= state
            encode(reset, scratch, codes, LEVELS / 2)
            fresh += self._candidate.multiply(codes)[0]
            np.tanh(fresh, out=fresh)
            fresh -= state
            fresh *= update
            fresh *= 0.5
            state += fresh
            before = output[start:end]
            encode(state, scratch, before)

    def _steps(self, read: Any, active: Ints) -> Iterator[tuple[int, int, list[Floats]]]:
        """First and last entry of each step, and its input parts."""
        ends = np.cumsum(active)
        cuts = np.flatnonzero(np.diff((ends - 1) // CHUNK_ROWS)) + 1
        first = 0
        for chunk in np.split(ends, cuts):
            bounds = [first, *chunk.tolist()]
            parts = self._inputs(read[first : bounds[-1]])
            for start, end in pairwise(bounds):
                yield start, end, [part[start - first : end - first] for part in parts]
            first = bounds[-1]


class _Packing:
    """Order of a batch: all first characters, then all second ones, rows sorted longest first.

    `forward` and `backward` are the positions in the joined text that a step reads going either way. In the
    states of all entries forward and then backward, `pairs` are the rows of both states of one character: for
    each entry forward, and for each backward.
    """

    def __init__(self, lengths: Ints, starts: Ints) -> None:
        steps = int(lengths[0])
        self.active = np.searchsorted(-lengths, -np.arange(steps), side="left")
        offsets = np.concatenate([[0], np.cumsum(self.active)])
        step = np.repeat(np.arange(steps), self.active)
        row = np.arange(int(offsets[-1])) - offsets[step]
        opposite = lengths[row] - 1 - step
        self.forward = starts[row] + step
        self.backward = starts[row] + opposite
        # The entry at which the other way reads the same character.
        mirror = offsets[opposite] + row
        entry = np.arange(len(mirror))
        ways = (entry, len(entry) + mirror), (mirror, len(entry) + entry)
        self.pairs = [np.stack(way, axis=1) for way in ways]


def _batches(lengths: Ints) -> Iterator[Ints]:
    """Row numbers, longest text first; batches are full, since every step of one costs calls."""
    order = np.argsort(-lengths, kind="stable")
    ends = np.cumsum(lengths[order])
    start = chars = 0
    while start < len(order):
        full = int(np.searchsorted(ends, chars + BATCH_CHARS, side="right"))
        stop = min(max(full, start + 1), start + BATCH_TEXTS)
        yield order[start:stop]
        start, chars = stop, int(ends[stop - 1])


def _split(both: Floats) -> list[Floats]:
    """Columns of update gate, reset gate and candidate, forward, then the same backward."""
    return [np.ascontiguousarray(part) for part in np.split(both, 6, axis=-1)]


def _look_up(stored: Sequence[Floats], ids: Ints) -> list[Floats]:
    return [np.take(part, ids, axis=0) for part in stored]
