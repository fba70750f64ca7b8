"""Entities, the network between them, and places on the map: pure queries, as in `data`."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import polars as pl

from warehouse.report.data import Rows, Scan, around, clean_rows, names, unrepeated

_REF = ("page_id", "raw_start", "raw_end")
_CONTEXT_CHARS = 45
_NETWORK_NODES = 90
_NETWORK_EDGES = 220


@cache
def load_outlines() -> dict[str, Any]:
    """Outlines and points of the divisions; made by `warehouse.report.outlines`."""
    path = resources.files("warehouse.report") / "assets" / "china.json"
    outlines: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return outlines


def entity_rows(scan: Scan, per_type: int, mentions_each: int, mentions_most: int) -> tuple[Rows, int]:
    """The entities named most, with their titles and the words around the places that name them.

    Each has its first `mentions_each` places, and as many more as all can have within `mentions_most`; places
    of its own come before those within longer names (`is_nested`).

    Returns:
        Rows and the number of entities they were chosen from.
    """
    entities = scan("entities")
    total = entities.select(pl.len()).collect().item()
    chosen = (
        entities.sort("mention_count", "entity_id", descending=[True, False])
        .with_columns(pl.int_range(pl.len()).over("entity_type").alias("_rank"))
        .filter(pl.col("_rank") < per_type)
        .drop("_rank")
        .collect()
    )
    keys = chosen.lazy().select("entity_id")
    named = (
        unrepeated(scan, scan("mentions"))
        .join(keys, on="entity_id", how="semi")
        .with_columns(is_nested=pl.col("parent_mention_id").is_not_null())
        .sort("entity_id", "is_nested", "document_id", "raw_start")
        .with_columns(pl.int_range(pl.len()).over("entity_id").alias("_rank"))
        .select(
            "entity_id", "sentence_id", "surface_text", "start_char", "end_char", "_rank",
            pl.when("is_nested").then(True).alias("is_nested"), *_REF,
        )
        .collect()
    )  # fmt: skip
    having = named.group_by("_rank").len().sort("_rank")["len"].cum_sum()
    each = max(mentions_each, int((having <= mentions_most).sum()))
    at, end = pl.col("start_char") - pl.col("_first"), pl.col("end_char") - pl.col("_first")
    where = (
        named.lazy()
        .filter(pl.col("_rank") < each)
        .join(
            scan("sentences").select("sentence_id", "text", pl.col("start_char").alias("_first")),
            on="sentence_id", how="left", maintain_order="left",
        )
        .with_columns(around(pl.col("text"), at, end, _CONTEXT_CHARS))
        .group_by("entity_id", maintain_order=True)
        .agg(pl.struct("before", "surface_text", "after", "is_nested", *_REF).alias("where"))
    )  # fmt: skip
    titles = (
        scan("roles")
        .filter(pl.col("person_id").is_not_null())
        .join(keys, left_on="person_id", right_on="entity_id", how="semi")
        .join(names(scan, "organization_id", "organization"), on="organization_id", how="left")
        .sort("person_id", "document_id", "raw_start")
        .unique(["person_id", "title", "organization"], keep="first", maintain_order=True)
        .with_columns(title=title_behind_body())
        .group_by("person_id", maintain_order=True)
        .agg(
            pl.struct("title", "organization", "organization_id", "is_former", *_REF).head(6).alias("titles")
        )
        .rename({"person_id": "entity_id"})
    )
    rows = (
        chosen.lazy()
        .join(where, on="entity_id", how="left", maintain_order="left")
        .join(titles, on="entity_id", how="left", maintain_order="left")
        .drop("document_count")
        .collect()
    )
    return clean_rows(rows), total


def title_behind_body() -> pl.Expr:
    """The title as it stands behind its body: 常委 of 某市委, whose title is 市委常委."""
    body, title = pl.col("organization"), pl.col("title")
    for size in range(2, 5):
        is_told = (body.str.tail(size) == pl.col("title").str.head(size)) & (title.str.len_chars() > size)
        title = pl.when(is_told).then(pl.col("title").str.slice(size)).otherwise(title)
    return title


def network(scan: Scan) -> dict[str, Any]:
    """Persons and organizations, and what ties them: a deal, a title, or sentences in common.

    Returns:
        `nodes`: entity_id, name, entity_type, mention_count; `edges`: left, right, tie (`deal`, `role`,
        `sentence`), weight, and a reference to the first place that shows it; `total`: edges there are.
    """
    kinds = ("person", "organization")
    entities = scan("entities").filter(pl.col("entity_type").is_in(kinds))
    ids = entities.select("entity_id")
    edges = pl.concat([_deal_edges(scan), _role_edges(scan), _sentence_edges(scan)])
    edges = (
        edges.join(ids, left_on="left", right_on="entity_id", how="semi")
        .join(ids, left_on="right", right_on="entity_id", how="semi")
        .filter(pl.col("left") != pl.col("right"))
        .sort("rank", "weight", "left", "right", descending=[False, True, False, False])
        .unique(["left", "right"], keep="first", maintain_order=True)
        .collect()
        .lazy()
    )
    total = edges.select(pl.len()).collect().item()
    ends = pl.concat(
        [edges.select(pl.col(end).alias("entity_id"), "rank", "weight") for end in ("left", "right")]
    )
    # A node is worth showing for its deals and titles first, then for what it shares with others.
    worth = ends.group_by("entity_id").agg(
        (pl.col("rank") < 2).sum().alias("firm"), pl.col("weight").sum().alias("shared")
    )
    nodes = (
        entities.join(worth, on="entity_id", how="inner")
        .sort("firm", "shared", "entity_id", descending=[True, True, False])
        .head(_NETWORK_NODES)
        .select("entity_id", "name", "entity_type", "mention_count")
        .collect()
    )
    kept = nodes.lazy().select("entity_id")
    shown = (
        edges.join(kept, left_on="left", right_on="entity_id", how="semi", maintain_order="left")
        .join(kept, left_on="right", right_on="entity_id", how="semi", maintain_order="left")
        .head(_NETWORK_EDGES)
        .drop("rank")
        .collect()
    )
    return {"nodes": clean_rows(nodes), "edges": clean_rows(shown), "total": total}


def places(scan: Scan) -> dict[str, Any]:
    """Places that have a point on the map, and the flows between provinces.

    Returns:
        `points`: places with `longitude`, `latitude`, mentions and deals; `flows`: origin, target, deals,
        money by currency; `off_map`: mentions of places without a point; `unplaced_flows`: flows whose
        origin or target lies outside the outlines or is unknown.
    """
    outlines = load_outlines()
    codes = outlines["points"]
    located = pl.DataFrame(
        {
            "adcode": list(codes),
            "longitude": [point[1] for point in codes.values()],
            "latitude": [point[2] for point in codes.values()],
        }
    )
    deals = scan("place_activity").group_by("entity_id").agg(pl.col("deal_count").sum())
    entities = scan("entities").filter(pl.col("entity_type") == "place")
    points = (
        entities.join(located.lazy(), on="adcode", how="inner")
        .join(deals, on="entity_id", how="left")
        # A place that is named only within longer names is none that the texts speak of.
        .filter((pl.col("mention_count") > 0) | (pl.col("deal_count") > 0))
        .sort("mention_count", "entity_id", descending=[True, False])
        .head(400)
        .select("entity_id", "name", "adcode", "longitude", "latitude", "mention_count", "deal_count")
        .collect()
    )
    off_map = (
        entities.join(located.lazy(), on="adcode", how="anti")
        .select(pl.col("mention_count").sum())
        .collect()
        .item()
    )
    flows = (
        scan("deal_flows")
        .group_by("origin", "target")
        .agg(
            pl.col("deal_ids").explode().unique().sort(),
            pl.col("investment_value").filter(pl.col("currency") == "CNY").sum().alias("investment_cny"),
        )
        .with_columns(pl.col("deal_ids").list.len().alias("deals"), pl.col("deal_ids").list.head(50))
        .sort("deals", "origin", "target", descending=[True, False, False])
        .collect()
    )
    drawn, unplaced = [], []
    for flow in clean_rows(flows):
        ends = [_point(outlines, flow.get(end)) for end in ("origin", "target")]
        if all(ends):
            drawn.append(flow | {"from": ends[0], "to": ends[1]})
        else:
            unplaced.append(flow)
    return {
        "points": clean_rows(points),
        "flows": drawn[:200],
        "flow_total": len(drawn),
        "unplaced_flows": unplaced[:60],
        "unplaced_flow_total": len(unplaced),
        "off_map": off_map or 0,
    }


def _point(outlines: dict[str, Any], province: str | None) -> list[float] | None:
    # The first two characters of a province's name are unique, in its short form and its full one.
    if not province:
        return None
    for feature in outlines["features"]:
        properties = feature["properties"]
        if properties["name"][:2] == province[:2]:
            point = outlines["points"][properties["adcode"]]
            return [point[1], point[2]]
    return None


def _edge(left: str, right: str, tie: str, rank: int) -> list[pl.Expr]:
    ends = [pl.col(left), pl.col(right)]
    return [
        pl.min_horizontal(ends).alias("left"),
        pl.max_horizontal(ends).alias("right"),
        pl.lit(tie).alias("tie"),
        pl.lit(rank).alias("rank"),
    ]


def _grouped(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.group_by("left", "right", "tie", "rank").agg(
        pl.len().cast(pl.Int64).alias("weight"), *(pl.col(name).first() for name in _REF)
    )


def _deal_edges(scan: Scan) -> pl.LazyFrame:
    first = scan("deals").filter(pl.col("same_as_deal_id").is_null()).select("deal_id", *_REF)
    party = scan("deal_parties").filter(pl.col("entity_id").is_not_null()).select("deal_id", "entity_id")
    pairs = party.join(party, on="deal_id", suffix="_other").filter(
        pl.col("entity_id") < pl.col("entity_id_other")
    )
    pairs = pairs.unique().join(first, on="deal_id").sort(*_REF)
    return _grouped(pairs.select(*_edge("entity_id", "entity_id_other", "deal", 0), *_REF))


def _role_edges(scan: Scan) -> pl.LazyFrame:
    roles = unrepeated(scan, scan("roles")).drop_nulls(["person_id", "organization_id"]).sort(*_REF)
    return _grouped(roles.select(*_edge("person_id", "organization_id", "role", 1), *_REF))


def _sentence_edges(scan: Scan) -> pl.LazyFrame:
    pairs = (
        scan("entity_pairs")
        .filter(pl.col("sentence_count") > 0)
        .sort("month_on", "left_entity_id", "right_entity_id", nulls_last=True)
        .group_by("left_entity_id", "right_entity_id", maintain_order=True)
        .agg(pl.col("sentence_count").sum(), pl.col("sentence_ids").explode())
    )
    first = pairs.with_columns(pl.col("sentence_ids").list.first().alias("sentence_id")).join(
        scan("sentences").select("sentence_id", *_REF), on="sentence_id", how="inner"
    )
    return first.select(
        *_edge("left_entity_id", "right_entity_id", "sentence", 2),
        pl.col("sentence_count").cast(pl.Int64).alias("weight"),
        *_REF,
    )
