"""What a desk looks at first: who is new, and which projects are due.

"Now" is the newest day of issue in the corpus, never the clock: a table made from last year's pages says what
was new and due last year.
"""

from __future__ import annotations

import polars as pl

NEW_DAYS = 7
_DONE = ("operating", "ended")


def list_new_entities(entities: pl.LazyFrame) -> pl.DataFrame:
    """Entities first named in the last seven days of issue.

    Args:
        entities: The table `entities`.

    Returns:
        The rows of the table `new_entities`, sorted by `entity_id`; none where no document has a day.
    """
    as_of = pl.col("last_on").max()
    return (
        entities.with_columns(as_of_on=as_of)
        .filter(pl.col("first_on") > pl.col("as_of_on").dt.offset_by(f"-{NEW_DAYS}d"))
        .select("entity_id", "first_on", "as_of_on", "mention_count")
        .sort("entity_id")
        .collect()
    )


def list_due_deals(deals: pl.LazyFrame, articles: pl.LazyFrame, documents: pl.LazyFrame) -> pl.DataFrame:
    """Deals that are expected by a day and not known to be done, each told thing once.

    A deal that any article tells as done is done, and a repeated article tells nothing new.

    Args:
        deals: `deal_id`, `article_id`, `stage`, `expected_on`, `same_as_deal_id`.
        articles: `article_id`, `duplicate_of`.
        documents: `issue_on`.

    Returns:
        The rows of the table `due_deals`, sorted by `expected_on`, `deal_id`. `as_of_on` and `is_overdue` are
        null where no document has a day of issue.
    """
    as_of = documents.select(as_of_on=pl.col("issue_on").max())
    told_done = deals.filter(pl.col("stage").is_in(_DONE)).select(
        deal_id=pl.coalesce("same_as_deal_id", "deal_id")
    )
    return (
        deals.filter(pl.col("expected_on").is_not_null() & pl.col("same_as_deal_id").is_null())
        .join(articles.filter(pl.col("duplicate_of").is_null()), on="article_id", how="semi")
        .join(told_done, on="deal_id", how="anti")
        .join(as_of, how="cross")
        .with_columns(is_overdue=pl.col("expected_on") < pl.col("as_of_on"))
        .select("deal_id", "stage", "expected_on", "as_of_on", "is_overdue")
        .sort("expected_on", "deal_id")
        .collect()
    )
