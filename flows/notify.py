"""Tell a webhook that a run failed."""

from __future__ import annotations

from typing import Any

import httpx
from prefect.logging import get_logger

from flows.settings import Settings


def report_failure(flow: Any, flow_run: Any, state: Any) -> None:
    """Post the failed run to the webhook of the settings; without one, do nothing.

    The body is JSON with `text` (what chat webhooks show), `flow`, `run` and `state`.
    """
    url = Settings().webhook_url
    if not url:
        return
    text = f"baocang {flow.name} {flow_run.name}: {state.name}: {state.message}"
    body = {"text": text, "flow": flow.name, "run": flow_run.name, "state": state.name}
    try:
        httpx.post(url, json=body, timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        get_logger("baocang").warning("the webhook did not take the failure: %s", error)


HOOKS: dict[str, Any] = {"on_failure": [report_failure], "on_crashed": [report_failure]}
