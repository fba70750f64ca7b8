"""Tables for those who do not read Parquet: an Excel workbook to mail, CSV, Delta Lake.

Text of a source is data, never a formula: a workbook stores it as text, and a CSV cell that a
spreadsheet would compute gets a leading apostrophe.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.labels import column_label, value_label
from warehouse.registry import TABLES, table

Scan = Callable[[str], pl.LazyFrame]

_EXCEL_ROWS = 1_048_575
_EXCEL_CELL_CHARS = 32_767
_FORMULA_START = r"^[=+\-@\t\r]"
_CONTEXT_CHARS = 40


class ExportError(ValueError):
    """The rows do not fit the format, or the format's package is missing."""


def export_csv(scan: Scan, folder: Path, names: Sequence[str] = tuple(TABLES)) -> list[Path]:
    """Write one CSV file per table, UTF-8 with a byte order mark, as Excel expects.

    Lists are joined by `|`. A text cell that begins like a formula gets a leading apostrophe.

    Args:
        scan: Reads a table.
        folder: Where to; made if missing.
        names: Tables to write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names:
        table(name)
        frame = scan(name)
        schema = frame.collect_schema()
        lists = [c for c, dtype in schema.items() if isinstance(dtype, pl.List)]
        texts = [c for c, dtype in schema.items() if dtype == pl.String] + lists
        flat = frame.with_columns(pl.col(lists).list.join("|")).with_columns(map(_as_text, texts))
        path = folder / f"{name}.csv"
        temporary = path.with_suffix(".csv.part")
        flat.sink_csv(temporary, include_bom=True, datetime_format="%Y-%m-%dT%H:%M:%S%.fZ")
        os.replace(temporary, path)
        written.append(path)
    return written


def export_delta(scan: Scan, folder: Path, names: Sequence[str] = tuple(TABLES)) -> list[Path]:
    """Write one Delta Lake table per table, each export a new version of it.

    Raises:
        ExportError: The package deltalake is not installed.
    """
    if find_spec("deltalake") is None:
        raise ExportError("Delta needs the package deltalake: pip install 'baocang[delta]'")
    written = []
    for name in names:
        table(name)
        path = folder / name
        path.mkdir(parents=True, exist_ok=True)
        scan(name).collect().write_delta(
            path, mode="overwrite", delta_write_options={"schema_mode": "overwrite"}
        )
        written.append(path)
    return written


def export_xlsx(scan: Scan, path: Path, *, report: Path | None = None) -> Path:
    """Write the workbook that a desk mails: deals, parties, roles and sources, linked to each other.

    Args:
        scan: Reads a table.
        path: The file; replaced if it is there.
        report: The report's folder; rows then link to their characters in it.

    Raises:
        ExportError: More rows than a sheet holds; write CSV then.
    """
    import xlsxwriter

    sheets = _sheets(scan)
    for name, (_, frame) in sheets.items():
        if frame.height > _EXCEL_ROWS:
            raise ExportError(
                f"{name}: {frame.height:,} rows do not fit a sheet of {_EXCEL_ROWS:,}; export with --to csv"
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(temporary), options) as book:
        writer = _SheetWriter(book, sheets, report)
        for name in sheets:
            writer.write(name)
    os.replace(temporary, path)
    return path


def _as_text(column: str) -> pl.Expr:
    text = pl.col(column)
    return pl.when(text.str.contains(_FORMULA_START)).then(pl.lit("'") + text).otherwise(text).alias(column)


def _sheets(scan: Scan) -> dict[str, tuple[str, pl.DataFrame]]:
    """Sheet name to its table and its rows."""
    entity = scan("entities").select("entity_id", "name")
    documents = scan("documents")
    days = documents.select("document_id", "publication", "issue_on")
    deals = (
        scan("deals")
        .join(days, on="document_id", how="left")
        .join(scan("articles").select("article_id", "headline"), on="article_id", how="left")
        .join(entity.rename({"entity_id": "place_id", "name": "place"}), on="place_id", how="left")
        .join(_party_names(scan, entity), on="deal_id", how="left")
    )
    deals = _with_source_words(scan, deals).sort("issue_on", "document_id", "raw_start", nulls_last=True)
    signatory = entity.rename({"entity_id": "signatory_id", "name": "signatory"})
    parties = (
        scan("deal_parties")
        .join(scan("deals").select("deal_id", "title", "stage"), on="deal_id", how="left")
        .join(entity, on="entity_id", how="left")
        .join(signatory, on="signatory_id", how="left")
        .sort("document_id", "deal_id", "ordinal")
    )
    roles = (
        scan("roles")
        .join(days, on="document_id", how="left")
        .join(entity.rename({"entity_id": "person_id", "name": "person"}), on="person_id", how="left")
        .join(
            entity.rename({"entity_id": "organization_id", "name": "organization"}),
            on="organization_id", how="left",
        )
    )  # fmt: skip
    roles = _with_source_words(scan, roles).sort("document_id", "raw_start")
    sources = documents.sort("issue_on", "uri", "document_id", nulls_last=True)
    wanted = {
        "合作项目": ("deals", deals, (
            "title", "deal_type", "stage", "parties", "investment_cny", "dated_on", "dated_end_on",
            "expected_on", "place",
            "sector", "mode", "publication", "issue_on", "headline", "words", "same_as_deal_id", "deal_id",
            "document_id", "page_id", "raw_start", "raw_end")),
        "合作方": ("deal_parties", parties, (
            "title", "stage", "ordinal", "name", "surface_text", "party_role", "signatory", "deal_id",
            "entity_id", "document_id", "page_id", "raw_start", "raw_end")),
        "职务": ("roles", roles, (
            "person", "title", "organization", "is_former", "is_acting", "publication", "issue_on", "words",
            "role_id", "document_id", "page_id", "raw_start", "raw_end")),
        "来源": ("documents", sources, (
            "publication", "page_label", "issue_on", "title", "uri", "media_type", "encoding", "page_count",
            "byte_count", "content_sha256", "document_id")),
    }  # fmt: skip
    return {
        sheet: (name, frame.select(columns).collect()) for sheet, (name, frame, columns) in wanted.items()
    }


def _party_names(scan: Scan, entity: pl.LazyFrame) -> pl.LazyFrame:
    return (
        scan("deal_parties")
        .join(entity, on="entity_id", how="left")
        .sort("deal_id", "ordinal")
        .group_by("deal_id")
        .agg(pl.coalesce("name", "surface_text").str.join("、").alias("parties"))
    )


def _with_source_words(scan: Scan, frame: pl.LazyFrame) -> pl.LazyFrame:
    """Add `words`: the raw characters of the row in 【】 between those around them."""
    start, end, raw = pl.col("raw_start"), pl.col("raw_end"), pl.col("raw_text")
    first = pl.max_horizontal(start - _CONTEXT_CHARS, 0)
    return (
        frame.join(scan("pages").select("page_id", "raw_text"), on="page_id", how="left")
        .with_columns(
            pl.concat_str(
                raw.str.slice(first, start - first),
                pl.lit("【"),
                raw.str.slice(start, end - start),
                pl.lit("】"),
                raw.str.slice(end, _CONTEXT_CHARS),
            )
            .str.replace_all(r"\s+", " ")
            .alias("words")
        )
        .drop("raw_text")
    )


_HEADINGS = {
    "parties": "各方",
    "place": "地点",
    "words": "原文",
    "signatory": "签署人",
    "person": "人物",
    "organization": "机构",
    "name": "名称",
    "page_id": "版面（点开看原文）",
}
# One column, another word on each sheet.
_TITLES = {"deals": "项目", "deal_parties": "项目", "roles": "职务", "documents": "标题"}  # fmt: skip
_WIDTHS = {
    "title": 36, "parties": 40, "words": 70, "headline": 32, "name": 30, "surface_text": 30, "uri": 44,
    "organization": 30, "investment_cny": 18, "publication": 16, "sector": 18, "content_sha256": 20,
    "page_id": 19, "deal_id": 19, "document_id": 19, "entity_id": 19, "role_id": 19, "same_as_deal_id": 19,
}  # fmt: skip


class _SheetWriter:
    """Writes sheets with headings, widths, filters and links."""

    def __init__(self, book: Any, sheets: dict[str, tuple[str, pl.DataFrame]], report: Path | None) -> None:
        self.book, self.sheets, self.report = book, sheets, report
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self.money = book.add_format({"valign": "top", "num_format": "#,##0"})
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        self.link = book.add_format({"valign": "top", "font_color": "#1d4d8f", "underline": 1})
        # Where a link to a deal or a document leads: the row of its own sheet.
        self.rows = {
            "deal_id": ("合作项目", _row_numbers(sheets["合作项目"][1], "deal_id")),
            "document_id": ("来源", _row_numbers(sheets["来源"][1], "document_id")),
        }

    def write(self, sheet_name: str) -> None:
        name, frame = self.sheets[sheet_name]
        sheet = self.book.add_worksheet(sheet_name)
        columns = list(frame.columns)
        for index, column in enumerate(columns):
            heading = _TITLES[name] if column == "title" else _HEADINGS.get(column) or column_label(column)
            sheet.write_string(0, index, heading, self.head)
            sheet.set_column(index, index, _WIDTHS.get(column, 14))
        for number, row in enumerate(frame.iter_rows(named=True), start=1):
            for index, column in enumerate(columns):
                self._cell(sheet, number, index, column, row, own=name)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(frame.height, 1), len(columns) - 1)

    def _cell(
        self, sheet: Any, number: int, index: int, column: str, row: dict[str, Any], *, own: str
    ) -> None:
        value = row[column]
        if value is None:
            return
        if column in self.rows and (column, own) not in {("deal_id", "deals"), ("document_id", "documents")}:
            target, numbers = self.rows[column]
            if value in numbers:
                link = f"internal:'{target}'!A{numbers[value] + 1}"
                sheet.write_url(number, index, link, self.link, string=value)
                return
        if column == "page_id" and self.report is not None:
            anchor = f"#/source/{value}/{row['raw_start']}-{row['raw_end']}"
            # Excel keeps 65,530 links of this kind on a sheet; the id stays readable beyond.
            link = f"external:{self.report.as_posix()}/index.html{anchor}"
            if sheet.write_url(number, index, link, self.link, string=value) == 0:
                return
        if isinstance(value, bool):
            sheet.write_string(number, index, "是" if value else "", self.text)
        elif isinstance(value, int | float):
            sheet.write_number(number, index, value, self.money)
        elif isinstance(value, date) and not isinstance(value, datetime):
            # Excel has no day before 1900.
            if value.year >= 1900:
                sheet.write_datetime(number, index, datetime(value.year, value.month, value.day), self.day)
            else:
                sheet.write_string(number, index, value.isoformat(), self.text)
        else:
            text = value_label(column, str(value))[:_EXCEL_CELL_CHARS]
            sheet.write_string(number, index, text, self.text)


def _row_numbers(frame: pl.DataFrame, column: str) -> dict[str, int]:
    return {key: number for number, key in enumerate(frame[column].to_list(), start=1)}
