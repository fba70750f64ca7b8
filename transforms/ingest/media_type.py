"""What a file is: its first bytes go before its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "html", "jsonl", "json", "csv", "parquet", "docx", "pdf", "image", "zip", "unsupported"
]


@dataclass(frozen=True, slots=True)
class MediaType:
    """Kind of reader, media type, and for an unsupported kind what to do."""

    kind: Kind
    name: str
    advice: str = ""


_OFFICE = "save it as PDF or DOCX"
_UNPACK = "unpack it and pass the folder, or pack it as zip"
_AS_TEXT = "export it as text or PDF"
_SETTINGS = "it holds settings, no page; what describes other files is named sources.csv or sources.yml"

# offset, bytes, what it is
_SIGNATURES = (
    (0, b"PAR1", MediaType("parquet", "application/vnd.apache.parquet")),
    (0, b"\x89PNG\r\n\x1a\n", MediaType("image", "image/png")),
    (0, b"\xff\xd8\xff", MediaType("image", "image/jpeg")),
    (0, b"II*\x00", MediaType("image", "image/tiff")),
    (0, b"MM\x00*", MediaType("image", "image/tiff")),
    (0, b"II+\x00", MediaType("image", "image/tiff")),
    (0, b"MM\x00+", MediaType("image", "image/tiff")),
    (0, b"GIF8", MediaType("unsupported", "image/gif", "convert it to PNG")),
    (0, b"BM", MediaType("unsupported", "image/bmp", "convert it to PNG")),
    (8, b"WEBP", MediaType("unsupported", "image/webp", "convert it to PNG")),
    (4, b"ftypheic", MediaType("unsupported", "image/heic", "convert it to PNG or JPEG")),
    (0, b"\x1f\x8b", MediaType("unsupported", "application/gzip", _UNPACK)),
    (0, b"BZh", MediaType("unsupported", "application/x-bzip2", _UNPACK)),
    (0, b"\xfd7zXZ\x00", MediaType("unsupported", "application/x-xz", _UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", MediaType("unsupported", "application/zstd", _UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", MediaType("unsupported", "application/x-7z-compressed", _UNPACK)),
    (0, b"Rar!\x1a\x07", MediaType("unsupported", "application/vnd.rar", _UNPACK)),
    (257, b"ustar", MediaType("unsupported", "application/x-tar", _UNPACK)),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaType("unsupported", "application/x-ole-storage", _OFFICE)),
    (0, b"{\\rtf", MediaType("unsupported", "application/rtf", _OFFICE)),
    (0, b"%!PS", MediaType("unsupported", "application/postscript", "convert it to PDF")),
    (0, b"\x7fELF", MediaType("unsupported", "application/x-elf", _AS_TEXT)),
    (0, b"SQLite format 3\x00", MediaType("unsupported", "application/vnd.sqlite3", "export it as CSV")),
)
_EXTENSIONS: dict[str, MediaType] = {
    "jsonl": MediaType("jsonl", "application/jsonl"),
    "ndjson": MediaType("jsonl", "application/jsonl"),
    "json": MediaType("json", "application/json"),
    "csv": MediaType("csv", "text/csv"),
    "tsv": MediaType("csv", "text/tab-separated-values"),
    "parquet": MediaType("parquet", "application/vnd.apache.parquet"),
    "pdf": MediaType("pdf", "application/pdf"),
    "docx": MediaType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "zip": MediaType("zip", "application/zip"),
    "png": MediaType("image", "image/png"),
    "jpg": MediaType("image", "image/jpeg"),
    "jpeg": MediaType("image", "image/jpeg"),
    "tif": MediaType("image", "image/tiff"),
    "tiff": MediaType("image", "image/tiff"),
    "html": MediaType("html", "text/html"),
    "htm": MediaType("html", "text/html"),
    "xhtml": MediaType("html", "application/xhtml+xml"),
    "shtml": MediaType("html", "text/html"),
    "mht": MediaType("unsupported", "multipart/related", "save the page as HTML"),
    "mhtml": MediaType("unsupported", "multipart/related", "save the page as HTML"),
    "doc": MediaType("unsupported", "application/msword", _OFFICE),
    "xlsx": MediaType("unsupported", "application/vnd.ms-excel", "export it as CSV"),
    "xls": MediaType("unsupported", "application/vnd.ms-excel", "export it as CSV"),
    "pptx": MediaType("unsupported", "application/vnd.ms-powerpoint", _OFFICE),
    "odt": MediaType("unsupported", "application/vnd.oasis.opendocument.text", _OFFICE),
    "epub": MediaType("unsupported", "application/epub+zip", _UNPACK),
    "ofd": MediaType("unsupported", "application/ofd", "convert it to PDF"),
    "ceb": MediaType("unsupported", "application/x-ceb", "convert it to PDF"),
    "caj": MediaType("unsupported", "application/x-caj", "convert it to PDF"),
    "yml": MediaType("unsupported", "application/yaml", _SETTINGS),
    "yaml": MediaType("unsupported", "application/yaml", _SETTINGS),
    "toml": MediaType("unsupported", "application/toml", _SETTINGS),
    "ini": MediaType("unsupported", "text/plain", _SETTINGS),
    "mp3": MediaType("unsupported", "audio/mpeg", _AS_TEXT),
    "mp4": MediaType("unsupported", "video/mp4", _AS_TEXT),
}
_HTML_START = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_ZIP_KINDS = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"mimetypeapplication/epub", "epub"),
    (b"mimetypeapplication/vnd.oasis", "odt"),
    (b"OFD.xml", "ofd"),
)


def sniff(head: bytes, name: str) -> MediaType:
    """Tell what a file is.

    Args:
        head: Its first 4 KB or more.
        name: Its name; the extension decides among text formats.

    Returns:
        The kind of reader; whatever is not recognised as anything else is read as text.
    """
    by_name = _EXTENSIONS.get(name.rsplit(".", 1)[-1].lower()) if "." in name else None
    if b"%PDF-" in head[:1024]:
        return _EXTENSIONS["pdf"]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(head, by_name)
    for offset, signature, media_type in _SIGNATURES:
        if head.startswith(signature, offset) and not (signature == b"BM" and b"\x00" not in head[:64]):
            return media_type
    if by_name is not None and by_name.kind != "html":
        return by_name
    sixteen_bit = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    start = head[:2048].decode("utf-16" if sixteen_bit else "latin-1", "ignore")
    if by_name is not None or _HTML_START.match(start.removeprefix("\xef\xbb\xbf")):
        return _EXTENSIONS["html"]
    return MediaType("text", "text/plain")


def _zip_kind(head: bytes, by_name: MediaType | None) -> MediaType:
    if by_name is not None and by_name.kind in ("docx", "unsupported"):
        return by_name
    for mark, extension in _ZIP_KINDS:
        if mark in head and (mark != b"word/" or b"[Content_Types].xml" in head or b"_rels/" in head):
            return _EXTENSIONS[extension]
    return _EXTENSIONS["zip"]
