"""`baocang serve`: the Prefect server, its UI, the deployments and whoever runs them, in one command."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from flows.environment import configure_prefect, is_own_server, runs_folder
from flows.pages import ROOT
from flows.server import Server, ServerError, running_server
from flows.settings import Settings

_STOP_SECONDS = 20


def serve(settings: Settings, *, host: str, port: int, say: Callable[[str], None]) -> None:
    """Run until Ctrl-C or SIGTERM.

    Args:
        settings: Warehouse, inbox, schedule.
        host: Address that the server listens on.
        port: Port that the server listens on.
        say: Tells the person at the terminal.

    Raises:
        ServerError: The port is taken or the server does not come up.
    """
    configure_prefect(settings.warehouse, quiet=True)
    os.environ.setdefault("PREFECT_RUNNER_POLL_FREQUENCY", "1")
    os.environ.setdefault("BAOCANG_DATA_DOCS", "true")
    os.environ.setdefault("BAOCANG_REPORT", "true")
    settings.inbox.mkdir(parents=True, exist_ok=True)
    os.environ["BAOCANG_RUNS_FOLDER"] = str(runs_folder(settings.warehouse))
    is_own = is_own_server(settings.warehouse)
    with _api(settings.warehouse, host, port) as url:
        os.environ["PREFECT_API_URL"] = url
        asyncio.run(_run(settings, url, say, is_own))


@contextmanager
def _api(warehouse: Path, host: str, port: int) -> Iterator[str]:
    """An API to use: the one that is configured, or a server of our own."""
    if url := os.environ.get("PREFECT_API_URL"):
        Server(url).wait()
        yield url
        return
    with socket.socket() as probe:
        if probe.connect_ex((host, port)) == 0:
            raise ServerError(f"port {port} of {host} is in use: give another with --port")
    with running_server(warehouse, host, port, embedded=False) as server:
        server.wait()
        os.environ.setdefault("BAOCANG_PAGES_URL", ROOT)
        yield server.url


async def _run(settings: Settings, url: str, say: Callable[[str], None], is_own: bool) -> None:
    # Prefect reads its settings when it is imported: after the address of the API is known.
    from prefect.runner import Runner

    from flows.deployments import all_deployments, nightly_schedules
    from flows.reconcile import end_stale_runs

    end_stale = partial(end_stale_runs, runs_folder(settings.warehouse), is_own_server=is_own)
    stale = await end_stale("the process that ran it is gone; staged batches are kept, run it again")
    if stale:
        say(f"{stale} runs that were left over are marked as crashed")
    runner = Runner(name="baocang", pause_on_shutdown=False, limit=None)
    for deployment in await all_deployments(settings):
        await runner.aadd_deployment(deployment)
    say(f"baocang serves {settings.warehouse.resolve()}")
    say(f"  UI      {url.removesuffix('/api')}")
    say(f"  inbox   {settings.inbox.resolve()}")
    say(f"  nightly {'; '.join(await nightly_schedules() or ['no schedule'])}")
    say("  stop    Ctrl-C")
    running = asyncio.create_task(runner.start())
    stopped = asyncio.Event()
    # The runner installs a handler of its own when it starts, which would leave runs Running for ever.
    await asyncio.sleep(1)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        await running
        return
    say("stopping")
    with suppress(Exception):
        await asyncio.wait_for(runner.astop(), _STOP_SECONDS)
    with suppress(asyncio.TimeoutError, asyncio.CancelledError, Exception):
        await asyncio.wait_for(running, _STOP_SECONDS)
    await end_stale("baocang serve was stopped; staged batches are kept, run it again")
