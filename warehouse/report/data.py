"""What the report shows, as plain values: pure queries over the tables of one snapshot.

Every list is cut to its limit and says how many rows it stands for. A reference is
`[page_id, raw_start, raw_end]`: the characters of the source that a row was read from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

Scan = Callable[[str], pl.LazyFrame]
Rows = list[dict[str, Any]]

_ARTICLE = re.compile(r"article_id (\w+)")
_CONTEXT_CHARS = 48
_EXCERPT_CHARS = 220
_REF = ("page_id", "raw_start", "raw_end")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many rows of each kind the report carries; the rest is counted.

    Attributes:
        mentions_per_entity: Each entity has this many mentions, and more while all are at most `mentions`.
    """

    deals: int = 1500
    entities_per_type: int = 240
    mentions_per_entity: int = 4
    mentions: int = 5000
    quotations: int = 1000
    dates: int = 500
    open_dates: int = 200
    keywords: int = 120
    documents: int = 800
    quality: int = 200
    watched: int = 120


def headline_numbers(scan: Scan) -> dict[str, Any]:
    """Counts and sums for the head of the report.

    Returns:
        `documents`, `articles`, `duplicates`, `deals` (each told thing once), `persons`, `organizations`,
        `places`, `quotations`, `damage`, `edits`, `rejects`, `checks`, `checks_failed`: counts;
        `deals_with_cny`: deals whose money in yuan is known; `investment_cny`: their sum;
        `first_on`, `last_on`: days of issue; `undated_documents`; `publications`: up to five names, those of
        most documents first; `publication_count`: how many there are.
    """
    documents = scan("documents").select(
        pl.len().alias("documents"),
        pl.col("issue_on").min().alias("first_on"),
        pl.col("issue_on").max().alias("last_on"),
        pl.col("issue_on").null_count().alias("undated_documents"),
    )
    articles = scan("articles").select(
        pl.len().alias("articles"), pl.col("duplicate_of").count().alias("duplicates")
    )
    told = pl.col("same_as_deal_id").is_null()
    # A phase repeats the money of its project: only whole projects are summed.
    money = pl.col("investment_cny").filter(told & pl.col("parent_deal_id").is_null())
    deals = scan("deals").select(
        told.sum().alias("deals"),
        money.count().alias("deals_with_cny"),
        money.sum().alias("investment_cny"),
    )
    entities = scan("entities").select(
        *(
            (pl.col("entity_type") == kind).sum().alias(f"{kind}s")
            for kind in ("person", "organization", "place")
        )
    )
    checks = latest_checks(scan).select(
        pl.len().alias("checks"), (~pl.col("is_success")).sum().alias("checks_failed")
    )
    counts = {
        name: scan(name).select(pl.len()).collect().item()
        for name in ("quotations", "damage", "edits", "rejects")
    }
    of_documents = pl.len().alias("of_documents")
    papers = scan("documents").group_by("publication").agg(of_documents).drop_nulls("publication")
    names = papers.sort(-pl.col("of_documents").cast(pl.Int64), "publication").collect()["publication"]
    numbers: dict[str, Any] = {
        **counts, "publications": names.head(5).to_list() or None, "publication_count": names.len(),
    }  # fmt: skip
    for frame in (documents, articles, deals, entities, checks):
        numbers |= frame.collect().row(0, named=True)
    return numbers


