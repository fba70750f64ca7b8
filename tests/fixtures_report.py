"""An invented warehouse for the report's tests: consistent rows without running a build.

Text is marked as `[person:name]`; the page gets a stray space after every 15th character of a body, so
raw and normalised offsets differ everywhere. `hostile` puts markup into every text that people see.
"""

# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from warehouse import Warehouse
from warehouse.registry import TABLES, columns_of, conform, empty_frame
from warehouse.schema import hash_id
from warehouse.store import Changes, Store

_MARK = re.compile(r"\[(person|organization|place):([^\]]+)\]")
HOSTILE = "<img src=x onerror=alert(1)></script><script>window.hacked=1</script>"

_ARTICLES = (
    (
        "青岚市与云汉大学共建海藻材料研究院",
        "[place:青岚市]副市长[person:岳知衡]昨日表示，[organization:云汉大学]与[organization:青岚海洋科技有限公司]"
        "签订《海藻材料研究院》共建协议，项目总投资3.2亿元，占地面积约120亩，预计2031年底建成。"
        "[organization:云汉大学]校长[person:沈溪白]说：“我们会把实验室搬到海边。”[place:香港]的[organization:博澜基金]也将参与。",
    ),
    (
        "石桥镇新能源产业园开工",
        "[place:石桥镇]新能源产业园昨日开工，[organization:青岚海洋科技有限公司]全资投资，年产5万吨电解液。"
        "[person:岳知衡]出席了开工仪式。",
    ),
)
_ADCODES = {
    "青岚市": ("370200", "山东省"),
    "香港": ("810000", "香港特别行政区"),
    "石桥镇": ("370300", "山东省"),
}


def invented_tables(documents: int = 2, *, hostile: bool = False) -> dict[str, pl.DataFrame]:
    """All tables of a small warehouse, conforming to the registry.

    Args:
        documents: How many pages; each holds the same two articles with its own day of issue.
        hostile: Names, titles and text carry HTML.
    """
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    run_id = hash_id("run", 1)
    for number in range(documents):
        _add_page(rows, number, run_id, HOSTILE if hostile else "")
    _add_entities(rows)
    _add_meta(rows, run_id, documents)
    return {name: _complete(name, rows[name]) for name in TABLES}


