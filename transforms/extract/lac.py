"""The recognition network that the jieba package ships (`jieba/lac_small`), run on NumPy alone.

Character embedding, two bidirectional GRU layers, linear emission, CRF over 57 tags: the small model of
Baidu's LAC, whose parameter files lie inside the jieba package and which jieba itself runs only where
PaddlePaddle is installed. Three things follow from running it here:

- The first layer multiplies an embedding row with a fixed matrix, so the product is stored per character
  of the vocabulary instead of the embedding: a fifth of the arithmetic is done once.
- Sequences of a batch are packed time step by time step, longest first. There is no padding, hence nothing
  that padding could change, and a text gets the same tags in whatever company it is read.
- A matrix of one row takes another route through BLAS, which rounds differently. Every product therefore
  has two rows or more.

Source: Jiao, Sun, Sun: Chinese Lexical Analysis with Deep Bi-GRU-CRF Network (2018); layout of the
parameter files: PaddlePaddle 1.x `save_vars` (Apache-2.0). Figures: tests/benchmarks/RESULTS.md.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

HIDDEN = 128
_BARRED = -1e4
BATCH_CHARS = 8192
"""Characters of a batch: rows enough to keep the matrix products busy, few enough to stay in cache."""

_GRU_NAMES = (("fc_0", "gru_0"), ("fc_1", "gru_1"), ("fc_2", "gru_2"), ("fc_3", "gru_3"))
PARAMETER_FILES: tuple[str, ...] = (
    "word.dic",
    "tag.dic",
    "model_baseline/word_emb",
    "model_baseline/crfw",
    *(
        f"model_baseline/{layer}.{part}"
        for pair in (*_GRU_NAMES, ("fc_4",))
        for layer in pair
        for part in ("w_0", "b_0")
    ),
)
"""Paths inside `jieba/lac_small` that `read_parameters` needs."""

# The network was trained on folded text: these have no trained embedding of their own.
_PUNCTUATION = str.maketrans(
    "、。，；：！？“”„‟〝〞「」『』‘’‚‛（）〔〕［］【】〖〗｛｝〈〉—–―－‐‑～…•・∶｜‖",
    ',.,;:!?""""""""""\'\'\'\'()()[][][]{}<>------~...:||',
)


class ParameterError(ValueError):
    """A parameter file is missing or does not have the layout of `jieba/lac_small`."""


@dataclass(frozen=True)
class LacParameters:
    """Weights and dictionaries of the network, in the order in which `LacTagger` uses them.

    Attributes:
        vocabulary: Character to row of `embedding`.
        labels: Tag of each state, `PER-B` style.
        embedding: `[vocabulary, 128]`.
        input_weight: Per layer `[inputs, 768]`, forward beside backward.
        input_bias: Per layer `[768]`.
        gate_weight: Per layer `[2, 128, 256]`: update and reset gate, forward and backward.
        candidate_weight: Per layer `[2, 128, 128]`.
        emission_weight: `[256, 57]`.
        emission_bias: `[57]`.
        start: `[57]`, score of a first tag.
        stop: `[57]`, score of a last tag.
        transition: `[57, 57]`, from row to column.
    """

    vocabulary: Mapping[str, int]
    labels: tuple[str, ...]
    embedding: Floats
    input_weight: tuple[Floats, ...]
    input_bias: tuple[Floats, ...]
    gate_weight: tuple[Floats, ...]
    candidate_weight: tuple[Floats, ...]
    emission_weight: Floats
    emission_bias: Floats
    start: Floats
    stop: Floats
    transition: Floats


