"""The reading process, started by `flows.sandbox`: jobs on standard input, answers on standard output."""

from __future__ import annotations

import json
import os
import pickle
import signal
import struct
import sys
from typing import Any, BinaryIO

from flows.parsers import Event, PageEnd, UnitEnd, UnitStart, parse_source
from flows.process_limits import extend_cpu, limit_memory
from flows.wire import MEMORY_EXIT_CODE, Job, dump_document, dump_page, dump_refusal
from transforms.ingest.model import RawDocument, RawPage, Refusal

_HEADER = struct.Struct(">I")


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # parsers print; the pipe is for answers only
    limit_memory(int(sys.argv[1]))
    try:
        _send(answers, ["ready"])
        while job := _receive(sys.stdin.buffer):
            extend_cpu(job.options.limits.cpu_seconds)
            for event in parse_source(
                job.source, job.options, skip_units=job.skip_units, first_page=job.first_page
            ):
                _send(answers, _dump(event))
                if not isinstance(event, RawPage):
                    extend_cpu(job.options.limits.cpu_seconds)
            _send(answers, ["done"])
    except MemoryError:
        os._exit(MEMORY_EXIT_CODE)
    except BrokenPipeError:
        os._exit(0)  # the parent is gone
    except Exception as error:  # whatever a hostile file makes a parser raise: this page is refused
        _send(answers, ["error", f"{type(error).__name__}: {error}"[:300]])
        os._exit(1)


def _dump(event: Event) -> list[Any]:
    match event:
        case UnitStart(uri, has_pages):
            return ["unit", uri, has_pages]
        case RawPage():
            return ["page", dump_page(event)]
        case PageEnd(page_number):
            return ["page_end", page_number]
        case RawDocument():
            return ["document", dump_document(event)]
        case Refusal():
            return ["refusal", dump_refusal(event)]
        case UnitEnd():
            return ["unit_end"]


def _send(answers: BinaryIO, message: list[Any]) -> None:
    payload = json.dumps(message).encode()
    answers.write(_HEADER.pack(len(payload)) + payload)
    answers.flush()


def _receive(pipe: BinaryIO) -> Job | None:
    header = pipe.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    job = pickle.loads(pipe.read(_HEADER.unpack(header)[0]))
    return job if isinstance(job, Job) else None


if __name__ == "__main__":
    main()
