"""A snapshot in the making: a base snapshot with a run's changes applied, not yet visible to anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import polars as pl

from warehouse import parts as part_sizes
from warehouse.files import StoreError
from warehouse.formats import UNDATED, Format, Frame, scan_files
from warehouse.manifest import DataFile, Manifest, Part
from warehouse.parts import PartWriter

K = TypeVar("K")
Batch = Sequence[int]
"""Positions of parts in `Draft.parts`: a piece of work of a bounded number of documents."""

_EMPTY_FOLDER = "empty"
_NO_MONTHS = pl.DataFrame(schema={"document_id": pl.String(), "month": pl.String()})
_NO_LOCATIONS = pl.DataFrame(schema={"document_id": pl.String(), "part": pl.UInt32()})


@dataclass(frozen=True)
class Changes:
    """What a run did to documents.

    Attributes:
        upserted: Table to its new rows, as a frame or in pieces that are read one at a time: frames or
            staged Parquet files. Tables that are absent keep the rows they have, so a run that repeats only
            a later step hands over only its tables.
        document_ids_replaced: Documents whose rows `upserted` replaces beyond those in
            `upserted["documents"]`, for a run that hands over no `documents`.
        document_ids_removed: Documents to take out of every table.
    """

    upserted: Mapping[str, Frame | Sequence[Frame | Path]] = field(default_factory=dict)
    document_ids_replaced: frozenset[str] | set[str] = frozenset()
    document_ids_removed: frozenset[str] | set[str] = frozenset()


class Draft:
    """A base snapshot plus changes; readable through `scan` before it is committed.

    Args:
        root: The warehouse.
        formats: Every table's storage.
        base: The snapshot to start from, None for the first.
    """

    def __init__(self, root: Path, formats: Mapping[str, Format], base: Manifest | None) -> None:
        self.root = root
        self.formats = formats
        self.base = base
        self.parts: list[Part] = list(base.parts) if base else []
        self.tables: dict[str, tuple[DataFile, ...]] = (
            {name: tuple(f for f in files if f.rows) for name, files in base.tables.items()} if base else {}
        )
        self._writer = PartWriter(root, formats)
        self._own_parts: list[Part] = []
        self._touched = pl.Series("document_id", [], dtype=pl.String)
        self._locations: list[pl.DataFrame] | None = None
        self._months: set[str] = set()
        self._rewritten: dict[str, pl.Series] = {}
        self.is_whole = base is None

    def scan(
        self, table: str, months: Collection[str] | None = None, batch: Batch | None = None
    ) -> pl.LazyFrame:
        """The table as it would be once committed.

        Args:
            table: Its name.
            months: Months of issue to read; all where None.
            batch: Parts to read, of a table with documents; all where None.
        """
        parts = self.parts if batch is None else [self.parts[index] for index in batch]
        return self._scan(table, parts, self.tables if batch is None else {}, months)

    def scan_base(self, table: str, months: Collection[str] | None = None) -> pl.LazyFrame:
        """The table as it is in the base."""
        parts, tables = (self.base.parts, self.base.tables) if self.base else ((), {})
        return self._scan(table, parts, tables, months)

    def scan_documents(self, table: str, document_ids: pl.Series, batch: Batch | None = None) -> pl.LazyFrame:
        """Rows of some documents, out of the files that hold them."""
        located = self.locations(batch)
        held = located.join(_ids(document_ids), on="document_id", how="semi")
        if held.height == located.height:
            return self.scan(table, batch=batch)
        rows = self.scan(table, batch=held["part"].unique().sort().to_list())
        return rows.filter(pl.col("document_id").is_in(held["document_id"].implode()))

    def _scan(
        self,
        table: str,
        parts: Sequence[Part],
        tables: Mapping[str, tuple[DataFile, ...]],
        months: Collection[str] | None,
    ) -> pl.LazyFrame:
        held = [part for part in parts if months is None or part.month in months]
        files = [part.files[table] for part in held if table in part.files]
        files += [file for file in tables.get(table, ()) if months is None or _month_of(file) in months]
        return self._writer.scan(self._format(table), files)

    @property
    def months(self) -> set[str]:
        """Months of issue in which rows of documents differ from the base; all, once `is_whole` is set."""
        if not self.is_whole:
            return set(self._months)
        files = {month for stored in self.formats.values() for month in self.known_months(stored.name)}
        return self._months | {part.month for part in self.parts} | files

    def row_count(self, table: str) -> int:
        """Rows of a table, without opening a file."""
        parts = sum(part.files[table].rows for part in self.parts if table in part.files)
        return parts + sum(file.rows for file in self.tables.get(table, ()))

    def known_months(self, table: str) -> set[str]:
        """Months that a monthly table has rows of."""
        is_monthly = self._format(table).kind == "monthly"
        return {_month_of(file) for file in self.tables.get(table, ())} if is_monthly else set()

    @property
    def touched(self) -> pl.Series:
        """Documents of which a row differs from the base, those taken out included."""
        return pl.concat([self._touched, *self._rewritten.values()]).unique().sort()

    def locations(self, batch: Batch | None = None) -> pl.DataFrame:
        """Documents of some parts, or of all: `document_id`, `part` (position in `parts`)."""
        if self._locations is None:
            self._locations = self._locate()
        found = [self._locations[index] for index in (range(len(self.parts)) if batch is None else batch)]
        return pl.concat(found) if found else _NO_LOCATIONS

    def _locate(self) -> list[pl.DataFrame]:
        position = {
            str(self.root / part.files["documents"].path): index
            for index, part in enumerate(self.parts)
            if "documents" in part.files
        }
        found = scan_files(list(position), pl.Schema({"document_id": pl.String()}), "path").select(
            "document_id", part=pl.col("path").replace_strict(position, return_dtype=pl.UInt32)
        )
        by_part = found.collect().partition_by("part", as_dict=True)
        return [by_part.get((index,), _NO_LOCATIONS) for index in range(len(self.parts))]

    def months_of(self, document_ids: pl.Series) -> set[str]:
        """Months of issue of some documents."""
        held = self.locations().join(_ids(document_ids), on="document_id", how="semi")
        return {self.parts[index].month for index in held["part"].unique()}

    def batches(
        self, months: Collection[str] | None = None, documents: pl.Series | None = None
    ) -> Iterator[Batch]:
        """Parts in groups of about `PART_DOCUMENTS` documents: memory holds one, not the corpus.

        Where there is none, there is one group without parts.

        Args:
            months: Of these months only.
            documents: Only parts that hold one of these documents.
        """
        chosen: Iterable[int] = range(len(self.parts))
        if documents is not None:
            held = self.locations().join(_ids(documents), on="document_id", how="semi")
            chosen = held["part"].unique().sort().to_list()
        wanted = [index for index in chosen if months is None or self.parts[index].month in months]
        yield from list(_grouped({index: self.parts[index].documents for index in wanted})) or [[]]

    def month_groups(self, months: Collection[str]) -> Iterator[Sequence[str]]:
        """Months in groups of about `PART_DOCUMENTS` documents; a month with more is a group of its own."""
        counts = dict.fromkeys(sorted(months), 0)
        for part in self.parts:
            if part.month in counts:
                counts[part.month] += part.documents
        yield from _grouped(counts)

    def _format(self, table: str) -> Format:
        try:
            return self.formats[table]
        except KeyError:
            raise StoreError(
                f"no table {table!r}; the registry has {', '.join(sorted(self.formats))}"
            ) from None

    def apply(self, changes: Changes) -> None:
        """Replace the rows of documents; rows of all others stay as they are.

        Raises:
            StoreError: A table has rows of documents that are not among the changed ones.
        """
        upserted = {name: self._open(name, rows) for name, rows in changes.upserted.items()}
        given = _months(upserted["documents"]) if "documents" in upserted else _NO_MONTHS
        if replaced := changes.document_ids_replaced - changes.document_ids_removed:
            others = _ids(pl.Series(sorted(replaced), dtype=pl.String)).join(
                given, on="document_id", how="anti"
            )
            stored = self.scan("documents").join(others.lazy(), on="document_id", how="semi")
            given = pl.concat([given, _months([stored])])
        removed = pl.Series("document_id", sorted(changes.document_ids_removed), dtype=pl.String)
        self._touched = pl.concat([given["document_id"], removed]).unique()
        of_documents = [stored.name for stored in self.formats.values() if stored.kind == "document"]
        kept = [name for name in of_documents if name not in upserted]
        rows = {**upserted, **{name: [self.scan_documents(name, given["document_id"])] for name in kept}}
        self._own_parts = self._writer.make_parts(given, rows, upserted)
        self._put_in_base()

    def rebased(self, base: Manifest | None) -> Draft:
        """The same document changes on another base; computed tables have to be put in again."""
        moved = Draft(self.root, self.formats, base)
        moved._writer = self._writer
        moved._own_parts = self._own_parts
        moved._touched = self._touched
        moved._put_in_base()
        return moved

    def _open(self, table: str, rows: Frame | Sequence[Frame | Path]) -> list[pl.LazyFrame]:
        stored = self._format(table)
        if stored.kind != "document":
            raise StoreError(
                f"table {table!r} has no document rows; hand it over as a whole or appended table"
            )
        pieces = [rows] if isinstance(rows, pl.DataFrame | pl.LazyFrame) else rows
        return [
            stored.conform(pl.scan_parquet(piece, glob=False) if isinstance(piece, Path) else piece)
            for piece in pieces
        ]

    def _put_in_base(self) -> None:
        """Take the touched documents out of the base's parts, then add the parts written for them."""
        if self._touched.len():
            held = self.locations().join(_ids(self._touched), on="document_id", how="semi")
            for (number,), group in held.partition_by("part", as_dict=True).items():
                index = int(str(number))
                self._months.add(self.parts[index].month)
                self.parts[index] = self._writer.without(self.parts[index], group["document_id"])
        self._months |= {part.month for part in self._own_parts}
        self.parts = [part for part in self.parts if part.documents] + self._own_parts
        self._locations = None

    def put(
        self,
        frames: Mapping[str, Frame | Iterable[Frame]],
        months: Collection[str] | None = None,
        documents: pl.Series | None = None,
        batch: Batch | None = None,
    ) -> None:
        """Put computed rows in, by the kind of each table.

        A `whole` table is replaced. A `monthly` table is replaced in the months given, or in all; its rows
        may come in several frames, each a file of its own. A `document` table gets complete rows of some
        documents, all of them in `batch` where it is given, which replace what these documents had; those
        in `documents` lose their rows where none are given. An `appended` table grows. Files are written
        only where rows differ.
        """
        for table, frame in frames.items():
            stored = self._format(table)
            if stored.kind == "monthly":
                pieces = [frame] if isinstance(frame, pl.DataFrame | pl.LazyFrame) else frame
                self._replace_months(stored, pieces, months)
                continue
            if not isinstance(frame, pl.DataFrame | pl.LazyFrame):
                raise StoreError(f"table {table!r} is put in as one frame")
            rows = stored.sort(stored.conform(frame).collect())
            if stored.kind == "whole":
                self._replace(stored, rows)
            elif stored.kind == "document":
                changed = rows["document_id"].unique() if documents is None else documents
                self._update(stored, rows, changed, batch)
            elif rows.height:
                file = self._writer.write(stored, rows, "log")
                self.tables[table] = (*self.tables.get(table, ()), file)

    def _replace(self, stored: Format, rows: pl.DataFrame) -> None:
        before = self.tables.get(stored.name, ())
        if sum(file.rows for file in before) == rows.height and self.scan(stored.name).collect().equals(rows):
            return
        self.tables[stored.name] = (self._writer.write(stored, rows, "all"),) if rows.height else ()

    def _replace_months(
        self, stored: Format, pieces: Iterable[Frame], months: Collection[str] | None
    ) -> None:
        before = self.tables.get(stored.name, ())
        kept = [file for file in before if months is not None and _month_of(file) not in months]
        replaced = [file for file in before if months is None or _month_of(file) in months]
        for piece in pieces:
            rows = stored.sort(stored.conform(piece).collect())
            groups = rows.with_columns(stored.month.alias("month")).partition_by(
                "month", as_dict=True, include_key=False, maintain_order=True
            )
            for (month,), group in groups.items():
                if months is not None and month not in months:
                    raise StoreError(
                        f"table {stored.name!r}: rows of {month}, which is not among the months given"
                    )
                alike = [file for file in replaced if _month_of(file) == month and file.rows == group.height]
                same = (file for file in alike if self._writer.scan(stored, [file]).collect().equals(group))
                kept.append(next(same, None) or self._writer.write(stored, group, str(month)))
        self.tables[stored.name] = tuple(sorted(kept, key=_month_of))

    def _update(
        self, stored: Format, rows: pl.DataFrame, document_ids: pl.Series, batch: Batch | None
    ) -> None:
        ids = _ids(document_ids)
        placed = self.locations(batch).join(ids, on="document_id", how="semi")
        if placed.height < ids.height:
            unknown = ids.join(placed, on="document_id", how="anti")["document_id"]
            raise StoreError(
                f"table {stored.name!r}: rows of unknown document(s) {', '.join(unknown.sort().head(5))}"
            )
        for (number,), some in placed.partition_by("part", as_dict=True).items():
            index = int(str(number))
            part = self.parts[index]
            new = rows.join(some.select("document_id"), on="document_id", how="semi")
            held = [part.files[stored.name]] if stored.name in part.files else []
            old = self._writer.scan(stored, held).collect()
            others = old.join(some.select("document_id"), on="document_id", how="anti")
            merged = stored.sort(pl.concat([others, new]))
            if merged.equals(old):
                continue
            file = self._writer.write(stored, merged, part.month, part.part_id) if merged.height else None
            self.parts[index] = part.with_file(stored.name, file)
            if not stored.is_internal:
                self._months.add(part.month)
                self._note_rewritten(part, some["document_id"])

    def _note_rewritten(self, part: Part, document_ids: pl.Series) -> None:
        # All documents of its own parts are touched as it is.
        if part.part_id not in {own.part_id for own in self._own_parts}:
            known = self._rewritten.get(part.part_id, document_ids.clear())
            self._rewritten[part.part_id] = pl.concat([known, document_ids]).unique()

    def compact(self) -> None:
        """Merge small parts of a month, and small files of a log."""
        self.parts = self._writer.compact(self.parts)
        for table, files in self.tables.items():
            if self._format(table).kind == "appended":
                self.tables[table] = self._writer.compact_log(table, files)
        self._locations = None

    def as_manifest(self) -> Manifest:
        """The draft as a manifest without number or run."""
        return Manifest(
            number=0, parent=0, run_id="", committed_at="", parts=tuple(self.parts), tables=dict(self.tables)
        )

    def finished_tables(self) -> dict[str, tuple[DataFile, ...]]:
        """Files outside parts; a table without any row gets an empty file that carries its schema."""
        tables = {name: files for name, files in self.tables.items() if files and name in self.formats}
        filled = set(tables) | {name for part in self.parts for name in part.files}
        for stored in self.formats.values():
            if stored.name not in filled:
                tables[stored.name] = (self._empty_file(stored),)
        return tables

    def _empty_file(self, stored: Format) -> DataFile:
        for file in self.base.tables.get(stored.name, ()) if self.base else ():
            if not file.rows and file.schema == stored.digest:
                return file
        return self._writer.write(stored, pl.DataFrame(schema=stored.schema), _EMPTY_FOLDER)

    def discard(self, keep: Iterable[str] = ()) -> None:
        """Delete the files this draft wrote, but those named in `keep` (relative paths)."""
        self._writer.discard(keep)


def _ids(document_ids: pl.Series) -> pl.DataFrame:
    return document_ids.alias("document_id").to_frame()


def _grouped(sizes: Mapping[K, int]) -> Iterator[list[K]]:
    """Keys in groups of about `PART_DOCUMENTS` together, at least one."""
    group: list[K] = []
    size = 0
    for key, one in sizes.items():
        if group and size + one > part_sizes.PART_DOCUMENTS:
            yield group
            group, size = [], 0
        group.append(key)
        size += one
    if group:
        yield group


def _month_of(file: DataFile) -> str:
    return Path(file.path).parent.name


def _months(documents: Iterable[pl.LazyFrame]) -> pl.DataFrame:
    month = pl.col("issue_on").dt.strftime("%Y-%m").fill_null(UNDATED)
    found = [some.select("document_id", month.alias("month")).collect() for some in documents]
    return pl.concat([_NO_MONTHS, *found])
