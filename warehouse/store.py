"""The only writer of a warehouse: prepare aside, commit one manifest, publish.

A commit is one hard link, `snapshots/<number>.json`; everything before it is invisible and everything after
it can be repeated. See DECISIONS.md for the measurements behind this design.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from warehouse import publish
from warehouse.delta import table_delta
from warehouse.draft import Changes, Draft
from warehouse.files import (
    ConflictError,
    SourceBytes,
    StoreError,
    explain_errors,
    fsync_path,
    link_once,
    make_folder,
    temporary_name,
    write_bytes,
    writer_lock,
)
from warehouse.formats import Format, Frame, scan_files
from warehouse.manifest import HISTORY_LENGTH, Manifest

__all__ = ["Changes", "ConflictError", "Draft", "Store", "StoreError"]

Scan = Callable[[str], pl.LazyFrame]
Recompute = Callable[[Scan], Mapping[str, Frame]]
"""Given the tables as they would be, the rows to put in: see `Draft.put`. Called again when another run
committed in between, so that computed tables cover both runs' documents."""

_OPTIMISTIC_ATTEMPTS = 2


class Store:
    """A warehouse folder, for writing.

    Args:
        root: The warehouse; made by the first commit.
        formats: Storage of every table; the registry's where None.
    """

    def __init__(self, root: Path, formats: Mapping[str, Format] | None = None) -> None:
        self.root = Path(root)
        self.formats = registry_formats() if formats is None else formats
        self.sources = SourceBytes(self.root / "sources")
        self._is_locked = False

    # -- reading ------------------------------------------------------------------------------------

    def _numbers(self) -> list[int]:
        return publish.snapshot_numbers(self.root)

    def manifest(self, snapshot: int | None = None) -> Manifest | None:
        """A committed snapshot, the newest where None; None when nothing was committed yet.

        Raises:
            StoreError: There is no such snapshot.
        """
        return publish.read_manifest(self.root, snapshot)

    def snapshots(self) -> list[Manifest]:
        """All kept snapshots, oldest first."""
        found = (self.manifest(number) for number in self._numbers())
        return [manifest for manifest in found if manifest is not None]

    def scan(self, table: str, snapshot: int | None = None) -> pl.LazyFrame:
        """One table of a committed snapshot; without rows when nothing was committed yet."""
        if table not in self.formats:
            raise StoreError(f"no table {table!r}; the registry has {', '.join(sorted(self.formats))}")
        manifest = self.manifest(snapshot)
        files = manifest.files(table) if manifest else []
        return scan_files([str(self.root / file.path) for file in files], self.formats[table].schema)

    def find_run(self, run_id: str) -> int | None:
        """The snapshot a run committed, None when it did not."""
        newest = self.manifest()
        if newest is None:
            return None
        return next((number for number, committed in reversed(newest.history) if committed == run_id), None)

    def known_sources(self, snapshot: int | None = None) -> pl.DataFrame:
        """What is known of every source.

        Returns:
            One row per uri, its last row in the log `sources`, in order of that row.
        """
        return self.scan("sources", snapshot).collect().unique("uri", keep="last", maintain_order=True)

    # -- writing ------------------------------------------------------------------------------------

    def draft(self, changes: Changes, base: Manifest | None = None) -> Draft:
        """A snapshot, the newest where None, with a run's changes applied: readable, not committed."""
        with explain_errors(self.root):
            make_folder(self.root)
            draft = Draft(self.root, self.formats, base or self.manifest())
            try:
                draft.apply(changes)
            except BaseException:
                draft.discard()
                raise
        return draft

    def commit(
        self,
        *,
        run_id: str,
        documents: Changes | None = None,
        whole: Mapping[str, Frame] | None = None,
        appended: Mapping[str, Frame] | None = None,
        info: Mapping[str, Any] | None = None,
        recompute: Recompute | None = None,
    ) -> Manifest:
        """Commit a run's changes as one snapshot and publish it.

        If another run committed in between, the documents of both stay and `recompute` runs again on both;
        see `turn`.

        Args:
            run_id: A run that committed already is not committed again.
            documents: Changed documents.
            whole: Tables to replace. Prefer `recompute`, which sees other runs' documents.
            appended: Rows to add to logs.
            info: What the run says about itself.
            recompute: Computes tables from all documents; may raise to refuse publishing.

        Returns:
            The run's snapshot.

        Raises:
            StoreError: As `commit_draft`.
        """
        done = self.find_run(run_id)
        if done is not None:
            self.repair()
            manifest = self.manifest(max(done, self._numbers()[0]))
            if manifest is None:
                raise StoreError(f"{self.root}: the snapshots folder was emptied; restore it from a backup")
            return manifest
        draft = self.draft(documents or Changes())
        try:
            for attempt in count(1):
                with self.turn(attempt):
                    if attempt > 1:
                        draft = draft.rebased(self.manifest())
                    draft.put(whole or {})
                    draft.put(appended or {})
                    if recompute is not None:
                        draft.put(recompute(draft.scan))
                    with suppress(ConflictError):
                        return self.commit_draft(draft, run_id=run_id, info=info)
        except BaseException:
            self._discard(draft, run_id)
            raise
        raise AssertionError("the loop ends by returning")

    @contextmanager
    def turn(self, attempt: int) -> Iterator[None]:
        """One attempt at filling and committing a draft on the newest snapshot, counted from 1.

        Attempts run beside those of other runs, and whoever commits first wins. A run that lost
        `_OPTIMISTIC_ATTEMPTS` times holds the writer lock all through its turn: nobody commits in between,
        so that a long run beside many short ones ends too.

        Raises:
            StoreError: Another process held the lock for too long.
        """
        if attempt <= _OPTIMISTIC_ATTEMPTS:
            yield
            return
        with self._locked():
            yield

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the writer lock, which a turn may hold already."""
        if self._is_locked:
            yield
            return
        with ExitStack() as stack:
            with explain_errors(self.root):
                stack.enter_context(writer_lock(self.root))
            self._is_locked = True
            try:
                yield
            finally:
                self._is_locked = False

    def commit_draft(self, draft: Draft, *, run_id: str, info: Mapping[str, Any] | None = None) -> Manifest:
        """Commit a draft that the caller has filled, and publish it.

        Raises:
            ConflictError: Another run committed since the draft's base; rebase the draft, fill it again.
            StoreError: Disk, permission or lock; the message says whether the last snapshot is as it was or
                the new one is committed already.
        """
        draft.compact()
        with self._locked():
            newest = self.manifest()
            if (newest and newest.number) != (draft.base and draft.base.number):
                raise ConflictError(f"{self.root}: another run committed in between")
            return self._commit_locked(draft, run_id, info or {})

    def _commit_locked(self, draft: Draft, run_id: str, info: Mapping[str, Any]) -> Manifest:
        base = draft.base
        number = base.number + 1 if base else 1
        manifest = Manifest(
            number=number,
            parent=base.number if base else 0,
            run_id=run_id,
            committed_at=datetime.now(UTC).isoformat(timespec="microseconds"),
            parts=tuple(draft.parts),
            tables=draft.finished_tables(),
            info=dict(info),
            history=(*(base.history if base else ()), (number, run_id))[-HISTORY_LENGTH:],
        )
        delta = {
            name: table_delta(self.root, stored, base, manifest)
            for name, stored in self.formats.items()
            if not stored.is_internal
        }
        manifest = manifest.with_delta({name: d for name, d in delta.items() if d})
        path = publish.manifest_path(self.root, number)
        temporary = temporary_name(path)
        with explain_errors(self.root):
            write_bytes(manifest.to_json(), temporary)
            link_once(temporary, path)
        with publish.explain_committed(self.root, number):
            fsync_path(path.parent)
            temporary.unlink(missing_ok=True)
            draft.discard(keep=(file.path for _, file in manifest.all_files()))
            publish.publish(self.root, manifest)
        return manifest

    def _discard(self, draft: Draft, run_id: str) -> None:
        # After the link the files belong to a snapshot although publishing failed; keep them.
        try:
            if self.find_run(run_id) is None:
                draft.discard()
        except (OSError, StoreError):
            return

    def repair(self) -> bool:
        """Publish the newest snapshot if a killed run committed it and got no further.

        Returns:
            Whether there was something to do.
        """
        newest = self.manifest()
        if newest is None or publish.is_published(self.root, newest):
            return False
        with self._locked():
            newest = self.manifest()
            if newest is None:
                return False
            with publish.explain_committed(self.root, newest.number):
                publish.publish(self.root, newest)
        return True


def registry_formats() -> dict[str, Format]:
    """Storage of every table of the registry, those of the store's own included."""
    from warehouse.columns import COLUMNS
    from warehouse.formats import format_of
    from warehouse.registry import INTERNAL, TABLES

    return {name: format_of(table, COLUMNS) for name, table in {**TABLES, **INTERNAL}.items()}
