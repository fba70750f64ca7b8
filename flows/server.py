"""A Prefect server of our own, as a process beside this one."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from flows.process_limits import die_with_parent

_START_SECONDS = 180
_STOP_SECONDS = 20


class ServerError(RuntimeError):
    """The server cannot be started or reached; the message says what to do."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(warehouse: Path, host: str, port: int, *, embedded: bool) -> Iterator[Server]:
    """A server that starts in the background and ends with the block.

    Args:
        warehouse: Its database and log lie in `<warehouse>/prefect`.
        host: Address to listen on.
        port: Port to listen on.
        embedded: For one run only: without UI, pages, scheduler and other services.
    """
    folder = warehouse / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    url = f"http://{host}:{port}/api"
    kind = "embedded" if embedded else "full"
    command = [sys.executable, "-m", "flows.server", host, str(port), kind, str(warehouse.resolve())]
    # Whatever the machine is called by the browser: the API is where the UI came from.
    environment = {"PREFECT_UI_API_URL": "/api", **os.environ}
    if embedded:
        # Blocks are what the UI offers to configure; a build uses none.
        environment.setdefault("PREFECT_API_BLOCKS_REGISTER_ON_START", "false")
    with (folder / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C at the terminal must not stop the server before the runs.
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=environment,
        )
    try:
        yield Server(url, process)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
        if process.poll() is None:
            process.kill()
            process.wait()


def api_for_a_run(warehouse: Path) -> Server:
    """The API that `PREFECT_API_URL` names, or an embedded server that still starts.

    Call it before Prefect is imported: what is registered first is done last at exit, so the server outlives
    the logs that Prefect sends it then.

    Args:
        warehouse: See `running_server`.
    """
    if url := os.environ.get("PREFECT_API_URL"):
        return Server(url)
    stack = ExitStack()
    atexit.register(stack.close)
    server = stack.enter_context(running_server(warehouse, "127.0.0.1", free_port(), embedded=True))
    os.environ["PREFECT_API_URL"] = server.url
    return server


class Server:
    """A server that may still be starting.

    Args:
        url: Address of its API.
        process: The process, where it is ours.
    """

    def __init__(self, url: str, process: subprocess.Popen[bytes] | None = None) -> None:
        self.url = url
        self._process = process

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            ServerError: It ended, or does not answer in three minutes.
        """
        import httpx

        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/health", timeout=2).is_success:
                    return
            if self._process is not None and self._process.poll() is not None:
                raise ServerError(
                    "the Prefect server ended at start; see prefect/server.log in the warehouse"
                )
            time.sleep(0.1)
        raise ServerError(f"{self.url} does not answer; start a server or unset PREFECT_API_URL")


def _main(host: str, port: int, kind: str, warehouse: Path) -> None:
    # A killed run must not leave a server behind.
    die_with_parent(signal.SIGTERM)
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=kind == "embedded")
    if kind == "full":
        from flows.pages import mount_pages

        mount_pages(app, warehouse)
    uvicorn.run(app, host=host, port=port, log_level="error")


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
