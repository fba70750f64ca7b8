"""The bar of a run grows to a hundred and asks for each percent once."""

from uuid import uuid4

import pytest

from flows import artifacts


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    percents: list[float] = []
    monkeypatch.setattr(artifacts, "create_progress_artifact", lambda *_, **__: uuid4())
    monkeypatch.setattr(
        artifacts, "update_progress_artifact", lambda _, percent, **__: percents.append(percent)
    )
    return percents


def test_progress_ends_at_a_hundred(shown: list[float]) -> None:
    display = artifacts.ProgressArtifact()
    for step in artifacts.STEPS:
        display.expect(step, 1000)
        for _ in range(1000):
            display.advance(step)
    assert shown[-1] == 100
    assert shown == sorted(set(shown))


def test_steps_without_work_count_as_done(shown: list[float]) -> None:
    display = artifacts.ProgressArtifact()
    for step in ("ingest", "normalize", "extract"):
        display.expect(step, 0)
    display.expect("publish", 1)
    display.advance("publish")
    assert shown == [100]
