"""Rows spread by a key come back whole, however little memory may hold."""

from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from warehouse import buckets
from warehouse.buckets import Buckets, spread_hashes, spread_ids, spread_numbers
from warehouse.schema import hash_id

ROWS = pl.DataFrame(
    {
        "entity_id": [hash_id("entity", n % 90) for n in range(900)],
        "article_id": [hash_id("article", n % 400) for n in range(900)],
        "part": [n % 130 for n in range(900)],
        "sentence_ids": [[hash_id("sentence", n)] * (n % 3) for n in range(900)],
    }
)


def spread(root: Path, *keys: pl.Expr) -> list[pl.DataFrame]:
    with Buckets(root, *keys) as some:
        for start in range(0, ROWS.height, 100):
            some.add(ROWS.slice(start, 100))
        return list(some)


@pytest.mark.parametrize(
    ("column", "keys"),
    [
        ("entity_id", spread_ids("entity_id")),
        ("entity_id", spread_hashes("entity_id")),
        ("part", spread_numbers("part", 130)),
    ],
)
@pytest.mark.parametrize("size", [1, 4_000, 1 << 20])
def test_rows_of_a_key_come_back_together(tmp_path, monkeypatch, column, keys, size):
    monkeypatch.setattr(buckets, "BUCKET_BYTES", size)
    groups = spread(tmp_path, *keys)
    assert (len(groups) > 1) == (size < 1 << 20)
    assert pl.concat(groups).sort(pl.all()).equals(ROWS.sort(pl.all()))
    assert sum(group[column].n_unique() for group in groups) == ROWS[column].n_unique()
    assert not list(tmp_path.rglob("*.arrow"))


def test_ids_come_back_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr(buckets, "BUCKET_BYTES", 4_000)
    groups = [group["entity_id"] for group in spread(tmp_path, *spread_ids("entity_id"))]
    assert all(one.max() < other.min() for one, other in pairwise(groups))


def test_what_one_key_has_too_much_of_is_cut_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(buckets, "BUCKET_BYTES", 4_000)
    one = pl.lit(7)
    assert len(spread(tmp_path, one)) == 1
    assert len(spread(tmp_path, one, *spread_ids("article_id"))) > 1


def test_few_rows_write_nothing(tmp_path):
    assert len(spread(tmp_path, *spread_ids("entity_id"))) == 1
    assert not list(tmp_path.iterdir())
