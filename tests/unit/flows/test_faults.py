"""A step that fails on a document goes on with the others."""

from __future__ import annotations

import polars as pl
import pytest

from flows.faults import run_sparing


def tables(count: int) -> dict[str, pl.DataFrame]:
    ids = [f"d{number}" for number in range(count)]
    documents = pl.DataFrame({"document_id": ids, "uri": [f"{name}.txt" for name in ids]})
    pages = pl.DataFrame({"document_id": [i for i in ids for _ in range(2)], "page": [1, 2] * count})
    return {"documents": documents, "pages": pages}


def failing_on(*bad: str, error: type[Exception] = ValueError):
    def step(given):
        if not given["documents"].filter(pl.col("document_id").is_in(bad)).is_empty():
            raise error("no name here")
        return {"made": given["pages"].with_columns(double=pl.col("page") * 2)}

    return step


@pytest.mark.parametrize("bad", [(), ("d0",), ("d3", "d4"), ("d0", "d6")])
def test_the_others_are_made_as_they_would_be_alone(bad):
    given = tables(7)
    made = run_sparing(failing_on(*bad), given)
    assert made["faults"]["document_id"].to_list() == list(bad)
    assert made["faults"]["uri"].to_list() == [f"{name}.txt" for name in bad]
    wanted = failing_on()(given)["made"].filter(~pl.col("document_id").is_in(bad))
    assert made["made"].equals(wanted)


def test_a_fault_says_what_failed_and_where():
    fault = run_sparing(failing_on("d0"), tables(1))["faults"].row(0, named=True)
    assert fault["message"] == "ValueError: no name here"
    assert "in step" in fault["traceback"]


@pytest.mark.parametrize("error", [OSError, MemoryError])
def test_a_full_disk_is_no_fault_of_a_document(error):
    with pytest.raises(error):
        run_sparing(failing_on("d1", error=error), tables(3))
