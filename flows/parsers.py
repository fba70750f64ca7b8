"""Readers of formats that need a parser, run inside the reading process (`flows.sandbox`).

A source falls into units: one for a file, one for each member of an archive. Units, and the pages of a
unit, are announced as they begin and end, so that the caller knows what was being read when this process
dies, and can ask to go on behind it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, BinaryIO

from flows.discovery import Source, check_unchanged, iter_chunks, open_source
from flows.lookups import read_lookup
from flows.process_limits import extend_cpu
from flows.readers import IngestOptions, Item, keep_standing, read_content, read_records
from transforms.ingest.archive import ArchiveBudget, Member, iter_members
from transforms.ingest.media_type import MediaType, sniff
from transforms.ingest.metadata import merge_meta, read_file_name
from transforms.ingest.model import RawDocument, RawPage, Refusal, SourceMeta, UnreadableError
from transforms.ingest.records import build_record

HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class UnitStart:
    """A document begins; `has_pages` says that reading can go on behind a page."""

    uri: str
    has_pages: bool


@dataclass(frozen=True, slots=True)
class PageEnd:
    """A page is read or refused."""

    page_number: int


@dataclass(frozen=True, slots=True)
class UnitEnd:
    """A document is read or refused."""


Event = UnitStart | RawPage | PageEnd | RawDocument | Refusal | UnitEnd
"""A `RawDocument` here has no pages of its own: those since the unit began or the last document are its."""


def parse_source(
    source: Source, options: IngestOptions, *, skip_units: int = 0, first_page: int = 1
) -> Iterator[Event]:
    """Read a file with whatever parser it needs.

    Args:
        source: From `discover`.
        options: Of the call.
        skip_units: Units at the beginning that are left out.
        first_page: First page of the unit after these.

    Yields:
        Events in order; a refusal instead of an exception.
    """
    parse = _Parse(options, skip_units, first_page)
    try:
        with open_source(source) as file:
            media = sniff(file.read(HEAD_BYTES), source.path.name)
            file.seek(0)
            meta = merge_meta(options.meta, source.meta)
            yield from parse.file(file, media, source=source, meta=meta)
            check_unchanged(source, file)
    except UnreadableError as error:
        yield Refusal(source.uri, error.reason_code, error.message)


@dataclass
class _Parse:
    options: IngestOptions
    skip_units: int
    first_page: int
    ordinal: int = 0
    budget: ArchiveBudget = field(init=False)

    def __post_init__(self) -> None:
        self.budget = ArchiveBudget.of(self.options.limits)

    def file(self, file: BinaryIO, media: MediaType, *, source: Source, meta: SourceMeta) -> Iterator[Event]:
        if media.kind == "zip":
            yield from self.archive(file, uri=source.uri, meta=meta, depth=1)
        elif media.kind == "parquet":
            yield from self.unit(source.uri, _read_parquet(file, media, source.uri, meta, self.options))
        else:
            data = b"".join(iter_chunks(file))
            check_unchanged(source, file)
            yield from self.content(data, media, uri=source.uri, meta=meta)

    def archive(self, file: BinaryIO, *, uri: str, meta: SourceMeta, depth: int) -> Iterator[Event]:
        limits = self.options.limits
        for member in iter_members(file, uri=uri, limits=limits, budget=self.budget):
            if isinstance(member, Refusal):
                yield from self.unit(member.uri, iter((member,)))
                continue
            member_uri = f"{uri}!/{member.name}"
            try:
                yield from self.member(member, uri=member_uri, meta=meta, depth=depth)
            except UnreadableError as error:
                refusal = Refusal(member_uri, error.reason_code, error.message)
                yield from self.unit(member_uri, iter((refusal,)))

    def member(self, member: Member, *, uri: str, meta: SourceMeta, depth: int) -> Iterator[Event]:
        own = read_file_name(member.name)
        # A sidecar speaks of all members; the name of the archive only where theirs say nothing.
        said = meta.issue_on_source in ("given", "sidecar")
        meta = merge_meta(self.options.meta, *((meta, own) if said else (own, meta)))
        head = b""
        for chunk in member.chunks():
            head = chunk[:HEAD_BYTES]
            break
        if not head:
            raise UnreadableError("empty_file", "the member has no bytes")
        media = sniff(head, member.name.rsplit("/", 1)[-1])
        limits = self.options.limits
        if media.kind == "zip":
            if depth >= limits.archive_depth:
                raise UnreadableError(
                    "archive_too_deep", "archives are nested too deeply: unpack the inner ones"
                )
            _check_member_size(member, media, limits.file_bytes)
            yield from self.archive(io.BytesIO(member.read()), uri=uri, meta=meta, depth=depth + 1)
        elif media.kind in ("jsonl", "csv"):
            records = read_records(member.chunks, media, uri=uri, meta=meta, options=self.options)
            yield from self.unit(uri, records)
        elif media.kind == "parquet":
            _check_member_size(member, media, limits.file_bytes)
            file = io.BytesIO(member.read()) if self.is_wanted() else io.BytesIO()
            yield from self.unit(uri, _read_parquet(file, media, uri, meta, self.options))
        else:
            _check_member_size(member, media, size_limit(media, self.options))
            data = member.read() if self.is_wanted() and media.kind != "unsupported" else b""
            yield from self.content(data, media, uri=uri, meta=meta)

    def is_wanted(self) -> bool:
        return self.ordinal >= self.skip_units

    def unit(self, uri: str, items: Iterator[Item]) -> Iterator[Event]:
        if not self.is_wanted():
            self.ordinal += 1
            return
        yield UnitStart(uri, has_pages=False)
        try:
            for item in items:
                yield from item.pages if isinstance(item, RawDocument) else ()
                yield item
        except UnreadableError as error:
            yield Refusal(uri, error.reason_code, error.message)
        self.ordinal += 1
        yield UnitEnd()

    def content(self, data: bytes, media: MediaType, *, uri: str, meta: SourceMeta) -> Iterator[Event]:
        match media.kind:
            case "pdf" | "image":
                yield from self.pages(data, media, uri=uri, meta=meta)
            case "html" | "docx":
                yield from self.unit(uri, _read_markup(data, media, uri=uri, meta=meta, options=self.options))
            case _:
                items = read_content(data, media, uri=uri, meta=meta, options=self.options)
                yield from self.unit(uri, items)

    def pages(self, data: bytes, media: MediaType, *, uri: str, meta: SourceMeta) -> Iterator[Event]:
        if not self.is_wanted():
            self.ordinal += 1
            return
        first_page = self.first_page if self.ordinal == self.skip_units else 1
        yield UnitStart(uri, has_pages=True)
        for number, page in enumerate(
            _read_pages(data, media, uri, first_page, self.options), start=first_page
        ):
            yield page
            yield PageEnd(number)
        yield _document(data, media, uri=uri, meta=meta)
        self.ordinal += 1
        yield UnitEnd()


def size_limit(media: MediaType, options: IngestOptions) -> int:
    """Bytes that a file of this kind may have; records and archives are limited in other ways."""
    limits = options.limits
    return {"text": limits.text_bytes, "html": limits.html_bytes}.get(media.kind, limits.file_bytes)


def _check_member_size(member: Member, media: MediaType, limit: int) -> None:
    if member.byte_count > limit:
        raise UnreadableError(
            "text_too_large" if media.kind == "text" else "file_too_large",
            f"{member.byte_count:,} bytes, the limit for {media.name} is {limit:,}: split the file",
        )


def _document(data: bytes, media: MediaType, *, uri: str, meta: SourceMeta) -> RawDocument:
    return RawDocument(
        uri=uri,
        media_type=media.name,
        byte_count=len(data),
        content_sha256=hashlib.sha256(data).hexdigest(),
        pages=(),
        publication=meta.publication,
        issue_on=meta.issue_on,
        issue_on_source=meta.issue_on_source,
        page_label=meta.page_label,
    )


def _read_pages(
    data: bytes, media: MediaType, uri: str, first_page: int, options: IngestOptions
) -> Iterator[RawPage | Refusal]:
    from transforms.ingest.pdf import read_pdf

    engine = _ocr_engine(options)
    if media.kind == "pdf":
        yield from read_pdf(data, uri=uri, ocr=engine, max_pages=options.limits.pages, first_page=first_page)
    else:
        from transforms.ingest.images import read_image

        yield from read_image(data, uri=uri, ocr=engine)


@dataclass(frozen=True)
class _LazyEngine:
    """Loads its models when the first page needs them: most PDFs never do."""

    cpu_seconds: int

    def recognize(self, image: Any) -> Any:
        extend_cpu(self.cpu_seconds)
        return _loaded_engine().recognize(image)


@lru_cache(maxsize=1)
def _loaded_engine() -> Any:
    from transforms.ingest.ocr import RapidOcrEngine

    return RapidOcrEngine()


def _ocr_engine(options: IngestOptions) -> _LazyEngine | None:
    if not options.ocr or importlib.util.find_spec("rapidocr") is None:
        return None
    return _LazyEngine(options.limits.ocr_cpu_seconds)


def _read_markup(
    data: bytes, media: MediaType, *, uri: str, meta: SourceMeta, options: IngestOptions
) -> Iterator[Item]:
    if media.kind == "docx":
        from transforms.ingest.docx import read_docx

        yield read_docx(data, uri=uri, meta=meta, limits=options.limits)
    else:
        yield html_reader().read(data, uri=uri, meta=meta, encoding=options.encoding, limits=options.limits)


@lru_cache(maxsize=1)
def html_reader() -> Any:
    """The HTML reader of this process."""
    from flows.readers import text_decoder
    from transforms.ingest.html import HtmlReader

    return HtmlReader({"html": read_lookup("html")}, text_decoder())


def _read_parquet(
    file: BinaryIO, media: MediaType, uri: str, meta: SourceMeta, options: IngestOptions
) -> Iterator[Item]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = options.fields
    names = [wanted.text, wanted.title, wanted.id, wanted.date, wanted.publication]

    def records() -> Iterator[tuple[int, Item]]:
        file.seek(0)
        try:
            table = pq.ParquetFile(file)
            columns = [name for name in names if name in table.schema_arrow.names]
            if wanted.text not in columns:
                found = ", ".join(table.schema_arrow.names)[:200]
                raise UnreadableError(
                    "missing_column",
                    f"no column {wanted.text!r}; the columns are {found}: name the text with --text-field",
                )
            number = 0
            for batch in table.iter_batches(batch_size=256, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    for item in build_record(
                        row, uri=uri, line_number=number, fields=wanted, meta=meta, media_type=media.name
                    ):
                        yield number, item
        except (pa.ArrowException, OSError, ValueError) as error:
            detail = str(error).splitlines()[0][:200]
            raise UnreadableError("malformed_record", f"the Parquet file cannot be read: {detail}") from None

    yield from keep_standing(records, uri=uri)
