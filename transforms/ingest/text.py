"""Plain text: the decoded bytes are the page."""

from __future__ import annotations

from transforms.ingest.decode import TextDecoder
from transforms.ingest.model import Limits, RawDocument, RawPage, SourceMeta, UnreadableError


def read_text(
    data: bytes,
    *,
    uri: str,
    content_sha256: str,
    decoder: TextDecoder,
    meta: SourceMeta,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> RawDocument:
    """Read a plain text file as one page without lines.

    Args:
        data: The bytes of the file.
        uri: Where they came from.
        content_sha256: Hash of `data`.
        decoder: Finds the encoding.
        meta: What is known of the source.
        encoding: Codec named by the caller.
        limits: `text_bytes` holds.

    Returns:
        The document; `raw_text` is the decoded text less a byte order mark.

    Raises:
        UnreadableError: `text_too_large`, `no_text`, `undecodable` or `binary_content`.
    """
    limits = limits or Limits()
    if len(data) > limits.text_bytes:
        raise UnreadableError(
            "text_too_large",
            f"{len(data):,} bytes of text, the limit is {limits.text_bytes:,}: split the file",
        )
    decoded = decoder.decode(data, encoding=encoding)
    if not decoded.text.strip():
        raise UnreadableError("no_text", f"{len(data):,} bytes, but no visible character")
    evidence = decoded.evidence
    if decoded.replaced_count:
        evidence += f"; {decoded.replaced_count} undecodable places"
    return RawDocument(
        uri=uri,
        media_type="text/plain",
        byte_count=len(data),
        content_sha256=content_sha256,
        pages=(RawPage(page_number=1, raw_text=decoded.text),),
        encoding=decoded.encoding,
        encoding_evidence=evidence,
        publication=meta.publication,
        issue_on=meta.issue_on,
        issue_on_source=meta.issue_on_source,
        page_label=meta.page_label,
    )
