"""DOCX: paragraphs with what their styles say; running heads and feet as furniture.

Read from the XML itself (ECMA-376, Part 1), so no extra is needed. Document types are refused: Word never
writes one, and entities are how a small file becomes a large one.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from transforms.ingest.archive import ArchiveBudget, Member, iter_members
from transforms.ingest.model import Limits, RawDocument, RawLine, RawPage, SourceMeta, UnreadableError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY = "word/document.xml"
_STYLES = "word/styles.xml"
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_NOTES = re.compile(r"word/(?:footnotes|endnotes)\.xml")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADLINE_STYLE = re.compile(r"^(?:title|heading [12]|标题|标题 ?[12])$", re.I)
_SUBTITLE_STYLE = re.compile(r"^(?:subtitle|副标题)$", re.I)
_CAPTION_STYLE = re.compile(r"^(?:caption|题注)$", re.I)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    font_size: float | None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    lines: tuple[str, ...]
    hint: str | None
    font_size: float | None


def read_docx(data: bytes, *, uri: str, meta: SourceMeta, limits: Limits | None = None) -> RawDocument:
    """Read a DOCX file as one page.

    Args:
        data: Bytes of the file.
        uri: Where they came from.
        meta: What is known of the source.
        limits: `text_bytes` holds for each part, `archive_ratio` for the package.

    Returns:
        The document: running heads first, then the body in order, then notes. A paragraph is a block, a
        manual break starts a line. Deleted and hidden text is left out. Hints: `headline`, `subtitle`,
        `caption`, `furniture` by style and part; `font_size` where it is stated.

    Raises:
        UnreadableError: `docx_corrupt`, `entity_declaration`, `markup_too_deep`, `no_text`, or what
            `iter_members` refuses.
    """
    limits = limits or Limits()
    parts = _read_parts(data, uri, limits)
    if _BODY not in parts:
        raise UnreadableError("docx_corrupt", "the package has no word/document.xml: save it as DOCX again")
    styles = _read_styles(parts.get(_STYLES))
    paragraphs: list[_Paragraph] = []
    for name in sorted(parts):
        if _MARGIN.fullmatch(name):
            paragraphs += _read_paragraphs(parts[name], styles, "furniture")
    paragraphs += _read_paragraphs(parts[_BODY], styles, None)
    for name in sorted(parts):
        if _NOTES.fullmatch(name):
            paragraphs += _read_paragraphs(parts[name], styles, None)
    if not any(paragraph.hint != "furniture" for paragraph in paragraphs):
        raise UnreadableError("no_text", "the document holds no text: it may be a scan; save it as PDF")
    headline = next((p for p in paragraphs if p.hint == "headline"), None)
    return RawDocument(
        uri=uri,
        media_type=MEDIA_TYPE,
        byte_count=len(data),
        content_sha256=hashlib.sha256(data).hexdigest(),
        pages=(_lay_out(paragraphs),),
        publication=meta.publication,
        issue_on=meta.issue_on,
        issue_on_source=meta.issue_on_source,
        page_label=meta.page_label,
        title=" ".join(headline.lines).strip() if headline else None,
    )


def _read_parts(data: bytes, uri: str, limits: Limits) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for member in iter_members(io.BytesIO(data), uri=uri, limits=limits, budget=ArchiveBudget.of(limits)):
        if not isinstance(member, Member):
            if member.reason_code in ("archive_encrypted", "archive_ratio", "archive_too_large"):
                raise UnreadableError(member.reason_code, member.message)
            continue
        name = member.name
        if name in (_BODY, _STYLES) or _MARGIN.fullmatch(name) or _NOTES.fullmatch(name):
            if member.byte_count > limits.text_bytes:
                raise UnreadableError(
                    "text_too_large", f"{name} has {member.byte_count:,} bytes: split the file"
                )
            parts[name] = _parse(member.read(), name)
    return parts


def _parse(data: bytes, name: str) -> Any:
    head = data[:4096].replace(b"\x00", b"")  # UTF-16 shows its ASCII this way too
    if b"<!DOCTYPE" in head or b"<!ENTITY" in data:
        raise UnreadableError("entity_declaration", f"{name} declares a document type: save it again in Word")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnreadableError("markup_too_deep", f"{name} is nested too deeply") from None
        raise UnreadableError("docx_corrupt", f"{name} is no valid XML: {error}") from None


def _read_styles(root: Any) -> Mapping[str, _Style]:
    if root is None:
        return {}
    found: dict[str, _Style] = {}
    for style in root.iter(_WORD + "style", _STRICT + "style"):
        name = _child_value(style, "name")
        found[_attribute(style, "styleId") or ""] = _Style(name or "", _size(_child(style, "rPr")))
    return found


def _read_paragraphs(root: Any, styles: Mapping[str, _Style], part_hint: str | None) -> Iterator[_Paragraph]:
    """Paragraphs in document order; those of a text box come after the one that anchors it."""
    for element in root.iter(_WORD + "p", _STRICT + "p"):
        if any(ancestor.tag == _FALLBACK for ancestor in element.iterancestors()):
            continue  # the same text box once more, for old readers
        texts: list[str] = []
        sizes: list[float] = []
        for run in _own_runs(element):
            properties = _child(run, "rPr")
            if _child(properties, "vanish") is not None:
                continue
            text = _run_text(run)
            if text.strip() and (size := _size(properties)):
                sizes.append(size)
            texts.append(text)
        lines = tuple(line for line in "".join(texts).split("\n") if line.strip())
        if not lines:
            continue
        style = styles.get(_child_value(_child(element, "pPr"), "pStyle") or "")
        size = max(set(sizes), key=sizes.count) if sizes else style.font_size if style else None
        yield _Paragraph(lines, part_hint or _style_hint(style), size)


def _own_runs(paragraph: Any) -> Iterator[Any]:
    """Runs of a paragraph, also within links and insertions, but not those of a text box inside it."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        name = _local(element)
        if name == "r":
            yield element
        elif name not in ("del", "moveFrom", "p", "pPr"):
            stack.extend(reversed(element))


