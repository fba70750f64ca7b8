"""The manifest: which files make up one snapshot of all tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

MANIFEST_VERSION = 1
HISTORY_LENGTH = 500


@dataclass(frozen=True, slots=True)
class DataFile:
    """One immutable Parquet file.

    Attributes:
        path: Relative to the warehouse, `files/<table>/<month>/<name>.parquet`.
        rows: Row count.
        bytes: Size.
        schema: Digest of its columns; files of a table differ in it after a column was declared.
    """

    path: str
    rows: int
    bytes: int
    schema: str


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one group of documents in every table that has a `document_id`.

    A document is in exactly one part, so replacing it touches the files of that part only.

    Attributes:
        part_id: Unique name.
        month: Issue month `YYYY-MM` of its documents, or `undated`.
        documents: How many documents it holds.
        files: Table to its file; a table without rows of these documents is absent.
    """

    part_id: str
    month: str
    documents: int
    files: Mapping[str, DataFile]

    def with_file(self, table: str, file: DataFile | None) -> Part:
        """The part with one table's file replaced or, given None, left out."""
        files = {name: kept for name, kept in self.files.items() if name != table}
        if file is not None:
            files[table] = file
        return replace(self, files=files)


@dataclass(frozen=True, slots=True)
class TableDelta:
    """How a run changed one table, counted by primary key."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Manifest:
    """One committed snapshot.

    Attributes:
        number: Snapshot number, counting from 1.
        parent: Number of the snapshot it was made from, 0 for the first.
        run_id: The run that committed it.
        committed_at: UTC, ISO 8601.
        parts: Rows of tables with a `document_id`.
        tables: Files of all other tables, in the order they were appended.
        delta: Row changes against the parent, by table.
        info: What the run says about itself: code version, inputs, settings.
        history: (snapshot, run_id) of the last runs, newest last, so that a retry finds its own commit
            although the snapshot it made was pruned.
    """

    number: int
    parent: int
    run_id: str
    committed_at: str
    parts: tuple[Part, ...]
    tables: Mapping[str, tuple[DataFile, ...]]
    delta: Mapping[str, TableDelta] = field(default_factory=dict)
    info: Mapping[str, Any] = field(default_factory=dict)
    history: tuple[tuple[int, str], ...] = ()

    def files(self, table: str) -> list[DataFile]:
        """Files of one table."""
        return [part.files[table] for part in self.parts if table in part.files] + list(
            self.tables.get(table, ())
        )

    def all_files(self) -> Iterator[tuple[str, DataFile]]:
        """(table, file) of every file."""
        for part in self.parts:
            yield from part.files.items()
        for table, files in self.tables.items():
            for file in files:
                yield table, file

    def rows(self, table: str) -> int:
        """Row count of one table, without opening a file."""
        return sum(file.rows for file in self.files(table))

    def with_delta(self, delta: Mapping[str, TableDelta]) -> Manifest:
        """The manifest with row changes counted."""
        return replace(self, delta=delta)

    def to_json(self) -> bytes:
        """UTF-8 JSON."""
        content = {"manifest_version": MANIFEST_VERSION, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, default=str, indent=1).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Read what `to_json` wrote.

        Raises:
            ValueError: Not a manifest, or of a later version.
        """
        data = json.loads(content)
        version = data.pop("manifest_version", None)
        if version != MANIFEST_VERSION:
            raise ValueError(f"manifest version {version}, this baocang reads {MANIFEST_VERSION}: update it")
        return cls(
            number=data["number"],
            parent=data["parent"],
            run_id=data["run_id"],
            committed_at=data["committed_at"],
            parts=tuple(
                Part(
                    part_id=part["part_id"],
                    month=part["month"],
                    documents=part["documents"],
                    files={name: DataFile(**file) for name, file in part["files"].items()},
                )
                for part in data["parts"]
            ),
            tables={name: tuple(DataFile(**f) for f in files) for name, files in data["tables"].items()},
            delta={name: TableDelta(**delta) for name, delta in data["delta"].items()},
            info=data["info"],
            history=tuple((number, run_id) for number, run_id in data["history"]),
        )
