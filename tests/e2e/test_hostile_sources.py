"""Hostile files, built here: each is refused with its reason, and the honest files beside it are read."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from flows import sources
from flows.sources import IngestOptions, Limits, RawDocument, Refusal, Source, discover, read_source

HONEST = "海州市昨日召开会议，研究部署今年春季植树造林工作，市园林局负责人出席。"
OPTIONS = IngestOptions(limits=Limits(memory_bytes=2 * 2**30, cpu_seconds=5, wall_seconds=20), ocr=False)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_all(folder: Path, options: IngestOptions = OPTIONS) -> tuple[list[RawDocument], list[Refusal]]:
    sources, refusals = discover([folder])
    documents: list[RawDocument] = []
    for source in sources:
        for item in read_source(source, options):
            if isinstance(item, RawDocument):
                documents.append(item)
            else:
                refusals.append(item)
    return documents, refusals


def pack(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def pack_encrypted() -> bytes:
    data = bytearray(pack(("a.txt", HONEST.encode()), method=zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def pack_overlap() -> bytes:
    """Two directory entries for the same bytes, as in Fifield's zip bomb."""
    data = pack(("a.txt", HONEST.encode() * 50))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    twin = entry.replace(b"a.txt", b"b.txt")
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 2, 2, 2 * len(entry))
    return data[:start] + entry + twin + bytes(tail)


def pack_link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def pack_twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", HONEST)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "别的内容，不该悄悄盖掉前一个。")
    return buffer.getvalue()


def nest(depth: int) -> bytes:
    data = pack(("a.txt", HONEST.encode()))
    for _ in range(depth - 1):
        data = pack(("inner.zip", data))
    return data


def laughing_docx() -> bytes:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "哈哈">{entities}]><w:document xmlns:w="{WORD}">'
        "<w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"
    )
    return pack(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.encode()))


def pdf(*objects: bytes) -> bytes:
    parts, offsets = [b"%PDF-1.7\n"], []
    for number, content in enumerate(objects, start=1):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = sum(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, start))
    return b"".join(parts)


def bomb_pdf() -> bytes:
    """A content stream of 1 GB that packs to 1 MB, twice deflated to less."""
    packer = zlib.compressobj(9)
    block = b"q 1 0 0 1 0 0 cm 0 0 m 9 9 l S Q\n" * 32_768
    content = b"".join(packer.compress(block) for _ in range(1_000)) + packer.flush()
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
    )


def huge_page_pdf() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200000 200000]>>",
    )


def looping_pdf() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>")


