"""The report of a warehouse, with pictures of the pages that are PDF or scanned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from flows.page_picture import picture_page
from warehouse.files import SourceBytes, StoreError
from warehouse.reader import Warehouse
from warehouse.report.pages import Written, write_report


def report_of(opened: Warehouse, folder: Path, *, pictures: bool = True) -> Written:
    """Write the report.

    Args:
        opened: The snapshot to show.
        folder: Where to; an earlier report there is replaced.
        pictures: Add pictures of PDF and scanned pages.
    """
    return write_report(opened.scan, folder, page_image=_pictures_of(opened) if pictures else None)


def _pictures_of(opened: Warehouse) -> Callable[[str, int], bytes | None]:
    """Pictures of pages by document_id and page number, from the source bytes that the warehouse keeps."""
    sources = SourceBytes(opened.root / "sources")
    columns = ("document_id", "content_sha256", "media_type")
    pictured = pl.col("media_type").is_in(["application/pdf"]) | pl.col("media_type").str.starts_with(
        "image/"
    )
    rows = opened.scan("documents").filter(pictured).select(columns).collect().rows()
    known = {document_id: (sha256, media_type) for document_id, sha256, media_type in rows}

    def image(document_id: str, page_number: int) -> bytes | None:
        sha256, media_type = known.get(document_id, ("", ""))
        if not sha256 or not sources.has(sha256):
            return None
        try:
            content = sources.get(sha256)
        except StoreError:
            return None
        return picture_page(content, media_type, page_number)

    return image
