"""A snapshot in the making: a base snapshot with a run's changes applied, not yet visible to anybody.

New files are written under their final names at once; only a manifest makes them part of the warehouse.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from warehouse.files import StoreError, explain_errors, write_parquet
from warehouse.formats import UNDATED, Format, Frame, scan_files
from warehouse.manifest import DataFile, Manifest, Part

PART_DOCUMENTS = 4096
"""Documents in one part at most: replacing one document rewrites one part."""

FAN_OUT = 8
"""So many parts (or log files) of a size class are merged into one of the next."""

_DOCUMENTS_A_PASS = 4 * PART_DOCUMENTS
_EMPTY_FOLDER = "empty"


@dataclass(frozen=True)
class Changes:
    """What a run did to documents.

    Attributes:
        upserted: Table to its new rows, as a frame or as staged Parquet files. Tables that are absent keep
            the rows they have, so a run that repeats only a later step hands over only its tables.
        document_ids_replaced: Documents whose rows `upserted` replaces beyond those in
            `upserted["documents"]`, for a run that hands over no `documents`.
        document_ids_removed: Documents to take out of every table.
    """

    upserted: Mapping[str, Frame | Sequence[Path]] = field(default_factory=dict)
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
        self._written: list[Path] = []
        self._own_parts: list[Part] = []
        self._touched = pl.Series("document_id", [], dtype=pl.String)
        self._locations: pl.DataFrame | None = None
        self._months: set[str] = set()
        self._rewritten: set[str] = set()
        self.is_whole = base is None

    # -- reading ------------------------------------------------------------------------------------

    def scan(self, table: str, months: Collection[str] | None = None) -> pl.LazyFrame:
        """The table as it would be once committed; of some months of issue only, where they are given."""
        return self._scan(table, self.parts, self.tables, months)

    def scan_base(self, table: str, months: Collection[str] | None = None) -> pl.LazyFrame:
        """The table as it is in the base."""
        parts, tables = (self.base.parts, self.base.tables) if self.base else ((), {})
        return self._scan(table, parts, tables, months)

    def scan_documents(self, table: str, document_ids: pl.Series) -> pl.LazyFrame:
        """Rows of some documents, out of the files that hold them."""
        ids = document_ids.alias("document_id").to_frame()
        held = self.locations().join(ids, on="document_id", how="semi")
        if held.height == self.locations().height:
            return self.scan(table)
        parts = [self.parts[index] for index in held["part"].unique().sort()]
        return self._scan(table, parts, {}, None).filter(pl.col("document_id").is_in(document_ids.implode()))

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
        return scan_files([str(self.root / file.path) for file in files], self._format(table).schema)

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
        rewritten = pl.Series("document_id", sorted(self._rewritten), dtype=pl.String)
        return pl.concat([self._touched, rewritten]).unique().sort()

    def held(self, document_ids: pl.Series) -> pl.Series:
        """Those of some documents that the draft holds."""
        ids = document_ids.alias("document_id").to_frame()
        return self.locations().join(ids, on="document_id", how="semi")["document_id"]

    def months_of(self, document_ids: pl.Series) -> set[str]:
        """Months of issue of some documents."""
        ids = document_ids.alias("document_id").to_frame()
        held = self.locations().join(ids, on="document_id", how="semi")["part"].unique()
        return {self.parts[index].month for index in held}

    def documents_of(self, months: Collection[str]) -> pl.Series:
        """Documents of some months of issue."""
        held = pl.Series(
            "part", [i for i, part in enumerate(self.parts) if part.month in months], dtype=pl.Int64
        )
        return self.locations().join(held.to_frame(), on="part", how="semi")["document_id"]

    def batches(self, months: Collection[str]) -> Iterator[set[str]]:
        """Months in groups of about `PART_DOCUMENTS` documents: memory holds one, not the corpus."""
        counts = dict.fromkeys(sorted(months), 0)
        for part in self.parts:
            if part.month in counts:
                counts[part.month] += part.documents
        batch: set[str] = set()
        size = 0
        for month, count in counts.items():
            if batch and size + count > PART_DOCUMENTS:
                yield batch
                batch, size = set(), 0
            batch.add(month)
            size += count
        if batch:
            yield batch

    def _format(self, table: str) -> Format:
        try:
            return self.formats[table]
        except KeyError:
            raise StoreError(
                f"no table {table!r}; the registry has {', '.join(sorted(self.formats))}"
            ) from None

    def _document_tables(self) -> list[Format]:
        return [stored for stored in self.formats.values() if stored.kind == "document"]

    def locations(self) -> pl.DataFrame:
        """One row per document: `document_id`, `part` (position in `parts`)."""
        if self._locations is None:
            position = {
                str(self.root / part.files["documents"].path): index
                for index, part in enumerate(self.parts)
                if "documents" in part.files
            }
            found = scan_files(list(position), pl.Schema({"document_id": pl.String()}), "path")
            self._locations = found.select(
                "document_id",
                pl.col("path").replace_strict(position, return_dtype=pl.Int64).alias("part"),
            ).collect()
        return self._locations

    # -- documents ----------------------------------------------------------------------------------

    def apply(self, changes: Changes) -> None:
        """Replace the rows of documents; rows of all others stay as they are.

        Raises:
            StoreError: A table has rows of documents that are not among the changed ones.
        """
        upserted = {name: self._open(name, rows) for name, rows in changes.upserted.items()}
        given = _months(upserted["documents"]) if "documents" in upserted else _no_months()
        others = (changes.document_ids_replaced - set(given["document_id"])) - changes.document_ids_removed
        if others:
            stored = self.scan("documents").filter(pl.col("document_id").is_in(list(others)))
            given = pl.concat([given, _months(stored)])
        removed = pl.Series("document_id", sorted(changes.document_ids_removed), dtype=pl.String)
        self._touched = pl.concat([given["document_id"], removed]).unique()
        self._own_parts = self._write_parts(given, upserted)
        self._put_in_base()

    def rebased(self, base: Manifest | None) -> Draft:
        """The same document changes on another base; computed tables have to be put in again."""
        moved = Draft(self.root, self.formats, base)
        moved._written = self._written
        moved._own_parts = self._own_parts
        moved._touched = self._touched
        moved._put_in_base()
        return moved

    def _open(self, table: str, rows: Frame | Sequence[Path]) -> pl.LazyFrame:
        stored = self._format(table)
        if stored.kind != "document":
            raise StoreError(
                f"table {table!r} has no document rows; hand it over as a whole or appended table"
            )
        if isinstance(rows, pl.DataFrame | pl.LazyFrame):
            return stored.conform(rows)
        paths = [str(path) for path in rows]
        return (
            stored.conform(pl.scan_parquet(paths, glob=False))
            if paths
            else pl.LazyFrame(schema=stored.schema)
        )

    def _write_parts(self, given: pl.DataFrame, upserted: Mapping[str, pl.LazyFrame]) -> list[Part]:
        given = given.unique("document_id", keep="last").sort("month", "document_id")
        parts: list[Part] = []
        labels: list[str] = []
        for (month,), group in given.partition_by("month", as_dict=True, maintain_order=True).items():
            for start in range(0, group.height, PART_DOCUMENTS):
                count = min(PART_DOCUMENTS, group.height - start)
                part = Part(part_id=uuid.uuid4().hex, month=str(month), documents=count, files={})
                parts.append(part)
                labels += [part.part_id] * count
        assigned = given.select("document_id").with_columns(pl.Series("part_id", labels, dtype=pl.String))
        by_id = {part.part_id: part for part in parts}
        expected = {name: rows.select(pl.len()).collect().item() for name, rows in upserted.items()}
        for start in range(0, assigned.height, _DOCUMENTS_A_PASS):
            some = assigned.slice(start, _DOCUMENTS_A_PASS)
            for stored in self._document_tables():
                rows = upserted.get(stored.name, self.scan(stored.name))
                frame = rows.join(some.lazy(), on="document_id", how="inner").collect()
                expected[stored.name] = expected.get(stored.name, frame.height) - frame.height
                for (part_id,), group in frame.partition_by("part_id", as_dict=True).items():
                    part = by_id[str(part_id)]
                    file = self._write(stored, group.drop("part_id"), part.month, part.part_id)
                    by_id[str(part_id)] = part.with_file(stored.name, file)
        strays = sorted(name for name in upserted if expected[name])
        if strays:
            raise StoreError(
                f"table(s) {', '.join(strays)} have rows of documents that this run did not change; "
                "name those documents in document_ids_replaced or hand over their `documents` rows"
            )
        return list(by_id.values())

    def _put_in_base(self) -> None:
        """Take the touched documents out of the base's parts, then add the parts written for them."""
        if self._touched.len():
            held = self.locations().join(self._touched.to_frame(), on="document_id", how="semi")
            for (index,), group in held.partition_by("part", as_dict=True).items():
                part = self.parts[int(str(index))]
                self._months.add(part.month)
                self.parts[int(str(index))] = self._without(part, group["document_id"])
        self._months |= {part.month for part in self._own_parts}
        self.parts = [part for part in self.parts if part.documents] + self._own_parts
        self._locations = None

    def _without(self, part: Part, document_ids: pl.Series) -> Part:
        left = part.documents - document_ids.len()
        smaller = Part(part_id=uuid.uuid4().hex, month=part.month, documents=left, files={})
        if not left:
            return smaller
        for table, file in part.files.items():
            if table not in self.formats:
                continue
            stored = self._format(table)
            rows = scan_files([str(self.root / file.path)], stored.schema)
            kept = rows.join(document_ids.to_frame().lazy(), on="document_id", how="anti").collect()
            if kept.height == file.rows:
                smaller = smaller.with_file(table, file)
            elif kept.height:
                smaller = smaller.with_file(table, self._write(stored, kept, part.month, smaller.part_id))
        return smaller

    # -- computed tables ----------------------------------------------------------------------------

    def put(
        self,
        frames: Mapping[str, Frame],
        months: Collection[str] | None = None,
        documents: pl.Series | None = None,
    ) -> None:
        """Put computed rows in, by the kind of each table.

        A `whole` table is replaced. A `monthly` table is replaced in the months given, or in all. A
        `document` table gets complete rows of some documents, which replace what these documents had; those
        in `documents` lose their rows where none are given. An `appended` table grows. Files are written
        only where rows differ.
        """
        for table, frame in frames.items():
            stored = self._format(table)
            rows = stored.sort(stored.conform(frame).collect())
            if stored.kind == "whole":
                self._replace(stored, rows)
            elif stored.kind == "monthly":
                self._replace_months(stored, rows, months)
            elif stored.kind == "document":
                self._update(stored, rows, rows["document_id"].unique() if documents is None else documents)
            elif rows.height:
                file = self._write(stored, rows, "log", uuid.uuid4().hex)
                self.tables[table] = (*self.tables.get(table, ()), file)

    def _replace(self, stored: Format, rows: pl.DataFrame) -> None:
        before = self.tables.get(stored.name, ())
        if sum(file.rows for file in before) == rows.height and self.scan(stored.name).collect().equals(rows):
            return
        if rows.height:
            self.tables[stored.name] = (self._write(stored, rows, "all", uuid.uuid4().hex),)
        else:
            self.tables[stored.name] = ()

    def _replace_months(self, stored: Format, rows: pl.DataFrame, months: Collection[str] | None) -> None:
        before = self.tables.get(stored.name, ())
        kept = [file for file in before if months is not None and _month_of(file) not in months]
        groups = rows.with_columns(stored.month.alias("month")).partition_by(
            "month", as_dict=True, include_key=False, maintain_order=True
        )
        for (month,), group in groups.items():
            if months is not None and month not in months:
                raise StoreError(
                    f"table {stored.name!r}: rows of {month}, which is not among the months given"
                )
            held = [file for file in before if _month_of(file) == month]
            paths = [str(self.root / file.path) for file in held]
            if sum(file.rows for file in held) == group.height and scan_files(
                paths, stored.schema
            ).collect().equals(group):
                kept += held
            else:
                kept.append(self._write(stored, group, str(month), uuid.uuid4().hex))
        self.tables[stored.name] = tuple(sorted(kept, key=_month_of))

    def _update(self, stored: Format, rows: pl.DataFrame, document_ids: pl.Series) -> None:
        ids = document_ids.alias("document_id").to_frame()
        placed = ids.join(self.locations(), on="document_id", how="left")
        unknown = placed.filter(pl.col("part").is_null())["document_id"]
        if unknown.len():
            raise StoreError(
                f"table {stored.name!r}: rows of unknown document(s) {', '.join(unknown.sort().head(5))}"
            )
        for (index,), some in placed.partition_by("part", as_dict=True).items():
            part = self.parts[int(str(index))]
            new = rows.join(some.select("document_id"), on="document_id", how="semi")
            paths = [str(self.root / part.files[stored.name].path)] if stored.name in part.files else []
            old = scan_files(paths, stored.schema).collect()
            others = old.join(some.select("document_id"), on="document_id", how="anti")
            merged = stored.sort(pl.concat([others, new]))
            if merged.equals(old):
                continue
            file = self._write(stored, merged, part.month, part.part_id) if merged.height else None
            self.parts[int(str(index))] = part.with_file(stored.name, file)
            if not stored.is_internal:
                self._months.add(part.month)
                self._rewritten |= set(some["document_id"])

    # -- files --------------------------------------------------------------------------------------

    def compact(self) -> None:
        """Merge small parts of a month, and small files of a log, `FAN_OUT` at a time.

        A row is so rewritten a logarithmic number of times, and a month never has many small files.
        """
        by_tier: dict[tuple[str, int], list[Part]] = {}
        for part in self.parts:
            by_tier.setdefault((part.month, _tier(part.documents)), []).append(part)
        for (month, _), parts in by_tier.items():
            documents = sum(part.documents for part in parts)
            if len(parts) >= FAN_OUT and documents <= PART_DOCUMENTS:
                gone = {part.part_id for part in parts}
                merged = self._merge(parts, month)
                self.parts = [part for part in self.parts if part.part_id not in gone] + [merged]
        for table, files in self.tables.items():
            if self._format(table).kind == "appended":
                self.tables[table] = self._merge_log(table, files)
        self._locations = None

    def _merge(self, parts: Sequence[Part], month: str) -> Part:
        merged = Part(
            part_id=uuid.uuid4().hex, month=month, documents=sum(part.documents for part in parts), files={}
        )
        for stored in self._document_tables():
            paths = [str(self.root / p.files[stored.name].path) for p in parts if stored.name in p.files]
            if paths:
                rows = scan_files(paths, stored.schema).collect()
                merged = merged.with_file(stored.name, self._write(stored, rows, month, merged.part_id))
        return merged

    def _merge_log(self, table: str, files: tuple[DataFile, ...]) -> tuple[DataFile, ...]:
        tail = 0
        for tier in sorted({_tier(file.rows) for file in files}):
            tail = 0
            while tail < len(files) and _tier(files[-tail - 1].rows) <= tier:
                tail += 1
            if tail >= FAN_OUT:
                stored = self._format(table)
                paths = [str(self.root / file.path) for file in files[-tail:]]
                rows = scan_files(paths, stored.schema).collect()
                return (*files[:-tail], self._write(stored, rows, "log", uuid.uuid4().hex))
        return files

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
        return self._write(stored, pl.DataFrame(schema=stored.schema), _EMPTY_FOLDER, uuid.uuid4().hex)

    def _write(self, stored: Format, rows: pl.DataFrame, folder: str, name: str) -> DataFile:
        # A part's table can be written twice in one draft; the suffix keeps the names apart.
        relative = Path("files") / stored.name / folder / f"{name}-{uuid.uuid4().hex[:8]}.parquet"
        path = self.root / relative
        with explain_errors(path):
            size = write_parquet(stored.to_arrow(stored.sort(rows)), path)
        self._written.append(path)
        return DataFile(path=relative.as_posix(), rows=rows.height, bytes=size, schema=stored.digest)

    def discard(self, keep: Iterable[str] = ()) -> None:
        """Delete the files this draft wrote, but those named in `keep` (relative paths)."""
        kept = {self.root / path for path in keep}
        for path in self._written:
            if path not in kept:
                path.unlink(missing_ok=True)
        self._written = [path for path in self._written if path in kept]


def _tier(count: int) -> int:
    return int(math.log(max(count, 1), FAN_OUT) + 1e-9)


def _month_of(file: DataFile) -> str:
    return Path(file.path).parent.name


def _months(documents: pl.LazyFrame) -> pl.DataFrame:
    month = pl.col("issue_on").dt.strftime("%Y-%m").fill_null(UNDATED)
    return documents.select("document_id", month.alias("month")).collect()


def _no_months() -> pl.DataFrame:
    return pl.DataFrame(schema={"document_id": pl.String(), "month": pl.String()})
