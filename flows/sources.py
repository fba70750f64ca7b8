"""The way into the warehouse: find the sources of a call and read each into documents and refusals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.discovery import Source, check_unchanged, discover, from_os_error, iter_chunks, open_source
from flows.readers import IngestOptions, Item, read_content, read_records
from flows.sandbox import sandbox
from transforms.ingest.media_type import MediaType, sniff
from transforms.ingest.metadata import merge_meta
from transforms.ingest.model import Limits, RawDocument, Refusal, UnreadableError
from transforms.ingest.records import RecordFields

__all__ = [
    "IngestOptions",
    "Limits",
    "RawDocument",
    "RecordFields",
    "Refusal",
    "Source",
    "discover",
    "read_source",
]

_HEAD_BYTES = 4096


def read_source(source: Source, options: IngestOptions | None = None) -> Iterator[Item]:
    """Read one file.

    Record files stream: they may be larger than memory. Formats that need a parser are read in a
    process of their own under limits of memory and time.

    Args:
        source: From `discover`.
        options: What the caller says of all sources.

    Yields:
        Documents as they are ready, and a refusal for each file, member, page, record or line that is not
        one. Does not raise for anything that a file can do.
    """
    options = options or IngestOptions()
    try:
        yield from _read(source, options)
    except UnreadableError as error:
        yield Refusal(source.uri, error.reason_code, error.message)
    except OSError as error:
        reason = from_os_error(error)
        yield Refusal(source.uri, reason.reason_code, reason.message)
    except MemoryError:
        yield Refusal(source.uri, "memory_limit", "not enough memory to read the file: split it")


def _read(source: Source, options: IngestOptions) -> Iterator[Item]:
    with open_source(source) as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise UnreadableError("empty_file", "the file has no bytes: export or download it again")
    media = sniff(head, source.path.name)
    meta = merge_meta(options.meta, source.meta)
    match media.kind:
        case "jsonl" | "csv" | "json":
            yield from read_records(
                lambda: _chunks(source), media, uri=source.uri, meta=meta, options=options
            )
        case "text" | "unsupported":
            _check_size(source, media, options.limits)
            data = b"" if media.kind == "unsupported" else b"".join(_chunks(source))
            yield from read_content(data, media, uri=source.uri, meta=meta, options=options)
        case _:
            _check_size(source, media, options.limits)
            yield from sandbox().read(source, options)


def _check_size(source: Source, media: MediaType, limits: Limits) -> None:
    by_kind = {"text": limits.text_bytes, "html": limits.html_bytes, "zip": limits.archive_bytes}
    limit = by_kind.get(media.kind, limits.file_bytes)
    if media.kind not in ("unsupported", "parquet") and source.byte_count > limit:
        raise UnreadableError(
            "text_too_large" if media.kind == "text" else "file_too_large",
            f"{source.byte_count:,} bytes, the limit for {media.name} is {limit:,}: split the file",
        )


def _chunks(source: Source) -> Iterable[bytes]:
    with open_source(source) as file:
        yield from iter_chunks(file)
        check_unchanged(source, file)