def _complete(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    # Columns that the report does not read get a plain value, so that a new one need not be told here.
    if not rows:
        return empty_frame(name)
    frame = pl.DataFrame(rows, infer_schema_length=None)
    plain = {pl.String: "", pl.Boolean: False, pl.List: []}
    wanted = [
        c for c in columns_of(name) if c.name not in frame.columns and c.name not in TABLES[name].nullable
    ]
    return conform(
        name,
        frame.with_columns(
            pl.lit(plain.get(c.dtype.base_type(), 0), dtype=c.dtype).alias(c.name) for c in wanted
        ),
    )


def scan_of(tables: dict[str, pl.DataFrame]) -> Callable[[str], pl.LazyFrame]:
    """The tables as the reader gives them."""
    return lambda name: tables[name].lazy()


def _add_page(rows: dict[str, list[dict[str, Any]]], number: int, run_id: str, hostile: str) -> None:
    document_id, page_id = hash_id("document", number), hash_id("page", number)
    day = date(2031, 3, 1 + number % 28)
    raw, where = "", {"document_id": document_id, "page_id": page_id}
    block = edit = 0

    def add_block(text: str, kind: str, start: int, article_id: str) -> None:
        nonlocal block
        rows["blocks"].append(
            {"block_id": hash_id("block", page_id, block), **where, "article_id": article_id, "ordinal": block,
             "block_type": kind, "text": text, "raw_start": start, "raw_end": len(raw)}
        )  # fmt: skip
        block += 1

    for ordinal, (plain_headline, marked) in enumerate(_ARTICLES):
        headline = plain_headline + hostile
        article_id = hash_id("article", number, ordinal)
        start = len(raw)
        raw += headline + "\n\n"
        add_block(headline, "headline", start, article_id)
        text, spans = _plain(marked + hostile)
        body = len(raw)
        position = [body + i + i // 15 for i in range(len(text))]
        raw += "".join(
            char + (" " if i % 15 == 14 and i + 1 < len(text) else "") for i, char in enumerate(text)
        )
        for i in range(14, len(text) - 1, 15):
            rows["edits"].append(
                {**where, "ordinal": edit, "raw_start": position[i] + 1, "raw_end": position[i] + 2,
                 "original": " ", "replacement": "", "rule": "stray_space"}
            )  # fmt: skip
            edit += 1
        raw += "\n\n"
        add_block(text, "body", body, article_id)
        here = {**where, "article_id": article_id}
        rows["articles"].append(
            {**here, "ordinal": ordinal, "headline": headline, "is_continued": False, "text": text, "dateline_on": day,
             "raw_start": start, "raw_end": len(raw)}
        )  # fmt: skip
        for i in range(0, len(text), 15):
            end = min(i + 15, len(text))
            rows["alignments"].append(
                {"article_id": article_id, "document_id": document_id, "start_char": i, "end_char": end,
                 "raw_start": position[i], "raw_end": position[end - 1] + 1}
            )  # fmt: skip

        def span(words: str, text: str = text, position: list[int] = position) -> dict[str, Any]:
            at = text.index(words)
            return _span(words, at, position)

        sentence_id = hash_id("sentence", article_id, 0)
        rows["sentences"].append(
            {**here, "sentence_id": sentence_id, "ordinal": 0, "text": text, "start_char": 0,
             "end_char": len(text), "raw_start": position[0], "raw_end": position[-1] + 1}
        )  # fmt: skip
        for kind, name, at in spans:
            adcode, province = _ADCODES.get(name, (None, None))
            rows["mentions"].append(
                {**here, "mention_id": hash_id("mention", article_id, at), "sentence_id": sentence_id,
                 "entity_id": hash_id("entity", kind, name), "entity_type": kind, **_span(name, at, position),
                 "rule": "invented", "confidence_share": 0.9, "adcode": adcode, "province": province}
            )  # fmt: skip
        for keyword, weight in (("新能源", 0.4), (headline[:3], 0.8), (f"词{number}", 0.2)):
            rows["keywords"].append(
                {"article_id": article_id, "document_id": document_id, "keyword": keyword, "weight": weight}
            )
        first = ordinal == 0
        deal_words = "签订《海藻材料研究院》共建协议" if first else "新能源产业园昨日开工"
        deal_id = hash_id("deal", article_id)
        rows["deals"].append(
            {**here, "deal_id": deal_id, "sentence_id": sentence_id, "rule": "invented", "confidence_share": 0.8,
             "deal_type": "institution" if first else "project", "stage": "signed" if first else "building",
             "title": ("海藻材料研究院" if first else "石桥镇新能源产业园") + hostile,
             "dated_on": day if first else None, "dated_by": "event", "mode": "on_site" if first else None,
             "expected_on": date(2031, 12, 31) if first else None,
             "investment_cny": 3.2e8 if first else None,
             "place_id": hash_id("entity", "place", "青岚市" if first else "石桥镇"), "cue_text": "签订",
             "sector_code": "M73" if first else "C39", "sector": "研究和试验发展" if first else "电气机械",
             "same_as_deal_id": hash_id("deal", hash_id("article", 0, ordinal)) if number else None,
             **span(deal_words)}
        )  # fmt: skip
        parties = ("云汉大学", "青岚海洋科技有限公司") if first else ("青岚海洋科技有限公司",)
        for i, party in enumerate(parties):
            rows["deal_parties"].append(
                {**here, "deal_id": deal_id, "ordinal": i, "entity_id": hash_id("entity", "organization", party),
                 "party_role": "partner" if first else "investor", **span(party),
                 "signatory_id": hash_id("entity", "person", "沈溪白") if party == "云汉大学" else None}
            )  # fmt: skip
        quantity = (
            ("3.2亿元", 3.2, "亿元", "money", 3.2e8, "CNY")
            if first
            else ("5万吨", 5.0, "万吨", "mass", 5e7, None)
        )
        rows["quantities"].append(
            {**here, "quantity_id": hash_id("quantity", article_id), **span(quantity[0]), "value": quantity[1],
             "unit": quantity[2], "dimension": quantity[3], "base_value": quantity[4],
             "base_unit": "CNY" if first else "kg", "currency": quantity[5], "bound": "exact", "deal_id": deal_id}
        )  # fmt: skip
        rows["dates"].append(
            {**here, "date_id": hash_id("date", article_id), **span("昨日"), "granularity": "day",
             "start_on": day if first else None, "end_on": day if first else None, "is_inferred": True,
             "evidence": "issue_on", "candidates": [] if first else ["2031", "2030"]}
        )  # fmt: skip
        if first:
            rows["roles"].append(
                {**here, "role_id": hash_id("role", article_id), "title": "校长", "is_former": False,
                 "person_id": hash_id("entity", "person", "沈溪白"), "is_acting": False,
                 "organization_id": hash_id("entity", "organization", "云汉大学"), **span("校长"),
                 "rule": "invented", "confidence_share": 0.9}
            )  # fmt: skip
            rows["quotations"].append(
                {**here, "quotation_id": hash_id("quotation", article_id), "text": "我们会把实验室搬到海边。",
                 "speaker_id": hash_id("entity", "person", "沈溪白"), "cue_text": "说", "mode": "direct",
                 **span("我们会把实验室搬到海边。"), "rule": "invented", "confidence_share": 0.9}
            )  # fmt: skip
            rows["damage"].append(
                {**here, "damage_id": hash_id("damage", article_id), "damage_type": "garbled_text",
                 "suggestion": None, "surface_text": text[5:8], "raw_start": position[5], "raw_end": position[7] + 1}
            )  # fmt: skip
    rows["documents"].append(
        {"document_id": document_id, "uri": f"pages/{number:03}.txt{hostile}", "media_type": "text/plain",
         "encoding": "utf-8", "byte_count": len(raw.encode()), "content_sha256": f"{number:064x}",
         "layout": "page", "page_count": 1, "publication": f"青岚日报{hostile}", "issue_on": day,
         "issue_on_source": "given", "first_run_id": run_id}
    )  # fmt: skip
    rows["pages"].append(
        {"page_id": page_id, "document_id": document_id, "page_number": 1, "raw_text": raw, "method": "text"}
    )


def _plain(marked: str) -> tuple[str, list[tuple[str, str, int]]]:
    text, spans, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans.append((match[1], match[2], len(text)))
        text += match[2]
        last = match.end()
    return text + marked[last:], spans


def _span(words: str, at: int, position: list[int]) -> dict[str, Any]:
    end = at + len(words)
    return {
        "surface_text": words,
        "start_char": at,
        "end_char": end,
        "raw_start": position[at],
        "raw_end": position[end - 1] + 1,
    }


def _add_entities(rows: dict[str, list[dict[str, Any]]]) -> None:
    days = {row["document_id"]: row["issue_on"] for row in rows["documents"]}
    mentions: dict[str, list[dict[str, Any]]] = {}
    for mention in rows["mentions"]:
        mentions.setdefault(mention["entity_id"], []).append(mention)
    for entity_id, found in mentions.items():
        seen = [days[m["document_id"]] for m in found]
        rows["entities"].append(
            {"entity_id": entity_id, "entity_type": found[0]["entity_type"], "name": found[0]["surface_text"],
             "aliases": [], "adcode": found[0]["adcode"], "province": found[0]["province"],
             "mention_count": len(found), "article_count": len({m["article_id"] for m in found}),
             "document_count": len({m["document_id"] for m in found}), "first_on": min(seen), "last_on": max(seen)}
        )  # fmt: skip
    articles: dict[tuple[str, str], list[str]] = {}
    for article in rows["articles"]:
        inside = sorted(
            {m["entity_id"] for m in rows["mentions"] if m["article_id"] == article["article_id"]}
        )
        for i, left in enumerate(inside):
            for right in inside[i + 1 :]:
                articles.setdefault((left, right), []).append(article["article_id"])
    for (left, right), found_in in articles.items():
        rows["entity_pairs"].append(
            {"entity_pair_id": hash_id("pair", left, right), "left_entity_id": left, "right_entity_id": right,
             "article_count": len(found_in), "sentence_count": len(found_in), "npmi": 0.1, "log_likelihood": 1.0,
             "article_ids": found_in, "sentence_ids": [hash_id("sentence", a, 0) for a in found_in]}
        )  # fmt: skip
    told = [deal for deal in rows["deals"] if deal["same_as_deal_id"] is None]
    rows["deal_flows"].append(
        {"deal_flow_id": hash_id("flow", 1), "origin": "香港特别行政区", "target": "山东省", "stage": "signed",
         "month_on": date(2031, 3, 1), "deal_count": len(told), "currency": "CNY", "investment_value": 3.2e8,
         "unknown_amount_count": 1, "deal_ids": [deal["deal_id"] for deal in told]}
    )  # fmt: skip


def _add_meta(rows: dict[str, list[dict[str, Any]]], run_id: str, documents: int) -> None:
    started = datetime(2031, 4, 1, 8, tzinfo=UTC)
    rows["runs"].append(
        {"run_id": run_id, "state": "published", "started_at": started, "ended_at": started, "code_version": "0",
         "settings": "{}", "source_uris": ["pages"], "source_count": documents + 1, "document_count": documents,
         "reject_count": 1}
    )  # fmt: skip
    rows["rejects"].append(
        {"reject_id": hash_id("reject", 1), "run_id": run_id, "uri": "pages/broken.bin",
         "reason_code": "not_text", "message": "Not text."}
    )  # fmt: skip
    for i, (success, severity) in enumerate(((True, "fail"), (False, "warn"))):
        rows["checks"].append(
            {"check_id": hash_id("check", i), "run_id": run_id, "table_name": "deals", "column_name": "stage",
             "expectation": "expect_column_values_to_be_in_set", "severity": severity, "is_success": success,
             "row_count": documents * 2, "unexpected_count": 0 if success else 1,
             "failing_keys": [] if success else ["abc"]}
        )  # fmt: skip


def invented_warehouse(folder: Path, documents: int = 3) -> Warehouse:
    """The invented tables, committed to a real warehouse."""
    tables = invented_tables(documents)
    of_documents = {
        name: frame
        for name, frame in tables.items()
        if TABLES[name].layer == "core" and "document_id" in frame.columns
    }
    rest = {name: frame for name, frame in tables.items() if name not in of_documents}
    Store(folder).commit(run_id=hash_id("run", 1), documents=Changes(upserted=of_documents), whole=rest)
    return Warehouse(folder)
