"""Mentions of sentences after the whole way: records in a file, `baocang build`, rows of a warehouse."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from warehouse import Warehouse


def build_mentions(texts: Sequence[str], folder: Path, arguments: Sequence[str] = ()) -> pl.DataFrame:
    """Build a warehouse from texts, one record each, and read its mentions.

    Args:
        texts: The texts.
        folder: Gets `texts.jsonl` and `house`.
        arguments: More arguments of `baocang build`.

    Returns:
        One row per mention in the terms of `MentionFinder.find`: `article_id` (position of the text),
        `mention_index`, `parent_index`, `entity_type`, `start_char` and `end_char` (code points of the given
        text, which is what `raw_start` and `raw_end` count), `surface_text`.

    Raises:
        CalledProcessError: The build failed.
        ValueError: A page does not hold the text as it was given, so offsets would not compare.
    """
    source, house = folder / "texts.jsonl", folder / "house"
    with source.open("w", encoding="utf-8") as lines:
        for position, text in enumerate(texts):
            lines.write(json.dumps({"id": str(position), "text": text}, ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "flows.cli", "build", str(source), "--warehouse", str(house), "--json"]
    subprocess.run([*command, *arguments], check=True, stdout=subprocess.DEVNULL)
    warehouse = Warehouse(house)
    documents = warehouse.read("documents").select("document_id", "external_id")
    pages = warehouse.read("pages").join(documents, on="document_id").select("external_id", "raw_text")
    for position, raw_text in pages.iter_rows():
        if not texts[int(position)].startswith(raw_text):
            raise ValueError(f"text {position} was changed before it was read: {raw_text!r}")
    return (
        warehouse.read("mentions")
        .join(documents, on="document_id")
        .select(
            article_id="external_id",
            mention_index="mention_id",
            parent_index="parent_mention_id",
            entity_type="entity_type",
            start_char="raw_start",
            end_char="raw_end",
            surface_text="surface_text",
        )
    )
