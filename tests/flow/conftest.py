from __future__ import annotations

import pytest
from prefect.testing.utilities import prefect_test_harness


@pytest.fixture(autouse=True, scope="session")
def prefect():
    """One Prefect server for all flow tests."""
    with prefect_test_harness(server_startup_timeout=300):
        yield
