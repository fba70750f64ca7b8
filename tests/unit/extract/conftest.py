"""What the tests of names share: the seed lookups and the finder of mentions, built once for all of them."""

from __future__ import annotations

from typing import Any

import pytest

from flows.resources import load_lookups, load_recognizer
from transforms.extract.mentions import MentionFinder
from transforms.extract.names.divisions import Divisions


@pytest.fixture(scope="session")
def lookups() -> dict[str, Any]:
    return load_lookups()


@pytest.fixture(scope="session")
def divisions(lookups: dict[str, Any]) -> Divisions:
    return Divisions(lookups)


@pytest.fixture(scope="session")
def finder(lookups: dict[str, Any]) -> MentionFinder:
    return MentionFinder(load_recognizer("lac"), lookups)
