"""Whatever is committed in whatever order: the store holds what a dictionary would."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.warehouse.small import FORMATS, changes, recompute, runs
from warehouse.maintenance import prune
from warehouse.store import Changes, Store

WORDS = st.lists(st.sampled_from(["江海市", "云川大学", "白石港"]), unique=True, max_size=3).map(tuple)
ADD = st.tuples(st.just("add"), st.sets(st.integers(0, 9), min_size=1, max_size=4), WORDS)
REMOVE = st.tuples(st.just("remove"), st.sets(st.integers(0, 9), min_size=1, max_size=3), st.just(()))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.one_of(ADD, REMOVE), min_size=1, max_size=10))
def test_the_store_holds_what_a_dictionary_would(steps):
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), FORMATS)
        expected: dict[str, tuple[str, ...]] = {}
        before: dict[str, int] = {"documents": 0, "mentions": 0, "entities": 0}
        for number, (kind, documents, words) in enumerate(steps):
            ids = {f"d{n:05d}" for n in documents}
            if kind == "add":
                change = changes(*documents, words=words)
                expected |= dict.fromkeys(ids, words)
            else:
                change = Changes(document_ids_removed=ids)
                expected = {name: words for name, words in expected.items() if name not in ids}
            run_id = f"r{number}"
            made = store.commit(run_id=run_id, documents=change, appended=runs(run_id), recompute=recompute)
            for table, rows in before.items():
                delta = made.delta.get(table)
                growth = delta.added - delta.removed if delta else 0
                before[table] = store.scan(table).select(pl.len()).collect().item()
                assert before[table] == rows + growth
        prune(store, keep=1, older_than_seconds=0)
        mentions = store.scan("mentions").sort("mention_id").collect()
        held = dict.fromkeys(store.scan("documents").collect()["document_id"], ())
        for name, word in mentions.select("document_id", "surface_text").iter_rows():
            held[name] += (word,)
        assert held == expected
        assert sum(part.documents for part in store.manifest().parts) == len(expected)
        counted = store.scan("entities").collect()
        assert counted["mention_count"].sum() == mentions.height
        assert store.scan("runs").collect()["run_id"].to_list() == [f"r{n}" for n in range(len(steps))]
