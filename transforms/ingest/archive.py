"""Members of a zip archive, each checked before a byte of it is unpacked.

Nothing is ever written: members are read in pieces, and their names are only labels. Names without the
UTF-8 flag are UTF-8 or GBK in practice.
"""

from __future__ import annotations

import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from transforms.ingest.model import Limits, Refusal, UnreadableError

_CHUNK_BYTES = 1 << 20
_RATIO_FREE_BYTES = 1 << 20
"""A member this small is harmless, however well it packs."""
_LOCAL_HEADER_BYTES = 30
_SYSTEM_MEMBER = re.compile(r"(^|/)(\.(?!\.?(?:/|$))[^/]*|__MACOSX|Thumbs\.db|desktop\.ini|~\$[^/]*)(/|$)")
_UNSAFE_NAME = re.compile(r"^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f]")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)


@dataclass(slots=True)
class ArchiveBudget:
    """What an archive with all archives inside it may still use."""

    bytes_left: int
    entries_left: int

    @classmethod
    def of(cls, limits: Limits) -> ArchiveBudget:
        """A fresh budget."""
        return cls(limits.archive_bytes, limits.archive_entries)


@dataclass(frozen=True, slots=True)
class Member:
    """A member that passed its checks.

    Attributes:
        name: Path within the archive.
        byte_count: Unpacked size.
    """

    name: str
    byte_count: int
    _archive: zipfile.ZipFile
    _info: zipfile.ZipInfo

    def chunks(self) -> Iterator[bytes]:
        """Unpacked bytes from the start.

        Raises:
            UnreadableError: `archive_corrupt`, `archive_encrypted` or `unsupported_format`.
        """
        try:
            with self._archive.open(self._info) as file:
                while chunk := file.read(_CHUNK_BYTES):
                    yield chunk
        except NotImplementedError as error:
            raise UnreadableError(
                "unsupported_format", f"packed by a method that is not read: {error}"
            ) from None
        except _BROKEN as error:
            raise UnreadableError("archive_corrupt", f"the member cannot be unpacked: {error}") from None

    def read(self) -> bytes:
        """All unpacked bytes."""
        return b"".join(self.chunks())


def iter_members(
    file: BinaryIO, *, uri: str, limits: Limits, budget: ArchiveBudget
) -> Iterator[Member | Refusal]:
    """List an archive, refusing what is unsafe.

    Args:
        file: The archive, seekable; must stay open while members are read.
        uri: Of the archive; a member is `uri!/name`.
        limits: `archive_ratio` holds.
        budget: Is used up by what is yielded.

    Yields:
        Members in the order of the archive's directory, or their refusals.

    Raises:
        UnreadableError: `archive_corrupt`, `archive_overlap` or `archive_too_many_entries`: nothing is read.
    """
    try:
        archive = zipfile.ZipFile(file)
    except NotImplementedError as error:
        raise UnreadableError("unsupported_format", f"this kind of zip is not read: {error}") from None
    except _BROKEN as error:
        raise UnreadableError("archive_corrupt", f"the archive cannot be opened: {error}") from None
    infos = [info for info in archive.infolist() if not info.is_dir()]
    budget.entries_left -= len(infos)
    if budget.entries_left < 0:
        raise UnreadableError(
            "archive_too_many_entries",
            f"{len(infos):,} members; an archive may have {limits.archive_entries:,} with all it contains",
        )
    _check_overlap(infos)
    seen: Counter[str] = Counter()
    for info in infos:
        name = _member_name(info)
        if _SYSTEM_MEMBER.search(name):
            continue
        seen[name] += 1
        member_uri = f"{uri}!/{name}"
        if seen[name] > 1:
            yield Refusal(
                member_uri, "archive_duplicate_name", f"member {seen[name]} of this name is not read"
            )
        elif refusal := _check_member(info, name, member_uri, limits, budget):
            yield refusal
        else:
            budget.bytes_left -= info.file_size
            yield Member(name, info.file_size, archive, info)


def _check_member(
    info: zipfile.ZipInfo, name: str, uri: str, limits: Limits, budget: ArchiveBudget
) -> Refusal | None:
    mode = info.external_attr >> 16
    if _UNSAFE_NAME.search(name):
        return Refusal(uri, "archive_unsafe_path", "the name leads out of the archive: pack it again")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Refusal(uri, "archive_link", "the member is a link or device: pack the file it points to")
    if info.flag_bits & 0x1:
        return Refusal(uri, "archive_encrypted", "the member needs a password: unpack it and pass the file")
    if info.file_size > _RATIO_FREE_BYTES and info.file_size > limits.archive_ratio * max(
        1, info.compress_size
    ):
        ratio = info.file_size // max(1, info.compress_size)
        return Refusal(
            uri, "archive_ratio", f"unpacks to {ratio:,} times its size, the limit is {limits.archive_ratio}"
        )
    if info.file_size > budget.bytes_left:
        return Refusal(
            uri,
            "archive_too_large",
            f"with this member the archive unpacks to more than {limits.archive_bytes:,} bytes: split it",
        )
    return None


def _check_overlap(infos: list[zipfile.ZipInfo]) -> None:
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise UnreadableError("archive_overlap", "members share the same bytes: this archive was crafted")
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size


def _member_name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename
