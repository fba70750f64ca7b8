"""What a run shows in the Prefect UI: how far it is, what it did, where to look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import polars as pl
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.runtime import deployment

from flows import progress
from flows.settings import PAGES
from warehouse.manifest import TableDelta

STEPS = ("ingest", "normalize", "extract", "resolve", "aggregate", "check", "publish")
REJECTS_SHOWN = 200


class ProgressArtifact:
    """A display whose bar is an artifact: the mean over the steps of the share that is done."""

    def __init__(self) -> None:
        self._expected: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._artifact: UUID | None = None
        self._shown = 0

    def expect(self, step: str, count: int) -> None:
        """So many more pieces of a step are to be done."""
        self._expected[step] = self._expected.get(step, 0) + count
        if self._artifact is None:
            created = create_progress_artifact(0.0, key="progress", description=step)
            self._artifact = created if isinstance(created, UUID) else None

    def advance(self, step: str) -> None:
        """One piece of a step is done; a request is sent for each whole percent only."""
        self._done[step] = self._done.get(step, 0) + 1
        last = STEPS.index(step)
        # A step that had nothing to do is over when a later one goes on.
        shares = [
            self._done.get(name, 0) / self._expected[name] if self._expected.get(name) else float(i < last)
            for i, name in enumerate(STEPS)
        ]
        percent = int(100 * sum(shares) / len(STEPS) + 1e-6)
        if self._artifact is not None and percent > self._shown:
            self._shown = percent
            update_progress_artifact(self._artifact, float(percent), description=step)


def show_progress() -> None:
    """Show the progress of a deployment's run; it has a process of its own, so nothing is put back."""
    if deployment.id:
        progress.show_on(ProgressArtifact())


def show_delta(delta: Mapping[str, TableDelta], title: str) -> None:
    """Publish how many rows of each table were, or would be, added, changed and removed."""
    rows = [
        {"table": name, "added": d.added, "changed": d.changed, "removed": d.removed}
        for name, d in delta.items()
        if d
    ]
    create_table_artifact(rows, key="changes", description=title)


def show_rejects(rejects: pl.DataFrame) -> None:
    """Publish refused inputs with their reasons."""
    if rejects.height:
        shown = rejects.select("uri", "line_number", "reason_code", "message").head(REJECTS_SHOWN)
        title = f"Refused inputs: {shown.height} of {rejects.height}"
        create_table_artifact(shown.to_dicts(), key="rejects", description=title)


def show_failures(failed: pl.DataFrame) -> None:
    """Publish failed checks with their keys as an artifact of the run."""
    columns = ("severity", "table_name", "expectation", "unexpected_count", "failing_keys", "message")
    create_table_artifact(failed.select(columns).to_dicts(), key="failed-checks", description="Failed checks")


def show_tables(row_counts: Mapping[str, int], snapshot: int) -> None:
    """Publish what the warehouse holds."""
    rows = [{"table": name, "rows": count} for name, count in row_counts.items()]
    create_table_artifact(rows, key="summary", description=f"Snapshot {snapshot}")


def show_places(warehouse: Path, docs: Path | None, pages_url: str | None) -> None:
    """Publish where the report, the pages of the checks and the tables lie.

    A browser follows no link from a server's page to a disk: pages that the server does not serve, and the
    tables, are paths to copy.

    Args:
        warehouse: Folder of the warehouse.
        docs: Pages of the checks, where they are wanted.
        pages_url: Address that the server serves the pages at.
    """
    root = warehouse.resolve()
    lines = ["| what | where |", "|---|---|"]
    written = {"report": "report 报告", "checks": "checks 数据检查"} if docs else {"report": "report 报告"}
    for name, title in written.items():
        page = root / PAGES[name] / "index.html"
        if not page.exists():
            lines.append(f"| {title} | not written (`baocang report` writes it) |")
        elif pages_url:
            lines.append(f"| {title} | [open 打开]({pages_url}/{name}/index.html) |")
        else:
            lines.append(f"| {title} | `{page}` |")
    lines.append(f"| tables 数据表 | `{root / 'current'}` |")
    lines.append(f"| views 视图 (DuckDB) | `{root / 'views.duckdb'}` |")
    create_markdown_artifact("\n".join(lines), key="places", description="Where to look")
