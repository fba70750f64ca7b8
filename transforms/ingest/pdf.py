"""PDF: pages with a usable text layer are read from the places of their characters, others go to OCR.

pdfium is not thread-safe: call from one thread of a process.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from transforms.ingest.assemble import assemble_page
from transforms.ingest.images import recognize_page
from transforms.ingest.model import RawPage, Refusal
from transforms.ingest.ocr import OCR_INSTALL, OcrEngine
from transforms.ingest.pdf_content import MAX_OBJECTS, PageFrame, lines_of, read_art, read_glyphs

MAX_PAGES = 500
MAX_SIDE_POINTS = 14_400  # the largest page of the PDF specification, 200 inches
RASTER_LIMIT = 100_000_000  # pixels of one rendered page
OCR_DPI = 200
LEGIBLE_SHARE = 0.75

OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,8}) 0 obj\b")
PAGE_TYPE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
MAX_SALVAGED_OBJECTS = 200_000


def read_text_layer(page: Any, page_number: int, *, strict: bool) -> RawPage | None:
    """Read one page from its text layer; `None` if that is empty or illegible.

    With `strict` one illegible font is enough: OCR will do better on the whole page.
    """
    text_page = page.get_textpage()
    try:
        frame = PageFrame(page, text_page)
        glyphs, share, lowest = read_glyphs(text_page, frame)
    finally:
        text_page.close()
    if share < LEGIBLE_SHARE or (strict and lowest < LEGIBLE_SHARE):
        return None
    art = read_art(page, frame, glyphs)
    return assemble_page(
        lines_of(glyphs, art.rules),
        art,
        page_number=page_number,
        width=frame.width,
        height=frame.height,
        method="pdf",
    )


def read_pdf(
    data: bytes,
    *,
    uri: str = "",
    ocr: OcrEngine | None = None,
    max_pages: int = MAX_PAGES,
    first_page: int = 1,
) -> Iterator[RawPage | Refusal]:
    """Read a PDF page by page.

    A page without a usable text layer is rendered and given to `ocr`, and so is a scan with invisible text
    over it: that is the reading of another engine, mostly an older one. What can be read is read: a page
    that cannot is refused alone, and of a truncated file the pages that survive are read.

    Args:
        data: Bytes of the file.
        uri: Name of the file in refusals; a page is `uri#page N`.
        ocr: Engine for pages without text; without one these are refused with the command that installs it.
        max_pages: Files with more pages are refused whole.
        first_page: Earlier pages are left out, because they are read or killed the process that read them.

    Yields:
        One `RawPage` or `Refusal` a page in page order, or one `Refusal` for the file. Reasons for a file:
        `pdf_encrypted`, `pdf_corrupt`, `too_many_pages`; for a page: `pdf_corrupt`, `page_too_large`,
        `page_unreadable`, `extra_missing`.
    """
    try:
        document = _open(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            yield Refusal(uri, "pdf_encrypted", "The PDF needs a password. Save it without one.")
        else:
            yield Refusal(
                uri, "pdf_corrupt", f"The PDF cannot be opened ({error}). Print or export it again."
            )
        return
    try:
        count = len(document)
        if count > max_pages:
            yield Refusal(uri, "too_many_pages", f"{count} pages, the limit is {max_pages}. Split the PDF.")
            return
        if not count:
            yield Refusal(uri, "pdf_corrupt", "The PDF opens but has no page. Print or export it again.")
        for index in range(first_page - 1, count):
            yield _read_one(document, index, uri, ocr)
    finally:
        document.close()


def _open(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        salvaged = None if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD else _salvage(data)
        if salvaged is None:
            raise
        return pdfium.PdfDocument(salvaged)


def _salvage(data: bytes) -> bytes | None:
    """Give a file that lost its catalogue, mostly its end, a new one over the pages that are whole."""
    end = max(data.rfind(b"endobj"), 0)
    pages: list[bytes] = []
    first = 1
    for match in islice(OBJECT.finditer(data, 0, end), MAX_SALVAGED_OBJECTS):
        first = max(first, int(match.group(1)) + 1)
        if PAGE_TYPE.search(data, match.end(), data.find(b"endobj", match.end(), match.end() + 4000)):
            pages.append(match.group(1))
    if not pages:
        return None
    kids = b" ".join(number + b" 0 R" for number in pages)
    catalogue = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (first, first + 1)
    tree = b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n" % (first + 1, len(pages), kids)
    trailer = b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (first, first + 2)
    return data[: end + 6] + b"\n" + catalogue + tree + trailer


def _read_one(document: Any, index: int, uri: str, ocr: OcrEngine | None) -> RawPage | Refusal:
    place = f"{uri}#page {index + 1}"
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        return Refusal(place, "pdf_corrupt", f"Page {index + 1} cannot be loaded: {error}")
    try:
        width, height = page.get_size()
        if max(width, height) > MAX_SIDE_POINTS or min(width, height) <= 0:
            return Refusal(
                place,
                "page_too_large",
                f"Page {index + 1} is {width:.0f} x {height:.0f} points, the limit is {MAX_SIDE_POINTS}.",
            )
        if pdfium_c.FPDFPage_CountObjects(page) == 0:
            return Refusal(
                place, "page_unreadable", f"Page {index + 1} has nothing on it. Export the PDF again."
            )
        layer = read_text_layer(page, index + 1, strict=ocr is not None)
        if layer is not None and (ocr is None or not _is_read_scan(page)):
            return layer
        if ocr is None:
            return Refusal(
                place,
                "extra_missing",
                f"Page {index + 1} has no text layer to use and needs OCR: {OCR_INSTALL}",
            )
        read = _recognize(page, index + 1, place, ocr)
        return layer if isinstance(read, Refusal) and layer is not None else read
    except pdfium.PdfiumError as error:
        return Refusal(
            place, "pdf_corrupt", f"Page {index + 1} cannot be read ({error}). Export the PDF again."
        )
    finally:
        page.close()


def _is_read_scan(page: Any) -> bool:
    """Whether a page is a picture under invisible text, as scanners write what their own engine read."""
    width, height = page.get_size()
    covered, invisible, visible = 0.0, 0, 0
    for item in islice(page.get_objects(max_depth=2), MAX_OBJECTS):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += (right - left) * (top - bottom)
        elif item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw)
            invisible += mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            visible += mode != pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            if visible > 50:
                return False
    return covered > 0.8 * width * height and invisible > 9 * visible


def _recognize(page: Any, page_number: int, place: str, ocr: OcrEngine) -> RawPage | Refusal:
    """Read a page through OCR."""
    scale = _scale(page.get_size(), OCR_DPI)
    read = recognize_page(_render(page, scale), 1 / scale, page_number, ocr)
    if read is None:
        return Refusal(
            place, "page_unreadable", f"Page {page_number} has no usable text layer and OCR found nothing."
        )
    return read


def _scale(size: tuple[float, float], dpi: float) -> float:
    """Pixels per point, less where the page would be larger than the raster limit."""
    return min(dpi / 72, math.sqrt(RASTER_LIMIT / max(size[0] * size[1], 1.0)))


def _render(page: Any, scale: float) -> np.ndarray:
    bitmap = page.render(scale=scale, draw_annots=False)
    try:
        image = np.array(bitmap.to_pil().convert("RGB"))
    finally:
        bitmap.close()
    return image


def render_page(data: bytes, page_number: int, dpi: float = 150) -> bytes:
    """Render one page as PNG, for a person to look at: upright, as its text was read.

    Args:
        data: Bytes of the PDF.
        page_number: From 1.
        dpi: Pixels an inch; lowered where the raster would exceed the limit.

    Raises:
        ValueError: The file has no such page or cannot be opened.
    """
    try:
        document = _open(data)
    except pdfium.PdfiumError as error:
        raise ValueError(f"The PDF cannot be opened: {error}") from error
    try:
        if not 1 <= page_number <= len(document):
            raise ValueError(f"The PDF has pages 1 to {len(document)}, not {page_number}")
        page = document[page_number - 1]
        text_page = page.get_textpage()
        turn = PageFrame(page, text_page).turn
        text_page.close()
        buffer = io.BytesIO()
        page.render(scale=_scale(page.get_size(), dpi), rotation=turn).to_pil().save(buffer, "PNG")
        page.close()
    finally:
        document.close()
    return buffer.getvalue()
