from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from warehouse import Warehouse, registry
from warehouse.files import StoreError
from warehouse.reader import QueryError
from warehouse.schema import hash_id
from warehouse.store import Changes, Store


def document_rows(*names: str) -> pl.DataFrame:
    rows = [
        {
            "document_id": hash_id("document", name),
            "uri": f"{name}.txt",
            "media_type": "text/plain",
            "byte_count": 3,
            "content_sha256": "0" * 64,
            "layout": "page",
            "page_count": 1,
            "issue_on": date(2031, 3, 1),
            "issue_on_source": "given",
            "first_run_id": hash_id("run", "r1"),
        }
        for name in names
    ]
    return registry.conform("documents", pl.DataFrame(rows))


def test_conform_widens_a_short_share_to_what_it_was_written_as() -> None:
    line = {"page_id": "0" * 16, "document_id": "1" * 16, "ordinal": 0, "block": 0}
    line |= {"raw_start": 0, "raw_end": 1}
    frame = pl.DataFrame([line]).with_columns(confidence_share=pl.lit(0.8, dtype=pl.Float32))
    assert registry.conform("lines", frame)["confidence_share"].to_list() == [0.8]


@pytest.fixture
def house(tmp_path):
    store = Store(tmp_path / "house")
    store.commit(run_id="r1", documents=Changes(upserted={"documents": document_rows("b", "a")}))
    return store


def test_every_table_of_the_registry_is_readable_with_its_schema(house):
    warehouse = Warehouse(house.root)
    for name in warehouse.tables():
        assert warehouse.read(name).schema == registry.polars_schema(name)
        assert pl.read_parquet(f"{house.root}/current/{name}/**/*.parquet").columns == list(
            registry.table(name).columns
        )


def test_read_sorts_rows(house):
    ids = Warehouse(house.root).read("documents")["document_id"]
    assert ids.to_list() == sorted(ids)


def test_a_reader_keeps_its_snapshot(house):
    warehouse = Warehouse(house.root)
    house.commit(run_id="r2", documents=Changes(upserted={"documents": document_rows("c")}))
    assert warehouse.read("documents").height == 2
    assert Warehouse(house.root).read("documents").height == 3
    assert Warehouse(house.root, snapshot=1).sql("select count(*) n from documents")["n"][0] == 2


def test_describe_tells_grain_and_columns(house):
    described = Warehouse(house.root).describe("documents")
    assert described["row_count"] == 2
    assert described["columns"][0]["name"] == "document_id"


def test_sql_reads_and_joins(house):
    frame = Warehouse(house.root).sql(
        "select uri, page_id from documents left join pages using (document_id)"
    )
    assert frame.height == 2
    assert Warehouse(house.root).sql("explain select 1").height
    assert Warehouse(house.root).sql("describe documents").height == 16


@pytest.mark.parametrize(
    "query",
    [
        "drop view documents",
        "copy documents to 'x.csv'",
        "select 1; select 2",
        "create table t as select 1",
        "select * from read_text('/etc/hostname')",
        "select nothing from documents",
    ],
)
def test_sql_refuses_what_is_not_one_reading_statement(house, query):
    with pytest.raises(QueryError):
        Warehouse(house.root).sql(query)


def test_a_folder_without_a_warehouse_says_how_to_make_one(tmp_path):
    with pytest.raises(StoreError, match="baocang build"):
        Warehouse(tmp_path)


def test_an_unknown_table_lists_those_there_are(house):
    with pytest.raises(KeyError, match="documents"):
        Warehouse(house.root).scan("nothing")
