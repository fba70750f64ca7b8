"""What a desk looks at first: who is new and what is due. Pure queries, as in `data`."""

from __future__ import annotations

import polars as pl

from warehouse.report.data import Rows, Scan, clean_rows, unrepeated

_REF = ("page_id", "raw_start", "raw_end")


def new_rows(scan: Scan, limit: int) -> tuple[Rows, int]:
    """Entities first named in the newest week of issue, with the place that names them; the most named first.

    Returns:
        Rows and the number of new entities they were chosen from.
    """
    fresh = scan("new_entities")
    chosen = (
        fresh.join(scan("entities").select("entity_id", "name", "entity_type"), on="entity_id")
        .sort("mention_count", "entity_id", descending=[True, False])
        .head(limit)
        .collect()
        .lazy()
    )
    first = (
        unrepeated(scan, scan("mentions"))
        .join(chosen, on="entity_id", how="semi")
        .sort("document_id", "page_id", "raw_start", "raw_end")
        .group_by("entity_id")
        .agg(pl.col(name).first() for name in _REF)
    )
    rows = chosen.join(first, on="entity_id", how="left", maintain_order="left").collect()
    return clean_rows(rows), fresh.select(pl.len()).collect().item()


def due_rows(scan: Scan, limit: int) -> tuple[Rows, int]:
    """Deals that are expected by a day and not known to be done, the earliest day first.

    Of more than `limit` those whose day is next to the newest day of issue, before or behind it: what was due
    years ago would leave no room for what is due next.

    Returns:
        Rows and the number of due deals they were chosen from.
    """
    due = scan("due_deals")
    deals = scan("deals").select("deal_id", "title", "surface_text", "investment_cny", *_REF)
    distance = (pl.col("expected_on") - pl.col("as_of_on")).abs()
    rows = (
        due.join(deals, on="deal_id")
        .sort(distance, "expected_on", "deal_id", nulls_last=True)
        .head(limit)
        .sort("expected_on", "deal_id")
        .drop("as_of_on")
        .collect()
    )
    return clean_rows(rows), due.select(pl.len()).collect().item()
