"""The pages of the checks hold nothing from outside, whatever the rows say."""

import re
from pathlib import Path

import polars as pl
import pytest

from expectations.derive import Staged
from expectations.runner import run_checks
from warehouse import registry

HOSTILE = "<img src='http://example.com/x.png'><script>document.title='hacked'</script>"


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warehouse") / "docs" / "checks"
    key = "0" * 16
    page = {"page_id": key, "document_id": key, "page_number": 1, "raw_text": "坏", "method": HOSTILE}
    broken = registry.conform("pages", pl.DataFrame([page]))

    def scan(table: str) -> pl.LazyFrame:
        return (broken if table == "pages" else registry.empty_frame(table)).lazy()

    staged = Staged(scan, scan, scan)
    checks = run_checks(staged, ["articles", "pages"], run_id="0" * 16, docs=folder)
    assert checks.equals(run_checks(staged, ["articles", "pages"], run_id="0" * 16))
    return folder


def test_pages_name_no_asset_of_another_site(docs: Path) -> None:
    pages = sorted(docs.iterdir())
    assert [page.name for page in pages] == ["articles.html", "index.html", "pages.html"]
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"https?://(?!example\.com)", html), page
        assert not re.search(r"<(script|link|img|iframe)\b", html), page


def test_failing_values_are_shown_as_text(docs: Path) -> None:
    html = (docs / "pages.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in html
    assert "0" * 16 in html


def test_index_counts_failures_and_links_tables(docs: Path) -> None:
    html = (docs / "index.html").read_text(encoding="utf-8")
    assert "<a href='pages.html'>" in html
    assert "Checks failed" in html


def test_pages_are_replaced_as_a_whole(docs: Path) -> None:
    def empty(table: str) -> pl.LazyFrame:
        return registry.empty_frame(table).lazy()

    folder = docs.with_name("again")
    for tables in (["articles", "pages"], ["articles"]):
        run_checks(Staged(empty, empty, empty), tables, run_id="0" * 16, docs=folder)
    assert sorted(page.name for page in folder.iterdir()) == ["articles.html", "index.html"]
    assert not list(folder.parent.glob(".*"))
