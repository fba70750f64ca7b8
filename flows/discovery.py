"""Which files a call names, and how one is opened safely.

A folder is walked, a glob expanded; the result is sorted, so neither the order of the arguments nor of the
file system shows. Links may point anywhere within the folder given, never out of it; pipes, devices and
sockets are refused without being opened, because opening a pipe blocks for ever.
"""

from __future__ import annotations

import csv
import errno
import glob
import hashlib
import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import yaml

from flows.readers import text_decoder
from transforms.ingest.metadata import match_sidecar, merge_meta, read_file_name, read_sidecar_row
from transforms.ingest.model import Refusal, SourceMeta, UnreadableError

SIDECAR_NAMES = ("sources.csv", "sources.yml", "sources.yaml")
_SYSTEM_NAMES = {"__MACOSX", "Thumbs.db", "desktop.ini"}
_CHUNK_BYTES = 1 << 20
_SIDECAR_BYTES = 1 << 20


@dataclass(frozen=True)
class Source:
    """A file to read.

    Attributes:
        uri: Absolute path with forward slashes, as the caller named it.
        path: Real path, links resolved.
        root: Real path of the folder that the file must stay in.
        byte_count: Size when it was found.
        modified_ns: Time of change when it was found, nanoseconds since 1970.
        meta: What its name and the sidecar beside it say.
    """

    uri: str
    path: Path
    root: Path
    byte_count: int
    modified_ns: int
    meta: SourceMeta = field(default_factory=SourceMeta)

    @cached_property
    def sha256(self) -> str:
        """Hash of the bytes, 64 hexadecimal digits; reads the file once.

        Raises:
            UnreadableError: The file cannot be opened or read, or changed since it was found.
        """
        digest = hashlib.sha256()
        with open_source(self) as file:
            try:
                while chunk := file.read(_CHUNK_BYTES):
                    digest.update(chunk)
            except OSError as error:
                raise from_os_error(error) from None
            check_unchanged(self, file)
        return digest.hexdigest()


def discover(sources: Sequence[str | Path]) -> tuple[list[Source], list[Refusal]]:
    """Find the files that a call names.

    Hidden files, system files and sidecars are no sources.

    Args:
        sources: Files, folders (walked) and globs (`**` crosses folders).

    Returns:
        Files sorted by `uri`, each once; and a refusal for whatever cannot be a source.
    """
    search = _Search()
    for given in sources:
        search.add(os.fspath(given))
    return search.result()


