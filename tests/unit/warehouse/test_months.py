"""Tables that are replaced a month at a time, and what a draft knows of what it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from tests.unit.warehouse.small import COLUMNS, FORMATS, changes, documents, mentions
from warehouse.delta import beside_changed, changed_of_draft
from warehouse.files import StoreError
from warehouse.formats import format_of
from warehouse.schema import Table
from warehouse.store import Changes, Store

DAYS = Table(
    name="days",
    layer="out",
    grain="One row per entity and day.",
    columns=("entity_id", "issue_on", "mention_count"),
    primary_key=("entity_id", "issue_on"),
    nullable=("issue_on",),
)
WITH_DAYS = {**FORMATS, "days": format_of(DAYS, COLUMNS)}
MARCH, APRIL = date(2031, 3, 1), date(2031, 4, 1)


def days(*rows: tuple[str, date | None, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=WITH_DAYS["days"].schema, orient="row")


@pytest.fixture
def store(tmp_path) -> Store:
    store = Store(tmp_path / "house", WITH_DAYS)
    of_both = [documents(1, 2), documents(3, issue_on=APRIL), documents(4, issue_on=None)]
    upserted = {"documents": pl.concat(of_both), "mentions": mentions(1, 2, 3, 4)}
    draft = store.draft(Changes(upserted=upserted))
    draft.put({"days": days(("e", MARCH, 2), ("e", APRIL, 1), ("e", None, 1))})
    store.commit_draft(draft, run_id="r1")
    return store


def test_a_month_is_replaced_and_the_files_of_others_stay(store):
    before = {file.path for file in store.manifest().files("days")}
    draft = store.draft(changes(1, words=("白石港",)))
    draft.put({"days": days(("e", MARCH, 7))}, {"2031-03"})
    made = store.commit_draft(draft, run_id="r2")
    assert len({file.path for file in made.files("days")} & before) == 2
    assert sorted(store.scan("days").collect()["mention_count"]) == [1, 1, 7]
    assert made.delta["days"].changed == 1


def test_a_month_without_rows_loses_its_file(store):
    draft = store.draft(Changes(document_ids_removed={"d00003"}))
    assert draft.months == {"2031-04"}
    draft.put({"days": days()}, draft.months)
    assert draft.known_months("days") == {"2031-03", "undated"}


def test_rows_of_a_month_that_was_not_named_are_refused(store):
    draft = store.draft(changes(1))
    with pytest.raises(StoreError, match="2031-04"):
        draft.put({"days": days(("e", APRIL, 1))}, {"2031-03"})


def test_a_draft_scans_months_and_documents(store):
    draft = store.draft(changes(1, words=("白石港",)))
    assert draft.scan("documents", {"2031-04"}).collect()["document_id"].to_list() == ["d00003"]
    assert draft.scan_documents("mentions", pl.Series(["d00001"])).collect().height == 1
    assert draft.scan_base("mentions", {"2031-03"}).collect().height == 4


def test_a_draft_knows_which_documents_and_months_differ_from_its_base(store):
    draft = store.draft(changes(1, words=("白石港",)))
    assert (draft.touched.to_list(), draft.months) == (["d00001"], {"2031-03"})
    third = draft.scan_documents("mentions", pl.Series(["d00003"])).collect()
    draft.put({"mentions": third})
    assert draft.touched.to_list() == ["d00001"]
    draft.put({"mentions": third.with_columns(entity_id=pl.lit("e"))})
    assert (draft.touched.to_list(), draft.months) == (["d00001", "d00003"], {"2031-03", "2031-04"})


def test_the_rows_to_check_are_those_that_change(store):
    draft = store.draft(changes(1, words=("白石港",)))
    draft.put({"days": days(("e", MARCH, 2), ("f", MARCH, 1))}, {"2031-03"})
    assert changed_of_draft(draft, "days").collect()["entity_id"].to_list() == ["f"]
    assert changed_of_draft(draft, "mentions").collect()["document_id"].to_list() == ["d00001"]
    assert beside_changed(draft, "days").collect().height == 4


def test_tables_of_the_store_itself_are_not_shown(tmp_path):
    own = {**WITH_DAYS, "_days": replace(WITH_DAYS["days"], name="_days")}
    store = Store(tmp_path / "house", own)
    draft = store.draft(changes(1))
    draft.put({"_days": days(("e", MARCH, 1))})
    made = store.commit_draft(draft, run_id="r1")
    assert store.scan("_days").collect().height == 1
    assert "_days" not in made.delta
    assert not (tmp_path / "house" / "current" / "_days").exists()
