"""The warehouse's own pages on the server that shows the runs: a click in an artifact opens the report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from flows.settings import PAGES

ROOT = "/warehouse"
"""Path that the pages lie under, beside the `/api` and the UI of Prefect."""


class _Folder(StaticFiles):
    async def check_config(self) -> None:
        """A folder that is not written yet is no mistake: its pages are not found."""

    def file_response(self, full_path: str | os.PathLike[str], *args: Any, **kwargs: Any) -> Response:
        """A file that the browser asks for again each time: the next run replaces it."""
        response = super().file_response(full_path, *args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


def mount_pages(app: Starlette, warehouse: Path) -> None:
    """Serve the pages, to be read only; no path leads out of their folders.

    Args:
        app: The server; whatever it serves under `ROOT` is hidden.
        warehouse: Folder of the warehouse.
    """
    for name, folder in PAGES.items():
        files = _Folder(directory=warehouse / folder, html=True, check_dir=False)
        # Before the UI, which takes every path.
        app.router.routes.insert(0, Mount(f"{ROOT}/{name}", files))
