"""From the bytes of one file to documents: which reader takes which kind.

Runs in the calling process for text, and inside the reading process (`flows.reader_process`) for all
formats that need a parser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from flows.lookups import read_lookup
from transforms.ingest.decode import TextDecoder
from transforms.ingest.lines import read_lines
from transforms.ingest.media_type import MediaType
from transforms.ingest.model import (
    Limits,
    RawDocument,
    Refusal,
    SourceMeta,
    UnreadableError,
)
from transforms.ingest.records import (
    RecordCensus,
    RecordFields,
    build_record,
    parse_csv,
    parse_json,
    parse_jsonl,
)
from transforms.ingest.text import read_text

Item = RawDocument | Refusal
OpenChunks = Callable[[], Iterable[bytes]]
"""Gives the bytes of a file from the start, each time it is called."""


@dataclass(frozen=True, kw_only=True)
class IngestOptions:
    """What the caller says of all sources, and how far reading may go.

    Attributes:
        issue_on: Day of the issue; goes before every other date.
        publication: Name of the paper.
        page_label: The paper's own page number.
        encoding: Codec of text and record files, instead of finding it out.
        fields: Names of the fields of record files.
        limits: Caps on size, time and memory.
        ocr: Whether scans and broken text layers go to the OCR engine.
    """

    issue_on: date | None = None
    publication: str | None = None
    page_label: str | None = None
    encoding: str | None = None
    fields: RecordFields = field(default_factory=RecordFields)
    limits: Limits = field(default_factory=Limits)
    ocr: bool = True

    @property
    def meta(self) -> SourceMeta:
        """What holds for every source of the call."""
        return SourceMeta(
            issue_on=self.issue_on,
            issue_on_source="given" if self.issue_on else None,
            publication=self.publication,
            page_label=self.page_label,
        )


@lru_cache(maxsize=1)
def text_decoder() -> TextDecoder:
    """The decoder of this process."""
    return TextDecoder({"encodings": read_lookup("encodings")})


def read_records(
    open_chunks: OpenChunks, media: MediaType, *, uri: str, meta: SourceMeta, options: IngestOptions
) -> Iterator[Item]:
    """Read a JSONL, CSV or JSON file record by record, in the memory of one record.

    The file is read twice: the first pass finds which records stand (`RecordCensus`).

    Raises:
        UnreadableError: The file as a whole cannot be read.
    """
    limits, decoder = options.limits, text_decoder()

    def records() -> Iterator[tuple[int, Item]]:
        encoding, lines = read_lines(
            open_chunks(), decoder, max_line_bytes=limits.line_bytes, encoding=options.encoding
        )
        if media.kind == "jsonl":
            rows = parse_jsonl(lines, uri=uri)
        elif media.kind == "csv":
            rows = parse_csv(lines, uri=uri, fields=options.fields, max_row_chars=limits.line_bytes)
        else:
            rows = parse_json(b"".join(open_chunks()), decoder, uri=uri, limits=limits)
        for line_number, row in rows:
            if isinstance(row, Refusal):
                yield line_number, row
                continue
            for item in build_record(
                row,
                uri=uri,
                line_number=line_number,
                fields=options.fields,
                meta=meta,
                media_type=media.name,
                encoding=encoding,
                encoding_evidence="most probable text of the first lines, checked line by line",
            ):
                yield line_number, item

    yield from keep_standing(records, uri=uri)


def keep_standing(records: Callable[[], Iterator[tuple[int, Item]]], *, uri: str) -> Iterator[Item]:
    """Drop the records that another one duplicates or supersedes, each with a refusal.

    Args:
        records: Gives line numbers and items from the start, each time it is called.
        uri: Of the file.
    """
    census, is_empty = RecordCensus(), True
    for line_number, item in records():
        is_empty = False
        if isinstance(item, RawDocument):
            census.add(line_number, item)
    if is_empty:
        yield Refusal(uri, "no_text", "the file holds no record")
    losers = census.losers()
    for line_number, item in records():
        if isinstance(item, RawDocument) and line_number in losers:
            reason_code, winner = losers[line_number]
            what = "says the same" if reason_code == "duplicate_content" else "has the same id and stands"
            message = f"the record on line {winner} {what}"
            yield Refusal(item.uri, reason_code, message, line_number, item.pages[0].raw_text[:80])
        else:
            yield item


def read_content(
    data: bytes, media: MediaType, *, uri: str, meta: SourceMeta, options: IngestOptions
) -> Iterator[Item]:
    """Read one file of text that is held in memory.

    Args:
        data: Its bytes.
        media: What it is.
        uri: Where it came from.
        meta: What is known of it.
        options: Of the call.

    Yields:
        Its documents and refusals; nothing else is raised than what the process itself cannot survive.
    """
    try:
        yield from _read_content(data, media, uri=uri, meta=meta, options=options)
    except UnreadableError as error:
        yield Refusal(uri, error.reason_code, error.message)
    except RecursionError:
        yield Refusal(uri, "markup_too_deep", "the file is nested too deeply to be read")


def _read_content(
    data: bytes, media: MediaType, *, uri: str, meta: SourceMeta, options: IngestOptions
) -> Iterator[Item]:
    limits = options.limits
    sha256 = hashlib.sha256(data).hexdigest()
    match media.kind:
        case "text":
            yield read_text(
                data,
                uri=uri,
                content_sha256=sha256,
                decoder=text_decoder(),
                meta=meta,
                encoding=options.encoding,
                limits=limits,
            )
        case "jsonl" | "csv" | "json":
            yield from read_records(lambda: (data,), media, uri=uri, meta=meta, options=options)
        case "unsupported":
            raise UnreadableError("unsupported_format", f"{media.name} is not read: {media.advice}")
        case _:
            raise ValueError(f"{media.name} needs a parser: flows.parsers")
