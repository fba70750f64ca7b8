"""A normaliser for tests, built once, and frames of one page."""

from datetime import date
from pathlib import Path

import polars as pl
import yaml

from transforms.normalize import Normalizer

ROOT = Path(__file__).parents[1]
LOOKUPS = {
    name: yaml.safe_load((ROOT / f"seeds/lookups/{name}.yml").read_text(encoding="utf-8"))
    for name in ("page", "confusables", "persons")
}
NORMALIZER = Normalizer(LOOKUPS)


def as_frames(raw: str, *, layout: str = "page", issue_on: date | None = None) -> dict[str, pl.DataFrame]:
    """Normalise one page of plain text."""
    documents = pl.DataFrame(
        {"document_id": ["d"], "layout": [layout], "issue_on": [issue_on]},
        schema_overrides={"issue_on": pl.Date},
    )
    pages = pl.DataFrame({"page_id": ["p"], "document_id": ["d"], "page_number": [1], "raw_text": [raw]})
    return NORMALIZER.normalize(documents, pages, pl.DataFrame())
