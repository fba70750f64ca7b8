"""Files of the warehouse: durable writes, links, the writer lock, source bytes, typed errors.

Every call that makes something durable or visible goes through `os`, one step at a time, so that a
test can kill the process at each of them.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP_ROWS = 122_880
"""DuckDB reads one row group per thread; this is also its own default."""

LOCK_TIMEOUT_SECONDS = 3600.0
"""Longer than the steps that see the corpus take: a run that lost twice holds the lock through them."""

_BLOOM_MINIMUM_ROWS = 1_000
# Mounts that know no links answer with one of these; copying works there.
_NO_LINKS = {errno.EPERM, errno.EXDEV, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class StoreError(Exception):
    """The warehouse could not be written or read; the message names the next step."""


class ConflictError(StoreError):
    """Another run committed the snapshot number first."""


_NEXT_STEPS = {
    errno.ENOSPC: "the disk is full: free space, or run `baocang prune`, then run the command again",
    errno.EDQUOT: "the disk quota is used up: free space, then run the command again",
    errno.EROFS: "the file system is read-only: choose another folder with --warehouse",
    errno.EACCES: "no permission: make the folder writable for this user, then run the command again",
    errno.EPERM: "not permitted: make the folder writable for this user, then run the command again",
    errno.EEXIST: "a file is where a folder is expected: choose another folder with --warehouse",
    errno.ENOTDIR: "a file is where a folder is expected: choose another folder with --warehouse",
    errno.EMFILE: "too many open files: raise `ulimit -n`, then run the command again",
    errno.EIO: "the disk reports an input/output error: check it before running again",
}


@contextmanager
def explain_errors(path: Path) -> Iterator[None]:
    """Turn an `OSError` of the block into a `StoreError` that says what to do.

    For work before a commit: the last published snapshot is never touched by it, and the message says so.
    """
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        said = cause_and_step(error)
        if said is None:
            raise
        raise StoreError(f"{path}: {said}. The last snapshot is unchanged.") from error


def cause_and_step(error: Exception) -> str | None:
    """What failed and what to do; None where it is no failure of input or output."""
    # Polars and pyarrow have no errno for some failures; the text then has it.
    number = getattr(error, "errno", None) or _errno_of_text(str(error))
    if number is None and not isinstance(error, OSError):
        return None
    cause = os.strerror(number) if number else str(error)
    return f"{cause}; {_NEXT_STEPS.get(number or 0, 'run the command again once the cause is removed')}"


def _errno_of_text(text: str) -> int | None:
    for number in _NEXT_STEPS:
        if os.strerror(number) in text or f"os error {number})" in text:
            return number
    return None


def fsync_path(path: Path) -> None:
    """Make a file, or the entries of a folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, each entry durable."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    fsync_path(folder.parent)


def write_parquet(table: pa.Table, path: Path) -> int:
    """Write one durable Parquet file under its final name.

    Row groups of `ROW_GROUP_ROWS`, zstd, statistics on every column, Bloom filters on identifiers, so
    that a filter on a date, a document or an entity skips what cannot match.

    Returns:
        Size in bytes.
    """
    filters = {}
    if table.num_rows >= _BLOOM_MINIMUM_ROWS:
        count = min(table.num_rows, ROW_GROUP_ROWS)
        filters = {
            field.name: {"ndv": count, "fpp": 0.02}
            for field in table.schema
            if field.name.endswith("_id") and pa.types.is_large_string(field.type)
        }
    make_folder(path.parent)
    with open(path, "xb") as handle:
        pq.write_table(
            table,
            handle,
            compression="zstd",
            row_group_size=ROW_GROUP_ROWS,
            write_statistics=True,
            bloom_filter_options=filters or None,
        )
        handle.flush()
        os.fsync(handle.fileno())
        size = handle.tell()
    return size


def require_writable(root: Path) -> None:
    """Make the folder of a warehouse, or find out early that it cannot be written.

    Raises:
        StoreError: With what to do.
    """
    with explain_errors(root):
        make_folder(root)
        probe = temporary_name(root / "probe")
        probe.touch()
        os.unlink(probe)


