"""Parameters of the recognition network inside the jieba package (`jieba/lac_small`), and its characters.

Source: layout of the parameter files: PaddlePaddle 1.x `save_vars` (Apache-2.0).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

HIDDEN = 128

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


def character_ids(parameters: LacParameters) -> Ints:
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