def read_parameters(files: Mapping[str, bytes]) -> LacParameters:
    """Parse the files of `jieba/lac_small`.

    Args:
        files: Content by path, for every path of `PARAMETER_FILES`.

    Returns:
        The parameters.

    Raises:
        ParameterError: A file is missing, or its size does not fit the network.
    """
    missing = [name for name in PARAMETER_FILES if name not in files]
    if missing:
        raise ParameterError(f"lac_small: missing {', '.join(missing)}; is the installed jieba 0.42.1?")

    def load(name: str, *shape: int) -> Floats:
        return _read_tensor(f"model_baseline/{name}", files[f"model_baseline/{name}"], shape)

    vocabulary = _read_dictionary(files["word.dic"])
    tags = _read_dictionary(files["tag.dic"])
    labels = tuple(sorted(tags, key=tags.__getitem__))
    weights, biases, gates, candidates = [], [], [], []
    for layer, inputs in enumerate((HIDDEN, 2 * HIDDEN)):
        pairs = _GRU_NAMES[2 * layer : 2 * layer + 2]
        weights.append(np.hstack([load(f"{fc}.w_0", inputs, 3 * HIDDEN) for fc, _ in pairs]))
        biases.append(
            np.hstack(
                [load(f"{fc}.b_0", 3 * HIDDEN) + load(f"{gru}.b_0", 1, 3 * HIDDEN)[0] for fc, gru in pairs]
            )
        )
        # The two blocks of a GRU lie behind one another, not side by side: [128, 256] and then [128, 128].
        flat = [load(f"{gru}.w_0", HIDDEN * 3 * HIDDEN) for _, gru in pairs]
        split = HIDDEN * 2 * HIDDEN
        gates.append(np.stack([w[:split].reshape(HIDDEN, 2 * HIDDEN) for w in flat]))
        candidates.append(np.stack([w[split:].reshape(HIDDEN, HIDDEN) for w in flat]))
    states = len(labels)
    crf = load("crfw", states + 2, states)
    return LacParameters(
        vocabulary=vocabulary,
        labels=labels,
        embedding=load("word_emb", max(vocabulary.values()) + 1, HIDDEN),
        input_weight=tuple(weights),
        input_bias=tuple(biases),
        gate_weight=tuple(gates),
        candidate_weight=tuple(candidates),
        emission_weight=load("fc_4.w_0", 2 * HIDDEN, states),
        emission_bias=load("fc_4.b_0", states),
        start=crf[0],
        stop=crf[1],
        transition=crf[2:],
    )


def _read_dictionary(content: bytes) -> dict[str, int]:
    rows = (line.split("\t") for line in content.decode("utf-8").split("\n"))
    return {row[1].rstrip("\r"): int(row[0]) for row in rows if len(row) == 2}


def _read_tensor(name: str, content: bytes, shape: tuple[int, ...]) -> Floats:
    # uint32 version, uint64 level count with one sized block a level, uint32 version,
    # int32 length of the description, the description, the values.
    try:
        (levels,) = struct.unpack_from("<Q", content, 4)
        start = 12
        for _ in range(levels):
            start += 8 + struct.unpack_from("<Q", content, start)[0]
        start += 8 + struct.unpack_from("<i", content, start + 4)[0]
        return np.frombuffer(content, "<f4", offset=start).reshape(shape).astype(np.float32)
    except (struct.error, ValueError) as error:
        raise ParameterError(f"lac_small: {name} does not hold {shape} values: {error}") from error


def fold_character(character: str) -> str:
    """Half-width, lower-case form of a character, under which the network knows it.

    Always one character, so that offsets hold; a character whose compatibility form is longer stays.
    """
    folded = character.translate(_PUNCTUATION)
    if folded == character:
        compatible = unicodedata.normalize("NFKC", character)
        folded = compatible if len(compatible) == 1 else character
    lower = folded.lower()
    return lower if len(lower) == 1 else folded


class LacTagger:
    """Tags characters; built once per process, since construction multiplies out the first layer.

    Attributes:
        labels: Tag of each state that `tag` returns.
    """

    def __init__(self, parameters: LacParameters) -> None:
        self.labels = parameters.labels
        self._decoder = _Decoder(self.labels, parameters)
        self._emission = parameters.emission_weight, parameters.emission_bias
        # sigmoid(x) = (tanh(x/2) + 1) / 2, the halves moved into the weights: one function for all gates.
        halves = np.tile(np.repeat(np.array([0.5, 1.0], np.float32), [2 * HIDDEN, HIDDEN]), 2)
        inputs = [
            (w * halves, b * halves)
            for w, b in zip(parameters.input_weight, parameters.input_bias, strict=True)
        ]
        self._layers = [
            (gate * np.float32(0.5), candidate * np.float32(0.5))
            for gate, candidate in zip(parameters.gate_weight, parameters.candidate_weight, strict=True)
        ]
        self._first = parameters.embedding @ inputs[0][0] + inputs[0][1]
        self._second = inputs[1]
        self._ids = _character_ids(parameters)

    def tag(self, texts: Sequence[str]) -> tuple[Ints, Floats]:
        """Best tag sequence of each text.

        Args:
            texts: Texts of at least one character; long ones cost memory, so cut them first.

        Returns:
            `tags`: state per character, texts behind one another in the given order.
            `emissions`: `[characters, 57]`, the scores before decoding.
        """
        lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
        if (lengths == 0).any():
            raise ValueError("LacTagger.tag: empty text; leave it out before tagging")
        total = int(lengths.sum())
        tags = np.zeros(total, np.int64)
        emissions = np.zeros((total, len(self.labels)), np.float32)
        ids = self._character_rows("".join(texts))
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if total else lengths
        for rows in _batches(lengths):
            packed = _Packing(lengths[rows], starts[rows])
            scores = self._emit(ids, packed)
            states = self._decoder.decode(scores, packed.active)
            tags[packed.forward] = states
            emissions[packed.forward] = scores
        return tags, emissions

    def _character_rows(self, text: str) -> Ints:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        rows: Ints = self._ids[np.minimum(codes, len(self._ids) - 1)]
        return rows

    def _emit(self, ids: Ints, packed: _Packing) -> Floats:
        """Scores of the tags, in packed order."""
        forward, backward = ids[packed.forward], ids[packed.backward]
        width = 3 * HIDDEN
        inputs = np.stack([self._first[forward, :width], self._first[backward, width:]])
        hidden = packed.merge(_run_gru(inputs, packed.active, *self._layers[0]))
        products = _multiply(hidden, self._second[0]) + self._second[1]
        inputs = np.stack([products[:, :width], products[packed.mirror, width:]])
        hidden = packed.merge(_run_gru(inputs, packed.active, *self._layers[1]))
        return _multiply(hidden, self._emission[0]) + self._emission[1]


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

    def merge(self, hidden: Floats) -> Floats:
        """Both directions side by side, in forward order."""
        return np.hstack([hidden[0], hidden[1][self.mirror]])


