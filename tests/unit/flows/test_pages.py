"""The server shows the pages of a warehouse and nothing else of it."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from flows.pages import ROOT, mount_pages


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    warehouse = tmp_path / "warehouse"
    (warehouse / "report" / "assets").mkdir(parents=True)
    (warehouse / "report" / "index.html").write_text("<p>报告", encoding="utf-8")
    (warehouse / "report" / "assets" / "data.js").write_text("1", encoding="utf-8")
    (warehouse / "prefect").mkdir()
    (warehouse / "prefect" / "prefect.db").write_text("secret", encoding="utf-8")
    (warehouse / "report" / "out").symlink_to(warehouse / "prefect")
    app = Starlette(routes=[Route("/{rest:path}", lambda _: PlainTextResponse("ui"))])
    mount_pages(app, warehouse)
    return TestClient(app, raise_server_exceptions=True)


def test_the_report_is_shown_and_never_from_an_old_copy(client: TestClient) -> None:
    answer = client.get(f"{ROOT}/report/")
    assert "报告" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get(f"{ROOT}/report/index.html").text == answer.text
    assert client.get(f"{ROOT}/report/assets/data.js").text == "1"


def test_the_rest_is_the_ui(client: TestClient) -> None:
    assert client.get("/runs").text == "ui"


@pytest.mark.parametrize(
    "path",
    ["../prefect/prefect.db", "%2e%2e/prefect/prefect.db", "..%2fprefect/prefect.db", "out/prefect.db"],
)
def test_no_path_leads_out_of_the_folder(client: TestClient, path: str) -> None:
    answer = client.get(f"{ROOT}/report/{path}")
    assert "secret" not in answer.text
    assert answer.status_code == 404 or answer.text == "ui"


def test_pages_that_are_not_written_yet_are_not_found(client: TestClient) -> None:
    assert client.get(f"{ROOT}/checks/index.html").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_read_only(client: TestClient, method: str) -> None:
    assert getattr(client, method)(f"{ROOT}/report/index.html").status_code == 405
