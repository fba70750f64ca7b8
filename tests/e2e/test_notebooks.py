"""The notebooks run from top to bottom on a warehouse."""

import os
from pathlib import Path

import pytest

from tests.fixtures_report import invented_warehouse

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook") / "warehouse"
    invented_warehouse(folder)
    previous = os.environ.get("BAOCANG_WAREHOUSE")
    os.environ["BAOCANG_WAREHOUSE"] = str(folder)
    yield folder
    if previous is None:
        del os.environ["BAOCANG_WAREHOUSE"]
    else:
        os.environ["BAOCANG_WAREHOUSE"] = previous


def test_marimo_notebook_filters_plots_and_shows_the_source(warehouse):
    pytest.importorskip("marimo", reason="needs baocang[notebook]")
    from warehouse.notebook import app

    _, defined = app.run()
    assert defined["deals"].height == 2
    assert defined["chosen"].height == 2
    assert defined["period"].value == (defined["deals"]["day"].min(), defined["deals"]["day"].max())
    assert defined["source_words"].replace(" ", "") == defined["chosen"]["surface_text"][0]
    assert defined["stage_chart"].to_dict()["mark"]["type"] == "bar"


def test_jupyter_example_runs(warehouse):
    nbformat = pytest.importorskip("nbformat", reason="needs nbclient")
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient")
    pytest.importorskip("ipykernel", reason="needs ipykernel")
    notebook = nbformat.read(ROOT / "warehouse" / "example.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "clear the outputs before committing"
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    assert "海藻材料研究院" in str(notebook.cells[4].outputs)
