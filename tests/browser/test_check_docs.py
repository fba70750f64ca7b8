"""The pages of the checks in a browser: readable, failures visible, nothing asked of the network."""

from pathlib import Path

import polars as pl
import pytest

from expectations.derive import Staged
from expectations.runner import run_checks
from warehouse import registry

pytestmark = pytest.mark.browser
OUTPUT = Path(__file__).parents[2] / "tests/output"
HOSTILE = "<img src='http://127.0.0.1:9/x.png' onerror='document.title=1'>"


def test_a_failed_check_opens_from_the_index_with_its_key(watch, tmp_path):
    key = "0" * 16
    page = {"page_id": key, "document_id": key, "page_number": 1, "raw_text": "坏", "method": HOSTILE}
    broken = registry.conform("pages", pl.DataFrame([page]))
    staged = Staged(
        rows=lambda table: (broken if table == "pages" else registry.empty_frame(table)).lazy(),
        beside=lambda table: registry.empty_frame(table).lazy(),
        everything=lambda table: registry.empty_frame(table).lazy(),
    )
    run_checks(staged, ["documents", "pages"], run_id=key, docs=tmp_path / "checks")
    seen = watch(tmp_path / "checks").page
    seen.goto(f"file://{tmp_path}/checks/index.html")
    assert seen.locator("td.failed").count() == 1
    seen.click("a[href='pages.html']")
    assert seen.locator(f"text={key}: {HOSTILE}").is_visible()
    assert seen.locator(".fa-times").first.is_visible()
    assert seen.locator("img").count() == 0
    OUTPUT.mkdir(exist_ok=True)
    seen.screenshot(path=OUTPUT / "check-docs.png", full_page=True)
