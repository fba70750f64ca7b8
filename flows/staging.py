"""Results of a step, aside from the warehouse until they are published.

A result's folder is named after all that decides it, so a folder that exists is the finished result: a run
that was killed resumes where it stopped.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from warehouse.files import explain_errors


class Staging:
    """The staging area of one warehouse.

    Args:
        root: `<warehouse>/staging`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def folder(self, step: str, key: str) -> Path:
        """Where the result of a step lies, or will lie, for the input that `key` stands for."""
        return self.root / step / key

    def has(self, folder: Path) -> bool:
        """Whether the result is there. Asking makes it new: what a run builds on is not pruned meanwhile."""
        try:
            os.utime(folder)
        except FileNotFoundError:
            return False
        return True

    def begin(self) -> Path:
        """A new folder to write a result into; `finish` gives it its name."""
        with explain_errors(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=".partial-", dir=self.root))

    def finish(self, partial: Path, folder: Path) -> None:
        """Give a complete result its name. Another run may have finished the same result first."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.replace(partial, folder)
        except OSError:
            if not self.has(folder):
                raise
            shutil.rmtree(partial)


def write_tables(folder: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write each frame to `<folder>/<table>.parquet`."""
    with explain_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            frame.write_parquet(folder / f"{name}.parquet")


def read_tables(folder: Path, names: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Read the named tables of a result."""
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in names}
