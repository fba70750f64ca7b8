"""Counts of a corpus that come a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl


def add_up(counts: Iterable[pl.DataFrame], keys: Sequence[str], count: str) -> pl.DataFrame:
    """Add counts of the same keys up; memory holds little more than the answer.

    Args:
        counts: Frames of `keys` and `count`, at least one.
        keys: Columns that a count is of; nulls are equal.
        count: Column to add up.

    Returns:
        One row per key.
    """
    sums: list[pl.DataFrame] = []
    for some in counts:
        sums.append(some.select(*keys, count))
        # Only counts of about one size are added, so each row is added a logarithmic number of times.
        while len(sums) > 1 and sums[-2].height <= 2 * sums[-1].height:
            sums[-2:] = [_sum(sums[-2:], keys, count)]
    return _sum(sums, keys, count)


def _sum(counts: Sequence[pl.DataFrame], keys: Sequence[str], count: str) -> pl.DataFrame:
    return pl.concat(counts).group_by(*keys).agg(pl.col(count).sum())
