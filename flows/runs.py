"""Which runs are under way here: each holds a lock on a file of its own for as long as its process lives."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar, cast

from prefect.runtime import deployment, flow_run
from prefect.states import Completed

from flows.process_limits import die_with_parent
from flows.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")


def told(say: Callable[[Any], str]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark the run of a flow as under way, and put what it came to as a sentence into its state.

    Args:
        say: The sentence, from what the flow returns.
    """

    def wrap(body: Callable[P, R]) -> Callable[P, R]:
        @wraps(body)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if deployment.id and Settings().runs_folder:
                # A killed `serve` takes its server along: nobody could tell what becomes of the run.
                die_with_parent(signal.SIGKILL)
            with under_way(Settings().runs_folder, str(flow_run.id)):
                result = body(*args, **kwargs)
            # Prefect takes the result out of the state again: the caller of a flow sees no difference.
            return cast(R, Completed(message=say(result), data=result))

        # Prefect looks the names of types up in the module of the function that it is given: not here.
        run.__signature__ = signature(body, eval_str=True)  # type: ignore[attr-defined]
        return run

    return wrap


@contextmanager
def under_way(folder: Path | None, run_id: str) -> Iterator[None]:
    """Hold the mark of a run; the kernel lets go of it when the process dies, however it dies.

    Args:
        folder: Where the marks lie; None where nobody asks for them.
        run_id: The flow run.
    """
    if folder is None:
        yield
        return
    mark = folder / run_id
    with _locked(mark):
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)


@contextmanager
def _locked(mark: Path) -> Iterator[None]:
    while True:
        with mark.open("w") as file:
            # A lock of the process, not of the file: the readers that it starts do not inherit it.
            # It waits: whoever asks whether the mark is held holds it for a moment.
            fcntl.lockf(file, fcntl.LOCK_EX)
            if _is_at(file, mark):
                yield
                return


def _is_at(file: IO[str], mark: Path) -> bool:
    """Whether the open file still is the one of that name: somebody may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), mark.stat())
    except FileNotFoundError:
        return False


def is_held(mark: Path) -> bool:
    """Whether another process holds the mark."""
    try:
        with mark.open("r+") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except (BlockingIOError, PermissionError):
        return True
    return False


def remove_left(mark: Path) -> None:
    """Remove a mark unless a process holds it."""
    with suppress(FileNotFoundError, BlockingIOError, PermissionError), mark.open("r+") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_at(file, mark):
            mark.unlink()
