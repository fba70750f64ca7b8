"""report, dictionary, export and notebook from the command line."""

import io

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.page_picture import picture_page
from tests.fixtures_report import invented_warehouse
from warehouse.registry import TABLES


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    folder = tmp_path_factory.mktemp("view") / "warehouse"
    invented_warehouse(folder)
    return folder


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_report_is_written_beside_the_tables(warehouse):
    outcome = run("report", "--warehouse", warehouse)
    assert outcome.exit_code == 0
    assert (warehouse / "report" / "index.html").exists()
    assert (warehouse / "report" / "dictionary" / "deals.html").exists()
    assert len(list((warehouse / "report" / "pages").glob("*.js"))) == 3


def test_report_leaves_the_files_of_others_alone(warehouse, tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "mine.js").write_text("mine")
    assert run("report", "--warehouse", warehouse, "--output", tmp_path).exit_code == 0
    assert (tmp_path / "pages" / "mine.js").read_text() == "mine"


def test_dictionary_needs_no_warehouse(tmp_path):
    assert run("dictionary", "--warehouse", tmp_path / "none", "--output", tmp_path / "out").exit_code == 0
    assert len(list((tmp_path / "out").glob("*.html"))) == len(TABLES) + 1


@pytest.mark.parametrize("arguments", [["report"], ["export", "--to", "csv"], ["notebook"]])
def test_no_warehouse_is_wrong_use(tmp_path, arguments):
    assert run(*arguments, "--warehouse", tmp_path / "none").exit_code == 2


def test_export_writes_what_is_asked_for(warehouse, tmp_path):
    csv = tmp_path / "csv"
    assert run("export", "--to", "csv", "--tables", "deals, roles", "-w", warehouse, "-o", csv).exit_code == 0
    assert sorted(path.name for path in csv.iterdir()) == ["deals.csv", "roles.csv"]
    book = tmp_path / "desk.xlsx"
    assert run("export", "--to", "xlsx", "-w", warehouse, "-o", book).exit_code == 0
    assert book.read_bytes()[:2] == b"PK"


def test_export_refuses_an_unknown_table(warehouse, tmp_path):
    outcome = run("export", "--to", "csv", "--tables", "nonsense", "-w", warehouse, "-o", tmp_path / "x")
    assert outcome.exit_code == 2
    assert not (tmp_path / "x").exists()


def test_picture_of_an_image_page_is_small_and_grey():
    from PIL import Image

    page = io.BytesIO()
    Image.new("RGB", (3000, 4000), "white").save(page, "PNG")
    drawn = picture_page(page.getvalue(), "image/png", 1)
    assert drawn is not None
    assert Image.open(io.BytesIO(drawn)).width == 1100


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png"])
def test_picture_of_what_is_no_page_is_none(media_type):
    assert picture_page(b"not a page", media_type, 1) is None
