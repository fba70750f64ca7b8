"""How far a build is, for whoever shows it: a terminal, a log, nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Display(Protocol):
    """Shows the steps of a build."""

    def expect(self, step: str, count: int) -> None:
        """So many more pieces of a step are to be done."""

    def advance(self, step: str) -> None:
        """One piece of a step is done."""


class _Nowhere:
    def expect(self, step: str, count: int) -> None:
        pass

    def advance(self, step: str) -> None:
        pass


_NOWHERE: Display = _Nowhere()
_display: ContextVar[Display] = ContextVar("display", default=_NOWHERE)


def current() -> Display:
    """The display of this run."""
    return _display.get()


def show_on(display: Display) -> None:
    """Show what this context runs from now on."""
    _display.set(display)


class _Bars:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[str, TaskID] = {}

    def expect(self, step: str, count: int) -> None:
        if step not in self._bars:
            self._bars[step] = self._progress.add_task(step, total=0)
        bar = self._progress.tasks[self._bars[step]]
        self._progress.update(self._bars[step], total=(bar.total or 0) + count)

    def advance(self, step: str) -> None:
        self._progress.advance(self._bars[step])


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._expected: dict[str, int] = {}
        self._done: dict[str, int] = {}

    def expect(self, step: str, count: int) -> None:
        self._expected[step] = self._expected.get(step, 0) + count

    def advance(self, step: str) -> None:
        self._done[step] = self._done.get(step, 0) + 1
        self._console.print(f"{step} {self._done[step]}/{self._expected[step]}", highlight=False)


@contextmanager
def shown_on(console: Console) -> Iterator[None]:
    """Show builds as bars on a terminal and as plain lines elsewhere."""
    if not console.is_terminal:
        token = _display.set(_Lines(console))
        try:
            yield
        finally:
            _display.reset(token)
        return
    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        token = _display.set(_Bars(progress))
        try:
            yield
        finally:
            _display.reset(token)
