"""The lines of a record file out of its chunks, in the memory of one line."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

from transforms.ingest.decode import TextDecoder
from transforms.ingest.records import TextLine

_DETECT_BYTES = 1 << 16


def read_lines(
    chunks: Iterable[bytes], decoder: TextDecoder, *, max_line_bytes: int, encoding: str | None = None
) -> tuple[str, Iterator[TextLine]]:
    """Detect the encoding of a record file and cut it into lines.

    Args:
        chunks: Bytes of the file in order.
        decoder: Finds the encoding of the file, and of a line that differs.
        max_line_bytes: A longer line is cut, with `reason_code` `line_too_long`.
        encoding: Codec named by the caller.

    Returns:
        The encoding of the file, and its lines without line breaks, numbered from 1.

    Raises:
        UnreadableError: No encoding fits.
    """
    iterator = iter(chunks)
    head = b""
    while len(head) < _DETECT_BYTES and (chunk := next(iterator, b"")):
        head += chunk
    name = decoder.detect(head) if encoding is None else encoding
    stream: Iterable[bytes] = chain((head,), iterator)
    lower = name.lower().replace("_", "-")
    if lower.startswith(("utf-16", "utf-32")):
        stream, line_encoding = _recode(stream, name), "utf-8"
    else:
        line_encoding = name
    return name, _decode_lines(
        _cut(stream, max_line_bytes), decoder, line_encoding, fixed=encoding is not None
    )


def _decode_lines(
    lines: Iterable[tuple[int, bytes, bool]], decoder: TextDecoder, encoding: str, *, fixed: bool
) -> Iterator[TextLine]:
    for number, line, is_cut in lines:
        if fixed:
            text = decoder.decode(line, encoding=encoding).text if line else ""
        else:
            text, _ = decoder.decode_line(line, encoding)
        yield TextLine(
            number, text.removeprefix("\ufeff") if number == 1 else text, "line_too_long" if is_cut else None
        )


def _cut(chunks: Iterable[bytes], max_line_bytes: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes and whether they are only the beginning of the line."""
    number, held, is_cut = 1, bytearray(), False
    for chunk in chunks:
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            if not is_cut:
                held += chunk[start:end]
            yield _line(number, held, is_cut, max_line_bytes)
            number, held, is_cut, start = number + 1, bytearray(), False, end + 1
        if not is_cut:
            held += chunk[start:]
            if len(held) > max_line_bytes:
                del held[1024:]  # enough for the excerpt
                is_cut = True
    if held:
        yield _line(number, held, is_cut, max_line_bytes)


def _line(number: int, held: bytearray, is_cut: bool, max_line_bytes: int) -> tuple[int, bytes, bool]:
    if is_cut or len(held) > max_line_bytes:
        return number, bytes(held[:1024]), True
    return number, bytes(held.removesuffix(b"\r")), False


def _recode(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    decode = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chunks:
        yield decode.decode(chunk).encode("utf-8", "replace")
    yield decode.decode(b"", True).encode("utf-8", "replace")
