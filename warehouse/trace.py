"""From any row of any table to the characters of the source that it was read from.

Pure: rows come through a `scan` function, the result is data; `warehouse.trace_views` renders it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from warehouse import registry
from warehouse.columns import COLUMNS
from warehouse.registry import KEY_SEPARATOR, key_of

Scan = Callable[[str], pl.LazyFrame]

CONTEXT_CHARS = 60

# List columns that hold the keys of the rows counted, and the table whose keys they are.
_COUNTED = {
    "mention_ids": "mentions",
    "deal_ids": "deals",
    "sentence_ids": "sentences",
    "article_ids": "articles",
    "document_ids": "documents",
}


class RowNotFoundError(LookupError):
    """No row has this key; the message shows what a key of the table looks like."""


@dataclass(frozen=True)
class Passage:
    """A marked passage of a page.

    Attributes:
        document_id: The document.
        uri: Where it was read from.
        issue_on: Day of issue as text, empty where unknown.
        headline: Of the article, empty where there is none.
        page_id: The page.
        page_number: From 1.
        line_number: Line of the page's raw text that the passage starts in, from 1.
        raw_start: First character in `pages.raw_text`.
        raw_end: Character after the last.
        before: Raw text of the line before the passage, at most `CONTEXT_CHARS`.
        marked: The raw characters themselves.
        after: Raw text of the line behind it.
        edits: How the raw characters were repaired: (original, replacement, rule).
    """

    document_id: str
    uri: str
    issue_on: str
    headline: str
    page_id: str
    page_number: int
    line_number: int
    raw_start: int
    raw_end: int
    before: str
    marked: str
    after: str
    edits: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Trace:
    """A row and what it rests on.

    Attributes:
        table: Its table.
        key: Its primary key, columns joined by `|`.
        row: All its columns.
        passage: Where it stands in the source; None for rows that rest on other rows.
        children: The rows it rests on.
        omitted: How many more there are.
        names: Column to the name of the entity that it refers to.
        quoted: Of a refused row, the characters of the source that a reject keeps: no page holds them.
        note: What there is to say where neither passage nor rows exist.
    """

    table: str
    key: str
    row: Mapping[str, Any]
    passage: Passage | None = None
    children: Sequence[Trace] = field(default_factory=tuple)
    omitted: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    quoted: str = ""
    note: str = ""

    def passages(self) -> Iterator[Passage]:
        """All passages that the row rests on."""
        if self.passage:
            yield self.passage
        for child in self.children:
            yield from child.passages()


def trace(scan: Scan, table: str, key: str, *, limit: int = 20) -> Trace:
    """Follow a row to the source.

    Args:
        scan: Gives the tables of one snapshot.
        table: Name of the table.
        key: Primary key; of a key of several columns the values joined by `|`.
        limit: Rows followed at each step; the rest is counted.

    Raises:
        KeyError: No such table.
        RowNotFoundError: No such row.
    """
    rows = _rows(scan, table, [key])
    if not rows:
        example = scan(table).select(key_of(table)).head(1).collect().to_series().to_list()
        shape = KEY_SEPARATOR.join(registry.table(table).primary_key)
        hint = f"such as {example[0]}" if example else "the table is empty"
        raise RowNotFoundError(f"{table} has no row {key!r}; a key is {shape}, {hint}")
    return _follow(scan, table, rows, limit)[0]


def _rows(scan: Scan, table: str, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Rows in the order of `keys`."""
    first = registry.table(table).primary_key[0]
    # The filter on the bare column lets Parquet statistics skip row groups; the one on the key decides.
    starts = [key.split(KEY_SEPARATOR)[0] for key in keys]
    frame = scan(table)
    if COLUMNS[first].dtype == pl.String and len(registry.table(table).primary_key) > 1:
        frame = frame.filter(pl.any_horizontal(pl.col(first).str.starts_with(start) for start in set(starts)))
    elif COLUMNS[first].dtype == pl.String:
        frame = frame.filter(pl.col(first).is_in(list(keys)))
    found = frame.with_columns(key_of(table)).filter(pl.col("key").is_in(list(keys))).collect()
    by_key = {row["key"]: row for row in found.iter_rows(named=True)}
    return [by_key[key] for key in keys if key in by_key]