def write_bytes(content: bytes, path: Path) -> None:
    """Write one durable file that does not exist yet."""
    make_folder(path.parent)
    with open(path, "xb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def temporary_name(path: Path) -> Path:
    """A unique hidden name in the folder of `path`."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")


def link_once(temporary: Path, path: Path) -> None:
    """Give a durable file a name that nothing has yet; the caller holds the lock.

    `temporary` may be there afterwards, as a second name.

    Raises:
        ConflictError: `path` exists.
    """
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise ConflictError(f"{path} exists: another run committed first") from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # No links on this mount: the lock is what keeps a second writer out.
        if path.exists():
            raise ConflictError(f"{path} exists: another run committed first") from error
        os.rename(temporary, path)


def link_or_copy(source: Path, target: Path) -> None:
    """Give `source` a second name, or a copy where the mount has no hard links."""
    try:
        os.link(source, target)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        temporary = temporary_name(target)
        shutil.copyfile(source, temporary)
        os.replace(temporary, target)


@contextmanager
def writer_lock(root: Path, timeout_seconds: float = LOCK_TIMEOUT_SECONDS) -> Iterator[None]:
    """Hold the one writer lock of a warehouse; the kernel frees it when the process dies.

    Raises:
        StoreError: Another process held it for `timeout_seconds`.
    """
    make_folder(root)
    handle = os.open(root / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        deadline = time.monotonic() + timeout_seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"{root}: another run has been publishing for {timeout_seconds:.0f} s; "
                        "wait for it to end or stop it, then run the command again"
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(handle)


class SourceBytes:
    """The bytes of every source, named by their SHA-256 and compressed with zstd.

    Args:
        folder: `<warehouse>/sources`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this digest are kept."""
        return self.folder / sha256[:2] / f"{sha256}.zst"

    def has(self, sha256: str) -> bool:
        """Whether the bytes with this digest are kept."""
        return self.path(sha256).exists()

    def put(self, content: bytes) -> str:
        """Keep bytes; keeping them twice is one file.

        Returns:
            SHA-256 in hexadecimal.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        with explain_errors(path):
            if path.exists():
                # Young again, so that a prune does not take what a run is about to refer to.
                os.utime(path)
                return sha256
            sink = pa.BufferOutputStream()
            with pa.CompressedOutputStream(sink, "zstd") as stream:
                stream.write(content)
            make_folder(path.parent)
            temporary = temporary_name(path)
            write_bytes(sink.getvalue().to_pybytes(), temporary)
            os.replace(temporary, path)
            fsync_path(path.parent)
        return sha256

    def put_file(self, source: Path, sha256: str) -> bool:
        """Keep the bytes of a file, in the memory of one chunk.

        Returns:
            Whether they are kept; False where the file no longer has this digest.
        """
        path = self.path(sha256)
        digest = hashlib.sha256()
        temporary = temporary_name(path)
        with explain_errors(path):
            if path.exists():
                os.utime(path)
                return True
            make_folder(path.parent)
            with open(source, "rb") as file, pa.output_stream(str(temporary), compression="zstd") as target:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
                    target.write(chunk)
            fsync_path(temporary)
            if digest.hexdigest() != sha256:
                os.unlink(temporary)
                return False
            os.replace(temporary, path)
            fsync_path(path.parent)
        return True

    def get(self, sha256: str) -> bytes:
        """The bytes with this digest.

        Raises:
            StoreError: They are not kept, or the file was damaged.
        """
        path = self.path(sha256)
        if not path.exists():
            raise StoreError(f"{path}: no such source; give the original file to `baocang build` again")
        try:
            with pa.input_stream(str(path), compression="zstd") as stream:
                content: bytes = stream.read()
        except OSError as error:
            raise StoreError(f"{path}: damaged ({error}); delete it and build its source again") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"{path}: damaged (digest differs); delete it and build its source again")
        return content
