"""What goes between a run and its reading process."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from flows.discovery import Source
from flows.readers import IngestOptions
from transforms.ingest.model import RawDocument, RawLine, RawPage, Refusal

MEMORY_EXIT_CODE = 86
"""How the reading process says that it ran out of memory."""
_LINE_FIELDS = tuple(field.name for field in fields(RawLine))
_DOCUMENT_FIELDS = tuple(field.name for field in fields(RawDocument) if field.name != "pages")


@dataclass(frozen=True)
class Job:
    """What the reading process is asked to do.

    Attributes:
        source: File to read.
        options: Of the call.
        skip_units: Documents of the source to leave out, because they are read or refused.
        first_page: First page to read of the document after these.
    """

    source: Source
    options: IngestOptions
    skip_units: int = 0
    first_page: int = 1


def dump_document(document: RawDocument) -> dict[str, Any]:
    """Everything but the pages, as JSON."""
    dumped = {name: getattr(document, name) for name in _DOCUMENT_FIELDS}
    dumped["issue_on"] = document.issue_on.isoformat() if document.issue_on else None
    return dumped


def dump_page(page: RawPage) -> dict[str, Any]:
    """A page as JSON; lines are lists in the order of their fields."""
    return {
        "page_number": page.page_number,
        "raw_text": page.raw_text,
        "width": page.width,
        "height": page.height,
        "method": page.method,
        "lines": [[getattr(line, name) for name in _LINE_FIELDS] for line in page.lines],
    }


def dump_refusal(refusal: Refusal) -> dict[str, Any]:
    """A refusal as JSON."""
    return asdict(refusal)


def load_page(dumped: dict[str, Any]) -> RawPage:
    """The page that `dump_page` wrote."""
    return RawPage(**{**dumped, "lines": tuple(RawLine(*values) for values in dumped["lines"])})


def load_document(dumped: dict[str, Any], pages: list[RawPage]) -> RawDocument:
    """The document that `dump_document` wrote, with its pages."""
    issue_on = date.fromisoformat(dumped["issue_on"]) if dumped["issue_on"] else None
    return RawDocument(**{**dumped, "issue_on": issue_on, "pages": tuple(pages)})
