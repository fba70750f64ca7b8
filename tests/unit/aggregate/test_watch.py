"""Who is new and what is due, counted from the newest day of issue."""

from datetime import date

import polars as pl

from transforms.aggregate.watch import list_due_deals, list_new_entities

ARTICLES = pl.LazyFrame(
    {"article_id": ["a1", "a2"], "duplicate_of": [None, "a1"]}, schema_overrides={"duplicate_of": pl.String}
)


def test_an_entity_is_new_for_seven_days_of_issue() -> None:
    entities = pl.LazyFrame(
        {
            "entity_id": ["old", "edge", "new", "undated"],
            "first_on": [date(2023, 1, 1), date(2023, 2, 17), date(2023, 2, 18), None],
            "last_on": [date(2023, 2, 24), date(2023, 2, 17), date(2023, 2, 18), None],
            "mention_count": [9, 1, 1, 1],
        }
    )
    assert list_new_entities(entities)["entity_id"].to_list() == ["new"]


def test_due_deals_leave_out_what_is_done_told_twice_or_has_no_day() -> None:
    day = date(2024, 12, 31)
    deals = pl.LazyFrame(
        {
            "deal_id": ["late", "open", "done", "again", "undated", "begun", "finished", "copied"],
            "article_id": ["a1", "a1", "a1", "a1", "a1", "a1", "a1", "a2"],
            "stage": [
                "building",
                "landed",
                "operating",
                "building",
                "signed",
                "building",
                "operating",
                "landed",
            ],
            "expected_on": [date(2022, 12, 31), day, day, day, None, day, day, day],
            "same_as_deal_id": [None, None, None, "open", None, None, "begun", None],
        }
    )
    documents = pl.LazyFrame({"issue_on": [date(2023, 2, 24), date(2023, 2, 1)]})
    due = list_due_deals(deals, ARTICLES, documents)
    assert dict(due.select("deal_id", "is_overdue").iter_rows()) == {"late": True, "open": False}


def test_without_a_day_of_issue_nothing_is_said_to_be_overdue() -> None:
    deals = pl.LazyFrame(
        {
            "deal_id": ["open"],
            "article_id": ["a1"],
            "stage": ["landed"],
            "expected_on": [date(2024, 12, 31)],
            "same_as_deal_id": [None],
        },
        schema_overrides={"same_as_deal_id": pl.String},
    )
    due = list_due_deals(deals, ARTICLES, pl.LazyFrame({"issue_on": [None]}, schema={"issue_on": pl.Date}))
    assert due["is_overdue"].to_list() == [None]