def with_excerpt(scan: Scan, frame: pl.DataFrame) -> pl.DataFrame:
    """Add `before`, `marked` and `after`: the raw characters of each row and those around them.

    Where the frame has a column `reach`, `after` goes on to that character at least.
    """
    start, end = pl.col("raw_start"), pl.col("raw_end")
    reach = pl.col("reach") if "reach" in frame.columns else pl.lit(None, dtype=pl.Int64)
    margin = pl.max_horizontal(reach - end + _CONTEXT_CHARS // 4, _CONTEXT_CHARS)
    first = pl.max_horizontal(start - _CONTEXT_CHARS, 0)
    raw = pl.col("raw_text")
    return (
        frame.lazy()
        .join(scan("pages").select("page_id", "raw_text"), on="page_id", how="left", maintain_order="left")
        .with_columns(
            raw.str.slice(first, start - first).alias("before"),
            raw.str.slice(start, pl.min_horizontal(end - start, _EXCERPT_CHARS)).alias("marked"),
            raw.str.slice(end, pl.when(end - start > _EXCERPT_CHARS).then(0).otherwise(margin)).alias(
                "after"
            ),
        )
        .drop("raw_text")
        .collect()
    )


def around(text: pl.Expr, start: pl.Expr, end: pl.Expr, margin: int) -> tuple[pl.Expr, pl.Expr]:
    """`before` and `after`: up to `margin` characters on either side of a part; … where the text goes on."""
    first = pl.max_horizontal(start - margin, 0)
    goes_on = pl.lit("…"), pl.lit("")
    return (
        pl.concat_str(
            pl.when(first > 0).then(goes_on[0]).otherwise(goes_on[1]), text.str.slice(first, start - first)
        ).alias("before"),
        pl.concat_str(
            text.str.slice(end, margin),
            pl.when(end + margin < text.str.len_chars()).then(goes_on[0]).otherwise(goes_on[1]),
        ).alias("after"),
    )


def names(scan: Scan, key: str, alias: str) -> pl.LazyFrame:
    """Names of entities, to join on a column that holds their ids."""
    return scan("entities").select(pl.col("entity_id").alias(key), pl.col("name").alias(alias))


def unrepeated(scan: Scan, frame: pl.LazyFrame) -> pl.LazyFrame:
    """Rows of articles that repeat no other one."""
    repeats = scan("articles").filter(pl.col("duplicate_of").is_not_null()).select("article_id")
    return frame.join(repeats, on="article_id", how="anti", maintain_order="left")


def date_rows(scan: Scan, limit: int) -> tuple[Rows, int]:
    """Dates that the texts speak of, with the words around them, oldest first.

    Beyond the limit, those of the newest issues are kept.

    Returns:
        Rows and the number of dates they were chosen from.
    """
    return _dates(scan, pl.col("start_on").is_not_null(), limit)


def open_date_rows(scan: Scan, limit: int) -> tuple[Rows, int]:
    """Dates whose year stays open, with what they can be, as the pages tell them; see `date_rows`.

    `evidence_articles` are the articles that `evidence` names by their ids.
    """
    rows, total = _dates(scan, open_year(), limit)
    cited = {id(row): _ARTICLE.findall(row["evidence"]) for row in rows}
    wanted = {article_id for ids in cited.values() for article_id in ids}
    articles = scan("articles").filter(pl.col("article_id").is_in(list(wanted)))
    found = {
        row["article_id"]: row
        for row in clean_rows(articles.select("article_id", "headline", *_REF).collect())
    }
    for row in rows:
        row["evidence_articles"] = [found[key] for key in dict.fromkeys(cited[id(row)]) if key in found]
    return rows, total


def _dates(scan: Scan, which: pl.Expr, limit: int) -> tuple[Rows, int]:
    dates = unrepeated(scan, scan("dates"))
    known = dates.filter(which)
    total = known.select(pl.len()).collect().item()
    sentences = scan("sentences").select(
        "article_id", "start_char", pl.col("start_char").alias("_first"), pl.col("text").alias("_sentence")
    )
    at = pl.col("start_char") - pl.col("_first")
    length = pl.col("end_char") - pl.col("start_char")
    before, after = around(pl.col("_sentence"), at, at + length, _CONTEXT_CHARS)
    rows = (
        known.join(scan("documents").select("document_id", "issue_on"), on="document_id", how="left")
        .sort("issue_on", "document_id", "raw_start", descending=[True, False, False], nulls_last=True)
        .head(limit)
        .sort("article_id", "start_char")
        .join_asof(
            sentences.sort("article_id", "start_char"),
            by="article_id", on="start_char", strategy="backward", check_sortedness=False,
        )
        .sort("start_on", "end_on", "document_id", "raw_start")
        .select(
            "start_on", "end_on", "granularity", "surface_text", "is_inferred", "evidence", "candidates",
            before, after, *_REF,
        )
        .collect()
    )  # fmt: skip
    return clean_rows(rows), total


def day_rows(scan: Scan) -> Rows:
    """Articles and deals by day of issue, and deals by the day they are due."""
    days = scan("documents").select("document_id", "issue_on")
    articles = (
        unrepeated(scan, scan("articles"))
        .join(days, on="document_id", how="left")
        .group_by(pl.col("issue_on").alias("day"))
        .agg(pl.len().alias("articles"))
    )
    firsts = scan("deals").filter(pl.col("same_as_deal_id").is_null())
    deals = (
        firsts.join(days, on="document_id", how="left")
        .group_by(pl.col("issue_on").alias("day"))
        .agg(pl.len().alias("deals"))
    )
    due = firsts.group_by(pl.col("expected_on").alias("day")).agg(pl.len().alias("due"))
    parts = [frame.filter(pl.col("day").is_not_null()) for frame in (articles, deals, due)]
    joined = pl.concat(parts, how="diagonal").group_by("day").sum().sort("day").collect()
    return [{k: v for k, v in row.items() if v} for row in clean_rows(joined)]


def keyword_rows(scan: Scan, limit: int) -> Rows:
    """Keywords by their weight over the corpus, how often now and before, and articles that have them.

    "Now" is the last seven days of issue; without days of issue, `now` is null.
    """
    documents = scan("documents").select("document_id", "issue_on")
    last = documents.select(pl.col("issue_on").max()).collect().item()
    since = None if last is None else last - timedelta(days=6)
    # Without days of issue there is no "now", which is not a count of none.
    now = pl.lit(None, dtype=pl.UInt32) if since is None else (pl.col("issue_on") >= since).sum()
    articles = scan("articles").select("article_id", "headline", *_REF)
    rows = (
        unrepeated(scan, scan("keywords"))
        .join(documents, on="document_id", how="left")
        .join(articles, on="article_id", how="inner")
        .sort("keyword", "weight", "article_id", descending=[False, True, False])
        .group_by("keyword", maintain_order=True)
        .agg(
            pl.col("weight").sum(),
            pl.len().alias("articles"),
            now.alias("now"),
            pl.struct("headline", *_REF).head(4).alias("where"),
        )
        .sort("weight", "keyword", descending=[True, False])
        .head(limit)
        .collect()
    )
    return clean_rows(rows)


def document_rows(scan: Scan, limit: int) -> tuple[Rows, int]:
    """Pages with their headlines and counts, the newest first.

    Returns:
        Rows and the number of pages they were chosen from.
    """
    pages = scan("pages").select("page_id", "document_id", "page_number", "method")
    headlines = (
        scan("articles")
        .sort("page_id", "ordinal")
        .group_by("page_id")
        .agg(
            pl.col("headline").fill_null("").str.head(60).head(6).alias("headlines"),
            pl.len().alias("articles"),
        )
    )
    documents = scan("documents").select(
        "document_id", "uri", "publication", "page_label", "issue_on", "title", "media_type"
    )
    total = scan("pages").select(pl.len()).collect().item()
    rows = (
        pages.join(documents, on="document_id", how="left")
        .sort("issue_on", "uri", "page_number", descending=[True, False, False], nulls_last=True)
        .head(limit)
        .join(headlines, on="page_id", how="left", maintain_order="left")
        .join(_count_by_page(scan, "deals"), on="page_id", how="left", maintain_order="left")
        .join(_count_by_page(scan, "damage"), on="page_id", how="left", maintain_order="left")
        .drop("document_id")
        .collect()
    )
    return clean_rows(rows), total


def quality(scan: Scan, limit: int) -> dict[str, Any]:
    """What ran, what was refused, what is damaged, and which checks did not pass.

    Returns:
        `runs`, `checks` (those that failed first), `rejects`, `rejects_by_reason`, `damage`,
        `damage_by_type`, `edits_by_rule`, `methods`, `open_years`, `unnamed_parties` (counts with the first
        place that each counts).
    """
    by = _count_by
    damage = with_excerpt(scan, scan("damage").sort("page_id", "raw_start").head(limit).collect())
    newest = scan("runs").sort("started_at", descending=True).head(20).collect()
    return {
        "runs": clean_rows(newest.drop("settings", "source_uris")),
        "checks": clean_rows(
            latest_checks(scan)
            .sort("is_success", "severity", "table_name", "expectation")
            .head(limit)
            .drop("check_id", "run_id")
            .collect()
        ),
        "rejects": clean_rows(
            scan("rejects").sort("reason_code", "uri").head(limit).drop("run_id").collect()
        ),
        "rejects_by_reason": by(scan, "rejects", "reason_code"),
        "damage": clean_rows(
            damage.select("damage_type", "surface_text", "suggestion", "before", "marked", "after", *_REF)
        ),
        "damage_by_type": by(scan, "damage", "damage_type"),
        "edits_by_rule": by(scan, "edits", "rule"),
        "methods": by(scan, "pages", "method"),
        "open_years": _count(scan("dates").filter(open_year())),
        "unnamed_parties": _count(scan("deal_parties").filter(pl.col("entity_id").is_null())),
    }


def latest_checks(scan: Scan) -> pl.LazyFrame:
    """Checks of the newest run: those of the snapshot that is shown."""
    newest = scan("runs").sort("started_at", "run_id", descending=True).head(1).select("run_id")
    return scan("checks").join(newest, on="run_id", how="semi")


def clean_rows(frame: pl.DataFrame) -> Rows:
    """Rows without their empty values, days and times as ISO text."""
    return [clean_value(row) for row in frame.iter_rows(named=True)]


def clean_value(value: Any) -> Any:
    """A value without its empty parts, days and times as ISO text."""
    if isinstance(value, dict):
        return {key: clean_value(item) for key, item in value.items() if item is not None and item != []}
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def open_year() -> pl.Expr:
    """Whether nothing is known of the days of a row of `dates`."""
    # 明年起 and 10月1日前 have one end; without a year there is none.
    return pl.col("start_on").is_null() & pl.col("end_on").is_null()


def _count_by(scan: Scan, name: str, column: str) -> Rows:
    """Rows by a column's values, the most frequent first; with the first place where rows have one."""
    frame = scan(name)
    counts = frame.group_by(pl.col(column).alias("value")).agg(pl.len().alias("count"), *_first_place(frame))
    return clean_rows(counts.sort("count", "value", descending=[True, False]).collect())


def _count(frame: pl.LazyFrame) -> dict[str, Any]:
    """How many rows, and the first place."""
    (row,) = clean_rows(frame.select(pl.len().alias("count"), *_first_place(frame)).collect())
    return row


def _first_place(frame: pl.LazyFrame) -> list[pl.Expr]:
    if not set(_REF) <= set(frame.collect_schema().names()):
        return []
    return [pl.col(name).sort_by(*_REF).first() for name in _REF]


def _count_by_page(scan: Scan, name: str) -> pl.LazyFrame:
    return scan(name).group_by("page_id").agg(pl.len().alias(name))
