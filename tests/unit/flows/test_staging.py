"""Staged results that a run takes up again."""

from __future__ import annotations

import os
import time
from pathlib import Path

from flows.staging import Staging


def test_a_result_that_is_used_again_is_new_to_whoever_prunes(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    folder = staging.folder("ingest", "key")
    assert not staging.has(folder)
    staging.finish(staging.begin(), folder)
    os.utime(folder, (0, 0))
    assert staging.has(folder)
    assert time.time() - folder.stat().st_mtime < 60