def _follow(scan: Scan, table: str, rows: Sequence[dict[str, Any]], limit: int) -> list[Trace]:
    """Traces of rows of one table; their pages are read once for all of them."""
    passages = _passages(scan, table, rows)
    names = _entity_names(scan, table, rows)
    traces = []
    for row, passage in zip(rows, passages, strict=True):
        key = row.pop("key")
        children: list[Trace] = []
        omitted = 0
        if passage is None:
            for child_table, keys in _rests_on(scan, table, row):
                followed = _rows(scan, child_table, keys[:limit])
                children += _follow(scan, child_table, followed, limit)
                omitted += len(keys) - len(followed)
        note = "" if passage or children else _note(table, row)
        named = {column: names[row[column]] for column in _entity_columns(table) if row[column] in names}
        quoted = (row["excerpt"] or "") if table == "rejects" else ""
        traces.append(Trace(table, key, row, passage, tuple(children), omitted, named, quoted, note))
    return traces


def _entity_columns(table: str) -> list[str]:
    return [column for column, target in registry.table(table).foreign_keys.items() if target == "entities"]


def _entity_names(scan: Scan, table: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    wanted = [{"entity_id": row[column]} for row in rows for column in _entity_columns(table)]
    return dict(_select(scan, "entities", "entity_id", wanted, "entity_id", "name").iter_rows())


def _rests_on(scan: Scan, table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Tables and keys of the rows that a row without a place of its own rests on."""
    if table == "checks":
        target = registry.TABLES.get(row["table_name"])
        if target and row["failing_keys"]:
            yield target.name, list(row["failing_keys"])
        return
    if table in ("entities", "new_entities"):
        yield "mentions", _keys_where(scan, "mentions", pl.col("entity_id") == row["entity_id"])
        return
    if table == "due_deals":
        yield "deals", [row["deal_id"]]
        return
    if table == "runs":
        yield "sources", _keys_where(scan, "sources", pl.col("run_id") == row["run_id"])
        # What was found but is no source, as a pipe or an empty folder.
        refused = (pl.col("run_id") == row["run_id"]) & ~_belongs_to(row["source_uris"])
        yield "rejects", _keys_where(scan, "rejects", refused)
        return
    if table == "sources":
        yield "documents", list(row["document_ids"])
        yield "rejects", _keys_where(scan, "rejects", _belongs_to([row["uri"]]))
        return
    if table == "documents":
        yield "pages", _keys_where(scan, "pages", pl.col("document_id") == row["document_id"])
        return
    if table == "entity_pairs":
        # The pair stands where its two entities are named, not in the whole of an article.
        sides = [row["left_entity_id"], row["right_entity_id"]]
        both = pl.col("entity_id").is_in(sides) & pl.col("article_id").is_in(row["article_ids"])
        yield "mentions", _keys_where(scan, "mentions", both)
        return
    counted = {column: keys for column, keys in row.items() if column in _COUNTED and keys}
    for column, keys in counted.items():
        yield _COUNTED[column], list(keys)


def _belongs_to(uris: Sequence[str]) -> pl.Expr:
    """Whether a uri is one of some sources, or of a member or record of one."""
    starts = [pl.col("uri").str.starts_with(f"{uri}{mark}") for uri in uris for mark in "!#"]
    return pl.any_horizontal(pl.col("uri").is_in(list(uris)), *starts)


def _keys_where(scan: Scan, table: str, condition: pl.Expr) -> list[str]:
    rows = scan(table).filter(condition)
    return rows.select(key_of(table)).collect().to_series().sort().to_list()


def _note(table: str, row: Mapping[str, Any]) -> str:
    if table == "rejects":
        return f"{row['uri']}, line {row['line_number']}" if row["line_number"] else str(row["uri"])
    if table == "sources":
        return f"{row['uri']} ({row['source_state']})"
    if table == "checks":
        return "no failing rows"
    return "no rows in this snapshot"


def _passages(scan: Scan, table: str, rows: Sequence[Mapping[str, Any]]) -> list[Passage | None]:
    columns = registry.table(table).columns
    if table == "pages":
        spans = [(row["page_id"], 0, len(row["raw_text"]), "") for row in rows]
    elif table == "lines" or {"raw_start", "page_id"} <= set(columns):
        spans = [(r["page_id"], r["raw_start"], r["raw_end"], r.get("article_id") or "") for r in rows]
    elif "raw_start" in columns:
        of_article = dict(_select(scan, "articles", "article_id", rows, "article_id", "page_id").iter_rows())
        spans = [(of_article[r["article_id"]], r["raw_start"], r["raw_end"], r["article_id"]) for r in rows]
    elif table == "keywords":
        spans = _keyword_spans(scan, rows)
    else:
        return [None] * len(rows)
    return _mark(scan, spans)


def _keyword_spans(scan: Scan, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, int, str]]:
    """The first place of a keyword in its article; the article where the words were repaired across it."""
    articles = {
        row["article_id"]: row
        for row in _select(
            scan, "articles", "article_id", rows, "article_id", "page_id", "text", "raw_start", "raw_end"
        ).iter_rows(named=True)
    }
    runs = _select(
        scan, "alignments", "article_id", rows, "article_id", "start_char", "end_char", "raw_start", "raw_end"
    )
    spans = []
    for row in rows:
        article = articles[row["article_id"]]
        start = article["text"].find(row["keyword"])
        end = start + len(row["keyword"])
        own = runs.filter(pl.col("article_id") == row["article_id"])
        first = own.filter((pl.col("start_char") <= start) & (pl.col("end_char") > start)).head(1)
        last = own.filter((pl.col("start_char") < end) & (pl.col("end_char") >= end)).head(1)
        if start < 0 or first.is_empty() or last.is_empty():
            place = (article["raw_start"], article["raw_end"])
        else:
            place = (
                first["raw_start"][0] + start - first["start_char"][0],
                last["raw_start"][0] + end - last["start_char"][0],
            )
        spans.append((article["page_id"], *place, row["article_id"]))
    return spans


def _select(
    scan: Scan, table: str, column: str, rows: Sequence[Mapping[str, Any]], *columns: str
) -> pl.DataFrame:
    values = sorted({row[column] for row in rows if row[column]})
    return scan(table).filter(pl.col(column).is_in(values)).select(columns).collect()


def _mark(scan: Scan, spans: Sequence[tuple[str, int, int, str]]) -> list[Passage | None]:
    wanted = [{"page_id": page_id, "article_id": article_id} for page_id, _, _, article_id in spans]
    pages = _select(scan, "pages", "page_id", wanted, "page_id", "document_id", "page_number", "raw_text")
    by_page = {row["page_id"]: row for row in pages.iter_rows(named=True)}
    documents = _select(
        scan, "documents", "document_id", list(by_page.values()), "document_id", "uri", "issue_on"
    )
    by_document = {row["document_id"]: row for row in documents.iter_rows(named=True)}
    headlines = dict(_select(scan, "articles", "article_id", wanted, "article_id", "headline").iter_rows())
    edits = _select(
        scan, "edits", "page_id", wanted, "page_id", "raw_start", "raw_end", "original", "replacement", "rule"
    ).sort("page_id", "raw_start")
    passages: list[Passage | None] = []
    for page_id, start, end, article_id in spans:
        page = by_page[page_id]
        text: str = page["raw_text"]
        document = by_document[page["document_id"]]
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        within = edits.filter(
            (pl.col("page_id") == page_id) & (pl.col("raw_start") >= start) & (pl.col("raw_end") <= end)
        )
        passages.append(
            Passage(
                document_id=page["document_id"],
                uri=document["uri"],
                issue_on=str(document["issue_on"] or ""),
                headline=headlines.get(article_id) or "",
                page_id=page_id,
                page_number=page["page_number"],
                line_number=text.count("\n", 0, start) + 1,
                raw_start=start,
                raw_end=end,
                before=text[max(line_start, start - CONTEXT_CHARS) : start],
                marked=text[start:end],
                after=text[end : min(line_end, end + CONTEXT_CHARS)],
                edits=tuple(within.select("original", "replacement", "rule").iter_rows()),
            )
        )
    return passages
