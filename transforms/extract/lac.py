"""The recognition network that the jieba package ships (`jieba/lac_small`), run on 8-bit integers.

Character embedding, two bidirectional GRU layers, linear emission, CRF over 57 tags: the small model of
Baidu's LAC, whose parameter files lie inside the jieba package and which jieba itself runs only where
PaddlePaddle is installed. Three things follow from running it here:

- The first layer multiplies an embedding row with a fixed matrix, so the product is stored per character
  of the vocabulary instead of the embedding: a fifth of the arithmetic is done once.
- Sequences of a batch are packed time step by time step, longest first. There is no padding, hence nothing
  that padding could change, and a text gets the same tags in whatever company it is read.
- What a GRU gives out lies within ±1, so every other product takes it as bytes (`QuantizedMatrix`).

Source: Jiao, Sun, Sun: Chinese Lexical Analysis with Deep Bi-GRU-CRF Network (2018).
Figures: tests/benchmarks/RESULTS.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from transforms.extract.lac_decoder import Decoder
from transforms.extract.lac_parameters import HIDDEN, Floats, Ints, LacParameters, character_ids
from transforms.extract.quantized import LEVELS, ZERO, Codes, QuantizedMatrix, encode

BATCH_CHARS = 32768
"""Characters of a batch: rows enough to keep the matrix products busy, few enough to stay in cache."""

_Inputs = Callable[[Any], Floats]


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
            (weight * halves, bias * halves)
            for weight, bias in zip(parameters.input_weight, parameters.input_bias, strict=True)
        )
        inputs: list[Iterable[_Inputs]] = [
            (partial(np.take, part, axis=0) for part in _split(parameters.embedding @ first[0] + first[1])),
            (
                QuantizedMatrix(*part).multiply
                for part in zip(_split(second[0]), _split(second[1]), strict=True)
            ),
        ]
        self._layers = [
            [_Recurrence(*parts) for parts in zip(*[iter(layer)] * 2, gates, candidates, strict=True)]
            for layer, gates, candidates in zip(
                inputs, parameters.gate_weight, parameters.candidate_weight, strict=True
            )
        ]
        # Tags hang on these sums directly, so what rounding leaves is multiplied as well.
        coarse = QuantizedMatrix(parameters.emission_weight, parameters.emission_bias)
        self._emission = coarse, QuantizedMatrix(parameters.emission_weight - coarse.weight)

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
        read = ids[packed.forward], ids[packed.backward]
        for layer in self._layers:
            ahead, back = (
                recurrence.run(inputs, packed.active) for recurrence, inputs in zip(layer, read, strict=True)
            )
            hidden = np.hstack([ahead, back[packed.mirror]])
            if layer is not self._layers[-1]:
                read = hidden, np.hstack([ahead[packed.mirror], back])
        coarse, fine = self._emission
        scores = coarse.multiply(hidden)
        scores += fine.multiply(hidden)
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
        gate_input: Input part of update and reset gate of some entries, halved: `[entries, 256]`.
        candidate_input: Input part of the candidate: `[entries, 128]`.
        gate: `[128, 256]`.
        candidate: `[128, 128]`.
    """

    def __init__(
        self, gate_input: _Inputs, candidate_input: _Inputs, gate: Floats, candidate: Floats
    ) -> None:
        self._gate_input, self._candidate_input = gate_input, candidate_input
        self._gate = QuantizedMatrix(gate * np.float32(0.5))
        self._candidate = QuantizedMatrix(candidate)

    def run(self, inputs: Any, active: Ints) -> Codes:
        """Read a packed batch.

        Args:
            inputs: What the input parts take, an entry a row.
            active: Rows of each step, falling.

        Returns:
            Codes of the state after each entry: `[entries, 128]`.
        """
        rows = int(active[0])
        output = np.empty((int(active.sum()), HIDDEN), np.uint8)
        state = np.zeros((rows, HIDDEN), np.float32)
        scratch = np.empty_like(state)
        reset = np.empty((rows, HIDDEN), np.uint8)
        before = np.full((rows, HIDDEN), ZERO, np.uint8)
        start = 0
        for count in active.tolist():
            step = slice(start, start + count)
            state, scratch, reset = state[:count], scratch[:count], reset[:count]
            gates = self._gate_input(inputs[step])
            gates += self._gate.multiply(before[:count])
            np.tanh(gates, out=gates)
            gates += 1.0
            kept = gates[:, HIDDEN:]
            kept *= state
            encode(kept, scratch, reset, LEVELS / 2)
            fresh = self._candidate_input(inputs[step])
            fresh += self._candidate.multiply(reset)
            np.tanh(fresh, out=fresh)
            fresh -= state
            fresh *= gates[:, :HIDDEN]
            fresh *= 0.5
            state += fresh
            before = output[step]
            encode(state, scratch, before)
            start += count
        return output


class _Packing:
    """Order of a batch: all first characters, then all second ones, rows sorted longest first.

    `forward` and `backward` are the positions in the joined text that a step reads going either way;
    `mirror` maps an entry of the forward order to the entry at which the backward pass reads the same
    character (and the other way round: it is its own inverse).
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
        self.mirror = offsets[opposite] + row


def _batches(lengths: Ints) -> Iterator[Ints]:
    """Row numbers, longest text first, cut where a batch has enough characters."""
    order = np.argsort(-lengths, kind="stable")
    batch = (np.cumsum(lengths[order]) - 1) // BATCH_CHARS
    return iter(np.split(order, np.flatnonzero(np.diff(batch)) + 1)) if len(order) else iter(())


def _split(both: Floats) -> list[Floats]:
    """Columns of the gates and of the candidate, forward, then the same backward."""
    columns = [2 * HIDDEN, 3 * HIDDEN, 5 * HIDDEN]
    return [np.ascontiguousarray(part) for part in np.split(both, columns, axis=-1)]
