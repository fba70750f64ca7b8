"""Runs readers of formats that need a parser in a process of their own, under limits of memory and time.

A parser meets hostile files: it may take all memory, run for ever or crash. The process is reused from
file to file, and killed and started anew when it crosses a limit; the page or member that it was at is
refused, reading goes on behind it. It is started with a fresh interpreter, never forked, because threads
of Polars or Prefect do not survive a fork.

Answers are JSON, not pickles: a parser that has been taken over must not be able to run code here.
"""

from __future__ import annotations

import json
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from flows.discovery import Source
from flows.readers import IngestOptions, Item
from flows.wire import MEMORY_EXIT_CODE, Job, load_document, load_page
from transforms.ingest.model import RawPage, Refusal

_MAX_JOBS = 500
"""Parsers leak: the process is renewed after so many files."""
_MAX_DEATHS = 3
"""Pages of one document that may kill the process before the rest of it is given up."""
_START_SECONDS = 60.0
_NO_MORE_PAGES = 1 << 30
_HEADER = struct.Struct(">I")


class ReaderDied(Exception):
    """The reading process ended or had to be ended."""

    def __init__(self, reason_code: str, message: str) -> None:
        super().__init__(message)
        self.reason_code = reason_code
        self.message = message


class Sandbox:
    """A reading process and what is needed to keep one running. Not for use by two threads at once."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] | None = None
        self._memory_bytes = 0
        self._jobs = 0
        self._buffer = bytearray()

    def read(self, source: Source, options: IngestOptions) -> Iterator[Item]:
        """Read one source.

        Args:
            source: From `discover`.
            options: Of the call; its `limits` hold.

        Yields:
            Documents and refusals as they are ready.
        """
        deadline = time.monotonic() + options.limits.source_seconds
        progress = _Progress(source.uri)
        try:
            while not progress.is_done:
                job = Job(source, options, progress.skip_units, progress.next_page)
                try:
                    for message in self._run(job, deadline):
                        yield from progress.take(message)
                except ReaderDied as death:
                    self.close()
                    yield from progress.bury(death, is_final=time.monotonic() >= deadline)
        finally:
            if (
                not progress.is_done
            ):  # the caller stopped early: the rest of the answer must not be read as the next
                self.close()

    def close(self) -> None:
        """End the reading process."""
        self._process = None
        self._buffer.clear()
        if self._end is not None:
            self._end()

    def _run(self, job: Job, deadline: float) -> Iterator[list[Any]]:
        process, wall_seconds = (
            self._started(job.options.limits.memory_bytes),
            job.options.limits.wall_seconds,
        )
        assert process.stdin is not None
        payload = pickle.dumps(job)
        try:
            process.stdin.write(_HEADER.pack(len(payload)) + payload)
            process.stdin.flush()
        except OSError:
            raise self._death() from None
        while True:
            message = self._receive(min(time.monotonic() + wall_seconds, deadline))
            if message[0] == "error":
                raise ReaderDied("parser_crashed", f"the parser failed ({message[1]}): convert the file")
            yield message
            if message[0] == "done":
                return

    def _started(self, memory_bytes: int) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._memory_bytes != memory_bytes or self._jobs >= _MAX_JOBS):
            self.close()
        if self._process is None:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.reader_process", str(memory_bytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the run, not for the reader
            )
            # With the thread that owns this sandbox, or the interpreter, the process ends too.
            self._end = weakref.finalize(self, _end_process, self._process)
            self._memory_bytes, self._jobs = memory_bytes, 0
            until = time.monotonic() + _START_SECONDS
            self._receive(until)
        self._jobs += 1
        return self._process

    def _receive(self, until: float) -> list[Any]:
        size = _HEADER.unpack(self._take(_HEADER.size, until))[0]
        message = json.loads(self._take(size, until))
        return list(message)

    def _take(self, size: int, until: float) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while len(self._buffer) < size:
            left = until - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise ReaderDied(
                    "time_limit", "no result within the time limit: split the file or raise the limit"
                )
            chunk = os.read(descriptor, 1 << 16)
            if not chunk:
                raise self._death()
            self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _death(self) -> ReaderDied:
        assert self._process is not None
        code = self._process.wait()
        if code in (MEMORY_EXIT_CODE, -signal.SIGKILL):
            return ReaderDied(
                "memory_limit", "reading took more memory than the limit: split it or raise the limit"
            )
        if code == -signal.SIGXCPU:
            return ReaderDied(
                "cpu_limit", "reading took more CPU time than the limit: split it or raise the limit"
            )
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return ReaderDied(
            "parser_crashed", f"the parser died ({name}), often for lack of memory: convert the file"
        )


def _end_process(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


class _Progress:
    """How far a source is read: what to leave out when the reading process has to start again."""

    def __init__(self, uri: str) -> None:
        self.skip_units = 0
        self.next_page = 1
        self.is_done = False
        self._source_uri = uri
        self._unit_uri: str | None = None
        self._has_pages = False
        self._pages: list[RawPage] = []
        self._deaths = 0

    def take(self, message: list[Any]) -> Iterator[Item]:
        """Turn a message of the reading process into documents and refusals."""
        kind, body = message[0], message[1:]
        if kind == "unit":  # a document begins
            self._unit_uri, self._has_pages = body
        elif kind == "page":
            self._pages.append(load_page(body[0]))
        elif kind == "page_end":
            self.next_page = body[0] + 1
        elif kind == "refusal":
            yield Refusal(**body[0])
        elif kind == "document":
            if self._pages:
                yield load_document(body[0], self._pages)
            self._pages = []
        elif kind == "unit_end":
            self._next_unit()
        elif kind == "done":
            self.is_done = True

    def bury(self, death: ReaderDied, *, is_final: bool) -> Iterator[Refusal]:
        """Refuse what the process died of, and decide where to go on."""
        uri = self._unit_uri or self._source_uri
        self._deaths += 1
        if self._unit_uri is None or is_final:
            yield Refusal(uri, death.reason_code, death.message)
            self.is_done = True
        elif self._has_pages and self._deaths < _MAX_DEATHS:
            yield Refusal(f"{uri}#page {self.next_page}", death.reason_code, death.message)
            self.next_page += 1
        elif self._has_pages and self._pages and self.next_page < _NO_MORE_PAGES:
            rest = f" (page {self.next_page} and all after it are not read)"
            yield Refusal(uri, death.reason_code, death.message + rest)
            self.next_page = _NO_MORE_PAGES  # what is read so far still becomes a document
        else:
            yield Refusal(uri, death.reason_code, death.message)
            self.is_done = uri == self._source_uri  # else it is a member of an archive: the others follow
            self._next_unit()

    def _next_unit(self) -> None:
        self.skip_units += 1
        self.next_page, self._deaths, self._unit_uri, self._pages = 1, 0, None, []


_local = threading.local()


def sandbox() -> Sandbox:
    """The sandbox of this thread; its process starts with the first file and ends with the interpreter."""
    if not hasattr(_local, "sandbox"):
        _local.sandbox = Sandbox()
    result: Sandbox = _local.sandbox
    return result
