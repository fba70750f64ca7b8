"""Limits that a reading process puts on itself."""

from __future__ import annotations

import ctypes
import signal
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows has no such limits; the time limits of the parent hold there too
    resource = None  # type: ignore[assignment]

_PR_SET_PDEATHSIG = 1


def limit_memory(memory_bytes: int) -> None:
    """Cap the address space; no core is dumped."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # a lower hard limit of the user stands
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def die_with_parent(by: signal.Signals) -> None:
    """Have this process signalled when the one that started it dies; on Linux only."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, by)


def extend_cpu(seconds: int) -> None:
    """Grant the next page its CPU time; the soft limit is raised, as used time never goes down."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit if hard < 0 else min(limit, hard), hard))
