"""Whose server the runs are on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.environment import configure_prefect, is_own_server

API = "PREFECT_API_URL"
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"


@pytest.mark.parametrize(
    ("given", "is_own"),
    [
        ({}, True),
        ({API: "http://127.0.0.1:4200/api"}, False),
        ({DATABASE: "postgresql+asyncpg://db.example/prefect"}, False),
    ],
)
def test_a_server_is_our_own_only_with_the_database_of_the_warehouse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], is_own: bool
) -> None:
    # A copy: whatever is set here is gone behind the test.
    monkeypatch.setattr(
        os, "environ", {k: v for k, v in os.environ.items() if k not in (API, DATABASE)} | given
    )
    configure_prefect(tmp_path)
    assert is_own_server(tmp_path) is is_own
