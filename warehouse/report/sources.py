"""Source page views: everything that stands on a page, by its characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from warehouse.report.data import Scan, clean_rows

_CHUNK_PAGES = 200
_MARKED: dict[str, tuple[str, ...]] = {
    # What a reader wants to know of a row, beside its characters.
    "mentions": ("entity_type", "entity_id"),
    "dates": ("start_on", "end_on", "granularity", "evidence", "candidates"),
    "quantities": ("dimension", "base_value", "base_unit", "measures", "bound", "deal_id"),
    "roles": ("title", "person_id", "organization_id"),
    "quotations": ("speaker_id", "cue_text", "mode"),
    "deals": (
        "deal_id", "deal_type", "stage", "title", "dated_on", "dated_end_on", "expected_on", "investment_cny",
    ),
    "deal_parties": ("deal_id", "party_role", "entity_id"),
}  # fmt: skip
_SPAN = ("start_char", "end_char", "raw_start", "raw_end")


def page_payloads(scan: Scan, page_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Views of pages, in the order asked for; ids that are no page are left out.

    Yields:
        `page_id`, `raw`, the document's facts (`uri`, `publication`, `issue_on`, ...), `blocks`, `edits`,
        `damage`, `articles` with `alignments` (`[start_char, end_char, raw_start]`), `marks` and `ids` (the
        rows read from the page, see `_packed_marks`) and `lines` (boxes in points, where known).
    """
    for first in range(0, len(page_ids), _CHUNK_PAGES):
        chunk = list(page_ids[first : first + _CHUNK_PAGES])
        yield from _chunk_payloads(scan, chunk)


def _chunk_payloads(scan: Scan, page_ids: list[str]) -> Iterator[dict[str, Any]]:
    wanted = pl.LazyFrame({"page_id": page_ids}, schema={"page_id": pl.String})

    def rows(name: str, *columns: str) -> dict[str, list[dict[str, Any]]]:
        frame = (
            scan(name)
            .join(wanted, on="page_id", how="semi")
            .sort("raw_start", "raw_end", descending=[False, True])
            .select("page_id", *columns)
            .collect()
        )
        return _by(frame, "page_id")

    pages = _by(
        scan("pages")
        .join(wanted, on="page_id", how="semi")
        .join(
            scan("documents").drop("byte_count", "first_run_id", "title", "layout"),
            on="document_id",
            how="left",
        )
        .collect(),
        "page_id",
    )
    blocks = rows("blocks", "raw_start", "raw_end", "block_type", "article_id")
    edits = rows("edits", "raw_start", "raw_end", "original", "replacement", "rule")
    damage = rows("damage", "raw_start", "raw_end", "damage_type", "surface_text", "suggestion")
    lines = rows("lines", "raw_start", "raw_end", "x0", "y0", "x1", "y1")
    articles = rows(
        "articles", "article_id", "ordinal", "kicker", "headline", "subtitle", "byline", "dateline_text",
        "dateline_on", "duplicate_of", "text", "raw_start", "raw_end",
    )  # fmt: skip
    of_pages = scan("articles").join(wanted, on="page_id", how="semi").select("article_id")
    alignments = _by(
        scan("alignments")
        .join(of_pages, on="article_id", how="semi")
        .sort("article_id", "start_char")
        .collect(),
        "article_id",
    )
    marks = {name: rows(name, "article_id", *_SPAN, *facts) for name, facts in _MARKED.items()}
    for page_id in page_ids:
        if page_id not in pages:
            continue
        page = pages[page_id][0]
        found = sorted(articles.get(page_id, []), key=lambda article: article["ordinal"])
        for article in found:
            article["alignments"] = [
                [run["start_char"], run["end_char"], run["raw_start"]]
                for run in alignments.get(article["article_id"], [])
            ]
        yield {
            "raw": page.pop("raw_text"),
            **{key: value for key, value in page.items() if key not in ("document_id", "content_sha256")},
            "page_id": page_id,
            "blocks": [[b["raw_start"], b["raw_end"], b["block_type"]] for b in blocks.get(page_id, [])],
            "edits": [
                [e["raw_start"], e["raw_end"], e["replacement"], e["rule"]] for e in edits.get(page_id, [])
            ],
            "damage": damage.get(page_id, []),
            "articles": found,
            **_packed_marks({name: marks[name].get(page_id, []) for name in _MARKED}, found),
            "lines": [
                [line["raw_start"], line["raw_end"], *(round(line[c], 1) for c in ("x0", "y0", "x1", "y1"))]
                for line in lines.get(page_id, [])
                if "x0" in line
            ],
        }


def _packed_marks(
    rows_by_table: dict[str, list[dict[str, Any]]], articles: list[dict[str, Any]]
) -> dict[str, Any]:
    # A page of news has hundreds of rows. Column names once, ids by number and no words that the article's
    # text already holds make a view three times smaller.
    ids: dict[str, int] = {}
    place = {article["article_id"]: index for index, article in enumerate(articles)}

    def packed(column: str, value: Any) -> Any:
        if column.endswith("_id") and value is not None:
            return ids.setdefault(value, len(ids))
        return value

    marks = [
        {
            "table": name,
            "columns": ["article", *_SPAN, *_MARKED[name]],
            "rows": [
                [place.get(row["article_id"]), *(packed(c, row.get(c)) for c in (*_SPAN, *_MARKED[name]))]
                for row in rows
            ],
        }
        for name, rows in rows_by_table.items()
        if rows
    ]
    return {"marks": marks, "ids": list(ids)}


def _by(frame: pl.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in clean_rows(frame):
        # The key names the group; the rows need not repeat it.
        grouped.setdefault(row.pop(key), []).append(row)
    return grouped
