"""What can be run from the Prefect UI, and when it runs by itself."""

from __future__ import annotations

from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    DeploymentSchedule,
)
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType
from prefect.variables import Variable

from flows.build import build
from flows.daily import backfill, check_only, nightly, prune_old
from flows.options import InboxOptions, WarehouseOptions
from flows.settings import Settings

_WAIT = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
_SKIP = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
_TAGS = ["baocang"]
_LAST_GIVEN = "baocang_schedule"
"""The variable that keeps the schedule which the settings gave last."""


async def all_deployments(settings: Settings) -> list[RunnerDeployment]:
    """The deployments of one site.

    A second run of one deployment waits for the first, because it may be told something else. Only the
    nightly one is cancelled instead: it takes what lies in the inbox, the next one the rest, and runs of
    a schedule that is shorter than a run would queue up for ever. Runs of different deployments may overlap,
    the warehouse brings them together.

    Args:
        settings: Warehouse, inbox, schedule and time zone.
    """
    warehouse = settings.warehouse.resolve()
    inbox = InboxOptions(inbox=settings.inbox.resolve(), warehouse=warehouse)
    common: dict[str, Any] = {
        "tags": _TAGS,
        "concurrency_limit": _WAIT,
        # The flows are found by module, so the place that serve is started from does not matter.
        "entrypoint_type": EntrypointType.MODULE_PATH,
    }
    return [
        await build.ato_deployment(
            name="build",
            description="Build from the sources that you name and publish. 从指定来源入库。",
            parameters={"options": {"warehouse": str(warehouse)}},
            **common,
        ),
        await nightly.ato_deployment(
            name="nightly",
            description=f"Build what is new or changed in the inbox {inbox.inbox}. 每晚处理收件箱。",
            parameters={"options": inbox.model_dump(mode="json")},
            **await _when(settings),
            **{**common, "concurrency_limit": _SKIP},
        ),
        await backfill.ato_deployment(
            name="backfill",
            description="Build again the sources of a range of days. 按日期区间重新入库。",
            parameters={"options": inbox.model_dump(mode="json")},
            **common,
        ),
        await check_only.ato_deployment(
            name="check",
            description="Check the newest snapshot; nothing is changed. 只做质量检查。",
            parameters={"options": WarehouseOptions(warehouse=warehouse).model_dump(mode="json")},
            **common,
        ),
        await prune_old.ato_deployment(
            name="prune",
            description="Remove old snapshots and what only they need. 清理旧快照。",
            parameters={"options": {"warehouse": str(warehouse)}},
            **common,
        ),
    ]


async def _when(settings: Settings) -> dict[str, Any]:
    """When the nightly run starts: as the settings say, or as the UI has it where they say nothing new."""
    given = f"{settings.cron} {settings.timezone}"
    known = await _nightly()
    if known is not None and await Variable.aget(_LAST_GIVEN) == given:
        kept = [
            DeploymentScheduleCreate(**one.model_dump(include={"schedule", "active", "parameters", "slug"}))
            for one in known.schedules
        ]
        return {"schedules": kept, "paused": known.paused}
    await Variable.aset(_LAST_GIVEN, given, overwrite=True)
    return {"schedule": Cron(settings.cron, timezone=settings.timezone)}


async def _nightly() -> DeploymentResponse | None:
    async with get_client() as client:
        try:
            return await client.read_deployment_by_name("nightly/nightly")
        except ObjectNotFound:
            return None


async def nightly_schedules() -> list[str]:
    """When the nightly run starts, as the server has it."""
    known = await _nightly()
    return [_say(one) for one in known.schedules] if known else []


def _say(schedule: DeploymentSchedule) -> str:
    rule = schedule.schedule
    when = f"{rule.cron} ({rule.timezone})" if isinstance(rule, CronSchedule) else str(rule)
    return when if schedule.active else f"{when}, paused"
