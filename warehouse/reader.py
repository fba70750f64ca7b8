"""Read a warehouse: one snapshot, resolved once, all tables of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse import publish, registry
from warehouse.columns import COLUMNS
from warehouse.files import StoreError
from warehouse.formats import Format, format_of, scan_files
from warehouse.manifest import Manifest


class QueryError(ValueError):
    """A SQL query that cannot be run."""


class Snapshot:
    """The files of one snapshot; chosen once, so later commits do not change what is read.

    Args:
        root: The warehouse folder.
        formats: Storage of every table.
        number: Snapshot number, the newest where None.

    Raises:
        StoreError: Nothing was published there, or there is no such snapshot.
    """

    def __init__(self, root: Path, formats: Mapping[str, Format], number: int | None = None) -> None:
        self.root = root.resolve()
        self.formats = formats
        manifest = publish.read_manifest(self.root, number)
        if manifest is None:
            step = f"`baocang build SOURCE --warehouse {root}` makes one"
            raise StoreError(f"{root}: no warehouse here; {step}")
        self.manifest: Manifest = manifest

    def paths(self, name: str) -> list[str]:
        """Absolute paths of a table's files."""
        return [str(self.root / file.path) for file in self.manifest.files(name)]

    def scan(self, name: str) -> pl.LazyFrame:
        """A table as a LazyFrame; rows come in file order."""
        return scan_files(self.paths(name), self.formats[name].schema)


class Warehouse:
    """One snapshot of a warehouse, for reading.

    The snapshot is chosen when the object is made; runs that commit later do not change what it reads.
    It stays readable until `baocang prune` removes it.

    Args:
        path: The warehouse folder.
        snapshot: Snapshot number, the newest where None.

    Raises:
        StoreError: Nothing was published there, or there is no such snapshot.
    """

    def __init__(self, path: str | Path, snapshot: int | None = None) -> None:
        self.root = Path(path)
        formats = {name: format_of(table, COLUMNS) for name, table in registry.TABLES.items()}
        self._snapshot = Snapshot(self.root, formats, snapshot)

    @property
    def manifest(self) -> Manifest:
        """The snapshot's manifest: its run, its files, its row changes."""
        return self._snapshot.manifest

    @property
    def snapshot(self) -> int:
        """Number of the snapshot being read."""
        return self.manifest.number

    def tables(self) -> list[str]:
        """Names of all tables, in the registry's order."""
        return list(registry.TABLES)

    def describe(self, name: str) -> dict[str, Any]:
        """What a table is.

        Returns:
            `name`, `layer`, `grain`, `computed`, `warnings`, `primary_key`, `foreign_keys`, `row_count`,
            and `columns`: a list of `name`, `dtype`, `unit`, `description`, `is_nullable`.
        """
        table = registry.table(name)
        return {
            "name": table.name,
            "layer": table.layer,
            "grain": table.grain,
            "computed": table.computed,
            "warnings": list(table.warnings),
            "primary_key": list(table.primary_key),
            "foreign_keys": dict(table.foreign_keys),
            "row_count": self.manifest.rows(name),
            "columns": [
                {
                    "name": column.name,
                    "dtype": str(column.dtype),
                    "unit": column.unit,
                    "description": column.description,
                    "is_nullable": column.name in table.nullable,
                }
                for column in registry.columns_of(name)
            ],
        }

    def paths(self, name: str) -> list[str]:
        """Absolute paths of the Parquet files of a table in this snapshot."""
        return self._snapshot.paths(registry.table(name).name)

    def scan(self, name: str) -> pl.LazyFrame:
        """A table as a LazyFrame; rows come in file order."""
        return self._snapshot.scan(registry.table(name).name)

    def read(self, name: str) -> pl.DataFrame:
        """A table as a DataFrame, in the registry's order, the same for equal contents."""
        frame = self.scan(name).collect()
        stored = self._snapshot.formats[name]
        return frame.sort(stored.order or stored.key)

    def sql(self, query: str) -> pl.DataFrame:
        """Run one SELECT with DuckDB over all tables of this snapshot.

        Raises:
            QueryError: Not one reading statement, or DuckDB refuses it.
        """
        with duckdb.connect() as connection:
            for name in self.tables():
                files = self.manifest.files(name)
                if not files:
                    connection.register(name, pl.DataFrame(schema=registry.polars_schema(name)).to_arrow())
                    continue
                is_mixed = len({file.schema for file in files}) > 1
                source = publish.read_parquet(self.paths(name), is_mixed=is_mixed)
                connection.execute(f"CREATE VIEW {publish.quote_name(name)} AS SELECT * FROM {source}")
            return run_query(connection, query, folder=self.root / "files")


def run_query(connection: duckdb.DuckDBPyConnection, query: str, *, folder: Path) -> pl.DataFrame:
    """Run one reading statement with no access to files outside `folder`.

    Raises:
        QueryError: Not one reading statement, or DuckDB refuses it.
    """
    readable = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
    try:
        statements = connection.extract_statements(query)
        if len(statements) != 1 or statements[0].type not in readable:
            raise QueryError("give one SELECT statement; the warehouse is written by `baocang build` alone")
        connection.execute(f"SET allowed_directories = [{publish.quote_text(str(folder.resolve()))}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        answer = connection.sql(statements[0].query).to_arrow_table()
        return pl.DataFrame(answer.rename_columns(_distinct(answer.column_names)))
    except duckdb.Error as error:
        raise QueryError(str(error)) from error


def _distinct(names: list[str]) -> list[str]:
    """Column names of an answer, a repeated one numbered: a join of two tables may give both."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return distinct
