from pathlib import Path

import polars as pl
import pytest
import yaml

from warehouse.catalog import describe_table, write_catalog
from warehouse.columns import COLUMNS
from warehouse.labels import load_labels
from warehouse.registry import TABLES, empty_frame
from warehouse.store import registry_formats


def test_labels_name_every_table_and_column():
    labels = load_labels()
    assert set(labels["columns"]) == set(COLUMNS)
    assert set(labels["tables"]) == set(TABLES)
    assert {warning for table in TABLES.values() for warning in table.warnings} == set(labels["warnings"])


def test_labels_name_the_codes_of_the_vocabularies():
    values, lookups = load_labels()["values"], Path(__file__).parents[2] / "seeds" / "lookups"

    def codes(name: str, key: str) -> set[str]:
        return set(yaml.safe_load((lookups / f"{name}.yml").read_text(encoding="utf-8"))[key])

    assert codes("units", "dimensions") <= set(values["dimension"])
    assert codes("deal_types", "types") <= set(values["deal_type"])
    for name in ("places", "events", "organizations"):
        assert codes(name, "endings") <= set(values["entity_subtype"])


def test_a_parquet_file_says_what_its_table_is():
    schema = registry_formats()["entity_pairs"].arrow
    facts = {key.decode(): value.decode() for key, value in schema.metadata.items()}
    assert facts["references"] == "left_entity_id -> entities, right_entity_id -> entities"
    assert set(facts) == {"table", "grain", "primary_key", "references", "computed", "warnings"}
    assert all(field.metadata[b"description"] for field in schema)


def test_describe_table_names_keys_and_those_who_refer_to_it():
    described = describe_table("articles")
    assert described["label"] == "文章"
    assert ("sentences", "article_id") in described["referenced_by"]
    assert described["row_count"] is None
    assert described["examples"] == []


def test_describe_table_refuses_an_unknown_table():
    with pytest.raises(KeyError, match="there are"):
        describe_table("nonsense")


def test_write_catalog_has_a_page_per_table_with_every_column(tmp_path):
    index = write_catalog(tmp_path)
    assert (tmp_path / "assets" / "desk.css").exists()
    listed = index.read_text(encoding="utf-8")
    for table in TABLES.values():
        page = (tmp_path / f"{table.name}.html").read_text(encoding="utf-8")
        assert f'href="{table.name}.html"' in listed
        for column in table.columns:
            assert f'id="{column}"' in page


def test_write_catalog_escapes_example_rows_and_cuts_long_text(tmp_path):
    hostile = "<script>alert(1)</script>" + "字" * 100_000

    def scan(name: str) -> pl.LazyFrame:
        frame = empty_frame(name)
        if name == "keywords":
            row = {"article_id": ["a"], "document_id": ["d"], "keyword": [hostile], "weight": [1.0]}
            frame = pl.DataFrame(row)
        return frame.lazy()

    write_catalog(tmp_path, scan)
    page = (tmp_path / "keywords.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert len(page) < 20_000
