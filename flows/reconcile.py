"""Runs that say Running although nobody runs them."""

from __future__ import annotations

import os
import socket
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

_ACTIVE = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


async def end_stale_runs(message: str, *, everything: bool = False) -> int:
    """Mark runs of this program's deployments as crashed whose process is gone.

    A run of another machine, or of a process that is alive, is left alone.

    Args:
        message: Stands in the state, for the person who looks at it.
        everything: Also runs of this machine whose process is alive, because it is being stopped.

    Returns:
        Runs marked.
    """
    async with get_client() as client:
        runs = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_ACTIVE))
            ),
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=["baocang"])),
        )
        stale = [run for run in runs if _is_stale(run, everything)]
        for run in stale:
            await client.set_flow_run_state(run.id, Crashed(message=message), force=True)
        return len(stale)


def _is_stale(run: Any, everything: bool) -> bool:
    host, _, pid = (run.infrastructure_pid or "").rpartition(":")
    if not pid.isdigit():
        return True
    if host and host != socket.gethostname():
        return False
    return everything or not _is_alive(int(pid))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
