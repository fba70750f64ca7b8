"""A normaliser for tests, built once, and frames of one page."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import yaml

from transforms.normalize import Normalizer
from transforms.normalize.changes import Change, apply_changes

ROOT = Path(__file__).parents[1]
LOOKUPS = {
    name: yaml.safe_load((ROOT / f"seeds/lookups/{name}.yml").read_text(encoding="utf-8"))
    for name in ("page", "heads", "confusables", "persons")
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


def normalise_page(raw: str, edits: Sequence[Change]) -> str:
    """The whole page with its edits applied."""
    return apply_changes(raw, edits)[0]


def restore_page(normalised: str, edits: Sequence[Change], originals: Sequence[str]) -> str:
    """The raw page from the normalised one: every edit replayed backwards."""
    pieces: list[str] = []
    at = shift = 0
    for edit, original in zip(edits, originals, strict=True):
        start = edit.start + shift
        pieces.append(normalised[at:start])
        pieces.append(original)
        at = start + len(edit.replacement)
        shift += len(edit.replacement) - (edit.end - edit.start)
    pieces.append(normalised[at:])
    return "".join(pieces)
