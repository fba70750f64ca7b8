"""Rows spread over files by a key, and taken back some keys at a time: memory holds these, not the corpus.

Where all rows fit they stay in memory, so a small run writes nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import polars as pl
import pyarrow as pa
from pyarrow import ipc

from warehouse.files import explain_errors

FAN_OUT = 64
"""So many files of one `Buckets`; all of them are open at a time."""

BUCKET_BYTES = 16 << 20
"""Rows of about this size are held, in memory before they are spread and when they are taken back."""

_OPTIONS = ipc.IpcWriteOptions(compression="zstd")


def spread_ids(*columns: str) -> list[pl.Expr]:
    """Keys for `Buckets` that put rows in order of the first id; the next cuts what has it in common."""
    keys = []
    for column in columns:
        digits = pl.col(column).str.slice(0, 3).str.to_integer(base=16, strict=False).fill_null(0)
        keys += [digits // FAN_OUT, digits % FAN_OUT]
    return keys


def spread_hashes(*columns: str) -> list[pl.Expr]:
    """Keys for `Buckets` that put equal values together, in no order."""
    number = pl.struct(columns).hash() % FAN_OUT**2
    return [number // FAN_OUT, number % FAN_OUT]


def spread_numbers(column: str, count: int) -> list[pl.Expr]:
    """Keys for `Buckets` of numbers below `count`, in their order."""
    number = pl.col(column).cast(pl.UInt64)
    return [number * FAN_OUT // count, number % FAN_OUT]


class Buckets:
    """Rows to be taken back in groups that hold all rows of a key; to be used once, as a context manager.

    Args:
        root: The warehouse; what does not fit in memory lies in its staging area for as long as it is needed.
        keys: From which number below `FAN_OUT` a row belongs to which bucket. A bucket of more than
            `BUCKET_BYTES` is cut by the next key, and stays whole behind the last.
    """

    def __init__(self, root: Path, *keys: pl.Expr) -> None:
        self._root = root / "staging"
        self._key, self._more = keys[0], keys[1:]
        self._held: list[pl.DataFrame] = []
        self._held_bytes = 0
        self._folder: Path | None = None
        self._writers: dict[int, ipc.RecordBatchFileWriter] = {}
        self._bytes: dict[int, int] = {}

    def __enter__(self) -> Buckets:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            writer.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, rows: pl.DataFrame) -> None:
        """Put rows in; all have the same columns."""
        self._held.append(rows)
        self._held_bytes += int(rows.estimated_size())
        if self._held_bytes > BUCKET_BYTES:
            self._spread()

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Take the rows back, in order of their buckets; an empty frame where only empty ones were put in."""
        if not self._folder:
            if self._held:
                yield pl.concat(self._held)
            return
        self._spread()
        for writer in self._writers.values():
            writer.close()
        near: list[pl.DataFrame] = []
        size = 0
        for number in sorted(self._bytes):
            if near and size + self._bytes[number] > BUCKET_BYTES:
                yield pl.concat(near)
                near, size = [], 0
            if self._bytes[number] > BUCKET_BYTES and self._more:
                yield from self._cut(number)
                continue
            near += self._read(number)
            size += self._bytes[number]
        if near:
            yield pl.concat(near)

    def _path(self, number: int) -> Path:
        assert self._folder
        return self._folder / f"{number}.arrow"

    def _spread(self) -> None:
        rows = pl.concat(self._held) if self._held else pl.DataFrame()
        if rows.is_empty():
            return
        rows = rows.with_columns(_bucket=self._key.cast(pl.UInt32))
        self._held, self._held_bytes = [], 0
        with explain_errors(self._root):
            if not self._folder:
                self._root.mkdir(parents=True, exist_ok=True)
                self._folder = Path(tempfile.mkdtemp(prefix=".partial-", dir=self._root))
            for (number,), some in rows.partition_by("_bucket", as_dict=True, include_key=False).items():
                self._write(int(str(number)), some)

    def _write(self, number: int, rows: pl.DataFrame) -> None:
        table = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
        if number not in self._writers:
            path = str(self._path(number))
            self._writers[number] = ipc.new_file(path, table.schema, options=_OPTIONS)
        self._writers[number].write_table(table)
        self._bytes[number] = self._bytes.get(number, 0) + int(rows.estimated_size())

    def _read(self, number: int) -> Iterator[pl.DataFrame]:
        path = self._path(number)
        with explain_errors(path), pa.OSFile(str(path)) as source:
            file = ipc.open_file(source)
            for index in range(file.num_record_batches):
                frame = pl.from_arrow(file.get_batch(index))
                if isinstance(frame, pl.DataFrame):
                    yield frame
        path.unlink()

    def _cut(self, number: int) -> Iterator[pl.DataFrame]:
        with Buckets(self._root.parent, *self._more) as smaller:
            for rows in self._read(number):
                smaller.add(rows)
            yield from smaller