def open_source(source: Source) -> BinaryIO:
    """Open a file for reading if it still is a regular file within its root.

    Raises:
        UnreadableError: `source_vanished`, `permission_denied`, `not_regular_file`, `outside_root` or
            `read_failed`.
    """
    try:
        # The folders on the way may have become links since the file was found.
        if not Path(os.path.realpath(source.path)).is_relative_to(source.root):
            raise UnreadableError("outside_root", f"the path now leads out of {source.root}")
        descriptor = os.open(source.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise from_os_error(error) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError(
            "not_regular_file", "this is a device, pipe or socket: copy its content to a file"
        )
    return os.fdopen(descriptor, "rb")


def check_unchanged(source: Source, file: BinaryIO) -> None:
    """Make sure that what was read is what was found.

    Raises:
        UnreadableError: `source_changed`.
    """
    status = os.fstat(file.fileno())
    if (status.st_size, status.st_mtime_ns) != (source.byte_count, source.modified_ns):
        raise UnreadableError(
            "source_changed", "the file changed while it was read: run again once it is complete"
        )


def from_os_error(error: OSError) -> UnreadableError:
    """Name the reason behind an error of the operating system."""
    detail = error.strerror or str(error)
    if isinstance(error, FileNotFoundError):
        return UnreadableError("source_vanished", "the file disappeared before it was read: run again")
    if isinstance(error, PermissionError):
        return UnreadableError("permission_denied", "no permission to read: chmod u+r or run as its owner")
    if error.errno == errno.ELOOP:
        return UnreadableError("outside_root", "the file became a link after it was found")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UnreadableError("disk_full", f"{detail}: free some space and run again")
    return UnreadableError("read_failed", f"{detail}: check the disk or network share")


class _Search:
    def __init__(self) -> None:
        self._found: dict[Path, Source] = {}
        self._refusals: dict[tuple[str, str, str], Refusal] = {}
        self._sidecars = _Sidecars(self._refuse)

    def result(self) -> tuple[list[Source], list[Refusal]]:
        sources = sorted(self._found.values(), key=lambda source: source.uri)
        return sources, [self._refusals[key] for key in sorted(self._refusals)]

    def add(self, given: str) -> None:
        if os.path.lexists(given):
            self._add_existing(given)
        elif glob.has_magic(given):
            paths = sorted(glob.glob(given, recursive=True))
            root = _glob_root(given)
            before = len(self._found) + len(self._refusals)
            for path in paths:
                if os.path.isdir(path):
                    continue
                if not _is_system_name(os.path.basename(path)):
                    self._add_file(path, root)
            if len(self._found) + len(self._refusals) == before and not paths:
                self._refuse(
                    given, "source_empty", f"no file matches {given}: quote the glob, check the folder"
                )
        else:
            self._refuse(given, "source_missing", f"nothing is at {given}: check the spelling")

    def _add_existing(self, given: str) -> None:
        if os.path.isdir(given):
            before = len(self._found) + len(self._refusals)
            self._walk(given)
            if len(self._found) + len(self._refusals) == before and not self._covers(given):
                self._refuse(
                    given, "source_empty", f"the folder {given} holds no file: point to one with pages"
                )
        else:  # named by the caller, so a link may lead anywhere
            self._add_file(given, os.path.dirname(os.path.realpath(given)))

    def _covers(self, folder: str) -> bool:
        real = Path(os.path.realpath(folder))
        return any(path.is_relative_to(real) for path in self._found)

    def _walk(self, folder: str) -> None:
        def refuse(error: OSError) -> None:
            reason = from_os_error(error)
            self._refuse(str(error.filename or folder), reason.reason_code, reason.message)

        for parent, folders, names in os.walk(folder, onerror=refuse):
            folders[:] = sorted(name for name in folders if not _is_system_name(name))
            for name in folders:
                path = os.path.join(parent, name)
                if os.path.islink(path) and not _is_inside(path, folder):
                    self._refuse(path, "outside_root", f"the link leads out of {folder}: copy the folder in")
            for name in sorted(names):
                if not _is_system_name(name) and not self._sidecars.is_sidecar(os.path.join(parent, name)):
                    self._add_file(os.path.join(parent, name), folder)

    def _add_file(self, path: str, root: str) -> None:
        real, real_root = Path(os.path.realpath(path)), Path(os.path.realpath(root))
        if not real.is_relative_to(real_root):
            self._refuse(path, "outside_root", f"the link leads out of {root}: copy the file in")
            return
        try:
            status = os.stat(real)
        except FileNotFoundError:
            self._refuse(path, "source_missing", "the link leads nowhere: repair or remove it")
            return
        except OSError as error:
            if error.errno == errno.ELOOP:
                self._refuse(path, "source_missing", "the link leads to itself: repair or remove it")
                return
            reason = from_os_error(error)
            self._refuse(path, reason.reason_code, reason.message)
            return
        if not stat.S_ISREG(status.st_mode):
            self._refuse(
                path, "not_regular_file", "this is a device, pipe or socket: copy its content to a file"
            )
            return
        uri = _uri(path)
        if real in self._found and self._found[real].uri <= uri:
            return
        meta = merge_meta(self._sidecars.find(path, root), read_file_name(_uri_tail(path, root)))
        self._found[real] = Source(uri, real, real_root, status.st_size, status.st_mtime_ns, meta)

    def _refuse(self, path: str, reason_code: str, message: str) -> None:
        uri = path if glob.has_magic(path) and not os.path.lexists(path) else _uri(path)
        self._refusals[uri, reason_code, message] = Refusal(uri, reason_code, message)


class _Sidecars:
    """Small tables beside the files; the one nearest to a file goes before those of the folders above."""

    def __init__(self, refuse: object) -> None:
        self._refuse = refuse
        self._rows: dict[str, list[tuple[str, SourceMeta]] | None] = {}

    def is_sidecar(self, path: str) -> bool:
        return os.path.basename(path) in SIDECAR_NAMES and self._load(path) is not None

    def find(self, path: str, root: str) -> SourceMeta:
        """What the sidecars in the file's folder and in those above, up to `root`, say of it."""
        metas = []
        folder, top = os.path.dirname(os.path.abspath(path)), os.path.abspath(root)
        while True:
            relative = Path(os.path.relpath(os.path.abspath(path), folder)).as_posix()
            for name in SIDECAR_NAMES:
                rows = self._load(os.path.join(folder, name))
                metas.append(match_sidecar(rows or [], relative))
            if folder == top or not folder.startswith(top) or os.path.dirname(folder) == folder:
                return merge_meta(*metas)
            folder = os.path.dirname(folder)

    def _load(self, path: str) -> list[tuple[str, SourceMeta]] | None:
        """Rows of a sidecar; `None` where the file is absent or is something else of that name."""
        path = os.path.abspath(path)
        if path not in self._rows:
            self._rows[path] = self._read(path)
        return self._rows[path]

    def _read(self, path: str) -> list[tuple[str, SourceMeta]] | None:
        if not os.path.isfile(path) or os.path.getsize(path) > _SIDECAR_BYTES:
            return None
        try:
            text = text_decoder().decode(Path(path).read_bytes()).text  # Excel writes GBK
        except (OSError, UnreadableError):
            self._say(path, "the sidecar cannot be read: save it as UTF-8")
            return []
        try:
            raw_rows = _parse_sidecar(path, text)
        except (yaml.YAMLError, csv.Error) as error:
            self._say(path, f"the sidecar cannot be parsed: {str(error).splitlines()[0]}")
            return []
        if raw_rows is None:
            return None
        rows = []
        for raw in raw_rows:
            try:
                rows.append(read_sidecar_row(raw))
            except UnreadableError as error:
                self._say(path, error.message)
        return rows

    def _say(self, path: str, message: str) -> None:
        assert callable(self._refuse)
        self._refuse(path, "invalid_sidecar", message)


def _parse_sidecar(path: str, text: str) -> list[dict[str, object]] | None:
    if path.endswith(".csv"):
        reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True)
        if "file" not in (reader.fieldnames or ()):
            return None  # an ordinary record file that happens to bear the name
        return [{key: value for key, value in row.items() if key and value} for row in reader]
    content = yaml.safe_load(text)
    if isinstance(content, dict):  # file: {issue_on: ...}
        return [{"file": name, **values} for name, values in content.items() if isinstance(values, dict)]
    if isinstance(content, list):
        return [row for row in content if isinstance(row, dict)]
    return []


def iter_chunks(file: BinaryIO, size: int = _CHUNK_BYTES) -> Iterator[bytes]:
    """The rest of a file in pieces.

    Raises:
        UnreadableError: `read_failed` and its kin.
    """
    try:
        while chunk := file.read(size):
            yield chunk
    except OSError as error:
        raise from_os_error(error) from None


def _uri(path: str) -> str:
    return _readable(os.path.abspath(path).replace(os.sep, "/"))


def _uri_tail(path: str, root: str) -> str:
    base = os.path.abspath(root)
    absolute = os.path.abspath(path)
    if not absolute.startswith(base.rstrip(os.sep) + os.sep):
        return _readable(os.path.basename(path))
    return _readable(os.path.relpath(absolute, base).replace(os.sep, "/"))


def _readable(path: str) -> str:
    """Names are bytes on disk; those of old archives are often GBK."""
    raw = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _is_system_name(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _SYSTEM_NAMES


def _is_inside(path: str, folder: str) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _glob_root(pattern: str) -> str:
    parts = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        parts.append(part)
    return os.path.join(*parts) if parts else "."
