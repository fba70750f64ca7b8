"""Write the report: one folder that opens from disk, with no server and no outside request."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from warehouse.catalog import template_environment, write_assets, write_catalog
from warehouse.labels import load_labels
from warehouse.report import data, people, speech, watch
from warehouse.report.data import Limits, Scan
from warehouse.report.deals import deal_rows
from warehouse.report.shelf import Ranges, fill_shelf
from warehouse.report.sources import read_pages

SIZE_LIMIT_BYTES = 10_000_000
_PAGE_FILE = re.compile(r"([0-9a-f]{16}|x\d+)\.(js|webp)")
_DATA = Path("assets/data.js")
_RESERVED_BYTES = 200_000
_PICTURES_SHARE = 0.35
_PAGES_READ = 1000
_SCRIPTS = (
    "core.js",
    "shelf.js",
    "table.js",
    "front.js",
    "lists.js",
    "speech.js",
    "quality.js",
    "map.js",
    "network.js",
    "dates.js",
    "source.js",
    "report.js",
)
_ASSETS = ("desk.css", "desk.js", "report.css", "echarts.min.js", "NOTICE.txt", *_SCRIPTS)
_MARKUP = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)

PageImage = Callable[[str, int], bytes | None]
"""Gives a WebP picture of a page by its document_id and page number; None where there is none."""


@dataclass(frozen=True)
class Written:
    """What `write_report` left on disk.

    Attributes:
        index: The page to open.
        byte_count: Size of the report's files.
        page_count: Source pages included whole.
        excerpt_count: Source pages included as the passages that rows point to.
        pages_left_out: Source pages that the size limit kept out.
    """

    index: Path
    byte_count: int
    page_count: int
    excerpt_count: int
    pages_left_out: int


def write_report(
    scan: Scan,
    folder: Path,
    *,
    limits: Limits | None = None,
    size_limit_bytes: int = SIZE_LIMIT_BYTES,
    page_image: PageImage | None = None,
) -> Written:
    """Write the report of a warehouse.

    Args:
        scan: Reads a table of one snapshot, such as `Warehouse(path).scan`.
        folder: Where to; an earlier report there stays whole until this one is written, then it is replaced.
            Other files there stay.
        limits: Rows of each kind; the rest is counted.
        size_limit_bytes: The folder stays below it. Pages that the report's rows point to come first; those
            that do not fit whole are there as passages, and the rest is counted.
        page_image: Gives the picture of a page where the source is a PDF or a scan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Inside the folder, so that its files only change their names when all of them are written.
    with TemporaryDirectory(prefix=".writing-", dir=folder) as name:
        aside = Path(name)
        written = _write_files(scan, aside, limits or Limits(), size_limit_bytes, page_image)
        _replace_files(aside, folder)
    return replace(written, index=folder / "index.html")


def _replace_files(aside: Path, folder: Path) -> None:
    """Put a report in the place of an earlier one; files of the folder that no report wrote stay."""
    new = sorted(path.relative_to(aside) for path in aside.rglob("*") if path.is_file())
    # The list of the pages comes once they are there, and those of before go last.
    for path in sorted(new, key=lambda path: (path == _DATA, path)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / path).replace(folder / path)
    kept = {path.name for path in new if path.parent.name == "pages"}
    for old in (folder / "pages").glob("*"):
        if _PAGE_FILE.fullmatch(old.name) and old.name not in kept:
            old.unlink()


def _write_files(
    scan: Scan, folder: Path, limits: Limits, size_limit_bytes: int, page_image: PageImage | None
) -> Written:
    write_assets(folder / "assets", _ASSETS)
    write_catalog(folder / "dictionary", scan, root="../")
    report = collect(scan, limits)
    outlines = {"type": "FeatureCollection", "features": people.load_outlines()["features"]}
    _write_script(folder / "assets" / "china.js", "window.baocangOutlines = ", outlines)
    template = template_environment().get_template("report.html")
    (folder / "index.html").write_text(template.render(root="", scripts=_SCRIPTS), encoding="utf-8")

    pages = folder / "pages"
    pages.mkdir()
    used = _size(folder) + len(_script("", report).encode()) + _RESERVED_BYTES
    ranges = _ranges(report)
    order = list(ranges | dict.fromkeys(_newest_pages(scan)))
    room = max(0, size_limit_bytes - used)
    pictured = _pictured(scan, order) if page_image else {}
    shelf = fill_shelf(
        read_pages(scan, order),
        pages,
        ranges=ranges,
        entity_ids={entity["entity_id"] for entity in report["entities"]},
        room=int(room * (1 - _PICTURES_SHARE)) if pictured else room,
    )
    excerpt_count = sum(map(len, shelf.bundles))
    total = scan("pages").select(pl.len()).collect().item()
    left_out = total - len(shelf.whole) - excerpt_count
    report["images"] = []
    if page_image:
        wanted = {page_id: pictured[page_id] for page_id in shelf.whole if page_id in pictured}
        report["images"] = _write_images(pages, wanted, page_image, room - shelf.byte_count)
    report["pages"] = shelf.whole
    report["excerpts"] = shelf.bundles
    report["pages_left_out"] = left_out
    _write_script(folder / _DATA, "window.baocang = ", report)
    return Written(folder / "index.html", _size(folder), len(shelf.whole), excerpt_count, left_out)


