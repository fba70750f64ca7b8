"""Products of values within ±1 with a fixed matrix, in 8-bit integers.

The sums are whole numbers below 2^24, exact in 32-bit integers and in float32 alike. So the product has the
same bits whatever the library, the processor, the number of rows and the order of summation: onnxruntime
multiplies bytes at three to six times the speed of NumPy's floats, and where it is missing NumPy gives the
same result. Figures and what the rounding costs: tests/benchmarks/RESULTS.md, DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

try:
    import onnxruntime
except ImportError:  # no wheel for this platform
    onnxruntime = None

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8]

LEVELS = 127
ZERO = 128
"""Code of 0; -1 is 1 and 1 is 255."""

_ENCODED_UINT8, _ENCODED_INT8, _ENCODED_FLOAT = 2, 3, 1


def encode(values: Floats, scratch: Floats, codes: Codes, scale: float = LEVELS) -> None:
    """Write the codes of `values * scale / LEVELS`, which lie within ±1.

    Args:
        values: `[rows, columns]`.
        scratch: Of the same shape; overwritten.
        codes: Of the same shape; takes the result.
        scale: `LEVELS` times a constant factor.
    """
    np.multiply(values, np.float32(scale), out=scratch)
    scratch += np.float32(ZERO + 0.5)
    np.copyto(codes, scratch, casting="unsafe")


class QuantizedMatrices:
    """Fixed matrices that the same codes are multiplied with, all in one call.

    Args:
        weights: Each `[inputs, outputs]`, at most 512 inputs. Each column is rounded to its own steps.
        biases: For each matrix `[outputs]`, added to every row; none by default.
    """

    def __init__(self, weights: Sequence[Floats], biases: Sequence[Floats] | None = None) -> None:
        rounded = [_round_columns(weight) for weight in weights]
        self._matrices = [
            _Matrix(steps, scale, np.zeros_like(scale) if biases is None else biases[number])
            for number, (steps, scale) in enumerate(rounded)
        ]
        self._floats = [steps.astype(np.float32) for steps, _ in rounded]
        self._session = _start_session(self._matrices) if onnxruntime else None

    @property
    def weights(self) -> list[Floats]:
        """The matrices that are multiplied with, `[inputs, outputs]`: the given ones, rounded."""
        return [steps * (scale * LEVELS) for steps, scale, _ in self._matrices]

    def multiply(self, codes: Codes) -> list[Floats]:
        """Products of the coded values.

        Args:
            codes: `[rows, inputs]`, contiguous.

        Returns:
            For each matrix `[rows, outputs]`, an array of its own.
        """
        if self._session is not None:
            products: list[Floats] = self._session.run(None, {"codes": codes})
            return products
        values = codes.astype(np.float32)
        values -= ZERO
        return [
            (values @ floats) * scale + bias
            for floats, (_, scale, bias) in zip(self._floats, self._matrices, strict=True)
        ]


class _Matrix(NamedTuple):
    """Whole steps, what a step of each column is worth, what is added to it."""

    steps: NDArray[np.int8]
    scale: Floats
    bias: Floats


def _round_columns(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Whole steps of each column, and what a step times a level of the other side is worth."""
    largest = np.abs(weight).max(axis=0)
    # Processors without dot products of bytes add the products of two neighbours in 16 bits, which must hold
    # 255 times the sum of both steps.
    pairs = np.abs(weight[0::2] + weight[1::2]).max(axis=0)
    unit = np.maximum(np.maximum(largest, pairs) / LEVELS, np.finfo(np.float32).tiny)
    return np.rint(weight / unit).astype(np.int8), (unit / LEVELS).astype(np.float32)


def _start_session(matrices: Sequence[_Matrix]) -> Any:
    options = onnxruntime.SessionOptions()
    # A build has as many processes as it was allowed.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(_model(matrices), options, providers=["CPUExecutionProvider"])


def _model(matrices: Sequence[_Matrix]) -> bytes:
    """An ONNX model of one node a matrix, `MatMulIntegerToFloat` of onnxruntime.

    Written here since the onnx package would be needed for nothing else.

    Source: onnx.proto3 of the ONNX project, field numbers; ContribOperators.md of onnxruntime.
    """
    constants: dict[str, tuple[int, NDArray[Any]]] = {
        "one": (_ENCODED_FLOAT, np.ones((), np.float32)),
        "zero": (_ENCODED_UINT8, np.full((), ZERO, np.uint8)),
    }
    nodes, products = [], []
    for number, (steps, scale, bias) in enumerate(matrices):
        constants[f"steps{number}"] = _ENCODED_INT8, steps
        constants[f"scale{number}"] = _ENCODED_FLOAT, scale
        constants[f"bias{number}"] = _ENCODED_FLOAT, bias
        read = ("codes", f"steps{number}", "one", f"scale{number}", "zero", "", f"bias{number}")
        nodes.append(
            b"".join(_field(1, name) for name in read)
            + _field(2, f"product{number}")
            + _field(4, "MatMulIntegerToFloat")
            + _field(7, "com.microsoft")
        )
        products.append(_value(f"product{number}", _ENCODED_FLOAT, steps.shape[1]))
    graph = b"".join(
        [
            *(_field(1, node) for node in nodes),
            _field(2, "products"),
            *(_field(5, _constant(name, kind, values)) for name, (kind, values) in constants.items()),
            _field(11, _value("codes", _ENCODED_UINT8, matrices[0].steps.shape[0])),
            *(_field(12, product) for product in products),
        ]
    )
    opsets = _field(8, _field(1, "") + _field(2, 17)) + _field(8, _field(1, "com.microsoft") + _field(2, 1))
    return _field(1, 8) + _field(7, graph) + opsets


def _constant(name: str, kind: int, values: NDArray[Any]) -> bytes:
    sizes = b"".join(_field(1, size) for size in values.shape)
    return sizes + _field(2, kind) + _field(8, name) + _field(9, values.tobytes())


def _value(name: str, kind: int, columns: int) -> bytes:
    shape = _field(1, _field(2, "rows")) + _field(1, _field(1, columns))
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _field(number: int, value: int | str | bytes) -> bytes:
    """One field of a protocol buffer message: a number, or a text or message of known length."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)
