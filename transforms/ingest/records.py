"""Records: one JSON object, CSV row or Parquet row is one document that holds one article.

Lines arrive one by one and leave one by one, so a file of any size needs the memory of its longest line.
Which of several records with the same id stands is known only at the end of the file; `RecordCensus`
finds it in a first pass that keeps three numbers a record.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from transforms.ingest.decode import TextDecoder
from transforms.ingest.metadata import parse_date
from transforms.ingest.model import (
    IssueOnSource,
    Limits,
    RawDocument,
    RawLine,
    RawPage,
    Refusal,
    SourceMeta,
    UnreadableError,
)

_EXCERPT_CHARS = 80
Parsed = tuple[int, "Mapping[str, Any] | Refusal"]
"""Line number and record, or why the line is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFields:
    """Names of the fields that a record file uses."""

    text: str = "text"
    title: str = "title"
    id: str = "id"
    date: str = "published_on"
    publication: str = "publication"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a record file: its text, or the reason that it has none."""

    number: int
    text: str
    reason_code: str | None = None


def parse_jsonl(lines: Iterable[TextLine], *, uri: str) -> Iterator[Parsed]:
    """Parse one JSON object a line; empty lines are skipped."""
    for line in lines:
        if line.reason_code:
            yield line.number, _line_refusal(line, uri, line.reason_code, "line is longer than the limit")
        elif line.text.strip():
            yield line.number, _parse_json_line(line, uri)


def _parse_json_line(line: TextLine, uri: str) -> Mapping[str, Any] | Refusal:
    try:
        value = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        detail = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return _line_refusal(line, uri, "malformed_record", f"not valid JSON: {detail}")
    if not isinstance(value, dict):
        return _line_refusal(line, uri, "malformed_record", 'not a JSON object such as {"text": "..."}')
    return value


def parse_json(data: bytes, decoder: TextDecoder, *, uri: str, limits: Limits) -> Iterator[Parsed]:
    """Parse a JSON file that holds one object, or a list of them; the place in the list is the line number.

    Raises:
        UnreadableError: `text_too_large` or `malformed_record`.
    """
    if len(data) > limits.text_bytes:
        raise UnreadableError(
            "text_too_large", f"{len(data):,} bytes of JSON in one value: write one object a line (.jsonl)"
        )
    try:
        content = json.loads(decoder.decode(data).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("malformed_record", f"not valid JSON: {error}") from None
    for number, value in enumerate(content if isinstance(content, list) else [content], start=1):
        if isinstance(value, dict):
            yield number, value
        else:
            yield (
                number,
                Refusal(uri, "malformed_record", "not a JSON object", number, str(value)[:_EXCERPT_CHARS]),
            )


def parse_csv(
    lines: Iterable[TextLine], *, uri: str, fields: RecordFields, max_row_chars: int
) -> Iterator[Parsed]:
    """Parse delimited rows under a header; a quoted field may span lines.

    A quote that is never closed would swallow the rest of the file: once a row exceeds
    `max_row_chars`, its first line is refused and reading goes on with the second.
    """
    queue: deque[TextLine] = deque()
    source = iter(lines)
    header: list[str] = []
    delimiter = ","
    while row := _next_row(queue, source, max_row_chars):
        first, text = row
        if first.reason_code:
            message = (
                "line is longer than the limit"
                if first.reason_code == "line_too_long"
                else "quote never closed"
            )
            yield first.number, _line_refusal(first, uri, first.reason_code, message)
            continue
        if not text.strip():
            continue
        if not header:
            delimiter = max(",\t;|", key=text.count)
            header = [name.strip().removeprefix("\ufeff") for name in _split_row(text, delimiter)]
            if fields.text not in header:
                yield first.number, _missing_column(uri, first, fields.text, header)
                return
            continue
        try:
            cells = _split_row(text, delimiter)
        except csv.Error as error:
            yield first.number, _line_refusal(first, uri, "malformed_record", f"not a CSV row: {error}")
            continue
        if len(cells) != len(header):
            message = f"{len(cells)} cells under a header of {len(header)}"
            yield first.number, _line_refusal(first, uri, "malformed_record", message)
            continue
        yield first.number, dict(zip(header, cells, strict=True))


def _next_row(
    queue: deque[TextLine], source: Iterator[TextLine], max_chars: int
) -> tuple[TextLine, str] | None:
    """Join lines until the quotes are even; the first line carries a reason where that never happens."""
    first = queue.popleft() if queue else next(source, None)
    if first is None:
        return None
    if first.reason_code or first.text.count('"') % 2 == 0:
        return first, first.text
    parts, quotes, chars = [first.text], first.text.count('"'), len(first.text)
    taken = 0
    for line in _look_ahead(queue, source):
        if quotes % 2 == 0 or line.reason_code or chars > max_chars:
            break
        taken += 1
        parts.append(line.text)
        quotes += line.text.count('"')
        chars += len(line.text) + 1
    if quotes % 2:
        return TextLine(first.number, first.text, "malformed_record"), ""
    for _ in range(taken):
        queue.popleft()
    return first, "\n".join(parts)


def _look_ahead(queue: deque[TextLine], source: Iterator[TextLine]) -> Iterator[TextLine]:
    """Lines that follow; those taken from the source stay in the queue until a row has used them."""
    yield from queue
    for line in source:
        queue.append(line)
        yield line


def _split_row(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))


def _missing_column(uri: str, line: TextLine, name: str, header: list[str]) -> Refusal:
    found = ", ".join(header)[:200]
    message = f"no column {name!r}; the columns are {found}: name the text with --text-field"
    return _line_refusal(line, uri, "missing_column", message)


def _line_refusal(line: TextLine, uri: str, reason_code: str, message: str) -> Refusal:
    return Refusal(uri, reason_code, message, line.number, line.text[:_EXCERPT_CHARS] or None)


class RecordCensus:
    """First pass over a record file: which records are duplicates or superseded.

    Keeps 24 bytes a record. Of the records with one id the last stands; of those without id that say
    the same, the first.
    """

    def __init__(self) -> None:
        self._identities = array("Q")
        self._contents = array("Q")
        self._lines = array("Q")

    def add(self, line_number: int, document: RawDocument) -> None:
        """Count a record."""
        content = int(document.content_sha256[:16], 16)
        identity = content
        if document.external_id is not None:
            key = hashlib.blake2b(document.external_id.encode(), digest_size=8)
            identity = int.from_bytes(key.digest(), "big") | 1
        self._identities.append(identity if document.external_id is not None else identity & ~1)
        self._contents.append(content)
        self._lines.append(line_number)

    def losers(self) -> dict[int, tuple[str, int]]:
        """Line number of each record that does not stand, with reason code and line of the one that does."""
        identities = np.frombuffer(self._identities, dtype=np.uint64)
        values, counts = np.unique(identities, return_counts=True)
        repeated = np.flatnonzero(np.isin(identities, values[counts > 1]))
        groups: dict[int, list[int]] = {}
        for position in repeated.tolist():
            groups.setdefault(self._identities[position], []).append(position)
        losers: dict[int, tuple[str, int]] = {}
        for identity, positions in groups.items():
            winner = positions[-1] if identity & 1 else positions[0]
            for position in positions:
                if position != winner:
                    same = self._contents[position] == self._contents[winner]
                    reason = "duplicate_content" if same else "superseded_record"
                    losers[self._lines[position]] = (reason, self._lines[winner])
        return losers


def build_record(
    row: Mapping[str, Any],
    *,
    uri: str,
    line_number: int,
    fields: RecordFields,
    meta: SourceMeta,
    media_type: str,
    encoding: str | None = None,
    encoding_evidence: str | None = None,
) -> Iterator[RawDocument | Refusal]:
    """Make a document of a record.

    Args:
        row: The record.
        uri: Of the file.
        line_number: Of the record.
        fields: Which field is what.
        meta: What is known of the file; a given date goes before the record's own.
        media_type: Of the file.
        encoding: Of the file or line.
        encoding_evidence: Why that encoding.

    Yields:
        The document, or `missing_text`; besides the document `invalid_date` where its date is unreadable.
    """
    text, title = row.get(fields.text), row.get(fields.title)
    external_id = _clean_id(row.get(fields.id))
    record_uri = f"{uri}#{external_id if external_id is not None else f'line {line_number}'}"
    if not isinstance(text, str) or not text.strip():
        message = f"field {fields.text!r} holds no text; the fields are {', '.join(map(str, row))[:200]}"
        yield Refusal(record_uri, "missing_text", message, line_number, str(dict(row))[:_EXCERPT_CHARS])
        return
    text, title = _replace_surrogates(text), _replace_surrogates(title) if isinstance(title, str) else ""
    published_on, issue_on, source = row.get(fields.date), meta.issue_on, meta.issue_on_source
    if source != "given" and published_on not in (None, ""):
        own = parse_date(published_on)
        if own is None:
            message = (
                f"field {fields.date!r} is no date: {str(published_on)[:40]!r}; the record is kept without it"
            )
            yield Refusal(
                record_uri, "invalid_date", message, line_number, str(published_on)[:_EXCERPT_CHARS]
            )
        else:
            issue_on, source = own, _PUBLISHED_ON
    publication = row.get(fields.publication)
    page = _record_page(text, title.strip())
    yield RawDocument(
        uri=record_uri,
        external_id=external_id,
        media_type=media_type,
        encoding=encoding,
        encoding_evidence=encoding_evidence,
        byte_count=len(page.raw_text.encode()),
        content_sha256=hashlib.sha256(f"{title}\x1f{text}".encode()).hexdigest(),
        publication=meta.publication
        or (publication if isinstance(publication, str) and publication else None),
        issue_on=issue_on,
        issue_on_source=source,
        page_label=meta.page_label,
        title=title.strip() or None,
        layout="record",
        pages=(page,),
    )


_PUBLISHED_ON: IssueOnSource = "published_on"


def _record_page(text: str, title: str) -> RawPage:
    raw_text = f"{title}\n\n{text}" if title else text
    lines: list[RawLine] = []
    start = block = 0
    for line in raw_text.split("\n"):
        end = start + len(line)
        if line.strip():
            lines.append(RawLine(start, end, block, "headline" if start < len(title) else None))
        elif lines and lines[-1].block == block:
            block += 1
        start = end + 1
    return RawPage(page_number=1, raw_text=raw_text, method="record", lines=tuple(lines))


def _clean_id(value: object) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    return _replace_surrogates(str(value)).strip() or None


def _replace_surrogates(text: str) -> str:
    # JSON can spell half a character ("\ud83d"), which no file can hold.
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
