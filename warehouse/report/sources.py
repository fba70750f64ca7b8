"""Source page views: everything that stands on a page, by its characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from warehouse.report.data import Scan, clean_rows

Row = dict[str, Any]

_CHUNK_PAGES, _CHUNK_CHARS = 200, 2_000_000
_MARKED: dict[str, tuple[str, ...]] = {
    # What a reader wants to know of a row, beside its characters.
    "mentions": ("entity_type", "entity_id"),
    "dates": ("start_on", "end_on", "granularity", "evidence", "candidates"),
    "quantities": ("dimension", "base_value", "base_unit", "measures", "bound", "deal_id"),
    "roles": ("title", "person_id", "organization_id"),
    "quotations": ("speaker_id", "cue_text", "mode"),
    "deals": (
        "deal_id", "title", "deal_type", "stage", "mode", "dated_on", "dated_end_on", "dated_by",
        "expected_on", "investment_cny", "place_id", "sector", "parent_deal_id", "rule", "confidence_share",
    ),
    "deal_parties": ("deal_id", "party_role", "entity_id", "signatory_id"),
}  # fmt: skip
_SPAN = ("start_char", "end_char", "raw_start", "raw_end")


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that stands on a page, offsets in its raw text.

    Attributes:
        page_id: The page.
        length: Characters of the whole page.
        facts: The document's facts (`uri`, `publication`, `issue_on`, ...).
        raw: `[offset, text]`, one for a whole page.
        blocks: `[raw_start, raw_end, block_type]`.
        edits: `[raw_start, raw_end, replacement, rule]`.
        lines: `[raw_start, raw_end, x0, y0, x1, y1]`, in points, where boxes are known.
        damage: Rows of `damage`.
        articles: Rows of `articles` with `text` as `[offset, text]` and `alignments`
            (`[start_char, end_char, raw_start]`).
        marks: Rows read from the page, by table.
    """

    page_id: str
    length: int
    facts: Row
    raw: list[list[Any]]
    blocks: list[list[Any]]
    edits: list[list[Any]]
    lines: list[list[Any]]
    damage: list[Row]
    articles: list[Row]
    marks: dict[str, list[Row]]


def read_pages(scan: Scan, page_ids: Sequence[str]) -> Iterator[Page]:
    """Pages in the order asked for; ids that are no page are left out."""
    wanted = pl.LazyFrame({"page_id": page_ids}, schema={"page_id": pl.String})
    lengths = dict(
        scan("pages")
        .join(wanted, on="page_id", how="semi")
        .select("page_id", pl.col("raw_text").str.len_chars())
        .collect()
        .iter_rows()
    )
    chunk: list[str] = []
    chars = 0
    for page_id in page_ids:
        if chunk and (len(chunk) == _CHUNK_PAGES or chars + lengths.get(page_id, 0) > _CHUNK_CHARS):
            yield from _read_chunk(scan, chunk)
            chunk, chars = [], 0
        chunk.append(page_id)
        chars += lengths.get(page_id, 0)
    yield from _read_chunk(scan, chunk)


def _read_chunk(scan: Scan, page_ids: list[str]) -> Iterator[Page]:
    wanted = pl.LazyFrame({"page_id": page_ids}, schema={"page_id": pl.String})

    def rows(name: str, *columns: str) -> dict[str, list[Row]]:
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
            scan("documents").drop("byte_count", "first_run_id", "title", "layout", "content_sha256"),
            on="document_id",
            how="left",
        )
        .drop("document_id")
        .collect(),
        "page_id",
    )
    blocks = rows("blocks", "raw_start", "raw_end", "block_type", "article_id")
    edits = rows("edits", "raw_start", "raw_end", "original", "replacement", "rule")
    damage = rows("damage", "raw_start", "raw_end", "damage_type", "surface_text", "suggestion")
    lines = rows("lines", "raw_start", "raw_end", "x0", "y0", "x1", "y1")
    articles = rows(
        "articles", "article_id", "ordinal", "kicker", "headline", "subtitle", "byline", "dateline_text",
        "dateline_on", "published_on", "duplicate_of", "text", "raw_start", "raw_end",
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
        facts = pages[page_id][0]
        raw = facts.pop("raw_text")
        found = sorted(articles.get(page_id, []), key=lambda article: article["ordinal"])
        for article in found:
            article["text"] = [[0, article["text"]]]
            article["alignments"] = [
                [run["start_char"], run["end_char"], run["raw_start"]]
                for run in alignments.get(article["article_id"], [])
            ]
        yield Page(
            page_id=page_id,
            length=len(raw),
            facts=facts,
            raw=[[0, raw]],
            blocks=[[b["raw_start"], b["raw_end"], b["block_type"]] for b in blocks.get(page_id, [])],
            edits=[
                [e["raw_start"], e["raw_end"], e["replacement"], e["rule"]] for e in edits.get(page_id, [])
            ],
            lines=[
                [line["raw_start"], line["raw_end"], *(round(line[c], 1) for c in ("x0", "y0", "x1", "y1"))]
                for line in lines.get(page_id, [])
                if "x0" in line
            ],
            damage=damage.get(page_id, []),
            articles=found,
            marks={name: marks[name][page_id] for name in _MARKED if page_id in marks[name]},
        )


def pack_page(page: Page, entity_ids: set[str]) -> Row:
    """A page as the source view reads it.

    A page of news has hundreds of rows: column names stand once, ids by number, ids of entities outside
    `entity_ids` not at all, and no words that the article's text already holds.
    """
    ids: dict[str, int] = {}
    place = {article["article_id"]: index for index, article in enumerate(page.articles)}

    def packed(column: str, value: Any) -> Any:
        if value is None or not column.endswith("_id"):
            return value
        if column not in {"deal_id", "parent_deal_id"} and value not in entity_ids:
            return None
        return ids.setdefault(value, len(ids))

    marks = [
        {
            "table": name,
            "columns": ["article", *_SPAN, *_MARKED[name]],
            "rows": [
                [place.get(row["article_id"]), *(packed(c, row.get(c)) for c in (*_SPAN, *_MARKED[name]))]
                for row in rows
            ],
        }
        for name, rows in page.marks.items()
    ]
    return page.facts | {
        "page_id": page.page_id,
        "length": page.length,
        "raw": page.raw,
        "blocks": page.blocks,
        "edits": page.edits,
        "lines": page.lines,
        "damage": page.damage,
        "articles": page.articles,
        "marks": marks,
        "ids": list(ids),
    }


def _by(frame: pl.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in clean_rows(frame):
        # The key names the group; the rows need not repeat it.
        grouped.setdefault(row.pop(key), []).append(row)
    return grouped