def bomb_png() -> bytes:
    """100,000 x 100,000 pixels of one bit, 10 GB as colours."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(12_501) * 1_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


UNREADABLE_PDF = {"pdf_corrupt", "page_unreadable", "extra_missing", "parser_crashed"}
OVER_LIMIT = {"memory_limit", "cpu_limit", "time_limit", "parser_crashed", "page_too_large"}

FILES: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("empty.txt", bytes, {"empty_file"}),
    ("blank.txt", lambda: b" \n\t\n", {"no_text"}),
    ("binary.txt", lambda: os.urandom(20_000), {"undecodable", "binary_content"}),
    ("zeros.txt", lambda: bytes(100_000), {"binary_content", "undecodable"}),
    ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), {"unsupported_format"}),
    ("pack.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(600), {"unsupported_format"}),
    ("ratio.zip", lambda: pack(("a.txt", b"a" * 64_000_000)), {"archive_ratio"}),
    ("overlap.zip", pack_overlap, {"archive_overlap", "archive_corrupt"}),
    ("twice.zip", pack_twice, {"archive_duplicate_name"}),
    ("encrypted.zip", pack_encrypted, {"archive_encrypted"}),
    ("path.zip", lambda: pack(("../../evil.txt", b"x"), ("/etc/evil.txt", b"x")), {"archive_unsafe_path"}),
    ("link.zip", pack_link, {"archive_link"}),
    ("deep.zip", lambda: nest(3), {"archive_too_deep"}),
    ("many.zip", lambda: pack(*((f"{i}.txt", b"") for i in range(5_001))), {"archive_too_many_entries"}),
    ("truncated.zip", lambda: pack(("a.txt", os.urandom(9_000)))[:5_000], {"archive_corrupt"}),
    ("corrupt.zip", lambda: pack(("a.txt", HONEST.encode() * 99)).replace(b"\x03\x04", b"\x03\x05", 1),
     {"archive_corrupt"}),
    ("deep.html", lambda: b"<div>" * 200_000 + b"x", {"markup_too_deep"}),
    ("wide.html", lambda: b"<p>" + b"a" * (11 << 20), {"file_too_large"}),
    ("script.html", lambda: b"<html><body><script>render()</script></body></html>", {"no_text"}),
    ("laughs.docx", laughing_docx, {"entity_declaration"}),
    ("broken.docx", lambda: b"PK\x03\x04" + os.urandom(500), {"archive_corrupt"}),
    ("rubbish.pdf", lambda: b"%PDF-1.4\n" + os.urandom(5_000), UNREADABLE_PDF),
    ("loop.pdf", looping_pdf, UNREADABLE_PDF | OVER_LIMIT | {"too_many_pages"}),
    ("bomb.pdf", bomb_pdf, OVER_LIMIT | UNREADABLE_PDF),
    ("huge.pdf", huge_page_pdf, OVER_LIMIT | UNREADABLE_PDF),
    ("bomb.png", bomb_png, OVER_LIMIT | {"image_corrupt", "extra_missing"}),
    ("cut.png", lambda: bomb_png()[:60], {"image_corrupt", "page_too_large", "extra_missing"}),
    ("rubbish.jpg", lambda: b"\xff\xd8\xff" + os.urandom(500), {"image_corrupt", "extra_missing"}),
    ("rubbish.parquet", lambda: b"PAR1" + os.urandom(500), {"malformed_record"}),
    ("deep.jsonl", lambda: b"[" * 100_000 + b"\n", {"malformed_record"}),
    ("long.jsonl", lambda: b'{"text": "' + b"a" * (2 << 20) + b'"}\n', {"line_too_long"}),
    ("open.csv", lambda: b'id,text\n1,"never closed\n' + b"some more lines\n" * 80_000, {"malformed_record"}),
    ("column.csv", lambda: b"id,words\n1,x\n", {"missing_column"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "build", "reasons"), FILES, ids=[name for name, _, _ in FILES])
def test_hostile_file_is_refused_and_the_next_is_read(
    tmp_path: Path, name: str, build: Callable[[], bytes], reasons: set[str]
) -> None:
    (tmp_path / name).write_bytes(build())
    (tmp_path / "zz_honest.txt").write_text(HONEST, encoding="utf-8")
    began = time.monotonic()
    documents, refusals = read_all(tmp_path)
    assert time.monotonic() - began < 90
    assert {refusal.reason_code for refusal in refusals} & reasons
    assert all(refusal.uri.startswith(f"{tmp_path}/{name}") for refusal in refusals)
    assert documents[-1].pages[0].raw_text == HONEST


def test_hostile_member_leaves_the_others_of_its_archive(tmp_path: Path) -> None:
    members = [("a.txt", HONEST.encode("gbk")), ("bomb.pdf", bomb_pdf()), ("deep.html", b"<div>" * 1_000)]
    (tmp_path / "all.zip").write_bytes(pack(*members, ("z.txt", HONEST.encode())))
    documents, refusals = read_all(tmp_path)
    assert [document.uri.rsplit("!/")[-1] for document in documents] == ["a.txt", "z.txt"]
    assert [document.pages[0].raw_text for document in documents] == [HONEST, HONEST]
    assert {refusal.uri.rsplit("!/")[-1].split("#")[0] for refusal in refusals} == {"bomb.pdf", "deep.html"}


def test_links_pipes_and_devices_are_refused_unopened(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("秘密，不该读到。", encoding="utf-8")
    (inside / "honest.txt").write_text(HONEST, encoding="utf-8")
    (inside / "file_link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder_link").symlink_to(outside)
    (inside / "loop").symlink_to(inside / "loop")
    (inside / "same.txt").symlink_to(inside / "honest.txt")
    (inside / "null.txt").symlink_to("/dev/null")
    os.mkfifo(inside / "pipe.txt")
    documents, refusals = read_all(inside)
    assert [document.pages[0].raw_text for document in documents] == [HONEST]
    reasons = {refusal.uri.rsplit("/")[-1]: refusal.reason_code for refusal in refusals}
    assert reasons == {
        "file_link.txt": "outside_root",
        "folder_link": "outside_root",
        "loop": "source_missing",
        "null.txt": "outside_root",
        "pipe.txt": "not_regular_file",
    }
    sources, refusals = discover([inside / "pipe.txt", "/dev/zero"])
    assert not sources
    assert [refusal.reason_code for refusal in refusals] == ["not_regular_file"] * 2


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder, and rights to no more than what everybody may read: root may read everything."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        before = os.geteuid()
        try:
            yield Path(folder)
        finally:
            os.seteuid(before)


@pytest.mark.parametrize("name", ["closed.txt", "closed.jsonl", "closed.html", "closed.zip", "closed"])
def test_file_or_folder_without_permission_is_refused(name: str) -> None:
    with nobody() as folder:
        (folder / "honest.txt").write_text(HONEST, encoding="utf-8")
        path = folder / name
        if path.suffix:
            path.write_text(HONEST, encoding="utf-8")
        else:
            path.mkdir()
            (path / "a.txt").write_text(HONEST, encoding="utf-8")
        read_all(folder)  # whatever Python loads on the way may be closed to others, too
        path.chmod(0)
        if os.geteuid() == 0:
            os.seteuid(65_534)
        documents, refusals = read_all(folder)
    assert [(refusal.uri, refusal.reason_code) for refusal in refusals] == [(str(path), "permission_denied")]
    assert [document.pages[0].raw_text for document in documents] == [HONEST]


def test_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"text": HONEST}, ensure_ascii=False) + "\n"
    path.write_text("".join(line.replace("海州", f"海州{i}") for i in range(30_000)), encoding="utf-8")
    (source,), _ = discover([path])
    items = read_source(source, OPTIONS)
    assert isinstance(next(items), RawDocument)
    with open(path, "a", encoding="utf-8") as file:
        file.write(line)
    *_, last = items
    assert isinstance(last, Refusal)
    assert last.reason_code == "source_changed"


def test_file_that_vanishes_between_its_two_passes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": HONEST}), encoding="utf-8")
    (source,), _ = discover([path])
    real, opened = sources.open_source, []

    def open_once(source: Source) -> BinaryIO:
        if len(opened) == 2:  # the head, then the first pass
            path.unlink()
        opened.append(source)
        return real(source)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "open_source", open_once)
        items = list(read_source(source, OPTIONS))
    assert [item.reason_code for item in items if isinstance(item, Refusal)] == ["source_vanished"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html", "a.zip"])
def test_file_that_changes_or_vanishes_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    content = pack(("b.txt", HONEST.encode())) if name == "a.zip" else b'{"text": "x"}\n'
    path.write_bytes(content)
    (source,), _ = discover([path])
    path.write_bytes(content + b"\n\n")
    reasons = {item.reason_code for item in read_source(source, OPTIONS) if isinstance(item, Refusal)}
    assert reasons == {"source_changed"}
    path.unlink()
    items = list(read_source(source, OPTIONS))
    assert [item.reason_code for item in items if isinstance(item, Refusal)] == ["source_vanished"]


def test_file_that_becomes_a_link_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    path = folder / "a.txt"
    path.write_text(HONEST, encoding="utf-8")
    (source,), _ = discover([folder])
    path.unlink()
    path.symlink_to(tmp_path / "secret.txt")
    (item,) = read_source(source, OPTIONS)
    assert isinstance(item, Refusal)
    assert item.reason_code == "outside_root"


def test_names_of_any_bytes_are_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + "海州日报2024年3月6日.txt".encode("gbk")
    with open(path, "wb") as file:
        file.write(HONEST.encode())
    (document,), refusals = read_all(tmp_path)
    assert not refusals
    assert document.uri.endswith("/海州日报2024年3月6日.txt")
    assert document.publication == "海州日报"
    assert document.issue_on_source == "file_name"
