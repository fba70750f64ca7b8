"""A document that a step fails on does not hold up the others of its part."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

Tables = Mapping[str, pl.DataFrame]

FAULTS = "faults"
SCHEMA = {"document_id": pl.String, "uri": pl.String, "message": pl.String, "traceback": pl.String}


def run_sparing(step: Callable[[Tables], Tables], tables: Tables) -> dict[str, pl.DataFrame]:
    """Run a step, on all documents at once and, where that fails, on ever smaller parts of them.

    Args:
        step: Takes and makes frames whose rows belong to documents (`document_id`).
        tables: `documents` (`document_id`, `uri`) among them.

    Returns:
        What the step makes of the documents that it does not fail on, and `faults` with the others: one row
        each of `SCHEMA`.

    Raises:
        OSError, MemoryError: The machine is at fault, no document.
    """
    try:
        return {**step(tables), FAULTS: pl.DataFrame(schema=SCHEMA)}
    except (OSError, MemoryError):
        raise
    except Exception as error:
        ids = tables["documents"]["document_id"].unique().sort()
        if len(ids) == 1:
            uri = tables["documents"]["uri"][0]
            message = f"{type(error).__name__}: {error}"
            row = [(ids[0], uri, message, traceback.format_exc())]
            nothing = step({name: frame.clear() for name, frame in tables.items()})
            return {**nothing, FAULTS: pl.DataFrame(row, schema=SCHEMA, orient="row")}
        middle = len(ids) // 2
        halves = [run_sparing(step, _only(tables, some)) for some in (ids[:middle], ids[middle:])]
        return {name: pl.concat([half[name] for half in halves]) for name in halves[0]}


def read_faults(folders: Sequence[Path]) -> pl.DataFrame:
    """The documents that a step failed on, one row each of `SCHEMA`."""
    files = [folder / f"{FAULTS}.parquet" for folder in folders]
    faults = [pl.read_parquet(file) for file in files if file.exists()]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *faults]).unique("document_id", maintain_order=True)


def _only(tables: Tables, document_ids: pl.Series) -> Tables:
    is_one = pl.col("document_id").is_in(document_ids.implode())
    return {name: frame.filter(is_one) for name, frame in tables.items()}