def _batches(lengths: Ints) -> Iterator[Ints]:
    """Row numbers, longest text first, cut where a batch has enough characters."""
    order = np.argsort(-lengths, kind="stable")
    batch = (np.cumsum(lengths[order]) - 1) // BATCH_CHARS
    return iter(np.split(order, np.flatnonzero(np.diff(batch)) + 1)) if len(order) else iter(())


def _multiply(left: Floats, right: Floats) -> Floats:
    if len(left) == 1:
        return (np.repeat(left, 2, axis=0) @ right)[:1]
    return left @ right


def _run_gru(inputs: Floats, active: Ints, gate: Floats, candidate: Floats) -> Floats:
    """Both directions of a layer over packed inputs.

    Args:
        inputs: `[2, entries, 384]`: update gate, reset gate and candidate, halved where a gate.
        active: Rows of each step, falling.
        gate: `[2, 128, 256]`, halved.
        candidate: `[2, 128, 128]`, halved.

    Returns:
        `[2, entries, 128]`.
    """
    rows = max(int(active[0]), 2)
    inputs = np.concatenate([inputs, np.zeros((2, 2, 3 * HIDDEN), np.float32)], axis=1)
    output = np.empty((2, inputs.shape[1], HIDDEN), np.float32)
    state = np.zeros((2, rows, HIDDEN), np.float32)
    start = 0
    for count in active.tolist():
        used = max(count, 2)
        step = inputs[:, start : start + used]
        state = state[:, :used]
        gates = np.matmul(state, gate)
        gates += step[:, :, : 2 * HIDDEN]
        np.tanh(gates, out=gates)
        gates += 1.0
        fresh = np.matmul(gates[:, :, HIDDEN:] * state, candidate)
        fresh += step[:, :, 2 * HIDDEN :]
        np.tanh(fresh, out=fresh)
        fresh -= state
        fresh *= gates[:, :, :HIDDEN]
        fresh *= 0.5
        fresh += state
        output[:, start : start + used] = fresh
        state = fresh
        start += count
    return output[:, :start]


class _Decoder:
    """Viterbi over packed scores, state by state over all rows of a step.

    An inside tag follows its own begin or inside tag only: the network scores every other way in so low
    (below -8 of a usual 2) that the corpora hold no sequence in which one wins. Half of the sums fall away.
    Only the best score a state is kept; the way back looks again.
    """

    def __init__(self, labels: Sequence[str], parameters: LacParameters) -> None:
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
        opened = before[0] + self._opening[0]
        candidate = np.empty_like(opened)
        for state in range(1, len(before)):
            np.add(before[state], self._opening[state], out=candidate)
            np.maximum(opened, candidate, out=opened)
        best = np.empty((len(before), before.shape[1]), np.float32)
        best[self._open] = opened
        best[self._inside] = np.maximum(
            before[self._begin] + self._from_begin, before[self._inside] + self._from_inside
        )
        best += scores.T
        return best


def _character_ids(parameters: LacParameters) -> Ints:
    """Embedding row of every character of the basic plane; the last entry stands for all others."""
    unknown = parameters.vocabulary["OOV"]
    # Rows that never left their random start (uniform within 0.1) were never seen in training.
    trained = np.abs(parameters.embedding).max(axis=1) > 0.1
    ids = np.full(0x10001, unknown, np.int64)
    for code in range(0x10000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        for form in (chr(code), fold_character(chr(code))):
            row = parameters.vocabulary.get(form)
            if row is not None and trained[row]:
                ids[code] = row
                break
    return ids
