"""Who said what: pure queries, as in `data`."""

from __future__ import annotations

import polars as pl

from warehouse.report.data import Rows, Scan, clean_rows, names, unrepeated
from warehouse.report.people import title_behind_body

_REF = ("page_id", "raw_start", "raw_end")
_WORDS_CHARS = 240


def quotation_rows(scan: Scan, limit: int) -> tuple[Rows, int]:
    """Speech with its speaker and the speaker's titles, the newest issue first, then as the pages tell it.

    `speaker` is the name, else the speaker in the words of the text (他), else absent. `role` is the first
    title that the article gives the speaker, else the first that any does.

    Returns:
        Rows and the number of passages they were chosen from.
    """
    quotations = unrepeated(scan, scan("quotations"))
    total = quotations.select(pl.len()).collect().item()
    documents = scan("documents").select("document_id", "publication", "issue_on")
    headlines = scan("articles").select("article_id", "headline")
    titles = (
        scan("roles")
        .filter(pl.col("person_id").is_not_null())
        .join(names(scan, "organization_id", "organization"), on="organization_id", how="left")
        .sort("document_id", "article_id", "raw_start", "role_id")
        .with_columns(organization=pl.coalesce("organization", "organization_text"))
        .select(
            pl.col("person_id").alias("speaker_id"),
            "article_id",
            pl.concat_str("organization", title_behind_body(), ignore_nulls=True).alias("role"),
        )
    )
    here = titles.unique(["speaker_id", "article_id"], keep="first", maintain_order=True)
    anywhere = titles.unique("speaker_id", keep="first", maintain_order=True).select(
        "speaker_id", pl.col("role").alias("other_role")
    )
    rows = (
        quotations.join(documents, on="document_id", how="left", maintain_order="left")
        .sort(
            "issue_on", "document_id", "raw_start", "raw_end",
            descending=[True, False, False, False], nulls_last=True,
        )
        .head(limit)
        .join(names(scan, "speaker_id", "speaker"), on="speaker_id", how="left", maintain_order="left")
        .join(here, on=["speaker_id", "article_id"], how="left", maintain_order="left")
        .join(anywhere, on="speaker_id", how="left", maintain_order="left")
        .join(headlines, on="article_id", how="left", maintain_order="left")
        .select(
            pl.col("text").str.head(_WORDS_CHARS),
            pl.when(pl.col("text").str.len_chars() > _WORDS_CHARS).then(True).alias("is_cut"),
            pl.coalesce("speaker", "speaker_text").alias("speaker"),
            "speaker_id",
            pl.coalesce("role", "other_role").alias("role"),
            "cue_text", "mode", "headline", "publication", "issue_on", *_REF,
        )
        .collect()
    )  # fmt: skip
    return clean_rows(rows), total
