"""What a reader of a source hands on: documents with their pages and lines, or a refusal with its reason.

Grain: one `RawDocument` per readable source or record, one `RawPage` per page, one `RawLine` per line
of a page whose format knows more than its characters. Offsets are half-open code points into
`RawPage.raw_text`; boxes are points with the origin at the top left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Layout = Literal["page", "record"]
"""`page`: several articles may share it. `record`: one article, already cut."""

Method = Literal["text", "pdf", "ocr", "html", "docx", "record"]
"""How the characters of a page were obtained."""

IssueOnSource = Literal["given", "published_on", "sidecar", "file_name", "html_meta", "masthead"]
"""Where `issue_on` comes from; `masthead` is set later, from the text of the page itself."""

REASON_CODES: Mapping[str, str] = MappingProxyType(
    {
        # the source itself
        "source_missing": "Nothing is at this path. Check the spelling or the working directory.",
        "source_empty": "The folder or glob holds no file to read. Point to a folder that has pages.",
        "empty_file": "The file has no bytes. Export or download it again.",
        "permission_denied": "The file may not be read. Give the user of the run read permission.",
        "not_regular_file": "A device, pipe or socket is no page. Copy its content into a file.",
        "outside_root": "A link leads out of the given folder. Copy the file in or name its target.",
        "source_changed": "The file changed while it was read. Run again once it is complete.",
        "source_vanished": "The file disappeared before it was read. Run again.",
        "read_failed": "The system could not read the file. Check the disk or the network share.",
        "file_too_large": "The file is larger than the limit. Split it or raise the limit.",
        "unsupported_format": "No reader for this kind of file. Convert it to text, HTML, DOCX or PDF.",
        "extra_missing": "The format needs an extra that is not installed. The message has the command.",
        "invalid_sidecar": "The sidecar row cannot be used. Correct the field named in the message.",
        # text
        "undecodable": "No encoding gives readable text. Save as UTF-8 or name the encoding.",
        "binary_content": "The file says text but holds binary data. Check what it really is.",
        "no_text": "The source holds no visible character.",
        "text_too_large": "The text is larger than the limit. Split it or raise the limit.",
        # records
        "line_too_long": "The line is longer than the limit. Split the record or raise the limit.",
        "malformed_record": "The line is not a record of its format. Correct the line.",
        "missing_text": "The record has no text. Check --text-field.",
        "missing_column": "The file has no such column. Check --text-field and its kin.",
        "invalid_date": "The date could not be read; the record is kept without it. Write YYYY-MM-DD.",
        "superseded_record": "A later record of the file has the same id; that one is kept.",
        "quarantined": "Rows of the document fail a check. The message names it; fix the source or the rule.",
        "step_failed": "The program failed on the document; all others are built. Report it with the page.",
        "duplicate_content": "The same content is already in the warehouse under the same identity.",
        # archives
        "archive_corrupt": "The archive is damaged or truncated. Create it again.",
        "archive_encrypted": "The archive member needs a password. Unpack it and pass the files.",
        "archive_too_large": "The archive unpacks to more than the limit. Split it or raise the limit.",
        "archive_ratio": "The member expands like a zip bomb. Unpack it by hand if you trust it.",
        "archive_overlap": "Members share the same bytes, as only a crafted archive does.",
        "archive_too_many_entries": "The archive has more members than the limit. Split it.",
        "archive_too_deep": "Archives are nested deeper than the limit. Unpack the inner ones.",
        "archive_unsafe_path": "The member's name leads out of the archive. Pack it again.",
        "archive_link": "The member is a link or device. Pack the file it points to.",
        "archive_duplicate_name": "Another member has the same name. Rename one of them.",
        # documents with markup
        "markup_too_deep": "Elements are nested deeper than the limit, as only a crafted page does.",
        "docx_corrupt": "The DOCX is damaged or is no DOCX. Save it again.",
        "entity_declaration": "The XML declares entities, which an honest document never needs.",
        # PDF and images
        "pdf_corrupt": "The PDF is damaged. Print or export it again.",
        "pdf_encrypted": "The PDF needs a password. Save it without one.",
        "too_many_pages": "The document has more pages than the limit. Split it or raise the limit.",
        "page_too_large": "The page or image is larger than the limit. Scale it down.",
        "page_unreadable": "The page has no usable text layer and OCR found nothing. Check the scan.",
        "image_corrupt": "The image is damaged or truncated. Scan or export it again.",
        # limits of the reading process
        "memory_limit": "Reading took more memory than the limit. Split the file or raise the limit.",
        "cpu_limit": "Reading took more CPU time than the limit. Split the file or raise the limit.",
        "time_limit": "Reading took longer than the limit. Split the file or raise the limit.",
        "parser_crashed": "The parser died on this file. Convert it to another format.",
        "disk_full": "No space was left while reading. Free some and run again.",
    }
)
"""Every reason a source, record or line is refused, with what its owner can do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a source may ask for; the defaults hold for any honest newspaper page.

    Attributes:
        file_bytes: Size of a file other than records and archives, and of an unpacked archive member.
        text_bytes: Size of a plain text.
        html_bytes: Size of an HTML page.
        line_bytes: Size of a record.
        markup_depth: Nesting of elements.
        archive_bytes: Unpacked size of an archive with all it contains.
        archive_ratio: Unpacked to packed size of one member above 1 MB.
        archive_entries: Members of an archive with all it contains.
        archive_depth: Archives within archives; 1 is an archive of plain files.
        pages: Pages of a document.
        memory_bytes: Address space of the reading process.
        cpu_seconds: CPU time for a page, or for a source that has no pages.
        ocr_cpu_seconds: CPU time for a page that goes to OCR.
        wall_seconds: Time without any result; the limit on CPU time ends a busy parser long before.
        source_seconds: Time for a whole source that is no record file.
    """

    file_bytes: int = 200 * 2**20
    text_bytes: int = 50 * 2**20
    html_bytes: int = 10 * 2**20
    line_bytes: int = 2**20
    markup_depth: int = 500
    archive_bytes: int = 2**30
    archive_ratio: int = 100
    archive_entries: int = 5_000
    archive_depth: int = 2
    pages: int = 500
    memory_bytes: int = 2 * 2**30
    cpu_seconds: int = 60
    ocr_cpu_seconds: int = 300
    wall_seconds: float = 900.0
    source_seconds: float = 3_600.0


class UnreadableError(Exception):
    """A source cannot be read; carries what its refusal needs.

    Args:
        reason_code: A key of `REASON_CODES`.
        message: One line for a person.
    """

    def __init__(self, reason_code: str, message: str) -> None:
        super().__init__(message)
        self.reason_code = reason_code
        self.message = message


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line of a page as its format shows it.

    Attributes:
        raw_start: First code point of the line in `RawPage.raw_text`.
        raw_end: One past the last code point; the line break is not part of the line.
        block: Ordinal of the layout block that the line belongs to.
        hint: A `block_type` where the format knows it (an `<h1>`, a running head), else `None`.
        x0: Left edge in points, `None` where the format has no geometry.
        y0: Top edge in points from the top of the page.
        x1: Right edge in points.
        y1: Bottom edge in points from the top of the page.
        font_size: Size of most characters of the line in points.
        confidence_share: What the OCR engine says of the line, 0 to 1; `None` for digital text.
    """

    raw_start: int
    raw_end: int
    block: int
    hint: str | None = None
    x0: float | None = None
    y0: float | None = None
    x1: float | None = None
    y1: float | None = None
    font_size: float | None = None
    confidence_share: float | None = None


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page with its characters.

    Attributes:
        page_number: 1 for the first page of the document.
        raw_text: Characters as they came; where there are lines, these joined with a line break,
            blocks with an empty line between them.
        width: Points, `None` where the format has no page size.
        height: Points.
        method: How the characters were obtained.
        lines: In reading order; empty for plain text.
    """

    page_number: int
    raw_text: str
    width: float | None = None
    height: float | None = None
    method: Method = "text"
    lines: tuple[RawLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A readable source, or one record of a source.

    Attributes:
        uri: Absolute path; `path!/member` in an archive; `path#id` or `path#line N` for a record.
        external_id: The record's own id, `None` for anything else.
        media_type: Such as `application/pdf`.
        encoding: Character encoding that the bytes were decoded with, `None` where the format has its own.
        encoding_evidence: Why that encoding, in a few words.
        byte_count: Size of the source; for a record, of its text in UTF-8.
        content_sha256: Of the bytes; for a record, of its title and text.
        publication: Name of the paper.
        issue_on: Day of the issue.
        issue_on_source: Where `issue_on` comes from, `None` when it is.
        page_label: The paper's own page number, such as `A03`.
        title: Title that the format states.
        layout: Whether the pages hold several articles or one.
        pages: At least one.
    """

    uri: str
    media_type: str
    byte_count: int
    content_sha256: str
    pages: tuple[RawPage, ...]
    external_id: str | None = None
    encoding: str | None = None
    encoding_evidence: str | None = None
    publication: str | None = None
    issue_on: date | None = None
    issue_on_source: IssueOnSource | None = None
    page_label: str | None = None
    title: str | None = None
    layout: Layout = "page"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source, page, record or line that did not become a document.

    Attributes:
        uri: As in `RawDocument`; a page of a document is `uri#page N`.
        reason_code: A key of `REASON_CODES`.
        message: One line for a person: what is wrong with this one and what to do.
        line_number: 1-based line of a record file.
        excerpt: The first characters of what was refused.
    """

    uri: str
    reason_code: str
    message: str
    line_number: int | None = None
    excerpt: str | None = None

    def __post_init__(self) -> None:
        if self.reason_code not in REASON_CODES:
            known = ", ".join(sorted(REASON_CODES))
            raise ValueError(f"Unknown reason code {self.reason_code!r}; known: {known}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMeta:
    """What is known of a source from outside its bytes.

    Attributes:
        issue_on: Day of the issue.
        issue_on_source: Where `issue_on` comes from.
        publication: Name of the paper.
        page_label: The paper's own page number.
    """

    issue_on: date | None = None
    issue_on_source: IssueOnSource | None = None
    publication: str | None = None
    page_label: str | None = None