def _run_text(run: Any) -> str:
    parts: list[str] = []
    for element in run:
        match _local(element):
            case "t":
                parts.append(element.text or "")
            case "tab" | "ptab":
                parts.append("\t")
            case "br" | "cr":
                parts.append("\n")
            case "noBreakHyphen":
                parts.append("-")
    return "".join(parts)


def _style_hint(style: _Style | None) -> str | None:
    if style is None:
        return None
    for pattern, hint in (
        (_HEADLINE_STYLE, "headline"),
        (_SUBTITLE_STYLE, "subtitle"),
        (_CAPTION_STYLE, "caption"),
    ):
        if pattern.match(style.name):
            return hint
    return None


def _lay_out(paragraphs: list[_Paragraph]) -> RawPage:
    parts: list[str] = []
    lines: list[RawLine] = []
    length = 0
    for block, paragraph in enumerate(paragraphs):
        for ordinal, text in enumerate(paragraph.lines):
            if lines:
                separator = "\n" if ordinal else "\n\n"
                parts.append(separator)
                length += len(separator)
            parts.append(text)
            end = length + len(text)
            lines.append(RawLine(length, end, block, paragraph.hint, font_size=paragraph.font_size))
            length = end
    return RawPage(page_number=1, raw_text="".join(parts), method="docx", lines=tuple(lines))


def _size(properties: Any) -> float | None:
    """Font size in points; the file states half points."""
    value = _child_value(properties, "sz")
    try:
        return float(value) / 2 if value else None
    except ValueError:
        return None


def _child(element: Any, name: str) -> Any:
    if element is None:
        return None
    found = element.find(_WORD + name)
    return found if found is not None else element.find(_STRICT + name)


def _child_value(element: Any, name: str) -> str | None:
    child = _child(element, name)
    return _attribute(child, "val") if child is not None else None


def _attribute(element: Any, name: str) -> str | None:
    value = element.get(_WORD + name) or element.get(_STRICT + name)
    return str(value) if value is not None else None


def _local(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
