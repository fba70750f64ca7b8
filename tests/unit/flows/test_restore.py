"""Sources out of a warehouse."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import polars as pl
import pytest

from flows.plan import UNREADABLE_SHA256
from flows.restore import stored_sources
from warehouse import registry
from warehouse.files import SourceBytes
from warehouse.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Equal bytes under two uris of one name, a source that was withdrawn and one that could not be read."""
    kept = SourceBytes(tmp_path / "sources")
    sha256 = kept.put("海州市".encode())
    rows = [
        {"uri": uri, "content_sha256": digest, "source_state": state, "source_meta": "{}"}
        for uri, digest, state in (
            ("/b/1.txt", sha256, "read"),
            ("/a/1.txt", sha256, "read"),
            ("/a/gone.txt", sha256, "withdrawn"),
            ("/a/closed.txt", UNREADABLE_SHA256, "refused"),
        )
    ]
    known = pl.DataFrame(rows, schema=registry.polars_schema("sources"))
    return cast(Store, SimpleNamespace(sources=kept, known_sources=lambda: known))


def test_what_could_not_be_read_or_was_withdrawn_is_left_out(store: Store, tmp_path: Path) -> None:
    assert [source.uri for source in stored_sources(store, tmp_path / "out")] == ["/a/1.txt", "/b/1.txt"]


def test_equal_bytes_of_one_name_are_two_files_that_stay_as_they_were_found(
    store: Store, tmp_path: Path
) -> None:
    sources = stored_sources(store, tmp_path / "out")
    assert len({source.path for source in sources}) == 2
    assert {source.path.name for source in sources} == {"1.txt"}
    for source in sources:
        assert source.path.read_text(encoding="utf-8") == "海州市"
        assert source.path.stat().st_mtime_ns == source.modified_ns
