"""Parts of a draft: the rows of a group of documents in every table, written, cut smaller and merged.

New files are written under their final names at once; only a manifest makes them part of the warehouse.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from warehouse.buckets import Buckets, spread_numbers
from warehouse.files import StoreError, explain_errors, write_parquet
from warehouse.formats import Format, scan_files
from warehouse.manifest import DataFile, Part

PART_DOCUMENTS = 4096
"""Documents in one part at most: replacing one document rewrites one part."""

FAN_OUT = 8
"""So many parts (or log files) of a size class are merged into one of the next."""


class PartWriter:
    """Writes the data files of a draft, and knows which it wrote.

    Args:
        root: The warehouse.
        formats: Every table's storage.
    """

    def __init__(self, root: Path, formats: Mapping[str, Format]) -> None:
        self.root = root
        self.formats = formats
        self._written: list[Path] = []

    def write(self, stored: Format, rows: pl.DataFrame, folder: str, name: str = "") -> DataFile:
        """Write one file of a table."""
        # A part's table can be written twice in one draft; the suffix keeps the names apart.
        name = f"{name or uuid.uuid4().hex}-{uuid.uuid4().hex[:8]}.parquet"
        relative = Path("files") / stored.name / folder / name
        path = self.root / relative
        with explain_errors(path):
            size = write_parquet(stored.to_arrow(stored.sort(rows)), path)
        self._written.append(path)
        return DataFile(path=relative.as_posix(), rows=rows.height, bytes=size, schema=stored.digest)

    def discard(self, keep: Iterable[str] = ()) -> None:
        """Delete what was written, but the files named in `keep` (relative paths)."""
        kept = {self.root / path for path in keep}
        for path in self._written:
            if path not in kept:
                path.unlink(missing_ok=True)
        self._written = [path for path in self._written if path in kept]

    def scan(self, stored: Format, files: Iterable[DataFile]) -> pl.LazyFrame:
        """Files of one table as one frame."""
        return scan_files([str(self.root / file.path) for file in files], stored.schema)

    def make_parts(
        self, given: pl.DataFrame, rows: Mapping[str, Sequence[pl.LazyFrame]], strict: Iterable[str]
    ) -> list[Part]:
        """Write documents in parts by month of issue and id; memory holds a piece of the rows, or a part.

        Args:
            given: `document_id`, `month`; of a document that is there twice the last counts.
            rows: Rows of every table with documents, in pieces; those of other documents are left out.
            strict: Tables that may have no rows of other documents.

        Raises:
            StoreError: One of them has.
        """
        in_month = pl.int_range(pl.len()).over("month") // PART_DOCUMENTS
        numbered = (
            given.unique("document_id", keep="last")
            .sort("month", "document_id")
            .with_columns(_part=pl.struct("month", in_month.alias("in_month")).rle_id())
        )
        sizes = numbered.group_by("_part", maintain_order=True).agg(pl.col("month").first(), pl.len())
        parts = [
            Part(part_id=uuid.uuid4().hex, month=month, documents=count, files={})
            for month, count in sizes.select("month", "len").iter_rows()
        ]
        part_of = numbered.select("document_id", "_part").sort("document_id")
        strays = dict.fromkeys(strict, 0)
        for name, pieces in rows.items():
            stored = self.formats[name]
            with Buckets(self.root, *spread_numbers("_part", max(len(parts), 1))) as spread:
                for piece in pieces:
                    some = piece.collect()
                    placed = some.join(_look_up(part_of, some["document_id"]), on="document_id")
                    spread.add(placed)
                    if name in strays:
                        strays[name] += some.height - placed.height
                for together in spread:
                    for (number,), group in together.partition_by("_part", as_dict=True).items():
                        index = int(str(number))
                        part = parts[index]
                        file = self.write(stored, group.drop("_part"), part.month, part.part_id)
                        parts[index] = part.with_file(name, file)
        if wrong := sorted(name for name, count in strays.items() if count):
            raise StoreError(
                f"table(s) {', '.join(wrong)} have rows of documents that this run did not change; "
                "name those documents in document_ids_replaced or hand over their `documents` rows"
            )
        return parts

    def without(self, part: Part, document_ids: pl.Series) -> Part:
        """A part without some of its documents."""
        left = part.documents - document_ids.len()
        smaller = Part(part_id=uuid.uuid4().hex, month=part.month, documents=left, files={})
        if not left:
            return smaller
        for table, file in part.files.items():
            if table not in self.formats:
                continue
            stored = self.formats[table]
            rows = self.scan(stored, [file])
            kept = rows.join(document_ids.to_frame().lazy(), on="document_id", how="anti").collect()
            if kept.height == file.rows:
                smaller = smaller.with_file(table, file)
            elif kept.height:
                smaller = smaller.with_file(table, self.write(stored, kept, part.month, smaller.part_id))
        return smaller

    def compact(self, parts: Sequence[Part]) -> list[Part]:
        """Merge small parts of a month, `FAN_OUT` at a time.

        A row is so rewritten a logarithmic number of times, and a month never has many small files.
        """
        by_tier: dict[tuple[str, int], list[Part]] = {}
        for part in parts:
            by_tier.setdefault((part.month, _tier(part.documents)), []).append(part)
        left = list(parts)
        for (month, _), some in by_tier.items():
            documents = sum(part.documents for part in some)
            if len(some) >= FAN_OUT and documents <= PART_DOCUMENTS:
                gone = {part.part_id for part in some}
                left = [part for part in left if part.part_id not in gone] + [self._merge(some, month)]
        return left

    def _merge(self, parts: Sequence[Part], month: str) -> Part:
        merged = Part(
            part_id=uuid.uuid4().hex, month=month, documents=sum(part.documents for part in parts), files={}
        )
        for stored in self.formats.values():
            files = [part.files[stored.name] for part in parts if stored.name in part.files]
            if stored.kind == "document" and files:
                rows = self.scan(stored, files).collect()
                merged = merged.with_file(stored.name, self.write(stored, rows, month, merged.part_id))
        return merged

    def compact_log(self, table: str, files: tuple[DataFile, ...]) -> tuple[DataFile, ...]:
        """Merge the last small files of a log, `FAN_OUT` at a time."""
        tail = 0
        for tier in sorted({_tier(file.rows) for file in files}):
            tail = 0
            while tail < len(files) and _tier(files[-tail - 1].rows) <= tier:
                tail += 1
            if tail >= FAN_OUT:
                stored = self.formats[table]
                rows = self.scan(stored, files[-tail:]).collect()
                return (*files[:-tail], self.write(stored, rows, "log"))
        return files


def _look_up(part_of: pl.DataFrame, document_ids: pl.Series) -> pl.DataFrame:
    """Rows of `part_of`, which is sorted, of some documents: a join would go over all of them each time."""
    ids = document_ids.unique()
    if part_of.is_empty():
        return part_of
    position = part_of["document_id"].search_sorted(ids).clip(upper_bound=part_of.height - 1)
    return part_of[position].filter(pl.col("document_id") == ids)


def _tier(count: int) -> int:
    return int(math.log(max(count, 1), FAN_OUT) + 1e-9)