def collect(scan: Scan, limits: Limits) -> dict[str, Any]:
    """All that the report shows but the source pages."""
    deals, deal_total = deal_rows(scan, limits.deals)
    entities, entity_total = people.entity_rows(
        scan, limits.entities_per_type, limits.mentions_per_entity, limits.mentions
    )
    dates, date_total = data.date_rows(scan, limits.dates)
    open_dates, open_years = data.open_date_rows(scan, limits.open_dates)
    quotations, quotation_total = speech.quotation_rows(scan, limits.quotations)
    fresh, fresh_total = watch.new_rows(scan, limits.watched)
    due, due_total = watch.due_rows(scan, limits.watched)
    documents, page_total = data.document_rows(scan, limits.documents)
    return {
        "numbers": data.clean_value(data.headline_numbers(scan)),
        "deals": deals,
        "deal_total": deal_total,
        "entities": entities,
        "entity_total": entity_total,
        "new": fresh,
        "new_total": fresh_total,
        "due": due,
        "due_total": due_total,
        "network": people.network(scan),
        "places": people.places(scan),
        "dates": dates,
        "date_total": date_total,
        "open_dates": open_dates,
        "open_years": open_years,
        "quotations": quotations,
        "quotation_total": quotation_total,
        "days": data.day_rows(scan),
        "keywords": data.keyword_rows(scan, limits.keywords),
        "documents": documents,
        "page_total": page_total,
        "quality": data.quality(scan, limits.quality),
        "labels": {key: load_labels()[key] for key in ("values", "columns")}
        | {"tables": {name: entry["name"] for name, entry in load_labels()["tables"].items()}},
    }


def _ranges(report: dict[str, Any]) -> Ranges:
    """The characters that the rows point to, by page: deals before all, a list's start for a listed page."""
    ranges: Ranges = {}
    for part in (
        "deals", "due", "quality", "network", "new", "quotations", "dates", "open_dates", "entities",
        "keywords", "documents",
    ):  # fmt: skip
        for page_id, start, end in _references(report[part]):
            ranges.setdefault(page_id, []).append((start, end))
    return ranges


def _newest_pages(scan: Scan) -> list[str]:
    rest = (
        scan("pages")
        .select("page_id", "document_id", "page_number")
        .join(scan("documents").select("document_id", "issue_on"), on="document_id", how="left")
        .sort("issue_on", "document_id", "page_number", descending=[True, False, False], nulls_last=True)
        .head(_PAGES_READ)
        .select("page_id")
        .collect()
    )
    return rest["page_id"].to_list()


def _references(value: Any) -> Iterator[tuple[str, int, int]]:
    if isinstance(value, dict):
        if "page_id" in value:
            yield value["page_id"], value.get("raw_start", 0), value.get("raw_end", 0)
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


def _pictured(scan: Scan, page_ids: list[str]) -> dict[str, tuple[str, int]]:
    """Document and page number of the pages that have a picture."""
    wanted = pl.LazyFrame({"page_id": page_ids}, schema={"page_id": pl.String})
    rows = (
        scan("pages")
        .join(wanted, on="page_id", how="semi")
        .filter(pl.col("method").is_in(["pdf", "ocr"]))
        .select("page_id", "document_id", "page_number")
        .collect()
        .rows()
    )
    return {page_id: (document_id, number) for page_id, document_id, number in rows}


def _write_images(
    folder: Path, wanted: dict[str, tuple[str, int]], page_image: PageImage, room: int
) -> list[str]:
    """Pictures of pages, for as many as there is room for."""
    used, written = 0, []
    for page_id, (document_id, number) in wanted.items():
        image = page_image(document_id, number)
        if image is None or used + len(image) > room:
            continue
        (folder / f"{page_id}.webp").write_bytes(image)
        used += len(image)
        written.append(page_id)
    return written


def _script(before: str, value: Any, after: str = ";") -> str:
    # Markup characters are escaped, so that no text can end a script or begin a tag wherever this is put.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_MARKUP)
    return f"{before}{text}{after}\n"


def _write_script(path: Path, before: str, value: Any) -> None:
    path.write_text(_script(before, value), encoding="utf-8")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
