"""Products of values within ±1 with a fixed matrix, in 8-bit integers.

The sums are whole numbers below 2^24, exact in 32-bit integers and in float32 alike. So the product has the
same bits whatever the library, the processor, the number of rows and the order of summation: onnxruntime
multiplies bytes at three to six times the speed of NumPy's floats, and where it is missing NumPy gives the
same result. Figures and what the rounding costs: tests/benchmarks/RESULTS.md, DECISIONS.md.
"""

from __future__ import annotations

from typing import Any

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


class QuantizedMatrix:
    """A fixed matrix that codes are multiplied with.

    Args:
        weight: `[inputs, outputs]`, at most 512 inputs. Each column is rounded to whole steps of its own.
        bias: `[outputs]`, added to every row.
    """

    def __init__(self, weight: Floats, bias: Floats | None = None) -> None:
        steps, self._scale = _round_columns(weight)
        self._floats = steps.astype(np.float32)
        self._bias = np.zeros_like(self._scale) if bias is None else bias
        self._session = _start_session(steps, self._scale, self._bias) if onnxruntime else None

    @property
    def weight(self) -> Floats:
        """The matrix that is multiplied with, `[inputs, outputs]`: the given one, rounded."""
        return self._floats * (self._scale * LEVELS)

    def multiply(self, codes: Codes) -> Floats:
        """Product of the coded values.

        Args:
            codes: `[rows, inputs]`, contiguous.

        Returns:
            `[rows, outputs]`, an array of its own.
        """
        if self._session is not None:
            product: Floats = self._session.run(None, {"codes": codes})[0]
            return product
        values = codes.astype(np.float32)
        values -= ZERO
        return (values @ self._floats) * self._scale + self._bias


def _round_columns(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Whole steps of each column, and what a step times a level of the other side is worth."""
    largest = np.abs(weight).max(axis=0)
    # Processors without dot products of bytes add the products of two neighbours in 16 bits, which must hold
    # 255 times the sum of both steps.
    pairs = np.abs(weight[0::2] + weight[1::2]).max(axis=0)
    unit = np.maximum(np.maximum(largest, pairs) / LEVELS, np.finfo(np.float32).tiny)
    return np.rint(weight / unit).astype(np.int8), (unit / LEVELS).astype(np.float32)


def _start_session(steps: NDArray[np.int8], scale: Floats, bias: Floats) -> Any:
    options = onnxruntime.SessionOptions()
    # A build has as many processes as it was allowed.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        _model(steps, scale, bias), options, providers=["CPUExecutionProvider"]
    )


def _model(steps: NDArray[np.int8], scale: Floats, bias: Floats) -> bytes:
    """An ONNX model of one node, `MatMulIntegerToFloat` of onnxruntime.

    Written here since the onnx package would be needed for nothing else.

    Source: onnx.proto3 of the ONNX project, field numbers; ContribOperators.md of onnxruntime.
    """
    inputs, outputs = steps.shape
    constants = (
        ("steps", _ENCODED_INT8, steps.shape, np.ascontiguousarray(steps)),
        ("one", _ENCODED_FLOAT, (), np.ones((), np.float32)),
        ("scale", _ENCODED_FLOAT, scale.shape, scale),
        ("zero", _ENCODED_UINT8, (), np.full((), ZERO, np.uint8)),
        ("bias", _ENCODED_FLOAT, bias.shape, bias),
    )
    node = b"".join(
        [
            *(_field(1, name) for name in ("codes", "steps", "one", "scale", "zero", "", "bias")),
            _field(2, "product"),
            _field(4, "MatMulIntegerToFloat"),
            _field(7, "com.microsoft"),
        ]
    )
    graph = b"".join(
        [
            _field(1, node),
            _field(2, "product"),
            *(
                _field(
                    5,
                    b"".join(_field(1, size) for size in shape)
                    + _field(2, kind)
                    + _field(8, name)
                    + _field(9, values.tobytes()),
                )
                for name, kind, shape, values in constants
            ),
            _field(11, _value("codes", _ENCODED_UINT8, inputs)),
            _field(12, _value("product", _ENCODED_FLOAT, outputs)),
        ]
    )
    opsets = _field(8, _field(1, "") + _field(2, 17)) + _field(8, _field(1, "com.microsoft") + _field(2, 1))
    return _field(1, 8) + _field(7, graph) + opsets


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
