"""Runs that say Running although nobody runs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed

from flows.runs import is_held, remove_left

_ACTIVE = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_PAGE = 200


async def end_stale_runs(marks: Path, message: str, *, is_own_server: bool) -> int:
    """Mark runs as crashed whose process is gone.

    Prefect itself does not know which process runs what `serve` starts. A run whose mark is held is alive.
    On a server that others use as well, only runs that left a mark here are ours to end.

    Args:
        marks: Folder of the marks, see `flows.runs`. Marks of runs that have ended are removed.
        message: Stands in the state, for the person who looks at it.
        is_own_server: Nobody else's runs are on the server: one without a mark never started, or was killed
            before it could leave one.

    Returns:
        Runs marked.
    """
    left = {run_id: mark for run_id, mark in _marks(marks) if not is_held(mark)}
    async with get_client() as client:
        if is_own_server:
            runs = [run for run in await _active(client, None) if not is_held(marks / str(run.id))]
        else:
            runs = await _active(client, list(left))
        for run in runs:
            await client.set_flow_run_state(run.id, Crashed(message=message), force=True)
    for mark in left.values():
        remove_left(mark)
    return len(runs)


def _marks(folder: Path) -> Iterator[tuple[UUID, Path]]:
    for path in folder.iterdir():
        with suppress(ValueError):  # other files, as file managers and network shares leave them
            yield UUID(path.name), path


async def _active(client: PrefectClient, ids: list[UUID] | None) -> list[FlowRun]:
    chosen = FlowRunFilter(
        id=None if ids is None else FlowRunFilterId(any_=ids),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_ACTIVE)),
    )
    runs: list[FlowRun] = []
    while page := await client.read_flow_runs(flow_run_filter=chosen, limit=_PAGE, offset=len(runs)):
        runs += page
    return runs
